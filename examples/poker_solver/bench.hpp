// SPDX-License-Identifier: MIT
//
// How fast hands are evaluated and games are trained on: wall time, and the CPU time of the process
// beside it, in rounds that go through all rows of a group, so that a slow moment hits all alike.
// What is compared is compared within each round; shown are medians with 10 % and 90 % quantiles.
//
//   poker::bench_group group = poker::evaluator_bench(16);
//   if (poker::measure(group, rounds, stop)) print(poker::bench_text({group}));
//
// A game is trained on three times, each with a table of its own: with updates in place (batches of
// one iteration), and in batches with one worker and with all.
#ifndef ORDERLY_EXAMPLES_POKER_BENCH_HPP
#define ORDERLY_EXAMPLES_POKER_BENCH_HPP

#include "../support/arguments.hpp"
#include "../support/process_usage.hpp"
#include "../support/quantiles.hpp"
#include "algorithm_settings.hpp"
#include "deck.hpp"
#include "game_options.hpp"
#include "hand_evaluator.hpp"
#include "mccfr.hpp"
#include "train_options.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/worker_pool.hpp"

#include <array>       // cards, words of a command line
#include <atomic>      // the stop flag
#include <chrono>      // wall time
#include <cstddef>     // places of rows
#include <cstdint>     // counts
#include <functional>  // what is measured
#include <limits>      // what is not known
#include <memory>      // shared_ptr: rows may be copied
#include <string>      // names, texts
#include <string_view> // names
#include <utility>     // move
#include <vector>      // rows, samples

namespace poker {

struct bench_work {
  std::uint64_t items = 0; ///< hands or iterations
  std::uint64_t nodes = 0; ///< visited; none in hands
};

struct bench_sample {
  bench_work work;
  double wall = 0; ///< seconds, as the next
  double cpu = 0;  ///< of all threads; not a number where the system does not tell

  double per_second() const { return static_cast<double>(work.items) / wall; }
  double per_cpu_second() const { return static_cast<double>(work.items) / cpu; }
  double nodes_per_second() const { return static_cast<double>(work.nodes) / wall; }
  double nodes_per_cpu_second() const { return static_cast<double>(work.nodes) / cpu; }
};

struct bench_row {
  std::string name;
  std::string unit; ///< of items
  std::size_t workers = 1;
  std::function<bench_work()> play; ///< some work, the same amount each time
  std::vector<bench_sample> samples{};
};

/// Something that two rows of a group say together, in each round.
struct bench_ratio {
  std::string name;
  std::size_t row;
  std::size_t base;
  double (*of)(const bench_sample& row, const bench_sample& base);
};

struct bench_group {
  std::string name;
  std::vector<bench_row> rows;
  std::vector<bench_ratio> ratios{};
};

using example::quantiles;
using example::quantiles_of;

template <class Figure>
quantiles figures_of(const bench_row& row, Figure figure) {
  std::vector<double> values;
  for (const bench_sample& sample : row.samples) values.push_back((sample.*figure)());
  return quantiles_of(std::move(values));
}

inline quantiles ratios_of(const bench_group& group, const bench_ratio& ratio) {
  std::vector<double> values;
  for (std::size_t round = 0; round < group.rows[ratio.row].samples.size(); ++round) {
    values.push_back(
        ratio.of(group.rows[ratio.row].samples[round], group.rows[ratio.base].samples[round]));
  }
  return quantiles_of(std::move(values));
}

inline double own_cpu_seconds() {
  const auto usage = example::own_usage();
  return usage ? usage->cpu_seconds : std::numeric_limits<double>::quiet_NaN();
}

inline bench_sample timed(const std::function<bench_work()>& play) {
  const double cpu = own_cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  bench_sample sample{play()};
  sample.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  sample.cpu = own_cpu_seconds() - cpu;
  return sample;
}

/// A round to warm up, then `rounds` more; false if the stop flag ended it.
inline bool measure(bench_group& group, unsigned rounds, const std::atomic<bool>& stop) {
  for (unsigned round = 0; round <= rounds; ++round) {
    for (bench_row& row : group.rows) {
      if (stop) return false;
      const bench_sample sample = timed(row.play);
      if (round > 0) row.samples.push_back(sample);
    }
  }
  return true;
}

namespace detail {

inline constexpr std::size_t hands_in_list = 4096; ///< they stay in the nearest cache

inline std::vector<std::array<card, 7>> random_hands() {
  const orderly::seed_range streams(orderly::seed(1), hands_in_list);
  std::vector<std::array<card, 7>> hands;
  deck cards;
  for (const std::uint64_t i : streams) {
    orderly::fast_stream stream = streams.fast(i);
    hands.push_back(cards.deal<7>(stream));
  }
  return hands;
}

/// Calls visit for every hand of seven cards that has these two.
template <class Visit>
void for_each_hand_with(card first, card second, const Visit& visit) {
  std::vector<partial_hand> rest;
  for (card c = 0; c < deck_size; ++c) {
    if (c != first && c != second) rest.push_back(hand_of(c));
  }
  const std::size_t n = rest.size();
  const partial_hand hole = hand_of(first) + hand_of(second);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      for (std::size_t c = b + 1; c < n; ++c) {
        const partial_hand five = hole + rest[a] + rest[b] + rest[c];
        for (std::size_t d = c + 1; d < n; ++d) {
          const partial_hand six = five + rest[d];
          for (std::size_t e = d + 1; e < n; ++e) visit(six + rest[e]);
        }
      }
    }
  }
}

