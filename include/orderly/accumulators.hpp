// SPDX-License-Identifier: MIT
//
// orderly/accumulators.hpp: sums, moments and histograms that can be merged.
//
// What: two kinds. exact_sum, exact_moments and histogram take integers; their merge is exactly
// associative and commutative, so every order of adding and merging gives the same bits, and they
// may live in per-worker State. neumaier_sum and welford_moments take doubles; their merge depends
// on the order, so merge them chunk by chunk in index order.
// When: counts, money, fixed point: the exact ones, always. Measurements: the real ones.
// When not: for order-free sums of arbitrary doubles (superaccumulators such as ReproBLAS do that).
//
//   orderly::exact_moments cents;
//   for (std::int64_t result : results) cents.add(result);
//   all += cents;                                     // in any order
//   double average = all.mean(), spread = all.variance();
//
// The doubles that come out of the exact kinds are computed from the integers by single correctly
// rounded operations. The real kinds keep each product apart from the sum that follows it, because
// a compiler may contract the two into one fused operation on one machine and not on another. They
// rely on IEEE arithmetic: no -ffast-math, no x87.
#ifndef ORDERLY_ACCUMULATORS_HPP
#define ORDERLY_ACCUMULATORS_HPP

#include "orderly/detail/exact_integer.hpp"

#include <cassert>     // assert
#include <cstddef>     // size_t, ptrdiff_t
#include <cstdint>     // int64_t, uint64_t
#include <limits>      // numeric_limits
#include <stdexcept>   // invalid_argument
#include <string>      // to_string, for the texts of errors
#include <type_traits> // is_integral
#include <vector>      // vector

namespace orderly {
inline namespace v0 {

// A sum of 64-bit integers, signed or not, kept in 128 bits: 2^63 values cannot overflow it.
// Blocking: never. Thread-safety: one thread at a time. Exceptions: none.
class exact_sum {
 public:
  constexpr exact_sum() noexcept = default;

  template <class Integer>
  requires std::is_integral_v<Integer>
  constexpr void add(Integer value) noexcept {
    const auto low = static_cast<std::uint64_t>(value);
    words_.add({low, value < Integer{0} ? ~std::uint64_t{0} : 0});
  }

  constexpr exact_sum& operator+=(const exact_sum& other) noexcept {
    words_.add(other.words_);
    return *this;
  }
  constexpr void merge(const exact_sum& other) noexcept { *this += other; }

  /// The two's complement words of the sum.
  [[nodiscard]] constexpr std::uint64_t low() const noexcept { return words_.low; }
  [[nodiscard]] constexpr std::int64_t high() const noexcept {
    return static_cast<std::int64_t>(words_.high);
  }
  [[nodiscard]] constexpr bool fits_int64() const noexcept {
    return words_.high == (words_.low >> 63U != 0 ? ~std::uint64_t{0} : 0);
  }
  /// Precondition: fits_int64().
  [[nodiscard]] constexpr std::int64_t to_int64() const noexcept {
    assert(fits_int64() && "exact_sum: the sum needs more than 64 bits");
    return static_cast<std::int64_t>(words_.low);
  }
  /// The nearest double.
  [[nodiscard]] constexpr double to_double() const noexcept {
    const double size = detail::multiply(detail::magnitude(words_), {1, 0}).to_double();
    return words_.high >> 63U != 0 ? -size : size;
  }

  friend constexpr bool operator==(const exact_sum&, const exact_sum&) noexcept = default;

 private:
  friend class exact_moments;
  detail::words128 words_;
};

// Count, sum, sum of squares, lowest and highest of 64-bit integers, all exact while the sum of
// squares is below 2^128: always for fewer than 2^64 values of at most 32 bits.
// Blocking: never. Thread-safety: one thread at a time. Exceptions: none.
class exact_moments {
 public:
  constexpr exact_moments() noexcept = default;

  constexpr void add(std::int64_t value) noexcept;
  constexpr exact_moments& operator+=(const exact_moments& other) noexcept;
  constexpr void merge(const exact_moments& other) noexcept { *this += other; }

  [[nodiscard]] constexpr std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] constexpr const exact_sum& sum() const noexcept { return sum_; }
  /// The two words of the sum of squares.
  [[nodiscard]] constexpr std::uint64_t squares_low() const noexcept { return squares_.low; }
  [[nodiscard]] constexpr std::uint64_t squares_high() const noexcept { return squares_.high; }
  /// Precondition: count() > 0.
  [[nodiscard]] constexpr std::int64_t lowest() const noexcept { return lowest_; }
  [[nodiscard]] constexpr std::int64_t highest() const noexcept { return highest_; }

  /// 0 without values.
  [[nodiscard]] constexpr double mean() const noexcept {
    return count_ == 0 ? 0.0 : sum_.to_double() / static_cast<double>(count_);
  }
  /// The unbiased sample variance (divisor count - 1); 0 with fewer than two values. Its numerator,
  /// count * squares - sum^2, is computed exactly, so nothing cancels.
  [[nodiscard]] constexpr double variance() const noexcept;

  friend constexpr bool operator==(const exact_moments&, const exact_moments&) noexcept = default;

 private:
  std::uint64_t count_ = 0;
  exact_sum sum_;
  detail::words128 squares_;
  std::int64_t lowest_ = (std::numeric_limits<std::int64_t>::max)();
  std::int64_t highest_ = (std::numeric_limits<std::int64_t>::min)();
};

// How often each integer occurred: an array for the values in a window, a sorted list for the others.
// Blocking: never. Thread-safety: one thread at a time. Exceptions: std::bad_alloc, and then
// nothing has changed, except where a merge stopped half-way.
class histogram {
 public:
  /// The window [first, first + width). Only speed and memory depend on it.
  /// Exceptions: std::invalid_argument when the window passes the largest integer.
  explicit histogram(std::int64_t first = 0, std::size_t width = 0);

