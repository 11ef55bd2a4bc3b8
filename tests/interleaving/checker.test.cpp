// SPDX-License-Identifier: MIT
//
// Whether the checker tries every interleaving, once: counts that can be computed by hand, the
// classic small races, replay, and the honesty of its reports.
#include "interleaving/tell.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <atomic>    // memory_order
#include <mutex>     // lock_guard
#include <stdexcept> // invalid_argument
#include <string>    // failures

namespace il = interleaving;
using il::check;
using il::concurrently;
using il::model_sync;
using test::explore;

namespace {

// No budget but this many preemptions.
il::limits only_preemptions(int count) {
  il::limits bounds;
  bounds.preemptions = count;
  bounds.delayed_stores = bounds.spurious = bounds.timeouts = 0;
  return bounds;
}
constexpr int any = 1000;

bool has(const il::report& r, const std::string& text) {
  return r.found.has_value() && r.found->what.find(text) != std::string::npos;
}

void two_increments() {
  il::atomic<int> n{0};
  const auto increment = [&] {
    const int seen = n.load();
    n.store(seen + 1);
  };
  concurrently(increment, increment);
  check(n.load() == 2, "no increment is lost");
}

// Each thread does this many operations that no other notices.
template <class... Count>
auto threads_of(Count... operations) {
  return [=] {
    il::atomic<int> x{0};
    concurrently([&x, operations] {
      for (int i = 0; i < operations; ++i) static_cast<void>(x.load());
    }...);
  };
}

} // namespace

TEST_CASE("checker: a lost increment needs one preemption", "[interleaving]") {
  CHECK(explore("lost increment, no preemption", only_preemptions(0), two_increments).complete);
  const auto r = explore("lost increment, one preemption", only_preemptions(1), two_increments);
  CHECK(has(r, "no increment is lost"));
  CHECK_FALSE(r.complete);
  CHECK_FALSE(r.cut());
}

TEST_CASE("checker: every interleaving is tried exactly once", "[interleaving]") {
  const auto runs = [](int preemptions, auto scenario) {
    const il::report r = il::explore(only_preemptions(preemptions), scenario);
    REQUIRE(r.complete);
    return r.runs;
  };
  // Without a bound: the multinomial coefficient.
  CHECK(runs(any, threads_of(2, 2)) == 6);
  CHECK(runs(any, threads_of(3, 3)) == 20);
  CHECK(runs(any, threads_of(4, 2)) == 15);
  CHECK(runs(any, threads_of(2, 2, 2)) == 90);
  // Two threads of 3, by the number of switches away from one that could go on: AAABBB none; AABBBA one,
  // at one of two places; AABAB.. two, at two places each; three only as A B A B.. or A BB A B, of
  // which the first threads are one of two; four only as ABABAB.
  CHECK(runs(0, threads_of(3, 3)) == 2);
  CHECK(runs(1, threads_of(3, 3)) == 2 + 4);
  CHECK(runs(2, threads_of(3, 3)) == 2 + 4 + 8);
  CHECK(runs(3, threads_of(3, 3)) == 2 + 4 + 8 + 4);
  CHECK(runs(4, threads_of(3, 3)) == 2 + 4 + 8 + 4 + 2);
}

TEST_CASE("checker: who waits for a mutex makes no step while it is held", "[interleaving]") {
  // Whoever is first, the other comes when the first has ended, or between the first's unlock and its end;
  // then either of them ends first.
  const il::report r = il::explore(only_preemptions(any), [] {
    il::mutex m;
    const auto section = [&] { const std::lock_guard<il::mutex> lock(m); };
    concurrently(section, section);
  });
  CHECK(r.complete);
  CHECK(r.runs == 2 * 3);
}

TEST_CASE("checker: what is linked after the unlock is linked too late", "[interleaving]") {
  const auto sleep_and_wake = [](bool linked_in_time) {
    return [=] {
      il::mutex m;
      bool ready = false, linked = false, woken = false; // not atomic, so no points of their own
      const auto sleeper = [&] {
        std::unique_lock<il::mutex> lock(m);
        if (ready) return;
        if (linked_in_time) linked = true;
        lock.unlock();
        linked = true;
      };
      const auto waker = [&] {
        const std::lock_guard<il::mutex> lock(m);
        ready = true;
        woken = linked;
      };
      concurrently(sleeper, waker);
      check(woken || !linked, "no sleeper is missed");
    };
  };
  CHECK(has(explore("linked after the unlock", only_preemptions(1), sleep_and_wake(false)),
            "no sleeper is missed"));
  CHECK(explore("linked before the unlock", only_preemptions(any), sleep_and_wake(true)).complete);
}

TEST_CASE("checker: a store that is delayed lets both threads miss the other's", "[interleaving]") {
  const auto litmus = [](std::memory_order order, bool with_fence) {
    return [=] {
      il::atomic<int> x{0}, y{0};
      int seen_y = -1, seen_x = -1;
      const auto side = [=](auto& mine, auto& other, int& seen) {
        mine.store(1, order);
        if (with_fence) model_sync::fence(std::memory_order_seq_cst);
        seen = other.load(std::memory_order_acquire);
      };
      concurrently([&] { side(x, y, seen_y); }, [&] { side(y, x, seen_x); });
      check(seen_x == 1 || seen_y == 1, "one of them sees the other's store");
    };
  };
  il::limits delayed = only_preemptions(2);
  delayed.delayed_stores = 1;
  const auto release = std::memory_order_release;
  CHECK(explore("store buffers, no delay", only_preemptions(any), litmus(release, false)).complete);
  CHECK(has(explore("store buffers, one delay", delayed, litmus(release, false)), "one of them"));
  CHECK(explore("store buffers, seq_cst", delayed, litmus(std::memory_order_seq_cst, false))
            .complete);
  CHECK(explore("store buffers, fence", delayed, litmus(release, true)).complete);
}

