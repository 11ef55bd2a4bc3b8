// SPDX-License-Identifier: MIT
//
// Something of each header that holds code, used in the same way by both files.
#ifndef ORDERLY_TESTS_TWO_UNITS_USE_EVERYTHING_HPP
#define ORDERLY_TESTS_TWO_UNITS_USE_EVERYTHING_HPP

#include "orderly/orderly.hpp"
#include "orderly/submit.hpp"
#include "orderly/watchdog.hpp"

#include <chrono>

inline int use_everything() {
  orderly::worker_pool pool(2);
  orderly::per_worker<int> counts(pool, [](std::size_t) { return 0; });
  const orderly::index_range range(0, 100);
  const auto size = [](const orderly::index_range& chunk) {
    return static_cast<int>(chunk.size());
  };

  int total = orderly::submit(pool, [] { return 1; }).get();
  orderly::ordered_for_each(pool, range, 7, size, [&](int part) { total += part; });
  total +=
      orderly::ordered_reduce(pool, range, 7, 0, size, [](int& sum, int part) { sum += part; });
  total += static_cast<int>(
      orderly::ordered_transform(counts, range, 7, [](std::uint64_t index, int& count) {
        ++count;
        return index;
      }).size());
  total += static_cast<int>(orderly::bounded_queue<int>(3).capacity());

  struct interruptible_count {
    int count = 0;
    void interrupt() noexcept {}
  };
  orderly::per_worker<interruptible_count> guarded_counts(pool);
  orderly::watchdog guarded(guarded_counts, std::chrono::hours(1));
  guarded.for_each_index(100, [](std::uint64_t, interruptible_count& mine) { ++mine.count; });
  for (std::size_t w = 0; w < guarded.size(); ++w) total += guarded_counts[w].count;
  total += static_cast<int>(guarded.interruptions() + counts.statistics()[0].builds);
  return total;
}

#endif // ORDERLY_TESTS_TWO_UNITS_USE_EVERYTHING_HPP
