// SPDX-License-Identifier: MIT
//
// The card engine: deals cards and plays them, a block of hands at a time. The reference.
//
// Hand h of session i is the deal numbered by draw h of the session's own stream:
// below(ordered_deals), see deal.hpp. Decisions and final hands are looked up by the ranks in the
// order they were dealt, read as a base-13 number that grows with each card, so nothing is sorted
// and almost nothing branches:
//
//   first     13^3 entries of 16 bits   three-card kind and first decision
//   second    13^4 bytes                second decision
//   kinds     13^5 bytes                final hand
//
// The lower half of an entry is for cards that are not all of one suit, the upper half for those
// that are: nothing else about the suits matters. The three numbers found add up to the cell.
// `play` takes one hand of given cards, `deal` a block from a stream; a test compares both with the
// strategy's and the evaluator's plain rules.
//
//   const casino::card_engine engine(strategy, casino::best_vector_path());
//   auto cards = engine.open(sessions, 7);
//   casino::cell_block hands;
//   const unsigned count = engine.deal(cards, hands);        // the first 16 hands of session 7
#ifndef ORDERLY_EXAMPLES_CASINO_CARD_ENGINE_HPP
#define ORDERLY_EXAMPLES_CASINO_CARD_ENGINE_HPP

#include "deal.hpp"
#include "joint_law.hpp"
#include "strategy.hpp"
#include "vector_path.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"

#include <algorithm>   // next_permutation, reverse
#include <array>       // blocks
#include <cstddef>     // size_t
#include <cstdint>     // table entries
#include <string_view> // the engine's name
#include <vector>      // tables

namespace casino {

namespace detail {

/// Where the tables are to be read for each hand of a block, and by how many bits the entry is to
/// be shifted.
struct place_block {
  std::array<std::uint32_t, block_size> three, four, five;
  std::array<std::uint32_t, block_size> suited3, suited4, suited5;
};

using word_block = std::array<std::uint64_t, block_size>;

/// Turns words into places. False if a word may be one that `below` rejects, which is so for one
/// word in 2^32: then the places are worth nothing.
ORDERLY_CASINO_INLINE bool find_places(const word_block& words, place_block& places) {
  std::uint64_t suspects = 0;
  std::array<std::uint32_t, block_size> numbers{};
  for (unsigned i = 0; i < block_size; ++i) {
    // The upper 64 bits of word * ordered_deals, and 32 bits of the lower.
    const std::uint64_t low = (words[i] & 0xffffffffU) * ordered_deals;
    const std::uint64_t sum = (words[i] >> 32U) * ordered_deals + (low >> 32U);
    numbers[i] = static_cast<std::uint32_t>(sum >> 32U);
    suspects |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(sum) == 0);
  }
  for (unsigned i = 0; i < block_size; ++i) {
    const auto [a, b, c, d, e] = dealt_numbers(numbers[i]);
    const std::uint32_t mixed3 = ((a ^ b) | (a ^ c)) & 3U; // 0: one suit so far
    const std::uint32_t mixed4 = mixed3 | ((a ^ d) & 3U);
    const std::uint32_t mixed5 = mixed4 | ((a ^ e) & 3U);
    places.suited3[i] = mixed3 == 0 ? 8 : 0;
    places.suited4[i] = mixed4 == 0 ? 4 : 0;
    places.suited5[i] = mixed5 == 0 ? 4 : 0;
    places.three[i] = ((a / 4) * 13 + b / 4) * 13 + c / 4;
    places.four[i] = places.three[i] * 13 + d / 4;
    places.five[i] = places.four[i] * 13 + e / 4;
  }
  return suspects == 0;
}

inline bool find_places_portable(const word_block& words, place_block& places) {
  return find_places(words, places);
}
ORDERLY_CASINO_AVX2 inline bool find_places_avx2(const word_block& words, place_block& places) {
  return find_places(words, places);
}

} // namespace detail

/// Immutable, so all workers may share one.
class card_engine {
 public:
  using stream = orderly::random_stream;
  static constexpr std::string_view name = "card";
  static constexpr bool deals_cards = true;

  explicit card_engine(const strategy& decisions, vector_path path = best_vector_path())
      : find_places_(path == vector_path::avx2 ? detail::find_places_avx2
                                               : detail::find_places_portable),
        path_(path),
        first_(13 * 13 * 13),
        second_(13 * 13 * 13 * 13),
        kinds_(13 * 13 * 13 * 13 * 13) {
    fill_decisions(decisions);
    fill_kinds();
  }

  vector_path path() const { return path_; }

  stream open(const orderly::seed_range& sessions, std::uint64_t session) const {
    return sessions.stream(session);
  }

  /// The next hands of a session, at most a block; at least one.
  unsigned deal(stream& cards, cell_block& hands) const {
    const detail::word_block words = cards.take<block_size>();
    detail::place_block places;
    if (!find_places_(words, places)) return deal_one_by_one(words, cards, hands);
    for (unsigned i = 0; i < block_size; ++i) {
      hands[i] = look_up(places.three[i], places.suited3[i], places.four[i], places.suited4[i],
                         places.five[i], places.suited5[i]);
    }
    return block_size;
  }

  /// The same with the cards, a hand at a time.
  unsigned deal(stream& cards, cell_block& hands,
                std::array<dealt_cards, block_size>& dealt) const {
    for (unsigned i = 0; i < block_size; ++i) {
      dealt[i] = casino::deal(cards.below(ordered_deals));
      hands[i] = play(dealt[i]);
    }
    return block_size;
  }

