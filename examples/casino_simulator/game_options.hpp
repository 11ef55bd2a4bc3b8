// SPDX-License-Identifier: MIT
//
// Reads the game from the options: every mistake is an error that names the option or the place in
// the config file.
#ifndef ORDERLY_EXAMPLES_CASINO_GAME_OPTIONS_HPP
#define ORDERLY_EXAMPLES_CASINO_GAME_OPTIONS_HPP

#include "bonus_table.hpp"
#include "game.hpp"
#include "options.hpp"
#include "presets.hpp"

#include <algorithm>   // find_if
#include <array>       // names
#include <cstdint>     // units
#include <optional>    // what may be absent
#include <stdexcept>   // invalid_argument
#include <string>      // names
#include <string_view> // names
#include <utility>     // move
#include <vector>      // tiers

namespace casino {
namespace detail {

/// A name as written, with '_' for '-' and an apostrophe allowed.
inline std::string plain_name(std::string_view written) {
  std::string name;
  for (const char c : written) {
    if (c != '\'') name += c == '_' ? '-' : c;
  }
  return name;
}

inline pay_table read_pay_table(const example::arguments& given) {
  const auto text = given.text("--paytable");
  if (!text || *text == "standard") return standard_pay_table;
  const auto pays = pays_option<9>(given, "--paytable", "'standard'");
  return pay_table_paying(pays);
}

template <class Table>
std::string names_of(const Table& known) {
  std::string names = "a name (";
  for (const auto& table : known) names.append(table.name).append(", ");
  return names + "none)";
}

/// The pays of a known table or those given; nothing for "none".
template <std::size_t Count, class Known>
std::optional<std::array<std::int64_t, Count>>
read_bonus_pays(const example::arguments& given, std::string_view option, const Known& known) {
  const auto text = given.text(option);
  if (!text || *text == "none") return std::nullopt;
  for (const auto& table : known) {
    if (table.name == *text) return table.pays;
  }
  return pays_option<Count>(given, option, names_of(known));
}

inline betting_system read_betting(const example::arguments& given) {
  const std::string name = plain_name(given.text("--betting").value_or("flat"));
  const auto systems = betting_systems();
  const auto found = std::find_if(systems.begin(), systems.end(),
                                  [&](const betting_system& s) { return s.name == name; });
  if (found == systems.end()) {
    std::vector<std::string_view> names;
    for (const betting_system& system : systems) names.push_back(system.name);
    given.fail("--betting",
               "'" + name + "' is no betting system" + example::suggestion(name, names));
  }
  betting_system system = *found;
  if (const auto share = given.text("--betting-share")) {
    if (system.share.numerator == 0) {
      given.fail("--betting-share", "only --betting proportional has a share");
    }
    system.share = fraction_option(given, "--betting-share", *share);
    if (system.share.numerator == 0) given.fail("--betting-share", "the share is 0");
  }
  return system;
}

/// "80:1,120:2": from a bankroll of 80 on 1 unit, from 120 on 2.
inline std::vector<bonus_tier> read_tiers(const example::arguments& given) {
  const auto text = given.text("--bonus-tiers");
  if (!text) given.fail("--bonus-betting", "bankroll needs --bonus-tiers, such as 80:1,120:2");
  std::vector<bonus_tier> tiers;
  for (const std::string_view part : split(*text, ',')) {
    const auto pair = split(part, ':');
    const auto from =
        pair.size() == 2 ? whole_number(pair[0], 0, most_units) : std::optional<std::int64_t>();
    const auto amount =
        pair.size() == 2 ? whole_number(pair[1], 0, largest_bet) : std::optional<std::int64_t>();
    if (!from || !amount || (!tiers.empty() && *from <= tiers.back().bankroll)) {
      given.fail("--bonus-tiers", "'" + std::string(*text) +
                                      "' is not a list of bankroll:amount with rising bankrolls, "
                                      "such as 80:1,120:2");
    }
    tiers.push_back({*from, *amount});
  }
  return tiers;
}

/// "wins:2" or "losses:3".
inline void read_streak(const example::arguments& given, bonus_policy& policy) {
  const auto text = given.text("--bonus-streak");
  if (!text) given.fail("--bonus-betting", "streak needs --bonus-streak, such as wins:2");
  const auto parts = split(*text, ':');
  const bool known = parts[0] == "wins" || parts[0] == "losses";
  const auto length = parts.size() == 2 ? whole_number(parts[1], 1, most_streak) : std::nullopt;
  if (!known || !length) {
    given.fail("--bonus-streak", "'" + std::string(*text) +
                                     "' is not wins:N or losses:N with N from 1 to " +
                                     std::to_string(most_streak));
  }
  policy.streak_of_wins = parts[0] == "wins";
  policy.streak_length = static_cast<std::uint32_t>(*length);
}

/// The bonus bet as an amount; `static` alone also takes a fraction of the main bet.
inline void read_bonus_bet(const example::arguments& given, bool fraction_allowed,
                           bonus_policy& policy) {
  const auto text = given.text("--bonus-bet");
  if (!text) return;
  if (fraction_allowed && text->find('/') != std::string_view::npos) {
    policy.rule = bonus_policy::kind::ratio;
    policy.part = fraction_option(given, "--bonus-bet", *text);
    return;
  }
  policy.amount = static_cast<std::int64_t>(
      given.whole("--bonus-bet", 1, static_cast<std::uint64_t>(largest_bet)));
}

inline bonus_policy read_bonus_policy(const example::arguments& given, bool offered,
                                      std::int64_t base_bet) {
  using kind = bonus_policy::kind;
  bonus_policy policy;
  policy.amount = base_bet;
  const std::string name =
      plain_name(given.text("--bonus-betting").value_or(offered ? "always" : "never"));
  const bool tiered = name == "bankroll" || name == "bankroll-conditional";
  const bool streaks = name == "streak" || name == "streak-based";
  refuse_idle(given, "--bonus-bet", name == "never" || tiered,
              "--bonus and a --bonus-betting of fixed amounts");
  refuse_idle(given, "--bonus-tiers", !tiered, "--bonus-betting bankroll");
  refuse_idle(given, "--bonus-drawdown-stop", !tiered, "--bonus-betting bankroll");
  refuse_idle(given, "--bonus-streak", !streaks, "--bonus-betting streak");
  if (name == "never") return policy;
  if (!offered)
    given.fail("--bonus-betting", "there is no bonus to bet on: --bonus names its table");
  policy.rule = kind::always;
  if (tiered) {
    policy.rule = kind::bankroll;
    policy.tiers = read_tiers(given);
    policy.drawdown_stop =
        limit_option(given, "--bonus-drawdown-stop").value_or(policy.drawdown_stop);
    return policy;
  }
  if (streaks) {
    policy.rule = kind::streak;
    read_streak(given, policy);
  } else if (name != "always" && name != "static") {
    constexpr std::array names{"never", "always", "static", "bankroll", "streak"};
    given.fail("--bonus-betting", "'" + std::string(*given.text("--bonus-betting")) +
                                      "' is not one of never, always, static, bankroll, streak" +
                                      example::suggestion(name, names));
  }
  read_bonus_bet(given, name == "static", policy);
  return policy;
}

/// Bet 1 or 2 of a custom strategy.
inline ride_rule read_rule(const example::arguments& given, const char* option) {
  const auto text = given.text(option);
  if (!text) given.fail("--strategy", std::string("custom needs ") + option);
  try {
    return ride_rule(*text, given.origin(option));
  } catch (const rule_error& error) {
    throw example::usage_error(error.what());
  }
}

/// The strategy's name as it was asked for, in the spelling of the presets.
inline std::string read_strategy_name(const example::arguments& given) {
  const std::string name = plain_name(given.text("--strategy").value_or("optimal"));
  const bool rides = given.choice("--ties", {"pull", "ride"}) == "ride";
  refuse_idle(given, "--ties", name != "optimal", "--strategy optimal");
  refuse_idle(given, "--ride-first", name != "custom", "--strategy custom");
  refuse_idle(given, "--ride-second", name != "custom", "--strategy custom");
  return name == "optimal" && rides ? "optimal-ties-ridden" : name;
}

inline named_strategy read_strategy(const example::arguments& given, const std::string& name,
                                    const pay_table& pays) {
  if (name == "custom") {
    const ride_rule first = read_rule(given, "--ride-first");
    const ride_rule second = read_rule(given, "--ride-second");
    return {strategy::from([&](const hand_view& hand) { return first.rides(hand); },
                           [&](const hand_view& hand) { return second.rides(hand); }),
            "custom rules"};
  }
  try {
    return preset(name, pays);
  } catch (const std::invalid_argument& error) {
    given.fail(given.has("--strategies") ? "--strategies" : "--strategy", error.what());
  }
}

inline session_rules read_session_rules(const example::arguments& given) {
  session_rules rules;
  rules.hands = given.optional_whole("--hands", 1, most_hands_a_session).value_or(200);
  rules.bankroll = amount_option(given, "--bankroll", 3, most_units, 100);
  rules.win_limit = limit_option(given, "--win-limit");
  rules.loss_limit = limit_option(given, "--loss-limit");
  return rules;
}

inline table_rules read_table(const example::arguments& given) {
  return {static_cast<unsigned>(given.optional_whole("--seats", 1, 6).value_or(1)),
          static_cast<unsigned>(given.optional_whole("--burn", 0, 10).value_or(0))};
}

} // namespace detail

namespace detail {
/// The game with a strategy of its own; the other options are the same for all.
inline game read_game_playing(const example::arguments& given, const std::string& name) {
  hand_pays pays;
  pays.main = read_pay_table(given);
  const auto three = read_bonus_pays<6>(given, "--bonus", known_three_card_bonuses);
  const auto five = read_bonus_pays<8>(given, "--five-card-bonus", known_five_card_bonuses);
  if (three) pays.three = three_card_bonus_paying(*three);
  if (five) pays.five = five_card_bonus_paying(*five);
  refuse_idle(given, "--five-card-bet", !five, "--five-card-bonus");
  const std::int64_t base = amount_option(given, "--base-bet", 1, largest_base_bet, 1);
  const std::int64_t five_bet =
      five ? amount_option(given, "--five-card-bet", 1, largest_base_bet, base) : 0;
  const session_rules rules = read_session_rules(given);
  staking stakes(read_betting(given), read_bonus_policy(given, three.has_value(), base), base,
                 five_bet);
  if (!stakes.affords(stakes.start(), rules.bankroll, 0)) {
    given.fail("--bankroll", std::to_string(rules.bankroll) +
                                 " does not cover three base bets and the bonuses of one hand");
  }
  named_strategy plays = read_strategy(given, name, pays.main);
  return {name,
          std::move(plays.title),
          std::move(plays.decisions),
          session_plan(rules, pays, std::move(stakes)),
          read_table(given),
          three.has_value(),
          five.has_value()};
}
} // namespace detail

/// Exceptions, here and below: example::usage_error.
inline game read_game(const example::arguments& given) {
  return detail::read_game_playing(given, detail::read_strategy_name(given));
}

/// Reads what a config file may hold for other commands and command lines, to find its mistakes.
inline void check_unused(const example::arguments& given, const game& played) {
  using namespace detail;
  bonus_policy ignored;
  for (const char* rule : {"--ride-first", "--ride-second"}) {
    if (given.has(rule)) read_rule(given, rule);
  }
  if (given.has("--bonus-tiers")) read_tiers(given);
  if (given.has("--bonus-streak")) read_streak(given, ignored);
  if (given.has("--bonus-bet")) read_bonus_bet(given, true, ignored);
  limit_option(given, "--bonus-drawdown-stop");
  amount_option(given, "--five-card-bet", 1, largest_base_bet, 1);
  given.optional_whole("--sessions", 1, most_sessions(played));
  given.optional_whole("--seed", 0, UINT64_MAX);
  given.optional_whole("--session", 0, largest_session);
  given.optional_whole("--rounds", 1, most_rounds);
  read_engine(given, played);
  read_path(given);
  read_hand_rows_sessions(given);
}

/// The games of --strategies, a list with commas; by default all presets.
inline std::vector<game> read_compared_games(const example::arguments& given) {
  std::vector<game> games;
  if (const auto list = given.text("--strategies")) {
    for (const std::string_view name : detail::split(*list, ',')) {
      games.push_back(detail::read_game_playing(given, detail::plain_name(name)));
    }
  } else {
    for (const preset_info& known : presets) {
      games.push_back(detail::read_game_playing(given, std::string(known.name)));
    }
  }
  return games;
}

} // namespace casino

#endif
