// SPDX-License-Identifier: MIT
//
// The replaced operator new and delete behind allocation_faults.hpp.
#include "fault/allocation_faults.hpp"

#include <atomic>  // every thread allocates
#include <cstddef> // size_t
#include <cstdlib> // malloc, aligned_alloc, free
#include <new>     // bad_alloc, align_val_t

namespace {

std::atomic<std::int64_t> live{0};
std::atomic<bool> armed{false};
std::atomic<bool> goes_on{false};
std::atomic<std::uint64_t> failing{0}; // the first to fail, counted from 1; 0: none
std::atomic<std::uint64_t> counter{0};
std::atomic<std::uint64_t> failed{0};

bool fails_now() noexcept {
  if (!armed) return false;
  const std::uint64_t number = ++counter;
  const std::uint64_t first = failing;
  const bool fails = first != 0 && (number == first || (number > first && goes_on));
  if (fails) ++failed;
  return fails;
}

// Not inlined: a compiler that looks through them takes malloc and delete for a mismatch.
#if defined(__GNUC__)
#define ORDERLY_NOT_INLINED __attribute__((noinline))
#else
#define ORDERLY_NOT_INLINED
#endif

ORDERLY_NOT_INLINED void* get(std::size_t size, std::size_t alignment) noexcept {
  if (fails_now()) return nullptr;
  const std::size_t whole = (size == 0 ? alignment : size + alignment - 1) / alignment * alignment;
  void* const memory = std::aligned_alloc(alignment, whole);
  if (memory != nullptr) ++live;
  return memory;
}

ORDERLY_NOT_INLINED void release(void* memory) noexcept {
  if (memory != nullptr) --live;
  std::free(memory);
}

ORDERLY_NOT_INLINED void* get_or_throw(std::size_t size, std::size_t alignment) {
  void* const memory = get(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
constexpr std::size_t number(std::align_val_t alignment) {
  return static_cast<std::size_t>(alignment);
}

} // namespace

// All of them, because a sanitizer's own would not forward to the basic ones.
void* operator new(std::size_t n) { return get_or_throw(n, usual); }
void* operator new[](std::size_t n) { return get_or_throw(n, usual); }
void* operator new(std::size_t n, std::align_val_t a) { return get_or_throw(n, number(a)); }
void* operator new[](std::size_t n, std::align_val_t a) { return get_or_throw(n, number(a)); }
void* operator new(std::size_t n, const std::nothrow_t&) noexcept { return get(n, usual); }
void* operator new[](std::size_t n, const std::nothrow_t&) noexcept { return get(n, usual); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }

namespace test {

std::int64_t live_allocations() noexcept { return live; }

allocation_fault::allocation_fault(std::uint64_t kth, extent which) noexcept {
  counter = 0;
  failed = 0;
  failing = kth;
  goes_on = which == extent::all_from_then;
  armed = true;
}
allocation_fault::~allocation_fault() { armed = false; }

std::uint64_t allocation_fault::counted() noexcept { return counter; }
bool allocation_fault::injected() noexcept { return failed != 0; }

} // namespace test
