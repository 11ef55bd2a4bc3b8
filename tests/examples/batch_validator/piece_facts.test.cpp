// SPDX-License-Identifier: MIT
//
// What pieces look like: every peculiarity of the description, and the recorded calls.
#include "batch_validator/piece_facts.hpp"

#include "arc_given.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

std::string run(const std::string& name, const std::vector<std::string>& arguments) {
  return test::run(arc::piece_fact_primitives, name, arguments);
}

/// Whether the result is stored in its one form; as text it may look right in another.
bool has_one_form(const std::string& name, const std::vector<std::string>& arguments) {
  arc::machine m(arc::piece_fact_primitives.data());
  std::vector<arc::value> values;
  for (const std::string& text : arguments) values.push_back(test::value_of(m, text));
  const arc::value found = test::named(arc::piece_fact_primitives, name).run(m, values.data());
  return arc::equal(found, test::value_of(m, arc::text_of(found)));
}

} // namespace

TEST_CASE("piece facts: recorded calls", "[arc][piece_facts]") {
  const auto count = test::check_recorded_calls(arc::piece_fact_primitives);
  if (count) CHECK(*count >= 319);
}

TEST_CASE("piece facts: most and least frequent colours, ties to the smallest",
          "[arc][piece_facts]") {
  CHECK(run("mostcolor", {"((1, 2, 2), (2, 1, 3))"}) == "2");
  CHECK(run("leastcolor", {"((1, 2, 2), (2, 1, 3))"}) == "3");
  CHECK(run("mostcolor", {"((2, 1), (1, 2))"}) == "1");
  CHECK(run("leastcolor", {"((2, 1), (1, 2))"}) == "1");
  CHECK(run("mostcolor", {"((-1, 2), (2, -1))"}) == "-1");
  CHECK(run("mostcolor", {"((-128, 127, 127),)"}) == "127");
  CHECK(run("leastcolor", {"((-128, 127, 127),)"}) == "-128");
  CHECK(run("mostcolor", {"{(3, (0, 0)), (4, (0, 1)), (4, (0, 2))}"}) == "4");
  CHECK(run("leastcolor", {"{(3, (0, 0)), (4, (0, 1)), (4, (0, 2))}"}) == "3");
  CHECK(run("mostcolor", {"{(5, (0, 0)), (2, (0, 1))}"}) == "2");
}

TEST_CASE("piece facts: counts exceed a byte", "[arc][piece_facts]") {
  std::string row = "((8,";
  for (int i = 0; i < 700; ++i) row += "7,";
  for (int i = 0; i < 300; ++i) row += "9,";
  row += "),)";
  CHECK(run("mostcolor", {row}) == "7");
  CHECK(run("leastcolor", {row}) == "8");
  CHECK(run("colorcount", {row, "7"}) == "700");
  CHECK(run("colorcount", {row, "9"}) == "300");
}

TEST_CASE("piece facts: colours of nothing", "[arc][piece_facts]") {
  for (const std::string piece : {"()", "{}", "((), ())"}) {
    CHECK(run("mostcolor", {piece}) == "error: empty");
    CHECK(run("leastcolor", {piece}) == "error: empty");
    CHECK(run("palette", {piece}) == "{}");
    CHECK(run("numcolors", {piece}) == "0");
    CHECK(run("colorcount", {piece, "0"}) == "0");
  }
}

TEST_CASE("piece facts: colours may be anything", "[arc][piece_facts]") {
  CHECK(run("mostcolor", {"((300, 300), (1, 2))"}) == "300");
  CHECK(run("leastcolor", {"((300, 300), (1, 2))"}) == "1");
  CHECK(run("mostcolor", {"((none, none, 1), (1, 2, 3))"}) == "none");
  CHECK(run("palette", {"((none, 7, 400), ((2, 1), 7, 7))"}) == "{none, 7, 400, (2, 1)}");
  CHECK(run("numcolors", {"((none, 7, 400), ((2, 1), 7, 7))"}) == "4");
  CHECK(run("colorcount", {"((none, 7, 400), ((2, 1), 7, 7))", "7"}) == "3");
  CHECK(run("colorcount", {"((none, 7, 400), ((2, 1), 7, 7))", "(2, 1)"}) == "1");
  CHECK(run("mostcolor", {"{(40000, (0, 0)), (40000, (0, 1)), (1, (0, 2))}"}) == "40000");
  CHECK(run("palette", {"{(40000, (0, 0)), (none, (0, 1)), (1, (0, 2))}"}) == "{none, 1, 40000}");
}

