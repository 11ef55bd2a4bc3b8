// SPDX-License-Identifier: MIT
//
// casino_simulator: Let It Ride, simulated in parallel with results that depend on the seed alone,
// and counted exactly.
//
//   casino_simulator simulate --sessions 1000000 --hands 200 --bankroll 100
//                             --win-limit 50 --loss-limit 40 --seed 42
//                             --csv rows.csv --json run.json
//   casino_simulator exact
//
// What orderly does here: session i draws from stream i of a seed_range, so no worker count can
// change it; per_worker keeps one set of exact counts for each thread; ordered_for_each has the
// workers play chunks of sessions and hands the finished CSV bytes over in session order, in
// bounded memory; its stop flag is set by SIGINT, and what it has merged by then is a prefix
// without gaps.
#include "../support/arguments.hpp"
#include "../support/interrupt.hpp"
#include "../support/output_file.hpp"
#include "csv_rows.hpp"
#include "deal.hpp"
#include "exact.hpp"
#include "options.hpp"
#include "report.hpp"
#include "round.hpp"

#include "orderly/orderly.hpp"

#include <algorithm>   // clamp
#include <array>       // the two strategies of exact
#include <cerrno>      // why standard output failed
#include <chrono>      // seconds
#include <cstddef>     // worker counts
#include <cstdint>     // session numbers
#include <cstdio>      // standard output
#include <exception>   // failures
#include <optional>    // files that may be absent
#include <span>        // command-line words
#include <string>      // texts
#include <string_view> // command-line words
#include <utility>     // in_place
#include <vector>      // command-line words

