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
//   a worker is     until                                        costs
//   in a batch      nothing is left to claim                     -
//   looking         a batch opens, or twice its usual gap        one CPU, at most 50 us; never when the
//                   between batches is over                      pool has more workers than CPUs
//   parked          a batch or a task wakes it                   nothing: no CPU, no wake-ups
//
// The gate. All coordination is in one 64-bit word: epoch (48 bits), waiting, all, open, and the
// number of threads inside (13 bits). The submitter ("coordinator") holds submit_mutex_ throughout.
// - It writes the batch, then stores a gate with the next epoch: `open` with nobody inside (who comes
//   may enter by a compare-exchange that adds one) or `all` with every thread counted in beforehand.
//   A thread that reads the gate after the store (acquire) sees the batch.
// - A thread acts at most once on an epoch: it remembers the one it last saw. In an `all` batch the
//   gate cannot move on before this thread has left, so it acts exactly once.
// - To finish, the coordinator clears `open`: nobody enters any more. When the count is not yet 0 it
//   publishes its waiter and sets `waiting`. Both are read-modify-writes on the gate, as is every
//   exit; in their total order either the last exit comes first and the coordinator reads 0 and does
//   not sleep, or `waiting` comes first and that exit reads it and releases the coordinator. The
//   release happens exactly once, so the waiter may live on the coordinator's stack.
// - Exits release and the coordinator's look acquires: items happen before the return.
// - Threads park under park_mutex_, after having found the epoch unchanged under it; the coordinator
//   stores the gate under it too, and unlinks those it wakes. So a thread that parks has not
//   missed a batch, except one of which the coordinator decided not to wake it.
// - 48 bits of epoch do not wrap: at 10 million batches a second it would take 11 months of nothing
//   else, and a thread would have to sleep through all of it.
#ifndef ORDERLY_WORKER_POOL_HPP
#define ORDERLY_WORKER_POOL_HPP

#include "orderly/available_parallelism.hpp"
#include "orderly/detail/cache_line.hpp"
#include "orderly/detail/index_batch.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/small_task.hpp"
#include "orderly/detail/thread_control.hpp"

#include <atomic>      // the gate
#include <cassert>     // preconditions
#include <chrono>      // statistics
#include <concepts>    // invocable
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <exception>   // exception_ptr
#include <memory>      // unique_ptr
#include <mutex>       // mutex
#include <stdexcept>   // invalid_argument, logic_error
#include <string>      // to_string: the refused value in the message
#include <thread>      // thread
#include <type_traits> // is_invocable_v
#include <utility>     // move
#include <vector>      // threads

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

// What one worker did since the pool was made.
struct worker_statistics {
  std::uint64_t items = 0;
  std::chrono::nanoseconds busy{0}; // inside batches
  std::chrono::nanoseconds idle{0}; // the rest of wall
  std::uint64_t wake_ups = 0;       // how often the parked thread was woken
};

struct pool_statistics {
  std::vector<worker_statistics> workers;
  std::chrono::nanoseconds wall{0}; // since the pool was made
  std::chrono::nanoseconds cpu{0};  // summed over the workers; never more than wall * workers

  /// CPU time by wall time: how many workers were computing on average; at most their number.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] double parallelism() const noexcept {
    return wall.count() == 0 ? 0
                             : static_cast<double>(cpu.count()) / static_cast<double>(wall.count());
  }
  /// Parallelism by the number of workers: 0 to 1.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] double efficiency() const noexcept {
    return workers.empty() ? 0 : parallelism() / static_cast<double>(workers.size());
  }
};

class worker_pool {
 public:
  // The worker that a nested call runs as when the calling thread is none (see current_worker).
  static constexpr std::size_t no_worker = static_cast<std::size_t>(-1);

  /// A pool of available_parallelism() workers.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: as the form with options.
  worker_pool() : worker_pool(worker_pool_options{}) {}

  /// A pool of this many workers, the caller of a batch being one of them.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: as the form with options.
  explicit worker_pool(std::size_t workers)
      : worker_pool(worker_pool_options{.workers = workers}) {}

  /// A pool as described by the options.
  /// Blocking: until the threads are created. Thread-safety: as any constructor.
  /// Exceptions: std::invalid_argument for 0 or more than 4096 workers; std::system_error if a thread
  /// cannot be created (those already started are joined first); std::bad_alloc.
  explicit worker_pool(const worker_pool_options& options);

  worker_pool(const worker_pool&) = delete;
  worker_pool& operator=(const worker_pool&) = delete;

