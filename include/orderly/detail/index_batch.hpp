// SPDX-License-Identifier: MIT
//
// orderly/detail/index_batch.hpp: the items of one batch, claimed in increasing order by any number
// of threads, and the failure of the lowest of them.
//
// Claiming. One counter; a claim takes a block of consecutive items that is worth 10 to 40 us, found
// by doubling from 1, and never more than half of a fair share of what is left.
// Big blocks first would lose on ranges whose cost is at the front, single items on cheap ones.
//
// Failure. Blocks are claimed in increasing order and a claimed item is skipped only if it lies above
// the lowest failure known. So every item below the lowest failure runs, and the lowest failure is a
// function of the items alone.
#ifndef ORDERLY_DETAIL_INDEX_BATCH_HPP
#define ORDERLY_DETAIL_INDEX_BATCH_HPP

#include "orderly/detail/cache_line.hpp"
#include "orderly/detail/claim_size.hpp"

#include <atomic>    // memory orders
#include <chrono>    // what a block is worth
#include <cstddef>   // size_t
#include <cstdint>   // uint64_t
#include <exception> // exception_ptr
#include <mutex>     // guards the error

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Call, class Sync>
class index_batch {
 public:
  using clock = typename Sync::clock;

  index_batch(Call& call, std::uint64_t count, std::size_t workers) noexcept
      : call_(call), count_(count), fair_share_(2 * workers) {}

  // Runs blocks until none is left; after each, between(time since the start, items left). Returns
  // the items done here.
  template <class Between>
  std::uint64_t work(std::size_t worker, typename clock::time_point start, Between between) {
    std::uint64_t done = 0;
    std::uint64_t block = 1;
    typename clock::time_point last = start;
    for (;;) {
      // Relaxed: the counter orders nothing but itself; the gate of the pool orders the items.
      const std::uint64_t first = next_.fetch_add(block, std::memory_order_relaxed);
      if (first >= count_) return done;
      const std::uint64_t size = count_ - first < block ? count_ - first : block;
      if (!run_block(first, first + size, worker)) return done;
      done += size;
      const typename clock::time_point now = clock::now();
      const std::uint64_t left = count_ - first - size;
      block = next_claim_size(size, now - last, left / fair_share_);
      last = now;
      between(now - start, left);
    }
  }

  void rethrow_failure() {
    if (error_ != nullptr) std::rethrow_exception(error_);
  }

 private:
  // False once the rest of what could be claimed lies above a failure.
  bool run_block(std::uint64_t first, std::uint64_t end, std::size_t worker) noexcept {
    for (std::uint64_t index = first; index < end; ++index) {
      // Relaxed: a late look only runs an item more.
      if (index > lowest_failure_.load(std::memory_order_relaxed)) return false;
      try {
        call_(index, worker);
      } catch (...) {
        record_failure(index, std::current_exception());
        return false;
      }
    }
    return true;
  }

  void record_failure(std::uint64_t index, std::exception_ptr error) noexcept {
    const std::lock_guard<typename Sync::mutex> lock(mutex_);
    if (index >= lowest_failure_.load(std::memory_order_relaxed)) return;
    lowest_failure_.store(index, std::memory_order_relaxed);
    error_ = std::move(error);
  }

  Call& call_;
  const std::uint64_t count_;
  const std::uint64_t fair_share_;
  typename Sync::mutex mutex_;
  std::exception_ptr error_; // guarded by mutex_; read by the caller after the batch
  alignas(cache_line) typename Sync::template atomic<std::uint64_t> next_{0};
  alignas(cache_line)
      typename Sync::template atomic<std::uint64_t> lowest_failure_{~std::uint64_t{0}};
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_INDEX_BATCH_HPP
