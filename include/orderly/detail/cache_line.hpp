// SPDX-License-Identifier: MIT
//
// orderly/detail/cache_line.hpp: the distance that keeps two threads' data apart.
//
// A constant of our own: std::hardware_destructive_interference_size is missing in some standard
// libraries and changes with compiler flags, which would change the layout of public types. 64 bytes
// is the line of x86-64 and most aarch64 cores; on cores with 128-byte lines it costs speed only.
#ifndef ORDERLY_DETAIL_CACHE_LINE_HPP
#define ORDERLY_DETAIL_CACHE_LINE_HPP

#include <cstddef> // size_t

namespace orderly {
inline namespace v0 {
namespace detail {

inline constexpr std::size_t cache_line = 64;

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_CACHE_LINE_HPP
