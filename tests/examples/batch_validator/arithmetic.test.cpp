// SPDX-License-Identifier: MIT
#include "batch_validator/arithmetic.hpp"
#include "arc_given.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string run(std::string_view name, const std::vector<std::string>& arguments) {
  return test::run(arc::arithmetic_primitives, name, arguments);
}

const std::string largest = "9223372036854775807";
const std::string smallest = "-9223372036854775808";

} // namespace

TEST_CASE("arithmetic: numbers, pairs, and a number beside a pair", "[arc][arithmetic]") {
  CHECK(run("add", {"1", "2"}) == "3");
  CHECK(run("add", {"(1, 2)", "(30, 40)"}) == "(31, 42)");
  CHECK(run("add", {"10", "(1, 2)"}) == "(11, 12)");
  CHECK(run("add", {"(1, 2)", "10"}) == "(11, 12)");
  CHECK(run("subtract", {"1", "3"}) == "-2");
  CHECK(run("subtract", {"(5, 5)", "(1, 7)"}) == "(4, -2)");
  CHECK(run("subtract", {"10", "(1, 2)"}) == "(9, 8)");
  CHECK(run("subtract", {"(1, 2)", "10"}) == "(-9, -8)");
  CHECK(run("multiply", {"-4", "3"}) == "-12");
  CHECK(run("multiply", {"(2, 3)", "(5, -7)"}) == "(10, -21)");
  CHECK(run("multiply", {"3", "(1, 2)"}) == "(3, 6)");
  CHECK(run("multiply", {"(1, 2)", "0"}) == "(0, 0)");
}

TEST_CASE("arithmetic: division rounds down", "[arc][arithmetic]") {
  CHECK(run("divide", {"7", "2"}) == "3");
  CHECK(run("divide", {"-7", "2"}) == "-4");
  CHECK(run("divide", {"7", "-2"}) == "-4");
  CHECK(run("divide", {"-7", "-2"}) == "3");
  CHECK(run("divide", {"-6", "2"}) == "-3");
  CHECK(run("divide", {"(7, -7)", "2"}) == "(3, -4)");
  CHECK(run("divide", {"7", "(2, -2)"}) == "(3, -4)");
  CHECK(run("divide", {"(8, -9)", "(3, 3)"}) == "(2, -3)");
  CHECK(run("halve", {"5"}) == "2");
  CHECK(run("halve", {"-3"}) == "-2");
  CHECK(run("halve", {"(-3, 5)"}) == "(-2, 2)");
}

TEST_CASE("arithmetic: no division by zero, in either component", "[arc][arithmetic]") {
  CHECK(run("divide", {"1", "0"}) == "error: zero_division");
  CHECK(run("divide", {"(1, 2)", "0"}) == "error: zero_division");
  CHECK(run("divide", {"1", "(0, 1)"}) == "error: zero_division");
  CHECK(run("divide", {"1", "(1, 0)"}) == "error: zero_division");
  CHECK(run("divide", {"0", "0"}) == "error: zero_division");
}

TEST_CASE("arithmetic: a tuple is read as a pair, through its first two", "[arc][arithmetic]") {
  CHECK(run("add", {"(1, 2, 3)", "1"}) == "(2, 3)");
  CHECK(run("multiply", {"2", "(1, 2, none)"}) == "(2, 4)");
  CHECK(run("invert", {"(1, 2, 3)"}) == "(-1, -2)");
  CHECK(run("add", {"(1)", "1"}) == "error: index");
  CHECK(run("subtract", {"1", "()"}) == "error: index");
  CHECK(run("double", {"(1)"}) == "error: index");
  CHECK(run("sign", {"()"}) == "error: index");
}

TEST_CASE("arithmetic: what is no number is refused", "[arc][arithmetic]") {
  for (const std::string name : {"add", "subtract", "multiply", "divide"}) {
    for (const std::string wrong : {"none", "{1, 2}", "{}", "{(1, 2)}", "(1, (2, 3))",
                                    "((1, 2), (3, 4))", "(none, 1)", "(1, none)"}) {
      INFO(name << " of " << wrong);
      CHECK(run(name, {wrong, "1"}) == "error: type");
      CHECK(run(name, {"1", wrong}) == "error: type");
      CHECK(run(name, {"(1, 1)", wrong}) == "error: type");
    }
  }
  for (const std::string name :
       {"invert", "double", "halve", "increment", "decrement", "crement", "sign"}) {
    INFO(name);
    CHECK(run(name, {"none"}) == "error: type");
    CHECK(run(name, {"{1, 2}"}) == "error: type");
    CHECK(run(name, {"((1, 2), (3, 4))"}) == "error: type");
  }
}

