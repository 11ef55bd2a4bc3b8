// SPDX-License-Identifier: MIT
//
// Fuzz target: the batch validator's reader of tasks.
//
// The input is a task's file, or, around a NUL, a file of challenges and the solutions beside it. A
// second reader of the same JSON accepts the same files, with the same grids. Tasks that are accepted
// have the same hash when they are written anew. A refusal or a warning of what is JSON stands at a
// value or a key, and names the way to it; a refusal of what is not has a place in the text.
#ifndef ORDERLY_TESTS_FUZZ_ARC_TASK_HPP
#define ORDERLY_TESTS_FUZZ_ARC_TASK_HPP

#include "fuzz/json_reader.hpp"
#include "fuzz/require.hpp"

#include "batch_validator/task.hpp"
#include "batch_validator/task_loader.hpp"
#include "support/arguments.hpp"
#include "support/json_value.hpp"
#include "support/utf8.hpp"

// Behind json_reader.hpp, whose quoted() is taken for std::quoted once <filesystem> is there.
#include "examples/temporary_folder.hpp"

#include <algorithm>   // all_of, min
#include <cstddef>     // size_t
#include <map>         // tasks
#include <optional>    // refusals
#include <string>      // texts
#include <string_view> // inputs
#include <vector>      // samples

namespace fuzz {
namespace detail {

/// A grid as its text without blanks, "?" for an unknown one.
struct plain_sample {
  bool train = false;
  std::string input;
  std::string output;
  bool operator==(const plain_sample&) const = default;
};
using plain_tasks = std::map<std::string, std::vector<plain_sample>>;

inline bool is_array(const example::json_value* json) {
  return json != nullptr && json->kind() == example::json_kind::array;
}
inline bool is_object(const example::json_value& json) {
  return json.kind() == example::json_kind::object;
}

/// Empty if it is none.
inline std::string plain_grid(const example::json_value* json) {
  if (!is_array(json) || json->elements().empty()) return {};
  std::string text;
  std::size_t width = 0;
  for (const auto& row : json->elements()) {
    if (!is_array(&row) || row.elements().empty()) return {};
    if (width == 0) width = row.elements().size();
    if (row.elements().size() != width) return {};
    for (const auto& cell : row.elements()) {
      if (cell.kind() != example::json_kind::number || cell.number_text().size() != 1) return {};
      text += cell.number_text();
    }
    text += "|";
  }
  return text;
}

/// Whether what is there is right.
inline bool add_samples(const example::json_value& json, bool train,
                        std::vector<plain_sample>& samples) {
  const example::json_value* const all = json.find(train ? "train" : "test");
  if (all == nullptr) return true;
  if (!is_array(all)) return false;
  for (const auto& sample : all->elements()) {
    if (!is_object(sample)) return false;
    const example::json_value* const output = sample.find("output");
    samples.push_back({train, plain_grid(sample.find("input")), plain_grid(output)});
    if (output == nullptr && !train) samples.back().output = "?";
    if (samples.back().input.empty() || samples.back().output.empty()) return false;
  }
  return true;
}

inline bool add_task(const std::string& id, const example::json_value& json, plain_tasks& tasks) {
  auto& samples = tasks[id];
  return is_object(json) && add_samples(json, true, samples) && add_samples(json, false, samples) &&
         !samples.empty();
}

inline bool add_outputs(const example::json_value& json, std::vector<plain_sample>& samples) {
  if (!is_array(&json)) return false;
  auto sample = samples.begin();
  for (const auto& output : json.elements()) {
    while (sample != samples.end() && sample->train) ++sample;
    if (sample == samples.end() || sample->output != "?") return false;
    sample->output = plain_grid(&output);
    if (sample++->output.empty()) return false;
  }
  return sample == samples.end() || sample->train;
}

/// Absent if it is not JSON.
inline std::optional<example::json_value> tree_of(std::string_view text) {
  try {
    return example::read_json(text);
  } catch (const example::json_error&) {
    return std::nullopt;
  }
}

/// Absent if something is wrong.
inline std::optional<plain_tasks> read_plainly(std::string_view first,
                                               std::optional<std::string_view> solutions) {
  plain_tasks tasks;
  const auto root = tree_of(first);
  if (!root) return std::nullopt;
  if (!solutions) return add_task("a", *root, tasks) ? std::optional(tasks) : std::nullopt;
  const auto outputs = tree_of(*solutions);
  if (!outputs || !is_object(*root) || !is_object(*outputs)) return std::nullopt;
  for (const auto& [id, where, json] : root->members()) {
    if (id.empty() || !add_task(id, json, tasks)) return std::nullopt;
  }
  for (const auto& [id, where, json] : outputs->members()) {
    const auto found = tasks.find(id);
    if (found != tasks.end() && !add_outputs(json, found->second)) return std::nullopt;
  }
  return tasks.empty() ? std::nullopt : std::optional(tasks);
}

/// The way to the value or the key that stands exactly there; absent if there is none.
inline std::optional<std::string> way_to(const example::json_value& from, example::text_place place,
                                         const std::string& way = "") {
  const auto is_there = [&](const example::text_place& other) {
    return place.line == other.line && place.column == other.column;
  };
  if (is_there(from.where())) return way;
  std::optional<std::string> found;
  if (is_array(&from)) {
    for (std::size_t i = 0; i < from.elements().size() && !found; ++i) {
      found = way_to(from.elements()[i], place, way + "[" + std::to_string(i) + "]");
    }
  } else if (is_object(from)) {
    for (const auto& [key, where, value] : from.members()) {
      constexpr std::string_view plain =
          "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
      const bool odd = key.empty() || key.find_first_not_of(plain) != key.npos;
      const std::string member =
          way + (way.empty() ? "" : ".") + (odd ? example::detail::in_quotes(key) : key);
      if (!found) found = is_there(where) ? member : way_to(value, place, member);
    }
  }
  return found;
}

/// Files that are loaded again and again.
class task_files {
 public:
  task_files(std::string_view first, std::optional<std::string_view> solutions)
      : first_(first),
        solutions_(solutions),
        name_(folder().file(solutions ? "a_challenges.json" : "a.json")) {
    write_file(name_, std::string(first));
    if (solutions) write_file(beside(), std::string(*solutions));
  }