TEST_CASE("piece facts: a tuple of cells is a grid to what counts colours", "[arc][piece_facts]") {
  CHECK(run("mostcolor", {"((1, (0, 0)), (1, (0, 1)))"}) == "1");
  CHECK(run("leastcolor", {"((1, (0, 0)), (1, (0, 1)))"}) == "(0, 0)");
  CHECK(run("palette", {"((1, (0, 0)), (1, (0, 1)))"}) == "{1, (0, 0), (0, 1)}");
  CHECK(run("palette", {"((1, 2, 3), (4,))"}) == "{1, 2, 3, 4}");
}

TEST_CASE("piece facts: only grids and objects have colours", "[arc][piece_facts]") {
  for (const std::string name : {"mostcolor", "leastcolor", "palette", "numcolors"}) {
    CHECK(run(name, {"{(0, 1)}"}) == "error: type");
    CHECK(run(name, {"{1, 2}"}) == "error: type");
    CHECK(run(name, {"(1, 2, 3)"}) == "error: type");
    CHECK(run(name, {"7"}) == "error: type");
  }
}

TEST_CASE("piece facts: the number of cells of a colour", "[arc][piece_facts]") {
  CHECK(run("colorcount", {"((1, 2, 2), (2, 1, 3))", "2"}) == "3");
  CHECK(run("colorcount", {"((1, 2, 2), (2, 1, 3))", "0"}) == "0");
  CHECK(run("colorcount", {"((1, 2, 2), (2, 1, 3))", "257"}) == "0");
  CHECK(run("colorcount", {"((1, 2, 2), (2, 1, 3))", "none"}) == "0");
  CHECK(run("colorcount", {"{(1, (0, 0)), (1, (5, 0)), (2, (0, 0))}", "1"}) == "2");
}

TEST_CASE("piece facts: palettes", "[arc][piece_facts]") {
  CHECK(run("palette", {"((5, 0, -3), (5, 5, 0))"}) == "{-3, 0, 5}");
  CHECK(run("numcolors", {"((5, 0, -3), (5, 5, 0))"}) == "3");
  CHECK(run("palette", {"{(4, (0, 0)), (2, (0, 1)), (4, (0, 2))}"}) == "{2, 4}");
  CHECK(run("numcolors", {"{(4, (0, 0)), (2, (0, 1)), (4, (0, 2))}"}) == "2");
}

TEST_CASE("piece facts: the kind of container decides height and width", "[arc][piece_facts]") {
  CHECK(run("height", {"((1, 2, 3), (4, 5, 6))"}) == "2");
  CHECK(run("width", {"((1, 2, 3), (4, 5, 6))"}) == "3");
  CHECK(run("height", {"{(-2, 0), (3, 7)}"}) == "6");
  CHECK(run("width", {"{(-2, 0), (3, 7)}"}) == "8");
  CHECK(run("height", {"((1, (0, 0)), (1, (5, 9)))"}) == "2");
  CHECK(run("width", {"((1, (0, 0)), (1, (5, 9)))"}) == "2");
  CHECK(run("shape", {"{(1, (0, 0)), (1, (5, 9))}"}) == "(6, 10)");
  CHECK(run("shape", {"((1, (0, 0)), (1, (5, 9)), (1, (6, 6)))"}) == "(3, 2)");
}

