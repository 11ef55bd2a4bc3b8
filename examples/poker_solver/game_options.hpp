// SPDX-License-Identifier: MIT
//
// Which game is solved: the options that describe it, and what they are where nothing is said.
//
//   const poker::game_settings settings = poker::read_game(given);
//   settings.kind;                                // poker::game_kind::nlhe
//   settings.stack.thousandths;                   // 20000: 20 big blinds
//   poker::to_text(settings.bets[0]);             // "f,c,0.5,1,allin"
//
// An option that the game does not have is refused on the command line; in a config file, which
// may serve several, it is passed over.
#ifndef ORDERLY_EXAMPLES_POKER_GAME_OPTIONS_HPP
#define ORDERLY_EXAMPLES_POKER_GAME_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "../support/option_values.hpp"
#include "algorithm_settings.hpp"

#include <algorithm>   // sort, adjacent_find, find_if, all_of
#include <array>       // streets, tables
#include <cstddef>     // size_t
#include <cstdint>     // kinds
#include <optional>    // files that may be absent
#include <string>      // names, texts
#include <string_view> // words
#include <utility>     // exchange
#include <vector>      // bet sizes

namespace poker {

enum class game_kind : std::uint8_t { kuhn, leduc, pushfold, nlhe };

inline constexpr std::size_t street_count = 4;
inline constexpr std::array<const char*, street_count> street_names{"preflop", "flop", "turn",
                                                                    "river"};

inline constexpr decimal least_stack{1'001}; ///< the big blind is not yet all-in
inline constexpr decimal largest_stack{1'000'000};
inline constexpr decimal least_bet{1}; ///< of the pot
inline constexpr decimal most_bet{100'000};
inline constexpr std::size_t most_bets = 5; ///< sizes in a list
inline constexpr std::uint64_t most_raises = 8;

/// What a game is called, and what holds for it where no option says otherwise.
struct game_info {
  game_kind kind;
  std::string_view name;
  decimal stack;                   ///< in big blinds; none in the games of three and six cards
  std::uint64_t batch_size;        ///< iterations between updates
  std::uint64_t discount_interval; ///< batches between discounts of all regrets
  weighting_kind weighting;        ///< of sampled iterations
  bool enumerable;                 ///< whether an iteration may visit every deal
};

inline constexpr std::array game_infos{
    game_info{game_kind::kuhn, "kuhn", {}, 100, 1, weighting_kind::none, true},
    game_info{game_kind::leduc, "leduc", {}, 100, 1, weighting_kind::none, true},
    game_info{game_kind::pushfold, "pushfold", {10'000}, 10'000, 1, weighting_kind::linear, true},
    game_info{game_kind::nlhe, "nlhe", {100'000}, 1'024, 1'000, weighting_kind::linear, false}};

constexpr const game_info& info_of(game_kind kind) {
  return game_infos[static_cast<std::size_t>(kind)];
}
constexpr std::string_view name_of(game_kind kind) { return info_of(kind).name; }

/// The bets and raises of a street, beside folding, checking and calling, which are always there.
struct bet_list {
  std::vector<decimal> pot_fractions; ///< rising
  bool all_in = false;
  friend bool operator==(const bet_list&, const bet_list&) = default;
};

/// "f,c,0.5,1,allin".
inline std::string to_text(const bet_list& bets) {
  std::string text = "f,c";
  for (const decimal fraction : bets.pot_fractions) text += ',' + to_text(fraction);
  return text + (bets.all_in ? ",allin" : "");
}

struct game_settings {
  game_kind kind = game_kind::kuhn;
  decimal
      stack; ///< in big blinds, before blinds and antes are posted; pushfold and nlhe, as the ante
  decimal ante;                            ///< of each player
  std::array<bet_list, street_count> bets; ///< nlhe, as all below
  unsigned raises = 0;                     ///< at most so many bets and raises in a street
  std::optional<std::string> buckets;      ///< file
};

inline constexpr std::array game_specs{
    example::option_spec{"--game"},         example::option_spec{"--stack"},
    example::option_spec{"--ante"},         example::option_spec{"--bets"},
    example::option_spec{"--preflop-bets"}, example::option_spec{"--flop-bets"},
    example::option_spec{"--turn-bets"},    example::option_spec{"--river-bets"},
    example::option_spec{"--raises"},       example::option_spec{"--buckets"}};

namespace detail {

/// Half the pot, the pot and all-in.
inline bet_list default_bets() { return {{decimal{500}, decimal{1'000}}, true}; }

/// Adds a word of a list; false if there is no such bet or if it was there before.
inline bool add_bet(std::string_view word, bet_list& bets) {
  if (word == "f" || word == "c") return true;
  if (word == "allin") return !std::exchange(bets.all_in, true);
  const auto fraction = example::parse_decimal(word);
  if (!fraction || *fraction < least_bet || *fraction > most_bet) return false;
  bets.pot_fractions.push_back(*fraction);
  return true;
}

/// "0.5,1,allin", in any order, with or without f and c.
inline bet_list read_bets(const example::arguments& given, const std::string& name,
                          const bet_list& otherwise) {
  const auto text = given.text(name);
  if (!text) return otherwise;
  bet_list bets;
  const auto words = example::split(*text, ',');
  bool good = std::all_of(words.begin(), words.end(),
                          [&](std::string_view word) { return add_bet(word, bets); });
  auto& sizes = bets.pot_fractions;
  std::sort(sizes.begin(), sizes.end());
  good = good && std::adjacent_find(sizes.begin(), sizes.end()) == sizes.end();
  if (!good || sizes.size() > most_bets) {
    given.fail(name, "'" + std::string(*text) + "' is not a list of at most " +
                         std::to_string(most_bets) + " different fractions of the pot from " +
                         to_text(least_bet) + " to " + to_text(most_bet) +
                         ", and allin, such as 0.5,1,allin");
  }
  return bets;
}

inline std::string bets_option(std::size_t street) {
  return std::string("--") + street_names[street] + "-bets";
}

inline void refuse_other_games_options(const example::arguments& given, game_kind kind) {
  const bool big_blinds = info_of(kind).stack > decimal{};
  for (const char* option : {"--stack", "--ante"}) {
    example::refuse_idle(given, option, !big_blinds, "--game pushfold or nlhe");
  }
  const bool nlhe = kind == game_kind::nlhe;
  for (const char* option : {"--bets", "--raises", "--buckets"}) {
    example::refuse_idle(given, option, !nlhe, "--game nlhe");
  }
  bool every_street = true;
  for (std::size_t street = 0; street < street_count; ++street) {
    example::refuse_idle(given, bets_option(street), !nlhe, "--game nlhe");
    every_street = every_street && example::is_typed(given, bets_option(street));
  }
  example::refuse_idle(given, "--bets", every_street, "a street without a list of its own");
}

/// A list for all streets on the command line wins over a config file's list for one.
inline std::array<bet_list, street_count> read_all_bets(const example::arguments& given) {
  const bet_list everywhere = read_bets(given, "--bets", default_bets());
  std::array<bet_list, street_count> bets;
  for (std::size_t street = 0; street < street_count; ++street) {
    const std::string own = bets_option(street);
    const bool overruled = example::is_typed(given, "--bets") && !example::is_typed(given, own);
    bets[street] = overruled ? everywhere : read_bets(given, own, everywhere);
  }
  return bets;
}

} // namespace detail

/// Exceptions, here and below: example::usage_error.
inline game_kind read_game_kind(const example::arguments& given) {
  if (!given.has("--game")) given.fail("--game", "this option is required");
  const auto name = given.choice("--game", {"kuhn", "leduc", "pushfold", "nlhe"});
  return std::find_if(game_infos.begin(), game_infos.end(),
                      [&](const game_info& game) { return game.name == name; })
      ->kind;
}

inline game_settings read_game(const example::arguments& given) {
  game_settings settings;
  settings.kind = read_game_kind(given);
  detail::refuse_other_games_options(given, settings.kind);
  const decimal stack = info_of(settings.kind).stack;
  if (stack == decimal{}) return settings;
  settings.stack =
      example::optional_decimal(given, "--stack", least_stack, largest_stack).value_or(stack);
  const decimal most_ante{settings.stack.thousandths - least_stack.thousandths};
  settings.ante = example::optional_decimal(given, "--ante", {0}, most_ante).value_or(decimal{});
  if (settings.kind != game_kind::nlhe) return settings;
  settings.bets = detail::read_all_bets(given);
  settings.raises =
      static_cast<unsigned>(given.optional_whole("--raises", 1, most_raises).value_or(3));
  settings.buckets = example::optional_string(given, "--buckets");
  return settings;
}

} // namespace poker

#endif
