// SPDX-License-Identifier: MIT
//
// The block function of SHA-256 (FIPS 180-4), in two ways that give the same bytes: portable, and with
// the SHA extensions of x86-64 processors, five times as fast. Which one is chosen when the
// program runs.
//
//   example::sha256_state state = example::sha256_start;
//   const auto compress = example::sha256_blocks_of(example::best_sha256_path());
//   compress(state, bytes);                       // whole blocks of 64 bytes
#ifndef ORDERLY_EXAMPLES_SUPPORT_SHA256_BLOCKS_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SHA256_BLOCKS_HPP

#include <array>       // state and constants
#include <bit>         // rotr
#include <cstddef>     // places in the input
#include <cstdint>     // 32-bit words
#include <string_view> // input

#if defined(__GNUC__) && defined(__x86_64__)
#include <cpuid.h>     // what the processor has
#include <immintrin.h> // vectors of 128 bits and their SHA rounds
#define ORDERLY_SHA256_HAS_EXTENSIONS 1
#define ORDERLY_SHA256_EXTENSIONS __attribute__((target("sha,sse4.1,ssse3")))
#else
#define ORDERLY_SHA256_HAS_EXTENSIONS 0
#endif

namespace example {

using sha256_state = std::array<std::uint32_t, 8>;

inline constexpr std::size_t sha256_block_size = 64;
inline constexpr sha256_state sha256_start{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

enum class sha256_path : std::uint8_t { portable, extensions };

namespace detail {

inline constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// Most significant byte first; compilers make one load and one swap of it.
inline std::uint32_t sha256_word(const char* bytes) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  return byte(0) << 24U | byte(1) << 16U | byte(2) << 8U | byte(3);
}

/// The message schedule's word 16 places after w[i], where w keeps the last 16 words.
inline std::uint32_t sha256_next_word(const std::array<std::uint32_t, 16>& w, std::size_t i) {
  const std::uint32_t a = w[(i + 1) % 16];
  const std::uint32_t b = w[(i + 14) % 16];
  return w[i] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) + w[(i + 9) % 16] +
         (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
}

/// The other six variables only change their names, which is left to the caller.
inline void sha256_round(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d,
                         std::uint32_t e, std::uint32_t f, std::uint32_t g, std::uint32_t& h,
                         std::uint32_t added) {
  h += (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + added;
  d += h;
  h += (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
}

/// Eight rounds, after which all variables have their own names again.
inline void sha256_rounds(sha256_state& s, const std::uint32_t* w, const std::uint32_t* k) {
  auto& [a, b, c, d, e, f, g, h] = s;
  sha256_round(a, b, c, d, e, f, g, h, k[0] + w[0]);
  sha256_round(h, a, b, c, d, e, f, g, k[1] + w[1]);
  sha256_round(g, h, a, b, c, d, e, f, k[2] + w[2]);
  sha256_round(f, g, h, a, b, c, d, e, k[3] + w[3]);
  sha256_round(e, f, g, h, a, b, c, d, k[4] + w[4]);
  sha256_round(d, e, f, g, h, a, b, c, k[5] + w[5]);
  sha256_round(c, d, e, f, g, h, a, b, k[6] + w[6]);
  sha256_round(b, c, d, e, f, g, h, a, k[7] + w[7]);
}

inline void sha256_portable(sha256_state& state, std::string_view blocks) {
  for (std::size_t at = 0; at < blocks.size(); at += sha256_block_size) {
    std::array<std::uint32_t, 16> w;
    for (std::size_t i = 0; i < 16; ++i) w[i] = sha256_word(&blocks[at + 4 * i]);
    sha256_state s = state;
    for (std::size_t round = 0;; round += 16) {
      sha256_rounds(s, &w[0], &sha256_constants[round]);
      sha256_rounds(s, &w[8], &sha256_constants[round + 8]);
      if (round == 48) break;
      for (std::size_t i = 0; i < 16; ++i) w[i] = sha256_next_word(w, i);
    }
    for (std::size_t i = 0; i < 8; ++i) state[i] += s[i];
  }
}

#if ORDERLY_SHA256_HAS_EXTENSIONS

/// The next four words of the message schedule, from the sixteen before them.
ORDERLY_SHA256_EXTENSIONS inline __m128i sha256_next_words(__m128i w0, __m128i w4, __m128i w8,
                                                           __m128i w12) {
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w4), _mm_alignr_epi8(w12, w8, 4));
  return _mm_sha256msg2_epu32(sum, w12);
}

/// Four rounds with these words of the schedule.
ORDERLY_SHA256_EXTENSIONS inline void sha256_four_rounds(__m128i& abef, __m128i& cdgh,
                                                         __m128i words, const std::uint32_t* k) {
  const __m128i added = _mm_add_epi32(words, _mm_loadu_si128(reinterpret_cast<const __m128i*>(k)));
  cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
  abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_unpackhi_epi64(added, added));
}

/// Four words of the input.
ORDERLY_SHA256_EXTENSIONS inline __m128i sha256_words(const char* bytes) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)), swap);
}

