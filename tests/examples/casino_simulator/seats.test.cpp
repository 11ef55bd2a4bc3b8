// SPDX-License-Identifier: MIT
//
// Several seats at one table: what they share, what they do not, and how much they depend on each
// other.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/simulate.hpp"

#include "casino_simulator/estimates.hpp"
#include "casino_simulator/exact_session.hpp"
#include "casino_simulator/play.hpp"
#include "casino_simulator/seat_covariance.hpp"

#include "orderly/accumulators.hpp"
#include "orderly/seed_range.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace {

using casino::card;
using casino::dealt_cards;

struct seen_hand {
  unsigned seat = 0;
  std::uint64_t number = 0;
  dealt_cards cards{};
  std::int64_t net = 0;
};

/// A table's session and all that was seen of it.
struct seen_table {
  std::vector<seen_hand> hands;
  std::vector<casino::session_result> results;
  casino::statistics counts;
};

/// Flat bets, limits of 20 units unless told.
casino::session_plan plan_with(std::int64_t limits = 20, std::uint64_t hands = 200) {
  test::game_choice choice;
  choice.rules = test::rules(100, hands, limits, limits);
  return test::plan_of(choice);
}

casino::card_engine engine_of(const char* strategy = "chart-literal-no-quads") {
  return casino::card_engine(test::plays(strategy));
}

seen_table watch(const casino::session_plan& plan, const casino::card_engine& engine,
                 const casino::table_rules& table, std::uint64_t session) {
  seen_table seen{{}, {}, casino::statistics(plan)};
  const orderly::seed_range sessions(orderly::seed(3), 1'000);
  seen.results =
      test::play_table(plan, engine, table, engine.open(sessions, session), seen.counts,
                       [&](unsigned seat, const casino::observed_hand& hand) {
                         seen.hands.push_back({seat, hand.number, *hand.cards, hand.net});
                       });
  return seen;
}

/// Plays tables without looking at hands.
template <class Results>
casino::statistics play_tables(const casino::session_plan& plan, const casino::card_engine& engine,
                               const casino::table_rules& table, std::uint64_t seed,
                               std::uint64_t count, Results&& take) {
  const orderly::seed_range sessions(orderly::seed(seed), count);
  casino::statistics counts(plan);
  for (const std::uint64_t session : sessions) {
    take(test::play_table(plan, engine, table, engine.open(sessions, session), counts,
                          [](unsigned, const casino::observed_hand&) {}));
  }
  return counts;
}

} // namespace

TEST_CASE("casino seats: cards are three to each seat, then burned ones, then the common two",
          "[casino][seats]") {
  const auto plan = plan_with();
  const auto engine = engine_of();
  for (const casino::table_rules table : {casino::table_rules{6, 0}, casino::table_rules{6, 3},
                                          casino::table_rules{1, 3}, casino::table_rules{2, 1}}) {
    auto stream = orderly::seed_range(orderly::seed(3), 10).stream(7);
    const auto seen = watch(plan, engine, table, 7);
    auto hand = seen.hands.begin();
    for (std::uint64_t round = 1; hand != seen.hands.end(); ++round) {
      std::array<card, 52> deck{};
      std::iota(deck.begin(), deck.end(), card{0});
      stream.deal(deck, 3 * table.seats + table.burn + 2);
      for (; hand != seen.hands.end() && hand->number == round; ++hand) {
        const std::size_t own = std::size_t{3} * hand->seat, common = 3 * table.seats + table.burn;
        const dealt_cards expected{deck[own], deck[own + 1], deck[own + 2], deck[common],
                                   deck[common + 1]};
        REQUIRE(hand->cards == expected);
      }
    }
  }
}

