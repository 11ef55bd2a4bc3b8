// SPDX-License-Identifier: MIT
//
// The deck: no card twice, every deal as likely as any other, and no memory of deals before.
#include "poker_solver/deck.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

using poker::card;
using poker::deck;
using poker::deck_size;

namespace {

orderly::fast_stream stream_of(std::uint64_t index) {
  return orderly::stream_node(orderly::seed(20'231)).fast(index);
}

/// Pearson's statistic of counts that should be equal.
double chi_square(const std::vector<unsigned>& counts, double expected) {
  double sum = 0;
  for (const unsigned count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

/// The textbook shuffle on a fresh deck: digit i picks from the cards not yet dealt.
std::vector<card> dealt_by_the_book(std::uint64_t number, std::size_t count) {
  std::vector<card> cards(deck_size);
  for (unsigned c = 0; c < deck_size; ++c) cards[c] = static_cast<card>(c);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(cards[i], cards[i + number % (deck_size - i)]);
    number /= deck_size - i;
  }
  cards.resize(count);
  return cards;
}

} // namespace

TEST_CASE("deck: the numbers of ordered deals", "[poker][deck]") {
  CHECK(poker::ordered_deals(0) == 1);
  CHECK(poker::ordered_deals(2) == 2'652);
  CHECK(poker::ordered_deals(5) == 311'875'200);
  CHECK(poker::ordered_deals(9) == 1'335'062'881'152'000);
  CHECK(poker::ordered_deals(11) / poker::ordered_deals(10) == 42);
}

TEST_CASE("deck: the numbers of a deal of three cards give every such deal once", "[poker][deck]") {
  deck cards;
  std::vector<bool> seen(deck_size * deck_size * deck_size);
  std::uint64_t different = 0;
  for (std::uint64_t number = 0; number < poker::ordered_deals(3); ++number) {
    const auto [a, b, c] = cards.deal_numbered<3>(number);
    different += a != b && a != c && b != c && !seen[(a * 52U + b) * 52U + c] ? 1U : 0U;
    seen[(a * 52U + b) * 52U + c] = true;
  }
  CHECK(different == 132'600);
}

TEST_CASE("deck: nine cards are those of the shuffle on a fresh deck", "[poker][deck]") {
  deck cards;
  orderly::fast_stream numbers = stream_of(1);
  bool same = true;
  for (unsigned i = 0; i < 2'000; ++i) {
    const std::uint64_t number = numbers.below(poker::ordered_deals(9));
    const auto dealt = cards.deal_numbered<9>(number);
    const auto expected = dealt_by_the_book(number, 9);
    same = same && std::equal(dealt.begin(), dealt.end(), expected.begin(), expected.end());
  }
  CHECK(same);
}

TEST_CASE("deck: a deal depends on the stream alone", "[poker][deck]") {
  deck used;
  for (std::uint64_t i = 0; i < 100; ++i) {
    orderly::fast_stream stream = stream_of(i);
    orderly::fast_stream same = stream_of(i);
    REQUIRE(used.deal<9>(stream) == deck().deal<9>(same));
  }
}

TEST_CASE("deck: the cards of a deal are different ones of the deck", "[poker][deck]") {
  deck cards;
  orderly::fast_stream stream = stream_of(2);
  bool good = true;
  for (unsigned i = 0; i < 5'000; ++i) {
    const auto dealt = cards.deal<11>(stream);
    const std::set<card> different(dealt.begin(), dealt.end());
    good = good && different.size() == 11 && *different.rbegin() < deck_size;
  }
  CHECK(good);
}

TEST_CASE("deck: every card is as likely at every place", "[poker][deck]") {
  constexpr unsigned deals = 52'000;
  deck cards;
  orderly::fast_stream stream = stream_of(3);
  std::array<std::vector<unsigned>, 9> counts;
  counts.fill(std::vector<unsigned>(deck_size));
  for (unsigned i = 0; i < deals; ++i) {
    const auto dealt = cards.deal<9>(stream);
    for (std::size_t k = 0; k < dealt.size(); ++k) ++counts[k][dealt[k]];
  }
  for (const auto& of_place : counts) { // 51 degrees of freedom, standard deviation 10
    const double statistic = chi_square(of_place, deals / 52.0);
    CHECK(statistic > 10);
    CHECK(statistic < 111);
  }
}

TEST_CASE("deck: every ordered pair of cards is as likely", "[poker][deck]") {
  constexpr unsigned deals = 132'600;
  deck cards;
  orderly::fast_stream stream = stream_of(4);
  std::vector<unsigned> first(2'652);
  std::vector<unsigned> last(2'652);
  const auto pair = [](card a, card b) { return a * 51U + b - (b > a ? 1U : 0U); };
  for (unsigned i = 0; i < deals; ++i) {
    const auto dealt = cards.deal<9>(stream);
    ++first[pair(dealt[0], dealt[1])];
    ++last[pair(dealt[7], dealt[8])];
  }
  for (const auto* counts : {&first, &last}) { // 2,651 degrees of freedom, standard deviation 73
    CHECK(chi_square(*counts, 50) > 2'651 - 6 * 73);
    CHECK(chi_square(*counts, 50) < 2'651 + 6 * 73);
  }
}

TEST_CASE("deck: a hand of hold'em is the first nine cards", "[poker][deck]") {
  deck cards;
  orderly::fast_stream stream = stream_of(5);
  orderly::fast_stream same = stream_of(5);
  const auto dealt = cards.deal<9>(stream);
  const poker::holdem_cards hand = poker::deal_holdem(cards, same);
  CHECK(hand.hole[0] == std::array{dealt[0], dealt[1]});
  CHECK(hand.hole[1] == std::array{dealt[2], dealt[3]});
  CHECK(std::equal(hand.board.begin(), hand.board.end(), dealt.begin() + 4, dealt.end()));
}

TEST_CASE("deck: a showdown is won by the better hand", "[poker][deck]") {
  using example::make_card;
  const poker::hand_evaluator evaluate;
  const std::array<card, 2> aces{make_card(12, 0), make_card(12, 1)};
  const std::array<card, 2> kings{make_card(11, 0), make_card(11, 1)};
  const std::array<card, 5> low{make_card(0, 2), make_card(1, 3), make_card(2, 2), make_card(5, 3),
                                make_card(6, 2)};
  const std::array<card, 5> royal{make_card(12, 2), make_card(11, 2), make_card(10, 2),
                                  make_card(9, 2), make_card(8, 2)};
  CHECK(poker::showdown(evaluate, {{aces, kings}, low}) == 1);
  CHECK(poker::showdown(evaluate, {{kings, aces}, low}) == -1);
  CHECK(poker::showdown(evaluate, {{kings, aces}, royal}) == 0);
}
