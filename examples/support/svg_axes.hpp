// SPDX-License-Identifier: MIT
//
// The axes of a chart: what they span, where their ticks stand, and where a value lies on them.
//
//   const auto axis = example::linear_axis("profit (units)", -42, 63);
//   example::ticks_of(axis, 6, 540);              // -40, -20, 0, 20, 40, 60
//   example::chart_scale(axis, 540)(63);          // 540
//
// Ticks stand at multiples of 1, 2 or 5 times a power of ten, and never closer than their texts
// allow. An axis without extent is widened. Nothing here calls a function of <cmath> but sqrt, so
// that a chart is the same text on every machine.
#ifndef ORDERLY_EXAMPLES_SUPPORT_SVG_AXES_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SVG_AXES_HPP

#include "html_text.hpp"

#include <algorithm>   // count_if, max
#include <array>       // names of large numbers
#include <cmath>       // sqrt
#include <cstddef>     // size_t
#include <cstdint>     // multiples of a step
#include <string>      // labels
#include <string_view> // widths of texts
#include <utility>     // move
#include <vector>      // ticks

namespace example {

/// The size of text on a narrow screen, for which room is kept, in a chart's own units.
inline constexpr double text_size = 19;

/// About how wide a text is at that size.
inline double text_width(std::string_view text) {
  const auto starts_letter = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; };
  return 0.57 * text_size *
         static_cast<double>(std::count_if(text.begin(), text.end(), starts_letter));
}

enum class axis_kind { linear, logarithmic, names };

/// Both ends are finite.
struct chart_axis {
  std::string label; ///< with the unit
  double low = 0;
  double high = 1;
  axis_kind kind = axis_kind::linear;
  std::vector<std::string> names; ///< name i stands at i
  bool whole = false;             ///< only whole numbers have a meaning
};

inline chart_axis linear_axis(std::string label, double low, double high) {
  if (!(high > low)) high = low + 1, low -= 1;
  return {std::move(label), low, high, axis_kind::linear, {}, false};
}

/// For counts: no tick stands between two whole numbers.
inline chart_axis whole_axis(std::string label, double low, double high) {
  chart_axis axis = linear_axis(std::move(label), low, high);
  axis.whole = true;
  return axis;
}

/// Names from the top downwards.
inline chart_axis name_axis(std::string label, std::vector<std::string> names) {
  const double last = static_cast<double>(names.size()) - 0.5;
  return {std::move(label), (std::max)(last, 0.5), -0.5, axis_kind::names, std::move(names), false};
}

struct chart_tick {
  double at = 0;
  std::string text;
};

namespace detail {

inline double power_of_ten(int exponent) {
  double power = 1;
  for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) power *= 10;
  return exponent < 0 ? 1 / power : power;
}

/// The largest n with 10^n <= value, for a positive value.
inline int decimal_exponent(double value) {
  int n = 0;
  while (n < 307 && value >= power_of_ten(n + 1)) ++n; // bounded, for infinity's sake
  while (n > -307 && value < power_of_ten(n)) --n;
  return n;
}

/// log10 of a positive value by + - * / and sqrt alone, to 13 digits: with r the fourth root of the
/// mantissa, ln r = 2 atanh((r - 1) / (r + 1)), a series in numbers below 0.29.
inline double decimal_log(double value) {
  const int exponent = decimal_exponent(value);
  const double root = std::sqrt(std::sqrt(value / power_of_ten(exponent)));
  const double t = (root - 1) / (root + 1);
  double sum = 0;
  for (int odd = 23; odd > 0; odd -= 2) sum = sum * t * t + 1.0 / odd;
  constexpr double ln_10 = 2.302585092994045684;
  return exponent + 8 * t * sum / ln_10;
}

/// 1, 2 or 5 times a power of ten.
struct tick_step {
  int digit = 1;
  int exponent = 0;

  double size() const {
    const double power = power_of_ten(exponent < 0 ? -exponent : exponent);
    return exponent < 0 ? digit / power : digit * power;
  }
  tick_step next() const {
    return digit == 5 ? tick_step{1, exponent + 1} : tick_step{digit == 1 ? 2 : 5, exponent};
  }
};

/// A multiple of the step; large ones in millions (M), billions (B) or trillions (T).
inline std::string tick_text(double value, const tick_step& step, double largest) {
  constexpr std::array<const char*, 3> units{"M", "B", "T"};
  for (int i = 2; i >= 0; --i) {
    const int power = 6 + 3 * i;
    const int decimals = (std::max)(power - step.exponent, 0);
    if (value == 0 || largest < power_of_ten(power) || decimals > 2) continue;
    return fixed_text(value / power_of_ten(power), decimals) + units[static_cast<std::size_t>(i)];
  }
  return fixed_text(value, (std::max)(-step.exponent, 0));
}

