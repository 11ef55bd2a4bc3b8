// SPDX-License-Identifier: MIT
//
// Elements per second in runs: producers push 32 at once, consumers take up to 32 of what is there.
#ifndef ORDERLY_BENCH_QUEUE_BULK_HPP
#define ORDERLY_BENCH_QUEUE_BULK_HPP

#include "queue/peers.hpp"
#include "queue/throughput.hpp"

#include <array>   // runs
#include <cstddef> // size_t
#include <cstdint> // elements
#include <utility> // declval

namespace bench {

inline constexpr std::size_t run_length = 32;
using run_of_elements = std::array<std::uint64_t, run_length>;

// push_run appends them all, pop_run takes one at least and tells how many.
struct orderly_runs {
  static constexpr const char* name = "orderly";
  static constexpr bench::group group = bench::group::ours;
  explicit orderly_runs(std::size_t capacity) : queue(capacity) {}
  struct handle {
    orderly::bounded_queue<std::uint64_t>& queue;
    void push_run(const std::uint64_t* first, std::size_t count) {
      static_cast<void>(queue.push_n(first, count));
    }
    std::size_t pop_run(std::uint64_t* first, std::size_t most) { return queue.pop_n(first, most); }
  };
  handle producer() { return {queue}; }
  handle consumer() { return {queue}; }
  orderly::bounded_queue<std::uint64_t> queue;
};

#if defined(BENCH_MOODYCAMEL)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstringop-overflow" // g++ 12 follows a null block of its lists
#endif
// Unbounded, and in order for each producer only.
struct moodycamel_runs {
  static constexpr const char* name = "moodycamel (unbounded, tokens)";
  static constexpr bench::group group = bench::group::reference;
  using queue_type = moodycamel::BlockingConcurrentQueue<std::uint64_t>;
  explicit moodycamel_runs(std::size_t capacity) : queue(capacity) {}
  struct in {
    queue_type& queue;
    moodycamel::ProducerToken token;
    void push_run(const std::uint64_t* first, std::size_t count) {
      queue.enqueue_bulk(token, first, count);
    }
  };
  struct out {
    queue_type& queue;
    moodycamel::ConsumerToken token;
    std::size_t pop_run(std::uint64_t* first, std::size_t most) {
      return queue.wait_dequeue_bulk(token, first, most);
    }
  };
  in producer() { return {queue, moodycamel::ProducerToken(queue)}; }
  out consumer() { return {queue, moodycamel::ConsumerToken(queue)}; }
  queue_type queue;
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

// Presents a queue of runs as one of single elements, so that it is measured like those: a producer hands
// over when it has a run, a consumer takes the next run when it has used up one.
template <class Queue>
struct by_runs {
  static constexpr const char* name = Queue::name;
  static constexpr bench::group group = Queue::group;
  explicit by_runs(std::size_t capacity) : queue(capacity) {}

  class in {
   public:
    explicit in(Queue& queue) : to_(queue.producer()) {}
    in(const in&) = delete;
    in& operator=(const in&) = delete;
    ~in() { hand_over(); }
    void push(std::uint64_t value) {
      run_[size_++] = value;
      if (size_ == run_.size()) hand_over();
    }

   private:
    void hand_over() {
      if (size_ > 0) to_.push_run(run_.data(), size_);
      size_ = 0;
    }
    decltype(std::declval<Queue&>().producer()) to_;
    run_of_elements run_{};
    std::size_t size_ = 0;
  };

  class out {
   public:
    explicit out(Queue& queue) : queue_(queue), from_(queue.consumer()) {}
    out(const out&) = delete;
    out& operator=(const out&) = delete;
    // What came behind a mark is for others. There is room: it was taken from here, and all else is in.
    ~out() {
      if (next_ < size_) queue_.producer().push_run(run_.data() + next_, size_ - next_);
    }
    std::uint64_t pop() {
      if (next_ == size_) {
        size_ = from_.pop_run(run_.data(), run_.size());
        next_ = 0;
      }
      return run_[next_++];
    }

   private:
    Queue& queue_;
    decltype(std::declval<Queue&>().consumer()) from_;
    run_of_elements run_{};
    std::size_t next_ = 0, size_ = 0;
  };

  in producer() { return in(queue); }
  out consumer() { return out(queue); }
  Queue queue;
};

} // namespace bench

#endif
