// SPDX-License-Identifier: MIT
//
// What is known exactly, as text for people and as JSON for programs: the laws of a hand under one
// or more strategies, the edges of both bonuses, how seats depend on each other, and the law of a
// session.
#ifndef ORDERLY_EXAMPLES_CASINO_EXACT_REPORT_HPP
#define ORDERLY_EXAMPLES_CASINO_EXACT_REPORT_HPP

#include "../support/json_text.hpp"
#include "exact_session.hpp"
#include "json_report.hpp"
#include "text_report.hpp"

#include <array>       // kinds of hands
#include <cmath>       // sqrt
#include <cstdint>     // counts
#include <optional>    // what was not asked for
#include <string>      // the texts
#include <string_view> // labels
#include <vector>      // laws

namespace casino {

/// The exact law of a hand under one strategy.
struct named_law {
  std::string title;
  joint_law deals;
};

struct exact_results {
  const run_options& options;
  const casino::game& game;
  std::vector<named_law> laws;          ///< at least one
  std::optional<exact_session> session; ///< of the first law
  std::optional<double> seat_covariance;
  run_cost cost;
};

/// What a bonus brings over all deals of its cards.
struct bonus_law {
  std::int64_t net = 0;
  std::uint64_t hands = 0;
  double deviation = 0;

  double house_edge() const { return -static_cast<double>(net) / static_cast<double>(hands); }
};

namespace detail {
template <class Counts, class Net>
bonus_law bonus_law_of(const Counts& counts, const Net& net) {
  bonus_law law;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    law.hands += counts[i];
    law.net += net[i] * static_cast<std::int64_t>(counts[i]);
  }
  law.deviation = std::sqrt(
      law_of_values(counts, [&](std::size_t i) { return static_cast<double>(net[i]); }).variance);
  return law;
}
} // namespace detail

/// Over the 22,100 hands of three cards.
inline bonus_law law_of(const three_card_bonus& bonus) {
  std::array<std::uint64_t, three_card_kinds> counts{};
  for (std::uint32_t hand = 0; hand < three_card_hands; ++hand) {
    ++counts[index_of(kind_of(three_card_hand(hand)))];
  }
  return detail::bonus_law_of(counts, bonus.net);
}

/// Over the 2,598,960 hands of five cards, each of which twenty of the deals make.
inline bonus_law law_of(const five_card_bonus& bonus, const joint_law& deals) {
  const outcome_table table = deals.outcomes();
  std::array<std::uint64_t, hand_kinds> counts{};
  for (std::size_t k = 0; k < hand_kinds; ++k) counts[k] = table.with_kind(k) / 20;
  return detail::bonus_law_of(counts, bonus.net);
}

/// Of the net results of all seats together, in squared units. Precondition: the covariance is known.
inline double round_variance(const exact_results& results) {
  const auto seats = static_cast<double>(results.game.table.seats);
  const outcome_table deals = results.laws.front().deals.outcomes();
  return seats * law_of(deals, results.game.plan.pays().main).variance() +
         seats * (seats - 1) * *results.seat_covariance;
}

