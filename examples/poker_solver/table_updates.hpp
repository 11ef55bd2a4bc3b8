// SPDX-License-Identifier: MIT
//
// Two ways for a traversal to change the table: at once, or by writing down what to add.
//
// While several workers traverse, nobody may change what the others read. Each chunk of iterations
// then keeps a log of its updates, divided by the part of the table that they concern; afterwards
// every part is given to one worker, who replays the logs of all chunks in their order. So every
// cell gets its additions in one order, whatever the number of workers or of parts: the sums are
// the same bits. Writing the log and replaying it need no lock and no atomic operation.
#ifndef ORDERLY_EXAMPLES_POKER_TABLE_UPDATES_HPP
#define ORDERLY_EXAMPLES_POKER_TABLE_UPDATES_HPP

#include "../support/prefetch.hpp"
#include "betting_tree.hpp"

#include <algorithm> // copy
#include <array>     // records by length
#include <cstddef>   // size_t
#include <cstdint>   // cells
#include <cstring>   // memcpy
#include <memory>    // unique_ptr
#include <utility>   // integer_sequence
#include <vector>    // parts

namespace poker {

/// Adds to the table at once.
template <class Real>
class direct_updates {
 public:
  explicit direct_updates(Real* cells) : cells_(cells) {}

  void add(std::uint32_t cell, unsigned count, const Real* amounts) {
    for (unsigned a = 0; a < count; ++a) cells_[cell + a] += amounts[a];
  }
  /// Something may soon be added there.
  void prefetch(std::uint32_t cell) const { example::prefetch(cells_ + cell); }

 private:
  Real* cells_;
};

/// Updates of infosets with the same number of actions, written down in order. A record is the cell
/// and then the amounts.
template <class Real>
class update_records {
 public:
  void add(std::uint32_t cell, unsigned count, const Real* amounts) {
    if (end_ >= limit_) grow();
    std::memcpy(bytes_.get() + end_, &cell, sizeof cell);
    std::memcpy(bytes_.get() + end_ + sizeof cell, amounts, count * sizeof(Real));
    end_ += sizeof cell + count * sizeof(Real);
  }

  /// Count: of all records.
  template <unsigned Count>
  void replay(Real* cells) const {
    constexpr std::size_t size = sizeof(std::uint32_t) + Count * sizeof(Real);
    for (std::size_t at = 0; at != end_; at += size) {
      if (end_ - at > ahead * size) example::prefetch(cells + cell_at(at + ahead * size));
      const std::uint32_t cell = cell_at(at);
      std::array<Real, Count> amounts;
      std::memcpy(amounts.data(), bytes_.get() + at + sizeof cell, sizeof amounts);
      for (unsigned a = 0; a < Count; ++a) cells[cell + a] += amounts[a];
    }
  }

  void clear() { end_ = 0; }
  std::size_t bytes() const { return end_; }

 private:
  static constexpr std::size_t longest = sizeof(std::uint32_t) + most_actions * sizeof(Real);
  static constexpr std::size_t ahead = 12; // records, while memory fetches cells

  std::uint32_t cell_at(std::size_t at) const {
    std::uint32_t cell = 0;
    std::memcpy(&cell, bytes_.get() + at, sizeof cell);
    return cell;
  }

  void grow() {
    const std::size_t size = 2 * end_ + 64 * longest;
    auto larger = std::make_unique<std::byte[]>(size);
    std::copy(bytes_.get(), bytes_.get() + end_, larger.get());
    bytes_.swap(larger);
    limit_ = size - longest;
  }

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t end_ = 0;
  std::size_t limit_ = 0; // below it a record still fits
};

/// Updates written down. Those of a cell keep their order: an infoset has one number of actions. That
/// records are sorted by it spares the replay from guessing how long each one is.
template <class Real>
class update_log {
 public:
  void add(std::uint32_t cell, unsigned count, const Real* amounts) {
    records_[count - 1].add(cell, count, amounts);
  }
  void replay(Real* cells) const {
    replay_all(cells, std::make_integer_sequence<unsigned, most_actions>());
  }
  void clear() {
    for (auto& records : records_) records.clear();
  }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& records : records_) sum += records.bytes();
    return sum;
  }

 private:
  template <unsigned... I>
  void replay_all(Real* cells, std::integer_sequence<unsigned, I...>) const {
    (records_[I].template replay<I + 1>(cells), ...);
  }

  std::array<update_records<Real>, most_actions> records_;
};

/// The logs of one chunk, by parts of the table. Neighbouring cells share a part, and the parts are
/// dealt round, so that the nodes that are met most often do not fall to one worker.
template <class Real>
class divided_log {
 public:
  /// Precondition: `parts` is a power of two.
  explicit divided_log(std::size_t parts) : logs_(parts) {}

  void add(std::uint32_t cell, unsigned count, const Real* amounts) {
    logs_[(cell >> block_bits) & (logs_.size() - 1)].add(cell, count, amounts);
  }
  void prefetch(std::uint32_t) const {} // what is written is the log
  void clear() {
    for (auto& log : logs_) log.clear();
  }
  const update_log<Real>& part(std::size_t number) const { return logs_[number]; }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& log : logs_) sum += log.bytes();
    return sum;
  }

 private:
  static constexpr unsigned block_bits = 9;

  std::vector<update_log<Real>> logs_;
};

} // namespace poker

#endif
