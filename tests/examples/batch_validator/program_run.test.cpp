// SPDX-License-Identifier: MIT
#include "batch_validator/program_run.hpp"
#include "arc_given.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/value_text.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace {

/// Assignments, the last one of O.
arc::program read(std::initializer_list<const char*> lines) {
  std::string text = "def f(I):\n";
  for (const char* const line : lines) text += std::string("    ") + line + "\n";
  const auto all = arc::parse_programs(text + "    return O\n", "f.py", arc::primitives);
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].is_good());
  return all[0].code;
}

class runner {
 public:
  explicit runner(const arc::run_limits& limits = {}) : m_(arc::primitives.data(), limits) {}

  /// Of the input 10 x 10 zeros.
  arc::run_outcome operator()(std::initializer_list<const char*> lines) {
    return run_(read(lines), arc::value::of_grid(zeros_, 10, 10));
  }
  /// The result as text, or "line 2: type in first": lines count from 0.
  std::string text(std::initializer_list<const char*> lines) {
    const arc::run_outcome outcome = (*this)(lines);
    if (!outcome.error) return arc::text_of(outcome.result);
    return "line " + std::to_string(outcome.line) + ": " +
           std::string(arc::name_of(*outcome.error)) +
           (outcome.primitive == arc::machine::no_primitive
                ? std::string()
                : " in " + std::string(arc::primitives[outcome.primitive].name));
  }

 private:
  static constexpr arc::colour_byte zeros_[100] = {};
  arc::machine m_;
  arc::program_run run_{m_};
};

std::uint64_t fuel_of(std::initializer_list<const char*> lines) {
  const arc::run_outcome outcome = runner()(lines);
  REQUIRE_FALSE(outcome.error);
  return outcome.fuel;
}

arc::run_limits with_fuel(std::uint64_t fuel) {
  arc::run_limits limits;
  limits.fuel = fuel;
  return limits;
}
arc::run_limits with_cells(std::uint64_t cells) {
  arc::run_limits limits;
  limits.cells = cells;
  return limits;
}
arc::run_limits with_depth(std::uint32_t depth) {
  arc::run_limits limits;
  limits.depth = depth;
  return limits;
}

} // namespace

TEST_CASE("program_run: lines are evaluated in order, on the input and earlier lines",
          "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = astuple(TWO, NEG_ONE)", "x2 = add(x1, ONE)", "O = multiply(x2, x1)"}) ==
        "(6, 0)");
  CHECK(run.text({"O = shape(I)"}) == "(10, 10)");
  CHECK(run.text({"O = apply(size, I)"}) == "(10, 10, 10, 10, 10, 10, 10, 10, 10, 10)");
}

TEST_CASE("program_run: an argument may be returned as it is", "[arc][program_run]") {
  arc::machine m(arc::primitives.data());
  arc::program_run run(m);
  const arc::colour_byte bytes[] = {1, 2, 3};
  const arc::value input = arc::value::of_grid(bytes, 1, 3);
  const arc::run_outcome outcome = run(read({"x1 = identity(I)", "O = identity(x1)"}), input);
  REQUIRE_FALSE(outcome.error);
  CHECK(outcome.result.colours() == bytes);
}

TEST_CASE("program_run: an error ends the run at its line and names the primitive",
          "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = first(I)", "x2 = divide(ONE, ZERO)", "O = identity(I)"}) ==
        "line 1: zero_division in divide");
  CHECK(run.text({"x1 = compose(first, first)", "O = apply(x1, I)"}) == "line 1: type in first");
  CHECK(run.text({"x1 = interval(ONE, TWO, ZERO)", "O = first(ONE)"}) ==
        "line 0: zero_step in interval");
}

TEST_CASE("program_run: lines whose value is not used run too", "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = identity(I)", "x2 = first(ONE)", "O = size(x1)"}) ==
        "line 1: type in first");
  CHECK(run.text({"x1 = identity(I)", "x2 = first(x1)", "O = size(x1)"}) == "10");
}

TEST_CASE("program_run: both alternatives of branch are evaluated", "[arc][program_run]") {
  CHECK(runner().text({"x1 = identity(ONE)", "x2 = divide(ONE, ZERO)", "O = branch(T, x1, x2)"}) ==
        "line 1: zero_division in divide");
}

TEST_CASE("program_run: a variable may be the callee if it holds a function",
          "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = lbind(add, ONE)", "O = x1(TWO)"}) == "3");
  CHECK(run.text({"x1 = identity(add)", "O = x1(TWO, ONE)"}) == "3");
  CHECK(run.text({"x1 = lbind(lbind, add)", "x2 = x1(TEN)", "O = x2(ONE)"}) == "11");
  CHECK(run.text({"x1 = identity(TWO)", "O = x1(TWO)"}) == "line 1: type");
  CHECK(run.text({"x1 = identity(I)", "O = x1(TWO)"}) == "line 1: type");
}

TEST_CASE("program_run: a wrong number of arguments is found when a variable is called",
          "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = lbind(add, ONE)", "O = x1(TWO, TWO)"}) == "line 1: type");
  CHECK(run.text({"x1 = identity(add)", "O = x1(TWO)"}) == "line 1: type");
  CHECK(run.text({"x1 = lbind(identity, ONE)", "O = identity(I)"}).substr(0, 2) == "((");
  CHECK(run.text({"x1 = lbind(identity, ONE)", "O = x1(ONE, ONE, ONE)"}) == "line 1: type");
}

