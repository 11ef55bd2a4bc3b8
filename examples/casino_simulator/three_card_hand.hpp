// SPDX-License-Identifier: MIT
//
// What the player's own three cards are worth in the three-card bonus, a side bet on them alone.
//
// Seven kinds, from nothing to the mini royal (ace, king and queen of one suit). With three cards a
// straight is rarer than a flush, and the ace ends it at either end: A23 and QKA are straights, KA2
// is not.
//
//   using namespace casino;
//   kind_of(three_cards{make_card(12, 0), make_card(0, 1), make_card(1, 2)}); // A23: straight
#ifndef ORDERLY_EXAMPLES_CASINO_THREE_CARD_HAND_HPP
#define ORDERLY_EXAMPLES_CASINO_THREE_CARD_HAND_HPP

#include "cards.hpp"
#include "hand_view.hpp"

#include <array>       // kind names
#include <cstddef>     // size_t
#include <cstdint>     // the kinds' type
#include <string_view> // kind names

namespace casino {

/// In increasing order of rarity.
enum class three_card_kind : std::uint8_t {
  nothing,
  pair,
  flush,
  straight,
  three_of_a_kind,
  straight_flush,
  mini_royal
};

inline constexpr std::size_t three_card_kinds = 7;

inline constexpr std::array<std::string_view, three_card_kinds> three_card_kind_names{
    "nothing", "pair", "flush", "straight", "three_of_a_kind", "straight_flush", "mini_royal"};

constexpr std::size_t index_of(three_card_kind kind) { return static_cast<std::size_t>(kind); }

/// The kind of three different cards, in any order.
constexpr three_card_kind kind_of(const three_cards& cards) {
  const hand_view hand = view_of(cards);
  const unsigned low = hand.ranks()[0], middle = hand.ranks()[1], high = hand.ranks()[2];
  if (low == high) return three_card_kind::three_of_a_kind;
  if (low == middle || middle == high) return three_card_kind::pair;
  constexpr unsigned ace = rank_count - 1;
  const bool straight = high - low == 2 || (high == ace && low == 0 && middle == 1);
  if (!hand.suited()) return straight ? three_card_kind::straight : three_card_kind::nothing;
  if (!straight) return three_card_kind::flush;
  return low == ace - 2 ? three_card_kind::mini_royal : three_card_kind::straight_flush;
}

} // namespace casino

#endif
