// SPDX-License-Identifier: MIT
//
// A finished or stopped simulation, and its figures beside the exact ones.
#ifndef ORDERLY_EXAMPLES_CASINO_SIMULATION_HPP
#define ORDERLY_EXAMPLES_CASINO_SIMULATION_HPP

#include "estimates.hpp"
#include "exact_session.hpp"
#include "game.hpp"
#include "options.hpp"
#include "report_page.hpp"
#include "statistics.hpp"

#include <array>    // three-card kinds
#include <cmath>    // sqrt
#include <cstddef>  // size_t
#include <cstdint>  // counts
#include <optional> // what may be unknown
#include <string>   // names
#include <utility>  // move
#include <vector>   // rows

namespace casino {

/// How long a run took, and on how many workers.
struct run_cost {
  std::size_t workers = 0;
  double wall_s = 0;
  double cpu_s = 0; ///< summed over all threads
};

struct simulation {
  const simulate_options& options;
  const casino::game& game;
  statistics counts;
  joint_law law; ///< of a hand, exact
  exact_session exact;
  std::optional<double> seat_covariance; ///< of two seats' hands, in squared units
  std::uint64_t chunk_size = 0;
  run_cost cost;

  std::uint64_t sessions_asked() const { return options.sessions * game.table.seats; }
  bool complete() const { return counts.sessions == sessions_asked(); }
  double hands_per_s() const {
    return cost.wall_s > 0 ? static_cast<double>(counts.hands) / cost.wall_s : 0;
  }
};

/// Mean and variance of a value under weights.
struct value_law {
  double mean = 0;
  double variance = 0;
};

template <class Counts, class Value>
value_law law_of_values(const Counts& weights, Value&& value) {
  double total = 0, sum = 0, squares = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto weight = static_cast<double>(weights[i]);
    const double x = value(i);
    total += weight;
    sum += weight * x;
    squares += weight * x * x;
  }
  if (total <= 0) return {};
  const double mean = sum / total;
  return {mean, squares / total - mean * mean};
}

/// How many standard errors the observed mean of `trials` draws lies from the exact one.
inline std::optional<double> z_of(double observed, const value_law& exact, std::uint64_t trials) {
  if (trials == 0 || !(exact.variance > 0)) return std::nullopt;
  return (observed - exact.mean) / std::sqrt(exact.variance / static_cast<double>(trials));
}

