// SPDX-License-Identifier: MIT
//
// A tree of JSON values, each of which knows where in its text it stands.
//
// Numbers keep their text, so that 64-bit integers stay exact; they are converted when asked for.
// Members of an object keep their order. Asking a value for what it is not is a json_error that
// names the place. Lines and columns count from 1, columns in bytes. Copying, comparing and
// destroying a tree recurse as deep as it is nested.
//
//   const example::json_value root = example::read_json(R"({"hands": 200, "pays": [1, 2]})");
//   root.at("hands").uint64();                    // 200
//   root.at("pays").elements().size();            // 2
//   root.at("pays").string();                     // 1:24: expected a string, not an array
#ifndef ORDERLY_EXAMPLES_SUPPORT_JSON_VALUE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_JSON_VALUE_HPP

#include <algorithm>    // find_if
#include <charconv>     // from_chars: integers
#include <cmath>        // isfinite
#include <cstddef>      // size_t
#include <cstdint>      // 64-bit integers
#include <cstdlib>      // strtod: unlike from_chars it is everywhere, and tells large from small
#include <limits>       // numeric_limits
#include <stdexcept>    // runtime_error
#include <string>       // strings
#include <string_view>  // keys
#include <system_error> // errc
#include <utility>      // move
#include <variant>      // what a value is
#include <vector>       // arrays, objects

namespace example {

/// A place in a text, both from 1; the column counts bytes.
struct text_place {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The text is not JSON, or not the JSON that was asked for: "LINE:COLUMN: what is wrong".
class json_error : public std::runtime_error {
 public:
  json_error(text_place where, const std::string& what)
      : runtime_error(std::to_string(where.line) + ":" + std::to_string(where.column) + ": " +
                      what),
        where_(where) {}
  text_place where() const { return where_; }

 private:
  text_place where_;
};

namespace detail {
class json_reader;

/// A piece of a text for a message: in quotes, without control characters, cut if it is long.
inline std::string in_quotes(std::string_view text) {
  std::size_t size = text.size();
  if (size > 40) {
    size = 37;
    while ((static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size; // a whole character
  }
  std::string result = "'";
  for (const char c : text.substr(0, size)) {
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return result + (size < text.size() ? "...'" : "'");
}
} // namespace detail

enum class json_kind : std::uint8_t { null, boolean, number, string, array, object };

struct json_member;

/// One value with all that is in it.
class json_value {
 public:
  struct number {
    explicit number(std::string_view written) : text(written.data(), written.size()) {}
    std::string text;
    bool operator==(const number&) const = default;
  };
  /// In the order of json_kind.
  using content = std::variant<std::monostate, bool, number, std::string, std::vector<json_value>,
                               std::vector<json_member>>;

  json_value();
  json_value(content what, text_place where);

  json_kind kind() const { return static_cast<json_kind>(content_.index()); }
  /// Its first character; of a string, the quote.
  text_place where() const { return where_; }

  // What the value is. All throw json_error if it is something else.
  bool boolean() const;
  const std::string& number_text() const;
  const std::string& string() const;
  const std::vector<json_value>& elements() const;
  const std::vector<json_member>& members() const;

  /// A number written without fraction and exponent, if the type can hold it.
  std::int64_t int64() const { return whole<std::int64_t>(); }
  std::uint64_t uint64() const { return whole<std::uint64_t>(); }
  /// The nearest double. A number that is too large is an error; too small is 0.
  double real() const;

  /// An object's member, or null; it looks at one after the other.
  const json_value* find(std::string_view key) const;
  /// The same for a member that must be there.
  const json_value& at(std::string_view key) const;

  /// Throws a json_error at this place.
  [[noreturn]] void fail(const std::string& what) const { throw json_error(where_, what); }

  /// Equal content, wherever it stands; numbers are compared as they are written.
  friend bool operator==(const json_value& a, const json_value& b);

 private:
  friend class detail::json_reader;
  template <class T>
  const T& get(const char* wanted) const;
  template <class Integer>
  Integer whole() const;

  content content_;
  text_place where_;
};

struct json_member {
  std::string key;
  text_place where; // of the key's quote
  json_value value;

  friend bool operator==(const json_member& a, const json_member& b) {
    return a.key == b.key && a.value == b.value;
  }
};

// Defined here, where the types they handle are complete.
inline json_value::json_value() = default;
inline json_value::json_value(content what, text_place where)
    : content_(std::move(what)), where_(where) {}
inline bool operator==(const json_value& a, const json_value& b) {
  return a.content_ == b.content_;
}

template <class T>
const T& json_value::get(const char* wanted) const {
  static constexpr const char* names[] = {"null",     "true or false", "a number",
                                          "a string", "an array",      "an object"};
  if (const T* const found = std::get_if<T>(&content_)) return *found;
  fail("expected " + std::string(wanted) + ", not " + names[content_.index()]);
}
inline bool json_value::boolean() const { return get<bool>("true or false"); }
inline const std::string& json_value::number_text() const { return get<number>("a number").text; }
inline const std::string& json_value::string() const { return get<std::string>("a string"); }
inline const std::vector<json_value>& json_value::elements() const {
  return get<std::vector<json_value>>("an array");
}
inline const std::vector<json_member>& json_value::members() const {
  return get<std::vector<json_member>>("an object");
}

template <class Integer>
Integer json_value::whole() const {
  const std::string& text = number_text();
  const char* const end = text.data() + text.size();
  Integer result{};
  const auto [stop, error] = std::from_chars(text.data(), end, result);
  if (error == std::errc() && stop == end) return result;
  using limits = std::numeric_limits<Integer>;
  fail(detail::in_quotes(text) + " is not a whole number from " + std::to_string((limits::min)()) +
       " to " + std::to_string((limits::max)()));
}

inline double json_value::real() const {
  const std::string& text = number_text();
  char* stop = nullptr;
  const double result = std::strtod(text.c_str(), &stop); // a locale with commas would stop it
  if (stop == text.c_str() + text.size() && std::isfinite(result)) return result;
  fail(detail::in_quotes(text) + " cannot be held by a double");
}

inline const json_value* json_value::find(std::string_view key) const {
  const auto& all = members();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const json_member& member) { return member.key == key; });
  return found == all.end() ? nullptr : &found->value;
}

inline const json_value& json_value::at(std::string_view key) const {
  if (const json_value* const found = find(key)) return *found;
  fail("the member " + detail::in_quotes(key) + " is missing");
}

} // namespace example

#endif
