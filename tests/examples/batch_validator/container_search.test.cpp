// SPDX-License-Identifier: MIT
//
// Order, extremes and occurrences, from the description of the language.
#include "container_callbacks.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace {

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(test::container_table, name, arguments);
}

} // namespace

TEST_CASE("container_search: order sorts by key, whatever the container", "[arc][containers]") {
  CHECK(test::run_with("order", "(3, 1, 2)", "identity") == "(1, 2, 3)");
  CHECK(test::run_with("order", "(3, 1, 2)", "negated") == "(3, 2, 1)");
  CHECK(test::run_with("order", "{3, 1, 2}", "negated") == "(3, 2, 1)");
  CHECK(test::run_with("order", "{(1, 2), (1, 2, 3), (4,)}", "size") ==
        "((4,), (1, 2), (1, 2, 3))");
  CHECK(test::run_with("order", "((3, 4), (1, 2))", "first") == "((1, 2), (3, 4))");
  CHECK(test::run_with("order", "()", "negated") == "()");
  CHECK(test::run_with("order", "{}", "negated") == "()");
}

TEST_CASE("container_search: order is stable", "[arc][containers]") {
  CHECK(test::run_with("order", "((1, 2), (3,), (4, 5), (6,))", "size") ==
        "((3,), (6,), (1, 2), (4, 5))");
  std::string given = "(";
  std::string odd;
  std::string even;
  for (int i = 0; i < 60; ++i) {
    // Descending, so that a sort by value would show.
    const std::string number = std::to_string(59 - i) + ", ";
    given += number;
    ((59 - i) % 2 == 0 ? even : odd) += number;
  }
  const std::string sorted = "(" + odd + even;
  CHECK(test::run_with("order", given + ")", "is_even") ==
        sorted.substr(0, sorted.size() - 2) + ")");
}

TEST_CASE("container_search: order compares tuples lexicographically", "[arc][containers]") {
  CHECK(test::run_with("order", "((2, 1), (1, 9), (1, 2, 0), (1, 2))", "identity") ==
        "((1, 2), (1, 2, 0), (1, 9), (2, 1))");
  CHECK(test::run_with("order", "((1, (2, 3)), (1, (2, 2)), (0, (9, 9)))", "identity") ==
        "((0, (9, 9)), (1, (2, 2)), (1, (2, 3)))");
  CHECK(test::run_with("order", "(5000000000, -5000000000, 7)", "identity") ==
        "(-5000000000, 7, 5000000000)");
}

TEST_CASE("container_search: order refuses keys without a total order", "[arc][containers]") {
  CHECK(test::run_with("order", "(1, (2, 3))", "identity") == "error: type");
  CHECK(test::run_with("order", "((1, 2), (1, (2,)))", "identity") == "error: type");
  CHECK(test::run_with("order", "(1, 2)", "nothing") == "error: type");
  CHECK(test::run_with("order", "(1, 2)", "set_of_it") == "error: type");
  CHECK(test::run_with("order", "(1, 2)", "zero_and_set") == "error: type");
  // What decides before the sets is enough, and one element is compared with nothing.
  CHECK(test::run_with("order", "(2, 1)", "it_and_set") == "(1, 2)");
  CHECK(test::run_with("order", "(1,)", "nothing") == "(1,)");
}

TEST_CASE("container_search: order fails as its function does", "[arc][containers]") {
  CHECK(test::run_with("order", "(1, 9, 2)", "before_nine") == "error: overflow");
  CHECK(test::run_with("order", "(1, 2)", "contained") == "error: type");
  CHECK(test::run_with("order", "3", "identity") == "error: type");
  CHECK(run("order", {"(1, 2)", "5"}) == "error: type");
}

