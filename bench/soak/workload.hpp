// SPDX-License-Identifier: MIT
//
// The work of the soak: eight computations of different sizes, run in turn on one pool, every result
// compared with that of a plain loop.
//
// An item deals cards from its own stream for some microseconds, one in 256 for 16 times as long. It
// uses a scratch deck and an exact tally of its worker's State, and gives a number; a chunk gives a
// vector of them, allocated by the worker and freed by the caller. A computation is 64 to 8192 items
// in chunks of 16, so that batches of every length from a tenth of a millisecond on occur.
#ifndef ORDERLY_BENCH_SOAK_WORKLOAD_HPP
#define ORDERLY_BENCH_SOAK_WORKLOAD_HPP

#include "orderly/ordered_for_each.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <array>     // decks, tallies
#include <cstddef>   // size_t
#include <cstdint>   // numbers
#include <numeric>   // iota
#include <stdexcept> // runtime_error
#include <string>    // the text of an error
#include <vector>    // results of a chunk

namespace soak {

/// A batch gave something else than the plain loop.
class wrong_result : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using hand_tally = std::array<std::uint64_t, 16>; // hands by their number of pairs

struct scratch {
  std::array<std::uint8_t, 52> deck{};
  hand_tally tally{};
};

/// An order-sensitive digest of numbers: FNV-1a, a 64-bit word at a time.
struct digest {
  std::uint64_t value = 0xcbf29ce484222325U;

  void add(std::uint64_t word) { value = (value ^ word) * 0x100000001b3U; }
  template <class Words>
  void add_all(const Words& words) {
    for (const auto word : words) add(word);
  }
};

inline std::size_t pairs_in(const std::uint8_t* cards, std::size_t count) {
  std::array<std::uint8_t, 13> seen{};
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < count; ++i) pairs += seen[cards[i] % 13]++;
  return pairs;
}

inline std::uint32_t play(orderly::random_stream stream, scratch& mine) {
  constexpr std::size_t hand = 7;
  std::uint64_t hands = 8 + stream.below(48);
  if (stream.below(256) == 0) hands *= 16;
  std::iota(mine.deck.begin(), mine.deck.end(),
            std::uint8_t{0}); // nothing of the last item is left
  std::uint32_t score = 0;
  for (; hands > 0; --hands) {
    stream.deal(mine.deck, hand);
    const std::size_t pairs = pairs_in(mine.deck.data(), hand);
    ++mine.tally[pairs];
    score = score * 31 + static_cast<std::uint32_t>(pairs);
  }
  return score;
}

inline std::vector<std::uint32_t> play_chunk(const orderly::seed_range& chunk, scratch& mine) {
  std::vector<std::uint32_t> scores;
  for (const std::uint64_t item : chunk) scores.push_back(play(chunk.stream(item), mine));
  return scores;
}

/// Runs the eight computations in turn, again and again.
class workload {
 public:
  /// Computes with plain loops what every batch has to give, then runs each computation once.
  explicit workload(orderly::worker_pool& pool);

  /// Runs the next batch. Exceptions: wrong_result.
  void run_batch();

  /// Runs the next plain loop, on this thread. The number of its items. Exceptions: wrong_result.
  std::uint64_t run_plain_loop();

  std::uint64_t batches() const { return batches_; }
  std::uint64_t items() const { return items_; }

  /// Of the latest results of all eight: the same at any time, on any machine.
  std::uint64_t latest() const {
    digest all;
    all.add_all(latest_);
    return all.value;
  }

  /// Whether the workers' tallies hold exactly what the batches so far had to count.
  void check_tallies() const;

 private:
  static constexpr std::size_t kinds = 8;
  static constexpr std::uint64_t chunk_size = 16;

  static orderly::seed_range range(std::size_t kind) {
    return orderly::seed_range(orderly::seed(kind), std::uint64_t{64} << kind);
  }

  static std::uint64_t plain_digest(std::size_t kind, scratch& mine) {
    digest results;
    for (const orderly::seed_range& chunk : range(kind).chunks(chunk_size))
      results.add_all(play_chunk(chunk, mine));
    return results.value;
  }

  // Ends the program's run if a result is not the one computed at the beginning.
  void compare(std::size_t kind, std::uint64_t result, const char* what) const {
    if (result != expected_[kind])
      throw wrong_result(what + (" of seed " + std::to_string(kind)) + " after " +
                         std::to_string(batches_) + " batches: the results differ");
  }

  orderly::per_worker<scratch> states_;
  std::array<std::uint64_t, kinds> expected_{};      // digests
  std::array<hand_tally, kinds> expected_tallies_{}; // of one batch
  std::array<std::uint64_t, kinds> latest_{};        // digests
  std::uint64_t batches_ = 0;
  std::uint64_t items_ = 0;
  std::uint64_t plain_loops_ = 0;
};

inline workload::workload(orderly::worker_pool& pool) : states_(pool) {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    scratch mine;
    expected_[kind] = plain_digest(kind, mine);
    expected_tallies_[kind] = mine.tally;
  }
  while (batches_ < kinds) run_batch();
}

inline void workload::run_batch() {
  const std::size_t kind = batches_ % kinds;
  digest results;
  orderly::ordered_for_each(
      states_, range(kind), chunk_size, play_chunk,
      [&](const std::vector<std::uint32_t>& scores) { results.add_all(scores); });
  latest_[kind] = results.value;
  compare(kind, results.value, "a batch");
  ++batches_;
  items_ += range(kind).size();
}

inline std::uint64_t workload::run_plain_loop() {
  const std::size_t kind = plain_loops_++ % kinds;
  scratch mine;
  compare(kind, plain_digest(kind, mine), "the plain loop");
  return range(kind).size();
}

inline void workload::check_tallies() const {
  hand_tally counted{};
  hand_tally owed{};
  for (std::size_t pairs = 0; pairs < counted.size(); ++pairs) {
    for (std::size_t worker = 0; worker < states_.size(); ++worker)
      counted[pairs] += states_[worker].tally[pairs];
    for (std::size_t kind = 0; kind < kinds; ++kind)
      owed[pairs] += expected_tallies_[kind][pairs] * ((batches_ + kinds - 1 - kind) / kinds);
  }
  if (counted != owed)
    throw wrong_result("after batch " + std::to_string(batches_) +
                       ": the workers' tallies do not add up to the plain loop's");
}

} // namespace soak

#endif
