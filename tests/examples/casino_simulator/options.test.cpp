// SPDX-License-Identifier: MIT
//
// What the options of casino_simulator mean, on the command line and in config files.
#include "support/catch.hpp"

#include "examples/temporary_folder.hpp"
#include "given.hpp"

#include "casino_simulator/exact.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace casino_given;

namespace {

/// What a unit wins, from the lowest hand to the highest.
std::vector<std::int64_t> pays_of(const casino::game& played) {
  const auto& net = played.plan.pays().main.net;
  return {net.begin(), net.end()};
}

casino::stakes first_stakes(const casino::game& played) {
  const auto& staking = played.plan.staking();
  return staking.at(staking.start(), played.plan.rules().bankroll, 0);
}

} // namespace

TEST_CASE("casino options: what is not given has its default", "[casino][options]") {
  const casino::game played = game_of({});
  CHECK(played.strategy_name == "optimal");
  CHECK(played.strategy_title == "optimal, ties pulled");
  const casino::session_rules& rules = played.plan.rules();
  CHECK(rules.bankroll == 100);
  CHECK(rules.hands == 200);
  CHECK_FALSE(rules.win_limit);
  CHECK_FALSE(rules.loss_limit);
  CHECK(played.plan.staking().system().name == "flat");
  CHECK(first_stakes(played) == casino::stakes{1, 0, 0});
  CHECK(pays_of(played) == std::vector<std::int64_t>{-1, -1, 1, 2, 3, 5, 8, 11, 50, 200, 1000});
  CHECK(played.single_seat());
  CHECK_FALSE(played.three_card_bonus);
  CHECK_FALSE(played.five_card_bonus);
  const auto options = options_of({});
  CHECK(options.sessions == 7);
  CHECK(options.seed == 8);
  CHECK(options.workers == 0);
  CHECK(options.engine == casino::engine_kind::cards);
  CHECK(options.path == casino::best_vector_path());
  CHECK(options.timing);
  CHECK_FALSE(options.quiet);
  CHECK(options.hand_rows_sessions == 100);
  for (const auto& file :
       {options.csv, options.json, options.html, options.statistics, options.hand_rows}) {
    CHECK_FALSE(file);
  }
}

TEST_CASE("casino options: the session and the table", "[casino][options]") {
  const auto played =
      game_of({"--bankroll", "90", "--hands", "12", "--win-limit", "5", "--loss-limit=6",
               "--base-bet", "3", "--seats", "6", "--burn", "10"});
  const casino::session_rules& rules = played.plan.rules();
  CHECK(rules.bankroll == 90);
  CHECK(rules.hands == 12);
  CHECK(rules.win_limit == 5);
  CHECK(rules.loss_limit == 6);
  CHECK(first_stakes(played) == casino::stakes{3, 0, 0});
  CHECK(played.table.seats == 6);
  CHECK(played.table.burn == 10);
}

TEST_CASE("casino options: betting systems by name", "[casino][options]") {
  const std::pair<const char*, const char*> names[] = {{"flat", "flat"},
                                                       {"martingale", "martingale"},
                                                       {"reverse-martingale", "reverse-martingale"},
                                                       {"reverse_martingale", "reverse-martingale"},
                                                       {"paroli", "paroli"},
                                                       {"dalembert", "dalembert"},
                                                       {"d'alembert", "dalembert"},
                                                       {"fibonacci", "fibonacci"},
                                                       {"proportional", "proportional"}};
  for (const auto& [written, name] : names) {
    CAPTURE(written);
    CHECK(game_of({"--betting", written}).plan.staking().system().name == name);
  }
  const auto large = words{"--bankroll", "9000", "--betting", "proportional"};
  CHECK(first_stakes(game_of(large)).bet == 90);
  auto share = large;
  share.insert(share.end(), {"--betting-share", "3/1000"});
  CHECK(first_stakes(game_of(share)).bet == 27);
}

