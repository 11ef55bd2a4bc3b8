// SPDX-License-Identifier: MIT
//
// Rules read from text: what an expression is worth, and how each mistake is told.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "casino_simulator/ride_rule.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using casino::ride_rule;

/// For the hand 8h 9h Th, where the rule asks about it.
std::int64_t value(std::string_view text) {
  return ride_rule(text).value(casino::view_of(cards_from<3>("8h9hTh")));
}

std::string error(std::string_view text) {
  try {
    ride_rule rule(text);
  } catch (const casino::rule_error& refused) {
    const std::string place = "line " + std::to_string(refused.line()) + ", column " +
                              std::to_string(refused.column()) + ": ";
    const std::string what = refused.what();
    CHECK(what.substr(0, place.size()) == place);
    return what;
  }
  return "no error";
}

std::string repeated(std::size_t times, std::string_view text) {
  std::string result;
  for (; times > 0; --times) result += text;
  return result;
}

} // namespace

TEST_CASE("ride rule: numbers, variables and sums", "[casino][ride_rule]") {
  CHECK(value("0") == 0);
  CHECK(value("007") == 7);
  CHECK(value("1000000") == 1'000'000);
  CHECK(value("highest") == 10);
  CHECK(value("highest + lowest - 3") == 15);
  CHECK(value("1 - 2 - 3") == -4);
  CHECK(value("1 - (2 - 3)") == 2);
  CHECK(value("1-2+3") == 2);
}

TEST_CASE("ride rule: comparisons", "[casino][ride_rule]") {
  CHECK(value("1 < 2") == 1);
  CHECK(value("2 < 2") == 0);
  CHECK(value("2 <= 2") == 1);
  CHECK(value("3 <= 2") == 0);
  CHECK(value("3 > 2") == 1);
  CHECK(value("2 > 2") == 0);
  CHECK(value("2 >= 2") == 1);
  CHECK(value("1 >= 2") == 0);
  CHECK(value("2 == 2") == 1);
  CHECK(value("1 == 2") == 0);
  CHECK(value("1 != 2") == 1);
  CHECK(value("2 != 2") == 0);
  CHECK(value("0 - 1 < 0") == 1);
}

TEST_CASE("ride rule: and, or and not give 1 or 0, and 0 alone is false", "[casino][ride_rule]") {
  CHECK(value("2 and 3") == 1);
  CHECK(value("2 and 0") == 0);
  CHECK(value("0 and 2") == 0);
  CHECK(value("0 or 3") == 1);
  CHECK(value("3 or 0") == 1);
  CHECK(value("0 or 0") == 0);
  CHECK(value("not 5") == 0);
  CHECK(value("not 0") == 1);
  CHECK(value("not not 5") == 1);
  CHECK(value("0 - 1 and 1") == 1);
}

TEST_CASE("ride rule: what binds more", "[casino][ride_rule]") {
  CHECK(value("1 or 1 and 0") == 1);
  CHECK(value("(1 or 1) and 0") == 0);
  CHECK(value("not 0 and 0") == 0);
  CHECK(value("not (0 and 0)") == 1);
  CHECK(value("not 1 == 0") == 1);
  CHECK(value("(not 1) == 1") == 0);
  CHECK(value("1 + 1 == 3 - 1") == 1);
  CHECK(value("1 == 1 and 2 == 2") == 1);
  CHECK(value("(1 < 2) < 2") == 1);
  CHECK(value("0 and 1 or 1") == 1);
}

TEST_CASE("ride rule: spaces and line breaks only part words", "[casino][ride_rule]") {
  CHECK(value("\t1\r\n+\n\n2 ") == 3);
  CHECK(value("(1)and(not(0))") == 1);
  CHECK(value("1<=1") == 1);
  CHECK(error("1 < = 1") == "line 1, column 5: unexpected character '=' (did you mean ==?)");
}

TEST_CASE("ride rule: it rides where its value is not 0", "[casino][ride_rule]") {
  const ride_rule rule("suited - pair");
  CHECK(rule.rides(casino::view_of(cards_from<3>("8h9hTh"))));
  CHECK(rule.rides(casino::view_of(cards_from<3>("8h8cTh")))); // -1
  CHECK_FALSE(rule.rides(casino::view_of(cards_from<3>("8h9cTh"))));
  CHECK(rule.value(casino::view_of(cards_from<4>("8h8cTh2h"))) == -1);
}

