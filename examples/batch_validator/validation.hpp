// SPDX-License-Identifier: MIT
//
// Judging many candidates in parallel: read one after the other, judged by the workers of a pool,
// reported in the order of the input. The report is the same bytes for any number of workers, with
// lines shared or not, with verdicts from a cache or not.
//
//   orderly::worker_pool pool;
//   arc::program_source source(files, known);
//   arc::report_summary summary;
//   arc::validate(pool, tasks, source, options, summary,
//                 [&](std::string_view lines) { out.write(lines); },
//                 [](const arc::diagnostic& mistake) { say(mistake); });
//
// A program whose name is solve_ or verify_ and a task's id runs on this task, any other on every
// task in the order of their ids.
#ifndef ORDERLY_EXAMPLES_ARC_VALIDATION_HPP
#define ORDERLY_EXAMPLES_ARC_VALIDATION_HPP

#include "../support/phase_timer.hpp"
#include "candidate_batch.hpp"
#include "candidate_judge.hpp"
#include "program_source.hpp"
#include "report.hpp"
#include "report_order.hpp"
#include "source_text.hpp"
#include "task.hpp"
#include "validation_profile.hpp"
#include "verdict_cache.hpp"
#include "verdict_key.hpp"

#include "orderly/ordered_options.hpp"
#include "orderly/ordered_pipeline.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/worker_pool.hpp"

#include <atomic>      // the stop flag
#include <chrono>      // how long jobs wait
#include <cstddef>     // size_t
#include <cstdint>     // candidates to skip
#include <functional>  // what is to be done before
#include <optional>    // the end of the input
#include <string>      // lines
#include <type_traits> // callbacks
#include <utility>     // move
#include <vector>      // tasks

namespace arc {

struct validation_options {
  validation_settings settings{};
  arc::shard shard{};
  // The next ones change no byte of the report.
  bool share_lines = true;
  std::uint64_t skip = 0; ///< candidates of the shard that are in the summary already
  /// Called before the first candidate is judged, with the last one skipped, if there is one. If not,
  /// the input has fewer, or there is none to skip. May throw.
  std::function<void(const candidate*)> begin{};
  verdict_cache* cache = nullptr; ///< is read by the workers, and added to where write is called
  const std::atomic<bool>* stop = nullptr;
  validation_profile* profile = nullptr; ///< is added to; nothing is measured without it
};

namespace detail {

struct waiting_job {
  batch_job job;
  std::chrono::steady_clock::time_point since{}; // if a profile is asked for
};

struct judged_job {
  batch_job job;
  std::vector<judged_candidate> all;
};

inline std::optional<cache_reader> reader_of(const validation_options& options,
                                             const std::vector<task>& tasks) {
  if (options.cache == nullptr) return std::nullopt;
  cache_reader reader{options.cache, verdict_keys(options.settings), {}};
  for (const task& each : tasks) reader.tasks.push_back(content_hash(each));
  return reader;
}

inline batch_options batches_of(const validation_options& options) {
  example::phase_time* const numbering =
      options.profile == nullptr ? nullptr : &options.profile->numbering;
  return {options.shard, options.share_lines, options.cache != nullptr, numbering};
}

inline example::phase_time* timed(validation_profile* profile,
                                  example::phase_time validation_profile::*phase) {
  return profile == nullptr ? nullptr : &(profile->*phase);
}

/// The three steps of the pipeline, and what they share.
template <class Source, class Write, class Refuse>
class validation_run {
 public:
  validation_run(const std::vector<task>& tasks, Source& source, const validation_options& options,
                 report_summary& summary, Write& write, Refuse& refuse)
      : tasks_(tasks),
        options_(options),
        summary_(summary),
        write_(write),
        refuse_(refuse),
        cache_(reader_of(options, tasks)),
        batches_(source, tasks, batches_of(options)) {}

