// SPDX-License-Identifier: MIT
//
// Finding objects in grids: the language's text, plain searches on random grids, and recorded calls.
#include "support/catch.hpp"

#include "arc_given.hpp"

#include "batch_validator/object_search.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

std::string run(const std::string& name, const std::vector<std::string>& arguments) {
  return test::run(arc::object_primitives, name, arguments);
}

// Plain values: their standard order is the canonical one.
using colours = std::vector<std::vector<int>>;
using cell = std::tuple<int, int, int>; // colour, row, column
using object = std::set<cell>;

colours random_grid(std::mt19937& random, unsigned extent, unsigned palette) {
  const std::size_t height = 1 + random() % extent;
  const std::size_t width = 1 + random() % extent;
  colours grid(height, std::vector<int>(width));
  for (auto& row : grid) {
    for (int& colour : row) colour = static_cast<int>(random() % palette);
  }
  return grid;
}

arc::value value_of(arc::machine& m, const colours& grid, int factor = 1) {
  arc::value_list rows(m, grid.size());
  for (const auto& row : grid) {
    arc::value_list cells(m, row.size());
    for (const int colour : row) cells.add(arc::value::of_integer(colour * factor));
    rows.add(arc::tuple_of(m, cells));
  }
  return arc::tuple_of(m, rows);
}

std::string text_of(const std::set<object>& objects, int factor = 1) {
  std::string text;
  for (const object& o : objects) {
    std::string cells;
    for (const auto& [colour, i, j] : o) {
      if (!cells.empty()) cells += ", ";
      cells += "(" + std::to_string(colour * factor) + ", (" + std::to_string(i) + ", " +
               std::to_string(j) + "))";
    }
    text += (text.empty() ? "{" : ", {") + cells + "}";
  }
  return "{" + text + "}";
}

/// What objects is asked for.
struct flags {
  bool univalued;
  bool diagonal;
  bool without_background;
};

int plain_background(const colours& grid) {
  std::map<int, int> counts;
  for (const auto& row : grid) {
    for (const int colour : row) ++counts[colour];
  }
  int best = counts.begin()->first;
  for (const auto& [colour, count] : counts) {
    if (count > counts[best]) best = colour;
  }
  return best;
}

bool are_joined(const colours& grid, const flags& f, const cell& a, const cell& b) {
  const int rows = std::abs(std::get<1>(a) - std::get<1>(b));
  const int columns = std::abs(std::get<2>(a) - std::get<2>(b));
  if (rows > 1 || columns > 1 || (!f.diagonal && rows + columns > 1)) return false;
  if (f.univalued && std::get<0>(a) != std::get<0>(b)) return false;
  if (!f.without_background) return true;
  const int background = plain_background(grid);
  return std::get<0>(a) != background && std::get<0>(b) != background;
}

/// Every cell has its own number; joined ones take the smaller until nothing changes.
std::set<object> plain_objects(const colours& grid, const flags& f) {
  std::vector<cell> cells;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    for (std::size_t j = 0; j < grid[i].size(); ++j) {
      cells.emplace_back(grid[i][j], static_cast<int>(i), static_cast<int>(j));
    }
  }
  std::vector<std::size_t> numbers(cells.size());
  for (std::size_t k = 0; k < cells.size(); ++k) numbers[k] = k;
  std::vector<std::pair<std::size_t, std::size_t>> joined;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    for (std::size_t l = 0; l < k; ++l) {
      if (are_joined(grid, f, cells[k], cells[l])) joined.emplace_back(k, l);
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [k, l] : joined) {
      changed = changed || numbers[k] != numbers[l];
      numbers[k] = numbers[l] = (std::min)(numbers[k], numbers[l]);
    }
  }
  std::map<std::size_t, object> by_number;
  const int background = plain_background(grid);
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (f.without_background && std::get<0>(cells[k]) == background) continue;
    by_number[numbers[k]].insert(cells[k]);
  }
  std::set<object> objects;
  for (const auto& [number, o] : by_number) objects.insert(o);
  return objects;
}

