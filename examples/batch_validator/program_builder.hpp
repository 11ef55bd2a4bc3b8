// SPDX-License-Identifier: MIT
//
// Makes one program of its lines, or finds all its mistakes; program_parser.hpp says which there are.
// A mistake leaves what it can: a variable is assigned although its call is wrong, and counts for the
// lines behind it. Names that are unknown where they are used wait for the end of the program, because
// they may be assigned later.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_BUILDER_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_BUILDER_HPP

#include "known_names.hpp"
#include "primitive.hpp"
#include "program.hpp"
#include "source_text.hpp"

#include <algorithm>   // stable_sort
#include <cstddef>     // size_t
#include <cstdint>     // compact programs
#include <optional>    // operands that are missing
#include <string>      // messages
#include <string_view> // names
#include <tuple>       // tie
#include <utility>     // move
#include <vector>      // lines, mistakes

namespace arc {

inline constexpr std::size_t longest_line = 4'096;
inline constexpr std::size_t longest_identifier = 64;
inline constexpr std::size_t most_suggestions = 16;

/// A program of a text, or why it is none.
struct parsed_program {
  program code;                     ///< if there are mistakes, its name and its place only
  std::vector<diagnostic> mistakes; ///< by place
  bool is_good() const { return mistakes.empty(); }
};

namespace detail {

/// One program, line by line.
class program_builder {
 public:
  program_builder(std::string_view file, const known_names& known) : file_(file), known_(known) {}

  void read_header(line_words words);
  /// The next line that is neither blank nor a header. False: it is outside this program.
  bool read_line(line_words words);
  /// The line that no program has. Then finish.
  void read_stray(const line_words& words);
  parsed_program finish();

 private:
  /// Closed: whatever follows is skipped.
  enum class stage : std::uint8_t { body, returned, closed };

  struct unresolved {
    std::string_view name;
    source_line line;
    std::size_t column;
    std::size_t before; // how many variables were assigned then
  };

  bool is_short(const line_words& words);
  void check_indentation(const line_words& words);
  void read_return(line_words& words);
  void read_assignment(line_words& words);
  void assign(std::string_view target, const source_line& line, std::size_t column);
  void read_call(line_words& words, program_line& call);
  std::size_t read_arguments(line_words& words, program_line& call);
  void check_count(const source_line& line, std::size_t column, std::string_view callee,
                   std::size_t count);
  void refuse_unresolved();

  bool expect(line_words& words, std::string_view symbol);
  void expect_end(const line_words& words);
  std::string_view read_identifier(line_words& words, std::string_view expected);
  std::optional<operand> read_operand(line_words& words, std::string_view expected);

  void refuse(const source_line& line, std::size_t column, std::string message) {
    mistakes_.push_back(diagnostic_at(file_, line, column, std::move(message)));
  }
  void refuse_word(const line_words& words, std::string_view expected) {
    refuse(words.line(), words.column(),
           "expected " + std::string(expected) + ", found " + words.found());
  }

  /// Precondition: the variable is assigned.
  std::string place_of(std::string_view variable) const {
    const program_line& line = code_.lines[*variables_.line_of(variable)];
    return "line " + std::to_string(line.source_line);
  }
  static std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

