// expect: item_source
// SPDX-License-Identifier: MIT
//
// A source gives an optional, whose absence is the end.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const auto map = [](int n) { return n; };
  const auto sink = [](int) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_pipeline(
      pool, [] { return std::optional<int>(); }, map, sink);
#else
  const auto wrong = [] { return 1; };
  orderly::ordered_pipeline(pool, wrong, map, sink);
#endif
}
