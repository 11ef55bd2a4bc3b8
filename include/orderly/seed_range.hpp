// SPDX-License-Identifier: MIT
//
// orderly/seed_range.hpp: a range of indices, each with its own random stream.
//
// What: a node of streams and an index_range, 40 bytes, trivially copyable. It describes a whole
// randomised computation or any piece of it; a piece opens the same streams as the whole.
// When: to hand work with random numbers to workers, processes or machines.
// When not: when items draw no random numbers (see index_range.hpp).
//
//   orderly::seed_range sessions(orderly::seed(42), 1000000);
//   for (orderly::seed_range chunk : sessions.chunks(4096))
//     for (std::uint64_t i : chunk) play(chunk.stream(i));  // i counts from the very beginning
//   std::string text = orderly::to_text(sessions.from(resume_point));
//   orderly::seed_range same = orderly::parse_seed_range(text); // in another process
//
// The text form is `orderly1:k0:k1:first:last:origin`: the two words of the node's key and the
// three numbers of the index_range, each as 16 lower-case hexadecimal digits; 93 characters. The 1
// is the stream format. There is one spelling for each range, so equal texts mean equal ranges.
#ifndef ORDERLY_SEED_RANGE_HPP
#define ORDERLY_SEED_RANGE_HPP

#include "orderly/index_range.hpp"
#include "orderly/random_stream.hpp"

#include <array>       // array
#include <cassert>     // assert
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <stdexcept>   // invalid_argument
#include <string>      // string
#include <string_view> // string_view

namespace orderly {
inline namespace v0 {

// The streams of the indices in a half-open range.
// Blocking: no function here blocks. Thread-safety: a value. Exceptions: only the functions that
// say so throw. Complexity: everything is O(1).
class seed_range {
 public:
  /// Streams [0, count) of the root node of `root`, with origin 0.
  constexpr seed_range(seed root, std::uint64_t count) noexcept : node_(root), indices_(count) {}

  /// Streams [first, last) of the root node, with origin `first`.
  /// Exceptions: std::invalid_argument when last < first.
  constexpr seed_range(seed root, std::uint64_t first, std::uint64_t last)
      : node_(root), indices_(first, last) {}

  /// The streams of `indices` in any node.
  constexpr seed_range(stream_node node, index_range indices) noexcept
      : node_(node), indices_(indices) {}

  [[nodiscard]] constexpr const stream_node& node() const noexcept { return node_; }
  [[nodiscard]] constexpr const index_range& indices() const noexcept { return indices_; }

  [[nodiscard]] constexpr std::uint64_t first() const noexcept { return indices_.first(); }
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return indices_.last(); }
  [[nodiscard]] constexpr std::uint64_t origin() const noexcept { return indices_.origin(); }
  [[nodiscard]] constexpr std::uint64_t size() const noexcept { return indices_.size(); }
  [[nodiscard]] constexpr bool empty() const noexcept { return indices_.empty(); }
  [[nodiscard]] constexpr bool contains(std::uint64_t index) const noexcept {
    return indices_.contains(index);
  }

  /// Visit the indices, absolute, in increasing order.
  [[nodiscard]] constexpr index_range::iterator begin() const noexcept { return indices_.begin(); }
  [[nodiscard]] constexpr index_range::iterator end() const noexcept { return indices_.end(); }

  /// The stream of an index, from its beginning. The index is absolute: never counted from first().
  /// Precondition: contains(index).
  [[nodiscard]] constexpr random_stream stream(std::uint64_t index) const noexcept {
    assert(contains(index) && "seed_range: the index is not in the range");
    return node_.stream(index);
  }

  /// The same for the fast engine. Precondition: contains(index).
  [[nodiscard]] constexpr fast_stream fast(std::uint64_t index,
                                           std::uint64_t sub = 0) const noexcept {
    assert(contains(index) && "seed_range: the index is not in the range");
    return node_.fast(index, sub);
  }

  /// As in index_range: the origin stays, and with it the grid of chunks.
  /// Exceptions: std::invalid_argument where index_range throws it.
  [[nodiscard]] constexpr seed_range subrange(std::uint64_t first, std::uint64_t last) const {
    return seed_range(node_, indices_.subrange(first, last));
  }
  [[nodiscard]] constexpr seed_range from(std::uint64_t index) const {
    return seed_range(node_, indices_.from(index));
  }

  /// The chunks of `chunk_size` indices, each a seed_range.
  /// Exceptions: std::invalid_argument when chunk_size is 0.
  [[nodiscard]] constexpr chunk_grid<seed_range> chunks(std::uint64_t chunk_size) const;

  /// Equal when node, first, last and origin are.
  friend constexpr bool operator==(const seed_range&, const seed_range&) noexcept = default;

 private:
  stream_node node_;
  index_range indices_;
};

/// The text form described above; parse_seed_range(to_text(range)) == range.
/// Exceptions: std::bad_alloc.
[[nodiscard]] inline std::string to_text(const seed_range& range);

/// The range that to_text wrote as exactly this text.
/// Exceptions: std::invalid_argument when the text is anything else; what() names the column,
/// counted from 1, and what was expected there.
[[nodiscard]] inline seed_range parse_seed_range(std::string_view text);

namespace detail {

inline constexpr std::string_view seed_range_prefix = "orderly1";
inline constexpr std::string_view hex_digits = "0123456789abcdef";

[[noreturn]] inline void throw_bad_text(std::size_t column, std::string_view expected) {
  throw std::invalid_argument("orderly: seed_range text, column " + std::to_string(column) +
                              ": expected " + std::string(expected));
}

// Reads from left to right; every failure names the place it stopped at.
class seed_range_reader {
 public:
  explicit seed_range_reader(std::string_view text) noexcept : text_(text) {}

