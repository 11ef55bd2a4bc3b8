// SPDX-License-Identifier: MIT
//
// A page about the strategy with the 169 starting hands at one node or several: one file of HTML,
// complete without a network. It fits a telephone, follows light and dark preferences, and can be
// printed.
//
//   const std::vector tables{poker::table_of(tree, profile, push, deck),
//                            poker::table_of(tree, profile, call, deck)};
//   file.write(poker::grid_page("Push or fold", "10 big blinds", tables));
//
// Below each picture (grid_picture.hpp) all percentages are a table, folded up, for those who cannot
// point at a hand.
#ifndef ORDERLY_EXAMPLES_POKER_GRID_PAGE_HPP
#define ORDERLY_EXAMPLES_POKER_GRID_PAGE_HPP

#include "../support/html_text.hpp"
#include "../support/svg_style.hpp"
#include "grid_picture.hpp"
#include "node_table.hpp"

#include <span>        // tables
#include <string>      // the page
#include <string_view> // titles

namespace poker {
namespace detail {

inline constexpr std::string_view grid_page_style = R"(
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: .75rem .75rem 2rem; max-width: 92rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .25rem 0; }
p { margin: .25rem 0; color: var(--soft); font-size: .9rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr));
  gap: 2rem; }
section { max-width: 44rem; min-width: 0; }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; padding: .25rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .15rem .6rem; text-align: right; border-bottom: 1px solid var(--grid);
  white-space: nowrap; }
th { font-weight: 600; }
thead th { white-space: normal; vertical-align: bottom; padding-left: .3rem; }
th:first-child { text-align: left; padding-left: 0; }
@media print { main { display: block; } section { break-inside: avoid; } details { display: none; } }
)";

inline std::string table_cells(const node_table& table, const table_row& row) {
  std::string text = "<tr><th scope=\"row\">" + example::escaped(row.name) + "</th>";
  for (std::size_t a = 0; a < table.actions.size(); ++a) {
    text +=
        "<td>" + (is_played(row) ? example::fixed_text(100 * row.mix[a], 2) : "\u2013") + "</td>";
  }
  return text + "</tr>\n";
}

inline std::string details_of(const node_table& table) {
  std::string text = "<details>\n<summary>All percentages</summary>\n<div class=\"scroll\">\n"
                     "<table>\n<thead><tr><th scope=\"col\">Hand</th>";
  for (const named_action& action : table.actions) {
    text += "<th scope=\"col\">" + example::escaped(action.name) + "</th>";
  }
  text += "</tr></thead>\n<tbody>\n";
  for (const table_row& row : table.rows) text += table_cells(table, row);
  return text + "</tbody>\n</table>\n</div>\n</details>\n";
}

inline std::string section_of(const node_table& table) {
  return "<section>\n" + grid_svg(table) + details_of(table) + "</section>\n";
}

} // namespace detail

/// Precondition: each table is_grid().
inline std::string grid_page(std::string_view title, std::string_view subtitle,
                             std::span<const node_table> tables) {
  const std::string name = example::escaped(title);
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<title>" +
                     name + "</title>\n<style>";
  text.append(example::chart_style).append(grid_style).append(detail::grid_page_style);
  text += "</style>\n</head>\n<body>\n<header>\n<h1>" + name + "</h1>\n<p>" +
          example::escaped(subtitle) + "</p>\n</header>\n<main>\n";
  for (const node_table& table : tables) text += detail::section_of(table);
  return text + "</main>\n</body>\n</html>\n";
}

} // namespace poker

#endif
