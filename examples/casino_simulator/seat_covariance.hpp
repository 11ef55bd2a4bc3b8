// SPDX-License-Identifier: MIT
//
// How the hands of two seats at one table depend on each other, exactly: they share the two common
// cards, and no card is in both.
//
// For each ordered pair of common cards, all pairs of disjoint three-card hands from the other 50
// cards are summed without visiting them: with S(T) the sum of the net results over the hands that
// contain the set of cards T, inclusion and exclusion give
//
//   sum over disjoint pairs = S({})^2 - sum of S({c})^2 + sum of S({c,d})^2 - sum of S({c,d,e})^2
//
// 2652 pairs of common cards, 19,600 hands each: about half a second on one processor. Each first
// common card is worth one call of `seat_products`, so the whole is a parallel map and reduce.
#ifndef ORDERLY_EXAMPLES_CASINO_SEAT_COVARIANCE_HPP
#define ORDERLY_EXAMPLES_CASINO_SEAT_COVARIANCE_HPP

#include "card_engine.hpp"
#include "joint_law.hpp"
#include "pay_table.hpp"

#include <array>   // sums by card and pair of cards
#include <cstddef> // size_t
#include <cstdint> // exact sums

namespace casino {

/// Ordered common cards, an ordered pair of disjoint hands of three: 52 * 51 * 19,600 * 16,215.
inline constexpr std::uint64_t two_seat_deals = std::uint64_t{52} * 51 * 19'600 * 16'215;

namespace detail {
/// The sums S over all hands beside two common cards.
struct seat_sums {
  std::int64_t all = 0;
  std::array<std::int64_t, deck_size> with_one{};
  std::array<std::array<std::int64_t, deck_size>, deck_size> with_two{}; // first < second
  std::int64_t squares = 0;

  void add(const three_cards& hand, std::int64_t net) {
    const auto [a, b, c] = hand;
    all += net;
    with_one[a] += net, with_one[b] += net, with_one[c] += net;
    with_two[a][b] += net, with_two[a][c] += net, with_two[b][c] += net;
    squares += net * net;
  }

  std::int64_t disjoint_pairs() const {
    std::int64_t sum = all * all - squares;
    for (const std::int64_t one : with_one) sum -= one * one;
    for (const auto& row : with_two) {
      for (const std::int64_t two : row) sum += two * two;
    }
    return sum;
  }
};
} // namespace detail

/// The sum of the products of two seats' net results in units over all deals in which `first` is
/// the first common card. Exact for pay tables up to those of casinos: a sum over hands stays below
/// 2^31.
inline std::int64_t seat_products(const card_engine& engine, const pay_table& pays, card first) {
  std::int64_t sum = 0;
  for (unsigned second = 0; second < deck_size; ++second) {
    if (second == first) continue;
    detail::seat_sums sums;
    for (unsigned a = 0; a < deck_size; ++a) {
      if (a == first || a == second) continue;
      for (unsigned b = a + 1; b < deck_size; ++b) {
        if (b == first || b == second) continue;
        for (unsigned c = b + 1; c < deck_size; ++c) {
          if (c == first || c == second) continue;
          const three_cards own{static_cast<card>(a), static_cast<card>(b), static_cast<card>(c)};
          const outcome seen =
              outcome_of(engine.play({own[0], own[1], own[2], first, static_cast<card>(second)}));
          sums.add(own, static_cast<std::int64_t>(seen.bets) * pays[seen.kind]);
        }
      }
    }
    sum += sums.disjoint_pairs();
  }
  return sum;
}

} // namespace casino

#endif
