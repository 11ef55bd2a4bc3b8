// SPDX-License-Identifier: MIT
//
// Three small textbook structures that sleep and wake by the library's waiting layer, each of which can
// be given one of the faults that such structures have had in earnest. Without a fault they are
// correct; with one they fail in few of very many interleavings.
#ifndef ORDERLY_TESTS_INTERLEAVING_PLANTED_HPP
#define ORDERLY_TESTS_INTERLEAVING_PLANTED_HPP

#include "orderly/detail/parking.hpp"

#include "support/interleaving.hpp"

#include <array>    // the slots of the merge
#include <atomic>   // memory_order
#include <cstddef>  // size_t
#include <deque>    // the elements of the queue
#include <limits>   // numeric_limits
#include <mutex>    // unique_lock
#include <optional> // what pop returns

namespace planted {

enum class fault {
  none,
  // of the queue
  notifies_only_when_empty,  // two pushes before the first consumer comes: the second wakes nobody
  notifies_before_store,     // the consumer finds nothing, and sleeps again
  no_recheck_before_linking, // the element came between the look and the link
  no_recheck_after_wake,     // another consumer was faster
  close_wakes_one,
  chosen_leaves_by_timeout,   // it was chosen for an element and passes the wake-up on to nobody
  chosen_leaves_by_exception, // it was chosen for room, and likewise
  leaves_before_release,      // a waiter goes although its notifier still has its address
  wakes_everybody,
  // of the published number
  missing_fence,            // the store and the look at the sleepers pass each other
  no_recheck_after_linking, // the number was raised in between
  counts_leavers_twice,     // the number of sleepers is too small from then on
  // of the merge
  window_too_wide,    // by one: a slot is written while it is full
  window_too_early,   // it moves before the slot is empty
  wakes_wrong_pusher, // the one that came first, not the one that has room
};

inline constexpr std::size_t all = (std::numeric_limits<std::size_t>::max)();

template <class Sync, fault Planted = fault::none>
class queue {
 public:
  explicit queue(std::size_t capacity) : capacity_(capacity) {}

  bool push(int value) {
    return put([=] { return value; });
  }

  // make() gives the element, or throws.
  template <class Make>
  bool put(Make make);

  std::optional<int> pop() { return take(orderly::detail::without_deadline{}); }

  std::optional<int> pop_until(orderly::detail::steady_time deadline) {
    return take(orderly::detail::until<Sync, std::chrono::steady_clock,
                                       orderly::detail::steady_time::duration>{deadline});
  }

  void close() {
    change([&](list& chosen) {
      closed_ = true;
      producers_.choose(all, chosen);
      consumers_.choose(has(fault::close_wakes_one) ? 1 : all, chosen);
    });
  }

 private:
  using list = orderly::detail::basic_waiter_list<Sync>;
  using lock_type = std::unique_lock<typename Sync::mutex>;

  static constexpr bool has(fault f) { return Planted == f; }

  template <class Change>
  void change(Change change) {
    list chosen;
    {
      const lock_type lock(mutex_);
      change(chosen);
    }
    chosen.release_all();
  }

  std::size_t consumers_for(bool was_empty) const {
    if (has(fault::wakes_everybody)) return all;
    if (has(fault::notifies_before_store)) return 0;
    return !has(fault::notifies_only_when_empty) || was_empty ? 1 : 0;
  }

  template <class Limit>
  std::optional<int> take(Limit limit);

  template <class Ready, class Limit>
  bool wait(list& waiters, lock_type& lock, Ready ready, Limit limit);

  const std::size_t capacity_;
  typename Sync::mutex mutex_;
  std::deque<int> elements_; // guarded by mutex_
  bool closed_ = false;      // guarded by mutex_
  list consumers_;           // guarded by mutex_
  list producers_;           // guarded by mutex_
};

template <class Sync, fault Planted>
template <class Make>
bool queue<Sync, Planted>::put(Make make) {
  if (has(fault::notifies_before_store))
    change([&](list& chosen) { consumers_.choose(1, chosen); });
  list chosen;
  lock_type lock(mutex_);
  wait(
      producers_, lock, [&] { return closed_ || elements_.size() < capacity_; },
      orderly::detail::without_deadline{});
  if (closed_) return false;
  const bool was_empty = elements_.empty();
  try {
    elements_.push_back(make());
  } catch (...) {
    if (!has(fault::chosen_leaves_by_exception)) producers_.choose(1, chosen);
    lock.unlock();
    chosen.release_all();
    throw;
  }
  consumers_.choose(consumers_for(was_empty), chosen);
  lock.unlock();
  chosen.release_all();
  return true;
}

template <class Sync, fault Planted>
template <class Limit>
std::optional<int> queue<Sync, Planted>::take(Limit limit) {
  list chosen;
  lock_type lock(mutex_);
  if (!wait(
          consumers_, lock, [&] { return closed_ || !elements_.empty(); }, limit))
    return std::nullopt;
  if (closed_ && elements_.empty()) return std::nullopt;
  interleaving::check(!elements_.empty(), "a consumer finds an element");
  const int value = elements_.front();
  elements_.pop_front();
  producers_.choose(1, chosen);
  lock.unlock();
  chosen.release_all();
  return value;
}

// As orderly::detail::wait_in, but for the faults.
template <class Sync, fault Planted>
template <class Ready, class Limit>
bool queue<Sync, Planted>::wait(list& waiters, lock_type& lock, Ready ready, Limit limit) {
  while (!ready()) {
    if (has(fault::no_recheck_before_linking)) lock.unlock(), lock.lock();
    orderly::detail::basic_waiter<Sync> self;
    waiters.push_back(self);
    lock.unlock();
    const bool in_time = limit.sleep(self);
    lock.lock();
    if (has(fault::no_recheck_after_wake)) return true;
    if (in_time) continue;
    if (self.linked()) {
      waiters.remove(self);
      return ready();
    }
    if (has(fault::leaves_before_release)) return ready();
    lock.unlock();
    self.sleep();
    lock.lock();
    return !has(fault::chosen_leaves_by_timeout) && ready();
  }
  return true;
}

// A number that one thread raises without a lock, and for which others wait. Who waits counts itself, so
// that raise() takes the lock only if somebody sleeps. Of the store in raise() and the count in
// await(), one comes first: either await() sees the number or raise() the sleeper. Both must be
// sequentially consistent.
template <class Sync, fault Planted = fault::none>
class published {
 public:
  void raise(int to) {
    constexpr bool weak = Planted == fault::missing_fence;
    value_.store(to, weak ? std::memory_order_release : std::memory_order_seq_cst);
    if (sleepers_.load(weak ? std::memory_order_relaxed : std::memory_order_seq_cst) <= 0) return;
    list chosen;
    {
      const std::lock_guard<typename Sync::mutex> lock(mutex_);
      sleepers_.fetch_sub(linked_);
      linked_ = 0;
      list_.choose(all, chosen);
    }
    chosen.release_all();
  }

