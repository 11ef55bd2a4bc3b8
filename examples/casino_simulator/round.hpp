// SPDX-License-Identifier: MIT
//
// One round of Let It Ride as it is played: five cards in, bets left and final hand out.
//
// Decisions and final hands are looked up by the ranks in the order they were dealt, read as a
// base-13 number that grows with each card, so nothing is sorted and almost nothing branches. The
// table of final hands has 13^5 bytes: the kind without a flush in the low half of a byte, the kind
// if all five cards share a suit in the high half. A test compares the tables with the strategy's
// and the evaluator's plain rules on all hands.
//
//   const casino::round_rules rules(casino::strategy::optimal(pays, casino::tie_rule::pull));
//   const casino::outcome seen = rules.play(casino::deal(stream.below(casino::ordered_deals)));
#ifndef ORDERLY_EXAMPLES_CASINO_ROUND_HPP
#define ORDERLY_EXAMPLES_CASINO_ROUND_HPP

#include "outcome_table.hpp"
#include "strategy.hpp"

#include <algorithm> // next_permutation
#include <array>     // ranks of a hand
#include <cstddef>   // size_t
#include <cstdint>   // table entries
#include <utility>   // move
#include <vector>    // the table of final hands

namespace casino {

/// The rules of a round under one strategy. Immutable, so all workers may share one.
class round_rules {
 public:
  explicit round_rules(strategy decisions)
      : decisions_(std::move(decisions)), kinds_(13 * 13 * 13 * 13 * 13) {
    dealt_ranks ranks{};
    for (ranks[0] = 0; ranks[0] < rank_count; ++ranks[0]) {
      for (ranks[1] = 0; ranks[1] <= ranks[0]; ++ranks[1]) {
        for (ranks[2] = 0; ranks[2] <= ranks[1]; ++ranks[2]) {
          for (ranks[3] = 0; ranks[3] <= ranks[2]; ++ranks[3]) {
            for (ranks[4] = 0; ranks[4] <= ranks[3]; ++ranks[4]) enter(ranks);
          }
        }
      }
    }
  }

  outcome play(const dealt_cards& cards) const {
    const auto [a, b, c, d, e] = cards;
    const unsigned suits3 = (unsigned{a} ^ b) | (unsigned{a} ^ c); // low bits 0: one suit so far
    const unsigned suits4 = suits3 | (unsigned{a} ^ d);
    const unsigned suits5 = suits4 | (unsigned{a} ^ e);
    const std::uint32_t three = (rank_of(a) * 13 + rank_of(b)) * 13 + rank_of(c);
    const std::uint32_t four = three * 13 + rank_of(d);
    const std::uint32_t five = four * 13 + rank_of(e);
    const unsigned rides = decisions_.rides_first(three, one_suit(suits3)) +
                           decisions_.rides_second(four, one_suit(suits4));
    const unsigned kind = (unsigned{kinds_[five]} >> (4U * one_suit(suits5))) & 15U;
    return {1 + rides, static_cast<hand_kind>(kind)};
  }

  const strategy& decisions() const { return decisions_; }

 private:
  using dealt_ranks = std::array<unsigned, 5>;

  static unsigned one_suit(unsigned differences) { return (differences & 3U) == 0 ? 1U : 0U; }

  /// Writes the final hand of these ranks, which are in decreasing order, at all their orders.
  void enter(dealt_ranks ranks) {
    if (ranks[0] == ranks[4]) return; // five of one rank: no such hand
    std::uint8_t entry = kind_with_suits(ranks, {0, 1, 2, 3, 0});
    const bool different = std::adjacent_find(ranks.begin(), ranks.end()) == ranks.end();
    if (different) {
      entry = static_cast<std::uint8_t>(entry | kind_with_suits(ranks, {0, 0, 0, 0, 0}) << 4U);
    }
    std::reverse(ranks.begin(), ranks.end());
    do {
      std::uint32_t place = 0;
      for (const unsigned rank : ranks) place = place * rank_count + rank;
      kinds_[place] = entry;
    } while (std::next_permutation(ranks.begin(), ranks.end()));
  }

  static std::uint8_t kind_with_suits(const dealt_ranks& ranks, const dealt_ranks& suits) {
    dealt_cards cards{};
    for (std::size_t i = 0; i < cards.size(); ++i) cards[i] = make_card(ranks[i], suits[i]);
    return static_cast<std::uint8_t>(kind_of(key_of(cards)));
  }

  strategy decisions_;
  std::vector<std::uint8_t> kinds_; // by five ranks in the order they were dealt
};

} // namespace casino

#endif