  /// Complexity: O(1) in the window; outside of it O(log n) for a value met before, O(n) for a new
  /// one, n being the number of different values out there: choose the window so that it is small.
  void add(std::int64_t value, std::uint64_t count = 1);
  histogram& operator+=(const histogram& other);
  void merge(const histogram& other) { *this += other; }

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  [[nodiscard]] std::uint64_t count(std::int64_t value) const;

  /// How many different values occurred.
  [[nodiscard]] std::uint64_t distinct() const {
    std::uint64_t values = 0;
    for_each([&](std::int64_t, std::uint64_t) { ++values; });
    return values;
  }

  /// Calls f(value, count) for each value that occurred, in increasing order.
  template <class Function>
  void for_each(Function f) const;

  /// The nearest-rank quantile for p = numerator / denominator: the lowest value v such that at
  /// least p * total() of the values are <= v; for p = 0 the lowest value. Integers only.
  /// Precondition: total() > 0, numerator <= denominator, denominator > 0.
  [[nodiscard]] std::int64_t quantile(std::uint32_t numerator, std::uint32_t denominator) const;

  /// Equal when the same values occurred equally often, whatever the windows.
  friend bool operator==(const histogram& a, const histogram& b) {
    bool equal = a.total_ == b.total_;
    a.for_each([&](std::int64_t value, std::uint64_t n) { equal = equal && b.count(value) == n; });
    return equal;
  }

 private:
  struct value_count {
    std::int64_t value;
    std::uint64_t count;
  };

  std::size_t place_outside(std::int64_t value) const noexcept;
  void add_outside(std::int64_t value, std::uint64_t count);

  // Below width for the values in the window; the subtraction wraps for those before it.
  [[nodiscard]] std::uint64_t offset(std::int64_t value) const noexcept {
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(first_);
  }

  std::int64_t first_;
  std::vector<std::uint64_t> window_;
  std::vector<value_count> outside_; // by value; a <map> would cost every includer more than this
  std::uint64_t total_ = 0;
};

namespace detail {

// Makes a double opaque, so that the product it holds cannot be fused with a following sum.
[[nodiscard]] inline double pinned(double value) noexcept {
#if defined(__GNUC__) && defined(__SSE2__)
  __asm__("" : "+x"(value));
  return value;
#elif defined(__GNUC__) && defined(__aarch64__)
  __asm__("" : "+w"(value));
  return value;
#else
  const volatile double kept = value;
  return kept;
#endif
}

} // namespace detail

// A compensated sum of doubles (A. Neumaier, 1974): as if summed in twice the precision. Only
// additions and subtractions, so there is no product to fuse.
// Blocking: never. Thread-safety: one thread at a time. Determinism: add and merge in a fixed
// order; sums that overflow give no useful value.
class neumaier_sum {
 public:
  constexpr void add(double value) noexcept {
    const double sum = sum_ + value;
    const bool sum_is_larger = (sum_ < 0 ? -sum_ : sum_) >= (value < 0 ? -value : value);
    lost_ += sum_is_larger ? (sum_ - sum) + value : (value - sum) + sum_;
    sum_ = sum;
  }
  constexpr neumaier_sum& operator+=(const neumaier_sum& other) noexcept {
    add(other.sum_);
    lost_ += other.lost_;
    return *this;
  }
  constexpr void merge(const neumaier_sum& other) noexcept { *this += other; }

  [[nodiscard]] constexpr double value() const noexcept { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0; // what the additions to sum_ rounded away
};

// Mean and variance of doubles: B. Welford's recurrence (1962), merged by the formula of T. Chan,
// G. Golub, R. LeVeque (1979).
// Blocking: never. Thread-safety: one thread at a time. Determinism: add and merge in a fixed order.
class welford_moments {
 public:
  void add(double value) noexcept;
  welford_moments& operator+=(const welford_moments& other) noexcept;
  void merge(const welford_moments& other) noexcept { *this += other; }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] double mean() const noexcept { return mean_; }
  /// The unbiased sample variance; 0 with fewer than two values.
  [[nodiscard]] double variance() const noexcept {
    return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1);
  }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0; // sum of the squared distances from mean_
};

