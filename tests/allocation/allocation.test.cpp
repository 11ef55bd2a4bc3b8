// SPDX-License-Identifier: MIT
//
// What does not allocate. A program of its own, because it replaces the global operator new; not under
// sanitizers, which replace it themselves.
#include "support/catch.hpp"

#include "orderly/bounded_queue.hpp"
#include "orderly/ordered_merge.hpp"
#include "orderly/worker_pool.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <optional>

using namespace std::chrono_literals;
using orderly::bounded_queue;
using orderly::conqueue_status;

// The allocations of each thread of this program, for "no allocation after construction".
namespace {
thread_local std::uint64_t allocations = 0;

// Not inlined: a compiler that looks through them takes malloc and delete for a mismatch.
#if defined(__GNUC__)
#define ORDERLY_NOT_INLINED __attribute__((noinline))
#else
#define ORDERLY_NOT_INLINED
#endif

ORDERLY_NOT_INLINED void* counted_allocation(std::size_t size) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
ORDERLY_NOT_INLINED void release_memory(void* memory) noexcept { std::free(memory); }

void* or_bad_alloc(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
} // namespace

void* operator new(std::size_t size) { return or_bad_alloc(counted_allocation(size)); }
void* operator new[](std::size_t size) { return or_bad_alloc(counted_allocation(size)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return counted_allocation(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return counted_allocation(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto unit = static_cast<std::size_t>(alignment);
  return or_bad_alloc(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory, std::align_val_t) noexcept { release_memory(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  release_memory(memory);
}
void operator delete(void* memory) noexcept { release_memory(memory); }
void operator delete[](void* memory) noexcept { release_memory(memory); }
void operator delete(void* memory, std::size_t) noexcept { release_memory(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release_memory(memory); }

TEST_CASE("bounded_queue: nothing allocates after construction", "[bounded_queue]") {
  bounded_queue<int> queue(7);
  const std::uint64_t before = allocations;
  std::uint64_t good = 0;
  int out[4] = {};
  for (int i = 0; i < 100; ++i) {
    good += queue.push(i) ? 1u : 0u;
    good += queue.try_push_for(int{i}, 1h) == conqueue_status::success ? 1u : 0u;
    good += queue.push_n(&out[0], 3);
    good += queue.pop() == i ? 1u : 0u;
    good += queue.pop_n(&out[0], 4);
  }
  good += queue.try_pop_for(1us) == std::nullopt ? 1u : 0u; // sleeps
  const std::uint64_t after = allocations;
  CHECK(after == before);
  CHECK(good == 1001);
}

TEST_CASE("ordered_merge: nothing allocates after construction", "[ordered_merge]") {
  orderly::ordered_merge<int> merge(4);
  const std::uint64_t before = allocations;
  int popped = 0;
  for (int round = 0; round < 100; ++round) {
    const auto first = merge.reserve();
    const auto second = merge.reserve();
    if (!merge.push(*second, 2) || !merge.push(*first, 1)) break;
    popped += merge.pop() == 1;
    popped += merge.try_pop() == 2;
  }
  CHECK(allocations == before);
  CHECK(popped == 200);
}

TEST_CASE("worker_pool: a batch allocates nothing", "[worker_pool]") {
  orderly::worker_pool pool(3);
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> allocated{0};
  const auto body = [&] {
    for (int round = 0; round < 100; ++round) {
      pool.for_each_index(50, [&](std::uint64_t) { ++done; });
      pool.for_each_worker([&](std::size_t) { ++done; });
    }
  };
  pool.for_each_worker([&](std::size_t) { allocated -= allocations; });
  body();
  pool.for_each_worker([&](std::size_t) { allocated += allocations; });
  CHECK(allocated == 0);
  CHECK(done == 5300);
}
