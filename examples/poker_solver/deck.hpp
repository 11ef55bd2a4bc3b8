// SPDX-License-Identifier: MIT
//
// A deck that deals a few cards fast, each ordered deal as likely as any other.
//
// One uniform number decides a deal of up to eleven cards: its digits to the bases 52, 51, 50, ...
// are the steps of a partial Fisher-Yates shuffle, so that there is no bias and no retry. The places
// touched are then put in order again. A deal depends on the stream alone, never on deals before it.
//
//   poker::deck cards;                                   // every worker has its own
//   const std::array<poker::card, 3> dealt = cards.deal<3>(stream);
//
// And what is dealt in a hand of heads-up hold'em, with the outcome of its showdown.
//
//   const poker::holdem_cards hand = poker::deal_holdem(cards, stream);
//   poker::showdown(poker::hand_evaluator(), hand);      // 1 if player 0 wins
#ifndef ORDERLY_EXAMPLES_POKER_DECK_HPP
#define ORDERLY_EXAMPLES_POKER_DECK_HPP

#include "../support/playing_cards.hpp"
#include "hand_evaluator.hpp"

#include "orderly/random_stream.hpp"

#include <array>   // cards
#include <cstddef> // size_t
#include <cstdint> // the number of a deal
#include <numeric> // iota
#include <utility> // index_sequence

namespace poker {

using example::card;
using example::deck_size;

/// The number of ways to deal so many cards in order.
constexpr std::uint64_t ordered_deals(std::size_t count) {
  std::uint64_t ways = 1;
  for (std::size_t i = 0; i < count; ++i) ways *= deck_size - i;
  return ways;
}

class deck {
 public:
  static constexpr std::size_t most_dealt = 11; // ordered_deals(12) exceeds 64 bits

  deck() { std::iota(cards_.begin(), cards_.end(), card{0}); }

  template <std::size_t Count>
  std::array<card, Count> deal(orderly::fast_stream& stream) {
    return deal_numbered<Count>(stream.below(ordered_deals(Count)));
  }

  /// The deal with this number: a bijection from [0, ordered_deals(Count)).
  template <std::size_t Count>
  std::array<card, Count> deal_numbered(std::uint64_t number) {
    static_assert(Count <= most_dealt);
    return deal_numbered(number, std::make_index_sequence<Count>());
  }

 private:
  /// The bases are constants, so no digit costs a division.
  template <std::size_t... I>
  std::array<card, sizeof...(I)> deal_numbered(std::uint64_t number, std::index_sequence<I...>) {
    std::array<card, sizeof...(I)> place{};
    std::array<card, sizeof...(I)> dealt{};
    ((place[I] = static_cast<card>(I + number % (deck_size - I)), number /= deck_size - I), ...);
    ((dealt[I] = cards_[place[I]], cards_[place[I]] = cards_[I]), ...);
    ((cards_[place[I]] = place[I]), ...);
    return dealt;
  }

  std::array<card, deck_size> cards_; // in order between deals
};

struct holdem_cards {
  std::array<std::array<card, 2>, 2> hole{}; ///< by player
  std::array<card, 5> board{};
};

inline holdem_cards deal_holdem(deck& cards, orderly::fast_stream& stream) {
  const auto [a, b, c, d, e, f, g, h, i] = cards.deal<9>(stream);
  return {{{{a, b}, {c, d}}}, {e, f, g, h, i}};
}

/// 1 if player 0 wins, 0 if they share, -1 if player 1 wins.
inline int showdown(const hand_evaluator& evaluate, const holdem_cards& cards) {
  const partial_hand board = hand_of(cards.board);
  const hand_strength first = evaluate(board + hand_of(cards.hole[0]));
  const hand_strength second = evaluate(board + hand_of(cards.hole[1]));
  return (first > second) - (first < second);
}

} // namespace poker

#endif
