// SPDX-License-Identifier: MIT
//
// The built batch_validator on the tasks and programs that come with it: each file of programs has one
// for every task, and its name says how they end. BATCH_VALIDATOR_PATH names the program; without it,
// or without a POSIX shell, there is nothing here.
#include "support/catch.hpp"

#if defined(BATCH_VALIDATOR_PATH) && (defined(__unix__) || defined(__APPLE__))

#include "../program_in_folder.hpp"

#include "support/json_reader.hpp"
#include "support/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace {

/// A part of the example's folder.
std::string demo(const std::string& name) {
  const auto here = std::filesystem::absolute(__FILE__).parent_path();
  return (here / "../../../examples/batch_validator" / name).lexically_normal().string();
}

std::string programs(const std::string& kind) {
  return "'" + demo("programs/" + kind + ".py") + "'";
}

/// Runs a shell command with $judge as the program and $tasks as the folder of the tasks.
int shell(const temporary_folder& folder, const std::string& command) {
  return run_in(folder,
                "judge='" BATCH_VALIDATOR_PATH "'; tasks='" + demo("tasks") + "'; " + command);
}

int validate(const temporary_folder& folder, const std::string& words) {
  return shell(folder, "\"$judge\" validate --tasks \"$tasks\" --programs " + words);
}

const std::string all_programs = programs("right") + " " + programs("wrong") + " " +
                                 programs("crashing") + " " + programs("runaway") + " " +
                                 programs("unparsable");

/// Enough for all that should end by itself or by another limit, and soon used up.
const std::string little_fuel = " --fuel 10000000";

/// With their ends.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at) + "\n");
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

/// The records of the candidates of one file of programs; a run of other length gives none.
std::vector<example::json_value> judged(const std::string& kind, const std::string& words = "") {
  const temporary_folder folder;
  std::vector<example::json_value> records;
  if (validate(folder, programs(kind) + little_fuel + words) != 0) return records;
  const std::vector<std::string> lines = lines_of(content_of(folder, "out"));
  if (lines.size() != 10) return records;
  for (std::size_t i = 1; i < 9; ++i) records.push_back(example::read_json(lines[i]));
  return records;
}

/// A member of each as text; "-" is null.
std::vector<std::string> texts(const std::vector<example::json_value>& records,
                               const std::string& member) {
  std::vector<std::string> all;
  for (const example::json_value& record : records) {
    const example::json_value& content = record.at(member);
    all.push_back(content.kind() == example::json_kind::null ? "-" : content.string());
  }
  return all;
}

std::vector<std::string> eight(const std::string& text) { return {8, text}; }

std::string report(const std::string& words) {
  const temporary_folder folder;
  CHECK(validate(folder, all_programs + little_fuel + words) == 0);
  return content_of(folder, "out");
}

/// "EXIT_CODE MESSAGE" without the program's name.
std::string refusal(const temporary_folder& folder, const std::string& words) {
  const int code = shell(folder, "\"$judge\" " + words);
  const std::string said = content_of(folder, "err");
  const std::string name = "batch_validator: ";
  return std::to_string(code) + " " + (said.rfind(name, 0) == 0 ? said.substr(name.size()) : said);
}

} // namespace

TEST_CASE("demo: right programs are accepted", "[arc][demo]") {
  const auto records = judged("right");
  CHECK(texts(records, "verdict") == eight("AC"));
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::string id = "a000000" + std::to_string(i + 1);
    CHECK(records[i].at("number").uint64() == i);
    CHECK(records[i].at("id").string() == "solve_" + id);
    CHECK(records[i].at("program").string() == "solve_" + id);
    CHECK(records[i].at("task").string() == id);
    CHECK(records[i].at("train_ok").uint64() == 2);
    CHECK(records[i].at("test_ok").uint64() == 1);
  }
}

TEST_CASE("demo: wrong programs give another grid", "[arc][demo]") {
  const auto records = judged("wrong");
  CHECK(texts(records, "verdict") == eight("WA"));
  std::vector<std::string> samples = eight("train[0]");
  samples[3] = "test[0]";
  CHECK(texts(records, "sample") == samples);
  CHECK(records.at(1).at("differing_cells").uint64() == 3); // its three cells of colour 2
  CHECK(records.at(2).at("differing_cells").kind() == example::json_kind::null); // another size
  CHECK(records.at(3).at("train_ok").uint64() == 2);
}

TEST_CASE("demo: crashing programs end with an error each", "[arc][demo]") {
  using words = std::vector<std::string>;
  const auto records = judged("crashing");
  CHECK(texts(records, "verdict") == eight("RE"));
  CHECK(texts(records, "error") == words{"type", "index", "empty", "no_element", "zero_division",
                                         "zero_step", "overflow", "type"});
  CHECK(texts(records, "primitive") ==
        words{"vmirror", "fill", "argmax", "first", "divide", "interval", "double", "-"});
  CHECK(records.at(0).at("line").uint64() == 10);
  CHECK(records.at(0).at("column").uint64() == 9);
}