TEST_CASE("casino options: pay tables and bonuses, by name or by their pays", "[casino][options]") {
  CHECK(pays_of(game_of({"--paytable", "500/100/40/12/9/6/4/3/2"})) ==
        std::vector<std::int64_t>{-1, -1, 2, 3, 4, 6, 9, 12, 40, 100, 500});
  CHECK(pays_of(game_of({"--paytable", "standard"})) == pays_of(game_of({})));
  const std::pair<const char*, const char*> three[] = {{"a", "50/40/30/6/3/1"},
                                                       {"b", "100/40/30/5/4/1"},
                                                       {"c", "1000/200/30/6/4/1"},
                                                       {"d", "50/40/30/6/4/1"},
                                                       {"e", "40/40/30/6/4/1"}};
  for (const auto& [name, pays] : three) {
    CAPTURE(name);
    const auto named = game_of({"--bonus", name});
    CHECK(named.three_card_bonus);
    CHECK(named.plan.pays().three.net == game_of({"--bonus", pays}).plan.pays().three.net);
  }
  const std::pair<const char*, const char*> five[] = {{"a", "20000/2000/400/200/50/25/5/0"},
                                                      {"b", "25000/2500/400/200/50/25/5/0"},
                                                      {"c", "10000/2000/200/75/50/20/0/0"},
                                                      {"d", "5000/2000/100/75/50/25/8/4"}};
  for (const auto& [name, pays] : five) {
    CAPTURE(name);
    const auto named = game_of({"--five-card-bonus", name});
    CHECK(named.five_card_bonus);
    CHECK(named.plan.pays().five.net == game_of({"--five-card-bonus", pays}).plan.pays().five.net);
  }
  const auto none = game_of({"--bonus", "none", "--five-card-bonus", "none"});
  CHECK_FALSE(none.three_card_bonus);
  CHECK_FALSE(none.five_card_bonus);
}

TEST_CASE("casino options: bonus bets", "[casino][options]") {
  const auto stakes = [](words line) {
    line.insert(line.end(), {"--bonus", "b"});
    return first_stakes(game_of(line));
  };
  CHECK(stakes({}) == casino::stakes{1, 1, 0});
  CHECK(stakes({"--base-bet", "6"}) == casino::stakes{6, 6, 0});
  CHECK(stakes({"--bonus-betting", "never"}) == casino::stakes{1, 0, 0});
  CHECK(stakes({"--bonus-bet", "4"}) == casino::stakes{1, 4, 0});
  CHECK(stakes({"--bonus-betting", "static", "--bonus-bet", "4"}) == casino::stakes{1, 4, 0});
  CHECK(stakes({"--bonus-betting", "static", "--bonus-bet", "2/3", "--base-bet", "10"}) ==
        casino::stakes{10, 6, 0});
  CHECK(stakes({"--five-card-bonus", "a", "--base-bet", "4"}) == casino::stakes{4, 4, 4});
  CHECK(stakes({"--five-card-bonus", "a", "--five-card-bet", "2"}) == casino::stakes{1, 1, 2});

  const auto tiers = game_of({"--bonus", "b", "--bonus-betting", "bankroll_conditional",
                              "--bonus-tiers", "80:1,120:2", "--bonus-drawdown-stop", "30"});
  const auto bonus_at = [&](std::int64_t bankroll, std::int64_t drawdown) {
    return tiers.plan.staking().at(0, bankroll, drawdown).bonus;
  };
  CHECK(bonus_at(79, 0) == 0);
  CHECK(bonus_at(80, 0) == 1);
  CHECK(bonus_at(120, 29) == 2);
  CHECK(bonus_at(120, 30) == 0);

  const auto streak = game_of({"--bonus", "b", "--bonus-betting", "streak", "--bonus-streak",
                               "losses:2", "--bonus-bet", "3"});
  const casino::staking& staking = streak.plan.staking();
  const auto one = staking.next(staking.start(), -1);
  CHECK(staking.at(one, 100, 1).bonus == 0);
  CHECK(staking.at(staking.next(one, -1), 100, 2).bonus == 3);
  CHECK(staking.at(staking.next(one, 1), 100, 0).bonus == 0);
}

TEST_CASE("casino options: strategies by name and by rules", "[casino][options]") {
  const casino::game ridden = game_of({"--ties", "ride"});
  CHECK(ridden.strategy_name == "optimal-ties-ridden");
  CHECK(ridden.strategy_title == "optimal, ties ridden");
  CHECK(game_of({"--strategy", "chart_literal"}).strategy_name == "chart-literal");
  const casino::game custom =
      game_of({"--strategy", "custom", "--ride-first", "made_hand", "--ride-second", "made_hand"});
  CHECK(custom.strategy_title == "custom rules");
  CHECK(casino::law_by_class(custom.decisions).counts ==
        casino::law_by_class(game_of({"--strategy", "conservative"}).decisions).counts);

  const words line{
      "--strategies", "chart,custom,always_pull", "--ride-first", "1", "--ride-second", "0"};
  const auto games = casino::read_compared_games(given(line));
  REQUIRE(games.size() == 3);
  CHECK(games[0].strategy_title == "published chart");
  CHECK(games[1].strategy_title == "custom rules");
  CHECK(games[2].strategy_name == "always-pull");
  CHECK(casino::read_compared_games(given({})).size() == casino::presets.size());
}

