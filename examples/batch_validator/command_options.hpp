// SPDX-License-Identifier: MIT
//
// Options that several commands have: lists of files, limits, workers, the output file. Exit codes.
#ifndef ORDERLY_EXAMPLES_ARC_COMMAND_OPTIONS_HPP
#define ORDERLY_EXAMPLES_ARC_COMMAND_OPTIONS_HPP

#include "../support/arguments.hpp"
#include "../support/option_values.hpp"
#include "report.hpp"
#include "value.hpp"

#include "orderly/available_parallelism.hpp"

#include <array>       // options
#include <cstddef>     // worker counts
#include <cstdint>     // limits
#include <optional>    // options that may be absent
#include <string>      // names
#include <string_view> // command-line words
#include <utility>     // move
#include <vector>      // lists

namespace arc {

enum exit_code : int { judged = 0, not_all_accepted = 1, misused = 2, failed = 3 };

/// Takes an option and the words behind it, up to the next option, out of the command line; absent
/// without the option. The first may be joined to it, as in --tasks=folder.
inline std::optional<std::vector<std::string>> take_list(std::vector<std::string_view>& words,
                                                         std::string_view option) {
  std::optional<std::vector<std::string>> list;
  std::vector<std::string_view> others;
  bool in_list = false;
  for (const std::string_view word : words) {
    const bool is_joined = word.substr(0, word.find('=')) == option && word != option;
    if (word.substr(0, 2) == "--") in_list = word == option || is_joined;
    if (in_list && !list) list.emplace();
    if (is_joined) {
      list->emplace_back(word.substr(option.size() + 1));
    } else if (word == option) {
      continue;
    } else if (in_list) {
      list->emplace_back(word);
    } else {
      others.push_back(word);
    }
  }
  words = std::move(others);
  return list;
}

/// The same for an option that must be given. Exceptions: example::usage_error.
inline std::vector<std::string> required(std::optional<std::vector<std::string>>&& list,
                                         std::string_view option) {
  if (!list) throw example::usage_error(std::string(option) + " is missing");
  if (list->empty()) throw example::usage_error(std::string(option) + ": a value is missing");
  for (const std::string& each : *list) {
    if (each.empty()) throw example::usage_error(std::string(option) + ": the value is empty");
  }
  return std::move(*list);
}

/// What is written must not take the place of what it is about. Exceptions: example::usage_error.
inline void refuse_input_as_output(std::string_view option, const std::string& out,
                                   const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (example::same_file(out, input)) {
      throw example::usage_error(std::string(option) + ": '" + out + "' is also read");
    }
  }
}

/// What settings_of reads.
inline constexpr std::array<example::option_spec, 4> settings_specs{
    {{"--fuel"}, {"--cells"}, {"--depth"}, {"--dialect"}}};

/// Limits and dialect. Exceptions: example::usage_error.
inline validation_settings settings_of(const example::arguments& options) {
  validation_settings settings;
  run_limits& limits = settings.limits;
  limits.fuel = options.optional_whole("--fuel", 1, 1'000'000'000'000'000).value_or(limits.fuel);
  limits.cells = options.optional_whole("--cells", 1, value::most_elements).value_or(limits.cells);
  limits.depth = static_cast<std::uint32_t>(
      options.optional_whole("--depth", 1, 10'000).value_or(limits.depth));
  const auto name = options.choice("--dialect", {"arc-dsl", "re-arc"});
  settings.dialect = name == "re-arc" ? dialect::re_arc : dialect::arc_dsl;
  return settings;
}

/// Of --workers N|auto. Exceptions: example::usage_error.
inline std::size_t workers_of(const example::arguments& options) {
  const bool chosen = options.has("--workers") && options.text("--workers") != "auto";
  return chosen ? static_cast<std::size_t>(options.whole("--workers", 1, 1024))
                : orderly::available_parallelism();
}

} // namespace arc

#endif
