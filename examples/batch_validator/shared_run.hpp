// SPDX-License-Identifier: MIT
//
// Running several programs on one grid, each line that they share once.
//
//   arc::shared_run run(m);                          // with a machine of its own
//   run.begin(graph, input);
//   const auto outcome = run(graph_program);          // one program after the other
//   if (!outcome) ...                                 // this one must be run alone
//
// The outcome is that of program_run: what a line costs is a fact about the line (line_run.hpp), and a
// program pays for all its lines, whoever evaluated them. One thing is no fact about a line: which of
// two functions that programs make was made first. A program with a line that asked for that is not
// for this class.
#ifndef ORDERLY_EXAMPLES_ARC_SHARED_RUN_HPP
#define ORDERLY_EXAMPLES_ARC_SHARED_RUN_HPP

#include "constants.hpp"
#include "line_graph.hpp"
#include "line_run.hpp"
#include "machine.hpp"
#include "program_run.hpp"
#include "value.hpp"

#include <array>    // arguments
#include <cstddef>  // size_t
#include <cstdint>  // numbers of lines
#include <optional> // programs to be run alone
#include <vector>   // outcomes of lines

namespace arc {

class shared_run {
 public:
  /// The machine must outlive this object.
  explicit shared_run(machine& m) : m_(m) {}

  /// Graph and input must outlive the outcomes.
  void begin(const line_graph& graph, const value& input) {
    graph_ = &graph;
    input_ = input;
    if (known_.size() < graph.lines().size()) known_.resize(graph.lines().size());
    forget();
  }

  /// Precondition: the program was added to the graph. The result is valid until the next run.
  std::optional<run_outcome> operator()(const graph_program& code) {
    if (!m_.has_room()) forget();
    run_account account(m_.limits());
    for (std::size_t i = 0; i < code.lines.size(); ++i) {
      const line_outcome& line = outcome_of(code.lines[i]);
      if (line.closures_ordered) return std::nullopt;
      if (const auto error = account.add(line)) {
        return run_outcome{{}, error, i, line.primitive, account.fuel()};
      }
    }
    run_outcome outcome;
    outcome.result = value_of(code.result);
    outcome.fuel = account.fuel();
    return outcome;
  }

  /// Of lines that were known when they were needed.
  std::uint64_t lines_saved() const { return lines_saved_; }
  std::uint64_t fuel_saved() const { return fuel_saved_; }

 private:
  struct known_line {
    std::uint64_t round = 0; // the outcome is known if it is the current one
    line_outcome outcome{};
  };

  void forget() {
    m_.reset();
    ++round_;
  }

  const line_outcome& outcome_of(std::uint32_t number) {
    known_line& known = known_[number];
    if (known.round == round_) {
      ++lines_saved_;
      fuel_saved_ += known.outcome.fuel;
    } else {
      known.outcome = evaluate(graph_->lines()[number]);
      known.round = round_;
    }
    return known.outcome;
  }

  value value_of(const graph_operand& what) const {
    switch (what.kind) {
    case operand_kind::input:
      return input_;
    case operand_kind::line:
      return known_[what.index].outcome.result;
    case operand_kind::constant:
      return constants[what.index].content;
    case operand_kind::primitive:
      break;
    }
    return value::of_primitive(what.index);
  }

  line_outcome evaluate(const graph_line& line) {
    std::array<value, most_arguments> arguments;
    for (unsigned i = 0; i < line.argument_count; ++i) arguments[i] = value_of(line.arguments[i]);
    return evaluate_line(m_, value_of(line.callee), arguments.data(), line.argument_count);
  }

  machine& m_;
  const line_graph* graph_ = nullptr;
  value input_{};
  std::vector<known_line> known_; // by number
  std::uint64_t round_ = 0;
  std::uint64_t lines_saved_ = 0;
  std::uint64_t fuel_saved_ = 0;
};

} // namespace arc

#endif
