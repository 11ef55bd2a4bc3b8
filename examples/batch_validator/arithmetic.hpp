// SPDX-License-Identifier: MIT
//
// Primitives of arithmetic and logic.
//
// Where a number is asked for, a tuple may stand as well and is then read as a pair: its first two
// components, which must be integers. An integer beside a pair stands for both components. Results
// of more than 64 bits are an error.
#ifndef ORDERLY_EXAMPLES_ARC_ARITHMETIC_HPP
#define ORDERLY_EXAMPLES_ARC_ARITHMETIC_HPP

#include "machine.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // min, max
#include <array>     // the table
#include <cstdint>   // integers

namespace arc {

namespace detail {

/// change(n), or of both components of a pair.
template <class Change>
value change_components(machine& m, const value& number, const Change& change) {
  if (number.is_integer()) return value::of_integer(change(number.integer()));
  const location at = components_of(number);
  return pair_of(m, change(at.row), change(at.column));
}

inline location both_components(const value& number) {
  if (number.is_integer()) return {number.integer(), number.integer()};
  return components_of(number);
}

/// join(a, b) of integers, or componentwise.
template <class Join>
value join_components(machine& m, const value* a, const Join& join) {
  if (a[0].is_integer() && a[1].is_integer()) {
    return value::of_integer(join(a[0].integer(), a[1].integer()));
  }
  const location x = both_components(a[0]);
  const location y = both_components(a[1]);
  return pair_of(m, join(x.row, y.row), join(x.column, y.column));
}

constexpr value truth(bool holds) { return value::of_integer(holds ? 1 : 0); }

constexpr std::int64_t signum(std::int64_t n) { return (n > 0 ? 1 : 0) - (n < 0 ? 1 : 0); }

inline value identity(machine&, const value* a) { return a[0]; }

inline value plus(machine& m, const value* a) { return join_components(m, a, checked_sum); }

inline value minus(machine& m, const value* a) { return join_components(m, a, checked_difference); }

inline value times(machine& m, const value* a) { return join_components(m, a, checked_product); }

inline value divide(machine& m, const value* a) { return join_components(m, a, floor_quotient); }

inline value invert(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return checked_difference(0, n); });
}

inline value even(machine&, const value* a) { return truth(integer_of(a[0]) % 2 == 0); }

inline value twice(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return checked_sum(n, n); });
}

inline value halve(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return floor_quotient(n, 2); });
}

inline value flip(machine&, const value* a) { return truth(!is_true(a[0])); }

inline value equality(machine& m, const value* a) {
  m.charge((std::min)(value_total(a[0]), value_total(a[1])));
  return truth(equal(a[0], a[1]));
}

inline value both(machine&, const value* a) { return is_true(a[0]) ? a[1] : a[0]; }

inline value either(machine&, const value* a) { return is_true(a[0]) ? a[0] : a[1]; }

inline value increment(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return checked_sum(n, 1); });
}

inline value decrement(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return checked_difference(n, 1); });
}

inline value crement(machine& m, const value* a) {
  return change_components(m, a[0], [](std::int64_t n) { return checked_sum(n, signum(n)); });
}

inline value sign(machine& m, const value* a) { return change_components(m, a[0], signum); }

inline value positive(machine&, const value* a) { return truth(integer_of(a[0]) > 0); }

/// Inclusion looks at both sets whole; and in tuples each level looks again at those below.
inline value greater(machine& m, const value* a) {
  const std::uint64_t levels = (std::min)(a[0].nesting(), a[1].nesting());
  m.charge((value_total(a[0]) + value_total(a[1])) * (std::max)(levels, std::uint64_t{1}));
  return truth(less(a[1], a[0]));
}

inline value row_vector(machine& m, const value* a) { return pair_of(m, integer_of(a[0]), 0); }

inline value column_vector(machine& m, const value* a) { return pair_of(m, 0, integer_of(a[0])); }

inline value pair_up(machine& m, const value* a) { return tuple_of(m, a[0], a[1]); }

inline value branch(machine&, const value* a) { return is_true(a[0]) ? a[1] : a[2]; }

} // namespace detail

inline constexpr std::array<primitive, 23> arithmetic_primitives{{
    {"identity", 1, &detail::identity},
    {"add", 2, &detail::plus},
    {"subtract", 2, &detail::minus},
    {"multiply", 2, &detail::times},
    {"divide", 2, &detail::divide},
    {"invert", 1, &detail::invert},
    {"even", 1, &detail::even},
    {"double", 1, &detail::twice},
    {"halve", 1, &detail::halve},
    {"flip", 1, &detail::flip},
    {"equality", 2, &detail::equality},
    {"both", 2, &detail::both},
    {"either", 2, &detail::either},
    {"increment", 1, &detail::increment},
    {"decrement", 1, &detail::decrement},
    {"crement", 1, &detail::crement},
    {"sign", 1, &detail::sign},
    {"positive", 1, &detail::positive},
    {"greater", 2, &detail::greater},
    {"toivec", 1, &detail::row_vector},
    {"tojvec", 1, &detail::column_vector},
    {"astuple", 2, &detail::pair_up},
    {"branch", 3, &detail::branch},
}};

} // namespace arc

#endif
