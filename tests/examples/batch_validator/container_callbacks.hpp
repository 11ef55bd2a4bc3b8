// SPDX-License-Identifier: MIT
//
// Functions for tests of primitives that call some: given by name, as tests give values by text.
#ifndef ORDERLY_TESTS_ARC_CONTAINER_CALLBACKS_HPP
#define ORDERLY_TESTS_ARC_CONTAINER_CALLBACKS_HPP

#include "arc_given.hpp"

#include "batch_validator/containers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace test::callback {

inline arc::value negated(arc::machine&, const arc::value* a) {
  return arc::value::of_integer(-arc::integer_of(a[0]));
}
inline arc::value is_even(arc::machine&, const arc::value* a) {
  return arc::value::of_integer(arc::integer_of(a[0]) % 2 == 0 ? 1 : 0);
}
inline arc::value identity(arc::machine&, const arc::value* a) { return a[0]; }
inline arc::value seven(arc::machine&, const arc::value*) { return arc::value::of_integer(7); }
inline arc::value nothing(arc::machine&, const arc::value*) { return arc::value(); }
inline arc::value before_nine(arc::machine&, const arc::value* a) {
  if (arc::integer_of(a[0]) == 9) arc::fail(arc::error_kind::overflow);
  return a[0];
}
inline arc::value set_of_it(arc::machine& m, const arc::value* a) {
  arc::value_list parts(m, 1);
  parts.add(a[0]);
  return arc::set_of(m, parts);
}
/// (0, {v}) and (v, {v}).
inline arc::value zero_and_set(arc::machine& m, const arc::value* a) {
  return arc::tuple_of(m, arc::value::of_integer(0), set_of_it(m, a));
}
inline arc::value it_and_set(arc::machine& m, const arc::value* a) {
  return arc::tuple_of(m, a[0], set_of_it(m, a));
}
/// (-v, v, 300), which lies in memory, after much that is given up when the call ends.
inline arc::value bulky(arc::machine& m, const arc::value* a) {
  for (unsigned i = 0; i < 1000; ++i) {
    arc::value_list rubbish(m, 2);
    for (unsigned j = 0; j < 2; ++j) rubbish.add(arc::value::of_integer(std::int64_t{1} << 40U));
    arc::tuple_of(m, rubbish);
  }
  arc::value_list parts(m, 3);
  parts.add(negated(m, a));
  parts.add(a[0]);
  parts.add(arc::value::of_integer(300));
  return arc::tuple_of(m, parts);
}

inline constexpr std::array<arc::primitive, 10> all{{
    {"negated", 1, &negated},
    {"is_even", 1, &is_even},
    {"identity", 1, &identity},
    {"seven", 1, &seven},
    {"nothing", 1, &nothing},
    {"before_nine", 1, &before_nine},
    {"set_of_it", 1, &set_of_it},
    {"zero_and_set", 1, &zero_and_set},
    {"it_and_set", 1, &it_and_set},
    {"bulky", 1, &bulky},
}};

} // namespace test::callback

namespace test {

/// The primitives on containers, and the functions above.
inline constexpr auto container_table = [] {
  std::array<arc::primitive, arc::container_primitives.size() + callback::all.size()> all{};
  std::copy(
      callback::all.begin(), callback::all.end(),
      std::copy(arc::container_primitives.begin(), arc::container_primitives.end(), all.begin()));
  return all;
}();

inline arc::value function_named(std::string_view name) {
  const arc::primitive& p = named(container_table, name);
  return arc::value::of_primitive(static_cast<std::uint32_t>(&p - container_table.data()));
}

/// One call of a primitive with a container and a function: run_with("argmax", "(1, 2)", "negated").
inline std::string run_with(std::string_view name, std::string_view container,
                            std::string_view function,
                            arc::dialect dialect = arc::dialect::arc_dsl) {
  arc::machine m(container_table.data(), {}, dialect);
  return outcome(m, named(container_table, name),
                 {value_of(m, container), function_named(function)});
}

} // namespace test

#endif
