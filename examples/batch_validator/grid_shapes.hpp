// SPDX-License-Identifier: MIT
//
// Joining, scaling and cutting grids: primitives 133 to 147 of the language but for crop, which is
// 85, and the table of all from 126 on (grid_turning.hpp has the first).
//
// What takes rows as they are (vconcat, vupscale, tophalf, bottomhalf) does not look into them: any
// tuple will do. The others take tuples of tuples. Rows of one grid may differ in width: where
// columns are counted, hsplit, vsplit and downscale count those of the first row, and so refuse a
// grid without one; lefthalf and righthalf count those of the shortest, and of less than two columns
// nothing is left, not even empty rows.
#ifndef ORDERLY_EXAMPLES_ARC_GRID_SHAPES_HPP
#define ORDERLY_EXAMPLES_ARC_GRID_SHAPES_HPP

#include "cropping.hpp"
#include "grid_turning.hpp"
#include "machine.hpp"
#include "patch.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm>   // copy_n, min
#include <array>       // the table
#include <cstddef>     // size_t
#include <cstdint>     // sizes
#include <type_traits> // bytes or values

namespace arc {

namespace detail {

inline const value& tuple_in(const value& v) {
  if (!v.is_tuple()) fail(error_kind::type);
  return v;
}

// Joining ----------------------------------------------------------------------------------------

template <class Grid>
value side_by_side(machine& m, const Grid& left, const Grid& right) {
  return make_rows(
      m, (std::min)(left.height, right.height),
      [&](std::uint32_t i) { return std::uint64_t{left.width_of(i)} + right.width_of(i); },
      [&](std::uint32_t i, std::uint32_t j) {
        const std::uint32_t border = left.width_of(i);
        return j < border ? left(i, j) : right(i, j - border);
      });
}

inline value hconcat(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& left) {
    return with_grid(m, a[1], [&](const auto& right) {
      if constexpr (std::is_same_v<decltype(left), decltype(right)>) {
        return side_by_side(m, left, right);
      } else {
        return side_by_side(m, loose_grid{a[0], left.height}, loose_grid{a[1], right.height});
      }
    });
  });
}

inline value vconcat(machine& m, const value* a) {
  const value& top = tuple_in(a[0]);
  const value& bottom = tuple_in(a[1]);
  m.charge(std::uint64_t{top.size()} + bottom.size());
  if (top.size() == 0) return bottom;
  if (bottom.size() == 0) return top;
  const bool are_bytes = top.form() == value_form::grid && bottom.form() == value_form::grid;
  if (are_bytes && top.width() == bottom.width()) {
    const std::uint64_t above = std::uint64_t{top.height()} * top.width();
    const std::uint64_t below = std::uint64_t{bottom.height()} * bottom.width();
    auto* const colours = m.take<colour_byte>(above + below);
    std::copy_n(bottom.colours(), below, std::copy_n(top.colours(), above, colours));
    return grid_of(m, colours, top.height() + bottom.height(), top.width());
  }
  value_list rows(m, std::uint64_t{top.size()} + bottom.size());
  for (std::uint32_t i = 0; i < top.size(); ++i) rows.add(element(top, i));
  for (std::uint32_t i = 0; i < bottom.size(); ++i) rows.add(element(bottom, i));
  return tuple_of(m, rows);
}

// Scaling ----------------------------------------------------------------------------------------

/// How many there are when each comes as often as the factor says: never, if it is negative.
/// Exceptions: run_error of kind cells.
inline std::uint64_t multiplied(const machine& m, std::uint64_t count, std::int64_t factor) {
  if (count == 0 || factor <= 0) return 0;
  const auto times = static_cast<std::uint64_t>(factor);
  if (times > m.limits().cells / count) fail(error_kind::cells);
  return count * times;
}

inline value repeated_columns(machine& m, const value& grid, std::int64_t factor) {
  return with_grid(m, grid, [&](const auto& g) {
    // It fits where it is used: where there is a column.
    const auto times = static_cast<std::uint32_t>(factor);
    return make_rows(
        m, g.height, [&](std::uint32_t i) { return multiplied(m, g.width_of(i), factor); },
        [&](std::uint32_t i, std::uint32_t j) { return g(i, j / times); });
  });
}

