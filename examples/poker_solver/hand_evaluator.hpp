// SPDX-License-Identifier: MIT
//
// What the best five of five, six or seven cards are worth, by adding keys and one or two look-ups.
//
// Every card has two 64-bit words, and those of a hand are the sums of its cards' words:
//
//   sums    bits 0..31 the keys of its ranks; bits 48..63 four 4-bit counters, one for each suit
//   cards   bit 16 * suit + rank
//
// With 3 added, a counter has its highest bit set from five cards on: one AND tells a flush, which
// is looked up by the 13 bits of its suit. Five cards of one suit leave no room for four of a kind
// or a full house, so nothing else can beat it. Any other hand is worth what its ranks are, and the
// sum of their keys tells all multisets of five to seven ranks apart. The sum finds the value
// through a table of displaced rows: its low bits name a row, its high bits the column, and the
// rows, which have few entries, lie interleaved in one array so that no two entries meet.
//
//   using namespace poker;
//   const hand_evaluator evaluate;                         // 200 kB of tables, made in some ms
//   const partial_hand board = hand_of(a) + hand_of(b) + hand_of(c) + hand_of(d) + hand_of(e);
//   if (evaluate(board + mine) > evaluate(board + yours)) ...
//   category_of(evaluate(board + mine));                   // hand_category::two_pair
//
// The cards of a hand must be different; with fewer than five or more than seven the value has no
// meaning, and the look-up may be out of range.
#ifndef ORDERLY_EXAMPLES_POKER_HAND_EVALUATOR_HPP
#define ORDERLY_EXAMPLES_POKER_HAND_EVALUATOR_HPP

#include "../support/playing_cards.hpp"
#include "hand_strength.hpp"

#include <algorithm> // max, stable_sort
#include <array>     // keys and cards
#include <bit>       // countr_one, countr_zero
#include <cstddef>   // size_t
#include <cstdint>   // words
#include <numeric>   // iota
#include <span>      // cards of a hand, columns of a row
#include <vector>    // tables

namespace poker {

using example::card;
using example::deck_size;
using example::make_card;
using example::rank_count;
using example::rank_of;
using example::suit_count;
using example::suit_of;

/// Some cards, without their order. What several hands share is added once.
struct partial_hand {
  std::uint64_t sums = 0;
  std::uint64_t cards = 0;

  constexpr partial_hand& operator+=(const partial_hand& more) {
    sums += more.sums;
    cards += more.cards;
    return *this;
  }
  friend constexpr partial_hand operator+(partial_hand a, const partial_hand& b) { return a += b; }
  friend bool operator==(const partial_hand&, const partial_hand&) = default;
};

namespace detail {
/// Keys of the ranks. Each is the least number above the one before for which no two multisets of
/// the ranks so far (at most four of each, seven in all) have the same sum, unless their sizes
/// differ by three or more: those two never grow to five to seven cards by the same further cards.
/// The last key need only tell apart the multisets of five to seven. A trial of all numbers in turn
/// finds them in some seconds.
inline constexpr std::array<std::uint32_t, rank_count> rank_keys{
    1, 4, 16, 67, 295, 1334, 5734, 23800, 60883, 208450, 509982, 1304151, 2967844};

inline constexpr std::uint64_t flush_bias = std::uint64_t{0x3333} << 48U;
inline constexpr std::uint64_t flush_bits = std::uint64_t{0x8888} << 48U;

/// The words of each card, in tables of their own: the second is needed for flushes only.
template <class Word>
constexpr std::array<std::uint64_t, deck_size> words_of_cards(Word word) {
  std::array<std::uint64_t, deck_size> words{};
  for (unsigned c = 0; c < deck_size; ++c) {
    words[c] = word(rank_of(static_cast<card>(c)), suit_of(static_cast<card>(c)));
  }
  return words;
}
inline constexpr auto sums_of_cards = words_of_cards([](unsigned rank, unsigned suit) {
  return rank_keys[rank] + (std::uint64_t{1} << (48U + 4U * suit));
});
inline constexpr auto bits_of_cards = words_of_cards(
    [](unsigned rank, unsigned suit) { return std::uint64_t{1} << (16U * suit + rank); });
} // namespace detail

constexpr partial_hand hand_of(card c) {
  return {detail::sums_of_cards[c], detail::bits_of_cards[c]};
}

constexpr partial_hand hand_of(std::span<const card> cards) {
  partial_hand hand;
  for (const card c : cards) hand += hand_of(c);
  return hand;
}

namespace detail {
/// Calls visit(sum of the keys, groups) for every multiset of five to seven ranks that adds ranks
/// from `rank` on to those in `groups`.
template <class Visit>
void for_each_multiset(const Visit& visit, rank_groups groups = {}, unsigned rank = 0,
                       unsigned size = 0, std::uint32_t sum = 0) {
  if (rank == rank_count) {
    if (size >= 5) visit(sum, groups);
    return;
  }
  for_each_multiset(visit, groups, rank + 1, size, sum);
  for (unsigned i = 0; i < 4 && ++size <= 7; ++i) {
    groups[i] |= rank_set{1} << rank;
    sum += rank_keys[rank];
    for_each_multiset(visit, groups, rank + 1, size, sum);
  }
}

/// Where rows with few entries lie in one array so that no two entries meet. They begin at even
/// places, half of which is a number of 16 bits.
class row_places {
 public:
  /// Finds room for the columns of a row; twice the result is the place of its column 0. The search
  /// begins a little before the last row of the same length: long rows should come first, because
  /// they find room with more difficulty.
  std::uint16_t take(std::span<const std::uint32_t> columns) {
    word_ = columns.size() == length_ && word_ > 2 ? word_ - 2 : 0;
    length_ = columns.size();
    std::uint64_t taken = taken_from(columns);
    while (taken == every) ++word_, taken = taken_from(columns);
    const std::size_t begin = 64 * word_ + static_cast<unsigned>(std::countr_one(taken));
    for (const std::uint32_t column : columns) {
      taken_[(begin + column) / 64] |= std::uint64_t{1} << (begin + column) % 64;
      size_ = (std::max)(size_, begin + column + 1);
    }
    return static_cast<std::uint16_t>(begin / 2);
  }

