// SPDX-License-Identifier: MIT
//
// When a State is built again: after N items, when make_state failed before, and what is counted and
// timed of it. Who is tried again with the new State is tested in per_worker_recovery.test.cpp.
#include "orderly/per_worker.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_pipeline.hpp"

#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

using orderly::broken_state;
using orderly::index_range;
using orderly::per_worker;
using orderly::worker_pool;
using test::for_all_pools;

namespace {

// A State that counts the items it did.
struct tally {
  std::uint64_t items = 0;
};

[[noreturn]] void break_state() {
  throw broken_state(std::make_exception_ptr(std::runtime_error("planned")));
}

std::uint64_t builds_of(const per_worker<tally>& states) { return states.statistics()[0].builds; }

} // namespace

TEST_CASE("per_worker rebuilds: a State is built anew once it has done N items, over all batches",
          "[per_worker][rebuild]") {
  worker_pool pool(1);
  per_worker<tally> states(pool, {}, {.rebuild_every = 10});
  std::uint64_t most = 0;
  const auto item = [&](std::uint64_t, tally& mine) { most = (std::max)(most, ++mine.items); };
  states.for_each_index(100, item);
  CHECK(builds_of(states) == 10); // the next would be for item 100
  for (int batch = 0; batch < 4; ++batch) states.for_each_index(5, item);
  CHECK(builds_of(states) == 12);
  states.for_each_worker([](std::size_t, tally&) {}); // a visit is no item, and needs no new State
  CHECK(builds_of(states) == 12);
  CHECK(states[0].items == 10);
  CHECK(most == 10);
  CHECK(states.statistics()[0].retries == 0);
}

TEST_CASE("per_worker rebuilds: each worker counts its own items", "[per_worker][rebuild]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool, {}, {.rebuild_every = 7});
    std::vector<std::uint64_t> items(pool.size());
    std::atomic<int> too_many{0};
    for (int batch = 0; batch < 5; ++batch)
      states.for_each_index(100, [&](std::uint64_t, tally& mine) {
        ++items[pool.current_worker()];
        too_many += ++mine.items > 7 ? 1 : 0;
      });
    const auto statistics = states.statistics();
    for (std::size_t w = 0; w < pool.size(); ++w)
      CHECK(statistics[w].builds == (items[w] == 0 ? 1 : (items[w] + 6) / 7));
    CHECK(too_many == 0);
  });
}

TEST_CASE("per_worker rebuilds: a chunk counts as its indices, a pipeline's item as one",
          "[per_worker][rebuild]") {
  worker_pool pool(1);
  per_worker<tally> chunked(pool, {}, {.rebuild_every = 10});
  orderly::ordered_for_each(
      chunked, index_range(100), 4, [](const index_range&, tally&) {}, [] {});
  CHECK(builds_of(chunked) == 9); // 25 chunks, 3 for each State
  per_worker<tally> piped(pool, {}, {.rebuild_every = 10});
  std::uint64_t next = 0;
  const auto source = [&] { return next < 100 ? std::optional(next++) : std::nullopt; };
  orderly::ordered_pipeline(
      piped, source, [](std::uint64_t, tally&) {}, [] {});
  CHECK(builds_of(piped) == 10);
}

TEST_CASE("per_worker rebuilds: an item tried again is the first that its new State did",
          "[per_worker][rebuild]") {
  worker_pool pool(1);
  per_worker<tally> states(pool, {}, {.rebuild_every = 3});
  std::vector<std::uint64_t> done_before; // by the State of each attempt
  states.for_each_index(6, [&](std::uint64_t i, tally& mine) {
    done_before.push_back(mine.items++);
    if (i == 1 && done_before.size() == 2) break_state();
  });
  CHECK(done_before == std::vector<std::uint64_t>{0, 1, 0, 1, 2, 0, 1});
  CHECK(builds_of(states) == 3);
}

