// SPDX-License-Identifier: MIT
//
// Primitives that make locations: neighbours, outlines, lines, and the way of one patch to another.
//
// Nothing is clipped to a grid: numbers may be negative. Results are found in ascending order, so
// hardly a set is sorted here; and packed columns follow each other as columns do, so a part of a row
// is a run of integers.
#ifndef ORDERLY_EXAMPLES_ARC_LOCATIONS_HPP
#define ORDERLY_EXAMPLES_ARC_LOCATIONS_HPP

#include "machine.hpp"
#include "patch.hpp"
#include "patch_bounds.hpp"
#include "patch_distance.hpp"
#include "piece_relations.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // count, fill_n, max, min, minmax
#include <array>     // steps, the table
#include <bit>       // countr_zero
#include <cstddef>   // size_t
#include <cstdint>   // numbers of locations
#include <numeric>   // iota
#include <utility>   // swap

namespace arc {

namespace detail {

/// A set of locations that are found in ascending order, without repeats.
class ascending_locations {
 public:
  /// Exceptions, of all: run_error of kind fuel or cells.
  ascending_locations(machine& m, std::uint64_t most)
      : first_(m.take<std::uint64_t>(most)), rest_(m, most) {}

  void add(const location& at) {
    if (is_packable(at))
      first_[size_++] = pack(at);
    else
      rest_.add(at);
  }
  /// A part of a row. Precondition: right is not before left.
  void add_row(std::int64_t row, std::int64_t left, std::int64_t right) {
    if (!is_packable(location{row, left}) || !is_packable(location{row, right})) {
      for (std::int64_t column = left; column != right; ++column) add({row, column});
      return add({row, right});
    }
    const auto width = static_cast<std::uint32_t>(right - left + 1);
    std::iota(first_ + size_, first_ + size_ + width, pack(location{row, left}));
    size_ += width;
  }
  value set() {
    if (!rest_.is_empty()) return rest_.set_with(value_form::pair, first_, size_);
    if (size_ == 0) return empty_set();
    return value::of_packed_set(value_form::locations, first_, size_);
  }

