// SPDX-License-Identifier: MIT
//
// The text of everything that influences a training: complete, canonical, and enough to go on with.
#include "support/catch.hpp"

#include "poker_given.hpp"

#include "poker_solver/config_text.hpp"

#include <iterator>
#include <set>
#include <string>

using namespace poker_given;

namespace {

std::string text_of(words line, const char* hash = "cafe") {
  line = with_course(line);
  const auto options = train_of(line);
  return poker::config_text(options.game, options.algorithm, hash);
}

std::string difference(const std::string& stored, const std::string& asked) {
  return poker::first_difference(stored, asked).value_or("none");
}

const words every_game_line[] = {
    {"--game", "kuhn", "--algorithm", "cfr"},
    {"--game", "leduc", "--algorithm", "dcfr", "--beta", "-0.5"},
    {"--game", "leduc", "--algorithm", "os", "--weighting", "linear", "--epsilon", "0.25"},
    {"--game", "pushfold", "--stack", "7.5", "--prune-threshold", "20"},
    {"--game", "nlhe", "--buckets", "b", "--bets", "allin", "--flop-bets", "0.33,1", "--weighting",
     "dcfr", "--discount-interval", "9", "--raises", "2", "--seed", "4"}};

} // namespace

TEST_CASE("config_text: one line for each setting that counts", "[poker][config_text]") {
  CHECK(text_of({"--game", "kuhn", "--algorithm", "cfr+"}) ==
        "game: kuhn\nalgorithm: cfr+\nweighting: linear\n");
  CHECK(text_of({"--game", "leduc", "--algorithm", "os", "--weighting", "linear"}) ==
        "game: leduc\nalgorithm: os\nweighting: linear\ndiscount-interval: 1\nepsilon: 0.6\n"
        "batch-size: 100\nseed: 1\n");
  CHECK(text_of({"--game", "nlhe", "--buckets", "b", "--weighting", "dcfr", "--turn-bets", "1.50",
                 "--prune-threshold", "300"}) ==
        "game: nlhe\nstack: 100\nante: 0\npreflop-bets: f,c,0.5,1,allin\n"
        "flop-bets: f,c,0.5,1,allin\nturn-bets: f,c,1.5\nriver-bets: f,c,0.5,1,allin\nraises: 3\n"
        "bucket-hash: cafe\nalgorithm: es\nweighting: dcfr\nalpha: 1.5\nbeta: 0\ngamma: 2\n"
        "discount-interval: 1000\nprune-threshold: 300\nprune-probability: 0.95\n"
        "batch-size: 1024\nseed: 1\n");
}

TEST_CASE("config_text: what changes no result is not in it", "[poker][config_text]") {
  const std::string plain = text_of({"--game", "pushfold"});
  CHECK(text_of({"--game",
                 "pushfold",
                 "--workers",
                 "2",
                 "--time-budget",
                 "5",
                 "--logdir",
                 "d",
                 "--checkpoint-interval",
                 "5",
                 "--snapshot-interval",
                 "5s",
                 "--metrics-interval",
                 "5",
                 "--resume-from",
                 "f",
                 "--quiet",
                 "--stack",
                 "10.000",
                 "--algorithm",
                 "es-mccfr",
                 "--batch-size",
                 "10000"}) == plain);
}

TEST_CASE("config_text: every setting that counts changes it", "[poker][config_text]") {
  const words base{"--game", "nlhe", "--buckets", "b"};
  std::set<std::string> texts{text_of(base), text_of(base, "beef")};
  const words changes[] = {{"--stack", "21"},
                           {"--ante", "0.1"},
                           {"--bets", "1"},
                           {"--preflop-bets", "1"},
                           {"--river-bets", "1"},
                           {"--raises", "2"},
                           {"--algorithm", "os"},
                           {"--algorithm", "os", "--epsilon", "0.5"},
                           {"--weighting", "none"},
                           {"--discount-interval", "5"},
                           {"--weighting", "dcfr"},
                           {"--weighting", "dcfr", "--alpha", "1"},
                           {"--weighting", "dcfr", "--beta", "1"},
                           {"--weighting", "dcfr", "--gamma", "1"},
                           {"--prune-threshold", "5"},
                           {"--prune-threshold", "5", "--prune-probability", "0.5"},
                           {"--batch-size", "5"},
                           {"--seed", "5"}};
  for (const words& change : changes) {
    words line = base;
    line.insert(line.end(), change.begin(), change.end());
    texts.insert(text_of(line));
  }
  CHECK(texts.size() == std::size(changes) + 2);
}

TEST_CASE("config_text: laid under a bare command line it gives the same training",
          "[poker][config_text]") {
  for (const words& line : every_game_line) {
    const std::string stored = text_of(line);
    CAPTURE(stored);
    words bare{"--iterations", "7"};
    if (stored.rfind("game: nlhe", 0) == 0) bare.insert(bare.end(), {"--buckets", "b"});
    auto read = given(bare);
    poker::lay_stored(stored, "run.chk", poker::all_specs(), read);
    const auto options = poker::read_train_options(read);
    CHECK(poker::config_text(options.game, options.algorithm, "cafe") == stored);
  }
}

TEST_CASE("config_text: what is typed wins over what is stored", "[poker][config_text]") {
  const std::string stored = text_of({"--game", "nlhe", "--buckets", "b", "--turn-bets", "0.75"});
  const words line{"--iterations", "7", "--buckets", "b", "--bets", "2", "--seed", "3"};
  auto read = given(line);
  poker::lay_stored(stored, "run.chk", poker::all_specs(), read);
  const auto options = poker::read_train_options(read);
  CHECK(options.algorithm.seed == 3);
  CHECK(to_text(options.game.bets[2]) == "f,c,2");
  CHECK(difference(stored, poker::config_text(options.game, options.algorithm, "cafe")) ==
        "preflop-bets is 'f,c,0.5,1,allin' there and 'f,c,2' here");
  CHECK(error_of([&] {
          auto wrong = given(line);
          poker::lay_stored("game: kuhn\nstak: 5\n", "run.chk", poker::all_specs(), wrong);
        }) == "run.chk:2:1: unknown key 'stak' (did you mean stack?)");
}

TEST_CASE("config_text: the first difference is named", "[poker][config_text]") {
  const std::string ten = text_of({"--game", "pushfold"});
  CHECK(difference(ten, ten) == "none");
  CHECK(difference(ten, text_of({"--game", "pushfold", "--stack", "12", "--seed", "2"})) ==
        "stack is '10' there and '12' here");
  CHECK(difference(ten, text_of({"--game", "kuhn"})) == "game is 'pushfold' there and 'kuhn' here");
  CHECK(difference(ten, text_of({"--game", "pushfold", "--prune-threshold", "5"})) ==
        "prune-threshold is not set there and '5' here");
  CHECK(difference(text_of({"--game", "pushfold", "--prune-threshold", "5"}), ten) ==
        "prune-threshold is '5' there and not set here");
  const words nlhe{"--game", "nlhe", "--buckets", "b"};
  CHECK(difference(text_of(nlhe, "cafe"), text_of(nlhe, "")) ==
        "bucket-hash is 'cafe' there and '' here");
  CHECK(difference("a: 1\nb: 2\n", "b: 2\na: 1\n") ==
        "the same settings are written in another order");
  CHECK(difference("", ten) == "game is not set there and 'pushfold' here");
  CHECK(difference("junk", ten) == "game is not set there and 'pushfold' here");
}
