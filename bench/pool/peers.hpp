// SPDX-License-Identifier: MIT
//
// The pools that are compared, all behind the same calls:
//
//   Pool pool(workers);            // threads that work, the caller among them where it does
//   pool.for_each(count, f);       // f(0) ... f(count - 1) in parallel; returns when all are done
//   pool.for_each_small(count, f); // the same, and tells that the items are many and small
//   pool.run_tasks(count, f);      // count separate tasks, each f(); where the pool has such a thing
//
// A pool is used by one thread, the one that made it. A peer is there if it is found (bench/README.md);
// each is used as its documentation advises.
#ifndef ORDERLY_BENCH_POOL_PEERS_HPP
#define ORDERLY_BENCH_POOL_PEERS_HPP

#include "support/contest.hpp"

#include "orderly/submit.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // min
#include <cstddef>   // size_t
#include <cstdint>   // indices
#include <cstdio>    // what is not measured
#include <future>    // our tasks
#include <vector>    // tasks

#if defined(BENCH_TBB)               // it has to be linked
#define TBB_PREVIEW_PARALLEL_PHASE 1 // fast leave, where it is still a preview
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/version.h>
#endif
#if defined(BENCH_PTHREADPOOL)
#include <pthreadpool.h>
#endif
#if defined(_OPENMP)
#include <omp.h>
#endif
#if __has_include(<BS_thread_pool.hpp>)
#include <BS_thread_pool.hpp>
#if defined(BS_THREAD_POOL_VERSION_MAJOR) && BS_THREAD_POOL_VERSION_MAJOR >= 5
#define BENCH_BS 1
#endif
#endif
#if __has_include(<taskflow/taskflow.hpp>)
#include <taskflow/algorithm/for_each.hpp>
#include <taskflow/taskflow.hpp>
#if TF_VERSION >= 300700 // partitioners
#define BENCH_TASKFLOW 1
#endif
#endif
#if __has_include(<thread_pool/thread_pool.h>)
#define BENCH_DP 1
#include <thread_pool/thread_pool.h>
#endif
#if defined(BENCH_ENKITS) // it has to be compiled
#include <TaskScheduler.h>
#endif

namespace bench {

// A pool that has run_tasks.
template <class Pool>
concept runs_tasks = requires(Pool& pool, void (&f)()) {
  pool.run_tasks(std::uint64_t{}, f);
};

// Tasks are run by its own threads only: workers - 1 of them.
class orderly_pool {
 public:
  static constexpr const char* name = "orderly";
  static constexpr bench::group group = bench::group::ours;
  explicit orderly_pool(std::size_t workers) : pool_(workers) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    pool_.for_each_index(count, f);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    pool_.for_each_index(count, f);
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    std::vector<std::future<void>> results;
    results.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
      results.push_back(orderly::submit(pool_, [&f] { f(); }));
    for (std::future<void>& result : results) result.get();
  }

 private:
  orderly::worker_pool pool_;
};

#if defined(BENCH_TBB)
// Arenas of versions that can be told to let the workers go as soon as they have nothing to do.
template <class Arena>
concept can_leave_fast = requires {
  Arena::leave_policy::fast;
};

template <bool fast_leave, class Arena = tbb::task_arena>
class basic_tbb_pool {
 public:
  static constexpr const char* name = fast_leave ? "oneTBB fast leave" : "oneTBB";
  static constexpr bench::group group = bench::group::peer;
  explicit basic_tbb_pool(std::size_t workers)
      : limit_(tbb::global_control::max_allowed_parallelism, workers) {
    if constexpr (fast_leave)
      arena_.initialize(static_cast<int>(workers), 1, Arena::priority::normal,
                        Arena::leave_policy::fast);
    else
      arena_.initialize(static_cast<int>(workers));
  }
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    arena_.execute([&] { tbb::parallel_for(std::uint64_t{0}, count, f); });
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    for_each(count, f); // its partitioner finds the grain
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    arena_.execute([&] {
      tbb::task_group tasks;
      for (std::uint64_t i = 0; i < count; ++i) tasks.run([&f] { f(); });
      tasks.wait();
    });
  }

 private:
  tbb::global_control limit_; // otherwise no more workers than processors
  Arena arena_;
};
using tbb_pool = basic_tbb_pool<false>;
using fast_leave_tbb_pool = basic_tbb_pool<true>;
#endif

