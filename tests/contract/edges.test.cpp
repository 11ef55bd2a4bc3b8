// SPDX-License-Identifier: MIT
//
// The ends of what the compositions accept: nothing, one item, enormous ranges, nesting, two callers,
// a source that blocks.
#include "support/catch.hpp"

#include "orderly/orderly.hpp"

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using orderly::index_range;

TEST_CASE("contract: an empty range calls nothing and is merged to its end", "[contract]") {
  for (const std::size_t workers : {1U, 3U}) {
    orderly::worker_pool pool(workers);
    const auto never = [](auto&&...) -> int { throw std::logic_error("called"); };
    const auto ignore = [](auto&&...) {};
    REQUIRE(orderly::ordered_for_each(pool, index_range(5, 5), 10, never, ignore) == 5);
    REQUIRE(orderly::ordered_reduce(pool, index_range(0), 10, 17, never, ignore) == 17);
    REQUIRE(orderly::ordered_transform(pool, index_range(0), 10, never).empty());
    REQUIRE(orderly::ordered_pipeline(
                pool, []() -> std::optional<int> { return std::nullopt; }, never, ignore) == 0);
    pool.for_each_index(0, never);
  }
}

TEST_CASE("contract: a range of one item", "[contract]") {
  for (const std::size_t workers : {1U, 3U}) {
    orderly::worker_pool pool(workers);
    std::vector<std::uint64_t> sunk;
    const auto first = [](const index_range& chunk) { return chunk.first(); };
    const index_range last(~std::uint64_t{0} - 1, ~std::uint64_t{0}); // the largest index there is
    orderly::ordered_for_each(pool, last, 1, first, [&](std::uint64_t i) { sunk.push_back(i); });
    REQUIRE(sunk == std::vector<std::uint64_t>{last.first()});
  }
}

TEST_CASE("contract: chunk size 0 and window 0 are refused before anything runs", "[contract]") {
  orderly::worker_pool pool(2);
  const auto never = [](auto&&...) -> int { throw std::logic_error("called"); };
  const auto ignore = [](auto&&...) {};
  orderly::ordered_options no_window;
  no_window.window = 0;
  const index_range range(10);
  REQUIRE_THROWS_AS(orderly::ordered_for_each(pool, range, 0, never, ignore),
                    std::invalid_argument);
  REQUIRE_THROWS_AS(orderly::ordered_for_each(pool, range, 1, never, ignore, no_window),
                    std::invalid_argument);
  REQUIRE_THROWS_AS(orderly::ordered_reduce(pool, range, 0, 0, never, ignore),
                    std::invalid_argument);
  REQUIRE_THROWS_AS(orderly::ordered_reduce(pool, range, 1, 0, never, ignore, no_window),
                    std::invalid_argument);
  REQUIRE_THROWS_AS(orderly::ordered_transform(pool, range, 0, never), std::invalid_argument);
  REQUIRE_THROWS_AS(orderly::ordered_pipeline(
                        pool, []() -> std::optional<int> { return 1; }, never, ignore, no_window),
                    std::invalid_argument);
}

TEST_CASE("contract: a range of 2^40 indices in chunks of 2^30", "[contract]") {
  for (const std::size_t workers : {1U, 2U, 8U}) {
    orderly::worker_pool pool(workers);
    const index_range range(std::uint64_t{1} << 40);
    std::uint64_t expected = 0;
    const std::uint64_t end = orderly::ordered_for_each(
        pool, range, std::uint64_t{1} << 30, [](const index_range& chunk) { return chunk; },
        [&](index_range&& chunk) {
          REQUIRE(chunk.first() == expected);
          expected = chunk.last();
        });
    REQUIRE(end == range.last());
    REQUIRE(expected == range.last());
  }
}

TEST_CASE("contract: a range of 2^40 indices in chunks of 64, stopped after 1,000 chunks",
          "[contract]") {
  for (const std::size_t workers : {1U, 2U, 8U}) {
    orderly::worker_pool pool(workers);
    std::atomic<bool> stop{false};
    orderly::ordered_options options;
    options.stop = &stop;
    std::uint64_t chunks = 0;
    const std::uint64_t end = orderly::ordered_for_each(
        pool, index_range(std::uint64_t{1} << 40), 64,
        [](const index_range& chunk) { return chunk; },
        [&](index_range&& chunk) {
          REQUIRE(chunk.first() == 64 * chunks);
          if (++chunks == 1000) stop = true;
        },
        options);
    REQUIRE(end == 64 * chunks);
    REQUIRE(chunks >= 1000);
    // The window, and for each worker one claim that had read `stop` just before it was set.
    REQUIRE(chunks <= 1000 + 16 * workers + workers);
  }
}

