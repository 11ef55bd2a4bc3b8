// SPDX-License-Identifier: MIT
//
// The counter-example: what it costs when idle consumers do not sleep but look again and again.
//
// The same threads wait for the same queue in two ways. Either they sleep in pop(), and the queue is
// closed to end them; or each calls try_pop_for(period) in a loop, as programs do that end their
// threads by a flag, which somebody has to look at.
#ifndef ORDERLY_BENCH_SOAK_POLLING_HPP
#define ORDERLY_BENCH_SOAK_POLLING_HPP

#include "support/process_figures.hpp"
#include "support/summary.hpp"

#include "tests/support/thread_state.hpp"

#include "orderly/bounded_queue.hpp"

#include <atomic>   // the flag
#include <chrono>   // periods
#include <cstddef>  // size_t
#include <cstdint>  // counts
#include <deque>    // threads that cannot be moved
#include <optional> // no period: sleep
#include <thread>   // sleep_for
#include <vector>   // latencies

namespace soak {

using bench::clock;

/// nullopt: sleep until there is something.
using polling_period = std::optional<std::chrono::milliseconds>;

struct waiting_cost {
  double wake_ups = 0;     // a second, all consumers together
  double cpu = 0;          // seconds a second
  double latency = 0;      // seconds from the push of an item to its consumer, the median
  double slow_latency = 0; // that which one item in a hundred exceeds
  double shutdown = 0;     // seconds until the last consumer was joined
};

/// Consumers with nothing to do, on threads of their own.
class idle_consumers {
 public:
  idle_consumers(std::size_t count, polling_period period)
      : period_(period), queue_(count), latencies_(count) {
    for (std::size_t i = 0; i < count; ++i)
      threads_.emplace_back([this, i] { consume(latencies_[i]); });
    for (const test::watched_thread& thread : threads_) thread.wait_until_asleep();
  }
  ~idle_consumers() { end(); }
  idle_consumers(const idle_consumers&) = delete;
  idle_consumers& operator=(const idle_consumers&) = delete;

  /// How often they went to sleep so far.
  std::uint64_t sleeps() const {
    std::uint64_t sum = 0;
    for (const test::watched_thread& thread : threads_)
      sum += test::voluntary_switches(thread.tid());
    return sum;
  }

  void hand_over() { static_cast<void>(queue_.push(clock::now())); }

  void end() {
    if (period_)
      stop_.store(true);
    else
      queue_.close();
    for (test::watched_thread& thread : threads_) thread.join();
  }

  /// From push to consumer, in seconds, of all items. Only after end().
  std::vector<double> latencies() const {
    std::vector<double> all;
    for (const auto& some : latencies_) all.insert(all.end(), some.begin(), some.end());
    return all;
  }

 private:
  void consume(std::vector<double>& seen) {
    while (!stop_.load()) {
      const auto pushed = period_ ? queue_.try_pop_for(*period_) : queue_.pop();
      if (pushed)
        seen.push_back(std::chrono::duration<double>(clock::now() - *pushed).count());
      else if (!period_)
        return; // closed
    }
  }

  const polling_period period_;
  std::atomic<bool> stop_{false};
  orderly::bounded_queue<clock::time_point> queue_;
  std::vector<std::vector<double>> latencies_; // of each consumer, in seconds
  std::deque<test::watched_thread> threads_;
};

/// Leaves the consumers alone for a while, hands them single items (at least one), and ends them.
inline waiting_cost cost_of_waiting(std::size_t consumers, polling_period period,
                                    std::chrono::seconds duration, int items = 200) {
  using seconds = std::chrono::duration<double>;
  idle_consumers idle(consumers, period);
  const std::uint64_t sleeps = idle.sleeps();
  const double cpu = bench::own_cpu_seconds();
  std::this_thread::sleep_for(duration);
  waiting_cost cost;
  cost.cpu = (bench::own_cpu_seconds() - cpu) / seconds(duration).count();
  cost.wake_ups = static_cast<double>(idle.sleeps() - sleeps) / seconds(duration).count();
  for (int i = 0; i < items; ++i) { // pauses in step with no period
    std::this_thread::sleep_for(std::chrono::microseconds(2000 + i % 7 * 300));
    idle.hand_over();
  }
  const clock::time_point begin = clock::now();
  idle.end();
  cost.shutdown = seconds(clock::now() - begin).count();
  const std::vector<double> latencies = idle.latencies();
  cost.latency = bench::median(latencies);
  cost.slow_latency = bench::quantile(latencies, 0.99);
  return cost;
}

} // namespace soak

#endif
