// SPDX-License-Identifier: MIT
//
// The variables of a hand: known values on chosen hands, and each definition counted out on every
// hand that a strategy can tell from others.
#include "support/catch.hpp"

#include "../cards_from_text.hpp"

#include "casino_simulator/evaluator.hpp"
#include "casino_simulator/hand_variables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using casino::hand_view;

std::int64_t value(std::string_view name, const hand_view& hand) {
  const casino::hand_variable* const known = casino::find_variable(name);
  REQUIRE(known != nullptr);
  return known->value(hand);
}

hand_view hand(std::string_view text) {
  return text.size() == 6 ? casino::view_of(cards_from<3>(text))
                          : casino::view_of(cards_from<4>(text));
}

/// The variables that are not 0, in alphabetical order.
std::map<std::string_view, std::int64_t> values(std::string_view text) {
  std::map<std::string_view, std::int64_t> result;
  for (const auto& known : casino::hand_variables) {
    if (const auto found = known.value(hand(text)); found != 0) result[known.name] = found;
  }
  return result;
}

using named_values = std::map<std::string_view, std::int64_t>;

/// Calls f with every hand of Count cards that a strategy tells from others.
template <std::size_t Count, class F>
void for_views(F&& f) {
  std::array<unsigned, Count> ranks{};
  for (std::uint32_t place = 0; place < (Count == 3 ? 2'197U : 28'561U); ++place) {
    std::uint32_t rest = place;
    for (unsigned& rank : ranks) rank = rest % 13, rest /= 13;
    if (!std::is_sorted(ranks.begin(), ranks.end())) continue;
    f(hand_view(ranks, false));
    const std::set<unsigned> different(ranks.begin(), ranks.end());
    if (different.size() == Count) f(hand_view(ranks, true));
  }
}
template <class F>
void for_all_views(F&& f) {
  for_views<3>(f);
  for_views<4>(f);
}

/// Five-card hands that the cards may still become, by kind: what "possible" means.
std::set<casino::hand_kind> completions(const hand_view& view) {
  std::vector<casino::card> held;
  for (const unsigned rank : view.ranks()) {
    held.push_back(casino::make_card(rank, view.suited() ? 0 : static_cast<unsigned>(held.size())));
  }
  casino::hand_key base = 0;
  for (const casino::card c : held) base += casino::key_of(c);
  std::set<casino::hand_kind> kinds;
  const auto is_held = [&](unsigned c) {
    return std::find(held.begin(), held.end(), c) != held.end();
  };
  for (unsigned c = 0; c < casino::deck_size; ++c) {
    if (is_held(c)) continue;
    if (held.size() == 4) kinds.insert(casino::kind_of(base + casino::card_keys[c]));
    for (unsigned d = 0; held.size() == 3 && d < c; ++d) {
      if (is_held(d)) continue;
      kinds.insert(casino::kind_of(base + casino::card_keys[c] + casino::card_keys[d]));
    }
  }
  return kinds;
}

} // namespace

