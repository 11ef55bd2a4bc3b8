// expect: index_function
// SPDX-License-Identifier: MIT
//
// ordered_transform calls f for an index, not for a chunk.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const orderly::index_range range(10);
#ifdef ORDERLY_EXPECT_SUCCESS
  static_cast<void>(orderly::ordered_transform(pool, range, 1, [](std::uint64_t i) { return i; }));
#else
  const auto wrong = [](const orderly::index_range& chunk) { return chunk.size(); };
  static_cast<void>(orderly::ordered_transform(pool, range, 1, wrong));
#endif
}
