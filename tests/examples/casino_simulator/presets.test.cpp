// SPDX-License-Identifier: MIT
//
// The strategies that have a name: their exact laws, known from an independent count, and their
// decisions on every hand, against plain rules over the cards.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "casino_simulator/exact.hpp"
#include "casino_simulator/presets.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string_view>

namespace {

using casino::card;
using casino::standard_pay_table;
using casino::strategy;

strategy plays(std::string_view name) { return casino::preset(name, standard_pay_table).decisions; }

/// Net, squares, and the deals with one, two and three bets.
struct law {
  std::int64_t net;
  std::uint64_t squares;
  std::array<std::uint64_t, 3> bets;

  friend bool operator==(const law&, const law&) = default;
};

law law_of(const strategy& decisions) {
  const auto seen = casino::law_by_class(decisions).outcomes();
  const auto money = casino::law_of(seen, standard_pay_table);
  return {money.net, money.net_squared, {seen.with_bets(1), seen.with_bets(2), seen.with_bets(3)}};
}

/// Calls f with each of the 270,725 hands of four cards.
template <class F>
void for_four_cards(F&& f) {
  for (unsigned d = 3; d < casino::deck_size; ++d) {
    for (unsigned c = 2; c < d; ++c) {
      for (unsigned b = 1; b < c; ++b) {
        for (unsigned a = 0; a < b; ++a) {
          f(std::array<card, 4>{static_cast<card>(a), static_cast<card>(b), static_cast<card>(c),
                                static_cast<card>(d)});
        }
      }
    }
  }
}

// Plain rules, as a person applies them: cards are counted by rank and looked for in each straight.

template <std::size_t Count>
bool one_suit(const std::array<card, Count>& hand) {
  return std::all_of(hand.begin(), hand.end(),
                     [&](card c) { return casino::suit_of(c) == casino::suit_of(hand[0]); });
}

template <std::size_t Count>
bool made(const std::array<card, Count>& hand) {
  int high_pairs = 0, low_pairs = 0, more = 0;
  for (unsigned rank = 0; rank < 13; ++rank) {
    const auto held =
        std::count_if(hand.begin(), hand.end(), [&](card c) { return casino::rank_of(c) == rank; });
    if (held > 2) ++more;
    if (held == 2) ++(rank >= 8 ? high_pairs : low_pairs);
  }
  return more > 0 || high_pairs > 0 || low_pairs == 2;
}

template <std::size_t Count>
int tens_or_better(const std::array<card, Count>& hand) {
  return static_cast<int>(
      std::count_if(hand.begin(), hand.end(), [](card c) { return casino::rank_of(c) >= 8; }));
}

/// How many of the ten straights hold these cards, each straight being spelled out.
template <std::size_t Count>
int straights(const std::array<card, Count>& hand) {
  constexpr std::string_view order = "A23456789TJQKA";
  std::set<char> ranks;
  for (const card c : hand) ranks.insert("23456789TJQKA"[casino::rank_of(c)]);
  if (ranks.size() != Count) return 0;
  int result = 0;
  for (std::size_t first = 0; first < 10; ++first) {
    const std::string_view straight = order.substr(first, 5);
    result += std::all_of(ranks.begin(), ranks.end(),
                          [&](char rank) { return straight.find(rank) != std::string_view::npos; });
  }
  return result;
}

bool chart_rides_first(const casino::three_cards& hand) {
  if (made(hand)) return true;
  if (!one_suit(hand)) return false;
  const int high = tens_or_better(hand), ways = straights(hand);
  return high == 3 || ways == 3 || (ways == 2 && high >= 1) || (ways == 1 && high >= 2);
}

bool chart_rides_second(const std::array<card, 4>& hand) {
  if (made(hand) || one_suit(hand)) return true;
  const int high = tens_or_better(hand);
  return (straights(hand) == 2 && high >= 1) || (straights(hand) >= 1 && high == 4);
}

/// On how many hands of three and of four cards the strategy decides otherwise than the rules.
template <class First, class Second>
int differences(const strategy& decisions, First first, Second second) {
  int result = 0;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    const auto hand = casino::three_card_hand(number);
    result += decisions.rides_first(hand) == first(hand) ? 0 : 1;
  }
  for_four_cards([&](const std::array<card, 4>& hand) {
    result += decisions.rides_second(hand) == second(hand) ? 0 : 1;
  });
  return result;
}

} // namespace

