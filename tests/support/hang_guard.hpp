// SPDX-License-Identifier: MIT
//
// support/hang_guard.hpp: turns a hang into a failure that says where it hangs.
//
// Tell it before each step of a test what the step is called; when no next one has begun for a minute
// it prints that name and ends the program. It stands against hangs only and decides nothing else.
#ifndef ORDERLY_TESTS_SUPPORT_HANG_GUARD_HPP
#define ORDERLY_TESTS_SUPPORT_HANG_GUARD_HPP

#include <chrono>             // how often it looks
#include <condition_variable> // to be told the end
#include <csignal>            // SIG_DFL
#include <cstdint>            // uint64_t
#include <cstdio>             // fprintf
#include <cstdlib>            // abort
#include <mutex>              // mutex
#include <thread>             // thread

namespace test {

class hang_guard {
 public:
  hang_guard() : thread_([this] { watch(); }) {}
  hang_guard(const hang_guard&) = delete;
  hang_guard& operator=(const hang_guard&) = delete;
  ~hang_guard() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ended_ = true;
    }
    told_.notify_one();
    thread_.join();
  }

  // `label` must live on; "%s %llu" is what is printed.
  void step(const char* label, std::uint64_t number) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    label_ = label;
    number_ = number;
    seconds_ = 0;
  }

 private:
  static constexpr int patience = 60;

  // Counts its own waits rather than a clock's seconds, so that a machine put to sleep is no hang.
  void watch() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!told_.wait_for(lock, std::chrono::seconds(1), [this] { return ended_; })) {
      if (++seconds_ < patience) continue;
      std::fprintf(stderr, "\nno progress for %d s in %s %llu\n", patience, label_, number_);
      std::signal(SIGABRT,
                  SIG_DFL); // the test framework's handler would wait for the hanging thread
      std::abort();
    }
  }

  std::mutex mutex_;
  std::condition_variable told_;
  bool ended_ = false;            // guarded by mutex_
  int seconds_ = 0;               // guarded by mutex_
  const char* label_ = "nothing"; // guarded by mutex_
  unsigned long long number_ = 0; // guarded by mutex_
  std::thread thread_;            // last: it uses the others
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_HANG_GUARD_HPP
