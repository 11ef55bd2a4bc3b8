// SPDX-License-Identifier: MIT
//
// How fast the engines play sessions: every engine and path that this machine has, on one worker and
// on all, interleaved in rounds so that a slow moment hits all alike. What is shown is the median.
#ifndef ORDERLY_EXAMPLES_CASINO_BENCH_HPP
#define ORDERLY_EXAMPLES_CASINO_BENCH_HPP

#include "../support/json_text.hpp"
#include "card_engine.hpp"
#include "exact.hpp"
#include "law_engine.hpp"
#include "simulate.hpp"
#include "text_report.hpp"

#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>  // sort, max
#include <chrono>     // seconds
#include <cstddef>    // worker counts
#include <cstdint>    // sessions
#include <deque>      // engines
#include <functional> // what is measured
#include <string>     // names
#include <utility>    // move
#include <vector>     // samples

namespace casino {

struct bench_row {
  std::string engine;
  std::string path;
  std::size_t workers = 1;
  std::function<std::uint64_t()> play; ///< the number of hands it has played
  std::vector<double> hands_per_s{};

  double median() const {
    auto sorted = hands_per_s;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }
};

namespace detail {

template <class Engine>
void add_rows(std::vector<bench_row>& rows, const game& played, const Engine& engine,
              const std::vector<orderly::worker_pool*>& pools, std::uint64_t hands) {
  for (orderly::worker_pool* const pool : pools) {
    const orderly::seed_range sessions(orderly::seed(1), hands / played.plan.rules().hands + 1);
    const std::uint64_t chunk = sessions_per_chunk(played.plan.rules());
    rows.push_back(
        {std::string(Engine::name), std::string(name_of(engine.path())), pool->size(),
         [=, &played, &engine] {
           return play_all(*pool, played, engine, sessions, chunk, {}, [](chunk_rows&&) {}).hands;
         }});
  }
}

} // namespace detail

/// Plays the game `rounds` times in each row, about `hands` hands each time with the card engine and
/// three times as many with the law engine.
inline std::vector<bench_row> measure(const game& played, std::size_t workers, unsigned rounds,
                                      std::uint64_t hands) {
  orderly::worker_pool one(1);
  orderly::worker_pool all(workers);
  std::vector<orderly::worker_pool*> pools{&one};
  if (workers > 1) pools.push_back(&all);
  const joint_law law = law_by_class(played.decisions);
  std::vector<vector_path> paths{vector_path::portable};
  if (available(vector_path::avx2)) paths.push_back(vector_path::avx2);
  std::deque<card_engine> card_engines; // engines stay where they are
  std::deque<law_engine> law_engines;
  std::vector<bench_row> rows;
  for (const vector_path path : paths) {
    card_engines.emplace_back(played.decisions, path);
    detail::add_rows(rows, played, card_engines.back(), pools, hands);
  }
  for (const vector_path path : paths) {
    law_engines.emplace_back(law, path);
    detail::add_rows(rows, played, law_engines.back(), pools, 3 * hands);
  }
  for (unsigned round = 0; round <= rounds; ++round) {
    for (bench_row& row : rows) {
      const auto begin = std::chrono::steady_clock::now();
      const auto played_hands = static_cast<double>(row.play());
      const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
      if (round > 0)
        row.hands_per_s.push_back(played_hands / spent.count()); // the first one warms up
    }
  }
  return rows;
}

inline std::string bench_text(const std::vector<bench_row>& rows) {
  text_report text;
  text.row("engine, path, workers", std::string("M hands/s"), std::string("of 1 worker"));
  double one = 0;
  for (const bench_row& row : rows) {
    if (row.workers == 1) one = row.median();
    text.row(row.engine + ", " + row.path + ", " + std::to_string(row.workers),
             decimals(row.median() / 1e6, 1), decimals(row.median() / one, 2));
  }
  return text.take();
}

inline std::string bench_json(const std::vector<bench_row>& rows) {
  example::json_text json;
  json.begin_object().key("rows").begin_array();
  for (const bench_row& row : rows) {
    json.begin_object().member("engine", std::string_view(row.engine));
    json.member("path", std::string_view(row.path)).member("workers", row.workers);
    json.member("hands_per_s", row.median()).key("samples").begin_line();
    for (const double sample : row.hands_per_s) json.value(sample);
    json.end_line().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

} // namespace casino

#endif
