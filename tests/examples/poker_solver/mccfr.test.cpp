// SPDX-License-Identifier: MIT
//
// Training by sampling: the table of a plain loop over the iterations, bit for bit, with any number
// of workers and in any pieces; weights and discounts of periods; pruning; and that it learns.
#include "support/catch.hpp"

#include "poker_solver/best_response.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/mccfr.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/worker_pool.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using poker::algorithm_kind;
using poker::algorithm_settings;
using poker::direct_updates;
using poker::small_game;
using poker::weighting_kind;

using numbers = std::vector<double>;
using trainer = poker::mccfr_trainer<small_game>;

algorithm_settings settings_of(algorithm_kind kind, std::uint64_t batch_size,
                               weighting_kind weighting = weighting_kind::none) {
  algorithm_settings settings;
  settings.kind = kind;
  settings.weighting = weighting;
  settings.discount_interval = 3;
  settings.batch_size = batch_size;
  settings.seed = 99;
  return settings;
}

/// Both kinds of sampling with each weighting.
std::vector<algorithm_settings> all_settings(std::uint64_t batch_size) {
  std::vector<algorithm_settings> all;
  for (const algorithm_kind kind : {algorithm_kind::external, algorithm_kind::outcome}) {
    for (const weighting_kind weighting :
         {weighting_kind::none, weighting_kind::linear, weighting_kind::dcfr}) {
      all.push_back(settings_of(kind, batch_size, weighting));
    }
  }
  return all;
}

/// Both players have the same cards, or each his own.
template <class Sampler>
void traverse_both(const small_game& game, bool same_cards, Sampler&& sampler,
                   orderly::fast_stream& stream) {
  const small_game::dealer deal_cards(game);
  poker::deal cards = deal_cards(stream);
  sampler(cards, 0);
  if (!same_cards) cards = deal_cards(stream);
  sampler(cards, 1);
}

/// One iteration; reads one table and adds to another or the same.
void iterate(const small_game& game, const algorithm_settings& settings, std::uint64_t iteration,
             double weight, const numbers& read, numbers& table) {
  orderly::fast_stream stream = orderly::stream_node(orderly::seed(settings.seed)).fast(iteration);
  direct_updates<double> updates(table.data());
  if (settings.kind == algorithm_kind::outcome) {
    poker::outcome_sampler<double, direct_updates<double>> sampler(
        game.tree(), read.data(), updates, weight, settings.epsilon.real());
    traverse_both(
        game, false, [&](const auto& cards, unsigned p) { sampler.traverse(cards, p, stream); },
        stream);
    return;
  }
  const bool prunes = settings.prune && stream.unit() < settings.prune->probability.real();
  const double below = settings.prune ? -settings.prune->threshold.real() * weight : 0;
  poker::traversal_memory<double> memory(game.tree());
  poker::external_sampler<double, direct_updates<double>> sampler(
      game.tree(), read.data(), updates, {weight, below, below * 31 / 30}, memory);
  traverse_both(
      game, settings.batch_size > 1,
      [&](const auto& cards, unsigned p) { sampler.traverse(cards, p, stream, prunes); }, stream);
}

/// Training as a plain loop. Weightings none and linear.
numbers by_loop(const small_game& game, const algorithm_settings& settings, std::uint64_t batches) {
  numbers table(std::size_t{2} * game.tree().cells());
  const bool linear = settings.weighting == weighting_kind::linear;
  std::uint64_t iteration = 0;
  for (std::uint64_t batch = 0; batch < batches; ++batch) {
    const numbers before = table;
    const double weight =
        linear ? static_cast<double>(1 + batch / settings.discount_interval) : 1.0;
    for (std::uint64_t i = 0; i < settings.batch_size; ++i) {
      const numbers& read = settings.batch_size == 1 ? table : before;
      iterate(game, settings, iteration++, weight, read, table);
    }
  }
  return table;
}

numbers trained(const small_game& game, const algorithm_settings& settings, std::uint64_t batches,
                std::size_t workers = 1) {
  orderly::worker_pool pool({.workers = workers});
  trainer training(game, settings, pool);
  training.run(batches);
  return training.table();
}

/// Goes on from a table.
numbers trained_from(const small_game& game, const algorithm_settings& settings,
                     const numbers& table, std::uint64_t done, std::uint64_t batches) {
  orderly::worker_pool pool({.workers = 2});
  trainer training(game, settings, pool);
  training.restore([&](numbers& restored) {
    restored = table;
    return done;
  });
  CHECK(training.batches() == done);
  training.run(batches);
  CHECK(training.iterations() == (done + batches) * settings.batch_size);
  return training.table();
}

