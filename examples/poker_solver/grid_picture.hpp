// SPDX-License-Identifier: MIT
//
// The strategy with each of the 169 starting hands as a picture: SVG without script, font or
// anything from outside.
//
//   const auto table = poker::table_of(tree, profile, node, poker::deck_kind::holdem);
//   file.write(poker::grid_svg_file(table));
//   page += poker::grid_svg(table);               // with example::chart_style and grid_style once
//
// Each cell is divided as the hand's actions are, and tells their percentages when pointed at. Below
// is a list of actions with how often each is taken (see mean_mix). Hands that a player hardly ever
// brings to the node have no colours. The picture follows light and dark preferences, and takes the
// width of what holds it; on a narrow screen texts are larger in its own units.
#ifndef ORDERLY_EXAMPLES_POKER_GRID_PICTURE_HPP
#define ORDERLY_EXAMPLES_POKER_GRID_PICTURE_HPP

#include "../support/html_text.hpp"
#include "../support/svg_style.hpp"
#include "node_table.hpp"
#include "starting_hands.hpp"
#include "strategy_grid.hpp"

#include <algorithm>   // all_of
#include <cstddef>     // size_t
#include <string>      // the picture
#include <string_view> // the style sheet
#include <utility>     // move
#include <vector>      // mixes

