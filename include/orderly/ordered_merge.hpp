// SPDX-License-Identifier: MIT
//
// orderly/ordered_merge.hpp: results come in any order and go out in index order, in bounded memory.
//
// Use it where threads finish numbered pieces of work in an order of their own and one consumer wants
// them in the order of their numbers, without keeping more than `window` of them. Most programs want
// ordered_for_each, which is built on it. Do not use it where order does not matter (bounded_queue).
//
//   orderly::ordered_merge<std::string> merge(64);
//   merge.seal(count);                                   // indices are 0 ... count - 1
//   auto worker = [&] {
//     while (auto index = merge.reserve()) static_cast<void>(merge.push(*index, render(*index)));
//   };                                                   // ... on any number of threads
//   while (std::optional<std::string> text = merge.pop()) write(*text);
//
//   index i is           push(i, v)           pop()
//   < next()             programming mistake  -
//   in the window        kept                 returns it when i == next()
//   beyond the window    sleeps               -
//   closed merge         false                what is contiguous, then nullopt
//
// The window is [next(), next() + window); it moves on by one with each pop. Memory is that of
// `window` slots and nothing else. An index is pushed once, as a value or as an exception, which is
// rethrown by pop() in its turn. reserve() hands out the indices in increasing order and sleeps while
// the window is full: a thread that reserves first never sleeps in push(), and so never sleeps
// holding a result. Never call a sleeping push or reserve on a thread that also pops: nobody would
// move the window.
//
// Sleeping and waking (detail/parking.hpp argues the mechanism). Three kinds of threads sleep:
// - the popper (one at a time), until the head is ready or nothing can come any more. The push that
//   fills the head, close(), seal() and alert() unlink and release it.
// - reservers, while the window is full. A pop frees room for one index and chooses one of them; a
//   chosen reserver looks again under the lock, and takes the room unless a running thread was faster
//   (then there is no room again), so while any is linked, free room <= chosen reservers. When the
//   last index is handed out, when the merge is sealed or closed, all are released, for they have
//   nothing to wait for.
// - pushers of an index beyond the window: the pop that moves their index into the window releases
//   exactly them; close() releases all.
#ifndef ORDERLY_ORDERED_MERGE_HPP
#define ORDERLY_ORDERED_MERGE_HPP

#include "orderly/conqueue_status.hpp"
#include "orderly/detail/brief_mutex.hpp"
#include "orderly/detail/materialize.hpp"
#include "orderly/detail/native_sync.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/index_range.hpp"

#include <cassert>     // preconditions
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t: indices
#include <exception>   // exception_ptr
#include <limits>      // numeric_limits: the largest window, no seal
#include <mutex>       // locks
#include <optional>    // what pop returns
#include <stdexcept>   // invalid_argument
#include <string>      // to_string: the refused value in the message
#include <type_traits> // is_move_constructible_v
#include <utility>     // move
#include <vector>      // the slots

