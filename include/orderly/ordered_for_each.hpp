// SPDX-License-Identifier: MIT
//
// orderly/ordered_for_each.hpp: computes the chunks of a range in parallel and consumes them in
// order.
//
// It equals this loop, whatever the number of workers and their timing:
//
//   for (auto chunk : range.chunks(chunk_size)) sink(chunk, map(chunk));
//
// provided that map(chunk) depends on the chunk alone: its indices, their streams, constant input.
// Use it for anything that writes or sums in order: files, reports, real-valued totals. Where
// nothing is consumed in order, worker_pool::for_each_index is enough; where the input has no known
// length, ordered_pipeline.
//
//   orderly::worker_pool pool;
//   orderly::seed_range sessions(orderly::seed(42), 1'000'000);
//   orderly::ordered_for_each(pool, sessions, 1024,
//       [](const orderly::seed_range& chunk) { return simulate(chunk); },   // on the workers
//       [&](std::string&& rows) { file << rows; });                         // here, in order
//
//   what happens                      what has been merged      the call
//   all goes well                     the whole range           returns range.last()
//   map throws for chunk k            chunks 0 ... k-1          rethrows the lowest k's exception
//   sink throws at chunk k            chunks 0 ... k-1          rethrows it
//   *options.stop becomes true        a prefix of chunks        returns where to resume
#ifndef ORDERLY_ORDERED_FOR_EACH_HPP
#define ORDERLY_ORDERED_FOR_EACH_HPP

#include "orderly/concepts.hpp"
#include "orderly/detail/ordered_run.hpp"
#include "orderly/ordered_options.hpp"

#include <cstdint> // uint64_t

namespace orderly {
inline namespace v0 {

/// Runs map(chunk) on the workers of a pool (map(chunk, state) on a per_worker<State>) and, on the
/// calling thread, one at a time and in order, sink(chunk, result) or sink(result); sink(chunk) or
/// sink() if map gives nothing. Returns the first index not merged: range.last(), unless stopped. A
/// shard is run by giving its range: range.chunks(size).part(k, n).range(); a resumed run by
/// range.from(merged). Both keep the grid of chunks.
/// Blocking: until everything claimed is merged; the calling thread computes chunks itself when none
/// is ready and sleeps when there is nothing to do.
/// Thread-safety: any thread; from inside an item or a sink of the same pool it runs inline.
/// Order: sinks in chunk order; maps in any order, claimed in increasing order.
/// Exceptions: that of the lowest failing chunk, after exactly the chunks before it were sunk and
/// the last running map has returned; std::invalid_argument for chunk_size 0 or window 0, before
/// anything runs; std::bad_alloc.
/// Complexity: O(chunks); memory for `window` results; one allocation.
/// Determinism: the calls of sink, their order and arguments are a function of range, chunk_size and
/// map.
template <worker_team Team, chunkable_range Range, chunk_map<Team, Range> Map,
          ordered_sink<Range, detail::team_result_t<Team, Map&, const Range&>> Sink>
std::uint64_t ordered_for_each(Team& team, const Range& range, std::uint64_t chunk_size, Map&& map,
                               Sink&& sink, const ordered_options& options = {}) {
  detail::note_start(options, range.first());
  return detail::ordered_run<Team, Range, std::remove_reference_t<Map>,
                             std::remove_reference_t<Sink>>(team, range, chunk_size, map, sink,
                                                            options)
      .run();
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_FOR_EACH_HPP
