// SPDX-License-Identifier: MIT
#include "arc_given.hpp"
#include "batch_validator/higher_order.hpp"
#include "batch_validator/reading.hpp"
#include "batch_validator/value_builder.hpp"
#include "batch_validator/value_order.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using arc::value_form;

const arc::primitive* const functions = arc::higher_order_primitives.data();

/// A value as the language describes it: a kind and content, no forms.
struct model {
  arc::value_kind kind = arc::value_kind::none;
  std::int64_t number = 0; // of an integer; of a function its place in the order of functions
  std::vector<model> parts{};
};

std::strong_ordering canonical(const model& a, const model& b) {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  if (a.number != b.number) return a.number <=> b.number;
  for (std::size_t i = 0; i < a.parts.size() && i < b.parts.size(); ++i) {
    if (const auto order = canonical(a.parts[i], b.parts[i]); order != 0) return order;
  }
  return a.parts.size() <=> b.parts.size();
}

model integer(std::int64_t number) { return {arc::value_kind::integer, number, {}}; }

/// A few closures, so that values may hold them. Primitives have the places 0 to 9.
struct closures {
  explicit closures(arc::machine& m) {
    const arc::value parts[2] = {arc::value::of_primitive(0), arc::value::of_primitive(1)};
    for (arc::value& each : all) each = arc::detail::compose(m, parts);
  }
  std::array<arc::value, 3> all;
};

class random_models {
 public:
  model next(unsigned depth) {
    const unsigned kind = below(depth == 0 ? 6 : 12);
    if (kind == 0) return {};
    if (kind == 1) return {arc::value_kind::function, below(2) == 0 ? below(2) : 10 + below(3), {}};
    if (kind < 6) return integer(numbers[below(numbers.size())]);
    if (kind == 6) return tuple({small(), tuple({small(), small()})});
    model made{kind < 10 ? arc::value_kind::tuple : arc::value_kind::set, 0, {}};
    // Alike parts: otherwise rows, grids, locations and objects would hardly occur.
    const unsigned alike = below(5);
    for (unsigned left = below(4); left > 0; --left) made.parts.push_back(part(alike, depth - 1));
    if (made.kind == arc::value_kind::set) order(made.parts);
    return made;
  }

 private:
  static constexpr std::array<std::int64_t, 16> numbers{
      0,       0,          1,          1,
      2,       -1,         9,          127,
      128,     -128,       -129,       32767,
      8388608, 2147483647, 2147483648, (std::numeric_limits<std::int64_t>::min)()};

  unsigned below(std::size_t limit) { return static_cast<unsigned>(engine_() % limit); }
  static void order(std::vector<model>& parts) {
    const auto before = [](const model& a, const model& b) { return canonical(a, b) < 0; };
    const auto same = [](const model& a, const model& b) { return canonical(a, b) == 0; };
    std::sort(parts.begin(), parts.end(), before);
    parts.erase(std::unique(parts.begin(), parts.end(), same), parts.end());
  }
  model tuple(const std::vector<model>& parts) { return {arc::value_kind::tuple, 0, parts}; }
  model small() { return integer(static_cast<std::int64_t>(below(3)) - 1); }
  model part(unsigned alike, unsigned depth) {
    if (alike == 0) return small();
    if (alike == 1) return tuple({small(), small()});
    if (alike == 2) return tuple({small(), small(), small()});
    if (alike == 3) return tuple({small(), tuple({small(), small()})});
    return next(depth);
  }

  std::mt19937 engine_{20};
};

arc::value built(arc::machine& m, const closures& c, const model& from) {
  if (from.kind == arc::value_kind::none) return {};
  if (from.kind == arc::value_kind::integer) return arc::value::of_integer(from.number);
  if (from.kind == arc::value_kind::function) {
    return from.number < 10 ? arc::value::of_primitive(static_cast<std::uint32_t>(from.number))
                            : c.all[static_cast<std::size_t>(from.number - 10)];
  }
  arc::value_list parts(m, from.parts.size());
  for (const model& part : from.parts) parts.add(built(m, c, part));
  return from.kind == arc::value_kind::tuple ? arc::tuple_of(m, parts) : arc::set_of(m, parts);
}

struct random_values {
  explicit random_values(std::size_t count) : m(functions), c(m) {
    random_models random;
    for (std::size_t i = 0; i < count; ++i) {
      models.push_back(random.next(3));
      values.push_back(built(m, c, models.back()));
    }
  }
  arc::machine m;
  closures c;
  std::vector<model> models;
  std::vector<arc::value> values;
};

