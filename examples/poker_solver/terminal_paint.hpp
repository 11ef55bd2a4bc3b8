// SPDX-License-Identifier: MIT
//
// Colours of a terminal, for the actions of a node_table.
//
//   const bool coloured = example::wants_colour(stdout);
//   poker::painted("AKs   ", {0.5, 0, 0.5}, table.actions, coloured);
//
// A text of some width is painted over in the colours of actions, each as wide as the action is
// probable, so that "AKs   " shows a mix at a glance. The colours are of the 256 that terminals share;
// all are light enough for black text.
#ifndef ORDERLY_EXAMPLES_POKER_TERMINAL_PAINT_HPP
#define ORDERLY_EXAMPLES_POKER_TERMINAL_PAINT_HPP

#include "node_table.hpp"

#include <algorithm>   // max, min
#include <array>       // colours
#include <cstddef>     // size_t
#include <string>      // texts
#include <string_view> // texts to paint
#include <vector>      // widths

namespace poker {

namespace detail {

/// Texts in columns; what is too wide stays as it is.
inline std::string left(std::string text, std::size_t width) {
  text.resize((std::max)(text.size(), width), ' ');
  return text;
}
inline std::string right(const std::string& text, std::size_t width) {
  return std::string(width - (std::min)(width, text.size()), ' ') + text;
}

/// The mix that is one action.
inline std::vector<double> only(std::size_t action, std::size_t actions) {
  std::vector<double> mix(actions);
  mix[action] = 1;
  return mix;
}

} // namespace detail

/// How many of `width` places each action gets. Their ends are rounded, so that all places are given
/// away and none is more than half a place off.
inline std::vector<std::size_t> places_of(const std::vector<double>& mix, std::size_t width) {
  std::vector<std::size_t> places;
  double sum = 0;
  std::size_t given = 0;
  for (std::size_t a = 0; a < mix.size(); ++a) {
    sum += mix[a];
    const double end = sum * static_cast<double>(width) + 0.5;
    const bool last = a + 1 == mix.size();
    std::size_t until = given;
    while (until < width && (last || static_cast<double>(until + 1) <= end)) ++until;
    places.push_back(until - given);
    given = until;
  }
  return places;
}

/// The text with the colours of the mix behind it; as it is if it shall not be coloured.
inline std::string painted(std::string_view text, const std::vector<double>& mix,
                           const std::vector<named_action>& actions, bool coloured) {
  constexpr std::array<int, most_actions> colours{110, 78, 221, 215, 209, 203, 174, 176};
  if (!coloured) return std::string(text);
  std::string result;
  const std::vector<std::size_t> places = places_of(mix, text.size());
  for (std::size_t a = 0; a < places.size(); ++a) {
    if (places[a] == 0) continue;
    const std::string colour = std::to_string(colours[actions[a].colour]);
    result += "\x1b[38;5;16;48;5;" + colour + "m";
    result += text.substr(0, places[a]);
    text.remove_prefix(places[a]);
  }
  return result + "\x1b[0m";
}

} // namespace poker

#endif
