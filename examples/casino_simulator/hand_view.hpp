// SPDX-License-Identifier: MIT
//
// What a decision may depend on: the ranks held, in increasing order, and whether all cards are of
// one suit. Nothing else about the suits matters, since a flush needs all five cards.
//
//   const casino::hand_view hand = casino::view_of(cards); // three or four of them
//   hand.ranks().front();                                  // the lowest rank, 0 (deuce) to 12 (ace)
#ifndef ORDERLY_EXAMPLES_CASINO_HAND_VIEW_HPP
#define ORDERLY_EXAMPLES_CASINO_HAND_VIEW_HPP

#include "cards.hpp"

#include <algorithm> // copy, sort
#include <array>     // ranks and cards
#include <cstddef>   // size_t
#include <span>      // the ranks held

namespace casino {

/// Three or four cards, as far as a strategy tells hands apart.
class hand_view {
 public:
  /// `ranks` must be in increasing order; equal ranks are never of one suit.
  template <std::size_t Count>
  constexpr hand_view(const std::array<unsigned, Count>& ranks, bool suited)
      : count_(Count), suited_(suited) {
    static_assert(Count == 3 || Count == 4);
    std::copy(ranks.begin(), ranks.end(), ranks_.begin());
  }

  /// In increasing order.
  constexpr std::span<const unsigned> ranks() const { return {ranks_.data(), count_}; }
  /// Are all cards of one suit?
  constexpr bool suited() const { return suited_; }

 private:
  std::array<unsigned, 4> ranks_{};
  std::size_t count_;
  bool suited_;
};

/// In the order of the cards.
template <std::size_t Count>
constexpr std::array<unsigned, Count> ranks_of(const std::array<card, Count>& cards) {
  std::array<unsigned, Count> ranks{};
  for (std::size_t i = 0; i < Count; ++i) ranks[i] = rank_of(cards[i]);
  return ranks;
}

template <std::size_t Count>
constexpr bool all_of_one_suit(const std::array<card, Count>& cards) {
  for (const card c : cards) {
    if (suit_of(c) != suit_of(cards[0])) return false;
  }
  return true;
}

template <std::size_t Count>
constexpr hand_view view_of(const std::array<card, Count>& cards) {
  auto ranks = ranks_of(cards);
  std::sort(ranks.begin(), ranks.end());
  return {ranks, all_of_one_suit(cards)};
}

} // namespace casino

#endif