TEST_CASE("piece facts: sizes of degenerate pieces", "[arc][piece_facts]") {
  CHECK(run("shape", {"{}"}) == "(0, 0)");
  CHECK(run("shape", {"()"}) == "(0, 0)");
  CHECK(run("height", {"{}"}) == "0");
  CHECK(run("width", {"()"}) == "0");
  CHECK(run("shape", {"((), ())"}) == "(2, 0)");
  CHECK(run("shape", {"((1, 2, 3), (4,))"}) == "(2, 3)");
  CHECK(run("width", {"((), (1, 2))"}) == "0");
  CHECK(run("width", {"(1, 2)"}) == "error: type");
  CHECK(run("height", {"{1, 2}"}) == "error: type");
  CHECK(run("height", {"{{(1, (0, 0))}}"}) == "error: type");
  CHECK(run("height", {"4"}) == "error: type");
}

TEST_CASE("piece facts: extents of far locations", "[arc][piece_facts]") {
  CHECK(run("shape", {"{(-2147483648, 0), (2147483647, 5)}"}) == "(4294967296, 6)");
  CHECK(run("shape", {"{(1, (9000000000, 0)), (1, (0, 1))}"}) == "(9000000001, 2)");
  CHECK(run("width", {"{(0, -9223372036854775808), (0, 1)}"}) == "error: overflow");
}

TEST_CASE("piece facts: portraits are higher than wide", "[arc][piece_facts]") {
  CHECK(run("portrait", {"((1,), (2,))"}) == "1");
  CHECK(run("portrait", {"((1, 2), (3, 4))"}) == "0");
  CHECK(run("portrait", {"{(0, 0), (2, 1)}"}) == "1");
  CHECK(run("portrait", {"{}"}) == "0");
  CHECK(run("portrait", {"((),)"}) == "1");
}

TEST_CASE("piece facts: squares", "[arc][piece_facts]") {
  CHECK(run("square", {"((1, 2), (3, 4))"}) == "1");
  CHECK(run("square", {"((1, 2, 3),)"}) == "0");
  CHECK(run("square", {"((1, 2), (3,))"}) == "1");
  CHECK(run("square", {"((1, (0, 0)), (1, (5, 9)))"}) == "1");
  CHECK(run("square", {"()"}) == "error: index");
  CHECK(run("square", {"{}"}) == "1");
  CHECK(run("square", {"{(3, 3)}"}) == "1");
  CHECK(run("square", {"{(0, 0), (0, 1), (1, 0), (1, 1)}"}) == "1");
  CHECK(run("square", {"{(0, 0), (0, 1), (1, 0)}"}) == "0");
  CHECK(run("square", {"{(0, 0), (0, 1), (0, 2), (0, 3)}"}) == "0");
  CHECK(run("square", {"{(1, (0, 0)), (2, (0, 0)), (1, (1, 1)), (2, (1, 1))}"}) == "1");
  CHECK(run("square", {"{(0, 0), (4294967296, 4294967296)}"}) == "0");
}

TEST_CASE("piece facts: lines", "[arc][piece_facts]") {
  CHECK(run("vline", {"{(4, 2), (5, 2)}"}) == "1");
  CHECK(run("hline", {"{(4, 2), (5, 2)}"}) == "0");
  CHECK(run("hline", {"{(2, (4, 2)), (7, (4, 3))}"}) == "1");
  CHECK(run("vline", {"{(2, (4, 2)), (7, (4, 3))}"}) == "0");
  CHECK(run("vline", {"{(4, 2), (6, 2)}"}) == "0");
  CHECK(run("hline", {"{(4, 2), (4, 4)}"}) == "0");
  for (const std::string name : {"vline", "hline"}) {
    CHECK(run(name, {"{(3, 4)}"}) == "1");
    CHECK(run(name, {"{}"}) == "0");
    CHECK(run(name, {"()"}) == "0");
    CHECK(run(name, {"((5,),)"}) == "1");
  }
  CHECK(run("vline", {"((5,), (6,))"}) == "1");
  CHECK(run("vline", {"((4, 2), (5, 2))"}) == "0");
  CHECK(run("hline", {"((5, 6),)"}) == "0");
}

