// SPDX-License-Identifier: MIT
//
// orderly/submit.hpp: one task for a pool, and a future for its result.
//
// Use it for the odd piece of work beside the batches. Not included by orderly.hpp, because <future>
// is dear to compile.
//
//   std::future<plan> next = orderly::submit(pool, [] { return make_plan(); });
//   ...
//   use(next.get()); // not inside an item of the same pool: the task may wait for that very worker
#ifndef ORDERLY_SUBMIT_HPP
#define ORDERLY_SUBMIT_HPP

#include "orderly/detail/small_task.hpp"
#include "orderly/worker_pool.hpp"

#include <future>      // future, packaged_task
#include <memory>      // make_unique
#include <type_traits> // invoke_result_t
#include <utility>     // forward, move

namespace orderly {
inline namespace v0 {

namespace detail {
template <class F>
using stored_task = std::add_lvalue_reference_t<std::decay_t<F>>; // as it is called
} // namespace detail

// f(): movable and callable without arguments.
template <class F>
concept submittable =
    std::is_move_constructible_v<std::decay_t<F>> && std::is_invocable_v<detail::stored_task<F>>;

/// Queues f() for a worker that has no batch to run. Tasks are never run by a thread that waits in
/// this library; a pool without threads (one worker, the caller) runs the task here, before the
/// return. Destroying the pool runs what is still queued. Gives a std::future of f's result.
/// Blocking: no; on a pool without threads, as f.
/// Thread-safety: any thread. Precondition: get() is not called inside an item of the same pool.
/// Order: tasks start in the order of their submission, when no batch is running on the pool's
/// threads (one that its caller runs alone does not hold them back).
/// Exceptions: std::bad_alloc. What f throws is rethrown by the future.
/// Complexity: two allocations.
template <submittable F>
[[nodiscard]] auto submit(worker_pool& pool, F&& f) {
  using work = std::packaged_task<std::invoke_result_t<detail::stored_task<F>>()>;
  work task(std::forward<F>(f));
  std::future<std::invoke_result_t<detail::stored_task<F>>> result = task.get_future();
  pool.post(std::make_unique<detail::callable_task<work>>(std::move(task)));
  return result;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_SUBMIT_HPP
