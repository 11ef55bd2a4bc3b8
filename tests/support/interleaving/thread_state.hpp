// SPDX-License-Identifier: MIT
//
// What the scheduler knows of a thread, and the words in which it is told: sets of threads, what a
// thread does, what it waits for, how a sleep ended.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_THREAD_STATE_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_THREAD_STATE_HPP

#include <bit>     // countr_zero
#include <chrono>  // deadlines
#include <cstdint> // uint32_t
#include <memory>  // unique_ptr
#include <string>  // texts

namespace interleaving {

using thread_set = std::uint32_t;
constexpr thread_set only(int thread) noexcept { return thread_set{1} << thread; }
constexpr int nth(thread_set set, int n) noexcept {
  while (n-- > 0) set &= set - 1;
  return std::countr_zero(set);
}

using time_point = std::chrono::steady_clock::time_point;

// Who holds a mutex and who wants it; the rest of a mutex is in mutex.hpp.
struct mutex_state {
  int owner = -1;
  thread_set wanted_by = 0;
};

// What a thread waits for, to be told when nobody can go on.
struct reason {
  const char* what = "";
  const char* kind = "";
  unsigned number = 0;
  const mutex_state* held = nullptr;
};

// What a thread does.
class task {
 public:
  virtual ~task() = default;
  virtual void run() = 0;
};

enum class wake_up { woken, spurious, timed_out };

struct thread_state {
  const void* asleep_on = nullptr; // the address; nullptr: not asleep
  mutex_state* relock = nullptr;   // a condition variable's
  time_point deadline;
  wake_up ended_by = wake_up::woken;
  std::unique_ptr<task> body;
  reason why;
  thread_set joining = 0; // those whose end this one waits for
  thread_set behind = 0;  // those to make a step before this one, which yielded to them
  bool fresh = true;      // has done nothing since it was switched to
  bool was_away = true;   // another has run since the last yield
  bool ended = false;
};

inline std::string who_waits_for_what(const thread_state* threads, int count) {
  std::string all;
  for (int t = 0; t < count; ++t) {
    if (threads[t].ended) continue;
    reason why = threads[t].why;
    if (threads[t].joining != 0) why.number = static_cast<unsigned>(nth(threads[t].joining, 0));
    if (!all.empty()) all += "; ";
    all += "thread " + std::to_string(t) + ' ' + why.what + ' ' + why.kind +
           std::to_string(why.number);
    if (why.held != nullptr && why.held->owner >= 0)
      all += " held by thread " + std::to_string(why.held->owner);
  }
  return all;
}

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_THREAD_STATE_HPP
