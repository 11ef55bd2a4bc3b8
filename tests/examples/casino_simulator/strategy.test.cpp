// SPDX-License-Identifier: MIT
//
// The computed strategy: how many hands ride, what they are worth, and that the tables hold exactly
// what was computed.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "casino_simulator/strategy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace {

using casino::card;
using casino::standard_pay_table;
using casino::tie_rule;

std::int64_t value_of(std::string_view text) {
  return casino::completion_value(standard_pay_table, cards_from<3>(text));
}

const casino::strategy& optimal(tie_rule ties) {
  static const auto pull = casino::strategy::optimal(standard_pay_table, tie_rule::pull);
  static const auto ride = casino::strategy::optimal(standard_pay_table, tie_rule::ride);
  return ties == tie_rule::pull ? pull : ride;
}

} // namespace

TEST_CASE("casino strategy: three-card values are those of the published table",
          "[casino][strategy][golden]") {
  CHECK(value_of("7c7d7h") == 6'360);
  CHECK(value_of("TcTd2h") == 1'689);
  CHECK(value_of("TcJcQc") == 1'736);
  CHECK(value_of("JcQcKc") == 1'454);
  CHECK(value_of("AcQcKc") == 1'172);
  CHECK(value_of("3c4c5c") == 252);
  CHECK(value_of("8c9cTc") == 480);
  CHECK(value_of("9cTcJc") == 708);
  CHECK(value_of("7c8cTc") == 198);
  CHECK(value_of("9cTcQc") == 426);
  CHECK(value_of("9cTcKc") == 144);
  CHECK(value_of("2c3c4c") == -30);
  CHECK(value_of("2c4cAc") == -84);
  CHECK(value_of("6c7cTc") == -84);
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

TEST_CASE("casino strategy: a rule is asked once about each class of hands, and its answer is kept",
          "[casino][strategy]") {
  int first = 0, second = 0, odd = 0;
  // Depends on every rank and on the suit, so that a swapped or missing entry shows.
  const auto rule = [&](const casino::hand_view& hand) {
    ++(hand.ranks().size() == 3 ? first : second);
    odd += std::is_sorted(hand.ranks().begin(), hand.ranks().end()) ? 0 : 1;
    unsigned sum = hand.suited() ? 1 : 0;
    for (const unsigned rank : hand.ranks()) sum = 31 * sum + rank;
    return sum % 7 < 3;
  };
  const auto plays = casino::strategy::from(rule, rule);
  CHECK(first == 455 + 286);
  CHECK(second == 1'820 + 715);
  CHECK(odd == 0);
  int wrong = 0;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    const auto hand = casino::three_card_hand(number);
    const auto [a, b, c] = hand;
    wrong += plays.rides_first({c, a, b}) == rule(casino::view_of(hand)) ? 0 : 1;
    const std::array<card, 4> four{b, static_cast<card>((c + number) % 52), c, a};
    if (four[1] == a || four[1] == b || four[1] == c) continue;
    wrong += plays.rides_second(four) == rule(casino::view_of(four)) ? 0 : 1;
  }
  CHECK(wrong == 0);
}