namespace {

enum exit_code : int { done = 0, failed = 1, misused = 2, not_written = 3, stopped = 130 };

using file = std::optional<example::output_file>;

file open(const std::optional<std::string>& name) {
  return name ? file(std::in_place, *name) : file();
}

/// People's text goes to standard output, unless the rows or the JSON do.
void print(const std::string& text, bool standard_output_is_taken) {
  std::FILE* const out = standard_output_is_taken ? stderr : stdout;
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (!written || std::fflush(out) != 0) {
    throw example::write_error("standard output: a write failed: " +
                               example::detail::reason(errno));
  }
}

bool is_standard_output(const std::optional<std::string>& name) { return name == "/dev/stdout"; }

std::size_t workers_for(const casino::common_options& options) {
  return options.workers != 0 ? options.workers : orderly::available_parallelism();
}

casino::run_cost cost_of(const orderly::worker_pool& pool) {
  using seconds = std::chrono::duration<double>;
  const orderly::pool_statistics spent = pool.statistics();
  return {pool.size(), seconds(spent.wall).count(), seconds(spent.cpu).count()};
}

/// A part of the input, as every chunk size: about a quarter of a million hands, whatever the
/// number of workers.
std::uint64_t sessions_per_chunk(const casino::session_rules& rules) {
  return std::clamp<std::uint64_t>(262'144 / rules.hands, 1, 1024);
}

/// Plays the sessions of a chunk, counts them, and returns their CSV rows if rows are wanted. It
/// reads nothing but the chunk and the rules, so it gives the same on any worker.
struct chunk_player {
  const casino::session_rules& rules;
  const casino::round_rules& rounds;
  bool wants_rows;

  std::string operator()(const orderly::seed_range& chunk, casino::statistics& seen) const {
    std::string rows;
    for (const std::uint64_t session : chunk) {
      orderly::random_stream cards = chunk.stream(session);
      const auto next_round = [&] {
        return rounds.play(casino::deal(cards.below(casino::ordered_deals)));
      };
      const casino::session_result result =
          casino::play_session(rules, casino::standard_pay_table, seen.outcomes, next_round);
      seen.add(result);
      if (wants_rows) casino::append_csv_row(rows, session, result);
    }
    return rows;
  }
};

/// Plays until done or interrupted. The report's counts are those of sessions [0, sessions).
casino::simulation_report play(const casino::simulate_options& options, file& csv) {
  const casino::round_rules rounds(
      casino::strategy::optimal(casino::standard_pay_table, options.ties));
  const orderly::seed_range sessions(orderly::seed(options.seed), options.sessions);
  const std::uint64_t chunk_size = sessions_per_chunk(options.rules);

  orderly::worker_pool pool(workers_for(options));
  orderly::per_worker<casino::statistics> counts(
      pool, [&](std::size_t) { return casino::statistics(options.rules); });
  orderly::progress line("sessions");
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  if (!options.quiet) run.observer = line;

  orderly::ordered_for_each(
      counts, sessions, chunk_size, chunk_player{options.rules, rounds, csv.has_value()},
      [&](const orderly::seed_range&, std::string&& rows) {
        if (csv) csv->write(rows);
      },
      run);
  line.finish();

  casino::simulation_report report{options, casino::statistics(options.rules),
                                   casino::law_by_class(rounds.decisions()), chunk_size,
                                   cost_of(pool)};
  for (std::size_t worker = 0; worker < counts.size(); ++worker) report.counts += counts[worker];
  return report;
}

/// Says what an interrupted run has left, and where to go on.
void explain_stop(const casino::simulation_report& report, const file& csv, const file& json) {
  const auto next = static_cast<unsigned long long>(report.counts.sessions);
  std::fprintf(stderr, "casino_simulator: interrupted; the next session is %llu\n", next);
  for (const file* kept : {&csv, &json}) {
    if (!*kept) continue;
    std::fprintf(stderr, "casino_simulator: sessions 0 to %llu (exclusive) are in %s\n", next,
                 (*kept)->partial_path().c_str());
  }
}

void settle(example::output_file& written, bool complete) {
  complete ? written.publish() : written.keep();
}

int simulate(std::span<const std::string_view> words) {
  const casino::simulate_options options = casino::read_simulate_options(words);
  const example::interrupt_guard guard;
  file csv = open(options.csv);
  file json = open(options.json);
  if (csv) csv->write(casino::csv_header);
  const casino::simulation_report report = play(options, csv);
  if (csv) settle(*csv, report.complete()); // the rows are safe before anything else can fail
  if (json) {
    json->write(casino::simulation_json(report));
    settle(*json, report.complete());
  }
  if (!report.complete()) explain_stop(report, csv, json);
  print(casino::simulation_text(report),
        is_standard_output(options.csv) || is_standard_output(options.json));
  return report.complete() ? done : stopped;
}

using both_laws = casino::exact_laws<2>;

/// The laws with ties pulled and ridden, counted deal by deal; nothing if interrupted.
std::optional<both_laws> count_deals(const casino::common_options& options,
                                     orderly::worker_pool& pool) {
  const auto pulls = casino::strategy::optimal(casino::standard_pay_table, casino::tie_rule::pull);
  const auto rides = casino::strategy::optimal(casino::standard_pay_table, casino::tie_rule::ride);
  const auto enumerate = [&](const orderly::index_range& hands) {
    both_laws counted;
    for (const std::uint64_t hand : hands) {
      const auto cards = casino::three_card_hand(static_cast<std::uint32_t>(hand));
      counted += casino::enumerate_deals<2>(cards, {&pulls, &rides});
    }
    return counted;
  };
  const auto add = [](both_laws& total, both_laws&& part) { total += part; };

  orderly::progress line("three-card hands");
  std::uint64_t counted = 0;
  orderly::ordered_options run;
  run.stop = &example::interrupted();
  run.merged = &counted;
  if (!options.quiet) run.observer = line;
  const orderly::index_range hands(casino::three_card_hands);
  both_laws total = orderly::ordered_reduce(pool, hands, 100, both_laws{}, enumerate, add, run);
  return counted == hands.size() ? std::optional(total) : std::nullopt;
}

int exact(std::span<const std::string_view> words) {
  const casino::common_options options = casino::read_exact_options(words);
  const example::interrupt_guard guard;
  file json = open(options.json);
  orderly::worker_pool pool(workers_for(options));
  const std::optional<both_laws> total = count_deals(options, pool);
  if (!total) {
    std::fputs("casino_simulator: interrupted; part of an enumeration is worth nothing\n", stderr);
    return stopped;
  }
  const std::array<casino::named_law, 2> laws{{{name_of(casino::tie_rule::pull), total->laws[0]},
                                               {name_of(casino::tie_rule::ride), total->laws[1]}}};
  const casino::run_cost cost = cost_of(pool);
  if (json) {
    json->write(casino::exact_json(laws, cost));
    json->publish();
  }
  print(casino::exact_text(laws, cost), is_standard_output(options.json));
  return done;
}

int run(std::span<const std::string_view> words) {
  if (words.empty()) throw example::usage_error("a command is missing: simulate or exact");
  for (const std::string_view word : words) {
    if (word != "--help" && word != "-h") continue;
    print(std::string(casino::help_text), false);
    return done;
  }
  if (words[0] == "simulate") return simulate(words.subspan(1));
  if (words[0] == "exact") return exact(words.subspan(1));
  const std::array<std::string_view, 2> commands{"simulate", "exact"};
  throw example::usage_error("unknown command '" + std::string(words[0]) + "'" +
                             example::suggestion(words[0], commands));
}

int complain(int code, const std::exception& error, const char* hint = "") {
  std::fprintf(stderr, "casino_simulator: %s%s\n", error.what(), hint);
  return code;
}

} // namespace

int main(int argc, char** argv) {
  example::report_closed_pipes_as_errors();
  try {
    return run(std::vector<std::string_view>(argv + (argc > 0 ? 1 : 0), argv + argc));
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
