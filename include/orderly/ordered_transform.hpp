// SPDX-License-Identifier: MIT
//
// orderly/ordered_transform.hpp: f(index) for every index of a range, as a vector in index order.
//
// Use it when all results fit in memory; otherwise consume them as they come (ordered_for_each).
//
//   orderly::index_range boards(1755);
//   std::vector<equity> table =
//       orderly::ordered_transform(pool, boards, 8, [&](std::uint64_t i) { return solve(i); });
#ifndef ORDERLY_ORDERED_TRANSFORM_HPP
#define ORDERLY_ORDERED_TRANSFORM_HPP

#include "orderly/concepts.hpp"
#include "orderly/detail/ordered_run.hpp"
#include "orderly/ordered_options.hpp"

#include <cstddef>  // size_t
#include <cstdint>  // uint64_t
#include <iterator> // make_move_iterator
#include <vector>   // the result

namespace orderly {
inline namespace v0 {

/// A vector of f(index) (f(index, state) on a per_worker<State>) for every index of the range, in
/// order; a prefix of whole chunks if stopped. The result type needs no default constructor.
/// Blocking: until all is computed.
/// Thread-safety: any thread; from inside an item of the same pool it runs inline.
/// Order: index order.
/// Exceptions: that of the lowest failing chunk; std::invalid_argument for chunk_size 0 or window 0;
/// std::bad_alloc.
/// Complexity: O(size); the results of at most `window` chunks exist beside the vector.
/// Determinism: a function of range and f; chunk_size moves work about, not results.
template <worker_team Team, chunkable_range Range, index_function<Team> F>
auto ordered_transform(Team& team, const Range& range, std::uint64_t chunk_size, F&& f,
                       const ordered_options& options = {}) {
  using value = std::remove_cvref_t<detail::team_result_t<Team, F&, const std::uint64_t&>>;
  static_assert(!std::is_void_v<value>, "orderly::ordered_transform: f must give a value");
  detail::note_start(options, range.first());
  std::vector<value> all;
  all.reserve(static_cast<std::size_t>(range.last() - range.first()));
  // The team adds the worker's State behind the chunk; it goes on to f in the same place.
  auto map = [&f](const Range& chunk, auto&... state) requires requires(const std::uint64_t& i) {
    f(i, state...);
  }
  {
    std::vector<value> part;
    part.reserve(static_cast<std::size_t>(chunk.last() - chunk.first()));
    for (std::uint64_t i = chunk.first(); i != chunk.last(); ++i) part.push_back(f(i, state...));
    return part;
  };
  auto append = [&all](std::vector<value>&& part) {
    all.insert(all.end(), std::make_move_iterator(part.begin()),
               std::make_move_iterator(part.end()));
  };
  detail::ordered_run<Team, Range, decltype(map), decltype(append)>(team, range, chunk_size, map,
                                                                    append, options)
      .run();
  return all;
}

} // namespace v0
} // namespace orderly

#endif // ORDERLY_ORDERED_TRANSFORM_HPP
