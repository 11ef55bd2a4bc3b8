#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks the library on purpose, one slip at a time, and asks whether the tests notice.

    tests/mutation/run.py                     all mutants, two at a time
    tests/mutation/run.py --only NAME ...     these; NAME may end in *
    tests/mutation/run.py --list              what there is

mutants.txt, which says how it is written, lists the slips: a piece of a header, what takes its place,
and the test programs most likely to notice. Each mutant is made in a private copy of include/; the
first program is compiled against it and run, then the next, until one fails. A mutant is killed by a
test that fails, by the end of the program, by a hang of a minute, and by a static assertion of a test.
One that no program kills survives: the tests have a hole there, or the slip is none (equivalent), which
the list then explains.

The exit code is 1 if an unexplained mutant survived, 2 if the list is wrong (an old text that does not
occur exactly once, a mutant that does not compile) or a program fails without any mutant, else 0.

It works on a copy of the tree made at its start, so that editing on does no harm. It needs Catch2 2.13
(one header, as Debian has it) and a compiler that takes g++'s options. Half an hour on two processors.
"""
import argparse
import concurrent.futures
import datetime
import fnmatch
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUN_LIMIT = 60  # seconds; longer is a hang
FLAGS = ["-std=c++20", "-O1", "-w", "-ffp-contract=off", "-pthread"]
ENVIRONMENT = {"ORDERLY_SECONDS": "1"}  # for each scenario of the programs that try interleavings
# Under the thread sanitizer, which needs more addresses than others may have.
THREAD_SANITIZER = "-fsanitize=thread"
WITH_ADDRESSES = ["setarch", "-R", "prlimit", "--as=unlimited"]


class ListError(Exception):
    """The list of mutants, or the tree, is not fit to be run."""


class Mutant:
    def __init__(self, name):
        self.name = name
        self.header = ""
        self.programs = []
        self.equivalent = ""  # why no test can notice
        self.old = self.new = ""


class Outcome:
    def __init__(self, mutant, verdict, by="", seconds=0.0):
        self.mutant, self.verdict, self.by, self.seconds = mutant, verdict, by, seconds

    @property
    def text(self):
        return f"{self.verdict} {self.by}".strip()

    @property
    def is_hole(self):
        return self.verdict == "SURVIVED" and not self.mutant.equivalent


# ---- the list ----


def read_list(path):
    """The mutants, and for each program the tests that are left out."""
    mutants, left_out = [], {}
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        key, _, value = (part.strip() for part in line.partition(":"))
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            mutants.append(Mutant(line[3:].strip()))
        elif key == "leave out":
            program, _, test = value.partition(" ")
            left_out.setdefault(program, []).append(test)
        elif key == "header":
            mutants[-1].header = value
        elif key == "by":
            mutants[-1].programs = value.split()
        elif key == "equivalent":
            mutants[-1].equivalent = value
        elif line == "<<<":
            mutants[-1].old = block(lines, "===")
            mutants[-1].new = block(lines, ">>>")
        else:
            raise ListError(f"{path.name}: what is this line? {line}")
    return mutants, left_out


def block(lines, end):
    text = []
    for line in lines:
        if line == end:
            return "\n".join(text)
        text.append(line)
    raise ListError(f"no {end} before the end of the list")


def check_list(mutants, include):
    wrong = []
    names = [m.name for m in mutants]
    for m in mutants:
        header = include / "orderly" / m.header
        found = header.read_text(encoding="utf-8").count(m.old) if header.is_file() and m.old else 0
        if found != 1:
            wrong.append(f"{m.name}: the old text occurs {found} times in {m.header}")
        if m.old == m.new or not m.programs or names.count(m.name) != 1:
            wrong.append(f"{m.name}: nothing changes, no program, or the name is not its own")
    if wrong:
        raise ListError("\n".join(wrong))


# ---- compiling and running ----


class Workshop:
    """A copy of the tree, what is compiled once, and how programs are made and run."""

    def __init__(self, folder, compiler, left_out):
        self.folder, self.compiler, self.left_out = folder, compiler, left_out
        for name in ("include", "tests", "examples"):
            shutil.copytree(ROOT / name, folder / name,
                            ignore=shutil.ignore_patterns("corpus", "consumer"))
        self.include = folder / "include"
        self.main = folder / "catch_main.o"
        self.call([compiler, "-std=c++20", "-O0", f"-I{folder / 'tests'}", "-c",
                   folder / "tests/support/catch_main.cpp", "-o", self.main])

    def call(self, command):
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, errors="replace")
        if done.returncode != 0:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout)

    def compile(self, program, sanitizer, include, binary):
        self.call([self.compiler, *FLAGS, *sanitizer, f"-I{include}", f"-I{self.folder / 'tests'}",
                   f"-I{self.folder / 'examples'}", self.folder / "tests" / f"{program}.test.cpp",
                   self.main, "-o", binary])

    def run(self, program, bound, sanitizer, binary):
        """None if all tests passed, else how they failed."""
        report = binary.with_suffix(".xml")
        command = [*(WITH_ADDRESSES if sanitizer else []), str(binary), "--abort",
                   "--reporter", "xml", "--out", str(report)]
        command += [f"~{test}" for test in self.left_out.get(program, [])]
        environment = dict(os.environ, ORDERLY_PREEMPTIONS=bound, TSAN_OPTIONS="halt_on_error=1",
                           **ENVIRONMENT)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, cwd=str(binary.parent))
        try:
            code = process.wait(RUN_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = "hang"
        if code == 0:
            return None
        text = report.read_text(errors="replace") if report.is_file() else ""
        tests = re.findall(r'<TestCase name="([^"]*)"', text)
        where = tests[-1] if tests else "before the first test"
        for entity, character in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            where = where.replace(entity, character)
        how = "hang" if code == "hang" else f"signal {-code}" if code < 0 else ""
        return where + (f" ({how})" if how else "")


def split(program):
    """Its file, the bound of interleavings, and the flags of a sanitizer."""
    name, _, how = program.partition("@")
    return (name, "1", [THREAD_SANITIZER]) if how == "thread" else (name, how or "1", [])


def try_program(shop, program, include, folder, binaries):
    """How the program fails against this include folder; None if it passes."""
    name, bound, sanitizer = split(program)
    built = (name, *sanitizer)
    if built not in binaries:
        binary = folder / "_".join(built).replace("/", "_")
        try:
            shop.compile(name, sanitizer, include, binary)
        except subprocess.CalledProcessError as failure:
            if re.search(r"static(_assert| assertion)", failure.output):
                return "a static assertion"
            raise
        binaries[built] = binary
    return shop.run(name, bound, sanitizer, binaries[built])


def try_mutant(shop, mutant):
    start = time.monotonic()
    folder = shop.folder / f"mutant-{mutant.name}"
    outcome = Outcome(mutant, "SURVIVED")
    try:
        include = folder / "include"
        shutil.copytree(shop.include, include)
        header = include / "orderly" / mutant.header
        header.write_text(header.read_text(encoding="utf-8").replace(mutant.old, mutant.new),
                          encoding="utf-8")
        binaries = {}
        for program in mutant.programs:
            failed = try_program(shop, program, include, folder, binaries)
            if failed is not None:
                outcome = Outcome(mutant, "killed", f"by {program}: {failed}")
                break
    except subprocess.CalledProcessError as failure:
        outcome = Outcome(mutant, "DOES NOT COMPILE", "\n" + failure.output[:2000])
    shutil.rmtree(folder)
    outcome.seconds = time.monotonic() - start
    return outcome


def try_unmutated(shop, program):
    """What is wrong with a program that should pass; empty if nothing."""
    start = time.monotonic()
    folder = shop.folder / ("unmutated-" + program.replace("/", "_"))
    folder.mkdir()
    try:
        failed = try_program(shop, program, shop.include, folder, {})
    except subprocess.CalledProcessError as failure:
        failed = "does not compile\n" + failure.output[:2000]
    shutil.rmtree(folder)
    print(f"{'fails' if failed else 'passes':8} {program}  {time.monotonic() - start:.0f} s", flush=True)
    return f"{program}: {failed}" if failed else ""


# ---- the report ----


def summary(outcomes):
    killed = sum(o.verdict == "killed" for o in outcomes)
    holes = sum(o.is_hole for o in outcomes)
    explained = sum(o.verdict == "SURVIVED" and not o.is_hole for o in outcomes)
    return (f"{len(outcomes)} mutants: {killed} killed, {holes} survived, "
            f"{explained} survived as explained")


def write_report(path, compiler, outcomes, seconds):
    version = subprocess.run([compiler, "--version"], stdout=subprocess.PIPE,
                             universal_newlines=True).stdout.splitlines()[0]
    lines = ["# Mutants", "",
             "What `tests/mutation/run.py` found; it says what the words mean.", "",
             f"- date: {datetime.date.today().isoformat()}",
             f"- compiler: {version}, {' '.join(FLAGS)}",
             f"- time: {seconds / 60:.0f} min",
             f"- {summary(outcomes)}", "",
             "| mutant | header | outcome | s |", "|---|---|---|---|"]
    for o in outcomes:
        why = f"; equivalent: {o.mutant.equivalent}" if o.mutant.equivalent else ""
        text = (o.text.splitlines()[0] + why).replace("|", "\\|")
        lines.append(f"| {o.mutant.name} | {o.mutant.header} | {text} | {o.seconds:.0f} |")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_all(shop, mutants, jobs, report):
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        programs = sorted({program for m in mutants for program in m.programs})
        failing = [f for f in pool.map(lambda p: try_unmutated(shop, p), programs) if f]
        if failing:
            raise ListError("without any mutant:\n" + "\n".join(failing))
        outcomes = []
        for o in pool.map(lambda m: try_mutant(shop, m), mutants):
            note = " (explained)" if o.verdict == "SURVIVED" and not o.is_hole else ""
            print(f"{o.mutant.name:36} {o.text}{note}  {o.seconds:.0f} s", flush=True)
            outcomes.append(o)
    print(summary(outcomes))
    if report:
        write_report(report, shop.compiler, outcomes, time.monotonic() - start)
    if any(o.verdict == "DOES NOT COMPILE" for o in outcomes):
        return 2
    return 1 if any(o.is_hole for o in outcomes) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2, help="mutants at a time (2)")
    parser.add_argument("--only", nargs="+", default=["*"], metavar="NAME")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--report", type=Path, help="write the outcome there, in Markdown")
    parser.add_argument("--leave-out", nargs=2, action="append", default=[],
                        metavar=("PROGRAM", "TEST"), help="a test that fails without any mutant")
    parser.add_argument("--list", action="store_true", help="show the mutants and end")
    options = parser.parse_args()
    # A mutant may allocate without end, and a crash is no news.
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        mutants, left_out = read_list(HERE / "mutants.txt")
        check_list(mutants, ROOT / "include")
        for program, test in options.leave_out:
            left_out.setdefault(program, []).append(test)
        mutants = [m for m in mutants if any(fnmatch.fnmatch(m.name, p) for p in options.only)]
        if options.list:
            for m in mutants:
                print(f"{m.name:36} {m.header:28} {' '.join(m.programs)}")
            return 0
        with tempfile.TemporaryDirectory(prefix="orderly-mutation-") as folder:
            shop = Workshop(Path(folder), options.compiler, left_out)
            return run_all(shop, mutants, options.jobs, options.report)
    except ListError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
