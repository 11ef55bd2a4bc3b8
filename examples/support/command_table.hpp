// SPDX-License-Identifier: MIT
//
// A program that has several commands: its first word says which.
//
//   constexpr std::array commands{example::command{"train", train}, example::command{"show", show}};
//   return example::run_command(commands, words, help_text());   // in main's try
#ifndef ORDERLY_EXAMPLES_SUPPORT_COMMAND_TABLE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_COMMAND_TABLE_HPP

#include "arguments.hpp"
#include "output_file.hpp"

#include <cerrno>      // why standard output failed
#include <cstdio>      // standard output
#include <span>        // commands, words
#include <string>      // messages
#include <string_view> // names
#include <vector>      // names

namespace example {

/// What stands on a command line behind the program's name.
using command_words = std::span<const std::string_view>;

struct command {
  std::string_view name;
  int (*run)(command_words given); ///< gets what is behind the name; gives the exit code
};

/// To a standard stream, at once. Exceptions: write_error.
inline void print(std::string_view text, std::FILE* out = stdout) {
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (!written || std::fflush(out) != 0) {
    throw write_error("standard output: a write failed: " + detail::reason(errno));
  }
}

/// Exceptions: usage_error for a missing or unknown command; the command's.
inline int run_command(std::span<const command> commands, command_words given,
                       std::string_view help) {
  for (const std::string_view word : given) {
    if (word != "--help" && word != "-h") continue;
    print(help);
    return 0;
  }
  std::vector<std::string_view> names;
  for (const command& known : commands) {
    if (!given.empty() && given[0] == known.name) return known.run(given.subspan(1));
    names.push_back(known.name);
  }
  if (!given.empty()) {
    throw usage_error("unknown command '" + std::string(given[0]) + "'" +
                      suggestion(given[0], names));
  }
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  throw usage_error("a command is missing: " + list);
}

} // namespace example

#endif
