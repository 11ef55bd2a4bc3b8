// SPDX-License-Identifier: MIT
//
// The bars of a profit histogram: the central 99.5 % of what was seen and of what was expected.
//
// Profits lie on a lattice (with a base bet of 500, on multiples of 500). A bar covers one of its
// points, or 2, 5, 10, ... of them where there would be too many bars. Values beyond the bars are
// counted, so that the page can say how much it leaves out.
//
//   const casino::profit_bins bins(page.profit);
//   bins.observed();                              // bars with the percentage of sessions
#ifndef ORDERLY_EXAMPLES_CASINO_PROFIT_BINS_HPP
#define ORDERLY_EXAMPLES_CASINO_PROFIT_BINS_HPP

#include "../support/svg_chart.hpp"
#include "report_page.hpp"

#include <algorithm>  // min, max, sort
#include <cstddef>    // size_t
#include <cstdint>    // profits
#include <functional> // greater
#include <numeric>    // gcd
#include <tuple>      // tie
#include <utility>    // pair
#include <vector>     // bars

namespace casino {

class profit_bins {
 public:
  static constexpr std::int64_t most_bars = 120;

  /// At least one session must have been observed.
  explicit profit_bins(const profit_part& part) {
    const auto seen = weights_of(part.observed), expected = weights_of(part.exact);
    find_lattice(seen, expected);
    std::tie(first_, last_) = range_of(seen);
    if (!expected.empty()) {
      const auto [first, last] = range_of(expected);
      first_ = (std::min)(first_, first), last_ = (std::max)(last_, last);
    }
    start_ = first_;
    while ((last_ - first_) / width_ + 1 > most_bars) widen();
    observed_ = bars_of(seen);
    exact_ = expected.empty() ? bars() : bars_of(expected);
    below_ = 100 * share_of(seen, [&](std::int64_t value) { return index_of(value) < 0; });
    above_ = 100 * share_of(seen, [&](std::int64_t value) { return index_of(value) >= count(); });
  }

  using bars = std::vector<example::chart_bar>;
  const bars& observed() const { return observed_; } ///< heights in percent
  const bars& exact() const { return exact_; }       ///< empty if not known

  std::int64_t points_per_bar() const { return width_ / lattice_; }
  std::int64_t width() const { return width_; }
  std::int64_t lowest() const { return start_of(0); }
  std::int64_t highest() const { return start_of(count()) - lattice_; }
  std::int64_t start_of(std::int64_t bar) const { return start_ + bar * width_; }
  double percent_below() const { return below_; }
  double percent_above() const { return above_; }

  /// How many of the highest bars must be cut so that the others can be seen: up to 2, and only
  /// where there are many bars and these tower over the rest.
  std::size_t towers() const {
    const auto heights = heights_in_order();
    if (heights.size() < 10) return 0;
    for (const std::size_t n : {1U, 2U}) {
      if (heights[n] > 0 && heights[n - 1] > 3 * heights[n]) return n;
    }
    return 0;
  }

  /// The highest bar that is drawn whole.
  double whole_height() const {
    const std::size_t cut = towers();
    double most = heights_in_order()[cut];
    for (const example::chart_bar& bar : exact_) {
      if (cut == 0) most = (std::max)(most, bar.height);
    }
    return most;
  }

 private:
  using weights = std::vector<std::pair<std::int64_t, double>>;

  template <class Weight>
  static weights weights_of(const std::vector<std::pair<std::int64_t, Weight>>& values) {
    weights result;
    for (const auto& [value, weight] : values) {
      if (weight > Weight{}) result.emplace_back(value, static_cast<double>(weight));
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  static double sum_of(const weights& values) {
    double sum = 0;
    for (const auto& [value, weight] : values) sum += weight;
    return sum;
  }

  template <class Predicate>
  static double share_of(const weights& values, Predicate counts) {
    double sum = 0;
    for (const auto& [value, weight] : values) sum += counts(value) ? weight : 0;
    return sum / sum_of(values);
  }

  void find_lattice(const weights& seen, const weights& expected) {
    const std::int64_t origin = seen.front().first;
    std::int64_t step = 0;
    for (const weights* values : {&seen, &expected}) {
      for (const auto& [value, weight] : *values) step = std::gcd(step, value - origin);
    }
    lattice_ = width_ = (std::max)(step, std::int64_t{1});
  }

  /// What is left of the values without a quarter of a percent at each end; up to the very end where
  /// that is hardly farther.
  static std::pair<std::int64_t, std::int64_t> range_of(const weights& values) {
    const double spare = 0.0025 * sum_of(values);
    std::size_t low = 0, high = values.size() - 1;
    for (double sum = values[low].second; low < high && sum <= spare;) sum += values[++low].second;
    for (double sum = values[high].second; high > low && sum <= spare;) {
      sum += values[--high].second;
    }
    const std::int64_t near = (values[high].first - values[low].first) / 8;
    const auto [first, last] = std::pair(values.front().first, values.back().first);
    return {values[low].first - first <= near ? first : values[low].first,
            last - values[high].first <= near ? last : values[high].first};
  }

  /// Goes from 1 to 2, 5, 10, ... points a bar; bars then start at multiples of their width.
  void widen() {
    std::int64_t digit = width_ / lattice_;
    while (digit >= 10) digit /= 10;
    width_ = digit == 2 ? width_ / 2 * 5 : width_ * 2;
    const std::int64_t offset = (first_ % lattice_ + lattice_) % lattice_;
    const std::int64_t beyond = ((first_ - offset) % width_ + width_) % width_;
    start_ = first_ - beyond;
  }

  std::int64_t count() const { return (last_ - start_) / width_ + 1; }
  std::int64_t index_of(std::int64_t value) const {
    return value < start_ ? -1 : (value - start_) / width_;
  }

  bars bars_of(const weights& values) const {
    bars result;
    const double half = static_cast<double>(lattice_) / 2; // a point lies in the middle of its bar
    for (std::int64_t i = 0; i < count(); ++i) {
      result.push_back({static_cast<double>(start_of(i)) - half,
                        static_cast<double>(start_of(i + 1)) - half, 0});
    }
    const double sum = sum_of(values);
    for (const auto& [value, weight] : values) {
      const std::int64_t bar = index_of(value);
      if (bar < 0 || bar >= count()) continue;
      result[static_cast<std::size_t>(bar)].height += 100 * weight / sum;
    }
    return result;
  }

  std::vector<double> heights_in_order() const {
    std::vector<double> heights;
    for (const example::chart_bar& bar : observed_) heights.push_back(bar.height);
    std::sort(heights.begin(), heights.end(), std::greater<>());
    return heights;
  }

  std::int64_t lattice_ = 1; // distance of neighbouring profits
  std::int64_t width_ = 1;   // of a bar
  std::int64_t first_ = 0;   // profits that are shown
  std::int64_t last_ = 0;
  std::int64_t start_ = 0; // where the first bar starts
  bars observed_, exact_;
  double below_ = 0, above_ = 0;
};

} // namespace casino

#endif
