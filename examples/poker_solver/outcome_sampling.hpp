// SPDX-License-Identifier: MIT
//
// Outcome-sampling Monte Carlo CFR: M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, "Monte Carlo
// sampling for regret minimization in extensive games" (2009). A traversal plays one hand to its end.
// The traverser explores: with probability epsilon he acts at random. What he sees is divided by how
// likely it was to be seen, which keeps the estimates unbiased; the average strategy is weighted by
// the traverser's reach over that likelihood ("stochastically weighted" averaging).
#ifndef ORDERLY_EXAMPLES_POKER_OUTCOME_SAMPLING_HPP
#define ORDERLY_EXAMPLES_POKER_OUTCOME_SAMPLING_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "regret_matching.hpp"

#include "orderly/random_stream.hpp"

#include <cstdint> // counts of nodes

namespace poker {

/// Updates: anything with add(cell, count, amounts). The table is only read.
template <class Real, class Updates>
class outcome_sampler {
 public:
  outcome_sampler(const betting_tree& tree, const Real* cells, Updates& updates, Real weight,
                  Real epsilon)
      : tree_(tree),
        nodes_(tree.data()),
        cells_(cells),
        updates_(updates),
        weight_(weight),
        epsilon_(epsilon) {}

  /// One traversal. Its value for the traverser, in chips, estimates that of the game.
  Real traverse(const deal& cards, unsigned traverser, orderly::fast_stream& stream) {
    cards_ = &cards;
    origins_ = origins_of(tree_, cards);
    traverser_ = traverser;
    stream_ = &stream;
    return visit(nodes_[0], {});
  }

  /// Nodes visited so far, ends included.
  std::uint64_t visited() const { return visited_; }

 private:
  /// Probabilities of coming to a node: by the traverser's strategy, by the other's, as sampled.
  struct reach {
    Real own = 1;
    Real other = 1;
    Real sampled = 1;
  };

  Real visit(const tree_node& node, const reach& here);
  Real act(const tree_node& node, const reach& here, std::uint32_t cell);
  Real watch(const tree_node& node, const reach& here, std::uint32_t cell);

  const betting_tree& tree_;
  const tree_node* nodes_;
  const Real* cells_;
  Updates& updates_;
  Real weight_;
  Real epsilon_;

  const deal* cards_ = nullptr;
  cell_origins origins_{};
  unsigned traverser_ = 0;
  orderly::fast_stream* stream_ = nullptr;
  std::uint64_t visited_ = 0;
};

template <class Real, class Updates>
Real outcome_sampler<Real, Updates>::visit(const tree_node& node, const reach& here) {
  ++visited_;
  if (node.kind != node_kind::decision) {
    return static_cast<Real>(payoff_for(traverser_, node, *cards_));
  }
  const std::uint32_t cell = origins_[node.player][node.street] + node.cells;
  return node.player == traverser_ ? act(node, here, cell) : watch(node, here, cell);
}

template <class Real, class Updates>
Real outcome_sampler<Real, Updates>::act(const tree_node& node, const reach& here,
                                         std::uint32_t cell) {
  const unsigned actions = node.actions;
  action_values<Real> strategy;
  action_values<Real> sampling;
  normalize_weights(cells_ + cell, actions, strategy.data());
  for (unsigned a = 0; a < actions; ++a) {
    sampling[a] = epsilon_ / static_cast<Real>(actions) + (1 - epsilon_) * strategy[a];
  }
  const unsigned chosen = sample_action(sampling.data(), actions, *stream_);
  const reach there{here.own * strategy[chosen], here.other, here.sampled * sampling[chosen]};
  const Real seen = visit(nodes_[node.first_child + chosen], there) / sampling[chosen];
  const Real expected = strategy[chosen] * seen;
  const Real scale = weight_ * here.other / here.sampled;
  action_values<Real> amounts;
  for (unsigned a = 0; a < actions; ++a) amounts[a] = ((a == chosen ? seen : 0) - expected) * scale;
  updates_.add(cell, actions, amounts.data());
  const Real share = weight_ * here.own / here.sampled;
  for (unsigned a = 0; a < actions; ++a) amounts[a] = strategy[a] * share;
  updates_.add(tree_.cells() + cell, actions, amounts.data());
  return expected;
}

template <class Real, class Updates>
Real outcome_sampler<Real, Updates>::watch(const tree_node& node, const reach& here,
                                           std::uint32_t cell) {
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, node.actions, strategy.data());
  const unsigned chosen = sample_action(strategy.data(), node.actions, *stream_);
  // Sampled as it is played: what was seen needs no correction.
  return visit(nodes_[node.first_child + chosen],
               {here.own, here.other * strategy[chosen], here.sampled * strategy[chosen]});
}

} // namespace poker

#endif
