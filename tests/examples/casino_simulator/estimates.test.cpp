// SPDX-License-Identifier: MIT
//
// Intervals, goodness of fit and the controlled mean, against small cases done by hand.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/estimates.hpp"
#include "casino_simulator/simulation.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using counts = std::vector<std::uint64_t>;
using casino::hand_kind;

} // namespace

TEST_CASE("casino estimates: the interval of a share is Wilson's", "[casino][estimates]") {
  // 10 of 100: (0.1 + z^2/200 -+ z sqrt(0.0009 + z^2/40000)) / (1 + z^2/100), z^2 = 3.841458821
  const auto tenth = casino::wilson_interval(10, 100);
  CHECK(tenth.low == Approx(0.0552291370606751).margin(1e-12));
  CHECK(tenth.high == Approx(0.1743656615049567).margin(1e-12));
  const auto none = casino::wilson_interval(0, 10);
  CHECK(none.low == 0);
  CHECK(none.high == Approx(3.841458820694124 / 13.841458820694124).margin(1e-12));
  const auto all = casino::wilson_interval(10, 10);
  CHECK(all.low == Approx(10 / 13.841458820694124).margin(1e-12));
  CHECK(all.high == Approx(1).margin(1e-12));
  CHECK(all.high <= 1);
  const auto unknown = casino::wilson_interval(0, 0);
  CHECK(unknown.low == 0);
  CHECK(unknown.high == 1);
}

TEST_CASE("casino estimates: Pearson's statistic of counts against weights",
          "[casino][estimates]") {
  const auto fit = casino::fit_of(counts{10, 20, 30}, counts{5, 5, 5});
  CHECK(fit.chi_square == Approx(10.0).margin(1e-12));
  CHECK(fit.freedom == 2);
  CHECK(fit.z() == Approx((10.0 - 2) / 2).margin(1e-12));
  const auto exact = casino::fit_of(counts{10, 20, 30}, counts{1, 2, 3});
  CHECK(exact.chi_square == Approx(0.0).margin(1e-12));
  CHECK(exact.z() == Approx(-1.0).margin(1e-12));
}

TEST_CASE("casino estimates: classes of which fewer than five are expected are taken together",
          "[casino][estimates]") {
  // 100 counts; expected 90, 4, 4, 2: the last three make one class of 10, of which 20 came.
  const auto fit = casino::fit_of(counts{80, 0, 15, 5}, counts{45, 2, 2, 1});
  CHECK(fit.freedom == 1);
  CHECK(fit.chi_square == Approx(100.0 / 90 + 100.0 / 10).margin(1e-12));
  const auto impossible = casino::fit_of(counts{50, 50, 0}, counts{1, 1, 0});
  CHECK(impossible.freedom == 1);
  CHECK(impossible.chi_square == Approx(0.0).margin(1e-12));
  CHECK(casino::fit_of(counts{0, 0}, counts{1, 1}).z() == 0);
}

TEST_CASE("casino estimates: what the law does not allow spoils the fit", "[casino][estimates]") {
  // Once in a thousand something came that has no weight, whether or not another class is rare.
  CHECK(std::isinf(casino::fit_of(counts{499, 498, 1, 2}, counts{499, 499, 0, 2}).chi_square));
  CHECK(std::isinf(casino::fit_of(counts{500, 499, 1}, counts{1, 1, 0}).z()));
}

TEST_CASE("casino estimates: two sets of counts are compared by the usual two-row statistic",
          "[casino][estimates]") {
  // Row totals 40 and 60, column totals 30 and 70: expected 12, 28, 18, 42.
  const auto fit = casino::fit_of_two(counts{20, 20}, counts{10, 50});
  CHECK(fit.freedom == 1);
  CHECK(fit.chi_square == Approx(64.0 / 12 + 64.0 / 28 + 64.0 / 18 + 64.0 / 42).margin(1e-12));
  const auto rare = casino::fit_of_two(counts{20, 20, 3, 0}, counts{10, 50, 2, 1});
  CHECK(rare.freedom == 2);
  CHECK(casino::fit_of_two(counts{5, 10, 20}, counts{50, 100, 200}).chi_square ==
        Approx(0.0).margin(1e-12));
}

TEST_CASE("casino estimates: z is the distance from the exact expectation in exact deviations",
          "[casino][estimates]") {
  // Mean -1, variance 4; the mean of 100 draws has deviation 0.2.
  CHECK(*casino::z_of(-0.6, {-1, 4}, 100) == Approx(2.0).margin(1e-12));
  CHECK(!casino::z_of(-0.6, {-1, 4}, 0));
  CHECK(!casino::z_of(-1, {-1, 0}, 100));
  const std::array<std::uint64_t, 3> weights{1, 2, 1};
  const auto law =
      casino::law_of_values(weights, [](std::size_t i) { return static_cast<double>(i); });
  CHECK(law.mean == Approx(1.0).margin(1e-12));
  CHECK(law.variance == Approx(0.5).margin(1e-12));
}

TEST_CASE("casino estimates: with every final hand as often as expected the mean is the plain one",
          "[casino][estimates]") {
  const auto deals = test::law_of("optimal").outcomes();
  const auto money = casino::law_of(deals, casino::standard_pay_table);
  const auto controlled = casino::controlled_mean_of(deals, deals, casino::standard_pay_table);
  CHECK(controlled.mean == Approx(money.mean()).margin(1e-12));
  CHECK(controlled.variance_reduction > 1);
  CHECK(controlled.standard_error ==
        Approx(std::sqrt(money.variance() / controlled.variance_reduction /
                         static_cast<double>(money.rounds)))
            .epsilon(1e-9));
}

TEST_CASE("casino estimates: a final hand that came too often does not move the controlled mean",
          "[casino][estimates]") {
  // Half the deals lose and half win even money; bets are 1 or 3, equally often.
  casino::outcome_table exact, seen;
  exact.counts[0] = {1, 0, 1};
  exact.counts[2] = {1, 0, 1};
  seen.counts[0] = {10, 0, 30};
  seen.counts[2] = {10, 0, 30};
  const auto controlled = casino::controlled_mean_of(seen, exact, casino::standard_pay_table);
  CHECK(casino::law_of(seen, casino::standard_pay_table).mean() == Approx(1.0));
  CHECK(controlled.mean == Approx(0.0).margin(1e-12));
  CHECK(controlled.standard_error == Approx(std::sqrt(1.0 / 80)).margin(1e-12));
  CHECK(controlled.variance_reduction == Approx(4.0)); // variances 4 and 1
  CHECK(casino::controlled_mean_of({}, exact, casino::standard_pay_table).mean == 0);
}
