// SPDX-License-Identifier: MIT
//
// Equities of starting hands: the sweep of a board against asking every pair of hands, the kinds of
// boards, and the arithmetic on counts. The whole matrix is the program's to compute.
#include "support/catch.hpp"

#include "poker_solver/equity_matrix.hpp"

#include "../cards_from_text.hpp"

#include "orderly/ordered_options.hpp"
#include "orderly/progress.hpp"
#include "orderly/worker_pool.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using poker::card;
using poker::detail::class_pair_counts;
using poker::detail::hole_cards;
using poker::detail::place_of;
using poker::detail::weighed_board;

const poker::hand_evaluator& evaluate() {
  static const poker::hand_evaluator evaluator;
  return evaluator;
}

const std::vector<hole_cards>& all_hands() {
  static const std::vector<hole_cards> hands = poker::detail::all_hole_cards();
  return hands;
}

const std::vector<weighed_board>& all_boards() {
  static const std::vector<weighed_board> boards = poker::detail::canonical_boards();
  return boards;
}

weighed_board board_of(std::string_view text, std::uint32_t weight = 1) {
  return {poker::hand_of(cards_from<5>(text)), weight};
}

class_pair_counts swept(const std::vector<weighed_board>& boards) {
  poker::detail::win_counter counter(evaluate(), all_hands());
  for (const weighed_board& board : boards) counter.add(board);
  return counter.result();
}

/// The same by asking every ordered pair of two different cards and two different others.
class_pair_counts asked(const std::vector<weighed_board>& boards) {
  class_pair_counts wins(169 * 169);
  for (const weighed_board& board : boards) {
    std::vector<card> deck;
    for (unsigned c = 0; c < 52; ++c) {
      const std::uint64_t bit = poker::hand_of(static_cast<card>(c)).cards;
      if ((board.hand.cards & bit) == 0) deck.push_back(static_cast<card>(c));
    }
    struct dealt {
      std::array<card, 2> cards;
      poker::hand_strength strength;
    };
    std::vector<dealt> hands;
    for (const card a : deck) {
      for (const card b : deck) {
        if (a >= b) continue;
        const auto strength = evaluate()(board.hand + poker::hand_of(a) + poker::hand_of(b));
        hands.push_back({{a, b}, strength});
      }
    }
    for (const auto& [x, x_strength] : hands) {
      const auto x_class = poker::starting_hand_of(x[0], x[1]);
      for (const auto& [y, y_strength] : hands) {
        if (x_strength <= y_strength) continue;
        if (x[0] == y[0] || x[0] == y[1] || x[1] == y[0] || x[1] == y[1]) continue;
        wins[place_of(x_class, poker::starting_hand_of(y[0], y[1]))] += board.weight;
      }
    }
  }
  return wins;
}

std::size_t place_of(std::string_view a, std::string_view b) {
  return place_of(poker::read_starting_hand(a), poker::read_starting_hand(b));
}

} // namespace

TEST_CASE("equity matrix: the sweep of a board counts as asking every pair of hands does",
          "[poker][equity_matrix]") {
  for (const std::string_view text :
       {"2c7dThKsAc", "2c5c7cTcKc", "8c8d8h8s2c", "9h9sQhQs4d", "5h6h7h8hKs", "Tc9c8c7d2d"}) {
    CHECK(swept({board_of(text, 12)}) == asked({board_of(text, 12)}));
  }
}

TEST_CASE("equity matrix: boards of different weights are added up", "[poker][equity_matrix]") {
  const std::vector<weighed_board> boards{board_of("2c7dThKsAc", 4), board_of("2d7dTdKsAs", 24),
                                          board_of("8c8d5h4s2c", 24), board_of("QcJcTc3h2h", 12)};
  CHECK(swept(boards) == asked(boards));
}

TEST_CASE("equity matrix: nobody wins where the board is the best hand", "[poker][equity_matrix]") {
  CHECK(swept({board_of("TsJsQsKsAs")}) == class_pair_counts(169 * 169));
}

