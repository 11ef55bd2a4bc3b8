// SPDX-License-Identifier: MIT
//
// orderly/detail/native_threads.hpp: the threads of a pool, and what the standard library does not
// say about a thread: its name, its processor, its CPU time.
//
// As native_sync for what sleeps, so native_threads is the default of the template parameter
// `Threads` of what starts threads. Where a system has no such call, nothing happens.
#ifndef ORDERLY_DETAIL_NATIVE_THREADS_HPP
#define ORDERLY_DETAIL_NATIVE_THREADS_HPP

#include "orderly/detail/native_sync.hpp"

#include <chrono>  // nanoseconds
#include <cstddef> // size_t
#include <cstdio>  // snprintf
#include <thread>  // thread

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h> // names, affinity, CPU clocks
#include <time.h>    // clock_gettime
#endif

namespace orderly {
inline namespace v0 {
namespace detail {

struct native_threads {
  using sync = native_sync;
  using thread = std::thread;

#if defined(__linux__)
  static constexpr bool have_cpu_time = true;
#else
  static constexpr bool have_cpu_time = false;
#endif

  static std::thread::id this_thread() noexcept { return std::this_thread::get_id(); }

  // "name-3", cut to the 15 characters that Linux keeps.
  static void name_this_thread([[maybe_unused]] const char* name,
                               [[maybe_unused]] std::size_t worker) noexcept {
#if defined(__linux__)
    char text[16];
    if (std::snprintf(text, sizeof text, "%.10s-%zu", name, worker) > 0)
      static_cast<void>(::pthread_setname_np(::pthread_self(), text));
#endif
  }

  // Binds the calling thread to one CPU of its affinity mask: the worker-th, counted round and round.
  static void pin_this_thread([[maybe_unused]] std::size_t worker) noexcept {
#if defined(__linux__)
    cpu_set_t usable;
    CPU_ZERO(&usable);
    if (::pthread_getaffinity_np(::pthread_self(), sizeof usable, &usable) != 0) return;
    const int count = CPU_COUNT(&usable);
    if (count == 0) return;
    auto skip = worker % static_cast<std::size_t>(count);
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (!CPU_ISSET(cpu, &usable) || skip-- > 0) continue;
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(cpu, &one);
      static_cast<void>(::pthread_setaffinity_np(::pthread_self(), sizeof one, &one));
      return;
    }
#endif
  }

  static std::chrono::nanoseconds cpu_time_of_this_thread() noexcept {
#if defined(__linux__)
    return cpu_time(CLOCK_THREAD_CPUTIME_ID);
#else
    return {};
#endif
  }

  // Precondition: the thread is joinable.
  static std::chrono::nanoseconds cpu_time_of([[maybe_unused]] const std::thread& thread) noexcept {
#if defined(__linux__)
    clockid_t clock{};
    // native_handle() is not const, though it changes nothing.
    if (::pthread_getcpuclockid(const_cast<std::thread&>(thread).native_handle(), &clock) == 0)
      return cpu_time(clock);
#endif
    return {};
  }

 private:
#if defined(__linux__)
  static std::chrono::nanoseconds cpu_time(clockid_t clock) noexcept {
    timespec time{};
    if (::clock_gettime(clock, &time) != 0) return std::chrono::nanoseconds{0};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
#endif
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_NATIVE_THREADS_HPP
