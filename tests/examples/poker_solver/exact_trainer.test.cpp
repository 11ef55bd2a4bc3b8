// SPDX-License-Identifier: MIT
//
// The trainer over all deals: vector_cfr with the weights of the algorithm.
#include "support/catch.hpp"

#include "poker_solver/exact_trainer.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/vector_cfr.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using poker::algorithm_kind;
using poker::algorithm_settings;
using poker::cfr_weights;
using poker::exact_trainer;
using poker::small_game;
using poker::weighting_kind;

constexpr double infinite = cfr_weights::infinite;

algorithm_settings settings_of(algorithm_kind kind,
                               weighting_kind weighting = weighting_kind::none) {
  algorithm_settings settings;
  settings.kind = kind;
  settings.weighting = weighting;
  return settings;
}

std::vector<double> vector_cfr_table(const small_game& game, const cfr_weights& weights,
                                     std::uint64_t iterations) {
  std::vector<double> table(std::size_t{2} * game.tree().cells());
  poker::vector_cfr cfr(game.tree(), game.chance(), weights);
  for (std::uint64_t t = 1; t <= iterations; ++t) cfr.iterate(table.data(), t);
  return table;
}

std::vector<double> trained(const small_game& game, const algorithm_settings& settings,
                            std::uint64_t iterations) {
  exact_trainer trainer(game, settings);
  trainer.run(iterations);
  return trainer.table();
}

} // namespace

TEST_CASE("exact trainer: the table of vector_cfr, bit for bit", "[poker][exact_trainer]") {
  for (const small_game& game : {poker::kuhn(), poker::leduc()}) {
    const auto check = [&](const algorithm_settings& settings, const cfr_weights& weights) {
      CHECK(trained(game, settings, 20) == vector_cfr_table(game, weights, 20));
    };
    check(settings_of(algorithm_kind::cfr), {infinite, infinite, 0});
    check(settings_of(algorithm_kind::cfr, weighting_kind::linear), {1, 1, 1});
    check(settings_of(algorithm_kind::cfr_plus), {infinite, -infinite, 1});
    check(settings_of(algorithm_kind::dcfr), {1.5, 0, 2});
    algorithm_settings other = settings_of(algorithm_kind::dcfr);
    other.discount = {{2'500}, {-500}, {3'000}};
    check(other, {2.5, -0.5, 3});
  }
}

TEST_CASE("exact trainer: an iteration is a batch", "[poker][exact_trainer]") {
  const small_game game = poker::leduc();
  const algorithm_settings settings = settings_of(algorithm_kind::dcfr);
  exact_trainer trainer(game, settings);
  CHECK(trainer.table() == std::vector<double>(std::size_t{2} * game.tree().cells()));
  CHECK(trainer.batches() == 0);
  for (int i = 0; i < 15; ++i) trainer.run(1);
  trainer.run(0);
  CHECK(trainer.batches() == 15);
  CHECK(trainer.iterations() == 15);
  CHECK(trainer.table() == trained(game, settings, 15));
}

TEST_CASE("exact trainer: goes on from what another one had", "[poker][exact_trainer]") {
  const small_game game = poker::leduc();
  for (const algorithm_kind kind :
       {algorithm_kind::cfr, algorithm_kind::cfr_plus, algorithm_kind::dcfr}) {
    const algorithm_settings settings = settings_of(kind);
    exact_trainer first(game, settings), second(game, settings);
    first.run(12);
    second.restore([&](std::vector<double>& table) {
      table = first.table();
      return first.batches();
    });
    CHECK(second.batches() == 12);
    second.run(18);
    CHECK(second.table() == trained(game, settings, 30));
    CHECK(second.iterations() == 30);
  }
}
