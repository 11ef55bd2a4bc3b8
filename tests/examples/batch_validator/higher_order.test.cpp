// SPDX-License-Identifier: MIT
#include "batch_validator/higher_order.hpp"
#include "arc_given.hpp"
#include "batch_validator/arithmetic.hpp"
#include "batch_validator/calls.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string calls; // of noted and four, in order

arc::value noted(arc::machine& m, const arc::value* a) {
  calls += arc::text_of(a[0]) + ' ';
  return a[0].is_integer() ? arc::detail::twice(m, a) : a[0];
}
arc::value noted_pair(arc::machine& m, const arc::value* a) {
  calls += arc::text_of(a[0]) + ',' + arc::text_of(a[1]) + ' ';
  return arc::tuple_of(m, a[0], a[1]);
}
arc::value four(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 4);
  for (unsigned i = 0; i < 4; ++i) parts.add(a[i]);
  return arc::tuple_of(m, parts);
}
arc::value thousand(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 1000);
  for (unsigned i = 0; i < 1000; ++i) parts.add(a[0]);
  return arc::tuple_of(m, parts);
}
arc::value container_size(arc::machine&, const arc::value* a) {
  return arc::value::of_integer(a[0].size());
}

constexpr std::array<arc::primitive, 5> test_primitives{{{"noted", 1, &noted},
                                                         {"noted_pair", 2, &noted_pair},
                                                         {"four", 4, &four},
                                                         {"thousand", 1, &thousand},
                                                         {"size", 1, &container_size}}};

constexpr auto table = [] {
  std::array<arc::primitive, 23 + 13 + 5> all{};
  auto end =
      std::copy(arc::arithmetic_primitives.begin(), arc::arithmetic_primitives.end(), all.begin());
  end = std::copy(arc::higher_order_primitives.begin(), arc::higher_order_primitives.end(), end);
  std::copy(test_primitives.begin(), test_primitives.end(), end);
  return all;
}();

/// Calls as a program makes them. An argument is a value, a primitive's name, or a value's text.
class language {
 public:
  explicit language(const arc::run_limits& limits = {}) : m(table.data(), limits) { calls.clear(); }

  struct argument {
    arc::value known{};
    std::string_view text{};
    argument(const arc::value& v) : known(v) {}
    argument(const char* t) : text(t) {}
  };

  arc::value value(const argument& a) {
    if (a.text.empty()) return a.known;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      if (table[i].name == a.text) return arc::value::of_primitive(i);
    }
    return test::value_of(m, a.text);
  }
  arc::value made(const argument& function, const std::vector<argument>& arguments) {
    std::vector<arc::value> values;
    for (const argument& a : arguments) values.push_back(value(a));
    return arc::call(m, value(function), values.data(), static_cast<unsigned>(values.size()));
  }
  std::string operator()(const argument& function, const std::vector<argument>& arguments) {
    try {
      return arc::text_of(made(function, arguments));
    } catch (const arc::run_error& e) {
      return "error: " + std::string(arc::name_of(e.kind()));
    }
  }
  unsigned arity(const argument& function) { return arc::arity_of(m, value(function)); }

  arc::value tuple(const std::vector<argument>& parts) {
    arc::value_list list = listed(parts);
    return arc::tuple_of(m, list);
  }
  arc::value set(const std::vector<argument>& parts) {
    arc::value_list list = listed(parts);
    return arc::set_of(m, list);
  }

  arc::machine m;

 private:
  arc::value_list listed(const std::vector<argument>& parts) {
    arc::value_list list(m, parts.size());
    for (const argument& part : parts) list.add(value(part));
    return list;
  }
};

arc::run_limits limited(std::uint64_t fuel, std::uint64_t cells, std::uint32_t depth) {
  arc::run_limits limits;
  limits.fuel = fuel;
  limits.cells = cells;
  limits.depth = depth;
  return limits;
}

} // namespace

TEST_CASE("compose: the last function first", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("compose", {"double", "increment"}), {"3"}) == "8");
  CHECK(call(call.made("compose", {"increment", "double"}), {"3"}) == "7");
  const arc::value inner = call.made("compose", {"double", "increment"});
  CHECK(call(call.made("compose", {inner, inner}), {"3"}) == "18");
}

