// SPDX-License-Identifier: MIT
//
// The report of a validation: JSON Lines, the same bytes whatever the number of workers. No times and
// no names of machines: those belong into a profile.
//
//   {"record": "run", ...}         what was asked: versions, limits, hashes of tasks and programs
//   {"record": "candidate", ...}   one for each program and task, in the order of the input
//   {"record": "summary", ...}     counts by verdict, and the SHA-256 of all lines before it
//
// What a candidate's verdict has nothing of is null. Candidates are numbered from 0 through the whole
// input; the report of a shard has those of its blocks, with these numbers.
#ifndef ORDERLY_EXAMPLES_ARC_REPORT_HPP
#define ORDERLY_EXAMPLES_ARC_REPORT_HPP

#include "../support/checksum128.hpp"
#include "../support/json_text.hpp"
#include "../support/sha256.hpp"
#include "judging.hpp"
#include "machine.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "program_builder.hpp"
#include "run_error.hpp"
#include "task.hpp"

#include <array>       // counts
#include <cstddef>     // size_t
#include <cstdint>     // counts
#include <optional>    // what may be absent
#include <string>      // lines
#include <string_view> // names
#include <vector>      // tasks

namespace arc {

/// Of the records, and of what the primitives do: a change of either makes other reports.
inline constexpr unsigned report_format = 1;
inline constexpr unsigned semantics_version = 1;

struct validation_settings {
  run_limits limits{};
  arc::dialect dialect = arc::dialect::arc_dsl;
  arc::judging judging = arc::judging::until_first_failure;
  /// By the clock, for a candidate on a sample; without it nothing depends on time.
  std::optional<std::uint64_t> timeout_ms{};
};

/// Which blocks of the input are judged: those whose number leaves the remainder `index`.
struct shard {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
  bool is_all() const { return count == 1; }
  bool owns(std::uint64_t block) const { return block % count == index; }
};

constexpr std::string_view name_of(dialect d) {
  return d == dialect::arc_dsl ? "arc-dsl" : "re-arc";
}

inline std::string name_of(const shard& part) {
  return std::to_string(part.index) + "/" + std::to_string(part.count);
}

namespace detail {
template <class T>
void optional_member(example::json_text& json, std::string_view name, const T& content,
                     bool is_there) {
  if (is_there) {
    json.member(name, content);
  } else {
    json.member(name, nullptr);
  }
}
} // namespace detail

/// Of all tasks, by id and content.
inline std::string hash_of(const std::vector<task>& tasks) {
  example::checksum128 sum;
  for (const task& each : tasks) {
    sum.add(each.id + "\n" + example::to_hex(content_hash(each)) + "\n");
  }
  return example::to_hex(sum.result());
}

/// The hash of the programs' texts is absent where they come as a stream.
inline std::string run_line(const validation_settings& settings, const std::vector<task>& tasks,
                            const std::optional<std::string>& programs_hash, const shard& part) {
  auto json = example::json_text::on_one_line();
  json.begin_object();
  json.member("record", "run").member("format", report_format);
  json.member("semantics", semantics_version).member("dialect", name_of(settings.dialect));
  json.member("fuel", settings.limits.fuel).member("cells", settings.limits.cells);
  json.member("depth", settings.limits.depth);
  detail::optional_member(json, "timeout_ms", settings.timeout_ms.value_or(0),
                          settings.timeout_ms.has_value());
  json.member("judging",
              settings.judging == judging::all_samples ? "all samples" : "until the first failure");
  json.member("tasks", tasks.size()).member("tasks_hash", hash_of(tasks));
  detail::optional_member(json, "programs_hash", programs_hash.value_or(""),
                          programs_hash.has_value());
  json.member("seed", nullptr); // nothing is drawn
  detail::optional_member(json, "shard", name_of(part), !part.is_all());
  json.end_object();
  return json.take();
}

/// A program and the task that it is judged on, if there is such a task.
struct candidate {
  std::uint64_t number = 0; ///< in the report
  std::string_view id;      ///< as the input names it; else the program's name
  const parsed_program* program = nullptr;
  std::string_view file;
  const task* of = nullptr;
  std::string_view task_wanted; ///< that the input names; may be empty, or absent among the tasks
};

namespace detail {

/// "train[0]"; the number counts within the part.
inline std::string sample_name(const task& of, std::size_t number) {
  const sample_part part = of.samples[number].part;
  std::size_t before = 0;
  for (std::size_t i = 0; i < number; ++i) before += of.samples[i].part == part ? 1U : 0U;
  return (part == sample_part::train ? "train[" : "test[") + std::to_string(before) + "]";
}

} // namespace detail

/// Why a program that could not be read, or whose task is not there, is CE; empty if it is neither.
inline std::string compile_error(const candidate& c) {
  if (!c.program->is_good()) return c.program->mistakes[0].message;
  if (c.of == nullptr) return "no task " + std::string(c.task_wanted);
  return {};
}

inline std::string candidate_line(const candidate& c, const judgement& j) {
  const program& code = c.program->code;
  const bool unreadable = j.verdict == verdict::unreadable;
  const program_line* const line = j.line ? &code.lines[*j.line] : nullptr;
  const diagnostic* const mistake = c.program->is_good() ? nullptr : &c.program->mistakes[0];
  const std::uint64_t source_line = mistake != nullptr ? mistake->line
                                    : line != nullptr  ? line->source_line
                                                       : code.source_line;
  const std::uint64_t column = mistake != nullptr ? mistake->column
                               : line != nullptr  ? line->column
                                                  : 1;
  const bool has_place = unreadable || line != nullptr;
  auto json = example::json_text::on_one_line();
  json.reserve(400); // enough for most lines
  json.begin_object();
  json.member("record", "candidate").member("number", c.number).member("id", c.id);
  json.member("program", code.name);
  json.member("file", c.file);
  const std::string_view task = c.of != nullptr ? std::string_view(c.of->id) : c.task_wanted;
  detail::optional_member(json, "task", task, !task.empty());
  json.member("verdict", name_of(j.verdict));
  detail::optional_member(json, "sample", j.sample ? detail::sample_name(*c.of, *j.sample) : "",
                          j.sample.has_value());
  detail::optional_member(json, "line", source_line, has_place);
  detail::optional_member(json, "column", column, has_place);
  const bool has_primitive = j.primitive != machine::no_primitive;
  detail::optional_member(json, "primitive", has_primitive ? primitives[j.primitive].name : "",
                          has_primitive);
  detail::optional_member(json, "error", j.error ? name_of(*j.error) : "", j.error.has_value());
  detail::optional_member(json, "message", compile_error(c), unreadable);
  detail::optional_member(json, "differing_cells", j.differing.value_or(0),
                          j.differing.has_value());
  const std::string shape = std::to_string(j.height) + "x" + std::to_string(j.width);
  detail::optional_member(json, "shape", shape, j.verdict == verdict::wrong);
  json.member("fuel", j.fuel).member("train_ok", j.train_right).member("test_ok", j.test_right);
  json.end_object();
  return json.take();
}

/// Takes the lines of a report in their order.
class report_summary {
 public:
  void add(std::string_view line) { hash_.add(line); }
  void count(verdict v) { ++counts_[static_cast<std::size_t>(v)]; }

  std::uint64_t count_of(verdict v) const { return counts_[static_cast<std::size_t>(v)]; }
  std::uint64_t candidates() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts_) sum += count;
    return sum;
  }

  /// The programs' hash is that of all their texts.
  std::string line(std::string_view programs_hash) const {
    auto json = example::json_text::on_one_line();
    json.begin_object();
    json.member("record", "summary").member("candidates", candidates());
    for (std::size_t v = 0; v < counts_.size(); ++v) json.member(verdict_names[v], counts_[v]);
    json.member("programs_hash", programs_hash).member("sha256", hash_.hex());
    json.end_object();
    return json.take();
  }

 private:
  std::array<std::uint64_t, verdict_names.size()> counts_{};
  example::sha256 hash_;
};

} // namespace arc

#endif
