// SPDX-License-Identifier: MIT
//
// Primitives that relate pieces to each other, and to the grid around them.
//
// Locations outside of a grid are no error: index is none there, toobject leaves them out, and
// bordering looks whether an extreme of the patch hits an edge, not whether the patch crosses it.
#ifndef ORDERLY_EXAMPLES_ARC_PIECE_RELATIONS_HPP
#define ORDERLY_EXAMPLES_ARC_PIECE_RELATIONS_HPP

#include "grid_cells.hpp"
#include "machine.hpp"
#include "most_common_colour.hpp"
#include "patch.hpp"
#include "patch_distance.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // sort
#include <array>     // the family
#include <bit>       // bit_width
#include <cstdint>   // integers

namespace arc {

namespace detail {

/// The rows, or the columns, of all locations, ascending.
class patch_lines {
 public:
  patch_lines(machine& m, const value& v, std::int64_t location::*line) {
    const patch p(m, v);
    m.charge(std::uint64_t{p.size()} * static_cast<unsigned>(std::bit_width(p.size())));
    first_ = last_ = m.scratch<std::int64_t>(p.size());
    for (std::uint32_t i = 0; i < p.size(); ++i) *last_++ = p.where(i).*line;
    std::sort(first_, last_);
  }
  const std::int64_t* begin() const { return first_; }
  const std::int64_t* end() const { return last_; }

 private:
  std::int64_t* first_;
  std::int64_t* last_;
};

inline value share_line(machine& m, const value* a, std::int64_t location::*line) {
  const patch_lines p(m, a[0], line);
  const patch_lines q(m, a[1], line);
  const std::int64_t* x = p.begin();
  const std::int64_t* y = q.begin();
  while (x != p.end() && y != q.end() && *x != *y) *x < *y ? ++x : ++y;
  return value::of_integer(x != p.end() && y != q.end());
}

inline value hmatching(machine& m, const value* a) { return share_line(m, a, &location::row); }
inline value vmatching(machine& m, const value* a) { return share_line(m, a, &location::column); }

inline std::int64_t distance_between(machine& m, const value* a) {
  const patch p(m, a[0]);
  const patch q(m, a[1]);
  return distance_of(m, p, q);
}

inline value manhattan(machine& m, const value* a) {
  return value::of_integer(distance_between(m, a));
}
inline value adjacent(machine& m, const value* a) {
  return value::of_integer(distance_between(m, a) == 1);
}

inline value bordering(machine& m, const value* a) {
  const bounds box = bounds_of(patch(m, a[0]));
  if (!a[1].is_tuple()) fail(error_kind::type);
  return value::of_integer(box.top == 0 || box.left == 0 ||
                           box.bottom == std::int64_t{a[1].size()} - 1 ||
                           box.right == std::int64_t{width_of_grid(a[1])} - 1);
}

inline value centerofmass(machine& m, const value* a) {
  const patch p(m, a[0]);
  if (p.is_empty()) return empty_tuple();
  location sum{};
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location at = p.where(i);
    sum = {checked_sum(sum.row, at.row), checked_sum(sum.column, at.column)};
  }
  return pair_of(m, floor_quotient(sum.row, p.size()), floor_quotient(sum.column, p.size()));
}

inline location center_of_piece(machine& m, const value& v) { return center_of(v, patch(m, v)); }

inline value center(machine& m, const value* a) {
  const location at = center_of_piece(m, a[0]);
  return pair_of(m, at.row, at.column);
}

/// Straight only if the centres share a line; if they share both, to the left.
inline value position(machine& m, const value* a) {
  const location from = center_of_piece(m, a[0]);
  const location to = center_of_piece(m, a[1]);
  const std::int64_t down = from.row < to.row ? 1 : -1;
  const std::int64_t right = from.column < to.column ? 1 : -1;
  if (from.row == to.row) return value::of_pair({0, right});
  if (from.column == to.column) return value::of_pair({down, 0});
  return value::of_pair({down, right});
}

/// Of the first cell: what an object is, its first element decides.
inline value color(machine&, const value* a) {
  if (!a[0].is_container()) fail(error_kind::type);
  if (a[0].size() == 0) fail(error_kind::no_element);
  return colour_of_cell(element(a[0], 0));
}

/// Takes constant time, so it does not go through with_grid.
inline value index(machine&, const value* a) {
  const std::int64_t width = width_of_grid(a[0]);
  const location at = pair_at(a[1]);
  if (!is_inside_grid(at, a[0].size(), width)) return value();
  const value row = element(a[0], static_cast<std::uint32_t>(at.row));
  if (!row.is_tuple()) fail(error_kind::type);
  if (at.column >= row.size()) fail(error_kind::index); // shorter than row 0
  return element(row, static_cast<std::uint32_t>(at.column));
}

inline value toobject(machine& m, const value* a) {
  const patch p(m, a[0]);
  return with_grid(m, a[1], [&](const auto& g) {
    const std::int64_t width = width_of_grid(a[1]);
    object_builder object(m, g, p.size());
    for (std::uint32_t i = 0; i < p.size(); ++i) {
      const location at = p.where(i);
      if (!is_inside_grid(at, g.height, width)) continue;
      object.add(static_cast<std::uint32_t>(at.row), static_cast<std::uint32_t>(at.column));
    }
    return object.set();
  });
}

} // namespace detail

inline constexpr std::array<primitive, 11> piece_relation_primitives{{
    {"hmatching", 2, &detail::hmatching},
    {"vmatching", 2, &detail::vmatching},
    {"manhattan", 2, &detail::manhattan},
    {"adjacent", 2, &detail::adjacent},
    {"bordering", 2, &detail::bordering},
    {"centerofmass", 1, &detail::centerofmass},
    {"center", 1, &detail::center},
    {"position", 2, &detail::position},
    {"color", 1, &detail::color},
    {"index", 2, &detail::index},
    {"toobject", 2, &detail::toobject},
}};

} // namespace arc

#endif
