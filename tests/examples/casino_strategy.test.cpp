// SPDX-License-Identifier: MIT
//
// The computed strategy: how many hands ride, what they are worth, and that play looks up exactly
// what was computed.
#include "support/catch.hpp"

#include "casino_simulator/deal.hpp"
#include "casino_simulator/exact.hpp"
#include "casino_simulator/round.hpp"
#include "casino_simulator/strategy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace {

using casino::card;
using casino::standard_pay_table;
using casino::tie_rule;

card card_from(std::string_view text) {
  const auto rank = std::string_view("23456789TJQKA").find(text[0]);
  const auto suit = std::string_view("cdhs").find(text[1]);
  return casino::make_card(static_cast<unsigned>(rank), static_cast<unsigned>(suit));
}

std::int64_t value_of(std::string_view a, std::string_view b, std::string_view c) {
  return casino::completion_value(standard_pay_table,
                                  casino::three_cards{card_from(a), card_from(b), card_from(c)});
}

const casino::strategy& optimal(tie_rule ties) {
  static const auto pull = casino::strategy::optimal(standard_pay_table, tie_rule::pull);
  static const auto ride = casino::strategy::optimal(standard_pay_table, tie_rule::ride);
  return ties == tie_rule::pull ? pull : ride;
}

} // namespace

TEST_CASE("casino strategy: three-card values are those of the published table",
          "[casino][strategy][golden]") {
  CHECK(value_of("7c", "7d", "7h") == 6'360);
  CHECK(value_of("Tc", "Td", "2h") == 1'689);
  CHECK(value_of("Tc", "Jc", "Qc") == 1'736);
  CHECK(value_of("Jc", "Qc", "Kc") == 1'454);
  CHECK(value_of("Ac", "Qc", "Kc") == 1'172);
  CHECK(value_of("3c", "4c", "5c") == 252);
  CHECK(value_of("8c", "9c", "Tc") == 480);
  CHECK(value_of("9c", "Tc", "Jc") == 708);
  CHECK(value_of("7c", "8c", "Tc") == 198);
  CHECK(value_of("9c", "Tc", "Qc") == 426);
  CHECK(value_of("9c", "Tc", "Kc") == 144);
  CHECK(value_of("2c", "3c", "4c") == -30);
  CHECK(value_of("2c", "4c", "Ac") == -84);
  CHECK(value_of("6c", "7c", "Tc") == -84);
}

TEST_CASE("casino strategy: bet 1 rides on 1,608 hands and none is worth zero",
          "[casino][strategy][golden]") {
  int positive = 0, zero = 0, wrong = 0;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    auto hand = casino::three_card_hand(number);
    const std::int64_t value = casino::completion_value(standard_pay_table, hand);
    positive += value > 0 ? 1 : 0;
    zero += value == 0 ? 1 : 0;
    do {
      wrong += optimal(tie_rule::pull).rides_first(hand) == (value > 0) ? 0 : 1;
      wrong += optimal(tie_rule::ride).rides_first(hand) == (value >= 0) ? 0 : 1;
    } while (std::next_permutation(hand.begin(), hand.end()));
  }
  CHECK(positive == 1'608);
  CHECK(zero == 0);
  CHECK(wrong == 0);
}

TEST_CASE("casino strategy: bet 2 rides on 40,865 hands and 2,268 are worth exactly zero",
          "[casino][strategy][golden]") {
  int positive = 0, zero = 0, wrong = 0;
  for (unsigned d = 3; d < 52; ++d) {
    for (std::uint32_t number = 0; number < d * (d - 1) * (d - 2) / 6; ++number) {
      const auto [a, b, c] = casino::three_card_hand(number);
      const std::array<card, 4> hand{a, b, c, static_cast<card>(d)};
      const std::array<card, 4> turned{static_cast<card>(d), b, a, c};
      const std::int64_t value = casino::completion_value(standard_pay_table, hand);
      positive += value > 0 ? 1 : 0;
      zero += value == 0 ? 1 : 0;
      for (const auto& order : {hand, turned}) {
        wrong += optimal(tie_rule::pull).rides_second(order) == (value > 0) ? 0 : 1;
        wrong += optimal(tie_rule::ride).rides_second(order) == (value >= 0) ? 0 : 1;
      }
    }
  }
  CHECK(positive == 40'865);
  CHECK(zero == 2'268);
  CHECK(wrong == 0);
}

TEST_CASE("casino round: play looks up what strategy and evaluator say, in any order of cards",
          "[casino][round]") {
  for (const tie_rule ties : {tie_rule::pull, tie_rule::ride}) {
    const casino::round_rules rules(optimal(ties));
    std::uint64_t wrong = 0;
    for (std::uint32_t number = 0; number < casino::ordered_deals; number += 211) {
      const auto cards = casino::deal(number);
      const auto [a, b, c, d, e] = cards;
      const unsigned rides = (optimal(ties).rides_first({a, b, c}) ? 1U : 0U) +
                             (optimal(ties).rides_second({a, b, c, d}) ? 1U : 0U);
      const casino::outcome expected{1 + rides, casino::kind_of(casino::key_of(cards))};
      wrong += rules.play(cards) == expected ? 0U : 1U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("casino round: played deal by deal, the law is the exact one", "[casino][round]") {
  const casino::round_rules rules(optimal(tie_rule::pull));
  casino::outcome_table played;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    const auto [a, b, c] = casino::three_card_hand(number);
    for (unsigned d = 0; d < 52; ++d) {
      if (d == a || d == b || d == c) continue;
      for (unsigned e = 0; e < 52; ++e) {
        if (e == a || e == b || e == c || e == d) continue;
        played.add(rules.play({a, b, c, static_cast<card>(d), static_cast<card>(e)}));
      }
    }
  }
  CHECK(played == casino::law_by_class(optimal(tie_rule::pull)));
}
