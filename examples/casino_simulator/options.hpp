// SPDX-License-Identifier: MIT
//
// The options of the casino simulator: what can be asked for, and within which bounds.
//
// Every option can stand on the command line and, but for --config, in a config file; one file serves
// all commands, so a command accepts the settings of the others.
#ifndef ORDERLY_EXAMPLES_CASINO_OPTIONS_HPP
#define ORDERLY_EXAMPLES_CASINO_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "../support/config_file.hpp"
#include "../support/option_values.hpp"
#include "game.hpp"

#include <algorithm>   // any_of
#include <array>       // pay lists
#include <charconv>    // from_chars
#include <cstddef>     // size_t
#include <cstdint>     // bounds
#include <optional>    // files that may be absent
#include <span>        // words
#include <string>      // file names
#include <string_view> // words
#include <vector>      // option lists

namespace casino {

inline constexpr std::uint64_t most_hands = 2'000'000'000'000; ///< in a run
inline constexpr std::uint64_t most_units = 1'000'000'000'000;
inline constexpr std::uint64_t most_hands_a_session = 1'000'000;
inline constexpr std::uint64_t most_workers = 1024;
inline constexpr std::uint64_t most_streak = 100;
inline constexpr std::uint64_t most_rounds = 1000; ///< of a bench
inline constexpr std::uint64_t largest_session = UINT64_MAX - 2;

enum class engine_kind : std::uint8_t { cards, law };

constexpr std::string_view name_of(engine_kind engine) {
  return engine == engine_kind::cards ? "card" : "law";
}

/// What all commands share.
struct run_options {
  std::size_t workers = 0; ///< 0: as many as this process may use
  std::optional<std::string> json;
  bool quiet = false;
  bool timing = true; ///< whether workers and timings are written to the JSON
};

/// The sessions of a run and what is written of them.
struct simulate_options : run_options {
  std::uint64_t sessions = 0; ///< of a table, each with as many sessions as there are seats
  std::uint64_t seed = 0;
  engine_kind engine = engine_kind::cards;
  vector_path path = vector_path::portable;
  std::optional<std::string> csv;
  std::optional<std::string> html;
  std::optional<std::string> statistics;
  std::optional<std::string> hand_rows;
  std::uint64_t hand_rows_sessions = 0;
};

namespace detail {

inline constexpr std::array config_specs{example::option_spec{"--config", true, false}};

inline constexpr std::array run_specs{example::option_spec{"--workers"},
                                      example::option_spec{"--quiet", false}};

inline constexpr std::array json_specs{example::option_spec{"--json"},
                                       example::option_spec{"--no-timing", false}};

inline constexpr std::array game_specs{example::option_spec{"--strategy"},
                                       example::option_spec{"--ties"},
                                       example::option_spec{"--ride-first"},
                                       example::option_spec{"--ride-second"},
                                       example::option_spec{"--paytable"},
                                       example::option_spec{"--bankroll"},
                                       example::option_spec{"--hands"},
                                       example::option_spec{"--win-limit"},
                                       example::option_spec{"--loss-limit"},
                                       example::option_spec{"--base-bet"},
                                       example::option_spec{"--betting"},
                                       example::option_spec{"--betting-share"},
                                       example::option_spec{"--bonus"},
                                       example::option_spec{"--bonus-betting"},
                                       example::option_spec{"--bonus-bet"},
                                       example::option_spec{"--bonus-tiers"},
                                       example::option_spec{"--bonus-drawdown-stop"},
                                       example::option_spec{"--bonus-streak"},
                                       example::option_spec{"--five-card-bonus"},
                                       example::option_spec{"--five-card-bet"},
                                       example::option_spec{"--seats"},
                                       example::option_spec{"--burn"}};

inline constexpr std::array session_specs{
    example::option_spec{"--sessions"}, example::option_spec{"--seed"},
    example::option_spec{"--engine"}, example::option_spec{"--path"}};

inline constexpr std::array file_specs{
    example::option_spec{"--csv"}, example::option_spec{"--html"},
    example::option_spec{"--statistics"}, example::option_spec{"--hand-rows"},
    example::option_spec{"--hand-rows-sessions"}};

inline constexpr std::array other_specs{
    example::option_spec{"--session"}, example::option_spec{"--strategies"},
    example::option_spec{"--rounds"}, example::option_spec{"--bench-hands"}};

using example::joined;
using example::spec_list;
using example::split;

/// The options of all commands.
inline spec_list all_specs() {
  return joined(config_specs, run_specs, json_specs, game_specs, session_specs, file_specs,
                other_specs);
}

/// What the words ask for, with the settings of a config file under them.
inline example::arguments read_arguments(std::span<const std::string_view> words,
                                         const spec_list& known) {
  example::arguments given(words, known);
  if (const auto file = given.text("--config")) {
    given.lay_under(example::read_config_file(std::string(*file)), all_specs());
  }
  return given;
}

/// A whole number that is all of the text.
inline std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t low,
                                                std::int64_t high) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && stop == text.data() + text.size();
  return whole && value >= low && value <= high ? std::optional(value) : std::nullopt;
}

