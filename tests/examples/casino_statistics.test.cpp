// SPDX-License-Identifier: MIT
//
// Exact counts: merging in any grouping, histograms without lost values, a digest that misses no
// count.
#include "support/catch.hpp"

#include "casino_simulator/report.hpp"
#include "casino_simulator/statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using casino::histogram;
using casino::statistics;

const casino::session_rules rules{100, 200, 50, 40};

/// Session number n of a made-up run with usual and unusual values.
statistics one_session(std::int64_t n) {
  statistics one(rules);
  const auto bets = static_cast<unsigned>(1 + n % 3);
  one.outcomes.add({bets, static_cast<casino::hand_kind>(n % 11)});
  one.add({n * 977 - 50, static_cast<std::uint64_t>(n), static_cast<casino::stop_reason>(n % 4),
           n * 977, -n, n * 300, bets});
  return one;
}

} // namespace

TEST_CASE("casino statistics: the mean of a histogram counts each value as often as it occurred",
          "[casino][statistics]") {
  histogram counts(0, 4);
  CHECK(casino::mean_of(counts) == 0);
  for (std::int64_t value = 1; value <= 10; ++value) counts.add(value);
  counts.add(-45, 2);
  CHECK(casino::mean_of(counts) == Approx(-35.0 / 12));
}

TEST_CASE("casino statistics: merging is associative and commutative", "[casino][statistics]") {
  statistics forwards(rules), backwards(rules), left(rules), right(rules);
  for (std::int64_t n = 0; n < 60; ++n) {
    forwards += one_session(n);
    backwards += one_session(59 - n);
    (n % 7 < 3 ? left : right) += one_session(n);
  }
  left += right;
  CHECK(casino::digest_of(forwards) == casino::digest_of(backwards));
  CHECK(casino::digest_of(forwards) == casino::digest_of(left));
}

TEST_CASE("casino statistics: one changed count changes the digest",
          "[casino][statistics][digest]") {
  statistics base(rules);
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
    change([&](statistics& s) { ++s.outcomes.counts[i / 11][i % 11]; });
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

TEST_CASE("casino statistics: the digest of nothing and of one session are frozen",
          "[casino][statistics][digest][golden]") {
  // 2 + 4 + 33 numbers and five empty histograms: 44 zeros of 8 bytes.
  CHECK(casino::digest_of(statistics(rules)) ==
        example::sha256().add(std::string(44 * 8, '\0')).hex());
  statistics one(rules);
  one.outcomes.add({2, casino::hand_kind::high_pair});
  one.add({2, 1, casino::stop_reason::hands, 2, 0, 0, 2});
  example::sha256 expected;
  expected.add_number(1).add_number(1);                             // sessions, hands
  expected.add_number(0).add_number(0).add_number(1).add_number(0); // stops
  for (int i = 0; i < 33; ++i) expected.add_number(i == 11 + 2 ? 1 : 0);
  for (const std::uint64_t value : {2U, 1U, 2U, 0U, 0U}) {
    expected.add_number(1).add_number(value).add_number(1);
  }
  CHECK(casino::digest_of(one) == expected.hex());
}

TEST_CASE("casino report: z is the distance from the exact expectation in exact deviations",
          "[casino][report]") {
  casino::money_law exact;
  exact.rounds = 4;
  exact.net = -4;
  exact.net_squared = 20; // mean -1, variance 4
  casino::money_law seen;
  seen.rounds = 100;
  seen.net = -60; // 40 above the expectation, deviation 2 * 10
  CHECK(casino::z_score(seen, exact) == Approx(2.0));
  CHECK(casino::z_score(casino::money_law{}, exact) == 0.0);
}
