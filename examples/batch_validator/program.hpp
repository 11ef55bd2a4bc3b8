// SPDX-License-Identifier: MIT
//
// A program that was read: calls in a row, each of what is known before it.
//
//   def solve_67a3c6ac(I):            name    "solve_67a3c6ac", so task() is "67a3c6ac"
//       x1 = lbind(add, ONE)          line 0  primitive lbind; primitive add, constant ONE
//       O = x1(TWO)                   line 1  the result of line 0; constant TWO
//       return O                      result  the result of line 1
//
// Names are gone: an operand says where its value is. program_parser.hpp makes programs.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_HPP

#include "primitive.hpp"

#include <algorithm>   // all_of
#include <array>       // arguments
#include <cstddef>     // size_t
#include <cstdint>     // compact lines
#include <optional>    // programs for any task
#include <string>      // the name
#include <string_view> // task ids
#include <vector>      // lines

namespace arc {

enum class operand_kind : std::uint8_t {
  input,    ///< the grid the program is run on
  line,     ///< the result of an earlier line
  constant, ///< of constants.hpp
  primitive ///< as a function value, by its number
};

struct operand {
  operand_kind kind = operand_kind::input;
  std::uint16_t index = 0; ///< among those of its kind; 0 of the input
  friend constexpr bool operator==(const operand&, const operand&) = default;
};

/// An assignment. Of operands that are lines the index is below its own.
struct program_line {
  operand callee{}; ///< a primitive, or a line
  std::array<operand, most_arguments> arguments{};
  std::uint8_t argument_count = 0; ///< 1 or more; of a primitive its arity
  std::uint16_t column = 0;        ///< of the callee in the source, from 1
  std::uint32_t source_line = 0;   ///< from 1
};

/// In a program.
inline constexpr std::size_t most_lines = 4'096;

struct program {
  std::string name;
  std::uint32_t source_line = 0; ///< of the header
  std::vector<program_line> lines;
  operand result{};

  /// The task it is bound to: that of the name, if it is solve_ or verify_ and 8 hexadecimal digits.
  /// Else it is for any task. The text is the name's.
  std::optional<std::string_view> task() const {
    constexpr std::size_t digits = 8;
    const auto is_hexadecimal = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    for (const std::string_view prefix : {"solve_", "verify_"}) {
      const std::string_view all = name;
      if (all.substr(0, prefix.size()) != prefix) continue;
      const std::string_view id = all.substr(prefix.size());
      if (id.size() == digits && std::all_of(id.begin(), id.end(), is_hexadecimal)) return id;
    }
    return std::nullopt;
  }

  bool runs_on(std::string_view id) const { return task().value_or(id) == id; }
};

} // namespace arc

#endif
