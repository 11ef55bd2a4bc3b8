// SPDX-License-Identifier: MIT
//
// How far patches are from each other, and where their centres lie.
//
// The distance is the smallest |di| + |dj| over all pairs of locations. It takes |p| |q| steps at most
// and is charged as many; most are saved, since no pair is nearer than the bounding boxes are, and a
// location whose distance from the other box is no improvement needs no look at what is in there.
#ifndef ORDERLY_EXAMPLES_ARC_PATCH_DISTANCE_HPP
#define ORDERLY_EXAMPLES_ARC_PATCH_DISTANCE_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_order.hpp"

#include <algorithm> // min, max
#include <cstdint>   // distances
#include <cstdlib>   // abs
#include <limits>    // no distance yet

namespace arc {

namespace detail {

inline bounds box_of(const location& at) { return {at.row, at.column, at.row, at.column}; }

/// Both boxes in one.
inline bounds hull_of(const bounds& a, const bounds& b) {
  return {(std::min)(a.top, b.top), (std::min)(a.left, b.left), (std::max)(a.bottom, b.bottom),
          (std::max)(a.right, b.right)};
}

/// Of the nearest places of two boxes. Precondition: differences fit.
inline std::int64_t gap_of(const bounds& a, const bounds& b) {
  const std::int64_t rows = (std::max)(a.top - b.bottom, b.top - a.bottom);
  const std::int64_t columns = (std::max)(a.left - b.right, b.left - a.right);
  return (std::max)(rows, std::int64_t{0}) + (std::max)(columns, std::int64_t{0});
}

/// All locations, unpacked once.
inline const location* unpacked_locations(machine& m, const patch& p) {
  auto* const all = m.scratch<location>(p.size());
  for (std::uint32_t i = 0; i < p.size(); ++i) all[i] = p.where(i);
  return all;
}

/// Of a location from the nearest in [to, last), or the limit if that is less. Precondition: as above.
inline std::int64_t distance_below(std::int64_t limit, const location& from, const location* to,
                                   const location* last) {
  for (; to != last; ++to) {
    limit = (std::min)(limit, std::abs(from.row - to->row) + std::abs(from.column - to->column));
  }
  return limit;
}

} // namespace detail

/// Exceptions: run_error of kind empty if one of them is, fuel, or overflow.
inline std::int64_t distance_of(machine& m, const patch& p, const patch& q) {
  const bounds p_box = bounds_of(p);
  const bounds q_box = bounds_of(q);
  const bounds hull = detail::hull_of(p_box, q_box);
  checked_sum(hull.height(), hull.width()); // so no difference overflows below
  m.charge(std::uint64_t{p.size()} * q.size());
  const location* const q_all = detail::unpacked_locations(m, q);
  const std::int64_t least = detail::gap_of(p_box, q_box);
  std::int64_t nearest = (std::numeric_limits<std::int64_t>::max)();
  for (std::uint32_t i = 0; i < p.size() && nearest > least; ++i) {
    const location from = p.where(i);
    if (detail::gap_of(detail::box_of(from), q_box) >= nearest) continue;
    nearest = detail::distance_below(nearest, from, q_all, q_all + q.size());
  }
  return nearest;
}

/// The middle of the bounding box, rounded down and to the right. Exceptions: run_error of kind empty.
inline location center_of(const patch& p) {
  const bounds box = bounds_of(p);
  return {checked_sum(box.top, box.height() / 2), checked_sum(box.left, box.width() / 2)};
}

/// What programs call the centre of v, whose patch is p: the height and the width of a tuple are those
/// of a grid, also if it stands for a patch.
inline location center_of(const value& v, const patch& p) {
  if (!v.is_tuple() || p.is_empty()) return center_of(p);
  const bounds box = bounds_of(p);
  const std::int64_t width = element(v, 0).size();
  return {checked_sum(box.top, std::int64_t{v.size()} / 2), checked_sum(box.left, width / 2)};
}

} // namespace arc

#endif