#if defined(BENCH_PTHREADPOOL)
// It has loops only, no tasks.
template <std::uint32_t flags>
class basic_pthreadpool {
 public:
  static constexpr const char* name = flags == 0 ? "pthreadpool" : "pthreadpool yielding";
  static constexpr bench::group group = bench::group::peer;
  explicit basic_pthreadpool(std::size_t workers) : pool_(::pthreadpool_create(workers)) {}
  basic_pthreadpool(const basic_pthreadpool&) = delete;
  basic_pthreadpool& operator=(const basic_pthreadpool&) = delete;
  ~basic_pthreadpool() { ::pthreadpool_destroy(pool_); }
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    ::pthreadpool_parallelize_1d(
        pool_, [](void* self, std::size_t i) { (*static_cast<F*>(self))(i); }, &f, count, flags);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    ::pthreadpool_parallelize_1d_tile_1d(
        pool_,
        [](void* self, std::size_t first, std::size_t size) {
          for (std::size_t i = first; i < first + size; ++i) (*static_cast<F*>(self))(i);
        },
        &f, count, 64, flags);
  }

 private:
  ::pthreadpool_t pool_;
};
using spinning_pthreadpool = basic_pthreadpool<0>;
using yielding_pthreadpool = basic_pthreadpool<PTHREADPOOL_FLAG_YIELD_WORKERS>;
#endif

#if defined(_OPENMP)
class openmp_pool {
 public:
#if defined(__clang__)
  static constexpr const char* name = "OpenMP (libomp)";
#else
  static constexpr const char* name = "OpenMP (libgomp)";
#endif
  static constexpr bench::group group = bench::group::peer;
  explicit openmp_pool(std::size_t workers) : workers_(static_cast<int>(workers)) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(workers_)
    for (std::uint64_t i = 0; i < count; ++i) f(i);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
#pragma omp parallel for schedule(dynamic, 64) num_threads(workers_)
    for (std::uint64_t i = 0; i < count; ++i) f(i);
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
#pragma omp parallel num_threads(workers_)
#pragma omp single
#pragma omp taskgroup
    for (std::uint64_t i = 0; i < count; ++i) {
#pragma omp task shared(f)
      f();
    }
  }

 private:
  int workers_;
};
#endif

#if defined(BENCH_BS)
// Its caller does not work. A loop is cut into as many blocks as there are threads unless told
// otherwise; its documentation wants more of them where some may take longer.
class bs_pool {
 public:
  static constexpr const char* name = "BS::thread_pool";
  static constexpr bench::group group = bench::group::peer;
  explicit bs_pool(std::size_t workers) : pool_(workers) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    loop(count, f, 0);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    loop(count, f, 16 * pool_.get_thread_count());
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    for (std::uint64_t i = 0; i < count; ++i) pool_.detach_task([&f] { f(); });
    pool_.wait();
  }

 private:
  template <class F>
  void loop(std::uint64_t count, F& f, std::size_t blocks) {
    pool_.detach_loop(
        std::uint64_t{0}, count, [&f](std::uint64_t i) { f(i); }, blocks);
    pool_.wait();
  }

  BS::light_thread_pool pool_;
};
#endif

#if defined(BENCH_TASKFLOW)
// Its caller does not work. The graph of a loop is built once and run again while the loop is the same;
// the partitioner is the default one, guided.
class taskflow_pool {
 public:
  static constexpr const char* name = "Taskflow";
  static constexpr bench::group group = bench::group::peer;
  explicit taskflow_pool(std::size_t workers) : executor_(workers) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    loop(count, f, 1);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    loop(count, f, 64);
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    for (std::uint64_t i = 0; i < count; ++i) executor_.silent_async([&f] { f(); });
    executor_.wait_for_all();
  }

 private:
  struct built {
    const void* type; // of f: the address of a variable of its own
    const void* f;
    std::uint64_t count;
    std::size_t grain;
    bool operator==(const built&) const = default;
  };
  template <class F>
  static inline const char type_of = 0;

  template <class F>
  void loop(std::uint64_t count, F& f, std::size_t grain) {
    const built wanted{&type_of<F>, &f, count, grain};
    if (built_ != wanted) {
      graph_.clear();
      graph_.for_each_index(
          std::uint64_t{0}, count, std::uint64_t{1}, [&f](std::uint64_t i) { f(i); },
          tf::GuidedPartitioner(grain));
      built_ = wanted;
    }
    executor_.run(graph_).wait();
  }

  tf::Executor executor_;
  tf::Taskflow graph_;
  built built_{};
};
#endif

#if defined(BENCH_DP)
// It has tasks only, and its caller does not work: a loop is posted in blocks, as many as for
// BS::thread_pool.
class dp_pool {
 public:
  static constexpr const char* name = "dp::thread_pool";
  static constexpr bench::group group = bench::group::peer;
  explicit dp_pool(std::size_t workers)
      : workers_(workers), pool_(static_cast<unsigned>(workers)) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    loop(count, f, workers_);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    loop(count, f, 16 * workers_);
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    for (std::uint64_t i = 0; i < count; ++i) pool_.enqueue_detach([&f] { f(); });
    pool_.wait_for_tasks();
  }

 private:
  template <class F>
  void loop(std::uint64_t count, F& f, std::uint64_t most_blocks) {
    const std::uint64_t blocks = std::min(count, most_blocks);
    for (std::uint64_t b = 0; b < blocks; ++b)
      pool_.enqueue_detach([&f, first = count * b / blocks, end = count * (b + 1) / blocks] {
        for (std::uint64_t i = first; i < end; ++i) f(i);
      });
    pool_.wait_for_tasks();
  }

  std::size_t workers_;
  dp::thread_pool<> pool_;
};
#endif

