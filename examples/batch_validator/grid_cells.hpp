// SPDX-License-Identifier: MIT
//
// Sets of cells of a grid, whatever its form; and how wide a grid is that may be ragged: row 0 says it.
// A location that lies inside by that measure but behind the end of a shorter row is an error of kind
// index.
#ifndef ORDERLY_EXAMPLES_ARC_GRID_CELLS_HPP
#define ORDERLY_EXAMPLES_ARC_GRID_CELLS_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <cstdint> // sizes

namespace arc::detail {

/// Constant time. Exceptions: run_error of kind type, or index if there is no row.
inline std::uint32_t width_of_grid(const value& grid) {
  if (grid.form() == value_form::grid) return grid.width();
  if (!grid.is_tuple()) fail(error_kind::type);
  if (grid.size() == 0) fail(error_kind::index);
  const value row = element(grid, 0);
  if (!row.is_tuple()) fail(error_kind::type);
  return row.size();
}

constexpr bool is_inside_grid(const location& at, std::int64_t height, std::int64_t width) {
  return at.row >= 0 && at.row < height && at.column >= 0 && at.column < width;
}

inline bool are_equal_colours(colour_byte a, colour_byte b) { return a == b; }
inline bool are_equal_colours(const value& a, const value& b) { return equal(a, b); }

/// Cells of a grid, in any order. The grid must outlive this object.
template <class Grid>
class object_builder;
template <class Grid>
object_builder(machine&, const Grid&, std::uint64_t) -> object_builder<Grid>;

template <>
class object_builder<byte_grid> {
 public:
  object_builder(machine& m, const byte_grid& grid, std::uint64_t most)
      : grid_(grid), cells_(m, most) {}
  void add(std::uint32_t i, std::uint32_t j) { cells_.add(value::of_integer(grid_(i, j)), {i, j}); }
  value set() { return cells_.set(); }

 private:
  const byte_grid& grid_;
  cell_list cells_;
};

template <>
class object_builder<loose_grid> {
 public:
  object_builder(machine& m, const loose_grid& grid, std::uint64_t most)
      : m_(m), grid_(grid), cells_(m, most) {}
  void add(std::uint32_t i, std::uint32_t j) {
    if (j >= grid_.width_of(i)) fail(error_kind::index);
    cells_.add(tuple_of(m_, grid_(i, j), value::of_pair({i, j})));
  }
  value set() { return set_of(m_, cells_); }

 private:
  machine& m_;
  const loose_grid& grid_;
  value_list cells_;
};

} // namespace arc::detail

#endif
