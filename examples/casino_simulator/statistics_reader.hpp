// SPDX-License-Identifier: MIT
//
// The reader behind statistics_text.hpp, which describes the form. Each line is checked while it is
// read, against what stands above it, so that a refusal has the place of what is wrong, and nothing
// is stored that the text does not spell out.
#ifndef ORDERLY_EXAMPLES_CASINO_STATISTICS_READER_HPP
#define ORDERLY_EXAMPLES_CASINO_STATISTICS_READER_HPP

#include "../support/sha256.hpp"
#include "../support/text_cursor.hpp"
#include "joint_law.hpp"
#include "session.hpp"
#include "statistics.hpp"

#include <algorithm>   // min
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <limits>      // bounds of numbers
#include <map>         // profits not yet met
#include <string>      // messages
#include <string_view> // words
#include <utility>     // move

namespace casino {
namespace detail {

inline constexpr std::string_view statistics_form = "orderly-casino-statistics";
inline constexpr unsigned statistics_version = 1;

inline std::string checksum_line(std::string_view content) {
  return "sha256 " + example::sha256().add(content).hex() + "\n";
}

/// "ended 7": the word of a line that there is for each checkpoint j.
inline std::string numbered(std::string_view word, std::size_t j) {
  return std::string(word) + " " + std::to_string(j);
}

/// high * 2^64 + low.
inline exact_sum sum_of_words(std::int64_t high, std::uint64_t low) {
  exact_sum sum;
  sum.add(high);
  for (int bit = 0; bit < 64; ++bit) sum.merge(sum); // doubled
  sum.add(low);
  return sum;
}

/// Reads one text, once.
class statistics_reader {
 public:
  statistics_reader(std::string_view text, const session_plan& plan, std::string_view name)
      : text_(text), cursor_(text, name), seen_(plan) {}

  statistics read() {
    read_version();
    read_checksum();
    read_totals();
    read_hands_seen();
    seen_.wagered = sum("wagered", 0);
    seen_.bonus_wagered = sum("bonus_wagered", 0);
    seen_.bonus_net = sum("bonus_net", lowest);
    read_histogram("profit", {lowest, highest}, seen_.sessions, seen_.profit);
    read_hands_played();
    read_histogram("peak", {0, highest}, seen_.sessions, seen_.peak);
    read_histogram("low", {lowest, 0}, seen_.sessions, seen_.low);
    read_histogram("max_drawdown", {0, highest}, seen_.sessions, seen_.max_drawdown);
    read_checkpoints();
    if (cursor_.at() != checksum_at_) cursor_.fail(cursor_.at(), "expected the checksum here");
    return std::move(seen_);
  }

 private:
  static constexpr std::int64_t lowest = (std::numeric_limits<std::int64_t>::min)();
  static constexpr std::int64_t highest = (std::numeric_limits<std::int64_t>::max)();
  static constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

  struct bounds {
    std::int64_t first, last;
  };

  /// What counts are to add up to, and how much of it has not been met.
  struct tally {
    tally(std::uint64_t all, std::string_view of) : total(all), left(all), unit(of) {}
    std::uint64_t total, left;
    std::string_view unit;
  };

  void read_version();
  void read_checksum();
  void read_totals();
  void read_hands_seen();
  void read_hands_played();
  void read_checkpoints();
  void read_histogram(std::string_view word, bounds values, std::uint64_t sessions,
                      histogram& into);
  exact_sum sum(std::string_view word, std::int64_t least_high);
  std::uint64_t number(std::string_view word);

  /// Reads a list of counts up to the end of its line, which stays. `each` may refuse a pair.
  template <class Each>
  void read_counts(std::string_view word, bounds values, tally& counts, Each each);
  std::uint64_t count(std::uint64_t least, tally& counts);

  void begin_line(std::string_view word) {
    cursor_.expect(word);
    cursor_.expect(" ");
  }
  void require_all(const tally& counts) const {
    if (counts.left != 0) fail_sum(cursor_.at(), "less", counts);
  }
  [[noreturn]] void fail_sum(std::size_t at, std::string_view than, const tally& counts) const {
    cursor_.fail(at, "this adds up to " + std::string(than) + " than " +
                         std::to_string(counts.total) + " " + std::string(counts.unit));
  }

