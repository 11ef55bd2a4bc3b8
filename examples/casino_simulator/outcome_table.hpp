// SPDX-License-Identifier: MIT
//
// How often each result of a round occurred: bets left on the table (1 to 3) by final hand (11).
//
// The 33 counts carry all that a flat bettor's money depends on: net units, squares and units
// wagered are exact sums over them. Two tables are merged by adding counts, so merging is exactly
// associative and commutative. The same type holds an exact law (counts of ordered deals) and what
// a simulation saw.
#ifndef ORDERLY_EXAMPLES_CASINO_OUTCOME_TABLE_HPP
#define ORDERLY_EXAMPLES_CASINO_OUTCOME_TABLE_HPP

#include "pay_table.hpp"

#include <array>   // the counts
#include <cmath>   // sqrt
#include <cstddef> // size_t
#include <cstdint> // exact counts
#include <map>     // net results in increasing order

namespace casino {

/// One finished round: how many unit bets were at risk, and the final hand.
struct outcome {
  unsigned bets = 1; ///< 1 to 3
  hand_kind kind = hand_kind::high_card;

  friend bool operator==(const outcome&, const outcome&) = default;
};

struct outcome_table {
  /// counts[bets - 1][kind]
  std::array<std::array<std::uint64_t, hand_kinds>, 3> counts{};

  void add(outcome seen) { ++counts[seen.bets - 1][index_of(seen.kind)]; }

  outcome_table& operator+=(const outcome_table& other) {
    for (std::size_t b = 0; b < 3; ++b) {
      for (std::size_t k = 0; k < hand_kinds; ++k) counts[b][k] += other.counts[b][k];
    }
    return *this;
  }
  friend bool operator==(const outcome_table&, const outcome_table&) = default;

  std::uint64_t with_bets(unsigned bets) const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts[bets - 1]) sum += count;
    return sum;
  }
  std::uint64_t with_kind(std::size_t kind) const {
    return counts[0][kind] + counts[1][kind] + counts[2][kind];
  }
  std::uint64_t rounds() const { return with_bets(1) + with_bets(2) + with_bets(3); }
  std::uint64_t wagered() const { return with_bets(1) + 2 * with_bets(2) + 3 * with_bets(3); }
};

/// How many rounds ended with each net result, in units.
inline std::map<std::int64_t, std::uint64_t> net_results(const outcome_table& seen,
                                                         const pay_table& pays) {
  std::map<std::int64_t, std::uint64_t> result;
  for (std::size_t b = 0; b < 3; ++b) {
    for (std::size_t k = 0; k < hand_kinds; ++k) {
      const auto net = static_cast<std::int64_t>(b + 1) * pays.net[k];
      if (seen.counts[b][k] != 0) result[net] += seen.counts[b][k];
    }
  }
  return result;
}

/// The sums a flat bettor asks for. The integers are exact; the rest are single divisions of them.
struct money_law {
  std::uint64_t rounds = 0;
  std::int64_t net = 0;
  std::uint64_t net_squared = 0; ///< exact up to 2 * 10^12 rounds if no net result exceeds 3000,
                                 ///< and for the law of any pay table
  double squares = 0;            ///< the same, rounded, for any number of rounds
  std::uint64_t wagered = 0;
  std::uint64_t winning = 0; ///< rounds whose final hand is paid

  double mean() const { return ratio(static_cast<double>(net)); }
  double variance() const { return ratio(squares) - mean() * mean(); }
  double deviation() const { return std::sqrt(variance()); }
  double average_bet() const { return ratio(static_cast<double>(wagered)); }
  /// The part of all money put at risk that the house keeps.
  double element_of_risk() const {
    return wagered == 0 ? 0.0 : -static_cast<double>(net) / static_cast<double>(wagered);
  }

 private:
  double ratio(double sum) const { return rounds == 0 ? 0.0 : sum / static_cast<double>(rounds); }
};

inline money_law law_of(const outcome_table& seen, const pay_table& pays) {
  money_law law;
  law.rounds = seen.rounds();
  law.wagered = seen.wagered();
  for (const auto& [net, count] : net_results(seen, pays)) {
    law.net += net * static_cast<std::int64_t>(count);
    law.net_squared += static_cast<std::uint64_t>(net * net) * count;
    law.squares += static_cast<double>(net * net) * static_cast<double>(count);
    if (net > 0) law.winning += count;
  }
  return law;
}

} // namespace casino

#endif
