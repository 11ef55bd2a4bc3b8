// SPDX-License-Identifier: MIT
#include "batch_validator/validation.hpp"
#include "batch_validator/candidate_batch.hpp"
#include "batch_validator/judge.hpp"
#include "batch_validator/line_graph.hpp"
#include "batch_validator/merge_command.hpp"
#include "batch_validator/mutation.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/program_source.hpp"
#include "batch_validator/report.hpp"
#include "batch_validator/task_loader.hpp"
#include "batch_validator/verdict_cache.hpp"
#include "support/catch.hpp"

#include "../temporary_folder.hpp"

#include "orderly/random_stream.hpp"
#include "orderly/worker_pool.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using arc::judging;
using arc::verdict;

/// The example's own tasks; programs of its file of that name.
const std::vector<arc::task>& tasks() {
  static const auto loaded = arc::load_tasks(
      {(std::filesystem::path(__FILE__).parent_path() / "../../../examples/batch_validator/tasks")
           .string()});
  return loaded.tasks;
}

std::vector<arc::source_program> programs_of(const std::string& text) {
  static const auto file = std::make_shared<const std::string>("f.py");
  std::vector<arc::source_program> all;
  for (auto& parsed : arc::parse_programs(text, *file, arc::primitives)) {
    all.push_back(arc::named_by_itself(std::move(parsed), file));
  }
  return all;
}

std::string file_of(const std::string& kind) {
  return read_file((std::filesystem::path(__FILE__).parent_path() /
                    ("../../../examples/batch_validator/programs/" + kind + ".py"))
                       .string());
}

/// Each right program and `count` mutants of it; half of them for any task.
std::vector<arc::source_program> mutants(std::uint64_t count) {
  std::vector<arc::source_program> all;
  for (const arc::source_program& parent : programs_of(file_of("right"))) {
    const auto node = arc::candidate_node(orderly::seed(7), *parent.task);
    for (std::uint64_t k = 0; k < count; ++k) {
      arc::source_program child = parent;
      child.parsed.code = arc::mutant(parent.parsed.code, node.stream(k), k == 0 ? 0 : 1 + k % 3);
      if (k % 2 == 1) child.task.reset();
      all.push_back(std::move(child));
    }
  }
  return all;
}

class in_memory {
 public:
  explicit in_memory(std::vector<arc::source_program> all) : all_(std::move(all)) {}
  std::optional<arc::source_program> next() {
    if (at_ == all_.size()) return std::nullopt;
    return all_[at_++];
  }
  /// Batches are cut in odd places too.
  bool is_ready() const { return at_ % 7 != 3; }

 private:
  std::vector<arc::source_program> all_;
  std::size_t at_ = 0;
};

arc::validation_options little() {
  arc::validation_options options;
  options.settings.limits.fuel = 200'000;
  return options;
}

/// The lines of the candidates.
std::string judged(const std::vector<arc::source_program>& programs,
                   const arc::validation_options& options, std::size_t workers = 1) {
  orderly::worker_pool pool(workers);
  in_memory source(programs);
  arc::report_summary summary;
  std::string lines;
  arc::validate(
      pool, tasks(), source, options, summary, [&](std::string_view more) { lines += more; },
      [](const arc::diagnostic&) {});
  return lines;
}

std::size_t count_of(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

} // namespace

TEST_CASE("line graph: equal calls of programs are one line, the second in a program another",
          "[arc][sharing]") {
  const auto all = programs_of("def a(I):\n  x = vmirror(I)\n  O = hmirror(x)\n  return O\n"
                               "def b(I):\n  y = vmirror(I)\n  O = rot90(y)\n  return O\n"
                               "def c(I):\n  x = vmirror(I)\n  y = vmirror(I)\n"
                               "  O = hconcat(x, y)\n  return y\n"
                               "def d(I):\n  x = vmirror(I)\n  y = vmirror(I)\n  return I\n");
  arc::line_graph graph;
  using numbers = std::vector<std::uint32_t>;
  CHECK(graph.add(all[0].parsed.code).lines == numbers{0, 1});
  CHECK(graph.add(all[1].parsed.code).lines == numbers{0, 2});
  const arc::graph_program c = graph.add(all[2].parsed.code);
  CHECK(c.lines == numbers{0, 3, 4});
  CHECK(c.result == arc::graph_operand{arc::operand_kind::line, 3});
  CHECK(graph.add(all[3].parsed.code).lines == numbers{0, 3});
  CHECK(graph.lines()[4].arguments[1] == arc::graph_operand{arc::operand_kind::line, 3});
}

