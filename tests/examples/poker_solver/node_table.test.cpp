// SPDX-License-Identifier: MIT
//
// Tables of a node's strategy: names of buckets and actions, weights and means.
#include "support/catch.hpp"

#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/nlhe_rules.hpp"
#include "poker_solver/node_history.hpp"
#include "poker_solver/node_table.hpp"
#include "poker_solver/pushfold.hpp"

#include "given_profile.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using poker::betting_tree;
using poker::deck_kind;
using poker::node_table;
using poker::tree_node;

/// With uniform strategies.
node_table table_at(const betting_tree& tree, std::string_view history, deck_kind deck) {
  return poker::table_of(tree, poker::uniform_profile<double>(tree),
                         poker::find_node(tree, history), deck);
}

/// "fold:0 call:1 raise to 4 bb:2".
std::string actions_of(const node_table& table) {
  std::string text;
  for (const poker::named_action& action : table.actions) {
    text += (text.empty() ? "" : " ") + action.name + ":" + std::to_string(action.colour);
  }
  return text;
}

std::string names_of(const node_table& table) {
  std::string text;
  for (const poker::table_row& row : table.rows) text += (text.empty() ? "" : " ") + row.name;
  return text;
}

betting_tree kuhn_tree() { return betting_tree(poker::kuhn_rules{}, {3}); }
betting_tree leduc_tree() { return betting_tree(poker::leduc_rules{}, {6, 36}); }
betting_tree holdem_tree(const std::vector<poker::bet_size>& bets) {
  poker::nlhe_settings settings;
  settings.stack = 1'000'000;
  settings.raises = 2;
  settings.bets = poker::on_every_street(bets);
  return betting_tree(poker::nlhe_rules(settings), {169, 2, 2, 2});
}

} // namespace

TEST_CASE("node table: titles tell whose turn it is", "[poker][node_table]") {
  CHECK(table_at(kuhn_tree(), "", deck_kind::kuhn).title == "player 0, first to act");
  CHECK(table_at(kuhn_tree(), "pb", deck_kind::kuhn).title == "player 0, after pb");
  CHECK(table_at(leduc_tree(), "cc", deck_kind::leduc).title == "player 0, round 2, after cc/");
  const betting_tree holdem = holdem_tree({{500}});
  CHECK(table_at(holdem, "", deck_kind::holdem).title == "small blind, preflop, first to act");
  CHECK(table_at(holdem, "r2000 c", deck_kind::holdem).title == "big blind, flop, after r2000c/");
  CHECK(table_at(holdem, "ck kk k", deck_kind::holdem).title == "small blind, turn, after ck/kk/k");
}

TEST_CASE("node table: buckets have the names of their cards", "[poker][node_table]") {
  CHECK(names_of(table_at(kuhn_tree(), "", deck_kind::kuhn)) == "J Q K");
  CHECK(names_of(table_at(leduc_tree(), "", deck_kind::leduc)) == "J1 J2 Q1 Q2 K1 K2");
  const betting_tree holdem = holdem_tree({{500}});
  CHECK(names_of(table_at(holdem, "ck", deck_kind::holdem)) == "0 1");
  const node_table grid = table_at(holdem, "", deck_kind::holdem);
  REQUIRE(grid.rows.size() == 169);
  CHECK(grid.is_grid());
  CHECK(grid.rows[0].name == "AA");
  CHECK(grid.rows[13].name == "AKo");
  CHECK(grid.rows[13].combinations == 12);
}

TEST_CASE("node table: in Leduc poker nobody holds the common card", "[poker][node_table]") {
  const node_table table = table_at(leduc_tree(), "rc", deck_kind::leduc);
  REQUIRE(table.rows.size() == 30);
  CHECK(table.rows[0].name == "J2 on J1");
  CHECK(table.rows[4].name == "K2 on J1");
  CHECK(table.rows[5].name == "J1 on J2");
  CHECK(table.rows[29].name == "K1 on K2");
}

TEST_CASE("node table: rows have the strategy of their buckets", "[poker][node_table]") {
  const betting_tree tree = leduc_tree();
  const auto profile =
      test::given_profile<float>(tree, [](const tree_node&, std::uint32_t bucket, unsigned action) {
        return action == 0 ? bucket / 64.0 : 1 - bucket / 64.0;
      });
  const node_table table =
      poker::table_of(tree, profile, poker::find_node(tree, "cc"), deck_kind::leduc);
  CHECK(table.rows[5].mix == std::vector<double>{6 / 64.0, 58 / 64.0}); // J1 on J2
  CHECK(table.rows[29].mix == std::vector<double>{34 / 64.0, 30 / 64.0});
}

