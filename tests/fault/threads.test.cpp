// SPDX-License-Identifier: MIT
//
// When a thread cannot be created: those that were are joined, nothing is left, and it is said so.
#include "fault/allocation_faults.hpp"
#include "fault/thread_faults.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"
#include "support/hang_guard.hpp"
#include "support/pools.hpp"

#include "orderly/orderly.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

using orderly::worker_pool;
using orderly::worker_pool_options;

namespace {

// Whether f() ends with the error that pthread_create gave.
template <class F>
bool lacks_a_thread(F f) {
  try {
    f();
  } catch (const std::system_error& error) {
    return error.code() == std::errc::resource_unavailable_try_again;
  }
  return false;
}

bool all_workers_run(worker_pool& pool) {
  std::atomic<std::uint64_t> visits{0};
  pool.for_each_worker([&](std::size_t) { ++visits; });
  return visits == pool.size();
}

// One pool, whose kth thread cannot be created. Gives whether there were so many.
bool try_pool(const worker_pool_options& options, std::uint64_t kth, test::findings& found) {
  const std::size_t before = test::running_threads();
  std::unique_ptr<worker_pool> pool;
  const bool lacking = lacks_a_thread([&] {
    const test::thread_fault fault(kth);
    pool = std::make_unique<worker_pool>(options);
  });
  const bool injected = test::thread_fault::injected();
  found.expect(lacking == injected, "the failure was not reported");
  found.expect((pool == nullptr) == injected, "a pool");
  if (injected)
    found.expect_equal(test::thread_fault::counted(), kth, "threads tried");
  else
    found.expect(all_workers_run(*pool), "the workers");
  pool.reset();
  found.expect_equal(test::running_threads(), before, "threads left");
  return injected;
}

// Like try_pool, and nothing that was allocated may be left.
bool pool_fails(const worker_pool_options& options, std::uint64_t kth) {
  test::findings found;
  const std::int64_t before = test::live_allocations();
  const bool failed = try_pool(options, kth, found);
  const std::int64_t left = test::live_allocations() - before;
  CAPTURE(options.workers, options.caller_works, kth);
  REQUIRE(std::string(found.first()) == "");
  REQUIRE(left == 0);
  return failed;
}

} // namespace

TEST_CASE("worker_pool: whichever thread cannot be created, the others are joined and it is thrown",
          "[threads]") {
  test::hang_guard guard;
  { const worker_pool first(2); } // what is allocated once and for all is allocated here
  for (const bool caller_works : {true, false})
    for (const std::size_t workers : {1u, 2u, 3u, 8u, 33u}) {
      worker_pool_options options = test::options(workers, caller_works);
      options.pin = workers == 3;
      std::uint64_t kth = 1;
      for (; pool_fails(options, kth); ++kth) guard.step("pools, thread", kth);
      REQUIRE(kth - 1 == workers - (caller_works ? 1 : 0)); // each of them failed once
    }
}

namespace {

// A pipeline whose reading thread may not be had.
struct pipeline_record {
  std::uint64_t read = 0, mapped = 0, sunk = 0, merged = 77, returned = 77;

  void run(worker_pool& pool) {
    orderly::ordered_options options;
    options.merged = &merged;
    std::atomic<std::uint64_t> maps{0};
    const auto source = [&]() -> std::optional<std::uint64_t> {
      if (read == 30) return std::nullopt;
      return read++;
    };
    const auto map = [&](std::uint64_t i) { return ++maps, i; };
    const auto sink = [&](std::uint64_t i) { sunk += i == sunk ? 1 : 1000; };
    returned = orderly::ordered_pipeline(pool, source, map, sink, options);
    mapped = maps;
  }
};

} // namespace

TEST_CASE("ordered_pipeline: without its reading thread nothing is read and the pool serves on",
          "[threads]") {
  test::hang_guard guard;
  for (const auto& [workers, caller_works] : {std::pair{1u, true}, {1u, false}, {4u, true}}) {
    worker_pool pool(test::options(workers, caller_works));
    for (const bool nested : {false, true}) {
      guard.step("a pipeline, workers", workers);
      CAPTURE(workers, caller_works, nested);
      pipeline_record none, all;
      const auto run = [&](pipeline_record& record) {
        if (!nested) return record.run(pool);
        pool.for_each_index(1, [&](std::uint64_t) { record.run(pool); });
      };
      const std::size_t threads = test::running_threads();
      run(all);
      const std::int64_t blocks = test::live_allocations();
      const bool lacking = lacks_a_thread([&] {
        const test::thread_fault fault(1);
        run(none);
      });
      const std::int64_t left = test::live_allocations() - blocks;
      REQUIRE(lacking);
      REQUIRE(left == 0);
      REQUIRE(test::running_threads() == threads);
      REQUIRE(none.read + none.mapped + none.sunk + none.merged == 0);
      REQUIRE(none.returned == 77);
      run(none);
      REQUIRE((none.read == 30 && none.mapped == 30 && none.sunk == 30));
      REQUIRE((none.merged == 30 && none.returned == 30));
    }
  }
}
