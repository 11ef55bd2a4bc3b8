// SPDX-License-Identifier: MIT
//
// batch_validator bench: how fast candidates are judged, with lines shared or not, by one worker and
// by all, and with verdicts that a cache has. Programs are read before.
//
// Rounds go through all rows, so that a slow moment hits all alike; what is compared is compared
// within each round; shown are medians with 10 % and 90 % quantiles.
#ifndef ORDERLY_EXAMPLES_ARC_BENCH_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_BENCH_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/option_values.hpp"
#include "../support/phase_timer.hpp"
#include "../support/quantiles.hpp"
#include "command_options.hpp"
#include "known_names.hpp"
#include "primitive_table.hpp"
#include "profile_report.hpp"
#include "program_source.hpp"
#include "report.hpp"
#include "source_text.hpp"
#include "task_loader.hpp"
#include "validation.hpp"
#include "validation_profile.hpp"
#include "verdict_cache.hpp"

#include "orderly/worker_pool.hpp"

#include <array>       // options
#include <chrono>      // times
#include <cstddef>     // places of rows
#include <cstdint>     // counts
#include <optional>    // the end of programs
#include <string>      // names
#include <string_view> // lines
#include <utility>     // move
#include <vector>      // rows

namespace arc {

namespace detail {

/// Programs that were read, again and again.
class programs_in_memory {
 public:
  explicit programs_in_memory(const std::vector<source_program>& all) : all_(all) {}
  std::optional<source_program> next() {
    if (at_ == all_.size()) return std::nullopt;
    return all_[at_++];
  }
  static bool is_ready() { return true; }

 private:
  const std::vector<source_program>& all_;
  std::size_t at_ = 0;
};

struct bench_row {
  std::string name;
  orderly::worker_pool* pool;
  bool share_lines;
  verdict_cache* cache; ///< or null
  std::vector<validation_profile> rounds{};

