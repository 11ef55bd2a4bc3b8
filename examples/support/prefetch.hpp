// SPDX-License-Identifier: MIT
//
// Asking for memory before it is looked at. A hint: it changes no result, and where a compiler has no
// such thing, it does nothing.
//
//   example::prefetch(&table[next]);
//
// Any address will do, even one that nothing lies at.
#ifndef ORDERLY_EXAMPLES_SUPPORT_PREFETCH_HPP
#define ORDERLY_EXAMPLES_SUPPORT_PREFETCH_HPP

namespace example {

inline void prefetch(const void* address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#else
  static_cast<void>(address);
#endif
}

} // namespace example

#endif
