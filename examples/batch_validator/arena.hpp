// SPDX-License-Identifier: MIT
//
// Memory for the values of one run: taken by moving a pointer, given back all at once or down to a
// mark. Every worker has its own.
//
//   arc::arena memory(std::size_t{64} << 20);
//   const auto mark = memory.used();
//   arc::value* elements = memory.take<arc::value>(12);   // not initialized
//   memory.rewind(mark);
//   memory.allow(4096);                                   // no more than this from here on
//
// The system backs pages when they are touched; until then the size is only an address range.
#ifndef ORDERLY_EXAMPLES_ARC_ARENA_HPP
#define ORDERLY_EXAMPLES_ARC_ARENA_HPP

#include "../support/huge_pages.hpp"
#include "run_error.hpp"

#include <cstddef>     // byte, size_t
#include <memory>      // unique_ptr
#include <type_traits> // what may lie there

namespace arc {

class arena {
 public:
  /// Exceptions: std::bad_alloc.
  explicit arena(std::size_t bytes) : bytes_(new std::byte[bytes]), end_(bytes) {
    example::ask_for_huge_pages(bytes_.get(), bytes);
  }

  /// Exceptions: run_error of kind cells when no more is allowed. How much that is follows from the
  /// limits, so it is the same on any machine.
  template <class T>
  T* take(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= step);
    const std::size_t bytes = (count * sizeof(T) + step - 1) / step * step;
    if (bytes > end_ - used_) fail(error_kind::cells);
    T* const result = reinterpret_cast<T*>(bytes_.get() + used_);
    used_ += bytes;
    return result;
  }

  /// Precondition: there is as much.
  void allow(std::size_t bytes) { end_ = used_ + bytes; }

  std::size_t used() const { return used_; }
  void rewind(std::size_t mark) { used_ = mark; }
  /// Whether something was taken after the mark.
  bool is_after(const void* address, std::size_t mark) const {
    const auto* const at = static_cast<const std::byte*>(address);
    return at >= bytes_.get() + mark && at < bytes_.get() + used_;
  }

 private:
  static constexpr std::size_t step = 8;

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t end_; // of what may be taken
  std::size_t used_ = 0;
};

} // namespace arc

#endif
