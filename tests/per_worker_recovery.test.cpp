// SPDX-License-Identifier: MIT
//
// What becomes of a State whose item throws broken_state: which one is built anew and where, and which
// item is tried again, how often and with what. That results and errors stay those of the undisturbed
// run is tested in contract/recovery.test.cpp; how States are built again in per_worker_rebuild.test.cpp.
#include "orderly/per_worker.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_pipeline.hpp"

#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/thread_state.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using orderly::broken_state;
using orderly::index_range;
using orderly::per_worker;
using orderly::per_worker_options;
using orderly::worker_pool;
using test::for_all_pools;

namespace {

struct connection_lost : std::runtime_error {
  connection_lost() : std::runtime_error("planned") {}
};

[[noreturn]] void break_state() { throw broken_state(std::make_exception_ptr(connection_lost())); }

// What happened to the States of one worker. Plain: only that worker may touch it.
struct life {
  std::uint64_t built = 0;
  std::uint64_t destroyed = 0;
  std::thread::id thread{}; // of the first build
  bool foreign = false;     // whether another thread built or destroyed one
};

// Immovable; numbered by its worker and, from 1, among that worker's States.
class resident {
 public:
  resident(life& record, std::size_t worker)
      : generation_(++record.built), worker_(worker), record_(record) {
    if (generation_ == 1) record_.thread = std::this_thread::get_id();
    note_thread();
  }
  resident(const resident&) = delete;
  resident& operator=(const resident&) = delete;
  ~resident() {
    ++record_.destroyed;
    note_thread();
  }

  std::uint64_t generation() const { return generation_; }
  std::size_t worker() const { return worker_; }
  std::uint64_t destroyed_on_this_worker() const { return record_.destroyed; }
  std::vector<int> memory = std::vector<int>(100);

 private:
  void note_thread() {
    record_.foreign = record_.foreign || record_.thread != std::this_thread::get_id();
  }

  std::uint64_t generation_;
  std::size_t worker_;
  life& record_;
};

// Residents on every worker of a pool, and their records.
struct residents {
  std::vector<life> lives;
  per_worker<resident> states;

  explicit residents(worker_pool& pool, const per_worker_options& how = {})
      : lives(pool.size()),
        states(
            pool, [this](std::size_t w) { return resident(lives[w], w); }, how) {}

  std::uint64_t built() const {
    std::uint64_t sum = 0;
    for (const life& each : lives) sum += each.built;
    return sum;
  }
};

// Where one attempt at an item ran.
struct visit {
  std::size_t worker = 0;
  std::uint64_t generation = 0;
  std::thread::id thread{};
};

visit visit_of(const resident& mine) {
  return {mine.worker(), mine.generation(), std::this_thread::get_id()};
}

struct tally {
  std::uint64_t items = 0;
};

} // namespace

TEST_CASE(
    "per_worker recovery: only the breaking item is tried again, on its worker and a new State",
    "[per_worker][recovery]") {
  for_all_pools([](worker_pool& pool) {
    residents all(pool);
    std::vector<std::vector<visit>> visits(300);
    all.states.for_each_index(visits.size(), [&](std::uint64_t i, resident& mine) {
      visits[i].push_back(visit_of(mine));
      if (i == 100 && visits[i].size() == 1) break_state();
    });
    REQUIRE(visits[100].size() == 2);
    const visit first = visits[100][0], second = visits[100][1];
    CHECK(first.worker == second.worker);
    CHECK(first.thread == second.thread);
    CHECK(first.generation == 1);
    CHECK(second.generation == 2);
    for (std::size_t i = 0; i < visits.size(); ++i) {
      if (i == 100) continue;
      REQUIRE(visits[i].size() == 1);
      if (visits[i][0].worker != first.worker) REQUIRE(visits[i][0].generation == 1);
    }
    const auto statistics = all.states.statistics();
    for (std::size_t w = 0; w < pool.size(); ++w) {
      const bool broke = w == first.worker;
      CHECK(all.states[w].generation() == (broke ? 2 : 1));
      CHECK(statistics[w].builds == (broke ? 2 : 1));
      CHECK(statistics[w].retries == (broke ? 1 : 0));
    }
  });
}

