// SPDX-License-Identifier: MIT
//
// Every history of small uses of bounded_queue is that of a serial queue: first in, first out, closed
// from one moment on.
#include "interleaving/scenario.hpp"
#include "orderly/bounded_queue.hpp"

#include "support/brittle_int.hpp"
#include "support/catch.hpp"
#include "support/interleaving.hpp"
#include "support/linearizability.hpp"

#include <cstddef>  // size_t
#include <deque>    // the serial queue
#include <optional> // what pop gives

namespace il = interleaving;
using il::check;
using il::concurrently;
using orderly::conqueue_status;

namespace {

enum class kind { push, try_push, pop, try_pop, close };

struct operation {
  kind what = kind::close;
  int value = 0; // put in, or got
  conqueue_status status = conqueue_status::success;
};

// What the documentation of bounded_queue says, for one thread. An operation that sleeps happens when it
// could have gone on.
class serial_queue {
 public:
  explicit serial_queue(std::size_t capacity) : capacity_(capacity) {}

  bool apply(const operation& done) {
    switch (done.what) {
    case kind::push:
    case kind::try_push:
      return put(done);
    case kind::pop:
    case kind::try_pop:
      return take(done);
    case kind::close:
      return closed_ = true;
    }
    return false;
  }

 private:
  bool put(const operation& done) {
    const bool full = elements_.size() == capacity_;
    if (done.status == conqueue_status::closed) return closed_;
    if (done.status == conqueue_status::full)
      return done.what == kind::try_push && full && !closed_;
    if (closed_ || full) return false;
    elements_.push_back(done.value);
    return true;
  }

  bool take(const operation& done) {
    if (done.status == conqueue_status::closed) return closed_ && elements_.empty();
    if (done.status == conqueue_status::empty)
      return done.what == kind::try_pop && elements_.empty() && !closed_;
    if (elements_.empty() || elements_.front() != done.value) return false;
    elements_.pop_front();
    return true;
  }

  std::size_t capacity_;
  std::deque<int> elements_;
  bool closed_ = false;
};

template <class T, class Sync>
class recorded_queue {
 public:
  explicit recorded_queue(std::size_t capacity) : queue_(capacity), start_(capacity) {}

  void push(int value) {
    past_.record([&] {
      const bool in = queue_.push(value);
      return operation{kind::push, value, in ? conqueue_status::success : conqueue_status::closed};
    });
  }
  void try_push(int value) {
    past_.record([&] { return operation{kind::try_push, value, queue_.try_push(value)}; });
  }
  void pop() {
    past_.record([&] {
      const std::optional<T> got = queue_.pop();
      return operation{kind::pop, got ? int{*got} : 0,
                       got ? conqueue_status::success : conqueue_status::closed};
    });
  }
  void try_pop() {
    past_.record([&] {
      conqueue_status status{};
      const std::optional<T> got = queue_.try_pop(status);
      return operation{kind::try_pop, got ? int{*got} : 0, status};
    });
  }
  void close() {
    past_.record([&] {
      queue_.close();
      return operation{};
    });
  }

  void check_past() const {
    check(past_.linearizable(start_), "a serial queue could have done this");
  }

 private:
  orderly::bounded_queue<T, Sync> queue_;
  test::history<operation> past_;
  serial_queue start_;
};

template <class T, class Sync, std::size_t capacity>
void sleeping_operations() {
  recorded_queue<T, Sync> q(capacity);
  concurrently([&] { q.push(1), q.push(2); }, [&] { q.push(3); }, [&] { q.pop(), q.pop(); });
  q.pop();
  q.check_past();
}

template <class T, class Sync>
void operations_that_never_sleep() {
  recorded_queue<T, Sync> q(1);
  concurrently([&] { q.try_push(1), q.try_push(2); }, [&] { q.try_push(3), q.try_pop(); },
               [&] { q.try_pop(), q.try_pop(); });
  q.check_past();
}

template <class T, class Sync>
void both_and_close() {
  recorded_queue<T, Sync> q(1);
  concurrently([&] { q.push(1), q.push(2); }, [&] { q.try_push(3), q.pop(); },
               [&] { q.close(), q.try_pop(); });
  q.try_pop();
  q.check_past();
}

} // namespace

TEST_CASE("linearizability: a history that no serial queue could have is refused",
          "[interleaving]") {
  // Both orders of two elements; an empty queue after a push had ended.
  test::history<operation> swapped;
  for (const operation& each : {operation{kind::push, 1}, operation{kind::push, 2},
                                operation{kind::pop, 2}, operation{kind::pop, 1}})
    swapped.record([&] { return each; });
  CHECK_FALSE(swapped.linearizable(serial_queue(2)));

  test::history<operation> blind;
  blind.record([] { return operation{kind::push, 1}; });
  blind.record([] { return operation{kind::try_pop, 0, conqueue_status::empty}; });
  CHECK_FALSE(blind.linearizable(serial_queue(2)));

  // Overlapping pushes may take effect in either order.
  test::history<operation> overlapping;
  overlapping.record([&] {
    overlapping.record([] { return operation{kind::push, 2}; });
    return operation{kind::push, 1};
  });
  overlapping.record([] { return operation{kind::pop, 2}; });
  CHECK(overlapping.linearizable(serial_queue(2)));
}

#define ORDERLY_LINEARIZABILITY_SCENARIO(name, ...)                                                \
  ORDERLY_SCENARIO("linearizability: " name, [] {                                                  \
    using T = int;                                                                                 \
    __VA_ARGS__();                                                                                 \
  })                                                                                               \
  ORDERLY_SCENARIO("linearizability: locked queue: " name, [] {                                    \
    using T = test::brittle_int;                                                                   \
    __VA_ARGS__();                                                                                 \
  })

ORDERLY_LINEARIZABILITY_SCENARIO("operations that sleep, capacity 1",
                                 sleeping_operations<T, Sync, 1>)
ORDERLY_LINEARIZABILITY_SCENARIO("operations that sleep, capacity 2",
                                 sleeping_operations<T, Sync, 2>)
ORDERLY_LINEARIZABILITY_SCENARIO("operations that never sleep",
                                 operations_that_never_sleep<T, Sync>)
ORDERLY_LINEARIZABILITY_SCENARIO("both kinds, and a close", both_and_close<T, Sync>)
