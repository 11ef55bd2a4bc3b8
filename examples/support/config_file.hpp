// SPDX-License-Identifier: MIT
//
// Config files: settings as lines "key: value", or as one flat JSON object; it is JSON if its first
// character that is not blank is '{'. Keys are the long options' names without the dashes.
//
//   # three hands of practice                     | {
//   hands: 200                                    |   "hands": 200,
//   paytable: 1000/200/50/11/8/5/3/2/1            |   "paytable": [1000, 200, 50],
//   csv: "my rows #1.csv"   # comment             |   "csv": "my rows #1.csv",
//   quiet:                                        |   "quiet": true }
//
// In lines, a comment begins with a '#' at the beginning of the line or after a blank. A value ends
// at the comment or the end of the line, without the blanks around it; between quotes everything is
// the value as it stands, there are no escapes. In JSON, a value is a string, true, false, a
// number, as it is written, or an array of numbers, which is joined by '/'.
//
// The text is UTF-8, perhaps with a byte order mark, which columns do not count. Control characters,
// a key given twice and whatever has not this form are usage_errors: "game.conf:7:3: what is wrong".
//
//   for (const example::setting& each : example::read_config_file("game.conf")) ...
//
// Limits: in a JSON string with escapes, columns behind the first escape cannot be computed from
// the column of the value's beginning. Files of more than 16 MiB are refused.
#ifndef ORDERLY_EXAMPLES_SUPPORT_CONFIG_FILE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_CONFIG_FILE_HPP

#include "arguments.hpp"
#include "json_reader.hpp"
#include "utf8.hpp"

#include <algorithm>    // min
#include <cerrno>       // the reason of a failure
#include <cstddef>      // size_t
#include <cstdio>       // files: errno says why one cannot be read
#include <memory>       // unique_ptr: closing
#include <set>          // keys that were there
#include <string>       // contents
#include <string_view>  // texts
#include <system_error> // text of errno
#include <utility>      // move
#include <vector>       // settings

namespace example {
namespace detail {

inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// How many characters a key has that begins at `at`.
inline std::size_t key_size(std::string_view text, std::size_t at = 0) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return (std::min)(text.find_first_not_of(allowed, at), text.size()) - at;
}
inline constexpr const char* expected_key = "expected a key of letters, digits, '-' and '_'";

/// Reads the form of lines, once.
class config_lines {
 public:
  config_lines(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  std::vector<setting> read() {
    while (!text_.empty()) {
      const std::size_t end = (std::min)(text_.find('\n'), text_.size());
      line_ = text_.substr(0, end);
      if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
      ++number_;
      check_characters();
      read_line();
      text_.remove_prefix((std::min)(end + 1, text_.size()));
    }
    return std::move(settings_);
  }

 private:
  void check_characters() const {
    for (std::size_t at = 0; at < line_.size();) {
      if (is_control(line_[at]) && line_[at] != '\t') fail(at, "a control character");
      const std::size_t size = utf8_size(line_.substr(at));
      if (size == 0) fail(at, "a byte that is not UTF-8");
      at += size;
    }
  }

  void read_line() {
    const std::size_t begin = skip_blanks(0);
    if (begin == line_.size() || line_[begin] == '#') return;
    const std::string key(line_.substr(begin, key_size(line_, begin)));
    if (key.empty()) fail(begin, expected_key);
    const std::size_t colon = skip_blanks(begin + key.size());
    if (line_.substr(colon, 1) != ":") fail(colon, "expected ':' after the key " + in_quotes(key));
    if (!keys_.insert(key).second) fail(begin, "the key " + in_quotes(key) + " appears twice");
    const auto [value, column] = value_at(skip_blanks(colon + 1));
    settings_.push_back(
        {key, std::string(value), std::string(file_), number_, begin + 1, number_, column});
  }

  struct value_text {
    std::string_view text;
    std::size_t column;
  };

  value_text value_at(std::size_t begin) const {
    if (line_.substr(begin, 1) == "\"") return quoted_at(begin + 1);
    std::size_t end = begin;
    while (end < line_.size() && !begins_comment(end)) ++end;
    while (end > begin && is_blank(line_[end - 1])) --end;
    return {line_.substr(begin, end - begin), begin + 1};
  }

  /// A value whose opening quote has been read.
  value_text quoted_at(std::size_t begin) const {
    const std::size_t end = line_.find('"', begin);
    if (end == line_.npos) fail(begin - 1, "expected '\"' after a value in quotes");
    const std::size_t rest = skip_blanks(end + 1);
    if (rest < line_.size() && !begins_comment(rest)) {
      fail(rest, "expected nothing after a value in quotes");
    }
    return {line_.substr(begin, end - begin), begin + 1};
  }

  bool begins_comment(std::size_t at) const { return line_[at] == '#' && is_blank(line_[at - 1]); }

  std::size_t skip_blanks(std::size_t at) const {
    return (std::min)(line_.find_first_not_of(" \t", at), line_.size());
  }

  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    throw input_error(place_text(file_, number_, at + 1) + what);
  }

