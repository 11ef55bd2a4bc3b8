// SPDX-License-Identifier: MIT
//
// A training from its first batch to its last, on Kuhn poker: when it ends, and what it leaves.
#include "support/catch.hpp"

#include "../temporary_folder.hpp"
#include "poker_given.hpp"

#include "poker_solver/games.hpp"
#include "poker_solver/mccfr.hpp"
#include "poker_solver/training_run.hpp"

#include "orderly/worker_pool.hpp"
#include "support/json_reader.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace poker_given;
using poker::decimal;
using poker::interval;
using poker::schedule;

namespace {

constexpr std::uint64_t never = (std::numeric_limits<std::uint64_t>::max)();

words kuhn(words more) {
  more.insert(more.begin(), {"--game", "kuhn", "--quiet"});
  return more;
}

/// Trains as the words say; stops at once if told to.
poker::training_result train(const words& line, bool stop = false,
                             std::optional<double> measured = 0.5) {
  const poker::train_options options = train_of(kuhn(line));
  const std::string config = poker::config_text(options.game, options.algorithm);
  const poker::small_game game = poker::kuhn();
  orderly::worker_pool pool(2);
  poker::mccfr_trainer trainer(game, options.algorithm, pool);
  if (options.resume_from) {
    trainer.restore(
        [&](auto& table) { return poker::load_checkpoint(*options.resume_from, config, table); });
  }
  const auto measure = [&](const auto&) { return measured; };
  poker::training_run run(trainer, game.tree(), options, config, pool, measure);
  return run.go(std::atomic<bool>(stop));
}

std::string metrics_with(const temporary_folder& folder, const std::string& text, bool append,
                         std::uint64_t start) {
  const std::string name = folder.file("metrics.jsonl");
  write_file(name, text);
  poker::training_progress progress;
  progress.iterations = start;
  poker::training_metrics(name, append, progress);
  return read_file(name);
}

} // namespace

TEST_CASE("schedule: every so many iterations, at multiples", "[poker][training_run]") {
  schedule every(interval{250, {}}, 0);
  CHECK(every.next() == 250);
  CHECK_FALSE(every.due(249, 1e9));
  CHECK(every.due(250, 0));
  CHECK(every.due(300, 0));
  every.advance(300, 0); // a batch went past
  CHECK(every.next() == 500);
  every.advance(500, 0);
  CHECK(every.next() == 750);
  every.advance(2000, 0); // several were missed
  CHECK(every.next() == 2250);
}

TEST_CASE("schedule: it begins where a training resumes", "[poker][training_run]") {
  CHECK(schedule(interval{250, {}}, 600).next() == 750);
  CHECK(schedule(interval{250, {}}, 750).next() == 1000);
}

