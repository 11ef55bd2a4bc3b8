// SPDX-License-Identifier: MIT
//
// A small game as the tree of all its histories with the chance nodes in place, and CFR and best
// responses that go through it history by history. What the solver says is compared with it.
//
//   test::plain_game game(test::plain_leduc);
//   for (int t = 1; t <= 50; ++t) game.iterate(t, true);   // CFR+
//   game.infosets.at("25:rcc").average();                  // card 2, common card 5, after r c c
//   game.exploitability(&test::plain_infoset::average);
//
// The operations come in the order of OpenSpiel's CFRSolver and CFRPlusSolver, so that even the last
// digits are nearly theirs.
#ifndef ORDERLY_TESTS_EXAMPLES_POKER_PLAIN_GAME_HPP
#define ORDERLY_TESTS_EXAMPLES_POKER_PLAIN_GAME_HPP

#include "plain_poker.hpp"

#include "poker_solver/betting_tree.hpp"
#include "poker_solver/small_game.hpp"
#include "poker_solver/strategy_profile.hpp"

#include <algorithm> // copy, max_element, remove
#include <array>     // reach probabilities
#include <cstddef>   // size_t
#include <cstdint>   // buckets
#include <map>       // infosets by what the player knows
#include <optional>  // values not computed yet
#include <string>    // histories
#include <utility>   // move
#include <vector>    // children

namespace test {

using plain_strategy = std::vector<double>;

struct plain_infoset {
  std::string name; ///< cards and actions
  std::string moves;
  std::vector<double> regrets, sums;
  plain_strategy current;

  plain_strategy average() const { return in_proportion(sums); }
  /// Something else in every infoset, with a certain action now and then.
  plain_strategy peculiar() const {
    std::uint32_t state = 7;
    for (const char c : name) state = (state ^ static_cast<unsigned char>(c)) * 16'777'619U;
    std::vector<double> weights;
    for (std::size_t a = 0; a < moves.size(); ++a) {
      state = state * 1'664'525U + 1'013'904'223U;
      weights.push_back((state >> 24U) % 3 == 0 ? 0 : static_cast<double>(state >> 20U));
    }
    return in_proportion(weights);
  }
  plain_strategy uniform() const { return in_proportion(std::vector<double>(sums.size())); }

  static plain_strategy in_proportion(const std::vector<double>& weights) {
    double sum = 0;
    for (const double w : weights) sum += w > 0 ? w : 0;
    plain_strategy result;
    for (const double w : weights) {
      result.push_back(sum > 0 ? (w > 0 ? w / sum : 0) : 1.0 / static_cast<double>(weights.size()));
    }
    return result;
  }
};

struct plain_history {
  plain_turn turn;
  plain_infoset* infoset = nullptr;
  std::vector<plain_history> children;
  // For best responses:
  double reach = 0; ///< without the player who responds
  std::optional<double> best;
};

class plain_game {
 public:
  using strategy_of = plain_strategy (plain_infoset::*)() const;

  explicit plain_game(plain_rules rules) : rules_(rules), root_(grow("", "")) {}
  plain_game(const plain_game&) = delete;
  plain_game& operator=(const plain_game&) = delete;

  std::map<std::string, plain_infoset> infosets; ///< by card, common card, ':', actions
  std::size_t histories = 0;

  void iterate(double iteration, bool plus) {
    for (int player = 0; player < 2; ++player) {
      learn(root_, player, {1, 1, 1}, plus ? iteration : 1);
      for (auto& [name, infoset] : infosets) {
        if (plus) {
          for (double& r : infoset.regrets) r = r < 0 ? 0 : r;
        }
        infoset.current = plain_infoset::in_proportion(infoset.regrets);
      }
    }
  }

  /// Of player 0.
  double value(strategy_of strategy) const { return value(root_, strategy); }

  /// Of the player who responds.
  double best_response(int player, strategy_of strategy) {
    members_.clear();
    prepare(root_, player, 1, strategy);
    return best(root_, player, strategy);
  }

  double exploitability(strategy_of strategy) {
    return (best_response(0, strategy) + best_response(1, strategy)) / 2;
  }

 private:
  plain_history grow(const std::string& cards, const std::string& actions);
  double learn(const plain_history& at, int player, const std::array<double, 3>& reach,
               double weight);
  double value(const plain_history& at, strategy_of strategy) const;
  void prepare(plain_history& at, int player, double reach, strategy_of strategy);
  double best(plain_history& at, int player, strategy_of strategy);
  std::size_t best_move(const plain_infoset& infoset, int player, strategy_of strategy);
  static double share(const plain_history& at) {
    return 1.0 / static_cast<double>(at.children.size());
  }
  static plain_strategy probabilities_at(const plain_history& at, strategy_of strategy) {
    if (at.turn.kind == plain_turn::decision) return (at.infoset->*strategy)();
    return plain_strategy(at.children.size(), share(at));
  }

