// SPDX-License-Identifier: MIT
//
// Where the time of a validation went: what a report must not say, because it differs each time.
//
// Phases that run at the same time are told apart by thread: reading has one of its own; looking up,
// judging and reporting are added up over all workers; writing is that of the thread which called.
#ifndef ORDERLY_EXAMPLES_ARC_VALIDATION_PROFILE_HPP
#define ORDERLY_EXAMPLES_ARC_VALIDATION_PROFILE_HPP

#include "../support/phase_timer.hpp"
#include "judge.hpp"

#include <algorithm> // sort
#include <chrono>    // times
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <string>    // names
#include <vector>    // the slowest candidates

namespace arc {

struct slow_candidate {
  std::chrono::nanoseconds time{};
  std::uint64_t number = 0;
  std::string id;
  std::string task;
  std::string verdict;
  std::uint64_t fuel = 0;
};

/// The ten that took longest; of equal ones the first.
class slowest_candidates {
 public:
  /// Whether a candidate of this time would be among them.
  bool wants(std::chrono::nanoseconds time) const {
    return all_.size() < most || time > all_.back().time;
  }
  void add(slow_candidate one) {
    all_.push_back(std::move(one));
    std::sort(all_.begin(), all_.end(), [](const slow_candidate& a, const slow_candidate& b) {
      return a.time != b.time ? a.time > b.time : a.number < b.number;
    });
    if (all_.size() > most) all_.pop_back();
  }
  const std::vector<slow_candidate>& all() const { return all_; }

 private:
  static constexpr std::size_t most = 10;
  std::vector<slow_candidate> all_; // the slowest first
};

/// What one worker did.
struct worker_profile {
  example::phase_time looking_up; ///< keys and verdicts in the cache
  example::phase_time judging;
  example::phase_time reporting;         ///< lines of the report
  std::chrono::nanoseconds queue_wait{}; ///< of jobs, from being read to being begun
  std::uint64_t jobs = 0;
  std::uint64_t found = 0;      ///< verdicts in the cache
  std::uint64_t fuel_found = 0; ///< that these would have cost
  judge_statistics judge{};
  slowest_candidates slowest;

  void add(const worker_profile& other) {
    looking_up += other.looking_up;
    judging += other.judging;
    reporting += other.reporting;
    queue_wait += other.queue_wait;
    jobs += other.jobs;
    found += other.found;
    fuel_found += other.fuel_found;
    judge += other.judge;
    for (const slow_candidate& each : other.slowest.all()) {
      if (slowest.wants(each.time)) slowest.add(each);
    }
  }
};

struct validation_profile {
  std::size_t workers = 0;
  // One after the other, on the thread that called; run is from the first candidate to the last.
  example::phase_time loading; ///< tasks
  example::phase_time opening; ///< programs and cache
  example::phase_time run;
  example::phase_time closing; ///< report and cache
  example::phase_time all;     ///< of these and what lies between; processor time of all threads
  // While it runs:
  example::phase_time reading;   ///< programs; on the reader's thread
  example::phase_time numbering; ///< equal lines of programs; on the reader's thread
  example::phase_time writing;
  worker_profile all_workers;

  /// Of the processor time that the workers had, what they used for candidates: at most 1.
  double utilisation() const {
    const auto had = run.wall * workers;
    return had.count() == 0 ? 0 : ratio(worker_cpu(), had);
  }
  std::chrono::nanoseconds worker_cpu() const {
    return all_workers.looking_up.cpu + all_workers.judging.cpu + all_workers.reporting.cpu;
  }
  /// Of all threads, from the first candidate to the last.
  std::chrono::nanoseconds candidates_cpu() const {
    return reading.cpu + worker_cpu() + writing.cpu;
  }
  /// What none of the phases has.
  example::phase_time unattributed() const {
    return {all.wall - loading.wall - opening.wall - run.wall - closing.wall,
            all.cpu - loading.cpu - opening.cpu - candidates_cpu() - closing.cpu};
  }
  double dispatches_per_second() const {
    const auto cpu = all_workers.judging.cpu;
    return cpu.count() == 0 ? 0
                            : static_cast<double>(all_workers.judge.dispatches) * 1e9 /
                                  static_cast<double>(cpu.count());
  }

 private:
  static double ratio(std::chrono::nanoseconds a, std::chrono::nanoseconds b) {
    return static_cast<double>(a.count()) / static_cast<double>(b.count());
  }
};

} // namespace arc

#endif