inline std::vector<chart_tick> multiples(double low, double high, const tick_step& step) {
  const double size = step.size();
  const double slack = 1e-9; // of a step, so that 0.1 + 0.2 still ends at 0.3
  const double largest = (std::max)(low < 0 ? -low : low, high < 0 ? -high : high);
  std::vector<chart_tick> ticks;
  auto i = static_cast<std::int64_t>(low / size) - 1;
  for (; static_cast<double>(i) <= high / size + slack; ++i) {
    const double at = static_cast<double>(i) * size;
    if (at >= low - slack * size) ticks.push_back({at, tick_text(at, step, largest)});
  }
  return ticks;
}

inline double width_of(const std::vector<chart_tick>& ticks) {
  double width = 0;
  for (const chart_tick& tick : ticks) width += text_width(tick.text) + text_size;
  return width;
}

inline std::vector<chart_tick> linear_ticks(const chart_axis& axis, std::size_t most,
                                            double length) {
  tick_step step{1, decimal_exponent((axis.high - axis.low) / static_cast<double>(most))};
  if (axis.whole && step.exponent < 0) step = {1, 0};
  while ((axis.high - axis.low) / step.size() > static_cast<double>(most)) step = step.next();
  std::vector<chart_tick> ticks = multiples(axis.low, axis.high, step);
  while (ticks.size() > 2 && width_of(ticks) > length) {
    step = step.next();
    ticks = multiples(axis.low, axis.high, step);
  }
  return ticks;
}

inline std::string power_text(int exponent) {
  constexpr std::array<const char*, 10> raised{"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                               "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  if (exponent == 0) return "1";
  std::string text = exponent < 0 ? "10\u207b" : "10";
  for (const char digit : std::to_string(exponent < 0 ? -exponent : exponent)) {
    text += raised[static_cast<std::size_t>(digit - '0')];
  }
  return text;
}

inline std::vector<chart_tick> power_ticks(const chart_axis& axis, std::size_t most) {
  const int first = decimal_exponent(axis.low);
  const int last = decimal_exponent(axis.high);
  const int stride = (last - first) / static_cast<int>(most) + 1;
  std::vector<chart_tick> ticks;
  for (int n = last; n >= first; n -= stride) ticks.push_back({power_of_ten(n), power_text(n)});
  return ticks;
}

} // namespace detail

/// From a power of ten to a power of ten, around both values, which must be positive.
inline chart_axis log_axis(std::string label, double low, double high) {
  int first = detail::decimal_exponent(low);
  int last = detail::decimal_exponent((std::max)(low, high));
  if (high > detail::power_of_ten(last)) ++last;
  if (first == last) --first;
  return {std::move(label),
          detail::power_of_ten(first),
          detail::power_of_ten(last),
          axis_kind::logarithmic,
          {},
          false};
}

/// From 0 to the first tick at or above `high`, for what must be compared by its length.
inline chart_axis axis_from_zero(std::string label, double high, std::size_t most_ticks = 5) {
  chart_axis axis = linear_axis(std::move(label), 0, high > 0 ? high : 1);
  const auto n = static_cast<double>(most_ticks);
  detail::tick_step step{1, detail::decimal_exponent(axis.high / n)};
  while (axis.high / step.size() > n) step = step.next();
  const auto whole = static_cast<double>(static_cast<std::int64_t>(axis.high / step.size()));
  if (whole * step.size() < axis.high) axis.high = (whole + 1) * step.size();
  return axis;
}

/// No more than about `most` ticks, whose texts fit side by side into `length`.
inline std::vector<chart_tick> ticks_of(const chart_axis& axis, std::size_t most, double length) {
  if (axis.kind == axis_kind::linear) return detail::linear_ticks(axis, most, length);
  if (axis.kind == axis_kind::logarithmic) return detail::power_ticks(axis, most);
  std::vector<chart_tick> ticks;
  for (const std::string& name : axis.names) {
    ticks.push_back({static_cast<double>(ticks.size()), name});
  }
  return ticks;
}

/// Where a value lies on an axis of that length, from its low end.
class chart_scale {
 public:
  chart_scale(const chart_axis& axis, double length)
      : logarithmic_(axis.kind == axis_kind::logarithmic),
        least_(axis.low),
        low_(place(axis.low)),
        factor_(length / (place(axis.high) - low_)) {}

  double operator()(double value) const { return (place(value) - low_) * factor_; }

  /// Has the value a place of its own? Zero has none on a logarithmic axis.
  bool has(double value) const { return !logarithmic_ || value >= least_; }

 private:
  /// On a logarithmic axis, what is too small, zero above all, stands at its low end.
  double place(double value) const {
    return logarithmic_ ? detail::decimal_log((std::max)(value, least_)) : value;
  }

  bool logarithmic_;
  double least_;
  double low_;
  double factor_;
};

} // namespace example

#endif
