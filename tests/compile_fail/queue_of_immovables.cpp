// expect: queue_element
// SPDX-License-Identifier: MIT
//
// What a queue holds can be moved.
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
  orderly::bounded_queue<int> queue(1);
#else
  orderly::bounded_queue<fixed> queue(1);
#endif
}