TEST_CASE("validation: sharing, workers and cache change no byte", "[arc][sharing][contract]") {
  const auto programs = mutants(60);
  for (const judging how : {judging::until_first_failure, judging::all_samples}) {
    const temporary_folder folder;
    arc::validation_options options = little();
    options.settings.judging = how;
    options.share_lines = false;
    const std::string alone = judged(programs, options);
    CHECK(count_of("\n", alone) == 8 * (30 + 30 * 8));
    for (const char* const some : {"\"AC\"", "\"WA\"", "\"RE\"", "\"NG\""}) {
      CHECK(count_of(some, alone) > 10);
    }
    options.share_lines = true;
    for (const std::size_t workers : {1U, 2U, 3U, 8U}) {
      CAPTURE(workers);
      CHECK((judged(programs, options, workers) == alone));
    }
    for (int i = 0; i < 2; ++i) { // cold, warm
      arc::verdict_cache cache(folder.file("cache"));
      options.cache = &cache;
      CHECK((cache.size() > 0) == (i == 1));
      arc::validation_profile profile;
      options.profile = &profile;
      CHECK((judged(programs, options, 2) == alone));
      CHECK((profile.all_workers.judge.dispatches == 0) == (i == 1));
      CHECK((profile.all_workers.found == 0) == (i == 0));
    }
  }
}

TEST_CASE("validation: shards and what was judged before leave the rest as it is",
          "[arc][contract]") {
  const auto programs = mutants(20);
  const std::string all = judged(programs, little(), 2);
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at) + 1;
    lines.push_back(std::string_view(all).substr(at, end - at));
    at = end;
  }
  std::string parts[3];
  for (std::uint64_t i = 0; i < 3; ++i) {
    arc::validation_options options = little();
    options.shard = {i, 3};
    parts[i] = judged(programs, options, 2);
    for (const std::uint64_t skip : {1U, 40U, 100U}) {
      CAPTURE(i, skip);
      options.skip = skip;
      std::string last = "none";
      options.begin = [&](const arc::candidate* skipped) {
        if (skipped != nullptr) last = arc::candidate_line(*skipped, {});
      };
      std::size_t begin = 0;
      std::size_t before = 0;
      for (std::uint64_t k = 0; k < skip; ++k)
        before = begin, begin = parts[i].find('\n', begin) + 1;
      CHECK((judged(programs, options) == parts[i].substr(begin)));
      const std::string_view same = ", \"verdict\"";
      CHECK(last.substr(0, last.find(same)) ==
            parts[i].substr(before, parts[i].find(same, before) - before));
    }
  }
  // Every block of 32 programs is in the shard of its number.
  std::size_t at[3] = {};
  for (std::size_t k = 0, program = 0, left = 0; k < lines.size(); ++k, --left) {
    if (left == 0) left = programs[program++].task ? 1 : 8;
    const std::size_t owner = (program - 1) / 32 % 3;
    CHECK(parts[owner].compare(at[owner], lines[k].size(), lines[k]) == 0);
    at[owner] += lines[k].size();
  }
  for (std::size_t i = 0; i < 3; ++i) CHECK(at[i] == parts[i].size());
}

TEST_CASE("validation: to skip more than there is tells so", "[arc][errors]") {
  arc::validation_options options = little();
  options.skip = 9;
  int calls = 0;
  options.begin = [&](const arc::candidate* skipped) { calls += skipped == nullptr ? 1 : 10; };
  CHECK(judged(programs_of(file_of("right")), options).empty());
  CHECK(calls == 1);
}

