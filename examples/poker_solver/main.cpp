// SPDX-License-Identifier: MIT
//
// poker_solver: counterfactual regret minimization for two-player poker, in parallel, with results
// that depend on the settings alone.
//
//   poker_solver train --game leduc --algorithm cfr+ --iterations 1000 --logdir run
//   poker_solver eval run/strategy.bin
//   poker_solver build-buckets --out buckets.bin
//   poker_solver train --game nlhe --stack 100 --buckets buckets.bin --time-budget 1800
//                      --snapshot-interval 180s --workers auto --seed 42 --logdir run
//   poker_solver show run/strategy.bin --html preflop.html
//
// How orderly's parts are put together is in mccfr.hpp; this file reads the commands and opens the
// files.
#include "../support/arguments.hpp"
#include "../support/binary_file.hpp"
#include "../support/command_table.hpp"
#include "../support/interrupt.hpp"
#include "../support/option_values.hpp"
#include "../support/output_file.hpp"
#include "../support/terminal.hpp"
#include "bench.hpp"
#include "bench_report.hpp"
#include "best_response.hpp"
#include "bucket_file.hpp"
#include "card_buckets.hpp"
#include "chart_comparison.hpp"
#include "command_options.hpp"
#include "config_text.hpp"
#include "duplicate_match.hpp"
#include "equity_matrix.hpp"
#include "evaluation.hpp"
#include "exact_trainer.hpp"
#include "games.hpp"
#include "grid_page.hpp"
#include "grid_picture.hpp"
#include "help.hpp"
#include "mccfr.hpp"
#include "node_history.hpp"
#include "node_table.hpp"
#include "node_text.hpp"
#include "push_chart.hpp"
#include "responder.hpp"
#include "saved_training.hpp"
#include "train_options.hpp"
#include "training_run.hpp"

#include "orderly/orderly.hpp"

#include <array>       // commands
#include <cstddef>     // worker counts
#include <cstdint>     // iterations
#include <cstdio>      // standard output
#include <exception>   // failures
#include <optional>    // what may be absent
#include <stdexcept>   // invalid_argument, length_error
#include <string>      // texts
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // command-line words

