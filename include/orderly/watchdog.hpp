// SPDX-License-Identifier: MIT
//
// orderly/watchdog.hpp: a deadline for each item that runs with a State which can be interrupted.
//
// Use it where an item may hang: a foreign program, a connection, a search without a bound of its
// own. Where work can be counted, count it instead: a limit in steps gives the same result everywhere.
// Not included by orderly.hpp.
//
//   struct engine {
//     answer solve(const task&);       // returns or throws soon after interrupt()
//     void interrupt() noexcept;       // called from another thread while solve() runs
//   };
//   orderly::per_worker<engine> engines(pool, start_engine);
//   orderly::watchdog guarded(engines, std::chrono::seconds(5));
//   orderly::ordered_for_each(guarded, tasks, 1, solve_chunk, write);   // stands where a team stands
//
// When an item's time is up, its State's interrupt() is called, once. However the item then ends, with
// a result or an exception, it counts as broken_state: the State is built anew and the item tried
// again as per_worker says, each time with the full time; after the last retry its error is
// deadline_exceeded. Other workers notice nothing.
//
// A deadline never makes a result: what an interrupted item returned is thrown away, and a retry
// computes what the item always computes. Whether a batch ends with deadline_exceeded depends on the
// clock; this is the one outcome in the library that does. An item is one call of the user's
// function: a chunk where the function is given chunks. A batch nested in an item runs on that item's
// time.
//
//   what happens while an item runs         what comes of it
//   it ends in time                         its result, or what it threw
//   its time is up                          interrupt(); once it ends, a retry with a new State
//   so again at the last retry              deadline_exceeded, at this item's place in the order
//
// Sleeping and waking. One thread sleeps until the earliest deadline that it found when it last looked,
// or, if it found none, until an item arms one; only then is it woken. Deadlines are a fixed time after
// the start of an item, so one that is armed later is not due earlier and needs no wake-up. A deadline
// whose item ended in time is simply no longer there when the thread looks. So it wakes only at the
// deadline of an item that was running when it last looked (where items are short: once in the length
// of a deadline), then once more at the last deadline that was armed, and never after. Interrupting
// happens under the mutex with which an item disarms, so the State is alive and still running that item.
#ifndef ORDERLY_WATCHDOG_HPP
#define ORDERLY_WATCHDOG_HPP

#include "orderly/broken_state.hpp"
#include "orderly/concepts.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/per_worker.hpp"

#include <chrono>      // deadlines
#include <concepts>    // invocable
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // make_exception_ptr
#include <mutex>       // lock_guard
#include <optional>    // the index, where it is known
#include <stdexcept>   // runtime_error, invalid_argument
#include <string>      // to_string
#include <type_traits> // is_void_v
#include <utility>     // forward
#include <vector>      // what each worker runs

