// SPDX-License-Identifier: MIT
//
// batch_validator validate: judges programs on tasks and writes the report. How orderly's parts are
// put together is in validation.hpp; here the command line is read and the files are opened.
#ifndef ORDERLY_EXAMPLES_ARC_VALIDATE_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_VALIDATE_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/input_file.hpp"
#include "../support/interrupt.hpp"
#include "../support/option_values.hpp"
#include "../support/output_file.hpp"
#include "../support/phase_timer.hpp"
#include "../support/process_usage.hpp"
#include "command_options.hpp"
#include "known_names.hpp"
#include "primitive_table.hpp"
#include "profile_report.hpp"
#include "program_source.hpp"
#include "report.hpp"
#include "report_resume.hpp"
#include "source_text.hpp"
#include "task_loader.hpp"
#include "validation.hpp"
#include "validation_profile.hpp"
#include "verdict_cache.hpp"

#include "orderly/worker_pool.hpp"

#include <array>       // options
#include <charconv>    // shards
#include <chrono>      // processor time
#include <cstddef>     // worker counts
#include <cstdint>     // counts
#include <cstdio>      // standard error
#include <optional>    // files that may be absent
#include <string>      // names
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

struct validate_options {
  std::vector<std::string> tasks;
  std::vector<std::string> programs;
  validation_settings settings{};
  arc::shard shard{};
  std::size_t workers = 1;
  bool share_lines = true;
  std::optional<std::string> cache{}; ///< folder
  std::optional<std::string> out{};
  std::optional<std::string> profile{};
  bool resume = false;
  bool require_accepted = false;
};

namespace detail {

inline constexpr std::array<example::option_spec, 10> validate_specs{
    {{"--workers"},
     {"--timeout"},
     {"--shard"},
     {"--cache"},
     {"--out"},
     {"--profile"},
     {"--full", false},
     {"--no-sharing", false},
     {"--resume", false},
     {"--require-accepted", false}}};

/// "1/3". Exceptions: example::usage_error.
inline shard shard_of(const example::arguments& options) {
  shard result;
  const auto text = options.text("--shard");
  if (!text) return result;
  const char* const end = text->data() + text->size();
  const auto index = std::from_chars(text->data(), end, result.index);
  const bool has_slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto count = std::from_chars(has_slash ? index.ptr + 1 : end, end, result.count);
  if (!has_slash || count.ec != std::errc() || count.ptr != end || result.index >= result.count) {
    options.fail("--shard",
                 "'" + std::string(*text) + "' is not I/N, where I counts from 0 and is below N");
  }
  return result;
}

} // namespace detail

/// Exceptions: example::usage_error.
inline validate_options read_validate_options(example::command_words given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  validate_options asked;
  auto tasks = take_list(words, "--tasks");
  auto programs = take_list(words, "--programs");
  const auto specs = example::joined(settings_specs, detail::validate_specs);
  const example::arguments options(words, specs); // names what is unknown first
  asked.tasks = required(std::move(tasks), "--tasks");
  asked.programs = required(std::move(programs), "--programs");
  asked.settings = settings_of(options);
  if (options.has("--full")) asked.settings.judging = judging::all_samples;
  if (const auto seconds = example::optional_decimal(options, "--timeout", {1}, {86'400'000})) {
    asked.settings.timeout_ms = static_cast<std::uint64_t>(seconds->thousandths);
  }
  asked.shard = detail::shard_of(options);
  asked.workers = workers_of(options);
  asked.share_lines = !options.has("--no-sharing");
  asked.cache = example::optional_string(options, "--cache");
  asked.out = example::optional_string(options, "--out");
  asked.profile = example::optional_string(options, "--profile");
  example::refuse_same_files(options, std::array{"--out", "--profile"});
  for (const auto& [name, file] : {std::pair{"--out", asked.out}, {"--profile", asked.profile}}) {
    if (!file) continue;
    refuse_input_as_output(name, *file, asked.tasks);
    refuse_input_as_output(name, *file, asked.programs);
  }
  asked.resume = options.has("--resume");
  example::refuse_idle(options, "--resume", asked.resume && !asked.out, "--out");
  asked.require_accepted = options.has("--require-accepted");
  return asked;
}

namespace detail {

/// Beside the report: what a person who looks at the terminal wants to know.
inline void print_totals(const report_summary& summary) {
  const std::uint64_t all = summary.candidates();
  std::fprintf(stderr, "%llu candidate%s%s", static_cast<unsigned long long>(all),
               all == 1 ? "" : "s", all == 0 ? "" : ":");
  for (std::size_t v = 0; v < verdict_names.size(); ++v) {
    const auto count = summary.count_of(static_cast<verdict>(v));
    if (count == 0) continue;
    std::fprintf(stderr, " %s %llu", verdict_names[v].data(),
                 static_cast<unsigned long long>(count));
  }
  std::fputc('\n', stderr);
}

inline void print_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    std::fprintf(stderr, "batch_validator: warning: %s\n", warning.c_str());
  }
}

inline void print_mistake(const diagnostic& mistake) {
  std::fprintf(stderr, "%s\n", text_of(mistake).c_str());
}

