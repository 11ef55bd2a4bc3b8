// SPDX-License-Identifier: MIT
//
// The exact solution of a session: against figures from an independent chain, against the moments
// of a sum, and against itself where two ways lead to the same number.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/exact.hpp"
#include "casino_simulator/path_risk.hpp"
#include "casino_simulator/session_law.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using casino::bonus_policy;
using casino::session_model;
using casino::session_rules;
using casino::staking;
using casino::stop_reason;
using limit = std::optional<std::int64_t>;

const casino::joint_law& hand_law() {
  static const auto law = casino::law_by_class(
      casino::strategy::optimal(casino::standard_pay_table, casino::tie_rule::pull));
  return law;
}

/// Base bets of one unit without bonuses.
session_model model_of(std::string_view system, const session_rules& rules) {
  return {rules, staking(test::system_called(system), {}, 1),
          casino::unit_results(hand_law(), {}, false, false)};
}

/// The win and the loss limit are the same.
casino::session_law solve(std::string_view system, std::int64_t both_limits) {
  return casino::solve_session(model_of(system, test::rules(100, 200, both_limits, both_limits)));
}

struct printed_row {
  double win, push, mean, deviation, hands;
};

void check(const casino::session_law& law, const printed_row& expected) {
  CHECK(law.win == Approx(expected.win).margin(5.1e-13).epsilon(0));
  CHECK(law.push == Approx(expected.push).margin(5.1e-13).epsilon(0));
  CHECK(law.lose == Approx(1 - expected.win - expected.push).margin(1.1e-12).epsilon(0));
  CHECK(law.mean_profit == Approx(expected.mean).margin(1.1e-12).epsilon(0));
  CHECK(law.sd_profit == Approx(expected.deviation).margin(5.1e-10).epsilon(0));
  CHECK(law.mean_hands == Approx(expected.hands).margin(5.1e-10).epsilon(0));
}

double stopped(const casino::session_law& law, stop_reason reason) {
  return law.stops[casino::index_of(reason)];
}

} // namespace

TEST_CASE("casino session chain: flat bets with a win limit of 50 and a loss limit of 40",
          "[casino][chain][golden]") {
  const auto law = casino::solve_session(model_of("flat", test::rules(100, 200, 50, 40)));
  check(law, {0.311913146569, 0.009342839867, -5.875043953347, 66.915895374, 167.586468327});
  CHECK(stopped(law, stop_reason::win_limit) == Approx(0.101137909).margin(5.1e-10).epsilon(0));
  CHECK(stopped(law, stop_reason::loss_limit) == Approx(0.329490271).margin(5.1e-10).epsilon(0));
  CHECK(stopped(law, stop_reason::hands) == Approx(0.569371821).margin(5.1e-10).epsilon(0));
  CHECK(stopped(law, stop_reason::funds) == 0);
  CHECK(law.percentile(5) == -40);
  CHECK(law.percentile(25) == -40);
  CHECK(law.percentile(50) == -18);
  CHECK(law.percentile(75) == 8);
  CHECK(law.percentile(95) == 60);
}

TEST_CASE("casino session chain: flat bets with narrower limits", "[casino][chain][golden]") {
  check(solve("flat", 20),
        {0.320501914776, 0.002194448696, -2.833824490968, 46.470956670, 80.835248565});
  check(solve("flat", 10),
        {0.337451318617, 0.000005403076, -0.950808428887, 26.899703559, 27.121946307});
  check(solve("flat", 5), {0.345049140005, 0, -0.305549964577, 15.242016767, 8.715856403});
}

TEST_CASE("casino session chain: betting systems", "[casino][chain][golden]") {
  check(solve("martingale", 20), {0.355909659878, 0, -1.206847485346, 73.510468118, 9.257924131});
  check(solve("dalembert", 20), {0.352923329565, 0, -1.307306655188, 70.327587941, 9.953445821});
  check(solve("fibonacci", 20), {0.357824721339, 0, -1.279644626549, 73.674445508, 11.616237950});
}

