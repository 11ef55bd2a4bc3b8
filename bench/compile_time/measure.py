#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what each public header costs to compile, as a ratio to a fixed floor.

The floor is a file that includes what any threaded C++20 program includes (FLOOR below). One round
compiles the floor and every header once, in turn, so that a change in the machine's speed meets all
of them; the ratio is that of the medians of the compiler's own CPU time, which other programs on
the machine disturb less than the time that passes. Python 3.7, no other need.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

FLOOR = "thread mutex condition_variable atomic stop_token vector functional".split()
BUDGET = {"random_stream": 0.2, "bounded_queue": 0.9, "ordered_merge": 0.9, "worker_pool": 1.1,
          "orderly": 1.3}
INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"


def cpu_seconds(command):
    """CPU time of the command and of its children."""
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    return (after.children_user - before.children_user
            + after.children_system - before.children_system)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a budget is exceeded")
    options = parser.parse_args()

    sources = {"floor": "".join(f"#include <{name}>\n" for name in FLOOR)}
    for header in sorted((INCLUDE / "orderly").glob("*.hpp")):
        sources[header.stem] = f"#include <orderly/{header.name}>\n"

    seconds = {name: [] for name in sources}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in sources.items():
            pathlib.Path(folder, name + ".cpp").write_text(text)
        for _ in range(options.rounds):
            for name in sources:
                seconds[name].append(cpu_seconds(
                    [options.compiler, "-std=c++20", "-O2", f"-I{INCLUDE}", "-c",
                     f"{folder}/{name}.cpp", "-o", f"{folder}/out.o"]))

    median = {name: statistics.median(values) for name, values in seconds.items()}
    over = False
    print(f"Compiler: {options.compiler}; {options.rounds} rounds; "
          f"floor: {median['floor']:.2f} s of CPU time\n")
    print("| header | ratio to the floor | budget | |")
    print("|---|---|---|---|")
    for name in sources:
        ratio = median[name] / median["floor"]
        budget = BUDGET.get(name)
        verdict = "OVER" if budget is not None and ratio > budget else ""
        over = over or bool(verdict)
        print(f"| {name} | {ratio:.2f} | {budget if budget is not None else ''} | {verdict} |")
    return 1 if over and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
