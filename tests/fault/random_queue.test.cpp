// SPDX-License-Identifier: MIT
//
// The queue under several threads, with values that throw when they are moved and memory that is
// short, at random: each value has the fate that its fault gives it, and nobody stays asleep.
#include "fault/planned_faults.hpp"
#include "fault/random_runs.hpp"
#include "support/catch.hpp"
#include "support/thread_state.hpp"
#include "support/timing.hpp"

#include "orderly/bounded_queue.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using orderly::conqueue_status;
using test::findings;
using test::part;
using test::splitmix64;

namespace {

using brittle = test::traveller<part::item_move>;

// The same, for the other way of keeping elements: its moves are promised not to throw.
struct sturdy : brittle {
  using brittle::brittle;
  sturdy(sturdy&&) noexcept = default;
  sturdy& operator=(sturdy&&) noexcept = default;
};

// What became of a value. unmade: there was no memory for it; turned_away: the queue was closed.
enum class fate { unknown, unmade, refused, turned_away, lost, popped };

struct value_record {
  std::atomic<fate> became{fate::unknown};
  std::atomic<bool> twice{false};
  bool in_place = false; // built in its slot: one move less; its producer's

  void set(fate f) {
    if (became.exchange(f) != fate::unknown) twice = true;
  }
};

template <class value>
class queue_run {
 public:
  queue_run(splitmix64& random, findings& found)
      : producers_(1 + random() % 4),
        consumers_(1 + random() % 4),
        each_(random() % 30),
        closed_after_(random() % 4 == 0 ? random() % 40 : never),
        seed_(random()),
        queue_(1 + random() % 5),
        records_(producers_ * each_),
        hands_(producers_ + consumers_),
        producing_(producers_),
        shortage_(random, records_.size() + 2),
        found_(found) {
    for (std::vector<value>& hand : hands_) hand.reserve(most_at_once);
    const bool may_throw = !std::is_same_v<value, sturdy> && !records_.empty();
    for (std::uint64_t n = may_throw ? random() % 10 : 0; n > 0; --n) {
      const unsigned nth = 1 + static_cast<unsigned>(random() % 2);
      faults_.add(part::item_move, random() % records_.size(), nth);
    }
  }

  void run() {
    test::run_on_threads(producers_ + consumers_, [&](std::size_t thread) {
      if (thread == 0) shortage_.begin();
      splitmix64 random(seed_ + thread);
      if (thread < producers_)
        produce(thread, random);
      else
        consume(hands_[thread], random);
    });
    const bool injected = shortage_.end();
    bool unmade = false;
    for (std::uint64_t place = 0; place < records_.size(); ++place) {
      check(place);
      unmade = unmade || records_[place].became == fate::unmade;
    }
    found_.expect(unmade == injected, "a failed allocation was not reported");
    found_.expect_equal(queue_.size_hint(), 0, "values left in the queue");
  }

 private:
  static constexpr std::uint64_t never = ~std::uint64_t{0};
  static constexpr std::uint64_t most_at_once = 4;

  void produce(std::size_t thread, splitmix64& random) {
    const std::uint64_t end = (thread + 1) * each_;
    for (std::uint64_t place = thread * each_; place < end;) {
      disturb_();
      if (random() % 4 == 0)
        place +=
            push_some(hands_[thread], place, std::min(end - place, 1 + random() % most_at_once));
      else
        push_one(place++, random() % 4);
    }
    if (--producing_ == 0) queue_.close();
  }

  void push_one(std::uint64_t place, std::uint64_t way) {
    bool accepted = false;
    const test::failure error = test::outcome_of([&] { accepted = push(place, way); });
    if (error.where == part::memory)
      records_[place].set(fate::unmade);
    else if (error.where != part::none)
      records_[place].set(fate::refused);
    else if (!accepted)
      records_[place].set(fate::turned_away);
  }

  bool push(std::uint64_t place, std::uint64_t way) {
    if (way == 0) {
      records_[place].in_place = true;
      return queue_.emplace(faults_, place);
    }
    value v(faults_, place);
    if (way == 1) return queue_.push(std::move(v));
    if (way == 2) return queue_.try_push_for(std::move(v), 1h) == conqueue_status::success;
    for (;; std::this_thread::yield()) {
      const conqueue_status status = queue_.try_push(std::move(v));
      if (status != conqueue_status::full) return status == conqueue_status::success;
    }
  }

