// SPDX-License-Identifier: MIT
//
// How long a phase of a program took: by the clock on the wall, and in processor time of its thread.
//
//   example::phase_time loading;
//   {
//     const example::phase_timer timer(&loading);   // null: nothing is measured
//     load();
//   }
//   loading.wall;                                   // added up over all timers
//
// Where a system does not count the processor time of a thread, it is 0.
#ifndef ORDERLY_EXAMPLES_SUPPORT_PHASE_TIMER_HPP
#define ORDERLY_EXAMPLES_SUPPORT_PHASE_TIMER_HPP

#include <chrono>  // both clocks
#include <cstdint> // counts

#if defined(__unix__) || defined(__APPLE__)
#include <time.h> // clock_gettime
#endif

namespace example {

/// Of the calling thread, so far.
inline std::chrono::nanoseconds thread_cpu_time() {
#if defined(CLOCK_THREAD_CPUTIME_ID)
  timespec now{};
  if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return {};
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
#else
  return {};
#endif
}

struct phase_time {
  std::chrono::nanoseconds wall{};
  std::chrono::nanoseconds cpu{};

  phase_time& operator+=(const phase_time& other) {
    wall += other.wall;
    cpu += other.cpu;
    return *this;
  }
};

class phase_timer {
 public:
  /// Adds to the time when it is destroyed, on the same thread.
  explicit phase_timer(phase_time* to) : to_(to) {
    if (to_ == nullptr) return;
    cpu_ = thread_cpu_time();
    wall_ = clock::now();
  }
  ~phase_timer() {
    if (to_ == nullptr) return;
    to_->wall += clock::now() - wall_;
    to_->cpu += thread_cpu_time() - cpu_;
  }
  phase_timer(const phase_timer&) = delete;
  phase_timer& operator=(const phase_timer&) = delete;

 private:
  using clock = std::chrono::steady_clock;

  phase_time* to_;
  clock::time_point wall_{};
  std::chrono::nanoseconds cpu_{};
};

} // namespace example

#endif
