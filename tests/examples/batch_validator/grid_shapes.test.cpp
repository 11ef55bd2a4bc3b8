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

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(table, name, arguments);
}

std::string cut(std::string_view name, std::string_view digits) {
  return run(name, {grid(digits)});
}

} // namespace

TEST_CASE("grid shapes: all recorded calls", "[arc][grid_shapes]") {
  const auto calls = test::check_recorded_calls(table);
  if (calls) CHECK(*calls >= 213);
}

TEST_CASE("grid shapes: the table has the language's order", "[arc][grid_shapes]") {
  CHECK(table.front().name == "rot90");
  CHECK(table[13].name == "subgrid");
  CHECK(table.back().name == "trim");
}

// Joining ----------------------------------------------------------------------------------------

TEST_CASE("hconcat: rows of two grids in pairs", "[arc][grid_shapes]") {
  CHECK(run("hconcat", {grid("12/34"), grid("5/6")}) == grid("125/346"));
  CHECK(run("hconcat", {grid("5"), grid("6")}) == grid("56"));
}

TEST_CASE("hconcat: the fewer rows decide", "[arc][grid_shapes]") {
  CHECK(run("hconcat", {grid("1/2/3"), grid("45/67")}) == grid("145/267"));
  CHECK(run("hconcat", {grid("45"), grid("1/2/3")}) == grid("451"));
  CHECK(run("hconcat", {"()", grid("1/2")}) == "()");
  CHECK(run("hconcat", {grid("1/2"), "()"}) == "()");
}

TEST_CASE("hconcat: rows of any width, of anything", "[arc][grid_shapes]") {
  CHECK(run("hconcat", {"((), ())", grid("12/34")}) == grid("12/34"));
  CHECK(run("hconcat", {"((1, 2), (3,))", "((4,), (5, 6))"}) == grid("124/356"));
  CHECK(run("hconcat", {"((1,), (2, 3))", grid("4/5")}) == "((1, 4), (2, 3, 5))");
  CHECK(run("hconcat", {grid("4/5"), "((none, 300), ({1},))"}) == "((4, none, 300), (5, {1}))");
}

TEST_CASE("hconcat: two rows are not two grids", "[arc][grid_shapes]") {
  CHECK(run("hconcat", {"(1, 2)", "(3, 4)"}) == "error: type");
  CHECK(run("hconcat", {grid("12"), "(3, 4)"}) == "error: type");
  CHECK(run("hconcat", {grid("12"), "{(3, 4)}"}) == "error: type");
  CHECK(run("hconcat", {"7", grid("12")}) == "error: type");
}

TEST_CASE("vconcat: one tuple after the other", "[arc][grid_shapes]") {
  CHECK(run("vconcat", {grid("12/34"), grid("56")}) == grid("12/34/56"));
  CHECK(run("vconcat", {grid("123"), grid("45")}) == "((1, 2, 3), (4, 5))");
  CHECK(run("vconcat", {grid("1"), "()"}) == grid("1"));
  CHECK(run("vconcat", {"()", grid("1")}) == grid("1"));
  CHECK(run("vconcat", {"()", "()"}) == "()");
  CHECK(run("vconcat", {grid("1"), "((2,), none)"}) == "((1,), (2,), none)");
  CHECK(run("vconcat", {"(1, 2)", "(3, 4, 5)"}) == "(1, 2, 3, 4, 5)");
}

TEST_CASE("vconcat: numbers are not added, sets not united", "[arc][grid_shapes]") {
  CHECK(run("vconcat", {"1", "2"}) == "error: type");
  CHECK(run("vconcat", {"{(1, 2)}", "{(3, 4)}"}) == "error: type");
  CHECK(run("vconcat", {"()", "{}"}) == "error: type");
}

// Scaling ----------------------------------------------------------------------------------------

