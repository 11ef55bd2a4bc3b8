// SPDX-License-Identifier: MIT
//
// A strategy for push or fold in figures, and beside a published chart.
//
//   const auto pushes = poker::frequencies_of(tree, profile, poker::find_node(tree, "p"));
//   const auto calls = poker::frequencies_of(tree, profile, poker::find_node(tree, "pc"));
//   poker::percent_of(pushes);                    // 58.3: of all combinations
//   const auto compared = poker::compare(chart, {10'000}, pushes);   // with 10 big blinds
//   poker::comparison_text(compared);
//
// A chart says yes or no; the strategy does where its probability is above or below one half.
#ifndef ORDERLY_EXAMPLES_POKER_CHART_COMPARISON_HPP
#define ORDERLY_EXAMPLES_POKER_CHART_COMPARISON_HPP

#include "../support/html_text.hpp"
#include "../support/option_values.hpp"
#include "betting_tree.hpp"
#include "node_history.hpp"
#include "push_chart.hpp"
#include "starting_hands.hpp"
#include "strategy_profile.hpp"

#include <array>   // frequencies
#include <cstddef> // size_t
#include <string>  // the text
#include <vector>  // differences

namespace poker {

/// The probability of one action with each starting hand.
using hand_frequencies = std::array<double, starting_hands>;

/// Of the last action before a node. Preconditions: the node is not the root, and the action was
/// chosen on a street whose buckets are the starting hands.
template <class Real>
hand_frequencies frequencies_of(const betting_tree& tree, const strategy_profile<Real>& profile,
                                node_number reached) {
  const auto path = path_to(tree, reached);
  const tree_node& node = tree[path[path.size() - 2]];
  hand_frequencies frequencies{};
  for (unsigned hand = 0; hand < starting_hands; ++hand) {
    frequencies[hand] = static_cast<double>(profile.at(node, hand)[reached - node.first_child]);
  }
  return frequencies;
}

/// How often the action is taken: the mean over all 1,326 combinations, in percent.
inline double percent_of(const hand_frequencies& frequencies) {
  constexpr double combinations = 1326;
  double sum = 0;
  for (unsigned hand = 0; hand < starting_hands; ++hand) {
    sum += combinations_of(static_cast<starting_hand>(hand)) * frequencies[hand];
  }
  return 100 * sum / combinations;
}

struct push_fold_summary {
  double push_percent = 0;
  double call_percent = 0;
};

/// Of a tree of pushfold_rules.
template <class Real>
push_fold_summary summary_of(const betting_tree& tree, const strategy_profile<Real>& profile) {
  return {percent_of(frequencies_of(tree, profile, find_node(tree, "p"))),
          percent_of(frequencies_of(tree, profile, find_node(tree, "pc")))};
}

struct chart_difference {
  starting_hand hand = 0;
  example::decimal most;  ///< the chart's stack in big blinds
  double probability = 0; ///< the strategy's
};

struct chart_comparison {
  example::decimal stack; ///< in big blinds
  unsigned agreements = 0;
  std::vector<chart_difference> differences; ///< in the order of the grid, as are:
  std::vector<starting_hand> missing;        ///< in the chart
};

inline chart_comparison compare(const push_chart& chart, example::decimal stack,
                                const hand_frequencies& frequencies) {
  chart_comparison result{stack, 0, {}, {}};
  for (unsigned i = 0; i < starting_hands; ++i) {
    const auto hand = static_cast<starting_hand>(i);
    const auto most = chart.most[i];
    if (!most) {
      result.missing.push_back(hand);
    } else if ((stack <= *most) == (frequencies[i] > 0.5)) {
      ++result.agreements;
    } else {
      result.differences.push_back({hand, *most, frequencies[i]});
    }
  }
  return result;
}

/// A line with the number of hands that agree, and one for each that does not:
///   chart at 10 bb: 165 of 167 hands agree
///     J9o  up to 12.1 bb in the chart, here 31.25 %
///     K2o  up to 9.6 bb in the chart, here 98.40 %
///     not in the chart: 72o 32o
inline std::string comparison_text(const chart_comparison& compared) {
  const std::size_t all = compared.agreements + compared.differences.size();
  std::string text = "chart at " + example::to_text(compared.stack) +
                     " bb: " + std::to_string(compared.agreements) + " of " + std::to_string(all) +
                     " hands agree\n";
  for (const chart_difference& each : compared.differences) {
    const std::string hand = starting_hand_text(each.hand);
    text += "  " + hand + std::string(5 - hand.size(), ' ') + "up to " +
            example::to_text(each.most) + " bb in the chart, here " +
            example::fixed_text(100 * each.probability, 2) + " %\n";
  }
  if (compared.missing.empty()) return text;
  text += "  not in the chart:";
  for (const starting_hand hand : compared.missing) text += ' ' + starting_hand_text(hand);
  return text + '\n';
}

} // namespace poker

#endif
