// SPDX-License-Identifier: MIT
//
// What the programs of bench/ have in common: their options, what they say about the machine, and how
// they end.
//
//   int main(int argc, char** argv) {
//     return bench::program("queue_bench", "what it does", argc, argv, [](const bench::request& asked) {
//       ...
//     });
//   }
#ifndef ORDERLY_BENCH_SUPPORT_PROGRAM_HPP
#define ORDERLY_BENCH_SUPPORT_PROGRAM_HPP

#include "support/machine.hpp"

#include "examples/support/arguments.hpp"

#include <cerrno>       // why a file cannot be opened
#include <cstddef>      // size_t
#include <cstdio>       // the CSV file
#include <exception>    // failures
#include <memory>       // the CSV file
#include <string>       // its name
#include <string_view>  // command-line words
#include <system_error> // the text of errno
#include <vector>       // command-line words

namespace bench {

struct close_file {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

struct request {
  std::size_t rounds = 9;
  std::unique_ptr<std::FILE, close_file> csv; // may be null
  bool gate = false;
};

namespace detail {

inline request read_request(const example::arguments& given) {
  request asked;
  asked.rounds = given.optional_whole("--rounds", 1, 10'000).value_or(9);
  asked.gate = given.has("--gate");
  if (const auto file = given.text("--csv")) {
    const std::string name(*file);
    asked.csv.reset(std::fopen(name.c_str(), "we"));
    if (!asked.csv) throw std::system_error(errno, std::generic_category(), name);
  }
  return asked;
}

} // namespace detail

// Runs run(request), which tells whether all targets are met. 0: good; 1: it failed; 2: usage; 3: a target
// is missed and --gate was given.
template <class Run>
int program(const char* name, const char* what, int argc, char** argv, Run run) {
  constexpr example::option_spec known[] = {
      {"--rounds"}, {"--csv"}, {"--gate", false}, {"--help", false}};
  try {
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const example::arguments given(words, known);
    if (given.has("--help")) {
      std::printf(
          "%s: %s\n\n"
          "  --rounds N   samples of each contender (default: 9), and one more as a warm-up\n"
          "  --csv FILE   every sample\n"
          "  --gate       exit code 3 where a target is missed\n"
          "  --help       this text\n\n"
          "Exit codes: 0 good; 1 failed; 2 usage; 3 a target is missed, with --gate.\n",
          name, what);
      return 0;
    }
    const request asked = detail::read_request(given);
    const measured_run here;
    return run(asked) || !asked.gate ? 0 : 3;
  } catch (const example::usage_error& error) {
    std::fprintf(stderr, "%s: %s (%s --help lists the options)\n", name, error.what(), name);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name, error.what());
    return 1;
  }
}

} // namespace bench

#endif
