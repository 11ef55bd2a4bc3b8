// SPDX-License-Identifier: MIT
//
// orderly/detail/state_slot.hpp: the place of one worker's State, and what builds States there.
#ifndef ORDERLY_DETAIL_STATE_SLOT_HPP
#define ORDERLY_DETAIL_STATE_SLOT_HPP

#include "orderly/detail/cache_line.hpp"
#include "orderly/pool_statistics.hpp"

#include <atomic>  // figures
#include <chrono>  // set-up times
#include <cstddef> // size_t
#include <cstdint> // uint64_t
#include <new>     // placement new, launder
#include <utility> // forward

namespace orderly {
inline namespace v0 {
namespace detail {

// The user's make_state, whatever its type. It builds in place: a State need not be movable.
struct state_maker {
  virtual ~state_maker() = default;
  virtual void build(void* where, std::size_t worker) = 0;
};

template <class State, class Make>
class state_maker_of final : public state_maker {
 public:
  template <class From>
  explicit state_maker_of(From&& make) : make_state_(std::forward<From>(make)) {}
  void build(void* where, std::size_t worker) override { ::new (where) State(make_state_(worker)); }

 private:
  Make make_state_;
};

// Raw memory for a State, on cache lines of its own. Used by its worker only, but for statistics().
template <class State>
class alignas(alignof(State) > cache_line ? alignof(State) : cache_line) state_slot {
 public:
  void build(state_maker& make, std::size_t worker) {
    const auto start = std::chrono::steady_clock::now();
    make.build(bytes_, worker);
    built_ = true;
    items_ = 0;
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
    // Relaxed, here and below: figures, they order nothing.
    builds_.fetch_add(1, std::memory_order_relaxed);
    set_up_.fetch_add(took.count(), std::memory_order_relaxed);
  }
  void destroy() noexcept {
    if (built_) state().~State();
    built_ = false;
  }
  bool built() const noexcept { return built_; }

  // Precondition: built().
  State& state() noexcept { return *std::launder(reinterpret_cast<State*>(bytes_)); }
  const State& state() const noexcept {
    return *std::launder(reinterpret_cast<const State*>(bytes_));
  }

  // Items done with this State.
  std::uint64_t items() const noexcept { return items_; }
  void count_items(std::uint64_t more) noexcept { items_ += more; }

  // Whether an item is using the State; another may then come in a nested batch.
  bool in_use() const noexcept { return in_use_; }
  void set_in_use(bool now) noexcept { in_use_ = now; }

  void count_retry() noexcept { retries_.fetch_add(1, std::memory_order_relaxed); }
  state_statistics statistics() const noexcept {
    return {builds_.load(std::memory_order_relaxed), retries_.load(std::memory_order_relaxed),
            std::chrono::nanoseconds(set_up_.load(std::memory_order_relaxed))};
  }

 private:
  alignas(State) unsigned char bytes_[sizeof(State)];
  bool built_ = false;
  bool in_use_ = false;
  std::uint64_t items_ = 0;
  std::atomic<std::uint64_t> builds_{0};
  std::atomic<std::uint64_t> retries_{0};
  std::atomic<std::int64_t> set_up_{0}; // nanoseconds
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_STATE_SLOT_HPP
