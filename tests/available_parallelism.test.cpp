// SPDX-License-Identifier: MIT
#include "orderly/available_parallelism.hpp"

#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <map>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

using orderly::available_parallelism;

TEST_CASE("available_parallelism: it is at least 1", "[available_parallelism]") {
  CHECK(available_parallelism() >= 1);
}

TEST_CASE("available_parallelism: it is the same when asked again", "[available_parallelism]") {
  CHECK(available_parallelism() == available_parallelism());
}

#if defined(__linux__)

namespace detail = orderly::detail;

TEST_CASE("available_parallelism: a thread bound to one CPU has 1",
          "[available_parallelism][linux]") {
  std::size_t usable = 0;
  int bound = -1;
  test::run_on_threads(1, [&](std::size_t) {
    cpu_set_t mask;
    if (::sched_getaffinity(0, sizeof mask, &mask) != 0) return;
    std::size_t cpu = 0;
    while (!CPU_ISSET(cpu, &mask)) ++cpu;
    CPU_ZERO(&mask);
    CPU_SET(cpu, &mask);
    bound = ::sched_setaffinity(0, sizeof mask, &mask);
    usable = available_parallelism();
  });
  REQUIRE(bound == 0);
  CHECK(usable == 1);
}

TEST_CASE("available_parallelism: it does not exceed the affinity mask",
          "[available_parallelism][linux]") {
  cpu_set_t mask;
  REQUIRE(::sched_getaffinity(0, sizeof mask, &mask) == 0);
  CHECK(detail::cpus_of_affinity_mask() == static_cast<std::size_t>(CPU_COUNT(&mask)));
  CHECK(available_parallelism() <= detail::cpus_of_affinity_mask());
}

TEST_CASE("available_parallelism: a quota counts in whole CPUs, at least 1, and 0 is no limit",
          "[available_parallelism][quota]") {
  CHECK(detail::cpus_of_quota(200000, 100000) == 2);
  CHECK(detail::cpus_of_quota(199999, 100000) == 1);
  CHECK(detail::cpus_of_quota(250000, 100000) == 2);
  CHECK(detail::cpus_of_quota(100000, 100000) == 1);
  CHECK(detail::cpus_of_quota(1000, 100000) == 1);
  CHECK(detail::cpus_of_quota(1, 1000000) == 1);
  CHECK(detail::cpus_of_quota(-1, 100000) == 0);
  CHECK(detail::cpus_of_quota(0, 100000) == 0);
  CHECK(detail::cpus_of_quota(100000, 0) == 0);
}

TEST_CASE("available_parallelism: of two limits the lower counts, 0 being none",
          "[available_parallelism][quota]") {
  CHECK(detail::lower_limit(0, 0) == 0);
  CHECK(detail::lower_limit(0, 3) == 3);
  CHECK(detail::lower_limit(3, 0) == 3);
  CHECK(detail::lower_limit(3, 2) == 2);
  CHECK(detail::lower_limit(2, 3) == 2);
}

TEST_CASE("available_parallelism: the tightest quota between a group and the root counts",
          "[available_parallelism][quota]") {
  const std::map<std::string, std::size_t> quotas = {
      {"/sys", 8}, {"/sys/a", 3}, {"/sys/a/b", 0}, {"/sys/a/b/c", 5}, {"/sys/other", 1}};
  std::vector<std::string> asked;
  const auto read = [&](const std::string& folder) {
    asked.push_back(folder);
    const auto found = quotas.find(folder);
    return found == quotas.end() ? std::size_t{0} : found->second;
  };
  CHECK(detail::tightest_quota("/sys", "/a/b/c", read) == 3);
  CHECK(asked == std::vector<std::string>{"/sys/a/b/c", "/sys/a/b", "/sys/a", "/sys"});
  CHECK(detail::tightest_quota("/sys", "", read) == 8);
  CHECK(detail::tightest_quota("/none", "/x", read) == 0);
}

TEST_CASE("available_parallelism: what cannot be read does not limit",
          "[available_parallelism][quota]") {
  CHECK(detail::first_lines("/nowhere/at/all").empty());
  CHECK(detail::quota_of_v2("/nowhere/at/all") == 0);
  CHECK(detail::quota_of_v1("/nowhere/at/all") == 0);
}

#endif
