// SPDX-License-Identifier: MIT
//
// Cards of a 52-card deck, as small numbers.
//
// A card is rank * 4 + suit, a number in [0, 52). Ranks run from 0 (deuce) to 12 (ace); suits from
// 0 to 3 are clubs, diamonds, hearts, spades. No rule of the game orders the suits.
//
//   const casino::card ace_of_spades = casino::make_card(12, 3);
//   casino::card_text(ace_of_spades);                     // "As"
#ifndef ORDERLY_EXAMPLES_CASINO_CARDS_HPP
#define ORDERLY_EXAMPLES_CASINO_CARDS_HPP

#include <array>   // hands of fixed size
#include <cstdint> // exact integers
#include <string>  // card_text

namespace casino {

using card = std::uint8_t;

inline constexpr unsigned rank_count = 13;
inline constexpr unsigned suit_count = 4;
inline constexpr unsigned deck_size = rank_count * suit_count;

/// The cards of one round in the order they are dealt: three of the player, then two common ones.
using dealt_cards = std::array<card, 5>;
using three_cards = std::array<card, 3>;

constexpr card make_card(unsigned rank, unsigned suit) {
  return static_cast<card>(rank * suit_count + suit);
}
constexpr unsigned rank_of(card c) { return c / suit_count; }
constexpr unsigned suit_of(card c) { return c % suit_count; }

/// "2c", "Td", "As": what per-hand logs and messages show.
inline std::string card_text(card c) { return {"23456789TJQKA"[rank_of(c)], "cdhs"[suit_of(c)]}; }

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
