// expect: state_factory
// SPDX-License-Identifier: MIT
//
// make_state gives the State itself.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);

#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::per_worker<long> states(pool, [](std::size_t) { return 1L; });
#else
  orderly::per_worker<long> states(pool, [](std::size_t) { return "one"; });
#endif
}
