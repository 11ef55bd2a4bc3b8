// SPDX-License-Identifier: MIT
//
// Push or fold: five nodes, a law of 169 x 169 hands, and a dealer that follows it. Equities made up
// from the numbers of the classes stand in for the true ones, which take seconds.
#include "poker_solver/pushfold.hpp"

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

using poker::node_kind;
using poker::pushfold_game;
using poker::pushfold_rules;
using poker::pushfold_settings;
using poker::starting_hand;

namespace {

constexpr std::size_t hands = 169;
constexpr std::uint32_t boards = 1'712'304; // 48 choose 5

/// In how many ways two disjoint hands of two classes are dealt.
const std::vector<std::uint32_t>& disjoint_pairs() {
  static const std::vector<std::uint32_t> counted = [] {
    std::vector<std::uint32_t> pairs(hands * hands);
    for (unsigned a = 0; a < 52; ++a) {
      for (unsigned b = 0; b < a; ++b) {
        const auto first =
            poker::starting_hand_of(static_cast<poker::card>(a), static_cast<poker::card>(b));
        for (unsigned c = 0; c < 52; ++c) {
          for (unsigned d = 0; d < c; ++d) {
            if (c == a || c == b || d == a || d == b) continue;
            ++pairs[first * hands + poker::starting_hand_of(static_cast<poker::card>(c),
                                                            static_cast<poker::card>(d))];
          }
        }
      }
    }
    return pairs;
  }();
  return counted;
}

/// The class with the lower number wins half of all boards, the other a quarter.
poker::equity_matrix made_up_equities() {
  std::vector<std::uint32_t> wins(hands * hands);
  for (std::size_t i = 0; i < hands; ++i) {
    for (std::size_t j = 0; j < hands; ++j) {
      const std::uint32_t ways = boards / 4 * disjoint_pairs()[i * hands + j];
      wins[i * hands + j] = i < j ? 2 * ways : ways;
    }
  }
  return {wins, disjoint_pairs()};
}

pushfold_game game_of(const pushfold_settings& settings) { return {settings, made_up_equities()}; }

orderly::fast_stream stream_of(std::uint64_t index) {
  return orderly::stream_node(orderly::seed(12)).fast(index);
}

} // namespace

TEST_CASE("push or fold: the tree has two decisions and three ends", "[poker][pushfold]") {
  const poker::betting_tree tree(pushfold_rules({}), {169});
  REQUIRE(tree.size() == 5);
  CHECK(tree.decisions() == 2);
  CHECK(tree.infosets() == 2 * 169);
  CHECK(tree[0].player == 0);
  CHECK(tree.label(1) == "f");
  CHECK(tree.label(2) == "p");
  CHECK(tree[1].kind == node_kind::fold);
  CHECK(tree[2].player == 1);
  CHECK(tree.label(3) == "f");
  CHECK(tree.label(4) == "c");
  CHECK(tree[3].kind == node_kind::fold);
  CHECK(tree[4].kind == node_kind::showdown);
}

