// SPDX-License-Identifier: MIT
//
// Primitives that make grids and change their cells.
//
// What lies outside of a grid is ignored; negative rows and columns are outside. Row 0 says how wide
// a grid is: to write beyond the end of a shorter row is an error.
//
// A grid of bytes is copied and written into as long as every colour is a byte. All else takes a
// path of its own, whose result may be a grid of bytes again.
#ifndef ORDERLY_EXAMPLES_ARC_GRID_PAINTING_HPP
#define ORDERLY_EXAMPLES_ARC_GRID_PAINTING_HPP

#include "grid_cells.hpp"
#include "machine.hpp"
#include "most_common_colour.hpp"
#include "patch.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "shifting.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // copy_n, max, transform
#include <array>     // the table
#include <cstddef>   // size_t
#include <cstdint>   // sizes

namespace arc {

namespace detail {

/// A tuple of rows as wide as those of g, whose cell (i, j) is cell(i, j).
template <class Cell>
value loose_grid_like(machine& m, const loose_grid& g, const Cell& cell) {
  value_list rows(m, g.height);
  for (std::uint32_t i = 0; i < g.height; ++i) {
    const std::uint32_t width = g.width_of(i);
    value_list row(m, width);
    for (std::uint32_t j = 0; j < width; ++j) row.add(cell(i, j));
    rows.add(tuple_of(m, row));
  }
  return tuple_of(m, rows);
}

// Making a grid ----------------------------------------------------------------------------------

inline value canvas(machine& m, const value* a) {
  const location shape = components_of(a[1]);
  const auto height = static_cast<std::uint64_t>((std::max)(shape.row, std::int64_t{0}));
  const auto width = static_cast<std::uint64_t>((std::max)(shape.column, std::int64_t{0}));
  const value& colour = a[0];
  if (!is_byte(colour)) {
    return make_grid(m, height, width, [&](std::uint32_t, std::uint32_t) { return colour; });
  }
  const colour_byte byte = byte_of(colour);
  return make_grid(m, height, width, [byte](std::uint32_t, std::uint32_t) { return byte; });
}

// Writing into a grid ----------------------------------------------------------------------------

/// The same colour for all of a patch.
struct one_colour {
  value colour;
  bool are_bytes() const { return is_byte(colour); }
  const value& operator()(std::uint32_t) const { return colour; }
};

/// Each cell's own.
struct own_colours {
  const patch& cells;
  bool are_bytes() const {
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
      if (!is_byte(cells.colour(i))) return false;
    }
    return true;
  }
  value operator()(std::uint32_t i) const { return cells.colour(i); }
};

template <class Colours>
value painted_bytes(machine& m, const value& g, const patch& p, const Colours& colours,
                    const value* background) {
  const std::uint64_t size = std::uint64_t{g.height()} * g.width();
  auto* const bytes = m.take<colour_byte>(size);
  std::copy_n(g.colours(), size, bytes);
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location at = p.where(i);
    if (!is_inside_grid(at, g.height(), g.width())) continue;
    colour_byte& cell = bytes[at.row * g.width() + at.column];
    if (background == nullptr || cell == background->integer()) cell = byte_of(colours(i));
  }
  return grid_of(m, bytes, g.height(), g.width());
}

/// Cells that can be written, by row and column.
inline value** cells_of(machine& m, const loose_grid& g) {
  auto** const rows = m.scratch<value*>(g.height);
  for (std::uint32_t i = 0; i < g.height; ++i) {
    const std::uint32_t width = g.width_of(i);
    rows[i] = m.scratch<value>(width);
    for (std::uint32_t j = 0; j < width; ++j) rows[i][j] = g(i, j);
  }
  return rows;
}

template <class Colours>
value painted_values(machine& m, const value& v, const patch& p, const Colours& colours,
                     const value* background) {
  const loose_grid g = loose_grid_of(m, v);
  if (g.height == 0) fail(error_kind::index);
  value** const cells = cells_of(m, g);
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location at = p.where(i);
    if (!is_inside_grid(at, g.height, g.width_of(0))) continue;
    if (at.column >= g.width_of(static_cast<std::uint32_t>(at.row))) fail(error_kind::index);
    value& cell = cells[at.row][at.column];
    if (background != nullptr) {
      m.charge(value_total(*background));
      if (!equal(cell, *background)) continue;
    }
    cell = colours(i);
  }
  return loose_grid_like(m, g, [&](std::uint32_t i, std::uint32_t j) { return cells[i][j]; });
}

/// g with colours(i) at p.where(i), one after the other. If there is a background, only where a
/// cell has that colour when its turn comes.
template <class Colours>
value painted(machine& m, const value& g, const patch& p, const Colours& colours,
              const value* background) {
  if (g.form() == value_form::grid && colours.are_bytes()) {
    return painted_bytes(m, g, p, colours, background);
  }
  return painted_values(m, g, p, colours, background);
}

