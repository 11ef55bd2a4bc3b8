// SPDX-License-Identifier: MIT
//
// Why a program fails on a task, for people: the first sample that fails (or every one), its grids,
// and what is wrong.
//
//   arc::explainer explain(limits, dialect, view);
//   std::fputs(explain({"solvers.py", lines, program}, task).c_str(), stdout);
//
//   solve_0a1b2c3d (solvers.py:3) on task 0a1b2c3d: RE
//
//   train[0]: no result: a division by zero
//   solvers.py:5:9: error zero_division in divide
//       O = divide(x1, ZERO)
//           ^
//     x1 = 3
//     ZERO = 0
//
//   input 1x3   expected 1x3
//      0           0
//   0| 1 2 3    0| 3 2 1
#ifndef ORDERLY_EXAMPLES_ARC_EXPLANATION_HPP
#define ORDERLY_EXAMPLES_ARC_EXPLANATION_HPP

#include "constants.hpp"
#include "grid_drawing.hpp"
#include "judging.hpp"
#include "machine.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "program_builder.hpp"
#include "program_run.hpp"
#include "report.hpp"
#include "run_error.hpp"
#include "source_text.hpp"
#include "task.hpp"
#include "value.hpp"
#include "value_summary.hpp"

#include <algorithm>   // find, max, min
#include <cstddef>     // size_t
#include <cstdint>     // rows and columns
#include <optional>    // a difference
#include <span>        // lines
#include <string>      // the text
#include <string_view> // names
#include <utility>     // move
#include <vector>      // lines

namespace arc {

struct explanation_view {
  drawing_style style{};
  bool every_sample = false;
  bool trace = false; ///< the result of each line
};

/// A program, and the lines of the text that it was read from.
struct explained_program {
  std::string_view file;
  std::span<const source_line> lines;
  const parsed_program& program;
};

/// The text must outlive them.
inline std::vector<source_line> lines_of(std::string_view text) {
  std::vector<source_line> lines;
  for (line_reader reader(text); !reader.at_end(); reader.advance()) lines.push_back(reader.line());
  return lines;
}

/// The first cell in which two grids of the same height and width differ, by rows.
inline std::optional<location> first_difference(const value& a, const value& b) {
  const std::size_t cells = std::size_t{a.height()} * a.width();
  for (std::size_t i = 0; i < cells; ++i) {
    if (a.colours()[i] == b.colours()[i]) continue;
    return location{static_cast<std::int64_t>(i / a.width()),
                    static_cast<std::int64_t>(i % a.width())};
  }
  return std::nullopt;
}

/// What an error means.
inline std::string meaning_of(error_kind kind, const run_limits& limits) {
  switch (kind) {
  case error_kind::type:
    return "a value of the wrong kind, or a wrong number of arguments";
  case error_kind::index:
    return "a position that is not there";
  case error_kind::empty:
    return "the largest, smallest or nearest of nothing";
  case error_kind::no_element:
    return "an element of nothing, or one that is not there";
  case error_kind::zero_division:
    return "a division by zero";
  case error_kind::zero_step:
    return "an interval in steps of zero";
  case error_kind::overflow:
    return "a number too large for its place";
  case error_kind::fuel:
    return "the run needs more than " + std::to_string(limits.fuel) + " of fuel";
  case error_kind::cells:
    return "the run holds more than " + std::to_string(limits.cells) + " elements";
  case error_kind::timeout: // nobody sets a time limit here
  case error_kind::depth:
    break;
  }
  return "more than " + std::to_string(limits.depth) +
         " calls inside calls, or values inside values";
}

namespace detail {

/// Tells of one run of a program. What it refers to must stay until the text is written.
class run_writer {
 public:
  /// Begins with the label, on the first line.
  run_writer(const machine& m, const program_run& run, const explained_program& source,
             const value& input, const explanation_view& view, std::string label)
      : m_(m),
        results_(run.results()),
        source_(source),
        input_(input),
        view_(view),
        text_(std::move(label)) {}

  std::string write(const run_outcome& outcome, const value& expected) {
    const verdict v = judgement_of(outcome, expected).verdict;
    if (outcome.error) {
      add_error(outcome, v);
    } else if (v == verdict::no_grid) {
      add_summary("no grid of colours 0 to 9: ", outcome.result);
    } else if (v == verdict::wrong) {
      add_difference(outcome.result, expected);
    } else {
      text_ += "as expected\n";
    }
    add_grids(v, outcome.result, expected);
    if (view_.trace) add_trace();
    return std::move(text_);
  }

 private:
  /// To the end of a line, which is cut where the terminal ends.
  void add_summary(const std::string& before, const value& v) {
    constexpr std::size_t least = 20;
    text_ += before;
    const std::size_t used = text_.size() - (text_.rfind('\n') + 1); // npos + 1 is 0
    const std::size_t room = view_.style.columns - (std::min)(view_.style.columns, used);
    text_ += summary_of(m_, v, (std::max)(least, room)) + "\n";
  }

  void add_difference(const value& found, const value& expected) {
    const auto differing = differing_cells(found, expected);
    if (!differing) {
      text_ += "another size: expected " + shape_text(expected) + ", found " + shape_text(found);
    } else {
      const location at = *first_difference(found, expected);
      const auto colour = [&](const value& grid) {
        const auto row = static_cast<std::size_t>(at.row);
        return std::to_string(
            grid.colours()[row * grid.width() + static_cast<std::size_t>(at.column)]);
      };
      const std::uint64_t cells = std::uint64_t{found.height()} * found.width();
      text_ += std::to_string(*differing) + " of " + std::to_string(cells) +
               (cells == 1 ? " cell differs" : " cells differ") + "\nfirst difference at row " +
               std::to_string(at.row) + ", column " + std::to_string(at.column) + ": expected " +
               colour(expected) + ", found " + colour(found);
    }
    text_ += '\n';
  }

