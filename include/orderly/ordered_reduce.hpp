// SPDX-License-Identifier: MIT
//
// orderly/ordered_reduce.hpp: folds the chunks of a range in order, with the same bits on any number
// of workers.
//
// It equals this loop:
//
//   for (auto chunk : range.chunks(chunk_size)) combine(total, map(chunk));
//
// Use it for totals of real numbers, whose sum depends on the order of the additions. For integers a
// per_worker accumulator is cheaper: no order is needed. For checkpoints use ordered_for_each, whose
// merged prefix survives an exception; here the total is lost.
//
//   double area = orderly::ordered_reduce(pool, cells, 4096, 0.0,
//       [&](const orderly::index_range& chunk) { return partial(chunk); },
//       [](double& total, double&& part) { total += part; });
//
// combine runs on whichever worker completes the head, so nobody waits for a merging thread. A worker
// that has pushed its chunks drains the merge if no other worker is draining, and looks again after it
// has given up the right to drain: a head that became ready before that is seen by it, one that
// became ready later is seen by the worker that made it so.
#ifndef ORDERLY_ORDERED_REDUCE_HPP
#define ORDERLY_ORDERED_REDUCE_HPP

#include "orderly/concepts.hpp"
#include "orderly/detail/ordered_run.hpp"
#include "orderly/ordered_merge.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/worker_pool.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // exception_ptr
#include <optional>    // the head
#include <type_traits> // is_invocable_v
#include <utility>     // move

namespace orderly {
inline namespace v0 {

// combine(total, result).
template <class Combine, class Total, class Result>
concept chunk_combiner = std::is_invocable_v<Combine&, Total&, Result>;

namespace detail {

template <class Team, class Range, class Total, class Map, class Combine>
class ordered_fold {
 public:
  using result = storable_t<team_result_t<Team, Map&, const Range&>>;
  using grid = decltype(std::declval<const Range&>().chunks(1));

  ordered_fold(Team& team, const Range& range, std::uint64_t chunk_size, Total&& total, Map& map,
               Combine& combine, const ordered_options& options)
      : team_(team),
        range_(range),
        grid_(range.chunks(chunk_size)),
        total_(std::move(total)),
        map_(map),
        combine_(combine),
        options_(options),
        merge_(window_of(options, team.size(), grid_.size())),
        merged_(range.first()) {
    merge_.seal(grid_.size());
  }

  Total run() {
    auto& pool = team_.pool();
    if (pool.inside())
      fold_serially(pool.current_worker());
    else if (pool.caller_works() && (pool.size() == 1 || grid_.size() <= 1))
      pool.for_each_index(grid_.empty() ? 0 : 1, [&](std::uint64_t) { fold_serially(0); });
    else if (!grid_.empty())
      pool.for_each_worker([&](std::size_t worker) { return compute_all(worker); });
    if (error_ != nullptr) std::rethrow_exception(error_);
    return std::move(total_);
  }

 private:
  using sync = typename team_pool_t<Team>::sync_type;

  void fold_serially(std::size_t worker) {
    for (std::uint64_t k = 0; k < grid_.size() && !stop_requested(options_); ++k) {
      const Range chunk = grid_[k];
      take(k, map_on(team_, worker, map_, chunk));
    }
  }

  std::uint64_t compute_all(std::size_t worker) {
    std::uint64_t items = 0;
    for (chunk_claims<sync> claimer(merge_.window(), team_.size());;) {
      if (stop_requested(options_)) merge_.seal();
      const index_range claim = merge_.reserve_n(claimer.size());
      if (claim.empty()) return items;
      claimer.complete(claim, [&](std::uint64_t k) {
        return compute_chunk(team_, worker, map_, grid_, k, merge_, items);
      });
      drain();
    }
  }

  void drain() noexcept {
    do {
      // seq_cst: an exchange that fails must come before the store below in the one total order, so
      // that the present drainer's next look at the head sees what this worker has pushed.
      if (draining_.exchange(true)) return;
      drain_head();
      draining_.store(false);
    } while (head_ready());
  }

  // What is contiguous, in order, until it is used up or a chunk has failed.
  void drain_head() noexcept {
    try {
      while (error_ == nullptr) {
        std::optional<result> head = merge_.try_pop();
        if (!head) return;
        take(next_, std::move(*head));
      }
    } catch (...) {
      error_ = std::current_exception();
      failed_.store(true);
      merge_.seal();
    }
  }

  bool head_ready() const noexcept { return !failed_.load() && merge_.ready(); }

  void take(std::uint64_t k, result&& value) {
    combine_(total_, std::move(value));
    next_ = k + 1;
    note_merged(grid_[k].last());
    if (options_.observer)
      options_.observer({merged_ - range_.first(), range_.last() - range_.first()});
  }

  void note_merged(std::uint64_t index) noexcept {
    merged_ = index;
    if (options_.merged != nullptr) *options_.merged = index;
  }

  Team& team_;
  const Range range_;
  const grid grid_;
  Total total_; // the drainer's
  Map& map_;
  Combine& combine_;
  const ordered_options& options_;
  ordered_merge<result, sync> merge_;
  std::uint64_t next_ = 0;   // the drainer's: the chunk that is popped next
  std::uint64_t merged_;     // the drainer's
  std::exception_ptr error_; // the drainer's: that of the lowest failing chunk
  typename sync::template atomic<bool> draining_{false};
  typename sync::template atomic<bool> failed_{false};
};

} // namespace detail

/// total = init, then combine(total, map(chunk)) for every chunk in order; map(chunk, state) on a
/// per_worker<State>. combine runs on one thread at a time, on any worker; so does the observer.
/// Returns the total, of the merged prefix if stopped.
/// Blocking: until everything claimed is combined.
/// Thread-safety: any thread; from inside an item of the same pool it runs inline.
/// Order: combine in chunk order.
/// Exceptions: that of the lowest failing chunk, whether map or combine threw it, after the last
/// running map has returned; the total is lost. std::invalid_argument for chunk_size 0 or window 0.
/// Complexity: O(chunks); memory for `window` results.
/// Determinism: a function of range, chunk_size, init, map and combine; chunk_size is part of the
/// result where combine is not exactly associative.
template <worker_team Team, chunkable_range Range, class Total, chunk_map<Team, Range> Map,
          chunk_combiner<Total, detail::storable_t<detail::team_result_t<Team, Map&, const Range&>>>
              Combine>
Total ordered_reduce(Team& team, const Range& range, std::uint64_t chunk_size, Total init,
                     Map&& map, Combine&& combine, const ordered_options& options = {}) {
  detail::note_start(options, range.first());
  return detail::ordered_fold<Team, Range, Total, std::remove_reference_t<Map>,
                              std::remove_reference_t<Combine>>(
             team, range, chunk_size, std::move(init), map, combine, options)
      .run();
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_REDUCE_HPP
