// SPDX-License-Identifier: MIT
//
// A strategy: when to let bets 1 and 2 ride. Any two rules over hands make one, and the optimal one
// is computed: ride a bet where its exact expected value is positive.
//
// A decision concerns one bet alone, so the best strategy rides bet 1 where the sum of the pay
// table over all 1,176 completions of the three cards is positive, and bet 2 where the sum over all
// 48 completions of the four cards is. The sums are integers, so "zero" is exact: for the standard
// table 2,268 four-card hands are worth exactly 0, and a tie rule, named in every output, decides
// them. It changes the variance and the average bet, never the expected value.
//
// The result is kept in two small tables, indexed by the ranks in the order they were dealt, one
// bit for "not all of one suit" and one for "all of one suit": nothing else about the suits
// matters, since a flush needs all five cards. A rule is asked once about each of the 3,276 hands
// that differ in that way; the optimal one takes about a million evaluations.
//
//   using namespace casino;
//   const strategy best = strategy::optimal(standard_pay_table, tie_rule::pull);
//   best.rides_first({make_card(8, 0), make_card(8, 1), make_card(0, 2)}); // a pair of tens: true
//   const auto flushes = [](const hand_view& hand) { return hand.suited(); };
//   const strategy hopeful = strategy::from(flushes, flushes);
#ifndef ORDERLY_EXAMPLES_CASINO_STRATEGY_HPP
#define ORDERLY_EXAMPLES_CASINO_STRATEGY_HPP

#include "hand_view.hpp"
#include "pay_table.hpp"

#include <algorithm>   // adjacent_find, find, is_sorted, next_permutation
#include <array>       // ranks and cards
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
  /// Bet 1 rides where the first rule says so, bet 2 where the second does. Both are called with a
  /// hand_view, of three and of four cards.
  template <class First, class Second>
  static strategy from(const First& first, const Second& second) {
    strategy result;
    result.first_ = decisions_by<3>(first);
    result.second_ = decisions_by<4>(second);
    return result;
  }

  static strategy optimal(const pay_table& pays, tie_rule ties) {
    const auto rides = [&](const hand_view& hand) {
      const std::int64_t value = hand.ranks().size() == 3
                                     ? completion_value(pays, cards_like<3>(hand))
                                     : completion_value(pays, cards_like<4>(hand));
      return value > 0 || (value == 0 && ties == tie_rule::ride);
    };
    return from(rides, rides);
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

  strategy() = default;

  /// Cards of different suits stand for all hands with these ranks that cannot become a flush,
  /// cards of one suit for those that can.
  template <std::size_t Count>
  static std::array<card, Count> cards_like(const hand_view& hand) {
    std::array<card, Count> cards{};
    for (unsigned i = 0; i < Count; ++i) {
      cards[i] = make_card(hand.ranks()[i], hand.suited() ? 0 : i);
    }
    return cards;
  }

  template <std::size_t Count>
  static std::uint32_t place_of(const std::array<unsigned, Count>& ranks) {
    std::uint32_t place = 0;
    for (const unsigned rank : ranks) place = place * rank_count + rank;
    return place;
  }

  template <std::size_t Count>
  static bool rides(const table& decisions, const std::array<card, Count>& cards) {
    const unsigned suited = all_of_one_suit(cards) ? 1U : 0U;
    return ((unsigned{decisions[place_of(ranks_of(cards))]} >> suited) & 1U) != 0;
  }

  /// Asks the rule about every multiset of ranks and writes the answer at all orders of the ranks.
  template <std::size_t Count, class Rule>
  static table decisions_by(const Rule& rule) {
    std::array<unsigned, Count> ranks{};
    std::size_t places = 1;
    for (std::size_t i = 0; i < Count; ++i) places *= rank_count;
    table decisions(places);
    do {
      if (!std::is_sorted(ranks.begin(), ranks.end())) continue;
      const std::uint8_t found = decisions_for(rule, ranks);
      auto order = ranks;
      do decisions[place_of(order)] = found;
      while (std::next_permutation(order.begin(), order.end()));
    } while (next(ranks));
    return decisions;
  }

  /// `ranks` are in increasing order; where two are equal the cards cannot be of one suit.
  template <std::size_t Count, class Rule>
  static std::uint8_t decisions_for(const Rule& rule, const std::array<unsigned, Count>& ranks) {
    const bool different = std::adjacent_find(ranks.begin(), ranks.end()) == ranks.end();
    const unsigned mixed = rule(hand_view(ranks, false)) ? 1U : 0U;
    const unsigned suited = different && rule(hand_view(ranks, true)) ? 2U : 0U;
    return static_cast<std::uint8_t>(mixed | suited);
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
