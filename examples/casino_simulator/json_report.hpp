// SPDX-License-Identifier: MIT
//
// JSON for programs. Counts are written exactly; every real number is computed from exact counts in
// a fixed order. Workers and timings are in the object "run", which can be left out: the rest is
// the same for any number of workers.
#ifndef ORDERLY_EXAMPLES_CASINO_JSON_REPORT_HPP
#define ORDERLY_EXAMPLES_CASINO_JSON_REPORT_HPP

#include "../support/json_text.hpp"
#include "simulation.hpp"
#include "text_report.hpp"

#include <cmath>       // sqrt
#include <cstdint>     // counts
#include <optional>    // what may be unknown
#include <string>      // the text
#include <string_view> // names
#include <vector>      // rows

namespace casino {
namespace detail {

template <class Value>
void write_optional(example::json_text& json, std::string_view name,
                    const std::optional<Value>& value) {
  value ? json.member(name, *value) : json.member(name, nullptr);
}

/// [[value, count], ...]
inline void write_counts(example::json_text& json, std::string_view name, const histogram& counts) {
  json.key(name).begin_array();
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    json.begin_line().value(value).value(count).end_line();
  });
  json.end_array();
}

/// {"high_card": [with 1 bet, with 2 bets, with 3 bets], ...}
inline void write_outcomes(example::json_text& json, const outcome_table& outcomes) {
  json.key("rounds_by_final_hand_and_bets").begin_object();
  for (std::size_t k = 0; k < hand_kinds; ++k) {
    json.key(hand_kind_names[k]).begin_line();
    for (const auto& kinds : outcomes.counts) json.value(kinds[k]);
    json.end_line();
  }
  json.end_object();
}

inline void write_three_card_hands(example::json_text& json, const joint_law& hands) {
  json.key("three_card_hands").begin_object();
  const auto counts = hands.three_card_counts();
  for (std::size_t k = 0; k < three_card_kinds; ++k) {
    json.member(three_card_kind_names[k], counts[k]);
  }
  json.end_object();
}

inline void write_run(example::json_text& json, const run_options& options, const run_cost& cost,
                      std::optional<double> hands_per_s) {
  if (!options.timing) return;
  json.key("run").begin_object();
  json.member("workers", cost.workers).member("wall_s", cost.wall_s).member("cpu_s", cost.cpu_s);
  if (hands_per_s) json.member("hands_per_s", *hands_per_s);
  json.end_object();
}

inline void write_game(example::json_text& json, const game& played) {
  const session_rules& rules = played.plan.rules();
  json.key("game").begin_object();
  json.member("strategy", played.strategy_name).member("strategy_title", played.strategy_title);
  json.member("bankroll", rules.bankroll);
  write_optional(json, "win_limit", rules.win_limit);
  write_optional(json, "loss_limit", rules.loss_limit);
  json.member("hand_limit", rules.hands);
  json.member("base_bet", played.plan.staking().base_bet());
  json.member("betting", played.plan.staking().system().name);
  json.member("bonus_betting", describe(played.plan.staking().bonus()));
  json.member("five_card_bet", played.plan.staking().five_card_bonus());
  json.member("seats", played.table.seats).member("burn", played.table.burn);
  json.end_object();
}

inline void write_comparisons(example::json_text& json, const std::vector<comparison>& rows) {
  json.key("figures").begin_array();
  for (const comparison& row : rows) {
    json.begin_object().member("name", row.name + row.unit).member("simulated", row.observed);
    write_optional(json, "exact", row.exact);
    write_optional(json, "z", row.z);
    json.end_object();
  }
  json.end_array();
}

inline void write_interval(example::json_text& json, std::string_view name, std::uint64_t part,
                           std::uint64_t whole) {
  const probability_range range = wilson_interval(part, whole);
  json.key(name).begin_line().value(range.low).value(range.high).end_line();
}

/// Exactly if it has 64 bits.
inline void write_sum(example::json_text& json, std::string_view name, const exact_sum& sum) {
  sum.fits_int64() ? json.member(name, sum.to_int64()) : json.member(name, sum.to_double());
}

inline void write_money(example::json_text& json, const simulation& run) {
  const hand_pays& pays = run.game.plan.pays();
  const outcome_table seen = run.counts.outcomes();
  const money_law exact = law_of(run.law.outcomes(), pays.main);
  const money_law money = law_of(seen, pays.main);
  const controlled_mean controlled = controlled_mean_of(seen, run.law.outcomes(), pays.main);
  json.member("net_units", money.net).member("wagered_units", money.wagered);
  json.member("ev_per_hand", money.mean()).member("exact_ev_per_hand", exact.mean());
  json.member("sd", money.deviation()).member("exact_sd", exact.deviation());
  if (run.counts.hands != 0) {
    json.member("ev_per_hand_margin_95",
                normal_95 * exact.deviation() / std::sqrt(static_cast<double>(run.counts.hands)));
  }
  json.key("control_variate").begin_object();
  json.member("ev_per_hand", controlled.mean);
  json.member("standard_error", controlled.standard_error);
  json.member("variance_reduction", controlled.variance_reduction).end_object();
  write_sum(json, "wagered_main", run.counts.wagered);
  write_sum(json, "wagered_bonus", run.counts.bonus_wagered);
  write_sum(json, "net_bonus", run.counts.bonus_net);
}

