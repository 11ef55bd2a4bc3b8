// SPDX-License-Identifier: MIT
//
// All that a run of sessions counts, in exact integers: one value that can be merged, compared and
// written down (statistics_text.hpp).
//
// Nothing here is a floating-point sum: merging the statistics of several workers, or of several
// runs, gives the same counts in any order. Memory depends on the limits of a session, not on how
// many are played.
//
// A session is a seat's: a table of six seats counts six. Besides the final profit of each session
// there is its profit at twenty checkpoints (session.hpp): sessions that are over by then hold their
// final profit. A session that ends between two checkpoints is counted
// once, in the period where it ended, so short sessions cost no more than long ones.
//
// The digest pins a run. It is the SHA-256 of these 64-bit numbers, each as 8 bytes, least
// significant first (negative values in two's complement):
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
#include "joint_law.hpp"
#include "session.hpp"

#include "orderly/accumulators.hpp"

#include <algorithm> // min, max
#include <array>     // stop reasons, periods
#include <cmath>     // sqrt
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <string>    // the digest

namespace casino {

using orderly::exact_sum;
using orderly::histogram;

struct statistics {
  std::uint64_t hand_limit = 0;
  std::uint64_t sessions = 0;
  std::uint64_t hands = 0;
  std::uint64_t seat_pairs = 0; ///< ordered pairs of seats that played the same round
  std::array<std::uint64_t, stop_reasons> stops{}; ///< by stop_reason
  joint_law hands_seen;                            ///< of all hands
  exact_sum wagered;                               ///< in the main game
  exact_sum bonus_wagered;
  exact_sum bonus_net;
  histogram profit;
  histogram hands_played;
  histogram peak;
  histogram low;
  histogram max_drawdown;
  std::array<histogram, checkpoint_count> playing; ///< profit at checkpoint j + 1, session going on
  std::array<histogram, checkpoint_count>
      ended; ///< final profit, ended after checkpoint j until j + 1

  explicit statistics(const session_plan& plan);

  /// Counts a finished session. Its hands are counted apart from it, by a cell_counter.
  void add(const session_result& result);
  statistics& operator+=(const statistics& other);
  friend bool operator==(const statistics&, const statistics&) = default;

  outcome_table outcomes() const { return hands_seen.outcomes(); }
  /// The profit of all sessions at checkpoint j = 1..20.
  histogram profit_at(std::size_t j) const;

 private:
  /// With an array for the values in [first, end).
  static histogram between(std::int64_t first, std::int64_t end) {
    return histogram(first, end > first ? static_cast<std::size_t>(end - first) : 0);
  }

  static constexpr std::int64_t usual = 4096; // an array never reaches farther than this from 0
};

/// Counts cells faster than one table can: the same cell often comes twice in a row, and then the
/// second increment would wait for the first. Counts belong to `seen` once this is destroyed; until
/// then it may count fewer than 2^32 hands.
class cell_counter {
 public:
  explicit cell_counter(statistics& seen) : seen_(&seen) {}
  ~cell_counter() {
    for (std::size_t c = 0; c < cells; ++c) {
      std::uint32_t sum = 0; // of what may have been taken back from another part: modulo 2^32
      for (const auto& part : parts_) sum += part[c];
      seen_->hands_seen.counts[c] += sum;
    }
  }
  cell_counter(const cell_counter&) = delete;
  cell_counter& operator=(const cell_counter&) = delete;

  /// `turn` chooses the table: neighbours should have different ones.
  void count(cell dealt, unsigned turn) { ++parts_[turn % parts_.size()][dealt]; }
  void count(const cell* dealt, unsigned number) {
    for (unsigned i = 0; i < number; ++i) count(dealt[i], i);
  }
  /// Undoes `count`, whatever the turn was.
  void take_back(const cell* dealt, unsigned number) {
    for (unsigned i = 0; i < number; ++i) --parts_[0][dealt[i]];
  }

 private:
  statistics* seen_;
  std::array<std::array<std::uint32_t, 256>, 8> parts_{};
};

/// Notes the profit of one session at its checkpoints.
class checkpoint_recorder {
 public:
  explicit checkpoint_recorder(statistics& seen)
      : seen_(&seen), next_(checkpoint_hand(1, seen.hand_limit)) {}

