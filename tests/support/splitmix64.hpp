// SPDX-License-Identifier: MIT
//
// SplitMix64, by S. Vigna after G. Steele, D. Lea, C. Flood (OOPSLA 2014): arbitrary but fixed words
// for tests, from a generator that shares nothing with the ones under test.
#ifndef ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP
#define ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP

#include <cstdint> // uint64_t

namespace test {

class splitmix64 {
 public:
  constexpr explicit splitmix64(std::uint64_t state) noexcept : state_(state) {}

  constexpr std::uint64_t operator()() noexcept {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31U);
  }

 private:
  std::uint64_t state_;
};

static_assert(splitmix64(0)() == 0xe220a8397b1dcdafU);

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_SPLITMIX64_HPP