TEST_CASE("container_search: argmax and argmin keep the first met", "[arc][containers]") {
  CHECK(test::run_with("argmax", "((1, 2), (3, 4), (5,))", "size") == "(1, 2)");
  CHECK(test::run_with("argmin", "((1, 2), (3,), (4,))", "size") == "(3,)");
  CHECK(test::run_with("argmax", "{3, 1, 2}", "seven") == "1");
  CHECK(test::run_with("argmin", "{3, 1, 2}", "seven") == "1");
  CHECK(test::run_with("argmax", "(4, 9, 2)", "negated") == "2");
  CHECK(test::run_with("argmin", "(4, 9, 2)", "negated") == "9");
  CHECK(test::run_with("argmax", "((1, 2), (1, 2, 0), (1, 1, 9))", "identity") == "(1, 2, 0)");
  CHECK(test::run_with("argmin", "{(2, 3), (1, 9), (1, 10)}", "last") == "(2, 3)");
}

TEST_CASE("container_search: argmax and argmin compare sets by inclusion", "[arc][containers]") {
  CHECK(test::run_with("argmax", "({1}, {2, 3}, {1, 4})", "identity") == "{1, 4}");
  CHECK(test::run_with("argmax", "({2, 3}, {1}, {1, 4})", "identity") == "{2, 3}");
  CHECK(test::run_with("argmin", "({1, 2}, {3}, {2})", "identity") == "{2}");
  CHECK(test::run_with("argmin", "({(1, 2)}, {(1, 3)}, {})", "identity") == "{}");
}

TEST_CASE("container_search: argmax and argmin of nothing depend on the dialect",
          "[arc][containers]") {
  CHECK(test::run_with("argmax", "()", "size") == "error: empty");
  CHECK(test::run_with("argmin", "{}", "size") == "error: empty");
  CHECK(test::run_with("argmax", "{}", "size", arc::dialect::re_arc) == "none");
  CHECK(test::run_with("argmin", "()", "size", arc::dialect::re_arc) == "none");
}

TEST_CASE("container_search: argmax and argmin refuse what has no order", "[arc][containers]") {
  CHECK(test::run_with("argmax", "(1, (2, 3))", "identity") == "error: type");
  CHECK(test::run_with("argmin", "(none, none)", "identity") == "error: type");
  CHECK(test::run_with("argmin", "(none,)", "identity") == "none");
  CHECK(test::run_with("argmax", "(9,)", "before_nine") == "error: overflow");
  CHECK(test::run_with("argmin", "7", "identity") == "error: type");
  CHECK(test::run_with("argmax", "(1, 2)", "product") == "error: type");
}

TEST_CASE("container_search: valmax and valmin give the function's value of the best",
          "[arc][containers]") {
  CHECK(test::run_with("valmax", "(1, 2, 3)", "negated") == "-1");
  CHECK(test::run_with("valmin", "(1, 2, 3)", "negated") == "-3");
  CHECK(test::run_with("valmax", "{{1}, {2, 3}, {4}}", "size") == "2");
  CHECK(test::run_with("valmin", "((5, 1), (2, 8), (3, 3))", "first") == "2");
  CHECK(test::run_with("valmax", "((1, 5), (1, 5, 0))", "identity") == "(1, 5, 0)");
  CHECK(test::run_with("valmin", "(1, (1, 2))", "identity") == "error: type");
  CHECK(test::run_with("valmax", "8", "identity") == "error: type");
}

TEST_CASE("container_search: valmax and valmin of nothing are the function's value of 0",
          "[arc][containers]") {
  CHECK(test::run_with("valmax", "()", "seven") == "7");
  CHECK(test::run_with("valmin", "{}", "negated") == "0");
  CHECK(test::run_with("valmax", "{}", "set_of_it") == "{0}");
  CHECK(test::run_with("valmin", "()", "size") == "error: type");
  CHECK(run("valmax", {"()", "5"}) == "error: type");
}

TEST_CASE("container_search: valmax calls once more for the best", "[arc][containers]") {
  for (const std::string name : {"valmax", "valmin"}) {
    arc::machine m(test::container_table.data());
    const auto& p = test::named(test::container_table, name);
    test::outcome(m, p, {test::value_of(m, "(1, 2, 3)"), test::function_named("negated")});
    CHECK(m.dispatches() == 4);
  }
}

