// SPDX-License-Identifier: MIT
//
// train of poker_solver from the outside: its files are the same for any number of workers, and
// however often it was interrupted.
#include "support/catch.hpp"

#include "program.hpp"

#if POKER_PROGRAM_TESTS

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

namespace {

/// Starts a training that would take very long, and sends it a signal when its first checkpoint is
/// there. The exit code.
int trained_until_signal(const temporary_folder& folder, const std::string& words,
                         const std::string& signal) {
  return poker_shell(folder, "\"$poker\" train --quiet " + words +
                                 " --iterations 1000000000000 --checkpoint-interval 1000 "
                                 "--logdir run & pid=$!; "
                                 "while [ ! -e run/checkpoint.bin ] && kill -0 $pid; do "
                                 "sleep 0.01; done; kill -" +
                                 signal + " $pid; wait $pid");
}

/// How many iterations there are in a checkpoint.
std::uint64_t iterations_in(const temporary_folder& folder, const std::string& checkpoint) {
  if (!trained(folder, "--iterations 1 --resume-from " + checkpoint, "looked")) return 0;
  return evaluated(folder, "looked/strategy.bin").at("iterations").uint64();
}

/// Whether going on from run/checkpoint.bin ends as a training that was never stopped.
bool ends_alike(const temporary_folder& folder, const std::string& words) {
  const std::uint64_t made = iterations_in(folder, "run/checkpoint.bin");
  const std::string more = " --iterations " + std::to_string(made + 5000);
  return made != 0 && trained(folder, "--resume-from run/checkpoint.bin" + more, "run") &&
         trained(folder, words + more, "whole") &&
         results_of(folder, "run") == results_of(folder, "whole");
}

} // namespace

TEST_CASE("poker_solver: train leaves the same files for any number of workers",
          "[poker][cli][contract]") {
  const temporary_folder folder;
  for (const std::string game : {"--game leduc --algorithm es --iterations 100000 ",
                                 "--game kuhn --algorithm os --iterations 20000 ",
                                 "--game kuhn --weighting dcfr --iterations 20000 "}) {
    REQUIRE(trained(folder, game + "--workers 1", "one"));
    const std::string alone = results_of(folder, "one");
    CHECK(alone.size() > 500);
    for (const char* workers : {"2", "3", "4", "7", "8"}) {
      CAPTURE(game, workers);
      CHECK(trained(folder, game + "--workers " + workers, "more"));
      CHECK(results_of(folder, "more") == alone);
    }
    CHECK(trained(folder, game + "--workers 2 --seed 2", "more"));
    CHECK(results_of(folder, "more") != alone);
  }
}

TEST_CASE("poker_solver: a killed training resumes to the same end", "[poker][cli][contract]") {
  const std::string words = "--game leduc --weighting linear --seed 7 ";
  const temporary_folder folder;
  CHECK(trained_until_signal(folder, words, "KILL") == 128 + 9);
  CHECK(ends_alike(folder, words));
}

TEST_CASE("poker_solver: SIGINT leaves a checkpoint, from which the same end is reached",
          "[poker][cli][contract]") {
  const std::string words = "--game leduc --algorithm os ";
  const temporary_folder folder;
  CHECK(trained_until_signal(folder, words, "INT") == 130);
  const std::string said = content_of(folder, "err");
  CHECK(said.find("poker_solver: interrupted after ") != std::string::npos);
  CHECK(said.find("; --resume-from its checkpoint.bin goes on\n") != std::string::npos);
  const std::uint64_t made = iterations_in(folder, "run/checkpoint.bin");
  CHECK(said.find("after " + std::to_string(made) + " iterations") != std::string::npos);
  CHECK(evaluated(folder, "run/strategy.bin").at("iterations").uint64() == made);
  CHECK(ends_alike(folder, words));
}

TEST_CASE("poker_solver: exact iterations resume to the same end", "[poker][cli][contract]") {
  const temporary_folder folder;
  for (const std::string algorithm : {"cfr", "cfr+", "dcfr"}) {
    CAPTURE(algorithm);
    const std::string words = "--game leduc --algorithm " + algorithm;
    REQUIRE(trained(folder, words + " --iterations 37", "run"));
    REQUIRE(trained(folder, "--iterations 100 --resume-from run/checkpoint.bin", "run"));
    REQUIRE(trained(folder, words + " --iterations 100", "whole"));
    CHECK(results_of(folder, "run") == results_of(folder, "whole"));
    CHECK(results_of(folder, "run").size() > 500);
  }
}

TEST_CASE("poker_solver: a time budget ends a training as its iterations would",
          "[poker][cli][contract]") {
  const temporary_folder folder;
  const std::string words = "--game leduc --workers 3 ";
  REQUIRE(trained(folder, words + "--time-budget 0.2", "timed"));
  const auto made = evaluated(folder, "timed/strategy.bin").at("iterations").uint64();
  CHECK(made >= 100);
  CHECK(made % 100 == 0);
  REQUIRE(trained(folder, words + "--iterations " + std::to_string(made), "counted"));
  CHECK(results_of(folder, "timed") == results_of(folder, "counted"));
  REQUIRE(trained(folder, words + "--time-budget 1000 --iterations 300", "both"));
  CHECK(evaluated(folder, "both/strategy.bin").at("iterations").uint64() == 300);
}

