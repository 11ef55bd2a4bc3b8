// SPDX-License-Identifier: MIT
//
// The 169 classes of starting hands: texts, places in the grid and numbers of combinations.
#include "support/catch.hpp"

#include "poker_solver/starting_hands.hpp"

#include "../error_of.hpp"

#include <array>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using poker::card;
using poker::starting_hand;

std::string text_of(unsigned hand) {
  return poker::starting_hand_text(static_cast<starting_hand>(hand));
}

std::string error_of(std::string_view text) {
  return test::error_of<std::invalid_argument>([&] { poker::read_starting_hand(text); });
}

/// The place of a text as a person finds it: the columns are headed A, K, Q... and so are the rows.
std::array<unsigned, 2> place_by_eye(const std::string& text) {
  const auto first = static_cast<unsigned>(std::string("AKQJT98765432").find(text.at(0)));
  const auto second = static_cast<unsigned>(std::string("AKQJT98765432").find(text.at(1)));
  if (text.size() == 3 && text[2] == 'o') return {second, first};
  return {first, second};
}

} // namespace

TEST_CASE("starting hands: the 169 texts differ and are read back", "[poker][starting_hands]") {
  std::set<std::string> texts;
  for (unsigned hand = 0; hand < poker::starting_hands; ++hand) {
    texts.insert(text_of(hand));
    CHECK(poker::read_starting_hand(text_of(hand)) == hand);
  }
  CHECK(texts.size() == 169);
}

TEST_CASE("starting hands: the grid has pairs on its diagonal and suited hands above it",
          "[poker][starting_hands]") {
  CHECK(text_of(0) == "AA");
  CHECK(text_of(1) == "AKs");
  CHECK(text_of(12) == "A2s");
  CHECK(text_of(13) == "AKo");
  CHECK(text_of(14) == "KK");
  CHECK(text_of(5 * 13 + 12) == "92s");
  CHECK(text_of(12 * 13 + 7) == "72o");
  CHECK(text_of(168) == "22");
  for (unsigned i = 0; i < poker::starting_hands; ++i) {
    const auto hand = static_cast<starting_hand>(i);
    const std::array<unsigned, 2> place{poker::row_of(hand), poker::column_of(hand)};
    CHECK(place == place_by_eye(text_of(i)));
    CHECK(poker::is_pair(hand) == (text_of(i).size() == 2));
    CHECK(poker::is_suited(hand) == (text_of(i).back() == 's'));
  }
}

TEST_CASE("starting hands: every two cards are in one class, as often as it has combinations",
          "[poker][starting_hands]") {
  std::array<unsigned, poker::starting_hands> found{};
  for (unsigned a = 0; a < 52; ++a) {
    for (unsigned b = 0; b < a; ++b) {
      const auto x = static_cast<card>(a);
      const auto y = static_cast<card>(b);
      ++found.at(poker::starting_hand_of(x, y));
      CHECK(poker::starting_hand_of(x, y) == poker::starting_hand_of(y, x));
      const std::string text = text_of(poker::starting_hand_of(x, y));
      std::string expected{"23456789TJQKA"[a / 4], "23456789TJQKA"[b / 4]};
      if (a / 4 != b / 4) expected += a % 4 == b % 4 ? 's' : 'o';
      CHECK(text == expected);
    }
  }
  unsigned all = 0;
  for (unsigned hand = 0; hand < poker::starting_hands; ++hand) {
    CHECK(found[hand] == poker::combinations_of(static_cast<starting_hand>(hand)));
    all += found[hand];
  }
  CHECK(all == 1326);
}

TEST_CASE("starting hands: any other text is refused and the mistake named",
          "[poker][starting_hands]") {
  CHECK(error_of("KAs") == "starting hand 'KAs': the higher rank comes first");
  CHECK(error_of("AAs") == "starting hand 'AAs': a pair has no s or o");
  CHECK(error_of("T9") == "starting hand 'T9': expected s (suited) or o (offsuit) after the ranks");
  for (const std::string_view text : {"", "A", "1A", "A1s", "aks", "AKx", "AKso", "A Ks", "s"}) {
    CHECK(error_of(text) == "starting hand '" + std::string(text) +
                                "': expected two of the ranks AKQJT98765432 and, but for a pair, s "
                                "or o: AA, AKs, 72o");
  }
}
