// SPDX-License-Identifier: MIT
//
// Reading reports back: mistakes and their places, shards put together, and an unfinished report that
// was cut at any byte and continued.
#include "support/catch.hpp"

#include "batch_validator/merge_command.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/report.hpp"
#include "batch_validator/report_reader.hpp"
#include "batch_validator/report_resume.hpp"
#include "support/output_file.hpp"

#include "examples/error_of.hpp"
#include "examples/temporary_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using arc::shard;
using test::error_of;

const std::string hash = "0123456789abcdef0123456789abcdef";

std::string run_line(const shard& part = {}, std::uint64_t fuel = 1000) {
  arc::validation_settings settings;
  settings.limits.fuel = fuel;
  return arc::run_line(settings, {}, hash, part);
}

/// What an input of so many programs has, with a name of a file that is not UTF-8.
class candidates {
 public:
  explicit candidates(std::uint64_t count) : count_(count) {
    const char* const text = "def solve_0a1b2c3d(I):\n    O = vmirrr(I)\n    return O\n";
    program_ = arc::parse_programs(text, "f.py", arc::primitives).at(0);
  }

  std::uint64_t count() const { return count_; }
  arc::candidate operator[](std::uint64_t number) const {
    return {number, ids_[number % 2], &program_, "a\n\"\\\x01\xff.py", nullptr, {}};
  }

 private:
  std::uint64_t count_;
  arc::parsed_program program_;
  std::string ids_[2] = {"even", "odd"};
};

/// Not judged, but with a verdict of any kind.
arc::judgement judgement_of(std::uint64_t number) {
  arc::judgement j;
  j.verdict = static_cast<arc::verdict>(number * 7 % 10);
  j.fuel = number;
  return j;
}

/// The numbers that are a shard's: two in a block.
std::vector<std::uint64_t> numbers_of(const candidates& input, const shard& part) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 0; number < input.count(); ++number) {
    if (part.owns(number / 2)) numbers.push_back(number);
  }
  return numbers;
}

/// Stands for the run: what is behind the first `done` candidates, which the summary has taken.
std::string rest_of_report(const candidates& input, const shard& part,
                           arc::report_summary summary = {}) {
  std::string text;
  const auto numbers = numbers_of(input, part);
  for (std::size_t i = summary.candidates(); i < numbers.size(); ++i) {
    const arc::judgement j = judgement_of(numbers[i]);
    const std::string line = arc::candidate_line(input[numbers[i]], j);
    summary.add(line);
    summary.count(j.verdict);
    text += line;
  }
  return text + summary.line(hash);
}

std::string report_of(const candidates& input, const shard& part = {}) {
  arc::report_summary summary;
  summary.add(run_line(part));
  return run_line(part) + rest_of_report(input, part, summary);
}

/// Writes the reports of all shards; their names.
std::vector<std::string> write_shards(const temporary_folder& folder, const candidates& input,
                                      std::uint64_t count) {
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < count; ++i) {
    names.push_back(folder.file(std::to_string(i)));
    write_file(names.back(), report_of(input, {i, count}));
  }
  return names;
}

std::string merged(const std::vector<std::string>& names) {
  std::string all;
  arc::merge_reports(names, [&](std::string_view bytes) { all += bytes; });
  return all;
}

/// The error of reading this text as a report, without the name of the file.
std::string mistake_in(const std::string& text) {
  const temporary_folder folder;
  write_file(folder.file("r"), text);
  const std::string message = error_of([&] {
    arc::report_reader reader(folder.file("r"));
    while (reader.next() != arc::report_part::end) continue;
  });
  const std::string name = folder.file("r") + ":";
  return message.rfind(name, 0) == 0 ? message.substr(name.size()) : message;
}

std::string changed(std::string text, const std::string& what, const std::string& to) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), to);
}

/// Resumes FILE.partial and finishes it by the stand-in; what it holds then.
std::string resumed(const std::string& file, const candidates& input, const shard& part = {}) {
  example::output_file out(file, example::earlier_bytes::kept);
  const arc::kept_report kept = arc::resume_report(out, run_line(part));
  REQUIRE_FALSE(kept.finished);
  if (kept.candidates() > 0) {
    const arc::candidate last = input[numbers_of(input, part).at(kept.candidates() - 1)];
    arc::require_same_input(kept, out.partial_path(), &last);
  }
  out.cut(kept.bytes);
  arc::report_summary summary = kept.summary;
  if (kept.bytes == 0) {
    out.write(run_line(part));
    summary.add(run_line(part));
  }
  out.write(rest_of_report(input, part, summary));
  return read_file(out.partial_path());
}

