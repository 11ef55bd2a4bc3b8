// SPDX-License-Identifier: MIT
#include "batch_validator/merging.hpp"
#include "arc_given.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

constexpr std::array<arc::primitive, 1> table{
    {{"merge", 1,
      [](arc::machine& m, const arc::value* a) { return arc::detail::merged(m, a[0]); }}}};

std::string merged(const std::string& text) { return test::run(table, "merge", {text}); }

arc::value_form form_of_merged(std::string_view text) {
  arc::machine m(table.data());
  return arc::detail::merged(m, test::value_of(m, text)).form();
}

} // namespace

TEST_CASE("merging: tuples one after the other, in order", "[arc][merging]") {
  CHECK(merged("((3, 1), (2, 3, 1))") == "(3, 1, 2, 3, 1)");
  CHECK(merged("((none, {1}), (), ((5)))") == "(none, {1}, (5,))");
  CHECK(merged("((1, 2), (300, 4))") == "(1, 2, 300, 4)");
  CHECK(merged("((7), (8))") == "(7, 8)");
}

TEST_CASE("merging: sets are united", "[arc][merging]") {
  CHECK(merged("{{3, 1}, {2, 3}}") == "{1, 2, 3}");
  CHECK(merged("{{(5, 5), (0, 1)}, {(0, 1), (2, 2)}}") == "{(0, 1), (2, 2), (5, 5)}");
  CHECK(merged("{{(1, (0, 0)), (2, (0, 1))}, {(1, (5, 5)), (2, (0, 1))}}") ==
        "{(1, (0, 0)), (1, (5, 5)), (2, (0, 1))}");
  CHECK(merged("{{}, {(0, 0)}, {(0, 1)}}") == "{(0, 0), (0, 1)}");
  CHECK(merged("{{1, none}, {(1, 2)}, {{7}}}") == "{none, 1, (1, 2), {7}}");
}

TEST_CASE("merging: the outer kind decides", "[arc][merging]") {
  CHECK(merged("({2, 1}, {2})") == "(1, 2, 2)");
  CHECK(merged("({(0, 1), (0, 0)}, {(0, 0)})") == "((0, 0), (0, 1), (0, 0))");
  CHECK(merged("{(3, 1, 3), (2, 1)}") == "{1, 2, 3}");
  CHECK(merged("({2, 1})") == "(1, 2)");
  CHECK(merged("{(2, 1)}") == "{1, 2}");
  CHECK(merged("{((4, 5), (1, 2))}") == "{(1, 2), (4, 5)}");
}

TEST_CASE("merging: pairs and cells are containers too", "[arc][merging]") {
  CHECK(merged("{(3, 1), (1, 2)}") == "{1, 2, 3}");
  CHECK(merged("{(4, (2, 3)), (4, (0, 0))}") == "{4, (0, 0), (2, 3)}");
  CHECK(merged("((4, (2, 3)), (5, (0, 0)))") == "(4, (2, 3), 5, (0, 0))");
}

TEST_CASE("merging: nothing gives nothing of the outer kind", "[arc][merging]") {
  CHECK(merged("()") == "()");
  CHECK(merged("{}") == "{}");
  CHECK(merged("({}, ())") == "()");
  CHECK(merged("{(), {}}") == "{}");
}

TEST_CASE("merging: rows of grids", "[arc][merging]") {
  CHECK(merged("(((1, 2, 3), (4, 5, 6)), ((7, 8, 9)))") == "((1, 2, 3), (4, 5, 6), (7, 8, 9))");
  CHECK(merged("(((1, 2)), (), ((3, 4)))") == "((1, 2), (3, 4))");
  CHECK(merged("(((1, 2)), ((3, 4, 5)))") == "((1, 2), (3, 4, 5))");
  CHECK(merged("{((1, 2, 3)), ((4, 5, 6), (1, 2, 3))}") == "{(1, 2, 3), (4, 5, 6)}");
}

TEST_CASE("merging: a grid's cells make a row", "[arc][merging]") {
  CHECK(merged("((1, 2), (3, 4))") == "(1, 2, 3, 4)");
  CHECK(merged("((1, 2, 3))") == "(1, 2, 3)");
  CHECK(merged("((1), (2))") == "(1, 2)");
  CHECK(merged("((9))") == "(9,)");
  CHECK(form_of_merged("((1), (2))") == arc::value_form::pair);
  CHECK(form_of_merged("((1, 2), (3, 4))") == arc::value_form::row);
}

TEST_CASE("merging: results have the form of their content", "[arc][merging]") {
  CHECK(form_of_merged("{{(1, 2)}, {(0, 0)}}") == arc::value_form::locations);
  CHECK(form_of_merged("{{(1, (1, 2))}, {(1, (0, 0))}}") == arc::value_form::object);
  CHECK(form_of_merged("{{(1, (1, 2))}, {(1, 2)}}") == arc::value_form::members);
  CHECK(form_of_merged("(((1, 2)), ((3, 4), (5, 6)))") == arc::value_form::grid);
  CHECK(form_of_merged("(((1, 2, 3)), ((3, 4)))") == arc::value_form::elements);
  CHECK(form_of_merged("({1, 2}, {5})") == arc::value_form::row);
}

TEST_CASE("merging: what holds no containers is refused", "[arc][merging]") {
  CHECK(merged("7") == "error: type");
  CHECK(merged("none") == "error: type");
  CHECK(merged("(1, 2)") == "error: type");
  CHECK(merged("(1, 2, 3)") == "error: type");
  CHECK(merged("{1}") == "error: type");
  CHECK(merged("((1, 2), 3)") == "error: type");
  CHECK(merged("{{}, none}") == "error: type");
  CHECK(merged("(1, (2, 3))") == "error: type");
}

TEST_CASE("merging: costs what is read", "[arc][merging]") {
  arc::machine m(table.data());
  const arc::value six = test::value_of(m, "{(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6)}");
  const arc::value twice = arc::tuple_of(m, six, six);
  const std::uint64_t before = m.fuel();
  CHECK(arc::detail::merged(m, twice).size() == 12);
  CHECK(m.fuel() - before >= 12);
}

TEST_CASE("merging: ends where there is no room", "[arc][merging]") {
  const auto outcome = [](std::uint64_t cells) {
    arc::run_limits limits;
    limits.cells = cells;
    arc::machine m(table.data(), limits);
    const arc::value ten = test::value_of(m, "{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}");
    return test::outcome(m, table[0], {arc::tuple_of(m, ten, ten)});
  };
  CHECK(outcome(31) == "error: cells"); // 10, 2 and 20
  CHECK(outcome(60) == "(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)");
}

TEST_CASE("merging: agrees with recorded calls", "[arc][merging]") {
  const auto count = test::check_recorded_calls(table);
  if (count) CHECK(*count >= 13);
}
