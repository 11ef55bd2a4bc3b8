// SPDX-License-Identifier: MIT
//
// The pools that are compared, all behind the same call: Pool(workers), then for_each(count, f) calls
// f(0) ... f(count - 1) in parallel and returns when all are done. The second form tells that the items
// are many and small. A peer is there if it is found (bench/README.md); each as its documentation advises.
#ifndef ORDERLY_BENCH_POOL_PEERS_HPP
#define ORDERLY_BENCH_POOL_PEERS_HPP

#include "support/contest.hpp"

#include "orderly/worker_pool.hpp"

#include <cstddef> // size_t
#include <cstdint> // indices

#if defined(BENCH_TBB)
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif
#if defined(BENCH_PTHREADPOOL)
#include <pthreadpool.h>
#endif
#if defined(_OPENMP)
#include <omp.h>
#endif

namespace bench {

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

 private:
  orderly::worker_pool pool_;
};

#if defined(BENCH_TBB)
class tbb_pool {
 public:
  static constexpr const char* name = "oneTBB";
  static constexpr bench::group group = bench::group::peer;
  explicit tbb_pool(std::size_t workers) : arena_(static_cast<int>(workers)) {}
  template <class F>
  void for_each(std::uint64_t count, F& f) {
    arena_.execute([&] { tbb::parallel_for(std::uint64_t{0}, count, f); });
  }
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    for_each(count, f); // its partitioner finds the grain
  }

 private:
  tbb::task_arena arena_;
};
#endif

#if defined(BENCH_PTHREADPOOL)
template <std::uint32_t flags>
class basic_pthreadpool {
 public:
  static constexpr const char* name = flags == 0 ? "pthreadpool" : "pthreadpool, yielding";
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

 private:
  int workers_;
};
#endif

} // namespace bench

#endif
