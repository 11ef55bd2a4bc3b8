// SPDX-License-Identifier: MIT
//
// fault/random_trial.hpp: one random ordered run, what it recorded, and what it is compared with.
//
// A trial is drawn from a seed: the pool, the range and its chunks, the window, whether the run is
// nested or has States, where it is stopped, which allocation fails. The faults are drawn by the test,
// which knows its parts. The same trial is run twice: first without any fault, which must give all
// and shows how many moves its values make, then with them.
#ifndef ORDERLY_TESTS_FAULT_RANDOM_TRIAL_HPP
#define ORDERLY_TESTS_FAULT_RANDOM_TRIAL_HPP

#include "fault/allocation_faults.hpp"
#include "fault/planned_faults.hpp"
#include "fault/random_runs.hpp"
#include "support/findings.hpp"
#include "support/splitmix64.hpp"
#include "support/timing.hpp"

#include "orderly/broken_state.hpp"
#include "orderly/index_range.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/worker_pool.hpp"

#include <atomic>    // maps run anywhere
#include <cstdint>   // uint64_t
#include <exception> // make_exception_ptr
#include <utility>   // exchange
#include <vector>    // what was merged

namespace test {

using orderly::index_range;

// A range of a user's own, the cutting of which can fail.
class faulty_range {
 public:
  class grid {
   public:
    grid(orderly::chunk_grid<index_range> chunks, const fault_plan& plan)
        : chunks_(chunks), plan_(&plan) {}
    std::uint64_t size() const { return chunks_.size(); }
    bool empty() const { return chunks_.empty(); }
    faulty_range operator[](std::uint64_t position) const {
      const index_range chunk = chunks_[position];
      plan_->raise(part::grid, chunk.first());
      return {chunk, *plan_};
    }

   private:
    orderly::chunk_grid<index_range> chunks_;
    const fault_plan* plan_;
  };

  faulty_range(index_range indices, const fault_plan& plan) : indices_(indices), plan_(&plan) {}
  std::uint64_t first() const { return indices_.first(); }
  std::uint64_t last() const { return indices_.last(); }
  grid chunks(std::uint64_t size) const { return {indices_.chunks(size), *plan_}; }
  const index_range& indices() const { return indices_; }

 private:
  index_range indices_;
  const fault_plan* plan_;
};

struct trial {
  orderly::worker_pool_options pool;
  bool nested = false;
  bool with_states = false;
  orderly::per_worker_options states;
  index_range range;
  std::uint64_t chunk_size = 1;
  std::size_t window = 1;
  std::uint64_t stop_at = memory_log::nowhere; // the first index of the chunk after which it is set
  std::uint64_t failing_allocation = 0;
  extent which = extent::one;
  fault_plan faults;

  orderly::chunk_grid<index_range> chunks() const { return range.chunks(chunk_size); }
  // The first index of some chunk. Precondition: there is one.
  std::uint64_t any_chunk(splitmix64& random) const {
    return chunks()[random() % chunks().size()].first();
  }
};

inline trial draw_trial(splitmix64& random) {
  trial t;
  t.pool = random_pool(random);
  t.nested = random() % 6 == 0;
  t.with_states = random() % 3 == 0;
  t.states.retries = static_cast<unsigned>(random() % 3);
  t.states.rebuild_every = random() % 2 == 0 ? 0 : random() % 6;
  const std::uint64_t size = random() % 60;
  t.chunk_size = 1 + random() % 9;
  const std::uint64_t first = random() % 4 == 0 ? ~std::uint64_t{0} - size : random() % 1000 + 9;
  t.range = index_range(first - random() % 9, first + size).from(first);
  t.window = random() % 4 == 0 ? orderly::ordered_options::default_window : 1 + random() % 20;
  if (size > 0 && random() % 5 == 0) t.stop_at = t.any_chunk(random);
  if (random() % 3 == 0) t.failing_allocation = 1 + random() % (t.chunks().size() + 5);
  t.which = random() % 2 == 0 ? extent::one : extent::all_from_then;
  return t;
}

// Up to three faults of one part at places below `end`, at the first move or the second.
inline void draw_places(trial& t, part where, std::uint64_t end, splitmix64& random) {
  if (end == 0) return;
  for (std::uint64_t n = random() % 4; n > 0; --n) {
    const std::uint64_t place = random() % end;
    const unsigned nth = where == part::result_move ? 1 + static_cast<unsigned>(random() % 2) : 1;
    t.faults.add(where, place, nth);
  }
}

// The retries of one item in the serial loop. raise(place) is called where the item may find its State
// of no use; what comes before it in the item is simply done again.
class serial_retries {
 public:
  // can_retry: the item is given nothing that it could move from.
  serial_retries(const trial& t, const fault_plan& faults, bool can_retry)
      : states_(t.with_states), left_(can_retry ? t.states.retries : 0), faults_(faults) {}
  void raise(std::uint64_t place) {
    const unsigned times = states_ ? faults_.nth_move(part::broken, place) : 0;
    if (times == 0) return;
    faults_.raise(part::state, place);
    if (times > left_) throw failure{part::broken, place};
    left_ -= times;
  }

