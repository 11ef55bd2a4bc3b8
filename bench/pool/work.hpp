// SPDX-License-Identifier: MIT
//
// Work of a known length that touches no memory, and loads made of it.
#ifndef ORDERLY_BENCH_POOL_WORK_HPP
#define ORDERLY_BENCH_POOL_WORK_HPP

#include <algorithm> // min
#include <chrono>    // calibration
#include <cstdint>   // rounds

namespace bench {

using clock = std::chrono::steady_clock;

inline double seconds_since(clock::time_point start) {
  return std::chrono::duration<double>(clock::now() - start).count();
}

// Each round depends on the one before it, so no compiler can shorten it.
inline void burn(std::uint64_t rounds) {
  std::uint64_t x = 1;
  for (; rounds > 0; --rounds) {
    x *= 0x9e3779b97f4a7c15U;
    __asm__ __volatile__("" : "+r"(x));
  }
}

// Rounds in a nanosecond: the fastest of several trials, once for all contenders.
inline double rounds_per_nanosecond() {
  static const double measured = [] {
    constexpr std::uint64_t rounds = 2'000'000;
    double shortest = 1e9;
    for (int trial = 0; trial < 20; ++trial) {
      const auto start = clock::now();
      burn(rounds);
      shortest = std::min(shortest, seconds_since(start));
    }
    return static_cast<double>(rounds) / (shortest * 1e9);
  }();
  return measured;
}

inline std::uint64_t rounds_of(double nanoseconds) {
  return static_cast<std::uint64_t>(nanoseconds * rounds_per_nanosecond());
}

} // namespace bench

#endif
