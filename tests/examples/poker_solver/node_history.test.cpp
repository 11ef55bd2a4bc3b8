// SPDX-License-Identifier: MIT
//
// Histories: every node is found by its text, and what leads nowhere is refused with its column.
#include "support/catch.hpp"

#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/nlhe_rules.hpp"
#include "poker_solver/node_history.hpp"

#include "../error_of.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using poker::betting_tree;
using poker::find_node;
using poker::history_text;
using poker::node_kind;

/// 20 big blinds, two sizes: "r2500" and "r25000" cannot be told apart by their first letters.
betting_tree small_holdem() {
  poker::nlhe_settings settings;
  settings.stack = 30'000;
  settings.raises = 2;
  settings.bets = poker::on_every_street({{500}, {1000}, poker::all_in});
  return betting_tree(poker::nlhe_rules(settings), {1, 1, 1, 1});
}

const betting_tree& holdem() {
  static const betting_tree tree = small_holdem();
  return tree;
}

const betting_tree& leduc() {
  static const betting_tree tree(poker::leduc_rules{}, {6, 36});
  return tree;
}

std::string error_of(const betting_tree& tree, std::string_view history) {
  return test::error_of([&] { find_node(tree, history); });
}

/// The labels from the root, found from above.
void check_below(const betting_tree& tree, std::size_t node, const std::string& text,
                 std::size_t& wrong) {
  if (find_node(tree, text) != node) ++wrong;
  if (history_text(tree, node) != text) ++wrong;
  const poker::tree_node& here = tree[node];
  for (unsigned a = 0; a < here.actions; ++a) {
    const std::size_t child = here.first_child + a;
    const bool next_street =
        tree[child].kind == node_kind::decision && tree[child].street != here.street;
    check_below(tree, child, text + tree.label(child) + (next_street ? "/" : ""), wrong);
  }
}

} // namespace

TEST_CASE("node history: every node of a game is found by its text", "[poker][history]") {
  const betting_tree kuhn(poker::kuhn_rules{}, {3});
  std::size_t wrong = 0;
  check_below(kuhn, 0, "", wrong);
  check_below(leduc(), 0, "", wrong);
  CHECK(wrong == 0);
}

TEST_CASE("node history: nodes of hold'em are found by their texts", "[poker][history]") {
  REQUIRE(holdem().size() > 1000);
  std::size_t wrong = 0;
  for (std::size_t node = 0; node < holdem().size(); node += holdem().size() / 97) {
    if (find_node(holdem(), history_text(holdem(), node)) != node) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("node history: separators change nothing", "[poker][history]") {
  const std::size_t node = find_node(holdem(), "r2000ckr2000c");
  CHECK(history_text(holdem(), node) == "r2000c/kr2000c/");
  for (const std::string_view same : {"r2000,c,k,r2000,c", "r2000 c k r2000 c", "r2000c/kr2000c",
                                      "r2000c/kr2000c/", " r2000 , c / k,,r2000c / "}) {
    CHECK(find_node(holdem(), same) == node);
  }
  CHECK(find_node(holdem(), "") == 0);
  CHECK(find_node(holdem(), " ,") == 0);
}

TEST_CASE("node history: an action that is not there is refused with those that are",
          "[poker][history]") {
  CHECK(error_of(holdem(), "x") == "node 'x': column 1: expected f, c, r2000, r3000 or a");
  CHECK(error_of(holdem(), "r2000,k") == "node 'r2000,k': column 7: expected f or c");
  CHECK(error_of(leduc(), "f") == "node 'f': column 1: expected c or r");
  CHECK(error_of(leduc(), "c/c") == "node 'c/c': column 2: no street ends here");
}

TEST_CASE("node history: sizes are compared as a whole", "[poker][history]") {
  const std::string expected = ": column 1: expected f, c, r2000, r3000 or a";
  CHECK(error_of(holdem(), "r200") == "node 'r200'" + expected);
  CHECK(error_of(holdem(), "r20000") == "node 'r20000'" + expected);
  CHECK(error_of(holdem(), "r") == "node 'r'" + expected);
  CHECK(error_of(holdem(), "2000") == "node '2000'" + expected);
}

TEST_CASE("node history: a slash stands only where a street ends", "[poker][history]") {
  CHECK(error_of(leduc(), "/") == "node '/': column 1: no street ends here");
  CHECK(error_of(leduc(), "cc//c") == "node 'cc//c': column 4: no street ends here");
  CHECK(error_of(leduc(), "ccc/") == "node 'ccc/': column 4: no street ends here");
  CHECK(error_of(leduc(), "cc/ccr") == "node 'cc/ccr': column 6: the hand is over here");
}

TEST_CASE("node history: after the end of a hand nothing follows", "[poker][history]") {
  CHECK(error_of(holdem(), "f c") == "node 'f c': column 3: the hand is over here");
  CHECK(error_of(holdem(), "f/") == "node 'f/': column 2: no street ends here");
  CHECK(find_node(holdem(), "f") != 0);
  const auto decide = [](std::string_view history) {
    return test::error_of([&] { poker::find_decision(holdem(), history); });
  };
  CHECK(decide("f") == "node 'f': the hand is over here");
  CHECK(decide("c") == "no error");
}
