// SPDX-License-Identifier: MIT
//
// Reads a report (report.hpp), line by line, and checks it as it goes.
//
//   arc::report_reader reader("report.jsonl");
//   while (reader.next() != arc::report_part::end) ...
//
// | next() gives | what was read                                                                  |
// |--------------|--------------------------------------------------------------------------------|
// | run          | the first line: of this format, and of what the primitives do in this program  |
// | candidate    | the next in order: without a gap, unless the report is a shard's               |
// | summary      | the last line: counts and SHA-256 are those of the lines before it             |
// | torn         | the file ends inside a line                                                    |
// | end          | nothing, the file has ended; the report is finished if summary came before     |
//
// Anything else is a mistake and told with its place. A file without a summary is no mistake here:
// it is what a run leaves that was stopped or killed.
#ifndef ORDERLY_EXAMPLES_ARC_REPORT_READER_HPP
#define ORDERLY_EXAMPLES_ARC_REPORT_READER_HPP

#include "../support/line_reader.hpp"
#include "judging.hpp"
#include "report.hpp"
#include "report_record.hpp"

#include <algorithm>   // find, equal
#include <array>       // names of members
#include <charconv>    // from_chars: shards
#include <cstddef>     // size_t
#include <cstdint>     // numbers of candidates
#include <string>      // lines that are kept
#include <string_view> // lines
#include <utility>     // move

namespace arc {

enum class report_part : std::uint8_t { run, candidate, summary, torn, end };

/// What candidate_line writes.
inline constexpr std::array<std::string_view, 18> candidate_members{
    "record",  "number",          "id",    "program", "file",      "task",
    "verdict", "sample",          "line",  "column",  "primitive", "error",
    "message", "differing_cells", "shape", "fuel",    "train_ok",  "test_ok"};

class report_reader {
 public:
  /// Exceptions, also of next: example::usage_error.
  explicit report_reader(std::string path) : lines_(std::move(path), most_line) {}

  report_part next();

  const std::string& path() const { return lines_.path(); }
  /// The last line with its break, and taken apart if it is whole.
  std::string_view line() const { return line_; }
  const report_record& record() const { return record_; }

  /// From the run record.
  const std::string& run_line() const { return run_line_; }
  const shard& part() const { return part_; }
  /// Of the last candidate.
  std::uint64_t number() const { return number_; }
  arc::verdict verdict() const { return verdict_; }
  /// It has taken run record and candidates so far; and how many bytes they are.
  const report_summary& summary() const { return summary_; }
  std::uint64_t bytes() const { return bytes_; }
  /// From the summary.
  const std::string& programs_hash() const { return programs_hash_; }

  /// Refuses the last line.
  [[noreturn]] void fail(const std::string& what) const {
    throw example::input_error(path() + ":" + std::to_string(lines_.number()) + ": " + what);
  }

 private:
  static constexpr std::size_t most_line = std::size_t{1} << 20U;

  void read_run();
  void read_shard();
  void read_candidate();
  void read_summary();
  void require_version(std::string_view name, unsigned version) const;
  void keep_line() {
    summary_.add(line_);
    bytes_ += line_.size();
  }

  example::line_reader lines_;
  std::string_view line_;
  report_record record_;
  std::string run_line_;
  std::string asked_hash_; // the programs' in the run record, as it is written there
  shard part_;
  std::uint64_t number_ = 0;
  arc::verdict verdict_ = arc::verdict::accepted;
  report_summary summary_;
  std::uint64_t bytes_ = 0;
  std::string programs_hash_;
  bool finished_ = false; // the summary has been read
};

inline report_part report_reader::next() {
  line_ = lines_.next();
  if (line_.empty()) return report_part::end;
  if (finished_) fail("expected nothing after the summary");
  if (line_.back() != '\n') return report_part::torn;
  record_.read(without_break(line_), path(), lines_.number());
  if (run_line_.empty()) {
    read_run();
    return report_part::run;
  }
  const std::string_view kind = record_.at("record");
  if (kind == "\"candidate\"") {
    read_candidate();
    return report_part::candidate;
  }
  if (kind != "\"summary\"") record_.fail(kind, "expected \"candidate\" or \"summary\"");
  read_summary();
  return report_part::summary;
}

inline void report_reader::read_run() {
  const std::string_view kind = record_.at("record");
  if (kind != "\"run\"") record_.fail(kind, "expected \"run\"");
  require_version("format", report_format);
  require_version("semantics", semantics_version);
  read_shard();
  asked_hash_ = record_.at("programs_hash");
  run_line_ = line_;
  keep_line();
}

inline void report_reader::require_version(std::string_view name, unsigned version) const {
  const std::string_view content = record_.at(name);
  if (content == std::to_string(version)) return;
  record_.fail(content, std::string(name) + " " + std::string(content) + ", and not " +
                            std::to_string(version) + ", which this program reads");
}

inline void report_reader::read_shard() {
  const std::string_view content = record_.at("shard");
  if (content == "null") return;
  const std::string_view name = record_.text("shard");
  const char* const end = name.data() + name.size();
  const auto slash = std::from_chars(name.data(), end, part_.index).ptr;
  if (slash != end) std::from_chars(slash + 1, end, part_.count);
  const bool is_shard = part_.count > 1 && part_.index < part_.count;
  if (!is_shard || name != name_of(part_)) {
    record_.fail(content, "expected a shard such as \"0/3\", or null");
  }
}

inline void report_reader::read_candidate() {
  const auto& members = record_.members();
  const bool right =
      std::equal(members.begin(), members.end(), candidate_members.begin(), candidate_members.end(),
                 [](const auto& member, auto name) { return member.name == name; });
  if (!right) fail("a candidate has other members");
  const std::string_view place = record_.at("number");
  const std::uint64_t number = record_.whole("number");
  const std::uint64_t count = summary_.candidates();
  if (part_.is_all() ? number != count : count > 0 && number <= number_) {
    record_.fail(place, "candidate " + std::string(place) + " out of order");
  }
  const std::string_view name = record_.text("verdict");
  const auto found = std::find(verdict_names.begin(), verdict_names.end(), name);
  if (found == verdict_names.end()) record_.fail(record_.at("verdict"), "an unknown verdict");
  number_ = number;
  verdict_ = static_cast<arc::verdict>(found - verdict_names.begin());
  summary_.count(verdict_);
  keep_line();
}

inline void report_reader::read_summary() {
  programs_hash_ = record_.text("programs_hash");
  const std::string_view hash = record_.at("programs_hash");
  if (asked_hash_ != "null" && asked_hash_ != hash) {
    record_.fail(hash, "not the programs_hash of the run record");
  }
  const std::string right = summary_.line(programs_hash_);
  if (line_ != right) {
    report_record counted;
    counted.read(without_break(right), path(), lines_.number());
    fail(first_difference(record_, "counted", counted).value_or("expected another summary"));
  }
  finished_ = true;
}

} // namespace arc

#endif