std::string refusal_to_resume(const std::string& file, const std::string& first = run_line()) {
  return error_of([&] {
    const example::output_file out(file, example::earlier_bytes::kept);
    arc::resume_report(out, first);
  });
}

} // namespace

TEST_CASE("report_reader: gives every line as it is, and counts", "[arc][report_reader]") {
  const temporary_folder folder;
  const candidates input(20);
  write_file(folder.file("r"), report_of(input));
  arc::report_reader reader(folder.file("r"));
  REQUIRE(reader.next() == arc::report_part::run);
  CHECK(reader.run_line() == run_line());
  for (std::uint64_t i = 0; i < 20; ++i) {
    REQUIRE(reader.next() == arc::report_part::candidate);
    CHECK(reader.number() == i);
    CHECK(reader.verdict() == judgement_of(i).verdict);
    CHECK(reader.line() == arc::candidate_line(input[i], judgement_of(i)));
  }
  REQUIRE(reader.next() == arc::report_part::summary);
  CHECK(reader.programs_hash() == hash);
  CHECK(reader.summary().candidates() == 20);
  CHECK(reader.summary().count_of(arc::verdict::skipped) == 2);
  CHECK(reader.next() == arc::report_part::end);
}

TEST_CASE("report_reader: a mistake is told with its place", "[arc][report_reader]") {
  const std::string good = report_of(candidates(3));
  CHECK(mistake_in(good) == "no error");
  CHECK(mistake_in(good + "{}\n") == "6: expected nothing after the summary");
  CHECK(mistake_in(good + "x") == "6: expected nothing after the summary");
  CHECK(mistake_in("\n" + good) == "1:1: expected '{'");
  CHECK(mistake_in(good.substr(run_line().size())) == "1:12: expected \"run\"");
  CHECK(mistake_in(changed(good, "\"format\": 1", "\"format\": 2")) ==
        "1:29: format 2, and not 1, which this program reads");
  CHECK(mistake_in(changed(good, "\"shard\": null", "\"shard\": \"3/3\""))
            .find("expected a shard such as \"0/3\", or null") != std::string::npos);
  CHECK(mistake_in(changed(good, "\"number\": 1", "\"number\": 01")) ==
        "3:35: a number with a 0 before it");
  CHECK(mistake_in(changed(good, "\"number\": 1", "\"number\": 2")) ==
        "3:35: candidate 2 out of order");
  CHECK(mistake_in(changed(good, "\"id\": \"odd\"", "\"id\":\"odd\"")) == "3:42: expected ': '");
  CHECK(mistake_in(changed(good, "\"id\": \"odd\", ", "")) == "3: a candidate has other members");
  CHECK(mistake_in(changed(good, "\"verdict\": \"TIMEOUT\"", "\"verdict\": \"LATE\""))
            .find("an unknown verdict") != std::string::npos);
  for (const char* const other : {"\\u000a", "\\u000A", "\\u001g", "\\u0020", "\\u00", "\\/"}) {
    CHECK(mistake_in(changed(good, "\\u0001", other)).find("an escape that no report has") !=
          std::string::npos);
  }
  CHECK(mistake_in(changed(good, "\"train_ok\": 0", "\"train_ok\": 9")).rfind("5: sha256 is ", 0) ==
        0);
  CHECK(mistake_in(changed(good, "\"AC\": 1", "\"AC\": 2")) == "5: AC is 2, counted 1");
  CHECK(mistake_in(changed(good, "programs_hash\": \"0", "programs_hash\": \"1"))
            .find("not the programs_hash of the run record") != std::string::npos);
  CHECK(mistake_in(std::string(1U << 21U, ' ')) == "1: longer than 1048576 bytes");
  const temporary_folder folder;
  CHECK(error_of([&] { arc::report_reader(folder.file("no")); }) ==
        folder.file("no") + ": cannot be read: No such file or directory");
}

TEST_CASE("merge: shards in any order give the bytes of the undivided run", "[arc][merge]") {
  const candidates input(13);
  for (const std::uint64_t count : {1U, 2U, 3U, 9U}) { // of 9 shards two have nothing
    const temporary_folder folder;
    std::vector<std::string> names = write_shards(folder, input, count);
    CHECK(merged(names) == report_of(input));
    CHECK(merged({names.rbegin(), names.rend()}) == report_of(input));
  }
  const temporary_folder folder;
  CHECK(merged(write_shards(folder, candidates(0), 2)) == report_of(candidates(0)));
}

