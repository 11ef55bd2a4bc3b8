// SPDX-License-Identifier: MIT
//
// Pouring containers into one.
//
//   arc::detail::merged(m, container)      // of containers: all inner elements, in a container of the
//                                          // outer kind
//
// Nearly all that programs merge is sets of objects or of locations, and tuples of grids: these are
// joined as bytes, without a value for each element.
#ifndef ORDERLY_EXAMPLES_ARC_MERGING_HPP
#define ORDERLY_EXAMPLES_ARC_MERGING_HPP

#include "machine.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // copy_n
#include <cstddef>   // size_t
#include <cstdint>   // sizes

namespace arc::detail {

/// A tuple or a set, as kind says.
inline value collected(machine& m, value_kind kind, value_list& parts) {
  return kind == value_kind::set ? set_of(m, parts) : tuple_of(m, parts);
}

/// What is known of the inner containers before their elements are touched.
struct inner_containers {
  std::uint64_t elements = 0;
  value first{};     ///< the first that is not empty
  bool alike = true; ///< those that are not empty have one form; grids one width too

  void add(const value& inner) {
    if (inner.size() == 0) return;
    if (elements == 0) first = inner;
    alike = alike && inner.form() == first.form() &&
            (inner.form() != value_form::grid || inner.width() == first.width());
    elements += inner.size();
  }
};

/// Precondition, as of the next: those of the parts that are not empty are alike.
template <class Part>
value merged_sets(machine& m, const inner_containers& all, std::uint32_t count, const Part& part) {
  packed_list packed(m, all.elements);
  for (std::uint32_t i = 0; i < count; ++i) {
    const value inner = part(i);
    for (std::uint32_t j = 0; j < inner.size(); ++j) packed.add(inner.packed_set()[j]);
  }
  return set_of(m, all.first.form(), packed);
}

template <class Part>
value merged_grids(machine& m, const inner_containers& all, std::uint32_t count, const Part& part) {
  const std::uint32_t width = all.first.width();
  auto* const colours = m.take<colour_byte>(all.elements * width);
  colour_byte* to = colours;
  for (std::uint32_t i = 0; i < count; ++i) {
    const value inner = part(i);
    if (inner.size() == 0) continue;
    to = std::copy_n(inner.colours(), std::size_t{inner.height()} * width, to);
  }
  return grid_of(m, colours, static_cast<std::uint32_t>(all.elements), width);
}

/// All elements of the containers part(0), part(1), ... in one of the kind given. Exceptions:
/// run_error of kind type, fuel or cells.
template <class Part>
value merged_parts(machine& m, value_kind outer, std::uint32_t count, const Part& part) {
  inner_containers all;
  for (std::uint32_t i = 0; i < count; ++i) all.add(container_of(m, part(i)));
  if (all.elements == 0) return outer == value_kind::set ? empty_set() : empty_tuple();
  const value_form form = all.alike ? all.first.form() : value_form::none;
  if (all.elements == all.first.size() && all.first.kind() == outer) return all.first;
  if (outer == value_kind::set && (form == value_form::locations || form == value_form::object)) {
    return merged_sets(m, all, count, part);
  }
  if (outer == value_kind::tuple && form == value_form::grid) {
    return merged_grids(m, all, count, part);
  }
  value_list elements(m, all.elements);
  for (std::uint32_t i = 0; i < count; ++i) {
    const value inner = part(i);
    for (std::uint32_t j = 0; j < inner.size(); ++j) elements.add(element(inner, j));
  }
  return collected(m, outer, elements);
}

/// Exceptions: run_error of kind type unless this is a container of containers; fuel; cells.
inline value merged(machine& m, const value& container) {
  if (container.form() == value_form::grid) { // its rows lie one after the other
    const std::uint64_t cells = std::uint64_t{container.height()} * container.width();
    m.charge(container.height() + cells);
    return row_of(container.colours(), static_cast<std::uint32_t>(cells));
  }
  container_of(m, container);
  return merged_parts(m, container.kind(), container.size(),
                      [&](std::uint32_t i) { return element(container, i); });
}

} // namespace arc::detail

#endif