  /// Runs the tasks that are still queued, then joins the threads.
  /// Blocking: until the last task has returned. Exceptions: none.
  /// Thread-safety: no other thread may be inside this pool. Precondition: no batch is running
  /// and the calling thread is not inside an item of this pool. A forked child may neither use nor destroy
  /// the pool: it has none of the threads.
  ~worker_pool();

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
    return caller_.load(std::memory_order_relaxed) == std::this_thread::get_id() ||
           thread_number() < threads_.size();
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
  [[nodiscard]] worker_pool& pool() noexcept { return *this; }

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
  void post(std::unique_ptr<detail::small_task> task) noexcept;

 private:
  using clock = std::chrono::steady_clock;
  using run_function = std::uint64_t (*)(void* context, std::size_t worker) noexcept;

  static constexpr std::uint64_t inside_mask = (std::uint64_t{1} << 13) - 1;
  static constexpr std::uint64_t open = std::uint64_t{1} << 13;
  static constexpr std::uint64_t all = std::uint64_t{1} << 14;
  static constexpr std::uint64_t waiting = std::uint64_t{1} << 15;
  static constexpr std::uint64_t epoch_step = std::uint64_t{1} << 16;
  static constexpr std::size_t most_workers = 4096;
  static constexpr std::chrono::nanoseconds longest_look = std::chrono::microseconds(50);
  static constexpr std::chrono::nanoseconds worth_waking = std::chrono::microseconds(20);

  // What a thread counts for itself; read by statistics(). Relaxed: figures, they order nothing.
  struct alignas(detail::cache_line) worker_record {
    std::atomic<std::uint64_t> items{0};
    std::atomic<std::int64_t> busy{0}; // nanoseconds
    std::atomic<std::uint64_t> wake_ups{0};

    void add(std::uint64_t more_items, std::chrono::nanoseconds time) noexcept {
      items.fetch_add(more_items, std::memory_order_relaxed);
      busy.fetch_add(time.count(), std::memory_order_relaxed);
    }
  };

  // Holds the pool for one batch of the calling thread.
  class submission {
   public:
    explicit submission(worker_pool& pool) : pool_(pool), lock_(pool.submit_mutex_) {
      pool_.caller_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    }
    submission(const submission&) = delete;
    submission& operator=(const submission&) = delete;
    ~submission() { pool_.caller_.store(std::thread::id{}, std::memory_order_relaxed); }

   private:
    worker_pool& pool_;
    std::unique_lock<std::mutex> lock_;
  };

  template <class F>
  struct each_worker;

  static std::size_t checked(std::size_t workers);
  static std::chrono::nanoseconds shorter(std::chrono::nanoseconds a, std::chrono::nanoseconds b) {
    return a < b ? a : b;
  }
  static std::uint64_t epoch_of(std::uint64_t gate) noexcept { return gate / epoch_step; }

  // Submitter's side.
  template <class Call>
  void run_inline(std::uint64_t count, Call& call, std::size_t worker);
  template <class Call>
  void run_index_batch(std::uint64_t count, Call& call);
  void open_gate(std::uint64_t kind, run_function run, void* context, std::size_t wake) noexcept;
  void wake_parked(std::size_t count) noexcept;
  void close_gate() noexcept;
  void stop_threads() noexcept;
  std::size_t thread_number() const noexcept;

  // Worker thread's side.
  void work(std::size_t thread) noexcept;
  void await_batch(detail::waiter& self, worker_record& record, std::uint64_t seen,
                   std::chrono::nanoseconds usual_gap);
  bool look_for_batch(std::uint64_t seen, std::chrono::nanoseconds usual_gap) const noexcept;
  bool enter(std::uint64_t& seen) noexcept;
  void leave() noexcept;
  void run_tasks(std::unique_lock<std::mutex>& lock, bool even_during_batch) noexcept;

  const std::size_t workers_;
  const bool caller_works_;
  const bool pin_;
  const bool may_look_; // not more workers than processors
  char name_[16] = "";
  const clock::time_point made_ = clock::now();
  const std::thread::id maker_ = std::this_thread::get_id();
  const std::chrono::nanoseconds maker_cpu_ = detail::cpu_time_of_this_thread();
  const std::unique_ptr<worker_record[]> records_; // one for each worker

  std::mutex submit_mutex_;               // held by the submitter of the running batch
  std::atomic<std::thread::id> caller_{}; // that submitter; compared only with the reader's own id
  std::chrono::nanoseconds item_cost_{0}; // guarded by submit_mutex_; running mean, 0 = unknown
  run_function run_ = nullptr;            // written while the gate is closed; nullptr: exit
  void* context_ = nullptr;               // likewise
  detail::waiter* coordinator_ = nullptr; // written before `waiting` is set

