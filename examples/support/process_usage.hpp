// SPDX-License-Identifier: MIT
//
// What this process has used so far, as the system counts it.
//
//   if (const auto usage = example::own_usage()) usage->resident_bytes;
//
// Absent where the system has no such counts (others than Linux).
#ifndef ORDERLY_EXAMPLES_SUPPORT_PROCESS_USAGE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_PROCESS_USAGE_HPP

#include <cstdint>  // counts
#include <optional> // absent elsewhere

#if defined(__linux__)
#include <fstream> // /proc

#include <sys/resource.h> // getrusage
#include <unistd.h>       // the size of a page
#endif

namespace example {

struct process_usage {
  double cpu_seconds = 0; ///< of all threads
  std::uint64_t resident_bytes = 0;
  std::uint64_t voluntary_switches = 0;   ///< a thread waited
  std::uint64_t involuntary_switches = 0; ///< it was made to
};

inline std::optional<process_usage> own_usage() {
#if defined(__linux__)
  rusage used{};
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  if (::getrusage(RUSAGE_SELF, &used) != 0) return std::nullopt;
  if (!(std::ifstream("/proc/self/statm") >> pages >> resident)) return std::nullopt;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return process_usage{seconds(used.ru_utime) + seconds(used.ru_stime),
                       resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)),
                       static_cast<std::uint64_t>(used.ru_nvcsw),
                       static_cast<std::uint64_t>(used.ru_nivcsw)};
#else
  return std::nullopt;
#endif
}

} // namespace example

#endif
