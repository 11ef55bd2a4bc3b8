// SPDX-License-Identifier: MIT
//
// Primitives that look at pieces: their size and shape, their corners, their colours, their parts.
//
// A piece is a grid or a patch. For what both have (height, width, and what is asked of them) the
// kind of container alone decides: a tuple is a grid whatever it holds, a set is a patch. What only
// patches have (corners, extremes, locations) also takes tuples of cells or locations.
#ifndef ORDERLY_EXAMPLES_ARC_PIECE_FACTS_HPP
#define ORDERLY_EXAMPLES_ARC_PIECE_FACTS_HPP

#include "cropping.hpp"
#include "machine.hpp"
#include "patch.hpp"
#include "patch_bounds.hpp"
#include "piece_colours.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "shifting.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <array>   // the table
#include <cstdint> // sizes

namespace arc {

namespace detail {

inline bool is_empty_container(const value& v) { return v.is_container() && v.size() == 0; }

// Size and shape ---------------------------------------------------------------------------------

inline std::int64_t width_of_first_row(const value& rows) {
  if (rows.size() == 0) fail(error_kind::index);
  const value first = element(rows, 0);
  if (!first.is_tuple()) fail(error_kind::type);
  return first.size();
}

inline value height(machine& m, const value* a) {
  if (a[0].is_tuple() || is_empty_container(a[0])) return value::of_integer(a[0].size());
  return value::of_integer(patch_bounds(m, a[0]).height());
}

struct extent {
  std::int64_t height = 0;
  std::int64_t width = 0;
};

inline extent extent_of(machine& m, const value& piece) {
  if (is_empty_container(piece)) return {};
  if (piece.is_tuple()) return {piece.size(), width_of_first_row(piece)};
  const bounds box = patch_bounds(m, piece);
  return {box.height(), box.width()};
}

inline value width(machine& m, const value* a) {
  return value::of_integer(extent_of(m, a[0]).width);
}

inline value shape(machine& m, const value* a) {
  const extent e = extent_of(m, a[0]);
  return pair_of(m, e.height, e.width);
}

inline value portrait(machine& m, const value* a) {
  const extent e = extent_of(m, a[0]);
  return value::of_integer(e.height > e.width ? 1 : 0);
}

inline value square(machine& m, const value* a) {
  const value& piece = a[0];
  if (piece.is_tuple()) return value::of_integer(piece.size() == width_of_first_row(piece) ? 1 : 0);
  const extent e = extent_of(m, piece);
  const std::int64_t size = piece.size();
  const bool is_full_square = e.height == e.width && e.height <= size && e.height * e.width == size;
  return value::of_integer(is_full_square ? 1 : 0);
}

inline value vline(machine& m, const value* a) {
  const extent e = extent_of(m, a[0]);
  return value::of_integer(e.height == a[0].size() && e.width == 1 ? 1 : 0);
}

inline value hline(machine& m, const value* a) {
  const extent e = extent_of(m, a[0]);
  return value::of_integer(e.width == a[0].size() && e.height == 1 ? 1 : 0);
}

// Corners and extremes ---------------------------------------------------------------------------

/// Of nothing it is the empty tuple; only who looks into it fails.
template <class Choose>
value corner(machine& m, const value& patch, const Choose& choose) {
  if (is_empty_container(patch)) return empty_tuple();
  const location at = choose(patch_bounds(m, patch));
  return pair_of(m, at.row, at.column);
}

inline value ulcorner(machine& m, const value* a) {
  return corner(m, a[0], [](const bounds& box) { return location{box.top, box.left}; });
}
inline value urcorner(machine& m, const value* a) {
  return corner(m, a[0], [](const bounds& box) { return location{box.top, box.right}; });
}
inline value llcorner(machine& m, const value* a) {
  return corner(m, a[0], [](const bounds& box) { return location{box.bottom, box.left}; });
}
inline value lrcorner(machine& m, const value* a) {
  return corner(m, a[0], [](const bounds& box) { return location{box.bottom, box.right}; });
}

inline value uppermost(machine& m, const value* a) {
  return value::of_integer(patch_bounds(m, a[0]).top);
}
inline value lowermost(machine& m, const value* a) {
  return value::of_integer(patch_bounds(m, a[0]).bottom);
}
inline value leftmost(machine& m, const value* a) {
  return value::of_integer(patch_bounds(m, a[0]).left);
}
inline value rightmost(machine& m, const value* a) {
  return value::of_integer(patch_bounds(m, a[0]).right);
}

// Parts and places -------------------------------------------------------------------------------

inline value crop(machine& m, const value* a) {
  const location start = components_of(a[1]);
  return cropped(m, a[0], start, components_of(a[2]));
}

inline value places_of_packed_cells(machine& m, const value& object) {
  packed_list places(m, object.size());
  for (std::uint32_t i = 0; i < object.size(); ++i) {
    places.add(pack(unpack_cell(object.packed_set()[i]).where));
  }
  return set_of(m, value_form::locations, places);
}

inline value toindices(machine& m, const value* a) {
  const patch from(m, a[0]);
  if (from.is_empty()) return empty_set();
  if (!from.is_object()) return a[0];
  if (a[0].form() == value_form::object) return places_of_packed_cells(m, a[0]);
  location_list places(m, from.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) places.add(from.where(i));
  return places.set();
}

inline value shift(machine& m, const value* a) {
  if (is_empty_container(a[0])) return a[0];
  return shifted(m, a[0], pair_at(a[1]));
}

inline value normalize(machine& m, const value* a) { return normalized(m, a[0]); }

} // namespace detail

inline constexpr std::array<primitive, 30> piece_fact_primitives{{
    {"mostcolor", 1, &detail::mostcolor},
    {"leastcolor", 1, &detail::leastcolor},
    {"height", 1, &detail::height},
    {"width", 1, &detail::width},
    {"shape", 1, &detail::shape},
    {"portrait", 1, &detail::portrait},
    {"colorcount", 2, &detail::colorcount},
    {"palette", 1, &detail::palette},
    {"numcolors", 1, &detail::numcolors},
    {"colorfilter", 2, &detail::colorfilter},
    {"sizefilter", 2, &detail::sizefilter},
    {"asindices", 1, &detail::asindices},
    {"ofcolor", 2, &detail::ofcolor},
    {"asobject", 1, &detail::asobject},
    {"ulcorner", 1, &detail::ulcorner},
    {"urcorner", 1, &detail::urcorner},
    {"llcorner", 1, &detail::llcorner},
    {"lrcorner", 1, &detail::lrcorner},
    {"crop", 3, &detail::crop},
    {"toindices", 1, &detail::toindices},
    {"recolor", 2, &detail::recolor},
    {"shift", 2, &detail::shift},
    {"normalize", 1, &detail::normalize},
    {"uppermost", 1, &detail::uppermost},
    {"lowermost", 1, &detail::lowermost},
    {"leftmost", 1, &detail::leftmost},
    {"rightmost", 1, &detail::rightmost},
    {"square", 1, &detail::square},
    {"vline", 1, &detail::vline},
    {"hline", 1, &detail::hline},
}};

} // namespace arc

#endif
