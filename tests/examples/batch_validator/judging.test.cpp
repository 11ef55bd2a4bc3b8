// SPDX-License-Identifier: MIT
#include "batch_validator/judging.hpp"
#include "batch_validator/judge.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/report.hpp"
#include "batch_validator/task.hpp"
#include "support/catch.hpp"
#include "support/sha256.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using arc::judging;
using arc::verdict;

/// "12/34" has two rows.
arc::task_grid add_grid(arc::task& to, std::string_view digits) {
  arc::task_grid grid;
  grid.first = to.colours.size();
  grid.height = 1;
  for (const char c : digits) {
    if (c == '/') {
      ++grid.height;
    } else {
      to.colours.push_back(static_cast<arc::colour_byte>(c - '0'));
    }
  }
  grid.width = static_cast<std::uint32_t>(to.colours.size() - grid.first) / grid.height;
  return grid;
}

/// Without an output it is unknown.
void add_sample(arc::task& to, arc::sample_part part, std::string_view input,
                std::optional<std::string_view> output) {
  arc::task_sample sample;
  sample.part = part;
  sample.input = add_grid(to, input);
  if (output) sample.output = add_grid(to, *output);
  to.samples.push_back(sample);
}

/// Rows to be turned around. Of the second test the output is unknown.
arc::task turned_rows() {
  arc::task of;
  of.id = "0a1b2c3d";
  add_sample(of, arc::sample_part::train, "12/34", "21/43");
  add_sample(of, arc::sample_part::train, "507", "705");
  add_sample(of, arc::sample_part::test, "1122", "2211");
  add_sample(of, arc::sample_part::test, "89", std::nullopt);
  return of;
}

/// The assignment of O, perhaps after others.
arc::parsed_program parsed(const std::string& body) {
  auto all = arc::parse_programs("def solve_0a1b2c3d(I):\n" + body + "    return O\n", "f.py",
                                 arc::primitives);
  REQUIRE(all.size() == 1);
  return all[0];
}

arc::judgement judged(const std::string& body, judging how = judging::until_first_failure,
                      const arc::run_limits& limits = {}, const arc::task& of = turned_rows()) {
  const arc::parsed_program program = parsed(body);
  REQUIRE(program.is_good());
  return arc::judge(limits)(program.code, of, how);
}

} // namespace

TEST_CASE("judging: a program that gives every known output is accepted", "[arc][judging]") {
  const arc::judgement j = judged("    O = vmirror(I)\n");
  CHECK(j.verdict == verdict::accepted);
  CHECK_FALSE(j.sample);
  CHECK_FALSE(j.line);
  CHECK_FALSE(j.error);
  CHECK_FALSE(j.differing);
  CHECK(j.primitive == arc::machine::no_primitive);
  CHECK(j.train_right == 2);
  CHECK(j.test_right == 1); // of the other the output is unknown
}

TEST_CASE("judging: a grid that is not the expected one is wrong, with its differing cells",
          "[arc][judging]") {
  const arc::judgement j = judged("    O = hmirror(I)\n"); // 34/12 for 21/43
  CHECK(j.verdict == verdict::wrong);
  CHECK(j.sample == 0U);
  CHECK(j.differing == 4U);
  CHECK_FALSE(j.line);
  CHECK(j.train_right == 0);
  CHECK(judged("    O = replace(I, ONE, TWO)\n").differing == 3U); // 22/34 for 21/43
}

TEST_CASE("judging: a grid of another height or width has no differing cells", "[arc][judging]") {
  for (const char* const body : {"    O = tophalf(I)\n", "    O = hconcat(I, I)\n"}) {
    const arc::judgement j = judged(body);
    CHECK(j.verdict == verdict::wrong);
    CHECK_FALSE(j.differing);
  }
}

