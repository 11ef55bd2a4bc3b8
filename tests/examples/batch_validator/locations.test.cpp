// SPDX-License-Identifier: MIT
//
// Primitives that make locations: what the language's description says of each, edge cases above
// all, and all recorded calls.
#include "batch_validator/locations.hpp"

#include "arc_given.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(arc::location_primitives, name, arguments);
}

/// Pairs in a text that holds nothing else.
auto pairs_in(const std::string& text) { return std::count(text.begin(), text.end(), '('); }

} // namespace

TEST_CASE("locations: recorded calls", "[arc][locations]") {
  if (const auto count = test::check_recorded_calls(arc::location_primitives)) {
    CHECK(*count >= 150);
  }
}

TEST_CASE("locations: neighbours leave out the centre and are not clipped", "[arc][locations]") {
  CHECK(run("dneighbors", {"(2, 3)"}) == "{(1, 3), (2, 2), (2, 4), (3, 3)}");
  CHECK(run("ineighbors", {"(2, 3)"}) == "{(1, 2), (1, 4), (3, 2), (3, 4)}");
  CHECK(run("neighbors", {"(0, 0)"}) ==
        "{(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)}");
}

TEST_CASE("locations: a neighbour needs a row and a column", "[arc][locations]") {
  for (const char* const name : {"dneighbors", "ineighbors", "neighbors"}) {
    INFO(name);
    CHECK(run(name, {"(2, 3, 9)"}) == run(name, {"(2, 3)"})); // further components are lost
    CHECK(run(name, {"(2,)"}) == "error: index");
    CHECK(run(name, {"7"}) == "error: type");
    CHECK(run(name, {"{(2, 3)}"}) == "error: type");
    CHECK(run(name, {"((1, 2), (3, 4))"}) == "error: type");
  }
}

TEST_CASE("locations: numbers end where integers do", "[arc][locations]") {
  CHECK(run("neighbors", {"(9223372036854775807, 0)"}) == "error: overflow");
  CHECK(run("outbox", {"{(0, -9223372036854775808)}"}) == "error: overflow");
  CHECK(run("shoot", {"(0, 0)", "(9223372036854775807, 0)"}) == "error: overflow");
  CHECK(run("connect", {"(2147483647, 0)", "(2147483646, 0)"}) ==
        "{(2147483646, 0), (2147483647, 0)}");
}

TEST_CASE("locations: corners are those of the bounding box", "[arc][locations]") {
  CHECK(run("corners", {"{(5, 2), (1, 3), (2, 7)}"}) == "{(1, 2), (1, 7), (5, 2), (5, 7)}");
  CHECK(run("corners", {"{(8, (0, 1)), (3, (-2, 0))}"}) == "{(-2, 0), (-2, 1), (0, 0), (0, 1)}");
  CHECK(run("corners", {"((0, 4), (0, 1))"}) == "{(0, 1), (0, 4)}");
  CHECK(run("corners", {"{(6, 6)}"}) == "{(6, 6)}");
}

TEST_CASE("locations: corners of nothing are the empty tuple", "[arc][locations]") {
  CHECK(run("corners", {"{}"}) == "{()}");
  CHECK(run("corners", {"()"}) == "{()}");
}

TEST_CASE("locations: a backdrop is the whole bounding box", "[arc][locations]") {
  CHECK(run("backdrop", {"{(1, 3), (2, 1)}"}) ==
        "{(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)}");
  CHECK(run("backdrop", {"{(4, (-1, 0)), (2, (0, -1))}"}) ==
        "{(-1, -1), (-1, 0), (0, -1), (0, 0)}");
  CHECK(run("backdrop", {"((0, 2), (0, 0))"}) == "{(0, 0), (0, 1), (0, 2)}");
  CHECK(run("backdrop", {"{}"}) == "{}");
  CHECK(run("backdrop", {"()"}) == "{}");
  CHECK(run("backdrop", {"3"}) == "error: type");
}

TEST_CASE("locations: a delta is the backdrop without the patch", "[arc][locations]") {
  CHECK(run("delta", {"{(0, 0), (0, 2), (1, 1)}"}) == "{(0, 1), (1, 0), (1, 2)}");
  CHECK(run("delta", {"{(1, (0, 1)), (2, (0, 1)), (9, (1, 0))}"}) == "{(0, 0), (1, 1)}");
  CHECK(run("delta", {"((5, (1, 1)), (5, (0, 0)))"}) == "{(0, 1), (1, 0)}");
  CHECK(run("delta", {"{(0, 0), (0, 1)}"}) == "{}");
}

TEST_CASE("locations: a delta needs a set, or cells to make one of", "[arc][locations]") {
  CHECK(run("delta", {"((0, 0), (2, 2))"}) == "error: type");
  CHECK(run("delta", {"()"}) == "{}");
  CHECK(run("delta", {"{}"}) == "{}");
}

