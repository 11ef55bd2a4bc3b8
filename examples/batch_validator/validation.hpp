// SPDX-License-Identifier: MIT
//
// Judging many candidates in parallel: read one after the other, judged by the workers of a pool,
// reported in the order of the input. The report is the same bytes for any number of workers.
//
//   orderly::worker_pool pool;
//   arc::validate(pool, settings, loaded.tasks, files, [&](const std::string& line) {
//     out.write(line);
//   });
//
// A program whose name is solve_ or verify_ and a task's id runs on this task, any other on every
// task in the order of their ids. Programs of a file are read as they are needed.
#ifndef ORDERLY_EXAMPLES_ARC_VALIDATION_HPP
#define ORDERLY_EXAMPLES_ARC_VALIDATION_HPP

#include "judging.hpp"
#include "known_names.hpp"
#include "primitive_table.hpp"
#include "program_builder.hpp"
#include "program_parser.hpp"
#include "report.hpp"
#include "task.hpp"

#include "orderly/ordered_options.hpp"
#include "orderly/ordered_pipeline.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>   // lower_bound
#include <cstddef>     // size_t
#include <cstdint>     // numbers of candidates
#include <memory>      // shared_ptr: a program has several candidates
#include <optional>    // the end of the input
#include <span>        // files
#include <string>      // lines
#include <string_view> // ids
#include <utility>     // move
#include <vector>      // tasks

namespace arc {

/// Programs as text.
struct program_file {
  std::string name;
  std::string text;
};

namespace detail {

/// A candidate on its way; the program is shared by those of other tasks.
struct validation_job {
  std::shared_ptr<const parsed_program> program;
  candidate what;
};

/// Gives the candidates of some files, one by one.
class candidate_source {
 public:
  candidate_source(const std::vector<task>& tasks, std::span<const program_file> files)
      : tasks_(tasks), files_(files), known_(primitives) {}

  std::optional<validation_job> next() {
    if (left_.empty() && !read_program()) return std::nullopt;
    const task* const of = left_.front();
    left_ = left_.subspan(1);
    return validation_job{program_, {number_++, program_.get(), files_[file_ - 1].name, of}};
  }

 private:
  bool read_program() {
    for (;;) {
      if (reader_) {
        if (auto next = reader_->next()) {
          program_ = std::make_shared<const parsed_program>(std::move(*next));
          left_ = tasks_of(*program_);
          if (!left_.empty()) return true;
          continue;
        }
      }
      if (file_ == files_.size()) return false;
      reader_.emplace(files_[file_].text, files_[file_].name, known_);
      ++file_;
    }
  }

  /// One task that is none, where a program cannot be run.
  std::span<const task* const> tasks_of(const parsed_program& program) {
    chosen_.clear();
    const std::optional<std::string_view> bound = program.code.task();
    if (!program.is_good() || bound) {
      chosen_.push_back(program.is_good() ? find(*bound) : nullptr);
    } else {
      for (const task& each : tasks_) chosen_.push_back(&each);
    }
    return chosen_;
  }

  const task* find(std::string_view id) const {
    const auto found = std::lower_bound(
        tasks_.begin(), tasks_.end(), id,
        [](const task& each, std::string_view wanted) { return each.id < wanted; });
    return found != tasks_.end() && found->id == id ? &*found : nullptr;
  }

  const std::vector<task>& tasks_;
  std::span<const program_file> files_;
  known_names known_;
  std::size_t file_ = 0; // of those to come
  std::optional<program_reader> reader_;
  std::shared_ptr<const parsed_program> program_;
  std::vector<const task*> chosen_;
  std::span<const task* const> left_; // of chosen_: those that the program is still to be judged on
  std::uint64_t number_ = 0;
};

struct judged {
  std::string line;
  arc::verdict verdict;
};

inline judged judged_line(const candidate& what, judge& judge, judging how) {
  judgement j;
  if (compile_error(what).empty()) {
    j = judge(what.program->code, *what.of, how);
  } else {
    j.verdict = verdict::unreadable;
  }
  return {candidate_line(what, j), j.verdict};
}

} // namespace detail

/// Blocking: until all candidates are judged, or the stop flag of the options is set; then those that
/// were begun are reported and counted. write(line) is called on this thread, in order. Precondition:
/// tasks in order of their ids. Exceptions: std::bad_alloc, write's.
template <class Write>
report_summary validate(orderly::worker_pool& pool, const validation_settings& settings,
                        const std::vector<task>& tasks, std::span<const program_file> files,
                        Write&& write, const orderly::ordered_options& options = {}) {
  report_summary summary;
  const auto put = [&](const std::string& line) {
    summary.add(line);
    write(line);
  };
  put(run_line(settings, tasks));
  orderly::per_worker<judge> judges(
      pool, [&](std::size_t) { return judge(settings.limits, settings.dialect); });
  detail::candidate_source source(tasks, files);
  orderly::ordered_pipeline(
      judges, [&] { return source.next(); },
      [&](detail::validation_job&& job, judge& mine) {
        return detail::judged_line(job.what, mine, settings.judging);
      },
      [&](detail::judged&& one) {
        summary.count(one.verdict);
        put(one.line);
      },
      options);
  write(summary.line());
  return summary;
}

} // namespace arc

#endif