  /// All places taken are lower.
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t every = ~std::uint64_t{0};
  static constexpr std::uint64_t odd = every / 3 * 2;

  /// Bit b: some column has no room if the row begins at bit b of the present word.
  std::uint64_t taken_from(std::span<const std::uint32_t> columns) {
    std::uint64_t taken = odd;
    for (const std::uint32_t column : columns) {
      const std::size_t word = word_ + column / 64;
      const unsigned bit = column % 64;
      if (word + 1 >= taken_.size()) taken_.resize(2 * word + 2);
      taken |= (taken_[word] >> bit) | (taken_[word + 1] << 1U << (63 - bit));
      if (taken == every) break;
    }
    return taken;
  }

  std::vector<std::uint64_t> taken_; // 64 places each
  std::size_t word_ = 0;
  std::size_t length_ = 0;
  std::size_t size_ = 0;
};
} // namespace detail

/// Immutable, so all workers may share one.
class hand_evaluator {
 public:
  hand_evaluator() {
    for (detail::rank_set ranks = 0; ranks < flushes_.size(); ++ranks) {
      flushes_[ranks] = detail::strength_of_suit(ranks);
    }
    std::vector<entry> entries;
    detail::for_each_multiset([&](std::uint32_t sum, const detail::rank_groups& groups) {
      entries.push_back({sum, detail::strength_of_groups(groups)});
    });
    place_rows(entries);
    for (const entry& each : entries) strengths_[place_of(each.sum)] = each.strength;
  }

  /// What the best five of the hand's five to seven cards are worth.
  hand_strength operator()(const partial_hand& hand) const noexcept {
    const std::uint64_t flush = (hand.sums + detail::flush_bias) & detail::flush_bits;
    if (flush != 0) [[unlikely]] {
      const unsigned shift = 4U * static_cast<unsigned>(std::countr_zero(flush)) - 4U * 51U;
      return flushes_[static_cast<std::uint16_t>(hand.cards >> shift)];
    }
    return strengths_[place_of(static_cast<std::uint32_t>(hand.sums))];
  }

 private:
  static constexpr unsigned row_bits = 14;
  static constexpr std::uint32_t row_mask = (std::uint32_t{1} << row_bits) - 1;

  struct entry {
    std::uint32_t sum;
    hand_strength strength;
  };

  std::uint32_t place_of(std::uint32_t sum) const noexcept {
    return 2U * rows_[sum & row_mask] + (sum >> row_bits);
  }

  void place_rows(std::span<const entry> entries) {
    std::vector<std::vector<std::uint32_t>> columns(rows_.size());
    for (const entry& each : entries) {
      columns[each.sum & row_mask].push_back(each.sum >> row_bits);
    }
    std::vector<std::uint32_t> by_length(rows_.size());
    std::iota(by_length.begin(), by_length.end(), 0U);
    std::stable_sort(by_length.begin(), by_length.end(), [&](std::uint32_t a, std::uint32_t b) {
      return columns[a].size() > columns[b].size();
    });
    detail::row_places places;
    for (const std::uint32_t row : by_length) rows_[row] = places.take(columns[row]);
    strengths_.resize(places.size());
  }

  std::vector<hand_strength> flushes_ = std::vector<hand_strength>(1U << rank_count); // by ranks
  std::vector<std::uint16_t> rows_ = std::vector<std::uint16_t>(row_mask + 1);
  std::vector<hand_strength> strengths_;
};

} // namespace poker

#endif
