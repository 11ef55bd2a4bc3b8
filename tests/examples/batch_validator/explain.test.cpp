// SPDX-License-Identifier: MIT
#include "batch_validator/explain_command.hpp"
#include "batch_validator/explanation.hpp"
#include "batch_validator/grid_drawing.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/source_text.hpp"
#include "batch_validator/task.hpp"
#include "batch_validator/value_summary.hpp"
#include "support/catch.hpp"

#include "../error_of.hpp"
#include "arc_given.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// "12/34" has two rows.
arc::task_grid add_grid(arc::task& to, std::string_view digits) {
  arc::task_grid grid;
  grid.first = to.colours.size();
  grid.height = 1 + static_cast<std::uint32_t>(std::count(digits.begin(), digits.end(), '/'));
  for (const char c : digits) {
    if (c != '/') to.colours.push_back(static_cast<arc::colour_byte>(c - '0'));
  }
  grid.width = static_cast<std::uint32_t>(to.colours.size() - grid.first) / grid.height;
  return grid;
}

/// Rows to be turned around. Of the second test the output is unknown.
arc::task turned_rows() {
  arc::task of;
  of.id = "0a1b2c3d";
  const auto add = [&](arc::sample_part part, std::string_view input) {
    of.samples.push_back({part, add_grid(of, input), {}});
  };
  add(arc::sample_part::train, "12/34");
  of.samples[0].output = add_grid(of, "21/43");
  add(arc::sample_part::test, "507");
  of.samples[1].output = add_grid(of, "705");
  add(arc::sample_part::test, "89");
  return of;
}

arc::explanation_view every_sample() {
  arc::explanation_view view;
  view.every_sample = true;
  return view;
}

/// Of a program whose lines these are, but for its header and its return.
std::string explained(const std::string& body, const arc::explanation_view& view = {},
                      const arc::run_limits& limits = {}) {
  const std::string text = "def solve_0a1b2c3d(I):\n" + body + "    return O\n";
  const auto programs = arc::parse_programs(text, "f.py", arc::primitives);
  const std::vector<arc::source_line> lines = arc::lines_of(text);
  const arc::explained_program source{"f.py", lines, programs.at(0)};
  if (!programs[0].is_good()) return arc::unreadable_text(source);
  return arc::explainer(limits, arc::dialect::arc_dsl, view)(source, turned_rows());
}

const std::string header = "solve_0a1b2c3d (f.py:1) on task 0a1b2c3d: ";
const std::string input_and_expected = "\n"
                                       "input 2x2   expected 2x2\n"
                                       "   0           0\n"
                                       "0| 1 2      0| 2 1\n"
                                       "1| 3 4      1| 4 3\n";

} // namespace

TEST_CASE("explain: a wrong grid of the expected size has its differences marked",
          "[arc][explain]") {
  CHECK(explained("    O = replace(I, ONE, TWO)\n") ==
        header + "WA\n"
                 "\n"
                 "train[0]: 3 of 4 cells differ\n"
                 "first difference at row 0, column 1: expected 1, found 2\n"
                 "\n"
                 "input 2x2   expected 2x2   found 2x2\n"
                 "   0           0              0\n"
                 "0| 1 2      0| 2!1         0| 2!2\n"
                 "1| 3 4      1|!4!3         1|!3!4\n");
}

TEST_CASE("explain: a grid of another size has no marks", "[arc][explain]") {
  CHECK(explained("    O = hconcat(I, I)\n") ==
        header + "WA\n"
                 "\n"
                 "train[0]: another size: expected 2x2, found 2x4\n"
                 "\n"
                 "input 2x2   expected 2x2   found 2x4\n"
                 "   0           0              0\n"
                 "0| 1 2      0| 2 1         0| 1 2 1 2\n"
                 "1| 3 4      1| 4 3         1| 3 4 3 4\n");
}