TEST_CASE("compose: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("compose", {"1", "none"}) == "function");
  CHECK(call(call.made("compose", {"1", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("compose", {"double", "(1, 2)"}), {"3"}) == "error: type");
}

TEST_CASE("compose: takes one argument", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "increment"});
  CHECK(call.arity(f) == 1);
  CHECK(call(f, {"1", "2"}) == "error: type");
  CHECK(call(call.made("compose", {"add", "increment"}), {"3"}) == "error: type");
  CHECK(call(call.made("compose", {"increment", "add"}), {"3"}) == "error: type");
}

TEST_CASE("compose: a function equals only itself", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "increment"});
  const arc::value g = call.made("compose", {"double", "increment"});
  CHECK(call("equality", {f, f}) == "1");
  CHECK(call("equality", {f, g}) == "0");
  CHECK(call("equality", {"double", f}) == "0");
  CHECK(call("flip", {f}) == "0");
  CHECK(call("greater", {f, g}) == "error: type");
}

TEST_CASE("compose: errors inside are the call's", "[arc][higher_order]") {
  language call;
  const arc::value divide = call.made("lbind", {"divide", "6"});
  CHECK(call(call.made("compose", {"double", divide}), {"0"}) == "error: zero_division");
  CHECK(call(call.made("compose", {"even", divide}), {"(1, 0)"}) == "error: zero_division");
  CHECK(call(call.made("compose", {"even", divide}), {"(1, 1)"}) == "error: type");
}

TEST_CASE("chain: three functions, the last one first", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("chain", {"double", "increment", "invert"}), {"3"}) == "-4");
  CHECK(call(call.made("chain", {"increment", "double", "invert"}), {"3"}) == "-5");
  CHECK(call(call.made("chain", {"invert", "double", "increment"}), {"3"}) == "-8");
}

TEST_CASE("chain: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("chain", {"1", "2", "3"}) == "function");
  CHECK(call(call.made("chain", {"1", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "()", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "double", "none"}), {"3"}) == "error: type");
}

TEST_CASE("chain: takes one argument, and so must its functions", "[arc][higher_order]") {
  language call;
  CHECK(call.arity(call.made("chain", {"double", "double", "double"})) == 1);
  CHECK(call(call.made("chain", {"double", "double", "double"}), {"1", "2"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "add", "double"}), {"1"}) == "error: type");
}

TEST_CASE("chain: its functions are called in turn", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("chain", {"noted", "noted", "noted"}), {"3"}) == "24");
  CHECK(calls == "3 6 12 ");
}

TEST_CASE("chain: of functions that were made", "[arc][higher_order]") {
  language call;
  const arc::value add = call.made("lbind", {"add", "5"});
  const arc::value is_eight = call.made("matcher", {"identity", "8"});
  CHECK(call(call.made("chain", {is_eight, add, "double"}), {"1"}) == "0");
  CHECK(call(call.made("chain", {is_eight, "increment", add}), {"2"}) == "1");
}

TEST_CASE("matcher: whether the result equals a value", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("matcher", {"double", "6"});
  CHECK(call(f, {"3"}) == "1");
  CHECK(call(f, {"4"}) == "0");
  CHECK(call(f, {"(3, 3)"}) == "0");
  CHECK(call.arity(f) == 1);
  CHECK(call(f, {"3", "3"}) == "error: type");
}

TEST_CASE("matcher: of any values", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("matcher", {"identity", "none"}), {"none"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "{(1, 2)}"}), {"((1, 2))"}) == "0");
  CHECK(call(call.made("matcher", {"double", "(2, 4)"}), {"(1, 2)"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "()"}), {"{}"}) == "0");
}

TEST_CASE("matcher: of functions as values", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("matcher", {"identity", "double"}), {"double"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "double"}), {"halve"}) == "0");
}

TEST_CASE("matcher: true and false are numbers", "[arc][higher_order]") {
  language call;
  const arc::value is_odd = call.made("matcher", {"even", "0"});
  CHECK(call(is_odd, {"3"}) == "1");
  CHECK(call(call.made("compose", {"increment", is_odd}), {"3"}) == "2");
}

TEST_CASE("matcher: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("matcher", {"5", "5"}) == "function");
  CHECK(call(call.made("matcher", {"5", "5"}), {"5"}) == "error: type");
  CHECK(call(call.made("matcher", {"add", "5"}), {"5"}) == "error: type");
}

