// SPDX-License-Identifier: MIT
//
// How charts look: the style sheet that all charts of a page share, and the names of its classes.
//
// Colours follow Okabe and Ito, which people with colour blindness tell apart; there is one set for
// light and one for dark pages. A page may use the colours for itself: var(--ink), var(--soft),
// var(--paper) and var(--grid).
//
//   page += "<style>" + std::string(example::chart_style) + "</style>";
#ifndef ORDERLY_EXAMPLES_SUPPORT_SVG_STYLE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SVG_STYLE_HPP

#include <array>       // names
#include <cstddef>     // size_t
#include <string_view> // the style sheet, names

namespace example {

/// The CSS that all charts of a page share.
inline constexpr std::string_view chart_style = R"(
:root { --ink: #1b1f24; --soft: #59636e; --paper: #ffffff; --grid: #d5dae0;
  --first: #0072b2; --second: #d55e00; --third: #009e73; --bars: #56b4e9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --soft: #a3adb8; --paper: #14181d;
  --grid: #343c46; --first: #56b4e9; --second: #f0a530; --third: #2fc79b; --bars: #2b7bb0; } }
.chart { display: block; width: 100%; height: auto; font-family: system-ui, sans-serif; }
.chart text { fill: var(--ink); font-size: 15px; font-variant-numeric: tabular-nums; }
.chart .title { font-weight: 600; }
.chart .soft { fill: var(--soft); }
.chart .middle { text-anchor: middle; }
.chart .end { text-anchor: end; }
.chart .grid { stroke: var(--grid); fill: none; }
.chart .axis { stroke: var(--soft); fill: none; }
.chart .first { --tone: var(--first); --fill: var(--bars); }
.chart .second { --tone: var(--second); --fill: var(--second); }
.chart .third { --tone: var(--third); --fill: var(--third); }
.chart .ink { --tone: var(--ink); --fill: var(--ink); }
.chart .bars { fill: var(--fill); }
.chart .cut { stroke: var(--paper); stroke-width: 3; fill: none; }
.chart .light { fill: var(--tone); fill-opacity: .22; }
.chart .deep { fill: var(--tone); fill-opacity: .42; }
.chart .solid { stroke: var(--tone); stroke-width: 2.5; fill: none; }
.chart .dashed { stroke: var(--tone); stroke-width: 2.5; stroke-dasharray: 8 5; fill: none; }
.chart .thin { stroke: var(--tone); stroke-opacity: .55; fill: none; }
.chart .dots { fill: var(--tone); }
.chart path { stroke-linejoin: round; }
@media (max-width: 600px) { .chart text { font-size: 19px; } }
)";

enum class tone { first, second, third, ink };
enum class stroke { solid, dashed, thin };
enum class shade { light, deep };

/// The name of the class that gives an element this look.
constexpr std::string_view class_of(tone colour) {
  constexpr std::array<std::string_view, 4> names{"first", "second", "third", "ink"};
  return names[static_cast<std::size_t>(colour)];
}
constexpr std::string_view class_of(stroke drawn) {
  constexpr std::array<std::string_view, 3> names{"solid", "dashed", "thin"};
  return names[static_cast<std::size_t>(drawn)];
}
constexpr std::string_view class_of(shade filled) {
  return filled == shade::light ? "light" : "deep";
}

} // namespace example

#endif
