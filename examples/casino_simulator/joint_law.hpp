// SPDX-License-Identifier: MIT
//
// The joint law of one hand: bets left on the table, final hand and three-card hand together. All
// that a hand pays, main game and bonuses, is a function of these three.
//
// A cell is one combination, numbered (three-card kind * 3 + bets - 1) * 11 + final kind: 231 cells,
// of which a strategy reaches about a hundred. The same type holds an exact law (counts of ordered
// deals) and what a simulation saw; counts are added, so merging is exact in any order.
#ifndef ORDERLY_EXAMPLES_CASINO_JOINT_LAW_HPP
#define ORDERLY_EXAMPLES_CASINO_JOINT_LAW_HPP

#include "outcome_table.hpp"
#include "three_card_hand.hpp"

#include <array>   // the counts
#include <cstddef> // size_t
#include <cstdint> // exact counts

namespace casino {

/// The number of a combination; fits in a byte.
using cell = std::uint8_t;

inline constexpr std::size_t cells = three_card_kinds * 3 * hand_kinds;

/// How many hands an engine deals at a time: enough to fill vectors, few enough that a session that
/// ends within a block wastes little.
inline constexpr unsigned block_size = 16;

using cell_block = std::array<cell, block_size>;

constexpr cell cell_of(outcome seen, three_card_kind three) {
  return static_cast<cell>((index_of(three) * 3 + seen.bets - 1) * hand_kinds +
                           index_of(seen.kind));
}
constexpr outcome outcome_of(cell c) {
  return {static_cast<unsigned>(c / hand_kinds % 3 + 1), static_cast<hand_kind>(c % hand_kinds)};
}
constexpr three_card_kind three_card_kind_of(cell c) {
  return static_cast<three_card_kind>(c / hand_kinds / 3);
}

struct joint_law {
  std::array<std::uint64_t, cells> counts{};

  joint_law& operator+=(const joint_law& other) {
    for (std::size_t c = 0; c < cells; ++c) counts[c] += other.counts[c];
    return *this;
  }
  friend bool operator==(const joint_law&, const joint_law&) = default;

  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    return sum;
  }

  /// Bets by final hand, whatever the three cards were.
  outcome_table outcomes() const {
    outcome_table table;
    for (std::size_t c = 0; c < cells; ++c) {
      const outcome seen = outcome_of(static_cast<cell>(c));
      table.counts[seen.bets - 1][index_of(seen.kind)] += counts[c];
    }
    return table;
  }

  std::array<std::uint64_t, three_card_kinds> three_card_counts() const {
    std::array<std::uint64_t, three_card_kinds> result{};
    for (std::size_t c = 0; c < cells; ++c) result[c / (3 * hand_kinds)] += counts[c];
    return result;
  }
};

} // namespace casino

#endif
