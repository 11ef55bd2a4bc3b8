// SPDX-License-Identifier: MIT
//
// The options of `train`: the algorithm, how long it runs, and what is written meanwhile.
//
//   const poker::train_options options = poker::read_train_options(given);
//   options.algorithm.kind;                       // poker::algorithm_kind::external
//   options.algorithm.batch_size;                 // 1024, unless told, for nlhe
//   options.checkpoint->iterations;               // "--checkpoint-interval 100000"
//
// An option without effect on what was asked for is refused on the command line, and passed over in
// a config file.
#ifndef ORDERLY_EXAMPLES_POKER_TRAIN_OPTIONS_HPP
#define ORDERLY_EXAMPLES_POKER_TRAIN_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "../support/option_values.hpp"
#include "algorithm_settings.hpp"
#include "game_options.hpp"

#include <algorithm>   // find
#include <array>       // tables
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // what may be absent
#include <string>      // file names
#include <string_view> // words

namespace poker {

inline constexpr std::uint64_t most_iterations = 1'000'000'000'000'000;
inline constexpr std::uint64_t most_batch_size = 1'048'576;
inline constexpr std::uint64_t most_workers = 1024;
inline constexpr decimal most_seconds{1'000'000'000'000};

/// Something happens every so many iterations, or every so many seconds.
struct interval {
  std::uint64_t iterations = 0; ///< 0: by the clock
  decimal seconds;
};

struct train_options {
  game_settings game;
  algorithm_settings algorithm;
  std::optional<std::uint64_t> iterations; ///< of the whole course, before a resume too
  std::optional<decimal> time_budget;      ///< seconds; what is reached first ends the run
  std::size_t workers = 0;                 ///< 0: as many as this process may use
  bool quiet = false;
  std::optional<std::string> logdir;
  std::optional<interval> checkpoint; ///< to logdir, as snapshots of the average strategy
  std::optional<interval> snapshot;
  decimal metrics_interval{10'000}; ///< seconds
  std::optional<std::string> resume_from;
};

inline constexpr std::array run_specs{example::option_spec{"--workers"},
                                      example::option_spec{"--num-workers"},
                                      example::option_spec{"--quiet", false}};

inline constexpr std::array train_specs{example::option_spec{"--algorithm"},
                                        example::option_spec{"--weighting"},
                                        example::option_spec{"--alpha"},
                                        example::option_spec{"--beta"},
                                        example::option_spec{"--gamma"},
                                        example::option_spec{"--discount-interval"},
                                        example::option_spec{"--prune-threshold"},
                                        example::option_spec{"--prune-probability"},
                                        example::option_spec{"--epsilon"},
                                        example::option_spec{"--batch-size"},
                                        example::option_spec{"--seed"},
                                        example::option_spec{"--iterations"},
                                        example::option_spec{"--iters"},
                                        example::option_spec{"--time-budget"},
                                        example::option_spec{"--logdir"},
                                        example::option_spec{"--checkpoint-interval"},
                                        example::option_spec{"--snapshot-interval"},
                                        example::option_spec{"--metrics-interval"},
                                        example::option_spec{"--resume-from"}};

namespace detail {

inline algorithm_kind read_algorithm_kind(const example::arguments& given, const game_info& game) {
  auto name =
      given.choice("--algorithm", {"es", "os", "cfr", "cfr+", "dcfr", "es-mccfr", "os-mccfr"});
  name = name.substr(0, name.find("-mccfr"));
  const auto found = std::find(algorithm_names.begin(), algorithm_names.end(), name);
  const auto kind = static_cast<algorithm_kind>(found - algorithm_names.begin());
  if (!is_sampled(kind) && !game.enumerable) {
    given.fail("--algorithm", std::string(name) + " visits every deal, and " +
                                  std::string(game.name) + " has too many: use es or os");
  }
  return kind;
}

/// CFR+ and DCFR are weightings themselves.
inline weighting_kind read_weighting(const example::arguments& given, const game_info& game,
                                     algorithm_kind kind) {
  const bool fixed = kind == algorithm_kind::cfr_plus || kind == algorithm_kind::dcfr;
  example::refuse_idle(given, "--weighting", fixed,
                       "--algorithm cfr, es or os: " + std::string(name_of(kind)) +
                           " has a weighting of its own");
  if (kind == algorithm_kind::cfr_plus) return weighting_kind::linear;
  if (kind == algorithm_kind::dcfr) return weighting_kind::dcfr;
  if (is_sampled(kind) && !given.has("--weighting")) return game.weighting;
  const auto name = given.choice("--weighting", {"none", "linear", "dcfr"});
  if (name == "dcfr" && kind == algorithm_kind::cfr) {
    given.fail("--weighting", "cfr with this weighting is called --algorithm dcfr");
  }
  const auto found = std::find(weighting_names.begin(), weighting_names.end(), name);
  return static_cast<weighting_kind>(found - weighting_names.begin());
}

inline discount_exponents read_discount(const example::arguments& given, bool dcfr) {
  discount_exponents read;
  const auto take = [&](const char* option, decimal low, decimal& exponent) {
    example::refuse_idle(given, option, !dcfr, "--algorithm dcfr or --weighting dcfr");
    constexpr decimal most{10'000};
    if (dcfr) exponent = example::optional_decimal(given, option, low, most).value_or(exponent);
  };
  take("--alpha", {0}, read.alpha);
  take("--beta", {-10'000}, read.beta); // below 0, old negative regrets are nearly forgotten
  take("--gamma", {0}, read.gamma);
  return read;
}

inline std::optional<pruning> read_pruning(const example::arguments& given, algorithm_kind kind) {
  const bool possible = kind == algorithm_kind::external;
  example::refuse_idle(given, "--prune-threshold", !possible, "--algorithm es");
  example::refuse_idle(given, "--prune-probability", !possible || !given.has("--prune-threshold"),
                       "--algorithm es and --prune-threshold");
  if (!possible) return std::nullopt;
  const auto threshold =
      example::optional_decimal(given, "--prune-threshold", {1}, {1'000'000'000'000});
  if (!threshold) return std::nullopt;
  pruning read{*threshold};
  // At 1, a pruned action would never be seen again.
  read.probability = example::optional_decimal(given, "--prune-probability", {1}, {999})
                         .value_or(read.probability);
  return read;
}

/// What only sampling has.
inline void read_sampling(const example::arguments& given, const game_info& game,
                          algorithm_settings& settings) {
  const bool sampled = is_sampled(settings.kind);
  const bool outcome = settings.kind == algorithm_kind::outcome;
  const bool weighted = settings.weighting != weighting_kind::none;
  example::refuse_idle(given, "--batch-size", !sampled, "--algorithm es or os");
  example::refuse_idle(given, "--seed", !sampled, "--algorithm es or os");
  example::refuse_idle(given, "--epsilon", !outcome, "--algorithm os");
  example::refuse_idle(given, "--discount-interval", !sampled || !weighted,
                       "--algorithm es or os and --weighting linear or dcfr");
  if (!sampled) return;
  settings.batch_size =
      given.optional_whole("--batch-size", 1, most_batch_size).value_or(game.batch_size);
  settings.seed = given.optional_whole("--seed", 0, UINT64_MAX).value_or(1);
  if (outcome) {
    settings.epsilon =
        example::optional_decimal(given, "--epsilon", {1}, {1'000}) // at 0 it starves
            .value_or(settings.epsilon);
  }
  if (weighted) {
    settings.discount_interval = given.optional_whole("--discount-interval", 1, most_iterations)
                                     .value_or(game.discount_interval);
  }
}

/// "100000", or "60s" with at most three decimal places.
inline std::optional<interval> read_interval(const example::arguments& given, const char* option) {
  const auto text = given.text(option);
  if (!text) return std::nullopt;
  if (text->back() != 's') return interval{given.whole(option, 1, most_iterations), {}};
  const auto seconds = example::parse_decimal(text->substr(0, text->size() - 1));
  if (!seconds || *seconds <= decimal{} || *seconds > most_seconds) {
    given.fail(option, "'" + std::string(*text) +
                           "' is neither a number of iterations nor one of seconds such as 60s");
  }
  return interval{0, *seconds};
}

inline std::size_t read_workers(const example::arguments& given) {
  const auto name = example::name_given(given, "--workers", "--num-workers");
  if (given.text(name).value_or("auto") == "auto") return 0;
  return static_cast<std::size_t>(given.whole(name, 1, most_workers));
}

inline void read_course(const example::arguments& given, train_options& options) {
  const auto name = example::name_given(given, "--iterations", "--iters");
  options.iterations = given.optional_whole(name, 1, most_iterations);
  options.time_budget = example::optional_decimal(given, "--time-budget", {1}, most_seconds);
  if (!options.iterations && !options.time_budget) {
    given.fail("--iterations", "this option or --time-budget is required");
  }
}

inline void read_outputs(const example::arguments& given, train_options& options) {
  options.logdir = example::optional_string(given, "--logdir");
  for (const char* option :
       {"--checkpoint-interval", "--snapshot-interval", "--metrics-interval"}) {
    example::refuse_idle(given, option, !options.logdir, "--logdir");
  }
  options.checkpoint = read_interval(given, "--checkpoint-interval");
  options.snapshot = read_interval(given, "--snapshot-interval");
  options.metrics_interval =
      example::optional_decimal(given, "--metrics-interval", {1}, most_seconds)
          .value_or(options.metrics_interval);
}

} // namespace detail

/// Exceptions, here and below: example::usage_error.
inline algorithm_settings read_algorithm(const example::arguments& given, game_kind kind) {
  const game_info& game = info_of(kind);
  algorithm_settings settings;
  settings.kind = detail::read_algorithm_kind(given, game);
  settings.weighting = detail::read_weighting(given, game, settings.kind);
  settings.discount = detail::read_discount(given, settings.weighting == weighting_kind::dcfr);
  settings.prune = detail::read_pruning(given, settings.kind);
  detail::read_sampling(given, game, settings);
  return settings;
}

inline train_options read_train_options(const example::arguments& given) {
  train_options options;
  options.game = read_game(given);
  options.algorithm = read_algorithm(given, options.game.kind);
  if (options.game.kind == game_kind::nlhe && !options.game.buckets) {
    given.fail("--buckets", "nlhe needs the file that build-buckets makes");
  }
  detail::read_course(given, options);
  options.workers = detail::read_workers(given);
  if (is_sampled(options.algorithm.kind) && options.algorithm.batch_size == 1) {
    if (options.workers > 1)
      given.fail("--batch-size",
                 "a batch of 1 iteration leaves a second worker idle: use --workers 1");
    options.workers = 1;
  }
  options.quiet = given.has("--quiet");
  detail::read_outputs(given, options);
  options.resume_from = example::optional_string(given, "--resume-from");
  return options;
}

} // namespace poker

#endif
