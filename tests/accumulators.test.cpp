// SPDX-License-Identifier: MIT
#include <orderly/accumulators.hpp>

#include "support/catch.hpp"
#include "support/splitmix64.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using orderly::exact_moments;
using orderly::exact_sum;
using orderly::histogram;
using orderly::neumaier_sum;
using orderly::welford_moments;

constexpr std::int64_t lowest_integer = (std::numeric_limits<std::int64_t>::min)();
constexpr std::int64_t highest_integer = (std::numeric_limits<std::int64_t>::max)();
constexpr std::uint64_t top = ~std::uint64_t{0};

template <class Accumulator, class Value>
constexpr Accumulator of(std::initializer_list<Value> values) {
  Accumulator result;
  for (const Value value : values) result.add(value);
  return result;
}
constexpr exact_sum sum_of(std::initializer_list<std::int64_t> values) {
  return of<exact_sum>(values);
}
constexpr exact_moments moments_of(std::initializer_list<std::int64_t> values) {
  return of<exact_moments>(values);
}

static_assert(sum_of({1, -3}).to_int64() == -2);
static_assert(moments_of({2, 4, 9}).mean() == 5.0);
static_assert(moments_of({2, 4, 9}).variance() == 13.0);

std::vector<std::int64_t> random_integers(std::size_t count, unsigned shift) {
  test::splitmix64 next(count);
  std::vector<std::int64_t> result(count);
  for (std::int64_t& value : result) {
    value = static_cast<std::int64_t>(next() >> shift) - (std::int64_t{1} << (63U - shift));
  }
  return result;
}

// Splits the values at pseudo-random places, accumulates each piece, and merges the pieces in
// pseudo-random order.
template <class Accumulator>
Accumulator merged_somehow(const std::vector<std::int64_t>& values, std::uint64_t variant,
                           const Accumulator& empty) {
  test::splitmix64 next(variant);
  std::vector<Accumulator> pieces(1 + next() % 20, empty);
  for (const std::int64_t value : values) pieces[next() % pieces.size()].add(value);
  while (pieces.size() > 1) {
    const std::size_t i = next() % (pieces.size() - 1);
    pieces[i].merge(pieces.back());
    pieces.pop_back();
  }
  return pieces.front();
}

} // namespace

TEST_CASE("accumulators: exact_sum adds signed and unsigned integers of all widths",
          "[accumulators][exact_sum]") {
  exact_sum sum;
  CHECK(sum == exact_sum());
  CHECK(sum.to_int64() == 0);
  sum.add(-7);
  CHECK(sum.to_int64() == -7);
  CHECK(sum.high() == -1);
  CHECK(sum.to_double() == -7.0);
  sum.add(7U);
  CHECK(sum == exact_sum());
  sum.add(static_cast<signed char>(-1));
  sum.add(static_cast<unsigned char>(255));
  CHECK(sum.to_int64() == 254);
}

TEST_CASE("accumulators: exact_sum passes 64 bits and comes back", "[accumulators][exact_sum]") {
  exact_sum sum;
  sum.add(highest_integer);
  CHECK(sum.fits_int64());
  sum.add(1);
  CHECK_FALSE(sum.fits_int64());
  CHECK(sum.high() == 0);
  CHECK(sum.low() == std::uint64_t{1} << 63U);
  CHECK(sum.to_double() == 9223372036854775808.0);
  sum.add(top);
  sum.add(top);
  CHECK(sum.high() == 2);
  CHECK(sum.low() == (std::uint64_t{1} << 63U) - 2);
  for (int i = 0; i < 5; ++i) sum.add(lowest_integer);
  CHECK(sum.to_int64() == -2);
  sum.add(lowest_integer);
  CHECK_FALSE(sum.fits_int64());
  CHECK(sum.to_double() == -9223372036854775808.0);
}

TEST_CASE("accumulators: exact sums become the nearest double", "[accumulators][exact_sum]") {
  const std::int64_t exact = std::int64_t{1} << 53U;
  CHECK(sum_of({exact, 1}).to_double() == 9007199254740992.0); // a tie goes to the even one
  CHECK(sum_of({exact, 3}).to_double() == 9007199254740996.0);
  CHECK(sum_of({-exact, -3}).to_double() == -9007199254740996.0);
  exact_sum sum; // 2^65 + 2^12 + 1: just above a tie that only the lowest bit breaks
  sum.add(top);
  sum.add(top);
  sum.add(2 + 4096 + 1);
  CHECK(sum.to_double() == 36893488147419111424.0);
  sum.add(-1);
  CHECK(sum.to_double() == 36893488147419103232.0);
}

