// SPDX-License-Identifier: MIT
//
// Counterfactual regret minimization over all hands and boards, for games with a chance_law: CFR,
// CFR+, linear CFR and discounted CFR, which differ in three weights alone.
//
// In an iteration player 0 is updated first, then player 1 against the new strategy of player 0.
// Iteration t adds its regrets to the sums and then multiplies the sums, the positive ones by
// t^alpha / (t^alpha + 1) and the negative ones by t^beta / (t^beta + 1); what it adds to the average
// strategy counts t^gamma. N. Brown, T. Sandholm, "Solving imperfect-information games via discounted
// regret minimization" (2019). CFR discounts nothing; CFR+ forgets negative regrets at once.
//
//   std::vector<double> table(2 * tree.cells());
//   poker::vector_cfr cfr(tree, chance, poker::cfr_plus_weights);
//   for (std::uint64_t t = 1; t <= 1000; ++t) cfr.iterate(table.data(), t);
//   const auto strategy = poker::average_profile<double>(tree, table);
//
// The table and the number of iterations are the whole state: training that was stopped goes on from
// them as if nothing had happened, to the last bit. Another order of the same sums gives other last
// bits, and where two actions are worth the same these decide: after some hundred iterations the
// strategies of two correct programs differ visibly, though both converge.
#ifndef ORDERLY_EXAMPLES_POKER_VECTOR_CFR_HPP
#define ORDERLY_EXAMPLES_POKER_VECTOR_CFR_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "discount.hpp"
#include "range_walk.hpp"
#include "regret_matching.hpp"

#include <cstddef>   // size_t
#include <cstdint>   // iterations
#include <stdexcept> // invalid_argument

namespace poker {

class vector_cfr {
 public:
  /// Tree and law must outlive it. Exceptions: std::invalid_argument for exponents that
  /// cfr_weights does not allow.
  vector_cfr(const betting_tree& tree, const chance_law& chance, const cfr_weights& weights);

  /// Makes one iteration on a table of 2 * tree.cells() numbers, all 0 at first. The first iteration is 1.
  void iterate(double* table, std::uint64_t iteration);

 private:
  /// How a walk plays: both players by regret matching, and the walking one learns.
  class moves;

  const betting_tree& tree_;
  std::size_t hands_;
  cfr_weights weights_;
  range_walk walk_;
};

class vector_cfr::moves {
 public:
  moves(const betting_tree& tree, double* table, std::size_t hands)
      : tree_(tree), regrets_(table), sums_(table + tree.cells()), hands_(hands) {}

  void play(const tree_node& node, std::uint32_t first_bucket, double* probabilities) const;
  void decide(const own_decision& at, double* values) const;

  // The weights of the iteration:
  double positive = 1; ///< part of a positive regret that is kept
  double negative = 1;
  double average = 1;

 private:
  const betting_tree& tree_;
  double* regrets_;
  double* sums_;
  std::size_t hands_;
};

inline void vector_cfr::moves::play(const tree_node& node, std::uint32_t first_bucket,
                                    double* probabilities) const {
  action_values<double> strategy;
  for (std::uint32_t h = 0; h < hands_; ++h) {
    const std::uint32_t cell = tree_.first_cell(node, first_bucket + h);
    normalize_weights(regrets_ + cell, node.actions, strategy.data());
    for (unsigned a = 0; a < node.actions; ++a) probabilities[a * hands_ + h] = strategy[a];
  }
}

inline void vector_cfr::moves::decide(const own_decision& at, double* values) const {
  const unsigned actions = at.node.actions;
  for (std::uint32_t h = 0; h < hands_; ++h) {
    const std::uint32_t cell = tree_.first_cell(at.node, at.first_bucket + h);
    const double* const probabilities = at.probabilities + h; // of every hands_-th entry
    const double* const worth = at.action_values + h;
    double value = 0;
    for (unsigned a = 0; a < actions; ++a) value += probabilities[a * hands_] * worth[a * hands_];
    const double weight = average * at.reach[h];
    for (unsigned a = 0; a < actions; ++a) {
      const double regret = regrets_[cell + a] + (worth[a * hands_] - value);
      regrets_[cell + a] = regret * (regret > 0 ? positive : negative);
      sums_[cell + a] += weight * probabilities[a * hands_];
    }
    values[h] = value;
  }
}

inline vector_cfr::vector_cfr(const betting_tree& tree, const chance_law& chance,
                              const cfr_weights& weights)
    : tree_(tree), hands_(chance.hands), weights_(weights), walk_(tree, chance) {
  if (!is_exponent(weights.alpha) || !is_exponent(weights.beta) || !is_exponent(weights.gamma) ||
      is_infinite(weights.gamma)) {
    throw std::invalid_argument("the exponents of CFR must be multiples of 1/2 from -16 to 16");
  }
}

inline void vector_cfr::iterate(double* table, std::uint64_t iteration) {
  const auto t = static_cast<double>(iteration);
  moves played(tree_, table, hands_);
  played.positive = kept_part(t, weights_.alpha);
  played.negative = kept_part(t, weights_.beta);
  played.average = power(t, weights_.gamma);
  for (unsigned player = 0; player < 2; ++player) walk_.value(player, played);
}

} // namespace poker

#endif
