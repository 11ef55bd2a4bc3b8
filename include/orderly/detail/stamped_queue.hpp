// SPDX-License-Identifier: MIT
//
// orderly/detail/stamped_queue.hpp: what bounded_queue is for elements whose moves do not throw: a
// stamped_ring, and sleepers at both of its ends. No lock is taken unless somebody sleeps.
//
// Sleeping and waking (sleepers.hpp argues the mechanism). The state that consumers look at is the tail,
// that producers look at is the head; to claim slots is the change, and whoever claimed k of them
// chooses up to k of the others once they are stamped.
#ifndef ORDERLY_DETAIL_STAMPED_QUEUE_HPP
#define ORDERLY_DETAIL_STAMPED_QUEUE_HPP

#include "orderly/conqueue_status.hpp"
#include "orderly/detail/cache_line.hpp"
#include "orderly/detail/materialize.hpp"
#include "orderly/detail/parking.hpp"
#include "orderly/detail/sleepers.hpp"
#include "orderly/detail/stamped_ring.hpp"

#include <cstddef>     // size_t
#include <limits>      // numeric_limits: all sleepers
#include <optional>    // what a consumer gets
#include <type_traits> // what cannot throw
#include <utility>     // forward, move

namespace orderly {
inline namespace v0 {
namespace detail {

template <class T, class Sync>
class stamped_queue {
 public:
  static constexpr std::size_t bytes_per_element() {
    return stamped_ring<T, Sync>::bytes_per_slot();
  }

  explicit stamped_queue(std::size_t capacity) : ring_(capacity) {}

  std::size_t capacity() const noexcept { return ring_.capacity(); }
  std::size_t size_hint() const noexcept { return ring_.size_hint(); }
  bool is_closed() const noexcept { return ring_.closed(); }

  void close() noexcept {
    constexpr auto all = (std::numeric_limits<std::size_t>::max)();
    ring_.close();
    consumers_.wake(all);
    producers_.wake(all);
  }

  template <class Limit, class... Args>
  conqueue_status deposit(Limit limit, Args&&... args) {
    if constexpr (!std::is_nothrow_constructible_v<T, Args...>) {
      return deposit(limit,
                     T(std::forward<Args>(args)...)); // what can throw comes before the claim
    } else {
      (materialize(args), ...);
      run slot{0, 1};
      const outcome claim = claim_free(slot, limit);
      if (claim != outcome::success) return status(claim, conqueue_status::full);
      ring_.put(slot.first, std::forward<Args>(args)...);
      consumers_.wake(1);
      return conqueue_status::success;
    }
  }

  template <class Limit>
  std::optional<T> extract(Limit limit, conqueue_status& result) noexcept {
    run slot{0, 1};
    const outcome claim = claim_filled(slot, limit);
    result = status(claim, conqueue_status::empty);
    if (claim != outcome::success) return std::nullopt;
    std::optional<T> element(std::in_place, std::move(ring_.element(slot.first)));
    ring_.give_back(slot.first);
    producers_.wake(1);
    return element;
  }

  template <class Iterator>
  std::size_t push_n(Iterator first, std::size_t count) {
    std::size_t pushed = 0;
    while (pushed < count) {
      if constexpr (noexcept(T(*first))&& noexcept(++first)) {
        run slots{0, count - pushed};
        if (claim_free(slots, without_deadline{}) != outcome::success) break;
        for (std::size_t i = 0; i < slots.count; ++i, ++first)
          ring_.put(ring_.after(slots.first, i), *first);
        consumers_.wake(slots.count);
        pushed += slots.count;
      } else {
        if (deposit(without_deadline{}, *first) != conqueue_status::success) break;
        ++pushed;
        ++first;
      }
    }
    return pushed;
  }

  template <class Output>
  std::size_t pop_n(Output out, std::size_t most) {
    if (most == 0) return 0;
    if constexpr (noexcept(*out = std::declval<T>())&& noexcept(++out)) {
      run slots{0, most};
      if (claim_filled(slots, without_deadline{}) != outcome::success) return 0;
      for (std::size_t i = 0; i < slots.count; ++i, ++out) {
        const auto at = ring_.after(slots.first, i);
        *out = std::move(ring_.element(at));
        ring_.give_back(at);
      }
      producers_.wake(slots.count);
      return slots.count;
    } else { // one by one, so that an exception costs one element
      std::size_t taken = 0;
      conqueue_status result{};
      for (auto next = extract(without_deadline{}, result); next;
           next = extract(no_waiting{}, result)) {
        *out = std::move(*next);
        ++out;
        if (++taken == most) break;
      }
      return taken;
    }
  }

 private:
  using ring = stamped_ring<T, Sync>;
  using run = typename ring::run;
  using outcome = typename ring::outcome;
  using sleepers = basic_sleepers<Sync>;

  static conqueue_status status(outcome claim, conqueue_status if_none) noexcept {
    return claim == outcome::success  ? conqueue_status::success
           : claim == outcome::closed ? conqueue_status::closed
                                      : if_none;
  }

  template <class Limit>
  outcome claim_free(run& slots, Limit limit) noexcept {
    return claim([&] { return ring_.claim_free(slots); }, [&] { return ring_.may_put(); },
                 producers_, limit);
  }
  template <class Limit>
  outcome claim_filled(run& slots, Limit limit) noexcept {
    return claim([&] { return ring_.claim_filled(slots); }, [&] { return ring_.may_take(); },
                 consumers_, limit);
  }

  // Attempts until it succeeds, the queue is closed, or the limit is reached.
  template <class Attempt, class Ready, class Limit>
  static outcome claim(Attempt attempt, Ready ready, sleepers& beside, Limit limit) noexcept {
    for (;;) {
      const outcome result = attempt();
      if (result != outcome::none) return result;
      if constexpr (std::is_same_v<Limit, no_waiting>)
        return result;
      else if (!becomes_ready(ready) && !beside.wait(ready, limit))
        return result;
    }
  }

  // A look at the ring before linking saves both sides the mutex.
  template <class Ready>
  static bool becomes_ready(Ready ready) noexcept {
    for (int i = 0; i < Sync::state_pauses; ++i, Sync::pause())
      if (ready()) return true;
    return false;
  }

  ring ring_;
  alignas(cache_line) sleepers consumers_;
  alignas(cache_line) sleepers producers_;
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_STAMPED_QUEUE_HPP