TEST_CASE("hand variables: chosen hands have exactly these values", "[casino][hand_variables]") {
  CHECK(values("Ah2h4h") == named_values{{"cards", 3},
                                         {"suited", 1},
                                         {"highest", 14},
                                         {"lowest", 2},
                                         {"high_cards", 1},
                                         {"distinct", 3},
                                         {"spread_high", 13},
                                         {"spread_low", 4},
                                         {"spread", 4},
                                         {"gaps", 1},
                                         {"possible_straights", 1},
                                         {"flush_draw", 1},
                                         {"straight_draw", 1},
                                         {"straight_flush_draw", 1}});
  CHECK(values("TcTd9h8s") == named_values{{"cards", 4},
                                           {"pair", 1},
                                           {"high_pair", 1},
                                           {"made_hand", 1},
                                           {"pair_rank", 10},
                                           {"highest", 10},
                                           {"lowest", 8},
                                           {"high_cards", 2},
                                           {"distinct", 3},
                                           {"spread_high", 3},
                                           {"spread_low", 3},
                                           {"spread", 3}});
  CHECK(values("JsTsQsKs") == named_values{{"cards", 4},
                                           {"suited", 1},
                                           {"highest", 13},
                                           {"lowest", 10},
                                           {"high_cards", 4},
                                           {"distinct", 4},
                                           {"spread_high", 4},
                                           {"spread_low", 4},
                                           {"spread", 4},
                                           {"possible_straights", 2},
                                           {"sequence", 1},
                                           {"outside_straight", 1},
                                           {"flush_draw", 1},
                                           {"straight_draw", 1},
                                           {"straight_flush_draw", 1},
                                           {"royal_draw", 1}});
  CHECK(values("AcAdAhAs") == named_values{{"cards", 4},
                                           {"four_of_a_kind", 1},
                                           {"made_hand", 1},
                                           {"pair_rank", 14},
                                           {"highest", 14},
                                           {"lowest", 14},
                                           {"high_cards", 4},
                                           {"distinct", 1},
                                           {"spread_high", 1},
                                           {"spread_low", 1},
                                           {"spread", 1}});
}

TEST_CASE("hand variables: groups of equal ranks", "[casino][hand_variables]") {
  const auto group = [](std::string_view text) {
    std::set<std::string_view> result;
    for (const auto name :
         {"pair", "high_pair", "two_pair", "three_of_a_kind", "four_of_a_kind", "made_hand"}) {
      if (value(name, hand(text)) != 0) result.insert(name);
    }
    return result;
  };
  using names = std::set<std::string_view>;
  CHECK(group("2c3d4h") == names{});
  CHECK(group("9c9d4h") == names{"pair"});
  CHECK(group("AcAd4h") == names{"pair", "high_pair", "made_hand"});
  CHECK(group("2c2d2h") == names{"three_of_a_kind", "made_hand"});
  CHECK(group("9c9d4h5s") == names{"pair"});
  CHECK(group("TcTd4h5s") == names{"pair", "high_pair", "made_hand"});
  CHECK(group("2c2d3h3s") == names{"two_pair", "made_hand"});
  CHECK(group("2c2d2h3s") == names{"three_of_a_kind", "made_hand"});
  CHECK(group("2c3d3h3s") == names{"three_of_a_kind", "made_hand"});
  CHECK(group("2c2d2h2s") == names{"four_of_a_kind", "made_hand"});
  CHECK(value("pair_rank", hand("2c2d3h3s")) == 3);
  CHECK(value("pair_rank", hand("2c2d2h3s")) == 2);
  CHECK(value("pair_rank", hand("9cTdAh")) == 0);
}

TEST_CASE("hand variables: sequences and draws to a straight", "[casino][hand_variables]") {
  const auto shape = [](std::string_view text) {
    const hand_view held = hand(text);
    return std::array<std::int64_t, 5>{value("spread", held), value("possible_straights", held),
                                       value("sequence", held), value("outside_straight", held),
                                       value("inside_straight", held)};
  };
  using numbers = std::array<std::int64_t, 5>;
  CHECK(shape("Ac2d3h") == numbers{3, 1, 1, 0, 0});
  CHECK(shape("2c3d4h") == numbers{3, 2, 1, 0, 0});
  CHECK(shape("3c4d5h") == numbers{3, 3, 1, 0, 0});
  CHECK(shape("QcKdAh") == numbers{3, 1, 1, 0, 0});
  CHECK(shape("KcAd2h") == numbers{13, 0, 0, 0, 0}); // a straight does not go around the corner
  CHECK(shape("Ac2d3h4s") == numbers{4, 1, 1, 0, 1});
  CHECK(shape("2c3d4h5s") == numbers{4, 2, 1, 1, 0});
  CHECK(shape("TcJdQhKs") == numbers{4, 2, 1, 1, 0});
  CHECK(shape("JcQdKhAs") == numbers{4, 1, 1, 0, 1});
  CHECK(shape("TcJdKhAs") == numbers{5, 1, 0, 0, 1});
  CHECK(shape("5c6d7h7s") == numbers{3, 0, 0, 0, 0});
  CHECK(shape("2c6d9hKs") == numbers{12, 0, 0, 0, 0});
}

