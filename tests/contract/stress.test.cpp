// SPDX-License-Identifier: MIT
//
// Eight threads on whatever processors there are, all parts of the library at once: what the thread
// sanitizer watches, and what the small interleavings cannot reach in length.
#include "orderly/orderly.hpp"
#include "orderly/submit.hpp"

#include "support/brittle_int.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <atomic>
#include <cstdint>
#include <future>
#include <optional>
#include <vector>

using orderly::index_range;
using test::run_on_threads;
using test::scaled;

namespace {

constexpr std::size_t threads = 8;

std::vector<std::uint64_t> counting(std::uint64_t count) {
  std::vector<std::uint64_t> result;
  for (std::uint64_t i = 0; i < count; ++i) result.push_back(i);
  return result;
}

template <class Producer>
struct element {
  Producer producer; // it moves as this does
  std::uint64_t number;
};

} // namespace

TEMPLATE_TEST_CASE("stress: each producer's order is kept through a queue, for any capacity",
                   "[bounded_queue][stress]", int, test::brittle_int) {
  const std::uint64_t each = scaled(20000u);
  for (const std::size_t capacity : {1u, 2u, 7u, 64u}) {
    orderly::bounded_queue<element<TestType>> queue(capacity);
    std::atomic<std::uint64_t> out_of_order{0}, taken{0};
    std::atomic<std::size_t> producing{threads / 2};
    run_on_threads(threads, [&](std::size_t thread) {
      if (thread < threads / 2) {
        for (std::uint64_t i = 0; i < each; ++i)
          static_cast<void>(queue.push({static_cast<int>(thread), i}));
        if (--producing == 0) queue.close();
        return;
      }
      // One consumer sees a subsequence of what each producer pushed.
      std::vector<std::uint64_t> next(threads / 2, 0);
      while (const std::optional<element<TestType>> got = queue.pop()) {
        const auto producer = static_cast<std::size_t>(int{got->producer});
        out_of_order += got->number < next[producer] ? 1u : 0u;
        next[producer] = got->number + 1;
        ++taken;
      }
    });
    CHECK(out_of_order == 0);
    CHECK(taken == threads / 2 * each);
  }
}

TEST_CASE("stress: seven threads fill a merge, by reservation and beyond the window",
          "[ordered_merge][stress]") {
  const std::uint64_t count = scaled(30000u);
  for (const std::size_t window : {1u, 3u, 16u}) {
    orderly::ordered_merge<std::uint64_t> reserved(window), claimed(window);
    reserved.seal(count);
    claimed.seal(count);
    std::vector<std::uint64_t> from_reserved, from_claimed;
    std::atomic<std::uint64_t> next{0};
    run_on_threads(threads, [&](std::size_t thread) {
      if (thread == 0) {
        while (const auto result = reserved.pop()) from_reserved.push_back(*result);
        while (const auto result = claimed.pop()) from_claimed.push_back(*result);
        return;
      }
      while (const auto index = reserved.reserve())
        static_cast<void>(reserved.push(*index, std::uint64_t{*index}));
      for (std::uint64_t i; (i = next++) < count;)
        static_cast<void>(claimed.push(i, std::uint64_t{i}));
    });
    CHECK(from_reserved == counting(count));
    CHECK(from_claimed == counting(count));
  }
}

TEST_CASE("stress: eight workers run batches of every kind, tasks and ordered runs in turn",
          "[worker_pool][stress]") {
  const std::uint64_t rounds = scaled(4000u);
  orderly::worker_pool pool(threads);
  orderly::per_worker<std::uint64_t> tallies(pool);
  std::atomic<std::uint64_t> items{0}, visits{0}, tasks{0};
  std::uint64_t wrong = 0;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    pool.for_each_index(round % 40, [&](std::uint64_t) { ++items; });
    pool.for_each_worker([&](std::size_t) { ++visits; });
    std::future<void> task = orderly::submit(pool, [&] { ++tasks; });
    const index_range range(0, 1 + round % 50);
    std::vector<std::uint64_t> merged;
    orderly::ordered_options options;
    options.window = 1 + round % 9;
    orderly::ordered_for_each(
        tallies, range, 1,
        [](const index_range& chunk, std::uint64_t& tally) {
          ++tally;
          return chunk.first();
        },
        [&](std::uint64_t i) { merged.push_back(i); }, options);
    const auto total = orderly::ordered_reduce(
        pool, range, 3, std::uint64_t{0},
        [](const index_range& chunk) { return chunk.last() - chunk.first(); },
        [](std::uint64_t& sum, std::uint64_t more) { sum += more; }, options);
    task.get();
    wrong += merged == counting(range.last()) && total == range.last() ? 0u : 1u;
  }
  std::uint64_t expected_items = 0, expected_chunks = 0, tallied = 0;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    expected_items += round % 40;
    expected_chunks += 1 + round % 50;
  }
  for (std::size_t worker = 0; worker < threads; ++worker) tallied += tallies[worker];
  CHECK(wrong == 0);
  CHECK(items == expected_items);
  CHECK(visits == rounds * threads);
  CHECK(tasks == rounds);
  CHECK(tallied == expected_chunks);
}