inline std::chrono::nanoseconds process_cpu_time() {
  const auto usage = example::own_usage();
  const std::chrono::duration<double> seconds(usage ? usage->cpu_seconds : 0);
  return std::chrono::duration_cast<std::chrono::nanoseconds>(seconds);
}

/// One run of the command: what is open while it lasts.
class validate_run {
 public:
  /// Exceptions: of the files.
  explicit validate_run(const validate_options& asked) : asked_(asked) {
    {
      const example::phase_timer timer(&profile_.loading);
      tasks_ = load_tasks(asked.tasks);
    }
    print_warnings(tasks_.warnings);
    if (asked.out) refuse_input_as_output("--out", *asked.out, tasks_.files);
    if (asked.profile) refuse_input_as_output("--profile", *asked.profile, tasks_.files);
    const example::phase_timer timer(&profile_.opening);
    programs_hash_ = hash_of_files(asked.programs);
    source_.emplace(asked.programs, known_, &example::interrupted());
    if (asked.cache) cache_.emplace(*asked.cache);
    const auto earlier =
        asked.resume ? example::earlier_bytes::kept : example::earlier_bytes::dropped;
    if (asked.out) out_.emplace(*asked.out, earlier);
    if (asked.profile) profile_file_.emplace(*asked.profile);
  }

  /// The exit code. Blocking: until all is judged, or Ctrl-C. Exceptions: of the files.
  int run() {
    const std::string first = run_line(asked_.settings, tasks_.tasks, programs_hash_, asked_.shard);
    kept_report kept;
    if (asked_.resume) kept = resume_report(*out_, first);
    summary_ = kept.summary;
    if (kept.finished) {
      std::fprintf(stderr, "%s is complete\n", out_->path().c_str());
    } else {
      judge_rest(kept, first);
    }
    print_totals(summary_);
    if (example::interrupted()) return example::interrupted_exit_code();
    const std::uint64_t accepted = summary_.count_of(verdict::accepted);
    const bool all = accepted > 0 && accepted == summary_.candidates();
    return asked_.require_accepted && !all ? not_all_accepted : judged;
  }

  /// If it was asked for. Exceptions: example::write_error.
  void write_profile(const example::phase_time& all) {
    if (!profile_file_) return;
    profile_.all = all;
    profile_file_->write(profile_json(profile_));
    profile_file_->publish();
    std::fputs(profile_text(profile_).c_str(), stderr);
  }

 private:
  validation_options options_of_run() {
    validation_options options;
    options.settings = asked_.settings;
    options.shard = asked_.shard;
    options.share_lines = asked_.share_lines;
    options.cache = cache_ ? &*cache_ : nullptr;
    options.stop = &example::interrupted();
    options.profile = asked_.profile ? &profile_ : nullptr;
    return options;
  }

  /// What the report kept has not. Its first line is that of the run.
  void judge_rest(const kept_report& kept, const std::string& first) {
    validation_options options = options_of_run();
    options.skip = kept.candidates();
    options.begin = [&](const candidate* last) {
      if (example::interrupted()) return; // while the candidates kept were looked for
      if (kept.candidates() > 0) require_same_input(kept, out_->partial_path(), last);
      if (asked_.resume) out_->cut(kept.bytes);
      if (kept.bytes > 0) return;
      summary_.add(first);
      write(first);
    };
    orderly::worker_pool pool(asked_.workers);
    try {
      validate(
          pool, tasks_.tasks, *source_, options, summary_,
          [this](std::string_view lines) { write(lines); }, print_mistake);
    } catch (const example::read_error&) { // what was judged before is not lost
      if (out_) out_->keep();
      throw;
    }
    close();
  }

  void write(std::string_view line) { out_ ? out_->write(line) : example::print(line); }

  /// A report that was interrupted has no summary, and waits under its other name.
  void close() {
    const example::phase_timer timer(&profile_.closing);
    if (cache_) cache_->finish();
    if (cache_) print_warnings(cache_->take_warnings());
    if (example::interrupted()) {
      if (out_) out_->keep();
      return;
    }
    write(summary_.line(source_->hash()));
    if (out_) out_->publish();
  }

  const validate_options& asked_;
  const example::interrupt_guard guard_;
  loaded_tasks tasks_;
  const known_names known_{primitives};
  std::optional<std::string> programs_hash_;
  std::optional<program_source> source_;
  std::optional<verdict_cache> cache_;
  std::optional<example::output_file> out_;
  std::optional<example::output_file> profile_file_;
  report_summary summary_;
  validation_profile profile_;
};

} // namespace detail

inline int run_validate(example::command_words given) {
  const validate_options asked = read_validate_options(given);
  example::phase_time all;
  const std::chrono::nanoseconds cpu = detail::process_cpu_time();
  std::optional<detail::validate_run> run;
  int code = judged;
  {
    const example::phase_timer timer(&all);
    run.emplace(asked);
    code = run->run();
  }
  all.cpu = detail::process_cpu_time() - cpu;
  run->write_profile(all);
  return code;
}

} // namespace arc

#endif
