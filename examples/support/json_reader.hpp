// SPDX-License-Identifier: MIT
//
// A strict reader of JSON text (RFC 8259).
//
// Anything that is not JSON is a json_error with line and column; so is a key that an object has
// twice, half of a surrogate pair, and a byte that is not UTF-8. A byte order mark at the beginning
// is skipped and not counted. Time is linear in the text, but for sorting the keys of each object.
// Nesting is limited; open brackets are kept in a vector, not on the stack.
//
//   const example::json_value root = example::read_json("[1, 2.50, \"\\u00e9\"]");
//   root.elements()[1].number_text();             // "2.50"
//   example::read_json("[1, ]");                  // json_error: "1:5: expected a value"
#ifndef ORDERLY_EXAMPLES_SUPPORT_JSON_READER_HPP
#define ORDERLY_EXAMPLES_SUPPORT_JSON_READER_HPP

#include "json_value.hpp"
#include "utf8.hpp"

#include <algorithm>    // stable_sort
#include <charconv>     // from_chars: hexadecimal digits
#include <cstddef>      // size_t
#include <string>       // strings
#include <string_view>  // the text
#include <system_error> // errc
#include <variant>      // the content of values
#include <vector>       // arrays, objects, open brackets

namespace example {

namespace detail {

/// Reads one text, once; see read_json.
class json_reader {
 public:
  json_reader(std::string_view text, std::size_t most_depth)
      : text_(without_mark(text)), most_depth_(most_depth) {}

  json_value read() {
    json_value whole;
    for (json_value* to = &whole; to != nullptr;) {
      skip_blanks();
      begin_value(*to);
      const bool opened = to->kind() >= json_kind::array;
      if (opened) open_.push_back(to);
      to = next_place(opened);
    }
    skip_blanks();
    if (at_ < text_.size()) fail("expected nothing after the value");
    return whole;
  }

 private:
  /// A scalar, or an array or object whose content comes next.
  void begin_value(json_value& to) {
    to.where_ = here();
    const char c = peek();
    if (c == '"') {
      to.content_ = read_string();
    } else if (c == '-' || is_digit(c)) {
      to.content_.emplace<json_value::number>(read_number());
    } else if (c == '[' || c == '{') {
      if (open_.size() == most_depth_) {
        fail("nested deeper than " + std::to_string(most_depth_) + " levels");
      }
      ++at_;
      if (c == '[') to.content_.emplace<std::vector<json_value>>();
      if (c == '{') to.content_.emplace<std::vector<json_member>>();
    } else {
      to.content_ = read_word();
    }
  }

  /// Where the next value goes, after the brackets that close before it; null once all are closed.
  /// The innermost bracket has no content yet if it was just opened.
  json_value* next_place(bool just_opened) {
    for (; !open_.empty(); just_opened = false) {
      json_value& in = *open_.back();
      const bool object = in.kind() == json_kind::object;
      const char bracket = object ? '}' : ']';
      if (just_opened ? !take(bracket) : take(',')) {
        return object ? &add_member(in) : &add_element(in);
      }
      if (!just_opened && !take(bracket)) {
        fail(object ? "expected ',' or '}' after a member"
                    : "expected ',' or ']' after an element");
      }
      if (object) refuse_duplicates(in.members());
      if (!object) last_size_ = in.elements().size();
      open_.pop_back();
    }
    return nullptr;
  }

  /// Room for what comes next, after numbers of one digit, if some come: grids are made of them, so
  /// they are spared the way of other values. Arrays beside each other often have one size.
  json_value& add_element(json_value& array) {
    auto& elements = std::get<std::vector<json_value>>(array.content_);
    if (elements.empty()) elements.reserve((std::min)(last_size_, most_reserved));
    skip_blanks();
    while (is_digit(peek()) && peek(1) == ',') {
      json_value& digit = elements.emplace_back();
      digit.where_ = here();
      digit.content_.emplace<json_value::number>(text_.substr(at_, 1));
      at_ += 2;
      if (peek() == ' ') ++at_;
    }
    return elements.emplace_back();
  }

