// SPDX-License-Identifier: MIT
//
// The betting of no-limit hold'em: sizes of trees, legal actions, and chips that add up.
#include "poker_solver/nlhe_rules.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using poker::betting_tree;
using poker::nlhe_rules;
using poker::nlhe_settings;
using poker::node_kind;
using poker::tree_node;

namespace {

using sizes = std::vector<poker::bet_size>;

const sizes pot_or_all_in{{1000}, poker::all_in};
const sizes half_pot_or_all_in{{500}, {1000}, poker::all_in};

nlhe_settings settings_of(std::int32_t big_blinds, unsigned raises, const sizes& bets) {
  nlhe_settings settings;
  settings.stack = big_blinds * poker::big_blind;
  settings.raises = raises;
  settings.bets = poker::on_every_street(bets);
  return settings;
}

betting_tree tree_of(const nlhe_settings& settings) {
  return betting_tree(nlhe_rules(settings), {1, 1, 1, 1});
}

std::size_t nodes_of(const nlhe_settings& settings) { return tree_of(settings).size(); }

std::string labels_of(const nlhe_rules& position) {
  std::string all;
  for (unsigned a = 0; a < position.actions(); ++a) all += (a == 0 ? "" : " ") + position.label(a);
  return all;
}

nlhe_rules play(nlhe_rules position, const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    unsigned action = 0;
    while (action < position.actions() && position.label(action) != label) ++action;
    if (action == position.actions()) throw std::logic_error("no action " + label);
    position = position.after(action);
  }
  return position;
}

/// The actions after some others.
std::string actions_after(const nlhe_settings& settings, const std::vector<std::string>& labels) {
  return labels_of(play(nlhe_rules(settings), labels));
}

/// A table where chips are moved by hand: what the rules do, told by chips in stacks and a pot.
struct table {
  std::array<std::int64_t, 2> stack{};
  std::array<std::int64_t, 2> bet{}; // on this street, in the pot already
  std::int64_t pot = 0;
  std::int64_t least_raise = poker::big_blind;
  std::size_t to_act = 0;
  unsigned street = 0;
  unsigned raises = 1; // the big blind
  unsigned moves = 0;  // on this street
  bool folded = false;
  bool shown = false;

  explicit table(const nlhe_settings& settings) {
    stack = {settings.stack, settings.stack};
    for (std::size_t player = 0; player < 2; ++player) pay(player, settings.ante);
    bet = {0, 0};
    pay(0, poker::small_blind);
    pay(1, poker::big_blind);
  }

  void pay(std::size_t player, std::int64_t chips) {
    stack[player] -= chips;
    bet[player] += chips;
    pot += chips;
  }

  std::int64_t owed() const { return bet[1 - to_act] - bet[to_act]; }

  std::set<std::string> legal(const nlhe_settings& settings) const {
    std::set<std::string> all{owed() > 0 ? "c" : "k"};
    if (owed() > 0) all.insert("f");
    if (raises >= settings.raises || stack[to_act] <= owed()) return all;
    for (const poker::bet_size size : settings.bets[street]) {
      const std::int64_t by = (pot + owed()) * size.of_pot / 1000;
      const std::int64_t chips = owed() + (by < least_raise ? least_raise : by);
      const std::int64_t in = settings.stack - stack[to_act] + chips;
      const bool all_chips =
          size.of_pot == 0 || in * 1000 >= 1LL * settings.stack * settings.commitment;
      all.insert(all_chips ? "a" : "r" + std::to_string(bet[to_act] + chips));
    }
    return all;
  }

  void act(const std::string& label) {
    const std::size_t other = 1 - to_act;
    ++moves;
    if (label == "f") {
      folded = true;
    } else if (label == "k" || label == "c") {
      pay(to_act, owed());
      if (stack[0] == 0 && stack[1] == 0) {
        shown = true;
      } else if (moves > 1) {
        next_street();
        return;
      }
    } else {
      const std::int64_t to =
          label == "a" ? bet[to_act] + stack[to_act] : std::stoll(label.substr(1));
      least_raise = to - bet[other];
      pay(to_act, to - bet[to_act]);
      ++raises;
    }
    to_act = other;
  }

  void next_street() {
    shown = street == 3;
    if (!shown) ++street;
    bet = {0, 0};
    least_raise = poker::big_blind;
    raises = moves = 0;
    to_act = 1;
  }
};