TEST_CASE("locations: a box is an outline, however thin", "[arc][locations]") {
  CHECK(run("box", {"{(0, 0), (2, 2)}"}) ==
        "{(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)}");
  CHECK(run("box", {"{(1, 1), (1, 3)}"}) == "{(1, 1), (1, 2), (1, 3)}");
  CHECK(run("box", {"{(7, (1, 1)), (7, (3, 1))}"}) == "{(1, 1), (2, 1), (3, 1)}");
  CHECK(run("box", {"((-1, -1), (0, 0))"}) == "{(-1, -1), (-1, 0), (0, -1), (0, 0)}");
  CHECK(run("box", {"{(4, 4)}"}) == "{(4, 4)}");
}

TEST_CASE("locations: a box of nothing is that nothing", "[arc][locations]") {
  CHECK(run("box", {"{}"}) == "{}");
  CHECK(run("box", {"()"}) == "()");
}

TEST_CASE("locations: an outbox is one larger on all sides", "[arc][locations]") {
  CHECK(run("outbox", {"{(0, 0)}"}) == run("neighbors", {"(0, 0)"}));
  CHECK(run("outbox", {"{(3, (1, 1)), (3, (1, 2))}"}) ==
        "{(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 3), (2, 0), (2, 1), (2, 2), (2, 3)}");
  CHECK(run("outbox", {"{}"}) == "error: empty");
  CHECK(run("outbox", {"()"}) == "error: empty");
}

TEST_CASE("locations: an inbox is one smaller on all sides", "[arc][locations]") {
  CHECK(run("inbox", {"{(0, 0), (2, 2)}"}) == "{(1, 1)}");
  CHECK(run("inbox", {"{(0, 0), (4, 4)}"}) == run("box", {"{(1, 1), (3, 3)}"}));
  CHECK(run("inbox", {"{}"}) == "error: empty");
  CHECK(run("inbox", {"()"}) == "error: empty");
}

TEST_CASE("locations: an inbox that turns inside out is swapped", "[arc][locations]") {
  CHECK(run("inbox", {"{(5, 5)}"}) == run("neighbors", {"(5, 5)"}));
  CHECK(run("inbox", {"{(0, 0), (1, 1)}"}) == "{(0, 0), (0, 1), (1, 0), (1, 1)}");
  // Rows from 1 up to -1, columns from 1 to 1: only the rows are swapped.
  CHECK(run("inbox", {"{(0, 0), (0, 2)}"}) == "{(-1, 1), (0, 1), (1, 1)}");
  CHECK(run("inbox", {"{(0, 0), (4, 1)}"}) == "{(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)}");
}

TEST_CASE("locations: lines go straight or exactly diagonally", "[arc][locations]") {
  CHECK(run("connect", {"(1, 3)", "(1, 1)"}) == "{(1, 1), (1, 2), (1, 3)}");
  CHECK(run("connect", {"(-1, 2)", "(1, 2)"}) == "{(-1, 2), (0, 2), (1, 2)}");
  CHECK(run("connect", {"(2, 2)", "(0, 0)"}) == "{(0, 0), (1, 1), (2, 2)}");
  CHECK(run("connect", {"(2, 0)", "(0, 2)"}) == "{(0, 2), (1, 1), (2, 0)}");
  CHECK(run("connect", {"(0, 2)", "(2, 0)"}) == "{(0, 2), (1, 1), (2, 0)}");
  CHECK(run("connect", {"(3, 3)", "(3, 3)"}) == "{(3, 3)}");
  CHECK(run("connect", {"(0, 0)", "(1, 2)"}) == "{}");
  CHECK(run("connect", {"(0, 0)", "(-3, 2)"}) == "{}");
  CHECK(run("connect", {"(0, 0)", "1"}) == "error: type");
}

TEST_CASE("locations: a shot is 42 steps long", "[arc][locations]") {
  CHECK(run("shoot", {"(3, 4)", "(0, 1)"}) == run("connect", {"(3, 4)", "(3, 46)"}));
  CHECK(run("shoot", {"(3, 4)", "(-1, 1)"}) == run("connect", {"(3, 4)", "(-39, 46)"}));
  CHECK(pairs_in(run("shoot", {"(0, 0)", "(1, -1)"})) == 43);
  CHECK(pairs_in(run("shoot", {"(0, 0)", "(0, 2)"})) == 85);
  CHECK(run("shoot", {"(3, 4)", "(0, 0)"}) == "{(3, 4)}");
  CHECK(run("shoot", {"(3, 4)", "(1, 2)"}) == "{}");
  CHECK(run("shoot", {"(3, 4)", "(1,)"}) == "error: index");
}

TEST_CASE("locations: a frontier is 30 long and starts at 0", "[arc][locations]") {
  CHECK(run("hfrontier", {"(5, 7)"}) == run("connect", {"(5, 0)", "(5, 29)"}));
  CHECK(run("vfrontier", {"(5, 7)"}) == run("connect", {"(0, 7)", "(29, 7)"}));
  CHECK(run("hfrontier", {"(-2, 50)"}) == run("connect", {"(-2, 0)", "(-2, 29)"}));
  CHECK(pairs_in(run("vfrontier", {"(0, 0)"})) == 30);
  CHECK(run("vfrontier", {"{(0, 0)}"}) == "error: type");
}