TEST_CASE("judging: the first sample that fails gives the verdict", "[arc][judging]") {
  // Right for what is square; the second sample is not.
  const std::string body = "    x1 = square(I)\n"
                           "    x2 = vmirror(I)\n"
                           "    O = branch(x1, x2, I)\n";
  const arc::judgement j = judged(body);
  CHECK(j.verdict == verdict::wrong);
  CHECK(j.sample == 1U);
  CHECK(j.differing == 2U); // 507 for 705
  CHECK(j.train_right == 1);
  CHECK(j.test_right == 0);
}

TEST_CASE("judging: all samples count where that is asked, and the verdict stays the first one's",
          "[arc][judging]") {
  // Fails at the second sample, and is right again at the third: 1122 has an even palette.
  const std::string body = "    x1 = numcolors(I)\n"
                           "    x2 = even(x1)\n"
                           "    x3 = vmirror(I)\n"
                           "    O = branch(x2, x3, x1)\n";
  const arc::judgement first = judged(body);
  CHECK(first.verdict == verdict::no_grid);
  CHECK(first.sample == 1U);
  CHECK(first.train_right == 1);
  CHECK(first.test_right == 0);
  const arc::judgement all = judged(body, judging::all_samples);
  CHECK(all.verdict == verdict::no_grid);
  CHECK(all.sample == 1U);
  CHECK(all.train_right == 1);
  CHECK(all.test_right == 1);
  CHECK(all.fuel > first.fuel);
}

TEST_CASE("judging: fuel is the sum over the samples that were run", "[arc][judging]") {
  CHECK(judged("    O = identity(I)\n").fuel == 8);                           // fails at once
  CHECK(judged("    O = identity(I)\n", judging::all_samples).fuel == 3 * 8); // not the unknown
}

TEST_CASE("judging: what is no grid of colours 0 to 9 is no grid", "[arc][judging]") {
  for (const char* const body : {
           "    O = size(I)\n",            // an integer
           "    O = asobject(I)\n",        // a set
           "    O = first(I)\n",           // a row
           "    O = canvas(TEN, UNITY)\n", // a colour too large
           "    O = canvas(NEG_ONE, UNITY)\n",
           "    O = canvas(ONE, ORIGIN)\n",      // the empty tuple
           "    O = canvas(ONE, TWO_BY_ZERO)\n", // rows of width 0
           "    O = identity(add)\n",
       }) {
    INFO(body);
    const arc::judgement j = judged(body);
    CHECK(j.verdict == verdict::no_grid);
    CHECK(j.sample == 0U);
    CHECK_FALSE(j.differing);
  }
}

TEST_CASE("judging: ragged rows are no grid", "[arc][judging]") {
  CHECK(judged("    x1 = hconcat(I, I)\n    O = vconcat(I, x1)\n").verdict == verdict::no_grid);
}

TEST_CASE("judging: an error has its kind, line and primitive", "[arc][judging]") {
  const arc::judgement j = judged("    x1 = size(I)\n    O = divide(x1, ZERO)\n");
  CHECK(j.verdict == verdict::error);
  CHECK(j.sample == 0U);
  CHECK(j.line == 1U);
  CHECK(j.error == arc::error_kind::zero_division);
  REQUIRE(j.primitive != arc::machine::no_primitive);
  CHECK(arc::primitives[j.primitive].name == "divide");
}

TEST_CASE("judging: limits have verdicts of their own, and are no errors", "[arc][judging]") {
  arc::run_limits limits;
  limits.fuel = 7;
  const arc::judgement fuel = judged("    O = identity(I)\n", judging::all_samples, limits);
  CHECK(fuel.verdict == verdict::fuel);
  CHECK(fuel.line == 0U);
  CHECK_FALSE(fuel.error);
  limits = {};
  limits.cells = 5;
  const arc::judgement cells =
      judged("    x1 = vmirror(I)\n    O = vmirror(x1)\n", judging::until_first_failure, limits);
  CHECK(cells.verdict == verdict::cells);
  CHECK(cells.line == 1U);
  CHECK_FALSE(cells.error);
  limits = {};
  limits.depth = 1;
  const arc::judgement depth = judged("    x1 = identity(identity)\n    O = apply(x1, I)\n",
                                      judging::until_first_failure, limits);
  CHECK(depth.verdict == verdict::depth);
  CHECK(depth.line == 1U);
  CHECK_FALSE(depth.error);
}

