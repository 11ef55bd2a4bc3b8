// SPDX-License-Identifier: MIT
//
// The runs over the chunks of a range with faults of every part, at random: each ends as the serial
// loop does.
#include "fault/random_ordered.hpp"
#include "support/catch.hpp"

#include "orderly/orderly.hpp"

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

using test::fault_plan;
using test::faulty_range;
using test::findings;
using test::part;
using test::result;
using test::serial_outcome;
using test::splitmix64;
using test::trial;
using test::trial_run;

namespace {

// Of the chunked runs: what is computed for a chunk, in the order of the parts within it.
struct chunked {
  static trial draw(splitmix64& random) { return test::draw_trial(random); }

  static serial_outcome serial(const trial& t, const fault_plan& faults) {
    serial_outcome outcome;
    for (const auto& chunk : t.chunks()) outcome.all_places.push_back(chunk.first());
    outcome.merge(t.range.first());
    outcome.error = test::outcome_of([&] {
      for (const auto& chunk : t.chunks()) {
        faults.raise(part::grid, chunk.first());
        test::serial_retries(t, faults, true).raise(chunk.first());
        for (const std::uint64_t i : chunk) faults.raise(part::map, i);
        faults.raise(part::result_move, chunk.first());
        faults.raise(part::sink, chunk.first());
        outcome.merge(chunk.last());
        faults.raise(part::observer, chunk.last() - t.range.first());
      }
    });
    return outcome;
  }

  static std::uint64_t place(const trial& t, part where, splitmix64& random) {
    const orderly::index_range chunk = t.chunks()[random() % t.chunks().size()];
    if (where == part::map) return chunk.first() + random() % chunk.size();
    return where == part::observer ? chunk.last() - t.range.first() : chunk.first();
  }

  static auto map(trial_run& run) {
    return [&run](const faulty_range& chunk, auto&... state) {
      ((state += 1), ...);
      return run.mapping(chunk.first(), [&] {
        for (const std::uint64_t i : chunk.indices()) run.faults.raise(part::map, i);
        return result(run.faults, chunk.first());
      });
    };
  }
  static constexpr auto parts = {part::grid,        part::broken, part::state,   part::map,
                                 part::result_move, part::sink,   part::observer};
};

struct for_each_test : chunked {
  static constexpr test::visibility visible{};
  static void run(trial_run& run, orderly::worker_pool& pool, findings& found) {
    auto sink = test::sink_of(run, found);
    auto observer = test::observer_of(run);
    run.options.observer = observer;
    run.run(pool, [&](auto& team) {
      return orderly::ordered_for_each(
          team, faulty_range(run.t.range, run.faults), run.t.chunk_size, map(run),
          [&](const faulty_range& chunk, result r) { sink(chunk.first(), r); }, run.options);
    });
    resume(run, pool, found);
  }

  // What is left, from where the run says; then nothing is missing and nothing is there twice.
  static void resume(const trial_run& run, orderly::worker_pool& pool, findings& found) {
    std::vector<std::uint64_t> places = run.record.merged_places;
    orderly::ordered_for_each(
        pool, run.t.range.from(run.record.merged), run.t.chunk_size,
        [](const orderly::index_range& chunk) { return chunk.first(); },
        [&](std::uint64_t place) { places.push_back(place); });
    found.expect(places == serial(run.t, {}).all_places, "the resumed run");
  }
};

struct reduce_test : chunked {
  static constexpr test::visibility visible{};
  static void run(trial_run& run, orderly::worker_pool& pool, findings& found) {
    auto sink = test::sink_of(run, found);
    auto observer = test::observer_of(run);
    run.options.observer = observer;
    std::vector<std::uint64_t> total;
    total.reserve(64);
    run.run(pool, [&](auto& team) {
      total = orderly::ordered_reduce(
          team, faulty_range(run.t.range, run.faults), run.t.chunk_size, std::move(total), map(run),
          [&](std::vector<std::uint64_t>& sum, result r) {
            const std::uint64_t place = r.value();
            sink(place, r);
            sum.push_back(place);
          },
          run.options);
      found.expect(total == run.record.merged_places, "the total");
      return run.record.merged;
    });
  }
};

struct transform_test : chunked {
  static constexpr test::visibility visible{.places = false, .memory = false};
  static constexpr auto parts = {part::grid, part::broken,      part::state,
                                 part::map,  part::result_move, part::observer};

  static serial_outcome serial(const trial& t, const fault_plan& faults) {
    serial_outcome outcome = chunked::serial(t, {});
    outcome.ends.clear();
    outcome.merge(t.range.first());
    outcome.error = test::outcome_of([&] {
      for (const auto& chunk : t.chunks()) {
        faults.raise(part::grid, chunk.first());
        test::serial_retries retries(t, faults, true);
        for (const std::uint64_t i : chunk) {
          retries.raise(i);
          faults.raise(part::map, i);
          faults.raise_on_move(part::result_move, i, 1); // into the chunk's vector
        }
        for (const std::uint64_t i : chunk)
          faults.raise_on_move(part::result_move, i, 2); // into the result
        outcome.merge(chunk.last());
        faults.raise(part::observer, chunk.last() - t.range.first());
      }
    });
    return outcome;
  }

  static std::uint64_t place(const trial& t, part where, splitmix64& random) {
    const bool of_a_chunk = where == part::grid || where == part::observer;
    return chunked::place(t, of_a_chunk ? where : part::map, random);
  }

  static void run(trial_run& run, orderly::worker_pool& pool, findings& found) {
    std::uint64_t chunks = 0;
    const auto observer = [&](const orderly::progress_count& count) {
      run.stop_after(run.t.chunks()[chunks++].first());
      run.faults.raise(part::observer, count.done);
    };
    run.options.observer = observer;
    run.run(pool, [&](auto& team) {
      const auto f = [&](std::uint64_t i, auto&... state) {
        ((state += 1), ...);
        return run.mapping(i, [&] {
          run.faults.raise(part::map, i);
          return result(run.faults, i);
        });
      };
      const std::vector<result> all = orderly::ordered_transform(
          team, faulty_range(run.t.range, run.faults), run.t.chunk_size, f, run.options);
      for (std::uint64_t i = 0; i < all.size(); ++i)
        found.expect_equal(all[i].value(), run.t.range.first() + i, "a result");
      return run.t.range.first() + all.size();
    });
  }
};

} // namespace

TEST_CASE("faults: ordered_for_each ends as its loop and can be resumed", "[random]") {
  test::random_ordered_runs<for_each_test>("ordered_for_each, seed");
}

TEST_CASE("faults: ordered_reduce ends as its loop", "[random]") {
  test::random_ordered_runs<reduce_test>("ordered_reduce, seed");
}

TEST_CASE("faults: ordered_transform ends as its loop", "[random]") {
  test::random_ordered_runs<transform_test>("ordered_transform, seed");
}
