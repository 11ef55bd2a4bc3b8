// SPDX-License-Identifier: MIT
//
// Which instructions the block functions use: chosen when the program runs, never a matter of bits.
//
// A block function is written once, as plain loops over short arrays of whole numbers, and compiled
// for each path; the caller keeps a pointer to the one chosen. All arithmetic is exact, so every
// path gives the same bytes.
//
//   ORDERLY_CASINO_INLINE void twice_body(const int* in, int* out) { ... }
//   void twice_portable(const int* in, int* out) { twice_body(in, out); }
//   ORDERLY_CASINO_AVX2 void twice_avx2(const int* in, int* out) { twice_body(in, out); }
#ifndef ORDERLY_EXAMPLES_CASINO_VECTOR_PATH_HPP
#define ORDERLY_EXAMPLES_CASINO_VECTOR_PATH_HPP

#include <cstdint>     // the enumeration
#include <string_view> // names

#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h> // vectors of 256 bits
#define ORDERLY_CASINO_HAS_AVX2 1
#define ORDERLY_CASINO_AVX2 __attribute__((target("avx2")))
#define ORDERLY_CASINO_INLINE __attribute__((always_inline)) inline
#else
#define ORDERLY_CASINO_HAS_AVX2 0
#define ORDERLY_CASINO_AVX2
#define ORDERLY_CASINO_INLINE inline
#endif

namespace casino {

enum class vector_path : std::uint8_t { portable, avx2 };

constexpr std::string_view name_of(vector_path path) {
  return path == vector_path::avx2 ? "avx2" : "portable";
}

/// Can this program use the path on this processor?
inline bool available(vector_path path) {
  if (path == vector_path::portable) return true;
#if ORDERLY_CASINO_HAS_AVX2
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

inline vector_path best_vector_path() {
  return available(vector_path::avx2) ? vector_path::avx2 : vector_path::portable;
}

} // namespace casino

#endif
