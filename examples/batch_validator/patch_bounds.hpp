// SPDX-License-Identifier: MIT
//
// The smallest rectangle around a patch, without unpacking it first: a packed row or column is the
// true one plus a constant, so they compare alike.
#ifndef ORDERLY_EXAMPLES_ARC_PATCH_BOUNDS_HPP
#define ORDERLY_EXAMPLES_ARC_PATCH_BOUNDS_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "reading.hpp"
#include "value.hpp"

#include <algorithm> // min, max
#include <cstdint>   // packed places

namespace arc {

namespace detail {

/// A row and a column of so many bits each, as they are packed: `zero` stands for 0.
template <unsigned Bits>
struct packed_places {
  static constexpr unsigned bits = Bits;
  static constexpr std::uint64_t mask = (std::uint64_t{1} << Bits) - 1;
  static constexpr std::int64_t zero = std::int64_t{1} << (Bits - 1);

  static constexpr std::uint64_t row(std::uint64_t packed) { return packed >> Bits & mask; }
  static constexpr std::uint64_t column(std::uint64_t packed) { return packed & mask; }
};
using places_of_pairs = packed_places<32>;
using places_of_cells = packed_places<24>;
static_assert(places_of_pairs::row(pack(location{0, 0})) == places_of_pairs::zero);
static_assert(places_of_cells::row(pack(coloured{0, {0, 0}})) == places_of_cells::zero);

/// Precondition: there is one.
template <class Places>
bounds packed_bounds(const std::uint64_t* packed, std::uint32_t size) {
  std::uint64_t top = Places::mask;
  std::uint64_t left = Places::mask;
  std::uint64_t bottom = 0;
  std::uint64_t right = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    top = (std::min)(top, Places::row(packed[i]));
    bottom = (std::max)(bottom, Places::row(packed[i]));
    left = (std::min)(left, Places::column(packed[i]));
    right = (std::max)(right, Places::column(packed[i]));
  }
  const auto true_place = [](std::uint64_t p) {
    return static_cast<std::int64_t>(p) - Places::zero;
  };
  return {true_place(top), true_place(left), true_place(bottom), true_place(right)};
}

} // namespace detail

/// Exceptions: run_error of kind type if it is no patch; of kind empty.
inline bounds patch_bounds(machine& m, const value& v) {
  if (v.form() == value_form::locations) {
    m.charge(v.size());
    return detail::packed_bounds<detail::places_of_pairs>(v.packed_set(), v.size());
  }
  if (v.form() == value_form::object) {
    m.charge(v.size());
    return detail::packed_bounds<detail::places_of_cells>(v.packed_set(), v.size());
  }
  return bounds_of(patch(m, v));
}

} // namespace arc

#endif
