// SPDX-License-Identifier: MIT
//
// orderly/detail/native_sync.hpp: the primitives on which everything that sleeps and wakes is built.
//
// Every part that sleeps takes them through one template parameter, `Sync`, of which native_sync is
// the default: an atomic, a mutex, a way to sleep on a word, a clock, and how long to look before
// sleeping (threads come with native_threads, for the parts that start some). The tests put others in
// its place that run under a scheduler of their own, which tries every interleaving. Nothing here exists
// at run time: all members are types, constants and inline calls.
#ifndef ORDERLY_DETAIL_NATIVE_SYNC_HPP
#define ORDERLY_DETAIL_NATIVE_SYNC_HPP

#if defined(__linux__)
#include "orderly/detail/raw_futex.hpp"
#else
#include "orderly/detail/node_monitor.hpp"
#endif

#include <atomic> // atomic
#include <chrono> // steady_clock
#include <mutex>  // mutex

#if defined(__unix__) || defined(__APPLE__)
#include <sched.h> // sched_yield
#else
#include <thread> // this_thread::yield
#endif

namespace orderly {
inline namespace v0 {
namespace detail {

struct native_sync {
  using mutex = std::mutex;
  template <class T>
  using atomic = std::atomic<T>;
#if defined(__linux__)
  using sleeper = raw_futex;
#else
  using sleeper = node_monitor;
#endif
  using clock = std::chrono::steady_clock;

  // How often a waiter looks at its word before it sleeps, with a pause and with a yield after each
  // look: about 1 us in all.
  static constexpr int look_pauses = 20;
  static constexpr int look_yields = 4;
  // How often, with a pause, it looks at a state that needs no lock before it becomes a waiter, or at a
  // brief_mutex before it sleeps on it: about 1 us.
  static constexpr int state_pauses = 100;

  // A hint to the processor that this is a short busy wait (about 10 to 40 ns).
  static void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb" ::: "memory");
#else
    std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
  }

  static void yield() noexcept {
#if defined(__unix__) || defined(__APPLE__)
    static_cast<void>(::sched_yield());
#else
    std::this_thread::yield();
#endif
  }
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_NATIVE_SYNC_HPP
