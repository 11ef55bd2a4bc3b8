// SPDX-License-Identifier: MIT
//
// What a rule may ask about a hand of three or four cards: named whole numbers, each with its
// definition. One table gives the names, the text that explains them and the functions.
//
// Ranks count from 2 to 14, the ace. "High" means ten or better, as the pay table does. The spread
// is the term of the published charts: how many ranks there are from the lowest card to the
// highest, both included, so three cards in sequence have spread 3.
//
//   const casino::hand_variable* spread = casino::find_variable("spread");
//   spread->value(casino::view_of(cards));        // 5 for 6, 7 and ten
//   std::cout << casino::describe_variables();    // a line for each
#ifndef ORDERLY_EXAMPLES_CASINO_HAND_VARIABLES_HPP
#define ORDERLY_EXAMPLES_CASINO_HAND_VARIABLES_HPP

#include "hand_view.hpp"

#include <algorithm>   // count_if, find_if, max, min
#include <array>       // the table
#include <bit>         // popcount
#include <cstddef>     // size_t
#include <cstdint>     // values
#include <string>      // the explanation
#include <string_view> // names and definitions

namespace casino {

struct hand_variable {
  std::string_view name;
  std::string_view text; ///< the definition, part of a sentence
  std::int64_t (*value)(const hand_view&);
};

namespace detail {
inline constexpr unsigned ace = rank_count - 1;
inline constexpr unsigned ten = 8;

constexpr std::int64_t cards(const hand_view& hand) {
  return static_cast<std::int64_t>(hand.ranks().size());
}

/// Ranks as players number them: deuce 2, ace 14.
constexpr std::int64_t numbered(unsigned rank) { return std::int64_t{rank} + 2; }
constexpr std::int64_t lowest(const hand_view& hand) { return numbered(hand.ranks().front()); }
constexpr std::int64_t highest(const hand_view& hand) { return numbered(hand.ranks().back()); }

constexpr std::int64_t high_cards(const hand_view& hand) {
  const auto ranks = hand.ranks();
  return std::count_if(ranks.begin(), ranks.end(), [](unsigned rank) { return rank >= ten; });
}

constexpr std::int64_t distinct(const hand_view& hand) {
  std::int64_t result = 1;
  for (std::size_t i = 1; i < hand.ranks().size(); ++i) {
    result += hand.ranks()[i] != hand.ranks()[i - 1] ? 1 : 0;
  }
  return result;
}
constexpr bool all_different(const hand_view& hand) { return distinct(hand) == cards(hand); }

/// The highest rank held `times` times or more; 0 if there is none.
constexpr std::int64_t highest_held(const hand_view& hand, std::size_t times) {
  const auto ranks = hand.ranks();
  for (std::size_t i = ranks.size(); i >= times; --i) {
    if (ranks[i - 1] == ranks[i - times]) return numbered(ranks[i - 1]);
  }
  return 0;
}
constexpr std::int64_t pair_rank(const hand_view& hand) { return highest_held(hand, 2); }

constexpr bool pair(const hand_view& hand) { return cards(hand) - distinct(hand) == 1; }
constexpr bool high_pair(const hand_view& hand) {
  return pair(hand) && pair_rank(hand) >= numbered(ten);
}
constexpr bool four_of_a_kind(const hand_view& hand) { return highest_held(hand, 4) != 0; }
constexpr bool three_of_a_kind(const hand_view& hand) {
  return highest_held(hand, 3) != 0 && !four_of_a_kind(hand);
}
constexpr bool two_pair(const hand_view& hand) {
  return cards(hand) - distinct(hand) == 2 && highest_held(hand, 3) == 0;
}
constexpr bool made_hand(const hand_view& hand) {
  return high_pair(hand) || (distinct(hand) + 2 <= cards(hand));
}

constexpr std::int64_t spread_high(const hand_view& hand) {
  return highest(hand) - lowest(hand) + 1;
}
constexpr std::int64_t spread_low(const hand_view& hand) {
  const auto ranks = hand.ranks();
  if (ranks.back() != ace) return spread_high(hand);
  const auto others = std::find(ranks.begin(), ranks.end(), ace);
  return others == ranks.begin() ? 1 : numbered(*(others - 1)); // the ace is rank 1
}
constexpr std::int64_t spread(const hand_view& hand) {
  return (std::min)(spread_high(hand), spread_low(hand));
}

constexpr std::int64_t possible_straights(const hand_view& hand) {
  if (!all_different(hand)) return 0;
  unsigned held = 0; // bit 0 and bit 13: the ace, low and high
  for (const unsigned rank : hand.ranks()) held |= (2U << rank) | (rank == ace ? 1U : 0U);
  std::int64_t result = 0;
  for (unsigned lowest_bit = 0; lowest_bit <= ten + 1; ++lowest_bit) {
    result += std::popcount(held & (31U << lowest_bit)) == cards(hand) ? 1 : 0;
  }
  return result;
}

constexpr bool sequence(const hand_view& hand) {
  return all_different(hand) && spread(hand) == cards(hand);
}
/// Four different ranks fit two straights if they are in sequence and open on both ends, else one
/// or none.
constexpr bool outside_straight(const hand_view& hand) {
  return cards(hand) == 4 && possible_straights(hand) == 2;
}
constexpr bool inside_straight(const hand_view& hand) {
  return cards(hand) == 4 && possible_straights(hand) == 1;
}
constexpr bool royal_draw(const hand_view& hand) {
  return hand.suited() && high_cards(hand) == cards(hand);
}

/// The function as a hand_variable holds it.
template <auto Function>
constexpr std::int64_t value_of(const hand_view& hand) {
  return std::int64_t{Function(hand)};
}
} // namespace detail

inline constexpr std::array hand_variables{
    hand_variable{"cards", "how many cards are held: 3 decide bet 1, 4 decide bet 2",
                  detail::value_of<detail::cards>},
    hand_variable{"suited", "1 if all cards are of one suit",
                  [](const hand_view& hand) { return std::int64_t{hand.suited()}; }},
    hand_variable{"pair", "1 if two cards share a rank and no others do",
                  detail::value_of<detail::pair>},
    hand_variable{"high_pair", "1 if that pair is of tens or better",
                  detail::value_of<detail::high_pair>},
    hand_variable{"two_pair", "1 if the four cards are two pairs of different ranks",
                  detail::value_of<detail::two_pair>},
    hand_variable{"three_of_a_kind", "1 if exactly three cards share a rank",
                  detail::value_of<detail::three_of_a_kind>},
    hand_variable{"four_of_a_kind", "1 if all four cards share a rank",
                  detail::value_of<detail::four_of_a_kind>},
    hand_variable{"made_hand",
                  "1 if the hand wins already: high pair, two pair, three or four alike",
                  detail::value_of<detail::made_hand>},
    hand_variable{"pair_rank", "the highest rank held at least twice, 2 to 14 (ace); 0 if none",
                  detail::value_of<detail::pair_rank>},
    hand_variable{"highest", "the highest rank, 2 to 14 (ace)", detail::value_of<detail::highest>},
    hand_variable{"lowest", "the lowest rank, 2 to 14 (ace)", detail::value_of<detail::lowest>},
    hand_variable{"high_cards", "how many cards are tens or better",
                  detail::value_of<detail::high_cards>},
    hand_variable{"distinct", "how many different ranks are held",
                  detail::value_of<detail::distinct>},
    hand_variable{"spread_high", "ranks from the lowest card to the highest, aces being high",
                  detail::value_of<detail::spread_high>},
    hand_variable{"spread_low", "ranks from the lowest card to the highest, aces being low",
                  detail::value_of<detail::spread_low>},
    hand_variable{"spread", "the smaller of spread_high and spread_low",
                  detail::value_of<detail::spread>},
    hand_variable{
        "gaps", "ranks missing inside the spread: spread - distinct",
        [](const hand_view& hand) { return detail::spread(hand) - detail::distinct(hand); }},
    hand_variable{"possible_straights", "how many straights, A-5 to T-A, hold all cards",
                  detail::value_of<detail::possible_straights>},
    hand_variable{"sequence", "1 if the cards are in sequence, the ace being high or low",
                  detail::value_of<detail::sequence>},
    hand_variable{"outside_straight", "1 for four in sequence, open on both ends: 2345 to TJQK",
                  detail::value_of<detail::outside_straight>},
    hand_variable{"inside_straight", "1 for four cards that exactly one rank makes a straight",
                  detail::value_of<detail::inside_straight>},
    hand_variable{"flush_draw", "1 if a flush is possible: the same as suited",
                  [](const hand_view& hand) { return std::int64_t{hand.suited()}; }},
    hand_variable{
        "straight_draw", "1 if a straight is possible",
        [](const hand_view& hand) { return std::int64_t{detail::possible_straights(hand) > 0}; }},
    hand_variable{"straight_flush_draw", "1 if a straight flush is possible",
                  [](const hand_view& hand) {
                    return std::int64_t{hand.suited() && detail::possible_straights(hand) > 0};
                  }},
    hand_variable{"royal_draw", "1 if a royal flush is possible: suited, all tens or better",
                  detail::value_of<detail::royal_draw>}};

/// The variable of that name; null if there is none.
constexpr const hand_variable* find_variable(std::string_view name) {
  const auto found = std::find_if(hand_variables.begin(), hand_variables.end(),
                                  [&](const hand_variable& known) { return known.name == name; });
  return found == hand_variables.end() ? nullptr : &*found;
}

/// A line for each variable: its name and its definition.
inline std::string describe_variables() {
  std::size_t width = 0;
  for (const hand_variable& known : hand_variables) width = (std::max)(width, known.name.size());
  std::string text;
  for (const hand_variable& known : hand_variables) {
    text.append("  ").append(known.name).append(width + 2 - known.name.size(), ' ');
    text.append(known.text).append("\n");
  }
  return text;
}

} // namespace casino

#endif