double exploitability(const small_game& game, const numbers& table) {
  return poker::exploitability(game.tree(), game.chance(),
                               poker::average_profile<double>(game.tree(), table));
}

/// Compares a table with another one after its discount.
void check_discounted(const numbers& found, const numbers& before, double positive, double negative,
                      double played) {
  unsigned rose = 0, fell = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool regret = i < found.size() / 2;
    const double factor = !regret ? played : before[i] > 0 ? positive : negative;
    CHECK(found[i] == Approx(before[i] * factor).epsilon(1e-14).margin(0));
    rose += regret && before[i] > 0 ? 1U : 0U;
    fell += regret && before[i] < 0 ? 1U : 0U;
  }
  CHECK(rose > 0);
  CHECK(fell > 0);
}

} // namespace

TEST_CASE("mccfr: the bits of a plain loop", "[poker][mccfr]") {
  for (const small_game& game : {poker::kuhn(), poker::leduc()}) {
    for (const std::uint64_t batch_size : {1U, 2U, 40U}) {
      for (const algorithm_settings& settings : all_settings(batch_size)) {
        if (settings.weighting == weighting_kind::dcfr) continue;
        CHECK(trained(game, settings, 10) == by_loop(game, settings, 10));
      }
    }
  }
}

TEST_CASE("mccfr: the same bits for any number of workers", "[poker][mccfr]") {
  for (const small_game& game : {poker::kuhn(), poker::leduc()}) {
    for (const algorithm_settings& settings : all_settings(70)) {
      const numbers alone = trained(game, settings, 8);
      for (const std::size_t workers : {2U, 3U, 7U}) {
        CHECK(trained(game, settings, 8, workers) == alone);
      }
    }
  }
}

TEST_CASE("mccfr: the same bits in pieces, and from what was saved", "[poker][mccfr]") {
  const small_game game = poker::leduc();
  orderly::worker_pool pool({.workers = 2});
  for (const std::uint64_t batch_size : {1U, 20U}) {
    for (const algorithm_settings& settings : all_settings(batch_size)) {
      const numbers whole = trained(game, settings, 20);
      trainer pieces(game, settings, pool);
      for (int i = 0; i < 20; ++i) pieces.run(1);
      CHECK(pieces.table() == whole);
      for (const std::uint64_t done : {3U, 7U}) { // at the end of a period, and within one
        CHECK(trained_from(game, settings, trained(game, settings, done), done, 20 - done) ==
              whole);
      }
    }
  }
}

TEST_CASE("mccfr: seed and batch size matter", "[poker][mccfr]") {
  const small_game game = poker::leduc();
  for (const algorithm_kind kind : {algorithm_kind::external, algorithm_kind::outcome}) {
    algorithm_settings settings = settings_of(kind, 1);
    const numbers single = trained(game, settings, 40);
    CHECK(trained(game, settings, 40, 3) == single);
    CHECK(trained(game, settings_of(kind, 2), 20) != single);
    settings.seed = 98;
    CHECK(trained(game, settings, 40) != single);
  }
}

TEST_CASE("mccfr: counts batches, iterations and nodes", "[poker][mccfr]") {
  const small_game game = poker::kuhn();
  std::uint64_t visited = 0;
  for (const std::size_t workers : {1U, 3U}) {
    orderly::worker_pool pool({.workers = workers});
    trainer training(game, settings_of(algorithm_kind::external, 50), pool);
    CHECK(training.table() == numbers(48));
    training.run(0);
    CHECK(training.visited() == 0);
    training.run(4);
    CHECK(training.batches() == 4);
    CHECK(training.iterations() == 200);
    // Of player 0 five or seven nodes, of player 1 four or five.
    CHECK(training.visited() > 200 * 9);
    CHECK(training.visited() < 200 * 12);
    if (workers > 1) CHECK(training.visited() == visited);
    visited = training.visited();
  }
}

TEST_CASE("mccfr: linear weights count the periods", "[poker][mccfr]") {
  const small_game game = poker::kuhn();
  for (const algorithm_kind kind : {algorithm_kind::external, algorithm_kind::outcome}) {
    const auto linear = settings_of(kind, 20, weighting_kind::linear);
    const auto plain = settings_of(kind, 20);
    const numbers start = trained(game, plain, 3);
    CHECK(trained(game, linear, 3) == start); // the first period
    for (const std::uint64_t done : {3U, 5U, 6U, 30U}) {
      const numbers found = trained_from(game, linear, start, done, 1);
      const numbers once = trained_from(game, plain, start, done, 1);
      const auto period = static_cast<double>(done / 3 + 1);
      for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(found[i] - start[i] == Approx(period * (once[i] - start[i])).margin(1e-9));
      }
    }
  }
}