TEST_CASE("node table: actions are named by what they are there", "[poker][node_table]") {
  CHECK(actions_of(table_at(kuhn_tree(), "p", deck_kind::kuhn)) == "pass:1 bet:2");
  CHECK(actions_of(table_at(leduc_tree(), "", deck_kind::leduc)) == "check:1 bet:2");
  CHECK(actions_of(table_at(leduc_tree(), "r", deck_kind::leduc)) == "fold:0 call:1 raise:2");
  CHECK(actions_of(table_at(leduc_tree(), "rr", deck_kind::leduc)) == "fold:0 call:1");
  const betting_tree push(poker::pushfold_rules({}), {169});
  CHECK(actions_of(table_at(push, "", deck_kind::holdem)) == "fold:0 push:7");
  CHECK(actions_of(table_at(push, "p", deck_kind::holdem)) == "fold:0 call:1");
  const betting_tree holdem = holdem_tree({{250}, {1000}, poker::all_in});
  CHECK(actions_of(table_at(holdem, "", deck_kind::holdem)) ==
        "fold:0 call:1 raise to 2 bb:2 raise to 3 bb:3 all-in:7");
  CHECK(actions_of(table_at(holdem, "c", deck_kind::holdem)) ==
        "check:1 raise to 2 bb:2 raise to 3 bb:3 all-in:7");
  CHECK(actions_of(table_at(holdem, "r3000c", deck_kind::holdem)) ==
        "check:1 bet 1.5 bb:2 bet 6 bb:3 all-in:7");
  CHECK(actions_of(table_at(holdem, "r3000c r1500", deck_kind::holdem)) ==
        "fold:0 call:1 raise to 3.75 bb:2 raise to 10.5 bb:3 all-in:7");
}

TEST_CASE("node table: weights are combinations times the player's own reach",
          "[poker][node_table]") {
  const betting_tree tree = holdem_tree({{1000}, poker::all_in});
  // He limps with suited hands always, with pairs half the time, never with others.
  const auto profile = test::given_profile(
      tree, [&](const tree_node& node, std::uint32_t bucket, unsigned action) -> double {
        const auto hand = static_cast<poker::starting_hand>(bucket);
        if (&node != &tree[0]) return 0.25;
        const double limped = poker::is_pair(hand) ? 0.5 : poker::is_suited(hand) ? 1 : 0;
        return action == 1 ? limped : action == 0 ? 1 - limped : 0;
      });
  const node_table table =
      poker::table_of(tree, profile, poker::find_node(tree, "c a"), deck_kind::holdem);
  CHECK(table.rows[0].weight() == 3);  // AA
  CHECK(table.rows[1].weight() == 4);  // AKs
  CHECK(table.rows[13].weight() == 0); // AKo
  const node_table other =
      poker::table_of(tree, profile, poker::find_node(tree, "c"), deck_kind::holdem);
  CHECK(other.rows[13].weight() == 12); // the big blind has not acted before
}

TEST_CASE("node table: in Leduc poker the reach is that of the private card",
          "[poker][node_table]") {
  const betting_tree tree = leduc_tree();
  const auto profile = test::given_profile(
      tree, [&](const tree_node& node, std::uint32_t bucket, unsigned action) -> double {
        if (node.street == 1) return 1.0 / node.actions;
        const double first = bucket / 8.0;
        return action == 0 ? first : (1 - first) / (node.actions - 1);
      });
  const node_table second =
      poker::table_of(tree, profile, poker::find_node(tree, "cc"), deck_kind::leduc);
  CHECK(second.rows[5].reach == 0);        // J1 on J2: J1 never checks
  CHECK(second.rows[29].reach == 4 / 8.0); // K1 on K2
  const node_table later =
      poker::table_of(tree, profile, poker::find_node(tree, "cc/cr"), deck_kind::leduc);
  // Player 0 again: he has checked once with the pair of cards, once with K1 alone.
  CHECK(later.rows[29].reach == 2 / 8.0);
}

TEST_CASE("node table: the mean is weighted", "[poker][node_table]") {
  node_table table;
  table.actions.resize(2);
  table.rows = {{"a", 6, 1, {1, 0}}, {"b", 4, 0.5, {0, 1}}, {"c", 12, 0, {0, 1}}};
  CHECK(poker::mean_mix(table) == std::vector<double>{0.75, 0.25});
  CHECK(poker::mean_mix(table, 1, 3) == std::vector<double>{0, 1});
  CHECK(poker::mean_mix(table, 2, 3) == std::vector<double>{0, 0});
}
