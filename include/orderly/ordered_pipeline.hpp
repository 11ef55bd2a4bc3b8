// SPDX-License-Identifier: MIT
//
// orderly/ordered_pipeline.hpp: input of unknown length is read serially, computed in parallel and
// consumed in order.
//
// It equals this loop:
//
//   std::uint64_t i = 0;
//   while (auto item = source()) sink(i++, map(std::move(*item)));
//
// Use it for files, sockets and generators. Where the indices are known beforehand use
// ordered_for_each, which needs no reading thread.
//
//   std::string line;
//   orderly::ordered_pipeline(pool,
//       [&]() -> std::optional<std::string> {               // on a reading thread
//         if (!std::getline(std::cin, line)) return std::nullopt;
//         return line;
//       },
//       [](std::string&& job) { return judge(job); },       // on the workers
//       [](std::string&& verdict) { std::cout << verdict; } // here, in the order of the input
//   );
//
// The source runs on one thread that the call starts and joins, so a source that blocks never
// withholds results that are finished. A reservation in the ordered_merge stands behind every item
// read: at most `window` items are read and not yet consumed.
//
// Who wakes the calling thread. It sleeps in the merge until the head is ready, but it may also
// compute. Whoever leaves more items in the queue than there are idle workers to take them (the
// reader after adding one, a worker after taking one) alerts it. The alert is kept if it comes between
// the caller's look at the queue and its sleep.
#ifndef ORDERLY_ORDERED_PIPELINE_HPP
#define ORDERLY_ORDERED_PIPELINE_HPP

#include "orderly/bounded_queue.hpp"
#include "orderly/concepts.hpp"
#include "orderly/detail/ordered_run.hpp"
#include "orderly/ordered_merge.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/worker_pool.hpp"

#include <cstddef>   // size_t
#include <cstdint>   // uint64_t
#include <exception> // current_exception
#include <limits>    // numeric_limits: the number of items is not known
#include <optional>  // items
#include <utility>   // move

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Team, class Source, class Map, class Sink>
class pipeline_run {
 public:
  using item = typename std::invoke_result_t<Source&>::value_type;
  using result = storable_t<team_result_t<Team, Map&, item>>;

  pipeline_run(Team& team, Source& source, Map& map, Sink& sink, const ordered_options& options)
      : team_(team),
        source_(source),
        map_(map),
        sink_(sink),
        options_(options),
        merge_(window_of(options, team.size(), unknown)),
        jobs_(merge_.window()) {}

  std::uint64_t run() {
    const reader_thread reader(*this);
    auto& pool = team_.pool();
    if (pool.inside())
      merge_all(pool.current_worker(), true);
    else
      pool.for_each_worker([&](std::size_t worker) { return compute_all(worker); },
                           [&] { return merge_all(0, pool.caller_works()); });
    return merged_;
  }

 private:
  using sync = typename team_pool_t<Team>::sync_type;
  static constexpr std::uint64_t unknown = (std::numeric_limits<std::uint64_t>::max)();

  struct job {
    std::uint64_t index;
    std::optional<item> input;
    std::exception_ptr error; // set instead of input if it could not be moved

    job(std::uint64_t i, item&& from) : index(i), input(std::move(from)) {}
    // Never throws, so that no index is lost on its way through the queue.
    job(job&& other) noexcept : index(other.index), error(std::move(other.error)) {
      try {
        if (other.input) input.emplace(std::move(*other.input));
      } catch (...) {
        error = std::current_exception();
      }
    }
  };

  // Joined on every way out, after no further item can be wanted.
  class reader_thread {
   public:
    explicit reader_thread(pipeline_run& run) : thread_([&run] { run.read_all(); }) {}
    reader_thread(const reader_thread&) = delete;
    reader_thread& operator=(const reader_thread&) = delete;
    ~reader_thread() { thread_.join(); }

   private:
    typename team_pool_t<Team>::threads_type::thread thread_;
  };

  void read_all() noexcept {
    while (const std::optional<std::uint64_t> index = merge_.reserve()) {
      if (stop_requested(options_) || !read_one(*index)) {
        merge_.seal(*index);
        break;
      }
    }
    jobs_.close();
  }

  // False at the end of the input.
  bool read_one(std::uint64_t index) noexcept {
    try {
      std::optional<item> input = source_();
      if (!input) return false;
      // There is room: the window bounds the jobs too. A refusal means that the run has failed.
      static_cast<void>(jobs_.push(job{index, std::move(*input)}));
      alert_caller_if_needed();
    } catch (...) {
      fail(index);
    }
    return true;
  }

