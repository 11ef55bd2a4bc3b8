// SPDX-License-Identifier: MIT
//
// Duplicate matches in games so small that what a profile wins can be computed from all deals.
#include "poker_solver/duplicate_match.hpp"
#include "poker_solver/kuhn.hpp"
#include "poker_solver/leduc.hpp"

#include "support/catch.hpp"

#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using poker::deal;
using poker::match_result;
using poker::small_game;
using poker::tree_node;

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

/// Some profile, another one for each number.
strategies mixed_profile(const small_game& game, std::uint64_t number) {
  orderly::fast_stream stream = orderly::stream_node(orderly::seed(77)).fast(number);
  std::vector<double> table(std::size_t{2} * game.tree().cells());
  for (double& weight : table) weight = stream.unit() * stream.unit() * stream.unit();
  return poker::average_profile<double>(game.tree(), table);
}

/// Exact, by enumeration: the value for player 0 of one deal below a node.
double value_of(const small_game& game, const strategies& first, const strategies& second,
                const deal& cards, const tree_node& node) {
  if (node.kind == poker::node_kind::fold) return node.payoff;
  if (node.kind == poker::node_kind::showdown) return cards.outcome * node.payoff;
  const strategies& acting = node.player == 0 ? first : second;
  const double* const strategy = acting.at(node, cards.bucket[node.player][node.street]);
  double sum = 0;
  for (unsigned a = 0; a < node.actions; ++a) {
    const tree_node& child = game.tree()[node.first_child + a];
    sum += strategy[a] * value_of(game, first, second, cards, child);
  }
  return sum;
}

/// Exact: what A wins of B on average of both seats.
double exact_gain(const small_game& game, const std::vector<deal>& deals, const strategies& a,
                  const strategies& b) {
  double sum = 0;
  for (const deal& cards : deals) {
    sum += value_of(game, a, b, cards, game.tree()[0]);
    sum -= value_of(game, b, a, cards, game.tree()[0]);
  }
  return sum / 2 / static_cast<double>(deals.size());
}

orderly::seed_range deals_of(std::uint64_t seed, std::uint64_t count) {
  return {orderly::seed(seed), count};
}

match_result match(const small_game& game, const strategies& a, const strategies& b,
                   const orderly::seed_range& deals, std::size_t workers = 1) {
  orderly::worker_pool pool(workers);
  return poker::duplicate_match(game, a, b, deals, pool);
}

double standard_errors_off(const match_result& played, double exact) {
  return std::fabs(played.mean() - exact) / played.standard_error();
}

} // namespace

