// SPDX-License-Identifier: MIT
//
// The game that is played: strategy, pay tables, stakes, limits and table, as one value.
#ifndef ORDERLY_EXAMPLES_CASINO_GAME_HPP
#define ORDERLY_EXAMPLES_CASINO_GAME_HPP

#include "play.hpp"
#include "session.hpp"
#include "strategy.hpp"

#include <string> // names

namespace casino {

/// Immutable once built, so all workers may share one.
struct game {
  std::string strategy_name; ///< as it was asked for
  std::string strategy_title;
  strategy decisions;
  session_plan plan;
  table_rules table;
  bool three_card_bonus = false; ///< whether that bonus is offered at all
  bool five_card_bonus = false;

  /// One seat and no burned cards: then five cards are dealt at a time.
  bool single_seat() const { return table.seats == 1 && table.burn == 0; }
};

} // namespace casino

#endif
