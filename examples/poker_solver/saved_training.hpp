// SPDX-License-Identifier: MIT
//
// What training leaves on disk: a checkpoint, from which it goes on as if it had never stopped, and
// a strategy, which is its result.
//
// Both hold the text of config_text.hpp, so they know what they are of: resuming as something else is
// refused. A checkpoint has the whole table and the number of batches, which is all the state there
// is: random numbers are a function of the iteration.
#ifndef ORDERLY_EXAMPLES_POKER_SAVED_TRAINING_HPP
#define ORDERLY_EXAMPLES_POKER_SAVED_TRAINING_HPP

#include "../support/binary_file.hpp"
#include "../support/config_file.hpp"
#include "betting_tree.hpp"
#include "command_options.hpp"
#include "config_text.hpp"
#include "game_options.hpp"
#include "strategy_profile.hpp"

#include <cstdint>     // counts
#include <optional>    // a difference or none
#include <span>        // tables
#include <string>      // texts
#include <string_view> // no words
#include <type_traits> // is_same
#include <utility>     // move
#include <vector>      // buckets of the streets

namespace poker {

inline constexpr example::file_kind checkpoint_kind{"PKRCHECK", "checkpoint of poker_solver", 1};
inline constexpr example::file_kind strategy_kind{"PKRSTRAT", "strategy of poker_solver", 1};
inline constexpr std::uint64_t most_config_bytes = 65'536;

/// Exceptions, here and below: example::open_error, example::write_error when writing;
/// example::file_error when reading.
template <class Table>
void save_checkpoint(const std::string& path, const std::string& config, std::uint64_t batches,
                     const Table& table) {
  example::binary_writer out(path, checkpoint_kind);
  out.text(config);
  out.write(batches);
  out.array(std::span(table.data(), table.size()));
  out.publish();
}

/// The settings of a checkpoint. They decide what it is read into, so it must be undamaged.
inline std::string config_of_checkpoint(const std::string& path) {
  example::binary_reader in(path, checkpoint_kind);
  std::string config = in.text(most_config_bytes);
  in.check_rest();
  return config;
}

/// Reads table and batches. The checkpoint must be of this config.
template <class Table>
std::uint64_t load_checkpoint(const std::string& path, const std::string& config, Table& table) {
  example::binary_reader in(path, checkpoint_kind);
  const std::string stored = in.text(most_config_bytes);
  if (const auto difference = first_difference(stored, config)) {
    in.fail("this is a checkpoint of another training: " + *difference);
  }
  const auto batches = in.read<std::uint64_t>();
  in.array_into(std::span(table.data(), table.size()));
  in.finish();
  return batches;
}

template <class Real>
void save_strategy(const std::string& path, const std::string& config, std::uint64_t iterations,
                   const betting_tree& tree, const strategy_profile<Real>& profile) {
  example::binary_writer out(path, strategy_kind);
  out.text(config);
  out.write(iterations);
  std::vector<std::uint32_t> buckets;
  for (unsigned street = 0; street < tree.streets(); ++street) {
    buckets.push_back(tree.buckets(street));
  }
  out.array(std::span<const std::uint32_t>(buckets));
  out.array(std::span<const Real>(profile.probabilities()));
  out.publish();
}

/// A strategy as it is read. Probabilities are doubles for the games of few cards, floats for nlhe.
struct saved_strategy {
  std::string path;
  std::string config;
  game_settings game;
  std::string bucket_hash; ///< empty but for nlhe
  std::uint64_t iterations = 0;
  std::vector<std::uint32_t> buckets; ///< by street
  std::vector<double> doubles;
  std::vector<float> floats;

  /// Exceptions: example::file_error if the strategy is not of this tree.
  template <class Real>
  strategy_profile<Real> profile(const betting_tree& tree) const {
    if constexpr (std::is_same_v<Real, double>) {
      return checked(tree, doubles);
    } else {
      return checked(tree, floats);
    }
  }

 private:
  /// Another version of the program may have written it for another tree.
  template <class Real>
  strategy_profile<Real> checked(const betting_tree& tree, const std::vector<Real>& cells) const {
    if (cells.size() == tree.cells()) return {tree, cells};
    throw example::file_error(path + ": " + std::to_string(cells.size()) +
                              " probabilities instead of the " + std::to_string(tree.cells()) +
                              " of its game");
  }
};

namespace detail {

/// The settings of the game in a config text.
inline game_settings game_of(const std::string& config, const std::string& file) {
  example::arguments given(std::span<const std::string_view>{}, all_specs());
  lay_stored(config, file, {}, given);
  return read_game(given);
}

inline std::string bucket_hash_of(std::string_view config) {
  return std::string(value_in(example::split(config, '\n'), hash_key).value_or(""));
}

} // namespace detail

inline saved_strategy load_strategy(const std::string& path) {
  example::binary_reader in(path, strategy_kind);
  saved_strategy read;
  read.path = path;
  read.config = in.text(most_config_bytes);
  read.iterations = in.read<std::uint64_t>();
  read.buckets = in.array<std::uint32_t>(most_streets);
  constexpr std::uint64_t most_cells = std::uint64_t{1} << 28U;
  const auto game = detail::value_in(example::split(read.config, '\n'), "game");
  if (game == name_of(game_kind::nlhe)) {
    read.floats = in.array<float>(most_cells);
  } else {
    read.doubles = in.array<double>(most_cells);
  }
  in.finish();
  read.game = detail::game_of(read.config, path); // settings of a damaged file would mislead
  read.bucket_hash = detail::bucket_hash_of(read.config);
  return read;
}

/// Why two strategies cannot play each other; nothing if they are of one game and one abstraction.
inline std::optional<std::string> game_difference(const saved_strategy& a,
                                                  const saved_strategy& b) {
  const auto text_of = [](const saved_strategy& s) {
    detail::config_writer config;
    detail::write_game(s.game, s.bucket_hash, config);
    return config.text();
  };
  return first_difference(text_of(b), text_of(a));
}

} // namespace poker

#endif