TEST_CASE("upscaling: cells, rows, or both come several times", "[arc][grid_shapes]") {
  CHECK(run("hupscale", {grid("12/34"), "3"}) == grid("111222/333444"));
  CHECK(run("vupscale", {grid("12/34"), "3"}) == grid("12/12/12/34/34/34"));
  CHECK(run("upscale", {grid("12/34"), "2"}) == grid("1122/1122/3344/3344"));
  for (const std::string_view name : {"hupscale", "vupscale", "upscale"}) {
    CHECK(run(name, {grid("123/456"), "1"}) == grid("123/456"));
    CHECK(run(name, {"()", "3"}) == "()");
  }
}

TEST_CASE("upscaling: factors of 0 and below leave nothing", "[arc][grid_shapes]") {
  for (const std::string factor : {"0", "-1", "-9223372036854775808"}) {
    CHECK(run("hupscale", {grid("12/34/56"), factor}) == "((), (), ())");
    CHECK(run("vupscale", {grid("12/34"), factor}) == "()");
    CHECK(run("upscale", {grid("12/34"), factor}) == "()");
    CHECK(run("upscale", {"{(1, (2, 3)), (1, (4, 3))}", factor}) == "{}");
  }
}

TEST_CASE("upscaling: rows of any width, of anything", "[arc][grid_shapes]") {
  CHECK(run("hupscale", {"((1,), (2, none))", "2"}) == "((1, 1), (2, 2, none, none))");
  CHECK(run("upscale", {"((1,), (2, 3))", "2"}) == "((1, 1), (1, 1), (2, 2, 3, 3), (2, 2, 3, 3))");
  CHECK(run("hupscale", {"((), ())", "2"}) == "((), ())");
  CHECK(run("vupscale", {"((), ())", "2"}) == "((), (), (), ())");
  CHECK(run("vupscale", {"(7, {(0, 1)})", "2"}) == "(7, 7, {(0, 1)}, {(0, 1)})");
}

TEST_CASE("upscaling: the upper left corner of an object stays", "[arc][grid_shapes]") {
  // The corner of the bounding box is (5, 1), where no cell is.
  CHECK(run("upscale", {"{(4, (5, 2)), (7, (6, 1))}", "2"}) ==
        "{(4, (5, 3)), (4, (5, 4)), (4, (6, 3)), (4, (6, 4)), "
        "(7, (7, 1)), (7, (7, 2)), (7, (8, 1)), (7, (8, 2))}");
  CHECK(run("upscale", {"{(4, (-3, -2)), (4, (-3, -1))}", "2"}) ==
        "{(4, (-3, -2)), (4, (-3, -1)), (4, (-3, 0)), (4, (-3, 1)), "
        "(4, (-2, -2)), (4, (-2, -1)), (4, (-2, 0)), (4, (-2, 1))}");
  CHECK(run("upscale", {"{(1, (2, 3)), (8, (2, 3))}", "1"}) == "{(1, (2, 3)), (8, (2, 3))}");
  CHECK(run("upscale", {"{}", "2"}) == "{}");
}

TEST_CASE("upscaling: what is too large ends by a limit", "[arc][grid_shapes]") {
  for (const std::string factor : {"2000000", "4294967297", "9223372036854775807"}) {
    CHECK(run("hupscale", {grid("1"), factor}) == "error: cells");
    CHECK(run("vupscale", {grid("1"), factor}) == "error: cells");
    CHECK(run("vupscale", {"((), 7)", factor}) == "error: cells");
    CHECK(run("upscale", {grid("1"), factor}) == "error: cells");
    CHECK(run("upscale", {"{(1, (2, 3))}", factor}) == "error: cells");
  }
  CHECK(run("upscale", {grid("1"), "2000"}) == "error: cells");
  CHECK(run("upscale", {"{(1, (2, 3))}", "2000"}) == "error: cells");
}