TEST_CASE("push or fold: folds cost blind and ante, a showdown is for the stack",
          "[poker][pushfold]") {
  const auto payoffs = [](const pushfold_settings& settings) {
    const poker::betting_tree tree(pushfold_rules(settings), {169});
    return std::array{tree[1].payoff, tree[3].payoff, tree[4].payoff};
  };
  CHECK(payoffs({}) == std::array{-500, 1000, 10'000});
  CHECK(payoffs({.stack = 7'250, .ante = 125}) == std::array{-625, 1125, 7'250});
}

TEST_CASE("push or fold: a stack that cannot pay the blind is refused", "[poker][pushfold]") {
  CHECK_NOTHROW(pushfold_rules({.stack = 1'100, .ante = 100}));
  CHECK_THROWS_AS(pushfold_rules({.stack = 1'099, .ante = 100}), std::invalid_argument);
  CHECK_THROWS_AS(pushfold_rules({.stack = 5'000, .ante = -1}), std::invalid_argument);
}

TEST_CASE("push or fold: the law weighs pairs of hands by the ways to deal them",
          "[poker][pushfold]") {
  const pushfold_game game = game_of({});
  REQUIRE(game.chance().hands == hands);
  REQUIRE(game.chance().streets.size() == 1);
  REQUIRE(game.chance().streets[0].size() == 1);
  const poker::chance_board& board = game.chance().streets[0][0];
  double sum = 0;
  for (const double weight : board.weight) sum += weight;
  CHECK(sum == Approx(1));
  const starting_hand aces = poker::read_starting_hand("AA");
  const starting_hand kings = poker::read_starting_hand("KK");
  const starting_hand big_slick = poker::read_starting_hand("AKs");
  const double pairs = 1326 * 1225;
  CHECK(board.weight[aces * hands + aces] == Approx(6 / pairs));
  CHECK(board.weight[aces * hands + kings] == Approx(36 / pairs));
  CHECK(board.weight[big_slick * hands + aces] == Approx(4 * 3 / pairs));
}

TEST_CASE("push or fold: the law's outcome is wins less losses", "[poker][pushfold]") {
  const pushfold_game game = game_of({});
  const poker::chance_board& board = game.chance().streets[0][0];
  bool good = true;
  for (std::size_t i = 0; i < hands; ++i) {
    for (std::size_t j = 0; j < hands; ++j) {
      const double share = i < j ? 0.25 : i > j ? -0.25 : 0;
      const double expected = share * board.weight[i * hands + j];
      good = good && std::abs(board.outcome[i * hands + j] - expected) < 1e-15;
    }
  }
  CHECK(good);
}

TEST_CASE("push or fold: a deal tells the classes of four cards and what their showdown is worth",
          "[poker][pushfold]") {
  const pushfold_game game = game_of({});
  const poker::chance_board& board = game.chance().streets[0][0];
  pushfold_game::dealer deal_cards(game);
  poker::deck deck;
  for (std::uint64_t i = 0; i < 200; ++i) {
    orderly::fast_stream stream = stream_of(i);
    orderly::fast_stream same = stream_of(i);
    const poker::deal dealt = deal_cards(stream);
    const auto cards = deck.deal<4>(same);
    REQUIRE(stream() == same()); // nothing else was drawn
    const std::size_t first = poker::starting_hand_of(cards[0], cards[1]);
    const std::size_t second = poker::starting_hand_of(cards[2], cards[3]);
    REQUIRE(dealt.bucket[0][0] == first);
    REQUIRE(dealt.bucket[1][0] == second);
    const std::size_t place = first * hands + second;
    REQUIRE(dealt.outcome * board.weight[place] == Approx(board.outcome[place]));
  }
}

TEST_CASE("push or fold: the dealer follows the law", "[poker][pushfold]") {
  const pushfold_game game = game_of({});
  const poker::chance_board& board = game.chance().streets[0][0];
  pushfold_game::dealer deal_cards(game);
  orderly::fast_stream stream = stream_of(1'000);
  constexpr unsigned deals = 50'000;
  std::vector<double> seen(2 * hands);
  for (unsigned i = 0; i < deals; ++i) {
    const poker::deal dealt = deal_cards(stream);
    for (std::size_t player = 0; player < 2; ++player) {
      ++seen[player * hands + dealt.bucket[player][0]];
    }
  }
  double square = 0; // 2 * 168 degrees of freedom, standard deviation 26
  for (std::size_t i = 0; i < hands; ++i) {
    double expected = 0;
    for (std::size_t j = 0; j < hands; ++j) expected += deals * board.weight[i * hands + j];
    for (const double count : {seen[i], seen[hands + i]}) {
      square += (count - expected) * (count - expected) / expected;
    }
  }
  CHECK(square > 336 - 6 * 26);
  CHECK(square < 336 + 6 * 26);
}
