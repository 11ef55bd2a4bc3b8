// SPDX-License-Identifier: MIT
//
// orderly/detail/ordered_run.hpp: the machine behind ordered_for_each and ordered_transform.
//
// Chunks 0 ... n-1 of a range are handed out by the reservations of an ordered_merge, computed on the
// workers, and delivered to a sink on the calling thread. A chunk is reserved before it is computed,
// so its push never sleeps and at most `window` chunks are claimed and not yet delivered. Chunks that
// cost little are claimed several at once.
//
// Failure. Reservations increase; a failure seals the merge behind its chunk, so no chunk is handed out
// any more, and every chunk below the failing one was handed out before and is completed. Delivery is
// in order, so the first exception that delivery meets is that of the lowest failing chunk, after exactly
// the chunks before it; what lies above is refused, or stays in the merge and is destroyed with it.
#ifndef ORDERLY_DETAIL_ORDERED_RUN_HPP
#define ORDERLY_DETAIL_ORDERED_RUN_HPP

#include "orderly/concepts.hpp"
#include "orderly/detail/claim_size.hpp"
#include "orderly/ordered_merge.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/worker_pool.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // current_exception
#include <optional>    // the head
#include <stdexcept>   // invalid_argument
#include <type_traits> // is_void_v
#include <utility>     // move

