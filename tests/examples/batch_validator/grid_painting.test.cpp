// SPDX-License-Identifier: MIT
//
// Primitives that make grids and change their cells: what the language's description says of each,
// edge cases above all, and all recorded calls.
#include "batch_validator/grid_painting.hpp"

#include "arc_given.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(arc::grid_painting_primitives, name, arguments);
}

/// How a result is stored: equal contents must be stored alike.
arc::value_form form_of(std::string_view name, const std::vector<std::string>& arguments) {
  arc::machine m(arc::grid_painting_primitives.data());
  std::vector<arc::value> values;
  for (const std::string& text : arguments) values.push_back(test::value_of(m, text));
  return test::named(arc::grid_painting_primitives, name).run(m, values.data()).form();
}

const std::string zeros = "((0, 0, 0), (0, 0, 0))";
const std::string ragged = "((0, 0), (0,), (0, 0, 0))";

} // namespace

TEST_CASE("grid painting: recorded calls", "[arc][grid_painting]") {
  if (const auto count = test::check_recorded_calls(arc::grid_painting_primitives)) {
    CHECK(*count >= 91);
  }
}

TEST_CASE("grid painting: a canvas has one colour", "[arc][grid_painting]") {
  CHECK(run("canvas", {"7", "(2, 3)"}) == "((7, 7, 7), (7, 7, 7))");
  CHECK(run("canvas", {"-128", "(1, 1)"}) == "((-128,),)");
  CHECK(run("canvas", {"1", "(1, 2, 9)"}) == "((1, 1),)"); // further components are lost
  CHECK(run("canvas", {"1", "(1,)"}) == "error: index");
  CHECK(run("canvas", {"1", "5"}) == "error: type");
  CHECK(run("canvas", {"1", "(1, (2, 3))"}) == "error: type");
}

TEST_CASE("grid painting: a negative side of a canvas counts as 0", "[arc][grid_painting]") {
  CHECK(run("canvas", {"7", "(2, -1)"}) == "((), ())");
  CHECK(run("canvas", {"7", "(2, 0)"}) == "((), ())");
  CHECK(run("canvas", {"7", "(-1, 2)"}) == "()");
  CHECK(run("canvas", {"7", "(0, 1000000)"}) == "()");
  CHECK(run("canvas", {"700", "(-1, 1000000)"}) == "()");
  CHECK(run("canvas", {"700", "(2, -1)"}) == "((), ())");
}

TEST_CASE("grid painting: a canvas may be of anything", "[arc][grid_painting]") {
  CHECK(run("canvas", {"128", "(2, 2)"}) == "((128, 128), (128, 128))");
  CHECK(run("canvas", {"(1, 2)", "(1, 3)"}) == "(((1, 2), (1, 2), (1, 2)),)");
  CHECK(run("canvas", {"{}", "(2, 1)"}) == "(({},), ({},))");
  CHECK(form_of("canvas", {"7", "(2, 2)"}) == arc::value_form::grid);
  CHECK(form_of("canvas", {"128", "(2, 2)"}) == arc::value_form::elements);
}

TEST_CASE("grid painting: a canvas that is too large ends by a limit", "[arc][grid_painting]") {
  CHECK(run("canvas", {"0", "(1000000, 1000000)"}) == "error: cells");
  CHECK(run("canvas", {"0", "(9223372036854775807, 9223372036854775807)"}) == "error: cells");
  CHECK(run("canvas", {"0", "(2000, 2000)"}) == "error: cells");
  CHECK(run("canvas", {"700", "(1000000, 1000000)"}) == "error: cells");
  CHECK(run("canvas", {"0", "(2000000, 0)"}) == "error: cells");
}

TEST_CASE("grid painting: fill ignores what is outside and wraps nothing", "[arc][grid_painting]") {
  CHECK(run("fill", {zeros, "4", "{(0, 0), (1, 2)}"}) == "((4, 0, 0), (0, 0, 4))");
  CHECK(run("fill", {zeros, "4", "{(-1, 0), (0, -1), (2, 0), (0, 3), (-1, -1)}"}) == zeros);
  CHECK(run("fill", {zeros, "4", "{(-2147483648, 0), (0, 2147483647)}"}) == zeros);
  CHECK(run("fill", {zeros, "4", "{}"}) == zeros);
}

