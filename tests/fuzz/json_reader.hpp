// SPDX-License-Identifier: MIT
//
// Fuzz target: the examples' JSON reader.
//
// Accepted is exactly what the grammar of RFC 8259 describes, read here by recursion, unless a key
// appears twice. Each value of the tree stands where it says, and the tree, written anew, reads back
// the same. A refusal names a place in the text.
#ifndef ORDERLY_TESTS_FUZZ_JSON_READER_HPP
#define ORDERLY_TESTS_FUZZ_JSON_READER_HPP

#include "fuzz/require.hpp"

#include "support/json_reader.hpp"
#include "support/json_text.hpp"

#include <algorithm>   // min
#include <cstddef>     // size_t
#include <cstdint>     // 64-bit integers
#include <optional>    // refusals
#include <set>         // keys
#include <string>      // texts
#include <string_view> // inputs

namespace fuzz {
namespace detail {

/// The grammar; every member takes what it describes off the text, or says no.
class json_grammar {
 public:
  explicit json_grammar(std::string_view text) : rest_(text) { take("\xef\xbb\xbf"); }

  bool text() {
    blanks();
    if (!value(0)) return false;
    blanks();
    return rest_.empty();
  }

  /// One character of UTF-8, by its code point.
  bool character() {
    unsigned code = static_cast<unsigned char>(rest_[0]);
    rest_.remove_prefix(1);
    if (code < 0x80) return true;
    std::size_t more = 0;
    while (more < 5 && (code & (0x40U >> more)) != 0) ++more;
    if (more < 1 || more > 3 || rest_.size() < more) return false;
    code &= 0x3fU >> more;
    for (std::size_t i = 0; i < more; ++i) {
      const unsigned byte = static_cast<unsigned char>(rest_[i]);
      if (byte < 0x80 || byte > 0xbf) return false;
      code = code * 64 + (byte - 0x80);
    }
    rest_.remove_prefix(more);
    constexpr unsigned least[] = {0, 0x80, 0x800, 0x10000};
    return code >= least[more] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  }
  bool ended() const { return rest_.empty(); }

 private:
  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// How many of these characters come next; they are taken.
  std::size_t run(std::string_view characters) {
    const std::size_t count = (std::min)(rest_.find_first_not_of(characters), rest_.size());
    rest_.remove_prefix(count);
    return count;
  }
  void blanks() { run(" \t\r\n"); }

