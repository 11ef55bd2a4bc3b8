// SPDX-License-Identifier: MIT
//
// Exact equities of the 169 starting hands against each other, all in before the flop.
//
// For every ordered pair of classes all ways are counted in which two disjoint hands of them and a
// board can be dealt: won, tied and in all. The counts are integers, so they do not depend on the
// number of workers. Wins are counted (win_counter.hpp), the total is known, and ties are what
// neither side wins.
//
//   using namespace poker;
//   orderly::worker_pool pool;
//   const hand_evaluator evaluate;
//   const std::optional<equity_matrix> found = compute_equities(pool, evaluate);
//   found->equity(read_starting_hand("AA"), read_starting_hand("KK"));     // 0.819461
//
// The whole takes about five seconds of one worker.
#ifndef ORDERLY_EXAMPLES_POKER_EQUITY_MATRIX_HPP
#define ORDERLY_EXAMPLES_POKER_EQUITY_MATRIX_HPP

#include "hand_evaluator.hpp"
#include "starting_hands.hpp"
#include "win_counter.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>  // transform
#include <cstddef>    // size_t
#include <cstdint>    // counts
#include <functional> // plus
#include <optional>   // a result that may be unfinished
#include <span>       // hands, boards
#include <utility>    // move
#include <vector>     // hands, boards

namespace poker {

/// How hands of a class do against hands of another, counted over all ways to deal two of them and
/// a board. Immutable, so all workers may share one.
class equity_matrix {
 public:
  /// From the number of ways won and of pairs of hands, each by ordered pair of classes.
  equity_matrix(detail::class_pair_counts wins, detail::class_pair_counts pairs)
      : wins_(std::move(wins)), pairs_(std::move(pairs)) {}

  /// Ways in which `a` wins.
  std::uint64_t wins(starting_hand a, starting_hand b) const {
    return wins_[detail::place_of(a, b)];
  }
  std::uint64_t ties(starting_hand a, starting_hand b) const {
    return total(a, b) - wins(a, b) - wins(b, a);
  }
  std::uint64_t total(starting_hand a, starting_hand b) const {
    return boards_of_pair * pairs_[detail::place_of(a, b)];
  }

  /// The share of the pot that `a` wins on average.
  double equity(starting_hand a, starting_hand b) const {
    const std::uint64_t halves = 2 * wins(a, b) + ties(a, b);
    return static_cast<double>(halves) / static_cast<double>(2 * total(a, b));
  }

  friend bool operator==(const equity_matrix&, const equity_matrix&) = default;

 private:
  static constexpr std::uint64_t boards_of_pair = 1'712'304; // 48 choose 5

  // 32 bits: two classes can be dealt in at most 144 * boards_of_pair ways.
  detail::class_pair_counts wins_;
  detail::class_pair_counts pairs_;
};

namespace detail {
/// How many pairs of hands of two classes have no card in common.
inline class_pair_counts count_disjoint(std::span<const hole_cards> hands) {
  class_pair_counts counts(starting_hands * starting_hands);
  for (const hole_cards& a : hands) {
    for (const hole_cards& b : hands) {
      counts[place_of(a.kind, b.kind)] += (a.hand.cards & b.hand.cards) == 0 ? 1U : 0U;
    }
  }
  return counts;
}

/// Wins on all the boards; nothing if it was stopped.
inline std::optional<class_pair_counts> count_wins(orderly::worker_pool& pool,
                                                   const hand_evaluator& evaluate,
                                                   std::span<const hole_cards> hands,
                                                   std::span<const weighed_board> boards,
                                                   const orderly::ordered_options& options = {}) {
  struct subtotal {
    class_pair_counts wins = class_pair_counts(starting_hands * starting_hands);
    std::uint64_t boards = 0;
  };
  const auto count_part = [&](const orderly::index_range& part) {
    win_counter counter(evaluate, hands);
    for (const std::uint64_t i : part) counter.add(boards[i]);
    return subtotal{counter.result(), part.size()};
  };
  const auto add_part = [](subtotal& sum, subtotal&& part) {
    std::transform(sum.wins.begin(), sum.wins.end(), part.wins.begin(), sum.wins.begin(),
                   std::plus<>());
    sum.boards += part.boards;
  };
  subtotal sum = orderly::ordered_reduce(pool, orderly::index_range(boards.size()), 256, subtotal(),
                                         count_part, add_part, options);
  if (sum.boards < boards.size()) return std::nullopt;
  return std::move(sum.wins);
}
} // namespace detail

/// The matrix; nothing if it was stopped. The options' observer sees kinds of boards.
/// Exceptions: std::bad_alloc, and what the observer throws.
inline std::optional<equity_matrix> compute_equities(orderly::worker_pool& pool,
                                                     const hand_evaluator& evaluate,
                                                     const orderly::ordered_options& options = {}) {
  const std::vector<detail::hole_cards> hands = detail::all_hole_cards();
  const std::vector<detail::weighed_board> boards = detail::canonical_boards();
  auto wins = detail::count_wins(pool, evaluate, hands, boards, options);
  if (!wins) return std::nullopt;
  return equity_matrix(std::move(*wins), detail::count_disjoint(hands));
}

} // namespace poker

#endif
