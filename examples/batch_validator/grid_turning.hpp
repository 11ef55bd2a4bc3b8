// SPDX-License-Identifier: MIT
//
// Rotations and mirrors: primitives 126 to 132 of the language.
//
// Rotations take grids. Mirrors take grids and patches, and the kind of container alone says which: a
// tuple is a grid; a set is a patch, to be mirrored inside its own bounding box.
//
// What makes rows of columns leaves out those that the shortest row has not; cmirror counts columns
// from the right ends of the rows. The others keep each row's width. hmirror does not look into
// rows, so it reverses any tuple.
#ifndef ORDERLY_EXAMPLES_ARC_GRID_TURNING_HPP
#define ORDERLY_EXAMPLES_ARC_GRID_TURNING_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm>   // min
#include <cstdint>     // sizes
#include <type_traits> // bytes or values

namespace arc::detail {

// Grids ------------------------------------------------------------------------------------------

/// Columns that all rows have: 0 if there is no row.
template <class Grid>
std::uint32_t shortest_width(const Grid& g) {
  std::uint32_t shortest = g.height == 0 ? 0 : g.width_of(0);
  for (std::uint32_t i = 1; i < g.height; ++i) shortest = (std::min)(shortest, g.width_of(i));
  return shortest;
}

/// What make_grid makes, but rows have widths of their own. All are as wide as the first where cells
/// are bytes: so are the rows of what they come from.
template <class Width, class Cell>
value make_rows(machine& m, std::uint32_t height, const Width& width, const Cell& cell) {
  if constexpr (std::is_same_v<decltype(cell(0U, 0U)), colour_byte>) {
    return make_grid(m, height, width(0U), cell);
  } else {
    value_list rows(m, height);
    for (std::uint32_t i = 0; i < height; ++i) {
      const std::uint64_t cells = width(i);
      value_list row(m, cells);
      for (std::uint32_t j = 0; j < cells; ++j) row.add(cell(i, j));
      rows.add(tuple_of(m, row));
    }
    return tuple_of(m, rows);
  }
}

/// Clockwise.
inline value rot90(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& g) {
    return make_grid(m, shortest_width(g), g.height,
                     [&](std::uint32_t i, std::uint32_t j) { return g(g.height - 1 - j, i); });
  });
}

inline value rot180(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& g) {
    const auto width = [&](std::uint32_t i) { return g.width_of(g.height - 1 - i); };
    return make_rows(m, g.height, width, [&](std::uint32_t i, std::uint32_t j) {
      return g(g.height - 1 - i, width(i) - 1 - j);
    });
  });
}

/// Anticlockwise.
inline value rot270(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& g) {
    const std::uint32_t columns = shortest_width(g);
    return make_grid(m, columns, g.height,
                     [&](std::uint32_t i, std::uint32_t j) { return g(j, columns - 1 - i); });
  });
}

/// A tuple backwards.
inline value reversed_tuple(machine& m, const value& v) {
  if (v.form() == value_form::grid) {
    return with_grid(m, v, [&](const auto& g) {
      return make_grid(m, g.height, g.width_of(0),
                       [&](std::uint32_t i, std::uint32_t j) { return g(g.height - 1 - i, j); });
    });
  }
  m.charge(v.size());
  value_list parts(m, v.size());
  for (std::uint32_t i = v.size(); i > 0; --i) parts.add(element(v, i - 1));
  return tuple_of(m, parts);
}

// Patches ----------------------------------------------------------------------------------------

/// A number as far from base as the other two are from each other.
inline std::int64_t offset_from(std::int64_t base, std::int64_t from, std::int64_t to) {
  return checked_sum(base, checked_difference(to, from));
}

/// A patch of the same kind, a location at moved(bounding box, location). Exceptions: run_error of
/// kind index, as of the corner of an empty patch; kind type unless it is a patch.
template <class Moved>
value mirrored_patch(machine& m, const value& v, const Moved& moved) {
  const patch p(m, v);
  if (p.is_empty()) fail(error_kind::index);
  const bounds box = bounds_of(p);
  return moved_patch(m, p, [&](const location& at) { return moved(box, at); });
}

// Mirrors ----------------------------------------------------------------------------------------

/// Top and bottom change places.
inline value hmirror(machine& m, const value* a) {
  if (a[0].is_tuple()) return reversed_tuple(m, a[0]);
  return mirrored_patch(m, a[0], [](const bounds& box, const location& at) {
    return location{offset_from(box.top, at.row, box.bottom), at.column};
  });
}

/// Left and right change places.
inline value vmirror(machine& m, const value* a) {
  if (!a[0].is_tuple()) {
    return mirrored_patch(m, a[0], [](const bounds& box, const location& at) {
      return location{at.row, offset_from(box.left, at.column, box.right)};
    });
  }
  return with_grid(m, a[0], [&](const auto& g) {
    const auto width = [&](std::uint32_t i) { return g.width_of(i); };
    return make_rows(m, g.height, width,
                     [&](std::uint32_t i, std::uint32_t j) { return g(i, width(i) - 1 - j); });
  });
}

/// Rows and columns change places.
inline value dmirror(machine& m, const value* a) {
  if (!a[0].is_tuple()) {
    return mirrored_patch(m, a[0], [](const bounds& box, const location& at) {
      return location{offset_from(box.top, box.left, at.column),
                      offset_from(box.left, box.top, at.row)};
    });
  }
  return with_grid(m, a[0], [&](const auto& g) {
    return make_grid(m, shortest_width(g), g.height,
                     [&](std::uint32_t i, std::uint32_t j) { return g(j, i); });
  });
}

/// The same, counted from the lower right corner. Of a patch it is vmirror of dmirror of vmirror, and
/// the upper left corner of the bounding box is what stays.
inline value cmirror(machine& m, const value* a) {
  if (!a[0].is_tuple()) {
    return mirrored_patch(m, a[0], [](const bounds& box, const location& at) {
      return location{offset_from(box.top, at.column, box.right),
                      offset_from(box.left, at.row, box.bottom)};
    });
  }
  return with_grid(m, a[0], [&](const auto& g) {
    return make_grid(m, shortest_width(g), g.height, [&](std::uint32_t i, std::uint32_t j) {
      const std::uint32_t row = g.height - 1 - j;
      return g(row, g.width_of(row) - 1 - i);
    });
  });
}

} // namespace arc::detail

#endif
