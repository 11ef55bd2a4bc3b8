// SPDX-License-Identifier: MIT
//
// The fourth promise: a thread with nothing to do makes no wake-ups. Counted by the kernel: a thread
// that sleeps, wakes, looks and sleeps again makes a voluntary context switch each time. And who need
// not wait does not call the kernel at all.
#include "support/brittle_int.hpp"
#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include "orderly/orderly.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__linux__)

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// How many voluntary switches the sleeping threads make in one second; their own going to sleep is
// over before the count begins.
std::uint64_t switches_in_a_second(const std::vector<pid_t>& threads) {
  const auto count = [&] {
    std::uint64_t sum = 0;
    for (const pid_t tid : threads) sum += test::voluntary_switches(tid);
    return sum;
  };
  for (const pid_t tid : threads) test::wait_until_asleep(tid);
  const std::uint64_t before = count();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return count() - before;
}

// Eight threads that call block(); wake() lets them go.
template <class Block, class Wake>
std::uint64_t switches_of_eight_blocked(Block block, Wake wake) {
  std::mutex mutex;
  std::vector<pid_t> tids;
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      {
        const std::lock_guard<std::mutex> lock(mutex);
        tids.push_back(test::this_tid());
      }
      block(i);
    });
  for (;;) {
    const std::lock_guard<std::mutex> lock(mutex);
    if (tids.size() == threads.size()) break;
  }
  const std::uint64_t switches = switches_in_a_second(tids);
  wake();
  for (std::thread& thread : threads) thread.join();
  return switches;
}

} // namespace

#if ORDERLY_TESTS_SLOWDOWN == 1 // the thread sanitizer calls the kernel itself

namespace {

// In a child process: uses a queue, with the kernel's order to kill whoever calls it.
template <class T>
int use_without_system_calls() {
  orderly::bounded_queue<T> queue(8);
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) return 2;
  bool right = true;
  for (int i = 0; i < 10000; ++i) {
    right = right && queue.push(i) && queue.try_push(i + 1) == orderly::conqueue_status::success;
    right = right && queue.pop() == i && queue.try_pop() == i + 1 && !queue.try_pop();
  }
  ::syscall(SYS_exit, right ? 0 : 1); // one of the few calls that are allowed
  return 1;
}

} // namespace

TEMPLATE_TEST_CASE("contract: pushes and pops that need not wait make no system call",
                   "[contract][idle]", int, test::brittle_int) {
  const int result = test::result_in_child(use_without_system_calls<TestType>);
  if (result == 2)
    WARN("the kernel has no strict seccomp; not tested");
  else
    REQUIRE(result == 0);
}

#endif

TEST_CASE("contract: eight idle workers make no context switch in a second", "[contract][idle]") {
  for (const bool after_work : {false, true}) {
    orderly::worker_pool_options options;
    options.workers = 8;
    options.caller_works = false;
    orderly::worker_pool pool(options);
    const auto tids = test::tids_of(pool);
    if (after_work)
      for (int i = 0; i < 2000; ++i) pool.for_each_index(20, [](std::uint64_t) {});
    REQUIRE(switches_in_a_second(tids) == 0);
  }
}

TEST_CASE("contract: workers of a pool whose caller works make no context switch in a second",
          "[contract][idle]") {
  orderly::worker_pool pool(8);
  for (int i = 0; i < 2000; ++i) pool.for_each_index(20, [](std::uint64_t) {});
  REQUIRE(switches_in_a_second(test::tids_of(pool)) == 0);
}

TEST_CASE("contract: eight threads blocked in pop make no context switch in a second",
          "[contract][idle]") {
  orderly::bounded_queue<int> queue(4);
  REQUIRE(switches_of_eight_blocked([&](std::uint64_t) { static_cast<void>(queue.pop()); },
                                    [&] { queue.close(); }) == 0);
}

TEST_CASE("contract: eight threads blocked in push make no context switch in a second",
          "[contract][idle]") {
  orderly::bounded_queue<int> queue(1);
  REQUIRE(queue.push(0));
  REQUIRE(switches_of_eight_blocked([&](std::uint64_t) { static_cast<void>(queue.push(1)); },
                                    [&] { queue.close(); }) == 0);
}

TEST_CASE("contract: eight threads blocked in timed waits make no context switch in a second",
          "[contract][idle]") {
  orderly::bounded_queue<int> queue(1);
  const auto wait = [&](std::uint64_t) {
    static_cast<void>(queue.try_pop_for(std::chrono::hours(1)));
  };
  REQUIRE(switches_of_eight_blocked(wait, [&] { queue.close(); }) == 0);
}

TEST_CASE("contract: eight threads blocked in a merge make no context switch in a second",
          "[contract][idle]") {
  SECTION("pushing beyond the window") {
    orderly::ordered_merge<int> merge(2);
    REQUIRE(
        switches_of_eight_blocked([&](std::uint64_t i) { static_cast<void>(merge.push(2 + i, 0)); },
                                  [&] { merge.close(); }) == 0);
  }
  SECTION("reserving while the window is full") {
    orderly::ordered_merge<int> merge(1);
    REQUIRE(merge.reserve() == 0);
    REQUIRE(switches_of_eight_blocked([&](std::uint64_t) { static_cast<void>(merge.reserve()); },
                                      [&] { merge.close(); }) == 0);
  }
  SECTION("popping, one from each of eight") {
    std::vector<std::unique_ptr<orderly::ordered_merge<int>>> merges;
    for (int i = 0; i < 8; ++i) merges.push_back(std::make_unique<orderly::ordered_merge<int>>(2));
    REQUIRE(switches_of_eight_blocked([&](std::uint64_t i) { static_cast<void>(merges[i]->pop()); },
                                      [&] {
                                        for (auto& merge : merges) merge->close();
                                      }) == 0);
  }
}

#endif
