// SPDX-License-Identifier: MIT
//
// What the two bonus bets pay.
//
// The three-card bonus pays "to 1" on the player's first three cards: the stake comes back with the
// win, and nothing paired, flushed or straight loses it. The five-card bonus pays "for 1" on the
// final hand: the stake is gone whatever happens, as is printed on the felt of such tables.
#ifndef ORDERLY_EXAMPLES_CASINO_BONUS_TABLE_HPP
#define ORDERLY_EXAMPLES_CASINO_BONUS_TABLE_HPP

#include "evaluator.hpp"
#include "three_card_hand.hpp"

#include <array>       // one entry for each kind of hand
#include <cstdint>     // units
#include <string_view> // names of known tables

namespace casino {

/// Net units per unit of three-card bonus, by kind of three-card hand.
struct three_card_bonus {
  std::array<std::int64_t, three_card_kinds> net{};
};

/// Net units per unit of five-card bonus, by kind of final hand.
struct five_card_bonus {
  std::array<std::int64_t, hand_kinds> net{};
};

/// From the pays as they are listed: mini royal, straight flush, three of a kind, straight, flush,
/// pair.
constexpr three_card_bonus three_card_bonus_paying(const std::array<std::int64_t, 6>& to_one) {
  three_card_bonus table;
  const std::array order{three_card_kind::mini_royal,      three_card_kind::straight_flush,
                         three_card_kind::three_of_a_kind, three_card_kind::straight,
                         three_card_kind::flush,           three_card_kind::pair};
  table.net[index_of(three_card_kind::nothing)] = -1;
  for (std::size_t i = 0; i < order.size(); ++i) table.net[index_of(order[i])] = to_one[i];
  return table;
}

/// From the pays as they are listed: royal flush, straight flush, four of a kind, full house, flush,
/// straight, three of a kind, two pair; what is not listed pays 0.
constexpr five_card_bonus five_card_bonus_paying(const std::array<std::int64_t, 8>& for_one) {
  five_card_bonus table;
  table.net.fill(-1);
  for (std::size_t i = 0; i < for_one.size(); ++i) {
    table.net[index_of(hand_kind::royal_flush) - i] += for_one[i];
  }
  return table;
}

struct named_three_card_bonus {
  std::string_view name;
  std::array<std::int64_t, 6> pays;
};

/// Tables found in casinos (a, b, d, e) and one that no casino would offer (c, after a table that
/// was published with its jackpot misread).
inline constexpr std::array<named_three_card_bonus, 5> known_three_card_bonuses{{
    {"a", {50, 40, 30, 6, 3, 1}},
    {"b", {100, 40, 30, 5, 4, 1}},
    {"c", {1000, 200, 30, 6, 4, 1}},
    {"d", {50, 40, 30, 6, 4, 1}},
    {"e", {40, 40, 30, 6, 4, 1}},
}};

struct named_five_card_bonus {
  std::string_view name;
  std::array<std::int64_t, 8> pays;
};

inline constexpr std::array<named_five_card_bonus, 4> known_five_card_bonuses{{
    {"a", {20000, 2000, 400, 200, 50, 25, 5, 0}},
    {"b", {25000, 2500, 400, 200, 50, 25, 5, 0}},
    {"c", {10000, 2000, 200, 75, 50, 20, 0, 0}},
    {"d", {5000, 2000, 100, 75, 50, 25, 8, 4}},
}};

} // namespace casino

#endif
