// SPDX-License-Identifier: MIT
#include "batch_validator/verdict_cache.hpp"
#include "batch_validator/cache_command.hpp"
#include "batch_validator/judge.hpp"
#include "batch_validator/judging.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/task.hpp"
#include "batch_validator/verdict_folder.hpp"
#include "batch_validator/verdict_key.hpp"
#include "batch_validator/verdict_record.hpp"
#include "batch_validator/verdict_segment.hpp"
#include "examples/error_of.hpp"
#include "examples/temporary_folder.hpp"
#include "support/catch.hpp"
#include "support/output_file.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using arc::error_kind;
using arc::judgement;
using arc::verdict;

judgement accepted(std::uint64_t fuel) {
  judgement j;
  j.fuel = fuel;
  j.train_right = 3;
  j.test_right = 1;
  return j;
}

judgement wrong() {
  judgement j;
  j.verdict = verdict::wrong;
  j.sample = 4;
  j.differing = 0xFEDCU;
  j.height = 0x0304U;
  j.width = 0x0506U;
  j.fuel = 0x1122334455667788U;
  j.train_right = 0x01020304U;
  j.test_right = 0x05060708U;
  return j;
}

judgement failed(verdict v) {
  judgement j;
  j.verdict = v;
  j.sample = 70'000;
  j.line = 0;
  j.primitive = 159;
  if (v == verdict::error) j.error = error_kind::overflow;
  return j;
}

arc::verdict_key key_number(std::uint64_t n) { return {n * 0x9E3779B97F4A7C15U, ~n}; }

bool same(const judgement& a, const judgement& b) {
  return a.verdict == b.verdict && a.sample == b.sample && a.line == b.line &&
         a.primitive == b.primitive && a.error == b.error && a.differing == b.differing &&
         a.height == b.height && a.width == b.width && a.fuel == b.fuel &&
         a.train_right == b.train_right && a.test_right == b.test_right;
}

std::string record(std::uint64_t key, const judgement& j) {
  const auto bytes = arc::encoded(key_number(key), j);
  return {bytes.data(), bytes.size()};
}

/// A task of one grid and its answer.
arc::task small_task() {
  arc::task of;
  of.id = "0a1b2c3d";
  of.colours = {1, 2, 3, 4};
  of.samples = {{arc::sample_part::train, {1, 2, 0}, arc::task_grid{1, 2, 2}}};
  return of;
}

arc::program program_of(const std::string& text) {
  auto all = arc::parse_programs(text, "f.py", arc::primitives);
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].is_good());
  return all[0].code;
}

arc::program with_body(const std::string& body) {
  return program_of("def solve(I):\n" + body + "    return O\n");
}

/// A segment of these records under a new name, as a process that was killed leaves it.
std::string put_segment(const temporary_folder& folder, const std::string& bytes) {
  const std::string path = folder.file(arc::new_segment_name() + ".partial");
  write_file(path, bytes);
  return path;
}

std::vector<std::string> files_in(const temporary_folder& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.file(""))) {
    names.insert(entry.path().string());
  }
  return {names.begin(), names.end()};
}

arc::cache_answer cache(const temporary_folder& folder,
                        std::initializer_list<std::string_view> words) {
  const std::string path = folder.file("");
  std::vector<std::string_view> given(words);
  given.insert(given.begin() + 1, {"--cache", path});
  return arc::answer_cache(given);
}

void require_found(const arc::verdict_cache& in, std::uint64_t key, const judgement& expected) {
  const auto found = in.find(key_number(key));
  REQUIRE(found);
  CHECK(same(*found, expected));
}

} // namespace

