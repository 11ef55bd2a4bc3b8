// SPDX-License-Identifier: MIT
//
// Primitives that find objects in a grid: connected ones, those of one colour each, lines
// (uniform_lines.hpp), and repetitions (pattern_search.hpp).
//
// A grid of bytes gives all its objects from one block of memory, already in order. Any other tuple of
// tuples takes a general path; where it is ragged, row 0 says how wide it is (grid_cells.hpp), but
// partitions take rows as they are.
#ifndef ORDERLY_EXAMPLES_ARC_OBJECT_SEARCH_HPP
#define ORDERLY_EXAMPLES_ARC_OBJECT_SEARCH_HPP

#include "connected_components.hpp"
#include "grid_cells.hpp"
#include "machine.hpp"
#include "most_common_colour.hpp"
#include "pattern_search.hpp"
#include "primitive.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "uniform_lines.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <array>   // the family
#include <bit>     // bit_width
#include <cstddef> // size_t
#include <cstdint> // integers

namespace arc {

namespace detail {

/// Bytes as numbers from 0, in order.
inline constexpr std::uint32_t byte_count = 256;
constexpr std::uint32_t number_of_byte(std::int64_t colour) {
  return static_cast<std::uint32_t>(colour + 128);
}

/// As with_grid, but a byte grid's cells can be packed: one that is too large comes as a loose grid.
template <class Use>
value with_packable_grid(machine& m, const value& v, const Use& use) {
  const bool is_too_large =
      v.form() == value_form::grid && !is_packable(coloured{0, {v.height(), v.width()}});
  return is_too_large ? use(loose_grid_of(m, v)) : with_grid(m, v, use);
}

/// Objects that are different and in order.
inline value set_of_ordered(machine& m, value_list& objects) {
  return objects.size() == 0 ? empty_set() : stored(m, value_form::members, objects);
}

// Connected components ---------------------------------------------------------------------------

/// The background is null if there is none.
inline value objects_of(machine& m, const byte_grid& g, const value* background,
                        const component_rules& rules) {
  const auto number = [&](std::uint32_t i, std::uint32_t j) { return number_of_byte(g(i, j)); };
  component_search found(m, g.height, g.width, number, byte_count,
                         background == nullptr ? no_colour : number_of_byte(background->integer()),
                         rules);
  auto* const packed = m.take<std::uint64_t>(found.cells());
  found.for_each_run([&](const colour_run& run, std::uint32_t place) {
    const std::uint64_t row = pack(coloured{std::int64_t{run.colour} - 128, {run.row, 0}});
    for (std::uint32_t j = run.first; j < run.last; ++j) packed[place++] = row + j;
  });
  value_list objects(m, found.components());
  for (std::uint32_t c = 0; c < found.components(); ++c) {
    objects.add(value::of_packed_set(value_form::object, packed + found.start(c),
                                     found.start(c + 1) - found.start(c)));
  }
  return set_of_ordered(m, objects);
}

/// Cells of a grid of any values, as numbers in canonical order. Row 0 says how wide it is.
class numbered_grid {
 public:
  numbered_grid(machine& m, const loose_grid& g, std::uint32_t width)
      : width_(width), numbers_(nullptr) {
    const std::uint64_t size = std::uint64_t{g.height} * width;
    value_list all(m, size);
    for (std::uint32_t i = 0; i < g.height; ++i) {
      if (g.width_of(i) < width) fail(error_kind::index);
      for (std::uint32_t j = 0; j < width; ++j) all.add(g(i, j));
    }
    palette_ = set_of(m, all);
    m.charge(value_total(g.rows) * static_cast<unsigned>(std::bit_width(palette_.size())));
    numbers_ = m.scratch<std::uint32_t>(size);
    for (std::uint32_t i = 0; i < g.height; ++i) {
      for (std::uint32_t j = 0; j < width; ++j) {
        numbers_[std::size_t{i} * width + j] = number_of(g(i, j));
      }
    }
  }
  std::uint32_t operator()(std::uint32_t i, std::uint32_t j) const {
    return numbers_[std::size_t{i} * width_ + j];
  }
  std::uint32_t colours() const { return palette_.size(); }
  /// That of a value which is no cell is no_colour.
  std::uint32_t number_of(const value& v) const {
    std::uint32_t low = 0;
    for (std::uint32_t high = palette_.size(); low < high;) {
      const std::uint32_t middle = low + (high - low) / 2;
      compare(element(palette_, middle), v) < 0 ? low = middle + 1 : high = middle;
    }
    return low < palette_.size() && equal(element(palette_, low), v) ? low : no_colour;
  }

