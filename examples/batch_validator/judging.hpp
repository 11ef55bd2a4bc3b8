// SPDX-License-Identifier: MIT
//
// What is said of a candidate: a program, run on the samples of a task in their order (judge.hpp).
//
//   AC       every known output was given
//   WA       a grid, but not the expected one
//   NG       a result that is no grid of colours 0 to 9
//   RE       an error of the program
//   FUEL     MEM   DEPTH   a limit was exceeded
//   TIMEOUT  the clock ended it, where the user wants that; another day it may end otherwise
//   CE       the program could not be read (given by whoever reads it)
//   SKIPPED  no output of the task is known
//
// The verdict is that of the first sample that fails; train comes before test. A sample whose output
// is unknown is not run.
#ifndef ORDERLY_EXAMPLES_ARC_JUDGING_HPP
#define ORDERLY_EXAMPLES_ARC_JUDGING_HPP

#include "machine.hpp"
#include "program_run.hpp"
#include "run_error.hpp"
#include "task.hpp"
#include "value.hpp"
#include "value_order.hpp"

#include <algorithm>   // all_of
#include <array>       // names
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // what not every verdict has
#include <string_view> // names

namespace arc {

enum class verdict : std::uint8_t {
  accepted,
  wrong,
  no_grid,
  error,
  fuel,
  cells,
  depth,
  timeout,
  unreadable,
  skipped
};

inline constexpr std::array<std::string_view, 10> verdict_names{
    "AC", "WA", "NG", "RE", "FUEL", "MEM", "DEPTH", "TIMEOUT", "CE", "SKIPPED"};

constexpr std::string_view name_of(verdict v) { return verdict_names[static_cast<std::size_t>(v)]; }

enum class judging : std::uint8_t { until_first_failure, all_samples };

struct judgement {
  arc::verdict verdict = verdict::accepted;
  std::optional<std::size_t> sample{}; ///< the first that failed
  std::optional<std::size_t> line{};   ///< of an error or a limit, among the program's lines
  std::uint32_t primitive = machine::no_primitive; ///< where one failed
  std::optional<error_kind> error{};               ///< of RE
  std::optional<std::uint64_t> differing{}; ///< cells, of WA with the expected height and width
  std::uint32_t height = 0;                 ///< of the grid, of WA
  std::uint32_t width = 0;
  std::uint64_t fuel = 0; ///< of all samples run
  std::uint32_t train_right = 0;
  std::uint32_t test_right = 0;
};

constexpr verdict verdict_of(error_kind kind) {
  switch (kind) {
  case error_kind::fuel:
    return verdict::fuel;
  case error_kind::cells:
    return verdict::cells;
  case error_kind::depth:
    return verdict::depth;
  case error_kind::timeout:
    return verdict::timeout;
  default:
    return verdict::error;
  }
}

/// Colours 0 to 9.
inline bool is_colour_grid(const value& v) {
  if (v.form() != value_form::grid) return false;
  const colour_byte* const first = v.colours();
  return std::all_of(first, first + std::size_t{v.height()} * v.width(),
                     [](colour_byte c) { return c >= 0 && c <= 9; });
}

/// Absent if height or width differ. Precondition: grids.
inline std::optional<std::uint64_t> differing_cells(const value& a, const value& b) {
  if (a.height() != b.height() || a.width() != b.width()) return std::nullopt;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < std::size_t{a.height()} * a.width(); ++i) {
    count += a.colours()[i] != b.colours()[i] ? 1U : 0U;
  }
  return count;
}

/// What a run on one sample was.
inline judgement judgement_of(const run_outcome& run, const value& expected) {
  judgement one;
  one.fuel = run.fuel;
  if (run.error) {
    one.verdict = verdict_of(*run.error);
    one.line = run.line;
    one.primitive = run.primitive;
    if (one.verdict == verdict::error) one.error = run.error;
  } else if (!is_colour_grid(run.result)) {
    one.verdict = verdict::no_grid;
  } else if (!equal(run.result, expected)) {
    one.verdict = verdict::wrong;
    one.differing = differing_cells(run.result, expected);
    one.height = run.result.height();
    one.width = run.result.width();
  }
  return one;
}

/// Adds a sample, by its number in the task, to what was said of those before it.
inline void add_sample(const judgement& one, std::size_t number, sample_part part, judgement& all) {
  const std::uint64_t fuel = all.fuel + one.fuel;
  if (one.verdict == verdict::accepted) {
    (part == sample_part::train ? all.train_right : all.test_right) += 1;
  } else if (!all.sample) {
    const judgement before = all;
    all = one;
    all.sample = number;
    all.train_right = before.train_right;
    all.test_right = before.test_right;
  }
  all.fuel = fuel;
}

} // namespace arc

#endif