/// The same content once more, from its elements; of a set the last first, and each twice.
arc::value rebuilt(arc::machine& m, const arc::value& v) {
  if (!v.is_container()) return v;
  arc::value_list parts(m, std::size_t{v.size()} * 2);
  for (std::uint32_t i = 0; i < v.size(); ++i) {
    const std::uint32_t at = v.is_set() ? v.size() - 1 - i : i;
    for (int times = v.is_set() ? 2 : 1; times > 0; --times) {
      parts.add(rebuilt(m, arc::element(v, at)));
    }
  }
  return v.is_set() ? arc::set_of(m, parts) : arc::tuple_of(m, parts);
}

/// At most: pairs and cells count once.
std::uint64_t most_total_of(const model& v) {
  const bool is_closure = v.kind == arc::value_kind::function && v.number >= 10;
  std::uint64_t total = is_closure ? 3 : 1;
  for (const model& part : v.parts) total += most_total_of(part);
  return total;
}

std::string less_text(const std::string& a, const std::string& b) {
  arc::machine m(functions);
  try {
    return arc::less(test::value_of(m, a), test::value_of(m, b)) ? "yes" : "no";
  } catch (const arc::run_error& e) {
    return std::string(arc::name_of(e.kind()));
  }
}

/// How often a value can be wrapped; then the error's kind.
template <class Wrap>
std::pair<unsigned, arc::error_kind> wrapped_until_error(arc::machine& m, const Wrap& wrap) {
  arc::value v = arc::empty_set();
  for (unsigned times = 0;; ++times) {
    try {
      v = wrap(m, v);
    } catch (const arc::run_error& e) {
      return {times, e.kind()};
    }
  }
}

} // namespace

TEST_CASE("values: each content has the first form that can hold it", "[arc][values]") {
  arc::machine m(functions);
  const auto form = [&](const char* text) { return test::value_of(m, text).form(); };
  CHECK(form("none") == value_form::none);
  CHECK(form("7") == value_form::integer);
  CHECK(form("(1, 2)") == value_form::pair);
  CHECK(form("(2147483647, -2147483648)") == value_form::pair);
  CHECK(form("(2147483648, 0)") == value_form::elements);
  CHECK(form("(0, -2147483649)") == value_form::elements);
  CHECK(form("(1, (2, 3))") == value_form::cell);
  CHECK(form("(-32768, (8388607, -8388608))") == value_form::cell);
  CHECK(form("(32768, (0, 0))") == value_form::elements);
  CHECK(form("(0, (8388608, 0))") == value_form::elements);
  CHECK(form("(0, (0, -8388609))") == value_form::elements);
  CHECK(form("(5)") == value_form::row);
  CHECK(form("(127, -128, 0)") == value_form::row);
  CHECK(form("(127, 128, 0)") == value_form::elements);
  CHECK(form("(128)") == value_form::elements);
  CHECK(form("((5))") == value_form::grid);
  CHECK(form("((1, 2), (3, 4))") == value_form::grid);
  CHECK(form("((1, 2), (3, 128))") == value_form::elements);
  CHECK(form("((1, 2), (3, 4, 5))") == value_form::elements);
  CHECK(form("((1, 2, 3), (3, 4, 5))") == value_form::grid);
  CHECK(form("((), ())") == value_form::elements);
  CHECK(form("()") == value_form::elements);
  CHECK(form("{(1, 2), (300, 4)}") == value_form::locations);
  CHECK(form("{(1, 2), (2147483648, 4)}") == value_form::members);
  CHECK(form("{(1, (2, 3))}") == value_form::object);
  CHECK(form("{(1, (2, 3)), (1, 2)}") == value_form::members);
  CHECK(form("{(1, (2, 3)), (32768, (2, 3))}") == value_form::members);
  CHECK(form("{}") == value_form::members);
}

