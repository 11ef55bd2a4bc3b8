// SPDX-License-Identifier: MIT
//
// What a watchdog does in every kind of batch. That it changes no result is tested in
// contract/deadlines.test.cpp, that its own thread sleeps in watchdog_idle.test.cpp.
#include "orderly/watchdog.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_pipeline.hpp"

#include "support/catch.hpp"
#include "support/guarded_engines.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using orderly::deadline_exceeded;
using orderly::index_range;
using orderly::per_worker;
using orderly::watchdog;
using orderly::worker_pool;
using test::engine;
using test::for_all_pools;
using test::guarded_engines;
using test::never;
using test::soon;
using values = std::vector<std::uint64_t>;

TEST_CASE("watchdog: for_each_index reports the index that exceeded its deadline",
          "[watchdog][failure]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    const auto index = engines.exceeded_index([](auto& team) {
      team.for_each_index(30, [](std::uint64_t item, engine& mine) {
        const engine::item busy(mine);
        if (item == 20) mine.get_stuck();
      });
    });
    REQUIRE(index == 20U);
    engines.require_consistent(1);
  });
}

TEST_CASE("watchdog: all workers may be stuck at once", "[watchdog]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    std::atomic<std::size_t> arrived{0};
    std::vector<std::atomic<int>> attempts(pool.size());
    values merged;
    engines.run([&](auto& team) {
      orderly::ordered_for_each(
          team, index_range(pool.size()), 1,
          [&](const index_range& chunk, engine& mine) {
            const engine::item busy(mine);
            if (attempts[chunk.first()]++ == 0) {
              test::rendezvous(arrived, pool.size()); // one item on each worker
              mine.get_stuck();
            }
            return chunk.first();
          },
          [&](std::uint64_t k) { merged.push_back(k); });
    });
    REQUIRE(merged.size() == pool.size());
    for (std::size_t k = 0; k < merged.size(); ++k) REQUIRE(merged[k] == k);
    for (const orderly::state_statistics& each : engines.statistics()) REQUIRE(each.retries >= 1);
    engines.require_consistent();
  });
}

TEST_CASE("watchdog: an item that breaks its State in time is tried again without an interrupt",
          "[watchdog]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, never);
    std::vector<std::atomic<int>> attempts(20);
    engines.run([&](auto& team) {
      team.for_each_index(20, [&](std::uint64_t item, engine&) {
        if (attempts[item]++ == 0 && item == 7) throw orderly::broken_state();
      });
    });
    for (std::size_t item = 0; item < 20; ++item) REQUIRE(attempts[item] == (item == 7 ? 2 : 1));
    REQUIRE(engines.interruptions() == 0);
  });
}

TEST_CASE("watchdog: a nested batch runs on the time of the item around it", "[watchdog][nested]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    std::vector<std::atomic<int>> attempts(4);
    std::atomic<int> foreign{0};
    engines.run([&](auto& team) {
      team.for_each_index(4, [&](std::uint64_t outer, engine& mine) {
        const engine::item busy(mine);
        if (++attempts[outer] > 1 || outer != 2) return;
        // Each of the nested items is over at once; only all of them together take too long.
        while (!mine.interrupted())
          team.for_each_index(
              3, [&](std::uint64_t, engine& same) { foreign += &same == &mine ? 0 : 1; });
      });
    });
    REQUIRE(attempts[2] >= 2);
    REQUIRE(foreign == 0);
    REQUIRE(engines.interruptions() >= 1);
    engines.require_consistent();
  });
}

TEST_CASE("watchdog: a stuck item of a nested batch is the outer item's failure",
          "[watchdog][nested][failure]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    const auto index = engines.exceeded_index([](auto& team) {
      team.for_each_index(4, [&](std::uint64_t outer, engine& mine) {
        const engine::item busy(mine);
        if (outer != 2) return;
        team.for_each_index(8, [](std::uint64_t inner, engine& same) {
          if (inner == 5) same.get_stuck();
        });
      });
    });
    REQUIRE(index == 2U);
    engines.require_consistent(1);
  });
}

