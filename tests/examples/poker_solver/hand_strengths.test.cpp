// SPDX-License-Identifier: MIT
//
// Hand strengths: compared with hands played one against the other, on each street.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "poker_solver/hand_strengths.hpp"

#include "orderly/worker_pool.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace {

using poker::card;
using row = std::array<poker::river_strength, poker::hole_pairs>;

const poker::hand_evaluator& evaluate() {
  static const poker::hand_evaluator evaluator;
  return evaluator;
}

std::uint32_t pair_of(std::string_view text) {
  const auto cards = cards_from<2>(text);
  return poker::pair_number(cards[0], cards[1]);
}

template <class Cards>
bool holds(const Cards& cards, card c) {
  return std::find(cards.begin(), cards.end(), c) != cards.end();
}

row strengths_on(const std::array<card, 5>& board) {
  row strengths;
  strengths.fill(7); // left by another board
  poker::strengths_on(board, evaluate(), strengths);
  return strengths;
}

/// 2 * wins + ties of a hand, played against every hand of the opponent.
std::uint32_t played_out(const std::array<card, 2>& hand, const std::array<card, 5>& board) {
  const poker::partial_hand common = poker::hand_of(board);
  const auto mine = evaluate()(common + poker::hand_of(hand));
  std::uint32_t points = 0;
  poker::for_each_live_pair(board, [&](card low, card high) {
    if (holds(hand, low) || holds(hand, high)) return;
    const auto theirs = evaluate()(common + poker::hand_of(low) + poker::hand_of(high));
    points += mine > theirs ? 2U : mine == theirs ? 1U : 0U;
  });
  return points;
}

/// The sums of a hand over all ways to complete the board, played out.
template <std::size_t Count>
poker::flop_sums played_sums(const std::array<card, 2>& hand,
                             const std::array<card, Count>& board) {
  if constexpr (Count == 5) {
    const std::uint64_t points = played_out(hand, board);
    return {points, points * points};
  } else {
    poker::flop_sums sums;
    for (card c = 0; c < 52; ++c) {
      if (holds(hand, c) || holds(board, c)) continue;
      const auto [strength, square] = played_sums(hand, poker::with_card(board, c));
      sums.strength += strength;
      sums.square += square;
    }
    return sums;
  }
}

/// The rows of canonical boards, computed when they are first asked for.
class rows_on_demand {
 public:
  const row& river(std::uint32_t id) {
    const auto [found, added] = rivers_.try_emplace(id);
    if (added) found->second = strengths_on(boards.rivers.cards(id));
    return found->second;
  }

  template <class Sums>
  std::vector<Sums> turn(const std::array<card, 4>& board) {
    std::vector<Sums> sums(poker::hole_pairs, Sums{7, 7}); // left by another board
    poker::sum_next_cards(
        board, boards.rivers, boards.pairs,
        [&](std::uint32_t id) -> const row& { return river(id); },
        std::span<Sums, poker::hole_pairs>(sums.data(), poker::hole_pairs));
    return sums;
  }

  std::vector<poker::flop_sums> flop(const std::array<card, 3>& board) {
    std::vector<poker::flop_sums> sums(poker::hole_pairs, poker::flop_sums{7, 7});
    poker::sum_next_cards(
        board, boards.turns, boards.pairs,
        [&](std::uint32_t id) { return turn<poker::turn_sums>(boards.turns.cards(id)); },
        std::span<poker::flop_sums, poker::hole_pairs>(sums.data(), poker::hole_pairs));
    return sums;
  }

  const poker::canonical_boards boards{};

 private:
  std::map<std::uint32_t, row> rivers_;
};

} // namespace

TEST_CASE("hand strengths: river strengths are those of hands played one against the other",
          "[poker][hand_strengths]") {
  int wrong = 0, hands = 0;
  for (const std::string_view text : {"2c7dJhKsAc", "5c5d9h9sQc", "3s6s8sTsQs"}) {
    const auto board = cards_from<5>(text);
    const row strengths = strengths_on(board);
    for (std::uint32_t pair = 0; pair < poker::hole_pairs; ++pair) {
      const auto hand = poker::pair_cards(pair);
      const bool dead = holds(board, hand[0]) || holds(board, hand[1]);
      if (!dead && pair % 3 != 0) continue; // a third of the hands that can be held
      wrong += strengths[pair] == (dead ? 0 : played_out(hand, board)) ? 0 : 1;
      hands += dead ? 0 : 1;
    }
  }
  CHECK(hands > 1000);
  CHECK(wrong == 0);
}

TEST_CASE("hand strengths: they count wins twice and ties once",
          "[poker][hand_strengths][golden]") {
  const row dry = strengths_on(cards_from<5>("2c7dJhKsAc"));
  CHECK(dry[pair_of("QcTc")] == 2 * (990 - 9) + 9); // of the other queens and tens, 3 x 3 tie
  CHECK(dry[pair_of("AdAh")] == 2 * (990 - 16));    // only a queen and a ten beat three aces
  const row royal = strengths_on(cards_from<5>("TsJsQsKsAs"));
  int others = 0;
  poker::for_each_live_pair(cards_from<5>("TsJsQsKsAs"), [&](card low, card high) {
    others += royal[poker::pair_number(low, high)] == 990 ? 0 : 1;
  });
  CHECK(others == 0);
}

