// SPDX-License-Identifier: MIT
//
// A value of the ARC language: none, an integer, a tuple, a set or a function.
//
// 16 bytes, trivially copyable; what does not fit lies in an arena (arena.hpp) and never changes. A
// form is a way to store a kind. Each content has exactly one form, the first of its kind below that
// can hold it; so equal values have equal forms, and most work looks at bytes, not at values:
//
//   integer     64 bits; true and false are 1 and 0
//   tuple       pair       two integers of 32 bits
//               cell       (colour, (row, column)) of 16, 24 and 24 bits
//               row        one integer of 8 bits or more, but not two
//               grid       one row or more of one width: tuples that are rows, or pairs of 8 bits
//               elements   any others, the empty tuple too
//   set         locations  pairs; one or more
//               object     cells; one or more
//               members    any others, the empty set too
//   function    a primitive, or a closure
//
// Sets lie in ascending canonical order (value_order.hpp). Pairs and cells are packed into 64 bits so
// that the order of these numbers is the canonical order of what they stand for.
//
// Values are made by value_builder.hpp alone: it finds the form.
#ifndef ORDERLY_EXAMPLES_ARC_VALUE_HPP
#define ORDERLY_EXAMPLES_ARC_VALUE_HPP

#include <cstddef> // size_t
#include <cstdint> // integers of known width

namespace arc {

enum class value_kind : std::uint8_t { none, integer, tuple, set, function }; // canonical order

enum class value_form : std::uint8_t {
  none,
  integer,
  pair,
  cell,
  row,
  grid,
  elements,
  locations,
  object,
  members,
  function
};

constexpr value_kind kind_of(value_form form) {
  switch (form) {
  case value_form::none:
    return value_kind::none;
  case value_form::integer:
    return value_kind::integer;
  case value_form::pair:
  case value_form::cell:
  case value_form::row:
  case value_form::grid:
  case value_form::elements:
    return value_kind::tuple;
  case value_form::locations:
  case value_form::object:
  case value_form::members:
    return value_kind::set;
  case value_form::function:
    break;
  }
  return value_kind::function;
}

/// A row and a column, or any two numbers. Rows go down, columns to the right.
struct location {
  std::int64_t row = 0;
  std::int64_t column = 0;
  friend constexpr bool operator==(const location&, const location&) = default;
};

struct coloured {
  std::int64_t colour = 0;
  location where{};
};

/// Pairs as 64 bits.
constexpr bool is_packable(const location& at) {
  return at.row == static_cast<std::int32_t>(at.row) &&
         at.column == static_cast<std::int32_t>(at.column);
}
constexpr std::uint64_t pack(const location& at) {
  constexpr std::uint32_t sign = std::uint32_t{1} << 31U;
  return std::uint64_t{static_cast<std::uint32_t>(at.row) ^ sign} << 32U |
         (static_cast<std::uint32_t>(at.column) ^ sign);
}
constexpr location unpack_pair(std::uint64_t packed) {
  constexpr std::uint32_t sign = std::uint32_t{1} << 31U;
  return {static_cast<std::int32_t>(static_cast<std::uint32_t>(packed >> 32U) ^ sign),
          static_cast<std::int32_t>(static_cast<std::uint32_t>(packed) ^ sign)};
}

/// Cells as 64 bits.
inline constexpr std::int64_t colour_limit = std::int64_t{1} << 15U;
inline constexpr std::int64_t place_limit = std::int64_t{1} << 23U;
constexpr bool is_packable(const coloured& cell) {
  return cell.colour >= -colour_limit && cell.colour < colour_limit &&
         cell.where.row >= -place_limit && cell.where.row < place_limit &&
         cell.where.column >= -place_limit && cell.where.column < place_limit;
}
constexpr std::uint64_t pack(const coloured& cell) {
  return static_cast<std::uint64_t>(cell.colour + colour_limit) << 48U |
         static_cast<std::uint64_t>(cell.where.row + place_limit) << 24U |
         static_cast<std::uint64_t>(cell.where.column + place_limit);
}
constexpr coloured unpack_cell(std::uint64_t packed) {
  constexpr std::uint64_t place = (std::uint64_t{1} << 24U) - 1;
  return {static_cast<std::int64_t>(packed >> 48U) - colour_limit,
          {static_cast<std::int64_t>(packed >> 24U & place) - place_limit,
           static_cast<std::int64_t>(packed & place) - place_limit}};
}

struct closure;

/// Elements of a grid.
using colour_byte = std::int8_t;

class value {
 public:
  constexpr value() = default; ///< none

