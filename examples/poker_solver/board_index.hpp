// SPDX-License-Identifier: MIT
//
// Boards up to a renaming of suits: 1,755 flops, 16,432 turns and 134,459 rivers.
//
// A board is a set of three, four or five cards: of a deal's five, the order in which they came is
// forgotten. Two boards that differ only by a renaming of suits play alike, so one of them, the
// canonical one, stands for all. Sets are numbered in colexicographic order, by their highest card
// first, which is a sum of binomial coefficients; the canonical board is the lowest of its class,
// and its id counts the classes below. A table over all sets holds the id of each and the renaming
// that leads to it, so finding a board is one sort of a few cards and one look-up. The renaming has
// to be applied to the hole cards as well, which is another.
//
//   using namespace poker;
//   const canonical_boards boards;                                    // 0.1 s, 12 MB
//   const board_place found = boards.flops.find(increasing(flop));    // std::array<card, 3>
//   boards.flops.cards(found.id);                                     // the canonical flop
//   boards.pairs.renamed(pair_number(a, b), found.renaming);          // the hole cards beside it
//
// A renaming that leaves the canonical board as it is can move hole cards: no two ids of boards play
// alike, but some pairs of hole cards beside one board do.
#ifndef ORDERLY_EXAMPLES_POKER_BOARD_INDEX_HPP
#define ORDERLY_EXAMPLES_POKER_BOARD_INDEX_HPP

#include "../support/huge_pages.hpp"
#include "../support/playing_cards.hpp"

#include <algorithm> // min, max, next_permutation
#include <array>     // boards
#include <cstddef>   // size_t
#include <cstdint>   // numbers of sets
#include <vector>    // tables

namespace poker {

using example::card;

inline constexpr std::uint32_t hole_pairs = 1326; // 52 choose 2

/// The number of two hole cards, in any order, in [0, 1326).
constexpr std::uint32_t pair_number(card a, card b) {
  const unsigned low = (std::min)(a, b);
  const unsigned high = (std::max)(a, b);
  return high * (high - 1) / 2 + low;
}

/// The two cards with that number, the lower first.
constexpr std::array<card, 2> pair_cards(std::uint32_t number) {
  unsigned high = 1;
  while ((high + 1) * high / 2 <= number) ++high;
  return {static_cast<card>(number - high * (high - 1) / 2), static_cast<card>(high)};
}

namespace detail {
/// choose[k][n]: how many sets of k + 1 cards there are below card n.
inline constexpr auto choose = [] {
  std::array<std::array<std::uint32_t, example::deck_size + 1>, 5> table{};
  for (std::uint32_t n = 0; n <= example::deck_size; ++n) table[0][n] = n;
  for (std::size_t k = 1; k < table.size(); ++k) {
    for (std::size_t n = 1; n <= example::deck_size; ++n) {
      table[k][n] = table[k][n - 1] + table[k - 1][n - 1];
    }
  }
  return table;
}();
} // namespace detail

/// Adds a card to cards in increasing order, without branches, whose ways could not be foreseen.
template <std::size_t Count>
constexpr std::array<card, Count + 1> with_card(const std::array<card, Count>& cards, card added) {
  std::array<card, Count + 1> all{};
  for (std::size_t i = 0; i < Count; ++i) {
    all[i] = (std::min)(cards[i], added);
    added = (std::max)(cards[i], added);
  }
  all[Count] = added;
  return all;
}

/// The same cards in increasing order.
template <std::size_t Count>
constexpr std::array<card, Count> increasing(const std::array<card, Count>& cards) {
  if constexpr (Count < 2) {
    return cards;
  } else {
    std::array<card, Count - 1> first{};
    for (std::size_t i = 0; i + 1 < Count; ++i) first[i] = cards[i];
    return with_card(increasing(first), cards[Count - 1]);
  }
}

/// The number of a set in colexicographic order; its cards in increasing order.
template <std::size_t Count>
constexpr std::uint32_t set_number(const std::array<card, Count>& cards) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < Count; ++i) number += detail::choose[i][cards[i]];
  return number;
}

/// Steps to the set with the next number; false after the last.
template <std::size_t Count>
constexpr bool next_set(std::array<card, Count>& cards) {
  for (std::size_t i = 0; i < Count; ++i) {
    if (cards[i] + 1U < (i + 1 < Count ? cards[i + 1] : example::deck_size)) {
      ++cards[i];
      return true;
    }
    cards[i] = static_cast<card>(i);
  }
  return false;
}

/// The 24 ways to rename suits, the first of which changes none; and their inverses, by number.
inline constexpr std::uint32_t renamings = 24;

