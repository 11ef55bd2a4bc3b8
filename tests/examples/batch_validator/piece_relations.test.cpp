// SPDX-License-Identifier: MIT
//
// Primitives that relate pieces: the language's text, a plain distance, and recorded calls.
#include "support/catch.hpp"

#include "arc_given.hpp"

#include "batch_validator/patch_distance.hpp"
#include "batch_validator/piece_relations.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

std::string run(const std::string& name, const std::vector<std::string>& arguments) {
  return test::run(arc::piece_relation_primitives, name, arguments);
}

const std::string grid_3x3 = "((1,2,3),(4,5,6),(7,8,9))";

using places = std::vector<std::pair<int, int>>;

places random_places(std::mt19937& random, int extent) {
  places all(1 + random() % 12);
  const int top = static_cast<int>(random() % 15) - 10;
  const int left = static_cast<int>(random() % 15) - 10;
  for (auto& [i, j] : all) {
    i = top + static_cast<int>(random() % static_cast<unsigned>(extent));
    j = left + static_cast<int>(random() % static_cast<unsigned>(extent));
  }
  return all;
}

arc::value set_of_places(arc::machine& m, const places& all) {
  arc::location_list list(m, all.size());
  for (const auto& [i, j] : all) list.add({i, j});
  return list.set();
}

int plain_distance(const places& p, const places& q) {
  int nearest = 1000;
  for (const auto& [i, j] : p) {
    for (const auto& [k, l] : q) nearest = (std::min)(nearest, std::abs(i - k) + std::abs(j - l));
  }
  return nearest;
}

} // namespace

TEST_CASE("piece relations: recorded calls", "[arc][piece_relations]") {
  const auto count = test::check_recorded_calls(arc::piece_relation_primitives);
  if (count) CHECK(*count >= 114);
}

TEST_CASE("hmatching and vmatching: a row or a column in common", "[arc][piece_relations]") {
  CHECK(run("hmatching", {"{(0,1),(2,3)}", "{(5,9),(2,8)}"}) == "1");
  CHECK(run("vmatching", {"{(0,1),(2,3)}", "{(5,9),(2,8)}"}) == "0");
  CHECK(run("vmatching", {"{(0,1),(2,3)}", "{(7,3)}"}) == "1");
  CHECK(run("hmatching", {"{(0,1),(2,3)}", "{(7,3)}"}) == "0");
  // Between the rows of the other is not a row of it.
  CHECK(run("hmatching", {"{(0,0),(2,0)}", "{(1,0)}"}) == "0");
  CHECK(run("vmatching", {"{(0,-4),(0,6)}", "{(3,-5),(3,-4)}"}) == "1");
}

TEST_CASE("hmatching and vmatching: any kinds of patches, also empty", "[arc][piece_relations]") {
  CHECK(run("hmatching", {"{(9,(1,0)),(1,(4,0))}", "{(1,5)}"}) == "1");
  CHECK(run("vmatching", {"((1,0),(3,7))", "{(2,(5,7))}"}) == "1");
  CHECK(run("vmatching", {"((2,(5,7)),(1,(5,6)))", "((0,6),)"}) == "1");
  CHECK(run("hmatching", {"{}", "{(1,5)}"}) == "0");
  CHECK(run("hmatching", {"()", "{}"}) == "0");
  CHECK(run("hmatching", {"5", "{(1,5)}"}) == "error: type");
  CHECK(run("hmatching", {"{1,2}", "{(1,5)}"}) == "error: type");
}

TEST_CASE("manhattan: the smallest over all pairs of locations", "[arc][piece_relations]") {
  CHECK(run("manhattan", {"{(0,0)}", "{(3,4)}"}) == "7");
  CHECK(run("manhattan", {"{(0,0),(3,3)}", "{(3,4),(9,9)}"}) == "1");
  CHECK(run("manhattan", {"{(1,(0,0)),(2,(5,5))}", "{(5,5)}"}) == "0");
  CHECK(run("manhattan", {"{(-2,-3)}", "{(1,1)}"}) == "7");
  // One box in the other, and locations still apart.
  CHECK(run("manhattan", {"{(0,0),(0,8),(8,0),(8,8)}", "{(4,3)}"}) == "7");
  CHECK(run("manhattan", {"((0,0),(0,1))", "((7,(0,4)),(7,(2,1)))"}) == "2");
}

