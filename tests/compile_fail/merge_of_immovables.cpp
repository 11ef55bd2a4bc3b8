// expect: mergeable_result
// SPDX-License-Identifier: MIT
//
// What a merge holds can be moved.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);
  struct fixed {
    fixed() = default;
    fixed(const fixed&) = delete;
  };
  static_cast<void>(fixed{});
#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::ordered_merge<int> merge(1);
#else
  orderly::ordered_merge<fixed> merge(1);
#endif
}
