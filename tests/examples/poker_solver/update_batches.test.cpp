// SPDX-License-Identifier: MIT
//
// Batches on pools of any size: as one loop over the iterations would add.
#include "support/catch.hpp"

#include "poker_solver/table_updates.hpp"
#include "poker_solver/update_batches.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace {

using poker::direct_updates;

constexpr std::uint32_t cells = 6000;

struct counter {
  std::size_t worker = 0;
  std::uint64_t iterations = 0;
};
using batches = poker::update_batches<double, counter>;

orderly::seed_range range(std::uint64_t first, std::uint64_t last) {
  return {orderly::seed(11), first, last};
}

/// Updates of one iteration, which depend on the table, and whose sums depend on their order.
template <class Updates>
void iterate(const std::vector<double>& table, orderly::fast_stream stream, Updates& updates) {
  for (int i = 0; i < 8; ++i) {
    const auto cell = static_cast<std::uint32_t>(3 * stream.below(i < 4 ? 10 : cells / 3));
    std::array<double, 3> amounts{};
    for (double& amount : amounts) {
      const auto size = static_cast<double>(std::uint64_t{1} << stream.below(30));
      amount = (stream.unit() - 0.5) * size + table[cell] / 8;
    }
    updates.add(cell, 3, amounts.data());
  }
}

/// Batches of these sizes, one after the other, in a loop.
std::vector<double> expected(const std::vector<std::uint64_t>& sizes) {
  std::vector<double> table(cells);
  std::uint64_t first = 0;
  for (const std::uint64_t size : sizes) {
    const std::vector<double> before = table;
    direct_updates<double> direct(table.data());
    const orderly::seed_range iterations = range(first, first + size);
    for (const std::uint64_t i : iterations) iterate(before, iterations.fast(i), direct);
    first += size;
  }
  return table;
}

struct result {
  std::vector<double> table;
  std::uint64_t iterations = 0;
};

result run(const std::vector<std::uint64_t>& sizes, std::size_t workers) {
  orderly::worker_pool pool({.workers = workers});
  batches all(pool, [](std::size_t worker) { return counter{worker}; });
  result found{std::vector<double>(cells)};
  std::uint64_t first = 0;
  for (const std::uint64_t size : sizes) {
    all.run(range(first, first + size), found.table.data(),
            [&](const orderly::seed_range& chunk, counter& mine, batches::log& log) {
              for (const std::uint64_t i : chunk) iterate(found.table, chunk.fast(i), log);
              mine.iterations += chunk.size();
            });
    first += size;
  }
  for (std::size_t i = 0; i < workers; ++i) {
    CHECK(all.states()[i].worker == i);
    found.iterations += all.states()[i].iterations;
  }
  return found;
}

} // namespace

TEST_CASE("update batches: the bits of a loop, for any number of workers",
          "[poker][update_batches]") {
  const std::vector<std::uint64_t> sizes{100, 100, 100, 100};
  const std::vector<double> table = expected(sizes);
  for (const std::size_t workers : {1U, 2U, 3U, 7U}) {
    CAPTURE(workers);
    const result found = run(sizes, workers);
    CHECK(found.table == table);
    CHECK(found.iterations == 400);
  }
}

// Fewer chunks than before must not add what the others wrote down.
TEST_CASE("update batches: batches of any size after each other", "[poker][update_batches]") {
  const std::vector<std::uint64_t> sizes{1000, 3, 31, 32, 33, 1, 64, 65, 2};
  const std::vector<double> table = expected(sizes);
  for (const std::size_t workers : {1U, 3U}) CHECK(run(sizes, workers).table == table);
}

TEST_CASE("update batches: the batches matter, their sums being read by the next",
          "[poker][update_batches]") {
  CHECK(expected({100}) != expected({50, 50}));
}

TEST_CASE("update batches: an exception leaves the table as it was", "[poker][update_batches]") {
  orderly::worker_pool pool({.workers = 3});
  batches all(pool, [](std::size_t worker) { return counter{worker}; });
  std::vector<double> table(cells);
  const auto traverse = [&](const orderly::seed_range& chunk, counter&, batches::log& log) {
    for (const std::uint64_t i : chunk) iterate(table, chunk.fast(i), log);
    if (chunk.contains(70)) throw std::runtime_error("thrown by a chunk");
  };
  CHECK_THROWS_AS(all.run(range(0, 100), table.data(), traverse), std::runtime_error);
  CHECK(table == std::vector<double>(cells));
  // And the next batch knows nothing of it.
  all.run(range(100, 150), table.data(), traverse);
  std::vector<double> alone(cells);
  const std::vector<double> before = alone;
  direct_updates<double> direct(alone.data());
  for (const std::uint64_t i : range(100, 150)) iterate(before, range(100, 150).fast(i), direct);
  CHECK(table == alone);
}
