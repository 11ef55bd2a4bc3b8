// SPDX-License-Identifier: MIT
//
// merge_bench: results in order, streamed and in bounded memory: ordered_for_each and ordered_reduce beside
// the serial loop and tbb::parallel_pipeline, in one run.
#include "pool/work.hpp"
#include "support/contest.hpp"
#include "support/process_figures.hpp"
#include "support/program.hpp"
#include "support/targets.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // min
#include <cstddef>   // size_t
#include <cstdint>   // indices
#include <cstdio>    // text
#include <stdexcept> // a wrong result
#include <string>    // labels
#include <vector>    // a chunk's results

#if defined(BENCH_TBB)
#include <tbb/global_control.h> // otherwise no more workers than processors
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#endif

namespace {

using bench::better;
using bench::group;
using chunk = std::vector<std::uint64_t>;

constexpr std::uint64_t chunk_size = 64;

struct task {
  std::uint64_t items;
  std::uint64_t rounds; // for each of them
};

// A result that a compiler cannot guess and a sink can check.
std::uint64_t result_of(std::uint64_t index, std::uint64_t rounds) {
  std::uint64_t x = index;
  for (; rounds > 0; --rounds) {
    x = x * 0x9e3779b97f4a7c15U + 1;
    __asm__ __volatile__("" : "+r"(x));
  }
  return x;
}

chunk results_of(std::uint64_t first, std::uint64_t last, std::uint64_t rounds) {
  chunk results;
  results.reserve(last - first);
  for (std::uint64_t i = first; i < last; ++i) results.push_back(result_of(i, rounds));
  return results;
}

// Depends on the order.
class digest {
 public:
  void add(std::uint64_t value) { state_ = (state_ ^ value) * 0x100000001b3U; }
  void add(const chunk& values) {
    for (const std::uint64_t value : values) add(value);
  }
  std::uint64_t value() const { return state_; }
  bool operator==(const digest&) const = default;

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

digest serial(const task& what) {
  digest all;
  for (std::uint64_t i = 0; i < what.items; ++i) all.add(result_of(i, what.rounds));
  return all;
}

digest by_orderly(orderly::worker_pool& pool, const task& what) {
  digest all;
  orderly::ordered_options options;
  options.window = 16 * pool.size();
  orderly::ordered_for_each(
      pool, orderly::index_range(what.items), chunk_size,
      [&](const orderly::index_range& part) {
        return results_of(part.first(), part.last(), what.rounds);
      },
      [&](chunk&& results) { all.add(results); }, options);
  return all;
}

#if defined(BENCH_TBB)
digest by_tbb(tbb::task_arena& arena, std::size_t workers, const task& what) {
  digest all;
  std::uint64_t next = 0;
  arena.execute([&] {
    tbb::parallel_pipeline(
        16 * workers,
        tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order,
                                              [&](tbb::flow_control& control) {
                                                const std::uint64_t first = next;
                                                if (first >= what.items) control.stop();
                                                next += chunk_size;
                                                return first;
                                              }) &
            tbb::make_filter<std::uint64_t, chunk>(
                tbb::filter_mode::parallel,
                [&](std::uint64_t first) {
                  return results_of(first, std::min(first + chunk_size, what.items), what.rounds);
                }) &
            tbb::make_filter<chunk, void>(tbb::filter_mode::serial_in_order,
                                          [&](const chunk& results) { all.add(results); }));
  });
  return all;
}
#endif

// Million items a second of run(), whose result must be the serial one.
template <class Run>
double rate(const task& what, const digest& expected, Run run) {
  const auto start = bench::clock::now();
  const digest got = run();
  const double time = bench::seconds_since(start);
  if (!(got == expected)) throw std::runtime_error("results are lost, changed or out of order");
  return static_cast<double>(what.items) / time / 1e6;
}

void merges(const bench::request& asked, bench::contest& rates) {
  for (const double nanoseconds : {14.0, 1000.0, 10'000.0}) {
    const task what{static_cast<std::uint64_t>(150e6 / nanoseconds) + 1000,
                    bench::rounds_of(nanoseconds)};
    const digest expected = serial(what);
    for (const std::size_t workers : {1u, 2u, 4u}) {
      bench::cell& cell =
          rates.add_cell({std::to_string(int(nanoseconds)) + " ns", std::to_string(workers)});
      cell.add("serial loop", group::reference,
               [=] { return rate(what, expected, [&] { return serial(what); }); });
      cell.add("orderly", group::ours, [=] {
        orderly::worker_pool pool(workers);
        static_cast<void>(by_orderly(pool, {1000, 1}));
        return rate(what, expected, [&] { return by_orderly(pool, what); });
      });
#if defined(BENCH_TBB)
      cell.add("tbb::parallel_pipeline", group::peer, [=] {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
        tbb::task_arena arena(static_cast<int>(workers));
        static_cast<void>(by_tbb(arena, workers, {1000, 1}));
        return rate(what, expected, [&] { return by_tbb(arena, workers, what); });
      });
#endif
    }
  }
  rates.run(asked.rounds, asked.csv.get());
  rates.print();
}

// CPU nanoseconds that an item costs more than in the serial loop.
void overheads(const bench::request& asked, bench::contest& extra) {
  const task what{4'000'000, bench::rounds_of(14)};
  const auto cost = [=](auto run) {
    const double before = bench::own_cpu_seconds();
    static_cast<void>(run());
    return (bench::own_cpu_seconds() - before) * 1e9 / static_cast<double>(what.items);
  };
  for (const std::size_t workers : {2u, 4u}) {
    bench::cell& cell = extra.add_cell({"14 ns", std::to_string(workers)});
    cell.add("orderly", group::ours, [=] {
      orderly::worker_pool pool(workers);
      static_cast<void>(by_orderly(pool, {1000, 1}));
      const double alone = cost([&] { return serial(what); });
      return cost([&] { return by_orderly(pool, what); }) - alone;
    });
#if defined(BENCH_TBB)
    cell.add("tbb::parallel_pipeline", group::peer, [=] {
      const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
      tbb::task_arena arena(static_cast<int>(workers));
      static_cast<void>(by_tbb(arena, workers, {1000, 1}));
      const double alone = cost([&] { return serial(what); });
      return cost([&] { return by_tbb(arena, workers, what); }) - alone;
    });
#endif
  }
  extra.run(asked.rounds, asked.csv.get());
  extra.print();
}

void reductions(const bench::request& asked, bench::contest& parts) {
  const task what{150'000, bench::rounds_of(1000)};
  const digest expected = [&] {
    digest all;
    for (std::uint64_t i = 0; i < what.items; ++i) all.add(result_of(i, what.rounds));
    return all;
  }();
  for (const std::size_t workers : {1u, 2u}) {
    bench::cell& cell = parts.add_cell({"1 us", std::to_string(workers)});
    cell.add("ordered_reduce", group::ours, [=] {
      orderly::worker_pool pool(workers);
      const auto reduce = [&] {
        return orderly::ordered_reduce(
            pool, orderly::index_range(what.items), chunk_size, digest{},
            [&](const orderly::index_range& part) {
              return results_of(part.first(), part.last(), what.rounds);
            },
            [](digest& all, const chunk& results) { all.add(results); });
      };
      const double parallel = rate(what, expected, reduce);
      const double alone = rate(what, expected, [&] { return serial(what); });
      return parallel / alone / static_cast<double>(workers);
    });
  }
  parts.run(asked.rounds, asked.csv.get());
  parts.print();
}

bool run(const bench::request& asked) {
#if !defined(BENCH_TBB)
  std::puts("tbb::parallel_pipeline: NOT MEASURED (CMake finds no TBB)");
#endif
  bench::contest rates({"item", "workers"}, "million items a second", better::higher);
  merges(asked, rates);
  std::puts("");
  bench::contest extra({"item", "workers"}, "nanoseconds of CPU an item costs beside its own",
                       better::lower);
  overheads(asked, extra);
  std::puts("");
  bench::contest parts({"item", "workers"}, "share of the ideal speed-up", better::higher);
  reductions(asked, parts);

  const auto speed_up = [&](const char* item, const char* workers) {
    const bench::cell& cell = rates.at({item, workers});
    return cell.of("orderly") / cell.of("serial loop");
  };
  bench::targets meant;
  meant.at_least("14 ns items, 4 workers, by the serial loop", 0.72, speed_up("14 ns", "4"));
  meant.at_most("CPU a 14 ns item costs beside its own, 4 workers", 10,
                extra.at({"14 ns", "4"}).of("orderly"));
  meant.at_least("10 us items, 2 workers, by the serial loop", 1.9, speed_up("10000 ns", "2"));
  meant.at_least("reduction of 1 us items, 2 workers, by the ideal", 0.95,
                 parts.at({"1 us", "2"}).of("ordered_reduce"));
  for (const bench::cell& each : rates.cells())
    meant.at_least(each.labels[0] + " items, " + each.labels[1] + " workers, by oneTBB's pipeline",
                   1, each.ratio(better::higher));
  return meant.all_met();
}

} // namespace

int main(int argc, char** argv) {
  return bench::program("merge_bench", "results in order, beside the serial loop and oneTBB", argc,
                        argv, run);
}
