// SPDX-License-Identifier: MIT
//
// batch_validator expand: the canonical minimal text of programs.
#ifndef ORDERLY_EXAMPLES_ARC_EXPAND_COMMAND_HPP
#define ORDERLY_EXAMPLES_ARC_EXPAND_COMMAND_HPP

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

#include <array>       // options
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // command-line words

namespace arc {

namespace detail {
inline constexpr std::array<example::option_spec, 2> expand_specs{{{"--jsonl", false}, {"--out"}}};
} // namespace detail

inline int run_expand(example::command_words given) {
  std::vector<std::string_view> words(given.begin(), given.end());
  auto list = take_list(words, "--programs");
  const example::arguments options(words, detail::expand_specs); // names what is unknown first
  const auto names = required(std::move(list), "--programs");
  const auto out_name = example::optional_string(options, "--out");
  if (out_name) refuse_input_as_output("--out", *out_name, names);
  const known_names known(primitives);
  program_source source(names, known);
  program_output out(out_name,
                     options.has("--jsonl") ? program_format::json_lines : program_format::text);
  const bool all_good = for_each_good_program(source, [&](source_program&& one) {
    program minimal = without_dead_lines(std::move(one.parsed.code));
    if (one.task) minimal.name = candidate_name(minimal, *one.task);
    out.write(one.id, one.task, minimal);
  });
  out.publish();
  return all_good ? judged : misused;
}

} // namespace arc

#endif
