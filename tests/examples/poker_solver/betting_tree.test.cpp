// SPDX-License-Identifier: MIT
//
// The flat tree: its nodes against the rules, and the layout of its cells.
#include "support/catch.hpp"

#include "poker_solver/betting_tree.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/strategy_profile.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using poker::betting_tree;
using poker::node_kind;
using poker::tree_node;

/// Nothing alike anywhere: the number of actions, the players and the streets depend on the history.
class uneven_rules {
 public:
  node_kind kind() const {
    if (depth_ < 4 && (state_ % 5 != 0 || depth_ == 0)) return node_kind::decision;
    return state_ % 2 == 0 ? node_kind::fold : node_kind::showdown;
  }
  unsigned player() const { return state_ / 3 % 2; }
  unsigned street() const { return depth_ * 2 / 3; }
  std::int32_t payoff() const { return static_cast<std::int32_t>(state_ % 100) - 50; }
  unsigned actions() const { return 1 + state_ % poker::most_actions; }
  std::string label(unsigned action) const { return std::to_string(depth_) + "abcdefgh"[action]; }
  uneven_rules after(unsigned action) const {
    uneven_rules next;
    next.depth_ = depth_ + 1;
    next.state_ = (state_ * 31 + action * 17 + 7) % 1009;
    return next;
  }

 private:
  unsigned depth_ = 0;
  unsigned state_ = 4;
};

std::vector<betting_tree> some_trees() {
  return {betting_tree(poker::kuhn_rules{}, {3}), betting_tree(poker::leduc_rules{}, {6, 36}),
          betting_tree(poker::leduc_rules{}, {1, 2}), betting_tree(uneven_rules{}, {2, 5, 3})};
}

/// Compares what is below a node with the rules; returns how deep it goes.
template <class Rules>
unsigned compare(const betting_tree& tree, std::size_t number, const Rules& position,
                 std::set<std::size_t>& met) {
  const tree_node& node = tree[number];
  CHECK(met.insert(number).second);
  CHECK(node.kind == position.kind());
  CHECK(node.street == position.street());
  if (position.kind() != node_kind::decision) {
    CHECK(node.payoff == position.payoff());
    return 1;
  }
  CHECK(node.player == position.player());
  REQUIRE(node.actions == position.actions());
  unsigned below = 0;
  for (unsigned a = 0; a < node.actions; ++a) {
    CHECK(tree.label(node.first_child + a) == position.label(a));
    below = (std::max)(below, compare(tree, node.first_child + a, position.after(a), met));
  }
  return 1 + below;
}

template <class Rules>
void check_nodes(const Rules& root, const std::vector<std::uint32_t>& buckets) {
  const betting_tree tree(root, buckets);
  std::set<std::size_t> met;
  CHECK(tree.depth() == compare(tree, 0, root, met));
  CHECK(met.size() == tree.size());
  CHECK(tree.label(0).empty());
  CHECK(tree.data() == &tree[0]);
}

} // namespace

TEST_CASE("betting tree: every node once, children side by side, as the rules tell",
          "[poker][betting_tree]") {
  check_nodes(poker::kuhn_rules{}, {3});
  check_nodes(poker::leduc_rules{}, {6, 36});
  check_nodes(uneven_rules{}, {2, 5, 3});
}

TEST_CASE("betting tree: the figures of kuhn", "[poker][betting_tree]") {
  const betting_tree tree(poker::kuhn_rules{}, {3});
  CHECK(tree.size() == 9);
  CHECK(tree.depth() == 4); // "", p, pb, pbp
  CHECK(tree.decisions() == 4);
  CHECK(tree.infosets() == 12);
  CHECK(tree.cells() == 24);
  CHECK(tree.streets() == 1);
  CHECK(tree.buckets(0) == 3);
}

// A round has six decisions with 2, 2, 3, 3, 2 and 2 actions, and the first ends in five ways.
TEST_CASE("betting tree: the figures of leduc", "[poker][betting_tree]") {
  const betting_tree tree(poker::leduc_rules{}, {6, 36});
  CHECK(tree.depth() == 9); // crrc crrc
  CHECK(tree.decisions() == 6 + 5 * 6);
  CHECK(tree.infosets() == 6 * 6 + 5 * 6 * 36);
  CHECK(tree.cells() == 14 * 6 + 5 * 14 * 36);
  CHECK(tree.streets() == 2);
  CHECK(tree.buckets(1) == 36);
}

TEST_CASE("betting tree: every cell belongs to one action of one infoset",
          "[poker][betting_tree]") {
  for (const betting_tree& tree : some_trees()) {
    std::vector<unsigned> owners(tree.cells());
    std::uint64_t infosets = 0;
    poker::for_each_infoset(tree, [&](const tree_node& node, std::uint32_t, std::uint32_t cell) {
      ++infosets;
      REQUIRE(cell + node.actions <= tree.cells());
      for (unsigned a = 0; a < node.actions; ++a) ++owners[cell + a];
    });
    CHECK(owners == std::vector<unsigned>(tree.cells(), 1));
    CHECK(infosets == tree.infosets());
  }
}

TEST_CASE("betting tree: a bucket has its cells together, in the order of the tree",
          "[poker][betting_tree]") {
  for (const betting_tree& tree : some_trees()) {
    for (unsigned player = 0; player < 2; ++player) {
      for (unsigned street = 0; street < tree.streets(); ++street) {
        for (std::uint32_t bucket = 0; bucket < tree.buckets(street); ++bucket) {
          std::vector<std::uint32_t> cells;
          for (std::size_t i = 0; i < tree.size(); ++i) {
            const tree_node& node = tree[i];
            if (node.kind != node_kind::decision) continue;
            if (node.player != player || node.street != street) continue;
            REQUIRE(tree.first_cell(node, bucket) ==
                    tree.origin(player, street, bucket) + node.cells);
            for (unsigned a = 0; a < node.actions; ++a) cells.push_back(node.cells + a);
          }
          std::sort(cells.begin(), cells.end());
          for (std::uint32_t i = 0; i < cells.size(); ++i) REQUIRE(cells[i] == i);
        }
      }
    }
  }
}

TEST_CASE("betting tree: a table of 2^29 numbers is refused", "[poker][betting_tree]") {
  // Eight cells for each bucket, each with a regret and a sum.
  CHECK_NOTHROW(betting_tree(poker::kuhn_rules{}, {(1U << 25U) - 1}));
  CHECK_THROWS_AS(betting_tree(poker::kuhn_rules{}, {1U << 25U}), std::length_error);
  CHECK_THROWS_AS(betting_tree(poker::kuhn_rules{}, {0xffffffffU}), std::length_error);
  CHECK_THROWS_AS(betting_tree(poker::leduc_rules{}, {6, 0xffffffffU}), std::length_error);
  CHECK_THROWS_AS(betting_tree(poker::leduc_rules{}, {0xffffffffU, 1}), std::length_error);
}
