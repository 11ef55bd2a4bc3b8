// SPDX-License-Identifier: MIT
//
// casino_simulator: Let It Ride, simulated in parallel with results that depend on the seed alone,
// and solved exactly.
//
//   casino_simulator simulate --sessions 1000000 --hands 200 --bankroll 100
//                             --win-limit 50 --loss-limit 40 --seed 42
//                             --csv rows.csv --json run.json --html run.html
//   casino_simulator exact --strategy chart --win-limit 50 --loss-limit 40
//
// How orderly's parts are put together is in simulate.hpp; this file reads the commands, opens the
// files and closes them.
#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/interrupt.hpp"
#include "../support/output_file.hpp"
#include "bench.hpp"
#include "card_engine.hpp"
#include "compare.hpp"
#include "exact.hpp"
#include "exact_report.hpp"
#include "game_options.hpp"
#include "help.hpp"
#include "html_report.hpp"
#include "json_report.hpp"
#include "law_engine.hpp"
#include "options.hpp"
#include "seat_covariance.hpp"
#include "simulate.hpp"
#include "statistics_text.hpp"
#include "text_report.hpp"

#include "orderly/orderly.hpp"

#include <array>       // commands
#include <chrono>      // seconds
#include <cstddef>     // worker counts
#include <cstdint>     // session numbers
#include <cstdio>      // standard output
#include <exception>   // failures
#include <optional>    // files that may be absent
#include <string>      // texts
#include <string_view> // command-line words
#include <utility>     // in_place, move
#include <vector>      // command-line words

