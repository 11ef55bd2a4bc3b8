// SPDX-License-Identifier: MIT
//
// orderly/per_worker.hpp: one State for each worker of a pool, built once on that worker.
//
// Use it for what is dear to build or not to be shared: buffers, caches, connections, accumulators.
// It stands wherever a pool stands; the user's function then gets the worker's State as one more
// argument. Do not use it to carry anything from one item to another that could influence a result:
// which items a worker meets depends on timing. Allowed are scratch memory, caches of pure
// functions, and accumulators whose combination is exactly associative and commutative (integer
// sums, histograms): those are the same in total, however the items were spread.
//
//   struct tally { std::uint64_t heads = 0; };
//   orderly::worker_pool pool;
//   orderly::per_worker<tally> tallies(pool, [](std::size_t) { return tally{}; });
//   tallies.for_each_index(n, [&](std::uint64_t i, tally& mine) { mine.heads += flip(i); });
//   std::uint64_t heads = 0;
//   for (std::size_t w = 0; w < tallies.size(); ++w) heads += tallies[w].heads;
//
// State k is built and destroyed on the pool's thread that is worker k. State 0 of a pool whose
// caller works belongs to the submitting side: it is built and destroyed by the threads that make
// and destroy the per_worker, and used by whichever thread submits a batch. A State is used by one
// thread at a time and, within one batch, by one thread.
#ifndef ORDERLY_PER_WORKER_HPP
#define ORDERLY_PER_WORKER_HPP

#include "orderly/broken_state.hpp"
#include "orderly/concepts.hpp"
#include "orderly/detail/state_slot.hpp"
#include "orderly/pool_statistics.hpp"
#include "orderly/worker_pool.hpp"

#include <cassert>     // preconditions
#include <concepts>    // invocable
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // rethrow_exception
#include <memory>      // unique_ptr
#include <stdexcept>   // logic_error
#include <type_traits> // invoke_result_t
#include <utility>     // forward
#include <vector>      // statistics

