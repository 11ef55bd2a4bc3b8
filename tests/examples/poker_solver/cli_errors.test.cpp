// SPDX-License-Identifier: MIT
//
// What poker_solver refuses, with which exit code and in which words.
#include "support/catch.hpp"

#include "program.hpp"

#if POKER_PROGRAM_TESTS

#include <cstddef>
#include <set>
#include <string>
#include <tuple>

namespace {

const std::string hint = " (poker_solver --help lists the options)\n";

/// "EXIT_CODE MESSAGE" without the program's name.
std::string refusal(const temporary_folder& folder, const std::string& words) {
  const int code = poker_run(folder, words);
  const std::string said = content_of(folder, "err");
  const std::string name = "poker_solver: ";
  return std::to_string(code) + " " + (said.rfind(name, 0) == 0 ? said.substr(name.size()) : said);
}

void flip_a_bit(const temporary_folder& folder, const std::string& name, std::size_t at) {
  std::string bytes = content_of(folder, name);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  write_file(folder.file("damaged"), bytes);
}

} // namespace

TEST_CASE("poker_solver: unknown commands and options are refused with a suggestion",
          "[poker][cli][errors]") {
  const temporary_folder folder;
  CHECK(refusal(folder, "trian --game kuhn") ==
        "2 unknown command 'trian' (did you mean train?)" + hint);
  CHECK(refusal(folder, "").rfind("2 a command is missing: train, ", 0) == 0);
  CHECK(refusal(folder, "train --game kuhn --itertions 3") ==
        "2 unknown option --itertions (did you mean --iterations?)" + hint);
  CHECK(refusal(folder, "train kuhn --iterations 3") == "2 unexpected argument 'kuhn'" + hint);
  CHECK(refusal(folder, "eval a b") == "2 unexpected argument 'b'" + hint);
  CHECK(refusal(folder, "train --game kuhn") ==
        "2 --iterations: this option or --time-budget is required" + hint);
  CHECK(refusal(folder, "build-buckets") == "2 --out: this option is required" + hint);
  CHECK(poker_run(folder, "--help") == 0);
  CHECK(poker_run(folder, "train --game kuhn --help") == 0);
  CHECK(names_in(folder).empty());
}

TEST_CASE("poker_solver: options without effect are refused", "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "run"));
  const std::string strategy = "eval run/strategy.bin ";
  const std::tuple<std::string, std::string> cases[] = {
      {"train --game kuhn --iterations 5 --stack 10",
       "--stack: this needs --game pushfold or nlhe"},
      {"train --game leduc --iterations 5 --algorithm cfr --seed 3",
       "--seed: this needs --algorithm es or os"},
      {"train --game kuhn --iterations 5 --checkpoint-interval 5",
       "--checkpoint-interval: this needs --logdir"},
      {strategy + "--buckets b", "--buckets: this needs a strategy of nlhe"},
      {strategy + "--deals 10", "--deals: this needs --vs or --responder-iterations"},
      {strategy + "--seed 10", "--seed: this needs --vs or --responder-iterations"},
      {strategy + "--chart c", "--chart: only a strategy of pushfold can be compared with one"}};
  for (const auto& [words, message] : cases) {
    CHECK(refusal(folder, words) == "2 " + message + hint);
  }
}

TEST_CASE("poker_solver: files that are missing or of another kind are refused",
          "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "kuhn"));
  REQUIRE(trained(folder, "--game leduc --iterations 100", "leduc"));
  write_file(folder.file("empty"), "");
  const std::string resume = "train --iterations 500 --resume-from ";
  CHECK(refusal(folder, resume + "none") == "2 none: there is no such file\n");
  CHECK(refusal(folder, resume + "kuhn") == "2 kuhn: this is not a regular file\n");
  CHECK(refusal(folder, resume + "kuhn/strategy.bin") ==
        "2 kuhn/strategy.bin: this is not a checkpoint of poker_solver\n");
  CHECK(refusal(folder, resume + "empty").rfind("2 empty: the file is truncated", 0) == 0);
  for (const std::string command : {"eval ", "show "}) {
    CHECK(refusal(folder, command + "none") == "2 none: there is no such file\n");
    CHECK(refusal(folder, command + "kuhn/checkpoint.bin") ==
          "2 kuhn/checkpoint.bin: this is not a strategy of poker_solver\n");
  }
  CHECK(refusal(folder, "eval leduc/strategy.bin --vs kuhn/strategy.bin") ==
        "2 --vs: game is 'kuhn' there and 'leduc' here" + hint);
  CHECK(refusal(folder, "train --game nlhe --iterations 5 --buckets none") ==
        "2 none: there is no such file\n");
}

