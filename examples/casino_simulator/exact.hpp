// SPDX-License-Identifier: MIT
//
// The exact law of a round under given strategies, counted rather than sampled.
//
// 51,979,200 = 22,100 three-card hands * 49 fourth cards * 48 fifth cards. Two ways lead to the
// same counts, and a test compares them:
//
//   enumerate_deals   visits every deal that starts with one three-card hand; 22,100 calls, in any
//                     grouping and on any number of workers, make the whole (command `exact`)
//   law_by_class      visits one hand for each of the 741 classes of three cards that no strategy
//                     tells apart, and weighs it: 15 ms, for the law engine and for z-scores
#ifndef ORDERLY_EXAMPLES_CASINO_EXACT_HPP
#define ORDERLY_EXAMPLES_CASINO_EXACT_HPP

#include "joint_law.hpp"
#include "strategy.hpp"

#include <algorithm> // find
#include <array>     // laws of several strategies
#include <cstddef>   // size_t
#include <cstdint>   // counts

namespace casino {

inline constexpr std::uint64_t exact_deals = std::uint64_t{three_card_hands} * 49 * 48;

/// The outcomes of one set of deals under several strategies, in the strategies' order.
template <std::size_t Strategies>
struct exact_laws {
  std::array<joint_law, Strategies> laws{};

  exact_laws& operator+=(const exact_laws& other) {
    for (std::size_t s = 0; s < Strategies; ++s) laws[s] += other.laws[s];
    return *this;
  }
  friend bool operator==(const exact_laws&, const exact_laws&) = default;
};

namespace detail {
/// How many of the 48 fifth cards make each kind of hand out of these four cards.
inline std::array<std::uint64_t, hand_kinds> fifth_cards(const std::array<card, 4>& held) {
  std::array<std::uint64_t, hand_kinds> counts{};
  const hand_key base = key_of(held);
  for (unsigned c = 0; c < deck_size; ++c) {
    if (std::find(held.begin(), held.end(), c) != held.end()) continue;
    ++counts[index_of(kind_of(base + card_keys[c]))];
  }
  return counts;
}
} // namespace detail

/// All 49 * 48 deals that continue `hand`, played by each strategy.
template <std::size_t Strategies>
exact_laws<Strategies> enumerate_deals(const three_cards& hand,
                                       const std::array<const strategy*, Strategies>& strategies) {
  exact_laws<Strategies> result;
  const three_card_kind three = kind_of(hand);
  for (unsigned c = 0; c < deck_size; ++c) {
    if (std::find(hand.begin(), hand.end(), c) != hand.end()) continue;
    const std::array<card, 4> held{hand[0], hand[1], hand[2], static_cast<card>(c)};
    const auto kinds = detail::fifth_cards(held);
    for (std::size_t s = 0; s < Strategies; ++s) {
      const std::size_t rides = (strategies[s]->rides_first(hand) ? 1U : 0U) +
                                (strategies[s]->rides_second(held) ? 1U : 0U);
      for (std::size_t k = 0; k < hand_kinds; ++k) {
        const outcome seen{static_cast<unsigned>(1 + rides), static_cast<hand_kind>(k)};
        result.laws[s].counts[cell_of(seen, three)] += kinds[k];
      }
    }
  }
  return result;
}

namespace detail {
/// Adds `weight` times the deals that continue `hand`.
inline void add_weighted(joint_law& law, const three_cards& hand, const strategy& plays,
                         std::uint64_t weight) {
  const auto part = enumerate_deals<1>(hand, {&plays}).laws[0];
  for (std::size_t c = 0; c < cells; ++c) law.counts[c] += weight * part.counts[c];
}
} // namespace detail

/// The law of one strategy over all 51,979,200 deals.
/// Three cards of different suits can make no flush, so only their ranks matter: a triple stands
/// for 4 hands, a pair with a third rank for 24 and three ranks for 60; three suited cards for 4.
inline joint_law law_by_class(const strategy& plays) {
  joint_law law;
  for (unsigned a = 0; a < rank_count; ++a) {
    for (unsigned b = 0; b <= a; ++b) {
      for (unsigned c = 0; c <= b; ++c) {
        const bool different = a != b && b != c;
        const std::uint64_t weight = a == c ? 4 : different ? 60 : 24;
        detail::add_weighted(law, {make_card(a, 0), make_card(b, 1), make_card(c, 2)}, plays,
                             weight);
        if (!different) continue;
        detail::add_weighted(law, {make_card(a, 0), make_card(b, 0), make_card(c, 0)}, plays, 4);
      }
    }
  }
  return law;
}

} // namespace casino

#endif