  void alert_caller_if_needed() noexcept {
    if (jobs_.size_hint() > idle_.load()) merge_.alert();
  }

  std::uint64_t compute_all(std::size_t worker) {
    for (std::uint64_t items = 0;; ++items) {
      idle_.fetch_add(1);
      std::optional<job> next = jobs_.pop();
      idle_.fetch_sub(1);
      if (!next) return items;
      alert_caller_if_needed();
      compute(*next, worker);
    }
  }

  // Items are taken in order, so all below a failing one were taken before it and are completed;
  // those above need not be.
  void compute(job& next, std::size_t worker) noexcept {
    if (next.index > lowest_failure_.load()) return;
    try {
      if (next.error != nullptr) std::rethrow_exception(next.error);
      static_cast<void>(
          merge_.push(next.index, map_on(team_, worker, map_, std::move(*next.input))));
    } catch (...) {
      fail(next.index);
    }
  }

  void fail(std::uint64_t index) noexcept {
    skip_above(index);
    merge_.seal();
    static_cast<void>(merge_.push_exception(index, std::current_exception()));
  }

  void skip_above(std::uint64_t index) noexcept {
    std::uint64_t lowest = lowest_failure_.load();
    while (index < lowest && !lowest_failure_.compare_exchange_weak(lowest, index)) {
    }
  }

  std::uint64_t merge_all(std::size_t worker, bool works) {
    std::uint64_t items = 0;
    try {
      for (;;) {
        conqueue_status status{};
        std::optional<result> head = merge_.try_pop(status);
        if (status == conqueue_status::closed) return items;
        if (head) {
          deliver(std::move(*head));
          continue;
        }
        if (works) {
          if (std::optional<job> next = jobs_.try_pop()) {
            compute(*next, worker);
            ++items;
            continue;
          }
        }
        merge_.wait();
      }
    } catch (...) {
      skip_above(merged_);
      merge_.seal();
      jobs_.close();
      throw;
    }
  }

  void deliver(result&& value) {
    const std::uint64_t index = merged_;
    deliver_to(sink_, index, std::move(value));
    note_merged(index + 1);
    if (options_.observer) options_.observer({merged_, 0});
  }

  void note_merged(std::uint64_t count) noexcept {
    merged_ = count;
    if (options_.merged != nullptr) *options_.merged = count;
  }

  Team& team_;
  Source& source_; // the reader's
  Map& map_;
  Sink& sink_;
  const ordered_options& options_;
  ordered_merge<result, sync> merge_;
  bounded_queue<job, sync> jobs_;
  typename sync::template atomic<std::size_t> idle_{
      0}; // workers in, or about to return from, jobs_.pop()
  typename sync::template atomic<std::uint64_t> lowest_failure_{unknown};
  std::uint64_t merged_ = 0; // the calling thread's
};

} // namespace detail

/// Reads items by source() on one thread that the call starts and joins, runs map(item) on the
/// workers (map(item, state) on a per_worker<State>), and consumes the results on the calling
/// thread, one at a time and in order: sink(index, result) or sink(result); sink(index) or sink() if
/// map gives nothing. The end is a source that gives nullopt. Returns the number of items consumed.
/// Blocking: until everything read is consumed. A stop, or an error, cannot interrupt a call of
/// source in progress: close its input.
/// Thread-safety: any thread; from inside an item of the same pool it runs on that thread and the
/// reader.
/// Order: source serially, sinks in the order of the items.
/// Exceptions: that of the lowest failing item, after exactly the items before it were consumed; an
/// exception of source is that of the item it would have given. std::invalid_argument for window 0;
/// std::system_error if the reading thread cannot be started; std::bad_alloc.
/// Complexity: memory for `window` items and results.
/// Determinism: the calls of sink, their order and arguments are a function of the items and map.
template <worker_team Team, item_source Source,
          item_map<Team, typename std::invoke_result_t<Source&>::value_type> Map,
          ordered_sink<
              std::uint64_t,
              detail::team_result_t<Team, Map&, typename std::invoke_result_t<Source&>::value_type>>
              Sink>
std::uint64_t ordered_pipeline(Team& team, Source&& source, Map&& map, Sink&& sink,
                               const ordered_options& options = {}) {
  detail::note_start(options, 0);
  return detail::pipeline_run<Team, std::remove_reference_t<Source>, std::remove_reference_t<Map>,
                              std::remove_reference_t<Sink>>(team, source, map, sink, options)
      .run();
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_PIPELINE_HPP
