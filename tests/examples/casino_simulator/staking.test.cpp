// SPDX-License-Identifier: MIT
//
// Betting systems, bonus policies and bounds, each against its definition in words.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/staking.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using casino::bonus_policy;
using casino::fraction;
using casino::stakes;
using casino::staking;

constexpr std::int64_t rich = 1'000'000'000; // enough for every bet
constexpr std::array<std::int64_t, 3> results{-5, 0, 7};

staking system_with(std::string_view name, const bonus_policy& bonus = {}, std::int64_t base = 1,
                    std::int64_t five = 0) {
  return staking(test::system_called(name), bonus, base, five);
}

/// A system as a person defines it: the bet at level k, and the level after a loss or win.
struct definition {
  std::string_view name;
  int levels;
  std::function<std::int64_t(int)> bet;
  std::function<int(int)> after_loss;
  std::function<int(int)> after_win;
};

std::int64_t doubled(int k) { return std::int64_t{1} << k; }
std::int64_t fibonacci_capped(int k) {
  std::int64_t before = 0, now = 1;
  for (; k > 0; --k) before = std::exchange(now, before + now);
  return (std::min)(now, std::int64_t{10});
}
int one_up_to(int k, int last) { return (std::min)(k + 1, last); }
int to_start(int) { return 0; }

std::vector<definition> definitions() {
  return {
      {"flat", 1, doubled, to_start, to_start},
      {"martingale", 4, doubled, [](int k) { return one_up_to(k, 3); }, to_start},
      {"reverse-martingale", 4, doubled, to_start, [](int k) { return one_up_to(k, 3); }},
      {"paroli", 3, doubled, to_start, [](int k) { return k == 2 ? 0 : k + 1; }},
      {"dalembert", 10, [](int k) { return std::int64_t{k + 1}; },
       [](int k) { return one_up_to(k, 9); }, [](int k) { return (std::max)(k - 1, 0); }},
      {"fibonacci", 9, fibonacci_capped, [](int k) { return one_up_to(k, 8); },
       [](int k) { return (std::max)(k - 2, 0); }},
  };
}

bonus_policy tiers() {
  bonus_policy policy;
  policy.rule = bonus_policy::kind::bankroll;
  policy.tiers = {{50, 1}, {100, 3}, {200, 8}};
  return policy;
}

bonus_policy streak(std::uint32_t length, bool of_wins) {
  bonus_policy policy;
  policy.rule = bonus_policy::kind::streak;
  policy.amount = 4;
  policy.streak_length = length;
  policy.streak_of_wins = of_wins;
  return policy;
}

/// The bonus bets before each hand and after the last of these results.
std::vector<std::int64_t> bonuses(const staking& plan, const std::vector<std::int64_t>& nets) {
  std::vector<std::int64_t> result{plan.at(plan.start(), rich, 0).bonus};
  staking::state state = plan.start();
  for (const std::int64_t net : nets) {
    state = plan.next(state, net);
    result.push_back(plan.at(state, rich, 0).bonus);
  }
  return result;
}

} // namespace

TEST_CASE("casino staking: every table of states is the system's definition", "[casino][staking]") {
  for (const definition& defined : definitions()) {
    for (const std::int64_t base : {1, 7}) {
      const staking plan = system_with(defined.name, {}, base);
      CAPTURE(defined.name);
      REQUIRE(plan.states() == static_cast<std::size_t>(defined.levels));
      CHECK(plan.start() == 0);
      for (int k = 0; k < defined.levels; ++k) {
        const auto state = static_cast<staking::state>(k);
        CAPTURE(k);
        CHECK(plan.at(state, rich, 0) == stakes{base * defined.bet(k), 0, 0});
        CHECK(plan.next(state, -1) == static_cast<staking::state>(defined.after_loss(k)));
        CHECK(plan.next(state, 0) == state);
        CHECK(plan.next(state, 1) == static_cast<staking::state>(defined.after_win(k)));
      }
    }
  }
  CHECK(casino::betting_systems().size() == definitions().size() + 1); // and proportional
  CHECK(casino::betting_systems().front().name == "flat");
}

