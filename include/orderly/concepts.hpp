// SPDX-License-Identifier: MIT
//
// orderly/concepts.hpp: what the parts ask of each other and of the user's types.
//
// A concept stands at the outermost signature of every function template of the upper layers, so
// that a wrong argument is reported by the concept's name and not by a page of instantiations.
#ifndef ORDERLY_CONCEPTS_HPP
#define ORDERLY_CONCEPTS_HPP

#include <concepts>    // invocable, convertible_to
#include <cstddef>     // size_t
#include <cstdint>     // uint64_t
#include <optional>    // what a source returns
#include <type_traits> // invoke_result_t

namespace orderly {
inline namespace v0 {

// A half-open range of 64-bit indices that can be cut into chunks of its own type: index_range,
// seed_range, or a user's range with data of its own.
template <class R>
concept chunkable_range = std::copy_constructible<R> &&
    requires(const R& range, std::uint64_t n, std::size_t k) {
  { range.first() } -> std::convertible_to<std::uint64_t>;
  { range.last() } -> std::convertible_to<std::uint64_t>;
  { range.chunks(n).size() } -> std::convertible_to<std::uint64_t>;
  { range.chunks(n)[n] } -> std::convertible_to<R>;
};

// Something that runs work on a fixed set of workers: worker_pool, or per_worker<State>, which adds
// the worker's State to the arguments of every call.
template <class T>
concept worker_team = requires(T& team) {
  { team.size() } -> std::convertible_to<std::size_t>;
  team.pool();
};

namespace detail {

// What f(args...) gives when `team` calls it for one of its workers.
template <class Team, class F, class... Args>
using team_result_t = decltype(std::declval<Team&>().invoke_on(std::size_t{}, std::declval<F&>(),
                                                               std::declval<Args>()...));

// A map that gives nothing still has a place in the merge.
struct nothing {};
template <class T>
using storable_t = std::conditional_t<std::is_void_v<T>, nothing, std::remove_cvref_t<T>>;

} // namespace detail

// map(chunk) on a worker_pool, map(chunk, state) on a per_worker<State>.
template <class Map, class Team, class Range>
concept chunk_map = requires(Team& team, Map& map, const Range& chunk) {
  team.invoke_on(std::size_t{}, map, chunk);
};

// f(index) on a worker_pool, f(index, state) on a per_worker<State>.
template <class F, class Team>
concept index_function = requires(Team& team, F& f, const std::uint64_t& index) {
  team.invoke_on(std::size_t{}, f, index);
};

// map(item) on a worker_pool, map(item, state) on a per_worker<State>.
template <class Map, class Team, class Item>
concept item_map = requires(Team& team, Map& map, Item&& item) {
  team.invoke_on(std::size_t{}, map, static_cast<Item&&>(item));
};

// sink(where, result) or sink(result); sink(where) or sink() where the map gives nothing.
template <class Sink, class Where, class Result>
concept ordered_sink = (std::is_void_v<Result> &&
                        (std::invocable<Sink&, const Where&> || std::invocable<Sink&>)) ||
                       (!std::is_void_v<Result> &&
                        (std::invocable<Sink&, const Where&, detail::storable_t<Result>> ||
                         std::invocable<Sink&, detail::storable_t<Result>>));

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
} // namespace detail

// source() gives std::optional<Item>: the next item, or nothing at the end.
template <class Source>
concept item_source = std::invocable<Source&> && detail::is_optional<std::invoke_result_t<Source&>>;

} // namespace v0
} // namespace orderly

#endif // ORDERLY_CONCEPTS_HPP
