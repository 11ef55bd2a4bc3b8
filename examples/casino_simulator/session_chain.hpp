// SPDX-License-Identifier: MIT
//
// The chain of a session, hand by hand: how probable each profit is while the session goes on.
//
// Places are kept in rows, one for each state of the plan and, where bounds ask for it, each peak.
// In a row the stakes are the same over whole stretches of profits, so a hand moves each stretch as
// a whole, once for each result, and the inner loop is `next[i + shift] += weight * now[i]`.
//
// What leaves the chain is not followed: a row counts in `visits` how many hands are expected to be
// played from each of its places, and at the end these tell all that left, and where to.
//
//   casino::session_chain chain(model, casino::bounds_of(model));
//   for (int hand = 0; hand < 200; ++hand) chain.play_hand();
//   chain.for_each_exit([&](std::int64_t index, std::int64_t peak, double probability) { ... });
//
// Only + and * in a fixed order, each in a statement of its own: the bits are the same wherever the
// two are not fused into one operation. (GCC does so where the processor always can, as on ARM64,
// unless -ffp-contract=off is given; figures may then differ by rounding.)
#ifndef ORDERLY_EXAMPLES_CASINO_SESSION_CHAIN_HPP
#define ORDERLY_EXAMPLES_CASINO_SESSION_CHAIN_HPP

#include "session_model.hpp"

#include <algorithm> // clamp, fill, min, max
#include <cstddef>   // size_t
#include <cstdint>   // units
#include <deque>     // rows, which stay where they are
#include <map>       // moves by stakes
#include <tuple>     // their key
#include <utility>   // swap
#include <vector>    // places

namespace casino {

namespace detail {
/// What one result does: `weight` of what is at a place goes `shift` places up.
struct chain_move {
  std::int64_t shift = 0;
  staking::state state = 0;
  double weight = 0;
};

/// Neighbouring places at which the stakes are the same, up to `end`; no moves if a hand cannot be
/// paid for.
struct chain_stretch {
  std::int64_t end = 0;
  const std::vector<chain_move>* moves = nullptr;
};

/// The probabilities of a row's places; those outside [first, last) are 0.
struct chain_masses {
  std::vector<double> at;
  std::int64_t first = 0;
  std::int64_t last = 0;

  bool empty() const { return first == last; }
  double operator[](std::int64_t i) const { return at[static_cast<std::size_t>(i)]; }

  void cover(std::int64_t from, std::int64_t to) {
    if (to > static_cast<std::int64_t>(at.size())) at.resize(static_cast<std::size_t>(to));
    first = empty() ? from : (std::min)(first, from);
    last = (std::max)(last, to);
  }
  void clear() {
    std::fill(at.begin() + first, at.begin() + last, 0.0);
    first = last = 0;
  }
  void drop_negligible() {
    double* const data = at.data();
    for (std::int64_t i = first; i < last; ++i) data[i] = data[i] < negligible ? 0.0 : data[i];
    while (first < last && data[first] == 0) ++first;
    while (first < last && data[last - 1] == 0) --last;
    if (first == last) first = last = 0;
  }
};

struct chain_row {
  staking::state state = 0;
  std::int64_t peak = chain_bounds::far;
  std::int64_t bottom = 0; ///< the profit of place 0
  chain_masses now;
  chain_masses next;
  std::vector<double> visits;
  std::vector<chain_stretch> stretches;

  std::int64_t known() const { return stretches.empty() ? 0 : stretches.back().end; }

