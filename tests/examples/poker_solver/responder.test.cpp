// SPDX-License-Identifier: MIT
//
// Learned responses in games where best responses can be computed.
#include "poker_solver/responder.hpp"
#include "poker_solver/best_response.hpp"
#include "poker_solver/duplicate_match.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"
#include "poker_solver/vector_cfr.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

using poker::match_result;
using poker::responder_settings;
using poker::small_game;

using strategies = poker::strategy_profile<double>;

namespace {

const small_game& kuhn() {
  static const small_game game = poker::kuhn();
  return game;
}
const small_game& leduc() {
  static const small_game game = poker::leduc();
  return game;
}

strategies uniform(const small_game& game) { return poker::uniform_profile<double>(game.tree()); }

/// The profile after some iterations of CFR+.
strategies trained(const small_game& game, std::uint64_t iterations) {
  std::vector<double> table(std::size_t{2} * game.tree().cells());
  poker::vector_cfr cfr(game.tree(), game.chance(), poker::cfr_plus_weights);
  for (std::uint64_t t = 1; t <= iterations; ++t) cfr.iterate(table.data(), t);
  return poker::average_profile<double>(game.tree(), table);
}

/// The same with one strategy for all infosets of a player; its first actions come first.
strategies with_player(const small_game& game, strategies all, unsigned player,
                       const std::vector<double>& strategy) {
  std::vector<double> probabilities = all.probabilities();
  const auto set = [&](const poker::tree_node& node, std::uint32_t, std::uint32_t cell) {
    if (node.player != player) return;
    for (unsigned a = 0; a < node.actions; ++a) probabilities[cell + a] = strategy[a];
  };
  poker::for_each_infoset(game.tree(), set);
  return strategies(game.tree(), std::move(probabilities));
}

strategies responder_to(const small_game& game, const strategies& frozen,
                        const responder_settings& settings, std::size_t workers = 1) {
  orderly::worker_pool pool(workers);
  return poker::train_responder(game, frozen, settings, pool).value();
}

double exploitability(const small_game& game, const strategies& frozen) {
  return poker::exploitability(game.tree(), game.chance(), frozen);
}

/// Exact: what the responder wins on average of both seats.
double exact_gain(const small_game& game, const strategies& responder, const strategies& frozen) {
  const auto value = [&](const strategies& first, const strategies& second) {
    return poker::expected_value(game.tree(), game.chance(), first, second);
  };
  return (value(responder, frozen) - value(frozen, responder)) / 2;
}

/// The same by a match, which must agree.
void check_held_out(const small_game& game, const strategies& responder, const strategies& frozen,
                    std::uint64_t deals) {
  orderly::worker_pool pool(1);
  const match_result gain =
      poker::duplicate_match(game, responder, frozen, poker::held_out_deals(1, deals), pool);
  CHECK(gain.deals() == deals);
  CHECK(gain.standard_error() > 0);
  CHECK(std::fabs(gain.mean() - exact_gain(game, responder, frozen)) < 3 * gain.standard_error());
  // What is told is no more than the exploitability.
  CHECK(gain.mean() - 3 * gain.standard_error() < exploitability(game, frozen));
}

} // namespace

