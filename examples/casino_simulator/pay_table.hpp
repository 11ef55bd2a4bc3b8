// SPDX-License-Identifier: MIT
//
// What one unit bet wins or loses on each kind of final hand. Money is a whole number of units.
#ifndef ORDERLY_EXAMPLES_CASINO_PAY_TABLE_HPP
#define ORDERLY_EXAMPLES_CASINO_PAY_TABLE_HPP

#include "evaluator.hpp"

#include <array>   // one entry for each kind of hand
#include <cstddef> // size_t
#include <cstdint> // units

namespace casino {

/// Net units per unit bet, by kind of hand; a losing kind holds -1.
struct pay_table {
  std::array<std::int64_t, hand_kinds> net{};

  constexpr std::int64_t operator[](hand_kind kind) const { return net[index_of(kind)]; }
};

/// The table found in nearly every casino: pairs of tens or better pay even money.
inline constexpr pay_table standard_pay_table{{-1, -1, 1, 2, 3, 5, 8, 11, 50, 200, 1000}};

/// The most that a unit may win, so that no sum overflows.
inline constexpr std::int64_t largest_pay = 100'000;

/// From the pays as they are listed: royal flush, straight flush, four of a kind, full house, flush,
/// straight, three of a kind, two pair, pair of tens or better.
constexpr pay_table pay_table_paying(const std::array<std::int64_t, 9>& to_one) {
  pay_table table;
  table.net.fill(-1);
  for (std::size_t i = 0; i < to_one.size(); ++i) {
    table.net[index_of(hand_kind::royal_flush) - i] = to_one[i];
  }
  return table;
}

} // namespace casino

#endif
