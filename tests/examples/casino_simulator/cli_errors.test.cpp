// SPDX-License-Identifier: MIT
//
// How casino_simulator ends when something is wrong: exit code, message, and what becomes of files.
#include "support/catch.hpp"

#include "program.hpp"

#if CASINO_PROGRAM_TESTS

#include "casino_simulator/csv_rows.hpp"

#include <filesystem>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

/// The command ends with 2 and the message, prints nothing else, and leaves the folder as it was.
void check_misuse(const temporary_folder& folder, const std::string& words,
                  const std::string& message) {
  const auto before = names_in(folder);
  const int code = casino_run(folder, words);
  const std::string err = content_of(folder, "err");
  CAPTURE(words, err);
  CHECK(code == 2);
  CHECK(err.rfind("casino_simulator: " + message, 0) == 0);
  CHECK(err.find('\n') == err.size() - 1);
  CHECK(content_of(folder, "out").empty());
  CHECK(names_in(folder) == before);
}

} // namespace

TEST_CASE("casino_simulator: misuse is told and exits with 2", "[casino][cli][errors]") {
  const temporary_folder folder;
  check_misuse(folder, "", "a command is missing: simulate, exact, compare, replay, validate");
  check_misuse(folder, "simulat", "unknown command 'simulat' (did you mean simulate?)");
  check_misuse(folder, "--seed 1", "unknown command '--seed'");
  const std::string run = short_run + "--seed 1 --sessions 5 ";
  check_misuse(folder, run + "--wokers 2", "unknown option --wokers (did you mean --workers?)");
  check_misuse(folder, run + "stray", "unexpected argument 'stray'");
  check_misuse(folder, run + "--csv", "--csv: a value is missing");
  check_misuse(folder, run + "--seed 2", "--seed: given more than once");
  check_misuse(folder, short_run + "--seed 1 --sessions -5", "--sessions: '-5'");
  check_misuse(folder, short_run + "--seed 1", "--sessions: this option is required");
  check_misuse(folder, short_run + "--sessions 1", "--seed: this option is required");
}

TEST_CASE("casino_simulator: a command refuses what belongs to another", "[casino][cli][errors]") {
  const temporary_folder folder;
  check_misuse(folder, "exact --csv rows", "unknown option --csv");
  check_misuse(folder, "exact --seed 1", "unknown option --seed");
  check_misuse(folder, "simulate --seed 1 --sessions 5 --rounds 2", "unknown option --rounds");
  check_misuse(folder, "simulate --seed 1 --session 5", "unknown option --session");
  check_misuse(folder, "replay --seed 1", "--session: this option is required");
  check_misuse(folder, "replay --session 1", "--seed: this option is required");
  check_misuse(folder, "replay --seed 1 --session 18446744073709551615", "--session: '18446744");
  check_misuse(folder, "validate", "--config: this option is required");
  check_misuse(folder, "compare --seed 1 --sessions 5 --engine law", "--engine: strategies are");
  check_misuse(folder, "compare --seed 1 --sessions 5 --strategies optimal,chrt",
               "--strategies: unknown strategy 'chrt' (did you mean chart?)");
  check_misuse(folder, "bench --rounds 0", "--rounds: '0'");
  check_misuse(folder, "bench --seats 2", "bench measures a single seat");
}

TEST_CASE("casino_simulator: files that cannot be opened are told and nothing is left",
          "[casino][cli][errors]") {
  const temporary_folder folder;
  const std::string run = short_run + "--seed 1 --sessions 5 ";
  check_misuse(folder, run + "--csv no/such/file", "no/such/file: cannot be written: ");
  check_misuse(folder, run + "--json .", ".: cannot be written: ");
  check_misuse(folder, run + "--csv rows --json no/such/file", "no/such/file: cannot be written");
  check_misuse(folder, run + "--csv rows --statistics no/such/file", "no/such/file: cannot be");
  check_misuse(folder, "exact --quiet --json no/such/file", "no/such/file: cannot be written");
  check_misuse(folder, "compare --seed 1 --sessions 5 --json no/such/file", "no/such/file: cannot");
  check_misuse(folder, "bench --json no/such/file", "no/such/file: cannot be written");
  check_misuse(folder, run + "--config none.conf", "none.conf: cannot be read: ");
}

