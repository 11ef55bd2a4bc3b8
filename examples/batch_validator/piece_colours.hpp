// SPDX-License-Identifier: MIT
//
// Primitives about the colours of grids and objects.
//
// The kind of container alone decides: a tuple is a grid, a set an object. Bytes and packed cells
// have shorter ways than grids and patches of any values, which are rare.
#ifndef ORDERLY_EXAMPLES_ARC_PIECE_COLOURS_HPP
#define ORDERLY_EXAMPLES_ARC_PIECE_COLOURS_HPP

#include "machine.hpp"
#include "most_common_colour.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // count
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <limits>    // the rarest

namespace arc::detail {

// How often colours occur ------------------------------------------------------------------------

inline value mostcolor(machine& m, const value* a) { return most_common_colour(m, a[0]); }

inline value leastcolor(machine& m, const value* a) {
  constexpr auto none = (std::numeric_limits<std::uint64_t>::max)();
  value found;
  std::uint64_t least = none;
  for_each_colour(m, a[0], [&](const value& colour, std::uint64_t count) {
    if (count < least) {
      least = count;
      found = colour;
    }
  });
  if (least == none) fail(error_kind::empty);
  return found;
}

inline value colorcount(machine& m, const value* a) {
  std::uint64_t found = 0;
  for_each_colour(m, a[0], [&](const value& colour, std::uint64_t count) {
    if (equal(colour, a[1])) found = count;
  });
  return value::of_integer(static_cast<std::int64_t>(found));
}

inline std::uint32_t number_of_colours(machine& m, const value& piece) {
  std::uint32_t count = 0;
  for_each_colour(m, piece, [&](const value&, std::uint64_t) { ++count; });
  return count;
}

inline value palette(machine& m, const value* a) {
  const bool are_bytes = a[0].form() == value_form::grid;
  value_list colours(m, are_bytes ? 256 : number_of_colours(m, a[0]));
  for_each_colour(m, a[0], [&](const value& colour, std::uint64_t) { colours.add(colour); });
  return set_of(m, colours);
}

inline value numcolors(machine& m, const value* a) {
  return value::of_integer(number_of_colours(m, a[0]));
}

// Filters ----------------------------------------------------------------------------------------

/// The set of those elements that pass. Each is looked at where it lies.
template <class Passes>
value filtered_set(machine& m, const value& from, const Passes& passes) {
  m.charge(std::uint64_t{2} * from.size());
  value_list kept(m, container_of(m, from).size());
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    const value v = element(from, i);
    if (passes(v)) kept.add(v);
  }
  if (from.is_set() && kept.size() == from.size()) return from;
  return set_of(m, kept);
}

/// Charges for comparing a colour that may be a large value with that of each object.
inline value colorfilter(machine& m, const value* a) {
  return filtered_set(m, a[0], [&](const value& object) {
    if (object.form() == value_form::object) {
      return a[1].is_integer() && a[1].integer() == unpack_cell(*object.packed_set()).colour;
    }
    if (!object.is_container()) fail(error_kind::type);
    if (object.size() == 0) fail(error_kind::no_element);
    const value colour = colour_of_cell(element(object, 0));
    if (!colour.is_integer()) m.charge((std::min)(value_total(colour), value_total(a[1])));
    return equal(colour, a[1]);
  });
}

inline value sizefilter(machine& m, const value* a) {
  return filtered_set(m, a[0], [&](const value& v) {
    if (!v.is_container()) fail(error_kind::type);
    return a[1].is_integer() && a[1].integer() == v.size();
  });
}

// Cells of grids ---------------------------------------------------------------------------------

/// Precondition: ascending, without repeats.
inline value ascending_set(value_form form, const std::uint64_t* packed, std::uint64_t size) {
  if (size == 0) return empty_set();
  return value::of_packed_set(form, packed, static_cast<std::uint32_t>(size));
}

inline value asindices(machine& m, const value* a) {
  const value& grid = a[0];
  if (!grid.is_tuple()) fail(error_kind::type);
  if (grid.size() == 0) return empty_set();
  const value first = element(grid, 0);
  if (!first.is_tuple()) fail(error_kind::type);
  const std::uint64_t count = std::uint64_t{grid.size()} * first.size();
  auto* const places = m.take<std::uint64_t>(count);
  std::uint64_t* to = places;
  for (std::uint32_t i = 0; i < grid.size(); ++i) {
    for (std::uint32_t j = 0; j < first.size(); ++j) *to++ = pack(location{i, j});
  }
  return ascending_set(value_form::locations, places, count);
}

