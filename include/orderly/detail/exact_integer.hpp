// SPDX-License-Identifier: MIT
//
// orderly/detail/exact_integer.hpp: just enough integers of 128 and 256 bits for exact moments.
//
// Words are in order of significance, lowest first; nothing depends on the machine's byte order.
//
//   auto variance_numerator = subtract(multiply(n, squares), multiply(sum, sum)).to_double();
#ifndef ORDERLY_DETAIL_EXACT_INTEGER_HPP
#define ORDERLY_DETAIL_EXACT_INTEGER_HPP

#include "orderly/detail/wide_multiply.hpp"

#include <array>   // array
#include <cstddef> // size_t
#include <cstdint> // uint64_t

namespace orderly {
inline namespace v0 {
namespace detail {

// An integer modulo 2^128.
struct words128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  // Returns the carry out of the highest bit.
  constexpr bool add(words128 other) noexcept {
    low += other.low;
    const std::uint64_t carry = low < other.low ? 1 : 0;
    high += carry;
    const bool wrapped = high < carry;
    high += other.high;
    return wrapped || high < other.high;
  }

  friend constexpr bool operator==(const words128&, const words128&) noexcept = default;
};

// The distance from 0 of a number in two's complement.
[[nodiscard]] constexpr words128 magnitude(words128 number) noexcept {
  if (number.high >> 63U == 0) return number;
  words128 negated{~number.low, ~number.high};
  negated.add({1, 0});
  return negated;
}

// A non-negative integer below 2^256.
struct exact_integer {
  std::array<std::uint64_t, 4> words = {};

  // The nearest double; ties go to the even one.
  [[nodiscard]] constexpr double to_double() const noexcept;
};

// a * b, exactly.
[[nodiscard]] constexpr exact_integer multiply(words128 a, words128 b) noexcept {
  const wide_product low = wide_multiply::apply(a.low, b.low);
  const wide_product middle_a = wide_multiply::apply(a.high, b.low);
  const wide_product middle_b = wide_multiply::apply(a.low, b.high);
  const wide_product high = wide_multiply::apply(a.high, b.high);
  words128 middle{low.high, 0}; // bits 64..191, without the carries into the highest word
  std::uint64_t carries = middle.add({middle_a.low, middle_a.high}) ? 1U : 0U;
  carries += middle.add({middle_b.low, middle_b.high}) ? 1U : 0U;
  words128 top{middle.high, carries}; // bits 128..255
  top.add({high.low, high.high});
  return {{low.low, middle.low, top.low, top.high}};
}

// a - b. Precondition: b <= a.
[[nodiscard]] constexpr exact_integer subtract(exact_integer a, const exact_integer& b) noexcept {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t word = a.words[i];
    a.words[i] = word - b.words[i] - borrow;
    borrow = word < b.words[i] || (word == b.words[i] && borrow != 0) ? 1 : 0;
  }
  return a;
}

constexpr double exact_integer::to_double() const noexcept {
  std::array<std::uint64_t, 4> w = words;
  double scale = 1;
  while ((w[1] | w[2] | w[3]) != 0) { // halve; a bit that falls off stays visible in bit 0
    const std::uint64_t lost = w[0] & 1U;
    for (std::size_t i = 0; i < 3; ++i) w[i] = w[i] >> 1U | w[i + 1] << 63U;
    w[3] >>= 1U;
    w[0] |= lost;
    scale *= 2;
  }
  // 64 significant bits remain: more than a double has, so bit 0 only breaks ties.
  return static_cast<double>(w[0]) * scale;
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_EXACT_INTEGER_HPP
