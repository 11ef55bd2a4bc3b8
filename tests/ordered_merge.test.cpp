// SPDX-License-Identifier: MIT
#include "orderly/ordered_merge.hpp"

#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using orderly::conqueue_status;
using orderly::index_range;
using orderly::ordered_merge;
using test::run_on_threads;
using test::scaled;
using test::watched_thread;

namespace {

struct fragile {
  int value;
  bool brittle;
  fragile(int v, bool b) : value(v), brittle(b) {}
  fragile(fragile&& other) : value(other.value), brittle(other.brittle) {
    if (brittle) throw std::runtime_error("fragile");
  }
};

// Breaks on the second move, which is the one out of the merge.
struct late_fragile {
  int moves = 0;
  int limit = 1;
  explicit late_fragile(int most) : limit(most) {}
  late_fragile(late_fragile&& other) : moves(other.moves + 1), limit(other.limit) {
    if (moves > limit) throw std::runtime_error("late");
  }
};

std::exception_ptr failure(const std::string& text) {
  return std::make_exception_ptr(std::runtime_error(text));
}

template <class Merge>
std::string pop_error(Merge& merge) {
  try {
    return merge.pop() ? "value" : "nothing";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

template <class T>
std::vector<T> pop_all(ordered_merge<T>& merge) {
  std::vector<T> all;
  while (auto next = merge.pop()) all.push_back(std::move(*next));
  return all;
}

std::vector<std::uint64_t> counting(std::uint64_t first, std::uint64_t count) {
  std::vector<std::uint64_t> all(count);
  std::iota(all.begin(), all.end(), first);
  return all;
}

std::string refusal(std::size_t window) {
  try {
    ordered_merge<int> merge(window);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

} // namespace

TEST_CASE("ordered_merge: the constructor refuses window 0 and an absurd one, and names it",
          "[ordered_merge]") {
  CHECK(refusal(0) == "orderly::ordered_merge: window 0 is out of range");
  const std::size_t absurd = static_cast<std::size_t>(-1);
  CHECK(refusal(absurd).find(std::to_string(absurd)) != std::string::npos);
}

TEST_CASE("ordered_merge: a new merge is open, empty and at its first index", "[ordered_merge]") {
  ordered_merge<int> merge(3, 17);
  CHECK(merge.window() == 3);
  CHECK(merge.next() == 17);
  CHECK_FALSE(merge.ready());
  CHECK_FALSE(merge.is_closed());
  conqueue_status status = conqueue_status::busy;
  CHECK(merge.try_pop(status) == std::nullopt);
  CHECK(status == conqueue_status::empty);
}

// ---- order ----

TEST_CASE("ordered_merge: what is pushed backwards comes out in order", "[ordered_merge][order]") {
  ordered_merge<int> merge(5);
  for (int i = 4; i >= 0; --i) {
    CHECK_FALSE(merge.ready());
    CHECK(merge.try_pop() == std::nullopt);
    CHECK(merge.push(static_cast<std::uint64_t>(i), int{i}));
  }
  for (int i = 0; i < 5; ++i) {
    CHECK(merge.ready());
    CHECK(merge.next() == static_cast<std::uint64_t>(i));
    CHECK(merge.pop() == i);
  }
}

TEST_CASE("ordered_merge: four threads pushing at random are put in order",
          "[ordered_merge][order]") {
  const std::uint64_t count = scaled(8000u);
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::vector<std::uint64_t> order = counting(0, count);
    std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    ordered_merge<std::uint64_t> merge(count);
    merge.seal(count);
    std::vector<std::uint64_t> out;
    run_on_threads(5, [&](std::size_t thread) {
      if (thread == 4) {
        out = pop_all(merge);
        return;
      }
      for (std::uint64_t i = thread; i < count; i += 4)
        static_cast<void>(merge.push(order[i], std::uint64_t{order[i]}));
    });
    CHECK(out == counting(0, count));
  }
}

TEST_CASE("ordered_merge: four threads with reserved indices are put in order, for any window",
          "[ordered_merge][order][reserve]") {
  const std::uint64_t count = scaled(20000u);
  for (const std::size_t window : {1u, 2u, 3u, 8u, 100u}) {
    ordered_merge<std::uint64_t> merge(window, 5);
    merge.seal(5 + count);
    std::vector<std::uint64_t> out;
    std::atomic<std::uint64_t> too_far{0};
    run_on_threads(5, [&](std::size_t thread) {
      if (thread == 4) {
        out = pop_all(merge);
        return;
      }
      while (const auto index = merge.reserve()) {
        too_far += *index - merge.next() < window ? 0u : 1u;
        if (*index % 7 == thread) std::this_thread::yield();
        static_cast<void>(merge.push(*index, std::uint64_t{*index}));
      }
    });
    CHECK(out == counting(5, count));
    CHECK(too_far == 0);
  }
}

TEST_CASE("ordered_merge: pushers beyond the window sleep and are put in order, for any window",
          "[ordered_merge][order]") {
  const std::uint64_t count = scaled(20000u);
  for (const std::size_t window : {1u, 2u, 3u}) {
    ordered_merge<std::uint64_t> merge(window);
    merge.seal(count);
    std::vector<std::uint64_t> out;
    std::atomic<std::uint64_t> claimed{0};
    run_on_threads(5, [&](std::size_t thread) {
      if (thread == 4) {
        out = pop_all(merge);
        return;
      }
      for (std::uint64_t i; (i = claimed++) < count;)
        static_cast<void>(merge.push(i, std::uint64_t{i}));
    });
    CHECK(out == counting(0, count));
  }
}

TEST_CASE("ordered_merge: the popper may change from one thread to another",
          "[ordered_merge][order]") {
  ordered_merge<int> merge(1);
  std::atomic<int> wrong{0};
  run_on_threads(3, [&](std::size_t thread) {
    for (int i = 0; i < scaled(2000); ++i) {
      const auto index = static_cast<std::uint64_t>(i);
      if (thread == 2) {
        static_cast<void>(merge.push(index, int{i}));
      } else {
        while (merge.next() < index) std::this_thread::yield();
        if (index % 2 == thread) wrong += merge.pop() == i ? 0 : 1;
      }
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE("ordered_merge: results may be movable only", "[ordered_merge]") {
  ordered_merge<std::unique_ptr<int>> merge(2);
  CHECK(merge.push(1, std::make_unique<int>(1)));
  CHECK(merge.try_push(0, std::make_unique<int>(0)) == conqueue_status::success);
  CHECK(**merge.pop() == 0);
  CHECK(**merge.try_pop() == 1);
}

TEST_CASE("ordered_merge: a constant is pushed as a copy", "[ordered_merge]") {
  ordered_merge<std::string> merge(1);
  const std::string text = "kept";
  CHECK(merge.push(0, text));
  CHECK(merge.pop() == text);
  CHECK(text == "kept");
}

// ---- window ----

TEST_CASE("ordered_merge: try_push beyond the window reports full, the argument untouched",
          "[ordered_merge][window]") {
  ordered_merge<std::unique_ptr<int>> merge(2);
  auto kept = std::make_unique<int>(2);
  CHECK(merge.try_push(2, std::move(kept)) == conqueue_status::full);
  REQUIRE(kept != nullptr);
  CHECK(merge.push(0, nullptr));
  CHECK(merge.pop().has_value());
  CHECK(merge.try_push(2, std::move(kept)) == conqueue_status::success);
  CHECK(kept == nullptr);
  CHECK(merge.try_push(~std::uint64_t{0} - 1, nullptr) == conqueue_status::full);
}

TEST_CASE("ordered_merge: a push beyond the window sleeps until the pop that moves it in",
          "[ordered_merge][window]") {
  ordered_merge<int> merge(2);
  std::deque<watched_thread> pushers;
  for (int i : {4, 2, 3}) // in this order they sleep
    pushers.emplace_back(
        [&, i] { static_cast<void>(merge.push(static_cast<std::uint64_t>(i), int{i})); });
  for (const auto& pusher : pushers) pusher.wait_until_asleep();
  CHECK(merge.push(1, 1));
  CHECK(merge.push(0, 0));
  for (const auto& pusher : pushers) pusher.wait_until_asleep();
  CHECK_FALSE(pushers[0].done());
  CHECK_FALSE(pushers[1].done());
  CHECK_FALSE(pushers[2].done());
  CHECK(merge.pop() == 0);
  CHECK(pushers[1].comes_to_an_end());
  CHECK_FALSE(pushers[0].done());
  CHECK_FALSE(pushers[2].done());
  for (int i = 1; i < 5; ++i) CHECK(merge.pop() == i);
}

TEST_CASE("ordered_merge: pop sleeps until its index is there, whatever else comes",
          "[ordered_merge]") {
  ordered_merge<int> merge(3);
  std::optional<int> got;
  watched_thread popper([&] { got = merge.pop(); });
  popper.wait_until_asleep();
  CHECK(merge.push(1, 1));
  CHECK(merge.push(2, 2));
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  CHECK(merge.push(0, 0));
  popper.join();
  CHECK(got == 0);
}

TEST_CASE("ordered_merge: indices up to 2^64 - 2 are merged", "[ordered_merge]") {
  const std::uint64_t first = ~std::uint64_t{0} - 5;
  ordered_merge<std::uint64_t> merge(3, first);
  std::vector<std::uint64_t> out;
  for (int i = 0; i < 5; ++i) {
    const auto index = merge.try_reserve();
    REQUIRE(index.has_value());
    REQUIRE(merge.push(*index, std::uint64_t{*index}));
    out.push_back(*merge.pop());
  }
  CHECK(out == counting(first, 5));
  CHECK(merge.reserve() == std::nullopt);
  CHECK(merge.pop() == std::nullopt);
  conqueue_status status{};
  CHECK(merge.try_pop(status) == std::nullopt);
  CHECK(status == conqueue_status::closed);
}

// ---- exceptions as results ----

TEST_CASE("ordered_merge: a pushed exception is rethrown in its turn and consumed",
          "[ordered_merge][exception]") {
  ordered_merge<int> merge(4);
  CHECK(merge.push_exception(1, failure("one")));
  CHECK(merge.push(2, 2));
  CHECK_FALSE(merge.ready());
  CHECK(merge.push(0, 0));
  CHECK(merge.pop() == 0);
  CHECK(merge.ready());
  CHECK(pop_error(merge) == "one");
  CHECK(merge.next() == 2);
  CHECK(merge.pop() == 2);
  CHECK(merge.push_exception(3, failure("three")));
  CHECK_THROWS_AS(merge.try_pop(), std::runtime_error);
  CHECK(merge.next() == 4);
}

TEST_CASE("ordered_merge: a rethrown exception moves the window on",
          "[ordered_merge][exception][window]") {
  ordered_merge<int> merge(1);
  CHECK(merge.push_exception(0, failure("zero")));
  watched_thread pusher([&] { static_cast<void>(merge.push(1, 1)); });
  pusher.wait_until_asleep();
  CHECK(pop_error(merge) == "zero");
  CHECK(merge.pop() == 1);
}

TEST_CASE("ordered_merge: push_exception sleeps beyond the window and fails when closed",
          "[ordered_merge][exception][close]") {
  ordered_merge<int> merge(1);
  bool pushed = true;
  watched_thread pusher([&] { pushed = merge.push_exception(1, failure("one")); });
  pusher.wait_until_asleep();
  CHECK_FALSE(pusher.done());
  merge.close();
  pusher.join();
  CHECK_FALSE(pushed);
  CHECK_FALSE(merge.push_exception(0, failure("zero")));
}

TEST_CASE("ordered_merge: exceptions of four threads come in index order",
          "[ordered_merge][exception]") {
  const std::uint64_t count = scaled(4000u);
  ordered_merge<std::uint64_t> merge(8);
  merge.seal(count);
  std::uint64_t wrong = 0;
  run_on_threads(5, [&](std::size_t thread) {
    if (thread < 4) {
      while (const auto index = merge.reserve())
        static_cast<void>(*index % 3 == 0
                              ? merge.push_exception(*index, failure(std::to_string(*index)))
                              : merge.push(*index, std::uint64_t{*index}));
      return;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::string expected = i % 3 == 0 ? std::to_string(i) : "value";
      wrong += pop_error(merge) == expected ? 0u : 1u;
    }
  });
  CHECK(wrong == 0);
  CHECK(merge.pop() == std::nullopt);
}

// ---- moves that throw ----

TEST_CASE("ordered_merge: a push whose move throws does not count as a push",
          "[ordered_merge][throw]") {
  ordered_merge<fragile> merge(2);
  CHECK_THROWS_AS(merge.push(0, fragile(1, true)), std::runtime_error);
  CHECK_THROWS_AS(merge.try_push(0, fragile(1, true)), std::runtime_error);
  CHECK_FALSE(merge.ready());
  CHECK(merge.push(0, fragile(2, false)));
  CHECK(merge.pop()->value == 2);
}

TEST_CASE("ordered_merge: a pop whose move throws consumes the index", "[ordered_merge][throw]") {
  ordered_merge<late_fragile> merge(1);
  CHECK(merge.push(0, late_fragile(1)));
  watched_thread pusher([&] { static_cast<void>(merge.push(1, late_fragile(9))); });
  pusher.wait_until_asleep();
  CHECK(pop_error(merge) == "late");
  CHECK(merge.next() == 1);
  CHECK(merge.pop().has_value());
}

// ---- reserve ----

TEST_CASE("ordered_merge: reserve hands out indices in order, up to the window",
          "[ordered_merge][reserve]") {
  ordered_merge<int> merge(3, 10);
  CHECK(merge.reserve() == 10);
  CHECK(merge.try_reserve() == 11);
  CHECK(merge.reserve() == 12);
  CHECK(merge.try_reserve() == std::nullopt);
  CHECK(merge.push(10, 0));
  CHECK(merge.try_reserve() == std::nullopt); // a result is not room
  CHECK(merge.pop() == 0);
  CHECK(merge.try_reserve() == 13);
}

TEST_CASE("ordered_merge: reserve sleeps while the window is full", "[ordered_merge][reserve]") {
  ordered_merge<int> merge(1);
  CHECK(merge.reserve() == 0);
  std::optional<std::uint64_t> got;
  watched_thread reserver([&] { got = merge.reserve(); });
  reserver.wait_until_asleep();
  CHECK_FALSE(reserver.done());
  CHECK(merge.push(0, 0));
  CHECK(merge.pop() == 0);
  reserver.join();
  CHECK(got == 1);
}

TEST_CASE("ordered_merge: each pop wakes one reserver, and each gets an index of its own",
          "[ordered_merge][reserve]") {
  ordered_merge<int> merge(3);
  for (std::uint64_t i = 0; i < 3; ++i) CHECK(merge.push(*merge.reserve(), 0));
  std::atomic<std::uint64_t> sum{0};
  std::deque<watched_thread> reservers;
  for (int i = 0; i < 3; ++i) reservers.emplace_back([&] { sum += merge.reserve().value_or(100); });
  for (const auto& reserver : reservers) reserver.wait_until_asleep();
  for (int i = 0; i < 3; ++i) CHECK(merge.pop() == 0);
  for (const auto& reserver : reservers) CHECK(reserver.comes_to_an_end());
  merge.close();
  reservers.clear();
  CHECK(sum == 3 + 4 + 5);
}

TEST_CASE("ordered_merge: reserve_n gives as many indices as there is room for",
          "[ordered_merge][reserve]") {
  ordered_merge<int> merge(5, 10);
  CHECK(merge.reserve_n(2) == index_range(10, 12));
  CHECK(merge.try_reserve_n(1) == index_range(12, 13));
  CHECK(merge.reserve_n(~std::uint64_t{0}) == index_range(13, 15));
  CHECK(merge.try_reserve_n(3).empty());
  for (std::uint64_t i = 10; i < 13; ++i) CHECK(merge.push(i, 0));
  for (int i = 0; i < 3; ++i) CHECK(merge.pop() == 0);
  CHECK(merge.try_reserve_n(2) == index_range(15, 17));
  CHECK(merge.try_reserve_n(2) == index_range(17, 18));
}

TEST_CASE("ordered_merge: reserve_n ends where the merge is sealed, and does not go beyond it",
          "[ordered_merge][reserve][seal]") {
  ordered_merge<int> merge(8);
  merge.seal(3);
  CHECK(merge.reserve_n(2) == index_range(0, 2));
  CHECK(merge.reserve_n(2) == index_range(2, 3));
  CHECK(merge.reserve_n(2).empty());
  CHECK(merge.try_reserve_n(2).empty());
  ordered_merge<int> closed(8);
  closed.close();
  CHECK(closed.reserve_n(2).empty());
  CHECK(closed.try_reserve_n(2).empty());
}

TEST_CASE("ordered_merge: reserve_n sleeps for the first index only", "[ordered_merge][reserve]") {
  ordered_merge<int> merge(2);
  CHECK(merge.reserve_n(2).size() == 2);
  index_range got(0);
  watched_thread reserver([&] { got = merge.reserve_n(2); });
  reserver.wait_until_asleep();
  CHECK(merge.push(0, 0));
  CHECK(merge.pop() == 0);
  reserver.join();
  CHECK(got == index_range(2, 3));
}

TEST_CASE("ordered_merge: reserve keeps up with indices that were pushed without reservation",
          "[ordered_merge][reserve]") {
  ordered_merge<int> merge(2);
  CHECK(merge.push(0, 0));
  CHECK(merge.pop() == 0);
  CHECK(merge.try_reserve().has_value());
}

// ---- seal ----

TEST_CASE("ordered_merge: a sealed merge ends when all below the end were taken",
          "[ordered_merge][seal]") {
  ordered_merge<int> merge(4);
  merge.seal(2);
  CHECK(merge.reserve() == 0);
  CHECK(merge.reserve() == 1);
  CHECK(merge.reserve() == std::nullopt);
  CHECK(merge.try_reserve() == std::nullopt);
  CHECK_FALSE(merge.push(2, 2));
  CHECK(merge.push(1, 1));
  CHECK(merge.push(0, 0));
  CHECK(pop_all(merge) == std::vector<int>{0, 1});
  conqueue_status status = conqueue_status::busy;
  CHECK(merge.try_pop(status) == std::nullopt);
  CHECK(status == conqueue_status::closed);
  CHECK_FALSE(merge.is_closed());
}

TEST_CASE("ordered_merge: a merge sealed at its first index is over at once",
          "[ordered_merge][seal]") {
  ordered_merge<int> merge(4, 3);
  merge.seal(3);
  CHECK(merge.pop() == std::nullopt);
  CHECK(merge.reserve() == std::nullopt);
}

TEST_CASE("ordered_merge: seal without argument ends the reservations",
          "[ordered_merge][seal][reserve]") {
  ordered_merge<int> merge(4);
  CHECK(merge.reserve() == 0);
  CHECK(merge.reserve() == 1);
  merge.seal();
  CHECK(merge.reserve() == std::nullopt);
  CHECK(merge.push(0, 0));
  CHECK(merge.push(1, 1));
  CHECK(pop_all(merge) == std::vector<int>{0, 1});
}

TEST_CASE("ordered_merge: sealing again can only lower the end", "[ordered_merge][seal]") {
  ordered_merge<int> merge(8);
  merge.seal(5);
  merge.seal(7);
  merge.seal(3);
  merge.seal(4);
  for (std::uint64_t i = 0; i < 3; ++i) CHECK(merge.push(*merge.reserve(), 0));
  CHECK(merge.try_reserve() == std::nullopt);
  merge.seal();
  CHECK(merge.reserve() == std::nullopt);
  CHECK(pop_all(merge).size() == 3);
}

TEST_CASE("ordered_merge: an end below what was pushed cuts it off", "[ordered_merge][seal]") {
  ordered_merge<int> merge(8);
  for (int i = 0; i < 4; ++i) CHECK(merge.push(static_cast<std::uint64_t>(i), int{i}));
  CHECK(merge.pop() == 0);
  merge.seal(2);
  CHECK(merge.pop() == 1);
  CHECK_FALSE(merge.ready());
  CHECK(merge.pop() == std::nullopt);
  merge.seal(0); // below what was popped
  CHECK(merge.pop() == std::nullopt);
}

TEST_CASE("ordered_merge: seal wakes the popper and the reservers that wait for nothing",
          "[ordered_merge][seal]") {
  ordered_merge<int> merge(2);
  CHECK(merge.reserve() == 0);
  CHECK(merge.reserve() == 1);
  CHECK(merge.push(0, 0));
  CHECK(merge.push(1, 1));
  std::atomic<int> ended{0};
  std::deque<watched_thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] { ended += merge.reserve() == std::nullopt ? 1 : 0; });
  for (const auto& thread : threads) thread.wait_until_asleep();
  merge.seal();
  for (const auto& thread : threads) CHECK(thread.comes_to_an_end());
  CHECK(ended == 3);
  CHECK(pop_all(merge).size() == 2);

  ordered_merge<int> empty(2);
  watched_thread popper([&] { ended += empty.pop() == std::nullopt ? 1 : 0; });
  popper.wait_until_asleep();
  empty.seal();
  CHECK(popper.comes_to_an_end());
  empty.close();
  popper.join();
  CHECK(ended == 4);
}

TEST_CASE("ordered_merge: seal wakes the pushers that it refuses", "[ordered_merge][seal]") {
  ordered_merge<int> merge(1);
  bool refused = false, taken = false;
  watched_thread beyond([&] { refused = !merge.push(3, 3); });
  watched_thread within([&] { taken = merge.push(1, 1); });
  beyond.wait_until_asleep();
  within.wait_until_asleep();
  merge.seal(2);
  CHECK(beyond.comes_to_an_end());
  CHECK_FALSE(within.done());
  CHECK(merge.push(0, 0));
  CHECK(pop_all(merge) == std::vector<int>{0, 1});
  merge.close();
  beyond.join();
  within.join();
  CHECK(refused);
  CHECK(taken);
}

TEST_CASE("ordered_merge: the last reservation wakes the reservers that get none",
          "[ordered_merge][seal][reserve]") {
  ordered_merge<int> merge(1);
  merge.seal(2);
  CHECK(merge.push(*merge.reserve(), 0));
  std::atomic<int> got{0}, none{0};
  std::deque<watched_thread> reservers;
  for (int i = 0; i < 4; ++i) reservers.emplace_back([&] { ++(merge.reserve() ? got : none); });
  for (const auto& reserver : reservers) reserver.wait_until_asleep();
  CHECK(merge.pop() == 0);
  for (const auto& reserver : reservers) CHECK(reserver.comes_to_an_end());
  merge.close();
  reservers.clear();
  CHECK(got == 1);
  CHECK(none == 3);
}

// ---- close ----

TEST_CASE("ordered_merge: a closed merge refuses, the argument untouched",
          "[ordered_merge][close]") {
  ordered_merge<std::unique_ptr<int>> merge(2);
  merge.close();
  merge.close(); // idempotent
  auto kept = std::make_unique<int>(1);
  CHECK(merge.is_closed());
  CHECK_FALSE(merge.push(0, std::move(kept)));
  CHECK_FALSE(merge.push(7, std::move(kept)));
  CHECK(merge.try_push(0, std::move(kept)) == conqueue_status::closed);
  CHECK(merge.try_push(7, std::move(kept)) == conqueue_status::closed);
  CHECK(merge.reserve() == std::nullopt);
  CHECK(merge.try_reserve() == std::nullopt);
  CHECK(merge.pop() == std::nullopt);
  CHECK(kept != nullptr);
}

TEST_CASE("ordered_merge: after close the contiguous prefix comes, then nothing",
          "[ordered_merge][close]") {
  const auto token = std::make_shared<int>(0);
  {
    ordered_merge<std::shared_ptr<int>> merge(8);
    for (const std::uint64_t index : {0u, 1u, 3u, 4u})
      CHECK(merge.push(index, std::shared_ptr<int>(token)));
    merge.close();
    CHECK(merge.pop() == token);
    conqueue_status status = conqueue_status::busy;
    CHECK(merge.try_pop(status) == token);
    CHECK(status == conqueue_status::success);
    CHECK(merge.pop() == std::nullopt);
    CHECK(merge.try_pop(status) == std::nullopt);
    CHECK(status == conqueue_status::closed);
    CHECK(merge.next() == 2);
    CHECK(token.use_count() == 3); // two beyond the gap
  }
  CHECK(token.use_count() == 1);
}

TEST_CASE("ordered_merge: close wakes pushers, reservers and the popper",
          "[ordered_merge][close]") {
  ordered_merge<int> merge(2);
  CHECK(merge.reserve() == 0);
  CHECK(merge.reserve() == 1);
  std::atomic<int> ended{0};
  std::deque<watched_thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back(
        [&, i] { ended += merge.push(static_cast<std::uint64_t>(2 + i), 0) ? 0 : 1; });
    threads.emplace_back([&] { ended += merge.reserve() == std::nullopt ? 1 : 0; });
  }
  threads.emplace_back([&] { ended += merge.pop() == std::nullopt ? 1 : 0; });
  for (const auto& thread : threads) thread.wait_until_asleep();
  CHECK(ended == 0);
  merge.close();
  threads.clear();
  CHECK(ended == 7);
}

TEST_CASE("ordered_merge: a half-read merge destroys each of its results once", "[ordered_merge]") {
  const auto token = std::make_shared<int>(0);
  {
    ordered_merge<std::shared_ptr<int>> merge(4);
    for (std::uint64_t index = 0; index < 3; ++index)
      CHECK(merge.push(index, std::shared_ptr<int>(token)));
    CHECK(merge.push_exception(3, std::make_exception_ptr(token)));
    CHECK(merge.pop() == token);
    CHECK(token.use_count() >= 4);
  }
  CHECK(token.use_count() == 1);
}

TEST_CASE("ordered_merge: close in the middle of everything ends everybody",
          "[ordered_merge][close][stress]") {
  for (int trial = 0; trial < scaled(100); ++trial) {
    ordered_merge<std::uint64_t> merge(2);
    std::atomic<std::uint64_t> disorder{0};
    run_on_threads(5, [&](std::size_t thread) {
      if (thread == 4) {
        for (int i = 0; i < trial % 10; ++i) std::this_thread::yield();
        merge.close();
      } else if (thread == 3) {
        for (std::uint64_t expected = 0; const auto value = merge.pop(); ++expected)
          disorder += *value == expected ? 0u : 1u;
      } else {
        while (const auto index = merge.reserve())
          if (!merge.push(*index, std::uint64_t{*index})) break;
      }
    });
    REQUIRE(disorder == 0);
  }
}

// ---- wait and alert ----

TEST_CASE("ordered_merge: wait returns when pop would not sleep", "[ordered_merge][alert]") {
  ordered_merge<int> merge(2);
  watched_thread popper([&] { merge.wait(); });
  popper.wait_until_asleep();
  CHECK(merge.push(1, 1));
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  CHECK(merge.push(0, 0));
  popper.join();
  merge.wait(); // still ready
  CHECK(merge.pop() == 0);
  CHECK(merge.pop() == 1);
  merge.seal(2);
  merge.wait(); // nothing can come
}

TEST_CASE("ordered_merge: alert wakes the wait in progress", "[ordered_merge][alert]") {
  ordered_merge<int> merge(2);
  watched_thread popper([&] { merge.wait(); });
  popper.wait_until_asleep();
  merge.alert();
  popper.join();
  CHECK_FALSE(merge.ready());
}

TEST_CASE("ordered_merge: alert makes the next wait return, and one only",
          "[ordered_merge][alert]") {
  ordered_merge<int> merge(2);
  merge.alert();
  merge.alert();
  merge.wait();
  watched_thread popper([&] { merge.wait(); });
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  merge.close();
}

TEST_CASE("ordered_merge: alert does not make pop give nothing", "[ordered_merge][alert]") {
  ordered_merge<int> merge(2);
  merge.alert();
  std::optional<int> got;
  watched_thread popper([&] { got = merge.pop(); });
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  merge.alert(); // now while it sleeps
  popper.wait_until_asleep();
  CHECK_FALSE(popper.done());
  CHECK(merge.push(0, 5));
  popper.join();
  CHECK(got == 5);
}
