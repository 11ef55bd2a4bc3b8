// SPDX-License-Identifier: MIT
//
// support/findings.hpp: what a test finds wrong, kept without Catch2 and without memory.
//
// Catch2's macros are for one thread and allocate. Where several threads check, or where allocations
// are counted or made to fail, the test tells a `findings`, and the main thread requires afterwards
// that its text is empty. Only the first finding is kept: what follows it is mostly its consequence.
#ifndef ORDERLY_TESTS_SUPPORT_FINDINGS_HPP
#define ORDERLY_TESTS_SUPPORT_FINDINGS_HPP

#include <cstdint> // uint64_t
#include <cstdio>  // snprintf
#include <mutex>   // mutex

namespace test {

class findings {
 public:
  void expect(bool good, const char* what) noexcept {
    if (!good) keep("%s", what, 0, 0);
  }

  void expect_equal(std::uint64_t got, std::uint64_t expected, const char* what) noexcept {
    if (got != expected) keep("%s: %llu instead of %llu", what, got, expected);
  }

  // The first thing found wrong; empty if there is none.
  const char* first() const noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    return text_;
  }

 private:
  void keep(const char* format, const char* what, unsigned long long got,
            unsigned long long expected) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (text_[0] == '\0') std::snprintf(text_, sizeof text_, format, what, got, expected);
  }

  mutable std::mutex mutex_;
  char text_[200] = ""; // guarded by mutex_
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_FINDINGS_HPP
