// SPDX-License-Identifier: MIT
//
// Kuhn poker: three cards, one for each player, antes and one bet of one chip. H. W. Kuhn, "A
// simplified two-person poker" (1950). Its value for player 0 is -1/18.
#ifndef ORDERLY_EXAMPLES_POKER_KUHN_HPP
#define ORDERLY_EXAMPLES_POKER_KUHN_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "small_game.hpp"

#include <cstdint> // payoffs
#include <string>  // labels
#include <utility> // move
#include <vector>  // the law

namespace poker {

/// Actions: "p" pass (check or fold), "b" bet (or call).
class kuhn_rules {
 public:
  node_kind kind() const {
    if (folded_) return node_kind::fold;
    return bets_ == 2 || (bets_ == 0 && moves_ == 2) ? node_kind::showdown : node_kind::decision;
  }
  unsigned player() const { return moves_ % 2; }
  unsigned street() const { return 0; }
  std::int32_t payoff() const {
    if (!folded_) return bets_ == 2 ? 2 : 1;
    return player() == 0 ? 1 : -1; // the other one passed
  }
  unsigned actions() const { return 2; }
  std::string label(unsigned action) const { return action == 0 ? "p" : "b"; }
  kuhn_rules after(unsigned action) const {
    kuhn_rules next = *this;
    ++next.moves_;
    next.folded_ = action == 0 && bets_ == 1;
    next.bets_ += action;
    return next;
  }

 private:
  unsigned moves_ = 0;
  unsigned bets_ = 0;
  bool folded_ = false;
};

/// Three private hands, one board, six deals.
inline chance_law kuhn_chance() {
  chance_board board{0, std::vector<double>(9), std::vector<double>(9)};
  for (unsigned i = 0; i < 3; ++i) {
    for (unsigned j = 0; j < 3; ++j) {
      if (i == j) continue;
      board.weight[i * 3 + j] = 1.0 / 6;
      board.outcome[i * 3 + j] = i > j ? 1.0 / 6 : -1.0 / 6;
    }
  }
  return {3, {{std::move(board)}}};
}

inline std::vector<deal> kuhn_deals() {
  std::vector<deal> all;
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (std::uint32_t j = 0; j < 3; ++j) {
      if (i != j) all.push_back({{{{i}, {j}}}, i > j ? 1.0 : -1.0});
    }
  }
  return all;
}

inline small_game kuhn() { return {betting_tree(kuhn_rules{}, {3}), kuhn_chance(), kuhn_deals()}; }

} // namespace poker

#endif
