// SPDX-License-Identifier: MIT
//
// Batches of sampled iterations that learn into one table on a pool of workers: the same table, bit
// for bit, for any number of them.
//
// While a batch traverses, the table stands still, and each chunk of it writes down what it adds
// (table_updates.hpp); then that is added, in the order of the chunks.
//
//   poker::update_batches<double, worker_state> batches(pool, make_state);
//   batches.run(iterations, table.data(), [&](const auto& chunk, worker_state& mine, auto& log) {
//     for (const std::uint64_t i : chunk) traverse(chunk.fast(i), mine, log);
//   });
//
// Keep it for many batches: the memory of the logs is kept, too.
#ifndef ORDERLY_EXAMPLES_POKER_UPDATE_BATCHES_HPP
#define ORDERLY_EXAMPLES_POKER_UPDATE_BATCHES_HPP

#include "table_updates.hpp"

#include "orderly/per_worker.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <bit>     // bit_ceil
#include <chrono>  // metrics
#include <cstddef> // size_t
#include <cstdint> // iterations
#include <vector>  // logs

namespace poker {

/// State: what each worker has of its own. Nothing in it may influence what a chunk adds.
template <class Real, class State>
class update_batches {
 public:
  using log = divided_log<Real>;

  /// make_state(worker) gives a State. The pool must outlive this object.
  template <class Make>
  update_batches(orderly::worker_pool& pool, Make&& make_state)
      : states_(pool, make_state), parts_(pool.size() == 1 ? 1 : std::bit_ceil(4 * pool.size())) {
    for (std::uint64_t i = 0; i < chunks_per_batch; ++i) logs_.emplace_back(parts_);
  }

  /// Blocking: one batch. traverse(chunk, state, log) may read the table, and adds to the log.
  /// Precondition: some iterations. Exceptions: std::bad_alloc.
  template <class Traverse>
  void run(const orderly::seed_range& iterations, Real* table, Traverse&& traverse) {
    const std::uint64_t per_chunk = (iterations.size() + chunks_per_batch - 1) / chunks_per_batch;
    const auto chunks = iterations.chunks(per_chunk);
    states_.for_each_index(chunks.size(), [&](std::uint64_t chunk, State& mine) {
      logs_[chunk].clear();
      traverse(chunks[chunk], mine, logs_[chunk]);
    });
    const auto begin = std::chrono::steady_clock::now(); // for the metrics alone
    states_.pool().for_each_index(parts_, [&](std::uint64_t part) {
      for (std::uint64_t chunk = 0; chunk < chunks.size(); ++chunk) {
        logs_[chunk].part(part).replay(table);
      }
    });
    merging_ += std::chrono::steady_clock::now() - begin;
  }

  /// Wall time so far in which logs were replayed.
  std::chrono::nanoseconds merging() const { return merging_; }
  orderly::per_worker<State>& states() { return states_; }
  const orderly::per_worker<State>& states() const { return states_; }

 private:
  static constexpr std::uint64_t chunks_per_batch = 32;

  orderly::per_worker<State> states_;
  std::size_t parts_;
  std::vector<log> logs_; // of the chunks of a batch
  std::chrono::nanoseconds merging_{0};
};

} // namespace poker

#endif
