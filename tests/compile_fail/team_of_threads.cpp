// expect: worker_team
// SPDX-License-Identifier: MIT
//
// A number of threads is not a team.
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
  int threads = 4;
  orderly::ordered_for_each(threads, range, 1, map, sink);
#endif
}
