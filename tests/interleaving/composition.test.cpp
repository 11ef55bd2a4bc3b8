// SPDX-License-Identifier: MIT
//
// Every interleaving of small ordered runs: what is merged is what the serial loop would have merged,
// and the run ends, whatever fails or stops it.
#include "interleaving/scenario.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_pipeline.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/watchdog.hpp"
#include "orderly/worker_pool.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <array>    // what was merged
#include <atomic>   // the stop flag
#include <chrono>   // deadlines
#include <cstddef>  // size_t
#include <cstdint>  // indices
#include <optional> // items
#include <vector>   // what was merged

namespace il = interleaving;
using il::check;
using il::concurrently;
using namespace std::chrono_literals;
using orderly::index_range;

namespace {

template <class Sync>
using pool_of = orderly::basic_worker_pool<il::basic_model_threads<Sync>>;

orderly::worker_pool_options workers(std::size_t count, bool caller_works = true) {
  return {.workers = count, .caller_works = caller_works, .name = "", .pin = false};
}

orderly::ordered_options window(std::size_t chunks) {
  orderly::ordered_options options;
  options.window = chunks;
  return options;
}

using log = std::vector<std::uint64_t>;

void is_prefix(const log& merged, std::uint64_t length) {
  check(merged.size() == length, "as long as it says");
  for (std::size_t i = 0; i < merged.size(); ++i) check(merged[i] == i, "in index order");
}

std::uint64_t identity(const index_range& chunk) { return chunk.first(); }

template <class Sync, std::size_t width, bool caller_works>
void for_each_in_order() {
  pool_of<Sync> pool(workers(2, caller_works));
  log merged;
  const index_range range(0, caller_works ? 3 : 2);
  const std::uint64_t end = orderly::ordered_for_each(
      pool, range, 1, identity, [&](std::uint64_t i) { merged.push_back(i); }, window(width));
  is_prefix(merged, end);
  check(end == range.last(), "all of it");
}

// The window is full when the stop comes, or not yet, or not any more.
template <class Sync>
void stopped_at_a_full_window() {
  pool_of<Sync> pool(workers(2));
  log merged;
  std::atomic<bool> stop{false};
  std::uint64_t resume = 0;
  orderly::ordered_options options = window(1);
  options.stop = &stop;
  options.merged = &resume;
  std::uint64_t end = 0;
  concurrently(
      [&] {
        end = orderly::ordered_for_each(
            pool, index_range(0, 3), 1, identity, [&](std::uint64_t i) { merged.push_back(i); },
            options);
      },
      [&] {
        Sync::yield();
        stop.store(true);
      });
  is_prefix(merged, end);
  check(resume == end, "the point to resume from");
}

// Chunk 1 and all above it fail.
template <class Sync, std::size_t width>
void failing_maps() {
  pool_of<Sync> pool(workers(2));
  log merged;
  std::uint64_t failed = 9;
  try {
    orderly::ordered_for_each(
        pool, index_range(0, 3), 1,
        [](const index_range& chunk) {
          if (chunk.first() > 0) throw chunk.first();
          return chunk.first();
        },
        [&](std::uint64_t i) { merged.push_back(i); }, window(width));
  } catch (std::uint64_t index) {
    failed = index;
  }
  check(failed == 1, "the lowest failing chunk's exception");
  is_prefix(merged, 1);
}

template <class Sync>
void failing_sink() {
  pool_of<Sync> pool(workers(2));
  log merged;
  int running = 0;
  bool failed = false;
  try {
    orderly::ordered_for_each(
        pool, index_range(0, 3), 1,
        [&](const index_range& chunk) {
          ++running;
          Sync::yield();
          --running;
          return chunk.first();
        },
        [&](std::uint64_t i) {
          if (i == 1) throw i;
          merged.push_back(i);
        },
        window(2));
  } catch (std::uint64_t) {
    failed = true;
  }
  check(failed && running == 0, "the last map has returned");
  is_prefix(merged, 1);
}

template <class Sync, std::size_t width>
void reduced_in_order() {
  pool_of<Sync> pool(workers(2));
  const log merged = orderly::ordered_reduce(
      pool, index_range(0, 3), 1, log{}, identity,
      [](log& total, std::uint64_t i) { total.push_back(i); }, window(width));
  is_prefix(merged, 3);
}

template <class Sync>
void failing_combine() {
  pool_of<Sync> pool(workers(2));
  log merged;
  std::uint64_t failed = 9;
  try {
    static_cast<void>(orderly::ordered_reduce(
        pool, index_range(0, 3), 1, 0, identity,
        [&](int&, std::uint64_t i) {
          if (i > 0) throw i;
          merged.push_back(i);
        },
        window(2)));
  } catch (std::uint64_t index) {
    failed = index;
  }
  check(failed == 1, "the lowest failing chunk's exception");
  is_prefix(merged, 1);
}

template <class Sync, std::size_t width, std::size_t team, int count>
void pipeline_in_order() {
  pool_of<Sync> pool(workers(team));
  log merged;
  std::uint64_t next = 0;
  const std::uint64_t end = orderly::ordered_pipeline(
      pool, [&] { return next < count ? std::optional<std::uint64_t>(next++) : std::nullopt; },
      [](std::uint64_t i) { return i; }, [&](std::uint64_t i) { merged.push_back(i); },
      window(width));
  check(end == count, "every item");
  is_prefix(merged, end);
}

// The first two items end only after both have begun, so the caller has to take the one that the worker did
// not; while the reader waits for the window, nothing else would wake it.
template <class Sync>
void items_that_wait_for_each_other() {
  pool_of<Sync> pool(workers(2));
  std::array<orderly::detail::basic_waiter<Sync>, 2> met;
  log merged;
  std::uint64_t next = 0;
  orderly::ordered_pipeline(
      pool,
      [&] {
        Sync::yield(); // the input is slower than the workers
        return next < 3 ? std::optional<std::uint64_t>(next++) : std::nullopt;
      },
      [&](std::uint64_t i) {
        if (i == 2) return i;
        met[1 - i].release();
        met[i].sleep();
        return i;
      },
      [&](std::uint64_t i) { merged.push_back(i); }, window(2));
  is_prefix(merged, 3);
}

// The last item and the one before it fail.
template <class Sync, std::size_t team, int count>
void failing_items() {
  pool_of<Sync> pool(workers(team));
  log merged;
  std::uint64_t next = 0;
  std::uint64_t failed = 9;
  try {
    orderly::ordered_pipeline(
        pool, [&] { return next < count ? std::optional<std::uint64_t>(next++) : std::nullopt; },
        [](std::uint64_t i) {
          if (i + 2 >= count) throw i;
          return i;
        },
        [&](std::uint64_t i) { merged.push_back(i); }, window(2));
  } catch (std::uint64_t index) {
    failed = index;
  }
  check(failed == count - 2, "the lowest failing item's exception");
  is_prefix(merged, count - 2);
}

// A State that breaks once, on whichever worker meets index 1 first.
template <class Sync>
void broken_once() {
  struct state {
    std::size_t worker;
  };
  pool_of<Sync> pool(workers(2));
  orderly::per_worker<state, pool_of<Sync>> states(pool, [](std::size_t w) { return state{w}; });
  int attempts = 0;
  log merged;
  orderly::ordered_for_each(
      states, index_range(0, 3), 1,
      [&](const index_range& chunk, state&) {
        if (chunk.first() == 1 && attempts++ == 0) throw orderly::broken_state();
        return chunk.first();
      },
      [&](std::uint64_t i) { merged.push_back(i); }, window(2));
  is_prefix(merged, 3);
  std::uint64_t builds = 0;
  for (const auto& each : states.statistics()) builds += each.builds;
  check(builds == 3, "one State was built anew");
}

constexpr std::chrono::nanoseconds item_time = 1ms;

// A State whose item sleeps until it is interrupted, which happens once.
template <class Sync>
class interruptible_state {
 public:
  interruptible_state() = default;
  ~interruptible_state() { alive_ = false; }

