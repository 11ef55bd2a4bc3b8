// SPDX-License-Identifier: MIT
//
// Checkpoints and strategies: what was saved is read, and nothing else is taken for it.
#include "support/catch.hpp"

#include "../temporary_folder.hpp"
#include "poker_given.hpp"

#include "poker_solver/games.hpp"
#include "poker_solver/saved_training.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace poker_given;

namespace {

std::string config_of(const words& line) {
  const auto options = train_of(with_course(line));
  return poker::config_text(options.game, options.algorithm, "cafe");
}

std::string file_error_of(const std::function<void()>& f) {
  return error_of<example::file_error>(f);
}

/// Numbers that differ from each other.
template <class Real>
std::vector<Real> numbers(std::size_t count) {
  std::vector<Real> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<Real>(i) / 8 - 3;
  return all;
}

/// Whether reading fails with a file_error, whichever bit of the file is another, and however many
/// of its last bytes are missing.
void check_damage(const std::string& name, const std::function<void()>& read) {
  const std::string whole = read_file(name);
  REQUIRE(whole.size() > 100);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    write_file(name, damaged);
    CAPTURE(at);
    CHECK(file_error_of(read).rfind(name + ": ", 0) == 0);
    if (at % 7 != 0) continue;
    write_file(name, whole.substr(0, at));
    CHECK(file_error_of(read).rfind(name + ": ", 0) == 0);
  }
  write_file(name, whole);
  CHECK(file_error_of(read) == "no error");
}

} // namespace

TEST_CASE("saved_training: a checkpoint is read as it was written", "[poker][saved_training]") {
  const temporary_folder folder;
  const std::string name = folder.file("checkpoint.bin");
  const std::string config = config_of({"--game", "kuhn", "--seed", "5"});
  const auto table = numbers<float>(24);
  poker::save_checkpoint(name, config, 1'234'567'890'123, table);
  CHECK(poker::config_of_checkpoint(name) == config);
  std::vector<float> read(24);
  CHECK(poker::load_checkpoint(name, config, read) == 1'234'567'890'123);
  CHECK(read == table);
}

TEST_CASE("saved_training: a checkpoint of another training or table is refused",
          "[poker][saved_training][errors]") {
  const temporary_folder folder;
  const std::string name = folder.file("checkpoint.bin");
  const std::string config = config_of({"--game", "kuhn", "--seed", "5"});
  poker::save_checkpoint(name, config, 3, numbers<double>(24));
  const auto refusal = [&](const std::string& asked, std::size_t cells) {
    std::vector<double> table(cells);
    const std::string why = file_error_of([&] { poker::load_checkpoint(name, asked, table); });
    return why.rfind(name + ": ", 0) == 0 ? why.substr(name.size() + 2) : why;
  };
  CHECK(refusal(config, 24) == "no error");
  CHECK(refusal(config_of({"--game", "kuhn", "--seed", "6"}), 24)
            .rfind("this is a checkpoint of another training: seed is '5' there and '6' here", 0) ==
        0);
  CHECK(refusal(config, 23).rfind("a length of 24 instead of 23", 0) == 0);
  CHECK(refusal(config, 25).rfind("a length of 24 instead of 25", 0) == 0);
}

TEST_CASE("saved_training: a strategy is read as it was written", "[poker][saved_training]") {
  const temporary_folder folder;
  const std::string name = folder.file("strategy.bin");
  const auto save = [&]<class Real>(const words& line, std::vector<std::uint32_t> buckets,
                                    std::uint64_t iterations, Real) {
    const auto options = train_of(with_course(line));
    const auto tree = poker::tree_of(options.game, std::move(buckets));
    poker::save_strategy(name, config_of(line), iterations, tree,
                         poker::strategy_profile<Real>(tree, numbers<Real>(tree.cells())));
    const auto read = poker::load_strategy(name);
    CHECK(read.path == name);
    CHECK(read.config == config_of(line));
    CHECK(read.iterations == iterations);
    const auto again = poker::tree_of(read.game, read.buckets);
    CHECK(again.cells() == tree.cells());
    CHECK(read.profile<Real>(again).probabilities() == numbers<Real>(tree.cells()));
    return read;
  };
  CHECK(save({"--game", "kuhn"}, {3}, 5, 0.0).bucket_hash.empty());
  CHECK(save({"--game", "pushfold", "--stack", "6.5"}, {169}, 6, 0.0).game.stack.thousandths ==
        6'500);
  const auto large = save({"--game", "nlhe", "--buckets", "b", "--stack", "5", "--bets", "allin"},
                          {169, 4, 3, 2}, 7, 0.0F);
  CHECK(large.bucket_hash == "cafe");
  CHECK(large.buckets == std::vector<std::uint32_t>{169, 4, 3, 2});
}

TEST_CASE("saved_training: damage is found wherever it is", "[poker][saved_training][errors]") {
  const temporary_folder folder;
  const std::string config = config_of({"--game", "kuhn"});
  const std::string checkpoint = folder.file("checkpoint.bin");
  poker::save_checkpoint(checkpoint, config, 3, numbers<double>(4));
  check_damage(checkpoint, [&] { poker::config_of_checkpoint(checkpoint); });
  const std::string strategy = folder.file("strategy.bin");
  const auto tree = poker::tree_of({}, {3});
  poker::save_strategy(strategy, config, 3, tree, poker::uniform_profile<double>(tree));
  check_damage(strategy, [&] { poker::load_strategy(strategy); });
}

TEST_CASE("saved_training: probabilities of another tree are refused",
          "[poker][saved_training][errors]") {
  const temporary_folder folder;
  const std::string name = folder.file("strategy.bin");
  const auto tree = poker::tree_of({}, {3});
  poker::save_strategy(name, config_of({"--game", "kuhn"}), 3, tree,
                       poker::strategy_profile<double>(tree, numbers<double>(23)));
  const auto read = poker::load_strategy(name);
  CHECK(file_error_of([&] { static_cast<void>(read.profile<double>(tree)); }) ==
        name + ": 23 probabilities instead of the " + std::to_string(tree.cells()) +
            " of its game");
}

TEST_CASE("saved_training: strategies of one game and one abstraction can play each other",
          "[poker][saved_training]") {
  const auto strategy = [](const words& line, const std::string& hash) {
    poker::saved_strategy made;
    made.game = train_of(with_course(line)).game;
    made.bucket_hash = hash;
    return made;
  };
  const auto difference = [](const poker::saved_strategy& a, const poker::saved_strategy& b) {
    return poker::game_difference(a, b).value_or("none");
  };
  const words nlhe{"--game", "nlhe", "--buckets", "b"};
  const auto plain = strategy(nlhe, "cafe");
  CHECK(difference(plain, strategy({"--game", "nlhe", "--buckets", "elsewhere"}, "cafe")) ==
        "none");
  CHECK(difference(plain, strategy(nlhe, "beef")) == "bucket-hash is 'beef' there and 'cafe' here");
  CHECK(difference(plain, strategy({"--game", "nlhe", "--buckets", "b", "--stack", "20"},
                                   "cafe")) == "stack is '20' there and '100' here");
}
