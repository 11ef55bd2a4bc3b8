// SPDX-License-Identifier: MIT
//
// Strategies side by side on the same cards: session i of each draws from the same stream, so what
// they differ by is measured without most of the luck that they share (common random numbers).
//
// The difference of a session is its profit under a strategy less that under the first one. Its
// moments are exact sums, so they do not depend on workers.
#ifndef ORDERLY_EXAMPLES_CASINO_COMPARE_HPP
#define ORDERLY_EXAMPLES_CASINO_COMPARE_HPP

#include "../support/json_text.hpp"
#include "game.hpp"
#include "json_report.hpp"
#include "simulate.hpp"
#include "statistics.hpp"
#include "text_report.hpp"

#include "orderly/accumulators.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <cmath>   // sqrt
#include <cstddef> // size_t
#include <cstdint> // sessions
#include <string>  // texts
#include <utility> // move
#include <vector>  // strategies

namespace casino {

/// One set of counts for each strategy, and the differences from the first.
struct compared_counts {
  std::vector<statistics> by_strategy;
  std::vector<orderly::exact_moments> differences;

  compared_counts& operator+=(const compared_counts& other) {
    for (std::size_t s = 0; s < by_strategy.size(); ++s) {
      by_strategy[s] += other.by_strategy[s];
      differences[s] += other.differences[s];
    }
    return *this;
  }
};

struct comparison_run {
  const simulate_options& options;
  std::vector<game> games; ///< that differ in the strategy only
  compared_counts counts;
  std::vector<joint_law> laws; ///< of a hand
  run_cost cost;
};

inline compared_counts counts_for(const std::vector<game>& games) {
  return {std::vector<statistics>(games.size(), statistics(games.front().plan)),
          std::vector<orderly::exact_moments>(games.size())};
}

/// Plays the sessions, or those until `run.stop` is set, once with each of the games.
inline compared_counts compare_all(orderly::worker_pool& pool, const std::vector<game>& games,
                                   vector_path path, const orderly::seed_range& sessions,
                                   const orderly::ordered_options& run) {
  std::vector<card_engine> engines;
  for (const game& played : games) engines.emplace_back(played.decisions, path);
  orderly::per_worker<compared_counts> counts(pool, [&](std::size_t) { return counts_for(games); });
  const auto play = [&](const orderly::seed_range& chunk, compared_counts& seen) {
    const auto ignore = [](unsigned, const observed_hand&) {};
    std::vector<std::int64_t> first; // profits under the first strategy, seat by seat
    for (std::size_t s = 0; s < games.size(); ++s) {
      cell_counter hands(seen.by_strategy[s]);
      std::size_t at = 0;
      for (const std::uint64_t session : chunk) {
        for (const session_result& result :
             watch(games[s], engines[s], chunk, session, seen.by_strategy[s], hands, ignore)) {
          if (s == 0) first.push_back(result.profit);
          seen.differences[s].add(result.profit - first[at++]);
        }
      }
    }
    return chunk.size();
  };
  orderly::ordered_for_each(
      counts, sessions, sessions_per_chunk(games.front().plan.rules()), play, [](std::uint64_t) {},
      run);
  compared_counts all = counts_for(games);
  for (std::size_t worker = 0; worker < counts.size(); ++worker) all += counts[worker];
  return all;
}

/// The mean difference, its standard error, and how many times the variance it would have had with
/// strategies on streams of their own.
struct paired_difference {
  double mean = 0;
  double standard_error = 0;
  double variance_reduction = 1;
};

inline paired_difference difference_of(const compared_counts& counts, std::size_t strategy) {
  const orderly::exact_moments& difference = counts.differences[strategy];
  if (difference.count() == 0) return {};
  const double first = moments_of(counts.by_strategy.front().profit).deviation;
  const double second = moments_of(counts.by_strategy[strategy].profit).deviation;
  paired_difference result;
  result.mean = difference.mean();
  result.standard_error =
      std::sqrt(difference.variance() / static_cast<double>(difference.count()));
  if (difference.variance() > 0) {
    result.variance_reduction = (first * first + second * second) / difference.variance();
  }
  return result;
}

inline std::string comparison_text(const comparison_run& run) {
  const game& first = run.games.front();
  text_report text;
  text.line("Let It Ride, strategies on the same cards, seed " + std::to_string(run.options.seed));
  text.line(describe(first.plan.rules()));
  text.line(describe(first.plan.staking()));
  if (!first.single_seat()) text.line(describe(first.table));
  text.field("sessions", run.counts.by_strategy.front().sessions);
  text.row("", std::string("exact EV/hand"), std::string("mean profit"), std::string("won"),
           std::string("difference"), std::string("+- (95 %)"), std::string("variance /"));
  for (std::size_t s = 0; s < run.games.size(); ++s) {
    const statistics& counts = run.counts.by_strategy[s];
    const paired_difference paired = difference_of(run.counts, s);
    const money_law law = law_of(run.laws[s].outcomes(), run.games[s].plan.pays().main);
    text.row(run.games[s].strategy_title, decimals(law.mean(), 6),
             decimals(moments_of(counts.profit).mean, 6),
             percent(outcomes_of(counts.profit).won, counts.sessions, 4),
             s == 0 ? std::string("-") : decimals(paired.mean, 6),
             s == 0 ? std::string("-") : decimals(normal_95 * paired.standard_error, 6),
             s == 0 ? std::string("-") : decimals(paired.variance_reduction, 1));
  }
  text.field("wall, cpu seconds", detail::cost_text(run.cost));
  return text.take();
}

inline std::string comparison_json(const comparison_run& run) {
  example::json_text json;
  json.begin_object().member("seed", run.options.seed);
  json.member("sessions", run.counts.by_strategy.front().sessions);
  detail::write_game(json, run.games.front());
  json.key("strategies").begin_array();
  for (std::size_t s = 0; s < run.games.size(); ++s) {
    const statistics& counts = run.counts.by_strategy[s];
    const paired_difference paired = difference_of(run.counts, s);
    json.begin_object().member("strategy", run.games[s].strategy_name);
    json.member("exact_ev_per_hand",
                law_of(run.laws[s].outcomes(), run.games[s].plan.pays().main).mean());
    json.member("mean_profit", moments_of(counts.profit).mean);
    json.member("sessions_won", outcomes_of(counts.profit).won);
    json.member("difference", paired.mean).member("standard_error", paired.standard_error);
    json.member("variance_reduction", paired.variance_reduction);
    json.member("digest", digest_of(counts)).end_object();
  }
  json.end_array();
  detail::write_run(json, run.options, run.cost, std::nullopt);
  json.end_object();
  return json.take();
}

} // namespace casino

#endif
