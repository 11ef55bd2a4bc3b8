// SPDX-License-Identifier: MIT
//
// What primitives ask of their arguments: numbers, containers and grids (patches: patch.hpp). What is
// none is a run_error of the kind that the language says.
#ifndef ORDERLY_EXAMPLES_ARC_READING_HPP
#define ORDERLY_EXAMPLES_ARC_READING_HPP

#include "machine.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm>   // min
#include <cstddef>     // size_t
#include <cstdint>     // integers
#include <limits>      // overflow
#include <type_traits> // bytes or values

namespace arc {

// Numbers ----------------------------------------------------------------------------------------

inline std::int64_t integer_of(const value& v) {
  if (!v.is_integer()) fail(error_kind::type);
  return v.integer();
}

/// Sums, differences and products of 64 bits, or a run_error of kind overflow.
inline std::int64_t checked_sum(std::int64_t a, std::int64_t b) {
  constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
  constexpr auto least = (std::numeric_limits<std::int64_t>::min)();
  if (b > 0 ? a > most - b : a < least - b) fail(error_kind::overflow);
  return a + b;
}
inline std::int64_t checked_difference(std::int64_t a, std::int64_t b) {
  constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
  constexpr auto least = (std::numeric_limits<std::int64_t>::min)();
  if (b < 0 ? a > most + b : a < least + b) fail(error_kind::overflow);
  return a - b;
}
inline std::int64_t checked_product(std::int64_t a, std::int64_t b) {
  constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
  constexpr auto least = (std::numeric_limits<std::int64_t>::min)();
  if (a == 0 || b == 0) return 0;
  const bool same_sign = (a > 0) == (b > 0);
  const bool fits = same_sign ? (a > 0 ? a <= most / b : a >= most / b)
                              : (a > 0 ? b >= least / a : a >= least / b);
  if (!fits) fail(error_kind::overflow);
  return a * b;
}

/// Division that rounds down, and what is left of it. Exceptions: zero_division, overflow.
inline std::int64_t floor_quotient(std::int64_t a, std::int64_t b) {
  if (b == 0) fail(error_kind::zero_division);
  if (b == -1) return checked_difference(0, a);
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
inline std::int64_t floor_remainder(std::int64_t a, std::int64_t b) {
  if (b == 0) fail(error_kind::zero_division);
  if (b == -1) return 0;
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

/// Components 0 and 1 of a tuple of integers; further ones are not looked at.
inline location components_of(const value& v) {
  if (v.form() == value_form::pair) return v.pair();
  if (!v.is_tuple()) fail(error_kind::type);
  if (v.size() < 2) fail(error_kind::index);
  return {integer_of(element(v, 0)), integer_of(element(v, 1))};
}
/// The same of a tuple of exactly two.
inline location pair_at(const value& v) {
  if (v.form() == value_form::pair) return v.pair();
  if (!v.is_tuple() || v.size() != 2) fail(error_kind::type);
  return components_of(v);
}

// Containers -------------------------------------------------------------------------------------

/// Charges for looking at every element.
inline const value& container_of(machine& m, const value& v) {
  if (!v.is_container()) fail(error_kind::type);
  m.charge(v.size());
  return v;
}

// Grids ------------------------------------------------------------------------------------------

/// Whether a cell of a grid of bytes can hold it.
inline bool is_byte(const value& v) { return v.is_integer() && is_colour_byte(v.integer()); }

/// Precondition: is_byte.
inline colour_byte byte_of(const value& v) { return static_cast<colour_byte>(v.integer()); }

/// A grid of bytes: what nearly all grids are.
struct byte_grid {
  const colour_byte* colours;
  std::uint32_t height;
  std::uint32_t width;

  using cell_type = colour_byte;
  colour_byte operator()(std::uint32_t i, std::uint32_t j) const {
    return colours[std::size_t{i} * width + j];
  }
  std::uint32_t width_of(std::uint32_t) const { return width; }
};

/// Any tuple of tuples: rows may differ in width, or be empty; cells may be anything.
struct loose_grid {
  value rows;
  std::uint32_t height;

  using cell_type = value;
  value operator()(std::uint32_t i, std::uint32_t j) const { return element(element(rows, i), j); }
  std::uint32_t width_of(std::uint32_t i) const { return element(rows, i).size(); }
};

inline loose_grid loose_grid_of(machine& m, const value& v) {
  if (!v.is_tuple()) fail(error_kind::type);
  m.charge(value_total(v));
  for (std::uint32_t i = 0; i < v.size(); ++i) {
    if (!element(v, i).is_tuple()) fail(error_kind::type);
  }
  return {v, v.size()};
}

/// use(byte_grid) or use(loose_grid), whose results are of one type. Charges for looking at every
/// cell. Exceptions: run_error of kind type unless v is a tuple of tuples; use's.
template <class Use>
auto with_grid(machine& m, const value& v, const Use& use) {
  if (v.form() != value_form::grid) return use(loose_grid_of(m, v));
  m.charge(std::uint64_t{v.height()} * v.width());
  return use(byte_grid{v.colours(), v.height(), v.width()});
}

/// A grid of height x width (either may be 0) whose cell (i, j) is cell(i, j): bytes, or values.
template <class Cell>
value make_grid(machine& m, std::uint64_t height, std::uint64_t width, const Cell& cell) {
  const auto h = static_cast<std::uint32_t>((std::min)(height, m.limits().cells + 1));
  const auto w = static_cast<std::uint32_t>((std::min)(width, m.limits().cells + 1));
  if constexpr (std::is_same_v<decltype(cell(0U, 0U)), colour_byte>) {
    auto* const colours = m.take<colour_byte>(std::uint64_t{h} * w);
    colour_byte* to = colours;
    for (std::uint32_t i = 0; i < h; ++i) {
      for (std::uint32_t j = 0; j < w; ++j) *to++ = cell(i, j);
    }
    return grid_of(m, colours, h, w);
  } else {
    value_list rows(m, h);
    for (std::uint32_t i = 0; i < h; ++i) {
      value_list row(m, w);
      for (std::uint32_t j = 0; j < w; ++j) row.add(cell(i, j));
      rows.add(tuple_of(m, row));
    }
    return tuple_of(m, rows);
  }
}

} // namespace arc

#endif
