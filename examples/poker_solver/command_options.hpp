// SPDX-License-Identifier: MIT
//
// The options of the commands beside `train`, and how a command line is read.
//
//   const auto words = poker::split_files(all_words);            // eval run.chk --deals 1000
//   const auto given = poker::read_arguments(words.options, poker::eval_command_specs());
//   const poker::eval_options options = poker::read_eval_options(words.files, given);
//
// Every option can stand in a config file too, but for --config itself; one file serves all
// commands, so a command accepts the settings of the others.
#ifndef ORDERLY_EXAMPLES_POKER_COMMAND_OPTIONS_HPP
#define ORDERLY_EXAMPLES_POKER_COMMAND_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "../support/config_file.hpp"
#include "../support/option_values.hpp"
#include "game_options.hpp"
#include "train_options.hpp"

#include <algorithm>   // find_if
#include <array>       // tables
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // what may be absent
#include <span>        // words
#include <string>      // file names
#include <string_view> // words
#include <vector>      // option lists

namespace poker {

inline constexpr std::uint64_t most_buckets = 65'535; ///< of flop and turn
inline constexpr std::uint64_t most_river_buckets = 256;
inline constexpr std::uint64_t most_deals = 1'000'000'000'000;
inline constexpr std::uint64_t most_rounds = 1'000; ///< of a bench

struct build_buckets_options {
  std::string out;
  std::array<std::uint32_t, 3> buckets{200, 200, 200}; ///< flop, turn, river
  std::size_t workers = 0;                             ///< 0, here and below: as many as there are
  bool quiet = false;
};

struct eval_options {
  std::string file;
  std::optional<std::string> vs;
  std::optional<std::string> chart;
  std::optional<std::string> json;
  std::optional<std::string> buckets;
  std::uint64_t deals = 10'000'000; ///< of a duplicate match, each played from both sides
  std::optional<std::uint64_t> responder_iterations;
  std::uint64_t seed = 1;
  std::size_t workers = 0;
  bool quiet = false;
};

struct show_options {
  std::string file;
  std::optional<std::string> node; ///< a history
  std::optional<std::string> svg;
  std::optional<std::string> html;
  std::optional<unsigned> player;
};

struct bench_options {
  std::optional<game_kind> game; ///< absent: all
  unsigned rounds = 5;
  std::size_t workers = 0;
  std::optional<std::string> buckets;
  std::optional<std::string> json;
};

inline constexpr std::array config_specs{example::option_spec{"--config", true, false}};
inline constexpr std::array build_buckets_specs{
    example::option_spec{"--out"}, example::option_spec{"--flop-buckets"},
    example::option_spec{"--turn-buckets"}, example::option_spec{"--river-buckets"}};
inline constexpr std::array match_specs{
    example::option_spec{"--vs"}, example::option_spec{"--chart"}, example::option_spec{"--deals"},
    example::option_spec{"--responder-iterations"}};
inline constexpr std::array show_specs{
    example::option_spec{"--node"}, example::option_spec{"--svg"}, example::option_spec{"--html"},
    example::option_spec{"--player"}};

using example::joined;
using example::spec_list;

inline spec_list train_command_specs() {
  return joined(config_specs, game_specs, train_specs, run_specs);
}
inline spec_list build_buckets_command_specs() {
  return joined(config_specs, build_buckets_specs, run_specs);
}
inline spec_list eval_command_specs() {
  return joined(config_specs, match_specs, run_specs,
                std::array{example::option_spec{"--json"}, example::option_spec{"--seed"},
                           example::option_spec{"--buckets"}});
}
inline spec_list show_command_specs() { return joined(config_specs, show_specs); }
inline spec_list bench_command_specs() {
  return joined(config_specs, run_specs,
                std::array{example::option_spec{"--game"}, example::option_spec{"--rounds"},
                           example::option_spec{"--buckets"}, example::option_spec{"--json"}});
}

/// The options of all commands.
inline spec_list all_specs() {
  return joined(train_command_specs(), build_buckets_specs, match_specs, show_specs,
                std::array{example::option_spec{"--json"}, example::option_spec{"--rounds"}});
}

/// A command's words: files first, then options.
struct command_words {
  std::span<const std::string_view> files;
  std::span<const std::string_view> options;
};

inline command_words split_files(std::span<const std::string_view> words) {
  const auto first_option = std::find_if(
      words.begin(), words.end(), [](std::string_view word) { return word.substr(0, 1) == "-"; });
  const auto count = static_cast<std::size_t>(first_option - words.begin());
  return {words.first(count), words.subspan(count)};
}

/// What the words ask for, with the settings of a config file under them. Exceptions, here and
/// below: example::usage_error.
inline example::arguments read_arguments(std::span<const std::string_view> words,
                                         const spec_list& known) {
  example::arguments given(words, known);
  if (const auto file = given.text("--config")) {
    given.lay_under(example::read_config_file(std::string(*file)), all_specs());
  }
  return given;
}

namespace detail {

/// The one file that the command is about.
inline std::string read_file_word(std::string_view command,
                                  std::span<const std::string_view> files) {
  if (files.empty() || files[0].empty()) {
    throw example::usage_error(std::string(command) + ": a checkpoint is missing: " +
                               std::string(command) + " FILE [options]");
  }
  if (files.size() > 1) {
    throw example::usage_error("unexpected argument '" + std::string(files[1]) + "'");
  }
  return std::string(files[0]);
}

/// What is written must not be what is read.
inline void refuse_overwriting(const example::arguments& given, const std::string& file,
                               std::string_view output) {
  const auto name = given.text(output);
  if (name && example::same_file(std::string(*name), file)) {
    given.fail(output, "the same file as the checkpoint");
  }
}

} // namespace detail

inline build_buckets_options read_build_buckets_options(const example::arguments& given) {
  build_buckets_options options;
  if (!given.has("--out")) given.fail("--out", "this option is required");
  options.out = *given.text("--out");
  for (std::size_t i = 0; i < options.buckets.size(); ++i) {
    const std::string option = std::string("--") + street_names[i + 1] + "-buckets";
    const bool river = i + 1 == options.buckets.size();
    const auto count = given.optional_whole(option, 1, river ? most_river_buckets : most_buckets);
    if (count) options.buckets[i] = static_cast<std::uint32_t>(*count);
  }
  example::refuse_same_files(given, std::array{"--config", "--out"});
  options.workers = detail::read_workers(given);
  options.quiet = given.has("--quiet");
  return options;
}

inline eval_options read_eval_options(std::span<const std::string_view> files,
                                      const example::arguments& given) {
  eval_options options;
  options.file = detail::read_file_word("eval", files);
  options.vs = example::optional_string(given, "--vs");
  options.chart = example::optional_string(given, "--chart");
  options.json = example::optional_string(given, "--json");
  options.buckets = example::optional_string(given, "--buckets");
  options.deals = given.optional_whole("--deals", 1, most_deals).value_or(options.deals);
  options.responder_iterations = given.optional_whole("--responder-iterations", 1, most_iterations);
  options.seed = given.optional_whole("--seed", 0, UINT64_MAX).value_or(options.seed);
  options.workers = detail::read_workers(given);
  options.quiet = given.has("--quiet");
  detail::refuse_overwriting(given, options.file, "--json");
  for (const char* input : {"--config", "--vs", "--chart", "--buckets"}) {
    example::refuse_same_files(given, std::array{input, "--json"});
  }
  return options;
}

inline show_options read_show_options(std::span<const std::string_view> files,
                                      const example::arguments& given) {
  show_options options;
  options.file = detail::read_file_word("show", files);
  options.node = example::optional_string(given, "--node");
  options.svg = example::optional_string(given, "--svg");
  options.html = example::optional_string(given, "--html");
  if (const auto player = given.optional_whole("--player", 0, 1)) {
    options.player = static_cast<unsigned>(*player);
  }
  detail::refuse_overwriting(given, options.file, "--svg");
  detail::refuse_overwriting(given, options.file, "--html");
  example::refuse_same_files(given, std::array{"--config", "--svg", "--html"});
  return options;
}

inline bench_options read_bench_options(const example::arguments& given) {
  bench_options options;
  if (given.has("--game")) options.game = read_game_kind(given);
  const bool without_nlhe = options.game && *options.game != game_kind::nlhe;
  example::refuse_idle(given, "--buckets", without_nlhe, "--game nlhe");
  options.rounds =
      static_cast<unsigned>(given.optional_whole("--rounds", 1, most_rounds).value_or(5));
  options.workers = detail::read_workers(given);
  options.buckets = example::optional_string(given, "--buckets");
  options.json = example::optional_string(given, "--json");
  example::refuse_same_files(given, std::array{"--config", "--buckets", "--json"});
  return options;
}

} // namespace poker

#endif