namespace orderly {
inline namespace v0 {

namespace detail {
// One variable, so that a compiler that refuses an argument says one line.
template <class Make, class State>
inline constexpr bool makes_state = false;
template <class Make, class State>
requires std::is_invocable_v<Make&, std::size_t>
inline constexpr bool makes_state<Make, State> =
    std::is_same_v<std::invoke_result_t<Make&, std::size_t>, State>;

template <class State>
struct make_default {
  State operator()(std::size_t) const { return State{}; }
};

// How many items an argument of the user's function stands for.
template <class Arg>
std::uint64_t items_in(const Arg& arg) {
  if constexpr (chunkable_range<Arg>)
    return arg.last() - arg.first();
  else
    return 1;
}

// An argument as it is given to an item that may be tried again: nothing can be moved from it.
template <class Arg>
using lasting_t =
    std::conditional_t<std::is_lvalue_reference_v<Arg>, Arg, const std::remove_reference_t<Arg>&>;

template <bool Copies, class F, class State, class... Args>
inline constexpr bool takes_lasting = false;
template <class F, class State, class... Args>
inline constexpr bool takes_lasting<true, F, State, Args...> =
    std::is_invocable_v<F&, lasting_t<Args>..., State&>;

// Whether f can be called again with what it was given. Not asked of a function that is given what
// cannot be copied: its body may be one that only moves.
template <class F, class State, class... Args>
inline constexpr bool can_be_tried_again =
    takes_lasting<((std::is_lvalue_reference_v<Args> ||
                    std::is_copy_constructible_v<std::remove_cvref_t<Args>>)&&...),
                  F, State, Args...>;
} // namespace detail

// make_state(worker) gives a State; State need not be movable.
template <class Make, class State>
concept state_factory = detail::makes_state<Make, State>;

struct per_worker_options {
  unsigned retries = 2;            // how often an item that throws broken_state is tried again
  std::uint64_t rebuild_every = 0; // items after which a State is built anew; 0: never
};

// Pool: worker_pool; only tests give another one.
template <class State, class Pool = worker_pool>
class per_worker {
 public:
  using state_type = State;

  /// Builds State k as make_state(k), or as State{}, on worker k, all workers at the same time:
  /// make_state must be thread-safe. It is copied (or moved) here, for later rebuilds. The pool must
  /// outlive this object.
  /// Blocking: until all States are built.
  /// Thread-safety: any thread outside of the pool's items.
  /// Exceptions: if make_state throws, the exception of the lowest worker that failed, after the
  /// States that were built have been destroyed on their threads; std::logic_error inside an item of the
  /// pool; std::bad_alloc.
  template <state_factory<State> Make = detail::make_default<State>>
  explicit per_worker(Pool& pool, Make&& make_state = {}, const per_worker_options& options = {});

  per_worker(const per_worker&) = delete;
  per_worker& operator=(const per_worker&) = delete;

  /// Destroys every State on the worker that built it.
  /// Blocking: until all are destroyed. Thread-safety: any thread outside of the pool's items.
  /// Exceptions: none.
  ~per_worker() { destroy_all(); }

  /// The number of States, which is that of the pool's workers.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] std::size_t size() const noexcept { return pool_.size(); }

  /// The pool that the States belong to.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] Pool& pool() noexcept { return pool_; }

  /// The State of a worker. Precondition: worker < size(), and its last rebuild, if any, did not throw.
  /// Blocking: no.
  /// Thread-safety: between batches only, on the thread that submits them.
  /// Exceptions: none.
  [[nodiscard]] State& operator[](std::size_t worker) noexcept {
    assert(worker < size());
    return slots_[worker].state();
  }
  [[nodiscard]] const State& operator[](std::size_t worker) const noexcept {
    assert(worker < size());
    return slots_[worker].state();
  }

  /// Calls f(worker, state) once on every worker, all at the same time. Nothing is tried again.
  /// Blocking: as worker_pool::for_each_worker.
  /// Thread-safety: any thread outside of the pool's items.
  /// Exceptions: as worker_pool::for_each_worker; what make_state throws for a worker whose last
  /// rebuild had failed.
  template <std::invocable<std::size_t, State&> F>
  void for_each_worker(F&& f) {
    pool_.for_each_worker([&](std::size_t worker) {
      ensure_state(worker, 0);
      const use hold(slots_[worker]);
      return f(worker, slots_[worker].state());
    });
  }

  /// Builds, retries and set-up times of each worker's State.
  /// Blocking: no. Thread-safety: any thread. Exceptions: std::bad_alloc.
  [[nodiscard]] std::vector<state_statistics> statistics() const;

  /// Calls f(index, state) for 0 ... count - 1, each with the State of the worker that runs it.
  /// Blocking: as worker_pool::for_each_index.
  /// Thread-safety: any thread; from inside an item it runs inline, with that worker's State.
  /// Order: indices are claimed in increasing order.
  /// Exceptions: the lowest failing index's.
  template <std::invocable<const std::uint64_t&, State&> F>
  void for_each_index(std::uint64_t count, F&& f) {
    pool_.for_each_index(
        count, [&](const std::uint64_t index, std::size_t worker) { invoke_on(worker, f, index); });
  }

  /// How a team calls a user's function for a worker: with that worker's State as last argument, again
  /// if it throws broken_state.
  /// Blocking: as f and, for a rebuild, make_state.
  /// Thread-safety: only for the worker that the calling thread is.
  /// Exceptions: as f, or the cause of its last broken_state; what make_state throws in a rebuild;
  /// std::logic_error where the calling thread is no worker and so has no State: in a batch nested in
  /// the sink of a pool whose caller does not work.
  template <class F, class... Args>
  requires std::invocable<F&, Args..., State&>
  decltype(auto) invoke_on(std::size_t worker, F& f, Args&&... args);

 private:
  using slot = detail::state_slot<State>;

  // Holds a worker's State for one item.
  class use {
   public:
    explicit use(slot& s) noexcept : slot_(s) { slot_.set_in_use(true); }
    use(const use&) = delete;
    use& operator=(const use&) = delete;
    ~use() { slot_.set_in_use(false); }

   private:
    slot& slot_;
  };

  void ensure_state(std::size_t worker, std::uint64_t most_items);
  void rebuild(std::size_t worker);
  template <class Attempt>
  decltype(auto) attempt_item(std::size_t worker, std::uint64_t items, unsigned retries,
                              Attempt attempt);

  void destroy_all() noexcept {
    pool_.for_each_worker([&](std::size_t worker) { slots_[worker].destroy(); });
  }

  Pool& pool_;
  const per_worker_options options_;
  const std::unique_ptr<detail::state_maker> make_state_;
  const std::unique_ptr<slot[]> slots_; // slot k is used by worker k only, inside a batch
};

template <class State, class Pool>
template <state_factory<State> Make>
per_worker<State, Pool>::per_worker(Pool& pool, Make&& make_state,
                                    const per_worker_options& options)
    : pool_(pool),
      options_(options),
      make_state_(std::make_unique<detail::state_maker_of<State, std::decay_t<Make>>>(
          std::forward<Make>(make_state))),
      slots_(std::make_unique<slot[]>(pool.size())) {
  try {
    pool_.for_each_worker([&](std::size_t worker) { slots_[worker].build(*make_state_, worker); });
  } catch (...) {
    if (!pool_.inside()) destroy_all(); // inside an item nothing was built
    throw;
  }
}

template <class State, class Pool>
template <class F, class... Args>
requires std::invocable<F&, Args..., State&>
decltype(auto) per_worker<State, Pool>::invoke_on(std::size_t worker, F& f, Args&&... args) {
  if (worker >= size())
    throw std::logic_error("orderly::per_worker: the calling thread is no worker of the pool");
  slot& mine = slots_[worker];
  if (mine.in_use()) return f(std::forward<Args>(args)..., mine.state());
  const use hold(mine);
  ensure_state(worker, options_.rebuild_every);
  const std::uint64_t items = (detail::items_in(args) + ... + 0);
  if constexpr (detail::can_be_tried_again<F, State, Args...>) {
    if (options_.retries > 0)
      return attempt_item(worker, items, options_.retries, [&]() -> decltype(auto) {
        return f(static_cast<detail::lasting_t<Args>>(args)..., mine.state());
      });
  }
  return attempt_item(worker, items, 0, [&]() -> decltype(auto) {
    return f(std::forward<Args>(args)..., mine.state());
  });
}

template <class State, class Pool>
template <class Attempt>
decltype(auto) per_worker<State, Pool>::attempt_item(std::size_t worker, std::uint64_t items,
                                                     unsigned retries, Attempt attempt) {
  for (unsigned failures = 0;; ++failures) {
    slots_[worker].count_items(items);
    try {
      return attempt();
    } catch (const broken_state& broken) {
      rebuild(worker);
      if (failures == retries) {
        if (broken.cause() != nullptr) std::rethrow_exception(broken.cause());
        throw;
      }
      slots_[worker].count_retry();
    }
  }
}

// A State that may still do an item: one that was built, and has not yet done `most_items` (0: any
// number).
template <class State, class Pool>
void per_worker<State, Pool>::ensure_state(std::size_t worker, std::uint64_t most_items) {
  const slot& mine = slots_[worker];
  if (!mine.built() || (most_items > 0 && mine.items() >= most_items)) rebuild(worker);
}

template <class State, class Pool>
void per_worker<State, Pool>::rebuild(std::size_t worker) {
  slots_[worker].destroy();
  slots_[worker].build(*make_state_, worker);
}

template <class State, class Pool>
std::vector<state_statistics> per_worker<State, Pool>::statistics() const {
  std::vector<state_statistics> result;
  result.reserve(size());
  for (std::size_t worker = 0; worker < size(); ++worker)
    result.push_back(slots_[worker].statistics());
  return result;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_PER_WORKER_HPP
