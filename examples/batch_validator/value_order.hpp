// SPDX-License-Identifier: MIT
//
// Equality, the canonical order, and "<".
//
// The canonical order is total: none < integers < tuples (lexicographic; a proper prefix first) < sets
// (as their ascending elements would compare as tuples) < functions (primitives first, then closures
// by creation). Sets are stored and iterated in it.
//
// "<" is what programs compare with: integers by value, tuples lexicographically, sets by proper
// inclusion (partial!); anything else is an error of kind type.
//
// Equality and the canonical order take time linear in the smaller value. "<" of sets takes time linear
// in both, and of tuples once more for each level of nesting. Recursion is bounded by the nesting,
// which value_builder.hpp limits.
#ifndef ORDERLY_EXAMPLES_ARC_VALUE_ORDER_HPP
#define ORDERLY_EXAMPLES_ARC_VALUE_ORDER_HPP

#include "run_error.hpp"
#include "value.hpp"

#include <algorithm> // equal, includes, min
#include <compare>   // strong_ordering
#include <cstdint>   // sizes

namespace arc {

namespace detail {

inline value element_of_any(const value& of, std::uint32_t i) {
  switch (of.form()) {
  case value_form::pair: {
    const location at = of.pair();
    return value::of_integer(i == 0 ? at.row : at.column);
  }
  case value_form::cell: {
    const coloured c = of.cell();
    return i == 0 ? value::of_integer(c.colour) : value::of_pair(c.where);
  }
  case value_form::row:
    return value::of_integer(of.colours()[i]);
  case value_form::grid: {
    const colour_byte* const row = of.colours() + std::size_t{i} * of.width();
    return of.width() == 2 ? value::of_pair({row[0], row[1]}) : value::of_row(row, of.width());
  }
  case value_form::locations:
    return value::of_packed(value_form::pair, of.packed_set()[i]);
  case value_form::object:
    return value::of_packed(value_form::cell, of.packed_set()[i]);
  default:
    return of.elements()[i];
  }
}

} // namespace detail

/// An element of a tuple or set. Precondition: there is one.
inline value element(const value& of, std::uint32_t i) {
  const bool often = of.form() == value_form::locations;
  return often ? value::of_packed(value_form::pair, of.packed_set()[i])
               : detail::element_of_any(of, i);
}

inline bool equal(const value& a, const value& b) {
  if (a.form() != b.form() || a.size() != b.size()) return false;
  switch (a.form()) {
  case value_form::none:
    return true;
  case value_form::integer:
    return a.integer() == b.integer();
  case value_form::pair:
  case value_form::cell:
    return a.packed() == b.packed();
  case value_form::row:
    return std::equal(a.colours(), a.colours() + a.size(), b.colours());
  case value_form::grid:
    return a.width() == b.width() &&
           std::equal(a.colours(), a.colours() + std::size_t{a.height()} * a.width(), b.colours());
  case value_form::locations:
  case value_form::object:
    return std::equal(a.packed_set(), a.packed_set() + a.size(), b.packed_set());
  case value_form::elements:
  case value_form::members:
    return std::equal(a.elements(), a.elements() + a.size(), b.elements(), equal);
  case value_form::function:
    break;
  }
  if (a.is_closure() != b.is_closure()) return false;
  return a.is_closure() ? a.function()->number == b.function()->number
                        : a.primitive() == b.primitive();
}

inline std::strong_ordering compare(const value& a, const value& b);

namespace detail {

template <class T>
std::strong_ordering compare_all(const T* a, std::size_t a_size, const T* b, std::size_t b_size) {
  const std::size_t common = a == b ? 0 : (std::min)(a_size, b_size); // parts are often shared
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) return a[i] <=> b[i];
  }
  return a_size <=> b_size;
}

inline std::strong_ordering compare_elements(const value& a, const value& b) {
  const std::uint32_t common = (std::min)(a.size(), b.size());
  for (std::uint32_t i = 0; i < common; ++i) {
    const std::strong_ordering order = compare(element(a, i), element(b, i));
    if (order != 0) return order;
  }
  return a.size() <=> b.size();
}

/// By their creation. Which of two lines came first is no fact about either of them, so it is told.
inline std::strong_ordering compare_closures(const closure& a, const closure& b) {
  if (a.number != b.number) *a.ordered = true;
  return a.number <=> b.number;
}

inline std::strong_ordering compare_stored(const value& a, const value& b) {
  const value* const x = a.elements();
  const value* const y = b.elements();
  const std::uint32_t common = x == y ? 0 : (std::min)(a.size(), b.size());
  for (std::uint32_t i = 0; i < common; ++i) {
    const std::strong_ordering order = compare(x[i], y[i]);
    if (order != 0) return order;
  }
  return a.size() <=> b.size();
}

inline std::strong_ordering compare_same_form(const value& a, const value& b) {
  switch (a.form()) {
  case value_form::none:
    return std::strong_ordering::equal;
  case value_form::integer:
    return a.integer() <=> b.integer();
  case value_form::pair:
  case value_form::cell:
    return a.packed() <=> b.packed();
  case value_form::row:
    return compare_all(a.colours(), a.size(), b.colours(), b.size());
  case value_form::elements:
  case value_form::members:
    return compare_stored(a, b);
  case value_form::function:
    if (a.is_closure() != b.is_closure()) return a.is_closure() <=> b.is_closure();
    return a.is_closure() ? compare_closures(*a.function(), *b.function())
                          : a.primitive() <=> b.primitive();
  default:
    return compare_elements(a, b);
  }
}

} // namespace detail

/// What sets of sets are sorted by, above all: packed ones need no further call.
inline std::strong_ordering compare(const value& a, const value& b) {
  const value_form form = a.form();
  if (form == b.form()) {
    if (form != value_form::locations && form != value_form::object) {
      return detail::compare_same_form(a, b);
    }
    return detail::compare_all(a.packed_set(), a.size(), b.packed_set(), b.size());
  }
  if (a.kind() != b.kind()) return a.kind() <=> b.kind();
  if (a.size() == 0 || b.size() == 0) return a.size() <=> b.size();
  return detail::compare_elements(a, b);
}

/// Whether all members of one set are in the other. Precondition: sets.
inline bool is_subset(const value& a, const value& b) {
  if (a.size() > b.size()) return false;
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    const value wanted = element(a, i);
    while (at < b.size() && compare(element(b, at), wanted) < 0) ++at;
    if (at == b.size() || !equal(element(b, at), wanted)) return false;
    ++at;
  }
  return true;
}

/// What programs mean by "<". Exceptions: run_error of kind type.
inline bool less(const value& a, const value& b) {
  if (a.kind() != b.kind()) fail(error_kind::type);
  if (a.is_integer()) return a.integer() < b.integer();
  if (a.is_set()) return a.size() < b.size() && is_subset(a, b);
  if (!a.is_tuple()) fail(error_kind::type);
  const std::uint32_t common = (std::min)(a.size(), b.size());
  for (std::uint32_t i = 0; i < common; ++i) {
    const value x = element(a, i);
    const value y = element(b, i);
    if (!equal(x, y)) return less(x, y);
  }
  return a.size() < b.size();
}

/// False: 0, none, and what is empty.
constexpr bool is_true(const value& v) {
  if (v.is_integer()) return v.integer() != 0;
  if (v.is_container()) return v.size() != 0;
  return v.is_function();
}

} // namespace arc

#endif