TEST_CASE("program_run: an error leaves nothing behind for the next run", "[arc][program_run]") {
  runner run;
  CHECK(run.text({"x1 = astuple(I, I)", "O = first(ONE)"}) == "line 1: type in first");
  CHECK(run.text({"x1 = astuple(ONE, TWO)", "O = last(x1)"}) == "2");
  CHECK(run.text({"x1 = identity(TWO)", "O = x1(TWO)"}) == "line 1: type");
}

TEST_CASE("program_run: fuel is the sum of what the lines cost", "[arc][program_run]") {
  CHECK(fuel_of({"O = identity(I)"}) == 8); // a call, and nothing is read
  CHECK(fuel_of({"x1 = identity(I)", "x2 = identity(x1)", "O = identity(x2)"}) == 3 * 8);
  const std::uint64_t mirror = fuel_of({"O = hmirror(I)"});
  CHECK(mirror >= 8 + 100); // at least what is made
  CHECK(fuel_of({"x1 = hmirror(I)", "x2 = hmirror(x1)", "O = hmirror(x2)"}) == 3 * mirror);
}

TEST_CASE("program_run: a line costs the same wherever it stands", "[arc][program_run]") {
  const std::uint64_t palette = fuel_of({"O = palette(I)"});
  const std::uint64_t objects = fuel_of({"O = objects(I, T, F, F)"});
  const std::uint64_t both = fuel_of({"x1 = objects(I, T, F, F)", "O = palette(I)"});
  CHECK(both == palette + objects);
  // Neither do functions that were made, or memory that is held, change it.
  const std::uint64_t before =
      fuel_of({"x1 = rbind(astuple, I)", "x2 = asobject(I)", "O = asindices(I)"});
  CHECK(fuel_of({"x1 = rbind(astuple, I)", "x2 = asobject(I)", "x3 = asindices(I)",
                 "O = objects(I, T, F, F)"}) == before + objects);
}

TEST_CASE("program_run: the same run has the same outcome again", "[arc][program_run]") {
  runner run;
  const auto fuel = [&] {
    return run({"x1 = lbind(apply, even)", "x2 = apply(x1, I)", "O = order(x2, size)"}).fuel;
  };
  const std::uint64_t first = fuel();
  run({"x1 = hconcat(I, I)", "O = divide(ONE, ZERO)"});
  CHECK(fuel() == first);
}

TEST_CASE("program_run: fuel ends a run at the line that exceeds it", "[arc][program_run]") {
  const auto text = [](std::uint64_t fuel) {
    return runner(with_fuel(fuel)).text({"x1 = size(I)", "x2 = identity(x1)", "O = identity(x2)"});
  };
  const std::uint64_t size = fuel_of({"O = size(I)"});
  CHECK(text(size + 16) == "10");
  CHECK(text(size + 15) == "line 2: fuel");
  CHECK(text(size + 8) == "line 2: fuel");
  CHECK(text(size + 7) == "line 1: fuel");
  CHECK(text(size - 1).substr(0, 12) == "line 0: fuel");
}

TEST_CASE("program_run: a runaway of calls ends by fuel at its line", "[arc][program_run]") {
  runner run(with_fuel(100'000));
  CHECK(run.text({"x1 = multiply(TEN, TEN)", "x2 = multiply(x1, x1)", "x3 = multiply(x2, x2)",
                  "x4 = power(increment, x3)", "O = x4(ONE)"})
            .substr(0, 12) == "line 4: fuel");
}

TEST_CASE("program_run: cells end a run at the line that holds too much", "[arc][program_run]") {
  // Each line keeps the 100 cells that it makes.
  const auto text = [](std::uint64_t cells) {
    return runner(with_cells(cells))
        .text({"x1 = hmirror(I)", "x2 = hmirror(x1)", "x3 = hmirror(x2)", "O = size(x3)"});
  };
  CHECK(text(300) == "10");
  CHECK(text(299) == "line 2: cells");
  CHECK(text(200) == "line 2: cells");
  CHECK(text(199) == "line 1: cells");
  CHECK(text(99) == "line 0: cells in hmirror");
}

TEST_CASE("program_run: what a line holds on the way counts with what earlier lines keep",
          "[arc][program_run]") {
  const auto text = [](std::uint64_t cells) {
    return runner(with_cells(cells))
        .text({"x1 = compose(size, hmirror)", "x2 = hmirror(I)", "x3 = x1(I)", "x4 = x1(I)",
               "O = add(x3, x4)"});
  };
  CHECK(text(202) == "20"); // a closure of two parts, a grid, and another one that is given up
  CHECK(text(201) == "line 2: cells");
}

TEST_CASE("program_run: depth ends calls in calls at the line that makes them",
          "[arc][program_run]") {
  const auto text = [](std::uint32_t depth) {
    return runner(with_depth(depth))
        .text({"x1 = compose(identity, identity)", "x2 = compose(identity, x1)",
               "x3 = compose(identity, x2)", "O = x3(TWO)"});
  };
  CHECK(text(4) == "2");
  CHECK(text(3).substr(0, 13) == "line 3: depth");
  CHECK(text(2).substr(0, 13) == "line 2: depth"); // three closures in each other
}

TEST_CASE("program_run: values in values end by depth", "[arc][program_run]") {
  const auto text = [](const char* times) {
    return runner(with_depth(5))
        .text({"x1 = power(initset, FIVE)", "x2 = power(initset, SIX)", "x3 = branch(T, x1, x2)",
               times});
  };
  CHECK(text("O = x1(ONE)") == "{{{{{1}}}}}");
  CHECK(text("O = x2(ONE)") == "line 3: depth in initset");
}