  std::string_view text_;
  example::text_cursor cursor_;
  std::size_t pair_at_ = 0; // where the last VALUE:COUNT began
  std::size_t checksum_at_ = 0;
  statistics seen_;
};

inline void statistics_reader::read_version() {
  begin_line(statistics_form);
  const std::size_t begin = cursor_.at();
  const auto version = cursor_.whole(1U, (std::numeric_limits<unsigned>::max)());
  if (version != statistics_version) {
    cursor_.fail(begin, "this is version " + std::to_string(version) +
                            " of the form; only version 1 can be read here");
  }
  cursor_.end_line();
}

/// Precondition: the first line was read.
inline void statistics_reader::read_checksum() {
  if (text_.back() != '\n') cursor_.fail(text_.size(), "the text is cut off within this line");
  checksum_at_ = text_.rfind('\n', text_.size() - 2) + 1;
  const std::string_view line = text_.substr(checksum_at_);
  const std::string expected = checksum_line(text_.substr(0, checksum_at_));
  if (line.size() != expected.size() || line.substr(0, 7) != "sha256 ") {
    cursor_.fail(checksum_at_, "expected 'sha256' and 64 digits as the last line");
  }
  if (line != expected) cursor_.fail(checksum_at_ + 7, "this is not the checksum of these lines");
}

inline void statistics_reader::read_totals() {
  begin_line("hand_limit");
  const std::size_t begin = cursor_.at();
  const std::uint64_t hand_limit = cursor_.whole(std::uint64_t{0}, most);
  if (hand_limit != seen_.hand_limit) {
    cursor_.fail(begin, "these sessions have at most " + std::to_string(hand_limit) +
                            " hands, those of this game " + std::to_string(seen_.hand_limit));
  }
  cursor_.end_line();
  seen_.sessions = number("sessions");
  seen_.hands = number("hands");
  seen_.seat_pairs = number("seat_pairs");
  cursor_.expect("stops");
  tally stops(seen_.sessions, "sessions");
  for (std::uint64_t& sessions : seen_.stops) {
    cursor_.expect(" ");
    sessions = count(0, stops);
  }
  require_all(stops);
  cursor_.end_line();
}

inline void statistics_reader::read_hands_seen() {
  tally hands(seen_.hands, "hands");
  read_counts("hands_seen", {0, cells - 1}, hands, [&](std::int64_t c, std::uint64_t count) {
    seen_.hands_seen.counts[static_cast<std::size_t>(c)] = count;
  });
  require_all(hands);
  cursor_.end_line();
}

inline void statistics_reader::read_hands_played() {
  tally sessions(seen_.sessions, "sessions");
  tally hands(seen_.hands, "hands");
  const auto limit = (std::min)(seen_.hand_limit, static_cast<std::uint64_t>(highest));
  const auto note = [&](std::int64_t played, std::uint64_t count) {
    const auto each = static_cast<std::uint64_t>(played);
    if (count > hands.left / each) fail_sum(pair_at_, "more", hands);
    hands.left -= each * count;
    seen_.hands_played.add(played, count);
  };
  read_counts("hands_played", {1, static_cast<std::int64_t>(limit)}, sessions, note);
  require_all(sessions);
  require_all(hands);
  cursor_.end_line();
}

/// Every session ends once, with its profit, and goes on at each checkpoint before that.
inline void statistics_reader::read_checkpoints() {
  std::map<std::int64_t, std::uint64_t> profits; // of the sessions that have not ended
  seen_.profit.for_each([&](std::int64_t value, std::uint64_t count) { profits[value] = count; });
  tally sessions(seen_.sessions, "sessions");
  for (std::size_t j = 0; j < checkpoint_count; ++j) {
    const auto end = [&](std::int64_t profit, std::uint64_t count) {
      const auto left = profits.find(profit);
      if (left == profits.end() || left->second < count) {
        cursor_.fail(pair_at_, "more sessions ended with " + std::to_string(profit) +
                                   " than have this profit");
      }
      left->second -= count;
      seen_.ended[j].add(profit, count);
    };
    read_counts(numbered("ended", j + 1), {lowest, highest}, sessions, end);
    if (j + 1 == checkpoint_count) require_all(sessions);
    cursor_.end_line();
    read_histogram(numbered("playing", j + 1), {lowest, highest}, sessions.left, seen_.playing[j]);
  }
}

inline void statistics_reader::read_histogram(std::string_view word, bounds values,
                                              std::uint64_t sessions, histogram& into) {
  tally counts(sessions, "sessions");
  read_counts(word, values, counts,
              [&](std::int64_t value, std::uint64_t count) { into.add(value, count); });
  require_all(counts);
  cursor_.end_line();
}

inline exact_sum statistics_reader::sum(std::string_view word, std::int64_t least_high) {
  begin_line(word);
  const std::int64_t high = cursor_.whole(least_high, highest);
  cursor_.expect(" ");
  const std::uint64_t low = cursor_.whole(std::uint64_t{0}, most);
  cursor_.end_line();
  return sum_of_words(high, low);
}

inline std::uint64_t statistics_reader::number(std::string_view word) {
  begin_line(word);
  const std::uint64_t result = cursor_.whole(std::uint64_t{0}, most);
  cursor_.end_line();
  return result;
}

template <class Each>
void statistics_reader::read_counts(std::string_view word, bounds values, tally& counts,
                                    Each each) {
  begin_line(word);
  const std::uint64_t pairs = cursor_.whole(std::uint64_t{0}, most);
  std::int64_t last = 0;
  for (std::uint64_t i = 0; i < pairs; ++i) {
    cursor_.expect(" ");
    pair_at_ = cursor_.at();
    const std::int64_t value = cursor_.whole(values.first, values.last);
    if (i != 0 && value <= last) {
      cursor_.fail(pair_at_, "expected a number above " + std::to_string(last));
    }
    cursor_.expect(":");
    each(value, count(1, counts));
    last = value;
  }
}

inline std::uint64_t statistics_reader::count(std::uint64_t least, tally& counts) {
  const std::size_t begin = cursor_.at();
  const std::uint64_t result = cursor_.whole(least, most);
  if (result > counts.left) fail_sum(begin, "more", counts);
  counts.left -= result;
  return result;
}

} // namespace detail
} // namespace casino

#endif