const std::string grid_3x3 = "((1,2,3),(4,5,6),(7,8,9))";

} // namespace

TEST_CASE("object search: recorded calls", "[arc][object_search]") {
  const auto count = test::check_recorded_calls(arc::object_primitives);
  if (count) CHECK(*count >= 57);
}

TEST_CASE("objects: as a plain search finds them", "[arc][object_search]") {
  std::mt19937 random(1);
  arc::machine m(arc::object_primitives.data());
  for (unsigned round = 0; round < 300; ++round) {
    const colours grid = random_grid(random, 6, 2 + random() % 4);
    for (unsigned bits = 0; bits < 8; ++bits) {
      const flags f{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0};
      m.reset();
      const arc::value arguments[] = {value_of(m, grid),
                                      arc::value::of_integer(f.univalued ? 1 : 0),
                                      arc::value::of_integer(f.diagonal ? 1 : 0),
                                      arc::value::of_integer(f.without_background ? 1 : 0)};
      INFO(arc::text_of(arguments[0]) << " " << bits);
      CHECK(arc::text_of(arc::detail::objects(m, arguments)) == text_of(plain_objects(grid, f)));
    }
  }
}

TEST_CASE("objects: colours that are no bytes are searched alike", "[arc][object_search]") {
  std::mt19937 random(2);
  arc::machine m(arc::object_primitives.data());
  for (unsigned round = 0; round < 50; ++round) {
    const colours grid = random_grid(random, 5, 3);
    for (unsigned bits = 0; bits < 8; ++bits) {
      const flags f{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0};
      m.reset();
      const arc::value arguments[] = {value_of(m, grid, 100000),
                                      arc::value::of_integer(f.univalued ? 1 : 0),
                                      arc::value::of_integer(f.diagonal ? 1 : 0),
                                      arc::value::of_integer(f.without_background ? 1 : 0)};
      INFO(arc::text_of(arguments[0]) << " " << bits);
      CHECK(arc::text_of(arc::detail::objects(m, arguments)) ==
            text_of(plain_objects(grid, f), 100000));
    }
  }
}

TEST_CASE("objects: long ways round join what began apart", "[arc][object_search]") {
  CHECK(run("objects", {"((1,0,1),(1,1,1))", "1", "0", "0"}) ==
        "{{(0, (0, 1))}, {(1, (0, 0)), (1, (0, 2)), (1, (1, 0)), (1, (1, 1)), (1, (1, 2))}}");
  CHECK(run("objects", {"((2,0,2),(0,2,0),(0,0,0))", "1", "1", "1"}) ==
        "{{(2, (0, 0)), (2, (0, 2)), (2, (1, 1))}}");
  CHECK(run("objects", {"((2,0,2),(0,2,0),(0,0,0))", "1", "0", "1"}) ==
        "{{(2, (0, 0))}, {(2, (0, 2))}, {(2, (1, 1))}}");
}

TEST_CASE("objects: a row does not join the next at its ends", "[arc][object_search]") {
  CHECK(run("objects", {"((0,0,5),(5,0,0),(0,0,0))", "1", "1", "1"}) ==
        "{{(5, (0, 2))}, {(5, (1, 0))}}");
  CHECK(run("objects", {"((5,0,0),(0,0,0),(0,0,5))", "1", "1", "1"}) ==
        "{{(5, (0, 0))}, {(5, (2, 2))}}");
}

TEST_CASE("objects: the smallest of the most common colours is the background",
          "[arc][object_search]") {
  CHECK(run("objects", {"((3,1),(1,3))", "1", "0", "1"}) == "{{(3, (0, 0))}, {(3, (1, 1))}}");
  CHECK(run("objects", {"((4,4),(4,4))", "1", "0", "1"}) == "{}");
  CHECK(run("objects", {"((-1,-1,-2),(-1,-1,7))", "0", "0", "1"}) ==
        "{{(-2, (0, 2)), (7, (1, 2))}}");
}

