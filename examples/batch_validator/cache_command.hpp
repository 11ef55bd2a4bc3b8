// SPDX-License-Identifier: MIT
//
// batch_validator cache: looks after the folder of a verdict cache.
//
//   batch_validator cache status --cache DIR
//   batch_validator cache expire --cache DIR --days 30
//
// Segments that a living process writes are left to it, but for clear. Files that are no segments are
// never touched.
#ifndef ORDERLY_EXAMPLES_ARC_CACHE_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_CACHE_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/checksum128.hpp"
#include "../support/command_table.hpp"
#include "../support/output_file.hpp"
#include "command_options.hpp"
#include "segment_writer.hpp"
#include "verdict_folder.hpp"
#include "verdict_key.hpp"
#include "verdict_record.hpp"
#include "verdict_segment.hpp"
#include "verdict_table.hpp"

#include <algorithm>    // count_if, sort
#include <array>        // options, commands
#include <chrono>       // days
#include <cstddef>      // size_t
#include <cstdint>      // days
#include <filesystem>   // removing
#include <string>       // answers
#include <string_view>  // records
#include <system_error> // error_code
#include <vector>       // segments

namespace arc {

/// The exit code of verify, if there is damage.
inline constexpr int damaged = 1;

/// What a cache command says, and its exit code.
struct cache_answer {
  std::string text;
  int code = judged;
};

namespace detail {

inline std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

inline std::size_t record_count(const std::vector<stored_segment>& segments) {
  std::size_t count = 0;
  for (const stored_segment& each : segments) count += each.content().size();
  return count;
}

/// A line for everything that is wrong with what was stored.
inline std::vector<std::string> damages_of(const std::vector<stored_segment>& segments,
                                           verdict_table& table) {
  std::vector<std::string> damages;
  for (const stored_segment& each : segments) {
    const segment_content& content = each.content();
    for (std::size_t i = 0; i < content.size(); ++i) {
      const std::string_view record(content.record(i), verdict_record_size);
      const char* const earlier = table.insert(record.data());
      if (earlier == nullptr || record == std::string_view(earlier, record.size())) continue;
      damages.push_back(each.path() + ": record " + std::to_string(i) + ": key " +
                        example::to_hex(key_of(earlier)) + " has another verdict elsewhere");
    }
    if (!content.damage.empty()) damages.push_back(each.path() + ": " + content.damage);
  }
  return damages;
}

inline cache_answer cache_status(const std::string& folder) {
  const auto segments = read_segments(folder);
  const std::size_t records = record_count(segments);
  verdict_table table(records);
  const std::size_t damages = damages_of(segments, table).size();
  std::size_t bytes = 0;
  for (const stored_segment& each : segments) bytes += each.bytes();
  const auto count = [&](auto&& of) {
    return std::to_string(std::count_if(segments.begin(), segments.end(), of));
  };
  const auto is_other = [](const stored_segment& each) {
    return each.content().state == segment_state::other_format;
  };
  return {"segments       " + std::to_string(segments.size()) + //
          "\n  written now  " + count([](const auto& s) { return s.is_written(); }) +
          "\n  not read     " + count(is_other) + " of another format" + "\nrecords        " +
          std::to_string(records) + "\ndistinct keys  " + std::to_string(table.size()) +
          "\nbytes          " + std::to_string(bytes) + "\nformat         " +
          std::to_string(verdict_cache_format) + "\ndamages        " + std::to_string(damages) +
          "\n"};
}

inline cache_answer cache_verify(const std::string& folder) {
  const auto segments = read_segments(folder);
  const std::size_t records = record_count(segments);
  verdict_table table(records);
  const auto damages = damages_of(segments, table);
  cache_answer answer;
  for (const std::string& damage : damages) answer.text += damage + "\n";
  answer.text += counted(segments.size(), "segment") + ", " + counted(records, "record") + ": " +
                 (damages.empty() ? "undamaged" : counted(damages.size(), "damage")) + "\n";
  if (!damages.empty()) answer.code = damaged;
  return answer;
}

/// Exceptions: example::write_error.
inline void remove_segment(const std::string& path) {
  std::error_code error; // none if the file is gone already
  std::filesystem::remove(path, error);
  if (error) throw example::write_error(path + ": cannot be removed: " + error.message());
}

/// Each key once, in the order of the keys.
inline void write_sorted(const std::string& folder, const verdict_table& table) {
  std::vector<const char*> records = table.records();
  std::sort(records.begin(), records.end(),
            [](const char* a, const char* b) { return key_of(a) < key_of(b); });
  segment_writer out(folder);
  for (const char* const record : records) out.add({record, verdict_record_size});
  out.publish();
}

/// One segment of many: it is there before an old one goes, so at no time is a verdict missing.
inline std::string write_one(const std::string& folder,
                             const std::vector<stored_segment>& replaced) {
  const std::size_t records = record_count(replaced);
  verdict_table table(records);
  damages_of(replaced, table); // fills the table
  write_sorted(folder, table);
  for (const stored_segment& each : replaced) remove_segment(each.path());
  return counted(replaced.size(), "segment") + " with " + counted(records, "record") +
         " made one with " + std::to_string(table.size());
}

/// What cannot be read at all stays: perhaps somebody else can.
inline cache_answer cache_compact(const std::string& folder) {
  std::vector<stored_segment> replaced;
  std::string text;
  std::size_t left = 0;
  for (stored_segment& each : read_segments(folder)) {
    if (!each.content().damage.empty()) text += each.path() + ": " + each.content().damage + "\n";
    if (each.is_written() || each.content().state != segment_state::good) {
      ++left;
    } else {
      replaced.push_back(std::move(each));
    }
  }
  if (replaced.empty()) {
    text += "nothing to compact";
  } else {
    text += write_one(folder, replaced);
  }
  if (left != 0) text += "; " + counted(left, "segment") + (left == 1 ? " stays" : " stay");
  return {text + "\n"};
}

inline cache_answer cache_expire(const std::string& folder, std::uint64_t days) {
  const auto oldest = std::filesystem::file_time_type::clock::now() -
                      std::chrono::hours(24 * static_cast<std::int64_t>(days));
  std::size_t removed = 0;
  const auto segments = read_segments(folder);
  for (const stored_segment& each : segments) {
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(each.path(), error);
    if (error || changed >= oldest || each.is_written()) continue;
    remove_segment(each.path());
    ++removed;
  }
  return {counted(removed, "segment") + " removed, " + std::to_string(segments.size() - removed) +
          " left\n"};
}

inline cache_answer cache_clear(const std::string& folder) {
  const std::vector<std::string> paths = segment_paths(folder);
  for (const std::string& path : paths) remove_segment(path);
  return {counted(paths.size(), "segment") + " removed\n"};
}

} // namespace detail

/// Exceptions: example::usage_error; example::open_error for a folder that is no cache;
/// example::write_error.
inline cache_answer answer_cache(example::command_words given) {
  constexpr std::array<std::string_view, 5> names{"status", "verify", "compact", "expire", "clear"};
  if (given.empty()) {
    throw example::usage_error("cache: one of status, verify, compact, expire, clear is missing");
  }
  const std::string_view what = given[0];
  if (std::find(names.begin(), names.end(), what) == names.end()) {
    throw example::usage_error("cache: unknown command '" + std::string(what) + "'" +
                               example::suggestion(what, names));
  }
  std::vector<example::option_spec> known{{"--cache"}};
  if (what == "expire") known.push_back({"--days"});
  const example::arguments options(given.subspan(1), known);
  const auto folder = example::optional_string(options, "--cache");
  if (!folder) options.fail("--cache", "this option is required");
  if (what == "status") return detail::cache_status(*folder);
  if (what == "verify") return detail::cache_verify(*folder);
  if (what == "compact") return detail::cache_compact(*folder);
  if (what == "clear") return detail::cache_clear(*folder);
  return detail::cache_expire(*folder, options.whole("--days", 1, 36500));
}

inline int run_cache(example::command_words given) {
  const cache_answer answer = answer_cache(given);
  example::print(answer.text);
  return answer.code;
}

} // namespace arc

#endif
