// SPDX-License-Identifier: MIT
//
// Exact values and best responses, against enumeration, known equilibria and a computation that
// goes through all histories.
#include "support/catch.hpp"

#include "plain_game.hpp"
#include "plain_poker.hpp"

#include "poker_solver/best_response.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using poker::betting_tree;
using poker::chance_law;
using poker::small_game;
using profile = poker::strategy_profile<double>;
using test::plain_infoset;

/// A profile of Kuhn poker from the probabilities of a bet, by node (root, after p, after b, after
/// p b) and card.
profile kuhn_profile(const std::array<std::array<double, 3>, 4>& bets) {
  static const small_game game = poker::kuhn(); // the profile refers to its tree
  std::vector<double> probabilities(game.tree().cells());
  test::for_each_named_infoset(
      game.tree(), 3, [&](const std::string& name, const poker::tree_node& node, std::uint32_t b) {
        const std::string actions = name.substr(2);
        const std::size_t row = actions.empty() ? 0 : actions == "p" ? 1 : actions == "b" ? 2 : 3;
        probabilities[game.tree().first_cell(node, b)] = 1 - bets[row][b];
        probabilities[game.tree().first_cell(node, b) + 1] = bets[row][b];
      });
  return profile(game.tree(), probabilities);
}

/// H. W. Kuhn's equilibria: player 0 bluffs with the lowest card with probability alpha up to 1/3.
profile kuhn_equilibrium(double alpha) {
  return kuhn_profile({{{alpha, 0, 3 * alpha},      // opens
                        {1.0 / 3, 0, 1},            // after a check
                        {0, 1.0 / 3, 1},            // facing a bet
                        {0, alpha + 1.0 / 3, 1}}}); // check, then facing a bet
}

/// What player 0 wins in Kuhn's betting with any cards, from the five ways to the end.
double kuhn_value(const chance_law& chance, const profile& first, const profile& second) {
  const small_game game = poker::kuhn();
  const betting_tree& tree = game.tree();
  const poker::tree_node& root = tree[0];
  const poker::tree_node& passed = tree[root.first_child];
  const poker::tree_node& bet = tree[root.first_child + 1];
  const poker::tree_node& pass_bet = tree[passed.first_child + 1];
  double sum = 0;
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (std::uint32_t j = 0; j < 3; ++j) {
      const double weight = chance.streets[0][0].weight[i * 3 + j];
      const double outcome = chance.streets[0][0].outcome[i * 3 + j];
      const double *a = first.at(root, i), *c = first.at(pass_bet, i);
      const double *b = second.at(passed, j), *d = second.at(bet, j);
      sum += a[0] * b[0] * outcome;
      sum += a[0] * b[1] * (c[0] * -weight + c[1] * 2 * outcome);
      sum += a[1] * (d[0] * weight + d[1] * 2 * outcome);
    }
  }
  return sum;
}

/// All 64 pure strategies of both players at once: bit 3 * decision + card says bet.
profile pure_kuhn_profile(unsigned bits) {
  std::array<std::array<double, 3>, 4> bets{};
  for (unsigned card = 0; card < 3; ++card) {
    for (unsigned row = 0; row < 4; ++row) { // rows 0 and 3 are player 0's, 1 and 2 player 1's
      const unsigned decision = row == 0 || row == 1 ? 0 : 1;
      bets[row][card] = (bits >> (3 * decision + card)) & 1U;
    }
  }
  return kuhn_profile(bets);
}

void check_by_enumeration(const chance_law& chance, const profile& played) {
  const small_game game = poker::kuhn();
  double best0 = -100, best1 = -100;
  for (unsigned bits = 0; bits < 64; ++bits) {
    const profile pure = pure_kuhn_profile(bits);
    best0 = (std::max)(best0, kuhn_value(chance, pure, played));
    best1 = (std::max)(best1, -kuhn_value(chance, played, pure));
  }
  CHECK(poker::best_response(game.tree(), chance, 0, played).value == Approx(best0).epsilon(1e-12));
  CHECK(poker::best_response(game.tree(), chance, 1, played).value == Approx(best1).epsilon(1e-12));
  CHECK(poker::expected_value(game.tree(), chance, played, played) ==
        Approx(kuhn_value(chance, played, played)).epsilon(1e-12));
}

/// Cards that favour one player: nothing about them is symmetric.
chance_law crooked_chance() {
  poker::chance_board board{0, {}, {}};
  for (unsigned i = 0; i < 9; ++i) {
    board.weight.push_back((1 + i * i % 7) / 36.0);
    board.outcome.push_back(board.weight.back() * (i % 4 - 1.2));
  }
  return {3, {{board}}};
}