TEST_CASE("verdict record: every field comes back", "[verdict_cache]") {
  judgement other_size = wrong();
  other_size.differing.reset();
  judgement no_grid;
  no_grid.verdict = verdict::no_grid;
  no_grid.sample = 0;
  judgement line_alone = failed(verdict::error);
  line_alone.primitive = arc::machine::no_primitive;
  line_alone.error = error_kind::type;
  for (const judgement& j : {accepted(0), accepted(~std::uint64_t{0}), wrong(), other_size, no_grid,
                             line_alone, failed(verdict::error), failed(verdict::fuel),
                             failed(verdict::cells), failed(verdict::depth)}) {
    CAPTURE(arc::name_of(j.verdict));
    REQUIRE(arc::is_storable(j));
    const auto back = arc::decoded(record(7, j).data());
    REQUIRE(back);
    CHECK(back->key == key_number(7));
    CHECK(same(back->content, j));
  }
}

TEST_CASE("verdict record: its bytes are the same on every machine", "[verdict_cache]") {
  const auto bytes = arc::encoded({0x0102030405060708U, 0x1112131415161718U}, wrong());
  const std::string_view expected("\x08\7\6\5\4\3\2\1\x18\x17\x16\x15\x14\x13\x12\x11"
                                  "\1\xFF\xFF\5"
                                  "\4\0\0\0\0\0\0\0\xDC\xFE\0\0\4\3\0\0\6\5\0\0"
                                  "\4\3\2\1\x08\7\6\5\x88\x77\x66\x55\x44\x33\x22\x11",
                                  56);
  CHECK(std::string_view(bytes.data(), 56) == expected);
}

TEST_CASE("verdict record: what no judge says is damage", "[verdict_cache]") {
  const std::vector<std::function<void(judgement&)>> mistakes{
      [](judgement& j) { j = {}, j.verdict = verdict::timeout, j.sample = 0; },
      [](judgement& j) { j = {}, j.verdict = verdict::unreadable; },
      [](judgement& j) { j = {}, j.verdict = verdict::skipped; },
      [](judgement& j) { j.verdict = static_cast<verdict>(200); },
      [](judgement& j) { j.sample.reset(); },
      [](judgement& j) { j.line.reset(); },
      [](judgement& j) { j.error.reset(); },
      [](judgement& j) { j.error = error_kind::fuel; },
      [](judgement& j) { j.error = static_cast<error_kind>(77); },
      [](judgement& j) { j.primitive = 160; },
      [](judgement& j) { j.differing = 1; },
      [](judgement& j) { j.height = 1; },
      [](judgement& j) { j = accepted(1), j.sample = 0; },
      [](judgement& j) { j = accepted(1), j.primitive = 3; },
      [](judgement& j) { j = wrong(), j.width = 0; },
      [](judgement& j) { j = wrong(), j.differing = 0; },
      [](judgement& j) { j = wrong(), j.differing = std::uint64_t{j.height} * j.width + 1; },
      [](judgement& j) { j = wrong(), j.line = 0; }};
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    CAPTURE(i);
    judgement j = failed(verdict::error);
    REQUIRE(arc::is_storable(j));
    mistakes[i](j);
    CHECK(!arc::is_storable(j));
    CHECK(!arc::decoded(record(1, j).data()));
  }
  judgement late = failed(verdict::fuel);
  late.line = std::uint64_t{1} << 32U;
  CHECK(!arc::is_storable(late));
}

TEST_CASE("verdict record: what a judge says can be kept", "[verdict_cache]") {
  const std::vector<std::pair<std::string, verdict>> bodies{
      {"    x = add(ONE, ONE)\n    O = replace(I, ONE, TWO)\n", verdict::wrong},
      {"    O = hconcat(I, I)\n", verdict::wrong},
      {"    x = replace(I, ONE, THREE)\n    O = replace(x, TWO, FOUR)\n", verdict::accepted},
      {"    O = add(ONE, ONE)\n", verdict::no_grid},
      {"    O = first(ZERO)\n", verdict::error},
      {"    x = interval(ZERO, TEN, ONE)\n    O = product(x, x)\n", verdict::fuel}};
  arc::run_limits limits;
  limits.fuel = 100;
  for (const auto& [body, expected] : bodies) {
    CAPTURE(body);
    const arc::program code = with_body(body);
    const arc::task of = small_task();
    const judgement j = arc::judge(limits)(code, of, arc::judging::all_samples);
    CHECK(arc::name_of(j.verdict) == arc::name_of(expected));
    CHECK(arc::is_storable(j));
    CHECK(arc::fits(j, code, of));
  }
}

