// SPDX-License-Identifier: MIT
//
// What a primitive of the language is: a name, a number of parameters, and code.
#ifndef ORDERLY_EXAMPLES_ARC_PRIMITIVE_HPP
#define ORDERLY_EXAMPLES_ARC_PRIMITIVE_HPP

#include "value.hpp"

#include <string_view> // names

namespace arc {

class machine;

inline constexpr unsigned most_arguments = 4;

/// The code gets as many arguments as the arity says, and may call functions among them (calls.hpp).
/// Exceptions: run_error.
struct primitive {
  std::string_view name;
  unsigned arity;
  value (*run)(machine& m, const value* arguments);
};

} // namespace arc

#endif
