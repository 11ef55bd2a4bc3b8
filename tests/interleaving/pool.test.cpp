// SPDX-License-Identifier: MIT
//
// Every interleaving of small uses of worker_pool: each item runs once, each batch ends, and a pool can
// be destroyed whatever its threads are doing.
#include "interleaving/scenario.hpp"
#include "orderly/worker_pool.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <array>   // how often each item ran
#include <chrono>  // what an item costs
#include <cstddef> // size_t
#include <cstdint> // indices
#include <memory>  // tasks

namespace il = interleaving;
using il::check;
using il::concurrently;
using namespace std::chrono_literals;

namespace {

template <class Sync>
using pool_of = orderly::basic_worker_pool<il::basic_model_threads<Sync>>;

orderly::worker_pool_options options(std::size_t workers, bool caller_works = true) {
  return {.workers = workers, .caller_works = caller_works, .name = "", .pin = false};
}

// An item long enough for the pool to wake its workers for the next.
struct counted_items {
  std::array<int, 4> ran{};
  void operator()(std::uint64_t index) {
    ++ran[index];
    il::work_for(30us);
  }
  void check_each(std::size_t count, int times) const {
    for (std::size_t i = 0; i < ran.size(); ++i)
      check(ran[i] == (i < count ? times : 0), "each item runs once in each batch");
  }
};

template <class Sync, std::size_t workers>
void destroyed_at_once() {
  const pool_of<Sync> pool(options(workers));
}

template <class Sync, std::size_t workers, bool caller_works, int batches>
void index_batches() {
  constexpr std::size_t count = caller_works ? 2 : 1;
  pool_of<Sync> pool(options(workers, caller_works));
  counted_items items;
  for (int b = 1; b <= batches; ++b) {
    Sync::yield(); // lets the workers park at no cost in preemptions
    pool.for_each_index(count, items);
    items.check_each(count, b);
  }
}

// All workers are in the batch at the same time: each waits for the others.
template <class Sync, std::size_t workers, int batches>
void worker_batches() {
  pool_of<Sync> pool(options(workers));
  for (int b = 1; b <= batches; ++b) {
    std::array<int, workers> ran{};
    typename Sync::template atomic<std::size_t> arrived{0};
    pool.for_each_worker([&](std::size_t worker) {
      ++ran[worker];
      arrived.fetch_add(1);
      while (arrived.load() < workers) Sync::yield();
    });
    for (const int times : ran) check(times == 1, "each worker runs once");
  }
}

template <class Sync>
void both_kinds_of_batch() {
  pool_of<Sync> pool(options(2));
  counted_items items;
  pool.for_each_index(2, items);
  int ran = 0;
  pool.for_each_worker([&](std::size_t) { ++ran; });
  check(ran == 2, "each worker runs once");
  items.check_each(2, 1);
}

template <class Sync, bool caller_works>
void throwing_items() {
  pool_of<Sync> pool(options(2, caller_works));
  int failed_at = -1;
  std::array<int, 3> ran{};
  try {
    pool.for_each_index(caller_works ? 3 : 2, [&](std::uint64_t index) {
      ++ran[index];
      il::work_for(30us);
      if (index > 0 || !caller_works) throw static_cast<int>(index);
    });
  } catch (int index) {
    failed_at = index;
  }
  check(failed_at == (caller_works ? 1 : 0), "the lowest failing item's exception");
  check(ran[0] == 1 && ran[1] <= 1 && ran[2] <= 1, "every item below it ran");
  counted_items items;
  pool.for_each_index(2, items);
  items.check_each(2, 1);
}

template <class Sync>
void two_submitters() {
  pool_of<Sync> pool(options(2));
  counted_items a, b;
  concurrently([&] { pool.for_each_index(2, a); }, [&] { pool.for_each_index(2, b); });
  a.check_each(2, 1);
  b.check_each(2, 1);
}

struct counting_task final : orderly::detail::small_task {
  explicit counting_task(int& count) : count_(count) {}
  void run() noexcept override { ++count_; }
  int& count_;
};

// Tasks run, each once, at the latest when the pool is destroyed.
template <class Sync>
void tasks() {
  int done = 0;
  {
    pool_of<Sync> pool(options(2));
    pool.post(std::make_unique<counting_task>(done));
    pool.post(std::make_unique<counting_task>(done));
  }
  check(done == 2, "each task runs once");
}

template <class Sync>
void tasks_beside_a_batch() {
  int done = 0;
  counted_items items;
  {
    pool_of<Sync> pool(options(2));
    pool.post(std::make_unique<counting_task>(done));
    pool.for_each_index(2, items);
    pool.post(std::make_unique<counting_task>(done));
  }
  check(done == 2, "each task runs once");
  items.check_each(2, 1);
}

// A task that waits for another thread, with nothing but the pool's own wake-up to run it.
template <class Sync>
void task_wakes_a_sleeper() {
  pool_of<Sync> pool(options(2));
  typename Sync::template atomic<bool> done{false};
  struct setter final : orderly::detail::small_task {
    explicit setter(typename Sync::template atomic<bool>& f) : flag(f) {}
    void run() noexcept override { flag.store(true); }
    typename Sync::template atomic<bool>& flag;
  };
  counted_items items;
  pool.for_each_index(2, items);
  pool.post(std::make_unique<setter>(done));
  while (!done.load()) Sync::yield(); // for ever, if the task is forgotten
}

} // namespace

ORDERLY_SCENARIO("pool: 2 workers, made and destroyed", (destroyed_at_once<Sync, 2>))
ORDERLY_SCENARIO("pool: 3 workers, made and destroyed", (destroyed_at_once<Sync, 3>))
ORDERLY_SCENARIO("pool: a batch, 2 workers", (index_batches<Sync, 2, true, 1>))
ORDERLY_SCENARIO("pool: a batch, 3 workers", (index_batches<Sync, 3, true, 1>))
ORDERLY_SCENARIO("pool: 2 batches back to back, 2 workers", (index_batches<Sync, 2, true, 2>))
ORDERLY_LARGE_SCENARIO("pool: 2 batches on 2 workers beside the caller",
                       (index_batches<Sync, 2, false, 2>))
ORDERLY_SCENARIO("pool: a batch of calls on 2 workers, twice", (worker_batches<Sync, 2, 2>))
ORDERLY_SCENARIO("pool: a batch of calls on 3 workers", (worker_batches<Sync, 3, 1>))
ORDERLY_SCENARIO("pool: both kinds of batch, one after the other", both_kinds_of_batch<Sync>)
ORDERLY_SCENARIO("pool: items that throw", (throwing_items<Sync, true>))
ORDERLY_LARGE_SCENARIO("pool: items that throw beside the caller", (throwing_items<Sync, false>))
ORDERLY_SCENARIO("pool: 2 threads submit", two_submitters<Sync>)
ORDERLY_SCENARIO("pool: tasks, then destruction", tasks<Sync>)
ORDERLY_SCENARIO("pool: a task before and after a batch", tasks_beside_a_batch<Sync>)
ORDERLY_SCENARIO("pool: a task wakes a sleeper after a batch", task_wakes_a_sleeper<Sync>)