namespace detail {
using suit_names = std::array<std::uint8_t, example::suit_count>;

inline constexpr auto new_suits = [] {
  std::array<suit_names, renamings> all{};
  suit_names names{0, 1, 2, 3};
  for (suit_names& each : all) {
    each = names;
    std::next_permutation(names.begin(), names.end());
  }
  return all;
}();

inline constexpr auto inverse_renaming = [] {
  std::array<std::uint32_t, renamings> inverse{};
  for (std::uint32_t r = 0; r < renamings; ++r) {
    suit_names back{};
    for (std::uint8_t s = 0; s < example::suit_count; ++s) back[new_suits[r][s]] = s;
    while (new_suits[inverse[r]] != back) ++inverse[r];
  }
  return inverse;
}();
} // namespace detail

constexpr card renamed(card c, std::uint32_t renaming) {
  return example::make_card(example::rank_of(c), detail::new_suits[renaming][example::suit_of(c)]);
}

/// The cards renamed, in increasing order.
template <std::size_t Count>
constexpr std::array<card, Count> renamed(std::array<card, Count> cards, std::uint32_t renaming) {
  for (card& c : cards) c = renamed(c, renaming);
  return increasing(cards);
}

/// Where the class of a board is found: its canonical board, and the renaming that leads there.
struct board_place {
  std::uint32_t id = 0;
  std::uint32_t renaming = 0;
};

/// The boards of `Cards` cards. Immutable.
template <std::size_t Cards>
class board_index {
 public:
  using board = std::array<card, Cards>;
  static constexpr std::uint32_t sets = detail::choose[Cards - 1][example::deck_size];

  board_index() : places_(example::vector_on_huge_pages(sets, unknown)) {
    board cards{};
    for (std::size_t i = 0; i < Cards; ++i) cards[i] = static_cast<card>(i);
    for (std::uint32_t number = 0; number < sets; ++number) {
      if (places_[number] == unknown) add_class(cards);
      next_set(cards);
    }
  }

  /// How many canonical boards there are: their ids are below.
  std::uint32_t size() const { return static_cast<std::uint32_t>(canonical_.size()); }

  /// The place of a board whose cards are in increasing order.
  board_place find(const board& cards) const {
    const std::uint32_t place = places_[set_number(cards)];
    return {place >> renaming_bits, place & ((1U << renaming_bits) - 1)};
  }

  /// The cards of a canonical board, in increasing order.
  const board& cards(std::uint32_t id) const { return canonical_[id]; }

  /// How many boards a canonical one stands for, itself included: 4, 12 or 24 usually.
  std::uint32_t multiplicity(std::uint32_t id) const { return multiplicity_[id]; }

 private:
  static constexpr unsigned renaming_bits = 5;
  static constexpr std::uint32_t unknown = ~std::uint32_t{0};

  /// Where several renamings lead from a board to the canonical one, the first is kept.
  void add_class(const board& cards) {
    const std::uint32_t id = size();
    std::uint8_t found = 0;
    for (std::uint32_t renaming = 0; renaming < renamings; ++renaming) {
      const board other = renamed(cards, detail::inverse_renaming[renaming]);
      std::uint32_t& place = places_[set_number(other)];
      if (place != unknown) continue;
      place = id << renaming_bits | renaming;
      ++found;
    }
    canonical_.push_back(cards);
    multiplicity_.push_back(found);
  }

  std::vector<std::uint32_t> places_; // by the number of the set: id and renaming
  std::vector<board> canonical_;      // by id
  std::vector<std::uint8_t> multiplicity_;
};

/// What each renaming makes of each pair of hole cards. Immutable.
class pair_renamings {
 public:
  using row = std::array<std::uint16_t, hole_pairs>;

  pair_renamings() : rows_(renamings) {
    std::array<card, 2> cards{0, 1};
    for (std::uint32_t number = 0; number < hole_pairs; ++number) {
      for (std::uint32_t r = 0; r < renamings; ++r) {
        rows_[r][number] = static_cast<std::uint16_t>(set_number(poker::renamed(cards, r)));
      }
      next_set(cards);
    }
  }

  std::uint32_t renamed(std::uint32_t pair, std::uint32_t renaming) const {
    return rows_[renaming][pair];
  }
  /// The numbers of all pairs after the renaming.
  const row& operator[](std::uint32_t renaming) const { return rows_[renaming]; }

 private:
  std::vector<row> rows_;
};

/// The boards of all streets.
struct canonical_boards {
  board_index<3> flops{};
  board_index<4> turns{};
  board_index<5> rivers{};
  pair_renamings pairs{};
};

} // namespace poker

#endif
