// SPDX-License-Identifier: MIT
//
// How strong hole cards are on each board against a random hand, in exact numbers.
//
// On a river the strength HS of a hand is 2 * wins + ties against the 990 hands the opponent may
// hold: a whole number from 0 to 1,980, so 1,980 times the share of the pot. Before the river it is
// a chance quantity: for turns and flops the sums of HS and of its square over all completions of
// the board are kept. A turn has 46 for a given hand; a flop has 47 * 46, the turn and the river
// card in the order they come. All are integers, and each board's are computed by themselves, so no
// number of workers can change them.
//
//   using namespace poker;
//   const auto rivers = river_strengths(pool, boards, evaluate, run);
//   const auto turns = turn_strengths(pool, boards, rivers, run);
//   const auto flops = flop_strengths(pool, boards, turns, run);
//   mean_strength(flops.row(id)[pair], flop_completions);           // E[HS], a fraction
//
// The hands of a river are sorted by strength and swept once: what a hand beats is what was passed
// so far, less those that hold one of its own cards, which a counter for each card tells. That is
// 1,081 evaluations a board where a comparison of all hands would be half a million. A turn is then
// the sum of its 48 rivers, each row read through the renaming of its suits, and a flop that of its
// 49 turns: rows hold 0 where the hand needs the new card, so nothing has to be left out.
#ifndef ORDERLY_EXAMPLES_POKER_HAND_STRENGTHS_HPP
#define ORDERLY_EXAMPLES_POKER_HAND_STRENGTHS_HPP

#include "board_index.hpp"
#include "hand_evaluator.hpp"
#include "pair_table.hpp"

#include "orderly/worker_pool.hpp"

#include <algorithm> // fill, find
#include <array>     // hands of a board
#include <cstddef>   // size_t
#include <cstdint>   // strengths and sums
#include <span>      // rows
#include <utility>   // exchange

namespace poker {

inline constexpr std::uint32_t full_strength = 1980; // 990 opponents beaten
inline constexpr std::uint64_t river_completions = 1;
inline constexpr std::uint64_t turn_completions = 46;
inline constexpr std::uint64_t flop_completions = 47 * 46;

/// The strength of a hand on the river.
using river_strength = std::uint16_t;

/// The sums of a hand's HS and of its squares over the completions of a board.
template <class Sum>
struct strength_sums {
  Sum strength = 0;
  Sum square = 0;

  template <class Part>
  constexpr strength_sums& operator+=(const strength_sums<Part>& part) {
    strength += part.strength;
    square += part.square;
    return *this;
  }
  friend constexpr bool operator==(const strength_sums&, const strength_sums&) = default;
};

using turn_sums = strength_sums<std::uint32_t>; // at most 46 * 1,980 squared: 180 million
using flop_sums = strength_sums<std::uint64_t>;

/// The sums of a single river.
constexpr turn_sums sums_of(river_strength strength) {
  const std::uint32_t wide = strength;
  return {wide, wide * wide};
}
template <class Sum>
constexpr const strength_sums<Sum>& sums_of(const strength_sums<Sum>& sums) {
  return sums;
}

struct fraction {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;

