// SPDX-License-Identifier: MIT
//
// Walks of the public tree that treat all private hands at once, as vectors over hands ("ranges"),
// for exact algorithms on games with a chance_law.
//
// A walk computes the counterfactual values of one player's hands: what each hand wins, weighted by
// the probabilities of the cards and of the opponent's actions, but not of its own. Every pair of a
// node and a board is met once. At an end of the game the values are a matrix times the opponent's
// reach probabilities, so that a walk takes about (ends * boards * hands * hands) steps. How hands
// are played is told by an object:
//
//   struct moves {
//     // The probabilities of all hands at a node, of whoever acts there: action a of hand h at
//     // a * hands + h. The bucket of hand h is first_bucket + h.
//     void play(const tree_node& node, std::uint32_t first_bucket, double* probabilities);
//     // The values of the walking player's hands at a node of his own.
//     void decide(const poker::own_decision& at, double* values);
//   };
//   poker::range_walk walk(tree, chance);
//   walk.value(0, some_moves);   // of player 0 in chips
#ifndef ORDERLY_EXAMPLES_POKER_RANGE_WALK_HPP
#define ORDERLY_EXAMPLES_POKER_RANGE_WALK_HPP

#include "betting_tree.hpp"
#include "deal.hpp"

#include <algorithm> // fill_n, max
#include <array>     // sums
#include <cstddef>   // size_t
#include <cstdint>   // boards
#include <vector>    // matrices, scratch space

namespace poker {

/// A node of the walking player's own, with what the walk has found. Vectors over hands; those of
/// the actions follow each other.
struct own_decision {
  const tree_node& node;
  std::uint32_t first_bucket;
  const double* probabilities; ///< as told by play()
  const double* action_values; ///< counterfactual
  const double* reach;         ///< the player's own part of the reach probabilities
};

class range_walk {
 public:
  /// Tree and law must outlive the walk.
  range_walk(const betting_tree& tree, const chance_law& chance);

  /// Walks for a player; returns the sum of the values of his hands: what he wins on average.
  template <class Moves>
  double value(unsigned player, Moves& moves);

 private:
  /// What the law does not say of a board: its successors, and its matrices transposed.
  struct board_extras {
    std::vector<std::uint32_t> next;
    std::vector<double> weight;
    std::vector<double> outcome;
  };
  struct position {
    std::size_t node;
    unsigned street;
    std::uint32_t board;
    const double* own_reach;
    const double* opponent_reach;
  };

  std::vector<double> transposed(const std::vector<double>& matrix) const;
  std::size_t scratch_size() const;

  // Each of these writes values[0, hands), uses the beginning of the scratch space it is given, and
  // passes on the rest.
  template <class Moves>
  void visit(Moves& moves, const position& at, double* values, double* scratch) const;
  template <class Moves>
  void deal_boards(Moves& moves, const position& at, double* values, double* scratch) const;
  template <class Moves>
  void decide(Moves& moves, const position& at, double* values, double* scratch) const;
  void end(const tree_node& node, const position& at, double* values) const;
  template <std::size_t Columns>
  void multiply(const double* matrix, const double* reach, double factor, double* values) const;

  void add(const double* added, double* values) const {
    for (std::size_t h = 0; h < hands_; ++h) values[h] += added[h];
  }