TEST_CASE("casino seats: all seats of a round share the common cards and no other card",
          "[casino][seats]") {
  for (std::uint64_t session = 0; session < 20; ++session) {
    const auto seen = watch(plan_with(), engine_of(), {6, 3}, session);
    for (auto hand = seen.hands.begin(); hand != seen.hands.end();) {
      const std::uint64_t round = hand->number;
      std::vector<card> dealt{hand->cards[3], hand->cards[4]};
      for (; hand != seen.hands.end() && hand->number == round; ++hand) {
        REQUIRE(hand->cards[3] == dealt[0]);
        REQUIRE(hand->cards[4] == dealt[1]);
        dealt.insert(dealt.end(), hand->cards.begin(), hand->cards.begin() + 3);
      }
      std::sort(dealt.begin(), dealt.end());
      REQUIRE(std::adjacent_find(dealt.begin(), dealt.end()) == dealt.end());
    }
  }
}

TEST_CASE("casino seats: a seat that is over plays no hand and is counted no more",
          "[casino][seats]") {
  bool some_stopped_early = false;
  for (std::uint64_t session = 0; session < 20; ++session) {
    const auto seen = watch(plan_with(), engine_of(), {6, 0}, session);
    std::array<std::uint64_t, 6> hands{};
    std::array<std::int64_t, 6> profit{};
    std::vector<std::uint64_t> playing(201);
    for (const seen_hand& hand : seen.hands) {
      REQUIRE(hand.number == ++hands[hand.seat]);
      profit[hand.seat] += hand.net;
      ++playing[hand.number];
    }
    std::uint64_t pairs = 0, total = 0;
    for (const std::uint64_t seats : playing) pairs += seats == 0 ? 0 : seats * (seats - 1);
    for (std::size_t seat = 0; seat < 6; ++seat) {
      CHECK(seen.results[seat].hands == hands[seat]);
      CHECK(seen.results[seat].profit == profit[seat]);
      total += hands[seat];
    }
    CHECK(seen.counts.seat_pairs == pairs);
    CHECK(seen.counts.hands == total);
    CHECK(seen.counts.hands_seen.total() == total);
    CHECK(seen.counts.sessions == 6);
    const auto [fewest, most] = std::minmax_element(hands.begin(), hands.end());
    some_stopped_early = some_stopped_early || *fewest < *most;
  }
  CHECK(some_stopped_early);
}

TEST_CASE("casino seats: when a seat stops changes no card of another", "[casino][seats]") {
  const auto narrow = watch(plan_with(5), engine_of(), {6, 3}, 4);
  const auto wide = watch(plan_with(90), engine_of(), {6, 3}, 4);
  REQUIRE(narrow.hands.size() < wide.hands.size());
  auto longer = wide.hands.begin();
  for (const seen_hand& hand : narrow.hands) {
    while (longer->number != hand.number || longer->seat != hand.seat) ++longer;
    REQUIRE(longer->cards == hand.cards);
  }
}

