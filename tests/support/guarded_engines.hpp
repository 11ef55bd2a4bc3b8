// SPDX-License-Identifier: MIT
//
// support/guarded_engines.hpp: a State that gets stuck on demand, and a watchdog over one on each worker.
//
// A stuck engine waits for its interrupt() and for nothing else, so no test depends on the speed of the
// machine: where the deadline is short (`soon`), an item that is merely slow may be interrupted too, and
// is then tried again like any other (`patient` retries); where items are to be left alone, the
// deadline is `never`.
//
//   test::guarded_engines engines(pool, test::soon);
//   engines.run([&](auto& team) {                           // team: the watchdog
//     team.for_each_index(10, [](std::uint64_t i, test::engine& mine) {
//       const test::engine::item busy(mine);
//       if (i == 3) mine.get_stuck();
//     });
//   });
//   engines.require_consistent();
#ifndef ORDERLY_TESTS_SUPPORT_GUARDED_ENGINES_HPP
#define ORDERLY_TESTS_SUPPORT_GUARDED_ENGINES_HPP

#include "support/catch.hpp"

#include "orderly/per_worker.hpp"
#include "orderly/watchdog.hpp"

#include <atomic>             // what is found wrong
#include <chrono>             // deadlines
#include <condition_variable> // to be stuck
#include <cstddef>            // size_t
#include <cstdint>            // uint64_t
#include <mutex>              // mutex
#include <optional>           // the index of an error
#include <vector>             // statistics

namespace test {

constexpr std::chrono::nanoseconds soon = std::chrono::milliseconds(5);
constexpr std::chrono::nanoseconds never = std::chrono::hours(1);
constexpr unsigned patient = 10;

// What all engines of a test share.
struct engine_record {
  std::chrono::nanoseconds time; // of every item
  std::atomic<bool> between_batches{true};
  std::atomic<int> untimely{0}; // interrupts between batches, or before an item's time is up
  std::atomic<int> repeated{0}; // interrupts after the first
};

class engine {
 public:
  explicit engine(engine_record& record) : record_(record) {}

  // Lives for as long as an item of the watchdog uses the engine (a nested item makes none).
  //
  // An interrupt that comes while it lives is meant for its item, whose time began after the item before
  // it had ended. One that comes later may still be meant for it, until the next one lives.
  class item {
   public:
    explicit item(engine& used) : used_(used) {
      const std::lock_guard<std::mutex> lock(used_.mutex_);
      used_.began_after_ = used_.ended_;
    }
    item(const item&) = delete;
    item& operator=(const item&) = delete;
    ~item() {
      const std::lock_guard<std::mutex> lock(used_.mutex_);
      used_.ended_ = clock::now();
    }

   private:
    engine& used_;
  };

  // Waits for the interrupt.
  void get_stuck() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return interrupted_; });
  }

  bool interrupted() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return interrupted_;
  }

  void interrupt() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool early = clock::now() < began_after_ + record_.time;
    record_.untimely += early || record_.between_batches ? 1 : 0;
    record_.repeated += interrupted_ ? 1 : 0;
    interrupted_ = true;
    changed_.notify_one();
  }

 private:
  using clock = std::chrono::steady_clock;

  engine_record& record_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool interrupted_ = false;               // guarded by mutex_
  clock::time_point ended_ = clock::now(); // guarded by mutex_; the last item, or the making
  clock::time_point began_after_ = ended_; // guarded by mutex_
};

// An engine on every worker of a pool, and the watchdog.
class guarded_engines {
 public:
  guarded_engines(orderly::worker_pool& pool, std::chrono::nanoseconds time,
                  unsigned retries = patient)
      : record_{.time = time},
        states_(pool, [this](std::size_t) { return engine(record_); }, {.retries = retries}),
        dog_(states_, time) {}

  // batch(team).
  template <class Batch>
  void run(Batch batch) {
    record_.between_batches = false;
    try {
      batch(dog_);
    } catch (...) {
      record_.between_batches = true;
      throw;
    }
    record_.between_batches = true;
  }

  // The index of the deadline_exceeded that the batch ends with; nothing where it has none. A batch
  // that ends otherwise fails the test.
  template <class Batch>
  std::optional<std::uint64_t> exceeded_index(Batch batch) {
    try {
      run(batch);
    } catch (const orderly::deadline_exceeded& error) {
      return error.index();
    }
    FAIL("no deadline was exceeded");
    return std::nullopt;
  }

  // Every interrupt came once, to an item that was over its time, and led to a new State and, but for
  // the items that failed in the end, to a retry.
  void require_consistent(std::uint64_t failed_items = 0) const {
    std::uint64_t builds = 0, retries = 0;
    for (const orderly::state_statistics& each : statistics()) {
      builds += each.builds;
      retries += each.retries;
    }
    REQUIRE(builds == states_.size() + interruptions());
    REQUIRE(retries + failed_items == interruptions());
    REQUIRE(record_.untimely == 0);
    REQUIRE(record_.repeated == 0);
  }

  std::vector<orderly::state_statistics> statistics() const { return states_.statistics(); }
  std::uint64_t interruptions() const { return dog_.interruptions(); }

 private:
  engine_record record_;
  orderly::per_worker<engine> states_;
  orderly::watchdog<engine> dog_;
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_GUARDED_ENGINES_HPP
