// SPDX-License-Identifier: MIT
//
// One CSV row for each session, appended to a string as bytes.
//
//   session       the session's number, from 0: row i + 1 of the file is session i
//   profit        units won or lost
//   hands         rounds played
//   stop_reason   win_limit, loss_limit, hands or funds
//   peak, low     highest and lowest profit, the start (0) included
//   max_drawdown  largest fall from an earlier peak
//   wagered       units at risk, summed over the rounds
//
// All fields are whole numbers or fixed words, so nothing needs quotes; lines end with '\n'.
#ifndef ORDERLY_EXAMPLES_CASINO_CSV_ROWS_HPP
#define ORDERLY_EXAMPLES_CASINO_CSV_ROWS_HPP

#include "session.hpp"

#include <charconv>    // to_chars
#include <cstdint>     // session numbers
#include <string>      // the bytes
#include <string_view> // header

namespace casino {

inline constexpr std::string_view csv_header =
    "session,profit,hands,stop_reason,peak,low,max_drawdown,wagered\n";

namespace detail {
template <class Integer>
void append_field(std::string& text, Integer value, char after) {
  char digits[24]; // a 64-bit number needs at most 20
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text.append(digits, end);
  text.push_back(after);
}
} // namespace detail

inline void append_csv_row(std::string& text, std::uint64_t session, const session_result& r) {
  detail::append_field(text, session, ',');
  detail::append_field(text, r.profit, ',');
  detail::append_field(text, r.hands, ',');
  text.append(stop_reason_names[index_of(r.stop)]).push_back(',');
  detail::append_field(text, r.peak, ',');
  detail::append_field(text, r.low, ',');
  detail::append_field(text, r.max_drawdown, ',');
  detail::append_field(text, r.wagered, '\n');
}

} // namespace casino

#endif
