// SPDX-License-Identifier: MIT
//
// orderly/bounded_queue.hpp: a bounded queue on which any number of threads push and pop, and on
// which a thread that has to wait sleeps.
//
// Use it to hand work of unknown length from some threads to others. Names and meaning are those of
// the C++ concurrent-queues proposal (P0260R20); timed and bulk operations are added in its style.
// Do not use it where the order of results matters (ordered_merge), for a known range of indices
// (worker_pool, ordered_for_each), or between processes.
//
//   orderly::bounded_queue<job> queue(64);
//   std::thread consumer([&] {
//     while (std::optional<job> next = queue.pop()) run(*next); // ends when closed and drained
//   });
//   for (job& j : jobs)
//     if (!queue.push(std::move(j))) break; // sleeps while full; false once closed
//   queue.close();
//   consumer.join();
//
//   state            push              pop               try_push   try_pop
//   open, empty      success           sleeps            success    empty
//   open, some       success           success           success    success
//   open, full       sleeps            success           full       success
//   closed, some     false             success           closed     success
//   closed, empty    false             nullopt           closed     closed
//
// Elements leave strictly in the order in which they entered. The queue may be destroyed when no
// thread is inside it: close it and join its threads first.
//
// Sleeping and waking (detail/parking.hpp argues the mechanism). For any element pushed while
// consumers are linked, exactly one of them is chosen in the same critical section. Let n be the
// elements in the queue and c the consumers chosen that have not yet come back for theirs. A consumer
// links itself only when n = 0; a push adds one to n and, if anybody is linked, one to c; a taker
// takes at least one from n, and if it was chosen exactly one from c. So while anybody is linked,
// n <= c: no consumer sleeps beside an element that nobody is coming for. The same holds for
// producers with room in the place of elements; a chosen producer whose constructor throws leaves
// its room unused and therefore chooses the next one (pass-on).
#ifndef ORDERLY_BOUNDED_QUEUE_HPP
#define ORDERLY_BOUNDED_QUEUE_HPP

#include "orderly/conqueue_status.hpp"
#include "orderly/detail/materialize.hpp"
#include "orderly/detail/native_sync.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/ring.hpp"

#include <chrono>      // durations and deadlines
#include <cstddef>     // size_t
#include <limits>      // numeric_limits: the largest capacity
#include <mutex>       // mutex
#include <optional>    // what pop returns
#include <stdexcept>   // invalid_argument
#include <string>      // to_string: the refused value in the message
#include <type_traits> // is_move_constructible_v
#include <utility>     // forward, move