TEST_CASE("values: the form does not tell how a value was built", "[arc][values]") {
  arc::machine m(functions);
  const auto agree = [&](const arc::value& v, const char* text) {
    const arc::value read = test::value_of(m, text);
    return v.form() == read.form() && v.size() == read.size() && arc::equal(v, read) &&
           arc::value_total(v) == arc::value_total(read);
  };
  const arc::colour_byte bytes[] = {1, 2, 3, 4, 5, 6};
  CHECK(agree(arc::row_of(bytes, 0), "()"));
  CHECK(agree(arc::row_of(bytes, 1), "(1)"));
  CHECK(agree(arc::row_of(bytes, 2), "(1, 2)"));
  CHECK(agree(arc::row_of(bytes, 3), "(1, 2, 3)"));
  CHECK(agree(arc::grid_of(m, bytes, 0, 3), "()"));
  CHECK(agree(arc::grid_of(m, bytes, 2, 0), "((), ())"));
  CHECK(agree(arc::grid_of(m, bytes, 2, 3), "((1, 2, 3), (4, 5, 6))"));
  CHECK(agree(arc::grid_of(m, bytes, 3, 2), "((1, 2), (3, 4), (5, 6))"));
  const arc::value two_wide = arc::grid_of(m, bytes, 3, 2);
  CHECK(agree(arc::element(two_wide, 1), "(3, 4)"));
  CHECK(agree(arc::tuple_of(m, arc::element(two_wide, 0), arc::element(two_wide, 2)),
              "((1, 2), (5, 6))"));
  CHECK(
      agree(arc::tuple_of(m, arc::value::of_integer(4), arc::element(two_wide, 0)), "(4, (1, 2))"));
  CHECK(agree(arc::pair_of(m, 1, std::int64_t{1} << 31U), "(1, 2147483648)"));
  arc::packed_list cells(m, 3);
  for (const std::int64_t row : {3, 1, 3}) cells.add(arc::pack(arc::coloured{2, {row, 0}}));
  CHECK(agree(arc::set_of(m, value_form::object, cells), "{(2, (1, 0)), (2, (3, 0))}"));
  const arc::value loose = arc::make_grid(m, 2, 2, [](std::uint32_t i, std::uint32_t j) {
    return arc::value::of_integer(2 * i + j + 1);
  });
  CHECK(agree(loose, "((1, 2), (3, 4))"));
}

TEST_CASE("values: rebuilding random values from their elements changes nothing", "[arc][values]") {
  random_values random(300);
  unsigned seen = 0; // forms, by bits
  for (const arc::value& v : random.values) {
    const arc::value again = rebuilt(random.m, v);
    seen |= 1U << static_cast<unsigned>(v.form());
    CHECK(again.form() == v.form());
    CHECK(arc::equal(again, v));
    CHECK(again.nesting() == v.nesting());
  }
  CHECK(seen == (1U << 11U) - 1);
}

TEST_CASE("values: packed numbers are in the canonical order of what they stand for",
          "[arc][values]") {
  constexpr std::int64_t pair_ends[] = {-2147483648, -2147483647, -1, 0, 1, 2147483647};
  std::vector<std::uint64_t> pairs;
  for (const std::int64_t row : pair_ends) {
    for (const std::int64_t column : pair_ends) {
      pairs.push_back(arc::pack(arc::location{row, column}));
      CHECK(arc::unpack_pair(pairs.back()) == arc::location{row, column});
    }
  }
  CHECK(std::adjacent_find(pairs.begin(), pairs.end(), std::greater_equal<>()) == pairs.end());
  constexpr std::int64_t colours[] = {-32768, -1, 0, 1, 32767};
  constexpr std::int64_t places[] = {-8388608, -1, 0, 1, 8388607};
  std::vector<std::uint64_t> cells;
  for (const std::int64_t colour : colours) {
    for (const std::int64_t row : places) {
      for (const std::int64_t column : places) {
        cells.push_back(arc::pack(arc::coloured{colour, {row, column}}));
        CHECK(arc::unpack_cell(cells.back()).colour == colour);
        CHECK(arc::unpack_cell(cells.back()).where == arc::location{row, column});
      }
    }
  }
  CHECK(std::adjacent_find(cells.begin(), cells.end(), std::greater_equal<>()) == cells.end());
}

TEST_CASE("values: compare is the canonical order of the language, on random values",
          "[arc][values]") {
  const random_values random(250);
  unsigned wrong_order = 0;
  unsigned wrong_equality = 0;
  for (std::size_t i = 0; i < random.values.size(); ++i) {
    for (std::size_t j = 0; j < random.values.size(); ++j) {
      const auto expected = canonical(random.models[i], random.models[j]);
      wrong_order += arc::compare(random.values[i], random.values[j]) != expected ? 1U : 0U;
      wrong_equality += arc::equal(random.values[i], random.values[j]) != (expected == 0) ? 1U : 0U;
    }
  }
  CHECK(wrong_order == 0);
  CHECK(wrong_equality == 0);
}

