// SPDX-License-Identifier: MIT
//
// Moving patches: packed or not, it is the same.
#include "batch_validator/shifting.hpp"

#include "arc_given.hpp"
#include "support/catch.hpp"

#include "batch_validator/piece_facts.hpp"

#include <cstdint>
#include <string>

namespace {

std::string shift(const std::string& patch, const std::string& direction) {
  return test::run(arc::piece_fact_primitives, "shift", {patch, direction});
}

std::string normalize(const std::string& patch) {
  return test::run(arc::piece_fact_primitives, "normalize", {patch});
}

/// Whether a patch, shifted, is what the text says, in its one form too.
bool shifts_to(const std::string& patch, const arc::location& direction, const std::string& to) {
  arc::machine m(arc::piece_fact_primitives.data());
  return arc::equal(arc::shifted(m, test::value_of(m, patch), direction), test::value_of(m, to));
}

/// Elements of a set as a tuple, which is never packed.
arc::value as_tuple(arc::machine& m, const arc::value& set) {
  arc::value_list all(m, set.size());
  for (std::uint32_t i = 0; i < set.size(); ++i) all.add(arc::element(set, i));
  return arc::tuple_of(m, all);
}

} // namespace

TEST_CASE("shifting: locations and cells move", "[arc][shifting]") {
  CHECK(shift("{(1, 4), (2, 0)}", "(1, -1)") == "{(2, 3), (3, -1)}");
  CHECK(shift("{(5, (8, 5)), (7, (7, 6)), (7, (8, 6))}", "(-8, -5)") ==
        "{(5, (0, 0)), (7, (-1, 1)), (7, (0, 1))}");
  CHECK(shift("{(0, 0), (0, 5), (3, -2)}", "(-7, -9)") == "{(-7, -9), (-7, -4), (-4, -11)}");
  CHECK(shift("{(3, (2, 1))}", "(0, 0)") == "{(3, (2, 1))}");
}

TEST_CASE("shifting: tuples become sets", "[arc][shifting]") {
  CHECK(shift("((2, (0, 0)), (1, (0, 1)))", "(1, 1)") == "{(1, (1, 2)), (2, (1, 1))}");
  CHECK(shift("((3, 4), (1, 2))", "(0, 1)") == "{(1, 3), (3, 5)}");
  CHECK(shift("((1, 1), (0, 0), (1, 1))", "(0, 0)") == "{(0, 0), (1, 1)}");
}

TEST_CASE("shifting: nothing stays what it is, wherever it should go", "[arc][shifting]") {
  CHECK(shift("{}", "(1, 1)") == "{}");
  CHECK(shift("()", "(1, 1)") == "()");
  CHECK(shift("{}", "7") == "{}");
  CHECK(shift("()", "none") == "()");
}

TEST_CASE("shifting: a direction has exactly two components", "[arc][shifting]") {
  CHECK(shift("{(0, 0)}", "(1, 2, 3)") == "error: type");
  CHECK(shift("{(0, 0)}", "(1,)") == "error: type");
  CHECK(shift("{(0, 0)}", "1") == "error: type");
  CHECK(shift("{(0, 0)}", "(1, none)") == "error: type");
}

TEST_CASE("shifting: the first element decides what a patch is", "[arc][shifting]") {
  CHECK(shift("{(0, 0), (1, (2, 3))}", "(0, 1)") == "error: type");
  CHECK(shift("((1, (2, 3)), (0, 0))", "(0, 1)") == "error: type");
  CHECK(shift("{1}", "(0, 1)") == "error: type");
  CHECK(shift("{(1,)}", "(0, 1)") == "error: index");
  CHECK(shift("{(1, 2, 3)}", "(0, 1)") == "error: type");
  CHECK(shift("5", "(0, 1)") == "error: type");
}

TEST_CASE("shifting: places may leave what can be packed, and come back", "[arc][shifting]") {
  CHECK(shifts_to("{(2147483647, 0), (0, 0)}", {1, 0}, "{(2147483648, 0), (1, 0)}"));
  CHECK(shifts_to("{(2147483648, 0), (1, 0)}", {-1, 0}, "{(2147483647, 0), (0, 0)}"));
  CHECK(shifts_to("{(0, -2147483648)}", {0, -1}, "{(0, -2147483649)}"));
  CHECK(shifts_to("{(0, 2147483647), (1, 0)}", {0, 1}, "{(0, 2147483648), (1, 1)}"));
  CHECK(shifts_to("{(-2147483648, 3)}", {-1, 0}, "{(-2147483649, 3)}"));
}

