// SPDX-License-Identifier: MIT
//
// A session: rounds at one unit a bet until a limit is met.
//
// After every round the stop conditions are looked at in this order, and the first that holds is
// the session's stop reason:
//
//   win limit    profit >= win limit
//   loss limit   profit <= -loss limit
//   hands        as many rounds as allowed have been played
//   funds        less than three units are left: a round starts with three equal bets
//
// Where rounds come from is the caller's business: `next()` returns an `outcome`. So a test scripts
// them, and the simulator draws them from the session's own random stream.
//
//   const auto result = casino::play_session(rules, pays, seen, [&] { return next_outcome(); });
#ifndef ORDERLY_EXAMPLES_CASINO_SESSION_HPP
#define ORDERLY_EXAMPLES_CASINO_SESSION_HPP

#include "outcome_table.hpp"

#include <algorithm>   // min, max
#include <array>       // names
#include <cstddef>     // size_t
#include <cstdint>     // units
#include <optional>    // limits that may be absent
#include <string_view> // names

namespace casino {

enum class stop_reason : std::uint8_t { win_limit, loss_limit, hands, funds };

inline constexpr std::size_t stop_reasons = 4;
inline constexpr std::array<std::string_view, stop_reasons> stop_reason_names{
    "win_limit", "loss_limit", "hands", "funds"};

constexpr std::size_t index_of(stop_reason reason) { return static_cast<std::size_t>(reason); }

/// When a session ends. All amounts are positive units; a bankroll below 3 cannot play.
struct session_rules {
  std::int64_t bankroll = 100;
  std::uint64_t hands = 200;
  std::optional<std::int64_t> win_limit;
  std::optional<std::int64_t> loss_limit;

  /// A session goes on while its profit is below this ...
  std::int64_t ceiling() const { return win_limit.value_or(INT64_MAX); }
  /// ... and above this: the higher of the loss limit and the last amount that lacks funds.
  std::int64_t floor() const {
    const std::int64_t broke = 2 - bankroll;
    return loss_limit ? (std::max)(-*loss_limit, broke) : broke;
  }
};

/// What one session leaves behind. Peak and low are the extremes of the profit, the start (0)
/// included; the drawdown is the largest fall from an earlier peak.
struct session_result {
  std::int64_t profit = 0;
  std::uint64_t hands = 0;
  stop_reason stop = stop_reason::hands;
  std::int64_t peak = 0;
  std::int64_t low = 0;
  std::int64_t max_drawdown = 0;
  std::uint64_t wagered = 0;

  friend bool operator==(const session_result&, const session_result&) = default;
};

inline stop_reason why_stopped(const session_rules& rules, const session_result& result) {
  if (result.profit >= rules.ceiling()) return stop_reason::win_limit;
  if (rules.loss_limit && result.profit <= -*rules.loss_limit) return stop_reason::loss_limit;
  return result.hands == rules.hands ? stop_reason::hands : stop_reason::funds;
}

/// Plays one session and counts its rounds in `seen`. At least one round is played.
template <class Next>
session_result play_session(const session_rules& rules, const pay_table& pays, outcome_table& seen,
                            Next&& next) {
  const std::int64_t ceiling = rules.ceiling();
  const std::int64_t floor = rules.floor();
  session_result result;
  do {
    const outcome round = next();
    seen.add(round);
    ++result.hands;
    result.wagered += round.bets;
    result.profit += static_cast<std::int64_t>(round.bets) * pays[round.kind];
    result.peak = (std::max)(result.peak, result.profit);
    result.low = (std::min)(result.low, result.profit);
    result.max_drawdown = (std::max)(result.max_drawdown, result.peak - result.profit);
  } while (result.profit < ceiling && result.profit > floor && result.hands < rules.hands);
  result.stop = why_stopped(rules, result);
  return result;
}

} // namespace casino

#endif
