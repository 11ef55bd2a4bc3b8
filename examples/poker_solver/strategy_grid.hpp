// SPDX-License-Identifier: MIT
//
// The strategy with each of the 169 starting hands, as the usual grid for a terminal: suited hands
// above the diagonal, offsuit ones below.
//
//   std::cout << poker::grid_text(poker::table_of(tree, profile, 0, poker::deck_kind::holdem),
//                                 example::wants_colour(stdout));
//
// In colours there is one grid, whose cells show the mix of actions; without, a grid of percentages
// for each action but the first, which is what remains. Hands that a player hardly ever brings to
// the node (below 0.5 %) have no colours, or "-". A list of actions follows, with how often each is
// taken: the mean over the player's combinations, as often as he is here with them.
#ifndef ORDERLY_EXAMPLES_POKER_STRATEGY_GRID_HPP
#define ORDERLY_EXAMPLES_POKER_STRATEGY_GRID_HPP

#include "../support/html_text.hpp"
#include "node_table.hpp"
#include "starting_hands.hpp"
#include "terminal_paint.hpp"

#include <cstddef> // size_t
#include <string>  // the text
#include <vector>  // mixes

namespace poker {

/// Does the player come to the node with these cards at all?
inline bool is_played(const table_row& row) { return row.reach >= 0.005; }

namespace detail {

inline std::string coloured_grid(const node_table& table) {
  std::string text;
  for (std::size_t hand = 0; hand < starting_hands; ++hand) {
    const table_row& row = table.rows[hand];
    const std::string cell = right(row.name, 4) + "  ";
    text += painted(cell, row.mix, table.actions, is_played(row));
    if (hand % rank_count == rank_count - 1) text += '\n';
  }
  return text;
}

/// A grid of one action's percentages, with ranks for rows and columns.
inline std::string plain_grid(const node_table& table, std::size_t action) {
  constexpr std::size_t width = 5;
  std::string text = " ";
  for (const char rank : ranks_from_ace) text += right({rank}, width);
  for (std::size_t hand = 0; hand < starting_hands; ++hand) {
    const table_row& row = table.rows[hand];
    if (hand % rank_count == 0) text += std::string("\n") + ranks_from_ace[hand / rank_count];
    text += right(is_played(row) ? example::fixed_text(100 * row.mix[action], 0) : "-", width);
  }
  return text + '\n';
}

/// "f       fold                 45.31 %".
inline std::string action_lines(const node_table& table, bool coloured) {
  const std::vector<double> mean = mean_mix(table);
  std::string text;
  for (std::size_t a = 0; a < mean.size(); ++a) {
    const named_action& action = table.actions[a];
    if (coloured) text += painted("  ", only(a, mean.size()), table.actions, true) + "  ";
    text += left(action.label, 8) + left(action.name, 20) +
            right(example::fixed_text(100 * mean[a], 2), 6) + " %\n";
  }
  return text;
}

} // namespace detail

/// Precondition: table.is_grid().
inline std::string grid_text(const node_table& table, bool coloured) {
  std::string text = table.title + "\n\n";
  if (coloured) text += detail::coloured_grid(table) + '\n';
  for (std::size_t a = 1; a < table.actions.size() && !coloured; ++a) {
    text += table.actions[a].name + " (%)\n" + detail::plain_grid(table, a) + '\n';
  }
  text += detail::action_lines(table, coloured);
  const bool all = std::all_of(table.rows.begin(), table.rows.end(), is_played);
  const std::string mark = coloured ? "without colour" : "-";
  return all ? text : text + '\n' + mark + ": hands that hardly ever come here\n";
}

} // namespace poker

#endif
