// SPDX-License-Identifier: MIT
//
// The cards of one hand as the algorithms see them, and the law of all of them where it is small.
//
// A `deal` says what each player knows on each street (his buckets) and how a showdown would end.
// A `chance_law` lists all deals of a game of few cards: for every board, the probability of every
// pair of private hands and the expected outcome of their showdown. There the bucket of a player is
// board * hands + hand.
#ifndef ORDERLY_EXAMPLES_POKER_DEAL_HPP
#define ORDERLY_EXAMPLES_POKER_DEAL_HPP

#include "betting_tree.hpp"

#include <array>   // players, streets
#include <cstddef> // size_t
#include <cstdint> // buckets
#include <vector>  // laws

namespace poker {

struct deal {
  std::array<std::array<std::uint32_t, most_streets>, 2> bucket{}; ///< by player, then street
  /// Of a showdown: 1 if player 0 wins, 0 if they share, -1 if player 1 wins; the expectation of
  /// these where it is known.
  double outcome = 0;
};

/// Where the cells of a player's bucket on a street begin: by player, then street.
using cell_origins = std::array<std::array<std::uint32_t, most_streets>, 2>;

inline cell_origins origins_of(const betting_tree& tree, const deal& cards) {
  cell_origins origins{};
  for (unsigned player = 0; player < 2; ++player) {
    for (unsigned street = 0; street < tree.streets(); ++street) {
      origins[player][street] = tree.origin(player, street, cards.bucket[player][street]);
    }
  }
  return origins;
}

/// What an end of the hand brings a player, in chips. Precondition: not a decision.
inline double payoff_for(unsigned player, const tree_node& end, const deal& cards) {
  const double first = end.kind == node_kind::fold ? end.payoff : cards.outcome * end.payoff;
  return player == 0 ? first : -first;
}

/// What is dealt in public by the time of a street, and what is known of the private hands then.
/// The matrices are hands x hands: the entry (i, j) at i * hands + j, where player 0 holds i.
struct chance_board {
  std::uint32_t parent = 0;    ///< the board of the street before
  std::vector<double> weight;  ///< probability of the hands and this board
  std::vector<double> outcome; ///< the same times the expected outcome of a showdown
};

struct chance_law {
  std::size_t hands = 0;
  std::vector<std::vector<chance_board>> streets;
};

} // namespace poker

#endif
