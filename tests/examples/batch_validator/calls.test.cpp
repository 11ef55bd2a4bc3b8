// SPDX-License-Identifier: MIT
#include "batch_validator/calls.hpp"
#include "arc_given.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/value_builder.hpp"
#include "batch_validator/value_order.hpp"
#include "batch_validator/value_text.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// A tuple of 1000 integers that are no bytes: 1000 cells.
arc::value thousand(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 1000);
  for (unsigned i = 0; i < 1000; ++i) parts.add(arc::value::of_integer(a[0].integer() + 1000 + i));
  return arc::tuple_of(m, parts);
}
/// {(0, n), (1, n), (2, n)} of what has n elements: 3 cells.
arc::value three(arc::machine& m, const arc::value* a) {
  arc::packed_list found(m, 3);
  for (unsigned i = 0; i < 3; ++i) found.add(arc::pack(arc::location{i, a[0].size()}));
  return arc::set_of(m, arc::value_form::locations, found);
}
/// Work of 1000 cells, then the tuple of the argument, twice, and a set that is new.
arc::value around(arc::machine& m, const arc::value* a) {
  const arc::value zero = arc::value::of_integer(0);
  thousand(m, &zero);
  arc::value_list parts(m, 3);
  parts.add(a[0]);
  parts.add(three(m, a));
  parts.add(a[0]);
  return arc::tuple_of(m, parts);
}
/// Work of 1000 cells, then x -> (x, a).
arc::value late_bound(arc::machine& m, const arc::value* a) {
  const arc::value made = thousand(m, a);
  const arc::value parts[2] = {arc::value::of_primitive(*arc::find_primitive("astuple")),
                               arc::element(made, 0)};
  return arc::detail::bind_last(m, parts);
}

/// (x, x), and as much memory for work as is not yet given up at once.
arc::value twice(arc::machine& m, const arc::value* a) {
  m.scratch<arc::value>(9);
  return arc::tuple_of(m, a[0], a[0]);
}

constexpr std::array<arc::primitive, 5> test_primitives{{{"thousand", 1, &thousand},
                                                         {"twice", 1, &twice},
                                                         {"three", 1, &three},
                                                         {"around", 1, &around},
                                                         {"late_bound", 1, &late_bound}}};

constexpr auto table = arc::detail::joined(arc::primitives, test_primitives);

std::uint32_t number_of(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const arc::primitive& p) { return p.name == name; });
  REQUIRE(found != table.end());
  return static_cast<std::uint32_t>(found - table.begin());
}

arc::value f(std::string_view name) { return arc::value::of_primitive(number_of(name)); }
arc::value n(std::int64_t number) { return arc::value::of_integer(number); }

struct language {
  explicit language(const arc::run_limits& limits = {}) : m(table.data(), limits) {}

  arc::value operator()(const arc::value& function, std::initializer_list<arc::value> arguments) {
    return arc::call(m, function, arguments);
  }
  arc::value operator()(std::string_view name, std::initializer_list<arc::value> arguments) {
    return arc::call(m, f(name), arguments);
  }
  /// Its kind, or "none".
  std::string error(const arc::value& function, std::initializer_list<arc::value> arguments) {
    failed_ = "none";
    const auto kind = arc::error_of([&] { arc::call(m, function, arguments); });
    if (!kind) return "none";
    if (m.running() != arc::machine::no_primitive) failed_ = table[m.running()].name;
    m.begin_line();
    return std::string(arc::name_of(*kind));
  }
  /// The primitive that made the last one.
  const std::string& failed() const { return failed_; }

  arc::machine m;

 private:
  std::string failed_ = "none";
};

/// f(f(...)), as calls inside calls: one more than times of them, f's own too.
arc::value nested(language& call, arc::value function, unsigned times) {
  for (unsigned i = 0; i < times; ++i) function = call("compose", {f("identity"), function});
  return function;
}

arc::run_limits with_depth(std::uint32_t depth) {
  arc::run_limits limits;
  limits.depth = depth;
  return limits;
}

} // namespace

