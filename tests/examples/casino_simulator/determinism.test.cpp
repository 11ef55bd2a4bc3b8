// SPDX-License-Identifier: MIT
//
// Rows and digest of the simulator do not depend on workers, window, chunks or timing: here its
// chunks are delayed at random.
#include "support/catch.hpp"
#include "support/timing.hpp"

#include "games.hpp"

#include "casino_simulator/law_engine.hpp"
#include "casino_simulator/simulate.hpp"

#include "orderly/orderly.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

struct run_result {
  std::string sessions;
  std::string hands;
  std::string digest;
  friend bool operator==(const run_result&, const run_result&) = default;
};

/// An engine that takes its time at random.
template <class Engine>
class slow_engine : public Engine {
 public:
  slow_engine(const Engine& engine, test::disturbance& disturb)
      : Engine(engine), disturb_(&disturb) {}

  typename Engine::stream open(const orderly::seed_range& sessions, std::uint64_t session) const {
    (*disturb_)();
    return Engine::open(sessions, session);
  }

 private:
  test::disturbance* disturb_;
};

template <class Engine>
run_result play(const casino::game& played, const Engine& engine, std::uint64_t sessions,
                std::size_t workers, std::size_t window) {
  orderly::worker_pool pool(workers);
  orderly::ordered_options options;
  options.window = window;
  run_result result;
  const auto counts = casino::play_all(
      pool, played, engine, orderly::seed_range(orderly::seed(42), sessions), 16, {true, 20},
      [&](casino::chunk_rows&& rows) {
        result.sessions += rows.sessions;
        result.hands += rows.hands;
      },
      options);
  CHECK(counts.sessions == sessions * played.table.seats);
  result.digest = casino::digest_of(counts);
  return result;
}

template <class Engine>
void check_engine(const casino::game& played, const Engine& engine) {
  const run_result expected = play(played, engine, 1'000, 1, 16);
  REQUIRE(expected.sessions.size() > 40'000);
  REQUIRE(expected.hands.size() > 40'000);
  test::disturbance disturb;
  const slow_engine<Engine> slow(engine, disturb);
  for (const std::size_t workers : {1U, 2U, 3U, 8U}) {
    for (const std::size_t window : {1U, 5U, 128U}) {
      REQUIRE(play(played, slow, 1'000, workers, window) == expected);
    }
  }
}

casino::game usual_game() {
  test::game_choice choice;
  choice.rules = test::rules(100, 200, 50, 40);
  return test::game_of(choice);
}

} // namespace

TEST_CASE("casino: rows and digest of the card engine are the same for any workers, window and "
          "timing",
          "[casino][contract]") {
  const auto played = usual_game();
  check_engine(played, casino::card_engine(played.decisions));
}

TEST_CASE("casino: rows and digest of the law engine are the same for any workers, window and "
          "timing",
          "[casino][contract]") {
  check_engine(usual_game(), casino::law_engine(test::law_of("optimal")));
}

TEST_CASE("casino: rows and digest of a table of six are the same for any workers and window",
          "[casino][contract]") {
  test::game_choice choice;
  choice.rules = test::rules(100, 200, 20, 20);
  choice.table = {6, 3};
  const auto played = test::game_of(choice);
  const casino::card_engine engine(played.decisions);
  const run_result expected = play(played, engine, 200, 1, 16);
  for (const std::size_t workers : {2U, 3U, 8U}) {
    for (const std::size_t window : {1U, 128U}) {
      REQUIRE(play(played, engine, 200, workers, window) == expected);
    }
  }
}

TEST_CASE("casino: a chunk size changes neither rows nor digest", "[casino][contract]") {
  const auto played = usual_game();
  const casino::card_engine engine(played.decisions);
  const orderly::seed_range sessions(orderly::seed(42), 300);
  orderly::worker_pool pool(2);
  std::string rows[3], digests[3];
  const std::uint64_t sizes[3] = {1, 7, 1024};
  for (int i = 0; i < 3; ++i) {
    const auto counts =
        casino::play_all(pool, played, engine, sessions, sizes[i], {true, 0},
                         [&](casino::chunk_rows&& some) { rows[i] += some.sessions; });
    digests[i] = casino::digest_of(counts);
  }
  CHECK(rows[1] == rows[0]);
  CHECK(rows[2] == rows[0]);
  CHECK(digests[1] == digests[0]);
  CHECK(digests[2] == digests[0]);
}
