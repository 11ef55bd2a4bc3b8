// SPDX-License-Identifier: MIT
//
// Config files: both forms, the exact text and place of every refusal, and files that cannot be
// read.
#include "support/catch.hpp"

#include "examples/error_of.hpp"

#include "support/config_file.hpp"

#include "examples/temporary_folder.hpp"

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

using example::read_config;

namespace {

using test::error_of;

using pairs = std::vector<std::pair<std::string, std::string>>;

pairs read(std::string_view text) {
  pairs result;
  for (const example::setting& each : read_config(text, "game.conf")) {
    result.emplace_back(each.key, each.value);
  }
  return result;
}

std::string refusal(std::string_view text) {
  return error_of([&] { read(text); });
}

/// "key 2:3, value 2:8"
std::string places(const example::setting& each) {
  return "key " + std::to_string(each.line) + ":" + std::to_string(each.column) + ", value " +
         std::to_string(each.value_line) + ":" + std::to_string(each.value_column);
}

} // namespace

TEST_CASE("config file: lines hold a key, a colon and a value", "[examples][config_file]") {
  CHECK(read("hands: 200\n\n  ties :ride\nb:1:2\nquiet:\nseed-x_1: a b\t c") ==
        pairs{{"hands", "200"},
              {"ties", "ride"},
              {"b", "1:2"},
              {"quiet", ""},
              {"seed-x_1", "a b\t c"}});
  CHECK(read("").empty());
  CHECK(read("\n \t\n# only a comment").empty());
  CHECK(read("\xef\xbb\xbf").empty());
}

TEST_CASE("config file: a comment begins with a line or after a blank", "[examples][config_file]") {
  CHECK(read("# a: 1\n \t# b: 2\nc: 3 # d\ne: f#g\nh:#i\nj: # k\nl: m\t#n\no: p # q # r") ==
        pairs{{"c", "3"}, {"e", "f#g"}, {"h", "#i"}, {"j", ""}, {"l", "m"}, {"o", "p"}});
}

TEST_CASE("config file: quotes keep blanks and number signs", "[examples][config_file]") {
  CHECK(read("a: \" x # y \"\nb: \"\" # none\nc: x\"y\"\nd: \"\\n\"") ==
        pairs{{"a", " x # y "}, {"b", ""}, {"c", "x\"y\""}, {"d", "\\n"}});
}

TEST_CASE("config file: lines may end as on Windows, and begin with a byte order mark",
          "[examples][config_file]") {
  CHECK(read("\xef\xbb\xbf"
             "a: 1\r\nb:\r\n\r\nc: \"x\"\r\n# d\r") == pairs{{"a", "1"}, {"b", ""}, {"c", "x"}});
}

TEST_CASE("config file: a flat JSON object is the same settings", "[examples][config_file]") {
  CHECK(
      read("\xef\xbb\xbf \r\n\t{\"hands\": 200, \"quiet\": true, \"other\": false,\n"
           "\"csv\": \"a\\u00e9 #\", \"paytable\": [1000, 200, -1], \"x\": 0.50, \"y\": [7]}\n") ==
      pairs{{"hands", "200"},
            {"quiet", "true"},
            {"other", "false"},
            {"csv", "a\xc3\xa9 #"},
            {"paytable", "1000/200/-1"},
            {"x", "0.50"},
            {"y", "7"}});
  CHECK(read("{}").empty());
}

TEST_CASE("config file: settings know the places of keys and values", "[examples][config_file]") {
  const auto lines =
      read_config("# \xc3\xa9\n  hands: 200\nb:\nc:\t \"x\"\r\nd: # e\n", "dir/my.conf");
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].file == "dir/my.conf");
  CHECK(places(lines[0]) == "key 2:3, value 2:10");
  CHECK(places(lines[1]) == "key 3:1, value 3:3");
  CHECK(places(lines[2]) == "key 4:1, value 4:6"); // within the quotes
  CHECK(places(lines[3]) == "key 5:1, value 5:4");
  const auto json = read_config("{\"a\":\n  \"x\", \"b\": [1,\n2], \"c\": true}", "j");
  REQUIRE(json.size() == 3);
  CHECK(json[0].file == "j");
  CHECK(places(json[0]) == "key 1:2, value 2:4");
  CHECK(places(json[1]) == "key 2:8, value 2:13");
  CHECK(places(json[2]) == "key 3:5, value 3:10");
}

