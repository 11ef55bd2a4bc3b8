// SPDX-License-Identifier: MIT
//
// Batch after batch for workers that are dear to set up: made anew for each batch, or once.
#ifndef ORDERLY_BENCH_BEFORE_AFTER_WORKERS_HPP
#define ORDERLY_BENCH_BEFORE_AFTER_WORKERS_HPP

#include "pool/work.hpp"

#include "orderly/per_worker.hpp"
#include "orderly/worker_pool.hpp"

#include <cstddef>   // size_t
#include <cstdint>   // indices
#include <optional>  // a pool whose making is timed
#include <stdexcept> // a wrong result
#include <thread>    // workers that are made again and again
#include <vector>    // workers

namespace bench {

inline constexpr std::uint64_t items_of_a_batch = 200;
inline constexpr double item_nanoseconds = 1e6;
inline constexpr double set_up_nanoseconds = 50e6;

/// What a worker needs before it can do an item.
class costly_state {
 public:
  costly_state() { burn(rounds_of(set_up_nanoseconds)); }

  void do_item(std::uint64_t index) {
    burn(rounds_of(item_nanoseconds));
    tally_ += index * index + 1;
  }
  /// The same in total, however the items were spread.
  std::uint64_t tally() const { return tally_; }

 private:
  std::uint64_t tally_ = 0;
};

/// The loop that both programs stand for.
class serial_loop {
 public:
  void run_batch() {
    for (std::uint64_t i = 0; i < items_of_a_batch; ++i) state_.do_item(i);
  }
  std::uint64_t tally() const { return state_.tally(); }

 private:
  costly_state state_;
};

/// Before: every batch makes its workers, and gives each the same number of items.
class new_workers {
 public:
  explicit new_workers(std::size_t workers) : tallies_(workers) {}

  void run_batch() {
    std::vector<std::thread> threads;
    for (std::size_t w = 0; w < tallies_.size(); ++w)
      threads.emplace_back([this, w] { tallies_[w] += share_of(w); });
    for (std::thread& thread : threads) thread.join();
  }
  std::uint64_t tally() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t each : tallies_) sum += each;
    return sum;
  }

 private:
  std::uint64_t share_of(std::size_t worker) const {
    costly_state state;
    for (std::uint64_t i = worker; i < items_of_a_batch; i += tallies_.size()) state.do_item(i);
    return state.tally();
  }

  std::vector<std::uint64_t> tallies_; // one for each worker
};

/// Now: the workers and their states are made once.
class lasting_workers {
 public:
  explicit lasting_workers(std::size_t workers) : pool_(workers), states_(pool_) {}

  void run_batch() {
    states_.for_each_index(items_of_a_batch,
                           [](std::uint64_t index, costly_state& state) { state.do_item(index); });
  }
  std::uint64_t tally() const {
    std::uint64_t sum = 0;
    for (std::size_t w = 0; w < states_.size(); ++w) sum += states_[w].tally();
    return sum;
  }

 private:
  orderly::worker_pool pool_;
  orderly::per_worker<costly_state> states_;
};

/// Something that runs batches, with all the time it takes: to be made, to run and to be destroyed.
template <class Program>
class timed_program {
 public:
  template <class... Args>
  explicit timed_program(Args... args) {
    const clock::time_point start = clock::now();
    program_.emplace(args...);
    set_up_ = seconds_since(start);
  }

  void run_batch() {
    const clock::time_point start = clock::now();
    program_->run_batch();
    running_ += seconds_since(start);
    ++batches_;
  }

  /// Ends it. Seconds for `batches` batches, at the rate of those that were run.
  double end(std::uint64_t batches) {
    if (program_->tally() != batches_ * tally_of_a_batch())
      throw std::runtime_error("workers: an item was lost or done twice");
    const clock::time_point start = clock::now();
    program_.reset();
    return set_up_ + running_ / static_cast<double>(batches_) * static_cast<double>(batches) +
           seconds_since(start);
  }

 private:
  static std::uint64_t tally_of_a_batch() {
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < items_of_a_batch; ++i) sum += i * i + 1;
    return sum;
  }

  std::optional<Program> program_;
  double set_up_ = 0;
  double running_ = 0;
  std::uint64_t batches_ = 0;
};

/// Seconds for all batches.
struct wall_times {
  double serial = 0; // one state, no threads; from every tenth batch
  double before = 0;
  double after = 0;
};

/// Batch by batch in turn, so that a processor that becomes slower for a while does so for all three.
inline wall_times wall_times_of(std::size_t workers, std::uint64_t batches) {
  timed_program<serial_loop> serial;
  timed_program<new_workers> before(workers);
  timed_program<lasting_workers> after(workers);
  for (std::uint64_t b = 0; b < batches; ++b) {
    if (b % 10 == 0) serial.run_batch();
    if (b % 2 == 0) before.run_batch();
    after.run_batch();
    if (b % 2 == 1) before.run_batch();
  }
  return {serial.end(batches), before.end(batches), after.end(batches)};
}

} // namespace bench

#endif
