// SPDX-License-Identifier: MIT
//
// How often each colour occurs in a grid or an object, and which one most often.
//
// Colours come in ascending canonical order, so whoever keeps the first of the best breaks ties as
// the language does: the smallest wins. A tuple is a grid whatever it holds (a tuple of cells has
// width 2), a set holds cells.
#ifndef ORDERLY_EXAMPLES_ARC_MOST_COMMON_COLOUR_HPP
#define ORDERLY_EXAMPLES_ARC_MOST_COMMON_COLOUR_HPP

#include "machine.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // sort, upper_bound, fill_n, min, max
#include <bit>       // bit_width
#include <cstddef>   // size_t
#include <cstdint>   // counts

namespace arc {

/// The first component of a cell, which need not be an integer. Exceptions: run_error of kind type.
inline value colour_of_cell(const value& cell) {
  if (!cell.is_tuple() || cell.size() != 2 || !element(cell, 1).is_tuple()) fail(error_kind::type);
  return element(cell, 0);
}

/// However wide its rows are.
inline std::uint64_t count_of_cells(const loose_grid& grid) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < grid.height; ++i) count += grid.width_of(i);
  return count;
}

namespace detail {

/// Charges one for every ten that the range of colours goes beyond the first: nothing for those of
/// grids as they are given. Precondition: there is one.
template <class Use>
void count_bytes(machine& m, const colour_byte* colours, std::size_t size, const Use& use) {
  int lowest = colours[0];
  int highest = colours[0];
  for (std::size_t i = 1; i < size; ++i) {
    lowest = (std::min)(lowest, int{colours[i]});
    highest = (std::max)(highest, int{colours[i]});
  }
  m.charge(static_cast<unsigned>(highest - lowest) / 10U);
  // Neighbours tend to have one colour: with four counters, none waits for what was just stored.
  std::uint32_t counts[256][4];
  std::fill_n(&counts[0][0], 4 * (highest - lowest + 1), 0U);
  for (std::size_t i = 0; i < size; ++i) ++counts[colours[i] - lowest][i % 4];
  for (int colour = lowest; colour <= highest; ++colour) {
    const std::uint32_t* const parts = counts[colour - lowest];
    const std::uint64_t count = std::uint64_t{parts[0]} + parts[1] + parts[2] + parts[3];
    if (count != 0) use(value::of_integer(colour), count);
  }
}

/// The colour is what cells sort by first.
template <class Use>
void count_cells(const std::uint64_t* first, const std::uint64_t* last, const Use& use) {
  constexpr std::uint64_t places = (std::uint64_t{1} << 48U) - 1;
  while (first != last) {
    const std::uint64_t* const next = std::upper_bound(first, last, *first | places);
    use(value::of_integer(unpack_cell(*first).colour), static_cast<std::uint64_t>(next - first));
    first = next;
  }
}

template <class Use>
void count_values(machine& m, value_list all, const Use& use) {
  std::uint64_t total = 0;
  for (const value& v : all) total += value_total(v);
  m.charge((total + all.size()) * static_cast<unsigned>(std::bit_width(all.size())));
  std::sort(all.begin(), all.end(),
            [](const value& a, const value& b) { return compare(a, b) < 0; });
  for (std::uint32_t first = 0, next = 0; first < all.size(); first = next) {
    while (next < all.size() && equal(all[first], all[next])) ++next;
    use(all[first], std::uint64_t{next - first});
  }
}

/// All colours, repeats too.
inline value_list colours_of(machine& m, const value& piece) {
  if (!piece.is_tuple()) {
    value_list all(m, container_of(m, piece).size());
    for (std::uint32_t i = 0; i < piece.size(); ++i) all.add(colour_of_cell(element(piece, i)));
    return all;
  }
  const loose_grid grid = loose_grid_of(m, piece);
  value_list all(m, count_of_cells(grid));
  for (std::uint32_t i = 0; i < grid.height; ++i) {
    for (std::uint32_t j = 0; j < grid.width_of(i); ++j) all.add(grid(i, j));
  }
  return all;
}

} // namespace detail

/// use(colour, count) for each colour of a grid or an object, ascending. Charges for looking at
/// every cell. Exceptions: run_error of kind type if it is neither; use's.
template <class Use>
void for_each_colour(machine& m, const value& piece, const Use& use) {
  if (piece.form() == value_form::grid) {
    const std::uint64_t size = std::uint64_t{piece.height()} * piece.width();
    m.charge(size);
    detail::count_bytes(m, piece.colours(), size, use);
  } else if (piece.form() == value_form::object) {
    m.charge(piece.size());
    detail::count_cells(piece.packed_set(), piece.packed_set() + piece.size(), use);
  } else {
    detail::count_values(m, detail::colours_of(m, piece), use);
  }
}

/// The smallest of the most frequent. Exceptions: run_error of kind type; empty, without any cell.
inline value most_common_colour(machine& m, const value& piece) {
  value found;
  std::uint64_t most = 0;
  for_each_colour(m, piece, [&](const value& colour, std::uint64_t count) {
    if (count > most) {
      most = count;
      found = colour;
    }
  });
  if (most == 0) fail(error_kind::empty);
  return found;
}

} // namespace arc

#endif
