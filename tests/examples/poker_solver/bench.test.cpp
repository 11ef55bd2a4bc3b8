// SPDX-License-Identifier: MIT
//
// What bench plays, computes and prints, and what --help tells; how fast that is, is no matter of
// tests.
#include "support/catch.hpp"

#include "poker_solver/bench.hpp"
#include "poker_solver/bench_report.hpp"
#include "poker_solver/command_options.hpp"
#include "poker_solver/help.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"

#include "support/json_reader.hpp"

#include "orderly/worker_pool.hpp"

#include <atomic>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace {

const std::atomic<bool> go_on{false};

poker::bench_sample sample(std::uint64_t items, std::uint64_t nodes, double wall, double cpu) {
  return {{items, nodes}, wall, cpu};
}

/// Two rows of round figures: in place, and in batches on two workers.
poker::bench_group given_group() {
  poker::bench_group group{"leduc", {}};
  group.rows.push_back({"in place",
                        "iterations",
                        1,
                        {},
                        {sample(1000, 40'000, 1, 1), sample(1000, 20'000, 0.5, 0.25)}});
  group.rows.push_back({"batches of 100",
                        "iterations",
                        2,
                        {},
                        {sample(2000, 80'000, 1, 4), sample(2000, 80'000, 2, 0.75)}});
  group.ratios.push_back(
      {"speed-up", 1, 0, [](const poker::bench_sample& row, const poker::bench_sample& base) {
         return row.per_second() / base.per_second();
       }});
  return group;
}

/// The options in a text: two dashes and a name.
std::set<std::string> options_in(const std::string& text) {
  std::set<std::string> found;
  for (auto at = text.find("--"); at != std::string::npos; at = text.find("--", at + 2)) {
    auto end = at + 2;
    while (end < text.size() && (std::islower(text[end]) != 0 || text[end] == '-')) ++end;
    found.insert(text.substr(at, end - at));
  }
  return found;
}

} // namespace

TEST_CASE("poker bench: quantiles lie on the line between two values", "[poker][bench]") {
  const poker::quantiles five = poker::quantiles_of({5, 1, 4, 2, 3});
  CHECK(five.median == 3);
  CHECK(five.low == Approx(1.4));
  CHECK(five.high == Approx(4.6));
  CHECK(poker::quantiles_of({1, 2}).median == 1.5);
  const poker::quantiles one = poker::quantiles_of({7});
  CHECK((one.low == 7 && one.median == 7 && one.high == 7));
}