namespace orderly {
inline namespace v0 {

// state.interrupt() makes the item that runs with this State end soon. It is called from another thread
// than the item's, must not block, and must not throw.
template <class State>
concept interruptible = requires(State& state) {
  { state.interrupt() }
  noexcept;
};

// The error of an item that was interrupted at its last retry too.
class deadline_exceeded : public std::runtime_error {
 public:
  /// Blocking: no. Thread-safety: as any constructor. Exceptions: std::bad_alloc.
  explicit deadline_exceeded(std::optional<std::uint64_t> index)
      : std::runtime_error(
            "orderly::watchdog: " +
            (index ? "the item at index " + std::to_string(*index) : std::string("an item")) +
            " exceeded its deadline"),
        index_(index) {}

  /// The item's index, or the first of its chunk; none for an item of an ordered_pipeline, whose index
  /// is that of `options.merged`.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] std::optional<std::uint64_t> index() const noexcept { return index_; }

 private:
  std::optional<std::uint64_t> index_;
};

template <class State, class Pool = worker_pool>
class watchdog {
  // Here and not at the head: g++ would list the guides that deduction has tried, and then the reason.
  static_assert(interruptible<State>, "orderly::watchdog: State must be interruptible");

 public:
  /// Gives every item of these States `time` from its start. `states` must outlive this object.
  /// Blocking: until the thread is created. Thread-safety: as any constructor.
  /// Exceptions: std::invalid_argument if time is not positive; std::system_error if the thread cannot
  /// be created; std::bad_alloc.
  watchdog(per_worker<State, Pool>& states, std::chrono::nanoseconds time)
      : states_(states),
        time_(checked(time)),
        running_(states.size()),
        thread_([this] { watch(); }) {}
  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

  /// Ends the thread. No batch may be running.
  /// Blocking: until the thread has ended. Thread-safety: no other thread may be inside.
  /// Exceptions: none.
  ~watchdog();

  /// The number of workers.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] std::size_t size() const noexcept { return states_.size(); }

  /// The pool that the States belong to.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] Pool& pool() noexcept { return states_.pool(); }

  /// How many times an item was interrupted.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] std::uint64_t interruptions() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return interruptions_;
  }

  /// Calls f(index, state) for 0 ... count - 1, each within the time.
  /// Blocking: as worker_pool::for_each_index.
  /// Thread-safety: any thread; from inside an item it runs inline.
  /// Order: indices are claimed in increasing order.
  /// Exceptions: the lowest failing index's; deadline_exceeded is one.
  template <std::invocable<const std::uint64_t&, State&> F>
  void for_each_index(std::uint64_t count, F&& f) {
    pool().for_each_index(
        count, [&](const std::uint64_t index, std::size_t worker) { invoke_on(worker, f, index); });
  }

  /// How a team calls a user's function for a worker: with its State, and within the time.
  /// Blocking: as per_worker::invoke_on.
  /// Thread-safety: only for the worker that the calling thread is.
  /// Exceptions: as per_worker::invoke_on; deadline_exceeded.
  template <class F, class... Args>
  requires std::invocable<F&, Args..., State&>
  decltype(auto) invoke_on(std::size_t worker, F& f, Args&&... args) {
    timed<F> within_time{*this, worker, f, index_of<Args...>(args...)};
    return states_.invoke_on(worker, within_time, std::forward<Args>(args)...);
  }

 private:
  using sync = typename Pool::sync_type;
  using mutex_type = typename sync::mutex;
  using lock_type = std::unique_lock<mutex_type>;
  using waiter_list = detail::basic_waiter_list<sync>;
  using steady_time = detail::steady_time;

  // What one worker is doing. Guarded by mutex_.
  struct entry {
    State* state = nullptr; // while an item is running
    steady_time deadline{};
    bool interrupted = false;
  };

  // f, within the time. The last of the arguments is the State.
  template <class F>
  struct timed {
    watchdog& dog;
    std::size_t worker;
    F& f;
    std::optional<std::uint64_t> index;

    template <class... Args>
    requires std::invocable<F&, Args...> std::invoke_result_t<F&, Args...>
    operator()(Args&&... args) {
      using result_type = std::invoke_result_t<F&, Args...>;
      if (dog.is_running(worker)) return f(std::forward<Args>(args)...);
      dog.begin(worker, last_of(args...));
      try {
        if constexpr (std::is_void_v<result_type>) {
          f(std::forward<Args>(args)...);
          if (!dog.end(worker)) return;
        } else {
          decltype(auto) result = f(std::forward<Args>(args)...);
          if (!dog.end(worker)) return static_cast<result_type&&>(result);
        }
      } catch (...) {
        if (!dog.end(worker)) throw;
      }
      throw broken_state(exceeded(index));
    }
  };

  // That an item was interrupted, or that there was no memory to say so: broken it is in both cases.
  static std::exception_ptr exceeded(std::optional<std::uint64_t> index) noexcept {
    try {
      return std::make_exception_ptr(deadline_exceeded(index));
    } catch (...) {
      return std::current_exception();
    }
  }

  static std::chrono::nanoseconds checked(std::chrono::nanoseconds time) {
    if (time.count() <= 0)
      throw std::invalid_argument("orderly::watchdog: a deadline of " +
                                  std::to_string(time.count()) + " ns");
    return time;
  }

  static State& last_of(State& state) noexcept { return state; }
  template <class First, class... Rest>
  static State& last_of(const First&, Rest&... rest) noexcept {
    return last_of(rest...);
  }

  // What the compositions give by reference they made themselves, from an index; what they hand over is
  // a pipeline's item.
  template <class First, class... Rest>
  static std::optional<std::uint64_t> index_of(const std::remove_reference_t<First>& first,
                                               const Rest&...) {
    using item = std::remove_cvref_t<First>;
    if constexpr (!std::is_lvalue_reference_v<First>)
      return std::nullopt;
    else if constexpr (chunkable_range<item>)
      return first.first();
    else if constexpr (std::is_same_v<item, std::uint64_t>)
      return first;
    else
      return std::nullopt;
  }

  // Whether an item around this one is running. An entry's state is written by its worker only.
  bool is_running(std::size_t worker) const noexcept { return running_[worker].state != nullptr; }

  void begin(std::size_t worker, State& state) noexcept;
  bool end(std::size_t worker) noexcept;
  void watch() noexcept;
  std::optional<steady_time> earliest() const noexcept;
  void interrupt_due() noexcept;

  per_worker<State, Pool>& states_;
  const std::chrono::nanoseconds time_;
  mutable mutex_type mutex_;
  std::vector<entry> running_; // contents guarded by mutex_; one for each worker
  steady_time last_armed_{};   // guarded by mutex_; the latest deadline so far
  bool unwatched_ = false;     // guarded by mutex_; the thread sleeps until a deadline is armed
  bool stopping_ = false;      // guarded by mutex_
  std::uint64_t interruptions_ = 0;            // guarded by mutex_
  waiter_list sleeper_;                        // guarded by mutex_; the thread, when it sleeps
  typename Pool::threads_type::thread thread_; // the last member: it uses the others
};

template <class State, class Pool>
watchdog<State, Pool>::~watchdog() {
  waiter_list chosen;
  {
    const lock_type lock(mutex_);
    stopping_ = true;
    sleeper_.choose(1, chosen);
  }
  chosen.release_all();
  thread_.join();
}

template <class State, class Pool>
void watchdog<State, Pool>::begin(std::size_t worker, State& state) noexcept {
  const steady_time deadline = detail::deadline_after<sync>(time_);
  waiter_list chosen;
  {
    const lock_type lock(mutex_);
    running_[worker] = {&state, deadline, false};
    if (deadline > last_armed_) last_armed_ = deadline;
    if (unwatched_) sleeper_.choose(1, chosen);
    unwatched_ = false;
  }
  chosen.release_all();
}

// Whether the item was interrupted. It is not from here on.
template <class State, class Pool>
bool watchdog<State, Pool>::end(std::size_t worker) noexcept {
  const lock_type lock(mutex_);
  running_[worker].state = nullptr;
  return running_[worker].interrupted;
}

template <class State, class Pool>
void watchdog<State, Pool>::watch() noexcept {
  lock_type lock(mutex_);
  while (!stopping_) {
    if (const std::optional<steady_time> due = earliest()) {
      using until = detail::until<sync, std::chrono::steady_clock, steady_time::duration>;
      detail::wait_in<sync>(
          sleeper_, lock, [this] { return stopping_; }, until{*due});
      interrupt_due();
    } else {
      unwatched_ = true;
      detail::wait_in<sync>(
          sleeper_, lock, [this] { return stopping_ || !unwatched_; }, detail::without_deadline{});
    }
  }
}

template <class State, class Pool>
std::optional<detail::steady_time> watchdog<State, Pool>::earliest() const noexcept {
  std::optional<steady_time> result;
  for (const entry& each : running_)
    if (each.state != nullptr && !each.interrupted && (!result || each.deadline < *result))
      result = each.deadline;
  // Until then the thread sleeps on, though no item may be left: woken for each, it would never rest.
  if (!result && last_armed_ > sync::clock::now()) result = last_armed_;
  return result;
}

template <class State, class Pool>
void watchdog<State, Pool>::interrupt_due() noexcept {
  const steady_time now = sync::clock::now();
  for (entry& each : running_) {
    if (each.state == nullptr || each.interrupted || each.deadline > now) continue;
    each.interrupted = true;
    ++interruptions_;
    each.state->interrupt();
  }
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_WATCHDOG_HPP
