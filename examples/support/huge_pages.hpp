// SPDX-License-Identifier: MIT
//
// Large vectors on huge pages, for tables that are read here and there.
//
// Where the system gives huge pages to those who ask (Linux with madvise), a look-up in a table of
// many megabytes then misses the cache but not the translation of its address as well, and filling
// the table takes fewer page faults. Elsewhere it is an ordinary vector.
//
//   std::vector<std::uint8_t> table = example::vector_on_huge_pages<std::uint8_t>(178'000'000);
#ifndef ORDERLY_EXAMPLES_SUPPORT_HUGE_PAGES_HPP
#define ORDERLY_EXAMPLES_SUPPORT_HUGE_PAGES_HPP

#include <cstddef> // size_t
#include <cstdint> // addresses
#include <vector>  // the result

#if defined(__linux__)
#include <sys/mman.h> // madvise
#endif

namespace example {

/// For memory that nobody has touched so far. Only a hint: its failure is none.
inline void ask_for_huge_pages(void* memory, std::size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // Whole huge pages, so that whatever lies beside the memory is left alone.
  constexpr std::uintptr_t page = std::uintptr_t{1} << 21U;
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t last = (begin + bytes) / page * page;
  if (first >= last) return;
  static_cast<void>(
      ::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE)); // NOLINT
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

/// That many equal values.
template <class Value>
std::vector<Value> vector_on_huge_pages(std::size_t count, const Value& value = Value{}) {
  std::vector<Value> values;
  values.reserve(count);
  // Between reserve and resize no page has been touched yet: that is when it is decided.
  ask_for_huge_pages(values.data(), count * sizeof(Value));
  values.resize(count, value);
  return values;
}

} // namespace example

#endif