TEST_CASE("casino seats: hands have the exact law with any number of seats and burned cards",
          "[casino][seats][statistics]") {
  const auto plan = plan_with(90);
  const auto engine = engine_of();
  const auto& law = test::law_of("chart-literal-no-quads");
  const auto ignore = [](const auto&) {};
  const auto without = play_tables(plan, engine, {1, 0}, 31, 1'200, ignore).hands_seen;
  const auto burned = play_tables(plan, engine, {1, 3}, 32, 1'200, ignore).hands_seen;
  const auto full = play_tables(plan, engine, {6, 3}, 33, 200, ignore).hands_seen;
  CHECK(std::abs(casino::fit_of(without.counts, law.counts).z()) < 4.5);
  CHECK(std::abs(casino::fit_of(burned.counts, law.counts).z()) < 4.5);
  CHECK(std::abs(casino::fit_of(full.counts, law.counts).z()) < 4.5);
  CHECK(std::abs(casino::fit_of_two(without.counts, burned.counts).z()) < 4.5);
}

TEST_CASE("casino seats: the covariance of two seats is exact", "[casino][seats][golden]") {
  const auto engine = engine_of("chart-literal");
  std::int64_t products = 0; // suits are alike: one of them stands for four
  for (unsigned rank = 0; rank < casino::rank_count; ++rank) {
    products +=
        4 * casino::seat_products(engine, casino::standard_pay_table, casino::make_card(rank, 2));
  }
  CHECK(products == 104'790'071'688);
  CHECK(casino::two_seat_deals == 842'842'728'000);
  const auto money =
      casino::law_of(test::law_of("chart-literal").outcomes(), casino::standard_pay_table);
  const double covariance =
      static_cast<double>(products) / 842'842'728'000.0 - money.mean() * money.mean();
  CHECK(covariance == Approx(0.123098537802).margin(5.1e-13).epsilon(0));
  CHECK(6 * money.variance() + 30 * covariance == Approx(163.940551527).margin(5.1e-10).epsilon(0));
}

TEST_CASE("casino seats: seats depend on each other as much as counted exactly",
          "[casino][seats][statistics]") {
  test::game_choice choice;
  choice.rules = test::rules(1'000'000, 200, {}, {});
  const auto plan = test::plan_of(choice);
  const auto engine = engine_of("chart-literal");
  const orderly::seed_range sessions(orderly::seed(34), 500);
  casino::statistics counts(plan);
  orderly::exact_moments products; // of one round: the sum over ordered pairs of seats
  for (const std::uint64_t session : sessions) {
    std::int64_t sum = 0, squares = 0;
    test::play_table(plan, engine, {6, 0}, engine.open(sessions, session), counts,
                     [&](unsigned seat, const casino::observed_hand& hand) {
                       sum += hand.net;
                       squares += hand.net * hand.net;
                       if (seat != 5) return;
                       products.add(sum * sum - squares);
                       sum = squares = 0;
                     });
  }
  REQUIRE(products.count() == 100'000);
  CHECK(counts.seat_pairs == 30 * products.count());
  const double expected = 30 * (104'790'071'688.0 / 842'842'728'000.0);
  const double error = std::sqrt(products.variance() / static_cast<double>(products.count()));
  CHECK(std::abs(products.mean() - expected) < 4.5 * error);
  CHECK(products.mean() > 4.5 * error); // seats are not independent
}

TEST_CASE("casino seats: each of six seats plays as many hands as a player alone",
          "[casino][seats][statistics][golden]") {
  const auto plan = plan_with();
  const auto law = casino::solve_session(
      {plan.rules(), plan.staking(),
       casino::unit_results(test::law_of("chart-literal-no-quads"), {}, false, false)});
  CHECK(law.mean_hands == Approx(80.365816546).margin(5.1e-10).epsilon(0));
  std::array<std::uint64_t, 6> hands{};
  constexpr std::uint64_t tables = 2'000;
  play_tables(plan, engine_of(), {6, 0}, 35, tables, [&](const auto& results) {
    for (std::size_t seat = 0; seat < 6; ++seat) hands[seat] += results[seat].hands;
  });
  const double error = law.sd_hands / std::sqrt(static_cast<double>(tables));
  for (const std::uint64_t sum : hands) {
    const double mean = static_cast<double>(sum) / static_cast<double>(tables);
    CHECK(std::abs(mean - 80.365816546) < 4.5 * error);
  }
}

TEST_CASE("casino seats: burned cards change nothing where no cards are dealt",
          "[casino][seats][engine]") {
  const casino::law_engine engine(test::law_of("optimal"));
  const auto digest_with = [&](unsigned burn) {
    test::game_choice choice;
    choice.table = {1, burn};
    const casino::game played = test::game_of(choice);
    casino::statistics seen(played.plan);
    casino::chunk_player<casino::law_engine>(played, engine,
                                             {})(orderly::seed_range(orderly::seed(5), 200), seen);
    return casino::digest_of(seen);
  };
  CHECK(digest_with(3) == digest_with(0));
}
