// SPDX-License-Identifier: MIT
//
// External-sampling Monte Carlo CFR: M. Lanctot, K. Waugh, M. Zinkevich, M. Bowling, "Monte Carlo
// sampling for regret minimization in extensive games" (2009). A traversal tries every action of
// one player, the traverser, and samples the cards and the actions of the other; it adds to the
// regrets of the traverser, and to the average strategy of the other ("simple" averaging).
//
// A table of many megabytes is what a traversal waits for, so it goes breadth first: whatever can be
// fetched from memory is asked for when a decision is met, and looked at after all those met before.
// Values then go back in the opposite order. Nothing recurs, so the stack stays small.
//
// Regret-based pruning: N. Brown, T. Sandholm, "Superhuman AI for multiplayer poker" (2019). In a
// pruned traversal actions of very negative regret are left out, but never on the last street and
// never when they end the hand. A floor a little below keeps their regrets within reach.
#ifndef ORDERLY_EXAMPLES_POKER_EXTERNAL_SAMPLING_HPP
#define ORDERLY_EXAMPLES_POKER_EXTERNAL_SAMPLING_HPP

#include "../support/prefetch.hpp"
#include "betting_tree.hpp"
#include "deal.hpp"
#include "regret_matching.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm> // min, max
#include <array>     // origins, what is tried
#include <cstddef>   // counts of decisions
#include <cstdint>   // numbers of nodes
#include <vector>    // what waits

namespace poker {

/// How the traversals of one batch weigh and prune.
template <class Real>
struct traversal_settings {
  Real weight = 1;
  Real prune_below = 0; ///< regret as it is in the table; 0 without pruning
  Real floor = 0;       ///< no regret is brought below it, lest what is pruned never come back;
                        ///< 0: none
};

/// What a traversal works with: kept for the next, and of each worker its own.
template <class Real>
class traversal_memory {
 public:
  explicit traversal_memory(const betting_tree& tree)
      : values_(tree.size()), own_(tree.size() + 1), others_(tree.size() + 1) {}

 private:
  template <class, class>
  friend class external_sampler;

  struct decision {
    std::uint32_t node;
    std::uint32_t value;  ///< its place in values_
    std::uint32_t values; ///< of the traverser: where those of its actions begin
  };

  // Each node is met once at most. A decision is written before it is known to be one: hence one more.
  std::vector<Real> values_;
  std::vector<decision> own_; ///< the traverser's
  std::vector<decision>
      others_; ///< each has the value of the node that its sampled action leads to
};

/// Updates: anything with add(cell, count, amounts), and prefetch(cell) where one may follow. The
/// table is only read.
template <class Real, class Updates>
class external_sampler {
 public:
  /// All must outlive this object. The memory is of the same tree.
  external_sampler(const betting_tree& tree, const Real* cells, Updates& updates,
                   const traversal_settings<Real>& settings, traversal_memory<Real>& memory)
      : nodes_(tree.data()),
        last_street_(tree.streets() - 1),
        tree_(tree),
        cells_(cells),
        updates_(updates),
        settings_(settings),
        values_(memory.values_.data()),
        own_(memory.own_.data()),
        others_(memory.others_.data()) {}

  /// One traversal. Its value for the traverser, in chips, estimates that of the game.
  Real traverse(const deal& cards, unsigned traverser, orderly::fast_stream& stream,
                bool prunes = false);

  /// Nodes visited so far, ends included.
  std::uint64_t visited() const { return visited_; }

 private:
  using decision = typename traversal_memory<Real>::decision;

  void meet(std::uint32_t number, std::uint32_t value);
  void sample_one(const decision& at, orderly::fast_stream& stream);
  /// The action drawn.
  template <unsigned Actions>
  unsigned draw(const tree_node& node, orderly::fast_stream& stream);
  void expand(decision& at);
  void learn(const decision& at);
  template <unsigned Actions>
  void learn_all(const decision& at, const tree_node& node);
  void learn_promising(const decision& at, const tree_node& node);
  std::array<bool, most_actions> promising(const tree_node& node, const Real* regrets,
                                           const action_values<Real>& strategy) const;
  void keep_above_floor(unsigned actions, const Real* regrets, Real* amounts) const;

