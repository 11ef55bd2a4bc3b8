// SPDX-License-Identifier: MIT
//
// What options' values are made of beyond words and whole numbers: exact decimals, lists, names of
// files; and options that say nothing beside others.
//
//   example::optional_decimal(given, "--stack", {1'000}, {50'000}); // "12.5": thousandths 12500
//   example::refuse_idle(given, "--epsilon", !outcome, "--algorithm os");
//   example::refuse_same_files(given, std::array{"--config", "--json"});
#ifndef ORDERLY_EXAMPLES_SUPPORT_OPTION_VALUES_HPP
#define ORDERLY_EXAMPLES_SUPPORT_OPTION_VALUES_HPP

#include "arguments.hpp"

#include <algorithm>    // all_of
#include <charconv>     // from_chars
#include <compare>      // order of decimals
#include <cstddef>      // size_t
#include <cstdint>      // thousandths
#include <filesystem>   // names of one file
#include <optional>     // options that may be absent
#include <span>         // names of options
#include <string>       // messages
#include <string_view>  // values
#include <system_error> // errc
#include <vector>       // lists

namespace example {

/// A number with at most three decimal places, exactly.
struct decimal {
  std::int64_t thousandths = 0;

  /// The nearest real number.
  constexpr double real() const { return static_cast<double>(thousandths) / 1000; }
  friend constexpr auto operator<=>(const decimal&, const decimal&) = default;
};

/// "12.5", "-3", "0.001": the shortest form.
inline std::string to_text(decimal number) {
  const bool negative = number.thousandths < 0;
  const std::int64_t size = negative ? -number.thousandths : number.thousandths;
  std::string places = std::to_string(1000 + size % 1000).substr(1);
  places.erase(places.find_last_not_of('0') + 1);
  return (negative ? "-" : "") + std::to_string(size / 1000) + (places.empty() ? "" : ".") + places;
}

/// The number that is all of the text: digits, and at most three more behind a point. Its size is
/// below 10^15.
inline std::optional<decimal> parse_decimal(std::string_view text) {
  const auto digits_only = [](std::string_view part, std::size_t most) {
    return !part.empty() && part.size() <= most &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool negative = text.substr(0, 1) == "-";
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view places = "0";
  if (point != text.npos) places = text.substr(point + 1);
  if (!digits_only(whole, 15) || !digits_only(places, 3)) return std::nullopt;
  std::string digits(whole);
  digits.append(places).append(3 - places.size(), '0');
  decimal result;
  std::from_chars(digits.data(), digits.data() + digits.size(), result.thousandths);
  if (negative) result.thousandths = -result.thousandths;
  return result;
}

/// A decimal in [low, high]; absent if the option was not given.
inline std::optional<decimal> optional_decimal(const arguments& given, std::string_view name,
                                               decimal low, decimal high) {
  const auto text = given.text(name);
  if (!text) return std::nullopt;
  const auto number = parse_decimal(*text);
  if (!number || *number < low || *number > high) {
    given.fail(name, "'" + std::string(*text) + "' is not a number from " + to_text(low) + " to " +
                         to_text(high) + " with at most three decimal places");
  }
  return number;
}

/// The options of a command.
using spec_list = std::vector<option_spec>;

template <class... Lists>
spec_list joined(const Lists&... lists) {
  spec_list all;
  (all.insert(all.end(), lists.begin(), lists.end()), ...);
  return all;
}

/// The parts between separators; an empty text has one empty part.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == text.npos) return parts;
    begin = end + 1;
  }
}

inline std::optional<std::string> optional_string(const arguments& given, std::string_view name) {
  const auto value = given.text(name);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

/// Whether the option stands on the command line itself.
inline bool is_typed(const arguments& given, std::string_view name) {
  return given.has(name) && given.from_config(name) == nullptr;
}

/// Under which of its two names an option was given; the command line wins over a config file.
inline std::string_view name_given(const arguments& given, std::string_view name,
                                   std::string_view alias) {
  if (!given.has(alias)) return name;
  if (!given.has(name)) return alias;
  if (is_typed(given, name) == is_typed(given, alias)) {
    given.fail(alias, "the same option as " + std::string(name) + ", which is given too");
  }
  return is_typed(given, name) ? name : alias;
}

/// Refuses an option that would be ignored without another. A config file may have it, for other
/// command lines.
inline void refuse_idle(const arguments& given, std::string_view option, bool idle,
                        std::string_view needs) {
  if (idle && is_typed(given, option)) given.fail(option, "this needs " + std::string(needs));
}

/// Is one of the names the other's file, or what the other is called until it is complete?
inline bool same_file(const std::string& first, const std::string& second) {
  std::error_code none; // false where there is no file
  const bool is_regular = std::filesystem::is_regular_file(first, none);
  if (is_regular && std::filesystem::equivalent(first, second, none)) return true; // by a link
  const auto normal = [](const std::string& name) {
    return std::filesystem::absolute(name).lexically_normal();
  };
  return normal(first) == normal(second) || normal(first + ".partial") == normal(second) ||
         normal(first) == normal(second + ".partial");
}

/// Two files of one name would destroy each other.
inline void refuse_same_files(const arguments& given, std::span<const char* const> options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto first = optional_string(given, options[i]);
      const auto second = optional_string(given, options[j]);
      if (!first || !second || !same_file(*first, *second)) continue;
      given.fail(options[i], "the same file as " + std::string(options[j]));
    }
  }
}

} // namespace example

#endif
