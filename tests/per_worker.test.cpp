// SPDX-License-Identifier: MIT
#include "orderly/per_worker.hpp"

#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using orderly::per_worker;
using orderly::worker_pool;
using orderly::worker_pool_options;
using test::for_all_pools;
using test::options;

namespace {

// Which threads built and destroyed the State of each worker.
struct life {
  std::atomic<int> built{0};
  std::atomic<int> destroyed{0};
  std::thread::id builder{};
  std::thread::id destroyer{};
};

// Immovable.
class resident {
 public:
  resident(life& record, std::size_t worker) : worker_(worker), record_(record) {
    ++record_.built;
    record_.builder = std::this_thread::get_id();
  }
  resident(const resident&) = delete;
  resident& operator=(const resident&) = delete;
  ~resident() {
    ++record_.destroyed;
    record_.destroyer = std::this_thread::get_id();
  }
  std::size_t worker() const { return worker_; }
  std::uint64_t sum = 0;

 private:
  std::size_t worker_;
  life& record_;
};

std::vector<std::thread::id> threads_of(worker_pool& pool) {
  std::vector<std::thread::id> ids(pool.size());
  pool.for_each_worker([&](std::size_t worker) { ids[worker] = std::this_thread::get_id(); });
  return ids;
}

struct tally {
  std::uint64_t count = 0;
};

struct numbered_error {
  std::size_t number;
};

} // namespace

TEST_CASE("per_worker: each State is built once and destroyed once, on its worker's own thread",
          "[per_worker]") {
  for_all_pools([](worker_pool& pool) {
    std::vector<life> lives(pool.size());
    {
      per_worker<resident> states(pool, [&](std::size_t w) { return resident(lives[w], w); });
      REQUIRE(states.size() == pool.size());
      REQUIRE(&states.pool() == &pool);
      for (std::size_t w = 0; w < pool.size(); ++w) {
        CHECK(states[w].worker() == w);
        CHECK(lives[w].destroyed == 0);
      }
    }
    const std::vector<std::thread::id> ids = threads_of(pool);
    for (std::size_t w = 0; w < pool.size(); ++w) {
      CHECK(lives[w].built == 1);
      CHECK(lives[w].destroyed == 1);
      CHECK(lives[w].builder == ids[w]);
      CHECK(lives[w].destroyer == ids[w]);
    }
  });
}

TEST_CASE("per_worker: States are built at the same time", "[per_worker]") {
  for_all_pools([](worker_pool& pool) {
    std::atomic<std::size_t> arrived{0};
    per_worker<int> states(pool, [&](std::size_t) {
      test::rendezvous(arrived, pool.size());
      return 0;
    });
    CHECK(arrived == pool.size());
  });
}

TEST_CASE("per_worker: without a factory every State is value-initialised", "[per_worker]") {
  worker_pool pool(3);
  const per_worker<tally> states(pool);
  const per_worker<int> numbers(pool);
  for (std::size_t w = 0; w < 3; ++w) {
    CHECK(states[w].count == 0);
    CHECK(numbers[w] == 0);
  }
}

TEST_CASE("per_worker: States lie on cache lines of their own", "[per_worker]") {
  worker_pool pool(4);
  per_worker<char> states(pool);
  for (std::size_t w = 1; w < 4; ++w) CHECK(&states[w] - &states[w - 1] >= 64);
}

TEST_CASE("per_worker: if make_state throws, the lowest worker's error comes and the rest is gone",
          "[per_worker][failure]") {
  for_all_pools([](worker_pool& pool) {
    for (std::size_t lowest = 0; lowest < pool.size(); ++lowest) {
      std::vector<life> lives(pool.size());
      const auto make = [&](std::size_t w) {
        if (w >= lowest && (w - lowest) % 2 == 0) throw numbered_error{w};
        return resident(lives[w], w);
      };
      std::size_t failed = worker_pool::no_worker;
      try {
        per_worker<resident> states(pool, make);
      } catch (const numbered_error& error) {
        failed = error.number;
      }
      CHECK(failed == lowest);
      for (life& each : lives) {
        CHECK(each.built == each.destroyed);
        CHECK(each.builder == each.destroyer);
      }
    }
    per_worker<tally> afterwards(pool); // the pool is as good as before
    CHECK(afterwards.size() == pool.size());
  });
}

TEST_CASE("per_worker: made inside an item of the pool, it is a logic_error",
          "[per_worker][failure][nested]") {
#if defined(__linux__)
  // In a child: std::terminate would be the end of all tests.
  const auto make_inside = [] {
    worker_pool pool(2);
    try {
      pool.for_each_index(3, [&](std::uint64_t) { per_worker<tally> states(pool); });
    } catch (const std::logic_error&) {
      return 0;
    }
    return 1;
  };
  CHECK(test::result_in_child(make_inside) == 0);
#endif
}

TEST_CASE("per_worker: for_each_index gives every item the State of the thread that runs it",
          "[per_worker][index]") {
  for_all_pools([](worker_pool& pool) {
    std::vector<life> lives(pool.size());
    per_worker<resident> states(pool, [&](std::size_t w) { return resident(lives[w], w); });
    std::atomic<int> foreign{0};
    for (int round = 0; round < 10; ++round)
      states.for_each_index(500, [&](std::uint64_t index, resident& mine) {
        foreign += lives[mine.worker()].builder == std::this_thread::get_id() ? 0 : 1;
        mine.sum += index;
      });
    std::uint64_t total = 0;
    for (std::size_t w = 0; w < states.size(); ++w) total += states[w].sum;
    CHECK(foreign == 0);
    CHECK(total == 10 * (499 * 500 / 2));
  });
}

