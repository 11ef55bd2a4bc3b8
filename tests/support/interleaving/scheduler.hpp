// SPDX-License-Identifier: MIT
//
// The threads of a scenario, and which of them makes the next step. Exactly one runs; it asks here
// before every shared operation.
//
//   point()  the thread could go on: to let another go first costs one preemption
//   block()  the thread cannot go on, or has ended: any that can is as good as another
//   yield()  a point, if another thread has run since the last yield of this one. Otherwise it waits
//            actively: the others go first, at no cost, and it is not switched back to for nothing until
//            each of those that could run has made a step (else two that wait actively for a third
//            would starve it for ever), though a preemption can get it back earlier
//
// A thread that has done nothing since it was switched to is not asked at a point: whatever could go
// first there could have been switched to instead.
//
// A thread that waits for a mutex counts as able to run exactly while the mutex is free, so a
// waiter that comes too late makes no step at all. A sleeper wakes when it is woken. That it wakes early,
// for no reason or because its time is up, is decided when it falls asleep: it then merely counts as able
// to run. Time stands still but for yields, which last a moment, for sleeps that time out, and where a
// scenario says so.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_SCHEDULER_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_SCHEDULER_HPP

#include "support/interleaving/fiber.hpp"
#include "support/interleaving/record.hpp"
#include "support/interleaving/store_buffers.hpp"
#include "support/interleaving/thread_state.hpp"

#include <array>     // threads
#include <bit>       // popcount
#include <chrono>    // deadlines
#include <cstddef>   // size_t
#include <exception> // what()
#include <memory>    // unique_ptr
#include <string>    // texts
#include <utility>   // move

namespace interleaving {

// What every fiber does; engine.hpp knows whose.
void live_on_fiber();

class scheduler {
 public:
  scheduler(record& run, store_buffers& stores) : run_(run), stores_(stores) {}

  // One run, from outside of all fibers: `first` is what thread 0 does.
  void run(std::unique_ptr<task> first) {
    count_ = alive_ = 0;
    ready_ = timed_ = lagging_ = 0;
    now_ = time_point(std::chrono::hours(1));
    self_ = 0;
    add(std::move(first));
    run_.enter_run(*fibers_[0]);
  }

  // What every fiber does, run after run.
  [[noreturn]] void live() {
    for (;;) {
      perform(*me().body);
      me().body.reset();
      end();
    }
  }

  int self() const noexcept { return self_; }
  bool alone() const noexcept { return alive_ == 1; }
  time_point now() const noexcept { return now_; }

  // ---- steps ----

  void point() {
    run_.step();
    if (std::exchange(me().fresh, false)) return;
    if (!run_.may(&limits::preemptions)) return;
    const thread_set others = ready_ & ~only(self_);
    if (others == 0) return;
    const int pick = run_.choose(1 + std::popcount(others), odds::against);
    if (pick == 0) return;
    run_.spend(&limits::preemptions);
    change_to(nth(others, pick - 1));
  }

  void block() {
    run_.step();
    stores_.commit(self_);
    while (ready_ == 0) let_time_pass();
    me().fresh = true;
    const thread_set able = eligible(ready_);
    change_to(nth(able, run_.choose(std::popcount(able))));
  }

  void yield() {
    advance(std::chrono::microseconds(10));
    if (std::exchange(me().was_away, false)) return point();
    run_.step();
    const thread_set others = ready_ & ~only(self_);
    for (int t = 0; t < count_; ++t) // no store is late for ever
      if ((others & only(t)) == 0) stores_.commit(t);
    if (others == 0) return;
    me().fresh = true;
    me().behind = others;
    lagging_ |= only(self_);
    const thread_set able = eligible(others);
    change_to(nth(able, run_.choose(std::popcount(able))));
  }

  // Lets time pass; who sleeps up to a deadline that is over then can go on.
  void advance(std::chrono::nanoseconds time) {
    now_ += time;
    for (int t = 0; timed_ != 0 && t < count_; ++t)
      if ((timed_ & only(t)) != 0 && at(t).deadline <= now_) end_sleep(t, wake_up::timed_out);
  }

  // ---- who is able to run ----

  void allow(thread_set threads) noexcept { ready_ |= threads; }
  void forbid(thread_set threads) noexcept { ready_ &= ~threads; }
  void has_acted() noexcept { me().fresh = false; }
  void set_reason(const reason& why) noexcept { me().why = why; }

  // ---- threads ----

  // What a new thread does later commutes with its start, so the start is no point.
  int start(std::unique_ptr<task> body) {
    if (count_ == most_threads) run_.fail("more than " + std::to_string(most_threads) + " threads");
    stores_.commit(self_);
    has_acted();
    return add(std::move(body));
  }

  // Waits for the end of all of them.
  void join(thread_set threads) {
    for (int t = 0; t < count_; ++t)
      if (at(t).ended) threads &= ~only(t);
    if (threads == 0) return;
    set_reason({"waits for the end of", "thread ", 0, nullptr});
    me().joining = threads;
    forbid(only(self_));
    block();
  }

  // ---- sleep ----

  // Sleeps on an address until woken, or early. With a mutex (free now): wants it from then on.
  wake_up sleep(const void* address, const reason& why, const time_point* deadline,
                mutex_state* relock) {
    ++run_.counts().sleeps;
    set_reason(why);
    thread_state& me = at(self_);
    me.asleep_on = address;
    me.relock = relock;
    me.ended_by = wake_up::woken;
    forbid(only(self_));
    if (deadline != nullptr) {
      me.deadline = *deadline;
      timed_ |= only(self_);
    }
    perhaps_end_early();
    block();
    if (me.ended_by == wake_up::timed_out) {
      if (now_ < me.deadline) now_ = me.deadline, has_acted();
      ++run_.counts().timeouts;
    }
    return me.ended_by;
  }

