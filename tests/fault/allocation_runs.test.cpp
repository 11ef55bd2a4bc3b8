// SPDX-License-Identifier: MIT
//
// Pools and runs when there is no memory: the error reaches the caller, what was merged is a prefix
// from which the run can be resumed, and the pool serves on.
#include "fault/every_allocation.hpp"
#include "fault/thread_faults.hpp"
#include "support/catch.hpp"
#include "support/pools.hpp"

#include "orderly/orderly.hpp"
#include "orderly/submit.hpp"

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

using orderly::index_range;
using orderly::worker_pool;
using test::attempt;
using test::for_every_allocation;
using test::keep;
using numbers = std::vector<std::uint64_t>;

namespace {

const index_range range(100, 123);
constexpr std::uint64_t chunk_size = 4;

// The work of one chunk; allocates.
numbers indices_of(const index_range& chunk) {
  numbers result(chunk.size());
  std::iota(result.begin(), result.end(), chunk.first());
  return result;
}

// What serial code has made of [first, end).
bool is_prefix(const numbers& list, std::uint64_t end) {
  return end >= range.first() && list == indices_of(index_range(range.first(), end));
}

void append(numbers& list, const numbers& more) {
  numbers longer(list); // in full or not at all, and with an allocation each time
  longer.insert(longer.end(), more.begin(), more.end());
  list.swap(longer);
}

void expect_usable(worker_pool& pool, attempt& a) {
  std::atomic<std::uint64_t> visits{0};
  pool.for_each_worker([&](std::size_t) { ++visits; });
  a.expect_equal(visits, pool.size(), "workers afterwards");
  const numbers all =
      orderly::ordered_transform(pool, range, chunk_size, [](std::uint64_t i) { return i; });
  a.expect(is_prefix(all, range.last()), "the batch afterwards");
}

// Of one worker, of several, of threads only. check(pool) is called for each.
template <class Check>
void for_some_pools(Check check) {
  for (const auto& [workers, caller_works] : {std::pair{1u, true}, {3u, true}, {2u, false}}) {
    CAPTURE(workers, caller_works);
    worker_pool pool(test::options(workers, caller_works));
    check(pool);
  }
}

} // namespace

TEST_CASE("worker_pool: without memory for a thread there is no pool and none of its threads",
          "[memory]") {
  const std::uint64_t to_count_processors = [] {
    const test::allocation_fault none(0, test::extent::one);
    static_cast<void>(orderly::available_parallelism());
    return test::allocation_fault::counted();
  }();
  for (const bool caller_works : {true, false}) {
    const auto options = test::options(3, caller_works);
    std::uint64_t absorbed = 0;
    for_every_allocation([&](attempt& a) {
      const std::size_t before = test::running_threads();
      std::unique_ptr<worker_pool> pool;
      const auto outcome = a.run([&] { pool = std::make_unique<worker_pool>(options); });
      a.expect((pool == nullptr) == (outcome == attempt::outcome::refused), "a pool");
      if (outcome == attempt::outcome::absorbed) ++absorbed;
      if (pool == nullptr)
        a.expect_equal(test::running_threads(), before, "threads left");
      else
        expect_usable(*pool, a);
    });
    REQUIRE(absorbed == to_count_processors); // the one thing that may do without memory
  }
}

TEST_CASE("worker_pool: the statistics that find no memory change nothing", "[memory]") {
  worker_pool pool(3);
  for_every_allocation([&](attempt& a) {
    a.fails([&] { a.expect_equal(pool.statistics().workers.size(), 3, "workers"); });
    expect_usable(pool, a);
  });
}

