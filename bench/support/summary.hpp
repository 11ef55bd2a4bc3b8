// SPDX-License-Identifier: MIT
//
// What is reported of repeated measurements: the median, and a quantile beside it. No value is left out;
// an outlier moves the quantile, not the median.
#ifndef ORDERLY_BENCH_SUPPORT_SUMMARY_HPP
#define ORDERLY_BENCH_SUPPORT_SUMMARY_HPP

#include <algorithm> // nth_element
#include <cstddef>   // size_t
#include <stdexcept> // invalid_argument
#include <vector>    // values

namespace bench {

// The value below which `share` of the values lie (0 ... 1): the nearest rank.
inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) throw std::invalid_argument("a quantile of nothing");
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

} // namespace bench

#endif
