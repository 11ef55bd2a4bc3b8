// SPDX-License-Identifier: MIT
//
// Which algorithm trains, and with which parameters: all that, beside the game, a result depends on.
#ifndef ORDERLY_EXAMPLES_POKER_ALGORITHM_SETTINGS_HPP
#define ORDERLY_EXAMPLES_POKER_ALGORITHM_SETTINGS_HPP

#include "../support/option_values.hpp"

#include <array>       // names
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // pruning
#include <string_view> // names

namespace poker {

using example::decimal;

/// Iterations that visit every deal, or sampled ones (Monte Carlo CFR).
enum class algorithm_kind : std::uint8_t { cfr, cfr_plus, dcfr, external, outcome };

/// What later iterations count for, in regrets and in the average strategy.
enum class weighting_kind : std::uint8_t { none, linear, dcfr };

inline constexpr std::array<std::string_view, 5> algorithm_names{"cfr", "cfr+", "dcfr", "es", "os"};
inline constexpr std::array<std::string_view, 3> weighting_names{"none", "linear", "dcfr"};

constexpr std::string_view name_of(algorithm_kind kind) {
  return algorithm_names[static_cast<std::size_t>(kind)];
}
constexpr std::string_view name_of(weighting_kind kind) {
  return weighting_names[static_cast<std::size_t>(kind)];
}
constexpr bool is_sampled(algorithm_kind kind) { return kind >= algorithm_kind::external; }

/// The exponents of discounted CFR: for positive regrets, negative ones, and the average strategy.
struct discount_exponents {
  decimal alpha{1'500};
  decimal beta{0};
  decimal gamma{2'000};
};

/// Which regrets external sampling need not look at, most of the time.
struct pruning {
  decimal threshold;        ///< big blinds (chips, in kuhn and leduc): regrets below minus this
  decimal probability{950}; ///< that a traversal prunes
};

struct algorithm_settings {
  algorithm_kind kind = algorithm_kind::external;
  weighting_kind weighting = weighting_kind::none;
  discount_exponents discount;         ///< weighting dcfr
  std::uint64_t discount_interval = 1; ///< in batches; sampling with weighting
  std::optional<pruning> prune;        ///< external sampling
  decimal epsilon{600};                ///< outcome sampling: how often it explores
  std::uint64_t batch_size = 1;        ///< iterations between updates; sampling, as the seed
  std::uint64_t seed = 1;
};

} // namespace poker

#endif
