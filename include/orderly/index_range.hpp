// SPDX-License-Identifier: MIT
//
// orderly/index_range.hpp: a half-open range of 64-bit indices, and its chunks.
//
// What: `index_range` says which items a computation covers. `range.chunks(size)` lays a grid of
// chunks over it; a chunk is claimed, computed and merged as one, so the grid is an input of the
// result and depends on nothing but the range and the size.
// When: to describe work that is numbered 0, 1, 2, ... and may be split, resumed or sharded.
// When not: when items draw random numbers (see seed_range.hpp), or when their number is unknown
// (see ordered_pipeline.hpp).
//
//   orderly::index_range all(1000000);
//   auto grid = all.chunks(4096);                     // 245 chunks, the last one shorter
//   for (orderly::index_range chunk : grid)
//     for (std::uint64_t i : chunk) work(i);
//   auto mine = grid.part(3, 10);                     // whole chunks: shard 3 of 10
//   auto rest = all.from(resume_point).chunks(4096);  // same grid, only later
//
// The grid is anchored at `origin`, the first index of the range before anything was cut off it:
// chunk boundaries lie at origin + j * size. Every subrange keeps the origin, so a shard or a
// resumed run sees the very chunks of the undivided run; where the cut is not on the grid, the
// first chunk is short.
//
// Indices run from 0 to 2^64 - 2: ends are exclusive, so the largest end is 2^64 - 1. No function
// here overflows for any range.
#ifndef ORDERLY_INDEX_RANGE_HPP
#define ORDERLY_INDEX_RANGE_HPP

#include <cassert>   // assert
#include <cstddef>   // ptrdiff_t
#include <cstdint>   // uint64_t
#include <stdexcept> // invalid_argument
#include <string>    // to_string, for the texts of errors

namespace orderly {
inline namespace v0 {

template <class Range>
class chunk_grid;

// A half-open range [first, last) of indices, and the origin of its chunk grid.
// Blocking: no function here blocks. Thread-safety: a value, like std::pair. Exceptions: only the
// functions that say so throw, and then nothing has changed.
class index_range {
 public:
  class iterator;

  /// The empty range [0, 0).
  constexpr index_range() noexcept = default;

  /// [0, count), with origin 0.
  constexpr explicit index_range(std::uint64_t count) noexcept : last_(count) {}

  /// [first, last), with origin `first`.
  /// Exceptions: std::invalid_argument when last < first.
  constexpr index_range(std::uint64_t first, std::uint64_t last)
      : index_range(first, last, first) {}

  /// [first, last) as a piece of a range that began at `origin`.
  /// Exceptions: std::invalid_argument when not origin <= first <= last.
  constexpr index_range(std::uint64_t first, std::uint64_t last, std::uint64_t origin);

  [[nodiscard]] constexpr std::uint64_t first() const noexcept { return first_; }
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return last_; }
  [[nodiscard]] constexpr std::uint64_t origin() const noexcept { return origin_; }
  [[nodiscard]] constexpr std::uint64_t size() const noexcept { return last_ - first_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return first_ == last_; }
  [[nodiscard]] constexpr bool contains(std::uint64_t index) const noexcept {
    return first_ <= index && index < last_;
  }

  /// Visit the indices in increasing order.
  [[nodiscard]] constexpr iterator begin() const noexcept;
  [[nodiscard]] constexpr iterator end() const noexcept;

  /// [first, last) cut out of this range; the origin stays.
  /// Exceptions: std::invalid_argument unless this->first() <= first <= last <= this->last().
  [[nodiscard]] constexpr index_range subrange(std::uint64_t first, std::uint64_t last) const;

  /// What remains from `index` on: the way to resume. from(last()) is empty.
  /// Exceptions: std::invalid_argument unless first() <= index <= last().
  [[nodiscard]] constexpr index_range from(std::uint64_t index) const {
    return subrange(index, last_);
  }

  /// The chunks of `chunk_size` indices, on the grid anchored at origin().
  /// Exceptions: std::invalid_argument when chunk_size is 0.
  [[nodiscard]] constexpr chunk_grid<index_range> chunks(std::uint64_t chunk_size) const;

  /// Equal when first, last and origin are: ranges on different grids are different work.
  friend constexpr bool operator==(const index_range&, const index_range&) noexcept = default;

 private:
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;   // exclusive, never below first_
  std::uint64_t origin_ = 0; // never above first_
};

// A forward iterator (in C++20's sense) over indices. It names no category: iterator_traits derives
// one, and <iterator> stays out of this header.
class index_range::iterator {
 public:
  using value_type = std::uint64_t;
  using difference_type = std::ptrdiff_t;

