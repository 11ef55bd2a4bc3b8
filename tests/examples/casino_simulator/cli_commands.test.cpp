// SPDX-License-Identifier: MIT
//
// compare, replay, validate and help of casino_simulator from the outside.
#include "support/catch.hpp"

#include "program.hpp"

#if CASINO_PROGRAM_TESTS

#include "casino_simulator/csv_rows.hpp"
#include "casino_simulator/presets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

TEST_CASE("casino_simulator: compare plays every strategy on the sessions that simulate plays",
          "[casino][cli]") {
  const temporary_folder folder;
  const std::string rules = "--quiet --seed 4 --sessions 2000 --hands 30 --win-limit 15 ";
  CHECK(casino_run(folder,
                   "compare --strategies optimal,chart,always_ride --json compared " + rules) == 0);
  const auto compared = json_file(folder, "compared");
  CHECK(compared.at("sessions").uint64() == 2000);
  const std::array<std::string, 3> names{"optimal", "chart", "always-ride"};
  const auto& rows = compared.at("strategies").elements();
  REQUIRE(rows.size() == names.size());
  for (std::size_t s = 0; s < names.size(); ++s) {
    CAPTURE(names[s]);
    CHECK(casino_run(folder, "simulate --json alone --strategy " + names[s] + " " + rules) == 0);
    const auto alone = json_file(folder, "alone");
    CHECK(rows[s].at("strategy").string() == names[s]);
    for (const char* key : {"digest", "sessions_won", "mean_profit", "exact_ev_per_hand"}) {
      CHECK(rows[s].at(key) == alone.at(key));
    }
    CHECK(rows[s].at("difference").real() ==
          Approx(alone.at("mean_profit").real() - rows[0].at("mean_profit").real()).margin(1e-12));
  }
  CHECK(rows[0].at("standard_error").real() == 0);
  CHECK(rows[2].at("difference").real() < -4.5 * rows[2].at("standard_error").real());
  CHECK(rows[1].at("variance_reduction").real() > 10); // the cards are the same
}

TEST_CASE("casino_simulator: compare gives the same for any number of workers",
          "[casino][cli][contract]") {
  const temporary_folder folder;
  const std::string run = "compare --quiet --no-timing --seed 4 --sessions 5000 --hands 20 "
                          "--strategies chart,conservative --seats 2 ";
  CHECK(casino_run(folder, run + "--workers 1 --path portable --json one") == 0);
  CHECK(casino_run(folder, run + "--workers 3 --json three") == 0);
  CHECK(content_of(folder, "one").size() > 500);
  CHECK(content_of(folder, "one") == content_of(folder, "three"));
}

TEST_CASE("casino_simulator: compare takes all presets unless told", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "compare --quiet --seed 4 --sessions 20 --json json") == 0);
  const auto json = json_file(folder, "json");
  const auto& rows = json.at("strategies").elements();
  REQUIRE(rows.size() == casino::presets.size());
  const std::string text = content_of(folder, "out");
  for (std::size_t s = 0; s < rows.size(); ++s) {
    CHECK(rows[s].at("strategy").string() == casino::presets[s].name);
    CHECK(text.find("\n  " + std::string(casino::presets[s].title) + " ") != std::string::npos);
  }
}

TEST_CASE("casino_simulator: an interrupted comparison says where to go on",
          "[casino][cli][stop]") {
  const temporary_folder folder;
  const std::string run = "compare --quiet --seed 4 --strategies optimal,chart --json json ";
  CHECK(shell(folder, "\"$casino\" " + run +
                          "--sessions 1000000000 & pid=$!; "
                          "while [ ! -e json.partial ]; do sleep 0.02; done; sleep 0.1; "
                          "kill -INT $pid; wait $pid") == 130);
  const auto stopped = json_file(folder, "json.partial");
  const std::string next = stopped.at("sessions").number_text();
  CHECK(content_of(folder, "err").find("the next session is " + next + "\n") != std::string::npos);
  CHECK(names_in(folder) == std::set<std::string>{"json.partial"});
  if (next == "0") return; // it was stopped before the first chunk was done
  CHECK(casino_run(folder, run + "--sessions " + next) == 0);
  CHECK(json_file(folder, "json").at("strategies") == stopped.at("strategies"));
}

TEST_CASE("casino_simulator: a replayed session has the rows that the run has written",
          "[casino][cli]") {
  const temporary_folder folder;
  for (const std::string game :
       {"--win-limit 10 --loss-limit 10 ", "--engine law --win-limit 20 --loss-limit 15 ",
        "--bankroll 150 --betting dalembert --bonus b --bonus-betting bankroll --bonus-tiers "
        "100:1,150:3 --bonus-drawdown-stop 30 --five-card-bonus d --engine law --hands 20 ",
        "--betting fibonacci --bonus a --seats 3 --burn 2 --win-limit 10 --loss-limit 10 "}) {
    CAPTURE(game);
    CHECK(casino_run(folder, "simulate --quiet --seed 21 --sessions 30 --csv rows --hand-rows "
                             "hands --hand-rows-sessions 10 " +
                                 game) == 0);
    for (const char* session : {"0", "7"}) {
      CHECK(casino_run(folder, "replay --seed 21 --session " + (session + (" " + game))) == 0);
      const std::string begin = std::string(session) + ",";
      const std::string hands = lines_with(content_of(folder, "hands"), begin);
      const std::string rows = lines_with(content_of(folder, "rows"), begin);
      CHECK(std::count(rows.begin(), rows.end(), '\n') ==
            (game.find("--seats") == std::string::npos ? 1 : 3));
      CHECK(hands.size() > 30);
      CHECK(content_of(folder, "out") == std::string(casino::hand_csv_header) + hands + "\n" +
                                             std::string(casino::csv_header) + rows);
    }
    CHECK(lines_with(content_of(folder, "hands"), "10,").empty());
  }
}