  template <class Figure>
  example::quantiles quantiles_of(Figure figure) const {
    std::vector<double> values;
    for (const validation_profile& each : rounds) values.push_back(figure(each));
    return example::quantiles_of(std::move(values));
  }
};

/// Milliseconds of all workers.
inline double evaluation_cpu(const validation_profile& p) {
  return milliseconds(p.all_workers.looking_up.cpu + p.all_workers.judging.cpu);
}
inline double run_wall(const validation_profile& p) { return milliseconds(p.run.wall); }

inline double preparation_cpu(const validation_profile& p) { return milliseconds(p.numbering.cpu); }
inline double dispatches(const validation_profile& p) { return p.dispatches_per_second() * 1e-6; }

/// With three digits or more.
inline std::string short_text(double number) {
  return printed("%.*f", number < 10 ? 2 : number < 100 ? 1 : 0, number);
}
inline std::string text_of(const example::quantiles& q) {
  const std::string range = "(" + short_text(q.low) + "-" + short_text(q.high) + ")";
  return printed("%7s %-13s", short_text(q.median).c_str(), range.c_str());
}

/// A line, without the blanks behind it.
inline std::string ended(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

/// By how much the base takes longer, round by round.
template <class Figure>
std::string ratio_text(const std::string& name, const bench_row& row, const bench_row& base,
                       Figure figure) {
  std::vector<double> values;
  for (std::size_t i = 0; i < row.rounds.size(); ++i) {
    values.push_back(figure(base.rounds[i]) / figure(row.rounds[i]));
  }
  return ended(printed("%-36s", name.c_str()) + text_of(example::quantiles_of(std::move(values))));
}

/// Tasks and programs, and what is done with them.
class validator_bench {
 public:
  validator_bench(const std::vector<task>& tasks, std::vector<source_program> programs,
                  const validation_settings& settings)
      : tasks_(tasks), programs_(std::move(programs)), settings_(settings) {}

  /// Judges all once more. Its time is a round's, unless the row only warms up.
  void play(bench_row& row, bool counts) {
    validation_options options;
    options.settings = settings_;
    options.share_lines = row.share_lines;
    options.cache = row.cache;
    validation_profile profile;
    options.profile = &profile;
    programs_in_memory source(programs_);
    report_summary summary;
    validate(
        *row.pool, tasks_, source, options, summary, [](std::string_view) {},
        [](const diagnostic&) {});
    candidates_ = summary.candidates();
    if (counts) row.rounds.push_back(std::move(profile));
  }

  std::uint64_t candidates() const { return candidates_; }

 private:
  const std::vector<task>& tasks_;
  std::vector<source_program> programs_;
  validation_settings settings_;
  std::uint64_t candidates_ = 0;
};

inline std::string row_text(const bench_row& row) {
  std::string text = printed("%-21s %7zu %7s", row.name.c_str(), row.pool->size(),
                             short_text(row.quantiles_of(preparation_cpu).median).c_str());
  text += text_of(row.quantiles_of(evaluation_cpu)) + text_of(row.quantiles_of(run_wall));
  if (row.rounds[0].all_workers.judge.dispatches > 0) text += text_of(row.quantiles_of(dispatches));
  return ended(std::move(text));
}

/// All rows and what they say of each other.
class bench_table {
 public:
  /// The pool and the bench must outlive it. The cache is filled here. Blocking: while it is.
  /// Exceptions: example::open_error of the cache's folder.
  bench_table(validator_bench& bench, orderly::worker_pool& all,
              const std::optional<std::string>& folder)
      : bench_(bench), one_(1), all_(all) {
    rows_.push_back({"lines not shared", &one_, false, nullptr});
    rows_.push_back({"lines shared", &one_, true, nullptr});
    if (all.size() > 1) rows_.push_back({"lines shared", &all, true, nullptr});
    if (!folder) return;
    bench_row filling{"", &all, true, &cache_.emplace(*folder)};
    bench.play(filling, false);
    cache_->finish();
    rows_.push_back({"verdicts in the cache", &one_, true, &cache_.emplace(*folder)});
  }

  void play(std::uint64_t rounds) {
    for (std::uint64_t round = 0; round <= rounds; ++round) { // the first warms up
      for (bench_row& row : rows_) bench_.play(row, round > 0);
    }
  }

  std::string text() const {
    std::string text = "                      workers    keys     evaluation          run, wall"
                       "            dispatches\n"
                       "                                   ms     cpu ms              ms"
                       "                   million per cpu s\n";
    for (const bench_row& row : rows_) text += row_text(row);
    text += "\nhow many times as fast:\n";
    text += ratio_text("lines shared, cpu", rows_[1], rows_[0], evaluation_cpu);
    if (all_.size() > 1) {
      const std::string name = std::to_string(all_.size()) + " workers, wall";
      text += ratio_text(name, rows_[2], rows_[1], run_wall);
    }
    if (cache_) text += ratio_text("cache, cpu", rows_.back(), rows_[1], evaluation_cpu);
    return text;
  }

 private:
  validator_bench& bench_;
  orderly::worker_pool one_;
  orderly::worker_pool& all_;
  std::optional<verdict_cache> cache_;
  std::vector<bench_row> rows_;
};

} // namespace detail

struct bench_options {
  std::vector<std::string> tasks;
  std::vector<std::string> programs;
  validation_settings settings{};
  std::uint64_t rounds = 5;
  std::size_t workers = 1;
  std::optional<std::string> cache{}; ///< folder
};

/// Exceptions: example::usage_error.
inline bench_options read_bench_options(example::command_words given) {
  constexpr std::array<example::option_spec, 4> own{
      {{"--rounds"}, {"--workers"}, {"--cache"}, {"--full", false}}};
  std::vector<std::string_view> words(given.begin(), given.end());
  bench_options asked;
  auto tasks = take_list(words, "--tasks");
  auto programs = take_list(words, "--programs");
  const auto specs = example::joined(settings_specs, own);
  const example::arguments options(words, specs); // names what is unknown first
  asked.tasks = required(std::move(tasks), "--tasks");
  asked.programs = required(std::move(programs), "--programs");
  asked.settings = settings_of(options);
  if (options.has("--full")) asked.settings.judging = judging::all_samples;
  asked.rounds = options.optional_whole("--rounds", 1, 1000).value_or(asked.rounds);
  asked.workers = workers_of(options);
  asked.cache = example::optional_string(options, "--cache");
  return asked;
}

/// Exceptions: example::usage_error, example::open_error, example::read_error.
inline int run_bench(example::command_words given) {
  const bench_options asked = read_bench_options(given);
  const loaded_tasks loaded = load_tasks(asked.tasks);
  const known_names known(primitives);
  std::vector<source_program> programs;
  example::phase_time parsing;
  {
    const example::phase_timer timer(&parsing);
    program_source source(asked.programs, known);
    while (auto next = source.next()) programs.push_back(std::move(*next));
  }
  if (programs.empty()) throw example::input_error("--programs: there is no program");
  const std::size_t count = programs.size();
  orderly::worker_pool all(asked.workers);
  detail::validator_bench bench(loaded.tasks, std::move(programs), asked.settings);
  detail::bench_table table(bench, all, asked.cache);
  table.play(asked.rounds);
  const std::string text = detail::printed(
      "programs %zu, parsed in %.2f ms; candidates %llu; rounds %llu: median (10 %% to 90 %%)\n\n",
      count, detail::milliseconds(parsing.cpu), static_cast<unsigned long long>(bench.candidates()),
      static_cast<unsigned long long>(asked.rounds));
  example::print(text + table.text());
  return judged;
}

} // namespace arc

#endif
