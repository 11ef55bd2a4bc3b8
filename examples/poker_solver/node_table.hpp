// SPDX-License-Identifier: MIT
//
// The strategy at one node, as what people read: a row for each bucket of the player to act, a
// column for each action.
//
//   const auto table = poker::table_of(tree, profile, node, poker::deck_kind::holdem);
//   table.title;                        // "big blind, preflop, after r2000"
//   table.actions[1].name;              // "call"
//   table.rows[0].name;                 // "AA"
//   poker::mean_mix(table)[1];          // how often he calls at all
//
// A row's weight tells how often the player is here with that bucket: how many combinations of cards
// it has, times the probability that he himself plays so far with it. After the flop of hold'em a
// bucket does not tell what he had before, nor how many combinations it has: all weights are one.
#ifndef ORDERLY_EXAMPLES_POKER_NODE_TABLE_HPP
#define ORDERLY_EXAMPLES_POKER_NODE_TABLE_HPP

#include "../support/option_values.hpp"
#include "betting_tree.hpp"
#include "node_history.hpp"
#include "starting_hands.hpp"
#include "strategy_profile.hpp"

#include <array>       // names of streets
#include <charconv>    // from_chars
#include <cstddef>     // size_t
#include <cstdint>     // buckets
#include <string>      // names
#include <string_view> // labels
#include <utility>     // move
#include <vector>      // rows

namespace poker {

/// What cards are dealt, of which buckets are made.
enum class deck_kind { kuhn, leduc, holdem };

/// What a bucket stands for.
enum class bucket_kind {
  kuhn_card,
  leduc_card,
  leduc_cards,  ///< the common card * 6 + the player's
  class_of_two, ///< a starting hand
  number
};

/// Colours of actions are numbers, which screens and pages have their own colours for: 0 folds, 1
/// checks, calls or passes, 2 and up bet or raise in increasing size, 7 is all-in.
inline constexpr unsigned passive_colour = 1;
inline constexpr unsigned all_in_colour = most_actions - 1;

struct named_action {
  std::string label; ///< as histories have it: "r2500"
  std::string name;  ///< "raise to 2.5 bb"
  unsigned colour = 0;
};

struct table_row {
  std::string name;        ///< of the bucket
  double combinations = 1; ///< in equal parts of all that can be dealt
  double reach = 1;        ///< the probability that the player plays so far
  std::vector<double> mix; ///< a probability for each action

  double weight() const { return combinations * reach; }
};

struct node_table {
  std::string title; ///< whose turn it is, and after what
  bucket_kind buckets = bucket_kind::number;
  std::vector<named_action> actions;
  std::vector<table_row> rows;

  /// Is there a row for each of the 169 starting hands, in the order of their grid?
  bool is_grid() const { return buckets == bucket_kind::class_of_two; }
};

namespace detail {

inline bucket_kind bucket_kind_of(deck_kind deck, const betting_tree& tree, unsigned street) {
  if (deck == deck_kind::kuhn) return bucket_kind::kuhn_card;
  if (deck == deck_kind::leduc) {
    return street == 0 ? bucket_kind::leduc_card : bucket_kind::leduc_cards;
  }
  const bool before_flop = street == 0 && tree.buckets(0) == starting_hands;
  return before_flop ? bucket_kind::class_of_two : bucket_kind::number;
}

inline std::string leduc_card_text(std::uint32_t card) { return {"JQK"[card / 2], "12"[card % 2]}; }

inline std::string bucket_text(bucket_kind kind, std::uint32_t bucket) {
  switch (kind) {
  case bucket_kind::kuhn_card:
    return {"JQK"[bucket]};
  case bucket_kind::leduc_card:
    return leduc_card_text(bucket);
  case bucket_kind::leduc_cards:
    return leduc_card_text(bucket % 6) + " on " + leduc_card_text(bucket / 6);
  case bucket_kind::class_of_two:
    return starting_hand_text(static_cast<starting_hand>(bucket));
  default:
    return std::to_string(bucket);
  }
}

/// Nobody holds the common card.
inline bool can_be_dealt(bucket_kind kind, std::uint32_t bucket) {
  return kind != bucket_kind::leduc_cards || bucket % 6 != bucket / 6;
}

/// The names of a node's actions, from their labels and from which others there are.
class action_namer {
 public:
  action_namer(const betting_tree& tree, const tree_node& node, deck_kind deck)
      : tree_(tree), node_(node), deck_(deck) {}

  std::vector<named_action> names() const {
    std::vector<named_action> result;
    unsigned raise_colour = passive_colour + 1;
    for (unsigned a = 0; a < node_.actions; ++a) {
      named_action action{tree_.label(node_.first_child + a), {}, 0};
      action.name = name_of(action.label);
      action.colour = colour_of(action.name, raise_colour);
      result.push_back(std::move(action));
    }
    return result;
  }