TEST_CASE("explain: what is no grid is told by its beginning", "[arc][explain]") {
  arc::explanation_view narrow;
  narrow.style.columns = 70;
  CHECK(explained("    O = asobject(I)\n", narrow) ==
        header +
            "NG\n"
            "\n"
            "train[0]: no grid of colours 0 to 9: set of 4 {(1, (0, 0)), (2, (0,...\n" +
            input_and_expected);
}

TEST_CASE("explain: an error has its line, its primitive and the values there", "[arc][explain]") {
  CHECK(explained("    x1 = size(I)  # 2\n    O = divide(x1, ZERO)\n") ==
        header +
            "RE\n"
            "\n"
            "train[0]: no result: a division by zero\n"
            "f.py:3:9: error zero_division in divide\n"
            "    O = divide(x1, ZERO)\n"
            "        ^\n"
            "  x1 = 2\n"
            "  ZERO = 0\n" +
            input_and_expected);
}

TEST_CASE("explain: a primitive that fails inside a function is told with its caller",
          "[arc][explain]") {
  const std::string text = explained("    x1 = chain(first, first, first)\n    O = x1(I)\n");
  const std::string expected = "f.py:3:9: error type in first, called by x1\n"
                               "    O = x1(I)\n"
                               "        ^\n"
                               "  x1 = function chain(first, first, first)\n"
                               "  I = grid 2x2 ((1, 2), (3, 4))\n";
  CHECK(text.find(expected) != std::string::npos);
}

TEST_CASE("explain: a limit is named with its size", "[arc][explain]") {
  arc::run_limits limits;
  limits.fuel = 7;
  CHECK(explained("    O = vmirror(I)\n", {}, limits) ==
        header +
            "FUEL\n"
            "\n"
            "train[0]: no result: the run needs more than 7 of fuel\n"
            "f.py:2:9: FUEL\n"
            "    O = vmirror(I)\n"
            "        ^\n"
            "  I = grid 2x2 ((1, 2), (3, 4))\n" +
            input_and_expected);
  limits = {};
  limits.cells = 5;
  const std::string cells = explained("    x1 = vmirror(I)\n    O = vmirror(x1)\n", {}, limits);
  CHECK(cells.find("MEM\n\ntrain[0]: no result: the run holds more than 5 elements\nf.py:3:9: ") !=
        std::string::npos);
}

TEST_CASE("explain: a program that cannot be read has all its mistakes", "[arc][explain]") {
  CHECK(explained("    x1 = rot9(I)\n    O = vmirror(x1, I)\n") ==
        "solve_0a1b2c3d (f.py:1): CE\n"
        "f.py:2:10: unknown identifier 'rot9' (did you mean rot90?)\n"
        "    x1 = rot9(I)\n"
        "         ^\n"
        "f.py:3:9: 'vmirror' takes 1 argument, found 2\n"
        "    O = vmirror(x1, I)\n"
        "        ^\n");
}

TEST_CASE("explain: an accepted program has its samples shown where every one is asked for",
          "[arc][explain]") {
  CHECK(explained("    O = vmirror(I)\n") == header + "AC\n");
  arc::explanation_view view = every_sample();
  view.trace = true;
  CHECK(explained("    x1 = hmirror(I)\n\n    O = rot180(x1)\n", view) ==
        header + "AC\n"
                 "\n"
                 "train[0]: as expected\n"
                 "\n"
                 "input 2x2   expected and found 2x2\n"
                 "   0           0\n"
                 "0| 1 2      0| 2 1\n"
                 "1| 3 4      1| 4 3\n"
                 "\n"
                 "lines and their results\n"
                 "  2  x1 = grid 2x2 ((3, 4), (1, 2))\n"
                 "  4  O = grid 2x2 ((2, 1), (4, 3))\n"
                 "\n"
                 "test[0]: as expected\n"
                 "\n"
                 "input 1x3   expected and found 1x3\n"
                 "   0           0\n"
                 "0| 5 0 7    0| 7 0 5\n"
                 "\n"
                 "lines and their results\n"
                 "  2  x1 = grid 1x3 ((5, 0, 7),)\n"
                 "  4  O = grid 1x3 ((7, 0, 5),)\n"
                 "\n"
                 "test[1]: its output is not known\n");
  // Without lines there is nothing to trace.
  const std::string text = "def solve_0a1b2c3d(I):\n    return I\n";
  const auto programs = arc::parse_programs(text, "f.py", arc::primitives);
  const std::vector<arc::source_line> lines = arc::lines_of(text);
  const std::string nothing = arc::explainer({}, arc::dialect::arc_dsl,
                                             view)({"f.py", lines, programs.at(0)}, turned_rows());
  CHECK(nothing.find("train[0]: 4 of 4 cells differ\n") != std::string::npos);
  CHECK(nothing.find("lines and") == std::string::npos);
}

