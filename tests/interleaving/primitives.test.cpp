// SPDX-License-Identifier: MIT
//
// What the modelled primitives may do, and which misuse of them is reported: sleeps that end early or are
// never ended, time, exceptions across switches, and objects that are used after their end.
#include "interleaving/tell.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <atomic>    // memory_order
#include <chrono>    // deadlines
#include <cstdint>   // uint32_t
#include <exception> // uncaught_exceptions, make_exception_ptr
#include <memory>    // objects that end early
#include <mutex>     // unique_lock
#include <set>       // what was seen in any run
#include <stdexcept> // runtime_error
#include <string>    // failures

namespace il = interleaving;
using il::check;
using il::concurrently;
using il::model_sync;
using test::explore;
using namespace std::chrono_literals;

namespace {

il::limits without_spurious() {
  il::limits bounds;
  bounds.spurious = 0;
  return bounds;
}

bool has(const il::report& r, const std::string& text) {
  return r.found.has_value() && r.found->what.find(text) != std::string::npos;
}

// A flag under a mutex and a condition variable.
struct flag {
  il::mutex mutex;
  il::condition_variable changed;
  bool up = false;

  void raise() {
    const std::lock_guard<il::mutex> lock(mutex);
    up = true;
    changed.notify_one();
  }
};

} // namespace

TEST_CASE("checker: a condition that is tested once fails by a spurious wake-up",
          "[interleaving]") {
  const auto waits = [](bool in_a_loop) {
    return [=] {
      flag f;
      concurrently([&] { f.raise(); },
                   [&] {
                     std::unique_lock<il::mutex> lock(f.mutex);
                     if (in_a_loop)
                       f.changed.wait(lock, [&] { return f.up; });
                     else if (!f.up)
                       f.changed.wait(lock);
                     check(f.up, "the flag is up after the wait");
                   });
    };
  };
  CHECK(has(explore("if instead of while", {}, waits(false)), "the flag is up"));
  CHECK(explore("if instead of while, never spurious", without_spurious(), waits(false)).complete);
  const auto r = explore("while", {}, waits(true));
  CHECK(r.complete);
  CHECK(r.most.spurious == 1);
}

TEST_CASE("checker: a weak compare-exchange may fail for no reason", "[interleaving]") {
  const auto once = [](bool weak) {
    return [=] {
      il::atomic<int> x{1};
      int one = 1;
      check(weak ? x.compare_exchange_weak(one, 2) : x.compare_exchange_strong(one, 2),
            "exchanged");
    };
  };
  CHECK(has(il::explore({}, once(true)), "exchanged"));
  CHECK(il::explore(without_spurious(), once(true)).complete);
  CHECK(il::explore({}, once(false)).complete);
}

TEST_CASE("checker: a notification without a sleeper is lost", "[interleaving]") {
  const auto r = explore("notification before the wait", without_spurious(), [] {
    flag f;
    concurrently([&] { f.changed.notify_one(); },
                 [&] {
                   std::unique_lock<il::mutex> lock(f.mutex);
                   f.changed.wait(lock);
                 });
  });
  CHECK(has(r, "nobody can go on"));
  CHECK(has(r, "thread 2 sleeps on condition variable 2"));
  CHECK(has(r, "thread 0 waits for the end of thread 2"));
}

TEST_CASE("checker: notify_one wakes any one sleeper and notify_all wakes each", "[interleaving]") {
  std::set<int> woken;
  il::limits bounds = without_spurious();
  const auto r = il::explore(bounds, [&] {
    flag f;
    int asleep = 0;
    bool first = true;
    const auto sleeper = [&](int name) {
      return [&, name] {
        std::unique_lock<il::mutex> lock(f.mutex);
        ++asleep;
        f.changed.wait(lock);
        if (first) woken.insert(name);
        first = false;
      };
    };
    concurrently(sleeper(1), sleeper(2), sleeper(3), [&] {
      std::unique_lock<il::mutex> lock(f.mutex);
      while (asleep < 3) {
        lock.unlock();
        model_sync::yield();
        lock.lock();
      }
      f.changed.notify_one();
      lock.unlock();
      while (il::counts().wakes < 1 || first) model_sync::yield();
      f.changed.notify_all();
    });
    check(il::counts().wakes == 3, "each sleeper was woken once");
  });
  CHECK(r.complete);
  CHECK(woken == std::set<int>{1, 2, 3});
}

TEST_CASE("checker: a timed wait ends either way and is no deadlock", "[interleaving]") {
  const auto outcomes = [](il::limits bounds, bool notified) {
    std::set<bool> seen;
    const auto r = il::explore(bounds, [&] {
      flag f;
      const auto deadline = il::model_clock::now() + 1h;
      concurrently(
          [&] {
            if (notified) f.raise();
          },
          [&] {
            std::unique_lock<il::mutex> lock(f.mutex);
            const bool up = f.changed.wait_until(lock, deadline, [&] { return f.up; });
            check(up || il::model_clock::now() >= deadline, "a timeout takes its time");
            seen.insert(up);
          });
    });
    CHECK(r.complete);
    return seen;
  };
  il::limits never_early;
  never_early.timeouts = 0;
  CHECK(outcomes({}, true) == std::set<bool>{false, true});
  CHECK(outcomes(never_early, true) == std::set<bool>{true});
  CHECK(outcomes(never_early, false) == std::set<bool>{false});
}

