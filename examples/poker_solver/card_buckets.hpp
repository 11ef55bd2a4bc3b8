// SPDX-License-Identifier: MIT
//
// The card abstraction: what a player knows on each street as one number, his bucket.
//
// Before the flop it is one of the 169 starting hands (starting_hands.hpp); then a percentile of
// hand strength among all hands and boards of the street, a higher one for a stronger hand
// (percentiles.hpp), found in a table over canonical boards and hole cards. Beyond his bucket the
// player forgets his cards, the board and the buckets he had before.
//
//   using namespace poker;
//   const auto made = build_buckets(pool, hand_evaluator(), bucket_sizes{});   // absent if stopped
//   const deal_buckets known = made->buckets_of({pair_number(a, b), pair_number(c, d)}, board);
//   known[1][2];                                                  // player 1 on the turn
//   made->bucket(pair_number(a, b), std::array{e, f, g});         // on a flop
//
// The tables are 16 bits wide for flop and turn, where strength has two sides and more classes tell
// more, and 8 bits on the river, where it is a single number that 256 percentiles resolve to 0.4 %
// of all hands: with 178 million entries its table is the one to keep small. All are 227 MB, beside
// 13 MB of boards. Each look-up is likely to miss the cache: whoever deals many hands finds the
// places of the next ones before reading those of the first, so that the misses overlap.
#ifndef ORDERLY_EXAMPLES_POKER_CARD_BUCKETS_HPP
#define ORDERLY_EXAMPLES_POKER_CARD_BUCKETS_HPP

#include "../support/prefetch.hpp"
#include "board_index.hpp"
#include "hand_evaluator.hpp"
#include "hand_strengths.hpp"
#include "pair_table.hpp"
#include "percentiles.hpp"
#include "starting_hands.hpp"

#include "orderly/ordered_options.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // all_of, copy
#include <array>     // players, streets
#include <cstddef>   // size_t
#include <cstdint>   // buckets
#include <limits>    // widest bucket
#include <optional>  // no buckets if stopped
#include <span>      // boards
#include <stdexcept> // invalid_argument
#include <string>    // messages
#include <utility>   // move
#include <vector>    // tables

namespace poker {

/// How each street's hands are cut: at most 65,536 buckets on flop and turn, 256 on the river.
struct bucket_sizes {
  street_split flop{20, 10};
  street_split turn{20, 10};
  street_split river{200, 1};

  friend constexpr bool operator==(const bucket_sizes&, const bucket_sizes&) = default;
};

/// The bucket of each canonical board and pair of hole cards: rows of 1,326, by id and pair number.
struct bucket_tables {
  std::vector<std::uint16_t> flop;
  std::vector<std::uint16_t> turn;
  std::vector<std::uint8_t> river;
};

/// The buckets of a deal by player, then street.
using deal_buckets = std::array<std::array<std::uint32_t, 4>, 2>;

/// Where they are found: the pair of hole cards, then places in the tables.
using deal_places = std::array<std::array<std::size_t, 4>, 2>;

namespace detail {
template <class Bucket>
void check_split(const char* street, const street_split& split) {
  constexpr std::uint64_t most = std::uint64_t{(std::numeric_limits<Bucket>::max)()} + 1;
  if (split.by_strength == 0 || split.by_square == 0 || split.buckets() > most) {
    throw std::invalid_argument(std::string("poker: the ") + street + " cannot have " +
                                std::to_string(split.by_strength) + " x " +
                                std::to_string(split.by_square) + " buckets: 1 to " +
                                std::to_string(most) + " are possible");
  }
}

inline void check_sizes(const bucket_sizes& sizes) {
  check_split<std::uint16_t>("flop", sizes.flop);
  check_split<std::uint16_t>("turn", sizes.turn);
  check_split<std::uint8_t>("river", sizes.river);
}

template <class Bucket>
void check_table(const char* street, const std::vector<Bucket>& table, std::uint32_t boards,
                 const street_split& split) {
  const std::string what = std::string("poker: the table of the ") + street;
  if (table.size() != std::size_t{boards} * hole_pairs) {
    throw std::invalid_argument(what + " has " + std::to_string(table.size()) +
                                " entries in place of " +
                                std::to_string(std::size_t{boards} * hole_pairs));
  }
  const std::uint64_t last = split.buckets() - 1;
  if (last == (std::numeric_limits<Bucket>::max)()) return;
  if (!std::all_of(table.begin(), table.end(), [&](Bucket each) { return each <= last; })) {
    throw std::invalid_argument(what + " has a bucket above " + std::to_string(last));
  }
}
} // namespace detail

/// Immutable, so all workers may share one.
class card_buckets {
 public:
  static constexpr std::size_t streets = 4;

  /// Puts together what was built or saved; std::invalid_argument if the parts do not fit.
  card_buckets(const bucket_sizes& sizes, bucket_tables tables,
               canonical_boards boards = canonical_boards())
      : sizes_(sizes), tables_(std::move(tables)), boards_(std::move(boards)) {
    detail::check_sizes(sizes_);
    detail::check_table("flop", tables_.flop, boards_.flops.size(), sizes_.flop);
    detail::check_table("turn", tables_.turn, boards_.turns.size(), sizes_.turn);
    detail::check_table("river", tables_.river, boards_.rivers.size(), sizes_.river);
    for (std::uint32_t pair = 0; pair < hole_pairs; ++pair) {
      const auto [low, high] = pair_cards(pair);
      starting_[pair] = starting_hand_of(low, high);
    }
  }

