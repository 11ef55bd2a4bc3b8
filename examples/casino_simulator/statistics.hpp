// SPDX-License-Identifier: MIT
//
// All that a run of sessions counts, in exact integers, and the digest that pins every count.
//
// Nothing here is a floating-point sum: merging the statistics of several workers gives the same
// counts in any order, so each worker keeps its own and they are added once, at the end. Memory
// depends on the limits of a session, not on how many are played.
//
// The digest is the SHA-256 of these 64-bit numbers, each as 8 bytes, least significant first
// (negative values in two's complement):
//
//   1. sessions, hands
//   2. sessions by stop reason: win limit, loss limit, hands, funds
//   3. rounds by bets (1, 2, 3), and within that by final hand (high card, pair of 2 to 9, pair of
//      10 to A, two pair, three of a kind, straight, flush, full house, four of a kind, straight
//      flush, royal flush)
//   4. five histograms over sessions: profit, hands, peak, low, maximum drawdown; each as the
//      number of its different values, then value and count of each in increasing order
#ifndef ORDERLY_EXAMPLES_CASINO_STATISTICS_HPP
#define ORDERLY_EXAMPLES_CASINO_STATISTICS_HPP

#include "../support/sha256.hpp"
#include "outcome_table.hpp"
#include "session.hpp"

#include "orderly/accumulators.hpp"

#include <algorithm> // min, max
#include <array>     // stop reasons
#include <cstdint>   // counts
#include <string>    // the digest

namespace casino {

using orderly::histogram;

struct statistics {
  std::uint64_t sessions = 0;
  std::uint64_t hands = 0;
  std::array<std::uint64_t, stop_reasons> stops{}; ///< by stop_reason
  outcome_table outcomes;                          ///< of all rounds
  histogram profit;
  histogram hands_played;
  histogram peak;
  histogram low;
  histogram max_drawdown;

  /// Arrays are laid out for sessions under these rules; rarer values are kept beside them.
  explicit statistics(const session_rules& rules)
      : profit(between((std::max)(rules.floor() - 8, -usual),
                       (std::min)(rules.ceiling(), usual) + 64)),
        hands_played(between(
            0, static_cast<std::int64_t>((std::min)(rules.hands, std::uint64_t{65'536})) + 1)),
        peak(between(0, (std::min)(rules.ceiling(), usual) + 64)),
        low(between((std::max)(rules.floor() - 8, -usual), 1)),
        max_drawdown(between(0, 512)) {}

  /// Counts a finished session. Its rounds were counted in `outcomes` while it was played.
  void add(const session_result& result) {
    ++sessions;
    hands += result.hands;
    ++stops[index_of(result.stop)];
    profit.add(result.profit);
    hands_played.add(static_cast<std::int64_t>(result.hands));
    peak.add(result.peak);
    low.add(result.low);
    max_drawdown.add(result.max_drawdown);
  }

  statistics& operator+=(const statistics& other) {
    sessions += other.sessions;
    hands += other.hands;
    for (std::size_t i = 0; i < stop_reasons; ++i) stops[i] += other.stops[i];
    outcomes += other.outcomes;
    profit += other.profit;
    hands_played += other.hands_played;
    peak += other.peak;
    low += other.low;
    max_drawdown += other.max_drawdown;
    return *this;
  }

 private:
  /// With an array for the values in [first, end).
  static histogram between(std::int64_t first, std::int64_t end) {
    return histogram(first, end > first ? static_cast<std::size_t>(end - first) : 0);
  }

  static constexpr std::int64_t usual = 4096; // an array never reaches farther than this from 0
};

/// The mean of what was counted; 0 if nothing was. Limits on the command line keep the sum in 64 bits.
inline double mean_of(const histogram& counts) {
  std::int64_t sum = 0;
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    sum += value * static_cast<std::int64_t>(count);
  });
  return counts.total() == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(counts.total());
}

/// Sessions that ended with a profit, at zero, and with a loss.
struct session_outcomes {
  std::uint64_t won = 0;
  std::uint64_t pushed = 0;
  std::uint64_t lost = 0;
};

inline session_outcomes outcomes_of(const histogram& profit) {
  session_outcomes result;
  profit.for_each([&](std::int64_t value, std::uint64_t count) {
    (value > 0 ? result.won : value == 0 ? result.pushed : result.lost) += count;
  });
  return result;
}

namespace detail {
inline void digest_histogram(example::sha256& hash, const histogram& counts) {
  hash.add_number(counts.distinct());
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    hash.add_number(static_cast<std::uint64_t>(value));
    hash.add_number(count);
  });
}
} // namespace detail

/// The digest described above, as 64 hexadecimal digits.
inline std::string digest_of(const statistics& all) {
  example::sha256 hash;
  hash.add_number(all.sessions);
  hash.add_number(all.hands);
  for (const std::uint64_t count : all.stops) hash.add_number(count);
  for (const auto& kinds : all.outcomes.counts) {
    for (const std::uint64_t count : kinds) hash.add_number(count);
  }
  for (const histogram* h :
       {&all.profit, &all.hands_played, &all.peak, &all.low, &all.max_drawdown}) {
    detail::digest_histogram(hash, *h);
  }
  return hash.hex();
}

} // namespace casino

#endif