TEST_CASE("shifting: cells leave their smaller range likewise", "[arc][shifting]") {
  CHECK(shifts_to("{(1, (8388607, 0)), (2, (0, 0))}", {1, 0}, "{(1, (8388608, 0)), (2, (1, 0))}"));
  CHECK(shifts_to("{(1, (0, 8388607)), (1, (1, 0))}", {0, 1}, "{(1, (0, 8388608)), (1, (1, 1))}"));
  CHECK(shifts_to("{(1, (-8388608, 0))}", {-1, 0}, "{(1, (-8388609, 0))}"));
  CHECK(shifts_to("{(1, (-8388609, 0))}", {1, 0}, "{(1, (-8388608, 0))}"));
  CHECK(shifts_to("{(1, (4, -8388608))}", {0, -1}, "{(1, (4, -8388609))}"));
  CHECK(shifts_to("{(1, (0, 0))}", {0, 16777216}, "{(1, (0, 16777216))}"));
  CHECK(shifts_to("{(40000, (0, 0))}", {0, 1}, "{(40000, (0, 1))}"));
}

TEST_CASE("shifting: beyond 64 bits it overflows", "[arc][shifting]") {
  CHECK(shift("{(0, 0)}", "(9223372036854775807, -9223372036854775808)") ==
        "{(9223372036854775807, -9223372036854775808)}");
  CHECK(shift("{(1, 0)}", "(9223372036854775807, 0)") == "error: overflow");
  CHECK(shift("{(9223372036854775807, 0)}", "(1, 0)") == "error: overflow");
  CHECK(shift("{(3, (0, -1))}", "(0, -9223372036854775808)") == "error: overflow");
}

TEST_CASE("shifting: packed sets move as tuples of their elements do", "[arc][shifting]") {
  arc::machine m(arc::piece_fact_primitives.data());
  std::uint32_t state = 1;
  const auto draw = [&state](std::int64_t below) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::int64_t>(state >> 8U) % below;
  };
  for (int round = 0; round < 200; ++round) {
    m.reset();
    arc::location_list places(m, 20);
    arc::cell_list cells(m, 20);
    for (int i = 0; i < 20; ++i) places.add({draw(61) - 30, draw(61) - 30});
    for (int i = 0; i < 20; ++i) {
      const auto colour = arc::value::of_integer(draw(10));
      cells.add(colour, {draw(61) - 30, draw(61) - 30});
    }
    const arc::location direction{draw(101) - 50, draw(101) - 50};
    for (const arc::value& set : {places.set(), cells.set()}) {
      const arc::value moved = arc::shifted(m, set, direction);
      REQUIRE(arc::equal(moved, arc::shifted(m, as_tuple(m, set), direction)));
      REQUIRE(arc::equal(arc::normalized(m, moved), arc::normalized(m, as_tuple(m, set))));
    }
  }
}

TEST_CASE("normalizing: the bounding box starts at the origin", "[arc][shifting]") {
  CHECK(normalize("{(2, (4, 5)), (2, (5, 3)), (2, (5, 7))}") ==
        "{(2, (0, 2)), (2, (1, 0)), (2, (1, 4))}");
  CHECK(normalize("{(-3, 4), (-1, 2)}") == "{(0, 2), (2, 0)}");
  CHECK(normalize("{(0, 1), (1, 0)}") == "{(0, 1), (1, 0)}");
  CHECK(normalize("((7, (5, 5)), (3, (6, 4)))") == "{(3, (1, 0)), (7, (0, 1))}");
  CHECK(normalize("((0, 1), (1, 0))") == "{(0, 1), (1, 0)}");
}

TEST_CASE("normalizing: a row may be far below the first", "[arc][shifting]") {
  CHECK(normalize("{(-2147483648, 5), (2147483647, 6)}") == "{(0, 0), (4294967295, 1)}");
  CHECK(normalize("{(1, (9000000000, 7))}") == "{(1, (0, 0))}");
  CHECK(normalize("{(-9223372036854775808, 0)}") == "error: overflow");
}

TEST_CASE("normalizing: nothing stays what it is", "[arc][shifting]") {
  CHECK(normalize("{}") == "{}");
  CHECK(normalize("()") == "()");
  CHECK(normalize("3") == "error: type");
  CHECK(normalize("{{(0, 0)}}") == "error: type");
}
