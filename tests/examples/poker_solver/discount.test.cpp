// SPDX-License-Identifier: MIT
//
// Powers and weights of iterations.
#include "support/catch.hpp"

#include "poker_solver/discount.hpp"

#include <cmath>
#include <limits>

namespace {

using poker::cfr_weights;
using poker::kept_part;
using poker::power;

constexpr double infinite = cfr_weights::infinite;

/// What 1 counts for after being kept by the iterations from `first` to `last`.
double kept_through(int first, int last, double exponent) {
  double part = 1;
  for (int t = first; t <= last; ++t) part *= kept_part(t, exponent);
  return part;
}

} // namespace

TEST_CASE("power: exact where the result is", "[poker][discount]") {
  CHECK(power(7, 0) == 1);
  CHECK(power(7, 1) == 7);
  CHECK(power(9, 0.5) == 3);
  CHECK(power(4, 1.5) == 8);
  CHECK(power(4, -1.5) == 0.125);
  CHECK(power(2, 16) == 65'536);
  CHECK(power(2, -16) == 1 / 65'536.0);
}

TEST_CASE("power: all exponents that are allowed", "[poker][discount]") {
  for (const double t : {1.0, 2.0, 3.0, 10.0, 1e6, 2.0 / 3}) {
    for (double exponent = -16; exponent <= 16; exponent += 0.5) {
      CAPTURE(t, exponent);
      CHECK(power(t, exponent) == Approx(std::pow(t, exponent)).epsilon(1e-14).margin(0));
    }
  }
}

TEST_CASE("kept part: by iteration and exponent", "[poker][discount]") {
  for (const double exponent : {-16.0, -0.5, 0.0, 1.5, 16.0}) CHECK(kept_part(1, exponent) == 0.5);
  for (const double t : {1.0, 2.0, 100.0}) CHECK(kept_part(t, 0) == 0.5);
  CHECK(kept_part(4, 1.5) == Approx(8.0 / 9).epsilon(1e-15));
  CHECK(kept_part(4, -0.5) == Approx(1.0 / 3).epsilon(1e-15));
  CHECK(kept_part(9, 1) == Approx(0.9).epsilon(1e-15));
}

TEST_CASE("kept part: everything or nothing", "[poker][discount]") {
  for (const double t : {1.0, 2.0, 1e9}) {
    CHECK(kept_part(t, infinite) == 1);
    CHECK(kept_part(t, -infinite) == 0);
  }
}

// t / (t + 1) from s to T multiplies to s / (T + 1).
TEST_CASE("kept part: with exponent 1 an iteration counts its number", "[poker][discount]") {
  for (const int iteration : {1, 2, 10, 99}) {
    CHECK(kept_through(iteration, 100, 1) == Approx(iteration / 101.0).epsilon(1e-13));
  }
}

TEST_CASE("exponents: halves from -16 to 16, and infinite", "[poker][discount]") {
  for (double exponent = -16; exponent <= 16; exponent += 0.5) {
    CHECK(poker::is_exponent(exponent));
    CHECK_FALSE(poker::is_exponent(exponent + 0.25));
    CHECK_FALSE(poker::is_infinite(exponent));
  }
  CHECK(poker::is_exponent(infinite));
  CHECK(poker::is_exponent(-infinite));
  CHECK(poker::is_infinite(-infinite));
  for (const double bad : {16.5, -16.5, 0.1, 1e300, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_FALSE(poker::is_exponent(bad));
  }
}
