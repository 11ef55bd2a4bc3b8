// SPDX-License-Identifier: MIT
//
// orderly/detail/locked_queue.hpp: what bounded_queue is for elements whose moves may throw: a ring
// guarded by one mutex, so that a move that throws leaves the ring as it should be.
//
// Sleeping and waking (parking.hpp argues the mechanism). For any element pushed while consumers are
// linked, exactly one of them is chosen in the same critical section. Let n be the elements in the queue
// and c the consumers chosen that have not yet come back for theirs. A consumer links itself only when
// n = 0; a push adds one to n and, if anybody is linked, one to c; a taker takes at least one from n,
// and if it was chosen exactly one from c. So while anybody is linked, n <= c: no consumer sleeps
// beside an element that nobody is coming for. The same holds for producers with room in the place of
// elements; a chosen producer whose constructor throws leaves its room unused and therefore chooses
// the next one (pass-on).
#ifndef ORDERLY_DETAIL_LOCKED_QUEUE_HPP
#define ORDERLY_DETAIL_LOCKED_QUEUE_HPP

#include "orderly/conqueue_status.hpp"
#include "orderly/detail/materialize.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/ring.hpp"

#include <cstddef>     // size_t
#include <limits>      // numeric_limits: all sleepers
#include <mutex>       // unique_lock
#include <optional>    // what a consumer gets
#include <type_traits> // is_same_v
#include <utility>     // forward, move

namespace orderly {
inline namespace v0 {
namespace detail {

template <class T, class Sync>
class locked_queue {
 public:
  static constexpr std::size_t bytes_per_element() { return sizeof(T); }

  explicit locked_queue(std::size_t capacity) : elements_(capacity) {}

  template <class Limit, class... Args>
  conqueue_status deposit(Limit limit, Args&&... args);
  template <class Limit>
  std::optional<T> extract(Limit limit, conqueue_status& status);
  template <class Iterator>
  std::size_t push_n(Iterator first, std::size_t count);
  template <class Output>
  std::size_t pop_n(Output out, std::size_t most);
  void close() noexcept;

  bool is_closed() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return closed_;
  }
  std::size_t capacity() const noexcept { return elements_.capacity(); }
  std::size_t size_hint() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return elements_.size();
  }

 private:
  using mutex_type = typename Sync::mutex;
  using lock_type = std::unique_lock<mutex_type>;
  using waiter_list = basic_waiter_list<Sync>;

  template <class Limit, class Ready>
  bool wait(waiter_list& list, lock_type& lock, Limit limit, Ready ready);
  template <class Fill>
  void use_room(Fill fill);

  mutable mutex_type mutex_;
  ring<T> elements_;      // guarded by mutex_
  bool closed_ = false;   // guarded by mutex_
  waiter_list consumers_; // guarded by mutex_; linked only while empty and open
  waiter_list producers_; // guarded by mutex_; linked only while full and open
};

template <class T, class Sync>
template <class Limit, class Ready>
bool locked_queue<T, Sync>::wait(waiter_list& list, lock_type& lock, Limit limit, Ready ready) {
  if constexpr (std::is_same_v<Limit, no_waiting>)
    return ready();
  else
    return wait_in<Sync>(list, lock, ready, limit);
}

// Runs fill() under the lock. A producer that was chosen for the room and fails to use it leaves it to
// the next one.
template <class T, class Sync>
template <class Fill>
void locked_queue<T, Sync>::use_room(Fill fill) {
  try {
    fill();
  } catch (...) {
    waiter_list next;
    if (!elements_.full()) producers_.choose(1, next);
    next.release_all(); // under the lock: this path is rare
    throw;
  }
}

template <class T, class Sync>
template <class Limit, class... Args>
conqueue_status locked_queue<T, Sync>::deposit(Limit limit, Args&&... args) {
  (materialize(args), ...);
  waiter_list chosen;
  {
    lock_type lock(mutex_);
    if (!wait(producers_, lock, limit, [&] { return closed_ || !elements_.full(); }))
      return conqueue_status::full;
    if (closed_) return conqueue_status::closed;
    use_room([&] { elements_.emplace_back(std::forward<Args>(args)...); });
    consumers_.choose(1, chosen);
  }
  chosen.release_all();
  return conqueue_status::success;
}

template <class T, class Sync>
template <class Limit>
std::optional<T> locked_queue<T, Sync>::extract(Limit limit, conqueue_status& status) {
  // Gives up the front element on every way out, so that a move that throws loses that element only.
  struct taker {
    locked_queue& queue;
    waiter_list& chosen;
    ~taker() {
      queue.elements_.drop_front();
      queue.producers_.choose(1, chosen);
    }
  };
  struct releaser {
    waiter_list chosen;
    ~releaser() { chosen.release_all(); }
  } after_unlock;
  lock_type lock(mutex_);
  if (!wait(consumers_, lock, limit, [&] { return closed_ || !elements_.empty(); })) {
    status = conqueue_status::empty;
    return std::nullopt;
  }
  if (elements_.empty()) {
    status = conqueue_status::closed;
    return std::nullopt;
  }
  status = conqueue_status::success;
  const taker take{*this, after_unlock.chosen};
  return std::optional<T>(std::in_place, std::move(elements_.front()));
}

template <class T, class Sync>
template <class Iterator>
std::size_t locked_queue<T, Sync>::push_n(Iterator first, std::size_t count) {
  std::size_t pushed = 0;
  while (pushed < count) {
    struct releaser {
      waiter_list chosen;
      ~releaser() { chosen.release_all(); }
    } after_unlock;
    lock_type lock(mutex_);
    wait(producers_, lock, without_deadline{}, [&] { return closed_ || !elements_.full(); });
    if (closed_) break;
    use_room([&] {
      for (; pushed < count && !elements_.full(); ++pushed, ++first) {
        elements_.emplace_back(*first);
        consumers_.choose(1, after_unlock.chosen);
      }
    });
  }
  return pushed;
}

template <class T, class Sync>
template <class Output>
std::size_t locked_queue<T, Sync>::pop_n(Output out, std::size_t most) {
  if (most == 0) return 0;
  std::size_t taken = 0;
  struct releaser {
    locked_queue& queue;
    std::size_t& taken;
    waiter_list chosen;
    lock_type lock;
    ~releaser() {
      queue.producers_.choose(taken, chosen);
      lock.unlock();
      chosen.release_all();
    }
  } leave{*this, taken, {}, lock_type(mutex_)};
  wait(consumers_, leave.lock, without_deadline{}, [&] { return closed_ || !elements_.empty(); });
  struct dropper {
    ring<T>& elements;
    std::size_t& taken;
    ~dropper() {
      elements.drop_front();
      ++taken;
    }
  };
  for (; taken < most && !elements_.empty(); ++out) {
    const dropper drop{elements_, taken};
    *out = std::move(elements_.front());
  }
  return taken;
}

template <class T, class Sync>
void locked_queue<T, Sync>::close() noexcept {
  waiter_list chosen;
  {
    const std::lock_guard<mutex_type> lock(mutex_);
    closed_ = true;
    consumers_.choose((std::numeric_limits<std::size_t>::max)(), chosen);
    producers_.choose((std::numeric_limits<std::size_t>::max)(), chosen);
  }
  chosen.release_all();
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_LOCKED_QUEUE_HPP
