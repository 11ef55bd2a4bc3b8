// SPDX-License-Identifier: MIT
//
// The JSON reader: what it accepts, the exact text of every refusal, and where values stand.
#include "support/catch.hpp"

#include "examples/error_of.hpp"

#include "support/json_reader.hpp"
#include "support/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using example::json_kind;
using example::json_value;
using example::read_json;

namespace {

std::string refusal(std::string_view text) {
  return test::error_of<example::json_error>([&] { read_json(text); });
}

std::string place_of(const json_value& value) {
  return std::to_string(value.where().line) + ":" + std::to_string(value.where().column);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

} // namespace

TEST_CASE("json reader: every kind of value is read", "[examples][json_reader]") {
  const json_value root = read_json(R"({"n": null, "t": true, "f": false, "x": -1.50e+3,
    "s": "text", "a": [1, [], {}], "o": {"z": 1, "a": 2}})");
  REQUIRE(root.kind() == json_kind::object);
  CHECK(root.members().size() == 7);
  CHECK(root.at("n").kind() == json_kind::null);
  CHECK(root.at("t").boolean());
  CHECK_FALSE(root.at("f").boolean());
  CHECK(root.at("x").number_text() == "-1.50e+3");
  CHECK(root.at("x").real() == -1500.0);
  CHECK(root.at("s").string() == "text");
  REQUIRE(root.at("a").elements().size() == 3);
  CHECK(root.at("a").elements()[1].elements().empty());
  CHECK(root.at("a").elements()[2].members().empty());
  CHECK(root.at("o").members()[0].key == "z"); // in the order of the text
  CHECK(root.at("o").members()[1].key == "a");
  CHECK(root.find("absent") == nullptr);
}

TEST_CASE("json reader: a text may be any value, between blanks, after a byte order mark",
          "[examples][json_reader]") {
  CHECK(read_json(" \t\r\n7\n ").uint64() == 7);
  CHECK(read_json("\"\"").string().empty());
  CHECK(read_json("null").kind() == json_kind::null);
  const json_value marked = read_json("\xef\xbb\xbf[1]");
  CHECK(place_of(marked) == "1:1");
  CHECK(refusal("\xef\xbb\xbf\xef\xbb\xbf[1]") == "1:1: expected a value");
}

TEST_CASE("json reader: values and keys know where they stand", "[examples][json_reader]") {
  const json_value root = read_json("{\n  \"\xc3\xa9\": [1,\r\n\t-2], \"b\":\n\"x\"}");
  CHECK(place_of(root) == "1:1");
  CHECK(root.members()[0].where.line == 2);
  CHECK(root.members()[0].where.column == 3);
  CHECK(place_of(root.members()[0].value) == "2:9"); // columns count bytes
  CHECK(place_of(root.members()[0].value.elements()[0]) == "2:10");
  CHECK(place_of(root.members()[0].value.elements()[1]) == "3:2");
  CHECK(root.members()[1].where.column == 7);
  CHECK(place_of(root.at("b")) == "4:1");
}

TEST_CASE("json reader: escapes and UTF-8 become UTF-8", "[examples][json_reader]") {
  CHECK(read_json(R"("\"\\\/\b\f\n\r\t")").string() == "\"\\/\b\f\n\r\t");
  CHECK(read_json(R"("\u0041\u00e9\u20AC\ud83d\ude00")").string() ==
        "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  CHECK(read_json(R"("\ud800\udc00\udbff\udfff")").string() ==
        "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"); // the first and the last pair
  CHECK(read_json(R"("a\u0000b")").string() == std::string("a\0b", 3));
  const std::string wide = "\x7f \xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 "
                           "\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf";
  CHECK(read_json("\"" + wide + "\"").string() == wide);
}

TEST_CASE("json reader: what is not JSON is refused by place and cause",
          "[examples][json_reader]") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "1:1: expected a value, but the text ends here"},
      {" \n ", "2:2: expected a value, but the text ends here"},
      {"[1 2]", "1:4: expected ',' or ']' after an element"},
      {"[1", "1:3: expected ',' or ']' after an element, but the text ends here"},
      {"[1}", "1:3: expected ',' or ']' after an element"},
      {"[1,]", "1:4: expected a value"},
      {"[,1]", "1:2: expected a value"},
      {"]", "1:1: expected a value"},
      {"{\"a\": 1 \"b\"}", "1:9: expected ',' or '}' after a member"},
      {"{\"a\": 1]", "1:8: expected ',' or '}' after a member"},
      {"{\"a\": 1,}", "1:9: expected a key in quotes"},
      {"{a: 1}", "1:2: expected a key in quotes"},
      {"{", "1:2: expected a key in quotes, but the text ends here"},
      {"{\"a\" 1}", "1:6: expected ':' after a key"},
      {"{\"a\":}", "1:6: expected a value"},
      {"[1] 2", "1:5: expected nothing after the value"},
      {"1\n\nx", "3:1: expected nothing after the value"},
      {"[1] // x", "1:5: expected nothing after the value"},
      {"[/* x */ 1]", "1:2: expected a value"},
      {"NaN", "1:1: expected a value, not 'NaN'"},
      {"[-Infinity]", "1:3: expected a digit after '-'"},
      {"True", "1:1: expected a value, not 'True'"},
      {"nul", "1:1: expected a value, not 'nul'"},
      {"truefalse", "1:1: expected a value, not 'truefalse'"},
      {"'a'", "1:1: expected a value"},
      {"\xff", "1:1: expected a value"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == message);
  }
  CHECK(refusal(std::string_view("1\0", 2)) == "1:2: expected nothing after the value");
  CHECK(refusal(std::string(50, 'x')) ==
        "1:1: expected a value, not '" + std::string(37, 'x') + "...'");
}