  alignas(detail::cache_line) std::atomic<std::uint64_t> gate_{0};

  alignas(detail::cache_line) std::mutex park_mutex_;
  detail::waiter_list parked_; // guarded by park_mutex_
  detail::task_queue tasks_;   // guarded by park_mutex_
  bool batch_running_ = false; // guarded by park_mutex_

  std::vector<std::thread> threads_; // constant once the constructor is through
};

// ---- construction ----

inline std::size_t worker_pool::checked(std::size_t workers) {
  if (workers == 0 || workers > most_workers)
    throw std::invalid_argument("orderly::worker_pool: " + std::to_string(workers) +
                                " workers; it must be 1 to " + std::to_string(most_workers));
  return workers;
}

inline worker_pool::worker_pool(const worker_pool_options& options)
    : workers_(checked(options.workers)),
      caller_works_(options.caller_works),
      pin_(options.pin),
      may_look_(options.workers <= available_parallelism()),
      records_(std::make_unique<worker_record[]>(options.workers)) {
  std::snprintf(name_, sizeof name_, "%s", options.name);
  const std::size_t count = workers_ - (caller_works_ ? 1 : 0);
  threads_.reserve(count);
  try {
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this, i] { work(i); });
  } catch (...) {
    stop_threads();
    throw;
  }
}

inline worker_pool::~worker_pool() {
  assert(!inside() && "orderly::worker_pool: destroyed from inside one of its own items");
  stop_threads();
}

inline void worker_pool::stop_threads() noexcept {
  open_gate(all, nullptr, nullptr, threads_.size());
  // From the last one on: thread k, in a task that is still to run, looks at the ids up to its own.
  for (std::size_t k = threads_.size(); k-- > 0;) threads_[k].join();
}

// ---- the submitter ----

inline std::size_t worker_pool::thread_number() const noexcept {
  const std::thread::id self = std::this_thread::get_id();
  std::size_t i = 0;
  while (i < threads_.size() && threads_[i].get_id() != self) ++i;
  return i;
}

inline std::size_t worker_pool::current_worker() const noexcept {
  const std::size_t thread = thread_number();
  if (thread < threads_.size()) return thread + (caller_works_ ? 1 : 0);
  const bool calling = caller_.load(std::memory_order_relaxed) == std::this_thread::get_id();
  return calling && caller_works_ ? 0 : no_worker;
}

inline void worker_pool::open_gate(std::uint64_t kind, run_function run, void* context,
                                   std::size_t wake) noexcept {
  run_ = run;
  context_ = context;
  detail::waiter_list chosen;
  {
    const std::lock_guard<std::mutex> lock(park_mutex_);
    batch_running_ = true;
    // Relaxed: only submitters change the epoch, and they follow each other by submit_mutex_.
    const std::uint64_t epoch = epoch_of(gate_.load(std::memory_order_relaxed)) + 1;
    // Release: pairs with the acquire in enter(), for the batch written above.
    gate_.store(epoch * epoch_step + kind + (kind == all ? threads_.size() : 0),
                std::memory_order_release);
    parked_.choose(wake, chosen);
  }
  chosen.release_all();
}

inline void worker_pool::wake_parked(std::size_t count) noexcept {
  detail::waiter_list chosen;
  {
    const std::lock_guard<std::mutex> lock(park_mutex_);
    parked_.choose(count, chosen);
  }
  chosen.release_all();
}

inline void worker_pool::close_gate() noexcept {
  // Acquire: pairs with leave(); the items done by others happen before what follows.
  std::uint64_t gate = gate_.fetch_and(~open, std::memory_order_acq_rel);
  const clock::time_point end = clock::now() + longest_look;
  for (int i = 1; may_look_ && (gate & inside_mask) != 0; ++i) {
    detail::pause_briefly();
    gate = gate_.load(std::memory_order_acquire);
    if (i % 64 == 0 && clock::now() >= end) break;
  }
  if ((gate & inside_mask) != 0) {
    detail::waiter self;
    coordinator_ = &self;
    // Release for coordinator_; acquire as above.
    if ((gate_.fetch_or(waiting, std::memory_order_acq_rel) & inside_mask) != 0) self.sleep();
  }
  detail::waiter_list chosen;
  {
    const std::lock_guard<std::mutex> lock(park_mutex_);
    batch_running_ = false;
    if (!tasks_.empty()) parked_.choose(threads_.size(), chosen);
  }
  chosen.release_all();
}

