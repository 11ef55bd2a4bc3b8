// SPDX-License-Identifier: MIT
//
// A duplicate match: two profiles play many deals, each deal twice, with the seats exchanged.
//
//   const orderly::seed_range deals(orderly::stream_node(orderly::seed(1)).derive("match"),
//                                   orderly::index_range(10'000'000));
//   const poker::match_result won = poker::duplicate_match(game, a, b, deals, pool);
//   won.mean();          // big blinds a hand that A wins of B (chips, in kuhn and leduc)
//   won.half_width();    // of the 95 % confidence interval around it
//
// A deal counts as one observation: half of what A wins in seat 0 and in seat 1 with the same cards.
// Whom the cards favour no longer matters then. Both seatings also draw their actions from common
// random numbers, the k-th decision of a hand from the k-th number: where A and B play alike, the
// second hand repeats the first and they win nothing of each other. So a profile against itself gets
// exactly 0 in every deal, and B against A exactly what A does against B, with the other sign.
//
// Chips are integers and so are the sums: they are the same for any number of workers.
#ifndef ORDERLY_EXAMPLES_POKER_DUPLICATE_MATCH_HPP
#define ORDERLY_EXAMPLES_POKER_DUPLICATE_MATCH_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "regret_matching.hpp"
#include "strategy_profile.hpp"

#include "orderly/accumulators.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <array>   // seats
#include <cmath>   // lround, sqrt
#include <cstddef> // size_t
#include <cstdint> // chips

namespace poker {

/// What A has won. Units: big blinds (chips, in kuhn and leduc) a hand.
struct match_result {
  orderly::exact_moments chips; ///< by deal: what both seatings brought A together
  double chips_per_unit = 1;

  std::uint64_t deals() const { return chips.count(); }
  double mean() const { return chips.mean() / per_hand(); }
  /// Of the mean; 0 with fewer than two deals.
  double standard_error() const {
    if (deals() < 2) return 0;
    return std::sqrt(chips.variance() / static_cast<double>(deals())) / per_hand();
  }
  /// The 95 % confidence interval is mean() -+ half_width(), for many deals.
  double half_width() const { return 1.96 * standard_error(); }

  friend bool operator==(const match_result&, const match_result&) = default;

 private:
  double per_hand() const { return 2 * chips_per_unit; }
};

/// One hand, played to its end: what player 0 wins, in chips; where a showdown is valued by its
/// expectation, to the nearest chip. `seats`: the profile of each player.
template <class Real>
std::int32_t play_hand(const betting_tree& tree, const deal& cards, const cell_origins& origins,
                       const std::array<const Real*, 2>& seats, orderly::fast_stream stream) {
  const tree_node* const nodes = tree.data();
  const tree_node* node = nodes;
  while (node->kind == node_kind::decision) {
    const std::uint32_t cell = origins[node->player][node->street] + node->cells;
    const Real* const strategy = seats[node->player] + cell;
    node = nodes + node->first_child + sample_action(strategy, node->actions, stream);
  }
  return static_cast<std::int32_t>(std::lround(payoff_for(0, *node, cards)));
}

/// Deals that are played as one piece of work.
inline constexpr std::uint64_t match_chunk = 1024;

/// Plays one duplicate deal for each stream of `deals`. If the stop flag ended it, the result is that
/// of the first deals, whose number it tells. The observer counts deals.
/// Blocking: until all is played. Exceptions: std::bad_alloc.
template <class Game, class Real>
match_result duplicate_match(const Game& game, const strategy_profile<Real>& a,
                             const strategy_profile<Real>& b, const orderly::seed_range& deals,
                             orderly::worker_pool& pool,
                             const orderly::ordered_options& options = {}) {
  using dealer = typename Game::dealer;
  orderly::per_worker<dealer> dealers(pool, [&game](std::size_t) { return dealer(game); });
  const betting_tree& tree = game.tree();
  const Real* const of_a = a.probabilities().data();
  const Real* const of_b = b.probabilities().data();
  const auto play = [&](const orderly::seed_range& chunk, dealer& deal_cards) {
    orderly::exact_moments chips;
    for (const std::uint64_t i : chunk) {
      orderly::fast_stream stream = chunk.fast(i);
      const deal cards = deal_cards(stream);
      const cell_origins origins = origins_of(tree, cards);
      const std::int64_t first =
          play_hand<Real>(tree, cards, origins, {of_a, of_b}, stream.clone());
      const std::int64_t second =
          play_hand<Real>(tree, cards, origins, {of_b, of_a}, stream.clone());
      chips.add(first - second);
    }
    return chips;
  };
  const auto add = [](orderly::exact_moments& all, const orderly::exact_moments& chunk) {
    all += chunk;
  };
  return {orderly::ordered_reduce(dealers, deals, match_chunk, orderly::exact_moments(), play, add,
                                  options),
          game.chips_per_unit()};
}

} // namespace poker

#endif
