// SPDX-License-Identifier: MIT
//
// The third promise: the error that reaches the caller is that of the lowest failing chunk, after
// exactly the chunks before it.
#include "support/catch.hpp"
#include "support/splitmix64.hpp"
#include "support/timing.hpp"

#include "orderly/orderly.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using orderly::index_range;

struct failed_at : std::runtime_error {
  explicit failed_at(std::uint64_t where) : std::runtime_error("planned"), index(where) {}
  std::uint64_t index;
};

// What one random trial runs into.
struct plan {
  std::size_t workers;
  bool caller_works;
  std::uint64_t chunks;
  orderly::ordered_options options;
  std::vector<std::uint64_t> map_fails; // chunks
  std::uint64_t sink_fails;             // a chunk, or none

  std::uint64_t lowest() const {
    return (std::min)(sink_fails, *std::min_element(map_fails.begin(), map_fails.end()));
  }
};

plan draw_plan(test::splitmix64& random) {
  plan p;
  p.workers = 1 + random() % 8;
  p.caller_works = random() % 3 != 0;
  p.chunks = 1 + random() % 60;
  p.options.window = 1 + random() % 40;
  p.map_fails = {random() % p.chunks, random() % p.chunks};
  p.sink_fails = random() % 4 == 0 ? random() % p.chunks : p.chunks;
  return p;
}

orderly::worker_pool_options pool_options(const plan& p) {
  orderly::worker_pool_options options;
  options.workers = p.workers;
  options.caller_works = p.caller_works;
  return options;
}

constexpr std::uint64_t chunk_size = 10;

// Maps chunk k to k, or fails if that is planned; counts the maps that are running.
struct failing_map {
  const plan& p;
  test::disturbance& disturb;
  std::atomic<int>& running;

  std::uint64_t operator()(const index_range& chunk) const {
    return (*this)(chunk.first() / chunk_size);
  }
  std::uint64_t operator()(std::uint64_t k) const {
    struct count {
      std::atomic<int>& n;
      explicit count(std::atomic<int>& running_now) : n(running_now) { ++n; }
      ~count() { --n; }
    } const counted(running);
    disturb();
    if (std::count(p.map_fails.begin(), p.map_fails.end(), k) > 0) throw failed_at(k);
    return k;
  }
};

// Runs body(map, sink) and checks the promise.
template <class Body>
void require_lowest_failure(const plan& p, Body body) {
  test::disturbance disturb;
  std::atomic<int> running{0};
  const failing_map map{p, disturb, running};
  std::vector<std::uint64_t> sunk;
  std::uint64_t error = p.chunks;
  try {
    body(map, [&](std::uint64_t k) {
      if (k == p.sink_fails) throw failed_at(k);
      sunk.push_back(k);
    });
  } catch (const failed_at& e) {
    error = e.index;
  }
  CAPTURE(p.workers, p.caller_works, p.chunks, p.options.window, p.map_fails, p.sink_fails);
  REQUIRE(running == 0);
  REQUIRE(error == p.lowest());
  REQUIRE(sunk.size() == p.lowest());
  for (std::uint64_t k = 0; k < sunk.size(); ++k) REQUIRE(sunk[k] == k);
}

} // namespace

TEST_CASE("contract: ordered_for_each reports the lowest failing chunk after exactly the chunks "
          "before it",
          "[contract][failure]") {
  test::splitmix64 random(7);
  for (int trial = 0; trial < 600; ++trial) {
    plan p = draw_plan(random);
    orderly::worker_pool pool(pool_options(p));
    std::uint64_t merged = 12345;
    p.options.merged = &merged;
    require_lowest_failure(p, [&](auto& map, auto sink) {
      orderly::ordered_for_each(pool, index_range(p.chunks * chunk_size), chunk_size, map, sink,
                                p.options);
    });
    REQUIRE(merged == p.lowest() * chunk_size);
  }
}

TEST_CASE("contract: ordered_reduce reports the lowest failing chunk", "[contract][failure]") {
  test::splitmix64 random(8);
  for (int trial = 0; trial < 400; ++trial) {
    const plan p = draw_plan(random);
    orderly::worker_pool pool(pool_options(p));
    require_lowest_failure(p, [&](auto& map, auto sink) {
      orderly::ordered_reduce(
          pool, index_range(p.chunks * chunk_size), chunk_size, 0, map,
          [&](int&, std::uint64_t&& k) { sink(k); }, p.options);
    });
  }
}

TEST_CASE("contract: ordered_pipeline reports the lowest failing item", "[contract][failure]") {
  test::splitmix64 random(9);
  for (int trial = 0; trial < 400; ++trial) {
    const plan p = draw_plan(random);
    orderly::worker_pool pool(pool_options(p));
    require_lowest_failure(p, [&](auto& map, auto sink) {
      std::uint64_t next = 0;
      orderly::ordered_pipeline(
          pool,
          [&]() -> std::optional<std::uint64_t> {
            if (next == p.chunks) return std::nullopt;
            return next++;
          },
          map, sink, p.options);
    });
  }
}

