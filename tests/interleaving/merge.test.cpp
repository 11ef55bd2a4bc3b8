// SPDX-License-Identifier: MIT
//
// Every interleaving of small uses of ordered_merge: results leave in index order, within the window,
// and nobody sleeps for good.
#include "interleaving/scenario.hpp"
#include "orderly/ordered_merge.hpp"

#include "support/catch.hpp"
#include "support/interleaving.hpp"

#include <cstdint>   // indices
#include <exception> // make_exception_ptr
#include <optional>  // what pop gives
#include <vector>    // what was popped

namespace il = interleaving;
using il::check;
using il::concurrently;
using test::woken_at_most;

namespace {

template <class Sync>
using merge_of = orderly::ordered_merge<int, Sync>;

using log = std::vector<int>;

// Result i is 10 * i.
template <class Sync>
void put(merge_of<Sync>& merge, std::uint64_t index) {
  check(merge.push(index, static_cast<int>(10 * index)), "an open merge takes a result");
}

template <class Sync>
void pop_all(merge_of<Sync>& merge, log& seen) {
  while (const std::optional<int> result = merge.pop()) {
    check(*result == static_cast<int>(10 * seen.size()), "index order");
    seen.push_back(*result);
  }
}

// Results are pushed in a bad order, without reservations: a push beyond the window sleeps.
template <class Sync, std::size_t window>
void three_pushers() {
  merge_of<Sync> merge(window);
  merge.seal(3);
  log seen;
  concurrently([&] { put(merge, 2); }, [&] { put(merge, 1); }, [&] { put(merge, 0); },
               [&] { pop_all(merge, seen); });
  check(seen.size() == 3, "all come out");
  woken_at_most(3 + (3 - window)); // the popper for each head, who is beyond the window once
}

// The popper sleeps on until the head is there.
template <class Sync>
void the_head_comes_last() {
  merge_of<Sync> merge(2);
  merge.seal(2);
  log seen;
  concurrently(
      [&] {
        put(merge, 1);
        woken_at_most(0);
        put(merge, 0);
      },
      [&] { pop_all(merge, seen); });
  check(seen.size() == 2, "both come out");
}

// What workers do: reserve, compute, push. Never more than the window is reserved and not yet popped.
template <class Sync, std::size_t window, int workers, int count>
void reserving() {
  merge_of<Sync> merge(window);
  merge.seal(count);
  log seen;
  int reserved = 0;
  const auto work = [&] {
    while (const std::optional<std::uint64_t> index = merge.reserve()) {
      ++reserved;
      // next() is the popper's progress; it may have popped more since, never less.
      check(*index < merge.next() + window, "reserved within the window");
      put(merge, *index);
    }
  };
  if constexpr (workers == 2)
    concurrently(work, work, [&] { pop_all(merge, seen); });
  else
    concurrently(work, work, work, [&] { pop_all(merge, seen); });
  check(seen.size() == count && reserved == count, "each index was reserved once, and came out");
  // One for each result that was the head, one for each pop that freed room, and those that end.
  woken_at_most(2 * count + workers);
}

// The same, but each reserves as many as it may.
template <class Sync, std::size_t window, int count>
void reserving_runs() {
  merge_of<Sync> merge(window);
  merge.seal(count);
  log seen;
  std::uint64_t reserved = 0;
  const auto work = [&] {
    for (;;) {
      const orderly::index_range run = merge.reserve_n(2);
      if (run.empty()) return;
      reserved += run.size();
      check(run.last() <= merge.next() + window, "reserved within the window");
      for (const std::uint64_t index : run) put(merge, index);
    }
  };
  concurrently(work, work, [&] { pop_all(merge, seen); });
  check(seen.size() == count && reserved == count, "each index was reserved once, and came out");
  woken_at_most(2 * count + 2);
}

// A push may be refused, and nobody may be left asleep, when the merge is closed at any time.
template <class Sync>
void close_at_work() {
  merge_of<Sync> merge(1);
  merge.seal(3); // else it could go on for ever before the close
  log seen;
  int pushed = 0;
  concurrently(
      [&] {
        while (const auto index = merge.reserve())
          pushed += merge.push(*index, static_cast<int>(10 * *index)) ? 1 : 0;
      },
      [&] { pop_all(merge, seen); }, [&] { merge.close(); });
  check(static_cast<int>(seen.size()) == pushed, "what was pushed comes out");
}

template <class Sync>
void close_on_sleepers() {
  merge_of<Sync> merge(1);
  check(merge.reserve() == 0u, "the first index");
  std::optional<std::uint64_t> reserved = 7;
  std::optional<int> popped = 7;
  bool pushed = true;
  concurrently([&] { reserved = merge.reserve(); }, [&] { pushed = merge.push(1, 10); },
               [&] { popped = merge.pop(); }, [&] { merge.close(); });
  check(!reserved && !pushed && !popped, "nobody got anything");
}

// Sealing ends everybody who waits for more.
template <class Sync>
void seal_at_work() {
  merge_of<Sync> merge(1);
  merge.seal(3);
  log seen;
  std::size_t reserved = 0;
  const auto work = [&] {
    while (const auto index = merge.reserve()) {
      ++reserved;
      put(merge, *index);
    }
  };
  concurrently(
      work, [&] { pop_all(merge, seen); }, [&] { merge.seal(); });
  check(seen.size() == reserved, "what was reserved before comes out");
}

// A failure is delivered in its turn; the run ends as the library's compositions end it.
template <class Sync>
void failure_in_its_turn() {
  merge_of<Sync> merge(2);
  merge.seal(3);
  const auto work = [&] {
    while (const auto index = merge.reserve()) {
      if (*index == 1) {
        merge.seal();
        check(merge.push_exception(1, std::make_exception_ptr(1)), "open");
      } else {
        put(merge, *index);
      }
    }
  };
  log seen;
  bool failed = false;
  concurrently(work, work, [&] {
    try {
      pop_all(merge, seen);
    } catch (int) {
      failed = true;
    }
  });
  check(failed && seen.size() == 1, "the first result, then the failure of the second");
}

// wait() ends for the head and for an alert; neither is lost, whichever comes first.
template <class Sync>
void alert_and_head() {
  merge_of<Sync> merge(1);
  int job = 0; // guarded by the alert: seen after wait() if it was there before
  typename Sync::template atomic<bool> posted{false};
  bool job_done = false;
  bool popped = false;
  concurrently(
      [&] {
        while (!job_done || !popped) {
          if (posted.load() && !job_done) {
            job_done = true;
            check(job == 1, "what was written before the alert is seen after it");
          } else if (merge.try_pop()) {
            popped = true;
          } else {
            merge.wait();
          }
        }
      },
      [&] { put(merge, 0); },
      [&] {
        job = 1;
        posted.store(true);
        merge.alert();
      });
}

} // namespace

