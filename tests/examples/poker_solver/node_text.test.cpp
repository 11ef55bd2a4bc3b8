// SPDX-License-Identifier: MIT
//
// The text of a node's strategy: tables, bars, the grid of starting hands, and colours only where
// they are wanted.
#include "support/catch.hpp"

#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/node_history.hpp"
#include "poker_solver/node_table.hpp"
#include "poker_solver/node_text.hpp"
#include "poker_solver/pushfold.hpp"
#include "poker_solver/starting_hands.hpp"
#include "poker_solver/terminal_paint.hpp"

#include "given_profile.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using poker::betting_tree;
using poker::deck_kind;
using poker::node_table;
using poker::places_of;
using poker::tree_node;

using mix = std::vector<double>;

/// Pairs are pushed, suited hands half the time, AKo with 99.6 %; no other.
node_table push_table() {
  const betting_tree tree(poker::pushfold_rules({}), {169});
  const auto profile =
      test::given_profile(tree, [](const tree_node&, std::uint32_t bucket, unsigned action) {
        const auto hand = static_cast<poker::starting_hand>(bucket);
        const double offsuit = bucket == 13 ? 0.996 : 0;
        const double pushed = poker::is_pair(hand) ? 1 : poker::is_suited(hand) ? 0.5 : offsuit;
        return action == 1 ? pushed : 1 - pushed;
      });
  return poker::table_of(tree, profile, 0, deck_kind::holdem);
}

/// Buckets from 0 on that call with probability n / count.
node_table bucket_table(std::size_t count) {
  node_table table{"big blind, flop", poker::bucket_kind::number, {}, {}};
  table.actions = {{"f", "fold", 0}, {"c", "call", 1}, {"r2500", "raise to 2.5 bb", 2}};
  for (std::size_t n = 0; n < count; ++n) {
    const double call = static_cast<double>(n) / static_cast<double>(count);
    table.rows.push_back({std::to_string(n), 1, 1, {(1 - call) / 2, call, (1 - call) / 2}});
  }
  return table;
}

/// Without the sequences that colour it.
std::string uncoloured(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') {
      at = text.find('m', at);
    } else {
      plain += text[at];
    }
  }
  return plain;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("node text: a Kuhn table", "[poker][node_text]") {
  const betting_tree tree(poker::kuhn_rules{}, {3});
  const auto profile =
      test::given_profile(tree, [](const tree_node&, std::uint32_t bucket, unsigned action) {
        const double bets[] = {0.2, 0, 0.6};
        return action == 1 ? bets[bucket] : 1 - bets[bucket];
      });
  const node_table table = poker::table_of(tree, profile, 0, deck_kind::kuhn);
  const std::string expected = "player 0, first to act (%)\n"
                               "\n"
                               "      p pass   b bet\n"
                               "J      80.00   20.00\n"
                               "Q     100.00    0.00\n"
                               "K      40.00   60.00\n"
                               "all    73.33   26.67\n";
  CHECK(poker::node_text(table, false) == expected);
  CHECK(poker::node_text(table, true) == expected);
}

TEST_CASE("node text: the second round of Leduc poker has a line for 30 pairs of cards",
          "[poker][node_text]") {
  const betting_tree tree(poker::leduc_rules{}, {6, 36});
  const std::string text =
      poker::node_text(poker::table_of(tree, poker::uniform_profile<double>(tree),
                                       poker::find_node(tree, "rc/"), deck_kind::leduc),
                       false);
  CHECK(lines_of(text) == 3 + 30 + 1);
  CHECK(text.find("\nK1 on Q2    50.00   50.00\n") != std::string::npos);
}

TEST_CASE("node text: buckets have bars, by tens if there are many", "[poker][node_text]") {
  const std::string few = poker::node_text(bucket_table(2), false);
  CHECK(few == "big blind, flop (%)\n"
               "\n"
               "      f fold  c call   r2500\n"
               "0      50.00    0.00   50.00  fffffffffffffff111111111111111\n"
               "1      25.00   50.00   25.00  ffffffffccccccccccccccc1111111\n"
               "mean   37.50   25.00   37.50  fffffffffffcccccccc11111111111\n"
               "\n"
               "f fold  c call  1 raise to 2.5 bb\n");
  CHECK(uncoloured(poker::node_text(bucket_table(2), true)) == few);
  CHECK(lines_of(poker::node_text(bucket_table(60), false)) == 3 + 60 + 1 + 2);
  const std::string many = poker::node_text(bucket_table(65), false);
  CHECK(lines_of(many) == 3 + 7 + 1 + 2);
  CHECK(many.find("\n10-19   38.85   22.31   38.85  ") != std::string::npos); // 14.5 / 65
  CHECK(many.find("\n60-64    2.31   95.38    2.31  ") != std::string::npos); // 62 / 65
  CHECK(many.find("\nmean    25.38   49.23   25.38  ") != std::string::npos); // 32 / 65
}

