// SPDX-License-Identifier: MIT
//
// What earlier iterations still count for: the weights of CFR, CFR+, linear and discounted CFR, as
// powers of the iteration. N. Brown, T. Sandholm, "Solving imperfect-information games via discounted
// regret minimization" (2019).
#ifndef ORDERLY_EXAMPLES_POKER_DISCOUNT_HPP
#define ORDERLY_EXAMPLES_POKER_DISCOUNT_HPP

#include <cmath>  // sqrt
#include <limits> // infinity

namespace poker {

/// The exponents of t: multiples of 1/2 from -16 to 16, so that multiplications and a square root
/// compute the powers. An alpha or beta of +infinite keeps regrets as they are, -infinite drops them.
struct cfr_weights {
  static constexpr double infinite = std::numeric_limits<double>::infinity();

  double alpha; ///< of positive regrets
  double beta;  ///< of negative regrets
  double gamma; ///< of the average strategy
};

inline constexpr cfr_weights plain_weights{cfr_weights::infinite, cfr_weights::infinite, 0};
inline constexpr cfr_weights cfr_plus_weights{cfr_weights::infinite, -cfr_weights::infinite, 1};
inline constexpr cfr_weights linear_weights{1, 1, 1};
inline constexpr cfr_weights dcfr_weights{1.5, 0, 2};

constexpr bool is_infinite(double exponent) {
  return exponent == cfr_weights::infinite || exponent == -cfr_weights::infinite;
}
/// Whether it is one of those that cfr_weights allows.
constexpr bool is_exponent(double exponent) {
  return is_infinite(exponent) ||
         (exponent >= -16 && exponent <= 16 && 2 * exponent == static_cast<int>(2 * exponent));
}

/// t^exponent for a multiple of 1/2.
inline double power(double t, double exponent) {
  double left = exponent < 0 ? -exponent : exponent;
  double result = 1;
  for (; left >= 1; left -= 1) result *= t;
  if (left > 0) result *= std::sqrt(t);
  return exponent < 0 ? 1 / result : result;
}

/// t^exponent / (t^exponent + 1): the part of a sum that iteration t keeps.
inline double kept_part(double t, double exponent) {
  if (is_infinite(exponent)) return exponent > 0 ? 1 : 0;
  const double p = power(t, exponent);
  return p / (p + 1);
}

} // namespace poker

#endif
