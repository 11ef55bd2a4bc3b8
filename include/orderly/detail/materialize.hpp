// SPDX-License-Identifier: MIT
//
// orderly/detail/materialize.hpp: pins a value in memory at this point of the program.
//
// The sinking trap: a compiler that sees `T v = f(i); lock(); slot = v;` with an f that touches no
// memory may move the call below lock(), because nothing before the lock needs its result. The
// whole computation then runs inside the critical section and the program is serial. Pure functions
// of an index are exactly what users of this library write. Every function that takes a value and
// then a lock calls materialize(value) first: the compiler must have computed the value and
// written it to memory before this point, and may not move that work later.
#ifndef ORDERLY_DETAIL_MATERIALIZE_HPP
#define ORDERLY_DETAIL_MATERIALIZE_HPP

namespace orderly {
inline namespace v0 {
namespace detail {

template <class T>
inline void materialize(const T& value) noexcept {
#if defined(__GNUC__) || defined(__clang__)
  __asm__ __volatile__("" : : "r"(&reinterpret_cast<const volatile char&>(value)) : "memory");
#else
  // A volatile read of a pointer to the value: the compiler must assume that it escaped.
  const volatile char* volatile escaped = &reinterpret_cast<const volatile char&>(value);
  static_cast<void>(escaped);
#endif
}

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_MATERIALIZE_HPP
