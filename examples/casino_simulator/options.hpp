// SPDX-License-Identifier: MIT
//
// The command line of the casino simulator: what can be asked for, and within which bounds.
#ifndef ORDERLY_EXAMPLES_CASINO_OPTIONS_HPP
#define ORDERLY_EXAMPLES_CASINO_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "session.hpp"
#include "strategy.hpp"

#include <cstddef>     // worker counts
#include <cstdint>     // bounds
#include <optional>    // files that may be absent
#include <span>        // words
#include <string>      // file names
#include <string_view> // words

namespace casino {

inline constexpr std::string_view help_text =
    R"(casino_simulator: Let It Ride, simulated and counted exactly

  casino_simulator simulate --sessions N --hands H --bankroll U --seed S [options]
  casino_simulator exact [--workers W|auto] [--json FILE] [--quiet]

simulate plays N independent sessions of flat one-unit bets with the optimal strategy.
  --sessions N     how many sessions
  --hands H        a session ends after H hands
  --bankroll U     units at the start, at least 3; a session ends when less than 3 are left
  --win-limit U    a session ends once it has won U units or more (default: no limit)
  --loss-limit U   a session ends once it has lost U units or more (default: no limit)
  --seed S         0 to 18446744073709551615; the same seed gives the same sessions anywhere
  --ties RULE      bets whose expected value is exactly 0: pull (default) or ride
  --csv FILE       one row for each session, in session order
exact enumerates all 51,979,200 ordered deals and prints the exact law of both tie rules.
both:
  --workers W      how many threads compute, or auto (default): results do not depend on it
  --json FILE      a summary as JSON
  --quiet          no progress line
  --help           this text

Files appear under their names when they are complete; until then they are called FILE.partial.
SIGINT (Ctrl-C) stops after the sessions under way and leaves the finished ones in FILE.partial.
Exit codes: 0 done; 2 usage, or a file cannot be opened; 3 writing failed; 130 stopped by SIGINT.
)";

/// More rounds than this could overflow a sum of net units, 3000 units being the most a round wins.
inline constexpr std::uint64_t most_hands = 3'000'000'000'000'000;
inline constexpr std::uint64_t most_units = 1'000'000'000'000;
inline constexpr std::uint64_t most_hands_a_session = 1'000'000;
inline constexpr std::uint64_t most_workers = 1024;

/// What both commands share.
struct common_options {
  std::size_t workers = 0; ///< 0: as many as this process may use
  std::optional<std::string> json;
  bool quiet = false;
};

struct simulate_options : common_options {
  std::uint64_t sessions = 0;
  session_rules rules;
  std::uint64_t seed = 0;
  tie_rule ties = tie_rule::pull;
  std::optional<std::string> csv;
};

namespace detail {
inline std::optional<std::string> file_option(const example::arguments& given,
                                              std::string_view name) {
  const auto value = given.text(name);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

inline std::optional<std::int64_t> limit_option(const example::arguments& given,
                                                std::string_view name) {
  const auto value = given.optional_whole(name, 1, most_units);
  return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

inline void read_common(const example::arguments& given, common_options& options) {
  if (given.text("--workers").value_or("auto") != "auto") {
    options.workers = static_cast<std::size_t>(given.whole("--workers", 1, most_workers));
  }
  options.json = file_option(given, "--json");
  options.quiet = given.has("--quiet");
}
} // namespace detail

/// Reads the words after "exact". Exceptions: example::usage_error.
inline common_options read_exact_options(std::span<const std::string_view> words) {
  constexpr example::option_spec known[] = {{"--workers"}, {"--json"}, {"--quiet", false}};
  common_options options;
  detail::read_common(example::arguments(words, known), options);
  return options;
}

/// Reads the words after "simulate". Exceptions: example::usage_error.
inline simulate_options read_simulate_options(std::span<const std::string_view> words) {
  constexpr example::option_spec known[] = {{"--sessions"},  {"--hands"},       {"--bankroll"},
                                            {"--win-limit"}, {"--loss-limit"},  {"--workers"},
                                            {"--seed"},      {"--ties"},        {"--csv"},
                                            {"--json"},      {"--quiet", false}};
  const example::arguments given(words, known);
  simulate_options options;
  detail::read_common(given, options);
  options.rules.hands = given.whole("--hands", 1, most_hands_a_session);
  options.sessions = given.whole("--sessions", 1, most_hands / options.rules.hands);
  options.rules.bankroll = static_cast<std::int64_t>(given.whole("--bankroll", 3, most_units));
  options.rules.win_limit = detail::limit_option(given, "--win-limit");
  options.rules.loss_limit = detail::limit_option(given, "--loss-limit");
  options.seed = given.whole("--seed", 0, UINT64_MAX);
  options.ties =
      given.choice("--ties", {"pull", "ride"}) == "pull" ? tie_rule::pull : tie_rule::ride;
  options.csv = detail::file_option(given, "--csv");
  if (options.csv && options.csv == options.json) {
    throw example::usage_error("--json: the same file as --csv");
  }
  return options;
}

} // namespace casino

#endif
