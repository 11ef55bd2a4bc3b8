// SPDX-License-Identifier: MIT
//
// Tasks with faults at random: each is refused, or runs once and its future tells how it ended.
#include "fault/planned_faults.hpp"
#include "fault/random_runs.hpp"
#include "fault/random_trial.hpp"
#include "support/catch.hpp"

#include "orderly/submit.hpp"
#include "orderly/worker_pool.hpp"

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <new>
#include <optional>
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

// A task whose move, call and result may fail.
struct task {
  test::traveller<part::task_move> self;
  trial_run& run;
  run_counts& ran;
  std::atomic<std::uint64_t>& started;
  std::vector<std::uint64_t>& order;       // when each started
  std::vector<std::atomic<bool>>& lacking; // memory

  result operator()() {
    const std::uint64_t place = self.value();
    ++ran[place];
    order[place] = started++;
    try {
      return run.mapping(place, [&] {
        run.faults.raise(part::map, place);
        return result(run.faults, place);
      });
    } catch (const std::bad_alloc&) {
      lacking[place] = true;
      throw;
    }
  }
};

class task_run {
 public:
  task_run(const trial& t, std::uint64_t count)
      : run_(t, true),
        count_(count),
        ran_(count),
        order_(count),
        lacking_(count),
        futures_(count),
        refused_(count) {}

  void submit_all(std::unique_ptr<worker_pool>& pool, bool batches, bool ends_before) {
    const test::allocation_fault fault(run_.t.failing_allocation, run_.t.which);
    const auto submit_each = [&](std::uint64_t) {
      for (std::uint64_t i = 0; i < count_; ++i) {
        refused_[i] = test::outcome_of([&] { submit(*pool, i); });
        if (batches) pool->for_each_index(3, [](std::uint64_t) {});
      }
    };
    if (run_.t.nested)
      pool->for_each_index(1, submit_each);
    else
      submit_each(0);
    if (ends_before) pool.reset();
    for (const auto& future : futures_)
      if (future.valid()) future.wait();
    run_.injected = test::allocation_fault::injected();
  }

  void check(bool one_at_a_time, findings& found) {
    std::optional<std::uint64_t> before;
    bool any_lacking = false;
    for (std::uint64_t i = 0; i < count_; ++i) {
      check_one(i, found);
      any_lacking = any_lacking || lacking_[i] || refused_[i].where == part::memory;
      if (ran_[i] == 0 || !one_at_a_time) continue;
      found.expect(!before || *before < order_[i], "started in the order of submission");
      before = order_[i];
    }
    found.expect(any_lacking == run_.injected, "a failed allocation was not reported");
  }

 private:
  void submit(worker_pool& pool, std::uint64_t i) {
    futures_[i] =
        orderly::submit(pool, task{{run_.faults, i}, run_, ran_, started_, order_, lacking_});
  }

  void check_one(std::uint64_t i, findings& found) {
    const bool submitted = refused_[i].where == part::none;
    found.expect_equal(ran_[i], submitted ? 1 : 0, "runs of a task");
    found.expect(submitted == futures_[i].valid(), "a future");
    if (!submitted) {
      const bool planned = run_.faults.nth_move(part::task_move, i) != 0;
      found.expect(refused_[i].where == part::memory || planned, "refused without a reason");
      return;
    }
    const test::failure got = test::outcome_of(
        [&] { found.expect_equal(futures_[i].get().value(), i, "the result of a task"); });
    found.expect_equal(got.code(), expected(i).code(), "the error of a task");
  }

  test::failure expected(std::uint64_t i) const {
    for (const part where : {part::task_move, part::map, part::result_move}) {
      if (where == part::result_move && lacking_[i]) return {part::memory, 0};
      if (run_.faults.nth_move(where, i) != 0) return {where, i};
    }
    return {};
  }

  trial_run run_;
  const std::uint64_t count_;
  run_counts ran_;
  std::atomic<std::uint64_t> started_{0};
  std::vector<std::uint64_t> order_;
  std::vector<std::atomic<bool>> lacking_;
  std::vector<std::future<result>> futures_;
  std::vector<test::failure> refused_; // by submit itself
};

} // namespace

TEST_CASE("faults: submit refuses a task or its future tells all", "[random]") {
  test::for_random_runs("submit, seed", [](splitmix64& random, findings& found) {
    trial t = test::draw_trial(random);
    const std::uint64_t count = 1 + random() % 12;
    for (const part where : {part::task_move, part::map, part::result_move})
      draw_places(t, where, count, random);
    auto pool = std::make_unique<worker_pool>(t.pool);
    const std::size_t threads = pool->size() - (pool->caller_works() ? 1 : 0);
    {
      task_run tasks(t, count);
      tasks.submit_all(pool, random() % 3 == 0, random() % 2 == 0);
      tasks.check(threads < 2, found);
    }
    if (pool) test::expect_usable(*pool, found);
    found.expect_equal(static_cast<std::uint64_t>(result::alive()), 0, "alive");
  });
}
