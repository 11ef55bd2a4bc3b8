// SPDX-License-Identifier: MIT
//
// Rows and columns of a grid that have one value only: as objects, and the grid without them.
//
// A ragged grid has rows as they are, and as many columns as its shortest row.
#ifndef ORDERLY_EXAMPLES_ARC_UNIFORM_LINES_HPP
#define ORDERLY_EXAMPLES_ARC_UNIFORM_LINES_HPP

#include "grid_cells.hpp"
#include "machine.hpp"
#include "reading.hpp"
#include "value.hpp"
#include "value_builder.hpp"

#include <algorithm> // fill_n, min
#include <cstddef>   // size_t
#include <cstdint>   // integers

namespace arc::detail {

/// Which rows and columns they are. An empty row is none.
template <class Grid>
class uniform_lines {
 public:
  uniform_lines(machine& m, const Grid& g) : rows_(m.scratch<bool>(g.height)) {
    for (std::uint32_t i = 0; i < g.height; ++i) {
      width_ = i == 0 ? g.width_of(0) : (std::min)(width_, g.width_of(i));
    }
    columns_ = m.scratch<bool>(width_);
    std::fill_n(columns_, width_, true);
    for (std::uint32_t i = 0; i < g.height; ++i) look_at_row(g, i);
  }
  std::uint32_t width() const { return width_; }
  bool row(std::uint32_t i) const { return rows_[i]; }
  bool column(std::uint32_t j) const { return j < width_ && columns_[j]; }

 private:
  void look_at_row(const Grid& g, std::uint32_t i) {
    rows_[i] = g.width_of(i) != 0;
    for (std::uint32_t j = 0; j < g.width_of(i); ++j) {
      if (!are_equal_colours(g(i, j), g(i, 0))) rows_[i] = false;
      if (j < width_ && !are_equal_colours(g(i, j), g(0, j))) columns_[j] = false;
    }
  }

  bool* rows_;
  bool* columns_ = nullptr;
  std::uint32_t width_ = 0;
};

inline value frontiers(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& g) {
    const uniform_lines lines(m, g);
    value_list objects(m, std::uint64_t{g.height} + lines.width());
    for (std::uint32_t i = 0; i < g.height; ++i) {
      if (!lines.row(i)) continue;
      object_builder object(m, g, g.width_of(i));
      for (std::uint32_t j = 0; j < g.width_of(i); ++j) object.add(i, j);
      objects.add(object.set());
    }
    for (std::uint32_t j = 0; j < lines.width(); ++j) {
      if (!lines.column(j)) continue;
      object_builder object(m, g, g.height);
      for (std::uint32_t i = 0; i < g.height; ++i) object.add(i, j);
      objects.add(object.set());
    }
    return set_of(m, objects);
  });
}

inline value without_lines(machine& m, const byte_grid& g, const uniform_lines<byte_grid>& lines) {
  auto* const colours = m.take<colour_byte>(std::uint64_t{g.height} * g.width);
  std::size_t size = 0;
  std::uint32_t height = 0;
  for (std::uint32_t i = 0; i < g.height; ++i) {
    if (lines.row(i)) continue;
    ++height;
    for (std::uint32_t j = 0; j < g.width; ++j) {
      if (!lines.column(j)) colours[size++] = g(i, j);
    }
  }
  return grid_of(m, colours, height, height == 0 ? 0 : static_cast<std::uint32_t>(size / height));
}

inline value without_lines(machine& m, const loose_grid& g,
                           const uniform_lines<loose_grid>& lines) {
  m.charge(3 * value_total(g.rows)); // all cells were compared with two others
  value_list rows(m, g.height);
  for (std::uint32_t i = 0; i < g.height; ++i) {
    if (lines.row(i)) continue;
    value_list row(m, g.width_of(i));
    for (std::uint32_t j = 0; j < g.width_of(i); ++j) {
      if (!lines.column(j)) row.add(g(i, j));
    }
    rows.add(tuple_of(m, row));
  }
  return tuple_of(m, rows);
}

inline value compress(machine& m, const value* a) {
  return with_grid(m, a[0],
                   [&](const auto& g) { return without_lines(m, g, uniform_lines(m, g)); });
}

} // namespace arc::detail

#endif
