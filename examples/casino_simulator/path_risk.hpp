// SPDX-License-Identifier: MIT
//
// What a session goes through on its way: how probable it is ever to be down by some amount, from
// the start (ruin) or from the highest profit so far (drawdown).
//
// Each amount has a chain of its own that ends there, so a caller may compute many of them at once,
// on as many workers as there are:
//
//   casino::ruin_probability(model, 40);         // the lowest profit is -40 or less
//   casino::drawdown_probability(model, 40);     // the maximum drawdown is 40 or more
//
// The expected maximum drawdown is the sum of drawdown_probability(model, d) * step over the
// multiples d of step = profit_step(model), from step to deepest_drawdown(model).
#ifndef ORDERLY_EXAMPLES_CASINO_PATH_RISK_HPP
#define ORDERLY_EXAMPLES_CASINO_PATH_RISK_HPP

#include "session_chain.hpp"

#include <algorithm> // min, max
#include <cstdint>   // units
#include <vector>    // the curve

namespace casino {

namespace detail {
/// The probability that a session leaves the bounds at a place for which counts(index, peak) holds.
template <class Counts>
double exit_probability(const session_model& model, const chain_bounds& bounds, Counts&& counts) {
  session_chain chain(model, bounds);
  for (std::uint64_t hand = 0; hand < model.rules.hands; ++hand) chain.play_hand();
  double sum = 0;
  chain.for_each_exit([&](std::int64_t index, std::int64_t peak, double part) {
    if (counts(index, peak)) sum += part;
  });
  return sum;
}

inline chain_bounds drawdown_bounds(const session_model& model, std::int64_t drawdown) {
  chain_bounds bounds = bounds_of(model);
  bounds.gap = divided_up(drawdown, bounds.step);
  bounds.peaks = true;
  return bounds;
}
} // namespace detail

/// The probability that a session is ever down by `loss` or more. Precondition: loss > 0.
inline double ruin_probability(const session_model& model, std::int64_t loss) {
  chain_bounds bounds = bounds_of(model);
  const std::int64_t ruin = -detail::divided_up(loss, bounds.step);
  bounds.bottom = (std::max)(bounds.bottom, ruin + 1);
  return detail::exit_probability(model, bounds,
                                  [&](std::int64_t index, std::int64_t) { return index <= ruin; });
}

inline std::vector<double> ruin_curve(const session_model& model,
                                      const std::vector<std::int64_t>& losses) {
  std::vector<double> curve;
  for (const std::int64_t loss : losses) curve.push_back(ruin_probability(model, loss));
  return curve;
}

/// The probability that a session ever falls by `drawdown` or more from an earlier peak, the start
/// included. Precondition: drawdown > 0.
inline double drawdown_probability(const session_model& model, std::int64_t drawdown) {
  const chain_bounds bounds = detail::drawdown_bounds(model, drawdown);
  return detail::exit_probability(model, bounds, [&](std::int64_t index, std::int64_t peak) {
    return peak - index >= bounds.gap;
  });
}

/// The cost of one `drawdown_probability`.
inline double drawdown_cost(const session_model& model, std::int64_t drawdown) {
  return chain_cost(model, detail::drawdown_bounds(model, drawdown));
}

/// No session can fall farther than this from its peak. (Its win limit, if it has one, and the
/// bankroll bound it, and so does the number of hands.)
inline std::int64_t deepest_drawdown(const session_model& model) {
  const session_rules& rules = model.rules;
  const std::int64_t loss = detail::largest_loss(model);
  const std::int64_t all_hands = detail::in_all_hands(model, loss, chain_bounds::far);
  if (!rules.win_limit) return all_hands;
  std::int64_t lowest = rules.bankroll;
  if (rules.loss_limit) lowest = (std::min)(lowest, *rules.loss_limit - 1 + loss);
  return (std::min)(all_hands, *rules.win_limit - 1 + lowest);
}

} // namespace casino

#endif
