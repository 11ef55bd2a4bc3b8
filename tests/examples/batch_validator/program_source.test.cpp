// SPDX-License-Identifier: MIT
//
// Programs read as a stream: the same ones however the bytes arrive, and what becomes of lines that
// are no programs, of what is too long, and of files that cannot be read.
#include "support/catch.hpp"

#include "batch_validator/known_names.hpp"
#include "batch_validator/primitive.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/program_source.hpp"
#include "batch_validator/source_text.hpp"
#include "examples/error_of.hpp"
#include "examples/temporary_folder.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using texts = std::vector<std::string>;

constexpr std::array<arc::primitive, 3> primitives{
    {{"rot90", 1, nullptr}, {"vmirror", 1, nullptr}, {"add", 2, nullptr}}};
const arc::known_names known(primitives);

std::string text_of(const arc::operand& what) {
  return std::to_string(static_cast<int>(what.kind)) + "." + std::to_string(what.index);
}

/// All of it, but for id, task and file.
std::string text_of(const arc::parsed_program& program) {
  std::string text = program.code.name + "@" + std::to_string(program.code.source_line);
  for (const arc::program_line& line : program.code.lines) {
    text += " " + std::to_string(line.source_line) + ":" + std::to_string(line.column) + ":" +
            text_of(line.callee);
    for (std::size_t k = 0; k < line.argument_count; ++k) text += "," + text_of(line.arguments[k]);
  }
  if (program.is_good()) text += " " + text_of(program.code.result);
  for (const arc::diagnostic& mistake : program.mistakes) text += "\n" + arc::text_of(mistake);
  return text;
}

std::string text_of(const arc::source_program& program) {
  return "[" + program.id + "|" + program.task.value_or("any") + "] " + text_of(program.parsed);
}

/// The programs of a text that arrives in two parts, or in parts of one byte.
texts streamed(std::string_view text, std::size_t first_part, std::size_t limit,
               bool byte_by_byte = false) {
  bool first = true;
  const auto read = [&](char* to, std::size_t size) {
    const std::size_t most = byte_by_byte ? 1 : first ? first_part : text.size();
    const std::size_t count = (std::min)({size, (std::max)(most, std::size_t{1}), text.size()});
    text.copy(to, count);
    text.remove_prefix(count);
    first = false;
    return count;
  };
  arc::program_stream stream(read, "a.py", known, limit);
  texts result;
  while (const auto next = stream.next()) result.push_back(text_of(*next));
  CHECK_FALSE(stream.next());
  return result;
}

texts streamed(std::string_view text, std::size_t limit = arc::largest_piece) {
  return streamed(text, text.size(), limit);
}

/// Checks that they are the same however the text is cut.
texts streamed_anyhow(std::string_view text, std::size_t limit = arc::largest_piece) {
  texts whole = streamed(text, limit);
  INFO(text);
  CHECK(streamed(text, 0, limit, true) == whole);
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (streamed(text, at, limit) != whole) FAIL("cut behind " << at << " bytes");
  }
  return whole;
}

texts parsed_at_once(std::string_view text) {
  texts result;
  const auto file = std::make_shared<const std::string>("a.py");
  for (auto& each : arc::parse_programs(text, *file, primitives)) {
    result.push_back(text_of(arc::named_by_itself(std::move(each), file)));
  }
  return result;
}

constexpr std::string_view several = "\xef\xbb\xbf\n \t\r\n"
                                     "stray\n"
                                     "def solve_67a3c6ac(I):\n"
                                     "    x1 = rot90(I) # def\n"
                                     "    define = add(x1, TWO)\n"
                                     "    return define\n"
                                     "\n"
                                     "outside\n"
                                     "  def f(I):\n  return I\n"
                                     "def\tverify_0a1b2c3d(I):\r\n\treturn x\r\n"
                                     "def#\n"
                                     "def g(I):\n  return I";

} // namespace

TEST_CASE("program source: text comes in programs, as if it were read at once",
          "[arc][program_source]") {
  const texts programs = streamed_anyhow(several);
  REQUIRE(programs.size() == 7);
  CHECK(programs == parsed_at_once(several));
  CHECK(programs[1] == "[solve_67a3c6ac|67a3c6ac] solve_67a3c6ac@4 5:10:3.0,0.0 6:14:3.2,1.0,2." +
                           text_of(*known.find("TWO")).substr(2) + " 1.1");
  CHECK(programs[4] ==
        "[verify_0a1b2c3d|0a1b2c3d] verify_0a1b2c3d@12\n"
        "a.py:13:9: unknown identifier 'x' (did you mean I?)\n\treturn x\n\t       ^");
  CHECK(streamed("").empty());
  CHECK(streamed("\n\r\n \t# nothing\n").empty());
}