namespace poker {

/// Added to example::chart_style. The colours of actions are light enough for dark text.
inline constexpr std::string_view grid_style = R"(
:root { --hand: #101418; --a0: #a9bed3; --a1: #63c796; --a2: #ffe680; --a3: #ffb63d; --a4: #f58538;
  --a5: #e0604c; --a6: #d9688f; --a7: #cf7fd6; }
@media (prefers-color-scheme: dark) { :root { --a0: #7d95ad; --a1: #4fae80; --a2: #e6cc62;
  --a3: #de9b2e; --a4: #d4722e; --a5: #d15f4a; --a6: #c2618a; --a7: #b86cc0; } }
.hands rect { shape-rendering: crispEdges; }
.hands .a0 { fill: var(--a0); } .hands .a1 { fill: var(--a1); } .hands .a2 { fill: var(--a2); }
.hands .a3 { fill: var(--a3); } .hands .a4 { fill: var(--a4); } .hands .a5 { fill: var(--a5); }
.hands .a6 { fill: var(--a6); } .hands .a7 { fill: var(--a7); }
.hands .none { fill: var(--grid); fill-opacity: .5; }
.hands .hand { fill: var(--hand); font-size: 19px; text-anchor: middle; }
.hands .away { fill: var(--soft); font-size: 19px; text-anchor: middle; }
.hands .line { font-size: 20px; }
@media (max-width: 600px) { .hands .hand, .hands .away { font-size: 21px; }
  .hands .line { font-size: 26px; } }
)";

namespace detail {

/// "fold 12.50 %, call 87.50 %".
inline std::string mix_text(const node_table& table, const std::vector<double>& mix) {
  std::string text;
  for (std::size_t a = 0; a < mix.size(); ++a) {
    text += (a == 0 ? "" : ", ") + table.actions[a].name + ' ' +
            example::fixed_text(100 * mix[a], 2) + " %";
  }
  return text;
}

/// Draws a grid, once. A unit is about a pixel.
class grid_drawer {
 public:
  static constexpr double cell = 50;
  static constexpr double width = rank_count * cell;
  static constexpr double line = 38; ///< of text

  explicit grid_drawer(const node_table& table) : table_(table) {}

  std::string draw() {
    add_title();
    for (unsigned hand = 0; hand < starting_hands; ++hand) add_hand(hand);
    y_ += width + line / 2;
    const std::vector<double> mean = mean_mix(table_);
    for (std::size_t a = 0; a < mean.size(); ++a) add_action(a, mean[a]);
    if (!std::all_of(table_.rows.begin(), table_.rows.end(), is_played)) add_note();
    return std::move(svg_);
  }

  double height() const { return y_; }

 private:
  void add_rect(const std::string& look, double x, double y, double wide, double high) {
    using example::path_number;
    svg_ += "<rect class=\"" + look + "\" x=\"" + path_number(x) + "\" y=\"" + path_number(y) +
            "\" width=\"" + path_number(wide) + "\" height=\"" + path_number(high) + "\"/>";
  }

  void add_text(const std::string& look, double x, double y, const std::string& text) {
    svg_ += "<text class=\"" + look + "\" x=\"" + example::path_number(x) + "\" y=\"" +
            example::path_number(y) + "\">" + example::escaped(text) + "</text>";
  }

  /// Whose turn it is, and below after what.
  void add_title() {
    const std::size_t comma = table_.title.rfind(", ");
    add_text("line title", 0, line - 10, table_.title.substr(0, comma));
    y_ = line;
    if (comma != std::string::npos) {
      add_text("line soft", 0, y_ + line - 12, table_.title.substr(comma + 2));
      y_ += line;
    }
    svg_ += '\n';
  }

  void add_hand(unsigned hand) {
    const table_row& row = table_.rows[hand];
    const double x = cell * column_of(static_cast<starting_hand>(hand));
    const double y = y_ + cell * row_of(static_cast<starting_hand>(hand));
    svg_ +=
        "<g><title>" + example::escaped(row.name + ": " + mix_text(table_, row.mix)) + "</title>";
    const double side = cell - 2; // a gap between cells, wide enough for a telephone
    if (is_played(row)) {
      add_mix(row.mix, x, y, side);
    } else {
      add_rect("none", x, y, side, side);
    }
    add_text(is_played(row) ? "hand" : "away", x + side / 2, y + side / 2 + 7, row.name);
    svg_ += "</g>\n";
  }

  void add_mix(const std::vector<double>& mix, double x, double y, double side) {
    double from = 0;
    for (std::size_t a = 0; a < mix.size(); ++a) {
      const double wide = mix[a] * side;
      if (wide >= 0.01) add_rect(look_of(a), x + from, y, wide, side);
      from += wide;
    }
  }

  /// A line of the list: colour, name, a bar and a figure.
  void add_action(std::size_t action, double frequency) {
    constexpr double bar = 330;
    constexpr double bar_width = 190;
    const double size = line - 12;
    add_rect(look_of(action), 0, y_, size, size);
    add_text("line", line, y_ + size - 5, table_.actions[action].name);
    add_rect("none", bar, y_, bar_width, size);
    add_rect(look_of(action), bar, y_, bar_width * frequency, size);
    add_text("line end", width - 2, y_ + size - 5, example::fixed_text(100 * frequency, 2) + " %");
    svg_ += '\n';
    y_ += line;
  }

  void add_note() {
    const double size = line - 12;
    add_rect("none", 0, y_, size, size);
    add_text("line soft", line, y_ + size - 5, "hands that hardly ever come here");
    y_ += line;
  }

  std::string look_of(std::size_t action) const {
    return "a" + std::to_string(table_.actions[action].colour);
  }

  const node_table& table_;
  double y_ = 0; // above it all is drawn
  std::string svg_;
};

/// `attributes` are added to those of the element, `style` stands in it, and `margin` is around it.
inline std::string svg_element(const node_table& table, const std::string& attributes,
                               const std::string& style, double margin) {
  using example::path_number;
  grid_drawer drawer(table);
  const std::string content = drawer.draw();
  const std::string title = example::escaped(table.title);
  const std::string corner = path_number(-margin);
  const std::string view = corner + ' ' + corner + ' ' +
                           path_number(grid_drawer::width + 2 * margin) + ' ' +
                           path_number(drawer.height() + 2 * margin);
  return "<svg class=\"chart hands\"" + attributes + " viewBox=\"" + view +
         "\" role=\"img\" aria-label=\"" + title + "\">\n<title>" + title + "</title>\n" + style +
         content + "</svg>\n";
}

} // namespace detail

/// An element for a page. Precondition, here and below: table.is_grid().
inline std::string grid_svg(const node_table& table) {
  return detail::svg_element(table, "", "", 0);
}

/// A file of its own.
inline std::string grid_svg_file(const node_table& table) {
  std::string style = "<style>";
  style.append(example::chart_style).append(grid_style);
  style += ":root { background: var(--paper); max-width: 46rem; margin: 0 auto; }\n</style>\n";
  return detail::svg_element(table, " xmlns=\"http://www.w3.org/2000/svg\"", style, 16);
}

} // namespace poker

#endif
