// SPDX-License-Identifier: MIT
//
// The command-line reader: what it accepts, and that every error names its option.
#include "support/catch.hpp"

#include "examples/error_of.hpp"

#include "support/arguments.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace {

using test::error_of;

using words = std::vector<std::string_view>;

constexpr example::option_spec known[] = {{"--count"}, {"--file"}, {"--quiet", false}};

example::arguments read(const words& given) { return {given, known}; }

/// The same with an option that a config file cannot set, and one that it cannot name.
example::arguments configurable(const words& given) {
  constexpr example::option_spec more[] = {
      {"--count"}, {"--file"}, {"--quiet", false}, {"--mode"}, {"--config", true, false}, {"-v"}};
  return {given, more};
}

/// A setting as if read from line 7 of a file.
example::setting from_file(const std::string& key, const std::string& value) {
  return {key, value, "game.conf", 7, 1, 7, 8};
}

} // namespace

TEST_CASE("arguments: values follow the name or an equals sign", "[examples][arguments]") {
  const words given{"--count", "5", "--file=a=b", "--quiet"};
  const auto options = read(given);
  CHECK(options.whole("--count", 1, 9) == 5);
  CHECK(options.text("--file") == "a=b");
  CHECK(options.has("--quiet"));
  const words nothing;
  CHECK_FALSE(read(nothing).has("--quiet"));
  CHECK_FALSE(read(nothing).optional_whole("--count", 0, 1).has_value());
}

TEST_CASE("arguments: mistakes in the form name the option", "[examples][arguments]") {
  CHECK(error_of([] {
          read({"--cuont", "5"});
        }) == "unknown option --cuont (did you mean --count?)");
  CHECK(error_of([] { read({"--elephant"}); }) == "unknown option --elephant");
  CHECK(error_of([] { read({"--count", "5", "--count=6"}); }) == "--count: given more than once");
  CHECK(error_of([] { read({"--count"}); }) == "--count: a value is missing");
  CHECK(error_of([] { read({"--count", "--quiet"}); }) == "--count: a value is missing");
  CHECK(error_of([] { read({"--quiet=1"}); }) == "--quiet: this option takes no value");
  CHECK(error_of([] { read({"stray"}); }) == "unexpected argument 'stray'");
  CHECK(error_of([] { read({"count=5"}); }) == "unexpected argument 'count=5'");
  CHECK(error_of([] { read({"--file="}).text("--file"); }) == "--file: the value is empty");
}

TEST_CASE("arguments: numbers are whole and in range", "[examples][arguments]") {
  for (const std::string_view bad :
       {"-5", "+5", "5.0", "5x", " 5", "1e3", "0x10", "10", "18446744073709551616", "--5"}) {
    const std::string option = "--count=" + std::string(bad);
    CHECK(error_of([&] { read({option}).whole("--count", 1, 9); }) ==
          "--count: '" + std::string(bad) + "' is not a whole number from 1 to 9");
  }
  CHECK(read({"--count", "18446744073709551615"}).whole("--count", 0, UINT64_MAX) == UINT64_MAX);
  CHECK(error_of([] { read({}).whole("--count", 1, 9); }) == "--count: this option is required");
}

TEST_CASE("arguments: a choice is one of its words, the first by default",
          "[examples][arguments]") {
  CHECK(read({}).choice("--file", {"pull", "ride"}) == "pull");
  CHECK(read({"--file", "ride"}).choice("--file", {"pull", "ride"}) == "ride");
  CHECK(error_of([] {
          read({"--file", "Ride"}).choice("--file", {"pull", "ride"});
        }) == "--file: 'Ride' is not one of pull, ride");
}

TEST_CASE("arguments: settings of a config file lie under the command line",
          "[examples][arguments]") {
  auto options = configurable({"--count", "5"});
  options.lay_under(
      std::vector{from_file("count", "7"), from_file("file", "a=b"), from_file("quiet", "true")});
  CHECK(options.whole("--count", 1, 9) == 5);
  CHECK(options.text("--file") == "a=b");
  CHECK(options.has("--quiet"));
  CHECK(options.from_config("--count") == nullptr);
  CHECK(options.from_config("--absent") == nullptr);
  REQUIRE(options.from_config("--file") != nullptr);
  CHECK(options.from_config("--file")->value_column == 8);
  options.lay_under(std::vector{from_file("file", "later")});
  CHECK(options.text("--file") == "a=b"); // the first that is given stays
}

