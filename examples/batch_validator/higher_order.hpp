// SPDX-License-Identifier: MIT
//
// Primitives that make functions, and those that call one for each element.
//
// What a function is made of is not looked at before it is called (but lbind and rbind need an arity).
// An arity says how many arguments a function takes, not whether that can work: binding an argument of
// a function of one gives a function of three, which fails when it is called.
//
// Functions are called once for each element, in the order of the elements.
#ifndef ORDERLY_EXAMPLES_ARC_HIGHER_ORDER_HPP
#define ORDERLY_EXAMPLES_ARC_HIGHER_ORDER_HPP

#include "calls.hpp"
#include "machine.hpp"
#include "merging.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // min, max, copy_n
#include <array>     // the table
#include <cstdint>   // counts

namespace arc {

namespace detail {

/// Exceptions: run_error of kind cells or depth, as of a tuple with these parts; of kind fuel.
inline value closure_of(machine& m, closure_kind kind, unsigned arity, const value* parts,
                        unsigned count) {
  std::uint64_t total = 1;
  std::uint32_t nesting = 0;
  for (unsigned i = 0; i < count; ++i) {
    total += value_total(parts[i]);
    nesting = (std::max)(nesting, parts[i].nesting());
  }
  if (total > m.limits().cells) fail(error_kind::cells);
  if (nesting >= m.limits().depth) fail(error_kind::depth);
  m.hold(count);
  auto* const made = m.scratch<closure>(1);
  *made = {kind, static_cast<std::uint8_t>(arity), m.next_closure(), total, m.closures_ordered(),
           {}};
  std::copy_n(parts, count, made->parts);
  return value::of_closure(made, nesting + 1);
}

inline value compose(machine& m, const value* a) {
  return closure_of(m, closure_kind::compose, 1, a, 2);
}

inline value chain(machine& m, const value* a) {
  return closure_of(m, closure_kind::chain, 1, a, 3);
}

inline value matcher(machine& m, const value* a) {
  return closure_of(m, closure_kind::matcher, 1, a, 2);
}

/// Anything but 2 or 3 was not thought of by the language.
inline unsigned bound_arity(const machine& m, const value& function) {
  const unsigned arity = arity_of(m, function);
  return arity == 2 ? 1 : arity == 3 ? 2 : 3;
}

inline value bind_last(machine& m, const value* a) {
  return closure_of(m, closure_kind::bind_last, bound_arity(m, a[0]), a, 2);
}

inline value bind_first(machine& m, const value* a) {
  return closure_of(m, closure_kind::bind_first, bound_arity(m, a[0]), a, 2);
}

inline value power(machine& m, const value* a) {
  const std::int64_t repeats = integer_of(a[1]);
  if (repeats < 1) fail(error_kind::depth);
  return repeats == 1 ? a[0] : closure_of(m, closure_kind::power, 1, a, 2);
}

inline value fork(machine& m, const value* a) { return closure_of(m, closure_kind::fork, 1, a, 3); }

/// one(0), one(1), ..., in this order.
template <class One>
value_list results_of(machine& m, std::uint64_t count, const One& one) {
  value_list results(m, count);
  for (std::uint64_t i = 0; i < count; ++i) results.add(one(static_cast<std::uint32_t>(i)));
  return results;
}

inline value_list applied(machine& m, const value& function, const value& container) {
  return results_of(m, container_of(m, container).size(),
                    [&](std::uint32_t i) { return call(m, function, {element(container, i)}); });
}

inline value_list applied_in_pairs(machine& m, const value* a) {
  const std::uint32_t first = container_of(m, a[1]).size();
  const std::uint32_t count = (std::min)(first, container_of(m, a[2]).size());
  return results_of(m, count, [&](std::uint32_t i) {
    return call(m, a[0], {element(a[1], i), element(a[2], i)});
  });
}

inline value merged_results(machine& m, value_kind kind, const value_list& results) {
  return merged_parts(m, kind, results.size(), [&](std::uint32_t i) { return results[i]; });
}

inline value apply(machine& m, const value* a) {
  value_list results = applied(m, a[0], a[1]);
  return collected(m, a[1].kind(), results);
}

inline value rapply(machine& m, const value* a) {
  value_list results = results_of(m, container_of(m, a[0]).size(), [&](std::uint32_t i) {
    return call(m, element(a[0], i), {a[1]});
  });
  return collected(m, a[0].kind(), results);
}

inline value mapply(machine& m, const value* a) {
  return merged_results(m, a[1].kind(), applied(m, a[0], a[1]));
}

inline value papply(machine& m, const value* a) {
  value_list results = applied_in_pairs(m, a);
  return tuple_of(m, results);
}

inline value mpapply(machine& m, const value* a) {
  return merged_results(m, value_kind::tuple, applied_in_pairs(m, a));
}

inline value prapply(machine& m, const value* a) {
  const std::uint32_t columns = container_of(m, a[1]).size();
  const std::uint32_t rows = container_of(m, a[2]).size();
  value_list results(m, std::uint64_t{rows} * columns);
  for (std::uint32_t i = 0; i < rows; ++i) {
    for (std::uint32_t j = 0; j < columns; ++j) {
      results.add(call(m, a[0], {element(a[1], j), element(a[2], i)}));
    }
  }
  return set_of(m, results);
}

} // namespace detail

inline constexpr std::array<primitive, 13> higher_order_primitives{{
    {"compose", 2, &detail::compose},
    {"chain", 3, &detail::chain},
    {"matcher", 2, &detail::matcher},
    {"rbind", 2, &detail::bind_last},
    {"lbind", 2, &detail::bind_first},
    {"power", 2, &detail::power},
    {"fork", 3, &detail::fork},
    {"apply", 2, &detail::apply},
    {"rapply", 2, &detail::rapply},
    {"mapply", 2, &detail::mapply},
    {"papply", 3, &detail::papply},
    {"mpapply", 3, &detail::mpapply},
    {"prapply", 3, &detail::prapply},
}};

} // namespace arc

#endif
