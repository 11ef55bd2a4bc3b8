// SPDX-License-Identifier: MIT
//
// What the command line of batch_validator says, and its help.
#ifndef ORDERLY_EXAMPLES_ARC_COMMAND_LINE_HPP
#define ORDERLY_EXAMPLES_ARC_COMMAND_LINE_HPP

#include "../support/arguments.hpp"
#include "../support/option_values.hpp"
#include "../support/output_file.hpp"
#include "report.hpp"
#include "validation.hpp"

#include "orderly/available_parallelism.hpp"

#include <array>       // options
#include <cstddef>     // worker counts
#include <cstdint>     // limits
#include <filesystem>  // folders
#include <fstream>     // program files
#include <iterator>    // program files
#include <optional>    // the output file
#include <span>        // command-line words
#include <string>      // names
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

struct validate_options {
  std::vector<std::string> tasks;
  std::vector<std::string> programs;
  validation_settings settings{};
  std::size_t workers = 1;
  std::optional<std::string> out{};
  bool require_accepted = false;
};

namespace detail {

/// Takes an option and the words behind it, up to the next option, out of the command line; absent
/// without the option.
inline std::optional<std::vector<std::string>> take_list(std::vector<std::string_view>& words,
                                                         std::string_view option) {
  std::optional<std::vector<std::string>> list;
  std::vector<std::string_view> others;
  bool in_list = false;
  for (const std::string_view word : words) {
    if (word.substr(0, 2) == "--") in_list = word == option;
    if (word == option) {
      if (!list) list.emplace();
    } else if (in_list) {
      list->emplace_back(word);
    } else {
      others.push_back(word);
    }
  }
  words = std::move(others);
  return list;
}

inline std::vector<std::string> required(std::optional<std::vector<std::string>>&& list,
                                         std::string_view option) {
  if (!list) throw example::usage_error(std::string(option) + " is missing");
  if (list->empty()) throw example::usage_error(std::string(option) + ": a value is missing");
  return std::move(*list);
}

/// A report must not take the place of what it is about.
inline void refuse_input_as_output(const std::string& out, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (example::same_file(out, input)) {
      throw example::usage_error("--out: '" + out + "' is also read");
    }
  }
}

inline constexpr std::array<example::option_spec, 8> validate_specs{
    {{"--workers"},
     {"--fuel"},
     {"--cells"},
     {"--depth"},
     {"--dialect"},
     {"--out"},
     {"--full", false},
     {"--require-accepted", false}}};

} // namespace detail

/// Exceptions: example::usage_error.
inline validate_options read_validate_options(std::span<const std::string_view> given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  validate_options asked;
  auto tasks = detail::take_list(words, "--tasks");
  auto programs = detail::take_list(words, "--programs");
  const example::arguments options(words, detail::validate_specs); // names what is unknown first
  asked.tasks = detail::required(std::move(tasks), "--tasks");
  asked.programs = detail::required(std::move(programs), "--programs");
  run_limits& limits = asked.settings.limits;
  const auto number = [&](std::string_view name, std::uint64_t low, std::uint64_t high,
                          std::uint64_t otherwise) {
    return options.has(name) ? options.whole(name, low, high) : otherwise;
  };
  limits.fuel = number("--fuel", 1, 1'000'000'000'000'000, limits.fuel);
  limits.cells = number("--cells", 1, value::most_elements, limits.cells);
  limits.depth = static_cast<std::uint32_t>(number("--depth", 1, 10'000, limits.depth));
  const bool chosen = options.has("--workers") && options.text("--workers") != "auto";
  asked.workers = chosen ? static_cast<std::size_t>(options.whole("--workers", 1, 1024))
                         : orderly::available_parallelism();
  if (options.has("--dialect")) {
    const auto name = options.choice("--dialect", {"arc-dsl", "re-arc"});
    asked.settings.dialect = name == "re-arc" ? dialect::re_arc : dialect::arc_dsl;
  }
  if (options.has("--full")) asked.settings.judging = judging::all_samples;
  if (const auto out = options.text("--out")) {
    asked.out = std::string(*out);
    detail::refuse_input_as_output(*asked.out, asked.tasks);
    detail::refuse_input_as_output(*asked.out, asked.programs);
  }
  asked.require_accepted = options.has("--require-accepted");
  return asked;
}

/// Exceptions: example::open_error.
inline std::vector<program_file> read_program_files(const std::vector<std::string>& names) {
  std::vector<program_file> files;
  for (const std::string& name : names) {
    if (std::filesystem::is_directory(name)) throw example::open_error(name + ": is a folder");
    std::ifstream in(name, std::ios::binary);
    if (!in) throw example::open_error(name + ": cannot be read");
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    files.push_back({name, std::move(text)});
  }
  return files;
}

inline std::string help_text() {
  return R"(batch_validator: judges programs of the ARC language on tasks

  batch_validator validate --tasks PATH... --programs FILE... [options]
  batch_validator primitives

validate     runs every program on its task (solve_ID and verify_ID on task ID, others on every task)
             and reports a verdict for each: the same bytes on any machine, for any number of workers.
primitives   lists the primitives of the language, with the number of their parameters.

  --tasks PATH...      folders of ID.json, such files, or a pair NAME_challenges.json and
                       NAME_solutions.json
  --programs FILE...   files of programs
  --workers N|auto     1 to 1024 (default auto: as many as this process may use)
  --fuel N             work that a run may do (default 1000000000)
  --cells N            elements that a run may hold, at most 16777215 (default 1048576)
  --depth N            calls inside calls, values inside values, at most 10000 (default 1000)
  --dialect NAME       arc-dsl (the default) or re-arc
  --full               judges every sample; otherwise the first that fails is the last
  --out FILE           the report, JSON Lines (default: standard output)
  --require-accepted   exit code 1 unless there are candidates and all are AC

Verdicts: AC right; WA wrong; NG no grid; RE error; FUEL, MEM, DEPTH a limit; CE unreadable program or
absent task; SKIPPED not judged.
Exit codes: 0 judged; 1 not all accepted, where that is required; 2 bad usage or input; 3 own failure,
such as a report that cannot be written; 130 stopped by a signal.
)";
}

} // namespace arc

#endif
