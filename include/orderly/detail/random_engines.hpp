// SPDX-License-Identifier: MIT
//
// orderly/detail/random_engines.hpp: Philox and xoshiro256++ as engines. Part of
// orderly/random_stream.hpp; include that.
//
// Philox is from J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2,
// 3" (SC'11), with the ten rounds its authors recommend. For every key its block function is a
// bijection of counters: two counters never give the same block. Shipped conventions differ in
// word order and first block; this one is that of C++26's philox_engine: blocks from 0, words 0..3.
//
//   orderly::philox4x64_engine engine({42, 0});       // key; the counter starts at 0
//   engine();                                         // word 0 of block({0, 0, 0, 0}, {42, 0})
#ifndef ORDERLY_DETAIL_RANDOM_ENGINES_HPP
#define ORDERLY_DETAIL_RANDOM_ENGINES_HPP

#include "orderly/detail/wide_multiply.hpp"

#include <array>       // array
#include <cstddef>     // size_t
#include <cstdint>     // uint32_t, uint64_t
#include <type_traits> // is_same
#include <utility>     // integer_sequence

namespace orderly {
inline namespace v0 {
namespace detail {

// Philox4x64-10, or with 32-bit words Philox4x32-10, whose products fit in 64 bits. Multiply serves
// the 64-bit form only.
template <class Word, class Multiply = wide_multiply>
struct philox {
  using counter = std::array<Word, 4>;
  using key = std::array<Word, 2>;

  [[nodiscard]] static constexpr counter block(const counter& c, const key& k) noexcept {
    counter result{};
    generate(result, c, k);
    return result;
  }

  // The same, stored where it is needed: an array returned and then copied is written by words and
  // read back as vectors, a stall of several ns on today's processors.
  static constexpr void generate(counter& result, const counter& c, const key& k) noexcept {
    rounds(result, c, k, std::make_integer_sequence<Word, 10>{});
  }

 private:
  static constexpr bool wide = std::is_same_v<Word, std::uint64_t>;
  static constexpr auto factor0 = static_cast<Word>(wide ? 0xd2e7470ee14c6c93U : 0xd2511f53U);
  static constexpr auto factor1 = static_cast<Word>(wide ? 0xca5a826395121157U : 0xcd9e8d57U);
  static constexpr auto step0 = static_cast<Word>(wide ? 0x9e3779b97f4a7c15U : 0x9e3779b9U);
  static constexpr auto step1 = static_cast<Word>(wide ? 0xbb67ae8584caa73bU : 0xbb67ae85U);

  struct product {
    Word low;
    Word high;
  };
  [[nodiscard]] static constexpr product multiply(Word a, Word b) noexcept {
    if constexpr (wide) {
      const wide_product both = Multiply::apply(a, b);
      return {both.low, both.high};
    } else {
      const std::uint64_t both = std::uint64_t{a} * b;
      return {static_cast<Word>(both), static_cast<Word>(both >> 32U)};
    }
  }

  // Unrolled by a fold, which makes the round keys constants added to the key; and on four plain
  // words, because compilers put an array into vector registers, where the multiplier is not.
  template <Word... Round>
  static constexpr void rounds(counter& result, const counter& c, const key& k,
                               std::integer_sequence<Word, Round...>) noexcept {
    Word c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
    const auto round = [&](Word key0, Word key1) {
      const product a = multiply(factor0, c0);
      const product b = multiply(factor1, c2);
      c0 = b.high ^ c1 ^ key0;
      c1 = b.low;
      c2 = a.high ^ c3 ^ key1;
      c3 = a.low;
    };
    (round(k[0] + Round * step0, k[1] + Round * step1), ...);
    result[0] = c0;
    result[1] = c1;
    result[2] = c2;
    result[3] = c3;
  }
};

} // namespace detail

// Philox as a counter-based engine: C++26's philox_engine with a 128-bit key given whole. Its
// words are those of block(counter), block(counter + 1), ..., four a block. Most users want a
// random_stream, which knows its place in the counter space.
// Blocking: never. Thread-safety: a value. Exceptions: none.
template <class Word>
class philox_engine {
 public:
  using result_type = Word;
  using key_type = std::array<Word, 2>;
  using counter_type = std::array<Word, 4>; // least significant word first

  /// The block function itself, a bijection of counters for every key.
  [[nodiscard]] static constexpr counter_type block(counter_type counter, key_type key) noexcept {
    return detail::philox<Word>::block(counter, key);
  }

  constexpr explicit philox_engine(key_type key, counter_type counter = {}) noexcept
      : key_(key), counter_(counter) {}

  static constexpr result_type(min)() noexcept { return 0; }
  static constexpr result_type(max)() noexcept { return static_cast<Word>(~Word{0}); }

  constexpr result_type operator()() noexcept {
    if (used_ != 4) return buffer_[used_++];
    refill();
    used_ = 1;
    return buffer_[0];
  }

  /// Writes the next n words, in the order drawn. Whole blocks do not wait for one another, so the
  /// processor works on several at a time: for many words about half the time of drawing each.
  constexpr void fill(result_type* words, std::size_t n) noexcept;

  /// Equals n draws. Complexity: O(1).
  constexpr void discard(std::uint64_t n) noexcept;

  [[nodiscard]] constexpr const key_type& key() const noexcept { return key_; }

  /// The block of the next word, and which word of it that is.
  [[nodiscard]] constexpr counter_type next_block() const noexcept;
  [[nodiscard]] constexpr std::size_t next_word() const noexcept { return used_ % 4; }

  /// Equal engines give the same words from here on.
  friend constexpr bool operator==(const philox_engine& a, const philox_engine& b) noexcept {
    return a.key_ == b.key_ && a.counter_ == b.counter_ && a.used_ == b.used_;
  }

 private:
  constexpr void refill() noexcept {
    detail::philox<Word>::generate(buffer_, counter_, key_);
    used_ = 0;
    if (++counter_[0] == 0) advance_above_lowest_word(1);
  }
  constexpr void advance(std::uint64_t blocks) noexcept;
  constexpr void advance_above_lowest_word(std::uint64_t carry) noexcept;

  key_type key_;
  counter_type counter_;     // of the block to generate next
  counter_type buffer_ = {}; // block counter_ - 1, once a word was drawn
  std::size_t used_ = 4;     // words of buffer_ already given; 4 also before the first block
};

using philox4x64_engine = philox_engine<std::uint64_t>;
using philox4x32_engine = philox_engine<std::uint32_t>;

// xoshiro256++ 1.0 by D. Blackman and S. Vigna ("Scrambled linear pseudorandom number generators",
// 2021). A draw costs a quarter of what it costs with Philox, but there is no seek.
class xoshiro256pp_engine {
 public:
  using result_type = std::uint64_t;
  using state_type = std::array<std::uint64_t, 4>;

  /// The all-zero state, which would give zeros for ever, stands for {1, 2, 3, 4}.
  constexpr explicit xoshiro256pp_engine(state_type state) noexcept
      : state_(state == state_type{} ? state_type{1, 2, 3, 4} : state) {}

  static constexpr result_type(min)() noexcept { return 0; }
  static constexpr result_type(max)() noexcept { return ~result_type{0}; }

  constexpr result_type operator()() noexcept;

  [[nodiscard]] constexpr const state_type& state() const noexcept { return state_; }
  friend constexpr bool operator==(const xoshiro256pp_engine&,
                                   const xoshiro256pp_engine&) noexcept = default;

 private:
  static constexpr std::uint64_t rotate(std::uint64_t x, unsigned n) noexcept {
    return (x << n) | (x >> (64U - n));
  }

  state_type state_;
};

template <class Word>
constexpr void philox_engine<Word>::fill(result_type* words, std::size_t n) noexcept {
  for (; n != 0 && used_ != 4; --n) *words++ = buffer_[used_++];
  for (; n >= 4; n -= 4) {
    counter_type block{};
    detail::philox<Word>::generate(block, counter_, key_);
    for (const Word word : block) *words++ = word;
    if (++counter_[0] == 0) advance_above_lowest_word(1);
  }
  for (; n != 0; --n) *words++ = (*this)();
}

template <class Word>
constexpr void philox_engine<Word>::discard(std::uint64_t n) noexcept {
  const std::uint64_t buffered = 4 - used_;
  if (n <= buffered) {
    used_ += static_cast<std::size_t>(n);
    return;
  }
  n -= buffered;
  advance(n / 4);
  used_ = 4;
  if (n % 4 == 0) return; // the next block is generated when a word of it is drawn
  refill();
  used_ = static_cast<std::size_t>(n % 4);
}

template <class Word>
constexpr typename philox_engine<Word>::counter_type
philox_engine<Word>::next_block() const noexcept {
  counter_type block_counter = counter_;
  if (used_ == 4) return block_counter;
  for (Word& word : block_counter) { // one back, with borrow
    if (word-- != 0) break;
  }
  return block_counter;
}

template <class Word>
constexpr void philox_engine<Word>::advance(std::uint64_t blocks) noexcept {
  counter_[0] += static_cast<Word>(blocks);
  std::uint64_t carry = counter_[0] < static_cast<Word>(blocks) ? 1 : 0;
  if constexpr (std::is_same_v<Word, std::uint32_t>) carry += blocks >> 32U; // at most 2^32
  advance_above_lowest_word(carry);
}

template <class Word>
constexpr void philox_engine<Word>::advance_above_lowest_word(std::uint64_t carry) noexcept {
  for (std::size_t i = 1; i < 4 && carry != 0; ++i) {
    const auto added = static_cast<Word>(carry);
    counter_[i] += added;
    const std::uint64_t above = std::is_same_v<Word, std::uint32_t> ? carry >> 32U : 0;
    carry = above + (counter_[i] < added ? 1 : 0);
  }
}

constexpr xoshiro256pp_engine::result_type xoshiro256pp_engine::operator()() noexcept {
  const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate(state_[3], 45);
  return result;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_RANDOM_ENGINES_HPP
