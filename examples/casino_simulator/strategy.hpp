// SPDX-License-Identifier: MIT
//
// The optimal strategy, computed: ride a bet where its exact expected value is positive.
//
// A decision concerns one bet alone, so the best strategy rides bet 1 where the sum of the pay
// table over all 1,176 completions of the three cards is positive, and bet 2 where the sum over all
// 48 completions of the four cards is. The sums are integers, so "zero" is exact: for the standard
// table 2,268 four-card hands are worth exactly 0, and a tie rule, named in every output, decides
// them. It changes the variance and the average bet, never the expected value.
//
// The result is kept in two small tables, indexed by the ranks in the order they were dealt, one
// bit for "not all of one suit" and one for "all of one suit": nothing else about the suits
// matters, since a flush needs all five cards. Building both takes about a million evaluations.
//
//   using namespace casino;
//   const strategy best = strategy::optimal(standard_pay_table, tie_rule::pull);
//   best.rides_first({make_card(8, 0), make_card(8, 1), make_card(0, 2)}); // a pair of tens: true
#ifndef ORDERLY_EXAMPLES_CASINO_STRATEGY_HPP
#define ORDERLY_EXAMPLES_CASINO_STRATEGY_HPP

#include "pay_table.hpp"

#include <algorithm>   // next_permutation, find
#include <cstddef>     // size_t
#include <cstdint>     // exact sums
#include <string_view> // names of the tie rules
#include <vector>      // decision tables

namespace casino {

/// What to do with a bet whose expected value is exactly zero.
enum class tie_rule : std::uint8_t { pull, ride };

constexpr std::string_view name_of(tie_rule ties) {
  return ties == tie_rule::pull ? "optimal, ties pulled" : "optimal, ties ridden";
}

/// The sum over all completions of `held` to five cards of what a unit bet wins: the expected value
/// times 1,176 for three cards, times 48 for four.
template <std::size_t Count>
constexpr std::int64_t completion_value(const pay_table& pays,
                                        const std::array<card, Count>& held) {
  static_assert(Count == 3 || Count == 4);
  const auto is_held = [&](unsigned c) {
    return std::find(held.begin(), held.end(), c) != held.end();
  };
  const hand_key base = key_of(held);
  std::int64_t sum = 0;
  for (unsigned c = 0; c < deck_size; ++c) {
    if (is_held(c)) continue;
    if constexpr (Count == 4) {
      sum += pays[kind_of(base + card_keys[c])];
    } else {
      for (unsigned d = c + 1; d < deck_size; ++d) {
        if (!is_held(d)) sum += pays[kind_of(base + card_keys[c] + card_keys[d])];
      }
    }
  }
  return sum;
}

/// When to let bets 1 and 2 ride, as tables. Immutable, so all workers may share one.
class strategy {
 public:
  static strategy optimal(const pay_table& pays, tie_rule ties) {
    strategy result;
    result.fill<3>(pays, ties, result.first_);
    result.fill<4>(pays, ties, result.second_);
    return result;
  }

  /// Does bet 1 ride on these three cards, in any order?
  bool rides_first(const three_cards& cards) const { return rides(first_, cards); }
  /// Does bet 2 ride on these four cards, in any order?
  bool rides_second(const std::array<card, 4>& cards) const { return rides(second_, cards); }

  /// The same for play, without the arithmetic: `place` is the ranks as a base-13 number, first
  /// card highest; `suited` is 1 if all cards are of one suit, else 0. The result is 0 or 1.
  unsigned rides_first(std::uint32_t place, unsigned suited) const {
    return (unsigned{first_[place]} >> suited) & 1U;
  }
  unsigned rides_second(std::uint32_t place, unsigned suited) const {
    return (unsigned{second_[place]} >> suited) & 1U;
  }

 private:
  using table = std::vector<std::uint8_t>; // bit 0: ride if not all of one suit; bit 1: if they are

  strategy() : first_(13 * 13 * 13), second_(13 * 13 * 13 * 13) {}

  template <std::size_t Count>
  static std::uint32_t place_of(const std::array<unsigned, Count>& ranks) {
    std::uint32_t place = 0;
    for (const unsigned rank : ranks) place = place * rank_count + rank;
    return place;
  }

  template <std::size_t Count>
  static bool rides(const table& decisions, const std::array<card, Count>& cards) {
    std::array<unsigned, Count> ranks{};
    bool suited = true;
    for (std::size_t i = 0; i < Count; ++i) {
      ranks[i] = rank_of(cards[i]);
      suited = suited && suit_of(cards[i]) == suit_of(cards[0]);
    }
    return ((unsigned{decisions[place_of(ranks)]} >> (suited ? 1U : 0U)) & 1U) != 0;
  }

  /// `ranks` are in increasing order. Cards of different suits stand for all hands with these ranks
  /// that cannot become a flush, cards of one suit for those that can.
  template <std::size_t Count>
  static std::uint8_t decisions_for(const pay_table& pays, tie_rule ties,
                                    const std::array<unsigned, Count>& ranks) {
    const auto rides = [&](const std::array<card, Count>& cards) {
      const std::int64_t value = completion_value(pays, cards);
      return value > 0 || (value == 0 && ties == tie_rule::ride);
    };
    std::array<card, Count> mixed{};
    std::array<card, Count> suited{};
    for (unsigned i = 0; i < Count; ++i) {
      mixed[i] = make_card(ranks[i], i);
      suited[i] = make_card(ranks[i], 0);
    }
    const bool different = std::adjacent_find(ranks.begin(), ranks.end()) == ranks.end();
    return static_cast<std::uint8_t>((rides(mixed) ? 1U : 0U) |
                                     (different && rides(suited) ? 2U : 0U));
  }

  /// Visits every multiset of ranks once and writes its decisions at all orders of the ranks.
  template <std::size_t Count>
  void fill(const pay_table& pays, tie_rule ties, table& decisions) {
    std::array<unsigned, Count> ranks{};
    do {
      if (!std::is_sorted(ranks.begin(), ranks.end())) continue;
      const std::uint8_t found = decisions_for(pays, ties, ranks);
      auto order = ranks;
      do decisions[place_of(order)] = found;
      while (std::next_permutation(order.begin(), order.end()));
    } while (next(ranks));
  }

  /// The next array of ranks as a base-13 number; false after the last.
  template <std::size_t Count>
  static bool next(std::array<unsigned, Count>& ranks) {
    for (std::size_t i = Count; i-- > 0;) {
      if (++ranks[i] < rank_count) return true;
      ranks[i] = 0;
    }
    return false;
  }

  table first_;  // bet 1, by three ranks
  table second_; // bet 2, by four ranks
};

} // namespace casino

#endif
