// SPDX-License-Identifier: MIT
//
// The sessions of a game on workers: how orderly's parts are put together here.
//
// Session i draws from stream i of a seed_range, so no worker count can change it; per_worker keeps
// one set of exact counts for each thread; ordered_for_each has the workers play chunks of sessions
// and hands the finished CSV bytes over in session order, in bounded memory; its stop flag is set by
// SIGINT, and what it has merged by then is a prefix without gaps.
#ifndef ORDERLY_EXAMPLES_CASINO_SIMULATE_HPP
#define ORDERLY_EXAMPLES_CASINO_SIMULATE_HPP

#include "csv_rows.hpp"
#include "game.hpp"
#include "lanes.hpp"
#include "play.hpp"
#include "simulation_page.hpp"
#include "statistics.hpp"

#include "orderly/ordered_for_each.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // clamp
#include <cstdint>   // session numbers
#include <optional>  // the quick way, where there is one
#include <string>    // rows
#include <utility>   // move
#include <vector>    // results of a table

namespace casino {

/// What is written of a chunk of sessions.
struct chunk_rows {
  std::string sessions;
  std::string hands;
};

struct row_choice {
  bool sessions = false;     ///< whether there is a row for each session
  std::uint64_t watched = 0; ///< the hands of the sessions below this number have rows
};

/// A part of the input, as every chunk size: about a quarter of a million hands, whatever the
/// number of workers.
inline std::uint64_t sessions_per_chunk(const session_rules& rules) {
  return std::clamp<std::uint64_t>(262'144 / rules.hands, 1, 1024);
}

/// Plays one session, of all seats, and tells the observer about every hand.
template <class Engine, class Observer>
std::vector<session_result> watch(const game& played, const Engine& engine,
                                  const orderly::seed_range& sessions, std::uint64_t session,
                                  statistics& seen, cell_counter& hands, Observer&& observe) {
  if constexpr (Engine::deals_cards) {
    if (!played.single_seat()) {
      return play_table(played.plan, engine, played.table, engine.open(sessions, session), seen,
                        hands, observe);
    }
  }
  return {watch_session(played.plan, engine, engine.open(sessions, session), seen, hands, observe)};
}

/// Plays the sessions of a chunk, counts them, and returns the rows that are wanted. It reads nothing
/// but the chunk and the game, so it gives the same on any worker.
template <class Engine>
class chunk_player {
 public:
  chunk_player(const game& played, const Engine& engine, row_choice rows)
      : game_(&played), engine_(&engine), rows_(rows) {
    if (!at_table() && lane_player<Engine>::fits(played.plan)) {
      lanes_.emplace(played.plan, engine);
    }
  }

  chunk_rows operator()(const orderly::seed_range& chunk, statistics& seen) const {
    chunk_rows rows;
    if (lanes_ && chunk.first() >= rows_.watched) {
      play_in_lanes(chunk, seen, rows);
      return rows;
    }
    cell_counter hands(seen);
    for (const std::uint64_t session : chunk) {
      if (session < rows_.watched || at_table()) {
        play_slowly(chunk, session, seen, hands, rows);
      } else {
        const auto result =
            play_session(game_->plan, *engine_, engine_->open(chunk, session), seen, hands);
        add_row(session, 0, result, rows);
      }
    }
    return rows;
  }

 private:
  /// Are whole tables dealt? Without cards, burning some of them changes nothing.
  bool at_table() const { return Engine::deals_cards && !game_->single_seat(); }

  void play_in_lanes(const orderly::seed_range& chunk, statistics& seen, chunk_rows& rows) const {
    std::vector<session_result> results(rows_.sessions ? static_cast<std::size_t>(chunk.size())
                                                       : 0);
    lanes_->play(chunk, seen, [&](std::uint64_t session, const session_result& result) {
      if (rows_.sessions) results[static_cast<std::size_t>(session - chunk.first())] = result;
    });
    for (std::size_t i = 0; i < results.size(); ++i) {
      add_row(chunk.first() + i, 0, results[i], rows);
    }
  }

  void play_slowly(const orderly::seed_range& chunk, std::uint64_t session, statistics& seen,
                   cell_counter& hands, chunk_rows& rows) const {
    const auto observe = [&](unsigned seat, const observed_hand& hand) {
      if (session >= rows_.watched) return;
      append_hand_row(rows.hands, session, seat, game_->plan.rules().bankroll, hand);
    };
    const auto results = watch(*game_, *engine_, chunk, session, seen, hands, observe);
    for (std::size_t seat = 0; seat < results.size(); ++seat) {
      add_row(session, seat, results[seat], rows);
    }
  }

  void add_row(std::uint64_t session, std::size_t seat, const session_result& result,
               chunk_rows& rows) const {
    if (!rows_.sessions) return;
    append_csv_row(rows.sessions, session, seat, game_->plan.rules().bankroll, result);
  }

  const game* game_;
  const Engine* engine_;
  row_choice rows_;
  std::optional<lane_player<Engine>> lanes_; // where they can be used
};

/// Plays all sessions, or those until `run.stop` is set, in chunks of `chunk_size`; sink(chunk_rows)
/// is called in session order. The result counts the sessions that were played: [0, n) for some n.
template <class Engine, class Sink>
statistics play_all(orderly::worker_pool& pool, const game& played, const Engine& engine,
                    const orderly::seed_range& sessions, std::uint64_t chunk_size, row_choice rows,
                    Sink&& sink, const orderly::ordered_options& run = {}) {
  orderly::per_worker<statistics> counts(pool,
                                         [&](std::size_t) { return statistics(played.plan); });
  orderly::ordered_for_each(
      counts, sessions, chunk_size, chunk_player<Engine>(played, engine, rows),
      [&](const orderly::seed_range&, chunk_rows&& written) { sink(std::move(written)); }, run);
  statistics all(played.plan);
  for (std::size_t worker = 0; worker < counts.size(); ++worker) all += counts[worker];
  return all;
}

/// How the first sessions went, at the first seat: about 400 points of each. Any session can be
/// played again by its number.
template <class Engine>
std::vector<sample_path> sample_paths(const game& played, const Engine& engine,
                                      const orderly::seed_range& sessions, std::uint64_t count) {
  std::vector<sample_path> paths;
  statistics ignored(played.plan);
  cell_counter hands(ignored);
  const std::uint64_t stride = played.plan.rules().hands / 400 + 1;
  for (std::uint64_t session = 0; session < count && session < sessions.last(); ++session) {
    sample_path path{{0, 0}};
    std::pair<std::uint64_t, std::int64_t> last;
    watch(played, engine, sessions, session, ignored, hands,
          [&](unsigned seat, const observed_hand& hand) {
            if (seat != 0) return;
            last = {hand.number, hand.profit};
            if (hand.number % stride == 0) path.push_back(last);
          });
    if (path.back() != last) path.push_back(last);
    paths.push_back(std::move(path));
  }
  return paths;
}

} // namespace casino

#endif
