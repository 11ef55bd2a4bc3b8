// SPDX-License-Identifier: MIT
//
// Where an object occurs in a grid, and after how many rows or columns it repeats itself.
#ifndef ORDERLY_EXAMPLES_ARC_PATTERN_SEARCH_HPP
#define ORDERLY_EXAMPLES_ARC_PATTERN_SEARCH_HPP

#include "grid_cells.hpp"
#include "machine.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // all_of, max
#include <compare>   // strong_ordering
#include <cstddef>   // size_t
#include <cstdint>   // integers

namespace arc::detail {

/// The cells of an object, relative to the corner of its bounding box.
struct normal_cells {
  loose_cell* first;
  loose_cell* last;
  std::int64_t height;
  std::int64_t width;

  loose_cell* begin() const { return first; }
  loose_cell* end() const { return last; }
};

/// Nothing has no extent. Exceptions: run_error of kind type if it is no object, or overflow.
inline normal_cells normal_cells_of(machine& m, const patch& p) {
  auto* const cells = m.scratch<loose_cell>(p.size());
  if (p.is_empty()) return {cells, cells, 0, 0};
  if (!p.is_object()) fail(error_kind::type);
  const bounds box = bounds_of(p);
  normal_cells all{cells, cells + p.size(), box.height(), box.width()};
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location at = p.where(i);
    cells[i] = {p.colour(i), {at.row - box.top, at.column - box.left}};
  }
  return all;
}

/// Whether the grid has all cells, their corner at a place. Precondition: they are inside of it there.
class byte_matcher {
 public:
  byte_matcher(machine& m, const byte_grid& g, const normal_cells& o)
      : grid_(g), last_(m.scratch<expected>(static_cast<std::uint64_t>(o.last - o.first))) {
    first_ = last_;
    for (const auto& [colour, where] : o) {
      if (!is_byte(colour)) is_possible_ = false;
      if (!is_possible_) break;
      const auto offset = static_cast<std::size_t>(where.row * g.width + where.column);
      *last_++ = {offset, byte_of(colour)};
    }
  }
  bool operator()(std::uint32_t i, std::uint32_t j) const {
    const colour_byte* const corner = grid_.colours + std::size_t{i} * grid_.width + j;
    return is_possible_ && std::all_of(first_, last_, [&](const expected& cell) {
             return corner[cell.offset] == cell.colour;
           });
  }

 private:
  struct expected {
    std::size_t offset;
    colour_byte colour;
  };

  const byte_grid& grid_;
  expected* last_;
  expected* first_;
  bool is_possible_ = true;
};

class loose_matcher {
 public:
  loose_matcher(const loose_grid& g, const normal_cells& o) : grid_(g), cells_(o) {}
  bool operator()(std::uint32_t i, std::uint32_t j) const {
    return std::all_of(cells_.begin(), cells_.end(), [&](const loose_cell& cell) {
      const auto row = static_cast<std::uint32_t>(i + cell.where.row);
      const auto column = static_cast<std::uint32_t>(j + cell.where.column);
      if (column >= grid_.width_of(row)) fail(error_kind::index);
      return equal(grid_(row, column), cell.colour);
    });
  }

 private:
  const loose_grid& grid_;
  const normal_cells& cells_;
};

inline byte_matcher matcher_in(machine& m, const byte_grid& g, const normal_cells& o) {
  return {m, g, o};
}
inline loose_matcher matcher_in(machine&, const loose_grid& g, const normal_cells& o) {
  return {g, o};
}

/// Places of corners to be looked at: rows and columns from 0.
struct corner_places {
  std::int64_t rows;
  std::int64_t columns;
};

/// Nothing fits everywhere, also below and right of the grid. The height and the width of a tuple are
/// those of a grid, and what they leave no room for is not looked at. The other dialect looks at all
/// places in the grid.
inline corner_places corner_places_of(machine& m, const value& grid, const value& v,
                                      const normal_cells& o) {
  const std::int64_t rows = grid.size();
  const std::int64_t columns = width_of_grid(grid);
  if (o.first == o.last) {
    const std::int64_t beyond = m.dialect() == dialect::arc_dsl ? 1 : 0;
    return {rows + beyond, columns + beyond};
  }
  std::int64_t height = o.height;
  std::int64_t width = o.width;
  if (v.is_tuple() && m.dialect() == dialect::arc_dsl) {
    height = (std::max)(height, std::int64_t{v.size()});
    width = (std::max)(width, std::int64_t{element(v, 0).size()});
  }
  const auto room = [](std::int64_t all, std::int64_t used) {
    return used > all ? 0 : all - used + 1;
  };
  return {room(rows, height), room(columns, width)};
}