  /// What becomes of five given cards, the first three of which are the player's.
  cell play(const dealt_cards& cards) const {
    const auto [a, b, c, d, e] = cards;
    const unsigned mixed3 = ((unsigned{a} ^ b) | (unsigned{a} ^ c)) & 3U;
    const unsigned mixed4 = mixed3 | ((unsigned{a} ^ d) & 3U);
    const unsigned mixed5 = mixed4 | ((unsigned{a} ^ e) & 3U);
    const std::uint32_t three = (rank_of(a) * 13 + rank_of(b)) * 13 + rank_of(c);
    const std::uint32_t four = three * 13 + rank_of(d);
    return look_up(three, mixed3 == 0 ? 8 : 0, four, mixed4 == 0 ? 4 : 0, four * 13 + rank_of(e),
                   mixed5 == 0 ? 4 : 0);
  }

 private:
  cell look_up(std::uint32_t three, unsigned suited3, std::uint32_t four, unsigned suited4,
               std::uint32_t five, unsigned suited5) const {
    return static_cast<cell>(((unsigned{first_[three]} >> suited3) & 255U) +
                             ((unsigned{second_[four]} >> suited4) & 15U) +
                             ((unsigned{kinds_[five]} >> suited5) & 15U));
  }

  unsigned deal_one_by_one(const detail::word_block& words, stream& cards, cell_block& hands) const;
  void fill_decisions(const strategy& decisions);
  void fill_kinds();
  void enter_kinds(std::array<unsigned, 5> ranks);

  bool (*find_places_)(const detail::word_block&, detail::place_block&);
  vector_path path_;
  std::vector<std::uint16_t> first_; // three-card kind * 33 + 11 if bet 1 rides
  std::vector<std::uint8_t> second_; // 11 if bet 2 rides
  std::vector<std::uint8_t> kinds_;  // final hand
};

/// Does what `below` does with each word. If all are rejected, one more hand is drawn, so that the
/// block is never empty.
inline unsigned card_engine::deal_one_by_one(const detail::word_block& words, stream& cards,
                                             cell_block& hands) const {
  constexpr std::uint64_t rejected = (0 - std::uint64_t{ordered_deals}) % ordered_deals;
  unsigned count = 0;
  for (const std::uint64_t word : words) {
    if (word * ordered_deals < rejected) continue; // the lower 64 bits of the product
    const std::uint64_t low = (word & 0xffffffffU) * ordered_deals;
    hands[count++] = play(casino::deal(((word >> 32U) * ordered_deals + (low >> 32U)) >> 32U));
  }
  if (count == 0) hands[count++] = play(casino::deal(cards.below(ordered_deals)));
  return count;
}

inline void card_engine::fill_decisions(const strategy& decisions) {
  for (std::uint32_t place = 0; place < first_.size(); ++place) {
    const std::array<unsigned, 3> ranks{place / 169, place / 13 % 13, place % 13};
    unsigned entry = 0;
    for (const unsigned suited : {0U, 1U}) {
      three_cards cards{};
      for (unsigned i = 0; i < 3; ++i) cards[i] = make_card(ranks[i], suited != 0 ? 0 : i);
      const bool repeats = ranks[0] == ranks[1] || ranks[1] == ranks[2] || ranks[0] == ranks[2];
      if (suited != 0 && repeats) continue; // no such hand
      const unsigned kind = static_cast<unsigned>(index_of(kind_of(cards)));
      entry |= (kind * 33 + 11 * decisions.rides_first(place, suited)) << (8 * suited);
    }
    first_[place] = static_cast<std::uint16_t>(entry);
  }
  for (std::uint32_t place = 0; place < second_.size(); ++place) {
    second_[place] = static_cast<std::uint8_t>(11 * decisions.rides_second(place, 0) |
                                               11 * decisions.rides_second(place, 1) << 4U);
  }
}

/// Visits every multiset of five ranks once.
inline void card_engine::fill_kinds() {
  std::array<unsigned, 5> ranks{};
  for (ranks[4] = 0; ranks[4] < rank_count; ++ranks[4]) {
    for (ranks[3] = 0; ranks[3] <= ranks[4]; ++ranks[3]) {
      for (ranks[2] = 0; ranks[2] <= ranks[3]; ++ranks[2]) {
        for (ranks[1] = 0; ranks[1] <= ranks[2]; ++ranks[1]) {
          for (ranks[0] = 0; ranks[0] <= ranks[1]; ++ranks[0]) enter_kinds(ranks);
        }
      }
    }
  }
}

/// Writes the final hand of these ranks, which are in increasing order, at all their orders.
inline void card_engine::enter_kinds(std::array<unsigned, 5> ranks) {
  if (ranks[0] == ranks[4]) return; // five of one rank: no such hand
  const auto kind_with_suits = [&](const std::array<unsigned, 5>& suits) {
    hand_key key = 0;
    for (std::size_t i = 0; i < 5; ++i) key += key_of(make_card(ranks[i], suits[i]));
    return static_cast<unsigned>(index_of(kind_of(key)));
  };
  unsigned entry = kind_with_suits({0, 1, 2, 3, 0});
  const bool different = std::adjacent_find(ranks.begin(), ranks.end()) == ranks.end();
  if (different) entry |= kind_with_suits({0, 0, 0, 0, 0}) << 4U;
  do {
    std::uint32_t place = 0;
    for (const unsigned rank : ranks) place = place * rank_count + rank;
    kinds_[place] = static_cast<std::uint8_t>(entry);
  } while (std::next_permutation(ranks.begin(), ranks.end()));
}

} // namespace casino

#endif