TEST_CASE("rbind: fixes the last argument", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("rbind", {"subtract", "1"}), {"5"}) == "4");
  CHECK(call(call.made("rbind", {"astuple", "()"}), {"5"}) == "(5, ())");
  const arc::value otherwise = call.made("rbind", {"branch", "9"});
  CHECK(call(otherwise, {"0", "7"}) == "9");
  CHECK(call(otherwise, {"1", "7"}) == "7");
  const arc::value choose = call.made("rbind", {otherwise, "8"});
  CHECK(call(choose, {"1"}) == "8");
  CHECK(call(choose, {"0"}) == "9");
}

TEST_CASE("lbind: fixes the first argument", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("lbind", {"subtract", "1"}), {"5"}) == "-4");
  CHECK(call(call.made("lbind", {"astuple", "()"}), {"5"}) == "((), 5)");
  const arc::value second = call.made("lbind", {"branch", "0"});
  CHECK(call(second, {"7", "9"}) == "9");
  const arc::value fixed = call.made("lbind", {second, "7"});
  CHECK(call(fixed, {"8"}) == "8");
}

TEST_CASE("rbind: the arity is 1 for 2, 2 for 3, else 3", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    const arc::value of_one = call.made(bind, {"double", "1"});
    CHECK(call.arity(of_one) == 3);
    CHECK(call.arity(call.made(bind, {"add", "1"})) == 1);
    CHECK(call.arity(call.made(bind, {"branch", "1"})) == 2);
    CHECK(call.arity(call.made(bind, {"four", "1"})) == 3);
    CHECK(call.arity(call.made(bind, {of_one, "1"})) == 2);
    CHECK(call.arity(call.made(bind, {call.made("compose", {"double", "double"}), "1"})) == 3);
  }
}

TEST_CASE("rbind: binding the only argument fails when called", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    const arc::value f = call.made(bind, {"double", "1"});
    CHECK(call(f, {}) == "error: type");
    CHECK(call(f, {"2"}) == "error: type");
    CHECK(call(f, {"2", "3", "4"}) == "error: type");
  }
}

TEST_CASE("rbind: a function of four takes the other three", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("rbind", {"four", "9"}), {"1", "2", "3"}) == "(1, 2, 3, 9)");
  CHECK(call(call.made("lbind", {"four", "9"}), {"1", "2", "3"}) == "(9, 1, 2, 3)");
  CHECK(call(call.made("lbind", {"four", "9"}), {"1", "2", "3", "4"}) == "error: type");
  // What takes three can be bound once more, by the rule for three.
  const arc::value ends = call.made("lbind", {call.made("rbind", {"four", "9"}), "8"});
  CHECK(call(ends, {"1", "2"}) == "(8, 1, 2, 9)");
}

TEST_CASE("rbind: needs a function at once", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    CHECK(call(bind, {"1", "2"}) == "error: type");
    CHECK(call(bind, {"none", "double"}) == "error: type");
    CHECK(call(bind, {"(1, 2)", "3"}) == "error: type");
    CHECK(call(bind, {"double", "none"}) == "function");
  }
}

TEST_CASE("rbind: binds what binds", "[arc][higher_order]") {
  language call;
  const arc::value from = call.made(call.made("lbind", {"lbind", "subtract"}), {"5"});
  CHECK(call(from, {"2"}) == "3");
  const arc::value less_one = call.made(call.made("lbind", {"rbind", "subtract"}), {"1"});
  CHECK(call(less_one, {"5"}) == "4");
  const arc::value forked = call.made("rbind", {"fork", "increment"});
  CHECK(call.arity(forked) == 2);
  CHECK(call(call.made(forked, {"multiply", "double"}), {"3"}) == "24");
}

TEST_CASE("lbind: wrong numbers of arguments", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("lbind", {"add", "1"});
  CHECK(call(f, {}) == "error: type");
  CHECK(call(f, {"1", "2"}) == "error: type");
  CHECK(call(call.made("lbind", {"branch", "1"}), {"2"}) == "error: type");
}

TEST_CASE("power: applies a function many times", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("power", {"double", "3"}), {"1"}) == "8");
  CHECK(call(call.made("power", {"increment", "14"}), {"0"}) == "14");
  CHECK(call(call.made("power", {"noted", "2"}), {"5"}) == "20");
  CHECK(calls == "5 10 ");
  CHECK(call.arity(call.made("power", {"double", "2"})) == 1);
}

