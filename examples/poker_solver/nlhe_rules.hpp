// SPDX-License-Identifier: MIT
//
// The betting of heads-up no-limit Texas hold'em, with a few bet sizes to choose from.
//
// Player 0 is the small blind and has the button: he acts first before the flop, player 1 after it.
// A big blind is 1,000 chips. Both have the same stack, out of which antes and blinds are posted.
//
//   const poker::nlhe_settings settings{
//       .stack = 100'000, .raises = 3, .bets = poker::on_every_street({{500}, {1000}, poker::all_in})};
//   const poker::betting_tree tree(poker::nlhe_rules(settings), {169, 500, 500, 500});
//
// Actions in this order: "f" fold, only when chips are owed; "k" check or "c" call; "r2500" bet or
// raise to 2,500 chips on this street, antes aside, in increasing size; "a" all-in. With a slash
// between the streets a hand reads "r2500c/kr5000f".
//
// A size is a fraction of the pot after a call, on top of the call. One below the smallest legal
// raise (the raise before on this street, or a big blind) is lifted to it. One that leaves a
// quarter of the stack or less behind (`commitment` says how much) becomes all-in, so that no player
// folds for a few chips. Equal sizes are one action. At most `raises` bets and raises, all-in
// included, are made on a street; before the flop the big blind is the first of them. Once a player
// is all-in and called, the hands are shown. Stacks are equal, so there are no side pots.
#ifndef ORDERLY_EXAMPLES_POKER_NLHE_RULES_HPP
#define ORDERLY_EXAMPLES_POKER_NLHE_RULES_HPP

#include "betting_tree.hpp"

#include <algorithm> // max
#include <array>     // chips of the players, sizes of the streets
#include <cstddef>   // size_t
#include <cstdint>   // chips
#include <stdexcept> // invalid_argument
#include <string>    // labels
#include <vector>    // sizes

namespace poker {

inline constexpr std::int32_t big_blind = 1000;
inline constexpr std::int32_t small_blind = 500;
inline constexpr std::int32_t most_stack = 1'000'000 * big_blind;

struct bet_size {
  std::int32_t of_pot = 0; ///< thousandths of the pot after a call, or 0 for all-in
};
inline constexpr bet_size all_in{};

using bet_sizes = std::array<std::vector<bet_size>, most_streets>;

inline bet_sizes on_every_street(const std::vector<bet_size>& sizes) {
  return {sizes, sizes, sizes, sizes};
}

struct nlhe_settings {
  std::int32_t stack = 100 * big_blind; ///< before antes and blinds
  std::int32_t ante = 0;                ///< of each player
  unsigned raises = 3;                  ///< the most on a street
  bet_sizes bets = on_every_street({{1000}, all_in});
  std::int32_t commitment = 750; ///< who would put in these thousandths of his stack goes all-in
};

namespace detail {
inline void check_setting(bool good, const char* message) {
  if (!good) throw std::invalid_argument(message);
}
} // namespace detail

/// Exceptions: std::invalid_argument unless ante and big blind can be posted out of the stack.
inline void check_stack(std::int32_t stack, std::int32_t ante) {
  using detail::check_setting;
  check_setting(ante >= 0, "the ante must not be negative");
  check_setting(stack <= most_stack, "the stack must be at most a million big blinds");
  check_setting(stack > ante && stack - ante >= big_blind, "the stack must pay ante and big blind");
}

/// A position; the settings must outlive it.
class nlhe_rules {
 public:
  static constexpr std::int32_t most_of_pot = 1'000'000; ///< thousand times the pot
  static constexpr std::size_t most_sizes = most_actions - 2;

  /// The first decision of a hand. Exceptions: std::invalid_argument for settings that make no game.
  explicit nlhe_rules(const nlhe_settings& settings) : settings_(&settings) {
    using detail::check_setting;
    check_stack(settings.stack, settings.ante);
    check_setting(settings.commitment > 0 && settings.commitment <= 1000,
                  "the commitment must be above 0 and at most the whole stack");
    for (const auto& sizes : settings.bets) {
      check_setting(sizes.size() <= most_sizes, "there are too many bet sizes on a street");
      for (const bet_size size : sizes) {
        check_setting(size.of_pot >= 0 && size.of_pot <= most_of_pot, "a bet size is out of range");
      }
    }
    before_ = settings.ante;
  }

