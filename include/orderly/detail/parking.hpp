// SPDX-License-Identifier: MIT
//
// orderly/detail/parking.hpp: the one way in which a thread of this library sleeps.
//
// Who sleeps on what. A thread that has to wait makes a `waiter` (on its own stack, or one that it
// keeps), links it into a `waiter_list` that belongs to the object it waits for, and calls sleep().
// The list and the condition are guarded by one mutex of that object; the waiter links itself in the
// same critical section in which it found the condition false. (Where the condition is changed
// without a mutex, sleepers.hpp says what takes the place of that section.)
//
// Who wakes whom. A thread that makes the condition true for k waiters unlinks at most k of them in
// the critical section in which it did so, and calls release() on each after it has left it. A waiter
// is released exactly once for each time it was unlinked, and by nobody else.
//
// Why no wake-up is lost. For any waiter W and any notifier N: both critical sections are ordered by
// the mutex. If N's comes first, W sees the condition true and does not link. If W's comes first, N
// finds W linked (or enough others before it). Between release() and sleep() all traffic goes through
// W's word by read-modify-writes, which have one total order:
//     W: looking -> asleep   (compare-exchange, then the kernel, which re-reads the word)
//     N: any -> released     (exchange)
// If N's exchange comes first, W's compare-exchange fails and W does not sleep. If W's comes first,
// N's exchange returns `asleep` and N makes the system call; the kernel refuses to put W to sleep
// once the word is no longer `asleep`.
//
// Why none is wasted. N makes a system call only for a W that is asleep: nobody asleep, no call.
// Every waiter has a word of its own, so a wake-up reaches exactly the thread it was meant for.
//
// The pass-on rule. A waiter that was unlinked ("chosen") may find that a running thread was faster,
// or may time out. Having been chosen, it must look at the condition once more under the mutex; if
// it then leaves without using what it was chosen for, it must choose another waiter in its place.
//
// Lifetime. Once unlinked, a waiter must not be destroyed before release() was called: a waiter
// that timed out but is no longer linked therefore sleeps on, untimed, until its release (which is
// on its way). After the exchange the notifier touches only the address of the word (raw_futex) or
// is waited for by the waiter (node_monitor).
//
// Memory orders. The exchange in release() is acq_rel and pairs with the acquire loads and
// compare-exchanges of sleep(): what the notifier did before release() is seen after sleep().
#ifndef ORDERLY_DETAIL_PARKING_HPP
#define ORDERLY_DETAIL_PARKING_HPP

#include "orderly/detail/native_sync.hpp"
#include "orderly/detail/waiter_word.hpp"

#include <atomic>      // memory orders
#include <chrono>      // deadlines
#include <cstddef>     // size_t
#include <cstdint>     // uint32_t
#include <type_traits> // is_same_v

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Sync>
class basic_waiter_list;

// One sleeping (or about to sleep) thread.
template <class Sync>
class basic_waiter {
 public:
  basic_waiter() = default;
  basic_waiter(const basic_waiter&) = delete;
  basic_waiter& operator=(const basic_waiter&) = delete;

  // Returns once released. Looks at its own word for about 1 us first (pauses help when the
  // notifier runs on another processor, yields when it wants this one), then sleeps in the kernel.
  void sleep() noexcept {
    if (!look() && fall_asleep()) {
      while (word_.load(std::memory_order_acquire) == asleep) sleep_.wait(word_);
    }
    sleep_.depart();
  }

  // The same up to a deadline: false if not released by then. The waiter may be released later, for
  // as long as it is linked.
  bool sleep_until(steady_time deadline) noexcept {
    if (!look() && fall_asleep()) {
      while (!sleep_.wait_until(word_, deadline)) {
        if (Sync::clock::now() < deadline) continue;
        std::uint32_t expected = asleep; // so that a later sleep() starts from a known word
        if (word_.compare_exchange_strong(expected, looking, std::memory_order_acq_rel,
                                          std::memory_order_acquire))
          return false;
      }
    }
    sleep_.depart();
    return true;
  }

  // Called by the notifier that unlinked this waiter, after it left the mutex. The waiter may be
  // destroyed by its owner from here on.
  void release() noexcept { sleep_.wake(word_); }

  // Makes a released waiter usable again. Only by its owner, before it is linked.
  void rearm() noexcept { word_.store(looking, std::memory_order_relaxed); }

  // Guarded by the mutex of the list's owner.
  bool linked() const noexcept { return linked_; }

 private:
  friend class basic_waiter_list<Sync>;

  bool look() const noexcept {
    for (int i = 0; i < Sync::look_pauses; ++i, Sync::pause())
      if (word_.load(std::memory_order_acquire) == released) return true;
    for (int i = 0; i < Sync::look_yields; ++i, Sync::yield())
      if (word_.load(std::memory_order_acquire) == released) return true;
    return false;
  }

  bool fall_asleep() noexcept {
    std::uint32_t expected = looking;
    return word_.compare_exchange_strong(expected, asleep, std::memory_order_acq_rel,
                                         std::memory_order_acquire);
  }