TEST_CASE("schedule: every so many seconds since the last time", "[poker][training_run]") {
  schedule every(interval{0, decimal{1'500}}, 0);
  CHECK(every.next() == never);
  CHECK_FALSE(every.due(never, 1.4));
  CHECK(every.due(0, 1.5));
  every.advance(0, 2); // late
  CHECK_FALSE(every.due(0, 3.4));
  CHECK(every.due(0, 3.5));
}

TEST_CASE("schedule: what was not asked for is never due", "[poker][training_run]") {
  schedule none(std::nullopt, 0);
  CHECK_FALSE(none.due(never, 1e300));
  CHECK(none.next() == never);
  none.advance(5, 5);
  CHECK_FALSE(none.due(never, 1e300));
}

TEST_CASE("training_run: it ends with the batch that has the last iteration",
          "[poker][training_run]") {
  const auto result = train({"--iterations", "250"});
  CHECK(result.progress.iterations == 300);
  CHECK(result.progress.batches == 3);
  CHECK(result.iterations_here == 300);
  CHECK(result.progress.nodes > 300 * 2 * 5);
  CHECK(result.complete);
  CHECK(result.exploitability == 0.5);
  CHECK_FALSE(train({"--iterations", "250"}, false, std::nullopt).exploitability);
}

TEST_CASE("training_run: told to stop it is not complete, and leaves its files",
          "[poker][training_run]") {
  const temporary_folder folder;
  const std::string run = folder.file("a/run"); // made with all folders above
  const auto result = train({"--iterations", "250", "--logdir", run}, true);
  CHECK_FALSE(result.complete);
  CHECK(result.progress.iterations == 0);
  CHECK(std::filesystem::exists(run + "/checkpoint.bin"));
  CHECK(poker::load_strategy(run + "/strategy.bin").iterations == 0);
}

TEST_CASE("training_run: a time budget ends it", "[poker][training_run]") {
  const auto result = train({"--time-budget", "0.01"});
  CHECK(result.complete);
  CHECK(result.progress.seconds >= 0.01);
  CHECK(result.progress.iterations == result.progress.batches * 100);
  CHECK(result.progress.batches > 0);
}

TEST_CASE("training_run: stopped and resumed it leaves the same bytes", "[poker][training_run]") {
  const temporary_folder folder;
  const std::string whole = folder.file("whole");
  const std::string parts = folder.file("parts");
  train({"--iterations", "1000", "--logdir", whole, "--snapshot-interval", "300"});
  train({"--iterations", "400", "--logdir", parts, "--snapshot-interval", "300"});
  const std::string checkpoint = parts + "/checkpoint.bin";
  const auto rest = train({"--iterations", "1000", "--logdir", parts, "--snapshot-interval", "300",
                           "--resume-from", checkpoint});
  CHECK(rest.progress.iterations == 1000);
  CHECK(rest.iterations_here == 600);
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(whole)) {
    const std::string name = entry.path().filename().string();
    names.insert(name);
    CAPTURE(name);
    if (name != "metrics.jsonl")
      CHECK(read_file(whole + "/" + name) == read_file(parts + "/" + name));
  }
  CHECK(names == std::set<std::string>{"checkpoint.bin", "metrics.jsonl",
                                       "snapshot_000000000300.bin", "snapshot_000000000600.bin",
                                       "snapshot_000000000900.bin", "strategy.bin"});
}

TEST_CASE("training_run: a checkpoint is written while it runs", "[poker][training_run]") {
  const temporary_folder folder;
  const words line{"--game", "kuhn",     "--quiet", "--iterations", "300", "--checkpoint-interval",
                   "100",    "--logdir", "run"};
  auto options = train_of(line);
  options.logdir = folder.file("run");
  const poker::small_game game = poker::kuhn();
  orderly::worker_pool pool(1);
  poker::mccfr_trainer trainer(game, options.algorithm, pool);
  options.snapshot = interval{100, {}}; // whose writing stops it: the third is a folder
  std::filesystem::create_directories(*options.logdir + "/snapshot_000000000300.bin/full");
  const auto measure = [](const auto&) { return std::optional<double>(); };
  poker::training_run run(trainer, game.tree(), options, "game: kuhn\n", pool, measure);
  CHECK_THROWS(run.go(std::atomic<bool>(false)));
  std::vector<double> table(std::size_t{2} * game.tree().cells());
  CHECK(poker::load_checkpoint(*options.logdir + "/checkpoint.bin", "game: kuhn\n", table) == 2);
}

TEST_CASE("training_run: a folder that cannot be made is an open_error",
          "[poker][training_run][errors]") {
  const temporary_folder folder;
  const std::string file = folder.file("file");
  write_file(file, "kept");
  for (const std::string& logdir : {file, file + "/run"}) {
    const std::string why = error_of<example::open_error>([&] {
      train({"--iterations", "100", "--logdir", logdir});
    });
    CHECK(why.rfind(logdir + ": ", 0) == 0);
  }
  CHECK(read_file(file) == "kept");
}

TEST_CASE("training_metrics: a new training begins a new file, a resumed one goes on",
          "[poker][training_run]") {
  const temporary_folder folder;
  const std::string two = "{\"iterations\": 100}\n{\"iterations\": 200}\n";
  CHECK(metrics_with(folder, two, false, 0).empty());
  CHECK(metrics_with(folder, two, true, 200) == two);
  CHECK(metrics_with(folder, two, true, 500) == two);
  CHECK(metrics_with(folder, two, true, 150) == "{\"iterations\": 100}\n");
  CHECK(metrics_with(folder, two, true, 0).empty());
  CHECK(metrics_with(folder, two + "{\"iterations\": 300", true, 300) == two);
  CHECK(metrics_with(folder, two + "{\"iterations\": 300}", true, 300) == two); // no line end
  CHECK(metrics_with(folder, two + "junk\n{\"iterations\": 300}\n", true, 300) == two);
}

TEST_CASE("training_metrics: rates are those since the line before", "[poker][training_run]") {
  const temporary_folder folder;
  const std::string name = folder.file("metrics.jsonl");
  poker::training_progress now;
  poker::training_metrics metrics(name, false, now);
  now.iterations = 100;
  now.batches = 1;
  now.nodes = 1000;
  now.seconds = 2;
  now.worker_seconds = 4;
  now.idle_seconds = 1;
  now.merge_seconds = 0.5;
  metrics.write(now, 0.25, 64);
  now.iterations = 400;
  now.nodes = 5000;
  now.seconds = 4;
  now.worker_seconds = 8;
  metrics.write(now, std::nullopt, 64);
  const std::string text = read_file(name);
  const auto first = example::read_json(text.substr(0, text.find('\n')));
  const auto second = example::read_json(text.substr(text.find('\n')));
  CHECK(first.at("iterations_per_second").real() == 50);
  CHECK(first.at("nodes_per_second").real() == 500);
  CHECK(first.at("idle_percent").real() == 25);
  CHECK(first.at("merge_percent").real() == 25);
  CHECK(first.at("exploitability").real() == 0.25);
  CHECK(first.at("table_bytes").uint64() == 64);
  CHECK(first.at("nodes_per_cpu_second").kind() == example::json_kind::null);
  CHECK(first.find("resident_bytes") == nullptr);
  CHECK(second.at("iterations_per_second").real() == 150);
  CHECK(second.at("nodes_per_second").real() == 2000);
  CHECK(second.at("idle_percent").real() == 0);
  CHECK(second.at("exploitability").kind() == example::json_kind::null);
}
