// SPDX-License-Identifier: MIT
//
// A game of so few cards that all its deals fit a list, each as likely as any other: for sampling
// the list, for exact algorithms the law.
#ifndef ORDERLY_EXAMPLES_POKER_SMALL_GAME_HPP
#define ORDERLY_EXAMPLES_POKER_SMALL_GAME_HPP

#include "betting_tree.hpp"
#include "deal.hpp"

#include "orderly/random_stream.hpp"

#include <utility> // move
#include <vector>  // deals

namespace poker {

class small_game {
 public:
  using real = double; ///< of the table

  small_game(betting_tree tree, chance_law chance, std::vector<deal> deals)
      : tree_(std::move(tree)), chance_(std::move(chance)), deals_(std::move(deals)) {}

  const betting_tree& tree() const { return tree_; }
  const chance_law& chance() const { return chance_; }
  /// Amounts are told in chips here, in big blinds elsewhere.
  static constexpr double chips_per_unit() { return 1; }

  /// Deals cards; every worker has its own. It has no state here.
  class dealer {
   public:
    explicit dealer(const small_game& game) : deals_(game.deals_) {}
    const deal& operator()(orderly::fast_stream& stream) const {
      return deals_[stream.below(deals_.size())];
    }

   private:
    const std::vector<deal>& deals_;
  };

 private:
  betting_tree tree_;
  chance_law chance_;
  std::vector<deal> deals_;
};

} // namespace poker

#endif
