// SPDX-License-Identifier: MIT
//
// Rows and digest of the simulator's composition do not depend on workers, window or timing: here its
// chunks are delayed at random.
#include "support/catch.hpp"
#include "support/timing.hpp"

#include "casino_simulator/csv_rows.hpp"
#include "casino_simulator/deal.hpp"
#include "casino_simulator/round.hpp"
#include "casino_simulator/session.hpp"
#include "casino_simulator/statistics.hpp"
#include "casino_simulator/strategy.hpp"

#include "orderly/orderly.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

struct run_result {
  std::string rows;
  std::string digest;
  friend bool operator==(const run_result&, const run_result&) = default;
};

run_result play(const casino::round_rules& rounds, std::size_t workers, std::size_t window,
                bool delays) {
  const casino::session_rules rules{100, 200, 50, 40};
  const orderly::seed_range sessions(orderly::seed(42), 4000);
  test::disturbance disturb;
  orderly::worker_pool pool(workers);
  orderly::per_worker<casino::statistics> counts(
      pool, [&](std::size_t) { return casino::statistics(rules); });
  run_result result;
  orderly::ordered_options options;
  options.window = window;
  orderly::ordered_for_each(
      counts, sessions, 16,
      [&](const orderly::seed_range& chunk, casino::statistics& seen) {
        std::string rows;
        for (const std::uint64_t session : chunk) {
          if (delays) disturb();
          orderly::random_stream cards = chunk.stream(session);
          const auto played =
              casino::play_session(rules, casino::standard_pay_table, seen.outcomes, [&] {
                return rounds.play(
                    casino::deal(static_cast<std::uint32_t>(cards.below(casino::ordered_deals))));
              });
          seen.add(played);
          casino::append_csv_row(rows, session, played);
        }
        return rows;
      },
      [&](std::string&& rows) { result.rows += rows; }, options);
  casino::statistics all(rules);
  for (std::size_t w = 0; w < counts.size(); ++w) all += counts[w];
  result.digest = casino::digest_of(all);
  return result;
}

} // namespace

TEST_CASE("casino: rows and digest are the same for any workers, window and timing",
          "[casino][contract]") {
  const casino::round_rules rounds(
      casino::strategy::optimal(casino::standard_pay_table, casino::tie_rule::pull));
  const run_result expected = play(rounds, 1, 16, false);
  REQUIRE(expected.rows.size() > 100000);
  for (const std::size_t workers : {1U, 2U, 3U, 8U})
    for (const std::size_t window : {1U, 5U, 128U})
      REQUIRE(play(rounds, workers, window, true) == expected);
}
