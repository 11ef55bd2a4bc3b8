// SPDX-License-Identifier: MIT
//
// Elements per second through a queue: producers push until told to stop, consumers pop until they meet a
// STOP mark, and every element is accounted for.
#ifndef ORDERLY_BENCH_QUEUE_THROUGHPUT_HPP
#define ORDERLY_BENCH_QUEUE_THROUGHPUT_HPP

#include <atomic>    // start and stop
#include <chrono>    // a sample's length
#include <cstddef>   // size_t
#include <cstdint>   // elements
#include <stdexcept> // runtime_error
#include <string>    // its text
#include <thread>    // producers, consumers
#include <utility>   // move
#include <vector>    // threads

#include <pthread.h> // to pin
#include <sched.h>

namespace bench {

using clock = std::chrono::steady_clock;

struct shape {
  const char* name;
  std::size_t producers, consumers;
  bool pinned = false; // one thread on each of two processors
};

// An element of 64 bytes that can only be moved.
struct block {
  std::uint64_t value = 0;
  std::uint64_t rest[7] = {};

  block() = default;
  explicit block(std::uint64_t v) noexcept : value(v) {}
  block(block&&) noexcept = default;
  block& operator=(block&&) noexcept = default;
};

inline std::uint64_t value_of(std::uint64_t element) { return element; }
inline std::uint64_t value_of(const block& element) { return element.value; }

inline void pin_this_thread(unsigned processor) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  if (::pthread_setaffinity_np(::pthread_self(), sizeof one, &one) != 0)
    throw std::runtime_error("no processor " + std::to_string(processor));
}

struct tally {
  std::uint64_t count = 0, sum = 0;
  void add(std::uint64_t value) { ++count, sum += value; }
  void add(const tally& other) { count += other.count, sum += other.sum; }
  bool operator==(const tally&) const = default;
};

// A sample of about `length`: elements per second from the start to the end of the last consumer.
template <class Queue, class T>
double throughput(const shape& form, std::size_t capacity, clock::duration length) {
  constexpr std::uint64_t stop_mark = 0;
  Queue queue(capacity);
  std::atomic<bool> go{false}, stop{false};
  std::atomic<std::size_t> ready{0};
  std::vector<tally> in(form.producers), out(form.consumers);
  const auto begin = [&](unsigned processor) {
    if (form.pinned) pin_this_thread(processor);
    ++ready;
    while (!go) std::this_thread::yield();
  };
  std::vector<std::thread> producers, consumers;
  for (tally& mine : in)
    producers.emplace_back([&] {
      auto to = queue.producer();
      begin(0);
      tally pushed;
      for (std::uint64_t value = 1; !stop.load(std::memory_order_relaxed); ++value) {
        to.push(T(value));
        pushed.add(value);
      }
      mine = pushed;
    });
  for (tally& mine : out)
    consumers.emplace_back([&] {
      auto from = queue.consumer();
      begin(1);
      tally popped;
      for (std::uint64_t value; (value = value_of(from.pop())) != stop_mark;) popped.add(value);
      mine = popped;
    });
  while (ready < form.producers + form.consumers) std::this_thread::yield();
  const auto start = clock::now();
  go = true;
  std::this_thread::sleep_for(length);
  stop = true;
  for (std::thread& each : producers) each.join();
  {
    auto to = queue.producer();
    for (std::size_t i = 0; i < form.consumers; ++i) to.push(T(stop_mark));
  }
  for (std::thread& each : consumers) each.join();
  const std::chrono::duration<double> time = clock::now() - start;
  tally pushed, popped;
  for (const tally& each : in) pushed.add(each);
  for (const tally& each : out) popped.add(each);
  const double rate = static_cast<double>(popped.count) / time.count();
  // A mark may overtake elements where only each producer's order is kept.
  for (auto from = queue.consumer(); popped.count < pushed.count;) popped.add(value_of(from.pop()));
  if (!(pushed == popped)) throw std::runtime_error("elements were lost or changed");
  return rate;
}

} // namespace bench

#endif
