// SPDX-License-Identifier: MIT
//
// All that is known exactly about the sessions of a game, as far as it can be had in seconds.
//
// The law of a session is one Markov chain. Each point of the ruin curve and of the drawdown law is a
// chain of its own: they do not depend on one another, so a pool computes them in parallel. What
// would take too long is left out, and `missing` says why.
#ifndef ORDERLY_EXAMPLES_CASINO_EXACT_SESSION_HPP
#define ORDERLY_EXAMPLES_CASINO_EXACT_SESSION_HPP

#include "game.hpp"
#include "path_risk.hpp"
#include "session_law.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_transform.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // min, max
#include <cstdint>   // units
#include <optional>  // what may be missing
#include <string>    // why it is
#include <vector>    // curves

namespace casino {

/// The chain of a game's sessions, given the law of a hand.
inline session_model model_of(const game& played, const joint_law& law) {
  const bool bonus = played.plan.staking().bonus().rule != bonus_policy::kind::never;
  const bool five = played.plan.staking().five_card_bonus() != 0;
  return {played.plan.rules(), played.plan.staking(),
          unit_results(law, played.plan.pays(), bonus, five)};
}

/// How many multiplications are worth waiting for, in one chain and in all chains of a curve; a
/// processor does about a billion a second.
inline constexpr double session_budget = 2e9;
inline constexpr double curve_budget = 4e9;

struct risk_point {
  std::int64_t amount = 0; ///< units
  double probability = 0;  ///< to lose, or to fall from the peak by, that much or more
};

struct exact_session {
  std::optional<session_law> law;
  std::vector<risk_point> ruin;     ///< empty if missing
  std::vector<risk_point> drawdown; ///< every amount that can occur; empty if missing
  std::string missing;              ///< what was left out, and why; empty if nothing was

  /// The sum of P(drawdown >= d) over all d.
  std::optional<double> mean_drawdown;
};

/// The losses at which the ruin curve is looked at: at most 60, up to the loss limit, or to the whole
/// bankroll if there is none.
inline std::vector<std::int64_t> ruin_amounts(const game& played) {
  const session_rules& rules = played.plan.rules();
  const std::int64_t base = played.plan.staking().base_bet();
  const std::int64_t most =
      rules.loss_limit ? (std::min)(*rules.loss_limit, rules.bankroll) : rules.bankroll;
  const std::int64_t step = (std::max)(base, (most / base + 59) / 60 * base);
  std::vector<std::int64_t> amounts;
  for (std::int64_t amount = step; amount <= most; amount += step) amounts.push_back(amount);
  return amounts;
}

namespace detail {
template <class Probability>
std::vector<risk_point> risk_curve(orderly::worker_pool& pool,
                                   const std::vector<std::int64_t>& amounts,
                                   Probability&& probability) {
  return orderly::ordered_transform(
      pool, orderly::index_range(amounts.size()), 1, [&](std::uint64_t i) {
        const std::int64_t amount = amounts[static_cast<std::size_t>(i)];
        return risk_point{amount, probability(amount)};
      });
}

inline void add_missing(exact_session& result, const char* what) {
  result.missing += (result.missing.empty() ? "" : ", ") + std::string(what);
}

inline void solve_drawdown(const session_model& model, orderly::worker_pool& pool,
                           exact_session& result) {
  const std::int64_t step = profit_step(model);
  const std::int64_t deepest = deepest_drawdown(model);
  const auto points = static_cast<double>(deepest / step);
  if (points * drawdown_cost(model, deepest) / 3 > curve_budget) {
    return add_missing(result, "the drawdown law");
  }
  std::vector<std::int64_t> amounts;
  for (std::int64_t amount = step; amount <= deepest; amount += step) amounts.push_back(amount);
  result.drawdown = risk_curve(
      pool, amounts, [&](std::int64_t amount) { return drawdown_probability(model, amount); });
  double mean = 0;
  for (const risk_point& point : result.drawdown) {
    mean += point.probability * static_cast<double>(step);
  }
  result.mean_drawdown = mean;
}
} // namespace detail

enum class exact_scope : std::uint8_t { law, law_and_ruin, everything };

inline exact_session solve_exactly(const game& played, const joint_law& law,
                                   orderly::worker_pool& pool, exact_scope scope) {
  const session_model model = model_of(played, law);
  exact_session result;
  const double cost = session_cost(model);
  if (cost > session_budget) {
    result.missing = "the exact law of a session (its chain has too many states)";
    return result;
  }
  result.law = solve_session(model);
  if (scope == exact_scope::law) return result;
  const auto amounts = ruin_amounts(played);
  if (cost * static_cast<double>(amounts.size()) > curve_budget) {
    detail::add_missing(result, "the ruin curve");
  } else {
    result.ruin = detail::risk_curve(
        pool, amounts, [&](std::int64_t amount) { return ruin_probability(model, amount); });
  }
  if (scope == exact_scope::everything) detail::solve_drawdown(model, pool, result);
  if (!result.missing.empty()) result.missing += " (too many states)";
  return result;
}

} // namespace casino

#endif
