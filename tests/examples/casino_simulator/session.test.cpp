// SPDX-License-Identifier: MIT
//
// Sessions on scripted hands: what stops them, in which order, and what they report.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/csv_rows.hpp"
#include "casino_simulator/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using casino::cell;
using casino::hand_kind;
using casino::session_result;
using casino::session_rules;
using casino::stop_reason;
using casino::three_card_kind;

cell hand(unsigned bets, hand_kind kind, three_card_kind three = three_card_kind::nothing) {
  return casino::cell_of({bets, kind}, three);
}

const cell lose1 = hand(1, hand_kind::high_card);
const cell lose3 = hand(3, hand_kind::low_pair);
const cell win1 = hand(1, hand_kind::high_pair);
const cell win9 = hand(3, hand_kind::three_of_a_kind);

/// Books the script hand by hand; a session that asks for more hands than it has is an error.
session_result book(const casino::session_plan& plan, const std::vector<cell>& script) {
  casino::session_ledger ledger(plan);
  std::size_t next = 0;
  while (!ledger.over()) ledger.book(script.at(next++));
  CHECK(ledger.result().hands == next);
  return ledger.result();
}

/// Flat bets of one unit.
session_result play(const session_rules& rules, const std::vector<cell>& script) {
  test::game_choice choice;
  choice.rules = rules;
  return book(test::plan_of(choice), script);
}

/// Two thousand hands with all kinds of results; the numbers come from a small generator.
std::vector<cell> mixed_hands(std::uint32_t state) {
  std::vector<cell> hands;
  for (int i = 0; i < 2'000; ++i) {
    state = state * 1'664'525U + 1'013'904'223U;
    const unsigned drawn = state >> 20U;
    const auto kind = static_cast<hand_kind>(drawn % 7 < 4 ? drawn % 2 : drawn % 5);
    hands.push_back(hand(1 + drawn / 7 % 3, kind, static_cast<three_card_kind>(drawn / 21 % 4)));
  }
  return hands;
}

/// Books in pieces of the given sizes, in turn.
session_result book_in_pieces(const casino::session_plan& plan, const std::vector<cell>& hands,
                              const std::vector<unsigned>& sizes) {
  casino::session_ledger ledger(plan);
  std::size_t next = 0, piece = 0;
  while (!ledger.over()) {
    const std::uint64_t left = plan.rules().hands - ledger.result().hands;
    const auto size =
        static_cast<unsigned>((std::min)(std::uint64_t{sizes[piece++ % sizes.size()]}, left));
    std::vector<std::int64_t> profits(size);
    const unsigned booked = ledger.book(hands.data() + next, size, profits.data());
    CHECK(profits[booked - 1] == ledger.result().profit);
    CHECK((booked == size || ledger.over()));
    next += booked;
  }
  CHECK(ledger.result().hands == next);
  return ledger.result();
}

} // namespace

TEST_CASE("casino session: reports profit, extremes, drawdown and money wagered",
          "[casino][session]") {
  const auto result = play({100, 5, {}, {}}, {win9, lose3, lose3, win1, lose1});
  CHECK(result == session_result{3, 5, stop_reason::hands, 9, 0, 6, 9, 11, 0, 0});
}

TEST_CASE("casino session: the peak of the largest fall is where that fall was first reached",
          "[casino][session]") {
  // Falls of 3 from 9, 3 again from a later peak of 15, then 4 in all.
  CHECK(play({100, 3, {}, {}}, {win9, lose3, win9}).drawdown_peak == 9);
  CHECK(play({100, 4, {}, {}}, {win9, lose3, win9, lose3}).drawdown_peak == 9);
  const auto deeper = play({100, 5, {}, {}}, {win9, lose3, win9, lose3, lose1});
  CHECK(deeper.drawdown_peak == 15);
  CHECK(deeper.max_drawdown == 4);
}

TEST_CASE("casino session: the win limit stops when reached or passed", "[casino][session]") {
  CHECK(play({100, 9, 9, 9}, {win9, lose1}).stop == stop_reason::win_limit);
  CHECK(play({100, 9, 8, 9}, {win9, lose1}).profit == 9);
  CHECK(play({100, 2, 10, 9}, {win9, lose1}).stop == stop_reason::hands);
}

TEST_CASE("casino session: the loss limit stops when reached or passed", "[casino][session]") {
  CHECK(play({100, 9, 9, 3}, {lose3, lose1}).stop == stop_reason::loss_limit);
  CHECK(play({100, 9, 9, 2}, {lose3, lose1}).profit == -3);
  CHECK(play({100, 9, 9, 4}, {lose3, lose1, lose1}).hands == 2);
}

TEST_CASE("casino session: a session without three units left stops for lack of funds",
          "[casino][session]") {
  CHECK(play({3, 9, {}, {}}, {lose1, lose1}).stop == stop_reason::funds);
  CHECK(play({5, 9, {}, 9}, {lose1, lose1, lose1, lose1}).hands == 3);
  CHECK(play({6, 9, {}, {}}, {lose3, lose3, lose3}).profit == -6);
}

TEST_CASE("casino session: a session stops where bets and bonuses of the next hand are not covered",
          "[casino][session]") {
  test::game_choice choice;
  choice.rules = {20, 9, {}, {}};
  choice.base_bet = 4;
  choice.bonus = test::always(2);
  choice.five_card_bet = 1;
  // 15 units must be there; without bonus pays a lost bet costs 4.
  const auto main_only = book(test::plan_of(choice), {lose1, lose1, lose1});
  CHECK(main_only.hands == 2);
  CHECK(main_only.stop == stop_reason::funds);
  CHECK(main_only.bonus_wagered == 6);
  choice.pays.three = casino::three_card_bonus_paying({});
  choice.pays.five = casino::five_card_bonus_paying({});
  const auto all_lost = book(test::plan_of(choice), {lose1, lose1});
  CHECK(all_lost == session_result{-7, 1, stop_reason::funds, 0, -7, 7, 0, 4, 3, -3});
}

