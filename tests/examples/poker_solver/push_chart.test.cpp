// SPDX-License-Identifier: MIT
//
// Charts of push or fold: what is read, what is refused and where, and how strategies compare.
#include "support/catch.hpp"

#include "poker_solver/betting_tree.hpp"
#include "poker_solver/chart_comparison.hpp"
#include "poker_solver/node_history.hpp"
#include "poker_solver/push_chart.hpp"
#include "poker_solver/pushfold.hpp"
#include "poker_solver/starting_hands.hpp"

#include "../error_of.hpp"
#include "../temporary_folder.hpp"
#include "given_profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using example::decimal;
using poker::push_chart;
using poker::read_push_chart;
using poker::starting_hand;
using poker::tree_node;

/// "AA:20 AKs:12.5", in the order of the grid.
std::string hands_of(const push_chart& chart) {
  std::string text;
  for (unsigned i = 0; i < poker::starting_hands; ++i) {
    if (!chart.most[i]) continue;
    text += (text.empty() ? "" : " ") + poker::starting_hand_text(static_cast<starting_hand>(i)) +
            ":" + example::to_text(*chart.most[i]);
  }
  return text;
}

std::string hands_of(std::string_view text) { return hands_of(read_push_chart(text, "c")); }

std::string error_of(std::string_view text) {
  return test::error_of([&] { read_push_chart(text, "c.csv"); });
}

poker::betting_tree push_or_fold() { return {poker::pushfold_rules({}), {169}}; }

/// Pairs are pushed, suited hands with 0.25; everything suited is called with 0.75.
poker::strategy_profile<double> made_up_profile(const poker::betting_tree& tree) {
  return test::given_profile(
      tree, [](const tree_node& node, std::uint32_t bucket, unsigned action) {
        const auto hand = static_cast<starting_hand>(bucket);
        const double pushed = poker::is_pair(hand) ? 1 : poker::is_suited(hand) ? 0.25 : 0;
        const double called = poker::is_suited(hand) ? 0.75 : 0;
        const double played = node.player == 0 ? pushed : called;
        return action == 1 ? played : 1 - played;
      });
}

} // namespace

TEST_CASE("push chart: hands and stacks are read", "[poker][push_chart]") {
  CHECK(hands_of("hand,bb\nAA,20\nAKs,12.5\n72o,0\n") == "AA:20 AKs:12.5 72o:0");
  CHECK(hands_of("72o,1.005\nAA,1000000") == "AA:1000000 72o:1.005");
  CHECK(hands_of("") == "");
  CHECK(hands_of("hand,bb") == "");
}

TEST_CASE("push chart: comments, blanks and ends of lines change nothing", "[poker][push_chart]") {
  const std::string_view text = "\xef\xbb\xbf# pusher \xc3\xa9\r\n\r\n \thand , bb # head\r\n"
                                "  AA ,\t20 # always\r\n\t\r\nKK,3#\n";
  CHECK(error_of(text).substr(0, 12) == "c.csv:6:4: e"); // "3#": no blank before the '#'
  CHECK(hands_of(text.substr(0, text.size() - 2)) == "AA:20 KK:3");
}

TEST_CASE("push chart: what is no hand is refused", "[poker][push_chart]") {
  const std::string expected = "expected two of the ranks AKQJT98765432 and, but for a pair, s or "
                               "o: AA, AKs, 72o";
  CHECK(error_of("AA,3\n  aks,3") == "c.csv:2:3: starting hand 'aks': " + expected);
  CHECK(error_of(",3") == "c.csv:1:1: starting hand '': " + expected);
  CHECK(error_of("KAs,3") == "c.csv:1:1: starting hand 'KAs': the higher rank comes first");
  CHECK(error_of("Hand,bb") == "c.csv:1:1: starting hand 'Hand': " + expected);
  CHECK(error_of("hand,stack") == "c.csv:1:1: starting hand 'hand': " + expected);
}

TEST_CASE("push chart: the header stands before the hands", "[poker][push_chart]") {
  CHECK(hands_of("# x\n\nhand,bb\nAA,1") == "AA:1");
  CHECK(error_of("AA,1\nhand,bb").substr(0, 33) == "c.csv:2:1: starting hand 'hand': ");
  CHECK(error_of("hand,bb\nhand,bb").substr(0, 33) == "c.csv:2:1: starting hand 'hand': ");
}

TEST_CASE("push chart: what is no number of big blinds is refused", "[poker][push_chart]") {
  const std::string expected = "expected a number of big blinds from 0 to 1000000 with at most "
                               "three decimal places";
  CHECK(error_of("AA,") == "c.csv:1:4: " + expected);
  CHECK(error_of("AA, # all") == "c.csv:1:5: " + expected);
  for (const char* number : {"x", "-1", "-0", "1000000.001", "1.0005", "20+", "1e3", "1,2", ".5",
                             "5 5", "99999999999999999999"}) {
    CAPTURE(number);
    CHECK(error_of(std::string("# c\nAA, ") + number) == "c.csv:2:5: " + expected);
  }
}

