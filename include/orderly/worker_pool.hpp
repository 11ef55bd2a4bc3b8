// SPDX-License-Identifier: MIT
//
// orderly/worker_pool.hpp: threads that are started once and then run batch after batch.
//
// Use it to run numbered items, or one call for each worker, on all processors, again and again, at
// the cost of a function call or two for each batch. Results in order: ordered_for_each. State for
// each worker: per_worker. Do not use it for tasks that wait for one another, or for I/O that
// blocks.
//
//   orderly::worker_pool pool;                       // one worker for each usable processor
//   std::vector<double> y(n);
//   for (int step = 0; step < 1000; ++step)
//     pool.for_each_index(n, [&](std::uint64_t i) { y[i] = relax(i); });
//
// The calling thread is worker 0 while its batch runs, so a pool of one worker starts no thread. What
// happened before the call happens before every item, and every item happens before the return.
// Batches of one pool run one at a time; a second submitter sleeps. A batch submitted from inside an
// item (or a sink) of the same pool runs inline on that thread; nesting two pools in a circle is
// forbidden. A thread that waits never runs anything else meanwhile.
//
// How a batch begins and ends is argued in detail/batch_gate.hpp, how threads sleep between batches in
// detail/worker_threads.hpp, how items are claimed in detail/index_batch.hpp.
#ifndef ORDERLY_WORKER_POOL_HPP
#define ORDERLY_WORKER_POOL_HPP

#include "orderly/available_parallelism.hpp"
#include "orderly/detail/index_batch.hpp"
#include "orderly/detail/native_threads.hpp"
#include "orderly/detail/small_task.hpp"
#include "orderly/detail/worker_threads.hpp"
#include "orderly/pool_statistics.hpp"

#include <atomic>      // the submitter's id
#include <cassert>     // preconditions
#include <chrono>      // statistics
#include <concepts>    // invocable
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // exception_ptr
#include <memory>      // unique_ptr
#include <mutex>       // lock_guard
#include <stdexcept>   // invalid_argument, logic_error
#include <string>      // to_string: the refused value in the message
#include <type_traits> // is_invocable_v
#include <utility>     // forward, move