  static constexpr value of_integer(std::int64_t number) {
    value v(value_form::integer, 0, 0);
    v.integer_ = number;
    return v;
  }
  /// Precondition, as of the next: is_packable.
  static constexpr value of_pair(const location& at) {
    return of_packed(value_form::pair, pack(at));
  }
  static constexpr value of_cell(const coloured& c) { return of_packed(value_form::cell, pack(c)); }
  static constexpr value of_packed(value_form form, std::uint64_t packed) {
    value v(form, 0, 2);
    v.packed_ = packed;
    return v;
  }
  /// Preconditions of the next five: the content has this form and outlives the value.
  static constexpr value of_row(const colour_byte* colours, std::uint32_t width) {
    return of_memory(value_form::row, 0, width, colours);
  }
  static constexpr value of_grid(const colour_byte* colours, std::uint32_t height,
                                 std::uint32_t width) {
    return of_memory(value_form::grid, width, height, colours);
  }
  static constexpr value of_elements(value_form form, const value* elements, std::uint32_t count,
                                     std::uint32_t nesting) {
    return of_memory(form, nesting, count, elements);
  }
  static constexpr value of_packed_set(value_form form, const std::uint64_t* packed,
                                       std::uint32_t count) {
    return of_memory(form, 0, count, packed);
  }
  static constexpr value of_closure(const closure* function, std::uint32_t nesting) {
    return of_memory(value_form::function, nesting, 0, function);
  }
  static constexpr value of_primitive(std::uint32_t number) {
    value v(value_form::function, 0, 0);
    v.integer_ = number;
    return v;
  }

  constexpr value_form form() const { return static_cast<value_form>(head_ & 0xFFU); }
  constexpr value_kind kind() const { return kind_of(form()); }
  constexpr bool is_tuple() const { return kind() == value_kind::tuple; }
  constexpr bool is_set() const { return kind() == value_kind::set; }
  constexpr bool is_container() const { return is_tuple() || is_set(); }
  constexpr bool is_integer() const { return form() == value_form::integer; }
  constexpr bool is_function() const { return form() == value_form::function; }

  /// Elements of a tuple or set; of a grid its rows.
  constexpr std::uint32_t size() const { return size_; }
  /// How deep elements, members and closures lie in each other: 0 where there are none, else above
  /// that of every part.
  constexpr std::uint32_t nesting() const { return form() == value_form::grid ? 0 : head_ >> 8U; }

  /// Preconditions of all below: the form is the one that has it.
  constexpr std::int64_t integer() const { return integer_; }
  constexpr std::uint64_t packed() const { return packed_; }
  constexpr location pair() const { return unpack_pair(packed_); }
  constexpr coloured cell() const { return unpack_cell(packed_); }
  constexpr std::uint32_t height() const { return size_; }
  constexpr std::uint32_t width() const { return head_ >> 8U; }
  const colour_byte* colours() const { return static_cast<const colour_byte*>(memory_); }
  const value* elements() const { return static_cast<const value*>(memory_); }
  const std::uint64_t* packed_set() const { return static_cast<const std::uint64_t*>(memory_); }
  constexpr bool is_closure() const { return is_function() && (head_ >> 8U) != 0; }
  const closure* function() const;
  constexpr std::uint32_t primitive() const { return static_cast<std::uint32_t>(integer_); }

  /// Where the content lies; null if it is in the value itself, or there is none.
  constexpr const void* memory() const {
    const bool outside =
        form() > value_form::cell && (form() != value_form::function || is_closure());
    return outside ? memory_ : nullptr;
  }

  /// The widest grid and the largest container.
  static constexpr std::uint32_t most_elements = (std::uint32_t{1} << 24U) - 1;

 private:
  constexpr value(value_form form, std::uint32_t width, std::uint32_t size)
      : head_(static_cast<std::uint32_t>(form) | width << 8U), size_(size) {}

  static constexpr value of_memory(value_form form, std::uint32_t width, std::uint32_t size,
                                   const void* memory) {
    value v(form, width, size);
    v.memory_ = memory;
    return v;
  }

  std::uint32_t head_ = 0; // the form, and above it the width of a grid or the nesting
  std::uint32_t size_ = 0;
  union {
    std::int64_t integer_ = 0;
    std::uint64_t packed_;
    const void* memory_;
  };
};

/// What a higher-order primitive makes.
enum class closure_kind : std::uint8_t {
  compose,
  chain,
  matcher,
  bind_first,
  bind_last,
  power,
  fork
};

struct closure {
  closure_kind kind;
  std::uint8_t arity;
  std::uint32_t number; ///< in order of creation, from 0 in each run
  std::uint64_t total;  ///< of the parts, as value_total counts
  bool* ordered;        ///< set when the order of two closures is asked for
  value parts[3];       ///< the arguments of the primitive, in its order
};

inline const closure* value::function() const { return static_cast<const closure*>(memory_); }

/// Numbers and such in a value, counted through, and its own place among them. A value that occurs
/// twice counts twice. O(1): before elements and members their total lies, as an integer.
inline std::uint64_t value_total(const value& v) {
  switch (v.form()) {
  case value_form::row:
  case value_form::locations:
  case value_form::object:
    return std::uint64_t{1} + v.size();
  case value_form::grid:
    return 1 + std::uint64_t{v.height()} * v.width();
  case value_form::elements:
  case value_form::members:
    return v.size() == 0 ? 1 : static_cast<std::uint64_t>(v.elements()[-1].integer());
  case value_form::function:
    return v.is_closure() ? v.function()->total : 1;
  default:
    return 1;
  }
}

} // namespace arc

#endif