  std::uint32_t cell_of(const tree_node& node) const {
    return origins_[node.player][node.street] + node.cells;
  }
  bool prunes(const tree_node& node) const { return prunes_ && node.street != last_street_; }

  const tree_node* nodes_;
  unsigned last_street_;
  const betting_tree& tree_;
  const Real* cells_;
  Updates& updates_;
  traversal_settings<Real> settings_;
  Real* values_;
  decision* own_;
  decision* others_;

  cell_origins origins_{};
  unsigned traverser_ = 0;
  bool prunes_ = false;
  Real at_fold_ = 0; // what a chip of the payoff brings the traverser, as the next
  Real at_showdown_ = 0;
  std::uint32_t values_end_ = 0;
  std::size_t own_end_ = 0;
  std::size_t others_end_ = 0;
  std::uint64_t visited_ = 0;
};

template <class Real, class Updates>
Real external_sampler<Real, Updates>::traverse(const deal& cards, unsigned traverser,
                                               orderly::fast_stream& stream, bool prunes) {
  origins_ = origins_of(tree_, cards);
  traverser_ = traverser;
  prunes_ = prunes;
  at_fold_ = traverser == 0 ? 1 : -1;
  at_showdown_ = static_cast<Real>(cards.outcome) * at_fold_;
  values_end_ = 1;
  own_end_ = others_end_ = 0;
  const bool other = nodes_[0].player != traverser_;
  (other ? others_ : own_)[0] = {0, 0, 0};
  (other ? others_end_ : own_end_) = 1; // the root is a decision
  std::size_t sampled = 0;
  std::size_t expanded = 0;
  while (sampled < others_end_ || expanded < own_end_) {
    while (sampled < others_end_) sample_one(others_[sampled++], stream);
    while (expanded < own_end_) expand(own_[expanded++]);
  }
  visited_ += 1 + sampled;
  // Whatever is below a decision was met after it.
  while (expanded > 0) learn(own_[--expanded]);
  return values_[0];
}

/// An end has its value at once; a decision waits for its turn. Without a branch: which it is, and
/// whose, is hard to foretell.
template <class Real, class Updates>
void external_sampler<Real, Updates>::meet(std::uint32_t number, std::uint32_t value) {
  const tree_node& node = nodes_[number];
  const bool acts = node.kind == node_kind::decision;
  const bool other = node.player != traverser_;
  values_[value] =
      static_cast<Real>(node.payoff) * (node.kind == node_kind::fold ? at_fold_ : at_showdown_);
  (other ? others_[others_end_] : own_[own_end_]) = {number, value, 0};
  others_end_ += static_cast<std::size_t>(acts && other);
  own_end_ += static_cast<std::size_t>(acts && !other);
  const std::uint32_t cell = cell_of(node);
  example::prefetch(cells_ + cell);
  example::prefetch(nodes_ + node.first_child);
  updates_.prefetch(other ? tree_.cells() + cell : cell);
}

template <class Real, class Updates>
void external_sampler<Real, Updates>::sample_one(const decision& at, orderly::fast_stream& stream) {
  const tree_node& node = nodes_[at.node];
  unsigned chosen = 0;
  switch (node.actions) {
  case 2:
    chosen = draw<2>(node, stream);
    break;
  case 3:
    chosen = draw<3>(node, stream);
    break;
  case 4:
    chosen = draw<4>(node, stream);
    break;
  case 5:
    chosen = draw<5>(node, stream);
    break;
  default:
    chosen = draw<0>(node, stream);
    break;
  }
  meet(node.first_child + chosen, at.value);
}

template <class Real, class Updates>
template <unsigned Actions>
unsigned external_sampler<Real, Updates>::draw(const tree_node& node,
                                               orderly::fast_stream& stream) {
  const unsigned actions = Actions != 0 ? Actions : node.actions;
  const std::uint32_t cell = cell_of(node);
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, actions, strategy.data());
  const unsigned chosen = sample_action(strategy.data(), actions, stream);
  for (unsigned a = 0; a < actions; ++a) strategy[a] *= settings_.weight;
  updates_.add(tree_.cells() + cell, actions, strategy.data());
  return chosen;
}