TEST_CASE("json reader: numbers have the form of JSON", "[examples][json_reader]") {
  for (const std::string_view good : {"0", "-0", "10", "0.0", "-1.25", "1e5", "1E+05", "1.5e-7"}) {
    CHECK(read_json(good).number_text() == good);
  }
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"-", "1:2: expected a digit after '-', but the text ends here"},
      {"-x", "1:2: expected a digit after '-'"},
      {"01", "1:2: a number cannot have a 0 before its first digit"},
      {"-00", "1:3: a number cannot have a 0 before its first digit"},
      {"1.", "1:3: expected a digit after '.', but the text ends here"},
      {"1.e5", "1:3: expected a digit after '.'"},
      {"1e", "1:3: expected a digit of the exponent, but the text ends here"},
      {"1e+x", "1:4: expected a digit of the exponent"},
      {"+1", "1:1: expected a value"},
      {".5", "1:1: expected a value"},
      {"0x10", "1:2: expected nothing after the value"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == message);
  }
}

TEST_CASE("json reader: strings that are cut, wrong or hold raw controls are refused",
          "[examples][json_reader]") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\"a", "1:3: expected '\"' after a string, but the text ends here"},
      {"\"a\nb\"", "1:3: a control character in a string must be written as an escape"},
      {"\"\x1f\"", "1:2: a control character in a string must be written as an escape"},
      {"\"a\\", "1:3: an unknown escape"},
      {"\"\\x41\"", "1:2: an unknown escape"},
      {"\"\\U0041\"", "1:2: an unknown escape"},
      {"\"\\u12\"", "1:2: expected four hexadecimal digits after '\\u'"},
      {"\"\\u12", "1:2: expected four hexadecimal digits after '\\u'"},
      {"\"\\u12g4\"", "1:2: expected four hexadecimal digits after '\\u'"},
      {"\"\\u-123\"", "1:2: expected four hexadecimal digits after '\\u'"},
      {"\"a\\ude00\"", "1:3: half of a surrogate pair"},
      {"\"\\ude00\\ude00\"", "1:2: half of a surrogate pair"},
      {"\"\\ud83d\"", "1:2: half of a surrogate pair"},
      {"\"\\ud83d\\n\"", "1:2: half of a surrogate pair"},
      {"\"\\ud83d\\u0041\"", "1:2: half of a surrogate pair"},
      {"\"\\ud83d\\ud83d\\ude00\"", "1:2: half of a surrogate pair"},
      {"\"\\ud83d\\uzzzz\"", "1:8: expected four hexadecimal digits after '\\u'"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == message);
  }
}

TEST_CASE("json reader: bytes that are not UTF-8 are refused", "[examples][json_reader]") {
  for (const std::string bad :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xe2\x82", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xf0\x9f\x98", "\xff", "\xfe"}) {
    CAPTURE(bad);
    CHECK(refusal("\"x" + bad + "\"") == "1:3: a byte that is not UTF-8");
    CHECK(example::utf8_size(bad) == 0);
  }
}

TEST_CASE("json reader: a key that appears twice is refused where it does so first",
          "[examples][json_reader]") {
  CHECK(refusal(R"({"a": 1, "b": 2, "c": 3, "b": 4, "a": 5})") ==
        "1:26: the key 'b' appears twice");
  CHECK(refusal("{\"a\": 1,\n \"\\u0061\": 2}") == "2:2: the key 'a' appears twice");
  CHECK(refusal("[{\"\\n\": 1, \"\\n\": 2}]") == "1:12: the key '?' appears twice");
  CHECK(refusal(R"({"a": {"a": 1}, "A": [{"a": 1}, {"a": 2}]})") == "no error");
  // A long key is cut, not within a character.
  const std::string key = std::string(36, 'k') + "\xe2\x82\xac" + std::string(9, 'k');
  CHECK(refusal("{\"" + key + "\":1,\"" + key + "\":2}") ==
        "1:55: the key '" + std::string(36, 'k') + "...' appears twice");
}