TEST_CASE("responder: the uniform profile of Kuhn poker is exploited in full",
          "[poker][responder]") {
  const strategies frozen = uniform(kuhn());
  const strategies responder = responder_to(kuhn(), frozen, {20'000, 100, 1});
  CHECK(exact_gain(kuhn(), responder, frozen) == Approx(0.458333).margin(1e-6));
  check_held_out(kuhn(), responder, frozen, 200'000);
}

TEST_CASE("responder: the gain against the uniform profile of Leduc poker grows to the bound",
          "[poker][responder]") {
  constexpr double bound = 2.373611;
  const strategies frozen = uniform(leduc());
  const strategies early = responder_to(leduc(), frozen, {1'000, 100, 1});
  const strategies late = responder_to(leduc(), frozen, {50'000, 1'000, 1});
  CHECK(exact_gain(leduc(), early, frozen) > 1.5);
  CHECK(exact_gain(leduc(), early, frozen) < 2.3);
  CHECK(exact_gain(leduc(), late, frozen) > 2.35);
  CHECK(exact_gain(leduc(), late, frozen) < bound + 1e-6);
  check_held_out(leduc(), late, frozen, 200'000);
}

TEST_CASE("responder: next to nothing is gained near an equilibrium", "[poker][responder]") {
  const strategies of_kuhn = trained(kuhn(), 1'000);
  const strategies to_kuhn = responder_to(kuhn(), of_kuhn, {20'000, 100, 1});
  CHECK(std::fabs(exact_gain(kuhn(), to_kuhn, of_kuhn)) < 0.002);
  check_held_out(kuhn(), to_kuhn, of_kuhn, 200'000);
  const strategies of_leduc = trained(leduc(), 100);
  const strategies to_leduc = responder_to(leduc(), of_leduc, {100'000, 1'000, 1});
  CHECK(exploitability(leduc(), of_leduc) < 0.05);
  CHECK(std::fabs(exact_gain(leduc(), to_leduc, of_leduc)) < 0.05);
  check_held_out(leduc(), to_leduc, of_leduc, 200'000);
}

TEST_CASE("responder: each seat answers the other one's strategy alone", "[poker][responder]") {
  const strategies betting = with_player(kuhn(), uniform(kuhn()), 0, {0, 1});
  const strategies passing = with_player(kuhn(), uniform(kuhn()), 0, {1, 0});
  const strategies to_betting = responder_to(kuhn(), betting, {5'000, 100, 1});
  const strategies to_passing = responder_to(kuhn(), passing, {5'000, 100, 1});
  bool seat_1_differs = false;
  for (std::size_t i = 0; i < kuhn().tree().size(); ++i) {
    const poker::tree_node& node = kuhn().tree()[i];
    if (node.kind != poker::node_kind::decision) continue;
    for (std::uint32_t card = 0; card < 3; ++card) {
      const bool same = std::equal(to_betting.at(node, card), to_betting.at(node, card) + 2,
                                   to_passing.at(node, card));
      if (node.player == 0) CHECK(same);
      seat_1_differs = seat_1_differs || !same;
    }
  }
  CHECK(seat_1_differs);
  // Against one who bets every card the jack has lost; the queen still beats one card of two.
  const poker::tree_node& facing_bet = kuhn().tree()[kuhn().tree()[0].first_child + 1];
  CHECK(to_betting.at(facing_bet, 0)[0] == 1);
  CHECK(to_betting.at(facing_bet, 1)[1] == 1);
  CHECK(to_betting.at(facing_bet, 2)[1] == 1);
}

TEST_CASE("responder: what was never met is played as the frozen profile does",
          "[poker][responder]") {
  const strategies frozen = trained(leduc(), 3);
  CHECK(responder_to(leduc(), frozen, {0, 100, 1}).probabilities() == frozen.probabilities());
  const strategies responder = responder_to(leduc(), frozen, {20, 100, 1});
  int pure = 0, kept = 0;
  poker::for_each_infoset(leduc().tree(),
                          [&](const poker::tree_node& node, std::uint32_t bucket, std::uint32_t) {
                            const double* const played = responder.at(node, bucket);
                            const double* const end = played + node.actions;
                            const bool same = std::equal(played, end, frozen.at(node, bucket));
                            const bool certain = std::count(played, end, 1.0) == 1 &&
                                                 std::count(played, end, 0.0) == node.actions - 1;
                            CHECK((same || certain));
                            kept += same && !certain;
                            pure += !same;
                          });
  CHECK(pure > 50);
  CHECK(kept > 50);
}

TEST_CASE("responder: any number of workers learns the same", "[poker][responder]") {
  const strategies frozen = trained(leduc(), 3);
  const responder_settings settings{1'234, 100, 5};
  const strategies one = responder_to(leduc(), frozen, settings, 1);
  CHECK(responder_to(leduc(), frozen, settings, 2).probabilities() == one.probabilities());
  CHECK(responder_to(leduc(), frozen, settings, 3).probabilities() == one.probabilities());
  const strategies other = responder_to(leduc(), frozen, {1'234, 100, 6});
  CHECK(other.probabilities() != one.probabilities());
}

TEST_CASE("responder: the observer hears of all batches of both seats, and may stop",
          "[poker][responder]") {
  const strategies frozen = uniform(kuhn());
  const responder_settings settings{250, 100, 1};
  orderly::worker_pool pool(1);
  std::atomic<bool> stop{false};
  std::uint64_t stop_at = 501;
  std::vector<std::uint64_t> heard;
  const auto observe = [&](const orderly::progress_count& count) {
    CHECK(count.total == 500);
    heard.push_back(count.done);
    if (count.done >= stop_at) stop = true;
  };
  orderly::ordered_options options;
  options.stop = &stop;
  options.observer = observe;
  CHECK(poker::train_responder(kuhn(), frozen, settings, pool, options).has_value());
  CHECK(heard == std::vector<std::uint64_t>{100, 200, 250, 350, 450, 500});
  heard.clear();
  stop_at = 350;
  CHECK_FALSE(poker::train_responder(kuhn(), frozen, settings, pool, options).has_value());
  CHECK(heard == std::vector<std::uint64_t>{100, 200, 250, 350});
}

TEST_CASE("responder: held-out deals are others than any seed's own", "[poker][responder]") {
  const orderly::seed_range held_out = poker::held_out_deals(1, 10);
  CHECK(held_out.size() == 10);
  CHECK(held_out.first() == 0);
  CHECK(held_out.node() != orderly::stream_node(orderly::seed(1)));
  CHECK(held_out.node() != poker::held_out_deals(2, 10).node());
}
