// SPDX-License-Identifier: MIT
//
// The exact law of a session: how it ends, with which profit, and how long it takes.
//
//   const casino::session_law law = casino::solve_session({rules, plan, results});
//   law.lose;                 // the probability to end below the start
//   law.percentile(5);        // by nearest rank
//
// Exact means: sums of products of doubles, in a fixed order, and no sampling.
#ifndef ORDERLY_EXAMPLES_CASINO_SESSION_LAW_HPP
#define ORDERLY_EXAMPLES_CASINO_SESSION_LAW_HPP

#include "session_chain.hpp"

#include <array>   // stop reasons, quantiles
#include <cmath>   // sqrt
#include <cstddef> // size_t
#include <cstdint> // units
#include <map>     // far profits
#include <utility> // pair
#include <vector>  // the law

namespace casino {

/// Profits in increasing order, each with its probability.
using profit_law = std::vector<std::pair<std::int64_t, double>>;

/// The least profit at which part / whole of the law or more is reached. Precondition:
/// 0 < part < whole. Rounding does not hide that a rank is met exactly.
inline std::int64_t percentile(const profit_law& law, unsigned part, unsigned whole = 100) {
  constexpr double rounding = 1e-12;
  const double wanted = static_cast<double>(part) / static_cast<double>(whole) - rounding;
  double sum = 0;
  for (const auto& [profit, probability] : law) {
    sum += probability;
    if (sum >= wanted) return profit;
  }
  return law.back().first;
}

/// The per cents for which a checkpoint holds the profit.
inline constexpr std::array<unsigned, 5> checkpoint_percents{5, 25, 50, 75, 95};

/// All sessions after so many hands; those that have stopped stay at their last profit.
struct session_checkpoint {
  std::uint64_t hand = 0;
  std::array<std::int64_t, checkpoint_percents.size()> profit{};
};

struct session_law {
  double win = 0;
  double push = 0;
  double lose = 0;
  std::array<double, stop_reasons> stops{}; ///< by stop_reason
  double mean_profit = 0;
  double sd_profit = 0;
  double mean_hands = 0;
  double sd_hands = 0;
  profit_law profit;
  /// Checkpoint j of 1 to 20 is after hand checkpoint_hand(j, hands).
  std::vector<session_checkpoint> at;

  std::int64_t percentile(unsigned part, unsigned whole = 100) const {
    return casino::percentile(profit, part, whole);
  }
};

namespace detail {
/// Sums probabilities by profit index: an array where most of them are, a map for the rest.
class profit_tally {
 public:
  explicit profit_tally(std::int64_t first) : first_(first) {}

  void add(std::int64_t index, double probability) {
    if (index < first_ || index >= first_ + usual) {
      far_[index] += probability;
      return;
    }
    const auto place = static_cast<std::size_t>(index - first_);
    if (place >= near_.size()) near_.resize(place + 1);
    near_[place] += probability;
  }

  profit_law law(std::int64_t step) const {
    profit_law result;
    auto far = far_.begin();
    for (; far != far_.end() && far->first < first_; ++far) {
      result.emplace_back(far->first * step, far->second);
    }
    for (std::size_t i = 0; i < near_.size(); ++i) {
      if (near_[i] == 0) continue;
      result.emplace_back((first_ + static_cast<std::int64_t>(i)) * step, near_[i]);
    }
    for (; far != far_.end(); ++far) result.emplace_back(far->first * step, far->second);
    return result;
  }

 private:
  static constexpr std::int64_t usual = 65'536;

  std::int64_t first_;
  std::vector<double> near_;
  std::map<std::int64_t, double> far_;
};

/// Where all sessions are now, whether stopped or not.
inline profit_law law_of(const session_chain& chain, const chain_bounds& bounds) {
  constexpr std::int64_t past_the_floor = 256;
  profit_tally tally(bounds.bottom - past_the_floor);
  chain.for_each_exit([&](auto index, auto, double part) { tally.add(index, part); });
  chain.for_each_retired([&](auto index, double part) { tally.add(index, part); });
  chain.for_each_present([&](auto index, double part) { tally.add(index, part); });
  return tally.law(bounds.step);
}

inline session_checkpoint checkpoint_of(std::uint64_t hand, const profit_law& law) {
  session_checkpoint result{hand, {}};
  for (std::size_t i = 0; i < checkpoint_percents.size(); ++i) {
    result.profit[i] = percentile(law, checkpoint_percents[i]);
  }
  return result;
}

inline void count_stops(const session_chain& chain, const chain_bounds& bounds,
                        session_law& result) {
  chain.for_each_exit([&](auto index, auto, double part) {
    const bool won = index >= bounds.top;
    result.stops[index_of(won ? stop_reason::win_limit : stop_reason::loss_limit)] += part;
  });
  chain.for_each_retired(
      [&](auto, double part) { result.stops[index_of(stop_reason::funds)] += part; });
  chain.for_each_present(
      [&](auto, double part) { result.stops[index_of(stop_reason::hands)] += part; });
}

inline void sum_profits(session_law& result) {
  for (const auto& [profit, probability] : result.profit) {
    (profit > 0 ? result.win : profit == 0 ? result.push : result.lose) += probability;
    const double part = static_cast<double>(profit) * probability;
    result.mean_profit += part;
  }
  double variance = 0;
  for (const auto& [profit, probability] : result.profit) {
    const double off = static_cast<double>(profit) - result.mean_profit;
    const double part = off * off * probability;
    variance += part;
  }
  result.sd_profit = std::sqrt(variance);
}

/// `playing[h]` is the probability that hand h + 1 is played.
inline void sum_hands(const std::vector<double>& playing, session_law& result) {
  for (const double probability : playing) result.mean_hands += probability;
  double variance = 0;
  for (std::size_t h = 0; h < playing.size(); ++h) {
    const double stopped = playing[h] - (h + 1 < playing.size() ? playing[h + 1] : 0.0);
    const double off = static_cast<double>(h + 1) - result.mean_hands;
    const double part = off * off * stopped;
    variance += part;
  }
  result.sd_hands = std::sqrt(variance);
}
} // namespace detail

/// The time and memory it takes are as `session_cost` tells.
inline session_law solve_session(const session_model& model) {
  const chain_bounds bounds = bounds_of(model);
  const std::uint64_t hands = model.rules.hands;
  session_chain chain(model, bounds);
  session_law result;
  std::vector<double> playing;
  for (std::uint64_t hand = 0; hand <= hands; ++hand) {
    if (hand > 0) {
      playing.push_back(chain.playing());
      chain.play_hand();
    }
    while (result.at.size() < checkpoint_count &&
           checkpoint_hand(result.at.size() + 1, hands) == hand) {
      result.profit = detail::law_of(chain, bounds);
      result.at.push_back(detail::checkpoint_of(hand, result.profit));
    }
  }
  detail::count_stops(chain, bounds, result);
  detail::sum_profits(result);
  detail::sum_hands(playing, result);
  return result;
}

} // namespace casino

#endif