namespace {

using example::print;
using words = example::command_words;

enum exit_code : int { done = 0, failed = 1, misused = 2, not_written = 3 };

void write_file(const std::string& path, const std::string& text) {
  example::output_file out(path);
  out.write(text);
  out.publish();
}

std::size_t workers_for(std::size_t asked) {
  return asked != 0 ? asked : orderly::available_parallelism();
}

int interrupted_before(const char* what) {
  std::fprintf(stderr, "poker_solver: interrupted before %s\n", what);
  return example::interrupted_exit_code();
}

/// All-in equities, for the law of push/fold; absent if interrupted.
std::optional<poker::equity_matrix> equities_for(orderly::worker_pool& pool, bool quiet) {
  orderly::progress line("boards");
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (!quiet) run.observer = line;
  return poker::compute_equities(pool, poker::hand_evaluator{}, run);
}

/// The buckets of a file, which must be those of this hash unless it is empty.
poker::loaded_buckets buckets_from(const std::string& path, const std::string& hash) {
  poker::loaded_buckets loaded = poker::load_buckets(path);
  if (!hash.empty() && loaded.hash != hash) {
    throw example::file_error(path +
                              ": these are not the buckets it was trained with: their hash is " +
                              loaded.hash + ", not " + hash);
  }
  return loaded;
}

std::string summary(const poker::training_result& result, const std::string& unit) {
  const auto& progress = result.progress;
  std::string text =
      std::to_string(progress.iterations) + " iterations, " + poker::fixed(progress.seconds, 2) +
      " s here: " +
      poker::fixed(static_cast<double>(result.iterations_here) / progress.seconds, 0) +
      " iterations/s";
  if (progress.nodes != 0) {
    text += ", " + poker::fixed(static_cast<double>(progress.nodes) / progress.seconds / 1e6, 2) +
            " million nodes/s";
  }
  text += "\n";
  if (result.exploitability) {
    text += "exploitability " + poker::fixed(*result.exploitability, 9) + " " + unit + "\n";
  }
  return text;
}

/// Trains to the end, and says what came of it.
template <class Trainer, class Game>
int train_with(Trainer& trainer, const Game& game, const poker::train_options& options,
               const std::string& config, orderly::worker_pool& pool) {
  if (options.resume_from) {
    trainer.restore(
        [&](auto& table) { return poker::load_checkpoint(*options.resume_from, config, table); });
  }
  const auto measure = [&] {
    if constexpr (requires { game.chance(); }) {
      return [&game](const auto& profile) -> std::optional<double> {
        return poker::exploitability(game.tree(), game.chance(), profile) / game.chips_per_unit();
      };
    } else {
      return poker::no_measure{};
    }
  }();
  poker::training_run run(trainer, game.tree(), options, config, pool, measure);
  const poker::training_result result = run.go(example::interrupted());
  print(summary(result, options.game.stack == poker::decimal{} ? "chips" : "big blinds"));
  if (result.complete) return done;
  std::fprintf(stderr, "poker_solver: interrupted after %llu iterations%s\n",
               static_cast<unsigned long long>(result.progress.iterations),
               options.logdir ? "; --resume-from its checkpoint.bin goes on" : "");
  return example::interrupted_exit_code();
}

int train(words given_words) {
  const auto [files, option_words] = poker::split_files(given_words);
  if (!files.empty()) {
    throw example::usage_error("unexpected argument '" + std::string(files[0]) + "'");
  }
  auto given = poker::read_arguments(option_words, poker::train_command_specs());
  if (const auto from = given.text("--resume-from")) {
    const std::string file(*from);
    poker::lay_stored(poker::config_of_checkpoint(file), file, poker::all_specs(), given);
  }
  const poker::train_options options = poker::read_train_options(given);
  const example::interrupt_guard guard;
  orderly::worker_pool pool(workers_for(options.workers));
  poker::game_parts parts;
  std::string hash;
  if (options.game.kind == poker::game_kind::pushfold) {
    parts.equities = equities_for(pool, options.quiet);
    if (!parts.equities) return interrupted_before("the training began");
  }
  if (options.game.buckets) {
    poker::loaded_buckets loaded = poker::load_buckets(*options.game.buckets);
    parts.buckets = std::move(loaded.buckets);
    hash = loaded.hash;
  }
  const std::string config = poker::config_text(options.game, options.algorithm, hash);
  return poker::with_game(options.game, parts, [&](const auto& game) {
    if constexpr (requires { game.chance(); }) {
      if (!is_sampled(options.algorithm.kind)) {
        poker::exact_trainer trainer(game, options.algorithm);
        return train_with(trainer, game, options, config, pool);
      }
    }
    poker::mccfr_trainer trainer(game, options.algorithm, pool);
    return train_with(trainer, game, options, config, pool);
  });
}

int build_buckets(words given_words) {
  const auto given = poker::read_arguments(given_words, poker::build_buckets_command_specs());
  const poker::build_buckets_options options = poker::read_build_buckets_options(given);
  const example::interrupt_guard guard;
  example::binary_writer out(options.out, poker::bucket_file_kind);
  orderly::worker_pool pool(workers_for(options.workers));
  orderly::progress line("boards");
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (!options.quiet) run.observer = line;
  const auto [flop, turn, river] = options.buckets;
  const poker::bucket_sizes sizes{poker::split_into(flop), poker::split_into(turn), {river, 1}};
  const auto built = poker::build_buckets(pool, poker::hand_evaluator{}, sizes, run);
  line.finish();
  if (!built) return interrupted_before("the buckets were built");
  print("bucket hash " + poker::save_buckets(out, *built) + "\n");
  return done;
}

/// What a strategy of the game has to show: exactly where all deals can be looked at, else by play.
template <class Game>
std::optional<poker::evaluation> evaluate(const Game& game, const poker::saved_strategy& strategy,
                                          const poker::eval_options& options,
                                          const std::optional<poker::saved_strategy>& other,
                                          orderly::worker_pool& pool) {
  using real = typename Game::real;
  const auto profile = strategy.profile<real>(game.tree());
  poker::evaluation found = poker::describe(strategy);
  if constexpr (requires { game.chance(); }) {
    found.exact = poker::evaluate_exactly(game, profile);
    if (strategy.game.kind == poker::game_kind::pushfold) {
      found.push_fold = poker::summary_of(game.tree(), profile);
      if (options.chart) {
        const auto pushes =
            poker::frequencies_of(game.tree(), profile, poker::find_node(game.tree(), "p"));
        found.chart = poker::compare(poker::read_push_chart_file(*options.chart),
                                     strategy.game.stack, pushes);
      }
    }
  }
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (other) {
    orderly::progress line("deals");
    if (!options.quiet) run.observer = line;
    const orderly::stream_node root{orderly::seed(options.seed)};
    const orderly::seed_range deals(root.derive("match"), orderly::index_range(options.deals));
    found.match =
        poker::duplicate_match(game, profile, other->profile<real>(game.tree()), deals, pool, run);
    found.versus = other->path;
  }
  const bool inexact = !found.exact && !other;
  if (options.responder_iterations || inexact) {
    poker::responder_settings settings;
    settings.iterations = options.responder_iterations.value_or(settings.iterations);
    settings.seed = options.seed;
    orderly::progress line("iterations of responders");
    if (!options.quiet) run.observer = line;
    const auto responder = poker::train_responder(game, profile, settings, pool, run);
    line.finish();
    if (!responder) return std::nullopt;
    orderly::progress valued("deals");
    if (!options.quiet) run.observer = valued;
    found.responder = poker::duplicate_match(
        game, *responder, profile, poker::held_out_deals(settings.seed, options.deals), pool, run);
    found.responder_iterations = settings.iterations;
  }
  if (example::interrupted()) return std::nullopt;
  return found;
}

void refuse_idle_options(const example::arguments& given, poker::game_kind kind) {
  const bool nlhe = kind == poker::game_kind::nlhe;
  example::refuse_idle(given, "--buckets", !nlhe, "a strategy of nlhe");
  const bool plays = nlhe || given.has("--vs") || given.has("--responder-iterations");
  for (const char* option : {"--deals", "--seed"}) {
    example::refuse_idle(given, option, !plays, "--vs or --responder-iterations");
  }
}

int eval(words given_words) {
  const auto [files, option_words] = poker::split_files(given_words);
  const auto given = poker::read_arguments(option_words, poker::eval_command_specs());
  const poker::eval_options options = poker::read_eval_options(files, given);
  const example::interrupt_guard guard;
  const poker::saved_strategy strategy = poker::load_strategy(options.file);
  const auto kind = strategy.game.kind;
  refuse_idle_options(given, kind);
  std::optional<poker::saved_strategy> other;
  if (options.vs) {
    other = poker::load_strategy(*options.vs);
    if (const auto why = poker::game_difference(strategy, *other)) given.fail("--vs", *why);
  }
  if (options.chart && kind != poker::game_kind::pushfold) {
    given.fail("--chart", "only a strategy of pushfold can be compared with one");
  }
  std::optional<example::output_file> json;
  if (options.json) json.emplace(*options.json);
  orderly::worker_pool pool(workers_for(options.workers));
  poker::game_parts parts;
  if (kind == poker::game_kind::pushfold) {
    parts.equities = equities_for(pool, options.quiet);
    if (!parts.equities) return interrupted_before("the strategy was evaluated");
  }
  if (kind == poker::game_kind::nlhe) {
    if (!options.buckets) given.fail("--buckets", "nlhe needs the file that it was trained with");
    parts.buckets = buckets_from(*options.buckets, strategy.bucket_hash).buckets;
  }
  const auto found = poker::with_game(strategy.game, parts, [&](const auto& game) {
    return evaluate(game, strategy, options, other, pool);
  });
  if (!found) return interrupted_before("the strategy was evaluated");
  if (json) {
    json->write(poker::evaluation_json(*found));
    json->publish();
  }
  print(poker::evaluation_text(*found));
  return done;
}

poker::deck_kind deck_of(poker::game_kind game) {
  if (game == poker::game_kind::kuhn) return poker::deck_kind::kuhn;
  return game == poker::game_kind::leduc ? poker::deck_kind::leduc : poker::deck_kind::holdem;
}

int show(words given_words) {
  const auto [files, option_words] = poker::split_files(given_words);
  const auto given = poker::read_arguments(option_words, poker::show_command_specs());
  const poker::show_options options = poker::read_show_options(files, given);
  const poker::saved_strategy strategy = poker::load_strategy(options.file);
  const poker::betting_tree tree = poker::tree_of(strategy.game, strategy.buckets);
  const auto node = poker::find_decision(tree, options.node.value_or(""));
  if (options.player && tree[node].player != *options.player) {
    given.fail("--player", "the other player acts at this node");
  }
  const auto table_with = [&](const auto& profile) {
    return poker::table_of(tree, profile, node, deck_of(strategy.game.kind));
  };
  const poker::node_table table = strategy.floats.empty()
                                      ? table_with(strategy.profile<double>(tree))
                                      : table_with(strategy.profile<float>(tree));
  for (const char* picture : {"--svg", "--html"}) {
    if (given.has(picture) && !table.is_grid()) {
      given.fail(picture, "only a node with starting hands has a grid to draw");
    }
  }
  if (options.svg) write_file(*options.svg, poker::grid_svg_file(table));
  if (options.html) {
    const std::string title = std::string(name_of(strategy.game.kind)) + ": " + table.title;
    const std::string subtitle = std::to_string(strategy.iterations) + " iterations";
    write_file(*options.html, poker::grid_page(title, subtitle, std::array{table}));
  }
  print(poker::node_text(table, example::wants_colour(stdout)));
  return done;
}

/// The evaluator and all games that can be made, or the one game asked for.
int bench(words given_words) {
  const auto given = poker::read_arguments(given_words, poker::bench_command_specs());
  const poker::bench_options options = poker::read_bench_options(given);
  if (options.game == poker::game_kind::nlhe && !options.buckets) {
    given.fail("--buckets", "nlhe needs the file that build-buckets makes");
  }
  const example::interrupt_guard guard;
  std::optional<example::output_file> json;
  if (options.json) json.emplace(*options.json);
  orderly::worker_pool one(1);
  orderly::worker_pool all(workers_for(options.workers));
  std::vector<poker::bench_group> groups;
  const auto measure = [&](poker::bench_group group) {
    poker::measure(group, options.rounds, example::interrupted());
    groups.push_back(std::move(group));
  };
  if (!options.game) measure(poker::evaluator_bench(16));
  for (const poker::game_info& game : poker::game_infos) {
    if (options.game.value_or(game.kind) != game.kind) continue;
    const auto settings = poker::bench_settings_of(game.kind);
    poker::game_parts parts;
    if (game.kind == poker::game_kind::pushfold) parts.equities = equities_for(all, true);
    if (game.kind == poker::game_kind::nlhe) {
      if (!options.buckets) continue;
      parts.buckets = poker::load_buckets(*options.buckets).buckets;
    }
    if (example::interrupted()) break;
    poker::with_game(settings.game, parts, [&](const auto& played) {
      measure(poker::training_bench(std::string(game.name), played, settings.algorithm,
                                    poker::bench_size_of(game.kind), one, all));
    });
  }
  if (example::interrupted()) return interrupted_before("the bench was done");
  if (json) {
    json->write(poker::bench_json(groups));
    json->publish();
  }
  print(poker::bench_text(groups));
  return done;
}

constexpr std::array commands{example::command{"train", train},
                              example::command{"build-buckets", build_buckets},
                              example::command{"eval", eval}, example::command{"show", show},
                              example::command{"bench", bench}};

int complain(int code, const std::exception& error, const char* hint = "") {
  std::fprintf(stderr, "poker_solver: %s%s\n", error.what(), hint);
  return code;
}

} // namespace

int main(int argc, char** argv) {
  example::report_closed_pipes_as_errors();
  try {
    const std::vector<std::string_view> given(argv + (argc > 0 ? 1 : 0), argv + argc);
    return example::run_command(commands, given, poker::help_text());
  } catch (const example::usage_error& error) {
    return complain(misused, error, " (poker_solver --help lists the options)");
  } catch (const example::file_error& error) {
    return complain(misused, error);
  } catch (const example::open_error& error) {
    return complain(misused, error);
  } catch (const example::write_error& error) {
    return complain(not_written, error);
  } catch (const std::invalid_argument& error) { // settings that make no game
    return complain(misused, error);
  } catch (const std::length_error& error) {
    return complain(misused, error);
  } catch (const std::exception& error) {
    return complain(failed, error);
  }
}
