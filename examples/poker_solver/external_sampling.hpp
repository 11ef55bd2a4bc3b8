// SPDX-License-Identifier: MIT
//
// External-sampling Monte Carlo CFR: M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, "Monte Carlo
// sampling for regret minimization in extensive games" (2009). A traversal tries every action of
// one player, the traverser, and samples the cards and the actions of the other; it adds to the
// regrets of the traverser, and to the average strategy of the other ("simple" averaging).
//
// Regret-based pruning: N. Brown, T. Sandholm, "Superhuman AI for multiplayer poker" (2019). In a
// pruned traversal actions of very negative regret are left out, but never on the last street and
// never when they end the hand. A floor a little below keeps their regrets within reach.
#ifndef ORDERLY_EXAMPLES_POKER_EXTERNAL_SAMPLING_HPP
#define ORDERLY_EXAMPLES_POKER_EXTERNAL_SAMPLING_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "regret_matching.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm> // min, max
#include <cstdint>   // counts of nodes

namespace poker {

/// How the traversals of one batch weigh and prune.
template <class Real>
struct traversal_settings {
  Real weight = 1;
  Real prune_below = 0; ///< regret as it is in the table; 0 without pruning
  Real floor = 0;       ///< no regret is brought below it, lest what is pruned never come back;
                        ///< 0: none
};

/// Updates: anything with add(cell, count, amounts). The table is only read.
template <class Real, class Updates>
class external_sampler {
 public:
  external_sampler(const betting_tree& tree, const Real* cells, Updates& updates,
                   const traversal_settings<Real>& settings)
      : tree_(tree),
        nodes_(tree.data()),
        last_street_(tree.streets() - 1),
        cells_(cells),
        updates_(updates),
        settings_(settings) {}

  /// One traversal. Its value for the traverser, in chips, estimates that of the game.
  Real traverse(const deal& cards, unsigned traverser, orderly::fast_stream& stream,
                bool prunes = false) {
    cards_ = &cards;
    origins_ = origins_of(tree_, cards);
    traverser_ = traverser;
    stream_ = &stream;
    prunes_ = prunes;
    return visit(nodes_[0]);
  }

  /// Nodes visited so far, ends included.
  std::uint64_t visited() const { return visited_; }

 private:
  Real visit(const tree_node& node);
  template <unsigned Actions>
  Real decide(const tree_node& node);
  template <unsigned Actions>
  Real try_all(const tree_node& node, std::uint32_t cell);
  template <unsigned Actions>
  Real sample_one(const tree_node& node, std::uint32_t cell);
  Real try_promising(const tree_node& node, std::uint32_t cell);
  void keep_above_floor(unsigned actions, const Real* regrets, Real* amounts) const;

  std::uint32_t cell_of(const tree_node& node) const {
    return origins_[node.player][node.street] + node.cells;
  }

  const betting_tree& tree_;
  const tree_node* nodes_;
  unsigned last_street_;
  const Real* cells_;
  Updates& updates_;
  traversal_settings<Real> settings_;

  const deal* cards_ = nullptr;
  cell_origins origins_{};
  unsigned traverser_ = 0;
  orderly::fast_stream* stream_ = nullptr;
  bool prunes_ = false;
  std::uint64_t visited_ = 0;
};

template <class Real, class Updates>
Real external_sampler<Real, Updates>::visit(const tree_node& node) {
  ++visited_;
  if (node.kind != node_kind::decision) {
    return static_cast<Real>(payoff_for(traverser_, node, *cards_));
  }
  switch (node.actions) {
  case 2:
    return decide<2>(node);
  case 3:
    return decide<3>(node);
  case 4:
    return decide<4>(node);
  case 5:
    return decide<5>(node);
  default:
    return decide<0>(node);
  }
}

template <class Real, class Updates>
template <unsigned Actions>
Real external_sampler<Real, Updates>::decide(const tree_node& node) {
  const std::uint32_t cell = cell_of(node);
  if (node.player != traverser_) return sample_one<Actions>(node, cell);
  if (prunes_ && node.street != last_street_) return try_promising(node, cell);
  return try_all<Actions>(node, cell);
}

template <class Real, class Updates>
template <unsigned Actions>
Real external_sampler<Real, Updates>::try_all(const tree_node& node, std::uint32_t cell) {
  const unsigned actions = Actions != 0 ? Actions : node.actions;
  const tree_node* const children = nodes_ + node.first_child;
  action_values<Real> values;
  for (unsigned a = 0; a < actions; ++a) values[a] = visit(children[a]);
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, actions, strategy.data());
  Real expected = 0;
  for (unsigned a = 0; a < actions; ++a) expected += strategy[a] * values[a];
  for (unsigned a = 0; a < actions; ++a) values[a] = (values[a] - expected) * settings_.weight;
  keep_above_floor(actions, cells_ + cell, values.data());
  updates_.add(cell, actions, values.data());
  return expected;
}

template <class Real, class Updates>
void external_sampler<Real, Updates>::keep_above_floor(unsigned actions, const Real* regrets,
                                                       Real* amounts) const {
  if (settings_.floor == 0) return;
  for (unsigned a = 0; a < actions; ++a) {
    const Real room = (std::min)(settings_.floor - regrets[a], Real{0});
    amounts[a] = (std::max)(amounts[a], room);
  }
}

/// Leaves out what is pruned; its regret stays as it is.
template <class Real, class Updates>
Real external_sampler<Real, Updates>::try_promising(const tree_node& node, std::uint32_t cell) {
  const tree_node* const children = nodes_ + node.first_child;
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, node.actions, strategy.data());
  action_values<Real> values;
  std::array<bool, most_actions> tried;
  Real expected = 0;
  for (unsigned a = 0; a < node.actions; ++a) {
    // What is played at all is never pruned.
    tried[a] = strategy[a] > 0 || cells_[cell + a] >= settings_.prune_below ||
               children[a].kind != node_kind::decision;
    if (!tried[a]) continue;
    values[a] = visit(children[a]);
    expected += strategy[a] * values[a];
  }
  for (unsigned a = 0; a < node.actions; ++a) {
    values[a] = tried[a] ? (values[a] - expected) * settings_.weight : Real{0};
  }
  keep_above_floor(node.actions, cells_ + cell, values.data());
  updates_.add(cell, node.actions, values.data());
  return expected;
}

template <class Real, class Updates>
template <unsigned Actions>
Real external_sampler<Real, Updates>::sample_one(const tree_node& node, std::uint32_t cell) {
  const unsigned actions = Actions != 0 ? Actions : node.actions;
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, actions, strategy.data());
  const unsigned chosen = sample_action(strategy.data(), actions, *stream_);
  for (unsigned a = 0; a < actions; ++a) strategy[a] *= settings_.weight;
  updates_.add(tree_.cells() + cell, actions, strategy.data());
  return visit(nodes_[node.first_child + chosen]);
}

} // namespace poker

#endif
