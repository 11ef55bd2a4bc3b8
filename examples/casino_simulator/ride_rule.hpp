// SPDX-License-Identifier: MIT
//
// A rule for one decision, read from text: ride where the expression is not 0.
//
// An expression is made of whole numbers (to 1,000,000), the names of hand_variables.hpp and, from
// what binds least to what binds most:
//
//   or       and       not       < <= > >= == !=       + -       ( )
//
// A comparison, `and`, `or` and `not` give 1 or 0, and 0 is false. Comparisons do not chain. Spaces
// and line breaks part words and mean nothing else. A text has at most 4,096 characters and 64
// parentheses inside one another, so no sum leaves 64 bits and no text exhausts the stack.
//
//   const casino::ride_rule rule("made_hand or suited and possible_straights + high_cards >= 3");
//   rule.rides(casino::view_of(cards));
//   casino::ride_rule("suted", "bet 1"); // rule_error: bet 1, line 1, column 1: unknown variable
//                                        // 'suted' (did you mean suited?)
#ifndef ORDERLY_EXAMPLES_CASINO_RIDE_RULE_HPP
#define ORDERLY_EXAMPLES_CASINO_RIDE_RULE_HPP

#include "../support/arguments.hpp"
#include "hand_variables.hpp"
#include "rule_program.hpp"

#include <algorithm>   // count
#include <array>       // the comparisons
#include <charconv>    // from_chars
#include <cstddef>     // size_t
#include <cstdint>     // values
#include <stdexcept>   // runtime_error
#include <string>      // messages
#include <string_view> // texts
#include <utility>     // move

namespace casino {

/// A text is no rule; what() says where and why.
class rule_error : public std::runtime_error {
 public:
  rule_error(const std::string& what, std::size_t line, std::size_t column)
      : std::runtime_error(what), line_(line), column_(column) {}

  /// Where the text cannot be continued, both counted from 1.
  std::size_t line() const noexcept { return line_; }
  std::size_t column() const noexcept { return column_; }

