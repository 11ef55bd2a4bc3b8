// SPDX-License-Identifier: MIT
#include "arc_given.hpp"

#include "batch_validator/grid_shapes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr const auto& table = arc::grid_shape_primitives;

/// "12/34" as the text of a grid.
std::string grid(std::string_view digits) {
  arc::machine m(table.data());
  return arc::text_of(test::grid(m, digits));
}

std::string turned(std::string_view name, const std::string& piece) {
  return test::run(table, name, {piece});
}

const std::vector<std::string_view> rotations{"rot90", "rot180", "rot270"};
const std::vector<std::string_view> mirrors{"hmirror", "vmirror", "dmirror", "cmirror"};

} // namespace

TEST_CASE("turning: a grid with unlike sides goes every way", "[arc][grid_turning]") {
  const std::string all = grid("123/456");
  CHECK(turned("rot90", all) == grid("41/52/63"));
  CHECK(turned("rot180", all) == grid("654/321"));
  CHECK(turned("rot270", all) == grid("36/25/14"));
  CHECK(turned("hmirror", all) == grid("456/123"));
  CHECK(turned("vmirror", all) == grid("321/654"));
  CHECK(turned("dmirror", all) == grid("14/25/36"));
  CHECK(turned("cmirror", all) == grid("63/52/41"));
}

TEST_CASE("turning: rows and columns of one or two cells", "[arc][grid_turning]") {
  CHECK(turned("rot90", grid("12")) == grid("1/2"));
  CHECK(turned("rot90", grid("1/2")) == grid("21"));
  CHECK(turned("rot270", grid("12")) == grid("2/1"));
  CHECK(turned("rot180", grid("12")) == grid("21"));
  CHECK(turned("dmirror", grid("12/34")) == grid("13/24"));
  CHECK(turned("cmirror", grid("12/34")) == grid("42/31"));
  for (const std::string_view name : rotations) CHECK(turned(name, grid("7")) == grid("7"));
  for (const std::string_view name : mirrors) CHECK(turned(name, grid("7")) == grid("7"));
}

TEST_CASE("turning: the empty tuple stays empty", "[arc][grid_turning]") {
  for (const std::string_view name : rotations) CHECK(turned(name, "()") == "()");
  for (const std::string_view name : mirrors) CHECK(turned(name, "()") == "()");
}

TEST_CASE("turning: rows of width 0 have no columns", "[arc][grid_turning]") {
  for (const std::string_view name : {"rot90", "rot270", "dmirror", "cmirror"}) {
    CHECK(turned(name, "((), ())") == "()");
  }
  for (const std::string_view name : {"rot180", "hmirror", "vmirror"}) {
    CHECK(turned(name, "((), ())") == "((), ())");
  }
}

TEST_CASE("turning: columns go as far as the shortest row", "[arc][grid_turning]") {
  const std::string ragged = "((1, 2, 3), (4, 5))";
  CHECK(turned("rot90", ragged) == "((4, 1), (5, 2))");
  CHECK(turned("rot270", ragged) == "((2, 5), (1, 4))");
  CHECK(turned("dmirror", ragged) == "((1, 4), (2, 5))");
  CHECK(turned("rot90", "((1,), ())") == "()");
}

TEST_CASE("turning: cmirror counts columns from the right ends", "[arc][grid_turning]") {
  CHECK(turned("cmirror", "((1, 2, 3), (4, 5))") == "((5, 3), (4, 2))");
  CHECK(turned("cmirror", "((1,), (2, 3, 4))") == "((4, 1),)");
}

TEST_CASE("turning: rows keep their widths where they stay rows", "[arc][grid_turning]") {
  const std::string ragged = "((1, 2, 3), (4, 5))";
  CHECK(turned("rot180", ragged) == "((5, 4), (3, 2, 1))");
  CHECK(turned("hmirror", ragged) == "((4, 5), (1, 2, 3))");
  CHECK(turned("vmirror", ragged) == "((3, 2, 1), (5, 4))");
}

TEST_CASE("turning: cells of a grid may be anything", "[arc][grid_turning]") {
  const std::string odd = "((1000, {(0, 1)}), (none, -7))";
  CHECK(turned("rot90", odd) == "((none, 1000), (-7, {(0, 1)}))");
  CHECK(turned("rot180", odd) == "((-7, none), ({(0, 1)}, 1000))");
  CHECK(turned("vmirror", odd) == "(({(0, 1)}, 1000), (-7, none))");
  CHECK(turned("dmirror", odd) == "((1000, none), ({(0, 1)}, -7))");
}

TEST_CASE("turning: a result has the form of its content", "[arc][grid_turning]") {
  // Of large numbers and small ones, only the small remain: equal to a grid from elsewhere.
  arc::machine m(table.data());
  const arc::value ragged = test::value_of(m, "((1, 2, 1000), (3, 4))");
  const arc::value turned_grid = test::named(table, "dmirror").run(m, &ragged);
  CHECK(arc::equal(turned_grid, test::grid(m, "13/24")));
}