inline value repeated_rows(machine& m, const value& rows, std::int64_t factor) {
  const std::uint64_t height = multiplied(m, tuple_in(rows).size(), factor);
  m.charge(height);
  if (height == 0) return empty_tuple();
  if (rows.form() == value_form::grid) {
    auto* const colours = m.take<colour_byte>(height * rows.width());
    colour_byte* to = colours;
    for (std::uint32_t i = 0; i < rows.height(); ++i) {
      const colour_byte* const row = rows.colours() + std::size_t{i} * rows.width();
      for (std::int64_t n = 0; n < factor; ++n) to = std::copy_n(row, rows.width(), to);
    }
    return grid_of(m, colours, static_cast<std::uint32_t>(height), rows.width());
  }
  value_list list(m, height);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    for (std::int64_t n = 0; n < factor; ++n) list.add(element(rows, i));
  }
  return tuple_of(m, list);
}

inline value hupscale(machine& m, const value* a) {
  return repeated_columns(m, a[0], integer_of(a[1]));
}

inline value vupscale(machine& m, const value* a) {
  return repeated_rows(m, a[0], integer_of(a[1]));
}

/// A block of cells for each. The first of the block for the upper left corner is that corner.
inline value upscaled_object(machine& m, const patch& object, std::int64_t factor) {
  if (!object.is_object()) fail(error_kind::type);
  if (factor <= 0) return empty_set();
  const std::uint64_t count = multiplied(m, multiplied(m, object.size(), factor), factor);
  m.charge(count);
  cell_list cells(m, count);
  const bounds box = bounds_of(object);
  const auto scaled = [&](std::int64_t from, std::int64_t at) {
    return checked_sum(from, checked_product(checked_difference(at, from), factor));
  };
  for (std::uint32_t i = 0; i < object.size(); ++i) {
    const value colour = object.colour(i);
    const location at = object.where(i);
    const location corner{scaled(box.top, at.row), scaled(box.left, at.column)};
    for (std::int64_t n = 0; n < factor; ++n) {
      for (std::int64_t k = 0; k < factor; ++k) {
        cells.add(colour, {checked_sum(corner.row, n), checked_sum(corner.column, k)});
      }
    }
  }
  return cells.set();
}

inline value upscale(machine& m, const value* a) {
  if (!a[0].is_set()) {
    const std::int64_t factor = integer_of(a[1]);
    return repeated_rows(m, repeated_columns(m, a[0], factor), factor);
  }
  const patch object(m, a[0]);
  return object.is_empty() ? a[0] : upscaled_object(m, object, integer_of(a[1]));
}

/// The distance of rows and columns that stay. Beyond the largest grid, all distances are alike.
inline std::uint32_t step_of(const value& factor) {
  const std::int64_t k = integer_of(factor);
  if (k == 0) fail(error_kind::zero_division);
  const auto size = static_cast<std::uint64_t>(k);
  const std::uint64_t magnitude = k < 0 ? 0 - size : size;
  return static_cast<std::uint32_t>((std::min)(magnitude, std::uint64_t{value::most_elements}));
}

inline value downscale(machine& m, const value* a) {
  return with_grid(m, a[0], [&](const auto& g) {
    if (g.height == 0) fail(error_kind::index);
    const std::uint32_t step = step_of(a[1]);
    const std::uint32_t columns = (g.width_of(0) + step - 1) / step;
    // Rows that go are looked at too.
    if (columns != 0 && shortest_width(g) <= (columns - 1) * step) fail(error_kind::index);
    return make_grid(m, (g.height + step - 1) / step, columns,
                     [&](std::uint32_t i, std::uint32_t j) { return g(i * step, j * step); });
  });
}

// Cutting ----------------------------------------------------------------------------------------

inline value subgrid(machine& m, const value* a) {
  const patch p(m, a[0]);
  if (p.is_empty()) fail(error_kind::index);
  const bounds box = bounds_of(p);
  return cropped(m, a[1], {box.top, box.left}, {box.height(), box.width()});
}

/// A grid that has a first row, and may differ from it in the others.
inline location rows_and_columns(const value& grid) {
  if (tuple_in(grid).size() == 0) fail(error_kind::index);
  return {grid.size(), tuple_in(element(grid, 0)).size()};
}