  // The number of values that have their fate then, or are in the queue.
  std::uint64_t push_some(std::vector<value>& hand, std::uint64_t place, std::uint64_t count) {
    hand.clear();
    const test::failure lacking = test::outcome_of([&] {
      while (hand.size() < count) hand.emplace_back(faults_, place + hand.size());
    });
    const std::uint64_t made = hand.size();
    if (lacking.where == part::memory) records_[place + made].set(fate::unmade);
    for (std::uint64_t next = 0; next < made;) next += push_hand(hand, place, next);
    return lacking.where == part::memory ? made + 1 : made;
  }

  // A value that throws is refused, those before it are in; those that a closed queue does not take
  // were not touched.
  std::uint64_t push_hand(std::vector<value>& hand, std::uint64_t place, std::uint64_t next) {
    const auto from = std::make_move_iterator(hand.begin() + static_cast<std::ptrdiff_t>(next));
    const std::uint64_t count = hand.size() - next;
    std::uint64_t pushed = 0;
    const test::failure error =
        test::outcome_of([&] { pushed = queue_.push_n(from, static_cast<std::size_t>(count)); });
    if (error.where != part::none) {
      records_[error.place].set(fate::refused);
      return error.place + 1 - place - next;
    }
    for (std::uint64_t i = next + pushed; i < hand.size(); ++i) {
      found_.expect_equal(hand[i].value(), place + i, "a value that was turned away");
      records_[place + i].set(fate::turned_away);
    }
    return count;
  }

  void consume(std::vector<value>& hand, splitmix64& random) {
    std::array<std::uint64_t, 4> next{}; // the lowest place that may still come from each producer
    bool more = true;
    while (more) {
      disturb_();
      hand.clear();
      const test::failure error = test::outcome_of([&] { more = take(random() % 4, hand, next); });
      for (const value& v : hand) note_popped(v, next);
      if (error.where != part::none) records_[error.place].set(fate::lost);
      if (popped_ >= closed_after_) queue_.close();
    }
  }

  // False once the queue is closed and drained.
  bool take(std::uint64_t way, std::vector<value>& hand, std::array<std::uint64_t, 4>& next) {
    if (way == 0) return queue_.pop_n(std::back_inserter(hand), most_at_once) > 0;
    conqueue_status status = conqueue_status::closed; // what a pop without a value means
    const std::optional<value> v = way == 1   ? queue_.pop()
                                   : way == 2 ? queue_.try_pop_for(1h, status)
                                              : queue_.try_pop(status);
    if (v) note_popped(*v, next);
    return v || status == conqueue_status::empty;
  }

  void note_popped(const value& v, std::array<std::uint64_t, 4>& next) {
    const std::uint64_t place = v.value();
    if (place >= records_.size()) return found_.expect(false, "a value that was moved from");
    records_[place].set(fate::popped);
    ++popped_;
    std::uint64_t& lowest = next[place / each_];
    found_.expect(place >= lowest, "a producer's values in order");
    lowest = place + 1;
  }

  void check(std::uint64_t place) {
    const value_record& record = records_[place];
    found_.expect(!record.twice, "a value with two fates");
    if (record.became == fate::unmade) return;
    if (record.became == fate::turned_away)
      return found_.expect(closed_after_ != never, "turned away by an open queue");
    const unsigned nth = faults_.nth_move(part::item_move, place);
    const unsigned moves_into = record.in_place ? 0 : 1;
    const fate expected = nth == 0 || nth > moves_into + 1 ? fate::popped
                          : nth <= moves_into              ? fate::refused
                                                           : fate::lost;
    found_.expect_equal(static_cast<std::uint64_t>(record.became.load()),
                        static_cast<std::uint64_t>(expected), "the fate of a value");
  }

  const std::size_t producers_, consumers_;
  const std::uint64_t each_; // values of each producer
  const std::uint64_t closed_after_;
  const std::uint64_t seed_;
  test::fault_plan faults_;
  orderly::bounded_queue<value> queue_;
  std::vector<value_record> records_;
  std::vector<std::vector<value>> hands_; // of each thread; reserved, while there is memory
  std::atomic<std::size_t> producing_;
  std::atomic<std::uint64_t> popped_{0};
  test::drawn_shortage shortage_;
  test::disturbance disturb_;
  findings& found_;
};

} // namespace

TEMPLATE_TEST_CASE("faults: each value of a bounded_queue is refused, lost or popped once",
                   "[random]", brittle, sturdy) {
  test::for_random_runs("bounded_queue, seed", [](splitmix64& random, findings& found) {
    queue_run<TestType>(random, found).run();
    found.expect_equal(static_cast<std::uint64_t>(TestType::alive()), 0, "alive");
  });
}