TEST_CASE("demo: runaways end at a limit each", "[arc][demo]") {
  using words = std::vector<std::string>;
  const words verdicts{"FUEL", "MEM", "MEM", "DEPTH", "DEPTH", "FUEL", "FUEL", "MEM"};
  const auto records = judged("runaway");
  CHECK(texts(records, "verdict") == verdicts);
  CHECK(texts(records, "error") == eight("-"));
  CHECK(texts(records, "sample") == eight("train[0]"));
  CHECK(texts(judged("runaway", " --full"), "verdict") == verdicts);
}

TEST_CASE("demo: unparsable programs are refused with their place and why", "[arc][demo]") {
  const auto records = judged("unparsable");
  CHECK(texts(records, "verdict") == eight("CE"));
  CHECK(texts(records, "task").at(7) == "a0000008"); // its name can be read
  CHECK(texts(records, "message") ==
        std::vector<std::string>{
            "unknown identifier 'vmiror' (did you mean vmirror?)",
            "expected an argument, found '1'", "expected ',' or ')', found '('",
            "'objects' takes 4 arguments, found 3", "'O' was assigned in line 38",
            "'x2' is used before it is assigned in line 46", "cannot assign to 'trim', a primitive",
            "the program has no return"});
  const std::uint64_t places[][2] = {{9, 10}, {16, 19}, {22, 24}, {29, 10},
                                     {39, 5}, {45, 18}, {53, 5},  {59, 1}};
  for (std::size_t i = 0; i < records.size(); ++i) {
    CAPTURE(i);
    CHECK(records[i].at("line").uint64() == places[i][0]);
    CHECK(records[i].at("column").uint64() == places[i][1]);
  }
}

TEST_CASE("demo: the report is the same bytes for any number of workers", "[arc][demo][contract]") {
  const std::string once = report(" --workers 1");
  REQUIRE(lines_of(once).size() == 42);
  for (const char* const workers : {"2", "3", "8"}) {
    CAPTURE(workers);
    CHECK((report(std::string(" --workers ") + workers) == once));
  }
}

TEST_CASE("demo: judging in full has bytes of its own, the same for any number of workers",
          "[arc][demo][contract]") {
  const std::string once = report(" --full --workers 1");
  REQUIRE(lines_of(once).size() == 42);
  CHECK((once != report(" --workers 1")));
  for (const char* const workers : {"2", "3", "8"}) {
    CAPTURE(workers);
    CHECK((report(std::string(" --full --workers ") + workers) == once));
  }
  // The first sample that fails is the last only if nobody asked for all.
  const auto summary = example::read_json(lines_of(once).back());
  CHECK(summary.at("AC").uint64() == 8);
  CHECK(judged("wrong").at(1).at("fuel").uint64() <
        judged("wrong", " --full").at(1).at("fuel").uint64());
}

TEST_CASE("demo: the summary counts the verdicts and has the digest of all before it",
          "[arc][demo]") {
  std::vector<std::string> lines = lines_of(report(" --workers 2"));
  REQUIRE(lines.size() == 42);
  const auto summary = example::read_json(lines.back());
  lines.pop_back();
  example::sha256 hash;
  for (const std::string& line : lines) hash.add(line);
  CHECK(summary.at("sha256").string() == hash.hex());
  CHECK(summary.at("candidates").uint64() == 40);
  const std::tuple<const char*, std::uint64_t> counts[] = {
      {"AC", 8},  {"WA", 8},    {"NG", 0},      {"RE", 8}, {"FUEL", 3},
      {"MEM", 3}, {"DEPTH", 2}, {"TIMEOUT", 0}, {"CE", 8}, {"SKIPPED", 0}};
  for (const auto& [verdict, count] : counts) {
    CAPTURE(verdict);
    CHECK(summary.at(verdict).uint64() == count);
  }
}

TEST_CASE("demo: exit codes tell whether all had to be accepted and were", "[arc][demo][errors]") {
  const temporary_folder folder;
  CHECK(validate(folder, programs("wrong")) == 0);
  CHECK(validate(folder, programs("wrong") + " --require-accepted") == 1);
  CHECK(lines_of(content_of(folder, "out")).size() == 10); // the report is whole nevertheless
  CHECK(validate(folder, programs("right") + " --require-accepted") == 0);
  CHECK(validate(folder,
                 programs("right") + " " + programs("unparsable") + " --require-accepted") == 1);
}

