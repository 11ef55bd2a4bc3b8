// SPDX-License-Identifier: MIT
//
// The merge under several threads, with results that throw when they are moved, failures that are
// handed in and memory that is short, at random: every index comes in its turn, as what it is.
#include "fault/planned_faults.hpp"
#include "fault/random_runs.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"
#include "support/timing.hpp"

#include "orderly/ordered_merge.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <thread>
#include <vector>

using orderly::conqueue_status;
using test::failure;
using test::findings;
using test::part;
using test::splitmix64;
using value = test::traveller<part::item_move>;

namespace {

class merge_run {
 public:
  merge_run(splitmix64& random, findings& found)
      : pushers_(1 + random() % 5),
        count_(random() % 60),
        first_(random() % 100),
        popped_(random() % 4 == 0 ? std::min(count_, random() % 60) : count_),
        reserving_(random() % 3 != 0),
        repeating_(random() % 2 == 0),
        popping_(random() % 3),
        merge_(1 + random() % 10, first_),
        lacking_(count_),
        shortage_(random, count_ + 2),
        found_(found) {
    merge_.seal(first_ + count_);
    for (std::uint64_t n = count_ == 0 ? 0 : random() % 10; n > 0; --n) {
      const part where = random() % 3 == 0 ? part::map : part::item_move;
      faults_.add(where, first_ + random() % count_, 1 + static_cast<unsigned>(random() % 2));
    }
  }

  void run() {
    test::run_on_threads(1 + pushers_, [&](std::size_t thread) {
      if (thread == 0) {
        shortage_.begin();
        pop_all();
      } else if (reserving_) {
        while (const auto index = merge_.reserve()) hand_in(*index);
      } else { // each its own indices, asleep beyond the window
        const std::uint64_t end = first_ + count_;
        for (std::uint64_t i = first_ + thread - 1; i < end; i += pushers_) hand_in(i);
      }
    });
    const bool injected = shortage_.end();
    const bool lacking = std::any_of(lacking_.begin(), lacking_.end(), [](auto& l) { return +l; });
    found_.expect(lacking == injected, "a failed allocation was not reported");
  }

 private:
  void hand_in(std::uint64_t index) {
    disturb_();
    bool accepted = false;
    try {
      faults_.raise(part::map, index);
      value v(faults_, index);
      accepted = push(index, v);
    } catch (const failure&) {
      accepted = merge_.push_exception(index, std::current_exception());
    } catch (const std::bad_alloc&) {
      lacking_[index - first_] = true;
      accepted = merge_.push_exception(index, std::current_exception());
    }
    found_.expect(accepted || popped_ < count_, "refused by an open merge");
  }

  // An index whose push threw was not pushed: it can be, again.
  bool push(std::uint64_t index, value& v) {
    try {
      return push_once(index, v);
    } catch (const failure&) {
      if (!repeating_) throw;
      v.calm();
      return push_once(index, v);
    }
  }

  bool push_once(std::uint64_t index, value& v) {
    if (index % 3 != 0) return merge_.push(index, std::move(v));
    for (;; std::this_thread::yield()) {
      const conqueue_status status = merge_.try_push(index, std::move(v));
      if (status != conqueue_status::full) return status == conqueue_status::success;
    }
  }

  void pop_all() {
    for (std::uint64_t index = first_; index < first_ + popped_; ++index) {
      std::optional<value> v;
      const failure got = test::outcome_of([&] { pop().swap(v); });
      found_.expect_equal(merge_.next(), index + 1, "the next index");
      found_.expect_equal(got.code(), expected(index).code(), "the failure of an index");
      found_.expect(v.has_value() == (got == failure{}), "a result");
      if (v) found_.expect_equal(v->value(), index, "the result of an index");
    }
    if (popped_ < count_)
      merge_.close(); // what is left is destroyed with the merge
    else
      found_.expect(!pop(), "a result beyond the end");
  }

  std::optional<value> pop() {
    if (popping_ == 0) return merge_.pop();
    for (;;) {
      conqueue_status status{};
      if (std::optional<value> v = merge_.try_pop(status)) return v;
      if (status == conqueue_status::closed) return std::nullopt;
      if (popping_ == 1)
        merge_.wait();
      else
        std::this_thread::yield();
    }
  }

  failure expected(std::uint64_t index) const {
    if (faults_.nth_move(part::map, index) != 0) return {part::map, index};
    if (lacking_[index - first_]) return {part::memory, 0};
    const unsigned nth = faults_.nth_move(part::item_move, index);
    if (nth == 0 || (nth == 1 && repeating_)) return {};
    return {part::item_move, index};
  }

  const std::size_t pushers_;
  const std::uint64_t count_, first_;
  const std::uint64_t popped_; // fewer than count_: closed then
  const bool reserving_, repeating_;
  const std::uint64_t popping_; // by pop, by try_pop and wait, or by try_pop alone
  test::fault_plan faults_;
  orderly::ordered_merge<value> merge_;
  std::vector<std::atomic<bool>> lacking_; // memory
  test::drawn_shortage shortage_;
  test::disturbance disturb_;
  findings& found_;
};

} // namespace

TEST_CASE("faults: each index of an ordered_merge comes in its turn, as value or failure",
          "[random]") {
  test::for_random_runs("ordered_merge, seed", [](splitmix64& random, findings& found) {
    merge_run(random, found).run();
    found.expect_equal(static_cast<std::uint64_t>(value::alive()), 0, "alive");
  });
}
