// SPDX-License-Identifier: MIT
//
// What the kernel knows about this process and its machine at one moment: time, CPU, context
// switches, memory, threads. Linux only. A figure that cannot be read ends the program: a zero would
// look like a good result.
//
//   const bench::process_figures before = bench::read_figures();
//   ...
//   const double used = bench::read_figures().own_cpu - before.own_cpu;   // seconds
#ifndef ORDERLY_BENCH_SUPPORT_PROCESS_FIGURES_HPP
#define ORDERLY_BENCH_SUPPORT_PROCESS_FIGURES_HPP

#include <chrono>     // the time of a reading
#include <cstdint>    // counts
#include <ctime>      // clock_gettime: the process's CPU clock
#include <filesystem> // the threads are folders
#include <fstream>    // /proc
#include <stdexcept>  // runtime_error
#include <string>     // paths, labels

#include <unistd.h> // sysconf: the unit of /proc/stat

namespace bench {

using clock = std::chrono::steady_clock;

struct process_figures {
  clock::time_point at;
  double own_cpu = 0;          // seconds, all threads of this process
  double machine_cpu = 0;      // seconds, all processes; what a hypervisor took away included
  std::uint64_t voluntary = 0; // context switches of the threads that exist now
  std::uint64_t involuntary = 0;
  std::uint64_t resident_kib = 0;
  std::uint64_t threads = 0;
};

/// The number after a label at the beginning of a line of a file of /proc.
inline std::uint64_t labelled_number(const std::string& path, const std::string& label) {
  std::ifstream in(path);
  for (std::string word; in >> word; in.ignore(4096, '\n')) {
    std::uint64_t number = 0;
    if (word == label && in >> number) return number;
  }
  throw std::runtime_error(path + ": no number after " + label);
}

/// CPU seconds of this process, to the nanosecond.
inline double own_cpu_seconds() {
  timespec time{};
  if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0)
    throw std::runtime_error("the CPU clock of the process cannot be read");
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// CPU seconds that were not idle since the machine was started, over all its processors.
inline double machine_cpu_seconds() {
  std::ifstream in("/proc/stat");
  std::string label;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0,
         stolen = 0;
  in >> label >> user >> nice >> system >> idle >> waiting >> interrupts >> soft >> stolen;
  if (!in || label != "cpu") throw std::runtime_error("/proc/stat: no line of all processors");
  return (user + nice + system + interrupts + soft + stolen) /
         static_cast<double>(::sysconf(_SC_CLK_TCK));
}

inline process_figures read_figures() {
  process_figures read;
  read.at = clock::now();
  read.own_cpu = own_cpu_seconds();
  read.machine_cpu = machine_cpu_seconds();
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    const std::string status = thread.path().string() + "/status";
    read.voluntary += labelled_number(status, "voluntary_ctxt_switches:");
    read.involuntary += labelled_number(status, "nonvoluntary_ctxt_switches:");
    ++read.threads;
  }
  // The sum over the mappings is exact; VmRSS may be off by some pages for each processor.
  read.resident_kib = labelled_number("/proc/self/smaps_rollup", "Rss:");
  return read;
}

} // namespace bench

#endif
