// SPDX-License-Identifier: MIT
//
// What five cards are worth: eleven kinds of final hand, found by bit tests on one 64-bit sum.
//
// Every card has a key, and the key of a hand is the sum of its cards' keys:
//
//   bits 0..51    thirteen 4-bit counters, one for each rank (a rank occurs at most four times)
//   bits 52..63   four 3-bit counters, one for each suit (a suit occurs at most five times)
//
// No counter can overflow with five cards, so adding a card is one addition and its order is
// forgotten. `kind_of` reads the counters. Kinds are those that Let It Ride pays differently: a
// pair of tens or better wins, a lower pair does not.
#ifndef ORDERLY_EXAMPLES_CASINO_EVALUATOR_HPP
#define ORDERLY_EXAMPLES_CASINO_EVALUATOR_HPP

#include "cards.hpp"

#include <array>       // kind names
#include <bit>         // countr_zero
#include <cstddef>     // size_t
#include <cstdint>     // hand keys
#include <string_view> // kind names

namespace casino {

enum class hand_kind : std::uint8_t {
  high_card,
  low_pair,  ///< twos to nines
  high_pair, ///< tens to aces
  two_pair,
  three_of_a_kind,
  straight,
  flush,
  full_house,
  four_of_a_kind,
  straight_flush,
  royal_flush
};

inline constexpr std::size_t hand_kinds = 11;

inline constexpr std::array<std::string_view, hand_kinds> hand_kind_names{
    "high_card", "pair_2_to_9", "pair_10_to_a",   "two_pair",       "three_of_a_kind", "straight",
    "flush",     "full_house",  "four_of_a_kind", "straight_flush", "royal_flush"};

constexpr std::size_t index_of(hand_kind kind) { return static_cast<std::size_t>(kind); }

using hand_key = std::uint64_t;

constexpr hand_key key_of(card c) {
  return (hand_key{1} << (4U * rank_of(c))) + (hand_key{1} << (52U + 3U * suit_of(c)));
}

/// The keys of all cards by number: a look-up is cheaper than two shifts in the enumerations.
inline constexpr std::array<hand_key, deck_size> card_keys = [] {
  std::array<hand_key, deck_size> keys{};
  for (unsigned c = 0; c < deck_size; ++c) keys[c] = key_of(static_cast<card>(c));
  return keys;
}();

template <std::size_t Count>
constexpr hand_key key_of(const std::array<card, Count>& cards) {
  hand_key key = 0;
  for (const card c : cards) key += card_keys[c];
  return key;
}

namespace detail {
inline constexpr hand_key rank_bits = (hand_key{1} << 52U) - 1;
inline constexpr hand_key ones = rank_bits / 15; // the lowest bit of each rank counter
inline constexpr hand_key suit_ones = hand_key{01111} << 52U;
inline constexpr hand_key from_tens = rank_bits & ~((hand_key{1} << 32U) - 1);
inline constexpr hand_key wheel = (hand_key{1} << 48U) + 0x1111; // ace, two, three, four, five
inline constexpr hand_key royal = hand_key{0x11111} << 32U;      // ten to ace

/// Five cards of one suit: a counter holds 5, which alone has its lowest and highest bit set.
constexpr bool one_suit(hand_key key) { return ((key >> 2U) & key & suit_ones) != 0; }

/// `ranks` holds five different ranks.
constexpr bool consecutive(hand_key ranks) {
  return (ranks >> static_cast<unsigned>(std::countr_zero(ranks))) == 0x11111 || ranks == wheel;
}

constexpr hand_kind kind_of_different_ranks(hand_key key) {
  const hand_key ranks = key & rank_bits;
  if (!one_suit(key)) return consecutive(ranks) ? hand_kind::straight : hand_kind::high_card;
  if (ranks == royal) return hand_kind::royal_flush;
  return consecutive(ranks) ? hand_kind::straight_flush : hand_kind::flush;
}
} // namespace detail

/// The kind of a hand of exactly five different cards.
constexpr hand_kind kind_of(hand_key key) {
  const hand_key single = key & detail::ones;          // counters that hold 1 or 3
  const hand_key several = (key >> 1U) & detail::ones; // counters that hold 2 or 3
  if ((key & (detail::ones << 2U)) != 0) return hand_kind::four_of_a_kind;
  if (several == 0) return detail::kind_of_different_ranks(key);
  const bool two_groups = (several & (several - 1)) != 0;
  if ((several & single) != 0) {
    return two_groups ? hand_kind::full_house : hand_kind::three_of_a_kind;
  }
  if (two_groups) return hand_kind::two_pair;
  return (several & detail::from_tens) != 0 ? hand_kind::high_pair : hand_kind::low_pair;
}

} // namespace casino

#endif
