// SPDX-License-Identifier: MIT
//
// Training by Monte Carlo CFR on a pool of workers: the same table, bit for bit, for any number of
// them.
//
// Iteration i draws its cards and actions from its own random stream, and traverses the tree once for
// each player. Iterations come in batches, the unit of everything: while a batch runs, the table stands
// still, and what the batch adds is written down (update_batches.hpp); then it is added in the order of
// the iterations. Weights, discounts and pruning are functions of the batch's number. A batch of one
// iteration is the classic algorithm, which changes the table while it traverses: that is one worker's
// job.
//
// Where the table stands still, external sampling traverses the same cards for both players, and finds
// them in the cache the second time. In place each player has cards of his own: what the first has
// just learned of these cards would tell the second what he must not know.
//
//   poker::mccfr_trainer trainer(game, settings, pool);
//   trainer.run(1000);                       // batches
//   trainer.table();                         // regrets and sums; with batches() all there is to save
//
// Larger batches cost convergence once they bring more than about one update to an infoset.
#ifndef ORDERLY_EXAMPLES_POKER_MCCFR_HPP
#define ORDERLY_EXAMPLES_POKER_MCCFR_HPP

#include "../support/huge_pages.hpp"
#include "algorithm_settings.hpp"
#include "betting_tree.hpp"
#include "discount.hpp"
#include "external_sampling.hpp"
#include "outcome_sampling.hpp"
#include "table_updates.hpp"
#include "update_batches.hpp"

#include "orderly/index_range.hpp"
#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <chrono>  // metrics
#include <cstddef> // size_t
#include <cstdint> // iterations
#include <vector>  // the table

namespace poker {

template <class Game>
class mccfr_trainer {
 public:
  using real = typename Game::real;
  /// The game and the pool must outlive this object.
  mccfr_trainer(const Game& game, const algorithm_settings& settings, orderly::worker_pool& pool);

  /// Goes on from what another trainer with the same settings had: load(table) fills the table and
  /// gives the number of batches.
  template <class Load>
  void restore(Load&& load) {
    batches_ = load(table_);
  }

  /// Blocking: until so many batches more are done. Exceptions: std::bad_alloc.
  void run(std::uint64_t count);

  const std::vector<real>& table() const { return table_; }
  std::uint64_t batches() const { return batches_; }
  std::uint64_t iterations() const { return batches_ * settings_.batch_size; }
  /// Nodes of the tree visited since construction, ends included.
  std::uint64_t visited() const;
  /// Wall time since construction in which logs were replayed.
  std::chrono::nanoseconds merging() const { return updates_.merging(); }

 private:
  struct worker_state {
    typename Game::dealer deal_cards;
    traversal_memory<real> memory;
    std::uint64_t visited = 0;
  };

  template <class Updates>
  void traverse(const orderly::seed_range& iterations, worker_state& mine, Updates& updates);
  void discount(std::uint64_t period);

  orderly::seed_range iterations_of(std::uint64_t batch) const {
    const std::uint64_t first = batch * settings_.batch_size;
    return {orderly::seed(settings_.seed), first, first + settings_.batch_size};
  }

