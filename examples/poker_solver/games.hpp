// SPDX-License-Identifier: MIT
//
// From what the options say to the game itself.
//
//   poker::with_game(settings, files, [&](const auto& game) { train(game); });
//
// All games have tree(), a nested dealer, `real` (the numbers of their table) and chips_per_unit();
// those with few deals have chance() too, if asked for.
#ifndef ORDERLY_EXAMPLES_POKER_GAMES_HPP
#define ORDERLY_EXAMPLES_POKER_GAMES_HPP

#include "../support/option_values.hpp"
#include "betting_tree.hpp"
#include "card_buckets.hpp"
#include "equity_matrix.hpp"
#include "game_options.hpp"
#include "kuhn.hpp"
#include "leduc.hpp"
#include "nlhe.hpp"
#include "nlhe_rules.hpp"
#include "pushfold.hpp"

#include <cstddef>  // streets
#include <cstdint>  // chips
#include <optional> // buckets
#include <utility>  // move
#include <vector>   // buckets of the streets

namespace poker {

/// Chips of an amount in big blinds: a thousandth is a chip.
constexpr std::int32_t chips(decimal big_blinds) {
  return static_cast<std::int32_t>(big_blinds.thousandths);
}

inline pushfold_settings pushfold_settings_of(const game_settings& game) {
  return {chips(game.stack), chips(game.ante)};
}

inline nlhe_settings nlhe_settings_of(const game_settings& game) {
  nlhe_settings settings;
  settings.stack = chips(game.stack);
  settings.ante = chips(game.ante);
  settings.raises = game.raises;
  for (std::size_t street = 0; street < street_count; ++street) {
    auto& sizes = settings.bets[street];
    sizes.clear();
    for (const decimal fraction : game.bets[street].pot_fractions) {
      sizes.push_back({static_cast<std::int32_t>(fraction.thousandths)});
    }
    if (game.bets[street].all_in) sizes.push_back(all_in);
  }
  return settings;
}

/// The betting alone, for a known number of buckets on each street.
inline betting_tree tree_of(const game_settings& game, std::vector<std::uint32_t> buckets) {
  switch (game.kind) {
  case game_kind::kuhn:
    return {kuhn_rules{}, std::move(buckets)};
  case game_kind::leduc:
    return {leduc_rules{}, std::move(buckets)};
  case game_kind::pushfold:
    return {pushfold_rules(pushfold_settings_of(game)), std::move(buckets)};
  case game_kind::nlhe:
    break;
  }
  const nlhe_settings settings = nlhe_settings_of(game);
  return {nlhe_rules(settings), std::move(buckets)};
}

/// What some games need beside their settings; the others ignore it.
struct game_parts {
  std::optional<equity_matrix> equities; ///< push/fold
  std::optional<card_buckets> buckets;   ///< nlhe; moved from
};

/// Calls use(game) with the game of the settings. Exceptions: those of its construction, and use's.
template <class Use>
auto with_game(const game_settings& settings, game_parts& parts, Use&& use) {
  switch (settings.kind) {
  case game_kind::kuhn:
    return use(kuhn());
  case game_kind::leduc:
    return use(leduc());
  case game_kind::pushfold:
    return use(pushfold_game(pushfold_settings_of(settings), *parts.equities));
  case game_kind::nlhe:
    break;
  }
  return use(nlhe_game<card_buckets>(nlhe_settings_of(settings), std::move(*parts.buckets)));
}

} // namespace poker

#endif