TEST_CASE("casino presets: the exact law of each, to the last digit", "[casino][presets][golden]") {
  CHECK(law_of(plays("optimal")) ==
        law{-1'822'224, 1'383'007'152, {43'956'288, 4'417'728, 3'605'184}});
  CHECK(law_of(plays("optimal-ties-ridden")) ==
        law{-1'822'224, 1'388'484'912, {43'535'232, 4'824'384, 3'619'584}});
  CHECK(law_of(plays("chart")) ==
        law{-1'822'224, 1'384'804'272, {43'771'968, 4'592'832, 3'614'400}});
  CHECK(law_of(plays("chart-literal")) ==
        law{-1'823'568, 1'388'320'944, {43'758'144, 4'601'664, 3'619'392}});
  CHECK(law_of(plays("chart-literal-no-quads")) ==
        law{-1'948'368, 1'357'120'944, {43'758'144, 4'604'160, 3'616'896}});
  CHECK(law_of(plays("conservative")) ==
        law{-2'744'336, 557'264'208, {44'875'776, 3'594'240, 3'509'184}});
  CHECK(law_of(plays("aggressive")) ==
        law{-7'658'880, 1'573'318'944, {33'913'728, 11'263'104, 6'802'368}});
  CHECK(law_of(plays("always-ride")) ==
        law{-58'121'520, 2'056'343'760, {0, 0, casino::exact_deals}});
  CHECK(law_of(plays("always-pull")) == law{-19'373'840, 228'482'640, {casino::exact_deals, 0, 0}});
}

TEST_CASE("casino presets: the chart decides as plain rules do on every hand",
          "[casino][presets]") {
  CHECK(differences(plays("chart"), chart_rides_first, chart_rides_second) == 0);
}

TEST_CASE("casino presets: conservative and aggressive decide as plain rules do on every hand",
          "[casino][presets]") {
  const auto safe = [](const auto& hand) { return made(hand); };
  const auto hopeful = [](const auto& hand) {
    return made(hand) || one_suit(hand) || straights(hand) > 0;
  };
  CHECK(differences(plays("conservative"), safe, safe) == 0);
  CHECK(differences(plays("aggressive"), hopeful, hopeful) == 0);
}

TEST_CASE("casino presets: the chart rides what is worth more than nothing, and 1,008 ties",
          "[casino][presets][golden]") {
  const strategy best = plays("optimal");
  const strategy ridden = plays("optimal-ties-ridden");
  const strategy chart = plays("chart");
  int first = 0, other_first = 0, positive = 0, refused = 0, losing = 0, ties = 0, ridden_ties = 0;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    const auto hand = casino::three_card_hand(number);
    first += chart.rides_first(hand) ? 1 : 0;
    other_first += chart.rides_first(hand) == best.rides_first(hand) ? 0 : 1;
  }
  for_four_cards([&](const std::array<card, 4>& hand) {
    const bool above = best.rides_second(hand), not_below = ridden.rides_second(hand);
    const bool rides = chart.rides_second(hand);
    positive += above ? 1 : 0;
    refused += above && !rides ? 1 : 0;
    losing += rides && !not_below ? 1 : 0;
    ties += !above && not_below ? 1 : 0;
    ridden_ties += rides && !above && not_below ? 1 : 0;
  });
  CHECK(first == 1'608);
  CHECK(other_first == 0);
  CHECK(positive == 40'865);
  CHECK(refused == 0);
  CHECK(losing == 0);
  CHECK(ties == 2'268);
  CHECK(ridden_ties == 1'008);
}

TEST_CASE("casino presets: where the readings of the chart differ", "[casino][presets]") {
  const strategy chart = plays("chart"), literal = plays("chart-literal");
  for (const auto text : {"Ah2h4h", "Ah3h4h"}) {
    CHECK_FALSE(chart.rides_first(cards_from<3>(text)));
    CHECK(literal.rides_first(cards_from<3>(text)));
  }
  for (const auto text : {"Ah2h3h", "2h3h4h", "2h3h5h", "Ah2h5h", "6h7hTh", "3h4h5d"}) {
    CHECK_FALSE(chart.rides_first(cards_from<3>(text)));
    CHECK_FALSE(literal.rides_first(cards_from<3>(text)));
  }
  for (const auto text : {"3h4h5h", "7h8hTh", "9hThKh", "ThQhAh", "2c2d2h", "TcTd2h"}) {
    CHECK(chart.rides_first(cards_from<3>(text)));
    CHECK(literal.rides_first(cards_from<3>(text)));
  }
  const strategy no_quads = plays("chart-literal-no-quads");
  int pulled = 0;
  for_four_cards([&](const std::array<card, 4>& hand) {
    if (literal.rides_second(hand) == no_quads.rides_second(hand)) return;
    ++pulled;
    CHECK(casino::rank_of(hand[0]) == casino::rank_of(hand[3]));
  });
  CHECK(pulled == 13);
}

TEST_CASE("casino presets: each has a name, a title and a convention of its own, and custom "
          "rules that give the same strategy",
          "[casino][presets]") {
  std::set<std::string_view> names, titles, conventions;
  for (const auto& known : casino::presets) {
    CAPTURE(known.name);
    names.insert(known.name);
    titles.insert(known.title);
    conventions.insert(known.convention);
    CHECK(casino::preset(known.name, standard_pay_table).title == known.title);
    if (known.first.empty()) continue;
    CHECK(law_of(casino::custom(known.first, known.second)) == law_of(plays(known.name)));
  }
  CHECK(names.size() == casino::presets.size());
  CHECK(titles.size() == casino::presets.size());
  CHECK(conventions.size() == casino::presets.size());
}

TEST_CASE("casino presets: the optimal ones are computed for the pay table, the others are fixed",
          "[casino][presets]") {
  const casino::pay_table generous{{0, 1, 1, 2, 3, 5, 8, 11, 50, 200, 1000}};
  const auto nothing = cards_from<3>("2h7dKc");
  CHECK(casino::preset("optimal", generous).decisions.rides_first(nothing));
  CHECK_FALSE(casino::preset("chart", generous).decisions.rides_first(nothing));
}

TEST_CASE("casino presets: an unknown name is refused with the nearest one", "[casino][presets]") {
  CHECK_THROWS_AS(casino::preset("", standard_pay_table), std::invalid_argument);
  CHECK_THROWS_WITH(casino::preset("conservativ", standard_pay_table),
                    "unknown strategy 'conservativ' (did you mean conservative?)");
  CHECK_THROWS_WITH(casino::preset("basic", standard_pay_table), "unknown strategy 'basic'");
}

TEST_CASE("casino presets: custom rules written otherwise give the chart on every hand",
          "[casino][presets]") {
  const strategy written =
      casino::custom("three_of_a_kind or high_pair or suited and high_cards == cards\n"
                     "or straight_flush_draw and possible_straights + high_cards >= 3",
                     "high_pair or distinct <= 2 or flush_draw\n"
                     "or cards == 4 and sequence and highest >= 10 and highest != 14 or high_cards "
                     "- distinct == 0 and not pair");
  CHECK(differences(written, chart_rides_first, chart_rides_second) == 0);
  CHECK(law_of(written) == law_of(plays("chart")));
}

TEST_CASE("casino presets: custom rules decide one bet each, and an error names the bet",
          "[casino][presets]") {
  const strategy split = casino::custom("suited", "not suited");
  CHECK(split.rides_first(cards_from<3>("2h7hKh")));
  CHECK_FALSE(split.rides_second(cards_from<4>("2h7hKh3h")));
  CHECK_FALSE(split.rides_first(cards_from<3>("2h7hKc")));
  CHECK(split.rides_second(cards_from<4>("2h7hKh3c")));
  CHECK_THROWS_WITH(casino::custom("suted", "also wrong"),
                    "bet 1, line 1, column 1: unknown variable 'suted' (did you mean suited?)");
  CHECK_THROWS_WITH(casino::custom("1", "pair or\n  2 3"),
                    "bet 2, line 2, column 5: expected an operator or the end, found '3'");
}
