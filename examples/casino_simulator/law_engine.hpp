// SPDX-License-Identifier: MIT
//
// The law engine: no cards, only what becomes of them. It draws from the exact joint law of the
// strategy, with integer thresholds, so every cell has exactly its probability.
//
// The law's counts add up to 51,979,200 deals. Multiplied by four they are spread over 256 columns of
// 812,175 each so that no column holds more than two cells (A. Walker, "An efficient method for
// generating discrete random variables with general distributions", 1977; M. Vose, "A linear
// algorithm for generating random numbers with a given distribution", 1991, in whole numbers). A
// hand takes 32 random bits: 8 choose the column, 24 a number below 812,175 by Lemire's method,
// which rejects 3 % of them; what lies below the column's threshold is the cell of the column's own
// number, the rest a second cell.
//
// Draws come from the session's fast stream, two hands from each word, the upper half first. Valid
// for one seat: hands at one table share cards, and then a law of one hand is not enough.
//
//   const casino::law_engine engine(law);
//   auto draws = engine.open(sessions, 7);
//   casino::cell_block hands;
//   const unsigned count = engine.deal(draws, hands);
#ifndef ORDERLY_EXAMPLES_CASINO_LAW_ENGINE_HPP
#define ORDERLY_EXAMPLES_CASINO_LAW_ENGINE_HPP

#include "cards.hpp"
#include "exact.hpp"
#include "joint_law.hpp"
#include "vector_path.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"

#include <array>       // columns
#include <bit>         // popcount
#include <cstddef>     // size_t
#include <cstdint>     // thresholds
#include <stdexcept>   // invalid_argument
#include <string_view> // the engine's name
#include <vector>      // shares yet to be placed

namespace casino {
namespace detail {

inline constexpr std::uint32_t law_columns = 256;
inline constexpr std::uint32_t law_capacity =
    static_cast<std::uint32_t>(4 * exact_deals / law_columns); // of a column
inline constexpr std::uint32_t law_range = 1U << 24U;          // of the bits beside the column
inline constexpr std::uint32_t law_rejected = law_range % law_capacity;

/// For each column 256 times its threshold, and its second cell; its first has the column's number.
using law_table = std::array<std::uint32_t, law_columns>;

using law_words = std::array<std::uint64_t, block_size / 2>;

/// Writes the hands that the words choose; the result is how many: fewer than two for each word if
/// bits were rejected.
inline unsigned place_hands_portable(const law_table& table, const law_words& words,
                                     cell_block& hands) {
  unsigned count = 0;
  const auto place = [&](std::uint32_t bits) {
    const std::uint32_t column = bits >> 24U;
    const std::uint32_t entry = table[column];
    const std::uint64_t product = std::uint64_t{bits & (law_range - 1)} * law_capacity;
    const bool first = static_cast<std::uint32_t>(product >> 24U) < entry >> 8U;
    hands[count] = static_cast<cell>(first ? column : entry);
    count += (static_cast<std::uint32_t>(product) & (law_range - 1)) >= law_rejected ? 1 : 0;
  };
  for (const std::uint64_t word : words) {
    place(static_cast<std::uint32_t>(word >> 32U));
    place(static_cast<std::uint32_t>(word));
  }
  return count;
}

#if ORDERLY_CASINO_HAS_AVX2

/// For each set of eight lanes the numbers of those in it, one in each byte.
inline constexpr std::array<std::uint64_t, 256> lanes_in_set = [] {
  std::array<std::uint64_t, 256> table{};
  for (unsigned set = 0; set < 256; ++set) {
    unsigned at = 0;
    for (unsigned lane = 0; lane < 8; ++lane) {
      if ((set >> lane & 1U) != 0) table[set] |= std::uint64_t{lane} << (8 * at++);
    }
  }
  return table;
}();

/// Eight hands, one in each 32-bit lane, and the set of lanes whose bits were not rejected.
struct eight_hands {
  __m256i cells;
  unsigned accepted;
};

ORDERLY_CASINO_AVX2 ORDERLY_CASINO_INLINE __m256i in_all_lanes(std::uint32_t value) {
  return _mm256_set1_epi32(static_cast<int>(value));
}

/// The bytes of the set moved to the front.
ORDERLY_CASINO_AVX2 ORDERLY_CASINO_INLINE __m128i squeezed(__m128i eight, unsigned accepted) {
  return _mm_shuffle_epi8(eight, _mm_cvtsi64_si128(static_cast<long long>(lanes_in_set[accepted])));
}

ORDERLY_CASINO_AVX2 ORDERLY_CASINO_INLINE eight_hands place_eight(const law_table& table,
                                                                  const std::uint64_t* words) {
  // The upper half of each word comes first.
  const __m256i bits =
      _mm256_shuffle_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(words)), 0xb1);
  const __m256i below = _mm256_and_si256(bits, in_all_lanes(law_range - 1));
  const __m256i even = _mm256_mul_epu32(below, in_all_lanes(law_capacity));
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(below, 32), in_all_lanes(law_capacity));
  const __m256i low = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
  const __m256i value = _mm256_blend_epi32(_mm256_srli_epi64(even, 24),
                                           _mm256_slli_epi64(_mm256_srli_epi64(odd, 24), 32), 0xaa);
  const __m256i column = _mm256_srli_epi32(bits, 24);
  const __m256i entry =
      _mm256_i32gather_epi32(reinterpret_cast<const int*>(table.data()), column, 4);
  const __m256i first = _mm256_cmpgt_epi32(_mm256_srli_epi32(entry, 8), value);
  const __m256i accepted = _mm256_cmpgt_epi32(_mm256_and_si256(low, in_all_lanes(law_range - 1)),
                                              in_all_lanes(law_rejected - 1));
  return {_mm256_and_si256(_mm256_blendv_epi8(entry, column, first), in_all_lanes(255)),
          static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(accepted)))};
}