TEST_CASE("program source: any text is read as if it were read at once", "[arc][program_source]") {
  std::mt19937 random(1);
  constexpr std::string_view letters = "def I():=\r\n\t#{";
  for (unsigned round = 0; round < 1'500; ++round) {
    std::string text(several);
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      const std::string part(1 + random() % 3, letters[random() % letters.size()]);
      text.replace(at, random() % 4, part);
    }
    if (text.find_first_not_of("\xef\xbb\xbf \t\r\n") == text.find('{')) continue; // JSON Lines
    INFO(text);
    CHECK(streamed(text, random() % text.size(), arc::largest_piece) == parsed_at_once(text));
  }
}

TEST_CASE("program source: a line of JSON has a program, perhaps an id and a task",
          "[arc][program_source][json]") {
  CHECK(streamed_anyhow("\xef\xbb\xbf \r\n"
                        R"({"id": "a", "task": "t1", "program": "def f(I):\n  return I"})"
                        "\n\n \t\r\n"
                        R"( {"program":"# \u00e9\n\ndef solve_67a3c6ac(I):\n  return I\n"} )"
                        "\r\n"
                        R"({"task": null, "id": -1.50, "x": [{}], "program": "def g(I):)"
                        R"(\n  x = rot90(I)\n  return x"})") ==
        texts{"[a|t1] f@1 0.0", "[solve_67a3c6ac|67a3c6ac] solve_67a3c6ac@3 0.0",
              "[-1.50|any] g@1 2:7:3.0,0.0 1.0"});
}

TEST_CASE("program source: what is wrong with a line of JSON is a mistake of its program",
          "[arc][program_source][json]") {
  const auto mistake = [](const std::string& line) {
    const std::string good = R"({"program": "def f(I):\n return I"})";
    const texts all = streamed_anyhow(good + "\n" + line + "\n" + good);
    CHECK(all.size() == 3);
    CHECK(all.front() == "[f|any] f@1 0.0");
    CHECK(all.back() == all.front());
    const std::string& text = all.at(1);
    return text.substr(0, text.find('\n', text.find('\n') + 1));
  };
  CHECK(mistake("def f(I):") == "[|any] @2\na.py:2:1: expected a value, not 'def'");
  CHECK(mistake("\xef\xbb\xbf{}") == "[|any] @2\na.py:2:1: a byte order mark inside the file");
  CHECK(mistake("{\"id\": \"a\", \"program\": \"") ==
        "[|any] @2\na.py:2:25: expected '\"' after a string, but the text ends here");
  CHECK(mistake("[1]") == "[|any] @2\na.py:2:1: expected an object, not an array");
  CHECK(mistake(R"({"id": "a"})") == "[a|any] @2\na.py:2:1: the member 'program' is missing");
  CHECK(mistake(R"({"id": 1, "program": 2})") ==
        "[1|any] @2\na.py:2:22: expected a string, not a number");
  CHECK(mistake(R"({"id": true, "program": ""})") ==
        "[|any] @2\na.py:2:8: expected a string, not true or false");
  CHECK(mistake(R"({"id": "a", "task": 7, "program": ""})") ==
        "[a|any] @2\na.py:2:21: expected a string, not a number");
  CHECK(mistake(R"({"id": "a", "id": "b", "program": ""})") ==
        "[|any] @2\na.py:2:13: the key 'id' appears twice");
}

TEST_CASE("program source: a mistake in the program of a line has its place there",
          "[arc][program_source][json]") {
  CHECK(streamed_anyhow(R"({"id": "a", "program": "def f(I):\n  x = rot9(I)\n  return y"})"
                        "\n"
                        R"({"id": "b", "program": "\n# none"})"
                        "\n"
                        R"({"id": "c", "task": "t", "program": "def f(I):\n return I\ndef g(I):"})"
                        "\n"
                        R"({"id": "d", "program": "def f(I):\n return I\n\nI"})"
                        "\n"
                        R"({"id": "e", "program": ""})") ==
        texts{"[a|any] f@1\n"
              "a.py:1: program:2:7: unknown identifier 'rot9' (did you mean rot90?)\n"
              "  x = rot9(I)\n      ^\n"
              "a.py:1: program:3:10: unknown identifier 'y' (did you mean x?)\n"
              "  return y\n         ^",
              "[b|any] @0\na.py:2: program:1:1: the text has no program\n\n^",
              "[c|t] f@1\n"
              "a.py:3: program:3:1: the text must have one program and nothing else\n"
              "def g(I):\n^",
              "[d|any] f@1\n"
              "a.py:4: program:4:1: the text must have one program and nothing else\nI\n^",
              "[e|any] @0\na.py:5: program:1:1: the text has no program\n\n^"});
}