  std::string_view text_; // from this line on
  std::string_view file_;
  std::string_view line_;
  std::size_t number_ = 0; // of the line
  std::set<std::string> keys_;
  std::vector<setting> settings_;
};

/// The text that a command line would have for this value.
inline std::string setting_text(const json_value& value) {
  switch (value.kind()) {
  case json_kind::boolean:
    return value.boolean() ? "true" : "false";
  case json_kind::number:
    return value.number_text();
  case json_kind::string:
    for (const char c : value.string()) {
      if (is_control(c) && c != '\t') value.fail("a control character");
    }
    return value.string();
  case json_kind::array: {
    if (value.elements().empty()) value.fail("expected a number in the array");
    std::string result;
    for (const json_value& element : value.elements()) {
      result += (result.empty() ? "" : "/") + element.number_text();
    }
    return result;
  }
  default:
    value.fail("expected a string, a number, true, false or an array of numbers");
  }
}

inline std::vector<setting> read_config_json(std::string_view text, const std::string& file) {
  std::vector<setting> result;
  const json_value root = read_json(text);
  for (const auto& [key, where, value] : root.members()) {
    if (key.empty() || key_size(key) < key.size()) throw json_error(where, expected_key);
    const text_place begin = value.where();
    const std::size_t column = begin.column + (value.kind() == json_kind::string ? 1 : 0);
    result.push_back(
        {key, setting_text(value), file, where.line, where.column, begin.line, column});
  }
  return result;
}

} // namespace detail

/// The settings of a config file's text, in its order. Exceptions: usage_error, which names `file`.
inline std::vector<setting> read_config(std::string_view text, const std::string& file) {
  text = without_mark(text);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (text.substr((std::min)(begin, text.size()), 1) != "{") {
    return detail::config_lines(text, file).read();
  }
  try {
    return detail::read_config_json(text, file);
  } catch (const json_error& error) {
    throw input_error(file + ":" + error.what());
  }
}

/// The whole file, if it has at most `most_bytes`. Exceptions: usage_error, which says why not.
inline std::string read_text_file(const std::string& path, std::size_t most_bytes) {
  const auto reason = [&] {
    return path + ": cannot be read: " + std::generic_category().message(errno);
  };
  const auto close = [](std::FILE* open) { std::fclose(open); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (file == nullptr) throw input_error(reason());
  std::string result;
  char bytes[16384];
  while (const std::size_t count = std::fread(bytes, 1, sizeof bytes, file.get())) {
    result.append(bytes, count);
    if (result.size() > most_bytes) {
      throw input_error(path + ": larger than " + std::to_string(most_bytes) + " bytes");
    }
  }
  if (std::ferror(file.get()) != 0) throw input_error(reason());
  return result;
}

/// The settings of the file. Exceptions: usage_error.
inline std::vector<setting> read_config_file(const std::string& path) {
  constexpr std::size_t most_bytes = std::size_t{16} << 20U;
  return read_config(read_text_file(path, most_bytes), path);
}

} // namespace example

#endif