TEST_CASE("mccfr: discounts after each period", "[poker][mccfr]") {
  const small_game game = poker::leduc();
  for (const algorithm_kind kind : {algorithm_kind::external, algorithm_kind::outcome}) {
    auto discounted = settings_of(kind, 20, weighting_kind::dcfr);
    discounted.discount = {{1'500}, {-500}, {2'000}};
    const auto plain = settings_of(kind, 20);
    CHECK(trained(game, discounted, 2) == trained(game, plain, 2));
    // t^alpha / (t^alpha + 1), the same with beta, and (t / (t + 1))^gamma for t = 1, 2, 5.
    const numbers first = trained(game, discounted, 3);
    check_discounted(first, trained(game, plain, 3), 0.5, 0.5, 0.25);
    const double root = std::sqrt(2.0);
    check_discounted(trained_from(game, discounted, first, 3, 3),
                     trained_from(game, plain, first, 3, 3), 2 * root / (2 * root + 1),
                     1 / (1 + root), 4.0 / 9);
    check_discounted(
        trained_from(game, discounted, first, 14, 1), trained_from(game, plain, first, 14, 1),
        5 * std::sqrt(5.0) / (5 * std::sqrt(5.0) + 1), 1 / (1 + std::sqrt(5.0)), 25.0 / 36);
  }
}

TEST_CASE("mccfr: prunes as a plain loop does", "[poker][mccfr][pruning]") {
  const small_game game = poker::leduc();
  for (const weighting_kind weighting : {weighting_kind::none, weighting_kind::linear}) {
    for (const std::uint64_t batch_size : {1U, 40U}) {
      auto settings = settings_of(algorithm_kind::external, batch_size, weighting);
      settings.prune = poker::pruning{{2'500}, {700}};
      const numbers found = trained(game, settings, 60);
      CHECK(found == by_loop(game, settings, 60));
      settings.prune->threshold = {1'000'000'000}; // nothing gets there
      const numbers never = trained(game, settings, 60);
      CHECK(found != never);
      settings.prune->probability = {0};
      CHECK(trained(game, settings, 60) == never);
    }
  }
}

TEST_CASE("mccfr: a pruned regret stays, and returns without pruning", "[poker][mccfr][pruning]") {
  const small_game game = poker::leduc();
  const poker::betting_tree& tree = game.tree();
  numbers table(std::size_t{2} * tree.cells());
  const std::size_t raise = tree.first_cell(tree[0], 3) + 1U;
  table[raise - 1] = 1000; // checks, for as long as this test takes
  table[raise] = -1000;
  auto settings = settings_of(algorithm_kind::external, 40);
  for (const std::int64_t probability : {1'000, 500, 0}) {
    settings.prune = poker::pruning{{500'000}, {probability}};
    const double found = trained_from(game, settings, table, 0, 10)[raise];
    CHECK((found == -1000) == (probability == 1'000));
  }
  settings.prune = poker::pruning{{2'000'000}, {1'000}};
  CHECK(trained_from(game, settings, table, 0, 10)[raise] != -1000);
}

TEST_CASE("mccfr: learns kuhn", "[poker][mccfr]") {
  const small_game game = poker::kuhn();
  auto settings = settings_of(algorithm_kind::external, 10);
  settings.seed = 1;
  CHECK(exploitability(game, trained(game, settings, 10'000)) < 0.01);
  settings.kind = algorithm_kind::outcome;
  CHECK(exploitability(game, trained(game, settings, 10'000)) < 0.03);
}

TEST_CASE("mccfr: no regret falls below the floor of pruning", "[poker][mccfr][pruning]") {
  const small_game game = poker::leduc();
  auto settings = settings_of(algorithm_kind::external, 1);
  const auto least_regret = [&] {
    const numbers table = trained(game, settings, 3000);
    return *std::min_element(table.begin(), table.begin() + game.tree().cells());
  };
  CHECK(least_regret() < -30);
  settings.prune = poker::pruning{{6'000}, {950}};
  CHECK(least_regret() >= -6 * 31.0 / 30 - 1e-12);
  CHECK(least_regret() < -6);
}

TEST_CASE("mccfr: learns leduc, also with pruning, which visits less", "[poker][mccfr][pruning]") {
  const small_game game = poker::leduc();
  orderly::worker_pool pool({.workers = 2});
  auto settings = settings_of(algorithm_kind::external, 100);
  settings.seed = 1;
  trainer all(game, settings, pool);
  settings.prune = poker::pruning{{100'000}, {950}};
  trainer pruned(game, settings, pool);
  all.run(1000);
  pruned.run(1000);
  CHECK(exploitability(game, all.table()) < 0.09);
  CHECK(exploitability(game, pruned.table()) < 0.09);
  CHECK(pruned.visited() < all.visited());
}