  constexpr double value() const {
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
};

/// E[HS] of a hand as a share of the pot: 0 if it loses to all, 1 if it beats all.
template <class Value>
constexpr fraction mean_strength(const Value& value, std::uint64_t completions) {
  return {sums_of(value).strength, completions * full_strength};
}
/// E[HS * HS]: it tells a hand that is now or never from one that is the same whatever comes.
template <class Value>
constexpr fraction mean_square(const Value& value, std::uint64_t completions) {
  return {sums_of(value).square, completions * full_strength * full_strength};
}

namespace detail {
/// The hands of a river board: above the strength, below the two cards.
using ranked_hands = std::array<std::uint32_t, 1081>;
inline constexpr unsigned card_bits = 6;

constexpr std::uint32_t low_card(std::uint32_t hand) { return hand & 63U; }
constexpr std::uint32_t high_card(std::uint32_t hand) { return hand >> card_bits & 63U; }
constexpr std::uint32_t strength(std::uint32_t hand) { return hand >> (2 * card_bits); }
constexpr std::uint32_t pair_of(std::uint32_t hand) {
  return pair_number(static_cast<card>(low_card(hand)), static_cast<card>(high_card(hand)));
}

inline ranked_hands hands_on(const std::array<card, 5>& board, const hand_evaluator& evaluate) {
  const partial_hand common = hand_of(board);
  ranked_hands hands;
  std::size_t count = 0;
  for_each_live_pair(board, [&](card low, card high) {
    const std::uint32_t found = evaluate(common + hand_of(high) + hand_of(low));
    hands[count++] = found << (2 * card_bits) | std::uint32_t{high} << card_bits | low;
  });
  return hands;
}

/// Sorts by the eight bits from `shift` on; hands that are equal there keep their order.
inline void sort_by_byte(const ranked_hands& from, ranked_hands& to, unsigned shift) {
  std::array<std::uint32_t, 256> next{};
  for (const std::uint32_t hand : from) ++next[hand >> shift & 255U];
  std::uint32_t before = 0;
  for (std::uint32_t& place : next) before += std::exchange(place, before);
  for (const std::uint32_t hand : from) to[next[hand >> shift & 255U]++] = hand;
}

/// Two passes of eight bits are quicker than comparisons, whose outcomes cannot be foreseen.
inline void sort_by_strength(ranked_hands& hands) {
  ranked_hands half;
  sort_by_byte(hands, half, 2 * card_bits);
  sort_by_byte(half, hands, 2 * card_bits + 8);
}

/// Writes the strengths of sorted hands.
inline void sweep(const ranked_hands& hands, std::span<river_strength, hole_pairs> row) {
  std::array<std::uint32_t, example::deck_size> holding{}; // how many passed hold the card
  const auto meeting = [&](std::size_t passed, std::uint32_t hand) {
    return static_cast<std::uint32_t>(passed) - holding[low_card(hand)] - holding[high_card(hand)];
  };
  for (std::size_t first = 0, last = 0; first < hands.size(); first = last) {
    // Of equals, first what each beats; after passing them all, what it beats or ties, where it
    // has been taken away twice itself.
    for (; last < hands.size() && strength(hands[last]) == strength(hands[first]); ++last) {
      row[pair_of(hands[last])] = static_cast<river_strength>(meeting(first, hands[last]));
    }
    for (std::size_t i = first; i < last; ++i) {
      ++holding[low_card(hands[i])];
      ++holding[high_card(hands[i])];
    }
    for (std::size_t i = first; i < last; ++i) {
      river_strength& value = row[pair_of(hands[i])];
      value = static_cast<river_strength>(value + meeting(last, hands[i]) + 1);
    }
  }
}
} // namespace detail

/// The strengths of all hands on one river board, its cards in any order.
inline void strengths_on(const std::array<card, 5>& board, const hand_evaluator& evaluate,
                         std::span<river_strength, hole_pairs> row) {
  detail::ranked_hands hands = detail::hands_on(board, evaluate);
  detail::sort_by_strength(hands);
  std::fill(row.begin(), row.end(), river_strength{0});
  detail::sweep(hands, row);
}

/// The sums of a board (its cards in increasing order) from those of the boards with one card more,
/// which are the rows row_of(id) of `next`.
template <std::size_t Cards, class RowOf, class Sum>
void sum_next_cards(const std::array<card, Cards>& board, const board_index<Cards + 1>& next,
                    const pair_renamings& renamed_pairs, RowOf&& row_of,
                    std::span<strength_sums<Sum>, hole_pairs> sums) {
  std::fill(sums.begin(), sums.end(), strength_sums<Sum>{});
  for (card added = 0; added < example::deck_size; ++added) {
    if (std::find(board.begin(), board.end(), added) != board.end()) continue;
    const board_place place = next.find(with_card(board, added));
    const pair_renamings::row& renamed = renamed_pairs[place.renaming];
    const auto row = row_of(place.id);
    for (std::size_t pair = 0; pair < hole_pairs; ++pair) sums[pair] += sums_of(row[renamed[pair]]);
  }
}

/// The strengths on all canonical rivers: 357 MB.
inline pair_table<river_strength> river_strengths(orderly::worker_pool& pool,
                                                  const canonical_boards& boards,
                                                  const hand_evaluator& evaluate, board_run& run) {
  pair_table<river_strength> table(boards.rivers.size());
  run.for_each(pool, table.boards(), [&](std::uint32_t id) {
    strengths_on(boards.rivers.cards(id), evaluate, table.row(id));
  });
  return table;
}

namespace detail {
/// The sums of all boards of one street from those of the next.
template <class Sums, std::size_t Cards, class Next>
pair_table<Sums> sum_street(orderly::worker_pool& pool, const board_index<Cards>& boards,
                            const board_index<Cards + 1>& next, const pair_renamings& renamed_pairs,
                            const pair_table<Next>& later, board_run& run) {
  pair_table<Sums> table(boards.size());
  run.for_each(pool, table.boards(), [&](std::uint32_t id) {
    sum_next_cards(
        boards.cards(id), next, renamed_pairs,
        [&](std::uint32_t place) { return later.row(place); }, table.row(id));
  });
  return table;
}
} // namespace detail

/// The sums of all canonical turns: 174 MB.
inline pair_table<turn_sums> turn_strengths(orderly::worker_pool& pool,
                                            const canonical_boards& boards,
                                            const pair_table<river_strength>& rivers,
                                            board_run& run) {
  return detail::sum_street<turn_sums>(pool, boards.turns, boards.rivers, boards.pairs, rivers,
                                       run);
}

/// The sums of all canonical flops: 37 MB.
inline pair_table<flop_sums> flop_strengths(orderly::worker_pool& pool,
                                            const canonical_boards& boards,
                                            const pair_table<turn_sums>& turns, board_run& run) {
  return detail::sum_street<flop_sums>(pool, boards.flops, boards.turns, boards.pairs, turns, run);
}

} // namespace poker

#endif