  // Wakes one of those that sleep on the address. False if nobody does.
  bool wake(const void* address) {
    const thread_set sleepers = sleeping_on(address);
    if (sleepers == 0) return false;
    const int chosen = nth(sleepers, run_.choose(std::popcount(sleepers)));
    ++run_.counts().wakes;
    run_.note(self_, "wakes thread ", chosen);
    end_sleep(chosen, wake_up::woken);
    return true;
  }

  thread_set sleeping_on(const void* address) const noexcept {
    thread_set result = 0;
    for (int t = 0; t < count_; ++t)
      if (at(t).asleep_on == address) result |= only(t);
    return result;
  }

  // Whether somebody asleep will want this mutex.
  bool sleeper_needs(const mutex_state& mutex) const noexcept {
    for (int t = 0; t < count_; ++t)
      if (at(t).asleep_on != nullptr && at(t).relock == &mutex) return true;
    return false;
  }

 private:
  thread_state& at(int thread) noexcept { return threads_[static_cast<std::size_t>(thread)]; }
  const thread_state& at(int thread) const noexcept {
    return threads_[static_cast<std::size_t>(thread)];
  }
  thread_state& me() noexcept { return at(self_); }

  int add(std::unique_ptr<task> body);
  void perform(task& body);
  void end();
  void let_time_pass();
  void perhaps_end_early();
  void end_sleep(int thread, wake_up why);

  // Those of the set that are not behind a thread that could run. Never empty: of the threads that are
  // behind, the one that yielded first is behind none that yielded later.
  thread_set eligible(thread_set set) const noexcept {
    thread_set result = set;
    for (thread_set left = set & lagging_; left != 0; left &= left - 1) {
      const int t = std::countr_zero(left);
      if ((at(t).behind & ready_) != 0) result &= ~only(t);
    }
    return result;
  }

  void change_to(int next) {
    for (thread_set left = lagging_; left != 0; left &= left - 1) {
      const int t = std::countr_zero(left);
      at(t).behind &= ~only(next);
      if (at(t).behind == 0) lagging_ &= ~only(t);
    }
    if (next == self_) return;
    me().was_away = true;
    self_ = next;
    run_.change_to(*fibers_[static_cast<std::size_t>(next)]);
  }

  record& run_;
  store_buffers& stores_;
  int self_ = 0;
  int count_ = 0;
  int alive_ = 0;
  thread_set ready_ = 0;   // can go on
  thread_set timed_ = 0;   // asleep with a deadline
  thread_set lagging_ = 0; // yielded, and behind somebody
  time_point now_;
  std::array<thread_state, most_threads> threads_;
  std::array<std::unique_ptr<fiber>, most_threads> fibers_;
};

inline int scheduler::add(std::unique_ptr<task> body) {
  const int thread = count_++;
  auto& place = fibers_[static_cast<std::size_t>(thread)];
  if (place == nullptr) place = std::make_unique<fiber>(&live_on_fiber);
  at(thread) = thread_state{};
  at(thread).body = std::move(body);
  ++alive_;
  allow(only(thread));
  return thread;
}

inline void scheduler::perform(task& body) {
  const std::string who = "thread " + std::to_string(self_);
  try {
    body.run();
  } catch (const std::exception& error) {
    run_.fail(who + " ended by an exception: " + error.what());
  } catch (...) {
    run_.fail(who + " ended by an exception");
  }
}

// Only a store that is still delayed could tell others when a thread ended, beside join().
inline void scheduler::end() {
  if (stores_.pending(self_)) point();
  stores_.commit(self_);
  run_.note(self_, "ends");
  me().ended = true;
  forbid(only(self_));
  for (int t = 0; t < count_; ++t)
    if (at(t).joining == only(self_))
      at(t).joining = 0, allow(only(t));
    else
      at(t).joining &= ~only(self_);
  if (--alive_ == 0)
    run_.leave_run();
  else
    block();
}

inline void scheduler::let_time_pass() {
  if (timed_ == 0) run_.fail("nobody can go on: " + who_waits_for_what(threads_.data(), count_));
  const int thread = nth(timed_, run_.choose(std::popcount(timed_)));
  end_sleep(thread, wake_up::timed_out);
}

// A choice of the thread that falls asleep.
inline void scheduler::perhaps_end_early() {
  const bool may_spuriously = run_.may(&limits::spurious);
  const bool may_time_out = (timed_ & only(self_)) != 0 && run_.may(&limits::timeouts);
  const int pick = run_.choose(1 + (may_spuriously ? 1 : 0) + (may_time_out ? 1 : 0));
  if (pick == 0) return;
  if (pick == 2 || !may_spuriously) {
    run_.spend(&limits::timeouts);
    return end_sleep(self_, wake_up::timed_out);
  }
  run_.spend(&limits::spurious);
  ++run_.counts().spurious;
  end_sleep(self_, wake_up::spurious);
}

inline void scheduler::end_sleep(int thread, wake_up why) {
  thread_state& t = at(thread);
  if (why != wake_up::woken)
    run_.note(thread, why == wake_up::spurious ? "wakes for no reason" : "times out");
  t.asleep_on = nullptr;
  t.ended_by = why;
  timed_ &= ~only(thread);
  if (t.relock != nullptr) t.relock->wanted_by |= only(thread);
  if (t.relock == nullptr || t.relock->owner < 0) allow(only(thread));
}

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_SCHEDULER_HPP