/// The first action of a node loses 1 chip, the second leads to a showdown for 3 on street 2.
class leap_rules {
 public:
  explicit leap_rules(unsigned player) : player_(player) {}
  poker::node_kind kind() const { return kind_; }
  unsigned player() const { return player_; }
  unsigned street() const { return kind_ == poker::node_kind::showdown ? 2 : 0; }
  std::int32_t payoff() const {
    if (kind_ == poker::node_kind::showdown) return 3;
    return player_ == 0 ? -1 : 1;
  }
  unsigned actions() const { return 2; }
  std::string label(unsigned action) const { return action == 0 ? "f" : "c"; }
  leap_rules after(unsigned action) const {
    leap_rules next = *this;
    next.kind_ = action == 0 ? poker::node_kind::fold : poker::node_kind::showdown;
    return next;
  }

 private:
  unsigned player_;
  poker::node_kind kind_ = poker::node_kind::decision;
};

/// Two boards on street 0, three and then four that follow them in no order; two hands.
chance_law leap_chance() {
  const std::vector<std::vector<std::uint32_t>> parents{{0, 0}, {1, 0, 1}, {2, 0, 1, 0}};
  chance_law chance{2, {}};
  double next = 0.01;
  for (const auto& street : parents) {
    chance.streets.emplace_back();
    for (const std::uint32_t parent : street) {
      poker::chance_board board{parent, {}, {}};
      for (int i = 0; i < 4; ++i) {
        board.weight.push_back(next);
        board.outcome.push_back(next * (i % 3 - 0.9));
        next = next * 1.7 > 0.2 ? next / 11 : next * 1.7;
      }
      chance.streets.back().push_back(board);
    }
  }
  return chance;
}

/// The value to the acting player of each hand on each first board: fold, call.
std::array<double, 2> leap_values(const chance_law& chance, unsigned player, std::size_t board,
                                  std::size_t hand) {
  std::array<double, 2> result{};
  const auto entry = [&](std::size_t other) {
    return player == 0 ? hand * 2 + other : other * 2 + hand;
  };
  for (std::size_t other = 0; other < 2; ++other) {
    result[0] -= chance.streets[0][board].weight[entry(other)];
    for (const poker::chance_board& last : chance.streets[2]) {
      if (chance.streets[1][last.parent].parent != board) continue;
      result[1] += (player == 0 ? 3 : -3) * last.outcome[entry(other)];
    }
  }
  return result;
}

} // namespace

TEST_CASE("best response: kuhn by enumeration of all pure strategies", "[poker][best_response]") {
  const small_game game = poker::kuhn();
  test::plain_game plain(test::plain_kuhn);
  for (int t = 1; t <= 7; ++t) plain.iterate(t, false);
  check_by_enumeration(game.chance(), test::profile_of(game, plain, &plain_infoset::uniform));
  check_by_enumeration(game.chance(), test::profile_of(game, plain, &plain_infoset::average));
  check_by_enumeration(game.chance(), test::profile_of(game, plain, &plain_infoset::peculiar));
}

TEST_CASE("best response: cards without symmetry, by enumeration", "[poker][best_response]") {
  const small_game game = poker::kuhn();
  const test::plain_game plain(test::plain_kuhn);
  check_by_enumeration(crooked_chance(), test::profile_of(game, plain, &plain_infoset::uniform));
  check_by_enumeration(crooked_chance(), test::profile_of(game, plain, &plain_infoset::peculiar));
}

TEST_CASE("best response: leduc as found history by history", "[poker][best_response]") {
  const small_game game = poker::leduc();
  test::plain_game plain(test::plain_leduc);
  for (int t = 1; t <= 3; ++t) plain.iterate(t, true);
  for (const auto strategy :
       {&plain_infoset::uniform, &plain_infoset::average, &plain_infoset::peculiar}) {
    const profile played = test::profile_of(game, plain, strategy);
    for (unsigned player = 0; player < 2; ++player) {
      CHECK(poker::best_response(game.tree(), game.chance(), player, played).value ==
            Approx(plain.best_response(static_cast<int>(player), strategy)).epsilon(1e-12));
    }
    CHECK(poker::expected_value(game.tree(), game.chance(), played, played) ==
          Approx(plain.value(strategy)).epsilon(1e-12));
  }
}

TEST_CASE("best response: its profile wins its value", "[poker][best_response]") {
  const small_game game = poker::leduc();
  const test::plain_game plain(test::plain_leduc);
  const profile played = test::profile_of(game, plain, &plain_infoset::peculiar);
  const auto best0 = poker::best_response(game.tree(), game.chance(), 0, played);
  const auto best1 = poker::best_response(game.tree(), game.chance(), 1, played);
  CHECK(poker::expected_value(game.tree(), game.chance(), best0.profile, played) ==
        Approx(best0.value).epsilon(1e-12));
  CHECK(poker::expected_value(game.tree(), game.chance(), played, best1.profile) ==
        Approx(-best1.value).epsilon(1e-12));
  CHECK(best0.value > poker::expected_value(game.tree(), game.chance(), played, played));
}

