// SPDX-License-Identifier: MIT
//
// orderly/detail/batch_gate.hpp: the one word by which a batch begins and ends.
//
// One thread at a time, the coordinator, opens the gate for a batch and closes it; the threads of a
// pool pass through it. The word holds the epoch (48 bits), waiting, all, open, and the number of
// threads inside (13 bits).
// - The coordinator writes the batch, then stores a gate with the next epoch: `open` with nobody inside
//   (who comes may enter by a compare-exchange that adds one) or `all` with every thread counted in
//   beforehand. A thread that reads the gate after the store (acquire) sees the batch.
// - A thread acts at most once on an epoch: it remembers the one it last saw. In an `all` batch the
//   gate cannot move on before this thread has left, so it acts exactly once.
// - To finish, the coordinator clears `open`: nobody enters any more. When the count is not yet 0 it
//   publishes its waiter and sets `waiting`. Both are read-modify-writes on the gate, as is every
//   exit; in their total order either the last exit comes first and the coordinator reads 0 and does
//   not sleep, or `waiting` comes first and that exit reads it and releases the coordinator. The
//   release happens exactly once, so the waiter may live on the coordinator's stack.
// - Exits release and the coordinator's look acquires: items happen before the return.
// - 48 bits of epoch do not wrap: at 10 million batches a second it would take 11 months of nothing
//   else, and a thread would have to sleep through all of it.
#ifndef ORDERLY_DETAIL_BATCH_GATE_HPP
#define ORDERLY_DETAIL_BATCH_GATE_HPP

#include "orderly/detail/parking.hpp"

#include <atomic>  // memory orders
#include <chrono>  // how long the coordinator looks
#include <cstddef> // size_t
#include <cstdint> // uint64_t

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Sync>
class batch_gate {
 public:
  static constexpr std::size_t most_threads = 4096;

  // The number of the batch that was opened last.
  std::uint64_t epoch() const noexcept { return epoch_of(gate_.load(std::memory_order_acquire)); }

  // ---- the coordinator ----

  // Whoever comes may enter, until close().
  void open_to_comers() noexcept { open_next(open); }

  // Every one of the threads is inside from now on, and has to come and leave.
  void open_to_all(std::size_t threads) noexcept { open_next(all + threads); }

  // Nobody enters any more; returns when nobody is inside. Looks at the gate for as long as
  // `look` before it sleeps.
  void close(std::chrono::nanoseconds look) noexcept {
    // Acquire: pairs with leave(); the items done by others happen before what follows.
    std::uint64_t gate = gate_.fetch_and(~open, std::memory_order_acq_rel);
    if ((gate & inside_mask) == 0) return;
    if (look.count() > 0 && left_within(look)) return;
    basic_waiter<Sync> self;
    coordinator_ = &self;
    // Release for coordinator_; acquire as above.
    gate = gate_.fetch_or(waiting, std::memory_order_acq_rel);
    if ((gate & inside_mask) != 0) self.sleep();
  }

  // ---- a thread ----

  // Whether the calling thread is now inside the batch of a new epoch, which is then noted as seen.
  bool enter(std::uint64_t& seen) noexcept {
    std::uint64_t gate = gate_.load(std::memory_order_acquire);
    for (;;) {
      if (epoch_of(gate) == seen) return false;
      if ((gate & all) != 0) break; // counted in already
      if ((gate & open) == 0) {
        seen = epoch_of(gate);
        return false;
      }
      // Acquire: pairs with the store in open_next(), for the batch.
      if (gate_.compare_exchange_weak(gate, gate + 1, std::memory_order_acquire,
                                      std::memory_order_acquire))
        break;
    }
    seen = epoch_of(gate);
    return true;
  }

  void leave() noexcept {
    // Release: pairs with close(). Acquire: for coordinator_.
    const std::uint64_t before = gate_.fetch_sub(1, std::memory_order_acq_rel);
    if ((before & inside_mask) == 1 && (before & waiting) != 0) coordinator_->release();
  }

 private:
  static constexpr std::uint64_t inside_mask = (std::uint64_t{1} << 13) - 1;
  static constexpr std::uint64_t open = std::uint64_t{1} << 13;
  static constexpr std::uint64_t all = std::uint64_t{1} << 14;
  static constexpr std::uint64_t waiting = std::uint64_t{1} << 15;
  static constexpr std::uint64_t epoch_step = std::uint64_t{1} << 16;

  static std::uint64_t epoch_of(std::uint64_t gate) noexcept { return gate / epoch_step; }

  void open_next(std::uint64_t state) noexcept {
    // Relaxed: only coordinators change the epoch, and they follow each other by a mutex.
    const std::uint64_t epoch = epoch_of(gate_.load(std::memory_order_relaxed)) + 1;
    // Release: pairs with the acquire in enter(), for the batch that was written before.
    gate_.store(epoch * epoch_step + state, std::memory_order_release);
  }

  bool left_within(std::chrono::nanoseconds look) const noexcept {
    const auto end = Sync::clock::now() + look;
    do {
      for (int i = 0; i < 64; ++i, Sync::pause())
        if ((gate_.load(std::memory_order_acquire) & inside_mask) == 0) return true;
    } while (Sync::clock::now() < end);
    return false;
  }

  basic_waiter<Sync>* coordinator_ = nullptr; // written before `waiting` is set
  typename Sync::template atomic<std::uint64_t> gate_{0};
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_BATCH_GATE_HPP
