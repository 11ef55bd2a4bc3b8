// SPDX-License-Identifier: MIT
//
// Charts as inline SVG: no script, no font, nothing from outside.
//
//   example::svg_chart chart("Waiting time", example::linear_axis("minutes", 0, 30),
//                            example::axis_from_zero("people (%)", 12));
//   chart.bars({example::tone::first}, "observed", {{0, 10, 12}, {10, 20, 5}, {20, 30, 1}});
//   chart.line({example::tone::second, example::stroke::dashed}, "expected", {{0, 13}, {30, 0}});
//   page += chart.svg();                          // and example::chart_style once in the page's CSS
//
// A chart is 640 units wide and takes the width of what holds it. On a narrow screen the style makes
// text larger in these units, and the layout keeps room for that. Title, legend and the label of the
// vertical axis stand in rows above the data, so that nothing covers them. What lies beyond the axes
// is cut off. Data that is drawn later lies on top.
#ifndef ORDERLY_EXAMPLES_SUPPORT_SVG_CHART_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SVG_CHART_HPP

#include "html_text.hpp"
#include "svg_axes.hpp"
#include "svg_style.hpp"

#include <algorithm>   // min, max
#include <cstddef>     // size_t
#include <string>      // the picture
#include <string_view> // names of series
#include <utility>     // move
#include <vector>      // data

namespace example {

struct line_look {
  tone colour = tone::first;
  stroke drawn = stroke::solid;
};
struct band_look {
  tone colour = tone::first;
  shade filled = shade::light;
};

struct chart_point {
  double x = 0, y = 0;
};
struct chart_bar {
  double from = 0, to = 0, height = 0;
};
struct band_part {
  double x = 0, low = 0, high = 0;
};
/// A point and the ends of its error bar, which lie beside it or above and below it.
struct measured_point {
  chart_point at, low, high;
};

class svg_chart {
 public:
  static constexpr double width = 640;

  /// `height` is that of the data alone.
  svg_chart(std::string title, chart_axis x, chart_axis y, double height = 300)
      : title_(std::move(title)),
        x_(std::move(x)),
        y_(std::move(y)),
        height_(height),
        y_ticks_(ticks_of(y_, 5, 1e9)),
        left_(left_margin()),
        x_ticks_(ticks_of(x_, 8, width - left_ - 24)),
        right_(right_margin()),
        across_(x_, width - left_ - right_),
        up_(y_, height_) {}

  /// Bars that stand on the horizontal axis; one that is higher than the chart shows that it is cut.
  svg_chart& bars(tone colour, std::string_view name, const std::vector<chart_bar>& data) {
    std::string path, cuts;
    for (const chart_bar& bar : data) {
      if (!(up_(bar.height) > 0)) continue;
      const double gap = (std::min)(0.5, 0.06 * (across_(bar.to) - across_(bar.from)));
      const double from = across_(bar.from) + gap, to = across_(bar.to) - gap;
      path += 'M' + pair(from, height_) + 'V' + path_number(down(bar.height)) + 'H' +
              path_number(to) + 'V' + path_number(height_) + 'z';
      if (down(bar.height) < -0.01) cuts += 'M' + pair(from - 3, 16) + 'L' + pair(to + 3, 8);
    }
    draw(name, classes(colour, "bars"), path, box);
    data_ += path_element("cut", cuts);
    return *this;
  }

  /// The upper edge of bars, as a line.
  svg_chart& outline(const line_look& look, std::string_view name,
                     const std::vector<chart_bar>& data) {
    std::vector<chart_point> corners;
    for (const chart_bar& bar : data) {
      corners.push_back({bar.from, bar.height});
      corners.push_back({bar.to, bar.height});
    }
    return line(look, name, corners);
  }

  svg_chart& line(const line_look& look, std::string_view name,
                  const std::vector<chart_point>& points) {
    std::string path;
    for (const chart_point& point : points) path += (path.empty() ? 'M' : 'L') + place(point);
    return draw(name, classes(look.colour, class_of(look.drawn)), path, "M0 0H28");
  }