TEST_CASE("arithmetic: one number or both of a pair", "[arc][arithmetic]") {
  CHECK(run("invert", {"1"}) == "-1");
  CHECK(run("invert", {"0"}) == "0");
  CHECK(run("invert", {"(3, -4)"}) == "(-3, 4)");
  CHECK(run("double", {"-7"}) == "-14");
  CHECK(run("double", {"(2, -3)"}) == "(4, -6)");
  CHECK(run("increment", {"-1"}) == "0");
  CHECK(run("increment", {"(1, -1)"}) == "(2, 0)");
  CHECK(run("decrement", {"0"}) == "-1");
  CHECK(run("decrement", {"(1, -1)"}) == "(0, -2)");
}

TEST_CASE("arithmetic: away from zero, and signs", "[arc][arithmetic]") {
  CHECK(run("crement", {"3"}) == "4");
  CHECK(run("crement", {"-3"}) == "-4");
  CHECK(run("crement", {"0"}) == "0");
  CHECK(run("crement", {"(0, -5)"}) == "(0, -6)");
  CHECK(run("crement", {"(5, 0)"}) == "(6, 0)");
  CHECK(run("sign", {"12"}) == "1");
  CHECK(run("sign", {"-12"}) == "-1");
  CHECK(run("sign", {"0"}) == "0");
  CHECK(run("sign", {"(-10, 3)"}) == "(-1, 1)");
  CHECK(run("sign", {"(0, 0)"}) == "(0, 0)");
}

TEST_CASE("arithmetic: integers have 64 bits", "[arc][arithmetic]") {
  CHECK(run("add", {largest, "1"}) == "error: overflow");
  CHECK(run("add", {"(0, " + largest + ")", "1"}) == "error: overflow");
  CHECK(run("subtract", {smallest, "1"}) == "error: overflow");
  CHECK(run("multiply", {largest, "2"}) == "error: overflow");
  CHECK(run("divide", {smallest, "-1"}) == "error: overflow");
  CHECK(run("invert", {smallest}) == "error: overflow");
  CHECK(run("double", {largest}) == "error: overflow");
  CHECK(run("increment", {largest}) == "error: overflow");
  CHECK(run("decrement", {smallest}) == "error: overflow");
  CHECK(run("crement", {largest}) == "error: overflow");
  CHECK(run("crement", {smallest}) == "error: overflow");
  CHECK(run("halve", {smallest}) == "-4611686018427387904");
  CHECK(run("sign", {smallest}) == "-1");
  CHECK(run("add", {largest, "0"}) == largest);
}

TEST_CASE("arithmetic: pairs may hold any integers", "[arc][arithmetic]") {
  CHECK(run("add", {"(2147483647, 0)", "1"}) == "(2147483648, 1)");
  CHECK(run("subtract", {"(2147483648, 1)", "1"}) == "(2147483647, 0)");
  CHECK(run("equality", {"(2147483648, 1)", "(2147483648, 1)"}) == "1");
  CHECK(run("tojvec", {largest}) == "(0, " + largest + ")");
}

TEST_CASE("arithmetic: even numbers", "[arc][arithmetic]") {
  CHECK(run("even", {"0"}) == "1");
  CHECK(run("even", {"-3"}) == "0");
  CHECK(run("even", {"-4"}) == "1");
  CHECK(run("even", {"7"}) == "0");
  CHECK(run("even", {smallest}) == "1");
  CHECK(run("even", {"(2, 2)"}) == "error: type");
  CHECK(run("even", {"none"}) == "error: type");
}

TEST_CASE("arithmetic: what is positive", "[arc][arithmetic]") {
  CHECK(run("positive", {"1"}) == "1");
  CHECK(run("positive", {"0"}) == "0");
  CHECK(run("positive", {"-1"}) == "0");
  CHECK(run("positive", {"(1, 1)"}) == "error: type");
}

