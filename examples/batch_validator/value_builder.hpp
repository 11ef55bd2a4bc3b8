// SPDX-License-Identifier: MIT
//
// Making values: each function finds the one form that its content has (value.hpp).
//
//   arc::value_list parts(m, 3);            // in the machine's memory, uncounted
//   parts.add(arc::value::of_integer(7)); ...
//   const arc::value t = arc::tuple_of(m, parts);
//   const arc::value s = arc::set_of(m, parts);          // sorts, drops repeats
//
//   arc::packed_list found(m, n);           // 64-bit locations or cells, for sets of one form
//   found.add(arc::pack(arc::location{2, 3}));
//   const arc::value l = arc::set_of(m, arc::value_form::locations, found);
//
//   arc::colour_byte* bytes = m.take<arc::colour_byte>(height * width);
//   const arc::value g = arc::grid_of(m, bytes, height, width);   // height and width may be 0
//
// Exceptions, of all: run_error of kind fuel, cells or depth.
// A list lies in the machine's memory, as values do: it is gone when the call that made it ends.
#ifndef ORDERLY_EXAMPLES_ARC_VALUE_BUILDER_HPP
#define ORDERLY_EXAMPLES_ARC_VALUE_BUILDER_HPP

#include "machine.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_order.hpp"

#include <algorithm> // sort, unique, max
#include <bit>       // bit_width, rotl
#include <cstddef>   // size_t
#include <cstdint>   // sizes

namespace arc {

/// Values, up to a number known before.
class value_list {
 public:
  value_list(machine& m, std::uint64_t most) : first_(m.scratch<value>(most + 1) + 1) {}

  void add(const value& v) { first_[size_++] = v; }
  std::uint32_t size() const { return size_; }
  value& operator[](std::size_t i) { return first_[i]; }
  const value& operator[](std::size_t i) const { return first_[i]; }
  value* begin() { return first_; }
  value* end() { return first_ + size_; }
  const value* begin() const { return first_; }
  const value* end() const { return first_ + size_; }
  void shrink(std::size_t size) { size_ = static_cast<std::uint32_t>(size); }

 private:
  value* first_; // before it there is room for the total
  std::uint32_t size_ = 0;
};

/// Locations or cells as 64 bits.
class packed_list {
 public:
  packed_list(machine& m, std::uint64_t most) : first_(m.scratch<std::uint64_t>(most)) {}

  void add(std::uint64_t packed) { first_[size_++] = packed; }
  std::uint32_t size() const { return size_; }
  std::uint64_t* begin() { return first_; }
  std::uint64_t* end() { return first_ + size_; }
  void shrink(std::size_t size) { size_ = static_cast<std::uint32_t>(size); }

 private:
  std::uint64_t* first_;
  std::uint32_t size_ = 0;
};

constexpr bool is_colour_byte(std::int64_t number) {
  return number == static_cast<colour_byte>(number);
}

inline value empty_tuple() { return value::of_elements(value_form::elements, nullptr, 0, 0); }
inline value empty_set() { return value::of_elements(value_form::members, nullptr, 0, 0); }

namespace detail {

/// Counts what a tuple or set will have, and writes the total before its first element.
inline value stored(machine& m, value_form form, value_list& parts) {
  std::uint64_t total = 1;
  std::uint32_t nesting = 0;
  for (const value& part : parts) {
    total += value_total(part);
    nesting = (std::max)(nesting, part.nesting());
  }
  if (total > m.limits().cells) fail(error_kind::cells);
  if (nesting >= m.limits().depth) fail(error_kind::depth);
  m.hold(parts.size());
  parts.begin()[-1] = value::of_integer(static_cast<std::int64_t>(total));
  return value::of_elements(form, parts.begin(), parts.size(), nesting + 1);
}

/// A tuple of integers of 8 bits. Precondition: more than none.
inline bool is_row(const value& v) {
  if (v.form() == value_form::row) return true;
  if (v.form() != value_form::pair) return false;
  const location at = v.pair();
  return is_colour_byte(at.row) && is_colour_byte(at.column);
}

inline bool are_small_integers(const value_list& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const value& part) {
    return part.is_integer() && is_colour_byte(part.integer());
  });
}

inline bool are_rows(const value_list& parts) {
  const std::uint32_t width = parts[0].size();
  return std::all_of(parts.begin(), parts.end(),
                     [&](const value& part) { return is_row(part) && part.size() == width; });
}

inline void copy_row(const value& row, colour_byte* to) {
  if (row.form() == value_form::row) {
    std::copy_n(row.colours(), row.size(), to);
  } else {
    to[0] = static_cast<colour_byte>(row.pair().row);
    to[1] = static_cast<colour_byte>(row.pair().column);
  }
}

} // namespace detail

/// (a, b) of any integers.
inline value pair_of(machine& m, std::int64_t a, std::int64_t b) {
  if (is_packable(location{a, b})) return value::of_pair({a, b});
  value_list parts(m, 2);
  parts.add(value::of_integer(a));
  parts.add(value::of_integer(b));
  return detail::stored(m, value_form::elements, parts);
}

/// Bytes from m.take, of which there are width.
inline value row_of(const colour_byte* colours, std::uint32_t width) {
  if (width == 0) return empty_tuple();
  if (width == 2) return value::of_pair({colours[0], colours[1]});
  return value::of_row(colours, width);
}

