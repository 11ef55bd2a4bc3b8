// SPDX-License-Identifier: MIT
//
// Programs as text that program_parser.hpp reads back: one statement a line, and one spelling for each
// program.
//
//   def solve_67a3c6ac(I):
//       x1 = lbind(add, ONE)
//       O = x1(TWO)
//       return O
//
// The line that gives the result is named O, line n of the others xn, counted from 1. Two programs do
// the same calls if the texts of them without dead lines, those that the result does not depend on,
// are the same but for the name.
//
//   arc::text_of(arc::without_dead_lines(program)); // the canonical minimal text
//
// Beware: every line of a program is evaluated. One that fails in a dead line, or exceeds a limit
// there, is another program without that line.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_TEXT_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_TEXT_HPP

#include "constants.hpp"
#include "primitive_table.hpp"
#include "program.hpp"

#include <charconv>    // to_chars
#include <cstddef>     // size_t
#include <cstdint>     // line numbers
#include <string>      // the text
#include <string_view> // names
#include <vector>      // lines

namespace arc {

namespace detail {

inline void append_operand(std::string& text, const program& code, const operand& what) {
  switch (what.kind) {
  case operand_kind::input:
    text += 'I';
    return;
  case operand_kind::constant:
    text += constants[what.index].name;
    return;
  case operand_kind::primitive:
    text += primitives[what.index].name;
    return;
  case operand_kind::line:
    break;
  }
  if (what == code.result) {
    text += 'O';
    return;
  }
  char digits[8]; // an index has 5 at most
  const auto end = std::to_chars(digits, digits + sizeof digits, what.index + 1U);
  text += 'x';
  text.append(digits, end.ptr);
}

/// Which lines the result depends on.
inline std::vector<bool> live_lines(const program& code) {
  std::vector<bool> live(code.lines.size(), false);
  const auto use = [&live](const operand& what) {
    if (what.kind == operand_kind::line) live[what.index] = true;
  };
  use(code.result);
  for (std::size_t i = code.lines.size(); i-- > 0;) {
    if (!live[i]) continue;
    const program_line& line = code.lines[i];
    use(line.callee);
    for (unsigned a = 0; a < line.argument_count; ++a) use(line.arguments[a]);
  }
  return live;
}

} // namespace detail

/// The same under another name.
inline void append_text(std::string& text, const program& code, std::string_view name) {
  const auto append = [&](const operand& what) { detail::append_operand(text, code, what); };
  text += "def ";
  text += name;
  text += "(I):\n";
  for (std::size_t i = 0; i < code.lines.size(); ++i) {
    const program_line& line = code.lines[i];
    text += "    ";
    append({operand_kind::line, static_cast<std::uint16_t>(i)});
    text += " = ";
    append(line.callee);
    for (unsigned a = 0; a < line.argument_count; ++a) {
      text += a == 0 ? "(" : ", ";
      append(line.arguments[a]);
    }
    text += ")\n";
  }
  text += "    return ";
  append(code.result);
  text += '\n';
}

/// What stands above. Precondition: a program that the parser accepts.
inline std::string text_of(const program& code) {
  std::string text;
  append_text(text, code, code.name);
  return text;
}

/// Only the lines that the result depends on, in their order.
inline program without_dead_lines(program code) {
  const std::vector<bool> live = detail::live_lines(code);
  std::vector<std::uint16_t> place(code.lines.size()); // of the lines that stay
  const auto move = [&place](operand& what) {
    if (what.kind == operand_kind::line) what.index = place[what.index];
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < code.lines.size(); ++i) {
    if (!live[i]) continue;
    program_line line = code.lines[i];
    move(line.callee);
    for (unsigned a = 0; a < line.argument_count; ++a) move(line.arguments[a]);
    place[i] = static_cast<std::uint16_t>(kept);
    code.lines[kept++] = line;
  }
  code.lines.resize(kept);
  move(code.result);
  return code;
}

} // namespace arc

#endif
