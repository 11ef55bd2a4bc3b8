// SPDX-License-Identifier: MIT
//
// support/timing.hpp: delays that differ from run to run, so that a result that depends on timing
// has every chance to show it.
#ifndef ORDERLY_TESTS_SUPPORT_TIMING_HPP
#define ORDERLY_TESTS_SUPPORT_TIMING_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>
#include <thread>

namespace test {

// Now and then a few yields or a short sleep; not a function of anything that a test controls.
class disturbance {
 public:
  void operator()() {
    // A weak generator is enough here; its state is shared on purpose.
    const std::uint64_t draw =
        (state_.fetch_add(0x9E3779B97F4A7C15U, std::memory_order_relaxed) >> 32) * 2654435761U;
    switch ((draw >> 16) % 16) {
    case 0:
      std::this_thread::sleep_for(std::chrono::microseconds(draw % 97));
      break;
    case 1:
    case 2:
    case 3:
      std::this_thread::yield();
      break;
    default:
      break;
    }
  }

 private:
  std::atomic<std::uint64_t> state_{std::random_device{}()};
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_TIMING_HPP