TEST_CASE("hand variables: a draw is possible exactly where a completion exists",
          "[casino][hand_variables]") {
  using kind = casino::hand_kind;
  int wrong = 0;
  for_all_views([&](const hand_view& view) {
    const auto kinds = completions(view);
    const bool royal = kinds.count(kind::royal_flush) != 0;
    const bool straight_flush = royal || kinds.count(kind::straight_flush) != 0;
    const bool straight = straight_flush || kinds.count(kind::straight) != 0;
    const bool flush = straight_flush || kinds.count(kind::flush) != 0;
    wrong += (value("royal_draw", view) == 1) == royal ? 0 : 1;
    wrong += (value("straight_flush_draw", view) == 1) == straight_flush ? 0 : 1;
    wrong += (value("straight_draw", view) == 1) == straight ? 0 : 1;
    wrong += (value("flush_draw", view) == 1) == flush ? 0 : 1;
    const bool loses = kinds.count(kind::high_card) != 0 || kinds.count(kind::low_pair) != 0;
    wrong += (value("made_hand", view) == 1) == !loses ? 0 : 1;
  });
  CHECK(wrong == 0);
}

TEST_CASE("hand variables: numbers of ranks agree with a count of the ranks",
          "[casino][hand_variables]") {
  int wrong = 0;
  for_all_views([&](const hand_view& view) {
    std::array<int, 15> held{}; // by rank, 2 to 14
    for (const unsigned rank : view.ranks()) ++held[rank + 2];
    const auto ranks_from = [&](int least) { // ranks held at least that often
      std::vector<std::int64_t> result;
      for (int rank = 2; rank <= 14; ++rank) {
        if (held[static_cast<std::size_t>(rank)] >= least) result.push_back(rank);
      }
      return result;
    };
    const auto different = ranks_from(1), paired = ranks_from(2);
    auto low = different;
    if (low.back() == 14) low.back() = 1;
    const auto [first, last] = std::minmax_element(low.begin(), low.end());
    const std::map<std::string_view, std::int64_t> expected{
        {"cards", static_cast<std::int64_t>(view.ranks().size())},
        {"suited", view.suited() ? 1 : 0},
        {"distinct", static_cast<std::int64_t>(different.size())},
        {"lowest", different.front()},
        {"highest", different.back()},
        {"pair_rank", paired.empty() ? 0 : paired.back()},
        {"high_cards", held[10] + held[11] + held[12] + held[13] + held[14]},
        {"spread_high", different.back() - different.front() + 1},
        {"spread_low", *last - *first + 1}};
    for (const auto& [name, number] : expected) wrong += value(name, view) == number ? 0 : 1;
    wrong += value("gaps", view) == value("spread", view) - value("distinct", view) ? 0 : 1;
  });
  CHECK(wrong == 0);
}

TEST_CASE("hand variables: each has a name of its own, is described, and is found by its name",
          "[casino][hand_variables]") {
  const std::string description = casino::describe_variables();
  std::set<std::string_view> names;
  for (const auto& known : casino::hand_variables) {
    names.insert(known.name);
    CHECK(casino::find_variable(known.name) == &known);
    CHECK(description.find("  " + std::string(known.name) + "  ") != std::string::npos);
    CHECK(description.find(std::string(known.text) + "\n") != std::string::npos);
  }
  CHECK(names.size() == casino::hand_variables.size());
  CHECK(std::count(description.begin(), description.end(), '\n') ==
        static_cast<std::ptrdiff_t>(names.size()));
  CHECK(casino::find_variable("pairs") == nullptr);
  CHECK(casino::find_variable("") == nullptr);
}