TEST_CASE("manhattan: as a plain search finds it", "[arc][piece_relations]") {
  std::mt19937 random(1);
  arc::machine m(arc::piece_relation_primitives.data());
  for (unsigned round = 0; round < 2000; ++round) {
    m.reset();
    const places p = random_places(random, 9);
    const places q = random_places(random, 4);
    const arc::value arguments[] = {set_of_places(m, p), set_of_places(m, q)};
    const std::int64_t found =
        arc::distance_of(m, arc::patch(m, arguments[0]), arc::patch(m, arguments[1]));
    INFO(arc::text_of(arguments[0]) + " " + arc::text_of(arguments[1]));
    CHECK(found == plain_distance(p, q));
  }
}

TEST_CASE("manhattan: nothing has no distance", "[arc][piece_relations]") {
  CHECK(run("manhattan", {"{}", "{(0,0)}"}) == "error: empty");
  CHECK(run("manhattan", {"{(0,0)}", "()"}) == "error: empty");
  CHECK(run("adjacent", {"{}", "{}"}) == "error: empty");
  CHECK(run("manhattan", {"{(0,0)}", "3"}) == "error: type");
}

TEST_CASE("manhattan: numbers of 64 bits", "[arc][piece_relations]") {
  CHECK(run("manhattan", {"{(5000000000,0)}", "{(0,1)}"}) == "5000000001");
  CHECK(run("manhattan", {"{(9223372036854775807,0)}", "{(-1,0)}"}) == "error: overflow");
  CHECK(run("manhattan", {"{(9223372036854775800,0)}", "{(0,9223372036854775800)}"}) ==
        "error: overflow");
}

TEST_CASE("manhattan: charged for all pairs before it starts", "[arc][piece_relations]") {
  arc::run_limits limits;
  limits.fuel = 10000;
  arc::machine m(arc::piece_relation_primitives.data(), limits);
  arc::value_list line(m, 150);
  for (int j = 0; j < 150; ++j) line.add(arc::value::of_pair({0, j}));
  const arc::value p = arc::set_of(m, line);
  const auto& manhattan = test::named(arc::piece_relation_primitives, "manhattan");
  CHECK(test::outcome(m, manhattan, {p, p}) == "error: fuel");
}

TEST_CASE("adjacent: a distance of one, so not diagonally", "[arc][piece_relations]") {
  CHECK(run("adjacent", {"{(0,0)}", "{(0,1)}"}) == "1");
  CHECK(run("adjacent", {"{(0,0)}", "{(1,1)}"}) == "0");
  CHECK(run("adjacent", {"{(0,0)}", "{(0,0)}"}) == "0");
  // An overlap is nearer than a neighbour.
  CHECK(run("adjacent", {"{(0,0),(0,1)}", "{(0,1),(0,2)}"}) == "0");
}

TEST_CASE("bordering: each edge of the grid", "[arc][piece_relations]") {
  CHECK(run("bordering", {"{(2, -1)}", "((), (), ())"}) == "1"); // no columns: the last is -1
  CHECK(run("bordering", {"{(1,1)}", grid_3x3}) == "0");
  CHECK(run("bordering", {"{(0,1)}", grid_3x3}) == "1");
  CHECK(run("bordering", {"{(1,0)}", grid_3x3}) == "1");
  CHECK(run("bordering", {"{(2,1)}", grid_3x3}) == "1");
  CHECK(run("bordering", {"{(4,(1,2))}", grid_3x3}) == "1");
  CHECK(run("bordering", {"{(1,2)}", "((1,2,3,4),(4,5,6,7),(7,8,9,0))"}) == "0");
}

