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
#ifndef ORDERLY_TESTS_CASINO_PROGRAM_HPP
#define ORDERLY_TESTS_CASINO_PROGRAM_HPP

#if defined(CASINO_SIMULATOR_PATH) && (defined(__unix__) || defined(__APPLE__))
#define CASINO_PROGRAM_TESTS 1

#include "../program_in_folder.hpp"

#include <string> // commands

/// Runs a shell command with $casino as the program.
inline int shell(const temporary_folder& folder, const std::string& command) {
  return run_in(folder, "casino='" CASINO_SIMULATOR_PATH "'; " + command);
}

/// Runs the program with these words, which the shell takes apart.
inline int casino_run(const temporary_folder& folder, const std::string& words) {
  return shell(folder, "\"$casino\" " + words);
}

/// A session with both limits, of which much is known; sessions and seed are missing.
inline const std::string short_run =
    "simulate --hands 200 --bankroll 100 --win-limit 50 --loss-limit 40 --quiet ";

#else
#define CASINO_PROGRAM_TESTS 0
#endif

#endif
