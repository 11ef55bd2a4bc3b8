// SPDX-License-Identifier: MIT
//
// Single traversals by external sampling: what they visit and add, with and without pruning. What
// they add on average: outcome_sampling.test.cpp.
#include "support/catch.hpp"

#include "poker_solver/external_sampling.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/strategy_profile.hpp"
#include "poker_solver/table_updates.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using poker::betting_tree;
using poker::deal;
using poker::direct_updates;
using poker::node_kind;
using poker::small_game;
using poker::tree_node;

using numbers = std::vector<double>;
using sampler = poker::external_sampler<double, direct_updates<double>>;
using memory_of = poker::traversal_memory<double>;

orderly::fast_stream stream_of(std::uint64_t number) {
  return orderly::stream_node(orderly::seed(77)).fast(number);
}

/// Regrets from -100 to 100 of a player, and of the other a single action that he always plays.
numbers regrets_of(const betting_tree& tree, unsigned player) {
  numbers table(std::size_t{2} * tree.cells());
  orderly::fast_stream stream = stream_of(player);
  poker::for_each_infoset(tree, [&](const tree_node& node, std::uint32_t, std::uint32_t cell) {
    const std::uint64_t only = stream.below(node.actions);
    for (unsigned a = 0; a < node.actions; ++a) {
      const double any = 200 * stream.unit() - 100;
      table[cell + a] = node.player == player ? any : (a == only ? 1 : -1);
    }
  });
  return table;
}

/// The same traversal by the rules of pruning alone, where the opponent leaves nothing to chance.
class plain_traversal {
 public:
  plain_traversal(const betting_tree& tree, const numbers& table, const deal& cards,
                  unsigned traverser, double prune_below)
      : added(table.size()),
        tree_(tree),
        table_(table),
        cards_(cards),
        traverser_(traverser),
        prune_below_(prune_below) {}

  std::uint64_t visited = 0;
  unsigned pruned = 0;
  numbers added;

  double visit(std::size_t number) {
    ++visited;
    const tree_node& node = tree_[number];
    if (node.kind != node_kind::decision) return poker::payoff_for(traverser_, node, cards_);
    const std::size_t cell = tree_.first_cell(node, cards_.bucket[node.player][node.street]);
    return node.player == traverser_ ? try_actions(node, cell) : follow(node, cell);
  }

 private:
  bool is_pruned(const tree_node& node, std::size_t cell, unsigned action, double probability) {
    if (table_[cell + action] >= prune_below_ || probability > 0) return false;
    const bool last_street = node.street + 1U == tree_.streets();
    return !last_street && tree_[node.first_child + action].kind == node_kind::decision;
  }

  double try_actions(const tree_node& node, std::size_t cell) {
    double total = 0, mean = 0;
    for (unsigned a = 0; a < node.actions; ++a) total += (std::max)(0.0, table_[cell + a]);
    std::array<double, 3> values{};
    std::array<bool, 3> left_out{};
    for (unsigned a = 0; a < node.actions; ++a) {
      const double weight = (std::max)(0.0, table_[cell + a]);
      const double probability = total > 0 ? weight / total : 1.0 / node.actions;
      left_out[a] = is_pruned(node, cell, a, probability);
      pruned += left_out[a] ? 1U : 0U;
      if (!left_out[a]) values[a] = visit(node.first_child + a);
      mean += probability * values[a];
    }
    for (unsigned a = 0; a < node.actions; ++a) {
      if (!left_out[a]) added[cell + a] += values[a] - mean;
    }
    return mean;
  }

  double follow(const tree_node& node, std::size_t cell) {
    unsigned chosen = 0;
    while (table_[cell + chosen] < 0) ++chosen;
    added[tree_.cells() + cell + chosen] += 1;
    return visit(node.first_child + chosen);
  }

  const betting_tree& tree_;
  const numbers& table_;
  const deal& cards_;
  unsigned traverser_;
  double prune_below_;
};

/// All deals of Leduc, for both players. Returns how many actions were left out.
unsigned compare(bool prunes, double threshold) {
  const small_game game = poker::leduc();
  unsigned pruned = 0;
  for (unsigned player = 0; player < 2; ++player) {
    const numbers table = regrets_of(game.tree(), player);
    for (const deal& cards : poker::leduc_deals()) {
      plain_traversal plain(game.tree(), table, cards, player, prunes ? threshold : -1e300);
      const double value = plain.visit(0);
      numbers added(table.size());
      direct_updates<double> updates(added.data());
      memory_of memory(game.tree());
      sampler ours(game.tree(), table.data(), updates, {1, threshold}, memory);
      orderly::fast_stream stream = stream_of(0);
      REQUIRE(ours.traverse(cards, player, stream, prunes) == Approx(value).margin(1e-12));
      REQUIRE(ours.visited() == plain.visited);
      double greatest = 0;
      for (std::size_t i = 0; i < added.size(); ++i) {
        greatest = (std::max)(greatest, std::abs(added[i] - plain.added[i]));
      }
      REQUIRE(greatest < 1e-12);
      pruned += plain.pruned;
    }
  }
  return pruned;
}