TEST_CASE("casino session chain: a bonus bet on every hand", "[casino][chain][golden]") {
  casino::hand_pays pays;
  pays.three = casino::three_card_bonus_paying({100, 40, 30, 5, 4, 1});
  bonus_policy always;
  always.rule = bonus_policy::kind::always;
  const session_model model{test::rules(100, 200, 20, 20),
                            staking(test::system_called("flat"), always, 1),
                            casino::unit_results(hand_law(), pays, true, false)};
  check(casino::solve_session(model),
        {0.311085728017, 0.000022899313, -2.870991873610, 38.214323367, 35.912685541});
}

TEST_CASE("casino session chain: sessions that may go broke", "[casino][chain][golden]") {
  const auto small = casino::solve_session(model_of("flat", test::rules(40, 1000, 1000, {})));
  check(small, {0.144594985292, 0.001150799888, -14.873891571185, 101.543560604, 424.279882581});
  CHECK(stopped(small, stop_reason::funds) == Approx(0.823385).margin(5.1e-7).epsilon(0));
  const auto large = casino::solve_session(model_of("flat", test::rules(100, 1000, 1000, {})));
  check(large, {0.258465957367, 0.002708922460, -28.876326067746, 145.412391720, 823.701327576});
  CHECK(stopped(large, stop_reason::funds) == Approx(0.453071).margin(5.1e-7).epsilon(0));
}

TEST_CASE("casino session chain: the probability of a drawdown", "[casino][chain][golden]") {
  const auto model = model_of("flat", test::rules(100, 200, 50, 40));
  const auto probability = [&](std::int64_t drawdown) {
    return Approx(casino::drawdown_probability(model, drawdown)).margin(5.1e-13).epsilon(0);
  };
  CHECK(0.909266879855 == probability(20));
  CHECK(0.485578070714 == probability(40));
  CHECK(0.014860981491 == probability(60));
  CHECK(0.000130780684 == probability(80));
  CHECK(casino::deepest_drawdown(model) == 49 + 39 + 3);
  CHECK(casino::drawdown_probability(model, 91) > 0);
  CHECK(casino::drawdown_probability(model, 92) == 0);
}

TEST_CASE("casino session chain: without limits profit is a sum of independent hands",
          "[casino][chain]") {
  const auto model = model_of("flat", test::rules(1'000'000'000'000, 10, {}, {}));
  const auto law = casino::solve_session(model);
  CHECK(law.mean_profit == Approx(10 * -0.035056791948).margin(5e-12).epsilon(0));
  CHECK(law.sd_profit * law.sd_profit == Approx(10 * 26.605705180).margin(5e-9).epsilon(0));
  CHECK(law.mean_hands == Approx(10).margin(1e-12));
  CHECK(law.profit.front().first == -30);
  // Seven royal flushes with all bets; eight are rarer than what is kept.
  CHECK(law.profit.back().first / 3000 == 7);
}

TEST_CASE("casino session chain: a checkpoint shows the law of shorter sessions",
          "[casino][chain]") {
  auto model = model_of("martingale", test::rules(30, 50, 12, {}));
  const auto law = casino::solve_session(model);
  REQUIRE(law.at.size() == 20);
  for (std::size_t j = 1; j <= 20; ++j) {
    const casino::session_checkpoint& at = law.at[j - 1];
    CHECK(at.hand == (j * 50 + 19) / 20);
    model.rules.hands = at.hand;
    const auto shorter = casino::solve_session(model);
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK(at.profit[i] == shorter.percentile(casino::checkpoint_percents[i]));
    }
  }
}

TEST_CASE("casino session chain: all checkpoints of a session of one hand are after it",
          "[casino][chain]") {
  const auto law = casino::solve_session(model_of("flat", test::rules(100, 1, {}, {})));
  REQUIRE(law.at.size() == 20);
  for (const casino::session_checkpoint& at : law.at) {
    CHECK(at.hand == 1);
    CHECK(at.profit == std::array<std::int64_t, 5>{-1, -1, -1, -1, 3});
  }
}

