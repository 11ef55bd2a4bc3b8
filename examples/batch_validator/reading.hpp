// SPDX-License-Identifier: MIT
//
// What primitives ask of their arguments: numbers, containers, patches and grids. What is none is a
// run_error of the kind that the language says.
#ifndef ORDERLY_EXAMPLES_ARC_READING_HPP
#define ORDERLY_EXAMPLES_ARC_READING_HPP

#include "machine.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm>   // min, max
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

// Patches ----------------------------------------------------------------------------------------

/// An object, or indices: a set or tuple of cells or of locations. Which of them is decided by the
/// first element; what is empty is neither.
class patch {
 public:
  /// Charges for looking at every element. Exceptions: run_error of kind type, fuel or cells.
  patch(machine& m, const value& v);

  std::uint32_t size() const { return size_; }
  bool is_empty() const { return size_ == 0; }
  bool is_object() const { return is_object_; }
  location where(std::uint32_t i) const {
    if (packed_ == nullptr) return cells_[i].where;
    return is_object_ ? unpack_cell(packed_[i]).where : unpack_pair(packed_[i]);
  }
  /// Precondition: is_object().
  coloured cell(std::uint32_t i) const {
    return packed_ == nullptr ? cells_[i] : unpack_cell(packed_[i]);
  }

 private:
  std::uint32_t size_ = 0;
  bool is_object_ = false;
  const std::uint64_t* packed_ = nullptr; // of a set
  const coloured* cells_ = nullptr;       // of anything else
};

inline patch::patch(machine& m, const value& v) {
  if (!v.is_container()) fail(error_kind::type);
  m.charge(v.size());
  size_ = v.size();
  if (size_ == 0) return;
  if (v.form() == value_form::locations || v.form() == value_form::object) {
    is_object_ = v.form() == value_form::object;
    packed_ = v.packed_set();
    return;
  }
  const value first = element(v, 0);
  if (!first.is_tuple()) fail(error_kind::type);
  if (first.size() < 2) fail(error_kind::index);
  is_object_ = element(first, 1).is_tuple();
  auto* const cells = m.scratch<coloured>(size_);
  for (std::uint32_t i = 0; i < size_; ++i) {
    const value part = element(v, i);
    if (!is_object_) {
      cells[i] = {0, pair_at(part)};
      continue;
    }
    if (!part.is_tuple() || part.size() != 2) fail(error_kind::type);
    cells[i] = {integer_of(element(part, 0)), pair_at(element(part, 1))};
  }
  cells_ = cells;
}

/// The smallest rectangle around locations.
struct bounds {
  std::int64_t top = 0;
  std::int64_t left = 0;
  std::int64_t bottom = 0; ///< the last row
  std::int64_t right = 0;  ///< the last column

  std::int64_t height() const { return checked_sum(checked_difference(bottom, top), 1); }
  std::int64_t width() const { return checked_sum(checked_difference(right, left), 1); }
};

/// Exceptions: run_error of kind empty.
inline bounds bounds_of(const patch& p) {
  if (p.is_empty()) fail(error_kind::empty);
  const location first = p.where(0);
  bounds box{first.row, first.column, first.row, first.column};
  for (std::uint32_t i = 1; i < p.size(); ++i) {
    const location at = p.where(i);
    box.top = (std::min)(box.top, at.row);
    box.bottom = (std::max)(box.bottom, at.row);
    box.left = (std::min)(box.left, at.column);
    box.right = (std::max)(box.right, at.column);
  }
  return box;
}

/// Sets of locations or of cells: add what is found, then set(). Exceptions, of add: run_error of kind
/// overflow for a number that the packed form has no room for (32 bits of a location; of a cell 24 bits
/// of a place and 16 of a colour).
class location_list {
 public:
  location_list(machine& m, std::uint64_t most) : m_(m), packed_(m, most) {}
  void add(const location& at) {
    if (!is_packable(at)) fail(error_kind::overflow);
    packed_.add(pack(at));
  }
  value set() { return set_of(m_, value_form::locations, packed_); }

 private:
  machine& m_;
  packed_list packed_;
};

class cell_list {
 public:
  cell_list(machine& m, std::uint64_t most) : m_(m), packed_(m, most) {}
  void add(const coloured& cell) {
    if (!is_packable(cell)) fail(error_kind::overflow);
    packed_.add(pack(cell));
  }
  value set() { return set_of(m_, value_form::object, packed_); }

 private:
  machine& m_;
  packed_list packed_;
};

// Grids ------------------------------------------------------------------------------------------

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