  void count_visits() {
    if (visits.size() < now.at.size()) visits.resize(now.at.size());
    double* const data = visits.data();
    for (std::int64_t i = now.first; i < now.last; ++i) data[i] += now[i];
  }
  void turn() {
    now.clear();
    std::swap(now, next);
    now.drop_negligible();
  }
  /// Calls visit(first, last, moves) for every stretch that meets [from, to).
  template <class Visit>
  void for_each_stretch(std::int64_t from, std::int64_t to, Visit&& visit) const {
    std::int64_t begin = 0;
    for (const chain_stretch& stretch : stretches) {
      const std::int64_t first = (std::max)(begin, from);
      const std::int64_t last = (std::min)(stretch.end, to);
      if (first < last) visit(first, last, stretch.moves);
      begin = stretch.end;
    }
  }
};
} // namespace detail

/// Refers to the model, which must outlive it.
class session_chain {
 public:
  session_chain(const session_model& model, const chain_bounds& bounds)
      : model_(model),
        bounds_(bounds),
        total_(static_cast<double>(detail::total_weight(model.hand))),
        peaks_(model.plan.states()) {
    detail::chain_row& start = row_at(model.plan.start(), 0);
    start.now.cover(-start.bottom, 1 - start.bottom);
    start.now.at.back() = 1;
  }
  session_chain(const session_chain&) = delete;
  session_chain& operator=(const session_chain&) = delete;

  /// One more hand. Sessions that cannot pay for it retire.
  void play_hand() {
    for (std::size_t r = 0; r < rows_.size(); ++r) { // rows may be added meanwhile
      detail::chain_row& row = rows_[r];
      if (row.now.empty()) continue;
      learn(row);
      row.count_visits();
      row.for_each_stretch(row.now.first, row.now.last, [&](auto first, auto last, auto* moves) {
        if (moves == nullptr) return;
        for (const detail::chain_move& move : *moves) spread(row, first, last, move);
      });
    }
    place_peaks();
    for (detail::chain_row& row : rows_) row.turn();
  }

  /// The probability that one more hand is paid for.
  double playing() {
    double sum = 0;
    for (detail::chain_row& row : rows_) {
      learn(row);
      row.for_each_stretch(row.now.first, row.now.last, [&](auto first, auto last, auto* moves) {
        for (auto i = first; moves != nullptr && i < last; ++i) sum += row.now[i];
      });
    }
    return sum;
  }

  /// Calls visit(profit index, probability) for the sessions within the bounds after the last hand.
  template <class Visit>
  void for_each_present(Visit&& visit) const {
    for (const detail::chain_row& row : rows_) {
      for (std::int64_t i = row.now.first; i < row.now.last; ++i) {
        visit(row.bottom + i, row.now[i]);
      }
    }
  }

  /// The same for those that have retired.
  template <class Visit>
  void for_each_retired(Visit&& visit) const {
    for (const detail::chain_row& row : rows_) {
      row.for_each_stretch(0, visited(row), [&](auto first, auto last, auto* moves) {
        for (auto i = first; moves == nullptr && i < last; ++i) {
          visit(row.bottom + i, row.visits[static_cast<std::size_t>(i)]);
        }
      });
    }
  }

  /// Calls visit(profit index, peak before the hand, probability) for the sessions that have left
  /// the bounds, in parts: a profit may occur more than once. The peak is `far` if not followed.
  template <class Visit>
  void for_each_exit(Visit&& visit) const {
    for (const detail::chain_row& row : rows_) {
      row.for_each_stretch(0, visited(row), [&](auto first, auto last, auto* moves) {
        if (moves == nullptr) return;
        for (const detail::chain_move& move : *moves) {
          const auto leave = [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t i = from; i < to; ++i) {
              const double part = move.weight * row.visits[static_cast<std::size_t>(i)];
              visit(row.bottom + i + move.shift, row.peak, part);
            }
          };
          leave(first, (std::min)(last, -move.shift));
          leave((std::max)(first, bounds_.top - move.shift - row.bottom), last);
        }
      });
    }
  }

 private:
  static std::int64_t visited(const detail::chain_row& row) {
    return static_cast<std::int64_t>(row.visits.size());
  }

  detail::chain_row& row_at(staking::state state, std::int64_t peak) {
    const std::size_t states = model_.plan.states();
    const std::size_t number =
        (bounds_.peaks ? static_cast<std::size_t>(peak) * states : 0) + state;
    while (rows_.size() <= number) {
      detail::chain_row& row = rows_.emplace_back();
      row.state = static_cast<staking::state>((rows_.size() - 1) % states);
      row.bottom = bounds_.bottom;
      if (!bounds_.peaks) continue;
      row.peak = static_cast<std::int64_t>((rows_.size() - 1) / states);
      row.bottom = (std::max)(row.bottom, row.peak - bounds_.gap + 1);
    }
    return rows_[number];
  }

