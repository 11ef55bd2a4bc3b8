// expect: interruptible
// SPDX-License-Identifier: MIT
//
// A State that has no interrupt() cannot be given a deadline.
#include <orderly/orderly.hpp>
#include <orderly/watchdog.hpp>

#include <chrono>

int main() {
  orderly::worker_pool pool(1);
#ifdef ORDERLY_EXPECT_SUCCESS
  struct engine {
    void interrupt() noexcept {}
  };
  orderly::per_worker<engine> states(pool);
#else
  orderly::per_worker<int> states(pool);
#endif
  orderly::watchdog guarded(states, std::chrono::seconds(1));
}
