// SPDX-License-Identifier: MIT
//
// Values for tests: from text such as "{(1, (0, 2))}", and recorded calls of primitives, which are not
// part of this repository: ORDERLY_ARC_DATA names the folder, and without it such tests are skipped,
// with a message.
#ifndef ORDERLY_TESTS_ARC_GIVEN_HPP
#define ORDERLY_TESTS_ARC_GIVEN_HPP

#include "support/catch.hpp"

#include "batch_validator/machine.hpp"
#include "batch_validator/primitive.hpp"
#include "batch_validator/run_error.hpp"
#include "batch_validator/value.hpp"
#include "batch_validator/value_builder.hpp"
#include "batch_validator/value_text.hpp"
#include "support/json_reader.hpp"

#include <cctype>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace test {

/// Reads the text that arc::text_of writes, but for functions.
class value_reader {
 public:
  value_reader(arc::machine& m, std::string_view text) : m_(m), text_(text) {}

  arc::value read() {
    const arc::value v = read_value();
    if (peek() != '\0')
      throw std::invalid_argument("unexpected: " + std::string(text_.substr(at_)));
    return v;
  }

 private:
  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  arc::value read_value() {
    const char c = peek();
    if (c == '(') return read_all(')');
    if (c == '{') return read_all('}');
    if (text_.substr(at_, 4) == "none") {
      at_ += 4;
      return arc::value();
    }
    std::int64_t number = 0;
    const auto [stop, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (error != std::errc()) throw std::invalid_argument("no value: " + std::string(text_));
    at_ = static_cast<std::size_t>(stop - text_.data());
    return arc::value::of_integer(number);
  }
  arc::value read_all(char last) {
    ++at_;
    std::vector<arc::value> parts;
    while (peek() != last) parts.push_back(read_value());
    ++at_;
    arc::value_list list(m_, parts.size());
    for (const arc::value& part : parts) list.add(part);
    return last == ')' ? arc::tuple_of(m_, list) : arc::set_of(m_, list);
  }

  arc::machine& m_;
  std::string_view text_;
  std::size_t at_ = 0;
};

inline arc::value value_of(arc::machine& m, std::string_view text) {
  return value_reader(m, text).read();
}

/// A grid, a digit a cell, rows divided by '/'.
inline arc::value grid(arc::machine& m, std::string_view digits) {
  std::string text = "((";
  for (const char c : digits) text += c == '/' ? std::string("),(") : std::string(1, c) + ",";
  return value_of(m, text + "))");
}

/// The result of a primitive as text, or "error: kind".
inline std::string outcome(arc::machine& m, const arc::primitive& p,
                           const std::vector<arc::value>& arguments) {
  try {
    if (arguments.size() != p.arity) return "error: type";
    return arc::text_of(p.run(m, arguments.data()));
  } catch (const arc::run_error& e) {
    return "error: " + std::string(arc::name_of(e.kind()));
  }
}

template <class Table>
const arc::primitive& named(const Table& table, std::string_view name) {
  for (const arc::primitive& p : table) {
    if (p.name == name) return p;
  }
  throw std::invalid_argument("no primitive " + std::string(name));
}

/// One call, arguments as text: run(table, "add", {"1", "(2, 3)"}) is "(3, 4)".
template <class Table>
std::string run(const Table& table, std::string_view name,
                const std::vector<std::string>& arguments) {
  arc::machine m(table.data());
  std::vector<arc::value> values;
  for (const std::string& text : arguments) values.push_back(value_of(m, text));
  return outcome(m, named(table, name), values);
}

/// Integers, null, ["t", ...] and ["s", ...].
inline arc::value value_of(arc::machine& m, const example::json_value& json) {
  if (json.kind() == example::json_kind::null) return arc::value();
  if (json.kind() == example::json_kind::number) {
    return arc::value::of_integer(std::stoll(json.number_text()));
  }
  const auto& parts = json.elements();
  arc::value_list list(m, parts.size());
  for (std::size_t i = 1; i < parts.size(); ++i) list.add(value_of(m, parts[i]));
  return parts.at(0).string() == "t" ? arc::tuple_of(m, list) : arc::set_of(m, list);
}

/// All recorded calls of the primitives in the table. Returns how many; absent without the data.
template <class Table>
std::optional<unsigned> check_recorded_calls(const Table& table) {
#if defined(ORDERLY_ARC_DATA)
  std::ifstream file(std::string(ORDERLY_ARC_DATA) + "/primitives.jsonl");
#else
  std::ifstream file;
  file.setstate(std::ios::failbit);
#endif
  if (!file) {
    WARN("skipped: no recorded calls (configure with -DORDERLY_ARC_DATA=FOLDER)");
    return std::nullopt;
  }
  unsigned count = 0;
  arc::machine m(table.data());
  for (std::string line; std::getline(file, line);) {
    const example::json_value call = example::read_json(line);
    for (const arc::primitive& p : table) {
      if (p.name != call.at("prim").string()) continue;
      m.reset();
      std::vector<arc::value> arguments;
      for (const auto& argument : call.at("args").elements()) {
        arguments.push_back(value_of(m, argument));
      }
      const std::string found = outcome(m, p, arguments);
      const example::json_value* const result = call.find("result");
      INFO(line);
      if (result == nullptr) {
        CHECK(found.substr(0, 7) == "error: ");
      } else {
        CHECK(found == arc::text_of(value_of(m, *result)));
      }
      ++count;
    }
  }
  return count;
}

} // namespace test

#endif