TEST_CASE("casino session chain: percentiles are those of the nearest rank", "[casino][chain]") {
  const casino::profit_law law{{-3, 0.1}, {-2, 0.2}, {0, 0.2}, {7, 0.5}}; // 0.1 + 0.2 > 0.3
  CHECK(casino::percentile(law, 9) == -3);
  CHECK(casino::percentile(law, 10) == -3);
  CHECK(casino::percentile(law, 11) == -2);
  CHECK(casino::percentile(law, 30) == -2);
  CHECK(casino::percentile(law, 50) == 0);
  CHECK(casino::percentile(law, 501, 1000) == 7);
  CHECK(casino::percentile(law, 99) == 7);
}

TEST_CASE("casino session chain: ruin is the less probable the larger the loss",
          "[casino][chain]") {
  const auto model = model_of("flat", test::rules(100, 200, 50, 40));
  const auto curve = casino::ruin_curve(model, {1, 10, 40, 42, 43});
  REQUIRE(curve.size() == 5);
  CHECK(curve[0] > curve[1]);
  CHECK(curve[1] > curve[2]);
  const auto law = casino::solve_session(model);
  CHECK(curve[2] == Approx(stopped(law, stop_reason::loss_limit)).margin(1e-12).epsilon(0));
  CHECK(curve[3] == Approx(law.profit.front().second).margin(1e-12).epsilon(0));
  CHECK(law.profit.front().first == -42);
  CHECK(curve[4] == 0);
}

TEST_CASE("casino session chain: the step is the greatest that divides every profit",
          "[casino][chain]") {
  auto model = model_of("flat", test::rules(100, 200, 50, 40));
  CHECK(casino::profit_step(model) == 1);
  model.plan = staking(test::system_called("flat"), {}, 6);
  CHECK(casino::profit_step(model) == 6);
  model.plan =
      staking(test::system_called("martingale"), {}, 2); // up to 3 * 16 of at least 61 units
  CHECK(casino::profit_step(model) == 2);
  model.rules.loss_limit = 53; // of at least 48 units
  CHECK(casino::profit_step(model) == 2);
  model.rules.loss_limit = 54; // of at least 47: a bet of 15 is possible
  CHECK(casino::profit_step(model) == 1);
  bonus_policy always;
  always.rule = bonus_policy::kind::always;
  always.amount = 4;
  model.plan = staking(test::system_called("flat"), always, 6);
  model.hand = {{-3, -1, 0, 2}, {-1, 1, 0, 3}, {1, -1, 0, 4}};
  CHECK(casino::profit_step(model) == 2);
}

TEST_CASE("casino session chain: the cost tells what would take too long", "[casino][chain]") {
  const auto cost = [](std::string_view system, const session_rules& rules) {
    return casino::session_cost(model_of(system, rules));
  };
  CHECK(cost("flat", test::rules(100, 200, 50, 40)) == 21.0 * 200 * (50 + 39));
  CHECK(cost("martingale", test::rules(100, 200, 50, 40)) == 4 * 21.0 * 200 * (50 + 39));
  CHECK(cost("proportional", test::rules(100, 200, 50, {})) < 1e7);
  CHECK(std::isinf(cost("proportional", test::rules(100, 200, {}, {}))));
  CHECK(cost("flat", test::rules(100, 1'000'000, {}, 40)) > 1e12);
  const auto narrow = model_of("flat", test::rules(100, 200, 50, 40));
  CHECK(casino::drawdown_cost(narrow, 20) == 21.0 * 200 * (50 * 20));
  CHECK(casino::drawdown_cost(narrow, 1000) == 21.0 * 200 * (50 * (39 + 25)));
}

TEST_CASE("casino joint law: every three-card hand has as many deals as it should",
          "[casino][chain]") {
  CHECK(hand_law().total() == casino::exact_deals);
  const std::array<std::uint64_t, casino::three_card_kinds> hands{16'440, 3'744, 1'096, 720,
                                                                  52,     44,    4};
  const auto counts = hand_law().three_card_counts();
  for (std::size_t k = 0; k < hands.size(); ++k) CHECK(counts[k] == hands[k] * 49 * 48);
}