namespace orderly {
inline namespace v0 {

// What a queue can hold: an object type that can be moved. Its moves may throw.
template <class T>
concept queue_element = std::is_object_v<T> && std::is_move_constructible_v<T>;

// Sync: see detail/native_sync.hpp; only tests give another one.
template <class T, class Sync = detail::native_sync>
class bounded_queue {
  static_assert(queue_element<T>, "orderly::queue_element: T must be a movable object type");

 public:
  using value_type = T;

  /// A queue of at most `capacity` elements.
  /// Blocking: no.
  /// Thread-safety: as any constructor.
  /// Exceptions: std::invalid_argument if capacity is 0 or absurdly large; std::bad_alloc.
  /// Complexity: allocates capacity * sizeof(T) bytes; nothing allocates later.
  explicit bounded_queue(std::size_t capacity) : elements_(checked(capacity)) {}
  bounded_queue(const bounded_queue&) = delete;
  bounded_queue& operator=(const bounded_queue&) = delete;
  ~bounded_queue() = default;

  /// Appends value. False if the queue is closed; the argument is then untouched.
  /// Blocking: sleeps while the queue is full and open.
  /// Thread-safety: any thread.
  /// Order: elements are popped in the order of their pushes.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  [[nodiscard]] bool push(const T& value) { return emplace(value); }
  [[nodiscard]] bool push(T&& value) { return emplace(std::move(value)); }

  /// Appends T(args...), built in place under the queue's lock: it must not use this queue.
  /// Blocking: sleeps while the queue is full and open.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class... Args>
  [[nodiscard]] bool emplace(Args&&... args) {
    return deposit(detail::without_deadline{}, std::forward<Args>(args)...) ==
           conqueue_status::success;
  }

  /// Appends value if there is room now: success, full or closed. On refusal the argument is
  /// untouched.
  /// Blocking: never for room; for the queue's lock, under which T is constructed.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  [[nodiscard]] conqueue_status try_push(const T& value) { return try_emplace(value); }
  [[nodiscard]] conqueue_status try_push(T&& value) { return try_emplace(std::move(value)); }

  /// As try_push, with T(args...) built in place.
  /// Blocking: never for room.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class... Args>
  [[nodiscard]] conqueue_status try_emplace(Args&&... args) {
    return deposit(no_waiting{}, std::forward<Args>(args)...);
  }

  /// As push, up to a deadline: success, full (the time is up) or closed.
  /// Blocking: sleeps until there is room, the queue is closed or the time is up.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class Clock, class Duration>
  [[nodiscard]] conqueue_status
  try_push_until(T&& value, const std::chrono::time_point<Clock, Duration>& deadline) {
    return deposit(detail::until<Sync, Clock, Duration>{deadline}, std::move(value));
  }
  template <class Clock, class Duration>
  [[nodiscard]] conqueue_status
  try_push_until(const T& value, const std::chrono::time_point<Clock, Duration>& deadline) {
    return deposit(detail::until<Sync, Clock, Duration>{deadline}, value);
  }
  template <class Rep, class Period>
  [[nodiscard]] conqueue_status try_push_for(T&& value,
                                             const std::chrono::duration<Rep, Period>& patience) {
    return try_push_until(std::move(value), detail::deadline_after<Sync>(patience));
  }
  template <class Rep, class Period>
  [[nodiscard]] conqueue_status try_push_for(const T& value,
                                             const std::chrono::duration<Rep, Period>& patience) {
    return try_push_until(value, detail::deadline_after<Sync>(patience));
  }

  /// Takes the oldest element; nullopt if the queue is closed and drained.
  /// Blocking: sleeps while the queue is empty and open.
  /// Thread-safety: any thread.
  /// Order: first in, first out.
  /// Exceptions: what T's move constructor throws; that element is then lost.
  [[nodiscard]] std::optional<T> pop() {
    conqueue_status status{};
    return extract(detail::without_deadline{}, status);
  }

  /// Takes the oldest element if there is one now; the second form tells success, empty or closed.
  /// Blocking: never for an element.
  /// Thread-safety: any thread.
  /// Exceptions: what T's move constructor throws; that element is then lost.
  [[nodiscard]] std::optional<T> try_pop() {
    conqueue_status status{};
    return extract(no_waiting{}, status);
  }
  [[nodiscard]] std::optional<T> try_pop(conqueue_status& status) {
    return extract(no_waiting{}, status);
  }

  /// As pop, up to a deadline; nullopt when the time is up, or closed and drained. The forms with a
  /// status tell success, empty (the time is up) or closed.
  /// Blocking: sleeps until there is an element, the queue is closed or the time is up.
  /// Thread-safety: any thread.
  /// Exceptions: what T's move constructor throws; that element is then lost.
  template <class Clock, class Duration>
  [[nodiscard]] std::optional<T>
  try_pop_until(const std::chrono::time_point<Clock, Duration>& deadline, conqueue_status& status) {
    return extract(detail::until<Sync, Clock, Duration>{deadline}, status);
  }
  template <class Clock, class Duration>
  [[nodiscard]] std::optional<T>
  try_pop_until(const std::chrono::time_point<Clock, Duration>& deadline) {
    conqueue_status status{};
    return try_pop_until(deadline, status);
  }
  template <class Rep, class Period>
  [[nodiscard]] std::optional<T> try_pop_for(const std::chrono::duration<Rep, Period>& patience,
                                             conqueue_status& status) {
    return try_pop_until(detail::deadline_after<Sync>(patience), status);
  }
  template <class Rep, class Period>
  [[nodiscard]] std::optional<T> try_pop_for(const std::chrono::duration<Rep, Period>& patience) {
    return try_pop_until(detail::deadline_after<Sync>(patience));
  }

  /// Appends `count` elements built from *first, *++first, ... (std::move_iterator moves them), as
  /// many under one lock as there is room for. The number appended: less than count only if the
  /// queue was closed; the elements not appended were not touched.
  /// Blocking: sleeps whenever the queue is full and open.
  /// Thread-safety: any thread; elements of other producers may come between. The iterator is read
  /// under the queue's lock.
  /// Exceptions: what T's constructor or the iterator throws; the elements before stay appended.
  template <class Iterator>
  std::size_t push_n(Iterator first, std::size_t count);

  /// Takes between 1 and `most` elements, all that are there, into *out++; 0 if the queue is closed
  /// and drained, or most is 0.
  /// Blocking: sleeps while the queue is empty and open, for the first element only.
  /// Thread-safety: any thread. The assignment to *out runs under the queue's lock.
  /// Exceptions: what moving or the assignment throws; that element is lost, the ones before it are
  /// in the output.
  template <class Output>
  std::size_t pop_n(Output out, std::size_t most);

  /// From now on pushes fail; pops go on until the queue is drained. Wakes every sleeper, once.
  /// Idempotent.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  void close() noexcept;

  /// Whether close() was called.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] bool is_closed() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return closed_;
  }

  /// The capacity given to the constructor.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::size_t capacity() const noexcept { return elements_.capacity(); }

  /// How many elements there were a moment ago: a hint for displays, never a basis for decisions.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::size_t size_hint() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return elements_.size();
  }

