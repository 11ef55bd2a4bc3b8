// SPDX-License-Identifier: MIT
//
// Fuzz target: the batch validator's reader of programs, and what runs them.
//
// A second reader (arc_plain_program.hpp) finds the same programs in the text, and says which of them
// are good. A mistake stands at its place, which its excerpt shows. Each program is read the same
// without the others, and a good one that is written anew reads back the same. Then it is run
// (arc_run.hpp).
//
// A text that begins with a NUL is the short form of a program (arc_run.hpp), which is always good:
// so a fuzzer gets at what runs programs without having to find their grammar.
#ifndef ORDERLY_TESTS_FUZZ_ARC_PROGRAM_HPP
#define ORDERLY_TESTS_FUZZ_ARC_PROGRAM_HPP

#include "fuzz/arc_plain_program.hpp"
#include "fuzz/arc_run.hpp"
#include "fuzz/require.hpp"

#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/source_text.hpp"

#include <algorithm>   // all_of, min, replace
#include <cstddef>     // size_t
#include <string>      // texts
#include <string_view> // inputs
#include <tuple>       // tie
#include <vector>      // programs, words

namespace fuzz {
namespace detail {

inline constexpr std::string_view mark = "\xef\xbb\xbf";

/// The lines as editors count them.
inline std::vector<std::string_view> lines_of(std::string_view text) {
  if (text.substr(0, 3) == mark) text.remove_prefix(3);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t size = (std::min)(text.find('\n'), text.size());
    lines.push_back(text.substr(0, size));
    text.remove_prefix((std::min)(size + 1, text.size()));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().remove_suffix(1);
  }
  return lines;
}

inline bool is_printable(char c) { return c >= ' ' && c <= '~'; }

/// Whether the excerpt is the line, or a part of it between dots, and the caret at the column.
inline bool shows(const arc::diagnostic& mistake, std::string line) {
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c != '\t' && !is_printable(c); }, '?');
  const std::string& excerpt = mistake.excerpt;
  for (const std::size_t before : {std::size_t{0}, std::size_t{3}}) {
    for (const std::size_t behind : {std::size_t{0}, std::size_t{3}}) {
      const std::size_t at = mistake.column - 1 + before;
      if (excerpt.size() < before + behind || mistake.caret > at || mistake.caret < before)
        continue;
      const std::size_t begin = at - mistake.caret;
      const std::size_t size = excerpt.size() - before - behind;
      if (begin > line.size() || size > line.size() - begin || mistake.caret - before > size)
        continue;
      if ((begin == 0) != (before == 0) || (begin + size == line.size()) != (behind == 0)) continue;
      const std::string dots = "...";
      if (excerpt == dots.substr(0, before) + line.substr(begin, size) + dots.substr(0, behind)) {
        return true;
      }
    }
  }
  return false;
}

inline void check_mistake(const arc::diagnostic& mistake,
                          const std::vector<std::string_view>& lines) {
  require(mistake.file == "FILE", "a mistake has a file");
  require(mistake.line >= 1 && mistake.line <= lines.size(), "a mistake has a line");
  const std::string_view line = lines[mistake.line - 1];
  require(mistake.column >= 1 && mistake.column <= line.size() + 1, "a mistake has a column");
  require(shows(mistake, std::string(line)), "an excerpt shows the line: " + mistake.excerpt);
  require(mistake.excerpt.size() <= 102, "an excerpt is short");
  require(!mistake.message.empty() && mistake.message.size() < 400 &&
              std::all_of(mistake.message.begin(), mistake.message.end(), is_printable),
          "a message is short and printable");
  const std::string text = arc::text_of(mistake);
  const std::string head = "FILE:" + std::to_string(mistake.line) + ":" +
                           std::to_string(mistake.column) + ": " + mistake.message + "\n" +
                           mistake.excerpt + "\n";
  require(text.size() == head.size() + mistake.caret + 1 && text.substr(0, head.size()) == head,
          "the text of a mistake is its place, its message, the excerpt and a caret");
}

/// Names of operands as the parser knows them, by their places.
inline std::string name_of(const arc::operand& what) {
  if (what.kind == arc::operand_kind::input) return "I";
  if (what.kind == arc::operand_kind::line) return "v" + std::to_string(what.index);
  return std::string(what.kind == arc::operand_kind::constant ? arc::constants[what.index].name
                                                              : arc::primitives[what.index].name);
}

/// The program written anew.
inline std::string written(const arc::program& code) {
  std::string text = "def " + code.name + "(I: A) -> B:\r\n";
  for (std::size_t i = 0; i < code.lines.size(); ++i) {
    const arc::program_line& line = code.lines[i];
    text += "\n\tv" + std::to_string(i) + "=" + name_of(line.callee) + " (";
    for (std::size_t k = 0; k < line.argument_count; ++k) {
      text += (k == 0 ? "" : " ,") + name_of(line.arguments[k]);
    }
    text += ")# " + std::to_string(i) + "\n";
  }
  return text + "\treturn " + name_of(code.result);
}

