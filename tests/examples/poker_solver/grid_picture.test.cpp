// SPDX-License-Identifier: MIT
//
// Pictures and pages of the starting hands: complete by themselves, well-formed, and true to the
// strategy.
#include "support/catch.hpp"

#include "poker_solver/grid_page.hpp"
#include "poker_solver/grid_picture.hpp"
#include "poker_solver/node_history.hpp"
#include "poker_solver/node_table.hpp"
#include "poker_solver/pushfold.hpp"
#include "poker_solver/starting_hands.hpp"

#include "given_profile.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using poker::grid_page;
using poker::grid_svg;
using poker::grid_svg_file;
using poker::node_table;
using poker::tree_node;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
  return count;
}

/// What is wrong with the tags of a text of XML or HTML: empty if each is closed as it was opened, and
/// every attribute has its quotes.
std::string fault_of(const std::string& text) {
  std::vector<std::string> open;
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::size_t end = text.find('>', at);
    if (end == std::string::npos) return text.substr(at);
    const std::string tag = text.substr(at + 1, end - at - 1);
    if (tag.find('<') != std::string::npos || count_of(tag, "\"") % 2 != 0) return tag;
    const bool closes = tag[0] == '/';
    const std::string name =
        tag.substr(closes ? 1 : 0, tag.find_first_of(" /", 1) - (closes ? 1 : 0));
    if (name == "!DOCTYPE" || name == "meta" || tag.back() == '/') continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "/" + name;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

/// Pairs are pushed, suited hands in a quarter of all cases.
node_table push_table() {
  const poker::betting_tree tree(poker::pushfold_rules({}), {169});
  const auto profile =
      test::given_profile(tree, [](const tree_node&, std::uint32_t bucket, unsigned action) {
        const auto hand = static_cast<poker::starting_hand>(bucket);
        const double pushed = poker::is_pair(hand) ? 1 : poker::is_suited(hand) ? 0.25 : 0;
        return action == 1 ? pushed : 1 - pushed;
      });
  return poker::table_of(tree, profile, 0, poker::deck_kind::holdem);
}

/// With names that would be markup.
node_table hostile_table() {
  node_table table = push_table();
  table.title = "</title><script>\"'&";
  table.actions[0].name = "<b>&\"";
  table.rows[0].name = "<i>";
  return table;
}

} // namespace

TEST_CASE("grid picture: pictures and pages are well-formed", "[poker][grid_picture]") {
  CHECK(fault_of("<a><b x=\"1\"></a>") == "/a"); // the judge can say no
  CHECK(fault_of("<a><b x=\"1/></a>") == "b x=\"1/");
  for (const node_table& table : {push_table(), hostile_table()}) {
    CHECK(fault_of(grid_svg(table)).empty());
    CHECK(fault_of(grid_svg_file(table)).empty());
    CHECK(fault_of(grid_page("A", "B", std::vector{table, table})).empty());
  }
}

TEST_CASE("grid picture: texts are escaped", "[poker][grid_picture]") {
  const std::string page = grid_page("<u>", "<s>", std::vector{hostile_table()});
  for (const char* markup : {"<u>", "<s>", "<b>", "<i>", "<script"}) CHECK(!contains(page, markup));
  CHECK(contains(page, "<h1>&lt;u&gt;</h1>"));
}

TEST_CASE("grid picture: nothing comes from outside", "[poker][grid_picture]") {
  std::string file = grid_svg_file(push_table());
  const std::string name = " xmlns=\"http://www.w3.org/2000/svg\""; // a name, which is not fetched
  REQUIRE(count_of(file, name) == 1);
  file.erase(file.find(name), name.size());
  for (const std::string& text : {file, grid_page("A", "B", std::vector{push_table()})}) {
    for (const char* part :
         {"http", "//", "src", "href", "url(", "@import", "<script", "<link", "<iframe", "<img"}) {
      CAPTURE(part);
      CHECK(!contains(text, part));
    }
    CHECK(contains(text, "prefers-color-scheme: dark"));
  }
}

TEST_CASE("grid picture: each hand has its place, its mix and a tooltip", "[poker][grid_picture]") {
  const std::string svg = grid_svg(push_table());
  CHECK(count_of(svg, "<g><title>") == 169);
  CHECK(contains(svg, "<title>small blind, preflop, first to act</title>"));
  // Two lines of 38 above; cells of 50 with a gap of 2.
  CHECK(contains(svg, "<g><title>AA: fold 0.00 %, push 100.00 %</title>"
                      "<rect class=\"a7\" x=\"0\" y=\"76\" width=\"48\" height=\"48\"/>"
                      "<text class=\"hand\" x=\"24\" y=\"107\">AA</text></g>"));
  CHECK(contains(svg, "<g><title>A2s: fold 75.00 %, push 25.00 %</title>"
                      "<rect class=\"a0\" x=\"600\" y=\"76\" width=\"36\" height=\"48\"/>"
                      "<rect class=\"a7\" x=\"636\" y=\"76\" width=\"12\" height=\"48\"/>"));
  CHECK(contains(svg, "<g><title>A2o: fold 100.00 %, push 0.00 %</title>"
                      "<rect class=\"a0\" x=\"0\" y=\"676\" width=\"48\" height=\"48\"/><text"));
}

TEST_CASE("grid picture: the list of actions has their frequencies", "[poker][grid_picture]") {
  const std::string svg = grid_svg(push_table());
  CHECK(contains(svg, ">push</text>"));
  CHECK(contains(svg, ">11.76 %</text>")); // (78 + 312 / 4) / 1326
  CHECK(contains(svg, ">88.24 %</text>"));
}

TEST_CASE("grid picture: hands that never come to a node have no colours",
          "[poker][grid_picture]") {
  node_table table = push_table();
  const std::string note = "hands that hardly ever come here";
  CHECK(!contains(grid_page("A", "B", std::vector{table}), note));
  table.rows[0].reach = 0.004;
  const std::string page = grid_page("A", "B", std::vector{table});
  CHECK(contains(page, note));
  CHECK(contains(page, "<rect class=\"none\" x=\"0\" y=\"76\" width=\"48\" height=\"48\"/>"
                       "<text class=\"away\" x=\"24\" y=\"107\">AA</text></g>"));
  CHECK(contains(page, "<tr><th scope=\"row\">AA</th><td>\u2013</td><td>\u2013</td></tr>"));
}

TEST_CASE("grid picture: a page has a table of all percentages", "[poker][grid_picture]") {
  const std::vector<node_table> twice(2, push_table());
  const std::string page = grid_page("A", "B", twice);
  CHECK(count_of(page, "<section>") == 2);
  CHECK(count_of(page, "<tr><th scope=\"row\">") == 2 * 169);
  CHECK(contains(page, "<tr><th scope=\"row\">AKs</th><td>75.00</td><td>25.00</td></tr>"));
  CHECK(grid_page("A", "B", twice) == page);
}
