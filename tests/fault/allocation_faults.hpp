// SPDX-License-Identifier: MIT
//
// fault/allocation_faults.hpp: makes the k-th allocation of this program fail, and counts what is
// allocated.
//
// allocation_faults.cpp replaces operator new and delete for the whole program; link it in. The
// allocations of all threads are counted, not those of one: the library starts threads and calls the
// user's code on them, and a failure there has to reach the caller as one here has. Which of two
// threads makes the k-th allocation may then depend on timing, so what a test expects must hold for
// both; that some allocation is the k-th, for every k up to their number, does not.
// Not seen: malloc, and with it the memory of exceptions, which has reserves of its own.
#ifndef ORDERLY_TESTS_FAULT_ALLOCATION_FAULTS_HPP
#define ORDERLY_TESTS_FAULT_ALLOCATION_FAULTS_HPP

#include <cstdint> // int64_t, uint64_t

namespace test {

// Blocks of this program that are allocated now.
std::int64_t live_allocations() noexcept;

// One allocation fails, or it and all that follow: memory that is used up stays used up.
enum class extent { one, all_from_then };

// As long as it lives, the kth allocation (from 1) after its construction throws std::bad_alloc. For 0
// none does. One at a time.
class allocation_fault {
 public:
  allocation_fault(std::uint64_t kth, extent which) noexcept;
  allocation_fault(const allocation_fault&) = delete;
  allocation_fault& operator=(const allocation_fault&) = delete;
  ~allocation_fault();

  // How many allocations there were, and how many of them failed, under the latest one.
  static std::uint64_t counted() noexcept;
  static bool injected() noexcept;
};

} // namespace test

#endif // ORDERLY_TESTS_FAULT_ALLOCATION_FAULTS_HPP
