// SPDX-License-Identifier: MIT
//
// What sampled traversals add, by outcome sampling and by external sampling: on average the regrets
// of CFR over all deals, the reach probabilities and the value, within five standard errors.
#include "support/catch.hpp"

#include "plain_game.hpp"
#include "plain_poker.hpp"

#include "poker_solver/best_response.hpp"
#include "poker_solver/external_sampling.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/outcome_sampling.hpp"
#include "poker_solver/range_walk.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using poker::betting_tree;
using poker::deal;
using poker::node_kind;
using poker::small_game;
using poker::tree_node;
using profile = poker::strategy_profile<double>;

/// Kuhn's counterfactual regrets and the players' own reach times their strategies, summed up over
/// the six deals: a table as training fills it.
class kuhn_sums {
 public:
  kuhn_sums(const small_game& game, const profile& played)
      : tree_(game.tree()), played_(played), table_(std::size_t{2} * tree_.cells()) {
    for (const deal& cards : poker::kuhn_deals()) visit(tree_[0], cards, {1, 1});
  }

  const std::vector<double>& table() const { return table_; }

 private:
  /// Returns the value of player 0; reach: of both players.
  double visit(const tree_node& node, const deal& cards, const std::array<double, 2>& reach) {
    if (node.kind == node_kind::fold) return node.payoff;
    if (node.kind == node_kind::showdown) return node.payoff * cards.outcome;
    const std::uint32_t bucket = cards.bucket[node.player][0];
    const double* const strategy = played_.at(node, bucket);
    std::array<double, 2> values{};
    for (std::size_t a = 0; a < 2; ++a) {
      std::array<double, 2> next = reach;
      next[node.player] *= strategy[a];
      values[a] = visit(tree_[node.first_child + a], cards, next);
    }
    const double mean = strategy[0] * values[0] + strategy[1] * values[1];
    double* const cell = table_.data() + tree_.first_cell(node, bucket);
    const double sign = node.player == 0 ? 1 : -1;
    for (std::size_t a = 0; a < 2; ++a) {
      cell[a] += sign * reach[1U - node.player] * (values[a] - mean) / 6;
      cell[tree_.cells() + a] += reach[node.player] * strategy[a] / 6;
    }
    return mean;
  }

  const betting_tree& tree_;
  const profile& played_;
  std::vector<double> table_;
};

/// Regrets of a strategy by walks over all hands, for Leduc.
class regret_moves {
 public:
  regret_moves(const small_game& game, const profile& played)
      : tree_(game.tree()),
        hands_(game.chance().hands),
        played_(hands_, played, played),
        regrets_(tree_.cells()) {}

  void play(const tree_node& node, std::uint32_t first_bucket, double* probabilities) {
    played_.play(node, first_bucket, probabilities);
  }
  void decide(const poker::own_decision& at, double* values) {
    played_.decide(at, values);
    for (std::uint32_t h = 0; h < hands_; ++h) {
      double* const cell = regrets_.data() + tree_.first_cell(at.node, at.first_bucket + h);
      for (std::size_t a = 0; a < at.node.actions; ++a) {
        cell[a] = at.action_values[a * hands_ + h] - values[h];
      }
    }
  }

  const std::vector<double>& regrets() const { return regrets_; }

 private:
  const betting_tree& tree_;
  std::size_t hands_;
  poker::detail::profile_moves<double> played_;
  std::vector<double> regrets_;
};

/// Sums of what is added to each cell, and of its squares. No iteration adds twice to a cell.
struct moments {
  explicit moments(const betting_tree& tree)
      : sum(std::size_t{2} * tree.cells()), squares(std::size_t{2} * tree.cells()) {}

  void prefetch(std::uint32_t) const {}
  void add(std::uint32_t cell, unsigned count, const double* amounts) {
    for (unsigned a = 0; a < count; ++a) {
      sum[cell + a] += amounts[a];
      squares[cell + a] += amounts[a] * amounts[a];
    }
  }