  static void refuse_duplicates(const std::vector<json_member>& all) {
    std::vector<const json_member*> sorted;
    for (const json_member& member : all) sorted.push_back(&member);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto* a, const auto* b) { return a->key < b->key; });
    const json_member* again = nullptr; // the first in the text that was there before
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      const bool same = sorted[i]->key == sorted[i - 1]->key;
      if (same && (again == nullptr || sorted[i] < again)) again = sorted[i];
    }
    if (again == nullptr) return;
    throw json_error(again->where, "the key " + in_quotes(again->key) + " appears twice");
  }

  /// Reads the key; its value comes next.
  json_value& add_member(json_value& object) {
    skip_blanks();
    const text_place where = here();
    if (peek() != '"') fail("expected a key in quotes");
    auto& members = std::get<std::vector<json_member>>(object.content_);
    members.push_back({read_string(), where, {}});
    if (!take(':')) fail("expected ':' after a key");
    return members.back().value;
  }

  json_value::content read_word() {
    std::size_t end = at_;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (word.empty()) fail("expected a value");
    if (word != "true" && word != "false" && word != "null") {
      fail("expected a value, not " + in_quotes(word));
    }
    at_ = end;
    if (word == "null") return {};
    return word == "true";
  }

  std::string_view read_number() {
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
      if (is_digit(peek())) fail("a number cannot have a 0 before its first digit");
    } else {
      skip_digits("expected a digit after '-'");
    }
    if (peek() == '.') {
      ++at_;
      skip_digits("expected a digit after '.'");
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      skip_digits("expected a digit of the exponent");
    }
    return text_.substr(begin, at_ - begin);
  }

  /// One or more.
  void skip_digits(const char* otherwise) {
    if (!is_digit(peek())) fail(otherwise);
    while (is_digit(peek())) ++at_;
  }

  std::string read_string() {
    std::string result;
    ++at_;
    for (;;) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
      result += text_.substr(begin, at_ - begin);
      if (at_ == text_.size()) fail("expected '\"' after a string");
      if (text_[at_] == '"') break;
      if (text_[at_] == '\\') {
        read_escape(result);
      } else {
        read_wide(result);
      }
    }
    ++at_;
    return result;
  }

  void read_wide(std::string& result) {
    const std::string_view rest = text_.substr(at_);
    if (static_cast<unsigned char>(rest[0]) < 0x20) {
      fail("a control character in a string must be written as an escape");
    }
    const std::size_t size = utf8_size(rest);
    if (size == 0) fail("a byte that is not UTF-8");
    result += rest.substr(0, size);
    at_ += size;
  }

  void read_escape(std::string& result) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::string_view rest = text_.substr(at_, 2);
    const std::size_t which = rest.size() < 2 ? names.npos : names.find(rest[1]);
    if (rest == "\\u") {
      append_utf8(read_code_point(), result);
    } else if (which == names.npos) {
      fail("an unknown escape");
    } else {
      result += meanings[which];
      at_ += 2;
    }
  }

  /// One \uXXXX, or two that are a surrogate pair.
  unsigned read_code_point() {
    const std::size_t begin = at_;
    const unsigned first = read_hex();
    if (first < 0xd800 || first > 0xdfff) return first;
    if (first < 0xdc00 && text_.substr(at_, 2) == "\\u") {
      const unsigned second = read_hex();
      if (second >= 0xdc00 && second <= 0xdfff) {
        return 0x10000 + ((first - 0xd800) << 10U) + (second - 0xdc00);
      }
    }
    at_ = begin;
    fail("half of a surrogate pair");
  }

  unsigned read_hex() {
    const std::string_view digits = text_.substr(at_ + 2, 4);
    unsigned result = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), result, 16);
    if (error != std::errc() || stop - digits.data() != 4) {
      fail("expected four hexadecimal digits after '\\u'");
    }
    at_ += 6;
    return result;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  /// What a string may hold as it is, and is one byte.
  static bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
  }

  void skip_blanks() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  /// The next character, or one behind it; NUL, which stands nowhere outside strings, at the end.
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool take(char c) {
    skip_blanks();
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  text_place here() const { return {line_, at_ - line_begin_ + 1}; }

  [[noreturn]] void fail(const std::string& what) const {
    throw json_error(here(), at_ < text_.size() ? what : what + ", but the text ends here");
  }

  static constexpr std::size_t most_reserved = 32; // a small array after a large one stays small

  std::string_view text_;
  std::size_t most_depth_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
  // The arrays and objects around this place, outermost first. None moves while it is open: it is the
  // last part of the one before it, which gets no other until then.
  std::vector<json_value*> open_;
  std::size_t last_size_ = 0; // of the array that was closed last
};

} // namespace detail

/// The value that the text is. Exceptions: json_error.
inline json_value read_json(std::string_view text, std::size_t most_depth = 200) {
  return detail::json_reader(text, most_depth).read();
}

} // namespace example

#endif