TEST_CASE("values: compare is total: antisymmetric, and transitive on triples", "[arc][values]") {
  const random_values random(90);
  const std::vector<arc::value>& all = random.values;
  unsigned broken = 0;
  for (const arc::value& a : all) {
    for (const arc::value& b : all) {
      const auto ab = arc::compare(a, b);
      broken += (ab < 0) != (arc::compare(b, a) > 0) ? 1U : 0U;
      if (ab > 0) continue;
      for (const arc::value& c : all) {
        broken += arc::compare(b, c) <= 0 && arc::compare(a, c) > 0 ? 1U : 0U;
      }
    }
  }
  CHECK(broken == 0);
}

TEST_CASE("values: sets lie in canonical order, without repeats", "[arc][values]") {
  arc::machine m(functions);
  CHECK(arc::text_of(test::value_of(m, "{(), {}, 3, none, -1, (0), {1}, 3, (0, 0), {}}")) ==
        "{none, -1, 3, (), (0,), (0, 0), {}, {1}}");
  CHECK(arc::text_of(test::value_of(m, "{(1, 0), (0, 5), (-1, 7), (0, -5), (1, 0)}")) ==
        "{(-1, 7), (0, -5), (0, 5), (1, 0)}");
  CHECK(arc::text_of(test::value_of(m, "{(2, (0, 0)), (1, (5, 5)), (1, (5, 4))}")) ==
        "{(1, (5, 4)), (1, (5, 5)), (2, (0, 0))}");
}

TEST_CASE("values: repeats go also where many sets have the same ends and size", "[arc][values]") {
  arc::machine m(functions);
  constexpr std::uint32_t count = 1000;
  arc::value_list all(m, 2 * count);
  for (std::uint32_t i = 0; i < 2 * count; ++i) {
    arc::packed_list places(m, 3);
    for (const std::int64_t column : {std::int64_t{0}, std::int64_t{count - i % count}}) {
      places.add(arc::pack(arc::location{0, column}));
    }
    places.add(arc::pack(arc::location{1, 0}));
    all.add(arc::set_of(m, arc::value_form::locations, places));
  }
  const arc::value set = arc::set_of(m, all);
  REQUIRE(set.size() == count);
  for (std::uint32_t i = 0; i < count; ++i) {
    CHECK(arc::element(arc::element(set, i), 1).pair() == arc::location{0, i + 1});
  }
}

TEST_CASE("values: functions sort by creation, primitives first", "[arc][values]") {
  arc::machine m(functions);
  const closures c(m);
  CHECK((arc::compare(arc::value::of_primitive(12), c.all[0]) < 0));
  CHECK((arc::compare(arc::value::of_primitive(3), arc::value::of_primitive(12)) < 0));
  CHECK((arc::compare(c.all[0], c.all[1]) < 0));
  CHECK(arc::equal(c.all[1], c.all[1]));
  CHECK_FALSE(arc::equal(c.all[0], c.all[1])); // made of the same, yet not the same
}

TEST_CASE("values: less compares integers by value and tuples by the first difference",
          "[arc][values]") {
  CHECK(less_text("-1", "0") == "yes");
  CHECK(less_text("0", "0") == "no");
  CHECK(less_text("(1, 2)", "(1, 3)") == "yes");
  CHECK(less_text("(1, 3)", "(1, 2)") == "no");
  CHECK(less_text("(1, 2)", "(1, 2, 0)") == "yes");
  CHECK(less_text("(1, 2, 0)", "(1, 2)") == "no");
  CHECK(less_text("()", "(0)") == "yes");
  CHECK(less_text("()", "()") == "no");
  CHECK(less_text("((1, 2), (3, 4))", "((1, 2), (3, 5))") == "yes");
  CHECK(less_text("(none, 1)", "(none, 2)") == "yes"); // equal positions are not ordered
  CHECK(less_text("({1}, 5)", "({1, 2}, 0)") == "yes");
  CHECK(less_text("({1}, 5)", "({2}, 9)") == "no"); // the first difference decides
}

TEST_CASE("values: less compares sets by proper inclusion", "[arc][values]") {
  CHECK(less_text("{}", "{0}") == "yes");
  CHECK(less_text("{(0, 1)}", "{(0, 0), (0, 1)}") == "yes");
  CHECK(less_text("{(0, 1)}", "{(0, 1)}") == "no");
  CHECK(less_text("{(0, 1)}", "{(0, 2), (0, 3)}") == "no");
  CHECK(less_text("{(0, 2), (0, 3)}", "{(0, 1)}") == "no");
  CHECK(less_text("{(0, 1)}", "{3, (0, 1)}") == "yes"); // whatever the forms
  CHECK(less_text("{1, 4}", "{0, 1, 2, 3}") == "no");
}