TEST_CASE("judging: a judge is as good as new after any verdict", "[arc][judging]") {
  arc::judge judge;
  const arc::task of = turned_rows();
  const arc::parsed_program good = parsed("    O = vmirror(I)\n");
  const arc::parsed_program bad = parsed("    O = first(ONE)\n");
  const std::uint64_t fuel = judge(good.code, of, judging::all_samples).fuel;
  CHECK(judge(bad.code, of, judging::all_samples).verdict == verdict::error);
  const arc::judgement again = judge(good.code, of, judging::all_samples);
  CHECK(again.verdict == verdict::accepted);
  CHECK(again.fuel == fuel);
}

TEST_CASE("judging: what is charged before an error does not depend on the compiler",
          "[arc][judging][contract]") {
  // The first container is looked at, and paid for, before the second, which is none.
  const arc::judgement j = judged("    O = papply(add, I, ZERO)\n");
  CHECK(j.verdict == verdict::error);
  CHECK(j.fuel == 8 + 2);
  CHECK(judged("    O = papply(add, ZERO, I)\n").fuel == 8);
}

TEST_CASE("report: the line of an accepted candidate", "[arc][report]") {
  const arc::task of = turned_rows();
  const arc::parsed_program program = parsed("    O = vmirror(I)\n");
  arc::judgement j;
  j.fuel = 123;
  j.train_right = 2;
  j.test_right = 1;
  CHECK(arc::candidate_line({7, "seven", &program, "f.py", &of, ""}, j) ==
        R"({"record": "candidate", "number": 7, "id": "seven", "program": "solve_0a1b2c3d", )"
        R"("file": "f.py", )"
        R"("task": "0a1b2c3d", "verdict": "AC", "sample": null, "line": null, "column": null, )"
        R"("primitive": null, "error": null, "message": null, "differing_cells": null, )"
        R"("shape": null, "fuel": 123, "train_ok": 2, "test_ok": 1})"
        "\n");
}

TEST_CASE("report: the line of an error tells where, in which sample and primitive",
          "[arc][report]") {
  const arc::task of = turned_rows();
  const arc::parsed_program program = parsed("\n    x1 = vmirror(I)\n    O = first(x1)\n");
  arc::judgement j;
  j.verdict = verdict::error;
  j.sample = 2; // the first of the tests
  j.line = 1;
  j.primitive = *arc::find_primitive("first");
  j.error = arc::error_kind::no_element;
  j.fuel = 18'446'744'073'709'551'615U;
  CHECK(arc::candidate_line({0, "solve_0a1b2c3d", &program, "a \"b\".py", &of, ""}, j) ==
        R"({"record": "candidate", "number": 0, "id": "solve_0a1b2c3d", )"
        R"("program": "solve_0a1b2c3d", "file": "a \"b\".py", )"
        R"("task": "0a1b2c3d", "verdict": "RE", "sample": "test[0]", "line": 4, "column": 9, )"
        R"("primitive": "first", "error": "no_element", "message": null, )"
        R"("differing_cells": null, "shape": null, "fuel": 18446744073709551615, )"
        R"("train_ok": 0, "test_ok": 0})"
        "\n");
}

TEST_CASE("report: the line of a wrong answer tells its size and how many cells differ",
          "[arc][report]") {
  const arc::task of = turned_rows();
  const arc::parsed_program program = parsed("    O = hmirror(I)\n");
  const arc::judgement j = arc::judge()(program.code, of, judging::until_first_failure);
  const std::string line = arc::candidate_line({1, "", &program, "f.py", &of, ""}, j);
  CHECK(line.find(R"("verdict": "WA", "sample": "train[0]", "line": null, "column": null, )"
                  R"("primitive": null, "error": null, "message": null, "differing_cells": 4, )"
                  R"("shape": "2x2", )") != std::string::npos);
}

