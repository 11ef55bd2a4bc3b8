// SPDX-License-Identifier: MIT
//
// Both players' strategies: a probability for each action of each infoset.
//
//   const auto average = poker::average_profile<double>(tree, table);   // what training has found
//   average.at(node, bucket)[1];        // the probability of the second action
//   poker::uniform_profile<double>(tree);
#ifndef ORDERLY_EXAMPLES_POKER_STRATEGY_PROFILE_HPP
#define ORDERLY_EXAMPLES_POKER_STRATEGY_PROFILE_HPP

#include "betting_tree.hpp"
#include "regret_matching.hpp"

#include <cstddef> // node numbers
#include <cstdint> // buckets
#include <utility> // move
#include <vector>  // probabilities

namespace poker {

template <class Real>
class strategy_profile {
 public:
  /// One probability for each cell of the tree, which must outlive this object. Precondition:
  /// tree.cells() of them.
  strategy_profile(const betting_tree& tree, std::vector<Real> probabilities)
      : tree_(&tree), probabilities_(std::move(probabilities)) {}

  const Real* at(const tree_node& node, std::uint32_t bucket) const {
    return probabilities_.data() + tree_->first_cell(node, bucket);
  }
  const std::vector<Real>& probabilities() const { return probabilities_; }

 private:
  const betting_tree* tree_;
  std::vector<Real> probabilities_;
};

/// Calls f(node, bucket, first cell) for every infoset.
template <class F>
void for_each_infoset(const betting_tree& tree, F&& f) {
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const tree_node& node = tree[i];
    if (node.kind != node_kind::decision) continue;
    for (std::uint32_t b = 0; b < tree.buckets(node.street); ++b) {
      f(node, b, tree.first_cell(node, b));
    }
  }
}

/// The average strategy of a trained table; uniform where nothing was ever played.
template <class Real, class Table>
strategy_profile<Real> average_profile(const betting_tree& tree, const Table& table) {
  std::vector<Real> probabilities(tree.cells());
  for_each_infoset(tree, [&](const tree_node& node, std::uint32_t, std::uint32_t cell) {
    normalize_weights(table.data() + tree.cells() + cell, node.actions,
                      probabilities.data() + cell);
  });
  return strategy_profile<Real>(tree, std::move(probabilities));
}

template <class Real>
strategy_profile<Real> uniform_profile(const betting_tree& tree) {
  return average_profile<Real>(tree, std::vector<Real>(std::size_t{2} * tree.cells()));
}

} // namespace poker

#endif
