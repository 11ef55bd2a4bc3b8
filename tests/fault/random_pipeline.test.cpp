// SPDX-License-Identifier: MIT
//
// The pipeline with faults of every part, at random: it ends as the serial loop does.
#include "fault/random_ordered.hpp"
#include "support/catch.hpp"

#include "orderly/ordered_pipeline.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>

using test::fault_plan;
using test::findings;
using test::item;
using test::part;
using test::result;
using test::serial_outcome;
using test::splitmix64;
using test::trial;
using test::trial_run;

namespace {

struct pipeline_test {
  static constexpr test::visibility visible{.serial_if_nested = false};
  static constexpr auto parts = {part::source, part::item_move,   part::broken, part::state,
                                 part::map,    part::result_move, part::sink,   part::observer};

  // Items count from 0, one by one.
  static trial draw(splitmix64& random) {
    trial t = test::draw_trial(random);
    if (t.stop_at != test::memory_log::nowhere) t.stop_at -= t.range.first();
    t.range = orderly::index_range(t.range.size());
    t.chunk_size = 1;
    return t;
  }

  static serial_outcome serial(const trial& t, const fault_plan& faults) {
    serial_outcome outcome;
    for (const std::uint64_t i : t.range) outcome.all_places.push_back(i);
    outcome.merge(0);
    outcome.error = test::outcome_of([&] {
      for (const std::uint64_t i : t.range) {
        for (const part where : {part::source, part::item_move}) faults.raise(where, i);
        test::serial_retries(t, faults, false).raise(i); // the map may move from its item
        for (const part where : {part::map, part::result_move, part::sink}) faults.raise(where, i);
        outcome.merge(i + 1);
        faults.raise(part::observer, i + 1);
      }
      faults.raise(part::source, t.range.last()); // instead of the end
    });
    return outcome;
  }

  static std::uint64_t place(const trial& t, part where, splitmix64& random) {
    if (where == part::source) return random() % (t.range.size() + 1);
    return random() % t.range.size() + (where == part::observer ? 1 : 0);
  }

  static void run(trial_run& run, orderly::worker_pool& pool, findings& found) {
    auto sink = test::sink_of(run, found);
    auto observer = test::observer_of(run);
    run.options.observer = observer;
    std::uint64_t next = 0;
    const auto source = [&]() -> std::optional<item> {
      run.faults.raise(part::source, next);
      if (next == run.t.range.size()) return std::nullopt;
      const std::uint64_t i = next++;
      return run.memory.note(i, [&] { return std::optional<item>(std::in_place, run.faults, i); });
    };
    const auto map = [&](item&& input, auto&... state) {
      ((state += 1), ...);
      return run.mapping(input.value(), [&] {
        run.faults.raise(part::map, input.value());
        return result(run.faults, input.value());
      });
    };
    run.run(pool, [&](auto& team) {
      return orderly::ordered_pipeline(
          team, source, map, [&](std::uint64_t index, result r) { sink(index, r); }, run.options);
    });
  }
};

} // namespace

TEST_CASE("faults: ordered_pipeline ends as its loop", "[random]") {
  test::random_ordered_runs<pipeline_test>("ordered_pipeline, seed");
}