  void add_error(const run_outcome& outcome, verdict v) {
    const program_line& line = source_.program.code.lines[outcome.line];
    std::string message(name_of(v));
    if (v == verdict::error) message = "error " + std::string(name_of(*outcome.error));
    if (outcome.primitive != machine::no_primitive) {
      message += " in " + std::string(primitives[outcome.primitive].name);
      const operand failed{operand_kind::primitive, static_cast<std::uint16_t>(outcome.primitive)};
      if (failed != line.callee) message += ", called by " + text_of(line.callee);
    }
    text_ += "no result: " + meaning_of(*outcome.error, m_.limits()) + "\n" +
             arc::text_of(diagnostic_at(source_.file, source_.lines[line.source_line - 1],
                                        line.column, message)) +
             "\n";
    add_operand(line.callee);
    for (unsigned i = 0; i < line.argument_count; ++i) add_operand(line.arguments[i]);
  }

  /// Once, and no primitive: its name tells all.
  void add_operand(const operand& what) {
    if (what.kind == operand_kind::primitive) return;
    if (std::find(shown_.begin(), shown_.end(), what) != shown_.end()) return;
    shown_.push_back(what);
    const value& content = what.kind == operand_kind::input  ? input_
                           : what.kind == operand_kind::line ? results_[what.index]
                                                             : constants[what.index].content;
    add_summary("  " + text_of(what) + " = ", content);
  }

  std::string text_of(const operand& what) const {
    switch (what.kind) {
    case operand_kind::input:
      return "I";
    case operand_kind::line:
      return variable_of(source_.program.code.lines[what.index]);
    case operand_kind::constant:
      return std::string(constants[what.index].name);
    case operand_kind::primitive:
      break;
    }
    return std::string(primitives[what.index].name);
  }
  /// What the source assigns to.
  std::string variable_of(const program_line& line) const {
    return std::string(line_words(source_.lines[line.source_line - 1]).word());
  }

  void add_grids(verdict v, const value& found, const value& expected) {
    std::vector<drawn_grid> grids{{"input", input_}};
    grids.push_back({v == verdict::accepted ? "expected and found" : "expected", expected});
    if (v == verdict::wrong) {
      grids.push_back({"found", found});
      if (differing_cells(found, expected)) {
        grids[1].unlike = found;
        grids[2].unlike = expected;
      }
    }
    text_ += "\n" + drawing_of(grids, view_.style);
  }

  void add_trace() {
    const std::vector<program_line>& lines = source_.program.code.lines;
    if (results_.empty()) return;
    text_ += "\nlines and their results\n";
    const std::size_t digits = std::to_string(lines.back().source_line).size();
    for (std::size_t i = 0; i < results_.size(); ++i) {
      const std::string number = std::to_string(lines[i].source_line);
      add_summary("  " + std::string(digits - number.size(), ' ') + number + "  " +
                      variable_of(lines[i]) + " = ",
                  results_[i]);
    }
  }

  const machine& m_;
  const std::vector<value>& results_;
  const explained_program& source_;
  const value& input_;
  const explanation_view& view_;
  std::vector<operand> shown_;
  std::string text_;
};

/// "solve_0a1b2c3d (solvers.py:3)"
inline std::string name_and_place(const explained_program& source) {
  const program& code = source.program.code;
  return (code.name.empty() ? "a program without a name" : code.name) + " (" +
         std::string(source.file) + ":" + std::to_string(code.source_line) + ")";
}

} // namespace detail

/// A program that is not run: why it cannot be read, or that its task is not there.
inline std::string unreadable_text(const explained_program& source) {
  std::string text =
      detail::name_and_place(source) + ": " + std::string(name_of(verdict::unreadable)) + "\n";
  if (source.program.is_good())
    text += compile_error({0,
                           {},
                           &source.program,
                           {},
                           nullptr,
                           source.program.code.task().value_or(std::string_view())}) +
            "\n";
  for (const diagnostic& mistake : source.program.mistakes) text += text_of(mistake) + "\n";
  return text;
}

class explainer {
 public:
  /// Exceptions: std::bad_alloc.
  explainer(const run_limits& limits, arc::dialect dialect, const explanation_view& view)
      : machine_(primitives.data(), limits, dialect), run_(machine_), view_(view) {}
  explainer(const explainer&) = delete;
  explainer& operator=(const explainer&) = delete;

  /// Precondition: a good program. Exceptions: std::bad_alloc.
  std::string operator()(const explained_program& source, const task& of) {
    std::string samples;
    verdict all = verdict::skipped;
    for (std::size_t i = 0; i < of.samples.size(); ++i) {
      const std::string name = detail::sample_name(of, i) + ": ";
      if (!of.samples[i].output) {
        if (view_.every_sample) samples += "\n" + name + "its output is not known\n";
        continue;
      }
      const value input = of.view(of.samples[i].input);
      const value expected = of.view(*of.samples[i].output);
      const run_outcome outcome = run_(source.program.code, input);
      const verdict one = judgement_of(outcome, expected).verdict;
      if (all == verdict::skipped || all == verdict::accepted) all = one;
      if (one == verdict::accepted && !view_.every_sample) continue;
      detail::run_writer writer(machine_, run_, source, input, view_, name);
      samples += "\n" + writer.write(outcome, expected);
      if (!view_.every_sample) break;
    }
    return detail::name_and_place(source) + " on task " + of.id + ": " + std::string(name_of(all)) +
           "\n" + samples;
  }

 private:
  machine machine_;
  program_run run_;
  explanation_view view_;
};

} // namespace arc

#endif
