// SPDX-License-Identifier: MIT
//
// The options of build-buckets, eval, show and bench, and the files that commands are about.
#include "support/catch.hpp"

#include "../temporary_folder.hpp"
#include "poker_given.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <tuple>

using namespace poker_given;

namespace {

poker::build_buckets_options buckets_of(const words& line) {
  return poker::read_build_buckets_options(
      poker::read_arguments(line, poker::build_buckets_command_specs()));
}

poker::eval_options eval_of(const words& line) {
  const auto [files, options] = poker::split_files(line);
  return poker::read_eval_options(files,
                                  poker::read_arguments(options, poker::eval_command_specs()));
}

poker::show_options show_of(const words& line) {
  const auto [files, options] = poker::split_files(line);
  return poker::read_show_options(files,
                                  poker::read_arguments(options, poker::show_command_specs()));
}

poker::bench_options bench_of(const words& line) {
  return poker::read_bench_options(poker::read_arguments(line, poker::bench_command_specs()));
}

} // namespace

TEST_CASE("poker options: build-buckets", "[poker][options]") {
  const auto plain = buckets_of({"--out", "b"});
  CHECK(plain.out == "b");
  CHECK(plain.buckets == std::array<std::uint32_t, 3>{200, 200, 200});
  CHECK(plain.workers == 0);
  CHECK_FALSE(plain.quiet);
  const auto full = buckets_of({"--out", "b", "--flop-buckets", "1", "--turn-buckets", "65535",
                                "--river-buckets", "50", "--num-workers", "2", "--quiet"});
  CHECK(full.buckets == std::array<std::uint32_t, 3>{1, 65'535, 50});
  CHECK(full.workers == 2);
  CHECK(full.quiet);
  CHECK(error_of([] { buckets_of({}); }) == "--out: this option is required");
  CHECK(error_of([] {
          buckets_of({"--out", "b", "--flop-buckets", "65536"});
        }) == "--flop-buckets: '65536' is not a whole number from 1 to 65535");
}

TEST_CASE("poker options: eval", "[poker][options]") {
  const auto plain = eval_of({"run.chk"});
  CHECK(plain.file == "run.chk");
  CHECK_FALSE(plain.vs);
  CHECK(plain.deals == 10'000'000);
  CHECK_FALSE(plain.responder_iterations);
  CHECK(plain.seed == 1);
  const auto full = eval_of({"run.chk", "--vs", "v", "--chart", "c", "--json", "j", "--deals", "5",
                             "--responder-iterations", "6", "--seed", "0", "--workers", "2",
                             "--buckets", "b", "--quiet"});
  CHECK(full.vs == "v");
  CHECK(full.chart == "c");
  CHECK(full.json == "j");
  CHECK(full.buckets == "b");
  CHECK(full.deals == 5);
  CHECK(full.responder_iterations == 6);
  CHECK(full.seed == 0);
  CHECK(full.workers == 2);
  CHECK(full.quiet);
}

TEST_CASE("poker options: show and bench", "[poker][options]") {
  const auto plain = show_of({"run.chk"});
  CHECK(plain.file == "run.chk");
  CHECK_FALSE(plain.player);
  const auto full =
      show_of({"run.chk", "--node", "cb", "--svg", "s", "--html", "h", "--player", "1"});
  CHECK(full.node == "cb");
  CHECK(full.svg == "s");
  CHECK(full.html == "h");
  CHECK(full.player == 1U);
  CHECK_FALSE(bench_of({}).game);
  CHECK(bench_of({}).rounds == 5);
  const auto bench = bench_of(
      {"--game", "nlhe", "--rounds", "3", "--workers", "2", "--buckets", "b", "--json", "j"});
  CHECK(bench.game == poker::game_kind::nlhe);
  CHECK(bench.rounds == 3);
  CHECK(bench.workers == 2);
  CHECK(bench.buckets == "b");
  CHECK(bench.json == "j");
}

TEST_CASE("poker options: other commands' bad options are refused", "[poker][options][errors]") {
  const std::tuple<words, std::string> evals[] = {
      {words{}, "eval: a checkpoint is missing: eval FILE [options]"},
      {words{""}, "eval: a checkpoint is missing"},
      {{"--vs", "v"}, "eval: a checkpoint is missing"},
      {{"a", "b"}, "unexpected argument 'b'"},
      {{"a", "--quiet", "b"}, "unexpected argument 'b'"},
      {{"a", "--vs", "v", "--deals", "0"}, "--deals: '0' is not"},
      {{"a", "--json", "./a"}, "--json: the same file as the checkpoint"},
      {{"a", "--vs", "v", "--json", "v"}, "--json: the same file as --vs"},
      {{"a", "--buckets", "v", "--json", "v"}, "--json: the same file as --buckets"},
      {{"a", "--game", "kuhn"}, "unknown option --game"},
  };
  for (const auto& [line, message] : evals) {
    const std::string why = error_of([&, &line = line] { eval_of(line); });
    CAPTURE(message, why);
    CHECK(why.rfind(message, 0) == 0);
  }
  CHECK(error_of([] { show_of({}); }) == "show: a checkpoint is missing: show FILE [options]");
  CHECK(error_of([] {
          show_of({"a", "--player", "2"});
        }) == "--player: '2' is not a whole number from 0 to 1");
  CHECK(error_of([] {
          show_of({"a", "--svg", "x", "--html", "x.partial"});
        }) == "--html: the same file as --svg");
  CHECK(error_of([] { show_of({"a", "--svg", "a"}); }) == "--svg: the same file as the checkpoint");
  CHECK(error_of([] {
          bench_of({"--game", "kuhn", "--buckets", "b"});
        }) == "--buckets: this needs --game nlhe");
  CHECK(error_of([] {
          bench_of({"--rounds", "1001"});
        }) == "--rounds: '1001' is not a whole number from 1 to 1000");
  CHECK(error_of([] { bench_of({"stray"}); }) == "unexpected argument 'stray'");
}

TEST_CASE("poker options: one config file serves all commands", "[poker][options][config]") {
  const temporary_folder folder;
  const std::string name = folder.file("solver.conf");
  write_file(name, "game: kuhn\niterations: 9\nout: b\nriver-buckets: 30\ndeals: 77\nplayer: 1\n"
                   "rounds: 4\nworkers: 2\njson: j\n");
  CHECK(train_of({"--config", name}).iterations == 9);
  CHECK(buckets_of({"--config", name}).buckets[2] == 30);
  CHECK(eval_of({"f", "--config", name}).deals == 77);
  CHECK(show_of({"f", "--config", name}).player == 1U);
  CHECK(bench_of({"--config", name}).rounds == 4);
  CHECK(error_of([&] {
          eval_of({"f", "--config", name, "--json", name});
        }) == "--json: the same file as --config");
}