TEST_CASE("hand strengths: on every river they are one half on average",
          "[poker][hand_strengths]") {
  const poker::board_index<5> rivers;
  int wrong = 0;
  for (std::uint32_t id = 0; id < rivers.size(); id += 1400) {
    const row strengths = strengths_on(rivers.cards(id));
    wrong += std::accumulate(strengths.begin(), strengths.end(), 0U) == 1081U * 990U ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("hand strengths: a renaming of suits changes none", "[poker][hand_strengths]") {
  const auto board = cards_from<5>("4h9hJhJd2s");
  const row strengths = strengths_on(board);
  const poker::pair_renamings pairs;
  int wrong = 0;
  for (std::uint32_t renaming = 0; renaming < poker::renamings; ++renaming) {
    const row others = strengths_on(poker::renamed(board, renaming));
    for (std::uint32_t pair = 0; pair < poker::hole_pairs; ++pair) {
      wrong += others[pairs.renamed(pair, renaming)] == strengths[pair] ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("hand strengths: sums of a turn are those of its rivers played out",
          "[poker][hand_strengths]") {
  rows_on_demand rows;
  int wrong = 0, hands = 0;
  for (const std::string_view text : {"3c9hTdKs", "5h7hJhJs"}) {
    const auto board = poker::increasing(cards_from<4>(text));
    const auto sums = rows.turn<poker::flop_sums>(board);
    for (std::uint32_t pair = 5; pair < poker::hole_pairs; pair += 149) {
      const auto hand = poker::pair_cards(pair);
      if (holds(board, hand[0]) || holds(board, hand[1])) continue;
      wrong += sums[pair] == played_sums(hand, board) ? 0 : 1;
      ++hands;
    }
  }
  CHECK(hands >= 12);
  CHECK(wrong == 0);
}

TEST_CASE("hand strengths: sums of a flop are those of its turns and rivers played out",
          "[poker][hand_strengths]") {
  rows_on_demand rows;
  const auto board = poker::increasing(cards_from<3>("2s7sTs"));
  const auto sums = rows.flop(board);
  const auto hand = cards_from<2>("8s9d");
  CHECK(sums[poker::pair_number(hand[0], hand[1])] == played_sums(hand, board));
  CHECK(sums[pair_of("2sAh")] == poker::flop_sums{});
}

TEST_CASE("hand strengths: means are fractions of the pot", "[poker][hand_strengths]") {
  const poker::turn_sums always{46 * 1980, 46 * 1980 * 1980};
  CHECK(poker::mean_strength(always, poker::turn_completions).value() == 1);
  CHECK(poker::mean_square(always, poker::turn_completions).value() == 1);
  const poker::river_strength half = 990;
  CHECK(poker::mean_strength(half, poker::river_completions).value() == 0.5);
  CHECK(poker::mean_square(half, poker::river_completions).value() == 0.25);
  CHECK(poker::mean_strength(half, poker::river_completions).denominator == 1980);
  CHECK(poker::mean_square(poker::flop_sums{1, 1}, poker::flop_completions).denominator ==
        2162ULL * 1980 * 1980);
}

TEST_CASE("board run: the observer hears of the boards of all tables", "[poker][hand_strengths]") {
  std::vector<std::uint64_t> heard;
  const auto hear = [&](const orderly::progress_count& count) {
    CHECK(count.total == 150);
    heard.push_back(count.done);
  };
  orderly::ordered_options options;
  options.observer = hear;
  orderly::worker_pool pool(2);
  poker::board_run run(150, options);
  std::vector<int> visits(100);
  run.for_each(pool, 100, [&](std::uint32_t id) { ++visits[id]; });
  run.for_each(pool, 50, [&](std::uint32_t id) { ++visits[id]; });
  CHECK(std::accumulate(visits.begin(), visits.end(), 0) == 150);
  CHECK(visits[49] == 2);
  CHECK(visits[50] == 1);
  CHECK(std::is_sorted(heard.begin(), heard.end()));
  CHECK(heard.back() == 150);
  CHECK_FALSE(run.stopped());
}

TEST_CASE("board run: nothing more is done once it was stopped", "[poker][hand_strengths]") {
  std::atomic<bool> stop{false};
  orderly::ordered_options options;
  options.stop = &stop;
  orderly::worker_pool pool(1);
  poker::board_run run(2000, options);
  std::uint32_t visits = 0;
  run.for_each(pool, 1000, [&](std::uint32_t id) {
    ++visits;
    if (id == 100) stop = true;
  });
  CHECK(run.stopped());
  CHECK(visits > 100);
  CHECK(visits < 1000);
  stop = false;
  const std::uint32_t before = visits;
  run.for_each(pool, 1000, [&](std::uint32_t) { ++visits; });
  CHECK(visits == before);
}
