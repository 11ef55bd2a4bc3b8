// SPDX-License-Identifier: MIT
//
// How bad values of casino_simulator's options are refused: by the option's name, or by their place
// in a config file.
#include "support/catch.hpp"

#include "examples/temporary_folder.hpp"
#include "given.hpp"

#include <string>
#include <tuple>
#include <utility>

using namespace casino_given;

namespace {

/// What a config file with this text is refused with, without the path in front.
std::string config_refusal(const temporary_folder& folder, const std::string& text) {
  const std::string name = folder.file("game.conf");
  write_file(name, text);
  const std::string error = refusal({"--config", name});
  return error.rfind(name, 0) == 0 ? error.substr(name.size()) : error;
}

} // namespace

TEST_CASE("casino options: bad values are refused by the name of the option",
          "[casino][options][errors]") {
  const std::string pays = " whole numbers from 0 to 100000 with '/' between them";
  const std::tuple<words, std::string> cases[] = {
      {{"--bankroll", "2"}, "--bankroll: '2' is not a whole number from 3 to 1000000000000"},
      {{"--bankroll", "1e3"}, "--bankroll: '1e3' is not"},
      {{"--hands", "0"}, "--hands: '0' is not a whole number from 1 to 1000000"},
      {{"--hands", "1000001"}, "--hands: '1000001' is not"},
      {{"--win-limit", "0"}, "--win-limit: '0' is not"},
      {{"--loss-limit", "-5"}, "--loss-limit: '-5' is not"},
      {{"--base-bet", "0"}, "--base-bet: '0' is not a whole number from 1 to 1000000"},
      {{"--base-bet", "34"}, "--bankroll: 100 does not cover three base bets and the bonuses"},
      {{"--bankroll", "3", "--bonus", "b"}, "--bankroll: 3 does not cover"},
      {{"--betting", "martingal"},
       "--betting: 'martingal' is no betting system (did you mean martingale?)"},
      {{"--betting", "labouchere"}, "--betting: 'labouchere' is no betting system"},
      {{"--betting-share", "1/2"}, "--betting-share: only --betting proportional"},
      {{"--betting", "proportional", "--betting-share", "0/9"}, "--betting-share: the share is 0"},
      {{"--betting", "proportional", "--betting-share", "3/2"}, "--betting-share: '3/2' is not a"},
      {{"--betting", "proportional", "--betting-share", "1/0"}, "--betting-share: '1/0' is not a"},
      {{"--betting", "proportional", "--betting-share", "0.1"}, "--betting-share: '0.1' is not a"},
      {{"--betting", "proportional", "--betting-share", "1/2/3"}, "--betting-share: '1/2/3' is"},
      {{"--bonus", "f"}, "--bonus: 'f' is neither a name (a, b, c, d, e, none) nor 6" + pays},
      {{"--bonus", "100/40/30/5/4"}, "--bonus: '100/40/30/5/4' is neither"},
      {{"--bonus", "100/40/30/5/4/1/0"}, "--bonus: '100/40/30/5/4/1/0' is neither"},
      {{"--bonus", "100/40/30/5/4/-1"}, "--bonus: '100/40/30/5/4/-1' is neither"},
      {{"--bonus-betting", "always"}, "--bonus-betting: there is no bonus to bet on"},
      {{"--bonus", "b", "--bonus-betting", "sometimes"},
       "--bonus-betting: 'sometimes' is not one of never, always, static, bankroll, streak"},
      {{"--bonus-bet", "2"}, "--bonus-bet: this needs --bonus"},
      {{"--bonus", "b", "--bonus-bet", "0"}, "--bonus-bet: '0' is not a whole number from 1"},
      {{"--bonus", "b", "--bonus-bet", "1/2"}, "--bonus-bet: '1/2' is not a whole number"},
      {{"--bonus", "b", "--bonus-betting", "static", "--bonus-bet", "3/2"},
       "--bonus-bet: '3/2' is not a fraction"},
      {{"--bonus", "b", "--bonus-betting", "bankroll"}, "--bonus-betting: bankroll needs"},
      {{"--bonus", "b", "--bonus-betting", "bankroll", "--bonus-tiers", "80"},
       "--bonus-tiers: '80' is not a list of bankroll:amount"},
      {{"--bonus", "b", "--bonus-betting", "bankroll", "--bonus-tiers", "80:1,80:2"},
       "--bonus-tiers: '80:1,80:2' is not"},
      {{"--bonus", "b", "--bonus-betting", "bankroll", "--bonus-tiers", "80:1,"},
       "--bonus-tiers: '80:1,' is not"},
      {{"--bonus", "b", "--bonus-betting", "bankroll", "--bonus-tiers", "80:1",
        "--bonus-drawdown-stop", "0"},
       "--bonus-drawdown-stop: '0' is not"},
      {{"--bonus", "b", "--bonus-betting", "streak"}, "--bonus-betting: streak needs"},
      {{"--bonus", "b", "--bonus-betting", "streak", "--bonus-streak", "wins:0"},
       "--bonus-streak: 'wins:0' is not wins:N or losses:N with N from 1 to 100"},
      {{"--bonus", "b", "--bonus-betting", "streak", "--bonus-streak", "draws:2"},
       "--bonus-streak: 'draws:2' is not"},
      {{"--bonus", "b", "--bonus-betting", "streak", "--bonus-streak", "wins"},
       "--bonus-streak: 'wins' is not"},
      {{"--five-card-bonus", "e"},
       "--five-card-bonus: 'e' is neither a name (a, b, c, d, none) nor 8" + pays},
      {{"--five-card-bet", "2"}, "--five-card-bet: this needs --five-card-bonus"},
      {{"--five-card-bonus", "a", "--five-card-bet", "0"}, "--five-card-bet: '0' is not"},
      {{"--paytable", "1000/200/50/11/8/5/3/2"}, "--paytable: '1000/200/50/11/8/5/3/2' is neither"},
      {{"--paytable", "100001/200/50/11/8/5/3/2/1"}, "--paytable: '100001/200/50/11/8/5/3/2/1'"},
      {{"--paytable", "standrd"}, "--paytable: 'standrd' is neither 'standard' nor 9" + pays},
      {{"--strategy", "chrt"}, "--strategy: unknown strategy 'chrt' (did you mean chart?)"},
      {{"--strategy", "custom"}, "--strategy: custom needs --ride-first"},
      {{"--strategy", "custom", "--ride-first", "1"}, "--strategy: custom needs --ride-second"},
      {{"--strategy", "custom", "--ride-first", "1 +", "--ride-second", "1"},
       "--ride-first, line 1, column 4: expected a number, a variable or '('"},
      {{"--ride-first", "1"}, "--ride-first: this needs --strategy custom"},
      {{"--strategy", "chart", "--ride-second", "1"}, "--ride-second: this needs"},
      {{"--ties", "rid"}, "--ties: 'rid' is not one of pull, ride"},
      {{"--strategy", "chart", "--ties", "ride"}, "--ties: this needs --strategy optimal"},
      {{"--seats", "0"}, "--seats: '0' is not a whole number from 1 to 6"},
      {{"--seats", "7"}, "--seats: '7' is not"},
      {{"--burn", "11"}, "--burn: '11' is not a whole number from 0 to 10"},
      {{"--engine", "crd"}, "--engine: 'crd' is not one of card, law"},
      {{"--engine", "law", "--seats", "2"}, "--engine: the law engine has no seats"},
      {{"--path", "sse"}, "--path: 'sse' is not one of auto, portable, avx2"},
      {{"--workers", "0"}, "--workers: '0' is not a whole number from 1 to 1024"},
      {{"--workers", "1025"}, "--workers: '1025' is not"},
      {{"--workers", "four"}, "--workers: 'four' is not"},
      {{"--csv", ""}, "--csv: the value is empty"},
      {{"--csv", "a", "--json", "a"}, "--json: the same file as --csv"},
      {{"--statistics", "a", "--hand-rows", "a"}, "--hand-rows: the same file as --statistics"},
      {{"--hand-rows", "a", "--hand-rows-sessions", "0"}, "--hand-rows-sessions: '0' is not"},
  };
  for (const auto& [line, message] : cases) {
    const std::string refused = refusal(line);
    CAPTURE(message, refused);
    CHECK(refused.rfind(message, 0) == 0);
  }
}

