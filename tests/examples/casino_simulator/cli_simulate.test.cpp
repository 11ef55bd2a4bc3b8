// SPDX-License-Identifier: MIT
//
// `casino_simulator simulate` from the outside: the same bytes for any number of workers and any
// path, figures that agree with the exact ones, and what an interrupted run leaves.
#include "support/catch.hpp"

#include "program.hpp"

#if CASINO_PROGRAM_TESTS

#include "casino_simulator/csv_rows.hpp"
#include "casino_simulator/vector_path.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace {

const std::string files = "--csv rows --json json --html html --hand-rows hands "
                          "--hand-rows-sessions 1030 --statistics statistics --no-timing ";

const std::string flat = "--hands 40 --win-limit 12 --loss-limit 12 ";
const std::string progressive =
    "--hands 40 --bankroll 200 --win-limit 50 --loss-limit 40 --betting martingale --bonus b "
    "--bonus-betting streak --bonus-streak losses:2 --five-card-bonus d ";
const std::string table = "--hands 30 --win-limit 12 --loss-limit 12 --seats 3 --burn 2 ";

using contents = std::map<std::string, std::string>;

/// Everything that a run of nine chunks writes, by the files' names.
contents written(const temporary_folder& folder, const std::string& words) {
  INFO(words);
  CHECK(casino_run(folder, "simulate --quiet --seed 11 --sessions 9000 " + files + words) == 0);
  contents all;
  for (const std::string& name : names_in(folder)) all[name] = content_of(folder, name);
  CHECK(all.size() == 5);
  return all;
}

void check_same(const contents& some, const contents& expected) {
  for (const auto& [name, bytes] : expected) {
    CAPTURE(name);
    CHECK(bytes.size() > 60);
    CHECK((some.at(name) == bytes)); // two files of megabytes are no message
  }
}

void check_workers(const std::string& words) {
  const temporary_folder folder;
  const contents expected = written(folder, words + "--workers 1");
  for (const char* workers : {"2", "3", "8"}) {
    CAPTURE(words, workers);
    check_same(written(folder, words + "--workers " + workers), expected);
  }
}

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

} // namespace

TEST_CASE("casino_simulator: a flat game gives the same files for any number of workers",
          "[casino][cli][contract]") {
  check_workers(flat + "--engine card ");
  check_workers(flat + "--engine law ");
}

TEST_CASE("casino_simulator: progressive bets and bonuses give the same files for any number of "
          "workers",
          "[casino][cli][contract]") {
  check_workers(progressive + "--engine card ");
  check_workers(progressive + "--engine law ");
}

TEST_CASE("casino_simulator: a table gives the same files for any number of workers",
          "[casino][cli][contract]") {
  check_workers(table);
}

TEST_CASE("casino_simulator: both paths give the same files, but for the name of the path",
          "[casino][cli][contract]") {
  const temporary_folder folder;
  if (!casino::available(casino::vector_path::avx2)) {
    CHECK(casino_run(folder, short_run + "--seed 1 --sessions 5 --path avx2 --csv rows") == 2);
    CHECK(content_of(folder, "err").find("--path: this processor") != std::string::npos);
    CHECK(names_in(folder).empty());
    return;
  }
  for (const std::string& game : {flat, progressive, table}) {
    CAPTURE(game);
    contents portable = written(folder, game + "--path portable");
    std::string& json = portable.at("json");
    const std::string path = "\"path\": \"portable\"";
    REQUIRE(json.find(path) != std::string::npos);
    json.replace(json.find(path), path.size(), "\"path\": \"avx2\"");
    check_same(written(folder, game + "--path avx2"), portable);
  }
}

