// expect: submittable
// SPDX-License-Identifier: MIT
//
// A submitted task takes no arguments.
#include <orderly/orderly.hpp>
#include <orderly/submit.hpp>

#include <cstdint>
#include <optional>

int main() {
  orderly::worker_pool pool(1);

#ifdef ORDERLY_EXPECT_SUCCESS
  orderly::submit(pool, [] { return 1; }).wait();
#else
  orderly::submit(pool, [](int n) { return n; }).wait();
#endif
}
