// SPDX-License-Identifier: MIT
//
// The watchdog when there is no memory or no thread for it.
#include "fault/every_allocation.hpp"
#include "fault/thread_faults.hpp"
#include "support/catch.hpp"

#include "orderly/per_worker.hpp"
#include "orderly/watchdog.hpp"
#include "orderly/worker_pool.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <system_error>
#include <thread>

using test::attempt;
using namespace std::chrono_literals;

namespace {

struct sleeper {
  std::atomic<bool> interrupted{false};
  void interrupt() noexcept { interrupted = true; }
  void work(bool hangs) {
    while (hangs && !interrupted) std::this_thread::yield();
  }
};
using states_type = orderly::per_worker<sleeper>;

sleeper make(std::size_t) { return {}; }

// Whether every worker has a State that was not interrupted.
bool all_fresh(states_type& states) {
  std::atomic<bool> fresh{true};
  states.for_each_worker([&](std::size_t, sleeper& s) {
    if (s.interrupted) fresh = false;
  });
  return fresh;
}

bool guards(orderly::watchdog<sleeper>& guarded) {
  try {
    guarded.for_each_index(1, [](std::uint64_t, sleeper& s) { s.work(true); });
  } catch (const orderly::deadline_exceeded&) {
    return true;
  }
  return false;
}

} // namespace

TEST_CASE("watchdog: without memory or a thread there is none, and the States serve on",
          "[memory][threads]") {
  orderly::worker_pool pool(2);
  states_type states(pool, make);
  test::for_every_allocation([&](attempt& a) {
    const std::size_t threads = test::running_threads();
    std::optional<orderly::watchdog<sleeper>> guarded;
    const bool failed = a.fails([&] { guarded.emplace(states, 1ms); });
    a.expect(guarded.has_value() != failed, "a watchdog");
    if (guarded) a.expect(guards(*guarded), "a deadline");
    guarded.reset();
    a.expect_equal(test::running_threads(), threads, "threads left");
    a.expect(all_fresh(states), "States that were not interrupted");
  });
  const auto watch = [&] {
    const test::thread_fault fault(1);
    orderly::watchdog<sleeper> guarded(states, 1ms);
  };
  REQUIRE_THROWS_AS(watch(), std::system_error);
}

TEST_CASE("watchdog: an interrupted State is built anew though there is no memory to say so",
          "[memory]") {
  for (const std::size_t workers : {1u, 2u}) {
    orderly::worker_pool pool(workers);
    states_type states(pool, make, {.retries = 1});
    orderly::watchdog<sleeper> guarded(states, 1ms);
    test::for_every_allocation([&](attempt& a) {
      bool exceeded = false;
      const auto outcome = a.run([&] { exceeded = guards(guarded); }); // a retry may find memory
      a.expect(exceeded == (outcome != attempt::outcome::refused), "the error of the item");
      a.expect(all_fresh(states), "States that were not interrupted");
    });
  }
}
