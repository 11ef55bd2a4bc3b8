// SPDX-License-Identifier: MIT
//
// The first and the third promise under deadlines: an interrupted item leaves no trace in results and
// their order, and the error is that of the lowest item that fails, by its deadline or otherwise.
#include "support/catch.hpp"
#include "support/guarded_engines.hpp"
#include "support/pools.hpp"

#include "orderly/orderly.hpp"
#include "orderly/watchdog.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <vector>

namespace {

using orderly::seed_range;
using orderly::worker_pool;
using test::engine;
using test::for_all_pools;
using test::guarded_engines;
using test::never;
using test::patient;
using test::soon;
using values = std::vector<std::uint64_t>;

const seed_range sessions(orderly::seed(5), 100);

std::uint64_t value_of(std::uint64_t item) { return sessions.stream(item)(); }

values values_below(std::uint64_t end) {
  values result;
  for (std::uint64_t item = 0; item < end; ++item) result.push_back(value_of(item));
  return result;
}

// How an item ends that was interrupted while it was stuck. The deadline must win over all of them.
using ending = void (*)(values& result);

void with_a_wrong_value(values& result) { result.push_back(666); }
void with_an_error(values&) { throw std::out_of_range("after the interrupt"); }
void with_a_broken_state(values&) {
  throw orderly::broken_state(std::make_exception_ptr(std::out_of_range("after the interrupt")));
}

constexpr ending all_endings[] = {with_a_wrong_value, with_an_error, with_a_broken_state};

// ordered_for_each over the sessions. Items of which is_stuck(item, attempt) get stuck; attempts count
// from 1.
template <class IsStuck>
class stuck_run {
 public:
  stuck_run(std::uint64_t chunk_size, ending end, IsStuck is_stuck)
      : chunk_size_(chunk_size), end_(end), is_stuck_(is_stuck), attempts_(sessions.size()) {}

  template <class Team>
  void operator()(Team& team) {
    orderly::ordered_for_each(
        team, sessions, chunk_size_,
        [this](const seed_range& chunk, engine& mine) { return values_of(chunk, mine); },
        [this](values&& part) { merged_.insert(merged_.end(), part.begin(), part.end()); });
  }

  const values& merged() const { return merged_; }
  std::uint64_t attempts(std::uint64_t item) const { return attempts_[item]; }

 private:
  values values_of(const seed_range& chunk, engine& mine) {
    const engine::item busy(mine);
    values result;
    for (const std::uint64_t item : chunk) {
      if (is_stuck_(item, ++attempts_[item])) {
        mine.get_stuck();
        end_(result);
      } else {
        result.push_back(value_of(item));
      }
    }
    return result;
  }

  const std::uint64_t chunk_size_;
  const ending end_;
  const IsStuck is_stuck_;
  std::vector<std::atomic<std::uint64_t>> attempts_;
  values merged_;
};

} // namespace

TEST_CASE("contract: items that were stuck and interrupted change no result and no order",
          "[contract][watchdog]") {
  const values expected = values_below(sessions.size());
  for (const ending end : all_endings)
    for_all_pools([&](worker_pool& pool) {
      guarded_engines engines(pool, soon);
      stuck_run run(3, end, [](std::uint64_t item, std::uint64_t attempt) {
        return item % 40 == 7 && attempt == 1;
      });
      engines.run([&](auto& team) { run(team); });
      REQUIRE(run.merged() == expected);
      for (const std::uint64_t item : {7U, 47U, 87U}) REQUIRE(run.attempts(item) >= 2);
      REQUIRE(engines.interruptions() >= 3);
      engines.require_consistent();
    });
}

TEST_CASE(
    "contract: an item that is always stuck ends the run with deadline_exceeded, after exactly "
    "those before it",
    "[contract][watchdog][failure]") {
  for (const ending end : all_endings)
    for_all_pools([&](worker_pool& pool) {
      guarded_engines engines(pool, soon);
      stuck_run run(1, end, [](std::uint64_t item, std::uint64_t) { return item == 61; });
      REQUIRE(engines.exceeded_index([&](auto& team) { run(team); }) == 61U);
      REQUIRE(run.merged() == values_below(61));
      REQUIRE(run.attempts(61) == 1 + patient);
      engines.require_consistent(1);
    });
}

TEST_CASE("contract: the index of a chunk that exceeds its deadline is its first",
          "[contract][watchdog][failure]") {
  for_all_pools([](worker_pool& pool) {
    guarded_engines engines(pool, soon);
    stuck_run run(8, with_an_error, [](std::uint64_t item, std::uint64_t) { return item == 61; });
    REQUIRE(engines.exceeded_index([&](auto& team) { run(team); }) == 56U);
    REQUIRE(run.merged() == values_below(56));
    engines.require_consistent(1);
  });
}

TEST_CASE(
    "contract: what an item throws in time is its error, and comes before a deadline exceeded "
    "above it",
    "[contract][watchdog][failure]") {
  for_all_pools([](worker_pool& pool) {
    for (const bool next_is_stuck : {false, true}) {
      guarded_engines engines(pool, next_is_stuck ? soon : never);
      values merged;
      const auto run = [&](auto& team) {
        orderly::ordered_for_each(
            team, sessions, 1,
            [&](const seed_range& chunk, engine& mine) {
              const engine::item busy(mine);
              if (chunk.first() == 30) throw std::out_of_range("its own");
              if (chunk.first() == 31 && next_is_stuck) mine.get_stuck();
              return value_of(chunk.first());
            },
            [&](std::uint64_t value) { merged.push_back(value); });
      };
      REQUIRE_THROWS_AS(engines.run(run), std::out_of_range);
      REQUIRE(merged == values_below(30));
      if (next_is_stuck) continue; // whether it was claimed at all depends on timing
      REQUIRE(engines.interruptions() == 0);
      engines.require_consistent();
    }
  });
}
