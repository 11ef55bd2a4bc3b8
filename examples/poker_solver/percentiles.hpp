// SPDX-License-Identifier: MIT
//
// Hands sorted into classes of equal mass, by how strong they are and then by how certain that is.
//
// The hands of a street, each weighted by the number of boards that its canonical board stands for,
// are cut into percentiles of E[HS], and each of these into percentiles of E[HS * HS]. A bucket's
// number is class * by_square + class within, so it rises with E[HS]. Nothing is sorted: the hands
// are counted by level, which is their number without its lowest bits, and a level belongs to the
// class in which its middle lies. So hands of one level stay together, masses are equal but for the
// size of a level, and where one level is heavier than a class the classes around it are empty.
//
//   const street_split split{20, 10};                                 // 200 buckets
//   pair_table<std::uint16_t> buckets =
//       split_street<std::uint16_t>(pool, boards.turns, turns, turn_completions, split, run);
#ifndef ORDERLY_EXAMPLES_POKER_PERCENTILES_HPP
#define ORDERLY_EXAMPLES_POKER_PERCENTILES_HPP

#include "board_index.hpp"
#include "hand_strengths.hpp"
#include "pair_table.hpp"

#include "orderly/per_worker.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // min, max, copy
#include <bit>       // bit_width
#include <cstddef>   // size_t
#include <cstdint>   // masses and classes
#include <span>      // masses of a class
#include <vector>    // counts

namespace poker {

/// Into how many classes a street is cut, first by E[HS], then each by E[HS * HS].
struct street_split {
  std::uint32_t by_strength = 1;
  std::uint32_t by_square = 1;

  constexpr std::uint64_t buckets() const { return std::uint64_t{by_strength} * by_square; }
  friend constexpr bool operator==(const street_split&, const street_split&) = default;
};

/// The class of each level, rising, so that the classes' masses are as equal as levels allow.
inline std::vector<std::uint16_t> equal_masses(std::span<const std::uint64_t> masses,
                                               std::uint32_t classes) {
  std::uint64_t total = 0;
  for (const std::uint64_t mass : masses) total += mass;
  std::vector<std::uint16_t> found;
  found.reserve(masses.size());
  std::uint64_t twice_middle = 0;
  for (const std::uint64_t mass : masses) {
    twice_middle += mass;
    const std::uint64_t place = total == 0 ? 0 : twice_middle * classes / (2 * total);
    found.push_back(static_cast<std::uint16_t>((std::min<std::uint64_t>)(place, classes - 1)));
    twice_middle += mass;
  }
  return found;
}

namespace detail {
/// Numbers up to a limit by their highest bits.
class level_scale {
 public:
  level_scale(std::uint64_t limit, int bits)
      : shift_((std::max)(static_cast<int>(std::bit_width(limit)) - bits, 0)),
        levels_(static_cast<std::size_t>(limit >> shift_) + 1) {}

  std::size_t levels() const { return levels_; }
  std::size_t level(std::uint64_t number) const {
    return static_cast<std::size_t>(number >> shift_);
  }

 private:
  int shift_;
  std::size_t levels_;
};

/// How many hands there are at each level; level_of takes a hand's sums.
template <std::size_t Cards, class Value, class LevelOf>
std::vector<std::uint64_t> count_levels(orderly::worker_pool& pool,
                                        const board_index<Cards>& boards,
                                        const pair_table<Value>& values, std::size_t levels,
                                        const LevelOf& level_of, board_run& run) {
  using counts = std::vector<std::uint64_t>;
  orderly::per_worker<counts> each(pool, [&](std::size_t) { return counts(levels); });
  run.for_each(each, boards.size(), [&](std::uint32_t id, counts& mine) {
    const auto row = values.row(id);
    const std::uint64_t weight = boards.multiplicity(id);
    for_each_live_pair(boards.cards(id), [&](card low, card high) {
      mine[level_of(sums_of(row[pair_number(low, high)]))] += weight;
    });
  });
  counts all(levels);
  for (std::size_t worker = 0; worker < each.size(); ++worker) {
    for (std::size_t level = 0; level < levels; ++level) all[level] += each[worker][level];
  }
  return all;
}

/// The classes of a street's hands by their sums.
class percentile_classes {
 public:
  percentile_classes(std::uint64_t completions, const street_split& split)
      : split_(split),
        strengths_(completions * full_strength, strength_bits),
        squares_(completions * full_strength * full_strength, square_bits(split)),
        outer_(strengths_.levels()),
        inner_(split.by_strength * squares_.levels()) {}