TEST_CASE("upscaling: other kinds are refused", "[arc][grid_shapes]") {
  for (const std::string_view name : {"hupscale", "vupscale", "upscale"}) {
    CHECK(run(name, {grid("12"), "(2, 2)"}) == "error: type");
    CHECK(run(name, {"5", "2"}) == "error: type");
    CHECK(run(name, {"none", "2"}) == "error: type");
  }
  CHECK(run("hupscale", {"(1, 2)", "2"}) == "error: type");
  CHECK(run("upscale", {"(1, 2)", "2"}) == "error: type");
  CHECK(run("hupscale", {"{(1, (2, 3))}", "2"}) == "error: type");
  CHECK(run("vupscale", {"{(1, (2, 3))}", "2"}) == "error: type");
  CHECK(run("upscale", {"{(2, 3)}", "2"}) == "error: type"); // indices have no colours
  CHECK(run("upscale", {"{(1, (2, 3))}", "none"}) == "error: type");
}

TEST_CASE("downscale: every k-th row and column from the first on", "[arc][grid_shapes]") {
  const std::string all = grid("12345/67890/23456");
  CHECK(run("downscale", {all, "1"}) == all);
  CHECK(run("downscale", {all, "2"}) == grid("135/246"));
  CHECK(run("downscale", {all, "3"}) == grid("14"));
  CHECK(run("downscale", {all, "5"}) == grid("1"));
  CHECK(run("downscale", {all, "9223372036854775807"}) == grid("1"));
}

TEST_CASE("downscale: the sign of a factor is ignored, and 0 is an error", "[arc][grid_shapes]") {
  const std::string all = grid("123/456/789");
  CHECK(run("downscale", {all, "-2"}) == grid("13/79"));
  CHECK(run("downscale", {all, "-1"}) == all);
  CHECK(run("downscale", {all, "-9223372036854775808"}) == grid("1"));
  CHECK(run("downscale", {all, "0"}) == "error: zero_division");
}

TEST_CASE("downscale: columns are those of the first row", "[arc][grid_shapes]") {
  CHECK(run("downscale", {"((1, 2), (3, 4, 5), (6, 7))", "2"}) == grid("1/6"));
  CHECK(run("downscale", {"((1, 2, 3, 4), (5, 6, 7))", "2"}) == grid("13"));
  CHECK(run("downscale", {"((1, 2, 3), (5, 6))", "2"}) == "error: index");
  CHECK(run("downscale", {"((), (1,), ())", "2"}) == "((), ())");
  CHECK(run("downscale", {"()", "2"}) == "error: index");
  CHECK(run("downscale", {"{(1, (2, 3))}", "2"}) == "error: type");
  CHECK(run("downscale", {grid("12"), "(1, 1)"}) == "error: type");
}

// Cutting ----------------------------------------------------------------------------------------

TEST_CASE("subgrid: the bounding box of a patch, patch first", "[arc][grid_shapes]") {
  const std::string all = grid("1234/5678/9012");
  CHECK(run("subgrid", {"{(0, 2), (1, 1)}", all}) == grid("23/67"));
  CHECK(run("subgrid", {"{(9, (2, 3)), (9, (1, 3))}", all}) == grid("8/2"));
  CHECK(run("subgrid", {"{(0, 0), (2, 3)}", all}) == all);
  CHECK(run("subgrid", {"((1, 1), (2, 2), (1, 1))", all}) == grid("67/01"));
}

TEST_CASE("subgrid: what the patch has outside is cut off as crop does", "[arc][grid_shapes]") {
  const std::string all = grid("123/456/789");
  CHECK(run("subgrid", {"{(1, 1), (5, 7)}", all}) == grid("56/89"));
  CHECK(run("subgrid", {"{(-2, -2)}", all}) == grid("5")); // from the end
  CHECK(run("subgrid", {"{(-1, -1), (0, 0)}", all}) == "()");
  CHECK(run("subgrid", {"{(0, 8)}", all}) == "((),)");
}

TEST_CASE("subgrid: an empty patch has no corner", "[arc][grid_shapes]") {
  CHECK(run("subgrid", {"{}", grid("12")}) == "error: index");
  CHECK(run("subgrid", {"()", grid("12")}) == "error: index");
  CHECK(run("subgrid", {grid("123"), "{(0, 0)}"}) == "error: type"); // the other way round
  CHECK(run("subgrid", {"3", grid("12")}) == "error: type");
}

