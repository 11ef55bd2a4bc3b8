// expect: chunk_map
// SPDX-License-Identifier: MIT
//
// A map takes a chunk, not an index of another type.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const orderly::index_range range(10);
  const auto sink = [](int) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_for_each(
      pool, range, 1, [](const orderly::index_range&) { return 1; }, sink);
#else
  const auto wrong = [](const char*) { return 1; };
  orderly::ordered_for_each(pool, range, 1, wrong, sink);
#endif
}
