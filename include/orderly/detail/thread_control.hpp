// SPDX-License-Identifier: MIT
//
// orderly/detail/thread_control.hpp: what the standard library does not say about a thread: its
// name, its processor, its CPU time. Where a system has no such call, nothing happens.
#ifndef ORDERLY_DETAIL_THREAD_CONTROL_HPP
#define ORDERLY_DETAIL_THREAD_CONTROL_HPP

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

// "name-3", cut to the 15 characters that Linux keeps.
inline void name_this_thread([[maybe_unused]] const char* name,
                             [[maybe_unused]] std::size_t worker) noexcept {
#if defined(__linux__)
  char text[16];
  if (std::snprintf(text, sizeof text, "%.10s-%zu", name, worker) > 0)
    static_cast<void>(::pthread_setname_np(::pthread_self(), text));
#endif
}

// Binds the calling thread to one CPU of its affinity mask: the worker-th, counted round and round.
inline void pin_this_thread([[maybe_unused]] std::size_t worker) noexcept {
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

#if defined(__linux__)
inline constexpr bool has_thread_cpu_time = true;

inline std::chrono::nanoseconds cpu_time(clockid_t clock) noexcept {
  timespec time{};
  if (::clock_gettime(clock, &time) != 0) return std::chrono::nanoseconds{0};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

inline std::chrono::nanoseconds cpu_time_of_this_thread() noexcept {
  return cpu_time(CLOCK_THREAD_CPUTIME_ID);
}

// Precondition: the thread is joinable.
inline std::chrono::nanoseconds cpu_time_of(std::thread& thread) noexcept {
  clockid_t clock{};
  if (::pthread_getcpuclockid(thread.native_handle(), &clock) != 0) return {};
  return cpu_time(clock);
}
#else
inline constexpr bool has_thread_cpu_time = false;
inline std::chrono::nanoseconds cpu_time_of_this_thread() noexcept { return {}; }
inline std::chrono::nanoseconds cpu_time_of(std::thread&) noexcept { return {}; }
#endif

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_THREAD_CONTROL_HPP