TEST_CASE("power: once is the function itself", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "double"});
  CHECK(call("equality", {call.made("power", {f, "1"}), f}) == "1");
  CHECK(call("equality", {call.made("power", {"add", "1"}), "add"}) == "1");
  CHECK(call(call.made("power", {"add", "1"}), {"2", "3"}) == "5");
  CHECK(call("power", {"7", "1"}) == "7");
}

TEST_CASE("power: less than once never ends", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"double", "0"}) == "error: depth");
  CHECK(call("power", {"double", "-3"}) == "error: depth");
}

TEST_CASE("power: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"7", "2"}) == "function");
  CHECK(call(call.made("power", {"7", "2"}), {"1"}) == "error: type");
  CHECK(call(call.made("power", {"add", "2"}), {"1"}) == "error: type");
  CHECK(call(call.made("power", {"double", "2"}), {"1", "2"}) == "error: type");
}

TEST_CASE("power: the number must be one", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"double", "(1, 2)"}) == "error: type");
  CHECK(call("power", {"double", "none"}) == "error: type");
}

TEST_CASE("fork: two functions of one argument, joined", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("fork", {"add", "double", "increment"}), {"3"}) == "10");
  CHECK(call(call.made("fork", {"subtract", "double", "increment"}), {"3"}) == "2");
  CHECK(call(call.made("fork", {"multiply", "identity", "identity"}), {"-3"}) == "9");
  CHECK(call.arity(call.made("fork", {"add", "double", "increment"})) == 1);
}

TEST_CASE("fork: the second function is called before the third", "[arc][higher_order]") {
  language call;
  const arc::value second = call.made("compose", {"noted", "increment"});
  CHECK(call(call.made("fork", {"noted_pair", "noted", second}), {"3"}) == "(6, 8)");
  CHECK(calls == "3 4 6,8 ");
  const arc::value divide = call.made("lbind", {"divide", "1"});
  CHECK(call(call.made("fork", {"add", divide, "even"}), {"(0, 1)"}) == "error: zero_division");
  CHECK(call(call.made("fork", {"add", "even", divide}), {"(0, 1)"}) == "error: type");
}

TEST_CASE("fork: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("fork", {"1", "2", "3"}) == "function");
  CHECK(call(call.made("fork", {"1", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "1", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "double", "1"}), {"3"}) == "error: type");
}

TEST_CASE("fork: numbers of arguments", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("fork", {"double", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "add", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "double", "double"}), {"3", "3"}) == "error: type");
}

TEST_CASE("fork: makes functions", "[arc][higher_order]") {
  language call;
  const arc::value binder = call.made("lbind", {"lbind", "add"});
  const arc::value made = call.made("fork", {"compose", binder, binder});
  CHECK(call(call.made(made, {"3"}), {"10"}) == "16");
}

TEST_CASE("apply: each element of a tuple", "[arc][higher_order]") {
  language call;
  CHECK(call("apply", {"double", "(1, 2, 3)"}) == "(2, 4, 6)");
  CHECK(call("apply", {"double", "(1, 200)"}) == "(2, 400)");
  CHECK(call("apply", {"identity", "(1, (2, 3))"}) == "(1, (2, 3))");
  CHECK(call("apply", {"flip", "(0, none, {}, (1, 2))"}) == "(1, 1, 1, 0)");
  CHECK(call("apply", {"noted", "(3, 1, 2)"}) == "(6, 2, 4)");
  CHECK(calls == "3 1 2 ");
}

TEST_CASE("apply: each element of a set, in ascending order", "[arc][higher_order]") {
  language call;
  CHECK(call("apply", {"invert", "{1, 2}"}) == "{-2, -1}");
  CHECK(call("apply", {"invert", "{(1, 2), (3, 4)}"}) == "{(-3, -4), (-1, -2)}");
  CHECK(call("apply", {"noted", "{3, -1, 2}"}) == "{-2, 4, 6}");
  CHECK(calls == "-1 2 3 ");
  CHECK(call("apply", {"identity", "{(2, (0, 1)), (1, (5, 5))}"}) == "{(1, (5, 5)), (2, (0, 1))}");
}

