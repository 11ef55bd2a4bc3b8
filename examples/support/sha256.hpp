// SPDX-License-Identifier: MIT
//
// SHA-256 (FIPS 180-4): a fingerprint that shows whether two results are the same.
//
//   example::sha256 hash;
//   hash.add("abc");
//   hash.hex();           // "ba7816bf 8f01cfea ..." without the blanks
#ifndef ORDERLY_EXAMPLES_SUPPORT_SHA256_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SHA256_HPP

#include <array>       // state and block
#include <bit>         // rotr
#include <cstddef>     // size_t
#include <cstdint>     // 32-bit words
#include <string>      // hexadecimal text
#include <string_view> // input

namespace example {

/// Takes bytes in any number of pieces; asking for the digest does not change what was added.
class sha256 {
 public:
  using digest_bytes = std::array<std::uint8_t, 32>;

  sha256& add(std::string_view bytes) {
    for (const char byte : bytes) add_byte(static_cast<std::uint8_t>(byte));
    return *this;
  }

  /// Adds 8 bytes, least significant first.
  sha256& add_number(std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i) add_byte(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }

  digest_bytes digest() const {
    sha256 padded = *this;
    padded.pad();
    digest_bytes result{};
    for (std::size_t i = 0; i < result.size(); ++i) {
      result[i] = static_cast<std::uint8_t>(padded.state_[i / 4] >> (24 - 8 * (i % 4)));
    }
    return result;
  }

  std::string hex() const {
    std::string text;
    for (const std::uint8_t byte : digest()) {
      text.push_back("0123456789abcdef"[byte >> 4U]);
      text.push_back("0123456789abcdef"[byte & 15U]);
    }
    return text;
  }

 private:
  void add_byte(std::uint8_t byte) {
    block_[length_ % 64] = byte;
    if (++length_ % 64 == 0) compress();
  }

  void pad() {
    const std::uint64_t bits = length_ * 8;
    add_byte(0x80);
    while (length_ % 64 != 56) add_byte(0);
    for (unsigned i = 0; i < 8; ++i) add_byte(static_cast<std::uint8_t>(bits >> (56 - 8 * i)));
  }

  void compress();

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{}; // the bytes since the last full block
  std::uint64_t length_ = 0;             // bytes added so far
};

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

/// The message schedule: the block's 16 big-endian words, expanded to 64.
inline std::array<std::uint32_t, 64> sha256_schedule(const std::array<std::uint8_t, 64>& block) {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 64; ++i) w[i / 4] = w[i / 4] << 8U | block[i];
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = w[i - 15];
    const std::uint32_t b = w[i - 2];
    w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) + w[i - 7] +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
  }
  return w;
}
} // namespace detail

inline void sha256::compress() {
  const auto w = detail::sha256_schedule(block_);
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                             ((e & f) ^ (~e & g)) + detail::sha256_constants[i] + w[i];
    const std::uint32_t t2 =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  const std::array<std::uint32_t, 8> mixed{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state_[i] += mixed[i];
}

} // namespace example

#endif
