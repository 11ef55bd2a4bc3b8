// SPDX-License-Identifier: MIT
//
// Primitives that compare the elements of a container: its order, its extremes, and what occurs the
// most or the least in it.
//
// A scan keeps the first element met until one is better in the sense of "<", which is partial on
// sets. Occurrences alone are tied by the canonical order.
#ifndef ORDERLY_EXAMPLES_ARC_CONTAINER_SEARCH_HPP
#define ORDERLY_EXAMPLES_ARC_CONTAINER_SEARCH_HPP

#include "calls.hpp"
#include "machine.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // find_if, min, sort
#include <bit>       // bit_width
#include <compare>   // strong_ordering
#include <cstddef>   // ptrdiff_t
#include <cstdint>   // places

namespace arc::detail {

enum class extreme : std::uint8_t { smallest, largest };

inline void add_elements(value_list& to, const value& container) {
  for (std::uint32_t i = 0; i < container.size(); ++i) to.add(element(container, i));
}

/// Of a sort, by comparisons that each cost so much.
inline std::uint64_t sorting_cost(std::uint32_t count, std::uint64_t each = 1) {
  return each * static_cast<unsigned>(std::bit_width(count));
}

/// Of "<": what is equal is looked at again on each level above the difference.
inline std::uint64_t comparison_cost(const value& a, const value& b) {
  return 2 + (value_total(a) + value_total(b)) * (1 + (std::min)(a.nesting(), b.nesting()));
}

/// "<" with its cost, which for integers is in that of looking at them.
inline bool less_at_cost(machine& m, const value& a, const value& b) {
  if (a.is_integer() && b.is_integer()) return a.integer() < b.integer();
  m.charge(comparison_cost(a, b));
  return less(a, b);
}

template <extreme Which>
bool is_better(machine& m, const value& now, const value& best) {
  return Which == extreme::largest ? less_at_cost(m, best, now) : less_at_cost(m, now, best);
}

/// The first element met whose key is the best. Precondition: there is an element.
template <extreme Which, class Key>
value best_by(machine& m, const value& container, const Key& key) {
  value best = element(container, 0);
  value best_key = key(best);
  for (std::uint32_t i = 1; i < container.size(); ++i) {
    const value now = element(container, i);
    const value now_key = key(now);
    if (!is_better<Which>(m, now_key, best_key)) continue;
    best = now;
    best_key = now_key;
  }
  return best;
}

template <extreme Which>
value best_by_call(machine& m, const value& container, const value& function) {
  return best_by<Which>(m, container, [&](const value& e) { return call(m, function, {e}); });
}

/// Whether its order is that of "<", too. Precondition: there is an element.
inline bool ascends(const value& container) {
  if (!container.is_set()) return false;
  if (container.form() != value_form::members) return true;
  // What lies between integers in the canonical order is an integer.
  return element(container, 0).is_integer() &&
         element(container, container.size() - 1).is_integer();
}

/// maximum and minimum.
template <extreme Which>
value extreme_element(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  if (container.size() == 0) return value::of_integer(0);
  if (ascends(container)) {
    return element(container, Which == extreme::largest ? container.size() - 1 : 0);
  }
  return best_by<Which>(m, container, [](const value& e) { return e; });
}

/// valmax and valmin.
template <extreme Which>
value extreme_key(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  const value best =
      container.size() == 0 ? value::of_integer(0) : best_by_call<Which>(m, container, a[1]);
  return call(m, a[1], {best});
}

/// argmax and argmin.
template <extreme Which>
value extreme_by_key(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  if (container.size() != 0) return best_by_call<Which>(m, container, a[1]);
  if (m.dialect() == dialect::re_arc) return value();
  fail(error_kind::empty);
}

/// mostcommon and leastcommon.
template <extreme Which>
value extreme_count(machine& m, const value* a) {
  if (!a[0].is_tuple()) fail(error_kind::type);
  const value& tuple = container_of(m, a[0]);
  if (tuple.size() == 0) fail(error_kind::empty);
  m.charge(sorting_cost(tuple.size(), tuple.size() + value_total(tuple)));
  value_list all(m, tuple.size());
  add_elements(all, tuple);
  std::sort(all.begin(), all.end(),
            [](const value& x, const value& y) { return compare(x, y) < 0; });
  const value* best = nullptr;
  std::ptrdiff_t best_count = 0;
  for (const value* run = all.begin(); run != all.end();) {
    const value* const next = std::find_if(run, static_cast<const value*>(all.end()),
                                           [&](const value& v) { return !equal(v, *run); });
    const std::ptrdiff_t count = next - run;
    if (best == nullptr || (Which == extreme::largest ? count > best_count : count < best_count)) {
      best = run;
      best_count = count;
    }
    run = next;
  }
  return *best;
}

struct keyed_place {
  value key;
  std::uint32_t place;
};

/// As "<" where that is total. Sets are refused, even inside tuples: what a sort makes of a partial
/// order depends on how it sorts. Exceptions: run_error of kind type.
inline std::strong_ordering key_order(value a, value b) {
  while (a.is_tuple() && b.is_tuple()) {
    const std::uint32_t common = (std::min)(a.size(), b.size());
    std::uint32_t i = 0;
    while (i < common && equal(element(a, i), element(b, i))) ++i;
    if (i == common) return a.size() <=> b.size();
    a = element(a, i);
    b = element(b, i);
  }
  return integer_of(a) <=> integer_of(b);
}

inline bool sorts_before(machine& m, const keyed_place& a, const keyed_place& b) {
  if (!a.key.is_integer() || !b.key.is_integer()) m.charge(comparison_cost(a.key, b.key));
  const std::strong_ordering order = key_order(a.key, b.key);
  return order != 0 ? order < 0 : a.place < b.place;
}

inline value order(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  const std::uint32_t count = container.size();
  auto* const keyed = m.scratch<keyed_place>(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    keyed[i] = {call(m, a[1], {element(container, i)}), i};
  }
  m.charge(sorting_cost(count, std::uint64_t{2} * count));
  // Places make it stable, and unlike std::stable_sort this takes no memory.
  std::sort(keyed, keyed + count,
            [&](const keyed_place& x, const keyed_place& y) { return sorts_before(m, x, y); });
  value_list sorted(m, count);
  for (std::uint32_t i = 0; i < count; ++i) sorted.add(element(container, keyed[i].place));
  return tuple_of(m, sorted);
}

} // namespace arc::detail

#endif