TEST_CASE("poker_solver: a snapshot is the strategy of a training of that length", "[poker][cli]") {
  const temporary_folder folder;
  const std::string words = "--game leduc --workers 2 ";
  REQUIRE(trained(folder, words + "--iterations 1000 --snapshot-interval 250", "run"));
  // Of batches of 100, the first to reach 250, 500, 750 and 1000.
  CHECK(names_in(folder, "run") ==
        std::set<std::string>{"checkpoint.bin", "metrics.jsonl", "snapshot_000000000300.bin",
                              "snapshot_000000000500.bin", "snapshot_000000000800.bin",
                              "snapshot_000000001000.bin", "strategy.bin"});
  for (const std::string length : {"300", "500", "800", "1000"}) {
    CAPTURE(length);
    REQUIRE(trained(folder, words + "--iterations " + length, "alone"));
    const std::string name = "run/snapshot_" + std::string(12 - length.size(), '0') + length;
    CHECK(content_of(folder, name + ".bin") == content_of(folder, "alone/strategy.bin"));
  }
}

TEST_CASE("poker_solver: iterations are whole batches", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 150", "run"));
  CHECK(evaluated(folder, "run/strategy.bin").at("iterations").uint64() == 200);
  REQUIRE(trained(folder, "--game kuhn --iterations 150 --batch-size 1", "single"));
  CHECK(evaluated(folder, "single/strategy.bin").at("iterations").uint64() == 150);
}

TEST_CASE("poker_solver: the other spellings of options train the same", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --algorithm es --iterations 500 --workers 2", "new"));
  REQUIRE(trained(folder, "--game leduc --algorithm es-mccfr --iters 500 --num-workers 2", "old"));
  CHECK(results_of(folder, "new") == results_of(folder, "old"));
  write_file(folder.file("conf"), "game: leduc\niters: 500\nnum-workers: 2\n");
  REQUIRE(trained(folder, "--config conf", "conf_run"));
  CHECK(results_of(folder, "new") == results_of(folder, "conf_run"));
}

TEST_CASE("poker_solver: a training says how far it came and how good it is", "[poker][cli]") {
  const temporary_folder folder;
  CHECK(poker_run(folder, "train --game leduc --algorithm cfr --iterations 100 --quiet") == 0);
  const std::string said = content_of(folder, "out");
  CHECK(said.rfind("100 iterations, ", 0) == 0);
  CHECK(lines_with(said, "exploitability ") == "exploitability 0.095716353 chips\n");
  CHECK(content_of(folder, "err").empty());
  CHECK(names_in(folder).empty());
}

TEST_CASE("poker_solver: metrics are one JSON object a line", "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder,
                  "--game leduc --workers 2 --time-budget 0.3 --metrics-interval 0.01 "
                  "--checkpoint-interval 100",
                  "run"));
  const auto lines = metrics_of(folder, "run");
  REQUIRE(lines.size() > 2);
  std::uint64_t before = 0;
  for (const auto& line : lines) {
    CHECK(line.at("iterations").uint64() > before);
    before = line.at("iterations").uint64();
    CHECK(line.at("batches").uint64() == before / 100);
    for (const char* rate : {"iterations_per_second", "nodes_per_second", "exploitability"}) {
      CHECK(line.at(rate).real() > 0);
    }
    for (const char* percent : {"idle_percent", "merge_percent"}) {
      CHECK(line.at(percent).real() >= 0);
      CHECK(line.at(percent).real() <= 100);
    }
    CHECK(line.at("table_bytes").uint64() == 2 * 2604 * 8); // regrets and sums of doubles
  }
  const auto found = evaluated(folder, "run/strategy.bin");
  CHECK(found.at("iterations").uint64() == before);
  CHECK(found.at("exploitability") == lines.back().at("exploitability"));
}

TEST_CASE("poker_solver: metrics of a resumed training go on where its checkpoint was written",
          "[poker][cli]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --iterations 300", "run"));
  REQUIRE(poker_shell(folder, "cp run/checkpoint.bin early.bin") == 0);
  const auto go_on = [&](const std::string& from, const std::string& iterations) {
    return trained(folder, "--resume-from " + from + " --iterations " + iterations, "run");
  };
  const auto iterations = [&] {
    std::string all;
    for (const auto& line : metrics_of(folder, "run")) {
      all += line.at("iterations").number_text() + " ";
    }
    return all;
  };
  REQUIRE(go_on("run/checkpoint.bin", "500"));
  CHECK(iterations() == "300 500 ");
  REQUIRE(go_on("run/checkpoint.bin", "500")); // nothing is left to do
  CHECK(iterations() == "300 500 ");
  // As if it had been killed after the line of 500, and in the midst of the next.
  write_file(folder.file("run/metrics.jsonl"),
             content_of(folder, "run/metrics.jsonl") + "{\"iterations\": 6");
  REQUIRE(go_on("early.bin", "400"));
  CHECK(iterations() == "300 400 ");
}

#endif
