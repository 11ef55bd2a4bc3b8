// SPDX-License-Identifier: MIT
//
// The exact law of both tie rules, to the last digit: every figure known from an independent count.
#include "support/catch.hpp"

#include "casino_simulator/exact.hpp"
#include "casino_simulator/outcome_table.hpp"
#include "casino_simulator/strategy.hpp"

#include <array>
#include <cstdint>
#include <map>

namespace {

using casino::standard_pay_table;
using casino::tie_rule;
using net_table = std::map<std::int64_t, std::uint64_t>;

casino::outcome_table law_with(tie_rule ties) {
  return casino::law_by_class(casino::strategy::optimal(standard_pay_table, ties));
}

} // namespace

TEST_CASE("casino exact: enumerating all 51,979,200 deals gives the law by classes",
          "[casino][exact]") {
  const auto pull = casino::strategy::optimal(standard_pay_table, tie_rule::pull);
  const auto ride = casino::strategy::optimal(standard_pay_table, tie_rule::ride);
  casino::exact_laws<2> total;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    total += casino::enumerate_deals<2>(casino::three_card_hand(number), {&pull, &ride});
  }
  CHECK(total.laws[0].rounds() == casino::exact_deals);
  CHECK(total.laws[0] == casino::law_by_class(pull));
  CHECK(total.laws[1] == casino::law_by_class(ride));
}

TEST_CASE("casino exact: final hands", "[casino][exact][golden]") {
  const std::array<std::uint64_t, casino::hand_kinds> expected{
      26'050'800, 13'516'800, 8'448'000, 2'471'040, 1'098'240, 204'000,
      102'160,    74'880,     12'480,    720,       80};
  for (const tie_rule ties : {tie_rule::pull, tie_rule::ride}) {
    const auto law = law_with(ties);
    for (std::size_t k = 0; k < casino::hand_kinds; ++k) CHECK(law.with_kind(k) == expected[k]);
    CHECK(casino::law_of(law, standard_pay_table).winning == 12'411'600);
  }
}

TEST_CASE("casino exact: optimal, ties pulled", "[casino][exact][golden]") {
  const auto law = law_with(tie_rule::pull);
  const auto money = casino::law_of(law, standard_pay_table);
  CHECK(money.net == -1'822'224);
  CHECK(money.net_squared == 1'383'007'152);
  CHECK(law.with_bets(1) == 43'956'288);
  CHECK(law.with_bets(2) == 4'417'728);
  CHECK(law.with_bets(3) == 3'605'184);
  CHECK(money.mean() == Approx(-0.035056791948).margin(5e-13));
  CHECK(money.variance() == Approx(26.605705180).margin(5e-10));
  CHECK(money.deviation() == Approx(5.158071847).margin(5e-10));
  CHECK(money.average_bet() == Approx(1.223706713455).margin(5e-13));
  CHECK(100 * money.element_of_risk() == Approx(2.864803434).margin(5e-10));
  const net_table expected{
      {-3, 42'612}, {-2, 628'128}, {-1, 38'896'860}, {1, 3'274'884}, {2, 3'817'920}, {3, 2'974'044},
      {4, 682'776}, {5, 165'696},  {6, 903'096},     {9, 364'560},   {10, 35'472},   {15, 2'832},
      {16, 92'152}, {22, 41'472},  {24, 10'008},     {33, 33'408},   {100, 4'608},   {150, 7'872},
      {400, 368},   {600, 352},    {3'000, 80}};
  CHECK(casino::net_results(law, standard_pay_table) == expected);
}

TEST_CASE("casino exact: optimal, ties ridden", "[casino][exact][golden]") {
  const auto law = law_with(tie_rule::ride);
  const auto money = casino::law_of(law, standard_pay_table);
  CHECK(money.net == -1'822'224);
  CHECK(money.net_squared == 1'388'484'912);
  CHECK(law.with_bets(1) == 43'535'232);
  CHECK(law.with_bets(2) == 4'824'384);
  CHECK(law.with_bets(3) == 3'619'584);
  CHECK(money.variance() == Approx(26.711088872).margin(5e-10));
  CHECK(money.deviation() == Approx(5.168277167).margin(5e-10));
  CHECK(money.average_bet() == Approx(1.232084218303).margin(5e-13));
  CHECK(100 * money.element_of_risk() == Approx(2.845324323).margin(5e-10));
  const net_table expected{
      {-3, 53'076}, {-2, 937'824}, {-1, 38'576'700}, {1, 3'228'804}, {2, 3'861'696}, {3, 2'976'348},
      {4, 682'776}, {5, 110'880},  {6, 903'096},     {9, 364'560},   {10, 88'656},   {15, 4'464},
      {16, 92'152}, {22, 41'472},  {24, 10'008},     {33, 33'408},   {100, 4'608},   {150, 7'872},
      {400, 368},   {600, 352},    {3'000, 80}};
  CHECK(casino::net_results(law, standard_pay_table) == expected);
}

TEST_CASE("casino exact: another pay table has its own strategy and edge", "[casino][exact]") {
  const casino::pay_table isle_of_capri{{-1, -1, 1, 2, 3, 5, 10, 15, 25, 100, 500}};
  const auto best = casino::strategy::optimal(isle_of_capri, tie_rule::pull);
  const auto money = casino::law_of(casino::law_by_class(best), isle_of_capri);
  CHECK(money.mean() == Approx(-0.034261704682).margin(5e-13));
}