namespace {

using casino::detail::joined;
using example::print;
using words = example::command_words;

enum exit_code : int { done = 0, failed = 1, misused = 2, not_written = 3 };

using file = std::optional<example::output_file>;

file open(const std::optional<std::string>& name) {
  return name ? file(std::in_place, *name) : file();
}

/// People's text goes to standard output, unless one of the files is that.
void print_beside(const std::string& text,
                  std::initializer_list<const std::optional<std::string>*> files) {
  std::FILE* out = stdout;
  for (const auto* name : files) {
    if (*name == "/dev/stdout") out = stderr;
  }
  print(text, out);
}

std::size_t workers_for(const casino::run_options& options) {
  return options.workers != 0 ? options.workers : orderly::available_parallelism();
}

casino::run_cost cost_of(const orderly::worker_pool& pool) {
  using seconds = std::chrono::duration<double>;
  const orderly::pool_statistics spent = pool.statistics();
  return {pool.size(), seconds(spent.wall).count(), seconds(spent.cpu).count()};
}

/// The covariance of two seats; nothing for a single one, for which nobody asks.
std::optional<double> covariance_for(const casino::game& played, const casino::joint_law& law,
                                     orderly::worker_pool& pool) {
  if (played.table.seats == 1) return std::nullopt;
  const casino::card_engine engine(played.decisions);
  const casino::pay_table& pays = played.plan.pays().main;
  // The suit of the first common card cannot matter, so one card of each rank stands for four.
  const auto products = orderly::ordered_transform(
      pool, orderly::index_range(casino::rank_count), 1, [&](std::uint64_t rank) {
        return casino::seat_products(engine, pays,
                                     casino::make_card(static_cast<unsigned>(rank), 0));
      });
  double sum = 0;
  for (const std::int64_t product : products) sum += 4 * static_cast<double>(product);
  const double mean = casino::law_of(law.outcomes(), pays).mean();
  return sum / static_cast<double>(casino::two_seat_deals) - mean * mean;
}

/// Files of a simulation that are written while it runs.
struct row_files {
  file csv;
  file hands;
};

void settle(file& written, bool complete) {
  if (!written) return;
  complete ? written->publish() : written->keep();
}

/// Says what an interrupted run has left, and where to go on.
void explain_stop(std::uint64_t next, std::initializer_list<const file*> files) {
  const auto number = static_cast<unsigned long long>(next);
  std::fprintf(stderr, "casino_simulator: interrupted; the next session is %llu\n", number);
  for (const file* kept : files) {
    if (!*kept) continue;
    std::fprintf(stderr, "casino_simulator: sessions 0 to %llu (exclusive) are in %s\n", number,
                 (*kept)->partial_path().c_str());
  }
}

/// Plays until done or interrupted, writing rows, and adds what is known exactly.
template <class Engine>
casino::simulation play(const casino::simulate_options& options, const casino::game& played,
                        const Engine& engine, const casino::joint_law& law, row_files& files) {
  const orderly::seed_range sessions(orderly::seed(options.seed), options.sessions);
  const std::uint64_t chunk_size = casino::sessions_per_chunk(played.plan.rules());
  const casino::row_choice rows{files.csv.has_value(),
                                files.hands ? options.hand_rows_sessions : 0};
  orderly::worker_pool pool(workers_for(options));
  orderly::progress line("sessions");
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (!options.quiet) run.observer = line;
  const auto write = [&](casino::chunk_rows&& written) {
    if (files.csv) files.csv->write(written.sessions);
    if (files.hands) files.hands->write(written.hands);
  };
  casino::statistics counts =
      casino::play_all(pool, played, engine, sessions, chunk_size, rows, write, run);
  line.finish();
  const casino::run_cost cost = cost_of(pool); // of the simulation alone
  // The text needs the law alone, the JSON the ruin curve too, and the page everything.
  const auto scope = options.html   ? casino::exact_scope::everything
                     : options.json ? casino::exact_scope::law_and_ruin
                                    : casino::exact_scope::law;
  return {options,
          played,
          std::move(counts),
          law,
          casino::solve_exactly(played, law, pool, scope),
          covariance_for(played, law, pool),
          chunk_size,
          cost};
}

/// The page with the first sessions drawn as paths.
template <class Engine>
std::string page_for(const casino::simulation& run, const Engine& engine) {
  constexpr std::uint64_t paths = 12;
  const orderly::seed_range sessions(orderly::seed(run.options.seed), run.options.sessions);
  return casino::html_report(
      casino::page_of(run, casino::sample_paths(run.game, engine, sessions, paths)));
}

template <class Engine>
int simulate_with(const casino::simulate_options& options, const casino::game& played,
                  const Engine& engine, const casino::joint_law& law) {
  const example::interrupt_guard guard;
  row_files rows{open(options.csv), open(options.hand_rows)};
  file json = open(options.json);
  file html = open(options.html);
  file statistics = open(options.statistics);
  if (rows.csv) rows.csv->write(casino::csv_header);
  if (rows.hands) rows.hands->write(casino::hand_csv_header);
  const casino::simulation run = play(options, played, engine, law, rows);
  settle(rows.csv, run.complete()); // the rows are safe before anything else can fail
  settle(rows.hands, run.complete());
  if (json) json->write(casino::simulation_json(run));
  if (html) html->write(page_for(run, engine));
  if (statistics) statistics->write(casino::statistics_text(run.counts));
  for (file* written : {&json, &html, &statistics}) settle(*written, run.complete());
  if (!run.complete()) {
    explain_stop(run.counts.sessions / played.table.seats,
                 {&rows.csv, &rows.hands, &json, &html, &statistics});
  }
  print_beside(casino::simulation_text(run), {&options.csv, &options.json, &options.html,
                                              &options.statistics, &options.hand_rows});
  return run.complete() ? done : example::interrupted_exit_code();
}

int simulate(words given_words) {
  using namespace casino::detail;
  const auto given = read_arguments(given_words, joined(config_specs, run_specs, json_specs,
                                                        game_specs, session_specs, file_specs));
  const casino::game played = casino::read_game(given);
  const auto options = casino::read_simulate_options(given, played);
  const casino::joint_law law = casino::law_by_class(played.decisions);
  if (options.engine == casino::engine_kind::law) {
    return simulate_with(options, played, casino::law_engine(law, options.path), law);
  }
  return simulate_with(options, played, casino::card_engine(played.decisions, options.path), law);
}

/// The laws of the strategies, counted deal by deal; nothing if interrupted.
template <std::size_t Strategies>
std::optional<casino::exact_laws<Strategies>>
count_deals(const casino::run_options& options,
            const std::array<const casino::strategy*, Strategies>& strategies,
            orderly::worker_pool& pool) {
  using laws = casino::exact_laws<Strategies>;
  const auto enumerate = [&](const orderly::index_range& hands) {
    laws counted;
    for (const std::uint64_t hand : hands) {
      const auto cards = casino::three_card_hand(static_cast<std::uint32_t>(hand));
      counted += casino::enumerate_deals<Strategies>(cards, strategies);
    }
    return counted;
  };
  const auto add = [](laws& total, laws&& part) { total += part; };
  orderly::progress line("three-card hands");
  std::uint64_t counted = 0;
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  run.merged = &counted;
  if (!options.quiet) run.observer = line;
  const orderly::index_range hands(casino::three_card_hands);
  laws total = orderly::ordered_reduce(pool, hands, 100, laws{}, enumerate, add, run);
  return counted == hands.size() ? std::optional(total) : std::nullopt;
}

/// The law of the strategy asked for; both tie rules of the optimal one if none was.
std::vector<casino::named_law> laws_for(const casino::run_options& options,
                                        const casino::game& played, bool both_ties,
                                        orderly::worker_pool& pool) {
  if (both_ties) {
    const casino::strategy rides =
        casino::strategy::optimal(played.plan.pays().main, casino::tie_rule::ride);
    const auto total = count_deals<2>(options, {&played.decisions, &rides}, pool);
    if (!total) return {};
    return {{std::string(name_of(casino::tie_rule::pull)), total->laws[0]},
            {std::string(name_of(casino::tie_rule::ride)), total->laws[1]}};
  }
  const auto total = count_deals<1>(options, {&played.decisions}, pool);
  if (!total) return {};
  return {{played.strategy_title, total->laws[0]}};
}

int exact(words given_words) {
  using namespace casino::detail;
  const auto given =
      read_arguments(given_words, joined(config_specs, run_specs, json_specs, game_specs));
  const casino::game played = casino::read_game(given);
  const casino::run_options options = casino::read_run_options(given);
  const example::interrupt_guard guard;
  file json = open(options.json);
  orderly::worker_pool pool(workers_for(options));
  const bool both_ties = !given.has("--strategy") && !given.has("--ties");
  casino::exact_results results{options, played, laws_for(options, played, both_ties, pool),
                                {},      {},     {}};
  if (results.laws.empty()) {
    std::fputs("casino_simulator: interrupted; part of an enumeration is worth nothing\n", stderr);
    return example::interrupted_exit_code();
  }
  const casino::joint_law& law = results.laws.front().deals;
  results.seat_covariance = covariance_for(played, law, pool);
  if (casino::asks_for_sessions(given)) {
    results.session = casino::solve_exactly(played, law, pool, casino::exact_scope::everything);
  }
  results.cost = cost_of(pool);
  if (json) json->write(casino::exact_json(results));
  settle(json, true);
  print_beside(casino::exact_text(results), {&options.json});
  return done;
}

int compare(words given_words) {
  using namespace casino::detail;
  const auto given = read_arguments(
      given_words, joined(config_specs, run_specs, json_specs, game_specs, session_specs,
                          std::array{example::option_spec{"--strategies"}}));
  if (given.has("--strategies") && given.has("--strategy") &&
      given.from_config("--strategy") == nullptr) {
    given.fail("--strategy", "--strategies names all that are compared");
  }
  const std::vector<casino::game> games = casino::read_compared_games(given);
  const auto options = casino::read_simulate_options(given, games.front());
  if (options.engine == casino::engine_kind::law) {
    given.fail("--engine",
               "strategies are compared on the same cards, and the law engine has none");
  }
  const example::interrupt_guard guard;
  file json = open(options.json);
  const orderly::seed_range sessions(orderly::seed(options.seed), options.sessions);
  orderly::worker_pool pool(workers_for(options));
  orderly::progress line("sessions");
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (!options.quiet) run.observer = line;
  casino::comparison_run compared{
      options, games, casino::compare_all(pool, games, options.path, sessions, run), {}, {}};
  line.finish();
  compared.cost = cost_of(pool);
  for (const casino::game& played : games) {
    compared.laws.push_back(casino::law_by_class(played.decisions));
  }
  const std::uint64_t played = compared.counts.by_strategy.front().sessions;
  const bool complete = played == options.sessions * games.front().table.seats;
  if (json) json->write(casino::comparison_json(compared));
  settle(json, complete);
  if (!complete) explain_stop(played / games.front().table.seats, {&json});
  print_beside(casino::comparison_text(compared), {&options.json});
  return complete ? done : example::interrupted_exit_code();
}

template <class Engine>
std::string replayed(const casino::game& played, const Engine& engine, std::uint64_t seed,
                     std::uint64_t session) {
  const orderly::seed_range sessions(orderly::seed(seed), session, session + 1);
  const std::int64_t bankroll = played.plan.rules().bankroll;
  casino::statistics ignored(played.plan);
  casino::cell_counter hands(ignored);
  std::string rows(casino::hand_csv_header);
  const auto results = casino::watch(played, engine, sessions, session, ignored, hands,
                                     [&](unsigned seat, const casino::observed_hand& hand) {
                                       casino::append_hand_row(rows, session, seat, bankroll, hand);
                                     });
  rows.append("\n").append(casino::csv_header);
  for (std::size_t seat = 0; seat < results.size(); ++seat) {
    casino::append_csv_row(rows, session, seat, bankroll, results[seat]);
  }
  return rows;
}

int replay(words given_words) {
  using namespace casino::detail;
  const auto given =
      read_arguments(given_words, joined(config_specs, run_specs, game_specs, session_specs,
                                         std::array{example::option_spec{"--session"}}));
  const casino::game played = casino::read_game(given);
  const std::uint64_t session = given.whole("--session", 0, casino::largest_session);
  casino::read_run_options(given);
  const casino::vector_path path = casino::read_path(given);
  const std::uint64_t seed = given.whole("--seed", 0, UINT64_MAX);
  if (casino::read_engine(given, played) == casino::engine_kind::law) {
    const casino::law_engine engine(casino::law_by_class(played.decisions));
    print(replayed(played, engine, seed, session));
  } else {
    print(replayed(played, casino::card_engine(played.decisions, path), seed, session));
  }
  return done;
}

int validate(words given_words) {
  using namespace casino::detail;
  const auto given = read_arguments(given_words, all_specs());
  if (!given.has("--config")) throw example::usage_error("--config: this option is required");
  const casino::game played = casino::read_game(given);
  casino::read_run_options(given);
  casino::check_unused(given, played);
  if (given.has("--strategies")) casino::read_compared_games(given);
  print(std::string(*given.text("--config")) + " is valid\n  " + played.strategy_title + "\n  " +
        describe(played.plan.rules()) + "\n  " + describe(played.plan.staking()) + "\n  " +
        describe(played.table) + "\n");
  return done;
}

int bench(words given_words) {
  using namespace casino::detail;
  const auto given = read_arguments(
      given_words,
      joined(config_specs, run_specs, json_specs, game_specs,
             std::array{example::option_spec{"--rounds"}, example::option_spec{"--bench-hands"}}));
  const casino::game played = casino::read_game(given);
  const casino::run_options options = casino::read_run_options(given);
  const auto rounds =
      static_cast<unsigned>(given.optional_whole("--rounds", 1, casino::most_rounds).value_or(5));
  const std::uint64_t hands =
      given.optional_whole("--bench-hands", 1, casino::most_hands).value_or(20'000'000);
  if (!played.single_seat()) {
    throw example::usage_error("bench measures a single seat without burned cards");
  }
  file json = open(options.json);
  const auto cells = casino::measure(played, workers_for(options), rounds, hands);
  if (json) json->write(casino::bench_json(cells));
  settle(json, true);
  print_beside(casino::bench_text(cells), {&options.json});
  return done;
}

constexpr std::array commands{
    example::command{"simulate", simulate}, example::command{"exact", exact},
    example::command{"compare", compare},   example::command{"replay", replay},
    example::command{"validate", validate}, example::command{"bench", bench}};

int complain(int code, const std::exception& error, const char* hint = "") {
  std::fprintf(stderr, "casino_simulator: %s%s\n", error.what(), hint);
  return code;
}

} // namespace

int main(int argc, char** argv) {
  example::report_closed_pipes_as_errors();
  try {
    const std::vector<std::string_view> given(argv + (argc > 0 ? 1 : 0), argv + argc);
    return example::run_command(commands, given, casino::help_text());
  } catch (const example::usage_error& error) {
    return complain(misused, error, " (casino_simulator --help lists the options)");
  } catch (const example::open_error& error) {
    return complain(misused, error);
  } catch (const example::write_error& error) {
    return complain(not_written, error);
  } catch (const std::exception& error) {
    return complain(failed, error);
  }
}
