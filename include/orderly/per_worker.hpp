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

#include "orderly/detail/cache_line.hpp"
#include "orderly/worker_pool.hpp"

#include <cassert>     // preconditions
#include <concepts>    // invocable
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <memory>      // unique_ptr
#include <new>         // placement new
#include <stdexcept>   // logic_error
#include <type_traits> // invoke_result_t
#include <utility>     // forward

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
} // namespace detail

// make_state(worker) gives a State; State need not be movable.
template <class Make, class State>
concept state_factory = detail::makes_state<Make, State>;

// Pool: worker_pool; only tests give another one.
template <class State, class Pool = worker_pool>
class per_worker {
 public:
  using state_type = State;

  /// Builds State k as make_state(k), or as State{}, on worker k, all workers at the same time:
  /// make_state must be thread-safe. The pool must outlive this object.
  /// Blocking: until all States are built.
  /// Thread-safety: any thread outside of the pool's items.
  /// Exceptions: if make_state throws, the exception of the lowest worker that failed, after the
  /// States that were built have been destroyed on their threads; std::logic_error inside an item of the
  /// pool; std::bad_alloc.
  template <state_factory<State> Make = detail::make_default<State>>
  explicit per_worker(Pool& pool, Make&& make_state = {});

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

  /// The State of a worker. Precondition: worker < size().
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

  /// Calls f(worker, state) once on every worker, all at the same time.
  /// Blocking: as worker_pool::for_each_worker.
  /// Thread-safety: any thread outside of the pool's items.
  /// Exceptions: as worker_pool::for_each_worker.
  template <std::invocable<std::size_t, State&> F>
  void for_each_worker(F&& f) {
    pool_.for_each_worker([&](std::size_t worker) { return f(worker, slots_[worker].state()); });
  }

  /// Calls f(index, state) for 0 ... count - 1, each with the State of the worker that runs it.
  /// Blocking: as worker_pool::for_each_index.
  /// Thread-safety: any thread; from inside an item it runs inline, with that worker's State.
  /// Order: indices are claimed in increasing order.
  /// Exceptions: the lowest failing index's.
  template <std::invocable<std::uint64_t, State&> F>
  void for_each_index(std::uint64_t count, F&& f) {
    pool_.for_each_index(
        count, [&](std::uint64_t index, std::size_t worker) { invoke_on(worker, f, index); });
  }

  /// How a team calls a user's function for a worker: with that worker's State as last argument.
  /// Blocking: as f. Thread-safety: only for the worker that the calling thread is.
  /// Exceptions: as f; std::logic_error where the calling thread is no worker and so has no State: in
  /// a batch nested in the sink of a pool whose caller does not work.
  template <class F, class... Args>
  requires std::invocable<F&, Args..., State&>
  decltype(auto) invoke_on(std::size_t worker, F& f, Args&&... args) {
    if (worker >= size())
      throw std::logic_error("orderly::per_worker: the calling thread is no worker of the pool");
    return f(std::forward<Args>(args)..., slots_[worker].state());
  }

 private:
  // Raw memory for a State, on cache lines of its own.
  class alignas(alignof(State) > detail::cache_line ? alignof(State) : detail::cache_line) slot {
   public:
    template <class Make>
    void build(Make& make_state, std::size_t worker) {
      ::new (static_cast<void*>(bytes_)) State(make_state(worker));
      built_ = true;
    }
    void destroy() noexcept {
      if (built_) state().~State();
      built_ = false;
    }
    State& state() noexcept { return *std::launder(reinterpret_cast<State*>(bytes_)); }
    const State& state() const noexcept {
      return *std::launder(reinterpret_cast<const State*>(bytes_));
    }

   private:
    alignas(State) unsigned char bytes_[sizeof(State)];
    bool built_ = false;
  };

  void destroy_all() noexcept {
    pool_.for_each_worker([&](std::size_t worker) { slots_[worker].destroy(); });
  }

  Pool& pool_;
  const std::unique_ptr<slot[]> slots_; // slot k is used by worker k only, inside a batch
};

template <class State, class Pool>
template <state_factory<State> Make>
per_worker<State, Pool>::per_worker(Pool& pool, Make&& make_state)
    : pool_(pool), slots_(std::make_unique<slot[]>(pool.size())) {
  try {
    pool_.for_each_worker([&](std::size_t worker) { slots_[worker].build(make_state, worker); });
  } catch (...) {
    if (!pool_.inside()) destroy_all(); // inside an item nothing was built
    throw;
  }
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_PER_WORKER_HPP