TEST_CASE("worker_pool: an item that finds no memory is the error of its batch", "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      std::atomic<std::uint64_t> sum{0};
      a.fails([&] {
        pool.for_each_index(20, [&](std::uint64_t i) {
          const numbers one(1, i);
          keep(one);
          sum += one[0];
        });
      });
      a.expect(a.injected() || sum == 190, "every item");
      a.fails([&] { pool.for_each_worker([](std::size_t) { keep(numbers(5)); }); });
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("per_worker: without memory there are no States", "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      std::optional<orderly::per_worker<numbers>> states;
      const bool failed =
          a.fails([&] { states.emplace(pool, [](std::size_t w) { return numbers(3, w); }); });
      a.expect(states.has_value() != failed, "States");
      for (std::size_t w = 0; states && w < states->size(); ++w)
        a.expect((*states)[w] == numbers(3, w), "a State");
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("ordered_for_each: without memory it stops after a prefix and can be resumed",
          "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      numbers sunk;
      std::uint64_t merged = 77;
      orderly::ordered_options options;
      options.merged = &merged;
      const auto run = [&](const index_range& part) {
        orderly::ordered_for_each(
            pool, part, chunk_size, indices_of, [&](numbers&& n) { append(sunk, n); }, options);
      };
      a.fails([&] { run(range); });
      a.expect(merged >= range.first() && merged <= range.last(), "the point to resume from");
      a.expect(is_prefix(sunk, merged), "a prefix");
      run(range.from(merged));
      a.expect(is_prefix(sunk, range.last()), "everything");
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("ordered_transform: without memory there is no result", "[memory]") {
  for_some_pools([](worker_pool& pool) {
    orderly::per_worker<int> states(pool);
    for_every_allocation([&](attempt& a) {
      std::vector<numbers> all;
      std::uint64_t merged = 77;
      orderly::ordered_options options;
      options.merged = &merged;
      const auto f = [](std::uint64_t i, int&) { return numbers(1, i); };
      const bool failed =
          a.fails([&] { all = orderly::ordered_transform(states, range, chunk_size, f, options); });
      a.expect_equal(all.size(), failed ? 0 : range.size(), "elements");
      a.expect(failed ? merged >= range.first() && merged < range.last() : merged == range.last(),
               "the point to resume from");
      for (std::size_t i = 0; i < all.size(); ++i)
        a.expect(all[i] == numbers(1, range.first() + i), "an element");
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("ordered_reduce: without memory it stops after a prefix", "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      numbers combined, total;
      std::uint64_t merged = 77;
      orderly::ordered_options options;
      options.merged = &merged;
      const bool failed = a.fails([&] {
        total = orderly::ordered_reduce(
            pool, range, chunk_size, numbers(), indices_of,
            [&](numbers& sum, numbers&& n) {
              append(sum, n);
              append(combined, n);
            },
            options);
      });
      a.expect(merged >= range.first() && merged <= range.last(), "the point to resume from");
      a.expect(is_prefix(combined, merged), "a prefix");
      a.expect(failed ? total.empty() : is_prefix(total, range.last()), "the total");
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("ordered_pipeline: without memory it stops after a prefix, its reader joined",
          "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      const std::size_t threads = test::running_threads();
      std::vector<numbers> sunk;
      std::uint64_t read = 0, merged = 77, returned = 0;
      orderly::ordered_options options;
      options.merged = &merged;
      const auto source = [&]() -> std::optional<numbers> {
        if (read == 9) return std::nullopt;
        return std::optional<numbers>(std::in_place, 3u, read++);
      };
      const bool failed = a.fails([&] {
        returned = orderly::ordered_pipeline(
            pool, source, [](numbers&& n) { return numbers(n); },
            [&](numbers&& n) { sunk.push_back(std::move(n)); }, options);
      });
      a.expect_equal(test::running_threads(), threads, "threads left");
      a.expect_equal(merged, sunk.size(), "the items consumed");
      a.expect_equal(returned, failed ? 0 : 9, "the return");
      for (std::size_t i = 0; i < sunk.size(); ++i) a.expect(sunk[i] == numbers(3, i), "an item");
      expect_usable(pool, a);
    });
  });
}

TEST_CASE("submit: a task that finds no memory was not submitted, or its future says so",
          "[memory]") {
  for_some_pools([](worker_pool& pool) {
    for_every_allocation([&](attempt& a) {
      std::atomic<int> ran{0};
      std::future<std::size_t> future;
      const std::string text(100, 'x');
      const bool failed = a.fails([&] {
        future = orderly::submit(pool, [&ran, text] {
          ++ran;
          return std::string(text).size();
        });
        a.expect_equal(future.get(), 100, "the result");
      });
      a.expect(ran == 1 || failed, "the task ran");
      a.expect(!future.valid(), "a future without a result");
      expect_usable(pool, a);
    });
  });
}