  arc::loaded_tasks load() const { return arc::load_tasks({name_}); }

  void check_message(std::string_view message) const {
    if (message == name_ + ": no task found") return;
    const bool of_first = message.substr(0, name_.size() + 1) == name_ + ":";
    require(of_first || (solutions_ && message.substr(0, beside().size() + 1) == beside() + ":"),
            "a message begins with a file");
    message.remove_prefix((of_first ? name_ : beside()).size() + 1);
    const std::string_view text = of_first ? first_ : *solutions_;
    const std::size_t line = number_before_colon(message);
    const std::size_t column = number_before_colon(message);
    text_at(text, line, column);
    require(message.substr(0, 1) == " " && message.size() > 1, "a message says what is wrong");
    message.remove_prefix(1);
    const auto root = tree_of(text);
    if (!root) return;
    const auto way = way_to(*root, {line, column});
    require(way.has_value(), "a message is of a value or a key");
    const std::string begin = way->empty() ? "" : *way + ": ";
    require(message.substr(0, begin.size()) == begin && message.size() > begin.size(),
            "a message names the way to its value: " + begin);
  }

 private:
  static const temporary_folder& folder() {
    static const temporary_folder all;
    return all;
  }
  static std::string beside() { return folder().file("a_solutions.json"); }

  static std::size_t number_before_colon(std::string_view& text) {
    const std::size_t size = (std::min)(text.find(':'), text.size());
    require(size > 0 && size < 10 && text.find_first_not_of("0123456789") == size,
            "a number and a colon");
    const std::size_t result = std::stoul(std::string(text.substr(0, size)));
    text.remove_prefix(size + 1);
    return result;
  }

