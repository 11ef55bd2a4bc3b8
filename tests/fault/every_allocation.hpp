// SPDX-License-Identifier: MIT
//
// fault/every_allocation.hpp: one operation, run again and again with each of its allocations failing
// in turn.
//
//   test::for_every_allocation([](test::attempt& a) {
//     orderly::bounded_queue<std::string> queue(2);                     // never fails
//     const bool failed = a.fails([&] { queue.push(long_text); });      // the operation, once
//     a.expect(queue.size_hint() == (failed ? 0 : 1), "...");           // what then holds
//   });
//
// Everything is run first without a failure, then with the k-th allocation of the operation failing,
// for k = 1, 2, ... until none fails any more; and all of it again with every allocation from the k-th
// on failing. After each attempt nothing that it allocated may be left. No macro of Catch2 may stand
// inside, for it would allocate. A compiler may leave out an allocation whose memory nothing needs:
// keep() a local object that is only there to allocate.
#ifndef ORDERLY_TESTS_FAULT_EVERY_ALLOCATION_HPP
#define ORDERLY_TESTS_FAULT_EVERY_ALLOCATION_HPP

#include "fault/allocation_faults.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"
#include "support/hang_guard.hpp"

#include <atomic>  // keep
#include <cstdint> // uint64_t
#include <new>     // bad_alloc
#include <string>  // what was found

namespace test {

// So that the compiler cannot do without an object, nor leave out its allocations.
template <class T>
void keep(const T& object) noexcept {
  static std::atomic<const void*> kept{nullptr};
  kept.store(&object, std::memory_order_relaxed);
}

class attempt : public findings {
 public:
  attempt(std::uint64_t kth, extent which) noexcept : kth_(kth), which_(which) {}

  enum class outcome { passed, refused, absorbed }; // absorbed: an allocation failed, no error came

  template <class Operation>
  outcome run(Operation operation) {
    bool thrown = false;
    try {
      const allocation_fault fault(kth_, which_);
      operation();
    } catch (const std::bad_alloc&) {
      thrown = true;
    }
    injected_ = allocation_fault::injected();
    expect(injected_ || !thrown, "std::bad_alloc without a failed allocation");
    if (thrown) return outcome::refused;
    return injected_ ? outcome::absorbed : outcome::passed;
  }

  // Whether std::bad_alloc reached the caller, as it must if an allocation failed.
  template <class Operation>
  bool fails(Operation operation) {
    const outcome result = run(operation);
    expect(result != outcome::absorbed, "a failed allocation was not reported");
    return result == outcome::refused;
  }

  std::uint64_t kth() const noexcept { return kth_; }
  bool injected() const noexcept { return injected_; }

 private:
  const std::uint64_t kth_;
  const extent which_;
  bool injected_ = false;
};

// False once no allocation failed.
template <class Try>
bool try_allocation(Try& try_once, std::uint64_t kth, extent which) {
  const std::int64_t before = live_allocations();
  attempt now(kth, which);
  try_once(now);
  const std::int64_t left = live_allocations() - before;
  const bool from_then_on = which == extent::all_from_then;
  CAPTURE(kth, from_then_on);
  REQUIRE(std::string(now.first()) == "");
  REQUIRE(left == 0);
  return now.injected();
}

template <class Try>
void for_every_allocation(Try try_once) {
  hang_guard guard;
  guard.step("the run without a failure", 0);
  {
    attempt undisturbed(0, extent::one); // what is allocated once and for all is allocated here
    try_once(undisturbed);
    REQUIRE(std::string(undisturbed.first()) == "");
  }
  for (const extent which : {extent::one, extent::all_from_then}) {
    std::uint64_t kth = 1;
    for (; try_allocation(try_once, kth, which); ++kth) guard.step("allocation", kth);
    REQUIRE(kth > 1); // otherwise nothing was tested
  }
}

} // namespace test

#endif // ORDERLY_TESTS_FAULT_EVERY_ALLOCATION_HPP
