// SPDX-License-Identifier: MIT
//
// Primitives on containers: tuples and sets of anything.
//
// "Of the same kind" is a tuple for a tuple, a set for a set. Where nothing changes, the result is the
// argument itself, as values never change. A result that is held while functions are called lies in a
// list that is older than the calls.
#ifndef ORDERLY_EXAMPLES_ARC_CONTAINERS_HPP
#define ORDERLY_EXAMPLES_ARC_CONTAINERS_HPP

#include "calls.hpp"
#include "container_search.hpp"
#include "container_sets.hpp"
#include "machine.hpp"
#include "merging.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // min, none_of
#include <array>     // the table
#include <cstdint>   // counts

namespace arc::detail {

// Primitives: membership -------------------------------------------------------------------------

inline value contained(machine& m, const value* a) {
  if (!a[1].is_container()) fail(error_kind::type);
  return value::of_integer(contains(m, a[1], a[0]) ? 1 : 0);
}

inline value combine(machine& m, const value* a) {
  if (a[0].is_set() && a[1].is_set()) return combined_sets(m, a[0], a[1], union_rule);
  return merged_parts(m, a[0].kind(), 2, [&](std::uint32_t i) { return a[i]; });
}

inline value intersection(machine& m, const value* a) {
  if (!a[0].is_set() || !a[1].is_set()) fail(error_kind::type);
  return combined_sets(m, a[0], a[1], intersection_rule);
}

inline value difference(machine& m, const value* a) {
  const value& from = container_of(m, a[0]);
  const value& what = container_of(m, a[1]);
  if (from.is_set() && what.is_set()) return combined_sets(m, from, what, difference_rule);
  return filtered(m, from, [&](const value& e) { return !contains(m, what, e); });
}

inline value dedupe(machine& m, const value* a) {
  if (!a[0].is_tuple()) fail(error_kind::type);
  const value& tuple = container_of(m, a[0]);
  value_list kept(m, tuple.size());
  for (std::uint32_t i = 0; i < tuple.size(); ++i) {
    const value e = element(tuple, i);
    m.charge(kept.size() * value_total(e));
    const auto is_e = [&](const value& earlier) { return equal(earlier, e); };
    if (std::none_of(kept.begin(), kept.end(), is_e)) kept.add(e);
  }
  return kept.size() == tuple.size() ? tuple : tuple_of(m, kept);
}

inline value initset(machine& m, const value* a) { return set_of_one(m, a[0]); }

inline value insert(machine& m, const value* a) {
  if (!a[1].is_set()) fail(error_kind::type);
  return combined_sets(m, a[1], set_of_one(m, a[0]), union_rule);
}

inline value remove(machine& m, const value* a) {
  const value& container = container_of(m, a[1]);
  if (container.is_set()) return combined_sets(m, container, set_of_one(m, a[0]), difference_rule);
  charge_for_search(m, container, a[0]);
  return filtered(m, container, [&](const value& e) { return !equal(e, a[0]); });
}

// Primitives: single elements --------------------------------------------------------------------

inline value size(machine&, const value* a) {
  if (!a[0].is_container()) fail(error_kind::type);
  return value::of_integer(a[0].size());
}

inline const value& filled(const value& v) {
  if (!v.is_container()) fail(error_kind::type);
  if (v.size() == 0) fail(error_kind::no_element);
  return v;
}

inline value first(machine&, const value* a) { return element(filled(a[0]), 0); }
inline value last(machine&, const value* a) { return element(filled(a[0]), a[0].size() - 1); }

inline value other(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  charge_for_search(m, container, a[1]);
  for (std::uint32_t i = 0; i < container.size(); ++i) {
    const value e = element(container, i);
    if (!equal(e, a[1])) return e;
  }
  fail(error_kind::no_element);
}

/// Those behind the first that is found are not looked at: their calls might fail.
inline value extract(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  for (std::uint32_t i = 0; i < container.size(); ++i) {
    const value e = element(container, i);
    if (is_true(call(m, a[1], {e}))) return e;
  }
  fail(error_kind::no_element);
}

// Primitives: whole containers -------------------------------------------------------------------

inline value merge(machine& m, const value* a) { return merged(m, a[0]); }

inline value sfilter(machine& m, const value* a) {
  return filtered(m, container_of(m, a[0]),
                  [&](const value& e) { return is_true(call(m, a[1], {e})); });
}

inline value mfilter(machine& m, const value* a) { return merged(m, sfilter(m, a)); }

inline value totuple(machine& m, const value* a) {
  const value& container = container_of(m, a[0]);
  if (container.is_tuple()) return container;
  value_list all(m, container.size());
  add_elements(all, container);
  return tuple_of(m, all);
}

inline value repeat(machine& m, const value* a) {
  const std::int64_t times = integer_of(a[1]);
  if (times <= 0) return empty_tuple();
  const auto count = static_cast<std::uint64_t>(times);
  m.charge(count);
  value_list all(m, count);
  for (std::uint64_t i = 0; i < count; ++i) all.add(a[0]);
  return tuple_of(m, all);
}

/// Unsigned, in which nothing overflows: a distance may need 64 bits, and steps wrap around to what
/// they should be.
inline value interval(machine& m, const value* a) {
  const std::int64_t from = integer_of(a[0]);
  const std::int64_t to = integer_of(a[1]);
  const std::int64_t step = integer_of(a[2]);
  if (step == 0) fail(error_kind::zero_step);
  if (step > 0 ? from >= to : from <= to) return empty_tuple();
  const auto begin = static_cast<std::uint64_t>(from);
  const auto end = static_cast<std::uint64_t>(to);
  const auto stride = static_cast<std::uint64_t>(step);
  const std::uint64_t count =
      1 + (step > 0 ? (end - begin - 1) / stride : (begin - end - 1) / (0 - stride));
  m.charge(count);
  value_list all(m, count);
  for (std::uint64_t i = 0; i < count; ++i) {
    all.add(value::of_integer(static_cast<std::int64_t>(begin + i * stride)));
  }
  return tuple_of(m, all);
}

inline bool are_coordinates(const value& container) {
  for (std::uint32_t i = 0; i < container.size(); ++i) {
    const value e = element(container, i);
    if (!e.is_integer() || !is_packable(location{e.integer(), 0})) return false;
  }
  return true;
}

inline value product(machine& m, const value* a) {
  const value& xs = container_of(m, a[0]);
  const value& ys = container_of(m, a[1]);
  const std::uint64_t count = std::uint64_t{xs.size()} * ys.size();
  const auto for_all = [&](auto use) {
    for (std::uint32_t i = 0; i < xs.size(); ++i) {
      for (std::uint32_t j = 0; j < ys.size(); ++j) use(element(xs, i), element(ys, j));
    }
  };
  m.charge(count);
  if (are_coordinates(xs) && are_coordinates(ys)) {
    packed_list all(m, count);
    for_all([&](const value& x, const value& y) {
      all.add(pack(location{x.integer(), y.integer()}));
    });
    return set_of(m, value_form::locations, all);
  }
  value_list all(m, count);
  for_all([&](const value& x, const value& y) { all.add(tuple_of(m, x, y)); });
  return set_of(m, all);
}

inline value pair(machine& m, const value* a) {
  const value& xs = container_of(m, a[0]);
  const value& ys = container_of(m, a[1]);
  const std::uint32_t count = (std::min)(xs.size(), ys.size());
  m.charge(count);
  value_list all(m, count);
  for (std::uint32_t i = 0; i < count; ++i) all.add(tuple_of(m, element(xs, i), element(ys, i)));
  return tuple_of(m, all);
}

} // namespace arc::detail

