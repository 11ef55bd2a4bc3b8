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

struct std_monitor {
  template <class T>
  using atomic = std::atomic<T>;
  using mutex = std::mutex;
  using condition_variable = std::condition_variable;
};

// The portable back end: a mutex and a condition variable that belong to this one waiter. One waiter
// for each condition variable, so that no thread can take a wake-up meant for another.
template <class Primitives>
class basic_node_monitor {
 public:
  using word_type = typename Primitives::template atomic<std::uint32_t>;

  void wait(word_type& word) noexcept {
    std::unique_lock<mutex> lock(mutex_);
    changed_.wait(lock, [&] { return word.load(std::memory_order_acquire) != asleep; });
  }

  bool wait_until(word_type& word, steady_time deadline) noexcept {
    std::unique_lock<mutex> lock(mutex_);
    return changed_.wait_until(lock, deadline,
                               [&] { return word.load(std::memory_order_acquire) != asleep; });
  }

  void wake(word_type& word) noexcept {
    const std::lock_guard<mutex> lock(mutex_); // held to the end: see depart()
    if (word.exchange(released, std::memory_order_acq_rel) == asleep) changed_.notify_one();
  }

  // A waiter that saw `released` may be destroyed while its notifier is still inside wake(): pass
  // through the mutex first, so that the notifier has left.
  void depart() noexcept { const std::lock_guard<mutex> lock(mutex_); }

 private:
  using mutex = typename Primitives::mutex;

  mutex mutex_;
  typename Primitives::condition_variable changed_;
};

using node_monitor = basic_node_monitor<std_monitor>;

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_NODE_MONITOR_HPP
