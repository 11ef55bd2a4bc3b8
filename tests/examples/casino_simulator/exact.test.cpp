// SPDX-License-Identifier: MIT
//
// The exact laws to the last digit: every figure known from an independent count.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/exact.hpp"
#include "casino_simulator/joint_law.hpp"
#include "casino_simulator/outcome_table.hpp"
#include "casino_simulator/strategy.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>

namespace {

using casino::hand_kind;
using casino::standard_pay_table;
using casino::three_card_kind;
using casino::tie_rule;
using net_table = std::map<std::int64_t, std::uint64_t>;

casino::outcome_table law_with(tie_rule ties) {
  return casino::law_by_class(casino::strategy::optimal(standard_pay_table, ties)).outcomes();
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
  CHECK(total.laws[0].total() == casino::exact_deals);
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
  const auto money = casino::law_of(casino::law_by_class(best).outcomes(), isle_of_capri);
  CHECK(money.mean() == Approx(-0.034261704682).margin(5e-13));
}

TEST_CASE("casino exact: net results of the published chart by the word",
          "[casino][exact][golden]") {
  net_table expected{
      {-3, 51'492}, {-2, 754'368}, {-1, 38'761'740}, {1, 3'227'796}, {2, 3'861'120}, {3, 2'977'548},
      {4, 682'920}, {5, 150'144},  {6, 903'288},     {9, 364'608},   {10, 50'208},   {15, 3'648},
      {16, 91'448}, {22, 41'472},  {24, 10'712},     {33, 33'408},   {100, 4'608},   {150, 7'872},
      {400, 352},   {600, 368},    {3'000, 80}};
  CHECK(casino::net_results(test::law_of("chart-literal").outcomes(), standard_pay_table) ==
        expected);
  expected[100] = 7'104;
  expected[150] = 5'376;
  CHECK(casino::net_results(test::law_of("chart-literal-no-quads").outcomes(),
                            standard_pay_table) == expected);
}

TEST_CASE("casino exact: bets, final hand and three-card hand together, ties pulled",
          "[casino][exact][joint][golden]") {
  struct row {
    unsigned bets;
    hand_kind final_hand;
    three_card_kind three;
    std::uint64_t deals;
  };
  using enum three_card_kind;
  const auto high_card = hand_kind::high_card, low_pair = hand_kind::low_pair;
  const row rows[]{{1, high_card, nothing, 23'485'440},
                   {1, high_card, flush, 1'097'472},
                   {1, high_card, straight, 925'440},
                   {1, high_card, straight_flush, 8'352},
                   {1, low_pair, nothing, 8'478'000},
                   {1, low_pair, pair, 4'055'040},
                   {1, low_pair, flush, 467'400},
                   {1, low_pair, straight, 375'120},
                   {1, low_pair, straight_flush, 4'596},
                   {1, hand_kind::high_pair, nothing, 3'026'160},
                   {1, hand_kind::two_pair, nothing, 545'400},
                   {1, hand_kind::two_pair, pair, 608'256},
                   {1, hand_kind::straight, straight, 42'240},
                   {2, high_card, nothing, 53'760},
                   {2, high_card, flush, 351'168}};
  const casino::joint_law& law = test::law_of("optimal");
  for (const row& r : rows) {
    CAPTURE(r.bets, casino::index_of(r.final_hand), casino::index_of(r.three));
    CHECK(law.counts[casino::cell_of({r.bets, r.final_hand}, r.three)] == r.deals);
  }
}

TEST_CASE("casino exact: three-card hands come as often as counted, whatever the strategy",
          "[casino][exact][joint]") {
  // Of 22,100: the kinds by elementary counts, from nothing to the mini royal.
  const std::array<std::uint64_t, casino::three_card_kinds> hands{
      16'440, 13 * 6 * 48, 286 * 4 - 48, 12 * 60, 13 * 4, 11 * 4, 4};
  for (const casino::preset_info& known : casino::presets) {
    CAPTURE(known.name);
    const auto counts = test::law_of(known.name).three_card_counts();
    for (std::size_t k = 0; k < counts.size(); ++k) CHECK(counts[k] == hands[k] * 49 * 48);
  }
}

TEST_CASE("casino exact: a decision not taken leaves no cells", "[casino][exact][joint]") {
  for (std::size_t c = 0; c < casino::cells; ++c) {
    const auto which = static_cast<casino::cell>(c);
    const unsigned bets = casino::outcome_of(which).bets;
    CHECK(casino::cell_of(casino::outcome_of(which), casino::three_card_kind_of(which)) == which);
    if (bets != 1) CHECK(test::law_of("always-pull").counts[c] == 0);
    if (bets != 3) CHECK(test::law_of("always-ride").counts[c] == 0);
  }
}