TEST_CASE("poker_solver: damaged files are refused wherever they are damaged",
          "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "run"));
  const std::string ways[][2] = {
      {"run/checkpoint.bin", "train --iterations 9 --resume-from damaged"},
      {"run/strategy.bin", "eval damaged"}};
  for (const auto& [name, words] : ways) {
    const std::string whole = content_of(folder, name);
    for (std::size_t at = 0; at < whole.size(); at += 23) {
      flip_a_bit(folder, name, at);
      const std::string why = refusal(folder, words);
      CAPTURE(name, at, why);
      CHECK(why.rfind("2 damaged: ", 0) == 0);
      CHECK(why.find("--help") == std::string::npos); // it is not the options' fault
    }
    for (const std::size_t size : {std::size_t{5}, whole.size() / 2, whole.size() - 1}) {
      write_file(folder.file("damaged"), whole.substr(0, size));
      CHECK(refusal(folder, words).rfind("2 damaged: the file is truncated or damaged", 0) == 0);
    }
  }
}

TEST_CASE("poker_solver: a checkpoint is not continued as another training",
          "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game leduc --iterations 100", "run"));
  const std::string before = results_of(folder, "run");
  const std::tuple<const char*, const char*> cases[] = {
      {"--seed 2", "seed is '1' there and '2' here"},
      {"--game kuhn --seed 2", "game is 'leduc' there and 'kuhn' here"},
      {"--algorithm os", "algorithm is 'es' there and 'os' here"},
      {"--weighting linear", "weighting is 'none' there and 'linear' here"},
      {"--batch-size 50", "batch-size is '100' there and '50' here"}};
  for (const auto& [option, difference] : cases) {
    const std::string words = std::string("train --quiet --iterations 500 --logdir run ") + option;
    const std::string why = refusal(folder, words + " --resume-from run/checkpoint.bin");
    CAPTURE(why);
    CHECK(why.rfind("2 run/checkpoint.bin: this is a checkpoint of another training: ", 0) == 0);
    CHECK(why.find(difference) != std::string::npos);
  }
  CHECK(results_of(folder, "run") == before);
  CHECK(names_in(folder, "run").size() == 3);
}

TEST_CASE("poker_solver: what cannot be written is refused before the work",
          "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "run"));
  write_file(folder.file("file"), "kept");
  for (const std::string logdir : {"file", "file/run"}) {
    CHECK(refusal(folder, "train --quiet --game kuhn --iterations 100 --logdir " + logdir)
              .rfind("2 " + logdir + ": ", 0) == 0);
  }
  CHECK(refusal(folder, "build-buckets --out none/b").rfind("2 none/b: cannot be written", 0) == 0);
  CHECK(refusal(folder, "eval run/strategy.bin --json none/j").rfind("2 none/j: cannot be wr", 0) ==
        0);
  for (const std::string output : {"run/strategy.bin", "./run/../run/strategy.bin"}) {
    CHECK(
        refusal(folder, "eval run/strategy.bin --json " + output).rfind("2 --json: the same", 0) ==
        0);
  }
  CHECK(content_of(folder, "file") == "kept");
  CHECK(names_in(folder) == std::set<std::string>{"file", "run"});
}

TEST_CASE("poker_solver: a JSON file is replaced whole, or not at all", "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "run"));
  write_file(folder.file("json"), "earlier");
  CHECK(poker_run(folder, "eval run/strategy.bin --vs none --json json") == 2);
  CHECK(content_of(folder, "json") == "earlier");
  CHECK(poker_run(folder, "eval run/strategy.bin --json json") == 0);
  CHECK(json_file(folder, "json").at("game").string() == "kuhn");
  CHECK(names_in(folder) == std::set<std::string>{"json", "run"});
}

#if defined(__linux__)
TEST_CASE("poker_solver: a full disk is told", "[poker][cli][errors]") {
  const temporary_folder folder;
  REQUIRE(trained(folder, "--game kuhn --iterations 100", "run"));
  CHECK(poker_shell(folder, "\"$poker\" eval run/strategy.bin >/dev/full") == 3);
  CHECK(content_of(folder, "err").rfind("poker_solver: standard output: a write failed", 0) == 0);
  CHECK(refusal(folder, "eval run/strategy.bin --json /dev/full").rfind("3 /dev/full: ", 0) == 0);
}
#endif

#endif
