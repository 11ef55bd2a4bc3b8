// SPDX-License-Identifier: MIT
//
// SHA-256 (FIPS 180-4): a fingerprint that shows whether two results are the same.
//
//   example::sha256 hash;
//   hash.add("abc");
//   hash.hex();           // "ba7816bf 8f01cfea ..." without the blanks
#ifndef ORDERLY_EXAMPLES_SUPPORT_SHA256_HPP
#define ORDERLY_EXAMPLES_SUPPORT_SHA256_HPP

#include "sha256_blocks.hpp"

#include <algorithm>   // min
#include <array>       // block and digest
#include <cstddef>     // size_t
#include <cstdint>     // bytes
#include <string>      // hexadecimal text
#include <string_view> // input

namespace example {

/// Takes bytes in any number of pieces; asking for the digest does not change what was added.
class sha256 {
 public:
  using digest_bytes = std::array<std::uint8_t, 32>;

  sha256() : sha256(best_sha256_path()) {}
  /// Precondition: available(path). The digests are the same for every path.
  explicit sha256(sha256_path path) : compress_(sha256_blocks_of(path)) {}

  sha256& add(std::string_view bytes) {
    const std::size_t waiting = length_ % sha256_block_size;
    length_ += bytes.size();
    if (waiting != 0) {
      const std::size_t more = (std::min)(sha256_block_size - waiting, bytes.size());
      bytes.copy(rest_.data() + waiting, more);
      bytes.remove_prefix(more);
      if (waiting + more < sha256_block_size) return *this;
      compress_(state_, {rest_.data(), rest_.size()});
    }
    const std::size_t whole = bytes.size() / sha256_block_size * sha256_block_size;
    if (whole != 0) compress_(state_, bytes.substr(0, whole));
    bytes.substr(whole).copy(rest_.data(), sha256_block_size);
    return *this;
  }

  /// Adds 8 bytes, least significant first.
  sha256& add_number(std::uint64_t value) {
    std::array<char, 8> bytes{};
    for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    return add({bytes.data(), bytes.size()});
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
  /// A bit 1, as few bits 0 as fill a block but for 8 bytes, and there the number of bits added.
  void pad() {
    const std::uint64_t bits = length_ * 8;
    std::array<char, sha256_block_size + 8> end{'\x80'};
    const std::size_t size = 1 + (2 * sha256_block_size - 9 - length_ % sha256_block_size) % 64;
    for (unsigned i = 0; i < 8; ++i) end[size + i] = static_cast<char>(bits >> (56 - 8 * i));
    add({end.data(), size + 8});
  }

  sha256_state state_ = sha256_start;
  std::array<char, sha256_block_size> rest_{}; // the bytes since the last full block
  std::uint64_t length_ = 0;                   // bytes added so far
  sha256_function compress_;
};

} // namespace example

#endif