TEST_CASE("push chart: a line without a comma is refused behind the hand", "[poker][push_chart]") {
  CHECK(error_of("AA") == "c.csv:1:3: expected ',' behind the hand");
  CHECK(error_of("AA 20 # ,\n") == "c.csv:1:6: expected ',' behind the hand");
}

TEST_CASE("push chart: a hand that comes twice is refused", "[poker][push_chart]") {
  CHECK(error_of("hand,bb\nAA,1\nKK,2\n AA,1") == "c.csv:4:2: AA stands in line 2 too");
}

TEST_CASE("push chart: control characters and other bytes that are no text are refused",
          "[poker][push_chart]") {
  CHECK(error_of(std::string_view("AA,1 # \0", 8)) == "c.csv:1:8: a control character");
  CHECK(error_of("AA,1\rKK,2") == "c.csv:1:5: a control character");
  CHECK(error_of("\x1b[2J,1") == "c.csv:1:1: a control character");
  CHECK(error_of("AA,1\n# caf\xe9") == "c.csv:2:6: a byte that is not UTF-8");
}

TEST_CASE("push chart: files are read, and those that cannot be are named", "[poker][push_chart]") {
  const temporary_folder folder;
  const std::string name = folder.file("push.csv");
  write_file(name, "AA,7\r\n");
  CHECK(hands_of(poker::read_push_chart_file(name)) == "AA:7");
  write_file(name, std::string((1U << 20U) + 1, '#'));
  CHECK(test::error_of([&] { poker::read_push_chart_file(name); }) ==
        name + ": larger than 1048576 bytes");
  const std::string absent = folder.file("absent.csv");
  CHECK(test::error_of([&] { poker::read_push_chart_file(absent); }).substr(0, absent.size()) ==
        absent);
}

TEST_CASE("chart comparison: frequencies are those of the action before a node",
          "[poker][push_chart]") {
  const poker::betting_tree tree = push_or_fold();
  const auto profile = made_up_profile(tree);
  const auto pushes = poker::frequencies_of(tree, profile, poker::find_node(tree, "p"));
  CHECK(pushes[0] == 1);    // AA
  CHECK(pushes[1] == 0.25); // AKs
  CHECK(pushes[13] == 0);   // AKo
  const auto folds = poker::frequencies_of(tree, profile, poker::find_node(tree, "pf"));
  CHECK(folds[1] == 0.25);
  CHECK(folds[13] == 1);
}

TEST_CASE("chart comparison: percentages count combinations", "[poker][push_chart]") {
  const poker::betting_tree tree = push_or_fold();
  const auto summary = poker::summary_of(tree, made_up_profile(tree));
  // 13 * 6 pairs and 78 * 4 suited hands of 1,326 combinations
  CHECK(summary.push_percent == Approx(100 * (78 + 0.25 * 312) / 1326).epsilon(1e-12));
  CHECK(summary.call_percent == Approx(100 * 0.75 * 312 / 1326).epsilon(1e-12));
  poker::hand_frequencies all{};
  all.fill(1);
  CHECK(poker::percent_of(all) == 100);
}

TEST_CASE("chart comparison: a hand is in up to its stack, and above one half",
          "[poker][push_chart]") {
  const push_chart chart = read_push_chart("AA,10\nKK,9.999\nQQ,10\nJJ,9.999\nTT,12\n", "c");
  poker::hand_frequencies played{};
  played[0 * 14] = 0.501;  // AA: both
  played[1 * 14] = 0.75;   // KK: only played
  played[2 * 14] = 0.5;    // QQ: only in the chart
  played[3 * 14] = 0.5;    // JJ: neither
  played[4 * 14] = 0.3125; // TT: only in the chart
  const poker::chart_comparison compared = poker::compare(chart, decimal{10'000}, played);
  CHECK(compared.agreements == 2);
  REQUIRE(compared.differences.size() == 3);
  CHECK(compared.missing.size() == 164);
  CHECK(compared.missing.front() == 1);
  const std::string text = poker::comparison_text(compared);
  CHECK(text.substr(0, text.find(" ATs")) == "chart at 10 bb: 2 of 5 hands agree\n"
                                             "  KK   up to 9.999 bb in the chart, here 75.00 %\n"
                                             "  QQ   up to 10 bb in the chart, here 50.00 %\n"
                                             "  TT   up to 12 bb in the chart, here 31.25 %\n"
                                             "  not in the chart: AKs AQs AJs");
}

TEST_CASE("chart comparison: nothing is said of missing hands where there are none",
          "[poker][push_chart]") {
  push_chart chart;
  chart.most.fill(decimal{0});
  const auto compared = poker::compare(chart, decimal{1'500}, {});
  CHECK(poker::comparison_text(compared) == "chart at 1.5 bb: 169 of 169 hands agree\n");
}
