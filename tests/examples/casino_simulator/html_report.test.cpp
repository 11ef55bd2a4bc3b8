// SPDX-License-Identifier: MIT
//
// The page about a simulation: complete by itself, harmless whatever its texts, and sensible for
// the least and the largest data.
#include "support/catch.hpp"

#include "casino_simulator/html_report.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

using casino::html_report;
using casino::profit_bins;
using casino::profit_part;
using casino::report_page;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The first element that is not closed as it was opened; empty if there is none.
std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string::npos) return html.substr(at);
    const bool closes = html[at + 1] == '/';
    const std::size_t first = at + (closes ? 2 : 1);
    const std::string name = html.substr(first, html.find_first_of(" >/", first) - first);
    if (name == "!DOCTYPE" || name == "meta" || html[end - 1] == '/') continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

/// A small page with every part; money in multiples of `bet`.
report_page full_page(std::int64_t bet = 1) {
  report_page page;
  page.title = "Title";
  page.subtitle = "Subtitle";
  page.summary = {{"Sessions", "200"}, {"Digest", std::string(64, 'a')}};
  for (std::int64_t value = -40; value <= 60; ++value) {
    page.profit.observed.emplace_back(value * bet, 2);
    page.profit.exact.emplace_back(value * bet, 1.0 / 101);
  }
  page.fan.hands = {0, 100, 200};
  page.fan.profits = {{0, 0, 0, 0, 0},
                      {-20 * bet, -9 * bet, -bet, 8 * bet, 31 * bet},
                      {-40 * bet, -20 * bet, -2 * bet, 9 * bet, 60 * bet}};
  page.fan.paths = {{{0, 0}, {1, -bet}, {2, 3 * bet}}, {{0, 0}, {1, -2 * bet}}};
  page.ruin = {{bet, 10 * bet, 40 * bet}, {0.9, 0.5, 0.2}, {0.91, 0.49, 0.21}};
  page.hands = {{"pair", 423, 0.4226, 1000}, {"royal flush", 0, 1.539e-6, 1000}};
  page.comparisons = {{"EV per hand", -0.03, -0.035, 0.4, 4, ""}, {"Wins", 31, {}, {}, 1, " %"}};
  page.strategies = {{"optimal", -0.0351, 5.158, 1.2237, 0.02865, 0.0351, true},
                     {"timid", -0.04, 2.0, 1.0, 0.04, {}, false}};
  page.footer = "seed 42";
  return page;
}

void check_sound(const report_page& page) {
  const std::string html = html_report(page);
  CHECK(unbalanced(html).empty());
  for (const char* wrong : {"nan", "inf", "e+", "\"\" d="}) CHECK_FALSE(contains(html, wrong));
  CHECK_FALSE(contains(html, "1000000 ")); // where coordinates far outside end
}

} // namespace

TEST_CASE("html report: every text is escaped", "[casino][html]") {
  const std::string evil = "\"'><script>alert(1)</script>&";
  report_page page = full_page();
  page.title = page.subtitle = page.unit = page.footer = evil;
  page.summary.emplace_back(evil, evil);
  page.hands[0].name = page.strategies[0].name = evil;
  page.comparisons[0].name = page.comparisons[0].unit = evil;
  const std::string html = html_report(page);
  CHECK_FALSE(contains(html, "<script"));
  CHECK(unbalanced(html).empty());
  std::size_t found = 0;
  const std::string harmless = "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;";
  for (std::size_t at = 0; (at = html.find(harmless, at)) != std::string::npos; ++at) ++found;
  // title twice, subtitle, footer, summary twice, hand in the chart and in the table, strategy,
  // comparison with its unit twice, and the unit on the axes of three charts
  CHECK(found >= 15);
}

