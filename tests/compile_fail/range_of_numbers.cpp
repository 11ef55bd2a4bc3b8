// expect: chunkable_range
// SPDX-License-Identifier: MIT
//
// A plain number is not a range.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const orderly::index_range range(10);
  const auto map = [](const orderly::index_range& chunk) { return chunk.size(); };
  const auto sink = [](std::uint64_t) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_for_each(pool, range, 1, map, sink);
#else
  orderly::ordered_for_each(pool, 10, 1, map, sink);
#endif
}
