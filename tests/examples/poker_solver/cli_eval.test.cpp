// SPDX-License-Identifier: MIT
//
// eval of poker_solver from the outside: what is known of the small games and of push or fold.
#include "support/catch.hpp"

#include "program.hpp"

#if POKER_PROGRAM_TESTS

#include <cmath>
#include <set>
#include <string>

namespace {

bool between(const example::json_value& number, double low, double high) {
  return number.real() > low && number.real() < high;
}

} // namespace

TEST_CASE("poker_solver: eval gives the exploitability of exact iterations", "[poker][cli]") {
  const temporary_folder folder;
  struct known {
    const char* words;
    double exploitability, half_digit;
  };
  for (const known& each :
       {known{"--game leduc --algorithm cfr --iterations 100", 0.0957, 5e-5},
        known{"--game leduc --algorithm cfr+ --iterations 100", 0.01342, 5e-6},
        known{"--game kuhn --algorithm cfr --iterations 1000", 0.000938, 5e-7}}) {
    CAPTURE(each.words);
    REQUIRE(trained(folder, each.words, "run"));
    const auto found = evaluated(folder, "run/strategy.bin");
    CHECK(std::abs(found.at("exploitability").real() - each.exploitability) < each.half_digit);
    const auto& best = found.at("best_responses").elements();
    REQUIRE(best.size() == 2);
    CHECK((best[0].real() + best[1].real()) / 2 == Approx(found.at("exploitability").real()));
    CHECK(best[0].real() >= found.at("value").real());
    CHECK(best[1].real() >= -found.at("value").real());
    CHECK(found.at("unit").string() == "chips");
  }
}

TEST_CASE("poker_solver: eval finds the values of the small games", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --algorithm cfr+ --iterations 3000", "kuhn"));
  const auto kuhn = evaluated(folder, "kuhn/strategy.bin");
  CHECK(kuhn.at("value").real() == Approx(-1.0 / 18).margin(1e-4));
  CHECK(kuhn.at("infosets").uint64() == 12);
  REQUIRE(trained(folder, "--game leduc --algorithm cfr+ --iterations 1000", "leduc"));
  const auto leduc = evaluated(folder, "leduc/strategy.bin");
  CHECK(leduc.at("value").real() == Approx(-0.0856).margin(5e-4));
  CHECK(leduc.at("infosets").uint64() == 936);
}

TEST_CASE("poker_solver: eval says in text what it says in JSON", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --algorithm cfr --iterations 100", "run"));
  CHECK(poker_run(folder, "eval run/strategy.bin") == 0);
  const std::string text = content_of(folder, "out");
  CHECK(text.rfind("leduc, 100 iterations\ninfosets             936\nvalue for player 0   -0.",
                   0) == 0);
  CHECK(lines_with(text, "exploitability") == "exploitability       0.095716353 chips\n");
  CHECK(names_in(folder) == std::set<std::string>{"run"});
}

TEST_CASE("poker_solver: eval plays duplicate matches, the same for any number of workers",
          "[poker][cli][contract]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --iterations 100", "poor"));
  REQUIRE(trained(folder, "--game leduc --algorithm cfr+ --iterations 200", "good"));
  const std::string match = "--deals 20000 --seed 3 --vs ";
  const auto found = evaluated(folder, "good/strategy.bin " + match + "poor/strategy.bin");
  CHECK(found.at("versus").string() == "poor/strategy.bin");
  CHECK(found.at("match").at("deals").uint64() == 20000);
  CHECK(found.at("match").at("low").real() > 0); // nearly an equilibrium
  const auto swapped = evaluated(folder, "poor/strategy.bin " + match + "good/strategy.bin");
  CHECK(swapped.at("match").at("mean").real() == Approx(-found.at("match").at("mean").real()));
  for (const char* workers : {" --workers 1", " --workers 3"}) {
    CHECK(evaluated(folder, "good/strategy.bin " + match + "poor/strategy.bin" + workers) == found);
  }
}

TEST_CASE("poker_solver: what responders gain is below the exploitability", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --algorithm cfr --iterations 10", "run"));
  const auto found = evaluated(folder, "run/strategy.bin --responder-iterations 20000 "
                                       "--deals 50000 --workers 2");
  const auto& gain = found.at("responder");
  const double exploitability = found.at("exploitability").real();
  CHECK(found.at("responder_iterations").uint64() == 20000);
  CHECK(gain.at("low").real() < exploitability);
  CHECK(gain.at("mean").real() > exploitability / 2);
}

TEST_CASE("poker_solver: push or fold with 10 big blinds is solved", "[poker][cli]") {
  const temporary_folder folder;
  write_file(folder.file("chart"), "hand,bb\nAA,20\nAKs,5 # here it is pushed\n72o,0\n32o,1\n");
  REQUIRE(trained(folder, "--game pushfold --algorithm cfr+ --iterations 3500", "run"));
  const auto found = evaluated(folder, "run/strategy.bin --chart chart");
  CHECK(std::abs(found.at("value_bb").real() + 0.045371) < 5e-7);
  CHECK(between(found.at("push_percent"), 58.281, 58.285));
  CHECK(between(found.at("call_percent"), 37.375, 37.379));
  CHECK(found.at("exploitability_mbb").real() < 0.001);
  CHECK(found.at("unit").string() == "big blinds");
  const auto& chart = found.at("chart");
  CHECK(chart.at("agreements").uint64() == 3);
  CHECK(chart.at("missing").uint64() == 165);
  REQUIRE(chart.at("differences").elements().size() == 1);
  CHECK(chart.at("differences").elements()[0].at("hand").string() == "AKs");
  CHECK(chart.at("differences").elements()[0].at("probability").real() > 0.99);
  CHECK(lines_with(content_of(folder, "out"), "chart at ") ==
        "chart at 10 bb: 3 of 4 hands agree\n");
}

TEST_CASE("poker_solver: push or fold of another depth is the same for any number of workers",
          "[poker][cli][contract]") {
  const temporary_folder folder;
  const std::string words = "--game pushfold --stack 6.5 --ante 0.1 --iterations 500000 ";
  REQUIRE(trained(folder, words + "--workers 1", "one"));
  REQUIRE(trained(folder, words + "--workers 3", "three"));
  CHECK(results_of(folder, "one") == results_of(folder, "three"));
  const auto metrics = metrics_of(folder, "one");
  REQUIRE(!metrics.empty());
  CHECK(between(metrics.back().at("exploitability"), 0, 0.05));
}

#endif
