// SPDX-License-Identifier: MIT
//
// Part of a grid, cut out as slices of sequences are: bounds below 0 count from the end, what still
// leaves the grid is cut off, and a stop before the start gives nothing. So columns outside give
// rows of width 0, and rows outside the empty tuple.
#ifndef ORDERLY_EXAMPLES_ARC_CROPPING_HPP
#define ORDERLY_EXAMPLES_ARC_CROPPING_HPP

#include "machine.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // copy_n, clamp, max
#include <cstddef>   // size_t
#include <cstdint>   // bounds

namespace arc {

namespace detail {

struct slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Places from start to before stop of a sequence of this length.
constexpr slice slice_of(std::int64_t start, std::int64_t stop, std::uint32_t length) {
  const auto place = [n = std::int64_t{length}](std::int64_t at) {
    return std::clamp(at < 0 ? at + n : at, std::int64_t{0}, n);
  };
  const std::int64_t first = place(start);
  const std::int64_t last = place(stop);
  return {static_cast<std::uint32_t>(first),
          static_cast<std::uint32_t>((std::max)(last - first, std::int64_t{0}))};
}

inline value cropped_bytes(machine& m, const value& grid, const slice& rows, const slice& columns) {
  const std::size_t width = grid.width();
  const colour_byte* from = grid.colours() + rows.first * width + columns.first;
  const std::uint64_t count = std::uint64_t{rows.count} * columns.count;
  if (columns.count == width && rows.count != 0) { // rows lie together already
    m.charge(count);
    return value::of_grid(from, rows.count, columns.count);
  }
  auto* const to = m.take<colour_byte>(count);
  for (std::uint32_t i = 0; i < rows.count; ++i, from += width) {
    std::copy_n(from, columns.count, to + std::size_t{i} * columns.count);
  }
  return grid_of(m, to, rows.count, columns.count);
}

} // namespace detail

/// Rows and columns from the start on, as many as the size says. Exceptions: run_error of kind type
/// unless it is a tuple of tuples; overflow.
inline value cropped(machine& m, const value& grid, const location& start, const location& size) {
  const location stop{checked_sum(start.row, size.row), checked_sum(start.column, size.column)};
  const auto columns_of = [&](std::uint32_t width) {
    return detail::slice_of(start.column, stop.column, width);
  };
  if (grid.form() == value_form::grid) {
    const detail::slice rows = detail::slice_of(start.row, stop.row, grid.height());
    return detail::cropped_bytes(m, grid, rows, columns_of(grid.width()));
  }
  const loose_grid from = loose_grid_of(m, grid);
  const detail::slice rows = detail::slice_of(start.row, stop.row, from.height);
  value_list all(m, rows.count);
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const detail::slice columns = columns_of(from.width_of(i));
    value_list row(m, columns.count);
    for (std::uint32_t j = 0; j < columns.count; ++j) row.add(from(i, columns.first + j));
    all.add(tuple_of(m, row));
  }
  return tuple_of(m, all);
}

} // namespace arc

#endif
