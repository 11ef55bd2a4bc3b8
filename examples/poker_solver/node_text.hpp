// SPDX-License-Identifier: MIT
//
// The strategy at one node as lines of text, for any game.
//
//   std::cout << poker::node_text(poker::table_of(tree, profile, node, deck),
//                                 example::wants_colour(stdout));
//
//   player 0, first to act (%)
//
//            p pass   b bet
//   J         78.87   21.13
//   Q        100.00    0.00
//   K         36.60   63.40
//   all       71.82   28.18
//
// Starting hands are a grid (strategy_grid.hpp). Numbered buckets, of which there may be hundreds,
// have a bar each, and are put together by tens if there are more than sixty.
#ifndef ORDERLY_EXAMPLES_POKER_NODE_TEXT_HPP
#define ORDERLY_EXAMPLES_POKER_NODE_TEXT_HPP

#include "../support/html_text.hpp"
#include "node_table.hpp"
#include "strategy_grid.hpp"
#include "terminal_paint.hpp"

#include <algorithm> // max, min
#include <cstddef>   // size_t
#include <string>    // the text
#include <utility>   // move
#include <vector>    // widths

namespace poker {
namespace detail {

/// Writes a table, once.
class table_writer {
 public:
  table_writer(const node_table& table, bool coloured) : table_(table), coloured_(coloured) {
    for (const table_row& row : table.rows) first_ = (std::max)(first_, row.name.size());
  }

  std::string write() {
    text_ = table_.title + " (%)\n\n" + std::string(first_, ' ');
    for (const named_action& action : table_.actions) {
      const std::string head = head_of(action);
      text_ += right(head, widths_.emplace_back((std::max)(head.size(), least_width) + 2));
    }
    text_ += '\n';
    const bool bars = table_.buckets == bucket_kind::number;
    for (const table_row& row : table_.rows) add(row.name, row.mix, bars);
    add(bars ? "mean" : "all", mean_mix(table_), bars);
    if (bars) add_legend();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t least_width = 6; // of "100.00"
  static constexpr std::size_t bar_width = 30;

  static std::string head_of(const named_action& action) {
    return action.label + (action.label.size() == 1 ? " " + action.name : "");
  }

  void add(const std::string& name, const std::vector<double>& mix, bool bar) {
    text_ += left(name, first_);
    for (std::size_t a = 0; a < mix.size(); ++a) {
      text_ += right(example::fixed_text(100 * mix[a], 2), widths_[a]);
    }
    if (bar) text_ += "  " + bar_of(mix);
    text_ += '\n';
  }

  /// Letters, so that bars can be read without colours; digits are bets in increasing size.
  static char letter_of(const named_action& action) {
    const bool sized = action.label.size() > 1;
    return sized ? static_cast<char>('0' + action.colour - passive_colour) : action.label[0];
  }

  std::string bar_of(const std::vector<double>& mix) const {
    const std::vector<std::size_t> places = places_of(mix, bar_width);
    std::string letters;
    for (std::size_t a = 0; a < mix.size(); ++a) {
      letters.append(places[a], letter_of(table_.actions[a]));
    }
    return painted(letters, mix, table_.actions, coloured_);
  }

  /// "f fold  c call  1 raise to 2.5 bb".
  void add_legend() {
    text_ += '\n';
    for (std::size_t a = 0; a < table_.actions.size(); ++a) {
      const std::string letter(1, letter_of(table_.actions[a]));
      text_ += a == 0 ? "" : "  ";
      text_ += painted(letter, only(a, table_.actions.size()), table_.actions, coloured_);
      text_ += ' ' + table_.actions[a].name;
    }
    text_ += '\n';
  }

  const node_table& table_;
  bool coloured_;
  std::size_t first_ = 4; // the width of the first column
  std::vector<std::size_t> widths_;
  std::string text_;
};

/// The same with rows put together by tens.
inline node_table by_tens(const node_table& table) {
  node_table result{table.title, table.buckets, table.actions, {}};
  for (std::size_t first = 0; first < table.rows.size(); first += 10) {
    const std::size_t last = (std::min)(first + 10, table.rows.size());
    const std::string name = table.rows[first].name + "-" + table.rows[last - 1].name;
    result.rows.push_back(
        {name, static_cast<double>(last - first), 1, mean_mix(table, first, last)});
  }
  return result;
}

} // namespace detail

inline std::string node_text(const node_table& table, bool coloured) {
  constexpr std::size_t most_rows = 60;
  if (table.is_grid()) return grid_text(table, coloured);
  const bool many = table.buckets == bucket_kind::number && table.rows.size() > most_rows;
  return detail::table_writer(many ? detail::by_tens(table) : table, coloured).write();
}

} // namespace poker

#endif
