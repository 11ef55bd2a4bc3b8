// SPDX-License-Identifier: MIT
//
// What counts say about the quantities behind them: intervals, goodness of fit, and an estimate of
// the expected value that uses what is known exactly.
//
// All of it is additions, products, quotients and square roots of counts in a fixed order.
#ifndef ORDERLY_EXAMPLES_CASINO_ESTIMATES_HPP
#define ORDERLY_EXAMPLES_CASINO_ESTIMATES_HPP

#include "outcome_table.hpp"

#include <algorithm> // min, max
#include <array>     // kinds of hands
#include <cmath>     // sqrt
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <limits>    // infinity
#include <span>      // counts of any number of classes

namespace casino {

/// 95 % of a normal law lie within so many standard deviations of its mean.
inline constexpr double normal_95 = 1.959963984540054;

struct probability_range {
  double low = 0;
  double high = 1;
};

/// The 95 % interval for a probability (E. B. Wilson, "Probable inference, the law of succession,
/// and statistical inference", 1927). Without trials it is all of [0, 1].
inline probability_range wilson_interval(std::uint64_t successes, std::uint64_t trials) {
  if (trials == 0) return {};
  constexpr double z = normal_95;
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(successes) / n;
  const double centre = p + z * z / (2 * n);
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {(std::max)((centre - reach) / scale, 0.0), (std::min)((centre + reach) / scale, 1.0)};
}

/// Pearson's statistic. For the counts of independent draws from the weights it has about
/// `freedom` as mean and 2 * `freedom` as variance.
struct goodness_of_fit {
  double chi_square = 0;
  std::uint64_t freedom = 0;

  /// The distance from the mean in standard deviations.
  double z() const {
    const auto mean = static_cast<double>(freedom);
    return freedom == 0 ? 0.0 : (chi_square - mean) / std::sqrt(2 * mean);
  }
};

/// Classes of which fewer than five are expected are taken together, as the statistic asks for. What
/// was seen although its weight is 0 makes the statistic infinite.
inline goodness_of_fit fit_of(std::span<const std::uint64_t> counts,
                              std::span<const std::uint64_t> weights) {
  double total = 0, whole = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    total += static_cast<double>(counts[i]);
    whole += static_cast<double>(weights[i]);
  }
  goodness_of_fit fit;
  std::uint64_t classes = 0;
  const auto add = [&](double seen, double expected) {
    if (expected <= 0) return;
    fit.chi_square += (seen - expected) * (seen - expected) / expected;
    ++classes;
  };
  double rare_seen = 0, rare_expected = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (weights[i] == 0 && counts[i] != 0) {
      fit.chi_square = std::numeric_limits<double>::infinity();
    }
    const double seen = static_cast<double>(counts[i]);
    const double expected = total * static_cast<double>(weights[i]) / whole;
    if (expected >= 5) {
      add(seen, expected);
    } else {
      rare_seen += seen, rare_expected += expected;
    }
  }
  add(rare_seen, rare_expected);
  fit.freedom = classes > 0 ? classes - 1 : 0;
  return fit;
}

/// Do two sets of counts come from one law? Pearson's statistic for a table of two rows; classes
/// with fewer than ten counts in all are taken together.
inline goodness_of_fit fit_of_two(std::span<const std::uint64_t> first,
                                  std::span<const std::uint64_t> second) {
  double n = 0, m = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    n += static_cast<double>(first[i]);
    m += static_cast<double>(second[i]);
  }
  goodness_of_fit fit;
  std::uint64_t classes = 0;
  const auto add = [&](double a, double b) {
    if (a + b <= 0) return;
    const double distance = a * m - b * n;
    fit.chi_square += distance * distance / (n * m * (a + b));
    ++classes;
  };
  double rare_a = 0, rare_b = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto a = static_cast<double>(first[i]), b = static_cast<double>(second[i]);
    if (a + b >= 10) {
      add(a, b);
    } else {
      rare_a += a, rare_b += b;
    }
  }
  add(rare_a, rare_b);
  fit.freedom = classes > 0 ? classes - 1 : 0;
  return fit;
}

/// The expected value of a hand with final hands as control variate: how often each final hand
/// comes is known, so only what it brings on average (the bets left on the table) is estimated.
struct controlled_mean {
  double mean = 0;
  double standard_error = 0;
  double variance_reduction = 1; ///< of the plain mean's variance by this one's, both estimated
};

/// Post-stratification by final hand: the observed mean of each kind, weighted by its exact
/// probability. A kind that did not come counts with one bet.
inline controlled_mean controlled_mean_of(const outcome_table& seen, const outcome_table& exact,
                                          const pay_table& pays) {
  const auto rounds = static_cast<double>(seen.rounds());
  if (seen.rounds() == 0) return {};
  controlled_mean result;
  double within = 0;
  for (std::size_t k = 0; k < hand_kinds; ++k) {
    const double share =
        static_cast<double>(exact.with_kind(k)) / static_cast<double>(exact.rounds());
    const auto count = static_cast<double>(seen.with_kind(k));
    double bets = 0, squares = 0;
    for (std::size_t b = 0; b < 3; ++b) {
      const auto units = static_cast<double>(b + 1);
      bets += units * static_cast<double>(seen.counts[b][k]);
      squares += units * units * static_cast<double>(seen.counts[b][k]);
    }
    const double mean = count > 0 ? bets / count : 1;
    const double variance = count > 0 ? squares / count - mean * mean : 0;
    const auto pay = static_cast<double>(pays.net[k]);
    result.mean += share * pay * mean;
    within += share * pay * pay * (std::max)(variance, 0.0);
  }
  const double plain = law_of(seen, pays).variance();
  result.standard_error = std::sqrt(within / rounds);
  result.variance_reduction = within > 0 ? plain / within : 1;
  return result;
}

} // namespace casino

#endif
