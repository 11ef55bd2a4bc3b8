// SPDX-License-Identifier: MIT
//
// The sinking trap (orderly/detail/materialize.hpp): compilers move a pure f(i) past a lock that
// follows it, and a parallel program then computes inside the critical section. This program gives
// two threads such a function through every place of the library that takes a value and then a lock,
// and requires CPU time / wall time >= 1.3, the best of five attempts. It is compiled with -O2.
// Without arguments it judges the library's places; with `planted` one that computes under a lock,
// which it must find serial.
// Exit codes: 0 good, 1 bad, 77 skipped (fewer than two processors, or others are using them).
#include "orderly/orderly.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <string>
#include <thread>

namespace {

// About 100 us, longer than a lock takes to change hands. Reads and writes no memory and depends on
// the argument alone: free to be moved.
__attribute__((noinline, const)) std::uint64_t pure(std::uint64_t i) {
  for (int k = 0; k < 100000; ++k) i = i * 6364136223846793005U + 1442695040888963407U;
  return i;
}

// About half a second of CPU time: schedulers may leave two new threads on one processor for 10 ms
// and more, which must not count.
constexpr std::uint64_t items = 5000;

template <class Body>
void on_two_threads(Body body) {
  std::thread other([&] { body(1); });
  body(0);
  other.join();
}

void through_queue() {
  orderly::bounded_queue<std::uint64_t> queue(items);
  on_two_threads([&](std::uint64_t t) {
    for (std::uint64_t i = t; i < items; i += 2)
      if (!queue.push(pure(i))) return;
  });
}

void through_emplace() {
  orderly::bounded_queue<std::uint64_t> queue(items);
  on_two_threads([&](std::uint64_t t) {
    for (std::uint64_t i = t; i < items; i += 2)
      if (!queue.emplace(pure(i))) return;
  });
}

void through_try_push() {
  orderly::bounded_queue<std::uint64_t> queue(items);
  on_two_threads([&](std::uint64_t t) {
    for (std::uint64_t i = t; i < items; i += 2)
      if (queue.try_push(pure(i)) != orderly::conqueue_status::success) return;
  });
}

void through_merge() {
  orderly::ordered_merge<std::uint64_t> merge(items);
  on_two_threads([&](std::uint64_t t) {
    for (std::uint64_t i = t; i < items; i += 2)
      if (!merge.push(i, pure(i))) return;
  });
}

void through_for_each() {
  orderly::worker_pool pool(2);
  std::uint64_t sum = 0;
  orderly::ordered_for_each(
      pool, orderly::index_range(items), 1,
      [](const orderly::index_range& chunk) { return pure(chunk.first()); },
      [&](std::uint64_t x) { sum += x; });
}

void through_reduce() {
  orderly::worker_pool pool(2);
  static_cast<void>(orderly::ordered_reduce(
      pool, orderly::index_range(items), 1, std::uint64_t{0},
      [](const orderly::index_range& chunk) { return pure(chunk.first()); },
      [](std::uint64_t& sum, std::uint64_t&& x) { sum += x; }));
}

void through_pipeline() {
  orderly::worker_pool pool(2);
  std::uint64_t next = 0, sum = 0;
  orderly::ordered_pipeline(
      pool,
      [&]() -> std::optional<std::uint64_t> {
        if (next == items) return std::nullopt;
        return next++;
      },
      [](std::uint64_t i) { return pure(i); }, [&](std::uint64_t x) { sum += x; });
}

// What the trap looks like once it has snapped shut.
void planted() {
  std::mutex mutex;
  std::uint64_t sum = 0;
  on_two_threads([&](std::uint64_t t) {
    for (std::uint64_t i = t; i < items; i += 2) {
      const std::lock_guard<std::mutex> lock(mutex);
      sum += pure(i);
    }
  });
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double overlap_of(void (*body)()) {
  const auto wall = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  body();
  const double used = cpu_seconds() - cpu;
  return used / std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
}

// Two threads that share nothing: what this machine can do at this moment.
void unhindered() {
  std::atomic<std::uint64_t> total{
      0}; // added to once a thread, so that the work is not for nothing
  on_two_threads([&](std::uint64_t t) {
    std::uint64_t sum = 0;
    for (std::uint64_t i = t; i < items; i += 2) sum += pure(i);
    total += sum;
  });
}

enum class verdict { overlaps, serial, too_busy };

// Overlap is proof whenever it is seen. Its absence counts if two threads that share nothing overlapped
// both before and after: else somebody else was using the processors. The best of five attempts that
// count must reach 1.3; the first, with nothing before it, never counts.
verdict judge(const char* name, void (*body)()) {
  double best = 0;
  int counted = 0;
  bool quiet_before = false;
  for (int attempt = 0; attempt < 20 && counted < 5; ++attempt) {
    best = std::max(best, overlap_of(body));
    if (best >= 1.3) break;
    const bool quiet_after = overlap_of(unhindered) >= 1.6;
    if (quiet_before && quiet_after) ++counted;
    quiet_before = quiet_after;
  }
  const verdict result = best >= 1.3   ? verdict::overlaps
                         : counted < 5 ? verdict::too_busy
                                       : verdict::serial;
  constexpr const char* words[] = {"overlaps", "SERIAL", "machine too busy to tell"};
  std::printf("%-10s CPU / wall %.2f  %s\n", name, best, words[static_cast<int>(result)]);
  return result;
}

constexpr int skipped = 77;

int judge_all() {
  const struct {
    const char* name;
    void (*body)();
  } places[] = {{"push", through_queue},        {"emplace", through_emplace},
                {"try_push", through_try_push}, {"merge", through_merge},
                {"for_each", through_for_each}, {"reduce", through_reduce},
                {"pipeline", through_pipeline}};
  int code = 0;
  for (const auto& place : places) {
    const verdict result = judge(place.name, place.body);
    if (result == verdict::serial) code = 1;
    if (result == verdict::too_busy && code == 0) code = skipped;
  }
  return code;
}

// The trap must be seen for what it is.
int judge_planted() {
  const verdict result = judge("planted", planted);
  return result == verdict::serial ? 0 : result == verdict::too_busy ? skipped : 1;
}

} // namespace

int main(int argc, char** argv) {
  if (orderly::available_parallelism() < 2) {
    std::puts("SKIPPED: needs two processors");
    return skipped;
  }
  return argc > 1 && std::string(argv[1]) == "planted" ? judge_planted() : judge_all();
}
