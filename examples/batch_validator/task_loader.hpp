// SPDX-License-Identifier: MIT
//
// Reads tasks from files of JSON.
//
//   const arc::loaded_tasks loaded = arc::load_tasks({"tasks", "more/0a1b2c3d.json"});
//   loaded.tasks[0].id;                           // in order of the ids
//   loaded.warnings;                              // such as "a.json:1:20: train[0].input: ..."
//
// | path                   | what it holds                                                        |
// |------------------------|----------------------------------------------------------------------|
// | a folder               | files, all whose names end with .json, as if each had been named     |
// | NAME_challenges.json   | {ID: task, ...}                                                      |
// | NAME_solutions.json    | {ID: [output of the first test, ...], ...}; read with its challenges |
// |                        | if it lies beside them, never alone                                  |
// | any other file ID.json | a task: {"train": [sample, ...], "test": [sample, ...]}              |
//
// A sample is {"input": grid, "output": grid}; a test may lack the output. A grid is an array of
// rows, a row an array of digits. Other keys mean nothing.
//
// What is wrong is told as FILE:LINE:COLUMN: PATH: what, where PATH is the way to the value from the
// outermost one, such as train[2].output[0][3]; the outermost one itself has none.
#ifndef ORDERLY_EXAMPLES_ARC_TASK_LOADER_HPP
#define ORDERLY_EXAMPLES_ARC_TASK_LOADER_HPP

#include "../support/arguments.hpp"
#include "../support/config_file.hpp"
#include "../support/json_reader.hpp"
#include "../support/json_value.hpp"
#include "task.hpp"
#include "value.hpp"

#include <algorithm>    // sort, all_of
#include <cstddef>      // size_t
#include <cstdint>      // sizes
#include <filesystem>   // folders, names
#include <map>          // tasks by id
#include <string>       // names, messages
#include <string_view>  // messages
#include <system_error> // error_code
#include <tuple>        // tie
#include <utility>      // move
#include <vector>       // tasks, warnings

namespace arc {

/// No side of a published task is larger; one that is, is read with a warning.
inline constexpr std::uint32_t usual_side = 30;

struct loaded_tasks {
  std::vector<task> tasks; ///< in order of the ids, which differ
  std::vector<std::string> warnings;
  std::vector<std::string> files; ///< all that were read
};

namespace detail {

using example::input_error;
using example::json_value;
using example::text_place;

inline bool is_after(text_place a, text_place b) {
  return std::tie(a.line, a.column) > std::tie(b.line, b.column);
}

/// A key as part of a path: in quotes if it could be taken for anything else.
inline std::string key_text(std::string_view key) {
  const bool plain = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
  });
  return plain && !key.empty() ? std::string(key) : example::detail::in_quotes(key);
}

/// The way to the value or key at a place: "train[2].output[0][3]". It is looked for when there is
/// something to tell, so that reading need not keep count of where it is.
inline std::string path_to(const json_value& root, text_place place) {
  std::string path;
  const json_value* at = &root;
  while (is_after(place, at->where())) { // it begins in one of the parts: the last not after it
    if (at->kind() == example::json_kind::object) {
      const auto& members = at->members();
      std::size_t i = members.size() - 1;
      while (is_after(members[i].where, place)) --i;
      path += (path.empty() ? "" : ".") + key_text(members[i].key);
      at = &members[i].value;
    } else {
      const auto& elements = at->elements();
      std::size_t i = elements.size() - 1;
      while (is_after(elements[i].where(), place)) --i;
      path += "[" + std::to_string(i) + "]";
      at = &elements[i];
    }
  }
  return path;
}

/// A digit.
inline colour_byte read_colour(const json_value& cell) {
  const std::string& text = cell.number_text();
  if (text.size() == 1) return static_cast<colour_byte>(text[0] - '0');
  cell.fail("expected a colour from 0 to 9, not " + example::detail::in_quotes(text));
}

/// Appends the row to the grid.
inline void read_row(const json_value& row, task_grid& grid, std::vector<colour_byte>& colours) {
  const auto& cells = row.elements();
  if (cells.empty()) row.fail("an empty row");
  if (grid.height == 0) grid.width = static_cast<std::uint32_t>(cells.size());
  if (cells.size() != grid.width) {
    row.fail("a row of " + std::to_string(cells.size()) + ", but the first has " +
             std::to_string(grid.width));
  }
  for (const json_value& cell : cells) colours.push_back(read_colour(cell));
  ++grid.height;
}

/// A file of JSON whose errors tell file and path.
class task_file {
 public:
  /// Exceptions: example::input_error.
  explicit task_file(std::string name) : name_(std::move(name)) {
    const std::string text = example::read_text_file(name_, most_bytes);
    try {
      root_ = example::read_json(text);
    } catch (const example::json_error& error) {
      throw input_error(name_ + ":" + error.what());
    }
  }

  const std::string& name() const { return name_; }
  const json_value& root() const { return root_; }

  std::string message(text_place place, std::string_view what) const {
    const std::string path = path_to(root_, place);
    return example::place_text(name_, place.line, place.column) +
           (path.empty() ? "" : path + ": ") + std::string(what);
  }

  /// Calls f(). A json_error becomes an input_error.
  template <class F>
  void read(F f) const {
    try {
      f();
    } catch (const example::json_error& error) {
      const std::string_view text = error.what(); // "LINE:COLUMN: what"
      throw input_error(message(error.where(), text.substr(text.find(": ") + 2)));
    }
  }

 private:
  /// Two bytes a cell or more: no side exceeds value::most_elements.
  static constexpr std::size_t most_bytes = std::size_t{1} << 25U;
  static_assert(most_bytes / 2 <= std::size_t{value::most_elements} + 1);

