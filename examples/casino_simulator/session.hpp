// SPDX-License-Identifier: MIT
//
// A session: one player's hands and money until a limit is met.
//
// After every hand the stop conditions are looked at in this order, and the first that holds is the
// session's stop reason:
//
//   win limit    profit >= win limit
//   loss limit   profit <= -loss limit
//   hands        as many hands as allowed have been played
//   funds        the bankroll does not cover three base bets and the bonuses of the next hand
//
// A `session_ledger` books hands, whoever deals them: it is given cells and says when the session
// is over. So a test scripts them, an engine deals blocks of them, and a table deals one to each
// seat.
//
//   const casino::session_plan plan(rules, pays, staking);
//   casino::session_ledger ledger(plan);
//   while (!ledger.over()) ledger.book(next_cell());
//   const casino::session_result& result = ledger.result();
#ifndef ORDERLY_EXAMPLES_CASINO_SESSION_HPP
#define ORDERLY_EXAMPLES_CASINO_SESSION_HPP

#include "hand_pays.hpp"
#include "joint_law.hpp"
#include "staking.hpp"

#include <algorithm>   // min, max
#include <array>       // names
#include <cstddef>     // size_t
#include <cstdint>     // units
#include <optional>    // limits that may be absent
#include <string_view> // names
#include <utility>     // move

namespace casino {

enum class stop_reason : std::uint8_t { win_limit, loss_limit, hands, funds };

inline constexpr std::size_t stop_reasons = 4;
inline constexpr std::array<std::string_view, stop_reasons> stop_reason_names{
    "win_limit", "loss_limit", "hands", "funds"};

constexpr std::size_t index_of(stop_reason reason) { return static_cast<std::size_t>(reason); }

/// When a session ends. All amounts are positive units.
struct session_rules {
  std::int64_t bankroll = 100;
  std::uint64_t hands = 200;
  std::optional<std::int64_t> win_limit;
  std::optional<std::int64_t> loss_limit;
};

/// Where profits on the way are looked at: after these hands of a session.
inline constexpr std::size_t checkpoint_count = 20;

/// The hand after which checkpoint j = 1..20 is taken: j twentieths of the limit, rounded up.
constexpr std::uint64_t checkpoint_hand(std::uint64_t j, std::uint64_t hand_limit) {
  return (j * hand_limit + checkpoint_count - 1) / checkpoint_count;
}

/// What one session leaves behind. Peak and low are the extremes of the profit, the start (0)
/// included; the drawdown is the largest fall from an earlier peak.
struct session_result {
  std::int64_t profit = 0;
  std::uint64_t hands = 0;
  stop_reason stop = stop_reason::hands;
  std::int64_t peak = 0;
  std::int64_t low = 0;
  std::int64_t max_drawdown = 0;
  std::int64_t drawdown_peak = 0; ///< the peak from which the largest fall was first reached
  std::int64_t wagered = 0;       ///< in the main game
  std::int64_t bonus_wagered = 0;
  std::int64_t bonus_net = 0; ///< the part of the profit that the bonuses brought

  friend bool operator==(const session_result&, const session_result&) = default;
};

/// All that decides what a sequence of hands does to a bankroll. Immutable, so all workers may
/// share one.
class session_plan {
 public:
  /// What a hand does when the stakes are the same on every hand.
  struct fixed_booking {
    std::int64_t net = 0;
    std::int64_t wagered = 0;
    std::int64_t bonus_net = 0;
  };

  session_plan(session_rules rules, const hand_pays& pays, casino::staking staking);

  const session_rules& rules() const { return rules_; }
  const hand_pays& pays() const { return pays_; }
  const casino::staking& staking() const { return staking_; }

  /// With constant stakes a session goes on while floor() < profit < ceiling(): the floor is the
  /// higher of the loss limit and the last profit that lacks funds.
  bool constant_stakes() const { return staking_.constant(); }
  std::int64_t floor() const { return floor_; }
  std::int64_t ceiling() const { return rules_.win_limit.value_or(INT64_MAX); }
  const fixed_booking& fixed(cell c) const { return fixed_[c]; }
  const unit_result& unit(cell c) const { return units_[c]; }
  /// What is put on the first hand of a session.
  stakes first_stakes() const { return staking_.at(staking_.start(), rules_.bankroll, 0); }

  /// Why a session that is over ended.
  stop_reason why_stopped(const session_result& ended) const {
    if (ended.profit >= ceiling()) return stop_reason::win_limit;
    if (rules_.loss_limit && ended.profit <= -*rules_.loss_limit) return stop_reason::loss_limit;
    return ended.hands == rules_.hands ? stop_reason::hands : stop_reason::funds;
  }

