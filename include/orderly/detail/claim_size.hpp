// SPDX-License-Identifier: MIT
//
// orderly/detail/claim_size.hpp: how much work a worker claims at once.
//
// A claim costs some ten nanoseconds, more where workers meet: claims of 10 to 40 us make that
// negligible, and are short enough to leave nobody waiting at the end of a batch.
#ifndef ORDERLY_DETAIL_CLAIM_SIZE_HPP
#define ORDERLY_DETAIL_CLAIM_SIZE_HPP

#include <chrono>  // how long a claim took
#include <cstdint> // uint64_t

namespace orderly {
inline namespace v0 {
namespace detail {

// The size of the next claim, 1 to `most` (1 if that is 0), after one of `size` that took so long.
[[nodiscard]] inline std::uint64_t
next_claim_size(std::uint64_t size, std::chrono::nanoseconds took, std::uint64_t most) noexcept {
  if (took < std::chrono::microseconds(10))
    size *= 2;
  else if (took > std::chrono::microseconds(40))
    size /= 2;
  if (size > most) size = most;
  return size == 0 ? 1 : size;
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_CLAIM_SIZE_HPP
