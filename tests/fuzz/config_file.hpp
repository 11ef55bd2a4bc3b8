// SPDX-License-Identifier: MIT
//
// Fuzz target: the examples' reader of config files.
//
// Settings have keys of the documented characters, each once, and values of UTF-8 without control
// characters. In the form of lines, key and value stand where the setting says, and a comment at the
// end of each line changes nothing; written as JSON, and as lines where quotes permit, the settings
// read back the same. A refusal is a usage_error that begins with a place in the text.
#ifndef ORDERLY_TESTS_FUZZ_CONFIG_FILE_HPP
#define ORDERLY_TESTS_FUZZ_CONFIG_FILE_HPP

#include "fuzz/json_reader.hpp"
#include "fuzz/require.hpp"

#include "support/config_file.hpp"
#include "support/json_text.hpp"

#include <algorithm>    // equal, all_of, min
#include <charconv>     // from_chars: places in messages
#include <cstddef>      // size_t
#include <optional>     // refusals
#include <set>          // keys
#include <string>       // texts
#include <string_view>  // inputs
#include <system_error> // errc
#include <vector>       // settings

namespace fuzz {
namespace detail {

using settings = std::vector<example::setting>;

/// Takes "NUMBER:" off the text.
inline std::size_t take_number(std::string_view& text) {
  std::size_t result = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), result);
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  require(error == std::errc() && text.substr(0, 1) == ":", "a number and a colon");
  text.remove_prefix(1);
  return result;
}

inline void check_config_refusal(std::string_view message, std::string_view text) {
  require(message.substr(0, 5) == "NAME:", "a refusal begins with the file");
  message.remove_prefix(5);
  const std::size_t line = take_number(message);
  const std::size_t column = take_number(message);
  require(message.substr(0, 1) == " " && message.size() > 1, "a refusal says why");
  text_at(text, line, column);
}

inline void check_setting(const example::setting& each, std::string_view text, bool json) {
  constexpr std::string_view allowed =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  require(!each.key.empty() && each.key.find_first_not_of(allowed) == each.key.npos,
          "a key has the documented characters");
  for (json_grammar value(each.value); !value.ended();) {
    require(value.character(), "a value is UTF-8");
  }
  require(std::all_of(each.value.begin(), each.value.end(),
                      [](char c) {
                        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
                      }),
          "a value has no control characters");
  require(each.file == "NAME", "a setting knows its file");
  const std::string_view key = text_at(text, each.line, each.column);
  const std::string_view value = text_at(text, each.value_line, each.value_column);
  require(json ? key[0] == '"' : key.substr(0, each.key.size()) == each.key, "a key has its place");
  require(json || value.substr(0, each.value.size()) == each.value, "a value has its place");
  require(!json || !value.empty(), "a value of JSON has its place");
}

inline bool same(const settings& a, const settings& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.key == y.key && x.value == y.value;
  });
}

inline void check_written(const settings& all) {
  example::json_text json;
  std::string lines;
  json.begin_object();
  bool plain = true;
  for (const auto& [key, value, file, line, column, value_line, value_column] : all) {
    json.member(key, std::string_view(value));
    lines += key + ": \"" + value + "\" # comment\r\n";
    plain = plain && value.find('"') == value.npos;
  }
  require(same(example::read_config(json.end_object().take(), "NAME"), all),
          "settings read back from JSON");
  require(!plain || same(example::read_config(lines, "NAME"), all),
          "settings read back from lines");
}

inline void check_comments(std::string_view text, const settings& all) {
  std::string commented;
  while (!text.empty()) {
    const std::size_t end = (std::min)(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    commented += std::string(line) + "\t# it's a \"comment\": no more\n";
    text.remove_prefix((std::min)(end + 1, text.size()));
  }
  require(same(example::read_config(commented, "NAME"), all), "comments change nothing");
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_config_file(std::string_view text) {
  detail::settings all;
  const auto message =
      error_of<example::usage_error>([&] { all = example::read_config(text, "NAME"); });
  if (message) {
    detail::check_config_refusal(*message, text);
    return false;
  }
  const std::string_view body = example::without_mark(text);
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  const bool json = begin != body.npos && body[begin] == '{';
  std::set<std::string> keys;
  for (const example::setting& each : all) {
    require(keys.insert(each.key).second, "no key appears twice");
    detail::check_setting(each, text, json);
  }
  detail::check_written(all);
  if (!json) detail::check_comments(text, all);
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_CONFIG_FILE_HPP
