// SPDX-License-Identifier: MIT
//
// The items of a batch when workers meet at its end.
#include "orderly/detail/index_batch.hpp"
#include "orderly/detail/native_sync.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using native = orderly::detail::native_sync;
struct enough {};

} // namespace

// Worker 0 has decided on a block of several items (its first one took no time) when worker 1, which here
// runs between two of its blocks, leaves a single one.
TEST_CASE("index_batch: a block that is larger than what is left ends with the last item",
          "[index_batch]") {
  constexpr std::uint64_t count = 100;
  std::vector<int> calls(count + 100);
  auto call = [&](std::uint64_t index, std::size_t) { ++calls[static_cast<std::size_t>(index)]; };
  orderly::detail::index_batch<decltype(call), native> batch(call, count, 2);
  bool met = false;
  const std::uint64_t done = batch.work(0, native::clock::now(), [&](auto, std::uint64_t) {
    if (met) return;
    met = true;
    const auto until_one_is_left = [](std::chrono::nanoseconds, std::uint64_t left) {
      if (left <= 1) throw enough();
    };
    CHECK_THROWS_AS(batch.work(1, native::clock::now(), until_one_is_left), enough);
  });
  CHECK(done == 2);
  CHECK(std::count(calls.begin(), calls.begin() + count, 1) == count);
  CHECK(std::count(calls.begin() + count, calls.end(), 0) == 100);
}
