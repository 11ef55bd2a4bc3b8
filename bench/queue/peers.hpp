// SPDX-License-Identifier: MIT
//
// The queues that are compared, all behind the same few calls:
//
//   Queue queue(capacity);
//   auto in = queue.producer();  in.push(element);    // on each producing thread
//   auto out = queue.consumer(); out.pop();           // on each consuming thread
//
// A peer is there if its header is found; bench/README.md says where they come from. Each is used as
// its own documentation says is fastest. Queues that never sleep get semaphores around them, as
// their users do.
#ifndef ORDERLY_BENCH_QUEUE_PEERS_HPP
#define ORDERLY_BENCH_QUEUE_PEERS_HPP

#include "support/contest.hpp"

#include "orderly/bounded_queue.hpp"

#include <condition_variable> // the textbook queue
#include <cstddef>            // size_t
#include <mutex>              // the textbook queue
#include <type_traits>        // what a peer can hold
#include <utility>            // move
#include <vector>             // the textbook queue

#include <semaphore.h>

#if defined(BENCH_TBB) // it has to be linked
#include <tbb/concurrent_queue.h>
#endif
#if __has_include(<concurrentqueue/blockingconcurrentqueue.h>)
#define BENCH_MOODYCAMEL 1
#include <concurrentqueue/blockingconcurrentqueue.h>
#endif
#if __has_include(<xenium/vyukov_bounded_queue.hpp>)
#define BENCH_XENIUM 1
#include <xenium/vyukov_bounded_queue.hpp>
#endif
#if __has_include(<boost/lockfree/queue.hpp>)
#define BENCH_BOOST 1
#include <boost/lockfree/queue.hpp>
#endif

namespace bench {

// For queues whose threads need nothing of their own.
template <class Queue>
struct plain_access {
  struct handle {
    Queue& queue;
    template <class T>
    void push(T&& value) {
      queue.push(std::forward<T>(value));
    }
    auto pop() { return queue.pop(); }
  };
  handle producer() { return {static_cast<Queue&>(*this)}; }
  handle consumer() { return {static_cast<Queue&>(*this)}; }
};

template <class T>
struct orderly_queue : plain_access<orderly_queue<T>> {
  static constexpr const char* name = "orderly";
  static constexpr bench::group group = bench::group::ours;
  explicit orderly_queue(std::size_t capacity) : queue(capacity) {}
  void push(T&& value) { static_cast<void>(queue.push(std::move(value))); }
  T pop() { return *queue.pop(); }
  orderly::bounded_queue<T> queue;
};

// One mutex, two condition variables, a signal only if somebody waits.
template <class T>
struct textbook_queue : plain_access<textbook_queue<T>> {
  static constexpr const char* name = "mutex + 2 condvars";
  static constexpr bench::group group = bench::group::peer;
  explicit textbook_queue(std::size_t capacity) : slots(capacity) {}
  void push(T&& value) {
    std::unique_lock<std::mutex> lock(mutex);
    while (size == slots.size()) {
      ++producers;
      not_full.wait(lock);
      --producers;
    }
    slots[(head + size++) % slots.size()] = std::move(value);
    const bool signal = consumers > 0;
    lock.unlock();
    if (signal) not_empty.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mutex);
    while (size == 0) {
      ++consumers;
      not_empty.wait(lock);
      --consumers;
    }
    T value = std::move(slots[head]);
    head = (head + 1) % slots.size();
    --size;
    const bool signal = producers > 0;
    lock.unlock();
    if (signal) not_full.notify_one();
    return value;
  }
  std::mutex mutex;
  std::condition_variable not_full, not_empty;
  std::vector<T> slots;
  std::size_t head = 0, size = 0;
  int producers = 0, consumers = 0;
};

class semaphore {
 public:
  explicit semaphore(std::size_t count) { ::sem_init(&it_, 0, static_cast<unsigned>(count)); }
  semaphore(const semaphore&) = delete;
  semaphore& operator=(const semaphore&) = delete;
  ~semaphore() { ::sem_destroy(&it_); }
  void acquire() {
    while (::sem_wait(&it_) != 0) {
    }
  }
  void release() { ::sem_post(&it_); }

 private:
  ::sem_t it_;
};