TEST_CASE("locations: gravity acts along the column if there is a common one", "[arc][locations]") {
  CHECK(run("gravitate", {"{(0, 3)}", "{(5, 3)}"}) == "(4, 0)");
  CHECK(run("gravitate", {"{(5, 3)}", "{(0, 0), (0, 3)}"}) == "(-4, 0)");
  CHECK(run("gravitate", {"{(2, (0, 3))}", "{(7, (0, 9))}"}) == "(0, 5)");
  CHECK(run("gravitate", {"{(0, 9)}", "{(0, 3)}"}) == "(0, -5)");
  CHECK(run("gravitate", {"{(0, 0)}", "{(1, 5)}"}) == "(0, 5)"); // ends above it
}

TEST_CASE("locations: gravity ends when patches are adjacent", "[arc][locations]") {
  CHECK(run("gravitate", {"{(0, 0)}", "{(1, 0)}"}) == "(0, 0)");
  CHECK(run("gravitate", {"{(4, 4)}", "{(4, 4)}"}) == "(-1, 0)");
  // They overlap until all of the first has passed: what touches meanwhile does not count.
  CHECK(run("gravitate", {"{(0, 0), (1, 0)}", "{(1, 0), (2, 0), (3, 0)}"}) == "(4, 0)");
}

TEST_CASE("locations: gravity ends after 42 moves", "[arc][locations]") {
  CHECK(run("gravitate", {"{(0, 0)}", "{(42, 0)}"}) == "(41, 0)");
  CHECK(run("gravitate", {"{(0, 0)}", "{(43, 0)}"}) == "(42, 0)");
  CHECK(run("gravitate", {"{(0, 0)}", "{(99, 0)}"}) == "(42, 0)");
  CHECK(run("gravitate", {"{(0, 9)}", "{(5, 5)}"}) == "(0, -42)"); // passes by
  CHECK(run("gravitate", {"{(0, 0)}", "{(0, 2147483647)}"}) == "(0, 42)");
}

TEST_CASE("locations: gravity takes the centre of a tuple as a grid's", "[arc][locations]") {
  const std::string row = "(0, 0), (0, 1), (0, 2), (0, 3)";
  CHECK(run("gravitate", {"{" + row + "}", "{(2, 0)}"}) == "(1, 0)");
  CHECK(run("gravitate", {"(" + row + ")", "{(2, 0)}"}) == "(-42, 0)"); // centre row 0 + 4 / 2
}

TEST_CASE("locations: gravity needs two patches", "[arc][locations]") {
  CHECK(run("gravitate", {"{}", "{(0, 0)}"}) == "error: empty");
  CHECK(run("gravitate", {"{(0, 0)}", "{}"}) == "error: empty");
  CHECK(run("gravitate", {"{(0, 0)}", "4"}) == "error: type");
}

TEST_CASE("locations: what is too large ends by a limit, not by its memory", "[arc][locations]") {
  const std::string far = "{(0, 0), (1000000, 1000000)}";
  const std::string farthest = "{(-2147483648, -2147483648), (2147483647, 2147483647)}";
  for (const char* const name : {"backdrop", "delta"}) {
    INFO(name);
    const std::string limit =
        name[0] == 'b' ? "error: cells" : "error: fuel"; // of the search before
    CHECK(run(name, {far}) == limit);
    CHECK(run(name, {farthest}) == limit);
    CHECK(run(name, {"{(0, 0), (2000, 2000)}"}) == "error: cells");
  }
  CHECK(run("box", {far}) == "error: cells");
  CHECK(run("box", {farthest}) == "error: cells");
  CHECK(run("inbox", {far}) == "error: cells");
  CHECK(run("connect", {"(0, 0)", "(2000000, 2000000)"}) == "error: cells");
  CHECK(run("connect", {"(0, 0)", "(0, 2000000000)"}) == "error: cells");
  CHECK(run("connect", {"(-2147483648, 5)", "(2147483647, 5)"}) == "error: cells");
  CHECK(run("connect", {"(3, 1)", "(1, 3)"}) == "{(1, 3), (2, 2), (3, 1)}");
  CHECK(run("connect", {"(-1, 0)", "(1, -2)"}) == "{(-1, 0), (0, -1), (1, -2)}");
  CHECK(run("connect", {"(0, 2)", "(0, -1)"}) == "{(0, -1), (0, 0), (0, 1), (0, 2)}");
}

TEST_CASE("locations: gravity costs each pair of locations", "[arc][locations]") {
  arc::run_limits limits;
  limits.fuel = 20'000;
  arc::machine m(arc::location_primitives.data(), limits);
  const auto& backdrop = test::named(arc::location_primitives, "backdrop");
  const arc::value corners = test::value_of(m, "{(0, 0), (9, 19)}");
  const arc::value many = backdrop.run(m, &corners);
  REQUIRE(many.size() == 200);
  CHECK(test::outcome(m, test::named(arc::location_primitives, "gravitate"), {many, many}) ==
        "error: fuel");
}