TEST_CASE("casino_simulator: the engines and the seeds differ", "[casino][cli]") {
  const temporary_folder folder;
  const std::string run =
      "simulate --quiet --win-limit 20 --loss-limit 20 --sessions 100 --csv rows ";
  CHECK(casino_run(folder, run + "--seed 1") == 0);
  const std::string rows = content_of(folder, "rows");
  CHECK(casino_run(folder, run + "--seed 2") == 0);
  CHECK(content_of(folder, "rows") != rows);
  CHECK(casino_run(folder, run + "--seed 1 --engine law") == 0);
  CHECK(content_of(folder, "rows") != rows);
  CHECK(casino_run(folder, run + "--seed 1 --engine card") == 0);
  CHECK(content_of(folder, "rows") == rows);
}

TEST_CASE("casino_simulator: rows and digest are the same for any number of workers",
          "[casino][cli][contract]") {
  const temporary_folder folder;
  std::string rows;
  for (const char* workers : {"1", "2", "3", "8"}) {
    CHECK(casino_run(folder, short_run + "--seed 7 --sessions 20000 --csv rows --json json " +
                                 "--workers " + workers) == 0);
    const auto json = json_file(folder, "json");
    CHECK(json.at("run").at("workers").number_text() == workers);
    CHECK(json.at("complete").boolean());
    CHECK(json.at("digest").string() ==
          "fac54573cef08aeab9225cd785bb699a75ff4b692abc5f5ef77f49254afd5426");
    if (rows.empty()) rows = content_of(folder, "rows");
    CHECK((content_of(folder, "rows") == rows));
    CHECK(names_in(folder) == std::set<std::string>{"json", "rows"});
  }
  CHECK(rows.rfind(std::string(casino::csv_header) + "0,", 0) == 0);
  CHECK(lines_of(rows) == 20'001);
}

TEST_CASE("casino_simulator: a table has a row for each seat of each session", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "simulate --quiet --seed 5 --sessions 40 --seats 3 --burn 2 --hands 9 "
                           "--csv rows --json json --hand-rows hands --hand-rows-sessions 2") == 0);
  const std::string rows = content_of(folder, "rows");
  CHECK(lines_of(rows) == 1 + 40 * 3);
  CHECK(lines_of(lines_with(rows, "39,")) == 3);
  CHECK(lines_with(rows, "39,2,100,").size() > 9);
  const std::string hands = content_of(folder, "hands");
  CHECK(hands.rfind(casino::hand_csv_header, 0) == 0);
  CHECK(lines_of(hands) == 1 + 2 * 3 * 9); // a bankroll of 100 lasts for nine hands
  CHECK(lines_of(lines_with(hands, "1,2,")) == 9);
  const auto json = json_file(folder, "json");
  CHECK(json.at("sessions").uint64() == 120);
  CHECK(json.at("hands").uint64() == 1080);
  CHECK(json.at("game").at("seats").uint64() == 3);
  CHECK(json.at("game").at("burn").uint64() == 2);
}