namespace arc {

inline constexpr std::array<primitive, 30> container_primitives{{
    {"contained", 2, &detail::contained},
    {"combine", 2, &detail::combine},
    {"intersection", 2, &detail::intersection},
    {"difference", 2, &detail::difference},
    {"dedupe", 1, &detail::dedupe},
    {"order", 2, &detail::order},
    {"repeat", 2, &detail::repeat},
    {"size", 1, &detail::size},
    {"merge", 1, &detail::merge},
    {"maximum", 1, &detail::extreme_element<detail::extreme::largest>},
    {"minimum", 1, &detail::extreme_element<detail::extreme::smallest>},
    {"valmax", 2, &detail::extreme_key<detail::extreme::largest>},
    {"valmin", 2, &detail::extreme_key<detail::extreme::smallest>},
    {"argmax", 2, &detail::extreme_by_key<detail::extreme::largest>},
    {"argmin", 2, &detail::extreme_by_key<detail::extreme::smallest>},
    {"mostcommon", 1, &detail::extreme_count<detail::extreme::largest>},
    {"leastcommon", 1, &detail::extreme_count<detail::extreme::smallest>},
    {"initset", 1, &detail::initset},
    {"sfilter", 2, &detail::sfilter},
    {"mfilter", 2, &detail::mfilter},
    {"extract", 2, &detail::extract},
    {"totuple", 1, &detail::totuple},
    {"first", 1, &detail::first},
    {"last", 1, &detail::last},
    {"insert", 2, &detail::insert},
    {"remove", 2, &detail::remove},
    {"other", 2, &detail::other},
    {"interval", 3, &detail::interval},
    {"product", 2, &detail::product},
    {"pair", 2, &detail::pair},
}};

} // namespace arc

#endif