  bool value(int depth) {
    if (take("true") || take("false") || take("null")) {
      const char next = rest_.empty() ? ' ' : rest_[0]; // "nullx" is no value, and no null and x
      return !((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'));
    }
    if (take("\"")) return string();
    if (rest_.empty()) return false;
    if (rest_[0] != '[' && rest_[0] != '{') return number();
    if (depth == 200) return false;
    const bool object = take("{");
    if (!object) take("[");
    return items(depth + 1, object);
  }

  /// What an opened bracket holds, and its end.
  bool items(int depth, bool object) {
    const std::string_view end = object ? "}" : "]";
    blanks();
    if (take(end)) return true;
    do {
      blanks();
      if (object && !key()) return false;
      if (!value(depth)) return false;
      blanks();
    } while (take(","));
    return take(end);
  }

  bool key() {
    if (!take("\"") || !string()) return false;
    blanks();
    if (!take(":")) return false;
    blanks();
    return true;
  }

  bool number() {
    take("-");
    if (!take("0") && run("0123456789") == 0) return false;
    if (take(".") && run("0123456789") == 0) return false;
    if (!take("e") && !take("E")) return true;
    static_cast<void>(take("+") || take("-"));
    return run("0123456789") != 0;
  }

  bool string() {
    while (!take("\"")) {
      if (rest_.empty() || static_cast<unsigned char>(rest_[0]) < 0x20) return false;
      if (!(take("\\") ? escape() : character())) return false;
    }
    return true;
  }

  bool escape() {
    if (!take("u")) {
      if (rest_.find_first_of("\"\\/bfnrt") != 0) return false;
      rest_.remove_prefix(1);
      return true;
    }
    const auto first = unit();
    if (!first || (*first & 0xfc00U) == 0xdc00U) return false;
    if ((*first & 0xfc00U) != 0xd800U) return true;
    if (!take("\\u")) return false;
    const auto second = unit();
    return second && (*second & 0xfc00U) == 0xdc00U;
  }

  std::optional<unsigned> unit() {
    unsigned result = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      constexpr std::string_view digits = "0123456789abcdef0123456789ABCDEF";
      const std::size_t digit = rest_.size() <= i ? digits.npos : digits.find(rest_[i]);
      if (digit == digits.npos) return std::nullopt;
      result = result * 16 + static_cast<unsigned>(digit % 16);
    }
    rest_.remove_prefix(4);
    return result;
  }

  std::string_view rest_;
};

/// What stands at a place in the text, to its end.
inline std::string_view text_at(std::string_view text, std::size_t line, std::size_t column) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  for (std::size_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    require(end != text.npos, "the line is in the text");
    text.remove_prefix(end + 1);
  }
  const std::size_t length = (std::min)(text.find('\n'), text.size());
  require(column >= 1 && column <= length + 1, "the column is in the line");
  return text.substr(column - 1);
}

inline std::string quoted(std::string_view text) {
  std::string result = example::json_text().value(text).take();
  result.pop_back(); // the line break
  return result;
}

inline std::string written(const example::json_value& value) {
  using example::json_kind;
  std::string result;
  switch (value.kind()) {
  case json_kind::null:
    return "null";
  case json_kind::boolean:
    return value.boolean() ? "true" : "false";
  case json_kind::number:
    return value.number_text();
  case json_kind::string:
    return quoted(value.string());
  case json_kind::array:
    for (const auto& element : value.elements()) result += ',' + written(element);
    return "[" + result.substr(result.empty() ? 0 : 1) + "]";
  case json_kind::object:
    for (const auto& each : value.members()) {
      result += ',' + quoted(each.key) + ':' + written(each.value);
    }
    return "{" + result.substr(result.empty() ? 0 : 1) + "}";
  }
  return result;
}

inline void check_number(const example::json_value& value) {
  const std::string& text = value.number_text();
  const auto whole = [&](auto read) {
    std::string result;
    const auto refusal = error_of<example::json_error>([&] { result = std::to_string(read()); });
    require(refusal || result == text || text == "-0", "a whole number is read as it is written");
    return !refusal;
  };
  const bool small = whole([&] { return value.int64(); });
  const bool positive = whole([&] { return value.uint64(); });
  double real = 0;
  const auto refusal = error_of<example::json_error>([&] { real = value.real(); });
  require(!(small || positive) || !refusal, "a whole number is a real one");
  require(refusal || text[0] == '-' ? refusal || real <= 0 : real >= 0, "it keeps its sign");
}

/// Whether every value stands where it says, beginning as its kind begins.
inline void check_tree(const example::json_value& value, std::string_view text) {
  using example::json_kind;
  const std::string_view there = text_at(text, value.where().line, value.where().column);
  constexpr std::string_view beginnings[] = {"n", "tf", "-0123456789", "\"", "[", "{"};
  const auto kind = static_cast<std::size_t>(value.kind());
  require(there.find_first_of(beginnings[kind]) == 0, "a value begins at its place");
  if (value.kind() == json_kind::number) {
    require(there.substr(0, value.number_text().size()) == value.number_text(),
            "a number stands at its place");
    check_number(value);
  } else if (value.kind() == json_kind::array) {
    for (const auto& element : value.elements()) check_tree(element, text);
  } else if (value.kind() == json_kind::object) {
    std::set<std::string_view> keys;
    for (const auto& each : value.members()) {
      require(keys.insert(each.key).second, "no key appears twice");
      require(text_at(text, each.where.line, each.where.column)[0] == '"', "a key has its place");
      check_tree(each.value, text);
    }
  }
}

inline void check_refusal(const example::json_error& error, std::string_view text) {
  const auto [line, column] = error.where();
  text_at(text, line, column);
  const std::string message = error.what();
  const std::string place = std::to_string(line) + ":" + std::to_string(column) + ": ";
  require(message.substr(0, place.size()) == place, "a refusal begins with its place");
  require(message.size() > place.size(), "a refusal says why: " + message);
  const bool twice = message.find(" appears twice") != message.npos;
  require(twice || !json_grammar(text).text(), "a refused text is not JSON: " + message);
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_json_reader(std::string_view text) {
  std::optional<example::json_value> read;
  try {
    read = example::read_json(text);
  } catch (const example::json_error& error) {
    detail::check_refusal(error, text);
    return false;
  }
  require(detail::json_grammar(text).text(), "an accepted text is JSON");
  detail::check_tree(*read, text);
  const std::string again = detail::written(*read);
  const example::json_value copy = example::read_json(again);
  require(copy == *read, "a tree reads back the same");
  require(detail::written(copy) == again, "and is written the same");
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_JSON_READER_HPP