namespace orderly {
inline namespace v0 {

// What a merge can hold: an object type that can be moved. Its moves may throw.
template <class T>
concept mergeable_result = std::is_object_v<T> && std::is_move_constructible_v<T>;

// Sync: see detail/native_sync.hpp; only tests give another one.
template <class T, class Sync = detail::native_sync>
class ordered_merge {
  static_assert(mergeable_result<T>, "orderly::mergeable_result: T must be a movable object type");

 public:
  using value_type = T;

  /// A merge of results numbered first, first + 1, ... of which at most `window` are kept.
  /// Blocking: no.
  /// Thread-safety: as any constructor.
  /// Exceptions: std::invalid_argument if window is 0 or absurdly large; std::bad_alloc.
  /// Complexity: allocates `window` slots; nothing allocates later.
  explicit ordered_merge(std::size_t window, std::uint64_t first = 0)
      : window_(checked(window)), slots_(window), next_(first), unreserved_(first) {}
  ordered_merge(const ordered_merge&) = delete;
  ordered_merge& operator=(const ordered_merge&) = delete;
  /// Destroys the results that were not popped. No thread may be inside: close() and join first.
  ~ordered_merge() = default;

  /// Hands in the result of an index. False if the merge is closed, or sealed below this index; the
  /// argument is then untouched.
  /// Blocking: sleeps while index >= next() + window; never after reserve() gave the index.
  /// Thread-safety: any thread, each index once.
  /// Order: any; pop() restores it.
  /// Exceptions: what T's move constructor throws; the index counts as not pushed.
  [[nodiscard]] bool push(std::uint64_t index, T&& value) {
    return put(index, value, true) == conqueue_status::success;
  }
  [[nodiscard]] bool push(std::uint64_t index, const T& value) { return push(index, T(value)); }

  /// As push, but full instead of sleeping; the argument is moved from only on success.
  /// Blocking: never for room.
  /// Thread-safety: any thread, each index once.
  /// Exceptions: what T's move constructor throws; the index counts as not pushed.
  [[nodiscard]] conqueue_status try_push(std::uint64_t index, T&& value) {
    return put(index, value, false);
  }

  /// Hands in the failure of an index: pop() rethrows it in its turn. False if the merge is closed.
  /// Blocking: as push.
  /// Thread-safety: any thread, each index once.
  /// Exceptions: none.
  [[nodiscard]] bool push_exception(std::uint64_t index, std::exception_ptr error) {
    assert(error != nullptr && "orderly::ordered_merge: no exception was given");
    return put(index, error, true) == conqueue_status::success;
  }

  /// The next index that nobody has reserved; nullopt once sealed (and all were handed out) or closed.
  /// Blocking: sleeps while `window` indices are reserved and not yet popped.
  /// Thread-safety: any thread but the one that pops.
  /// Order: increasing, without gaps.
  /// Exceptions: none.
  [[nodiscard]] std::optional<std::uint64_t> reserve() { return first_of(reserve_n(1)); }

  /// As reserve, but nullopt also when there is no room now.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::optional<std::uint64_t> try_reserve() { return first_of(try_reserve_n(1)); }

  /// The next indices that nobody has reserved, 1 to `most` of them, as many as there is room for; none
  /// once sealed (and all were handed out) or closed. Precondition: most > 0.
  /// Blocking: sleeps while `window` indices are reserved and not yet popped.
  /// Thread-safety: any thread but the one that pops.
  /// Order: increasing, without gaps.
  /// Exceptions: none.
  [[nodiscard]] index_range reserve_n(std::uint64_t most) {
    lock_type lock(mutex_);
    detail::wait_in<Sync>(
        reservers_, lock, [&] { return exhausted() || has_room(unreserved_); },
        detail::without_deadline{});
    return take_reservation(most, lock);
  }

  /// As reserve_n, but none also when there is no room now.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] index_range try_reserve_n(std::uint64_t most) {
    lock_type lock(mutex_);
    return take_reservation(most, lock);
  }

  /// The result of index next(), which advances by one. nullopt when nothing can come any more:
  /// sealed and all taken, or closed and the contiguous rest taken.
  /// Blocking: sleeps until the result of next() is there or nothing can come.
  /// Thread-safety: any thread, one at a time.
  /// Order: index order.
  /// Exceptions: the exception pushed for this index, or what T's move constructor throws; the
  /// index is consumed.
  [[nodiscard]] std::optional<T> pop() {
    lock_type lock(mutex_);
    wait_for_head(lock, [&] { return head_settled(); });
    conqueue_status status{};
    return take_head(lock, status);
  }

  /// As pop, but nullopt also while the result of next() is not there; the second form tells
  /// success, empty (not yet) or closed (nothing can come any more).
  /// Blocking: no.
  /// Thread-safety: any thread, one at a time.
  /// Exceptions: as pop.
  [[nodiscard]] std::optional<T> try_pop() {
    conqueue_status status{};
    return try_pop(status);
  }
  [[nodiscard]] std::optional<T> try_pop(conqueue_status& status) {
    lock_type lock(mutex_);
    return take_head(lock, status);
  }

  /// Whether the result of next() is there.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] bool ready() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return next_ < end_ && slots_[next_ % window_].filled();
  }

  /// Returns when pop() would not sleep, or after alert(). For a popper that also does other work.
  /// Blocking: sleeps until then.
  /// Thread-safety: the popping thread.
  /// Exceptions: none.
  void wait() {
    lock_type lock(mutex_);
    wait_for_head(lock, [&] { return alerted_ || head_settled(); });
    alerted_ = false;
  }

