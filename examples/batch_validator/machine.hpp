// SPDX-License-Identifier: MIT
//
// What a run of a program works with: memory for its values, and the limits that end a runaway.
//
// All three limits are counts that a program's text and its input determine, so a verdict is the same
// on any machine and does not change when code becomes faster:
//
//   fuel    8 for each call, and what the primitives say: about one for each element read or made.
//           Charged before the work, so that what is too much does nothing.
//   cells   elements that are made and not given up. A call of a function value gives up what it made
//           but for its result's, and so does a line. No value may have more, counted through.
//   depth   calls inside calls, and values inside values.
//
// A time limit is there for those who want one; it looks at the clock now and then as fuel is charged.
#ifndef ORDERLY_EXAMPLES_ARC_MACHINE_HPP
#define ORDERLY_EXAMPLES_ARC_MACHINE_HPP

#include "arena.hpp"
#include "primitive.hpp"
#include "program.hpp"
#include "run_error.hpp"
#include "value.hpp"

#include <algorithm> // min, max
#include <chrono>    // the time limit
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <optional>  // the time limit

namespace arc {

struct run_limits {
  std::uint64_t fuel = 1'000'000'000;
  std::uint64_t cells = std::uint64_t{1} << 20U;
  std::uint32_t depth = 1'000;
};

/// Two corpora of programs were written for slightly different primitives.
enum class dialect : std::uint8_t { arc_dsl, re_arc };

class machine {
 public:
  using clock = std::chrono::steady_clock;

  static constexpr std::uint64_t fuel_per_call = 8;

  /// The table of primitives, by number, must outlive this object. Exceptions: std::bad_alloc.
  explicit machine(const primitive* primitives, const run_limits& limits = {},
                   arc::dialect dialect = arc::dialect::arc_dsl)
      : primitives_(primitives),
        limits_(limits),
        dialect_(dialect),
        memory_(bytes_for_line(limits) + bytes_kept(limits) + std::size_t{room_for_others}),
        spare_(bytes_for_line(limits)) {
    begin_line();
  }

  /// Values made earlier are gone.
  void reset() {
    memory_.rewind(0);
    closures_ = 0;
    begin_line();
  }
  /// Before a line: each has the limits for itself. Earlier values stay.
  void begin_line() {
    fuel_ = cells_ = most_cells_ = 0;
    running_ = no_primitive;
    depth_ = 0;
    closures_ordered_ = false;
    line_ = memory_.used();
    memory_.allow(bytes_for_line(limits_));
    allowance_ = deadline_ ? 0 : limits_.fuel;
  }
  /// After a line that failed: what it made is gone.
  void abandon_line() { memory_.rewind(line_); }

  /// Whether there is room for all that one run may keep.
  bool has_room() const { return memory_.used() <= room_for_others; }

  /// From the next line on. Absent: none.
  void set_deadline(std::optional<clock::time_point> deadline) { deadline_ = deadline; }

  /// Exceptions: run_error of kind fuel or timeout.
  void charge(std::uint64_t fuel) {
    if (fuel > allowance_ - fuel_) extend_allowance(fuel);
    fuel_ += fuel;
  }

  /// Memory for elements that a value will have: one of fuel and one cell each. Exceptions: run_error
  /// of kind fuel or cells.
  template <class T>
  T* take(std::uint64_t count) {
    hold(count);
    return memory_.take<T>(count);
  }
  /// The same where there is memory already.
  void hold(std::uint64_t count) {
    if (count > limits_.cells - cells_) fail(error_kind::cells);
    charge(count);
    cells_ += count;
    most_cells_ = (std::max)(most_cells_, cells_);
  }

  /// Memory for work, given up with the next value that is: no cells. Exceptions: run_error.
  template <class T>
  T* scratch(std::uint64_t count) {
    if (count > limits_.cells) fail(error_kind::cells);
    return memory_.take<T>(count);
  }

  const run_limits& limits() const { return limits_; }
  /// Of the line so far, as the next two.
  std::uint64_t fuel() const { return fuel_; }
  std::uint64_t cells() const { return cells_; }
  std::uint64_t most_cells() const { return most_cells_; }
  const primitive* primitives() const { return primitives_; }
  arc::dialect dialect() const { return dialect_; }
  std::uint32_t next_closure() { return closures_++; }
  /// Whether the line asked for the order of two closures: for these to point to.
  bool* closures_ordered() { return &closures_ordered_; }
  /// Calls of primitives and function values so far.
  std::uint64_t dispatches() const { return dispatches_; }
  /// The number of the innermost primitive that was called and has not returned, or no_primitive;
  /// after an error that which failed.
  std::uint32_t running() const { return running_; }

  static constexpr std::uint32_t no_primitive = 0xFFFFFFFFU;

 private:
  friend class call_frame;

  /// For values of other runs that stay while one begins.
  static constexpr std::size_t room_for_others = std::size_t{1} << 22U;

  /// Every element that may be live, twice, and what lies about: see call_frame.
  static std::size_t bytes_for_line(const run_limits& limits) {
    return (4 * limits.cells + limits.depth * std::size_t{8192} + 65536) * sizeof(value);
  }
  /// What the lines of a run keep: see call_frame.
  static std::size_t bytes_kept(const run_limits& limits) {
    return 4 * (limits.cells + most_lines) * sizeof(value);
  }

  void extend_allowance(std::uint64_t fuel);

  const primitive* primitives_;
  run_limits limits_;
  arc::dialect dialect_;
  arena memory_;
  arena spare_;          // where a result stays while what lies around it is given up
  std::size_t line_ = 0; // where its memory begins
  std::uint64_t fuel_ = 0;
  std::uint64_t allowance_ = 0; // of fuel, until the clock is looked at
  std::uint64_t cells_ = 0;
  std::uint64_t most_cells_ = 0;
  std::uint32_t closures_ = 0;
  std::uint32_t depth_ = 0;
  std::uint64_t dispatches_ = 0;
  std::uint32_t running_ = no_primitive;
  bool closures_ordered_ = false;
  std::optional<clock::time_point> deadline_{};
};

/// For charge, where it seldom comes.
inline void machine::extend_allowance(std::uint64_t fuel) {
  constexpr std::uint64_t between_looks = 1'000'000;
  if (fuel > limits_.fuel - fuel_) fail(error_kind::fuel);
  if (clock::now() >= *deadline_) fail(error_kind::timeout);
  allowance_ = (std::min)(limits_.fuel, fuel_ + fuel + between_looks);
}

} // namespace arc

#endif