TEST_CASE("piece facts: colorfilter looks at the first cell of each object", "[arc][piece_facts]") {
  const std::string objects = "{{(1, (0, 0)), (2, (0, 1))}, {(2, (5, 5))}, {(2, (6, 6))}}";
  CHECK(run("colorfilter", {objects, "2"}) == "{{(2, (5, 5))}, {(2, (6, 6))}}");
  CHECK(run("colorfilter", {objects, "1"}) == "{{(1, (0, 0)), (2, (0, 1))}}");
  CHECK(run("colorfilter", {objects, "7"}) == "{}");
  CHECK(run("colorfilter", {objects, "none"}) == "{}");
  CHECK(run("colorfilter", {"{}", "1"}) == "{}");
  CHECK(run("colorfilter", {"({(2, (6, 6))}, {(2, (5, 5))}, {(2, (6, 6))})", "2"}) ==
        "{{(2, (5, 5))}, {(2, (6, 6))}}");
  CHECK(run("colorfilter", {"(((2, (0, 0)), (1, (0, 1))),)", "2"}) ==
        "{((2, (0, 0)), (1, (0, 1)))}");
  CHECK(run("colorfilter", {"{{(40000, (0, 0))}}", "40000"}) == "{{(40000, (0, 0))}}");
  CHECK(run("colorfilter", {"{{}}", "1"}) == "error: no_element");
  CHECK(run("colorfilter", {"{3}", "3"}) == "error: type");
  CHECK(run("colorfilter", {"{{(2, 5)}}", "2"}) == "error: type");
}

TEST_CASE("piece facts: large colours and wide ranges of them cost as much", "[arc][piece_facts]") {
  arc::machine m(arc::piece_fact_primitives.data());
  const auto cost = [&](const char* name, const std::vector<std::string>& arguments) {
    std::vector<arc::value> values;
    for (const std::string& text : arguments) values.push_back(test::value_of(m, text));
    const std::uint64_t before = m.fuel();
    test::named(arc::piece_fact_primitives, name).run(m, values.data());
    return m.fuel() - before;
  };
  std::string large = "1000";
  for (int i = 0; i < 99; ++i) large += ",1000";
  large = "(" + large + ")";
  const std::string objects = "{{(" + large + ",(0,0))},{(" + large + ",(1,1))}}";
  CHECK(cost("colorfilter", {objects, large}) >= 2 * 100);
  CHECK(cost("colorfilter", {objects, "1000"}) < 50);
  CHECK(cost("mostcolor", {"((0,9,0),)"}) == 3);
  CHECK(cost("mostcolor", {"((-128,0,127),)"}) == 3 + 25);
}

TEST_CASE("piece facts: sizefilter always gives a set", "[arc][piece_facts]") {
  CHECK(run("sizefilter", {"((3, 4), (1, 2), (5, 6, 7))", "2"}) == "{(1, 2), (3, 4)}");
  CHECK(run("sizefilter", {"((1, 1), (0, 0), (1, 1))", "2"}) == "{(0, 0), (1, 1)}");
  CHECK(run("sizefilter", {"{{}, (), {1}}", "0"}) == "{(), {}}");
  CHECK(run("sizefilter", {"{(1, 2), (3, 4)}", "2"}) == "{(1, 2), (3, 4)}");
  CHECK(run("sizefilter", {"{(1, 2), (3, 4)}", "3"}) == "{}");
  CHECK(run("sizefilter", {"{(1, 2), (3, 4)}", "(2, 2)"}) == "{}");
  CHECK(run("sizefilter", {"()", "0"}) == "{}");
  CHECK(run("sizefilter", {"{5}", "1"}) == "error: type");
  CHECK(run("sizefilter", {"5", "1"}) == "error: type");
}

TEST_CASE("piece facts: the locations of a grid are those of its first row's width",
          "[arc][piece_facts]") {
  CHECK(run("asindices", {"((7, 7), (7, 7))"}) == "{(0, 0), (0, 1), (1, 0), (1, 1)}");
  CHECK(run("asindices", {"((1, 2), (3,))"}) == "{(0, 0), (0, 1), (1, 0), (1, 1)}");
  CHECK(run("asindices", {"((), (1, 2))"}) == "{}");
  CHECK(run("asindices", {"()"}) == "{}");
  CHECK(run("asindices", {"{(0, 1)}"}) == "error: type");
  CHECK(run("asindices", {"(1, 2)"}) == "error: type");
}

