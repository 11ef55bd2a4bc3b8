// SPDX-License-Identifier: MIT
//
// orderly/detail/waiter_word.hpp: the word on which one thread sleeps.
#ifndef ORDERLY_DETAIL_WAITER_WORD_HPP
#define ORDERLY_DETAIL_WAITER_WORD_HPP

#include <chrono>  // steady_time
#include <cstdint> // uint32_t

namespace orderly {
inline namespace v0 {
namespace detail {

using steady_time = std::chrono::steady_clock::time_point;

// What a waiter's 32-bit word says; parking.hpp argues the transitions.
enum waiter_word : std::uint32_t { looking = 0, released = 1, asleep = 2 };

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_WAITER_WORD_HPP
