// SPDX-License-Identifier: MIT
//
// Fuzz target: the examples' command-line reader. The input is split into words at each newline and
// each NUL, and read with the options below.
//
// A refusal is a usage_error that is true of one of the words. What is accepted uses up every word,
// reads back the same from `--name=value` in any order, and bears no option twice. Numbers are
// compared as decimal text, which no conversion can get wrong.
#ifndef ORDERLY_TESTS_FUZZ_ARGUMENTS_HPP
#define ORDERLY_TESTS_FUZZ_ARGUMENTS_HPP

#include "fuzz/require.hpp"

#include "support/arguments.hpp"

#include <algorithm>   // any_of, count_if, find, min
#include <cstddef>     // size_t
#include <cstdint>     // bounds
#include <optional>    // errors, what was read
#include <string>      // messages
#include <string_view> // words
#include <vector>      // words

namespace fuzz {
namespace detail {

using words = std::vector<std::string_view>;

// Names that begin alike; one with a single dash, which may also be another option's value.
inline constexpr example::option_spec known_options[] = {
    {"--count"}, {"--count-max"}, {"--mode"}, {"--quiet", false}, {"-v", false}};

inline words split(std::string_view input) {
  words result;
  while (!input.empty()) {
    const std::size_t end = input.find_first_of(std::string_view("\n\0", 2));
    result.push_back(input.substr(0, end));
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  }
  return result;
}

template <class F>
std::optional<std::string> usage_error_of(F&& f) {
  return error_of<example::usage_error>(f);
}

inline const example::option_spec* known(std::string_view name) {
  for (const example::option_spec& option : known_options)
    if (option.name == name) return &option;
  return nullptr;
}

// Whether the message is a true complaint about a name that is not known.
inline bool explains_unknown(const std::string& message, std::string_view word) {
  const std::string name(word.substr(0, word.find('=')));
  if (name.empty() || name[0] != '-')
    return message == "unexpected argument '" + std::string(word) + "'";
  const std::string plain = "unknown option " + name;
  if (message == plain) return true;
  return std::any_of(std::begin(known_options), std::end(known_options), [&](const auto& option) {
    return message == plain + " (did you mean " + std::string(option.name) + "?)";
  });
}

// Whether the message is a true complaint about word i.
inline bool explains(const std::string& message, const words& all, std::size_t i) {
  const std::string_view word = all[i];
  const std::string name(word.substr(0, word.find('=')));
  const example::option_spec* const option = known(name);
  if (option == nullptr) return explains_unknown(message, word);
  const bool joined = name.size() < word.size();
  const auto same_name = std::count_if(all.begin(), all.end(), [&](std::string_view other) {
    return other.substr(0, other.find('=')) == name;
  });
  if (message == name + ": given more than once") return same_name > 1;
  if (message == name + ": this option takes no value") return joined && !option->takes_value;
  const bool followed = i + 1 < all.size() && all[i + 1].substr(0, 2) != "--";
  return message == name + ": a value is missing" && option->takes_value && !joined && !followed;
}

inline void check_refusal(const std::string& message, const words& all) {
  bool explained = false;
  for (std::size_t i = 0; i < all.size(); ++i) explained = explained || explains(message, all, i);
  require(explained, "a refusal is true of a word: " + message);
}

// The value of an option that was given. text() refuses an empty one, and nothing else.
inline std::string value_of(const example::arguments& given, std::string_view name) {
  std::string value;
  const auto error = usage_error_of([&] { value = given.text(name).value(); });
  require(value.empty() == error.has_value(), "an empty value is refused");
  require(!error || error == std::string(name) + ": the value is empty", "it is refused by name");
  return value;
}

// Each option that was given, as one word.
inline std::vector<std::string> canonical(const example::arguments& given) {
  std::vector<std::string> result;
  for (const example::option_spec& option : known_options) {
    if (!given.has(option.name)) continue;
    const std::string name(option.name);
    result.push_back(option.takes_value ? name + "=" + value_of(given, name) : name);
  }
  return result;
}

inline void check_form(const words& all, const example::arguments& given) {
  const std::vector<std::string> spelled = canonical(given);
  std::size_t used = 0;
  for (const std::string& word : spelled) {
    const bool joined = std::find(all.begin(), all.end(), word) != all.end();
    used += joined ? 1U : 2U;
    const std::string value = word.substr(word.find('=') + 1);
    require(joined || value.substr(0, 2) != "--", "a word with two dashes is no value");
  }
  require(used == all.size(), "every word is used");

  const words backwards(spelled.rbegin(), spelled.rend());
  require(canonical(example::arguments(backwards, known_options)) == spelled,
          "options read back the same, in any order");
  for (const std::string& word : spelled) {
    words twice(backwards);
    twice.push_back(word);
    require(usage_error_of([&] { example::arguments(twice, known_options); }) ==
                word.substr(0, word.find('=')) + ": given more than once",
            "no option is accepted twice");
  }
}

inline bool not_above(std::string_view a, std::string_view b) {
  return a.size() < b.size() || (a.size() == b.size() && a <= b);
}

// Decimal digits without leading zeros; empty if there is anything else.
inline std::string plain_digits(const std::string& value) {
  if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos) return {};
  return value.substr((std::min)(value.find_first_not_of('0'), value.size() - 1));
}

inline void check_number(const example::arguments& given, const std::string& name,
                         std::uint64_t low, std::uint64_t high) {
  const auto read = [&] { return std::to_string(given.whole(name, low, high)); };
  const auto error = usage_error_of(read);
  if (!given.has(name)) {
    require(!given.optional_whole(name, low, high), "an option that is not given has no number");
    require(error == name + ": this option is required", "a required number must be given");
    return;
  }
  const std::string value = value_of(given, name);
  const std::string digits = plain_digits(value);
  const std::string least = std::to_string(low);
  const std::string most = std::to_string(high);
  if (value.empty())
    require(error == name + ": the value is empty", "nothing is no number");
  else if (!digits.empty() && not_above(least, digits) && not_above(digits, most))
    require(!error && read() == digits, "a whole number in range is read as it is written");
  else
    require(error == name + ": '" + value + "' is not a whole number from " + least + " to " + most,
            "nothing else is, and the refusal quotes it");
}

inline void check_choice(const example::arguments& given) {
  std::string_view chosen;
  const auto error = usage_error_of([&] { chosen = given.choice("--mode", {"pull", "ride"}); });
  const std::string value = given.has("--mode") ? value_of(given, "--mode") : "pull";
  require(error.has_value() == (value != "pull" && value != "ride"), "only its words are a choice");
  require(error || chosen == value, "a choice is the word given, or the first");
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_arguments(std::string_view input) {
  const detail::words all = detail::split(input);
  std::optional<example::arguments> given;
  const auto message = detail::usage_error_of([&] { given.emplace(all, detail::known_options); });
  if (message) {
    detail::check_refusal(*message, all);
    return false;
  }
  detail::check_form(all, *given);
  detail::check_number(*given, "--count", 0, UINT64_MAX);
  detail::check_number(*given, "--count", UINT64_MAX, UINT64_MAX);
  detail::check_number(*given, "--count-max", 1, 1000);
  detail::check_choice(*given);
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARGUMENTS_HPP
