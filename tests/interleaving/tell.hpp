// SPDX-License-Identifier: MIT
//
// Explores a scenario and writes one line about it to the standard output, so that a log of the tests
// shows how much was tried. And how far to go, from the environment.
#ifndef ORDERLY_TESTS_INTERLEAVING_TELL_HPP
#define ORDERLY_TESTS_INTERLEAVING_TELL_HPP

#include "support/interleaving.hpp"

#include <cstdio>  // printf
#include <cstdlib> // getenv
#include <utility> // forward

namespace test {

// A number from the environment.
inline int setting(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

template <class Scenario>
interleaving::report explore(const char* what, const interleaving::limits& bounds,
                             Scenario&& scenario) {
  interleaving::report result = interleaving::explore(bounds, std::forward<Scenario>(scenario));
  std::printf("%-68s bound %d %-8s %9llu runs %11llu points %7.2f s\n", what, bounds.preemptions,
              result.found      ? "found"
              : result.complete ? "complete"
                                : "CUT",
              static_cast<unsigned long long>(result.runs),
              static_cast<unsigned long long>(result.points), result.seconds);
  return result;
}

} // namespace test

#endif // ORDERLY_TESTS_INTERLEAVING_TELL_HPP