TEST_CASE("html report: the page needs nothing from outside", "[casino][html]") {
  const std::string html = html_report(full_page());
  for (const char* outside :
       {"http", "//", "src", "href", "url(", "@import", "<script", "<link", "<iframe", "<img"}) {
    INFO(outside);
    CHECK_FALSE(contains(html, outside));
  }
  CHECK(html.rfind("<!DOCTYPE html>\n<html lang=\"en\">", 0) == 0);
  CHECK(contains(html, "width=device-width"));
  CHECK(contains(html, "prefers-color-scheme: dark"));
}

TEST_CASE("html report: the same data make the same bytes", "[casino][html]") {
  CHECK(html_report(full_page()) == html_report(full_page()));
}

TEST_CASE("html report: every part is there, and each can be absent", "[casino][html]") {
  const auto count = [](const report_page& page, const std::string& part) {
    const std::string html = html_report(page);
    std::size_t found = 0;
    for (std::size_t at = 0; (at = html.find(part, at)) != std::string::npos; ++at) ++found;
    return found;
  };
  report_page page = full_page();
  CHECK(count(page, "<section>") == 6);
  CHECK(count(page, "role=\"img\"") == 4);
  CHECK(count(page, "<table>") == 3);
  page.profit = {}, page.fan = {}, page.ruin = {};
  CHECK(count(page, "<section>") == 3);
  page.hands.clear(), page.comparisons.clear(), page.strategies.clear(), page.summary.clear();
  CHECK(count(page, "<section>") == 0);
  check_sound(page);
  check_sound(report_page());
}

TEST_CASE("html report: exact curves are named only where they are known", "[casino][html]") {
  report_page page;
  page.profit.observed = {{-1, 3}, {2, 1}};
  page.ruin = {{1, 2}, {0.5, 0.25}, {}};
  CHECK_FALSE(contains(html_report(page), ">exact<"));
  page.profit.exact = {{-1, 0.75}, {2, 0.25}};
  CHECK(contains(html_report(page), ">exact<"));
}

TEST_CASE("html report: the least data make a sound page", "[casino][html]") {
  report_page page = full_page();
  for (const std::int64_t value : {0, -7, 12}) {
    for (const std::uint64_t sessions : {1U, 1000U}) {
      page.profit = {{{value, sessions}}, {}};
      page.fan = {{0}, {{value, value, value, value, value}}, {}};
      page.ruin = {{1}, {0}, {}};
      page.hands = {{"", 0, 0, 0}};
      check_sound(page);
      page.hands = {{"none seen", 0, 0.5, 0}, {"always", 5, 1, 5}, {"never", 0, 0, 5}};
      check_sound(page);
    }
  }
  page.profit = {{{5, 0}}, {{5, 1.0}}}; // a value that no session had
  CHECK_FALSE(contains(html_report(page), "What a session brings"));
}