TEST_CASE("apply: a set of results may shrink", "[arc][higher_order]") {
  language call;
  const arc::value square = call.made("fork", {"multiply", "identity", "identity"});
  CHECK(call("apply", {square, "{-2, -1, 1, 2}"}) == "{1, 4}");
  CHECK(call("apply", {square, "(-1, 1)"}) == "(1, 1)");
  CHECK(call("apply", {"sign", "{(1, 2), (3, 4), (-1, 0)}"}) == "{(-1, 0), (1, 1)}");
  CHECK(call("apply", {"even", "{(1, 2), 3}"}) == "error: type");
}

TEST_CASE("apply: the rows of a grid", "[arc][higher_order]") {
  language call;
  CHECK(call("apply", {"size", "((1, 2, 3), (4, 5, 6))"}) == "(3, 3)");
  CHECK(call("apply", {"invert", "((1, 2), (3, 4))"}) == "((-1, -2), (-3, -4))");
  CHECK(call("apply", {call.made("rbind", {"astuple", "5"}), "((1, 2, 3), (4, 5, 6))"}) ==
        "(((1, 2, 3), 5), ((4, 5, 6), 5))");
  const arc::value same = call.made("apply", {"identity", "((1, 2, 3), (4, 5, 6))"});
  CHECK(same.form() == arc::value_form::grid);
  CHECK(call("apply", {call.made("lbind", {"apply", "increment"}), "((1, 2, 3), (4, 5, 6))"}) ==
        "((2, 3, 4), (5, 6, 7))");
}

TEST_CASE("apply: of nothing calls nothing", "[arc][higher_order]") {
  language call;
  CHECK(call("apply", {"double", "()"}) == "()");
  CHECK(call("apply", {"double", "{}"}) == "{}");
  CHECK(call("apply", {"5", "()"}) == "()");
}

TEST_CASE("apply: wrong arguments", "[arc][higher_order]") {
  language call;
  CHECK(call("apply", {"double", "3"}) == "error: type");
  CHECK(call("apply", {"double", "none"}) == "error: type");
  CHECK(call("apply", {"double", "double"}) == "error: type");
  CHECK(call("apply", {"5", "(1, 2)"}) == "error: type");
  CHECK(call("apply", {"add", "(1, 2)"}) == "error: type");
  CHECK(call("apply", {call.made("lbind", {"divide", "6"}), "(3, 0, none)"}) ==
        "error: zero_division");
}

TEST_CASE("rapply: each function, to one value", "[arc][higher_order]") {
  language call;
  CHECK(call("rapply", {call.tuple({"double", "increment"}), "5"}) == "(10, 6)");
  CHECK(call("rapply", {call.tuple({"increment", "double"}), "(1, 2)"}) == "((2, 3), (2, 4))");
  CHECK(call("rapply", {call.set({"invert", "double"}), "5"}) == "{-5, 10}");
}

TEST_CASE("rapply: a set of results may shrink", "[arc][higher_order]") {
  language call;
  CHECK(call("rapply", {call.set({"increment", "double", "invert"}), "1"}) == "{-1, 2}");
  CHECK(call("rapply", {call.tuple({"increment", "double", "invert"}), "1"}) == "(2, 2, -1)");
}

TEST_CASE("rapply: functions lie in the order of their creation", "[arc][higher_order]") {
  language call;
  const arc::value divide = call.made("lbind", {"divide", "1"});
  const arc::value parity = call.made("compose", {"even", "identity"});
  // Of (0, 1) one fails in another way than the other: the first one is heard.
  CHECK(call("rapply", {call.set({parity, divide}), "(0, 1)"}) == "error: zero_division");
  CHECK(call("rapply", {call.set({divide, "even"}), "(0, 1)"}) == "error: type");
  CHECK(call("rapply", {call.tuple({parity, divide}), "(0, 1)"}) == "error: type");
}

TEST_CASE("rapply: functions that apply made", "[arc][higher_order]") {
  language call;
  const arc::value adders = call.made("apply", {call.made("lbind", {"lbind", "add"}), "(1, 2)"});
  CHECK(call("rapply", {adders, "10"}) == "(11, 12)");
  const arc::value some = call.made("apply", {call.made("lbind", {"lbind", "add"}), "{2, 1}"});
  CHECK(call("rapply", {some, "10"}) == "{11, 12}");
}