TEST_CASE("judge: programs that ask for the order of functions are judged alone",
          "[arc][sharing]") {
  // Whichever function was made first is the first of the set. Of the second program that is `b`,
  // though the graph has the line of `a` before.
  const std::string begin = "  a = lbind(add, ONE)\n";
  const std::string other = "  b = lbind(add, TWO)\n";
  const std::string rest = "  s = initset(a)\n  t = insert(b, s)\n  f = first(t)\n"
                           "  n = f(ZERO)\n  p = astuple(n, n)\n  O = canvas(n, p)\n  return O\n";
  const auto all =
      programs_of("def one(I):\n" + begin + other + rest + "def two(I):\n" + other + begin + rest);
  REQUIRE(all[0].parsed.is_good());
  arc::judge judge;
  arc::line_graph graph;
  const arc::graph_program lines[] = {graph.add(all[0].parsed.code), graph.add(all[1].parsed.code)};
  const arc::graph_candidate candidates[] = {{&all[0].parsed.code, &lines[0]},
                                             {&all[1].parsed.code, &lines[1]}};
  std::vector<arc::judgement> together(2);
  judge(graph, candidates, tasks()[0], judging::all_samples, together);
  CHECK(judge.statistics().judged_alone == 2);
  CHECK(together[0].width == 1);
  CHECK(together[1].width == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto alone = judge(all[i].parsed.code, tasks()[0], judging::all_samples);
    CHECK(alone.width == together[i].width);
    CHECK(alone.fuel == together[i].fuel);
  }
}

TEST_CASE("judge: what others keep takes no room away", "[arc][sharing][limits]") {
  // Each keeps a million cells, a whole run's worth; together far more than one machine has.
  std::string text;
  for (const char* const colour :
       {"ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT"}) {
    text += std::string("def f(I):\n  a = power(double, TEN)\n  n = a(ONE)\n  m = decrement(n)\n"
                        "  p = astuple(m, m)\n  O = canvas(") +
            colour + ", p)\n  return O\n";
  }
  arc::validation_options options;
  options.share_lines = false;
  const auto programs = programs_of(text);
  const std::string alone = judged(programs, options);
  CHECK(count_of("\"shape\": \"1023x1023\"", alone) == 64);
  options.share_lines = true;
  CHECK((judged(programs, options) == alone));
  options.settings.limits.cells = 1023 * 1023; // not the other two or three
  const std::string less = judged(programs, options);
  CHECK(count_of("\"MEM\"", less) == 64);
  options.share_lines = false;
  CHECK((judged(programs, options) == less));
}

TEST_CASE("validation: a time limit ends what no other limit does, and is never kept",
          "[arc][limits]") {
  const temporary_folder folder;
  const auto programs =
      programs_of("def solve_a0000001(I):\n  O = vmirror(I)\n  x = power(vmirror, O)\n"
                  "  return O\n"
                  "def solve_a0000001(I):\n  a = power(increment, TEN)\n"
                  "  b = power(a, TEN)\n  c = power(b, TEN)\n  d = power(c, TEN)\n"
                  "  e = power(d, TEN)\n  f = power(e, TEN)\n  g = power(f, TEN)\n"
                  "  h = power(g, TEN)\n  O = h(ONE)\n  return O\n");
  arc::validation_options options;
  options.settings.limits.fuel = 1'000'000'000'000'000;
  options.settings.timeout_ms = 20;
  for (const bool share : {false, true}) {
    arc::verdict_cache cache(folder.file("cache"));
    options.cache = &cache;
    options.share_lines = share;
    const std::string lines = judged(programs, options);
    CHECK(count_of("\"TIMEOUT\"", lines) == 1);
    CHECK(count_of("\"RE\"", lines) == 1);
    CHECK(cache.size() == (share ? 1U : 0U)); // of the run before: not the second program's
  }
}
