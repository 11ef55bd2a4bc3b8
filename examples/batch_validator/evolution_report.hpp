// SPDX-License-Identifier: MIT
//
// The report of a search: JSON Lines, the same bytes whatever the number of workers.
//
//   {"record": "run", ...}         what was asked: versions, seed, settings, limits, hashes
//   {"record": "kept", ...}        one for each kept program: by task, the best first (rank 0)
//   {"record": "summary", ...}     rounds played, counts, and the SHA-256 of all lines before it
//
// A search that was stopped has the report of one with fewer rounds, but for the rounds of the first
// line, and those of the last say how many.
#ifndef ORDERLY_EXAMPLES_ARC_EVOLUTION_REPORT_HPP
#define ORDERLY_EXAMPLES_ARC_EVOLUTION_REPORT_HPP

#include "../support/checksum128.hpp"
#include "../support/json_text.hpp"
#include "../support/sha256.hpp"
#include "evolution.hpp"
#include "program_text.hpp"
#include "report.hpp"
#include "task.hpp"

#include "orderly/random_stream.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <string>      // lines
#include <string_view> // hashes
#include <vector>      // tasks

namespace arc {

/// Of the records, and of what a mutation draws from its stream: a change of either makes other
/// reports.
inline constexpr unsigned evolution_format = 1;

namespace detail {

inline std::string evolution_run_line(const evolution_settings& settings,
                                      const std::vector<task>& tasks,
                                      std::string_view programs_hash) {
  const run_limits& limits = settings.judging.limits;
  auto json = example::json_text::on_one_line();
  json.begin_object();
  json.member("record", "run").member("evolution_format", evolution_format);
  json.member("semantics", semantics_version).member("stream_format", orderly::stream_format);
  json.member("dialect", name_of(settings.judging.dialect)).member("fuel", limits.fuel);
  json.member("cells", limits.cells).member("depth", limits.depth);
  json.member("seed", settings.seed).member("rounds", settings.rounds);
  json.member("population", settings.population).member("keep", settings.keep);
  json.member("changes", settings.changes);
  json.member("tasks", tasks.size()).member("tasks_hash", hash_of(tasks));
  json.member("programs_hash", programs_hash);
  json.end_object();
  return json.take();
}

inline std::string kept_line(const evolved_task& task, std::size_t rank) {
  const kept_program& kept = task.kept[rank];
  auto json = example::json_text::on_one_line();
  json.begin_object();
  json.member("record", "kept").member("task", task.of->id).member("rank", rank);
  json.member("train_ok", kept.train_right).member("test_ok", kept.test_right);
  json.member("cells_ok", kept.cells_right).member("fuel", kept.fuel);
  json.member("lines", kept.code.lines.size()).member("hash", example::to_hex(kept.hash));
  json.member("program", text_of(kept.code));
  json.end_object();
  return json.take();
}

/// Solved: the best gives every known output.
inline bool is_solved(const evolved_task& task) {
  if (task.kept.empty()) return false;
  std::size_t known = 0;
  for (const task_sample& sample : task.of->samples) known += sample.output ? 1U : 0U;
  return task.kept[0].train_right + task.kept[0].test_right == known;
}

} // namespace detail

/// write(line) is called for each line in order. Exceptions: std::bad_alloc, write's.
template <class Write>
void report_evolution(const evolution_settings& settings, const std::vector<task>& tasks,
                      std::string_view programs_hash, const evolved& found, Write&& write) {
  example::sha256 hash;
  const auto put = [&](const std::string& line) {
    hash.add(line);
    write(line);
  };
  put(detail::evolution_run_line(settings, tasks, programs_hash));
  std::uint64_t kept = 0;
  std::uint64_t solved = 0;
  for (const evolved_task& task : found.tasks) {
    kept += task.kept.size();
    solved += detail::is_solved(task) ? 1U : 0U;
    for (std::size_t rank = 0; rank < task.kept.size(); ++rank) put(detail::kept_line(task, rank));
  }
  auto json = example::json_text::on_one_line();
  json.begin_object();
  json.member("record", "summary").member("rounds", found.rounds);
  json.member("tasks", found.tasks.size()).member("solved", solved);
  json.member("judged", found.judged).member("kept", kept).member("sha256", hash.hex());
  json.end_object();
  write(json.take());
}

} // namespace arc

#endif