TEST_CASE("bordering: a patch beyond the grid counts only where an extreme hits an edge",
          "[arc][piece_relations]") {
  CHECK(run("bordering", {"{(-1,1),(1,1)}", grid_3x3}) == "0");
  CHECK(run("bordering", {"{(1,1),(1,3)}", grid_3x3}) == "0");
  CHECK(run("bordering", {"{(5,5)}", grid_3x3}) == "0");
  CHECK(run("bordering", {"{(5,2)}", grid_3x3}) == "1");
  CHECK(run("bordering", {"{(-1,1),(0,1)}", grid_3x3}) == "0"); // its uppermost row is -1
}

TEST_CASE("bordering: nothing borders nothing", "[arc][piece_relations]") {
  CHECK(run("bordering", {"{}", grid_3x3}) == "error: empty");
  CHECK(run("bordering", {"{(5,5)}", "()"}) == "error: index");
  CHECK(run("bordering", {"{(0,5)}", "{}"}) == "error: type");
  CHECK(run("bordering", {"{(5,5)}", "(1,2,3)"}) == "error: type");
}

TEST_CASE("centerofmass: means are rounded down", "[arc][piece_relations]") {
  CHECK(run("centerofmass", {"{(0,0),(0,3),(4,0)}"}) == "(1, 1)");
  CHECK(run("centerofmass", {"{(-1,0),(0,-3)}"}) == "(-1, -2)");
  CHECK(run("centerofmass", {"((2,(0,0)),(2,(0,5)))"}) == "(0, 2)");
  CHECK(run("centerofmass", {"{}"}) == "()");
  CHECK(run("centerofmass", {"()"}) == "()");
  CHECK(run("centerofmass", {"7"}) == "error: type");
}

TEST_CASE("center: half the height and width from the corner", "[arc][piece_relations]") {
  CHECK(run("center", {"{(4,7)}"}) == "(4, 7)");
  CHECK(run("center", {"{(0,0),(1,1)}"}) == "(1, 1)");
  CHECK(run("center", {"{(3,(-3,-2)),(3,(-1,0))}"}) == "(-2, -1)");
  CHECK(run("center", {"{(-3,-2),(-2,1)}"}) == "(-2, 0)");
  CHECK(run("center", {"{}"}) == "error: empty");
  CHECK(run("center", {"()"}) == "error: empty");
  CHECK(run("center", {"1"}) == "error: type");
}

TEST_CASE("center: the height of a tuple is its length, its width that of its first element",
          "[arc][piece_relations]") {
  CHECK(run("center", {"((9,(5,5)),(9,(5,6)),(9,(5,7)),(9,(5,8)))"}) == "(7, 6)");
  CHECK(run("center", {"((5,5),)"}) == "(5, 6)");
}

TEST_CASE("position: where the other centre lies", "[arc][piece_relations]") {
  CHECK(run("position", {"{(2,2)}", "{(2,5)}"}) == "(0, 1)");
  CHECK(run("position", {"{(2,2)}", "{(2,1)}"}) == "(0, -1)");
  CHECK(run("position", {"{(2,2)}", "{(2,2)}"}) == "(0, -1)");
  CHECK(run("position", {"{(2,2)}", "{(9,2)}"}) == "(1, 0)");
  CHECK(run("position", {"{(2,2)}", "{(0,2)}"}) == "(-1, 0)");
  CHECK(run("position", {"{(2,2)}", "{(3,5)}"}) == "(1, 1)");
  CHECK(run("position", {"{(2,2)}", "{(3,1)}"}) == "(1, -1)");
  CHECK(run("position", {"{(2,2)}", "{(1,5)}"}) == "(-1, 1)");
  CHECK(run("position", {"{(2,2)}", "{(1,1)}"}) == "(-1, -1)");
  CHECK(run("position", {"{}", "{(1,1)}"}) == "error: empty");
}

TEST_CASE("position: compares centres, not corners", "[arc][piece_relations]") {
  // The centre of the first is (2, 2).
  CHECK(run("position", {"{(0,0),(4,4)}", "{(3,(2,2))}"}) == "(0, -1)");
  CHECK(run("position", {"{(0,0),(4,4)}", "{(1,2)}"}) == "(-1, 0)");
}

