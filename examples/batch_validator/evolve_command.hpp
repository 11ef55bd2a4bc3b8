// SPDX-License-Identifier: MIT
//
// batch_validator evolve: searches for better programs, from given ones. How orderly's parts are put
// together is in evolution.hpp; here the command line is read and the files are opened.
#ifndef ORDERLY_EXAMPLES_ARC_EVOLVE_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_EVOLVE_COMMAND_HPP

#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/interrupt.hpp"
#include "../support/option_values.hpp"
#include "../support/output_file.hpp"
#include "command_options.hpp"
#include "evolution.hpp"
#include "evolution_report.hpp"
#include "given_programs.hpp"
#include "known_names.hpp"
#include "mutate_command.hpp"
#include "primitive_table.hpp"
#include "program_record.hpp"
#include "program_source.hpp"
#include "task_loader.hpp"

#include "orderly/worker_pool.hpp"

#include <array>       // options
#include <cstddef>     // worker counts
#include <cstdint>     // counts
#include <cstdio>      // standard error
#include <limits>      // the largest seed
#include <optional>    // the output file
#include <string>      // names
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

struct evolve_options {
  std::vector<std::string> tasks;
  std::vector<std::string> programs;
  evolution_settings settings{};
  std::size_t workers = 1;
  std::optional<std::string> out{};
};

namespace detail {
inline constexpr std::array<example::option_spec, 7> evolve_specs{{{"--rounds"},
                                                                   {"--population"},
                                                                   {"--keep"},
                                                                   {"--changes"},
                                                                   {"--seed"},
                                                                   {"--workers"},
                                                                   {"--out"}}};
} // namespace detail

/// Exceptions: example::usage_error.
inline evolve_options read_evolve_options(example::command_words given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  evolve_options asked;
  auto tasks = take_list(words, "--tasks");
  auto programs = take_list(words, "--programs");
  const auto specs = example::joined(settings_specs, detail::evolve_specs);
  const example::arguments options(words, specs); // names what is unknown first
  asked.tasks = required(std::move(tasks), "--tasks");
  asked.programs = required(std::move(programs), "--programs");
  evolution_settings& settings = asked.settings;
  settings.judging = settings_of(options);
  settings.rounds = options.whole("--rounds", 1, 1'000'000'000);
  settings.seed = options.whole("--seed", 0, (std::numeric_limits<std::uint64_t>::max)());
  settings.population =
      options.optional_whole("--population", 1, 1'000'000).value_or(settings.population);
  settings.keep = options.optional_whole("--keep", 1, 1'000'000).value_or(settings.keep);
  settings.changes = options.optional_whole("--changes", 1, detail::most_changes).value_or(1);
  asked.workers = workers_of(options);
  asked.out = example::optional_string(options, "--out");
  if (asked.out) {
    refuse_input_as_output("--out", *asked.out, asked.tasks);
    refuse_input_as_output("--out", *asked.out, asked.programs);
  }
  return asked;
}

inline int run_evolve(example::command_words given) {
  const evolve_options asked = read_evolve_options(given);
  const loaded_tasks loaded = load_tasks(asked.tasks);
  for (const std::string& warning : loaded.warnings) {
    std::fprintf(stderr, "batch_validator: warning: %s\n", warning.c_str());
  }
  if (asked.out) refuse_input_as_output("--out", *asked.out, loaded.files);
  const known_names known(primitives);
  program_source source(asked.programs, known);
  std::optional<example::output_file> out;
  if (asked.out) out.emplace(*asked.out);
  std::vector<source_program> programs;
  const bool all_good = for_each_good_program(
      source, [&](source_program&& one) { programs.push_back(std::move(one)); });
  const example::interrupt_guard guard;
  orderly::worker_pool pool(asked.workers);
  const evolved found =
      evolve(pool, asked.settings, loaded.tasks, programs, &example::interrupted());
  report_evolution(asked.settings, loaded.tasks, source.hash(), found,
                   [&](const std::string& line) { out ? out->write(line) : example::print(line); });
  if (found.rounds < asked.settings.rounds) {
    if (out) out->keep();
    return example::interrupted_exit_code();
  }
  if (out) out->publish();
  return all_good ? judged : misused;
}

} // namespace arc

#endif