 private:
  std::uint64_t* first_;
  std::uint32_t size_ = 0;
  unpacked_rest rest_;
};

// Neighbours -------------------------------------------------------------------------------------

inline constexpr std::array<location, 4> straight_steps{{{-1, 0}, {0, -1}, {0, 1}, {1, 0}}};
inline constexpr std::array<location, 4> slanted_steps{{{-1, -1}, {-1, 1}, {1, -1}, {1, 1}}};
inline constexpr std::array<location, 8> all_steps{
    {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}};

/// Precondition: ascending steps.
template <std::size_t Count>
value around(machine& m, const value& centre, const std::array<location, Count>& steps) {
  const location from = components_of(centre);
  ascending_locations found(m, Count);
  for (const location& step : steps) {
    found.add({checked_sum(from.row, step.row), checked_sum(from.column, step.column)});
  }
  return found.set();
}

inline value dneighbors(machine& m, const value* a) { return around(m, a[0], straight_steps); }
inline value ineighbors(machine& m, const value* a) { return around(m, a[0], slanted_steps); }
inline value neighbors(machine& m, const value* a) { return around(m, a[0], all_steps); }

// Rectangles -------------------------------------------------------------------------------------

/// The number of locations inside, or one that no value can have.
inline std::uint64_t area_of(const machine& m, const bounds& edges) {
  const std::uint64_t most = m.limits().cells + 1;
  return (std::min)(static_cast<std::uint64_t>(edges.height()), most) *
         (std::min)(static_cast<std::uint64_t>(edges.width()), most);
}

/// Exceptions: run_error of kind type if it cannot be a patch.
inline bool is_empty_patch(const value& v) {
  if (!v.is_container()) fail(error_kind::type);
  return v.size() == 0;
}

inline value corners(machine& m, const value* a) {
  if (is_empty_patch(a[0])) { // each of its corners is the empty tuple
    value_list one(m, 1);
    one.add(empty_tuple());
    return set_of(m, one);
  }
  const bounds edges = patch_bounds(m, a[0]);
  location_list found(m, 4); // some are the same if there is one row or one column only
  for (const std::int64_t row : {edges.top, edges.bottom}) {
    for (const std::int64_t column : {edges.left, edges.right}) found.add({row, column});
  }
  return found.set();
}

inline value backdrop(machine& m, const value* a) {
  if (is_empty_patch(a[0])) return empty_set();
  const bounds edges = patch_bounds(m, a[0]);
  ascending_locations found(m, area_of(m, edges));
  const std::int64_t height = edges.height();
  for (std::int64_t i = 0; i < height; ++i) found.add_row(edges.top + i, edges.left, edges.right);
  return found.set();
}

/// Whether each place of the rectangle, row by row, is one of p's.
inline const bool* occupied_places(machine& m, const patch& p, const bounds& edges,
                                   std::uint64_t area) {
  m.charge(area);
  auto* const is_place = m.scratch<bool>(area);
  std::fill_n(is_place, area, false);
  const std::int64_t width = edges.width();
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location at = p.where(i);
    is_place[(at.row - edges.top) * width + (at.column - edges.left)] = true;
  }
  return is_place;
}

inline value delta(machine& m, const value* a) {
  const patch p(m, a[0]);
  if (p.is_empty()) return empty_set();
  // Cells become a set of locations whatever holds them; locations stay in the tuple they are in.
  if (a[0].is_tuple() && !p.is_object()) fail(error_kind::type);
  const bounds edges = bounds_of(p);
  const std::uint64_t area = area_of(m, edges);
  const bool* is_place = occupied_places(m, p, edges, area);
  const auto free = std::count(is_place, is_place + area, false);
  ascending_locations found(m, static_cast<std::uint64_t>(free));
  const std::int64_t height = edges.height();
  const std::int64_t width = edges.width();
  for (std::int64_t i = 0; i < height; ++i) {
    for (std::int64_t j = 0; j < width; ++j) {
      if (!*is_place++) found.add({edges.top + i, edges.left + j});
    }
  }
  return found.set();
}

/// The outline of a bounding box moved outwards; where that turns it inside out, swapped.
inline value outline(machine& m, const bounds& inner, std::int64_t margin) {
  const auto [top, bottom] =
      std::minmax({checked_difference(inner.top, margin), checked_sum(inner.bottom, margin)});
  const auto [left, right] =
      std::minmax({checked_difference(inner.left, margin), checked_sum(inner.right, margin)});
  const bounds edges{top, left, bottom, right};
  const auto width = static_cast<std::uint64_t>(edges.width());
  const std::uint64_t between =
      static_cast<std::uint64_t>(edges.height()) - (top == bottom ? 1U : 2U);
  ascending_locations found(m, width * (top == bottom ? 1U : 2U) +
                                   between * (left == right ? 1U : 2U));
  found.add_row(top, left, right);
  for (std::int64_t row = top + 1; row < bottom; ++row) {
    found.add({row, left});
    if (left != right) found.add({row, right});
  }
  if (top != bottom) found.add_row(bottom, left, right);
  return found.set();
}

inline value box(machine& m, const value* a) {
  return is_empty_patch(a[0]) ? a[0] : outline(m, patch_bounds(m, a[0]), 0);
}
inline value outbox(machine& m, const value* a) { return outline(m, patch_bounds(m, a[0]), 1); }
inline value inbox(machine& m, const value* a) { return outline(m, patch_bounds(m, a[0]), -1); }

// Lines ------------------------------------------------------------------------------------------

/// As line_between, of packed pairs.
inline value packed_line(machine& m, std::uint64_t from, std::uint64_t to) {
  if (to < from) std::swap(from, to);
  const auto down = static_cast<std::int64_t>((to >> 32U) - (from >> 32U));
  const std::int64_t right =
      std::int64_t{static_cast<std::uint32_t>(to)} - static_cast<std::uint32_t>(from);
  if (down != 0 && right != 0 && right != down && right != -down) return empty_set();
  const auto length = static_cast<std::uint64_t>((std::max)(down, right)) + 1;
  // A step to the left borrows from the row, which is the upper half, and gives it back.
  const std::uint64_t step = (std::uint64_t{down == 0 ? 0U : 1U} << 32U) +
                             static_cast<std::uint64_t>((right > 0 ? 1 : 0) - (right < 0 ? 1 : 0));
  auto* const found = m.take<std::uint64_t>(length);
  for (std::uint64_t i = 0; i < length; ++i, from += step) found[i] = from;
  return value::of_packed_set(value_form::locations, found, static_cast<std::uint32_t>(length));
}

/// All locations between, and both; nothing unless the line is straight or exactly diagonal.
inline value line_between(machine& m, location from, location to) {
  if (is_packable(from) && is_packable(to)) return packed_line(m, pack(from), pack(to));
  if (to.row < from.row || (to.row == from.row && to.column < from.column)) std::swap(from, to);
  const std::int64_t down = checked_difference(to.row, from.row);
  const std::int64_t right = checked_difference(to.column, from.column);
  if (down != 0 && right != 0 && right != down && right != -down) return empty_set();
  const std::int64_t length = (std::max)(down, right);
  const location step{down == 0 ? 0 : 1, (right > 0 ? 1 : 0) - (right < 0 ? 1 : 0)};
  ascending_locations found(m, static_cast<std::uint64_t>(length) + 1);
  for (std::int64_t i = 0; i <= length; ++i) {
    found.add({from.row + i * step.row, from.column + i * step.column});
  }
  return found.set();
}

inline value connect(machine& m, const value* a) {
  if (a[0].form() == value_form::pair && a[1].form() == value_form::pair) {
    return packed_line(m, a[0].packed(), a[1].packed());
  }
  const location from = pair_at(a[0]);
  return line_between(m, from, pair_at(a[1]));
}

inline constexpr std::int64_t ray_length = 42;

inline value shoot(machine& m, const value* a) {
  const location from = pair_at(a[0]);
  const location step = components_of(a[1]);
  return line_between(m, from,
                      {checked_sum(from.row, checked_product(ray_length, step.row)),
                       checked_sum(from.column, checked_product(ray_length, step.column))});
}

inline constexpr std::int64_t frontier_length = 30; // of the largest grid

inline value hfrontier(machine& m, const value* a) {
  const std::int64_t row = components_of(a[0]).row;
  return line_between(m, {row, 0}, {row, frontier_length - 1});
}
inline value vfrontier(machine& m, const value* a) {
  const std::int64_t column = components_of(a[0]).column;
  return line_between(m, {0, column}, {frontier_length - 1, column});
}

// The way to another patch -----------------------------------------------------------------------

inline constexpr std::int64_t most_moves = 42;

/// Where b is, seen from a, along the axis of the moves and aside of it.
struct way {
  std::int64_t along;
  std::int64_t aside;
};
inline way way_of(const location& a, const location& b, const location& step) {
  const std::int64_t down = b.row - a.row;
  const std::int64_t right = b.column - a.column;
  return step.row != 0 ? way{down * step.row, right} : way{right * step.column, down};
}

/// Moves of p by a step of length 1 before its distance from q is 1, or the most. O(|p| |q|): each
/// two locations tell after how many moves their distance is 0, and after how many it is 1.
inline std::int64_t moves_to(const patch& p, const patch& q, const location& step) {
  std::uint64_t apart_0 = 0; // bit i: after i moves
  std::uint64_t apart_1 = 0;
  const auto mark = [](std::uint64_t& apart, std::int64_t moves) {
    if (moves >= 0 && moves < most_moves) apart |= std::uint64_t{1} << moves;
  };
  for (std::uint32_t i = 0; i < p.size(); ++i) {
    const location from = p.where(i);
    for (std::uint32_t j = 0; j < q.size(); ++j) {
      const way to = way_of(from, q.where(j), step);
      if (to.aside == 0) {
        mark(apart_0, to.along);
        mark(apart_1, to.along - 1);
        mark(apart_1, to.along + 1);
      } else if (to.aside == 1 || to.aside == -1) {
        mark(apart_1, to.along);
      }
    }
  }
  const std::uint64_t adjacent = apart_1 & ~apart_0;
  return adjacent == 0 ? most_moves : std::countr_zero(adjacent);
}

inline value gravitate(machine& m, const value* a) {
  const patch p(m, a[0]);
  const patch q(m, a[1]);
  const location from = center_of(a[0], p);
  const location to = center_of(a[1], q);
  const bounds both = hull_of(bounds_of(p), bounds_of(q));
  checked_sum(both.height(), both.width()); // so no difference overflows
  m.charge(std::uint64_t{p.size()} * q.size());
  const bool is_vertical = is_true(vmatching(m, a));
  const location step{is_vertical ? (from.row < to.row ? 1 : -1) : 0,
                      is_vertical ? 0 : (from.column < to.column ? 1 : -1)};
  const std::int64_t moves = moves_to(p, q, step);
  return value::of_pair({moves * step.row, moves * step.column});
}

} // namespace detail

/// In the order of the language's description.
inline constexpr std::array<primitive, 14> location_primitives{{
    {"dneighbors", 1, &detail::dneighbors},
    {"ineighbors", 1, &detail::ineighbors},
    {"neighbors", 1, &detail::neighbors},
    {"corners", 1, &detail::corners},
    {"backdrop", 1, &detail::backdrop},
    {"delta", 1, &detail::delta},
    {"box", 1, &detail::box},
    {"outbox", 1, &detail::outbox},
    {"inbox", 1, &detail::inbox},
    {"connect", 2, &detail::connect},
    {"shoot", 2, &detail::shoot},
    {"hfrontier", 1, &detail::hfrontier},
    {"vfrontier", 1, &detail::vfrontier},
    {"gravitate", 2, &detail::gravitate},
}};

} // namespace arc

#endif