TEST_CASE("report: the line of a program that cannot be read has its first mistake",
          "[arc][report]") {
  const arc::parsed_program program = parsed("    O = vmirror(I, I)\n");
  REQUIRE_FALSE(program.is_good());
  arc::judgement j;
  j.verdict = verdict::unreadable;
  CHECK(
      arc::candidate_line({3, "c", &program, "f.py", nullptr, "0a1b2c3d"}, j) ==
      R"({"record": "candidate", "number": 3, "id": "c", "program": "solve_0a1b2c3d", )"
      R"("file": "f.py", "task": "0a1b2c3d", "verdict": "CE", "sample": null, "line": 2, "column": 9, )"
      R"("primitive": null, "error": null, "message": "'vmirror' takes 1 argument, found 2", )"
      R"("differing_cells": null, "shape": null, "fuel": 0, "train_ok": 0, "test_ok": 0})"
      "\n");
}

TEST_CASE("report: a program without its task is told at its header", "[arc][report]") {
  const arc::parsed_program program = parsed("    O = vmirror(I)\n");
  arc::judgement j;
  j.verdict = verdict::unreadable;
  const std::string line = arc::candidate_line({0, "", &program, "f.py", nullptr, "0a1b2c3d"}, j);
  CHECK(line.find(R"("verdict": "CE", "sample": null, "line": 1, "column": 1, )") !=
        std::string::npos);
  CHECK(line.find(R"("message": "no task 0a1b2c3d", )") != std::string::npos);
}

TEST_CASE("report: the first line tells what was asked", "[arc][report]") {
  arc::validation_settings settings;
  settings.limits.fuel = 10;
  settings.limits.cells = 20;
  settings.limits.depth = 30;
  settings.judging = judging::all_samples;
  const std::string line = arc::run_line(settings, {turned_rows()}, "abc", {1, 3});
  const std::string start =
      R"({"record": "run", "format": 1, "semantics": 1, )"
      R"("dialect": "arc-dsl", "fuel": 10, "cells": 20, "depth": 30, )"
      R"("timeout_ms": null, "judging": "all samples", "tasks": 1, "tasks_hash": ")";
  CHECK(line.substr(0, start.size()) == start);
  const std::string end = "\", \"programs_hash\": \"abc\", \"seed\": null, \"shard\": \"1/3\"}\n";
  CHECK(line.substr(line.size() - end.size()) == end);
  arc::task changed = turned_rows();
  changed.colours[0] = 9;
  CHECK(arc::run_line(settings, {changed}, "abc", {1, 3}) != line);
  settings.timeout_ms = 1'500;
  const std::string whole = arc::run_line(settings, {changed}, std::nullopt, {});
  CHECK(whole.find("\"timeout_ms\": 1500, ") != std::string::npos);
  CHECK(whole.find("\"programs_hash\": null, \"seed\": null, \"shard\": null}") !=
        std::string::npos);
}

TEST_CASE("report: the last line counts verdicts and hashes the lines before it", "[arc][report]") {
  arc::report_summary summary;
  example::sha256 hash;
  for (const char* const line : {"{\"record\": \"run\"}\n", "{}\n", "{}\n"}) {
    summary.add(line);
    hash.add(line);
  }
  summary.count(verdict::wrong);
  summary.count(verdict::wrong);
  summary.count(verdict::depth);
  CHECK(summary.line("abc") ==
        R"({"record": "summary", "candidates": 3, "AC": 0, "WA": 2, "NG": 0, )"
        R"("RE": 0, "FUEL": 0, "MEM": 0, "DEPTH": 1, "TIMEOUT": 0, "CE": 0, )"
        R"("SKIPPED": 0, "programs_hash": "abc", "sha256": ")" +
            hash.hex() + "\"}\n");
  CHECK(summary.candidates() == 3);
  CHECK(summary.count_of(verdict::wrong) == 2);
}