TEST_CASE("per_worker recovery: every State is built and destroyed on its worker's own thread",
          "[per_worker][recovery]") {
  for_all_pools([](worker_pool& pool) {
    std::vector<life> lives(pool.size());
    {
      per_worker<resident> states(pool, [&](std::size_t w) { return resident(lives[w], w); });
      for (int round = 0; round < 3; ++round) {
        std::atomic<std::size_t> arrived{0};
        std::vector<int> attempts(pool.size());
        // As many chunks as workers, which meet: one on each.
        orderly::ordered_for_each(
            states, index_range(pool.size()), 1,
            [&](const index_range& chunk, resident&) {
              if (attempts[chunk.first()]++ > 0) return;
              test::rendezvous(arrived, pool.size());
              break_state();
            },
            [] {});
      }
    }
    for (const life& each : lives) {
      CHECK(each.built == 4);
      CHECK(each.destroyed == 4);
      CHECK_FALSE(each.foreign);
    }
  });
}

TEST_CASE("per_worker recovery: after the last retry the cause is the item's error",
          "[per_worker][recovery][failure]") {
  for (const unsigned retries : {0U, 1U, 2U, 5U}) {
    worker_pool pool(1);
    residents all(pool, {.retries = retries});
    unsigned attempts = 0;
    const auto run = [&] {
      all.states.for_each_index(5, [&](std::uint64_t i, resident&) {
        if (i != 3) return;
        ++attempts;
        break_state();
      });
    };
    CAPTURE(retries);
    CHECK_THROWS_AS(run(), connection_lost);
    CHECK(attempts == 1 + retries);
    CHECK(all.states.statistics()[0].retries == retries);
    CHECK(all.states.statistics()[0].builds == 2 + retries); // also after the last failure
    CHECK(all.states[0].generation() == 2 + retries);
  }
}

TEST_CASE(
    "per_worker recovery: by default the third failure is the last, and without a cause it is "
    "broken_state itself",
    "[per_worker][recovery][failure]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool);
    std::vector<int> attempts(20);
    const auto run = [&] {
      states.for_each_index(20, [&](std::uint64_t i, tally&) {
        ++attempts[i];
        if (i == 7) throw broken_state();
      });
    };
    CHECK_THROWS_AS(run(), broken_state);
    CHECK(attempts[7] == 3);
  });
}

TEST_CASE(
    "per_worker recovery: an item may break twice and then succeed, and other errors are final",
    "[per_worker][recovery][failure]") {
  for_all_pools([](worker_pool& pool) {
    residents all(pool);
    std::vector<int> attempts(50);
    const auto run = [&](bool fails) {
      std::fill(attempts.begin(), attempts.end(), 0);
      all.states.for_each_index(50, [&](std::uint64_t i, resident&) {
        ++attempts[i];
        if (i == 30 && attempts[i] <= 2) break_state();
        if (i == 30 && fails) throw std::out_of_range("item");
      });
    };
    CHECK_NOTHROW(run(false));
    CHECK(attempts[30] == 3);
    CHECK(all.built() == pool.size() + 2);
    CHECK_THROWS_AS(run(true), std::out_of_range);
    CHECK(attempts[30] == 3);
    CHECK(all.built() == pool.size() + 4);
  });
}

TEST_CASE("per_worker recovery: an item that takes its index by any reference gets the same again",
          "[per_worker][recovery]") {
  worker_pool pool(1);
  per_worker<tally> states(pool);
  std::vector<std::uint64_t> seen;
  states.for_each_index(1, [&](auto&& index, tally&) {
    seen.push_back(index);
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(index)>>) index += 5;
    if (seen.size() == 1) break_state();
  });
  CHECK(seen == std::vector<std::uint64_t>{0, 0});
}