TEST_CASE("casino_simulator: misuse leaves existing files as they are", "[casino][cli][errors]") {
  const temporary_folder folder;
  for (const char* name : {"rows", "json", "html", "hands", "all"}) {
    write_file(folder.file(name), "old");
  }
  const std::string run = short_run + "--seed 1 --sessions 5 --csv rows --json json --html html " +
                          "--hand-rows hands --statistics all ";
  check_misuse(folder, run + "--seats 7", "--seats: '7'");
  check_misuse(folder, run + "--bonus b --bonus-betting streak", "--bonus-betting: streak needs");
  check_misuse(folder, run + "--strategy custom --ride-first 1 --ride-second sooted",
               "--ride-second, line 1, column 1: unknown variable 'sooted' (did you mean suited?)");
  check_misuse(folder, run + "--engine law --seats 2", "--engine: ");
  write_file(folder.file("game.conf"), "hands: 5\npath: fast\n");
  check_misuse(folder, run + "--config game.conf", "game.conf:2:7: path: 'fast' is not one of");
  check_misuse(folder, "compare --seed 1 --sessions 5 --json json --strategies x",
               "--strategies: ");
  check_misuse(folder, "exact --json json --strategy x", "--strategy: unknown strategy 'x'");
  for (const char* name : {"rows", "json", "html", "hands", "all"}) {
    CHECK(content_of(folder, name) == "old");
  }
}

TEST_CASE("casino_simulator: a failed write is told and exits with 3", "[casino][cli][errors]") {
  if (!fs::exists("/dev/full")) return;
  const temporary_folder folder;
  const std::string quick = "simulate --quiet --hands 20 --win-limit 5 --seed 1 --sessions 2000 ";
  for (const char* option : {"--csv", "--json", "--html", "--statistics", "--hand-rows"}) {
    CAPTURE(option);
    CHECK(casino_run(folder, quick + option + " /dev/full") == 3);
    CHECK(content_of(folder, "err").rfind("casino_simulator: /dev/full: a write failed: ", 0) == 0);
  }
  CHECK(casino_run(folder, quick + ">/dev/full") == 3);
  CHECK(content_of(folder, "err").find("standard output: a write failed") != std::string::npos);
  CHECK(casino_run(folder, quick + "--csv rows --json /dev/full") == 3);
  CHECK(content_of(folder, "rows").rfind(casino::csv_header, 0) == 0); // what is done stays
  CHECK(names_in(folder) == std::set<std::string>{"rows"});
  const std::string game = "--hands 20 --win-limit 5 --seed 1 ";
  CHECK(casino_run(folder, "--help >/dev/full") == 3);
  CHECK(casino_run(folder, "exact --quiet --json /dev/full") == 3);
  CHECK(casino_run(folder, "compare --quiet --sessions 5 --json /dev/full " + game) == 3);
  CHECK(casino_run(folder, "replay --session 5 " + game + ">/dev/full") == 3);
  CHECK_FALSE(fs::exists("/dev/full.partial"));
}

TEST_CASE("casino_simulator: closed standard streams do not end up in files",
          "[casino][cli][errors]") {
  const temporary_folder folder;
  const std::string run = short_run + "--seed 1 --sessions 500 ";
  CHECK(casino_run(folder, run + "--csv rows") == 0);
  CHECK(casino_run(folder, run + "--csv closed <&- >&- 2>&-") == 3); // nowhere to print the report
  CHECK(content_of(folder, "closed") == content_of(folder, "rows"));
}

#endif