  /// Makes the wait() in progress, or the next one, return.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  void alert() noexcept {
    lock_type lock(mutex_);
    alerted_ = true;
    release_popper(lock);
  }

  /// Ends the indices: those at `end` and above are neither handed out nor taken in, and pop() gives
  /// nullopt once all below were taken. Without an argument: no further reservations from now on. Sealing again
  /// can only lower the end.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  void seal() noexcept {
    lock_type lock(mutex_);
    seal_at(unreserved_, lock);
  }
  void seal(std::uint64_t end) noexcept {
    lock_type lock(mutex_);
    seal_at(end, lock);
  }

  /// From now on push and reserve fail; pop gives the contiguous results that are there, then
  /// nullopt. Results beyond a gap are destroyed with the merge. Wakes every sleeper, once.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  void close() noexcept {
    lock_type lock(mutex_);
    closed_ = true;
    waiter_list chosen;
    reservers_.choose(all, chosen);
    pushers_.choose(all, chosen);
    popper_.choose(all, chosen);
    lock.unlock();
    chosen.release_all();
  }

  /// Whether close() was called.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] bool is_closed() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return closed_;
  }

  /// The index that pop() gives next: all below were taken.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::uint64_t next() const noexcept {
    const std::lock_guard<mutex_type> lock(mutex_);
    return next_;
  }

  /// The window given to the constructor.
  /// Blocking: no.
  /// Thread-safety: any thread.
  /// Exceptions: none.
  [[nodiscard]] std::size_t window() const noexcept { return window_; }

 private:
  using mutex_type = detail::brief_mutex<Sync>;
  using lock_type = std::unique_lock<mutex_type>;
  using waiter_list = detail::basic_waiter_list<Sync>;
  struct slot {
    std::optional<T> value;
    std::exception_ptr error; // set instead of value
    bool filled() const noexcept { return value.has_value() || error != nullptr; }
  };
  // A pusher beyond the window knows its index, so that the right one can be chosen.
  struct pusher : detail::basic_waiter<Sync> {
    std::uint64_t index = 0;
  };
  static constexpr std::size_t all = (std::numeric_limits<std::size_t>::max)();

  static std::optional<std::uint64_t> first_of(const index_range& reserved) {
    return reserved.empty() ? std::nullopt : std::optional(reserved.first());
  }

  static std::size_t checked(std::size_t window) {
    if (window == 0 || window > all / 2 / sizeof(slot))
      throw std::invalid_argument("orderly::ordered_merge: window " + std::to_string(window) +
                                  " is out of range");
    return window;
  }

  // All of these are called with the lock held.
  slot& slot_of(std::uint64_t index) noexcept { return slots_[index % window_]; }
  bool has_room(std::uint64_t index) const noexcept { return index - next_ < window_; }
  bool refused(std::uint64_t index) const noexcept { return closed_ || index >= end_; }
  bool exhausted() const noexcept { return closed_ || unreserved_ >= end_; }
  bool finished() noexcept { return next_ >= end_ || (closed_ && !slot_of(next_).filled()); }
  bool head_settled() noexcept { return finished() || slot_of(next_).filled(); }
  template <class Ready>
  void wait_for_head(lock_type& lock, Ready ready) {
    detail::wait_in<Sync>(popper_, lock, ready, detail::without_deadline{});
  }

  template <class Which>
  void choose_pushers(Which which, waiter_list& chosen) noexcept;

  // These leave the lock released.
  void release_popper(lock_type& lock) noexcept;
  void seal_at(std::uint64_t end, lock_type& lock) noexcept;
  index_range take_reservation(std::uint64_t most, lock_type& lock);
  std::optional<T> take_head(lock_type& lock, conqueue_status& status);
  void consume_head(lock_type& lock) noexcept;

  template <class Payload>
  conqueue_status put(std::uint64_t index, Payload& payload, bool may_sleep);
  void wait_for_window(std::uint64_t index, lock_type& lock);
  static void fill(slot& target, T& value) { target.value.emplace(std::move(value)); }
  static void fill(slot& target, std::exception_ptr& error) { target.error = std::move(error); }

  const std::size_t window_;
  mutable mutex_type mutex_;
  std::vector<slot> slots_;  // contents guarded by mutex_; never resized
  std::uint64_t next_;       // guarded by mutex_
  std::uint64_t unreserved_; // guarded by mutex_; the next index to hand out
  std::uint64_t end_ = (std::numeric_limits<std::uint64_t>::max)(); // guarded by mutex_
  bool closed_ = false;                                             // guarded by mutex_
  bool alerted_ = false;                                            // guarded by mutex_
  waiter_list popper_;    // guarded by mutex_; at most one
  waiter_list reservers_; // guarded by mutex_
  waiter_list pushers_;   // guarded by mutex_; every node is a pusher
};

