// SPDX-License-Identifier: MIT
//
// The cards of one round: those of support/playing_cards.hpp, whose suits no rule of the game
// orders, and the 22,100 hands of three of them by number.
//
//   const casino::card ace_of_spades = casino::make_card(12, 3);
//   casino::three_card_hand(0);                           // "2c", "2d", "2h"
#ifndef ORDERLY_EXAMPLES_CASINO_CARDS_HPP
#define ORDERLY_EXAMPLES_CASINO_CARDS_HPP

#include "../support/playing_cards.hpp"

#include <array>   // hands of fixed size
#include <cstdint> // exact integers

namespace casino {

using example::card;
using example::card_text;
using example::deck_size;
using example::make_card;
using example::rank_count;
using example::rank_of;
using example::suit_count;
using example::suit_of;

/// The cards of one round in the order they are dealt: three of the player, then two common ones.
using dealt_cards = std::array<card, 5>;
using three_cards = std::array<card, 3>;

inline constexpr std::uint32_t three_card_hands = 22'100; // 52 choose 3

/// The three-card hand with the given number in [0, 22100): hands c > b > a are numbered
/// C(c,3) + C(b,2) + a, so every hand has exactly one number.
constexpr three_cards three_card_hand(std::uint32_t number) {
  std::uint32_t c = 2;
  while ((c + 1) * c * (c - 1) / 6 <= number) ++c;
  number -= c * (c - 1) * (c - 2) / 6;
  std::uint32_t b = 1;
  while ((b + 1) * b / 2 <= number) ++b;
  number -= b * (b - 1) / 2;
  return {static_cast<card>(number), static_cast<card>(b), static_cast<card>(c)};
}

} // namespace casino

#endif
