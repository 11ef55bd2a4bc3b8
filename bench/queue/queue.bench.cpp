// SPDX-License-Identifier: MIT
//
// queue_bench: bounded_queue beside the queues that are found on this machine, in one run.
#include "queue/bulk.hpp"
#include "queue/latency.hpp"
#include "queue/peers.hpp"
#include "queue/throughput.hpp"
#include "support/contest.hpp"
#include "support/program.hpp"
#include "support/targets.hpp"

#include <chrono>      // a sample's length
#include <cstddef>     // size_t
#include <cstdint>     // elements
#include <cstdio>      // text
#include <string>      // labels
#include <type_traits> // what a peer can hold

namespace {

using bench::better;
using milliseconds = std::chrono::milliseconds;

constexpr milliseconds length_of_a_sample(40);

// Calls f.operator()<Queue<T>>() for each of the queues.
template <class T, class F>
void for_each_queue(F f) {
  f.template operator()<bench::orderly_queue<T>>();
  f.template operator()<bench::textbook_queue<T>>();
#if defined(BENCH_TBB)
  f.template operator()<bench::tbb_queue<T>>();
#endif
#if defined(BENCH_MOODYCAMEL)
  f.template operator()<bench::bounded_moodycamel_queue<T>>();
  f.template operator()<bench::tokenless_moodycamel_queue<T>>();
  f.template operator()<bench::moodycamel_queue<T>>();
#endif
#if defined(BENCH_XENIUM)
  f.template operator()<bench::xenium_queue<T>>();
#endif
#if defined(BENCH_BOOST)
  if constexpr (std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T>)
    f.template operator()<bench::boost_queue<T>>();
#endif
}

void name_missing_peers() {
#if !defined(BENCH_TBB)
  std::puts("oneTBB bounded: NOT MEASURED (CMake finds no TBB)");
#endif
#if !defined(BENCH_MOODYCAMEL)
  std::puts("moodycamel: NOT MEASURED (concurrentqueue/blockingconcurrentqueue.h not found)");
#endif
#if !defined(BENCH_XENIUM)
  std::puts("xenium: NOT MEASURED (xenium/vyukov_bounded_queue.hpp not found)");
#endif
#if !defined(BENCH_BOOST)
  std::puts("boost: NOT MEASURED (boost/lockfree/queue.hpp not found)");
#endif
}

constexpr bench::shape shapes[] = {{"1P1C pinned", 1, 1, true},
                                   {"1P1C", 1, 1},
                                   {"2P2C", 2, 2},
                                   {"4P4C", 4, 4},
                                   {"1P8C", 1, 8},
                                   {"8P1C", 8, 1}};

template <class T>
void add_throughput(bench::contest& to, const bench::shape& form, std::size_t capacity,
                    const char* element) {
  bench::cell& cell = to.add_cell({form.name, std::to_string(capacity), element});
  for_each_queue<T>([&]<class Queue>() {
    cell.add(Queue::name, Queue::group,
             [=] { return bench::throughput<Queue, T>(form, capacity, length_of_a_sample) / 1e6; });
  });
}

bench::contest throughput_contest() {
  bench::contest made({"threads", "capacity", "element"}, "million elements a second",
                      better::higher);
  for (const std::size_t capacity : {64u, 1024u, 65536u})
    for (const bench::shape& form : shapes) {
      add_throughput<std::uint64_t>(made, form, capacity, "8 B");
      add_throughput<bench::block>(made, form, capacity, "64 B");
    }
  return made;
}

bench::contest latency_contest() {
  bench::contest made({"threads", "pause"}, "nanoseconds a round trip", better::lower);
  const auto add = [&](const char* name, bench::place where, milliseconds pause) {
    bench::cell& cell = made.add_cell({name, std::to_string(pause.count()) + " ms"});
    const std::size_t count = pause.count() > 0 ? 40 : 2000;
    for_each_queue<std::uint64_t>([&]<class Queue>() {
      cell.add(Queue::name, Queue::group,
               [=] { return bench::round_trip<Queue>(where, count, pause); });
    });
  };
  for (const int pause : {0, 1}) {
    add("anywhere", bench::place::anywhere, milliseconds(pause));
    add("on 2 processors", bench::place::two_processors, milliseconds(pause));
    add("on 1 processor", bench::place::one_processor, milliseconds(pause));
  }
  return made;
}

// Runs of up to 32 elements for each call.
bench::contest bulk_contest() {
  bench::contest made({"threads", "capacity"}, "million elements a second, in runs of 32",
                      better::higher);
  const auto add = [](bench::cell& cell, const bench::shape& form, std::size_t capacity,
                      auto queue) {
    using queue_type = typename decltype(queue)::type;
    cell.add(queue_type::name, queue_type::group, [=] {
      return bench::throughput<queue_type, std::uint64_t>(form, capacity, length_of_a_sample) / 1e6;
    });
  };
  for (const std::size_t capacity : {1024u, 65536u})
    for (const bench::shape& form : shapes) {
      bench::cell& cell = made.add_cell({form.name, std::to_string(capacity)});
      add(cell, form, capacity, std::type_identity<bench::by_runs<bench::orderly_runs>>());
#if defined(BENCH_MOODYCAMEL)
      add(cell, form, capacity, std::type_identity<bench::by_runs<bench::moodycamel_runs>>());
#endif
    }
  return made;
}

bool judge(const bench::contest& throughput) {
  constexpr const char* unbounded = "moodycamel (unbounded)";
  int ahead = 0, near = 0, ahead_of_unbounded = 0;
  for (const bench::cell& each : throughput.cells()) {
    ahead += each.ratio(better::higher) >= 1;
    near += each.ratio(better::higher) >= 0.75;
    const double peer = each.of(unbounded);
    ahead_of_unbounded += peer > 0 && each.of(bench::orderly_queue<std::uint64_t>::name) >= peer;
  }
  bench::targets meant;
  meant.at_least("cells at or above the best bounded blocking peer", 34, ahead);
  meant.at_least("cells at 0.75 of it or above", 36, near);
  meant.at_least("cells at or above " + std::string(unbounded), 30, ahead_of_unbounded);
  return meant.all_met();
}

bool run(const bench::request& asked) {
  name_missing_peers();
  bench::contest throughput = throughput_contest();
  throughput.run(asked.rounds, asked.csv.get());
  throughput.print();
  const bool met = judge(throughput);
  bench::contest bulk = bulk_contest();
  bulk.run(asked.rounds, asked.csv.get());
  std::puts("");
  bulk.print();
  bench::contest latency = latency_contest();
  latency.run(asked.rounds, asked.csv.get());
  std::puts("");
  latency.print();
  return met;
}

} // namespace

int main(int argc, char** argv) {
  return bench::program("queue_bench", "bounded_queue beside other queues", argc, argv, run);
}
