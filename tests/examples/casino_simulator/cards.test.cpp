// SPDX-License-Identifier: MIT
//
// Cards, deals and the evaluator, against plain rules that share no code with them.
#include "support/catch.hpp"

#include "casino_simulator/cards.hpp"
#include "casino_simulator/deal.hpp"
#include "casino_simulator/evaluator.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace {

using casino::card;
using casino::hand_kind;

/// The kind of a hand as a person reads it: count equal ranks, look for a run and for one suit.
hand_kind kind_by_plain_rules(const casino::dealt_cards& cards) {
  std::array<int, 13> of_rank{};
  std::array<int, 4> of_suit{};
  for (const card c : cards) {
    ++of_rank[casino::rank_of(c)];
    ++of_suit[casino::suit_of(c)];
  }
  const bool flush = *std::max_element(of_suit.begin(), of_suit.end()) == 5;
  const int most = *std::max_element(of_rank.begin(), of_rank.end());
  const auto groups = 13 - std::count(of_rank.begin(), of_rank.end(), 0);
  const auto first = std::find_if(of_rank.begin(), of_rank.end(), [](int n) { return n > 0; });
  const auto last = std::find_if(of_rank.rbegin(), of_rank.rend(), [](int n) { return n > 0; });
  const bool run = groups == 5 && last.base() - first == 5;
  const bool low_run = groups == 5 && of_rank[12] == 1 && of_rank[3] == 1 &&
                       first == of_rank.begin() &&
                       std::count(of_rank.begin(), of_rank.begin() + 4, 1) == 4;
  if (flush && run && first == of_rank.begin() + 8) return hand_kind::royal_flush;
  if (flush && (run || low_run)) return hand_kind::straight_flush;
  if (most == 4) return hand_kind::four_of_a_kind;
  if (most == 3 && groups == 2) return hand_kind::full_house;
  if (flush) return hand_kind::flush;
  if (run || low_run) return hand_kind::straight;
  if (most == 3) return hand_kind::three_of_a_kind;
  if (most == 2 && groups == 3) return hand_kind::two_pair;
  if (most == 1) return hand_kind::high_card;
  const auto pair = std::find(of_rank.begin(), of_rank.end(), 2) - of_rank.begin();
  return pair >= 8 ? hand_kind::high_pair : hand_kind::low_pair;
}

/// The same deal with a deck that cards are taken from.
casino::dealt_cards deal_from_a_deck(std::uint32_t number) {
  std::vector<card> deck(52);
  for (unsigned c = 0; c < 52; ++c) deck[c] = static_cast<card>(c);
  casino::dealt_cards cards{};
  for (card& c : cards) {
    const auto left = static_cast<std::uint32_t>(deck.size());
    const auto place = deck.begin() + static_cast<std::ptrdiff_t>(number % left);
    number /= left;
    c = *place;
    deck.erase(place);
  }
  return cards;
}

/// The number that a deal comes from.
std::uint32_t number_of(const casino::dealt_cards& cards) {
  std::uint32_t number = 0;
  for (std::size_t k = cards.size(); k-- > 0;) {
    const auto earlier = cards.begin() + static_cast<std::ptrdiff_t>(k);
    const auto gone = std::count_if(cards.begin(), earlier, [&](card c) { return c < cards[k]; });
    number =
        number * static_cast<std::uint32_t>(52 - k) + cards[k] - static_cast<std::uint32_t>(gone);
  }
  return number;
}

} // namespace

TEST_CASE("casino cards: every rank and suit is a different card", "[casino][cards]") {
  std::set<std::string> texts;
  for (unsigned rank = 0; rank < 13; ++rank) {
    for (unsigned suit = 0; suit < 4; ++suit) {
      const card c = casino::make_card(rank, suit);
      CHECK(casino::rank_of(c) == rank);
      CHECK(casino::suit_of(c) == suit);
      texts.insert(casino::card_text(c));
    }
  }
  CHECK(texts.size() == 52);
  CHECK(casino::card_text(casino::make_card(12, 3)) == "As");
  CHECK(casino::card_text(0) == "2c");
}

TEST_CASE("casino cards: three-card hands are numbered without gaps", "[casino][cards]") {
  std::uint32_t number = 0;
  bool equal = true;
  for (unsigned c = 2; c < 52; ++c) {
    for (unsigned b = 1; b < c; ++b) {
      for (unsigned a = 0; a < b; ++a) {
        const casino::three_cards hand{static_cast<card>(a), static_cast<card>(b),
                                       static_cast<card>(c)};
        equal = equal && casino::three_card_hand(number++) == hand;
      }
    }
  }
  CHECK(equal);
  CHECK(number == casino::three_card_hands);
}

TEST_CASE("casino deal: equals taking cards out of a deck and can be undone", "[casino][deal]") {
  STATIC_REQUIRE(casino::ordered_deals == 311'875'200);
  std::uint32_t wrong = 0;
  for (std::uint32_t number = 0; number < casino::ordered_deals; number += 997) {
    const auto cards = casino::deal(number);
    wrong += cards == deal_from_a_deck(number) && number_of(cards) == number ? 0U : 1U;
  }
  CHECK(wrong == 0);
  CHECK(number_of(casino::deal(casino::ordered_deals - 1)) == casino::ordered_deals - 1);
}

TEST_CASE("casino deal: golden deals, frozen", "[casino][deal][golden]") {
  CHECK(casino::deal(0) == casino::dealt_cards{0, 1, 2, 3, 4});
  CHECK(casino::deal(1) == casino::dealt_cards{1, 0, 2, 3, 4});
  CHECK(casino::deal(casino::ordered_deals - 1) == casino::dealt_cards{51, 50, 49, 48, 47});
  CHECK(casino::deal(123'456'789) == deal_from_a_deck(123'456'789));
  CHECK(casino::deal(123'456'789) == casino::dealt_cards{1, 18, 3, 0, 23});
}

TEST_CASE("casino evaluator: agrees with plain rules on all 2,598,960 hands",
          "[casino][evaluator]") {
  std::array<std::uint64_t, casino::hand_kinds> counts{};
  std::uint64_t wrong = 0;
  for (unsigned a = 0; a < 52; ++a) {
    for (unsigned b = a + 1; b < 52; ++b) {
      for (unsigned c = b + 1; c < 52; ++c) {
        for (unsigned d = c + 1; d < 52; ++d) {
          for (unsigned e = d + 1; e < 52; ++e) {
            const casino::dealt_cards cards{static_cast<card>(a), static_cast<card>(b),
                                            static_cast<card>(c), static_cast<card>(d),
                                            static_cast<card>(e)};
            const hand_kind kind = casino::kind_of(casino::key_of(cards));
            if (kind != kind_by_plain_rules(cards)) ++wrong;
            ++counts[casino::index_of(kind)];
          }
        }
      }
    }
  }
  CHECK(wrong == 0);
  const std::array<std::uint64_t, casino::hand_kinds> expected{
      1'302'540, 675'840, 422'400, 123'552, 54'912, 10'200, 5'108, 3'744, 624, 36, 4};
  CHECK(counts == expected);
}
