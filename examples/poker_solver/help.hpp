// SPDX-License-Identifier: MIT
//
// What `poker_solver --help` says.
#ifndef ORDERLY_EXAMPLES_POKER_HELP_HPP
#define ORDERLY_EXAMPLES_POKER_HELP_HPP

#include <string> // the text

namespace poker {

inline std::string help_text() {
  return R"(poker_solver: counterfactual regret minimization (CFR) for two-player poker

  poker_solver train --game GAME (--iterations N | --time-budget S) [options]
  poker_solver train --resume-from CHECKPOINT [--iterations N] [--time-budget S] [options]
  poker_solver build-buckets --out FILE [options]
  poker_solver eval STRATEGY [options]
  poker_solver show STRATEGY [options]
  poker_solver bench [options]

train          finds a strategy close to an equilibrium. The result depends on the settings of the
               game and the algorithm alone, never on the workers, the clock or a resume.
build-buckets  makes the card abstraction that nlhe needs.
eval           says what a strategy is worth: exactly, but for nlhe, and by play (default: for nlhe).
show           prints the strategy at one node of the betting.
bench          measures hands, iterations and nodes a second, interleaved in rounds.

A file that a command is about comes before its options. BB is the big blind; decimal numbers have at
most three places.

The game (train; --buckets also eval and bench, --game also bench):
  --game NAME      kuhn, leduc, pushfold (two players, all-in or fold) or nlhe (heads-up no-limit
                   hold'em); required
  --stack BB       pushfold, nlhe: what each player has before blind and ante, 1.001 to 1000
                   (default 10 in pushfold, 100 in nlhe)
  --ante BB        pushfold, nlhe: of each player, less than a big blind below the stack (default 0)
  --bets LIST      nlhe: bets and raises as fractions of the pot, 0.001 to 100, at most 5, and allin
                   (default f,c,0.5,1,allin; f, check and call are always there)
  --preflop-bets, --flop-bets, --turn-bets, --river-bets LIST    of one street (default: --bets)
  --raises N       nlhe: bets and raises in a street, the big blind among them, 1 to 8 (default 3)
  --buckets FILE   nlhe: what build-buckets has made; required

The algorithm (train):
  --algorithm A    es (external sampling, the default), os (outcome sampling), cfr, cfr+ or dcfr;
                   es-mccfr and os-mccfr are es and os; nlhe has es and os alone
  --weighting W    cfr, es, os: none, linear or (es, os) dcfr (default none for cfr, kuhn and leduc,
                   else linear)
  --alpha X, --beta X, --gamma X   dcfr, as an algorithm or a weighting: exponents for positive
                   regrets, 0 to 10, negative ones, -10 to 10, and the average strategy, 0 to 10
                   (default 1.5, 0 and 2)
  --discount-interval N   es, os with a weighting: batches between two changes of weight (default 1,
                   in nlhe 1000)
  --prune-threshold X     es: passes over actions whose regret is below -X (BB; chips in kuhn and
                   leduc; default: no pruning)
  --prune-probability P   es: share of iterations that prune, 0.001 to 0.999 (default 0.95)
  --epsilon E      os: share of actions at random, 0.001 to 1 (default 0.6)
  --batch-size N   es, os: iterations between updates of the table, 1 to 1048576 (default 100 in kuhn
                   and leduc, 10000 in pushfold, 1024 in nlhe); 1 updates in place, on one worker
  --seed S         es, os: 0 to 18446744073709551615 (default 1)

The run (train):
  --iterations N   ends after N iterations in all, rounded up to a batch; also --iters
  --time-budget S  ends after S seconds of this run, between batches; one of the two is required
  --logdir DIR     writes checkpoint.bin, strategy.bin and metrics.jsonl there (default: no files)
  --checkpoint-interval I   writes checkpoint.bin every I iterations, or seconds if it ends in s:
                   60s (default: at the end alone)
  --snapshot-interval I     writes snapshot_ITERATIONS.bin, a strategy, as often (default: never)
  --metrics-interval S      seconds between two lines of metrics.jsonl (default 10)
  --resume-from FILE        goes on from a checkpoint, as if it had never stopped; the game and the
                   algorithm are the checkpoint's, the bucket file is given again where it has moved

build-buckets:
  --out FILE       required
  --flop-buckets N, --turn-buckets N   1 to 65535 (default 200 each)
  --river-buckets N   1 to 256 (default 200)

eval:
  --vs STRATEGY    plays a duplicate match against another strategy of the same game
  --deals N        deals of a match, each played from both sides (default 10000000)
  --responder-iterations N   trains responders against the strategy and plays them: a lower bound of
                   its exploitability (default: 1000000, for nlhe without --vs alone)
  --seed S         of matches and responders (default 1)
  --chart FILE     pushfold: compares the pushes with a published chart, a CSV file "hand,bb"
  --buckets FILE   nlhe: the file that the strategy was trained with; required
  --json FILE      the figures as JSON

show:
  --node HISTORY   actions that lead to the node, streets divided by /, such as r2500c/k (default: the
                   first decision)
  --svg FILE, --html FILE   the strategy as a chart, or as one page
  --player P       0 or 1: whose decisions

bench:
  --game NAME      this game alone (default: the evaluator and all games; nlhe with --buckets)
  --rounds N       1 to 1000 (default 5)
  --buckets FILE   nlhe
  --json FILE      all samples as JSON

All commands, but for what show has no use for:
  --workers W      how many threads compute, 1 to 1024, or auto (default): results do not depend on
                   it; also --num-workers; not show
  --quiet          no progress line; not show
  --config FILE    "key: value" lines or a JSON object; keys are these options without the dashes, of
                   any command; the command line wins
  --help, -h       this text

Files appear under their names when they are complete; until then they are called FILE.partial.
SIGINT (Ctrl-C) ends a training after the batch under way; its files are written, and --resume-from
goes on. Other commands leave no file.
Exit codes: 0 done; 1 failed; 2 usage, bad input, or a file cannot be opened; 3 writing failed;
130 stopped by SIGINT, 143 by SIGTERM.

Examples:
  poker_solver train --game leduc --algorithm cfr+ --iterations 1000 --logdir leduc
  poker_solver eval leduc/strategy.bin
  poker_solver show leduc/strategy.bin --node cr
  poker_solver train --game pushfold --stack 10 --time-budget 10 --logdir push
  poker_solver build-buckets --out buckets.bin
  poker_solver train --game nlhe --stack 100 --buckets buckets.bin --time-budget 1800 --seed 42
                     --checkpoint-interval 60s --logdir run
  poker_solver train --resume-from run/checkpoint.bin --time-budget 1800 --logdir run
  poker_solver eval run/strategy.bin --buckets buckets.bin
)";
}

} // namespace poker

#endif