  std::string_view first_;
  std::optional<std::string_view> solutions_;
  std::string name_;
};

inline std::string grid_text(const arc::task& of, const arc::task_grid& grid) {
  require(grid.height > 0 && grid.width > 0, "a grid has sides");
  require(grid.first + grid.size() <= of.colours.size(), "a grid has its bytes");
  std::string text;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const int colour = of.colours[grid.first + i];
    require(colour >= 0 && colour <= 9, "a colour is a digit");
    text += static_cast<char>('0' + colour);
    if ((i + 1) % grid.width == 0) text += "|";
  }
  return text;
}

inline plain_tasks plain_tasks_of(const arc::loaded_tasks& loaded) {
  plain_tasks tasks;
  const std::string* before = nullptr;
  for (const arc::task& each : loaded.tasks) {
    require(before == nullptr || *before < each.id, "tasks stand in order of their ids");
    before = &each.id;
    for (const arc::task_sample& sample : each.samples) {
      const bool train = sample.part == arc::sample_part::train;
      require(sample.output || !train, "a sample to learn from has an output");
      tasks[each.id].push_back({train, grid_text(each, sample.input),
                                sample.output ? grid_text(each, *sample.output) : "?"});
    }
  }
  return tasks;
}

inline std::string grid_json(const std::string& grid) {
  std::string text = "[";
  for (const char c : grid) {
    const bool opens = text.back() == '[' || text.back() == ']';
    if (c == '|') {
      text += "]";
    } else {
      text += opens ? (text.size() == 1 ? "[" : ",[") : ",";
      text += c;
    }
  }
  return text + "]";
}

/// The task as a file of its own, test before train.
inline std::string written(const std::vector<plain_sample>& samples) {
  std::string parts[2];
  for (const plain_sample& sample : samples) {
    std::string& part = parts[sample.train ? 1 : 0];
    part += (part.empty() ? "" : ", ") + std::string("{");
    if (sample.output != "?") part += "\"output\": " + grid_json(sample.output) + ", ";
    part += "\"input\": " + grid_json(sample.input) + ", \"more\": null}\n";
  }
  return "{\"test\": [" + parts[0] + "], \"train\": [" + parts[1] + "]}";
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_arc_task(std::string_view input) {
  const std::size_t end = (std::min)(input.find('\0'), input.size());
  const std::string_view first = input.substr(0, end);
  const auto solutions = end == input.size() ? std::nullopt : std::optional(input.substr(end + 1));
  const detail::task_files files(first, solutions);
  const auto expected = detail::read_plainly(first, solutions);
  arc::loaded_tasks loaded;
  const auto message = error_of<example::usage_error>([&] { loaded = files.load(); });
  require(message.has_value() != expected.has_value(), "both readers accept the same files");
  if (message) {
    files.check_message(*message);
    return false;
  }
  require(detail::plain_tasks_of(loaded) == *expected, "both readers find the same grids");
  for (const std::string& warning : loaded.warnings) files.check_message(warning);
  for (const arc::task& each : loaded.tasks) {
    const std::string text = detail::written(expected->at(each.id));
    const arc::loaded_tasks again = detail::task_files(text, std::nullopt).load();
    require(again.tasks.size() == 1 && again.tasks[0].id == "a" &&
                arc::content_hash(again.tasks[0]) == arc::content_hash(each),
            "a task that is written anew has the same hash");
    arc::task other = each;
    for (arc::colour_byte& colour : other.colours) {
      const arc::colour_byte before = colour;
      colour = static_cast<arc::colour_byte>((before + 1) % 10);
      require(arc::content_hash(other) != arc::content_hash(each), "another task has another hash");
      colour = before;
    }
  }
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARC_TASK_HPP