/// Of looking for all cells at one place: a colour that is a large value costs as much.
inline std::uint64_t matching_cost(const byte_grid&, const normal_cells& o) {
  return (std::max)(static_cast<std::uint64_t>(o.last - o.first), std::uint64_t{1});
}
inline std::uint64_t matching_cost(const loose_grid&, const normal_cells& o) {
  std::uint64_t cost = 0;
  for (const loose_cell& cell : o) cost += value_total(cell.colour);
  return (std::max)(cost, std::uint64_t{1});
}

inline value occurrences(machine& m, const value* a) {
  const normal_cells o = normal_cells_of(m, patch(m, a[1]));
  return with_grid(m, a[0], [&](const auto& g) {
    const auto [rows, columns] = corner_places_of(m, a[0], a[1], o);
    if (rows == 0 || columns == 0) return empty_set();
    const auto matches = matcher_in(m, g, o);
    const auto in_row = static_cast<std::uint64_t>(columns);
    location_list found(m, static_cast<std::uint64_t>(rows) * in_row);
    const std::uint64_t cost = in_row * matching_cost(g, o);
    for (std::uint32_t i = 0; i < rows; ++i) {
      m.charge(cost);
      for (std::uint32_t j = 0; j < columns; ++j) {
        if (matches(i, j)) found.add({i, j});
      }
    }
    return found.set();
  });
}

/// Whether each cell, so many lines back, is in the object, unless that is outside of the bounding box.
/// Moved cells stay in order, so one walk along the object finds them all: none passes its own cell.
inline bool recurs_after(std::int64_t lines, const std::uint64_t* cells, std::uint32_t size,
                         std::int64_t location::*line, std::uint64_t line_step) {
  const std::uint64_t* other = cells;
  const std::uint64_t moved = static_cast<std::uint64_t>(lines) * line_step;
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint64_t cell = cells[i];
    if (unpack_cell(cell).where.*line < lines) continue;
    while (*other < cell - moved) ++other;
    if (*other != cell - moved) return false;
  }
  return true;
}

/// The same of cells that are not packed.
inline bool recurs_after(std::int64_t lines, const patch& cells, std::int64_t location::*line) {
  std::uint32_t other = 0;
  const auto order = [&](const value& colour, const location& at) {
    const std::strong_ordering colours = compare(cells.colour(other), colour);
    if (colours != 0) return colours;
    const location there = cells.where(other);
    return there.row != at.row ? there.row <=> at.row : there.column <=> at.column;
  };
  for (std::uint32_t i = 0; i < cells.size(); ++i) {
    const value colour = cells.colour(i);
    location at = cells.where(i);
    if (at.*line < lines) continue;
    at.*line -= lines;
    while (order(colour, at) < 0) ++other;
    if (order(colour, at) != 0) return false;
  }
  return true;
}

/// Of a packed cell, line_step is the difference to that in the next line.
inline value period_of(machine& m, const value& v, std::int64_t normal_cells::*extent,
                       std::int64_t location::*line, std::uint64_t line_step) {
  const normal_cells cells = normal_cells_of(m, patch(m, v));
  cell_list list(m, v.size());
  for (const auto& [colour, where] : cells) list.add(colour, where);
  const value object = list.set();
  const bool is_packed = object.form() == value_form::object;
  const std::uint64_t cost = is_packed ? object.size() : value_total(object);
  const patch loose(m, is_packed ? empty_set() : object);
  std::int64_t lines = 0;
  while (++lines < cells.*extent) {
    m.charge(cost);
    if (is_packed ? recurs_after(lines, object.packed_set(), object.size(), line, line_step)
                  : recurs_after(lines, loose, line)) {
      return value::of_integer(lines);
    }
  }
  return value::of_integer(cells.*extent);
}

inline value hperiod(machine& m, const value* a) {
  constexpr std::uint64_t step = pack(coloured{0, {0, 1}}) - pack(coloured{});
  return period_of(m, a[0], &normal_cells::width, &location::column, step);
}
inline value vperiod(machine& m, const value* a) {
  constexpr std::uint64_t step = pack(coloured{0, {1, 0}}) - pack(coloured{});
  return period_of(m, a[0], &normal_cells::height, &location::row, step);
}

} // namespace arc::detail

#endif