TEST_CASE("objects: any true value is a flag", "[arc][object_search]") {
  CHECK(run("objects", {"((0,0,0),(0,1,2))", "()", "7", "(0,0)"}) ==
        "{{(1, (1, 1)), (2, (1, 2))}}");
  CHECK(run("objects", {"((0,0,0),(0,1,2))", "{5}", "none", "-1"}) ==
        "{{(1, (1, 1))}, {(2, (1, 2))}}");
}

TEST_CASE("objects: a multi-coloured one is in canonical order", "[arc][object_search]") {
  CHECK(run("objects", {"((0,9,0),(3,9,0),(0,1,0))", "0", "0", "1"}) ==
        "{{(1, (2, 1)), (3, (1, 0)), (9, (0, 1)), (9, (1, 1))}}");
  // The second component has the smaller cell, so it comes first.
  CHECK(run("objects", {"((8,0,0,2),(7,0,0,9))", "0", "0", "1"}) ==
        "{{(2, (0, 3)), (9, (1, 3))}, {(7, (1, 0)), (8, (0, 0))}}");
}

TEST_CASE("objects: degenerate grids", "[arc][object_search]") {
  CHECK(run("objects", {"()", "1", "1", "0"}) == "error: index");
  CHECK(run("objects", {"()", "1", "1", "1"}) == "error: index");
  CHECK(run("objects", {"((),())", "1", "1", "0"}) == "{}");
  CHECK(run("objects", {"((),())", "1", "1", "1"}) == "error: empty");
  CHECK(run("objects", {"((6,),)", "1", "1", "0"}) == "{{(6, (0, 0))}}");
  CHECK(run("objects", {"{(1,2)}", "1", "1", "0"}) == "error: type");
  CHECK(run("objects", {"(1,2)", "1", "1", "0"}) == "error: type");
  CHECK(run("objects", {"5", "1", "1", "0"}) == "error: type");
}

TEST_CASE("objects: ragged grids are as wide as row 0", "[arc][object_search]") {
  CHECK(run("objects", {"((5,),(5,5))", "1", "1", "0"}) == "{{(5, (0, 0)), (5, (1, 0))}}");
  CHECK(run("objects", {"((5,5),(5,))", "1", "1", "0"}) == "error: index");
  // All cells count for the background, also those beyond.
  CHECK(run("objects", {"((5,),(5,3,3,3))", "1", "1", "1"}) == "{{(5, (0, 0)), (5, (1, 0))}}");
}

TEST_CASE("objects: cells that are no integers", "[arc][object_search]") {
  CHECK(run("objects", {"(((1,2),7),((1,2),none))", "1", "0", "0"}) ==
        "{{(none, (1, 1))}, {(7, (0, 1))}, {((1, 2), (0, 0)), ((1, 2), (1, 0))}}");
  CHECK(run("objects", {"(((1,2),7),((1,2),none))", "0", "0", "1"}) ==
        "{{(none, (1, 1)), (7, (0, 1))}}");
}

TEST_CASE("objects: ended by fuel, and by cells", "[arc][object_search]") {
  arc::run_limits limits;
  limits.fuel = 1000;
  arc::machine tired(arc::object_primitives.data(), limits);
  const auto make_line = [](arc::machine& m) {
    auto* const bytes = m.take<arc::colour_byte>(400);
    for (int k = 0; k < 400; ++k) bytes[k] = static_cast<arc::colour_byte>(k % 2);
    return arc::grid_of(m, bytes, 20, 20);
  };
  const arc::value one = arc::value::of_integer(1);
  const auto& objects = test::named(arc::object_primitives, "objects");
  CHECK(test::outcome(tired, objects, {make_line(tired), one, one, arc::value::of_integer(0)}) ==
        "error: fuel");
  limits = {};
  limits.cells = 700;
  arc::machine small(arc::object_primitives.data(), limits);
  CHECK(test::outcome(small, objects, {make_line(small), one, one, arc::value::of_integer(0)}) ==
        "error: cells");
}