TEST_CASE("contract: batches nested in items, maps and sinks run inline", "[contract][nested]") {
  for (const std::size_t workers : {1U, 2U, 4U}) {
    orderly::worker_pool pool(workers);
    std::atomic<std::uint64_t> items{0};
    pool.for_each_index(20, [&](std::uint64_t) {
      const auto self = std::this_thread::get_id();
      pool.for_each_index(5, [&](std::uint64_t) { items += std::this_thread::get_id() == self; });
    });
    REQUIRE(items == 100);

    std::uint64_t total = 0;
    orderly::ordered_for_each(
        pool, index_range(20), 1,
        [&](const index_range& outer) {
          return orderly::ordered_reduce(
              pool, index_range(10), 3, outer.first(),
              [](const index_range& chunk) { return chunk.size(); },
              [](std::uint64_t& sum, std::uint64_t&& n) { sum += n; });
        },
        [&](std::uint64_t sum) {
          total += sum + orderly::ordered_transform(pool, index_range(3), 1, [](std::uint64_t i) {
                           return i;
                         }).size();
          std::uint64_t left = 4;
          total += orderly::ordered_pipeline(
              pool,
              [&]() -> std::optional<int> {
                if (left-- == 0) return std::nullopt;
                return 1;
              },
              [](int x) { return x; }, [](int) {});
        });
    REQUIRE(total == 190 + 20 * (10 + 3 + 4));
  }
}

TEST_CASE("contract: a nested batch uses the State of the worker it runs on",
          "[contract][nested]") {
  struct tally {
    std::uint64_t n = 0;
  };
  orderly::worker_pool pool(4);
  orderly::per_worker<tally> tallies(pool);
  tallies.for_each_index(100, [&](std::uint64_t, tally& outer) {
    tallies.for_each_index(3, [&](std::uint64_t, tally& inner) { inner.n += &inner == &outer; });
  });
  std::uint64_t n = 0;
  for (std::size_t w = 0; w < tallies.size(); ++w) n += tallies[w].n;
  REQUIRE(n == 300);
}

TEST_CASE("contract: where the caller does not work its sink has no State", "[contract][nested]") {
  orderly::worker_pool_options options;
  options.workers = 2;
  options.caller_works = false;
  orderly::worker_pool pool(options);
  orderly::per_worker<int> states(pool, [](std::size_t) { return 0; });
  const auto nested = [&] {
    orderly::ordered_for_each(
        pool, index_range(4), 1, [](const index_range&) { return 1; },
        [&](int) { states.for_each_index(1, [](std::uint64_t, int&) {}); });
  };
  REQUIRE_THROWS_AS(nested(), std::logic_error);
}

TEST_CASE("contract: two threads submit to one pool", "[contract]") {
  orderly::worker_pool pool(3);
  const auto run = [&pool](std::uint64_t seed, std::string& rows) {
    for (int round = 0; round < 30; ++round)
      orderly::ordered_for_each(
          pool, orderly::seed_range(orderly::seed(seed), 300), 10,
          [](const orderly::seed_range& chunk) {
            return std::to_string(chunk.stream(chunk.first()).below(1000));
          },
          [&](std::string&& text) { rows += text; });
  };
  std::string alone_1, alone_2, together_1, together_2;
  run(1, alone_1);
  run(2, alone_2);
  std::thread other([&] { run(2, together_2); });
  run(1, together_1);
  other.join();
  REQUIRE(together_1 == alone_1);
  REQUIRE(together_2 == alone_2);
}

TEST_CASE("contract: a source that blocks never withholds finished results", "[contract]") {
  for (const std::size_t workers : {1U, 2U, 4U}) {
    for (const bool caller_works : {true, false}) {
      orderly::worker_pool_options options;
      options.workers = workers;
      options.caller_works = caller_works;
      orderly::worker_pool pool(options);
      // The source gives item i + 1 only when item i has been consumed: any result that is held
      // back until more input comes would hang this test.
      orderly::bounded_queue<int> requests(1);
      REQUIRE(requests.push(0));
      std::uint64_t consumed = 0;
      const std::uint64_t count = orderly::ordered_pipeline(
          pool, [&]() -> std::optional<int> { return requests.pop(); }, [](int x) { return x + 1; },
          [&](int next) {
            ++consumed;
            if (next == 200)
              requests.close();
            else
              REQUIRE(requests.push(next));
          });
      REQUIRE(count == 200);
      REQUIRE(consumed == 200);
    }
  }
}

TEST_CASE("contract: at most `window` chunks are claimed and not yet merged", "[contract]") {
  for (const std::size_t window : {1U, 2U, 5U}) {
    orderly::worker_pool pool(4);
    std::atomic<std::uint64_t> merged{0};
    std::atomic<bool> ahead{false};
    orderly::ordered_options options;
    options.window = window;
    orderly::ordered_for_each(
        pool, index_range(2000), 1,
        [&](const index_range& chunk) {
          if (chunk.first() > merged + window) ahead = true;
        },
        [&] { ++merged; }, options);
    REQUIRE_FALSE(ahead);
  }
}

TEST_CASE("contract: the observer sees every merge, in order, up to the total", "[contract]") {
  orderly::worker_pool pool(3);
  std::vector<std::uint64_t> seen;
  orderly::ordered_options options;
  const auto note = [&](const orderly::progress_count& count) {
    REQUIRE(count.total == 100);
    seen.push_back(count.done);
  };
  options.observer = note;
  orderly::ordered_for_each(
      pool, index_range(1000, 1100), 30, [](const index_range&) {}, [] {}, options);
  REQUIRE(seen == std::vector<std::uint64_t>{30, 60, 90, 100});
}