namespace orderly {
inline namespace v0 {

namespace detail {
// One variable, so that a compiler that refuses an argument says one line.
template <class F>
inline constexpr bool takes_index =
    std::is_invocable_v<F&, std::uint64_t> || std::is_invocable_v<F&, std::uint64_t, std::size_t>;
} // namespace detail

// f(index), or f(index, worker).
template <class F>
concept pool_index_function = detail::takes_index<F>;

// f(worker). An integer that it gives is counted as the items it did.
template <class F>
concept pool_worker_function = std::is_invocable_v<F&, std::size_t>;

struct worker_pool_options {
  std::size_t workers = available_parallelism();
  bool caller_works = true;     // false: a batch runs on the pool's threads only
  const char* name = "orderly"; // of the threads, with "-" and the worker's number; Linux
  bool pin = false;             // each thread of the pool to one CPU of its affinity mask; Linux
};

// Threads: see detail/native_threads.hpp; only tests give another one.
template <class Threads>
class basic_worker_pool {
 public:
  using threads_type = Threads;
  using sync_type = typename Threads::sync;

  // The worker that a nested call runs as when the calling thread is none (see current_worker).
  static constexpr std::size_t no_worker = static_cast<std::size_t>(-1);

  /// A pool of available_parallelism() workers.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: as the form with options.
  basic_worker_pool() : basic_worker_pool(worker_pool_options{}) {}

  /// A pool of this many workers, the caller of a batch being one of them.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: as the form with options.
  explicit basic_worker_pool(std::size_t workers)
      : basic_worker_pool(worker_pool_options{.workers = workers}) {}

  /// A pool as described by the options.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: std::invalid_argument for 0 or more than 4096 workers; std::system_error if a thread
  /// cannot be created (those already started are joined first); std::bad_alloc.
  explicit basic_worker_pool(const worker_pool_options& options);

  basic_worker_pool(const basic_worker_pool&) = delete;
  basic_worker_pool& operator=(const basic_worker_pool&) = delete;

  /// Runs the tasks that are still queued, then joins the threads.
  /// Blocking: until the last task has returned. Exceptions: none.
  /// Thread-safety: no other thread may be inside this pool. Precondition: no batch is running
  /// and the calling thread is not inside an item of this pool. A forked child may neither use nor destroy
  /// the pool: it has none of the threads.
  ~basic_worker_pool() {
    assert(!inside() && "orderly::worker_pool: destroyed from inside one of its own items");
  }

  /// Calls f(index), or f(index, worker), for 0 ... count - 1. May run wholly on the calling thread,
  /// so items must not wait for one another. If items throw, the exception of the lowest index that
  /// throws is rethrown, after every item below it ran.
  /// Blocking: until all items have returned; before that, while another batch of this pool runs.
  /// Thread-safety: any thread; from inside an item it runs inline.
  /// Order: indices are claimed in increasing order.
  /// Exceptions: the lowest failing index's.
  /// Complexity: no allocation; no system call when the items are worth less than about 20 us.
  template <pool_index_function F>
  void for_each_index(std::uint64_t count, F&& f);

  /// Calls f(worker) exactly once on every worker. All run at the same time, so these calls may wait
  /// for one another. If several throw, the exception of the lowest worker is rethrown.
  /// Blocking: until all have returned; before that, while another batch of this pool runs.
  /// Thread-safety: any thread outside of this pool's items.
  /// Exceptions: the lowest throwing worker's; std::logic_error from inside an item of this pool, for
  /// the other workers are not free.
  /// Complexity: no allocation; wakes every parked worker in one pass.
  template <pool_worker_function F>
  void for_each_worker(F&& f) {
    if (caller_works_)
      for_each_worker(f, [&] { return f(std::size_t{0}); });
    else
      for_each_worker(f, [] {});
  }

  /// The same, but the calling thread runs on_caller() meanwhile, in place of f(0) if it is worker 0.
  /// Blocking: as for_each_worker(f).
  /// Thread-safety: as for_each_worker(f).
  /// Exceptions: as for_each_worker(f); on_caller's comes before the workers'.
  template <pool_worker_function F, std::invocable OnCaller>
  void for_each_worker(F&& f, OnCaller&& on_caller);

  /// The number of workers, the caller included if it works.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] std::size_t size() const noexcept { return workers_; }

  /// Whether the submitter of a batch is worker 0 of it.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] bool caller_works() const noexcept { return caller_works_; }

  /// Whether the calling thread is inside a batch or a task of this pool: what it submits runs inline.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] bool inside() const noexcept {
    return caller_.load(std::memory_order_relaxed) == Threads::this_thread() ||
           threads_.calling_thread() < threads_.size();
  }

  /// The worker that the calling thread is, if inside(); no_worker otherwise, and for a submitter
  /// that does not work.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] std::size_t current_worker() const noexcept;

  /// Counts and times of each worker. Busy times of a batch in progress are not yet in them.
  /// Blocking: no. Thread-safety: any thread.
  /// Exceptions: std::bad_alloc.
  /// Units: nanoseconds. `cpu` is read from the threads' CPU clocks where the system has them
  /// (Linux), otherwise it is the time inside batches. Worker 0's, if the caller works, is that of
  /// the constructing thread since then when that thread asks, else its time inside batches.
  [[nodiscard]] pool_statistics statistics() const;

  /// The pool of this team: itself. Part of what makes it a worker_team.
  /// Blocking: no. Thread-safety: any thread. Exceptions: none.
  [[nodiscard]] basic_worker_pool& pool() noexcept { return *this; }

  /// How a team calls a user's function for a worker: a pool adds nothing to the arguments.
  /// Blocking: as f. Thread-safety: as f. Exceptions: as f.
  template <class F, class... Args>
  requires std::invocable<F&, Args...>
  decltype(auto) invoke_on(std::size_t, F& f, Args&&... args) {
    return f(std::forward<Args>(args)...);
  }

  /// Queues a task for a worker that has no batch to run; the means of submit(). A pool without
  /// threads runs it here and now.
  /// Blocking: no, except on a pool without threads. Thread-safety: any thread.
  /// Order: tasks start in the order of their posting. Exceptions: none.
  void post(std::unique_ptr<detail::small_task> task) noexcept {
    if (threads_.size() == 0) return task->run();
    threads_.post(std::move(task));
  }

 private:
  using clock = typename sync_type::clock;
  using thread_id = decltype(Threads::this_thread());
  template <class Call>
  using index_batch = detail::index_batch<Call, sync_type>;
  static constexpr std::chrono::nanoseconds worth_waking = std::chrono::microseconds(20);
  static constexpr std::chrono::nanoseconds worth_sharing = std::chrono::microseconds(2);
  static constexpr std::size_t most_workers = detail::batch_gate<sync_type>::most_threads;

  // Holds the pool for one batch of the calling thread.
  class submission {
   public:
    explicit submission(basic_worker_pool& pool) : pool_(pool), lock_(pool.submit_mutex_) {
      pool_.caller_.store(Threads::this_thread(), std::memory_order_relaxed);
    }
    submission(const submission&) = delete;
    submission& operator=(const submission&) = delete;
    ~submission() { pool_.caller_.store(thread_id{}, std::memory_order_relaxed); }

   private:
    basic_worker_pool& pool_;
    std::unique_lock<typename sync_type::mutex> lock_;
  };

  template <class F>
  struct each_worker;

  static std::size_t checked(std::size_t workers) {
    if (workers == 0 || workers > most_workers)
      throw std::invalid_argument("orderly::worker_pool: " + std::to_string(workers) +
                                  " workers; it must be 1 to " + std::to_string(most_workers));
    return workers;
  }

  template <class Call>
  void run_inline(std::uint64_t count, Call& call, std::size_t worker);
  template <class Call>
  void run_index_batch(std::uint64_t count, Call& call);
  template <class Call>
  void run_with_caller(std::uint64_t count, index_batch<Call>& batch, detail::batch_work work);
  std::size_t worth_keeping(std::chrono::nanoseconds predicted, std::chrono::nanoseconds gap) const;
  void add_cpu_times(pool_statistics& result) const;

  const std::size_t workers_;
  const bool caller_works_;
  const typename clock::time_point made_ = clock::now();
  const thread_id maker_ = Threads::this_thread();
  const std::chrono::nanoseconds maker_cpu_ = Threads::cpu_time_of_this_thread();
  const std::unique_ptr<detail::worker_record[]> records_; // one for each worker

  typename sync_type::mutex submit_mutex_; // held by the submitter of the running batch
  std::atomic<thread_id> caller_{};        // that submitter; compared only with the reader's own id
  std::chrono::nanoseconds item_cost_{0};  // guarded by submit_mutex_; running mean, 0 = unknown
  typename clock::time_point left_{}; // guarded by submit_mutex_; when the caller's last item ended

  detail::worker_threads<Threads> threads_; // the last member: its threads use the others
};

using worker_pool = basic_worker_pool<detail::native_threads>;

template <class Threads>
basic_worker_pool<Threads>::basic_worker_pool(const worker_pool_options& options)
    : workers_(checked(options.workers)),
      caller_works_(options.caller_works),
      records_(std::make_unique<detail::worker_record[]>(options.workers)),
      threads_(workers_ - (caller_works_ ? 1 : 0),
               {.first_worker = caller_works_ ? std::size_t{1} : std::size_t{0},
                .name = options.name,
                .pin = options.pin,
                .may_look = sync_type::look_pauses > 0 && workers_ <= available_parallelism()},
               records_.get()) {}

template <class Threads>
std::size_t basic_worker_pool<Threads>::current_worker() const noexcept {
  const std::size_t thread = threads_.calling_thread();
  if (thread < threads_.size()) return thread + (caller_works_ ? 1 : 0);
  const bool calling = caller_.load(std::memory_order_relaxed) == Threads::this_thread();
  return calling && caller_works_ ? 0 : no_worker;
}

template <class Threads>
template <class Call>
void basic_worker_pool<Threads>::run_inline(std::uint64_t count, Call& call, std::size_t worker) {
  for (std::uint64_t index = 0; index < count; ++index) call(index, worker);
  if (worker != no_worker) records_[worker].items.fetch_add(count, std::memory_order_relaxed);
}

template <class Threads>
template <pool_index_function F>
void basic_worker_pool<Threads>::for_each_index(std::uint64_t count, F&& f) {
  auto call = [&f](std::uint64_t index, [[maybe_unused]] std::size_t worker) {
    if constexpr (std::invocable<F&, std::uint64_t>)
      static_cast<void>(f(index));
    else
      static_cast<void>(f(index, worker));
  };
  if (inside()) return run_inline(count, call, current_worker());
  const submission hold(*this);
  if (threads_.size() == 0 || (count <= 1 && caller_works_)) return run_inline(count, call, 0);
  run_index_batch(count, call);
}

template <class Threads>
template <class Call>
void basic_worker_pool<Threads>::run_index_batch(std::uint64_t count, Call& call) {
  index_batch<Call> batch(call, count, workers_);
  const detail::batch_work work{[](void* context, std::size_t worker) noexcept -> std::uint64_t {
                                  return static_cast<index_batch<Call>*>(context)->work(
                                      worker, clock::now(), [](auto&&...) {});
                                },
                                &batch};
  if (caller_works_) {
    run_with_caller(count, batch, work);
  } else {
    threads_.open_to_all(work);
    threads_.close();
  }
  batch.rethrow_failure();
}

// Waking costs the caller about as much as 20 us of work. A batch that is predicted to be shorter is
// begun alone; should it turn out longer, the others are woken then.
template <class Threads>
template <class Call>
void basic_worker_pool<Threads>::run_with_caller(std::uint64_t count, index_batch<Call>& batch,
                                                 detail::batch_work work) {
  const auto start = clock::now();
  const std::size_t helpers =
      count - 1 < threads_.size() ? static_cast<std::size_t>(count - 1) : threads_.size();
  const auto predicted =
      std::chrono::duration_cast<std::chrono::nanoseconds>(item_cost_ * static_cast<double>(count));
  const bool long_enough = predicted >= worth_waking;
  bool woken = long_enough;
  threads_.open_to_comers(work, long_enough ? helpers : worth_keeping(predicted, start - left_));
  std::chrono::nanoseconds busy{0};
  const std::uint64_t done =
      batch.work(0, start, [&](std::chrono::nanoseconds so_far, std::uint64_t left) {
        busy = so_far;
        if (woken || left == 0 || so_far < worth_waking / 2) return;
        woken = true;
        threads_.wake_parked(helpers);
      });
  threads_.close();
  left_ = start + busy;
  if (done == 0) return;
  const auto cost = busy / static_cast<std::int64_t>(done);
  item_cost_ = item_cost_.count() == 0 ? cost : (3 * item_cost_ + cost) / 4;
  records_[0].add(done, busy);
}

// How many threads to wake for a batch that is not worth it on its own, but follows closely on the one
// before it: woken once, they look for the next ones, at a cost of no more than half of the work.
template <class Threads>
std::size_t basic_worker_pool<Threads>::worth_keeping(std::chrono::nanoseconds predicted,
                                                      std::chrono::nanoseconds gap) const {
  if (gap > predicted / 2 || !threads_.may_look()) return 0;
  const auto share = predicted / worth_sharing;
  return share < static_cast<std::int64_t>(threads_.size()) ? static_cast<std::size_t>(share)
                                                            : threads_.size();
}

// The context of for_each_worker.
template <class Threads>
template <class F>
struct basic_worker_pool<Threads>::each_worker {
  F& f;
  typename sync_type::mutex mutex;
  std::size_t lowest = no_worker; // guarded by mutex
  std::exception_ptr error;       // guarded by mutex