TEST_CASE("partition: one object of each colour, connected or not", "[arc][object_search]") {
  CHECK(run("partition", {"((3,1),(1,3))"}) ==
        "{{(1, (0, 1)), (1, (1, 0))}, {(3, (0, 0)), (3, (1, 1))}}");
  CHECK(run("partition", {"((-5,),)"}) == "{{(-5, (0, 0))}}");
  CHECK(run("partition", {"()"}) == "{}");
  CHECK(run("partition", {"((),())"}) == "{}");
  CHECK(run("partition", {"((300,2),(2,))"}) == "{{(2, (0, 1)), (2, (1, 0))}, {(300, (0, 0))}}");
  CHECK(run("partition", {"{(1,2)}"}) == "error: type");
}

TEST_CASE("fgpartition: without the most common colour", "[arc][object_search]") {
  CHECK(run("fgpartition", {"((3,1),(1,3))"}) == "{{(3, (0, 0)), (3, (1, 1))}}");
  CHECK(run("fgpartition", {"((9,0,2),(2,0,0))"}) == "{{(2, (0, 2)), (2, (1, 0))}, {(9, (0, 0))}}");
  CHECK(run("fgpartition", {"((4,4),)"}) == "{}");
  CHECK(run("fgpartition", {"((300,2),(2,))"}) == "{{(300, (0, 0))}}");
  CHECK(run("fgpartition", {"()"}) == "error: empty");
  CHECK(run("fgpartition", {"5"}) == "error: type");
}

TEST_CASE("frontiers: rows and columns of one value, in full", "[arc][object_search]") {
  CHECK(run("frontiers", {"((1,2,3),(2,2,2))"}) ==
        "{{(2, (0, 1)), (2, (1, 1))}, {(2, (1, 0)), (2, (1, 1)), (2, (1, 2))}}");
  CHECK(run("frontiers", {grid_3x3}) == "{}");
  CHECK(run("frontiers", {"((7,),)"}) == "{{(7, (0, 0))}}"); // its row and its column are one set
  CHECK(run("frontiers", {"((4,4,5),)"}) == "{{(4, (0, 0))}, {(4, (0, 1))}, {(5, (0, 2))}}");
  CHECK(run("frontiers", {"()"}) == "{}");
  CHECK(run("frontiers", {"((),())"}) == "{}");
  CHECK(run("frontiers", {"((300,1),(300,2))"}) == "{{(300, (0, 0)), (300, (1, 0))}}");
  CHECK(run("frontiers", {"5"}) == "error: type");
}

TEST_CASE("compress: without lines of one value", "[arc][object_search]") {
  CHECK(run("compress", {"((0,0,0,0),(0,1,0,2),(0,0,0,0),(0,3,0,4))"}) == "((1, 2), (3, 4))");
  CHECK(run("compress", {grid_3x3}) == "((1, 2, 3), (4, 5, 6), (7, 8, 9))");
  CHECK(run("compress", {"((300,300),(1,300))"}) == "((1,),)");
  CHECK(run("compress", {"5"}) == "error: type");
}

TEST_CASE("compress: looks at the original, and may leave nothing", "[arc][object_search]") {
  // Without row 0 the right column would be of one value.
  CHECK(run("compress", {"((5,5),(1,2),(3,2))"}) == "((1, 2), (3, 2))");
  CHECK(run("compress", {"((1,1),(2,2))"}) == "()");
  CHECK(run("compress", {"((1,2),(1,2))"}) == "((), ())");
  CHECK(run("compress", {"()"}) == "()");
  CHECK(run("compress", {"((),())"}) == "((), ())");
}

TEST_CASE("compress: only columns that all rows have can be of one value", "[arc][object_search]") {
  CHECK(run("compress", {"((1,2),(1,3,4))"}) == "((2,), (3, 4))");
  CHECK(run("frontiers", {"((1,2),(1,3,4))"}) == "{{(1, (0, 0)), (1, (1, 0))}}");
}
