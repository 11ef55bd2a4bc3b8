// SPDX-License-Identifier: MIT
//
// Occurrences of objects, and how they repeat themselves: the language's text, and a plain search.
#include "support/catch.hpp"

#include "arc_given.hpp"

#include "batch_validator/object_search.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace {

std::string run(const std::string& name, const std::vector<std::string>& arguments) {
  return test::run(arc::object_primitives, name, arguments);
}

std::string run_in_other_dialect(const std::string& name,
                                 const std::vector<std::string>& arguments) {
  arc::machine m(arc::object_primitives.data(), {}, arc::dialect::re_arc);
  std::vector<arc::value> values;
  for (const std::string& text : arguments) values.push_back(test::value_of(m, text));
  return test::outcome(m, test::named(arc::object_primitives, name), values);
}

using cell = std::tuple<int, int, int>; // colour, row, column
using object = std::set<cell>;

arc::value value_of(arc::machine& m, const object& o) {
  arc::cell_list cells(m, o.size());
  for (const auto& [colour, i, j] : o) cells.add(arc::value::of_integer(colour), {i, j});
  return cells.set();
}

/// Of the columns, if it is so, else of the rows.
int plain_period(const object& o, bool of_columns) {
  int first = 100;
  int last = -100;
  const auto line = [&](const cell& c) { return of_columns ? std::get<2>(c) : std::get<1>(c); };
  for (const cell& c : o) {
    first = (std::min)(first, line(c));
    last = (std::max)(last, line(c));
  }
  for (int period = 1; period <= last - first; ++period) {
    bool recurs = true;
    for (cell c : o) {
      (of_columns ? std::get<2>(c) : std::get<1>(c)) -= period;
      if (line(c) >= first && o.count(c) == 0) recurs = false;
    }
    if (recurs) return period;
  }
  return last - first + 1;
}

const std::string grid_3x3 = "((1,2,3),(4,5,6),(7,8,9))";

} // namespace

TEST_CASE("occurrences: where all cells match, moved from the corner", "[arc][object_search]") {
  const std::string grid = "((1,2,1),(2,1,2),(1,2,1))";
  CHECK(run("occurrences", {grid, "{(1,(7,7)),(2,(7,8))}"}) == "{(0, 0), (1, 1), (2, 0)}");
  CHECK(run("occurrences", {grid, "{(1,(-3,-3)),(1,(-2,-2))}"}) == "{(0, 0), (1, 1)}");
  CHECK(run("occurrences", {grid, "{(1,(0,1)),(1,(1,0))}"}) == "{(0, 1), (1, 0)}");
  CHECK(run("occurrences", {grid, "{(2,(0,0))}"}) == "{(0, 1), (1, 0), (1, 2), (2, 1)}");
  CHECK(run("occurrences", {grid, "{(3,(0,0))}"}) == "{}");
  // Two colours at one place match nowhere.
  CHECK(run("occurrences", {grid, "{(1,(0,0)),(2,(0,0))}"}) == "{}");
}

TEST_CASE("occurrences: wholly inside the grid", "[arc][object_search]") {
  const std::string grid = "((1,1),(1,1),(1,1))";
  CHECK(run("occurrences", {grid, "{(1,(0,0)),(1,(2,1))}"}) == "{(0, 0)}");
  CHECK(run("occurrences", {grid, "{(1,(0,0)),(1,(3,0))}"}) == "{}");
  CHECK(run("occurrences", {grid, "{(1,(0,0)),(1,(0,2))}"}) == "{}");
  CHECK(run_in_other_dialect("occurrences", {grid, "{(1,(0,0)),(1,(2,1))}"}) == "{(0, 0)}");
  CHECK(run("occurrences", {grid, "{(1,(0,0)),(1,(8000000,0))}"}) == "{}");
}

TEST_CASE("occurrences: nothing occurs everywhere, also just outside", "[arc][object_search]") {
  CHECK(run("occurrences", {"((1,2),)", "{}"}) ==
        "{(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)}");
  CHECK(run("occurrences", {"((1,2),)", "()"}) ==
        "{(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)}");
  CHECK(run_in_other_dialect("occurrences", {"((1,2),)", "{}"}) == "{(0, 0), (0, 1)}");
}