TEST_CASE("merge: the command writes a file, and none if there is a mistake", "[arc][merge]") {
  const temporary_folder folder;
  const candidates input(5);
  const std::vector<std::string> names = write_shards(folder, input, 2);
  const std::string out = folder.file("out");
  CHECK(arc::run_merge(std::vector<std::string_view>{names[1], "--out", out, names[0]}) == 0);
  CHECK(read_file(out) == report_of(input));
  write_file(names[1], changed(read_file(names[1]), "\"fuel\": 2", "\"fuel\": 3"));
  const std::string other = folder.file("other");
  CHECK(error_of([&] {
          arc::run_merge(std::vector<std::string_view>{names[1], "--out", other, names[0]});
        }).rfind(names[1] + ":4: sha256 is ", 0) == 0);
  CHECK_FALSE(std::filesystem::exists(other));
  CHECK_FALSE(std::filesystem::exists(other + ".partial"));
  CHECK(error_of([&] {
          arc::run_merge(std::vector<std::string_view>{out, "--out", out});
        }) == "--out: '" + out + "' is also read");
  CHECK(error_of([] { arc::run_merge({}); }) == "merge: reports are missing");
}

TEST_CASE("merge: what does not belong together is named", "[arc][merge]") {
  const temporary_folder folder;
  const candidates input(13);
  const auto names = write_shards(folder, input, 3);
  const auto refusal = [&](std::vector<std::string> given) {
    return error_of([&] { merged(given); });
  };
  CHECK(refusal({names[1]}) == "shards are missing: 0/3, 2/3");
  CHECK(refusal({names[1], names[0], names[1], names[2]}) ==
        names[1] + ":1: shard 1/3 again, as in " + names[1]);
  const std::string other = folder.file("other");
  write_file(other, report_of(input));
  CHECK(refusal({names[0], other}) == other + ":1: not a shard, but a whole run");
  write_file(other, report_of(input, {1, 4}));
  CHECK(refusal({names[0], other}) ==
        other + ":1: one of 4 shards, but " + names[0] + " is one of 3");
  write_file(other, run_line({1, 3}, 2000));
  CHECK(refusal({names[0], other, names[2]}) ==
        other + ":1: not of the same run as " + names[0] + ": fuel is 2000, there 1000");
  const std::string whole = report_of(input, {1, 3});
  const std::size_t summary = whole.rfind("{");
  for (const std::size_t size : {summary, summary + 9, run_line({1, 3}).size(), std::size_t{0}}) {
    write_file(other, whole.substr(0, size));
    CHECK(refusal({names[0], other, names[2]}) ==
          other + ": the run has not ended: finish it with validate --resume");
  }
  write_file(other + ".partial", whole);
  CHECK(refusal({names[0], other + ".partial", names[2]}) ==
        other + ".partial: the run has not ended: finish it with validate --resume");
}

TEST_CASE("merge: a candidate that is missing or there twice is named", "[arc][merge]") {
  const temporary_folder folder;
  const auto names = write_shards(folder, candidates(8), 2);
  // Shard 0/2 as if it had been made of other blocks: it has 0, 1, 4, 5.
  const auto with_numbers = [&](std::vector<std::uint64_t> numbers) {
    const candidates input(20);
    arc::report_summary summary;
    std::string text = run_line({0, 2});
    summary.add(text);
    for (const std::uint64_t number : numbers) {
      const std::string line = arc::candidate_line(input[number], {});
      summary.add(line);
      summary.count(arc::verdict::accepted);
      text += line;
    }
    write_file(names[0], text + summary.line(hash));
    return error_of([&] { merged(names); });
  };
  CHECK(with_numbers({0, 1, 4, 5}) == "no error");
  CHECK(with_numbers({0, 1, 3, 4, 5}) == names[0] + ":4: another report has candidate 3 too");
  CHECK(with_numbers({0, 1, 5}) ==
        names[0] + ":4: no report has candidate 4, which comes before this line");
  CHECK(with_numbers({0, 1, 4, 5, 8}) == "no error");
  write_file(names[1], changed(changed(report_of(candidates(8), {1, 2}), hash, "x"), hash, "x"));
  CHECK(error_of([&] {
          merged(names);
        }).find("not of the same run as " + names[0] + ": programs_hash is \"x\"") !=
        std::string::npos);
}

