// SPDX-License-Identifier: MIT
//
// The chain of a session against every course that a short session can take, followed one by one:
// every betting system with every bonus policy.
#include "support/catch.hpp"

#include "casino_simulator/path_risk.hpp"
#include "casino_simulator/session_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace {

using casino::bonus_policy;
using casino::session_model;
using casino::session_rules;
using casino::staking;
using casino::stop_reason;

/// All that a short session can come to, each course followed to its end.
struct all_courses {
  std::map<std::int64_t, double> profit;
  std::map<std::int64_t, double> low;
  std::map<std::int64_t, double> drawdown;
  std::array<double, casino::stop_reasons> stops{};
  double hands = 0;
  double hands_squared = 0;
};

struct course {
  std::int64_t profit = 0, peak = 0, low = 0, drawdown = 0;
  std::uint64_t hands = 0;
  staking::state state = 0;
  double probability = 1;
};

std::optional<stop_reason> why(const session_model& model, const course& at) {
  const session_rules& rules = model.rules;
  if (rules.win_limit && at.profit >= *rules.win_limit) return stop_reason::win_limit;
  if (rules.loss_limit && at.profit <= -*rules.loss_limit) return stop_reason::loss_limit;
  if (at.hands == rules.hands) return stop_reason::hands;
  if (!model.plan.affords(at.state, rules.bankroll + at.profit, at.peak - at.profit)) {
    return stop_reason::funds;
  }
  return std::nullopt;
}

void follow(const session_model& model, const course& from, double total, all_courses& sums) {
  const auto put =
      model.plan.at(from.state, model.rules.bankroll + from.profit, from.peak - from.profit);
  for (const casino::unit_result& result : model.hand) {
    course to = from;
    const std::int64_t net = put.bet * result.main + put.bonus * result.bonus +
                             put.five_card_bonus * result.five_card_bonus;
    to.probability *= static_cast<double>(result.weight) / total;
    to.profit += net;
    to.peak = (std::max)(to.peak, to.profit);
    to.low = (std::min)(to.low, to.profit);
    to.drawdown = (std::max)(to.drawdown, to.peak - to.profit);
    to.state = model.plan.next(from.state, net);
    ++to.hands;
    const auto stop = why(model, to);
    if (!stop) {
      follow(model, to, total, sums);
      continue;
    }
    sums.profit[to.profit] += to.probability;
    sums.low[to.low] += to.probability;
    sums.drawdown[to.drawdown] += to.probability;
    sums.stops[casino::index_of(*stop)] += to.probability;
    const auto hands = static_cast<double>(to.hands);
    sums.hands += hands * to.probability;
    sums.hands_squared += hands * hands * to.probability;
  }
}

/// A hand with wins, losses and, where a bonus makes up for the bet, pushes.
const std::vector<casino::unit_result> small_hand{
    {-3, -1, -1, 2}, {-1, -1, 4, 5}, {-1, 1, -1, 3}, {1, -1, -1, 4}, {2, 4, -1, 2}};

double sum_if(const std::map<std::int64_t, double>& law, auto&& holds) {
  double sum = 0;
  for (const auto& [value, probability] : law) sum += holds(value) ? probability : 0.0;
  return sum;
}

bool near(double a, double b) { return std::fabs(a - b) < 1e-12; }

bool same_law(const casino::profit_law& a, const std::map<std::int64_t, double>& b) {
  bool same = a.size() == b.size();
  for (auto [i, j] = std::pair(a.begin(), b.begin()); same && i != a.end(); ++i, ++j) {
    same = i->first == j->first && near(i->second, j->second);
  }
  return same;
}

/// Does the chain say what all courses together say?
void check_all_courses(const session_model& model) {
  CAPTURE(model.plan.system().name, static_cast<int>(model.plan.bonus().rule));
  REQUIRE(model.plan.affords(model.plan.start(), model.rules.bankroll, 0));
  all_courses sums;
  follow(model, {}, static_cast<double>(casino::detail::total_weight(model.hand)), sums);
  const auto law = casino::solve_session(model);
  CHECK(same_law(law.profit, sums.profit));
  for (std::size_t i = 0; i < casino::stop_reasons; ++i) CHECK(near(law.stops[i], sums.stops[i]));
  CHECK(near(law.mean_hands, sums.hands));
  CHECK(near(law.sd_hands * law.sd_hands, sums.hands_squared - sums.hands * sums.hands));
  CHECK(near(law.win, sum_if(sums.profit, [](auto value) { return value > 0; })));
  CHECK(near(law.push, sum_if(sums.profit, [](auto value) { return value == 0; })));
  CHECK(sums.drawdown.rbegin()->first <= casino::deepest_drawdown(model));
  for (const std::int64_t amount : {1, 2, 4, 5, 9, 14}) {
    CHECK(near(casino::ruin_probability(model, amount),
               sum_if(sums.low, [&](auto value) { return value <= -amount; })));
    CHECK(near(casino::drawdown_probability(model, amount),
               sum_if(sums.drawdown, [&](auto value) { return value >= amount; })));
  }
}

/// Amounts are multiples of `unit`, so that flat profits are.
std::vector<bonus_policy> policies(std::int64_t unit) {
  using kind = bonus_policy::kind;
  std::vector<bonus_policy> result(7);
  for (bonus_policy& policy : result) policy.amount = unit;
  result[1].rule = kind::always;
  result[2].rule = kind::ratio;
  result[2].part = {2, 3};
  result[3].rule = kind::bankroll;
  result[3].tiers = {{6, unit}, {11, 2 * unit}, {101, 3 * unit}};
  result[4] = result[3];
  result[4].drawdown_stop = 3 * unit;
  result[5].rule = kind::streak;
  result[5].streak_length = 2;
  result[6] = result[5];
  result[6].streak_length = 1;
  result[6].streak_of_wins = false;
  return result;
}

void check_every_plan(const session_rules& rules, std::int64_t base_bet,
                      std::int64_t five_card_bonus) {
  for (auto& system : casino::betting_systems()) {
    if (system.share.numerator != 0) system.share = {1, 5};
    for (const bonus_policy& policy : policies(base_bet)) {
      check_all_courses({rules, staking(system, policy, base_bet, five_card_bonus), small_hand});
    }
  }
}

} // namespace

TEST_CASE("casino session chain: every course of short sessions between two limits",
          "[casino][chain]") {
  check_every_plan({100, 4, 6, 7}, 1, 0);
}

TEST_CASE("casino session chain: every course of sessions with little money", "[casino][chain]") {
  check_every_plan({9, 4, {}, {}}, 1, 1);
}

TEST_CASE("casino session chain: every course with a win limit only", "[casino][chain]") {
  check_every_plan({17, 4, 5, {}}, 2, 0);
}

TEST_CASE("casino session chain: every course with limits that are no multiples of the bet",
          "[casino][chain]") {
  check_every_plan({200, 3, 10, 23}, 3, 0);
}