  typename Sync::template atomic<std::uint32_t> word_{looking};
  bool linked_ = false;              // guarded by the mutex of the list's owner
  basic_waiter* next_ = nullptr;     // guarded by the mutex of the list's owner
  basic_waiter* previous_ = nullptr; // guarded by the mutex of the list's owner
  typename Sync::sleeper sleep_;
};

// First in, first out, intrusive. Guarded by a mutex of its owner, except the local list into which
// a notifier has moved the waiters that it is going to release.
template <class Sync>
class basic_waiter_list {
 public:
  using waiter_type = basic_waiter<Sync>;

  basic_waiter_list() = default;
  basic_waiter_list(const basic_waiter_list&) = delete;
  basic_waiter_list& operator=(const basic_waiter_list&) = delete;

  bool empty() const noexcept { return first_ == nullptr; }
  waiter_type* first() const noexcept { return first_; }
  static waiter_type* after(const waiter_type& w) noexcept { return w.next_; }

  void push_back(waiter_type& w) noexcept {
    w.linked_ = true;
    w.next_ = nullptr;
    w.previous_ = last_;
    (last_ != nullptr ? last_->next_ : first_) = &w;
    last_ = &w;
  }

  void remove(waiter_type& w) noexcept {
    (w.previous_ != nullptr ? w.previous_->next_ : first_) = w.next_;
    (w.next_ != nullptr ? w.next_->previous_ : last_) = w.previous_;
    w.linked_ = false;
  }

  // Moves up to `count` waiters, oldest first, to a list of waiters to release.
  void choose(std::size_t count, basic_waiter_list& chosen) noexcept {
    while (count-- > 0 && first_ != nullptr) choose_one(*first_, chosen);
  }

  void choose_one(waiter_type& w, basic_waiter_list& chosen) noexcept {
    remove(w);
    chosen.append_chosen(w);
  }

  // Releases every waiter of a list of chosen ones. Outside the mutex.
  void release_all() noexcept {
    while (first_ != nullptr) {
      waiter_type* const w = first_;
      first_ = w->next_; // before release(): the waiter may be gone after it
      w->release();
    }
    last_ = nullptr;
  }

 private:
  void append_chosen(waiter_type& w) noexcept {
    w.next_ = nullptr; // linked_ stays false: nobody but this list's owner may touch it now
    (last_ != nullptr ? last_->next_ : first_) = &w;
    last_ = &w;
  }

  waiter_type* first_ = nullptr;
  waiter_type* last_ = nullptr;
};

// How long a wait may last. The other two give bool sleep(waiter&): false when the time is up.
struct no_waiting {};

struct without_deadline {
  template <class Waiter>
  bool sleep(Waiter& w) const noexcept {
    w.sleep();
    return true;
  }
};

template <class Sync, class Clock, class Duration>
struct until {
  std::chrono::time_point<Clock, Duration> deadline;

  // The steady clock is the one that waiters sleep by.
  using clock = std::conditional_t<std::is_same_v<Clock, std::chrono::steady_clock>,
                                   typename Sync::clock, Clock>;

  // A deadline on a foreign clock is turned into a steady one by what is left now; should that
  // clock be set meanwhile, what is left is taken again.
  template <class Waiter>
  bool sleep(Waiter& w) const noexcept {
    for (;;) {
      const auto clock_now = clock::now();
      if (clock_now >= deadline) return false; // before the difference, which could overflow
      const auto left = deadline - clock_now;
      const auto now = Sync::clock::now();
      const auto longest = std::chrono::hours(24 * 365);
      const auto step = left < longest ? std::chrono::ceil<steady_time::duration>(left)
                                       : std::chrono::duration_cast<steady_time::duration>(longest);
      if (w.sleep_until(now + step)) return true;
    }
  }
};

// The deadline of a wait of this length that starts now; longer than a century means a century.
template <class Sync, class Rep, class Period>
steady_time deadline_after(const std::chrono::duration<Rep, Period>& patience) noexcept {
  constexpr auto century = std::chrono::hours(24 * 36525);
  const auto now = Sync::clock::now();
  if (patience >= century) return now + century;
  if (patience <= patience.zero()) return now; // also what ceil could not represent
  return now + std::chrono::ceil<steady_time::duration>(patience);
}

// Sleeps in `list`, whose mutex `lock` (a std::unique_lock) holds, until ready() is true or the limit is
// reached. Holds the lock again on return; the result is ready()'s. Obeys the pass-on rule as far as it
// can be known here: a chosen waiter looks once more; what it does with a true ready() is the caller's
// business.
template <class Sync, class Lock, class Ready, class Limit>
bool wait_in(basic_waiter_list<Sync>& list, Lock& lock, Ready ready, Limit limit) {
  while (!ready()) {
    basic_waiter<Sync> self;
    list.push_back(self);
    lock.unlock();
    bool in_time = limit.sleep(self);
    lock.lock();
    if (in_time) continue;
    if (self.linked()) {
      list.remove(self);
      return ready();
    }
    lock.unlock(); // chosen in the last moment: its release is on its way, wait for it
    self.sleep();
    lock.lock();
    return ready();
  }
  return true;
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_PARKING_HPP