TEST_CASE("arguments: a flag in a config file is true, false or nothing", "[examples][arguments]") {
  const auto quiet = [](const words& given, const std::string& value) {
    auto options = configurable(given);
    options.lay_under(std::vector{from_file("quiet", value)});
    return options.has("--quiet");
  };
  CHECK(quiet({}, "true"));
  CHECK(quiet({}, ""));
  CHECK_FALSE(quiet({}, "false"));
  CHECK(quiet({"--quiet"}, "false"));
  CHECK(error_of([&] { quiet({}, "yes"); }) ==
        "game.conf:7:8: quiet: 'yes' is not one of true, false");
  CHECK(error_of([&] { quiet({"--quiet"}, "1"); }) ==
        "game.conf:7:8: quiet: '1' is not one of true, false");
}

TEST_CASE("arguments: mistakes in a config file name file, line, column and key",
          "[examples][arguments]") {
  auto options = configurable({"--mode", "x"});
  options.lay_under(std::vector{from_file("count", "x"), from_file("file", "")});
  CHECK(error_of([&] { options.whole("--count", 1, 9); }) ==
        "game.conf:7:8: count: 'x' is not a whole number from 1 to 9");
  CHECK(error_of([&] {
          options.choice("--count", {"pull", "ride"});
        }) == "game.conf:7:8: count: 'x' is not one of pull, ride");
  CHECK(error_of([&] { options.text("--file"); }) == "game.conf:7:8: file: the value is empty");
  CHECK(options.origin("--count") == "game.conf:7:8: count");
  CHECK(options.origin("--mode") == "--mode");
  CHECK(options.origin("--quiet") == "--quiet");
  CHECK(error_of([&] { options.fail("--count", "too small"); }) ==
        "game.conf:7:8: count: too small");
  CHECK(error_of([&] { options.fail("--mode", "too small"); }) == "--mode: too small");
}

TEST_CASE("arguments: a key that no command knows is refused", "[examples][arguments]") {
  constexpr example::option_spec elsewhere[] = {{"--hands"}, {"--deep", false}};
  const auto lay = [&](const std::string& key) {
    auto options = configurable({});
    options.lay_under(std::vector{from_file(key, "maybe")}, elsewhere);
    return options.has("--" + key);
  };
  CHECK_FALSE(lay("hands"));
  CHECK_FALSE(lay("deep")); // what it holds is not this command's business
  CHECK(lay("count"));
  CHECK(error_of([&] { lay("cuont"); }) ==
        "game.conf:7:1: unknown key 'cuont' (did you mean count?)");
  CHECK(error_of([&] { lay("hand"); }) ==
        "game.conf:7:1: unknown key 'hand' (did you mean hands?)");
  CHECK(error_of([&] { lay("elephant"); }) == "game.conf:7:1: unknown key 'elephant'");
  CHECK(error_of([&] { lay("--count"); }) ==
        "game.conf:7:1: unknown key '--count' (did you mean count?)");
  CHECK(error_of([&] { lay("config"); }) == "game.conf:7:1: unknown key 'config'");
  CHECK(error_of([&] { lay("v"); }) == "game.conf:7:1: unknown key 'v'");
  CHECK(error_of([&] { lay(""); }) == "game.conf:7:1: unknown key ''");
}

TEST_CASE("arguments: what comes from settings outlives them, in copies too",
          "[examples][arguments]") {
  const std::string value(100, 'x');
  auto options = configurable({});
  {
    const std::vector settings{from_file("file", value)};
    options.lay_under(settings);
  }
  const auto copy = options;
  options = configurable({});
  CHECK(copy.text("--file") == value);
  CHECK(copy.from_config("--file")->value == value);
}