TEST_CASE("json reader: nesting is limited, and the limit can be chosen",
          "[examples][json_reader]") {
  CHECK(read_json(nested(200)).elements().size() == 1);
  CHECK(refusal(nested(201)) == "1:201: nested deeper than 200 levels");
  CHECK(refusal(std::string(100'000, '[')) == "1:201: nested deeper than 200 levels");
  CHECK(test::error_of<example::json_error>([] { read_json("[{}]", 1); }) ==
        "1:2: nested deeper than 1 levels");
  CHECK(read_json("[{}, []]", 2).elements().size() == 2);
  CHECK(read_json("1", 0).uint64() == 1);
}

TEST_CASE("json reader: numbers convert exactly or not at all", "[examples][json_reader]") {
  CHECK(read_json("18446744073709551615").uint64() == UINT64_MAX);
  CHECK(read_json("-9223372036854775808").int64() == INT64_MIN);
  CHECK(read_json("9223372036854775807").int64() == INT64_MAX);
  CHECK(read_json("-0").int64() == 0);
  CHECK(read_json("0.1").real() == 0.1);
  CHECK(read_json("1.7976931348623157e308").real() == 1.7976931348623157e308);
  CHECK(read_json("5e-324").real() == 5e-324);
  CHECK(read_json("1e-999").real() == 0.0);
  for (const std::string_view bad : {"18446744073709551616", "-1", "1.0", "1e3"}) {
    CHECK(test::error_of<example::json_error>([&] { read_json(bad).uint64(); }) ==
          "1:1: '" + std::string(bad) + "' is not a whole number from 0 to 18446744073709551615");
  }
  CHECK(test::error_of<example::json_error>([] { read_json(" 9223372036854775808").int64(); }) ==
        "1:2: '9223372036854775808' is not a whole number from -9223372036854775808 to "
        "9223372036854775807");
  CHECK(test::error_of<example::json_error>([] { read_json("-1e400").real(); }) ==
        "1:1: '-1e400' cannot be held by a double");
}

TEST_CASE("json reader: a value that is something else is refused at its place",
          "[examples][json_reader]") {
  const json_value root = read_json("[null, true, 1, \"s\", [], {}]");
  const auto& all = root.elements();
  CHECK(test::error_of<example::json_error>([&] { all[0].boolean(); }) ==
        "1:2: expected true or false, not null");
  CHECK(test::error_of<example::json_error>([&] { all[1].number_text(); }) ==
        "1:8: expected a number, not true or false");
  CHECK(test::error_of<example::json_error>([&] { all[2].string(); }) ==
        "1:14: expected a string, not a number");
  CHECK(test::error_of<example::json_error>([&] { all[3].uint64(); }) ==
        "1:17: expected a number, not a string");
  CHECK(test::error_of<example::json_error>([&] { all[4].members(); }) ==
        "1:22: expected an object, not an array");
  CHECK(test::error_of<example::json_error>([&] { all[5].elements(); }) ==
        "1:26: expected an array, not an object");
  CHECK(test::error_of<example::json_error>([&] { all[5].at("seed"); }) ==
        "1:26: the member 'seed' is missing");
  CHECK(test::error_of<example::json_error>([&] { all[2].fail("too small"); }) ==
        "1:14: too small");
  try {
    read_json("[\n1,\n  x]");
    FAIL("refused");
  } catch (const example::json_error& error) {
    CHECK(error.where().line == 3);
    CHECK(error.where().column == 3);
  }
}

TEST_CASE("json reader: trees are equal by content, not by place", "[examples][json_reader]") {
  CHECK(read_json("{\"a\": [1, \"x\"]}") == read_json("{ \"a\" :\n[ 1,\"\\u0078\" ] }"));
  CHECK_FALSE(read_json("{\"a\": 1, \"b\": 2}") == read_json("{\"b\": 2, \"a\": 1}"));
  CHECK_FALSE(read_json("1.0") == read_json("1"));
  CHECK_FALSE(read_json("\"1\"") == read_json("1"));
  CHECK_FALSE(read_json("{\"a\": 1}") == read_json("{\"c\": 1}"));
  CHECK(json_value().kind() == json_kind::null);
}

TEST_CASE("json reader: large flat texts are read whole", "[examples][json_reader]") {
  std::string array = "[";
  std::string object = "{";
  for (int i = 0; i < 20'000; ++i) {
    array += std::to_string(i) + ",";
    object += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  }
  const json_value numbers = read_json(array + "-1]");
  REQUIRE(numbers.elements().size() == 20'001);
  CHECK(numbers.elements()[19'999].uint64() == 19'999);
  CHECK(numbers.elements()[20'000].int64() == -1);
  const json_value members = read_json(object + "\"last\":0}");
  REQUIRE(members.members().size() == 20'001);
  CHECK(members.at("k19999").uint64() == 19'999);
}
