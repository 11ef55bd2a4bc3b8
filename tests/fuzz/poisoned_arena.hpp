// SPDX-License-Identifier: MIT
//
// Takes the place of examples/batch_validator/arena.hpp where a program is compiled with -include of
// this file and the address sanitizer, which otherwise takes all memory of a run for one block. Here
// as many bytes lie behind each piece that was taken as it has itself, and nobody may touch them, nor
// what was given back. The pieces count as in the original, so a run has the same outcome.
#ifndef ORDERLY_EXAMPLES_ARC_ARENA_HPP
#define ORDERLY_EXAMPLES_ARC_ARENA_HPP

#include "batch_validator/run_error.hpp"

#include <cstddef>                    // byte, size_t
#include <memory>                     // unique_ptr
#include <sanitizer/asan_interface.h> // what must not be touched
#include <type_traits>                // what may lie there

namespace arc {

class arena {
 public:
  explicit arena(std::size_t bytes) : bytes_(new std::byte[2 * bytes]), size_(bytes), end_(bytes) {
    ASAN_POISON_MEMORY_REGION(at(0), 2 * size_);
  }
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  ~arena() { ASAN_UNPOISON_MEMORY_REGION(at(0), 2 * size_); }

  template <class T>
  T* take(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= step);
    const std::size_t bytes = (count * sizeof(T) + step - 1) / step * step;
    if (bytes > end_ - used_) fail(error_kind::cells);
    T* const result = reinterpret_cast<T*>(at(used_));
    ASAN_UNPOISON_MEMORY_REGION(result, count * sizeof(T));
    used_ += bytes;
    return result;
  }

  void allow(std::size_t bytes) { end_ = used_ + bytes; }

  std::size_t used() const { return used_; }
  void rewind(std::size_t mark) {
    if (mark < used_) ASAN_POISON_MEMORY_REGION(at(mark), 2 * (used_ - mark));
    used_ = mark;
  }
  bool is_after(const void* address, std::size_t mark) const {
    const auto* const byte = static_cast<const std::byte*>(address);
    return byte >= at(mark) && byte < at(used_);
  }

 private:
  static constexpr std::size_t step = 8;

  std::byte* at(std::size_t used) const { return bytes_.get() + 2 * used; }

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_;
  std::size_t end_;
  std::size_t used_ = 0;
};

} // namespace arc

#endif
