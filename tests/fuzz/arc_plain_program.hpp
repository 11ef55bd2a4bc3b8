// SPDX-License-Identifier: MIT
//
// The second reader of the batch validator's programs: part of the target arc_program. It cuts a line
// into words at once, and says of a program that it is good, and what it calls, or that it is not.
#ifndef ORDERLY_TESTS_FUZZ_ARC_PLAIN_PROGRAM_HPP
#define ORDERLY_TESTS_FUZZ_ARC_PLAIN_PROGRAM_HPP

#include "batch_validator/constants.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // operands
#include <functional>  // less
#include <map>         // names
#include <string>      // words
#include <string_view> // lines
#include <vector>      // programs, words

namespace fuzz {
namespace detail {

/// A line cut into words at once, without its comment.
struct plain_line {
  explicit plain_line(std::string_view line) {
    line = line.substr(0, line.find('#'));
    for (std::size_t at = 0; at < line.size();) {
      std::size_t size = 1;
      if (is_part(line[at])) {
        while (at + size < line.size() && is_part(line[at + size])) ++size;
      } else if (line.substr(at, 2) == "->") {
        size = 2;
      }
      const bool blank = line[at] == ' ' || line[at] == '\t';
      if (!blank) words.emplace_back(line.substr(at, size)), end = at + size;
      if (blank && words.empty()) indentation += line[at];
      at += size;
    }
  }

  /// Whether the word there is this one; "x" stands for an identifier.
  bool has(std::size_t i, std::string_view word) const {
    if (i >= words.size()) return false;
    return word == "x" ? is_name(words[i]) && words[i].size() <= 64 : words[i] == word;
  }
  bool is_import() const {
    std::size_t i = 1;
    while (has(i, ".") || (i < words.size() && is_name(words[i]) && !has(i, "import"))) ++i;
    return has(0, "from") && has(i, "import") && has(i + 1, "*") && words.size() == i + 2;
  }
  bool is_header() const {
    if (!indentation.empty() || end > 4096) return false;
    std::size_t i = 4;
    if (!has(0, "def") || !has(1, "x") || !has(2, "(") || !has(3, "I")) return false;
    if (has(i, ":")) i += has(i + 1, "x") ? 2 : words.size();
    if (!has(i++, ")")) return false;
    if (has(i, "->")) i += has(i + 1, "x") ? 2 : words.size();
    return has(i, ":") && words.size() == i + 1;
  }

  static bool is_part(char c) {
    return (c >= '0' && c <= '9') || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  static bool is_name(std::string_view word) {
    return !word.empty() && is_part(word[0]) && (word[0] < '0' || word[0] > '9');
  }

  std::vector<std::string> words;
  std::string indentation;
  std::size_t end = 0; // of the last word
};

/// What the second reader makes of a program: a line of text for each line, or a mistake.
struct plain_program {
  std::size_t first_line = 0;
  bool good = true;
  std::string name;
  std::string code; // "callee argument argument\n"...
};

inline std::string text_of(const arc::operand& what) {
  return std::to_string(static_cast<int>(what.kind)) + "." + std::to_string(what.index);
}

using operand_names = std::map<std::string, arc::operand, std::less<>>;

/// Those of every program.
inline const operand_names& known_operands() {
  static const operand_names all = [] {
    operand_names names{{"I", arc::operand{}}};
    std::uint16_t i = 0;
    for (const auto& each : arc::constants) {
      names.emplace(each.name, arc::operand{arc::operand_kind::constant, i++});
    }
    i = 0;
    for (const auto& each : arc::primitives) {
      names.emplace(each.name, arc::operand{arc::operand_kind::primitive, i++});
    }
    return names;
  }();
  return all;
}

class plain_reader {
 public:
  explicit plain_reader(const std::vector<std::string_view>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const plain_line line(lines[i]);
      if (!line.words.empty() && !line.is_import()) read(line, i + 1);
    }
    finish();
  }
  std::vector<plain_program> programs;

 private:
  enum class stage { none, body, returned, closed };

  void read(const plain_line& line, std::size_t number) {
    const bool outside = at_ == stage::returned && line.indentation.empty();
    if (line.words[0] == "def" || at_ == stage::none || outside) {
      finish();
      begin(line, number);
    } else if (at_ == stage::returned) {
      close();
    } else if (at_ == stage::body) {
      read_body(line);
    }
  }

  void begin(const plain_line& line, std::size_t number) {
    programs.push_back({number, line.is_header(), "", ""});
    if (programs.back().good) programs.back().name = line.words[1];
    at_ = line.words[0] == "def" ? stage::body : stage::closed;
    count_ = 0;
    variables_.clear();
  }

  void finish() {
    if (!programs.empty() && at_ == stage::body) programs.back().good = false;
    if (!programs.empty() && !programs.back().good) programs.back().code.clear();
    at_ = stage::none;
  }

  void close() {
    programs.back().good = false;
    at_ = stage::closed;
  }

  void read_body(const plain_line& line) {
    if (count_ == 4096) return close();
    if (count_++ == 0) indentation_ = line.indentation;
    const bool returns = line.words[0] == "return" && line.end <= 4096;
    const bool good = !line.indentation.empty() && line.indentation == indentation_ &&
                      line.end <= 4096 && (returns ? read_return(line) : read_call(line));
    if (!good) programs.back().good = false;
    if (returns) at_ = stage::returned;
  }

  const arc::operand* find(const plain_line& line, std::size_t i) const {
    if (!line.has(i, "x")) return nullptr;
    for (const operand_names* const names : {&known_operands(), &variables_}) {
      const auto found = names->find(line.words[i]);
      if (found != names->end()) return &found->second;
    }
    return nullptr;
  }

  bool read_return(const plain_line& line) {
    const arc::operand* const result = find(line, 1);
    if (result == nullptr || line.words.size() != 2) return false;
    programs.back().code += text_of(*result);
    return true;
  }

  bool read_call(const plain_line& line) {
    const auto number = static_cast<std::uint16_t>(count_ - 1);
    const arc::operand* const callee = find(line, 2);
    if (!line.has(0, "x") || !line.has(1, "=") || callee == nullptr || !line.has(3, "(")) {
      return false;
    }
    std::string code = text_of(*callee);
    std::size_t i = 4;
    for (;; i += 2) {
      const arc::operand* const argument = find(line, i);
      if (argument == nullptr) return false;
      code += " " + text_of(*argument);
      if (!line.has(i + 1, ",")) break;
    }
    if (!line.has(i + 1, ")") || line.words.size() != i + 2) return false;
    programs.back().code += code + "\n";
    const std::size_t count = i / 2 - 1;
    const bool primitive = callee->kind == arc::operand_kind::primitive;
    if (primitive ? arc::primitives[callee->index].arity != count
                  : callee->kind != arc::operand_kind::line || count > 4) {
      return false;
    }
    const std::string& variable = line.words[0];
    return known_operands().count(variable) == 0 &&
           variables_.emplace(variable, arc::operand{arc::operand_kind::line, number}).second;
  }

  stage at_ = stage::none;
  std::size_t count_ = 0; // lines of the body
  std::string indentation_;
  operand_names variables_;
};

} // namespace detail
} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARC_PLAIN_PROGRAM_HPP