constexpr void exact_moments::add(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  const std::uint64_t size = value < 0 ? 0 - bits : bits;
  const detail::wide_product square = detail::wide_multiply::apply(size, size);
  ++count_;
  sum_.add(value);
  [[maybe_unused]] const bool overflow = squares_.add({square.low, square.high});
  assert(!overflow && "exact_moments: the sum of squares needs more than 128 bits");
  if (value < lowest_) lowest_ = value;
  if (value > highest_) highest_ = value;
}

constexpr exact_moments& exact_moments::operator+=(const exact_moments& other) noexcept {
  count_ += other.count_;
  sum_ += other.sum_;
  [[maybe_unused]] const bool overflow = squares_.add(other.squares_);
  assert(!overflow && "exact_moments: the sum of squares needs more than 128 bits");
  if (other.lowest_ < lowest_) lowest_ = other.lowest_;
  if (other.highest_ > highest_) highest_ = other.highest_;
  return *this;
}

constexpr double exact_moments::variance() const noexcept {
  if (count_ < 2) return 0.0;
  const detail::words128 sum = detail::magnitude(sum_.words_);
  const detail::exact_integer numerator =
      detail::subtract(detail::multiply({count_, 0}, squares_), detail::multiply(sum, sum));
  return numerator.to_double() / detail::multiply({count_, 0}, {count_ - 1, 0}).to_double();
}

inline histogram::histogram(std::int64_t first, std::size_t width) : first_(first) {
  const auto room = static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)()) -
                    static_cast<std::uint64_t>(first);
  if (width != 0 && width - 1 > room) {
    throw std::invalid_argument("orderly: a histogram window of " + std::to_string(width) +
                                " values from " + std::to_string(first) +
                                " passes the largest 64-bit integer");
  }
  window_.resize(width);
}

inline void histogram::add(std::int64_t value, std::uint64_t count) {
  const std::uint64_t place = offset(value);
  if (place < window_.size()) {
    window_[static_cast<std::size_t>(place)] += count;
  } else if (count != 0) {
    add_outside(value, count);
  }
  total_ += count;
}

// Where the value stands among those outside the window, or would have to be put in.
inline std::size_t histogram::place_outside(std::int64_t value) const noexcept {
  std::size_t first = 0, last = outside_.size();
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (outside_[middle].value < value)
      first = middle + 1;
    else
      last = middle;
  }
  return first;
}

inline void histogram::add_outside(std::int64_t value, std::uint64_t count) {
  const std::size_t at = place_outside(value);
  if (at == outside_.size() || outside_[at].value != value)
    outside_.insert(outside_.begin() + static_cast<std::ptrdiff_t>(at), {value, 0});
  outside_[at].count += count;
}

inline histogram& histogram::operator+=(const histogram& other) {
  if (&other == this) return *this += histogram(other);
  other.for_each([this](std::int64_t value, std::uint64_t n) { add(value, n); });
  return *this;
}

inline std::uint64_t histogram::count(std::int64_t value) const {
  const std::uint64_t place = offset(value);
  if (place < window_.size()) return window_[static_cast<std::size_t>(place)];
  const std::size_t at = place_outside(value);
  return at < outside_.size() && outside_[at].value == value ? outside_[at].count : 0;
}

template <class Function>
void histogram::for_each(Function f) const {
  auto outside = outside_.begin();
  for (; outside != outside_.end() && outside->value < first_; ++outside) {
    f(outside->value, outside->count);
  }
  for (std::size_t i = 0; i < window_.size(); ++i) {
    if (window_[i] != 0) f(first_ + static_cast<std::int64_t>(i), window_[i]);
  }
  for (; outside != outside_.end(); ++outside) f(outside->value, outside->count);
}

inline std::int64_t histogram::quantile(std::uint32_t numerator, std::uint32_t denominator) const {
  assert(total_ > 0 && numerator <= denominator && denominator > 0);
  // ceil(numerator * total / denominator) without overflow: the remainder is below 2^32.
  const std::uint64_t whole = total_ / denominator;
  const std::uint64_t rest = numerator * (total_ % denominator);
  std::uint64_t rank = numerator * whole + rest / denominator + (rest % denominator != 0 ? 1 : 0);
  if (rank == 0) rank = 1;
  std::uint64_t passed = 0;
  std::int64_t result = 0;
  for_each([&](std::int64_t value, std::uint64_t n) {
    if (passed < rank) result = value;
    passed += n;
  });
  return result;
}

inline void welford_moments::add(double value) noexcept {
  ++count_;
  const double distance = value - mean_;
  mean_ += distance / static_cast<double>(count_);
  squares_ += detail::pinned(distance * (value - mean_));
}

inline welford_moments& welford_moments::operator+=(const welford_moments& other) noexcept {
  if (other.count_ == 0) return *this;
  const auto mine = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double distance = other.mean_ - mean_;
  count_ += other.count_;
  const double share = theirs / static_cast<double>(count_);
  const double square = detail::pinned(distance * distance);
  squares_ += other.squares_ + detail::pinned(square * detail::pinned(mine * share));
  mean_ += detail::pinned(distance * share);
  return *this;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ACCUMULATORS_HPP
