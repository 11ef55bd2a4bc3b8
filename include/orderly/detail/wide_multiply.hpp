// SPDX-License-Identifier: MIT
//
// orderly/detail/wide_multiply.hpp: the full 128-bit product of two 64-bit words.
//
// Used by the random engines, by the bounded draws and by the exact accumulators. Every variant
// gives the same two words; only the speed differs (the portable one costs about three times the
// hardware one). The variants are types, so that a test can run an algorithm with either of them.
//
//   auto p = orderly::detail::wide_multiply::apply(a, b);   // a * b == p.high * 2^64 + p.low
#ifndef ORDERLY_DETAIL_WIDE_MULTIPLY_HPP
#define ORDERLY_DETAIL_WIDE_MULTIPLY_HPP

#include <cstdint>     // uint64_t
#include <type_traits> // is_constant_evaluated

#if defined(_MSC_VER) && !defined(__clang__) && (defined(_M_X64) || defined(_M_ARM64))
#include <intrin.h> // _umul128, __umulh
#endif

namespace orderly {
inline namespace v0 {
namespace detail {

struct wide_product {
  std::uint64_t low;
  std::uint64_t high;

  friend constexpr bool operator==(const wide_product&, const wide_product&) noexcept = default;
};

// Four 32-bit products, schoolbook. No partial sum can overflow: (2^32-1)^2 + 2 (2^32-1) = 2^64-1.
struct portable_wide_multiply {
  [[nodiscard]] static constexpr wide_product apply(std::uint64_t a, std::uint64_t b) noexcept {
    constexpr std::uint64_t half = 0xffffffffU;
    const std::uint64_t low_low = (a & half) * (b & half);
    const std::uint64_t high_low = (a >> 32U) * (b & half);
    const std::uint64_t low_high = (a & half) * (b >> 32U);
    const std::uint64_t middle = (low_low >> 32U) + (high_low & half) + low_high;
    return {(middle << 32U) | (low_low & half),
            (a >> 32U) * (b >> 32U) + (high_low >> 32U) + (middle >> 32U)};
  }
};

// The fastest way this compiler has; intrinsics are no constant expressions, hence the fork.
struct wide_multiply {
  [[nodiscard]] static constexpr wide_product apply(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide; // __extension__ silences -Wpedantic
    const wide product = static_cast<wide>(a) * b;
    return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64U)};
#else
#if defined(_MSC_VER) && defined(_M_X64)
    if (!std::is_constant_evaluated()) {
      std::uint64_t high = 0;
      const std::uint64_t low = _umul128(a, b, &high);
      return {low, high};
    }
#elif defined(_MSC_VER) && defined(_M_ARM64)
    if (!std::is_constant_evaluated()) return {a * b, __umulh(a, b)};
#endif
    return portable_wide_multiply::apply(a, b);
#endif
  }
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_WIDE_MULTIPLY_HPP
