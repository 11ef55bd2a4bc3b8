// SPDX-License-Identifier: MIT
//
// Seven errors of an earlier program of this kind, each as a property that this one has.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/exact_report.hpp"
#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/play.hpp"

#include "orderly/seed_range.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using casino::card;

/// Sessions of one seat from the law engine.
casino::statistics play(const casino::session_plan& plan, const casino::law_engine& engine,
                        std::uint64_t seed, std::uint64_t count) {
  const orderly::seed_range sessions(orderly::seed(seed), count);
  casino::statistics seen(plan);
  for (const std::uint64_t session : sessions) {
    test::play_session(plan, engine, engine.open(sessions, session), seen);
  }
  return seen;
}

std::uint64_t repeated(std::vector<std::uint64_t> words) {
  std::sort(words.begin(), words.end());
  std::uint64_t repeats = 0;
  for (std::size_t i = 1; i < words.size(); ++i) repeats += words[i] == words[i - 1] ? 1U : 0U;
  return repeats;
}

/// Different values in all histograms: what the memory of statistics grows with.
std::uint64_t distinct_values(const casino::statistics& seen) {
  std::uint64_t sum = 0;
  for (const casino::histogram* counts :
       {&seen.profit, &seen.hands_played, &seen.peak, &seen.low, &seen.max_drawdown}) {
    sum += counts->distinct();
  }
  for (const auto& counts : seen.playing) sum += counts.distinct();
  for (const auto& counts : seen.ended) sum += counts.distinct();
  return sum;
}

} // namespace

