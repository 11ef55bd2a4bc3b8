// SPDX-License-Identifier: MIT
//
// One delayed store for each thread. A store weaker than seq_cst goes into its thread's buffer; the
// thread itself sees it, the others do not until it is committed.
//
// When it is committed matters only to an access of another thread to the same object, so only there
// is it a choice: visible, or missed. The first time that a store is missed costs the storing thread
// one of its delays; a thread without delays left stores visibly at once. The storing thread commits
// before its next store and wherever it releases; program order of stores is kept.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_STORE_BUFFERS_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_STORE_BUFFERS_HPP

#include "support/interleaving/record.hpp"

#include <array>   // one for each thread
#include <cstddef> // size_t
#include <cstdint> // uint64_t
#include <utility> // exchange

namespace interleaving {

inline constexpr int most_threads = 12; // of a scenario, itself included

class store_buffers {
 public:
  using write_function = void (*)(void* object, std::uint64_t value);

  explicit store_buffers(record& run) : run_(run) {}

  void start_run() noexcept {
    buffers_.fill({nullptr, 0, nullptr, false, run_.bounds().delayed_stores});
    pending_ = 0;
  }

  // Whether the thread could still be made to miss a store of its own to others.
  bool may_delay(int thread) const noexcept { return at(thread).delays_left > 0; }

  bool pending(int thread) const noexcept { return at(thread).object != nullptr; }

  void put(int thread, void* object, std::uint64_t value, write_function how) noexcept {
    at(thread).object = object;
    at(thread).value = value;
    at(thread).write = how;
    at(thread).missed = false;
    ++pending_;
  }

  // The thread's own store to the object, if it is still in its buffer.
  const std::uint64_t* own(int thread, const void* object) const noexcept {
    return pending_ != 0 && at(thread).object == object ? &at(thread).value : nullptr;
  }

  // Before `thread` reads or writes the object: which of the others' stores to it come first, and in
  // which order.
  void settle(int thread, const void* object) {
    while (pending_ != 0) {
      std::array<int, most_threads> storing{};
      int count = 0;
      bool may_miss = true; // all that are left
      for (int other = 0; other < most_threads; ++other) {
        if (other == thread || at(other).object != object) continue;
        storing[static_cast<std::size_t>(count++)] = other;
        may_miss = may_miss && (at(other).missed || may_delay(other));
      }
      if (count == 0) return;
      const int pick = run_.choose(count + (may_miss ? 1 : 0));
      if (pick == count) return miss(thread, object);
      write(storing[static_cast<std::size_t>(pick)]);
    }
  }

  // Makes the thread's store visible.
  void commit(int thread) {
    if (!pending(thread)) return;
    settle(thread, at(thread).object);
    write(thread);
  }

  // The object is no more.
  void forget(const void* object) noexcept {
    if (pending_ == 0) return;
    for (buffer& b : buffers_)
      if (b.object == object) b.object = nullptr, --pending_;
  }

 private:
  struct buffer {
    void* object; // nullptr: empty
    std::uint64_t value;
    write_function write;
    bool missed; // by somebody: its delay is paid for
    int delays_left;
  };

  buffer& at(int thread) noexcept { return buffers_[static_cast<std::size_t>(thread)]; }
  const buffer& at(int thread) const noexcept { return buffers_[static_cast<std::size_t>(thread)]; }

  void miss(int thread, const void* object) {
    for (int other = 0; other < most_threads; ++other) {
      if (other == thread || at(other).object != object) continue;
      if (!std::exchange(at(other).missed, true)) --at(other).delays_left;
      run_.note(thread, "does not see the last store of thread ", other);
    }
  }

  void write(int thread) noexcept {
    buffer& b = at(thread);
    b.write(b.object, b.value);
    b.object = nullptr;
    --pending_;
  }

  record& run_;
  std::array<buffer, most_threads> buffers_{};
  int pending_ = 0;
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_STORE_BUFFERS_HPP