TEST_CASE("config file: what is no line of a setting is refused by its place",
          "[examples][config_file]") {
  const std::string key = "expected a key of letters, digits, '-' and '_'";
  const std::pair<std::string_view, std::string> cases[] = {
      {"hands 200", "1:7: expected ':' after the key 'hands'"},
      {"a: 1\n\n hands", "3:7: expected ':' after the key 'hands'"},
      {"hands = 200", "1:7: expected ':' after the key 'hands'"},
      {"a # b: c", "1:3: expected ':' after the key 'a'"},
      {": 1", "1:1: " + key},
      {"a: 1\n[simulate]", "2:1: " + key},
      {" \"a\": 1", "1:2: " + key},
      {"# x\n{\"a\": 1}", "2:1: " + key},
      {"\xc3\xa9: 1", "1:1: " + key},
      {"h\xc3\xa9: 1", "1:2: expected ':' after the key 'h'"},
      {"a: 1\nb: 2\n a: 3", "3:2: the key 'a' appears twice"},
      {"a: \"x", "1:4: expected '\"' after a value in quotes"},
      {"a: \"", "1:4: expected '\"' after a value in quotes"},
      {"a: \"x\" y", "1:8: expected nothing after a value in quotes"},
      {"a: \"x\"#y", "1:7: expected nothing after a value in quotes"},
      {"a: \"x\"\"y\"", "1:7: expected nothing after a value in quotes"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == "game.conf:" + message);
  }
}

TEST_CASE("config file: control characters and bytes that are not UTF-8 are refused",
          "[examples][config_file]") {
  CHECK(refusal("a: x\x01") == "game.conf:1:5: a control character");
  CHECK(refusal("a: 1\n# \x7f") == "game.conf:2:3: a control character");
  CHECK(refusal("a: 1\rb: 2") == "game.conf:1:5: a control character");
  CHECK(refusal("a: 1\r\r\n") == "game.conf:1:5: a control character");
  CHECK(refusal(std::string_view("a: \0", 4)) == "game.conf:1:4: a control character");
  CHECK(refusal("a: caf\xe9") == "game.conf:1:7: a byte that is not UTF-8");
  CHECK(refusal("\n# \xed\xa0\x80") == "game.conf:2:3: a byte that is not UTF-8");
  CHECK(read("a: \xe2\x82\xac") == pairs{{"a", "\xe2\x82\xac"}});
}

TEST_CASE("config file: JSON that is not flat settings is refused by its place",
          "[examples][config_file]") {
  const std::string value = "expected a string, a number, true, false or an array of numbers";
  const std::pair<std::string_view, std::string> cases[] = {
      {"{\"a\": 1,}", "1:9: expected a key in quotes"},
      {"{\"a\": 1", "1:8: expected ',' or '}' after a member, but the text ends here"},
      {"\n{} x", "2:4: expected nothing after the value"},
      {"{\"a\": 1,\n\"a\": 2}", "2:1: the key 'a' appears twice"},
      {"{\"a\": null}", "1:7: " + value},
      {"{\"a\": {\"b\": 1}}", "1:7: " + value},
      {"{\"a\": []}", "1:7: expected a number in the array"},
      {"{\"a\": [1, \"x\"]}", "1:11: expected a number, not a string"},
      {"{\"a\": [1, [2]]}", "1:11: expected a number, not an array"},
      {"{\"a\": [true]}", "1:8: expected a number, not true or false"},
      {"{\"a b\": 1}", "1:2: expected a key of letters, digits, '-' and '_'"},
      {"{\"\": 1}", "1:2: expected a key of letters, digits, '-' and '_'"},
      {"{\"a\": \"x\\ny\"}", "1:7: a control character"},
      {"{\"a\": \"\x7f\"}", "1:7: a control character"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == "game.conf:" + message);
  }
  CHECK(read("{\"a\": \"x\\ty\"}") == pairs{{"a", "x\ty"}}); // a blank, as in lines
}

TEST_CASE("config file: files are read whole, and named if they cannot be",
          "[examples][config_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("game.conf");
  CHECK(error_of([&] { example::read_config_file(name); }) ==
        name + ": cannot be read: " + std::generic_category().message(ENOENT));
  const std::string text = "a: 1\r\n" + std::string(40'000, '#') + std::string("\0z", 2);
  write_file(name, text);
  CHECK(example::read_text_file(name, text.size()) == text);
  CHECK(error_of([&] { example::read_text_file(name, text.size() - 1); }) ==
        name + ": larger than " + std::to_string(text.size() - 1) + " bytes");
  write_file(name, "a: 1\nb 2");
  CHECK(error_of([&] { example::read_config_file(name); }) ==
        name + ":2:3: expected ':' after the key 'b'");
  write_file(name, "");
  CHECK(example::read_config_file(name).empty());
  const std::string inside = folder.file("inside");
  std::filesystem::create_directory(inside);
  CHECK(error_of([&] {
          example::read_config_file(inside);
        }).rfind(inside + ": cannot be read: ", 0) == 0);
}

TEST_CASE("config file: more than 16 MiB are refused", "[examples][config_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("large.conf");
  write_file(name, "");
  std::filesystem::resize_file(name, (std::size_t{16} << 20U) + 1);
  CHECK(error_of([&] { example::read_config_file(name); }) ==
        name + ": larger than 16777216 bytes");
}
