// SPDX-License-Identifier: MIT
//
// The rules of Kuhn and Leduc poker once more, written another way: as tables of strings.
//
//   test::plain_leduc("25", "rc").kind;        // chance: the common card is due
//   test::plain_leduc("250", "rc/r").moves;    // "fcr"
#ifndef ORDERLY_TESTS_EXAMPLES_POKER_PLAIN_POKER_HPP
#define ORDERLY_TESTS_EXAMPLES_POKER_PLAIN_POKER_HPP

#include <algorithm> // count
#include <cstddef>   // size_t
#include <map>       // tables
#include <string>    // histories

namespace test {

/// What comes next in a history.
struct plain_turn {
  enum { chance, decision, over } kind = over;
  int player = 0;
  std::string moves;     ///< of a decision
  double payoff = 0;     ///< of player 0, when it is over
  std::string next = {}; ///< of chance: written to the actions with the card
};

/// Says what comes after the cards (digits, in the order dealt) and the actions.
using plain_rules = plain_turn (*)(const std::string& cards, const std::string& actions);

inline plain_turn plain_kuhn(const std::string& cards, const std::string& actions) {
  static const std::map<std::string, double> folds{{"bp", 1}, {"pbp", -1}};
  static const std::map<std::string, double> showdowns{{"pp", 1}, {"bb", 2}, {"pbb", 2}};
  if (cards.size() < 2) return {plain_turn::chance, 0, {}, 0};
  if (folds.count(actions) != 0) return {plain_turn::over, 0, {}, folds.at(actions)};
  if (showdowns.count(actions) == 0) {
    return {plain_turn::decision, static_cast<int>(actions.size() % 2), "pb", 0};
  }
  return {plain_turn::over, 0, {}, (cards[0] > cards[1] ? 1 : -1) * showdowns.at(actions)};
}

/// The rounds of actions are separated by '/', written when the common card is dealt.
inline plain_turn plain_leduc(const std::string& cards, const std::string& actions) {
  static const std::map<std::string, std::string> moves{{"", "cr"},    {"c", "cr"},  {"r", "fcr"},
                                                        {"cr", "fcr"}, {"rr", "fc"}, {"crr", "fc"}};
  if (cards.size() < 2) return {plain_turn::chance, 0, {}, 0};
  const auto slash = actions.find('/');
  const bool second = slash != std::string::npos;
  const std::string round = second ? actions.substr(slash + 1) : actions;
  if (moves.count(round) != 0) {
    return {plain_turn::decision, static_cast<int>(round.size() % 2), moves.at(round), 0};
  }
  const bool folded = round.back() == 'f';
  if (!folded && !second) return {plain_turn::chance, 0, {}, 0, "/"};
  const auto raises = [](const std::string& in) {
    return static_cast<double>(std::count(in.begin(), in.end(), 'r'));
  };
  const double before = second ? 1 + 2 * raises(actions.substr(0, slash)) : 1;
  const double size = second ? 4 : 2;
  if (folded) { // lost: everything but the raise not called
    const double lost = before + size * (raises(round) - 1);
    return {plain_turn::over, 0, {}, round.size() % 2 == 0 ? lost : -lost};
  }
  const auto rank = [&](std::size_t i) { return (cards[i] - '0') / 2; };
  const auto score = [&](std::size_t i) { return rank(i) == rank(2) ? 9 : rank(i); };
  const double sign = score(0) == score(1) ? 0 : score(0) > score(1) ? 1 : -1;
  return {plain_turn::over, 0, {}, sign * (before + size * raises(round))};
}

} // namespace test

#endif
