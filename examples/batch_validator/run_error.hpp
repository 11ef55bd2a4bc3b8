// SPDX-License-Identifier: MIT
//
// Why a run of a program ended before its last line. The kinds are those of the language's
// description; fuel, cells, depth and timeout are limits of the judge (verdicts of their own).
#ifndef ORDERLY_EXAMPLES_ARC_RUN_ERROR_HPP
#define ORDERLY_EXAMPLES_ARC_RUN_ERROR_HPP

#include <array>       // names
#include <csetjmp>     // errors that need not be exceptions
#include <cstddef>     // size_t
#include <cstdint>     // kinds
#include <exception>   // base
#include <optional>    // runs without an error
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
  depth,
  timeout
};

inline constexpr std::array<std::string_view, 11> error_names{
    "type",     "index", "empty", "no_element", "zero_division", "zero_step",
    "overflow", "fuel",  "cells", "depth",      "timeout"};

constexpr std::string_view name_of(error_kind kind) {
  return error_names[static_cast<std::size_t>(kind)];
}

/// Ends a run that nobody waits for by error_of. What failed where is known to whoever counts the
/// lines.
class run_error : public std::exception {
 public:
  explicit run_error(error_kind kind) : kind_(kind) {}
  error_kind kind() const { return kind_; }
  const char* what() const noexcept override { return name_of(kind_).data(); }

 private:
  error_kind kind_;
};

namespace detail {
struct error_exit {
  std::jmp_buf place;
  error_kind kind{};
};
/// Of the innermost error_of on this thread.
inline thread_local error_exit* current_exit = nullptr;
} // namespace detail

[[noreturn]] inline void fail(error_kind kind) {
  if (detail::current_exit == nullptr) throw run_error(kind);
  detail::current_exit->kind = kind;
  std::longjmp(detail::current_exit->place, 1);
}

/// Calls f(). Gives the kind of the error that ended it, if one did.
///
/// Most candidates of a search end by an error, and an exception takes longer than all else that is
/// done for them (1.7 of 2 microseconds). So an error jumps here and destroys nothing: what lives in
/// f while the language's code runs, in primitives and in calls, must have no destructor to be run.
/// Other exceptions must not leave f.
template <class F>
std::optional<error_kind> error_of(F&& f) {
  detail::error_exit exit;
  detail::error_exit* const outer = detail::current_exit;
  detail::current_exit = &exit;
  if (setjmp(exit.place) == 0) {
    f();
    detail::current_exit = outer;
    return std::nullopt;
  }
  detail::current_exit = outer;
  return exit.kind;
}

} // namespace arc

#endif
