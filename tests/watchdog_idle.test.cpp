// SPDX-License-Identifier: MIT
//
// The fourth promise for a watchdog: its thread wakes when a deadline may be due and not otherwise, and
// it ends when it is told to, however it sleeps. Wake-ups are counted by the kernel, as in
// contract/idle.test.cpp.
#include "orderly/watchdog.hpp"

#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

#if defined(__linux__)
#include <sched.h>
#endif

using namespace std::chrono_literals;
using orderly::per_worker;
using orderly::watchdog;
using orderly::worker_pool;

namespace {

struct interruptible_nothing {
  void interrupt() noexcept {}
};

using states_type = per_worker<interruptible_nothing>;

constexpr std::chrono::nanoseconds brief = 5ms;
constexpr std::chrono::nanoseconds endless = 1h;
constexpr unsigned patient = 10; // on a slow machine an item may exceed a near deadline

void do_nothing(std::uint64_t, interruptible_nothing&) {}

} // namespace

TEST_CASE("watchdog: its thread ends at once, whether it sleeps, is about to, or has been used",
          "[watchdog]") {
  worker_pool pool(2);
  states_type states(pool, {}, {.retries = patient});
  for (const std::chrono::nanoseconds time : {brief, endless})
    for (int round = 0; round < 50; ++round) {
      watchdog guarded(states, time);
      if (round % 2 == 1) guarded.for_each_index(10, do_nothing);
      if (round % 4 >= 2) std::this_thread::sleep_for(1ms);
    }
  SUCCEED("all of them ended");
}

#if defined(__linux__)

namespace {

std::set<pid_t> threads_of_process() {
  std::set<pid_t> tids;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task"))
    tids.insert(static_cast<pid_t>(std::stol(entry.path().filename().string())));
  return tids;
}

// A watchdog whose thread is known.
class watched_watchdog {
 public:
  watched_watchdog(std::size_t workers, std::chrono::nanoseconds time)
      : pool_(workers),
        states_(pool_, {}, {.retries = patient}),
        before_(threads_before()),
        dog_(states_, time) {
    for (const pid_t tid : threads_of_process()) {
      if (before_.count(tid) > 0) continue;
      REQUIRE(tid_ == 0);
      tid_ = tid;
    }
    REQUIRE(tid_ != 0);
  }

  watchdog<interruptible_nothing>& team() { return dog_; }
  pid_t tid() const { return tid_; }

  // How often the thread has gone to sleep, the present sleep included.
  std::uint64_t sleeps() const {
    test::wait_until_asleep(tid_);
    return test::voluntary_switches(tid_);
  }

  // How often it wakes in a second that begins with it asleep.
  std::uint64_t wake_ups_in_a_second() const {
    const std::uint64_t before = sleeps();
    std::this_thread::sleep_for(1s);
    return sleeps() - before;
  }

 private:
  // A sanitizer starts a thread of its own with the first one.
  static std::set<pid_t> threads_before() {
    std::thread([] {}).join();
    return threads_of_process();
  }

  worker_pool pool_;
  states_type states_;
  std::set<pid_t> before_;
  watchdog<interruptible_nothing> dog_;
  pid_t tid_ = 0;
};

} // namespace

TEST_CASE(
    "watchdog: while no deadline was ever armed its thread makes no context switch in a second",
    "[watchdog][idle]") {
  const watched_watchdog guarded(2, brief);
  CHECK(guarded.wake_ups_in_a_second() == 0);
}

TEST_CASE(
    "watchdog: after a batch with far deadlines its thread makes no context switch in a second",
    "[watchdog][idle]") {
  watched_watchdog guarded(3, endless);
  guarded.team().for_each_index(10000, do_nothing);
  CHECK(guarded.wake_ups_in_a_second() == 0);
}

TEST_CASE(
    "watchdog: while an item runs whose deadline is far its thread makes no context switch in a "
    "second",
    "[watchdog][idle]") {
  watched_watchdog guarded(1, endless);
  std::optional<std::uint64_t> wake_ups;
  guarded.team().for_each_index(
      1, [&](std::uint64_t, interruptible_nothing&) { wake_ups = guarded.wake_ups_in_a_second(); });
  CHECK(wake_ups == 0U);
}

TEST_CASE(
    "watchdog: after a batch with near deadlines its thread wakes for the one that it slept up to "
    "and for the last",
    "[watchdog][idle]") {
  watched_watchdog guarded(2, brief);
  guarded.team().for_each_index(1000, do_nothing);
  CHECK(guarded.wake_ups_in_a_second() <= 2);
  CHECK(guarded.wake_ups_in_a_second() == 0);
}

TEST_CASE("watchdog: short items under a far deadline do not wake its thread", "[watchdog][idle]") {
  watched_watchdog guarded(3, endless);
  std::uint64_t before = 0;
  guarded.team().for_each_index(1, [&](std::uint64_t, interruptible_nothing&) {
    before = guarded.sleeps(); // until that item's deadline
  });
  for (int batch = 0; batch < 50; ++batch) guarded.team().for_each_index(200, do_nothing);
  CHECK(guarded.sleeps() == before);
}

namespace {

// Binds two threads to a processor each, if this process may use as many.
void part(pid_t first, pid_t second) {
  cpu_set_t usable;
  CPU_ZERO(&usable);
  static_cast<void>(::sched_getaffinity(0, sizeof usable, &usable));
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE && first != 0; ++cpu) {
    if (!CPU_ISSET(cpu, &usable)) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    static_cast<void>(::sched_setaffinity(first, sizeof one, &one));
    first = std::exchange(second, 0);
  }
}

} // namespace

TEST_CASE("watchdog: its thread is not woken for each of the items that are over before it looks",
          "[watchdog][idle]") {
  std::uint64_t wake_ups = 0;
  test::run_on_threads(1, [&](std::size_t) { // a thread that may be bound
    watched_watchdog guarded(1, endless);
    part(test::this_tid(), guarded.tid()); // to wake takes longer then than such an item lasts
    const std::uint64_t before = guarded.sleeps();
    for (int batch = 0; batch < 50; ++batch) {
      guarded.team().for_each_index(1, do_nothing);
      std::this_thread::sleep_for(1ms);
      test::wait_until_asleep(guarded.tid());
    }
    wake_ups = guarded.sleeps() - before;
  });
  CHECK(wake_ups < 10); // one, and perhaps a few because an item held the mutex when it looked
}

#endif