  const bucket_sizes& sizes() const { return sizes_; }
  const bucket_tables& tables() const { return tables_; }
  const canonical_boards& boards() const { return boards_; }

  /// How many buckets a street has; 0 is before the flop, 3 the river.
  std::uint32_t buckets(std::size_t street) const {
    const std::array<std::uint64_t, streets> counts{starting_hands, sizes_.flop.buckets(),
                                                    sizes_.turn.buckets(), sizes_.river.buckets()};
    return static_cast<std::uint32_t>(counts[street]);
  }

  /// The bucket of hole cards, by their number, before the flop.
  std::uint32_t bucket(std::uint32_t pair) const { return starting_[pair]; }
  /// The bucket on a board, its cards in any order.
  std::uint32_t bucket(std::uint32_t pair, const std::array<card, 3>& flop) const {
    return tables_.flop[place(boards_.flops.find(increasing(flop)), pair)];
  }
  std::uint32_t bucket(std::uint32_t pair, const std::array<card, 4>& turn) const {
    return tables_.turn[place(boards_.turns.find(increasing(turn)), pair)];
  }
  std::uint32_t bucket(std::uint32_t pair, const std::array<card, 5>& river) const {
    return tables_.river[place(boards_.rivers.find(increasing(river)), pair)];
  }

  /// The buckets of both players on all streets; the first three cards of the board are the flop.
  deal_buckets buckets_of(const std::array<std::uint32_t, 2>& pairs,
                          const std::array<card, 5>& board) const {
    return at(find(pairs, board));
  }

  /// The same in two steps. The first starts fetching what the second reads.
  deal_places find(const std::array<std::uint32_t, 2>& pairs,
                   const std::array<card, 5>& board) const {
    const auto flop = increasing(std::array{board[0], board[1], board[2]});
    const auto turn = with_card(flop, board[3]);
    const board_place on_river = boards_.rivers.find(with_card(turn, board[4]));
    const board_place on_turn = boards_.turns.find(turn);
    const board_place on_flop = boards_.flops.find(flop);
    deal_places found{};
    for (std::size_t player = 0; player < 2; ++player) {
      const std::uint32_t pair = pairs[player];
      found[player] = {pair, place(on_flop, pair), place(on_turn, pair), place(on_river, pair)};
      example::prefetch(&tables_.river[found[player][3]]);
      example::prefetch(&tables_.turn[found[player][2]]);
      example::prefetch(&tables_.flop[found[player][1]]);
    }
    return found;
  }

  deal_buckets at(const deal_places& places) const {
    deal_buckets known{};
    for (std::size_t player = 0; player < 2; ++player) {
      const auto& of = places[player];
      known[player] = {starting_[of[0]], tables_.flop[of[1]], tables_.turn[of[2]],
                       tables_.river[of[3]]};
    }
    return known;
  }

 private:
  std::size_t place(const board_place& board, std::uint32_t pair) const {
    return pair_place(board.id, boards_.pairs.renamed(pair, board.renaming));
  }

  bucket_sizes sizes_;
  bucket_tables tables_;
  canonical_boards boards_;
  std::array<starting_hand, hole_pairs> starting_{}; // by pair
};

/// Builds the buckets of all streets from exact hand strengths, the same for any number of workers;
/// absent if the stop flag ended it. The observer is told of visits to canonical boards, several to
/// each. Tables of strengths come and go: 620 MB are the most at a time.
inline std::optional<card_buckets> build_buckets(orderly::worker_pool& pool,
                                                 const hand_evaluator& evaluate,
                                                 const bucket_sizes& sizes,
                                                 const orderly::ordered_options& options = {}) {
  detail::check_sizes(sizes);
  canonical_boards boards;
  const auto& [flop, turn, river] = sizes;
  const auto visits = [](const auto& index, const street_split& split) {
    return index.size() * (1 + passes_of(split));
  };
  board_run run(visits(boards.flops, flop) + visits(boards.turns, turn) +
                    visits(boards.rivers, river),
                options);
  if (run.stopped()) return std::nullopt;
  const auto rivers = river_strengths(pool, boards, evaluate, run);
  if (run.stopped()) return std::nullopt;
  bucket_tables tables;
  {
    const auto turns = turn_strengths(pool, boards, rivers, run);
    const auto flops = flop_strengths(pool, boards, turns, run);
    tables.flop =
        split_street<std::uint16_t>(pool, boards.flops, flops, flop_completions, flop, run).take();
    tables.turn =
        split_street<std::uint16_t>(pool, boards.turns, turns, turn_completions, turn, run).take();
  }
  tables.river =
      split_street<std::uint8_t>(pool, boards.rivers, rivers, river_completions, river, run).take();
  if (run.stopped()) return std::nullopt;
  return card_buckets(sizes, std::move(tables), std::move(boards));
}

} // namespace poker

#endif
