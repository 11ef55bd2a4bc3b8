// SPDX-License-Identifier: MIT
//
// Strategies by name, and strategies of the user's own rules.
//
// Published charts differ in details that their wording leaves open: which low draws with an ace
// ride, what becomes of worthless ties, and whether four of a kind, which no chart can improve on,
// is listed at all. Each preset states its convention, and but for the two computed ones it is
// nothing more than two rules in the language of ride_rule.hpp, to be printed, copied and changed.
//
//   const casino::named_strategy chart = casino::preset("chart", casino::standard_pay_table);
//   const casino::strategy mine = casino::custom("made_hand or royal_draw", "made_hand or suited");
#ifndef ORDERLY_EXAMPLES_CASINO_PRESETS_HPP
#define ORDERLY_EXAMPLES_CASINO_PRESETS_HPP

#include "../support/arguments.hpp"
#include "ride_rule.hpp"
#include "strategy.hpp"

#include <algorithm>   // find_if
#include <array>       // the presets
#include <cstddef>     // size_t
#include <stdexcept>   // invalid_argument
#include <string>      // names, messages
#include <string_view> // names and rules

namespace casino {

/// A strategy that has a name. The rules are empty where it is computed for the pay table.
struct preset_info {
  std::string_view name;
  std::string_view title;      ///< the full name, for reports
  std::string_view convention; ///< what it does, in a sentence or two
  std::string_view first;      ///< the rule of bet 1
  std::string_view second;     ///< the rule of bet 2
  tie_rule ties = tie_rule::pull;
};

namespace detail {
inline constexpr std::string_view chart_second =
    "made_hand or suited or outside_straight and high_cards >= 1\n"
    "or distinct == 4 and high_cards == 4";
inline constexpr std::string_view literal_first =
    "made_hand or royal_draw or suited and\n"
    "(spread_high == 3 and lowest >= 3 or spread == 4 and high_cards >= 1\n"
    " or spread == 5 and high_cards >= 2)";
} // namespace detail

inline constexpr std::array<preset_info, 9> presets{{
    {"optimal", name_of(tie_rule::pull),
     "Computed for the pay table: a bet rides if its expected value is above 0.", "", "",
     tie_rule::pull},
    {"optimal-ties-ridden", name_of(tie_rule::ride),
     "Computed for the pay table: a bet rides if its expected value is 0 or above.", "", "",
     tie_rule::ride},
    {"chart", "published chart",
     "Bet 1: made hands, royal draws, suited cards with 3 possible straight flushes, or 2 and a "
     "high card, or 1 and two high cards. Bet 2: made hands, suited cards, outside straights with "
     "a high card, four different high cards.",
     "made_hand or royal_draw or suited and\n"
     "(possible_straights >= 3 or possible_straights == 2 and high_cards >= 1\n"
     " or possible_straights == 1 and high_cards >= 2)",
     detail::chart_second},
    {"chart-literal", "published chart, by the word",
     "As chart, but the suited cards of bet 1 are those in sequence except A23 and 234, of spread "
     "4 with a high card, of spread 5 with two: so A24 and A34 ride.",
     detail::literal_first, detail::chart_second},
    {"chart-literal-no-quads", "published chart, by the word, four of a kind pulled",
     "As chart-literal, but bet 2 is pulled on four of a kind, which some charts do not list.",
     detail::literal_first,
     "high_pair or two_pair or three_of_a_kind or suited\n"
     "or outside_straight and high_cards >= 1 or distinct == 4 and high_cards == 4"},
    {"conservative", "conservative", "Both bets ride on made hands alone.", "made_hand",
     "made_hand"},
    {"aggressive", "aggressive",
     "Both bets ride on made hands and wherever a flush or a straight is possible.",
     "made_hand or flush_draw or straight_draw", "made_hand or flush_draw or straight_draw"},
    {"always-ride", "always ride", "Both bets ride whatever is held.", "1", "1"},
    {"always-pull", "always pull", "Both bets are pulled whatever is held.", "0", "0"},
}};

struct named_strategy {
  strategy decisions;
  std::string title;
};

/// Bet 1 rides by the first rule, bet 2 by the second. A rule_error begins with the bet.
inline strategy custom(std::string_view first, std::string_view second) {
  const ride_rule one(first, "bet 1");
  const ride_rule two(second, "bet 2");
  return strategy::from([&](const hand_view& hand) { return one.rides(hand); },
                        [&](const hand_view& hand) { return two.rides(hand); });
}

/// Throws std::invalid_argument if there is no preset of that name.
inline const preset_info& find_preset(std::string_view name) {
  const auto found = std::find_if(presets.begin(), presets.end(),
                                  [&](const preset_info& known) { return known.name == name; });
  if (found != presets.end()) return *found;
  std::array<std::string_view, presets.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = presets[i].name;
  throw std::invalid_argument("unknown strategy '" + std::string(name) + "'" +
                              example::suggestion(name, names));
}

/// The strategy of that name, where it is computed for this pay table.
inline named_strategy preset(std::string_view name, const pay_table& pays) {
  const preset_info& known = find_preset(name);
  const bool computed = known.first.empty();
  return {computed ? strategy::optimal(pays, known.ties) : custom(known.first, known.second),
          std::string(known.title)};
}

} // namespace casino

#endif