  // Gives the time at which it was interrupted.
  typename Sync::clock::time_point hang() {
    word_.sleep();
    return interrupted_at_;
  }
  void interrupt() noexcept {
    check(alive_, "the State is alive when it is interrupted");
    check(!interrupted_, "the State is interrupted once");
    interrupted_ = true;
    interrupted_at_ = Sync::clock::now();
    word_.release();
  }

 private:
  bool alive_ = true;
  bool interrupted_ = false;
  typename Sync::clock::time_point interrupted_at_{};
  orderly::detail::basic_waiter<Sync> word_;
};

template <class Sync>
using interruptible_states = orderly::per_worker<interruptible_state<Sync>, pool_of<Sync>>;

// Index 0 hangs at its first attempt: only the watchdog can end it.
template <class Sync>
void interrupted_once() {
  pool_of<Sync> pool(workers(1));
  interruptible_states<Sync> states(pool, [](std::size_t) { return interruptible_state<Sync>(); });
  int attempts = 0;
  {
    orderly::watchdog guarded(states, item_time);
    guarded.for_each_index(2, [&](std::uint64_t index, interruptible_state<Sync>& mine) {
      if (index == 0 && attempts++ == 0) mine.hang();
    });
  }
  check(attempts >= 2, "the item was tried again");
}

// A healthy item beside one that hangs, each on a worker of its own.
template <class Sync>
void interrupted_beside_others() {
  pool_of<Sync> pool(workers(2));
  interruptible_states<Sync> states(pool, [](std::size_t) { return interruptible_state<Sync>(); },
                                    {.retries = 100});
  int attempts = 0;
  log merged;
  {
    orderly::watchdog guarded(states, item_time);
    orderly::ordered_for_each(
        guarded, index_range(0, 2), 1,
        [&](const index_range& chunk, interruptible_state<Sync>& mine) {
          if (chunk.first() == 0 && attempts++ == 0) mine.hang();
          return chunk.first();
        },
        [&](std::uint64_t i) { merged.push_back(i); }, window(2));
  }
  is_prefix(merged, 2);
}

// Two items hang. The first does not end at its own interrupt but waits for the second's, whose deadline
// is later unless the first began late; then the watchdog must not sleep up to the second's.
template <class Sync>
void interrupted_one_after_the_other() {
  pool_of<Sync> pool(workers(2));
  interruptible_states<Sync> states(pool, [](std::size_t) { return interruptible_state<Sync>(); },
                                    {.retries = 100});
  std::array<int, 2> attempts{};
  std::array<typename Sync::clock::time_point, 2> due, interrupted;
  orderly::detail::basic_waiter<Sync> second_is_over;
  {
    orderly::watchdog guarded(states, item_time);
    auto hang_once = [&](const std::size_t& worker, interruptible_state<Sync>& mine) {
      if (attempts[worker]++ > 0) return;
      due[worker] = Sync::clock::now() + item_time;
      interrupted[worker] = mine.hang();
      if (worker == 0)
        second_is_over.sleep();
      else
        second_is_over.release();
    };
    pool.for_each_worker([&](const std::size_t worker) {
      if (worker == 1) il::work_for(item_time / 2);
      guarded.invoke_on(worker, hang_once, worker);
    });
  }
  check(attempts[0] >= 2 && attempts[1] >= 2, "both were tried again");
  check(due[0] >= due[1] || interrupted[0] < due[1], "the earlier deadline is not slept through");
}

template <class Sync>
void deadline_exceeded() {
  pool_of<Sync> pool(workers(1));
  interruptible_states<Sync> states(pool, [](std::size_t) { return interruptible_state<Sync>(); },
                                    {.retries = 1});
  orderly::watchdog guarded(states, item_time);
  bool exceeded = false;
  try {
    guarded.for_each_index(2, [&](std::uint64_t, interruptible_state<Sync>& mine) { mine.hang(); });
  } catch (const orderly::deadline_exceeded& error) {
    exceeded = error.index() == 0u;
  }
  check(exceeded && guarded.interruptions() == 2, "the item's error, after one retry");
}

} // namespace