 private:
  bool has(std::string_view label) const {
    for (unsigned a = 0; a < node_.actions; ++a) {
      if (tree_.label(node_.first_child + a) == label) return true;
    }
    return false;
  }

  static unsigned colour_of(std::string_view name, unsigned& raise_colour) {
    if (name == "fold") return 0;
    if (name == "check" || name == "call" || name == "pass") return passive_colour;
    if (name == "all-in" || name == "push") return all_in_colour;
    return raise_colour++;
  }

  std::string name_of(std::string_view label) const {
    switch (label[0]) {
    case 'f':
      return "fold";
    case 'k':
      return "check";
    case 'c':
      return has("f") ? "call" : "check";
    case 'p':
      return deck_ == deck_kind::kuhn ? "pass" : "push";
    case 'a':
      return "all-in";
    case 'b':
      return "bet";
    default:
      return raise_name(label.substr(1));
    }
  }

  /// Chips are thousandths of a big blind, which is the first bet before the flop.
  std::string raise_name(std::string_view chips) const {
    const bool opens = !has("f") && (deck_ != deck_kind::holdem || node_.street > 0);
    if (chips.empty()) return opens ? "bet" : "raise";
    example::decimal amount;
    std::from_chars(chips.data(), chips.data() + chips.size(), amount.thousandths);
    return (opens ? "bet " : "raise to ") + example::to_text(amount) + " bb";
  }

  const betting_tree& tree_;
  const tree_node& node_;
  deck_kind deck_;
};

/// "big blind, flop, after r2000c/k".
inline std::string title_of(const betting_tree& tree, node_number number, deck_kind deck) {
  constexpr std::array streets{"preflop", "flop", "turn", "river"};
  const tree_node& node = tree[number];
  std::string title = "player " + std::to_string(node.player);
  if (deck == deck_kind::leduc) title += ", round " + std::to_string(node.street + 1);
  if (deck == deck_kind::holdem) {
    title = std::string(node.player == 0 ? "small blind, " : "big blind, ") + streets[node.street];
  }
  return title + (number == 0 ? ", first to act" : ", after " + history_text(tree, number));
}

/// How likely the player plays with a bucket as he must to be at the end of the path.
template <class Real>
double own_reach(const betting_tree& tree, const strategy_profile<Real>& profile,
                 const std::vector<node_number>& path, bucket_kind kind, std::uint32_t bucket) {
  const tree_node& end = tree[path.back()];
  double reach = 1;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const tree_node& node = tree[path[i]];
    if (node.player != end.player) continue;
    const bool dealt_since = node.street < end.street; // the common card, in Leduc poker
    const std::uint32_t held =
        dealt_since && kind == bucket_kind::leduc_cards ? bucket % 6 : bucket;
    reach *= static_cast<double>(profile.at(node, held)[path[i + 1] - node.first_child]);
  }
  return reach;
}

} // namespace detail

/// The strategy at a decision.
template <class Real>
node_table table_of(const betting_tree& tree, const strategy_profile<Real>& profile,
                    node_number number, deck_kind deck) {
  const tree_node& node = tree[number];
  node_table table{detail::title_of(tree, number, deck),
                   detail::bucket_kind_of(deck, tree, node.street),
                   detail::action_namer(tree, node, deck).names(),
                   {}};
  const auto path = path_to(tree, number);
  for (std::uint32_t b = 0; b < tree.buckets(node.street); ++b) {
    if (!detail::can_be_dealt(table.buckets, b)) continue;
    const Real* const mix = profile.at(node, b);
    table_row row{detail::bucket_text(table.buckets, b), 1, 1, {mix, mix + node.actions}};
    if (table.is_grid()) row.combinations = combinations_of(static_cast<starting_hand>(b));
    if (table.buckets != bucket_kind::number) {
      row.reach = detail::own_reach(tree, profile, path, table.buckets, b);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The mean of the rows in [first, last) by their weights; zeros if these are all zero.
inline std::vector<double> mean_mix(const node_table& table, std::size_t first, std::size_t last) {
  std::vector<double> mean(table.actions.size());
  double weight = 0;
  for (std::size_t i = first; i < last; ++i) weight += table.rows[i].weight();
  if (!(weight > 0)) return mean;
  for (std::size_t i = first; i < last; ++i) {
    const table_row& row = table.rows[i];
    for (std::size_t a = 0; a < mean.size(); ++a) mean[a] += row.weight() * row.mix[a] / weight;
  }
  return mean;
}

/// How often each action is taken at all.
inline std::vector<double> mean_mix(const node_table& table) {
  return mean_mix(table, 0, table.rows.size());
}

} // namespace poker

#endif
