// SPDX-License-Identifier: MIT
//
// What a worker does with a job: finds verdicts in the cache, judges the other candidates, and writes
// their lines of the report.
#ifndef ORDERLY_EXAMPLES_ARC_CANDIDATE_JUDGE_HPP
#define ORDERLY_EXAMPLES_ARC_CANDIDATE_JUDGE_HPP

#include "../support/phase_timer.hpp"
#include "candidate_batch.hpp"
#include "judge.hpp"
#include "judging.hpp"
#include "report.hpp"
#include "task.hpp"
#include "validation_profile.hpp"
#include "verdict_cache.hpp"
#include "verdict_key.hpp"
#include "verdict_record.hpp"

#include <chrono>   // how long a job waited
#include <cstddef>  // size_t
#include <cstdint>  // numbers
#include <optional> // verdicts that are not in the cache
#include <span>     // candidates of a task
#include <string>   // lines
#include <utility>  // move
#include <vector>   // candidates

namespace arc {

/// A cache that is read, with what its keys need.
struct cache_reader {
  const verdict_cache* cache = nullptr;
  verdict_keys keys;
  std::vector<verdict_key> tasks; ///< hashes of their contents
};

struct fresh_verdict {
  verdict_key key;
  judgement verdict;
};

struct judged_candidate {
  std::string line; ///< of the report
  arc::verdict verdict = verdict::accepted;
  std::optional<fresh_verdict> fresh{}; ///< for the cache
};

/// Not movable. Every worker has its own.
class candidate_judge {
 public:
  /// What it refers to must outlive it; no cache: null. Exceptions: std::bad_alloc.
  candidate_judge(const validation_settings& settings, const std::vector<task>& tasks,
                  const cache_reader* cache, bool measures)
      : settings_(settings),
        tasks_(tasks),
        cache_(cache),
        measures_(measures),
        judge_(settings.limits, settings.dialect, timeout_of(settings)) {
    if (measures_) judge_.measure();
  }

  /// In the order of the job's entries. Thread-safety: one thread at a time; the cache is only read.
  /// Exceptions: std::bad_alloc.
  std::vector<judged_candidate> operator()(const batch_job& job) {
    const auto entries = job.entries();
    verdicts_.assign(entries.size(), {});
    found_.assign(entries.size(), false);
    keys_.resize(cache_ != nullptr ? entries.size() : 0);
    for (std::size_t first = 0, end = 0; first < entries.size(); first = end) {
      const task* const of = job.batch->entries[entries[first]].of;
      while (end < entries.size() && job.batch->entries[entries[end]].of == of) ++end;
      judge_task(*job.batch, of, entries, first, end);
    }
    const example::phase_timer timer(measures_ ? &profile_.reporting : nullptr);
    std::vector<judged_candidate> all;
    all.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) all.push_back(reported(job, i));
    ++profile_.jobs;
    return all;
  }

  void note_wait(std::chrono::nanoseconds wait) { profile_.queue_wait += wait; }
  /// Of all jobs so far.
  worker_profile profile() const {
    worker_profile result = profile_;
    result.judge = judge_.statistics();
    return result;
  }

 private:
  using entry_numbers = std::span<const std::uint32_t>;

  static std::optional<judge::clock::duration> timeout_of(const validation_settings& settings) {
    if (!settings.timeout_ms) return std::nullopt;
    return std::chrono::milliseconds(*settings.timeout_ms);
  }

  /// Those of the job from `first` to `end`, which are for one task, or for none.
  void judge_task(const candidate_batch& batch, const task* of, entry_numbers entries,
                  std::size_t first, std::size_t end) {
    if (of == nullptr) {
      for (std::size_t i = first; i < end; ++i) verdicts_[i].verdict = verdict::unreadable;
      return;
    }
    if (cache_ != nullptr) look_up(batch, *of, entries, first, end);
    const example::phase_timer timer(measures_ ? &profile_.judging : nullptr);
    places_.clear();
    for (std::size_t i = first; i < end; ++i) {
      if (!found_[i]) places_.push_back(i);
    }
    judge_places(batch, *of, entries);
  }