TEST_CASE("logic: zero, none and what is empty are false", "[arc][arithmetic]") {
  for (const std::string no : {"0", "none", "()", "{}"}) {
    INFO(no);
    CHECK(run("flip", {no}) == "1");
    CHECK(run("branch", {no, "5", "(6)"}) == "(6,)");
  }
  for (const std::string yes : {"1", "-1", "(0)", "(0, 0)", "{0}", "{()}", "((0, 0), (0, 0))"}) {
    INFO(yes);
    CHECK(run("flip", {yes}) == "0");
    CHECK(run("branch", {yes, "5", "(6)"}) == "5");
  }
}

TEST_CASE("logic: both and either give one of their operands", "[arc][arithmetic]") {
  CHECK(run("both", {"0", "(1, 2)"}) == "0");
  CHECK(run("both", {"()", "5"}) == "()");
  CHECK(run("both", {"none", "5"}) == "none");
  CHECK(run("both", {"3", "(1, 2)"}) == "(1, 2)");
  CHECK(run("both", {"3", "0"}) == "0");
  CHECK(run("either", {"0", "(1, 2)"}) == "(1, 2)");
  CHECK(run("either", {"7", "5"}) == "7");
  CHECK(run("either", {"none", "()"}) == "()");
  CHECK(run("either", {"{3}", "5"}) == "{3}");
}

TEST_CASE("logic: equality is by content", "[arc][arithmetic]") {
  CHECK(run("equality", {"3", "3"}) == "1");
  CHECK(run("equality", {"3", "4"}) == "0");
  CHECK(run("equality", {"none", "none"}) == "1");
  CHECK(run("equality", {"none", "0"}) == "0");
  CHECK(run("equality", {"()", "{}"}) == "0");
  CHECK(run("equality", {"(1, 2)", "{1, 2}"}) == "0");
  CHECK(run("equality", {"1", "(1)"}) == "0");
  CHECK(run("equality", {"(1, 2)", "(1, 2, 3)"}) == "0");
  CHECK(run("equality", {"{2, 1, 2}", "{1, 2}"}) == "1");
  CHECK(run("equality", {"((1, 2), (3, 4))", "((1, 2), (3, 4))"}) == "1");
  CHECK(run("equality", {"((1, 2, 3, 4))", "((1, 2), (3, 4))"}) == "0");
  CHECK(run("equality", {"{(1, (0, 0))}", "{(2, (0, 0))}"}) == "0");
}

TEST_CASE("logic: greater numbers and tuples", "[arc][arithmetic]") {
  CHECK(run("greater", {"2", "1"}) == "1");
  CHECK(run("greater", {"1", "1"}) == "0");
  CHECK(run("greater", {"-5", "1"}) == "0");
  CHECK(run("greater", {"(2, 0)", "(1, 9)"}) == "1");
  CHECK(run("greater", {"(1, 2)", "(1, 3)"}) == "0");
  CHECK(run("greater", {"(1, 2)", "(1)"}) == "1");
  CHECK(run("greater", {"(1)", "(1, 2)"}) == "0");
  CHECK(run("greater", {"(2)", "(1, 9, 9)"}) == "1");
  CHECK(run("greater", {"()", "()"}) == "0");
  CHECK(run("greater", {"((1, 2), {1, 2})", "((1, 2), {2})"}) == "1");
  CHECK(run("greater", {"(1, none)", "(1, none)"}) == "0");
  CHECK(run("greater", {"(2, none)", "(1, 5)"}) == "1");
}

TEST_CASE("logic: sets are greater by inclusion", "[arc][arithmetic]") {
  CHECK(run("greater", {"{1, 2}", "{1}"}) == "1");
  CHECK(run("greater", {"{1}", "{1, 2}"}) == "0");
  CHECK(run("greater", {"{1, 2}", "{1, 2}"}) == "0");
  CHECK(run("greater", {"{1, 5}", "{2}"}) == "0");
  CHECK(run("greater", {"{1}", "{}"}) == "1");
  CHECK(run("greater", {"{(0, 0), (0, 1), (2, 2)}", "{(0, 0), (2, 2)}"}) == "1");
}