TEST_CASE("rapply: wrong arguments, and none", "[arc][higher_order]") {
  language call;
  CHECK(call("rapply", {"()", "3"}) == "()");
  CHECK(call("rapply", {"{}", "3"}) == "{}");
  CHECK(call("rapply", {"double", "3"}) == "error: type");
  CHECK(call("rapply", {"(1, 2)", "3"}) == "error: type");
  CHECK(call("rapply", {call.tuple({"double", "add"}), "3"}) == "error: type");
}

TEST_CASE("mapply: results are merged into the kind of the container", "[arc][higher_order]") {
  language call;
  const arc::value with_zero = call.made("rbind", {"astuple", "0"});
  CHECK(call("mapply", {with_zero, "(1, 2)"}) == "(1, 0, 2, 0)");
  CHECK(call("mapply", {with_zero, "{1, 2}"}) == "{0, 1, 2}");
  CHECK(call("mapply", {"identity", "({2, 1}, {3})"}) == "(1, 2, 3)");
}

TEST_CASE("mapply: sets of locations and cells are united", "[arc][higher_order]") {
  language call;
  CHECK(call("mapply", {"identity", "{{(0, 1), (0, 0)}, {(0, 1), (1, 1)}}"}) ==
        "{(0, 0), (0, 1), (1, 1)}");
  CHECK(call("mapply", {call.made("lbind", {"apply", "increment"}), "{{(0, 1)}, {(5, 5)}}"}) ==
        "{(1, 2), (6, 6)}");
  CHECK(call("mapply", {"identity", "{{(3, (0, 1))}, {(1, (2, 2))}}"}) ==
        "{(1, (2, 2)), (3, (0, 1))}");
}

TEST_CASE("mapply: grids are put under each other", "[arc][higher_order]") {
  language call;
  const arc::value stacked =
      call.made("mapply", {"identity", "(((1, 2, 3), (4, 5, 6)), ((7, 8, 9)))"});
  CHECK(arc::equal(stacked, test::grid(call.m, "123/456/789")));
  CHECK(call("mapply", {"identity", "((1, 2), (3, 4))"}) == "(1, 2, 3, 4)");
}

TEST_CASE("mapply: nothing gives nothing of the kind", "[arc][higher_order]") {
  language call;
  CHECK(call("mapply", {"double", "()"}) == "()");
  CHECK(call("mapply", {"double", "{}"}) == "{}");
  CHECK(call("mapply", {"identity", "({}, ())"}) == "()");
  CHECK(call("mapply", {"identity", "{(), {}}"}) == "{}");
}

TEST_CASE("mapply: results must be containers", "[arc][higher_order]") {
  language call;
  CHECK(call("mapply", {"double", "(1, 2)"}) == "error: type");
  CHECK(call("mapply", {"identity", "((1, 2), 3)"}) == "error: type");
  CHECK(call("mapply", {"double", "7"}) == "error: type");
  CHECK(call("mapply", {"7", "(1, 2)"}) == "error: type");
  CHECK(call("mapply", {call.made("lbind", {"divide", "6"}), "(1, 0)"}) == "error: zero_division");
}

TEST_CASE("papply: position by position, cut to the shorter", "[arc][higher_order]") {
  language call;
  CHECK(call("papply", {"subtract", "(5, 6, 7)", "(1, 2)"}) == "(4, 4)");
  CHECK(call("papply", {"subtract", "(5)", "(1, 2)"}) == "(4,)");
  CHECK(call("papply", {"noted_pair", "(1, 2)", "(3, 4)"}) == "((1, 3), (2, 4))");
  CHECK(calls == "1,3 2,4 ");
}

TEST_CASE("papply: gives a tuple, of sets too", "[arc][higher_order]") {
  language call;
  CHECK(call("papply", {"subtract", "{7, 5}", "(1, 2)"}) == "(4, 5)");
  CHECK(call("papply", {"multiply", "{-1, 1}", "{-1, 1}"}) == "(1, 1)");
}

TEST_CASE("papply: rows of grids, and grids of rows", "[arc][higher_order]") {
  language call;
  CHECK(call("papply", {"add", "((1, 2), (3, 4))", "(10, 20)"}) == "((11, 12), (23, 24))");
  CHECK(arc::equal(call.made("papply", {"astuple", "(1, 2, 3)", "(4, 5, 6)"}),
                   test::grid(call.m, "14/25/36")));
}