/// The table after some traversals on a table that learns.
numbers trained(const small_game& game, bool prunes, double threshold) {
  numbers table(std::size_t{2} * game.tree().cells());
  direct_updates<double> updates(table.data());
  memory_of memory(game.tree());
  sampler ours(game.tree(), table.data(), updates, {1, threshold}, memory);
  const small_game::dealer deal_cards(game);
  for (std::uint64_t i = 0; i < 2000; ++i) {
    orderly::fast_stream stream = stream_of(i);
    ours.traverse(deal_cards(stream), i % 2, stream, prunes);
  }
  return table;
}

} // namespace

TEST_CASE("external sampling: leduc as traversed by the rules", "[poker][external_sampling]") {
  CHECK(compare(false, -50) == 0);
}

TEST_CASE("pruning: leaves out what the rules say, and moves no regret of it",
          "[poker][external_sampling][pruning]") {
  const unsigned some = compare(true, -50);
  const unsigned more = compare(true, 0);
  CHECK(some > 100);
  CHECK(more > some);
}

TEST_CASE("pruning: never below the threshold, the same bits as without",
          "[poker][external_sampling][pruning]") {
  const small_game game = poker::leduc();
  CHECK(trained(game, true, -1e9) == trained(game, false, -1e9));
  CHECK(trained(game, true, -5) != trained(game, false, -5));
}

// One action is far below the threshold: the raise of player 0 with the lowest card at the root.
TEST_CASE("pruning: a regret stays in pruned traversals and moves in others",
          "[poker][external_sampling][pruning]") {
  const small_game game = poker::leduc();
  const betting_tree& tree = game.tree();
  numbers table(std::size_t{2} * tree.cells());
  const std::size_t raise = tree.first_cell(tree[0], 0) + 1U;
  table[raise] = -1000;
  const deal cards = poker::leduc_deals()[0];
  for (const bool prunes : {true, false}) {
    numbers added(table.size());
    direct_updates<double> updates(added.data());
    memory_of memory(tree);
    sampler ours(tree, table.data(), updates, {1, -1000}, memory);
    orderly::fast_stream stream = stream_of(0);
    ours.traverse(cards, 0, stream, prunes);
    CHECK(added[raise] != 0); // is uniform, and so is played; and is not below the threshold
    added.assign(added.size(), 0);
    table[raise - 1] = 1;
    sampler stricter(tree, table.data(), updates, {1, -999}, memory);
    stricter.traverse(cards, 0, stream, prunes);
    CHECK((added[raise] == 0) == prunes);
    table[raise - 1] = 0;
  }
}

TEST_CASE("external sampling: what one player wins the other loses", "[poker][external_sampling]") {
  const small_game game = poker::leduc();
  numbers table = regrets_of(game.tree(), 2); // nobody leaves anything to chance
  direct_updates<double> updates(table.data());
  const numbers given = table;
  memory_of memory(game.tree());
  sampler ours(game.tree(), given.data(), updates, {1, 0}, memory);
  orderly::fast_stream stream = stream_of(1);
  unsigned decided = 0;
  for (const deal& cards : poker::leduc_deals()) {
    const double first = ours.traverse(cards, 0, stream);
    CHECK(ours.traverse(cards, 1, stream) == -first);
    decided += first != 0 ? 1U : 0U;
  }
  CHECK(decided > 0);
}

TEST_CASE("external sampling: all actions of the traverser and one of the other",
          "[poker][external_sampling]") {
  const small_game game = poker::kuhn();
  const betting_tree& tree = game.tree();
  for (const std::size_t action : {0U, 1U}) { // that everybody always plays
    numbers table(std::size_t{2} * tree.cells());
    for (std::size_t cell = action; cell < tree.cells(); cell += 2) table[cell] = 1;
    numbers added(table.size());
    direct_updates<double> updates(added.data());
    memory_of memory(tree);
    sampler ours(tree, table.data(), updates, {1, 0}, memory);
    orderly::fast_stream stream = stream_of(0);
    const deal cards = poker::kuhn_deals()[0];
    ours.traverse(cards, 0, stream);
    // The root; p and b; pp or, with both answers, pb; bp or bb.
    CHECK(ours.visited() == (action == 0 ? 5 : 7));
    ours.traverse(cards, 1, stream);
    // The root; p and pp, pb, pbp; or b, bp, bb.
    CHECK(ours.visited() == (action == 0 ? 5 + 5 : 7 + 4));
  }
}
