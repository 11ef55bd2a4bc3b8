// expect: chunk_map
// SPDX-License-Identifier: MIT
//
// On a per_worker<State>, a map takes the State too.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const orderly::index_range range(10);
  orderly::per_worker<int> states(pool);
  const auto sink = [](int) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_for_each(
      states, range, 1, [](const orderly::index_range&, int& n) { return n; }, sink);
#else
  const auto wrong = [](const orderly::index_range&) { return 1; };
  orderly::ordered_for_each(states, range, 1, wrong, sink);
#endif
}
