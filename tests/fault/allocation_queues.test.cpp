// SPDX-License-Identifier: MIT
//
// The queue and the merge when there is no memory: what fails has not happened.
#include "fault/every_allocation.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"

#include "orderly/bounded_queue.hpp"
#include "orderly/ordered_merge.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using orderly::bounded_queue;
using orderly::conqueue_status;
using orderly::ordered_merge;
using test::attempt;
using test::for_every_allocation;

namespace {

// Longer than any string keeps in itself: a copy allocates, a move does not.
std::string text(char letter) { return std::string(100, letter); }

// A move is a copy, as of a struct with a const member: it allocates.
struct copied_when_moved {
  explicit copied_when_moved(char letter) : content(text(letter)) {}
  const std::string content;
};

bool pops(bounded_queue<std::string>& queue, char letter) {
  const std::optional<std::string> front = queue.try_pop();
  return front == text(letter);
}

// push(queue, value) either appends value or leaves the queue as it was.
template <class Push>
void require_all_or_nothing(Push push) {
  for_every_allocation([&](attempt& a) {
    bounded_queue<std::string> queue(3);
    a.expect(queue.push(text('a')), "the first push");
    const std::string value = text('b');
    const bool failed = a.fails([&] { push(queue, value); });
    a.expect_equal(queue.size_hint(), failed ? 1 : 2, "elements after the push");
    a.expect(queue.push(text('c')), "the push afterwards");
    a.expect(pops(queue, 'a'), "the element before");
    a.expect(failed || pops(queue, 'b'), "the element");
    a.expect(pops(queue, 'c'), "the element after");
    a.expect(value == text('b'), "the argument");
  });
}

} // namespace

TEST_CASE("bounded_queue: without memory for its slots there is no queue", "[memory]") {
  for_every_allocation([](attempt& a) {
    bool made = false;
    const bool failed = a.fails([&] {
      bounded_queue<std::string> queue(8);
      made = queue.push(std::string());
    });
    a.expect(made != failed, "a queue");
  });
}

TEST_CASE("bounded_queue: a push that finds no memory appends nothing", "[memory]") {
  using queue_type = bounded_queue<std::string>;
  using namespace std::chrono_literals;
  require_all_or_nothing(
      [](queue_type& q, const std::string& value) { static_cast<void>(q.push(value)); });
  require_all_or_nothing([](queue_type& q, const std::string& value) {
    static_cast<void>(q.emplace(value.begin(), value.end()));
  });
  require_all_or_nothing(
      [](queue_type& q, const std::string& value) { static_cast<void>(q.try_push(value)); });
  require_all_or_nothing([](queue_type& q, const std::string& value) {
    static_cast<void>(q.try_emplace(value.c_str()));
  });
  require_all_or_nothing([](queue_type& q, const std::string& value) {
    static_cast<void>(q.try_push_for(value, 1h));
  });
}

TEST_CASE("bounded_queue: push_n without memory keeps what went in before", "[memory]") {
  const std::array<std::string, 3> values{text('a'), text('b'), text('c')};
  for_every_allocation([&](attempt& a) {
    bounded_queue<std::string> queue(3);
    const bool failed = a.fails([&] { queue.push_n(values.begin(), values.size()); });
    const std::uint64_t in = failed ? a.kth() - 1 : 3; // each element allocates once
    a.expect_equal(queue.size_hint(), in, "elements");
    for (std::size_t i = 0; i < in; ++i) a.expect(queue.try_pop() == values[i], "an element");
  });
}

TEST_CASE("bounded_queue: pop_n into what cannot grow loses the one element it was moving",
          "[memory]") {
  for_every_allocation([](attempt& a) {
    bounded_queue<std::string> queue(8);
    for (char letter = 'a'; letter <= 'h'; ++letter) a.expect(queue.push(text(letter)), "a push");
    std::vector<std::string> out;
    const bool failed = a.fails([&] { queue.pop_n(std::back_inserter(out), 8); });
    a.expect_equal(out.size() + queue.size_hint(), failed ? 7 : 8, "elements");
    char letter = 'a';
    for (const std::string& element : out) a.expect(element == text(letter++), "taken in order");
    if (failed) ++letter;
    while (const auto element = queue.try_pop()) a.expect(element == text(letter++), "left");
  });
}