ORDERLY_SCENARIO("ordered_for_each: window 1", (for_each_in_order<Sync, 1, true>))
ORDERLY_SCENARIO("ordered_for_each: window 2", (for_each_in_order<Sync, 2, true>))
ORDERLY_LARGE_SCENARIO("ordered_for_each: 2 workers beside the caller",
                       (for_each_in_order<Sync, 2, false>))
ORDERLY_SCENARIO("ordered_for_each: stop at a full window", stopped_at_a_full_window<Sync>)
ORDERLY_SCENARIO("ordered_for_each: maps that throw, window 1", (failing_maps<Sync, 1>))
ORDERLY_SCENARIO("ordered_for_each: maps that throw, window 2", (failing_maps<Sync, 2>))
ORDERLY_SCENARIO("ordered_for_each: a sink that throws", failing_sink<Sync>)
ORDERLY_SCENARIO("ordered_reduce: window 1", (reduced_in_order<Sync, 1>))
ORDERLY_SCENARIO("ordered_reduce: window 2", (reduced_in_order<Sync, 2>))
ORDERLY_SCENARIO("ordered_reduce: a combine that throws", failing_combine<Sync>)
ORDERLY_SCENARIO("ordered_pipeline: 1 worker, window 1", (pipeline_in_order<Sync, 1, 1, 3>))
ORDERLY_SCENARIO("ordered_pipeline: 1 worker, window 2", (pipeline_in_order<Sync, 2, 1, 3>))
ORDERLY_LARGE_SCENARIO("ordered_pipeline: 2 workers, 1 item", (pipeline_in_order<Sync, 1, 2, 1>))
ORDERLY_LARGE_SCENARIO("ordered_pipeline: 2 workers, window 1", (pipeline_in_order<Sync, 1, 2, 2>))
ORDERLY_LARGE_SCENARIO("ordered_pipeline: 2 workers, window 2", (pipeline_in_order<Sync, 2, 2, 2>))
ORDERLY_LARGE_SCENARIO("ordered_pipeline: items that wait for each other",
                       items_that_wait_for_each_other<Sync>)
ORDERLY_SCENARIO("ordered_pipeline: items that throw, 1 worker", (failing_items<Sync, 1, 3>))
ORDERLY_LARGE_SCENARIO("ordered_pipeline: items that throw, 2 workers", (failing_items<Sync, 2, 3>))
ORDERLY_SCENARIO("per_worker: a State that breaks once", broken_once<Sync>)
ORDERLY_SCENARIO("watchdog: an item that hangs once", interrupted_once<Sync>)
ORDERLY_LARGE_SCENARIO("watchdog: an item that hangs once beside another",
                       interrupted_beside_others<Sync>)
ORDERLY_LARGE_SCENARIO("watchdog: an item that hangs on after its interrupt, and another",
                       interrupted_one_after_the_other<Sync>)
ORDERLY_SCENARIO("watchdog: an item that always hangs", deadline_exceeded<Sync>)
