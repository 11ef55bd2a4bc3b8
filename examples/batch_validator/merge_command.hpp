// SPDX-License-Identifier: MIT
//
// batch_validator merge: the report of a run from those of its shards, the bytes that the undivided run
// writes.
//
//   arc::merge_reports({"b.jsonl", "a.jsonl"}, [&](std::string_view bytes) { out.write(bytes); });
//
// All shards of the run, each once, in any order; or one report of an undivided run, which stays as it
// is. Candidates are put into the order of their numbers; a number that is missing or there twice is a
// mistake, and so is what report_reader does not take. In memory are a line of each report, and what is
// written at once.
#ifndef ORDERLY_EXAMPLES_ARC_MERGE_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_MERGE_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/output_file.hpp"
#include "command_options.hpp"
#include "report.hpp"
#include "report_reader.hpp"
#include "report_record.hpp"

#include <algorithm>   // min
#include <array>       // options
#include <cstddef>     // positions
#include <cstdint>     // numbers of candidates
#include <deque>       // readers, which stay where they are
#include <map>         // shards
#include <optional>    // the output file
#include <string>      // names, lines
#include <string_view> // words, lines
#include <vector>      // lists

namespace arc {

namespace detail {

/// A report of which the next candidate is known.
class shard_report {
 public:
  /// Reads the run record. Exceptions, also of advance: example::usage_error.
  explicit shard_report(const std::string& path) : reader_(path) {
    constexpr std::string_view unfinished = ".partial";
    const std::size_t stem = path.size() - (std::min)(path.size(), unfinished.size());
    if (path.substr(stem) == unfinished) refuse_unfinished();
    const report_part part = reader_.next();
    if (part == report_part::end || part == report_part::torn) refuse_unfinished();
    undivided_ = reader_.run_line();
    const std::string_view shard = reader_.record().at("shard");
    const auto begin = static_cast<std::size_t>(shard.data() - reader_.line().data());
    undivided_.replace(begin, shard.size(), "null");
    run_.read(without_break(undivided_), reader_.path(), 1);
  }

  /// Goes on to the next candidate, or the end.
  void advance() {
    const report_part part = reader_.next();
    if (part == report_part::candidate) return;
    if (part != report_part::summary) refuse_unfinished();
    static_cast<void>(reader_.next()); // refuses what comes behind it
    ended_ = true;
  }

  bool has_ended() const { return ended_; }
  const report_reader& reader() const { return reader_; }
  const std::string& path() const { return reader_.path(); }
  /// The run record as that of the undivided run.
  const std::string& undivided() const { return undivided_; }
  const report_record& run() const { return run_; }

  [[noreturn]] void refuse_run(const std::string& what) const {
    throw example::input_error(path() + ":1: " + what);
  }

 private:
  [[noreturn]] void refuse_unfinished() const {
    throw example::input_error(path() +
                               ": the run has not ended: finish it with validate --resume");
  }

  report_reader reader_;
  std::string undivided_;
  report_record run_;
  bool ended_ = false;
};

/// Puts the reports of one run together. Exceptions: example::usage_error.
class report_merger {
 public:
  explicit report_merger(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) reports_.emplace_back(path);
    for (const shard_report& each : reports_) require_same_run(each);
    require_all_shards();
  }

  /// Of the undivided run.
  const std::string& run_line() const { return reports_[0].undivided(); }

  /// Reads the first candidate of each.
  void begin() {
    for (shard_report& each : reports_) each.advance();
  }

  /// The report that has candidate `number` next; null: all have ended. Call advance of it then.
  shard_report* with(std::uint64_t number) {
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      if (has(reports_[last_], number)) return &reports_[last_];
      last_ = (last_ + 1) % reports_.size(); // a block of candidates comes from one of them
    }
    for (const shard_report& each : reports_) {
      if (each.has_ended() || each.reader().number() > number) continue;
      each.reader().fail("another report has candidate " + std::to_string(each.reader().number()) +
                         " too");
    }
    for (const shard_report& each : reports_) {
      if (each.has_ended()) continue;
      each.reader().fail("no report has candidate " + std::to_string(number) +
                         ", which comes before this line");
    }
    return nullptr;
  }

