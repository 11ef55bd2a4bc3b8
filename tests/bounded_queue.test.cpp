// SPDX-License-Identifier: MIT
#include "orderly/bounded_queue.hpp"

#include "support/brittle_int.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <memory>
#include <new>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using orderly::bounded_queue;
using orderly::conqueue_status;
using test::brittle_int;
using test::run_on_threads;
using test::scaled;
using test::watched_thread;

namespace {

// An element whose copies and moves throw if it is brittle.
struct fragile {
  int value;
  bool brittle;

  fragile(int v, bool b) : value(v), brittle(b) {}
  fragile(const fragile& other) : value(other.value), brittle(other.brittle) { crack(); }
  fragile(fragile&& other) : value(other.value), brittle(other.brittle) { crack(); }
  fragile& operator=(fragile&& other) {
    value = other.value;
    brittle = other.brittle;
    crack();
    return *this;
  }
  void crack() const {
    if (brittle) throw std::runtime_error("fragile");
  }
};

// An element that tells where it was built.
template <bool nothrow_move>
struct placed {
  explicit placed(std::set<const void*>& places) noexcept { places.insert(this); }
  placed(placed&&) noexcept(nothrow_move) {}
};

// An iterator that gives 0, 1, 2 ... and throws where `bad` would come.
struct throwing_iterator {
  int at;
  int bad;
  int operator*() const {
    if (at == bad) throw std::runtime_error("iterator");
    return at;
  }
  throwing_iterator& operator++() {
    ++at;
    return *this;
  }
};

template <class T>
void fill(bounded_queue<T>& queue, int first, int count) {
  for (int i = first; i < first + count; ++i)
    if (!queue.push(T(i))) throw std::logic_error("fill: the queue is closed");
}

template <class T>
std::vector<int> drain(bounded_queue<T>& queue) {
  std::vector<int> all;
  while (const auto next = queue.try_pop()) all.push_back(*next);
  return all;
}

std::vector<int> numbers(int first, int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), first);
  return all;
}