  constexpr iterator() noexcept = default;
  [[nodiscard]] constexpr std::uint64_t operator*() const noexcept { return index_; }
  constexpr iterator& operator++() noexcept { return ++index_, *this; }
  constexpr iterator operator++(int) noexcept { return iterator(index_++); }
  friend constexpr bool operator==(const iterator&, const iterator&) noexcept = default;

 private:
  friend class index_range;
  constexpr explicit iterator(std::uint64_t index) noexcept : index_(index) {}

  std::uint64_t index_ = 0;
};

// The chunks of a range: a view, as cheap to copy as the range. `Range` is index_range or
// seed_range; the chunks have that type, so a chunk of a seed_range opens streams.
// Blocking: no function here blocks. Thread-safety: a value. Complexity: everything is O(1).
template <class Range>
class chunk_grid {
 public:
  class iterator;

  /// Exceptions: std::invalid_argument when chunk_size is 0.
  constexpr chunk_grid(Range range, std::uint64_t chunk_size);

  /// The number of chunks. 0 for an empty range, otherwise at least 1.
  [[nodiscard]] constexpr std::uint64_t size() const noexcept { return count_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] constexpr std::uint64_t chunk_size() const noexcept { return chunk_size_; }

  /// All the indices that the chunks cover.
  [[nodiscard]] constexpr const Range& range() const noexcept { return range_; }

  /// Chunk number `position`, counted from 0 within this view. Precondition: position < size().
  [[nodiscard]] constexpr Range operator[](std::uint64_t position) const;

  /// Visit the chunks in increasing order.
  [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(*this, 0); }
  [[nodiscard]] constexpr iterator end() const noexcept { return iterator(*this, count_); }

  /// Part `part_index` of `parts`: consecutive whole chunks. The parts cover everything once, in
  /// order, and their sizes in chunks differ by at most one; with more parts than chunks some are
  /// empty. The same grid everywhere, so parts may be computed apart and merged in order.
  /// Exceptions: std::invalid_argument unless part_index < parts.
  [[nodiscard]] constexpr chunk_grid part(std::uint64_t part_index, std::uint64_t parts) const;

  friend constexpr bool operator==(const chunk_grid&, const chunk_grid&) noexcept = default;

 private:
  // Where the chunk lies on the grid; for the first chunk this may be below range_.first().
  [[nodiscard]] constexpr std::uint64_t grid_line(std::uint64_t position) const noexcept {
    return range_.origin() + (first_chunk_ + position) * chunk_size_;
  }
  // Where the chunk begins in the range; the end of the range for position == size().
  [[nodiscard]] constexpr std::uint64_t start(std::uint64_t position) const noexcept {
    if (position == 0) return range_.first();
    return position == count_ ? range_.last() : grid_line(position);
  }

  Range range_;
  std::uint64_t chunk_size_;
  std::uint64_t first_chunk_ = 0; // number of the first chunk on the undivided grid
  std::uint64_t count_ = 0;
};

// Holds its own copy of the grid, so it may outlive the view it came from.
template <class Range>
class chunk_grid<Range>::iterator {
 public:
  using value_type = Range;
  using difference_type = std::ptrdiff_t;

  [[nodiscard]] constexpr Range operator*() const { return grid_[position_]; }
  constexpr iterator& operator++() noexcept { return ++position_, *this; }
  constexpr iterator operator++(int) noexcept { return iterator(grid_, position_++); }
  /// Two iterators of one grid are equal when they stand at the same chunk.
  friend constexpr bool operator==(const iterator& a, const iterator& b) noexcept {
    return a.position_ == b.position_;
  }