/// Tries every action, or those that are not pruned.
template <class Real, class Updates>
void external_sampler<Real, Updates>::expand(decision& at) {
  const tree_node& node = nodes_[at.node];
  at.values = values_end_;
  values_end_ += node.actions;
  std::array<bool, most_actions> tried;
  tried.fill(true);
  if (prunes(node)) {
    const Real* const regrets = cells_ + cell_of(node);
    action_values<Real> strategy;
    normalize_weights(regrets, node.actions, strategy.data());
    tried = promising(node, regrets, strategy);
  }
  for (unsigned a = 0; a < node.actions; ++a) {
    if (!tried[a]) continue;
    meet(node.first_child + a, at.values + a);
    ++visited_;
  }
}

template <class Real, class Updates>
void external_sampler<Real, Updates>::learn(const decision& at) {
  const tree_node& node = nodes_[at.node];
  if (prunes(node)) return learn_promising(at, node);
  switch (node.actions) {
  case 2:
    return learn_all<2>(at, node);
  case 3:
    return learn_all<3>(at, node);
  case 4:
    return learn_all<4>(at, node);
  case 5:
    return learn_all<5>(at, node);
  default:
    return learn_all<0>(at, node);
  }
}

template <class Real, class Updates>
template <unsigned Actions>
void external_sampler<Real, Updates>::learn_all(const decision& at, const tree_node& node) {
  const unsigned actions = Actions != 0 ? Actions : node.actions;
  const std::uint32_t cell = cell_of(node);
  const Real* const values = values_ + at.values;
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, actions, strategy.data());
  Real expected = 0;
  for (unsigned a = 0; a < actions; ++a) expected += strategy[a] * values[a];
  action_values<Real> amounts;
  for (unsigned a = 0; a < actions; ++a) amounts[a] = (values[a] - expected) * settings_.weight;
  keep_above_floor(actions, cells_ + cell, amounts.data());
  updates_.add(cell, actions, amounts.data());
  values_[at.value] = expected;
}

/// The regret of what was left out stays as it is.
template <class Real, class Updates>
void external_sampler<Real, Updates>::learn_promising(const decision& at, const tree_node& node) {
  const std::uint32_t cell = cell_of(node);
  const Real* const values = values_ + at.values;
  action_values<Real> strategy;
  normalize_weights(cells_ + cell, node.actions, strategy.data());
  // The regrets are as they were when the actions were tried: a traversal meets an infoset once.
  const auto tried = promising(node, cells_ + cell, strategy);
  Real expected = 0;
  for (unsigned a = 0; a < node.actions; ++a) {
    if (tried[a]) expected += strategy[a] * values[a];
  }
  action_values<Real> amounts;
  for (unsigned a = 0; a < node.actions; ++a) {
    amounts[a] = tried[a] ? (values[a] - expected) * settings_.weight : Real{0};
  }
  keep_above_floor(node.actions, cells_ + cell, amounts.data());
  updates_.add(cell, node.actions, amounts.data());
  values_[at.value] = expected;
}

/// What is played at all is never pruned, nor what ends the hand.
template <class Real, class Updates>
std::array<bool, most_actions>
external_sampler<Real, Updates>::promising(const tree_node& node, const Real* regrets,
                                           const action_values<Real>& strategy) const {
  std::array<bool, most_actions> tried{};
  for (unsigned a = 0; a < node.actions; ++a) {
    tried[a] = strategy[a] > 0 || regrets[a] >= settings_.prune_below ||
               nodes_[node.first_child + a].kind != node_kind::decision;
  }
  return tried;
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

} // namespace poker

#endif
