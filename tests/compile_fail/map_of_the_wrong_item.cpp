// expect: item_map
// SPDX-License-Identifier: MIT
//
// A pipeline's map takes what its source gives.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  const auto source = [] { return std::optional<int>(); };
  const auto sink = [](int) {};
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_pipeline(
      pool, source, [](int n) { return n; }, sink);
#else
  const auto wrong = [](const char*) { return 1; };
  orderly::ordered_pipeline(pool, source, wrong, sink);
#endif
}