  /// The area between two lines.
  svg_chart& band(const band_look& look, std::string_view name,
                  const std::vector<band_part>& parts) {
    std::string path;
    for (const band_part& part : parts) {
      path += (path.empty() ? 'M' : 'L') + place({part.x, part.high});
    }
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      path += 'L' + place({part->x, part->low});
    }
    if (!path.empty()) path += 'z';
    return draw(name, classes(look.colour, class_of(look.filled)), path, box);
  }

  svg_chart& dots(tone colour, std::string_view name, const std::vector<chart_point>& points,
                  double radius = 4) {
    std::string path; // two half circles each: one path is shorter than many elements
    const std::string r = path_number(radius);
    for (const chart_point& at : points) {
      if (!across_.has(at.x) || !up_.has(at.y)) continue;
      path += 'M' + pair(across_(at.x) - radius, down(at.y));
      for (const double step : {2 * radius, -2 * radius}) {
        path += 'a' + r + ' ' + r + " 0 1 0 " + path_number(step) + " 0";
      }
    }
    return draw(name, classes(colour, "dots"), path, "M9 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0");
  }

  /// Points with error bars.
  svg_chart& measured(tone colour, std::string_view name,
                      const std::vector<measured_point>& points) {
    std::string path;
    std::vector<chart_point> centres;
    for (const measured_point& point : points) {
      const bool upright = point.low.x == point.high.x;
      path += 'M' + place(point.low) + 'L' + place(point.high);
      for (const chart_point& end : {point.low, point.high}) {
        path += 'M' + place(end, upright ? -5 : 0, upright ? 0 : -5);
        path += 'L' + place(end, upright ? 5 : 0, upright ? 0 : 5);
      }
      centres.push_back(point.at);
    }
    draw("", classes(colour, class_of(stroke::solid)), path, "");
    return dots(colour, name, centres, 5);
  }

  /// Short upright marks, for values that measured ones are held against.
  svg_chart& marks(tone colour, std::string_view name, const std::vector<chart_point>& points) {
    std::string path;
    for (const chart_point& at : points) path += 'M' + place(at, 0, -11) + 'L' + place(at, 0, 11);
    return draw(name, classes(colour, class_of(stroke::solid)), path, "M14 -11V11");
  }

  /// Words beside x in the given row from the top, on the side where there is more room.
  svg_chart& note(double x, std::size_t row, std::string_view words) {
    const bool before = across_(x) > (width - left_ - right_) / 2;
    data_ += text(across_(x) + (before ? -8 : 8),
                  text_size + line_height * static_cast<double>(row), before ? "end" : "", words);
    return *this;
  }

  std::string svg() const {
    double y = 0;
    std::string head;
    for (const std::string& row : rows_of_title()) head += text(0, y += line_height, "title", row);
    head += legend(y);
    head += text(0, y += line_height, "soft", y_.label);
    const double top = y + 18, bottom = top + height_, end = bottom + 2 * line_height + 6;
    const std::string view = "0 0 " + path_number(width) + ' ' + path_number(end);
    const std::string title = escaped(title_);
    return "<svg class=\"chart\" viewBox=\"" + view + "\" role=\"img\" aria-label=\"" + title +
           "\">\n<title>" + title + "</title>\n" + head + frame(top) + data_area(top) +
           text((left_ + width - right_) / 2, bottom + 2 * line_height, "soft middle", x_.label) +
           "</svg>\n";
  }

 private:
  struct legend_entry {
    std::string name, sample;
  };

  static constexpr double line_height = 26;
  static constexpr const char* box = "M2 -8H26V8H2z"; // sample of an area

  /// The class of a colour and that of what is drawn in it.
  static std::string classes(tone colour, std::string_view look) {
    return std::string(class_of(colour)).append(" ").append(look);
  }

  double left_margin() const {
    double widest = 0;
    for (const chart_tick& tick : y_ticks_) widest = (std::max)(widest, text_width(tick.text));
    return (std::min)(widest + 10, width / 2);
  }
  double right_margin() const {
    return x_ticks_.empty() ? 14 : (std::max)(14.0, text_width(x_ticks_.back().text) / 2);
  }

