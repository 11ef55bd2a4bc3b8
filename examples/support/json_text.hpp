// SPDX-License-Identifier: MIT
//
// A writer of JSON text: whole numbers exactly, real numbers so that they read back unchanged.
//
// The writer places commas, line breaks and indentation; a one-line array suits rows of numbers.
// Integers of 64 bits are written in full, also those beyond 2^53, which some readers round.
// Infinities and not-a-number, which JSON lacks, become null. Text is taken as UTF-8 and passed
// through, with quotes, backslashes and control characters escaped.
//
//   example::json_text json;
//   json.begin_object();
//   json.member("seed", std::uint64_t{42});
//   json.key("row").begin_line().value(1).value(2.5).end_line();
//   json.end_object();
//   json.take();                                  // "{\n  \"seed\": 42,\n  \"row\": [1, 2.5]\n}\n"
#ifndef ORDERLY_EXAMPLES_SUPPORT_JSON_TEXT_HPP
#define ORDERLY_EXAMPLES_SUPPORT_JSON_TEXT_HPP

#include <algorithm>   // find_if
#include <charconv>    // to_chars
#include <cmath>       // isfinite
#include <concepts>    // integral
#include <cstddef>     // nullptr_t, sizes
#include <string>      // the text
#include <string_view> // keys and strings
#include <utility>     // exchange

namespace example {

class json_text {
 public:
  json_text() = default;
  /// All on one line, as in JSON Lines.
  static json_text on_one_line() {
    json_text json;
    json.compact_ = true;
    return json;
  }

  json_text& begin_object() { return open('{'); }
  json_text& end_object() { return close('}'); }
  json_text& begin_array() { return open('['); }
  json_text& end_array() { return close(']'); }

  /// An array whose elements share one line; it may hold values only.
  json_text& begin_line() {
    separate();
    text_ += '[';
    one_line_ = first_ = true;
    return *this;
  }
  json_text& end_line() {
    text_ += ']';
    one_line_ = first_ = false;
    return *this;
  }

  /// The name of the member that the next call writes.
  json_text& key(std::string_view name) {
    separate();
    quote(name);
    text_.append(": ", 2);
    after_key_ = true;
    return *this;
  }

  template <std::integral Integer>
  json_text& value(Integer number) {
    separate();
    char digits[24]; // a 64-bit number needs at most 20
    return append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
  json_text& value(bool truth) { return literal(truth ? "true" : "false"); }
  json_text& value(std::nullptr_t) { return literal("null"); }
  json_text& value(double number) {
    if (!std::isfinite(number)) return literal("null");
    separate();
    char digits[32]; // the shortest text that reads back as this number needs at most 24
    return append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
  json_text& value(std::string_view text) {
    separate();
    quote(text);
    return *this;
  }
  json_text& value(const char* text) { return value(std::string_view(text)); }

  template <class T>
  json_text& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  /// Makes room for so many bytes at once.
  json_text& reserve(std::size_t bytes) {
    text_.reserve(bytes);
    return *this;
  }

  /// The whole text, ended by a line break; the writer is empty afterwards.
  std::string take() {
    text_ += '\n';
    first_ = true;
    return std::exchange(text_, std::string());
  }

 private:
  json_text& append(const char* first, const char* last) {
    text_.append(first, static_cast<std::size_t>(last - first));
    return *this;
  }
  json_text& open(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    first_ = true;
    return *this;
  }

  json_text& close(char bracket) {
    --depth_;
    if (!first_) break_line();
    text_ += bracket;
    first_ = false;
    return *this;
  }

  json_text& literal(std::string_view word) {
    separate();
    text_ += word;
    return *this;
  }

  /// What stands between the previous piece and the next.
  void separate() {
    if (std::exchange(after_key_, false)) return;
    const bool first = std::exchange(first_, false);
    if (one_line_) {
      if (!first) text_.append(", ", 2);
    } else if (depth_ > 0) {
      if (!first) text_.append(", ", compact_ ? 2 : 1);
      break_line();
    }
  }

  void break_line() {
    if (compact_) return;
    text_ += '\n';
    text_.append(2 * depth_, ' ');
  }

  void quote(std::string_view text) {
    const auto is_special = [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    };
    text_ += '"';
    auto rest = text.begin();
    for (;;) {
      const auto special = std::find_if(rest, text.end(), is_special);
      text_.append(rest, special);
      if (special == text.end()) break;
      escape(*special);
      rest = special + 1;
    }
    text_ += '"';
  }

  void escape(char c) {
    constexpr std::string_view with_letter = "\"\\\b\f\n\r\t";
    text_ += '\\';
    if (const auto at = with_letter.find(c); at != with_letter.npos) {
      text_ += "\"\\bfnrt"[at];
      return;
    }
    text_ += "u00";
    text_ += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
    text_ += "0123456789abcdef"[c & 15];
  }

  std::string text_;
  std::size_t depth_ = 0;  // open objects and arrays, one-line arrays apart
  bool first_ = true;      // nothing stands yet in the innermost of them
  bool after_key_ = false; // the next piece follows its key
  bool one_line_ = false;  // inside begin_line ... end_line
  bool compact_ = false;   // everything is
};

} // namespace example

#endif
