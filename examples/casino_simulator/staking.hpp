// SPDX-License-Identifier: MIT
//
// How much is staked on a hand: a betting system for the three equal bets, a policy for the bonus
// bet, and a fixed five-card bonus. Money is a whole number of units, whatever a unit is.
//
// A betting system is a table of states: in state k the bet is multiplier[k] base bets, and the
// sign of the hand's net result, bonuses included, chooses the next state; a push keeps it.
//
//   flat                1
//   martingale          2^k, k = 0..3; a loss goes one up and is held at 3, a win back to 0
//   reverse-martingale  2^k, k = 0..3; a win goes one up and is held at 3, a loss back to 0
//   paroli              2^k, k = 0..2; a win goes one up, the third win or a loss back to 0
//   dalembert           k + 1, k = 0..9; a loss goes one up (held at 9), a win one down
//   fibonacci           1, 1, 2, 3, 5, 8, then 10 (13, 21 and 34 capped), k = 0..8;
//                       a loss goes one up (held at 8), a win two down
//   proportional        one state; the bet is a share of the bankroll, rounded down, but at least
//                       the base bet
//
// The bonus is chosen before the bet:
//
//   never      0
//   always     the bonus bet, every hand
//   ratio      a fraction of the bet that the system asks for, rounded down
//   bankroll   by tiers: the amount of the highest tier that the bankroll reaches, 0 below all
//              tiers, and 0 while the drawdown from the session's peak is at the stop or beyond
//   streak     the bonus bet while at least n hands in a row have just been won (or lost), a push
//              leaving the count as it is; else 0
//
// The policy `static` of the command line is `always` with a given amount, or `ratio`.
//
// A bet never exceeds a third of what the bankroll holds beside the bonuses: three equal bets must
// be paid for. Nor does it exceed 10,000,000 units, so that no sum overflows. A hand can be played while the bankroll covers three base bets and its bonuses.
//
//   const casino::staking plan(casino::betting_system("martingale"), {}, 1);
//   const casino::stakes first = plan.at(plan.start(), 100, 0);      // bet 1, no bonus
//   plan.at(plan.next(plan.start(), -1), 99, 1).bet;                 // 2
#ifndef ORDERLY_EXAMPLES_CASINO_STAKING_HPP
#define ORDERLY_EXAMPLES_CASINO_STAKING_HPP

#include <algorithm>   // min, clamp
#include <array>       // next states by result
#include <cstddef>     // size_t
#include <cstdint>     // units
#include <string_view> // names
#include <utility>     // move
#include <vector>      // tables

namespace casino {

inline constexpr std::int64_t largest_bet = 10'000'000;
inline constexpr std::int64_t largest_base_bet = 1'000'000;

/// A fraction of two whole numbers; the denominator is positive.
struct fraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  /// The fraction of an amount that is not negative, rounded down. No product overflows if the
  /// fraction is at most 1 and its terms are below 2^31.
  constexpr std::int64_t of(std::int64_t amount) const {
    return amount / denominator * numerator + amount % denominator * numerator / denominator;
  }
};

struct betting_state {
  std::int64_t multiplier = 1; ///< base bets
  std::uint32_t after_loss = 0;
  std::uint32_t after_win = 0;
};

struct betting_system {
  std::string_view name;
  std::vector<betting_state> states;
  fraction share{}; ///< of the bankroll; 0 except for proportional bets
};

namespace detail {
/// States 0 to count - 1 with the given multipliers; a loss and a win move by so many states, and a
/// move beyond an end is held there.
template <std::size_t Count>
betting_system ladder(std::string_view name, const std::array<std::int64_t, Count>& multipliers,
                      int loss, int win) {
  betting_system system{name, {}, {}};
  const auto moved = [](std::size_t k, int by) {
    const int to = static_cast<int>(k) + by;
    return static_cast<std::uint32_t>(std::clamp(to, 0, static_cast<int>(Count) - 1));
  };
  for (std::size_t k = 0; k < Count; ++k) {
    system.states.push_back({multipliers[k], moved(k, loss), moved(k, win)});
  }
  return system;
}
} // namespace detail

/// The betting systems; the first is the default.
inline std::vector<betting_system> betting_systems() {
  constexpr std::array<std::int64_t, 4> doubled{1, 2, 4, 8};
  constexpr int to_start = -4; // from anywhere on that ladder
  std::vector<betting_system> systems;
  systems.push_back({"flat", {{}}, {}});
  systems.push_back(detail::ladder("martingale", doubled, 1, to_start));
  systems.push_back(detail::ladder("reverse-martingale", doubled, to_start, 1));
  systems.push_back({"paroli", {{1, 0, 1}, {2, 0, 2}, {4, 0, 0}}, {}});
  systems.push_back(detail::ladder<10>("dalembert", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1, -1));
  systems.push_back(detail::ladder<9>("fibonacci", {1, 1, 2, 3, 5, 8, 10, 10, 10}, 1, -2));
  systems.push_back({"proportional", {{}}, {1, 100}});
  return systems;
}

struct bonus_tier {
  std::int64_t bankroll = 0; ///< from this bankroll on ...
  std::int64_t amount = 0;   ///< ... this is bet
};

struct bonus_policy {
  enum class kind : std::uint8_t { never, always, ratio, bankroll, streak };

