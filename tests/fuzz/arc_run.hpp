// SPDX-License-Identifier: MIT
//
// What must hold when the batch validator runs a program, whatever it is: part of the target
// arc_program.
//
// A run has the same outcome whatever lay in the machine's memory before. It keeps the limits, and so
// does it without its last lines. Every value has the one form of its content (value.hpp).
#ifndef ORDERLY_TESTS_FUZZ_ARC_RUN_HPP
#define ORDERLY_TESTS_FUZZ_ARC_RUN_HPP

#include "fuzz/require.hpp"

#include "batch_validator/constants.hpp"
#include "batch_validator/machine.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program.hpp"
#include "batch_validator/program_run.hpp"
#include "batch_validator/value.hpp"
#include "batch_validator/value_order.hpp"
#include "batch_validator/value_text.hpp"

#include <algorithm>   // max, fill_n
#include <array>       // inputs
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <string>      // outcomes
#include <string_view> // short forms
#include <utility>     // pair

namespace fuzz {
namespace detail {

inline constexpr arc::run_limits small_limits{20'000, 2'000, 50};

/// A program of any bytes, five a line: the callee and four arguments, of which it gets as many as it
/// takes. A byte is a primitive (below 160), a constant (the next 28), the input (the next), or the
/// line so far back; a callee of 160 or more a line, and how many arguments it gets.
inline arc::program short_program(std::string_view bytes) {
  constexpr std::size_t each = 1 + arc::most_arguments;
  arc::program code;
  code.name = "f";
  const auto line_back = [&](std::size_t back) {
    const std::size_t index = code.lines.size() - 1 - back % code.lines.size();
    return arc::operand{arc::operand_kind::line, static_cast<std::uint16_t>(index)};
  };
  const auto operand_of = [&](char byte) {
    std::size_t number = static_cast<unsigned char>(byte);
    for (const auto& [kind, count] :
         {std::pair{arc::operand_kind::primitive, arc::primitives.size()},
          {arc::operand_kind::constant, arc::constants.size()}}) {
      if (number < count) return arc::operand{kind, static_cast<std::uint16_t>(number)};
      number -= count;
    }
    return number == 0 || code.lines.empty() ? arc::operand{} : line_back(number - 1);
  };
  for (; bytes.size() >= each && code.lines.size() < 100; bytes.remove_prefix(each)) {
    arc::program_line line;
    const std::size_t byte = static_cast<unsigned char>(bytes[0]);
    const std::size_t callee = code.lines.empty() ? byte % arc::primitives.size() : byte;
    if (callee < arc::primitives.size()) {
      line.callee = {arc::operand_kind::primitive, static_cast<std::uint16_t>(callee)};
      line.argument_count = static_cast<std::uint8_t>(arc::primitives[callee].arity);
    } else {
      line.callee = line_back((callee - arc::primitives.size()) / arc::most_arguments);
      line.argument_count = static_cast<std::uint8_t>(1 + callee % arc::most_arguments);
    }
    for (std::size_t i = 0; i < line.argument_count; ++i)
      line.arguments[i] = operand_of(bytes[1 + i]);
    code.lines.push_back(line);
  }
  if (!code.lines.empty()) code.result = line_back(0);
  return code;
}

inline bool is_small(const arc::value& v) {
  return v.is_integer() && v.integer() >= -128 && v.integer() <= 127;
}

/// A non-empty tuple of small integers.
inline bool is_grid_row(const arc::value& v) {
  if (!v.is_tuple() || v.size() == 0) return false;
  for (std::uint32_t i = 0; i < v.size(); ++i) {
    if (!is_small(arc::element(v, i))) return false;
  }
  return true;
}

inline bool is_plain_cell(const arc::value& v) {
  const arc::value first = arc::element(v, 0);
  const arc::value second = arc::element(v, 1);
  if (!first.is_integer() || second.form() != arc::value_form::pair) return false;
  return arc::is_packable(arc::coloured{first.integer(), second.pair()});
}

inline bool is_plain_pair(const arc::value& v) {
  const arc::value first = arc::element(v, 0);
  const arc::value second = arc::element(v, 1);
  return first.is_integer() && second.is_integer() &&
         arc::is_packable(arc::location{first.integer(), second.integer()});
}

/// The form that a tuple's content asks for.
inline arc::value_form tuple_form(const arc::value& v) {
  if (v.size() == 2 && is_plain_pair(v)) return arc::value_form::pair;
  if (v.size() == 2 && is_plain_cell(v)) return arc::value_form::cell;
  if (is_grid_row(v) && v.size() != 2) return arc::value_form::row;
  bool rows = v.size() != 0;
  for (std::uint32_t i = 0; rows && i < v.size(); ++i) {
    const arc::value row = arc::element(v, i);
    rows = is_grid_row(row) && row.size() == arc::element(v, 0).size();
  }
  return rows ? arc::value_form::grid : arc::value_form::elements;
}

inline arc::value_form set_form(const arc::value& v) {
  bool pairs = v.size() != 0;
  bool cells = v.size() != 0;
  for (std::uint32_t i = 0; i < v.size(); ++i) {
    pairs = pairs && arc::element(v, i).form() == arc::value_form::pair;
    cells = cells && arc::element(v, i).form() == arc::value_form::cell;
    require(i == 0 || arc::compare(arc::element(v, i - 1), arc::element(v, i)) < 0,
            "members ascend");
  }
  return pairs   ? arc::value_form::locations
         : cells ? arc::value_form::object
                 : arc::value_form::members;
}

/// Its total, counted.
inline std::uint64_t check_value(const arc::value& v) {
  using arc::value_form;
  std::uint64_t total = 1;
  const bool whole = v.form() == value_form::pair || v.form() == value_form::cell;
  const auto check_part = [&](const arc::value& part) {
    total += check_value(part);
    require(v.nesting() > part.nesting(), "a value is deeper than its parts");
  };
  if (v.form() == value_form::elements || v.form() == value_form::members) {
    for (std::uint32_t i = 0; i < v.size(); ++i) check_part(v.elements()[i]);
  } else if (v.is_closure()) {
    for (const arc::value& part : v.function()->parts) {
      if (part.kind() != arc::value_kind::none) check_part(part);
    }
  } else if (v.is_function()) {
    require(v.primitive() < arc::primitives.size(), "a primitive is one of the table");
  } else if (v.is_container() && !whole) {
    total += v.form() == value_form::grid ? std::uint64_t{v.height()} * v.width() : v.size();
  }
  if (v.is_tuple()) require(v.form() == tuple_form(v), "a tuple has the form of its content");
  if (v.is_set()) require(v.form() == set_form(v), "a set has the form of its content");
  require(v.is_closure() || arc::value_total(v) == total, "a value's total is what it has");
  return arc::value_total(v);
}

inline constexpr std::array<arc::colour_byte, 20> input_cells{{0, 0, 3, 0, 5, //
                                                               0, 2, 2, 0, 5, //
                                                               0, 2, 0, 0, 0, //
                                                               0, 0, 7, 0, 9}};
/// Parts of these cells: wide, square, a row, one cell.
inline const std::array<arc::value, 4>& inputs() {
  static const std::array<arc::value, 4> all{{arc::value::of_grid(input_cells.data(), 4, 5),
                                              arc::value::of_grid(input_cells.data() + 2, 4, 4),
                                              arc::value::of_grid(input_cells.data(), 1, 5),
                                              arc::value::of_grid(input_cells.data() + 9, 1, 1)}};
  return all;
}

/// What lies in memory is no part of a run: here it is these bytes.
inline void soil(arc::machine& m, unsigned char byte) {
  m.reset();
  for (int i = 0; i < 4; ++i) {
    std::fill_n(m.scratch<unsigned char>(small_limits.cells), small_limits.cells, byte);
    std::fill_n(reinterpret_cast<unsigned char*>(m.scratch<arc::value>(small_limits.cells)),
                small_limits.cells * sizeof(arc::value), byte);
  }
}

/// The outcome of a run, as text.
inline std::string outcome_of(arc::machine& m, const arc::program& code, const arc::value& input) {
  arc::program_run run(m);
  const arc::run_outcome outcome = run(code, input);
  std::string text = std::to_string(outcome.fuel) + ": ";
  if (outcome.error) {
    require(outcome.line < code.lines.size(), "an error has a line");
    require(outcome.fuel <= small_limits.fuel || *outcome.error == arc::error_kind::fuel,
            "no other error comes before that of fuel");
    return text + std::string(arc::name_of(*outcome.error)) + " in line " +
           std::to_string(outcome.line) + ", primitive " + std::to_string(outcome.primitive);
  }
  require(outcome.fuel <= small_limits.fuel, "a run keeps to its fuel");
  require(check_value(outcome.result) - 1 <= small_limits.cells,
          "no value has more than the limit, itself not counted");
  require(outcome.result.nesting() <= small_limits.depth, "no value is deeper than the limit");
  return text + arc::text_of(outcome.result);
}

/// Without its last lines it goes as far: the value of each line, if there is one, is as it should be.
inline void check_lines(arc::machine& m, const arc::program& code, const arc::value& input) {
  constexpr std::size_t most_checked = 8;
  arc::program part = code;
  for (std::size_t i = 0; i < most_checked && !part.lines.empty(); ++i) {
    const auto last = static_cast<std::uint16_t>(part.lines.size() - 1);
    part.result = {arc::operand_kind::line, last};
    outcome_of(m, part, input);
    part.lines.pop_back();
  }
}

/// A machine with room for nothing more than its limits ask for.
inline arc::machine& machine_for(arc::dialect dialect) {
  static arc::machine arc_dsl(arc::primitives.data(), small_limits, arc::dialect::arc_dsl);
  static arc::machine re_arc(arc::primitives.data(), small_limits, arc::dialect::re_arc);
  return dialect == arc::dialect::arc_dsl ? arc_dsl : re_arc;
}

inline void check_runs(const arc::program& code) {
  for (const arc::dialect dialect : {arc::dialect::arc_dsl, arc::dialect::re_arc}) {
    arc::machine& m = machine_for(dialect);
    for (const arc::value& input : inputs()) {
      soil(m, 0);
      const std::string outcome = outcome_of(m, code, input);
      soil(m, 0xff);
      require(outcome_of(m, code, input) == outcome, "a run has one outcome: " + outcome);
    }
    check_lines(m, code, inputs()[code.lines.size() % inputs().size()]);
  }
}

} // namespace detail
} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARC_RUN_HPP
