// SPDX-License-Identifier: MIT
//
// A page about a simulation: one file of HTML, complete without a network, the same bytes for the
// same data. It fits a telephone, follows light and dark preferences, and can be printed.
//
//   casino::report_page page;
//   page.title = "Let It Ride";
//   page.profit.observed = {{-3, 1}, {2, 1}};
//   file.write(casino::html_report(page));
//
// Every text of the page is escaped; parts without data are left out.
#ifndef ORDERLY_EXAMPLES_CASINO_HTML_REPORT_HPP
#define ORDERLY_EXAMPLES_CASINO_HTML_REPORT_HPP

#include "../support/html_text.hpp"
#include "../support/svg_chart.hpp"
#include "html_charts.hpp"
#include "report_page.hpp"

#include <algorithm>   // any_of
#include <optional>    // figures that may be unknown
#include <string>      // the page
#include <string_view> // headings
#include <utility>     // move
#include <vector>      // cells

namespace casino {

namespace detail {

inline constexpr std::string_view page_style = R"(
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem .75rem 3rem; max-width: 78rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { border-bottom: 2px solid var(--ink); margin-bottom: 1.25rem; padding-bottom: .75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0 .25rem; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
p { margin: .25rem 0; }
header p, section p, figcaption, footer { color: var(--soft); }
section p, figcaption, footer { font-size: .9rem; margin-top: .5rem; }
figure { margin: 0; max-width: 44rem; }
.summary { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
  gap: .75rem 1.25rem; margin: 0 0 2rem; }
.summary dt { color: var(--soft); font-size: .85rem; }
.summary dd { margin: 0; font-weight: 600; }
.summary .long { grid-column: 1 / -1; }
.parts { columns: 2 34rem; column-gap: 3rem; }
section { break-inside: avoid; padding-bottom: 2.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  font-size: .9rem; overflow-wrap: normal; }
th, td { padding: .35rem .5rem; text-align: right; border-bottom: 1px solid var(--grid);
  vertical-align: baseline; }
th:first-child { text-align: left; padding-left: 0; font-weight: 400; min-width: 6rem; }
td:last-child, th:last-child { padding-right: 0; }
td { white-space: nowrap; }
thead th, thead th:first-child { color: var(--soft); font-weight: 600; vertical-align: bottom; }
tr.played th, tr.played td { font-weight: 600; }
figure + .scroll { margin-top: 1rem; }
footer { border-top: 1px solid var(--grid); padding-top: .75rem; }
@media (max-width: 600px) { table { font-size: .8rem; } th, td { padding: .35rem .3rem; } }
@media (max-width: 30rem) { table { font-size: clamp(.6rem, 2.85vw, .8rem); } th, td { padding: .3rem .1rem; }
  td { white-space: normal; } th:first-child { overflow-wrap: anywhere; } }
@media print { body { max-width: none; font-size: 10pt; } .parts { columns: 1; }
  .scroll { overflow: visible; } }
)";

/// <name>words</name>, the words escaped.
inline std::string element(std::string_view name, std::string_view words) {
  const std::string tag(name);
  return "<" + tag + ">" + example::escaped(words) + "</" + tag + ">";
}

/// A table that scrolls by itself where it is wider than the page. The first cell of a row names it.
class html_table {
 public:
  html_table(std::string_view label, const std::vector<std::string>& head)
      : text_("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
              example::escaped(label) + "\">\n<table>\n<thead><tr>") {
    for (const std::string& cell : head) text_ += heading("col", cell);
    text_ += "</tr></thead>\n<tbody>\n";
  }
  html_table& row(const std::vector<std::string>& cells, bool marked = false) {
    text_ += marked ? "<tr class=\"played\">" : "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      text_ += i == 0 ? heading("row", cells[i]) : element("td", cells[i]);
    }
    text_ += "</tr>\n";
    return *this;
  }
  std::string html() const { return text_ + "</tbody>\n</table>\n</div>\n"; }

 private:
  static std::string heading(std::string_view scope, std::string_view words) {
    return "<th scope=\"" + std::string(scope) + "\">" + example::escaped(words) + "</th>";
  }