  static std::uint64_t run(void* context, std::size_t worker) noexcept {
    auto& self = *static_cast<each_worker*>(context);
    return self.attempt(worker + 1, [&] { return self.f(worker); }); // 0 is the caller
  }

  template <class G>
  std::uint64_t attempt(std::size_t order, G&& g) noexcept {
    try {
      if constexpr (std::integral<decltype(g())>)
        return static_cast<std::uint64_t>(g());
      else
        return static_cast<void>(g()), 1;
    } catch (...) {
      const std::lock_guard<typename sync_type::mutex> lock(mutex);
      if (order < lowest || error == nullptr) {
        lowest = order;
        error = std::current_exception();
      }
      return 0;
    }
  }
};

template <class Threads>
template <pool_worker_function F, std::invocable OnCaller>
void basic_worker_pool<Threads>::for_each_worker(F&& f, OnCaller&& on_caller) {
  if (inside())
    throw std::logic_error("orderly::worker_pool: for_each_worker from inside an item of the pool");
  const submission hold(*this);
  each_worker<F> batch{f, {}, no_worker, nullptr};
  const auto start = clock::now();
  threads_.open_to_all({&each_worker<F>::run, &batch});
  const std::uint64_t done = batch.attempt(0, on_caller);
  if (caller_works_) records_[0].add(done, clock::now() - start);
  threads_.close();
  if (batch.error != nullptr) std::rethrow_exception(batch.error);
}

template <class Threads>
pool_statistics basic_worker_pool<Threads>::statistics() const {
  pool_statistics result;
  result.workers.resize(workers_);
  add_cpu_times(result);
  // After the CPU clocks, and before them in the constructor: a thread's CPU time then never exceeds
  // the wall time.
  result.wall = clock::now() - made_;
  for (std::size_t i = 0; i < workers_; ++i) {
    worker_statistics& worker = result.workers[i];
    worker.items = records_[i].items.load(std::memory_order_relaxed);
    worker.busy = std::chrono::nanoseconds(records_[i].busy.load(std::memory_order_relaxed));
    worker.idle = worker.busy < result.wall ? result.wall - worker.busy : worker.idle;
    worker.wake_ups = records_[i].wake_ups.load(std::memory_order_relaxed);
  }
  // The wall clock is slewed by time services, the CPU clocks are not.
  const auto most = result.wall * static_cast<std::int64_t>(workers_);
  if (result.cpu > most) result.cpu = most;
  return result;
}

// From the clocks of the threads; where there is none to ask, the time inside batches.
template <class Threads>
void basic_worker_pool<Threads>::add_cpu_times(pool_statistics& result) const {
  const bool by_maker = Threads::this_thread() == maker_;
  for (std::size_t i = 0; i < workers_; ++i) {
    const bool is_caller = caller_works_ && i == 0;
    if (!Threads::have_cpu_time || (is_caller && !by_maker))
      result.cpu += std::chrono::nanoseconds(records_[i].busy.load(std::memory_order_relaxed));
    else if (is_caller)
      result.cpu += Threads::cpu_time_of_this_thread() - maker_cpu_;
    else
      result.cpu += Threads::cpu_time_of(threads_[i - (caller_works_ ? 1 : 0)]);
  }
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_WORKER_POOL_HPP
