// SPDX-License-Identifier: MIT
//
// A number for every canonical board and every pair of hole cards, and a run over the boards.
//
// A `pair_table` has a row of 1,326 values for each canonical board of a street, one for each pair
// of hole cards beside it (board_index.hpp). The values of pairs that share a card with the board
// are never asked for and stay 0.
//
// A `board_run` goes over the boards of one table after another on the workers of a pool, tells one
// observer how many boards of all are done, and ends early when its stop flag is set.
//
//   using namespace poker;
//   pair_table<std::uint16_t> table(boards.flops.size());
//   board_run run(table.boards(), options);                   // orderly::ordered_options
//   run.for_each(pool, table.boards(), [&](std::uint32_t id) { fill(table.row(id)); });
//   if (run.stopped()) return;                                // some rows are not filled
#ifndef ORDERLY_EXAMPLES_POKER_PAIR_TABLE_HPP
#define ORDERLY_EXAMPLES_POKER_PAIR_TABLE_HPP

#include "../support/huge_pages.hpp"
#include "board_index.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"

#include <algorithm> // find
#include <array>     // boards
#include <atomic>    // the stop flag
#include <cstddef>   // size_t
#include <cstdint>   // ids
#include <span>      // rows
#include <utility>   // move
#include <vector>    // values

namespace poker {

/// Where the value of a board and a pair lies in a table.
constexpr std::size_t pair_place(std::uint32_t board, std::uint32_t pair) {
  return std::size_t{board} * hole_pairs + pair;
}

template <class Value>
class pair_table {
 public:
  /// A table of zeros.
  explicit pair_table(std::uint32_t boards)
      : values_(example::vector_on_huge_pages<Value>(std::size_t{boards} * hole_pairs)) {}
  /// Takes the rows of all boards, one after the other.
  explicit pair_table(std::vector<Value> values) : values_(std::move(values)) {}

  std::uint32_t boards() const { return static_cast<std::uint32_t>(values_.size() / hole_pairs); }

  std::span<Value, hole_pairs> row(std::uint32_t board) {
    return std::span<Value, hole_pairs>(values_.data() + pair_place(board, 0), hole_pairs);
  }
  std::span<const Value, hole_pairs> row(std::uint32_t board) const {
    return std::span<const Value, hole_pairs>(values_.data() + pair_place(board, 0), hole_pairs);
  }

  const std::vector<Value>& values() const { return values_; }
  /// The rows of all boards, one after the other; nothing is left here.
  std::vector<Value> take() { return std::move(values_); }

 private:
  std::vector<Value> values_;
};

/// Calls f(low, high) for all pairs of cards, low < high, that are not on the board.
template <std::size_t Cards, class F>
void for_each_live_pair(const std::array<card, Cards>& board, F&& f) {
  std::array<card, example::deck_size - Cards> live{};
  std::size_t count = 0;
  for (card c = 0; c < example::deck_size; ++c) {
    if (std::find(board.begin(), board.end(), c) == board.end()) live[count++] = c;
  }
  for (std::size_t high = 1; high < live.size(); ++high) {
    for (std::size_t low = 0; low < high; ++low) f(live[low], live[high]);
  }
}

class board_run {
 public:
  /// `total` is what the observer is told: how many boards there will be in all calls together. Of
  /// the options the stop flag and the observer count.
  board_run(std::uint64_t total, const orderly::ordered_options& options)
      : total_(total),
        stop_(options.stop),
        observer_(options.observer),
        stopped_(stop_ != nullptr && stop_->load()) {}

  /// Calls f(id), on a per_worker<State> f(id, state), for the ids of that many boards. Once
  /// stopped, it does nothing.
  template <orderly::worker_team Team, class F>
  void for_each(Team& team, std::uint32_t boards, const F& f) {
    if (stopped_) return;
    const auto tell = [&](const orderly::progress_count& count) {
      if (observer_) observer_({done_ + count.done, total_});
    };
    orderly::ordered_options options;
    options.stop = stop_;
    options.observer = tell;
    const auto all = [&f](const orderly::index_range& chunk, auto&... state) {
      for (const std::uint64_t id : chunk) f(static_cast<std::uint32_t>(id), state...);
    };
    const orderly::index_range range(boards);
    stopped_ = orderly::ordered_for_each(
                   team, range, boards_per_chunk, all, [] {}, options) != boards;
    done_ += boards;
  }

  /// Whether the flag was found set, so that some boards have been left out.
  bool stopped() const { return stopped_; }

 private:
  static constexpr std::uint64_t boards_per_chunk = 16; // less than a millisecond

  std::uint64_t total_;
  const std::atomic<bool>* stop_;
  orderly::progress_observer observer_;
  std::uint64_t done_ = 0;
  bool stopped_;
};

} // namespace poker

#endif
