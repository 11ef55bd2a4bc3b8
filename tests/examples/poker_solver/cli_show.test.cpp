// SPDX-License-Identifier: MIT
//
// show of poker_solver from the outside.
#include "support/catch.hpp"

#include "program.hpp"

#if POKER_PROGRAM_TESTS

#include <algorithm>
#include <cstddef>
#include <string>

namespace {

/// What show prints; its error if it fails.
std::string shown(const temporary_folder& folder, const std::string& words) {
  const int code = poker_run(folder, "show " + words);
  return code == 0 ? content_of(folder, "out")
                   : std::to_string(code) + ": " + content_of(folder, "err");
}

} // namespace

TEST_CASE("poker_solver: show prints the strategy at a node", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --algorithm cfr+ --iterations 200", "run"));
  const std::string root = shown(folder, "run/strategy.bin");
  CHECK(root.rfind("player 0, round 1, first to act (%)\n\n      c check   r bet\nJ1 ", 0) == 0);
  CHECK(shown(folder, "run/strategy.bin --node ' '") == root);
  for (const char* row : {"J1 ", "J2 ", "Q1 ", "Q2 ", "K1 ", "K2 ", "all "}) {
    CAPTURE(row);
    CHECK(!lines_with(root, row).empty());
  }
  const std::string second = shown(folder, "run/strategy.bin --node cc/");
  CHECK(second.rfind("player 0, round 2, after cc/ (%)\n", 0) == 0);
  CHECK(shown(folder, "run/strategy.bin --node 'c, c'") == second);
  CHECK(std::count(second.begin(), second.end(), '\n') == 3 + 30 + 1); // hands on boards, and all
  CHECK(root.find('\x1b') == std::string::npos);                       // no colours in a file
}

TEST_CASE("poker_solver: show prints what Kuhn poker is known for", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --algorithm cfr+ --iterations 5000", "run"));
  const std::string bet = shown(folder, "run/strategy.bin --node b");
  CHECK(lines_with(bet, "J ").find("100.00") != std::string::npos); // folded
  CHECK(lines_with(bet, "J ").find(" 0.00") != std::string::npos);
  CHECK(lines_with(bet, "Q ").find("33.3") != std::string::npos);   // called by a third
  CHECK(lines_with(bet, "K ").find("100.00") != std::string::npos); // called
}

TEST_CASE("poker_solver: show refuses histories that are not in the game", "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --iterations 100", "run"));
  const auto refusal = [&](const std::string& node) {
    return shown(folder, "run/strategy.bin --node '" + node + "'");
  };
  const std::string hint = " (poker_solver --help lists the options)\n";
  CHECK(refusal("x") == "2: poker_solver: node 'x': column 1: expected c or r" + hint);
  CHECK(refusal("c/") == "2: poker_solver: node 'c/': column 2: no street ends here" + hint);
  CHECK(refusal("rf") == "2: poker_solver: node 'rf': the hand is over here" + hint);
  CHECK(refusal("rfc") == "2: poker_solver: node 'rfc': column 3: the hand is over here" + hint);
  CHECK(refusal("rrr").rfind("2: poker_solver: node 'rrr': column 3: expected f or c", 0) == 0);
}

#endif
