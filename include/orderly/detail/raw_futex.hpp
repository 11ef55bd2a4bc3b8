// SPDX-License-Identifier: MIT
//
// orderly/detail/raw_futex.hpp: sleeps on a word by the Linux futex system call.
#ifndef ORDERLY_DETAIL_RAW_FUTEX_HPP
#define ORDERLY_DETAIL_RAW_FUTEX_HPP

#include "orderly/detail/waiter_word.hpp"

#include <atomic>        // the word
#include <chrono>        // deadlines
#include <cstdint>       // uint32_t
#include <linux/futex.h> // FUTEX_WAIT_BITSET
#include <sys/syscall.h> // SYS_futex
#include <time.h>        // timespec
#include <unistd.h>      // syscall

namespace orderly {
inline namespace v0 {
namespace detail {

// Sleeps in the kernel on the word itself. After the exchange in wake() the waiter may be gone; the
// kernel takes the address as a key and never reads it for a wake-up, so at worst another thread that
// now sleeps on a word at this address wakes and looks again.
class raw_futex {
 public:
  void wait(std::atomic<std::uint32_t>& word) noexcept { wait_on(word, nullptr); }

  bool wait_until(std::atomic<std::uint32_t>& word, steady_time deadline) noexcept {
    using namespace std::chrono;
    auto since_boot = deadline.time_since_epoch();
    if (since_boot < since_boot.zero()) since_boot = since_boot.zero();
    const auto whole = duration_cast<seconds>(since_boot);
    timespec until{};
    until.tv_sec = static_cast<time_t>(whole.count());
    until.tv_nsec = static_cast<long>(duration_cast<nanoseconds>(since_boot - whole).count());
    wait_on(word, &until);
    return word.load(std::memory_order_acquire) != asleep;
  }

  static void wake(std::atomic<std::uint32_t>& word) noexcept {
    if (word.exchange(released, std::memory_order_acq_rel) != asleep) return;
    static_cast<void>(
        ::syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, nullptr, nullptr, 0));
  }

  static void depart() noexcept {}

 private:
  // Absolute CLOCK_MONOTONIC time, the clock behind std::chrono::steady_clock on Linux. May return
  // early; the caller looks at the word again.
  static void wait_on(std::atomic<std::uint32_t>& word, const timespec* until) noexcept {
    static_cast<void>(::syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG,
                                static_cast<std::uint32_t>(asleep), until, nullptr,
                                FUTEX_BITSET_MATCH_ANY));
  }
};
static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_RAW_FUTEX_HPP
