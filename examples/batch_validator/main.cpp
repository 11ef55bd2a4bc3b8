// SPDX-License-Identifier: MIT
//
// batch_validator: judges programs of the ARC language on tasks, any number of them in parallel, with
// a report that depends on programs, tasks and limits alone.
//
//   batch_validator validate --tasks tasks/ --programs solvers.py more.py --out report.jsonl
//   batch_validator primitives
//
// How orderly's parts are put together is in validation.hpp; this file reads the command line and
// opens the files.
#include "../support/arguments.hpp"
#include "../support/interrupt.hpp"
#include "../support/output_file.hpp"
#include "command_line.hpp"
#include "primitive_table.hpp"
#include "program_builder.hpp"
#include "report.hpp"
#include "source_text.hpp"
#include "task_loader.hpp"
#include "validation.hpp"

#include "orderly/orderly.hpp"

#include <array>       // commands
#include <cerrno>      // why standard output failed
#include <cstddef>     // verdicts
#include <cstdint>     // counts
#include <cstdio>      // standard streams
#include <exception>   // failures
#include <optional>    // the output file
#include <span>        // command-line words
#include <string>      // texts
#include <string_view> // command-line words
#include <vector>      // command-line words

namespace {

using words = std::span<const std::string_view>;

enum exit_code : int { judged = 0, not_all_accepted = 1, misused = 2, failed = 3, stopped = 130 };

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) {
    throw example::write_error("standard output: a write failed: " +
                               example::detail::reason(errno));
  }
}

/// Beside the report: what a person who looks at the terminal wants to know.
void print_totals(const arc::report_summary& summary) {
  std::fprintf(stderr, "%llu candidates%s", static_cast<unsigned long long>(summary.candidates()),
               summary.candidates() == 0 ? "" : ":");
  for (std::size_t v = 0; v < arc::verdict_names.size(); ++v) {
    const auto count = summary.count_of(static_cast<arc::verdict>(v));
    if (count == 0) continue;
    std::fprintf(stderr, " %s %llu", arc::verdict_names[v].data(),
                 static_cast<unsigned long long>(count));
  }
  std::fputc('\n', stderr);
}

/// Every mistake of a program, with its source line: the report has the first alone.
void print_mistakes(const std::vector<arc::program_file>& files) {
  for (const arc::program_file& file : files) {
    for (const auto& program : arc::parse_programs(file.text, file.name, arc::primitives)) {
      for (const arc::diagnostic& mistake : program.mistakes) {
        std::fprintf(stderr, "%s\n", arc::text_of(mistake).c_str());
      }
    }
  }
}

int validate(words given) {
  const arc::validate_options asked = arc::read_validate_options(given);
  const arc::loaded_tasks loaded = arc::load_tasks(asked.tasks);
  for (const std::string& warning : loaded.warnings) {
    std::fprintf(stderr, "batch_validator: warning: %s\n", warning.c_str());
  }
  const std::vector<arc::program_file> files = arc::read_program_files(asked.programs);
  std::optional<example::output_file> out;
  if (asked.out) out.emplace(*asked.out);
  print_mistakes(files);
  const example::interrupt_guard guard;
  orderly::ordered_options options;
  options.stop = &example::interrupted();
  orderly::worker_pool pool(asked.workers);
  const arc::report_summary summary = arc::validate(
      pool, asked.settings, loaded.tasks, files,
      [&](const std::string& line) { out ? out->write(line) : print(line); }, options);
  print_totals(summary);
  if (example::interrupted()) {
    if (out) out->keep();
    return stopped;
  }
  if (out) out->publish();
  const std::uint64_t accepted = summary.count_of(arc::verdict::accepted);
  const bool all = accepted > 0 && accepted == summary.candidates();
  return asked.require_accepted && !all ? not_all_accepted : judged;
}

int list_primitives(words given) {
  if (!given.empty()) {
    throw example::usage_error("unexpected '" + std::string(given[0]) + "'");
  }
  std::string text;
  for (const arc::primitive& p : arc::primitives) {
    text += std::string(p.name) + " " + std::to_string(p.arity) + "\n";
  }
  print(text);
  return judged;
}

struct command {
  std::string_view name;
  int (*run)(words);
};

constexpr std::array commands{command{"validate", validate},
                              command{"primitives", list_primitives}};

int run(words given) {
  for (const std::string_view word : given) {
    if (word != "--help" && word != "-h") continue;
    print(arc::help_text());
    return judged;
  }
  if (given.empty()) throw example::usage_error("a command is missing: validate, primitives");
  std::vector<std::string_view> names;
  for (const command& known : commands) {
    if (given[0] == known.name) return known.run(given.subspan(1));
    names.push_back(known.name);
  }
  throw example::usage_error("unknown command '" + std::string(given[0]) + "'" +
                             example::suggestion(given[0], names));
}

int complain(int code, const std::exception& error, const char* hint = "") {
  std::fprintf(stderr, "batch_validator: %s%s\n", error.what(), hint);
  return code;
}

} // namespace

int main(int argc, char** argv) {
  example::report_closed_pipes_as_errors();
  try {
    return run(std::vector<std::string_view>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const example::usage_error& error) {
    return complain(misused, error, " (batch_validator --help lists the options)");
  } catch (const example::open_error& error) {
    return complain(misused, error);
  } catch (const std::exception& error) {
    return complain(failed, error);
  }
}
