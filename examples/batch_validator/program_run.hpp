// SPDX-License-Identifier: MIT
//
// Running a program on a grid.
//
//   arc::machine m(arc::primitives.data());          // every worker has its own
//   arc::program_run run(m);
//   const arc::run_outcome outcome = run(program, input);
//   if (!outcome.error) look_at(outcome.result);      // until the next run
//
// Every line is evaluated, in order, once, also one that the result does not need. line_run.hpp says
// how the costs of lines become those of a run.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_RUN_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_RUN_HPP

#include "constants.hpp"
#include "line_run.hpp"
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
    run_account account(m_.limits());
    for (std::size_t i = 0; i < code.lines.size(); ++i) {
      const line_outcome line = evaluate(code.lines[i]);
      if (const auto error = account.add(line)) {
        return {{}, error, i, line.primitive, account.fuel()};
      }
      results_.push_back(line.result);
    }
    run_outcome outcome;
    outcome.result = value_of(code.result);
    outcome.fuel = account.fuel();
    return outcome;
  }

  /// Of the lines of the last run, up to an error.
  const std::vector<value>& results() const { return results_; }

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

  line_outcome evaluate(const program_line& line) {
    std::array<value, most_arguments> arguments;
    for (unsigned i = 0; i < line.argument_count; ++i) arguments[i] = value_of(line.arguments[i]);
    return evaluate_line(m_, value_of(line.callee), arguments.data(), line.argument_count);
  }

  machine& m_;
  value input_{};
  std::vector<value> results_;
};

} // namespace arc

#endif