  double down(double value) const { return height_ - up_(value); }
  static std::string pair(double x, double y) { return path_number(x) + ' ' + path_number(y); }
  std::string place(const chart_point& at, double aside = 0, double below = 0) const {
    return pair(across_(at.x) + aside, down(at.y) + below);
  }

  static std::string text(double x, double y, std::string_view classes, std::string_view words) {
    std::string element = "<text x=\"" + path_number(x) + "\" y=\"" + path_number(y) + '"';
    if (!classes.empty()) element.append(" class=\"").append(classes) += '"';
    return element + '>' + escaped(words) + "</text>\n";
  }
  static std::string path_element(const std::string& classes, const std::string& path) {
    return path.empty() ? path : "<path class=\"" + classes + "\" d=\"" + path + "\"/>\n";
  }

  /// Adds to the data, and under its name to the legend: there `sample` is drawn in 28 units by 16.
  svg_chart& draw(std::string_view name, const std::string& look, const std::string& path,
                  const std::string& sample) {
    data_ += path_element(look, path);
    if (!name.empty()) legend_.push_back({std::string(name), path_element(look, sample)});
    return *this;
  }

  /// The title, broken between words where it is wider than the chart.
  std::vector<std::string> rows_of_title() const {
    std::vector<std::string> rows(1);
    for (std::size_t from = 0; from < title_.size();) {
      const std::size_t space = (std::min)(title_.find(' ', from), title_.size());
      const std::string word = title_.substr(from, space - from);
      const bool fits = 1.06 * text_width(rows.back() + ' ' + word) <= width;
      if (!rows.back().empty() && !fits) rows.emplace_back();
      rows.back() += (rows.back().empty() ? "" : " ") + word;
      from = space + 1;
    }
    return rows;
  }

  /// From row y on; y is the last row that is used.
  std::string legend(double& y) const {
    std::string result;
    double x = width;
    for (const legend_entry& entry : legend_) {
      const double taken = 36 + text_width(entry.name);
      if (x + taken > width) x = 0, y += line_height;
      result += "<g transform=\"translate(" + pair(x, y - 6) + ")\">" + entry.sample + "</g>\n";
      result += text(x + 36, y, "", entry.name);
      x += taken + 24;
    }
    return result;
  }

  /// A picture of its own, because that cuts off what lies beyond it; with a rim, so that lines and
  /// points on its edge stay whole.
  std::string data_area(double top) const {
    const double rim = 4;
    const double wide = width - left_ - right_ + 2 * rim, high = height_ + 2 * rim;
    return "<svg x=\"" + path_number(left_ - rim) + "\" y=\"" + path_number(top - rim) +
           "\" width=\"" + path_number(wide) + "\" height=\"" + path_number(high) +
           "\" viewBox=\"" + pair(-rim, -rim) + ' ' + pair(wide, high) + "\">\n" + data_ +
           "</svg>\n";
  }

  /// Grid, ticks and the horizontal axis.
  std::string frame(double top) const {
    const double bottom = top + height_, right = width - right_;
    const bool lanes = y_.kind == axis_kind::names; // then values are read across
    std::string grid, texts;
    for (const chart_tick& tick : y_ticks_) {
      const double y = top + down(tick.at);
      grid += 'M' + pair(left_, y) + 'H' + path_number(right);
      texts += text(left_ - 8, y + 6, "end", tick.text);
    }
    for (const chart_tick& tick : x_ticks_) {
      const double x = left_ + across_(tick.at);
      grid += 'M' + pair(x, lanes ? top : bottom) + 'V' + path_number(bottom + 6);
      texts += text(x, bottom + line_height, "middle", tick.text);
    }
    return path_element("grid", grid) +
           path_element("axis", 'M' + pair(left_, bottom) + 'H' + path_number(right)) + texts;
  }

  std::string title_;
  chart_axis x_, y_;
  double height_;
  std::vector<chart_tick> y_ticks_;
  double left_;
  std::vector<chart_tick> x_ticks_;
  double right_;
  chart_scale across_, up_;
  std::string data_; // elements, in the coordinates of the data's area
  std::vector<legend_entry> legend_;
};

} // namespace example

#endif