  [[nodiscard]] std::size_t column() const noexcept { return next_ + 1; }

  void literal(std::string_view literal, std::string_view expected) {
    for (const char character : literal) {
      if (next_ == text_.size() || text_[next_] != character) throw_bad_text(column(), expected);
      ++next_;
    }
  }

  [[nodiscard]] std::uint64_t field() {
    literal(":", "':' and a field of 16 digits");
    std::uint64_t value = 0;
    for (int digit = 0; digit < 16; ++digit) {
      const std::size_t found =
          next_ == text_.size() ? std::string_view::npos : hex_digits.find(text_[next_]);
      if (found == std::string_view::npos) {
        throw_bad_text(column(), "16 digits of 0-9 a-f in each field");
      }
      value = value << 4U | found;
      ++next_;
    }
    return value;
  }

  void end() const {
    if (next_ != text_.size()) throw_bad_text(column(), "the end of the text");
  }

 private:
  std::string_view text_;
  std::size_t next_ = 0;
};

} // namespace detail

inline std::string to_text(const seed_range& range) {
  std::string text(detail::seed_range_prefix);
  const std::array<std::uint64_t, 2>& key = range.node().key();
  for (const std::uint64_t field : {key[0], key[1], range.first(), range.last(), range.origin()}) {
    text += ':';
    for (unsigned shift = 64; shift > 0; shift -= 4) {
      text += detail::hex_digits[field >> (shift - 4) & 15U];
    }
  }
  return text;
}

inline seed_range parse_seed_range(std::string_view text) {
  detail::seed_range_reader reader(text);
  reader.literal(detail::seed_range_prefix, "\"orderly1\" at the beginning");
  const std::uint64_t key0 = reader.field();
  const std::uint64_t key1 = reader.field();
  const std::uint64_t first = reader.field();
  const std::size_t last_column = reader.column() + 1;
  const std::uint64_t last = reader.field();
  const std::size_t origin_column = reader.column() + 1;
  const std::uint64_t origin = reader.field();
  reader.end();
  if (last < first) detail::throw_bad_text(last_column, "an end not below the first index");
  if (first < origin) detail::throw_bad_text(origin_column, "an origin not above the first index");
  return seed_range(stream_node(seed(key0, key1)), index_range(first, last, origin));
}

constexpr chunk_grid<seed_range> seed_range::chunks(std::uint64_t chunk_size) const {
  return chunk_grid<seed_range>(*this, chunk_size);
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_SEED_RANGE_HPP
