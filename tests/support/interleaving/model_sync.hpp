// SPDX-License-Identifier: MIT
//
// What takes the place of native_sync and native_threads. model_sync sleeps as a futex does, on the
// word; monitor_model_sync as the library's portable back end does, on a mutex and a condition variable.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_MODEL_SYNC_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_MODEL_SYNC_HPP

#include "orderly/detail/node_monitor.hpp"
#include "orderly/detail/waiter_word.hpp"

#include "support/interleaving/atomic.hpp"
#include "support/interleaving/engine.hpp"
#include "support/interleaving/mutex.hpp"

#include <chrono>      // the type of the clock
#include <cstddef>     // size_t
#include <cstdint>     // uint32_t
#include <functional>  // invoke
#include <memory>      // make_unique
#include <type_traits> // decay_t
#include <utility>     // exchange

namespace interleaving {

// Sleeps on a word. The address alone names the sleeper, so that a wake-up does not touch a word
// that has gone by then, and may reach another word that has come to the same place.
class futex : private object {
 public:
  using word = atomic<std::uint32_t>;

  futex() noexcept : object("sleeper ") {}

  void wait(word& w) noexcept { sleep(w, nullptr); }

  bool wait_until(word& w, time_point deadline) noexcept {
    if (here().threads.now() < deadline) sleep(w, &deadline);
    return w.load(std::memory_order_acquire) != orderly::detail::asleep;
  }

  void wake(word& w) noexcept {
    must_be_alive("wake", "sleeper");
    if (w.exchange(orderly::detail::released, std::memory_order_acq_rel) != orderly::detail::asleep)
      return;
    engine& e = here();
    e.threads.point();
    if (!e.threads.wake(&w)) ++e.run.counts().wakes_without_need;
  }

  void depart() noexcept {}

 private:
  void sleep(word& w, const time_point* deadline) {
    engine& e = w.begin("wait");
    must_be_alive("wait", "sleeper");
    e.stores.commit(e.threads.self());
    if (w.visible(e) != orderly::detail::asleep) return;
    e.run.note(e.threads.self(), "falls asleep on ", w.who());
    e.threads.sleep(&w, w.because("sleeps on"), deadline, nullptr);
  }
};

struct thread_id {
  unsigned number = 0; // 0: no thread
  friend auto operator<=>(const thread_id&, const thread_id&) = default;
};

class thread {
 public:
  using id = thread_id;

  thread() noexcept = default;

  template <class F, class... Args>
  requires(!std::is_same_v<std::remove_cvref_t<F>, thread>) explicit thread(F&& f, Args&&... args) {
    auto call = [f = std::decay_t<F>(std::forward<F>(f)),
                 ... args = std::decay_t<Args>(std::forward<Args>(args))]() mutable {
      std::invoke(std::move(f), std::move(args)...);
    };
    number_ = here().threads.start(std::make_unique<call_task<decltype(call)>>(std::move(call)));
  }

  thread(thread&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  thread& operator=(thread&& other) noexcept {
    must_not_be_joinable();
    number_ = std::exchange(other.number_, none);
    return *this;
  }
  ~thread() { must_not_be_joinable(); }

  bool joinable() const noexcept { return number_ != none; }
  id get_id() const noexcept { return {static_cast<unsigned>(number_ + 1)}; }

  void join() {
    if (!joinable()) here().run.fail("join of no thread");
    here().threads.join(only(std::exchange(number_, none)));
  }

 private:
  template <class... Fs>
  friend void concurrently(Fs&&... fs);

  static constexpr int none = -1;

  template <class Call>
  class call_task final : public task {
   public:
    explicit call_task(Call&& call) : call_(std::move(call)) {}
    void run() override { call_(); }

   private:
    Call call_;
  };

  void must_not_be_joinable() const noexcept {
    if (joinable() && current != nullptr)
      current->run.fail("a thread is destroyed before its join");
  }

  int number_ = none;
};

// Runs each in a thread of its own, until all have ended. As starting and joining them, but with far
// fewer schedules: the caller does not come between.
template <class... Fs>
void concurrently(Fs&&... fs) {
  thread threads[] = {thread(std::forward<Fs>(fs))...};
  thread_set all = 0;
  for (thread& t : threads) all |= only(std::exchange(t.number_, thread::none));
  here().threads.join(all);
}

// A clock of its own: see scheduler.hpp.
struct model_clock {
  using duration = std::chrono::steady_clock::duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::steady_clock::time_point;
  static constexpr bool is_steady = true;
  static time_point now() noexcept { return here().threads.now(); }
};

struct model_sync {
  using mutex = interleaving::mutex;
  using condition_variable = interleaving::condition_variable;
  template <class T>
  using atomic = interleaving::atomic<T>;
  using sleeper = futex;
  using thread = interleaving::thread;
  using thread_id = interleaving::thread_id;
  using clock = model_clock;
  static constexpr int look_pauses = 0;
  static constexpr int look_yields = 1;
  static constexpr int state_pauses = 0;
  static thread_id this_thread() noexcept {
    return {static_cast<unsigned>(here().threads.self() + 1)};
  }
  static void pause() noexcept { here().threads.yield(); }
  static void yield() noexcept { here().threads.yield(); }
  static void fence(std::memory_order order) noexcept { interleaving::fence(order); }
};

struct monitor_model_sync : model_sync {
  using sleeper = orderly::detail::basic_node_monitor<model_sync>;
};

// The threads of a pool.
template <class Sync>
struct basic_model_threads {
  using sync = Sync;
  using thread = interleaving::thread;
  static constexpr bool have_cpu_time = false;
  static thread_id this_thread() noexcept { return model_sync::this_thread(); }
  static void name_this_thread(const char*, std::size_t) noexcept {}
  static void pin_this_thread(std::size_t) noexcept {}
  static std::chrono::nanoseconds cpu_time_of_this_thread() noexcept { return {}; }
  static std::chrono::nanoseconds cpu_time_of(const thread&) noexcept { return {}; }
};
using model_threads = basic_model_threads<model_sync>;
using monitor_model_threads = basic_model_threads<monitor_model_sync>;

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_MODEL_SYNC_HPP
