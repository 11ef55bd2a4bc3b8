// SPDX-License-Identifier: MIT
//
// The statistics of a run as text, to be kept, sent and merged later:
//
//   const std::string text = casino::statistics_text(all);
//   all += casino::read_statistics(text, plan, "monday.stats");
//
// Lines of a word and whole numbers, each number in its shortest form, one blank before each:
//
//   orderly-casino-statistics 1              the form and its version
//   hand_limit 200
//   sessions 3
//   hands 417
//   seat_pairs 0
//   stops 1 0 2 0                            win limit, loss limit, hands, funds
//   hands_seen 2 11:400 13:17                by cell of the joint law
//   wagered 0 612                            sums of 128 bits: the first number * 2^64 + the second
//   bonus_wagered 0 0
//   bonus_net 0 0
//   profit 2 -40:2 50:1                      histograms over the sessions
//   hands_played 2 17:1 200:2                then peak, low, max_drawdown
//   ended 1 0                                for j = 1..20: profits of the sessions that ended
//   playing 1 2 -3:1 7:2                     in period j, and of those going on at checkpoint j
//   sha256 7f0c...                           of all bytes before this line
//
// A list of counts is the number of its different values, then VALUE:COUNT with rising values and no
// count of 0. So equal statistics have equal texts, and the reader accepts no other text: what it
// reads is written again byte for byte.
//
// The reader refuses whatever does not add up: a text that it accepts has the sums that sessions
// have, though it cannot know whether they were played. The checksum finds accidents; whoever means
// to deceive computes it anew. Reading takes time and memory in proportion to the text, beside one
// empty `statistics`.
#ifndef ORDERLY_EXAMPLES_CASINO_STATISTICS_TEXT_HPP
#define ORDERLY_EXAMPLES_CASINO_STATISTICS_TEXT_HPP

#include "joint_law.hpp"
#include "session.hpp"
#include "statistics.hpp"
#include "statistics_reader.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <string>      // texts
#include <string_view> // words

namespace casino {
namespace detail {

template <class... Numbers>
void append_numbers(std::string& text, std::string_view word, Numbers... numbers) {
  text += word;
  ((text += " " + std::to_string(numbers)), ...);
  text += "\n";
}

inline void append_sum(std::string& text, std::string_view word, const exact_sum& sum) {
  append_numbers(text, word, sum.high(), sum.low());
}

inline void append_counts(std::string& text, std::string_view word, const histogram& counts) {
  text.append(word).append(" ").append(std::to_string(counts.distinct()));
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    text += " " + std::to_string(value) + ":" + std::to_string(count);
  });
  text += "\n";
}

inline histogram counts_of(const joint_law& law) {
  histogram counts(0, cells);
  for (std::size_t c = 0; c < cells; ++c) counts.add(static_cast<std::int64_t>(c), law.counts[c]);
  return counts;
}

} // namespace detail

/// The text described above.
inline std::string statistics_text(const statistics& all) {
  std::string text;
  detail::append_numbers(text, detail::statistics_form, detail::statistics_version);
  detail::append_numbers(text, "hand_limit", all.hand_limit);
  detail::append_numbers(text, "sessions", all.sessions);
  detail::append_numbers(text, "hands", all.hands);
  detail::append_numbers(text, "seat_pairs", all.seat_pairs);
  detail::append_numbers(text, "stops", all.stops[0], all.stops[1], all.stops[2], all.stops[3]);
  detail::append_counts(text, "hands_seen", detail::counts_of(all.hands_seen));
  detail::append_sum(text, "wagered", all.wagered);
  detail::append_sum(text, "bonus_wagered", all.bonus_wagered);
  detail::append_sum(text, "bonus_net", all.bonus_net);
  detail::append_counts(text, "profit", all.profit);
  detail::append_counts(text, "hands_played", all.hands_played);
  detail::append_counts(text, "peak", all.peak);
  detail::append_counts(text, "low", all.low);
  detail::append_counts(text, "max_drawdown", all.max_drawdown);
  for (std::size_t j = 0; j < checkpoint_count; ++j) {
    detail::append_counts(text, detail::numbered("ended", j + 1), all.ended[j]);
    detail::append_counts(text, detail::numbered("playing", j + 1), all.playing[j]);
  }
  return text + detail::checksum_line(text);
}

/// What `statistics_text` wrote, to be merged with the statistics of the same plan. All else is a
/// usage_error, "NAME:LINE:COLUMN: what is wrong", lines and columns from 1, columns in bytes.
inline statistics read_statistics(std::string_view text, const session_plan& plan,
                                  std::string_view name) {
  return detail::statistics_reader(text, plan, name).read();
}

} // namespace casino

#endif