TEST_CASE("verdict record: a verdict of another candidate is told by sample and line",
          "[verdict_cache]") {
  const arc::program code = with_body("    O = hmirror(I)\n");
  const arc::task of = small_task();
  judgement j;
  j.train_right = 1;
  CHECK(arc::fits(j, code, of));
  j.test_right = 1;
  CHECK(!arc::fits(j, code, of));
  j = failed(verdict::error);
  j.sample = 0;
  CHECK(arc::fits(j, code, of));
  j.line = 1;
  CHECK(!arc::fits(j, code, of));
  j.line = 0;
  j.sample = 1;
  CHECK(!arc::fits(j, code, of));
}

TEST_CASE("verdict segment: a torn tail is dropped, wherever it is torn", "[verdict_cache]") {
  const std::string whole =
      arc::segment_head() + record(1, accepted(1)) + record(2, wrong()) + record(3, accepted(3));
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CAPTURE(size);
    const auto found = arc::read_segment(std::string_view(whole).substr(0, size));
    CHECK((found.state == arc::segment_state::good) == (size >= 24));
    CHECK(found.size() == (size < 24 ? 0 : (size - 24) / 64));
    CHECK(found.damage.empty() == (size >= 24 && (size - 24) % 64 == 0));
    CHECK(found.is_torn == (size >= 24 && (size - 24) % 64 != 0));
  }
}

TEST_CASE("verdict segment: a flipped bit anywhere is noticed", "[verdict_cache]") {
  std::string bytes = arc::segment_head() + record(1, accepted(1)) + record(2, wrong());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    CAPTURE(bit);
    const auto flip = [&] { bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8); };
    flip();
    const auto found = arc::read_segment(bytes);
    CHECK(!found.damage.empty());
    CHECK(found.size() == (bit / 8 < 88 ? 0U : 1U));
    flip();
  }
}

TEST_CASE("verdict segment: another format is ignored, and is no damage", "[verdict_cache]") {
  const auto found = arc::read_segment(arc::segment_head(2) + "whatever it has");
  CHECK(found.state == arc::segment_state::other_format);
  CHECK(found.damage.empty());
  CHECK(found.size() == 0);
}

TEST_CASE("verdict cache: what one process adds, later ones find", "[verdict_cache]") {
  const temporary_folder folder;
  const std::string path = folder.file("new");
  {
    arc::verdict_cache first(path);
    CHECK(first.size() == 0);
    for (std::uint64_t i = 0; i < 2000; ++i) first.add(key_number(i), accepted(i));
    first.add(key_number(5000), wrong());
    judgement unkept;
    unkept.verdict = verdict::skipped;
    first.add(key_number(6000), unkept);
    CHECK(!first.find(key_number(1)));
    // A thousand and some are there already, whole.
    CHECK(arc::verdict_cache(path).size() >= 1000);
  }
  arc::verdict_cache second(path);
  CHECK(second.size() == 2001);
  for (std::uint64_t i = 0; i < 2000; ++i) require_found(second, i, accepted(i));
  require_found(second, 5000, wrong());
  CHECK(!second.find(key_number(6000)));
  CHECK(!second.find({key_number(1)[0], 0}));
  CHECK(second.take_warnings().empty());
}

TEST_CASE("verdict cache: a run that adds nothing leaves no file", "[verdict_cache]") {
  const temporary_folder folder;
  arc::verdict_cache(folder.file("")).finish();
  CHECK(files_in(folder).empty());
}

