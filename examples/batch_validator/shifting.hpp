// SPDX-License-Identifier: MIT
//
// Moving patches. Packed places all move by one constant, which keeps their order, as long as none
// leaves the range that can be packed; only then, and for tuples, is a patch unpacked and sorted.
#ifndef ORDERLY_EXAMPLES_ARC_SHIFTING_HPP
#define ORDERLY_EXAMPLES_ARC_SHIFTING_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "patch_bounds.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_builder.hpp"

#include <cstdint> // packed places

namespace arc {

namespace detail {

/// Null if a place leaves the range. Unsigned arithmetic: what wraps around is outside, too.
template <class Places>
const std::uint64_t* shifted_packed(machine& m, const value& set, const location& direction) {
  const auto rows = static_cast<std::uint64_t>(direction.row);
  const auto columns = static_cast<std::uint64_t>(direction.column);
  const std::uint64_t step = (rows << Places::bits) + columns;
  const std::uint64_t* const from = set.packed_set();
  auto* const to = m.take<std::uint64_t>(set.size());
  std::uint64_t outside = 0;
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    outside |= (Places::row(from[i]) + rows) | (Places::column(from[i]) + columns);
    to[i] = from[i] + step;
  }
  return outside <= Places::mask ? to : nullptr;
}

inline value shifted_values(machine& m, const value& v, const location& direction) {
  const patch all(m, v);
  if (all.is_empty()) return v;
  return moved_patch(m, all, [&](const location& at) {
    return location{checked_sum(at.row, direction.row), checked_sum(at.column, direction.column)};
  });
}

} // namespace detail

/// A set, but what is empty stays what it is. Exceptions: run_error of kind type if it is no patch;
/// overflow.
inline value shifted(machine& m, const value& patch, const location& direction) {
  const bool is_object = patch.form() == value_form::object;
  if (!is_object && patch.form() != value_form::locations) {
    return detail::shifted_values(m, patch, direction);
  }
  m.charge(patch.size());
  if (direction == location{}) return patch;
  const std::uint64_t* const packed =
      is_object ? detail::shifted_packed<detail::places_of_cells>(m, patch, direction)
                : detail::shifted_packed<detail::places_of_pairs>(m, patch, direction);
  if (packed == nullptr) return detail::shifted_values(m, patch, direction);
  return value::of_packed_set(patch.form(), packed, patch.size());
}

/// Moved so that the first row and column are 0. Exceptions: as above.
inline value normalized(machine& m, const value& patch) {
  if (patch.is_container() && patch.size() == 0) return patch;
  const bounds box = patch_bounds(m, patch);
  return shifted(m, patch, {checked_difference(0, box.top), checked_difference(0, box.left)});
}

} // namespace arc

#endif
