// SPDX-License-Identifier: MIT
//
// The modelled std::atomic. Operations are sequentially consistent, but for the last store of each thread,
// which may be late (store_buffers.hpp). What ends the delay: the next store, a read-modify-write that
// releases (an acquire one does not, nor does the lock of a free mutex), a seq_cst fence, an unlock,
// the start of a thread, the end of this one, and what takes time: to sleep or wake, to be blocked, to
// wait actively. A read-modify-write of the late object itself includes the late store.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_ATOMIC_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_ATOMIC_HPP

#include "support/interleaving/engine.hpp"

#include <atomic>      // memory_order
#include <cstdint>     // uint64_t
#include <cstring>     // memcpy
#include <type_traits> // is_trivially_copyable_v

namespace interleaving {

constexpr bool releases(std::memory_order order) noexcept {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

template <class T>
class atomic : private object {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

 public:
  using value_type = T;

  atomic() noexcept : atomic(T{}) {}
  atomic(T value) noexcept : object("atomic "), value_(bits(value)) {}
  ~atomic() {
    if (current != nullptr) current->stores.forget(this);
  }

  T load(std::memory_order = std::memory_order_seq_cst) const noexcept {
    engine& e = begin("load");
    const T seen = value(visible(e));
    trace(e, "load", seen);
    return seen;
  }

  void store(T desired, std::memory_order order = std::memory_order_seq_cst) noexcept {
    engine& e = begin("store");
    const int self = e.threads.self();
    e.stores.commit(self);
    if (order != std::memory_order_seq_cst && e.stores.may_delay(self) && !e.threads.alone()) {
      e.stores.put(self, this, bits(desired), &atomic::write);
    } else {
      e.stores.settle(self, this);
      value_ = bits(desired);
    }
    trace(e, "store", desired);
  }

  T exchange(T desired, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("exchange", order, [&](T) { return desired; });
  }
  T fetch_add(T n, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("fetch_add", order, [&](T old) { return static_cast<T>(old + n); });
  }
  T fetch_sub(T n, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("fetch_sub", order, [&](T old) { return static_cast<T>(old - n); });
  }
  T fetch_and(T n, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("fetch_and", order, [&](T old) { return static_cast<T>(old & n); });
  }
  T fetch_or(T n, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("fetch_or", order, [&](T old) { return static_cast<T>(old | n); });
  }
  T fetch_xor(T n, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify("fetch_xor", order, [&](T old) { return static_cast<T>(old ^ n); });
  }

  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order) noexcept {
    return compare_exchange(expected, desired, success, false);
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order order = std::memory_order_seq_cst) noexcept {
    return compare_exchange(expected, desired, order, false);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order) noexcept {
    return compare_exchange(expected, desired, success, true);
  }
  bool compare_exchange_weak(T& expected, T desired,
                             std::memory_order order = std::memory_order_seq_cst) noexcept {
    return compare_exchange(expected, desired, order, true);
  }

  operator T() const noexcept { return load(); }
  T operator=(T desired) noexcept {
    store(desired);
    return desired;
  }

 private:
  friend class futex;

  static std::uint64_t bits(T value) noexcept {
    std::uint64_t result = 0;
    std::memcpy(&result, &value, sizeof value);
    return result;
  }
  static T value(std::uint64_t bits) noexcept {
    T result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
  }
  static void write(void* self, std::uint64_t value) { static_cast<atomic*>(self)->value_ = value; }

  // The scheduling point before every operation; the object may have gone meanwhile.
  engine& begin(const char* operation) const {
    engine& e = here();
    e.threads.point();
    must_be_alive(operation, "atomic");
    return e;
  }

  std::uint64_t visible(engine& e) const {
    const int self = e.threads.self();
    if (const std::uint64_t* const own = e.stores.own(self, this)) return *own;
    e.stores.settle(self, this);
    return value_;
  }

  // What a read-modify-write that releases, or one of the late object itself, does to a late store.
  void commit_before(engine& e, std::memory_order order) {
    const int self = e.threads.self();
    if (releases(order) || e.stores.own(self, this) != nullptr) e.stores.commit(self);
    e.stores.settle(self, this);
  }

  template <class Change>
  T modify(const char* operation, std::memory_order order, Change change) noexcept {
    engine& e = begin(operation);
    commit_before(e, order);
    const T old = value(value_);
    value_ = bits(change(old));
    trace(e, operation, old, value(value_));
    return old;
  }

  bool compare_exchange(T& expected, T desired, std::memory_order order, bool weak) noexcept {
    engine& e = begin("compare_exchange");
    const std::uint64_t old = visible(e);
    if (old != bits(expected) || (weak && fails_spuriously(e))) {
      expected = value(old);
      trace(e, "failing compare_exchange", expected);
      return false;
    }
    commit_before(e, order);
    value_ = bits(desired);
    trace(e, "compare_exchange", expected, desired);
    return true;
  }

  static bool fails_spuriously(engine& e) {
    if (!e.run.may(&limits::spurious) || e.run.choose(2) == 0) return false;
    e.run.spend(&limits::spurious);
    ++e.run.counts().spurious;
    return true;
  }

  void trace(engine& e, const char* operation, T at) const {
    e.run.note(e.threads.self(), operation, " of ", who(), ": ", bits(at));
  }
  void trace(engine& e, const char* operation, T from, T to) const {
    e.run.note(e.threads.self(), operation, " of ", who(), ": ", bits(from), " -> ", bits(to));
  }

  std::uint64_t value_;
};

inline void fence(std::memory_order order) noexcept {
  if (order != std::memory_order_seq_cst) return;
  engine& e = here();
  e.threads.point();
  e.stores.commit(e.threads.self());
}

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_ATOMIC_HPP
