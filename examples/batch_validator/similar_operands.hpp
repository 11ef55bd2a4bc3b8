// SPDX-License-Identifier: MIT
//
// Which primitives and constants can take each other's place: those of one arity, or of one kind.
#ifndef ORDERLY_EXAMPLES_ARC_SIMILAR_OPERANDS_HPP
#define ORDERLY_EXAMPLES_ARC_SIMILAR_OPERANDS_HPP

#include "constants.hpp"
#include "primitive.hpp"
#include "primitive_table.hpp"

#include <array>   // tables
#include <cstddef> // size_t
#include <cstdint> // numbers of primitives
#include <span>    // primitives of an arity

namespace arc {

/// The primitives in the order of their arities.
struct primitives_by_arity {
  std::array<std::uint16_t, primitives.size()> numbers{};
  std::array<std::size_t, most_arguments + 2> first{}; // of each arity, and the end

  constexpr primitives_by_arity() {
    std::size_t at = 0;
    for (unsigned arity = 0; arity <= most_arguments; ++arity) {
      first[arity] = at;
      for (std::size_t i = 0; i < primitives.size(); ++i) {
        if (primitives[i].arity == arity) numbers[at++] = static_cast<std::uint16_t>(i);
      }
    }
    first[most_arguments + 1] = at;
  }
  std::span<const std::uint16_t> of(std::size_t arity) const {
    return std::span(numbers).subspan(first[arity], first[arity + 1] - first[arity]);
  }
};
inline constexpr primitives_by_arity by_arity;

/// The constants of one kind lie together.
struct constant_kind {
  std::size_t first;
  std::size_t count;
};
inline constexpr std::array<constant_kind, 3> constant_kinds{{{0, 2}, {2, 13}, {15, 13}}};
static_assert(constants[1].name == "T" && constants[14].name == "NEG_TWO" &&
              constants[15].name == "DOWN" && constants.size() == 28);

} // namespace arc

#endif
