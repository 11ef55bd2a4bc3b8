// SPDX-License-Identifier: MIT
//
// Hands as a person writes them, for tests: cards_from<3>("AcKdJh").
#ifndef ORDERLY_TESTS_CARDS_FROM_TEXT_HPP
#define ORDERLY_TESTS_CARDS_FROM_TEXT_HPP

#include "../examples/support/playing_cards.hpp"

#include <array>       // hands
#include <cstddef>     // size_t
#include <string_view> // their text

template <std::size_t Count>
std::array<example::card, Count> cards_from(std::string_view text) {
  std::array<example::card, Count> cards{};
  for (std::size_t i = 0; i < Count; ++i) {
    const auto rank = std::string_view("23456789TJQKA").find(text.at(2 * i));
    const auto suit = std::string_view("cdhs").find(text.at(2 * i + 1));
    cards[i] = example::make_card(static_cast<unsigned>(rank), static_cast<unsigned>(suit));
  }
  return cards;
}

#endif
