// SPDX-License-Identifier: MIT
//
// Exact counts of whole numbers: an array for the usual ones, a sorted map for the rest.
//
// Merging adds counts, so it is exactly associative and commutative; no value is rounded into a bin
// and none is dropped. `for_each` visits the values that occurred in increasing order, whichever
// part holds them, so two histograms with different arrays compare and print alike.
//
//   casino::histogram profits(-50, 100);          // dense on [-50, 100)
//   profits.add(-40);
//   profits.add(3001);                            // kept as well, in the map
//   profits.quantile(1, 2);                       // the median: -40
#ifndef ORDERLY_EXAMPLES_CASINO_HISTOGRAM_HPP
#define ORDERLY_EXAMPLES_CASINO_HISTOGRAM_HPP

#include <cstddef> // size_t
#include <cstdint> // values and counts
#include <map>     // values outside of the array
#include <vector>  // the array

namespace casino {

class histogram {
 public:
  /// Counts every value; those in [low, high) in an array.
  histogram(std::int64_t low, std::int64_t high)
      : low_(low), dense_(high > low ? static_cast<std::size_t>(high - low) : 0) {}

  void add(std::int64_t value, std::uint64_t count = 1) {
    if (value >= low_ && static_cast<std::uint64_t>(value - low_) < dense_.size()) {
      dense_[static_cast<std::size_t>(value - low_)] += count;
    } else {
      sparse_[value] += count;
    }
  }

  histogram& operator+=(const histogram& other) {
    other.for_each([this](std::int64_t value, std::uint64_t count) { add(value, count); });
    return *this;
  }

  /// f(value, count) for every value that occurred, in increasing order.
  template <class F>
  void for_each(F&& f) const {
    auto outside = sparse_.begin();
    for (; outside != sparse_.end() && outside->first < low_; ++outside) {
      if (outside->second != 0) f(outside->first, outside->second);
    }
    for (std::size_t i = 0; i < dense_.size(); ++i) {
      if (dense_[i] != 0) f(low_ + static_cast<std::int64_t>(i), dense_[i]);
    }
    for (; outside != sparse_.end(); ++outside) {
      if (outside->second != 0) f(outside->first, outside->second);
    }
  }

  /// How many different values occurred.
  std::uint64_t distinct() const {
    std::uint64_t result = 0;
    for_each([&](std::int64_t, std::uint64_t) { ++result; });
    return result;
  }
  std::uint64_t total() const {
    std::uint64_t result = 0;
    for_each([&](std::int64_t, std::uint64_t count) { result += count; });
    return result;
  }
  /// The sum of all values, each as often as it occurred.
  std::int64_t sum() const {
    std::int64_t result = 0;
    for_each([&](std::int64_t value, std::uint64_t count) {
      result += value * static_cast<std::int64_t>(count);
    });
    return result;
  }
  double mean() const {
    const std::uint64_t n = total();
    return n == 0 ? 0.0 : static_cast<double>(sum()) / static_cast<double>(n);
  }

  /// Nearest rank: the least value that at least numerator/denominator of all do not exceed; 0 if
  /// nothing was counted. A percentile of a histogram of whole numbers is exact.
  std::int64_t quantile(std::uint64_t numerator, std::uint64_t denominator) const {
    const std::uint64_t n = total();
    // ceil(n * numerator / denominator) without overflow for percentages
    const std::uint64_t whole = n / denominator * numerator;
    const std::uint64_t rest = (n % denominator * numerator + denominator - 1) / denominator;
    const std::uint64_t rank = whole + rest == 0 ? 1 : whole + rest;
    std::int64_t result = 0;
    std::uint64_t below = 0;
    for_each([&](std::int64_t value, std::uint64_t count) {
      if (below < rank) result = value;
      below += count;
    });
    return result;
  }

 private:
  std::int64_t low_;                             // the value that dense_[0] counts
  std::vector<std::uint64_t> dense_;             // counts of low_, low_ + 1, ...
  std::map<std::int64_t, std::uint64_t> sparse_; // all other values
};

} // namespace casino

#endif