  std::vector<double> sum, squares;
};

/// The mean of independent numbers against what they should be; returns its standard error.
double check_mean(double sum, double squares, std::uint64_t count, double expected) {
  const auto n = static_cast<double>(count);
  const double mean = sum / n;
  const double error = std::sqrt((std::max)(0.0, squares / n - mean * mean) / n);
  CHECK(std::abs(mean - expected) <= 5 * error + 1e-12);
  return error;
}

struct sampled {
  moments cells;
  std::array<double, 2> value{}, value_squares{};
  std::uint64_t iterations = 0;
};

/// One traversal for each player in each iteration, as training makes them.
template <class Sampler>
sampled sample(const small_game& game, std::uint64_t iterations, Sampler&& make) {
  sampled result{moments(game.tree())};
  auto sampler = make(result.cells);
  const small_game::dealer deal_cards(game);
  const orderly::stream_node node(orderly::seed(2024));
  for (; result.iterations < iterations; ++result.iterations) {
    orderly::fast_stream stream = node.fast(result.iterations);
    for (unsigned player = 0; player < 2; ++player) {
      const double value = sampler.traverse(deal_cards(stream), player, stream);
      result.value[player] += value;
      result.value_squares[player] += value * value;
    }
  }
  return result;
}

sampled external(const small_game& game, const std::vector<double>& table, double weight,
                 std::uint64_t iterations) {
  poker::traversal_memory<double> memory(game.tree());
  return sample(game, iterations, [&](moments& updates) {
    return poker::external_sampler<double, moments>(game.tree(), table.data(), updates, {weight, 0},
                                                    memory);
  });
}

sampled outcome(const small_game& game, const std::vector<double>& table, double weight,
                double epsilon, std::uint64_t iterations) {
  return sample(game, iterations, [&](moments& updates) {
    return poker::outcome_sampler<double, moments>(game.tree(), table.data(), updates, weight,
                                                   epsilon);
  });
}

/// Regrets in proportion to a peculiar strategy. Mixed: everything is played now and then.
std::vector<double> regrets_of(const small_game& game, test::plain_rules rules, bool mixed) {
  const test::plain_game plain(rules);
  std::vector<double> table =
      test::profile_of(game, plain, &test::plain_infoset::peculiar).probabilities();
  for (double& r : table) r = mixed ? r + 0.125 : (r > 0 ? r : -5);
  table.resize(2 * table.size());
  return table;
}

/// The strategy of a table of regrets.
profile strategy_of(const betting_tree& tree, const std::vector<double>& regrets) {
  std::vector<double> shifted(2 * regrets.size());
  std::copy(regrets.begin(), regrets.begin() + tree.cells(), shifted.begin() + tree.cells());
  return poker::average_profile<double>(tree, shifted);
}

enum class part { regrets, all };

/// On Kuhn; with a weight that multiplies everything.
void check_cells(const small_game& game, const std::vector<double>& table, double weight,
                 const sampled& found, part compared) {
  const profile played = strategy_of(game.tree(), table);
  const kuhn_sums expected(game, played);
  const std::size_t cells = game.tree().cells();
  double greatest = 0;
  for (std::size_t i = 0; i < (compared == part::all ? 2 * cells : cells); ++i) {
    CAPTURE(i);
    const double error = check_mean(found.cells.sum[i], found.cells.squares[i], found.iterations,
                                    weight * expected.table()[i]);
    greatest = (std::max)(greatest, error / weight);
  }
  CHECK(greatest < 0.01); // else the comparison says little
  CHECK(greatest > 0);
}

void check_value(const small_game& game, const std::vector<double>& table, const sampled& found) {
  const profile played = strategy_of(game.tree(), table);
  const double value = poker::expected_value(game.tree(), game.chance(), played, played);
  for (std::size_t player = 0; player < 2; ++player) {
    const double error = check_mean(found.value[player], found.value_squares[player],
                                    found.iterations, player == 0 ? value : -value);
    CHECK(error < 0.05);
  }
}