TEST_CASE("html report: money in the millions makes a sound page", "[casino][html]") {
  for (const std::int64_t bet :
       {std::int64_t{500}, std::int64_t{100'000}, std::int64_t{1'000'000'000}}) {
    check_sound(full_page(bet));
  }
  CHECK(contains(html_report(full_page(100'000)), ">4M<"));
  CHECK(contains(html_report(full_page(500)), "One bar for each profit."));
}

TEST_CASE("html report: the histogram says how much lies outside", "[casino][html]") {
  report_page page;
  for (std::int64_t value = -40; value < 60; ++value) page.profit.observed.emplace_back(value, 10);
  page.profit.observed.emplace_back(1500, 2);
  const std::string html = html_report(page);
  CHECK(contains(html, "One bar for each profit. 0.20\u00a0% beyond +59 not shown. "));
  CHECK_FALSE(contains(html, "below"));
}

TEST_CASE("html report: a bar that towers over the rest is cut and explained", "[casino][html]") {
  report_page page;
  for (std::int64_t value = -40; value < 60; ++value) {
    page.profit.observed.emplace_back(value, value == -40 ? 300 : 7);
  }
  const std::string html = html_report(page);
  CHECK(contains(html, "\u221240: 30.21\u00a0%</text>")); // 300 of 993
  CHECK(contains(html, "The bar at \u221240 is cut: it stands for 30.21\u00a0%. "));
  page.profit.observed[0].second = 7;
  CHECK_FALSE(contains(html_report(page), "is cut"));
}

TEST_CASE("html report: frequencies come with their ratio and its interval", "[casino][html]") {
  report_page page;
  page.hands = {{"even", 5, 0.5, 10}, {"none", 0, 0.25, 10}};
  const std::string html = html_report(page);
  CHECK(contains(html, "<td>5</td><td>5.0</td><td>1.000</td><td>0.473 to 1.527</td>"));
  CHECK(contains(html, "<td>0</td><td>2.5</td><td>0.000</td><td>0.000 to 1.110</td>"));
}

TEST_CASE("wilson interval: textbook values, and no trials at all", "[casino][html]") {
  const auto half = casino::wilson_interval(5, 10);
  CHECK(half.low == Approx(0.23659).epsilon(1e-4));
  CHECK(half.high == Approx(0.76341).epsilon(1e-4));
  const auto none = casino::wilson_interval(0, 10);
  CHECK(none.low == 0);
  CHECK(none.high == Approx(0.27753).epsilon(1e-4)); // z^2 / (n + z^2)
  CHECK(casino::wilson_interval(10, 10).high == Approx(1));
  CHECK(casino::wilson_interval(0, 0).low == 0);
  CHECK(casino::wilson_interval(0, 0).high == 1);
}

TEST_CASE("profit bins: shown and left out make 100 percent", "[casino][html]") {
  profit_part part;
  std::int64_t value = -42;
  for (std::uint64_t i = 0; i < 400; ++i, value += 1 + value % 3 * (value % 3)) {
    part.observed.emplace_back(value, 1 + i * i % 97);
  }
  part.observed.emplace_back(value + 3000, 1);
  part.observed.emplace_back(-4000, 2);
  const profit_bins bins(part);
  double sum = bins.percent_below() + bins.percent_above();
  for (const auto& bar : bins.observed()) sum += bar.height;
  CHECK(sum == Approx(100));
  CHECK(bins.percent_below() > 0);
  CHECK(bins.percent_below() <= 0.25);
  CHECK(bins.percent_above() > 0);
  CHECK(bins.percent_above() <= 0.25);
  CHECK(bins.observed().size() <= 121);
}

TEST_CASE("profit bins: bars follow the lattice of the profits", "[casino][html]") {
  const profit_bins coins({{{-1500, 1}, {-500, 2}, {2500, 1}}, {}});
  CHECK(coins.width() == 1000);
  REQUIRE(coins.observed().size() == 5);
  CHECK(coins.observed()[0].from == -2000);
  CHECK(coins.observed()[1].height == 50);
  CHECK(coins.lowest() == -1500);
  CHECK(coins.highest() == 2500);
}

TEST_CASE("profit bins: wide ranges take bars of 2, 5 or 10 values at round places",
          "[casino][html]") {
  for (const auto& [last, width] : {std::pair<std::int64_t, std::int64_t>{106, 1},
                                    {190, 2},
                                    {500, 5},
                                    {1100, 10},
                                    {2000, 20}}) {
    profit_part part;
    for (std::int64_t value = -13; value <= last; ++value) part.observed.emplace_back(value, 1);
    const profit_bins bins(part);
    CHECK(bins.points_per_bar() == width);
    CHECK(bins.start_of(0) % width == 0);
    CHECK(bins.start_of(0) <= -13);
    CHECK(bins.start_of(0) > -13 - width);
    CHECK(bins.percent_below() + bins.percent_above() == 0);
  }
}

TEST_CASE("profit bins: one session is one bar", "[casino][html]") {
  const profit_bins one({{{7, 1}}, {}});
  REQUIRE(one.observed().size() == 1);
  CHECK(one.observed()[0].height == 100);
  CHECK(one.towers() == 0);
}