TEST_CASE("papply: of nothing calls nothing", "[arc][higher_order]") {
  language call;
  CHECK(call("papply", {"add", "()", "(1, 2)"}) == "()");
  CHECK(call("papply", {"add", "(1, 2)", "{}"}) == "()");
  CHECK(call("papply", {"7", "{}", "{}"}) == "()");
}

TEST_CASE("papply: wrong arguments", "[arc][higher_order]") {
  language call;
  CHECK(call("papply", {"add", "1", "(1, 2)"}) == "error: type");
  CHECK(call("papply", {"add", "(1, 2)", "none"}) == "error: type");
  CHECK(call("papply", {"double", "(1, 2)", "(1, 2)"}) == "error: type");
  CHECK(call("papply", {"7", "(1, 2)", "(1, 2)"}) == "error: type");
  CHECK(call("papply", {"divide", "(1, 2)", "(1, 0)"}) == "error: zero_division");
}

TEST_CASE("mpapply: merges the results into a tuple", "[arc][higher_order]") {
  language call;
  CHECK(call("mpapply", {"astuple", "(1, 2)", "(3, 4)"}) == "(1, 3, 2, 4)");
  CHECK(call("mpapply", {"astuple", "(1, 2, 9)", "(3, 4)"}) == "(1, 3, 2, 4)");
  CHECK(call("mpapply", {"noted_pair", "(2, 1)", "(3, 4)"}) == "(2, 3, 1, 4)");
  CHECK(calls == "2,3 1,4 ");
}

TEST_CASE("mpapply: gives a tuple, of sets too", "[arc][higher_order]") {
  language call;
  CHECK(call("mpapply", {"astuple", "{2, 1}", "{3, 4}"}) == "(1, 3, 2, 4)");
  CHECK(call("mpapply", {"both", "({1}, {1})", "({3}, {2, 3})"}) == "(3, 2, 3)");
}

TEST_CASE("mpapply: grids are put under each other", "[arc][higher_order]") {
  language call;
  const arc::value grids = call.tuple({"((1, 2, 3))", "((4, 5, 6), (7, 8, 9))"});
  CHECK(arc::equal(call.made("mpapply", {"both", "(1, 1)", grids}),
                   test::grid(call.m, "123/456/789")));
}

TEST_CASE("mpapply: nothing gives the empty tuple", "[arc][higher_order]") {
  language call;
  CHECK(call("mpapply", {"astuple", "{}", "{1}"}) == "()");
  CHECK(call("mpapply", {"astuple", "()", "()"}) == "()");
  CHECK(call("mpapply", {"both", "(1)", "({})"}) == "()");
}

TEST_CASE("mpapply: wrong arguments and results", "[arc][higher_order]") {
  language call;
  CHECK(call("mpapply", {"add", "(1, 2)", "(3, 4)"}) == "error: type");
  CHECK(call("mpapply", {"astuple", "1", "(3, 4)"}) == "error: type");
  CHECK(call("mpapply", {"astuple", "(3, 4)", "1"}) == "error: type");
  CHECK(call("mpapply", {"double", "(3, 4)", "(1, 2)"}) == "error: type");
}

TEST_CASE("prapply: a set of all combinations", "[arc][higher_order]") {
  language call;
  CHECK(call("prapply", {"add", "(1, 2)", "(10, 20)"}) == "{11, 12, 21, 22}");
  CHECK(call("prapply", {"subtract", "(1, 2)", "(10)"}) == "{-9, -8}");
  CHECK(call("prapply", {"astuple", "{0, 1}", "(5)"}) == "{(0, 5), (1, 5)}");
}

TEST_CASE("prapply: outer loop over the last container", "[arc][higher_order]") {
  language call;
  CHECK(call("prapply", {"noted_pair", "(2, 1)", "(4, 3)"}) == "{(1, 3), (1, 4), (2, 3), (2, 4)}");
  CHECK(calls == "2,4 1,4 2,3 1,3 ");
  // none by 1 comes before 1 by 0.
  CHECK(call("prapply", {"divide", "(1, none)", "(1, 0)"}) == "error: type");
}