inline value tuple_of(machine& m, value_list& parts) {
  if (parts.size() == 0) return empty_tuple();
  if (parts.size() == 2 && parts[0].is_integer()) {
    if (parts[1].is_integer()) return pair_of(m, parts[0].integer(), parts[1].integer());
    if (parts[1].form() == value_form::pair) {
      const coloured cell{parts[0].integer(), parts[1].pair()};
      if (is_packable(cell)) return value::of_cell(cell);
    }
    return detail::stored(m, value_form::elements, parts);
  }
  if (parts[0].is_integer() && detail::are_small_integers(parts)) {
    auto* const colours = m.take<colour_byte>(parts.size());
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      colours[i] = static_cast<colour_byte>(parts[i].integer());
    }
    return value::of_row(colours, parts.size());
  }
  if (detail::is_row(parts[0]) && detail::are_rows(parts)) {
    const std::uint32_t width = parts[0].size();
    auto* const colours = m.take<colour_byte>(std::uint64_t{width} * parts.size());
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      detail::copy_row(parts[i], colours + std::size_t{i} * width);
    }
    return value::of_grid(colours, parts.size(), width);
  }
  return detail::stored(m, value_form::elements, parts);
}

inline value tuple_of(machine& m, const value& a, const value& b) {
  value_list parts(m, 2);
  parts.add(a);
  parts.add(b);
  return tuple_of(m, parts);
}

/// Bytes from m.take: height x width of them, row by row.
inline value grid_of(machine& m, const colour_byte* colours, std::uint32_t height,
                     std::uint32_t width) {
  if (height == 0) return empty_tuple();
  if (width != 0) return value::of_grid(colours, height, width);
  value_list rows(m, height);
  for (std::uint32_t i = 0; i < height; ++i) rows.add(empty_tuple());
  return detail::stored(m, value_form::elements, rows);
}

/// A set of locations or of cells, in any order, with repeats.
inline value set_of(machine& m, value_form form, packed_list& all) {
  if (all.size() == 0) return empty_set();
  m.charge(all.size());
  if (!std::is_sorted(all.begin(), all.end())) {
    m.charge(std::uint64_t{all.size()} * static_cast<unsigned>(std::bit_width(all.size())));
    std::sort(all.begin(), all.end());
  }
  all.shrink(static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin()));
  m.hold(all.size());
  return value::of_packed_set(form, all.begin(), all.size());
}

namespace detail {

/// Whether all are sets of locations, or all sets of cells; the empty set is either.
inline bool are_packed_sets(const value_list& all) {
  value_form form = value_form::none;
  for (const value& each : all) {
    if (each.form() == value_form::members && each.size() == 0) continue;
    if (each.form() != value_form::locations && each.form() != value_form::object) return false;
    if (form != value_form::none && each.form() != form) return false;
    form = each.form();
  }
  return true;
}

/// Of the size and both ends.
inline std::uint64_t hash_of_packed_set(const value& v) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio
  if (v.size() == 0) return 0;
  std::uint64_t hash = (v.packed_set()[0] ^ v.size()) * prime;
  hash = (std::rotl(hash, 32) ^ v.packed_set()[v.size() - 1]) * prime;
  return hash ^ hash >> 32U;
}

/// Drops repeats, as far as there is room for a table. Sets that higher-order primitives make of all
/// pairs of something repeat most of their members. Where too many look alike to the hash, the rest is
/// left to the sort. Precondition: are_packed_sets.
inline void drop_repeats(machine& m, value_list& all) {
  const std::uint64_t slots = 2 * std::bit_ceil(std::uint64_t{all.size()});
  if (slots > m.limits().cells / 2) return;
  auto* const table = m.scratch<std::uint32_t>(slots); // numbers of values, from 1
  std::fill_n(table, slots, 0U);
  std::uint64_t looks = std::uint64_t{8} * all.size(); // at what is not equal
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    std::uint64_t at = hash_of_packed_set(all[i]) & (slots - 1);
    for (; looks > 0 && table[at] != 0 && !equal(all[table[at] - 1], all[i]); --looks) {
      at = (at + 1) & (slots - 1);
    }
    if (looks > 0 && table[at] != 0) continue;
    all[kept++] = all[i];
    if (looks > 0) table[at] = kept;
  }
  all.shrink(kept);
}

} // namespace detail

/// A set of values, in any order, with repeats.
inline value set_of(machine& m, value_list& all) {
  if (all.size() == 0) return empty_set();
  const value_form form = all[0].form();
  const bool one_form =
      std::all_of(all.begin(), all.end(), [&](const value& v) { return v.form() == form; });
  if (one_form && (form == value_form::pair || form == value_form::cell)) {
    packed_list packed(m, all.size());
    for (const value& v : all) packed.add(v.packed());
    return set_of(m, form == value_form::pair ? value_form::locations : value_form::object, packed);
  }
  std::uint64_t total = 0;
  for (const value& v : all) total += value_total(v);
  m.charge((total + all.size()) * static_cast<unsigned>(std::bit_width(all.size())));
  const auto before = [](const value& a, const value& b) { return compare(a, b) < 0; };
  if (!std::is_sorted(all.begin(), all.end(), before)) {
    if (all.size() > 16 && detail::are_packed_sets(all)) detail::drop_repeats(m, all);
    std::sort(all.begin(), all.end(), before);
  }
  all.shrink(static_cast<std::size_t>(std::unique(all.begin(), all.end(), equal) - all.begin()));
  return detail::stored(m, value_form::members, all);
}

} // namespace arc

#endif
