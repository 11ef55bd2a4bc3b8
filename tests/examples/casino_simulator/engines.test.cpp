// SPDX-License-Identifier: MIT
//
// Both engines: hands as strategy and evaluator have them, deals as `below` draws them, chances
// as the law counts them, and draws that stay what they are.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/card_engine.hpp"
#include "casino_simulator/estimates.hpp"
#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/play.hpp"

#include "orderly/seed_range.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using casino::card;
using casino::card_engine;
using casino::cell;
using casino::law_engine;
using casino::vector_path;

std::vector<vector_path> paths() {
  std::vector<vector_path> result{vector_path::portable};
  if (casino::available(vector_path::avx2)) result.push_back(vector_path::avx2);
  return result;
}

/// What becomes of the cards by the strategy's decisions and the evaluator alone.
cell by_plain_rules(const casino::strategy& decisions, const casino::dealt_cards& cards) {
  const auto [a, b, c, d, e] = cards;
  const unsigned rides = (decisions.rides_first({a, b, c}) ? 1U : 0U) +
                         (decisions.rides_second({a, b, c, d}) ? 1U : 0U);
  return casino::cell_of({1 + rides, casino::kind_of(casino::key_of(cards))},
                         casino::kind_of(casino::three_cards{a, b, c}));
}

/// The hands of a stream, one `below` each.
std::vector<cell> one_by_one(const card_engine& engine, orderly::random_stream stream,
                             std::size_t count) {
  std::vector<cell> hands;
  for (std::size_t i = 0; i < count; ++i) {
    hands.push_back(engine.play(casino::deal(stream.below(casino::ordered_deals))));
  }
  return hands;
}

struct dealt_blocks {
  std::vector<cell> hands;
  std::vector<unsigned> sizes;
};

dealt_blocks in_blocks(const card_engine& engine, orderly::random_stream stream, int blocks) {
  dealt_blocks result;
  casino::cell_block block;
  for (int i = 0; i < blocks; ++i) {
    result.sizes.push_back(engine.deal(stream, block));
    result.hands.insert(result.hands.end(), block.begin(), block.begin() + result.sizes.back());
  }
  return result;
}

/// The cells of some sessions, so many blocks of each.
template <class Engine>
casino::joint_law sample(const Engine& engine, std::uint64_t seed, std::uint64_t count,
                         int blocks) {
  const orderly::seed_range sessions(orderly::seed(seed), count);
  casino::joint_law seen;
  casino::cell_block block;
  for (const std::uint64_t session : sessions) {
    auto stream = engine.open(sessions, session);
    for (int i = 0; i < blocks; ++i) {
      const unsigned dealt = engine.deal(stream, block);
      for (unsigned h = 0; h < dealt; ++h) ++seen.counts[block[h]];
    }
  }
  return seen;
}

// The private function that deals a block with a rejected word, so that blocks can be made up.
struct one_by_one_key {
  using function = unsigned (card_engine::*)(const casino::detail::word_block&,
                                             orderly::random_stream&, casino::cell_block&) const;
  friend function function_of(one_by_one_key);
};
template <class Key, typename Key::function Function>
struct opened {
  friend typename Key::function function_of(Key) { return Function; }
};
template struct opened<one_by_one_key, &card_engine::deal_one_by_one>;

} // namespace

