// SPDX-License-Identifier: MIT
//
// Reads programs. Each is good, or comes with all its mistakes; those of one do not touch the next.
//
//   from dsl import *                      # skipped, as comments and blank lines are
//
//   def solve_67a3c6ac(I):                 # or: def solve_67a3c6ac(I: Grid) -> Grid:
//       O = vmirror(I)
//       return O
//
//   for (const auto& each : arc::parse_programs(text, "solvers.py", arc::primitives)) {
//     if (each.is_good()) run(each.code);
//     for (const auto& mistake : each.mistakes) std::puts(arc::text_of(mistake).c_str());
//   }
//
// After its header a program has assignments VARIABLE = CALLEE(ARGUMENT, ...), all indented alike, and
// a return. Callee, arguments and what is returned are identifiers: I, a variable assigned before, a
// constant or a primitive; a callee is a primitive or a variable. A primitive that is called by name
// gets as many arguments as it has parameters, any other function 1 to 4.
//
// A mistake in the form of a line hides what is behind it on this line, and nothing else. Indented
// text behind the return is one mistake. So is text outside any program, up to the next header: it
// comes as a program without a name, because what a batch cannot read must not be lost.
//
// Limits, each a mistake: a line has 4,096 bytes before its comment; a program has 4,096 lines that
// are not blank, the header not counted, and what follows is skipped; an identifier has 64 bytes. Only
// the first 16 unknown identifiers of a program are compared with the known ones, and none of more
// than 24 bytes. So time and memory are linear in the text, whatever it is, and nothing recurses.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_PARSER_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_PARSER_HPP

#include "known_names.hpp"
#include "primitive.hpp"
#include "program_builder.hpp"
#include "source_text.hpp"

#include <cstddef>     // numbers of lines
#include <optional>    // the end of a text
#include <span>        // primitives
#include <string_view> // texts
#include <utility>     // move
#include <vector>      // programs

namespace arc {

/// The programs of a text, one after the other, in memory bounded by the largest of them. The text,
/// the name of its file and the known names must outlive it; what it gives refers to none of them.
class program_reader {
 public:
  program_reader(std::string_view text, std::string_view file, const known_names& known)
      : lines_(text), file_(file), known_(known) {}
  /// Of a part of a text, from a header to before another; its first line has this number.
  program_reader(std::string_view part, std::string_view file, const known_names& known,
                 std::size_t first_line)
      : lines_(part, first_line), file_(file), known_(known) {}

  /// Absent at the end of the text.
  std::optional<parsed_program> next() {
    std::optional<line_words> words = words_ahead();
    if (!words) return std::nullopt;
    detail::program_builder builder(file_, known_);
    if (is_header(*words)) {
      builder.read_header(*words);
    } else {
      builder.read_stray(*words);
    }
    do {
      lines_.advance();
      words = words_ahead();
    } while (words && !is_header(*words) && builder.read_line(*words));
    return builder.finish();
  }

 private:
  static bool is_header(const line_words& words) { return same_word(words.word(), "def"); }

  /// "from MODULE import *"
  static bool is_import(line_words words) {
    if (!words.accept("from")) return false;
    while (words.at_identifier() || words.word() == ".") {
      if (words.accept("import")) return words.accept("*") && words.at_end();
      words.advance();
    }
    return false;
  }

  /// Of the next line that is not to be skipped, the one ahead perhaps.
  std::optional<line_words> words_ahead() {
    for (; !lines_.at_end(); lines_.advance()) {
      const line_words words(lines_.line());
      if (!words.at_end() && !is_import(words)) return words;
    }
    return std::nullopt;
  }

  line_reader lines_;
  std::string_view file_;
  const known_names& known_;
};

/// All programs of a text in its order, good or not. Names may occur more than once.
inline std::vector<parsed_program> parse_programs(std::string_view text, std::string_view file,
                                                  std::span<const primitive> table) {
  const known_names known(table);
  program_reader reader(text, file, known);
  std::vector<parsed_program> all;
  while (auto next = reader.next()) all.push_back(std::move(*next));
  return all;
}

} // namespace arc

#endif
