// SPDX-License-Identifier: MIT
//
// What a table of timings has to say about where it was taken, and how busy that was with other things.
#ifndef ORDERLY_BENCH_SUPPORT_MACHINE_HPP
#define ORDERLY_BENCH_SUPPORT_MACHINE_HPP

#include "support/process_figures.hpp"

#include "orderly/available_parallelism.hpp"

#include <chrono>  // the length of the run
#include <cstdio>  // the lines
#include <fstream> // /proc/cpuinfo
#include <string>  // the processor's name

#include <sys/utsname.h>

namespace bench {

inline std::string processor_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(": ") + 2);
  return "unknown processor";
}

// Says where at its start, and how busy others kept the machine at its end.
class measured_run {
 public:
  measured_run() : begin_(read_figures()) {
    utsname system{};
    ::uname(&system);
    std::printf("%s, %zu processors usable; %s %s; "
#if defined(__clang__)
                "clang++ " __clang_version__
#elif defined(__GNUC__)
                "g++ " __VERSION__
#endif
                "\n\n",
                processor_name().c_str(), orderly::available_parallelism(), system.sysname,
                system.release);
  }
  measured_run(const measured_run&) = delete;
  measured_run& operator=(const measured_run&) = delete;
  ~measured_run() {
    const process_figures end = read_figures();
    const double seconds = std::chrono::duration<double>(end.at - begin_.at).count();
    const double foreign =
        (end.machine_cpu - begin_.machine_cpu - (end.own_cpu - begin_.own_cpu)) / seconds;
    std::printf("\n%.0f s; others kept %.2f processors busy meanwhile\n", seconds, foreign);
  }

 private:
  process_figures begin_;
};

} // namespace bench

#endif
