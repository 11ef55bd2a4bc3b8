// SPDX-License-Identifier: MIT
//
// Containers, from the description of the language, and the calls recorded of its reference.
#include "container_callbacks.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(test::container_table, name, arguments);
}

} // namespace

TEST_CASE("containers: recorded calls of the reference", "[arc][containers]") {
  const auto count = test::check_recorded_calls(arc::container_primitives);
  if (count) CHECK(*count >= 219);
}

TEST_CASE("containers: contained finds what is equal", "[arc][containers]") {
  CHECK(run("contained", {"2", "(3, 2)"}) == "1");
  CHECK(run("contained", {"1", "12"}) == "error: type");
  CHECK(run("contained", {"(1, 2)", "((1, 2), (3, 4))"}) == "1");
  CHECK(run("contained", {"(1, 2)", "{(0, 5), (1, 2), (3, 4)}"}) == "1");
  CHECK(run("contained", {"(1, 3)", "{(0, 5), (1, 2), (3, 4)}"}) == "0");
  CHECK(run("contained", {"(1, (2, 3))", "{(1, (2, 3)), (4, (0, 0))}"}) == "1");
  // As 64 bits these two may be alike, but a pair is no cell.
  CHECK(run("contained", {"(-2147483648, -2147483648)", "{(-32768, (-8388608, -8388608))}"}) ==
        "0");
  CHECK(run("contained", {"{1}", "{2, (1, 2), {1}, {1, 2}}"}) == "1");
  CHECK(run("contained", {"none", "{none}"}) == "1");
  CHECK(run("contained", {"1", "{}"}) == "0");
}

TEST_CASE("containers: combine takes the kind of the first", "[arc][containers]") {
  CHECK(run("combine", {"(1, 2)", "(2, 3)"}) == "(1, 2, 2, 3)");
  CHECK(run("combine", {"(1, 2)", "{5, 4}"}) == "(1, 2, 4, 5)");
  CHECK(run("combine", {"{7, 1}", "(1, 0, 0)"}) == "{0, 1, 7}");
  CHECK(run("combine", {"{(1, 2)}", "{(0, 3), (1, 2)}"}) == "{(0, 3), (1, 2)}");
  CHECK(run("combine", {"{(1, 2)}", "{(1, (0, 0)), 3}"}) == "{3, (1, 2), (1, (0, 0))}");
  CHECK(run("combine", {"((1, 2), (3, 4))", "((5, 6), (7, 8))"}) ==
        "((1, 2), (3, 4), (5, 6), (7, 8))");
  CHECK(run("combine", {"()", "()"}) == "()");
  CHECK(run("combine", {"{}", "()"}) == "{}");
  CHECK(run("combine", {"()", "{}"}) == "()");
  CHECK(run("combine", {"{}", "{(1, 2)}"}) == "{(1, 2)}");
  CHECK(run("combine", {"3", "()"}) == "error: type");
  CHECK(run("combine", {"()", "3"}) == "error: type");
}

TEST_CASE("containers: intersection and difference of sets of any forms", "[arc][containers]") {
  CHECK(run("intersection", {"{(0, 1), (0, 2), (5, 5)}", "{(0, 2), (3, 3), (5, 5)}"}) ==
        "{(0, 2), (5, 5)}");
  CHECK(run("intersection", {"{1, (0, 2), {3}}", "{(0, 2), (9, 9)}"}) == "{(0, 2)}");
  CHECK(run("intersection", {"{(1, 2)}", "{(1, (2, 3))}"}) == "{}");
  CHECK(run("intersection", {"{}", "{(1, 2)}"}) == "{}");
  CHECK(run("intersection", {"{1, 2}", "(1, 2)"}) == "error: type");
  CHECK(run("difference", {"{(0, 1), (0, 2), (5, 5)}", "{(0, 2), (3, 3)}"}) == "{(0, 1), (5, 5)}");
  CHECK(run("difference", {"{(0, 1)}", "{(0, 1)}"}) == "{}");
  CHECK(run("difference", {"{{1}, {2}, {1, 2}}", "{{2}}"}) == "{{1}, {1, 2}}");
  CHECK(run("difference", {"{3, (1, 2)}", "{3}"}) == "{(1, 2)}");
}

