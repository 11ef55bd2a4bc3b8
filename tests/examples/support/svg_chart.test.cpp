// SPDX-License-Identifier: MIT
//
// Text for pages, ticks at round numbers, and charts that show what they were given and no more.
#include "support/catch.hpp"

#include "support/html_text.hpp"
#include "support/svg_axes.hpp"
#include "support/svg_chart.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

using example::axis_from_zero;
using example::chart_axis;
using example::linear_axis;
using example::svg_chart;
using example::tone;

std::string ticks(const chart_axis& axis, std::size_t most = 6, double length = 540) {
  std::string texts;
  for (const example::chart_tick& tick : example::ticks_of(axis, most, length)) {
    texts += tick.text + "|";
  }
  return texts;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

svg_chart small_chart() {
  return svg_chart("Small", linear_axis("x", 0, 10), axis_from_zero("y", 10), 100);
}

} // namespace

TEST_CASE("html text: markup and control characters are made harmless", "[examples][html]") {
  CHECK(example::escaped("<script>alert('x' & \"y\")</script>") ==
        "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  CHECK(example::escaped(std::string("a\0b\x1b\x7f\n", 6)) == "a b   ");
  CHECK(example::escaped("\u2212 \u00e9") == "\u2212 \u00e9");
}

TEST_CASE("html text: numbers are grouped, and zero has no sign", "[examples][html]") {
  CHECK(example::fixed_text(-1234567.891, 2) == "\u22121,234,567.89");
  CHECK(example::fixed_text(999, 0) == "999");
  CHECK(example::fixed_text(-0.0004, 3) == "0.000");
  CHECK(example::fixed_text(-0.0006, 3) == "\u22120.001");
  CHECK(example::fixed_text(not_a_number, 2) == "\u2013");
  CHECK(example::fixed_text(infinity, 2) == "\u2013");
  CHECK(example::whole_text(INT64_MIN) == "\u22129,223,372,036,854,775,808");
  CHECK(example::whole_text(UINT64_MAX) == "18,446,744,073,709,551,615");
  CHECK(example::signed_text(1000) + example::signed_text(0) + example::signed_text(-5) ==
        "+1,0000\u22125");
}

TEST_CASE("html text: coordinates are rounded to hundredths", "[examples][html]") {
  CHECK(example::path_number(12.346) == "12.35");
  CHECK(example::path_number(-12.344) == "-12.34");
  CHECK(example::path_number(0.5) == "0.5");
  CHECK(example::path_number(0.05) == "0.05");
  CHECK(example::path_number(-0.001) == "0");
  CHECK(example::path_number(7) == "7");
  CHECK(example::path_number(not_a_number) == "0");
  CHECK(example::path_number(-infinity) == "0");
  CHECK(example::path_number(1e300) == "1000000");
}

TEST_CASE("svg axes: ticks stand at 1, 2 or 5 times a power of ten", "[examples][svg]") {
  CHECK(ticks(linear_axis("", -42, 63)) == "\u221240|\u221220|0|20|40|60|");
  CHECK(ticks(linear_axis("", 0, 1)) == "0.0|0.2|0.4|0.6|0.8|1.0|");
  CHECK(ticks(linear_axis("", 0, 0.03)) == "0.000|0.005|0.010|0.015|0.020|0.025|0.030|");
  CHECK(ticks(linear_axis("", 1, 2)) == "1.0|1.2|1.4|1.6|1.8|2.0|");
  CHECK(ticks(example::whole_axis("", 1, 2)) == "1|2|");
  CHECK(ticks(linear_axis("", -50'000, 197'000)) == "\u221250,000|0|50,000|100,000|150,000|");
}

TEST_CASE("svg axes: large numbers are written short where that loses nothing", "[examples][svg]") {
  CHECK(ticks(linear_axis("", 0, 5e6)) == "0|1M|2M|3M|4M|5M|");
  CHECK(ticks(linear_axis("", 0, 1.2e6)) == "0|0.2M|0.4M|0.6M|0.8M|1.0M|1.2M|");
  CHECK(ticks(linear_axis("", -3e12, 3e12)) == "\u22123T|\u22122T|\u22121T|0|1T|2T|3T|");
  CHECK(ticks(linear_axis("", 1e9, 1e9 + 4), 6, 1000) ==
        "1,000,000,000|1,000,000,001|1,000,000,002|1,000,000,003|1,000,000,004|");
}

TEST_CASE("svg axes: texts of ticks never fill more than the axis", "[examples][svg]") {
  for (const double high : {7.0, 123.0, 999'999.0, 1e7 + 3}) {
    for (const double length : {200.0, 320.0, 540.0}) {
      const auto all = example::ticks_of(linear_axis("", high - 6, high), 8, length);
      double width = 0;
      for (const example::chart_tick& tick : all) width += example::text_width(tick.text);
      CHECK((all.size() <= 2 || width < length));
      CHECK(!all.empty());
    }
  }
}

TEST_CASE("svg axes: an axis without extent is widened", "[examples][svg]") {
  const chart_axis axis = linear_axis("", 7, 7);
  CHECK(axis.low < 7);
  CHECK(axis.high > 7);
  CHECK(example::chart_scale(axis, 100)(7) == Approx(50));
  CHECK(axis_from_zero("", 0).high == 1);
  CHECK(axis_from_zero("", not_a_number).high == 1);
}

TEST_CASE("svg axes: an axis from zero ends at a tick", "[examples][svg]") {
  CHECK(axis_from_zero("", 7.1).high == 8);
  CHECK(axis_from_zero("", 100).high == 100);
  CHECK(axis_from_zero("", 0.23).high == Approx(0.25));
  CHECK(ticks(axis_from_zero("", 7.1), 5) == "0|2|4|6|8|");
}

TEST_CASE("svg axes: the logarithm agrees with the library's", "[examples][svg]") {
  for (double value = 1.7e-12; value < 1e13; value *= 3.3) {
    CHECK(example::detail::decimal_log(value) ==
          Approx(std::log10(value)).epsilon(1e-13).margin(1e-13));
  }
  CHECK(example::detail::decimal_log(1) == 0);
}

TEST_CASE("svg axes: a logarithmic axis spans whole powers of ten", "[examples][svg]") {
  const chart_axis axis = example::log_axis("", 8e-7, 0.5);
  CHECK(axis.low == 1e-7);
  CHECK(axis.high == 1);
  const example::chart_scale scale(axis, 700);
  CHECK(scale(1e-7) == 0);
  CHECK(scale(0) == 0);
  CHECK(scale(1e-3) == Approx(400));
  CHECK(scale(1) == Approx(700));
  CHECK(contains(ticks(axis, 8), "10\u207b\u2076|"));
  CHECK(example::log_axis("", 1, 1).low == Approx(0.1));
  CHECK(example::log_axis("", 1, 1).high == 1);
}

TEST_CASE("svg chart: bars stand where the data say", "[examples][svg]") {
  // 10 units of x on 640 - 31.66 (ticks "10") - 14 = 594.34 units; 10 units of y on 100.
  svg_chart chart = small_chart();
  chart.bars(tone::first, "seen", {{0, 5, 10}, {5, 10, 2.5}, {5, 10, 0}});
  CHECK(contains(chart.svg(), "d=\"M0.5 100V0H296.67V100zM297.67 100V75H593.84V100z\"/>"));
  CHECK_FALSE(contains(chart.svg(), "class=\"cut\""));
}

TEST_CASE("svg chart: a bar beyond the chart shows that it is cut", "[examples][svg]") {
  svg_chart chart = small_chart();
  chart.bars(tone::first, "", {{0, 5, 11}});
  CHECK(contains(chart.svg(), "class=\"cut\""));
}

TEST_CASE("svg chart: lines, bands and points lie where the data say", "[examples][svg]") {
  svg_chart chart = small_chart();
  chart.line({tone::second, example::stroke::dashed}, "", {{0, 0}, {5, 10}});
  chart.band({tone::first, example::shade::deep}, "", {{0, 2, 4}, {5, 3, 6}});
  chart.measured(tone::first, "", {{{5, 5}, {5, 4}, {5, 6}}});
  const std::string svg = chart.svg();
  CHECK(contains(svg, "class=\"second dashed\" d=\"M0 100L297.17 0\""));
  CHECK(contains(svg, "class=\"first deep\" d=\"M0 60L297.17 40L297.17 70L0 80z\""));
  CHECK(contains(svg, "d=\"M297.17 60L297.17 40M292.17 60L302.17 60M292.17 40L302.17 40\""));
}

TEST_CASE("svg chart: the legend has the named series only, above the data", "[examples][svg]") {
  svg_chart chart = small_chart();
  chart.line({}, "named & kept", {{0, 0}, {1, 1}}).line({}, "", {{0, 0}, {1, 1}});
  const std::string svg = chart.svg();
  const std::size_t entry = svg.find("named &amp; kept");
  REQUIRE(entry != std::string::npos);
  CHECK(entry < svg.find("<svg x="));
  CHECK(svg.find("<g ") == svg.rfind("<g "));
}

TEST_CASE("svg chart: many names take more rows and make the chart higher", "[examples][svg]") {
  const auto height = [](int series) {
    svg_chart chart = small_chart();
    for (int i = 0; i < series; ++i) chart.line({}, "a series of data", {{0, 0}, {1, 1}});
    const std::string svg = chart.svg();
    return std::stod(svg.substr(svg.find("viewBox=\"0 0 640 ") + 17));
  };
  CHECK(height(2) == height(1));
  CHECK(height(5) == height(1) + 2 * 26);
}

TEST_CASE("svg chart: a long title is broken between words, and escaped", "[examples][svg]") {
  const std::string title = "A <title> of very many words that cannot possibly stand in one row "
                            "of the chart";
  const std::string svg = svg_chart(title, linear_axis("x", 0, 1), axis_from_zero("y", 1)).svg();
  CHECK(contains(svg, "aria-label=\"A &lt;title&gt; of"));
  CHECK(contains(svg, "row of the chart</title>"));
  CHECK(contains(svg, ">in one row of the chart</text>"));
  CHECK_FALSE(contains(svg, "A <title>"));
}

TEST_CASE("svg chart: a logarithmic axis has no point for zero", "[examples][svg]") {
  svg_chart chart("", example::log_axis("x", 1e-3, 1), linear_axis("y", 0, 1));
  chart.dots(tone::first, "", {{0, 0.5}});
  CHECK_FALSE(contains(chart.svg(), "dots"));
  chart.dots(tone::first, "", {{1e-3, 0.5}});
  CHECK(contains(chart.svg(), "dots"));
}

TEST_CASE("svg chart: what is no number does not reach the picture", "[examples][svg]") {
  svg_chart chart("", example::log_axis("x", 1e-3, 1), linear_axis("y", 3, 3));
  chart.bars(tone::first, "b", {{0, not_a_number, not_a_number}, {0, 1, infinity}});
  chart.line({}, "l", {{not_a_number, 1}, {0, infinity}})
      .dots(tone::ink, "d", {{-1, not_a_number}});
  chart.band({}, "", {}).note(not_a_number, 0, "");
  const std::string svg = chart.svg();
  CHECK_FALSE(contains(svg, "nan"));
  CHECK_FALSE(contains(svg, "inf"));
}