TEST_CASE("color: the smallest cell decides", "[arc][piece_relations]") {
  CHECK(run("color", {"{(3,(0,0)),(2,(9,9))}"}) == "2");
  CHECK(run("color", {"((3,(0,0)),(2,(9,9)))"}) == "3");
  CHECK(run("color", {"{((1,2),(0,0))}"}) == "(1, 2)");
  CHECK(run("color", {"{}"}) == "error: no_element");
  CHECK(run("color", {"{(1,2)}"}) == "error: type");
  CHECK(run("color", {"5"}) == "error: type");
}

TEST_CASE("index: the value there, or none outside", "[arc][piece_relations]") {
  CHECK(run("index", {grid_3x3, "(1,2)"}) == "6");
  CHECK(run("index", {grid_3x3, "(2,0)"}) == "7");
  CHECK(run("index", {grid_3x3, "(-1,0)"}) == "none");
  CHECK(run("index", {grid_3x3, "(0,-1)"}) == "none");
  CHECK(run("index", {grid_3x3, "(3,0)"}) == "none");
  CHECK(run("index", {grid_3x3, "(0,3)"}) == "none");
  CHECK(run("index", {"((300,1),(2,3))", "(0,0)"}) == "300");
  CHECK(run("index", {"((),())", "(0,0)"}) == "none");
  CHECK(run("index", {"(((1,2),3),(4,5))", "(0,0)"}) == "(1, 2)");
}

TEST_CASE("index: what is no grid or no pair", "[arc][piece_relations]") {
  CHECK(run("index", {grid_3x3, "(0,0,0)"}) == "error: type");
  CHECK(run("index", {grid_3x3, "(0,)"}) == "error: type");
  CHECK(run("index", {grid_3x3, "0"}) == "error: type");
  CHECK(run("index", {"()", "(0,0)"}) == "error: index");
  CHECK(run("index", {"{(1,2)}", "(0,0)"}) == "error: type");
  CHECK(run("index", {"(1,2)", "(0,0)"}) == "error: type");
  // Row 0 says how wide a grid is.
  CHECK(run("index", {"((1,2),(3,))", "(1,1)"}) == "error: index");
  CHECK(run("index", {"((1,),(3,4))", "(1,1)"}) == "none");
}

TEST_CASE("toobject: the grid's colours at the locations inside", "[arc][piece_relations]") {
  CHECK(run("toobject", {"{(0,0),(1,2),(3,0),(0,3),(-1,0),(0,-1)}", grid_3x3}) ==
        "{(1, (0, 0)), (6, (1, 2))}");
  CHECK(run("toobject", {"{(8,(2,0)),(0,(2,1))}", grid_3x3}) == "{(7, (2, 0)), (8, (2, 1))}");
  // Colours come first in the order of cells.
  CHECK(run("toobject", {"{(0,0),(0,1)}", "((5,2),)"}) == "{(2, (0, 1)), (5, (0, 0))}");
  CHECK(run("toobject", {"{(7,(0,0)),(8,(0,0))}", grid_3x3}) == "{(1, (0, 0))}");
  CHECK(run("toobject", {"((1,1),(1,1))", grid_3x3}) == "{(5, (1, 1))}");
  CHECK(run("toobject", {"{}", grid_3x3}) == "{}");
  CHECK(run("toobject", {"{(9,9)}", grid_3x3}) == "{}");
}

TEST_CASE("toobject: grids of any values", "[arc][piece_relations]") {
  CHECK(run("toobject", {"{(0,0),(0,1)}", "((300,(1,2)),)"}) ==
        "{(300, (0, 0)), ((1, 2), (0, 1))}");
  CHECK(run("toobject", {"{(0,0)}", "()"}) == "error: index");
  CHECK(run("toobject", {"{(1,0)}", "((1,2),(3,))"}) == "{(3, (1, 0))}");
  CHECK(run("toobject", {"{(1,1)}", "((1,2),(3,))"}) == "error: index");
  CHECK(run("toobject", {"{(1,1)}", "((1,),(3,4))"}) == "{}");
  CHECK(run("toobject", {"{(0,0)}", "{(0,0)}"}) == "error: type");
  CHECK(run("toobject", {"7", grid_3x3}) == "error: type");
}
