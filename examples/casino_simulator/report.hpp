// SPDX-License-Identifier: MIT
//
// What a run found, as text for people and as JSON for programs.
//
// Counts are written exactly; every real number is one division, or one square root, of exact sums.
// The JSON of a simulation holds all counts that its digest covers.
#ifndef ORDERLY_EXAMPLES_CASINO_REPORT_HPP
#define ORDERLY_EXAMPLES_CASINO_REPORT_HPP

#include "../support/json_text.hpp"
#include "options.hpp"
#include "outcome_table.hpp"
#include "statistics.hpp"

#include <cmath>       // sqrt
#include <concepts>    // integral
#include <cstddef>     // worker counts
#include <cstdint>     // counts
#include <cstdio>      // snprintf
#include <span>        // laws
#include <string>      // the texts
#include <string_view> // labels
#include <utility>     // move

namespace casino {

/// How long a run took, and on how many workers.
struct run_cost {
  std::size_t workers = 0;
  double wall_s = 0;
  double cpu_s = 0; ///< summed over all threads
};

/// The exact law of one strategy.
struct named_law {
  std::string_view name;
  outcome_table deals;
};

/// A finished or stopped simulation.
struct simulation_report {
  simulate_options options;
  statistics counts;
  outcome_table exact; ///< the law of the strategy that was played
  std::uint64_t chunk_size = 0;
  run_cost cost;