TEST_CASE("occurrences: the height and width of a tuple are those of a grid",
          "[arc][object_search]") {
  // Three cells in a row: looked for as if 3 high and 2 wide.
  const std::string row = "((1,(0,0)),(1,(0,1)),(1,(0,2)))";
  const std::string grid = "((1,1,1),(1,1,1),(1,1,1))";
  CHECK(run("occurrences", {grid, row}) == "{(0, 0)}");
  CHECK(run_in_other_dialect("occurrences", {grid, row}) == "{(0, 0), (1, 0), (2, 0)}");
}

TEST_CASE("occurrences: what is no grid or no object", "[arc][object_search]") {
  CHECK(run("occurrences", {grid_3x3, "{(0,0)}"}) == "error: type");
  CHECK(run("occurrences", {grid_3x3, "4"}) == "error: type");
  CHECK(run("occurrences", {"()", "{(1,(0,0))}"}) == "error: index");
  CHECK(run("occurrences", {"5", "{(1,(0,0))}"}) == "error: type");
}

TEST_CASE("occurrences: colours that are no bytes", "[arc][object_search]") {
  CHECK(run("occurrences", {"((300,1),(1,300))", "{(300,(0,0))}"}) == "{(0, 0), (1, 1)}");
  CHECK(run("occurrences", {"((1,44),(44,1))", "{(300,(0,0))}"}) == "{}"); // 300 is 44 + 256
  CHECK(run("occurrences", {"((300,1),(1,))", "{(300,(0,0)),(1,(0,1))}"}) == "error: index");
}

TEST_CASE("occurrences: a colour that is a large value costs as much", "[arc][object_search]") {
  arc::machine m(arc::object_primitives.data());
  arc::value_list numbers(m, 100);
  for (int i = 0; i < 100; ++i) numbers.add(arc::value::of_integer(1000 + i));
  const std::string large = arc::text_of(arc::tuple_of(m, numbers));
  const auto cost = [&](const std::string& colour) {
    const std::string row = colour + "," + colour + "," + colour;
    const arc::value both[] = {test::value_of(m, "((" + row + "),(" + row + "))"),
                               test::value_of(m, "{(" + colour + ",(0,0))}")};
    const std::uint64_t before = m.fuel();
    CHECK(test::named(arc::object_primitives, "occurrences").run(m, both).size() == 6);
    return m.fuel() - before;
  };
  CHECK(cost("1") < 50);
  CHECK(cost(large) >= 2 * 6 * 100); // the grid, and the cell at six places
}

TEST_CASE("hperiod and vperiod: the smallest shift that stays inside", "[arc][object_search]") {
  const std::string stripes = "{(1,(0,5)),(2,(0,6)),(1,(0,7)),(2,(0,8)),(1,(0,9))}";
  CHECK(run("hperiod", {stripes}) == "2");
  CHECK(run("vperiod", {stripes}) == "1");
  CHECK(run("vperiod", {"{(1,(-2,0)),(2,(-1,0)),(3,(0,0)),(1,(1,0))}"}) == "3");
  CHECK(run("hperiod", {"{(1,(0,0)),(2,(0,1)),(3,(0,2))}"}) == "3");
  CHECK(run("hperiod", {"((1,(4,4)),(1,(4,5)))"}) == "1");
  CHECK(run("hperiod", {"{(1,(0,0)),(1,(0,2)),(1,(0,3))}"}) == "3"); // 2 would want column 1
  CHECK(run("hperiod", {"{}"}) == "0");
  CHECK(run("vperiod", {"()"}) == "0");
  CHECK(run("hperiod", {"{(1,2)}"}) == "error: type");
  CHECK(run("vperiod", {"1"}) == "error: type");
}

TEST_CASE("hperiod and vperiod: as a plain search finds them", "[arc][object_search]") {
  std::mt19937 random(3);
  arc::machine m(arc::object_primitives.data());
  for (unsigned round = 0; round < 500; ++round) {
    object o;
    const int step = 1 + static_cast<int>(random() % 3); // most repeat themselves
    for (int k = 0; k < 30; ++k) {
      if (random() % 12 == 0) continue;
      o.emplace(k % step, -2 + (k / 6) % 5, k % 6);
    }
    m.reset();
    const arc::value v = value_of(m, o);
    INFO(arc::text_of(v));
    CHECK(arc::detail::hperiod(m, &v).integer() == plain_period(o, true));
    CHECK(arc::detail::vperiod(m, &v).integer() == plain_period(o, false));
  }
}
