// SPDX-License-Identifier: MIT
#include "orderly/worker_pool.hpp"

#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <cerrno>
#include <sched.h>
#include <sys/resource.h>
#endif

using orderly::worker_pool;
using orderly::worker_pool_options;
using test::for_all_pools;
using test::options;
using test::run_on_threads;
using test::scaled;

namespace {

// How often each of the indices was run.
class run_counts {
 public:
  explicit run_counts(std::uint64_t count) : counts_(count) {}
  void operator()(std::uint64_t index) { ++counts_.at(index); }
  bool all_once() const { return all_once_below(counts_.size()); }
  bool all_once_below(std::uint64_t end) const {
    for (std::uint64_t i = 0; i < end; ++i)
      if (counts_[i] != 1) return false;
    return true;
  }
  bool none_twice() const {
    return std::all_of(counts_.begin(), counts_.end(), [](const auto& n) { return n <= 1; });
  }

 private:
  std::vector<std::atomic<int>> counts_;
};

struct numbered_error {
  std::uint64_t number;
};

// The number that the batch failed with.
template <class Batch>
std::optional<std::uint64_t> failure_of(Batch batch) {
  try {
    batch();
  } catch (const numbered_error& error) {
    return error.number;
  }
  return std::nullopt;
}

std::string refusal(std::size_t workers) {
  try {
    worker_pool pool(workers);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

void yield_times(std::uint64_t times) {
  for (std::uint64_t i = 0; i < times; ++i) std::this_thread::yield();
}

std::uint64_t items_of(const orderly::pool_statistics& statistics) {
  std::uint64_t items = 0;
  for (const auto& worker : statistics.workers) items += worker.items;
  return items;
}

} // namespace

// ---- construction and destruction ----

TEST_CASE("worker_pool: the constructor refuses 0 and absurdly many workers, and names them",
          "[worker_pool]") {
  CHECK(refusal(0).find(" 0 workers") != std::string::npos);
  CHECK(refusal(4097).find(" 4097 workers") != std::string::npos);
  CHECK(refusal(static_cast<std::size_t>(-1)).find("workers") != std::string::npos);
}

TEST_CASE("worker_pool: the default is one worker for each usable CPU", "[worker_pool]") {
  worker_pool pool;
  CHECK(pool.size() == orderly::available_parallelism());
  CHECK(pool.caller_works());
  CHECK(&pool.pool() == &pool);
}

TEST_CASE("worker_pool: a pool may be destroyed right after its construction", "[worker_pool]") {
  for (unsigned i = 0; i < scaled(2000u); ++i) worker_pool pool(options(1 + i % 4, i % 3 != 0));
  SUCCEED();
}

TEST_CASE("worker_pool: a pool may be destroyed right after a batch", "[worker_pool]") {
  std::atomic<std::uint64_t> ran{0};
  const unsigned trials = scaled(1000u);
  for (unsigned i = 0; i < trials; ++i) {
    worker_pool pool(options(1 + i % 4, i % 3 != 0));
    pool.for_each_index(5, [&](std::uint64_t) { ++ran; });
  }
  CHECK(ran == 5 * trials);
}

// ---- for_each_index ----

TEST_CASE("worker_pool: every index is run exactly once", "[worker_pool][index]") {
  for_all_pools([](worker_pool& pool) {
    for (const std::uint64_t count : {0u, 1u, 2u, 3u, 7u, 100u, 10000u}) {
      run_counts counts(count);
      pool.for_each_index(count, counts);
      REQUIRE(counts.all_once());
    }
  });
}

TEST_CASE("worker_pool: an item may take its worker's number, which is below size()",
          "[worker_pool][index]") {
  for_all_pools([](worker_pool& pool) {
    std::atomic<int> wrong{0};
    pool.for_each_index(200, [&](std::uint64_t, std::size_t worker) {
      yield_times(1);
      wrong += worker < pool.size() && worker == pool.current_worker() && pool.inside() ? 0 : 1;
    });
    CHECK(wrong == 0);
    CHECK_FALSE(pool.inside());
    CHECK(pool.current_worker() == worker_pool::no_worker);
  });
}

TEST_CASE("worker_pool: no two items of one worker run at the same time", "[worker_pool][index]") {
  worker_pool pool(4);
  std::vector<int> of_worker(4); // plain: a second thread on it would be a race
  pool.for_each_index(1000, [&](std::uint64_t, std::size_t worker) { ++of_worker[worker]; });
  CHECK(of_worker[0] + of_worker[1] + of_worker[2] + of_worker[3] == 1000);
}

TEST_CASE("worker_pool: without the caller every item runs on the pool's threads",
          "[worker_pool][index]") {
  worker_pool pool(options(2, false));
  const auto caller = std::this_thread::get_id();
  std::atomic<int> on_caller{0};
  for (const std::uint64_t count : {1u, 2u, 50u})
    pool.for_each_index(
        count, [&](std::uint64_t) { on_caller += std::this_thread::get_id() == caller ? 1 : 0; });
  CHECK(on_caller == 0);
}

TEST_CASE("worker_pool: a pool of one worker runs on the caller, in order",
          "[worker_pool][index]") {
  worker_pool pool(1);
  std::vector<std::uint64_t> order;
  pool.for_each_index(5, [&](std::uint64_t i) { order.push_back(i); });
  CHECK(order == std::vector<std::uint64_t>{0, 1, 2, 3, 4});
}

TEST_CASE("worker_pool: dear items are shared with the other workers", "[worker_pool][index]") {
  worker_pool pool(2);
  std::atomic<bool> other_came{false};
  // The caller's item lasts until another worker has had one; if nobody helped, nothing would end.
  pool.for_each_index(200000, [&](std::uint64_t, std::size_t worker) {
    if (worker == 1) other_came = true;
    if (!other_came) std::this_thread::yield();
  });
  CHECK(other_came);
}

TEST_CASE("worker_pool: the caller wakes every sleeping worker once a batch turns out long",
          "[worker_pool][index]") {
  worker_pool pool(3);
  test::wait_until_asleep(pool);
  std::atomic<std::size_t> arrived{0};
  // Item 0 is the caller's, nobody was woken for it. The others need all workers, or nothing would end.
  pool.for_each_index(4, [&](std::uint64_t index) {
    if (index == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    else
      test::rendezvous(arrived, 3);
  });
  CHECK(arrived == 3);
}

TEST_CASE("worker_pool: what happened before a batch is seen in it, and it is seen after",
          "[worker_pool][index]") {
  for_all_pools([](worker_pool& pool) {
    std::vector<std::uint64_t> a(64), b(64); // plain: the batches alone order the accesses
    for (std::uint64_t round = 0; round < 50; ++round) {
      std::fill(a.begin(), a.end(), round);
      pool.for_each_index(64, [&](std::uint64_t i) { b[i] = a[63 - i] + i; });
      pool.for_each_index(64, [&](std::uint64_t i) { a[i] = b[63 - i]; });
      for (std::uint64_t i = 0; i < 64; ++i) REQUIRE(a[i] == round + 63 - i);
    }
  });
}

TEST_CASE("worker_pool: tiny batches follow each other without loss", "[worker_pool][stress]") {
  for (const std::size_t workers : {1u, 2u, 4u, 8u}) {
    worker_pool pool(workers);
    const std::uint64_t batches = scaled(20000u);
    std::vector<std::uint64_t> sums(8); // plain, one for each item
    for (std::uint64_t i = 0; i < batches; ++i)
      pool.for_each_index(1 + i % 8, [&](std::uint64_t index) { ++sums[index]; });
    for (std::uint64_t index = 0; index < 8; ++index)
      CHECK(sums[index] == batches / 8 * (8 - index));
  }
}

TEST_CASE("worker_pool: tiny batches of every kind follow each other without loss",
          "[worker_pool][stress]") {
  for_all_pools([](worker_pool& pool) {
    const std::uint64_t batches = scaled(1000u);
    std::atomic<std::uint64_t> items{0}, visits{0};
    for (std::uint64_t i = 0; i < batches; ++i) {
      pool.for_each_index(i % 5, [&](std::uint64_t) { ++items; });
      if (i % 3 == 0) pool.for_each_worker([&](std::size_t) { ++visits; });
    }
    CHECK(items == 2 * batches);
    CHECK(visits == (batches + 2) / 3 * pool.size());
  });
}

// ---- failures ----

TEST_CASE("worker_pool: the lowest failing index is rethrown after all below it ran",
          "[worker_pool][failure]") {
  std::mt19937_64 random(2024);
  for_all_pools([&](worker_pool& pool) {
    for (int trial = 0; trial < scaled(300); ++trial) {
      const std::uint64_t count = 1 + random() % 300;
      std::set<std::uint64_t> failing;
      for (std::uint64_t k = 0; k < 1 + random() % 5; ++k) failing.insert(random() % count);
      const std::uint64_t slow = random() % 16;
      run_counts counts(count);
      const auto failed = failure_of([&] {
        pool.for_each_index(count, [&](std::uint64_t i) {
          if (i % 16 == slow) yield_times(2);
          counts(i);
          if (failing.count(i) != 0) throw numbered_error{i};
        });
      });
      REQUIRE(failed == *failing.begin());
      REQUIRE(counts.all_once_below(*failing.begin() + 1));
      REQUIRE(counts.none_twice());
    }
  });
}

TEST_CASE("worker_pool: when every item fails, item 0 is rethrown", "[worker_pool][failure]") {
  for_all_pools([](worker_pool& pool) {
    for (int trial = 0; trial < 50; ++trial)
      REQUIRE(failure_of([&] {
                pool.for_each_index(40, [](std::uint64_t i) { throw numbered_error{i}; });
              }) == 0u);
  });
}

TEST_CASE("worker_pool: a pool that threw runs the next batch", "[worker_pool][failure]") {
  for_all_pools([](worker_pool& pool) {
    for (int round = 0; round < 20; ++round) {
      CHECK_THROWS_AS(
          pool.for_each_worker([](std::size_t worker) { throw numbered_error{worker}; }),
          numbered_error);
      CHECK_THROWS_AS(pool.for_each_index(9, [](std::uint64_t i) { throw numbered_error{i}; }),
                      numbered_error);
      CHECK_FALSE(pool.inside());
      run_counts counts(100);
      pool.for_each_index(100, counts);
      REQUIRE(counts.all_once());
    }
  });
}

// ---- for_each_worker ----

TEST_CASE("worker_pool: for_each_worker runs once on every worker, all at the same time",
          "[worker_pool][each_worker]") {
  for_all_pools([](worker_pool& pool) {
    for (int round = 0; round < 20; ++round) {
      run_counts counts(pool.size());
      std::atomic<std::size_t> arrived{0};
      std::vector<std::thread::id> ids(pool.size());
      pool.for_each_worker([&](std::size_t worker) {
        test::rendezvous(arrived, pool.size());
        counts(worker);
        ids[worker] = std::this_thread::get_id();
      });
      REQUIRE(counts.all_once());
      REQUIRE(std::set<std::thread::id>(ids.begin(), ids.end()).size() == pool.size());
      REQUIRE((ids[0] == std::this_thread::get_id()) == pool.caller_works());
    }
  });
}

TEST_CASE("worker_pool: a worker is the same thread in every batch", "[worker_pool][each_worker]") {
  worker_pool pool(options(3, false));
  std::vector<std::thread::id> first(3), second(3);
  pool.for_each_worker([&](std::size_t worker) { first[worker] = std::this_thread::get_id(); });
  pool.for_each_worker([&](std::size_t worker) { second[worker] = std::this_thread::get_id(); });
  CHECK(first == second);
}

TEST_CASE("worker_pool: for_each_worker rethrows the lowest worker's exception",
          "[worker_pool][each_worker][failure]") {
  for_all_pools([](worker_pool& pool) {
    for (std::size_t lowest = 0; lowest < pool.size(); ++lowest) {
      std::atomic<std::size_t> arrived{0};
      CHECK(failure_of([&] {
              pool.for_each_worker([&](std::size_t worker) {
                test::rendezvous(arrived, pool.size());
                if (worker >= lowest) throw numbered_error{worker};
              });
            }) == lowest);
      CHECK(arrived == pool.size());
    }
  });
}

TEST_CASE("worker_pool: for_each_worker runs on_caller on the caller instead of worker 0",
          "[worker_pool][each_worker]") {
  for_all_pools([](worker_pool& pool) {
    std::atomic<std::size_t> arrived{0}, called{0};
    std::thread::id id;
    const std::size_t threads = pool.size() - (pool.caller_works() ? 1 : 0);
    pool.for_each_worker(
        [&](std::size_t) {
          test::rendezvous(arrived, threads + 1);
          ++called;
        },
        [&] {
          test::rendezvous(arrived, threads + 1);
          id = std::this_thread::get_id();
        });
    CHECK(called == threads);
    CHECK(id == std::this_thread::get_id());
  });
}

TEST_CASE("worker_pool: on_caller's exception comes before the workers'",
          "[worker_pool][each_worker][failure]") {
  for_all_pools([](worker_pool& pool) {
    const auto failed = failure_of([&] {
      pool.for_each_worker([](std::size_t worker) { throw numbered_error{worker}; },
                           [] { throw numbered_error{99}; });
    });
    CHECK(failed == 99u);
  });
}

TEST_CASE("worker_pool: for_each_worker from inside an item is a logic_error",
          "[worker_pool][each_worker][nested]") {
  for_all_pools([](worker_pool& pool) {
    const auto nested = [&] { pool.for_each_worker([](std::size_t) {}); };
    CHECK_THROWS_AS(pool.for_each_index(5, [&](std::uint64_t) { nested(); }), std::logic_error);
    CHECK_THROWS_AS(pool.for_each_worker([&](std::size_t) { nested(); }), std::logic_error);
    CHECK_THROWS_AS(pool.for_each_worker([](std::size_t) {}, nested), std::logic_error);
    run_counts counts(10);
    pool.for_each_index(10, counts);
    CHECK(counts.all_once());
  });
}

// ---- nesting and several submitters ----

TEST_CASE("worker_pool: a nested batch runs inline, in order, on the same worker",
          "[worker_pool][nested]") {
  for_all_pools([](worker_pool& pool) {
    run_counts counts(20 * 10);
    std::atomic<int> wrong{0};
    pool.for_each_index(20, [&](std::uint64_t outer, std::size_t outer_worker) {
      const auto id = std::this_thread::get_id();
      std::uint64_t expected = 0;
      pool.for_each_index(10, [&](std::uint64_t inner, std::size_t worker) {
        counts(outer * 10 + inner);
        const bool right =
            inner == expected++ && worker == outer_worker && std::this_thread::get_id() == id;
        wrong += right ? 0 : 1;
      });
    });
    CHECK(wrong == 0);
    CHECK(counts.all_once());
  });
}

TEST_CASE("worker_pool: a nested failure is that of its item", "[worker_pool][nested][failure]") {
  for_all_pools([](worker_pool& pool) {
    CHECK(failure_of([&] {
            pool.for_each_index(30, [&](std::uint64_t outer) {
              pool.for_each_index(5, [&](std::uint64_t inner) {
                if (outer >= 7 && inner >= 2) throw numbered_error{outer * 10 + inner};
              });
            });
          }) == 72u);
  });
}

TEST_CASE("worker_pool: a batch nested in on_caller runs inline, as worker 0 or as none",
          "[worker_pool][nested]") {
  for_all_pools([](worker_pool& pool) {
    std::vector<std::size_t> workers;
    pool.for_each_worker([](std::size_t) {},
                         [&] {
                           pool.for_each_index(2, [&](std::uint64_t, std::size_t worker) {
                             workers.push_back(worker);
                           });
                         });
    const std::size_t expected = pool.caller_works() ? 0 : worker_pool::no_worker;
    CHECK(workers == std::vector<std::size_t>(2, expected));
  });
}

TEST_CASE("worker_pool: two pools nest without a circle", "[worker_pool][nested]") {
  // On the heap: one pool in the place of an earlier one on the stack looks to TSan like the same
  // mutexes taken in another order.
  const auto outer = std::make_unique<worker_pool>(2);
  const auto inner = std::make_unique<worker_pool>(2);
  run_counts counts(10 * 10);
  outer->for_each_index(10, [&](std::uint64_t i) {
    inner->for_each_index(10, [&](std::uint64_t k) { counts(10 * i + k); });
  });
  CHECK(counts.all_once());
}

TEST_CASE("worker_pool: batches of several threads run one at a time", "[worker_pool][stress]") {
  for_all_pools([](worker_pool& pool) {
    const int rounds = scaled(300);
    std::atomic<int> active[3] = {};
    std::atomic<int> overlaps{0};
    std::atomic<std::uint64_t> items{0};
    run_on_threads(3, [&](std::size_t thread) {
      const auto item = [&](std::uint64_t) {
        ++active[thread];
        overlaps += active[(thread + 1) % 3] + active[(thread + 2) % 3];
        ++items;
        --active[thread];
      };
      for (int i = 0; i < rounds; ++i) {
        pool.for_each_index(6, item);
        if (i % 10 == 0) pool.for_each_worker(item);
      }
    });
    CHECK(overlaps == 0);
    const auto visits = static_cast<std::uint64_t>((rounds + 9) / 10) * pool.size();
    CHECK(items == 3 * (6 * static_cast<std::uint64_t>(rounds) + visits));
  });
}

// ---- statistics ----

TEST_CASE("worker_pool: statistics count every item", "[worker_pool][statistics]") {
  for_all_pools([](worker_pool& pool) {
    CHECK(items_of(pool.statistics()) == 0);
    pool.for_each_index(0, [](std::uint64_t) {});
    pool.for_each_index(1, [](std::uint64_t) {});
    pool.for_each_index(1000, [](std::uint64_t) {});
    CHECK(items_of(pool.statistics()) == 1001);
    pool.for_each_worker([](std::size_t) {});
    CHECK(items_of(pool.statistics()) == 1001 + pool.size());
    pool.for_each_worker([](std::size_t) { return 10; });
    CHECK(items_of(pool.statistics()) == 1001 + 11 * pool.size());
  });
}

TEST_CASE("worker_pool: no worker is busier than the clock, nor the pool than its workers",
          "[worker_pool][statistics]") {
  for_all_pools([](worker_pool& pool) {
    std::atomic<std::uint64_t> sink{0};
    for (int round = 0; round < 20; ++round)
      pool.for_each_index(300, [&](std::uint64_t i) {
        for (std::uint64_t k = 0; k < 200; ++k) sink.fetch_xor(i * k, std::memory_order_relaxed);
      });
    const auto statistics = pool.statistics();
    const auto workers = static_cast<double>(pool.size());
    REQUIRE(statistics.workers.size() == pool.size());
    CHECK(statistics.cpu.count() >= 0);
    CHECK(statistics.cpu <= statistics.wall * static_cast<std::int64_t>(pool.size()));
    CHECK(statistics.parallelism() <= workers);
    CHECK(statistics.efficiency() <= 1);
    for (const auto& worker : statistics.workers) {
      CHECK(worker.busy.count() >= 0);
      CHECK(worker.busy <= statistics.wall);
      CHECK(worker.busy + worker.idle == statistics.wall);
    }
  });
}

TEST_CASE("worker_pool: statistics hold for a thread that did not make the pool",
          "[worker_pool][statistics]") {
  worker_pool pool(2);
  orderly::pool_statistics statistics;
  run_on_threads(1, [&](std::size_t) {
    pool.for_each_index(500, [](std::uint64_t) { yield_times(1); });
    statistics = pool.statistics();
  });
  CHECK(items_of(statistics) == 500);
  CHECK(statistics.parallelism() <= 2);
}

TEST_CASE("worker_pool: statistics of nothing are 0", "[worker_pool][statistics]") {
  const orderly::pool_statistics none;
  CHECK(none.parallelism() == 0);
  CHECK(none.efficiency() == 0);
}

// ---- what only Linux can tell ----

#if defined(__linux__)

TEST_CASE("worker_pool: the threads bear the pool's name and their worker's number",
          "[worker_pool][linux]") {
  const auto names = [](bool caller_works, const char* name) {
    worker_pool_options named = options(3, caller_works);
    named.name = name;
    worker_pool pool(named);
    std::vector<std::string> result(3);
    pool.for_each_worker([&](std::size_t worker) {
      std::string comm = test::proc_text(test::this_tid(), "comm");
      result[worker] = comm.substr(0, comm.find('\n'));
    });
    return result;
  };
  const auto with_caller = names(true, "bees");
  CHECK(with_caller[1] == "bees-1");
  CHECK(with_caller[2] == "bees-2");
  CHECK(names(false, "bees") == std::vector<std::string>{"bees-0", "bees-1", "bees-2"});
  CHECK(names(false, "a-name-that-is-too-long")[2] == "a-name-tha-2");
}

TEST_CASE("worker_pool: pinned threads have one CPU of the mask each, the caller keeps its own",
          "[worker_pool][linux]") {
  cpu_set_t mask;
  REQUIRE(::sched_getaffinity(0, sizeof mask, &mask) == 0);
  worker_pool_options pinned = options(3, true);
  pinned.pin = true;
  worker_pool pool(pinned);
  std::vector<cpu_set_t> of(3);
  pool.for_each_worker(
      [&](std::size_t worker) { ::sched_getaffinity(0, sizeof(cpu_set_t), &of[worker]); });
  CHECK(CPU_EQUAL(&of[0], &mask));
  for (const std::size_t worker : {1u, 2u}) {
    CHECK(CPU_COUNT(&of[worker]) == 1);
    cpu_set_t outside;
    CPU_AND(&outside, &of[worker], &mask);
    CHECK(CPU_EQUAL(&outside, &of[worker]));
  }
  if (CPU_COUNT(&mask) >= 2) CHECK_FALSE(CPU_EQUAL(&of[1], &of[2]));
}

TEST_CASE("worker_pool: idle threads sleep", "[worker_pool][linux]") {
  worker_pool pool(options(3, false));
  test::wait_until_asleep(pool);
  SUCCEED();
}

namespace {

// In a child process: takes from it the right to more than a few threads; false if that cannot be.
// A privileged user has no such limit and becomes another user first.
bool limit_threads(rlim_t most) {
  if (::geteuid() == 0 && ::setresuid(54321, 54321, 54321) != 0) return false;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NPROC, &limit) != 0) return false;
  limit.rlim_cur = (std::min)(most, limit.rlim_max);
  return ::setrlimit(RLIMIT_NPROC, &limit) == 0;
}

std::size_t threads_of_this_process() {
  const std::string status = test::proc_text(test::this_tid(), "status");
  const std::size_t at = status.find("\nThreads:");
  return at == std::string::npos ? 0 : std::stoul(status.substr(at + 9));
}

enum outcome { joined_and_thrown, not_limited, wrong_error, not_usable_later };

int create_too_many_threads() {
  std::thread([] {}).join(); // a sanitizer starts a thread of its own with the first one
  const std::size_t before = threads_of_this_process();
  if (!limit_threads(6)) return not_limited;
  try {
    worker_pool pool(64);
    return not_limited;
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::resource_unavailable_try_again) return wrong_error;
  }
  while (threads_of_this_process() > before) std::this_thread::yield(); // a hang is a failure
  limit_threads(RLIM_INFINITY);
  std::atomic<int> visits{0};
  worker_pool pool(3);
  pool.for_each_worker([&](std::size_t) { ++visits; });
  return visits == 3 ? joined_and_thrown : not_usable_later;
}

} // namespace

TEST_CASE("worker_pool: if a thread cannot be created, the others are joined and it is thrown",
          "[worker_pool][failure][linux]") {
  const int result = test::result_in_child(create_too_many_threads);
  if (result == not_limited)
    WARN("the number of threads could not be limited here");
  else
    CHECK(result == joined_and_thrown);
}

#endif