  std::string_view file_;
  const known_names& known_;
  program code_;
  std::vector<diagnostic> mistakes_;
  stage stage_ = stage::body;
  source_line header_;
  std::size_t header_column_ = 1;
  std::size_t body_lines_ = 0;
  std::size_t first_line_ = 0; // number of the first one of the body
  std::string_view indentation_;
  variable_names variables_;
  std::vector<unresolved> unresolved_;
};

inline void program_builder::read_header(line_words words) {
  header_ = words.line();
  header_column_ = words.column();
  code_.source_line = static_cast<std::uint32_t>(header_.number);
  if (!words.indentation().empty()) {
    refuse(header_, header_column_, "a header must not be indented");
  }
  if (!is_short(words)) return;
  words.advance();
  code_.name = read_identifier(words, "the name of a program");
  if (code_.name.empty() || !expect(words, "(") || !expect(words, "I")) return;
  if (words.accept(":") && read_identifier(words, "a type").empty()) return;
  if (!expect(words, ")")) return;
  if (words.accept("->") && read_identifier(words, "a type").empty()) return;
  if (expect(words, ":")) expect_end(words);
}

inline bool program_builder::read_line(line_words words) {
  if (stage_ == stage::closed) return true;
  if (stage_ == stage::returned) {
    if (words.indentation().empty()) return false;
    refuse(words.line(), words.column(), "text after the return");
    stage_ = stage::closed;
    return true;
  }
  if (body_lines_++ == most_lines) {
    refuse(words.line(), words.column(),
           "the program has more than " + std::to_string(most_lines) + " lines");
    stage_ = stage::closed;
    return true;
  }
  check_indentation(words);
  if (!is_short(words)) return true;
  if (words.accept("return")) {
    read_return(words);
  } else {
    read_assignment(words);
  }
  return true;
}

inline void program_builder::read_stray(const line_words& words) {
  code_.source_line = static_cast<std::uint32_t>(words.line().number);
  stage_ = stage::closed;
  refuse(words.line(), words.column(), "outside any program: expected 'def NAME(I):'");
}

inline bool program_builder::is_short(const line_words& words) {
  if (words.size() <= longest_line) return true;
  refuse(words.line(), longest_line + 1,
         "the line has more than " + std::to_string(longest_line) + " bytes");
  return false;
}

inline void program_builder::check_indentation(const line_words& words) {
  if (first_line_ == 0) {
    first_line_ = words.line().number;
    indentation_ = words.indentation();
    if (!indentation_.empty()) return;
    refuse(words.line(), words.column(), "expected an indented line");
  } else if (words.indentation() != indentation_) {
    refuse(words.line(), words.column(),
           "the indentation is not that of line " + std::to_string(first_line_));
  }
}

inline void program_builder::read_return(line_words& words) {
  stage_ = stage::returned;
  const std::optional<operand> result = read_operand(words, "a variable");
  if (!result) return;
  code_.result = *result;
  expect_end(words);
}

inline void program_builder::read_assignment(line_words& words) {
  const std::size_t column = words.column();
  const std::string_view target = read_identifier(words, "a variable or 'return'");
  if (target.empty()) return;
  program_line call;
  call.source_line = static_cast<std::uint32_t>(words.line().number);
  read_call(words, call);
  assign(target, words.line(), column);
  code_.lines.push_back(call);
}

inline void program_builder::assign(std::string_view target, const source_line& line,
                                    std::size_t column) {
  if (const operand* const known = known_.find(target)) {
    const std::string kind = known->kind == operand_kind::input       ? "the input"
                             : known->kind == operand_kind::primitive ? "a primitive"
                                                                      : "a constant";
    refuse(line, column, "cannot assign to " + in_quotes(target) + ", " + kind);
    return;
  }
  if (!variables_.assign(target, code_.lines.size())) {
    refuse(line, column, in_quotes(target) + " was assigned in " + place_of(target));
  }
}

inline void program_builder::read_call(line_words& words, program_line& call) {
  if (!expect(words, "=")) return;
  const std::string_view callee = words.word();
  call.column = static_cast<std::uint16_t>(words.column());
  const std::optional<operand> function = read_operand(words, "a function");
  if (!function) return;
  call.callee = *function;
  if (!expect(words, "(")) return;
  const std::size_t count = read_arguments(words, call);
  if (count == 0) return;
  call.argument_count = static_cast<std::uint8_t>(count);
  check_count(words.line(), call.column, callee, count);
  expect_end(words);
}

/// How many; 0 after a mistake. Those beyond the limit are counted, not kept.
inline std::size_t program_builder::read_arguments(line_words& words, program_line& call) {
  if (words.word() == ")") {
    refuse(words.line(), words.column(), "a call has at least 1 argument");
    return 0;
  }
  std::size_t count = 0;
  do {
    const std::optional<operand> argument = read_operand(words, "an argument");
    if (!argument) return 0;
    if (count < most_arguments) call.arguments[count] = *argument;
    ++count;
  } while (words.accept(","));
  if (words.accept(")")) return count;
  refuse_word(words, "',' or ')'");
  return 0;
}

inline void program_builder::check_count(const source_line& line, std::size_t column,
                                         std::string_view callee, std::size_t count) {
  const auto refuse_call = [&](const std::string& why) {
    refuse(line, column, in_quotes(callee) + why);
  };
  const operand* const known = known_.find(callee);
  if (known != nullptr && known->kind != operand_kind::primitive) {
    refuse_call(" is no function");
  } else if (known != nullptr && known_.arity(known->index) != count) {
    const std::size_t arity = known_.arity(known->index);
    refuse_call(" takes " + std::to_string(arity) + (arity == 1 ? " argument" : " arguments") +
                ", found " + std::to_string(count));
  } else if (count > most_arguments) {
    refuse_call(" is called with " + std::to_string(count) + " arguments, at most " +
                std::to_string(most_arguments) + " are possible");
  }
}

inline bool program_builder::expect(line_words& words, std::string_view symbol) {
  if (words.accept(symbol)) return true;
  refuse_word(words, in_quotes(symbol));
  return false;
}

inline void program_builder::expect_end(const line_words& words) {
  if (!words.at_end()) refuse_word(words, "the end of the line");
}

/// Empty if there is none, and refused then.
inline std::string_view program_builder::read_identifier(line_words& words,
                                                         std::string_view expected) {
  const std::string_view word = words.word();
  if (!words.at_identifier()) {
    refuse_word(words, expected);
  } else if (word.size() > longest_identifier) {
    refuse(words.line(), words.column(),
           "the identifier has more than " + std::to_string(longest_identifier) + " bytes");
  } else {
    words.advance();
    return word;
  }
  return {};
}

inline std::optional<operand> program_builder::read_operand(line_words& words,
                                                            std::string_view expected) {
  const std::size_t column = words.column();
  const std::string_view name = read_identifier(words, expected);
  if (name.empty()) return std::nullopt;
  if (const operand* const known = known_.find(name)) return *known;
  if (const auto line = variables_.line_of(name)) {
    return operand{operand_kind::line, static_cast<std::uint16_t>(*line)};
  }
  unresolved_.push_back({name, words.line(), column, variables_.size()});
  return operand{};
}

inline void program_builder::refuse_unresolved() {
  std::size_t unknown = 0;
  for (const unresolved& use : unresolved_) {
    const std::string name = in_quotes(use.name);
    if (variables_.line_of(use.name)) {
      refuse(use.line, use.column,
             name + " is used before it is assigned in " + place_of(use.name));
    } else {
      const bool compared = unknown++ < most_suggestions;
      const auto before = variables_.first(use.before);
      refuse(use.line, use.column,
             "unknown identifier " + name +
                 (compared ? suggested_name(use.name, before, known_) : std::string()));
    }
  }
}

inline parsed_program program_builder::finish() {
  refuse_unresolved();
  if (stage_ == stage::body) refuse(header_, header_column_, "the program has no return");
  if (!mistakes_.empty()) {
    code_.lines.clear();
    code_.result = {};
    std::stable_sort(mistakes_.begin(), mistakes_.end(),
                     [](const diagnostic& a, const diagnostic& b) {
                       return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                     });
  }
  return {std::move(code_), std::move(mistakes_)};
}

} // namespace detail
} // namespace arc

#endif