constexpr std::uint64_t many = 120'000;

} // namespace

TEST_CASE("external sampling: unbiased regrets, sums and values in kuhn",
          "[poker][external_sampling]") {
  const small_game game = poker::kuhn();
  for (const bool mixed : {true, false}) {
    const auto table = regrets_of(game, test::plain_kuhn, mixed);
    const double weight = mixed ? 1 : 3;
    const sampled found = external(game, table, weight, many);
    check_cells(game, table, weight, found, part::all);
    check_value(game, table, found);
  }
}

TEST_CASE("outcome sampling: unbiased regrets, sums and values in kuhn",
          "[poker][outcome_sampling]") {
  const small_game game = poker::kuhn();
  const auto table = regrets_of(game, test::plain_kuhn, true);
  for (const double epsilon : {0.6, 1.0}) {
    const double weight = epsilon < 1 ? 1 : 3;
    const sampled found = outcome(game, table, weight, epsilon, many);
    check_cells(game, table, weight, found, part::all);
    check_value(game, table, found);
  }
}

// Where the opponent never goes with some hands, the sums count the others only.
TEST_CASE("outcome sampling: unbiased regrets where some actions are never played",
          "[poker][outcome_sampling]") {
  const small_game game = poker::kuhn();
  const auto table = regrets_of(game, test::plain_kuhn, false);
  for (const double epsilon : {0.6, 1.0}) {
    const sampled found = outcome(game, table, 1, epsilon, many);
    check_cells(game, table, 1, found, part::regrets);
    check_value(game, table, found);
  }
}

TEST_CASE("sampling: unbiased values in leduc", "[poker][external_sampling][outcome_sampling]") {
  const small_game game = poker::leduc();
  for (const bool mixed : {true, false}) {
    const auto table = regrets_of(game, test::plain_leduc, mixed);
    check_value(game, table, external(game, table, 1, 20'000));
    check_value(game, table, outcome(game, table, 1, 0.6, 100'000));
  }
}

TEST_CASE("external sampling: unbiased regrets on leduc's first street",
          "[poker][external_sampling]") {
  const small_game game = poker::leduc();
  const auto table = regrets_of(game, test::plain_leduc, true);
  const profile played = strategy_of(game.tree(), table);
  regret_moves expected(game, played);
  poker::range_walk walk(game.tree(), game.chance());
  for (unsigned player = 0; player < 2; ++player) walk.value(player, expected);
  const sampled found = external(game, table, 1, 30'000);
  poker::for_each_infoset(
      game.tree(), [&](const tree_node& node, std::uint32_t, std::uint32_t cell) {
        for (std::size_t i = cell; node.street == 0 && i < cell + node.actions; ++i) {
          CHECK(check_mean(found.cells.sum[i], found.cells.squares[i], found.iterations,
                           expected.regrets()[i]) < 0.02);
        }
      });
}

TEST_CASE("outcome sampling: one way from the root to an end", "[poker][outcome_sampling]") {
  const small_game game = poker::kuhn();
  const std::vector<double> table(std::size_t{2} * game.tree().cells());
  moments updates(game.tree());
  poker::outcome_sampler<double, moments> sampler(game.tree(), table.data(), updates, 1, 0.6);
  const deal cards = poker::kuhn_deals()[0];
  std::array<int, 5> lengths{};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    orderly::fast_stream stream = orderly::stream_node(orderly::seed(1)).fast(i);
    const std::uint64_t before = sampler.visited();
    sampler.traverse(cards, i % 2, stream);
    REQUIRE(sampler.visited() - before < lengths.size());
    ++lengths[sampler.visited() - before];
  }
  // Half bet, a quarter check behind, the others bet after a check: all played as often.
  CHECK(lengths[3] == Approx(750).margin(70));
  CHECK(lengths[4] == 1000 - lengths[3]);
}