  void look_up(const candidate_batch& batch, const task& of, entry_numbers entries,
               std::size_t first, std::size_t end) {
    const example::phase_timer timer(measures_ ? &profile_.looking_up : nullptr);
    const verdict_key& grids = cache_->tasks[static_cast<std::size_t>(&of - tasks_.data())];
    for (std::size_t i = first; i < end; ++i) {
      const std::uint32_t program = batch.entries[entries[i]].program;
      keys_[i] = cache_->keys(batch.hashes[program], grids);
      const std::optional<judgement> known = cache_->cache->find(keys_[i]);
      if (!known || !fits(*known, batch.programs[program].parsed.code, of)) continue;
      verdicts_[i] = *known;
      found_[i] = true;
      ++profile_.found;
      profile_.fuel_found += known->fuel;
    }
  }

  /// Precondition: places_ are of one task.
  void judge_places(const candidate_batch& batch, const task& of, entry_numbers entries) {
    const bool together = !batch.lines.empty() && places_.size() > 1;
    candidates_.clear();
    for (const std::size_t i : places_) {
      const std::uint32_t program = batch.entries[entries[i]].program;
      const arc::program& code = batch.programs[program].parsed.code;
      if (together) {
        candidates_.push_back({&code, &batch.lines[program]});
      } else {
        verdicts_[i] = judge_(code, of, settings_.judging);
        note_times(batch, entries, {&i, 1});
      }
    }
    if (!together) return;
    results_.assign(places_.size(), {});
    judge_(batch.graph, candidates_, of, settings_.judging, results_);
    for (std::size_t k = 0; k < places_.size(); ++k) verdicts_[places_[k]] = results_[k];
    note_times(batch, entries, places_);
  }

  void note_times(const candidate_batch& batch, entry_numbers entries,
                  std::span<const std::size_t> places) {
    for (std::size_t k = 0; k < judge_.times().size(); ++k) {
      const std::chrono::nanoseconds time = judge_.times()[k];
      if (!profile_.slowest.wants(time)) continue;
      const std::size_t i = places[k];
      const batch_entry& entry = batch.entries[entries[i]];
      profile_.slowest.add({time, batch.first + entries[i], batch.programs[entry.program].id,
                            entry.of->id, std::string(name_of(verdicts_[i].verdict)),
                            verdicts_[i].fuel});
    }
  }

  /// Beside a time limit, what samples behind the first that failed were like may be the clock's work.
  bool is_reproducible(const judgement& j) const {
    const bool timed = settings_.timeout_ms && settings_.judging == judging::all_samples;
    return is_storable(j) && (!timed || j.verdict == verdict::accepted);
  }

  judged_candidate reported(const batch_job& job, std::size_t i) const {
    const candidate what = job.batch->at(job.entries()[i]);
    judged_candidate one{candidate_line(what, verdicts_[i]), verdicts_[i].verdict, {}};
    if (cache_ != nullptr && what.of != nullptr && !found_[i] && is_reproducible(verdicts_[i])) {
      one.fresh = fresh_verdict{keys_[i], verdicts_[i]};
    }
    return one;
  }

  validation_settings settings_;
  const std::vector<task>& tasks_;
  const cache_reader* cache_;
  bool measures_;
  judge judge_;
  worker_profile profile_;
  // Of the job at work, by place among its entries:
  std::vector<judgement> verdicts_;
  std::vector<bool> found_; // in the cache
  std::vector<verdict_key> keys_;
  // Of a task at work:
  std::vector<std::size_t> places_; // to be judged
  std::vector<graph_candidate> candidates_;
  std::vector<judgement> results_;
};

} // namespace arc

#endif
