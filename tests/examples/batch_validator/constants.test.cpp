// SPDX-License-Identifier: MIT
//
// The constants: which there are, and what they stand for.
#include "support/catch.hpp"

#include "batch_validator/constants.hpp"
#include "batch_validator/value_text.hpp"

#include <set>
#include <string>
#include <string_view>

namespace {

std::string content(std::string_view name) {
  for (const arc::constant& each : arc::constants) {
    if (each.name == name) return arc::text_of(each.content);
  }
  return "no constant";
}

} // namespace

TEST_CASE("constants: integers", "[arc][constants]") {
  CHECK(content("F") == "0");
  CHECK(content("T") == "1");
  CHECK(content("ZERO") == "0");
  CHECK(content("ONE") == "1");
  CHECK(content("TWO") == "2");
  CHECK(content("THREE") == "3");
  CHECK(content("FOUR") == "4");
  CHECK(content("FIVE") == "5");
  CHECK(content("SIX") == "6");
  CHECK(content("SEVEN") == "7");
  CHECK(content("EIGHT") == "8");
  CHECK(content("NINE") == "9");
  CHECK(content("TEN") == "10");
  CHECK(content("NEG_ONE") == "-1");
  CHECK(content("NEG_TWO") == "-2");
}

TEST_CASE("constants: pairs have the row first", "[arc][constants]") {
  CHECK(content("DOWN") == "(1, 0)");
  CHECK(content("RIGHT") == "(0, 1)");
  CHECK(content("UP") == "(-1, 0)");
  CHECK(content("LEFT") == "(0, -1)");
  CHECK(content("ORIGIN") == "(0, 0)");
  CHECK(content("UNITY") == "(1, 1)");
  CHECK(content("NEG_UNITY") == "(-1, -1)");
  CHECK(content("UP_RIGHT") == "(-1, 1)");
  CHECK(content("DOWN_LEFT") == "(1, -1)");
  CHECK(content("ZERO_BY_TWO") == "(0, 2)");
  CHECK(content("TWO_BY_ZERO") == "(2, 0)");
  CHECK(content("TWO_BY_TWO") == "(2, 2)");
  CHECK(content("THREE_BY_THREE") == "(3, 3)");
}

TEST_CASE("constants: there are 28 of different names, in forms that need no memory",
          "[arc][constants]") {
  std::set<std::string_view> names;
  for (const arc::constant& each : arc::constants) {
    names.insert(each.name);
    const arc::value_form form = each.content.form();
    CHECK((form == arc::value_form::integer || form == arc::value_form::pair));
  }
  CHECK(names.size() == 28);
  CHECK(arc::constants.size() == 28);
}
