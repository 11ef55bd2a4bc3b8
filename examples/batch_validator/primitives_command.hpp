// SPDX-License-Identifier: MIT
//
// batch_validator primitives: what the language has.
#ifndef ORDERLY_EXAMPLES_ARC_PRIMITIVES_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_PRIMITIVES_COMMAND_HPP

#include "../support/command_table.hpp"
#include "command_options.hpp"
#include "primitive_table.hpp"

#include <string> // text

namespace arc {

inline int run_primitives(example::command_words given) {
  if (!given.empty()) {
    throw example::usage_error("unexpected '" + std::string(given[0]) + "'");
  }
  std::string text;
  for (const primitive& p : primitives) {
    text += std::string(p.name) + " " + std::to_string(p.arity) + "\n";
  }
  example::print(text);
  return judged;
}

} // namespace arc

#endif