TEST_CASE("containers: sets that were mixed equal those that never were", "[arc][containers]") {
  arc::machine m(test::container_table.data());
  const auto result = [&](std::string_view name, std::string_view a, std::string_view b) {
    const arc::value arguments[] = {test::value_of(m, a), test::value_of(m, b)};
    return test::named(test::container_table, name).run(m, arguments);
  };
  const arc::value locations = test::value_of(m, "{(1, 2), (3, 4)}");
  CHECK(arc::equal(result("difference", "{5, (1, 2), (3, 4)}", "{5}"), locations));
  CHECK(
      arc::equal(result("intersection", "{5, (1, 2), (3, 4)}", "{6, (1, 2), (3, 4)}"), locations));
  CHECK(arc::equal(result("remove", "5", "{5, (1, 2), (3, 4)}"), locations));
  CHECK(arc::equal(result("insert", "(1, 2)", "{(3, 4)}"), locations));
  CHECK(arc::equal(result("insert", "(1, 2)", "{}"), test::value_of(m, "{(1, 2)}")));
  CHECK(arc::equal(result("difference", "{5}", "{5}"), test::value_of(m, "{}")));
}

TEST_CASE("containers: difference of a tuple keeps order and repeats", "[arc][containers]") {
  CHECK(run("difference", {"(3, 1, 3, 2)", "(1,)"}) == "(3, 3, 2)");
  CHECK(run("difference", {"(3, 1, 3, 2)", "{3, 2}"}) == "(1,)");
  CHECK(run("difference", {"{1, 2, 3}", "(3, 9)"}) == "{1, 2}");
  CHECK(run("difference", {"((1, 2), (3, 4), (5, 6))", "((3, 4),)"}) == "((1, 2), (5, 6))");
  CHECK(run("difference", {"(1, 2)", "(1, 2)"}) == "()");
  CHECK(run("difference", {"(1, 2)", "()"}) == "(1, 2)");
  CHECK(run("difference", {"()", "3"}) == "error: type");
}

TEST_CASE("containers: dedupe keeps first occurrences", "[arc][containers]") {
  CHECK(run("dedupe", {"(3, 1, 3, 1, 2)"}) == "(3, 1, 2)");
  CHECK(run("dedupe", {"((1, 2), (1, 2), (0, 0))"}) == "((1, 2), (0, 0))");
  CHECK(run("dedupe", {"(1, (1,), 1, (1,), {1})"}) == "(1, (1,), {1})");
  CHECK(run("dedupe", {"()"}) == "()");
  CHECK(run("dedupe", {"{1}"}) == "error: type");
}

TEST_CASE("containers: insert and remove", "[arc][containers]") {
  CHECK(run("insert", {"2", "{1, 3}"}) == "{1, 2, 3}");
  CHECK(run("insert", {"(1, 2)", "{(0, 9), (2, 0)}"}) == "{(0, 9), (1, 2), (2, 0)}");
  CHECK(run("insert", {"(0, 9)", "{(0, 9), (2, 0)}"}) == "{(0, 9), (2, 0)}");
  CHECK(run("insert", {"4", "{(0, 9)}"}) == "{4, (0, 9)}");
  CHECK(run("insert", {"1", "(1, 2)"}) == "error: type");
  CHECK(run("remove", {"1", "(1, 2, 1)"}) == "(2,)");
  CHECK(run("remove", {"(0, 9)", "{(0, 9), (2, 0)}"}) == "{(2, 0)}");
  CHECK(run("remove", {"(0, 8)", "{(0, 9), (2, 0)}"}) == "{(0, 9), (2, 0)}");
  CHECK(run("remove", {"(3, 4)", "((1, 2), (3, 4))"}) == "((1, 2),)");
  CHECK(run("remove", {"{1}", "{{1}}"}) == "{}");
  CHECK(run("remove", {"(1, 2)", "1"}) == "error: type");
}

