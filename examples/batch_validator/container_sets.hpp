// SPDX-License-Identifier: MIT
//
// Membership, and what is kept of one container or of two sets.
//
// Sets lie in ascending canonical order: a member is found by bisection, two sets are merged in one
// pass, and what is kept of a set needs no sort. Where all is kept, the result is the argument itself.
#ifndef ORDERLY_EXAMPLES_ARC_CONTAINER_SETS_HPP
#define ORDERLY_EXAMPLES_ARC_CONTAINER_SETS_HPP

#include "container_search.hpp"
#include "machine.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // binary_search, min
#include <compare>   // compare_three_way
#include <cstdint>   // counts

namespace arc::detail {

// Members ----------------------------------------------------------------------------------------

inline bool is_packed_set(const value& v) {
  return v.form() == value_form::locations || v.form() == value_form::object;
}

/// Distinct values in ascending canonical order.
inline value ascending_set_of(machine& m, value_list& parts) {
  if (parts.size() == 0) return empty_set();
  const value_form first = parts[0].form();
  const bool may_pack = first == value_form::pair || first == value_form::cell;
  return may_pack ? set_of(m, parts) : stored(m, value_form::members, parts);
}

inline value set_of_one(machine& m, const value& v) {
  value_list parts(m, 1);
  parts.add(v);
  return set_of(m, parts);
}

/// Charges for comparing each element with v.
inline void charge_for_search(machine& m, const value& container, const value& v) {
  m.charge((std::min)(container.size() * value_total(v), value_total(container)));
}

inline bool tuple_contains(machine& m, const value& tuple, const value& v) {
  charge_for_search(m, tuple, v);
  for (std::uint32_t i = 0; i < tuple.size(); ++i) {
    if (equal(element(tuple, i), v)) return true;
  }
  return false;
}

inline bool set_contains(machine& m, const value& set, const value& v) {
  m.charge(sorting_cost(set.size(), value_total(v)));
  if (set.form() == value_form::members) {
    return std::binary_search(set.elements(), set.elements() + set.size(), v,
                              [](const value& x, const value& y) { return compare(x, y) < 0; });
  }
  const bool of_pairs = set.form() == value_form::locations;
  if (v.form() != (of_pairs ? value_form::pair : value_form::cell)) return false;
  return std::binary_search(set.packed_set(), set.packed_set() + set.size(), v.packed());
}

inline bool contains(machine& m, const value& container, const value& v) {
  return container.is_set() ? set_contains(m, container, v) : tuple_contains(m, container, v);
}

/// Those elements for which keep(element) holds, in a container of the same kind. What keep makes may
/// be given up; the list is older.
template <class Keep>
value filtered(machine& m, const value& container, const Keep& keep) {
  if (is_packed_set(container)) {
    packed_list kept(m, container.size());
    for (std::uint32_t i = 0; i < container.size(); ++i) {
      if (keep(element(container, i))) kept.add(container.packed_set()[i]);
    }
    return kept.size() == container.size() ? container : set_of(m, container.form(), kept);
  }
  value_list kept(m, container.size());
  for (std::uint32_t i = 0; i < container.size(); ++i) {
    const value e = element(container, i);
    if (keep(e)) kept.add(e);
  }
  if (kept.size() == container.size()) return container;
  return container.is_tuple() ? tuple_of(m, kept) : ascending_set_of(m, kept);
}

// Two sets ---------------------------------------------------------------------------------------

/// What is kept: of that which only the first set has, which both have, which only the second has.
struct set_rule {
  bool first;
  bool both;
  bool second;
};
inline constexpr set_rule union_rule{true, true, true};
inline constexpr set_rule intersection_rule{false, true, false};
inline constexpr set_rule difference_rule{true, false, false};

template <class T, class Order, class List>
void merge_ascending(const T* a, const T* a_end, const T* b, const T* b_end, const set_rule& keep,
                     const Order& order, List& to) {
  while (a != a_end && b != b_end) {
    const std::strong_ordering which = order(*a, *b);
    if (which == 0 ? keep.both : which < 0 && keep.first) to.add(*a);
    if (which > 0 && keep.second) to.add(*b);
    a += which <= 0 ? 1 : 0;
    b += which >= 0 ? 1 : 0;
  }
  for (; keep.first && a != a_end; ++a) to.add(*a);
  for (; keep.second && b != b_end; ++b) to.add(*b);
}

/// Members of any set in an array.
inline const value* members_of(machine& m, const value& set) {
  if (set.form() == value_form::members) return set.elements();
  value_list all(m, set.size());
  add_elements(all, set);
  return all.begin();
}

/// Precondition: sets. Each rule's result has the size of the first set only where it is that set.
inline value combined_sets(machine& m, const value& a, const value& b, const set_rule& keep) {
  if (a.size() == 0) return keep.second ? b : a;
  if (b.size() == 0) return keep.first ? a : b;
  const std::uint64_t most = std::uint64_t{a.size()} + b.size();
  if (is_packed_set(a) && a.form() == b.form()) {
    m.charge(most);
    packed_list all(m, most);
    merge_ascending(a.packed_set(), a.packed_set() + a.size(), b.packed_set(),
                    b.packed_set() + b.size(), keep, std::compare_three_way(), all);
    return all.size() == a.size() ? a : set_of(m, a.form(), all);
  }
  m.charge(value_total(a) + value_total(b));
  const value* const first = members_of(m, a);
  const value* const second = members_of(m, b);
  value_list all(m, most);
  merge_ascending(first, first + a.size(), second, second + b.size(), keep, compare, all);
  return all.size() == a.size() ? a : ascending_set_of(m, all);
}

} // namespace arc::detail

#endif
