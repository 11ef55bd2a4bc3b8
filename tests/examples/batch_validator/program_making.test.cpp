// SPDX-License-Identifier: MIT
//
// Programs that are written, changed and bred: text that reads back, mutants that are functions of
// seed, task and number, and a search that gives the same report for any number of workers.
#include "support/catch.hpp"

#include "batch_validator/evolution.hpp"
#include "batch_validator/evolution_report.hpp"
#include "batch_validator/expand_command.hpp"
#include "batch_validator/known_names.hpp"
#include "batch_validator/mutate_command.hpp"
#include "batch_validator/mutation.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/program_record.hpp"
#include "batch_validator/program_text.hpp"
#include "batch_validator/task_loader.hpp"
#include "batch_validator/verdict_key.hpp"
#include "support/arguments.hpp"
#include "support/checksum128.hpp"

#include "../temporary_folder.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

/// A part of the example's folder.
std::string demo(const std::string& name) {
  const auto here = std::filesystem::absolute(__FILE__).parent_path();
  return (here / "../../../examples/batch_validator" / name).lexically_normal().string();
}

/// The good programs of a text.
std::vector<arc::program> programs_of(const std::string& text) {
  static const arc::known_names known(arc::primitives);
  arc::program_reader reader(text, "a.py", known);
  std::vector<arc::program> good;
  while (auto next = reader.next()) {
    if (next->is_good()) good.push_back(std::move(next->code));
  }
  return good;
}

/// What evolve wants of them.
std::vector<arc::source_program> given(std::vector<arc::program> programs) {
  std::vector<arc::source_program> all;
  for (arc::program& code : programs) {
    all.push_back(arc::named_by_itself({std::move(code), {}}, nullptr));
  }
  return all;
}

std::vector<arc::program> demo_programs(const std::string& kind) {
  return programs_of(read_file(demo("programs/" + kind + ".py")));
}

/// Of a text that has one program, a good one.
arc::program only(const std::string& text) {
  const auto all = programs_of(text);
  REQUIRE(all.size() == 1);
  return all[0];
}

bool same_code(const arc::program& a, const arc::program& b) {
  const auto same_line = [](const arc::program_line& x, const arc::program_line& y) {
    return x.callee == y.callee && x.argument_count == y.argument_count &&
           x.arguments == y.arguments;
  };
  return a.name == b.name && a.result == b.result &&
         std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), same_line);
}

/// Whether the text of a program is that of this program and of no other.
bool reads_back(const arc::program& code) {
  const auto again = programs_of(arc::text_of(code));
  return again.size() == 1 && same_code(again[0], code);
}

/// What mutate writes for these words, line by line.
std::vector<std::string> candidates(std::vector<std::string> words) {
  const temporary_folder folder;
  words.insert(words.end(), {"--seed", "5", "--jsonl", "--out", folder.file("out")});
  const std::vector<std::string_view> views(words.begin(), words.end());
  REQUIRE(arc::run_mutate(views) == arc::judged);
  const std::string text = read_file(folder.file("out"));
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    lines.push_back(text.substr(at, text.find('\n', at) - at));
  }
  return lines;
}

arc::evolution_settings small_search(std::uint64_t rounds) {
  arc::evolution_settings settings;
  settings.judging.limits.fuel = 1'000'000;
  settings.judging.limits.cells = 10'000;
  settings.seed = 7;
  settings.rounds = rounds;
  settings.keep = 8;
  return settings;
}

/// A report of the search from the wrong programs of the example.
std::string search_report(std::size_t workers, std::uint64_t rounds) {
  const arc::evolution_settings settings = small_search(rounds);
  const auto tasks = arc::load_tasks({demo("tasks")}).tasks;
  orderly::worker_pool pool(workers);
  const arc::evolved found = arc::evolve(pool, settings, tasks, given(demo_programs("wrong")));
  std::string report;
  arc::report_evolution(settings, tasks, "", found, [&](const std::string& l) { report += l; });
  return report;
}

} // namespace

