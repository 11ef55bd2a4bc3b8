// expect: ordered_sink
// SPDX-License-Identifier: MIT
//
// A sink takes what the map gives.
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
  orderly::ordered_for_each(pool, range, 1, map, [](const char*) {});
  static_cast<void>(sink);
#endif
}
