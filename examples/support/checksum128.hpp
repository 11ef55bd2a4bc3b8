// SPDX-License-Identifier: MIT
//
// A fast checksum of 128 bits against damage: several GB a second, but no defence against
// people who choose the bytes; for those there is sha256.hpp.
//
//   example::checksum128 sum;
//   sum.add("some ");
//   sum.add("bytes");                             // in any number of pieces
//   example::to_hex(sum.result());                // 32 digits, the same on every machine
//
// Blocks of 64 bytes go to eight lanes of 64 bits, a little-endian word each. A lane takes its word
// by the round of XXH64 (Yann Collet's xxHash: multiply, rotate, multiply) and then adds its
// neighbour's word, as XXH3 does; what is left over is filled up with zeros. Each of the result's
// halves folds the length and all lanes, by XXH64's merging and last mixing, in an order of its own.
//
// Every step is a bijection of the lane for a given word and of the word for a given lane, so a
// change within one word always reaches the end of both lanes that saw it, and larger changes would
// have to cancel in all lanes that they reach.
#ifndef ORDERLY_EXAMPLES_SUPPORT_CHECKSUM128_HPP
#define ORDERLY_EXAMPLES_SUPPORT_CHECKSUM128_HPP

#include <algorithm>   // min, reverse
#include <array>       // lanes
#include <bit>         // endian, rotl
#include <cstddef>     // size_t
#include <cstdint>     // 64-bit words
#include <cstring>     // memcpy
#include <string>      // hexadecimal text
#include <string_view> // input

namespace example {

/// Takes bytes in any number of pieces; asking for the result does not change what was added.
class checksum128 {
 public:
  using value = std::array<std::uint64_t, 2>;

  void add(std::string_view bytes) {
    const std::size_t waiting = length_ % block_size;
    length_ += bytes.size();
    if (waiting != 0) {
      const std::size_t more = (std::min)(block_size - waiting, bytes.size());
      bytes.copy(rest_.data() + waiting, more);
      bytes.remove_prefix(more);
      if (waiting + more < block_size) return;
      take({rest_.data(), rest_.size()});
    }
    const std::size_t whole = bytes.size() / block_size * block_size;
    take(bytes.substr(0, whole));
    bytes.substr(whole).copy(rest_.data(), block_size);
  }

  /// The checksum of all that was added so far.
  value result() const {
    checksum128 padded = *this;
    if (const std::size_t waiting = length_ % block_size; waiting != 0) {
      padded.add(std::string(block_size - waiting, '\0'));
    }
    auto lanes = padded.lanes_;
    const std::uint64_t first = fold(lanes, prime1 ^ length_);
    std::reverse(lanes.begin(), lanes.end());
    return {first, fold(lanes, prime3 ^ length_)};
  }

 private:
  // The primes of XXH64: odd, with about as many ones as zeros in no pattern.
  static constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87;
  static constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4F;
  static constexpr std::uint64_t prime3 = 0x165667B19E3779F9;
  static constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63;

  static constexpr std::size_t lane_count = 8;
  static constexpr std::size_t block_size = 8 * lane_count;
  using lane_array = std::array<std::uint64_t, lane_count>;

  static constexpr std::uint64_t round(std::uint64_t lane, std::uint64_t word) {
    return std::rotl(lane + word * prime2, 31) * prime1;
  }

  static std::uint64_t word_at(const char* bytes) {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&word, bytes, sizeof word);
    } else {
      for (unsigned i = 8; i-- > 0;) word = word << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return word;
  }

  /// Takes whole blocks.
  void take(std::string_view blocks) {
    lane_array lanes = lanes_; // the compiler may keep a local one in registers
    for (std::size_t at = 0; at < blocks.size(); at += block_size) {
      lane_array words;
      for (std::size_t i = 0; i < lane_count; ++i) words[i] = word_at(&blocks[at + 8 * i]);
      for (std::size_t i = 0; i < lane_count; ++i) {
        lanes[i] = round(lanes[i], words[i]) + words[i ^ 1U];
      }
    }
    lanes_ = lanes;
  }

  static std::uint64_t fold(const lane_array& lanes, std::uint64_t sum) {
    for (const std::uint64_t lane : lanes) {
      sum = std::rotl(sum ^ round(0, lane), 27) * prime1 + prime4;
    }
    sum = (sum ^ sum >> 33U) * prime2;
    sum = (sum ^ sum >> 29U) * prime3;
    return sum ^ sum >> 32U;
  }

  // Different lanes begin differently: words that change places are noticed.
  lane_array lanes_{prime1, prime2, prime3, prime4, ~prime1, ~prime2, ~prime3, ~prime4};
  std::array<char, block_size> rest_{}; // the bytes since the last full block
  std::uint64_t length_ = 0;            // bytes added so far
};

/// 32 hexadecimal digits, the most significant first.
inline std::string to_hex(const checksum128::value& sum) {
  std::string text;
  for (const std::uint64_t half : sum) {
    for (unsigned shift = 64; shift > 0; shift -= 4) {
      text += "0123456789abcdef"[half >> (shift - 4) & 15U];
    }
  }
  return text;
}

} // namespace example

#endif
