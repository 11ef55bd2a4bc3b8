// SPDX-License-Identifier: MIT
//
// Whether the checker finds the faults that such structures have: each scenario is complete without a
// failure at two preemptions as long as nothing is planted, and fails as expected with the fault.
#include "interleaving/planted.hpp"
#include "interleaving/tell.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <algorithm> // min
#include <chrono>    // deadlines
#include <optional>  // what pop returns
#include <stdexcept> // runtime_error
#include <string>    // failures

namespace il = interleaving;
using il::check;
using il::concurrently;
using planted::fault;
using namespace std::chrono_literals;

namespace {

bool has(const il::report& r, const std::string& text) {
  return r.found.has_value() && r.found->what.find(text) != std::string::npos;
}
const std::string stuck = "nobody can go on";

template <class Scenario>
bool clean(const char* what, Scenario scenario) {
  il::limits bounds;
  bounds.preemptions = std::min(bounds.preemptions, test::setting("ORDERLY_PREEMPTIONS", 2));
  const il::report r = test::explore(what, bounds, scenario);
  INFO(il::to_string(r));
  CHECK(r.complete);
  return r.complete;
}

template <class Scenario>
bool finds(const char* what, const std::string& text, Scenario scenario) {
  const il::report r = test::explore(what, {}, scenario);
  INFO(il::to_string(r));
  CHECK(has(r, text));
  return has(r, text);
}

template <class Sync, fault Planted>
using queue = planted::queue<Sync, Planted>;

// Two elements, two consumers, nothing else that could wake anybody.
template <class Sync, fault Planted>
void two_for_two() {
  queue<Sync, Planted> q(2);
  int sum = 0;
  const auto consumer = [&] { sum += q.pop().value_or(0); };
  concurrently(consumer, consumer, [&] { check(q.push(1) && q.push(2), "there is room"); });
  check(sum == 3, "each element is taken once");
  check(il::counts().wakes + il::counts().wakes_without_need <= 2, "one wake-up for an element");
}

template <class Sync, fault Planted>
void one_and_close() {
  queue<Sync, Planted> q(2);
  int sum = 0;
  const auto consumer = [&] {
    while (const std::optional<int> value = q.pop()) sum += *value;
  };
  concurrently(consumer, consumer, [&] {
    check(q.push(1), "there is room");
    q.close();
  });
  check(sum == 1, "each element is taken once");
}

// Whoever takes the element in time gives another, so there is one for the one that has all time.
template <class Sync, fault Planted>
void one_in_time() {
  queue<Sync, Planted> q(1);
  const auto deadline = il::model_clock::now() + 1h;
  concurrently(
      [&] {
        if (q.pop_until(deadline)) check(q.push(2), "it is open");
      },
      [&] { check(q.pop().has_value(), "there is one left"); },
      [&] { check(q.push(1), "it is open"); });
}

// One place becomes free; one of the two that wait for it fails to use it.
template <class Sync, fault Planted>
void one_throws() {
  queue<Sync, Planted> q(1);
  check(q.push(0), "there is room");
  concurrently(
      [&] {
        try {
          static_cast<void>(q.put([]() -> int { throw std::runtime_error("no element"); }));
        } catch (const std::runtime_error&) {
        }
      },
      [&] { check(q.push(2), "it is open"); },
      [&] { check(q.pop() == 0 && q.pop() == 2, "the other one uses the room"); });
}

template <class Sync, fault Planted>
void raised_twice() {
  planted::published<Sync, Planted> number;
  concurrently(
      [&] {
        number.raise(1);
        number.raise(2);
      },
      [&] {
        number.await(1);
        number.await(2);
      });
}

template <class Sync, fault Planted>
void three_through_one_slot() {
  planted::merge<Sync, Planted> merge;
  concurrently([&] { merge.push(2, 12); },
               [&] {
                 merge.push(0, 10);
                 merge.push(1, 11);
               },
               [&] {
                 for (int i = 0; i < 3; ++i) check(merge.pop() == 10 + i, "index order");
               });
}

} // namespace

