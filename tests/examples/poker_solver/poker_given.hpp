// SPDX-License-Identifier: MIT
//
// What poker_solver makes of a command line of `train`, without starting it.
//
//   train_of({"--game", "leduc", "--iterations", "5"}).algorithm.batch_size;     // 100
//   refusal({"--game", "holdem"});                                // "--game: 'holdem' is not..."
#ifndef ORDERLY_TESTS_EXAMPLES_POKER_GIVEN_HPP
#define ORDERLY_TESTS_EXAMPLES_POKER_GIVEN_HPP

#include "../error_of.hpp"

#include "poker_solver/command_options.hpp"
#include "poker_solver/train_options.hpp"

#include <string>      // messages
#include <string_view> // words
#include <vector>      // words

namespace poker_given {

using test::error_of;

using words = std::vector<std::string_view>;

/// The words, not the arguments, own their text.
inline example::arguments given(const words& line) {
  return poker::read_arguments(line, poker::train_command_specs());
}

inline poker::train_options train_of(const words& line) {
  return poker::read_train_options(given(line));
}

/// A course for those lines that are about something else.
inline words with_course(words line) {
  line.insert(line.end(), {"--iterations", "1000"});
  return line;
}

/// What the words are refused with.
inline std::string refusal(const words& line) {
  return error_of([&] { train_of(line); });
}

} // namespace poker_given

#endif