TEST_CASE(
    "casino session: of several reasons the first in the order win, loss, hands, funds counts",
    "[casino][session]") {
  CHECK(play({100, 1, 9, {}}, {win9}).stop == stop_reason::win_limit);   // also hands
  CHECK(play({100, 1, {}, 3}, {lose3}).stop == stop_reason::loss_limit); // also hands
  CHECK(play({5, 9, {}, 3}, {lose3}).stop == stop_reason::loss_limit);   // also funds
  CHECK(play({5, 1, {}, {}}, {lose3}).stop == stop_reason::hands);       // also funds
  CHECK(play({5, 1, {}, 3}, {lose3}).stop == stop_reason::loss_limit);   // also both
}

TEST_CASE("casino session: hands booked in pieces of any size give the same books",
          "[casino][session]") {
  for (const char* betting : {"flat", "martingale", "fibonacci", "proportional"}) {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
      test::game_choice choice;
      choice.betting = betting;
      choice.rules = {100, 150, 60, 50};
      choice.bonus = test::always(1);
      choice.pays.three = casino::three_card_bonus_paying({50, 40, 30, 6, 3, 1});
      const auto plan = test::plan_of(choice);
      const auto hands = mixed_hands(seed);
      const auto expected = book(plan, hands);
      CHECK(book_in_pieces(plan, hands, {16}) == expected);
      CHECK(book_in_pieces(plan, hands, {1, 7, 2, 150}) == expected);
    }
  }
}

TEST_CASE("casino session: fixed stakes and stakes asked for before each hand book alike",
          "[casino][session]") {
  test::game_choice fixed;
  fixed.five_card_bet = 1;
  fixed.base_bet = 2;
  fixed.pays.five = casino::five_card_bonus_paying({5000, 2000, 100, 75, 50, 25, 8, 4});
  test::game_choice varying = fixed;
  varying.bonus.rule = casino::bonus_policy::kind::streak; // of no amount
  varying.bonus.amount = 0;
  varying.bonus.streak_length = 1;
  const std::vector<session_rules> limits{
      {100, 300, 40, 30}, {100, 300, {}, {}}, {100, 300, {}, 30}, {100, 300, 40, {}}};
  for (const session_rules& rules : limits) {
    fixed.rules = varying.rules = rules;
    REQUIRE(test::plan_of(fixed).constant_stakes());
    REQUIRE(!test::plan_of(varying).constant_stakes());
    for (std::uint32_t seed = 1; seed <= 50; ++seed) {
      const auto hands = mixed_hands(seed);
      CHECK(book(test::plan_of(fixed), hands) == book(test::plan_of(varying), hands));
    }
  }
}

TEST_CASE("casino csv: a row holds the session in the order of the header", "[casino][csv]") {
  std::string rows;
  casino::append_csv_row(rows, 18'446'744'073'709'551'614U, 3, 100,
                         {-40, 7, stop_reason::loss_limit, 12, -40, 52, 12, 9, 7, -6});
  casino::append_csv_row(rows, 0, 0, 100,
                         {INT64_MIN, UINT64_MAX, stop_reason::funds, 0, 0, 0, 0, 0, 0, 0});
  casino::append_csv_row(rows, 1, 0, 6, {0, 4, stop_reason::hands, 3, -3, 3, 0, 8, 0, 0});
  casino::append_csv_row(rows, 2, 1, 3, {-3, 1, stop_reason::funds, 0, -3, 3, 0, 3, 0, 0});
  casino::append_csv_row(rows, 3, 0, 100, {9, 1, stop_reason::win_limit, 9, 0, 1, 60, 3, 1, 1});
  CHECK(casino::csv_header == "session,seat,start,end,profit,outcome,hands,stop_reason,peak,low,"
                              "max_drawdown,max_drawdown_percent,wagered,bonus_wagered\n");
  CHECK(rows == "18446744073709551614,3,100,60,-40,lost,7,loss_limit,12,-40,52,46.42,9,7\n"
                "0,0,100,-9223372036854775708,-9223372036854775808,lost,18446744073709551615,"
                "funds,0,0,0,0.00,0,0\n"
                "1,0,6,6,0,even,4,hands,3,-3,3,50.00,8,0\n"
                "2,1,3,0,-3,lost,1,funds,0,-3,3,100.00,3,0\n"
                "3,0,100,109,9,won,1,win_limit,9,0,1,0.62,3,1\n");
}

TEST_CASE("casino csv: a hand's row holds the hand in the order of the header", "[casino][csv]") {
  const casino::dealt_cards cards{48, 49, 2, 7, 51}; // Ac Ad 2h 3s As
  std::string rows;
  const cell trips = hand(3, hand_kind::three_of_a_kind, three_card_kind::pair);
  casino::append_hand_row(rows, 5, 2, 100, {17, trips, &cards, {2, 1, 4}, 17, -3});
  casino::append_hand_row(rows, 6, 0, 100, {1, lose1, nullptr, {1, 0, 0}, -1, -1});
  CHECK(casino::hand_csv_header == "session,seat,hand,cards,common,bets,final_hand,"
                                   "three_card_hand,bet,bonus,five_card_bonus,net,profit,"
                                   "bankroll\n");
  CHECK(rows == "5,2,17,AcAd2h,3sAs,3,three_of_a_kind,pair,2,1,4,17,-3,97\n"
                "6,0,1,,,1,high_card,nothing,1,0,0,-1,-1,99\n");
}
