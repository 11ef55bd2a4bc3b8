// SPDX-License-Identifier: MIT
//
// The lines of several programs, each distinct one once (value numbering: Cocke and Schwartz,
// "Programming Languages and Their Compilers", 1970).
//
//   arc::line_graph graph;
//   const arc::graph_program one = graph.add(first);    // its lines are new
//   const arc::graph_program two = graph.add(second);   // those that first has too are not
//
// Two lines are one if they call the same with the same operands and each is the n-th such line of its
// program: a function that a program makes twice is two functions.
#ifndef ORDERLY_EXAMPLES_ARC_LINE_GRAPH_HPP
#define ORDERLY_EXAMPLES_ARC_LINE_GRAPH_HPP

#include "primitive.hpp"
#include "program.hpp"

#include <array>   // arguments
#include <bit>     // rotl
#include <cstddef> // size_t
#include <cstdint> // numbers of lines
#include <vector>  // lines

namespace arc {

/// As operand, but a line's index is its number in the graph.
struct graph_operand {
  operand_kind kind = operand_kind::input;
  std::uint32_t index = 0;
  friend constexpr bool operator==(const graph_operand&, const graph_operand&) = default;
};

struct graph_line {
  graph_operand callee{};
  std::array<graph_operand, most_arguments> arguments{};
  std::uint32_t argument_count = 0;
  std::uint32_t occurrence = 0; ///< of the same before it in its program
  friend constexpr bool operator==(const graph_line&, const graph_line&) = default;
};

/// A program in terms of the graph.
struct graph_program {
  std::vector<std::uint32_t> lines; ///< numbers in the graph
  graph_operand result{};
};

class line_graph {
 public:
  graph_program add(const program& code) {
    graph_program numbered;
    numbered.lines.reserve(code.lines.size());
    ++program_;
    const auto translated = [&](const operand& from) {
      const bool is_line = from.kind == operand_kind::line;
      return graph_operand{from.kind, is_line ? numbered.lines[from.index] : from.index};
    };
    for (const program_line& from : code.lines) {
      graph_line line;
      line.callee = translated(from.callee);
      line.argument_count = from.argument_count;
      for (unsigned i = 0; i < from.argument_count; ++i) {
        line.arguments[i] = translated(from.arguments[i]);
      }
      numbered.lines.push_back(number_of(line));
    }
    numbered.result = translated(code.result);
    return numbered;
  }

  const std::vector<graph_line>& lines() const { return lines_; }

 private:
  static constexpr std::uint32_t no_line = 0xFFFFFFFFU;

  std::uint32_t number_of(graph_line line) {
    for (;; ++line.occurrence) {
      const std::uint32_t number = find_or_add(line);
      if (last_user_[number] != program_) {
        last_user_[number] = program_;
        return number;
      }
    }
  }

  std::uint32_t find_or_add(const graph_line& line) {
    if (2 * lines_.size() >= slots_.size()) grow();
    std::uint32_t& slot = slot_of(line);
    if (slot == no_line) {
      slot = static_cast<std::uint32_t>(lines_.size());
      lines_.push_back(line);
      last_user_.push_back(0);
    }
    return slot;
  }

  /// That of the line, or the free one where it belongs: open addressing.
  std::uint32_t& slot_of(const graph_line& line) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(line) & mask;
    while (slots_[at] != no_line && lines_[slots_[at]] != line) at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    slots_.assign((slots_.size() + 32) * 2, no_line);
    slots_.resize(std::bit_ceil(slots_.size()), no_line);
    for (std::uint32_t i = 0; i < lines_.size(); ++i) slot_of(lines_[i]) = i;
  }

  static std::size_t hash_of(const graph_line& line) {
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio
    std::uint64_t hash = line.occurrence;
    const auto add = [&](const graph_operand& one) {
      const std::uint64_t word = std::uint64_t{one.index} << 2U | static_cast<unsigned>(one.kind);
      hash = std::rotl((hash ^ word) * prime, 29);
    };
    add(line.callee);
    for (unsigned i = 0; i < line.argument_count; ++i) add(line.arguments[i]);
    return static_cast<std::size_t>(hash ^ hash >> 32U);
  }

  std::vector<graph_line> lines_;
  std::vector<std::uint32_t> last_user_; // of each line: the program that had it last, from 1
  std::vector<std::uint32_t> slots_;     // by hash: numbers of lines; a power of two
  std::uint32_t program_ = 0;
};

} // namespace arc

#endif