TEST_CASE("per_worker rebuilds: the time inside make_state is summed up", "[per_worker][rebuild]") {
  constexpr auto nap = std::chrono::milliseconds(2); // what a sleep lasts at least
  worker_pool pool(2);
  per_worker<tally> states(pool, [&](std::size_t) {
    std::this_thread::sleep_for(nap);
    return tally{};
  });
  for (const auto& each : states.statistics()) {
    CHECK(each.builds == 1);
    CHECK(each.set_up >= nap);
  }
  std::vector<int> attempts(3);
  const auto start = std::chrono::steady_clock::now();
  const auto before = states.statistics();
  states.for_each_index(3, [&](std::uint64_t i, tally&) {
    if (attempts[i]++ == 0) break_state();
  });
  const auto after = states.statistics();
  std::uint64_t builds = 0;
  for (std::size_t w = 0; w < 2; ++w) {
    const std::uint64_t more = after[w].builds - before[w].builds;
    const auto set_up = after[w].set_up - before[w].set_up;
    CHECK(after[w].retries == more);
    CHECK(set_up >= static_cast<std::int64_t>(more) * nap);
    CHECK(set_up <= std::chrono::steady_clock::now() - start);
    builds += more;
  }
  CHECK(builds == 3);
}

TEST_CASE("per_worker rebuilds: statistics can be read while States are built",
          "[per_worker][rebuild]") {
  worker_pool pool(3);
  per_worker<tally> states(pool, {}, {.rebuild_every = 1});
  std::atomic<bool> done{false};
  std::atomic<int> backwards{0};
  std::thread reader([&] {
    for (std::uint64_t last = 0; !done;) {
      std::uint64_t builds = 0;
      for (const auto& each : states.statistics()) builds += each.builds;
      backwards += builds < last ? 1 : 0;
      last = builds;
    }
  });
  states.for_each_index(test::scaled(20000U), [](std::uint64_t, tally&) {});
  done = true;
  reader.join();
  CHECK(backwards == 0);
}

TEST_CASE("per_worker rebuilds: a make_state that throws in a rebuild is the item's error, and the "
          "State comes back with the next item",
          "[per_worker][rebuild][failure]") {
  for_all_pools([](worker_pool& pool) {
    std::atomic<bool> refuse{false};
    std::atomic<int> built{0};
    per_worker<tally> states(pool, [&](std::size_t) {
      if (refuse) throw std::out_of_range("make_state");
      ++built;
      return tally{};
    });
    std::atomic<int> attempts{0};
    const auto break_one = [&] {
      states.for_each_index(10, [&](std::uint64_t i, tally&) {
        if (i != 4) return;
        ++attempts;
        refuse = true;
        break_state();
      });
    };
    for (const bool by_item : {true, false}) {
      CAPTURE(by_item);
      const int before = built;
      attempts = 0;
      CHECK_THROWS_AS(break_one(), std::out_of_range);
      CHECK(attempts == 1);
      // Still refused: now the error of whoever needs the State first.
      CHECK_THROWS_AS(states.for_each_worker([](std::size_t, tally&) {}), std::out_of_range);
      refuse = false;
      CHECK(built == before);
      std::atomic<std::size_t> arrived{0};
      if (by_item) // one item on each worker
        orderly::ordered_for_each(
            states, index_range(pool.size()), 1,
            [&](const index_range&, tally& mine) {
              ++mine.items;
              test::rendezvous(arrived, pool.size());
            },
            [] {});
      else
        states.for_each_worker([](std::size_t, tally& mine) { ++mine.items; });
      CHECK(built == before + 1);
      for (std::size_t w = 0; w < pool.size(); ++w) CHECK(states[w].items >= 1);
    }
  });
}

TEST_CASE("per_worker rebuilds: a copy of make_state is kept for as long as the States",
          "[per_worker][rebuild]") {
  worker_pool pool(2);
  const auto token = std::make_shared<std::uint64_t>(7);
  std::unique_ptr<per_worker<tally>> states;
  {
    const auto make = [token](std::size_t) { return tally{*token}; };
    states = std::make_unique<per_worker<tally>>(pool, make);
  }
  CHECK(token.use_count() == 2);
  std::vector<int> attempts(10);
  std::atomic<int> wrong{0};
  states->for_each_index(10, [&](std::uint64_t i, tally& mine) {
    wrong += mine.items == 7 ? 0 : 1;
    if (attempts[i]++ == 0) break_state();
  });
  CHECK(wrong == 0);
  CHECK(attempts == std::vector<int>(10, 2));
  states.reset();
  CHECK(token.use_count() == 1);
  // One that can only be moved is moved.
  states = std::make_unique<per_worker<tally>>(
      pool, [own = std::make_unique<int>(1)](std::size_t) { return tally{own ? 1U : 0U}; });
  CHECK((*states)[0].items == 1);
}
