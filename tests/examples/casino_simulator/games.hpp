// SPDX-License-Identifier: MIT
//
// Games and session plans from a few fields, for tests; what is not said is one flat unit with the
// standard table and no bonuses:
//
//   test::game_choice choice;
//   choice.betting = "martingale";
//   choice.rules = test::rules(100, 200, 20, 20);
//   const casino::game played = test::game_of(choice);
#ifndef ORDERLY_TESTS_CASINO_GAMES_HPP
#define ORDERLY_TESTS_CASINO_GAMES_HPP

#include "casino_simulator/exact.hpp"
#include "casino_simulator/game.hpp"
#include "casino_simulator/play.hpp"
#include "casino_simulator/presets.hpp"
#include "casino_simulator/statistics.hpp"

#include <cstdint>     // units
#include <functional>  // less
#include <map>         // laws and strategies, computed once
#include <optional>    // limits that may be absent
#include <stdexcept>   // invalid_argument
#include <string>      // names
#include <string_view> // names
#include <utility>     // move
#include <vector>      // results of a table

namespace test {

inline casino::session_rules rules(std::int64_t bankroll, std::uint64_t hands,
                                   std::optional<std::int64_t> win,
                                   std::optional<std::int64_t> loss) {
  return {bankroll, hands, win, loss};
}

inline casino::betting_system system_called(std::string_view name) {
  for (auto& system : casino::betting_systems()) {
    if (system.name == name) return system;
  }
  throw std::invalid_argument("no betting system " + std::string(name));
}

inline casino::bonus_policy always(std::int64_t amount) {
  casino::bonus_policy policy;
  policy.rule = casino::bonus_policy::kind::always;
  policy.amount = amount;
  return policy;
}

/// A preset for the standard table.
inline const casino::strategy& plays(std::string_view name) {
  static std::map<std::string, casino::strategy, std::less<>> known;
  auto found = known.find(name);
  if (found == known.end()) {
    auto decisions = casino::preset(name, casino::standard_pay_table).decisions;
    found = known.emplace(std::string(name), std::move(decisions)).first;
  }
  return found->second;
}

/// Its exact law.
inline const casino::joint_law& law_of(std::string_view name) {
  static std::map<std::string, casino::joint_law, std::less<>> known;
  auto found = known.find(name);
  if (found == known.end()) {
    found = known.emplace(std::string(name), casino::law_by_class(plays(name))).first;
  }
  return found->second;
}

struct game_choice {
  std::string_view strategy = "optimal";
  std::string_view betting = "flat";
  casino::session_rules rules{};
  casino::bonus_policy bonus{};
  casino::hand_pays pays{};
  std::int64_t base_bet = 1;
  std::int64_t five_card_bet = 0;
  casino::table_rules table{};
};

inline casino::session_plan plan_of(const game_choice& choice) {
  return {choice.rules, choice.pays,
          casino::staking(system_called(choice.betting), choice.bonus, choice.base_bet,
                          choice.five_card_bet)};
}

inline casino::game game_of(const game_choice& choice) {
  return {std::string(choice.strategy),
          std::string(choice.strategy),
          plays(choice.strategy),
          plan_of(choice),
          choice.table,
          choice.bonus.rule != casino::bonus_policy::kind::never,
          choice.five_card_bet != 0};
}

/// Sessions counted one by one: the functions of play.hpp with a counter for each call.
template <class Engine>
casino::session_result play_session(const casino::session_plan& plan, const Engine& engine,
                                    typename Engine::stream stream, casino::statistics& seen) {
  casino::cell_counter hands(seen);
  return casino::play_session(plan, engine, std::move(stream), seen, hands);
}

template <class Engine, class Observer>
casino::session_result watch_session(const casino::session_plan& plan, const Engine& engine,
                                     typename Engine::stream stream, casino::statistics& seen,
                                     Observer&& observe) {
  casino::cell_counter hands(seen);
  return casino::watch_session(plan, engine, std::move(stream), seen, hands, observe);
}

template <class Observer>
std::vector<casino::session_result>
play_table(const casino::session_plan& plan, const casino::card_engine& engine,
           const casino::table_rules& table, orderly::random_stream stream,
           casino::statistics& seen, Observer&& observe) {
  casino::cell_counter hands(seen);
  return casino::play_table(plan, engine, table, std::move(stream), seen, hands, observe);
}

} // namespace test

#endif