ORDERLY_LARGE_SCENARIO("merge: 3 pushers, window 1", (three_pushers<Sync, 1>))
ORDERLY_SCENARIO("merge: 3 pushers, window 2", (three_pushers<Sync, 2>))
ORDERLY_SCENARIO("merge: the head comes last", the_head_comes_last<Sync>)
ORDERLY_SCENARIO("merge: 2 reserving workers, 2 indices, window 1", (reserving<Sync, 1, 2, 2>))
ORDERLY_SCENARIO("merge: 2 reserving workers, 3 indices, window 2", (reserving<Sync, 2, 2, 3>))
ORDERLY_SCENARIO("merge: 3 reserving workers, 1 index, window 1", (reserving<Sync, 1, 3, 1>))
ORDERLY_SCENARIO("merge: 3 reserving workers, 2 indices, window 2", (reserving<Sync, 2, 3, 2>))
ORDERLY_SCENARIO("merge: 2 workers reserving runs, 3 indices, window 2",
                 (reserving_runs<Sync, 2, 3>))
ORDERLY_SCENARIO("merge: close while one reserves and one pops", close_at_work<Sync>)
ORDERLY_LARGE_SCENARIO("merge: close on a sleeper of each kind", close_on_sleepers<Sync>)
ORDERLY_SCENARIO("merge: seal while one reserves and one pops", seal_at_work<Sync>)
ORDERLY_SCENARIO("merge: a failure in its turn", failure_in_its_turn<Sync>)
ORDERLY_SCENARIO("merge: an alert and the head", alert_and_head<Sync>)
