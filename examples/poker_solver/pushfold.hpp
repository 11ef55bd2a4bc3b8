// SPDX-License-Identifier: MIT
//
// Heads-up push or fold: the small blind goes all-in or folds, the big blind calls or folds.
//
// With short stacks little is lost by playing nothing else, and the game is small: 169 starting
// hands for each player, all showdowns before the flop. Both an exact law, from the equities of all
// pairs of starting hands, and a dealer of cards are here. As in published charts the stack is what
// each player has before he posts blind and ante.
//
//   const poker::pushfold_game game({.stack = 10'000}, equities);   // an equity_matrix
//   game.chance();                                                  // one board, 169 x 169 hands
//   poker::pushfold_game::dealer deal_cards(game);                  // every worker has its own
//
// With 10 big blinds and no ante the value for the small blind is -0.045371 big blinds; he pushes
// 58.3 % of his hands, and 37.4 % call.
#ifndef ORDERLY_EXAMPLES_POKER_PUSHFOLD_HPP
#define ORDERLY_EXAMPLES_POKER_PUSHFOLD_HPP

#include "betting_tree.hpp"
#include "deal.hpp"
#include "deck.hpp"
#include "equity_matrix.hpp"
#include "nlhe_rules.hpp"
#include "starting_hands.hpp"

#include "orderly/random_stream.hpp"

#include <cstddef>   // size_t
#include <cstdint>   // chips
#include <stdexcept> // invalid_argument
#include <string>    // labels
#include <utility>   // move
#include <vector>    // the law

namespace poker {

struct pushfold_settings {
  std::int32_t stack = 10 * big_blind; ///< before antes and blinds
  std::int32_t ante = 0;               ///< of each player
};

/// Actions: "f" fold, then "p" push or "c" call.
class pushfold_rules {
 public:
  /// Exceptions: std::invalid_argument for settings that make no game.
  explicit pushfold_rules(const pushfold_settings& settings) : settings_(settings) {
    check_stack(settings.stack, settings.ante);
  }

  node_kind kind() const {
    if (folded_) return node_kind::fold;
    return player_ == 2 ? node_kind::showdown : node_kind::decision;
  }
  unsigned player() const { return player_; }
  unsigned street() const { return 0; }
  std::int32_t payoff() const {
    if (!folded_) return settings_.stack;
    return player_ == 1 ? -(small_blind + settings_.ante) : big_blind + settings_.ante;
  }
  unsigned actions() const { return 2; }
  std::string label(unsigned action) const {
    if (action == 0) return "f";
    return player_ == 0 ? "p" : "c";
  }
  pushfold_rules after(unsigned action) const {
    pushfold_rules next = *this;
    ++next.player_;
    next.folded_ = action == 0;
    return next;
  }

 private:
  pushfold_settings settings_;
  unsigned player_ = 0; // 2 after the call
  bool folded_ = false;
};

/// The law of the starting hands and of what their showdowns bring.
inline chance_law pushfold_chance(const equity_matrix& equities) {
  constexpr std::size_t pairs = std::size_t{starting_hands} * starting_hands;
  chance_board board{0, std::vector<double>(pairs), std::vector<double>(pairs)};
  std::uint64_t all = 0;
  const auto for_each_pair = [](const auto& visit) {
    for (unsigned i = 0; i < starting_hands; ++i) {
      for (unsigned j = 0; j < starting_hands; ++j) {
        visit(static_cast<starting_hand>(i), static_cast<starting_hand>(j));
      }
    }
  };
  for_each_pair([&](starting_hand i, starting_hand j) { all += equities.total(i, j); });
  for_each_pair([&](starting_hand i, starting_hand j) {
    const std::size_t place = std::size_t{i} * starting_hands + j;
    const double ways = static_cast<double>(all);
    const double won = static_cast<double>(equities.wins(i, j));
    const double lost = static_cast<double>(equities.wins(j, i));
    board.weight[place] = static_cast<double>(equities.total(i, j)) / ways;
    board.outcome[place] = (won - lost) / ways;
  });
  return {starting_hands, {{std::move(board)}}};
}

/// Deals are pairs of starting hands with the exact expectation of their showdown: that no board is
/// dealt takes most of the noise out of sampling.
class pushfold_game {
 public:
  using real = double; ///< of the table

  pushfold_game(const pushfold_settings& settings, const equity_matrix& equities)
      : tree_(pushfold_rules(settings), {starting_hands}),
        chance_(pushfold_chance(equities)),
        outcomes_(expected_outcomes(chance_.streets[0][0])) {}

  const betting_tree& tree() const { return tree_; }
  const chance_law& chance() const { return chance_; }
  static constexpr double chips_per_unit() { return big_blind; }

  /// Deals cards; every worker has its own. The game must outlive it.
  class dealer {
   public:
    explicit dealer(const pushfold_game& game) : outcomes_(game.outcomes_) {}
    deal operator()(orderly::fast_stream& stream) {
      const auto cards = deck_.deal<4>(stream);
      const std::uint32_t first = starting_hand_of(cards[0], cards[1]);
      const std::uint32_t second = starting_hand_of(cards[2], cards[3]);
      return {{{{first}, {second}}}, outcomes_[std::size_t{first} * starting_hands + second]};
    }

   private:
    const std::vector<double>& outcomes_;
    deck deck_;
  };

 private:
  static std::vector<double> expected_outcomes(const chance_board& board) {
    std::vector<double> outcomes(board.weight.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      outcomes[i] = board.outcome[i] / board.weight[i];
    }
    return outcomes;
  }

  betting_tree tree_;
  chance_law chance_;
  std::vector<double> outcomes_; // by both hands
};

} // namespace poker

#endif