inline std::int64_t amount_option(const example::arguments& given, std::string_view name,
                                  std::uint64_t low, std::uint64_t high, std::int64_t otherwise) {
  const auto value = given.optional_whole(name, low, high);
  return value ? static_cast<std::int64_t>(*value) : otherwise;
}

inline std::optional<std::int64_t> limit_option(const example::arguments& given,
                                                std::string_view name) {
  const auto value = given.optional_whole(name, 1, most_units);
  return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

/// "1000/200/50/..." with exactly so many numbers, or the name of a known table.
template <std::size_t Count>
std::array<std::int64_t, Count> pays_option(const example::arguments& given, std::string_view name,
                                            std::string_view names) {
  std::array<std::int64_t, Count> pays{};
  const auto parts = split(*given.text(name), '/');
  bool good = parts.size() == Count;
  for (std::size_t i = 0; good && i < Count; ++i) {
    const auto pay = whole_number(parts[i], 0, largest_pay);
    good = pay.has_value();
    if (good) pays[i] = *pay;
  }
  if (!good) {
    given.fail(name, "'" + std::string(*given.text(name)) + "' is neither " + std::string(names) +
                         " nor " + std::to_string(Count) + " whole numbers from 0 to " +
                         std::to_string(largest_pay) + " with '/' between them");
  }
  return pays;
}

/// "1/3": a fraction from 0 to 1, with terms up to a million.
inline fraction fraction_option(const example::arguments& given, std::string_view name,
                                std::string_view text) {
  const auto parts = split(text, '/');
  if (parts.size() == 2) {
    const auto denominator = whole_number(parts[1], 1, 1'000'000);
    const auto numerator = whole_number(parts[0], 0, denominator.value_or(0));
    if (numerator && denominator) return {*numerator, *denominator};
  }
  given.fail(name, "'" + std::string(text) + "' is not a fraction from 0 to 1 such as 1/100");
}

} // namespace detail

/// Exceptions, here and below: example::usage_error.
inline run_options read_run_options(const example::arguments& given) {
  run_options options;
  if (given.text("--workers").value_or("auto") != "auto") {
    options.workers = static_cast<std::size_t>(given.whole("--workers", 1, most_workers));
  }
  options.json = example::optional_string(given, "--json");
  options.quiet = given.has("--quiet");
  options.timing = !given.has("--no-timing");
  // Two outputs in one file would destroy each other, and one in the config file would destroy that.
  example::refuse_same_files(
      given, std::array{"--config", "--csv", "--json", "--html", "--statistics", "--hand-rows"});
  return options;
}

inline engine_kind read_engine(const example::arguments& given, const game& played) {
  if (given.choice("--engine", {"card", "law"}) == "card") return engine_kind::cards;
  if (played.table.seats != 1) {
    given.fail("--engine", "the law engine has no seats that share cards");
  }
  return engine_kind::law;
}

/// The best path that this processor has, unless told.
inline vector_path read_path(const example::arguments& given) {
  const auto wanted = given.choice("--path", {"auto", "portable", "avx2"});
  if (wanted == "portable") return vector_path::portable;
  if (wanted == "avx2" && !available(vector_path::avx2)) {
    given.fail("--path", "this processor or this build has no avx2");
  }
  return best_vector_path();
}

/// How many sessions a run may have, so that nothing overflows.
inline std::uint64_t most_sessions(const game& played) {
  return most_hands / played.plan.rules().hands / played.table.seats;
}

inline std::uint64_t read_hand_rows_sessions(const example::arguments& given) {
  example::refuse_idle(given, "--hand-rows-sessions", !given.has("--hand-rows"), "--hand-rows");
  return given.optional_whole("--hand-rows-sessions", 1, UINT64_MAX).value_or(100);
}

inline simulate_options read_simulate_options(const example::arguments& given, const game& played) {
  simulate_options options;
  static_cast<run_options&>(options) = read_run_options(given);
  options.sessions = given.whole("--sessions", 1, most_sessions(played));
  options.seed = given.whole("--seed", 0, UINT64_MAX);
  options.engine = read_engine(given, played);
  options.path = read_path(given);
  options.csv = example::optional_string(given, "--csv");
  options.html = example::optional_string(given, "--html");
  options.statistics = example::optional_string(given, "--statistics");
  options.hand_rows = example::optional_string(given, "--hand-rows");
  options.hand_rows_sessions = read_hand_rows_sessions(given);
  return options;
}

/// Does any option speak of sessions, and not of a hand alone?
inline bool asks_for_sessions(const example::arguments& given) {
  constexpr std::array options{
      "--bankroll", "--hands",         "--win-limit",     "--loss-limit", "--base-bet",
      "--betting",  "--betting-share", "--bonus-betting", "--bonus-bet",  "--five-card-bet"};
  return std::any_of(options.begin(), options.end(),
                     [&](const char* option) { return given.has(option); });
}

} // namespace casino

#endif
