// SPDX-License-Identifier: MIT
//
// The bonus tables: exact edges known from an independent count, and what each kind of hand pays.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/bonus_table.hpp"
#include "casino_simulator/exact_report.hpp"
#include "casino_simulator/hand_pays.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using casino::hand_kind;
using casino::three_card_kind;

Approx printed(double value, double half_digit) {
  return Approx(value).margin(half_digit).epsilon(0);
}

} // namespace

TEST_CASE("casino bonus: edges of the known three-card tables over 22,100 hands",
          "[casino][bonus][golden]") {
  struct row {
    std::string_view name;
    std::array<std::int64_t, 6> pays;
    std::int64_t net;
    double edge, deviation;
  };
  const row rows[]{{"a", {50, 40, 30, 6, 3, 1}, -1'568, 7.095022624, 2.878039},
                   {"b", {100, 40, 30, 5, 4, 1}, -992, 4.488687783, 3.103607},
                   {"c", {1000, 200, 30, 6, 4, 1}, 10'368, -46.914027149, 16.291430},
                   {"d", {50, 40, 30, 6, 4, 1}, -472, 2.135746606, 2.938509},
                   {"e", {40, 40, 30, 6, 4, 1}, -512, 2.316742081, 2.910646}};
  REQUIRE(casino::known_three_card_bonuses.size() == std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(rows[i].name);
    CHECK(casino::known_three_card_bonuses[i].name == rows[i].name);
    CHECK(casino::known_three_card_bonuses[i].pays == rows[i].pays);
    const auto law = casino::law_of(casino::three_card_bonus_paying(rows[i].pays));
    CHECK(law.hands == 22'100);
    CHECK(law.net == rows[i].net);
    CHECK(100 * law.house_edge() == printed(rows[i].edge, 5.1e-10));
    CHECK(law.deviation == printed(rows[i].deviation, 5.1e-7));
  }
}

TEST_CASE("casino bonus: edges of the known five-card tables over 2,598,960 hands",
          "[casino][bonus][golden]") {
  struct row {
    std::string_view name;
    std::array<std::int64_t, 8> pays;
    std::int64_t paid;
    double edge, deviation;
  };
  const row rows[]{{"a", {20000, 2000, 400, 200, 50, 25, 5, 0}, 1'935'360, 25.533290239, 27.8283},
                   {"b", {25000, 2500, 400, 200, 50, 25, 5, 0}, 1'973'360, 24.071166928, 33.9390},
                   {"c", {10000, 2000, 200, 75, 50, 20, 0, 0}, 977'000, 62.408040139, 15.2762},
                   {"d", {5000, 2000, 100, 75, 50, 25, 8, 4}, 1'879'104, 27.697848370, 10.6463}};
  REQUIRE(casino::known_five_card_bonuses.size() == std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(rows[i].name);
    CHECK(casino::known_five_card_bonuses[i].name == rows[i].name);
    CHECK(casino::known_five_card_bonuses[i].pays == rows[i].pays);
    const auto law =
        casino::law_of(casino::five_card_bonus_paying(rows[i].pays), test::law_of("always-pull"));
    CHECK(law.hands == 2'598'960);
    CHECK(law.net == rows[i].paid - 2'598'960);
    CHECK(100 * law.house_edge() == printed(rows[i].edge, 5.1e-10));
    CHECK(law.deviation == printed(rows[i].deviation, 5.1e-5));
  }
}

TEST_CASE("casino bonus: three-card pays come with the stake, five-card pays without",
          "[casino][bonus]") {
  const auto three = casino::three_card_bonus_paying({60, 50, 40, 30, 20, 10});
  CHECK(three.net[casino::index_of(three_card_kind::mini_royal)] == 60);
  CHECK(three.net[casino::index_of(three_card_kind::straight_flush)] == 50);
  CHECK(three.net[casino::index_of(three_card_kind::three_of_a_kind)] == 40);
  CHECK(three.net[casino::index_of(three_card_kind::straight)] == 30);
  CHECK(three.net[casino::index_of(three_card_kind::flush)] == 20);
  CHECK(three.net[casino::index_of(three_card_kind::pair)] == 10);
  CHECK(three.net[casino::index_of(three_card_kind::nothing)] == -1);
  const auto five = casino::five_card_bonus_paying({80, 70, 60, 50, 40, 30, 20, 10});
  const std::array<std::int64_t, casino::hand_kinds> net{-1, -1, -1, 9, 19, 29, 39, 49, 59, 69, 79};
  CHECK(five.net == net);
}

TEST_CASE("casino bonus: a hand pays the main game and both bonuses, each by its own stake",
          "[casino][bonus]") {
  casino::hand_pays pays;
  pays.three = casino::three_card_bonus_paying({60, 50, 40, 30, 20, 10});
  pays.five = casino::five_card_bonus_paying({80, 70, 60, 50, 40, 30, 20, 10});
  const auto trips =
      pays.of(casino::cell_of({3, hand_kind::three_of_a_kind}, three_card_kind::three_of_a_kind));
  CHECK(trips.main == 9);
  CHECK(trips.net({2, 5, 7}) == 2 * 9 + 5 * 40 + 7 * 19);
  const auto lost = pays.of(casino::cell_of({2, hand_kind::low_pair}, three_card_kind::pair));
  CHECK(lost.net({2, 5, 7}) == -2 * 2 + 5 * 10 - 7);
  CHECK(lost.net({2, 0, 0}) == -4);
}

TEST_CASE("casino bonus: the list of what a hand can bring has each result once, with all deals",
          "[casino][bonus]") {
  casino::hand_pays pays;
  pays.three = casino::three_card_bonus_paying({50, 40, 30, 6, 3, 1});
  const auto& law = test::law_of("optimal");
  const auto main_only = casino::unit_results(law, pays, false, false);
  const auto net = casino::net_results(law.outcomes(), pays.main);
  REQUIRE(main_only.size() == net.size());
  auto expected = net.begin();
  for (const casino::unit_result& result : main_only) {
    CHECK(result.main == expected->first);
    CHECK(result.weight == expected->second);
    CHECK(result.bonus == 0);
    ++expected;
  }
  std::int64_t bonus = 0;
  std::uint64_t deals = 0;
  for (const casino::unit_result& result : casino::unit_results(law, pays, true, false)) {
    bonus += result.bonus * static_cast<std::int64_t>(result.weight);
    deals += result.weight;
  }
  CHECK(deals == casino::exact_deals);
  CHECK(bonus == -1'568 * 49 * 48);
}
