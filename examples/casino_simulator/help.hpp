// SPDX-License-Identifier: MIT
//
// What --help prints.
#ifndef ORDERLY_EXAMPLES_CASINO_HELP_HPP
#define ORDERLY_EXAMPLES_CASINO_HELP_HPP

#include "hand_variables.hpp"
#include "presets.hpp"

#include <string> // the text

namespace casino {

inline std::string help_text() {
  std::string text =
      R"(casino_simulator: Let It Ride, simulated and solved exactly

  casino_simulator simulate --sessions N --seed S [options]
  casino_simulator exact    [options]
  casino_simulator compare  --sessions N --seed S [--strategies A,B,...] [options]
  casino_simulator replay   --session I --seed S [options]
  casino_simulator validate --config FILE
  casino_simulator bench    [--rounds R] [--bench-hands N] [options]

simulate plays N independent sessions and prints what it saw beside the exact figures.
exact    enumerates all 51,979,200 ordered deals; with options of a session (bankroll, hands, limits,
         betting) it also solves the session as a Markov chain.
compare  plays each session with every strategy on the same cards and prints paired differences;
         the first strategy is the one that the others are compared with. Default: all presets.
replay   prints every hand of one session as CSV, then its row.
validate reads a config file and says what it means.
bench    measures hands per second of each engine, on one worker and on all: the median of R rounds
         (default 5) of about N hands (default 20000000; three times as many with the law engine).

Money is a whole number of units; what a unit is worth is up to you (for cents: --base-bet 500).

The session:
  --bankroll U     units at the start (default 100)
  --hands H        a session ends after H hands (default 200)
  --win-limit U    a session ends once it has won U units or more (default: no limit)
  --loss-limit U   a session ends once it has lost U units or more (default: no limit)
                   It also ends when it cannot pay three base bets and the bonuses of a hand.
  --base-bet U     each of the three bets (default 1)
  --betting NAME   flat (default), martingale, reverse-martingale, paroli, dalembert, fibonacci,
                   proportional; no bet exceeds a third of the bankroll less the bonuses
  --betting-share P/Q  the share of the bankroll that proportional bets (default 1/100)
  --seats N        1 to 6 seats that share the common cards (default 1)
  --burn N         0 to 10 cards that the dealer burns (default 0)

The game:
  --paytable T     standard, or nine pays to one: royal flush, straight flush, four of a kind, full
                   house, flush, straight, three of a kind, two pair, tens or better; standard is
                   1000/200/50/11/8/5/3/2/1
  --bonus T        three-card bonus: a, b, c, d, e, none (default) or six pays to one: mini royal,
                   straight flush, three of a kind, straight, flush, pair; b is 100/40/30/5/4/1
  --bonus-betting  never, always (default if there is a bonus), static, bankroll, streak
  --bonus-bet U    how much (default: the base bet); for static also P/Q of the main bet
  --bonus-tiers B:U,...       bankroll: U units from a bankroll of B on
  --bonus-drawdown-stop U     bankroll: no bonus while the drawdown from the peak is U or more
  --bonus-streak wins:N       streak: the bonus only after N wins (or losses:N) in a row
  --five-card-bonus T  a, b, c, d, none (default) or eight pays for one: royal flush, straight flush,
                   four of a kind, full house, flush, straight, three of a kind, two pair
  --five-card-bet U    on every hand (default: the base bet)
  --strategy NAME  see below (default optimal)
  --ties pull|ride     optimal: bets whose expected value is exactly 0 (default pull)
  --ride-first RULE, --ride-second RULE   custom: when bet 1 and bet 2 ride

The run:
  --sessions N     how many sessions (of a table: each has as many as there are seats)
  --seed S         0 to 18446744073709551615; the same seed gives the same sessions anywhere
  --engine card|law    deal cards (default), or draw from the exact law of a hand
  --path auto|portable|avx2   which instructions the card engine uses; never a matter of results
  --workers W      how many threads compute, or auto (default): results do not depend on it
  --csv FILE       one row for each session, in session order
  --hand-rows FILE one row for each hand of the first sessions
  --hand-rows-sessions K   how many (default 100)
  --json FILE      a summary as JSON
  --no-timing      leaves workers and timings out of the JSON
  --html FILE      a report as one page
  --statistics FILE    all counts, in a form that can be read back and merged
  --config FILE    "key: value" lines or a JSON object; keys are these options without the dashes
  --quiet          no progress line
  --help           this text

Files appear under their names when they are complete; until then they are called FILE.partial.
SIGINT (Ctrl-C) stops after the sessions under way and leaves the finished ones in FILE.partial.
Exit codes: 0 done; 1 failed; 2 usage, bad input, or a file cannot be opened; 3 writing failed;
130 stopped by SIGINT, 143 by SIGTERM.

Strategies:
)";
  for (const preset_info& known : presets) {
    text.append("  ").append(known.name).append("\n      ").append(known.convention).append("\n");
  }
  text +=
      "  custom\n      --ride-first and --ride-second\n\n"
      "A rule is made of whole numbers, variables of the hand, + -, < <= > >= == !=, not, and, or\n"
      "and parentheses; it rides where its value is not 0. Variables:\n";
  text += describe_variables();
  return text;
}

} // namespace casino

#endif