 private:
  std::uint32_t width_;
  std::uint32_t* numbers_;
  value palette_;
};

inline value objects_of(machine& m, const loose_grid& g, const value* background,
                        const component_rules& rules) {
  const numbered_grid numbers(m, g, width_of_grid(g.rows));
  component_search found(m, g.height, width_of_grid(g.rows), numbers, numbers.colours(),
                         background == nullptr ? no_colour : numbers.number_of(*background), rules);
  auto* const cells = m.scratch<location>(found.cells());
  found.for_each_run([&](const colour_run& run, std::uint32_t place) {
    for (std::uint32_t j = run.first; j < run.last; ++j) cells[place++] = {run.row, j};
  });
  value_list objects(m, found.components());
  for (std::uint32_t c = 0; c < found.components(); ++c) {
    object_builder object(m, g, found.start(c + 1) - found.start(c));
    for (std::uint32_t k = found.start(c); k < found.start(c + 1); ++k) {
      object.add(static_cast<std::uint32_t>(cells[k].row),
                 static_cast<std::uint32_t>(cells[k].column));
    }
    objects.add(object.set());
  }
  return set_of(m, objects);
}

inline value objects(machine& m, const value* a) {
  width_of_grid(a[0]);
  const component_rules rules{is_true(a[1]), is_true(a[2])};
  value background;
  const bool has_background = is_true(a[3]);
  if (has_background) background = most_common_colour(m, a[0]);
  return with_packable_grid(m, a[0], [&](const auto& g) {
    return objects_of(m, g, has_background ? &background : nullptr, rules);
  });
}

// One object of each colour ----------------------------------------------------------------------

/// What is left out may be null.
inline value partition_of(machine& m, const byte_grid& g, const value* left_out) {
  const std::uint64_t size = std::uint64_t{g.height} * g.width;
  auto* packed = m.take<std::uint64_t>(size);
  std::array<std::uint64_t*, byte_count> places{};
  value_list objects(m, byte_count);
  for_each_colour(m, value::of_grid(g.colours, g.height, g.width),
                  [&](const value& colour, std::uint64_t count) {
                    if (left_out != nullptr && equal(colour, *left_out)) return;
                    places[number_of_byte(colour.integer())] = packed;
                    objects.add(value::of_packed_set(value_form::object, packed,
                                                     static_cast<std::uint32_t>(count)));
                    packed += count;
                  });
  for (std::uint32_t i = 0; i < g.height; ++i) {
    for (std::uint32_t j = 0; j < g.width; ++j) {
      std::uint64_t*& place = places[number_of_byte(g(i, j))];
      if (place != nullptr) *place++ = pack(coloured{g(i, j), {i, j}});
    }
  }
  return set_of_ordered(m, objects);
}

/// All cells in order, cut where the colour changes.
inline value partition_of(machine& m, const loose_grid& g, const value* left_out) {
  object_builder all(m, g, count_of_cells(g));
  for (std::uint32_t i = 0; i < g.height; ++i) {
    for (std::uint32_t j = 0; j < g.width_of(i); ++j) all.add(i, j);
  }
  const value cells = all.set();
  m.charge(value_total(cells));
  value_list objects(m, cells.size());
  for (std::uint32_t first = 0, next = 0; first < cells.size(); first = next) {
    const value colour = element(element(cells, first), 0);
    while (next < cells.size() && equal(element(element(cells, next), 0), colour)) ++next;
    if (left_out != nullptr && equal(colour, *left_out)) continue;
    value_list object(m, next - first);
    for (std::uint32_t k = first; k < next; ++k) object.add(element(cells, k));
    objects.add(set_of(m, object));
  }
  return set_of(m, objects);
}

inline value partition(machine& m, const value* a) {
  return with_packable_grid(m, a[0], [&](const auto& g) { return partition_of(m, g, nullptr); });
}

inline value fgpartition(machine& m, const value* a) {
  const value background = most_common_colour(m, a[0]);
  return with_packable_grid(m, a[0],
                            [&](const auto& g) { return partition_of(m, g, &background); });
}

} // namespace detail

inline constexpr std::array<primitive, 8> object_primitives{{
    {"objects", 4, &detail::objects},
    {"partition", 1, &detail::partition},
    {"fgpartition", 1, &detail::fgpartition},
    {"frontiers", 1, &detail::frontiers},
    {"compress", 1, &detail::compress},
    {"occurrences", 2, &detail::occurrences},
    {"hperiod", 1, &detail::hperiod},
    {"vperiod", 1, &detail::vperiod},
}};

} // namespace arc

#endif