  void await(int least) {
    while (value_.load(std::memory_order_acquire) < least) {
      std::unique_lock<typename Sync::mutex> lock(mutex_);
      sleepers_.fetch_add(1);
      if (Planted != fault::no_recheck_after_linking && value_.load() >= least) {
        sleepers_.fetch_sub(1);
        return;
      }
      orderly::detail::basic_waiter<Sync> self;
      ++linked_;
      list_.push_back(self);
      lock.unlock();
      self.sleep();
      if (Planted == fault::counts_leavers_twice) sleepers_.fetch_sub(1);
    }
  }

 private:
  using list = orderly::detail::basic_waiter_list<Sync>;

  typename Sync::template atomic<int> value_{0};
  typename Sync::template atomic<int> sleepers_{0};
  typename Sync::mutex mutex_;
  list list_;      // guarded by mutex_
  int linked_ = 0; // guarded by mutex_
};

// Values come for the indices 0, 1, ... in any order and go out in that order; a value that comes
// Window or more before its turn waits.
template <class Sync, fault Planted = fault::none>
class merge {
 public:
  void push(std::size_t index, int value) {
    std::unique_lock<typename Sync::mutex> lock(mutex_);
    while (!has_room(index)) {
      pusher self;
      self.index = index;
      pushers_.push_back(self);
      lock.unlock();
      self.sleep();
      lock.lock();
    }
    interleaving::check(!slot(index).has_value(), "a slot is empty when it is written");
    slot(index) = value;
    if (index == next_) release(lock, [&](list& chosen) { popper_.choose(1, chosen); });
  }

  int pop() {
    std::unique_lock<typename Sync::mutex> lock(mutex_);
    orderly::detail::wait_in<Sync>(
        popper_, lock, [&] { return slot(next_).has_value(); },
        orderly::detail::without_deadline{});
    std::optional<int>& head = slot(next_);
    if (Planted == fault::window_too_early) advance(lock), lock.lock();
    const int value = *head;
    head.reset();
    if (Planted != fault::window_too_early) advance(lock);
    return value;
  }

 private:
  using list = orderly::detail::basic_waiter_list<Sync>;
  struct pusher : orderly::detail::basic_waiter<Sync> {
    std::size_t index = 0;
  };
  static constexpr std::size_t window = 1;

  std::optional<int>& slot(std::size_t index) { return slots_[index % window]; }

  bool has_room(std::size_t index) const {
    return index < next_ + window + (Planted == fault::window_too_wide ? 1 : 0);
  }

  // Leaves the lock released.
  template <class Choose>
  void release(std::unique_lock<typename Sync::mutex>& lock, Choose choose) {
    list chosen;
    choose(chosen);
    lock.unlock();
    chosen.release_all();
  }

  void advance(std::unique_lock<typename Sync::mutex>& lock) {
    ++next_;
    release(lock, [&](list& chosen) {
      if (Planted == fault::wakes_wrong_pusher) return pushers_.choose(1, chosen);
      for (auto* w = pushers_.first(); w != nullptr;) {
        auto* const following = list::after(*w);
        if (has_room(static_cast<pusher*>(w)->index)) pushers_.choose_one(*w, chosen);
        w = following;
      }
    });
  }

  typename Sync::mutex mutex_;
  std::array<std::optional<int>, window> slots_{}; // guarded by mutex_
  std::size_t next_ = 0;                           // guarded by mutex_
  list popper_;                                    // guarded by mutex_
  list pushers_;                                   // guarded by mutex_
};

// The portable back end as it must not be: a waiter that was released leaves at once, while its notifier is
// still inside of its mutex.
struct hasty_sync : interleaving::model_sync {
  class sleeper : public orderly::detail::basic_node_monitor<interleaving::model_sync> {
   public:
    void depart() noexcept {}
  };
};

} // namespace planted

#endif // ORDERLY_TESTS_INTERLEAVING_PLANTED_HPP