TEST_CASE("best response: pure, and the opponent's strategy is kept", "[poker][best_response]") {
  const small_game game = poker::leduc();
  const test::plain_game plain(test::plain_leduc);
  const profile played = test::profile_of(game, plain, &plain_infoset::peculiar);
  const auto best = poker::best_response(game.tree(), game.chance(), 1, played);
  poker::for_each_infoset(
      game.tree(), [&](const poker::tree_node& node, std::uint32_t bucket, std::uint32_t) {
        const double* const found = best.profile.at(node, bucket);
        if (node.player == 0) {
          CHECK(std::equal(found, found + node.actions, played.at(node, bucket)));
        } else {
          CHECK(std::count(found, found + node.actions, 1.0) == 1);
          CHECK(std::count(found, found + node.actions, 0.0) == node.actions - 1);
        }
      });
}

TEST_CASE("best response: boards of several streets, and a leap over one",
          "[poker][best_response]") {
  const chance_law chance = leap_chance();
  for (unsigned player = 0; player < 2; ++player) {
    const betting_tree tree(leap_rules(player), {4, 6, 8});
    const profile uniform = poker::uniform_profile<double>(tree);
    const auto found = poker::best_response(tree, chance, player, uniform);
    double best = 0, mean = 0;
    for (std::uint32_t bucket = 0; bucket < 4; ++bucket) {
      const auto [fold, call] = leap_values(chance, player, bucket / 2, bucket % 2);
      best += (std::max)(fold, call);
      mean += (fold + call) / 2;
      CHECK(found.profile.at(tree[0], bucket)[1] == (call > fold ? 1 : 0));
    }
    CHECK(found.value == Approx(best).epsilon(1e-12));
    CHECK(poker::expected_value(tree, chance, uniform, uniform) ==
          Approx(player == 0 ? mean : -mean).epsilon(1e-12));
  }
}

TEST_CASE("expected value: what one player wins the other loses", "[poker][best_response]") {
  const small_game game = poker::leduc();
  const test::plain_game plain(test::plain_leduc);
  const profile played = test::profile_of(game, plain, &plain_infoset::peculiar);
  poker::detail::profile_moves<double> moves(6, played, played);
  poker::range_walk walk(game.tree(), game.chance());
  const double first = walk.value(0, moves);
  CHECK(first != 0);
  CHECK(walk.value(1, moves) == Approx(-first).epsilon(1e-12));
}

TEST_CASE("expected value: uniform play", "[poker][best_response]") {
  const small_game kuhn = poker::kuhn();
  const profile in_kuhn = poker::uniform_profile<double>(kuhn.tree());
  CHECK(poker::expected_value(kuhn.tree(), kuhn.chance(), in_kuhn, in_kuhn) == Approx(1.0 / 8));
  const small_game leduc = poker::leduc();
  const profile in_leduc = poker::uniform_profile<double>(leduc.tree());
  CHECK(poker::expected_value(leduc.tree(), leduc.chance(), in_leduc, in_leduc) ==
        Approx(-5.0 / 64));
}

TEST_CASE("exploitability: uniform play", "[poker][best_response]") {
  const small_game kuhn = poker::kuhn();
  CHECK(poker::exploitability(kuhn.tree(), kuhn.chance(),
                              poker::uniform_profile<double>(kuhn.tree())) ==
        Approx(11.0 / 24).epsilon(1e-12)); // 0.458333
  const small_game leduc = poker::leduc();
  CHECK(poker::exploitability(leduc.tree(), leduc.chance(),
                              poker::uniform_profile<double>(leduc.tree())) ==
        Approx(1709.0 / 720).epsilon(1e-12)); // 2.373611
}

TEST_CASE("exploitability: zero in the known equilibria of kuhn", "[poker][best_response]") {
  const small_game game = poker::kuhn();
  for (const double alpha : {0.0, 0.1, 1.0 / 3}) {
    const profile played = kuhn_equilibrium(alpha);
    CHECK(poker::exploitability(game.tree(), game.chance(), played) == Approx(0).margin(1e-15));
    CHECK(poker::expected_value(game.tree(), game.chance(), played, played) ==
          Approx(-1.0 / 18).epsilon(1e-12));
  }
  CHECK(poker::exploitability(game.tree(), game.chance(), kuhn_equilibrium(0.33)) < 1e-15);
}

TEST_CASE("exploitability: profiles in single precision", "[poker][best_response]") {
  const small_game game = poker::leduc();
  const auto uniform = poker::uniform_profile<float>(game.tree());
  CHECK(poker::exploitability(game.tree(), game.chance(), uniform) == Approx(1709.0 / 720));
  const auto best = poker::best_response(game.tree(), game.chance(), 0, uniform);
  CHECK(poker::expected_value(game.tree(), game.chance(), best.profile, uniform) ==
        Approx(best.value).epsilon(1e-6));
}
