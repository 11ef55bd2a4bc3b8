// SPDX-License-Identifier: MIT
//
// Charts of what was before and what is now, as SVG: bars and lines. Every scale starts at 0, so that
// lengths may be compared by eye.
//
//   bench::write_file("merge.svg", bench::svg_of(bench::bar_chart{
//       "Merging", "dictionaries", "ordered merge",
//       {{"peak memory, MiB", {{"1,000,000 rows", 120.0, 4.0}}}}}));
#ifndef ORDERLY_BENCH_BEFORE_AFTER_CHART_HPP
#define ORDERLY_BENCH_BEFORE_AFTER_CHART_HPP

#include <algorithm>    // max
#include <cerrno>       // why a file cannot be written
#include <cmath>        // ticks
#include <cstddef>      // size_t
#include <cstdio>       // the file, numbers
#include <filesystem>   // where it is
#include <limits>       // no value
#include <memory>       // the file
#include <string>       // texts
#include <system_error> // the text of errno
#include <vector>       // bars, points

namespace bench {

/// A bar that is not there.
inline constexpr double no_bar = std::numeric_limits<double>::quiet_NaN();

struct bar_group {
  std::string label;
  double before = no_bar;
  double after = no_bar;
};

/// Bars on one scale; the title says the unit.
struct bar_panel {
  std::string title;
  std::vector<bar_group> groups;
};

struct bar_chart {
  std::string title;
  std::string before, after; // what the two colours mean
  std::vector<bar_panel> panels;
};

struct point {
  double x, y;
};

struct line_chart {
  std::string title, x_title, y_title;
  std::string before, after, bound; // what the three lines mean
  std::vector<point> before_line, after_line, bound_line;
};

/// A number as people read it: three digits, or whole thousands in groups.
inline std::string number_text(double value) {
  char text[32];
  if (value < 999.5) {
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
  }
  std::snprintf(text, sizeof text, "%.0f", value);
  std::string grouped(text);
  for (std::size_t i = grouped.size(); i > 3; i -= 3) grouped.insert(i - 3, 1, ',');
  return grouped;
}

/// Ticks from 0 to at least `most`, about five of them, at 1, 2 or 5 times a power of ten.
inline std::vector<double> ticks_up_to(double most) {
  if (!(most > 0)) return {0, 1};
  const double rough = most / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double digits = rough / power;
  const double step = power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  std::vector<double> ticks;
  for (int i = 0; ticks.empty() || ticks.back() < most; ++i) ticks.push_back(step * i);
  return ticks;
}

namespace detail {

enum class anchor { start, middle, end };

inline constexpr const char* before_colour = "#a8a8a8";
inline constexpr const char* after_colour = "#2a6fbb";
inline constexpr const char* ink = "#202020";
inline constexpr const char* faint = "#dddddd";
inline constexpr double chart_width = 720;

/// The elements of a picture, in its own pixels. Texts are not escaped: they hold no < and no &.
class canvas {
 public:
  void rectangle(double x, double y, double width, double height, const char* colour) {
    add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, width,
        height, colour);
  }
  void line(point from, point to, const char* colour, double width, const char* dashes = "none") {
    add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" "
        "stroke-width=\"%.1f\" stroke-dasharray=\"%s\"/>\n",
        from.x, from.y, to.x, to.y, colour, width, dashes);
  }
  void dot(point at, const char* colour) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", at.x, at.y, colour);
  }
  void text(point at, const std::string& words, anchor where = anchor::start, int size = 13) {
    place(at, 0, where, size, words);
  }
  void upward_text(point at, const std::string& words) {
    place(at, -90, anchor::middle, 13, words);
  }

  /// The whole picture, on white.
  std::string finish(double height) const {
    char head[320];
    std::snprintf(head, sizeof head,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
                  "viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\">\n"
                  "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                  chart_width, height, chart_width, height);
    return head + elements_ + "</svg>\n";
  }

 private:
  // The formats are literals above and below.
  template <class... Values>
  void add(const char* format, Values... values) {
    char element[320];
    std::snprintf(element, sizeof element, format, values...);
    elements_ += element;
  }
  void place(point at, int turn, anchor where, int size, const std::string& words) {
    add("<text transform=\"translate(%.1f %.1f) rotate(%d)\" text-anchor=\"%s\" font-size=\"%d\" "
        "fill=\"%s\">",
        at.x, at.y, turn,
        where == anchor::start    ? "start"
        : where == anchor::middle ? "middle"
                                  : "end",
        size, ink);
    elements_ += words + "</text>\n";
  }

  std::string elements_;
};

inline void add_title(canvas& out, const std::string& title) {
  out.text({16, 28}, title, anchor::start, 17);
}

/// The bars of one panel, from y on; gives where it ends.
class panel_drawing {
 public:
  panel_drawing(canvas& out, const bar_panel& panel, double y)
      : out_(out), panel_(panel), ticks_(ticks_up_to(greatest())), top_(y) {}

  double draw() {
    out_.text({left, top_ + 18}, panel_.title);
    const double first = top_ + 28;
    double bottom = first;
    for (const bar_group& group : panel_.groups) bottom += height_of(group);
    for (const double tick : ticks_) {
      out_.line({at(tick), first}, {at(tick), bottom}, faint, 1);
      out_.text({at(tick), bottom + 15}, number_text(tick), anchor::middle, 11);
    }
    double y = first;
    for (const bar_group& group : panel_.groups) y = draw_group(group, y);
    out_.line({left, first}, {left, bottom}, ink, 1);
    return bottom + 24;
  }

