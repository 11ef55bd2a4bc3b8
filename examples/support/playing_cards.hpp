// SPDX-License-Identifier: MIT
//
// Cards of a 52-card deck, as small numbers.
//
// A card is rank * 4 + suit, a number in [0, 52). Ranks run from 0 (deuce) to 12 (ace); suits from
// 0 to 3 are clubs, diamonds, hearts, spades. What a hand is worth, and whether suits have an order,
// is left to the games.
//
//   const example::card ace_of_spades = example::make_card(12, 3);
//   example::card_text(ace_of_spades);                    // "As"
#ifndef ORDERLY_EXAMPLES_SUPPORT_PLAYING_CARDS_HPP
#define ORDERLY_EXAMPLES_SUPPORT_PLAYING_CARDS_HPP

#include <cstdint> // cards
#include <string>  // card_text

namespace example {

using card = std::uint8_t;

inline constexpr unsigned rank_count = 13;
inline constexpr unsigned suit_count = 4;
inline constexpr unsigned deck_size = rank_count * suit_count;

constexpr card make_card(unsigned rank, unsigned suit) {
  return static_cast<card>(rank * suit_count + suit);
}
constexpr unsigned rank_of(card c) { return c / suit_count; }
constexpr unsigned suit_of(card c) { return c % suit_count; }

/// "2c", "Td", "As": what logs and messages show.
inline std::string card_text(card c) { return {"23456789TJQKA"[rank_of(c)], "cdhs"[suit_of(c)]}; }

} // namespace example

#endif
