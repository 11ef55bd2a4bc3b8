// SPDX-License-Identifier: MIT
//
// What batch_validator --help says.
#ifndef ORDERLY_EXAMPLES_ARC_HELP_HPP
#define ORDERLY_EXAMPLES_ARC_HELP_HPP

#include <string_view> // text

namespace arc {

inline constexpr std::string_view help_text =
    R"(batch_validator: judges programs of the ARC language on tasks, the same verdicts everywhere

JUDGE
  batch_validator validate --tasks PATH... --programs FILE... [options]
  batch_validator merge REPORT... [--out FILE]
  batch_validator explain --tasks PATH... --programs FILE... [options]
  batch_validator bench --tasks PATH... --programs FILE... [--rounds N] [--cache DIR] [options]

validate runs every program on its task and reports a verdict for each: the same bytes on any
machine, for any number of workers. A program named solve_ID or verify_ID, where ID is 8 hexadecimal
digits, is for task ID; any other is for every task.
merge puts the reports of all shards of a run together, given in any order: the bytes of the
undivided run.
explain shows why a program fails: its grids side by side, '!' at cells that differ, rows and
columns counted from 0; or the line that ends it and the values there. It reads text, no JSON Lines.
bench measures how fast candidates are judged: lines shared or not, one worker or all, cache.

  --tasks PATH...      folders of ID.json, such files, or NAME_challenges.json, which is read with
                       NAME_solutions.json beside it
  --programs FILE...   programs as text or as JSON Lines; - is standard input
 Of validate; --workers also of bench and evolve, --full of explain and bench, --cache of bench:
  --workers N|auto     1 to 1024 (default auto: as many as this process may use)
  --full               judges every sample; otherwise the first that fails is the last
  --out FILE           the report, JSON Lines; FILE.partial until it is whole (default: standard
                       output)
  --resume             continues the FILE.partial that a stopped run of the same input has left
  --shard I/N          only blocks I, I+N, I+2N ... of 32 programs; I counts from 0
  --cache DIR          a folder of verdicts: those in it are not judged again, others are added
  --no-sharing         evaluates lines that programs of a block have in common for each of them
  --profile FILE       where the time went, as JSON; as a table on standard error
  --require-accepted   exit code 1 unless there are candidates and all are AC
 Of explain:
  --program NAME       this program alone
  --task ID            on this task; needed for a program that is for any of several tasks
  --trace              the result of each line as well
  --color WHEN         auto (the default: on a terminal, without NO_COLOR), always, never
 Of bench:
  --rounds N           1 to 1000 (default 5)

LIMITS AND LANGUAGE, of validate, explain, bench and evolve
  --fuel N             work of a program on a sample (default 1000000000)
  --cells N            elements that it holds at once, at most 16777215 (default 1048576)
  --depth N            calls inside calls, values inside values, at most 10000 (default 1000)
  --timeout S          validate: seconds for a sample by the clock, 0.001 to 86400; what it ends is
                       not reproducible (default: none)
  --dialect NAME       arc-dsl (the default) or re-arc

MAKE PROGRAMS
  batch_validator expand --programs FILE... [--jsonl] [--out FILE]
  batch_validator mutate --programs FILE... --count N --seed S [--tasks PATH...] [options]
  batch_validator evolve --tasks PATH... --programs FILE... --rounds N --seed S [options]
  batch_validator primitives

expand writes the canonical minimal text, one spelling for all programs that do the same. Lines that
the result does not depend on are dropped, so it may succeed where the original fails.
mutate writes N candidates for each program; number k is a function of the seed, the task, the
program and k, and number 0 is the program itself. With --tasks, a program for any task has N for
each of them.
evolve mutates, judges and keeps the best programs of each task, N rounds long. Better is: more
right train samples, more right cells, less fuel, fewer lines. Tests are reported, decide nothing.
primitives lists the language's primitives with the number of their parameters.

  --seed S             of all that is drawn, 0 to 18446744073709551615
  --count N            mutate: candidates of a program
  --changes N          mutate, evolve: point mutations of a candidate, at most 1000 (default 1)
  --rounds N           evolve: how often
  --population N       evolve: candidates of a task in a round (default 32)
  --keep N             evolve: programs of a task that are kept (default 32)
  --jsonl              expand, mutate: {"id", "task", "program"} on a line each, not text
  --out FILE           default: standard output

CACHE OF VERDICTS
  batch_validator cache status|verify|compact|clear --cache DIR
  batch_validator cache expire --cache DIR --days N

status counts what there is; verify reads everything and names each damage; compact makes one file
of many; expire removes files that nobody changed for N days; clear removes all. What a living
process writes is left to it, but for clear; files that are none of the cache's stay.

VERDICTS
  AC right; WA another grid; NG no grid; RE an error; FUEL, MEM, DEPTH a limit; TIMEOUT --timeout;
  CE a program that cannot be read, or for a task that is not there; SKIPPED no output is known

EXIT CODES
  0 judged   1 not all accepted under --require-accepted, or a damaged cache
  2 bad usage or input   3 own failure, such as a full disk
  130 stopped by SIGINT (Ctrl-C)   143 by SIGTERM
)";

} // namespace arc

#endif