namespace detail {

inline comparison row(std::string name, double observed, const value_law& exact,
                      std::uint64_t trials, int decimals) {
  return {std::move(name), observed, exact.mean, z_of(observed, exact, trials), decimals, ""};
}

/// A share of the sessions or hands, in per cent.
inline comparison share_row(std::string name, std::uint64_t part, std::uint64_t whole,
                            std::optional<double> exact) {
  const double seen = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  comparison result{std::move(name), 100 * seen, {}, {}, 4, " %"};
  if (!exact) return result;
  result.exact = 100 * *exact;
  result.z = z_of(seen, {*exact, *exact * (1 - *exact)}, whole);
  return result;
}

/// The hand: what a unit bet brings, and each bonus by itself.
inline void add_hand_rows(const simulation& run, std::vector<comparison>& rows) {
  const hand_pays& pays = run.game.plan.pays();
  const outcome_table seen = run.counts.outcomes();
  const outcome_table deals = run.law.outcomes();
  const money_law exact = law_of(deals, pays.main);
  const money_law money = law_of(seen, pays.main);
  const std::uint64_t hands = run.counts.hands;
  value_law net{exact.mean(), exact.variance()};
  if (hands > 0 && run.seat_covariance) { // seats at one table are not independent
    net.variance += *run.seat_covariance * static_cast<double>(run.counts.seat_pairs) /
                    static_cast<double>(hands);
  }
  rows.push_back(row("EV per hand", money.mean(), net, hands, 6));
  const controlled_mean controlled = controlled_mean_of(seen, deals, pays.main);
  rows.push_back({"EV per hand, hands as control variate", controlled.mean, net.mean, {}, 6, ""});
  if (controlled.standard_error > 0) {
    rows.back().z = (controlled.mean - net.mean) / controlled.standard_error;
  }
  const std::array<std::uint64_t, 3> bets{deals.with_bets(1), deals.with_bets(2),
                                          deals.with_bets(3)};
  const auto units = [](std::size_t i) { return static_cast<double>(i + 1); };
  rows.push_back(row("average bet", money.average_bet(), law_of_values(bets, units), hands, 6));
  rows.push_back(share_row("winning hands", money.winning, hands,
                           static_cast<double>(exact.winning) / static_cast<double>(exact.rounds)));
}

inline void add_bonus_rows(const simulation& run, std::vector<comparison>& rows) {
  const hand_pays& pays = run.game.plan.pays();
  const std::uint64_t hands = run.counts.hands;
  if (run.game.three_card_bonus) {
    const auto pay = [&](std::size_t i) { return static_cast<double>(pays.three.net[i]); };
    rows.push_back(row("three-card bonus per unit",
                       law_of_values(run.counts.hands_seen.three_card_counts(), pay).mean,
                       law_of_values(run.law.three_card_counts(), pay), hands, 6));
  }
  if (run.game.five_card_bonus) {
    const auto kinds = [](const joint_law& law) {
      std::array<std::uint64_t, hand_kinds> counts{};
      const outcome_table table = law.outcomes();
      for (std::size_t k = 0; k < hand_kinds; ++k) counts[k] = table.with_kind(k);
      return counts;
    };
    const auto pay = [&](std::size_t i) { return static_cast<double>(pays.five.net[i]); };
    rows.push_back(row("five-card bonus per unit",
                       law_of_values(kinds(run.counts.hands_seen), pay).mean,
                       law_of_values(kinds(run.law), pay), hands, 6));
  }
}

inline void add_session_rows(const simulation& run, std::vector<comparison>& rows) {
  const statistics& counts = run.counts;
  const std::uint64_t sessions = counts.sessions;
  const session_law* const law = run.exact.law ? &*run.exact.law : nullptr;
  const auto exact = [&](double session_law::*figure) {
    return law == nullptr ? std::nullopt : std::optional(law->*figure);
  };
  const session_outcomes ended = outcomes_of(counts.profit);
  rows.push_back(share_row("sessions won", ended.won, sessions, exact(&session_law::win)));
  rows.push_back(share_row("sessions at zero", ended.pushed, sessions, exact(&session_law::push)));
  rows.push_back(share_row("sessions lost", ended.lost, sessions, exact(&session_law::lose)));
  for (std::size_t i = 0; i < stop_reasons; ++i) {
    rows.push_back(share_row("stopped by " + std::string(stop_reason_names[i]), counts.stops[i],
                             sessions,
                             law == nullptr ? std::nullopt : std::optional(law->stops[i])));
  }
  const auto mean_row = [&](const char* name, double seen, double session_law::*mean,
                            double session_law::*deviation) {
    comparison result{name, seen, {}, {}, 6, ""};
    if (law != nullptr) {
      result = row(name, seen, {law->*mean, law->*deviation * (law->*deviation)}, sessions, 6);
    }
    rows.push_back(std::move(result));
  };
  const histogram_moments profit = moments_of(counts.profit);
  mean_row("mean profit", profit.mean, &session_law::mean_profit, &session_law::sd_profit);
  rows.push_back({"standard deviation of the profit",
                  profit.deviation,
                  exact(&session_law::sd_profit),
                  {},
                  6,
                  ""});
  mean_row("mean hands", moments_of(counts.hands_played).mean, &session_law::mean_hands,
           &session_law::sd_hands);
  const histogram_moments drawdown = moments_of(counts.max_drawdown);
  comparison fall{"mean maximum drawdown", drawdown.mean, run.exact.mean_drawdown, {}, 6, ""};
  if (fall.exact) {
    fall.z = z_of(drawdown.mean, {*fall.exact, drawdown.deviation * drawdown.deviation}, sessions);
  }
  rows.push_back(std::move(fall));
}

} // namespace detail

/// Every figure of the run that has a name, beside the exact one where that is known. Sessions of
/// one table are taken as independent, which they nearly are: hands of two seats correlate by less
/// than 1 %.
inline std::vector<comparison> comparisons_of(const simulation& run) {
  std::vector<comparison> rows;
  detail::add_hand_rows(run, rows);
  detail::add_bonus_rows(run, rows);
  detail::add_session_rows(run, rows);
  return rows;
}

/// How well the cells that were seen fit the exact law.
inline goodness_of_fit fit_of(const simulation& run) {
  return fit_of(run.counts.hands_seen.counts, run.law.counts);
}

} // namespace casino

#endif