TEST_CASE("casino card engine: play looks up what strategy and evaluator say, in any order of "
          "cards",
          "[casino][engine]") {
  for (const casino::preset_info& known : casino::presets) {
    const casino::strategy& decisions = test::plays(known.name);
    const card_engine engine(decisions);
    std::uint64_t wrong = 0;
    for (std::uint32_t number = 0; number < casino::ordered_deals; number += 2'003) {
      const auto cards = casino::deal(number);
      wrong += engine.play(cards) == by_plain_rules(decisions, cards) ? 0U : 1U;
    }
    for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
      const auto [a, b, c] = casino::three_card_hand(number);
      casino::dealt_cards cards{c, a, b, 0, 0};
      while (cards[3] == a || cards[3] == b || cards[3] == c) ++cards[3];
      cards[4] = 51;
      while (cards[4] == a || cards[4] == b || cards[4] == c) --cards[4];
      wrong += engine.play(cards) == by_plain_rules(decisions, cards) ? 0U : 1U;
    }
    CAPTURE(known.name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("casino card engine: played deal by deal, the law is the exact one", "[casino][engine]") {
  const card_engine engine(test::plays("optimal"));
  casino::joint_law played;
  for (std::uint32_t number = 0; number < casino::three_card_hands; ++number) {
    const auto [a, b, c] = casino::three_card_hand(number);
    for (unsigned d = 0; d < 52; ++d) {
      if (d == a || d == b || d == c) continue;
      for (unsigned e = 0; e < 52; ++e) {
        if (e == a || e == b || e == c || e == d) continue;
        ++played.counts[engine.play({a, b, c, static_cast<card>(d), static_cast<card>(e)})];
      }
    }
  }
  CHECK(played == test::law_of("optimal"));
}

TEST_CASE("casino card engine: a block holds the hands that below draws one by one",
          "[casino][engine]") {
  const orderly::seed_range sessions(orderly::seed(5), 2'000);
  for (const vector_path path : paths()) {
    const card_engine engine(test::plays("optimal"), path);
    REQUIRE(engine.path() == path);
    for (const std::uint64_t session : sessions) {
      const auto blocks = in_blocks(engine, engine.open(sessions, session), 3);
      REQUIRE(blocks.hands == one_by_one(engine, sessions.stream(session), blocks.hands.size()));
      REQUIRE(blocks.hands.size() == 48);
    }
  }
}

TEST_CASE("casino card engine: a block with cards has the same hands", "[casino][engine]") {
  const orderly::seed_range sessions(orderly::seed(6), 500);
  const card_engine engine(test::plays("chart"));
  for (const std::uint64_t session : sessions) {
    auto stream = engine.open(sessions, session);
    auto numbers = sessions.stream(session);
    casino::cell_block hands;
    std::array<casino::dealt_cards, casino::block_size> cards{};
    REQUIRE(engine.deal(stream, hands, cards) == casino::block_size);
    const auto expected = in_blocks(engine, engine.open(sessions, session), 1).hands;
    for (std::size_t i = 0; i < casino::block_size; ++i) {
      REQUIRE(cards[i] == casino::deal(numbers.below(casino::ordered_deals)));
      REQUIRE(hands[i] == expected[i]);
    }
  }
}

TEST_CASE("casino card engine: a word that below rejects costs its block a hand",
          "[casino][engine]") {
  // Found by looking through three billion streams of this seed: the third word of the first
  // session is rejected; those of the others only look like it in the upper 32 of the lower bits.
  constexpr std::uint64_t rejected = 280'029'013;
  constexpr std::array<std::uint64_t, 4> suspects{616'317'029, 653'942'565, 1'394'898'065,
                                                  1'517'578'104};
  const orderly::seed_range sessions(orderly::seed(1), 2'000'000'000);
  auto stream = sessions.stream(rejected);
  const auto words = stream.take<3>();
  REQUIRE(words[2] * casino::ordered_deals <
          (0 - std::uint64_t{casino::ordered_deals}) % casino::ordered_deals);
  for (const vector_path path : paths()) {
    const card_engine engine(test::plays("optimal"), path);
    const auto short_block = in_blocks(engine, engine.open(sessions, rejected), 4);
    CHECK(short_block.sizes == std::vector<unsigned>{15, 16, 16, 16});
    CHECK(short_block.hands == one_by_one(engine, sessions.stream(rejected), 63));
    for (const std::uint64_t session : suspects) {
      const auto blocks = in_blocks(engine, engine.open(sessions, session), 2);
      CHECK(blocks.sizes == std::vector<unsigned>{16, 16});
      CHECK(blocks.hands == one_by_one(engine, sessions.stream(session), 32));
    }
  }
}

TEST_CASE("casino card engine: a block of nothing but rejected words has one hand more",
          "[casino][engine]") {
  const card_engine engine(test::plays("optimal"));
  const orderly::seed_range sessions(orderly::seed(8), 1);
  const auto first = one_by_one(engine, sessions.stream(0), 1);
  auto stream = sessions.stream(0);
  casino::detail::word_block words{}; // zero is one of the words that are rejected
  casino::cell_block hands;
  CHECK((engine.*function_of(one_by_one_key{}))(words, stream, hands) == 1);
  CHECK(hands[0] == first[0]);
  CHECK(stream.position() == 1);
  words[15] = ~std::uint64_t{0};
  CHECK((engine.*function_of(one_by_one_key{}))(words, stream, hands) == 1);
  CHECK(hands[0] == engine.play(casino::deal(casino::ordered_deals - 1)));
  CHECK(stream.position() == 1);
}

TEST_CASE("casino law engine: the columns hold four times the law of every preset",
          "[casino][engine]") {
  for (const casino::preset_info& known : casino::presets) {
    CAPTURE(known.name);
    casino::joint_law expected = test::law_of(known.name);
    for (std::uint64_t& count : expected.counts) count *= 4;
    CHECK(law_engine(test::law_of(known.name)).chances() == expected);
  }
  casino::joint_law one_too_few = test::law_of("optimal");
  --one_too_few.counts[0];
  CHECK_THROWS_AS(law_engine(one_too_few), std::invalid_argument);
}

TEST_CASE("casino law engine: the draws of the first 1,000 sessions are frozen",
          "[casino][engine][golden]") {
  const law_engine engine(test::law_of("optimal"));
  const orderly::seed_range sessions(orderly::seed(42), 1'000);
  example::sha256 hash;
  casino::cell_block block;
  for (const std::uint64_t session : sessions) {
    auto stream = engine.open(sessions, session);
    for (int i = 0; i < 4; ++i) {
      const unsigned dealt = engine.deal(stream, block);
      for (unsigned h = 0; h < dealt; ++h) hash.add_number(block[h]);
    }
  }
  CHECK(hash.hex() == "ecea9210db6da0df0396c7cced715a41b298fa1c6d715ea444b0c2f81564f0b6");
}

TEST_CASE("casino engines: what is dealt has the exact law, and the same in both",
          "[casino][engine][statistics]") {
  for (const char* name : {"optimal", "aggressive", "always-pull"}) {
    CAPTURE(name);
    const casino::joint_law& law = test::law_of(name);
    const auto cards = sample(card_engine(test::plays(name)), 21, 2'000, 16);
    const auto draws = sample(law_engine(law), 22, 20'000, 4);
    CHECK(std::abs(casino::fit_of(cards.counts, law.counts).z()) < 4.5);
    CHECK(std::abs(casino::fit_of(draws.counts, law.counts).z()) < 4.5);
    CHECK(std::abs(casino::fit_of_two(cards.counts, draws.counts).z()) < 4.5);
    for (std::size_t c = 0; c < casino::cells; ++c) {
      if (law.counts[c] == 0 && cards.counts[c] + draws.counts[c] != 0) FAIL_CHECK(c);
    }
  }
}

TEST_CASE("casino engines: another strategy's law does not fit", "[casino][engine][statistics]") {
  const auto draws = sample(law_engine(test::law_of("optimal")), 22, 10'000, 4);
  CHECK(casino::fit_of(draws.counts, test::law_of("conservative").counts).z() > 4.5);
  const auto cards = sample(card_engine(test::plays("aggressive")), 21, 2'000, 16);
  CHECK(casino::fit_of_two(cards.counts, draws.counts).z() > 4.5);
}

TEST_CASE("casino engines: whole sessions are the same on every path and when watched",
          "[casino][engine]") {
  test::game_choice choice;
  choice.betting = "dalembert";
  choice.rules = test::rules(100, 200, 50, 40);
  const auto plan = test::plan_of(choice);
  const orderly::seed_range sessions(orderly::seed(9), 1'000);
  std::vector<std::string> digests;
  for (const vector_path path : paths()) {
    const card_engine engine(test::plays("optimal"), path);
    casino::statistics played(plan), watched(plan);
    for (const std::uint64_t session : sessions) {
      const auto ignore = [](unsigned, const casino::observed_hand&) {};
      REQUIRE(test::play_session(plan, engine, engine.open(sessions, session), played) ==
              test::watch_session(plan, engine, engine.open(sessions, session), watched, ignore));
    }
    digests.push_back(casino::digest_of(played));
    CHECK(casino::digest_of(watched) == digests.front());
    CHECK(digests.back() == digests.front());
  }
}