TEST_CASE("contract: an exception of a pipeline's source is that of the item it would have given",
          "[contract][failure]") {
  for (const std::size_t workers : {1U, 2U, 4U}) {
    orderly::worker_pool pool(workers);
    std::vector<std::uint64_t> sunk;
    std::uint64_t next = 0;
    const auto run = [&] {
      orderly::ordered_pipeline(
          pool,
          [&]() -> std::optional<std::uint64_t> {
            if (next == 37) throw failed_at(next);
            return next++;
          },
          [](std::uint64_t i) { return i; }, [&](std::uint64_t i) { sunk.push_back(i); });
    };
    REQUIRE_THROWS_AS(run(), failed_at);
    REQUIRE(sunk.size() == 37);
  }
}

TEST_CASE("contract: for_each_index reports the lowest failing index after all below it ran",
          "[contract][failure]") {
  test::splitmix64 random(10);
  for (int trial = 0; trial < 600; ++trial) {
    const plan p = draw_plan(random);
    orderly::worker_pool pool(pool_options(p));
    test::disturbance disturb;
    std::vector<std::atomic<int>> ran(p.chunks);
    std::uint64_t error = p.chunks;
    try {
      pool.for_each_index(p.chunks, [&](std::uint64_t i) {
        disturb();
        ++ran[i];
        if (std::count(p.map_fails.begin(), p.map_fails.end(), i) > 0) throw failed_at(i);
      });
    } catch (const failed_at& e) {
      error = e.index;
    }
    const std::uint64_t lowest = *std::min_element(p.map_fails.begin(), p.map_fails.end());
    REQUIRE(error == lowest);
    for (std::uint64_t i = 0; i < p.chunks; ++i) REQUIRE(ran[i] <= 1);
    for (std::uint64_t i = 0; i <= lowest; ++i) REQUIRE(ran[i] == 1);
  }
}

TEST_CASE("contract: ordered_merge rethrows the lowest failing index after exactly those below it",
          "[contract][failure]") {
  test::splitmix64 random(11);
  for (int trial = 0; trial < 500; ++trial) {
    const plan p = draw_plan(random);
    test::disturbance disturb;
    orderly::ordered_merge<std::uint64_t> merge(p.options.window);
    merge.seal(p.chunks);
    std::vector<std::thread> workers;
    for (std::size_t w = 0; w < p.workers; ++w)
      workers.emplace_back([&] {
        while (const auto k = merge.reserve()) {
          disturb();
          if (std::count(p.map_fails.begin(), p.map_fails.end(), *k) > 0)
            static_cast<void>(merge.push_exception(*k, std::make_exception_ptr(failed_at(*k))));
          else
            static_cast<void>(merge.push(*k, *k));
        }
      });
    std::uint64_t popped = 0, error = p.chunks;
    bool in_order = true;
    try {
      while (const auto value = merge.pop()) in_order = in_order && *value == popped++;
    } catch (const failed_at& e) {
      error = e.index;
    }
    merge.close(); // half read: what is left is destroyed with it
    for (std::thread& worker : workers) worker.join();
    const std::uint64_t lowest = *std::min_element(p.map_fails.begin(), p.map_fails.end());
    REQUIRE(in_order);
    REQUIRE(error == lowest);
    REQUIRE(popped == lowest);
  }
}

namespace {

// A result whose move throws for one index, once it has been computed.
struct moody_result {
  std::uint64_t value = 0;
  bool throws = false;
  moody_result(std::uint64_t v, bool t) : value(v), throws(t) {}
  moody_result(moody_result&& other) : value(other.value), throws(other.throws) {
    if (throws) throw failed_at(value);
  }
};

} // namespace

TEST_CASE("contract: a result whose move throws is the failure of its chunk",
          "[contract][failure]") {
  for (const std::size_t workers : {2U, 3U, 8U}) {
    orderly::worker_pool pool(workers);
    for (const std::uint64_t bad : {0U, 1U, 17U, 49U}) {
      std::vector<std::uint64_t> sunk;
      std::uint64_t error = 1000;
      try {
        orderly::ordered_for_each(
            pool, index_range(50), 1,
            [&](const index_range& chunk) {
              return moody_result(chunk.first(), chunk.first() == bad);
            },
            [&](moody_result&& r) { sunk.push_back(r.value); });
      } catch (const failed_at& e) {
        error = e.index;
      }
      REQUIRE(error == bad);
      REQUIRE(sunk.size() == bad);
    }
  }
}

TEST_CASE("contract: a pool serves on after every kind of failure", "[contract][failure]") {
  orderly::worker_pool pool(3);
  const auto fail = [](auto&&...) -> int { throw std::runtime_error("x"); };
  for (int round = 0; round < 50; ++round) {
    REQUIRE_THROWS(orderly::ordered_for_each(pool, index_range(100), 3, fail, [](int) {}));
    REQUIRE_THROWS(orderly::ordered_reduce(pool, index_range(100), 3, 0, fail, [](int&, int) {}));
    REQUIRE_THROWS(orderly::ordered_transform(pool, index_range(100), 3, fail));
    REQUIRE_THROWS(pool.for_each_index(100, fail));
    REQUIRE_THROWS(pool.for_each_worker(fail));
    REQUIRE_THROWS(orderly::per_worker<int>(pool, fail));
  }
  const auto v =
      orderly::ordered_transform(pool, index_range(10), 1, [](std::uint64_t i) { return i; });
  REQUIRE(v.size() == 10);
}
