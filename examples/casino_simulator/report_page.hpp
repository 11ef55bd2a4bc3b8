// SPDX-License-Identifier: MIT
//
// What a page about a simulation shows, as plain data: html_report.hpp makes the page of it.
//
// A part without data is left out of the page. Money is a whole number of `unit`s. Nothing here may
// depend on how long a run took or on how many workers: the page is the same for any.
#ifndef ORDERLY_EXAMPLES_CASINO_REPORT_PAGE_HPP
#define ORDERLY_EXAMPLES_CASINO_REPORT_PAGE_HPP

#include <array>    // quantiles
#include <cstdint>  // counts, money
#include <optional> // what is known for some rows only
#include <string>   // texts
#include <utility>  // pair
#include <vector>   // rows

namespace casino {

/// Profits at the end of a session.
struct profit_part {
  std::vector<std::pair<std::int64_t, std::uint64_t>> observed; ///< profit and its sessions
  std::vector<std::pair<std::int64_t, double>> exact;           ///< profit and its probability
};

/// How profits spread as the hands go by; a session that has ended keeps its profit.
struct fan_part {
  std::vector<std::uint64_t> hands;                 ///< increasing
  std::vector<std::array<std::int64_t, 5>> profits; ///< 5, 25, 50, 75, 95 %, one row for each
  std::vector<std::vector<std::pair<std::uint64_t, std::int64_t>>> paths; ///< (hand, profit)
};

/// Probability that a session is at some time down by that much or more.
struct ruin_part {
  std::vector<std::int64_t> loss; ///< increasing
  std::vector<double> observed;   ///< one for each loss
  std::vector<double> exact;      ///< the same, or empty
};

/// How often one kind of final hand came.
struct hand_frequency {
  std::string name;
  std::uint64_t observed = 0;
  double probability = 0;
  std::uint64_t total = 0; ///< hands of all kinds
};

/// A figure of the simulation beside its exact value.
struct comparison {
  std::string name;
  double observed = 0;
  std::optional<double> exact;
  std::optional<double> z; ///< distance of the two in standard errors
  int decimals = 4;
  std::string unit; ///< written after the figures: " %"
};

/// One strategy's exact figures, in base bets.
struct strategy_row {
  std::string name;
  double ev = 0;
  double sd = 0;
  double average_bet = 0;
  double element_of_risk = 0;       ///< a fraction of what is bet
  std::optional<double> house_edge; ///< a fraction of the base bet
  bool played = false;              ///< by the sessions of this page
};

struct report_page {
  std::string title;
  std::string subtitle;
  std::string unit = "units";
  std::vector<std::pair<std::string, std::string>> summary; ///< label, value
  profit_part profit;
  fan_part fan;
  ruin_part ruin;
  std::vector<hand_frequency> hands;
  std::vector<comparison> comparisons;
  std::vector<strategy_row> strategies;
  std::string footer; ///< how to get the same page again
};

} // namespace casino

#endif