TEST_CASE("values: less refuses different kinds, none and functions", "[arc][values]") {
  CHECK(less_text("1", "(1, 2)") == "type");
  CHECK(less_text("(1, 2)", "{(1, 2)}") == "type");
  CHECK(less_text("none", "none") == "type");
  CHECK(less_text("(1, 2)", "(1, (2, 3))") == "type");
  CHECK(less_text("(1, none)", "(1, 0)") == "type");
  CHECK_THROWS_AS(arc::less(arc::value::of_primitive(0), arc::value::of_primitive(1)),
                  arc::run_error);
}

TEST_CASE("values: none, 0 and what is empty are false, all else is true", "[arc][values]") {
  arc::machine m(functions);
  for (const char* const text : {"none", "0", "()", "{}"}) {
    CHECK_FALSE(arc::is_true(test::value_of(m, text)));
  }
  for (const char* const text : {"-1", "(0)", "(0, 0)", "((), ())", "{0}", "{(0, 0)}"}) {
    CHECK(arc::is_true(test::value_of(m, text)));
  }
  CHECK(arc::is_true(arc::value::of_primitive(0)));
}

TEST_CASE("values: the total counts every number and container once", "[arc][values]") {
  arc::machine m(functions);
  const auto total = [&](const char* text) { return arc::value_total(test::value_of(m, text)); };
  CHECK(total("7") == 1);
  CHECK(total("()") == 1);
  CHECK(total("(1, 2, 3)") == 4);
  CHECK(total("((), ())") == 3);
  CHECK(total("{7, 8}") == 3);
  CHECK(total("({7}, {7})") == 5);
}

TEST_CASE("values: the total is never above what the model counts", "[arc][values]") {
  const random_values random(200);
  for (std::size_t i = 0; i < random.values.size(); ++i) {
    CHECK(arc::value_total(random.values[i]) <= most_total_of(random.models[i]));
    CHECK(arc::value_total(random.values[i]) >= 1);
  }
}

TEST_CASE("values: nesting is above that of every part", "[arc][values]") {
  arc::machine m(functions);
  const auto nesting = [&](const char* text) { return test::value_of(m, text).nesting(); };
  CHECK(nesting("7") == 0);
  CHECK(nesting("((1, 2, 3), (4, 5, 6))") == 0); // rows and cells are not elements
  CHECK(nesting("()") == 0);
  CHECK(nesting("{(1, 2)}") == 0);
  CHECK(nesting("{7}") == 1);
  CHECK(nesting("({7}, {7, {8}})") == 3);
}

TEST_CASE("values: runaway nesting of tuples, sets and closures ends by depth", "[arc][values]") {
  arc::run_limits limits;
  limits.depth = 50;
  arc::machine m(functions, limits);
  const auto in_tuple = [](arc::machine& of, const arc::value& v) {
    return arc::tuple_of(of, v, arc::value());
  };
  const auto in_set = [](arc::machine& of, const arc::value& v) {
    arc::value_list one(of, 1);
    one.add(v);
    return arc::set_of(of, one);
  };
  const auto in_closure = [](arc::machine& of, const arc::value& v) {
    const arc::value parts[2] = {v, v};
    return arc::detail::closure_of(of, arc::closure_kind::compose, 1, parts, 1);
  };
  CHECK(wrapped_until_error(m, in_tuple) == std::pair(50U, arc::error_kind::depth));
  CHECK(wrapped_until_error(m, in_set) == std::pair(50U, arc::error_kind::depth));
  CHECK(wrapped_until_error(m, in_closure) == std::pair(50U, arc::error_kind::depth));
}

TEST_CASE("values: a value that is doubled again and again ends by cells", "[arc][values]") {
  arc::run_limits limits;
  limits.cells = 1000;
  arc::machine m(functions, limits);
  const auto [times, kind] = wrapped_until_error(
      m, [](arc::machine& of, const arc::value& v) { return arc::tuple_of(of, v, v); });
  CHECK(kind == arc::error_kind::cells);
  CHECK(times == 8); // totals 3, 7, ..., 511; then 1023
}