 private:
  static constexpr double left = 170, width = 440, bar_height = 16, gap = 10;

  double greatest() const {
    double most = 0;
    for (const bar_group& group : panel_.groups)
      for (const double value : {group.before, group.after})
        if (value > most) most = value; // never so for a bar that is not there
    return most;
  }
  double at(double value) const { return left + width * value / ticks_.back(); }
  static double height_of(const bar_group& group) {
    return gap +
           bar_height * ((std::isnan(group.before) ? 0 : 1) + (std::isnan(group.after) ? 0 : 1));
  }

  double draw_group(const bar_group& group, double y) {
    const double height = height_of(group);
    out_.text({left - 8, y + height / 2 + 4}, group.label, anchor::end);
    double bar = y + gap / 2;
    bar = draw_bar(group.before, before_colour, bar);
    draw_bar(group.after, after_colour, bar);
    return y + height;
  }
  double draw_bar(double value, const char* colour, double y) {
    if (std::isnan(value)) return y;
    out_.rectangle(left, y + 1, at(value) - left, bar_height - 2, colour);
    out_.text({at(value) + 6, y + bar_height - 4}, number_text(value), anchor::start, 12);
    return y + bar_height;
  }

  canvas& out_;
  const bar_panel& panel_;
  const std::vector<double> ticks_;
  const double top_;
};

/// The axes of a line chart and what is drawn between them.
class line_drawing {
 public:
  explicit line_drawing(const line_chart& chart)
      : x_ticks_(ticks_up_to(greatest(chart, &point::x))),
        y_ticks_(ticks_up_to(greatest(chart, &point::y))) {}

  std::string draw(const line_chart& chart) {
    add_title(out_, chart.title);
    draw_legend(chart);
    draw_axes();
    out_.text({(left + right) / 2, bottom + 40}, chart.x_title, anchor::middle);
    out_.upward_text({22, (top + bottom) / 2}, chart.y_title);
    draw_line(chart.bound_line, ink, 1, "6 5");
    draw_line(chart.before_line, before_colour, 2.5);
    draw_line(chart.after_line, after_colour, 2.5);
    for (const point& each : chart.before_line) out_.dot(at(each), before_colour);
    for (const point& each : chart.after_line) out_.dot(at(each), after_colour);
    return out_.finish(bottom + 56);
  }

 private:
  static constexpr double left = 70, right = 690, top = 116, bottom = 400;

  static double greatest(const line_chart& chart, double point::*coordinate) {
    double most = 0;
    for (const auto* line : {&chart.before_line, &chart.after_line, &chart.bound_line})
      for (const point& each : *line) most = std::max(most, each.*coordinate);
    return most;
  }
  point at(point value) const {
    return {left + (right - left) * value.x / x_ticks_.back(),
            bottom - (bottom - top) * value.y / y_ticks_.back()};
  }

  void draw_legend(const line_chart& chart) {
    out_.line({16, 50}, {44, 50}, before_colour, 2.5);
    out_.text({52, 54}, chart.before);
    out_.line({16, 70}, {44, 70}, after_colour, 2.5);
    out_.text({52, 74}, chart.after);
    out_.line({16, 90}, {44, 90}, ink, 1, "6 5");
    out_.text({52, 94}, chart.bound);
  }
  void draw_axes() {
    for (const double x : x_ticks_)
      out_.text({at({x, 0}).x, bottom + 18}, number_text(x), anchor::middle, 12);
    for (const double y : y_ticks_) {
      out_.line(at({0, y}), at({x_ticks_.back(), y}), faint, 1);
      out_.text({left - 8, at({0, y}).y + 4}, number_text(y), anchor::end, 12);
    }
    out_.line({left, top}, {left, bottom}, ink, 1);
    out_.line({left, bottom}, {right, bottom}, ink, 1);
  }
  void draw_line(const std::vector<point>& points, const char* colour, double width,
                 const char* dashes = "none") {
    for (std::size_t i = 1; i < points.size(); ++i)
      out_.line(at(points[i - 1]), at(points[i]), colour, width, dashes);
  }

  canvas out_;
  const std::vector<double> x_ticks_, y_ticks_;
};

} // namespace detail

inline std::string svg_of(const bar_chart& chart) {
  detail::canvas out;
  detail::add_title(out, chart.title);
  out.rectangle(16, 43, 12, 12, detail::before_colour);
  out.text({34, 54}, chart.before);
  out.rectangle(16, 63, 12, 12, detail::after_colour);
  out.text({34, 74}, chart.after);
  double y = 84;
  for (const bar_panel& panel : chart.panels) y = detail::panel_drawing(out, panel, y).draw();
  return out.finish(y);
}

inline std::string svg_of(const line_chart& chart) {
  return detail::line_drawing(chart).draw(chart);
}

/// Exceptions: std::system_error that names the file.
inline void write_file(const std::filesystem::path& path, const std::string& text) {
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "we"), close);
  if (!file || std::fputs(text.c_str(), file.get()) < 0 || std::fflush(file.get()) != 0)
    throw std::system_error(errno, std::generic_category(), path.string());
}

} // namespace bench

#endif