  std::string name_;
  json_value root_;
};

inline constexpr std::string_view challenges_end = "_challenges.json";
inline constexpr std::string_view solutions_end = "_solutions.json";

/// The existing file whose name has another end; empty if there is none or the name has not this end.
inline std::string counterpart(const std::string& name, std::string_view end,
                               std::string_view other) {
  if (!name.ends_with(end)) return {};
  const std::string result = name.substr(0, name.size() - end.size()) + std::string(other);
  std::error_code ignored;
  return std::filesystem::exists(result, ignored) ? result : std::string();
}

/// Sorted by name. Exceptions: example::input_error.
inline std::vector<std::string> json_files_in(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    if (at->path().extension() == ".json") files.push_back(at->path().string());
  }
  if (error) throw input_error(folder + ": cannot be read: " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

/// Takes in one path after the other.
class task_loader {
 public:
  /// Exceptions: example::input_error.
  void read_path(const std::string& path) {
    const std::size_t before = tasks_.size();
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
      for (const std::string& name : json_files_in(path)) read_file(name);
    } else {
      read_file(path);
    }
    if (tasks_.size() == before) throw input_error(path + ": no task found");
  }

  loaded_tasks finish() {
    loaded_tasks result;
    result.warnings = std::move(warnings_);
    result.files = std::move(files_);
    for (auto& [id, found] : tasks_) result.tasks.push_back(std::move(found.read));
    return result;
  }

 private:
  struct entry {
    task read;
    std::string file;
  };

  void read_file(const std::string& name) {
    if (!counterpart(name, solutions_end, challenges_end).empty()) return;
    const task_file file(name);
    files_.push_back(name);
    if (name.ends_with(challenges_end)) {
      file.read([&] { read_challenges(file); });
      const std::string beside = counterpart(name, challenges_end, solutions_end);
      if (beside.empty()) return;
      files_.push_back(beside);
      read_solutions(task_file(beside), name);
    } else {
      const std::string id = std::filesystem::path(name).stem().string();
      file.read([&] { read_task(file, id, file.root().where(), file.root()); });
    }
  }

  void read_challenges(const task_file& file) {
    for (const auto& [id, where, json] : file.root().members()) {
      if (id.empty()) throw example::json_error(where, "a task needs an id");
      read_task(file, id, where, json);
    }
  }

  void read_task(const task_file& file, const std::string& id, text_place where,
                 const json_value& json) {
    const auto [at, is_new] = tasks_.try_emplace(id);
    if (!is_new) {
      throw example::json_error(where, "the task " + example::detail::in_quotes(id) + " is in " +
                                           at->second.file + " too");
    }
    task& read = at->second.read;
    at->second.file = file.name();
    read.id = id;
    read_samples(file, json, sample_part::train, read);
    read_samples(file, json, sample_part::test, read);
    if (read.samples.empty()) json.fail("neither train nor test samples");
  }

  void read_samples(const task_file& file, const json_value& json, sample_part part, task& to) {
    const bool train = part == sample_part::train;
    const json_value* const samples = json.find(train ? "train" : "test");
    if (samples == nullptr) return;
    for (const json_value& sample : samples->elements()) {
      to.samples.push_back({part, read_grid(file, sample.at("input"), to), {}});
      const json_value* const output = train ? &sample.at("output") : sample.find("output");
      if (output != nullptr) to.samples.back().output = read_grid(file, *output, to);
    }
  }

  /// Outputs for the tasks of one challenges file; those of others mean nothing.
  void read_solutions(const task_file& file, const std::string& challenges) {
    file.read([&] {
      for (const auto& [id, where, outputs] : file.root().members()) {
        const auto found = tasks_.find(id);
        if (found == tasks_.end() || found->second.file != challenges) continue;
        read_outputs(file, outputs, found->second.read);
      }
    });
  }

  void read_outputs(const task_file& file, const json_value& outputs, task& to) {
    const auto& grids = outputs.elements();
    std::vector<task_sample*> tests;
    for (task_sample& sample : to.samples) {
      if (sample.part == sample_part::test) tests.push_back(&sample);
    }
    if (grids.size() != tests.size()) {
      outputs.fail("expected an output for each test: " + std::to_string(tests.size()) + ", not " +
                   std::to_string(grids.size()));
    }
    for (std::size_t i = 0; i < grids.size(); ++i) {
      if (tests[i]->output) grids[i].fail("the challenges have this output already");
      tests[i]->output = read_grid(file, grids[i], to);
    }
  }

  task_grid read_grid(const task_file& file, const json_value& json, task& to) {
    task_grid grid;
    grid.first = to.colours.size();
    for (const json_value& row : json.elements()) read_row(row, grid, to.colours);
    if (grid.height == 0) json.fail("an empty grid");
    if (grid.height > usual_side || grid.width > usual_side) {
      warnings_.push_back(
          file.message(json.where(), "a grid of " + std::to_string(grid.height) + " x " +
                                         std::to_string(grid.width) + ", but sides above " +
                                         std::to_string(usual_side) + " are unusual"));
    }
    return grid;
  }

  std::map<std::string, entry> tasks_; // by id
  std::vector<std::string> warnings_;
  std::vector<std::string> files_;
};

} // namespace detail

/// The tasks of all paths; each path has one or more. Exceptions: example::input_error.
inline loaded_tasks load_tasks(const std::vector<std::string>& paths) {
  detail::task_loader loader;
  for (const std::string& path : paths) loader.read_path(path);
  return loader.finish();
}

} // namespace arc

#endif