namespace {

// Ten items, of which that of number 3 is stuck in its first attempts; gives 1 for it, 0 for others.
template <class Item, class MakeItem>
values pipe(watchdog<engine>& team, MakeItem make_item, int stuck_attempts) {
  values merged;
  std::uint64_t next = 0;
  std::atomic<int> attempts{0};
  orderly::ordered_pipeline(
      team,
      [&]() -> std::optional<Item> {
        if (next == 10) return std::nullopt;
        return make_item(next++);
      },
      [&](const Item& item, engine& mine) {
        const engine::item busy(mine);
        const bool third = item == make_item(3);
        if (third && attempts++ < stuck_attempts) mine.get_stuck();
        return std::uint64_t{third ? 1U : 0U};
      },
      [&](std::uint64_t value) { merged.push_back(value); });
  return merged;
}

template <class Item, class MakeItem>
void require_guarded_pipeline(MakeItem make_item) {
  for_all_pools([&](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    engines.run([&](auto& team) {
      REQUIRE(pipe<Item>(team, make_item, 1) == values{0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    });
    REQUIRE(engines.interruptions() >= 1);
    const auto index =
        engines.exceeded_index([&](auto& team) { pipe<Item>(team, make_item, 1000); });
    REQUIRE(index == std::nullopt);
    engines.require_consistent(1);
  });
}

} // namespace

TEST_CASE("watchdog: a pipeline's stuck item is tried again, and its error has no index",
          "[watchdog][pipeline]") {
  SECTION("texts") {
    require_guarded_pipeline<std::string>([](std::uint64_t k) { return std::to_string(k); });
  }
  SECTION("numbers that are not the items' indices") {
    require_guarded_pipeline<std::uint64_t>([](std::uint64_t k) { return 700 + k; });
  }
}

TEST_CASE("watchdog: the text of deadline_exceeded names the index, where it is known",
          "[watchdog]") {
  CHECK(std::string(deadline_exceeded(61).what()).find("index 61 ") != std::string::npos);
  CHECK(std::string(deadline_exceeded(std::nullopt).what()).find("index") == std::string::npos);
}

TEST_CASE("watchdog: a function may give nothing, a reference, or what can only be moved",
          "[watchdog]") {
  worker_pool pool(2);
  guarded_engines engines(pool, never);
  const values constant{1, 2, 3};
  std::uint64_t nothings = 0, references = 0, pointers = 0;
  engines.run([&](auto& team) {
    orderly::ordered_for_each(
        team, index_range(9), 1, [](const index_range&, engine&) {}, [&] { ++nothings; });
    orderly::ordered_for_each(
        team, index_range(9), 1,
        [&](const index_range&, engine&) -> const values& { return constant; },
        [&](values&& copy) { references += copy.at(2); });
    orderly::ordered_for_each(
        team, index_range(9), 1,
        [](const index_range& chunk, engine&) {
          return std::make_unique<std::uint64_t>(chunk.first());
        },
        [&](std::unique_ptr<std::uint64_t>&& p) { pointers += *p; });
  });
  CHECK(nothings == 9);
  CHECK(references == 27);
  CHECK(pointers == 36);
  CHECK(constant == values{1, 2, 3});
}

TEST_CASE("watchdog: an item that ended in time is not interrupted later", "[watchdog]") {
  // Together the items of a worker take many times the deadline: one that still counted after its end
  // would be interrupted in a later item or between the batches, which the engines notice.
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    for (int batch = 0; batch < 3; ++batch) {
      engines.run([](auto& team) {
        team.for_each_index(12, [](std::uint64_t, engine& mine) {
          const engine::item busy(mine);
          std::this_thread::sleep_for(soon / 3);
        });
      });
      std::this_thread::sleep_for(2 * soon);
    }
    engines.require_consistent();
  });
}

TEST_CASE("watchdog: a time that is not positive is refused", "[watchdog][failure]") {
  worker_pool pool(1);
  test::engine_record record{.time = never};
  per_worker<engine> states(pool, [&](std::size_t) { return engine(record); });
  for (const std::chrono::nanoseconds time : {0ns, -1ns, (std::chrono::nanoseconds::min)()})
    CHECK_THROWS_AS(watchdog(states, time), std::invalid_argument);
  CHECK_NOTHROW(watchdog(states, 1ns));
}

TEST_CASE("watchdog: the longest of all times never ends", "[watchdog]") {
  worker_pool pool(2);
  guarded_engines engines(pool, (std::chrono::nanoseconds::max)());
  std::atomic<int> items{0};
  engines.run([&](auto& team) {
    CHECK(team.size() == 2);
    CHECK(&team.pool() == &pool);
    team.for_each_index(100, [&](std::uint64_t, engine&) { ++items; });
  });
  CHECK(items == 100);
  CHECK(engines.interruptions() == 0);
}
