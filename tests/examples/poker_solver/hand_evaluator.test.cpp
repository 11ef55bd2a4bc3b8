// SPDX-License-Identifier: MIT
//
// The evaluator of hands: known counts of all hands, and a plain ranking that shares no code with it.
#include "support/catch.hpp"

#include "poker_solver/hand_evaluator.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using poker::card;
using poker::category_of;
using poker::hand_category;
using poker::hand_of;
using poker::hand_strength;
using poker::partial_hand;

const poker::hand_evaluator& evaluate() {
  static const poker::hand_evaluator evaluator;
  return evaluator;
}

/// How often each strength occurs.
struct strength_counts {
  std::vector<std::uint64_t> hands = std::vector<std::uint64_t>(1U << 16U);

  strength_counts& operator+=(const strength_counts& other) {
    std::transform(hands.begin(), hands.end(), other.hands.begin(), hands.begin(), std::plus<>());
    return *this;
  }

  std::array<std::uint64_t, poker::hand_categories> by_category() const {
    std::array<std::uint64_t, poker::hand_categories> counts{};
    for (std::size_t s = 0; s < hands.size(); ++s) {
      if (hands[s] == 0) continue;
      counts.at(static_cast<std::size_t>(category_of(static_cast<hand_strength>(s)))) += hands[s];
    }
    return counts;
  }

  auto classes() const {
    return static_cast<std::ptrdiff_t>(hands.size()) - std::count(hands.begin(), hands.end(), 0U);
  }
};

/// Counts all hands that add `Cards` cards, of `next` and above, to `hand`.
template <unsigned Cards>
void count_hands(const partial_hand& hand, unsigned next, strength_counts& counts) {
  if constexpr (Cards == 0) {
    ++counts.hands[evaluate()(hand)];
  } else {
    for (unsigned c = next; c < poker::deck_size; ++c) {
      count_hands<Cards - 1>(hand + hand_of(static_cast<card>(c)), c + 1, counts);
    }
  }
}

/// The value of five cards as a person finds it, larger is better: the category, then the ranks,
/// those that occur more often first.
using plain_value = std::vector<unsigned>;

plain_value plain_value_of(const std::array<card, 5>& cards) {
  std::array<unsigned, 13> of_rank{};
  std::set<unsigned> suits;
  for (const card c : cards) ++of_rank[c / 4U], suits.insert(c % 4U);
  std::vector<std::pair<unsigned, unsigned>> groups; // how many, of which rank
  for (unsigned rank = 0; rank < 13; ++rank) {
    if (of_rank[rank] > 0) groups.emplace_back(of_rank[rank], rank);
  }
  std::sort(groups.rbegin(), groups.rend());
  plain_value ranks;
  for (const auto& [count, rank] : groups) ranks.push_back(rank);
  const bool wheel = ranks == plain_value{12, 3, 2, 1, 0};
  const bool run = wheel || (ranks.size() == 5 && ranks.front() - ranks.back() == 4);
  if (wheel) ranks = {3};
  unsigned category = 0;
  if (run && suits.size() == 1)
    category = 8;
  else if (groups.front().first == 4)
    category = 7;
  else if (groups.front().first == 3 && groups.size() == 2)
    category = 6;
  else if (suits.size() == 1)
    category = 5;
  else if (run)
    category = 4;
  else if (groups.front().first == 3)
    category = 3;
  else if (groups.front().first == 2)
    category = groups.size() == 3 ? 2 : 1;
  ranks.insert(ranks.begin(), category);
  return ranks;
}

/// The best value of any five of the cards.
plain_value best_plain_value(const std::vector<card>& cards) {
  plain_value best;
  for (unsigned chosen = 0; chosen < 1U << cards.size(); ++chosen) {
    std::array<card, 5> five{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < cards.size(); ++i) {
      if ((chosen >> i & 1U) == 0) continue;
      if (count < 5) five[count] = cards[i];
      ++count;
    }
    if (count == 5) best = (std::max)(best, plain_value_of(five));
  }
  return best;
}

/// The first `count` cards of a shuffled deck.
std::vector<card> random_cards(std::mt19937& random, std::size_t count) {
  std::vector<card> deck;
  for (unsigned c = 0; c < 52; ++c) deck.push_back(static_cast<card>(c));
  for (std::size_t i = 0; i < count; ++i) std::swap(deck[i], deck[i + random() % (52 - i)]);
  deck.resize(count);
  return deck;
}

