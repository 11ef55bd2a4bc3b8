// SPDX-License-Identifier: MIT
//
// The 169 classes of two cards that differ before the flop: pairs, suited and offsuit hands.
//
// A class is its place in the usual grid, row * 13 + column, where the first row and column are the
// ace's and the last the deuce's: pairs on the diagonal, suited hands above it, offsuit ones below.
//
//   using namespace poker;
//   const starting_hand big_slick = read_starting_hand("AKs");             // 1: row 0, column 1
//   starting_hand_of(make_card(12, 3), make_card(11, 3)) == big_slick;     // true
//   starting_hand_text(14);                                                // "KK"
//   combinations_of(big_slick);                                            // 4
#ifndef ORDERLY_EXAMPLES_POKER_STARTING_HANDS_HPP
#define ORDERLY_EXAMPLES_POKER_STARTING_HANDS_HPP

#include "../support/playing_cards.hpp"

#include <algorithm>   // max, min
#include <cstddef>     // size_t
#include <cstdint>     // classes
#include <stdexcept>   // invalid_argument
#include <string>      // texts
#include <string_view> // texts to read

namespace poker {

using example::card;
using example::rank_count;
using example::rank_of;
using example::suit_of;

using starting_hand = std::uint8_t; // in [0, 169)

inline constexpr unsigned starting_hands = rank_count * rank_count;

constexpr unsigned row_of(starting_hand hand) { return hand / rank_count; }
constexpr unsigned column_of(starting_hand hand) { return hand % rank_count; }

constexpr unsigned higher_rank_of(starting_hand hand) {
  return rank_count - 1 - (std::min)(row_of(hand), column_of(hand));
}
constexpr unsigned lower_rank_of(starting_hand hand) {
  return rank_count - 1 - (std::max)(row_of(hand), column_of(hand));
}

constexpr bool is_pair(starting_hand hand) { return row_of(hand) == column_of(hand); }
constexpr bool is_suited(starting_hand hand) { return row_of(hand) < column_of(hand); }

/// How many of the 1,326 sets of two cards belong to the class.
constexpr unsigned combinations_of(starting_hand hand) {
  return is_pair(hand) ? 6 : is_suited(hand) ? 4 : 12;
}

/// The class of two different cards.
constexpr starting_hand starting_hand_of(card a, card b) {
  const unsigned higher = rank_count - 1 - (std::max)(rank_of(a), rank_of(b));
  const unsigned lower = rank_count - 1 - (std::min)(rank_of(a), rank_of(b));
  const bool suited = suit_of(a) == suit_of(b);
  return static_cast<starting_hand>(suited ? higher * rank_count + lower
                                           : lower * rank_count + higher);
}

namespace detail {
inline constexpr std::string_view ranks_from_ace = "AKQJT98765432";
}

/// "AA", "AKs", "72o": the higher rank first.
inline std::string starting_hand_text(starting_hand hand) {
  const unsigned row = row_of(hand);
  const unsigned column = column_of(hand);
  std::string text{detail::ranks_from_ace[(std::min)(row, column)],
                   detail::ranks_from_ace[(std::max)(row, column)]};
  if (!is_pair(hand)) text += is_suited(hand) ? 's' : 'o';
  return text;
}

/// The class with that text, which has one form. Throws std::invalid_argument for any other.
inline starting_hand read_starting_hand(std::string_view text) {
  const auto fail = [text](const std::string& why) {
    throw std::invalid_argument("starting hand '" + std::string(text) + "': " + why);
  };
  const std::size_t first = detail::ranks_from_ace.find(text.substr(0, 1));
  const std::size_t second = text.size() < 2 ? rank_count : detail::ranks_from_ace.find(text[1]);
  const std::string_view mark = text.size() < 2 ? text : text.substr(2);
  if (text.size() < 2 || first >= rank_count || second >= rank_count ||
      !(mark.empty() || mark == "s" || mark == "o")) {
    fail("expected two of the ranks AKQJT98765432 and, but for a pair, s or o: AA, AKs, 72o");
  }
  if (first > second) fail("the higher rank comes first");
  if (first == second && !mark.empty()) fail("a pair has no s or o");
  if (first != second && mark.empty()) fail("expected s (suited) or o (offsuit) after the ranks");
  const std::size_t place = mark == "s" ? first * rank_count + second : second * rank_count + first;
  return static_cast<starting_hand>(place);
}

} // namespace poker

#endif