  std::string text_;
};

inline std::string section(std::string_view heading, const std::string& content) {
  return "<section>\n" + element("h2", heading) + "\n" + content + "</section>\n";
}

inline std::string figure(const captioned_chart& chart) {
  return "<figure>\n" + chart.svg + element("figcaption", chart.caption) + "\n</figure>\n";
}

inline std::string figure_or_dash(const std::optional<double>& value, int decimals,
                                  const std::string& unit = "") {
  return value ? example::fixed_text(*value, decimals) + unit : "\u2013";
}

/// Observed by expected, and the 95 % interval of that.
inline std::vector<std::string> ratio_cells(const hand_frequency& hand) {
  if (hand.total == 0 || !(hand.probability > 0)) return {"\u2013", "\u2013"};
  const auto [low, high] = wilson_interval(hand.observed, hand.total);
  const auto text = [&](double share) { return example::fixed_text(share / hand.probability, 3); };
  return {text(share_of(hand)), text(low) + " to " + text(high)};
}

inline std::string frequency_table(const std::vector<hand_frequency>& hands) {
  html_table table("Final hands", {"Final hand", "Observed", "Expected", "Ratio", "95 % interval"});
  for (const hand_frequency& hand : hands) {
    const double expected = hand.probability * static_cast<double>(hand.total);
    std::vector<std::string> cells{hand.name, example::whole_text(hand.observed),
                                   example::fixed_text(expected, expected < 100 ? 1 : 0)};
    for (std::string& cell : ratio_cells(hand)) cells.push_back(std::move(cell));
    table.row(cells);
  }
  return table.html();
}

inline std::string comparison_table(const std::vector<comparison>& rows) {
  html_table table("Simulated and exact figures", {"", "Simulated", "Exact", "z"});
  for (const comparison& row : rows) {
    table.row({row.name, figure_or_dash(row.observed, row.decimals, row.unit),
               figure_or_dash(row.exact, row.decimals, row.unit), figure_or_dash(row.z, 2)});
  }
  return table.html() +
         element("p", "z: distance of the two in standard errors; within \u22122 and +2 for 95 of "
                      "100 correct figures.") +
         "\n";
}

inline std::string strategy_table(const std::vector<strategy_row>& rows) {
  const auto percent = [](const std::optional<double>& fraction) {
    return fraction ? example::fixed_text(100 * *fraction, 3) + " %" : "\u2013";
  };
  const bool edges =
      std::any_of(rows.begin(), rows.end(), [](const strategy_row& row) { return row.house_edge; });
  std::vector<std::string> head{"Strategy", "EV per hand", "SD", "Average bet", "Element of risk"};
  if (edges) head.emplace_back("House edge");
  html_table table("Strategies", head);
  for (const strategy_row& row : rows) {
    std::vector<std::string> cells{
        row.name, example::fixed_text(row.ev, 5), example::fixed_text(row.sd, 3),
        example::fixed_text(row.average_bet, 4), percent(row.element_of_risk)};
    if (edges) cells.push_back(percent(row.house_edge));
    table.row(cells, row.played);
  }
  return table.html() +
         element("p", "Exact, in base bets. Element of risk: expected loss by all money bet.") +
         "\n";
}

inline std::string summary_list(const report_page& page) {
  if (page.summary.empty()) return "";
  std::string list = "<dl class=\"summary\">\n";
  for (const auto& [label, value] : page.summary) {
    list += value.size() > 32 ? "<div class=\"long\">" : "<div>"; // as a digest is
    list += element("dt", label) + element("dd", value) + "</div>\n";
  }
  return list + "</dl>\n";
}

inline bool any_session(const profit_part& part) {
  return std::any_of(part.observed.begin(), part.observed.end(),
                     [](const auto& value) { return value.second != 0; });
}

inline std::string sections(const report_page& page) {
  std::string text;
  if (any_session(page.profit)) {
    text += section("What a session brings", figure(profit_chart(page.profit, page.unit)));
  }
  if (!page.fan.hands.empty()) {
    text += section("On the way", figure(fan_chart(page.fan, page.unit)));
  }
  if (!page.ruin.loss.empty()) {
    text += section("How deep it goes", figure(ruin_chart(page.ruin, page.unit)));
  }
  if (!page.comparisons.empty()) {
    text += section("Simulated and exact", comparison_table(page.comparisons));
  }
  if (!page.hands.empty()) {
    text +=
        section("Final hands", figure(frequency_chart(page.hands)) + frequency_table(page.hands));
  }
  if (!page.strategies.empty()) text += section("Strategies", strategy_table(page.strategies));
  return text;
}

} // namespace detail

/// The whole page.
inline std::string html_report(const report_page& page) {
  const std::string title = example::escaped(page.title);
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<title>" +
                     title + "</title>\n<style>";
  text.append(example::chart_style).append(detail::page_style);
  text += "</style>\n</head>\n<body>\n<header>\n<h1>" + title + "</h1>\n";
  if (!page.subtitle.empty()) text += detail::element("p", page.subtitle) + "\n";
  text += "</header>\n<main>\n" + detail::summary_list(page) + "<div class=\"parts\">\n" +
          detail::sections(page) + "</div>\n</main>\n";
  if (!page.footer.empty()) text += "<footer>" + example::escaped(page.footer) + "</footer>\n";
  return text + "</body>\n</html>\n";
}

} // namespace casino

#endif