TEST_CASE("casino options: the run", "[casino][options]") {
  const auto options = options_of({"--workers", "3", "--engine", "law", "--csv", "a", "--json", "b",
                                   "--html", "c", "--statistics", "d", "--hand-rows", "e",
                                   "--hand-rows-sessions", "5", "--quiet", "--no-timing"});
  CHECK(options.workers == 3);
  CHECK(options.engine == casino::engine_kind::law);
  CHECK(options.path == casino::best_vector_path());
  CHECK(options.csv == "a");
  CHECK(options.json == "b");
  CHECK(options.html == "c");
  CHECK(options.statistics == "d");
  CHECK(options.hand_rows == "e");
  CHECK(options.hand_rows_sessions == 5);
  CHECK(options.quiet);
  CHECK_FALSE(options.timing);
  CHECK(options_of({"--workers", "auto"}).workers == 0);
  CHECK(options_of({"--path", "portable"}).path == casino::vector_path::portable);
}

TEST_CASE("casino options: both forms of a config file mean the same",
          "[casino][options][config]") {
  const temporary_folder folder;
  write_file(folder.file("lines"),
             "# by the book\nstrategy: custom\nride-first: made_hand or suited\n"
             "ride-second: made_hand\npaytable: 500/200/50/11/8/5/3/2/1\n"
             "win-limit: 20\nbonus: b\nquiet:\ncsv: \"my rows\"\n");
  write_file(folder.file("json"),
             R"({"strategy": "custom", "ride-first": "made_hand or suited", "win-limit": 20,
                 "ride-second": "made_hand", "paytable": [500, 200, 50, 11, 8, 5, 3, 2, 1],
                 "bonus": "b", "quiet": true, "csv": "my rows", "no-timing": false})");
  std::vector<casino::joint_law> laws;
  for (const char* form : {"lines", "json"}) {
    CAPTURE(form);
    const std::string name = folder.file(form);
    const words line{"--config", name};
    const casino::game played = game_of(line);
    CHECK(played.strategy_title == "custom rules");
    CHECK(pays_of(played).back() == 500);
    CHECK(played.plan.rules().win_limit == 20);
    CHECK(first_stakes(played) == casino::stakes{1, 1, 0});
    laws.push_back(casino::law_by_class(played.decisions));
    const auto options = options_of(line);
    CHECK(options.csv == "my rows");
    CHECK(options.quiet);
    CHECK(options.timing);
  }
  CHECK(laws[0].counts == laws[1].counts);
}

TEST_CASE("casino options: the command line wins over a config file", "[casino][options][config]") {
  const temporary_folder folder;
  const std::string name = folder.file("game.conf");
  write_file(name, "hands: 30\nbankroll: 60\nsessions: 99\nseed: 3\nties: ride\nworkers: 2\n"
                   "bonus-bet: 2\nfive-card-bet: 4\nride-first: 1\n"); // of other command lines
  const casino::game played = game_of({"--hands", "40", "--config", name, "--strategy", "chart"});
  CHECK(played.plan.rules().hands == 40);
  CHECK(played.plan.rules().bankroll == 60);
  CHECK(played.strategy_name == "chart");
  CHECK(first_stakes(played) == casino::stakes{1, 0, 0});
  const auto options = options_of({"--config", name, "--workers", "auto"});
  CHECK(options.sessions == 7);
  CHECK(options.seed == 8);
  CHECK(options.workers == 0);
  CHECK(refusal({"--config", name, "--hands", "x"}).rfind("--hands: 'x'", 0) == 0);
}

TEST_CASE("casino options: a config file may hold what other commands need",
          "[casino][options][config]") {
  const temporary_folder folder;
  const std::string name = folder.file("game.conf");
  write_file(name, "sessions: 9\nseed: 2\nstrategies: chart,optimal\nrounds: 3\nsession: 4\n");
  const words line{"--config", name};
  using namespace casino::detail;
  CHECK_NOTHROW(read_arguments(line, joined(config_specs, game_specs))); // as for exact
  const auto read = read_arguments(line, every_option);
  CHECK(read.whole("--session", 0, 9) == 4);
  CHECK(casino::read_compared_games(read).size() == 2);
  write_file(name, "strategies: chart,optimum\n");
  CHECK(error_of([&] { casino::read_compared_games(given(line)); }) ==
        name + ":1:13: strategies: unknown strategy 'optimum' (did you mean optimal?)");
}

TEST_CASE("casino options: some options ask for sessions", "[casino][options]") {
  for (const char* option : {"--bankroll", "--hands", "--win-limit", "--loss-limit", "--base-bet",
                             "--betting", "--bonus-betting"}) {
    CAPTURE(option);
    CHECK(casino::asks_for_sessions(given({option, "5"})));
  }
  CHECK_FALSE(casino::asks_for_sessions(given({"--strategy", "chart", "--bonus", "b", "--quiet"})));
}
