// SPDX-License-Identifier: MIT
//
// Strategies for tests, told by a function of node, bucket and action.
#ifndef ORDERLY_TESTS_EXAMPLES_POKER_GIVEN_PROFILE_HPP
#define ORDERLY_TESTS_EXAMPLES_POKER_GIVEN_PROFILE_HPP

#include "poker_solver/betting_tree.hpp"
#include "poker_solver/strategy_profile.hpp"

#include <cstdint> // buckets
#include <utility> // move
#include <vector>  // probabilities

namespace test {

/// `probability(node, bucket, action)` for every cell.
template <class Real = double, class F>
poker::strategy_profile<Real> given_profile(const poker::betting_tree& tree, F&& probability) {
  std::vector<Real> all(tree.cells());
  poker::for_each_infoset(
      tree, [&](const poker::tree_node& node, std::uint32_t bucket, std::uint32_t cell) {
        for (unsigned a = 0; a < node.actions; ++a) {
          all[cell + a] = static_cast<Real>(probability(node, bucket, a));
        }
      });
  return poker::strategy_profile<Real>(tree, std::move(all));
}

} // namespace test

#endif
