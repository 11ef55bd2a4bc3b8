// SPDX-License-Identifier: MIT
//
// Exact counts: merging in any grouping, histograms without lost values, a digest that misses no
// count, and profits on the way.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/play.hpp"
#include "casino_simulator/statistics.hpp"

#include "orderly/seed_range.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using casino::cell;
using casino::histogram;
using casino::statistics;
using casino::three_card_kind;

const casino::session_plan& plan() {
  static const auto usual = [] {
    test::game_choice choice;
    choice.rules = test::rules(100, 200, 50, 40);
    return test::plan_of(choice);
  }();
  return usual;
}

/// Session number n of a made-up run with usual and unusual values.
void count_session(statistics& seen, std::int64_t n) {
  const auto bets = static_cast<unsigned>(1 + n % 3);
  const cell hand = casino::cell_of({bets, static_cast<casino::hand_kind>(n % 11)},
                                    static_cast<three_card_kind>(n % 7));
  ++seen.hands_seen.counts[hand];
  seen.seat_pairs += static_cast<std::uint64_t>(n % 5);
  seen.playing[static_cast<std::size_t>(n % 20)].add(n * 31 - 900);
  seen.ended[static_cast<std::size_t>(n % 19)].add(n * 77);
  seen.add({n * 977 - 50, static_cast<std::uint64_t>(n), static_cast<casino::stop_reason>(n % 4),
            n * 977, -n, n * 300, n, bets, n % 4, n % 3 - 2});
}

statistics one_session(std::int64_t n) {
  statistics one(plan());
  count_session(one, n);
  return one;
}

/// All that is counted, whether the digest holds it or not.
bool same(const statistics& a, const statistics& b) {
  return casino::digest_of(a) == casino::digest_of(b) && a.hands_seen == b.hands_seen &&
         a.seat_pairs == b.seat_pairs && a.wagered == b.wagered &&
         a.bonus_wagered == b.bonus_wagered && a.bonus_net == b.bonus_net &&
         a.playing == b.playing && a.ended == b.ended;
}

} // namespace

