// SPDX-License-Identifier: MIT
//
// One number deals one round: a bijection from [0, 311875200) to ordered draws of five cards.
//
// 311,875,200 = 52 * 51 * 50 * 49 * 48 is the number of ways to deal five cards in order. The
// number is split into mixed-radix digits, the first card's digit being the lowest:
//
//   n = d0 + 52 * (d1 + 51 * (d2 + 50 * (d3 + 49 * d4)))
//
// and card k is the d_k-th (from 0) of the cards still in the deck, in increasing order. The rule
// is frozen: it decides which cards session i of seed s sees, on every platform. A uniform number
// gives a uniform deal, so a round costs one draw from its stream.
#ifndef ORDERLY_EXAMPLES_CASINO_DEAL_HPP
#define ORDERLY_EXAMPLES_CASINO_DEAL_HPP

#include "cards.hpp"

#include <array>   // plain numbers
#include <cstddef> // size_t
#include <cstdint> // the number of a deal

namespace casino {

inline constexpr std::uint32_t ordered_deals = 52U * 51U * 50U * 49U * 48U;

namespace detail {
/// The digit is a place in the deck that remains after a card at place `taken` has left; the result
/// is the same card's place in the deck before that card left.
constexpr std::uint32_t put_back(std::uint32_t place, std::uint32_t taken) {
  return place + static_cast<std::uint32_t>(place >= taken);
}
} // namespace detail

/// The five cards of deal `which`, which must be below ordered_deals, as plain numbers: what can be
/// computed for many deals at once.
constexpr std::array<std::uint32_t, 5> dealt_numbers(std::uint32_t which) {
  // Four divisions that do not wait for one another: faster than peeling digit after digit.
  const std::uint32_t q1 = which / 52U;
  const std::uint32_t q2 = which / (52U * 51U);
  const std::uint32_t q3 = which / (52U * 51U * 50U);
  const std::uint32_t d4 = which / (52U * 51U * 50U * 49U);
  const std::uint32_t d0 = which - 52U * q1;
  const std::uint32_t d1 = q1 - 51U * q2;
  const std::uint32_t d2 = q2 - 50U * q3;
  const std::uint32_t d3 = q3 - 49U * d4;
  using detail::put_back;
  return {d0, put_back(d1, d0), put_back(put_back(d2, d1), d0),
          put_back(put_back(put_back(d3, d2), d1), d0),
          put_back(put_back(put_back(put_back(d4, d3), d2), d1), d0)};
}

/// The same as cards.
constexpr dealt_cards deal(std::uint64_t which) {
  dealt_cards cards{};
  const auto numbers = dealt_numbers(static_cast<std::uint32_t>(which));
  for (std::size_t i = 0; i < cards.size(); ++i) cards[i] = static_cast<card>(numbers[i]);
  return cards;
}

} // namespace casino

#endif
