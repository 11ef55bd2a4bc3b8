// SPDX-License-Identifier: MIT
//
// orderly/concepts.hpp: what the parts ask of each other and of the user's types.
//
// A concept stands at the outermost signature of every function template of the upper layers, so
// that a wrong argument is reported by the concept's name and not by a page of instantiations.
#ifndef ORDERLY_CONCEPTS_HPP
#define ORDERLY_CONCEPTS_HPP

#include <concepts>    // convertible_to
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <optional>    // what a source returns
#include <type_traits> // is_invocable_v, invoke_result_t
#include <utility>     // declval

namespace orderly {
inline namespace v0 {

namespace detail {

// What f(args...) gives when `team` calls it for one of its workers.
template <class Team, class F, class... Args>
using team_result_t = decltype(std::declval<Team&>().invoke_on(std::size_t{}, std::declval<F&>(),
                                                               std::declval<Args>()...));

// A map that gives nothing still has a place in the merge.
struct nothing {};
template <class T>
using storable_t = std::conditional_t<std::is_void_v<T>, nothing, std::remove_cvref_t<T>>;

// The concepts below are written over these variables and not over their parts, so that a compiler
// that refuses an argument says the concept's name and one line, not the whole tree of reasons.
template <class R>
inline constexpr bool has_chunks = requires(const R& range, std::uint64_t n, std::size_t k) {
  { range.first() } -> std::convertible_to<std::uint64_t>;
  { range.last() } -> std::convertible_to<std::uint64_t>;
  { range.chunks(n).size() } -> std::convertible_to<std::uint64_t>;
  { range.chunks(n)[n] } -> std::convertible_to<R>;
};

template <class Team>
inline constexpr bool runs_workers = requires(Team& team) {
  { team.size() } -> std::convertible_to<std::size_t>;
  team.pool();
};

template <class Team, class F, class... Args>
inline constexpr bool team_can_call = requires(Team& team, F& f) {
  team.invoke_on(std::size_t{}, f, std::declval<Args>()...);
};

template <class Sink, class Where, class Result>
inline constexpr bool can_sink =
    std::is_void_v<Result> ? std::is_invocable_v<Sink&, const Where&> || std::is_invocable_v<Sink&>
                           : std::is_invocable_v<Sink&, const Where&, storable_t<Result>> ||
                                 std::is_invocable_v<Sink&, storable_t<Result>>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class Source>
inline constexpr bool gives_optional = false;
template <class Source>
requires std::is_invocable_v<Source&>
inline constexpr bool gives_optional<Source> = is_optional<std::invoke_result_t<Source&>>;

} // namespace detail

// A half-open range of 64-bit indices that can be cut into chunks of its own type: index_range,
// seed_range, or a user's range with data of its own. A value: copied freely.
template <class R>
concept chunkable_range = detail::has_chunks<R>;

// Something that runs work on a fixed set of workers: worker_pool, or per_worker<State>, which adds
// the worker's State to the arguments of every call.
template <class T>
concept worker_team = detail::runs_workers<T>;

// map(chunk) on a worker_pool, map(chunk, state) on a per_worker<State>.
template <class Map, class Team, class Range>
concept chunk_map = detail::team_can_call<Team, Map, const Range&>;

// f(index) on a worker_pool, f(index, state) on a per_worker<State>.
template <class F, class Team>
concept index_function = detail::team_can_call<Team, F, const std::uint64_t&>;

// map(item) on a worker_pool, map(item, state) on a per_worker<State>.
template <class Map, class Team, class Item>
concept item_map = detail::team_can_call<Team, Map, Item>;

// sink(where, result) or sink(result); sink(where) or sink() where the map gives nothing.
template <class Sink, class Where, class Result>
concept ordered_sink = detail::can_sink<Sink, Where, Result>;

// source() gives std::optional<Item>: the next item, or nothing at the end.
template <class Source>
concept item_source = detail::gives_optional<Source>;

} // namespace v0
} // namespace orderly

#endif // ORDERLY_CONCEPTS_HPP
