// SPDX-License-Identifier: MIT
//
// The kinds of the three-card bonus: how many hands each has, and where their borders are.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "casino_simulator/cards.hpp"
#include "casino_simulator/three_card_hand.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace {

using casino::three_card_kind;

three_card_kind kind(std::string_view text) { return casino::kind_of(cards_from<3>(text)); }

} // namespace

TEST_CASE("three-card hand: all 22,100 hands fall into their kinds, in any order of cards",
          "[casino][three_card_hand][golden]") {
  std::array<std::uint32_t, casino::three_card_kinds> counts{};
  std::uint32_t wrong = 0;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    auto hand = casino::three_card_hand(number);
    const three_card_kind found = casino::kind_of(hand);
    ++counts[casino::index_of(found)];
    do wrong += casino::kind_of(hand) == found ? 0U : 1U;
    while (std::next_permutation(hand.begin(), hand.end()));
  }
  const std::array<std::uint32_t, casino::three_card_kinds> expected{16'440, 3'744, 1'096, 720,
                                                                     52,     44,    4};
  CHECK(counts == expected);
  CHECK(wrong == 0);
}

TEST_CASE("three-card hand: the borders between kinds", "[casino][three_card_hand]") {
  CHECK(kind("AcKdJh") == three_card_kind::nothing);
  CHECK(kind("KcAd2h") == three_card_kind::nothing); // not around the corner
  CHECK(kind("2c2d3h") == three_card_kind::pair);
  CHECK(kind("KcAdAh") == three_card_kind::pair);
  CHECK(kind("KcAc2c") == three_card_kind::flush);
  CHECK(kind("AcKcJc") == three_card_kind::flush);
  CHECK(kind("Ac2d3h") == three_card_kind::straight);
  CHECK(kind("QcKcAd") == three_card_kind::straight); // two suits: no royal
  CHECK(kind("2c2d2h") == three_card_kind::three_of_a_kind);
  CHECK(kind("Ah2h3h") == three_card_kind::straight_flush);
  CHECK(kind("JsQsKs") == three_card_kind::straight_flush);
  CHECK(kind("KsAsQs") == three_card_kind::mini_royal);
}

TEST_CASE("three-card hand: every kind has the name that reports print",
          "[casino][three_card_hand]") {
  const auto name = [](three_card_kind k) {
    return casino::three_card_kind_names[casino::index_of(k)];
  };
  CHECK(name(three_card_kind::nothing) == "nothing");
  CHECK(name(three_card_kind::pair) == "pair");
  CHECK(name(three_card_kind::flush) == "flush");
  CHECK(name(three_card_kind::straight) == "straight");
  CHECK(name(three_card_kind::three_of_a_kind) == "three_of_a_kind");
  CHECK(name(three_card_kind::straight_flush) == "straight_flush");
  CHECK(name(three_card_kind::mini_royal) == "mini_royal");
}