 private:
  std::size_t line_;
  std::size_t column_;
};

inline constexpr std::size_t longest_rule = 4'096;
inline constexpr unsigned deepest_rule = 64;
inline constexpr std::int64_t largest_rule_number = 1'000'000;

namespace detail {

using number = std::int64_t;

struct comparison_word {
  std::string_view word;
  rule_program::operation compare;
};

inline constexpr std::array<comparison_word, 6> comparison_words{
    {{"<", [](number a, number b) { return number{a < b}; }},
     {"<=", [](number a, number b) { return number{a <= b}; }},
     {">", [](number a, number b) { return number{a > b}; }},
     {">=", [](number a, number b) { return number{a >= b}; }},
     {"==", [](number a, number b) { return number{a == b}; }},
     {"!=", [](number a, number b) { return number{a != b}; }}}};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_word_part(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Recursive descent: one member function for each level of the grammar, one word ahead.
class rule_parser {
 public:
  rule_parser(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  rule_program program() {
    advance();
    either();
    if (!word_.empty()) fail("expected an operator or the end, found " + found());
    return std::move(program_);
  }

 private:
  void either() {
    both();
    while (accept("or")) {
      both();
      program_.apply([](number a, number b) { return number{a != 0 || b != 0}; });
    }
  }

  void both() {
    negation();
    while (accept("and")) {
      negation();
      program_.apply([](number a, number b) { return number{a != 0 && b != 0}; });
    }
  }

  /// Counted rather than recursive: a text may begin with a thousand of them.
  void negation() {
    std::size_t times = 0;
    while (accept("not")) ++times;
    comparison();
    for (; times > 0; --times) {
      program_.push_number(0);
      program_.apply([](number a, number b) { return number{a == b}; });
    }
  }

  void comparison() {
    sum();
    const comparison_word* const first = comparison_ahead();
    if (first == nullptr) return;
    advance();
    sum();
    program_.apply(first->compare);
    if (comparison_ahead() != nullptr) {
      fail("comparisons do not chain: join two of them by 'and', or use parentheses");
    }
  }

  void sum() {
    operand();
    for (;;) {
      if (accept("+")) {
        operand();
        program_.apply([](number a, number b) { return a + b; });
      } else if (accept("-")) {
        operand();
        program_.apply([](number a, number b) { return a - b; });
      } else {
        return;
      }
    }
  }

  void operand() {
    if (word_ == "(") return parenthesis();
    if (word_.empty() || !is_word_part(word_[0]) || is_operator_word()) {
      fail("expected a number, a variable or '(', found " + found());
    }
    if (is_digit(word_[0])) {
      program_.push_number(number_ahead());
    } else {
      program_.push_variable(variable_ahead());
    }
    advance();
  }

  void parenthesis() {
    if (depth_ == deepest_rule) {
      fail("more than " + std::to_string(deepest_rule) + " parentheses inside one another");
    }
    ++depth_;
    advance();
    either();
    if (!accept(")")) fail("expected an operator or ')', found " + found());
    --depth_;
  }

  number number_ahead() const {
    number value = 0;
    const char* const end = word_.data() + word_.size();
    const auto [stop, error] = std::from_chars(word_.data(), end, value);
    if (stop != end) fail(found() + " is neither a number nor a name");
    if (error != std::errc() || value > largest_rule_number) {
      fail(found() + " is above " + std::to_string(largest_rule_number));
    }
    return value;
  }

  rule_program::variable variable_ahead() const {
    if (const hand_variable* const known = find_variable(word_)) return known->value;
    std::array<std::string_view, hand_variables.size()> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = hand_variables[i].name;
    fail("unknown variable " + found() + example::suggestion(word_, names));
  }

  bool is_operator_word() const { return word_ == "or" || word_ == "and" || word_ == "not"; }

  const comparison_word* comparison_ahead() const {
    for (const comparison_word& known : comparison_words) {
      if (known.word == word_) return &known;
    }
    return nullptr;
  }

  bool accept(std::string_view word) {
    if (word_ != word) return false;
    advance();
    return true;
  }

  /// Makes the next word the one ahead; at the end of the text it is empty.
  void advance() {
    begin_ += word_.size();
    while (begin_ < text_.size() && is_space(text_[begin_])) ++begin_;
    word_ = text_.substr(begin_, length_ahead());
    if (begin_ + word_.size() > longest_rule) {
      fail("the rule is longer than " + std::to_string(longest_rule) + " characters");
    }
  }

  std::size_t length_ahead() const {
    if (begin_ == text_.size()) return 0;
    std::size_t length = 0;
    while (begin_ + length < text_.size() && is_word_part(text_[begin_ + length])) ++length;
    if (length > 0) return length;
    const char c = text_[begin_];
    const bool longer = text_.substr(begin_ + 1, 1) == "=";
    if (c == '<' || c == '>') return longer ? 2 : 1;
    if ((c == '=' || c == '!') && longer) return 2;
    if (c == '+' || c == '-' || c == '(' || c == ')') return 1;
    fail("unexpected " + character(c) + std::string(intended(c)));
  }

  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  /// Printable characters in quotes, all other bytes as numbers: a message stays readable.
  static std::string character(char c) {
    if (c > ' ' && c <= '~') return std::string("character '") + c + "'";
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return std::string("byte 0x") + digits[byte >> 4U] + digits[byte & 15U];
  }

  /// For those who write another language.
  static std::string_view intended(char c) {
    switch (c) {
    case '=':
      return " (did you mean ==?)";
    case '!':
      return " (did you mean not?)";
    case '&':
      return " (did you mean and?)";
    case '|':
      return " (did you mean or?)";
    default:
      return "";
    }
  }

  std::string found() const { return word_.empty() ? "the end" : "'" + std::string(word_) + "'"; }

  /// The place is that of the word ahead.
  [[noreturn]] void fail(const std::string& why) const {
    const std::string_view before = text_.substr(0, begin_);
    const auto breaks = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1; // npos + 1 is 0
    const std::string lead = name_.empty() ? "" : std::string(name_) + ", ";
    throw rule_error(lead + "line " + std::to_string(breaks + 1) + ", column " +
                         std::to_string(column) + ": " + why,
                     breaks + 1, column);
  }

  std::string_view text_;
  std::string_view name_;
  std::string_view word_; // the word ahead
  std::size_t begin_ = 0; // where it begins
  unsigned depth_ = 0;    // open parentheses
  rule_program program_;
};

} // namespace detail

/// An expression that was read. Immutable.
class ride_rule {
 public:
  /// Throws rule_error if the text is no rule; `name` leads its message, if there is one.
  explicit ride_rule(std::string_view text, std::string_view name = {})
      : program_(detail::rule_parser(text, name).program()) {}

  bool rides(const hand_view& hand) const { return value(hand) != 0; }

  std::int64_t value(const hand_view& hand) const { return program_.value(hand); }

 private:
  rule_program program_;
};

} // namespace casino

#endif
