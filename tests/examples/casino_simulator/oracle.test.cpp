// SPDX-License-Identifier: MIT
//
// Simulated sessions against the exact law of a session, with both engines, and against figures
// from an independent count. Seeds are fixed, so a test that passes once passes always; the
// bound of 4.5 standard errors is for whoever changes a seed.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/exact_session.hpp"
#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/simulate.hpp"
#include "casino_simulator/simulation.hpp"

#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace {

constexpr double most = 4.5; // standard errors

/// What an independent count of the session's chain gave.
struct golden {
  double win, push, mean, deviation, hands;
};

test::game_choice flat(std::int64_t win, std::int64_t loss) {
  test::game_choice choice;
  choice.rules = test::rules(100, 200, win, loss);
  return choice;
}

test::game_choice with(std::string_view betting) {
  test::game_choice choice = flat(20, 20);
  choice.betting = betting;
  return choice;
}

template <class Engine>
casino::statistics play(orderly::worker_pool& pool, const casino::game& played,
                        const Engine& engine, std::uint64_t seed, std::uint64_t sessions) {
  return casino::play_all(pool, played, engine, orderly::seed_range(orderly::seed(seed), sessions),
                          256, {}, [](casino::chunk_rows&&) {});
}

bool near(double observed, double exact, double deviation, std::uint64_t trials) {
  return std::abs(observed - exact) < most * deviation / std::sqrt(static_cast<double>(trials));
}

double share_deviation(double share) { return std::sqrt(share * (1 - share)); }

void check_golden(const casino::statistics& seen, const golden& expected, double hands_deviation) {
  const std::uint64_t n = seen.sessions;
  const auto share = [&](std::uint64_t part) {
    return static_cast<double>(part) / static_cast<double>(n);
  };
  const auto ended = casino::outcomes_of(seen.profit);
  const auto profit = casino::moments_of(seen.profit);
  CHECK(near(share(ended.won), expected.win, share_deviation(expected.win), n));
  if (expected.push == 0) {
    CHECK(ended.pushed == 0);
  } else {
    CHECK(near(share(ended.pushed), expected.push, share_deviation(expected.push), n));
  }
  CHECK(near(profit.mean, expected.mean, expected.deviation, n));
  CHECK(near(casino::moments_of(seen.hands_played).mean, expected.hands, hands_deviation, n));
}

/// Every figure that a report compares with an exact one.
void check_comparisons(const casino::game& played, const casino::joint_law& law,
                       const casino::exact_session& exact, const casino::statistics& seen) {
  const casino::simulate_options options;
  const casino::simulation run{options, played, seen, law, exact, std::nullopt, 256, {}};
  int with_z = 0;
  for (const casino::comparison& row : casino::comparisons_of(run)) {
    CAPTURE(row.name, row.observed, row.exact.value_or(0));
    if (row.z) CHECK(std::abs(*row.z) < most);
    with_z += row.z ? 1 : 0;
  }
  CHECK(with_z >= 9); // four of hands; win, lose, a stop, profit and hands of sessions
  CHECK(std::abs(casino::fit_of(run).z()) < most);
  for (std::size_t i = 0; i < casino::stop_reasons; ++i) {
    if (exact.law->stops[i] < 1e-12) CHECK(seen.stops[i] == 0);
  }
}