 private:
  friend class chunk_grid;
  constexpr iterator(const chunk_grid& grid, std::uint64_t position) noexcept
      : grid_(grid), position_(position) {}

  chunk_grid grid_;
  std::uint64_t position_;
};

namespace detail {

// Out of line of the checks, so that their fast path stays small.
[[noreturn]] inline void throw_bad_range(std::uint64_t first, std::uint64_t last,
                                         std::uint64_t origin) {
  throw std::invalid_argument("orderly: a range needs origin <= first <= last, got origin " +
                              std::to_string(origin) + ", first " + std::to_string(first) +
                              ", last " + std::to_string(last));
}

[[noreturn]] inline void throw_bad_subrange(const index_range& whole, std::uint64_t first,
                                            std::uint64_t last) {
  throw std::invalid_argument("orderly: [" + std::to_string(first) + ", " + std::to_string(last) +
                              ") is no subrange of [" + std::to_string(whole.first()) + ", " +
                              std::to_string(whole.last()) + ")");
}

[[noreturn]] inline void throw_bad_part(std::uint64_t part_index, std::uint64_t parts) {
  throw std::invalid_argument("orderly: there is no part " + std::to_string(part_index) + " of " +
                              std::to_string(parts) + " (parts count from 0)");
}

} // namespace detail

constexpr index_range::index_range(std::uint64_t first, std::uint64_t last, std::uint64_t origin)
    : first_(first), last_(last), origin_(origin) {
  if (last < first || first < origin) detail::throw_bad_range(first, last, origin);
}

constexpr index_range::iterator index_range::begin() const noexcept { return iterator(first_); }
constexpr index_range::iterator index_range::end() const noexcept { return iterator(last_); }

constexpr index_range index_range::subrange(std::uint64_t first, std::uint64_t last) const {
  if (first < first_ || last < first || last_ < last) {
    detail::throw_bad_subrange(*this, first, last);
  }
  return index_range(first, last, origin_);
}

template <class Range>
constexpr chunk_grid<Range>::chunk_grid(Range range, std::uint64_t chunk_size)
    : range_(range), chunk_size_(chunk_size) {
  if (chunk_size == 0) throw std::invalid_argument("orderly: the chunk size is 0");
  if (range.empty()) return;
  first_chunk_ = (range.first() - range.origin()) / chunk_size;
  // Counted from the last index, not from the exclusive end: nothing here can overflow.
  count_ = (range.last() - 1 - range.origin()) / chunk_size - first_chunk_ + 1;
}

template <class Range>
constexpr Range chunk_grid<Range>::operator[](std::uint64_t position) const {
  assert(position < count_ && "chunk_grid: no such chunk");
  const std::uint64_t line = grid_line(position);
  // line + chunk_size could pass 2^64, the distance to the end cannot.
  const bool reaches_end = range_.last() - line <= chunk_size_;
  return range_.subrange(start(position), reaches_end ? range_.last() : line + chunk_size_);
}

template <class Range>
constexpr chunk_grid<Range> chunk_grid<Range>::part(std::uint64_t part_index,
                                                    std::uint64_t parts) const {
  if (part_index >= parts) detail::throw_bad_part(part_index, parts);
  const std::uint64_t quotient = count_ / parts;
  const std::uint64_t remainder = count_ % parts;
  // cut(c) = c * quotient + the smaller of c and remainder <= count_: the first `remainder` parts
  // hold one chunk more.
  const auto cut = [quotient, remainder](std::uint64_t c) {
    return c * quotient + (c < remainder ? c : remainder);
  };
  return chunk_grid(range_.subrange(start(cut(part_index)), start(cut(part_index + 1))),
                    chunk_size_);
}

// After the constructor it calls, or clang 14 finds that one undefined in constant expressions.
constexpr chunk_grid<index_range> index_range::chunks(std::uint64_t chunk_size) const {
  return chunk_grid<index_range>(*this, chunk_size);
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_INDEX_RANGE_HPP
