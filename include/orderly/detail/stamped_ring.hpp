// SPDX-License-Identifier: MIT
//
// orderly/detail/stamped_ring.hpp: a bounded first-in first-out ring on which any number of threads put
// and take without a lock. Any capacity, allocated once. It never sleeps; stamped_queue does.
//
// The scheme is D. Vyukov's bounded MPMC queue (1024cores.net, 2010): a stamp in each slot says what may
// happen to the slot next. Positions count laps and indices (as crossbeam's ArrayQueue does), so that
// the capacity need not be a power of two: the low bits are the slot's index, the others the lap.
//
//   slot's stamp     means                               who may go on
//   p                free, for the element of position p  who moves the tail from p
//   p + 1            holds the element of position p      who moves the head from p
//   p + lap          free again, for the next lap
//
// Who moves the tail (head) past a position has claimed its slot: nobody else touches it until its stamp
// is written (release), which pairs with the look at the stamp (acquire) before the next claim. Of
// several consecutive slots that are ready, one move claims all. The claims order the elements.
//
// A slot may be claimed and not yet stamped. Who needs it then waits actively: that is as long as a
// move of T takes, or until the claimant runs again, so the wait yields soon. It must not be taken for
// empty (full): an element whose push returned later may stand behind it. T's moves must not throw,
// as a claim cannot be taken back.
//
// Full and empty. tail - lap <= head <= tail at every moment and neither ever goes back. So if the tail
// was seen at t and then the head at t - lap, the tail has not moved meanwhile and the ring is full; if
// the head was seen at h and then the tail at h, the ring is empty.
//
// The moves of tail and head are sequentially consistent, and so are the looks of may_put() and
// may_take(): sleepers.hpp asks for that. Closing sets a bit of the tail, so no claim succeeds after it.
#ifndef ORDERLY_DETAIL_STAMPED_RING_HPP
#define ORDERLY_DETAIL_STAMPED_RING_HPP

#include "orderly/detail/cache_line.hpp"

#include <atomic>      // memory orders
#include <bit>         // bit_ceil
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <new>         // aligned storage
#include <type_traits> // is_nothrow_move_constructible_v
#include <utility>     // forward

