// SPDX-License-Identifier: MIT
//
// Fuzz target: reading back the reports of batch_validator.
//
// The input is a report. Merged alone, it is accepted only if it comes out as it went in. Resumed with
// its own first line, what is kept is a prefix of whole lines, each of them JSON, and what is dropped is
// half a line or a summary; ended by the summary of what was kept, it is a report that merges to itself
// and resumes with the same lines. A refusal begins with the file, or names the shards that are missing.
#ifndef ORDERLY_TESTS_FUZZ_VALIDATOR_REPORT_HPP
#define ORDERLY_TESTS_FUZZ_VALIDATOR_REPORT_HPP

#include "fuzz/require.hpp"

#include "batch_validator/merge_command.hpp"
#include "batch_validator/report_resume.hpp"
#include "examples/temporary_folder.hpp"
#include "support/arguments.hpp"
#include "support/json_reader.hpp"
#include "support/output_file.hpp"
#include "support/sha256.hpp"

#include <algorithm>   // count, all_of
#include <cstddef>     // sizes
#include <cstdint>     // numbers of candidates
#include <filesystem>  // removing files
#include <optional>    // refusals
#include <string>      // texts
#include <string_view> // inputs

namespace fuzz {
namespace detail {

inline const std::string& report_name() {
  static const temporary_folder folder;
  static const std::string name = folder.file("r");
  return name;
}

inline void check_report_refusal(const std::string& message) {
  require(message.rfind(report_name(), 0) == 0 || message.rfind("shards are missing: ", 0) == 0,
          "a refusal begins with the file: " + message);
}

/// The report that this one alone is merged to, if it is accepted.
inline std::optional<std::string> merged_alone(std::string_view text) {
  std::filesystem::remove(report_name()); // quicker than to empty it
  write_file(report_name(), std::string(text));
  std::string all;
  const auto message = error_of<example::usage_error>(
      [&] { arc::merge_reports({report_name()}, [&](std::string_view bytes) { all += bytes; }); });
  std::filesystem::remove(report_name());
  if (!message) return all;
  check_report_refusal(*message);
  return std::nullopt;
}

inline std::optional<arc::kept_report> resumed_by(std::string_view text, std::string_view first) {
  const std::string partial = report_name() + ".partial";
  std::filesystem::remove(partial);
  write_file(partial, std::string(text));
  std::optional<arc::kept_report> kept;
  const auto message = error_of<example::usage_error>([&] {
    const example::output_file out(report_name(), example::earlier_bytes::kept);
    kept = arc::resume_report(out, first);
  });
  require(read_file(partial) == text || text.empty(), "nothing is changed");
  if (message) check_report_refusal(*message);
  return kept;
}

inline std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n') + 1); // npos + 1 is 0
}

/// The number of a candidate, by another reader; absent if the line has bytes beyond ASCII, which need
/// not be UTF-8.
inline std::optional<std::uint64_t> number_in(std::string_view line) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 128; };
  if (!std::all_of(line.begin(), line.end(), is_ascii)) return std::nullopt;
  std::uint64_t number = 0;
  const auto error = error_of<example::json_error>([&] {
    const example::json_value json = example::read_json(line);
    require(json.at("record").string() == "candidate", "a line that is kept is a candidate's");
    number = json.at("number").uint64();
  });
  require(!error, "a line that is kept is JSON, and has a number");
  return number;
}

inline void check_kept_lines(std::string_view lines, bool all, const arc::kept_report& kept) {
  std::uint64_t count = 0;
  std::optional<std::uint64_t> last;
  while (!lines.empty()) {
    const std::string_view line = first_line(lines);
    lines.remove_prefix(line.size());
    if (lines.empty()) require(kept.last_line == line, "the last line is known");
    if (const auto number = number_in(line)) {
      require(!all || *number == count, "an undivided report has all numbers");
      require(!last || *last < *number, "numbers ascend");
      last = number;
    }
    ++count;
  }
  require(count == kept.candidates(), "every line is counted");
}

/// The hash that the run record has, if any; absent where it is written with escapes.
inline std::optional<std::string> programs_hash_of(std::string_view run_line) {
  arc::report_record run;
  run.read(arc::without_break(run_line), "run", 1);
  if (run.at("programs_hash") == "null") return "0f";
  if (run.at("programs_hash")[0] != '"') return std::nullopt;
  const std::string_view hash = run.text("programs_hash");
  if (hash.find('\\') != hash.npos) return std::nullopt;
  return std::string(hash);
}

inline void check_finished(std::string_view prefix, const arc::kept_report& kept) {
  const auto hash = programs_hash_of(first_line(prefix));
  if (!hash) return;
  const std::string whole = std::string(prefix) + kept.summary.line(*hash);
  require(whole.find("\"sha256\": \"" + example::sha256().add(prefix).hex() + "\"}\n") !=
              whole.npos,
          "the summary has the SHA-256 of what was kept");
  if (const auto again = merged_alone(whole)) {
    require(*again == whole, "a finished report merges to itself");
  } else {
    require(first_line(prefix).find("\"shard\": \"") != prefix.npos, "only a shard does not merge");
  }
  for (const std::size_t less : {std::size_t{0}, std::size_t{1}, whole.size() - prefix.size()}) {
    const auto cut =
        resumed_by(std::string_view(whole).substr(0, whole.size() - less), first_line(prefix));
    require(cut && cut->bytes == prefix.size(), "cut in its summary, it keeps the same lines");
    require(cut->summary.line(*hash) == kept.summary.line(*hash), "with the same counts");
  }
}

inline bool check_resume(std::string_view text) {
  const std::string_view first = first_line(text);
  const auto other = resumed_by(text, "{\"record\": \"run\"}\n");
  require(!other || other->bytes == 0, "a report of other settings is not continued");
  const auto kept = resumed_by(text, first.empty() ? "{\"record\": \"run\"}\n" : first);
  if (!kept || kept->bytes == 0) return false;
  require(!kept->finished && kept->bytes <= text.size(), "the bytes are those of the file");
  const std::string_view prefix = text.substr(0, static_cast<std::size_t>(kept->bytes));
  require(prefix.back() == '\n', "whole lines are kept");
  arc::report_record run;
  run.read(arc::without_break(first), "run", 1);
  check_kept_lines(prefix.substr(first.size()), run.at("shard") == "null", *kept);
  const std::string_view rest = text.substr(prefix.size());
  const auto breaks = std::count(rest.begin(), rest.end(), '\n');
  require(breaks == 0 || (breaks == 1 && rest.back() == '\n' &&
                          rest.rfind("{\"record\": \"summary\"", 0) == 0),
          "half a line or a summary is dropped");
  check_finished(prefix, *kept);
  return true;
}

} // namespace detail

/// Whether the input was accepted, as a finished report or as one to go on with.
inline bool check_validator_report(std::string_view text) {
  const auto merged = detail::merged_alone(text);
  require(!merged || *merged == text, "an accepted report merges to itself");
  const bool resumes = detail::check_resume(text);
  require(resumes || !merged, "a report that is accepted could also be continued");
  return resumes;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_VALIDATOR_REPORT_HPP
