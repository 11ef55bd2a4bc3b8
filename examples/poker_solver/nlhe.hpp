// SPDX-License-Identifier: MIT
//
// Heads-up no-limit hold'em as a game to train on: the betting, and cards as buckets.
//
//   poker::nlhe_game game(settings, std::move(buckets));   // nlhe_settings and card_buckets
//   poker::nlhe_game<poker::card_buckets>::dealer deal_cards(game);   // every worker has its own
//   const poker::deal cards = deal_cards(stream);
//
// A deal is all nine cards of a hand, exactly uniform: both players' buckets on all four streets and
// the outcome of a showdown, whether or not it comes to them. There are too many deals for an exact
// law; what is exact is the game that the buckets make of them.
//
// `Buckets` is card_buckets, or what answers the same three questions: buckets(street), the places
// of a deal's buckets, and the buckets at these places.
#ifndef ORDERLY_EXAMPLES_POKER_NLHE_HPP
#define ORDERLY_EXAMPLES_POKER_NLHE_HPP

#include "betting_tree.hpp"
#include "board_index.hpp"
#include "deal.hpp"
#include "deck.hpp"
#include "hand_evaluator.hpp"
#include "nlhe_rules.hpp"

#include "orderly/random_stream.hpp"

#include <array>   // hole cards of both players
#include <cstdint> // buckets
#include <utility> // move
#include <vector>  // buckets of the streets

namespace poker {

template <class Buckets>
class nlhe_game {
 public:
  using real = float; ///< of the table, which is large

  /// Exceptions: those of nlhe_rules and betting_tree.
  nlhe_game(const nlhe_settings& settings, Buckets buckets)
      : buckets_(std::move(buckets)), tree_(nlhe_rules(settings), sizes_of(buckets_)) {}

  const betting_tree& tree() const { return tree_; }
  const Buckets& buckets() const { return buckets_; }
  static constexpr double chips_per_unit() { return big_blind; }

  /// Deals cards; every worker has its own. The game must outlive it.
  class dealer {
   public:
    explicit dealer(const nlhe_game& game) : game_(game) {}
    deal operator()(orderly::fast_stream& stream) {
      const holdem_cards cards = deal_holdem(deck_, stream);
      const auto pair_of = [](const std::array<card, 2>& hole) {
        return pair_number(hole[0], hole[1]);
      };
      // The showdown is evaluated while memory fetches the buckets.
      const auto places =
          game_.buckets_.find({pair_of(cards.hole[0]), pair_of(cards.hole[1])}, cards.board);
      const int outcome = showdown(game_.evaluate_, cards);
      return {game_.buckets_.at(places), static_cast<double>(outcome)};
    }

   private:
    const nlhe_game& game_;
    deck deck_;
  };

 private:
  static std::vector<std::uint32_t> sizes_of(const Buckets& buckets) {
    std::vector<std::uint32_t> sizes;
    for (unsigned street = 0; street < most_streets; ++street) {
      sizes.push_back(buckets.buckets(street));
    }
    return sizes;
  }

  Buckets buckets_;
  betting_tree tree_;
  hand_evaluator evaluate_;
};

} // namespace poker

#endif