/// Keeps a result, so that it must be computed.
inline void keep(std::uint64_t result) {
  static std::atomic<std::uint64_t> sum{0};
  sum.fetch_add(result, std::memory_order_relaxed);
}

} // namespace detail

/// Hands of random cards, card by card, and all hands that have one of `pairs` pairs of cards, with
/// what they share added once. About 2,100,000 hands for each pair.
/// Precondition: at most 51 pairs.
inline bench_group evaluator_bench(unsigned pairs) {
  const auto evaluate = std::make_shared<const hand_evaluator>();
  const auto hands =
      std::make_shared<const std::vector<std::array<card, 7>>>(detail::random_hands());
  const auto random = [evaluate, hands, pairs] {
    bench_work done;
    std::uint64_t sum = 0;
    for (unsigned i = 0; i < 512 * pairs; ++i) {
      for (const auto& hand : *hands) sum += (*evaluate)(hand_of(hand));
      done.items += hands->size();
    }
    detail::keep(sum);
    return done;
  };
  const auto all = [evaluate, pairs] {
    bench_work done;
    std::uint64_t sum = 0;
    for (unsigned i = 0; i < pairs; ++i) {
      detail::for_each_hand_with(static_cast<card>(i), static_cast<card>(51), [&](partial_hand h) {
        sum += (*evaluate)(h);
        ++done.items;
      });
    }
    detail::keep(sum);
    return done;
  };
  return {"evaluator", {{"random hands", "hands", 1, random}, {"enumeration", "hands", 1, all}}};
}

/// What a game is when nothing is said, and external sampling on it.
struct bench_settings {
  game_settings game;
  algorithm_settings algorithm;
};

inline bench_settings bench_settings_of(game_kind kind) {
  const std::array<std::string_view, 2> words{"--game", name_of(kind)};
  const example::arguments given(words, game_specs);
  return {read_game(given), read_algorithm(given, kind)};
}

/// How many iterations are a sample, and how many go before: the first touches of a large table cost
/// more than all that comes later.
struct bench_size {
  std::uint64_t iterations;
  std::uint64_t warm_up;
};

constexpr bench_size bench_size_of(game_kind kind) {
  constexpr std::array<bench_size, 4> sizes{
      {{1'000'000, 0}, {200'000, 0}, {1'000'000, 0}, {32'768, 409'600}}};
  return sizes[static_cast<std::size_t>(kind)];
}

namespace detail {

template <class Game>
bench_row training_row(std::string name, const Game& game, const algorithm_settings& settings,
                       const bench_size& size, orderly::worker_pool& pool) {
  const auto trainer = std::make_shared<mccfr_trainer<Game>>(game, settings, pool);
  const auto batches = [batch = settings.batch_size](std::uint64_t iterations) {
    return (iterations + batch - 1) / batch;
  };
  trainer->run(batches(size.warm_up));
  const auto play = [trainer, count = batches(size.iterations)] {
    const std::uint64_t iterations = trainer->iterations();
    const std::uint64_t nodes = trainer->visited();
    trainer->run(count);
    return bench_work{trainer->iterations() - iterations, trainer->visited() - nodes};
  };
  return {std::move(name), "iterations", pool.size(), play};
}

} // namespace detail

/// Both pools and the game must outlive the group's use. `all` may have one worker: then it has no
/// row.
template <class Game>
bench_group training_bench(std::string name, const Game& game, const algorithm_settings& settings,
                           const bench_size& size, orderly::worker_pool& one,
                           orderly::worker_pool& all) {
  algorithm_settings in_place = settings;
  in_place.batch_size = 1;
  in_place.discount_interval *= settings.batch_size; // the same weights
  const std::string batches = "batches of " + std::to_string(settings.batch_size);
  bench_group group{std::move(name), {}};
  group.rows.push_back(detail::training_row("in place", game, in_place, size, one));
  group.rows.push_back(detail::training_row(batches, game, settings, size, one));
  group.ratios.push_back({"CPU of batches over in place", 1, 0,
                          [](const bench_sample& batched, const bench_sample& base) {
                            return base.per_cpu_second() / batched.per_cpu_second() - 1;
                          }});
  if (all.size() == 1) return group;
  group.rows.push_back(detail::training_row(batches, game, settings, size, all));
  group.ratios.push_back({"speed-up of " + std::to_string(all.size()) + " workers", 2, 1,
                          [](const bench_sample& many, const bench_sample& base) {
                            return many.per_second() / base.per_second();
                          }});
  return group;
}

} // namespace poker

#endif
