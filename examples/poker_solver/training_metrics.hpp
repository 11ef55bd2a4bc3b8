// SPDX-License-Identifier: MIT
//
// How a training goes, as one JSON object a line: what was done since the line before, and how fast.
//
//   poker::training_metrics metrics(path, append, start);
//   metrics.write(now, exploitability, table_bytes);  // after some batches
//
// Times and rates are of this machine and this minute; iterations, batches and exploitability depend
// on the settings alone.
#ifndef ORDERLY_EXAMPLES_POKER_TRAINING_METRICS_HPP
#define ORDERLY_EXAMPLES_POKER_TRAINING_METRICS_HPP

#include "../support/json_reader.hpp"
#include "../support/json_text.hpp"
#include "../support/output_file.hpp"
#include "../support/process_usage.hpp"

#include <cerrno>       // why a write failed
#include <cstddef>      // size_t
#include <cstdint>      // counts
#include <cstdio>       // appending
#include <filesystem>   // shortening
#include <fstream>      // lines there are
#include <memory>       // unique_ptr: closing
#include <optional>     // what is not known
#include <string>       // lines
#include <system_error> // error_code
#include <utility>      // move

namespace poker {

/// Where a training stands. All counts since it began in this process, but for the first two.
struct training_progress {
  std::uint64_t iterations = 0;
  std::uint64_t batches = 0;
  std::uint64_t nodes = 0;   ///< visited, ends included; 0 if all of them are, always
  double seconds = 0;        ///< wall time
  double merge_seconds = 0;  ///< of them, in which updates were added to the table
  double worker_seconds = 0; ///< wall time of all workers together
  double idle_seconds = 0;   ///< of them, waiting; a single worker's are not told
  std::optional<example::process_usage> usage;
};

namespace detail {

/// How many iterations a line is about; absent if it is not whole.
inline std::optional<std::uint64_t> iterations_of(const std::string& line) {
  try {
    return example::read_json(line).at("iterations").uint64();
  } catch (const example::json_error&) {
    return std::nullopt;
  }
}

/// Removes what a killed training wrote after its last checkpoint: lines about more iterations than
/// that, and half a line.
inline void keep_lines_until(const std::string& path, std::uint64_t iterations) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return;
  std::uintmax_t bytes = 0;
  for (std::string line; std::getline(in, line) && !in.eof(); bytes += line.size() + 1) {
    const auto found = iterations_of(line);
    if (!found || *found > iterations) break;
  }
  in.close();
  std::error_code error;
  if (bytes == std::filesystem::file_size(path, error) || error) return;
  std::filesystem::resize_file(path, bytes, error);
  if (error) throw example::open_error(path + ": " + error.message());
}

} // namespace detail

/// A file that grows by a line now and then, and can be read meanwhile.
class training_metrics {
 public:
  /// Exceptions: example::open_error.
  /// `append`: to the lines there are about `start`, or less. `start`: where the training stands
  /// before its first batch here.
  training_metrics(std::string path, bool append, const training_progress& start)
      : path_(std::move(path)), last_(start) {
    if (append) detail::keep_lines_until(path_, start.iterations);
    file_.reset(std::fopen(path_.c_str(), append ? "ab" : "wb"));
    if (!file_) throw example::open_error(path_ + ": " + example::detail::reason(errno));
  }

  /// Exceptions: example::write_error.
  void write(const training_progress& now, std::optional<double> exploitability,
             std::uint64_t table_bytes) {
    const std::string line = text(now, exploitability, table_bytes);
    if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size() ||
        std::fflush(file_.get()) != 0) {
      throw example::write_error(path_ + ": a write failed: " + example::detail::reason(errno));
    }
    last_ = now;
  }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string text(const training_progress& now, std::optional<double> exploitability,
                   std::uint64_t table_bytes) const;

  std::string path_;
  training_progress last_; // as written, or at the start
  std::unique_ptr<std::FILE, closer> file_;
};

inline std::string training_metrics::text(const training_progress& now,
                                          std::optional<double> exploitability,
                                          std::uint64_t table_bytes) const {
  auto json = example::json_text::on_one_line();
  const double seconds = now.seconds - last_.seconds;
  const auto optional = [&json](const char* name, std::optional<double> value) {
    value ? json.member(name, *value) : json.member(name, nullptr);
  };
  const auto rate = [](double amount, double time) {
    return time > 0 ? std::optional(amount / time) : std::nullopt;
  };
  const auto since = [](std::uint64_t later, std::uint64_t earlier) {
    return static_cast<double>(later - earlier);
  };
  json.begin_object();
  json.member("iterations", now.iterations).member("batches", now.batches);
  json.member("seconds", now.seconds);
  optional("iterations_per_second", rate(since(now.iterations, last_.iterations), seconds));
  const double nodes = since(now.nodes, last_.nodes);
  optional("nodes_per_second", now.nodes != 0 ? rate(nodes, seconds) : std::nullopt);
  std::optional<double> cpu;
  if (now.usage && last_.usage) cpu = now.usage->cpu_seconds - last_.usage->cpu_seconds;
  optional("nodes_per_cpu_second", cpu && now.nodes != 0 ? rate(nodes, *cpu) : std::nullopt);
  optional("exploitability", exploitability);
  optional("idle_percent", rate(100 * (now.idle_seconds - last_.idle_seconds),
                                now.worker_seconds - last_.worker_seconds));
  optional("merge_percent", rate(100 * (now.merge_seconds - last_.merge_seconds), seconds));
  json.member("table_bytes", table_bytes);
  if (now.usage) {
    json.member("resident_bytes", now.usage->resident_bytes);
    json.member("voluntary_switches", now.usage->voluntary_switches);
    json.member("involuntary_switches", now.usage->involuntary_switches);
  }
  json.end_object();
  return json.take();
}

} // namespace poker

#endif