TEST_CASE("bounded_queue: a pop without memory loses that element only", "[memory]") {
  for_every_allocation([](attempt& a) {
    bounded_queue<copied_when_moved> queue(2);
    a.expect(queue.emplace('a') && queue.emplace('b'), "pushes");
    std::optional<copied_when_moved> first;
    const bool failed = a.fails([&] {
      auto popped = queue.pop();
      first.emplace(*popped);
    });
    a.expect(first.has_value() != failed, "the first");
    a.expect_equal(queue.size_hint(), 1, "elements");
    a.expect(queue.pop()->content == text('b'), "the second");
  });
}

TEST_CASE("bounded_queue: a sleeping push that finds no memory leaves the room to the next",
          "[memory]") {
  for_every_allocation([](attempt& a) {
    bounded_queue<copied_when_moved> queue(1); // whose copies are made when there is room
    a.expect(queue.emplace('a'), "the first push");
    const copied_when_moved value('b');
    std::atomic<unsigned> refused{0}, ended{0};
    std::deque<test::watched_thread> producers;
    for (int i = 0; i < 2; ++i)
      producers.emplace_back([&] {
        try {
          a.expect(queue.push(value), "a sleeping push");
        } catch (const std::bad_alloc&) {
          ++refused;
        }
        ++ended;
      });
    for (const auto& producer : producers) producer.wait_until_asleep();
    unsigned popped = 0, lost = 0;
    a.run([&] {
      while (ended < 2 || queue.size_hint() > 0) {
        try {
          popped += queue.try_pop() ? 1U : 0U;
        } catch (const std::bad_alloc&) { // taken all the same
          ++popped;
          ++lost;
        }
        std::this_thread::yield();
      }
    });
    producers.clear();
    a.expect_equal(popped + refused, 3, "elements and refusals");
    a.expect((refused + lost > 0) == a.injected(), "a failed allocation was not reported");
  });
}

TEST_CASE("ordered_merge: without memory for its window there is no merge", "[memory]") {
  for_every_allocation([](attempt& a) {
    bool made = false;
    const bool failed = a.fails([&] {
      ordered_merge<std::string> merge(8);
      made = merge.push(0, std::string());
    });
    a.expect(made != failed, "a merge");
  });
}

TEST_CASE("ordered_merge: an index whose push finds no memory can be pushed again", "[memory]") {
  for_every_allocation([](attempt& a) {
    ordered_merge<std::string> merge(2);
    const std::string value = text('a');
    const bool failed = a.fails([&] { a.expect(merge.push(0, value), "the push"); });
    a.expect(merge.ready() != failed, "a result is there");
    if (failed) a.expect(merge.push(0, value), "the second push");
    a.expect(merge.pop() == value, "the result");
  });
  for_every_allocation([](attempt& a) {
    ordered_merge<copied_when_moved> merge(2);
    copied_when_moved value('a');
    const bool failed = a.fails([&] {
      a.expect(merge.try_push(0, std::move(value)) == conqueue_status::success, "the push");
    });
    a.expect(merge.ready() != failed, "a result is there");
    if (failed) a.expect(merge.push(0, std::move(value)), "the second push");
    a.expect(merge.pop()->content == text('a'), "the result");
  });
}

TEST_CASE("ordered_merge: a pop without memory consumes its index", "[memory]") {
  for_every_allocation([](attempt& a) {
    ordered_merge<copied_when_moved> merge(2);
    a.expect(merge.push(1, copied_when_moved('b')), "push");
    a.expect(merge.push(0, copied_when_moved('a')), "push");
    const bool failed = a.fails([&] { a.expect(merge.pop().has_value(), "the first"); });
    a.expect_equal(merge.next(), 1, "the next index");
    a.expect(merge.pop()->content == text('b'), "the second");
    static_cast<void>(failed);
  });
}

TEST_CASE("ordered_merge: a push asleep beyond the window that finds no memory can be repeated",
          "[memory]") {
  for_every_allocation([](attempt& a) {
    ordered_merge<copied_when_moved> merge(1);
    copied_when_moved value('b');
    a.expect(merge.push(0, copied_when_moved('a')), "the first push");
    std::atomic<bool> refused{false}, ended{false};
    test::watched_thread pusher([&] {
      try {
        a.expect(merge.push(1, std::move(value)), "the sleeping push");
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      ended = true;
    });
    pusher.wait_until_asleep();
    bool lost = false;
    a.run([&] {
      try {
        static_cast<void>(merge.pop());
      } catch (const std::bad_alloc&) {
        lost = true;
      }
      while (!ended) std::this_thread::yield();
    });
    a.expect((refused || lost) == a.injected(), "a failed allocation was not reported");
    a.expect(merge.ready() != refused, "a result is there");
    if (refused) a.expect(merge.push(1, std::move(value)), "the second push");
    a.expect(merge.pop()->content == text('b'), "the result");
  });
}