  bool complete() const { return counts.sessions == options.sessions; }
  double hands_per_s() const {
    return cost.wall_s > 0 ? static_cast<double>(counts.hands) / cost.wall_s : 0;
  }
};

/// How many standard deviations of the exact law the money won lies from its expectation.
inline double z_score(const money_law& seen, const money_law& exact) {
  if (seen.rounds == 0) return 0;
  const auto rounds = static_cast<double>(seen.rounds);
  return (static_cast<double>(seen.net) - rounds * exact.mean()) /
         (exact.deviation() * std::sqrt(rounds));
}

namespace detail {

/// A line "  label      value", with as many decimals as asked for.
class text_report {
 public:
  text_report& line(std::string_view text) {
    text_.append(text).push_back('\n');
    return *this;
  }
  text_report& field(std::string_view label, const std::string& value) {
    text_.append("  ").append(label).append(label.size() < 26 ? 26 - label.size() : 1, ' ');
    return line(value);
  }
  template <std::integral Integer>
  text_report& field(std::string_view label, Integer value) {
    return field(label, std::to_string(value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

inline std::string decimals(double value, int places, std::string_view unit = "") {
  char text[400]; // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return std::string(text).append(unit);
}

inline std::string percent(std::uint64_t part, std::uint64_t whole, int places) {
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return decimals(100 * share, places, " %");
}

inline std::string with_percent(std::uint64_t part, std::uint64_t whole, int places) {
  return std::to_string(part) + " (" + percent(part, whole, places) + ")";
}

inline void write_law(text_report& text, const named_law& law, const pay_table& pays) {
  const money_law money = law_of(law.deals, pays);
  text.line("").line(law.name);
  text.field("sum net", money.net);
  text.field("EV per hand", decimals(money.mean(), 12));
  text.field("sum net squared", money.net_squared);
  text.field("variance", decimals(money.variance(), 9));
  text.field("standard deviation", decimals(money.deviation(), 9));
  text.field("average bet", decimals(money.average_bet(), 12));
  text.field("element of risk", decimals(100 * money.element_of_risk(), 9, " %"));
  text.field("deals with 1 bet", law.deals.with_bets(1));
  text.field("deals with 2 bets", law.deals.with_bets(2));
  text.field("deals with 3 bets", law.deals.with_bets(3));
  text.line("  net result (units)        deals");
  for (const auto& [net, deals] : net_results(law.deals, pays)) {
    text.field((net < 0 ? "" : "+") + std::to_string(net), deals);
  }
}

inline std::string describe(const session_rules& rules) {
  const auto limit = [](const std::optional<std::int64_t>& units, const char* sign) {
    return units ? sign + std::to_string(*units) : std::string("none");
  };
  return "bankroll " + std::to_string(rules.bankroll) + ", win limit " +
         limit(rules.win_limit, "+") + ", loss limit " + limit(rules.loss_limit, "-") +
         ", at most " + std::to_string(rules.hands) + " hands";
}

inline void write_money(text_report& text, const simulation_report& report) {
  const money_law exact = law_of(report.exact, standard_pay_table);
  const money_law seen = law_of(report.counts.outcomes, standard_pay_table);
  text.field("hands", report.counts.hands);
  text.field("net units", seen.net);
  text.field("EV per hand", decimals(seen.mean(), 9));
  text.field("exact EV per hand", decimals(exact.mean(), 9));
  text.field("z", decimals(z_score(seen, exact), 3));
  text.field("average bet",
             decimals(seen.average_bet(), 9) + " (exact " + decimals(exact.average_bet(), 9) + ")");
}

inline void write_sessions(text_report& text, const statistics& counts) {
  const session_outcomes ended = outcomes_of(counts.profit);
  text.field("sessions won", with_percent(ended.won, counts.sessions, 4));
  text.field("sessions at zero", with_percent(ended.pushed, counts.sessions, 4));
  text.field("sessions lost", with_percent(ended.lost, counts.sessions, 4));
  for (std::size_t i = 0; i < stop_reasons; ++i) {
    text.field("stopped by " + std::string(stop_reason_names[i]),
               with_percent(counts.stops[i], counts.sessions, 4));
  }
  text.field("mean profit", decimals(mean_of(counts.profit), 6));
  text.field("mean hands", decimals(mean_of(counts.hands_played), 6));
  text.field("mean maximum drawdown", decimals(mean_of(counts.max_drawdown), 6));
  std::string quantiles;
  for (const std::uint32_t q : {5U, 25U, 50U, 75U, 95U}) {
    const bool any = counts.sessions != 0;
    quantiles += (any ? std::to_string(counts.profit.quantile(q, 100)) : "-") + " ";
  }
  text.field("profit 5/25/50/75/95 %", quantiles.substr(0, quantiles.size() - 1));
}

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

inline void write_cost(example::json_text& json, const run_cost& cost) {
  json.member("workers", cost.workers).member("wall_s", cost.wall_s).member("cpu_s", cost.cpu_s);
}

inline void write_rules(example::json_text& json, const simulate_options& options) {
  const auto limit = [&](std::string_view name, const std::optional<std::int64_t>& units) {
    units ? json.member(name, *units) : json.member(name, nullptr);
  };
  json.member("strategy", name_of(options.ties)).member("bankroll", options.rules.bankroll);
  limit("win_limit", options.rules.win_limit);
  limit("loss_limit", options.rules.loss_limit);
  json.member("hand_limit", options.rules.hands);
}

inline void write_money(example::json_text& json, const simulation_report& report) {
  const money_law exact = law_of(report.exact, standard_pay_table);
  const money_law seen = law_of(report.counts.outcomes, standard_pay_table);
  json.member("net_units", seen.net).member("wagered_units", seen.wagered);
  json.member("ev_per_hand", seen.mean()).member("exact_ev_per_hand", exact.mean());
  json.member("sd", seen.deviation()).member("exact_sd", exact.deviation());
  json.member("z", z_score(seen, exact));
}

inline void write_sessions(example::json_text& json, const statistics& counts) {
  const session_outcomes ended = outcomes_of(counts.profit);
  json.member("sessions_won", ended.won).member("sessions_at_zero", ended.pushed);
  json.member("sessions_lost", ended.lost).member("mean_profit", mean_of(counts.profit));
  json.member("mean_hands", mean_of(counts.hands_played));
  json.member("mean_max_drawdown", mean_of(counts.max_drawdown));
  json.key("stop_reasons").begin_object();
  for (std::size_t i = 0; i < stop_reasons; ++i) {
    json.member(stop_reason_names[i], counts.stops[i]);
  }
  json.end_object();
  write_outcomes(json, counts.outcomes);
  write_counts(json, "profit_histogram", counts.profit);
  write_counts(json, "hands_histogram", counts.hands_played);
  write_counts(json, "peak_histogram", counts.peak);
  write_counts(json, "low_histogram", counts.low);
  write_counts(json, "max_drawdown_histogram", counts.max_drawdown);
}

inline void write_law(example::json_text& json, const named_law& law, const pay_table& pays) {
  const money_law money = law_of(law.deals, pays);
  json.begin_object().member("strategy", law.name).member("sum_net", money.net);
  json.member("ev_per_hand", money.mean()).member("sum_net_squared", money.net_squared);
  json.member("variance", money.variance()).member("sd", money.deviation());
  json.member("average_bet", money.average_bet());
  json.member("element_of_risk", money.element_of_risk());
  json.key("deals_by_bets").begin_line();
  for (unsigned bets = 1; bets <= 3; ++bets) json.value(law.deals.with_bets(bets));
  json.end_line();
  write_outcomes(json, law.deals);
  json.key("net_results").begin_array();
  for (const auto& [net, deals] : net_results(law.deals, pays)) {
    json.begin_line().value(net).value(deals).end_line();
  }
  json.end_array().end_object();
}

} // namespace detail

/// The exact laws, to the last digit. All strategies see the same deals, so the final hands are
/// listed once.
inline std::string exact_text(std::span<const named_law> laws, const run_cost& cost) {
  const outcome_table& first = laws.front().deals;
  const money_law money = law_of(first, standard_pay_table);
  detail::text_report text;
  text.line("Let It Ride, all ordered deals");
  text.field("deals", money.rounds);
  text.field("winning deals", std::to_string(money.winning) + " = " +
                                  detail::percent(money.winning, money.rounds, 9));
  text.line("  final hand                deals");
  for (std::size_t k = 0; k < hand_kinds; ++k) text.field(hand_kind_names[k], first.with_kind(k));
  for (const named_law& law : laws) detail::write_law(text, law, standard_pay_table);
  text.line("").field("wall, cpu seconds", detail::decimals(cost.wall_s, 3) + ", " +
                                               detail::decimals(cost.cpu_s, 3) + " on " +
                                               std::to_string(cost.workers) + " workers");
  return text.take();
}

inline std::string exact_json(std::span<const named_law> laws, const run_cost& cost) {
  example::json_text json;
  json.begin_object().member("deals", laws.front().deals.rounds());
  json.key("strategies").begin_array();
  for (const named_law& law : laws) detail::write_law(json, law, standard_pay_table);
  json.end_array();
  detail::write_cost(json, cost);
  json.end_object();
  return json.take();
}

inline std::string simulation_text(const simulation_report& report) {
  const statistics& counts = report.counts;
  detail::text_report text;
  text.line("Let It Ride, " + std::string(name_of(report.options.ties)) + ", seed " +
            std::to_string(report.options.seed));
  text.line(detail::describe(report.options.rules));
  text.field("sessions",
             std::to_string(counts.sessions) +
                 (report.complete() ? "" : " of " + std::to_string(report.options.sessions)));
  detail::write_money(text, report);
  detail::write_sessions(text, counts);
  text.field("digest", digest_of(counts));
  text.field("hands per second", detail::decimals(report.hands_per_s(), 0));
  text.field("wall, cpu seconds", detail::decimals(report.cost.wall_s, 3) + ", " +
                                      detail::decimals(report.cost.cpu_s, 3) + " on " +
                                      std::to_string(report.cost.workers) + " workers");
  return text.take();
}

inline std::string simulation_json(const simulation_report& report) {
  example::json_text json;
  json.begin_object().member("seed", report.options.seed);
  json.member("complete", report.complete());
  json.member("sessions", report.counts.sessions).member("hands", report.counts.hands);
  detail::write_money(json, report);
  json.member("digest", digest_of(report.counts));
  detail::write_cost(json, report.cost);
  json.member("hands_per_s", report.hands_per_s()).member("chunk_size", report.chunk_size);
  detail::write_rules(json, report.options);
  detail::write_sessions(json, report.counts);
  json.end_object();
  return json.take();
}

} // namespace casino

#endif