TEST_CASE("logic: what has no order is refused", "[arc][arithmetic]") {
  CHECK(run("greater", {"none", "none"}) == "error: type");
  CHECK(run("greater", {"1", "(1, 1)"}) == "error: type");
  CHECK(run("greater", {"(1, 1)", "{1, 1}"}) == "error: type");
  CHECK(run("greater", {"(1, none)", "(1, 2)"}) == "error: type");
  CHECK(run("greater", {"((1, 2), 3)", "(1, 3)"}) == "error: type");
}

TEST_CASE("arithmetic: vectors of a row or a column", "[arc][arithmetic]") {
  CHECK(run("toivec", {"3"}) == "(3, 0)");
  CHECK(run("tojvec", {"-3"}) == "(0, -3)");
  CHECK(run("toivec", {"(1, 2)"}) == "error: type");
  CHECK(run("tojvec", {"none"}) == "error: type");
}

TEST_CASE("arithmetic: any two values make a tuple", "[arc][arithmetic]") {
  CHECK(run("astuple", {"1", "2"}) == "(1, 2)");
  CHECK(run("astuple", {"none", "{1}"}) == "(none, {1})");
  CHECK(run("astuple", {"1", "(2, 3)"}) == "(1, (2, 3))");
  CHECK(run("astuple", {"((1, 2), (3, 4))", "7"}) == "(((1, 2), (3, 4)), 7)");
  CHECK(run("identity", {"((1, 2), none)"}) == "((1, 2), none)");
}

TEST_CASE("arithmetic: made tuples are rows, cells and grids", "[arc][arithmetic]") {
  arc::machine m(arc::arithmetic_primitives.data());
  const auto made = [&](std::string_view a, std::string_view b) {
    const arc::value both[] = {test::value_of(m, a), test::value_of(m, b)};
    return test::named(arc::arithmetic_primitives, "astuple").run(m, both);
  };
  CHECK(arc::equal(made("1", "2"), arc::element(test::grid(m, "12/34"), 0)));
  CHECK(arc::equal(made("(1, 2, 3)", "(4, 5, 6)"), test::grid(m, "123/456")));
  CHECK(made("(1, 2, 3)", "(4, 5, 6)").form() == arc::value_form::grid);
  CHECK(made("1", "(2, 3)").form() == arc::value_form::cell);
}

TEST_CASE("arithmetic: comparing costs what is looked at", "[arc][arithmetic]") {
  arc::machine m(arc::arithmetic_primitives.data());
  arc::value_list numbers(m, 1000);
  for (int i = 0; i < 1000; ++i) numbers.add(arc::value::of_integer(i));
  const arc::value many = arc::set_of(m, numbers);
  const arc::value last = test::value_of(m, "{999}");
  const auto cost = [&](std::string_view name, const arc::value& a, const arc::value& b) {
    const std::uint64_t before = m.fuel();
    const arc::value both[] = {a, b};
    test::named(arc::arithmetic_primitives, name).run(m, both);
    return m.fuel() - before;
  };
  CHECK(cost("equality", many, many) >= 1000);
  CHECK(cost("greater", many, last) >= 1000); // the member wanted comes last
  CHECK(cost("equality", many, last) < 10);
  CHECK(cost("greater", arc::value::of_integer(2), arc::value::of_integer(1)) < 10);
}

TEST_CASE("arithmetic: each tuple around what is compared costs again", "[arc][arithmetic]") {
  arc::machine m(arc::arithmetic_primitives.data());
  const auto wrapped = [&](std::string_view last) {
    std::string text(last);
    for (int i = 0; i < 100; ++i) text = "none, " + text;
    for (int i = 0; i < 20; ++i) text = "(" + text + ")";
    return test::value_of(m, text);
  };
  const arc::value both[] = {wrapped("2"), wrapped("1")};
  const std::uint64_t before = m.fuel();
  CHECK(arc::text_of(test::named(arc::arithmetic_primitives, "greater").run(m, both)) == "1");
  CHECK(m.fuel() - before >= 20 * 100);
}

TEST_CASE("arithmetic: agrees with recorded calls", "[arc][arithmetic]") {
  const auto count = test::check_recorded_calls(arc::arithmetic_primitives);
  if (count) CHECK(*count >= 194);
}
