// SPDX-License-Identifier: MIT
//
// An exhaustive checker of interleavings: runs a scenario under every schedule within a bound. Code
// that takes its primitives through a template parameter is given modelled ones, and runs unchanged.
//
//   const auto report = interleaving::explore({}, [] {
//     orderly::bounded_queue<int, interleaving::model_sync> queue(1);
//     int sum = 0;
//     interleaving::concurrently([&] { while (auto value = queue.pop()) sum += *value; },
//                                [&] { if (queue.push(1)) queue.close(); });
//     interleaving::check(sum == 1, "what was pushed is popped");
//   });
//   REQUIRE(report.complete); // otherwise report.found, with a schedule to replay(), or cut()
//
// What is explored. The threads of a scenario are fibers of one operating-system thread; before each
// operation on a modelled object the checker chooses which of them goes on. Depth first, it takes every
// sequence of choices in which
//   - at most `preemptions` times a thread is left that could go on (to leave one that is blocked, asleep,
//     waiting actively or at its end is free, and goes to any other);
//   - notify_one wakes any one of the sleepers, and an unlocked mutex goes to any thread that wants it;
//   - at most `delayed_stores` stores of each thread, weaker than seq_cst, are seen late by others;
//   - at most `spurious` sleeps end, or weak compare-exchanges fail, for no reason;
//   - at most `timeouts` timed sleeps end though somebody could go on. When nobody can, time passes.
// Two schedules that differ only in where nothing happens count as one: a thread is not left again before
// it has done anything, and a delay ends only where somebody could notice.
//
// What is reported, with a schedule and a trace of the last steps: a check() that is not so; threads of
// which none can go on, with what each waits for (a deadlock, or a wake-up that was lost); no end after
// `most_steps`; an exception that leaves a thread, and std::terminate; a modelled object used after its
// end, destroyed while it is locked or slept on; a mutex locked twice by one thread or unlocked by
// another; a scenario that does not repeat itself. counts() has the sleeps and wakes of the run, for
// checks such as "one wake-up for each element". The failing run is abandoned where it stands.
//
// What is not explored. Memory is sequentially consistent but for one delayed store for each thread:
// loads are never early, stores of one thread stay in order and reach all others at the same time, and a
// read-modify-write is never late. So a fault that needs more than that (two late stores, a reordered
// load) is not found, nor one that needs more preemptions than the bound. Data that is not modelled is
// touched without a choice: whether all of it is properly guarded is the thread sanitizer's business. Time
// does not pass by itself (scheduler.hpp), and deadlines may be overrun by any amount.
//
// Rules for scenarios: everything modelled is made inside of the scenario; nothing else may change what it
// does from run to run; no test framework inside (check() instead); threads by concurrently() or
// model_sync::thread, at most most_threads with the scenario's own; 256 KiB of stack each.
// A report is `complete` only if every schedule within the limits was run. When runs or time ended the
// search first it is cut(), which says nothing about what was not run; sample() then draws schedules
// from everywhere instead.
//
// The parts: fiber (stacks), search (choices), record (one run's budgets, failure, trace), store_buffers,
// thread_state and scheduler (who goes on), engine (where all is found), atomic, mutex, model_sync
// (what the code under test is given), explore (the loop over the runs). Needs ucontext and an Itanium
// C++ ABI; runs under the address sanitizer, not under the thread sanitizer.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_HPP

#include "support/interleaving/explore.hpp"
#include "support/interleaving/model_sync.hpp"

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_HPP
