// SPDX-License-Identifier: MIT
//
// Starts the built casino_simulator in a folder of its own, and reads what it leaves there.
//
//   const temporary_folder folder;
//   CHECK(casino_run(folder, "exact --quiet --json json") == 0);
//   json_file(folder, "json").at("deals").uint64();
//
// CASINO_SIMULATOR_PATH names the program; without it, or without a POSIX shell, there is nothing
// here, and CASINO_PROGRAM_TESTS is 0.
#ifndef ORDERLY_TESTS_EXAMPLES_CASINO_PROGRAM_HPP
#define ORDERLY_TESTS_EXAMPLES_CASINO_PROGRAM_HPP

#if defined(CASINO_SIMULATOR_PATH) && (defined(__unix__) || defined(__APPLE__))
#define CASINO_PROGRAM_TESTS 1

#include "support/json_reader.hpp"

#include "temporary_folder.hpp"

#include <cstddef>    // positions in texts
#include <cstdlib>    // system
#include <filesystem> // names in a folder
#include <set>        // names in a folder
#include <string>     // commands, contents

#include <sys/wait.h> // the exit code

/// Runs a shell command with $casino as the program, inside the folder. Output goes to the files
/// "out" and "err" there; the result is the exit code.
inline int shell(const temporary_folder& folder, const std::string& command) {
  const std::string line = "cd '" + folder.file("") +
                           "' && casino='" CASINO_SIMULATOR_PATH "' && { " + command +
                           "; } >out 2>err";
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Runs the program with these words, which the shell takes apart.
inline int casino_run(const temporary_folder& folder, const std::string& words) {
  return shell(folder, "\"$casino\" " + words);
}

inline std::string content_of(const temporary_folder& folder, const std::string& name) {
  return read_file(folder.file(name));
}

inline example::json_value json_file(const temporary_folder& folder, const std::string& name) {
  return example::read_json(content_of(folder, name));
}

/// The names in the folder, but for those of the program's standard streams.
inline std::set<std::string> names_in(const temporary_folder& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.file(""))) {
    names.insert(entry.path().filename().string());
  }
  names.erase("out");
  names.erase("err");
  return names;
}

/// The lines that begin so.
inline std::string lines_with(const std::string& text, const std::string& begin) {
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    const std::size_t next = end == 0 ? text.size() : end;
    if (text.compare(at, begin.size(), begin) == 0) found += text.substr(at, next - at);
    at = next;
  }
  return found;
}

/// A session with both limits, of which much is known; sessions and seed are missing.
inline const std::string short_run =
    "simulate --hands 200 --bankroll 100 --win-limit 50 --loss-limit 40 --quiet ";

#else
#define CASINO_PROGRAM_TESTS 0
#endif

#endif