template <class T, class Sync>
void ordered_merge<T, Sync>::release_popper(lock_type& lock) noexcept {
  waiter_list chosen;
  popper_.choose(1, chosen);
  lock.unlock();
  chosen.release_all();
}

template <class T, class Sync>
void ordered_merge<T, Sync>::seal_at(std::uint64_t end, lock_type& lock) noexcept {
  if (end < end_) end_ = end;
  waiter_list chosen;
  if (exhausted()) reservers_.choose(all, chosen);
  if (finished()) popper_.choose(1, chosen);
  choose_pushers([this](std::uint64_t index) { return refused(index); }, chosen);
  lock.unlock();
  chosen.release_all();
}

template <class T, class Sync>
index_range ordered_merge<T, Sync>::take_reservation(std::uint64_t most, lock_type& lock) {
  assert(most > 0 && "orderly::ordered_merge: a reservation of nothing");
  if (exhausted() || !has_room(unreserved_)) return index_range(0);
  const std::uint64_t first = unreserved_;
  const std::uint64_t left = end_ - first, room = window_ - (first - next_);
  const std::uint64_t available = left < room ? left : room;
  unreserved_ += available < most ? available : most;
  const index_range taken(first, unreserved_);
  waiter_list chosen;
  if (exhausted()) reservers_.choose(all, chosen);
  lock.unlock();
  chosen.release_all();
  return taken;
}

template <class T, class Sync>
std::optional<T> ordered_merge<T, Sync>::take_head(lock_type& lock, conqueue_status& status) {
  if (next_ >= end_ || !slot_of(next_).filled()) {
    status = finished() ? conqueue_status::closed : conqueue_status::empty;
    return std::nullopt;
  }
  status = conqueue_status::success;
  // Consumes the head on every way out: an exception is its index's result too.
  struct consumer {
    ordered_merge& merge;
    lock_type& lock;
    ~consumer() { merge.consume_head(lock); }
  } const consume{*this, lock};
  slot& head = slot_of(next_);
  if (head.error != nullptr) std::rethrow_exception(head.error);
  return std::optional<T>(std::in_place, std::move(*head.value));
}

template <class T, class Sync>
template <class Which>
void ordered_merge<T, Sync>::choose_pushers(Which which, waiter_list& chosen) noexcept {
  for (auto* w = pushers_.first(); w != nullptr;) {
    auto* const following = waiter_list::after(*w);
    if (which(static_cast<pusher*>(w)->index)) pushers_.choose_one(*w, chosen);
    w = following;
  }
}

template <class T, class Sync>
void ordered_merge<T, Sync>::consume_head(lock_type& lock) noexcept {
  slot& head = slot_of(next_);
  head.value.reset();
  head.error = nullptr;
  ++next_;
  if (unreserved_ < next_) unreserved_ = next_; // pushed without a reservation
  waiter_list chosen;
  if (!exhausted()) reservers_.choose(1, chosen);
  choose_pushers([this](std::uint64_t index) { return has_room(index); }, chosen);
  lock.unlock();
  chosen.release_all();
}

template <class T, class Sync>
void ordered_merge<T, Sync>::wait_for_window(std::uint64_t index, lock_type& lock) {
  while (!refused(index) && !has_room(index)) {
    pusher self;
    self.index = index;
    pushers_.push_back(self);
    lock.unlock();
    self.sleep();
    lock.lock();
  }
}

template <class T, class Sync>
template <class Payload>
conqueue_status ordered_merge<T, Sync>::put(std::uint64_t index, Payload& payload, bool may_sleep) {
  detail::materialize(payload);
  lock_type lock(mutex_);
  assert(index >= next_ && "orderly::ordered_merge: this index was pushed and popped before");
  if (may_sleep) wait_for_window(index, lock);
  if (refused(index)) return conqueue_status::closed;
  if (!has_room(index)) return conqueue_status::full;
  slot& target = slot_of(index);
  assert(!target.filled() && "orderly::ordered_merge: this index was pushed before");
  fill(target, payload);
  if (index == next_) release_popper(lock);
  return conqueue_status::success;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_MERGE_HPP