TEST_CASE("ride rule: an unknown variable is told with the nearest one", "[casino][ride_rule]") {
  CHECK(error("suted") == "line 1, column 1: unknown variable 'suted' (did you mean suited?)");
  CHECK(error("1 and\n  nonsense") == "line 2, column 3: unknown variable 'nonsense'");
  CHECK(error("Suited") == "line 1, column 1: unknown variable 'Suited' (did you mean suited?)");
}

TEST_CASE("ride rule: each mistake is told where it is", "[casino][ride_rule]") {
  CHECK(error("") == "line 1, column 1: expected a number, a variable or '(', found the end");
  CHECK(error(" \n ") == "line 2, column 2: expected a number, a variable or '(', found the end");
  CHECK(error("1 +") == "line 1, column 4: expected a number, a variable or '(', found the end");
  CHECK(error("or 1") == "line 1, column 1: expected a number, a variable or '(', found 'or'");
  CHECK(error("1 + not 1") ==
        "line 1, column 5: expected a number, a variable or '(', found 'not'");
  CHECK(error("-1") == "line 1, column 1: expected a number, a variable or '(', found '-'");
  CHECK(error("()") == "line 1, column 2: expected a number, a variable or '(', found ')'");
  CHECK(error("1 2") == "line 1, column 3: expected an operator or the end, found '2'");
  CHECK(error("1)") == "line 1, column 2: expected an operator or the end, found ')'");
  CHECK(error("(1 2)") == "line 1, column 4: expected an operator or ')', found '2'");
  CHECK(error("(1\n") == "line 2, column 1: expected an operator or ')', found the end");
  CHECK(error("12ab") == "line 1, column 1: '12ab' is neither a number nor a name");
  CHECK(error("0x1") == "line 1, column 1: '0x1' is neither a number nor a name");
  CHECK(error("1 < 2 < 3") == "line 1, column 7: comparisons do not chain: join two of them by "
                              "'and', or use parentheses");
  CHECK(error("1 = 1") == "line 1, column 3: unexpected character '=' (did you mean ==?)");
  CHECK(error("!1") == "line 1, column 1: unexpected character '!' (did you mean not?)");
  CHECK(error("1 && 1") == "line 1, column 3: unexpected character '&' (did you mean and?)");
  CHECK(error("1 || 1") == "line 1, column 3: unexpected character '|' (did you mean or?)");
  CHECK(error("1 * 2") == "line 1, column 3: unexpected character '*'");
  CHECK(error("1 \xC3\xA9") == "line 1, column 3: unexpected byte 0xC3");
  CHECK(error(std::string_view("1\0", 2)) == "line 1, column 2: unexpected byte 0x00");
}

TEST_CASE("ride rule: numbers, parentheses and texts have limits, and the limit itself is allowed",
          "[casino][ride_rule]") {
  CHECK(error("1 + 1000001") == "line 1, column 5: '1000001' is above 1000000");
  CHECK(error("99999999999999999999") ==
        "line 1, column 1: '99999999999999999999' is above 1000000");
  CHECK(value(repeated(64, "(") + "1" + repeated(64, ")")) == 1);
  CHECK(error(repeated(65, "(") + "1" + repeated(65, ")")) ==
        "line 1, column 65: more than 64 parentheses inside one another");
  CHECK(value(repeated(100, "(1)+") + "1") == 101); // one after another is no nesting
  CHECK(value(repeated(4'095, " ") + "1") == 1);
  CHECK(error(repeated(4'096, " ") + "1") ==
        "line 1, column 4097: the rule is longer than 4096 characters");
  CHECK(error("1" + repeated(4'096, "\n")) ==
        "line 4097, column 1: the rule is longer than 4096 characters");
  CHECK(error(repeated(5'000, "a")) == "line 1, column 1: the rule is longer than 4096 characters");
}

TEST_CASE("ride rule: the longest chains are computed exactly", "[casino][ride_rule]") {
  CHECK(value(repeated(511, "999999+") + "1") == 511 * std::int64_t{999'999} + 1);
  CHECK(value("0" + repeated(511, "-999999")) == -511 * std::int64_t{999'999});
  CHECK(value(repeated(1'023, "not ") + "0") == 1);
  CHECK(value(repeated(1'022, "not ") + "0") == 0);
}

TEST_CASE("ride rule: a name leads the message", "[casino][ride_rule]") {
  CHECK_THROWS_WITH(ride_rule("1 +", "bet 2"), "bet 2, line 1, column 4: expected a number, a "
                                               "variable or '(', found the end");
}