std::string refusal(std::size_t capacity) {
  try {
    bounded_queue<int> queue(capacity);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

} // namespace

// ---- construction ----

TEST_CASE("bounded_queue: the constructor refuses capacity 0 and names it", "[bounded_queue]") {
  CHECK(refusal(0) == "orderly::bounded_queue: capacity 0 is out of range");
}

TEMPLATE_TEST_CASE("bounded_queue: it has as many places as its capacity, lap after lap",
                   "[bounded_queue]", placed<true>, placed<false>) {
  bounded_queue<TestType> queue(3);
  std::set<const void*> places;
  for (int i = 0; i < 20; ++i) {
    CHECK(queue.emplace(places));
    CHECK(queue.pop().has_value());
  }
  CHECK(places.size() == 3);
}

TEST_CASE("bounded_queue: the constructor refuses an absurd capacity and names it",
          "[bounded_queue]") {
  const std::size_t absurd = static_cast<std::size_t>(-1);
  CHECK(refusal(absurd).find(std::to_string(absurd)) != std::string::npos);
  const std::size_t most = absurd / 2 / sizeof(int);
  CHECK(refusal(most + 1).find(std::to_string(most + 1)) != std::string::npos);
}

TEMPLATE_TEST_CASE("bounded_queue: a new queue is open and empty", "[bounded_queue]", int,
                   brittle_int) {
  bounded_queue<TestType> queue(5);
  CHECK(queue.capacity() == 5);
  CHECK(queue.size_hint() == 0);
  CHECK_FALSE(queue.is_closed());
}

TEST_CASE("bounded_queue: the destructor destroys the elements that are left", "[bounded_queue]") {
  const auto token = std::make_shared<int>(0);
  {
    bounded_queue<std::shared_ptr<int>> queue(3);
    for (int i = 0; i < 3; ++i) CHECK(queue.push(token));
    CHECK(queue.pop() != std::nullopt);
    CHECK(queue.push(token)); // the ring has wrapped
    CHECK(token.use_count() == 4);
  }
  CHECK(token.use_count() == 1);
}

// ---- the table of states ----

TEMPLATE_TEST_CASE("bounded_queue: open and empty, push and try_push succeed",
                   "[bounded_queue][state]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  CHECK(queue.push(1));
  CHECK(queue.pop() == 1);
  CHECK(queue.try_push(2) == conqueue_status::success);
  CHECK(queue.pop() == 2);
}

TEMPLATE_TEST_CASE("bounded_queue: open and empty, try_pop reports empty", "[bounded_queue][state]",
                   int, brittle_int) {
  bounded_queue<TestType> queue(2);
  conqueue_status status = conqueue_status::busy;
  CHECK(queue.try_pop() == std::nullopt);
  CHECK(queue.try_pop(status) == std::nullopt);
  CHECK(status == conqueue_status::empty);
}

TEMPLATE_TEST_CASE("bounded_queue: open and empty, pop sleeps until a push",
                   "[bounded_queue][state]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  std::optional<int> got;
  watched_thread popper([&] { got = queue.pop(); });
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  CHECK(queue.push(7));
  popper.join();
  CHECK(got == 7);
}

TEMPLATE_TEST_CASE("bounded_queue: open with some elements, everything succeeds",
                   "[bounded_queue][state]", int, brittle_int) {
  bounded_queue<TestType> queue(4);
  fill(queue, 0, 2);
  conqueue_status status = conqueue_status::busy;
  CHECK(queue.push(2));
  CHECK(queue.try_push(3) == conqueue_status::success);
  CHECK(queue.pop() == 0);
  CHECK(queue.try_pop(status) == 1);
  CHECK(status == conqueue_status::success);
  CHECK(queue.size_hint() == 2);
}

TEMPLATE_TEST_CASE("bounded_queue: open and full, try_push reports full", "[bounded_queue][state]",
                   int, brittle_int) {
  bounded_queue<TestType> queue(2);
  fill(queue, 0, 2);
  CHECK(queue.try_push(2) == conqueue_status::full);
  CHECK(queue.try_emplace(2) == conqueue_status::full);
  CHECK(drain(queue) == numbers(0, 2));
}

TEMPLATE_TEST_CASE("bounded_queue: open and full, push sleeps until a pop",
                   "[bounded_queue][state]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  fill(queue, 0, 2);
  bool pushed = false;
  watched_thread pusher([&] { pushed = queue.push(2); });
  pusher.wait_until_asleep();
  CHECK_FALSE(pusher.done());
  CHECK(queue.pop() == 0);
  pusher.join();
  CHECK(pushed);
  CHECK(drain(queue) == numbers(1, 2));
}

TEMPLATE_TEST_CASE("bounded_queue: closed with some elements, pushes fail and pops drain",
                   "[bounded_queue][state][close]", int, brittle_int) {
  bounded_queue<TestType> queue(4);
  fill(queue, 0, 2);
  queue.close();
  CHECK(queue.is_closed());
  CHECK_FALSE(queue.push(9));
  CHECK_FALSE(queue.emplace(9));
  CHECK(queue.try_push(9) == conqueue_status::closed);
  CHECK(queue.try_emplace(9) == conqueue_status::closed);
  CHECK(queue.pop() == 0);
  conqueue_status status = conqueue_status::busy;
  CHECK(queue.try_pop(status) == 1);
  CHECK(status == conqueue_status::success);
}

TEMPLATE_TEST_CASE("bounded_queue: closed and full, try_push reports closed",
                   "[bounded_queue][close]", int, brittle_int) {
  bounded_queue<TestType> queue(1);
  fill(queue, 0, 1);
  queue.close();
  CHECK(queue.try_push(9) == conqueue_status::closed);
}

TEMPLATE_TEST_CASE("bounded_queue: pop on a closed, drained queue reports closed",
                   "[bounded_queue][state][close]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  queue.close();
  queue.close(); // idempotent
  conqueue_status status = conqueue_status::busy;
  CHECK(queue.pop() == std::nullopt);
  CHECK(queue.try_pop(status) == std::nullopt);
  CHECK(status == conqueue_status::closed);
  CHECK_FALSE(queue.push(1));
  CHECK(queue.try_push(1) == conqueue_status::closed);
}

// ---- order, elements, capacities ----

TEMPLATE_TEST_CASE("bounded_queue: first in, first out, for any capacity", "[bounded_queue]", int,
                   brittle_int) {
  for (int capacity : {1, 2, 3, 5, 7, 8, 64}) {
    bounded_queue<TestType> queue(static_cast<std::size_t>(capacity));
    for (int round = 0; round < 5; ++round) { // so that the ring wraps at every place
      fill(queue, round, capacity);
      CHECK(queue.try_push(-1) == conqueue_status::full);
      CHECK(queue.pop() == round);
      fill(queue, round + capacity, 1);
      CHECK(drain(queue) == numbers(round + 1, capacity));
    }
  }
}

TEST_CASE("bounded_queue: elements may be movable only", "[bounded_queue]") {
  bounded_queue<std::unique_ptr<int>> queue(2);
  CHECK(queue.push(std::make_unique<int>(1)));
  CHECK(queue.emplace(new int(2)));
  std::vector<std::unique_ptr<int>> out;
  CHECK(queue.pop_n(std::back_inserter(out), 9) == 2);
  CHECK(*out[0] == 1);
  CHECK(*out[1] == 2);
}

TEST_CASE("bounded_queue: elements need neither a default constructor nor assignment",
          "[bounded_queue]") {
  struct constant {
    explicit constant(int v) : value(v) {}
    const int value;
  };
  bounded_queue<constant> queue(1);
  CHECK(queue.emplace(3));
  CHECK(queue.pop()->value == 3);
}

TEST_CASE("bounded_queue: an over-aligned element is stored aligned", "[bounded_queue]") {
  struct alignas(128) wide {
    explicit wide(int v) : value(v), aligned(reinterpret_cast<std::uintptr_t>(this) % 128 == 0) {}
    wide(wide&& other) noexcept : value(other.value), aligned(other.aligned) {}
    int value;
    bool aligned;
  };
  bounded_queue<wide> queue(3);
  for (int i = 0; i < 3; ++i) CHECK(queue.emplace(i));
  for (int i = 0; i < 3; ++i) CHECK(queue.pop()->aligned);
}

TEST_CASE("bounded_queue: a refused push leaves its argument untouched", "[bounded_queue]") {
  bounded_queue<std::unique_ptr<int>> queue(1);
  auto kept = std::make_unique<int>(1);
  CHECK(queue.push(std::make_unique<int>(0)));
  CHECK(queue.try_push(std::move(kept)) == conqueue_status::full);
  CHECK(queue.try_emplace(std::move(kept)) == conqueue_status::full);
  CHECK(queue.try_push_for(std::move(kept), 1ms) == conqueue_status::full);
  queue.close();
  CHECK_FALSE(queue.push(std::move(kept)));
  CHECK_FALSE(queue.emplace(std::move(kept)));
  CHECK(queue.try_push(std::move(kept)) == conqueue_status::closed);
  CHECK(queue.try_push_for(std::move(kept), 1h) == conqueue_status::closed);
  REQUIRE(kept != nullptr);
  CHECK(*kept == 1);
}

TEST_CASE("bounded_queue: a push that close() wakes leaves its argument untouched",
          "[bounded_queue][close]") {
  bounded_queue<std::unique_ptr<int>> queue(1);
  CHECK(queue.push(nullptr));
  auto kept = std::make_unique<int>(1);
  watched_thread pusher([&] { static_cast<void>(queue.push(std::move(kept))); });
  pusher.wait_until_asleep();
  queue.close();
  pusher.join();
  CHECK(kept != nullptr);
}

// ---- close ----

TEMPLATE_TEST_CASE("bounded_queue: close wakes every sleeping popper", "[bounded_queue][close]",
                   int, brittle_int) {
  bounded_queue<TestType> queue(2);
  std::atomic<int> ended{0};
  std::deque<watched_thread> poppers;
  for (int i = 0; i < 8; ++i)
    poppers.emplace_back([&] { ended += queue.pop() == std::nullopt ? 1 : 0; });
  for (const auto& popper : poppers) popper.wait_until_asleep();
  queue.close();
  poppers.clear();
  CHECK(ended == 8);
}

TEMPLATE_TEST_CASE(
    "bounded_queue: close wakes every sleeping pusher, and nothing of theirs gets in",
    "[bounded_queue][close]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  fill(queue, 0, 2);
  std::atomic<int> refused{0};
  std::deque<watched_thread> pushers;
  for (int i = 0; i < 8; ++i) pushers.emplace_back([&] { refused += queue.push(9) ? 0 : 1; });
  for (const auto& pusher : pushers) pusher.wait_until_asleep();
  queue.close();
  pushers.clear();
  CHECK(refused == 8);
  CHECK(drain(queue) == numbers(0, 2));
}

TEMPLATE_TEST_CASE("bounded_queue: close wakes timed and bulk waiters", "[bounded_queue][close]",
                   int, brittle_int) {
  bounded_queue<TestType> empty(1), full(1);
  fill(full, 0, 1);
  std::vector<int> out, in = numbers(1, 3);
  std::optional<int> popped;
  std::size_t taken = 9, given = 9;
  conqueue_status pushed = conqueue_status::busy;
  std::deque<watched_thread> threads;
  threads.emplace_back([&] { popped = empty.try_pop_for(24h); });
  threads.emplace_back([&] { taken = empty.pop_n(std::back_inserter(out), 3); });
  threads.emplace_back([&] { pushed = full.try_push_for(5, 24h); });
  threads.emplace_back([&] { given = full.push_n(in.begin(), 3); });
  for (const auto& thread : threads) thread.wait_until_asleep();
  empty.close();
  full.close();
  threads.clear();
  CHECK(popped == std::nullopt);
  CHECK(taken == 0);
  CHECK(pushed == conqueue_status::closed);
  CHECK(given == 0);
}

// ---- timed forms ----

TEMPLATE_TEST_CASE("bounded_queue: timed forms give up when the time is up",
                   "[bounded_queue][timed]", int, brittle_int) {
  bounded_queue<TestType> queue(1);
  CHECK(queue.try_pop_for(1ms) == std::nullopt);
  CHECK(queue.try_pop_until(std::chrono::steady_clock::now() + 1ms) == std::nullopt);
  CHECK(queue.try_pop_until(std::chrono::system_clock::now() + 1ms) == std::nullopt);
  CHECK_FALSE(queue.is_closed());
  fill(queue, 0, 1);
  CHECK(queue.try_push_for(1, 1ms) == conqueue_status::full);
  CHECK(queue.try_push_until(1, std::chrono::steady_clock::now() + 1ms) == conqueue_status::full);
  CHECK(queue.try_push_until(1, std::chrono::system_clock::now() + 1ms) == conqueue_status::full);
  CHECK(drain(queue) == numbers(0, 1));
}

TEMPLATE_TEST_CASE("bounded_queue: timed forms succeed without waiting, however late it is",
                   "[bounded_queue][timed]", int, brittle_int) {
  bounded_queue<TestType> queue(2);
  CHECK(queue.try_push_for(1, 0ns) == conqueue_status::success);
  CHECK(queue.try_push_until(2, std::chrono::steady_clock::now() - 1h) == conqueue_status::success);
  CHECK(queue.try_pop_for(-1h) == 1);
  CHECK(queue.try_pop_until(std::chrono::system_clock::now() - 1h) == 2);
}

TEMPLATE_TEST_CASE("bounded_queue: timed forms are woken in time", "[bounded_queue][timed]", int,
                   brittle_int) {
  bounded_queue<TestType> queue(1);
  std::optional<int> got;
  {
    watched_thread popper([&] { got = queue.try_pop_for(24h); });
    popper.wait_until_asleep();
    CHECK(queue.push(1));
  }
  CHECK(got == 1);
  fill(queue, 2, 1);
  conqueue_status status = conqueue_status::busy;
  {
    watched_thread pusher(
        [&] { status = queue.try_push_until(3, std::chrono::system_clock::now() + 24h); });
    pusher.wait_until_asleep();
    CHECK(queue.pop() == 2);
  }
  CHECK(status == conqueue_status::success);
  CHECK(queue.pop() == 3);
}

TEMPLATE_TEST_CASE("bounded_queue: the longest patience waits and is woken",
                   "[bounded_queue][timed]", int, brittle_int) {
  bounded_queue<TestType> queue(1);
  const auto woken = [&](auto pop) {
    std::optional<int> got;
    watched_thread popper([&] { got = pop(); });
    popper.wait_until_asleep();
    const bool waited = !popper.done();
    const bool pushed = queue.push(1);
    popper.join();
    return waited && pushed && got == 1;
  };
  CHECK(woken([&] { return queue.try_pop_for(std::chrono::nanoseconds::max()); }));
  CHECK(woken([&] { return queue.try_pop_for(std::chrono::hours::max()); }));
  CHECK(woken([&] { return queue.try_pop_for(std::chrono::duration<double>(1e300)); }));
  CHECK(woken([&] { return queue.try_pop_until(std::chrono::steady_clock::time_point::max()); }));
  CHECK(woken([&] { return queue.try_pop_until(std::chrono::system_clock::time_point::max()); }));
}

TEMPLATE_TEST_CASE("bounded_queue: the earliest deadline and the least patience do not wait",
                   "[bounded_queue][timed]", int, brittle_int) {
  const auto returns = [](auto pop) {
    bounded_queue<TestType> queue(1);
    watched_thread popper([&] { static_cast<void>(pop(queue)); });
    const bool returned = popper.comes_to_an_end();
    queue.close();
    return returned;
  };
  using ints = bounded_queue<TestType>;
  CHECK(returns([](ints& q) { return q.try_pop_for(std::chrono::nanoseconds::min()); }));
  CHECK(returns([](ints& q) { return q.try_pop_for(std::chrono::seconds::min()); }));
  CHECK(returns(
      [](ints& q) { return q.try_pop_until(std::chrono::steady_clock::time_point::min()); }));
  CHECK(returns(
      [](ints& q) { return q.try_pop_until(std::chrono::system_clock::time_point::min()); }));
}

TEST_CASE("bounded_queue: timed waiters that give up lose no element and no wake-up",
          "[bounded_queue][timed][stress]") {
  bounded_queue<std::uint64_t> queue(1);
  const std::uint64_t each = scaled(4000u);
  std::atomic<std::uint64_t> popped{0}, sum{0};
  run_on_threads(4, [&](std::size_t thread) {
    if (thread < 2) {
      for (std::uint64_t i = 1; i <= each; ++i)
        while (queue.try_push_for(std::uint64_t{i}, 20us) != conqueue_status::success) {
        }
    } else {
      while (popped < 2 * each)
        if (const auto value = queue.try_pop_for(20us)) {
          sum += *value;
          ++popped;
        }
    }
  });
  CHECK(sum == each * (each + 1));
}

// ---- bulk forms ----

TEMPLATE_TEST_CASE("bounded_queue: push_n and pop_n of nothing do nothing", "[bounded_queue][bulk]",
                   int, brittle_int) {
  bounded_queue<TestType> queue(1);
  std::vector<int> none;
  CHECK(queue.push_n(none.begin(), 0) == 0);
  CHECK(queue.pop_n(std::back_inserter(none), 0) == 0);
}

TEMPLATE_TEST_CASE("bounded_queue: pop_n takes what is there, up to the limit",
                   "[bounded_queue][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(8);
  const std::vector<int> in = numbers(0, 5);
  CHECK(queue.push_n(in.begin(), in.size()) == 5);
  std::vector<int> out;
  CHECK(queue.pop_n(std::back_inserter(out), 2) == 2);
  CHECK(queue.pop_n(std::back_inserter(out), 9) == 3);
  CHECK(out == in);
}

TEMPLATE_TEST_CASE("bounded_queue: pop_n sleeps for the first element only",
                   "[bounded_queue][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(8);
  std::vector<int> out;
  std::size_t taken = 0;
  watched_thread popper([&] { taken = queue.pop_n(std::back_inserter(out), 5); });
  popper.wait_until_asleep();
  CHECK(queue.push(1));
  popper.join();
  CHECK(taken == 1);
  CHECK(out == numbers(1, 1));
}

TEMPLATE_TEST_CASE("bounded_queue: push_n of more than the capacity goes in piece by piece",
                   "[bounded_queue][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(3);
  const std::vector<int> in = numbers(0, 20);
  std::size_t pushed = 0;
  watched_thread pusher([&] { pushed = queue.push_n(in.begin(), in.size()); });
  std::vector<int> out;
  while (out.size() < in.size()) queue.pop_n(std::back_inserter(out), 2);
  pusher.join();
  CHECK(pushed == 20);
  CHECK(out == in);
}

TEST_CASE("bounded_queue: push_n tells how many went in before the close",
          "[bounded_queue][bulk][close]") {
  bounded_queue<std::unique_ptr<int>> queue(2);
  std::vector<std::unique_ptr<int>> in;
  for (int i = 0; i < 5; ++i) in.push_back(std::make_unique<int>(i));
  std::size_t pushed = 9;
  watched_thread pusher(
      [&] { pushed = queue.push_n(std::make_move_iterator(in.begin()), in.size()); });
  pusher.wait_until_asleep();
  queue.close();
  pusher.join();
  CHECK(pushed == 2);
  CHECK(in[1] == nullptr);
  CHECK(in[2] != nullptr); // untouched
}

TEMPLATE_TEST_CASE("bounded_queue: one push_n wakes a popper for each element",
                   "[bounded_queue][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(4);
  std::atomic<int> sum{0};
  std::deque<watched_thread> poppers;
  for (int i = 0; i < 4; ++i) poppers.emplace_back([&] { sum += queue.pop().value_or(0); });
  for (const auto& popper : poppers) popper.wait_until_asleep();
  const std::vector<int> in = numbers(1, 4);
  CHECK(queue.push_n(in.begin(), 4) == 4);
  for (const auto& popper : poppers) CHECK(popper.comes_to_an_end());
  queue.close();
  poppers.clear();
  CHECK(sum == 10);
}

TEMPLATE_TEST_CASE("bounded_queue: one pop_n wakes a pusher for each room", "[bounded_queue][bulk]",
                   int, brittle_int) {
  bounded_queue<TestType> queue(4);
  fill(queue, 0, 4);
  std::deque<watched_thread> pushers;
  for (int i = 0; i < 4; ++i) pushers.emplace_back([&] { static_cast<void>(queue.push(9)); });
  for (const auto& pusher : pushers) pusher.wait_until_asleep();
  std::vector<int> out;
  SECTION("into an output that may throw") { CHECK(queue.pop_n(std::back_inserter(out), 4) == 4); }
  SECTION("into one that does not") {
    out.resize(4);
    CHECK(queue.pop_n(out.begin(), 4) == 4);
  }
  for (const auto& pusher : pushers) CHECK(pusher.comes_to_an_end());
  queue.close();
  pushers.clear();
  CHECK(out == numbers(0, 4));
  CHECK(queue.size_hint() == 4);
}

// ---- constructors and moves that throw ----

TEST_CASE("bounded_queue: a push whose constructor throws appends nothing",
          "[bounded_queue][throw]") {
  bounded_queue<fragile> queue(2);
  const fragile broken(1, true);
  CHECK_THROWS_AS(queue.push(broken), std::runtime_error);
  CHECK_THROWS_AS(queue.push(fragile(1, true)), std::runtime_error);
  CHECK_THROWS_AS(queue.try_push(broken), std::runtime_error);
  CHECK_THROWS_AS(queue.try_push_for(fragile(1, true), 1ms), std::runtime_error);
  CHECK(queue.size_hint() == 0);
  CHECK(queue.push(fragile(2, false)));
  CHECK(queue.pop()->value == 2);
}

TEST_CASE("bounded_queue: a pop whose move throws loses that element only",
          "[bounded_queue][throw]") {
  bounded_queue<fragile> queue(3);
  CHECK(queue.emplace(1, true));
  CHECK(queue.emplace(2, true));
  CHECK(queue.emplace(3, false));
  CHECK_THROWS_AS(queue.pop(), std::runtime_error);
  CHECK_THROWS_AS(queue.try_pop(), std::runtime_error);
  CHECK(queue.size_hint() == 1);
  CHECK(queue.pop()->value == 3);
}

TEST_CASE("bounded_queue: a pop whose move throws still wakes a pusher for the room",
          "[bounded_queue][throw]") {
  bounded_queue<fragile> queue(1);
  CHECK(queue.emplace(1, true));
  watched_thread pusher([&] { static_cast<void>(queue.emplace(2, false)); });
  pusher.wait_until_asleep();
  CHECK_THROWS_AS(queue.pop(), std::runtime_error);
  CHECK(pusher.comes_to_an_end());
  queue.close();
  pusher.join();
  CHECK(queue.size_hint() == 1);
}

TEST_CASE("bounded_queue: a woken push that throws passes its wake-up on",
          "[bounded_queue][throw]") {
  bounded_queue<fragile> queue(1);
  CHECK(queue.emplace(0, false));
  bool thrown = false;
  watched_thread first([&] {
    try {
      static_cast<void>(queue.push(fragile(1, true)));
    } catch (const std::runtime_error&) {
      thrown = true;
    }
  });
  first.wait_until_asleep();
  watched_thread second([&] { static_cast<void>(queue.push(fragile(2, false))); });
  second.wait_until_asleep();
  CHECK(queue.pop()->value == 0);
  first.join();
  CHECK(second.comes_to_an_end());
  queue.close();
  second.join();
  CHECK(thrown);
  CHECK(queue.size_hint() == 1);
}

TEMPLATE_TEST_CASE("bounded_queue: a woken push_n whose iterator throws passes its wake-up on",
                   "[bounded_queue][throw][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(1);
  fill(queue, 9, 1);
  bool thrown = false;
  watched_thread first([&] {
    try {
      queue.push_n(throwing_iterator{0, 0}, 1);
    } catch (const std::runtime_error&) {
      thrown = true;
    }
  });
  first.wait_until_asleep();
  watched_thread second([&] { static_cast<void>(queue.push(2)); });
  second.wait_until_asleep();
  CHECK(queue.pop() == 9);
  first.join();
  CHECK(second.comes_to_an_end());
  queue.close();
  second.join();
  CHECK(thrown);
  CHECK(queue.size_hint() == 1);
}

TEMPLATE_TEST_CASE("bounded_queue: push_n keeps what went in before an exception",
                   "[bounded_queue][throw][bulk]", int, brittle_int) {
  bounded_queue<TestType> queue(8);
  CHECK_THROWS_AS(queue.push_n(throwing_iterator{0, 3}, 8), std::runtime_error);
  CHECK(drain(queue) == numbers(0, 3));
}

TEST_CASE("bounded_queue: pop_n that throws keeps what came before and loses one",
          "[bounded_queue][throw][bulk]") {
  bounded_queue<fragile> queue(4);
  for (int i = 0; i < 4; ++i) CHECK(queue.emplace(i, i == 2));
  std::deque<fragile> out(4, fragile(-1, false));
  CHECK_THROWS_AS(queue.pop_n(out.begin(), 4), std::runtime_error);
  CHECK(out[0].value == 0);
  CHECK(out[1].value == 1);
  CHECK(queue.size_hint() == 1);
  CHECK(queue.pop()->value == 3);
}

// ---- cost ----

// ---- many threads ----

TEST_CASE("bounded_queue: four producers and four consumers lose and reorder nothing",
          "[bounded_queue][stress]") {
  constexpr std::size_t sides = 4;
  const std::uint64_t each = scaled(20000u);
  for (const std::size_t capacity : {1u, 2u, 7u}) {
    bounded_queue<std::pair<std::size_t, std::uint64_t>> queue(capacity);
    std::atomic<std::size_t> producing{sides};
    std::atomic<std::uint64_t> sum{0}, reordered{0}, refused{0};
    run_on_threads(2 * sides, [&](std::size_t thread) {
      if (thread < sides) {
        for (std::uint64_t i = 1; i <= each; ++i) refused += queue.push({thread, i}) ? 0u : 1u;
        if (--producing == 0) queue.close();
        return;
      }
      std::uint64_t last[sides] = {};
      while (const auto next = queue.pop()) {
        reordered += next->second > last[next->first] ? 0u : 1u;
        last[next->first] = next->second;
        sum += next->second;
      }
    });
    CHECK(refused == 0);
    CHECK(reordered == 0);
    CHECK(sum == sides * each * (each + 1) / 2);
  }
}

TEST_CASE("bounded_queue: single, timed, trying and bulk users mix", "[bounded_queue][stress]") {
  const std::uint64_t each = scaled(3000u);
  for (const std::size_t capacity : {1u, 3u}) {
    bounded_queue<std::uint64_t> queue(capacity);
    std::atomic<int> producing{3};
    std::atomic<std::uint64_t> sum{0};
    run_on_threads(6, [&](std::size_t thread) {
      const auto push = [&](std::uint64_t i) {
        if (thread == 0) return queue.push(i);
        return queue.try_push_for(std::uint64_t{i}, 50us) == conqueue_status::success;
      };
      std::vector<std::uint64_t> block(5);
      if (thread == 2) {
        for (std::uint64_t i = 0; i < each; i += 5) {
          std::iota(block.begin(), block.end(), i);
          queue.push_n(block.begin(), 5);
        }
      } else if (thread < 2) {
        for (std::uint64_t i = 0; i < each; ++i)
          while (!push(i)) {
          }
      }
      if (thread < 3 && --producing == 0) queue.close();
      if (thread == 3)
        while (const auto value = queue.pop()) sum += *value;
      if (thread == 4)
        for (conqueue_status status{}; status != conqueue_status::closed; std::this_thread::yield())
          sum += queue.try_pop(status).value_or(0);
      if (thread == 5)
        while (const std::size_t taken = queue.pop_n(block.begin(), 5))
          for (std::size_t i = 0; i < taken; ++i) sum += block[i];
    });
    CHECK(sum == 3 * (each * (each - 1) / 2));
  }
}

TEMPLATE_TEST_CASE("bounded_queue: close in the middle of everything ends everybody",
                   "[bounded_queue][stress][close]", int, brittle_int) {
  for (int trial = 0; trial < scaled(100); ++trial) {
    bounded_queue<TestType> queue(2);
    std::atomic<int> pushed{0}, popped{0};
    run_on_threads(5, [&](std::size_t thread) {
      if (thread == 4) {
        for (int i = 0; i < trial % 10; ++i) std::this_thread::yield();
        queue.close();
      } else if (thread % 2 == 0) {
        while (queue.push(1)) ++pushed;
      } else {
        while (queue.pop()) ++popped;
      }
    });
    REQUIRE(pushed == popped);
  }
}
