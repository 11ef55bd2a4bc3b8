// SPDX-License-Identifier: MIT
//
// orderly/detail/node_monitor.hpp: sleeps on a word by means of the standard library alone.
#ifndef ORDERLY_DETAIL_NODE_MONITOR_HPP
#define ORDERLY_DETAIL_NODE_MONITOR_HPP

#include "orderly/detail/waiter_word.hpp"

#include <atomic>             // the word
#include <condition_variable> // one for each waiter
#include <cstdint>            // uint32_t
#include <mutex>              // likewise

namespace orderly {
inline namespace v0 {
namespace detail {

// The portable back end: a mutex and a condition variable that belong to this one waiter. One waiter
// for each condition variable, so that no thread can take a wake-up meant for another.
class node_monitor {
 public:
  void wait(std::atomic<std::uint32_t>& word) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return word.load(std::memory_order_acquire) != asleep; });
  }

  bool wait_until(std::atomic<std::uint32_t>& word, steady_time deadline) noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_until(lock, deadline,
                               [&] { return word.load(std::memory_order_acquire) != asleep; });
  }

  void wake(std::atomic<std::uint32_t>& word) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_); // held to the end: see depart()
    if (word.exchange(released, std::memory_order_acq_rel) == asleep) changed_.notify_one();
  }

  // A waiter that saw `released` may be destroyed while its notifier is still inside wake(): pass
  // through the mutex first, so that the notifier has left.
  void depart() noexcept { const std::lock_guard<std::mutex> lock(mutex_); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_NODE_MONITOR_HPP
