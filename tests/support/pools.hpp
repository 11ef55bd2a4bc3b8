// SPDX-License-Identifier: MIT
//
// support/pools.hpp: the pools on which a promise has to hold, and whether their threads sleep.
#ifndef ORDERLY_TESTS_SUPPORT_POOLS_HPP
#define ORDERLY_TESTS_SUPPORT_POOLS_HPP

#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include "orderly/worker_pool.hpp"

#include <cstddef>
#include <vector>

namespace test {

inline orderly::worker_pool_options options(std::size_t workers, bool caller_works) {
  orderly::worker_pool_options result;
  result.workers = workers;
  result.caller_works = caller_works;
  return result;
}

// Calls check(pool) for pools of 1, 2, 3 and 8 workers, with the caller among them and without.
template <class Check>
void for_all_pools(Check check) {
  for (const bool caller_works : {true, false})
    for (const std::size_t workers : {1u, 2u, 3u, 8u}) {
      CAPTURE(workers, caller_works);
      orderly::worker_pool pool(options(workers, caller_works));
      check(pool);
    }
}

// The threads of a pool, as the kernel knows them; not the caller.
inline auto tids_of(orderly::worker_pool& pool) {
  std::vector<decltype(this_tid())> tids(pool.size());
  pool.for_each_worker([&](std::size_t worker) { tids[worker] = this_tid(); });
  if (pool.caller_works()) tids.erase(tids.begin());
  return tids;
}

inline void wait_until_asleep(orderly::worker_pool& pool) {
  for (const auto tid : tids_of(pool)) wait_until_asleep(tid);
}

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_POOLS_HPP
