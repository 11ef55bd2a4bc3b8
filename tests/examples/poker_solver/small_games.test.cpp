// SPDX-License-Identifier: MIT
//
// Kuhn and Leduc poker: their trees, deals and chance laws against rules written another way.
#include "support/catch.hpp"

#include "plain_game.hpp"
#include "plain_poker.hpp"

#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/range_walk.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using poker::betting_tree;
using poker::deal;
using poker::node_kind;
using poker::small_game;
using poker::tree_node;

double payoff_of(const tree_node& end, const deal& dealt) {
  return end.kind == node_kind::fold ? end.payoff : end.payoff * dealt.outcome;
}

/// Goes through both games with the same cards and actions; counts the ends.
std::size_t compare(const betting_tree& tree, std::size_t number, const deal& dealt,
                    test::plain_rules rules, const std::string& cards, std::string actions) {
  test::plain_turn turn = rules(cards.substr(0, 2), actions);
  if (turn.kind == test::plain_turn::chance) actions += turn.next;
  turn = rules(actions.find('/') == std::string::npos ? cards.substr(0, 2) : cards, actions);
  const tree_node& node = tree[number];
  INFO(cards << ' ' << actions);
  REQUIRE((node.kind == node_kind::decision) == (turn.kind == test::plain_turn::decision));
  if (node.kind != node_kind::decision) {
    CHECK(payoff_of(node, dealt) == turn.payoff);
    return 1;
  }
  CHECK(node.player == turn.player);
  REQUIRE(node.actions == turn.moves.size());
  std::size_t ends = 0;
  for (std::size_t a = 0; a < node.actions; ++a) {
    CHECK(tree.label(node.first_child + a) == std::string(1, turn.moves[a]));
    ends += compare(tree, node.first_child + a, dealt, rules, cards, actions + turn.moves[a]);
  }
  return ends;
}

std::size_t count_nodes(const betting_tree& tree, unsigned street) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < tree.size(); ++i) count += tree[i].street == street ? 1U : 0U;
  return count;
}

/// Actions that end the first street.
std::size_t count_street_ends(const betting_tree& tree) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    for (std::size_t a = 0; a < tree[i].actions; ++a) {
      count += tree[tree[i].first_child + a].street > tree[i].street ? 1U : 0U;
    }
  }
  return count;
}

/// The matrices of a street from a list of deals that are all as likely.
void check_law(const small_game& game, const std::vector<deal>& deals, unsigned street) {
  const std::size_t hands = game.chance().hands;
  const auto& boards = game.chance().streets[street];
  std::vector<double> weight(boards.size() * hands * hands), outcome = weight;
  for (const deal& d : deals) {
    const std::size_t board = d.bucket[0][street] / hands;
    REQUIRE(d.bucket[1][street] / hands == board);
    const std::size_t pair = d.bucket[0][street] % hands * hands + d.bucket[1][street] % hands;
    weight[board * hands * hands + pair] += 1 / static_cast<double>(deals.size());
    outcome[board * hands * hands + pair] += d.outcome / static_cast<double>(deals.size());
  }
  const bool last = street + 1 == game.chance().streets.size();
  for (std::size_t i = 0; i < weight.size(); ++i) {
    const poker::chance_board& board = boards[i / (hands * hands)];
    CHECK(board.weight[i % (hands * hands)] == Approx(weight[i]).margin(1e-15));
    if (last) CHECK(board.outcome[i % (hands * hands)] == Approx(outcome[i]).margin(1e-15));
  }
}

} // namespace

TEST_CASE("kuhn: every action and payoff is that of the rules", "[poker][kuhn]") {
  const small_game game = poker::kuhn();
  const auto deals = poker::kuhn_deals();
  CHECK(deals.size() == 6);
  for (const deal& d : deals) {
    const std::string cards = std::to_string(d.bucket[0][0]) + std::to_string(d.bucket[1][0]);
    CHECK(compare(game.tree(), 0, d, test::plain_kuhn, cards, "") == 5);
  }
}

TEST_CASE("leduc: every action and payoff is that of the rules", "[poker][leduc]") {
  const small_game game = poker::leduc();
  const auto deals = poker::leduc_deals();
  CHECK(deals.size() == 120);
  for (const deal& d : deals) {
    const std::string cards = std::to_string(d.bucket[0][0]) + std::to_string(d.bucket[1][0]) +
                              std::to_string(d.bucket[0][1] / 6);
    CHECK(compare(game.tree(), 0, d, test::plain_leduc, cards, "") == 4 + 5 * 9);
  }
}

TEST_CASE("kuhn: 12 infosets, 58 histories", "[poker][kuhn]") {
  const small_game game = poker::kuhn();
  CHECK(game.tree().infosets() == 12);
  CHECK(poker::reachable_infosets(game.tree(), game.chance()) == 12);
  // The root, one card dealt, both dealt.
  CHECK(1 + 3 + 6 * game.tree().size() == 58);
  const test::plain_game plain(test::plain_kuhn);
  CHECK(plain.infosets.size() == 12);
  CHECK(plain.histories == 58);
}

TEST_CASE("leduc: 936 infosets, 9457 histories", "[poker][leduc]") {
  const small_game game = poker::leduc();
  CHECK(game.tree().infosets() == 6 * 6 + 30 * 36); // also those with the common card in hand
  CHECK(poker::reachable_infosets(game.tree(), game.chance()) == 936);
  // The root, one card dealt, both dealt, the common card due, the common card dealt.
  const betting_tree& tree = game.tree();
  CHECK(1 + 6 + 30 * count_nodes(tree, 0) + 30 * count_street_ends(tree) +
            120 * count_nodes(tree, 1) ==
        9457);
  const test::plain_game plain(test::plain_leduc);
  CHECK(plain.infosets.size() == 936);
  CHECK(plain.histories == 9457);
}

TEST_CASE("small games: the infosets are those of the plain rules", "[poker][kuhn][leduc]") {
  const small_game game = poker::leduc();
  const test::plain_game plain(test::plain_leduc);
  std::size_t count = 0;
  test::for_each_named_infoset(game.tree(), 6,
                               [&](const std::string& name, const tree_node& node, std::uint32_t) {
                                 INFO(name);
                                 REQUIRE(plain.infosets.count(name) == 1);
                                 CHECK(plain.infosets.at(name).moves.size() == node.actions);
                                 ++count;
                               });
  CHECK(count == plain.infosets.size());
}

TEST_CASE("small games: the chance law sums up the deals", "[poker][kuhn][leduc]") {
  check_law(poker::kuhn(), poker::kuhn_deals(), 0);
  check_law(poker::leduc(), poker::leduc_deals(), 0);
  check_law(poker::leduc(), poker::leduc_deals(), 1);
}
