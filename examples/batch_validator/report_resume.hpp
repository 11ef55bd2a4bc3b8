// SPDX-License-Identifier: MIT
//
// Going on with a report that a run left unfinished when it was stopped or killed, as if it had never
// stopped: what FILE.partial has of whole lines stays, the rest is judged and written behind it.
//
//   example::output_file out(file, example::earlier_bytes::kept);
//   const std::string first = arc::run_line(...);                  // of the run that is to go on
//   const arc::kept_report kept = arc::resume_report(out, first);
//   if (kept.finished) ...                        // FILE is there and complete: nothing to do
//   ...                                           // take kept.candidates() from the input, then
//   arc::require_same_input(kept, out.partial_path(), the_last_of_them);
//   out.cut(kept.bytes);                          // only now anything is changed
//   if (kept.bytes == 0) ...                      // begin with the run record
//   ...                                           // go on with kept.summary
//
// | FILE.partial                        | what comes of it                                   |
// |-------------------------------------|----------------------------------------------------|
// | absent, empty, half of a run record | the run begins anew                                |
// | whole lines                         | are kept                                           |
// | a summary at its end                | is checked and dropped: it will be written again   |
// | half a line at its end              | is dropped                                         |
// | another run record                  | an error that names what differs                   |
// | anything else                       | an error that names the line; nothing is dropped   |
#ifndef ORDERLY_EXAMPLES_ARC_REPORT_RESUME_HPP
#define ORDERLY_EXAMPLES_ARC_REPORT_RESUME_HPP

#include "../support/arguments.hpp"
#include "../support/output_file.hpp"
#include "judging.hpp"
#include "report.hpp"
#include "report_reader.hpp"
#include "report_record.hpp"

#include <array>        // members that the input decides
#include <cstdint>      // sizes, counts
#include <filesystem>   // whether there is a file
#include <optional>     // a finished report
#include <string>       // lines
#include <string_view>  // lines
#include <system_error> // error_code

namespace arc {

/// What need not be judged again.
struct kept_report {
  std::uint64_t bytes = 0;  ///< of FILE.partial, from its beginning; 0: the run begins anew
  report_summary summary{}; ///< has taken these lines: the run record, if any, and the candidates
  std::string last_line{};  ///< the last candidate's, if any
  /// FILE itself is a complete report of this run; its programs_hash. `summary` has taken its lines,
  /// last_line is of them, and bytes is 0.
  std::optional<std::string> finished{};

  std::uint64_t candidates() const { return summary.candidates(); }
};

namespace detail {

/// The run record has been read, and must be this one. Exceptions: example::usage_error.
inline void require_same_run(const report_reader& reader, std::string_view run_line) {
  if (reader.run_line() == run_line) return;
  report_record now;
  now.read(without_break(run_line), "the run record", 1);
  throw example::input_error(reader.path() + ": made with other settings: " +
                             first_difference(reader.record(), "now", now).value_or("its form"));
}

/// FILE, where there is no beginning of a new one. Exceptions: example::usage_error.
inline void read_finished(const std::string& path, std::string_view run_line, kept_report& kept) {
  report_reader reader(path);
  report_part part = reader.next();
  if (part != report_part::run) reader.fail("expected the record of a run");
  require_same_run(reader, run_line);
  while ((part = reader.next()) == report_part::candidate) kept.last_line = reader.line();
  if (part != report_part::summary) reader.fail("expected a summary");
  if (reader.next() != report_part::end) reader.fail("expected nothing after the summary");
  kept.summary = reader.summary();
  kept.finished = reader.programs_hash();
}

/// FILE.partial. Exceptions: example::usage_error.
inline void read_unfinished(report_reader& reader, std::string_view run_line, kept_report& kept) {
  for (;;) {
    const report_part part = reader.next();
    if (part == report_part::run) require_same_run(reader, run_line);
    if (part == report_part::candidate) kept.last_line = reader.line();
    const bool first = reader.bytes() == 0;
    if (part == report_part::torn && first && run_line.rfind(reader.line(), 0) != 0) {
      reader.fail("not the beginning of this run's report");
    }
    if (part == report_part::torn || part == report_part::end) break;
  }
  kept.bytes = reader.bytes();
  kept.summary = reader.summary();
}

} // namespace detail

/// What there is of a report that begins with this line. Changes no file. Precondition: `out` was
/// opened to keep what there is. Exceptions: example::usage_error.
inline kept_report resume_report(const example::output_file& out, std::string_view run_line) {
  kept_report kept;
  std::error_code ignored;
  const bool begun = std::filesystem::file_size(out.partial_path(), ignored) > 0;
  if (begun) {
    report_reader reader(out.partial_path());
    detail::read_unfinished(reader, run_line, kept);
  } else if (std::filesystem::exists(out.path(), ignored)) {
    detail::read_finished(out.path(), run_line, kept);
  }
  return kept;
}

/// Asks whether the last candidate kept is what the input has in its place; null: the input ended
/// before it. Not to be called if none was kept. Exceptions: example::usage_error that names the
/// member that differs.
inline void require_same_input(const kept_report& kept, const std::string& path,
                               const candidate* same_place) {
  const std::string begin = path + ": made of another input: ";
  if (same_place == nullptr) {
    throw example::input_error(begin + "it has " + std::to_string(kept.candidates()) +
                               " candidates, now there are fewer");
  }
  const std::string line = candidate_line(*same_place, judgement{});
  report_record was;
  report_record is;
  was.read(without_break(kept.last_line), path, 1);
  is.read(without_break(line), path, 1);
  for (const char* const name : {"number", "id", "program", "file", "task"}) {
    if (was.at(name) == is.at(name)) continue;
    throw example::input_error(begin + "in candidate " + std::string(was.at("number")) + " " +
                               name + " is " + std::string(was.at(name)) + ", now " +
                               std::string(is.at(name)));
  }
}

} // namespace arc

#endif
