// expect: pool_index_function
// SPDX-License-Identifier: MIT
//
// An item of a batch takes its index.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);

#ifdef ORDERLY_EXPECT_SUCCESS
  pool.for_each_index(10, [](std::uint64_t) {});
#else
  pool.for_each_index(10, [](const char*) {});
#endif
}
