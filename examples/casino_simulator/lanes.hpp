// SPDX-License-Identifier: MIT
//
// Eight sessions at a time, in lanes of vectors: the quick way to play sessions with constant stakes.
//
// In each round every lane is dealt a block of hands of its own session, and then all lanes book
// their hands side by side, hand 1 of each, hand 2 of each, and so on: no step of a lane waits for
// another lane's. A lane whose session ends within the block does nothing for the rest of it and
// takes the next session. Every session draws from its own stream as always, so the results are those
// of play_session, bit for bit; only the order in which sessions end is another, and callers that
// write rows put them in order again.
//
// Amounts are 32-bit here. `fits` says whether a plan's profits can never leave them.
//
//   if (casino::lane_player<casino::law_engine>::fits(plan)) {
//     casino::lane_player<casino::law_engine>(plan, engine).play(chunk, seen, finished);
//   }
#ifndef ORDERLY_EXAMPLES_CASINO_LANES_HPP
#define ORDERLY_EXAMPLES_CASINO_LANES_HPP

#include "joint_law.hpp"
#include "session.hpp"
#include "statistics.hpp"
#include "vector_path.hpp"

#include "orderly/seed_range.hpp"

#include <algorithm> // min, max
#include <array>     // lanes
#include <cstddef>   // size_t
#include <cstdint>   // amounts of 32 bits
#include <optional>  // streams that are not open yet

namespace casino {

inline constexpr unsigned lane_count = 8;

namespace detail {

using lane_amounts = std::array<std::int32_t, lane_count>;

struct alignas(32) lane_state {
  lane_amounts profit{}, peak{}, low{}, fall{}, fall_peak{};
  lane_amounts playing{}; ///< -1 while the session goes on, else 0
  lane_amounts dealt{};   ///< how many hands of the block there are
  lane_amounts booked{};  ///< how many of them were played
};

/// The books of all lanes, and one block of hands for each.
struct lane_books {
  lane_state state;
  /// What each hand brings; afterwards the profit after it.
  alignas(32) std::array<lane_amounts, block_size> hands{};
};

/// Books the blocks. A session goes on while floor < profit < ceiling.
ORDERLY_CASINO_INLINE void book_lanes(lane_books& books, std::int32_t floor, std::int32_t ceiling) {
  lane_state s = books.state; // nothing else can change it, so it may stay in registers
  s.booked = {};
  for (unsigned i = 0; i < block_size; ++i) {
    lane_amounts& hands = books.hands[i];
    for (unsigned l = 0; l < lane_count; ++l) {
      const std::int32_t there = static_cast<std::int32_t>(i) < s.dealt[l] ? -1 : 0;
      const std::int32_t on = s.playing[l] & there;
      const std::int32_t profit = s.profit[l] + (hands[l] & on);
      const std::int32_t peak = s.peak[l] > profit ? s.peak[l] : profit;
      const std::int32_t fall = peak - profit;
      const bool deeper = fall > s.fall[l];
      s.fall_peak[l] = deeper ? peak : s.fall_peak[l];
      s.fall[l] = deeper ? fall : s.fall[l];
      s.low[l] = s.low[l] < profit ? s.low[l] : profit;
      s.peak[l] = peak;
      s.profit[l] = profit;
      hands[l] = profit;
      s.booked[l] -= on;
      const std::int32_t above = profit > floor ? -1 : 0;
      const std::int32_t below = profit < ceiling ? -1 : 0;
      s.playing[l] &= above & below;
    }
  }
  books.state = s;
}

inline void book_lanes_portable(lane_books& books, std::int32_t floor, std::int32_t ceiling) {
  book_lanes(books, floor, ceiling);
}
ORDERLY_CASINO_AVX2 inline void book_lanes_avx2(lane_books& books, std::int32_t floor,
                                                std::int32_t ceiling) {
  book_lanes(books, floor, ceiling);
}

} // namespace detail

/// Plays with one plan and one engine. Immutable, so all workers may share one.
template <class Engine>
class lane_player {
 public:
  /// Are stakes constant, and does no profit leave 30 bits?
  static bool fits(const session_plan& plan) {
    if (!plan.constant_stakes()) return false;
    std::int64_t largest = 0;
    for (std::size_t c = 0; c < cells; ++c) {
      const auto& hand = plan.fixed(static_cast<cell>(c));
      largest = (std::max)({largest, hand.net, -hand.net, hand.bonus_net, -hand.bonus_net});
    }
    const auto hands = static_cast<std::int64_t>(plan.rules().hands);
    return plan.rules().bankroll <= limit && largest <= limit / hands;
  }