  /// After `hands` hands of the session; profit_after(i) is its profit after the i-th, from 0, of the
  /// last `count`. Once it is over, its last profit counts for all later checkpoints.
  template <class Profit>
  void look(std::uint64_t hands, unsigned count, bool over, Profit&& profit_after) {
    const std::uint64_t before = hands - count;
    while (next_ < hands + (over ? 0 : 1)) {
      seen_->playing[at_++].add(profit_after(static_cast<std::size_t>(next_ - before - 1)));
      next_ = checkpoint_hand(at_ + 1, seen_->hand_limit);
    }
    if (over) seen_->ended[at_].add(profit_after(count - 1));
  }

 private:
  statistics* seen_;
  std::size_t at_ = 0; // checkpoints passed
  std::uint64_t next_;
};

inline statistics::statistics(const session_plan& plan)
    : hand_limit(plan.rules().hands),
      profit(
          between((std::max)(plan.floor() - 64, -usual), (std::min)(plan.ceiling(), usual) + 64)),
      hands_played(
          between(0, static_cast<std::int64_t>((std::min)(hand_limit, std::uint64_t{65'536})) + 1)),
      peak(between(0, (std::min)(plan.ceiling(), usual) + 64)),
      low(between((std::max)(plan.floor() - 64, -usual), 1)),
      max_drawdown(between(0, 512)) {
  playing.fill(profit);
  ended.fill(profit);
}

inline void statistics::add(const session_result& result) {
  ++sessions;
  hands += result.hands;
  ++stops[index_of(result.stop)];
  wagered.add(result.wagered);
  bonus_wagered.add(result.bonus_wagered);
  bonus_net.add(result.bonus_net);
  profit.add(result.profit);
  hands_played.add(static_cast<std::int64_t>(result.hands));
  peak.add(result.peak);
  low.add(result.low);
  max_drawdown.add(result.max_drawdown);
}

inline statistics& statistics::operator+=(const statistics& other) {
  sessions += other.sessions;
  hands += other.hands;
  seat_pairs += other.seat_pairs;
  for (std::size_t i = 0; i < stop_reasons; ++i) stops[i] += other.stops[i];
  hands_seen += other.hands_seen;
  wagered += other.wagered;
  bonus_wagered += other.bonus_wagered;
  bonus_net += other.bonus_net;
  profit += other.profit;
  hands_played += other.hands_played;
  peak += other.peak;
  low += other.low;
  max_drawdown += other.max_drawdown;
  for (std::size_t j = 0; j < checkpoint_count; ++j) {
    playing[j] += other.playing[j];
    ended[j] += other.ended[j];
  }
  return *this;
}

inline histogram statistics::profit_at(std::size_t j) const {
  histogram result = j < checkpoint_count ? playing[j - 1] : histogram();
  for (std::size_t i = 0; i < j; ++i) result += ended[i];
  return result;
}

/// Mean, standard deviation, skewness and excess kurtosis (divisor: the number of values) of what was
/// counted; 0 if nothing was, or if all values are the same. Sums are taken in increasing order of
/// the values, so their last bits depend on the counts alone.
struct histogram_moments {
  double mean = 0;
  double deviation = 0;
  double skewness = 0;
  double kurtosis = 0; ///< 0 for a normal law
};

inline histogram_moments moments_of(const histogram& counts) {
  if (counts.total() == 0) return {};
  const auto total = static_cast<double>(counts.total());
  double sum = 0;
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    sum += static_cast<double>(value) * static_cast<double>(count);
  });
  const double mean = sum / total;
  double second = 0, third = 0, fourth = 0;
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    const double distance = static_cast<double>(value) - mean;
    const double square = distance * distance;
    second += square * static_cast<double>(count);
    third += square * distance * static_cast<double>(count);
    fourth += square * square * static_cast<double>(count);
  });
  const double variance = second / total;
  const double deviation = std::sqrt(variance);
  if (!(variance > 0)) return {mean, 0, 0, 0};
  return {mean, deviation, third / total / (variance * deviation),
          fourth / total / (variance * variance) - 3};
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

/// How many of the counted values are at most this.
inline std::uint64_t at_most(const histogram& counts, std::int64_t bound) {
  std::uint64_t sum = 0;
  counts.for_each([&](std::int64_t value, std::uint64_t count) {
    if (value <= bound) sum += count;
  });
  return sum;
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
  for (const auto& kinds : all.outcomes().counts) {
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
