// SPDX-License-Identifier: MIT
//
// Running a program on a grid.
//
//   arc::machine m(arc::primitives.data());          // every worker has its own
//   arc::program_run run(m);
//   const arc::run_outcome outcome = run(program, input);
//   if (!outcome.error) look_at(outcome.result);      // until the next run
//
// Every line is evaluated, in order, once. Each may use the limits whole; the run ends at the line
// with which the sum of its fuel exceeds them, or what earlier lines keep together with the most that
// it held itself; that comes before an error of the line's own, and fuel before cells. So what a line
// costs is a fact about the line and its operands, wherever it stands.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_RUN_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_RUN_HPP

#include "calls.hpp"
#include "constants.hpp"
#include "machine.hpp"
#include "program.hpp"
#include "run_error.hpp"
#include "value.hpp"

#include <array>    // arguments
#include <cstddef>  // size_t
#include <cstdint>  // counts
#include <optional> // the error
#include <vector>   // results of lines

namespace arc {

struct run_outcome {
  value result{}; ///< of the program, in the machine's memory; none after an error
  std::optional<error_kind> error{};
  std::size_t line = 0;                            ///< of the error, among the program's lines
  std::uint32_t primitive = machine::no_primitive; ///< that failed, where one did
  std::uint64_t fuel = 0;                          ///< of all lines so far
};

class program_run {
 public:
  /// The machine must outlive this object.
  explicit program_run(machine& m) : m_(m) {}

  /// The input must outlive the result.
  run_outcome operator()(const program& code, const value& input) {
    m_.reset();
    input_ = input;
    results_.clear();
    run_outcome outcome;
    std::uint64_t kept = 0;
    for (const program_line& line : code.lines) {
      outcome.error = evaluate(line);
      outcome.fuel += m_.fuel();
      if (outcome.fuel > m_.limits().fuel)
        outcome.error = error_kind::fuel;
      else if (kept + m_.most_cells() > m_.limits().cells)
        outcome.error = error_kind::cells;
      if (outcome.error) {
        outcome.line = static_cast<std::size_t>(&line - code.lines.data());
        outcome.primitive = m_.failed();
        return outcome;
      }
      kept += m_.cells();
    }
    outcome.result = value_of(code.result);
    return outcome;
  }

 private:
  value value_of(const operand& what) const {
    switch (what.kind) {
    case operand_kind::input:
      return input_;
    case operand_kind::line:
      return results_[what.index];
    case operand_kind::constant:
      return constants[what.index].content;
    case operand_kind::primitive:
      break;
    }
    return value::of_primitive(what.index);
  }

  std::optional<error_kind> evaluate(const program_line& line) {
    m_.begin_line();
    std::array<value, most_arguments> arguments;
    for (unsigned i = 0; i < line.argument_count; ++i) arguments[i] = value_of(line.arguments[i]);
    try {
      results_.push_back(
          line.callee.kind == operand_kind::primitive
              ? call_primitive(m_, line.callee.index, arguments.data())
              : call(m_, value_of(line.callee), arguments.data(), line.argument_count));
      return std::nullopt;
    } catch (const run_error& e) {
      return e.kind();
    }
  }

  machine& m_;
  value input_{};
  std::vector<value> results_;
};

} // namespace arc

#endif