namespace orderly {
inline namespace v0 {
namespace detail {

// The pool of a team.
template <class Team>
using team_pool_t = std::remove_reference_t<decltype(std::declval<Team&>().pool())>;

// Calls map for a worker; a map that gives nothing gives `nothing`.
template <class Team, class Map, class Arg>
storable_t<team_result_t<Team, Map&, Arg>> map_on(Team& team, std::size_t worker, Map& map,
                                                  Arg&& arg) {
  if constexpr (std::is_void_v<team_result_t<Team, Map&, Arg>>) {
    team.invoke_on(worker, map, std::forward<Arg>(arg));
    return {};
  } else {
    return team.invoke_on(worker, map, std::forward<Arg>(arg));
  }
}

// Calls sink in the form that it has: with or without the place, with or without a result.
template <class Result, class Sink, class Where>
void deliver_to(Sink& sink, const Where& where, Result&& result) {
  if constexpr (std::is_same_v<Result, nothing>) {
    if constexpr (std::invocable<Sink&, const Where&>)
      sink(where);
    else
      sink();
  } else if constexpr (std::invocable<Sink&, const Where&, Result>) {
    sink(where, std::move(result));
  } else {
    sink(std::move(result));
  }
}

// The window that the options ask for, but never more than there are chunks.
inline std::size_t window_of(const ordered_options& options, std::size_t workers,
                             std::uint64_t chunks) {
  if (options.window == 0) throw std::invalid_argument("orderly::ordered_options: window 0");
  const std::size_t window =
      options.window == ordered_options::default_window ? 16 * workers : options.window;
  if (chunks >= window) return window;
  return chunks == 0 ? 1 : static_cast<std::size_t>(chunks);
}

// Says that nothing is merged yet, before anything can fail.
inline void note_start(const ordered_options& options, std::uint64_t first) noexcept {
  if (options.merged != nullptr) *options.merged = first;
}

inline bool stop_requested(const ordered_options& options) noexcept {
  // Relaxed: the flag only ends claiming; no data comes with it.
  return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
}

// The chunks that a worker claims at once: as many as are worth 10 to 40 us, but a fraction of the window,
// so that all find room in it.
template <class Sync>
class chunk_claims {
 public:
  chunk_claims(std::size_t window, std::size_t workers) noexcept : most_(window / (4 * workers)) {}

  std::uint64_t size() const noexcept { return size_; }

  // Calls compute(k) for each chunk of a claim, until it says that the rest is not needed.
  template <class Compute>
  void complete(const index_range& claim, Compute compute) {
    const bool timed = most_ > 1;
    const auto start = timed ? Sync::clock::now() : typename Sync::clock::time_point{};
    for (const std::uint64_t k : claim)
      if (!compute(k)) return;
    if (timed) size_ = next_claim_size(claim.size(), Sync::clock::now() - start, most_);
  }

 private:
  std::uint64_t most_;
  std::uint64_t size_ = 1;
};

// Computes chunk k on a worker and hands its result, or its failure, to the merge, which has reserved it;
// counts its items. False if it failed or lies above a failure: what was claimed behind it is not needed
// any more.
template <class Team, class Map, class Grid, class Merge>
bool compute_chunk(Team& team, std::size_t worker, Map& map, const Grid& grid, std::uint64_t k,
                   Merge& merge, std::uint64_t& items) noexcept {
  try {
    const auto chunk = grid[k];
    if (!merge.push(k, map_on(team, worker, map, chunk))) return false;
    items += chunk.last() - chunk.first();
    return true;
  } catch (...) {
    merge.seal(k + 1);
    static_cast<void>(merge.push_exception(k, std::current_exception()));
    return false;
  }
}

template <class Team, class Range, class Map, class Sink>
class ordered_run {
 public:
  using result = storable_t<team_result_t<Team, Map&, const Range&>>;
  using grid = decltype(std::declval<const Range&>().chunks(1));

  ordered_run(Team& team, const Range& range, std::uint64_t chunk_size, Map& map, Sink& sink,
              const ordered_options& options)
      : team_(team),
        range_(range),
        grid_(range.chunks(chunk_size)),
        map_(map),
        sink_(sink),
        options_(options),
        window_(window_of(options, team.size(), grid_.size())),
        merged_(range.first()) {}

  // The first index that is not merged.
  std::uint64_t run() {
    auto& pool = team_.pool();
    if (pool.inside())
      run_serially(pool.current_worker());
    else if (pool.caller_works() && (pool.size() == 1 || grid_.size() <= 1))
      pool.for_each_index(grid_.empty() ? 0 : 1, [&](std::uint64_t) { run_serially(0); });
    else
      run_in_parallel(pool);
    return merged_;
  }

 private:
  using pool_type = team_pool_t<Team>;
  using chunk_merge = ordered_merge<result, typename pool_type::sync_type>;
  using claims = chunk_claims<typename pool_type::sync_type>;

  // The loop that the parallel run equals.
  void run_serially(std::size_t worker) {
    for (std::uint64_t k = 0; k < grid_.size() && !stop_requested(options_); ++k) {
      const Range chunk = grid_[k];
      deliver(chunk, map_on(team_, worker, map_, chunk));
    }
  }

  void run_in_parallel(pool_type& pool) {
    if (grid_.empty()) return;
    chunk_merge merge(window_);
    merge.seal(grid_.size());
    pool.for_each_worker([&](std::size_t worker) { return compute_all(merge, worker); },
                         [&] { return merge_all(merge, pool.caller_works()); });
  }

  std::uint64_t compute_all(chunk_merge& merge, std::size_t worker) {
    std::uint64_t items = 0;
    for (claims claimer(window_, team_.size());;) {
      if (stop_requested(options_)) merge.seal();
      const index_range claim = merge.reserve_n(claimer.size());
      if (claim.empty()) return items;
      claimer.complete(claim, [&](std::uint64_t k) {
        return compute_chunk(team_, worker, map_, grid_, k, merge, items);
      });
    }
  }

  // The calling thread: deliver what is ready, else compute if there is room, else sleep.
  std::uint64_t merge_all(chunk_merge& merge, bool works) {
    std::uint64_t items = 0;
    claims claimer(window_, team_.size());
    try {
      for (std::uint64_t next = 0;;) {
        conqueue_status status{};
        std::optional<result> head = merge.try_pop(status);
        if (status == conqueue_status::closed) return items;
        if (head) {
          deliver(grid_[next++], std::move(*head));
          continue;
        }
        if (works) {
          if (stop_requested(options_)) merge.seal();
          if (const index_range claim = merge.try_reserve_n(claimer.size()); !claim.empty()) {
            claimer.complete(claim, [&](std::uint64_t k) {
              return compute_chunk(team_, 0, map_, grid_, k, merge, items);
            });
            continue;
          }
        }
        merge.wait();
      }
    } catch (...) {
      merge.seal(); // the workers finish what they have and leave
      throw;
    }
  }

  void deliver(const Range& chunk, result&& value) {
    deliver_to(sink_, chunk, std::move(value));
    note_merged(chunk.last());
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
  Map& map_;
  Sink& sink_;
  const ordered_options& options_;
  const std::size_t window_;
  std::uint64_t merged_; // the calling thread's
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_ORDERED_RUN_HPP
