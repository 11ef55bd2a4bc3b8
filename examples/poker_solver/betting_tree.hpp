// SPDX-License-Identifier: MIT
//
// The public part of a two-player game: who may do what after which actions, as a flat tree.
//
// A node is a decision of player 0 or 1, or an end: somebody folded, or the hands are shown. Cards
// are no nodes. What a player knows of them on a street is a number, the bucket, and an infoset is
// a decision node with a bucket of the player to act. The tree lays out one table for all infosets:
// infoset (node, bucket) owns a cell for each of its actions, from first_cell(node, bucket) on. All
// that a player has with one bucket of a street lies together, in the order of the tree: a traversal
// with given cards then reads neighbours, not one place in each of many pages.
//
//   const poker::betting_tree tree(poker::kuhn_rules{}, {3});
//   const poker::tree_node& root = tree[0];
//   tree.first_cell(root, 2);        // of the root's infoset with bucket 2
//   tree[root.first_child + 1];      // after the second action
//
// What is trained is a table of 2 * cells() numbers: the regrets of all cells, then the sums of their
// average strategy.
//
// Children of a node are consecutive. Every tree is finite and its depth is known, so that the
// recursion of a traversal is bounded.
#ifndef ORDERLY_EXAMPLES_POKER_BETTING_TREE_HPP
#define ORDERLY_EXAMPLES_POKER_BETTING_TREE_HPP

#include <algorithm> // max
#include <array>     // players, streets
#include <concepts>  // same_as, convertible_to
#include <cstddef>   // size_t
#include <cstdint>   // compact nodes
#include <stdexcept> // length_error
#include <string>    // labels
#include <utility>   // move
#include <vector>    // nodes

namespace poker {

inline constexpr unsigned most_actions = 8;
inline constexpr unsigned most_streets = 4;

enum class node_kind : std::uint8_t {
  decision, ///< `player` acts
  fold,     ///< the hand is over: player 0 gets `payoff` chips
  showdown  ///< the better hand gets `payoff` chips from the other
};

struct tree_node {
  std::uint32_t first_child = 0;
  std::uint32_t cells = 0; ///< the first, counted from origin(player, street, bucket)
  std::int32_t payoff = 0; ///< chips
  node_kind kind = node_kind::decision;
  std::uint8_t player = 0;
  std::uint8_t street = 0;
  std::uint8_t actions = 0;
};

/// What rules tell of a position. `Rules` are values: the root is the one given to betting_tree.
///   kind(), player(), street(), payoff(); of a decision also actions(), label(a) and after(a).
template <class Rules>
concept betting_rules = requires(const Rules& position, unsigned action) {
  { position.kind() } -> std::same_as<node_kind>;
  { position.player() } -> std::convertible_to<unsigned>;
  { position.street() } -> std::convertible_to<unsigned>;
  { position.payoff() } -> std::convertible_to<std::int32_t>;
  { position.actions() } -> std::convertible_to<unsigned>;
  { position.label(action) } -> std::convertible_to<std::string>;
  { position.after(action) } -> std::same_as<Rules>;
};

class betting_tree {
 public:
  /// The tree below a position, with the number of buckets of each street. Exceptions:
  /// std::length_error when the table would have 2^29 numbers or more.
  template <betting_rules Rules>
  betting_tree(const Rules& root, std::vector<std::uint32_t> buckets)
      : buckets_(std::move(buckets)) {
    nodes_.emplace_back();
    labels_.emplace_back();
    grow(0, root, 1);
    lay_out();
  }

  const tree_node& operator[](std::size_t number) const { return nodes_[number]; }
  const tree_node* data() const { return nodes_.data(); }
  std::size_t size() const { return nodes_.size(); }
  /// The most nodes on a way from the root to an end, both included.
  unsigned depth() const { return depth_; }

  unsigned streets() const { return static_cast<unsigned>(buckets_.size()); }
  std::uint32_t buckets(unsigned street) const { return buckets_[street]; }
  /// Actions of all infosets; every cell is below it.
  std::uint32_t cells() const { return cells_; }
  std::uint64_t decisions() const { return decisions_; }
  /// Decision nodes times the buckets of their streets.
  std::uint64_t infosets() const { return infosets_; }

  std::uint32_t origin(unsigned player, unsigned street, std::uint32_t bucket) const {
    const block& all = blocks_[player][street];
    return all.first + bucket * all.size;
  }
  std::uint32_t first_cell(const tree_node& node, std::uint32_t bucket) const {
    return origin(node.player, node.street, bucket) + node.cells;
  }

  /// The action that leads to a node, such as "c"; empty for the root.
  const std::string& label(std::size_t number) const { return labels_[number]; }

 private:
  /// The cells of a player on a street: `size` for each bucket.
  struct block {
    std::uint32_t first = 0;
    std::uint32_t size = 0;
  };
  static constexpr std::uint64_t most_cells = std::uint64_t{1} << 28U;

  template <class Rules>
  void grow(std::size_t number, const Rules& position, unsigned depth);
  void lay_out();

  std::vector<tree_node> nodes_;
  std::vector<std::string> labels_;
  std::vector<std::uint32_t> buckets_;
  std::array<std::array<block, most_streets>, 2> blocks_{};
  std::uint32_t cells_ = 0;
  std::uint64_t decisions_ = 0;
  std::uint64_t infosets_ = 0;
  unsigned depth_ = 0;
};

inline void betting_tree::lay_out() {
  std::uint64_t first = 0;
  for (auto& of_player : blocks_) {
    for (unsigned street = 0; street < streets(); ++street) {
      of_player[street].first = static_cast<std::uint32_t>(first);
      first += std::uint64_t{of_player[street].size} * buckets_[street];
      if (first >= most_cells) throw std::length_error("the betting tree has too many infosets");
    }
  }
  cells_ = static_cast<std::uint32_t>(first);
}

template <class Rules>
void betting_tree::grow(std::size_t number, const Rules& position, unsigned depth) {
  depth_ = (std::max)(depth_, depth);
  tree_node node;
  node.kind = position.kind();
  node.street = static_cast<std::uint8_t>(position.street());
  if (node.kind != node_kind::decision) {
    node.payoff = position.payoff();
    nodes_[number] = node;
    return;
  }
  const unsigned actions = position.actions();
  node.player = static_cast<std::uint8_t>(position.player());
  node.actions = static_cast<std::uint8_t>(actions);
  std::uint32_t& cells = blocks_[node.player][node.street].size;
  node.cells = cells;
  cells += actions;
  node.first_child = static_cast<std::uint32_t>(nodes_.size());
  nodes_[number] = node;
  nodes_.resize(nodes_.size() + actions);
  decisions_ += 1;
  infosets_ += buckets_[node.street];
  for (unsigned a = 0; a < actions; ++a) labels_.push_back(position.label(a));
  for (unsigned a = 0; a < actions; ++a) grow(node.first_child + a, position.after(a), depth + 1);
}

} // namespace poker

#endif
