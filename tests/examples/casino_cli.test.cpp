// SPDX-License-Identifier: MIT
//
// The built program from the outside: exit codes, files, and the same bytes for any worker count.
#include "support/catch.hpp"

#include "temporary_folder.hpp"

#include "casino_simulator/csv_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#if defined(CASINO_SIMULATOR_PATH) && (defined(__unix__) || defined(__APPLE__))
#include <sys/wait.h>

namespace {

namespace fs = std::filesystem;

/// Runs a shell command with $casino as the program, inside the folder. Output goes to the files
/// "out" and "err" there; the result is the exit code.
int shell(const temporary_folder& folder, const std::string& command) {
  const std::string line = "cd '" + folder.file("") +
                           "' && casino='" CASINO_SIMULATOR_PATH "' && { " + command +
                           "; } >out 2>err";
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const std::string short_run =
    "\"$casino\" simulate --hands 200 --bankroll 100 --win-limit 50 --loss-limit 40 --quiet ";

/// What follows `"key": ` in a JSON file.
std::string value_of(const std::string& json, const std::string& key) {
  const std::string start = "\"" + key + "\": ";
  const std::size_t begin = json.find(start);
  if (begin == std::string::npos) return "";
  const std::size_t first = begin + start.size();
  return json.substr(first, json.find_first_of(",\n", first) - first);
}

double number_of(const std::string& json, const std::string& key) {
  return std::strtod(value_of(json, key).c_str(), nullptr);
}

} // namespace

TEST_CASE("casino_simulator: rows and digest are the same for any number of workers",
          "[casino][cli][contract]") {
  const temporary_folder folder;
  std::string rows, digest;
  for (const std::string workers : {"1", "2", "3", "8"}) {
    CHECK(shell(folder, short_run + "--seed 7 --sessions 20000 --csv rows --json json --workers " +
                            workers) == 0);
    const std::string json = read_file(folder.file("json"));
    CHECK(value_of(json, "workers") == workers);
    CHECK(value_of(json, "complete") == "true");
    if (rows.empty()) rows = read_file(folder.file("rows")), digest = value_of(json, "digest");
    CHECK(read_file(folder.file("rows")) == rows);
    CHECK(value_of(json, "digest") == digest);
    CHECK_FALSE(fs::exists(folder.file("rows.partial")));
  }
  CHECK(rows.rfind(std::string(casino::csv_header) + "0,", 0) == 0);
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 20'001);
  CHECK(digest == "\"fac54573cef08aeab9225cd785bb699a75ff4b692abc5f5ef77f49254afd5426\"");
}

TEST_CASE("casino_simulator: a run agrees with the exact figures", "[casino][cli][oracle]") {
  const temporary_folder folder;
  CHECK(shell(folder, short_run + "--seed 42 --sessions 100000 --json json") == 0);
  const std::string json = read_file(folder.file("json"));
  CHECK(std::abs(number_of(json, "z")) < 4.5);
  CHECK(number_of(json, "exact_ev_per_hand") == Approx(-0.035056791948).margin(5e-13));
  const auto agrees = [&](const char* key, double probability) {
    const double deviation = std::sqrt(100'000 * probability * (1 - probability));
    return std::abs(number_of(json, key) - 100'000 * probability) < 4.5 * deviation;
  };
  CHECK(agrees("sessions_won", 0.311913146569));
  CHECK(agrees("sessions_at_zero", 0.009342839867));
  const std::string stops = json.substr(json.find("\"stop_reasons\""));
  CHECK(std::abs(number_of(stops, "win_limit") - 10'113.8) < 4.5 * 95.4);
  CHECK(std::abs(number_of(stops, "loss_limit") - 32'949.0) < 4.5 * 148.7);
  CHECK(std::abs(number_of(stops, "hands") - 56'937.2) < 4.5 * 156.6);
  CHECK(number_of(stops, "funds") == 0);
  CHECK(number_of(json, "mean_hands") == Approx(167.586468327).margin(4.5 * 51 / 316.2));
  CHECK(number_of(json, "mean_profit") == Approx(-5.875043953347).margin(4.5 * 66.92 / 316.2));
  CHECK(number_of(json, "mean_max_drawdown") == Approx(35.852884953767).margin(4.5 * 20 / 316.2));
}

TEST_CASE("casino_simulator: exact prints both tie rules", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(shell(folder, "\"$casino\" exact --workers 2 --json json") == 0);
  const std::string text = read_file(folder.file("out"));
  for (const char* figure :
       {"optimal, ties pulled", "-0.035056791948", "1383007152", "26.605705180", "1.223706713455",
        "2.864803434 %", "43956288", "optimal, ties ridden", "1388484912", "26.711088872",
        "1.232084218303", "2.845324323 %", "43535232", "23.878012744 %"}) {
    CHECK(text.find(figure) != std::string::npos);
  }
  CHECK(value_of(read_file(folder.file("json")), "sum_net") == "-1822224");
}

TEST_CASE("casino_simulator: misuse is told and exits with 2", "[casino][cli][errors]") {
  const temporary_folder folder;
  const auto told = [&](const std::string& command, const std::string& message) {
    const int code = shell(folder, command);
    INFO(command << "\n" << read_file(folder.file("err")));
    CHECK(code == 2);
    CHECK(read_file(folder.file("err")).find(message) != std::string::npos);
    CHECK(read_file(folder.file("out")).empty());
  };
  told("\"$casino\"", "a command is missing");
  told("\"$casino\" simulat", "did you mean simulate?");
  told(short_run + "--seed 1 --sessions 5 --wokers 2", "did you mean --workers?");
  told(short_run + "--seed 1 --sessions -5", "--sessions: '-5'");
  told(short_run + "--seed 1 --sessions 5 --csv no/such/file", "no/such/file");
  told(short_run + "--seed 1 --sessions 5 --json .", "cannot be written");
  told(short_run + "--seed 1 --sessions 5 --csv rows --json no/such/file", "no/such/file");
  CHECK_FALSE(fs::exists(folder.file("rows.partial")));
}

TEST_CASE("casino_simulator: a failed write is told and exits with 3", "[casino][cli][errors]") {
  if (!fs::exists("/dev/full")) return;
  const temporary_folder folder;
  const std::string run = short_run + "--seed 1 --sessions 5000 ";
  CHECK(shell(folder, run + "--csv /dev/full") == 3);
  CHECK(read_file(folder.file("err")).find("/dev/full: a write failed") != std::string::npos);
  CHECK(shell(folder, run + "--json /dev/full") == 3);
  CHECK(shell(folder, run + ">/dev/full") == 3);
  CHECK(read_file(folder.file("err")).find("standard output") != std::string::npos);
  CHECK(shell(folder, run + "--csv rows --json /dev/full") == 3);
  CHECK(read_file(folder.file("rows")).rfind(casino::csv_header, 0) == 0); // what is done stays
  CHECK(shell(folder, "\"$casino\" --help >/dev/full") == 3);
  CHECK(shell(folder, "\"$casino\" exact --quiet --json /dev/full") == 3);
  CHECK_FALSE(fs::exists("/dev/full.partial"));
}

TEST_CASE("casino_simulator: closed standard streams do not end up in files",
          "[casino][cli][errors]") {
  const temporary_folder folder;
  const std::string run = short_run + "--seed 1 --sessions 500 ";
  CHECK(shell(folder, run + "--csv rows") == 0);
  CHECK(shell(folder, run + "--csv closed <&- >&- 2>&-") == 3); // nowhere to print the report
  CHECK(read_file(folder.file("closed")) == read_file(folder.file("rows")));
}

TEST_CASE("casino_simulator: rows to standard output come alone", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(shell(folder, short_run + "--seed 1 --sessions 100 --csv rows") == 0);
  CHECK(read_file(folder.file("out")).find("sessions won") != std::string::npos);
  CHECK(shell(folder, short_run + "--seed 1 --sessions 100 --csv /dev/stdout") == 0);
  CHECK(read_file(folder.file("out")) == read_file(folder.file("rows")));
  CHECK(read_file(folder.file("err")).find("sessions won") != std::string::npos);
}

TEST_CASE("casino_simulator: help is printed for either command", "[casino][cli]") {
  const temporary_folder folder;
  for (const char* words : {"--help", "simulate --help", "exact -h"}) {
    CHECK(shell(folder, std::string("\"$casino\" ") + words) == 0);
    CHECK(read_file(folder.file("out")).find("--loss-limit U") != std::string::npos);
  }
}

TEST_CASE("casino_simulator: SIGINT leaves the finished prefix and says where to go on",
          "[casino][cli][stop]") {
  const temporary_folder folder;
  const std::string endless = short_run + "--seed 3 --sessions 1000000000 --csv rows --json json";
  CHECK(shell(folder, endless +
                          " & pid=$!; "
                          "while [ ! -s rows.partial ] || [ $(wc -l <rows.partial) -lt 2 ]; do "
                          "sleep 0.02; done; kill -INT $pid; wait $pid") == 130);
  const std::string message = read_file(folder.file("err"));
  CHECK(message.find("rows.partial") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.file("rows")));
  CHECK_FALSE(fs::exists(folder.file("json")));
  const std::string stopped = read_file(folder.file("json.partial"));
  const std::string next = value_of(stopped, "sessions");
  CHECK(message.find("the next session is " + next) != std::string::npos);
  CHECK(value_of(stopped, "complete") == "false");

  CHECK(shell(folder, short_run + "--seed 3 --csv again --json json --sessions " + next) == 0);
  CHECK(read_file(folder.file("rows.partial")) == read_file(folder.file("again")));
  CHECK(value_of(stopped, "digest") == value_of(read_file(folder.file("json")), "digest"));
}

#endif