TEST_CASE("equity matrix: counts of many boards do not run over", "[poker][equity_matrix]") {
  // All twelve AKo beat all twelve QJo here, more than 2^16 times in all.
  const weighed_board board = board_of("2c2d3h3s9c");
  const class_pair_counts wins = swept(std::vector<weighed_board>(500, board));
  CHECK(wins[place_of("AKo", "QJo")] == 500 * 144);
  CHECK(wins[place_of("QJo", "AKo")] == 0);
}

TEST_CASE("equity matrix: a permutation of suits changes no count", "[poker][equity_matrix]") {
  CHECK(asked({board_of("2c7cTcKdAd")}) == asked({board_of("2s7sTsKhAh")}));
  CHECK(swept({board_of("2c7cTdKhAd")}) == swept({board_of("2h7hTsKcAs")}));
}

TEST_CASE("equity matrix: the kinds of boards stand for all boards", "[poker][equity_matrix]") {
  std::uint64_t boards = 0;
  for (const weighed_board& board : all_boards()) boards += board.weight;
  CHECK(all_boards().size() == 134'459);
  CHECK(boards == 2'598'960); // 52 choose 5
  CHECK(poker::detail::weight_of(board_of("2c3c4c5c6c").hand) == 4);
  CHECK(poker::detail::weight_of(board_of("2c3c4c5c6d").hand) == 0);
  CHECK(poker::detail::weight_of(board_of("2d3d4d5d6d").hand) == 0);
  CHECK(poker::detail::weight_of(board_of("2d3d4c5c6c").hand) == 12);
  CHECK(poker::detail::weight_of(board_of("2h3d4d5d6c").hand) == 24);
}

TEST_CASE("equity matrix: wins are the same for any number of workers", "[poker][equity_matrix]") {
  const std::span<const weighed_board> all(all_boards());
  const auto boards = all.subspan(all.size() / 2, 270);
  orderly::worker_pool one(1);
  orderly::worker_pool three(3);
  const auto wins = poker::detail::count_wins(one, evaluate(), all_hands(), boards);
  REQUIRE(wins);
  CHECK(wins == poker::detail::count_wins(three, evaluate(), all_hands(), boards));
  CHECK(wins == swept({boards.begin(), boards.end()}));
}

TEST_CASE("equity matrix: a computation that is stopped gives nothing", "[poker][equity_matrix]") {
  orderly::worker_pool pool(1);
  std::atomic<bool> stop{false};
  orderly::ordered_options options;
  options.stop = &stop;
  const auto stop_at_once = [&](const orderly::progress_count&) { stop = true; };
  options.observer = stop_at_once;
  CHECK_FALSE(poker::compute_equities(pool, evaluate(), options));
}

TEST_CASE("equity matrix: disjoint pairs of hands are counted", "[poker][equity_matrix]") {
  const class_pair_counts pairs = poker::detail::count_disjoint(all_hands());
  CHECK(std::accumulate(pairs.begin(), pairs.end(), 0U) == 1326 * 1225); // and 50 choose 2
  CHECK(pairs[place_of("AA", "KK")] == 36);
  CHECK(pairs[place_of("AA", "AA")] == 6);
  CHECK(pairs[place_of("AKs", "AKs")] == 12);
  CHECK(pairs[place_of("AA", "AKs")] == 12);
  CHECK(pairs[place_of("AA", "AKo")] == 36);
}

TEST_CASE("equity matrix: ties are what neither wins, and half of them is equity",
          "[poker][equity_matrix]") {
  class_pair_counts wins(169 * 169);
  class_pair_counts pairs(169 * 169);
  wins[place_of("AA", "KK")] = 50'371'344;
  wins[place_of("KK", "AA")] = 10'986'372;
  pairs[place_of("AA", "KK")] = pairs[place_of("KK", "AA")] = 36;
  const poker::equity_matrix matrix(wins, pairs);
  const auto aces = poker::read_starting_hand("AA");
  const auto kings = poker::read_starting_hand("KK");
  CHECK(matrix.wins(aces, kings) == 50'371'344);
  CHECK(matrix.total(aces, kings) == 36ULL * 1'712'304);
  CHECK(matrix.ties(aces, kings) == 285'228);
  CHECK(matrix.ties(kings, aces) == 285'228);
  CHECK(std::to_string(matrix.equity(aces, kings)) == "0.819461");
  CHECK(matrix.equity(aces, kings) + matrix.equity(kings, aces) == Approx(1));
}
