// SPDX-License-Identifier: MIT
//
// Batches and States of a pool with faults at random: the error is that of the lowest place
// that failed, and everything that was to run ran once.
#include "fault/planned_faults.hpp"
#include "fault/random_runs.hpp"
#include "fault/random_trial.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include "orderly/orderly.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <vector>

using orderly::worker_pool;
using test::draw_places;
using test::findings;
using test::part;
using test::run_counts;
using test::splitmix64;
using test::trial;
using test::trial_run;
using result = test::traveller<part::result_move>;

namespace {

void expect_each_once(const run_counts& ran, std::uint64_t end, findings& found) {
  for (std::uint64_t i = 0; i < end; ++i) found.expect_equal(ran[i], 1, "runs of one place");
}

// The error of the lowest place that ran and failed, by plan or for want of memory.
test::failure lowest_failure(const trial_run& run, part where, const run_counts& ran) {
  for (std::uint64_t place = 0; place < ran.size(); ++place) {
    if (ran[place] == 0) continue;
    if (run.memory.lowest() == place) return {part::memory, 0};
    if (run.faults.nth_move(where, place) != 0) return {where, place};
  }
  return {};
}

// One place of a batch: fails as planned, or allocates.
void work_at(trial_run& run, part where, std::uint64_t place, run_counts& ran) {
  ++ran[place];
  run.mapping(place, [&] {
    run.faults.raise(where, place);
    return result(run.faults, place);
  });
}

void run_indices(const trial& t, worker_pool& pool, findings& found) {
  const std::uint64_t count = t.range.size();
  trial_run run(t, true);
  run_counts ran(count);
  run.run(pool, [&](auto& team) {
    team.for_each_index(count,
                        [&](std::uint64_t i, const auto&) { work_at(run, part::map, i, ran); });
    return count;
  });
  const test::failure expected = lowest_failure(run, part::map, ran);
  found.expect_equal(run.record.error.code(), expected.code(), "the error");
  found.expect(run.running == 0, "items still running");
  for (const auto& n : ran) found.expect(n <= 1, "an item ran twice");
  std::uint64_t end = 0; // up to and with the first that failed
  while (end < count && end != run.memory.lowest() && run.faults.nth_move(part::map, end) == 0)
    ++end;
  expect_each_once(ran, std::min(end + 1, count), found);
}

// Place 0 is the caller's own part where it has one; worker w has place w + 1.
void run_workers(const trial& t, worker_pool& pool, bool own_part, findings& found) {
  trial_run run(t, true);
  run_counts ran(pool.size() + 1);
  std::atomic<std::size_t> arrived{0};
  const std::size_t first = pool.caller_works() && own_part ? 1 : 0; // replaced by the own part
  const std::size_t together = pool.size() - first + (own_part ? 1 : 0);
  const auto part_of = [&](std::uint64_t place) {
    test::rendezvous(arrived, together); // they may wait for one another
    work_at(run, part::map, place, ran);
  };
  bool refused = false;
  run.run(pool, [&](auto&) {
    try {
      const auto worker = [&](std::size_t w) { part_of(w + 1); };
      if (own_part)
        pool.for_each_worker(worker, [&] { part_of(0); });
      else
        pool.for_each_worker(worker);
    } catch (const std::logic_error&) {
      refused = true;
    }
    return pool.size();
  });
  const bool any = !t.nested;
  const bool too_short_to_refuse = t.nested && run.record.error.where == part::memory;
  found.expect(!too_short_to_refuse || run.injected, "std::bad_alloc without a failed allocation");
  found.expect(any || refused != too_short_to_refuse, "not refused inside an item");
  found.expect(!any || !refused, "refused outside of an item");
  found.expect_equal(ran[0], any && own_part ? 1 : 0, "runs of the caller's part");
  for (std::size_t w = 0; w < pool.size(); ++w)
    found.expect_equal(ran[w + 1], any && w >= first ? 1 : 0, "runs of a worker");
  if (too_short_to_refuse) return;
  const test::failure expected = lowest_failure(run, part::map, ran);
  found.expect_equal(run.record.error.code(), expected.code(), "the error");
}

// The places where a State is not planned to fail and those beside them are built too.
void build_states(const trial& t, worker_pool& pool, findings& found) {
  using state = test::traveller<part::state>;
  trial_run run(t, true);
  run_counts built(pool.size());
  bool refused = false;
  run.run(pool, [&](auto&) {
    try {
      orderly::per_worker<state> states(pool, [&](std::size_t worker) {
        ++built[worker];
        run.faults.raise(part::state, worker);
        return run.memory.note(worker, [&] { return state(run.faults, worker); });
      });
      states.for_each_worker([&](std::size_t worker, const state& s) {
        found.expect_equal(s.value(), worker, "the State of a worker");
      });
    } catch (const std::logic_error&) {
      refused = true;
    }
    return pool.size();
  });
  found.expect_equal(static_cast<std::uint64_t>(state::alive()), 0, "States left");
  const test::failure planned = lowest_failure(run, part::state, built);
  const bool slots_lacking =
      run.record.error.where == part::memory && planned.where != part::memory;
  found.expect(!slots_lacking || run.injected, "std::bad_alloc without a failed allocation");
  found.expect(refused == (t.nested && !slots_lacking), "refused inside an item, and only there");
  const bool none = t.nested || slots_lacking;
  for (const auto& n : built) found.expect_equal(n, none ? 0 : 1, "States made");
  if (!none) found.expect_equal(run.record.error.code(), planned.code(), "the error");
}

// Draws a trial with faults of one part, runs it, and sees whether the pool is sound afterwards.
template <class Run>
void random_pool_runs(const char* name, part where, Run run) {
  test::for_random_runs(name, [&](splitmix64& random, findings& found) {
    trial t = test::draw_trial(random);
    worker_pool pool(t.pool);
    draw_places(t, where, std::max(t.range.size(), std::uint64_t{1}) % 9, random);
    run(t, pool, random, found);
    test::expect_usable(pool, found);
    found.expect_equal(static_cast<std::uint64_t>(result::alive()), 0, "alive");
  });
}

} // namespace

TEST_CASE("faults: for_each_index reports the lowest item that failed", "[random]") {
  random_pool_runs("for_each_index, seed", part::map,
                   [](trial& t, worker_pool& pool, splitmix64& random, findings& found) {
                     draw_places(t, part::map, t.range.size(), random);
                     run_indices(t, pool, found);
                   });
}

TEST_CASE("faults: for_each_worker reports the caller, then the lowest worker", "[random]") {
  random_pool_runs("for_each_worker, seed", part::map,
                   [](trial& t, worker_pool& pool, splitmix64& random, findings& found) {
                     run_workers(t, pool, random() % 2 == 0, found);
                   });
}

TEST_CASE("faults: per_worker is built on every worker or not at all", "[random]") {
  random_pool_runs("per_worker, seed", part::state,
                   [](trial& t, worker_pool& pool, splitmix64&, findings& found) {
                     build_states(t, pool, found);
                   });
}
