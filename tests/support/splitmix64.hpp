// SPDX-License-Identifier: MIT
//
// support/splitmix64.hpp: Steele, Lea & Flood's SplitMix64 (OOPSLA 2014), for drawing test cases.
#ifndef ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP
#define ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP

#include <cstdint>

namespace test {

class splitmix64 {
 public:
  constexpr explicit splitmix64(std::uint64_t seed) noexcept : state_(seed) {}

  constexpr std::uint64_t operator()() noexcept {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP
