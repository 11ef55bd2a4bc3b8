// SPDX-License-Identifier: MIT
//
// Everything that influences the result of a training, as one text: what a checkpoint keeps, so that
// it is not continued as something else.
//
//   const std::string text = poker::config_text(options.game, options.algorithm, hash);
//   // game: pushfold
//   // stack: 10
//   // ante: 0
//   // algorithm: es
//   // weighting: none
//   // batch-size: 10000
//   // seed: 1
//   if (const auto why = poker::first_difference(stored, text)) reader.fail(*why);
//
// Each setting has one form and each line its place, so equal texts are equal trainings. The lines
// are those of a config file (config_file.hpp) whose keys are train's options, but for bucket-hash:
// lay_stored puts them under a command line that says no more than --resume-from.
//
// Workers, budgets and intervals are not in it: they change nothing, or nothing but how far it goes.
#ifndef ORDERLY_EXAMPLES_POKER_CONFIG_TEXT_HPP
#define ORDERLY_EXAMPLES_POKER_CONFIG_TEXT_HPP

#include "../support/arguments.hpp"
#include "../support/config_file.hpp"
#include "../support/option_values.hpp"
#include "game_options.hpp"
#include "train_options.hpp"

#include <algorithm>   // min
#include <cstddef>     // streets
#include <cstdint>     // counts
#include <optional>    // a difference or none
#include <span>        // options
#include <string>      // the text
#include <string_view> // lines
#include <vector>      // lines, erase_if

namespace poker {
namespace detail {

inline constexpr std::string_view hash_key = "bucket-hash";

class config_writer {
 public:
  config_writer& line(std::string_view key, std::string_view value) {
    text_.append(key).append(": ").append(value).append("\n");
    return *this;
  }
  config_writer& line(std::string_view key, decimal value) { return line(key, to_text(value)); }
  config_writer& line(std::string_view key, std::uint64_t value) {
    return line(key, std::to_string(value));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

inline void write_game(const game_settings& game, std::string_view bucket_hash,
                       config_writer& config) {
  config.line("game", name_of(game.kind));
  if (info_of(game.kind).stack == decimal{}) return;
  config.line("stack", game.stack).line("ante", game.ante);
  if (game.kind != game_kind::nlhe) return;
  for (std::size_t street = 0; street < street_count; ++street) {
    config.line(bets_option(street).substr(2), to_text(game.bets[street]));
  }
  config.line("raises", std::uint64_t{game.raises}).line(hash_key, bucket_hash);
}

inline void write_algorithm(const algorithm_settings& algorithm, config_writer& config) {
  const bool sampled = is_sampled(algorithm.kind);
  config.line("algorithm", name_of(algorithm.kind));
  config.line("weighting", name_of(algorithm.weighting));
  if (algorithm.weighting == weighting_kind::dcfr) {
    config.line("alpha", algorithm.discount.alpha)
        .line("beta", algorithm.discount.beta)
        .line("gamma", algorithm.discount.gamma);
  }
  if (!sampled) return;
  if (algorithm.weighting != weighting_kind::none) {
    config.line("discount-interval", algorithm.discount_interval);
  }
  if (algorithm.prune) {
    config.line("prune-threshold", algorithm.prune->threshold)
        .line("prune-probability", algorithm.prune->probability);
  }
  if (algorithm.kind == algorithm_kind::outcome) config.line("epsilon", algorithm.epsilon);
  config.line("batch-size", algorithm.batch_size).line("seed", algorithm.seed);
}

/// The value of the line with this key; absent if there is none.
inline std::optional<std::string_view> value_in(const std::vector<std::string_view>& lines,
                                                std::string_view key) {
  for (const std::string_view line : lines) {
    if (line.substr(0, line.find(':')) == key)
      return line.substr((std::min)(key.size() + 2, line.size()));
  }
  return std::nullopt;
}

} // namespace detail

/// The hash is that of the bucket file; only nlhe has one.
inline std::string config_text(const game_settings& game, const algorithm_settings& algorithm,
                               std::string_view bucket_hash = {}) {
  detail::config_writer config;
  detail::write_game(game, bucket_hash, config);
  detail::write_algorithm(algorithm, config);
  return config.text();
}

/// What is different first, in words; absent if the texts are equal.
inline std::optional<std::string> first_difference(std::string_view stored,
                                                   std::string_view asked) {
  if (stored == asked) return std::nullopt;
  const auto was = example::split(stored, '\n');
  const auto is = example::split(asked, '\n');
  const auto shown = [](const std::optional<std::string_view>& value) {
    return value ? "'" + std::string(*value) + "'" : std::string("not set");
  };
  for (const auto* lines : {&is, &was}) {
    for (const std::string_view line : *lines) {
      const std::string_view key = line.substr(0, line.find(':'));
      const auto before = detail::value_in(was, key);
      const auto now = detail::value_in(is, key);
      if (before == now) continue;
      return std::string(key) + " is " + shown(before) + " there and " + shown(now) + " here";
    }
  }
  return "the same settings are written in another order";
}

/// Takes what the command line leaves open from the text of a checkpoint. Exceptions:
/// example::usage_error, which names `file`.
inline void lay_stored(std::string_view stored, const std::string& file,
                       std::span<const example::option_spec> elsewhere, example::arguments& given) {
  auto settings = example::read_config(stored, file);
  std::erase_if(settings, [](const example::setting& s) { return s.key == detail::hash_key; });
  given.lay_under(settings, elsewhere);
}

} // namespace poker

#endif
