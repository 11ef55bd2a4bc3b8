// SPDX-License-Identifier: MIT
//
// batch_validator: judges programs of the ARC language on tasks, any number of them in parallel, with
// a report that depends on programs, tasks and limits alone.
//
//   batch_validator validate --tasks tasks/ --programs solvers.py more.py --out report.jsonl
//   batch_validator explain --tasks tasks/ --programs solvers.py --program solve_0a1b2c3d
//   batch_validator cache status --cache folder
//   batch_validator merge shard0.jsonl shard1.jsonl --out report.jsonl
//   batch_validator primitives
//
// How orderly's parts are put together is in validation.hpp.
#include "../support/arguments.hpp"
#include "../support/command_table.hpp"
#include "../support/interrupt.hpp"
#include "../support/output_file.hpp"
#include "bench_command.hpp"
#include "cache_command.hpp"
#include "command_options.hpp"
#include "evolve_command.hpp"
#include "expand_command.hpp"
#include "explain_command.hpp"
#include "help.hpp"
#include "merge_command.hpp"
#include "mutate_command.hpp"
#include "primitives_command.hpp"
#include "validate_command.hpp"

#include <array>       // commands
#include <cstdio>      // standard error
#include <exception>   // failures
#include <string_view> // command-line words
#include <vector>      // command-line words

namespace {

constexpr std::array commands{example::command{"validate", arc::run_validate},
                              example::command{"explain", arc::run_explain},
                              example::command{"expand", arc::run_expand},
                              example::command{"mutate", arc::run_mutate},
                              example::command{"evolve", arc::run_evolve},
                              example::command{"bench", arc::run_bench},
                              example::command{"cache", arc::run_cache},
                              example::command{"merge", arc::run_merge},
                              example::command{"primitives", arc::run_primitives}};

int complain(int code, const std::exception& error, const char* hint = "") {
  std::fprintf(stderr, "batch_validator: %s%s\n", error.what(), hint);
  return code;
}

} // namespace

int main(int argc, char** argv) {
  example::report_closed_pipes_as_errors();
  try {
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    return example::run_command(commands, words, arc::help_text);
  } catch (const example::input_error& error) {
    return complain(arc::misused, error);
  } catch (const example::usage_error& error) {
    return complain(arc::misused, error, " (batch_validator --help lists the options)");
  } catch (const example::open_error& error) {
    return complain(arc::misused, error);
  } catch (const std::exception& error) {
    return complain(arc::failed, error);
  }
}