  const betting_tree& tree_;
  algorithm_settings settings_;
  double unit_; // chips in what amounts are told in
  std::vector<real> table_;
  std::uint64_t batches_ = 0;
  update_batches<real, worker_state> updates_;
};

template <class Game>
mccfr_trainer<Game>::mccfr_trainer(const Game& game, const algorithm_settings& settings,
                                   orderly::worker_pool& pool)
    : tree_(game.tree()),
      settings_(settings),
      unit_(game.chips_per_unit()),
      table_(example::vector_on_huge_pages<real>(std::size_t{2} * tree_.cells())),
      updates_(pool, [&game](std::size_t) {
        return worker_state{typename Game::dealer(game), traversal_memory<real>(game.tree())};
      }) {}

template <class Game>
void mccfr_trainer<Game>::run(std::uint64_t count) {
  direct_updates<real> direct(table_.data());
  const auto traverse_chunk = [&](const orderly::seed_range& chunk, worker_state& mine,
                                  divided_log<real>& log) { traverse(chunk, mine, log); };
  for (std::uint64_t i = 0; i < count; ++i) {
    if (settings_.batch_size > 1) {
      updates_.run(iterations_of(batches_), table_.data(), traverse_chunk);
    } else {
      traverse(iterations_of(batches_), updates_.states()[0], direct);
    }
    ++batches_;
    const bool ends_period = batches_ % settings_.discount_interval == 0;
    if (settings_.weighting == weighting_kind::dcfr && ends_period) {
      discount(batches_ / settings_.discount_interval);
    }
  }
}

/// What discounted CFR does after iteration t, here after a period.
template <class Game>
void mccfr_trainer<Game>::discount(std::uint64_t period) {
  const auto t = static_cast<double>(period);
  const auto positive = static_cast<real>(kept_part(t, settings_.discount.alpha.real()));
  const auto negative = static_cast<real>(kept_part(t, settings_.discount.beta.real()));
  // Sums that count t^gamma: all before are multiplied by (t / (t + 1))^gamma.
  const auto played = static_cast<real>(power(t / (t + 1), settings_.discount.gamma.real()));
  const orderly::index_range cells(tree_.cells());
  const auto blocks = cells.chunks(std::uint64_t{1} << 16U);
  updates_.states().pool().for_each_index(blocks.size(), [&](std::uint64_t block) {
    for (const std::uint64_t cell : blocks[block]) {
      table_[cell] *= table_[cell] > 0 ? positive : negative;
      table_[tree_.cells() + cell] *= played;
    }
  });
}

template <class Game>
template <class Updates>
void mccfr_trainer<Game>::traverse(const orderly::seed_range& iterations, worker_state& mine,
                                   Updates& updates) {
  const bool linear = settings_.weighting == weighting_kind::linear;
  const std::uint64_t period = batches_ / settings_.discount_interval + 1;
  const auto weight = linear ? static_cast<real>(period) : real{1};
  if (settings_.kind == algorithm_kind::outcome) {
    const auto epsilon = static_cast<real>(settings_.epsilon.real());
    outcome_sampler<real, Updates> sampler(tree_, table_.data(), updates, weight, epsilon);
    for (const std::uint64_t i : iterations) {
      orderly::fast_stream stream = iterations.fast(i);
      for (unsigned traverser = 0; traverser < 2; ++traverser) {
        const deal& cards = mine.deal_cards(stream);
        sampler.traverse(cards, traverser, stream);
      }
    }
    mine.visited += sampler.visited();
    return;
  }
  const double threshold = settings_.prune ? settings_.prune->threshold.real() * unit_ : 0;
  const double prune_share = settings_.prune ? settings_.prune->probability.real() : 0;
  const real prune_below = -static_cast<real>(threshold) * weight;
  external_sampler<real, Updates> sampler(tree_, table_.data(), updates,
                                          {weight, prune_below, prune_below * real{31} / 30},
                                          mine.memory);
  const bool in_place = settings_.batch_size == 1;
  for (const std::uint64_t i : iterations) {
    orderly::fast_stream stream = iterations.fast(i);
    const bool prunes = settings_.prune && stream.unit() < prune_share;
    deal cards = mine.deal_cards(stream);
    sampler.traverse(cards, 0, stream, prunes);
    if (in_place) cards = mine.deal_cards(stream);
    sampler.traverse(cards, 1, stream, prunes);
  }
  mine.visited += sampler.visited();
}

template <class Game>
std::uint64_t mccfr_trainer<Game>::visited() const {
  std::uint64_t sum = 0;
  const auto& states = updates_.states();
  for (std::size_t worker = 0; worker < states.size(); ++worker) sum += states[worker].visited;
  return sum;
}

} // namespace poker

#endif