 private:
  session_rules rules_;
  hand_pays pays_;
  casino::staking staking_;
  std::int64_t floor_;
  std::array<fixed_booking, cells> fixed_{};
  std::array<unit_result, cells> units_{};
};

/// The books of one session. At least one hand is played.
class session_ledger {
 public:
  explicit session_ledger(const session_plan& plan)
      : plan_(&plan), next_stakes_(plan.first_stakes()) {}

  bool over() const { return over_; }
  /// The stop reason is right once the session is over.
  const session_result& result() const { return result_; }
  /// The stakes of the hand that comes next.
  const stakes& next_stakes() const { return next_stakes_; }

  void book(cell hand) {
    std::int64_t ignored = 0;
    book(&hand, 1, &ignored);
  }

  /// Books hands in order until they are used up or the session is over; the result is how many it
  /// booked. The profit after each of them is written to `profits`, which has room for `count`.
  /// Precondition: not over(), and the hand limit allows `count` more.
  unsigned book(const cell* hands, unsigned count, std::int64_t* profits) {
    const unsigned booked = plan_->constant_stakes() ? book_fixed(hands, count, profits)
                                                     : book_varying(hands, count, profits);
    result_.hands += booked;
    over_ = over_ || result_.hands == plan_->rules().hands;
    if (over_) result_.stop = plan_->why_stopped(result_);
    return booked;
  }

 private:
  unsigned book_fixed(const cell* hands, unsigned count, std::int64_t* profits);
  unsigned book_varying(const cell* hands, unsigned count, std::int64_t* profits);
  void note_extremes(session_result& r) const {
    r.peak = (std::max)(r.peak, r.profit);
    r.low = (std::min)(r.low, r.profit);
    const std::int64_t fall = r.peak - r.profit;
    if (fall > r.max_drawdown) r.max_drawdown = fall, r.drawdown_peak = r.peak;
  }

  const session_plan* plan_;
  session_result result_;
  stakes next_stakes_;
  staking::state state_ = 0;
  bool over_ = false;
};

inline session_plan::session_plan(session_rules rules, const hand_pays& pays,
                                  casino::staking staking)
    : rules_(rules), pays_(pays), staking_(std::move(staking)) {
  const stakes put = first_stakes();
  const std::int64_t needed = 3 * staking_.base_bet() + put.bonus + put.five_card_bonus;
  const std::int64_t broke = needed - 1 - rules_.bankroll;
  floor_ = rules_.loss_limit ? (std::max)(-*rules_.loss_limit, broke) : broke;
  for (std::size_t c = 0; c < cells; ++c) {
    const unit_result unit = pays_.of(static_cast<cell>(c));
    const std::int64_t bonus_net =
        put.bonus * unit.bonus + put.five_card_bonus * unit.five_card_bonus;
    units_[c] = unit;
    fixed_[c] = {unit.net(put), put.bet * outcome_of(static_cast<cell>(c)).bets, bonus_net};
  }
}

inline unsigned session_ledger::book_fixed(const cell* hands, unsigned count,
                                           std::int64_t* profits) {
  const std::int64_t floor = plan_->floor();
  const std::int64_t ceiling = plan_->ceiling();
  session_result r = result_; // in registers
  unsigned booked = 0;
  do {
    const session_plan::fixed_booking& hand = plan_->fixed(hands[booked]);
    r.profit += hand.net;
    profits[booked++] = r.profit;
    r.wagered += hand.wagered;
    r.bonus_net += hand.bonus_net;
    note_extremes(r);
  } while (r.profit > floor && r.profit < ceiling && booked < count);
  over_ = r.profit <= floor || r.profit >= ceiling;
  r.bonus_wagered += booked * (next_stakes_.bonus + next_stakes_.five_card_bonus);
  result_ = r;
  return booked;
}

inline unsigned session_ledger::book_varying(const cell* hands, unsigned count,
                                             std::int64_t* profits) {
  const staking& staking = plan_->staking();
  const session_rules& rules = plan_->rules();
  session_result& r = result_;
  unsigned booked = 0;
  do {
    const unit_result& unit = plan_->unit(hands[booked]);
    const std::int64_t net = unit.net(next_stakes_);
    r.profit += net;
    r.wagered += next_stakes_.bet * outcome_of(hands[booked]).bets;
    r.bonus_net += net - next_stakes_.bet * unit.main;
    r.bonus_wagered += next_stakes_.bonus + next_stakes_.five_card_bonus;
    note_extremes(r);
    profits[booked++] = r.profit;
    state_ = staking.next(state_, net);
    const std::int64_t bankroll = rules.bankroll + r.profit;
    const std::int64_t drawdown = r.peak - r.profit;
    over_ = r.profit >= plan_->ceiling() || (rules.loss_limit && r.profit <= -*rules.loss_limit) ||
            !staking.affords(state_, bankroll, drawdown);
    if (!over_) next_stakes_ = staking.at(state_, bankroll, drawdown);
  } while (!over_ && booked < count);
  return booked;
}

} // namespace casino

#endif