TEST_CASE("program_text: what is written reads back as the same program", "[arc][program_text]") {
  std::size_t count = 0;
  for (const char* const kind : {"right", "wrong", "crashing", "runaway", "public_tasks"}) {
    for (const arc::program& code : demo_programs(kind)) {
      INFO(arc::text_of(code));
      CHECK(reads_back(code));
      const arc::program minimal = arc::without_dead_lines(code);
      CHECK(reads_back(minimal));
      CHECK(same_code(arc::without_dead_lines(minimal), minimal));
      ++count;
    }
  }
  CHECK(count >= 4 * 8 + 20);
}

TEST_CASE("program_text: dead lines go, and variables get the names of their places",
          "[arc][program_text]") {
  const arc::program code = only("def f(I: Grid) -> Grid:\n"
                                 "  dead = rot90(I)\n"
                                 "  g = lbind(add, ONE) # a function\n"
                                 "  dead2 = hconcat(dead, I)\n"
                                 "  r = g(TWO)\n"
                                 "  late = g(r)\n"
                                 "  return r\n");
  CHECK(arc::text_of(code) == "def f(I):\n"
                              "    x1 = rot90(I)\n"
                              "    x2 = lbind(add, ONE)\n"
                              "    x3 = hconcat(x1, I)\n"
                              "    O = x2(TWO)\n"
                              "    x5 = x2(O)\n"
                              "    return O\n");
  const arc::program minimal = arc::without_dead_lines(code);
  CHECK(arc::text_of(minimal) == "def f(I):\n"
                                 "    x1 = lbind(add, ONE)\n"
                                 "    O = x1(TWO)\n"
                                 "    return O\n");
  const arc::program other = only("def g(I):\n y = lbind(add, ONE)\n z = y(TWO)\n return z\n");
  CHECK(arc::program_hash(minimal) == arc::program_hash(other)); // whatever the name
  CHECK(arc::program_hash(minimal) != arc::program_hash(code));
  CHECK(arc::text_of(arc::without_dead_lines(only("def f(I):\n x = rot90(I)\n return I\n"))) ==
        "def f(I):\n    return I\n");
}

TEST_CASE("expand: leaves out what cannot be read, and says so by its exit code",
          "[arc][program_text]") {
  const temporary_folder folder;
  write_file(folder.file("in"), "def f(I):\n  x = rot90(J)\n  return x\n"
                                "def solve_0000000a(I):\n  x = rot90(I)\n  return x\n");
  const std::string in = folder.file("in");
  const std::string out = folder.file("out");
  const std::array<std::string_view, 4> words{"--programs", in, "--out", out};
  CHECK(arc::run_expand(words) == arc::misused);
  CHECK(read_file(out) == "def solve_0000000a(I):\n    O = rot90(I)\n    return O\n\n");
  const std::array<std::string_view, 5> json{"--jsonl", "--programs", in, "--out", out};
  CHECK(arc::run_expand(json) == arc::misused);
  CHECK(read_file(out) == R"({"id": "solve_0000000a", "task": "0000000a", )"
                          R"("program": "def solve_0000000a(I):\n    O = rot90(I)\n)"
                          R"(    return O\n"})"
                          "\n");
  const std::array<std::string_view, 4> same{"--programs", in, "--out", in};
  CHECK_THROWS_AS(arc::run_expand(same), example::usage_error);
}

