// SPDX-License-Identifier: MIT
//
// orderly/detail/worker_threads.hpp: the threads of a pool: between batches they run the tasks that are
// queued, look for the next batch for a moment, and park.
//
//   a thread is     until                                        costs
//   in a batch      nothing is left to claim                     -
//   looking         a batch opens, or twice its usual gap        one CPU, at most 50 us; only where the
//                   between batches is over                      pool has a processor for each worker
//   parked          a batch or a task wakes it                   nothing: no CPU, no wake-ups
//
// Why no batch is missed. Threads park under park_mutex_, after having found the epoch of the gate
// unchanged under it; the coordinator opens the gate under it too, and unlinks those it wakes. So a
// thread that parks has not missed a batch, except one of which the coordinator decided not to wake
// it.
// Why no task is forgotten. A task is queued under park_mutex_, and wakes one thread unless a batch is
// running; close() wakes the threads when tasks are queued. A thread runs what is queued before it
// parks.
#ifndef ORDERLY_DETAIL_WORKER_THREADS_HPP
#define ORDERLY_DETAIL_WORKER_THREADS_HPP

#include "orderly/detail/batch_gate.hpp"
#include "orderly/detail/cache_line.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/small_task.hpp"

#include <atomic>  // figures
#include <chrono>  // the time inside batches
#include <cstddef> // size_t
#include <cstdint> // uint64_t
#include <cstdio>  // snprintf
#include <memory>  // unique_ptr
#include <mutex>   // lock_guard
#include <utility> // move
#include <vector>  // the threads