TEST_CASE("grid painting: fill takes any patch", "[arc][grid_painting]") {
  CHECK(run("fill", {zeros, "4", "{(8, (0, 1)), (9, (0, 2))}"}) == "((0, 4, 4), (0, 0, 0))");
  CHECK(run("fill", {zeros, "4", "((1, 1), (0, 0), (1, 1))"}) == "((4, 0, 0), (0, 4, 0))");
  CHECK(run("fill", {zeros, "4", "((8, (0, 1)),)"}) == "((0, 4, 0), (0, 0, 0))");
  CHECK(run("fill", {zeros, "4", "()"}) == zeros);
  CHECK(run("fill", {zeros, "4", "7"}) == "error: type");
  CHECK(run("fill", {zeros, "4", "{1}"}) == "error: type");
}

TEST_CASE("grid painting: there is no filling the empty grid", "[arc][grid_painting]") {
  CHECK(run("fill", {"()", "4", "{}"}) == "error: index");
  CHECK(run("paint", {"()", "{}"}) == "error: index");
  CHECK(run("underfill", {"()", "4", "{}"}) == "error: empty");
  CHECK(run("underpaint", {"()", "{}"}) == "error: empty");
  CHECK(run("cover", {"()", "{}"}) == "error: empty");
  CHECK(run("move", {"()", "{}", "(0, 0)"}) == "error: empty");
  CHECK(run("fill", {"((), ())", "4", "{(0, 0)}"}) == "((), ())"); // rows, but no columns
}

TEST_CASE("grid painting: a grid is a tuple of tuples", "[arc][grid_painting]") {
  CHECK(run("fill", {"{(0, 0)}", "4", "{(0, 0)}"}) == "error: type");
  CHECK(run("fill", {"(1, 2)", "4", "{(0, 0)}"}) == "error: type");
  CHECK(run("paint", {"7", "{}"}) == "error: type");
  CHECK(run("replace", {"{}", "1", "2"}) == "error: type");
  CHECK(run("cellwise", {zeros, "{}", "2"}) == "error: type");
}

TEST_CASE("grid painting: row 0 says how wide a ragged grid is", "[arc][grid_painting]") {
  CHECK(run("fill", {ragged, "4", "{(0, 1), (2, 1), (2, 2)}"}) == "((0, 4), (0,), (0, 4, 0))");
  CHECK(run("fill", {ragged, "4", "{(1, 1)}"}) == "error: index");
  CHECK(run("paint", {ragged, "{(3, (1, 0))}"}) == "((0, 0), (3,), (0, 0, 0))");
}

TEST_CASE("grid painting: colours need not be bytes", "[arc][grid_painting]") {
  CHECK(run("fill", {zeros, "128", "{(0, 0)}"}) == "((128, 0, 0), (0, 0, 0))");
  CHECK(run("fill", {zeros, "-129", "{(1, 1)}"}) == "((0, 0, 0), (0, -129, 0))");
  CHECK(run("fill", {zeros, "(1, 2)", "{(0, 0)}"}) == "(((1, 2), 0, 0), (0, 0, 0))");
  CHECK(run("fill", {"((128, 0),)", "1", "{(0, 0)}"}) == "((1, 0),)");
  CHECK(run("paint", {zeros, "{(-1, (0, 0)), (300, (0, 1))}"}) == "((-1, 300, 0), (0, 0, 0))");
  CHECK(run("underfill", {"((300, 300, 1),)", "5", "{(0, 0), (0, 2)}"}) == "((5, 300, 1),)");
  CHECK(run("cover", {"((300, 300, 1),)", "{(0, 2)}"}) == "((300, 300, 300),)");
}

TEST_CASE("grid painting: equal grids have one form", "[arc][grid_painting]") {
  CHECK(form_of("fill", {zeros, "300", "{(9, 9)}"}) == arc::value_form::grid);
  CHECK(form_of("fill", {"((128, 0),)", "1", "{(0, 0)}"}) == arc::value_form::grid);
  CHECK(form_of("paint", {zeros, "{(300, (9, 9)), (1, (0, 0))}"}) == arc::value_form::grid);
  CHECK(form_of("replace", {zeros, "5", "300"}) == arc::value_form::grid);
  CHECK(form_of("replace", {zeros, "0", "300"}) == arc::value_form::elements);
  CHECK(form_of("cellwise", {zeros, zeros, "300"}) == arc::value_form::grid);
}

TEST_CASE("grid painting: the grid that is painted stays as it was", "[arc][grid_painting]") {
  arc::machine m(arc::grid_painting_primitives.data());
  const arc::value before = test::value_of(m, zeros);
  const std::vector<arc::value> arguments{before, arc::value::of_integer(4),
                                          test::value_of(m, "{(0, 0)}")};
  CHECK(test::outcome(m, test::named(arc::grid_painting_primitives, "fill"), arguments) ==
        "((4, 0, 0), (0, 0, 0))");
  CHECK(arc::text_of(before) == zeros);
}

