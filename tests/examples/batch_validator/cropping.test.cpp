// SPDX-License-Identifier: MIT
//
// Cutting grids: slices of sequences, place by place.
#include "batch_validator/cropping.hpp"

#include "arc_given.hpp"
#include "support/catch.hpp"

#include "batch_validator/piece_facts.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

const std::string three_by_three = "((1, 2, 3), (4, 5, 6), (7, 8, 9))";

std::string crop(const std::string& grid, const std::string& start, const std::string& size) {
  return test::run(arc::piece_fact_primitives, "crop", {grid, start, size});
}

/// What a slice of a sequence holds, place by place.
std::vector<int> slice_of(const std::vector<int>& all, int start, int stop) {
  const int length = static_cast<int>(all.size());
  if (start < 0) start = start + length < 0 ? 0 : start + length;
  if (stop < 0) stop += length;
  std::vector<int> found;
  for (int at = start; at < stop && at < length; ++at) {
    found.push_back(all[static_cast<std::size_t>(at)]);
  }
  return found;
}

/// The same of a grid of three by four, whose cell (i, j) is 10 * i + j and what is added.
std::string naive_crop(int row, int column, int height, int width, int added) {
  std::string text;
  for (const int i : slice_of({0, 1, 2}, row, row + height)) {
    text += "(";
    for (const int j : slice_of({0, 1, 2, 3}, column, column + width)) {
      text += std::to_string(10 * i + j + added) + ",";
    }
    text += "),";
  }
  return "(" + text + ")";
}

/// Places where another result, or another form of it, is found than expected.
unsigned differences_from_naive_crop(int added) {
  arc::machine m(arc::piece_fact_primitives.data());
  unsigned count = 0;
  for (int code = 0; code < 9 * 9 * 9 * 9; ++code) {
    const int row = code % 9 - 4;
    const int column = code / 9 % 9 - 4;
    const int height = code / 81 % 9 - 4;
    const int width = code / 729 - 4;
    m.reset();
    const arc::value grid = test::value_of(m, naive_crop(0, 0, 3, 4, added));
    const arc::value expected = test::value_of(m, naive_crop(row, column, height, width, added));
    if (!arc::equal(arc::cropped(m, grid, {row, column}, {height, width}), expected)) ++count;
  }
  return count;
}

} // namespace

TEST_CASE("cropping: a part within the grid", "[arc][cropping]") {
  CHECK(crop(three_by_three, "(0, 1)", "(2, 2)") == "((2, 3), (5, 6))");
  CHECK(crop(three_by_three, "(0, 2)", "(3, 1)") == "((3,), (6,), (9,))");
  CHECK(crop(three_by_three, "(1, 0)", "(1, 3)") == "((4, 5, 6),)");
  CHECK(crop(three_by_three, "(0, 0)", "(3, 3)") == three_by_three);
}

TEST_CASE("cropping: bounds clamp to the grid", "[arc][cropping]") {
  CHECK(crop(three_by_three, "(1, 1)", "(9, 9)") == "((5, 6), (8, 9))");
  CHECK(crop(three_by_three, "(5, 5)", "(2, 2)") == "()");
  CHECK(crop(three_by_three, "(0, 5)", "(2, 2)") == "((), ())");
  CHECK(crop(three_by_three, "(1, 1)", "(2, 0)") == "((), ())");
  CHECK(crop(three_by_three, "(1, 1)", "(0, 2)") == "()");
}

TEST_CASE("cropping: a negative bound counts from the end", "[arc][cropping]") {
  CHECK(crop(three_by_three, "(-1, -1)", "(2, 2)") == "()");
  CHECK(crop(three_by_three, "(-2, -2)", "(1, 1)") == "((5,),)");
  CHECK(crop(three_by_three, "(0, 0)", "(2, -1)") == "((1, 2), (4, 5))");
  CHECK(crop(three_by_three, "(-5, 0)", "(4, 3)") == "((1, 2, 3), (4, 5, 6))");
  CHECK(crop(three_by_three, "(2, 0)", "(-1, 3)") == "()");
}

TEST_CASE("cropping: any bounds give what slices of sequences give", "[arc][cropping]") {
  CHECK(differences_from_naive_crop(0) == 0);
}

TEST_CASE("cropping: large colours crop as small ones do", "[arc][cropping]") {
  CHECK(differences_from_naive_crop(1'000'000) == 0);
}

TEST_CASE("cropping: huge bounds are no trouble before they overflow", "[arc][cropping]") {
  CHECK(crop(three_by_three, "(0, 2)", "(9223372036854775807, 1)") == "((3,), (6,), (9,))");
  CHECK(crop(three_by_three, "(-9223372036854775808, 0)", "(1, 1)") == "()");
  CHECK(crop(three_by_three, "(1, 0)", "(9223372036854775807, 1)") == "error: overflow");
}

TEST_CASE("cropping: each row of a ragged grid is cut by its own width", "[arc][cropping]") {
  CHECK(crop("((1, 2, 3), (4,))", "(0, 1)", "(2, 2)") == "((2, 3), ())");
  CHECK(crop("((1, 2, 3), (4,))", "(0, -1)", "(2, 9)") == "((3,), (4,))");
  CHECK(crop("((), ())", "(0, 0)", "(1, 1)") == "((),)");
  CHECK(crop("()", "(0, 0)", "(1, 1)") == "()");
}

TEST_CASE("cropping: cells may be anything", "[arc][cropping]") {
  CHECK(crop("((1, (0, 0)), (2, (0, 1)))", "(0, 1)", "(2, 1)") == "(((0, 0),), ((0, 1),))");
  CHECK(crop("((none, 1, {2}), (3, 4, 5))", "(0, 0)", "(1, 3)") == "((none, 1, {2}),)");
}

TEST_CASE("cropping: numbers are read through their first two components", "[arc][cropping]") {
  CHECK(crop(three_by_three, "(0, 1, 9)", "(1, 1, none)") == "((2,),)");
  CHECK(crop(three_by_three, "(0,)", "(1, 1)") == "error: index");
  CHECK(crop(three_by_three, "{0, 1}", "(1, 1)") == "error: type");
}

TEST_CASE("cropping: only tuples of tuples are grids", "[arc][cropping]") {
  CHECK(crop("{(1, 2)}", "(0, 0)", "(1, 1)") == "error: type");
  CHECK(crop("(1, 2, 3)", "(0, 0)", "(1, 1)") == "error: type");
  CHECK(crop("7", "(0, 0)", "(1, 1)") == "error: type");
}

TEST_CASE("cropping: fuel is spent on what is cut out", "[arc][cropping]") {
  arc::run_limits limits;
  limits.fuel = 5;
  arc::machine m(arc::piece_fact_primitives.data(), limits);
  const arc::colour_byte colours[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const arc::value grid = arc::value::of_grid(colours, 3, 3);
  CHECK(arc::text_of(arc::cropped(m, grid, {1, 1}, {2, 2})) == "((5, 6), (8, 9))");
  m.reset();
  CHECK_THROWS_AS(arc::cropped(m, grid, {0, 0}, {2, 3}), arc::run_error);
}
