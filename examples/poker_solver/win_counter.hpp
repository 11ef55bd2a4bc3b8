// SPDX-License-Identifier: MIT
//
// Who wins on a board: for all pairs of the 169 starting hands at once, by one sweep.
//
// Boards that differ by a permutation of suits give the same counts: one of each of the 134,459
// kinds is looked at, and weighed. Its 1,081 hands are sorted by strength and swept from below. All
// hands of one class and strength win against what has been swept, 169 counts by class, at once.
// That includes hands that share a card with them; those are counted beside, for each card the
// classes that have its rank, and taken off.
//
//   using namespace poker::detail;
//   const std::vector<hole_cards> hands = all_hole_cards();
//   win_counter counter(evaluate, hands);
//   for (const weighed_board& board : canonical_boards()) counter.add(board);
//   const class_pair_counts wins = counter.result();       // wins[place_of(a, b)]: a beats b
#ifndef ORDERLY_EXAMPLES_POKER_WIN_COUNTER_HPP
#define ORDERLY_EXAMPLES_POKER_WIN_COUNTER_HPP

#include "hand_evaluator.hpp"
#include "starting_hands.hpp"

#include <algorithm> // stable_sort
#include <array>     // counts of one board
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <memory>    // unique_ptr: counts
#include <numeric>   // partial_sum
#include <span>      // hands
#include <utility>   // move
#include <vector>    // boards, hands, results

namespace poker::detail {

/// A number for each ordered pair of classes, a's row before b's column.
using class_pair_counts = std::vector<std::uint32_t>;

constexpr std::size_t place_of(std::size_t a, std::size_t b) { return a * starting_hands + b; }

/// Two cards, and how each of them sees the other.
struct hole_cards {
  partial_hand hand;
  std::array<card, 2> cards{}; // the higher rank first
  starting_hand kind = 0;

  /// Numbers the classes that have a card's rank by the other rank, suited or not.
  constexpr std::size_t other(std::size_t side) const {
    const bool suited = suit_of(cards[0]) == suit_of(cards[1]);
    return 2U * rank_of(cards[1 - side]) + (suited ? 1U : 0U);
  }
};

/// All 1,326 sets of two cards, by class.
inline std::vector<hole_cards> all_hole_cards() {
  std::vector<hole_cards> hands;
  for (unsigned high = 0; high < deck_size; ++high) {
    for (unsigned low = 0; low < high; ++low) {
      const std::array cards{static_cast<card>(high), static_cast<card>(low)};
      hands.push_back({hand_of(cards), cards, starting_hand_of(cards[0], cards[1])});
    }
  }
  std::stable_sort(hands.begin(), hands.end(),
                   [](const auto& a, const auto& b) { return a.kind < b.kind; });
  return hands;
}

/// Five common cards, and how many boards are like them but for the names of the suits.
struct weighed_board {
  partial_hand hand;
  std::uint32_t weight = 0;
};

/// The number of boards that permutations of suits make of this one; 0 if another one of them
/// stands for all. That is the one whose sets of ranks, as numbers, do not rise from suit to suit.
constexpr std::uint32_t weight_of(const partial_hand& board) {
  std::uint32_t weight = 24;
  std::uint32_t equal = 1;
  for (unsigned suit = 1; suit < suit_count; ++suit) {
    const auto before = static_cast<std::uint16_t>(board.cards >> (16 * (suit - 1)));
    const auto ranks = static_cast<std::uint16_t>(board.cards >> (16 * suit));
    if (before < ranks) return 0;
    equal = before == ranks ? equal + 1 : 1;
    weight /= equal;
  }
  return weight;
}

/// Adds to `boards` all with `more` further cards, from `next` on, that have a weight.
inline void add_boards(std::vector<weighed_board>& boards, const partial_hand& hand = {},
                       unsigned more = 5, unsigned next = 0) {
  if (more == 0) {
    if (const std::uint32_t weight = weight_of(hand); weight != 0) boards.push_back({hand, weight});
    return;
  }
  for (unsigned c = next; c + more <= deck_size; ++c) {
    add_boards(boards, hand + hand_of(static_cast<card>(c)), more - 1, c + 1);
  }
}

/// One board of every kind, those of equal weight side by side.
inline std::vector<weighed_board> canonical_boards() {
  std::vector<weighed_board> boards;
  add_boards(boards);
  std::stable_sort(boards.begin(), boards.end(),
                   [](const auto& a, const auto& b) { return a.weight < b.weight; });
  return boards;
}

/// Counts wins on one board after the other.
class win_counter {
 public:
  win_counter(const hand_evaluator& evaluate, std::span<const hole_cards> hands)
      : evaluate_(evaluate), hands_(hands) {}

  void add(const weighed_board& board) {
    if (board.weight != weight_ || boards_ == most_boards) flush();
    weight_ = board.weight;
    ++boards_;
    find_strengths(board.hand);
    sort_by_strength();
    counts_->below = {};
    counts_->below_with = {};
    for (std::size_t begin = 0, end = 0; begin < found_.size(); begin = end) {
      const auto equal = [&](std::size_t i) {
        return found_[i].strength == found_[begin].strength;
      };
      while (end < found_.size() && equal(end)) ++end;
      count_wins({found_.data() + begin, end - begin});
      for (std::size_t i = begin; i < end; ++i) sweep(hands_[found_[i].hand]);
    }
  }

