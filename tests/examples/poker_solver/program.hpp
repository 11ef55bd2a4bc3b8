// SPDX-License-Identifier: MIT
//
// Starts the built poker_solver in a folder of its own, and reads what it leaves there.
//
//   const temporary_folder folder;
//   CHECK(poker_run(folder, "train --game kuhn --iterations 100 --logdir run") == 0);
//   CHECK(poker_run(folder, "eval run/strategy.bin --json json") == 0);
//   json_file(folder, "json").at("exploitability").real();
//
// POKER_SOLVER_PATH names the program; without it, or without a POSIX shell, there is nothing here,
// and POKER_PROGRAM_TESTS is 0.
#ifndef ORDERLY_TESTS_POKER_PROGRAM_HPP
#define ORDERLY_TESTS_POKER_PROGRAM_HPP

#if defined(POKER_SOLVER_PATH) && (defined(__unix__) || defined(__APPLE__))
#define POKER_PROGRAM_TESTS 1

#include "../program_in_folder.hpp"

#include <cstddef> // positions in texts
#include <string>  // commands
#include <vector>  // lines of metrics

/// Runs a shell command with $poker as the program.
inline int poker_shell(const temporary_folder& folder, const std::string& command) {
  return run_in(folder, "poker='" POKER_SOLVER_PATH "'; " + command);
}

/// Runs the program with these words, which the shell takes apart.
inline int poker_run(const temporary_folder& folder, const std::string& words) {
  return poker_shell(folder, "\"$poker\" " + words);
}

/// Trains quietly and successfully, into this folder of the run.
inline bool trained(const temporary_folder& folder, const std::string& words,
                    const std::string& logdir) {
  return poker_run(folder, "train --quiet " + words + " --logdir " + logdir) == 0;
}

/// What the evaluation of a strategy says, which must succeed.
inline example::json_value evaluated(const temporary_folder& folder, const std::string& words) {
  if (poker_run(folder, "eval " + words + " --quiet --json evaluated") != 0) {
    return {content_of(folder, "err"), {}};
  }
  return json_file(folder, "evaluated");
}

/// Both results of a run, for comparing.
inline std::string results_of(const temporary_folder& folder, const std::string& logdir) {
  return content_of(folder, logdir + "/strategy.bin") +
         content_of(folder, logdir + "/checkpoint.bin");
}

/// The lines of metrics.jsonl, each read by itself.
inline std::vector<example::json_value> metrics_of(const temporary_folder& folder,
                                                   const std::string& logdir) {
  const std::string text = content_of(folder, logdir + "/metrics.jsonl");
  std::vector<example::json_value> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(example::read_json(text.substr(at, end - at)));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

#else
#define POKER_PROGRAM_TESTS 0
#endif

#endif
