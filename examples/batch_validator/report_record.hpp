// SPDX-License-Identifier: MIT
//
// A line of a report, taken apart: an object whose members are texts, whole numbers or null.
//
//   arc::report_record record;
//   record.read(line, "report.jsonl", 7);         // without its line break
//   record.at("verdict");                         // "\"AC\"", as it is written
//   record.whole("number");                       // 5
//
// Only the form in which reports are written is read (json_text on one line), not all of JSON: so
// equal records are equal bytes, and a line that was damaged or touched is hardly ever taken for a
// whole one. Nothing is copied, and a million lines are read in half a second. Bytes that are not
// UTF-8 pass, as they may be in the name of a file.
#ifndef ORDERLY_EXAMPLES_ARC_REPORT_RECORD_HPP
#define ORDERLY_EXAMPLES_ARC_REPORT_RECORD_HPP

#include "../support/arguments.hpp"

#include <algorithm>    // find_if, min
#include <charconv>     // from_chars
#include <cstddef>      // places in the line
#include <cstdint>      // whole numbers
#include <optional>     // differences
#include <string>       // messages
#include <string_view>  // the line
#include <system_error> // errc
#include <vector>       // members

namespace arc {

inline std::string_view without_break(std::string_view line) {
  return line.substr(0, line.size() - 1);
}

class report_record {
 public:
  struct member {
    std::string_view name;
    std::string_view content; ///< as it is written, a text in its quotes
  };

  /// Line and file are the caller's, and outlive what is asked of this object. Exceptions of this and
  /// all that follow: example::usage_error, "FILE:LINE:COLUMN: what".
  void read(std::string_view line, std::string_view file, std::size_t number) {
    line_ = line;
    file_ = file;
    number_ = number;
    at_ = 0;
    members_.clear();
    expect("{");
    do {
      const std::string_view name = read_text();
      expect(": ");
      members_.push_back({name.substr(1, name.size() - 2), read_content()});
    } while (take(", "));
    expect("}");
    if (at_ < line_.size()) fail_here("expected the end of the line");
  }

  const std::vector<member>& members() const { return members_; }

  std::string_view at(std::string_view name) const {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const member& each) { return each.name == name; });
    if (found == members_.end()) fail(line_, "the member '" + std::string(name) + "' is missing");
    return found->content;
  }

  /// What is between the quotes, as it is written.
  std::string_view text(std::string_view name) const {
    const std::string_view content = at(name);
    if (content[0] != '"') fail(content, "expected a text");
    return content.substr(1, content.size() - 2);
  }

  std::uint64_t whole(std::string_view name) const {
    const std::string_view content = at(name);
    std::uint64_t number = 0;
    const auto [stop, error] =
        std::from_chars(content.data(), content.data() + content.size(), number);
    if (error != std::errc() || stop != content.data() + content.size()) {
      fail(content, "expected a whole number below 2^64");
    }
    return number;
  }

  /// Refuses a part of the line.
  [[noreturn]] void fail(std::string_view part, const std::string& what) const {
    const auto before = static_cast<std::size_t>(part.data() - line_.data());
    throw example::input_error(example::place_text(file_, number_, before + 1) + what);
  }

 private:
  [[noreturn]] void fail_here(const std::string& what) const { fail(line_.substr(at_), what); }

  bool take(std::string_view word) {
    if (line_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) fail_here("expected '" + std::string(word) + "'");
  }

  std::string_view read_content() {
    const std::size_t begin = at_;
    if (line_.substr(at_, 1) == "\"") return read_text();
    if (take("null")) return line_.substr(begin, 4);
    while (at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '9') ++at_;
    const std::string_view digits = line_.substr(begin, at_ - begin);
    if (digits.empty()) fail(digits, "expected a text, a whole number or null");
    if (digits.size() > 1 && digits[0] == '0') fail(digits, "a number with a 0 before it");
    return digits;
  }

  /// With its quotes.
  std::string_view read_text() {
    const std::size_t begin = at_;
    expect("\"");
    for (; at_ < line_.size() && line_[at_] != '"'; ++at_) {
      if (static_cast<unsigned char>(line_[at_]) < 0x20) fail_here("a control character");
      if (line_[at_] == '\\') at_ += size_of_escape() - 1;
    }
    expect("\"");
    return line_.substr(begin, at_ - begin);
  }

  std::size_t size_of_escape() const {
    const std::string_view escape = line_.substr(at_, 6);
    const auto has_one_of = [&](std::size_t at, std::string_view letters) {
      return at < escape.size() && letters.find(escape[at]) != letters.npos;
    };
    if (has_one_of(1, "\"\\bfnrt")) return 2;
    const std::string_view number = escape.substr(1, 4); // of a control character without a letter
    const bool control = (number == "u000" && has_one_of(5, "01234567bef")) ||
                         (number == "u001" && has_one_of(5, "0123456789abcdef"));
    if (!control) fail(escape, "an escape that no report has");
    return 6;
  }

  std::string_view line_;
  std::string_view file_;
  std::size_t number_ = 0; // of the line
  std::size_t at_ = 0;
  std::vector<member> members_;
};

/// "fuel is 1000, now 2000", for the first of these members of `a` that `b` has not so; the word
/// stands before what b has.
inline std::optional<std::string> first_difference(const report_record& a, std::string_view word,
                                                   const report_record& b) {
  const std::size_t count = (std::min)(a.members().size(), b.members().size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [name, content] = a.members()[i];
    const auto& other = b.members()[i];
    if (name != other.name) return "the members are others";
    if (content == other.content) continue;
    return std::string(name) + " is " + std::string(content) + ", " + std::string(word) + " " +
           std::string(other.content);
  }
  if (a.members().size() != b.members().size()) return "the members are others";
  return std::nullopt;
}

} // namespace arc

#endif