TEST_CASE("casino original errors: the charts ride bet 2 on four of a kind", "[casino][original]") {
  for (unsigned rank = 0; rank < casino::rank_count; ++rank) {
    std::array<card, 4> quads{};
    for (unsigned suit = 0; suit < 4; ++suit) quads[suit] = casino::make_card(rank, suit);
    for (const std::string_view name : {"optimal", "optimal-ties-ridden", "chart", "chart-literal",
                                        "conservative", "aggressive"}) {
      CHECK(test::plays(name).rides_second(quads));
    }
    CHECK(!test::plays("chart-literal-no-quads").rides_second(quads)); // says so in its name
  }
  const auto net = [](std::string_view name) {
    return casino::law_of(test::law_of(name).outcomes(), casino::standard_pay_table).net;
  };
  const std::int64_t cost = net("chart-literal") - net("chart-literal-no-quads");
  CHECK(cost == 124'800); // 0.00240 units a hand
  CHECK(static_cast<double>(cost) / casino::exact_deals == Approx(0.00240).margin(5e-6));
}

TEST_CASE("casino original errors: a million sessions of a seed have a million streams",
          "[casino][original]") {
  // Seeds of 31 bits would repeat about 233 times.
  const orderly::seed_range sessions(orderly::seed(42), 1'000'000);
  std::vector<std::uint64_t> cards, draws;
  for (const std::uint64_t session : sessions) {
    cards.push_back(sessions.stream(session)());
    draws.push_back(sessions.fast(session)());
  }
  CHECK(repeated(std::move(cards)) == 0);
  CHECK(repeated(std::move(draws)) == 0);
}

TEST_CASE("casino original errors: bonus tables have the edges that they are said to have",
          "[casino][original]") {
  const auto edge = [](std::string_view name) {
    for (const auto& known : casino::known_three_card_bonuses) {
      if (known.name != name) continue;
      return 100 * casino::law_of(casino::three_card_bonus_paying(known.pays)).house_edge();
    }
    return 0.0;
  };
  CHECK(edge("a") == Approx(7.095).margin(5e-4));
  CHECK(edge("b") == Approx(4.489).margin(5e-4));
  CHECK(edge("c") == Approx(-46.914).margin(5e-4)); // the player's
}

TEST_CASE("casino original errors: the bonus is booked by itself, and has its exact edge",
          "[casino][original][statistics]") {
  test::game_choice choice;
  choice.rules = test::rules(1'000'000, 200, {}, {});
  choice.bonus = test::always(2);
  choice.pays.three = casino::three_card_bonus_paying({50, 40, 30, 6, 3, 1});
  const auto plan = test::plan_of(choice);
  const auto seen = play(plan, casino::law_engine(test::law_of("optimal")), 51, 20'000);
  const auto hands = static_cast<double>(seen.hands);
  CHECK(seen.hands == 4'000'000);
  CHECK(seen.bonus_wagered.to_int64() == 8'000'000);
  orderly::exact_sum profit;
  seen.profit.for_each([&](std::int64_t value, std::uint64_t count) {
    profit.add(value * static_cast<std::int64_t>(count));
  });
  const auto main = casino::law_of(seen.outcomes(), casino::standard_pay_table);
  CHECK(profit.to_int64() == main.net + seen.bonus_net.to_int64());
  const auto bonus = casino::law_of(plan.pays().three);
  const double per_unit = seen.bonus_net.to_double() / (2 * hands);
  CHECK(std::abs(per_unit + bonus.house_edge()) < 4.5 * bonus.deviation / std::sqrt(hands));
  CHECK(per_unit < -4.5 * bonus.deviation / std::sqrt(hands)); // not 0
}

TEST_CASE("casino original errors: a stopped seat is not counted",
          "[casino][original][statistics]") {
  test::game_choice choice;
  choice.rules = test::rules(100, 200, 20, 20);
  const auto plan = test::plan_of(choice);
  const casino::card_engine engine(test::plays("chart-literal-no-quads"));
  const orderly::seed_range sessions(orderly::seed(52), 1'000);
  casino::statistics seen(plan);
  for (const std::uint64_t session : sessions) {
    test::play_table(plan, engine, {6, 0}, engine.open(sessions, session), seen,
                     [](unsigned, const casino::observed_hand&) {});
  }
  const auto hands = casino::moments_of(seen.hands_played);
  CHECK(seen.sessions == 6'000);
  CHECK(std::abs(hands.mean - 80.365816546) < 4.5 * hands.deviation / std::sqrt(6'000.0));
  CHECK(static_cast<double>(seen.hands) == Approx(hands.mean * 6'000).epsilon(1e-12));
}

TEST_CASE("casino original errors: a progressive bet never risks more than the bankroll",
          "[casino][original]") {
  const casino::law_engine engine(test::law_of("always-ride"));
  for (const auto& system : casino::betting_systems()) {
    for (const std::int64_t bankroll : {4, 5, 11, 30}) {
      test::game_choice choice;
      choice.betting = system.name;
      choice.rules = test::rules(bankroll, 100, {}, {});
      choice.bonus = test::always(1);
      choice.pays.three = casino::three_card_bonus_paying({50, 40, 30, 6, 3, 1});
      const auto plan = test::plan_of(choice);
      const orderly::seed_range sessions(orderly::seed(53), 500);
      casino::statistics seen(plan);
      std::uint64_t wrong = 0, capped = 0;
      for (const std::uint64_t session : sessions) {
        test::watch_session(plan, engine, engine.open(sessions, session), seen,
                            [&](unsigned, const casino::observed_hand& hand) {
                              const std::int64_t after = bankroll + hand.profit,
                                                 before = after - hand.net;
                              wrong +=
                                  3 * hand.put.bet + hand.put.bonus > before || after < 0 ? 1U : 0U;
                              wrong += hand.put.bet < 1 ? 1U : 0U;
                              capped += 3 * (hand.put.bet + 1) + hand.put.bonus > before ? 1U : 0U;
                            });
      }
      CAPTURE(system.name, bankroll);
      CHECK(wrong == 0);
      CHECK(capped > 0); // some bets had nothing to spare
      CHECK(seen.low.count(-bankroll - 1) == 0);
    }
  }
}

TEST_CASE("casino original errors: statistics do not grow with the number of sessions",
          "[casino][original]") {
  test::game_choice choice;
  choice.rules = test::rules(100, 200, 50, 40);
  const auto plan = test::plan_of(choice);
  const casino::law_engine engine(test::law_of("optimal"));
  const auto some = play(plan, engine, 54, 1'000);
  const auto many = play(plan, engine, 54, 50'000);
  // Profits end from -42 to 49 + 3,000 and go on from -39 to 49; peaks and falls follow.
  CHECK(many.profit.distinct() <= 42 + 1 + 49 + 3'000);
  CHECK(many.hands_played.distinct() <= 200);
  CHECK(many.low.distinct() <= 43);
  CHECK(many.max_drawdown.distinct() <= 92);
  for (const auto& going_on : many.playing) CHECK(going_on.distinct() <= 39 + 1 + 49);
  CHECK(distinct_values(many) < 5 * distinct_values(some)); // and not fifty times as many
  CHECK(distinct_values(many) < 10'000);
}
