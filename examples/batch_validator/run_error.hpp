// SPDX-License-Identifier: MIT
//
// Why a run of a program ended before its last line. The kinds are those of the language's
// description; fuel, cells and depth are limits of the judge (verdicts of their own).
#ifndef ORDERLY_EXAMPLES_ARC_RUN_ERROR_HPP
#define ORDERLY_EXAMPLES_ARC_RUN_ERROR_HPP

#include <array>       // names
#include <cstddef>     // size_t
#include <cstdint>     // kinds
#include <exception>   // base
#include <string_view> // names

namespace arc {

enum class error_kind : std::uint8_t {
  type,          ///< wrong kind, not callable, not comparable, wrong number of arguments
  index,         ///< a position that a tuple has not; a corner of an empty patch
  empty,         ///< the largest of nothing
  no_element,    ///< the first of nothing
  zero_division, ///< also a zero factor of downscale, hsplit, vsplit
  zero_step,     ///< of interval
  overflow,      ///< of 64 bits
  fuel,
  cells,
  depth
};

inline constexpr std::array<std::string_view, 10> error_names{
    "type",      "index",    "empty", "no_element", "zero_division",
    "zero_step", "overflow", "fuel",  "cells",      "depth"};

constexpr std::string_view name_of(error_kind kind) {
  return error_names[static_cast<std::size_t>(kind)];
}

/// Ends a run. What failed where is known to whoever counts the lines.
class run_error : public std::exception {
 public:
  explicit run_error(error_kind kind) : kind_(kind) {}
  error_kind kind() const { return kind_; }
  const char* what() const noexcept override { return name_of(kind_).data(); }

 private:
  error_kind kind_;
};

[[noreturn]] inline void fail(error_kind kind) { throw run_error(kind); }

} // namespace arc

#endif