TEST_CASE("casino statistics: mean and deviation of a histogram count each value as often as it "
          "occurred",
          "[casino][statistics]") {
  histogram counts(0, 4);
  CHECK(casino::moments_of(counts).mean == 0);
  CHECK(casino::moments_of(counts).deviation == 0);
  for (std::int64_t value = 1; value <= 10; ++value) counts.add(value);
  counts.add(-45, 2);
  CHECK(casino::moments_of(counts).mean == Approx(-35.0 / 12));
  const double squares = (385.0 + 2 * 2'025) / 12 - 35.0 * 35 / 144;
  const double deviation = casino::moments_of(counts).deviation;
  CHECK(deviation * deviation == Approx(squares));
  CHECK(casino::moments_of(counts).skewness == Approx(-1.712707018434606)); // computed elsewhere
  CHECK(casino::moments_of(counts).kurtosis == Approx(1.064770017673795));
  histogram equal;
  equal.add(7, 9);
  CHECK(casino::moments_of(equal).kurtosis == 0);
  CHECK(casino::at_most(counts, -46) == 0);
  CHECK(casino::at_most(counts, -45) == 2);
  CHECK(casino::at_most(counts, 3) == 5);
}

TEST_CASE("casino statistics: sessions are won, even or lost by their profit",
          "[casino][statistics]") {
  histogram profit(-10, 20);
  for (const std::int64_t value : {-4000, -1, 0, 0, 1, 5, 4000}) profit.add(value);
  const auto ended = casino::outcomes_of(profit);
  CHECK(ended.won == 3);
  CHECK(ended.pushed == 2);
  CHECK(ended.lost == 2);
}

TEST_CASE("casino statistics: merging is associative and commutative", "[casino][statistics]") {
  statistics alone(plan()), forwards(plan()), backwards(plan()), left(plan()), right(plan());
  for (std::int64_t n = 0; n < 60; ++n) {
    count_session(alone, n);
    forwards += one_session(n);
    backwards += one_session(59 - n);
    (n % 7 < 3 ? left : right) += one_session(n);
  }
  left += right;
  CHECK(same(forwards, alone)); // nothing is lost
  CHECK(same(forwards, backwards));
  CHECK(same(forwards, left));
  CHECK(forwards.sessions == 60);
  CHECK(forwards.bonus_wagered.to_int64() == 15 * (0 + 1 + 2 + 3));
  CHECK(forwards.seat_pairs == 12 * (0 + 1 + 2 + 3 + 4));
}

TEST_CASE("casino statistics: one changed count changes the digest",
          "[casino][statistics][digest]") {
  statistics base(plan());
  for (std::int64_t n = 0; n < 60; ++n) base += one_session(n);
  std::set<std::string> digests{casino::digest_of(base)};
  std::size_t changes = 0;
  const auto change = [&](const std::function<void(statistics&)>& one) {
    statistics changed = base;
    one(changed);
    digests.insert(casino::digest_of(changed));
    ++changes;
  };
  change([](statistics& s) { ++s.sessions; });
  change([](statistics& s) { ++s.hands; });
  for (std::size_t i = 0; i < casino::stop_reasons; ++i) {
    change([&](statistics& s) { ++s.stops[i]; });
  }
  for (std::size_t i = 0; i < 33; ++i) {
    change([&](statistics& s) { ++s.hands_seen.counts[i]; });
  }
  for (histogram statistics::*which :
       {&statistics::profit, &statistics::hands_played, &statistics::peak, &statistics::low,
        &statistics::max_drawdown}) {
    for (const std::int64_t value : {0, 7, 3'000'000, -3'000'000}) {
      change([&](statistics& s) { (s.*which).add(value); });
    }
  }
  CHECK(digests.size() == changes + 1);
}

TEST_CASE("casino statistics: the digest counts final hands and bets, whatever the three cards",
          "[casino][statistics][digest]") {
  std::set<std::string> digests;
  for (std::size_t three = 0; three < casino::three_card_kinds; ++three) {
    statistics one(plan());
    const cell hand =
        casino::cell_of({2, casino::hand_kind::two_pair}, static_cast<three_card_kind>(three));
    ++one.hands_seen.counts[hand];
    digests.insert(casino::digest_of(one));
  }
  CHECK(digests.size() == 1);
}

TEST_CASE("casino statistics: the digest of nothing and of one session are frozen",
          "[casino][statistics][digest][golden]") {
  // 2 + 4 + 33 numbers and five empty histograms: 44 zeros of 8 bytes.
  CHECK(casino::digest_of(statistics(plan())) ==
        example::sha256().add(std::string(44 * 8, '\0')).hex());
  statistics one(plan());
  const cell hand = casino::cell_of({2, casino::hand_kind::high_pair}, three_card_kind::nothing);
  ++one.hands_seen.counts[hand];
  one.add({2, 1, casino::stop_reason::hands, 2, 0, 0, 0, 2, 0, 0});
  example::sha256 expected;
  expected.add_number(1).add_number(1);                             // sessions, hands
  expected.add_number(0).add_number(0).add_number(1).add_number(0); // stops
  for (int i = 0; i < 33; ++i) expected.add_number(i == 11 + 2 ? 1 : 0);
  for (const std::uint64_t value : {2U, 1U, 2U, 0U, 0U}) {
    expected.add_number(1).add_number(value).add_number(1);
  }
  CHECK(casino::digest_of(one) == expected.hex());
}

TEST_CASE("casino statistics: checkpoints are twentieths of the hand limit, rounded up",
          "[casino][statistics]") {
  CHECK(casino::checkpoint_hand(1, 200) == 10);
  CHECK(casino::checkpoint_hand(20, 200) == 200);
  CHECK(casino::checkpoint_hand(1, 7) == 1);
  CHECK(casino::checkpoint_hand(3, 7) == 2); // 1.05
  CHECK(casino::checkpoint_hand(20, 7) == 7);
}

TEST_CASE("casino statistics: profits at the checkpoints are those of the hands",
          "[casino][statistics]") {
  const casino::law_engine engine(test::law_of("optimal"));
  const orderly::seed_range sessions(orderly::seed(11), 300);
  for (const std::uint64_t hands : {1U, 7U, 20U, 33U, 200U}) {
    test::game_choice choice;
    choice.rules = test::rules(100, hands, 20, 15);
    const auto limits = test::plan_of(choice);
    statistics quick(limits), watched(limits);
    std::vector<histogram> expected(casino::checkpoint_count + 1);
    for (const std::uint64_t session : sessions) {
      test::play_session(limits, engine, engine.open(sessions, session), quick);
      std::map<std::uint64_t, std::int64_t> profit;
      const auto result = test::watch_session(
          limits, engine, engine.open(sessions, session), watched,
          [&](unsigned, const casino::observed_hand& hand) { profit[hand.number] = hand.profit; });
      for (std::size_t j = 1; j <= casino::checkpoint_count; ++j) {
        const std::uint64_t hand = (std::min)(casino::checkpoint_hand(j, hands), result.hands);
        expected[j].add(profit.at(hand));
      }
    }
    CAPTURE(hands);
    CHECK(same(quick, watched));
    for (std::size_t j = 1; j <= casino::checkpoint_count; ++j) {
      CHECK(quick.profit_at(j) == expected[j]);
    }
    CHECK(quick.profit_at(casino::checkpoint_count) == quick.profit);
  }
}