TEST_CASE("checker: stores of one thread are seen in their order", "[interleaving]") {
  il::limits bounds = only_preemptions(any);
  bounds.delayed_stores = 3;
  const auto r = explore("message passing", bounds, [] {
    il::atomic<int> data{0}, flag{0};
    concurrently(
        [&] {
          data.store(1, std::memory_order_relaxed);
          flag.store(1, std::memory_order_release);
        },
        [&] {
          const bool told = flag.load(std::memory_order_acquire) == 1;
          check(!told || data.load(std::memory_order_relaxed) == 1, "the data came before");
        });
  });
  CHECK(r.complete);
}

TEST_CASE("checker: an unlock ends the delay of a store and a lock does not", "[interleaving]") {
  const auto litmus = [](bool unlock_first) {
    return [=] {
      il::atomic<int> x{0}, y{0};
      il::mutex of_x, of_y;
      int seen_y = -1, seen_x = -1;
      const auto side = [=](auto& mine, auto& other, il::mutex& m, int& seen) {
        mine.store(1, std::memory_order_relaxed);
        std::unique_lock<il::mutex> lock(m);
        if (unlock_first) lock.unlock();
        seen = other.load(std::memory_order_relaxed);
      };
      concurrently([&] { side(x, y, of_x, seen_y); }, [&] { side(y, x, of_y, seen_x); });
      check(seen_x == 1 || seen_y == 1, "one of them sees the other's store");
    };
  };
  il::limits bounds;
  CHECK(has(explore("store, lock, load", bounds, litmus(false)), "one of them"));
  CHECK(explore("store, lock, unlock, load", bounds, litmus(true)).complete);
}

TEST_CASE("checker: a late store is not late for ever", "[interleaving]") {
  const auto raise_and_wait = [](il::atomic<int>& mine, const il::atomic<int>& other) {
    mine.store(1, std::memory_order_relaxed);
    while (other.load(std::memory_order_relaxed) == 0) model_sync::yield();
  };
  const auto r = explore("each waits for the other's store", {}, [=] {
    il::atomic<int> x{0}, y{0};
    concurrently([&] { raise_and_wait(x, y); }, [&] { raise_and_wait(y, x); });
  });
  CHECK(r.complete);
  const auto with_mutex = explore("the storing thread is blocked", {}, [] {
    il::atomic<int> x{0};
    il::mutex m;
    concurrently(
        [&] {
          x.store(1, std::memory_order_relaxed);
          const std::lock_guard<il::mutex> lock(m);
        },
        [&] {
          const std::lock_guard<il::mutex> lock(m);
          while (x.load(std::memory_order_relaxed) == 0) model_sync::pause();
        });
  });
  CHECK(with_mutex.complete);
}

TEST_CASE("checker: two mutexes taken in opposite orders deadlock", "[interleaving]") {
  const auto scenario = [] {
    il::mutex a, b;
    const auto both = [](il::mutex& first, il::mutex& second) {
      const std::lock_guard<il::mutex> one(first);
      const std::lock_guard<il::mutex> two(second);
    };
    concurrently([&] { both(a, b); }, [&] { both(b, a); });
  };
  CHECK(explore("opposite orders, no preemption", only_preemptions(0), scenario).complete);
  const auto r = explore("opposite orders", only_preemptions(1), scenario);
  CHECK(has(r, "nobody can go on"));
  CHECK(has(r, "thread 1 waits for mutex 2 held by thread 2"));
  CHECK(has(r, "thread 2 waits for mutex 1 held by thread 1"));
}

TEST_CASE("checker: a schedule can be replayed", "[interleaving][replay]") {
  const il::limits bounds = only_preemptions(1);
  const auto first = il::explore(bounds, two_increments);
  REQUIRE(first.found);
  CHECK(first.found->trace.find("thread 2 store of atomic 1: 1") != std::string::npos);
  const auto again = il::replay(first.found->schedule, bounds, two_increments);
  REQUIRE(again.found);
  CHECK(again.found->what == first.found->what);
  CHECK(again.found->trace == first.found->trace);
  CHECK(again.found->schedule == first.found->schedule);
  CHECK_FALSE(il::replay("", bounds, two_increments).found);
}

TEST_CASE("checker: a schedule that is another scenario's is refused", "[interleaving][replay]") {
  const il::limits bounds = only_preemptions(1);
  CHECK(has(il::replay("7", bounds, two_increments), "other choices"));
  CHECK(has(il::replay("0*50.1", bounds, two_increments), "other choices"));
  CHECK_THROWS_AS(il::replay("0*", bounds, two_increments), std::invalid_argument);
  CHECK_THROWS_AS(il::replay("0,1", bounds, two_increments), std::invalid_argument);
}

TEST_CASE("checker: a scenario that changes from run to run is found out", "[interleaving]") {
  int run = 0;
  const auto r = il::explore(only_preemptions(any), [&] { threads_of(++run % 3, 2, 2)(); });
  CHECK(has(r, "something that is not modelled"));
}

TEST_CASE("checker: a search that is stopped is cut and not complete", "[interleaving]") {
  il::limits bounds = only_preemptions(any);
  bounds.most_runs = 89;
  auto r = il::explore(bounds, threads_of(2, 2, 2));
  CHECK(r.cut());
  CHECK(r.runs == 89);
  bounds.most_runs = 90;
  CHECK(il::explore(bounds, threads_of(2, 2, 2)).complete);
  bounds.most_seconds = 1e-9;
  r = il::explore(bounds, threads_of(2, 2, 2));
  CHECK(r.cut());
  CHECK(r.runs == 1);
}