TEST_CASE("accumulators: exact merges give the same in every order", "[accumulators][merge]") {
  const std::vector<std::int64_t> values = random_integers(1000, 16);
  const exact_moments serial = merged_somehow(values, 0, exact_moments());
  const histogram counts = merged_somehow(values, 0, histogram(-100, 200));
  exact_sum sum;
  for (const std::int64_t value : values) sum.add(value);
  CHECK(serial.sum() == sum);
  CHECK(serial.count() == 1000);
  for (std::uint64_t variant = 1; variant < 40; ++variant) {
    REQUIRE(merged_somehow(values, variant, exact_moments()) == serial);
    REQUIRE(merged_somehow(values, variant, exact_sum()) == sum);
    REQUIRE(merged_somehow(values, variant, histogram(-100, 200)) == counts);
  }
}

TEST_CASE("accumulators: exact_moments gives mean, variance and extremes",
          "[accumulators][exact_moments]") {
  const exact_moments moments = moments_of({-5, 7, 1});
  CHECK(moments.count() == 3);
  CHECK(moments.sum().to_int64() == 3);
  CHECK(moments.squares_low() == 75);
  CHECK(moments.squares_high() == 0);
  CHECK(moments.lowest() == -5);
  CHECK(moments.highest() == 7);
  CHECK(moments.mean() == 1.0);
  CHECK(moments.variance() == 36.0);
  CHECK(exact_moments().mean() == 0.0);
  CHECK(exact_moments().variance() == 0.0);
  CHECK(moments_of({8}).variance() == 0.0);

  exact_moments with_nothing = moments;
  with_nothing += exact_moments();
  CHECK(with_nothing == moments);
  exact_moments doubled = moments;
  doubled += doubled;
  CHECK(doubled.count() == 6);
  CHECK(doubled.squares_low() == 150);
}

TEST_CASE("accumulators: the exact variance does not cancel, however far the mean",
          "[accumulators][exact_moments]") {
  const std::int64_t far_off = std::int64_t{1} << 60U;
  CHECK(moments_of({far_off + 4, far_off + 7, far_off + 13, far_off + 16}).variance() == 30.0);
  CHECK(moments_of({-far_off - 4, -far_off - 7, -far_off - 13, -far_off - 16}).variance() == 30.0);
  // The widest two values: (2^64 - 1)^2 / 2, which rounds to 2^127.
  const exact_moments widest = moments_of({lowest_integer, highest_integer});
  CHECK(widest.variance() == 0x1p127);
  CHECK(widest.mean() == -0.5);
}

TEST_CASE("accumulators: the exact variance is that of the definition",
          "[accumulators][exact_moments]") {
  for (const unsigned shift : {1U, 20U, 50U}) {
    const std::vector<std::int64_t> values = random_integers(shift == 1 ? 3 : 400, shift);
    exact_moments moments;
    double mean = 0;
    for (const std::int64_t value : values) {
      moments.add(value);
      mean += static_cast<double>(value) / static_cast<double>(values.size());
    }
    double squares = 0;
    for (const std::int64_t value : values) {
      squares += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    }
    CHECK(moments.variance() == Approx(squares / static_cast<double>(values.size() - 1)));
  }
}

TEST_CASE("accumulators: histogram counts inside and outside its window",
          "[accumulators][histogram]") {
  histogram counts(-2, 5);
  for (const int value : {-3, -2, -2, 0, 2, 3, 1000, 1000}) counts.add(value);
  counts.add(2, 10);
  counts.add(77, 0);
  CHECK(counts.total() == 18);
  CHECK(counts.count(-2) == 2);
  CHECK(counts.count(2) == 11);
  CHECK(counts.count(1000) == 2);
  CHECK(counts.count(1) == 0);
  CHECK(counts.count(77) == 0);
  std::vector<std::pair<std::int64_t, std::uint64_t>> seen;
  counts.for_each([&](std::int64_t value, std::uint64_t n) { seen.emplace_back(value, n); });
  CHECK(seen == std::vector<std::pair<std::int64_t, std::uint64_t>>{
                    {-3, 1}, {-2, 2}, {0, 1}, {2, 11}, {3, 1}, {1000, 2}});
}

TEST_CASE("accumulators: a histogram's window changes no result", "[accumulators][histogram]") {
  const std::vector<std::int64_t> values = random_integers(3000, 58); // -32 ... 31
  std::map<std::int64_t, std::uint64_t> expected;
  std::vector<histogram> windows = {histogram(), histogram(-10, 20), histogram(-40, 80),
                                    histogram(500, 3)};
  for (const std::int64_t value : values) {
    ++expected[value];
    for (histogram& counts : windows) counts.add(value);
  }
  for (const histogram& counts : windows) {
    std::map<std::int64_t, std::uint64_t> seen;
    counts.for_each([&](std::int64_t value, std::uint64_t n) { seen[value] = n; });
    CHECK(seen == expected);
    CHECK(counts == windows.front());
  }
  histogram both = windows[1];
  both += windows[2];
  CHECK(both.total() == 6000);
  CHECK(both.count(0) == 2 * expected[0]);
  CHECK_FALSE(both == windows[1]);
  both += both;
  CHECK(both.total() == 12000);
}