TEST_CASE("containers: first, last and other", "[arc][containers]") {
  CHECK(run("first", {"{5, 3, 4}"}) == "3");
  CHECK(run("last", {"{(4, (0, 0)), (1, (9, 9))}"}) == "(4, (0, 0))");
  CHECK(run("first", {"(4, (7, 8))"}) == "4");
  CHECK(run("last", {"(4, (7, 8))"}) == "(7, 8)");
  CHECK(run("last", {"((1, 2, 3), (4, 5, 6))"}) == "(4, 5, 6)");
  CHECK(run("first", {"{}"}) == "error: no_element");
  CHECK(run("last", {"()"}) == "error: no_element");
  CHECK(run("first", {"5"}) == "error: type");
  CHECK(run("other", {"{1, 2}", "1"}) == "2");
  CHECK(run("other", {"((1, 2), (1, 2), (3, 4))", "(1, 2)"}) == "(3, 4)");
  CHECK(run("other", {"{1}", "1"}) == "error: no_element");
  CHECK(run("other", {"1", "{1}"}) == "error: type");
}

TEST_CASE("containers: size counts elements", "[arc][containers]") {
  CHECK(run("size", {"((1, 2, 3), (4, 5, 6))"}) == "2");
  CHECK(run("size", {"{(1, 2), (1, 2)}"}) == "1");
  CHECK(run("size", {"(1, (2, 3))"}) == "2");
  CHECK(run("size", {"()"}) == "0");
  CHECK(run("size", {"1"}) == "error: type");
}

TEST_CASE("containers: totuple and initset", "[arc][containers]") {
  CHECK(run("totuple", {"{(2, 1), (0, 3)}"}) == "((0, 3), (2, 1))");
  CHECK(run("totuple", {"{3, 1}"}) == "(1, 3)");
  CHECK(run("totuple", {"(3, 1)"}) == "(3, 1)");
  CHECK(run("totuple", {"{}"}) == "()");
  CHECK(run("totuple", {"3"}) == "error: type");
  CHECK(run("initset", {"(1, 2)"}) == "{(1, 2)}");
  CHECK(run("initset", {"{}"}) == "{{}}");
  CHECK(run("initset", {"none"}) == "{none}");
}

TEST_CASE("containers: merge takes the outer kind", "[arc][containers]") {
  CHECK(run("merge", {"({2, 1}, (1, 0))"}) == "(1, 2, 1, 0)");
  CHECK(run("merge", {"{(2, 1), (1, 0)}"}) == "{0, 1, 2}");
  CHECK(run("merge", {"()"}) == "()");
  CHECK(run("merge", {"{}"}) == "{}");
  CHECK(run("merge", {"(1, (2,))"}) == "error: type");
}

TEST_CASE("containers: sfilter keeps the kind and the order", "[arc][containers]") {
  CHECK(test::run_with("sfilter", "(4, 1, 2, 4)", "is_even") == "(4, 2, 4)");
  CHECK(test::run_with("sfilter", "{4, 1, 2}", "is_even") == "{2, 4}");
  CHECK(test::run_with("sfilter", "{(0, 3), (1, 2), (0, 1), (7, 7)}", "first") ==
        "{(1, 2), (7, 7)}");
  CHECK(test::run_with("sfilter", "((0, 3), (1, 2))", "first") == "((1, 2),)");
  CHECK(test::run_with("sfilter", "{0, (1, 2), {}}", "identity") == "{(1, 2)}");
  CHECK(test::run_with("sfilter", "{1, 2}", "seven") == "{1, 2}");
  CHECK(test::run_with("sfilter", "(1, 2)", "nothing") == "()");
  CHECK(test::run_with("sfilter", "{(1, 2)}", "nothing") == "{}");
  CHECK(test::run_with("sfilter", "(1, 2, 3)", "bulky") == "(1, 2, 3)");
  CHECK(test::run_with("sfilter", "(1, 9)", "before_nine") == "error: overflow");
  CHECK(test::run_with("sfilter", "5", "seven") == "error: type");
  CHECK(run("sfilter", {"(1, 2)", "3"}) == "error: type");
  CHECK(run("sfilter", {"()", "3"}) == "()");
}

