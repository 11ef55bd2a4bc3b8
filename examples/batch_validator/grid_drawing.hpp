// SPDX-License-Identifier: MIT
//
// Grids as a person looks at them: two characters a cell, side by side where there is room.
//
//   const arc::drawn_grid grids[] = {{"input", input}, {"expected", expected}, {"found", found, expected}};
//   std::fputs(arc::drawing_of(grids, {coloured, columns}).c_str(), stdout);
//
//   input 2x2  expected 2x4   found 2x4
//      0          0              0
//   0| 1 2     0| 1 2 2 1     0| 1 2!1!2
//   1| 0 3     1| 0 3 3 0     1| 0 3!0!3
//
// Rows and columns count from 0, as in the language; every fifth column has its number. '!' marks the
// cells that differ. With colours a cell is a block, and its digit is there if it is marked: the
// marks can be seen without telling colours apart.
//
// What is too wide for all grids side by side has the first above the others, or each under the one
// before it. A grid that is too large has its upper left part drawn, and its title says so.
#ifndef ORDERLY_EXAMPLES_ARC_GRID_DRAWING_HPP
#define ORDERLY_EXAMPLES_ARC_GRID_DRAWING_HPP

#include "value.hpp"

#include <algorithm>   // min, max
#include <array>       // colours
#include <cstddef>     // sizes on the screen
#include <cstdint>     // sizes of grids
#include <optional>    // what a grid is compared with
#include <span>        // grids
#include <string>      // the drawing
#include <string_view> // titles
#include <utility>     // move
#include <vector>      // lines

namespace arc {

/// A grid of colours 0 to 9.
struct drawn_grid {
  std::string_view title;
  value cells{};
  std::optional<value> unlike{}; ///< of the same height and width: cells that differ are marked
};

struct drawing_style {
  bool coloured = false;
  std::size_t columns = 80; ///< of the terminal
};

/// "3x6"
inline std::string shape_text(const value& grid) {
  return std::to_string(grid.height()) + "x" + std::to_string(grid.width());
}

namespace detail {

/// What takes another number of places on the screen than it has bytes.
struct screen_line {
  std::string text;
  std::size_t width = 0;
};

struct picture {
  std::vector<screen_line> lines;
  std::size_t width = 0;
  void add(std::string text, std::size_t wide) {
    lines.push_back({std::move(text), wide});
    width = (std::max)(width, wide);
  }
};

/// The usual colours of the corpus, as near as the 256 that terminals share come to them.
inline constexpr std::array<int, 10> screen_colours{16, 32, 203, 41, 220, 248, 199, 208, 117, 88};

inline constexpr std::string_view plain_again = "\x1b[0m";

/// Sets the colour behind a cell, and before it one that can be read on it.
inline std::string colour_code(colour_byte colour) {
  const bool dark = colour == 0 || colour == 9;
  return std::string("\x1b[38;5;") + (dark ? "231" : "16") + ";48;5;" +
         std::to_string(screen_colours[static_cast<std::size_t>(colour)]) + "m";
}

/// Draws one grid.
class grid_painter {
 public:
  grid_painter(const drawn_grid& what, const drawing_style& style)
      : what_(what),
        coloured_(style.coloured),
        rows_((std::min)(what.cells.height(), most_rows)),
        margin_(std::to_string(rows_ - 1).size() + 1) {
    const std::size_t room = (std::max)(style.columns, margin_ + 2) - margin_;
    columns_ = static_cast<std::uint32_t>((std::min)(std::size_t{what.cells.width()}, room / 2));
  }

  picture paint() const {
    picture drawn;
    const std::string title = title_text();
    drawn.add(title, title.size());
    const std::string ruler = column_numbers();
    drawn.add(faint(ruler), ruler.size());
    for (std::uint32_t i = 0; i < rows_; ++i) {
      const std::string number = std::to_string(i) + "|";
      drawn.add(faint(std::string(margin_ - number.size(), ' ') + number) + row_text(i),
                margin_ + 2 * std::size_t{columns_});
    }
    return drawn;
  }

 private:
  static constexpr std::uint32_t most_rows = 60; // twice what is usual
  static constexpr std::uint32_t numbered = 5;

  std::string title_text() const {
    std::string title = std::string(what_.title) + " " + shape_text(what_.cells);
    if (rows_ < what_.cells.height() || columns_ < what_.cells.width()) {
      title += ", cut to " + std::to_string(rows_) + "x" + std::to_string(columns_);
    }
    return title;
  }

  /// Each ends where its column does.
  std::string column_numbers() const {
    std::string text;
    for (std::uint32_t j = 0; j < columns_; j += numbered) {
      const std::string number = std::to_string(j);
      text.resize(margin_ + 2 * std::size_t{j} + 2 - number.size(), ' ');
      text += number;
    }
    return text;
  }

  std::string row_text(std::uint32_t i) const {
    const std::size_t first = std::size_t{i} * what_.cells.width();
    const colour_byte* const row = what_.cells.colours() + first;
    const colour_byte* const other = what_.unlike ? what_.unlike->colours() + first : row;
    std::string text;
    for (std::uint32_t j = 0; j < columns_; ++j) {
      const bool marked = row[j] != other[j];
      if (coloured_ && (j == 0 || row[j] != row[j - 1])) text += colour_code(row[j]);
      text += marked ? '!' : ' ';
      text += marked || !coloured_ ? static_cast<char>('0' + row[j]) : ' ';
    }
    return coloured_ ? text.append(plain_again) : text;
  }

  std::string faint(const std::string& text) const {
    return coloured_ ? "\x1b[2m" + text + std::string(plain_again) : text;
  }

  const drawn_grid& what_;
  bool coloured_;
  std::uint32_t rows_; // that are drawn
  std::uint32_t columns_ = 0;
  std::size_t margin_; // before the first column
};

inline constexpr std::size_t gap = 3;

inline std::string side_by_side(std::span<const picture> pictures) {
  std::size_t height = 0;
  for (const picture& each : pictures) height = (std::max)(height, each.lines.size());
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::size_t begin = 0; // of the picture
    std::size_t end = 0;   // of what is written
    for (const picture& each : pictures) {
      if (i < each.lines.size()) {
        text.append(begin - end, ' ').append(each.lines[i].text);
        end = begin + each.lines[i].width;
      }
      begin += each.width + gap;
    }
    text += '\n';
  }
  return text;
}

inline std::string arranged(std::span<const picture> pictures, std::size_t columns) {
  std::size_t needed = (pictures.size() - 1) * gap;
  for (const picture& each : pictures) needed += each.width;
  if (needed <= columns || pictures.size() == 1) return side_by_side(pictures);
  return side_by_side(pictures.first(1)) + "\n" + arranged(pictures.subspan(1), columns);
}

} // namespace detail

/// Precondition: at least one grid. What lies right of the last character of a line is not written.
inline std::string drawing_of(std::span<const drawn_grid> grids, const drawing_style& style) {
  std::vector<detail::picture> pictures;
  for (const drawn_grid& each : grids) {
    pictures.push_back(detail::grid_painter(each, style).paint());
  }
  return detail::arranged(pictures, style.columns);
}

} // namespace arc

#endif
