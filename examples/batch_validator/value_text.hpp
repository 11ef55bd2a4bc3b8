// SPDX-License-Identifier: MIT
//
// Values as text, for people: "(1, (2, 3))", "{(0, 1), (0, 2)}", "none"; a tuple of one "(7,)". Functions
// have no text of their own: "function".
#ifndef ORDERLY_EXAMPLES_ARC_VALUE_TEXT_HPP
#define ORDERLY_EXAMPLES_ARC_VALUE_TEXT_HPP

#include "value.hpp"
#include "value_order.hpp"

#include <cstdint> // elements
#include <string>  // the text

namespace arc {

/// Precondition: not too large to read. Recursion is bounded by the nesting.
inline std::string text_of(const value& v) {
  if (v.kind() == value_kind::none) return "none";
  if (v.is_integer()) return std::to_string(v.integer());
  if (v.is_function()) return "function";
  std::string text(1, v.is_tuple() ? '(' : '{');
  for (std::uint32_t i = 0; i < v.size(); ++i) {
    if (i != 0) text += ", ";
    text += text_of(element(v, i));
  }
  if (v.is_tuple() && v.size() == 1) text += ',';
  return text + (v.is_tuple() ? ')' : '}');
}

} // namespace arc

#endif