 private:
  using mutex_type = typename Sync::mutex;
  using lock_type = std::unique_lock<mutex_type>;
  using waiter_list = detail::basic_waiter_list<Sync>;
  struct no_waiting {};

  static std::size_t checked(std::size_t capacity) {
    if (capacity == 0 || capacity > (std::numeric_limits<std::size_t>::max)() / 2 / sizeof(T))
      throw std::invalid_argument("orderly::bounded_queue: capacity " + std::to_string(capacity) +
                                  " is out of range");
    return capacity;
  }

  template <class Limit, class... Args>
  conqueue_status deposit(Limit limit, Args&&... args);
  template <class Limit>
  std::optional<T> extract(Limit limit, conqueue_status& status);
  template <class Limit, class Ready>
  bool wait(waiter_list& list, lock_type& lock, Limit limit, Ready ready);
  template <class Fill>
  void use_room(Fill fill);

  mutable mutex_type mutex_;
  detail::ring<T> elements_; // guarded by mutex_
  bool closed_ = false;      // guarded by mutex_
  waiter_list consumers_;    // guarded by mutex_; linked only while empty and open
  waiter_list producers_;    // guarded by mutex_; linked only while full and open
};

template <class T, class Sync>
template <class Limit, class Ready>
bool bounded_queue<T, Sync>::wait(waiter_list& list, lock_type& lock, Limit limit, Ready ready) {
  if constexpr (std::is_same_v<Limit, no_waiting>)
    return ready();
  else
    return detail::wait_in<Sync>(list, lock, ready, limit);
}

// Runs fill() under the lock. A producer that was chosen for the room and fails to use it leaves it to
// the next one.
template <class T, class Sync>
template <class Fill>
void bounded_queue<T, Sync>::use_room(Fill fill) {
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
conqueue_status bounded_queue<T, Sync>::deposit(Limit limit, Args&&... args) {
  (detail::materialize(args), ...);
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
std::optional<T> bounded_queue<T, Sync>::extract(Limit limit, conqueue_status& status) {
  // Gives up the front element on every way out, so that a move that throws loses that element only.
  struct taker {
    bounded_queue& queue;
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
std::size_t bounded_queue<T, Sync>::push_n(Iterator first, std::size_t count) {
  std::size_t pushed = 0;
  while (pushed < count) {
    struct releaser {
      waiter_list chosen;
      ~releaser() { chosen.release_all(); }
    } after_unlock;
    lock_type lock(mutex_);
    wait(producers_, lock, detail::without_deadline{},
         [&] { return closed_ || !elements_.full(); });
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
std::size_t bounded_queue<T, Sync>::pop_n(Output out, std::size_t most) {
  if (most == 0) return 0;
  std::size_t taken = 0;
  struct releaser {
    bounded_queue& queue;
    std::size_t& taken;
    waiter_list chosen;
    lock_type lock;
    ~releaser() {
      queue.producers_.choose(taken, chosen);
      lock.unlock();
      chosen.release_all();
    }
  } leave{*this, taken, {}, lock_type(mutex_)};
  wait(consumers_, leave.lock, detail::without_deadline{},
       [&] { return closed_ || !elements_.empty(); });
  struct dropper {
    detail::ring<T>& elements;
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
void bounded_queue<T, Sync>::close() noexcept {
  waiter_list chosen;
  {
    const std::lock_guard<mutex_type> lock(mutex_);
    closed_ = true;
    consumers_.choose((std::numeric_limits<std::size_t>::max)(), chosen);
    producers_.choose((std::numeric_limits<std::size_t>::max)(), chosen);
  }
  chosen.release_all();
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_BOUNDED_QUEUE_HPP
