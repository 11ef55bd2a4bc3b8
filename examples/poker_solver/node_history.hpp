// SPDX-License-Identifier: MIT
//
// Histories: nodes of a betting tree by the actions that lead to them.
//
//   const poker::node_number node = poker::find_node(tree, "r2500,c / k");   // also "r2500ck"
//   poker::history_text(tree, node);                                         // "r2500c/k"
//   poker::find_decision(tree, "r2500f");    // "node 'r2500f': the hand is over here"
//
// An action is a letter and the digits behind it, as in "r2500". Commas and blanks between actions
// are passed over; a slash, which may stand where a street ends, must not stand elsewhere. The empty
// history is the root's.
#ifndef ORDERLY_EXAMPLES_POKER_NODE_HISTORY_HPP
#define ORDERLY_EXAMPLES_POKER_NODE_HISTORY_HPP

#include "../support/arguments.hpp"
#include "betting_tree.hpp"

#include <algorithm>   // min, reverse
#include <cstddef>     // size_t
#include <optional>    // children that may not be there
#include <string>      // texts
#include <string_view> // texts to read
#include <vector>      // paths

namespace poker {

using node_number = std::size_t; // of a betting_tree

/// All nodes from the root to this one, both included.
inline std::vector<node_number> path_to(const betting_tree& tree, node_number node) {
  std::vector<node_number> path{node};
  for (node_number i = node; i-- > 0;) { // parents have smaller numbers than their children
    const tree_node& each = tree[i];
    const bool above = each.first_child <= path.back() &&
                       path.back() < std::size_t{each.first_child} + each.actions;
    if (above) path.push_back(i);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

/// The actions up to a node, with a slash between streets.
inline std::string history_text(const betting_tree& tree, node_number node) {
  std::string text;
  unsigned street = 0;
  for (const node_number each : path_to(tree, node)) {
    // The street of an action is that of the node where it was chosen.
    text += tree.label(each);
    if (tree[each].kind == node_kind::decision && tree[each].street != street) text += '/';
    street = tree[each].street;
  }
  return text;
}

/// The possible actions: "f, c or a".
inline std::string actions_text(const betting_tree& tree, const tree_node& node) {
  std::string text;
  for (unsigned a = 0; a < node.actions; ++a) {
    if (a != 0) text += a + 1 == node.actions ? " or " : ", ";
    text += tree.label(node.first_child + a);
  }
  return text;
}

namespace detail {

/// Follows a history, once.
class history_reader {
 public:
  history_reader(const betting_tree& tree, std::string_view text) : tree_(tree), text_(text) {}

  node_number read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '/') {
        end_street();
      } else if (c != ',' && c != ' ') {
        read_action();
        continue;
      }
      ++at_;
    }
    return node_;
  }

 private:
  void read_action() {
    const tree_node& node = tree_[node_];
    if (node.kind != node_kind::decision) fail("the hand is over here");
    const std::size_t end = text_.find_first_not_of("0123456789", at_ + 1);
    const std::string_view word = text_.substr(at_, end - at_);
    for (unsigned a = 0; a < node.actions; ++a) {
      if (tree_.label(node.first_child + a) != word) continue;
      node_ = node.first_child + a;
      street_ended_ = tree_[node_].street != node.street;
      at_ += word.size();
      return;
    }
    fail("expected " + actions_text(tree_, node));
  }

  void end_street() {
    if (!street_ended_) fail("no street ends here");
    street_ended_ = false;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw example::usage_error("node '" + std::string(text_) + "': column " +
                               std::to_string(at_ + 1) + ": " + what);
  }

  const betting_tree& tree_;
  std::string_view text_;
  std::size_t at_ = 0;
  node_number node_ = 0;
  bool street_ended_ = false; // with the last action, and no slash has been read since
};

} // namespace detail

/// Exceptions: example::usage_error where the history leaves the tree; it names the column.
inline node_number find_node(const betting_tree& tree, std::string_view history) {
  return detail::history_reader(tree, history).read();
}

/// The same, which must be a decision.
inline node_number find_decision(const betting_tree& tree, std::string_view history) {
  const node_number node = find_node(tree, history);
  if (tree[node].kind == node_kind::decision) return node;
  throw example::usage_error("node '" + std::string(history) + "': the hand is over here");
}

} // namespace poker

#endif