  /// Precondition: fits(plan).
  lane_player(const session_plan& plan, const Engine& engine)
      : plan_(&plan),
        engine_(&engine),
        book_(engine.path() == vector_path::avx2 ? detail::book_lanes_avx2
                                                 : detail::book_lanes_portable),
        floor_(static_cast<std::int32_t>((std::max)(plan.floor(), -limit))),
        ceiling_(static_cast<std::int32_t>((std::min)(plan.ceiling(), limit))) {
    for (std::size_t c = 0; c < cells; ++c) {
      const auto& hand = plan.fixed(static_cast<cell>(c));
      const auto bets = static_cast<std::int64_t>(outcome_of(static_cast<cell>(c)).bets);
      hands_[c] = {static_cast<std::int32_t>(hand.net), hand.bonus_net * bets_end + bets};
    }
  }

  /// Plays the sessions of a chunk and counts them; finished(session, result) is called for each, in
  /// the order in which they end.
  template <class Finished>
  void play(const orderly::seed_range& chunk, statistics& seen, Finished&& finished) const;

 private:
  static constexpr std::int64_t limit = std::int64_t{1} << 30U;
  // A session has at most a million hands, so fewer bets than this, and bonuses above it.
  static constexpr std::int64_t bets_end = std::int64_t{1} << 24U;
  static constexpr cell no_hand = 255;

  struct hand_value {
    std::int32_t net = 0;
    std::int64_t bonus_and_bets = 0; // bonus_net * bets_end + bets
  };

  struct lane {
    std::uint64_t session = 0;
    std::optional<typename Engine::stream> stream;
    std::optional<checkpoint_recorder> recorder;
    std::uint64_t hands = 0;
    std::int64_t bonus_and_bets = 0;
    cell_block block;
  };

  void open(lane& at, unsigned l, detail::lane_books& books, const orderly::seed_range& chunk,
            std::uint64_t session, statistics& seen) const;
  void deal(lane& at, unsigned l, detail::lane_books& books, cell_counter& counts) const;
  bool look(lane& at, unsigned l, const detail::lane_books& books, cell_counter& counts) const;
  session_result result_of(const lane& at, unsigned l, const detail::lane_books& books) const;