/// Parts of one size, each a step further than the one before it.
inline value split_grid(machine& m, const value& grid, std::int64_t parts, const location& step,
                        const location& size) {
  if (parts <= 0) return empty_tuple();
  m.charge(std::uint64_t{4} * static_cast<std::uint64_t>(parts));
  value_list list(m, static_cast<std::uint64_t>(parts));
  for (std::int64_t n = 0; n < parts; ++n) {
    list.add(cropped(m, grid, {n * step.row, n * step.column}, size));
  }
  return tuple_of(m, list);
}

/// How far a part is from the next: one more than it is long if they do not fill the whole.
inline std::int64_t step_between(std::int64_t whole, std::int64_t parts) {
  return floor_quotient(whole, parts) + (floor_remainder(whole, parts) != 0 ? 1 : 0);
}

inline value hsplit(machine& m, const value* a) {
  const location all = rows_and_columns(a[0]);
  const std::int64_t parts = integer_of(a[1]);
  const std::int64_t width = floor_quotient(all.column, parts);
  return split_grid(m, a[0], parts, {0, step_between(all.column, parts)}, {all.row, width});
}

inline value vsplit(machine& m, const value* a) {
  const location all = rows_and_columns(a[0]);
  const std::int64_t parts = integer_of(a[1]);
  const std::int64_t height = floor_quotient(all.row, parts);
  return split_grid(m, a[0], parts, {step_between(all.row, parts), 0}, {height, all.column});
}

/// Rows of a grid are not copied: they lie one after the other.
inline value rows_from(machine& m, const value& rows, std::uint32_t first, std::uint32_t count) {
  m.charge(count);
  if (count == 0) return empty_tuple();
  if (rows.form() == value_form::grid) {
    return value::of_grid(rows.colours() + std::size_t{first} * rows.width(), count, rows.width());
  }
  value_list list(m, count);
  for (std::uint32_t i = 0; i < count; ++i) list.add(element(rows, first + i));
  return tuple_of(m, list);
}

inline value tophalf(machine& m, const value* a) {
  return rows_from(m, a[0], 0, tuple_in(a[0]).size() / 2);
}

inline value bottomhalf(machine& m, const value* a) {
  const std::uint32_t half = tuple_in(a[0]).size() / 2;
  return rows_from(m, a[0], a[0].size() - half, half);
}

/// Half of the columns, the last ones or the first.
inline value half_of_columns(machine& m, const value& grid, bool last) {
  return with_grid(m, grid, [&](const auto& g) {
    const std::uint32_t columns = shortest_width(g);
    const std::uint32_t half = columns / 2;
    const std::uint32_t first = last ? columns - half : 0;
    return make_grid(m, half == 0 ? 0 : g.height, half,
                     [&](std::uint32_t i, std::uint32_t j) { return g(i, first + j); });
  });
}

inline value lefthalf(machine& m, const value* a) { return half_of_columns(m, a[0], false); }

inline value righthalf(machine& m, const value* a) { return half_of_columns(m, a[0], true); }

inline value trim(machine& m, const value* a) {
  const auto inner = [](std::uint32_t size) { return size < 2 ? 0 : size - 2; };
  return with_grid(m, a[0], [&](const auto& g) {
    return make_rows(
        m, inner(g.height), [&](std::uint32_t i) { return inner(g.width_of(i + 1)); },
        [&](std::uint32_t i, std::uint32_t j) { return g(i + 1, j + 1); });
  });
}

} // namespace detail

inline constexpr std::array<primitive, 21> grid_shape_primitives{{
    {"rot90", 1, &detail::rot90},         {"rot180", 1, &detail::rot180},
    {"rot270", 1, &detail::rot270},       {"hmirror", 1, &detail::hmirror},
    {"vmirror", 1, &detail::vmirror},     {"dmirror", 1, &detail::dmirror},
    {"cmirror", 1, &detail::cmirror},     {"hconcat", 2, &detail::hconcat},
    {"vconcat", 2, &detail::vconcat},     {"hupscale", 2, &detail::hupscale},
    {"vupscale", 2, &detail::vupscale},   {"upscale", 2, &detail::upscale},
    {"downscale", 2, &detail::downscale}, {"subgrid", 2, &detail::subgrid},
    {"hsplit", 2, &detail::hsplit},       {"vsplit", 2, &detail::vsplit},
    {"tophalf", 1, &detail::tophalf},     {"bottomhalf", 1, &detail::bottomhalf},
    {"lefthalf", 1, &detail::lefthalf},   {"righthalf", 1, &detail::righthalf},
    {"trim", 1, &detail::trim},
}};

} // namespace arc

#endif