/// The sessions with a property, and the 95 % interval of their share.
inline void write_share(example::json_text& json, const std::string& name, std::uint64_t part,
                        std::uint64_t whole) {
  json.member(name, part);
  write_interval(json, name + "_interval_95", part, whole);
}

inline void write_sessions(example::json_text& json, const statistics& counts,
                           std::int64_t bankroll) {
  const session_outcomes ended = outcomes_of(counts.profit);
  const histogram_moments profit = moments_of(counts.profit);
  const histogram_moments drawdown = moments_of(counts.max_drawdown);
  write_share(json, "sessions_won", ended.won, counts.sessions);
  write_share(json, "sessions_at_zero", ended.pushed, counts.sessions);
  write_share(json, "sessions_lost", ended.lost, counts.sessions);
  write_share(json, "sessions_that_lost_half", at_most(counts.profit, -((bankroll + 1) / 2)),
              counts.sessions);
  write_share(json, "sessions_that_lost_all", at_most(counts.profit, -bankroll), counts.sessions);
  json.member("mean_profit", profit.mean).member("sd_profit", profit.deviation);
  json.member("skewness_profit", profit.skewness);
  json.member("excess_kurtosis_profit", profit.kurtosis);
  if (counts.sessions != 0) {
    json.member("interquartile_range_profit",
                counts.profit.quantile(3, 4) - counts.profit.quantile(1, 4));
  }
  json.member("mean_hands", moments_of(counts.hands_played).mean);
  json.member("mean_max_drawdown", drawdown.mean).member("sd_max_drawdown", drawdown.deviation);
  json.key("stop_reasons").begin_object();
  for (std::size_t i = 0; i < stop_reasons; ++i) {
    json.member(stop_reason_names[i], counts.stops[i]);
  }
  json.end_object();
}

inline void write_checkpoints(example::json_text& json, const statistics& counts) {
  json.key("checkpoints").begin_array();
  for (std::size_t j = 1; j <= checkpoint_count && counts.sessions != 0; ++j) {
    const histogram profit = counts.profit_at(j);
    json.begin_line().value(checkpoint_hand(j, counts.hand_limit));
    for (const unsigned q : checkpoint_percents) json.value(profit.quantile(q, 100));
    json.end_line();
  }
  json.end_array();
}

inline void write_risk(example::json_text& json, std::string_view name,
                       const std::vector<risk_point>& curve) {
  json.key(name).begin_array();
  for (const risk_point& point : curve) {
    json.begin_line().value(point.amount).value(point.probability).end_line();
  }
  json.end_array();
}

inline void write_exact_session(example::json_text& json, const exact_session& exact) {
  json.key("exact_session").begin_object();
  if (exact.law) {
    const session_law& law = *exact.law;
    json.member("win", law.win).member("push", law.push).member("lose", law.lose);
    json.member("mean_profit", law.mean_profit).member("sd_profit", law.sd_profit);
    json.member("mean_hands", law.mean_hands).member("sd_hands", law.sd_hands);
    write_optional(json, "mean_max_drawdown", exact.mean_drawdown);
    json.key("stop_reasons").begin_object();
    for (std::size_t i = 0; i < stop_reasons; ++i) {
      json.member(stop_reason_names[i], law.stops[i]);
    }
    json.end_object();
    json.key("percentiles_5_25_50_75_95").begin_line();
    for (const unsigned q : checkpoint_percents) json.value(law.percentile(q));
    json.end_line();
    write_risk(json, "ruin", exact.ruin);
    write_risk(json, "drawdown", exact.drawdown);
    json.key("profit").begin_array();
    for (const auto& [profit, probability] : law.profit) {
      json.begin_line().value(profit).value(probability).end_line();
    }
    json.end_array();
  }
  json.member("missing", exact.missing).end_object();
}

} // namespace detail

inline std::string simulation_json(const simulation& run) {
  using namespace detail;
  const statistics& counts = run.counts;
  const goodness_of_fit fit = fit_of(run);
  example::json_text json;
  json.begin_object().member("seed", run.options.seed).member("complete", run.complete());
  json.member("sessions", counts.sessions).member("hands", counts.hands);
  json.member("engine", name_of(run.options.engine));
  json.member("path", name_of(run.options.path)).member("chunk_size", run.chunk_size);
  write_money(json, run);
  json.member("digest", digest_of(counts));
  write_run(json, run.options, run.cost, run.hands_per_s());
  write_game(json, run.game);
  write_comparisons(json, comparisons_of(run));
  json.key("chi_square_of_hands").begin_line();
  json.value(fit.chi_square).value(fit.freedom).end_line();
  write_sessions(json, counts, run.game.plan.rules().bankroll);
  write_outcomes(json, counts.outcomes());
  write_three_card_hands(json, counts.hands_seen);
  write_checkpoints(json, counts);
  write_counts(json, "profit_histogram", counts.profit);
  write_counts(json, "hands_histogram", counts.hands_played);
  write_counts(json, "peak_histogram", counts.peak);
  write_counts(json, "low_histogram", counts.low);
  write_counts(json, "max_drawdown_histogram", counts.max_drawdown);
  write_exact_session(json, run.exact);
  json.end_object();
  return json.take();
}

} // namespace casino

#endif