TEST_CASE("splits: parts of one size", "[arc][grid_shapes]") {
  CHECK(run("hsplit", {grid("123456/789012"), "3"}) ==
        "(" + grid("12/78") + ", " + grid("34/90") + ", " + grid("56/12") + ")");
  CHECK(run("vsplit", {grid("12/34/56/78"), "2"}) ==
        "(" + grid("12/34") + ", " + grid("56/78") + ")");
  CHECK(run("hsplit", {grid("12"), "1"}) == "(" + grid("12") + ",)");
  CHECK(run("vsplit", {grid("12"), "1"}) == "(" + grid("12") + ",)");
}

TEST_CASE("splits: one line is skipped between parts that do not fill the grid",
          "[arc][grid_shapes]") {
  CHECK(run("hsplit", {grid("12345"), "2"}) == "(" + grid("12") + ", " + grid("45") + ")");
  CHECK(run("vsplit", {grid("1/2/3/4/5"), "2"}) == "(" + grid("1/2") + ", " + grid("4/5") + ")");
  CHECK(run("hsplit", {grid("12345678"), "3"}) ==
        "(" + grid("12") + ", " + grid("45") + ", " + grid("78") + ")");
}

TEST_CASE("splits: the last part may not find its place", "[arc][grid_shapes]") {
  // 7 and 4 by 3: parts of 2 and 1, of which the last would end in column 8 and row 5.
  CHECK(run("hsplit", {grid("1234567"), "3"}) ==
        "(" + grid("12") + ", " + grid("45") + ", " + grid("7") + ")");
  CHECK(run("vsplit", {grid("1/2/3/4"), "3"}) == "(" + grid("1") + ", " + grid("3") + ", ())");
}

TEST_CASE("splits: more parts than columns or rows", "[arc][grid_shapes]") {
  CHECK(run("hsplit", {grid("12/34"), "3"}) == "(((), ()), ((), ()), ((), ()))");
  CHECK(run("vsplit", {grid("12/34"), "3"}) == "((), (), ())");
}

TEST_CASE("splits: 0 parts, and fewer", "[arc][grid_shapes]") {
  for (const std::string_view name : {"hsplit", "vsplit"}) {
    CHECK(run(name, {grid("12/34"), "0"}) == "error: zero_division");
    CHECK(run(name, {grid("12/34"), "-1"}) == "()");
    CHECK(run(name, {grid("12/34"), "-9223372036854775808"}) == "()");
    CHECK(run(name, {grid("12/34"), "1048577"}) == "error: cells");
    CHECK(run(name, {grid("12/34"), "9223372036854775807"}) == "error: fuel");
  }
}

TEST_CASE("splits: the first row says how wide a grid is", "[arc][grid_shapes]") {
  CHECK(run("hsplit", {"((1, 2), (3, 4, 5), (6,))", "2"}) ==
        "(" + grid("1/3/6") + ", ((2,), (4,), ()))");
  CHECK(run("vsplit", {"((1, 2), (3, 4, 5))", "2"}) == "(" + grid("12") + ", " + grid("34") + ")");
  CHECK(run("hsplit", {"((), ())", "1"}) == "(((), ()),)");
  for (const std::string_view name : {"hsplit", "vsplit"}) {
    CHECK(run(name, {"()", "2"}) == "error: index");
    CHECK(run(name, {"(1, 2)", "2"}) == "error: type");
    CHECK(run(name, {"{(1, 2)}", "2"}) == "error: type");
    CHECK(run(name, {grid("12"), "none"}) == "error: type");
  }
}