  const session_plan* plan_;
  const Engine* engine_;
  void (*book_)(detail::lane_books&, std::int32_t, std::int32_t);
  std::int32_t floor_;
  std::int32_t ceiling_;
  std::array<hand_value, 256> hands_{}; // by cell; nothing beyond them
};

template <class Engine>
template <class Finished>
void lane_player<Engine>::play(const orderly::seed_range& chunk, statistics& seen,
                               Finished&& finished) const {
  cell_counter counts(seen);
  detail::lane_books books;
  std::array<lane, lane_count> lanes;
  std::uint64_t next = chunk.first();
  unsigned playing = 0;
  const auto start = [&](unsigned l) {
    if (next == chunk.last()) return;
    open(lanes[l], l, books, chunk, next++, seen);
    ++playing;
  };
  for (unsigned l = 0; l < lane_count; ++l) start(l);
  while (playing != 0) {
    for (unsigned l = 0; l < lane_count; ++l) {
      if (lanes[l].stream) deal(lanes[l], l, books, counts);
    }
    book_(books, floor_, ceiling_);
    for (unsigned l = 0; l < lane_count; ++l) {
      if (!lanes[l].stream || !look(lanes[l], l, books, counts)) continue;
      const session_result result = result_of(lanes[l], l, books);
      seen.add(result);
      finished(lanes[l].session, result);
      lanes[l].stream.reset();
      books.state.playing[l] = books.state.dealt[l] = 0;
      --playing;
      start(l);
    }
  }
}

template <class Engine>
void lane_player<Engine>::open(lane& at, unsigned l, detail::lane_books& books,
                               const orderly::seed_range& chunk, std::uint64_t session,
                               statistics& seen) const {
  at.session = session;
  at.stream.emplace(engine_->open(chunk, session));
  at.recorder.emplace(seen);
  at.hands = 0;
  at.bonus_and_bets = 0;
  books.state.profit[l] = books.state.peak[l] = books.state.low[l] = books.state.fall[l] =
      books.state.fall_peak[l] = 0;
  books.state.playing[l] = -1;
}

/// Hands are counted as they are dealt; those that are not played are taken back by `look`.
template <class Engine>
void lane_player<Engine>::deal(lane& at, unsigned l, detail::lane_books& books,
                               cell_counter& counts) const {
  const std::uint64_t left = plan_->rules().hands - at.hands;
  const auto dealt =
      static_cast<unsigned>((std::min)(std::uint64_t{engine_->deal(*at.stream, at.block)}, left));
  books.state.dealt[l] = static_cast<std::int32_t>(dealt);
  // What is beyond is no hand at all, so that the number of hands decides no jump.
  for (unsigned i = 0; i < block_size; ++i) {
    at.block[i] = static_cast<cell>(i) < static_cast<cell>(dealt) ? at.block[i] : no_hand;
  }
  std::int64_t sum = 0;
  for (unsigned i = 0; i < block_size; ++i) {
    const hand_value& hand = hands_[at.block[i]];
    books.hands[i][l] = hand.net;
    sum += hand.bonus_and_bets;
    counts.count(at.block[i], i);
  }
  at.bonus_and_bets += sum;
}

/// Notes what a lane's block was; is its session over?
template <class Engine>
bool lane_player<Engine>::look(lane& at, unsigned l, const detail::lane_books& books,
                               cell_counter& counts) const {
  const auto booked = static_cast<unsigned>(books.state.booked[l]);
  at.hands += booked;
  const bool over = books.state.playing[l] == 0 || at.hands == plan_->rules().hands;
  at.recorder->look(at.hands, booked, over,
                    [&](std::size_t i) { return std::int64_t{books.hands[i][l]}; });
  if (!over) return false;
  const auto dealt = static_cast<unsigned>(books.state.dealt[l]);
  counts.take_back(at.block.data() + booked, dealt - booked);
  for (unsigned i = booked; i < dealt; ++i) {
    at.bonus_and_bets -= hands_[at.block[i]].bonus_and_bets;
  }
  return true;
}

template <class Engine>
session_result lane_player<Engine>::result_of(const lane& at, unsigned l,
                                              const detail::lane_books& books) const {
  const stakes put = plan_->first_stakes();
  session_result result;
  result.profit = books.state.profit[l];
  result.hands = at.hands;
  result.peak = books.state.peak[l];
  result.low = books.state.low[l];
  result.max_drawdown = books.state.fall[l];
  result.drawdown_peak = books.state.fall_peak[l];
  result.wagered = put.bet * (at.bonus_and_bets & (bets_end - 1));
  result.bonus_wagered = (put.bonus + put.five_card_bonus) * static_cast<std::int64_t>(at.hands);
  result.bonus_net = at.bonus_and_bets >> 24U;
  result.stop = plan_->why_stopped(result);
  return result;
}

} // namespace casino

#endif
