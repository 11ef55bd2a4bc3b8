// SPDX-License-Identifier: MIT
//
// Candidates in the portions in which they are judged.
//
//   program     what was read; it is a candidate for its task, or for each task there is
//   block       32 programs that follow each other in the input: what shards divide
//   batch       programs of one block whose lines are shared; as a rule all of them
//   job         candidates of a batch, those of one task together: what a worker takes
//
// Blocks are a function of the input alone. Batches and jobs may be cut in any way, because they
// cannot change a verdict: a batch ends early where it would be large, or where the rest of the input
// has not come yet; its largest tasks are judged first.
#ifndef ORDERLY_EXAMPLES_ARC_CANDIDATE_BATCH_HPP
#define ORDERLY_EXAMPLES_ARC_CANDIDATE_BATCH_HPP

#include "../support/phase_timer.hpp"
#include "line_graph.hpp"
#include "program_source.hpp"
#include "report.hpp"
#include "task.hpp"
#include "verdict_key.hpp"

#include <algorithm>   // lower_bound, stable_sort
#include <cstddef>     // size_t
#include <cstdint>     // numbers
#include <functional>  // less
#include <memory>      // shared_ptr: a batch has several jobs
#include <optional>    // the end of the input
#include <span>        // candidates
#include <string_view> // ids
#include <utility>     // move
#include <vector>      // programs, candidates

namespace arc {

inline constexpr std::uint64_t programs_per_block = 32;

/// A program of a batch and the task that it is judged on; null if there is none.
struct batch_entry {
  std::uint32_t program = 0;
  const task* of = nullptr;
};

struct candidate_batch {
  std::uint64_t first = 0; ///< number of the first candidate in the report
  std::vector<source_program> programs;
  line_graph graph;
  std::vector<graph_program> lines;   ///< of each program, if lines are shared
  std::vector<verdict_key> hashes;    ///< of each program, if there is a cache
  std::vector<batch_entry> entries;   ///< in the order of the report
  std::vector<std::uint32_t> by_task; ///< numbers of entries, those of one task together

  candidate at(std::size_t entry) const {
    return candidate_of(entries[entry].program, entries[entry].of, first + entry);
  }
  candidate candidate_of(std::uint32_t program, const task* of, std::uint64_t number) const {
    const source_program& from = programs[program];
    return {number,     from.id, &from.parsed,
            *from.file, of,      from.task ? std::string_view(*from.task) : std::string_view()};
  }
};

/// Part of by_task. Those of one task are in one job.
struct batch_job {
  std::shared_ptr<const candidate_batch> batch;
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  std::span<const std::uint32_t> entries() const {
    return std::span(batch->by_task).subspan(first, count);
  }
};

struct batch_options {
  arc::shard shard{};
  bool share_lines = true;
  bool hash_programs = false;
  example::phase_time* numbering = nullptr; ///< time for shared lines and hashes is added here
};

/// Cuts what a source gives. Source: see program_source. Thread-safety: one thread at a time; what it
/// gives may be used on any.
template <class Source>
class batch_reader {
 public:
  /// Source and tasks, in order of their ids, must outlive it.
  batch_reader(Source& source, const std::vector<task>& tasks, const batch_options& options)
      : source_(source), tasks_(tasks), options_(options) {}

  /// Leaves out the first candidates of the shard, which were judged before; to be called first. Gives
  /// the last of them, valid until next is called; absent if the input has fewer. Blocking and
  /// exceptions as next.
  std::optional<candidate> skip(std::uint64_t count) {
    skip_ = count;
    while (skip_ > 0) {
      if (!read_batch()) return std::nullopt;
    }
    return skipped_;
  }

  /// Blocking: while the source is. Absent at the end of the input. Exceptions: the source's.
  std::optional<batch_job> next() {
    while (!batch_ || at_ == batch_->by_task.size()) {
      if (!read_batch()) return std::nullopt;
    }
    const auto first = static_cast<std::uint32_t>(at_);
    const task* last = nullptr;
    for (; at_ < batch_->by_task.size(); ++at_) {
      const task* const of = batch_->entries[batch_->by_task[at_]].of;
      if (at_ - first >= least_of_job && of != last) break;
      last = of;
    }
    return batch_job{batch_, first, static_cast<std::uint32_t>(at_) - first};
  }

