// SPDX-License-Identifier: MIT
//
// Reading a text of fixed words and whole numbers, from its beginning to its end.
//
//   example::text_cursor cursor("sessions 12\n", "monday.stats");
//   cursor.expect("sessions ");
//   const auto sessions = cursor.whole(std::uint64_t{0}, std::uint64_t{100});
//   cursor.end_line();
//
// Whatever stands there instead is a usage_error: "monday.stats:1:10: what is wrong". Each number
// has one form: no zeros before it, no "-0", no plus sign.
#ifndef ORDERLY_EXAMPLES_SUPPORT_TEXT_CURSOR_HPP
#define ORDERLY_EXAMPLES_SUPPORT_TEXT_CURSOR_HPP

#include "arguments.hpp"

#include <algorithm>    // count
#include <charconv>     // from_chars
#include <cstddef>      // size_t
#include <string>       // messages
#include <string_view>  // texts
#include <system_error> // errc

namespace example {

/// Text and name are the caller's, and outlive the cursor.
class text_cursor {
 public:
  text_cursor(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  /// How many bytes have been read.
  std::size_t at() const { return at_; }

  void expect(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) fail(at_, "expected '" + std::string(word) + "'");
    at_ += word.size();
  }

  void end_line() {
    if (text_.substr(at_, 1) != "\n") fail(at_, "expected the end of the line");
    ++at_;
  }

  /// A number from low to high.
  template <class Integer>
  Integer whole(Integer low, Integer high) {
    Integer result{};
    const char* const begin = text_.data() + at_;
    const auto [stop, error] = std::from_chars(begin, text_.data() + text_.size(), result);
    if (error != std::errc() || result < low || result > high) {
      fail(at_,
           "expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    const std::string form = std::to_string(result);
    if (text_.substr(at_, static_cast<std::size_t>(stop - begin)) != form) {
      fail(at_, "expected this number as " + form);
    }
    at_ += form.size();
    return result;
  }

  /// Refuses the text at byte `at` of it, counted from 0.
  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    const std::string_view before = text_.substr(0, at);
    const auto breaks = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_begin = before.rfind('\n') + 1; // npos + 1 is 0
    const auto line = static_cast<std::size_t>(breaks) + 1;
    throw input_error(place_text(name_, line, at - line_begin + 1) + what);
  }

 private:
  std::string_view text_;
  std::string_view name_;
  std::size_t at_ = 0;
};

} // namespace example

#endif
