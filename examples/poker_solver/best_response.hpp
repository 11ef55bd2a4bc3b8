// SPDX-License-Identifier: MIT
//
// Exact values of strategies in games with a chance_law: what they win against each other, what the
// best response to them wins, and how far from an equilibrium they are.
//
// A best response plays, in every infoset, an action of the highest counterfactual value; players
// remember what they knew and did, so the choices do not interfere. Exploitability is half of what
// the best responses of both players win together: 0 in an equilibrium, and on average what a player
// of this profile loses to an opponent who knows it, over both seats.
//
//   const auto profile = poker::average_profile<double>(tree, table);
//   poker::expected_value(tree, chance, profile, profile);     // of player 0, in chips
//   poker::exploitability(tree, chance, profile);              // in chips
//   const auto best = poker::best_response(tree, chance, 1, profile);
//   best.value;                                                // of player 1
//   poker::expected_value(tree, chance, profile, best.profile) // the same, negative
//
// Buckets are those of the law (board * hands + hand): a profile over coarser buckets has to be
// written out for them first.
#ifndef ORDERLY_EXAMPLES_POKER_BEST_RESPONSE_HPP
#define ORDERLY_EXAMPLES_POKER_BEST_RESPONSE_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "range_walk.hpp"
#include "strategy_profile.hpp"

#include <algorithm> // fill_n
#include <cstddef>   // size_t
#include <cstdint>   // buckets
#include <utility>   // move
#include <vector>    // probabilities

namespace poker {

namespace detail {

/// Reads a profile into the form of a walk.
template <class Real>
void copy_probabilities(const strategy_profile<Real>& profile, const tree_node& node,
                        std::uint32_t first_bucket, std::size_t hands, double* probabilities) {
  for (std::uint32_t h = 0; h < hands; ++h) {
    const Real* const played = profile.at(node, first_bucket + h);
    for (unsigned a = 0; a < node.actions; ++a) probabilities[a * hands + h] = played[a];
  }
}

/// Both players follow profiles.
template <class Real>
class profile_moves {
 public:
  profile_moves(std::size_t hands, const strategy_profile<Real>& first,
                const strategy_profile<Real>& second)
      : hands_(hands), first_(first), second_(second) {}

  void play(const tree_node& node, std::uint32_t first_bucket, double* probabilities) {
    copy_probabilities(node.player == 0 ? first_ : second_, node, first_bucket, hands_,
                       probabilities);
  }
  void decide(const own_decision& at, double* values) {
    std::fill_n(values, hands_, 0.0);
    for (unsigned a = 0; a < at.node.actions; ++a) {
      for (std::size_t h = 0; h < hands_; ++h) {
        const std::size_t i = a * hands_ + h;
        values[h] += at.probabilities[i] * at.action_values[i];
      }
    }
  }

 private:
  std::size_t hands_;
  const strategy_profile<Real>& first_;
  const strategy_profile<Real>& second_;
};

/// One player does his best against a profile, and his choices are written down.
template <class Real>
class best_moves {
 public:
  best_moves(const betting_tree& tree, std::size_t hands, unsigned player,
             const strategy_profile<Real>& profile)
      : tree_(tree),
        hands_(hands),
        player_(player),
        profile_(profile),
        response_(profile.probabilities()) {}

  void play(const tree_node& node, std::uint32_t first_bucket, double* probabilities) {
    if (node.player == player_) { // every action is open to him
      std::fill_n(probabilities, node.actions * hands_, 1.0);
    } else {
      copy_probabilities(profile_, node, first_bucket, hands_, probabilities);
    }
  }
  void decide(const own_decision& at, double* values) {
    for (std::size_t h = 0; h < hands_; ++h) {
      unsigned best = 0; // of equal actions the first
      for (unsigned a = 1; a < at.node.actions; ++a) {
        if (at.action_values[a * hands_ + h] > at.action_values[best * hands_ + h]) best = a;
      }
      values[h] = at.action_values[best * hands_ + h];
      Real* const chosen =
          response_.data() +
          tree_.first_cell(at.node, at.first_bucket + static_cast<std::uint32_t>(h));
      std::fill_n(chosen, at.node.actions, Real{0});
      chosen[best] = 1;
    }
  }

  std::vector<Real> response() && { return std::move(response_); }

 private:
  const betting_tree& tree_;
  std::size_t hands_;
  unsigned player_;
  const strategy_profile<Real>& profile_;
  std::vector<Real> response_;
};

} // namespace detail

/// What player 0 wins on average when he plays by the first profile and player 1 by the second.
template <class Real>
double expected_value(const betting_tree& tree, const chance_law& chance,
                      const strategy_profile<Real>& first, const strategy_profile<Real>& second) {
  detail::profile_moves<Real> moves(chance.hands, first, second);
  return range_walk(tree, chance).value(0, moves);
}

template <class Real>
struct best_response_result {
  double value;                   ///< of the player who responds, in chips
  strategy_profile<Real> profile; ///< his pure strategy; the opponent's is as given
};

/// The best that a player can do against the opponent's part of a profile.
template <class Real>
best_response_result<Real> best_response(const betting_tree& tree, const chance_law& chance,
                                         unsigned player, const strategy_profile<Real>& profile) {
  detail::best_moves<Real> moves(tree, chance.hands, player, profile);
  const double value = range_walk(tree, chance).value(player, moves);
  return {value, strategy_profile<Real>(tree, std::move(moves).response())};
}

template <class Real>
double exploitability(const betting_tree& tree, const chance_law& chance,
                      const strategy_profile<Real>& profile) {
  return (best_response(tree, chance, 0, profile).value +
          best_response(tree, chance, 1, profile).value) /
         2;
}

} // namespace poker

#endif
