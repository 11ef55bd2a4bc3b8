// SPDX-License-Identifier: MIT
//
// The charts of a report, each with the words that belong below it.
//
//   const casino::captioned_chart chart = casino::profit_chart(page.profit, "units");
//   chart.svg; chart.caption;                     // the caption is plain text, not escaped
#ifndef ORDERLY_EXAMPLES_CASINO_HTML_CHARTS_HPP
#define ORDERLY_EXAMPLES_CASINO_HTML_CHARTS_HPP

#include "../support/html_text.hpp"
#include "../support/svg_chart.hpp"
#include "estimates.hpp"
#include "profit_bins.hpp"
#include "report_page.hpp"

#include <algorithm> // min, max, sort
#include <cmath>     // sqrt
#include <cstddef>   // size_t
#include <string>    // captions
#include <utility>   // move
#include <vector>    // points

namespace casino {

struct captioned_chart {
  std::string svg;
  std::string caption;
};

namespace detail {

inline double share_of(const hand_frequency& hand) {
  return hand.total == 0 ? 0 : static_cast<double>(hand.observed) / static_cast<double>(hand.total);
}

inline std::string in_brackets(const std::string& words, const std::string& unit) {
  return words + " (" + unit + ")";
}

/// "0.30 %" on one line, with more decimals where two would leave nothing.
inline std::string percent_text(double percent) {
  const int places = percent >= 0.1 ? 2 : percent >= 0.001 ? 4 : 6;
  return example::fixed_text(percent, places) + "\u00a0%";
}

/// What the histogram does not show.
inline std::string left_out(const profit_bins& bins) {
  const auto beyond = [](double percent, const char* where, std::int64_t end) {
    return percent > 0 ? percent_text(percent) + where + example::signed_text(end) : std::string();
  };
  const std::string below = beyond(bins.percent_below(), " below ", bins.lowest());
  const std::string above = beyond(bins.percent_above(), " beyond ", bins.highest());
  if (below.empty() && above.empty()) return "";
  return below + (below.empty() || above.empty() ? "" : " and ") + above + " not shown. ";
}

inline std::string range_text(const profit_bins& bins, std::size_t bar) {
  const auto start = bins.start_of(static_cast<std::int64_t>(bar));
  if (bins.points_per_bar() == 1) return example::signed_text(start);
  return example::signed_text(start) + " to " +
         example::signed_text(start + bins.width() - bins.width() / bins.points_per_bar());
}

/// Labels the bars that are cut; the result says the same in words.
inline std::string explain_towers(example::svg_chart& chart, const profit_bins& bins, double top) {
  std::string words;
  std::size_t row = 0;
  for (std::size_t i = 0; i < bins.observed().size(); ++i) {
    const example::chart_bar& bar = bins.observed()[i];
    if (!(bar.height > top)) continue;
    const std::string share = percent_text(bar.height);
    chart.note((bar.from + bar.to) / 2, row++, range_text(bins, i) + ": " + share);
    words += "The bar at " + range_text(bins, i) + " is cut: it stands for " + share;
    if (!bins.exact().empty()) words += " (exact: " + percent_text(bins.exact()[i].height) + ")";
    words += ". ";
  }
  return words;
}

} // namespace detail

inline captioned_chart profit_chart(const profit_part& part, const std::string& unit) {
  const profit_bins bins(part);
  const double top = bins.whole_height() * (bins.towers() != 0 ? 1.25 : 1);
  const auto& bars = bins.observed();
  const double margin = bars.size() < 5 ? bars.front().to - bars.front().from : 0;
  const auto sessions = example::axis_from_zero("share of sessions (%)", (std::min)(top, 100.0));
  example::svg_chart chart("Profit of a session",
                           example::whole_axis(detail::in_brackets("profit", unit),
                                               bars.front().from - margin, bars.back().to + margin),
                           sessions);
  chart.bars(example::tone::first, "simulated", bars);
  if (!bins.exact().empty()) {
    chart.outline({example::tone::second, example::stroke::solid}, "exact", bins.exact());
  }
  const std::string towers = detail::explain_towers(chart, bins, sessions.high);
  return {chart.svg(),
          "One bar for " +
              (bins.points_per_bar() == 1 ? std::string("each profit")
                                          : example::whole_text(bins.width()) + " " + unit) +
              ". " + towers + detail::left_out(bins)};
}

namespace detail {

/// What the vertical axis of a fan spans: all bands, and paths unless they run far away.
class fan_range {
 public:
  explicit fan_range(const fan_part& fan) {
    for (const auto& profits : fan.profits) include(profits.front()), include(profits.back());
    const std::int64_t reach = (std::max)((high_ - low_) / 2, std::int64_t{1});
    const std::int64_t least = low_ - reach, most = high_ + reach;
    for (const auto& path : fan.paths) {
      for (const auto& [hand, profit] : path) {
        cut_ = cut_ || profit < least || profit > most;
        include((std::min)((std::max)(profit, least), most));
      }
    }
  }
  bool cuts_paths() const { return cut_; }
  example::chart_axis axis(const std::string& unit) const {
    const double room = static_cast<double>(high_ - low_) / 40;
    return example::whole_axis(in_brackets("profit", unit), static_cast<double>(low_) - room,
                               static_cast<double>(high_) + room);
  }

