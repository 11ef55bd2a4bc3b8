// SPDX-License-Identifier: MIT
//
// The first promise: the same bits for any number of workers and any timing.
#include "support/catch.hpp"
#include "support/timing.hpp"

#include "orderly/orderly.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using orderly::seed_range;

const seed_range sessions(orderly::seed(42), 5000);

// Everything that the compositions give for one range, as exact bits.
struct outcome {
  std::string rows;
  std::uint64_t real_total = 0; // the bits of a sum of doubles
  std::vector<std::uint64_t> transformed;
  std::string piped;
  std::uint64_t heads = 0;

  friend bool operator==(const outcome&, const outcome&) = default;
};

double walk(const seed_range& chunk) {
  double sum = 0;
  for (const std::uint64_t i : chunk) {
    auto stream = chunk.stream(i);
    for (int step = 0; step < 8; ++step) sum += stream.unit() - 0.5;
  }
  return sum;
}

std::string rows_of(const seed_range& chunk) {
  std::string rows;
  for (const std::uint64_t i : chunk) {
    auto stream = chunk.stream(i);
    rows += std::to_string(i) + "," + std::to_string(stream.below(1000)) + "\n";
  }
  return rows;
}

template <class Team>
outcome compute(Team& team, std::size_t window, test::disturbance& disturb) {
  outcome result;
  orderly::ordered_options options;
  options.window = window;
  const auto rows = [&](const seed_range& chunk, auto&...) {
    disturb();
    return rows_of(chunk);
  };
  orderly::ordered_for_each(
      team, sessions, 16, rows, [&](std::string&& text) { result.rows += text; }, options);
  const auto part = [&](const seed_range& chunk, auto&...) {
    disturb();
    return walk(chunk);
  };
  result.real_total = std::bit_cast<std::uint64_t>(orderly::ordered_reduce(
      team, sessions, 16, 0.0, part, [](double& total, double&& x) { total += x; }, options));
  result.transformed = orderly::ordered_transform(
      team, sessions, 16,
      [&](std::uint64_t i, auto&...) {
        disturb();
        return sessions.stream(i)();
      },
      options);
  std::uint64_t next = 0;
  orderly::ordered_pipeline(
      team,
      [&]() -> std::optional<std::uint64_t> {
        if (next == 1000) return std::nullopt;
        return next++;
      },
      [&](std::uint64_t i, auto&...) {
        disturb();
        return std::to_string(sessions.fast(i)());
      },
      [&](std::uint64_t i, std::string&& text) { result.piped += std::to_string(i) + text; },
      options);
  return result;
}

struct tally {
  std::uint64_t heads = 0;
};

outcome compute_on(std::size_t workers, bool caller_works, std::size_t window) {
  test::disturbance disturb;
  orderly::worker_pool_options options;
  options.workers = workers;
  options.caller_works = caller_works;
  orderly::worker_pool pool(options);
  outcome result = compute(pool, window, disturb);
  orderly::per_worker<tally> tallies(pool);
  REQUIRE(compute(tallies, window, disturb) == result);
  tallies.for_each_index(sessions.size(), [&](std::uint64_t i, tally& mine) {
    mine.heads += sessions.stream(i).below(2);
  });
  for (std::size_t w = 0; w < tallies.size(); ++w) result.heads += tallies[w].heads;
  return result;
}

} // namespace

TEST_CASE("contract: the same bits for workers 1, 2, 3, 8, any window and timing", "[contract]") {
  const outcome expected = compute_on(1, true, orderly::ordered_options::default_window);
  REQUIRE(expected.rows.size() > 20000);
  for (const std::size_t workers : {1U, 2U, 3U, 8U}) {
    for (const bool caller_works : {true, false}) {
      for (const std::size_t window :
           {std::size_t{1}, std::size_t{3}, orderly::ordered_options::default_window}) {
        CAPTURE(workers, caller_works, window);
        REQUIRE(compute_on(workers, caller_works, window) == expected);
      }
    }
  }
}

TEST_CASE("contract: ordered_for_each equals the serial loop it is specified by", "[contract]") {
  std::string expected;
  for (const seed_range chunk : sessions.chunks(33)) expected += rows_of(chunk);
  orderly::worker_pool pool(3);
  std::string rows;
  const auto end = orderly::ordered_for_each(pool, sessions, 33, rows_of,
                                             [&](const seed_range& chunk, std::string&& text) {
                                               REQUIRE(rows.size() < expected.size());
                                               REQUIRE(chunk.size() <= 33);
                                               rows += text;
                                             });
  REQUIRE(rows == expected);
  REQUIRE(end == sessions.last());
}

TEST_CASE("contract: shards computed apart are the whole when put together", "[contract]") {
  orderly::worker_pool pool(2);
  const auto rows_for = [&](const seed_range& range) {
    std::string rows;
    orderly::ordered_for_each(pool, range, 64, rows_of, [&](std::string&& text) { rows += text; });
    return rows;
  };
  const std::string whole = rows_for(sessions);
  for (const std::uint64_t shards : {1U, 2U, 3U, 7U}) {
    std::string joined;
    for (std::uint64_t k = 0; k < shards; ++k) {
      // Sent to another process as text, and read there.
      const std::string sent = orderly::to_text(sessions.chunks(64).part(k, shards).range());
      joined += rows_for(orderly::parse_seed_range(sent));
    }
    REQUIRE(joined == whole);
  }
}