inline value places_of_byte(machine& m, const value& grid, std::int64_t colour) {
  const std::size_t size = std::size_t{grid.height()} * grid.width();
  m.charge(size);
  if (!is_colour_byte(colour)) return empty_set();
  const auto wanted = static_cast<colour_byte>(colour);
  const colour_byte* from = grid.colours();
  const auto count = static_cast<std::uint64_t>(std::count(from, from + size, wanted));
  auto* const places = m.take<std::uint64_t>(count);
  std::uint64_t* to = places;
  for (std::uint32_t i = 0; i < grid.height(); ++i) {
    for (std::uint32_t j = 0; j < grid.width(); ++j) {
      if (*from++ == wanted) *to++ = pack(location{i, j});
    }
  }
  return ascending_set(value_form::locations, places, count);
}

inline value ofcolor(machine& m, const value* a) {
  const value& grid = a[0];
  const value& colour = a[1];
  if (grid.form() == value_form::grid && colour.is_integer()) {
    return places_of_byte(m, grid, colour.integer());
  }
  const loose_grid from = loose_grid_of(m, grid);
  packed_list found(m, count_of_cells(from));
  for (std::uint32_t i = 0; i < from.height; ++i) {
    for (std::uint32_t j = 0; j < from.width_of(i); ++j) {
      if (equal(from(i, j), colour)) found.add(pack(location{i, j}));
    }
  }
  return set_of(m, value_form::locations, found);
}

/// All cells, colour by colour: a counting sort.
inline value cells_of_bytes(machine& m, const value& grid) {
  const std::size_t size = std::size_t{grid.height()} * grid.width();
  std::uint64_t* next[256];
  auto* const cells = m.take<std::uint64_t>(size);
  std::uint64_t* free = cells;
  for_each_colour(m, grid, [&](const value& colour, std::uint64_t count) {
    next[colour.integer() + 128] = free;
    free += count;
  });
  const colour_byte* from = grid.colours();
  for (std::uint32_t i = 0; i < grid.height(); ++i) {
    for (std::uint32_t j = 0; j < grid.width(); ++j, ++from) {
      *next[*from + 128]++ = pack(coloured{*from, {i, j}});
    }
  }
  return ascending_set(value_form::object, cells, size);
}

inline value asobject(machine& m, const value* a) {
  const value& grid = a[0];
  const bool are_packable =
      grid.form() == value_form::grid && is_packable(coloured{0, {grid.height(), grid.width()}});
  if (are_packable) return cells_of_bytes(m, grid);
  const loose_grid from = loose_grid_of(m, grid);
  value_list cells(m, count_of_cells(from));
  for (std::uint32_t i = 0; i < from.height; ++i) {
    for (std::uint32_t j = 0; j < from.width_of(i); ++j) {
      cells.add(tuple_of(m, from(i, j), value::of_pair({i, j})));
    }
  }
  return set_of(m, cells);
}

// Colouring --------------------------------------------------------------------------------------

/// Another colour for all cells of one: they keep their order.
inline value recoloured_cells(machine& m, const value& object, std::int64_t colour) {
  const std::uint64_t* const from = object.packed_set();
  const std::int64_t old = unpack_cell(*from).colour;
  if (old == colour) return object;
  const auto step = static_cast<std::uint64_t>(colour - old) << 48U;
  auto* const to = m.take<std::uint64_t>(object.size());
  for (std::uint32_t i = 0; i < object.size(); ++i) to[i] = from[i] + step;
  return value::of_packed_set(value_form::object, to, object.size());
}

inline value recolor(machine& m, const value* a) {
  const value& colour = a[0];
  const value& of = a[1];
  const patch places(m, of);
  if (places.is_empty()) return empty_set();
  if (of.form() == value_form::object && colour.is_integer() &&
      is_packable(coloured{colour.integer(), {}})) {
    const std::uint64_t first = of.packed_set()[0];
    const std::uint64_t last = of.packed_set()[of.size() - 1];
    if (first >> 48U == last >> 48U) return recoloured_cells(m, of, colour.integer());
  }
  cell_list cells(m, places.size());
  for (std::uint32_t i = 0; i < places.size(); ++i) cells.add(colour, places.where(i));
  return cells.set();
}

} // namespace arc::detail

#endif