TEST_CASE("accumulators: quantiles are of the nearest rank", "[accumulators][histogram]") {
  std::vector<std::int64_t> values = random_integers(137, 56);
  histogram counts(-50, 90);
  for (const std::int64_t value : values) counts.add(value);
  std::sort(values.begin(), values.end());
  for (std::uint32_t i = 0; i <= 1000; ++i) {
    const std::size_t rank = (std::size_t{i} * values.size() + 999) / 1000;
    REQUIRE(counts.quantile(i, 1000) == values[rank == 0 ? 0 : rank - 1]);
  }
  histogram many;
  many.add(1, top / 2);
  many.add(2, top / 2 + 1);
  CHECK(many.quantile(0, 1) == 1);
  CHECK(many.quantile(1, 3) == 1);
  CHECK(many.quantile(1, 2) == 2); // half of an odd total, rounded up
  CHECK(many.quantile(0xffffffffU, 0xffffffffU) == 2);
}

TEST_CASE("accumulators: a histogram reaches the ends of the integers",
          "[accumulators][histogram]") {
  histogram low(lowest_integer, 4);
  histogram high(highest_integer - 3, 4);
  for (const std::int64_t value : {lowest_integer, highest_integer, std::int64_t{0}}) {
    low.add(value);
    high.add(value);
  }
  CHECK(low == high);
  CHECK(low.quantile(0, 1) == lowest_integer);
  CHECK(high.quantile(1, 1) == highest_integer);
  CHECK(high.count(lowest_integer) == 1);
  CHECK_THROWS_AS(histogram(highest_integer - 3, 5), std::invalid_argument);
  CHECK_NOTHROW(histogram(highest_integer, 1));
}

TEST_CASE("accumulators: neumaier_sum keeps what plain addition loses", "[accumulators][reals]") {
  CHECK(of<neumaier_sum>({1e100, 1.0, -1e100}).value() == 1.0);
  CHECK(of<neumaier_sum>({1.0, 1e100, 1.0, -1e100}).value() == 2.0);
  neumaier_sum tenths;
  for (int i = 0; i < 10; ++i) tenths.add(0.1);
  CHECK(tenths.value() == 1.0);
  neumaier_sum left = of<neumaier_sum>({1e100, 1.0});
  left += of<neumaier_sum>({2.0, -1e100});
  CHECK(left.value() == 3.0);
  CHECK(neumaier_sum().value() == 0.0);
}

TEST_CASE("accumulators: welford_moments gives mean and variance, also merged",
          "[accumulators][reals]") {
  const std::vector<std::int64_t> integers = random_integers(1000, 30);
  exact_moments exact;
  welford_moments serial;
  std::vector<welford_moments> pieces(7);
  for (std::size_t i = 0; i < integers.size(); ++i) {
    exact.add(integers[i]);
    serial.add(static_cast<double>(integers[i]));
    pieces[i * 7 / integers.size()].add(static_cast<double>(integers[i]));
  }
  welford_moments merged;
  for (const welford_moments& piece : pieces) merged.merge(piece);
  merged.merge(welford_moments());
  CHECK(serial.count() == 1000);
  CHECK(merged.count() == 1000);
  CHECK(serial.mean() == Approx(exact.mean()).epsilon(1e-12));
  CHECK(merged.mean() == Approx(exact.mean()).epsilon(1e-12));
  CHECK(serial.variance() == Approx(exact.variance()).epsilon(1e-12));
  CHECK(merged.variance() == Approx(exact.variance()).epsilon(1e-12));
  CHECK(welford_moments().variance() == 0.0);
}

TEST_CASE("accumulators: the bits of the real moments are frozen",
          "[accumulators][reals][golden]") {
  // Of intermediate values too: one final value can agree by luck.
  test::splitmix64 next(9);
  welford_moments total;
  neumaier_sum digest;
  for (int chunk = 0; chunk < 50; ++chunk) {
    welford_moments moments;
    for (int i = 0; i < 40; ++i) {
      moments.add(static_cast<double>(next() >> 11U) * 0x1p-53);
      digest.add(moments.mean());
      digest.add(moments.variance());
    }
    total += moments;
    digest.add(total.mean());
    digest.add(total.variance());
  }
  CHECK(total.mean() == 0x1.fdddeca927fe7p-2);
  CHECK(total.variance() == 0x1.611d1588a933dp-4);
  CHECK(digest.value() == 0x1.2723bcda95692p+10);
}

TEST_CASE("histogram: distinct counts each value that occurred once, in the window and outside",
          "[accumulators][histogram]") {
  histogram counts(0, 4);
  CHECK(counts.distinct() == 0);
  for (const std::int64_t value : {3, 3, -1, 4, 1'000'000, -1}) counts.add(value);
  CHECK(counts.distinct() == 4);
  CHECK(counts.count(-1) == 2);
  CHECK(counts.count(5) == 0);
}
