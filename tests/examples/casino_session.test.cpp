// SPDX-License-Identifier: MIT
//
// Sessions on scripted rounds: what stops them, in which order, and what they report.
#include "support/catch.hpp"

#include "casino_simulator/csv_rows.hpp"
#include "casino_simulator/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using casino::hand_kind;
using casino::outcome;
using casino::session_result;
using casino::session_rules;
using casino::stop_reason;

constexpr outcome lose1{1, hand_kind::high_card};
constexpr outcome lose3{3, hand_kind::low_pair};
constexpr outcome win1{1, hand_kind::high_pair};
constexpr outcome win9{3, hand_kind::three_of_a_kind};

/// Plays the script; a session that asks for more rounds than it has is an error.
session_result play(const session_rules& rules, const std::vector<outcome>& script) {
  casino::outcome_table seen;
  std::size_t next = 0;
  const auto result = casino::play_session(rules, casino::standard_pay_table, seen,
                                           [&] { return script.at(next++); });
  CHECK(result.hands == next);
  CHECK(seen.rounds() == next);
  CHECK(seen.wagered() == result.wagered);
  return result;
}

} // namespace

TEST_CASE("casino session: reports profit, extremes, drawdown and money wagered",
          "[casino][session]") {
  const auto result = play({100, 5, {}, {}}, {win9, lose3, lose3, win1, lose1});
  CHECK(result == session_result{3, 5, stop_reason::hands, 9, 0, 6, 11});
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

TEST_CASE(
    "casino session: of several reasons the first in the order win, loss, hands, funds counts",
    "[casino][session]") {
  CHECK(play({100, 1, 9, {}}, {win9}).stop == stop_reason::win_limit);   // also hands
  CHECK(play({100, 1, {}, 3}, {lose3}).stop == stop_reason::loss_limit); // also hands
  CHECK(play({5, 9, {}, 3}, {lose3}).stop == stop_reason::loss_limit);   // also funds
  CHECK(play({5, 1, {}, {}}, {lose3}).stop == stop_reason::hands);       // also funds
  CHECK(play({5, 1, {}, 3}, {lose3}).stop == stop_reason::loss_limit);   // also both
}

TEST_CASE("casino csv: a row holds the session in the order of the header", "[casino][csv]") {
  std::string rows;
  casino::append_csv_row(rows, 18'446'744'073'709'551'614U,
                         {-40, 7, stop_reason::loss_limit, 12, -40, 52, 9});
  casino::append_csv_row(rows, 0, {INT64_MIN, UINT64_MAX, stop_reason::funds, 0, 0, 0, 0});
  CHECK(casino::csv_header == "session,profit,hands,stop_reason,peak,low,max_drawdown,wagered\n");
  CHECK(rows == "18446744073709551614,-40,7,loss_limit,12,-40,52,9\n"
                "0,-9223372036854775808,18446744073709551615,funds,0,0,0,0\n");
}
