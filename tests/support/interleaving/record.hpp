// SPDX-License-Identifier: MIT
//
// What one run of a scenario may do, what it chose, what it counted and how it failed: limits,
// counters, failure and trace. A failure ends the run on the spot: the fiber is left for good, because
// most of the code under test is noexcept and could not be left by an exception.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_RECORD_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_RECORD_HPP

#include "support/interleaving/fiber.hpp"
#include "support/interleaving/search.hpp"

#include <algorithm> // max
#include <cstddef>   // size_t
#include <cstdint>   // uint64_t
#include <deque>     // the last lines of the trace
#include <sstream>   // lines of the trace
#include <string>    // texts
#include <utility>   // move

namespace interleaving {

// What is explored. Each figure but the last three is a budget of one run.
struct limits {
  int preemptions = 2;    // switches away from a thread that could go on
  int delayed_stores = 1; // per thread: stores that others are made to miss
  int spurious = 1;       // sleeps that end, or weak compare-exchanges that fail, for no reason
  int timeouts = 1;       // timed sleeps that time out though something else could run
  std::uint64_t most_runs = 2'000'000;
  std::uint64_t most_steps = 20'000; // of one run; more is no progress
  double most_seconds = 0;           // in all; 0: any
};

// Counted in each run. A wake-up "without need" reached the kernel though nobody slept there.
struct counters {
  unsigned sleeps = 0;             // sleeps entered, on a word or a condition variable
  unsigned wakes = 0;              // sleepers woken
  unsigned wakes_without_need = 0; // calls that found nobody to wake
  unsigned timeouts = 0;           // sleeps that timed out
  unsigned spurious = 0;           // sleeps that ended, and exchanges that failed, for no reason

  void raise_to(const counters& other) noexcept {
    sleeps = (std::max)(sleeps, other.sleeps);
    wakes = (std::max)(wakes, other.wakes);
    wakes_without_need = (std::max)(wakes_without_need, other.wakes_without_need);
    timeouts = (std::max)(timeouts, other.timeouts);
    spurious = (std::max)(spurious, other.spurious);
  }
};

class record {
 public:
  record(const limits& bounds, search& path, bool tracing)
      : bounds_(bounds), path_(path), tracing_(tracing) {}

  void start_run() noexcept {
    left_ = bounds_;
    counts_ = counters{};
    steps_ = 0;
  }

  const limits& bounds() const noexcept { return bounds_; }
  counters& counts() noexcept { return counts_; }
  std::uint64_t steps() const noexcept { return steps_; }

  // ---- choices ----

  int choose(int count, odds of_first = odds::even) {
    if (count < 2) return 0;
    const int taken = path_.choose(count, of_first);
    if (path_.diverged()) fail(diverged);
    return taken;
  }

  bool may(int limits::*budget) const noexcept { return left_.*budget > 0; }
  void spend(int limits::*budget) noexcept { --(left_.*budget); }

  // One more operation of the running thread.
  void step() {
    if (++steps_ > bounds_.most_steps)
      fail("no progress after " + std::to_string(bounds_.most_steps) + " steps");
  }

  // ---- failure and trace ----

  [[noreturn]] void fail(std::string what) {
    failed_ = true;
    what_ = std::move(what);
    leave_run();
    __builtin_unreachable(); // nobody switches back to a run that failed
  }

  // After a run: it must have made all the choices of its path.
  void check_path() {
    if (failed_ || !path_.left_over()) return;
    failed_ = true;
    what_ = diverged;
  }

  bool failed() const noexcept { return failed_; }
  const std::string& what() const noexcept { return what_; }

  template <class... Parts>
  void note(int thread, const Parts&... parts) {
    if (tracing_) [[unlikely]]
      add_line(thread, parts...);
  }

  std::string trace() const {
    std::string all;
    for (const std::string& line : lines_) all += line + '\n';
    return all;
  }

  // ---- fibers ----

  // From a fiber back to the caller of the exploration.
  void leave_run() noexcept { fiber::change(*running_, outside_); }
  void enter_run(fiber& first) noexcept {
    running_ = &first;
    fiber::change(outside_, first);
  }
  void change_to(fiber& next) noexcept {
    fiber& here = *running_;
    running_ = &next;
    fiber::change(here, next);
  }

 private:
  static constexpr std::size_t kept_lines = 40;
  static constexpr const char* diverged =
      "the run asked for other choices than its schedule holds: the scenario depends on something "
      "that is not modelled, or the schedule is another one's";

  template <class... Parts>
  [[gnu::noinline]] void add_line(int thread, const Parts&... parts) {
    std::ostringstream line;
    line << steps_ << ": thread " << thread << ' ';
    (line << ... << parts);
    lines_.push_back(std::move(line).str());
    if (lines_.size() > kept_lines) lines_.pop_front();
  }

  const limits bounds_;
  search& path_;
  const bool tracing_;
  limits left_;
  counters counts_;
  std::uint64_t steps_ = 0;
  bool failed_ = false;
  std::string what_;
  std::deque<std::string> lines_;
  fiber outside_;
  fiber* running_ = nullptr;
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_RECORD_HPP