TEST_CASE("casino options: a run has at most two million million hands",
          "[casino][options][errors]") {
  const auto refused = [](const words& line) {
    return error_of([&] {
      const auto read = given(line);
      casino::read_simulate_options(read, casino::read_game(read));
    });
  };
  CHECK(refused({"--seed", "1", "--sessions", "10000000000"}) == "no error");
  CHECK(refused({"--seed", "1", "--sessions", "10000000001"}) ==
        "--sessions: '10000000001' is not a whole number from 1 to 10000000000");
  CHECK(refused({"--seed", "1", "--sessions", "2000000001", "--seats", "5"}) ==
        "--sessions: '2000000001' is not a whole number from 1 to 2000000000");
  CHECK(refused({"--seed", "18446744073709551615", "--sessions", "1"}) == "no error");
  CHECK(refused({"--seed", "18446744073709551616", "--sessions", "1"}).rfind("--seed: '", 0) == 0);
}

TEST_CASE("casino options: bad settings are refused by file, line and column",
          "[casino][options][config][errors]") {
  const temporary_folder folder;
  const std::pair<const char*, const char*> cases[] = {
      {"\nstrateg: chart", ":2:1: unknown key 'strateg' (did you mean strategy?)"},
      {"{\"hans\": 3}", ":1:2: unknown key 'hans' (did you mean hands?)"},
      {"config: other.conf", ":1:1: unknown key 'config'"},
      {"hands 3", ":1:7: expected ':' after the key 'hands'"},
      {"hands: 3\nhands: 4", ":2:1: the key 'hands' appears twice"},
      {"# x\n  betting:  martingal", ":2:13: betting: 'martingal' is no betting system (did you"},
      {"betting: flat\nbetting-share: 1/2", ":2:16: betting-share: only"},
      {"betting: proportional\nbetting-share: 2", ":2:16: betting-share: '2' is not a fraction"},
      {"strategy: custom\nride-first: made_hand or suted\nride-second: 0",
       ":2:13: ride-first, line 1, column 14: unknown variable 'suted' (did you mean suited?)"},
      {"{\"strategy\": \"custom\", \"ride-first\": \"1\",\n\"ride-second\": \"(1\"}",
       ":2:17: ride-second, line 1, column 3: "},
      {"strategy: custom", ":1:11: strategy: custom needs --ride-first"},
      {"strategy: chrt", ":1:11: strategy: unknown strategy 'chrt' (did you mean chart?)"},
      {"paytable: 1/2/3", ":1:11: paytable: '1/2/3' is neither"},
      {"{\"paytable\": [1, 2, 3]}", ":1:14: paytable: '1/2/3' is neither"},
      {"{\"paytable\": [1, \"2\"]}", ":1:18: expected a number, not a string"},
      {"{\"paytable\": {}}", ":1:14: expected a string, a number, true, false or an array"},
      {"{\"hands\": null}", ":1:11: expected a string, a number, true, false or an array"},
      {"{\"hands\": true}", ":1:11: hands: 'true' is not a whole number"},
      {"{\"hands\": 1e2}", ":1:11: hands: '1e2' is not a whole number"},
      {"{\"hands\": \"x\"}", ":1:12: hands: 'x' is not a whole number"},
      {"{\"quiet\": 1}", ":1:11: quiet: '1' is not one of true, false"},
      {"quiet: yes", ":1:8: quiet: 'yes' is not one of true, false"},
      {"hands:", ":1:7: hands: the value is empty"},
      {"bankroll: 2", ":1:11: bankroll: '2' is not a whole number from 3"},
      {"base-bet: 50\nbankroll: 60", ":2:11: bankroll: 60 does not cover three base bets"},
      {"bonus: f", ":1:8: bonus: 'f' is neither a name"},
      {"bonus: b\nbonus-betting: bankroll\nbonus-tiers: 9:1,8:1",
       ":3:14: bonus-tiers: '9:1,8:1' is not a list"},
      {"bonus: b\nbonus-betting: streak\nbonus-streak: 3",
       ":3:15: bonus-streak: '3' is not wins:N"},
      {"five-card-bonus: [1]", ":1:18: five-card-bonus: '[1]' is neither"},
      {"seats: 7", ":1:8: seats: '7' is not"},
      {"engine: law\nseats: 2", ":1:9: engine: the law engine has no seats"},
      {"path: fast", ":1:7: path: 'fast' is not one of auto, portable, avx2"},
      {"workers: none", ":1:10: workers: 'none' is not"},
      {"csv: a\njson: a", ":2:7: json: the same file as --csv"},
  };
  for (const auto& [text, message] : cases) {
    const std::string refused = config_refusal(folder, text);
    CAPTURE(text, message, refused);
    CHECK(refused.rfind(message, 0) == 0);
  }
}
