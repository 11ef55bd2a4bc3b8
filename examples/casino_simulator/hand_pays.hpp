// SPDX-License-Identifier: MIT
//
// All that one hand pays: the main game and both bonuses, for each cell of the joint law.
//
//   casino::hand_pays pays;                                  // the standard table, no bonuses
//   const auto results = casino::unit_results(law, pays);    // what a hand can bring, and how often
#ifndef ORDERLY_EXAMPLES_CASINO_HAND_PAYS_HPP
#define ORDERLY_EXAMPLES_CASINO_HAND_PAYS_HPP

#include "bonus_table.hpp"
#include "joint_law.hpp"
#include "pay_table.hpp"
#include "staking.hpp"

#include <cstddef> // size_t
#include <cstdint> // units
#include <map>     // equal results in one place
#include <tuple>   // their key
#include <vector>  // the list

namespace casino {

/// What a hand brings per unit of each stake. `main` counts all bets left on the table.
struct unit_result {
  std::int64_t main = 0;
  std::int64_t bonus = 0;
  std::int64_t five_card_bonus = 0;
  std::uint64_t weight = 0; ///< deals

  constexpr std::int64_t net(const stakes& put) const {
    return put.bet * main + put.bonus * bonus + put.five_card_bonus * five_card_bonus;
  }
};

struct hand_pays {
  pay_table main = standard_pay_table;
  three_card_bonus three{};
  five_card_bonus five{};

  constexpr unit_result of(cell c) const {
    const outcome seen = outcome_of(c);
    return {static_cast<std::int64_t>(seen.bets) * main[seen.kind],
            three.net[index_of(three_card_kind_of(c))], five.net[index_of(seen.kind)], 0};
  }
};

/// The different results that a law allows, each with its weight, in increasing order. Bonuses that
/// are never bet can be left out, which makes the list shorter.
inline std::vector<unit_result> unit_results(const joint_law& law, const hand_pays& pays,
                                             bool with_bonus = true, bool with_five = true) {
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::uint64_t> weights;
  for (std::size_t c = 0; c < cells; ++c) {
    if (law.counts[c] == 0) continue;
    const unit_result result = pays.of(static_cast<cell>(c));
    weights[{result.main, with_bonus ? result.bonus : 0, with_five ? result.five_card_bonus : 0}] +=
        law.counts[c];
  }
  std::vector<unit_result> results;
  for (const auto& [key, weight] : weights) {
    results.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), weight});
  }
  return results;
}

} // namespace casino

#endif
