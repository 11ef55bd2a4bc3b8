// SPDX-License-Identifier: MIT
//
// Every interleaving of small uses of bounded_queue: nothing is lost, doubled or out of order, and
// nobody sleeps beside something to do.
#include "interleaving/scenario.hpp"
#include "orderly/bounded_queue.hpp"

#include "support/brittle_int.hpp"
#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <algorithm> // count
#include <array>     // what is pushed in bulk
#include <chrono>    // patience
#include <cstddef>   // size_t
#include <iterator>  // back_inserter
#include <optional>  // what pop gives
#include <vector>    // what a consumer got

namespace il = interleaving;
using il::check;
using il::concurrently;
using test::woken_at_most; // an element put in or taken out, or a sleeper at a close, is worth one
using namespace std::chrono_literals;

namespace {

// Elements are 10 * producer + number.
template <class T, class Sync>
using queue = orderly::bounded_queue<T, Sync>;

using log = std::vector<int>;

// Fails on an element that comes twice, or after a later one of the same producer.
void in_order(const log& seen) {
  for (std::size_t i = 0; i < seen.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      check(seen[j] / 10 != seen[i] / 10 || seen[j] < seen[i], "each producer's order is kept");
}

// counts[p] is how many producer p pushed.
void all_of(const log& counts, const log& a, const log& b) {
  log all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::size_t expected = 0;
  for (int p = 0; p < static_cast<int>(counts.size()); ++p)
    for (int k = 0; k < counts[static_cast<std::size_t>(p)]; ++k, ++expected)
      check(std::count(all.begin(), all.end(), 10 * p + k) == 1, "each element comes out once");
  check(all.size() == expected, "as many come out as went in");
}

template <class T, class Sync>
void produce(queue<T, Sync>& q, int producer, int count) {
  for (int k = 0; k < count; ++k) check(q.push(10 * producer + k), "an open queue takes elements");
}

template <class T, class Sync>
void consume(queue<T, Sync>& q, int count, log& seen) {
  for (int k = 0; k < count; ++k) {
    const std::optional<T> element = q.pop();
    check(element.has_value(), "an open queue gives elements");
    seen.push_back(*element);
  }
}

// The first of each kind has `most` elements to move, the second one.
template <class T, class Sync, std::size_t capacity, int most>
void two_by_two() {
  queue<T, Sync> q(capacity);
  log a, b;
  concurrently([&] { produce(q, 0, most); }, [&] { produce(q, 1, 1); },
               [&] { consume(q, most, a); }, [&] { consume(q, 1, b); });
  in_order(a);
  in_order(b);
  all_of({most, 1}, a, b);
  woken_at_most(2 * (most + 1));
}

template <class T, class Sync>
void one_by_one() {
  queue<T, Sync> q(1);
  log seen;
  concurrently([&] { produce(q, 0, 3); }, [&] { consume(q, 3, seen); });
  check(seen == log{0, 1, 2}, "first in, first out");
  woken_at_most(6);
}

template <class T, class Sync>
void one_push_for_sleepers() {
  queue<T, Sync> q(2);
  std::optional<T> a, b;
  concurrently([&] { a = q.pop(); }, [&] { b = q.pop(); },
               [&] {
                 check(q.push(0), "room for one");
                 woken_at_most(1);
                 check(q.push(1), "room for the other");
               });
  check(a && b && *a != *b, "each element comes out once");
}

template <class T, class Sync>
void one_pop_for_sleepers() {
  queue<T, Sync> q(1);
  check(q.push(0), "room for one");
  concurrently([&] { produce(q, 1, 1); }, [&] { produce(q, 2, 1); },
               [&] {
                 check(q.pop() == 0, "first in, first out");
                 woken_at_most(1);
                 check(q.pop() && q.pop(), "both got in");
               });
}

// Producers and consumers at work when the queue is closed.
template <class T, class Sync>
void close_at_work() {
  queue<T, Sync> q(1);
  int pushed = 0;
  log seen;
  concurrently(
      [&] {
        while (pushed < 3 && q.push(int{pushed})) ++pushed;
      },
      [&] {
        while (const std::optional<T> element = q.pop()) seen.push_back(*element);
      },
      [&] { q.close(); });
  check(seen.size() == static_cast<std::size_t>(pushed), "what was pushed comes out");
  in_order(seen);
  check(!q.push(9) && !q.pop(), "closed and drained");
}

template <class T, class Sync>
void close_on_sleeping_consumers() {
  queue<T, Sync> q(1);
  std::optional<T> a, b;
  concurrently([&] { a = q.pop(); }, [&] { b = q.pop(); }, [&] { q.close(); });
  check(!a && !b, "nothing was there");
  woken_at_most(2);
}

template <class T, class Sync>
void close_on_sleeping_producers() {
  queue<T, Sync> q(1);
  check(q.push(0), "room for one");
  bool a = true, b = true;
  concurrently([&] { a = q.push(1); }, [&] { b = q.push(2); }, [&] { q.close(); });
  check(!a && !b, "there was no room before the close");
  check(q.pop() == 0 && !q.pop(), "what was in comes out");
  woken_at_most(2);
}

// A consumer that gives up when its time is over, beside one that does not.
template <class T, class Sync>
void timed_pop_against_push() {
  queue<T, Sync> q(1);
  std::optional<T> timed, patient;
  concurrently([&] { timed = q.try_pop_for(1ms); }, [&] { patient = q.pop(); },
               [&] {
                 check(q.push(1), "open");
                 check(q.push(2), "open");
               });
  check(patient.has_value(), "the patient one gets an element");
  const std::optional<T> left = q.try_pop();
  check(timed.has_value() != left.has_value(), "the other element is given, or left");
}

template <class T, class Sync>
void timed_push_against_pop() {
  queue<T, Sync> q(1);
  check(q.push(0), "room for one");
  orderly::conqueue_status timed{};
  log seen;
  concurrently([&] { timed = q.try_push_for(1, 1ms); }, [&] { check(q.push(12), "open"); },
               [&] { consume(q, 2, seen); });
  const std::optional<T> left = q.try_pop();
  check(left.has_value() == (timed == orderly::conqueue_status::success),
        "a push that gave up left nothing");
}

// A sleeping producer whose element cannot be built passes its room on.
template <class T, class Sync>
void throwing_push() {
  struct fragile {
    T value; // it moves as T does
    fragile(int v, bool breaks) : value(v) {
      if (breaks) throw 1;
    }
  };
  orderly::bounded_queue<fragile, Sync> q(1);
  check(q.emplace(0, false), "room for one");
  bool threw = false;
  std::optional<fragile> first, second;
  concurrently(
      [&] {
        try {
          static_cast<void>(q.emplace(1, true));
        } catch (int) {
          threw = true;
        }
      },
      [&] { check(q.emplace(2, false), "open"); },
      [&] {
        first = q.pop();
        second = q.pop();
      });
  check(threw && first->value == 0 && second->value == 2, "the other producer got the room");
}

// A pop whose move throws loses its element, and gives its room away all the same.
template <class Sync>
void throwing_pop() {
  struct fragile {
    int value;
    explicit fragile(int v) : value(v) {}
    fragile(fragile&& other) : value(other.value) {
      if (value == 0) throw 1;
    }
  };
  orderly::bounded_queue<fragile, Sync> q(1);
  check(q.emplace(0), "room for one");
  int thrown = 0;
  const auto pop = [&] {
    try {
      static_cast<void>(q.pop());
    } catch (int) {
      ++thrown;
    }
  };
  concurrently([&] { check(q.emplace(1), "open"); }, pop, pop);
  check(thrown == 1 && !q.try_pop(), "one was lost, one given");
}

template <class T, class Sync>
void in_bulk() {
  queue<T, Sync> q(2);
  log a, b;
  concurrently(
      [&] {
        const std::array<int, 4> elements{0, 1, 2, 3};
        check(q.push_n(elements.begin(), elements.size()) == elements.size(), "all are taken in");
        q.close();
      },
      [&] {
        std::array<int, 2> some{};
        while (const std::size_t count = q.pop_n(some.begin(), some.size()))
          a.insert(a.end(), some.begin(), some.begin() + count);
      },
      [&] {
        while (q.pop_n(std::back_inserter(b), 2) > 0) {
        }
      });
  in_order(a);
  in_order(b);
  all_of({4}, a, b);
}

} // namespace

// Elements whose moves cannot throw are kept without a lock, the others under one.
#define ORDERLY_QUEUE_SCENARIO(name, ...)                                                          \
  ORDERLY_QUEUE_SCENARIO_OF_SIZES(name, false, false, __VA_ARGS__)
#define ORDERLY_LARGE_QUEUE_SCENARIO(name, ...)                                                    \
  ORDERLY_QUEUE_SCENARIO_OF_SIZES(name, true, true, __VA_ARGS__)
#define ORDERLY_LARGE_UNLOCKED_QUEUE_SCENARIO(name, ...)                                           \
  ORDERLY_QUEUE_SCENARIO_OF_SIZES(name, true, false, __VA_ARGS__)
#define ORDERLY_QUEUE_SCENARIO_OF_SIZES(name, large, large_locked, ...)                            \
  ORDERLY_SCENARIO_OF_SIZE("queue: " name, large, [] {                                             \
    using T = int;                                                                                 \
    __VA_ARGS__();                                                                                 \
  })                                                                                               \
  ORDERLY_SCENARIO_OF_SIZE("locked queue: " name, large_locked, [] {                               \
    using T = test::brittle_int;                                                                   \
    __VA_ARGS__();                                                                                 \
  })

ORDERLY_LARGE_UNLOCKED_QUEUE_SCENARIO("2 producers, 2 consumers, capacity 1",
                                      two_by_two<T, Sync, 1, 1>)
ORDERLY_LARGE_UNLOCKED_QUEUE_SCENARIO("2 producers, 2 consumers, capacity 2",
                                      two_by_two<T, Sync, 2, 1>)
ORDERLY_LARGE_QUEUE_SCENARIO("2 producers, 2 consumers, 3 elements, capacity 2",
                             two_by_two<T, Sync, 2, 2>)
ORDERLY_QUEUE_SCENARIO("1 producer, 1 consumer, 3 elements, capacity 1", one_by_one<T, Sync>)
ORDERLY_QUEUE_SCENARIO("a push for 2 sleeping consumers", one_push_for_sleepers<T, Sync>)
ORDERLY_QUEUE_SCENARIO("a pop for 2 sleeping producers", one_pop_for_sleepers<T, Sync>)
ORDERLY_QUEUE_SCENARIO("close while a producer and a consumer work", close_at_work<T, Sync>)
ORDERLY_QUEUE_SCENARIO("close on 2 sleeping consumers", close_on_sleeping_consumers<T, Sync>)
ORDERLY_QUEUE_SCENARIO("close on 2 sleeping producers", close_on_sleeping_producers<T, Sync>)
ORDERLY_QUEUE_SCENARIO("a timed pop against pushes", timed_pop_against_push<T, Sync>)
ORDERLY_LARGE_UNLOCKED_QUEUE_SCENARIO("a timed push against pops", timed_push_against_pop<T, Sync>)
ORDERLY_QUEUE_SCENARIO("a sleeping push that throws", throwing_push<T, Sync>)
ORDERLY_SCENARIO("locked queue: a pop that throws", throwing_pop<Sync>)
ORDERLY_LARGE_QUEUE_SCENARIO("elements in bulk", in_bulk<T, Sync>)
