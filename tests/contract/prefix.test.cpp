// SPDX-License-Identifier: MIT
//
// The second promise: what has been merged is exactly the serial result of the chunks before
// `merged`, so a run can be stopped and resumed.
#include "support/catch.hpp"
#include "support/timing.hpp"

#include "orderly/orderly.hpp"

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using orderly::seed_range;

const seed_range sessions(orderly::seed(7), 20000);

std::string rows_of(const seed_range& chunk) {
  std::string rows;
  for (const std::uint64_t i : chunk) rows += std::to_string(chunk.stream(i).below(100)) + " ";
  return rows;
}

std::string serial_rows() {
  std::string rows;
  for (const seed_range chunk : sessions.chunks(50)) rows += rows_of(chunk);
  return rows;
}

} // namespace

TEST_CASE("contract: a run stopped from its sink and resumed gives the same bits",
          "[contract][resume]") {
  const std::string expected = serial_rows();
  for (const std::size_t workers : {1U, 2U, 3U, 8U}) {
    orderly::worker_pool pool(workers);
    std::string rows;
    std::uint64_t merged = 0;
    int legs = 0;
    while (merged < sessions.last()) {
      std::atomic<bool> stop{false};
      orderly::ordered_options options;
      options.stop = &stop;
      options.merged = &merged;
      options.window = 1 + static_cast<std::size_t>(legs) % 9;
      int sunk = 0;
      const std::uint64_t resume_at = orderly::ordered_for_each(
          pool, sessions.from(merged), 50, rows_of,
          [&](std::string&& text) {
            rows += text;
            if (++sunk == 20) stop = true;
          },
          options);
      REQUIRE(resume_at == merged);
      // Everything claimed when the stop came was merged: no more than the window, and for each worker
      // one claim that had read `stop` just before.
      REQUIRE(sunk >= (resume_at == sessions.last() ? 0 : 20));
      REQUIRE(static_cast<std::size_t>(sunk) <= 20 + options.window + workers);
      ++legs;
    }
    REQUIRE(legs > 5);
    REQUIRE(rows == expected);
  }
}

TEST_CASE("contract: a run stopped from another thread leaves a whole prefix",
          "[contract][resume]") {
  const std::string expected = serial_rows();
  orderly::worker_pool pool(3);
  test::disturbance disturb;
  for (int trial = 0; trial < 20; ++trial) {
    std::atomic<bool> stop{false};
    std::atomic<int> sunk{0};
    std::thread stopper([&] {
      while (sunk < trial * 5) std::this_thread::yield();
      stop = true;
    });
    orderly::ordered_options options;
    options.stop = &stop;
    std::string rows;
    const std::uint64_t resume_at = orderly::ordered_for_each(
        pool, sessions, 50,
        [&](const seed_range& chunk) {
          disturb();
          return rows_of(chunk);
        },
        [&](std::string&& text) {
          rows += text;
          ++sunk;
        },
        options);
    stopper.join();
    orderly::ordered_for_each(pool, sessions.from(resume_at), 50, rows_of,
                              [&](std::string&& text) { rows += text; });
    REQUIRE(rows == expected);
  }
}

TEST_CASE("contract: after a throwing sink the run resumes at the chunk that failed",
          "[contract][resume]") {
  const std::string expected = serial_rows();
  for (const std::size_t workers : {1U, 2U, 8U}) {
    orderly::worker_pool pool(workers);
    std::string rows;
    std::uint64_t merged = 0;
    int attempt = 0;
    while (merged < sessions.last()) {
      orderly::ordered_options options;
      options.merged = &merged;
      int left = 37;
      try {
        orderly::ordered_for_each(
            pool, sessions.from(merged), 50, rows_of,
            [&](std::string&& text) {
              if (--left == 0) throw std::runtime_error("disk full");
              rows += text;
            },
            options);
      } catch (const std::runtime_error&) {
        ++attempt;
      }
    }
    REQUIRE(attempt >= 10);
    REQUIRE(rows == expected);
  }
}

TEST_CASE("contract: accumulators of a stopped run hold exactly the merged chunks",
          "[contract][resume]") {
  struct tally {
    std::uint64_t items = 0;
  };
  orderly::worker_pool pool(4);
  orderly::per_worker<tally> tallies(pool);
  std::atomic<bool> stop{false};
  orderly::ordered_options options;
  options.stop = &stop;
  int sunk = 0;
  const std::uint64_t merged = orderly::ordered_for_each(
      tallies, sessions, 16,
      [](const seed_range& chunk, tally& mine) { mine.items += chunk.size(); },
      [&] {
        if (++sunk == 100) stop = true;
      },
      options);
  std::uint64_t items = 0;
  for (std::size_t w = 0; w < tallies.size(); ++w) items += tallies[w].items;
  REQUIRE(items == merged);
  REQUIRE(merged < sessions.last());
}

TEST_CASE("contract: a stopped reduce and pipeline give their prefix", "[contract][resume]") {
  orderly::worker_pool pool(3);
  std::atomic<bool> stop{false};
  std::uint64_t merged = 0;
  orderly::ordered_options options;
  options.stop = &stop;
  options.merged = &merged;
  const auto size_of = [](const seed_range& chunk) { return chunk.size(); };
  const std::uint64_t total = orderly::ordered_reduce(
      pool, sessions, 16, std::uint64_t{0}, size_of,
      [&](std::uint64_t& sum, std::uint64_t&& n) {
        sum += n;
        if (sum > 1000) stop = true;
      },
      options);
  REQUIRE(total == merged);
  REQUIRE(total > 1000);
  REQUIRE(total < sessions.size());

  stop = false;
  std::uint64_t given = 0, sunk = 0;
  const std::uint64_t count = orderly::ordered_pipeline(
      pool, [&]() -> std::optional<std::uint64_t> { return given++; }, // never ends by itself
      [](std::uint64_t i) { return i; },
      [&](std::uint64_t i) {
        REQUIRE(i == sunk);
        if (++sunk == 500) stop = true;
      },
      options);
  REQUIRE(count == sunk);
  REQUIRE(count == merged);
  REQUIRE(count >= 500);
  REQUIRE(given - count <= 1); // every item that was read is consumed
}