TEST_CASE("containers: mfilter merges what sfilter keeps", "[arc][containers]") {
  CHECK(test::run_with("mfilter", "((0, 5), (1, 2), (3, 4))", "first") == "(1, 2, 3, 4)");
  CHECK(test::run_with("mfilter", "{{(1, 2)}, {}, {(0, 0), (1, 2)}}", "size") ==
        "{(0, 0), (1, 2)}");
  CHECK(test::run_with("mfilter", "({3, 1}, {}, {2})", "size") == "(1, 3, 2)");
  CHECK(test::run_with("mfilter", "{(3, 1, 1)}", "seven") == "{1, 3}");
  CHECK(test::run_with("mfilter", "{{1}}", "nothing") == "{}");
  CHECK(test::run_with("mfilter", "((1, 2),)", "nothing") == "()");
  CHECK(test::run_with("mfilter", "(1, 2)", "seven") == "error: type");
  CHECK(test::run_with("mfilter", "(1, 2)", "nothing") == "()");
}

TEST_CASE("containers: extract gives the first and looks no further", "[arc][containers]") {
  CHECK(test::run_with("extract", "(3, 4, 2)", "is_even") == "4");
  CHECK(test::run_with("extract", "{3, 4, 2}", "is_even") == "2");
  CHECK(test::run_with("extract", "{(0, 5), (2, 3), (1, 8)}", "first") == "(1, 8)");
  CHECK(test::run_with("extract", "(1, 9)", "before_nine") == "1");
  CHECK(test::run_with("extract", "(9, 1)", "before_nine") == "error: overflow");
  CHECK(test::run_with("extract", "(5, 6)", "bulky") == "5");
  CHECK(test::run_with("extract", "(3, 5)", "is_even") == "error: no_element");
  CHECK(test::run_with("extract", "{}", "seven") == "error: no_element");
  CHECK(test::run_with("extract", "5", "seven") == "error: type");
}

TEST_CASE("containers: repeat", "[arc][containers]") {
  CHECK(run("repeat", {"7", "3"}) == "(7, 7, 7)");
  CHECK(run("repeat", {"(1, 2)", "2"}) == "((1, 2), (1, 2))");
  CHECK(run("repeat", {"{}", "1"}) == "({},)");
  CHECK(run("repeat", {"7", "0"}) == "()");
  CHECK(run("repeat", {"7", "-2"}) == "()");
  CHECK(run("repeat", {"7", "(1, 2)"}) == "error: type");
}

TEST_CASE("containers: interval stops before its end", "[arc][containers]") {
  CHECK(run("interval", {"0", "7", "3"}) == "(0, 3, 6)");
  CHECK(run("interval", {"0", "6", "3"}) == "(0, 3)");
  CHECK(run("interval", {"3", "-2", "-2"}) == "(3, 1, -1)");
  CHECK(run("interval", {"3", "3", "1"}) == "()");
  CHECK(run("interval", {"0", "5", "-1"}) == "()");
  CHECK(run("interval", {"5", "0", "1"}) == "()");
  CHECK(run("interval", {"0", "5", "0"}) == "error: zero_step");
  CHECK(run("interval", {"0", "(1, 2)", "1"}) == "error: type");
}