inline value filled_with(machine& m, const value& g, const value& colour, const value& where,
                         const value* background = nullptr) {
  return painted(m, g, patch(m, where), one_colour{colour}, background);
}

inline value painted_with(machine& m, const value& g, const value& object,
                          const value* background = nullptr) {
  const patch cells(m, object);
  if (!cells.is_empty() && !cells.is_object()) fail(error_kind::type);
  return painted(m, g, cells, own_colours{cells}, background);
}

inline value covered(machine& m, const value& g, const value& where) {
  return filled_with(m, g, most_common_colour(m, g), where);
}

inline value fill(machine& m, const value* a) { return filled_with(m, a[0], a[1], a[2]); }
inline value paint(machine& m, const value* a) { return painted_with(m, a[0], a[1]); }
inline value underfill(machine& m, const value* a) {
  const value background = most_common_colour(m, a[0]);
  return filled_with(m, a[0], a[1], a[2], &background);
}
inline value underpaint(machine& m, const value* a) {
  const value background = most_common_colour(m, a[0]);
  return painted_with(m, a[0], a[1], &background);
}
inline value cover(machine& m, const value* a) { return covered(m, a[0], a[1]); }

inline value move(machine& m, const value* a) {
  const value& object = a[1];
  const value without = covered(m, a[0], object);
  // Nothing is nowhere: the offset is then not looked at, and may be anything.
  if (object.size() == 0) return without;
  return painted_with(m, without, shifted(m, object, pair_at(a[2])));
}

// Exchanging colours -----------------------------------------------------------------------------

/// g where each a becomes b, and then what was b becomes back.
inline value exchanged_bytes(machine& m, const value& g, colour_byte a, colour_byte b,
                             colour_byte back) {
  const std::uint64_t size = std::uint64_t{g.height()} * g.width();
  auto* const bytes = m.take<colour_byte>(size);
  std::transform(g.colours(), g.colours() + size, bytes, [=](colour_byte cell) {
    return cell == a ? b : cell == b ? back : cell;
  });
  return grid_of(m, bytes, g.height(), g.width());
}

inline value exchanged(machine& m, const value& v, const value& a, const value& b,
                       const value& back) {
  if (v.form() == value_form::grid && is_byte(a) && is_byte(b)) {
    return exchanged_bytes(m, v, byte_of(a), byte_of(b), byte_of(back));
  }
  const loose_grid g = loose_grid_of(m, v);
  return loose_grid_like(m, g, [&](std::uint32_t i, std::uint32_t j) {
    const value cell = g(i, j);
    return equal(cell, a) ? b : equal(cell, b) ? back : cell;
  });
}

inline value replace(machine& m, const value* a) { return exchanged(m, a[0], a[1], a[2], a[2]); }
inline value switched(machine& m, const value* a) { return exchanged(m, a[0], a[1], a[2], a[1]); }

// Comparing grids --------------------------------------------------------------------------------

inline value cellwise_values(machine& m, const value& a, const value& b, const value& otherwise) {
  const loose_grid first = loose_grid_of(m, a);
  const loose_grid second = loose_grid_of(m, b);
  if (first.height == 0) fail(error_kind::index);
  return make_grid(m, first.height, first.width_of(0), [&](std::uint32_t i, std::uint32_t j) {
    if (j >= first.width_of(i)) fail(error_kind::index);
    if (i >= second.height || j >= second.width_of(i)) fail(error_kind::index);
    const value cell = first(i, j);
    return equal(cell, second(i, j)) ? cell : otherwise;
  });
}

inline value cellwise(machine& m, const value* a) {
  const value& first = a[0];
  const value& second = a[1];
  if (first.form() != value_form::grid || second.form() != value_form::grid || !is_byte(a[2])) {
    return cellwise_values(m, first, second, a[2]);
  }
  if (second.height() < first.height() || second.width() < first.width()) fail(error_kind::index);
  const byte_grid x{first.colours(), first.height(), first.width()};
  const byte_grid y{second.colours(), second.height(), second.width()};
  const colour_byte otherwise = byte_of(a[2]);
  return make_grid(m, x.height, x.width, [=](std::uint32_t i, std::uint32_t j) {
    const colour_byte cell = x(i, j);
    return cell == y(i, j) ? cell : otherwise;
  });
}

} // namespace detail

/// In the order of the language's description.
inline constexpr std::array<primitive, 10> grid_painting_primitives{{
    {"canvas", 2, &detail::canvas},
    {"fill", 3, &detail::fill},
    {"paint", 2, &detail::paint},
    {"underfill", 3, &detail::underfill},
    {"underpaint", 2, &detail::underpaint},
    {"cover", 2, &detail::cover},
    {"move", 3, &detail::move},
    {"replace", 3, &detail::replace},
    {"switch", 3, &detail::switched},
    {"cellwise", 3, &detail::cellwise},
}};

} // namespace arc

#endif
