// SPDX-License-Identifier: MIT
//
// The verdict on a candidate: a program, run on the samples of a task in their order.
//
//   arc::judge judge(limits, dialect);                 // every worker has its own
//   const arc::judgement j = judge(program, task, arc::judging::until_first_failure);
//
//   AC     every known output was given, also where none is known
//   WA     a grid, but not the expected one
//   NG     a result that is no grid of colours 0 to 9
//   RE     an error of the program
//   FUEL   MEM   DEPTH   a limit was exceeded
//   CE     the program could not be read (given by whoever reads it)
//   SKIPPED the candidate was not judged
//
// The verdict is that of the first sample that fails; train comes before test. A sample whose output
// is unknown is not run.
#ifndef ORDERLY_EXAMPLES_ARC_JUDGING_HPP
#define ORDERLY_EXAMPLES_ARC_JUDGING_HPP

#include "machine.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
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
  unreadable,
  skipped
};

inline constexpr std::array<std::string_view, 9> verdict_names{
    "AC", "WA", "NG", "RE", "FUEL", "MEM", "DEPTH", "CE", "SKIPPED"};

constexpr std::string_view name_of(verdict v) { return verdict_names[static_cast<std::size_t>(v)]; }

enum class judging : std::uint8_t { until_first_failure, all_samples };

struct judgement {
  arc::verdict verdict = verdict::accepted;
  std::optional<std::size_t> sample{}; ///< the first that failed
  std::optional<std::size_t> line{};   ///< of an error or a limit, among the program's lines
  std::uint32_t primitive = machine::no_primitive; ///< where one failed
  std::optional<error_kind> error{};               ///< of RE
  std::optional<std::uint64_t> differing{}; ///< cells, of WA with the expected height and width
  std::uint64_t fuel = 0;                   ///< of all samples run
  std::uint32_t train_right = 0;
  std::uint32_t test_right = 0;
};

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

class judge {
 public:
  /// Exceptions: std::bad_alloc.
  explicit judge(const run_limits& limits = {}, arc::dialect dialect = arc::dialect::arc_dsl)
      : machine_(primitives.data(), limits, dialect), run_(machine_) {}

  judgement operator()(const program& code, const task& of, judging how) {
    judgement all;
    for (std::size_t i = 0; i < of.samples.size(); ++i) {
      const task_sample& sample = of.samples[i];
      if (!sample.output) continue;
      const judgement one = judge_sample(code, of, sample);
      all.fuel += one.fuel;
      if (one.verdict == verdict::accepted) {
        (sample.part == sample_part::train ? all.train_right : all.test_right) += 1;
        continue;
      }
      if (all.verdict == verdict::accepted) note_failure(one, i, all);
      if (how == judging::until_first_failure) break;
    }
    return all;
  }

 private:
  static constexpr verdict verdict_of(error_kind kind) {
    switch (kind) {
    case error_kind::fuel:
      return verdict::fuel;
    case error_kind::cells:
      return verdict::cells;
    case error_kind::depth:
      return verdict::depth;
    default:
      return verdict::error;
    }
  }

  static void note_failure(const judgement& one, std::size_t sample, judgement& all) {
    all.verdict = one.verdict;
    all.sample = sample;
    all.line = one.line;
    all.primitive = one.primitive;
    all.error = one.error;
    all.differing = one.differing;
  }

  judgement judge_sample(const program& code, const task& of, const task_sample& sample) {
    const run_outcome outcome = run_(code, of.view(sample.input));
    judgement one;
    one.fuel = outcome.fuel;
    if (outcome.error) {
      one.verdict = verdict_of(*outcome.error);
      one.line = outcome.line;
      one.primitive = outcome.primitive;
      if (one.verdict == verdict::error) one.error = outcome.error;
    } else if (!is_colour_grid(outcome.result)) {
      one.verdict = verdict::no_grid;
    } else if (const value expected = of.view(*sample.output); !equal(outcome.result, expected)) {
      one.verdict = verdict::wrong;
      one.differing = differing_cells(outcome.result, expected);
    }
    return one;
  }

  machine machine_;
  program_run run_;
};

} // namespace arc

#endif
