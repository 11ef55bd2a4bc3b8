// SPDX-License-Identifier: MIT
//
// What samples of a measurement say: the middle, and how far they lie apart.
//
//   const example::quantiles q = example::quantiles_of({3.0, 1.0, 2.0});
//   q.median;                                     // 2.0
#ifndef ORDERLY_EXAMPLES_SUPPORT_QUANTILES_HPP
#define ORDERLY_EXAMPLES_SUPPORT_QUANTILES_HPP

#include <algorithm> // sort, min
#include <cstddef>   // size_t
#include <vector>    // samples

namespace example {

struct quantiles {
  double median = 0;
  double low = 0;  ///< 10 %
  double high = 0; ///< 90 %
};

/// Between two values the line. Precondition: some values.
inline quantiles quantiles_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = (std::min)(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {at(0.5), at(0.1), at(0.9)};
}

} // namespace example

#endif