TEST_CASE("verdict cache: several writers at once need not know of each other", "[verdict_cache]") {
  const temporary_folder folder;
  arc::verdict_cache first(folder.file(""));
  arc::verdict_cache second(folder.file(""));
  first.add(key_number(1), accepted(1));
  first.flush();
  second.add(key_number(1), accepted(1));
  second.add(key_number(2), wrong());
  second.flush();
  CHECK(files_in(folder).size() == 2);
  // Compaction leaves them alone, and a record that is being written is no damage.
  for (const std::string& name : files_in(folder)) {
    write_file(name, read_file(name) + "half a record");
  }
  CHECK(cache(folder, {"compact"}).text == "nothing to compact; 2 segments stay\n");
  CHECK(cache(folder, {"expire", "--days", "1"}).text == "0 segments removed, 2 left\n");
  CHECK(cache(folder, {"verify"}).text == "2 segments, 3 records: undamaged\n");
  second.finish();
  CHECK(cache(folder, {"verify"}).code == 1);
  arc::verdict_cache third(folder.file(""));
  CHECK(third.size() == 2);
  require_found(third, 2, wrong());
  CHECK(third.take_warnings().size() == 1);
  CHECK(cache(folder, {"compact"})
            .text.find("1 segment with 2 records made one with 2; "
                       "1 segment stays") != std::string::npos);
  first.finish();
}

TEST_CASE("verdict cache: what is damaged is skipped with a warning", "[verdict_cache]") {
  const temporary_folder folder;
  const std::string good = arc::segment_head() + record(1, accepted(1));
  put_segment(folder, good);
  const std::string torn = put_segment(folder, arc::segment_head() + record(2, wrong()) + "x");
  const std::string foreign = put_segment(folder, "an essay about caches");
  put_segment(folder, arc::segment_head(9));
  arc::verdict_cache opened(folder.file(""));
  CHECK(opened.size() == 2);
  const auto warnings = opened.take_warnings();
  const std::set<std::string> expected{
      torn + ": the last record is cut off at byte 88: 1 bytes are not used",
      foreign + ": this is not a segment of a verdict cache"};
  CHECK(std::set<std::string>(warnings.begin(), warnings.end()) == expected);
}

TEST_CASE("verdict cache: a failed write ends the writing, not the run", "[verdict_cache]") {
  const temporary_folder folder;
  put_segment(folder, arc::segment_head() + record(1, accepted(1)));
  arc::verdict_cache opened(folder.file(""));
  std::filesystem::remove_all(folder.file(""));
  opened.add(key_number(2), accepted(2));
  opened.flush();
  opened.add(key_number(3), accepted(3));
  opened.finish();
  const auto warnings = opened.take_warnings();
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].find("; no more verdicts are kept") != std::string::npos);
  require_found(opened, 1, accepted(1));
}

TEST_CASE("verdict cache: a folder that is none is refused", "[verdict_cache]") {
  const temporary_folder folder;
  write_file(folder.file("notes.txt"), "mine");
  const auto opening = [](const std::string& path) {
    return test::error_of<example::open_error>([&] { arc::verdict_cache cache(path); });
  };
  CHECK(
      opening(folder.file("")).find(": this is no verdict cache: it has files, but no segments") !=
      std::string::npos);
  CHECK(opening(folder.file("notes.txt")) != "no error");
  CHECK(opening(folder.file("no/such/folder")).find(": cannot be created: ") != std::string::npos);
  CHECK(test::error_of<example::open_error>([&] {
          const std::string absent = folder.file("absent");
          const std::vector<std::string_view> words{"status", "--cache", absent};
          arc::answer_cache(words);
        }).find(": cannot be read: ") != std::string::npos);
  CHECK(files_in(folder).size() == 1);
}

TEST_CASE("cache command: compaction keeps each verdict once, in the order of keys",
          "[verdict_cache]") {
  const temporary_folder folder;
  std::string odd = record(200, failed(verdict::error));
  std::string even = record(1, accepted(1));
  for (std::uint64_t i = 100; i-- > 0;) (i % 2 == 0 ? even : odd) += record(i, accepted(i));
  put_segment(folder, arc::segment_head() + odd);
  put_segment(folder, arc::segment_head() + even + "torn");
  const auto answer = cache(folder, {"compact"});
  CHECK(answer.code == 0);
  CHECK(answer.text.find("2 segments with 102 records made one with 101\n") != std::string::npos);
  CHECK(cache(folder, {"verify"}).text == "1 segment, 101 records: undamaged\n");
  std::map<arc::verdict_key, std::string> expected{
      {key_number(200), record(200, failed(verdict::error))}};
  for (std::uint64_t i = 0; i < 100; ++i) expected[key_number(i)] = record(i, accepted(i));
  std::string bytes = arc::segment_head();
  for (const auto& [key, each] : expected) bytes += each;
  REQUIRE(files_in(folder).size() == 1);
  const bool same_bytes = read_file(files_in(folder)[0]) == bytes;
  CHECK(same_bytes); // not to be printed
}

