// SPDX-License-Identifier: MIT
//
// A rule that was read, as a program for a machine with a stack: operands first, then the operation
// that replaces the topmost two by its result. The parser in ride_rule.hpp writes it.
//
//   casino::rule_program program;
//   program.push_variable(casino::find_variable("high_cards")->value);
//   program.push_number(3);
//   program.apply([](std::int64_t a, std::int64_t b) { return std::int64_t{a < b}; });
//   program.value(hand);                          // 1 if fewer than three cards are high
#ifndef ORDERLY_EXAMPLES_CASINO_RULE_PROGRAM_HPP
#define ORDERLY_EXAMPLES_CASINO_RULE_PROGRAM_HPP

#include "hand_view.hpp"

#include <cstdint> // values
#include <vector>  // steps, the stack

namespace casino {

class rule_program {
 public:
  using variable = std::int64_t (*)(const hand_view&);
  using operation = std::int64_t (*)(std::int64_t, std::int64_t);

  void push_number(std::int64_t number) { steps_.push_back({number, nullptr, nullptr}); }
  void push_variable(variable known) { steps_.push_back({0, known, nullptr}); }
  void apply(operation combine) { steps_.push_back({0, nullptr, combine}); }

  /// The steps must leave one value.
  std::int64_t value(const hand_view& hand) const {
    std::vector<std::int64_t> stack;
    for (const auto& [number, variable_value, combine] : steps_) {
      if (combine == nullptr) {
        stack.push_back(variable_value == nullptr ? number : variable_value(hand));
        continue;
      }
      const std::int64_t right = stack.back();
      stack.pop_back();
      stack.back() = combine(stack.back(), right);
    }
    return stack.back();
  }

 private:
  /// An operation, or else a variable, or else a number.
  struct step {
    std::int64_t number;
    variable variable_value;
    operation combine;
  };

  std::vector<step> steps_;
};

} // namespace casino

#endif
