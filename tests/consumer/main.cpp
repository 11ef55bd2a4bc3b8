// SPDX-License-Identifier: MIT
//
// The smallest program of somebody who uses orderly; each folder here gets at it in another way.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <cstdio>

int main() {
  orderly::worker_pool pool;
  const orderly::index_range numbers(0, 1000);
  const auto sum_of = [](const orderly::index_range& chunk) {
    std::uint64_t sum = 0;
    for (const std::uint64_t number : chunk) sum += number;
    return sum;
  };
  std::uint64_t total = 0;
  orderly::ordered_for_each(pool, numbers, 64, sum_of, [&](std::uint64_t sum) { total += sum; });
  std::printf("orderly %s: %llu\n", ORDERLY_VERSION, static_cast<unsigned long long>(total));
  return total == 499500 ? 0 : 1;
}
