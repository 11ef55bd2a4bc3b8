// SPDX-License-Identifier: MIT
//
// A session as a finite Markov chain: what it is made of, how large it is and how far it reaches.
//
// After every hand a session is at a profit, in a state of the betting system and, where the peak
// matters, at a distance below it. All profits are multiples of one step, the greatest common
// divisor of all that a hand can bring, so chains count profits in steps ("index").
//
//   const casino::session_model model{rules, plan, casino::unit_results(law, pays)};
//   if (casino::session_cost(model) < 1e10) ...                // some ten seconds
//
// Costs are estimates, in multiplications with an addition: a rough billion a second.
#ifndef ORDERLY_EXAMPLES_CASINO_SESSION_MODEL_HPP
#define ORDERLY_EXAMPLES_CASINO_SESSION_MODEL_HPP

#include "hand_pays.hpp"
#include "session.hpp"
#include "staking.hpp"

#include <algorithm> // min, max
#include <cstdint>   // units
#include <limits>    // infinity
#include <numeric>   // gcd
#include <vector>    // the law of a hand

namespace casino {

/// The bankroll at the start must afford the first hand.
struct session_model {
  session_rules rules;
  staking plan;
  std::vector<unit_result> hand; ///< all that one hand can bring; the weights sum to any total
};

/// Probabilities below this are dropped: nothing that is printed or compared could show them.
inline constexpr double negligible = 1e-40;

/// Where a chain ends, in steps. `far` stands for "nowhere".
struct chain_bounds {
  static constexpr std::int64_t far = INT64_MAX / 4;

