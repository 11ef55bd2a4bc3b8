// SPDX-License-Identifier: MIT
//
// Strategies from weights, and actions drawn from strategies.
#include "support/catch.hpp"

#include "poker_solver/regret_matching.hpp"

#include "orderly/random_stream.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using poker::normalize_weights;
using poker::sample_action;

template <class Real>
std::vector<Real> normalized(const std::vector<Real>& weights) {
  std::vector<Real> result(weights.size(), Real{-1});
  normalize_weights(weights.data(), static_cast<unsigned>(weights.size()), result.data());
  return result;
}

/// How often each action is drawn.
template <class Real>
std::vector<double> frequencies(const std::vector<Real>& probabilities, std::uint64_t draws) {
  std::vector<double> result(probabilities.size());
  orderly::fast_stream stream = orderly::stream_node(orderly::seed(5)).fast(0);
  for (std::uint64_t i = 0; i < draws; ++i) {
    const auto actions = static_cast<unsigned>(probabilities.size());
    result[sample_action(probabilities.data(), actions, stream)] += 1 / static_cast<double>(draws);
  }
  return result;
}

/// A stream whose first draw rounds down to the greatest number below 1 that is ever drawn.
orderly::fast_stream almost_one() { return orderly::stream_node(orderly::seed(1)).fast(8'811'532); }

} // namespace

TEST_CASE("regret matching: in proportion to what is positive", "[poker][regret_matching]") {
  CHECK(normalized<double>({1, 3}) == std::vector<double>{0.25, 0.75});
  CHECK(normalized<double>({2, -50, 6, 0}) == std::vector<double>{0.25, 0, 0.75, 0});
  CHECK(normalized<float>({-1, 0.5F, -2}) == std::vector<float>{0, 1, 0});
}

TEST_CASE("regret matching: uniform when nothing is positive", "[poker][regret_matching]") {
  CHECK(normalized<double>({0, 0, 0, 0}) == std::vector<double>(4, 0.25));
  CHECK(normalized<double>({-1, -1e300}) == std::vector<double>(2, 0.5));
  CHECK(normalized<float>({-0.0F, -3, 0, -1, -2, -1, 0, 0}) == std::vector<float>(8, 0.125F));
}

TEST_CASE("regret matching: weights in single precision, computed in double",
          "[poker][regret_matching]") {
  const std::array<float, 3> weights{16'777'216, 1, -1}; // their sum is no float
  std::array<double, 3> found{};
  normalize_weights(weights.data(), 3, found.data());
  CHECK(found[0] == Approx(16'777'216.0 / 16'777'217).epsilon(1e-15));
  CHECK(found[1] == Approx(1.0 / 16'777'217).epsilon(1e-15));
  CHECK(found[2] == 0);
}

TEST_CASE("regret matching: probabilities of the smallest weights", "[poker][regret_matching]") {
  const auto check = [](auto smallest) {
    using real = decltype(smallest);
    CHECK(normalized<real>({smallest, 0, 3 * smallest}) == std::vector<real>{0.25, 0, 0.75});
    // 1 / sum is no number here: as good as nothing.
    for (const real tiny : {smallest / 8, std::numeric_limits<real>::denorm_min()}) {
      CHECK(normalized<real>({tiny, 0, -1, tiny}) == std::vector<real>(4, real{0.25}));
    }
  };
  check(std::numeric_limits<float>::min());
  check(std::numeric_limits<double>::min());
}

TEST_CASE("drawing an action: as often as is probable", "[poker][regret_matching]") {
  const std::vector<double> probabilities{0.1, 0.25, 0, 0.6, 0.05};
  const double draws = 200'000;
  const auto found = frequencies(probabilities, 200'000);
  for (std::size_t a = 0; a < probabilities.size(); ++a) {
    const double p = probabilities[a];
    CHECK(std::abs(found[a] - p) <= 5 * std::sqrt(p * (1 - p) / draws));
  }
}

TEST_CASE("drawing an action: a certain one always", "[poker][regret_matching]") {
  for (std::size_t certain = 0; certain < 3; ++certain) {
    std::vector<float> probabilities(3);
    probabilities[certain] = 1;
    CHECK(frequencies(probabilities, 1024)[certain] == 1);
  }
  CHECK(frequencies<double>({1}, 1024)[0] == 1);
}

TEST_CASE("drawing an action: one word each", "[poker][regret_matching]") {
  const std::vector<double> probabilities{0.5, 0.25, 0.25};
  orderly::fast_stream stream = almost_one(), other = almost_one();
  sample_action(probabilities.data(), 3, stream);
  other();
  CHECK(stream() == other());
}

TEST_CASE("drawing an action: never one that is not played, though the others sum up to less",
          "[poker][regret_matching]") {
  REQUIRE(almost_one()() >> 40U == 0xffffffU);
  unsigned rounded = 0;
  for (float weight = 1; weight < 200; weight += 1) {
    const auto probabilities = normalized<float>({weight, 0, -1});
    rounded += probabilities[0] < 1 ? 1U : 0U;
    orderly::fast_stream stream = almost_one();
    CHECK(sample_action(probabilities.data(), 3, stream) == 0);
  }
  CHECK(rounded > 0);
}
