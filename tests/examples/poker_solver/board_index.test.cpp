// SPDX-License-Identifier: MIT
//
// Boards up to a renaming of suits: how many there are, that every board finds its own class and
// the renaming that leads there, and that hole cards follow.
#include "support/catch.hpp"

#include "poker_solver/board_index.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>

namespace {

using poker::card;

/// A name for the class found in another way: the ranks of each suit as bits, the suits in order.
template <std::size_t Count>
std::array<unsigned, 4> class_of(const std::array<card, Count>& cards) {
  std::array<unsigned, 4> suits{};
  for (const card c : cards) suits[c % 4] |= 1U << (c / 4);
  std::sort(suits.begin(), suits.end());
  return suits;
}

template <std::size_t Count>
std::array<card, Count> lowest_set() {
  std::array<card, Count> cards{};
  for (std::size_t i = 0; i < Count; ++i) cards[i] = static_cast<card>(i);
  return cards;
}

/// How many of every `step`-th board are not led to their canonical board; and how many of their
/// classes differ from it by class_of.
template <std::size_t Count>
std::array<int, 2> misled(const poker::board_index<Count>& index, std::uint32_t step) {
  std::array<int, 2> wrong{};
  auto cards = lowest_set<Count>();
  for (std::uint32_t number = 0; number < index.sets; ++number, poker::next_set(cards)) {
    if (number % step != 0) continue;
    const poker::board_place place = index.find(cards);
    const auto& canonical = index.cards(place.id);
    wrong[0] += poker::renamed(cards, place.renaming) == canonical ? 0 : 1;
    wrong[1] += class_of(cards) == class_of(canonical) ? 0 : 1;
  }
  return wrong;
}

template <std::size_t Count>
std::uint64_t boards_in(const poker::board_index<Count>& index) {
  std::uint64_t all = 0;
  for (std::uint32_t id = 0; id < index.size(); ++id) all += index.multiplicity(id);
  return all;
}

} // namespace

TEST_CASE("board index: sets of cards are numbered without gaps", "[poker][board_index]") {
  auto cards = lowest_set<4>();
  std::uint32_t number = 0;
  int wrong = 0;
  do wrong += poker::set_number(cards) == number++ ? 0 : 1;
  while (poker::next_set(cards));
  CHECK(wrong == 0);
  CHECK(number == 270'725);
  CHECK(cards == lowest_set<4>());
}

TEST_CASE("board index: pairs of hole cards have numbers below 1,326 in either order",
          "[poker][board_index]") {
  std::set<std::uint32_t> seen;
  int wrong = 0;
  for (card high = 1; high < 52; ++high) {
    for (card low = 0; low < high; ++low) {
      const std::uint32_t number = poker::pair_number(low, high);
      seen.insert(number);
      wrong += number == poker::pair_number(high, low) ? 0 : 1;
      wrong += poker::pair_cards(number) == std::array<card, 2>{low, high} ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  CHECK(seen.size() == 1326);
  CHECK(*seen.rbegin() == 1325);
}

TEST_CASE("board index: cards come in increasing order however they were dealt",
          "[poker][board_index]") {
  std::array<card, 5> cards{3, 17, 20, 44, 51};
  const auto sorted = cards;
  int wrong = 0, orders = 0;
  do {
    wrong += poker::increasing(cards) == sorted ? 0 : 1;
    ++orders;
  } while (std::next_permutation(cards.begin(), cards.end()));
  CHECK(orders == 120);
  CHECK(wrong == 0);
}

TEST_CASE("board index: 22,100 flops are 1,755 up to suits", "[poker][board_index][golden]") {
  const poker::board_index<3> flops;
  CHECK(flops.size() == 1'755);
  CHECK(boards_in(flops) == 22'100);
  CHECK(misled(flops, 1) == std::array{0, 0});
}

TEST_CASE("board index: 270,725 turns are 16,432 up to suits", "[poker][board_index][golden]") {
  const poker::board_index<4> turns;
  CHECK(turns.size() == 16'432);
  CHECK(boards_in(turns) == 270'725);
  CHECK(misled(turns, 1) == std::array{0, 0});
}

TEST_CASE("board index: 2,598,960 rivers are 134,459 up to suits", "[poker][board_index][golden]") {
  const poker::board_index<5> rivers;
  CHECK(rivers.size() == 134'459);
  CHECK(boards_in(rivers) == 2'598'960);
  CHECK(misled(rivers, 17) == std::array{0, 0});
}

TEST_CASE("board index: no two canonical boards are of one class", "[poker][board_index]") {
  const poker::board_index<4> turns;
  std::set<std::array<unsigned, 4>> classes;
  for (std::uint32_t id = 0; id < turns.size(); ++id) classes.insert(class_of(turns.cards(id)));
  CHECK(classes.size() == turns.size());
}

TEST_CASE("board index: a board stands for as many as its suits allow",
          "[poker][board_index][golden]") {
  const poker::board_index<4> turns;
  const auto like = [&](const std::array<card, 4>& cards) {
    return turns.multiplicity(turns.find(poker::increasing(cards)).id);
  };
  const auto of = example::make_card;
  CHECK(like({of(5, 0), of(5, 1), of(5, 2), of(5, 3)}) == 1);  // all four sevens
  CHECK(like({of(0, 2), of(3, 2), of(8, 2), of(12, 2)}) == 4); // one suit
  CHECK(like({of(5, 0), of(5, 1), of(9, 0), of(9, 1)}) == 6);  // two suits alike
  CHECK(like({of(0, 0), of(1, 0), of(2, 0), of(3, 1)}) == 12); // three and one
  CHECK(like({of(0, 0), of(1, 1), of(2, 2), of(3, 3)}) == 24); // four suits
}

TEST_CASE("board index: a renaming of suits moves every pair of hole cards to its own place",
          "[poker][board_index]") {
  const poker::pair_renamings pairs;
  int wrong = 0;
  for (std::uint32_t renaming = 0; renaming < poker::renamings; ++renaming) {
    std::set<std::uint32_t> places;
    for (std::uint32_t pair = 0; pair < poker::hole_pairs; ++pair) {
      const auto [a, b] = poker::pair_cards(pair);
      const std::uint32_t renamed = pairs.renamed(pair, renaming);
      places.insert(renamed);
      wrong += renamed == pairs[renaming][pair] ? 0 : 1;
      wrong +=
          renamed == poker::pair_number(poker::renamed(a, renaming), poker::renamed(b, renaming))
              ? 0
              : 1;
      wrong += renaming > 0 || renamed == pair ? 0 : 1;
    }
    wrong += places.size() == poker::hole_pairs ? 0 : 1;
  }
  CHECK(wrong == 0);
}