TEST_CASE("per_worker: a nested for_each_index uses the State of the worker it runs on",
          "[per_worker][index][nested]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool);
    std::atomic<int> foreign{0};
    states.for_each_index(20, [&](std::uint64_t, tally& outer) {
      states.for_each_index(10, [&](std::uint64_t, tally& inner) {
        foreign += &inner == &outer ? 0 : 1;
        ++inner.count;
      });
    });
    std::uint64_t total = 0;
    for (std::size_t w = 0; w < states.size(); ++w) total += states[w].count;
    CHECK(foreign == 0);
    CHECK(total == 200);
  });
}

TEST_CASE("per_worker: nested where the caller is no worker, there is no State: a logic_error",
          "[per_worker][index][nested]") {
  worker_pool pool(options(2, false));
  per_worker<tally> states(pool);
  const auto nested = [&] { states.for_each_index(1, [](std::uint64_t, tally&) {}); };
  CHECK_THROWS_AS(pool.for_each_worker([](std::size_t) {}, nested), std::logic_error);
}

TEST_CASE("per_worker: for_each_index rethrows the lowest failing index", "[per_worker][failure]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool);
    std::size_t failed = 0;
    try {
      states.for_each_index(100, [](std::uint64_t index, tally&) {
        if (index >= 40) throw numbered_error{static_cast<std::size_t>(index)};
      });
    } catch (const numbered_error& error) {
      failed = error.number;
    }
    CHECK(failed == 40);
  });
}

TEST_CASE("per_worker: for_each_worker visits every State once, all at the same time",
          "[per_worker][each_worker]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool);
    std::atomic<std::size_t> arrived{0};
    std::atomic<int> foreign{0};
    states.for_each_worker([&](std::size_t worker, tally& mine) {
      test::rendezvous(arrived, pool.size());
      foreign += &mine == &states[worker] ? 0 : 1;
      ++mine.count;
    });
    CHECK(foreign == 0);
    for (std::size_t w = 0; w < states.size(); ++w) CHECK(states[w].count == 1);
  });
}

TEST_CASE("per_worker: a submitter other than the maker uses State 0", "[per_worker]") {
  worker_pool pool(2);
  per_worker<tally> states(pool);
  const tally* used = nullptr;
  std::size_t items = 0;
  for (int submitter = 0; submitter < 3; ++submitter)
    test::run_on_threads(1, [&](std::size_t) {
      states.for_each_index(1, [&](std::uint64_t, tally& mine) { // one item: the caller's
        used = &mine;
        ++mine.count;
      });
      states.for_each_index(100, [&](std::uint64_t, tally& mine) { ++mine.count; });
    });
  for (std::size_t w = 0; w < states.size(); ++w) items += states[w].count;
  CHECK(used == &states[0]);
  CHECK(items == 303);
}

TEST_CASE("per_worker: several submitters share State 0 without meeting in it", "[per_worker]") {
  worker_pool pool(2);
  per_worker<tally> states(pool); // plain counts: two threads at a time would be a race
  test::run_on_threads(3, [&](std::size_t) {
    for (int i = 0; i < 50; ++i)
      states.for_each_index(20, [](std::uint64_t, tally& mine) { ++mine.count; });
  });
  CHECK(states[0].count + states[1].count == 3 * 50 * 20);
}

TEST_CASE("per_worker: several types of State share one pool", "[per_worker]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> tallies(pool);
    per_worker<std::string> texts(pool, [](std::size_t w) { return std::to_string(w); });
    {
      per_worker<std::vector<int>> short_lived(pool);
      short_lived.for_each_worker([](std::size_t, std::vector<int>& v) { v.assign(10, 1); });
    }
    std::atomic<int> wrong{0};
    pool.for_each_index(100, [&](std::uint64_t, std::size_t worker) {
      wrong += texts[worker] == std::to_string(worker) ? 0 : 1;
      ++tallies[worker].count;
    });
    std::uint64_t total = 0;
    tallies.for_each_worker([](std::size_t, tally&) {});
    for (std::size_t w = 0; w < pool.size(); ++w) total += tallies[w].count;
    CHECK(wrong == 0);
    CHECK(total == 100);
  });
}

TEST_CASE("per_worker: without the caller, State 0 belongs to a thread of the pool",
          "[per_worker]") {
  worker_pool pool(options(2, false));
  std::vector<life> lives(2);
  {
    per_worker<resident> states(pool, [&](std::size_t w) { return resident(lives[w], w); });
  }
  for (const life& each : lives) {
    CHECK(each.builder != std::this_thread::get_id());
    CHECK(each.destroyer == each.builder);
  }
}

TEST_CASE("per_worker: an over-aligned State is aligned", "[per_worker]") {
  struct alignas(256) wide {
    char byte = 0;
  };
  worker_pool pool(3);
  per_worker<wide> states(pool);
  for (std::size_t w = 0; w < 3; ++w)
    CHECK(reinterpret_cast<std::uintptr_t>(&states[w]) % 256 == 0);
}
