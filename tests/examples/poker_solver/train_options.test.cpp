// SPDX-License-Identifier: MIT
//
// What the options of `train` mean, and how bad ones are refused.
#include "support/catch.hpp"

#include "../temporary_folder.hpp"
#include "poker_given.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

using namespace poker_given;
using poker::algorithm_kind;
using poker::decimal;
using poker::game_kind;
using poker::weighting_kind;

namespace {

poker::train_options kuhn(words more) {
  more.insert(more.begin(), {"--game", "kuhn", "--iterations", "1000"});
  return train_of(more);
}

poker::train_options nlhe(words more) {
  more.insert(more.begin(), {"--game", "nlhe", "--iterations", "1000", "--buckets", "b"});
  return train_of(more);
}

/// What a line that begins with a good one is refused with.
std::string refused(const char* game, words more) {
  more.insert(more.begin(), {"--game", game, "--iterations", "1000"});
  return refusal(more);
}

std::vector<std::string> bets_of(const poker::train_options& options) {
  std::vector<std::string> texts;
  for (const auto& bets : options.game.bets) texts.push_back(to_text(bets));
  return texts;
}

} // namespace

TEST_CASE("poker options: decimals are exact", "[poker][options]") {
  for (const auto& [text, thousandths] : {std::tuple<const char*, std::int64_t>{"0", 0},
                                          {"12.5", 12'500},
                                          {"-0.25", -250},
                                          {"-3", -3'000},
                                          {"0.001", 1},
                                          {"999999999999999.999", 999'999'999'999'999'999}}) {
    const auto read = example::parse_decimal(text);
    REQUIRE(read);
    CHECK(read->thousandths == thousandths);
    CHECK(to_text(*read) == text);
  }
  CHECK(to_text(*example::parse_decimal("007.10")) == "7.1");
  CHECK(decimal{1'500}.real() == 1.5);
  for (const char* text : {"", "-", ".5", "5.", "1.2345", "1e3", "+1", " 1", "1 ", "--1", "1.-5",
                           "1000000000000000", "0x1", "1,5", "nan"}) {
    CAPTURE(text);
    CHECK_FALSE(example::parse_decimal(text));
  }
}

TEST_CASE("poker options: what is not given has its default", "[poker][options]") {
  const auto options = kuhn({});
  CHECK(options.game.kind == game_kind::kuhn);
  CHECK(options.game.stack == decimal{});
  CHECK(options.iterations == 1'000);
  CHECK_FALSE(options.time_budget);
  CHECK(options.workers == 0);
  CHECK_FALSE(options.quiet);
  CHECK_FALSE(options.logdir);
  CHECK_FALSE(options.checkpoint);
  CHECK_FALSE(options.snapshot);
  CHECK_FALSE(options.resume_from);
  CHECK(options.metrics_interval == decimal{10'000});
  CHECK(options.algorithm.kind == algorithm_kind::external);
  CHECK(options.algorithm.weighting == weighting_kind::none);
  CHECK_FALSE(options.algorithm.prune);
  CHECK(options.algorithm.seed == 1);
  CHECK(kuhn({"--algorithm", "os"}).algorithm.epsilon == decimal{600});
  const auto dcfr = kuhn({"--algorithm", "dcfr"}).algorithm.discount;
  CHECK(dcfr.alpha == decimal{1'500});
  CHECK(dcfr.beta == decimal{0});
  CHECK(dcfr.gamma == decimal{2'000});
  CHECK(kuhn({"--prune-threshold", "3"}).algorithm.prune->probability == decimal{950});
}

TEST_CASE("poker options: each game has its own defaults", "[poker][options]") {
  const auto linear = [](const char* game) {
    return train_of(with_course({"--game", game, "--weighting", "linear"})).algorithm;
  };
  CHECK(linear("kuhn").batch_size == 100);
  CHECK(linear("leduc").batch_size == 100);
  CHECK(linear("pushfold").batch_size == 10'000);
  CHECK(linear("leduc").discount_interval == 1);
  const auto large = nlhe({"--weighting", "linear"});
  CHECK(large.algorithm.batch_size == 1'024);
  CHECK(large.algorithm.discount_interval == 1'000);
  CHECK(large.game.stack == decimal{100'000});
  CHECK(large.game.ante == decimal{0});
  CHECK(large.game.raises == 3);
  CHECK(large.game.buckets == "b");
  CHECK(bets_of(large) == std::vector<std::string>(4, "f,c,0.5,1,allin"));
  CHECK(train_of(with_course({"--game", "pushfold"})).game.stack == decimal{10'000});
}

TEST_CASE("poker options: sampled iterations are weighted as suits the game", "[poker][options]") {
  const auto weighting = [](words line) { return train_of(with_course(line)).algorithm.weighting; };
  CHECK(weighting({"--game", "kuhn"}) == weighting_kind::none);
  CHECK(weighting({"--game", "leduc", "--algorithm", "os"}) == weighting_kind::none);
  CHECK(weighting({"--game", "pushfold"}) == weighting_kind::linear);
  CHECK(weighting({"--game", "nlhe", "--buckets", "b"}) == weighting_kind::linear);
  CHECK(weighting({"--game", "nlhe", "--buckets", "b", "--weighting", "none"}) ==
        weighting_kind::none);
  CHECK(weighting({"--game", "pushfold", "--algorithm", "cfr"}) == weighting_kind::none);
}

TEST_CASE("poker options: everything can be said", "[poker][options]") {
  const auto options = train_of({"--game",
                                 "pushfold",
                                 "--stack",
                                 "12.345",
                                 "--ante",
                                 "0.125",
                                 "--algorithm",
                                 "es",
                                 "--weighting",
                                 "dcfr",
                                 "--alpha",
                                 "2",
                                 "--beta",
                                 "-0.5",
                                 "--gamma",
                                 "3",
                                 "--discount-interval",
                                 "7",
                                 "--prune-threshold",
                                 "300",
                                 "--prune-probability",
                                 "0.9",
                                 "--batch-size",
                                 "64",
                                 "--seed",
                                 "18446744073709551615",
                                 "--iterations",
                                 "12",
                                 "--time-budget",
                                 "1.5",
                                 "--workers",
                                 "3",
                                 "--logdir",
                                 "runs",
                                 "--checkpoint-interval",
                                 "90s",
                                 "--snapshot-interval",
                                 "1000",
                                 "--metrics-interval",
                                 "0.25",
                                 "--resume-from",
                                 "old",
                                 "--quiet"});
  CHECK(options.game.kind == game_kind::pushfold);
  CHECK(options.game.stack == decimal{12'345});
  CHECK(options.game.ante == decimal{125});
  const auto& algorithm = options.algorithm;
  CHECK(algorithm.kind == algorithm_kind::external);
  CHECK(algorithm.weighting == weighting_kind::dcfr);
  CHECK(algorithm.discount.alpha == decimal{2'000});
  CHECK(algorithm.discount.beta == decimal{-500});
  CHECK(algorithm.discount.gamma == decimal{3'000});
  CHECK(algorithm.discount_interval == 7);
  CHECK(algorithm.prune->threshold == decimal{300'000});
  CHECK(algorithm.prune->probability == decimal{900});
  CHECK(algorithm.batch_size == 64);
  CHECK(algorithm.seed == UINT64_MAX);
  CHECK(options.iterations == 12);
  CHECK(options.time_budget == decimal{1'500});
  CHECK(options.workers == 3);
  CHECK(options.logdir == "runs");
  CHECK(options.checkpoint->iterations == 0);
  CHECK(options.checkpoint->seconds == decimal{90'000});
  CHECK(options.snapshot->iterations == 1'000);
  CHECK(options.snapshot->seconds == decimal{});
  CHECK(options.metrics_interval == decimal{250});
  CHECK(options.resume_from == "old");
  CHECK(options.quiet);
}

TEST_CASE("poker options: the other spellings mean the same", "[poker][options]") {
  CHECK(train_of({"--game", "kuhn", "--iters", "9"}).iterations == 9);
  CHECK(kuhn({"--num-workers", "4"}).workers == 4);
  CHECK(kuhn({"--num-workers=auto"}).workers == 0);
  CHECK(kuhn({"--algorithm", "es-mccfr"}).algorithm.kind == algorithm_kind::external);
  CHECK(kuhn({"--algorithm", "os-mccfr"}).algorithm.kind == algorithm_kind::outcome);
  CHECK(refused("kuhn", {"--iters", "9"}) ==
        "--iters: the same option as --iterations, which is given too");
  CHECK(refused("kuhn", {"--workers", "1", "--num-workers", "1"}) ==
        "--num-workers: the same option as --workers, which is given too");
  CHECK(refusal({"--game", "kuhn", "--iters", "0"}).rfind("--iters: '0' is not", 0) == 0);
}

TEST_CASE("poker options: algorithms bring their weighting", "[poker][options]") {
  const auto weighting = [](const words& more) { return kuhn(more).algorithm.weighting; };
  CHECK(weighting({"--algorithm", "cfr"}) == weighting_kind::none);
  CHECK(weighting({"--algorithm", "cfr", "--weighting", "linear"}) == weighting_kind::linear);
  CHECK(weighting({"--algorithm", "cfr+"}) == weighting_kind::linear);
  CHECK(weighting({"--algorithm", "dcfr"}) == weighting_kind::dcfr);
  CHECK(weighting({"--algorithm", "os", "--weighting", "dcfr"}) == weighting_kind::dcfr);
  CHECK(kuhn({"--algorithm", "cfr+"}).algorithm.kind == algorithm_kind::cfr_plus);
  CHECK(train_of(with_course({"--game", "pushfold", "--algorithm", "cfr"})).algorithm.kind ==
        algorithm_kind::cfr);
}

TEST_CASE("poker options: a batch of one iteration is one worker's", "[poker][options]") {
  CHECK(kuhn({"--batch-size", "1"}).workers == 1);
  CHECK(kuhn({"--batch-size", "1", "--workers", "1"}).workers == 1);
  CHECK(kuhn({"--batch-size", "2"}).workers == 0);
  CHECK(kuhn({"--algorithm", "cfr"}).workers == 0);
  CHECK(refused("kuhn", {"--batch-size", "1", "--workers", "2"}) ==
        "--batch-size: a batch of 1 iteration leaves a second worker idle: use --workers 1");
}

TEST_CASE("poker options: bets by street", "[poker][options]") {
  using texts = std::vector<std::string>;
  CHECK(bets_of(nlhe({"--bets", "f,c,0.33,0.75,allin"})) == texts(4, "f,c,0.33,0.75,allin"));
  CHECK(bets_of(nlhe({"--bets", "allin,2,c,0.50"})) == texts(4, "f,c,0.5,2,allin"));
  CHECK(bets_of(nlhe({"--bets", "f,c"})) == texts(4, "f,c"));
  CHECK(bets_of(nlhe({"--bets", "1,2,3,4,5,allin"})) == texts(4, "f,c,1,2,3,4,5,allin"));
  CHECK(bets_of(nlhe({"--turn-bets", "1"})) ==
        texts{"f,c,0.5,1,allin", "f,c,0.5,1,allin", "f,c,1", "f,c,0.5,1,allin"});
  CHECK(bets_of(nlhe({"--bets", "allin", "--preflop-bets", "2.5", "--flop-bets", "0.25",
                      "--river-bets", "3"})) == texts{"f,c,2.5", "f,c,0.25", "f,c,allin", "f,c,3"});
  CHECK(nlhe({"--raises", "5"}).game.raises == 5);
  const std::string end = " is not a list of at most 5 different fractions of the pot from 0.001 "
                          "to 100, and allin, such as 0.5,1,allin";
  for (const char* bad : {"0.5,,1", "0", "100.001", "0.5,0.50", "allin,allin", "all-in", "0.5 ,1",
                          "1/2", "half", ",", "1,2,3,4,5,6", "-1", "0.0005", "f,c,0.5,r"}) {
    const std::string quoted = "'" + std::string(bad) + "'";
    CHECK(refused("nlhe", {"--buckets", "b", "--bets", bad}) == "--bets: " + quoted + end);
    CHECK(refused("nlhe", {"--buckets", "b", "--river-bets", bad}) ==
          "--river-bets: " + quoted + end);
  }
}

TEST_CASE("poker options: bad values are refused by the name of the option",
          "[poker][options][errors]") {
  const std::string places = " with at most three decimal places";
  const std::tuple<const char*, words, std::string> cases[] = {
      {"kuhn", {"--algorithm", "cfr-plus"}, "--algorithm: 'cfr-plus' is not one of es, os, cfr"},
      {"nlhe", {"--algorithm", "cfr+"}, "--algorithm: cfr+ visits every deal, and nlhe has too"},
      {"pushfold", {"--stack", "1"}, "--stack: '1' is not a number from 1.001 to 1000" + places},
      {"pushfold", {"--stack", "1000.001"}, "--stack: '1000.001' is not"},
      {"pushfold", {"--stack", "10.0001"}, "--stack: '10.0001' is not"},
      {"pushfold", {"--ante", "9"}, "--ante: '9' is not a number from 0 to 8.999" + places},
      {"pushfold", {"--ante", "-1"}, "--ante: '-1' is not"},
      {"nlhe", {}, "--buckets: nlhe needs the file that build-buckets makes"},
      {"nlhe", {"--raises", "0"}, "--raises: '0' is not a whole number from 1 to 8"},
      {"kuhn", {"--weighting", "quadratic"}, "--weighting: 'quadratic' is not one of none"},
      {"kuhn", {"--algorithm", "cfr", "--weighting", "dcfr"}, "--weighting: cfr with this"},
      {"kuhn", {"--algorithm", "dcfr", "--alpha", "-1"}, "--alpha: '-1' is not a number from 0"},
      {"kuhn", {"--algorithm", "dcfr", "--beta", "11"}, "--beta: '11' is not a number from -10"},
      {"kuhn",
       {"--algorithm", "dcfr", "--gamma", "x"},
       "--gamma: 'x' is not a number from 0 to 10"},
      {"kuhn", {"--prune-threshold", "-300"}, "--prune-threshold: '-300' is not a number"},
      {"kuhn",
       {"--prune-threshold", "3", "--prune-probability", "1"},
       "--prune-probability: '1' is not a number from 0.001 to 0.999" + places},
      {"kuhn",
       {"--algorithm", "os", "--epsilon", "0"},
       "--epsilon: '0' is not a number from 0.001"},
      {"kuhn", {"--batch-size", "0"}, "--batch-size: '0' is not a whole number from 1 to 1048576"},
      {"kuhn", {"--seed", "-1"}, "--seed: '-1' is not a whole number"},
      {"kuhn", {"--time-budget", "0"}, "--time-budget: '0' is not a number from 0.001"},
      {"kuhn", {"--workers", "1025"}, "--workers: '1025' is not a whole number from 1 to 1024"},
      {"kuhn",
       {"--logdir", "d", "--checkpoint-interval", "0"},
       "--checkpoint-interval: '0' is not"},
      {"kuhn",
       {"--logdir", "d", "--checkpoint-interval", "0s"},
       "--checkpoint-interval: '0s' is neither a number of iterations nor one of seconds such as"},
      {"kuhn",
       {"--logdir", "d", "--snapshot-interval", "s"},
       "--snapshot-interval: 's' is neither"},
      {"kuhn",
       {"--logdir", "d", "--snapshot-interval", "5m"},
       "--snapshot-interval: '5m' is not a"},
      {"kuhn", {"--logdir", "d", "--metrics-interval", "0"}, "--metrics-interval: '0' is not"},
      {"kuhn", {"--logdir", ""}, "--logdir: the value is empty"},
      {"kuhn", {"--bufckets", "x"}, "unknown option --bufckets (did you mean --buckets?)"},
      {"kuhn", {"stray"}, "unexpected argument 'stray'"},
  };
  for (const auto& [game, more, message] : cases) {
    const std::string why = refused(game, more);
    CAPTURE(message, why);
    CHECK(why.rfind(message, 0) == 0);
  }
  CHECK(refusal({"--iterations", "9"}) == "--game: this option is required");
  CHECK(refusal({"--game", "holdem"}) ==
        "--game: 'holdem' is not one of kuhn, leduc, pushfold, nlhe");
  CHECK(refusal({"--game", "kuhn"}) == "--iterations: this option or --time-budget is required");
  CHECK(train_of({"--game", "kuhn", "--time-budget", "2"}).time_budget == decimal{2'000});
}

TEST_CASE("poker options: what has no effect is refused", "[poker][options][errors]") {
  const std::tuple<const char*, words, std::string> cases[] = {
      {"kuhn", {"--stack", "5"}, "--stack: this needs --game pushfold or nlhe"},
      {"leduc", {"--ante", "1"}, "--ante: this needs --game pushfold or nlhe"},
      {"pushfold", {"--bets", "1"}, "--bets: this needs --game nlhe"},
      {"leduc", {"--raises", "2"}, "--raises: this needs --game nlhe"},
      {"pushfold", {"--flop-bets", "1"}, "--flop-bets: this needs --game nlhe"},
      {"kuhn", {"--buckets", "b"}, "--buckets: this needs --game nlhe"},
      {"nlhe",
       {"--preflop-bets", "1", "--flop-bets", "1", "--turn-bets", "1", "--river-bets", "1",
        "--bets", "1"},
       "--bets: this needs a street without a list of its own"},
      {"kuhn", {"--algorithm", "cfr+", "--weighting", "linear"}, "--weighting: this needs"},
      {"kuhn", {"--algorithm", "dcfr", "--weighting", "dcfr"}, "--weighting: this needs"},
      {"kuhn", {"--alpha", "1"}, "--alpha: this needs --algorithm dcfr or --weighting dcfr"},
      {"kuhn", {"--weighting", "linear", "--beta", "1"}, "--beta: this needs"},
      {"kuhn", {"--algorithm", "cfr", "--gamma", "1"}, "--gamma: this needs"},
      {"kuhn",
       {"--discount-interval", "5"},
       "--discount-interval: this needs --algorithm es or os and --weighting linear or dcfr"},
      {"kuhn", {"--algorithm", "dcfr", "--discount-interval", "5"}, "--discount-interval: this"},
      {"kuhn", {"--algorithm", "os", "--prune-threshold", "5"}, "--prune-threshold: this needs"},
      {"kuhn", {"--prune-probability", "0.5"}, "--prune-probability: this needs --algorithm es"},
      {"kuhn", {"--epsilon", "0.5"}, "--epsilon: this needs --algorithm os"},
      {"kuhn", {"--algorithm", "cfr", "--batch-size", "5"}, "--batch-size: this needs"},
      {"kuhn", {"--algorithm", "cfr+", "--seed", "5"}, "--seed: this needs --algorithm es or os"},
      {"kuhn", {"--checkpoint-interval", "5"}, "--checkpoint-interval: this needs --logdir"},
      {"kuhn", {"--snapshot-interval", "5"}, "--snapshot-interval: this needs --logdir"},
      {"kuhn", {"--metrics-interval", "5"}, "--metrics-interval: this needs --logdir"},
  };
  for (const auto& [game, more, message] : cases) {
    const std::string why = refused(game, more);
    CAPTURE(message, why);
    CHECK(why.rfind(message, 0) == 0);
  }
}

TEST_CASE("poker options: a config file may hold what another command line needs",
          "[poker][options][config]") {
  const temporary_folder folder;
  const std::string name = folder.file("solver.conf");
  write_file(name, "game: leduc\niters: 5\nnum-workers: 2\nepsilon: 0.3\nstack: 50\nalpha: 1\n"
                   "bets: 0.5\nvs: other.chk\nflop-buckets: 50\nrounds: 3\nquiet:\n");
  const auto options = train_of({"--config", name});
  CHECK(options.game.kind == game_kind::leduc);
  CHECK(options.iterations == 5);
  CHECK(options.workers == 2);
  CHECK(options.quiet);
  const auto typed = train_of({"--config", name, "--game", "nlhe", "--buckets", "b", "--iterations",
                               "6", "--workers", "1", "--algorithm", "os"});
  CHECK(typed.game.stack == decimal{50'000});
  CHECK(typed.iterations == 6);
  CHECK(typed.workers == 1);
  CHECK(typed.algorithm.epsilon == decimal{300});
  CHECK(bets_of(typed) == std::vector<std::string>(4, "f,c,0.5"));
}

TEST_CASE("poker options: typed bets win over a config file's bets of one street",
          "[poker][options][config]") {
  const temporary_folder folder;
  const std::string name = folder.file("solver.conf");
  write_file(name, "bets: 0.5\nturn-bets: 0.75\n");
  using texts = std::vector<std::string>;
  CHECK(bets_of(nlhe({"--config", name})) == texts{"f,c,0.5", "f,c,0.5", "f,c,0.75", "f,c,0.5"});
  CHECK(bets_of(nlhe({"--config", name, "--bets", "2"})) == texts(4, "f,c,2"));
  CHECK(bets_of(nlhe({"--config", name, "--bets", "2", "--river-bets", "3"})) ==
        texts{"f,c,2", "f,c,2", "f,c,2", "f,c,3"});
}

TEST_CASE("poker options: mistakes of a config file are refused by their place",
          "[poker][options][config][errors]") {
  const temporary_folder folder;
  const std::string name = folder.file("solver.conf");
  const auto refused_config = [&](const std::string& text) {
    write_file(name, "game: pushfold\niterations: 5\n" + text);
    const std::string why = refusal({"--config", name});
    return why.rfind(name, 0) == 0 ? why.substr(name.size()) : why;
  };
  CHECK(refused_config("stack: 0.5\n").rfind(":3:8: stack: '0.5' is not a number from", 0) == 0);
  CHECK(refused_config("  workers:  many\n").rfind(":3:13: workers: 'many' is not", 0) == 0);
  CHECK(refused_config("stak: 10\n") == ":3:1: unknown key 'stak' (did you mean stack?)");
  CHECK(refused_config("config: x\n") == ":3:1: unknown key 'config'");
  CHECK(refused_config("iters: 6\n") ==
        ":3:8: iters: the same option as --iterations, which is given too");
}
