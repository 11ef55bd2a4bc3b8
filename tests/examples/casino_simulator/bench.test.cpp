// SPDX-License-Identifier: MIT
//
// What bench plays and prints; how fast that is, is no matter of tests.
#include "support/catch.hpp"

#include "given.hpp"

#include "casino_simulator/bench.hpp"

#include "support/json_reader.hpp"

#include "orderly/worker_pool.hpp"

#include <cstddef>
#include <string>
#include <vector>

TEST_CASE("casino bench: a row plays the same hands on any number of workers", "[casino][bench]") {
  const casino::game played = casino_given::game_of({"--hands", "20"});
  const casino::card_engine cards(played.decisions, casino::vector_path::portable);
  const casino::law_engine law(casino::law_by_class(played.decisions));
  orderly::worker_pool one(1);
  orderly::worker_pool three(3);
  std::vector<casino::bench_row> rows;
  casino::detail::add_rows(rows, played, cards, {&one, &three}, 50'000);
  casino::detail::add_rows(rows, played, law, {&one, &three}, 50'000);
  REQUIRE(rows.size() == 4);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].engine == (i < 2 ? "card" : "law"));
    CHECK(rows[i].workers == (i % 2 == 0 ? 1 : 3));
    CHECK(rows[i].play() == 20 * 2501); // nobody is broke after twenty hands
  }
}

TEST_CASE("casino bench: the median of the rounds is shown, beside that of one worker",
          "[casino][bench]") {
  const std::vector<casino::bench_row> rows{{"card", "avx2", 1, {}, {5e6, 1e6, 2e6}},
                                            {"card", "avx2", 4, {}, {8e6, 6e6, 7e6}},
                                            {"law", "portable", 1, {}, {4e6}}};
  CHECK(rows[0].median() == 2e6);
  const std::string text = casino::bench_text(rows);
  CHECK(text.find("card, avx2, 4 ") != std::string::npos);
  CHECK(text.find(" 7.0            3.50\n") != std::string::npos);
  CHECK(text.find(" 4.0            1.00\n") != std::string::npos);
  const auto json = example::read_json(casino::bench_json(rows));
  const auto& cells = json.at("rows").elements();
  REQUIRE(cells.size() == 3);
  CHECK(cells[1].at("engine").string() == "card");
  CHECK(cells[1].at("path").string() == "avx2");
  CHECK(cells[1].at("workers").uint64() == 4);
  CHECK(cells[1].at("hands_per_s").real() == 7e6);
  CHECK(cells[1].at("samples").elements().size() == 3);
}