TEST_CASE("program source: a program beyond the limit is refused, the next one is not",
          "[arc][program_source][limit]") {
  const std::string good = "def f(I):\n  return I\n"; // 21 bytes
  CHECK(streamed_anyhow(good + good, 21) == texts{"[f|any] f@1 0.0", "[f|any] f@3 0.0"});
  const std::string why = " the program with what is behind it has more than 21 bytes\n";
  for (const std::string more : {"\n", "# def\n    \n\n", "####################\n"}) {
    const std::string text = good + "def g(I):\n  return I\n" + more + good;
    const auto line = std::count(text.begin(), text.end(), '\n') - 1;
    CHECK(streamed_anyhow(text, 21) == texts{"[f|any] f@1 0.0",
                                             "[g|any] g@3\na.py:5:1:" + why + "\n^",
                                             "[f|any] f@" + std::to_string(line) + " 0.0"});
  }
  // A line that is cut off: what there is of it would be another mistake.
  CHECK(streamed_anyhow("def g(I): # def\n   return I\n" + good, 21) ==
        texts{"[g|any] g@1\na.py:2:6:" + why + "   re\n     ^", "[f|any] f@3 0.0"});
  const std::string wide(21, 'x');
  CHECK(streamed_anyhow(wide + wide + "\n" + good, 21) ==
        texts{"[|any] @1\na.py:1:22:" + why + wide + "\n" + std::string(21, ' ') + "^",
              "[f|any] f@2 0.0"});
  // Blanks beyond the limit: what is behind them is not looked at.
  for (const std::size_t blanks : {std::size_t{20}, std::size_t{21}}) {
    const std::string text = std::string(blanks, ' ') + good;
    CHECK(streamed_anyhow("\n" + text, 21).size() == 1);
    CHECK(streamed_anyhow("x\n" + text, 21).size() == (blanks < 21 ? 2 : 1));
    CHECK(streamed_anyhow(std::string(blanks, ' ') + "{", 21)[0].find(":1: ") == std::string::npos);
  }
  // What is behind a program belongs to it up to the limit; a second one in the same part does not.
  CHECK(streamed_anyhow("def f(I):\n return I\nx\n y\n", 21) ==
        texts{"[f|any] f@1\na.py:3:2:" + why + "x\n ^"});
  CHECK(streamed_anyhow("def f(I):\n return I\nx\n y\n", 23) ==
        texts{"[f|any] f@1 0.0", "[|any] @3\na.py:4:2:" +
                                     std::string(why).replace(why.find("21"), 2, "23") + " \n ^"});
}

TEST_CASE("program source: a line of JSON beyond the limit is refused, the next one is not",
          "[arc][program_source][json][limit]") {
  const std::string good = R"({"program": "def f(I):\n return I"})"; // 35 bytes
  const std::string longer = R"({"program": "def f(I):\n return I" })";
  REQUIRE(good.size() == 35);
  CHECK(streamed_anyhow(good + "\n" + longer + "\n" + good + "\n" + longer, 35) ==
        texts{"[f|any] f@1 0.0",
              "[|any] @2\na.py:2:36: the line has more than 35 bytes\n" + longer.substr(0, 35) +
                  "\n" + std::string(35, ' ') + "^",
              "[f|any] f@1 0.0",
              "[|any] @4\na.py:4:36: the line has more than 35 bytes\n" + longer.substr(0, 35) +
                  "\n" + std::string(35, ' ') + "^"});
  const std::string huge = longer.substr(0, 34) + std::string(arc::largest_piece, ' ') + "}\n";
  const texts all = streamed(good + "\n" + huge + good);
  REQUIRE(all.size() == 3);
  CHECK(all[1].substr(0, 60) == "[|any] @2\na.py:2:16777217: the line has more than 16777216 b");
  CHECK(all[2] == all[0]);
}

