// SPDX-License-Identifier: MIT
//
// Tests of functions that are made and called as programs do it, by the names of primitives and the
// texts of values:
//
//   test::function_language::language call;
//   CHECK(call(call.made("compose", {"double", "increment"}), {"3"}) == "8");
//
// Beside the arithmetic and the higher-order primitives it has some that tell how they were called.
#ifndef ORDERLY_TESTS_ARC_FUNCTION_LANGUAGE_HPP
#define ORDERLY_TESTS_ARC_FUNCTION_LANGUAGE_HPP

#include "arc_given.hpp"

#include "batch_validator/arithmetic.hpp"
#include "batch_validator/calls.hpp"
#include "batch_validator/higher_order.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace test::function_language {

inline std::string calls; // of noted and noted_pair, in order

inline arc::value noted(arc::machine& m, const arc::value* a) {
  calls += arc::text_of(a[0]) + ' ';
  return a[0].is_integer() ? arc::detail::twice(m, a) : a[0];
}
inline arc::value noted_pair(arc::machine& m, const arc::value* a) {
  calls += arc::text_of(a[0]) + ',' + arc::text_of(a[1]) + ' ';
  return arc::tuple_of(m, a[0], a[1]);
}
inline arc::value four(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 4);
  for (unsigned i = 0; i < 4; ++i) parts.add(a[i]);
  return arc::tuple_of(m, parts);
}
inline arc::value thousand(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 1000);
  for (unsigned i = 0; i < 1000; ++i) parts.add(a[0]);
  return arc::tuple_of(m, parts);
}
inline arc::value container_size(arc::machine&, const arc::value* a) {
  return arc::value::of_integer(a[0].size());
}

inline constexpr std::array<arc::primitive, 5> test_primitives{{{"noted", 1, &noted},
                                                                {"noted_pair", 2, &noted_pair},
                                                                {"four", 4, &four},
                                                                {"thousand", 1, &thousand},
                                                                {"size", 1, &container_size}}};

inline constexpr auto table = [] {
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

inline arc::run_limits limited(std::uint64_t fuel, std::uint64_t cells, std::uint32_t depth) {
  arc::run_limits limits;
  limits.fuel = fuel;
  limits.cells = cells;
  limits.depth = depth;
  return limits;
}

} // namespace test::function_language

#endif
