// SPDX-License-Identifier: MIT
//
// What casino_simulator makes of a command line, without starting it.
//
//   game_of({"--strategy", "chart"}).strategy_title;     // "published chart"
//   refusal({"--seats", "7"});                           // "--seats: '7' is not a whole number..."
#ifndef ORDERLY_TESTS_CASINO_GIVEN_HPP
#define ORDERLY_TESTS_CASINO_GIVEN_HPP

#include "examples/error_of.hpp"

#include "casino_simulator/game_options.hpp"
#include "casino_simulator/options.hpp"

#include <string>      // messages
#include <string_view> // words
#include <vector>      // words

namespace casino_given {

using test::error_of;

using words = std::vector<std::string_view>;

inline const casino::detail::spec_list every_option = casino::detail::all_specs();

/// The words, not the arguments, own their text.
inline example::arguments given(const words& line) {
  return casino::detail::read_arguments(line, every_option);
}

inline casino::game game_of(const words& line) { return casino::read_game(given(line)); }

inline casino::simulate_options options_of(words line) {
  for (const std::string_view word : {"--sessions", "7", "--seed", "8"}) line.push_back(word);
  const auto read = given(line);
  return casino::read_simulate_options(read, casino::read_game(read));
}

/// What the words are refused with; sessions and seed are there.
inline std::string refusal(const words& line) {
  return error_of([&] { options_of(line); });
}

} // namespace casino_given

#endif