struct agreement {
  std::size_t ends = 0;
  bool actions = true;
  bool order = true; // of streets and players
  bool chips = true; // none is lost, no stack below zero
  bool payoffs = true;
};

/// Plays every way through the tree at the table.
void replay(const betting_tree& tree, std::size_t number, const nlhe_settings& settings,
            const table& at, agreement& found) {
  const tree_node& node = tree[number];
  found.chips = found.chips && at.stack[0] >= 0 && at.stack[1] >= 0 &&
                at.pot + at.stack[0] + at.stack[1] == 2LL * settings.stack;
  if (node.kind != node_kind::decision) {
    ++found.ends;
    const std::int64_t in = settings.stack - at.stack[0];
    // The player to act at the table is the one who did not fold.
    const std::int64_t won = at.folded ? (at.to_act == 0 ? at.pot - in : -in) : at.pot / 2;
    found.payoffs = found.payoffs && node.payoff == won &&
                    (node.kind == node_kind::fold) == at.folded && at.shown != at.folded &&
                    node.payoff <= settings.stack && -node.payoff <= settings.stack;
    return;
  }
  found.order = found.order && node.player == at.to_act && node.street == at.street;
  std::set<std::string> labels;
  for (unsigned a = 0; a < node.actions; ++a) labels.insert(tree.label(node.first_child + a));
  found.actions = found.actions && labels.size() == node.actions && labels == at.legal(settings) &&
                  !at.folded && !at.shown;
  for (unsigned a = 0; a < node.actions; ++a) {
    table next = at;
    next.act(tree.label(node.first_child + a));
    replay(tree, node.first_child + a, settings, next, found);
  }
}

void check_against_the_table(const nlhe_settings& settings) {
  const betting_tree tree = tree_of(settings);
  agreement found;
  replay(tree, 0, settings, table(settings), found);
  CHECK(found.ends == tree.size() - tree.decisions());
  CHECK(found.actions);
  CHECK(found.order);
  CHECK(found.chips);
  CHECK(found.payoffs);
}

/// The most bets and raises on a street of any way through the tree.
unsigned most_raises(const betting_tree& tree, unsigned street, std::size_t number = 0,
                     unsigned so_far = 0) {
  const tree_node& node = tree[number];
  unsigned most = so_far;
  for (unsigned a = 0; a < node.actions; ++a) {
    const std::string& label = tree.label(node.first_child + a);
    const bool counts = node.street == street && (label[0] == 'r' || label == "a");
    most = (std::max)(most,
                      most_raises(tree, street, node.first_child + a, so_far + (counts ? 1 : 0)));
  }
  return most;
}

} // namespace

