// SPDX-License-Identifier: MIT
//
// A task: pairs of grids, some to learn from (train) and some to be judged by (test). Of a test the
// output may be unknown.
//
// The bytes of all grids lie in one buffer, and values view them there: a task that is moved keeps
// its views, a copy has its own.
//
//   const arc::task_sample& sample = task.samples[0];
//   const arc::value input = task.view(sample.input);    // lives as long as the task
//   arc::content_hash(task);                             // of the grids, whatever the task's name
#ifndef ORDERLY_EXAMPLES_ARC_TASK_HPP
#define ORDERLY_EXAMPLES_ARC_TASK_HPP

#include "../support/checksum128.hpp"
#include "value.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // sizes
#include <optional>    // outputs that may be unknown
#include <string>      // names
#include <string_view> // bytes of a grid
#include <vector>      // samples, bytes

namespace arc {

enum class sample_part : std::uint8_t { train, test };

/// height x width bytes of the task's buffer, row by row. Neither is 0.
struct task_grid {
  std::uint32_t height = 0;
  std::uint32_t width = 0;
  std::size_t first = 0;

  std::size_t size() const { return std::size_t{height} * width; }
};

struct task_sample {
  sample_part part = sample_part::train;
  task_grid input;
  std::optional<task_grid> output; ///< always there in train
};

struct task {
  std::string id;
  std::vector<task_sample> samples; ///< train, then test, both in the order of the file
  std::vector<colour_byte> colours; ///< of all grids

  /// The grid as a value. It is valid until the task is changed or destroyed.
  value view(const task_grid& grid) const {
    return value::of_grid(colours.data() + grid.first, grid.height, grid.width);
  }
};

namespace detail {

/// The same bytes on every machine.
inline void add_number(example::checksum128& sum, std::uint32_t number) {
  char bytes[4];
  for (char& byte : bytes) {
    byte = static_cast<char>(number & 0xFFU);
    number >>= 8U;
  }
  sum.add({bytes, sizeof bytes});
}

inline void add_grid(example::checksum128& sum, const task& of, const task_grid& grid) {
  add_number(sum, grid.height);
  add_number(sum, grid.width);
  const auto* const bytes = reinterpret_cast<const char*>(of.colours.data() + grid.first);
  sum.add({bytes, grid.size()});
}

} // namespace detail

/// Of what can change a verdict: the samples in their order, with their parts and grids. Sizes stand
/// before bytes, so that different content never gives the same bytes; an unknown output is a grid
/// of height 0.
inline example::checksum128::value content_hash(const task& of) {
  example::checksum128 sum;
  for (const task_sample& sample : of.samples) {
    detail::add_number(sum, static_cast<std::uint32_t>(sample.part));
    detail::add_grid(sum, of, sample.input);
    detail::add_grid(sum, of, sample.output.value_or(task_grid()));
  }
  return sum.result();
}

} // namespace arc

#endif
