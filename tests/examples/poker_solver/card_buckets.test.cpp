// SPDX-License-Identifier: MIT
//
// Buckets: classes of equal mass that rise with strength, and looking them up for a deal.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"
#include "../error_of.hpp"

#include "poker_solver/card_buckets.hpp"

#include "orderly/worker_pool.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using poker::card;
using poker::flop_sums;
using poker::pair_table;
using poker::river_strength;
using poker::street_split;

const poker::canonical_boards& boards() {
  static const poker::canonical_boards all;
  return all;
}
/// The same flops, sooner.
const poker::board_index<3>& flops() {
  static const poker::board_index<3> index;
  return index;
}

/// A number below `limit` that seems to have nothing to do with the place.
std::uint64_t scattered(std::uint64_t place, std::uint64_t limit) {
  place = (place + 1) * 0x9E3779B97F4A7C15U;
  return (place ^ place >> 29U) * 0xBF58476D1CE4E5B9U % limit;
}

template <class Value, class Make>
pair_table<Value> table_of(const Make& make) {
  std::vector<Value> values(std::size_t{flops().size()} * poker::hole_pairs);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = make(i);
  return pair_table<Value>(std::move(values));
}

/// Strengths as if each flop were a river, lower on boards that stand for many.
pair_table<river_strength> strengths_by_weight() {
  return table_of<river_strength>([](std::size_t i) {
    const auto id = static_cast<std::uint32_t>(i / poker::hole_pairs);
    return static_cast<river_strength>(flops().multiplicity(id) == 24 ? scattered(i, 1001)
                                                                      : scattered(i, 1981));
  });
}

pair_table<flop_sums> scattered_sums() {
  return table_of<flop_sums>([](std::size_t i) {
    const std::uint64_t most = poker::flop_completions * 1980;
    return flop_sums{scattered(i, most + 1), scattered(i + 3, most * 1980 + 1)};
  });
}

template <class Bucket, class Value>
pair_table<Bucket> split(const pair_table<Value>& values, std::uint64_t completions,
                         const street_split& into, std::size_t workers = 1) {
  orderly::worker_pool pool(workers);
  poker::board_run run(0, {});
  return poker::split_street<Bucket>(pool, flops(), values, completions, into, run);
}

/// Calls f(place, weight) for all hands on all flops.
template <class F>
void for_each_hand(F&& f) {
  for (std::uint32_t id = 0; id < flops().size(); ++id) {
    poker::for_each_live_pair(flops().cards(id), [&](card low, card high) {
      f(poker::pair_place(id, poker::pair_number(low, high)), flops().multiplicity(id));
    });
  }
}

/// The lightest and the heaviest bucket; 1 is an equal share.
template <class Bucket>
std::array<double, 2> lightest_and_heaviest(const pair_table<Bucket>& buckets, std::size_t count) {
  std::vector<double> masses(count);
  double all = 0;
  for_each_hand([&](std::size_t place, std::uint32_t weight) {
    masses[buckets.values()[place]] += weight;
    all += weight;
  });
  const auto [least, most] = std::minmax_element(masses.begin(), masses.end());
  const auto shares = static_cast<double>(count) / all;
  return {*least * shares, *most * shares};
}

