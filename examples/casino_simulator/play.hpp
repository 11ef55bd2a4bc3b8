// SPDX-License-Identifier: MIT
//
// Playing sessions: one seat with hands from an engine, or a table whose seats share the common
// cards.
//
// A table deals from a fresh deck each round: three cards to each seat in turn, then the dealer's
// burned cards, then the two common cards; this is stream.deal of so many cards from the deck in
// increasing order. A seat whose session is over keeps its place and gets cards that nobody looks
// at, so that no seat's fate changes another's cards; the table closes when the last seat is done.
// Whatever the number of seats and burned cards, five cards of a shuffled deck have one and the
// same law.
//
// An observer is told about every hand: observe(seat, hand). It costs the speed of the blocks, so
// it is for logs and samples.
#ifndef ORDERLY_EXAMPLES_CASINO_PLAY_HPP
#define ORDERLY_EXAMPLES_CASINO_PLAY_HPP

#include "card_engine.hpp"
#include "session.hpp"
#include "statistics.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm> // min
#include <array>     // the deck
#include <cstddef>   // size_t
#include <cstdint>   // numbers of hands
#include <numeric>   // iota
#include <vector>    // seats

namespace casino {

/// One hand as an observer sees it.
struct observed_hand {
  std::uint64_t number = 0; ///< within the session, from 1
  cell what = 0;
  const dealt_cards* cards = nullptr; ///< none from the law engine
  stakes put;
  std::int64_t net = 0;    ///< what the hand brought
  std::int64_t profit = 0; ///< of the session, after the hand
};

/// Plays one session with hands from `engine.deal(stream, block)` and counts it.
template <class Engine>
session_result play_session(const session_plan& plan, const Engine& engine,
                            typename Engine::stream stream, statistics& seen, cell_counter& hands) {
  session_ledger ledger(plan);
  checkpoint_recorder recorder(seen);
  cell_block block;
  std::array<std::int64_t, block_size> profits;
  do {
    const std::uint64_t left = plan.rules().hands - ledger.result().hands;
    const std::uint64_t dealt = engine.deal(stream, block);
    const unsigned booked =
        ledger.book(block.data(), static_cast<unsigned>((std::min)(dealt, left)), profits.data());
    recorder.look(ledger.result().hands, booked, ledger.over(),
                  [&](std::size_t i) { return profits[i]; });
    hands.count(block.data(), booked);
  } while (!ledger.over());
  seen.add(ledger.result());
  return ledger.result();
}

/// Books one hand of a seat and tells the observer.
template <class Observer>
void play_hand(session_ledger& ledger, checkpoint_recorder& recorder, cell_counter& hands,
               unsigned seat, cell hand, const dealt_cards* cards, Observer&& observe) {
  const stakes put = ledger.next_stakes();
  const std::int64_t before = ledger.result().profit;
  ledger.book(hand);
  const std::int64_t profit = ledger.result().profit;
  recorder.look(ledger.result().hands, 1, ledger.over(), [&](std::size_t) { return profit; });
  hands.count(&hand, 1);
  observe(seat, observed_hand{ledger.result().hands, hand, cards, put, profit - before, profit});
}

/// The same session, hand by hand.
template <class Engine, class Observer>
session_result watch_session(const session_plan& plan, const Engine& engine,
                             typename Engine::stream stream, statistics& seen, cell_counter& hands,
                             Observer&& observe) {
  session_ledger ledger(plan);
  checkpoint_recorder recorder(seen);
  std::array<dealt_cards, block_size> cards{};
  cell_block block;
  do {
    const unsigned dealt = engine.deal(stream, block, cards);
    for (unsigned i = 0; i < dealt && !ledger.over(); ++i) {
      play_hand(ledger, recorder, hands, 0, block[i], Engine::deals_cards ? &cards[i] : nullptr,
                observe);
    }
  } while (!ledger.over());
  seen.add(ledger.result());
  return ledger.result();
}

/// The rules of a table: how many seats, and how many cards the dealer burns.
struct table_rules {
  unsigned seats = 1;
  unsigned burn = 0;

  unsigned cards() const { return 3 * seats + burn + 2; }
};

/// Plays the sessions of one table; the results are in the order of the seats.
template <class Observer>
std::vector<session_result> play_table(const session_plan& plan, const card_engine& engine,
                                       const table_rules& table, orderly::random_stream stream,
                                       statistics& seen, cell_counter& hands, Observer&& observe) {
  std::vector<session_ledger> seats(table.seats, session_ledger(plan));
  std::vector<checkpoint_recorder> recorders(table.seats, checkpoint_recorder(seen));
  std::array<card, deck_size> deck{};
  std::iota(deck.begin(), deck.end(), card{0});
  for (std::uint64_t playing = table.seats; playing != 0;) {
    seen.seat_pairs += playing * (playing - 1);
    auto fresh = deck;
    stream.deal(fresh, table.cards());
    const card* const common = fresh.data() + 3 * table.seats + table.burn;
    for (unsigned s = 0; s < table.seats; ++s) {
      if (seats[s].over()) continue;
      const card* const own = fresh.data() + 3 * s;
      const dealt_cards cards{own[0], own[1], own[2], common[0], common[1]};
      play_hand(seats[s], recorders[s], hands, s, engine.play(cards), &cards, observe);
      if (seats[s].over()) --playing;
    }
  }
  std::vector<session_result> results;
  for (const session_ledger& seat : seats) {
    seen.add(seat.result());
    results.push_back(seat.result());
  }
  return results;
}

} // namespace casino

#endif