TEST_CASE("duplicate match: the mean is near the value by enumeration", "[poker][match]") {
  for (std::uint64_t number = 0; number < 4; ++number) {
    const strategies a = mixed_profile(kuhn(), 2 * number);
    const strategies b = mixed_profile(kuhn(), 2 * number + 1);
    const double exact = exact_gain(kuhn(), poker::kuhn_deals(), a, b);
    const match_result played = match(kuhn(), a, b, deals_of(number, 100'000));
    CHECK(played.deals() == 100'000);
    CHECK(standard_errors_off(played, exact) < 3);
    CHECK(played.standard_error() < 0.005);
    CHECK(std::fabs(exact) >
          5 * played.standard_error()); // neither zero nor the other sign would do
  }
  const strategies a = mixed_profile(leduc(), 1);
  const strategies b = mixed_profile(leduc(), 2);
  const double exact = exact_gain(leduc(), poker::leduc_deals(), a, b);
  CHECK(standard_errors_off(match(leduc(), a, b, deals_of(5, 200'000)), exact) < 3);
}

TEST_CASE("duplicate match: the interval holds the exact value 95 times in a hundred",
          "[poker][match]") {
  const strategies a = mixed_profile(kuhn(), 1);
  const strategies b = mixed_profile(kuhn(), 2);
  const double exact = exact_gain(kuhn(), poker::kuhn_deals(), a, b);
  constexpr int matches = 400;
  int held = 0;
  for (int i = 0; i < matches; ++i) {
    const match_result played = match(kuhn(), a, b, deals_of(1000 + static_cast<unsigned>(i), 500));
    held += std::fabs(played.mean() - exact) <= played.half_width();
  }
  // The standard deviation of the count is 4.4.
  CHECK(held >= 380 - 13);
  CHECK(held <= 380 + 13);
}

TEST_CASE("duplicate match: a profile wins nothing of itself in any deal", "[poker][match]") {
  const strategies a = mixed_profile(leduc(), 3);
  const match_result played = match(leduc(), a, a, deals_of(1, 20'000));
  CHECK(played.mean() == 0);
  CHECK(played.chips.lowest() == 0);
  CHECK(played.chips.highest() == 0);
  CHECK(played.half_width() == 0);
}

TEST_CASE("duplicate match: B against A is A against B with the other sign", "[poker][match]") {
  const strategies a = mixed_profile(leduc(), 4);
  const strategies b = mixed_profile(leduc(), 5);
  const match_result forth = match(leduc(), a, b, deals_of(2, 20'000));
  const match_result back = match(leduc(), b, a, deals_of(2, 20'000));
  CHECK(forth.mean() != 0);
  CHECK(back.mean() == -forth.mean());
  CHECK(back.standard_error() == forth.standard_error());
  CHECK(back.chips.lowest() == -forth.chips.highest());
}

TEST_CASE("duplicate match: any number of workers has the same result", "[poker][match]") {
  const strategies a = mixed_profile(leduc(), 6);
  const strategies b = mixed_profile(leduc(), 7);
  const orderly::seed_range deals = deals_of(3, 20 * poker::match_chunk + 17);
  const match_result one = match(leduc(), a, b, deals, 1);
  CHECK(one.chips.count() == deals.size());
  CHECK(match(leduc(), a, b, deals, 2) == one);
  CHECK(match(leduc(), a, b, deals, 3) == one);
  CHECK(match(leduc(), a, b, deals_of(4, deals.size()), 1) != one);
}

TEST_CASE("duplicate match: parts of the deals add up to the whole", "[poker][match]") {
  const strategies a = mixed_profile(kuhn(), 8);
  const strategies b = mixed_profile(kuhn(), 9);
  const orderly::seed_range deals = deals_of(3, 5'000);
  orderly::exact_moments parts = match(kuhn(), a, b, deals.subrange(0, 1'234)).chips;
  parts += match(kuhn(), a, b, deals.subrange(1'234, 5'000)).chips;
  CHECK(parts == match(kuhn(), a, b, deals).chips);
}

TEST_CASE("duplicate match: what is stopped is the result of the first deals", "[poker][match]") {
  const strategies a = mixed_profile(kuhn(), 10);
  const strategies b = mixed_profile(kuhn(), 11);
  const orderly::seed_range deals = deals_of(6, 100 * poker::match_chunk);
  std::atomic<bool> stop{false};
  std::uint64_t told = 0;
  const auto observe = [&](const orderly::progress_count& count) {
    CHECK(count.total == deals.size());
    told = count.done;
    if (count.done == 3 * poker::match_chunk) stop = true;
  };
  orderly::ordered_options options;
  options.stop = &stop;
  options.observer = observe;
  orderly::worker_pool pool(1);
  const match_result stopped = poker::duplicate_match(kuhn(), a, b, deals, pool, options);
  CHECK(told == stopped.deals());
  CHECK(stopped.deals() >= 3 * poker::match_chunk);
  CHECK(stopped.deals() < deals.size());
  CHECK(stopped == match(kuhn(), a, b, deals.subrange(0, stopped.deals())));
}

TEST_CASE("duplicate match: results are told in units, half of what both seatings brought",
          "[poker][match]") {
  match_result result;
  CHECK(result.mean() == 0);
  CHECK(result.half_width() == 0);
  result.chips_per_unit = 1000;
  for (const std::int64_t chips : {3000, 1000, 4000, 0}) result.chips.add(chips);
  CHECK(result.deals() == 4);
  CHECK(result.mean() == 1.0);
  // In big blinds 1.5, 0.5, 2 and 0: a variance of 2.5 / 3, that of the mean a quarter.
  CHECK(result.standard_error() == Approx(std::sqrt(2.5 / 3 / 4)));
  CHECK(result.half_width() == Approx(1.96 * std::sqrt(2.5 / 3 / 4)));
}

TEST_CASE("duplicate match: an expected showdown counts to the nearest chip", "[poker][match]") {
  const poker::betting_tree tree(poker::kuhn_rules{}, {3});
  const std::vector<double> betting = [] { // bets and calls
    std::vector<double> all(24);
    for (std::size_t i = 1; i < all.size(); i += 2) all[i] = 1;
    return all;
  }();
  REQUIRE(tree.cells() == betting.size());
  const auto won_with = [&](double outcome) {
    const deal cards{{{{0}, {0}}}, outcome};
    return poker::play_hand<double>(tree, cards, poker::origins_of(tree, cards),
                                    {betting.data(), betting.data()},
                                    orderly::stream_node(orderly::seed(1)).fast(0));
  };
  CHECK(won_with(1) == 2); // two chips of each player
  CHECK(won_with(-1) == -2);
  CHECK(won_with(0.4) == 1); // 0.8
  CHECK(won_with(-0.4) == -1);
  CHECK(won_with(0.2) == 0);
}