TEST_CASE("piece facts: locations of a colour", "[arc][piece_facts]") {
  CHECK(run("ofcolor", {"((1, 0, 1), (0, 0, 1))", "1"}) == "{(0, 0), (0, 2), (1, 2)}");
  CHECK(run("ofcolor", {"((1, 0, 1), (0, 0, 1))", "5"}) == "{}");
  CHECK(run("ofcolor", {"((1, 0, 1), (0, 0, 1))", "257"}) == "{}");
  CHECK(run("ofcolor", {"((1, 0, 1), (0, 0, 1))", "(0, 1)"}) == "{}");
  CHECK(run("ofcolor", {"((-1, 255), (255, -1))", "255"}) == "{(0, 1), (1, 0)}");
  CHECK(run("ofcolor", {"((-1, 2), (2, -1))", "-1"}) == "{(0, 0), (1, 1)}");
  CHECK(run("ofcolor", {"((1, 2, 2), (2,))", "2"}) == "{(0, 1), (0, 2), (1, 0)}");
  CHECK(run("ofcolor", {"((300, 300), (300, 300))", "300"}) == "{(0, 0), (0, 1), (1, 0), (1, 1)}");
  CHECK(run("ofcolor", {"((none, 1, (1, 2)),)", "(1, 2)"}) == "{(0, 2)}");
  CHECK(run("ofcolor", {"()", "1"}) == "{}");
  CHECK(run("ofcolor", {"{(1, 2)}", "1"}) == "error: type");
}

TEST_CASE("piece facts: cells of a grid", "[arc][piece_facts]") {
  CHECK(run("asobject", {"((2, 1), (1, 2))"}) ==
        "{(1, (0, 1)), (1, (1, 0)), (2, (0, 0)), (2, (1, 1))}");
  CHECK(run("asobject", {"((0, -1, 127),)"}) == "{(-1, (0, 1)), (0, (0, 0)), (127, (0, 2))}");
  CHECK(run("asobject", {"((9, 8, 7), (6,))"}) ==
        "{(6, (1, 0)), (7, (0, 2)), (8, (0, 1)), (9, (0, 0))}");
  CHECK(run("asobject", {"((40000, none),)"}) == "{(none, (0, 1)), (40000, (0, 0))}");
  CHECK(run("asobject", {"((), ())"}) == "{}");
  CHECK(run("asobject", {"()"}) == "{}");
  CHECK(run("asobject", {"7"}) == "error: type");
}

TEST_CASE("piece facts: corners of the bounding box", "[arc][piece_facts]") {
  for (const std::string patch :
       {"{(1, 7), (4, 5), (2, 9)}", "((2, 9), (1, 7), (4, 5))",
        "{(3, (1, 7)), (2, (4, 5)), (1, (2, 9))}", "((3, (1, 7)), (2, (4, 5)), (1, (2, 9)))"}) {
    CHECK(run("ulcorner", {patch}) == "(1, 5)");
    CHECK(run("urcorner", {patch}) == "(1, 9)");
    CHECK(run("llcorner", {patch}) == "(4, 5)");
    CHECK(run("lrcorner", {patch}) == "(4, 9)");
    CHECK(run("uppermost", {patch}) == "1");
    CHECK(run("lowermost", {patch}) == "4");
    CHECK(run("leftmost", {patch}) == "5");
    CHECK(run("rightmost", {patch}) == "9");
  }
  CHECK(run("ulcorner", {"{(3000000000, -3000000000)}"}) == "(3000000000, -3000000000)");
}

TEST_CASE("piece facts: corners of nothing are the empty tuple, extremes are an error",
          "[arc][piece_facts]") {
  for (const std::string name : {"ulcorner", "urcorner", "llcorner", "lrcorner"}) {
    CHECK(run(name, {"{}"}) == "()");
    CHECK(run(name, {"()"}) == "()");
    CHECK(run(name, {"0"}) == "error: type");
  }
  for (const std::string name : {"uppermost", "lowermost", "leftmost", "rightmost"}) {
    CHECK(run(name, {"{}"}) == "error: empty");
    CHECK(run(name, {"()"}) == "error: empty");
    CHECK(run(name, {"0"}) == "error: type");
  }
}

