// SPDX-License-Identifier: MIT
//
// All primitives of the language, in the order of its description: their numbers are places in this
// table, and functions sort by them.
#ifndef ORDERLY_EXAMPLES_ARC_PRIMITIVE_TABLE_HPP
#define ORDERLY_EXAMPLES_ARC_PRIMITIVE_TABLE_HPP

#include "arithmetic.hpp"
#include "containers.hpp"
#include "grid_painting.hpp"
#include "grid_shapes.hpp"
#include "higher_order.hpp"
#include "locations.hpp"
#include "object_search.hpp"
#include "piece_facts.hpp"
#include "piece_relations.hpp"
#include "primitive.hpp"

#include <algorithm>   // copy, find_if
#include <array>       // the table
#include <cstddef>     // size_t
#include <optional>    // unknown names
#include <string_view> // names

namespace arc {

namespace detail {
template <std::size_t... Sizes>
constexpr auto joined(const std::array<primitive, Sizes>&... tables) {
  std::array<primitive, (Sizes + ...)> all{};
  std::size_t at = 0;
  ((std::copy(tables.begin(), tables.end(), all.begin() + at), at += Sizes), ...);
  return all;
}
} // namespace detail

inline constexpr auto primitives =
    detail::joined(arithmetic_primitives, container_primitives, higher_order_primitives,
                   piece_fact_primitives, piece_relation_primitives, object_primitives,
                   grid_painting_primitives, grid_shape_primitives, location_primitives);
static_assert(primitives.size() == 160);

/// The number of a primitive; absent if there is none of this name. O(primitives).
constexpr std::optional<std::uint32_t> find_primitive(std::string_view name) {
  const auto found = std::find_if(primitives.begin(), primitives.end(),
                                  [&](const primitive& p) { return p.name == name; });
  if (found == primitives.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - primitives.begin());
}

} // namespace arc

#endif