TEMPLATE_TEST_CASE("checker: what has no fault is clean", "[interleaving][planted]", il::model_sync,
                   il::monitor_model_sync) {
  CHECK(clean("queue: two for two", two_for_two<TestType, fault::none>));
  CHECK(clean("queue: one and close", one_and_close<TestType, fault::none>));
  CHECK(clean("queue: one in time", one_in_time<TestType, fault::none>));
  CHECK(clean("queue: one throws", one_throws<TestType, fault::none>));
  CHECK(clean("published: raised twice", raised_twice<TestType, fault::none>));
  CHECK(clean("merge: three through one slot", three_through_one_slot<TestType, fault::none>));
}

#define ORDERLY_FINDS(scenario, planted_fault, text)                                               \
  CHECK(finds(#planted_fault, text, scenario<il::model_sync, fault::planted_fault>))

TEST_CASE("checker: a queue that forgets to wake somebody is found", "[interleaving][planted]") {
  ORDERLY_FINDS(two_for_two, notifies_only_when_empty, stuck);
  ORDERLY_FINDS(two_for_two, notifies_before_store, stuck);
  ORDERLY_FINDS(two_for_two, no_recheck_before_linking, stuck);
  ORDERLY_FINDS(one_and_close, close_wakes_one, stuck);
  ORDERLY_FINDS(one_in_time, chosen_leaves_by_timeout, stuck);
  ORDERLY_FINDS(one_throws, chosen_leaves_by_exception, stuck);
}

TEST_CASE("checker: a queue that wakes too many is found", "[interleaving][planted]") {
  ORDERLY_FINDS(two_for_two, wakes_everybody, "one wake-up for an element");
  ORDERLY_FINDS(one_and_close, no_recheck_after_wake, "a consumer finds an element");
}

TEST_CASE("checker: a waiter that goes before its release is found", "[interleaving][planted]") {
  ORDERLY_FINDS(one_in_time, leaves_before_release, "exchange on a destroyed atomic");
  CHECK(finds("monitor without depart", "mutex", two_for_two<planted::hasty_sync, fault::none>));
}

TEST_CASE("checker: a sleeper that is not seen is found", "[interleaving][planted]") {
  ORDERLY_FINDS(raised_twice, no_recheck_after_linking, stuck);
  ORDERLY_FINDS(raised_twice, counts_leavers_twice, stuck);
  ORDERLY_FINDS(raised_twice, missing_fence, stuck);
  il::limits in_order;
  in_order.delayed_stores = 0;
  CHECK(test::explore("missing_fence without delayed stores", in_order,
                      raised_twice<il::model_sync, fault::missing_fence>)
            .complete);
}

TEST_CASE("checker: a merge that lets the wrong one in is found", "[interleaving][planted]") {
  ORDERLY_FINDS(three_through_one_slot, window_too_wide, "a slot is empty");
  ORDERLY_FINDS(three_through_one_slot, window_too_early, "a slot is empty");
  ORDERLY_FINDS(three_through_one_slot, wakes_wrong_pusher, stuck);
}

TEST_CASE("checker: a fault is found by a sample and its schedule replayed",
          "[interleaving][replay]") {
  il::limits bounds;
  bounds.most_runs = 100'000;
  const auto faulty = two_for_two<il::model_sync, fault::no_recheck_before_linking>;
  const il::report r = il::sample(1, bounds, faulty);
  REQUIRE(has(r, stuck));
  CHECK(has(il::replay(r.found->schedule, bounds, faulty), r.found->what));
  const il::report none = il::sample(1, bounds, two_for_two<il::model_sync, fault::none>);
  CHECK(none.cut()); // a sample is never complete
  CHECK(none.runs == bounds.most_runs);
}
