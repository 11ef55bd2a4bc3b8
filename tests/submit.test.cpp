// SPDX-License-Identifier: MIT
#include "orderly/submit.hpp"

#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using orderly::submit;
using orderly::worker_pool;
using orderly::worker_pool_options;
using test::run_on_threads;
using test::scaled;

namespace {

worker_pool_options threads_only(std::size_t workers) {
  worker_pool_options result;
  result.workers = workers;
  result.caller_works = false;
  return result;
}

void wait_for(const std::atomic<bool>& flag) {
  while (!flag) std::this_thread::yield();
}

// Calls f() when the last copy of it goes.
template <class F>
std::shared_ptr<void> at_the_end(F f) {
  return std::shared_ptr<void>(nullptr, [f](void*) { f(); });
}

} // namespace

TEST_CASE("submit: the future gives the result", "[submit]") {
  for (const std::size_t workers : {1u, 2u, 4u}) {
    worker_pool pool(workers);
    CHECK(submit(pool, [] { return 6 * 7; }).get() == 42);
    submit(pool, [] {}).get();
    int target = 0;
    CHECK(&submit(pool, [&]() -> int& { return target; }).get() == &target);
  }
}

TEST_CASE("submit: the future rethrows what the task threw", "[submit][failure]") {
  for (const std::size_t workers : {1u, 2u}) {
    worker_pool pool(workers);
    auto failed = submit(pool, [] { throw std::runtime_error("task"); });
    CHECK_THROWS_AS(failed.get(), std::runtime_error);
    CHECK(submit(pool, [] { return 1; }).get() == 1);
  }
}

TEST_CASE("submit: a task may be movable only, and so may its result", "[submit]") {
  worker_pool pool(2);
  auto value = std::make_unique<int>(5);
  auto result = submit(pool, [owned = std::move(value)]() mutable { return std::move(owned); });
  CHECK(*result.get() == 5);
}

TEST_CASE("submit: a named function object is copied", "[submit]") {
  worker_pool pool(2);
  const auto nine = [] { return 9; };
  CHECK(submit(pool, nine).get() == 9);
  CHECK(submit(pool, nine).get() == 9);
}

TEST_CASE("submit: tasks run on the pool's threads", "[submit]") {
  worker_pool pool(2);
  const auto [id, inside, worker] =
      submit(pool, [&] {
        return std::make_tuple(std::this_thread::get_id(), pool.inside(), pool.current_worker());
      }).get();
  CHECK(id != std::this_thread::get_id());
  CHECK(inside);
  CHECK(worker == 1);
}

TEST_CASE("submit: a pool without threads runs the task before the return", "[submit]") {
  worker_pool pool(1);
  std::thread::id id;
  auto result = submit(pool, [&] { id = std::this_thread::get_id(); });
  CHECK(id == std::this_thread::get_id());
  result.get();
}

TEST_CASE("submit: tasks start in the order of their submission", "[submit]") {
  worker_pool pool(threads_only(1));
  std::vector<int> order; // plain: one thread runs them all
  std::vector<std::future<void>> results;
  for (int i = 0; i < scaled(1000); ++i)
    results.push_back(submit(pool, [&order, i] { order.push_back(i); }));
  for (auto& result : results) result.get();
  bool sorted = true;
  for (std::size_t i = 0; i < order.size(); ++i) sorted &= order[i] == static_cast<int>(i);
  CHECK(sorted);
}

TEST_CASE("submit: tasks run at the same time on the threads of a pool", "[submit]") {
  worker_pool pool(threads_only(3));
  std::atomic<std::size_t> arrived{0};
  std::vector<std::future<void>> results;
  for (int i = 0; i < 3; ++i)
    results.push_back(submit(pool, [&] { test::rendezvous(arrived, 3); }));
  for (auto& result : results) result.get();
  CHECK(arrived == 3);
}

TEST_CASE("submit: no task starts while a batch runs", "[submit][batch]") {
  worker_pool pool(3);
  for (int trial = 0; trial < scaled(500); ++trial) {
    std::atomic<bool> started{false};
    bool early = true;
    std::future<void> result;
    pool.for_each_worker([](std::size_t) {},
                         [&] {
                           result = submit(pool, [&] { started = true; });
                           for (int i = 0; i < 20; ++i) std::this_thread::yield();
                           early = started;
                         });
    result.get();
    REQUIRE_FALSE(early);
    REQUIRE(started);
  }
}

TEST_CASE("submit: items may submit tasks, which run after the batch", "[submit][batch]") {
  for (const std::size_t workers : {1u, 2u, 4u}) {
    worker_pool pool(workers);
    std::atomic<int> ran{0};
    std::vector<std::future<void>> results(100);
    pool.for_each_index(100, [&](std::uint64_t i) { results[i] = submit(pool, [&] { ++ran; }); });
    for (auto& result : results) result.get();
    CHECK(ran == 100);
  }
}

TEST_CASE("submit: tasks that wait for each other start together after the batch",
          "[submit][batch]") {
  worker_pool pool(3);
  for (int trial = 0; trial < scaled(200); ++trial) {
    test::wait_until_asleep(pool);
    std::atomic<std::size_t> arrived{0};
    std::vector<std::future<void>> results(2);
    pool.for_each_index(2, [&](std::uint64_t i) { // too short for the sleepers to be woken
      results[i] = submit(pool, [&] { test::rendezvous(arrived, 2); });
    });
    for (auto& result : results) result.get();
    REQUIRE(arrived == 2);
  }
}