TEST_CASE("casino_simulator: hand by hand or in blocks, a session is the same", "[casino][cli]") {
  const temporary_folder folder;
  const std::string run =
      "simulate --quiet --seed 8 --sessions 200 --win-limit 20 --loss-limit 20 --betting paroli "
      "--hand-rows hands --hand-rows-sessions ";
  for (const std::string engine : {"card", "law"}) {
    CHECK(casino_run(folder, run + "1 --csv blocks --engine " + engine) == 0);
    CHECK(casino_run(folder, run + "200 --csv hand_by_hand --engine " + engine) == 0);
    CHECK(content_of(folder, "blocks") == content_of(folder, "hand_by_hand"));
  }
}

TEST_CASE("casino_simulator: validate says what a config file means", "[casino][cli][config]") {
  const temporary_folder folder;
  write_file(folder.file("game.conf"), "strategy: chart\nbankroll: 300\nwin-limit: 50\nhands: 90\n"
                                       "betting: d'alembert\nbase-bet: 5\nbonus: b\nseats: 3\n"
                                       "burn: 1\nfive-card-bonus: a\n");
  CHECK(casino_run(folder, "validate --config game.conf") == 0);
  const std::string text = content_of(folder, "out");
  CHECK(text.rfind("game.conf is valid\n  published chart\n", 0) == 0);
  for (const char* part :
       {"bankroll 300, win limit +50, loss limit none, at most 90 hands", "dalembert bets from 5",
        "bonus 5 every hand", "five-card bonus 5 every hand", "3 seats, 1 card burned"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(content_of(folder, "err").empty());
}

TEST_CASE("casino_simulator: one config file, in either form, serves all commands",
          "[casino][cli][config]") {
  const temporary_folder folder;
  write_file(folder.file("lines"), "# one table\nstrategy: chart\nbankroll: 60\nhands: 50\n"
                                   "win-limit: 20\nloss-limit: 20\nsessions: 300\nseed: 9\n"
                                   "session: 3\nstrategies: optimal,chart\njson: out.json\n"
                                   "quiet:\nno-timing: true # for comparing\n");
  write_file(folder.file("object"),
             R"({"strategy": "chart", "bankroll": 60, "hands": 50, "win-limit": 20,
                 "loss-limit": 20, "sessions": 300, "seed": 9, "session": 3, "quiet": true,
                 "strategies": "optimal,chart", "json": "out.json", "no-timing": true})");
  const std::string words = " --bankroll 60 --hands 50 --win-limit 20 --loss-limit 20 "
                            "--json out.json --quiet --no-timing ";
  const std::pair<std::string, std::string> commands[] = {
      {"simulate", words + "--strategy chart --sessions 300 --seed 9"},
      {"exact", words + "--strategy chart"},
      {"compare", words + "--sessions 300 --seed 9 --strategies optimal,chart"}};
  for (const auto& [command, options] : commands) {
    CAPTURE(command);
    CHECK(casino_run(folder, command + options) == 0);
    const std::string expected = content_of(folder, "out.json");
    for (const std::string form : {"lines", "object"}) {
      write_file(folder.file("out.json"), "");
      CHECK(casino_run(folder, command + " --config " + form) == 0);
      CHECK((content_of(folder, "out.json") == expected));
    }
  }
  CHECK(casino_run(folder, "replay --config lines") == 0);
  CHECK_FALSE(lines_with(content_of(folder, "out"), "3,0,1,").empty());
  CHECK(casino_run(folder, "validate --config object") == 0);
  CHECK(casino_run(folder, "simulate --config lines --hands 7 --seed 10 --json mine.json") == 0);
  const auto mine = json_file(folder, "mine.json"); // the command line wins
  CHECK(mine.at("seed").uint64() == 10);
  CHECK(mine.at("game").at("hand_limit").uint64() == 7);
  CHECK(mine.at("game").at("strategy").string() == "chart");
}

TEST_CASE("casino_simulator: help is printed for every command", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "--help") == 0);
  const std::string help = content_of(folder, "out");
  CHECK(help.find("--loss-limit U") != std::string::npos);
  for (const casino::preset_info& preset : casino::presets) {
    CHECK(help.find("\n  " + std::string(preset.name) + "\n") != std::string::npos);
  }
  for (const char* words : {"simulate --help", "exact -h", "compare -h", "replay --help --sessions",
                            "validate --help", "bench --help"}) {
    CHECK(casino_run(folder, words) == 0);
    CHECK(content_of(folder, "out") == help);
  }
}

#endif