namespace orderly {
inline namespace v0 {
namespace detail {

template <class T, class Sync>
class stamped_ring {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_destructible_v<T>);

 public:
  using position = std::uint64_t;

  // Consecutive slots.
  struct run {
    position first = 0;
    std::size_t count = 0;
  };

  enum class outcome { success, none, closed };

  explicit stamped_ring(std::size_t capacity)
      : capacity_(capacity),
        lap_(std::bit_ceil(position{capacity} + 1)),
        slots_(static_cast<slot*>(
            ::operator new (capacity * sizeof(slot), std::align_val_t{alignof(slot)}))) {
    for (std::size_t i = 0; i < capacity; ++i) ::new (static_cast<void*>(slots_ + i)) slot(i);
  }
  stamped_ring(const stamped_ring&) = delete;
  stamped_ring& operator=(const stamped_ring&) = delete;
  ~stamped_ring() {
    for (run left{0, 1}; claim_filled(left) == outcome::success;) give_back(left.first);
    for (std::size_t i = 0; i < capacity_; ++i) slots_[i].~slot();
    ::operator delete (slots_, std::align_val_t{alignof(slot)});
  }

  static constexpr std::size_t bytes_per_slot() { return sizeof(slot); }
  std::size_t capacity() const noexcept { return capacity_; }

  // How many slots were claimed for elements and not yet for takers, a moment ago.
  std::size_t size_hint() const noexcept {
    // The head first: it is behind the tail. Sequentially consistent: who has just announced that it is
    // busy asks whether somebody else has to come (ordered_pipeline).
    const position head = head_.load(std::memory_order_seq_cst);
    const position tail = tail_.load(std::memory_order_seq_cst) & ~closed_bit;
    const position size = (tail / lap_ - head / lap_) * capacity_ + index_of(tail) - index_of(head);
    return size < capacity_ ? static_cast<std::size_t>(size) : capacity_;
  }

  bool closed() const noexcept { return (tail_.load(std::memory_order_acquire) & closed_bit) != 0; }
  void close() noexcept { tail_.fetch_or(closed_bit, std::memory_order_seq_cst); }

  // Whether an attempt to put is worth while: there is room, or the ring is closed (no head has that bit).
  bool may_put() const noexcept {
    const position tail = tail_.load(std::memory_order_seq_cst); // for the close
    return head_.load(std::memory_order_seq_cst) != tail - lap_;
  }
  // Whether an attempt to take is: there is an element, or the ring is closed.
  bool may_take() const noexcept {
    const position head = head_.load(std::memory_order_acquire);
    return tail_.load(std::memory_order_seq_cst) != head;
  }

  // Claims up to slots.count free slots, at least one. none: the ring is full.
  outcome claim_free(run& slots) noexcept {
    position tail = tail_.load(std::memory_order_acquire);
    for (active_wait waiting;;) {
      if ((tail & closed_bit) != 0) return outcome::closed;
      if (const std::size_t count = stamped(tail, 0, slots.count); count > 0) {
        if (tail_.compare_exchange_weak(tail, after(tail, count), std::memory_order_seq_cst,
                                        std::memory_order_acquire)) {
          slots = {tail, count};
          return outcome::success;
        }
        continue;
      }
      if (head_.load(std::memory_order_seq_cst) == tail - lap_) return outcome::none;
      waiting.once_if_unchanged(tail_, tail);
    }
  }

  // Claims up to slots.count elements, at least one. none: the ring is empty.
  outcome claim_filled(run& slots) noexcept {
    position head = head_.load(std::memory_order_acquire);
    for (active_wait waiting;;) {
      if (const std::size_t count = stamped(head, 1, slots.count); count > 0) {
        if (head_.compare_exchange_weak(head, after(head, count), std::memory_order_seq_cst,
                                        std::memory_order_acquire)) {
          slots = {head, count};
          return outcome::success;
        }
        continue;
      }
      const position tail = tail_.load(std::memory_order_seq_cst);
      if (tail == head) return outcome::none;
      if (tail == (head | closed_bit)) return outcome::closed;
      waiting.once_if_unchanged(head_, head);
    }
  }

  // ---- who claimed the slot ----

  template <class... Args>
  void put(position at, Args&&... args) noexcept {
    slot& s = slots_[index_of(at)];
    ::new (const_cast<void*>(static_cast<const void*>(&s.element))) T(std::forward<Args>(args)...);
    s.stamp.store(at + 1, std::memory_order_release);
  }

  T& element(position at) noexcept { return slots_[index_of(at)].element; }

  void give_back(position at) noexcept {
    slot& s = slots_[index_of(at)];
    s.element.~T();
    s.stamp.store(at + lap_, std::memory_order_release);
  }

  position after(position at, std::size_t count) const noexcept {
    const std::size_t index = index_of(at) + count;
    return index < capacity_ ? at + count : at + count - capacity_ + lap_;
  }

 private:
  using atomic_position = typename Sync::template atomic<position>;
  static constexpr position closed_bit = position{1} << 63; // laps do not get there

  // A cache line of its own, so that neighbours do not slow each other down.
  struct slot {
    alignas(cache_line) atomic_position stamp;
    union {
      T element;
    };
    explicit slot(position first) noexcept : stamp(first) {}
    ~slot() {}
  };

  // For as long as another thread is in the middle of something short.
  class active_wait {
   public:
    // Takes the present value; waits a moment if it is the one that was known.
    void once_if_unchanged(const atomic_position& changing, position& known) noexcept {
      const position now = changing.load(std::memory_order_acquire);
      if (now == known) rounds_++ < 64 ? Sync::pause() : Sync::yield();
      known = now;
    }

   private:
    int rounds_ = 0;
  };

  std::size_t index_of(position at) const noexcept {
    return static_cast<std::size_t>(at & (lap_ - 1));
  }

  // How many slots from `at` on, up to `most`, have the stamp of their position plus `offset`.
  std::size_t stamped(position at, position offset, std::size_t most) const noexcept {
    std::size_t count = 0;
    while (count < most &&
           slots_[index_of(at)].stamp.load(std::memory_order_acquire) == at + offset) {
      ++count;
      at = after(at, 1);
    }
    return count;
  }

  const std::size_t capacity_;
  const position lap_; // more than the capacity, so that a stamp belongs to one position
  slot* const slots_;
  alignas(cache_line) atomic_position tail_{0};
  alignas(cache_line) atomic_position head_{0};
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_STAMPED_RING_HPP
