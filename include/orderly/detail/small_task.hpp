// SPDX-License-Identifier: MIT
//
// orderly/detail/small_task.hpp: one callable to run once, on an intrusive queue.
#ifndef ORDERLY_DETAIL_SMALL_TASK_HPP
#define ORDERLY_DETAIL_SMALL_TASK_HPP

#include <memory>  // unique_ptr
#include <utility> // move, exchange

namespace orderly {
inline namespace v0 {
namespace detail {

struct small_task {
  small_task() = default;
  small_task(const small_task&) = delete;
  small_task& operator=(const small_task&) = delete;
  virtual ~small_task() = default;
  virtual void run() noexcept = 0;

  std::unique_ptr<small_task> next; // owned by the queue that the task stands in
};

template <class F>
struct callable_task final : small_task {
  explicit callable_task(F&& f) : function(std::move(f)) {}
  void run() noexcept override { function(); }
  F function;
};

// First in, first out. Not thread-safe: its owner guards it.
class task_queue {
 public:
  task_queue() = default;
  task_queue(const task_queue&) = delete;
  task_queue& operator=(const task_queue&) = delete;
  ~task_queue() {
    while (pop()) {
    } // iteratively: a chain of unique_ptr would recurse
  }

  bool empty() const noexcept { return first_ == nullptr; }

  void push(std::unique_ptr<small_task> task) noexcept {
    small_task* const added = task.get();
    (last_ != nullptr ? last_->next : first_) = std::move(task);
    last_ = added;
  }

  std::unique_ptr<small_task> pop() noexcept {
    std::unique_ptr<small_task> task = std::move(first_);
    if (task != nullptr) first_ = std::move(task->next);
    if (first_ == nullptr) last_ = nullptr;
    return task;
  }

 private:
  std::unique_ptr<small_task> first_;
  small_task* last_ = nullptr; // the end of the chain that first_ owns
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_SMALL_TASK_HPP
