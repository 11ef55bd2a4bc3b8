// SPDX-License-Identifier: MIT
//
// orderly/available_parallelism.hpp: how many workers this process may use.
//
// The word and the rule are Rust's std::thread::available_parallelism: the CPUs of the affinity mask,
// lowered to the cgroup's CPU quota (whole CPUs, at least 1). std::thread::hardware_concurrency
// ignores both on Linux with libstdc++, and a container with a quota of 2 on a machine of 64 CPUs
// then gets 64 threads that throttle each other.
#ifndef ORDERLY_AVAILABLE_PARALLELISM_HPP
#define ORDERLY_AVAILABLE_PARALLELISM_HPP

#include <cstddef> // size_t

#if defined(__linux__)
#include <cstdio>  // fopen: reading /proc and /sys
#include <sched.h> // sched_getaffinity
#include <string>  // paths
#else
#include <thread> // hardware_concurrency
#endif

namespace orderly {
inline namespace v0 {
namespace detail {

#if defined(__linux__)

// The CPUs of the calling thread's affinity mask; 0 if the kernel does not tell. The mask is grown
// until it is as large as the kernel's, so more than 1024 CPUs are counted too.
inline std::size_t cpus_of_affinity_mask() {
  for (std::size_t cpus = 1024; cpus <= 1024 * 1024; cpus *= 4) {
    cpu_set_t* const mask = CPU_ALLOC(cpus);
    if (mask == nullptr) return 0;
    const std::size_t bytes = CPU_ALLOC_SIZE(cpus);
    const bool read = ::sched_getaffinity(0, bytes, mask) == 0;
    const int count = read ? CPU_COUNT_S(bytes, mask) : 0;
    CPU_FREE(mask);
    if (read) return static_cast<std::size_t>(count);
  }
  return 0;
}

inline std::string first_lines(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return {};
  char text[4096];
  const std::size_t length = std::fread(text, 1, sizeof text, file);
  std::fclose(file);
  return std::string(text, length);
}

// Whole CPUs of a quota and period in microseconds, at least 1; 0 means no limit.
inline std::size_t cpus_of_quota(long long quota, long long period) {
  if (quota <= 0 || period <= 0) return 0;
  return quota < period ? 1 : static_cast<std::size_t>(quota / period);
}

inline std::size_t lower_limit(std::size_t a, std::size_t b) {
  return a == 0 || (b != 0 && b < a) ? b : a;
}

// The tightest quota on the way from `group` up to the root of the hierarchy mounted at `root`.
template <class ReadQuota>
std::size_t tightest_quota(const std::string& root, std::string group, ReadQuota read) {
  std::size_t limit = 0;
  for (;;) {
    limit = lower_limit(limit, read(root + group));
    const std::size_t slash = group.rfind('/');
    if (slash == std::string::npos) return limit;
    group.resize(slash);
  }
}

inline std::size_t quota_of_v2(const std::string& folder) {
  long long quota = 0, period = 0;
  if (std::sscanf(first_lines(folder + "/cpu.max").c_str(), "%lld %lld", &quota, &period) != 2)
    return 0; // "max 100000": no limit
  return cpus_of_quota(quota, period);
}

inline std::size_t quota_of_v1(const std::string& folder) {
  long long quota = 0, period = 0;
  if (std::sscanf(first_lines(folder + "/cpu.cfs_quota_us").c_str(), "%lld", &quota) != 1 ||
      std::sscanf(first_lines(folder + "/cpu.cfs_period_us").c_str(), "%lld", &period) != 1)
    return 0;
  return cpus_of_quota(quota, period);
}

// Lines of /proc/self/cgroup: "0::/path" for version 2, "4:cpu,cpuacct:/path" for version 1.
inline std::size_t cpus_of_cgroup_quota() {
  const std::string groups = first_lines("/proc/self/cgroup");
  std::size_t limit = 0;
  for (std::size_t start = 0; start < groups.size();) {
    const std::size_t end = groups.find('\n', start);
    const std::string line = groups.substr(start, end - start);
    start = end == std::string::npos ? groups.size() : end + 1;
    const std::size_t controllers = line.find(':');
    const std::size_t path = line.find(':', controllers + 1);
    if (controllers == std::string::npos || path == std::string::npos) continue;
    std::string names(1, ','); // appended to: g++ 12 warns about its own operator+ here
    names.append(line, controllers + 1, path - controllers - 1).push_back(',');
    std::string group = line.substr(path + 1);
    if (group == "/") group.clear();
    if (names == ",,")
      limit = lower_limit(limit, tightest_quota("/sys/fs/cgroup", group, quota_of_v2));
    else if (names.find(",cpu,") != std::string::npos)
      limit = lower_limit(limit, tightest_quota("/sys/fs/cgroup/cpu", group, quota_of_v1));
  }
  return limit;
}

#endif

} // namespace detail

/// How many threads of this process can run at once, as far as the system tells; at least 1.
/// Blocking: reads a few small files on Linux (about 50 us); keep the result.
/// Thread-safety: any thread.
/// Exceptions: none; what cannot be read does not limit.
/// Units: threads.
[[nodiscard]] inline std::size_t available_parallelism() noexcept {
#if defined(__linux__)
  try {
    const std::size_t cpus = detail::cpus_of_affinity_mask();
    const std::size_t limit = detail::lower_limit(cpus, detail::cpus_of_cgroup_quota());
    return limit == 0 ? 1 : limit;
  } catch (...) { // out of memory for a path
    return 1;
  }
#else
  const std::size_t cpus = std::thread::hardware_concurrency();
  return cpus == 0 ? 1 : cpus;
#endif
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_AVAILABLE_PARALLELISM_HPP