namespace orderly {
inline namespace v0 {
namespace detail {

// What a worker counts for itself. Relaxed: figures, they order nothing.
struct alignas(cache_line) worker_record {
  std::atomic<std::uint64_t> items{0};
  std::atomic<std::int64_t> busy{0}; // nanoseconds
  std::atomic<std::uint64_t> wake_ups{0};

  void add(std::uint64_t more_items, std::chrono::nanoseconds time) noexcept {
    items.fetch_add(more_items, std::memory_order_relaxed);
    busy.fetch_add(time.count(), std::memory_order_relaxed);
  }
};

// What the threads of a batch do: run(context, worker) gives the number of items it did.
struct batch_work {
  std::uint64_t (*run)(void* context, std::size_t worker) noexcept = nullptr; // nullptr: exit
  void* context = nullptr;
};

template <class Threads>
class worker_threads {
 public:
  using sync = typename Threads::sync;
  using thread = typename Threads::thread;
  static constexpr std::chrono::nanoseconds longest_look = std::chrono::microseconds(50);

  struct settings {
    std::size_t first_worker; // the worker that thread 0 is
    const char* name;         // empty: threads keep the name they have
    bool pin;
    bool may_look; // there is a processor for each worker
  };

  // Starts `count` threads. If one cannot be created, those that were are joined. The records
  // outlive this object, one for each worker.
  worker_threads(std::size_t count, const settings& how, worker_record* records);
  worker_threads(const worker_threads&) = delete;
  worker_threads& operator=(const worker_threads&) = delete;
  // Runs the queued tasks and joins. No batch may be running.
  ~worker_threads() { stop(); }

  std::size_t size() const noexcept { return threads_.size(); }
  // Whether they look for the next batch before they park.
  bool may_look() const noexcept { return may_look_; }
  const thread& operator[](std::size_t k) const noexcept { return threads_[k]; }

  // The calling thread's place among the threads; size() if it is none of them.
  std::size_t calling_thread() const noexcept {
    const auto self = Threads::this_thread();
    std::size_t k = 0;
    while (k < threads_.size() && threads_[k].get_id() != self) ++k;
    return k;
  }

  // ---- the coordinator: one thread at a time ----

  // Begins a batch for whoever comes, and wakes up to `wake` parked threads for it.
  void open_to_comers(batch_work work, std::size_t wake) noexcept {
    open(work, wake, [this] { gate_.open_to_comers(); });
  }

  // Begins a batch that every thread takes part in exactly once.
  void open_to_all(batch_work work) noexcept {
    open(work, size(), [this] { gate_.open_to_all(size()); });
  }

  // Wakes up to `count` more for the batch that is open.
  void wake_parked(std::size_t count) noexcept {
    change([&](list& chosen) { wake(count, chosen); });
  }

  // Ends the batch: returns when every thread has left it.
  void close() noexcept {
    gate_.close(may_look_ ? longest_look : std::chrono::nanoseconds{0});
    change([&](list& chosen) {
      batch_running_ = false;
      if (!tasks_.empty()) parked_.choose(size(), chosen);
    });
  }

  // ---- any thread ----

  // Precondition: size() > 0.
  void post(std::unique_ptr<small_task> task) noexcept {
    change([&](list& chosen) {
      tasks_.push(std::move(task));
      if (!batch_running_) parked_.choose(1, chosen);
    });
  }

 private:
  using clock = typename sync::clock;
  using waiter = basic_waiter<sync>;
  using list = basic_waiter_list<sync>;
  using lock_type = std::unique_lock<typename sync::mutex>;

  static std::chrono::nanoseconds shorter(std::chrono::nanoseconds a, std::chrono::nanoseconds b) {
    return a < b ? a : b;
  }

  // From the end of a thread's part in a batch to the next batch; which may have come while it ran a
  // task, having been woken for an earlier one. A long gap counts as four times the longest look.
  static std::chrono::nanoseconds gap_between(typename clock::time_point left,
                                              typename clock::time_point came) {
    return left < came ? shorter(came - left, 4 * longest_look) : std::chrono::nanoseconds{0};
  }

  // change(chosen) under the mutex, then the release of those it chose.
  template <class Change>
  void change(Change change) noexcept {
    list chosen;
    {
      const lock_type lock(park_mutex_);
      change(chosen);
    }
    chosen.release_all();
  }

  // For a batch. Called with park_mutex_ held.
  void wake(std::size_t count, list& chosen) noexcept {
    if (count == 0 || parked_.empty()) return;
    woken_at_ = clock::now();
    parked_.choose(count, chosen);
  }

  template <class OpenGate>
  void open(batch_work work, std::size_t count, OpenGate open_gate) noexcept {
    work_ = work;
    change([&](list& chosen) {
      batch_running_ = true;
      open_gate();
      wake(count, chosen);
    });
  }

  void stop() noexcept;
  void live(std::size_t worker) noexcept;
  typename clock::time_point await_batch(waiter& self, worker_record& record, std::uint64_t seen,
                                         std::chrono::nanoseconds usual_gap);
  bool look_for_batch(std::uint64_t seen, std::chrono::nanoseconds usual_gap) const noexcept;
  void run_tasks(lock_type& lock, bool even_during_batch) noexcept;

  const bool may_look_;
  const bool pin_;
  char name_[16] = "";
  worker_record* const records_;

  batch_work work_; // written by the coordinator while the gate is closed

  alignas(cache_line) batch_gate<sync> gate_;

  alignas(cache_line) typename sync::mutex park_mutex_;
  list parked_;                // guarded by park_mutex_
  task_queue tasks_;           // guarded by park_mutex_
  bool batch_running_ = false; // guarded by park_mutex_
  // Guarded by park_mutex_: the time of the latest wake-up for a batch.
  typename clock::time_point woken_at_{};

  std::vector<thread> threads_; // constant once the constructor is through
};

template <class Threads>
worker_threads<Threads>::worker_threads(std::size_t count, const settings& how,
                                        worker_record* records)
    : may_look_(how.may_look), pin_(how.pin), records_(records) {
  std::snprintf(name_, sizeof name_, "%s", how.name);
  threads_.reserve(count);
  try {
    for (std::size_t k = 0; k < count; ++k)
      threads_.emplace_back([this, worker = how.first_worker + k] { live(worker); });
  } catch (...) {
    stop();
    throw;
  }
}

template <class Threads>
void worker_threads<Threads>::stop() noexcept {
  open_to_all({});
  // From the last one on: thread k, in a task that is still to run, looks at the ids up to its own.
  for (std::size_t k = size(); k-- > 0;) threads_[k].join();
}

template <class Threads>
void worker_threads<Threads>::live(std::size_t worker) noexcept {
  if (name_[0] != '\0') Threads::name_this_thread(name_, worker);
  if (pin_) Threads::pin_this_thread(worker);
  worker_record& record = records_[worker];
  waiter self;
  std::uint64_t seen = 0;
  std::chrono::nanoseconds usual_gap = longest_look; // do not look before the first batches
  auto left = clock::now();
  for (;;) {
    const auto came = await_batch(self, record, seen, usual_gap);
    if (!gate_.enter(seen)) continue;
    const batch_work work = work_;
    if (work.run == nullptr) {
      lock_type lock(park_mutex_);
      return run_tasks(lock, true);
    }
    const auto start = clock::now();
    usual_gap = (3 * usual_gap + gap_between(left, came)) / 4;
    const std::uint64_t items = work.run(work.context, worker);
    left = clock::now();
    record.add(items, left - start);
    gate_.leave();
  }
}

// A thread looks only if batches usually come within the time that a sleep would cost.
template <class Threads>
bool worker_threads<Threads>::look_for_batch(std::uint64_t seen,
                                             std::chrono::nanoseconds usual_gap) const noexcept {
  if (!may_look_ || usual_gap >= longest_look) return false;
  const auto end = clock::now() + shorter(2 * usual_gap, longest_look);
  do {
    for (int i = 0; i < 16; ++i, sync::pause())
      if (gate_.epoch() != seen) return true;
  } while (clock::now() < end);
  return false;
}

// Returns when there is a batch that it has not seen: the time at which it came. For one that was woken
// that is not the time at which it runs again, or else it would never find the gaps short enough to look.
template <class Threads>
typename worker_threads<Threads>::clock::time_point
worker_threads<Threads>::await_batch(waiter& self, worker_record& record, std::uint64_t seen,
                                     std::chrono::nanoseconds usual_gap) {
  if (look_for_batch(seen, usual_gap)) return clock::now();
  lock_type lock(park_mutex_);
  for (bool slept = false;; slept = true) {
    run_tasks(lock, false);
    if (gate_.epoch() != seen) return slept ? woken_at_ : clock::now();
    self.rearm();
    parked_.push_back(self);
    lock.unlock();
    self.sleep();
    record.wake_ups.fetch_add(1, std::memory_order_relaxed);
    lock.lock();
  }
}

// Called and returns with the lock held; releases it around each task.
template <class Threads>
void worker_threads<Threads>::run_tasks(lock_type& lock, bool even_during_batch) noexcept {
  while (even_during_batch || !batch_running_) {
    std::unique_ptr<small_task> task = tasks_.pop();
    if (task == nullptr) return;
    lock.unlock();
    task->run();
    task.reset(); // outside the lock: what the task holds may use this pool when destroyed
    lock.lock();
  }
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_WORKER_THREADS_HPP
