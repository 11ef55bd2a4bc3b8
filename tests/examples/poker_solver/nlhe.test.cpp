// SPDX-License-Identifier: MIT
//
// No-limit hold'em as a game: the tree has the buckets of each street, and a deal what the cards
// say. Buckets that tell the cards themselves stand in for the large tables.
#include "poker_solver/nlhe.hpp"

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace {

using poker::card;

/// Each bucket is a number made of the hole cards and the board of the street.
struct telling_buckets {
  struct places {
    std::array<std::uint32_t, 2> pairs{};
    std::array<card, 5> board{};
  };

  std::uint32_t buckets(std::size_t street) const {
    return std::array<std::uint32_t, 4>{169, 30, 20, 10}[street];
  }
  places find(const std::array<std::uint32_t, 2>& pairs, const std::array<card, 5>& board) const {
    return {pairs, board};
  }
  std::array<std::array<std::uint32_t, 4>, 2> at(const places& of) const {
    std::array<std::array<std::uint32_t, 4>, 2> known{};
    for (std::size_t player = 0; player < 2; ++player) {
      for (std::uint32_t street = 0; street < 4; ++street) {
        known[player][street] = number(of, player, street);
      }
    }
    return known;
  }

  static std::uint32_t number(const places& of, std::size_t player, std::uint32_t street) {
    std::uint32_t sum = of.pairs[player] * 1000;
    for (std::size_t i = 0; street > 0 && i < street + 2; ++i) sum += of.board[i];
    return sum;
  }
};

using game_type = poker::nlhe_game<telling_buckets>;

poker::nlhe_settings small_settings() {
  poker::nlhe_settings settings;
  settings.stack = 5'000;
  settings.bets = poker::on_every_street({poker::all_in});
  return settings;
}

orderly::fast_stream stream_of(std::uint64_t index) {
  return orderly::stream_node(orderly::seed(11)).fast(index);
}

} // namespace

TEST_CASE("no-limit game: the tree is that of the rules with the buckets of each street",
          "[poker][nlhe]") {
  const game_type game(small_settings(), {});
  const poker::nlhe_settings settings = small_settings();
  const poker::betting_tree expected(poker::nlhe_rules(settings), {169, 30, 20, 10});
  CHECK(game.tree().size() == expected.size());
  CHECK(game.tree().infosets() == expected.infosets());
  CHECK(game.tree().cells() == expected.cells());
  for (unsigned street = 0; street < 4; ++street) {
    CHECK(game.tree().buckets(street) == game.buckets().buckets(street));
  }
}

TEST_CASE("no-limit game: a deal tells the buckets and the showdown of nine cards",
          "[poker][nlhe]") {
  const game_type game(small_settings(), {});
  const poker::hand_evaluator evaluate;
  game_type::dealer deal_cards(game);
  poker::deck deck;
  for (std::uint64_t i = 0; i < 200; ++i) {
    orderly::fast_stream stream = stream_of(i);
    orderly::fast_stream same = stream_of(i);
    const poker::deal dealt = deal_cards(stream);
    const poker::holdem_cards cards = poker::deal_holdem(deck, same);
    REQUIRE(stream() == same()); // nothing else was drawn
    REQUIRE(dealt.outcome == poker::showdown(evaluate, cards));
    const auto& [first, second] = cards.hole;
    const telling_buckets::places told{
        {poker::pair_number(first[0], first[1]), poker::pair_number(second[0], second[1])},
        cards.board};
    REQUIRE(dealt.bucket == telling_buckets().at(told));
  }
}

TEST_CASE("no-limit game: both players win and share as often", "[poker][nlhe]") {
  const game_type game(small_settings(), {});
  game_type::dealer deal_cards(game);
  orderly::fast_stream stream = stream_of(1'000);
  std::array<int, 3> count{};
  constexpr int deals = 20'000;
  for (int i = 0; i < deals; ++i) ++count[static_cast<std::size_t>(deal_cards(stream).outcome + 1)];
  // Two random hands tie in 4.06 % of all cases; five standard deviations either way.
  CHECK(count[1] > 0.0406 * deals - 5 * 28);
  CHECK(count[1] < 0.0406 * deals + 5 * 28);
  CHECK(count[2] - count[0] < 5 * 139);
  CHECK(count[0] - count[2] < 5 * 139);
}