/// Twenty thousand sessions by the law, and a tenth of them with cards.
void check_game(const test::game_choice& choice, const golden& expected, std::uint64_t seed) {
  const casino::game played = test::game_of(choice);
  const casino::joint_law& law = test::law_of(choice.strategy);
  orderly::worker_pool pool(2);
  const auto exact = casino::solve_exactly(played, law, pool, casino::exact_scope::law);
  REQUIRE(exact.law);
  const double hands_deviation = exact.law->sd_hands;
  CHECK(exact.law->win == Approx(expected.win).margin(5.1e-13).epsilon(0));
  const auto drawn = play(pool, played, casino::law_engine(law), seed, 20'000);
  const auto dealt = play(pool, played, casino::card_engine(played.decisions), seed, 2'000);
  for (const casino::statistics* seen : {&drawn, &dealt}) {
    CAPTURE(seen->sessions);
    check_golden(*seen, expected, hands_deviation);
    check_comparisons(played, law, exact, *seen);
  }
}

} // namespace

TEST_CASE("casino oracle: flat bets, up 50 or down 40", "[casino][oracle]") {
  check_game(flat(50, 40),
             {0.311913146569, 0.009342839867, -5.875043953347, 66.915895374, 167.586468327}, 61);
}

TEST_CASE("casino oracle: flat bets, up or down 20", "[casino][oracle]") {
  check_game(flat(20, 20),
             {0.320501914776, 0.002194448696, -2.833824490968, 46.470956670, 80.835248565}, 62);
}

TEST_CASE("casino oracle: flat bets, up or down 10", "[casino][oracle]") {
  check_game(flat(10, 10),
             {0.337451318617, 0.000005403076, -0.950808428887, 26.899703559, 27.121946307}, 63);
}

TEST_CASE("casino oracle: flat bets, up or down 5", "[casino][oracle]") {
  check_game(flat(5, 5), {0.345049140005, 0, -0.305549964577, 15.242016767, 8.715856403}, 64);
}

TEST_CASE("casino oracle: martingale, up or down 20", "[casino][oracle]") {
  check_game(with("martingale"), {0.355909659878, 0, -1.206847485346, 73.510468118, 9.257924131},
             65);
}

TEST_CASE("casino oracle: d'Alembert, up or down 20", "[casino][oracle]") {
  check_game(with("dalembert"), {0.352923329565, 0, -1.307306655188, 70.327587941, 9.953445821},
             66);
}

TEST_CASE("casino oracle: Fibonacci, up or down 20", "[casino][oracle]") {
  check_game(with("fibonacci"), {0.357824721339, 0, -1.279644626549, 73.674445508, 11.616237950},
             67);
}

TEST_CASE("casino oracle: a bonus unit on every hand, up or down 20", "[casino][oracle]") {
  test::game_choice choice = flat(20, 20);
  choice.bonus = test::always(1);
  choice.pays.three = casino::three_card_bonus_paying({100, 40, 30, 5, 4, 1});
  check_game(choice, {0.311085728017, 0.000022899313, -2.870991873610, 38.214323367, 35.912685541},
             68);
}

TEST_CASE("casino oracle: forty units until a thousand are won, or the money is gone",
          "[casino][oracle]") {
  test::game_choice choice;
  choice.rules = test::rules(40, 1'000, 1'000, {});
  check_game(choice,
             {0.144594985292, 0.001150799888, -14.873891571185, 101.543560604, 424.279882581}, 69);
}

TEST_CASE("casino oracle: the mean maximum drawdown of flat bets, up 50 or down 40",
          "[casino][oracle]") {
  const casino::game played = test::game_of(flat(50, 40));
  orderly::worker_pool pool(2);
  const auto drawn = play(pool, played, casino::law_engine(test::law_of("optimal")), 70, 20'000);
  const auto dealt = play(pool, played, casino::card_engine(played.decisions), 70, 2'000);
  for (const casino::statistics* seen : {&drawn, &dealt}) {
    const auto fall = casino::moments_of(seen->max_drawdown);
    CHECK(near(fall.mean, 35.852884953767, fall.deviation, seen->sessions));
  }
}

TEST_CASE("casino oracle: all exact figures of a session stand beside simulated ones",
          "[casino][oracle]") {
  const casino::game played = test::game_of(flat(10, 10));
  const casino::joint_law& law = test::law_of("optimal");
  orderly::worker_pool pool(2);
  const auto exact = casino::solve_exactly(played, law, pool, casino::exact_scope::everything);
  REQUIRE(exact.missing.empty());
  const auto seen = play(pool, played, casino::law_engine(law), 71, 20'000);
  check_comparisons(played, law, exact, seen);
  for (const casino::risk_point& point : exact.drawdown) {
    std::uint64_t fell = 0;
    seen.max_drawdown.for_each([&](std::int64_t value, std::uint64_t count) {
      fell += value >= point.amount ? count : 0;
    });
    CAPTURE(point.amount, point.probability);
    const double share = static_cast<double>(fell) / static_cast<double>(seen.sessions);
    const double bound = share_deviation((std::max)(point.probability, 1e-3));
    CHECK(near(share, point.probability, bound, seen.sessions));
  }
  for (const casino::risk_point& point : exact.ruin) {
    std::uint64_t down = 0;
    seen.low.for_each([&](std::int64_t value, std::uint64_t count) {
      down += value <= -point.amount ? count : 0;
    });
    CAPTURE(point.amount, point.probability);
    const double share = static_cast<double>(down) / static_cast<double>(seen.sessions);
    CHECK(near(share, point.probability, share_deviation(point.probability), seen.sessions));
  }
}
