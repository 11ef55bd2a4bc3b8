// SPDX-License-Identifier: MIT
//
// orderly/ordered_options.hpp: what every ordered run can be told beside its work.
//
// None of these can change a result, only how much of it is computed and who watches.
#ifndef ORDERLY_ORDERED_OPTIONS_HPP
#define ORDERLY_ORDERED_OPTIONS_HPP

#include "orderly/progress.hpp"

#include <atomic>  // the stop flag
#include <cstddef> // size_t
#include <cstdint> // uint64_t

namespace orderly {
inline namespace v0 {

struct ordered_options {
  // 16 chunks for each worker.
  static constexpr std::size_t default_window = static_cast<std::size_t>(-1);

  /// How many chunks may be claimed and not yet merged: bounds memory. Below the number of workers it
  /// limits parallelism. 0 is refused with std::invalid_argument.
  std::size_t window = default_window;

  /// Set it (from any thread, or a signal handler) and no further chunk is claimed; every claimed
  /// chunk is still computed and merged, then the call returns. How far it got depends on timing; what
  /// it has merged is exactly the serial result of that prefix.
  const std::atomic<bool>* stop = nullptr;

  /// Where to keep the first index that is not merged: the point to resume from. Advanced after each
  /// call of the sink, valid when the run has returned or thrown; reading it from another thread
  /// during the run is a data race.
  std::uint64_t* merged = nullptr;

  /// Called after each merged chunk, on the thread that merges. Must outlive the run.
  progress_observer observer;
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_OPTIONS_HPP
