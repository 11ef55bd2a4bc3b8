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
// How it works. Elements whose moves do not throw live in a ring that needs no lock
// (detail/stamped_queue.hpp), others in one that is guarded by a mutex (detail/locked_queue.hpp). Both
// argue who sleeps, who wakes whom and why no wake-up is lost.
#ifndef ORDERLY_BOUNDED_QUEUE_HPP
#define ORDERLY_BOUNDED_QUEUE_HPP

#include "orderly/conqueue_status.hpp"
#include "orderly/detail/locked_queue.hpp"
#include "orderly/detail/native_sync.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/stamped_queue.hpp"

#include <chrono>      // durations and deadlines
#include <cstddef>     // size_t
#include <limits>      // numeric_limits: the largest capacity
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
  /// Complexity: allocates the room for `capacity` elements (whole cache lines for each, where T's moves
  /// cannot throw); nothing allocates later.
  explicit bounded_queue(std::size_t capacity) : queue_(checked(capacity)) {}
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

  /// Appends T(args...). Where that cannot throw it is built in place; else it may be built before room is
  /// known, so that a closed queue leaves the arguments used. T's constructor must not use this queue.
  /// Blocking: sleeps while the queue is full and open.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class... Args>
  [[nodiscard]] bool emplace(Args&&... args) {
    return queue_.deposit(detail::without_deadline{}, std::forward<Args>(args)...) ==
           conqueue_status::success;
  }

  /// Appends value if there is room now: success, full or closed. On refusal the argument is
  /// untouched.
  /// Blocking: never for room; for as long as another thread is in the middle of a push or pop.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  [[nodiscard]] conqueue_status try_push(const T& value) { return try_emplace(value); }
  [[nodiscard]] conqueue_status try_push(T&& value) { return try_emplace(std::move(value)); }

  /// As try_push, with T(args...) built as emplace does.
  /// Blocking: as try_push.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class... Args>
  [[nodiscard]] conqueue_status try_emplace(Args&&... args) {
    return queue_.deposit(detail::no_waiting{}, std::forward<Args>(args)...);
  }

  /// As push, up to a deadline: success, full (the time is up) or closed.
  /// Blocking: sleeps until there is room, the queue is closed or the time is up.
  /// Thread-safety: any thread.
  /// Exceptions: what T's constructor throws; nothing is then appended.
  template <class Clock, class Duration>
  [[nodiscard]] conqueue_status
  try_push_until(T&& value, const std::chrono::time_point<Clock, Duration>& deadline) {
    return queue_.deposit(detail::until<Sync, Clock, Duration>{deadline}, std::move(value));
  }
  template <class Clock, class Duration>
  [[nodiscard]] conqueue_status
  try_push_until(const T& value, const std::chrono::time_point<Clock, Duration>& deadline) {
    return queue_.deposit(detail::until<Sync, Clock, Duration>{deadline}, value);
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
    return queue_.extract(detail::without_deadline{}, status);
  }

  /// Takes the oldest element if there is one now; the second form tells success, empty or closed.
  /// Blocking: never for an element; for as long as another thread is in the middle of a push or pop.
  /// Thread-safety: any thread.
  /// Exceptions: what T's move constructor throws; that element is then lost.
  [[nodiscard]] std::optional<T> try_pop() {
    conqueue_status status{};
    return queue_.extract(detail::no_waiting{}, status);
  }
  [[nodiscard]] std::optional<T> try_pop(conqueue_status& status) {
    return queue_.extract(detail::no_waiting{}, status);
  }

  /// As pop, up to a deadline; nullopt when the time is up, or closed and drained. The forms with a
  /// status tell success, empty (the time is up) or closed.
  /// Blocking: sleeps until there is an element, the queue is closed or the time is up.
  /// Thread-safety: any thread.
  /// Exceptions: what T's move constructor throws; that element is then lost.
  template <class Clock, class Duration>
  [[nodiscard]] std::optional<T>
  try_pop_until(const std::chrono::time_point<Clock, Duration>& deadline, conqueue_status& status) {
    return queue_.extract(detail::until<Sync, Clock, Duration>{deadline}, status);
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
  /// many at once as there is room for. The number appended: less than count only if the queue was
  /// closed; the elements not appended were not touched (but for the first of them, where building it
  /// may throw).
  /// Blocking: sleeps whenever the queue is full and open.
  /// Thread-safety: any thread; elements of other producers may come between. The iterator must not
  /// use this queue.
  /// Exceptions: what T's constructor or the iterator throws; the elements before stay appended.
  template <class Iterator>
  std::size_t push_n(Iterator first, std::size_t count) {
    return queue_.push_n(first, count);
  }

  /// Takes between 1 and `most` elements, all that are there, into *out++; 0 if the queue is closed
  /// and drained, or most is 0.
  /// Blocking: sleeps while the queue is empty and open, for the first element only.
  /// Thread-safety: any thread. The assignment to *out must not use this queue.
  /// Exceptions: what moving or the assignment throws; that element is lost, the ones before it are
  /// in the output.
  template <class Output>
  std::size_t pop_n(Output out, std::size_t most) {
    return queue_.pop_n(out, most);
  }

  /// From now on pushes fail; pops go on until the queue is drained. Wakes every sleeper, once.
  /// Idempotent.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  void close() noexcept { queue_.close(); }

  /// Whether close() was called.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] bool is_closed() const noexcept { return queue_.is_closed(); }

  /// The capacity given to the constructor.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::size_t capacity() const noexcept { return queue_.capacity(); }

  /// How many elements there were a moment ago: a hint for displays, never a basis for decisions.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::size_t size_hint() const noexcept { return queue_.size_hint(); }

 private:
  // Where a move throws, a place that was claimed could not be given back.
  using queue = std::conditional_t<std::is_nothrow_move_constructible_v<T> &&
                                       std::is_nothrow_destructible_v<T>,
                                   detail::stamped_queue<T, Sync>, detail::locked_queue<T, Sync>>;

  static std::size_t checked(std::size_t capacity) {
    if (capacity == 0 ||
        capacity > (std::numeric_limits<std::size_t>::max)() / 2 / queue::bytes_per_element())
      throw std::invalid_argument("orderly::bounded_queue: capacity " + std::to_string(capacity) +
                                  " is out of range");
    return capacity;
  }

  queue queue_;
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_BOUNDED_QUEUE_HPP