TEST_CASE("demo: what cannot be used is refused", "[arc][demo][errors]") {
  const temporary_folder folder;
  const std::string right = programs("right");
  const std::string hint = " (batch_validator --help lists the options)\n";
  CHECK(refusal(folder, "validate --tasks $tasks --programs absent.py --out report") ==
        "2 absent.py: cannot be read: No such file or directory\n");
  CHECK(refusal(folder, "validate --tasks absent --programs " + right).rfind("2 absent: ", 0) == 0);
  CHECK(refusal(folder, "validate --tasks $tasks --programs " + right + " --wokers 2") ==
        "2 unknown option --wokers (did you mean --workers?)" + hint);
  CHECK(refusal(folder, "validat") ==
        "2 unknown command 'validat' (did you mean validate?)" + hint);
  write_file(folder.file("ragged.json"), "{\"train\": [\n"
                                         "  {\"input\": [[1, 2], [3]], \"output\": [[1]]}\n"
                                         "], \"test\": []}\n");
  CHECK(refusal(folder, "validate --tasks ragged.json --programs " + right + " --out report")
            .rfind("2 ragged.json:2:22: train[0].input[1]: a row of 1, but the first has 2", 0) ==
        0);
  CHECK(names_in(folder) == std::set<std::string>{"ragged.json"});
}

TEST_CASE("demo: a report in a file appears when it is whole", "[arc][demo]") {
  const temporary_folder folder;
  const std::string words = programs("right") + " --out report";
  REQUIRE(validate(folder, words) == 0);
  CHECK(names_in(folder) == std::set<std::string>{"report"});
  CHECK(content_of(folder, "out").empty());
  CHECK(content_of(folder, "err") == "8 candidates: AC 8\n");
  const std::string first = content_of(folder, "report");
  REQUIRE(validate(folder, programs("right")) == 0);
  CHECK((content_of(folder, "out") == first));
}

TEST_CASE("demo: a report that is interrupted leaves the old one, and can be resumed",
          "[arc][demo]") {
  const temporary_folder folder;
  write_file(folder.file("report"), "old\n");
  // Far more than can be judged before the signal comes.
  std::string many;
  for (int i = 0; i < 100; ++i) many += programs("runaway") + " ";
  REQUIRE(shell(folder, "\"$judge\" validate --tasks \"$tasks\" --programs " + many + little_fuel +
                            " --no-sharing --workers 2 --out report & pid=$!; "
                            "while [ ! -s report.partial ] && kill -0 $pid; do sleep 0.01; done; "
                            "cat report; kill -TERM $pid; wait $pid") == 143);
  CHECK(content_of(folder, "out") == "old\n"); // while it was being written
  CHECK(content_of(folder, "report") == "old\n");
  const std::string partial = content_of(folder, "report.partial");
  const std::vector<std::string> lines = lines_of(partial);
  REQUIRE(lines.size() >= 2); // whole lines, and no summary
  CHECK(example::read_json(lines.back()).at("record").string() == "candidate");
  CHECK(lines.size() < 801);
  write_file(folder.file("whole"), partial);
  REQUIRE(shell(folder, "\"$judge\" validate --tasks \"$tasks\" --programs " + many + little_fuel +
                            " --workers 1 --resume --out report") == 0);
  const std::string whole = content_of(folder, "report");
  CHECK((whole.substr(0, partial.size()) == partial));
  CHECK(lines_of(whole).size() == 802);
}

TEST_CASE("demo: programs from a pipe, as text or as JSON Lines, have the verdicts of their files",
          "[arc][demo]") {
  using words = std::vector<std::string>;
  const temporary_folder folder;
  const auto verdicts = [&](const std::string& command) {
    words all;
    if (shell(folder, command) != 0) return all;
    for (const std::string& line : lines_of(content_of(folder, "out"))) {
      const auto record = example::read_json(line);
      if (record.at("record").string() == "candidate") all.push_back(record.at("verdict").string());
    }
    return all;
  };
  const std::string judge = " \"$judge\" validate --tasks=\"$tasks\" --programs -";
  CHECK(verdicts("cat " + programs("right") + " |" + judge) == eight("AC"));
  CHECK(verdicts("\"$judge\" expand --jsonl --programs " + programs("wrong") + " |" + judge) ==
        eight("WA"));
  // Candidate 0 of each program is the program itself.
  const words mutants = verdicts("\"$judge\" mutate --jsonl --count 3 --seed 5 --programs " +
                                 programs("right") + " |" + judge);
  REQUIRE(mutants.size() == 24);
  for (std::size_t i = 0; i < mutants.size(); i += 3) CHECK(mutants[i] == "AC");
}