#if defined(BENCH_ENKITS)
// Its caller works while it waits. The smallest range is to be worth 10000 cycles: 64 small items.
class enkits_pool {
 public:
  static constexpr const char* name = "enkiTS";
  static constexpr bench::group group = bench::group::peer;
  explicit enkits_pool(std::size_t workers) {
    scheduler_.Initialize(static_cast<std::uint32_t>(workers));
  }
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    loop(count, f, 1);
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    loop(count, f, 64);
  }
  template <class F>
  void run_tasks(std::uint64_t count, F& f) {
    struct task final : enki::ITaskSet {
      F* f = nullptr;
      void ExecuteRange(enki::TaskSetPartition, std::uint32_t) override { (*f)(); }
    };
    std::vector<task> tasks(count);
    for (task& each : tasks) {
      each.f = &f;
      scheduler_.AddTaskSetToPipe(&each);
    }
    for (const task& each : tasks) scheduler_.WaitforTask(&each);
  }

 private:
  template <class F>
  void loop(std::uint64_t count, F& f, std::uint32_t smallest) {
    struct task final : enki::ITaskSet {
      F& f;
      task(std::uint64_t size, std::uint32_t range, F& call)
          : enki::ITaskSet(static_cast<std::uint32_t>(size), range), f(call) {}
      void ExecuteRange(enki::TaskSetPartition range, std::uint32_t) override {
        for (std::uint64_t i = range.start; i < range.end; ++i) f(i);
      }
    };
    task items(count, smallest, f);
    scheduler_.AddTaskSetToPipe(&items);
    scheduler_.WaitforTask(&items);
  }

  enki::TaskScheduler scheduler_;
};
#endif

// Calls f.operator()<Pool>() for each of the pools.
template <class F>
void for_each_pool(F f) {
  f.template operator()<orderly_pool>();
#if defined(BENCH_PTHREADPOOL)
  f.template operator()<spinning_pthreadpool>();
  f.template operator()<yielding_pthreadpool>();
#endif
#if defined(BENCH_TBB)
  f.template operator()<tbb_pool>();
  if constexpr (can_leave_fast<tbb::task_arena>) f.template operator()<fast_leave_tbb_pool>();
#endif
#if defined(_OPENMP)
  f.template operator()<openmp_pool>();
#endif
#if defined(BENCH_BS)
  f.template operator()<bs_pool>();
#endif
#if defined(BENCH_TASKFLOW)
  f.template operator()<taskflow_pool>();
#endif
#if defined(BENCH_DP)
  f.template operator()<dp_pool>();
#endif
#if defined(BENCH_ENKITS)
  f.template operator()<enkits_pool>();
#endif
}

// Also says the versions of those that are there and know theirs.
inline void name_missing_peers() {
#if !defined(BENCH_PTHREADPOOL)
  std::puts("pthreadpool: NOT MEASURED (pthreadpool.h not found)");
#endif
#if defined(BENCH_TBB)
  std::printf("oneTBB: version %s\n", TBB_runtime_version());
  if (!can_leave_fast<tbb::task_arena>)
    std::puts("oneTBB fast leave: NOT MEASURED (this version has no such setting)");
#else
  std::puts("oneTBB: NOT MEASURED (CMake finds no TBB)");
#endif
#if !defined(_OPENMP)
  std::puts("OpenMP: NOT MEASURED (CMake finds none for this compiler)");
#endif
#if defined(BENCH_BS)
  std::printf("BS::thread_pool: version %d.%d.%d\n", BS_THREAD_POOL_VERSION_MAJOR,
              BS_THREAD_POOL_VERSION_MINOR, BS_THREAD_POOL_VERSION_PATCH);
#else
  std::puts("BS::thread_pool: NOT MEASURED (no BS_thread_pool.hpp of version 5)");
#endif
#if defined(BENCH_TASKFLOW)
  std::printf("Taskflow: version %s\n", tf::version());
#else
  std::puts("Taskflow: NOT MEASURED (no taskflow/taskflow.hpp of version 3.7)");
#endif
#if !defined(BENCH_DP)
  std::puts("dp::thread_pool: NOT MEASURED (thread_pool/thread_pool.h not found)");
#endif
#if !defined(BENCH_ENKITS)
  std::puts("enkiTS: NOT MEASURED (TaskScheduler.cpp not found)");
#endif
}

} // namespace bench

#endif