TEST_CASE("poker bench: a sample's rates are by wall time and by CPU time", "[poker][bench]") {
  const poker::bench_sample taken = sample(1000, 30'000, 2, 4);
  CHECK(taken.per_second() == 500);
  CHECK(taken.per_cpu_second() == 250);
  CHECK(taken.nodes_per_second() == 15'000);
  CHECK(taken.nodes_per_cpu_second() == 7'500);
}

TEST_CASE("poker bench: rows are compared within each round", "[poker][bench]") {
  const poker::bench_group group = given_group();
  const poker::quantiles ratio = poker::ratios_of(group, group.ratios[0]);
  CHECK(ratio.low == Approx(0.65)); // 2 in the first round, 0.5 in the second
  CHECK(ratio.median == Approx(1.25));
  CHECK(ratio.high == Approx(1.85));
}

TEST_CASE("poker bench: all hands with two given cards are evaluated once", "[poker][bench]") {
  const poker::hand_evaluator evaluate;
  std::uint64_t hands = 0;
  std::uint64_t best = 0;
  poker::detail::for_each_hand_with(50, 51, [&](const poker::partial_hand& hand) {
    ++hands;
    if (poker::category_of(evaluate(hand)) == poker::hand_category::four_of_a_kind) ++best;
  });
  CHECK(hands == 2'118'760); // five of fifty cards
  // With two aces: the other two and three of 48 cards, or four alike, of which an ace may be fifth.
  CHECK(best == 17'296 + 12 * 46);
}

TEST_CASE("poker bench: the evaluator has a row for random hands and one for all",
          "[poker][bench]") {
  poker::bench_group group = poker::evaluator_bench(0);
  REQUIRE(group.rows.size() == 2);
  CHECK(group.rows[0].name == "random hands");
  CHECK(group.rows[1].name == "enumeration");
  CHECK(group.rows[0].play().items == 0);
  CHECK(poker::detail::random_hands().size() == poker::detail::hands_in_list);
}

TEST_CASE("poker bench: rows in batches visit the same nodes on any number of workers",
          "[poker][bench]") {
  const auto game = poker::leduc();
  const auto settings = poker::bench_settings_of(poker::game_kind::leduc);
  orderly::worker_pool one(1);
  orderly::worker_pool three(3);
  poker::bench_group group =
      poker::training_bench("leduc", game, settings.algorithm, {250, 100}, one, three);
  REQUIRE(poker::measure(group, 2, go_on));
  REQUIRE(group.rows.size() == 3);
  for (const poker::bench_row& row : group.rows) REQUIRE(row.samples.size() == 2);
  for (unsigned round = 0; round < 2; ++round) {
    const auto work = [&](std::size_t row) { return group.rows[row].samples[round].work; };
    CHECK(work(0).items == 250);
    CHECK(work(1).items == 300); // whole batches
    CHECK(work(2).items == 300);
    CHECK(work(1).nodes > 300 * 10);
    CHECK(work(1).nodes == work(2).nodes);
  }
  CHECK(group.rows[0].workers == 1);
  CHECK(group.rows[2].workers == 3);
  CHECK(group.rows[1].name == "batches of 100");
  CHECK(group.ratios.size() == 2);
}

TEST_CASE("poker bench: overhead and speed-up are quotients of the rates", "[poker][bench]") {
  const auto game = poker::kuhn();
  const auto settings = poker::bench_settings_of(poker::game_kind::kuhn);
  orderly::worker_pool one(1);
  orderly::worker_pool two(2);
  poker::bench_group group =
      poker::training_bench("kuhn", game, settings.algorithm, {100, 0}, one, two);
  group.rows[0].samples = {sample(1000, 9000, 1, 1)};
  group.rows[1].samples = {sample(1000, 9000, 1, 1.25)};
  group.rows[2].samples = {sample(1000, 9000, 0.5, 1.5)};
  REQUIRE(group.ratios.size() == 2);
  CHECK(poker::ratios_of(group, group.ratios[0]).median == Approx(0.25));
  CHECK(poker::ratios_of(group, group.ratios[1]).median == Approx(2));
  const auto lonely = poker::training_bench("kuhn", game, settings.algorithm, {100, 0}, one, one);
  CHECK(lonely.rows.size() == 2);
  CHECK(lonely.ratios.size() == 1);
}

TEST_CASE("poker bench: a set stop flag ends it", "[poker][bench]") {
  poker::bench_group group = poker::evaluator_bench(0);
  const std::atomic<bool> stop{true};
  CHECK_FALSE(poker::measure(group, 1, stop));
  CHECK(group.rows[0].samples.empty());
}

TEST_CASE("poker bench: the text shows medians in thousands and millions", "[poker][bench]") {
  const std::string text = poker::bench_text({given_group()});
  CHECK(text.find("leduc               workers") == 0);
  // 1000 and 2000 iterations a second, 1000 and 4000 a CPU second; 40,000 nodes in every second
  CHECK(text.find("in place                1        1.5 (1.1 to 1.9)") != std::string::npos);
  CHECK(text.find("2.5        0.04        0.06\n") != std::string::npos);
  CHECK(text.find("speed-up                       1.250 (0.650 to 1.850)") == std::string::npos);
  CHECK(text.find("1.250 (0.650 to 1.850)\n") != std::string::npos);
}

TEST_CASE("poker bench: CPU time that the system does not tell is shown as unknown",
          "[poker][bench]") {
  poker::bench_group group{"evaluator", {{"enumeration", "hands", 1, {}, {}}}};
  group.rows[0].samples = {sample(1'000'000, 0, 1, std::numeric_limits<double>::quiet_NaN())};
  const std::string text = poker::bench_text({group});
  CHECK(text.find("1.0 (1.0 to 1.0)") != std::string::npos);
  CHECK(text.substr(text.size() - 2) == "-\n");
  const auto json = example::read_json(poker::bench_json({group}));
  const auto& row = json.at("groups").elements()[0].at("rows").elements()[0];
  CHECK(row.at("per_cpu_second").at("median").kind() == example::json_kind::null);
}

TEST_CASE("poker bench: the JSON has figures and samples of every row", "[poker][bench]") {
  const auto json = example::read_json(poker::bench_json({given_group()}));
  const auto& group = json.at("groups").elements()[0];
  CHECK(group.at("name").string() == "leduc");
  const auto& row = group.at("rows").elements()[1];
  CHECK(row.at("name").string() == "batches of 100");
  CHECK(row.at("unit").string() == "iterations");
  CHECK(row.at("workers").uint64() == 2);
  CHECK(row.at("per_second").at("median").real() == 1500);
  CHECK(row.at("nodes_per_second").at("median").real() == 60'000);
  const auto& samples = row.at("samples").elements();
  REQUIRE(samples.size() == 2);
  CHECK(samples[0].at("items").uint64() == 2000);
  CHECK(samples[0].at("nodes").uint64() == 80'000);
  CHECK(samples[1].at("wall_seconds").real() == 2);
  CHECK(samples[1].at("cpu_seconds").real() == 0.75);
  const auto& ratio = group.at("ratios").elements()[0];
  CHECK(ratio.at("name").string() == "speed-up");
  CHECK(ratio.at("ratio").at("median").real() == 1.25);
}

TEST_CASE("poker help: every option is told of, and no other", "[poker][help]") {
  std::set<std::string> known{"--help"};
  for (const example::option_spec& option : poker::all_specs()) known.emplace(option.name);
  CHECK(options_in(poker::help_text()) == known);
}
