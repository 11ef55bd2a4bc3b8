// SPDX-License-Identifier: MIT
//
// orderly/random_stream.hpp: one random stream for each index, opened in O(1).
//
// What: a stream is a pure function of (seed, index, position). Item i opens stream i, whichever
// worker, process or machine runs it, and so draws the same numbers everywhere. No generator is
// shared, no table of seeds is stored.
// When: simulations and randomised algorithms whose items run in parallel.
// When not: for secrets; Philox and xoshiro are not cryptographic.
//
//   orderly::stream_node node(orderly::seed(42));
//   orderly::random_stream s = node.stream(7);       // the stream of item 7
//   auto die = 1 + s.below(6);                       // exact, unbiased, the same on any compiler
//   auto [x, y] = s.take<2>();                       // two words, drawn in this order
//   orderly::random_stream hand = s.sub(1);          // another stream, of item 7's hand 1
//   orderly::stream_node other = node.derive("dealer"); // a new family of streams
//
// Write draws as separate statements or with take<N>(): C++ leaves the order of f(s(), s()) open.
// Engines and draws use integers and exact conversions only, so every compiler and machine gives
// the same values. The distributions of <random> accept a stream, but are not portable: each
// standard library defines its own values, and changes them.
//
// Stream format 1, frozen (a change of any value is a new major version); P is Philox4x64-10, its
// words in the order of C++26's philox_engine, K the 128-bit key of the node:
//   draws         word p % 4 of P({p / 4, stream, sub, 0}, K)
//   derive(n)     new key = words 0, 1 of P({n, 0, 0, 2^63}, K)
//   derive(text)  new key = words 0, 1 of P({FNV-1a-64 of the bytes, length, 0, 2^63 + 1}, K)
//   fast(i, sub)  xoshiro256++ with state P({0, i, sub, 2^63 + 2}, K)
// The engines philox4x64_engine, philox4x32_engine and xoshiro256pp_engine come with this header;
// detail/random_engines.hpp defines them.
// Within a node, all draws of all streams and substreams come from different counters of one
// bijection: they are distinct by construction. Derived nodes have other keys; n of them collide
// with probability n^2 / 2^129.
#ifndef ORDERLY_RANDOM_STREAM_HPP
#define ORDERLY_RANDOM_STREAM_HPP

#include "orderly/detail/random_engines.hpp"
#include "orderly/detail/wide_multiply.hpp"

#include <array>       // array, and begin and end of ranges
#include <cassert>     // assert
#include <cstddef>     // size_t
#include <cstdint>     // uint32_t, uint64_t
#include <type_traits> // is_same, is_floating_point
#include <utility>     // in_place, swap

