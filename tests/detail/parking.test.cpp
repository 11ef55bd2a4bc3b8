// SPDX-License-Identifier: MIT
#include "orderly/detail/parking.hpp"

#include "orderly/detail/node_monitor.hpp"

#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;
namespace detail = orderly::detail;
using test::run_on_threads;
using test::scaled;
using test::watched_thread;

namespace {

// Sleeps as on a system that has no futex.
struct portable_sync : detail::native_sync {
  using sleeper = detail::node_monitor;
};

#define ORDERLY_BACK_ENDS orderly::detail::native_sync, portable_sync

detail::steady_time from_now(std::chrono::nanoseconds time) {
  return std::chrono::steady_clock::now() + time;
}

// The smallest user of the waiting layer: a counter of permits.
template <class Sync>
class permits {
 public:
  // Whether a permit came before the limit.
  template <class Limit>
  bool take(Limit limit) {
    std::unique_lock<std::mutex> lock(mutex_);
    const bool there = detail::wait_in<Sync>(
        list_, lock, [&] { return count_ > 0; }, limit);
    if (there) --count_;
    return there;
  }

  void give(std::size_t count) {
    detail::basic_waiter_list<Sync> chosen;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      count_ += count;
      list_.choose(count, chosen);
    }
    chosen.release_all();
  }

  bool nobody_waits() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return list_.empty();
  }

 private:
  std::mutex mutex_;
  std::size_t count_ = 0;                // guarded by mutex_
  detail::basic_waiter_list<Sync> list_; // guarded by mutex_
};

auto within(std::chrono::nanoseconds time) {
  return detail::until<detail::native_sync, std::chrono::steady_clock, std::chrono::nanoseconds>{
      from_now(time)};
}

} // namespace

TEMPLATE_TEST_CASE("parking: a release before the sleep makes it return at once", "[parking]",
                   ORDERLY_BACK_ENDS) {
  detail::basic_waiter<TestType> w;
  w.release();
  w.sleep();
  w.rearm();
  w.release();
  CHECK(w.sleep_until(from_now(24h)));
  w.rearm();
  w.release();
  CHECK(w.sleep_until(from_now(-1h))); // released is released, however late
}

TEMPLATE_TEST_CASE("parking: a sleeper returns when released", "[parking]", ORDERLY_BACK_ENDS) {
  detail::basic_waiter<TestType> w;
  int message = 0; // plain: release and sleep order it
  int seen = 0;
  watched_thread sleeper([&] {
    w.sleep();
    seen = message;
  });
  sleeper.wait_until_asleep();
  CHECK_FALSE(sleeper.done());
  message = 5;
  w.release();
  sleeper.join();
  CHECK(seen == 5);
}

TEMPLATE_TEST_CASE("parking: a timed sleeper returns when released", "[parking]",
                   ORDERLY_BACK_ENDS) {
  detail::basic_waiter<TestType> w;
  bool in_time = false;
  watched_thread sleeper([&] { in_time = w.sleep_until(from_now(24h)); });
  sleeper.wait_until_asleep();
  CHECK_FALSE(sleeper.done());
  w.release();
  sleeper.join();
  CHECK(in_time);
}

TEMPLATE_TEST_CASE("parking: a timed sleeper gives up, and may sleep again", "[parking]",
                   ORDERLY_BACK_ENDS) {
  detail::basic_waiter<TestType> w;
  const auto deadline = from_now(2ms);
  CHECK_FALSE(w.sleep_until(deadline));
  CHECK(std::chrono::steady_clock::now() >= deadline); // never early
  CHECK_FALSE(w.sleep_until(from_now(-1h)));
  CHECK_FALSE(w.sleep_until(detail::steady_time{} - 1h)); // before the clock began
  watched_thread sleeper([&] { w.sleep(); });
  sleeper.wait_until_asleep();
  CHECK_FALSE(sleeper.done());
  w.release();
}

TEMPLATE_TEST_CASE("parking: the list is first in, first out, and any node can leave it",
                   "[parking][list]", ORDERLY_BACK_ENDS) {
  using waiter = detail::basic_waiter<TestType>;
  detail::basic_waiter_list<TestType> list;
  CHECK(list.empty());
  waiter w[4];
  for (waiter& each : w) list.push_back(each);
  CHECK(list.first() == &w[0]);
  CHECK(list.after(w[0]) == &w[1]);
  CHECK(w[2].linked());
  list.remove(w[2]);
  CHECK_FALSE(w[2].linked());
  CHECK(list.after(w[1]) == &w[3]);
  list.remove(w[3]);
  list.remove(w[0]);
  CHECK(list.first() == &w[1]);
  CHECK(list.after(w[1]) == nullptr);
  list.push_back(w[0]);
  CHECK(list.after(w[1]) == &w[0]);
  list.remove(w[1]);
  list.remove(w[0]);
  CHECK(list.empty());
}

TEMPLATE_TEST_CASE("parking: choosing takes the oldest, at most as many as told", "[parking][list]",
                   ORDERLY_BACK_ENDS) {
  using waiter = detail::basic_waiter<TestType>;
  detail::basic_waiter_list<TestType> list, chosen;
  waiter w[4];
  for (waiter& each : w) list.push_back(each);
  list.choose(0, chosen);
  CHECK(chosen.empty());
  list.choose(1, chosen);
  list.choose_one(w[2], chosen);
  CHECK_FALSE(w[0].linked());
  CHECK(w[1].linked());
  CHECK_FALSE(w[2].linked());
  CHECK(list.first() == &w[1]);
  list.choose(99, chosen);
  CHECK(list.empty());
  chosen.release_all();
  CHECK(chosen.empty());
  for (waiter& each : w) each.sleep(); // all were released
  chosen.release_all();                // of nothing
}