namespace detail {

inline void write_law(text_report& text, const named_law& law, const pay_table& pays) {
  const outcome_table deals = law.deals.outcomes();
  const money_law money = law_of(deals, pays);
  text.line("").line(law.title);
  text.field("sum net", money.net);
  text.field("EV per hand", decimals(money.mean(), 12));
  text.field("house edge", decimals(-100 * money.mean(), 10, " %"));
  text.field("sum net squared", money.net_squared);
  text.field("variance", decimals(money.variance(), 9));
  text.field("standard deviation", decimals(money.deviation(), 9));
  text.field("average bet", decimals(money.average_bet(), 12));
  text.field("element of risk", decimals(100 * money.element_of_risk(), 9, " %"));
  text.field("deals with 1 bet", deals.with_bets(1));
  text.field("deals with 2 bets", deals.with_bets(2));
  text.field("deals with 3 bets", deals.with_bets(3));
  text.line("  net result (units)        deals");
  for (const auto& [net, count] : net_results(deals, pays)) {
    text.field((net < 0 ? "" : "+") + std::to_string(net), count);
  }
}

inline void write_bonus(text_report& text, std::string_view title, const bonus_law& law) {
  text.line("").line(title);
  text.field("sum net", std::to_string(law.net) + " of " + std::to_string(law.hands) + " hands");
  text.field("house edge", decimals(100 * law.house_edge(), 9, " %"));
  text.field("standard deviation", decimals(law.deviation, 6));
}

inline void write_seats(text_report& text, const exact_results& results) {
  const money_law money =
      law_of(results.laws.front().deals.outcomes(), results.game.plan.pays().main);
  text.line("").line("Seats at one table");
  text.field("covariance of two", decimals(*results.seat_covariance, 12));
  text.field("correlation", decimals(*results.seat_covariance / money.variance(), 6));
  text.field("variance of a round", decimals(round_variance(results), 6));
}

/// At most some twenty points of a curve, so that it can be read.
inline void write_curve(text_report& text, const char* title,
                        const std::vector<risk_point>& curve) {
  if (curve.empty()) return;
  text.line(std::string("  ") + title);
  const std::size_t stride = (curve.size() + 19) / 20;
  for (std::size_t i = stride - 1; i < curve.size(); i += stride) {
    text.field(std::to_string(curve[i].amount), decimals(curve[i].probability, 12));
  }
}

inline void write_session(text_report& text, const exact_results& results) {
  const exact_session& exact = *results.session;
  text.line("").line("A session, " + results.laws.front().title);
  text.line("  " + describe(results.game.plan.rules()));
  text.line("  " + describe(results.game.plan.staking()));
  if (exact.law) {
    const session_law& law = *exact.law;
    text.field("P(win)", decimals(law.win, 12));
    text.field("P(push)", decimals(law.push, 12));
    text.field("P(lose)", decimals(law.lose, 12));
    for (std::size_t i = 0; i < stop_reasons; ++i) {
      text.field("stopped by " + std::string(stop_reason_names[i]), decimals(law.stops[i], 12));
    }
    text.field("mean profit", decimals(law.mean_profit, 12));
    text.field("sd of the profit", decimals(law.sd_profit, 9));
    text.field("mean hands", decimals(law.mean_hands, 9));
    text.field("profit 5/25/50/75/95 %", quantiles_text(law));
    if (exact.mean_drawdown) {
      text.field("mean maximum drawdown", decimals(*exact.mean_drawdown, 12));
    }
    write_curve(text, "risk of ruin: P(ever down by that much or more)", exact.ruin);
    write_curve(text, "P(maximum drawdown of that much or more)", exact.drawdown);
  }
  if (!exact.missing.empty()) text.field("not computed", exact.missing);
}

inline void write_law(example::json_text& json, const named_law& law, const pay_table& pays) {
  const outcome_table deals = law.deals.outcomes();
  const money_law money = law_of(deals, pays);
  json.begin_object().member("strategy", law.title).member("sum_net", money.net);
  json.member("ev_per_hand", money.mean()).member("sum_net_squared", money.net_squared);
  json.member("variance", money.variance()).member("sd", money.deviation());
  json.member("average_bet", money.average_bet());
  json.member("element_of_risk", money.element_of_risk());
  json.key("deals_by_bets").begin_line();
  for (unsigned bets = 1; bets <= 3; ++bets) json.value(deals.with_bets(bets));
  json.end_line();
  write_outcomes(json, deals);
  json.key("net_results").begin_array();
  for (const auto& [net, count] : net_results(deals, pays)) {
    json.begin_line().value(net).value(count).end_line();
  }
  json.end_array().end_object();
}

inline void write_bonus(example::json_text& json, std::string_view name, const bonus_law& law) {
  json.key(name).begin_object().member("sum_net", law.net).member("hands", law.hands);
  json.member("house_edge", law.house_edge()).member("sd", law.deviation).end_object();
}

} // namespace detail

/// To the last digit. All strategies see the same deals, so the final hands are listed once.
inline std::string exact_text(const exact_results& results) {
  const hand_pays& pays = results.game.plan.pays();
  const outcome_table first = results.laws.front().deals.outcomes();
  const money_law money = law_of(first, pays.main);
  text_report text;
  text.line("Let It Ride, all ordered deals");
  text.field("deals", money.rounds);
  text.field("winning deals",
             std::to_string(money.winning) + " = " + percent(money.winning, money.rounds, 9));
  text.line("  final hand                deals");
  for (std::size_t k = 0; k < hand_kinds; ++k) text.field(hand_kind_names[k], first.with_kind(k));
  for (const named_law& law : results.laws) detail::write_law(text, law, pays.main);
  if (results.game.three_card_bonus) {
    detail::write_bonus(text, "Three-card bonus", law_of(pays.three));
  }
  if (results.game.five_card_bonus) {
    detail::write_bonus(text, "Five-card bonus", law_of(pays.five, results.laws.front().deals));
  }
  if (results.seat_covariance) detail::write_seats(text, results);
  if (results.session) detail::write_session(text, results);
  text.line("").field("wall, cpu seconds", detail::cost_text(results.cost));
  return text.take();
}

inline std::string exact_json(const exact_results& results) {
  const hand_pays& pays = results.game.plan.pays();
  example::json_text json;
  json.begin_object().member("deals", results.laws.front().deals.total());
  json.key("strategies").begin_array();
  for (const named_law& law : results.laws) detail::write_law(json, law, pays.main);
  json.end_array();
  if (results.game.three_card_bonus) {
    detail::write_bonus(json, "three_card_bonus", law_of(pays.three));
  }
  if (results.game.five_card_bonus) {
    detail::write_bonus(json, "five_card_bonus", law_of(pays.five, results.laws.front().deals));
  }
  detail::write_game(json, results.game);
  if (results.seat_covariance) {
    json.member("seat_covariance", *results.seat_covariance);
    json.member("variance_of_a_round", round_variance(results));
  }
  if (results.session) detail::write_exact_session(json, *results.session);
  detail::write_run(json, results.options, results.cost, std::nullopt);
  json.end_object();
  return json.take();
}

} // namespace casino

#endif