TEST_CASE("resume: a report that was cut at any byte is finished as if it had not been",
          "[arc][resume]") {
  const temporary_folder folder;
  const std::string file = folder.file("r");
  const candidates input(4);
  for (const shard part : {shard{}, shard{1, 2}}) {
    const std::string whole = report_of(input, part);
    std::size_t wrong = 0;
    for (std::size_t size = run_line(part).size(); size <= whole.size(); ++size) {
      std::filesystem::remove(file + ".partial");
      write_file(file + ".partial", whole.substr(0, size));
      wrong += resumed(file, input, part) != whole ? 1U : 0U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("resume: half a run record is nothing to go on with", "[arc][resume]") {
  const temporary_folder folder;
  const std::string file = folder.file("r");
  const candidates input(3);
  const std::string whole = report_of(input);
  for (std::size_t size = 0; size < run_line().size(); ++size) {
    std::filesystem::remove(file + ".partial");
    write_file(file + ".partial", whole.substr(0, size));
    const example::output_file out(file, example::earlier_bytes::kept);
    const arc::kept_report kept = arc::resume_report(out, run_line());
    REQUIRE(kept.bytes == 0);
    REQUIRE(kept.candidates() == 0);
  }
  CHECK(resumed(file, input) == whole);
}

TEST_CASE("resume: begins anew where nothing was left", "[arc][resume]") {
  const temporary_folder folder;
  CHECK(resumed(folder.file("r"), candidates(3)) == report_of(candidates(3)));
  CHECK_FALSE(std::filesystem::exists(folder.file("r.partial"))); // unpublished, as ever
}

TEST_CASE("resume: a finished report stays as it is", "[arc][resume]") {
  const temporary_folder folder;
  const candidates input(10);
  const std::string file = folder.file("r");
  write_file(file, report_of(input));
  {
    const example::output_file out(file, example::earlier_bytes::kept);
    const arc::kept_report kept = arc::resume_report(out, run_line());
    CHECK(kept.finished == hash);
    CHECK(kept.bytes == 0);
    CHECK(kept.summary.count_of(arc::verdict::accepted) == 1);
    CHECK(kept.last_line == arc::candidate_line(input[9], judgement_of(9)));
  }
  CHECK(read_file(file) == report_of(input));
  CHECK_FALSE(std::filesystem::exists(file + ".partial"));
  CHECK(refusal_to_resume(file, run_line({}, 2000)) ==
        file + ": made with other settings: fuel is 1000, now 2000");
  write_file(file, report_of(input).substr(0, 900));
  CHECK(refusal_to_resume(file) == file + ":3: expected a summary");
  // Beside an unfinished one it is not looked at.
  write_file(file + ".partial", run_line());
  CHECK(resumed(file, input) == report_of(input));
}

TEST_CASE("resume: other settings and damage are refused, and nothing is lost", "[arc][resume]") {
  const temporary_folder folder;
  const std::string file = folder.file("r");
  const std::string name = file + ".partial";
  const std::string good = report_of(candidates(3));
  const auto refusal = [&](const std::string& text, const std::string& first = run_line()) {
    write_file(name, text);
    const std::string message = refusal_to_resume(file, first);
    CHECK(read_file(name) == text);
    return message;
  };
  CHECK(refusal(good, run_line({}, 2000)) ==
        name + ": made with other settings: fuel is 1000, now 2000");
  CHECK(refusal(good, run_line({1, 3})) ==
        name + ": made with other settings: shard is null, now \"1/3\"");
  CHECK(refusal("{\"a\": 1}") == name + ":1: not the beginning of this run's report");
  CHECK(refusal(changed(good, "\"number\": 1", "\"number\": 2")) ==
        name + ":3:35: candidate 2 out of order");
  CHECK(refusal(changed(good, "}\n{", "}{")).rfind(name + ":1:", 0) == 0);
  CHECK(refusal(run_line() + "x\n") == name + ":2:1: expected '{'"); // whole, though the last
  CHECK(refusal(changed(good, "\"WA\": 0", "\"WA\": 1")) == name + ":5: WA is 1, counted 0");
  CHECK(refusal(good + good) == name + ":6: expected nothing after the summary");
}

TEST_CASE("resume: another input is refused by its last candidate", "[arc][resume]") {
  const temporary_folder folder;
  const candidates input(4);
  write_file(folder.file("r.partial"), report_of(input));
  const example::output_file out(folder.file("r"), example::earlier_bytes::kept);
  const arc::kept_report kept = arc::resume_report(out, run_line());
  REQUIRE(kept.candidates() == 4);
  const auto refusal = [&](const arc::candidate* what) {
    return error_of([&] { arc::require_same_input(kept, "r.partial", what); });
  };
  arc::candidate what = input[3];
  CHECK(refusal(&what) == "no error");
  CHECK(refusal(nullptr) ==
        "r.partial: made of another input: it has 4 candidates, now there are fewer");
  what.id = "new";
  CHECK(refusal(&what) ==
        "r.partial: made of another input: in candidate 3 id is \"odd\", now \"new\"");
  what = input[3];
  arc::task of;
  of.id = "0a1b2c3d";
  what.of = &of;
  CHECK(refusal(&what) ==
        "r.partial: made of another input: in candidate 3 task is null, now \"0a1b2c3d\"");
}
