// SPDX-License-Identifier: MIT
//
// The order of poker hands: what ranks, or the ranks of one suit, are worth as one small number.
//
// These are the rules, slow and plain; hand_evaluator.hpp asks them once about everything there is
// and keeps the answers.
//
//   using namespace poker;
//   const hand_strength wheel = detail::strength_of_suit(0b1'0000'0000'1111);
//   category_of(wheel);                                    // hand_category::straight_flush
#ifndef ORDERLY_EXAMPLES_POKER_HAND_STRENGTH_HPP
#define ORDERLY_EXAMPLES_POKER_HAND_STRENGTH_HPP

#include <array>   // groups of ranks
#include <bit>     // bit_width, countr_zero, popcount
#include <cstddef> // size_t
#include <cstdint> // strengths, sets of ranks

namespace poker {

enum class hand_category : std::uint8_t {
  high_card,
  pair,
  two_pair,
  three_of_a_kind,
  straight,
  flush,
  full_house,
  four_of_a_kind,
  straight_flush
};

inline constexpr std::size_t hand_categories = 9;

/// The larger of two wins, equal ones tie. Bits 12 to 15 are the category; the numbers within one
/// have gaps.
using hand_strength = std::uint16_t;

constexpr hand_category category_of(hand_strength strength) {
  return static_cast<hand_category>(strength >> 12U);
}

namespace detail {
using rank_set = std::uint32_t; // bit r: rank r

constexpr rank_set highest(rank_set ranks, int count) {
  while (std::popcount(ranks) > count) ranks &= ranks - 1;
  return ranks;
}

/// How many sets of as many ranks are lower; sets are compared by their highest ranks first.
constexpr unsigned number_of(rank_set ranks) {
  unsigned number = 0;
  for (unsigned size = 1; ranks != 0; ++size, ranks &= ranks - 1) {
    unsigned lower = 1; // becomes choose(rank, size); the lowest ranks are at least 0, 1, 2...
    const auto rank = static_cast<unsigned>(std::countr_zero(ranks));
    for (unsigned i = 0; i < size; ++i) lower = lower * (rank - i) / (i + 1);
    number += lower;
  }
  return number;
}

/// 1 for a straight to the five, up to 10 for one to the ace; 0 if there is none.
constexpr unsigned straight_of(rank_set ranks) {
  const rank_set with_low_ace = (ranks << 1U) | (ranks >> 12U);
  rank_set runs = with_low_ace;
  for (unsigned i = 1; i < 5; ++i) runs &= with_low_ace >> i;
  return static_cast<unsigned>(std::bit_width(runs));
}

constexpr hand_strength strength_of(hand_category category, unsigned within) {
  return static_cast<hand_strength>((static_cast<unsigned>(category) << 12U) + within);
}

/// Hands of the category are compared by `first` and then by `kickers`, at most three ranks.
constexpr hand_strength strength_of(hand_category category, rank_set first, rank_set kickers) {
  constexpr std::array<unsigned, 4> sets{1, 13, 78, 286}; // of so many ranks
  const unsigned size = static_cast<unsigned>(std::popcount(kickers));
  return strength_of(category, number_of(first) * sets[size] + number_of(kickers));
}

/// What at least five cards of one suit are worth.
constexpr hand_strength strength_of_suit(rank_set ranks) {
  const unsigned straight = straight_of(ranks);
  if (straight != 0) return strength_of(hand_category::straight_flush, straight);
  return strength_of(hand_category::flush, number_of(highest(ranks, 5)));
}

/// The ranks that occur at least once, twice, three times and four times.
using rank_groups = std::array<rank_set, 4>;

/// What five to seven cards are worth if they make no flush.
constexpr hand_strength strength_of_groups(const rank_groups& groups) {
  const auto& [ranks, twos, threes, fours] = groups;
  if (fours != 0) {
    return strength_of(hand_category::four_of_a_kind, fours, highest(ranks & ~fours, 1));
  }
  const rank_set three = highest(threes, 1);
  if (three != 0 && twos != three) {
    return strength_of(hand_category::full_house, three, highest(twos & ~three, 1));
  }
  const unsigned straight = straight_of(ranks);
  if (straight != 0) return strength_of(hand_category::straight, straight);
  if (three != 0) {
    return strength_of(hand_category::three_of_a_kind, three, highest(ranks & ~three, 2));
  }
  const rank_set pairs = highest(twos, 2);
  const rank_set others = ranks & ~pairs;
  switch (std::popcount(pairs)) {
  case 2:
    return strength_of(hand_category::two_pair, pairs, highest(others, 1));
  case 1:
    return strength_of(hand_category::pair, pairs, highest(others, 3));
  default:
    return strength_of(hand_category::high_card, number_of(highest(ranks, 5)));
  }
}
} // namespace detail

} // namespace poker

#endif
