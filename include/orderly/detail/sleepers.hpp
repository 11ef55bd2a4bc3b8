// SPDX-License-Identifier: MIT
//
// orderly/detail/sleepers.hpp: those who wait for something that others change without a lock.
//
// A part whose state is a few atomics has no critical section in which a waiter could link itself after
// it found nothing. A flag takes the place of that section:
//
//   waiter                                    notifier
//   1. links itself, anybody := true          1. changes the state
//   2. looks at the state                     2. looks at anybody
//   3. sleeps if there is nothing for it      3. if it is true: chooses, under the mutex
//
// Why no wake-up is lost. The accesses of the steps 1 and 2 are sequentially consistent, so they have
// one order. If the notifier's change comes before the waiter's look, the waiter does not sleep. Else
// the waiter's flag comes before the notifier's look. The flag stays true while anybody is linked, so
// the notifier finds the waiter, or one that linked before it, or the waiter was chosen already.
//
// What who was chosen owes. Each choice stands for one thing that was brought, and is followed by one
// attempt to take it: nobody takes anything while it is linked, but unlinks itself first, and if it was
// chosen by then, it attempts after that. An attempt takes one thing or finds that there is none left,
// so nothing lies beside a sleeper that was not chosen for it, and nobody has to pass a wake-up on.
//
// Why none is wasted. A notifier chooses at most as many as it has brought things for, and makes a
// system call only for a waiter that is asleep (parking.hpp).
#ifndef ORDERLY_DETAIL_SLEEPERS_HPP
#define ORDERLY_DETAIL_SLEEPERS_HPP

#include "orderly/detail/parking.hpp"

#include <atomic>  // memory orders
#include <cstddef> // size_t
#include <mutex>   // lock_guard

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Sync>
class basic_sleepers {
 public:
  // Releases up to `count` waiters, after a sequentially consistent change that ready() shows.
  void wake(std::size_t count) noexcept {
    if (!anybody_.load(std::memory_order_seq_cst)) return;
    basic_waiter_list<Sync> chosen;
    {
      const lock_type lock(mutex_);
      list_.choose(count, chosen);
      note_whether_anybody();
    }
    chosen.release_all();
  }

  // Sleeps unless ready(), which is a sequentially consistent look at the state. True: it is time for
  // an attempt; false: the time is up.
  template <class Ready, class Limit>
  bool wait(Ready ready, Limit limit) {
    basic_waiter<Sync> self;
    link(self);
    const bool seen = ready();
    if (!seen && limit.sleep(self)) return true;
    if (unlink(self)) return seen;
    self.sleep(); // chosen in the last moment: its release is on its way
    return true;
  }

 private:
  using lock_type = std::lock_guard<typename Sync::mutex>;

  void link(basic_waiter<Sync>& self) noexcept {
    const lock_type lock(mutex_);
    list_.push_back(self);
    note_whether_anybody();
  }

  // False if it was chosen.
  bool unlink(basic_waiter<Sync>& self) noexcept {
    const lock_type lock(mutex_);
    if (!self.linked()) return false;
    list_.remove(self);
    note_whether_anybody();
    return true;
  }

  void note_whether_anybody() noexcept {
    anybody_.store(!list_.empty(), std::memory_order_seq_cst);
  }

  typename Sync::template atomic<bool> anybody_{false}; // written under mutex_
  typename Sync::mutex mutex_;
  basic_waiter_list<Sync> list_; // guarded by mutex_
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_SLEEPERS_HPP
