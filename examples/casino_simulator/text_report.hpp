// SPDX-License-Identifier: MIT
//
// Text for people: lines of labels and figures.
#ifndef ORDERLY_EXAMPLES_CASINO_TEXT_REPORT_HPP
#define ORDERLY_EXAMPLES_CASINO_TEXT_REPORT_HPP

#include "game.hpp"
#include "simulation.hpp"

#include <concepts>    // integral
#include <cstdint>     // counts
#include <cstdio>      // snprintf
#include <optional>    // limits
#include <string>      // the texts
#include <string_view> // labels
#include <utility>     // move

namespace casino {

inline std::string decimals(double value, int places, std::string_view unit = "") {
  char text[400]; // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return std::string(text).append(unit);
}

inline std::string percent(std::uint64_t part, std::uint64_t whole, int places) {
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return decimals(100 * share, places, " %");
}

/// Lines "  label      value".
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
  /// Columns of the given widths: the first to the left, the others to the right.
  template <class... Texts>
  text_report& row(std::string_view first, const Texts&... texts) {
    text_.append("  ").append(first).append(first.size() < 40 ? 40 - first.size() : 1, ' ');
    (append_right(texts), ...);
    return line("");
  }
  std::string take() { return std::move(text_); }

 private:
  void append_right(const std::string& text) {
    text_.append(text.size() < 16 ? 16 - text.size() : 1, ' ').append(text);
  }

  std::string text_;
};

inline std::string describe(const bonus_policy& policy) {
  using kind = bonus_policy::kind;
  switch (policy.rule) {
  case kind::never:
    return "never";
  case kind::always:
    return std::to_string(policy.amount) + " every hand";
  case kind::ratio:
    return std::to_string(policy.part.numerator) + "/" + std::to_string(policy.part.denominator) +
           " of the bet";
  case kind::streak:
    return std::to_string(policy.amount) + " after " + std::to_string(policy.streak_length) +
           (policy.streak_of_wins ? " wins" : " losses") + " in a row";
  case kind::bankroll:
    break;
  }
  std::string text = "by bankroll";
  for (const bonus_tier& tier : policy.tiers) {
    text += ", from " + std::to_string(tier.bankroll) + ": " + std::to_string(tier.amount);
  }
  if (policy.drawdown_stop == INT64_MAX) return text;
  return text + ", none at a drawdown of " + std::to_string(policy.drawdown_stop);
}

/// The limits of a session, on one line.
inline std::string describe(const session_rules& rules) {
  const auto limit = [](const std::optional<std::int64_t>& units, const char* sign) {
    return units ? sign + std::to_string(*units) : std::string("none");
  };
  return "bankroll " + std::to_string(rules.bankroll) + ", win limit " +
         limit(rules.win_limit, "+") + ", loss limit " + limit(rules.loss_limit, "-") +
         ", at most " + std::to_string(rules.hands) + " hands";
}

/// What is bet, on one line.
inline std::string describe(const staking& plan) {
  std::string text = std::string(plan.system().name) + " bets from " +
                     std::to_string(plan.base_bet()) + ", bonus " + describe(plan.bonus());
  if (plan.five_card_bonus() == 0) return text;
  return text + ", five-card bonus " + std::to_string(plan.five_card_bonus()) + " every hand";
}

/// The table, on one line.
inline std::string describe(const table_rules& table) {
  return std::to_string(table.seats) + (table.seats == 1 ? " seat, " : " seats, ") +
         std::to_string(table.burn) + (table.burn == 1 ? " card burned" : " cards burned");
}

namespace detail {
inline std::string optional_decimals(const std::optional<double>& value, int places,
                                     const std::string& unit = "") {
  return value ? decimals(*value, places, unit) : "-";
}

inline void write_comparisons(text_report& text, const std::vector<comparison>& rows) {
  text.row("", std::string("simulated"), std::string("exact"), std::string("z"));
  for (const comparison& row : rows) {
    text.row(row.name, decimals(row.observed, row.decimals, row.unit),
             optional_decimals(row.exact, row.decimals, row.unit), optional_decimals(row.z, 3));
  }
}

inline std::string quantiles_text(const histogram& profit) {
  std::string text;
  for (const unsigned q : checkpoint_percents) {
    if (!text.empty()) text += ' ';
    text += profit.total() == 0 ? "-" : std::to_string(profit.quantile(q, 100));
  }
  return text;
}

inline std::string quantiles_text(const session_law& law) {
  std::string text;
  for (const unsigned q : checkpoint_percents) {
    if (!text.empty()) text += ' ';
    text += std::to_string(law.percentile(q));
  }
  return text;
}

inline std::string cost_text(const run_cost& cost) {
  return decimals(cost.wall_s, 3) + ", " + decimals(cost.cpu_s, 3) + " on " +
         std::to_string(cost.workers) + " workers";
}

inline void write_money(text_report& text, const simulation& run) {
  const statistics& counts = run.counts;
  text.field("wagered", decimals(counts.wagered.to_double(), 0));
  if (!run.game.three_card_bonus && !run.game.five_card_bonus) return;
  text.field("wagered on bonuses", decimals(counts.bonus_wagered.to_double(), 0));
  text.field("won with bonuses", decimals(counts.bonus_net.to_double(), 0));
}
} // namespace detail

inline std::string simulation_text(const simulation& run) {
  const statistics& counts = run.counts;
  text_report text;
  text.line("Let It Ride, " + run.game.strategy_title + ", seed " +
            std::to_string(run.options.seed));
  text.line(describe(run.game.plan.rules()));
  text.line(describe(run.game.plan.staking()));
  if (!run.game.single_seat()) text.line(describe(run.game.table));
  text.field("sessions", std::to_string(counts.sessions) +
                             (run.complete() ? "" : " of " + std::to_string(run.sessions_asked())));
  text.field("hands", counts.hands);
  detail::write_money(text, run);
  detail::write_comparisons(text, comparisons_of(run));
  text.field("profit 5/25/50/75/95 %",
             detail::quantiles_text(counts.profit) +
                 (run.exact.law ? " (exact " + detail::quantiles_text(*run.exact.law) + ")" : ""));
  const histogram_moments profit = moments_of(counts.profit);
  text.field("skewness, kurtosis - 3",
             decimals(profit.skewness, 3) + ", " + decimals(profit.kurtosis, 3));
  const goodness_of_fit fit = fit_of(run);
  text.field("chi-square of the hands", decimals(fit.chi_square, 2) + " with " +
                                            std::to_string(fit.freedom) + " degrees of freedom");
  text.field("control variate",
             "variance divided by " +
                 decimals(controlled_mean_of(counts.outcomes(), run.law.outcomes(),
                                             run.game.plan.pays().main)
                              .variance_reduction,
                          1));
  if (!run.exact.missing.empty()) text.field("not computed", run.exact.missing);
  text.field("digest", digest_of(counts));
  text.field("engine, path", std::string(name_of(run.options.engine)) + ", " +
                                 std::string(name_of(run.options.path)));
  text.field("hands per second", decimals(run.hands_per_s(), 0));
  text.field("wall, cpu seconds", detail::cost_text(run.cost));
  return text.take();
}

} // namespace casino

#endif