TEST_CASE("grid painting: of two colours for one place the last wins", "[arc][grid_painting]") {
  CHECK(run("paint", {zeros, "{(5, (0, 0)), (1, (0, 0))}"}) == "((5, 0, 0), (0, 0, 0))");
  CHECK(run("paint", {zeros, "((5, (0, 0)), (1, (0, 0)))"}) == "((1, 0, 0), (0, 0, 0))");
  CHECK(run("paint", {zeros, "((500, (0, 0)), (1, (0, 0)))"}) == "((1, 0, 0), (0, 0, 0))");
}

TEST_CASE("grid painting: paint ignores what is outside and wraps nothing",
          "[arc][grid_painting]") {
  CHECK(run("paint", {zeros, "{(1, (-1, 0)), (2, (0, -1)), (3, (2, 0)), (4, (0, 3))}"}) == zeros);
  CHECK(run("paint", {zeros, "{(1, (-1, 0)), (2, (1, 2))}"}) == "((0, 0, 0), (0, 0, 2))");
  CHECK(run("paint", {zeros, "{}"}) == zeros);
}

TEST_CASE("grid painting: locations have no colours to paint with", "[arc][grid_painting]") {
  CHECK(run("paint", {zeros, "{(0, 0)}"}) == "error: type");
  CHECK(run("underpaint", {zeros, "((0, 0), (1, 1))"}) == "error: type");
  CHECK(run("move", {zeros, "{(0, 0)}", "(0, 1)"}) == "error: type");
}

TEST_CASE("grid painting: underfill changes the most common colour only", "[arc][grid_painting]") {
  CHECK(run("underfill", {"((0, 0, 3), (0, 2, 0))", "4", "{(0, 1), (0, 2), (1, 1), (1, 2)}"}) ==
        "((0, 4, 3), (0, 2, 4))");
  CHECK(run("underfill", {"((2, 2, 0, 0),)", "4", "{(0, 0), (0, 3), (0, 4)}"}) ==
        "((2, 2, 0, 4),)"); // of as frequent ones the smallest
}

TEST_CASE("grid painting: underfill looks at the original for the colour", "[arc][grid_painting]") {
  // After the first 1 there are more of these than of 0.
  CHECK(run("underfill", {"((0, 0, 1, 1),)", "1", "{(0, 0), (0, 1)}"}) == "((1, 1, 1, 1),)");
}

TEST_CASE("grid painting: underpaint looks at a cell when its turn comes", "[arc][grid_painting]") {
  CHECK(run("underpaint", {zeros, "((2, (0, 0)), (3, (0, 0)))"}) == "((2, 0, 0), (0, 0, 0))");
  CHECK(run("underpaint", {zeros, "((0, (0, 0)), (3, (0, 0)))"}) == "((3, 0, 0), (0, 0, 0))");
  CHECK(run("underpaint", {zeros, "{(2, (0, 0)), (3, (0, 0))}"}) == "((2, 0, 0), (0, 0, 0))");
  CHECK(run("underpaint", {zeros, "((200, (0, 0)), (3, (0, 0)))"}) == "((200, 0, 0), (0, 0, 0))");
  CHECK(run("underpaint", {"((0, 7, 0),)", "{(2, (0, 1)), (2, (0, 2)), (2, (0, -3))}"}) ==
        "((0, 7, 2),)");
}

TEST_CASE("grid painting: cover takes the most common colour", "[arc][grid_painting]") {
  CHECK(run("cover", {"((3, 3, 3), (1, 2, 1))", "{(1, (1, 0)), (2, (1, 1)), (9, (5, 5))}"}) ==
        "((3, 3, 3), (3, 3, 1))");
  CHECK(run("cover", {"((2, 1),)", "{(0, 0)}"}) == "((1, 1),)"); // of as frequent ones the smallest
  CHECK(run("cover", {"((2, 1),)", "()"}) == "((2, 1),)");
}

TEST_CASE("grid painting: move covers first, then paints", "[arc][grid_painting]") {
  CHECK(run("move", {"((5, 5, 0, 0, 0),)", "{(5, (0, 0)), (5, (0, 1))}", "(0, 1)"}) ==
        "((0, 5, 5, 0, 0),)");
  CHECK(run("move", {"((5, 0, 0),)", "{(5, (0, 0))}", "(0, -1)"}) == "((0, 0, 0),)");
  CHECK(run("move", {"((5, 0, 0),)", "{(6, (0, 0))}", "(0, 2)"}) == "((0, 0, 6),)");
}