  class_pair_counts result() {
    flush();
    return std::move(result_);
  }

 private:
  static constexpr std::size_t hands_of_board = 1081; // 47 choose 2
  static constexpr std::uint32_t most_boards = 450;   // 12 * 12 wins on each at most fit in 16 bits

  struct found_hand {
    hand_strength strength;
    std::uint16_t hand;
  };

  // Rows are padded to whole vectors of any machine.
  using by_class = std::array<std::uint16_t, 176>;
  using by_other = std::array<std::uint16_t, 32>; // as hole_cards::other numbers them

  struct counts {
    std::array<by_class, starting_hands> won{};                   // shared cards or not
    std::array<std::array<by_other, 2>, starting_hands> shared{}; // with the card of either side
    by_class below{};                                             // the hands swept
    std::array<by_other, deck_size> below_with{};                 // those of them that have a card
  };

  /// `more` is a copy, which cannot overlap the sums: compilers make vector code of it readily.
  template <std::size_t Size>
  static void add(std::array<std::uint16_t, Size>& sums, std::array<std::uint16_t, Size> more,
                  std::uint16_t times = 1) {
    for (std::size_t i = 0; i < Size; ++i) {
      sums[i] = static_cast<std::uint16_t>(sums[i] + unsigned{more[i]} * times);
    }
  }

  void find_strengths(const partial_hand& board) {
    std::array<std::uint16_t, hands_of_board + 1> dealt{}; // one more is written, and overwritten
    std::size_t count = 0;
    for (std::size_t h = 0; h < hands_.size(); ++h) {
      dealt[count] = static_cast<std::uint16_t>(h);
      count += (hands_[h].hand.cards & board.cards) == 0 ? 1U : 0U;
    }
    for (std::size_t i = 0; i < count; ++i) {
      found_[i] = {evaluate_(board + hands_[dealt[i]].hand), dealt[i]};
    }
  }

  /// Stable: hands of one strength stay in order of class.
  void sort_by_strength() {
    std::array<found_hand, hands_of_board> half_sorted{};
    sort_by_byte(found_, half_sorted, 0);
    sort_by_byte(half_sorted, found_, 8);
  }

  static void sort_by_byte(std::span<const found_hand> from, std::span<found_hand> to,
                           unsigned shift) {
    const auto byte = [shift](const found_hand& f) { return (f.strength >> shift) & 0xffU; };
    std::array<std::size_t, 257> places{};
    for (const found_hand& f : from) ++places[byte(f) + 1];
    std::partial_sum(places.begin(), places.end(), places.begin());
    for (const found_hand& f : from) to[places[byte(f)]++] = f;
  }

  /// All hands of one strength win against those below.
  void count_wins(std::span<const found_hand> equal) {
    for (std::size_t begin = 0, end = 0; begin < equal.size(); begin = end) {
      const starting_hand kind = hands_[equal[begin].hand].kind;
      for (; end < equal.size() && hands_[equal[end].hand].kind == kind; ++end) {
        const hole_cards& hand = hands_[equal[end].hand];
        for (std::size_t side = 0; side < 2; ++side) {
          add(counts_->shared[kind][side], counts_->below_with[hand.cards[side]]);
        }
      }
      add(counts_->won[kind], counts_->below, static_cast<std::uint16_t>(end - begin));
    }
  }

  void sweep(const hole_cards& hand) {
    ++counts_->below[hand.kind];
    for (std::size_t side = 0; side < 2; ++side) {
      ++counts_->below_with[hand.cards[side]][hand.other(side)];
    }
  }

  /// Adds the boards since the last call to the result.
  void flush() {
    for (std::size_t a = 0; a < starting_hands; ++a) {
      for (std::size_t b = 0; b < starting_hands; ++b) {
        result_[place_of(a, b)] += weight_ * counts_->won[a][b];
      }
      const auto kind = static_cast<starting_hand>(a);
      take_off(kind, counts_->shared[a][0], higher_rank_of(kind));
      take_off(kind, counts_->shared[a][1], lower_rank_of(kind));
    }
    counts_->won = {};
    counts_->shared = {};
    boards_ = 0;
  }

  /// `shared` counts wins against hands that have the card of this rank too.
  void take_off(starting_hand kind, const by_other& shared, unsigned rank) {
    for (unsigned other = 0; other < 2 * rank_count; ++other) {
      const card second = make_card(other / 2, 1 - other % 2);
      const starting_hand beaten = starting_hand_of(make_card(rank, 0), second);
      result_[place_of(kind, beaten)] -= weight_ * shared[other];
    }
  }

  const hand_evaluator& evaluate_;
  const std::span<const hole_cards> hands_;
  class_pair_counts result_ = class_pair_counts(starting_hands * starting_hands);
  std::unique_ptr<counts> counts_ = std::make_unique<counts>();
  std::uint32_t boards_ = 0; // since the last flush, all of one weight
  std::uint32_t weight_ = 0;
  std::array<found_hand, hands_of_board> found_{};
};

} // namespace poker::detail

#endif