/// Tables of zeros of the right sizes: any bucket may be in them, so nothing is searched.
poker::bucket_tables empty_tables() {
  poker::bucket_tables tables;
  tables.flop = example::vector_on_huge_pages<std::uint16_t>(poker::pair_place(1'755, 0));
  tables.turn = example::vector_on_huge_pages<std::uint16_t>(poker::pair_place(16'432, 0));
  tables.river = example::vector_on_huge_pages<std::uint8_t>(poker::pair_place(134'459, 0));
  return tables;
}

const poker::bucket_sizes widest{{256, 256}, {65'536, 1}, {256, 1}};

/// Where the table of a street has the bucket of a board and hole cards.
template <std::size_t Count>
std::size_t place_of(const poker::board_index<Count>& index, const std::array<card, Count>& board,
                     const std::array<card, 2>& hand) {
  const poker::board_place found = index.find(poker::increasing(board));
  return poker::pair_place(found.id, poker::pair_number(poker::renamed(hand[0], found.renaming),
                                                        poker::renamed(hand[1], found.renaming)));
}

template <class F>
std::string refusal(F&& f) {
  return test::error_of<std::invalid_argument>(std::forward<F>(f));
}

} // namespace

TEST_CASE("percentiles: levels are shared out by the middle of their mass",
          "[poker][card_buckets][golden]") {
  using classes = std::vector<std::uint16_t>;
  using masses = std::vector<std::uint64_t>;
  CHECK(poker::equal_masses(masses{5, 5, 5, 5}, 2) == classes{0, 0, 1, 1});
  CHECK(poker::equal_masses(masses{1, 0, 3, 4}, 4) == classes{0, 0, 1, 3});
  CHECK(poker::equal_masses(masses{1, 8, 1}, 5) == classes{0, 2, 4});
  CHECK(poker::equal_masses(masses{0, 0, 7, 0}, 3) == classes{0, 0, 1, 2});
  CHECK(poker::equal_masses(masses{0, 0}, 3) == classes{0, 0});
}

TEST_CASE("percentiles: buckets of strengths have equal masses and rise", "[poker][card_buckets]") {
  const auto strengths = strengths_by_weight();
  const auto buckets = split<std::uint8_t>(strengths, 1, {20, 1});
  const auto [lightest, heaviest] = lightest_and_heaviest(buckets, 20);
  CHECK(lightest > 0.97);
  CHECK(heaviest < 1.03);
  std::vector<int> bucket_of(1981, -1);
  int split_levels = 0;
  for_each_hand([&](std::size_t place, std::uint32_t) {
    int& bucket = bucket_of[strengths.values()[place]];
    split_levels += bucket == -1 || bucket == buckets.values()[place] ? 0 : 1;
    bucket = buckets.values()[place];
  });
  CHECK(split_levels == 0);
  CHECK(std::is_sorted(bucket_of.begin(), bucket_of.end()));
  CHECK(bucket_of.front() == 0);
  CHECK(bucket_of.back() == 19);
}

TEST_CASE("percentiles: buckets within a class of strength rise with its square",
          "[poker][card_buckets]") {
  const auto sums = scattered_sums();
  const auto buckets = split<std::uint16_t>(sums, poker::flop_completions, {5, 4});
  const auto [lightest, heaviest] = lightest_and_heaviest(buckets, 20);
  CHECK(lightest > 0.99);
  CHECK(heaviest < 1.01);
  // The least and the greatest of each bucket: classes by strength, and within them by square.
  const flop_sums none{~std::uint64_t{0}, ~std::uint64_t{0}};
  std::array<flop_sums, 20> least, greatest{};
  least.fill(none);
  for_each_hand([&](std::size_t place, std::uint32_t) {
    const flop_sums& value = sums.values()[place];
    flop_sums& low = least[buckets.values()[place]];
    flop_sums& high = greatest[buckets.values()[place]];
    low = {(std::min)(low.strength, value.strength), (std::min)(low.square, value.square)};
    high = {(std::max)(high.strength, value.strength), (std::max)(high.square, value.square)};
  });
  for (std::size_t bucket = 0; bucket + 1 < 20; ++bucket) {
    INFO(bucket);
    if (bucket % 4 == 3) {
      CHECK(greatest[bucket].strength < least[bucket + 1].strength);
    } else {
      CHECK(greatest[bucket].square < least[bucket + 1].square);
    }
  }
}

TEST_CASE("percentiles: pairs that hold a card of the board have bucket 0",
          "[poker][card_buckets]") {
  const auto buckets = split<std::uint8_t>(strengths_by_weight(), 1, {20, 1});
  int wrong = 0;
  for (std::uint32_t id = 0; id < flops().size(); ++id) {
    const card taken = flops().cards(id)[1];
    for (card other = 0; other < 52; ++other) {
      if (other == taken) continue;
      wrong += buckets.row(id)[poker::pair_number(taken, other)] == 0 ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("percentiles: the number of workers changes no bucket", "[poker][card_buckets]") {
  const auto sums = scattered_sums();
  const auto alone = split<std::uint16_t>(sums, poker::flop_completions, {20, 10}, 1);
  const auto together = split<std::uint16_t>(sums, poker::flop_completions, {20, 10}, 3);
  CHECK(alone.values() == together.values());
}

TEST_CASE("card buckets: each player's are looked up on each street", "[poker][card_buckets]") {
  const auto first = cards_from<2>("8cJd"), second = cards_from<2>("QhQs");
  const auto board = cards_from<5>("Th9h2c3d9s");
  const auto flop = cards_from<3>("Th9h2c");
  const auto turn = cards_from<4>("Th9h2c3d");
  auto tables = empty_tables();
  tables.flop[place_of(boards().flops, flop, first)] = 65'535;
  tables.flop[place_of(boards().flops, flop, second)] = 12;
  tables.turn[place_of(boards().turns, turn, first)] = 21;
  tables.turn[place_of(boards().turns, turn, second)] = 65'535;
  tables.river[place_of(boards().rivers, board, first)] = 31;
  tables.river[place_of(boards().rivers, board, second)] = 255;
  const poker::card_buckets buckets(widest, std::move(tables), boards());

  const std::uint32_t one = poker::pair_number(first[0], first[1]);
  const std::uint32_t two = poker::pair_number(second[0], second[1]);
  const poker::deal_buckets expected{{{poker::read_starting_hand("J8o"), 65'535, 21, 31},
                                      {poker::read_starting_hand("QQ"), 12, 65'535, 255}}};
  CHECK(buckets.buckets_of({one, two}, board) == expected);
  CHECK(buckets.bucket(one) == expected[0][0]);
  CHECK(buckets.bucket(two, cards_from<3>("2c9hTh")) == 12);
  CHECK(buckets.bucket(one, cards_from<4>("3d2c9hTh")) == 21);
  CHECK(buckets.bucket(two, cards_from<5>("9s2c3dTh9h")) == 255);
  // The same cards with hearts and clubs, diamonds and spades exchanged.
  CHECK(buckets.bucket(poker::pair_number(cards_from<2>("8hJs")[0], cards_from<2>("8hJs")[1]),
                       cards_from<5>("Tc9c2h3s9d")) == 31);

  CHECK(buckets.buckets(0) == 169);
  CHECK(buckets.buckets(1) == 65'536);
  CHECK(buckets.buckets(2) == 65'536);
  CHECK(buckets.buckets(3) == 256);
}

TEST_CASE("card buckets: sizes and tables that do not fit are refused", "[poker][card_buckets]") {
  const auto with = [](const poker::bucket_sizes& sizes, poker::bucket_tables tables) {
    return refusal([&] { poker::card_buckets(sizes, std::move(tables), boards()); });
  };
  CHECK(with({{20, 10}, {20, 10}, {257, 1}}, {}) ==
        "poker: the river cannot have 257 x 1 buckets: 1 to 256 are possible");
  CHECK(with({{20, 10}, {20, 0}, {200, 1}}, {}) ==
        "poker: the turn cannot have 20 x 0 buckets: 1 to 65536 are possible");
  CHECK(with({{65'536, 65'536}, {20, 10}, {200, 1}}, {}) ==
        "poker: the flop cannot have 65536 x 65536 buckets: 1 to 65536 are possible");
  CHECK(with({}, {}) == "poker: the table of the flop has 0 entries in place of 2327130");
  poker::bucket_tables tables;
  tables.flop.resize(2'327'130);
  tables.flop.back() = 199;
  CHECK(with({}, tables) == "poker: the table of the turn has 0 entries in place of 21788832");
  tables.flop.back() = 200;
  CHECK(with({}, tables) == "poker: the table of the flop has a bucket above 199");
}

TEST_CASE("card buckets: none are built once the stop flag is set", "[poker][card_buckets]") {
  const std::atomic<bool> stop{true};
  orderly::ordered_options options;
  options.stop = &stop;
  orderly::worker_pool pool(1);
  const poker::hand_evaluator evaluate;
  CHECK_FALSE(poker::build_buckets(pool, evaluate, {}, options).has_value());
  CHECK_THROWS_AS(poker::build_buckets(pool, evaluate, {{0, 1}, {20, 10}, {200, 1}}),
                  std::invalid_argument);
}