/// Two variables of the state in each half, as the instructions want them.
inline __m128i sha256_vector(std::uint32_t w3, std::uint32_t w2, std::uint32_t w1,
                             std::uint32_t w0) {
  return _mm_set_epi32(static_cast<int>(w3), static_cast<int>(w2), static_cast<int>(w1),
                       static_cast<int>(w0));
}

ORDERLY_SHA256_EXTENSIONS inline void sha256_block(__m128i& abef, __m128i& cdgh,
                                                   const char* bytes) {
  __m128i w0 = sha256_words(bytes);
  __m128i w4 = sha256_words(bytes + 16);
  __m128i w8 = sha256_words(bytes + 32);
  __m128i w12 = sha256_words(bytes + 48);
  for (std::size_t round = 0;; round += 16) {
    sha256_four_rounds(abef, cdgh, w0, &sha256_constants[round]);
    sha256_four_rounds(abef, cdgh, w4, &sha256_constants[round + 4]);
    sha256_four_rounds(abef, cdgh, w8, &sha256_constants[round + 8]);
    sha256_four_rounds(abef, cdgh, w12, &sha256_constants[round + 12]);
    if (round == 48) break;
    w0 = sha256_next_words(w0, w4, w8, w12);
    w4 = sha256_next_words(w4, w8, w12, w0);
    w8 = sha256_next_words(w8, w12, w0, w4);
    w12 = sha256_next_words(w12, w0, w4, w8);
  }
}

ORDERLY_SHA256_EXTENSIONS inline void sha256_extensions(sha256_state& state,
                                                        std::string_view blocks) {
  const auto [a, b, c, d, e, f, g, h] = state;
  __m128i abef = sha256_vector(a, b, e, f);
  __m128i cdgh = sha256_vector(c, d, g, h);
  for (std::size_t at = 0; at < blocks.size(); at += sha256_block_size) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    sha256_block(abef, cdgh, &blocks[at]);
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  std::array<std::uint32_t, 4> feba;
  std::array<std::uint32_t, 4> hgdc;
  _mm_storeu_si128(reinterpret_cast<__m128i*>(feba.data()), abef);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(hgdc.data()), cdgh);
  state = {feba[3], feba[2], hgdc[3], hgdc[2], feba[1], feba[0], hgdc[1], hgdc[0]};
}

inline bool has_sha256_extensions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  const bool vectors =
      __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
  return vectors && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

#endif

} // namespace detail

/// Can this program use the path on this processor?
inline bool available(sha256_path path) {
  if (path == sha256_path::portable) return true;
#if ORDERLY_SHA256_HAS_EXTENSIONS
  static const bool has = detail::has_sha256_extensions(); // asking is slow in virtual machines
  return has;
#else
  return false;
#endif
}

inline sha256_path best_sha256_path() {
  return available(sha256_path::extensions) ? sha256_path::extensions : sha256_path::portable;
}

using sha256_function = void (*)(sha256_state& state, std::string_view blocks);

/// Precondition: available(path).
inline sha256_function sha256_blocks_of([[maybe_unused]] sha256_path path) {
#if ORDERLY_SHA256_HAS_EXTENSIONS
  if (path == sha256_path::extensions) return detail::sha256_extensions;
#endif
  return detail::sha256_portable;
}

} // namespace example

#endif