  const betting_tree* tree_;
  const chance_law* chance_;
  std::size_t hands_;
  unsigned player_ = 0; ///< walked for
  std::vector<std::vector<board_extras>> streets_;
  std::vector<double> scratch_;
};

inline range_walk::range_walk(const betting_tree& tree, const chance_law& chance)
    : tree_(&tree), chance_(&chance), hands_(chance.hands), scratch_(scratch_size()) {
  for (const auto& boards : chance.streets) {
    const std::size_t street = streets_.size();
    streets_.emplace_back();
    for (std::uint32_t b = 0; b < boards.size(); ++b) {
      if (street > 0) streets_[street - 1][boards[b].parent].next.push_back(b);
      streets_[street].push_back({{}, transposed(boards[b].weight), transposed(boards[b].outcome)});
    }
  }
}

inline std::vector<double> range_walk::transposed(const std::vector<double>& matrix) const {
  std::vector<double> result(matrix.size());
  for (std::size_t i = 0; i < hands_; ++i) {
    for (std::size_t j = 0; j < hands_; ++j) result[j * hands_ + i] = matrix[i * hands_ + j];
  }
  return result;
}

inline std::size_t range_walk::scratch_size() const {
  std::size_t actions = 0;
  for (std::size_t i = 0; i < tree_->size(); ++i) {
    actions = (std::max)(actions, std::size_t{(*tree_)[i].actions});
  }
  return hands_ * (2 + tree_->streets() + tree_->depth() * (2 * actions + 1));
}

template <class Moves>
double range_walk::value(unsigned player, Moves& moves) {
  player_ = player;
  double* const reach = scratch_.data();
  double* const values = reach + hands_;
  std::fill_n(reach, hands_, 1.0);
  double sum = 0;
  for (std::uint32_t board = 0; board < streets_[0].size(); ++board) {
    visit(moves, {0, 0, board, reach, reach}, values, values + hands_);
    for (std::size_t h = 0; h < hands_; ++h) sum += values[h];
  }
  return sum;
}

template <class Moves>
void range_walk::visit(Moves& moves, const position& at, double* values, double* scratch) const {
  const tree_node& node = (*tree_)[at.node];
  if (node.street > at.street) {
    deal_boards(moves, at, values, scratch);
  } else if (node.kind == node_kind::decision) {
    decide(moves, at, values, scratch);
  } else {
    end(node, at, values);
  }
}

template <class Moves>
void range_walk::deal_boards(Moves& moves, const position& at, double* values,
                             double* scratch) const {
  std::fill_n(values, hands_, 0.0);
  for (const std::uint32_t board : streets_[at.street][at.board].next) {
    visit(moves, {at.node, at.street + 1, board, at.own_reach, at.opponent_reach}, scratch,
          scratch + hands_);
    add(scratch, values);
  }
}

template <class Moves>
void range_walk::decide(Moves& moves, const position& at, double* values, double* scratch) const {
  const tree_node& node = (*tree_)[at.node];
  const auto first_bucket = static_cast<std::uint32_t>(at.board * hands_);
  double* const probabilities = scratch;
  double* const action_values = probabilities + node.actions * hands_;
  double* const reach = action_values + node.actions * hands_;
  const bool own = node.player == player_;
  const double* const reach_here = own ? at.own_reach : at.opponent_reach;
  moves.play(node, first_bucket, probabilities);
  for (unsigned a = 0; a < node.actions; ++a) {
    for (std::size_t h = 0; h < hands_; ++h) {
      reach[h] = reach_here[h] * probabilities[a * hands_ + h];
    }
    visit(moves,
          {node.first_child + a, at.street, at.board, own ? reach : at.own_reach,
           own ? at.opponent_reach : reach},
          action_values + a * hands_, reach + hands_);
  }
  if (own) {
    moves.decide({node, first_bucket, probabilities, action_values, at.own_reach}, values);
  } else {
    std::fill_n(values, hands_, 0.0);
    for (unsigned a = 0; a < node.actions; ++a) add(action_values + a * hands_, values);
  }
}

// The matrices are read with one row for each hand of the opponent, a few columns at a time: their
// sums stay in registers and do not wait for each other.
template <std::size_t Columns>
void range_walk::multiply(const double* matrix, const double* reach, double factor,
                          double* values) const {
  std::array<double, Columns> sums{};
  for (std::size_t j = 0; j < hands_; ++j, matrix += hands_) {
    for (std::size_t i = 0; i < Columns; ++i) sums[i] += reach[j] * matrix[i];
  }
  for (std::size_t i = 0; i < Columns; ++i) values[i] = factor * sums[i];
}

inline void range_walk::end(const tree_node& node, const position& at, double* values) const {
  const bool showdown = node.kind == node_kind::showdown;
  const board_extras& extras = streets_[node.street][at.board];
  const chance_board& law = chance_->streets[node.street][at.board];
  const double* matrix = player_ == 0 ? (showdown ? extras.outcome : extras.weight).data()
                                      : (showdown ? law.outcome : law.weight).data();
  const double chips = player_ == 0 ? node.payoff : -node.payoff;
  std::size_t i = 0;
  for (; i + 4 <= hands_; i += 4) multiply<4>(matrix + i, at.opponent_reach, chips, values + i);
  for (; i < hands_; ++i) multiply<1>(matrix + i, at.opponent_reach, chips, values + i);
}

/// The number of infosets that the cards allow: (node, bucket) where the hand may be dealt with the
/// board.
inline std::uint64_t reachable_infosets(const betting_tree& tree, const chance_law& chance) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const tree_node& node = tree[i];
    if (node.kind != node_kind::decision) continue;
    for (const chance_board& board : chance.streets[node.street]) {
      for (std::size_t own = 0; own < chance.hands; ++own) {
        double weight = 0;
        for (std::size_t other = 0; other < chance.hands; ++other) {
          weight += board.weight[node.player == 0 ? own * chance.hands + other
                                                  : other * chance.hands + own];
        }
        if (weight > 0) ++count;
      }
    }
  }
  return count;
}

} // namespace poker

#endif
