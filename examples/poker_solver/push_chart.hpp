// SPDX-License-Identifier: MIT
//
// Published charts of push or fold: for each starting hand the largest stack, in big blinds, with
// which it is pushed, or called.
//
//   # Small blind, no antes
//   hand,bb
//   AKs,20
//   J9o,12.1      # more than that: fold
//   72o,0         # never
//
//   const poker::push_chart chart = poker::read_push_chart_file("push.csv");
//   chart.most[1];                                // of AKs: 20, or nothing if it were missing
//
// The first line may be the header. A comment begins with a '#' at the beginning of a line or after
// a blank; blanks around a field and lines without a field are passed over, lines end by LF or CRLF.
// Hands may be missing, and come in any order. Whatever else is there is a usage_error, as is a hand
// that comes twice: "push.csv:3:5: what is wrong".
//
// Limits: a hand that is pushed with 5 and with 9 big blinds, but not with 7, has no place here.
#ifndef ORDERLY_EXAMPLES_POKER_PUSH_CHART_HPP
#define ORDERLY_EXAMPLES_POKER_PUSH_CHART_HPP

#include "../support/arguments.hpp"
#include "../support/config_file.hpp"
#include "../support/option_values.hpp"
#include "../support/utf8.hpp"
#include "starting_hands.hpp"

#include <algorithm>   // min
#include <array>       // a chart
#include <cstddef>     // size_t
#include <optional>    // hands that may be missing
#include <stdexcept>   // invalid_argument
#include <string>      // messages
#include <string_view> // the text

namespace poker {

struct push_chart {
  std::array<std::optional<example::decimal>, starting_hands> most; ///< big blinds
};

namespace detail {

/// Reads a chart, once.
class chart_lines {
 public:
  chart_lines(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  push_chart read() {
    while (!text_.empty()) {
      const std::size_t end = (std::min)(text_.find('\n'), text_.size());
      line_ = text_.substr(0, end);
      if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
      ++number_;
      check_characters();
      read_line();
      text_.remove_prefix((std::min)(end + 1, text_.size()));
    }
    return chart_;
  }

 private:
  struct field {
    std::string_view text;
    std::size_t at = 0; ///< in the line
  };

  void check_characters() const {
    for (std::size_t at = 0; at < line_.size();) {
      const bool tab = line_[at] == '\t';
      if (example::detail::is_control(line_[at]) && !tab) fail(at, "a control character");
      const std::size_t size = example::utf8_size(line_.substr(at));
      if (size == 0) fail(at, "a byte that is not UTF-8");
      at += size;
    }
  }

  void read_line() {
    const std::size_t end = comment_begin();
    const std::size_t comma = (std::min)(line_.find(','), end);
    const field hand = trimmed(0, comma);
    if (comma == end && hand.text.empty()) return;
    if (comma == end) fail(hand.at + hand.text.size(), "expected ',' behind the hand");
    const field most = trimmed(comma + 1, end);
    const bool header = hand.text == "hand" && most.text == "bb";
    if (!header || !first_) add(hand, most);
    first_ = false;
  }

  void add(const field& hand, const field& most) {
    constexpr example::decimal largest{1'000'000'000};
    const starting_hand found = read_hand(hand);
    const std::size_t before = lines_[found];
    if (before != 0) {
      fail(hand.at, std::string(hand.text) + " stands in line " + std::to_string(before) + " too");
    }
    lines_[found] = number_;
    const auto number = example::parse_decimal(most.text);
    if (!number || most.text[0] == '-' || *number > largest) {
      fail(most.at, "expected a number of big blinds from 0 to " + example::to_text(largest) +
                        " with at most three decimal places");
    }
    chart_.most[found] = number;
  }

  starting_hand read_hand(const field& hand) const {
    try {
      return read_starting_hand(hand.text);
    } catch (const std::invalid_argument& error) {
      fail(hand.at, error.what());
    }
  }

  std::size_t comment_begin() const {
    std::size_t at = line_.find('#');
    while (at != line_.npos && at != 0 && !example::detail::is_blank(line_[at - 1])) {
      at = line_.find('#', at + 1);
    }
    return (std::min)(at, line_.size());
  }

  /// The part of the line without the blanks around it.
  field trimmed(std::size_t begin, std::size_t end) const {
    while (begin < end && example::detail::is_blank(line_[begin])) ++begin;
    while (begin < end && example::detail::is_blank(line_[end - 1])) --end;
    return {line_.substr(begin, end - begin), begin};
  }

  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    throw example::usage_error(example::place_text(file_, number_, at + 1) + what);
  }

  std::string_view text_; // from this line on
  std::string_view file_;
  std::string_view line_;
  std::size_t number_ = 0; // of the line
  bool first_ = true;      // nothing but comments has been read
  push_chart chart_;
  std::array<std::size_t, starting_hands> lines_{}; // where the hands stand; 0 if they do not
};

} // namespace detail

/// Exceptions: example::usage_error, which names `file`.
inline push_chart read_push_chart(std::string_view text, std::string_view file) {
  return detail::chart_lines(example::without_mark(text), file).read();
}

inline push_chart read_push_chart_file(const std::string& path) {
  constexpr std::size_t most_bytes = std::size_t{1} << 20U;
  return read_push_chart(example::read_text_file(path, most_bytes), path);
}

} // namespace poker

#endif