#if defined(BENCH_TBB)
template <class T>
struct tbb_queue : plain_access<tbb_queue<T>> {
  static constexpr const char* name = "oneTBB bounded";
  static constexpr bench::group group = bench::group::peer;
  explicit tbb_queue(std::size_t capacity) {
    queue.set_capacity(static_cast<std::ptrdiff_t>(capacity));
  }
  void push(T&& value) { queue.push(std::move(value)); }
  T pop() {
    T value;
    queue.pop(value);
    return value;
  }
  tbb::concurrent_bounded_queue<T> queue;
};
#endif

#if defined(BENCH_MOODYCAMEL)
template <class T>
struct moodycamel_queue {
  static constexpr const char* name = "moodycamel (unbounded, tokens)";
  static constexpr bench::group group = bench::group::reference;
  using queue_type = moodycamel::BlockingConcurrentQueue<T>;
  explicit moodycamel_queue(std::size_t capacity) : queue(capacity) {}
  struct in {
    queue_type& queue;
    moodycamel::ProducerToken token;
    void push(T&& value) { queue.enqueue(token, std::move(value)); }
  };
  struct out {
    queue_type& queue;
    moodycamel::ConsumerToken token;
    T pop() {
      T value;
      queue.wait_dequeue(token, value);
      return value;
    }
  };
  in producer() { return {queue, moodycamel::ProducerToken(queue)}; }
  out consumer() { return {queue, moodycamel::ConsumerToken(queue)}; }
  queue_type queue;
};

template <class T>
struct tokenless_moodycamel_queue : plain_access<tokenless_moodycamel_queue<T>> {
  static constexpr const char* name = "moodycamel (unbounded)";
  static constexpr bench::group group = bench::group::reference;
  explicit tokenless_moodycamel_queue(std::size_t capacity) : queue(capacity) {}
  void push(T&& value) { queue.enqueue(std::move(value)); }
  T pop() {
    T value;
    queue.wait_dequeue(value);
    return value;
  }
  moodycamel::BlockingConcurrentQueue<T> queue;
};

template <class T>
struct bounded_moodycamel_queue {
  static constexpr const char* name = "moodycamel + semaphore";
  static constexpr bench::group group = bench::group::peer;
  explicit bounded_moodycamel_queue(std::size_t capacity)
      : queue(capacity), room(static_cast<moodycamel::LightweightSemaphore::ssize_t>(capacity)) {}
  struct in {
    typename moodycamel_queue<T>::in queue;
    moodycamel::LightweightSemaphore& room;
    void push(T&& value) {
      while (!room.wait()) {
      }
      queue.push(std::move(value));
    }
  };
  struct out {
    typename moodycamel_queue<T>::out queue;
    moodycamel::LightweightSemaphore& room;
    T pop() {
      T value = queue.pop();
      room.signal();
      return value;
    }
  };
  in producer() { return {queue.producer(), room}; }
  out consumer() { return {queue.consumer(), room}; }
  moodycamel_queue<T> queue;
  moodycamel::LightweightSemaphore room;
};
#endif

#if defined(BENCH_XENIUM)
template <class T>
struct xenium_queue : plain_access<xenium_queue<T>> {
  static constexpr const char* name = "xenium + 2 semaphores";
  static constexpr bench::group group = bench::group::peer;
  explicit xenium_queue(std::size_t capacity) : queue(capacity), room(capacity), elements(0) {}
  void push(T&& value) {
    room.acquire();
    while (!queue.try_push(std::move(value))) { // its slot may still be on its way
    }
    elements.release();
  }
  T pop() {
    T value;
    elements.acquire();
    while (!queue.try_pop(value)) {
    }
    room.release();
    return value;
  }
  xenium::vyukov_bounded_queue<T> queue;
  semaphore room, elements;
};
#endif

#if defined(BENCH_BOOST)
template <class T>
struct boost_queue : plain_access<boost_queue<T>> {
  static constexpr const char* name = "boost + 2 semaphores";
  static constexpr bench::group group = bench::group::peer;
  explicit boost_queue(std::size_t capacity) : queue(capacity), room(capacity), elements(0) {}
  void push(T&& value) {
    room.acquire();
    while (!queue.bounded_push(value)) {
    }
    elements.release();
  }
  T pop() {
    T value{};
    elements.acquire();
    while (!queue.pop(value)) {
    }
    room.release();
    return value;
  }
  boost::lockfree::queue<T> queue;
  semaphore room, elements;
};
#endif

} // namespace bench

#endif