 private:
  const bool states_;
  unsigned left_;
  const fault_plan& faults_;
};

// How often each place was run.
using run_counts = std::vector<std::atomic<std::uint64_t>>;

// What a run does, as far as its caller can see.
struct trial_record {
  std::vector<std::uint64_t> merged_places; // in order; grown by nobody: reserved beforehand
  std::uint64_t merged = 77;                // as the options tell
  std::uint64_t returned = 77;
  failure error;
};

// What the parts of a run share. Unless `disturbed`, no fault happens.
struct trial_run {
  trial_run(const trial& of, bool with_faults)
      : t(of),
        faults(with_faults ? of.faults : fault_plan{}),
        disturbed(with_faults),
        broken_(of.range.size()) {
    record.merged_places.reserve(64);
    options.window = t.window;
    options.merged = &record.merged;
    if (disturbed) options.stop = &stop;
  }

  // Around the work of each map.
  template <class Work>
  auto mapping(std::uint64_t place, Work work) {
    struct count {
      std::atomic<int>& n;
      explicit count(std::atomic<int>& running) : n(running) { ++n; }
      ~count() { --n; }
    } const counted(running);
    disturb();
    break_state(place);
    return memory.note(place, work);
  }

  // At the end of each sink.
  void merge(std::uint64_t place) {
    record.merged_places.push_back(place);
    stop_after(place);
  }
  void stop_after(std::uint64_t place) {
    if (place == t.stop_at) stop = true;
  }

  // body(team) on the trial's pool, or on States of it, from outside or from inside an item.
  template <class Body>
  void run(orderly::worker_pool& pool, Body body) {
    if (!t.with_states) return run_on(pool, pool, body);
    const auto make = [this](std::size_t) {
      const std::uint64_t place = std::exchange(breaking, memory_log::nowhere);
      faults.raise(part::state, place); // where it is built anew, if it is
      return std::uint64_t{0};
    };
    orderly::per_worker<std::uint64_t> states(pool, make, t.states);
    run_on(pool, states, body);
  }

  const trial& t;
  const fault_plan faults;
  const bool disturbed;
  orderly::ordered_options options;
  std::atomic<bool> stop{false};
  std::atomic<int> running{0};
  memory_log memory;
  bool injected = false;
  trial_record record;
  disturbance disturb;

 private:
  // The item finds its State of no use, as often as is planned.
  void break_state(std::uint64_t place) {
    const unsigned times = t.with_states ? faults.nth_move(part::broken, place) : 0;
    if (times == 0 || broken_[place - t.range.first()]++ >= times) return;
    breaking = place;
    throw orderly::broken_state(std::make_exception_ptr(failure{part::broken, place}));
  }

  // The place for which this thread is going to build a State anew.
  static inline thread_local std::uint64_t breaking = memory_log::nowhere;
  std::vector<std::atomic<unsigned>> broken_; // how often, at each place

  template <class Team, class Body>
  void run_on(orderly::worker_pool& pool, Team& team, Body& body) {
    record.error = outcome_of([&] {
      const allocation_fault fault(disturbed ? t.failing_allocation : 0, t.which);
      if (t.nested)
        pool.for_each_index(1, [&](std::uint64_t) { record.returned = body(team); });
      else
        record.returned = body(team);
    });
    injected = allocation_fault::injected();
  }
};

} // namespace test

#endif // ORDERLY_TESTS_FAULT_RANDOM_TRIAL_HPP