TEST_CASE("containers: interval reaches the ends of 64 bits", "[arc][containers]") {
  const std::string least = "-9223372036854775808";
  const std::string most = "9223372036854775807";
  CHECK(run("interval", {"9223372036854775806", most, "5"}) == "(9223372036854775806,)");
  CHECK(run("interval", {least, most, most}) == "(" + least + ", -1, 9223372036854775806)");
  CHECK(run("interval", {"-1", least, least}) == "(-1,)");
  CHECK(run("interval", {"1", least, least}) == "(1, -9223372036854775807)");
}

TEST_CASE("containers: product is a set of pairs", "[arc][containers]") {
  CHECK(run("product", {"(2, 1)", "{0, 5}"}) == "{(1, 0), (1, 5), (2, 0), (2, 5)}");
  CHECK(run("product", {"(1, 1)", "(3, 3)"}) == "{(1, 3)}");
  CHECK(run("product", {"{1, 2}", "{(0, 7)}"}) == "{(1, (0, 7)), (2, (0, 7))}");
  CHECK(run("product", {"{{1}}", "{2, 3}"}) == "{({1}, 2), ({1}, 3)}");
  CHECK(run("product", {"(5000000000,)", "(1,)"}) == "{(5000000000, 1)}");
  CHECK(run("product", {"{1, 2}", "()"}) == "{}");
  CHECK(run("product", {"{1, 2}", "2"}) == "error: type");
}

TEST_CASE("containers: pair is cut to the shorter", "[arc][containers]") {
  CHECK(run("pair", {"(1, 2, 3)", "(4, 5)"}) == "((1, 4), (2, 5))");
  CHECK(run("pair", {"{3, 1}", "((7, 8), (9, 9))"}) == "((1, (7, 8)), (3, (9, 9)))");
  CHECK(run("pair", {"({1}, none)", "{2, 3}"}) == "(({1}, 2), (none, 3))");
  CHECK(run("pair", {"()", "(1, 2)"}) == "()");
  CHECK(run("pair", {"(1, 2)", "1"}) == "error: type");
  // Two rows give a grid.
  arc::machine m(test::container_table.data());
  const arc::value rows[] = {test::value_of(m, "(1, 2, 3)"), test::value_of(m, "(4, 5, 6)")};
  CHECK(arc::equal(arc::detail::pair(m, rows), test::grid(m, "14/25/36")));
}

TEST_CASE("containers: what is too much ends by a limit", "[arc][containers]") {
  CHECK(run("interval", {"0", "4000000000", "1"}) == "error: fuel");
  CHECK(run("interval", {"-9223372036854775808", "9223372036854775807", "1"}) == "error: fuel");
  CHECK(run("interval", {"0", "20000000", "1"}) == "error: cells");
  CHECK(run("repeat", {"7", "9223372036854775807"}) == "error: fuel");
  CHECK(run("repeat", {"7", "20000000"}) == "error: cells");
}

TEST_CASE("containers: products cost fuel and cells", "[arc][containers]") {
  arc::machine m(test::container_table.data(), {.fuel = 5'000'000});
  const auto numbers = [&](const char* count) {
    const arc::value arguments[] = {arc::value::of_integer(0), test::value_of(m, count),
                                    arc::value::of_integer(1)};
    return arc::detail::interval(m, arguments);
  };
  const auto outcome = [&](std::string_view name, const std::vector<arc::value>& arguments) {
    return test::outcome(m, test::named(test::container_table, name), arguments);
  };
  const arc::value some = numbers("2000");
  const arc::value many = numbers("10000");
  CHECK(outcome("product", {some, some}) == "error: cells");
  CHECK(outcome("product", {many, many}) == "error: fuel");
  CHECK(outcome("difference", {many, many}) == "error: fuel");
  m.reset();
  CHECK(outcome("dedupe", {numbers("20000")}) == "error: fuel");
}