TEST_CASE("mutation: a candidate depends on seed, task, parent and its number alone",
          "[arc][mutation]") {
  const std::string right = demo("programs/right.py");
  const std::string wrong = demo("programs/wrong.py");
  const auto few = candidates({"--programs", right, "--count", "3"});
  REQUIRE(few.size() == 24);
  CHECK(few[0] == R"({"id": "a0000001-0", "task": "a0000001", "program": )"
                  R"("def solve_a0000001(I):\n    x1 = vmirror(I)\n)"
                  R"(    O = hconcat(I, x1)\n    return O\n"})");
  const auto many = candidates({"--programs", right, wrong, "--count", "20"});
  REQUIRE(many.size() == 320);
  for (std::size_t i = 0; i < few.size(); ++i) CHECK(few[i] == many[i / 3 * 20 + i % 3]);

  // In another order the ids of a task's second parent are other ones, its candidates are not.
  const auto turned = candidates({"--programs", wrong, right, "--count", "3"});
  REQUIRE(turned.size() == 48);
  for (std::size_t i = 0; i < few.size(); ++i) {
    const std::string& line = turned[24 + i];
    CHECK(line.substr(0, 20) ==
          R"({"id": "a000000)" + few[i].substr(15, 1) + ".2-" + few[i].substr(17, 1));
    CHECK(line.substr(line.find("task")) == few[i].substr(few[i].find("task")));
  }
  const auto ids = candidates({"--programs", right, wrong, right, "--count", "2"});
  std::set<std::string> different;
  for (const std::string& line : ids) different.insert(line.substr(0, line.find(',')));
  CHECK(different.size() == ids.size());
}

TEST_CASE("mutation: a program for any task has candidates for each task that is given",
          "[arc][mutation]") {
  const temporary_folder folder;
  const std::string any = folder.file("any.py");
  write_file(any, "def turn(I):\n  x = rot90(I)\n  return x\n");
  CHECK(candidates({"--programs", any, "--count", "1"})[0].substr(0, 40) ==
        R"({"id": "turn-0", "program": "def turn(I))");
  const auto bound = candidates({"--programs", any, "--count", "1", "--tasks",
                                 demo("tasks/a0000003.json"), demo("tasks/a0000001.json")});
  REQUIRE(bound.size() == 2);
  CHECK(bound[1].substr(0, 77) == R"({"id": "a0000003-0", "task": "a0000003", )"
                                  R"("program": "def solve_a0000003(I):\n)");
}

TEST_CASE("mutation: every mutant is a program, and differs from its parent", "[arc][mutation]") {
  auto parents = demo_programs("public_tasks");
  parents.push_back(only("def nothing(I):\n  return I\n"));
  std::size_t longer = 0;
  std::size_t shorter = 0;
  bool all_read_back = true;
  bool all_differ = true;
  for (const arc::program& parent : parents) {
    const auto node = arc::candidate_node(orderly::seed(1), parent.name);
    for (std::uint64_t k = 0; k < 50; ++k) {
      const arc::program one = arc::mutant(parent, node.stream(k), 1);
      all_differ = all_differ && !same_code(one, parent);
      all_read_back = all_read_back && reads_back(one);
      longer += one.lines.size() > parent.lines.size() ? 1U : 0U;
      shorter += one.lines.size() < parent.lines.size() ? 1U : 0U;
      const arc::program far = arc::mutant(parent, node.stream(k), 40);
      all_read_back = all_read_back && reads_back(far);
    }
  }
  CHECK(all_read_back);
  CHECK(all_differ);
  CHECK(longer > 100);
  CHECK(shorter > 100);
}

TEST_CASE("mutation: the mutants of a program are the same on every platform", "[arc][mutation]") {
  const arc::program parent = only("def f(I):\n"
                                   "  x1 = objects(I, T, F, T)\n"
                                   "  x2 = compose(toivec, numcolors)\n"
                                   "  x3 = fork(add, lrcorner, x2)\n"
                                   "  x4 = mapply(x3, x1)\n"
                                   "  x5 = x2(x4)\n"
                                   "  O = shift(x4, UNITY)\n"
                                   "  return O\n");
  const auto node = arc::candidate_node(orderly::seed(1), "67a3c6ac");
  example::checksum128 sum;
  for (std::uint64_t k = 0; k < 1'000; ++k) {
    sum.add(arc::text_of(arc::mutant(parent, node.stream(k), 1 + k % 2)));
  }
  CHECK(example::to_hex(sum.result()) == "b282d43f66798c579421c2cbbe9af112");
}