/// The same as place_hands_portable.
ORDERLY_CASINO_AVX2 inline unsigned place_hands_avx2(const law_table& table, const law_words& words,
                                                     cell_block& hands) {
  static_assert(block_size == 16);
  const eight_hands a = place_eight(table, words.data());
  const eight_hands b = place_eight(table, words.data() + 4);
  const __m256i mixed = _mm256_permute4x64_epi64(_mm256_packus_epi32(a.cells, b.cells), 0xd8);
  const __m128i bytes =
      _mm_packus_epi16(_mm256_castsi256_si128(mixed), _mm256_extracti128_si256(mixed, 1));
  // What was rejected is squeezed out: first of the lower eight, then of the upper eight.
  const auto count = static_cast<unsigned>(std::popcount(a.accepted));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(hands.data()), squeezed(bytes, a.accepted));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(hands.data() + count),
                   squeezed(_mm_srli_si128(bytes, 8), b.accepted));
  return count + static_cast<unsigned>(std::popcount(b.accepted));
}

#else

inline unsigned place_hands_avx2(const law_table& table, const law_words& words,
                                 cell_block& hands) {
  return place_hands_portable(table, words, hands);
}

#endif

} // namespace detail

/// Immutable, so all workers may share one.
class law_engine {
 public:
  using stream = orderly::fast_stream;
  static constexpr std::string_view name = "law";
  static constexpr bool deals_cards = false;

  /// Exceptions: std::invalid_argument unless the law counts all 51,979,200 deals.
  explicit law_engine(const joint_law& law, vector_path path = best_vector_path());

  vector_path path() const { return path_; }

  stream open(const orderly::seed_range& sessions, std::uint64_t session) const {
    return sessions.fast(session);
  }

  /// The next hands of a session, at most a block; at least one.
  unsigned deal(stream& draws, cell_block& hands) const {
    for (;;) {
      const unsigned count = place_(table_, draws.take<block_size / 2>(), hands);
      if (count != 0) return count;
    }
  }

  /// The same; there are no cards to show.
  unsigned deal(stream& draws, cell_block& hands, std::array<dealt_cards, block_size>&) const {
    return deal(draws, hands);
  }

  /// How many of the 4 * 51,979,200 chances lead to each cell, read from the columns.
  joint_law chances() const;

 private:
  unsigned (*place_)(const detail::law_table&, const detail::law_words&, cell_block&);
  vector_path path_;
  detail::law_table table_;
};

/// Vose's way of filling the columns. Each has an entry of its own number, most of them cells or
/// numbers that cannot occur and have no share. One that has less than a column's worth fills its
/// column as far as it goes, and one that has at least that tops it up; so as many entries as columns
/// stay, worth a column each on average, and when none has less, all have exactly one.
inline law_engine::law_engine(const joint_law& law, vector_path path)
    : place_(path == vector_path::avx2 ? detail::place_hands_avx2 : detail::place_hands_portable),
      path_(path) {
  using namespace detail;
  static_assert(law_columns * std::uint64_t{law_capacity} == 4 * exact_deals);
  static_assert(cells <= law_columns);
  if (law.total() != exact_deals) {
    throw std::invalid_argument("law_engine: the law does not count every deal once");
  }
  struct share {
    std::uint32_t which;
    std::uint64_t left;
  };
  std::vector<share> small, large;
  const auto sort_in = [&](share s) { (s.left < law_capacity ? small : large).push_back(s); };
  for (std::uint32_t c = 0; c < law_columns; ++c) sort_in({c, c < cells ? 4 * law.counts[c] : 0});
  const auto fill = [&](const share& first, std::uint32_t second) {
    table_[first.which] = static_cast<std::uint32_t>(first.left) * 256 + second;
  };
  while (!small.empty()) {
    const share first = small.back();
    small.pop_back();
    share second = large.back();
    large.pop_back();
    fill(first, second.which);
    second.left -= law_capacity - first.left;
    sort_in(second);
  }
  for (const share& whole : large) fill(whole, whole.which);
}

inline joint_law law_engine::chances() const {
  joint_law result;
  const auto add = [&](std::uint32_t c, std::uint32_t chances) {
    if (chances != 0) result.counts[c] += chances;
  };
  for (std::uint32_t c = 0; c < detail::law_columns; ++c) {
    add(c, table_[c] / 256);
    add(table_[c] % 256, detail::law_capacity - table_[c] / 256);
  }
  return result;
}

} // namespace casino

#endif
