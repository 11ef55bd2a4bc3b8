// SPDX-License-Identifier: MIT
//
// CSV rows, appended to a string as bytes: one for each session, and one for each hand that is
// watched.
//
//   session       the session's number, from 0; the sessions of one table share it
//   seat          the seat at the table, from 0
//   start, end    the bankroll
//   profit        units won or lost
//   outcome       won, even or lost
//   hands         hands played
//   stop_reason   win_limit, loss_limit, hands or funds
//   peak, low     highest and lowest profit, the start (0) included
//   max_drawdown  largest fall from an earlier peak
//   max_drawdown_percent  the same as a part of the bankroll at that peak, two decimals, cut off
//   wagered       units at risk in the main game, summed over the hands
//   bonus_wagered units bet on bonuses
//
// A hand's row has its number in the session, the player's three cards and the two common ones
// (empty from the law engine), the bets left on the table, final and three-card hand, the stakes,
// and net, profit and bankroll after it.
//
// All fields are numbers or fixed words, so nothing needs quotes; lines end with '\n'. Without
// seats, rows are in session order: row i + 1 of the file is session i.
#ifndef ORDERLY_EXAMPLES_CASINO_CSV_ROWS_HPP
#define ORDERLY_EXAMPLES_CASINO_CSV_ROWS_HPP

#include "play.hpp"
#include "session.hpp"

#include <charconv>    // to_chars
#include <concepts>    // integral
#include <cstddef>     // seats
#include <cstdint>     // session numbers
#include <string>      // the bytes
#include <string_view> // headers

namespace casino {

inline constexpr std::string_view csv_header =
    "session,seat,start,end,profit,outcome,hands,stop_reason,peak,low,max_drawdown,"
    "max_drawdown_percent,wagered,bonus_wagered\n";

inline constexpr std::string_view hand_csv_header =
    "session,seat,hand,cards,common,bets,final_hand,three_card_hand,bet,bonus,five_card_bonus,"
    "net,profit,bankroll\n";

namespace detail {
template <std::integral Integer>
void append_field(std::string& text, Integer value, char after = ',') {
  char digits[24]; // a 64-bit number needs at most 20
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text.append(digits, end);
  text.push_back(after);
}

inline void append_field(std::string& text, std::string_view word) {
  text.append(word).push_back(',');
}

/// part / whole in per cent with two decimals, cut off. A fall from a peak is at most the bankroll.
inline void append_percent(std::string& text, std::int64_t part, std::int64_t whole) {
  const std::int64_t hundredths = part / whole * 10'000 + part % whole * 10'000 / whole;
  append_field(text, hundredths / 100, '.');
  text.push_back(static_cast<char>('0' + hundredths % 100 / 10));
  text.push_back(static_cast<char>('0' + hundredths % 10));
  text.push_back(',');
}
} // namespace detail

inline void append_csv_row(std::string& text, std::uint64_t session, std::size_t seat,
                           std::int64_t bankroll, const session_result& r) {
  using detail::append_field;
  append_field(text, session);
  append_field(text, seat);
  append_field(text, bankroll);
  append_field(text, bankroll + r.profit);
  append_field(text, r.profit);
  append_field(text, r.profit > 0 ? "won" : r.profit == 0 ? "even" : "lost");
  append_field(text, r.hands);
  append_field(text, stop_reason_names[index_of(r.stop)]);
  append_field(text, r.peak);
  append_field(text, r.low);
  append_field(text, r.max_drawdown);
  detail::append_percent(text, r.max_drawdown, bankroll + r.drawdown_peak);
  append_field(text, r.wagered);
  append_field(text, r.bonus_wagered, '\n');
}

inline void append_hand_row(std::string& text, std::uint64_t session, std::size_t seat,
                            std::int64_t bankroll, const observed_hand& hand) {
  using detail::append_field;
  append_field(text, session);
  append_field(text, seat);
  append_field(text, hand.number);
  for (std::size_t i = 0; i < 5; ++i) {
    if (hand.cards != nullptr) text += card_text((*hand.cards)[i]);
    if (i == 2 || i == 4) text += ',';
  }
  append_field(text, outcome_of(hand.what).bets);
  append_field(text, hand_kind_names[index_of(outcome_of(hand.what).kind)]);
  append_field(text, three_card_kind_names[index_of(three_card_kind_of(hand.what))]);
  append_field(text, hand.put.bet);
  append_field(text, hand.put.bonus);
  append_field(text, hand.put.five_card_bonus);
  append_field(text, hand.net);
  append_field(text, hand.profit);
  append_field(text, bankroll + hand.profit, '\n');
}

} // namespace casino

#endif
