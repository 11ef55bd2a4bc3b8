// SPDX-License-Identifier: MIT
//
// Judges candidates, alone or several of one task together, with the same verdicts.
//
//   arc::judge judge(limits, dialect);                 // every worker has its own
//   const arc::judgement j = judge(program, task, arc::judging::until_first_failure);
//
// Together they are run sample by sample, and lines that they share are evaluated once for each.
#ifndef ORDERLY_EXAMPLES_ARC_JUDGE_HPP
#define ORDERLY_EXAMPLES_ARC_JUDGE_HPP

#include "judging.hpp"
#include "line_graph.hpp"
#include "machine.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "program_run.hpp"
#include "shared_run.hpp"
#include "task.hpp"

#include <chrono>   // the time limit
#include <cstddef>  // size_t
#include <cstdint>  // counts
#include <optional> // outcomes
#include <span>     // candidates
#include <vector>   // those still to be run

namespace arc {

/// A program, and itself in terms of a graph.
struct graph_candidate {
  const program* code = nullptr;
  const graph_program* lines = nullptr;
};

/// What judging cost and what it did not, so far.
struct judge_statistics {
  std::uint64_t dispatches = 0;  ///< calls of primitives and function values
  std::uint64_t lines_saved = 0; ///< that another candidate had evaluated
  std::uint64_t fuel_saved = 0;
  std::uint64_t judged_alone = 0; ///< candidates that asked for the order of functions

  judge_statistics& operator+=(const judge_statistics& other) {
    dispatches += other.dispatches;
    lines_saved += other.lines_saved;
    fuel_saved += other.fuel_saved;
    judged_alone += other.judged_alone;
    return *this;
  }
};

/// Not movable: its parts refer to each other.
class judge {
 public:
  using clock = machine::clock;

  /// The timeout is for each sample. Exceptions: std::bad_alloc.
  explicit judge(const run_limits& limits = {}, arc::dialect dialect = arc::dialect::arc_dsl,
                 std::optional<clock::duration> timeout = std::nullopt)
      : machine_(primitives.data(), limits, dialect),
        alone_(machine_),
        together_(machine_),
        timeout_(timeout) {}
  judge(const judge&) = delete;
  judge& operator=(const judge&) = delete;

  judgement operator()(const program& code, const task& of, judging how) {
    times_.assign(measures_ ? 1 : 0, {});
    judgement all;
    measured(0, [&] { all = judge_alone(code, of, how); });
    return all;
  }

  /// Of each candidate in turn. Precondition: all were added to the graph; as many judgements.
  void operator()(const line_graph& graph, std::span<const graph_candidate> candidates,
                  const task& of, judging how, std::span<judgement> all) {
    left_.clear();
    times_.assign(measures_ ? candidates.size() : 0, {});
    for (std::size_t c = 0; c < candidates.size(); ++c) left_.push_back(c);
    for (std::size_t i = 0; i < of.samples.size() && !left_.empty(); ++i) {
      if (of.samples[i].output) judge_sample(graph, candidates, of, i, how, all);
    }
    for (judgement& one : all) one = finished(one);
    for (const std::size_t c : ordering_) {
      measured(c, [&] { all[c] = judge_alone(*candidates[c].code, of, how); });
    }
    judged_alone_ += ordering_.size();
    ordering_.clear();
  }

  /// From here on, how long each candidate takes.
  void measure() { measures_ = true; }
  /// Of the last candidates judged, while it measures; lines that are shared count for the
  /// first that has them.
  std::span<const clock::duration> times() const { return times_; }

  judge_statistics statistics() const {
    return {machine_.dispatches(), together_.lines_saved(), together_.fuel_saved(), judged_alone_};
  }

 private:
  judgement judge_alone(const program& code, const task& of, judging how) {
    judgement all;
    for (std::size_t i = 0; i < of.samples.size(); ++i) {
      const task_sample& sample = of.samples[i];
      if (!sample.output) continue;
      start_clock();
      const run_outcome outcome = alone_(code, of.view(sample.input));
      add_sample(judgement_of(outcome, of.view(*sample.output)), i, sample.part, all);
      if (all.sample && how == judging::until_first_failure) break;
    }
    return finished(all);
  }

  static judgement finished(judgement all) {
    const bool judged_any = all.sample || all.train_right + all.test_right > 0;
    if (!judged_any) all.verdict = verdict::skipped;
    return all;
  }

  void start_clock() {
    if (timeout_) machine_.set_deadline(clock::now() + *timeout_);
  }

  template <class F>
  void measured(std::size_t candidate, const F& f) {
    if (!measures_) return f();
    const clock::time_point begin = clock::now();
    f();
    times_[candidate] += clock::now() - begin;
  }

  /// Those that are left run; those that need not run again are not left then.
  void judge_sample(const line_graph& graph, std::span<const graph_candidate> candidates,
                    const task& of, std::size_t number, judging how, std::span<judgement> all) {
    const task_sample& sample = of.samples[number];
    const value expected = of.view(*sample.output);
    together_.begin(graph, of.view(sample.input));
    std::erase_if(left_, [&](std::size_t c) {
      start_clock();
      std::optional<run_outcome> outcome;
      measured(c, [&] { outcome = together_(*candidates[c].lines); });
      if (!outcome) {
        ordering_.push_back(c);
        return true;
      }
      add_sample(judgement_of(*outcome, expected), number, sample.part, all[c]);
      return all[c].sample && how == judging::until_first_failure;
    });
  }

  machine machine_;
  program_run alone_;
  shared_run together_;
  std::optional<clock::duration> timeout_;
  std::vector<std::size_t> left_;     // candidates that no sample has ended
  std::vector<std::size_t> ordering_; // those that must be judged alone
  std::uint64_t judged_alone_ = 0;
  bool measures_ = false;
  std::vector<clock::duration> times_;
};

} // namespace arc

#endif