 private:
  void include(std::int64_t profit) {
    low_ = (std::min)(low_, profit);
    high_ = (std::max)(high_, profit);
  }

  std::int64_t low_ = 0, high_ = 0; // the start belongs to every fan
  bool cut_ = false;
};

inline std::vector<example::band_part> band_of(const fan_part& fan, std::size_t low,
                                               std::size_t high) {
  std::vector<example::band_part> parts;
  for (std::size_t i = 0; i < fan.hands.size(); ++i) {
    parts.push_back({static_cast<double>(fan.hands[i]), static_cast<double>(fan.profits[i][low]),
                     static_cast<double>(fan.profits[i][high])});
  }
  return parts;
}

/// Pairs as points of a chart.
template <class Pairs>
std::vector<example::chart_point> points_of(const Pairs& pairs) {
  std::vector<example::chart_point> points;
  for (const auto& [x, y] : pairs)
    points.push_back({static_cast<double>(x), static_cast<double>(y)});
  return points;
}

} // namespace detail

inline captioned_chart fan_chart(const fan_part& fan, const std::string& unit) {
  using example::shade;
  using example::stroke;
  using example::tone;
  const detail::fan_range range(fan);
  const auto first = static_cast<double>(fan.hands.front());
  const auto last = static_cast<double>(fan.hands.back());
  example::svg_chart chart("Profit as the hands go by",
                           example::whole_axis("hands played", first, last), range.axis(unit));
  chart.band({tone::first, shade::light}, "5 to 95 %", detail::band_of(fan, 0, 4));
  chart.band({tone::first, shade::deep}, "25 to 75 %", detail::band_of(fan, 1, 3));
  for (std::size_t i = 0; i < fan.paths.size(); ++i) {
    chart.line({tone::ink, stroke::thin}, i == 0 ? "single sessions" : "",
               detail::points_of(fan.paths[i]));
  }
  chart.line({tone::ink, stroke::thin}, "", {{first, 0}, {last, 0}});
  std::vector<example::chart_point> median;
  for (const auto& part : detail::band_of(fan, 2, 2)) median.push_back({part.x, part.low});
  chart.line({tone::second, stroke::solid}, "median", median);
  return {chart.svg(),
          std::string("A session that has ended keeps its profit.") +
              (range.cuts_paths() ? " Single sessions that run far off are cut." : "")};
}

inline captioned_chart ruin_chart(const ruin_part& ruin, const std::string& unit) {
  using example::tone;
  const auto curve = [&](const std::vector<double>& probabilities) {
    std::vector<example::chart_point> points;
    for (std::size_t i = 0; i < (std::min)(ruin.loss.size(), probabilities.size()); ++i) {
      points.push_back({static_cast<double>(ruin.loss[i]), 100 * probabilities[i]});
    }
    return points;
  };
  double most = 0;
  for (const auto* values : {&ruin.observed, &ruin.exact}) {
    for (const double value : *values) most = (std::max)(most, 100 * value);
  }
  example::svg_chart chart(
      "Sessions that are ever down by so much",
      example::whole_axis(detail::in_brackets("loss", unit), static_cast<double>(ruin.loss.front()),
                          static_cast<double>(ruin.loss.back())),
      example::axis_from_zero("share of sessions (%)", (std::min)(most, 100.0)));
  const auto seen = curve(ruin.observed);
  chart.line({tone::first, example::stroke::solid}, "", seen);
  chart.dots(tone::first, "simulated", seen, seen.size() > 60 ? 2.5 : 4);
  if (!ruin.exact.empty()) {
    chart.line({tone::second, example::stroke::dashed}, "exact", curve(ruin.exact));
  }
  return {chart.svg(), "At the end or before it, once or often."};
}

namespace detail {
/// From the rarest to the most frequent that any of the points or intervals shows.
inline example::chart_axis frequency_axis(const std::vector<hand_frequency>& hands) {
  double low = 1, high = 0;
  for (const hand_frequency& hand : hands) {
    const auto [least, most] = wilson_interval(hand.observed, hand.total);
    for (const double value : {hand.probability, least, most}) {
      if (value > 1e-12) low = (std::min)(low, value), high = (std::max)(high, value);
    }
  }
  return example::log_axis("share of hands (logarithmic scale)", low, high);
}
} // namespace detail

inline captioned_chart frequency_chart(const std::vector<hand_frequency>& hands) {
  using example::tone;
  std::vector<std::string> names;
  std::vector<example::measured_point> seen;
  std::vector<example::chart_point> expected;
  for (const hand_frequency& hand : hands) {
    const auto y = static_cast<double>(names.size());
    const auto [low, high] = wilson_interval(hand.observed, hand.total);
    if (hand.total != 0) seen.push_back({{detail::share_of(hand), y}, {low, y}, {high, y}});
    if (hand.probability > 0) expected.push_back({hand.probability, y});
    names.push_back(hand.name);
  }
  example::svg_chart chart("How often each hand came", detail::frequency_axis(hands),
                           example::name_axis("final hand", std::move(names)),
                           34 * static_cast<double>(hands.size()));
  chart.measured(tone::first, "simulated, with 95 % interval", seen);
  chart.marks(tone::second, "exact", expected);
  return {chart.svg(), "Frequent hands are known so well that their intervals are narrower than "
                       "the points. A hand that never came has an interval, but no point."};
}

} // namespace casino

#endif
