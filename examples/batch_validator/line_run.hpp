// SPDX-License-Identifier: MIT
//
// Evaluating a line of a program, and the account of a run: what its lines cost together.
//
// A line may use the limits whole. So what it costs is a fact about the line and its operands,
// wherever it stands and whoever else has the same line. A run ends at the line with which the sum of
// fuel exceeds the limit, or what earlier lines keep together with the most that it held itself; that
// comes before an error of the line's own, and fuel before cells.
#ifndef ORDERLY_EXAMPLES_ARC_LINE_RUN_HPP
#define ORDERLY_EXAMPLES_ARC_LINE_RUN_HPP

#include "calls.hpp"
#include "machine.hpp"
#include "run_error.hpp"
#include "value.hpp"

#include <cstdint>  // counts
#include <optional> // errors

namespace arc {

struct line_outcome {
  value result{}; ///< in the machine's memory; none after an error
  std::uint64_t fuel = 0;
  std::uint64_t cells = 0; ///< that the result keeps
  std::uint64_t most_cells = 0;
  std::optional<error_kind> error{};
  bool closures_ordered = false;                   ///< see machine
  std::uint32_t primitive = machine::no_primitive; ///< that failed, where one did
};

/// Calls a function value, as a line does.
inline line_outcome evaluate_line(machine& m, const value& callee, const value* arguments,
                                  unsigned count) {
  line_outcome line;
  m.begin_line();
  line.error = error_of([&] { line.result = call(m, callee, arguments, count); });
  if (line.error) {
    m.abandon_line();
    line.result = {};
    line.primitive = m.running();
  } else {
    line.cells = m.cells();
  }
  line.fuel = m.fuel();
  line.most_cells = m.most_cells();
  line.closures_ordered = *m.closures_ordered();
  return line;
}

class run_account {
 public:
  explicit run_account(const run_limits& limits) : limits_(limits) {}

  /// The next line. Absent: the run goes on.
  std::optional<error_kind> add(const line_outcome& line) {
    fuel_ += line.fuel;
    if (fuel_ > limits_.fuel) return error_kind::fuel;
    if (kept_ + line.most_cells > limits_.cells) return error_kind::cells;
    kept_ += line.cells;
    return line.error;
  }
  std::uint64_t fuel() const { return fuel_; }

 private:
  run_limits limits_;
  std::uint64_t fuel_ = 0;
  std::uint64_t kept_ = 0;
};

} // namespace arc

#endif