TEST_CASE("explain: the verdict is that of the first sample that fails", "[arc][explain]") {
  // Right for what is square; the second sample is not.
  const std::string body = "    x1 = square(I)\n"
                           "    x2 = vmirror(I)\n"
                           "    O = branch(x1, x2, x1)\n";
  const std::string first = explained(body);
  CHECK(first.find(header + "NG\n\ntest[0]: no grid of colours 0 to 9: 0\n") == 0);
  CHECK(first.find("train[0]") == std::string::npos);
  CHECK(explained(body, every_sample()).find(header + "NG\n\ntrain[0]: as expected\n") == 0);
}

TEST_CASE("grid drawing: a cell is a block, and its digit is there if it is marked",
          "[arc][explain]") {
  arc::machine m(arc::primitives.data());
  const arc::value grid = test::grid(m, "10/99");
  const arc::value other = test::grid(m, "10/93");
  const std::vector<arc::drawn_grid> grids{{"found", grid, other}};
  CHECK(arc::drawing_of(grids, {true, 80}) ==
        "found 2x2\n"
        "\x1b[2m   0\x1b[0m\n"
        "\x1b[2m0|\x1b[0m\x1b[38;5;16;48;5;32m  \x1b[38;5;231;48;5;16m  \x1b[0m\n"
        "\x1b[2m1|\x1b[0m\x1b[38;5;231;48;5;88m  !9\x1b[0m\n");
}

TEST_CASE("grid drawing: what is too wide goes below", "[arc][explain]") {
  arc::machine m(arc::primitives.data());
  const arc::value grid = test::grid(m, "123456");
  const std::vector<arc::drawn_grid> grids{{"input", grid}, {"expected", grid}, {"found", grid}};
  const std::string input = "input 1x6\n   0         5\n0| 1 2 3 4 5 6\n";
  const std::string all = "input 1x6        expected 1x6     found 1x6\n"
                          "   0         5      0         5      0         5\n"
                          "0| 1 2 3 4 5 6   0| 1 2 3 4 5 6   0| 1 2 3 4 5 6\n";
  const std::string two = "expected 1x6     found 1x6\n"
                          "   0         5      0         5\n"
                          "0| 1 2 3 4 5 6   0| 1 2 3 4 5 6\n";
  CHECK(arc::drawing_of(grids, {false, 48}) == all);
  CHECK(arc::drawing_of(grids, {false, 47}) == input + "\n" + two);
  CHECK(arc::drawing_of(grids, {false, 31}) == input + "\n" + two);
  CHECK(arc::drawing_of(grids, {false, 30}) ==
        input + "\nexpected 1x6\n   0         5\n0| 1 2 3 4 5 6\n" +
            "\nfound 1x6\n   0         5\n0| 1 2 3 4 5 6\n");
}

TEST_CASE("grid drawing: of what is too large a part is drawn", "[arc][explain]") {
  arc::machine m(arc::primitives.data());
  const std::vector<arc::drawn_grid> wide{{"found", test::grid(m, "123456789")}};
  CHECK(arc::drawing_of(wide, {false, 16}) == "found 1x9, cut to 1x7\n"
                                              "   0         5\n"
                                              "0| 1 2 3 4 5 6 7\n");
  std::string rows = "1";
  for (int i = 1; i < 100; ++i) rows += "/1";
  const std::vector<arc::drawn_grid> high{{"found", test::grid(m, rows)}};
  const std::string text = arc::drawing_of(high, {false, 80});
  CHECK(text.find("found 100x1, cut to 60x1\n    0\n 0| 1\n") == 0);
  CHECK(text.substr(text.size() - 12) == "58| 1\n59| 1\n");
}

