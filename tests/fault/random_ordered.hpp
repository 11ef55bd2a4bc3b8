// SPDX-License-Identifier: MIT
//
// fault/random_ordered.hpp: what the random tests of the ordered runs share.
//
// A test of a composition is a class with static members: `parts`, which may fail; place(), where one
// of them does; serial(), the loop that the run equals, in which the same parts fail; run(), the
// run itself; `visible`, what a caller sees of it. random_ordered_runs<Test>(name) does the rest.
#ifndef ORDERLY_TESTS_FAULT_RANDOM_ORDERED_HPP
#define ORDERLY_TESTS_FAULT_RANDOM_ORDERED_HPP

#include "fault/planned_faults.hpp"
#include "fault/random_check.hpp"
#include "fault/random_runs.hpp"
#include "fault/random_trial.hpp"
#include "support/findings.hpp"
#include "support/splitmix64.hpp"

#include "orderly/progress.hpp"
#include "orderly/worker_pool.hpp"

#include <cstdint> // uint64_t

namespace test {

using result = traveller<part::result_move>;
using item = traveller<part::item_move>;

// The result comes by value: that is one move more.
inline auto sink_of(trial_run& run, findings& found) {
  return [&](std::uint64_t place, const result& r) {
    run.faults.raise(part::sink, place);
    found.expect_equal(r.value(), place, "a result");
    run.merge(place);
  };
}

inline auto observer_of(trial_run& run) {
  return [&run](const orderly::progress_count& count) {
    run.faults.raise(part::observer, count.done);
  };
}

inline unsigned draw_nth(splitmix64& random, unsigned most) {
  return 1 + static_cast<unsigned>(random() % most);
}

// Up to three faults; a value may fail at any of the moves that one made which arrived.
template <class Test>
void draw_faults(trial& t, splitmix64& random) {
  const unsigned result_moves = result::take_fewest_moves();
  const unsigned item_moves = item::take_fewest_moves();
  for (std::uint64_t n = random() % 4; n > 0; --n) {
    const part where = Test::parts.begin()[random() % Test::parts.size()];
    if (t.range.empty() && where != part::source) continue;
    const std::uint64_t place = Test::place(t, where, random);
    // A State is built anew only where an item says so.
    if (where == part::state) t.faults.add(part::broken, place, draw_nth(random, 2));
    const unsigned most = where == part::result_move ? result_moves
                          : where == part::item_move ? item_moves
                          : where == part::broken    ? 3
                                                     : 1;
    if (most > 0) t.faults.add(where, place, draw_nth(random, most));
  }
}

template <class Test>
void run_and_check(const trial& t, bool with_faults, orderly::worker_pool& pool, findings& found) {
  trial_run run(t, with_faults);
  Test::run(run, pool, found);
  const serial_outcome serial = Test::serial(t, run.faults);
  trial_check(run, serial, Test::visible, found)();
}

template <class Test>
void random_ordered_runs(const char* name) {
  for_random_runs(name, [](splitmix64& random, findings& found) {
    trial t = Test::draw(random);
    orderly::worker_pool pool(t.pool);
    run_and_check<Test>(t, false, pool, found);
    draw_faults<Test>(t, random);
    run_and_check<Test>(t, true, pool, found);
    expect_usable(pool, found);
    found.expect_equal(static_cast<std::uint64_t>(result::alive() + item::alive()), 0, "alive");
  });
}

} // namespace test

#endif // ORDERLY_TESTS_FAULT_RANDOM_ORDERED_HPP