TEMPLATE_TEST_CASE("parking: wait_in does not sleep when it is ready", "[parking][wait_in]",
                   ORDERLY_BACK_ENDS) {
  permits<TestType> p;
  p.give(2);
  CHECK(p.take(detail::without_deadline{}));
  CHECK(p.take(within(-1h)));
  CHECK_FALSE(p.take(within(-1h)));
  CHECK_FALSE(p.take(within(1ms)));
  CHECK(p.nobody_waits());
}

TEMPLATE_TEST_CASE("parking: wait_in wakes as many as are chosen", "[parking][wait_in]",
                   ORDERLY_BACK_ENDS) {
  permits<TestType> p;
  std::atomic<int> taken{0};
  std::deque<watched_thread> takers;
  for (int i = 0; i < 4; ++i)
    takers.emplace_back(
        [&, i] { taken += i % 2 == 0 ? p.take(detail::without_deadline{}) : p.take(within(24h)); });
  for (const auto& taker : takers) taker.wait_until_asleep();
  p.give(3);
  while (taken < 3) std::this_thread::yield();
  for (const auto& taker : takers) taker.wait_until_asleep();
  CHECK(taken == 3);
  p.give(1);
  takers.clear();
  CHECK(taken == 4);
  CHECK(p.nobody_waits());
}

TEMPLATE_TEST_CASE("parking: a waiter chosen while it times out loses nothing",
                   "[parking][wait_in][stress]", ORDERLY_BACK_ENDS) {
  permits<TestType> p;
  const std::uint64_t count = scaled(20000u);
  std::atomic<std::uint64_t> taken{0}, given_up{0};
  run_on_threads(4, [&](std::size_t thread) {
    if (thread == 0) {
      for (std::uint64_t i = 0; i < count; ++i) {
        p.give(1);
        if (i % 4 == 0) std::this_thread::yield();
      }
      return;
    }
    const auto patience = thread * 7us; // about as long as a permit takes to come
    while (taken < count) ++(p.take(within(patience)) ? taken : given_up);
  });
  CHECK(taken == count);
  CHECK(p.nobody_waits());
  CHECK_FALSE(p.take(within(0ns)));
}

TEMPLATE_TEST_CASE("parking: timed and untimed waiters share every permit",
                   "[parking][wait_in][stress]", ORDERLY_BACK_ENDS) {
  permits<TestType> p;
  const std::uint64_t each = scaled(5000u);
  std::atomic<std::uint64_t> taken{0};
  run_on_threads(4, [&](std::size_t thread) {
    for (std::uint64_t i = 0; i < each; ++i) {
      if (thread < 2) {
        p.give(1);
      } else if (thread == 2) {
        taken += p.take(detail::without_deadline{}) ? 1u : 0u;
      } else {
        while (!p.take(within(10us))) {
        }
        ++taken;
      }
    }
  });
  CHECK(taken == 2 * each);
}

TEMPLATE_TEST_CASE("parking: two threads play ping-pong", "[parking][stress]", ORDERLY_BACK_ENDS) {
  permits<TestType> ping, pong;
  const std::uint64_t rounds = scaled(100000u);
  std::uint64_t ball = 0; // plain: the permits order it
  run_on_threads(2, [&](std::size_t thread) {
    permits<TestType>& mine = thread == 0 ? ping : pong;
    permits<TestType>& theirs = thread == 0 ? pong : ping;
    for (std::uint64_t i = 0; i < rounds; ++i) {
      if (thread == 0) theirs.give(1);
      static_cast<void>(mine.take(detail::without_deadline{}));
      ++ball;
      if (thread == 1) theirs.give(1);
    }
  });
  CHECK(ball == 2 * rounds);
}

TEMPLATE_TEST_CASE("parking: a waiter may be destroyed and made again at the same place",
                   "[parking][stress]", ORDERLY_BACK_ENDS) {
  const std::uint64_t rounds = scaled(20000u);
  std::atomic<detail::basic_waiter<TestType>*> offered{nullptr};
  run_on_threads(2, [&](std::size_t thread) {
    for (std::uint64_t i = 0; i < rounds; ++i) {
      if (thread == 0) {
        detail::basic_waiter<TestType> w;
        offered = &w;
        w.sleep();
      } else {
        detail::basic_waiter<TestType>* w = nullptr;
        while ((w = offered.exchange(nullptr)) == nullptr) std::this_thread::yield();
        w->release();
      }
    }
  });
  SUCCEED();
}

TEST_CASE("parking: a deadline further away than a century is a century", "[parking]") {
  const auto now = std::chrono::steady_clock::now();
  const auto century = std::chrono::hours(24 * 36525);
  CHECK(detail::deadline_after<detail::native_sync>(std::chrono::hours::max()) - now >= century);
  CHECK(detail::deadline_after<detail::native_sync>(std::chrono::hours::max()) - now <
        century + 24h);
  CHECK(detail::deadline_after<detail::native_sync>(std::chrono::duration<double>(1e200)) - now <
        century + 24h);
  CHECK(detail::deadline_after<detail::native_sync>(0ns) >= now);
  CHECK(detail::deadline_after<detail::native_sync>(std::chrono::duration<double, std::nano>(0.5)) >
        now); // rounds up
}
