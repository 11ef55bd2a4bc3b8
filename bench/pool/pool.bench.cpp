// SPDX-License-Identifier: MIT
//
// pool_bench: worker_pool beside the pools that are found on this machine, in one run.
#include "pool/peers.hpp"
#include "pool/work.hpp"
#include "support/contest.hpp"
#include "support/process_figures.hpp"
#include "support/program.hpp"
#include "support/targets.hpp"

#include <algorithm> // min
#include <chrono>    // times
#include <cstddef>   // size_t
#include <cstdint>   // indices
#include <cstdio>    // text
#include <string>    // labels
#include <thread>    // sleep_for
#include <vector>    // values

namespace {

using bench::better;
using bench::for_each_pool;
using std::chrono::milliseconds;

// Calls f, which returns a time, again and again for a while, a first fifth of that unheeded, and returns
// the times. A pool whose workers outnumber the processors and spin needs milliseconds for what takes
// others a microsecond: it is not given more of the run for that.
template <class F>
std::vector<double> times_of(F f) {
  constexpr auto enough = milliseconds(25);
  std::vector<double> times;
  const auto start = bench::clock::now();
  while (bench::clock::now() - start < enough / 5) f();
  do times.push_back(f());
  while (bench::clock::now() - start < enough);
  return times;
}

// Microseconds a batch of `count` items of 90 ns takes: back to back, or after a sleep of 1 ms each.
template <class Pool>
double tiny_batch(std::size_t workers, std::uint64_t count, bool after_idle) {
  Pool pool(workers);
  const std::uint64_t rounds = bench::rounds_of(90);
  auto item = [rounds](std::uint64_t) { bench::burn(rounds); };
  return bench::median(times_of([&] {
    if (after_idle) std::this_thread::sleep_for(milliseconds(1));
    const auto start = bench::clock::now();
    pool.for_each(count, item);
    return bench::seconds_since(start) * 1e6;
  }));
}

// The share of the processors that batches of 8 items used which do useful work; between them a serial
// piece as long as one worker's part.
template <class Pool>
double short_batches(std::size_t workers, double item_nanoseconds) {
  Pool pool(workers);
  const std::uint64_t rounds = bench::rounds_of(item_nanoseconds);
  auto item = [rounds](std::uint64_t) { bench::burn(rounds); };
  const std::size_t cores = std::min(workers, orderly::available_parallelism());
  const double ideal = 8 * item_nanoseconds * 1e-9 / static_cast<double>(cores);
  return ideal / bench::median(times_of([&] {
           bench::burn(rounds * 8 / cores);
           const auto start = bench::clock::now();
           pool.for_each(8, item);
           return bench::seconds_since(start);
         }));
}

// The work of item i of a long loop, in rounds.
enum class load { uniform, front_heavy, heavy_tailed, rising };

constexpr std::uint64_t long_count = 200'000;

std::uint64_t rounds_of_item(load shape, std::uint64_t i) {
  static const std::uint64_t hundred = bench::rounds_of(100), sixty_seven = bench::rounds_of(67);
  switch (shape) {
  case load::uniform:
    return hundred;
  case load::front_heavy:
    return i < long_count / 10 ? 6 * sixty_seven : sixty_seven;
  case load::heavy_tailed:
    return i % 1000 == 500 ? 500 * sixty_seven : sixty_seven;
  case load::rising:
    return 2 * hundred * i / long_count;
  }
  return 0;
}

struct one_by_one {
  template <class F>
  void for_each_small(std::uint64_t count, F& f) {
    for (std::uint64_t i = 0; i < count; ++i) f(i);
  }
};

// Seconds that f(one by one) takes: the fastest of several, once for all contenders. Measured beside each
// of them it would depend on the one before, whose threads may still be looking for work.
template <class F>
double alone(F f) {
  static const double measured = [&] {
    one_by_one serial;
    double shortest = 1e9;
    for (int trial = 0; trial < 10; ++trial) {
      const auto start = bench::clock::now();
      f(serial);
      shortest = std::min(shortest, bench::seconds_since(start));
    }
    return shortest;
  }();
  return measured;
}

// By how much f(pool) is faster than that, by the processors that the workers can have.
template <class Pool, class F>
double share_of_processors(std::size_t workers, double serial, F f) {
  Pool pool(workers);
  f(pool); // a processor that was idle needs some ten milliseconds until it is as fast as it can be
  const auto start = bench::clock::now();
  f(pool);
  const double together = bench::seconds_since(start);
  const std::size_t cores = std::min(workers, orderly::available_parallelism());
  return serial / together / static_cast<double>(cores);
}

template <load shape>
struct long_loop {
  template <class Pool>
  void operator()(Pool& pool) const {
    auto item = [](std::uint64_t i) { bench::burn(rounds_of_item(shape, i)); };
    pool.for_each_small(long_count, item);
  }
};

// Loops of 300 items of 1 us, 20 us of serial work after each: the steps of a solver.
struct steps {
  template <class Pool>
  void operator()(Pool& pool) const {
    auto item = [](std::uint64_t) { bench::burn(bench::rounds_of(1000)); };
    for (int step = 0; step < 50; ++step) {
      pool.for_each_small(300, item);
      bench::burn(bench::rounds_of(20'000));
    }
  }
};

// Sums over pieces of 4 KiB of 16 MiB: memory, not arithmetic.
struct sums {
  template <class Pool>
  void operator()(Pool& pool) const {
    static const std::vector<std::uint64_t> numbers(std::size_t{1} << 21U, 3);
    constexpr std::size_t piece = 512;
    std::vector<std::uint64_t> totals(numbers.size() / piece);
    auto item = [&](std::uint64_t i) {
      std::uint64_t total = 0;
      for (std::size_t k = i * piece; k < (i + 1) * piece; ++k) total += numbers[k];
      totals[i] = total;
    };
    for (int pass = 0; pass < 10; ++pass) pool.for_each_small(totals.size(), item);
  }
};

// CPU time by useful time, of a batch of 8 items of 50 us every 10 ms.
template <class Pool>
double cpu_between_batches(std::size_t workers) {
  Pool pool(workers);
  const std::uint64_t rounds = bench::rounds_of(50'000);
  auto item = [rounds](std::uint64_t) { bench::burn(rounds); };
  constexpr int batches = 30;
  const double before = bench::own_cpu_seconds();
  for (int b = 0; b < batches; ++b) {
    pool.for_each(8, item);
    std::this_thread::sleep_for(milliseconds(10));
  }
  return (bench::own_cpu_seconds() - before) / (batches * 8 * 50e-6);
}

template <class Pool>
double create_and_destroy(std::size_t workers, std::uint64_t count) {
  auto item = [](std::uint64_t) {};
  return bench::median(times_of([&] {
    const auto start = bench::clock::now();
    {
      Pool pool(workers);
      if (count > 0) pool.for_each(count, item);
    }
    return bench::seconds_since(start) * 1e6;
  }));
}

void tiny_batches(const bench::request& asked, bench::contest& times) {
  for (const std::size_t workers : {2u, 8u})
    for (const bool after_idle : {false, true})
      for (const std::uint64_t count : {2u, 8u, 64u}) {
        bench::cell& cell = times.add_cell({std::to_string(workers), std::to_string(count),
                                            after_idle ? "after 1 ms" : "back to back"});
        for_each_pool([&]<class Pool>() {
          cell.add(Pool::name, Pool::group,
                   [=] { return tiny_batch<Pool>(workers, count, after_idle); });
        });
      }
  times.run(asked.rounds, asked.csv.get());
  times.print();
}

void shares(const bench::request& asked, bench::contest& parts) {
  for (const std::size_t workers : {2u, 8u}) {
    for (const double us : {1.0, 5.0, 20.0, 100.0}) {
      bench::cell& cell =
          parts.add_cell({std::to_string(workers), "8 x " + std::to_string(int(us)) + " us"});
      for_each_pool([&]<class Pool>() {
        cell.add(Pool::name, Pool::group, [=] { return short_batches<Pool>(workers, us * 1e3); });
      });
    }
    const auto add = [&](const char* name, auto program) {
      bench::cell& cell = parts.add_cell({std::to_string(workers), name});
      const double serial = alone(program);
      for_each_pool([&]<class Pool>() {
        cell.add(Pool::name, Pool::group,
                 [=] { return share_of_processors<Pool>(workers, serial, program); });
      });
    };
    add("uniform loop", long_loop<load::uniform>());
    add("front-heavy loop", long_loop<load::front_heavy>());
    add("heavy-tailed loop", long_loop<load::heavy_tailed>());
    // Not looked at while the pool was made as fast as it is:
    add("rising loop", long_loop<load::rising>());
    add("steps", steps());
    add("sums", sums());
  }
  parts.run(asked.rounds, asked.csv.get());
  parts.print();
}

void waste(const bench::request& asked, bench::contest& cpu) {
  for (const std::size_t workers : {2u, 8u}) {
    bench::cell& cell = cpu.add_cell({std::to_string(workers), "8 x 50 us every 10 ms"});
    for_each_pool([&]<class Pool>() {
      cell.add(Pool::name, Pool::group, [=] { return cpu_between_batches<Pool>(workers); });
    });
  }
  cpu.run(asked.rounds, asked.csv.get());
  cpu.print();
}

// Nanoseconds a task takes that does nothing, from its submission until it is known to be done.
template <class Pool>
double empty_task(std::size_t workers) {
  constexpr std::uint64_t count = 1000;
  Pool pool(workers);
  auto nothing = [] {};
  return bench::median(times_of([&] {
           const auto start = bench::clock::now();
           pool.run_tasks(count, nothing);
           return bench::seconds_since(start) * 1e9;
         })) /
         static_cast<double>(count);
}

void tasks(const bench::request& asked, bench::contest& times) {
  for (const std::size_t workers : {2u, 8u}) {
    bench::cell& cell = times.add_cell({std::to_string(workers)});
    for_each_pool([&]<class Pool>() {
      if constexpr (bench::runs_tasks<Pool>)
        cell.add(Pool::name, Pool::group, [=] { return empty_task<Pool>(workers); });
    });
  }
  times.run(asked.rounds, asked.csv.get());
  times.print();
}

void making(const bench::request& asked, bench::contest& times) {
  for (const std::uint64_t count : {0u, 2u}) { // some make their threads when there is work
    bench::cell& cell = times.add_cell({"4", std::to_string(count)});
    for_each_pool([&]<class Pool>() {
      cell.add(Pool::name, Pool::group, [=] { return create_and_destroy<Pool>(4, count); });
    });
  }
  times.run(asked.rounds, asked.csv.get());
  times.print();
}

bool run(const bench::request& asked) {
  bench::name_missing_peers();
  bench::contest batches({"workers", "tiny items", "batches"}, "microseconds a batch",
                         better::lower);
  tiny_batches(asked, batches);
  std::puts("");
  bench::contest parts({"workers", "load"}, "share of the processors used", better::higher);
  shares(asked, parts);
  std::puts("");
  bench::contest cpu({"workers", "load"}, "CPU time by useful time", better::lower);
  waste(asked, cpu);
  std::puts("");
  bench::contest made({"workers", "items"}, "microseconds to create, run a batch, destroy",
                      better::lower);
  making(asked, made);
  std::puts("");
  bench::contest posted({"workers"}, "nanoseconds an empty task takes", better::lower);
  tasks(asked, posted);

  const auto by = [](const bench::cell& cell, const char* peer) {
    return cell.of("orderly") / cell.of(peer);
  };
  constexpr const char* quiet = "pthreadpool yielding";
  const bench::cell& cold = batches.at({"2", "8", "after 1 ms"});
  const double fast_leave = cold.of("oneTBB fast leave"); // 0 if it is not there
  const double quiet_cold = fast_leave > 0 ? std::min(fast_leave, cold.of(quiet)) : cold.of(quiet);
  bench::targets meant;
  meant.at_most("8 tiny items after 1 ms, by the best peer that does not spin", 0.6,
                cold.of("orderly") / quiet_cold);
  meant.at_most("2 tiny items back to back, by the best peer", 1.1,
                1 / batches.at({"2", "2", "back to back"}).ratio(better::lower));
  meant.at_most("64 tiny items back to back, by that peer", 0.88,
                by(batches.at({"2", "64", "back to back"}), quiet));
  meant.at_least("8 x 5 us, by oneTBB", 1, by(parts.at({"2", "8 x 5 us"}), "oneTBB"));
  meant.at_least("8 x 100 us, by the best peer", 0.95,
                 parts.at({"2", "8 x 100 us"}).ratio(better::higher));
  for (const char* load : {"uniform loop", "front-heavy loop", "heavy-tailed loop"})
    meant.at_least(std::string(load) + ", share", 0.95, parts.at({"2", load}).of("orderly"));
  meant.at_most("CPU by useful time, 8 x 50 us every 10 ms", 1.5,
                cpu.at({"2", "8 x 50 us every 10 ms"}).of("orderly"));
  for (const char* load : {"8 x 100 us", "uniform loop"})
    meant.at_most("8 workers, time by that of 2: " + std::string(load), 1.1,
                  parts.at({"2", load}).of("orderly") / parts.at({"8", load}).of("orderly"));
  meant.at_most("create and destroy, by pthreadpool", 1.3, by(made.at({"4", "0"}), "pthreadpool"));
  return meant.all_met();
}

} // namespace

int main(int argc, char** argv) {
  return bench::program("pool_bench", "worker_pool beside other pools", argc, argv, run);
}