TEST_CASE("per_worker recovery: a pipeline tries an item again unless its map may move from it",
          "[per_worker][recovery][pipeline]") {
  for_all_pools([](worker_pool& pool) {
    per_worker<tally> states(pool);
    std::atomic<int> attempts{0};
    // One item, broken at its first attempt. Whether it was tried again.
    const auto survives = [&](auto item, auto map) {
      attempts = 0;
      std::optional<decltype(item)> next(std::move(item));
      const auto source = [&] { return std::exchange(next, std::nullopt); };
      try {
        return orderly::ordered_pipeline(states, source, map, [](int) {}) == 1;
      } catch (const connection_lost&) {
        return false;
      }
    };
    const auto use = [&](const auto& item) {
      const int value = item == nullptr ? 0 : *item;
      if (++attempts == 1) break_state();
      return value;
    };
    const auto shared = std::make_shared<int>(7);
    CHECK(survives(shared, [&](const std::shared_ptr<int>& p, tally&) { return use(p); }));
    CHECK(survives(shared, [&](std::shared_ptr<int> p, tally&) { return use(p); }));
    CHECK(attempts == 2);
    CHECK_FALSE(survives(shared, [&](std::shared_ptr<int>&& p, tally&) { return use(p); }));
    CHECK(attempts == 1);
    const auto own = [] { return std::make_unique<int>(7); };
    CHECK_FALSE(survives(own(), [&](std::unique_ptr<int>&& p, tally&) { return use(p); }));
    CHECK_FALSE(survives(own(), [&](std::unique_ptr<int> p, tally&) { return use(p); }));
    CHECK_FALSE(survives(own(), [&](const std::unique_ptr<int>& p, tally&) { return use(p); }));
    CHECK(attempts == 1);
  });
}

TEST_CASE("per_worker recovery: breaking in a nested batch leaves the outer item its State, and is "
          "the outer item's",
          "[per_worker][recovery][nested]") {
  for_all_pools([](worker_pool& pool) {
    residents all(pool);
    std::atomic<int> outer_attempts{0}, destroyed_under_it{0}, inner_retries{0};
    all.states.for_each_index(20, [&](std::uint64_t outer, resident& mine) {
      if (outer != 10) return;
      const bool breaks = ++outer_attempts == 1;
      int* const memory = mine.memory.data();
      const std::uint64_t destroyed = mine.destroyed_on_this_worker();
      std::vector<int> attempts(10);
      try {
        all.states.for_each_index(10, [&](std::uint64_t inner, resident& same) {
          inner_retries += attempts[inner]++;
          ++same.memory[inner];
          if (breaks && inner == 5) break_state();
        });
      } catch (const broken_state&) {
        destroyed_under_it += mine.destroyed_on_this_worker() == destroyed ? 0 : 1;
        memory[5] = 1; // an address sanitizer has its say too
        throw;
      }
    });
    CHECK(outer_attempts == 2);
    CHECK(inner_retries == 0);
    CHECK(destroyed_under_it == 0);
    CHECK(all.built() == pool.size() + 1);
  });
}

TEST_CASE(
    "per_worker recovery: breaking in a batch nested in for_each_worker leaves that its State",
    "[per_worker][recovery][nested]") {
  for_all_pools([](worker_pool& pool) {
    residents all(pool, {.rebuild_every = 1});
    std::atomic<int> destroyed_under_it{0};
    const auto visit_all = [&](bool breaks) {
      all.states.for_each_worker([&, breaks](std::size_t, resident& mine) {
        const std::uint64_t destroyed = mine.destroyed_on_this_worker();
        int attempts = 0;
        try {
          all.states.for_each_index(3, [&](std::uint64_t, resident&) {
            if (breaks && ++attempts == 1) break_state();
          });
        } catch (const broken_state&) { // theirs to handle: nothing is tried again here
        }
        destroyed_under_it += mine.destroyed_on_this_worker() == destroyed ? 0 : 1;
      });
    };
    visit_all(false);
    visit_all(true);
    CHECK(destroyed_under_it == 0);
  });
}
