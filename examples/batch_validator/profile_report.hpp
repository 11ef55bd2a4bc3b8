// SPDX-License-Identifier: MIT
//
// A profile as a table for people, and as JSON.
#ifndef ORDERLY_EXAMPLES_ARC_PROFILE_REPORT_HPP
#define ORDERLY_EXAMPLES_ARC_PROFILE_REPORT_HPP

#include "../support/json_text.hpp"
#include "../support/phase_timer.hpp"
#include "validation_profile.hpp"

#include <array>       // phases
#include <chrono>      // times
#include <cstdint>     // counts
#include <cstdio>      // snprintf
#include <string>      // texts
#include <string_view> // names

namespace arc {

namespace detail {

constexpr double milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

struct named_phase {
  std::string_view name;
  std::string_view threads; ///< that the times are added up over
  unsigned depth;           ///< a part of the last phase above it that is one less deep
  example::phase_time time;
};

/// Phases of depth 0 follow each other: with what is unattributed they add up to all. The deeper ones
/// overlap, so only their processor times can be added up.
inline std::array<named_phase, 11> phases_of(const validation_profile& p) {
  const worker_profile& w = p.all_workers;
  return {{{"loading tasks", "main", 0, p.loading},
           {"opening programs and cache", "main", 0, p.opening},
           {"judging candidates", "all", 0, {p.run.wall, p.candidates_cpu()}},
           {"reading programs", "reader", 1, p.reading},
           {"equal lines, hashes", "reader", 2, p.numbering},
           {"looking up verdicts", "workers", 1, w.looking_up},
           {"running programs", "workers", 1, w.judging},
           {"lines of the report", "workers", 1, w.reporting},
           {"writing", "main", 1, p.writing},
           {"closing report and cache", "main", 0, p.closing},
           {"unattributed", "all", 0, p.unattributed()}}};
}

template <class... Values>
std::string printed(const char* format, Values... values) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

inline std::string row_of(const named_phase& phase) {
  const std::string name = std::string(2 * phase.depth, ' ') + std::string(phase.name);
  return printed("%-30s %-8s %12.2f %12.2f\n", name.c_str(), std::string(phase.threads).c_str(),
                 milliseconds(phase.time.wall), milliseconds(phase.time.cpu));
}

inline std::string counts_text(const validation_profile& p) {
  const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
  const worker_profile& w = p.all_workers;
  std::string text =
      printed("workers       %zu, utilisation %.1f %%; jobs %llu, waited %.2f ms in all\n",
              p.workers, 100 * p.utilisation(), number(w.jobs), milliseconds(w.queue_wait));
  text += printed("dispatches    %llu, %.1f million per cpu second of running programs\n",
                  number(w.judge.dispatches), p.dispatches_per_second() * 1e-6);
  text += printed("shared lines  %llu not evaluated again, %llu fuel avoided\n",
                  number(w.judge.lines_saved), number(w.judge.fuel_saved));
  text += printed("cache         %llu verdicts found, %llu fuel avoided\n", number(w.found),
                  number(w.fuel_found));
  return text;
}

inline std::string slowest_text(const slowest_candidates& slowest) {
  std::string text;
  for (const slow_candidate& each : slowest.all()) {
    if (text.empty()) text = "slowest candidates       ms             fuel\n";
    text += printed("  %-7s %17.3f %16llu  ", each.verdict.c_str(), milliseconds(each.time),
                    static_cast<unsigned long long>(each.fuel));
    text += each.id + (each.id.ends_with(each.task) ? "" : " on " + each.task) + "\n";
  }
  return text;
}

} // namespace detail

/// For a terminal.
inline std::string profile_text(const validation_profile& p) {
  std::string text =
      detail::printed("%-30s %-8s %12s %12s\n", "phase", "threads", "wall ms", "cpu ms");
  for (const detail::named_phase& phase : detail::phases_of(p)) text += detail::row_of(phase);
  text += detail::row_of({"all", "all", 0, p.all});
  return text + detail::counts_text(p) + detail::slowest_text(p.all_workers.slowest);
}

inline std::string profile_json(const validation_profile& p) {
  using detail::milliseconds;
  const worker_profile& w = p.all_workers;
  example::json_text json;
  json.begin_object();
  json.member("workers", p.workers).member("wall_ms", milliseconds(p.all.wall));
  json.member("cpu_ms", milliseconds(p.all.cpu)).member("run_wall_ms", milliseconds(p.run.wall));
  json.member("utilisation", p.utilisation());
  json.member("jobs", w.jobs).member("queue_wait_ms", milliseconds(w.queue_wait));
  json.key("phases").begin_array();
  for (const detail::named_phase& phase : detail::phases_of(p)) {
    json.begin_object();
    json.member("phase", phase.name).member("depth", phase.depth);
    json.member("threads", phase.threads).member("wall_ms", milliseconds(phase.time.wall));
    json.member("cpu_ms", milliseconds(phase.time.cpu));
    json.end_object();
  }
  json.end_array();
  json.member("dispatches", w.judge.dispatches);
  json.member("dispatches_per_second", p.dispatches_per_second());
  json.member("shared_lines", w.judge.lines_saved).member("shared_fuel", w.judge.fuel_saved);
  json.member("judged_alone", w.judge.judged_alone);
  json.member("cached_verdicts", w.found).member("cached_fuel", w.fuel_found);
  json.key("slowest").begin_array();
  for (const slow_candidate& each : w.slowest.all()) {
    json.begin_object();
    json.member("number", each.number).member("id", each.id).member("task", each.task);
    json.member("verdict", each.verdict).member("fuel", each.fuel);
    json.member("ms", milliseconds(each.time));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

} // namespace arc

#endif