  /// Of all summaries, once all reports have ended.
  const std::string& programs_hash() const {
    const std::string& hash = reports_[0].reader().programs_hash();
    for (const shard_report& each : reports_) {
      if (each.reader().programs_hash() == hash) continue;
      each.reader().fail("the programs were others than those of " + reports_[0].path());
    }
    return hash;
  }

 private:
  static bool has(const shard_report& report, std::uint64_t number) {
    return !report.has_ended() && report.reader().number() == number;
  }

  void require_same_run(const shard_report& other) const {
    const shard_report& first = reports_[0];
    if (const auto difference = first_difference(other.run(), "there", first.run())) {
      other.refuse_run("not of the same run as " + first.path() + ": " + *difference);
    }
    const std::uint64_t count = other.reader().part().count;
    if (count == 1 && reports_.size() > 1) other.refuse_run("not a shard, but a whole run");
    if (count != first.reader().part().count) {
      other.refuse_run("one of " + std::to_string(count) + " shards, but " + first.path() +
                       " is one of " + std::to_string(first.reader().part().count));
    }
  }

  void require_all_shards() const {
    std::map<std::uint64_t, const shard_report*> by_index;
    for (const shard_report& each : reports_) {
      const shard& part = each.reader().part();
      const auto [found, is_new] = by_index.emplace(part.index, &each);
      if (is_new) continue;
      each.refuse_run("shard " + name_of(part) + " again, as in " + found->second->path());
    }
    constexpr std::size_t most_named = 10;
    const std::uint64_t count = reports_[0].reader().part().count;
    std::vector<std::string> missing;
    for (std::uint64_t i = 0; i < count && missing.size() < most_named; ++i) {
      if (by_index.count(i) == 0) missing.push_back(name_of(shard{i, count}));
    }
    if (missing.empty()) return;
    std::string names;
    for (const std::string& name : missing) names += (names.empty() ? "" : ", ") + name;
    const bool more = missing.size() < count - by_index.size();
    throw example::usage_error("shards are missing: " + names + (more ? ", ..." : ""));
  }

  std::deque<shard_report> reports_;
  std::size_t last_ = 0; // the one that had the last candidate
};

} // namespace detail

/// Calls write(bytes) for the merged report, piece by piece; it is complete and right if this returns.
/// Precondition: a path at least. Exceptions: example::usage_error, write's.
template <class Write>
void merge_reports(const std::vector<std::string>& paths, Write&& write) {
  constexpr std::size_t piece = std::size_t{1} << 16U;
  detail::report_merger merger(paths);
  report_summary summary;
  std::string waiting;
  const auto put = [&](std::string_view line) {
    summary.add(line);
    waiting += line;
    if (waiting.size() < piece) return;
    write(std::string_view(waiting));
    waiting.clear();
  };
  put(merger.run_line());
  merger.begin();
  std::uint64_t number = 0;
  while (detail::shard_report* const next = merger.with(number)) {
    put(next->reader().line());
    summary.count(next->reader().verdict());
    next->advance();
    ++number;
  }
  waiting += summary.line(merger.programs_hash());
  write(std::string_view(waiting));
}

namespace detail {

struct merge_options {
  std::vector<std::string> reports;
  std::optional<std::string> out{};
};

/// Exceptions: example::usage_error.
inline merge_options read_merge_options(example::command_words given) {
  constexpr std::array<example::option_spec, 1> specs{{{"--out"}}};
  std::vector<std::string_view> words;
  merge_options asked;
  for (const std::string_view word : given) {
    const bool is_value = !words.empty() && words.back() == "--out";
    if (is_value || word.substr(0, 2) == "--") {
      words.push_back(word);
    } else {
      asked.reports.emplace_back(word);
    }
  }
  const example::arguments options(words, specs);
  if (asked.reports.empty()) throw example::usage_error("merge: reports are missing");
  if (const auto out = options.text("--out")) {
    asked.out = std::string(*out);
    refuse_input_as_output("--out", *asked.out, asked.reports);
  }
  return asked;
}

} // namespace detail

inline int run_merge(example::command_words given) {
  const detail::merge_options asked = detail::read_merge_options(given);
  std::optional<example::output_file> out;
  if (asked.out) out.emplace(*asked.out);
  merge_reports(asked.reports,
                [&](std::string_view bytes) { out ? out->write(bytes) : example::print(bytes); });
  if (out) out->publish();
  return judged;
}

} // namespace arc

#endif