TEST_CASE("checker: a timeout that cannot have its mutex back is a deadlock", "[interleaving]") {
  const auto r = il::explore(without_spurious(), [] {
    flag timed, held;
    concurrently(
        [&] {
          std::unique_lock<il::mutex> lock(timed.mutex);
          timed.changed.wait_until(lock, il::model_clock::now() + 1h);
        },
        [&] {
          const std::lock_guard<il::mutex> lock(timed.mutex);
          std::unique_lock<il::mutex> other(held.mutex);
          held.changed.wait(other);
        });
  });
  CHECK(has(r, "nobody can go on"));
}

TEST_CASE("checker: a futex sleeps only while its word says so", "[interleaving]") {
  std::set<unsigned> wakes;
  const auto r = explore("futex", {}, [&] {
    il::futex::word w{orderly::detail::looking};
    il::futex sleeper;
    concurrently([&] { sleeper.wake(w); },
                 [&] {
                   std::uint32_t expected = orderly::detail::looking;
                   if (!w.compare_exchange_strong(expected, orderly::detail::asleep)) return;
                   while (w.load() == orderly::detail::asleep) sleeper.wait(w);
                 });
    wakes.insert(il::counts().wakes);
    check(il::counts().wakes + il::counts().wakes_without_need <= 1, "one call at most");
  });
  CHECK(r.complete);
  CHECK(wakes == std::set<unsigned>{0, 1});
}

TEST_CASE("checker: threads that wait actively let the others run", "[interleaving]") {
  const auto r = explore("two that spin for a third", {}, [] {
    il::atomic<bool> go{false};
    const auto spin = [&] {
      while (!go.load()) model_sync::yield();
    };
    concurrently(spin, spin, [&] { go.store(true); });
  });
  CHECK(r.complete);
  const auto never = il::explore({}, [] {
    il::atomic<bool> go{false};
    const auto spin = [&] {
      while (!go.load()) model_sync::pause();
    };
    concurrently(spin, spin);
  });
  CHECK(has(never, "no progress after 20000 steps"));
}

TEST_CASE("checker: each thread handles its own exceptions", "[interleaving][exception]") {
  struct steps {
    il::atomic<int>& x;
    ~steps() {
      x.fetch_add(1); // switches while an exception is on its way
      check(std::uncaught_exceptions() == 1, "one exception is on its way");
    }
  };
  const auto r = explore("exceptions", {}, [] {
    il::atomic<int> x{0};
    const auto thrower = [&](const std::string& name) {
      return [&x, name] {
        try {
          const steps inner{x};
          throw std::runtime_error(name);
        } catch (const std::exception& outer) {
          x.fetch_add(1); // switches while an exception is being handled
          try {
            throw;
          } catch (const std::exception& again) {
            check(again.what() == name && outer.what() == name, "it is this thread's exception");
          }
        }
        check(std::uncaught_exceptions() == 0 && !std::current_exception(), "it is over");
      };
    };
    concurrently(thrower("one"), thrower("two"));
  });
  CHECK(r.complete);
}

TEST_CASE("checker: what ends a thread in error is reported", "[interleaving][exception]") {
  const auto from_thread = [](auto body) { return [=] { concurrently(body); }; };
  CHECK(has(il::explore({}, from_thread([] { throw std::runtime_error("lost"); })),
            "thread 1 ended by an exception: lost"));
  CHECK(has(il::explore({}, from_thread([] { throw 1; })), "thread 1 ended by an exception"));
  CHECK(has(il::explore({}, from_thread([]() noexcept {
                          std::rethrow_exception(std::make_exception_ptr(1));
                        })),
            "std::terminate"));
  CHECK(has(il::explore({}, [] { il::thread forgotten([] {}); }), "before its join"));
}

TEST_CASE("checker: misuse of a mutex is reported", "[interleaving]") {
  CHECK(has(il::explore({},
                        [] {
                          il::mutex m;
                          m.lock();
                          m.lock();
                        }),
            "thread 0 locks for the second time mutex 1"));
  CHECK(has(il::explore({},
                        [] {
                          il::mutex m;
                          concurrently([&] { m.lock(); }, [&] { m.unlock(); });
                        }),
            "does not hold, but unlocks, mutex 1"));
  CHECK(has(il::explore({},
                        [] {
                          il::mutex m;
                          m.lock();
                        }),
            "destroys the locked mutex 1"));
}

TEST_CASE("checker: the use of what was destroyed is reported", "[interleaving][lifetime]") {
  CHECK(has(explore("an atomic that has gone", {},
                    [] {
                      auto x = std::make_unique<il::atomic<int>>(0);
                      concurrently([p = x.get()] { p->store(1); }, [&] { x.reset(); });
                    }),
            "store on a destroyed atomic"));
  CHECK(has(explore("a mutex that has gone", {},
                    [] {
                      auto m = std::make_unique<il::mutex>();
                      concurrently([p = m.get()] { const std::lock_guard<il::mutex> lock(*p); },
                                   [&] { m.reset(); });
                    }),
            "mutex"));
  CHECK(has(explore("a condition variable that has gone", {},
                    [] {
                      il::mutex m;
                      auto c = std::make_unique<il::condition_variable>();
                      concurrently(
                          [&] {
                            std::unique_lock<il::mutex> lock(m);
                            if (c != nullptr) c->wait(lock);
                          },
                          [&] {
                            const std::lock_guard<il::mutex> lock(m);
                            c.reset();
                          });
                    }),
            "destroys, while another sleeps on it, the condition variable 2"));
}
