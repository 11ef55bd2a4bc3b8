// SPDX-License-Identifier: MIT
//
// The command-line reader: what it accepts, and that every error names its option.
#include "support/catch.hpp"

#include "support/arguments.hpp"

#include "casino_simulator/options.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace {

using words = std::vector<std::string_view>;

constexpr example::option_spec known[] = {{"--count"}, {"--file"}, {"--quiet", false}};

example::arguments read(const words& given) { return {given, known}; }

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const example::usage_error& error) {
    return error.what();
  }
  return "no error";
}

words simulate_words(std::initializer_list<std::string_view> more) {
  words result{"--sessions", "10", "--hands", "200", "--bankroll", "100", "--seed", "1"};
  result.insert(result.end(), more);
  return result;
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

TEST_CASE("casino options: defaults and bounds", "[casino][options]") {
  const auto plain = casino::read_simulate_options(simulate_words({}));
  CHECK(plain.workers == 0);
  CHECK(plain.ties == casino::tie_rule::pull);
  CHECK_FALSE(plain.rules.win_limit.has_value());
  CHECK_FALSE(plain.csv.has_value());
  const auto full = casino::read_simulate_options(
      simulate_words({"--win-limit=50", "--loss-limit", "40", "--ties", "ride", "--workers", "3"}));
  CHECK(full.rules.win_limit == 50);
  CHECK(full.rules.loss_limit == 40);
  CHECK(full.workers == 3);
  CHECK(full.ties == casino::tie_rule::ride);
  CHECK(casino::read_exact_options(words{"--workers", "auto"}).workers == 0);
}

TEST_CASE("casino options: what cannot be played is refused by name", "[casino][options]") {
  const auto refused = [](std::initializer_list<std::string_view> more) {
    const words all = simulate_words(more);
    return error_of([&] { casino::read_simulate_options(all); });
  };
  CHECK(refused({"--win-limit", "0"}) ==
        "--win-limit: '0' is not a whole number from 1 to 1000000000000");
  CHECK(refused({"--loss-limit", "-3"}).rfind("--loss-limit: '-3'", 0) == 0);
  CHECK(refused({"--workers", "0"}).rfind("--workers: '0'", 0) == 0);
  CHECK(refused({"--ties", "push"}) == "--ties: 'push' is not one of pull, ride");
  CHECK(refused({"--csv", "a", "--json", "a"}) == "--json: the same file as --csv");
  CHECK(error_of([] { casino::read_simulate_options(words{}); }) ==
        "--hands: this option is required");
  CHECK(error_of([] {
          casino::read_exact_options(words{"--seed", "1"});
        }) == "unknown option --seed");
}
