// SPDX-License-Identifier: MIT
//
// How long an element takes from one thread to another: round trips without a pause, and to a consumer
// that has slept for a while.
#ifndef ORDERLY_BENCH_QUEUE_LATENCY_HPP
#define ORDERLY_BENCH_QUEUE_LATENCY_HPP

#include "queue/throughput.hpp"

#include <chrono>  // times
#include <cstddef> // size_t
#include <cstdint> // elements
#include <thread>  // the other side

namespace bench {

enum class place { anywhere, two_processors, one_processor };

// Sends `count` elements to a thread that sends each back, after `pause`; nanoseconds for each trip.
template <class Queue>
double round_trip(place where, std::size_t count, clock::duration pause) {
  Queue there(64), back(64);
  std::thread other([&] {
    if (where != place::anywhere) pin_this_thread(where == place::two_processors ? 1 : 0);
    auto from = there.consumer();
    auto to = back.producer();
    for (std::size_t i = 0; i < count; ++i) to.push(from.pop());
  });
  clock::duration sum{};
  std::thread self([&] { // a thread that may be pinned
    if (where != place::anywhere) pin_this_thread(0);
    auto to = there.producer();
    auto from = back.consumer();
    for (std::size_t i = 0; i < count; ++i) {
      if (pause.count() > 0) std::this_thread::sleep_for(pause);
      const auto start = clock::now();
      to.push(std::uint64_t{i});
      static_cast<void>(from.pop());
      sum += clock::now() - start;
    }
  });
  self.join();
  other.join();
  return std::chrono::duration<double, std::nano>(sum).count() / static_cast<double>(count);
}

} // namespace bench

#endif