template <class Call>
void worker_pool::run_inline(std::uint64_t count, Call& call, std::size_t worker) {
  for (std::uint64_t index = 0; index < count; ++index) call(index, worker);
  if (worker != no_worker) records_[worker].items.fetch_add(count, std::memory_order_relaxed);
}

template <pool_index_function F>
void worker_pool::for_each_index(std::uint64_t count, F&& f) {
  auto call = [&f](std::uint64_t index, [[maybe_unused]] std::size_t worker) {
    if constexpr (std::invocable<F&, std::uint64_t>)
      static_cast<void>(f(index));
    else
      static_cast<void>(f(index, worker));
  };
  if (inside()) return run_inline(count, call, current_worker());
  const submission hold(*this);
  if (threads_.empty() || (count <= 1 && caller_works_)) return run_inline(count, call, 0);
  run_index_batch(count, call);
}

template <class Call>
void worker_pool::run_index_batch(std::uint64_t count, Call& call) {
  detail::index_batch<Call> batch(call, count, workers_);
  const auto run = [](void* context, std::size_t worker) noexcept -> std::uint64_t {
    return static_cast<detail::index_batch<Call>*>(context)->work(worker, [](auto&&...) {});
  };
  if (!caller_works_) {
    open_gate(all, run, &batch, threads_.size());
    close_gate();
    return batch.rethrow_failure();
  }
  // Waking costs the caller about as much as 20 us of work. A batch that is predicted to be shorter is
  // begun alone; should it turn out longer, the others are woken then.
  const bool worth = item_cost_ * static_cast<double>(count) >=
                     std::chrono::duration<double, std::nano>(worth_waking);
  const std::size_t helpers =
      count - 1 < threads_.size() ? static_cast<std::size_t>(count - 1) : threads_.size();
  bool woken = worth;
  open_gate(open, run, &batch, worth ? helpers : 0);
  clock::duration busy{0};
  const std::uint64_t done =
      batch.work(0, [&](std::uint64_t, clock::duration so_far, std::uint64_t left) {
        busy = so_far;
        if (woken || left == 0 || so_far < worth_waking / 2) return;
        woken = true;
        wake_parked(helpers);
      });
  close_gate();
  if (done > 0) {
    const auto cost = busy / static_cast<clock::duration::rep>(done);
    item_cost_ = item_cost_.count() == 0 ? cost : (3 * item_cost_ + cost) / 4;
    records_[0].add(done, busy);
  }
  batch.rethrow_failure();
}

// The context of for_each_worker.
template <class F>
struct worker_pool::each_worker {
  F& f;
  std::mutex mutex;
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
      const std::lock_guard<std::mutex> lock(mutex);
      if (order < lowest || error == nullptr) {
        lowest = order;
        error = std::current_exception();
      }
      return 0;
    }
  }
};

template <pool_worker_function F, std::invocable OnCaller>
void worker_pool::for_each_worker(F&& f, OnCaller&& on_caller) {
  if (inside())
    throw std::logic_error("orderly::worker_pool: for_each_worker from inside an item of the pool");
  const submission hold(*this);
  each_worker<F> batch{f, {}, no_worker, nullptr};
  const clock::time_point start = clock::now();
  open_gate(all, &each_worker<F>::run, &batch, threads_.size());
  const std::uint64_t done = batch.attempt(0, on_caller);
  if (caller_works_) records_[0].add(done, clock::now() - start);
  close_gate();
  if (batch.error != nullptr) std::rethrow_exception(batch.error);
}

inline void worker_pool::post(std::unique_ptr<detail::small_task> task) noexcept {
  if (threads_.empty()) return task->run();
  detail::waiter_list chosen;
  {
    const std::lock_guard<std::mutex> lock(park_mutex_);
    tasks_.push(std::move(task));
    if (!batch_running_) parked_.choose(1, chosen);
  }
  chosen.release_all();
}