  std::int64_t step = 1;   ///< units
  std::int64_t bottom = 0; ///< the lowest profit at which a session goes on
  std::int64_t top = far;  ///< a session goes on below this profit ...
  std::int64_t gap = far;  ///< ... and less than this below its peak
  bool peaks = false;      ///< the peak is a part of the state
};

namespace detail {
inline std::int64_t divided_up(std::int64_t amount, std::int64_t step) {
  return (amount + step - 1) / step;
}

/// Every bonus that can stand beside a bet of `wanted`.
inline std::vector<std::int64_t> bonuses_beside(const bonus_policy& policy, std::int64_t wanted) {
  using kind = bonus_policy::kind;
  std::vector<std::int64_t> amounts{0};
  switch (policy.rule) {
  case kind::never:
    return amounts;
  case kind::always:
    return {policy.amount};
  case kind::ratio:
    return {policy.part.of(wanted)};
  case kind::streak:
    amounts.push_back(policy.amount);
    return amounts;
  case kind::bankroll:
    break;
  }
  for (const bonus_tier& tier : policy.tiers) amounts.push_back(tier.amount);
  return amounts;
}

/// Are bets a share of the bankroll?
inline bool proportional(const session_model& model) {
  return model.plan.system().share.numerator != 0;
}

/// All stakes that the plan asks for, were there always money enough; of proportional bets the
/// smallest, and the largest below the win limit (without one: at the start).
inline std::vector<stakes> asked_stakes(const session_model& model) {
  const staking& plan = model.plan;
  const std::int64_t base = plan.base_bet();
  std::vector<std::int64_t> bets;
  for (const betting_state& state : plan.system().states) bets.push_back(state.multiplier * base);
  if (proportional(model)) {
    const std::int64_t richest = model.rules.bankroll + model.rules.win_limit.value_or(1) - 1;
    bets.push_back((std::max)(base, plan.system().share.of(richest)));
  }
  std::vector<stakes> result;
  for (const std::int64_t bet : bets) {
    for (const std::int64_t bonus : bonuses_beside(plan.bonus(), bet)) {
      result.push_back({bet, bonus, plan.five_card_bonus()});
    }
  }
  return result;
}

/// Can a bet be anything but what the system asks for, because money is short?
inline bool can_be_capped(const session_model& model) {
  const session_rules& rules = model.rules;
  const std::int64_t poorest =
      rules.loss_limit ? (std::max)(rules.bankroll - *rules.loss_limit + 1, std::int64_t{0}) : 0;
  for (const stakes& put : asked_stakes(model)) {
    const std::int64_t needed = 3 * put.bet + put.bonus + put.five_card_bonus;
    if (put.bet > model.plan.base_bet() && needed > poorest) return true;
  }
  return false;
}

/// No hand loses more than this. Proportional bets can lose nearly all there is.
inline std::int64_t largest_loss(const session_model& model) {
  if (proportional(model)) return model.rules.bankroll + model.rules.win_limit.value_or(0);
  std::int64_t loss = 0;
  for (const stakes& put : asked_stakes(model)) {
    for (const unit_result& result : model.hand) loss = (std::max)(loss, -result.net(put));
  }
  return loss;
}

/// `hands` times an amount, but at most `bound`; without overflow.
inline std::int64_t in_all_hands(const session_model& model, std::int64_t amount,
                                 std::int64_t bound) {
  const double product = static_cast<double>(model.rules.hands) * static_cast<double>(amount);
  return product < static_cast<double>(bound)
             ? static_cast<std::int64_t>(model.rules.hands) * amount
             : bound;
}

inline std::uint64_t total_weight(const std::vector<unit_result>& hand) {
  std::uint64_t total = 0;
  for (const unit_result& result : hand) total += result.weight;
  return total;
}

/// How often an event of this probability happens in `hands` hands unless that is negligible: an
/// upper bound, by the ratios of neighbouring binomial probabilities above the likeliest.
inline double most_often(double hands, double probability) {
  double count = hands * probability;
  for (double mass = 1; mass > negligible && count < hands; ++count) {
    mass *= (hands - count) / (count + 1) * probability / (1 - probability);
  }
  return (std::min)(count, hands);
}

/// About how much can be won in a session if no limit stops it: the mean and the most that one kind
/// of hand can add to it. Proportional bets grow beyond all bounds.
inline double reach_without_limit(const session_model& model) {
  if (proportional(model)) return std::numeric_limits<double>::infinity();
  const double hands = static_cast<double>(model.rules.hands);
  const double total = static_cast<double>(total_weight(model.hand));
  double reach = 0;
  for (const stakes& put : asked_stakes(model)) {
    double mean = 0;
    double extra = 0;
    double most = 0;
    for (const unit_result& result : model.hand) {
      const double net = static_cast<double>(result.net(put));
      const double probability = static_cast<double>(result.weight) / total;
      mean += net * hands * probability;
      most = (std::max)(most, net * hands);
      extra = (std::max)(extra, net * (most_often(hands, probability) - hands * probability));
    }
    reach = (std::max)(reach, (std::min)(most, (std::max)(mean, 0.0) + extra));
  }
  return reach;
}
} // namespace detail

/// The greatest amount of which every profit is a multiple, as far as the plan tells: 1 if bets
/// follow the bankroll.
inline std::int64_t profit_step(const session_model& model) {
  if (detail::proportional(model) || detail::can_be_capped(model)) return 1;
  std::int64_t step = 0;
  for (const stakes& put : detail::asked_stakes(model)) {
    for (const unit_result& result : model.hand) step = std::gcd(step, result.net(put));
  }
  return (std::max)(step, std::int64_t{1});
}

/// The bounds that the rules set.
inline chain_bounds bounds_of(const session_model& model) {
  const session_rules& rules = model.rules;
  chain_bounds bounds;
  bounds.step = profit_step(model);
  const std::int64_t lost =
      detail::in_all_hands(model, detail::largest_loss(model), rules.bankroll);
  bounds.bottom = -(lost / bounds.step);
  if (rules.loss_limit) {
    bounds.bottom =
        (std::max)(bounds.bottom, 1 - detail::divided_up(*rules.loss_limit, bounds.step));
  }
  if (rules.win_limit) bounds.top = detail::divided_up(*rules.win_limit, bounds.step);
  bounds.peaks = model.plan.looks_at_drawdown();
  return bounds;
}

/// The cost of a chain within these bounds; infinite if proportional bets have no win limit.
inline double chain_cost(const session_model& model, const chain_bounds& bounds) {
  double above = 1 + detail::reach_without_limit(model) / static_cast<double>(bounds.step);
  if (bounds.top != chain_bounds::far) above = (std::min)(above, static_cast<double>(bounds.top));
  const double below = static_cast<double>(-bounds.bottom);
  const double gaps = (std::min)(static_cast<double>(bounds.gap), below + above / 2);
  const double places = bounds.peaks ? above * gaps : above + below;
  return places * static_cast<double>(model.plan.states()) *
         static_cast<double>(model.hand.size()) * static_cast<double>(model.rules.hands);
}

/// The cost of `solve_session`, and of one `ruin_probability`.
inline double session_cost(const session_model& model) {
  return chain_cost(model, bounds_of(model));
}

} // namespace casino

#endif
