// SPDX-License-Identifier: MIT
//
// fault/random_runs.hpp: runs a test with one seed after another.
//
//   ORDERLY_FAULT_RUNS=20000   how many random runs the whole program makes; 500 if not set
//   ORDERLY_FAULT_SEED=1234    only this seed, as often as ORDERLY_FAULT_RUNS says, else once
//
// A run that fails names its seed; the timing of its threads is not part of it, so a failure that
// depends on timing may need several goes.
#ifndef ORDERLY_TESTS_FAULT_RANDOM_RUNS_HPP
#define ORDERLY_TESTS_FAULT_RANDOM_RUNS_HPP

#include "fault/allocation_faults.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"
#include "support/hang_guard.hpp"
#include "support/splitmix64.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_transform.hpp"
#include "orderly/worker_pool.hpp"

#include <atomic>   // visits
#include <cstdint>  // uint64_t
#include <cstdlib>  // getenv
#include <optional> // the shortage
#include <string>   // what was found
#include <vector>   // results

namespace test {

constexpr std::uint64_t random_tests = 10; // that share the runs

inline std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// run(random, found): one run, of which everything is gone when it returns. Not even a static may keep
// memory after the first.
template <class Run>
void random_run(std::uint64_t seed, Run& run) {
  INFO("to repeat it: ORDERLY_FAULT_SEED=" << seed); // said even if the run crashes
  findings found;
  splitmix64 random(seed);
  const std::int64_t before = live_allocations();
  run(random, found);
  const std::int64_t left = live_allocations() - before;
  REQUIRE(std::string(found.first()) == "");
  REQUIRE(left == 0);
}

template <class Run>
void for_random_runs(const char* name, Run run) {
  const std::uint64_t only = setting("ORDERLY_FAULT_SEED", 0);
  const std::uint64_t share =
      (setting("ORDERLY_FAULT_RUNS", 500) + random_tests - 1) / random_tests;
  const std::uint64_t runs =
      only == 0 ? share : setting("ORDERLY_FAULT_RUNS", 1); // all of them for the one seed
  hang_guard guard;
  for (std::uint64_t i = 1; i <= runs; ++i) {
    const std::uint64_t seed = only == 0 ? i : only;
    guard.step(name, seed);
    random_run(seed, run);
  }
}

// One run in three lacks memory from some allocation on, or for it alone.
class drawn_shortage {
 public:
  drawn_shortage(splitmix64& random, std::uint64_t most)
      : kth_(random() % 3 == 0 ? 1 + random() % most : 0),
        which_(random() % 2 == 0 ? extent::one : extent::all_from_then) {}
  void begin() { fault_.emplace(kth_, which_); }
  // Whether an allocation failed.
  bool end() {
    fault_.reset();
    return allocation_fault::injected();
  }

 private:
  const std::uint64_t kth_;
  const extent which_;
  std::optional<allocation_fault> fault_;
};

// A pool of 1 to 8 workers, the caller being one of them or not.
inline orderly::worker_pool_options random_pool(splitmix64& random) {
  orderly::worker_pool_options options;
  options.workers = 1 + random() % 8;
  options.caller_works = random() % 3 != 0;
  return options;
}

inline void expect_usable(orderly::worker_pool& pool, findings& found) {
  std::atomic<std::uint64_t> visits{0};
  pool.for_each_worker([&](std::size_t) { ++visits; });
  found.expect_equal(visits, pool.size(), "workers afterwards");
  const std::vector<std::uint64_t> all = orderly::ordered_transform(
      pool, orderly::index_range(30), 4, [](std::uint64_t i) { return i * i; });
  found.expect_equal(all.size(), 30, "results afterwards");
  for (std::uint64_t i = 0; i < all.size(); ++i)
    found.expect_equal(all[i], i * i, "a result afterwards");
}

} // namespace test

#endif // ORDERLY_TESTS_FAULT_RANDOM_RUNS_HPP
