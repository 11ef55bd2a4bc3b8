// SPDX-License-Identifier: MIT
//
// orderly/pool_statistics.hpp: what statistics() of worker_pool and per_worker give: counts and times of
// each worker.
//
//   const orderly::pool_statistics so_far = pool.statistics();
//   std::printf("%.2f of %zu workers\n", so_far.parallelism(), so_far.workers.size());
#ifndef ORDERLY_POOL_STATISTICS_HPP
#define ORDERLY_POOL_STATISTICS_HPP

#include <chrono>  // nanoseconds
#include <cstdint> // uint64_t
#include <vector>  // one entry for each worker

namespace orderly {
inline namespace v0 {

// What one worker did since the pool was made.
struct worker_statistics {
  std::uint64_t items = 0;
  std::chrono::nanoseconds busy{0}; // inside batches
  std::chrono::nanoseconds idle{0}; // the rest of wall
  std::uint64_t wake_ups = 0;       // how often the parked thread was woken
};

// What happened to one worker's State since the per_worker was made.
struct state_statistics {
  std::uint64_t builds = 0;           // including the first
  std::uint64_t retries = 0;          // items tried again after broken_state
  std::chrono::nanoseconds set_up{0}; // inside make_state
};

struct pool_statistics {
  std::vector<worker_statistics> workers;
  std::chrono::nanoseconds wall{0}; // since the pool was made
  std::chrono::nanoseconds cpu{0};  // summed over the workers; never more than wall * workers

  /// CPU time by wall time: how many workers were computing on average; at most their number.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] double parallelism() const noexcept {
    return wall.count() == 0 ? 0
                             : static_cast<double>(cpu.count()) / static_cast<double>(wall.count());
  }
  /// Parallelism by the number of workers: 0 to 1.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] double efficiency() const noexcept {
    return workers.empty() ? 0 : parallelism() / static_cast<double>(workers.size());
  }
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_POOL_STATISTICS_HPP
