// SPDX-License-Identifier: MIT
//
// A scenario on the library's own code: a test that tries every interleaving of it within the bound,
// sleeping as a futex does and as the portable back end does.
//
// ORDERLY_PREEMPTIONS in the environment is the bound on preemptions, 2 if not set; a scenario that is
// declared large, because 2 would take it too long, gets one less. ORDERLY_SECONDS is a limit for each
// scenario and back end, 60 if not set. What the limit has cut is listed as CUT in the output, and is no
// failure: it was not found faulty, and not shown to be clean.
#ifndef ORDERLY_TESTS_INTERLEAVING_SCENARIO_HPP
#define ORDERLY_TESTS_INTERLEAVING_SCENARIO_HPP

#include "interleaving/tell.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <cstddef> // size_t
#include <limits>  // any number of runs
#include <string>  // names

namespace test {

// Fails the schedule if the kernel was called more often, whether somebody slept or not.
inline void woken_at_most(std::size_t calls) {
  interleaving::check(interleaving::counts().wakes + interleaving::counts().wakes_without_need <=
                          calls,
                      "no more wake-ups than there was work for");
}

template <class Scenario>
void must_be_clean(const std::string& name, bool large, Scenario scenario) {
  interleaving::limits bounds;
  bounds.preemptions = setting("ORDERLY_PREEMPTIONS", 2) - (large ? 1 : 0);
  bounds.most_seconds = setting("ORDERLY_SECONDS", 60);
  bounds.most_runs = (std::numeric_limits<std::uint64_t>::max)();
  const interleaving::report result = explore(name.c_str(), bounds, scenario);
  INFO(interleaving::to_string(result));
  REQUIRE_FALSE(result.found.has_value());
}

} // namespace test

// What follows the name is a function, told with `Sync` where it depends on it.
#define ORDERLY_SCENARIO(name, ...) ORDERLY_SCENARIO_OF_SIZE(name, false, __VA_ARGS__)
#define ORDERLY_LARGE_SCENARIO(name, ...) ORDERLY_SCENARIO_OF_SIZE(name, true, __VA_ARGS__)
#define ORDERLY_SCENARIO_OF_SIZE(name, large, ...)                                                 \
  TEST_CASE("interleavings: " name, "[interleaving]") {                                            \
    {                                                                                              \
      using Sync = interleaving::model_sync;                                                       \
      test::must_be_clean(name ", on a word", large, [] { __VA_ARGS__(); });                       \
    }                                                                                              \
    {                                                                                              \
      using Sync = interleaving::monitor_model_sync;                                               \
      test::must_be_clean(name ", on a monitor", large, [] { __VA_ARGS__(); });                    \
    }                                                                                              \
  }

#endif // ORDERLY_TESTS_INTERLEAVING_SCENARIO_HPP