  void run(orderly::worker_pool& pool) {
    const example::phase_timer whole(timed(options_.profile, &validation_profile::run));
    const std::optional<candidate> skipped = batches_.skip(options_.skip);
    if (options_.begin) options_.begin(skipped ? &*skipped : nullptr);
    orderly::per_worker<candidate_judge> judges(pool, [this](std::size_t) {
      return candidate_judge(options_.settings, tasks_, cache_ ? &*cache_ : nullptr,
                             options_.profile != nullptr);
    });
    orderly::ordered_options run;
    run.stop = options_.stop;
    // Some candidates take ten thousand times as long as others, and must not hold them up. The lines
    // of a job are about 10 kB.
    run.window = 128 * pool.size();
    orderly::ordered_pipeline(
        judges, [this] { return next(); },
        [this](waiting_job&& waiting, candidate_judge& mine) {
          return judged(std::move(waiting), mine);
        },
        [this](judged_job&& done) { report(std::move(done)); }, run);
    if (options_.profile != nullptr) add_to_profile(judges);
  }

 private:
  using clock = std::chrono::steady_clock;

  /// On the reader's thread.
  std::optional<waiting_job> next() {
    const example::phase_timer timer(timed(options_.profile, &validation_profile::reading));
    auto job = batches_.next();
    if (!job) return std::nullopt;
    return waiting_job{std::move(*job),
                       options_.profile == nullptr ? clock::time_point() : clock::now()};
  }

  /// On the workers. What was read when the run is stopped is not judged any more.
  judged_job judged(waiting_job&& waiting, candidate_judge& mine) const {
    judged_job done{std::move(waiting.job), {}};
    if (options_.stop != nullptr && options_.stop->load()) return done;
    if (options_.profile != nullptr) mine.note_wait(clock::now() - waiting.since);
    done.all = mine(done.job);
    return done;
  }

  /// On the calling thread. Behind a job that was not judged nothing is reported.
  void report(judged_job&& done) {
    const example::phase_timer timer(timed(options_.profile, &validation_profile::writing));
    stopped_ = stopped_ || done.all.empty();
    if (stopped_) return;
    std::string lines;
    order_.add(done.job, std::move(done.all),
               [&](const candidate_batch& batch, std::size_t entry, judged_candidate&& one) {
                 const source_program& program = batch.programs[batch.entries[entry].program];
                 for (const diagnostic& mistake : program.parsed.mistakes) refuse_(mistake);
                 if (one.fresh) options_.cache->add(one.fresh->key, one.fresh->verdict);
                 summary_.count(one.verdict);
                 lines += one.line;
               });
    if (lines.empty()) return;
    summary_.add(lines);
    write_(lines);
  }

  void add_to_profile(orderly::per_worker<candidate_judge>& judges) const {
    options_.profile->workers = judges.size();
    std::vector<worker_profile> each(judges.size());
    judges.for_each_worker(
        [&](std::size_t worker, candidate_judge& mine) { each[worker] = mine.profile(); });
    for (const worker_profile& one : each) options_.profile->all_workers.add(one);
  }

  const std::vector<task>& tasks_;
  const validation_options& options_;
  report_summary& summary_;
  Write& write_;
  Refuse& refuse_;
  std::optional<cache_reader> cache_;
  batch_reader<Source> batches_;
  report_order<judged_candidate> order_;
  bool stopped_ = false;
};

} // namespace detail

/// Judges all candidates. write(lines) is called on this thread, in order, and refuse(mistake) for
/// each mistake of a program before its line. Source: see program_source. Precondition: tasks in order
/// of their ids.
/// Blocking: until all are judged, or the stop flag is set; then those that were judged are reported as
/// far as they follow each other.
/// Thread-safety: the source is read on a thread of its own, and by none else meanwhile.
/// Exceptions: std::bad_alloc; those of the source and of the functions it is given. What was written
/// before follows without a gap.
/// Determinism: the lines are a function of source, tasks, settings and shard, but for a timeout.
template <class Source, class Write, class Refuse>
void validate(orderly::worker_pool& pool, const std::vector<task>& tasks, Source& source,
              const validation_options& options, report_summary& summary, Write&& write,
              Refuse&& refuse) {
  detail::validation_run<Source, std::remove_reference_t<Write>, std::remove_reference_t<Refuse>>(
      tasks, source, options, summary, write, refuse)
      .run(pool);
}

} // namespace arc

#endif