TEST_CASE("submit: a batch waits for the tasks that run, and starts before those that wait",
          "[submit][batch]") {
  worker_pool pool(threads_only(1));
  std::atomic<bool> go{false};
  std::vector<int> order; // plain: one thread
  auto first = submit(pool, [&] {
    wait_for(go);
    order.push_back(1);
  });
  std::thread releaser([&] { go = true; });
  pool.for_each_index(1, [&](std::uint64_t) { order.push_back(2); });
  releaser.join();
  first.get();
  CHECK(order.size() == 2);
}

TEST_CASE("submit: a batch inside a task runs inline", "[submit][nested]") {
  worker_pool pool(2);
  auto sum = submit(pool, [&] {
    std::uint64_t total = 0; // plain: inline
    pool.for_each_index(100, [&](std::uint64_t i) { total += i; });
    return total;
  });
  CHECK(sum.get() == 4950);
}

TEST_CASE("submit: for_each_worker inside a task is a logic_error", "[submit][nested]") {
  worker_pool pool(2);
  auto failed = submit(pool, [&] { pool.for_each_worker([](std::size_t) {}); });
  CHECK_THROWS_AS(failed.get(), std::logic_error);
}

TEST_CASE("submit: tasks may submit tasks", "[submit][nested]") {
  for (const std::size_t workers : {1u, 2u, 4u}) {
    worker_pool pool(workers);
    auto outer = submit(pool, [&] { return submit(pool, [] { return 3; }); });
    CHECK(outer.get().get() == 3);
  }
}

TEST_CASE("submit: a task that holds the last of something that submits does not block the pool",
          "[submit][nested]") {
#if defined(__linux__)
  // In a child: a pool that blocks itself would never come back.
  const auto submit_at_the_end = [] {
    std::atomic<bool> ran{false};
    worker_pool pool(threads_only(1));
    auto first = [end = at_the_end([&] { auto last = submit(pool, [&] { ran = true; }); })] {};
    static_cast<void>(submit(pool, std::move(first)));
    wait_for(ran);
    return 0;
  };
  CHECK(test::result_in_child(submit_at_the_end) == 0);
#endif
}

TEST_CASE("submit: destroying a pool runs what is queued", "[submit][destroy]") {
  for (const std::size_t workers : {1u, 3u}) {
    std::atomic<bool> go{false};
    std::atomic<int> ran{0};
    std::vector<std::future<void>> results;
    {
      worker_pool pool(threads_only(workers));
      for (std::size_t i = 0; i < workers; ++i)
        results.push_back(submit(pool, [&] { wait_for(go); }));
      for (int i = 0; i < 100; ++i) results.push_back(submit(pool, [&] { ++ran; }));
      go = true;
    }
    CHECK(ran == 100);
    for (auto& result : results) CHECK_NOTHROW(result.get());
  }
}

TEST_CASE("submit: tasks that a dying pool runs may use the pool", "[submit][destroy]") {
  for (int trial = 0; trial < scaled(200); ++trial) {
    std::atomic<std::uint64_t> items{0};
    std::atomic<int> outside{0};
    {
      worker_pool pool(threads_only(4));
      for (int i = 0; i < 20; ++i)
        static_cast<void>(submit(pool, [&] {
          outside += pool.inside() ? 0 : 1;
          pool.for_each_index(5, [&](std::uint64_t) { ++items; });
          static_cast<void>(submit(pool, [&] { ++items; }));
        }));
    }
    REQUIRE(items == 20 * 6);
    REQUIRE(outside == 0);
  }
}

TEST_CASE("submit: a task asks the pool while another thread of it is joined",
          "[submit][destroy]") {
#if defined(__linux__)
  std::atomic<std::size_t> arrived{0};
  std::atomic<pid_t> other{0};
  bool inside = true;
  {
    worker_pool pool(threads_only(2));
    for (int i = 0; i < 2; ++i)
      static_cast<void>(submit(pool, [&] {
        if (pool.current_worker() == 0) other = test::this_tid();
        test::rendezvous(arrived, 2);
        if (pool.current_worker() == 0) return;
        while (!test::proc_text(other, "stat").empty()) std::this_thread::yield();
        for (int k = 0; k < 1000; ++k, std::this_thread::yield()) inside = inside && pool.inside();
      }));
  }
  CHECK(inside);
#endif
}

TEST_CASE("submit: no task is lost among batches and several submitters", "[submit][stress]") {
  for (const std::size_t workers : {1u, 2u, 4u}) {
    std::atomic<int> ran{0}, items{0};
    const int each = scaled(1000);
    {
      worker_pool pool(workers);
      run_on_threads(3, [&](std::size_t thread) {
        for (int i = 0; i < each; ++i) {
          if (thread == 0)
            pool.for_each_index(4, [&](std::uint64_t) { ++items; });
          else if (thread == 1)
            static_cast<void>(submit(pool, [&] { ++ran; }));
          else
            submit(pool, [&] { ++ran; }).get();
        }
      });
    }
    CHECK(ran == 2 * each);
    CHECK(items == 4 * each);
  }
}