namespace orderly {
inline namespace v0 {

// The number of the frozen stream format described above.
inline constexpr int stream_format = 1;

// The root of all randomness of a computation: 64 or 128 bits, always given, never from a clock.
class seed {
 public:
  constexpr explicit seed(std::uint64_t word) noexcept : words_{word, 0} {}
  constexpr explicit seed(std::uint64_t word0, std::uint64_t word1) noexcept
      : words_{word0, word1} {}
  /// A fraction would be cut off silently.
  template <class Real>
  requires std::is_floating_point_v<Real>
  explicit seed(Real) = delete;

  [[nodiscard]] constexpr const std::array<std::uint64_t, 2>& words() const noexcept {
    return words_;
  }
  friend constexpr bool operator==(const seed&, const seed&) noexcept = default;

 private:
  std::array<std::uint64_t, 2> words_;
};

namespace detail {

// What shuffle and deal accept: anything with random access, such as an array, vector or span.
template <class Range>
concept random_access_elements = requires(Range& range) {
  std::begin(range)[std::end(range) - std::begin(range)];
};

} // namespace detail

// The random numbers of one index. Only a stream_node or a seed_range opens streams, so that no
// stream can be made from a worker number or from seed + i. Moving is allowed, copying is not: a
// copy repeats the same numbers, which is rarely meant; clone() says so. A moved-from stream must
// not be drawn from. Models std::uniform_random_bit_generator.
// Blocking: never. Thread-safety: one thread at a time. Exceptions: none, except those of swaps.
template <class Engine>
class basic_random_stream {
 public:
  using result_type = std::uint64_t;

  basic_random_stream(const basic_random_stream&) = delete;
  basic_random_stream& operator=(const basic_random_stream&) = delete;
  constexpr basic_random_stream(basic_random_stream&&) noexcept = default;
  constexpr basic_random_stream& operator=(basic_random_stream&&) noexcept = default;

  /// A second stream that gives the same numbers from here on.
  [[nodiscard]] constexpr basic_random_stream clone() const noexcept {
    return basic_random_stream(std::in_place, engine_);
  }

  static constexpr result_type(min)() noexcept { return 0; }
  static constexpr result_type(max)() noexcept { return ~result_type{0}; }

  /// The next 64 uniform bits.
  constexpr result_type operator()() noexcept { return engine_(); }

  /// The next N words, in the order drawn.
  template <std::size_t N>
  [[nodiscard]] constexpr std::array<std::uint64_t, N> take() noexcept;

  /// A uniform integer in [0, n). Precondition: n > 0. One word, rarely more.
  /// Determinism: D. Lemire, "Fast random integer generation in an interval" (2019): the high half
  /// of word * n; a word whose low half is below 2^64 mod n is rejected, so there is no bias.
  [[nodiscard]] constexpr std::uint64_t below(std::uint64_t n) noexcept;

  /// A uniform double in [0, 1): one of the 2^53 multiples of 2^-53, never 1. One word.
  [[nodiscard]] constexpr double unit() noexcept {
    return static_cast<double>(engine_() >> 11U) * 0x1p-53;
  }

  /// True with probability threshold / 2^64. One word: word < threshold.
  [[nodiscard]] constexpr bool chance(std::uint64_t threshold) noexcept {
    return engine_() < threshold;
  }
  template <class Real>
  requires std::is_floating_point_v<Real>
  bool chance(Real) = delete; // how to round is the caller's decision: see also ratio

  /// True with probability numerator / denominator, exactly: below(denominator) < numerator.
  /// Precondition: numerator <= denominator, denominator > 0.
  [[nodiscard]] constexpr bool ratio(std::uint64_t numerator, std::uint64_t denominator) noexcept {
    assert(numerator <= denominator && "random_stream: a ratio is at most 1");
    return below(denominator) < numerator;
  }

  /// Puts the n elements into a uniformly random order.
  /// Determinism: Fisher-Yates, descending: for i = n - 1 ... 1: swap(a[i], a[below(i + 1)]).
  template <class Range>
  requires detail::random_access_elements<Range>
  constexpr void shuffle(Range&& range);

  /// Deals `count` of the n elements: the first `count` become a uniformly random ordered sample,
  /// the others stay behind them. The deck remains a deck: deal from it again without sorting it,
  /// or deal more from a later subspan. Precondition: count <= n.
  /// Determinism: partial Fisher-Yates, ascending: for i = 0 ... count - 1:
  /// swap(a[i], a[i + below(n - i)]). Always `count` calls of below.
  template <class Range>
  requires detail::random_access_elements<Range>
  constexpr void deal(Range&& range, std::uint64_t count);

  /// Substream j of this index, from its beginning, wherever this stream stands: for the hands of a
  /// session, the moves of a game. sub(0) is this very stream from its beginning: number substreams
  /// from 1, or draw from substreams only. Precondition: this stream is no substream (for deeper
  /// nesting use stream_node::derive).
  [[nodiscard]] constexpr basic_random_stream
  sub(std::uint64_t j) const noexcept requires std::is_same_v<Engine, philox4x64_engine>;

  /// Equals n draws. Complexity: O(1). Precondition: position() + n < 2^64.
  constexpr void
  discard(std::uint64_t n) noexcept requires std::is_same_v<Engine, philox4x64_engine> {
    assert(n <= ~position() && "random_stream: discard beyond the end of the stream");
    engine_.discard(n);
  }

  /// The number of words drawn or discarded so far; a stream has 2^64 positions.
  [[nodiscard]] constexpr std::uint64_t
  position() const noexcept requires std::is_same_v<Engine, philox4x64_engine> {
    return engine_.next_block()[0] * 4 + engine_.next_word();
  }

 private:
  friend class stream_node;
  template <class... Arguments> // builds the engine in place
  constexpr explicit basic_random_stream(std::in_place_t, const Arguments&... arguments) noexcept
      : engine_(arguments...) {}

  Engine engine_;
};

// The stream to use unless a profile says otherwise: distinct by construction, seekable, nestable.
using random_stream = basic_random_stream<philox4x64_engine>;

// A quarter of the cost a draw; distinctness only with overwhelming probability, no seek.
using fast_stream = basic_random_stream<xoshiro256pp_engine>;

namespace detail {

template <class Character>
inline constexpr bool is_byte_text =
    std::is_same_v<Character, char> || std::is_same_v<Character, char8_t>;

template <class Text>
concept name_text = requires(const Text& text) {
  requires is_byte_text<std::remove_cvref_t<decltype(std::data(text)[0])>>;
  std::size(text);
};

struct name_hash {
  std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a, 64 bits
  std::uint64_t length = 0;

  template <class Character>
  constexpr void add(Character character) noexcept {
    hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
    ++length;
  }
};

} // namespace detail

// A family of 2^64 streams, each with 2^64 substreams, all distinct. Trivially copyable.
// Blocking: never. Thread-safety: immutable; share it freely. Exceptions: none.
class stream_node {
 public:
  using key_type = philox4x64_engine::key_type;

  constexpr explicit stream_node(seed root) noexcept : key_(root.words()) {}

  /// The 128 bits that describe the node: stream_node(seed(key()[0], key()[1])) is the same node.
  [[nodiscard]] constexpr const key_type& key() const noexcept { return key_; }

  /// Stream number `index`, at its beginning. Complexity: O(1), a few ns.
  [[nodiscard]] constexpr random_stream stream(std::uint64_t index) const noexcept {
    return random_stream(std::in_place, key_, philox4x64_engine::counter_type{0, index, 0, 0});
  }

  /// The same for the fast engine; unrelated to stream(index).
  [[nodiscard]] constexpr fast_stream fast(std::uint64_t index,
                                           std::uint64_t sub = 0) const noexcept {
    return fast_stream(std::in_place,
                       philox4x64_engine::block({0, index, sub, derive_tag + 2}, key_));
  }

  /// A new node, by number or by name: for the seats of a table, the phases of a run. A name is the
  /// bytes of a string, string_view or string literal (char or char8_t; say u8"..." for UTF-8).
  [[nodiscard]] constexpr stream_node derive(std::uint64_t number) const noexcept {
    return derived({number, 0, 0, derive_tag});
  }
  template <detail::name_text Name>
  [[nodiscard]] constexpr stream_node derive(const Name& name) const noexcept;
  /// A literal ends before its terminating zero.
  template <class Character, std::size_t N>
  requires detail::is_byte_text<Character>
  [[nodiscard]] constexpr stream_node derive(const Character (&name)[N]) const noexcept;

  friend constexpr bool operator==(const stream_node&, const stream_node&) noexcept = default;

 private:
  // Draws have 0 where derivations have this bit: they never meet.
  static constexpr std::uint64_t derive_tag = std::uint64_t{1} << 63U;

  [[nodiscard]] constexpr stream_node derived(philox4x64_engine::counter_type c) const noexcept {
    const auto block = philox4x64_engine::block(c, key_);
    return stream_node(seed(block[0], block[1]));
  }
  [[nodiscard]] constexpr stream_node derived(detail::name_hash name) const noexcept {
    return derived({name.hash, name.length, 0, derive_tag + 1});
  }

  key_type key_;
};

template <class Engine>
template <std::size_t N>
constexpr std::array<std::uint64_t, N> basic_random_stream<Engine>::take() noexcept {
  std::array<std::uint64_t, N> words; // all of it is written, so it need not be zeroed first
  if constexpr (std::is_same_v<Engine, philox4x64_engine>) {
    engine_.fill(words.data(), N);
  } else {
    for (std::uint64_t& word : words) word = engine_();
  }
  return words;
}

template <class Engine>
constexpr std::uint64_t basic_random_stream<Engine>::below(std::uint64_t n) noexcept {
  assert(n > 0 && "random_stream: below(0) has no value to give");
  detail::wide_product product = detail::wide_multiply::apply(engine_(), n);
  if (product.low < n) { // rare for small n, and only now is the division worth its price
    const std::uint64_t rejected = (0 - n) % n;
    while (product.low < rejected) product = detail::wide_multiply::apply(engine_(), n);
  }
  return product.high;
}

template <class Engine>
template <class Range>
requires detail::random_access_elements<Range>
constexpr void basic_random_stream<Engine>::shuffle(Range&& range) {
  using std::swap;
  const auto first = std::begin(range);
  const auto n = std::end(range) - first;
  for (auto i = n - 1; i > 0; --i) {
    const auto j = below(static_cast<std::uint64_t>(i) + 1);
    swap(first[i], first[static_cast<decltype(i)>(j)]);
  }
}

template <class Engine>
template <class Range>
requires detail::random_access_elements<Range>
constexpr void basic_random_stream<Engine>::deal(Range&& range, std::uint64_t count) {
  using std::swap;
  const auto first = std::begin(range);
  using difference = std::remove_const_t<decltype(std::end(range) - first)>;
  const auto n = static_cast<std::uint64_t>(std::end(range) - first);
  assert(count <= n && "random_stream: deal of more elements than there are");
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t j = i + below(n - i);
    swap(first[static_cast<difference>(i)], first[static_cast<difference>(j)]);
  }
}

template <class Engine>
constexpr basic_random_stream<Engine> basic_random_stream<Engine>::sub(
    std::uint64_t j) const noexcept requires std::is_same_v<Engine, philox4x64_engine> {
  const auto here = engine_.next_block();
  assert(here[2] == 0 && "random_stream: a substream has no substreams, derive a node instead");
  return basic_random_stream(std::in_place, engine_.key(),
                             typename Engine::counter_type{0, here[1], j, 0});
}

template <detail::name_text Name>
constexpr stream_node stream_node::derive(const Name& name) const noexcept {
  detail::name_hash hash;
  const auto* const text = std::data(name);
  for (std::size_t i = 0; i < std::size(name); ++i) hash.add(text[i]);
  return derived(hash);
}

template <class Character, std::size_t N>
requires detail::is_byte_text<Character>
constexpr stream_node stream_node::derive(const Character (&name)[N]) const noexcept {
  detail::name_hash hash;
  for (std::size_t i = 0; i < N && name[i] != Character{}; ++i) hash.add(name[i]);
  return derived(hash);
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_RANDOM_STREAM_HPP