TEST_CASE("casino_simulator: a run agrees with the exact figures", "[casino][cli][oracle]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, short_run + "--seed 42 --sessions 100000 --json json") == 0);
  const auto json = json_file(folder, "json");
  CHECK(json.at("exact_ev_per_hand").real() == Approx(-0.035056791948).margin(5e-13));
  for (const auto& figure : json.at("figures").elements()) {
    CAPTURE(figure.at("name").string());
    const auto& z = figure.at("z");
    if (z.kind() == example::json_kind::number) CHECK(std::abs(z.real()) < 4.5);
  }
  // Whatever the program holds for exact, these figures come from elsewhere.
  const auto agrees = [&](const example::json_value& seen, double probability) {
    const double deviation = std::sqrt(100'000 * probability * (1 - probability));
    return std::abs(seen.real() - 100'000 * probability) < 4.5 * deviation;
  };
  CHECK(agrees(json.at("sessions_won"), 0.311913146569));
  CHECK(agrees(json.at("sessions_at_zero"), 0.009342839867));
  const auto& stops = json.at("stop_reasons");
  CHECK(agrees(stops.at("win_limit"), 0.101137908853));
  CHECK(agrees(stops.at("loss_limit"), 0.329490270589));
  CHECK(agrees(stops.at("hands"), 0.569371820558));
  CHECK(stops.at("funds").uint64() == 0);
  CHECK(json.at("mean_hands").real() == Approx(167.586468327).margin(4.5 * 51 / 316.2));
  CHECK(json.at("mean_profit").real() == Approx(-5.875043953347).margin(4.5 * 66.92 / 316.2));
  CHECK(json.at("mean_max_drawdown").real() == Approx(35.852884953767).margin(4.5 * 20 / 316.2));
}

TEST_CASE("casino_simulator: without timing the JSON has no run", "[casino][cli]") {
  const temporary_folder folder;
  const std::string run = short_run + "--seed 1 --sessions 100 --json json";
  CHECK(casino_run(folder, run) == 0);
  CHECK(json_file(folder, "json").at("run").at("wall_s").real() > 0);
  CHECK(casino_run(folder, run + " --no-timing") == 0);
  CHECK(json_file(folder, "json").find("run") == nullptr);
}

TEST_CASE("casino_simulator: rows to standard output come alone", "[casino][cli]") {
  const temporary_folder folder;
  for (const std::string option : {"--csv ", "--hand-rows "}) {
    CHECK(casino_run(folder, short_run + "--seed 1 --sessions 100 " + option + "rows") == 0);
    CHECK(content_of(folder, "out").find("sessions won") != std::string::npos);
    CHECK(casino_run(folder, short_run + "--seed 1 --sessions 100 " + option + "/dev/stdout") == 0);
    CHECK(content_of(folder, "out") == content_of(folder, "rows"));
    CHECK(content_of(folder, "err").find("sessions won") != std::string::npos);
  }
}

TEST_CASE("casino_simulator: SIGINT leaves the finished prefix and says where to go on",
          "[casino][cli][stop]") {
  for (const std::string words : {"--seed 3 ", "--seed 3 --seats 2 "}) {
    CAPTURE(words);
    const temporary_folder folder;
    const std::string outputs = "--csv rows --hand-rows hands --json json --statistics all ";
    const std::string endless = short_run + words + outputs + "--sessions 1000000000";
    CHECK(shell(folder, "\"$casino\" " + endless +
                            " & pid=$!; "
                            "while [ ! -s rows.partial ] || [ $(wc -l <rows.partial) -lt 2 ]; do "
                            "sleep 0.02; done; kill -INT $pid; wait $pid") == 130);
    const std::string message = content_of(folder, "err");
    const std::set<std::string> partial{"all.partial", "hands.partial", "json.partial",
                                        "rows.partial"};
    CHECK(names_in(folder) == partial);
    const auto stopped = json_file(folder, "json.partial");
    const std::uint64_t seats = stopped.at("game").at("seats").uint64();
    const std::string next = std::to_string(stopped.at("sessions").uint64() / seats);
    CHECK(message.find("the next session is " + next + "\n") != std::string::npos);
    for (const std::string& name : partial) {
      CHECK(message.find("sessions 0 to " + next + " (exclusive) are in " + name + "\n") !=
            std::string::npos);
    }
    CHECK_FALSE(stopped.at("complete").boolean());
    const std::string rows = content_of(folder, "rows.partial");
    const std::string hands = content_of(folder, "hands.partial");
    const std::string all = content_of(folder, "all.partial");

    CHECK(casino_run(folder, short_run + words + outputs + "--sessions " + next) == 0);
    CHECK(json_file(folder, "json").at("digest") == stopped.at("digest"));
    CHECK(names_in(folder) == std::set<std::string>{"all", "hands", "json", "rows"});
    CHECK((content_of(folder, "rows") == rows));
    CHECK((content_of(folder, "hands") == hands));
    CHECK((content_of(folder, "all") == all));
  }
}

#endif