TEST_CASE("program source: files one after the other, with one hash of all",
          "[arc][program_source]") {
  const temporary_folder folder;
  const std::string a = folder.file("a.py");
  const std::string b = folder.file("b.jsonl");
  const std::string empty = folder.file("empty");
  const std::string text = "def f(I):\n  return I\n";
  const auto hash_of = [](const texts& names) {
    arc::program_source source(names, known);
    while (source.next()) {
    }
    CHECK(arc::hash_of_files(names) == source.hash());
    return source.hash();
  };
  write_file(a, text + text);
  write_file(b, R"({"id": 7, "program": "def g(I):\n  return I"})");
  write_file(empty, "");
  arc::program_source source({a, empty, b}, known);
  const std::string before = source.hash();
  texts found;
  while (const auto next = source.next()) found.push_back(next->id + " " + *next->file);
  CHECK(found == texts{"f " + a, "f " + a, "7 " + b});
  const std::string hash = source.hash();
  CHECK(hash.size() == 32);
  CHECK(hash != before);
  CHECK(hash == hash_of({a, empty, b}));
  CHECK(hash != hash_of({a, b, empty}));
  CHECK(hash != hash_of({b, empty, a}));
  write_file(a, text);
  write_file(empty, text);
  CHECK(hash != hash_of({a, empty, b}));
}

TEST_CASE("program source: what cannot be read is an error, before anything is read if possible",
          "[arc][program_source]") {
  const temporary_folder folder;
  const auto refusal = [](const texts& names) {
    return test::error_of<example::open_error>([&] { arc::program_source(names, known); });
  };
  const std::string good = folder.file("good");
  write_file(good, "def f(I):\n  return I\n");
  CHECK(refusal({good}) == "no error");
  CHECK(refusal({good, folder.file("x")}) ==
        folder.file("x") + ": cannot be read: No such file or directory");
  CHECK(refusal({good, folder.file("")}) == folder.file("") + ": is a folder");
  CHECK(test::error_of([&] {
          arc::program_source({"-", good, "-"}, known);
        }) == "'-', standard input, can be read only once");
  CHECK(arc::hash_of_files({good}).has_value());
  CHECK_FALSE(arc::hash_of_files({good, "-"}).has_value());
#ifdef __linux__ // whose first page is not there
  const std::string broken = "/proc/self/mem";
  arc::program_source source({good, broken}, known);
  CHECK(source.next().has_value());
  CHECK(test::error_of<example::read_error>([&] { source.next(); }) ==
        broken + ": cannot be read: Input/output error");
#endif
}

#if defined(ORDERLY_EXAMPLES_POSIX_FILES) && defined(__linux__)

namespace {

struct pipe_ends {
  pipe_ends() { REQUIRE(::pipe(ends.data()) == 0); }
  ~pipe_ends() {
    for (const int end : ends) ::close(end);
  }
  pipe_ends(const pipe_ends&) = delete;
  pipe_ends& operator=(const pipe_ends&) = delete;

  std::string name() const { return "/dev/fd/" + std::to_string(ends[0]); }
  void write(std::string_view bytes) const {
    REQUIRE(::write(ends[1], bytes.data(), bytes.size()) == static_cast<::ssize_t>(bytes.size()));
  }

  std::array<int, 2> ends{};
};

} // namespace

TEST_CASE("program source: what has arrived in a pipe is given while it is open",
          "[arc][program_source]") {
  const pipe_ends lines;
  arc::program_source records({lines.name()}, known);
  const std::string record = R"({"program": "def f(I):\n return I"})";
  lines.write(record + "\n{"); // the next line has begun
  CHECK(text_of(records.next().value()) == "[f|any] f@1 0.0");
  lines.write(record.substr(1) + "\n");
  CHECK(text_of(records.next().value()) == "[f|any] f@1 0.0");
  const pipe_ends text;
  arc::program_source programs({text.name()}, known);
  text.write("def f(I):\n return I\n\ndef ");
  CHECK(text_of(programs.next().value()) == "[f|any] f@1 0.0");
  CHECK_FALSE(arc::hash_of_files({text.name()}).has_value());
}

TEST_CASE("program source: once stopped it waits no longer, and gives no part of a program",
          "[arc][program_source]") {
  const pipe_ends text;
  text.write("def f(I):\n return I\n\ndef g(I):\n");
  std::atomic<bool> stop{false};
  arc::program_source programs({text.name()}, known, &stop);
  CHECK(programs.next().has_value());
  std::thread other([&] { stop = true; });
  CHECK_FALSE(programs.next().has_value());
  other.join();
  CHECK_FALSE(programs.next().has_value());
}

#endif