 private:
  static constexpr std::size_t least_of_job = 16;
  static constexpr std::size_t most_of_batch = 8192;

  /// False at the end of the input. The batch may be without entries.
  bool read_batch() {
    auto batch = std::make_shared<candidate_batch>();
    batch->first = candidates_;
    while (read_program(*batch)) {
      if (programs_ % programs_per_block == 0 || batch->entries.size() >= most_of_batch ||
          !source_.is_ready()) {
        break;
      }
    }
    if (batch->programs.empty()) return false;
    prepare(*batch);
    if (skipped_entry_) {
      skipped_ = batch->candidate_of(skipped_entry_->program, skipped_entry_->of, batch->first - 1);
      skipped_entry_.reset();
    }
    batch_ = std::move(batch);
    at_ = 0;
    return true;
  }

  bool read_program(candidate_batch& batch) {
    auto read = source_.next();
    if (!read) return false;
    const bool ours = options_.shard.owns(programs_++ / programs_per_block);
    const auto number = static_cast<std::uint32_t>(batch.programs.size());
    for (const task* const of : tasks_of(*read)) {
      ++candidates_;
      if (ours && skip_ == 0) {
        batch.entries.push_back({number, of});
        continue;
      }
      batch.first = candidates_; // nothing of the batch is ours so far
      if (ours && --skip_ == 0) skipped_entry_ = batch_entry{number, of};
    }
    batch.programs.push_back(std::move(*read));
    return true;
  }

  /// One task that is none, where a program cannot be run.
  std::span<const task* const> tasks_of(const source_program& program) {
    chosen_.clear();
    if (!program.parsed.is_good()) {
      chosen_.push_back(nullptr);
    } else if (program.task) {
      chosen_.push_back(find(*program.task));
    } else {
      for (const task& each : tasks_) chosen_.push_back(&each);
    }
    return chosen_;
  }

  const task* find(std::string_view id) const {
    // Not by <, which clang++ 14 refuses for a string and a view in a template.
    const auto found = std::lower_bound(
        tasks_.begin(), tasks_.end(), id,
        [](const task& each, std::string_view wanted) { return each.id.compare(wanted) < 0; });
    return found != tasks_.end() && found->id == id ? &*found : nullptr;
  }

  static std::size_t cells_of(const task* of) { return of == nullptr ? 0 : of->colours.size(); }

  /// The largest tasks come first: what takes long is then not what all wait for in the end (Graham,
  /// "Bounds on Multiprocessing Timing Anomalies", 1969).
  void prepare(candidate_batch& batch) const {
    const std::vector<batch_entry>& entries = batch.entries;
    for (std::uint32_t i = 0; i < entries.size(); ++i) batch.by_task.push_back(i);
    std::stable_sort(batch.by_task.begin(), batch.by_task.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                       const task* const of[] = {entries[a].of, entries[b].of};
                       const std::size_t cells[] = {cells_of(of[0]), cells_of(of[1])};
                       return cells[0] != cells[1] ? cells[0] > cells[1]
                                                   : std::less<const task*>()(of[0], of[1]);
                     });
    if (entries.empty()) return;
    const example::phase_timer timer(options_.numbering);
    for (const source_program& each : batch.programs) {
      if (options_.share_lines) batch.lines.push_back(batch.graph.add(each.parsed.code));
      if (options_.hash_programs) batch.hashes.push_back(program_hash(each.parsed.code));
    }
  }

  Source& source_;
  const std::vector<task>& tasks_;
  batch_options options_;
  std::uint64_t skip_ = 0;                   // candidates that are still to be left out
  std::optional<batch_entry> skipped_entry_; // the last of them, in the batch that is read
  std::optional<candidate> skipped_;
  std::uint64_t programs_ = 0;
  std::uint64_t candidates_ = 0;
  std::vector<const task*> chosen_;
  std::shared_ptr<const candidate_batch> batch_;
  std::size_t at_ = 0; // in its by_task
};

} // namespace arc

#endif