  node_kind kind() const { return kind_; }
  unsigned player() const { return player_; }
  unsigned street() const { return street_; }
  std::int32_t payoff() const {
    if (kind_ == node_kind::showdown) return before_ + bet_[0];
    return player_ == 0 ? before_ + bet_[1] : -(before_ + bet_[0]); // the other one folded
  }

  unsigned actions() const { return passive_actions() + raises().count; }
  std::string label(unsigned action) const {
    if (owed() && action == 0) return "f";
    if (action < passive_actions()) return owed() ? "c" : "k";
    const std::int32_t to = raises().to[action - passive_actions()];
    return to == most_bet() ? "a" : "r" + std::to_string(to);
  }
  nlhe_rules after(unsigned action) const;

 private:
  /// What the player may raise to, in increasing size.
  struct raise_list {
    std::array<std::int32_t, most_sizes> to{};
    unsigned count = 0;

    /// At its place, and only once.
    void insert(std::int32_t amount) {
      unsigned place = 0;
      while (place < count && to[place] < amount) ++place;
      if (place < count && to[place] == amount) return;
      for (unsigned i = count++; i > place; --i) to[i] = to[i - 1];
      to[place] = amount;
    }
  };

  bool owed() const { return bet_[1 - player_] > bet_[player_]; }
  unsigned passive_actions() const { return owed() ? 2 : 1; }
  std::int32_t most_bet() const { return settings_->stack - before_; }

  std::int32_t raise_to(bet_size size) const;
  raise_list raises() const;
  void end_round();

  const nlhe_settings* settings_;
  std::array<std::int32_t, 2> bet_{small_blind, big_blind}; ///< on this street
  std::int32_t before_ = 0;                                 ///< put in by each before this street
  std::int32_t last_raise_ = big_blind;                     ///< the next one is no smaller
  unsigned raises_ = 1;                                     ///< on this street
  unsigned player_ = 0;
  unsigned street_ = 0;
  bool acted_ = false; ///< somebody has, on this street
  node_kind kind_ = node_kind::decision;
};

inline std::int32_t nlhe_rules::raise_to(bet_size size) const {
  if (size.of_pot == all_in.of_pot) return most_bet();
  const std::int64_t call = bet_[1 - player_];
  const std::int64_t by = 2 * (before_ + call) * size.of_pot / 1000;
  const std::int64_t to = call + (std::max)(by, std::int64_t{last_raise_});
  const bool committed =
      (before_ + to) * 1000 >= std::int64_t{settings_->stack} * settings_->commitment;
  return committed ? most_bet() : static_cast<std::int32_t>(to);
}

inline nlhe_rules::raise_list nlhe_rules::raises() const {
  raise_list list;
  if (raises_ >= settings_->raises || bet_[1 - player_] == most_bet()) return list;
  for (const bet_size size : settings_->bets[street_]) list.insert(raise_to(size));
  return list;
}

inline nlhe_rules nlhe_rules::after(unsigned action) const {
  nlhe_rules next = *this;
  next.player_ = 1 - player_;
  next.acted_ = true;
  if (owed() && action == 0) {
    next.kind_ = node_kind::fold;
  } else if (action >= passive_actions()) {
    next.bet_[player_] = raises().to[action - passive_actions()];
    next.last_raise_ = next.bet_[player_] - bet_[1 - player_];
    ++next.raises_;
  } else {
    next.bet_[player_] = bet_[1 - player_];
    const bool all_chips_in = next.bet_[player_] == most_bet();
    if (acted_ || all_chips_in) next.end_round();
  }
  return next;
}

/// Both have put in the same. Whoever closed the betting, player 1 opens the next street.
inline void nlhe_rules::end_round() {
  if (street_ + 1 == most_streets || bet_[0] == most_bet()) {
    kind_ = node_kind::showdown;
    return;
  }
  before_ += bet_[0];
  bet_ = {0, 0};
  last_raise_ = big_blind;
  raises_ = 0;
  player_ = 1;
  ++street_;
  acted_ = false;
}

} // namespace poker

#endif
