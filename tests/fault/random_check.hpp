// SPDX-License-Identifier: MIT
//
// fault/random_check.hpp: compares a random ordered run with the serial loop that it equals.
#ifndef ORDERLY_TESTS_FAULT_RANDOM_CHECK_HPP
#define ORDERLY_TESTS_FAULT_RANDOM_CHECK_HPP

#include "fault/planned_faults.hpp"
#include "fault/random_trial.hpp"
#include "support/findings.hpp"

#include <algorithm> // upper_bound
#include <cstddef>   // size_t
#include <cstdint>   // uint64_t
#include <vector>    // places

namespace test {

// Where the serial loop comes to with the planned faults. The place of a chunk is its first index.
struct serial_outcome {
  std::vector<std::uint64_t> all_places; // of all chunks, whether the loop gets there or not
  std::vector<std::uint64_t> ends;       // ends[n]: where to resume when n chunks are merged
  failure error;

  void merge(std::uint64_t end) { ends.push_back(end); }
  std::size_t merged() const { return ends.size() - 1; }
  // Of the chunk that the index lies in.
  std::size_t position(std::uint64_t index) const {
    const auto after = std::upper_bound(all_places.begin(), all_places.end(), index);
    return static_cast<std::size_t>(after - all_places.begin()) - 1;
  }
};

// What a composition lets its caller see.
struct visibility {
  bool places = true;           // of all that was merged
  bool memory = true;           // every allocation that is not made beforehand is the user's
  bool serial_if_nested = true; // then nothing is claimed after the stop
};

class trial_check {
 public:
  trial_check(const trial_run& run, const serial_outcome& serial, visibility visible,
              findings& found)
      : run_(run), serial_(serial), visible_(visible), found_(found) {
    if (visible_.places) {
      merged_ = run_.record.merged_places.size();
    } else {
      while (merged_ < serial_.merged() && serial_.ends[merged_] != run_.record.merged) ++merged_;
    }
    if (run_.disturbed && run_.t.stop_at != memory_log::nowhere)
      stopped_after_ = serial_.position(run_.t.stop_at) + 1;
  }

  void operator()() const {
    found_.expect_equal(static_cast<std::uint64_t>(run_.running.load()), 0, "maps still running");
    check_prefix();
    const failure error = run_.record.error;
    if (error.where == part::memory) return check_shortage();
    const std::size_t short_of_memory = run_.memory.lowest() == memory_log::nowhere
                                            ? never
                                            : serial_.position(run_.memory.lowest());
    found_.expect(short_of_memory >= merged_, "merged in spite of its failure");
    if (error.where == part::none)
      found_.expect_equal(run_.record.returned, run_.record.merged, "the value returned");
    if (may_be_stopped() && error.where == part::none) return check_stopped();
    found_.expect(!must_be_stopped(), "a chunk claimed after the stop");
    found_.expect_equal(error.code(), serial_.error.code(), "the error");
    found_.expect_equal(merged_, serial_.merged(), "chunks merged");
  }

 private:
  static constexpr std::size_t never = ~std::size_t{0};

  void check_prefix() const {
    const trial_record& record = run_.record;
    found_.expect(merged_ <= serial_.merged(), "merged beyond the failure");
    if (merged_ > serial_.merged()) return;
    found_.expect_equal(record.merged, serial_.ends[merged_], "the point to resume from");
    for (std::size_t i = 0; visible_.places && i < merged_; ++i)
      found_.expect_equal(record.merged_places[i], serial_.all_places[i], "a merged chunk");
  }

  // The user's code knows where it met it; what met it elsewhere did so before anything ran.
  void check_shortage() const {
    found_.expect(run_.injected, "std::bad_alloc without a failed allocation");
    if (!visible_.memory) return;
    const std::uint64_t place = run_.memory.lowest();
    const std::size_t expected = place == memory_log::nowhere ? 0 : serial_.position(place);
    found_.expect_equal(merged_, expected, "chunks merged before memory was short");
  }

  bool may_be_stopped() const { return stopped_after_ <= serial_.merged(); }
  bool fails_with_the_last() const {
    return serial_.error.where == part::observer && merged_ == serial_.merged();
  }
  bool must_be_stopped() const {
    return may_be_stopped() && run_.t.nested && visible_.serial_if_nested &&
           !(fails_with_the_last() && merged_ == stopped_after_);
  }
  void check_stopped() const {
    found_.expect(merged_ >= stopped_after_, "stopped too early");
    found_.expect(!fails_with_the_last(), "the observer's error is lost");
    if (must_be_stopped()) found_.expect_equal(merged_, stopped_after_, "chunks merged");
  }

  const trial_run& run_;
  const serial_outcome& serial_;
  const visibility visible_;
  findings& found_;
  std::size_t merged_ = 0;            // chunks
  std::size_t stopped_after_ = never; // chunks
};

} // namespace test

#endif // ORDERLY_TESTS_FAULT_RANDOM_CHECK_HPP