  /// Finds the stretches up to the highest place where a session is.
  void learn(detail::chain_row& row) {
    for (std::int64_t i = row.known(); i < row.now.last; ++i) {
      const auto* const moves = moves_at(row, row.bottom + i);
      if (row.stretches.empty() || row.stretches.back().moves != moves) {
        row.stretches.push_back({i, moves});
      }
      row.stretches.back().end = i + 1;
    }
  }

  const std::vector<detail::chain_move>* moves_at(const detail::chain_row& row,
                                                  std::int64_t index) {
    const std::int64_t bankroll = model_.rules.bankroll + index * bounds_.step;
    const std::int64_t drawdown = bounds_.peaks ? (row.peak - index) * bounds_.step : 0;
    if (!model_.plan.affords(row.state, bankroll, drawdown)) return nullptr;
    const stakes put = model_.plan.at(row.state, bankroll, drawdown);
    auto& moves = moves_[{row.state, put.bet, put.bonus, put.five_card_bonus}];
    if (moves.empty()) moves = moves_with(row.state, put);
    return &moves;
  }

  std::vector<detail::chain_move> moves_with(staking::state state, const stakes& put) const {
    std::map<std::int64_t, std::uint64_t> weights;
    for (const unit_result& result : model_.hand) weights[result.net(put)] += result.weight;
    std::vector<detail::chain_move> moves;
    for (const auto& [net, weight] : weights) {
      moves.push_back(
          {net / bounds_.step, model_.plan.next(state, net), static_cast<double>(weight) / total_});
    }
    return moves;
  }

  /// Moves what is at [first, last) and stays within the bounds: below the peak into a row of the
  /// same peak, above it to where new peaks are collected.
  void spread(const detail::chain_row& from, std::int64_t first, std::int64_t last,
              const detail::chain_move& move) {
    first = (std::max)(first, -move.shift);
    last = (std::min)(last, bounds_.top - move.shift - from.bottom);
    if (first >= last) return;
    const std::int64_t split = std::clamp(from.peak + 1 - move.shift - from.bottom, first, last);
    if (first < split)
      add(from, first, split, move, row_at(move.state, from.peak).next, move.shift);
    if (split < last) add(from, split, last, move, peaks_[move.state], move.shift + from.bottom);
  }

  /// Place i of `from` goes to place i + shift of `to`.
  static void add(const detail::chain_row& from, std::int64_t first, std::int64_t last,
                  const detail::chain_move& move, detail::chain_masses& to, std::int64_t shift) {
    to.cover(first + shift, last + shift);
    const double* const in = from.now.at.data() + first;
    double* const out = to.at.data() + first + shift;
    for (std::int64_t i = 0; i < last - first; ++i) {
      const double part = move.weight * in[i];
      out[i] += part;
    }
  }

  /// A new peak is the highest place of a row of its own.
  void place_peaks() {
    for (staking::state state = 0; state < peaks_.size(); ++state) {
      detail::chain_masses& fresh = peaks_[state];
      for (std::int64_t peak = fresh.first; peak < fresh.last; ++peak) {
        if (fresh[peak] < negligible) continue;
        detail::chain_row& row = row_at(state, peak);
        row.next.cover(peak - row.bottom, peak - row.bottom + 1);
        row.next.at[static_cast<std::size_t>(peak - row.bottom)] += fresh[peak];
      }
      fresh.clear();
    }
  }

  const session_model& model_;
  chain_bounds bounds_;
  double total_;
  std::deque<detail::chain_row> rows_;      // by peak, then by state
  std::vector<detail::chain_masses> peaks_; // by state; place i is a new peak of i
  std::map<std::tuple<staking::state, std::int64_t, std::int64_t, std::int64_t>,
           std::vector<detail::chain_move>>
      moves_;
};

} // namespace casino

#endif
