// SPDX-License-Identifier: MIT
//
// The modelled std::mutex and std::condition_variable. An unlocked mutex goes to whoever comes first.
//
// Another thread may go first after an unlock, not before it: whatever it could do before, it can do
// after (there is no try_lock), and what the first then touches without the mutex comes too late.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_MUTEX_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_MUTEX_HPP

#include "support/interleaving/engine.hpp"

#include <condition_variable> // cv_status
#include <mutex>              // unique_lock

namespace interleaving {

class mutex : private object {
 public:
  mutex() noexcept : object("mutex ") {}
  ~mutex() {
    if (current == nullptr) return;
    if (state_.owner >= 0) current->run.fail(happening("destroys the locked"));
    if (state_.wanted_by != 0 || current->threads.sleeper_needs(state_))
      current->run.fail(happening("destroys, while another waits for it, the"));
  }

  void lock() {
    engine& e = here();
    must_be_alive("lock", "mutex");
    if (state_.owner == e.threads.self()) e.run.fail(happening("locks for the second time"));
    state_.wanted_by |= only(e.threads.self());
    e.threads.set_reason(because("waits for", &state_));
    if (state_.owner < 0) {
      e.threads.point();
    } else {
      e.threads.forbid(only(e.threads.self()));
      e.threads.block();
    }
    must_be_alive("lock", "mutex");
    acquire(e, "locks ");
  }

  void unlock() {
    engine& e = here();
    if (e.stores.pending(e.threads.self())) e.threads.point(); // the last chance for it to be late
    must_be_alive("unlock", "mutex");
    release(e, "unlocks");
    e.threads.has_acted();
    e.threads.point();
  }

 private:
  friend class condition_variable;

  void acquire(engine& e, const char* what) {
    const thread_set self = only(e.threads.self());
    state_.owner = e.threads.self();
    state_.wanted_by &= ~self;
    e.threads.has_acted();
    e.threads.forbid(state_.wanted_by);
    e.run.note(state_.owner, what, who());
  }

  void release(engine& e, const char* what) {
    if (state_.owner != e.threads.self()) e.run.fail(happening("does not hold, but unlocks,"));
    e.stores.commit(e.threads.self());
    e.run.note(state_.owner, what, ' ', who());
    state_.owner = -1;
    e.threads.allow(state_.wanted_by);
  }

  mutex_state state_;
};

class condition_variable : private object {
 public:
  condition_variable() noexcept : object("condition variable ") {}
  ~condition_variable() {
    if (current != nullptr && current->threads.sleeping_on(this) != 0)
      current->run.fail(happening("destroys, while another sleeps on it, the"));
  }

  void notify_one() noexcept {
    engine& e = begin("notify_one");
    if (!e.threads.wake(this)) ++e.run.counts().wakes_without_need;
  }

  void notify_all() noexcept {
    engine& e = begin("notify_all");
    if (!e.threads.wake(this)) ++e.run.counts().wakes_without_need;
    while (e.threads.wake(this)) continue;
  }

  void wait(std::unique_lock<mutex>& lock) { sleep(lock, nullptr); }

  template <class Ready>
  void wait(std::unique_lock<mutex>& lock, Ready ready) {
    while (!ready()) wait(lock);
  }

  std::cv_status wait_until(std::unique_lock<mutex>& lock, time_point deadline) {
    return sleep(lock, &deadline) == wake_up::timed_out ? std::cv_status::timeout
                                                        : std::cv_status::no_timeout;
  }

  template <class Ready>
  bool wait_until(std::unique_lock<mutex>& lock, time_point deadline, Ready ready) {
    while (!ready())
      if (wait_until(lock, deadline) == std::cv_status::timeout) return ready();
    return true;
  }

 private:
  engine& begin(const char* operation) const {
    engine& e = here();
    e.threads.point();
    must_be_alive(operation, "condition variable");
    e.stores.commit(e.threads.self());
    return e;
  }

  wake_up sleep(std::unique_lock<mutex>& lock, const time_point* deadline) {
    engine& e = begin("wait");
    mutex& m = *lock.mutex();
    m.must_be_alive("wait", "mutex");
    m.release(e, "sleeps on a condition variable and unlocks");
    wake_up why = wake_up::timed_out;
    if (deadline != nullptr && *deadline <= e.threads.now())
      m.lock();
    else
      why = e.threads.sleep(this, because("sleeps on"), deadline, &m.state_),
      m.acquire(e, "wakes and locks ");
    return why;
  }
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_MUTEX_HPP