TEST_CASE("value summary: large values are cut, and functions have names", "[arc][explain]") {
  arc::machine m(arc::primitives.data());
  const auto summary = [&](std::string_view text, std::size_t most = 40) {
    return arc::summary_of(m, test::value_of(m, text), most);
  };
  CHECK(summary("none") == "none");
  CHECK(summary("-7") == "-7");
  CHECK(summary("(2, 3)") == "(2, 3)");
  CHECK(summary("(7,)") == "tuple of 1 (7,)");
  CHECK(summary("{1, (2, {})}") == "set of 2 {1, (2, {})}");
  CHECK(summary("(1, 2, 3)", 20) == "tuple of 3 (1, 2, 3)");
  CHECK(summary("(1, 2, 3)", 19) == "tuple of 3 (1, 2...");
  const auto function = [&](std::string_view name) {
    return arc::value::of_primitive(*arc::find_primitive(name));
  };
  const arc::value parts[] = {function("add"), arc::value::of_pair({1, 2})};
  CHECK(arc::summary_of(m, arc::detail::bind_last(m, parts), 40) == "function rbind(add, (1, 2))");
  const arc::value three[] = {function("add"), function("size"), function("first")};
  CHECK(arc::summary_of(m, arc::detail::fork(m, three), 40) == "function fork(add, size, first)");
}

namespace {

/// "NAME:TASK ..." of two programs for task 1, of which the second has a mistake, and one for any task.
std::string choice(std::optional<std::string> program, std::optional<std::string> id,
                   std::size_t task_count = 2) {
  std::vector<arc::task> tasks(task_count);
  for (std::size_t i = 0; i < task_count; ++i) tasks[i].id = "0000000" + std::to_string(i + 1);
  const std::vector<arc::program_file> texts{
      {"a.py", "def solve_00000001(I):\n    return I\n"
               "def verify_00000001(I):\n    return J\n"},
      {"b.py", "def turn(I):\n    O = rot90(I)\n    return O\n"}};
  const auto files = arc::read_all(texts);
  arc::explain_options asked;
  asked.program = std::move(program);
  asked.task = std::move(id);
  std::string text;
  for (const arc::chosen_program& one : arc::chosen_programs(asked, tasks, files)) {
    text += one.source.program.code.name + ":" + (one.of == nullptr ? "-" : one.of->id) + " ";
  }
  return text;
}

} // namespace

TEST_CASE("explain: programs and tasks are chosen by name", "[arc][explain]") {
  const std::string both = "solve_00000001:00000001 verify_00000001:- ";
  CHECK(choice(std::nullopt, std::nullopt, 1) == both + "turn:00000001 ");
  CHECK(choice(std::nullopt, "00000001") == both + "turn:00000001 ");
  CHECK(choice(std::nullopt, "00000002") == "turn:00000002 ");
  CHECK(choice("solve_00000001", std::nullopt) == "solve_00000001:00000001 ");
  CHECK(choice("solve_00000001", std::nullopt, 0) == "solve_00000001:- ");
  CHECK(choice("turn", "00000002") == "turn:00000002 ");
}

TEST_CASE("explain: what is not there is an error with the nearest name", "[arc][explain]") {
  const auto error = [](const auto&... words) { return test::error_of([&] { choice(words...); }); };
  CHECK(error("solve_0000001", std::nullopt) ==
        "--program: no program 'solve_0000001' (did you mean solve_00000001?)");
  CHECK(error("turn", "00000012") == "--task: no task '00000012' (did you mean 00000002?)");
  CHECK(error("solve_00000001", "00000002") == "--task: solve_00000001 does not run on 00000002");
  CHECK(error("turn", std::nullopt) == "--task is missing: turn runs on each of 2 tasks");
}