TEST_CASE("mutation: a program does not become longer than the parser allows", "[arc][mutation]") {
  std::string text = "def f(I):\n";
  for (std::size_t i = 0; i + 1 < arc::most_lines; ++i) {
    text += "  y" + std::to_string(i) + " = rot90(I)\n";
  }
  const arc::program longest = only(text + "  return y0\n");
  const auto node = arc::candidate_node(orderly::seed(1), "f");
  for (std::uint64_t k = 0; k < 10; ++k) CHECK(reads_back(arc::mutant(longest, node.stream(k), 2)));
}

TEST_CASE("evolution: the report is the same bytes for any number of workers",
          "[arc][evolution][contract]") {
  const std::string once = search_report(1, 4);
  CHECK((search_report(2, 4) == once));
  CHECK((search_report(3, 4) == once));
}

TEST_CASE("evolution: finds what is right, without looking at the tests", "[arc][evolution]") {
  const auto all = arc::load_tasks({demo("tasks")}).tasks;
  const auto programs = given(demo_programs("wrong"));
  const arc::evolution_settings settings = small_search(12);
  orderly::worker_pool pool(2);
  const arc::evolved found = arc::evolve(pool, settings, all, programs);
  REQUIRE(found.tasks.size() == 8);
  CHECK(found.rounds == 12);
  CHECK(found.judged <= 8 + 8 * 12 * 32);
  for (const arc::evolved_task& task : found.tasks) {
    CHECK(task.kept.size() == 8);
    for (std::size_t i = 1; i < task.kept.size(); ++i) {
      CHECK(arc::ranks_before(task.kept[i - 1], task.kept[i]));
      CHECK_FALSE(arc::ranks_before(task.kept[i], task.kept[i - 1]));
    }
  }
  // One way only became both ways; of two that do this the hash decides.
  const arc::kept_program& best = found.tasks[1].kept[0];
  CHECK(arc::text_of(best.code) == "def solve_a0000002(I):\n    O = switch(I, TWO, ONE)\n"
                                   "    return O\n");
  CHECK(best.train_right == 2);
  CHECK(best.test_right == 1);

  // Of a task alone, with another expected output of its test, the same programs are kept.
  auto changed = all[1];
  REQUIRE(changed.samples.back().part == arc::sample_part::test);
  changed.colours[changed.samples.back().output->first] ^= 1;
  const arc::evolved alone = arc::evolve(pool, settings, {changed}, programs);
  REQUIRE(alone.tasks.size() == 1);
  REQUIRE(alone.tasks[0].kept.size() == found.tasks[1].kept.size());
  for (std::size_t i = 0; i < alone.tasks[0].kept.size(); ++i) {
    CHECK(alone.tasks[0].kept[i].hash == found.tasks[1].kept[i].hash);
  }
  CHECK(alone.tasks[0].kept[0].test_right == 0);
}

TEST_CASE("evolution: programs that do the same count once", "[arc][evolution]") {
  const auto tasks = arc::load_tasks({demo("tasks/a0000001.json")}).tasks;
  const auto programs =
      given(programs_of("def solve_a0000001(I):\n  x = vmirror(I)\n  return x\n"
                        "def other(I):\n  d = rot90(I)\n  x = vmirror(I)\n  return x\n"
                        "def solve_a0000002(I):\n  x = rot90(I)\n  return x\n"));
  orderly::worker_pool pool(1);
  const arc::evolved found = arc::evolve(pool, small_search(0), tasks, programs);
  REQUIRE(found.tasks.size() == 1);
  REQUIRE(found.tasks[0].kept.size() == 1);
  CHECK(found.tasks[0].kept[0].code.name == "solve_a0000001");
  const std::atomic<bool> stop{true};
  const arc::evolved stopped = arc::evolve(pool, small_search(3), tasks, programs, &stop);
  CHECK(stopped.rounds == 0);
}
