// SPDX-License-Identifier: MIT
//
// batch_validator mutate: candidates that differ a little from given programs.
//
// Candidate k of a parent for a task is a function of the seed, the task's id, the parent's text and
// k, whatever else is asked for; candidate 0 is the parent.
#ifndef ORDERLY_EXAMPLES_ARC_MUTATE_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_MUTATE_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/option_values.hpp"
#include "command_options.hpp"
#include "given_programs.hpp"
#include "known_names.hpp"
#include "mutation.hpp"
#include "primitive_table.hpp"
#include "program_output.hpp"
#include "program_record.hpp"
#include "program_source.hpp"
#include "program_text.hpp"
#include "task_loader.hpp"

#include "orderly/random_stream.hpp"

#include <array>       // options
#include <cstdint>     // counts
#include <limits>      // the largest seed
#include <map>         // parents of a task
#include <optional>    // the tasks, the output file
#include <string>      // ids
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

struct mutate_options {
  std::optional<std::vector<std::string>> tasks{};
  std::vector<std::string> programs;
  std::uint64_t count = 1; ///< of each parent
  std::uint64_t seed = 0;
  std::uint64_t changes = 1;
  program_format format = program_format::text;
  std::optional<std::string> out{};
};

namespace detail {
inline constexpr std::array<example::option_spec, 5> mutate_specs{
    {{"--count"}, {"--seed"}, {"--changes"}, {"--jsonl", false}, {"--out"}}};

inline constexpr std::uint64_t most_candidates = 1'000'000'000'000;
inline constexpr std::uint64_t most_changes = 1'000;
} // namespace detail

/// Exceptions: example::usage_error.
inline mutate_options read_mutate_options(example::command_words given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  mutate_options asked;
  auto tasks = take_list(words, "--tasks");
  auto programs = take_list(words, "--programs");
  const example::arguments options(words, detail::mutate_specs); // names what is unknown first
  asked.programs = required(std::move(programs), "--programs");
  asked.count = options.whole("--count", 1, detail::most_candidates);
  asked.seed = options.whole("--seed", 0, (std::numeric_limits<std::uint64_t>::max)());
  asked.changes = options.optional_whole("--changes", 1, detail::most_changes).value_or(1);
  if (options.has("--jsonl")) asked.format = program_format::json_lines;
  asked.out = example::optional_string(options, "--out");
  if (tasks) asked.tasks = required(std::move(tasks), "--tasks");
  if (asked.out) {
    refuse_input_as_output("--out", *asked.out, asked.programs);
    if (asked.tasks) refuse_input_as_output("--out", *asked.out, *asked.tasks);
  }
  return asked;
}

namespace detail {

/// Writes the candidates of one parent after the other.
class candidate_writer {
 public:
  candidate_writer(const mutate_options& asked, program_output& out) : asked_(asked), out_(out) {}

  /// The id is the task's; without one that of candidates for any task.
  void write_all(program parent, std::string_view id, bool has_task) {
    if (has_task) parent.name = candidate_name(parent, id);
    const std::uint64_t parents = ++parents_[std::string(id)];
    std::string prefix(id);
    if (parents > 1) prefix += "." + std::to_string(parents);
    const auto node = candidate_node(orderly::seed(asked_.seed), id).derive(text_of(parent));
    for (std::uint64_t k = 0; k < asked_.count; ++k) {
      const std::uint64_t changes = k == 0 ? 0 : asked_.changes;
      out_.write(prefix + "-" + std::to_string(k), has_task ? std::optional(id) : std::nullopt,
                 mutant(parent, node.stream(k), changes));
    }
  }

 private:
  const mutate_options& asked_;
  program_output& out_;
  std::map<std::string, std::uint64_t> parents_; // by id: further ones are told apart
};

} // namespace detail

inline int run_mutate(example::command_words given) {
  const mutate_options asked = read_mutate_options(given);
  std::optional<loaded_tasks> loaded;
  if (asked.tasks) loaded = load_tasks(*asked.tasks);
  if (loaded && asked.out) refuse_input_as_output("--out", *asked.out, loaded->files);
  const known_names known(primitives);
  program_source source(asked.programs, known);
  program_output out(asked.out, asked.format);
  detail::candidate_writer writer(asked, out);
  const bool all_good = for_each_good_program(source, [&](source_program&& parent) {
    const program& code = parent.parsed.code;
    if (!loaded) {
      writer.write_all(code, parent.task.value_or(parent.id), parent.task.has_value());
      return;
    }
    for (const task& each : loaded->tasks) {
      if (parent.task.value_or(each.id) == each.id) writer.write_all(code, each.id, true);
    }
  });
  out.publish();
  return all_good ? judged : misused;
}

} // namespace arc

#endif