TEST_CASE("calls: results survive the call that made them", "[arc][calls]") {
  language call;
  const arc::value small = call("chain", {f("three"), f("thousand"), f("identity")});
  std::vector<arc::value> results;
  for (unsigned i = 0; i < 200; ++i) {
    results.push_back(call(small, {n(0)}));
    results.push_back(call("thousand", {n(i)}));
  }
  for (unsigned i = 0; i < 200; ++i) {
    CHECK(arc::text_of(results[2 * i]) == "{(0, 1000), (1, 1000), (2, 1000)}");
    CHECK(arc::element(results[2 * i + 1], 999).integer() == 1999 + i);
  }
}

TEST_CASE("calls: results survive that share structure with older values", "[arc][calls]") {
  language call;
  const arc::value older = test::value_of(call.m, "({7}, (1000, none))");
  std::vector<arc::value> results;
  for (unsigned i = 0; i < 100; ++i) results.push_back(call("around", {older}));
  const std::string text = "(({7}, (1000, none)), {(0, 2), (1, 2), (2, 2)}, ({7}, (1000, none)))";
  for (const arc::value& result : results) {
    CHECK(arc::text_of(result) == text);
    // What is older than the call was not copied.
    CHECK(arc::element(result, 0).elements() == older.elements());
    CHECK(arc::element(result, 2).elements() == older.elements());
  }
}

TEST_CASE("calls: results survive that share structure with each other", "[arc][calls]") {
  language call;
  // x -> (y, y) of one new y, with work around it.
  const arc::value twice = call("fork", {f("astuple"), f("identity"), f("identity")});
  const arc::value all = call("chain", {twice, f("around"), f("three")});
  const arc::value result = call(all, {test::value_of(call.m, "(1, 1000, 1)")});
  call("thousand", {n(0)});
  const std::string y = "({(0, 3), (1, 3), (2, 3)}, {(0, 3), (1, 3), (2, 3)}, "
                        "{(0, 3), (1, 3), (2, 3)})";
  CHECK(arc::text_of(result) == "(" + y + ", " + y + ")");
}

TEST_CASE("calls: closures that are results survive, with what they hold", "[arc][calls]") {
  language call;
  const arc::value maker = call("compose", {f("late_bound"), f("identity")});
  std::vector<arc::value> made;
  for (unsigned i = 0; i < 100; ++i) made.push_back(call(maker, {n(i)}));
  for (unsigned i = 0; i < 100; ++i) {
    CHECK(arc::text_of(call(made[i], {n(5)})) == "(5, " + std::to_string(1000 + i) + ")");
    CHECK(arc::equal(made[i], made[i]));
    if (i != 0) CHECK((arc::compare(made[i - 1], made[i]) < 0)); // by creation
  }
}

