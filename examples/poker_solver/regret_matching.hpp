// SPDX-License-Identifier: MIT
//
// Strategies of one infoset: from regrets, and drawing an action from one.
//
// Regret matching: play each action in proportion to its positive regret, and all alike when none
// is positive. S. Hart, A. Mas-Colell, "A simple adaptive procedure leading to correlated
// equilibrium" (2000).
#ifndef ORDERLY_EXAMPLES_POKER_REGRET_MATCHING_HPP
#define ORDERLY_EXAMPLES_POKER_REGRET_MATCHING_HPP

#include "betting_tree.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm> // max
#include <array>     // strategies
#include <limits>    // what is too small

namespace poker {

template <class Real>
using action_values = std::array<Real, most_actions>;

/// Makes probabilities of weights: in proportion, negative ones as 0, uniform when none is positive
/// or all are so small that 1 / sum might overflow.
template <class Real, class Out>
void normalize_weights(const Real* weights, unsigned actions, Out* probabilities) {
  Out sum = 0;
  for (unsigned a = 0; a < actions; ++a) {
    probabilities[a] = (std::max)(static_cast<Out>(weights[a]), Out{0});
    sum += probabilities[a];
  }
  // Without a branch: which case holds is hard to foretell.
  const bool positive = sum >= (std::numeric_limits<Out>::min)();
  const Out scale = positive ? 1 / sum : Out{0};
  const Out base = positive ? Out{0} : 1 / static_cast<Out>(actions);
  for (unsigned a = 0; a < actions; ++a) probabilities[a] = probabilities[a] * scale + base;
}

/// The number of an action, drawn with these probabilities.
template <class Real>
unsigned sample_action(const Real* probabilities, unsigned actions, orderly::fast_stream& stream) {
  // So many bits that a float holds them: rounded up to 1, it would choose what is never played.
  auto left = static_cast<Real>(stream() >> 40U) * static_cast<Real>(0x1p-24);
  unsigned chosen = 0;
  while (chosen + 1 < actions && left >= probabilities[chosen]) left -= probabilities[chosen++];
  // Rounded probabilities may sum up to less than 1: the rest is not for what is never played.
  while (chosen > 0 && !(probabilities[chosen] > 0)) --chosen;
  return chosen;
}

} // namespace poker

#endif