TEST_CASE("cache command: compaction leaves what it cannot read", "[verdict_cache]") {
  const temporary_folder folder;
  put_segment(folder, arc::segment_head(9));
  put_segment(folder, "an essay about caches");
  CHECK(cache(folder, {"compact"}).text.find("2 segments stay") != std::string::npos);
  CHECK(files_in(folder).size() == 2);
}

TEST_CASE("cache command: status counts, verify tells every damage", "[verdict_cache]") {
  const temporary_folder folder;
  const std::string torn =
      put_segment(folder, arc::segment_head() + record(1, accepted(1)) + "torn");
  put_segment(folder, arc::segment_head() + record(1, accepted(2)) + record(2, wrong()));
  put_segment(folder, arc::segment_head(9));
  CHECK(cache(folder, {"status"}).text == "segments       3\n"
                                          "  written now  0\n"
                                          "  not read     1 of another format\n"
                                          "records        3\n"
                                          "distinct keys  2\n"
                                          "bytes          268\n"
                                          "format         1\n"
                                          "damages        2\n");
  const auto answer = cache(folder, {"verify"});
  CHECK(answer.code == 1);
  CHECK(
      answer.text.find(torn + ": the last record is cut off at byte 88: 4 bytes are not used\n") !=
      std::string::npos);
  CHECK(answer.text.find("key " + example::to_hex(key_number(1)) +
                         " has another verdict elsewhere\n") != std::string::npos);
  CHECK(answer.text.find("3 segments, 3 records: 2 damages\n") != std::string::npos);
}

TEST_CASE("cache command: expire removes what is old, clear everything, and neither foreign files",
          "[verdict_cache]") {
  const temporary_folder folder;
  const std::string old = put_segment(folder, arc::segment_head() + record(1, accepted(1)));
  put_segment(folder, arc::segment_head() + record(2, accepted(2)));
  const std::vector<std::string> foreign{"notes.txt", "verdicts-1.segment",
                                         "verdicts-0123456789abcdef0123456789ABCDEF.segment",
                                         "my-verdicts-0123456789abcdef0123456789abcdef.segment"};
  for (const std::string& name : foreign) write_file(folder.file(name), "mine");
  std::filesystem::create_directory(folder.file(arc::new_segment_name()));
  const auto now = std::filesystem::file_time_type::clock::now();
  std::filesystem::last_write_time(old, now - std::chrono::hours(24 * 3));
  CHECK(cache(folder, {"expire", "--days", "4"}).text == "0 segments removed, 2 left\n");
  CHECK(cache(folder, {"expire", "--days", "2"}).text == "1 segment removed, 1 left\n");
  CHECK(!std::filesystem::exists(old));
  CHECK(cache(folder, {"clear"}).text == "1 segment removed\n");
  CHECK(files_in(folder).size() == foreign.size() + 1);
  for (const std::string& name : foreign) CHECK(read_file(folder.file(name)) == "mine");
}

TEST_CASE("cache command: mistakes are named", "[verdict_cache]") {
  const auto answer = [](std::vector<std::string_view> words) {
    return test::error_of([&] { arc::answer_cache(words); });
  };
  CHECK(answer({}) == "cache: one of status, verify, compact, expire, clear is missing");
  CHECK(answer({"clean"}) == "cache: unknown command 'clean' (did you mean clear?)");
  CHECK(answer({"clear"}) == "--cache: this option is required");
  CHECK(answer({"expire", "--cache", "x"}) == "--days: this option is required");
  CHECK(answer({"clear", "--cache", "x", "--days", "3"}) == "unknown option --days");
}