TEST_CASE("grid painting: what is moved is a set, whatever it was", "[arc][grid_painting]") {
  // In the tuple the last is 1; in the set it is 5.
  CHECK(run("move", {zeros, "((5, (0, 0)), (1, (0, 0)))", "(1, 1)"}) == "((0, 0, 0), (0, 5, 0))");
}

TEST_CASE("grid painting: move needs an offset of two unless there is nothing to move",
          "[arc][grid_painting]") {
  CHECK(run("move", {zeros, "{(5, (0, 0))}", "(1, 1, 1)"}) == "error: type");
  CHECK(run("move", {zeros, "{(5, (0, 0))}", "1"}) == "error: type");
  CHECK(run("move", {zeros, "{}", "1"}) == zeros);
  CHECK(run("move", {zeros, "()", "(1, 1, 1)"}) == zeros);
}

TEST_CASE("grid painting: replace changes one colour", "[arc][grid_painting]") {
  CHECK(run("replace", {"((1, 2), (3, 1))", "1", "9"}) == "((9, 2), (3, 9))");
  CHECK(run("replace", {"((1, 2), (3, 1))", "7", "9"}) == "((1, 2), (3, 1))");
  CHECK(run("replace", {"((1, 2), (3, 1))", "1", "2"}) == "((2, 2), (3, 2))");
  CHECK(run("replace", {"((1, 2), (3, 1))", "1", "900"}) == "((900, 2), (3, 900))");
  CHECK(run("replace", {"((1, 2), (3, 1))", "257", "9"}) == "((1, 2), (3, 1))"); // not 1
  CHECK(run("replace", {"((none, 2),)", "none", "9"}) == "((9, 2),)");
  CHECK(run("replace", {ragged, "0", "1"}) == "((1, 1), (1,), (1, 1, 1))");
  CHECK(run("replace", {"()", "0", "1"}) == "()");
  CHECK(run("replace", {"((), ())", "0", "1"}) == "((), ())");
}

TEST_CASE("grid painting: switch swaps two colours", "[arc][grid_painting]") {
  CHECK(run("switch", {"((1, 2), (3, 1))", "1", "2"}) == "((2, 1), (3, 2))");
  CHECK(run("switch", {"((1, 2), (3, 1))", "3", "3"}) == "((1, 2), (3, 1))");
  CHECK(run("switch", {"((1, 2), (3, 1))", "9", "3"}) == "((1, 2), (9, 1))");
  CHECK(run("switch", {"((1, 2), (3, 1))", "2", "900"}) == "((1, 900), (3, 1))");
  CHECK(run("switch", {"((1, 900),)", "1", "900"}) == "((900, 1),)");
  CHECK(run("switch", {"()", "0", "1"}) == "()");
}

TEST_CASE("grid painting: cellwise keeps what both grids have", "[arc][grid_painting]") {
  CHECK(run("cellwise", {"((1, 2), (3, 4))", "((1, 0), (0, 4))", "7"}) == "((1, 7), (7, 4))");
  CHECK(run("cellwise", {"((1, 2),)", "((1, 3, 9), (4, 5, 6))", "0"}) == "((1, 0),)");
  CHECK(run("cellwise", {"((1, 2),)", "((1, 3),)", "700"}) == "((1, 700),)");
  CHECK(run("cellwise", {"((1, 200),)", "((1, 200),)", "0"}) == "((1, 200),)");
}

TEST_CASE("grid painting: cellwise needs a second grid as large as the first",
          "[arc][grid_painting]") {
  CHECK(run("cellwise", {"((1, 2),)", "((1,), (2,))", "0"}) == "error: index");
  CHECK(run("cellwise", {"((1,), (2,))", "((1, 2),)", "0"}) == "error: index");
  CHECK(run("cellwise", {"((1,), (2,))", "((1, 2),)", "700"}) == "error: index");
  CHECK(run("cellwise", {"((1, 2),)", "()", "0"}) == "error: index");
  CHECK(run("cellwise", {"()", "((1, 2),)", "0"}) == "error: index");
  CHECK(run("cellwise", {"((1, 2), (3,))", "((1, 2), (3, 4))", "0"}) == "error: index");
  CHECK(run("cellwise", {"((1,), (3, 4))", "((1, 2), (3, 9))", "0"}) == "((1,), (3,))");
  CHECK(run("cellwise", {"((), ())", "()", "0"}) == "((), ())"); // no cell to look for
}