TEST_CASE("casino staking: Fibonacci bets in the order of a long loss", "[casino][staking]") {
  const staking plan = system_with("fibonacci");
  std::vector<std::int64_t> bets;
  staking::state state = plan.start();
  for (int hand = 0; hand < 11; ++hand, state = plan.next(state, -1)) {
    bets.push_back(plan.at(state, rich, 0).bet);
  }
  CHECK(bets == std::vector<std::int64_t>{1, 1, 2, 3, 5, 8, 10, 10, 10, 10, 10});
}

TEST_CASE("casino staking: a proportional bet is a share rounded down, at least the base bet",
          "[casino][staking]") {
  const staking percent = system_with("proportional", {}, 2);
  CHECK(percent.at(0, 1'099, 0).bet == 10);
  CHECK(percent.at(0, 1'100, 0).bet == 11);
  CHECK(percent.at(0, 299, 0).bet == 2);
  CHECK(percent.at(0, 300, 0).bet == 3);
  CHECK(percent.at(0, 6, 0).bet == 2);
  CHECK(percent.at(0, INT64_MAX, 0).bet == casino::largest_bet);
  auto third = test::system_called("proportional");
  third.share = {2, 3};
  CHECK(staking(third, {}, 1).at(0, 100, 0).bet == 33); // three bets of 66 cannot be paid
  CHECK(!percent.constant());
}

TEST_CASE("casino staking: three bets and the bonuses never exceed the bankroll",
          "[casino][staking]") {
  const std::vector<bonus_policy> policies{{}, test::always(2), tiers(), streak(1, false)};
  for (const auto& system : casino::betting_systems()) {
    for (const bonus_policy& policy : policies) {
      const staking plan(system, policy, 3, 1);
      for (staking::state state = 0; state < plan.states(); ++state) {
        const std::int64_t wanted = plan.at(state, rich, 0).bet;
        for (std::int64_t bankroll = 0; bankroll < 400; ++bankroll) {
          if (!plan.affords(state, bankroll, 0)) continue;
          const stakes put = plan.at(state, bankroll, 0);
          const std::int64_t third = (bankroll - put.bonus - put.five_card_bonus) / 3;
          const bool share = system.share.numerator != 0;
          if (put.bet != (std::min)(share ? put.bet : wanted, third) || put.bet < 3) {
            FAIL_CHECK(system.name << ", state " << state << ", bankroll " << bankroll);
          }
        }
      }
    }
  }
}

TEST_CASE("casino staking: a hand is afforded down to three base bets and its bonuses",
          "[casino][staking]") {
  const staking plan = system_with("martingale", test::always(2), 5, 3);
  for (staking::state state = 0; state < 4; ++state) {
    CHECK(plan.affords(state, 20, 0));
    CHECK(!plan.affords(state, 19, 0));
    CHECK(plan.at(state, 20, 0) == stakes{5, 2, 3});
  }
  CHECK(plan.at(3, 100, 0) == stakes{31, 2, 3}); // 40 wanted
  const staking tiered = system_with("flat", tiers(), 17);
  CHECK(!tiered.affords(0, 50, 0)); // 51 and a bonus of 1
  CHECK(!tiered.affords(0, 51, 0));
  CHECK(tiered.affords(0, 52, 0));
}

TEST_CASE("casino staking: without a policy there is no bonus, with always there always is",
          "[casino][staking]") {
  CHECK(bonuses(system_with("flat"), {-1, 1, 0}) == std::vector<std::int64_t>{0, 0, 0, 0});
  CHECK(bonuses(system_with("flat", test::always(3)), {-1, 1, 0}) ==
        std::vector<std::int64_t>{3, 3, 3, 3});
  CHECK(system_with("flat", test::always(3)).constant());
  CHECK(system_with("flat", test::always(3), 1, 9).at(0, 100, 0).five_card_bonus == 9);
  CHECK(!system_with("martingale").constant());
}

TEST_CASE("casino staking: a ratio is of the bet that the system asks for, rounded down",
          "[casino][staking]") {
  bonus_policy half;
  half.rule = bonus_policy::kind::ratio;
  half.part = {2, 3};
  const staking plan = system_with("dalembert", half);
  for (staking::state k = 0; k < 10; ++k) {
    CHECK(plan.at(k, rich, 0).bonus == (std::int64_t{k} + 1) * 2 / 3);
  }
  // The bet is capped, the bonus is not: 10 asked for, a bonus of 6, and (30 - 6) / 3 = 8.
  CHECK(plan.at(9, 30, 0) == stakes{8, 6, 0});
  CHECK(plan.affords(9, 9, 0));
  CHECK(!plan.affords(9, 8, 0));
}

TEST_CASE("casino staking: tiers follow the bankroll and stop beyond a drawdown",
          "[casino][staking]") {
  bonus_policy policy = tiers();
  const staking open = system_with("flat", policy);
  const std::array<std::array<std::int64_t, 2>, 7> rows{
      {{49, 0}, {50, 1}, {99, 1}, {100, 3}, {199, 3}, {200, 8}, {9'999, 8}}};
  for (const auto& [bankroll, bonus] : rows) {
    CHECK(open.at(0, bankroll, 1'000'000).bonus == bonus);
  }
  CHECK(!open.looks_at_drawdown());
  CHECK(!open.constant());
  policy.drawdown_stop = 20;
  const staking stopped = system_with("flat", policy);
  CHECK(stopped.looks_at_drawdown());
  CHECK(stopped.at(0, 150, 19).bonus == 3);
  CHECK(stopped.at(0, 150, 20).bonus == 0);
  CHECK(stopped.at(0, 150, 21).bonus == 0);
}

TEST_CASE("casino staking: a streak bonus waits for so many in a row, and a push does not count",
          "[casino][staking]") {
  const std::vector<std::int64_t> nets{2, 1, 0, 3, -1, 1, 0, 1, -1, -1, 0, -1};
  CHECK(bonuses(system_with("flat", streak(2, true)), nets) ==
        std::vector<std::int64_t>{0, 0, 4, 4, 4, 0, 0, 0, 4, 0, 0, 0, 0});
  CHECK(bonuses(system_with("flat", streak(2, false)), nets) ==
        std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4});
  CHECK(bonuses(system_with("flat", streak(0, true)), {1, -1}) ==
        std::vector<std::int64_t>{4, 4, 4});
}

TEST_CASE("casino staking: a streak is counted beside the steps of the betting system",
          "[casino][staking]") {
  const staking plan = system_with("martingale", streak(3, false));
  CHECK(plan.states() == 4 * 4);
  const staking bets_only = system_with("martingale");
  const staking streaks_only = system_with("flat", streak(3, false));
  std::array<staking::state, 3> states{};
  std::uint32_t random = 7;
  for (int hand = 0; hand < 1'000; ++hand) {
    random = random * 1'664'525U + 1'013'904'223U;
    const std::int64_t net = results[(random >> 16U) % 3];
    states = {plan.next(states[0], net), bets_only.next(states[1], net),
              streaks_only.next(states[2], net)};
    REQUIRE(plan.at(states[0], rich, 0).bet == bets_only.at(states[1], rich, 0).bet);
    REQUIRE(plan.at(states[0], rich, 0).bonus == streaks_only.at(states[2], rich, 0).bonus);
  }
}

TEST_CASE("casino staking: a fraction of the largest amount does not overflow",
          "[casino][staking]") {
  CHECK(fraction{1, 1}.of(INT64_MAX) == INT64_MAX);
  CHECK(fraction{0, 1}.of(INT64_MAX) == 0);
  CHECK(fraction{1, 2}.of(INT64_MAX) == INT64_MAX / 2);
  constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;
  CHECK(fraction{most, most}.of(INT64_MAX) == INT64_MAX);
  CHECK(fraction{most - 1, most}.of(most) == most - 1);
  CHECK(fraction{999'999, 1'000'000}.of(INT64_MAX) == INT64_MAX - INT64_MAX / 1'000'000 - 1);
  // Rounded down exactly: against the product where that fits.
  for (std::int64_t amount = 0; amount < 2'000; ++amount) {
    if (fraction{17, 113}.of(amount) != amount * 17 / 113) FAIL_CHECK(amount);
  }
}