TEST_CASE("halves: a middle line belongs to none", "[arc][grid_shapes]") {
  CHECK(cut("tophalf", "1/2/3/4") == grid("1/2"));
  CHECK(cut("bottomhalf", "1/2/3/4") == grid("3/4"));
  CHECK(cut("tophalf", "12/34/56/78/90") == grid("12/34"));
  CHECK(cut("bottomhalf", "12/34/56/78/90") == grid("78/90"));
  CHECK(cut("lefthalf", "1234/5678") == grid("12/56"));
  CHECK(cut("righthalf", "1234/5678") == grid("34/78"));
  CHECK(cut("lefthalf", "12345/67890") == grid("12/67"));
  CHECK(cut("righthalf", "12345/67890") == grid("45/90"));
  CHECK(cut("righthalf", "12") == grid("2"));
}

TEST_CASE("halves: nothing is left of less than two", "[arc][grid_shapes]") {
  for (const std::string_view name : {"tophalf", "bottomhalf"}) {
    CHECK(cut(name, "123") == "()");
    CHECK(run(name, {"()"}) == "()");
  }
  for (const std::string_view name : {"lefthalf", "righthalf"}) {
    CHECK(cut(name, "1/2/3") == "()"); // as by the columns of rot90
    CHECK(run(name, {"((), ())"}) == "()");
    CHECK(run(name, {"()"}) == "()");
  }
}

TEST_CASE("halves: rows of any width", "[arc][grid_shapes]") {
  const std::string ragged = "((1, 2, 3, 4, 5, 6), (7, 8, 9, 0, 1))";
  CHECK(run("tophalf", {ragged}) == grid("123456"));
  CHECK(run("bottomhalf", {ragged}) == grid("78901"));
  CHECK(run("lefthalf", {ragged}) == grid("12/78"));
  CHECK(run("righthalf", {ragged}) == grid("45/01"));
  CHECK(run("tophalf", {"(5, {(0, 1)}, none)"}) == "(5,)");
  CHECK(run("bottomhalf", {"((1, 2), ((3, 4), 5))"}) == "(((3, 4), 5),)");
}

TEST_CASE("halves: half a grid is equal to a grid from elsewhere", "[arc][grid_shapes]") {
  arc::machine m(table.data());
  const arc::value ragged = test::value_of(m, "((1, 2), (3, 4), (5,), (6,))");
  const arc::value even = test::grid(m, "12/34/56/78");
  const arc::value top = test::grid(m, "12/34");
  CHECK(arc::equal(test::named(table, "tophalf").run(m, &ragged), top));
  CHECK(arc::equal(test::named(table, "tophalf").run(m, &even), top));
  CHECK(arc::equal(test::named(table, "bottomhalf").run(m, &ragged), test::grid(m, "5/6")));
}

TEST_CASE("trim: the outermost rows and columns go", "[arc][grid_shapes]") {
  CHECK(cut("trim", "1234/5678/9012/3456") == grid("67/01"));
  CHECK(cut("trim", "12345/67890/12345") == grid("789"));
}

TEST_CASE("trim: may leave no rows, or rows of no width", "[arc][grid_shapes]") {
  CHECK(cut("trim", "1") == "()");
  CHECK(cut("trim", "123/456") == "()");
  CHECK(cut("trim", "12/34/56") == "((),)");
  CHECK(cut("trim", "1/2/3/4") == "((), ())");
  CHECK(run("trim", {"()"}) == "()");
}

TEST_CASE("trim: each row by its own width", "[arc][grid_shapes]") {
  CHECK(run("trim", {"((1,), (1, 2, 3, 4), (5, 6), (7, 8, 9), ())"}) == "((2, 3), (), (8,))");
  CHECK(run("trim", {"((1,), (2, {3}, 4), (5,))"}) == "(({3},),)");
}

TEST_CASE("cutting: what is no tuple, or has no rows, is refused", "[arc][grid_shapes]") {
  for (const std::string_view name : {"tophalf", "bottomhalf", "lefthalf", "righthalf", "trim"}) {
    CHECK(run(name, {"{(1, (2, 3))}"}) == "error: type");
    CHECK(run(name, {"4"}) == "error: type");
    CHECK(run(name, {"none"}) == "error: type");
  }
  for (const std::string_view name : {"lefthalf", "righthalf", "trim"}) {
    CHECK(run(name, {"(1, 2, 3)"}) == "error: type");
  }
}