  /// Makes the classes those of these hands.
  template <std::size_t Cards, class Value>
  void cut(orderly::worker_pool& pool, const board_index<Cards>& boards,
           const pair_table<Value>& values, board_run& run) {
    const auto outer_level = [this](const auto& sums) { return strengths_.level(sums.strength); };
    outer_ = equal_masses(count_levels(pool, boards, values, outer_.size(), outer_level, run),
                          split_.by_strength);
    if (split_.by_square == 1) return;
    const auto inner_level = [this](const auto& sums) {
      return this->inner_place(this->class_of(sums), sums); // spelt out: clang 14 misses the use
    };
    const auto masses = count_levels(pool, boards, values, inner_.size(), inner_level, run);
    const std::span<const std::uint64_t> all(masses);
    for (std::size_t first = 0; first < all.size(); first += squares_.levels()) {
      const auto part = equal_masses(all.subspan(first, squares_.levels()), split_.by_square);
      std::copy(part.begin(), part.end(), inner_.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }

  template <class Sums>
  std::uint32_t bucket(const Sums& sums) const {
    const std::uint32_t outer = class_of(sums);
    return outer * split_.by_square + inner_[inner_place(outer, sums)];
  }

 private:
  static constexpr int strength_bits = 16;

  /// As many as 32 MB of counts on each worker allow, and no more than are of use.
  static constexpr int square_bits(const street_split& split) {
    if (split.by_square == 1) return 0;
    return (std::min)(15, 22 - static_cast<int>(std::bit_width(split.by_strength)));
  }

  template <class Sums>
  std::uint32_t class_of(const Sums& sums) const {
    return outer_[strengths_.level(sums.strength)];
  }
  template <class Sums>
  std::size_t inner_place(std::uint32_t outer, const Sums& sums) const {
    return outer * squares_.levels() + squares_.level(sums.square);
  }

  street_split split_;
  level_scale strengths_;
  level_scale squares_;
  std::vector<std::uint16_t> outer_; // by the level of E[HS]
  std::vector<std::uint16_t> inner_; // by class and the level of E[HS * HS]
};
} // namespace detail

/// How many runs over all boards split_street makes.
constexpr std::uint64_t passes_of(const street_split& split) {
  return split.by_square == 1 ? 2 : 3;
}

/// The buckets of a street from the strengths or sums of all its hands. A split has at least one
/// class of each kind, and as many buckets as Bucket has values at most.
template <class Bucket, std::size_t Cards, class Value>
pair_table<Bucket> split_street(orderly::worker_pool& pool, const board_index<Cards>& boards,
                                const pair_table<Value>& values, std::uint64_t completions,
                                const street_split& split, board_run& run) {
  detail::percentile_classes classes(completions, split);
  classes.cut(pool, boards, values, run);
  pair_table<Bucket> buckets(boards.size());
  run.for_each(pool, boards.size(), [&](std::uint32_t id) {
    const auto from = values.row(id);
    const auto to = buckets.row(id);
    for_each_live_pair(boards.cards(id), [&](card low, card high) {
      const std::uint32_t pair = pair_number(low, high);
      to[pair] = static_cast<Bucket>(classes.bucket(sums_of(from[pair])));
    });
  });
  return buckets;
}

} // namespace poker

#endif
