// SPDX-License-Identifier: MIT
//
// Fuzz target: the casino example's reader of statistics.
//
// A random text would fail at its checksum, so the input is read twice: as it is, and with the right
// checksum in the place of its last line, or behind it if that is no checksum's. A refusal is a
// usage_error that begins with a place in the text. What is accepted is written again byte for byte,
// and its counts add up, added here in another way than the reader does.
#ifndef ORDERLY_TESTS_FUZZ_STATISTICS_TEXT_HPP
#define ORDERLY_TESTS_FUZZ_STATISTICS_TEXT_HPP

#include "fuzz/config_file.hpp"
#include "fuzz/require.hpp"

#include "casino_simulator/statistics_text.hpp"
#include "support/sha256.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // what was read
#include <string>      // texts
#include <string_view> // inputs

namespace fuzz {
namespace detail {

inline const casino::session_plan statistics_plan({20, 2, 3, 10}, {},
                                                  casino::staking({"flat", {{}}, {}}, {}, 1));

inline void check_count(const orderly::exact_sum& sum, std::uint64_t expected, const char* what) {
  require(sum.high() == 0 && sum.low() == expected, std::string("it adds up: ") + what);
}

inline orderly::exact_sum sum_of(const orderly::histogram& counts) {
  orderly::exact_sum sum;
  counts.for_each([&](std::int64_t, std::uint64_t count) { sum.add(count); });
  return sum;
}

/// The sum of values times counts, for values of a few units.
inline orderly::exact_sum weighted_sum_of(const orderly::histogram& counts) {
  orderly::exact_sum sum;
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    for (std::int64_t i = 0; i < value; ++i) sum.add(count);
  });
  return sum;
}

inline void check_statistics(const casino::statistics& seen) {
  require(seen.hand_limit == 2, "the hand limit is the plan's");
  orderly::exact_sum stops, hands;
  for (const std::uint64_t count : seen.stops) stops.add(count);
  for (const std::uint64_t count : seen.hands_seen.counts) hands.add(count);
  check_count(stops, seen.sessions, "stops");
  check_count(hands, seen.hands, "hands seen");
  check_count(weighted_sum_of(seen.hands_played), seen.hands, "hands played");
  for (const orderly::histogram* counts :
       {&seen.profit, &seen.hands_played, &seen.peak, &seen.low, &seen.max_drawdown}) {
    check_count(sum_of(*counts), seen.sessions, "a histogram over the sessions");
  }
  require(seen.profit_at(casino::checkpoint_count) == seen.profit,
          "every session ends with its profit");
  for (std::size_t j = 1; j < casino::checkpoint_count; ++j) {
    const orderly::histogram all = seen.profit_at(j);
    check_count(sum_of(all), seen.sessions, "the profits at a checkpoint");
  }
  require(seen.playing[casino::checkpoint_count - 1].total() == 0, "nobody plays at the end");
}

inline bool check_sealed_statistics(std::string_view text) {
  std::optional<casino::statistics> seen;
  const auto message = error_of<example::usage_error>(
      [&] { seen = casino::read_statistics(text, statistics_plan, "NAME"); });
  if (message) {
    check_config_refusal(*message, text);
    return false;
  }
  require(casino::statistics_text(*seen) == text, "an accepted text is written as it was");
  check_statistics(*seen);
  return true;
}

/// The text without its last line, if that is a checksum's.
inline std::string_view without_checksum(std::string_view text) {
  const std::size_t begin = text.rfind("\nsha256 ");
  if (begin == text.npos || text.find('\n', begin + 1) + 1 < text.size()) return text;
  return text.substr(0, begin + 1);
}

} // namespace detail

/// Whether the input was accepted once it had the right checksum.
inline bool check_statistics_text(std::string_view text) {
  const std::string content(detail::without_checksum(text));
  const std::string sealed = content + "sha256 " + example::sha256().add(content).hex() + "\n";
  const bool accepted = detail::check_sealed_statistics(sealed);
  require(detail::check_sealed_statistics(text) == (accepted && text == sealed),
          "the checksum is the last line");
  return accepted;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_STATISTICS_TEXT_HPP
