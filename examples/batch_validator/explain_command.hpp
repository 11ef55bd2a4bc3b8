// SPDX-License-Identifier: MIT
//
// batch_validator explain: shows a person why programs fail. explanation.hpp says what is shown; here
// the command line is read, and programs and tasks are chosen.
#ifndef ORDERLY_EXAMPLES_ARC_EXPLAIN_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_EXPLAIN_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/config_file.hpp"
#include "../support/option_values.hpp"
#include "../support/terminal.hpp"
#include "command_options.hpp"
#include "explanation.hpp"
#include "primitive_table.hpp"
#include "program_builder.hpp"
#include "program_parser.hpp"
#include "report.hpp"
#include "source_text.hpp"
#include "task.hpp"
#include "task_loader.hpp"

#include <algorithm>   // find_if
#include <array>       // options
#include <cstdio>      // standard output, standard error
#include <optional>    // names that were asked for
#include <string>      // names
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

struct explain_options {
  std::vector<std::string> tasks;
  std::vector<std::string> programs;
  std::optional<std::string> program{}; ///< the one to be explained, by name
  std::optional<std::string> task{};    ///< on which, by id
  validation_settings settings{};
  explanation_view view{};
};

namespace detail {
inline constexpr std::array<example::option_spec, 5> explain_specs{
    {{"--program"}, {"--task"}, {"--color"}, {"--full", false}, {"--trace", false}}};
} // namespace detail

/// Exceptions: example::usage_error.
inline explain_options read_explain_options(example::command_words given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  explain_options asked;
  auto tasks = take_list(words, "--tasks");
  auto programs = take_list(words, "--programs");
  const auto specs = example::joined(settings_specs, detail::explain_specs);
  const example::arguments options(words, specs); // names what is unknown first
  asked.tasks = required(std::move(tasks), "--tasks");
  asked.programs = required(std::move(programs), "--programs");
  asked.program = example::optional_string(options, "--program");
  asked.task = example::optional_string(options, "--task");
  asked.settings = settings_of(options);
  const auto colour = options.choice("--color", {"auto", "always", "never"});
  asked.view.style.coloured =
      colour == "always" || (colour == "auto" && example::wants_colour(stdout));
  asked.view.style.columns = example::terminal_width(stdout);
  asked.view.every_sample = options.has("--full");
  asked.view.trace = options.has("--trace");
  return asked;
}

/// A file of programs, read. What is read refers to its lines, and these to the file.
struct read_programs {
  std::string_view file;
  std::vector<source_line> lines;
  std::vector<parsed_program> programs;
};

/// Programs as text.
struct program_file {
  std::string name;
  std::string text;
};

/// Text only: what is shown of it are its lines. Exceptions: example::input_error for a file that
/// cannot be read, or is none of text.
inline std::vector<program_file> read_program_files(const std::vector<std::string>& names) {
  constexpr std::size_t most_bytes = std::size_t{1} << 28U;
  std::vector<program_file> files;
  for (const std::string& name : names) {
    if (name == "-") throw example::input_error("--programs: explain reads files, not '-'");
    files.push_back({name, example::read_text_file(name, most_bytes)});
    if (files.back().text.substr(0, 1) == "{") {
      throw example::input_error(name + ":1:1: explain reads text, not JSON Lines: use what "
                                        "batch_validator expand makes of it");
    }
  }
  return files;
}

inline std::vector<read_programs> read_all(const std::vector<program_file>& files) {
  std::vector<read_programs> all;
  for (const program_file& file : files) {
    all.push_back(
        {file.name, lines_of(file.text), parse_programs(file.text, file.name, primitives)});
  }
  return all;
}

/// A program that is to be explained on a task; without one it cannot be run.
struct chosen_program {
  explained_program source;
  const task* of;
};

namespace detail {

/// Of the tasks and programs that were read, those that were asked for.
class program_chooser {
 public:
  program_chooser(const explain_options& asked, const std::vector<task>& tasks)
      : asked_(asked), tasks_(tasks) {
    if (asked.task && find(*asked.task) == nullptr) refuse_task();
  }

  std::vector<chosen_program> choose(const std::vector<read_programs>& files) {
    for (const read_programs& file : files) {
      for (const parsed_program& program : file.programs) {
        names_.push_back(program.code.name);
        if (asked_.program && program.code.name != *asked_.program) continue;
        is_named_ = true;
        if (asked_.task && !program.code.runs_on(*asked_.task)) continue;
        const explained_program source{file.file, file.lines, program};
        chosen_.push_back({source, task_of(program)});
      }
    }
    if (chosen_.empty()) refuse_all();
    return std::move(chosen_);
  }

 private:
  const task* find(std::string_view id) const {
    const auto found =
        std::find_if(tasks_.begin(), tasks_.end(), [&](const task& each) { return each.id == id; });
    return found == tasks_.end() ? nullptr : &*found;
  }

  const task* task_of(const parsed_program& program) const {
    if (!program.is_good()) return nullptr;
    if (const auto bound = program.code.task()) return find(*bound);
    if (asked_.task) return find(*asked_.task);
    if (tasks_.size() == 1) return &tasks_[0];
    throw example::usage_error("--task is missing: " + program.code.name + " runs on each of " +
                               std::to_string(tasks_.size()) + " tasks");
  }

  [[noreturn]] void refuse_task() const {
    std::vector<std::string_view> ids;
    for (const task& each : tasks_) ids.push_back(each.id);
    throw example::usage_error("--task: no task '" + *asked_.task + "'" +
                               example::suggestion(*asked_.task, ids));
  }
  [[noreturn]] void refuse_all() const {
    if (names_.empty()) throw example::usage_error("--programs: there is no program");
    if (!is_named_) {
      throw example::usage_error("--program: no program '" + *asked_.program + "'" +
                                 example::suggestion(*asked_.program, names_));
    }
    throw example::usage_error("--task: " + asked_.program.value_or("no program") +
                               (asked_.program ? " does not run on " : " runs on ") + *asked_.task);
  }

  const explain_options& asked_;
  const std::vector<task>& tasks_;
  std::vector<std::string_view> names_;
  bool is_named_ = false; // some program, as was asked
  std::vector<chosen_program> chosen_;
};

} // namespace detail

/// In the order of the files, which must outlive the result, as the tasks must. Exceptions:
/// example::usage_error.
inline std::vector<chosen_program> chosen_programs(const explain_options& asked,
                                                   const std::vector<task>& tasks,
                                                   const std::vector<read_programs>& files) {
  return detail::program_chooser(asked, tasks).choose(files);
}

inline int run_explain(example::command_words given) {
  const explain_options asked = read_explain_options(given);
  const loaded_tasks loaded = load_tasks(asked.tasks);
  for (const std::string& warning : loaded.warnings) {
    std::fprintf(stderr, "batch_validator: warning: %s\n", warning.c_str());
  }
  const std::vector<program_file> texts = read_program_files(asked.programs);
  const std::vector<read_programs> files = read_all(texts);
  explainer explain(asked.settings.limits, asked.settings.dialect, asked.view);
  bool is_first = true;
  for (const chosen_program& one : chosen_programs(asked, loaded.tasks, files)) {
    const std::string text =
        one.of == nullptr ? unreadable_text(one.source) : explain(one.source, *one.of);
    example::print((is_first ? "" : "\n") + text);
    is_first = false;
  }
  return judged;
}

} // namespace arc

#endif