TEST_CASE("demo: shards merged are the undivided report", "[arc][demo][contract]") {
  const temporary_folder folder;
  // 65 programs: blocks of 32, 32 and 1.
  REQUIRE(shell(folder, "for i in 1 2 3 4; do cat " + programs("right") + " " + programs("wrong") +
                            "; done > many.py; printf 'def last(I):\n    return I\n' >> many.py") ==
          0);
  REQUIRE(validate(folder, "many.py --out whole") == 0);
  for (const char* const shard : {"0", "1", "2"}) {
    const std::string index = shard;
    REQUIRE(validate(folder, "many.py --shard " + index + "/3 --out part" + index) == 0);
  }
  REQUIRE(shell(folder, "\"$judge\" merge part2 part0 part1") == 0);
  CHECK((content_of(folder, "out") == content_of(folder, "whole")));
  CHECK(refusal(folder, "merge part2 part0") ==
        "2 shards are missing: 1/3 (batch_validator --help lists the options)\n");
}

TEST_CASE("demo: a cache, cold or warm, changes no byte of the report", "[arc][demo][contract]") {
  const temporary_folder folder;
  const std::string words = all_programs + little_fuel;
  REQUIRE(validate(folder, words + " --no-sharing --out without") == 0);
  REQUIRE(validate(folder, words + " --cache verdicts --out cold") == 0);
  REQUIRE(validate(folder, words + " --cache verdicts --out warm --profile profile") == 0);
  const std::string without = content_of(folder, "without");
  CHECK((content_of(folder, "cold") == without));
  CHECK((content_of(folder, "warm") == without));
  const auto profile = example::read_json(content_of(folder, "profile"));
  CHECK(profile.at("cached_verdicts").uint64() == 32); // all but those that cannot be read
  CHECK(profile.at("dispatches").uint64() == 0);
}

TEST_CASE("demo: a report cut anywhere is resumed to the same bytes", "[arc][demo]") {
  const temporary_folder folder;
  const std::string words = programs("right") + " " + programs("crashing");
  REQUIRE(validate(folder, words + " --out whole") == 0);
  const std::string whole = content_of(folder, "whole");
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{100}, whole.size() / 2, whole.size()}) {
    CAPTURE(bytes);
    write_file(folder.file("report.partial"), whole.substr(0, bytes));
    REQUIRE(validate(folder, words + " --resume --out report") == 0);
    CHECK((content_of(folder, "report") == whole));
    CHECK(names_in(folder) == std::set<std::string>{"whole", "report"});
    std::filesystem::remove(folder.file("report"));
  }
  write_file(folder.file("report.partial"), whole.substr(0, whole.size() / 2));
  CHECK(refusal(folder, "validate --tasks \"$tasks\" --programs " + words +
                            " --depth 7 --resume --out report") ==
        "2 report.partial: made with other settings: depth is 1000, now 7\n");
}

TEST_CASE("demo: the profile says where the time went", "[arc][demo]") {
  const temporary_folder folder;
  REQUIRE(validate(folder, programs("right") + " --workers 2 --out report --profile profile") == 0);
  const auto profile = example::read_json(content_of(folder, "profile"));
  CHECK(profile.at("workers").uint64() == 2);
  CHECK(profile.at("utilisation").real() >= 0);
  CHECK(profile.at("utilisation").real() <= 1);
  CHECK(profile.at("slowest").elements().size() == 8);
  for (const std::string& line : lines_of(content_of(folder, "err"))) CHECK(line.size() <= 100);
}

TEST_CASE("demo: a search has the same report for any number of workers", "[arc][demo][contract]") {
  const temporary_folder folder;
  const std::string words = "\"$judge\" evolve --tasks \"$tasks\" --programs " + programs("wrong") +
                            " --rounds 2 --population 8 --keep 4 --seed 3 --fuel 100000 --workers ";
  REQUIRE(shell(folder, words + "1") == 0);
  const std::string once = content_of(folder, "out");
  REQUIRE(lines_of(once).size() == 34);
  REQUIRE(shell(folder, words + "2") == 0);
  CHECK((content_of(folder, "out") == once));
}

TEST_CASE("demo: no output takes the place of an input", "[arc][demo][errors]") {
  const temporary_folder folder;
  REQUIRE(shell(folder, "cp -r \"$tasks\" mine; cp " + programs("right") +
                            " right.py; ln -s right.py link.py") == 0);
  const std::string task = content_of(folder, "mine/a0000001.json");
  const std::string hint = " (batch_validator --help lists the options)\n";
  for (const std::string out : {"mine/a0000001.json", "right.py", "link.py", "./mine"}) {
    for (const std::string option : {"--out", "--profile"}) {
      const std::string words = " --programs right.py " + option + " " + out;
      CHECK(refusal(folder, "validate --tasks mine" + words) ==
            "2 " + option + ": '" + out + "' is also read" + hint);
    }
  }
  CHECK(refusal(folder, "validate --tasks mine --programs right.py --resume") ==
        "2 --resume: this needs --out" + hint);
  CHECK(content_of(folder, "mine/a0000001.json") == task);
}

#endif