inline pool_statistics worker_pool::statistics() const {
  pool_statistics result;
  result.workers.resize(workers_);
  // CPU clocks before the wall clock, and the other way round in the constructor: a thread's CPU time
  // then never exceeds the wall time.
  for (const std::thread& thread : threads_)
    result.cpu +=
        detail::cpu_time_of(const_cast<std::thread&>(thread)); // native_handle is not const
  const bool by_maker = std::this_thread::get_id() == maker_;
  const auto maker_cpu = detail::cpu_time_of_this_thread() - maker_cpu_;
  result.wall = clock::now() - made_;
  for (std::size_t i = 0; i < workers_; ++i) {
    worker_statistics& worker = result.workers[i];
    worker.items = records_[i].items.load(std::memory_order_relaxed);
    worker.busy = std::chrono::nanoseconds(records_[i].busy.load(std::memory_order_relaxed));
    worker.idle = worker.busy < result.wall ? result.wall - worker.busy : worker.idle;
    worker.wake_ups = records_[i].wake_ups.load(std::memory_order_relaxed);
    const bool measured = detail::has_thread_cpu_time && (i > 0 || !caller_works_ || by_maker);
    if (!measured) result.cpu += worker.busy;
  }
  if (detail::has_thread_cpu_time && caller_works_ && by_maker) result.cpu += maker_cpu;
  // The wall clock is slewed by time services, the CPU clocks are not.
  result.cpu = shorter(result.cpu, result.wall * static_cast<std::int64_t>(workers_));
  return result;
}

// ---- a worker thread ----

inline void worker_pool::work(std::size_t thread) noexcept {
  const std::size_t worker = thread + (caller_works_ ? 1 : 0);
  detail::name_this_thread(name_, worker);
  if (pin_) detail::pin_this_thread(worker);
  worker_record& record = records_[worker];
  detail::waiter self;
  std::uint64_t seen = 0;
  std::chrono::nanoseconds usual_gap = longest_look; // do not look before the first batches
  clock::time_point left = clock::now();
  for (;;) {
    await_batch(self, record, seen, usual_gap);
    if (!enter(seen)) continue;
    const run_function run = run_;
    if (run == nullptr) {
      std::unique_lock<std::mutex> lock(park_mutex_);
      return run_tasks(lock, true);
    }
    const clock::time_point start = clock::now();
    usual_gap = (3 * usual_gap + shorter(start - left, 4 * longest_look)) / 4;
    const std::uint64_t items = run(context_, worker);
    left = clock::now();
    record.add(items, left - start);
    leave();
  }
}

// A worker looks only if batches usually come within the time that a sleep would cost.
inline bool worker_pool::look_for_batch(std::uint64_t seen,
                                        std::chrono::nanoseconds usual_gap) const noexcept {
  if (!may_look_ || usual_gap >= longest_look) return false;
  const clock::time_point end = clock::now() + shorter(2 * usual_gap, longest_look);
  do {
    for (int i = 0; i < 16; ++i, detail::pause_briefly())
      if (epoch_of(gate_.load(std::memory_order_acquire)) != seen) return true;
  } while (clock::now() < end);
  return false;
}

inline void worker_pool::await_batch(detail::waiter& self, worker_record& record,
                                     std::uint64_t seen, std::chrono::nanoseconds usual_gap) {
  if (look_for_batch(seen, usual_gap)) return;
  std::unique_lock<std::mutex> lock(park_mutex_);
  for (;;) {
    run_tasks(lock, false);
    if (epoch_of(gate_.load(std::memory_order_acquire)) != seen) return;
    self.rearm();
    parked_.push_back(self);
    lock.unlock();
    self.sleep();
    record.wake_ups.fetch_add(1, std::memory_order_relaxed);
    lock.lock();
  }
}

// Whether this thread is now inside the batch of a new epoch, which is then noted as seen.
inline bool worker_pool::enter(std::uint64_t& seen) noexcept {
  std::uint64_t gate = gate_.load(std::memory_order_acquire);
  for (;;) {
    if (epoch_of(gate) == seen) return false;
    if ((gate & all) != 0) break; // counted in already
    if ((gate & open) == 0) {
      seen = epoch_of(gate);
      return false;
    }
    // Acquire: pairs with the store in open_gate(), for run_ and context_.
    if (gate_.compare_exchange_weak(gate, gate + 1, std::memory_order_acquire,
                                    std::memory_order_acquire))
      break;
  }
  seen = epoch_of(gate);
  return true;
}

inline void worker_pool::leave() noexcept {
  // Release: pairs with close_gate(). Acquire: for coordinator_.
  const std::uint64_t before = gate_.fetch_sub(1, std::memory_order_acq_rel);
  if ((before & inside_mask) == 1 && (before & waiting) != 0) coordinator_->release();
}

// Called and returns with the lock held; releases it around each task.
inline void worker_pool::run_tasks(std::unique_lock<std::mutex>& lock,
                                   bool even_during_batch) noexcept {
  while (even_during_batch || !batch_running_) {
    std::unique_ptr<detail::small_task> task = tasks_.pop();
    if (task == nullptr) return;
    lock.unlock();
    task->run();
    task.reset(); // outside the lock: what the task holds may use this pool when destroyed
    lock.lock();
  }
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_WORKER_POOL_HPP