TEST_CASE("no-limit rules: trees have the known numbers of nodes", "[poker][nlhe_rules]") {
  CHECK(nodes_of(settings_of(100, 3, pot_or_all_in)) == 1'454);
  CHECK(nodes_of(settings_of(20, 3, half_pot_or_all_in)) == 5'426);
  CHECK(nodes_of(settings_of(100, 3, half_pot_or_all_in)) == 63'278);
  CHECK(nodes_of(settings_of(100, 4, half_pot_or_all_in)) == 83'760);
  CHECK(nodes_of(settings_of(200, 3, half_pot_or_all_in)) == 129'146);
}

TEST_CASE("no-limit rules: all ways through a tree agree with chips moved by hand",
          "[poker][nlhe_rules]") {
  check_against_the_table(settings_of(100, 3, pot_or_all_in));
  check_against_the_table(settings_of(20, 3, half_pot_or_all_in));
  nlhe_settings settings = settings_of(30, 4, {});
  settings.ante = 125;
  settings.commitment = 1000;
  settings.bets = {sizes{{400}, {2000}}, {{100}, {330}, poker::all_in}, {{750}}, {}};
  check_against_the_table(settings);
}

TEST_CASE("no-limit rules: who acts, and what on", "[poker][nlhe_rules]") {
  const nlhe_settings settings = settings_of(100, 3, half_pot_or_all_in);
  const nlhe_rules root(settings);
  CHECK(root.player() == 0);
  CHECK(labels_of(root) == "f c r2000 r3000 a");
  const nlhe_rules option = play(root, {"c"});
  CHECK(option.player() == 1);
  CHECK(option.street() == 0);
  CHECK(labels_of(option) == "k r2000 r3000 a");
  const nlhe_rules flop = play(option, {"k"});
  CHECK(flop.player() == 1);
  CHECK(flop.street() == 1);
  CHECK(labels_of(flop) == "k r1000 r2000 a");
  CHECK(play(flop, {"k"}).player() == 0);
  CHECK(play(flop, {"k", "k"}).street() == 2);
  CHECK(play(flop, {"r1000", "c", "k", "r2000", "c"}).street() == 3);
  const nlhe_rules end = play(flop, {"k", "k", "k", "k", "k", "k"});
  CHECK(end.kind() == node_kind::showdown);
  CHECK(end.payoff() == 1000);
}

TEST_CASE("no-limit rules: folds are worth what the other has put in", "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(100, 3, pot_or_all_in);
  settings.ante = 100;
  const nlhe_rules root(settings);
  CHECK(play(root, {"f"}).kind() == node_kind::fold);
  CHECK(play(root, {"f"}).payoff() == -600);
  CHECK(play(root, {"a", "f"}).payoff() == 1100);
  CHECK(play(root, {"a", "c"}).payoff() == 100'000);
  CHECK(play(root, {"a", "c"}).kind() == node_kind::showdown);
  CHECK(play(root, {"c", "k", "r2200", "f"}).payoff() == -1100);
  CHECK(play(root, {"c", "k", "k", "r2200", "f"}).payoff() == 1100);
}

TEST_CASE("no-limit rules: a raise of the pot counts the call and the antes",
          "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(100, 4, pot_or_all_in);
  CHECK(actions_after(settings, {"r3000"}) == "f c r9000 a");
  CHECK(actions_after(settings, {"r3000", "r9000"}) == "f c r27000 a");
  CHECK(actions_after(settings, {"r3000", "c"}) == "k r6000 a");
  CHECK(actions_after(settings, {"r3000", "c", "r6000"}) == "f c r24000 a");
  settings.ante = 250;
  CHECK(actions_after(settings, {}) == "f c r3500 a");
}

TEST_CASE("no-limit rules: a size too small is lifted to the least raise", "[poker][nlhe_rules]") {
  const nlhe_settings settings = settings_of(100, 9, {{10}, {1000}});
  CHECK(actions_after(settings, {}) == "f c r2000 r3000");
  CHECK(actions_after(settings, {"r2000"}) == "f c r3000 r6000");
  CHECK(actions_after(settings, {"r3000"}) == "f c r5000 r9000");
  CHECK(actions_after(settings, {"r3000", "r9000"}) == "f c r15000 r27000");
  CHECK(actions_after(settings, {"r3000", "c"}) == "k r1000 r6000");
}

TEST_CASE("no-limit rules: equal sizes are one action, in increasing order",
          "[poker][nlhe_rules]") {
  CHECK(actions_after(settings_of(100, 3, {poker::all_in, {1000}, {20}, {10}, {1000}}), {}) ==
        "f c r2000 r3000 a");
}

TEST_CASE("no-limit rules: a size that takes most of the stack is all-in, once",
          "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(4, 3, {{1000}, {1500}, {9000}, poker::all_in});
  CHECK(actions_after(settings, {}) == "f c a"); // 3000 is three quarters
  settings.commitment = 751;
  CHECK(actions_after(settings, {}) == "f c r3000 a");
  settings.bets = poker::on_every_street({{1500}});
  settings.commitment = 1000;
  CHECK(actions_after(settings, {}) == "f c a"); // all chips exactly, though not listed
}

TEST_CASE("no-limit rules: nobody raises one who is all-in", "[poker][nlhe_rules]") {
  const nlhe_settings settings = settings_of(100, 9, half_pot_or_all_in);
  CHECK(actions_after(settings, {"a"}) == "f c");
  CHECK(actions_after(settings, {"c", "a"}) == "f c");
  CHECK(actions_after(settings, {"c", "k", "a"}) == "f c");
  CHECK(play(nlhe_rules(settings), {"c", "k", "k", "a", "c"}).kind() == node_kind::showdown);
}

TEST_CASE("no-limit rules: raises on a street are capped, the big blind being one",
          "[poker][nlhe_rules]") {
  const betting_tree tree = tree_of(settings_of(300, 3, {{500}, poker::all_in}));
  CHECK(most_raises(tree, 0) == 2);
  CHECK(most_raises(tree, 1) == 3);
  CHECK(most_raises(tree, 3) == 3);
  CHECK(actions_after(settings_of(300, 3, pot_or_all_in), {"r3000", "r9000"}) == "f c");
  CHECK(actions_after(settings_of(300, 1, pot_or_all_in), {}) == "f c");
  CHECK(actions_after(settings_of(300, 1, pot_or_all_in), {"c", "k"}) == "k r2000 a");
  CHECK(most_raises(tree_of(settings_of(300, 0, pot_or_all_in)), 2) == 0);
}

TEST_CASE("no-limit rules: the depth of a tree is bounded by the cap", "[poker][nlhe_rules]") {
  // On a street at most a check, the raises and a call; before the flop one raise fewer.
  CHECK(tree_of(settings_of(10'000, 3, {{500}})).depth() == 4 * 5 - 1 + 1);
  CHECK(tree_of(settings_of(100, 0, pot_or_all_in)).depth() == 4 * 2 + 1);
}

TEST_CASE("no-limit rules: every street has its own sizes", "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(100, 3, {});
  settings.bets = {sizes{}, {{500}}, {{1000}, poker::all_in}, {{2000}}};
  CHECK(actions_after(settings, {}) == "f c");
  CHECK(actions_after(settings, {"c", "k"}) == "k r1000");
  CHECK(actions_after(settings, {"c", "k", "k", "k"}) == "k r2000 a");
  CHECK(actions_after(settings, {"c", "k", "k", "k", "k", "k"}) == "k r4000");
}

TEST_CASE("no-limit rules: a big blind with one chip left, and with none", "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(1, 3, pot_or_all_in);
  CHECK(tree_of(settings).size() == 3);
  CHECK(play(nlhe_rules(settings), {"c"}).kind() == node_kind::showdown);
  CHECK(play(nlhe_rules(settings), {"c"}).payoff() == 1000);
  settings.stack = 1001;
  CHECK(actions_after(settings, {}) == "f c a");
  CHECK(actions_after(settings, {"c"}) == "k a");
  CHECK(play(nlhe_rules(settings), {"a", "c"}).payoff() == 1001);
}

TEST_CASE("no-limit rules: settings that make no game are refused", "[poker][nlhe_rules]") {
  const nlhe_settings good = settings_of(100, 3, pot_or_all_in);
  const auto refused = [&good](const auto& change) {
    nlhe_settings settings = good;
    change(settings);
    try {
      static_cast<void>(nlhe_rules(settings));
    } catch (const std::invalid_argument&) {
      return true;
    }
    return false;
  };
  constexpr std::int32_t most = (std::numeric_limits<std::int32_t>::max)();
  CHECK_FALSE(refused([](nlhe_settings&) {}));
  CHECK_FALSE(refused([](nlhe_settings& s) { s.ante = 99'000; }));
  CHECK(refused([](nlhe_settings& s) { s.ante = 99'001; }));
  CHECK(refused([](nlhe_settings& s) { s.ante = most; }));
  CHECK(refused([](nlhe_settings& s) { s.ante = -1; }));
  CHECK(refused([](nlhe_settings& s) { s.stack = 999; }));
  CHECK(refused([](nlhe_settings& s) { s.stack = -most; }));
  CHECK(refused([](nlhe_settings& s) { s.stack = most; }));
  CHECK(refused([](nlhe_settings& s) { s.commitment = 0; }));
  CHECK(refused([](nlhe_settings& s) { s.commitment = 1001; }));
  CHECK(refused([](nlhe_settings& s) { s.bets[2][0].of_pot = -1; }));
  CHECK(refused([](nlhe_settings& s) { s.bets[3][0].of_pot = most; }));
  CHECK_FALSE(refused([](nlhe_settings& s) { s.bets[1].resize(6); }));
  CHECK(refused([](nlhe_settings& s) { s.bets[1].resize(7); }));
}

TEST_CASE("no-limit rules: the largest settings stay within the integers", "[poker][nlhe_rules]") {
  nlhe_settings settings = settings_of(1'000'000, 5, {{1'000'000}});
  settings.commitment = 1000;
  const nlhe_rules end = play(nlhe_rules(settings), {"r2001000", "a", "c"});
  CHECK(end.payoff() == 1'000'000'000);
}