TEST_CASE("piece facts: locations of patches", "[arc][piece_facts]") {
  CHECK(run("toindices", {"{(1, (2, 3)), (4, (0, 0)), (7, (2, 3))}"}) == "{(0, 0), (2, 3)}");
  CHECK(run("toindices", {"{(2, 3), (0, 0)}"}) == "{(0, 0), (2, 3)}");
  CHECK(run("toindices", {"((3, 4), (1, 2))"}) == "((3, 4), (1, 2))");
  CHECK(run("toindices", {"((1, (2, 3)), (1, (0, 0)), (5, (2, 3)))"}) == "{(0, 0), (2, 3)}");
  CHECK(run("toindices", {"{}"}) == "{}");
  CHECK(run("toindices", {"()"}) == "{}");
  CHECK(run("toindices", {"{(1, (9000000000, 0))}"}) == "{(9000000000, 0)}");
  CHECK(run("toindices", {"{(9000000000, 0)}"}) == "{(9000000000, 0)}");
  CHECK(run("toindices", {"{1}"}) == "error: type");
  CHECK(run("toindices", {"3"}) == "error: type");
}

TEST_CASE("piece facts: recolouring", "[arc][piece_facts]") {
  CHECK(run("recolor", {"2", "{(5, (6, 8)), (5, (7, 8))}"}) == "{(2, (6, 8)), (2, (7, 8))}");
  CHECK(run("recolor", {"9", "{(5, (6, 8)), (5, (7, 8))}"}) == "{(9, (6, 8)), (9, (7, 8))}");
  CHECK(run("recolor", {"5", "{(5, (6, 8))}"}) == "{(5, (6, 8))}");
  CHECK(run("recolor", {"-1", "{(5, (-6, 8))}"}) == "{(-1, (-6, 8))}");
  CHECK(run("recolor", {"2", "{(3, 1), (-1, 4)}"}) == "{(2, (-1, 4)), (2, (3, 1))}");
  CHECK(run("recolor", {"2", "{(1, (5, 5)), (3, (0, 1)), (4, (5, 5))}"}) ==
        "{(2, (0, 1)), (2, (5, 5))}");
  CHECK(run("recolor", {"2", "((3, 1), (0, 4))"}) == "{(2, (0, 4)), (2, (3, 1))}");
  CHECK(run("recolor", {"2", "((7, (3, 1)), (7, (0, 4)))"}) == "{(2, (0, 4)), (2, (3, 1))}");
  CHECK(run("recolor", {"2", "{}"}) == "{}");
  CHECK(run("recolor", {"2", "()"}) == "{}");
  CHECK(run("recolor", {"2", "5"}) == "error: type");
}

TEST_CASE("piece facts: recolouring with what cannot be packed", "[arc][piece_facts]") {
  CHECK(run("recolor", {"40000", "{(5, (6, 8)), (5, (7, 8))}"}) ==
        "{(40000, (6, 8)), (40000, (7, 8))}");
  CHECK(run("recolor", {"2", "{(9000000, 0), (0, 1)}"}) == "{(2, (0, 1)), (2, (9000000, 0))}");
  CHECK(run("recolor", {"none", "{(0, 1)}"}) == "{(none, (0, 1))}");
  CHECK(run("recolor", {"(1, 2)", "{(5, (0, 1))}"}) == "{((1, 2), (0, 1))}");
}

TEST_CASE("piece facts: results are stored in their one form", "[arc][piece_facts]") {
  CHECK(has_one_form("palette", {"(((1, 2), (3, 400)),)"}));
  CHECK(has_one_form("sizefilter", {"{(0, 1), (1, 2, 3)}", "2"}));
  CHECK(has_one_form("asobject", {"((1, 2), (3,))"}));
  CHECK(has_one_form("recolor", {"1", "{(40000, (0, 0))}"}));
  CHECK(has_one_form("toindices", {"{(40000, (0, 0))}"}));
  CHECK(has_one_form("shape", {"{(40000, (0, 0))}"}));
}