TEST_CASE("verdict key: names and places do not count, all else of a program does",
          "[verdict_cache]") {
  const std::string body = "    x = add(ONE, TWO)\n    y = lbind(shift, I)\n    O = y(x)\n";
  const auto hash = [](const std::string& text) { return arc::program_hash(with_body(text)); };
  const auto original = hash(body);
  CHECK(arc::program_hash(program_of("# a remark\n\ndef verify_0a1b2c3d(I):\n"
                                     "    cells =  add(ONE, TWO)\n"
                                     "    f   = lbind(shift, I)\n    end = f(cells)\n"
                                     "    return end\n")) == original);
  std::set<arc::verdict_key> all{original};
  const std::vector<std::string> others{
      "    x = add(ONE, THREE)\n    y = lbind(shift, I)\n    O = y(x)\n",
      "    x = add(TWO, ONE)\n    y = lbind(shift, I)\n    O = y(x)\n",
      "    x = multiply(ONE, TWO)\n    y = lbind(shift, I)\n    O = y(x)\n",
      "    x = add(ONE, TWO)\n    y = rbind(shift, I)\n    O = y(x)\n",
      "    x = add(ONE, TWO)\n    y = lbind(shift, x)\n    O = y(x)\n",
      "    x = add(ONE, TWO)\n    y = lbind(shift, I)\n    O = y(I)\n",
      "    y = lbind(shift, I)\n    x = add(ONE, TWO)\n    O = y(x)\n",
      "    d = first(I)\n" + body, // without use
      "    x = add(ONE, TWO)\n    O = lbind(shift, I)\n    y = O(x)\n",
      "    O = identity(I)\n"};
  for (const std::string& other : others) all.insert(hash(other));
  CHECK(all.size() == 1 + others.size());
  // The same on every machine.
  arc::program code;
  code.lines.resize(1);
  code.lines[0].callee = {arc::operand_kind::primitive, 0x0102};
  code.lines[0].argument_count = 1;
  code.lines[0].arguments[1] = {arc::operand_kind::line, 7}; // is not there
  code.result = {arc::operand_kind::line, 0};
  example::checksum128 sum;
  sum.add(std::string_view("\1\3\2\1\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0", 19));
  CHECK(arc::program_hash(code) == sum.result());
}

TEST_CASE("verdict key: settings and grids count", "[verdict_cache]") {
  const auto code = arc::program_hash(with_body("    O = hmirror(I)\n"));
  const auto of = [&](const arc::validation_settings& settings, const arc::task& grids) {
    return arc::verdict_keys(settings)(code, arc::content_hash(grids));
  };
  const arc::validation_settings settings;
  const auto original = of(settings, small_task());
  arc::task renamed = small_task();
  renamed.id = "ffffffff";
  CHECK(of(settings, renamed) == original);
  arc::validation_settings timed = settings;
  timed.timeout_ms = 5;
  CHECK(of(timed, small_task()) == original);

  std::set<arc::verdict_key> all{original};
  const auto with_settings = [&](auto&& change) {
    arc::validation_settings changed;
    change(changed);
    all.insert(of(changed, small_task()));
  };
  with_settings([](auto& s) { ++s.limits.fuel; });
  with_settings([](auto& s) { ++s.limits.cells; });
  with_settings([](auto& s) { ++s.limits.depth; });
  with_settings([](auto& s) { s.dialect = arc::dialect::re_arc; });
  with_settings([](auto& s) { s.judging = arc::judging::all_samples; });
  arc::task changed = small_task();
  changed.colours[3] = 5;
  all.insert(of(settings, changed));
  changed = small_task();
  changed.samples[0].part = arc::sample_part::test;
  all.insert(of(settings, changed));
  all.insert(arc::verdict_keys(settings)(arc::content_hash(small_task()), code));
  CHECK(all.size() == 9);
}