TEST_CASE("container_search: keys outlive the calls that follow", "[arc][containers]") {
  CHECK(test::run_with("order", "(1, 3, 2)", "bulky") == "(3, 2, 1)");
  CHECK(test::run_with("argmax", "(3, 1, 2)", "bulky") == "1");
  CHECK(test::run_with("argmin", "(1, 3, 2)", "bulky") == "3");
  CHECK(test::run_with("valmax", "(3, 1, 2)", "bulky") == "(-1, 1, 300)");
}

TEST_CASE("container_search: maximum and minimum are 0 for nothing", "[arc][containers]") {
  CHECK(run("maximum", {"()"}) == "0");
  CHECK(run("minimum", {"{}"}) == "0");
  CHECK(run("maximum", {"{-3, -1, -2}"}) == "-1");
  CHECK(run("minimum", {"(4, 2, 5000000000)"}) == "2");
  CHECK(run("maximum", {"{(0, 5), (1, 2), (1, -4)}"}) == "(1, 2)");
  CHECK(run("minimum", {"{(0, 5), (1, 2), (1, -4)}"}) == "(0, 5)");
  CHECK(run("minimum", {"{(2, (0, 1)), (1, (5, 5))}"}) == "(1, (5, 5))");
  CHECK(run("maximum", {"{(1, 2), (1, 2, 3), (0, 9)}"}) == "(1, 2, 3)");
}

TEST_CASE("container_search: maximum and minimum use the order of programs", "[arc][containers]") {
  CHECK(run("maximum", {"({1}, {0, 2}, {1, 2})"}) == "{1, 2}");
  // In canonical order {0, 1} comes first, {1} second, and neither includes what is behind it.
  CHECK(run("maximum", {"{{1}, {0, 1}, {2}}"}) == "{0, 1}");
  CHECK(run("maximum", {"{1, (2, 3)}"}) == "error: type");
  CHECK(run("minimum", {"{none, 1}"}) == "error: type");
  CHECK(run("minimum", {"{none}"}) == "none");
  CHECK(run("maximum", {"6"}) == "error: type");
}

TEST_CASE("container_search: occurrences are tied by the canonical order", "[arc][containers]") {
  CHECK(run("mostcommon", {"(2, 1, 2, 1, 3)"}) == "1");
  CHECK(run("mostcommon", {"(3, 1, 3)"}) == "3");
  CHECK(run("leastcommon", {"(3, 1, 3)"}) == "1");
  CHECK(run("leastcommon", {"(3, 1, 2)"}) == "1");
  CHECK(run("leastcommon", {"(1, 1, 2, 2, 3, 3)"}) == "1");
  CHECK(run("mostcommon", {"((1, 2), 5, {7}, (1, 2))"}) == "(1, 2)");
  CHECK(run("mostcommon", {"({7}, (1, 2), 5)"}) == "5");
  CHECK(run("leastcommon", {"((1, 2), (3, 4), (1, 2))"}) == "(3, 4)");
}

TEST_CASE("container_search: occurrences are those of a tuple, not empty", "[arc][containers]") {
  CHECK(run("mostcommon", {"()"}) == "error: empty");
  CHECK(run("leastcommon", {"()"}) == "error: empty");
  CHECK(run("mostcommon", {"{1, 2}"}) == "error: type");
  CHECK(run("leastcommon", {"{}"}) == "error: type");
  CHECK(run("leastcommon", {"1"}) == "error: type");
}

TEST_CASE("container_search: comparing costs fuel", "[arc][containers]") {
  // Each row is compared with the best, and all are equal but for their last number.
  arc::machine m(test::container_table.data(), {.fuel = 5'000});
  arc::value_list rows(m, 4);
  for (int i = 0; i < 4; ++i) {
    arc::value_list row(m, 1'000);
    for (int j = 0; j < 999; ++j) row.add(arc::value::of_integer(0));
    row.add(arc::value::of_integer(1'000 + i));
    rows.add(arc::tuple_of(m, row));
  }
  const arc::value all = arc::tuple_of(m, rows);
  CHECK(test::outcome(m, test::named(test::container_table, "maximum"), {all}) == "error: fuel");
}
