// SPDX-License-Identifier: MIT
//
// Fuzz target: the poker example's reader of push-or-fold charts.
//
// A second reader accepts the same texts, with the same stacks, and refuses the others in the same
// line. A chart that is accepted reads back the same when it is written anew. A refusal is a usage_error that begins with a place in the text.
#ifndef ORDERLY_TESTS_FUZZ_PUSH_CHART_HPP
#define ORDERLY_TESTS_FUZZ_PUSH_CHART_HPP

#include "fuzz/config_file.hpp"
#include "fuzz/require.hpp"

#include "poker_solver/push_chart.hpp"
#include "support/option_values.hpp"
#include "support/utf8.hpp"

#include <algorithm>   // min, none_of, count
#include <cstddef>     // size_t
#include <map>         // hands
#include <string>      // texts
#include <string_view> // inputs

namespace fuzz {
namespace detail {

using plain_chart = std::map<std::string, std::string>; // as they are written

inline bool is_hand(std::string_view text) {
  constexpr std::string_view ranks = "23456789TJQKA";
  if (text.size() < 2 || text.size() > 3) return false;
  const std::size_t first = ranks.find(text[0]);
  const std::size_t second = ranks.find(text[1]);
  if (first == ranks.npos || second == ranks.npos) return false;
  if (text.size() == 2) return first == second;
  return first > second && (text[2] == 's' || text[2] == 'o');
}

/// At most 15 digits, and perhaps a point and at most three more; up to a million.
inline bool is_stack(std::string_view text) {
  const std::size_t point = (std::min)(text.find('.'), text.size());
  const std::size_t places = point == text.size() ? 0 : text.size() - point - 1;
  if (point == 0 || point > 15 || places > 3 || text.back() == '.') return false;
  unsigned long long thousandths = 0;
  for (std::size_t i = 0; i < point + 4; ++i) {
    const char c = i < text.size() ? text[i] : '0';
    if (i == point) continue;
    if (c < '0' || c > '9') return false;
    thousandths = thousandths * 10 + static_cast<unsigned long long>(c - '0');
  }
  return thousandths <= 1'000'000'000;
}

inline std::string without_blanks(std::string_view text) {
  const std::size_t begin = (std::min)(text.find_first_not_of(" \t"), text.size());
  return std::string(text.substr(begin, text.find_last_not_of(" \t") + 1 - begin));
}

/// The line without its comment.
inline std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool behind_blank = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
    if (line[i] == '#' && behind_blank) return line.substr(0, i);
  }
  return line;
}

inline bool is_text(std::string_view line) {
  for (json_grammar rest(line); !rest.ended();) {
    if (!rest.character()) return false;
  }
  return std::none_of(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

/// The number of the line that is refused, or 0.
inline std::size_t read_plainly(std::string_view text, plain_chart& chart) {
  bool first = true;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = (std::min)(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix((std::min)(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!is_text(line)) return number;
    line = without_comment(line);
    if (without_blanks(line).empty()) continue;
    const std::size_t comma = line.find(',');
    if (comma == line.npos) return number;
    const std::string hand = without_blanks(line.substr(0, comma));
    const std::string stack = without_blanks(line.substr(comma + 1));
    const bool header = first && hand == "hand" && stack == "bb";
    first = false;
    if (header) continue;
    if (!is_hand(hand) || !is_stack(stack) || !chart.emplace(hand, stack).second) return number;
  }
  return 0;
}

inline std::string written(const poker::push_chart& chart) {
  std::string text;
  for (unsigned i = 0; i < poker::starting_hands; ++i) {
    if (!chart.most[i]) continue;
    text += poker::starting_hand_text(static_cast<poker::starting_hand>(i)) + "," +
            example::to_text(*chart.most[i]) + "\r\n";
  }
  return text;
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_push_chart(std::string_view text) {
  poker::push_chart chart;
  const auto message =
      error_of<example::usage_error>([&] { chart = poker::read_push_chart(text, "NAME"); });
  detail::plain_chart plain;
  const std::size_t refused = detail::read_plainly(example::without_mark(text), plain);
  if (message) {
    detail::check_config_refusal(*message, text);
    require(message->substr(0, 5 + std::to_string(refused).size() + 1) ==
                "NAME:" + std::to_string(refused) + ":",
            "the line that is wrong is refused");
    return false;
  }
  require(refused == 0, "what is wrong is refused");
  const std::string again = detail::written(chart);
  std::size_t hands = 0;
  for (const auto& [hand, stack] : plain) {
    const auto most = chart.most[poker::read_starting_hand(hand)];
    require(most && most == example::parse_decimal(stack), "a stack is as it is written");
    ++hands;
  }
  require(std::count(again.begin(), again.end(), '\n') == static_cast<std::ptrdiff_t>(hands),
          "no other hand is there");
  require(detail::written(poker::read_push_chart("hand,bb # x\n" + again, "NAME")) == again,
          "a chart reads back the same");
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_PUSH_CHART_HPP