  kind rule = kind::never;
  std::int64_t amount = 1;                ///< always, streak
  fraction part{};                        ///< ratio
  std::vector<bonus_tier> tiers{};        ///< bankroll; by rising bankroll
  std::int64_t drawdown_stop = INT64_MAX; ///< bankroll
  std::uint32_t streak_length = 0;        ///< streak
  bool streak_of_wins = true;             ///< streak
};

/// What is put on one hand.
struct stakes {
  std::int64_t bet = 0; ///< each of the three bets
  std::int64_t bonus = 0;
  std::int64_t five_card_bonus = 0;

  friend bool operator==(const stakes&, const stakes&) = default;
};

/// Immutable, so all workers may share one.
class staking {
 public:
  using state = std::uint32_t;

  staking(betting_system system, bonus_policy bonus, std::int64_t base_bet,
          std::int64_t five_card_bonus = 0);

  state start() const { return 0; }
  std::size_t states() const { return next_.size(); }

  /// The state after a hand with this net result.
  state next(state from, std::int64_t net) const {
    return next_[from][net > 0 ? 2U : net < 0 ? 0U : 1U];
  }

  /// The stakes on the next hand. `drawdown` is how far the bankroll is below its peak.
  /// Precondition: affords(from, bankroll, drawdown).
  stakes at(state from, std::int64_t bankroll, std::int64_t drawdown) const {
    const std::int64_t wanted = wanted_bet(from, bankroll);
    const std::int64_t bonus = bonus_at(from, wanted, bankroll, drawdown);
    return {(std::min)(wanted, (bankroll - bonus - five_) / 3), bonus, five_};
  }

  /// Does the bankroll cover three base bets and the bonuses of the next hand?
  bool affords(state from, std::int64_t bankroll, std::int64_t drawdown) const {
    const std::int64_t bonus = bonus_at(from, wanted_bet(from, bankroll), bankroll, drawdown);
    return bankroll >= 3 * base_ + bonus + five_;
  }

  /// The same stakes on every hand, whatever happens: then `at` needs no asking again.
  bool constant() const {
    using kind = bonus_policy::kind;
    return system_.states.size() == 1 && system_.share.numerator == 0 &&
           bonus_.rule != kind::bankroll && bonus_.rule != kind::streak;
  }
  /// Do the stakes depend on the session's peak?
  bool looks_at_drawdown() const {
    return bonus_.rule == bonus_policy::kind::bankroll && bonus_.drawdown_stop != INT64_MAX;
  }

  std::int64_t base_bet() const { return base_; }
  std::int64_t five_card_bonus() const { return five_; }
  const betting_system& system() const { return system_; }
  const bonus_policy& bonus() const { return bonus_; }

 private:
  std::int64_t wanted_bet(state from, std::int64_t bankroll) const {
    if (system_.share.numerator == 0) return multipliers_[from] * base_;
    return std::clamp(system_.share.of(bankroll), base_, largest_bet);
  }
  std::int64_t bonus_at(state from, std::int64_t wanted, std::int64_t bankroll,
                        std::int64_t drawdown) const;
  std::uint32_t streak_after(std::uint32_t streak, int sign) const;

  betting_system system_;
  bonus_policy bonus_;
  std::int64_t base_;
  std::int64_t five_;
  // A state is a betting state and the length of the streak so far: k * (streak_length + 1) + streak.
  std::vector<std::int64_t> multipliers_;  // by state
  std::vector<std::array<state, 3>> next_; // by state; after a loss, a push, a win
};

inline staking::staking(betting_system system, bonus_policy bonus, std::int64_t base_bet,
                        std::int64_t five_card_bonus)
    : system_(std::move(system)),
      bonus_(std::move(bonus)),
      base_(base_bet),
      five_(five_card_bonus) {
  const bool streaks = bonus_.rule == bonus_policy::kind::streak;
  const std::uint32_t lengths = streaks ? bonus_.streak_length + 1 : 1;
  for (std::uint32_t k = 0; k < system_.states.size(); ++k) {
    const betting_state& here = system_.states[k];
    for (std::uint32_t streak = 0; streak < lengths; ++streak) {
      const auto to = [&](std::uint32_t next_k, int sign) {
        return next_k * lengths + (streaks ? streak_after(streak, sign) : 0);
      };
      multipliers_.push_back(here.multiplier);
      next_.push_back({to(here.after_loss, -1), to(k, 0), to(here.after_win, 1)});
    }
  }
}

/// A streak longer than needed counts as long as needed.
inline std::uint32_t staking::streak_after(std::uint32_t streak, int sign) const {
  if (sign == 0) return streak;
  if ((sign > 0) != bonus_.streak_of_wins) return 0;
  return (std::min)(streak + 1, bonus_.streak_length);
}

inline std::int64_t staking::bonus_at(state from, std::int64_t wanted, std::int64_t bankroll,
                                      std::int64_t drawdown) const {
  switch (bonus_.rule) {
  case bonus_policy::kind::never:
    return 0;
  case bonus_policy::kind::always:
    return bonus_.amount;
  case bonus_policy::kind::ratio:
    return bonus_.part.of(wanted);
  case bonus_policy::kind::streak:
    return from % (bonus_.streak_length + 1) == bonus_.streak_length ? bonus_.amount : 0;
  case bonus_policy::kind::bankroll:
    break;
  }
  std::int64_t amount = 0;
  if (drawdown >= bonus_.drawdown_stop) return amount;
  for (const bonus_tier& tier : bonus_.tiers) {
    if (bankroll >= tier.bankroll) amount = tier.amount;
  }
  return amount;
}

} // namespace casino

#endif