TEST_CASE("calls: a million callbacks that make small sets do not fill the memory",
          "[arc][calls]") {
  arc::run_limits limits;
  limits.cells = 1000;
  limits.depth = 10;
  language call(limits);
  const arc::value function = call("compose", {f("size"), f("dneighbors")});
  const arc::value at = arc::value::of_pair({3, 3});
  const std::uint64_t cells = call.m.cells();
  std::int64_t sum = 0;
  for (unsigned i = 0; i < 1'000'000; ++i) {
    sum += arc::call(call.m, function, {at}).integer();
    // Each is a line of its own as far as fuel goes.
    if (i % 100'000 == 0) call.m.begin_line();
  }
  CHECK(sum == 4'000'000);
  CHECK(cells == 2); // the parts of the closure
  CHECK(call.m.cells() == 0);
  CHECK(call.m.most_cells() <= 8); // the four, and no more than once again
}

TEST_CASE("calls: what a result does not need is given up, memory too", "[arc][calls]") {
  arc::run_limits limits;
  limits.cells = 40'000;
  limits.depth = 10;
  language call(limits);
  const arc::value function = call("compose", {f("three"), f("thousand")});
  call.m.begin_line();
  std::vector<arc::value> results;
  for (unsigned i = 0; i < 9'000; ++i) results.push_back(call(function, {n(i)}));
  // Of a set of three counts what value_total says, whatever was made on the way.
  CHECK(call.m.cells() >= 27'000);
  CHECK(call.m.cells() <= 36'000);
  CHECK(call.m.most_cells() <= 36'000 + 1'003);
  const auto is_three = [](const arc::value& v) {
    return arc::text_of(v) == "{(0, 1000), (1, 1000), (2, 1000)}";
  };
  CHECK(std::all_of(results.begin(), results.end(), is_three));
}

TEST_CASE("calls: a result that was there before costs no cells", "[arc][calls]") {
  language call;
  const arc::value older = call("thousand", {n(0)});
  const std::uint64_t cells = call.m.cells();
  const arc::value part = call("compose", {f("first"), f("pair")});
  (void)part;
  call.m.begin_line();
  CHECK(cells == 1000);
  CHECK(call("identity", {older}).elements() == older.elements());
  CHECK(call("last", {older}).integer() == 1999);
  CHECK(call.m.cells() == 0);
}

TEST_CASE("calls: results that are kept end by cells", "[arc][calls]") {
  arc::run_limits limits;
  limits.cells = 2'500;
  language call(limits);
  call("thousand", {n(0)});
  call("thousand", {n(0)});
  CHECK(call.error(f("thousand"), {n(0)}) == "cells");
  CHECK(call.failed() == "thousand");
}

TEST_CASE("calls: however often a function is repeated, one result is held", "[arc][calls]") {
  arc::run_limits limits;
  limits.cells = 3'000; // of 900 each: before, after, and a turned one
  language call(limits);
  const arc::value grid = call("canvas", {n(1), arc::value::of_pair({30, 30})});
  const arc::value turns = call("power", {f("rot90"), n(1'001)});
  CHECK(arc::equal(call(turns, {grid}), grid));
  CHECK(call.m.cells() <= 900 + 2 + 901); // the grid, the parts of the closure, the result
}

TEST_CASE("calls: what can never be held ends by cells, however little fuel there is",
          "[arc][calls]") {
  arc::run_limits limits;
  limits.fuel = 1'000;
  limits.cells = 2'000;
  language call(limits);
  CHECK(call.error(f("canvas"), {n(1), arc::value::of_pair({50, 50})}) == "cells");
  CHECK(call.error(f("canvas"), {n(1), arc::value::of_pair({40, 40})}) == "fuel");
}

TEST_CASE("calls: each costs eight of fuel, those inside too", "[arc][calls]") {
  language call;
  const arc::value once = call("compose", {f("identity"), f("identity")});
  call.m.begin_line();
  const std::uint64_t before = call.m.dispatches();
  call("identity", {n(1)});
  CHECK(call.m.fuel() == 8);
  call(once, {n(1)});
  CHECK(call.m.fuel() == 8 + 3 * 8);
  CHECK(call.m.dispatches() - before == 4);
}

TEST_CASE("calls: fuel ends a runaway before the call that it does not suffice for",
          "[arc][calls]") {
  arc::run_limits limits;
  limits.fuel = 8 * 1'000;
  language call(limits);
  const arc::value function = call("power", {f("increment"), n(1'000'000'000)});
  call.m.begin_line();
  CHECK(call.error(function, {n(0)}) == "fuel");
  CHECK(call.m.fuel() <= limits.fuel);
  call.m.begin_line();
  for (unsigned i = 0; i < 1'000; ++i) call("identity", {n(0)});
  CHECK(call.error(f("identity"), {n(0)}) == "fuel");
}

TEST_CASE("calls: copying a value whose parts are shared again and again ends by fuel",
          "[arc][calls]") {
  arc::run_limits limits;
  limits.fuel = 1'000'000;
  language call(limits);
  // Few elements are made, but counted through there are 2^16: copies are of all of them.
  const arc::value shared = call("power", {f("twice"), n(15)});
  arc::value deep = call("compose", {f("identity"), shared});
  for (unsigned i = 0; i < 900; ++i) deep = call("compose", {f("identity"), deep});
  call.m.begin_line();
  CHECK(arc::value_total(call(shared, {arc::empty_set()})) == (1U << 16U) - 1);
  call.m.begin_line();
  CHECK(call.error(deep, {arc::empty_set()}) == "fuel");
}

TEST_CASE("calls: as many calls inside calls as the depth says, no more", "[arc][calls]") {
  language call(with_depth(10));
  // compose(identity, g) of x: the closure's call holds that of g.
  const arc::value nine = nested(call, f("identity"), 9);
  const arc::value ten = nested(call, f("identity"), 10);
  CHECK(arc::text_of(call(nine, {n(3)})) == "3");
  CHECK(call.error(ten, {n(3)}) == "depth");
  CHECK(arc::text_of(call(nine, {n(4)})) == "4"); // an error leaves no call open
}

TEST_CASE("calls: the usual depth has room on the stack", "[arc][calls]") {
  language call;
  const arc::value function = nested(call, f("identity"), 999);
  CHECK(arc::text_of(call(function, {n(3)})) == "3");
  const arc::value doubled = call("compose", {f("identity"), function});
  CHECK(call.error(doubled, {n(3)}) == "depth");
}

TEST_CASE("calls: any other number of arguments than the arity is a type error", "[arc][calls]") {
  language call;
  CHECK(call.error(f("identity"), {n(1), n(2)}) == "type");
  CHECK(call.error(f("add"), {n(1)}) == "type");
  CHECK(call.error(n(3), {n(1)}) == "type");
  const arc::value bound = call("lbind", {f("add"), n(1)});
  CHECK(call.error(bound, {n(1), n(2)}) == "type");
  CHECK(arc::text_of(call(bound, {n(2)})) == "3");
}

TEST_CASE("calls: the arity of what is bound looks at two and three only", "[arc][calls]") {
  language call;
  const auto arity_bound = [&](std::string_view name, std::string_view function) {
    return arc::arity_of(call.m, call(name, {f(function), n(1)}));
  };
  CHECK(arity_bound("lbind", "add") == 1);
  CHECK(arity_bound("rbind", "branch") == 2);
  CHECK(arity_bound("lbind", "identity") == 3);
  CHECK(arity_bound("rbind", "objects") == 3);
  // objects(g, 1, 1, 0) by its last argument.
  const arc::value objects = call("rbind", {f("objects"), n(0)});
  const arc::value grid = test::grid(call.m, "12");
  CHECK(arc::text_of(call(objects, {grid, n(1), n(1)})) == "{{(1, (0, 0))}, {(2, (0, 1))}}");
  const arc::value one = call("lbind", {f("identity"), n(1)});
  CHECK(call.error(one, {n(1), n(2), n(3)}) == "type");
}

TEST_CASE("calls: bound arguments go to their ends", "[arc][calls]") {
  language call;
  CHECK(arc::text_of(call(call("lbind", {f("branch"), n(0)}), {n(5), n(6)})) == "6");
  CHECK(arc::text_of(call(call("rbind", {f("branch"), n(0)}), {n(0), n(6)})) == "0");
  CHECK(arc::text_of(call(call("rbind", {f("subtract"), n(1)}), {n(9)})) == "8");
  CHECK(arc::text_of(call(call("lbind", {f("subtract"), n(1)}), {n(9)})) == "-8");
}

TEST_CASE("run error: errors inside errors come back where they are waited for", "[arc][calls]") {
  using arc::error_kind;
  const auto outer = arc::error_of([] {
    CHECK(arc::error_of([] { arc::fail(error_kind::index); }) == error_kind::index);
    CHECK(arc::error_of([] {}) == std::nullopt);
    arc::fail(error_kind::empty);
  });
  CHECK(outer == error_kind::empty);
  CHECK_THROWS_AS(arc::fail(error_kind::type), arc::run_error); // nobody waits
}

TEST_CASE("calls: after an error the innermost primitive is known", "[arc][calls]") {
  language call;
  CHECK(call.failed() == "none");
  const arc::value function = call("compose", {f("identity"), f("first")});
  const arc::value list = test::value_of(call.m, "((1, 2), ())");
  CHECK(call.error(f("identity"), {n(1)}) == "none");
  CHECK(call.failed() == "none");
  CHECK(call.error(f("apply"), {function, list}) == "no_element");
  CHECK(call.failed() == "first"); // not apply
  CHECK(call.error(f("apply"), {n(3), list}) == "type");
  CHECK(call.failed() == "apply"); // nothing else was called
  CHECK(call.m.running() == arc::machine::no_primitive);
}
