// expect: chunk_combiner
// SPDX-License-Identifier: MIT
//
// combine takes the total and a result.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const orderly::index_range range(10);
  const auto map = [](const orderly::index_range& chunk) { return chunk.size(); };
  const auto sink = [](std::uint64_t) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_reduce(pool, range, 1, 0, map, [](int&, std::uint64_t) {});
#else
  orderly::ordered_reduce(pool, range, 1, 0, map, [](int&) {});
  static_cast<void>(sink);
#endif
}