TEST_CASE("prapply: results may shrink", "[arc][higher_order]") {
  language call;
  CHECK(call("prapply", {"multiply", "(1, 2)", "(2, 1)"}) == "{1, 2, 4}");
  CHECK(call("prapply", {"add", "(1, 1, 1)", "(1, 1)"}) == "{2}");
}

TEST_CASE("prapply: nothing gives the empty set", "[arc][higher_order]") {
  language call;
  CHECK(call("prapply", {"add", "()", "(1, 2)"}) == "{}");
  CHECK(call("prapply", {"add", "(1, 2)", "{}"}) == "{}");
  CHECK(call("prapply", {"7", "{}", "{}"}) == "{}");
}

TEST_CASE("prapply: wrong arguments", "[arc][higher_order]") {
  language call;
  CHECK(call("prapply", {"add", "1", "(1, 2)"}) == "error: type");
  CHECK(call("prapply", {"add", "(1, 2)", "1"}) == "error: type");
  CHECK(call("prapply", {"double", "(1, 2)", "(1, 2)"}) == "error: type");
  CHECK(call("prapply", {"7", "(1, 2)", "(1, 2)"}) == "error: type");
}

TEST_CASE("higher order: fuel ends what is called too often", "[arc][higher_order]") {
  language call(limited(10'000, 10'000, 100));
  CHECK(call(call.made("power", {"identity", "1000000000000"}), {"1"}) == "error: fuel");
  call.m.reset();
  const arc::value once = call.made("lbind", {"apply", "identity"});
  CHECK(call(call.made("power", {once, "1000"}), {"(1, 2, 3, 4)"}) == "error: fuel");
}

TEST_CASE("higher order: cells end what grows", "[arc][higher_order]") {
  language call;
  const arc::value in_two = call.made("fork", {"astuple", "identity", "identity"});
  CHECK(call(call.made("power", {in_two, "60"}), {"none"}) == "error: cells");
  const arc::value self = call.made("fork", {"compose", "identity", "identity"});
  CHECK(call(call.made("power", {self, "60"}), {"double"}) == "error: cells");
}

TEST_CASE("higher order: a function holds its parts", "[arc][higher_order]") {
  language call;
  const arc::value three = call.value("(1, 2, 3)");
  const std::uint64_t before = call.m.cells();
  const arc::value bound = call.made("lbind", {"astuple", three});
  CHECK(call.m.cells() - before == 2);
  CHECK(arc::value_total(bound) == 1 + 1 + 4); // itself, a primitive, and a tuple of three
  call.made("chain", {"double", "double", bound});
  CHECK(call.m.cells() - before == 5);
}

TEST_CASE("higher order: too many combinations are not called", "[arc][higher_order]") {
  language call(limited(1'000'000, 50, 100));
  CHECK(call("prapply", {"noted_pair", "(1, 2, 3, 4, 5, 6, 7, 8)", "(1, 2, 3, 4, 5, 6, 7)"}) ==
        "error: cells");
  CHECK(calls == "");
}

TEST_CASE("higher order: functions lie only so deep in each other", "[arc][higher_order]") {
  language call(limited(1'000'000, 10'000, 10));
  arc::value nested = call.value("increment");
  for (int i = 0; i < 9; ++i) nested = call.made("compose", {"increment", nested});
  CHECK(nested.nesting() == 9);
  CHECK(call(nested, {"0"}) == "10");
  nested = call.made("compose", {"increment", nested});
  CHECK(nested.nesting() == 10);
  CHECK(call(nested, {"0"}) == "error: depth"); // eleven calls in each other
  CHECK(call("compose", {"increment", nested}) == "error: depth");
  CHECK(call("astuple", {"1", nested}) == "error: depth");
}

TEST_CASE("higher order: a function outlives the call that made it", "[arc][higher_order]") {
  language call;
  // Much is made on the way, and given up with the call; its result lies behind that.
  const arc::value maker =
      call.made("chain", {call.made("lbind", {"lbind", "astuple"}), "size", "thousand"});
  const arc::value made = call.made(maker, {"none"});
  const arc::value again = call.made(maker, {"none"});
  CHECK(call(made, {"5"}) == "(1000, 5)");
  CHECK(call(again, {"5"}) == "(1000, 5)");
  CHECK(call("equality", {made, again}) == "0");
  CHECK(call.m.cells() < 100);
}