TEST_CASE("node text: a grid without colours", "[poker][node_text]") {
  const std::string expected = //
      "small blind, preflop, first to act\n"
      "\n"
      "push (%)\n"
      "     A    K    Q    J    T    9    8    7    6    5    4    3    2\n"
      "A  100   50   50   50   50   50   50   50   50   50   50   50   50\n"
      "K  100  100   50   50   50   50   50   50   50   50   50   50   50\n"
      "Q    0    0  100   50   50   50   50   50   50   50   50   50   50\n"
      "J    0    0    0  100   50   50   50   50   50   50   50   50   50\n"
      "T    0    0    0    0  100   50   50   50   50   50   50   50   50\n"
      "9    0    0    0    0    0  100   50   50   50   50   50   50   50\n"
      "8    0    0    0    0    0    0  100   50   50   50   50   50   50\n"
      "7    0    0    0    0    0    0    0  100   50   50   50   50   50\n"
      "6    0    0    0    0    0    0    0    0  100   50   50   50   50\n"
      "5    0    0    0    0    0    0    0    0    0  100   50   50   50\n"
      "4    0    0    0    0    0    0    0    0    0    0  100   50   50\n"
      "3    0    0    0    0    0    0    0    0    0    0    0  100   50\n"
      "2    0    0    0    0    0    0    0    0    0    0    0    0  100\n"
      "\n"
      // 13 * 6 pairs, 78 * 4 / 2 suited hands and 12 * 0.996 of 1,326
      "f       fold                 81.45 %\n"
      "p       push                 18.55 %\n";
  CHECK(poker::node_text(push_table(), false) == expected);
}

TEST_CASE("node text: a grid in colours shows each hand over its mix", "[poker][node_text]") {
  const std::string text = poker::node_text(push_table(), true);
  const std::string fold = "\x1b[38;5;16;48;5;110m";
  const std::string push = "\x1b[38;5;16;48;5;176m";
  const std::string end = "\x1b[0m";
  const std::string first = push + "  AA  " + end + fold + " AK" + push + "s  " + end;
  CHECK(text.find("\n" + first) != std::string::npos);
  CHECK(text.find(fold + " 32o  " + end) != std::string::npos);
  CHECK(text.find(push + "  " + end + "  p       push                 18.55 %\n") !=
        std::string::npos);
  CHECK(lines_of(text) == 2 + 13 + 1 + 2);
}

TEST_CASE("node text: hands that never come to a node have no colours", "[poker][node_text]") {
  node_table table = push_table();
  table.rows[1].reach = 0.004;
  const std::string plain = poker::node_text(table, false);
  CHECK(plain.find("\nA  100    -   50") != std::string::npos);
  CHECK(plain.find("\n-: hands that hardly ever come here\n") != std::string::npos);
  const std::string coloured = poker::node_text(table, true);
  CHECK(coloured.find("\x1b[0m AKs  \x1b[") != std::string::npos);
  CHECK(coloured.find("\nwithout colour: hands") != std::string::npos);
}

TEST_CASE("terminal paint: actions share all places", "[poker][terminal]") {
  using places = std::vector<std::size_t>;
  CHECK(places_of(mix{1, 0}, 6) == places{6, 0});
  CHECK(places_of(mix{0, 1}, 6) == places{0, 6});
  CHECK(places_of(mix{0.5, 0.5}, 6) == places{3, 3});
  CHECK(places_of(mix{0.26, 0.5, 0.24}, 6) == places{2, 3, 1});
  CHECK(places_of(mix{0.3, 0.3, 0.3}, 10) == places{3, 3, 4}); // rounded sums leave nothing out
  CHECK(places_of(mix{2, 3}, 6) == places{6, 0});
  CHECK(places_of(mix{}, 6).empty());
}
