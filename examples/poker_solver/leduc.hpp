// SPDX-License-Identifier: MIT
//
// Leduc poker: two suits of three ranks, a private card each, one common card before the second
// round; antes of one chip, raises of two and then four chips, two a round. F. Southey et al.,
// "Bayes' bluff: opponent modelling in poker" (2005). A pair with the common card wins, then the
// higher rank. Suits are told apart, which makes 936 infosets. The value for player 0 is
// -0.085606424078.
#ifndef ORDERLY_EXAMPLES_POKER_LEDUC_HPP
#define ORDERLY_EXAMPLES_POKER_LEDUC_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "small_game.hpp"

#include <array>   // chips of the players
#include <cstdint> // payoffs
#include <string>  // labels
#include <utility> // move
#include <vector>  // the law

namespace poker {

/// Actions: "f" fold (only when facing a raise), "c" check or call, "r" raise (only twice a round).
class leduc_rules {
 public:
  node_kind kind() const {
    if (folded_) return node_kind::fold;
    return street_ == 2 ? node_kind::showdown : node_kind::decision;
  }
  unsigned player() const { return player_; }
  unsigned street() const { return street_ == 2 ? 1 : street_; }
  std::int32_t payoff() const {
    if (!folded_) return chips_[0];
    return player_ == 0 ? chips_[1] : -chips_[0]; // the other one folded
  }
  unsigned actions() const { return 1 + (can_fold() ? 1U : 0U) + (raises_ < 2 ? 1U : 0U); }
  std::string label(unsigned action) const { return {"fcr"[move_of(action)]}; }
  leduc_rules after(unsigned action) const;

 private:
  enum move : unsigned { fold, call, raise };

  bool can_fold() const { return chips_[1 - player_] > chips_[player_]; }
  unsigned move_of(unsigned action) const { return action + (can_fold() ? fold : call); }

  std::array<std::int32_t, 2> chips_{1, 1}; ///< put in so far
  unsigned player_ = 0;
  unsigned street_ = 0;
  unsigned raises_ = 0;
  bool acted_ = false; ///< somebody has, in this round
  bool folded_ = false;
};

inline leduc_rules leduc_rules::after(unsigned action) const {
  leduc_rules next = *this;
  next.player_ = 1 - player_;
  next.acted_ = true;
  const unsigned made = move_of(action);
  if (made == fold) {
    next.folded_ = true;
    return next;
  }
  next.chips_[player_] = chips_[1 - player_];
  if (made == raise) {
    next.chips_[player_] += street_ == 0 ? 2 : 4;
    ++next.raises_;
  } else if (acted_) { // a call, or the second check, ends the round
    next.player_ = 0;
    next.street_ = street_ + 1;
    next.raises_ = 0;
    next.acted_ = false;
  }
  return next;
}

/// 1 if private card i beats j with the common card, 0 if they share. Card c has rank c / 2.
constexpr int leduc_outcome(unsigned i, unsigned j, unsigned common) {
  const auto value = [common](unsigned c) {
    return c / 2 == common / 2 ? 3 : static_cast<int>(c / 2);
  };
  return (value(i) > value(j)) - (value(i) < value(j));
}

/// Six private hands; no board on the first street, six on the second.
inline chance_law leduc_chance() {
  const auto board = [] {
    return chance_board{0, std::vector<double>(36), std::vector<double>(36)};
  };
  std::vector<chance_board> first(1, board());
  std::vector<chance_board> second(6, board());
  for (unsigned i = 0; i < 6; ++i) {
    for (unsigned j = 0; j < 6; ++j) {
      if (i == j) continue;
      first[0].weight[i * 6 + j] = 1.0 / 30;
      for (unsigned common = 0; common < 6; ++common) {
        if (common == i || common == j) continue;
        second[common].weight[i * 6 + j] = 1.0 / 120;
        second[common].outcome[i * 6 + j] = leduc_outcome(i, j, common) / 120.0;
      }
    }
  }
  return {6, {std::move(first), std::move(second)}};
}

inline std::vector<deal> leduc_deals() {
  std::vector<deal> all;
  for (std::uint32_t i = 0; i < 6; ++i) {
    for (std::uint32_t j = 0; j < 6; ++j) {
      for (std::uint32_t common = 0; common < 6; ++common) {
        if (i == j || i == common || j == common) continue;
        const double outcome = leduc_outcome(i, j, common);
        all.push_back({{{{i, common * 6 + i}, {j, common * 6 + j}}}, outcome});
      }
    }
  }
  return all;
}

inline small_game leduc() {
  return {betting_tree(leduc_rules{}, {6, 36}), leduc_chance(), leduc_deals()};
}

} // namespace poker

#endif