/// Whether random hands have the same order in both rankings, every pair of them.
bool same_order(std::size_t size, unsigned hands, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::pair<plain_value, hand_strength>> values;
  for (unsigned i = 0; i < hands; ++i) {
    const std::vector<card> cards = random_cards(random, size);
    values.emplace_back(best_plain_value(cards), evaluate()(hand_of(cards)));
  }
  std::sort(values.begin(), values.end());
  const auto disagree = [](const auto& a, const auto& b) {
    return a.first == b.first ? a.second != b.second : a.second >= b.second;
  };
  return std::adjacent_find(values.begin(), values.end(), disagree) == values.end();
}

hand_strength strength_of(std::string_view text) {
  partial_hand hand;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const auto rank = std::string_view("23456789TJQKA").find(text[i]);
    const auto suit = std::string_view("cdhs").find(text[i + 1]);
    hand += hand_of(poker::make_card(static_cast<unsigned>(rank), static_cast<unsigned>(suit)));
  }
  return evaluate()(hand);
}

} // namespace

TEST_CASE("hand evaluator: the sums of five to seven ranks all differ", "[poker][hand_evaluator]") {
  std::vector<std::uint32_t> sums;
  poker::detail::for_each_multiset(
      [&](std::uint32_t sum, const poker::detail::rank_groups&) { sums.push_back(sum); });
  CHECK(sums.size() == 6'175 + 18'395 + 49'205);
  std::sort(sums.begin(), sums.end());
  CHECK(std::adjacent_find(sums.begin(), sums.end()) == sums.end());
}

TEST_CASE("hand evaluator: all hands of five cards are counted right", "[poker][hand_evaluator]") {
  strength_counts counts;
  count_hands<5>({}, 0, counts);
  const std::array<std::uint64_t, 9> expected{1'302'540, 1'098'240, 123'552, 54'912, 10'200,
                                              5'108,     3'744,     624,     40};
  CHECK(counts.by_category() == expected);
  CHECK(counts.classes() == 7'462);
}

TEST_CASE("hand evaluator: all hands of six cards are counted right", "[poker][hand_evaluator]") {
  strength_counts counts;
  count_hands<6>({}, 0, counts);
  const std::array<std::uint64_t, 9> expected{6'612'900, 9'730'740, 2'532'816, 732'160, 361'620,
                                              205'792,   165'984,   14'664,    1'844};
  CHECK(counts.by_category() == expected);
}

TEST_CASE("hand evaluator: all hands of seven cards are counted right", "[poker][hand_evaluator]") {
  orderly::worker_pool pool;
  const strength_counts counts = orderly::ordered_reduce(
      pool, orderly::index_range(46), 1, strength_counts(),
      [](const orderly::index_range& lowest) {
        strength_counts part;
        const auto first = static_cast<unsigned>(lowest.first());
        count_hands<6>(hand_of(static_cast<card>(first)), first + 1, part);
        return part;
      },
      [](strength_counts& total, strength_counts&& part) { total += part; });
  const std::array<std::uint64_t, 9> expected{23'294'460, 58'627'800, 31'433'400,
                                              6'461'620,  6'180'020,  4'047'644,
                                              3'473'184,  224'848,    41'584};
  CHECK(counts.by_category() == expected);
  CHECK(counts.classes() == 4'824);
}

TEST_CASE("hand evaluator: orders random hands as a plain ranking of their best five cards",
          "[poker][hand_evaluator]") {
  CHECK(same_order(5, 4000, 1));
  CHECK(same_order(6, 3000, 2));
  CHECK(same_order(7, 3000, 3));
}

TEST_CASE("hand evaluator: the best five of seven cards decide", "[poker][hand_evaluator]") {
  CHECK(category_of(strength_of("AcKcQcJcTc9c8c")) == hand_category::straight_flush);
  CHECK(strength_of("AcKcQcJcTc9c8c") == strength_of("AsKsQsJsTs2h2d"));
  CHECK(strength_of("Ac2c3c4c5c6dKh") < strength_of("2c3c4c5c6cAdKh"));
  CHECK(strength_of("AcAdKcKdQcQd2h") == strength_of("AcAdKcKdQh7s2c")); // the third pair kicks
  CHECK(strength_of("AcAdAhKcKdKhQs") == strength_of("AcAdAhKcKd3h2s"));
  CHECK(strength_of("2c2d2h2sAcKdQh") == strength_of("2c2d2h2sAc3d3h"));
  CHECK(strength_of("AcQc9c7c5c3c2d") > strength_of("AdQd9d7d4d3d2c"));
}

TEST_CASE("hand evaluator: a hand is the sum of its parts in any order",
          "[poker][hand_evaluator]") {
  const std::array<card, 3> cards{51, 0, 17};
  CHECK(hand_of(cards) == hand_of(17) + hand_of(51) + hand_of(0));
  CHECK(hand_of(cards) == hand_of(0) + (hand_of(17) + hand_of(51)));
  CHECK_FALSE(hand_of(cards) == hand_of(17) + hand_of(50) + hand_of(0));
}
