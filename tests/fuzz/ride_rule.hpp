// SPDX-License-Identifier: MIT
//
// Fuzz target: the casino example's rules.
//
// The text is read a second time by two stacks, one of operators and one of values, instead of by
// recursion. Both must accept the same texts, refuse the others at the same place, and find the
// same values for several hands. A refusal's line and column are those of its message.
#ifndef ORDERLY_TESTS_FUZZ_RIDE_RULE_HPP
#define ORDERLY_TESTS_FUZZ_RIDE_RULE_HPP

#include "fuzz/require.hpp"

#include "casino_simulator/hand_variables.hpp"
#include "casino_simulator/hand_view.hpp"
#include "casino_simulator/ride_rule.hpp"

#include <algorithm>   // count
#include <array>       // hands and their values
#include <cstddef>     // size_t
#include <cstdint>     // values
#include <optional>    // rules, values
#include <string>      // messages
#include <string_view> // words
#include <vector>      // stacks

namespace fuzz {
namespace detail {

// Three of one suit, two pairs, four different ones with an ace.
inline const std::array<casino::hand_view, 3> rule_hands{
    casino::hand_view(std::array{6U, 7U, 8U}, true),
    casino::hand_view(std::array{3U, 3U, 11U, 11U}, false),
    casino::hand_view(std::array{0U, 1U, 3U, 12U}, true)};
using rule_values = std::array<std::int64_t, rule_hands.size()>;

/// Reads an expression; `values()` is empty if it is refused, at `place()`.
class rule_reader {
 public:
  explicit rule_reader(std::string_view text) : text_(text) {
    while (!done_ && next_word() && (expect_operand_ ? operand() : operation())) {
    }
  }

  std::optional<rule_values> values() const {
    return done_ ? std::optional(operands_.back()) : std::nullopt;
  }
  std::size_t place() const { return place_; }

 private:
  static constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

  bool next_word() {
    place_ = text_.find_first_not_of(" \t\r\n", place_ + word_.size());
    if (place_ == std::string_view::npos) place_ = text_.size();
    const std::string_view rest = text_.substr(place_);
    word_ = rest.substr(0, rest.find_first_not_of(letters));
    for (const std::string_view sign : {"<=", ">=", "==", "!=", "<", ">", "+", "-", "(", ")"}) {
      if (word_.empty() && rest.substr(0, sign.size()) == sign) word_ = sign;
    }
    return place_ + word_.size() <= 4'096 && (!word_.empty() || rest.empty());
  }

  static int binding(std::string_view word) {
    if (word == "or") return 1;
    if (word == "and") return 2;
    if (word == "not") return 3;
    if (word == "+" || word == "-") return 5;
    return word.find_first_of("<>=") != std::string_view::npos ? 4 : 0;
  }
  /// How strongly the operator before this place binds; 0 where a parenthesis or nothing is.
  int bound() const { return operators_.empty() ? 0 : binding(operators_.back()); }
  auto open() const { return std::count(operators_.begin(), operators_.end(), "("); }

  bool operand() {
    if (word_ == "(" || word_ == "not") {
      if (word_ == "(" ? open() == 64 : bound() > 3) return false;
      operators_.push_back(word_);
      return true;
    }
    expect_operand_ = false;
    if (const auto* variable = casino::find_variable(word_)) {
      rule_values found{};
      for (std::size_t i = 0; i < found.size(); ++i) found[i] = variable->value(rule_hands[i]);
      operands_.push_back(found);
      return true;
    }
    if (word_.empty() || word_.find_first_not_of("0123456789") != std::string_view::npos) {
      return false;
    }
    rule_values number{};
    for (const char digit : word_) {
      if (number[0] <= 1'000'000) number.fill(10 * number[0] + (digit - '0'));
    }
    operands_.push_back(number);
    return number[0] <= 1'000'000;
  }

  bool operation() {
    if (word_ == ")" || word_.empty()) return close();
    const int strength = binding(word_);
    if (strength == 0 || strength == 3) return false;
    while (bound() > strength || (bound() == strength && strength != 4)) reduce();
    if (bound() == strength && strength == 4) return false;
    operators_.push_back(word_);
    expect_operand_ = true;
    return true;
  }

  bool close() {
    if (word_.empty() == (open() > 0)) return false;
    while (bound() > 0) reduce();
    done_ = word_.empty();
    if (!done_) operators_.pop_back();
    return true;
  }

  void reduce() {
    const std::string_view word = operators_.back();
    operators_.pop_back();
    const rule_values right = operands_.back();
    if (word != "not") operands_.pop_back();
    for (std::size_t i = 0; i < right.size(); ++i) {
      operands_.back()[i] = reduced(word, operands_.back()[i], right[i]);
    }
  }

  static std::int64_t reduced(std::string_view word, std::int64_t a, std::int64_t b) {
    if (word == "+") return a + b;
    if (word == "-") return a - b;
    if (word == "or" || word == "and") return (a != 0) + (b != 0) >= (word == "or" ? 1 : 2);
    if (word == "not") return b == 0;
    if (a == b) return word.find('=') != std::string_view::npos && word != "!=";
    return word == "!=" || word[0] == (a < b ? '<' : '>');
  }

  std::string_view text_;
  std::string_view word_;
  std::size_t place_ = 0; // where word_ begins
  std::vector<std::string_view> operators_;
  std::vector<rule_values> operands_;
  bool expect_operand_ = true;
  bool done_ = false;
};

inline void check_rule_refusal(std::string_view text, const casino::rule_error& error) {
  const std::string lead = "bet 1, line " + std::to_string(error.line()) + ", column " +
                           std::to_string(error.column()) + ": ";
  const std::string message = error.what();
  require(message.substr(0, lead.size()) == lead && message.size() > lead.size(),
          "the message begins with its place and goes on: " + message);
  std::size_t line = 1, column = 1;
  for (const char c : text.substr(0, rule_reader(text).place())) {
    column = c == '\n' ? 1 : column + 1;
    line += c == '\n' ? 1 : 0;
  }
  require(error.line() == line && error.column() == column,
          "a text is refused where it cannot be continued: " + message);
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_ride_rule(std::string_view text) {
  const auto expected = detail::rule_reader(text).values();
  std::optional<casino::ride_rule> rule;
  try {
    rule.emplace(text, "bet 1");
  } catch (const casino::rule_error& error) {
    require(!expected, std::string("a rule is accepted: ") + error.what());
    detail::check_rule_refusal(text, error);
    return false;
  }
  require(expected.has_value(), "what is no rule is refused");
  for (std::size_t i = 0; i < expected->size(); ++i) {
    const std::int64_t value = rule->value(detail::rule_hands[i]);
    require(value == (*expected)[i], "both readings give one value");
    require(rule->rides(detail::rule_hands[i]) == (value != 0), "0 alone pulls the bet");
  }
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_RIDE_RULE_HPP