TEST_CASE("turning: hmirror reverses any tuple, for it does not look into rows",
          "[arc][grid_turning]") {
  CHECK(turned("hmirror", "((2, (3, 4)), (5, (6, 7)))") == "((5, (6, 7)), (2, (3, 4)))");
  CHECK(turned("hmirror", "(1, 2, 3)") == "(3, 2, 1)");
  CHECK(turned("hmirror", "(8, 9)") == "(9, 8)");
  CHECK(turned("hmirror", "({(0, 0)}, {(1, 1)})") == "({(1, 1)}, {(0, 0)})");
}

TEST_CASE("turning: a tuple of cells or of locations is a grid", "[arc][grid_turning]") {
  CHECK(turned("vmirror", "((0, 5), (3, 5))") == "((5, 0), (5, 3))");
  CHECK(turned("dmirror", "((2, (3, 4)), (5, (6, 7)))") == "((2, 5), ((3, 4), (6, 7)))");
}

TEST_CASE("turning: indices are mirrored in their bounding box", "[arc][grid_turning]") {
  // Rows 3 to 5 and columns 10 to 11; the corner (3, 10) stays where rows become columns.
  const std::string some = "{(3, 10), (4, 10), (5, 11)}";
  CHECK(turned("hmirror", some) == "{(3, 11), (4, 10), (5, 10)}");
  CHECK(turned("vmirror", some) == "{(3, 11), (4, 11), (5, 10)}");
  CHECK(turned("dmirror", some) == "{(3, 10), (3, 11), (4, 12)}");
  CHECK(turned("cmirror", some) == "{(3, 10), (4, 11), (4, 12)}");
}

TEST_CASE("turning: an object keeps its colours", "[arc][grid_turning]") {
  const std::string some = "{(1, (3, 10)), (2, (4, 10)), (3, (5, 11))}";
  CHECK(turned("hmirror", some) == "{(1, (5, 10)), (2, (4, 10)), (3, (3, 11))}");
  CHECK(turned("vmirror", some) == "{(1, (3, 11)), (2, (4, 11)), (3, (5, 10))}");
  CHECK(turned("dmirror", some) == "{(1, (3, 10)), (2, (3, 11)), (3, (4, 12))}");
  CHECK(turned("cmirror", some) == "{(1, (4, 12)), (2, (4, 11)), (3, (3, 10))}");
}

TEST_CASE("turning: cmirror of a patch is vmirror of dmirror of vmirror", "[arc][grid_turning]") {
  for (const std::string some : {"{(-5, 2), (-1, 3), (0, 9)}", "{(0, (7, 7)), (4, (6, -3))}"}) {
    CHECK(turned("cmirror", some) == turned("vmirror", turned("dmirror", turned("vmirror", some))));
  }
}

TEST_CASE("turning: places below 0 and two colours of one place", "[arc][grid_turning]") {
  CHECK(turned("hmirror", "{(-4, 0), (-1, 2)}") == "{(-4, 2), (-1, 0)}");
  CHECK(turned("vmirror", "{(1, (0, -2)), (2, (0, -2)), (3, (0, 0))}") ==
        "{(1, (0, 0)), (2, (0, 0)), (3, (0, -2))}");
}

TEST_CASE("turning: an empty set has no corner", "[arc][grid_turning]") {
  for (const std::string_view name : mirrors) CHECK(turned(name, "{}") == "error: index");
}

TEST_CASE("turning: what is no grid and no patch is refused", "[arc][grid_turning]") {
  for (const std::string_view name : mirrors) {
    for (const std::string v : {"5", "none", "{1, 2}", "{(1, 2, 3)}", "{((0, 0), 1), (2, 3)}"}) {
      CHECK(turned(name, v) == "error: type");
    }
  }
  for (const std::string_view name : rotations) {
    for (const std::string v :
         {"5", "none", "{(0, 1)}", "(1, 2, 3)", "((1, 2), 3)", "({1}, {2})"}) {
      CHECK(turned(name, v) == "error: type");
    }
  }
  for (const std::string_view name : {"vmirror", "dmirror", "cmirror"}) {
    CHECK(turned(name, "(1, 2, 3)") == "error: type");
    CHECK(turned(name, "({1}, {2})") == "error: type");
  }
}

TEST_CASE("turning: a grid too large for the fuel left costs no more", "[arc][grid_turning]") {
  arc::machine m(table.data(), {.fuel = 1'000});
  auto* const colours = m.take<arc::colour_byte>(600);
  for (unsigned i = 0; i < 600; ++i) colours[i] = 0;
  const std::vector<arc::value> large{arc::grid_of(m, colours, 20, 30)};
  for (const std::string_view name : rotations) {
    CHECK(test::outcome(m, test::named(table, name), large) == "error: fuel");
  }
  for (const std::string_view name : mirrors) {
    CHECK(test::outcome(m, test::named(table, name), large) == "error: fuel");
  }
  CHECK(m.fuel() == 600);
}
