// SPDX-License-Identifier: MIT
//
// The constants of the language, by name. None needs memory.
#ifndef ORDERLY_EXAMPLES_ARC_CONSTANTS_HPP
#define ORDERLY_EXAMPLES_ARC_CONSTANTS_HPP

#include "value.hpp"

#include <array>       // all of them
#include <cstdint>     // integers
#include <string_view> // names

namespace arc {

struct constant {
  std::string_view name;
  value content;
};

namespace detail {
constexpr constant named_integer(std::string_view name, std::int64_t number) {
  return {name, value::of_integer(number)};
}
constexpr constant named_pair(std::string_view name, const location& at) {
  return {name, value::of_pair(at)};
}
} // namespace detail

inline constexpr std::array<constant, 28> constants{{detail::named_integer("F", 0),
                                                     detail::named_integer("T", 1),
                                                     detail::named_integer("ZERO", 0),
                                                     detail::named_integer("ONE", 1),
                                                     detail::named_integer("TWO", 2),
                                                     detail::named_integer("THREE", 3),
                                                     detail::named_integer("FOUR", 4),
                                                     detail::named_integer("FIVE", 5),
                                                     detail::named_integer("SIX", 6),
                                                     detail::named_integer("SEVEN", 7),
                                                     detail::named_integer("EIGHT", 8),
                                                     detail::named_integer("NINE", 9),
                                                     detail::named_integer("TEN", 10),
                                                     detail::named_integer("NEG_ONE", -1),
                                                     detail::named_integer("NEG_TWO", -2),
                                                     detail::named_pair("DOWN", {1, 0}),
                                                     detail::named_pair("RIGHT", {0, 1}),
                                                     detail::named_pair("UP", {-1, 0}),
                                                     detail::named_pair("LEFT", {0, -1}),
                                                     detail::named_pair("ORIGIN", {0, 0}),
                                                     detail::named_pair("UNITY", {1, 1}),
                                                     detail::named_pair("NEG_UNITY", {-1, -1}),
                                                     detail::named_pair("UP_RIGHT", {-1, 1}),
                                                     detail::named_pair("DOWN_LEFT", {1, -1}),
                                                     detail::named_pair("ZERO_BY_TWO", {0, 2}),
                                                     detail::named_pair("TWO_BY_ZERO", {2, 0}),
                                                     detail::named_pair("TWO_BY_TWO", {2, 2}),
                                                     detail::named_pair("THREE_BY_THREE", {3, 3})}};

} // namespace arc

#endif
