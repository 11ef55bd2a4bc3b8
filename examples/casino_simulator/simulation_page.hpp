// SPDX-License-Identifier: MIT
//
// Fills the page of a simulation. Nothing on it depends on workers or time.
#ifndef ORDERLY_EXAMPLES_CASINO_SIMULATION_PAGE_HPP
#define ORDERLY_EXAMPLES_CASINO_SIMULATION_PAGE_HPP

#include "exact.hpp"
#include "presets.hpp"
#include "report_page.hpp"
#include "simulation.hpp"
#include "text_report.hpp"

#include <algorithm> // replace
#include <array>     // quantiles
#include <cstdint>   // counts
#include <string>    // texts
#include <utility>   // move
#include <vector>    // paths

namespace casino {

/// (hand, profit) of one session, from (0, 0) on.
using sample_path = std::vector<std::pair<std::uint64_t, std::int64_t>>;

namespace detail {

inline std::string spaced(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

inline profit_part profit_part_of(const simulation& run) {
  profit_part part;
  run.counts.profit.for_each(
      [&](std::int64_t value, std::uint64_t count) { part.observed.emplace_back(value, count); });
  if (run.exact.law) part.exact = run.exact.law->profit;
  return part;
}

inline fan_part fan_part_of(const simulation& run, std::vector<sample_path> paths) {
  fan_part part;
  if (run.counts.sessions == 0) return part;
  part.hands.push_back(0);
  part.profits.push_back({});
  for (std::size_t j = 1; j <= checkpoint_count; ++j) {
    const std::uint64_t hand = checkpoint_hand(j, run.counts.hand_limit);
    if (hand == part.hands.back()) continue; // fewer hands than checkpoints
    const histogram profit = run.counts.profit_at(j);
    std::array<std::int64_t, 5> quantiles{};
    for (std::size_t q = 0; q < quantiles.size(); ++q) {
      quantiles[q] = profit.quantile(checkpoint_percents[q], 100);
    }
    part.hands.push_back(hand);
    part.profits.push_back(quantiles);
  }
  part.paths = std::move(paths);
  return part;
}

/// The lowest profits of all sessions give the whole curve.
inline ruin_part ruin_part_of(const simulation& run) {
  ruin_part part;
  if (run.counts.sessions == 0) return part;
  part.loss = ruin_amounts(run.game);
  for (const std::int64_t loss : part.loss) {
    part.observed.push_back(static_cast<double>(at_most(run.counts.low, -loss)) /
                            static_cast<double>(run.counts.sessions));
  }
  for (const risk_point& point : run.exact.ruin) part.exact.push_back(point.probability);
  return part;
}

inline std::vector<hand_frequency> frequencies_of(const simulation& run) {
  std::vector<hand_frequency> hands;
  const outcome_table seen = run.counts.outcomes();
  const outcome_table exact = run.law.outcomes();
  for (std::size_t k = 0; k < hand_kinds; ++k) {
    hands.push_back({spaced(hand_kind_names[k]), seen.with_kind(k),
                     static_cast<double>(exact.with_kind(k)) / static_cast<double>(exact.rounds()),
                     run.counts.hands});
  }
  return hands;
}

inline strategy_row strategy_row_of(std::string name, const joint_law& law, const pay_table& pays,
                                    bool played) {
  const money_law money = law_of(law.outcomes(), pays);
  return {std::move(name),
          money.mean(),
          money.deviation(),
          money.average_bet(),
          money.element_of_risk(),
          -money.mean(),
          played};
}

/// All presets under the pay table in use; the strategy played comes first.
inline std::vector<strategy_row> strategies_of(const simulation& run) {
  const pay_table& pays = run.game.plan.pays().main;
  std::vector<strategy_row> rows{strategy_row_of(run.game.strategy_title, run.law, pays, true)};
  for (const preset_info& known : presets) {
    if (known.name == run.game.strategy_name) continue;
    const named_strategy other = preset(known.name, pays);
    rows.push_back(strategy_row_of(other.title, law_by_class(other.decisions), pays, false));
  }
  return rows;
}

inline std::vector<std::pair<std::string, std::string>> summary_of(const simulation& run) {
  const goodness_of_fit fit = fit_of(run);
  const controlled_mean controlled =
      controlled_mean_of(run.counts.outcomes(), run.law.outcomes(), run.game.plan.pays().main);
  return {{"strategy", run.game.strategy_title},
          {"sessions", std::to_string(run.counts.sessions)},
          {"hands", std::to_string(run.counts.hands)},
          {"limits", describe(run.game.plan.rules())},
          {"bets", describe(run.game.plan.staking())},
          {"table", describe(run.game.table)},
          {"engine", std::string(name_of(run.options.engine))},
          {"seed", std::to_string(run.options.seed)},
          {"chi-square of the hands", decimals(fit.chi_square, 1) + " with " +
                                          std::to_string(fit.freedom) + " degrees of freedom"},
          {"control variate", "variance divided by " + decimals(controlled.variance_reduction, 1)}};
}

} // namespace detail

inline report_page page_of(const simulation& run, std::vector<sample_path> paths) {
  report_page page;
  page.title = "Let It Ride";
  page.subtitle = run.game.strategy_title + ": " + std::to_string(run.counts.sessions) +
                  " sessions beside the exact law";
  page.summary = detail::summary_of(run);
  page.profit = detail::profit_part_of(run);
  page.fan = detail::fan_part_of(run, std::move(paths));
  page.ruin = detail::ruin_part_of(run);
  page.hands = detail::frequencies_of(run);
  page.comparisons = comparisons_of(run);
  page.strategies = detail::strategies_of(run);
  page.footer = "Digest of all counts: " + digest_of(run.counts) +
                ". The same seed and options give this page again, on any number of workers.";
  if (!run.exact.missing.empty()) page.footer += " Not computed: " + run.exact.missing + ".";
  return page;
}

} // namespace casino

#endif