/// Everything but the places of lines, which stand as the plain reader says.
inline std::string code_of(const arc::program& code) {
  std::string text;
  for (std::size_t i = 0; i < code.lines.size(); ++i) {
    const arc::program_line& line = code.lines[i];
    text += text_of(line.callee);
    for (std::size_t k = 0; k < line.argument_count; ++k) text += " " + text_of(line.arguments[k]);
    text += "\n";
  }
  return text + text_of(code.result);
}

inline std::vector<arc::parsed_program> parsed(std::string_view text) {
  return arc::parse_programs(text, "FILE", arc::primitives);
}

/// All that is known of a program, as text.
inline std::string all_of(const arc::parsed_program& program) {
  std::string text = program.code.name + " " + std::to_string(program.code.source_line) + "\n";
  for (const arc::program_line& line : program.code.lines) {
    text += std::to_string(line.source_line) + ":" + std::to_string(line.column) + "\n";
  }
  text += program.is_good() ? code_of(program.code) : std::string();
  for (const arc::diagnostic& mistake : program.mistakes) text += "\n" + arc::text_of(mistake);
  return text;
}

inline void check_good(const arc::program& code, const std::vector<std::string_view>& lines) {
  require(!code.name.empty() && code.name.size() <= 64, "a program has a name");
  for (const arc::program_line& line : code.lines) {
    require(line.source_line > code.source_line && line.source_line <= lines.size(),
            "a line stands behind the header");
    const std::string_view text = lines[line.source_line - 1];
    require(line.column >= 1 && line.column <= text.size(), "a call has a column");
    const std::size_t size = (std::min)(text.find_first_of(" \t(", line.column), text.size());
    const std::string name(text.substr(line.column - 1, size - line.column + 1));
    require(line.callee.kind == arc::operand_kind::line || name == name_of(line.callee),
            "a callee stands in its column: " + name);
  }
  const auto again = parsed(written(code));
  require(again.size() == 1 && again[0].is_good(), "a good program is good when written anew");
  require(again[0].code.name == code.name && code_of(again[0].code) == code_of(code),
          "and reads back the same");
}

inline void check_mistakes(const arc::parsed_program& program,
                           const std::vector<std::string_view>& lines) {
  require(program.code.lines.empty(), "a program with a mistake has no lines");
  const arc::diagnostic* before = nullptr;
  for (const arc::diagnostic& mistake : program.mistakes) {
    check_mistake(mistake, lines);
    require(mistake.line >= program.code.source_line, "a mistake is in its program");
    require(before == nullptr ||
                std::tie(before->line, before->column) <= std::tie(mistake.line, mistake.column),
            "mistakes stand in order");
    before = &mistake;
  }
}

/// The text from line to line, in its place.
inline std::string text_between(const std::vector<std::string_view>& lines, std::size_t first,
                                std::size_t end) {
  std::string text = std::string(mark) + std::string(first - 1, '\n');
  for (std::size_t i = first; i < end; ++i) text += std::string(lines[i - 1]) + "\r\n";
  return text;
}

} // namespace detail

/// Whether all was good.
inline bool check_arc_program(std::string_view input) {
  if (!input.empty() && input[0] == '\0') {
    const arc::program code = detail::short_program(input.substr(1));
    const auto read = detail::parsed(detail::written(code));
    require(read.size() == 1 && read[0].is_good() &&
                detail::code_of(read[0].code) == detail::code_of(code),
            "a program of the short form is good");
    detail::check_runs(code);
    return true;
  }
  const auto lines = detail::lines_of(input);
  const auto programs = detail::parsed(input);
  const detail::plain_reader plain(lines);
  require(programs.size() == plain.programs.size(), "both readers find the same programs");
  bool good = true;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const arc::parsed_program& program = programs[i];
    const detail::plain_program& expected = plain.programs[i];
    const std::string place = " (line " + std::to_string(expected.first_line) + ")";
    require(program.code.source_line == expected.first_line,
            "programs begin where they do" + place);
    require(program.is_good() == expected.good, "good is what is good" + place);
    const std::size_t end =
        i + 1 == programs.size() ? lines.size() + 1 : plain.programs[i + 1].first_line;
    const auto alone = detail::parsed(detail::text_between(lines, expected.first_line, end));
    require(alone.size() == 1 && detail::all_of(alone[0]) == detail::all_of(program),
            "a program is read the same without the others" + place);
    if (program.is_good()) {
      require(program.code.name == expected.name && detail::code_of(program.code) == expected.code,
              "both readers find the same calls" + place);
      detail::check_good(program.code, lines);
      detail::check_runs(program.code);
    } else {
      detail::check_mistakes(program, lines);
      good = false;
    }
  }
  return good && !programs.empty();
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARC_PROGRAM_HPP