  plain_rules rules_;
  std::map<const plain_infoset*, std::vector<plain_history*>> members_;
  plain_history root_;
};

inline plain_history plain_game::grow(const std::string& cards, const std::string& actions) {
  ++histories;
  plain_history result{rules_(cards, actions), nullptr, {}, 0, {}};
  if (result.turn.kind == plain_turn::chance) {
    for (const char card : std::string(rules_ == plain_kuhn ? "012" : "012345")) {
      if (cards.find(card) != std::string::npos) continue;
      result.children.push_back(grow(cards + card, actions + result.turn.next));
    }
  } else if (result.turn.kind == plain_turn::decision) {
    std::string seen = actions;
    seen.erase(std::remove(seen.begin(), seen.end(), '/'), seen.end());
    const auto player = static_cast<std::size_t>(result.turn.player);
    const std::string& moves = result.turn.moves;
    const std::vector<double> zeros(moves.size());
    const std::string name = cards[player] + cards.substr(2) + ':' + seen;
    const plain_infoset fresh{name, moves, zeros, zeros, plain_infoset::in_proportion(zeros)};
    result.infoset = &infosets.try_emplace(name, fresh).first->second;
    for (const char move : moves) result.children.push_back(grow(cards, actions + move));
  }
  return result;
}

inline double plain_game::learn(const plain_history& at, int player,
                                const std::array<double, 3>& reach, double weight) {
  const plain_turn& turn = at.turn;
  if (turn.kind == plain_turn::over) return player == 0 ? turn.payoff : -turn.payoff;
  if (turn.kind == plain_turn::decision && reach[0] == 0 && reach[1] == 0) return 0;
  const std::size_t mover =
      turn.kind == plain_turn::chance ? 2 : static_cast<std::size_t>(turn.player);
  std::array<double, 6> values{};
  double mean = 0;
  for (std::size_t a = 0; a < at.children.size(); ++a) {
    const double probability = mover == 2 ? share(at) : at.infoset->current[a];
    std::array<double, 3> next = reach;
    next[mover] *= probability;
    values[a] = learn(at.children[a], player, next, weight);
    mean += probability * values[a];
  }
  if (mover != static_cast<std::size_t>(player)) return mean;
  for (std::size_t a = 0; a < at.children.size(); ++a) {
    at.infoset->regrets[a] += reach[1 - mover] * reach[2] * (values[a] - mean);
    at.infoset->sums[a] += weight * reach[mover] * at.infoset->current[a];
  }
  return mean;
}

inline double plain_game::value(const plain_history& at, strategy_of strategy) const {
  if (at.turn.kind == plain_turn::over) return at.turn.payoff;
  const plain_strategy probabilities = probabilities_at(at, strategy);
  double sum = 0;
  for (std::size_t a = 0; a < at.children.size(); ++a) {
    sum += probabilities[a] * value(at.children[a], strategy);
  }
  return sum;
}

/// Lists the histories of the player's infosets, with the probability that the others lead there.
inline void plain_game::prepare(plain_history& at, int player, double reach, strategy_of strategy) {
  at.reach = reach;
  at.best.reset();
  if (at.turn.kind == plain_turn::over) return;
  const bool own = at.turn.kind == plain_turn::decision && at.turn.player == player;
  if (own) members_[at.infoset].push_back(&at);
  const plain_strategy probabilities = probabilities_at(at, strategy);
  for (std::size_t a = 0; a < at.children.size(); ++a) {
    prepare(at.children[a], player, own ? reach : reach * probabilities[a], strategy);
  }
}

/// What the responding player wins from here on.
inline double plain_game::best(plain_history& at, int player, strategy_of strategy) {
  if (at.turn.kind == plain_turn::over) return player == 0 ? at.turn.payoff : -at.turn.payoff;
  if (at.best) return *at.best;
  double result = 0;
  if (at.turn.kind == plain_turn::decision && at.turn.player == player) {
    result = best(at.children[best_move(*at.infoset, player, strategy)], player, strategy);
  } else {
    const plain_strategy probabilities = probabilities_at(at, strategy);
    for (std::size_t a = 0; a < at.children.size(); ++a) {
      result += probabilities[a] * best(at.children[a], player, strategy);
    }
  }
  at.best = result;
  return result;
}

inline std::size_t plain_game::best_move(const plain_infoset& infoset, int player,
                                         strategy_of strategy) {
  std::vector<double> worth(infoset.moves.size());
  for (plain_history* const history : members_.at(&infoset)) {
    for (std::size_t a = 0; a < worth.size(); ++a) {
      worth[a] += history->reach * best(history->children[a], player, strategy);
    }
  }
  return static_cast<std::size_t>(std::max_element(worth.begin(), worth.end()) - worth.begin());
}

/// Calls f(name, node, bucket) for every infoset that the cards allow, with its name as above.
template <class F>
void for_each_named_infoset(const poker::betting_tree& tree, unsigned hands, F&& f,
                            std::size_t number = 0, const std::string& actions = "") {
  const poker::tree_node& node = tree[number];
  if (node.kind != poker::node_kind::decision) return;
  for (std::uint32_t b = 0; b < tree.buckets(node.street); ++b) {
    std::string cards = std::to_string(b % hands);
    if (node.street == 1) cards += std::to_string(b / hands);
    if (node.street == 0 || cards[0] != cards[1]) f(cards + ':' + actions, node, b);
  }
  for (std::size_t a = 0; a < node.actions; ++a) {
    const std::size_t child = node.first_child + a;
    for_each_named_infoset(tree, hands, f, child, actions + tree.label(child));
  }
}

/// The strategies of a plain game as a profile of the same game.
inline poker::strategy_profile<double> profile_of(const poker::small_game& game,
                                                  const plain_game& plain,
                                                  plain_game::strategy_of strategy) {
  auto probabilities = poker::uniform_profile<double>(game.tree()).probabilities();
  for_each_named_infoset(
      game.tree(), static_cast<unsigned>(game.chance().hands),
      [&](const std::string& name, const poker::tree_node& node, std::uint32_t bucket) {
        const plain_strategy told = (plain.infosets.at(name).*strategy)();
        std::copy(told.begin(), told.end(),
                  probabilities.begin() + game.tree().first_cell(node, bucket));
      });
  return poker::strategy_profile<double>(game.tree(), std::move(probabilities));
}

} // namespace test

#endif
