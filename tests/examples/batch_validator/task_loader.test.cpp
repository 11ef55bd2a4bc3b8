// SPDX-License-Identifier: MIT
//
// Loading tasks: all layouts of files, the exact text of every refusal and warning, and hashes of
// content.
#include "support/catch.hpp"

#include "examples/error_of.hpp"
#include "examples/temporary_folder.hpp"

#include "batch_validator/task.hpp"
#include "batch_validator/task_loader.hpp"
#include "batch_validator/value.hpp"
#include "batch_validator/value_text.hpp"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

using arc::loaded_tasks;
using arc::sample_part;
using arc::task;

namespace {

/// A folder for files of tasks; it is left out of what is told about them.
class task_folder {
 public:
  void write(const std::string& name, const std::string& text) const {
    write_file(folder_.file(name), text);
  }
  void make_folder(const std::string& name) const {
    std::filesystem::create_directory(folder_.file(name));
  }

  loaded_tasks load(const std::vector<std::string>& names) const {
    std::vector<std::string> paths;
    for (const std::string& name : names) paths.push_back(folder_.file(name));
    loaded_tasks result = arc::load_tasks(paths);
    for (std::string& warning : result.warnings) warning = within(warning);
    return result;
  }

  std::string refusal(const std::vector<std::string>& names) const {
    return within(test::error_of([&] { load(names); }));
  }

 private:
  std::string within(std::string text) const {
    const std::string begin = folder_.file("");
    for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin)) {
      text.erase(at, begin.size());
    }
    return text;
  }

  temporary_folder folder_;
};

/// What is wrong with a file "a.json" of this text, but for its name.
std::string refusal_of(const std::string& text) {
  const task_folder folder;
  folder.write("a.json", text);
  const std::string refusal = folder.refusal({"a.json"});
  return refusal.substr(0, 7) == "a.json:" ? refusal.substr(7) : refusal;
}

/// The grid begins in column 22.
std::string refusal_of_grid(const std::string& grid) {
  return refusal_of(R"({"train": [{"input": )" + grid + R"(, "output": [[1]]}]})");
}

task task_of(const std::string& text, const std::string& name = "a.json") {
  const task_folder folder;
  folder.write(name, text);
  return folder.load({name}).tasks.at(0);
}

std::string input_of(const task& of, std::size_t sample) {
  return arc::text_of(of.view(of.samples.at(sample).input));
}

std::string output_of(const task& of, std::size_t sample) {
  const auto& output = of.samples.at(sample).output;
  return output ? arc::text_of(of.view(*output)) : "unknown";
}

std::string ids_of(const loaded_tasks& loaded) {
  std::string ids;
  for (const task& each : loaded.tasks) ids += each.id + " ";
  return ids;
}

/// Of so many rows and columns.
std::string zeros(std::size_t height, std::size_t width) {
  std::string row = "[0";
  for (std::size_t i = 1; i < width; ++i) row += ",0";
  row += "]";
  std::string grid = "[" + row;
  for (std::size_t i = 1; i < height; ++i) grid += "," + row;
  return grid + "]";
}

constexpr const char* one_train = R"({"train": [{"input": [[1]], "output": [[2]]}]})";
constexpr const char* one_test = R"({"test": [{"input": [[1]]}]})";

} // namespace

TEST_CASE("task loader: a file is a task with the samples of train before those of test",
          "[arc][task_loader]") {
  const task read = task_of(R"({
    "test": [{"output": [[7]], "input": [[0, 9, 8]]}],
    "train": [{"input": [[1, 2], [3, 4]], "output": [[5], [6]]},
              {"input": [[1]], "output": [[2, 3]]}]})",
                            "0a1b2c3d.json");
  CHECK(read.id == "0a1b2c3d");
  REQUIRE(read.samples.size() == 3);
  CHECK(read.samples[0].part == sample_part::train);
  CHECK(read.samples[1].part == sample_part::train);
  CHECK(read.samples[2].part == sample_part::test);
  CHECK(input_of(read, 0) == "((1, 2), (3, 4))");
  CHECK(output_of(read, 0) == "((5,), (6,))");
  CHECK(input_of(read, 1) == "((1,),)");
  CHECK(output_of(read, 1) == "((2, 3),)");
  CHECK(input_of(read, 2) == "((0, 9, 8),)");
  CHECK(output_of(read, 2) == "((7,),)");
}

TEST_CASE("task loader: every grid is viewed in the form of a grid", "[arc][task_loader]") {
  const task read = task_of(R"({"test": [{"input": [[1]]}, {"input": [[1, 2]]},
                                         {"input": [[1], [2]]}, {"input": [[1, 2], [3, 4]]}]})");
  for (const auto& sample : read.samples) {
    const arc::value v = read.view(sample.input);
    CHECK(v.form() == arc::value_form::grid);
    CHECK(v.height() == sample.input.height);
    CHECK(v.width() == sample.input.width);
  }
  CHECK(read.samples[1].input.height == 1);
  CHECK(read.samples[1].input.width == 2);
  CHECK(read.samples[2].input.height == 2);
  CHECK(read.samples[2].input.width == 1);
}

TEST_CASE("task loader: views follow a task that is moved, and a copy has its own",
          "[arc][task_loader]") {
  task first = task_of(one_train);
  const arc::colour_byte* const bytes = first.view(first.samples[0].input).colours();
  const task moved = std::move(first);
  CHECK(moved.view(moved.samples[0].input).colours() == bytes);
  const task copy = moved;
  CHECK(copy.view(copy.samples[0].input).colours() != bytes);
  CHECK(output_of(copy, 0) == "((2,),)");
}

TEST_CASE("task loader: outputs of tests may be unknown, and test or train be absent",
          "[arc][task_loader]") {
  const task unknown =
      task_of(R"({"test": [{"input": [[1]]}, {"input": [[1]], "output": [[3]]}]})");
  REQUIRE(unknown.samples.size() == 2);
  CHECK(output_of(unknown, 0) == "unknown");
  CHECK(output_of(unknown, 1) == "((3,),)");
  CHECK(task_of(one_train).samples.size() == 1);
}

TEST_CASE("task loader: other keys mean nothing", "[arc][task_loader]") {
  const task read = task_of(R"({"name": "a", "train": [{"input": [[1]], "note": [[], 10],
      "output": [[2]], "index": 3}], "uri": {"train": 7}})");
  REQUIRE(read.samples.size() == 1);
  CHECK(input_of(read, 0) == "((1,),)");
  CHECK(output_of(read, 0) == "((2,),)");
}

TEST_CASE("task loader: a folder gives all its json files, and no others", "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("all");
  folder.make_folder("all/below");
  folder.write("all/b.json", one_train);
  folder.write("all/a.json", one_test);
  folder.write("all/c.txt", "no task");
  folder.write("all/json", "no task");
  folder.write("all/below/d.json", one_train);
  CHECK(ids_of(folder.load({"all"})) == "a b ");
}

TEST_CASE("task loader: tasks come in order of their ids, whatever the order of paths",
          "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("all");
  folder.write("all/b.json", one_train);
  folder.write("all/f.json", one_train);
  folder.write("a.json", one_test);
  folder.write("x_challenges.json",
               std::string(R"({"g": )") + one_test + R"(, "c": )" + one_train + "}");
  CHECK(ids_of(folder.load({"x_challenges.json", "all", "a.json"})) == "a b c f g ");
  CHECK(ids_of(folder.load({"a.json", "x_challenges.json", "all"})) == "a b c f g ");
  CHECK(folder.load({}).tasks.empty());
}

TEST_CASE("task loader: solutions give the outputs of their challenges", "[arc][task_loader]") {
  const task_folder folder;
  folder.write("x_challenges.json",
               R"({"q": {"test": [{"input": [[1]]}, {"input": [[2]]}],
                         "train": [{"input": [[3]], "output": [[4]]}]},
                   "p": {"test": [{"input": [[5]]}]},
                   "r": {"test": [{"input": [[6]]}]}})");
  folder.write("x_solutions.json",
               R"({"p": [[[7, 7]]], "unheard of": 3, "q": [[[8]], [[9], [9]]]})");
  const loaded_tasks loaded = folder.load({"x_challenges.json"});
  REQUIRE(ids_of(loaded) == "p q r ");
  const std::vector<task>& tasks = loaded.tasks;
  CHECK(output_of(tasks[0], 0) == "((7, 7),)");
  CHECK(output_of(tasks[1], 0) == "((4,),)"); // of train
  CHECK(output_of(tasks[1], 1) == "((8,),)");
  CHECK(output_of(tasks[1], 2) == "((9,), (9,))");
  CHECK(input_of(tasks[1], 2) == "((2,),)");
  CHECK(output_of(tasks[2], 0) == "unknown");
}

TEST_CASE("task loader: challenges need no solutions", "[arc][task_loader]") {
  const task_folder folder;
  folder.write("x_challenges.json", std::string(R"({"p": )") + one_test + "}");
  folder.write("y_solutions.json", R"({"p": [[[7]]]})"); // of others
  const loaded_tasks loaded = folder.load({"x_challenges.json"});
  REQUIRE(ids_of(loaded) == "p ");
  CHECK(output_of(loaded.tasks[0], 0) == "unknown");
}

TEST_CASE("task loader: solutions tell nothing about tasks of other files", "[arc][task_loader]") {
  const task_folder folder;
  folder.write("a.json", one_test);
  folder.write("x_challenges.json", std::string(R"({"p": )") + one_test + "}");
  folder.write("x_solutions.json", R"({"p": [[[7]]], "a": [[[8]]]})");
  const loaded_tasks loaded = folder.load({"a.json", "x_challenges.json"});
  REQUIRE(ids_of(loaded) == "a p ");
  CHECK(output_of(loaded.tasks[0], 0) == "unknown");
  CHECK(output_of(loaded.tasks[1], 0) == "((7,),)");
}

TEST_CASE("task loader: solutions are no tasks beside their challenges", "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("all");
  folder.write("all/x_challenges.json", std::string(R"({"p": )") + one_test + "}");
  folder.write("all/x_solutions.json", R"({"p": [[[7]]]})");
  const loaded_tasks loaded = folder.load({"all"});
  REQUIRE(ids_of(loaded) == "p ");
  CHECK(output_of(loaded.tasks[0], 0) == "((7,),)");
  CHECK(folder.refusal({"all/x_solutions.json"}) == "all/x_solutions.json: no task found");
}

TEST_CASE("task loader: what is no grid is refused where it stands", "[arc][task_loader]") {
  CHECK(refusal_of_grid("[]") == "1:22: train[0].input: an empty grid");
  CHECK(refusal_of_grid("[[]]") == "1:23: train[0].input[0]: an empty row");
  CHECK(refusal_of_grid("[[1], []]") == "1:28: train[0].input[1]: an empty row");
  CHECK(refusal_of_grid("[[1, 2], [3]]") ==
        "1:31: train[0].input[1]: a row of 1, but the first has 2");
  CHECK(refusal_of_grid("[[1], [2], [3, 4]]") ==
        "1:33: train[0].input[2]: a row of 2, but the first has 1");
  CHECK(refusal_of_grid("7") == "1:22: train[0].input: expected an array, not a number");
  CHECK(refusal_of_grid("[1]") == "1:23: train[0].input[0]: expected an array, not a number");
  CHECK(refusal_of_grid("null") == "1:22: train[0].input: expected an array, not null");
}

TEST_CASE("task loader: colours are digits", "[arc][task_loader]") {
  const std::string expected = "expected a colour from 0 to 9, not ";
  CHECK(refusal_of_grid("[[0, 9]]") == "no error");
  CHECK(refusal_of_grid("[[1, 10]]") == "1:27: train[0].input[0][1]: " + expected + "'10'");
  CHECK(refusal_of_grid("[[-1]]") == "1:24: train[0].input[0][0]: " + expected + "'-1'");
  CHECK(refusal_of_grid("[[-0]]") == "1:24: train[0].input[0][0]: " + expected + "'-0'");
  CHECK(refusal_of_grid("[[1.0]]") == "1:24: train[0].input[0][0]: " + expected + "'1.0'");
  CHECK(refusal_of_grid("[[1e0]]") == "1:24: train[0].input[0][0]: " + expected + "'1e0'");
  CHECK(refusal_of_grid("[[1], [\"2\"]]") ==
        "1:29: train[0].input[1][0]: expected a number, not a string");
  CHECK(refusal_of_grid("[[true]]") ==
        "1:24: train[0].input[0][0]: expected a number, not true or false");
  CHECK(refusal_of(R"({"train": [
{"input": [[1]], "output": [[1]]},
{"input": [[1]], "output": [[1]]},
{"input": [[1]], "output": [[1, 2, 3, 99]]}
]})") == "4:39: train[2].output[0][3]: " + expected + "'99'");
}

TEST_CASE("task loader: what is no task is refused where it stands", "[arc][task_loader]") {
  CHECK(refusal_of("[]") == "1:1: expected an object, not an array");
  CHECK(refusal_of("{}") == "1:1: neither train nor test samples");
  CHECK(refusal_of(" {\"train\": [], \"test\": []}") == "1:2: neither train nor test samples");
  CHECK(refusal_of(R"({"train": {}})") == "1:11: train: expected an array, not an object");
  CHECK(refusal_of(R"({"train": [3]})") == "1:12: train[0]: expected an object, not a number");
  CHECK(refusal_of(R"({"train": [{}]})") == "1:12: train[0]: the member 'input' is missing");
  CHECK(refusal_of(R"({"train": [{"input": [[1]]}]})") ==
        "1:12: train[0]: the member 'output' is missing");
  CHECK(refusal_of(R"({"test": [{"output": [[1]]}]})") ==
        "1:11: test[0]: the member 'input' is missing");
  CHECK(refusal_of(R"({"test": [{"input": [[1]], "output": null}]})") ==
        "1:38: test[0].output: expected an array, not null");
}

TEST_CASE("task loader: what is no JSON is refused where it stops to be", "[arc][task_loader]") {
  CHECK(refusal_of(R"({"train": )") == "1:11: expected a value, but the text ends here");
  CHECK(refusal_of("{\"train\": [\n{\"input\" [[1]]}]}") == "2:10: expected ':' after a key");
  CHECK(refusal_of(R"({"train": [], "train": []})") == "1:15: the key 'train' appears twice");
  const task_folder folder;
  const std::string text = one_train;
  for (std::size_t size = 0; size < text.size(); ++size) {
    folder.write("a.json", text.substr(0, size));
    CHECK(folder.refusal({"a.json"}).substr(0, 9) == "a.json:1:");
  }
}

TEST_CASE("task loader: paths of challenges begin with the id", "[arc][task_loader]") {
  const auto refusal = [](const std::string& challenges) {
    const task_folder folder;
    folder.write("x_challenges.json", challenges);
    return folder.refusal({"x_challenges.json"});
  };
  CHECK(refusal(R"({"0a": {"test": [{"input": [[1], [12]]}]}})") ==
        "x_challenges.json:1:35: 0a.test[0].input[1][0]: expected a colour from 0 to 9, not '12'");
  CHECK(refusal(R"({"a.b": {"test": 1}})") ==
        "x_challenges.json:1:18: 'a.b'.test: expected an array, not a number");
  CHECK(refusal(R"({"p": {}})") == "x_challenges.json:1:7: p: neither train nor test samples");
  CHECK(refusal(R"({"": {}})") == "x_challenges.json:1:2: '': a task needs an id");
  CHECK(refusal("{}") == "x_challenges.json: no task found");
  CHECK(refusal("[]") == "x_challenges.json:1:1: expected an object, not an array");
}

TEST_CASE("task loader: solutions are refused where they do not fit", "[arc][task_loader]") {
  const auto refusal = [](const std::string& solutions, const std::string& challenge = one_test) {
    const task_folder folder;
    folder.write("x_challenges.json", "{\"p\": " + challenge + "}");
    folder.write("x_solutions.json", solutions);
    return folder.refusal({"x_challenges.json"});
  };
  CHECK(refusal(R"({"p": []})") ==
        "x_solutions.json:1:7: p: expected an output for each test: 1, not 0");
  CHECK(refusal(R"({"p": [[[1]], [[1]]]})") ==
        "x_solutions.json:1:7: p: expected an output for each test: 1, not 2");
  CHECK(refusal(R"({"p": [[[1], []]]})") == "x_solutions.json:1:14: p[0][1]: an empty row");
  CHECK(refusal(R"({"p": 1})") == "x_solutions.json:1:7: p: expected an array, not a number");
  CHECK(refusal("[") == "x_solutions.json:1:2: expected a value, but the text ends here");
  CHECK(refusal("[]") == "x_solutions.json:1:1: expected an object, not an array");
  CHECK(refusal(R"({"p": [[[1]]]})", R"({"test": [{"input": [[1]], "output": [[1]]}]})") ==
        "x_solutions.json:1:8: p[0]: the challenges have this output already");
}

TEST_CASE("task loader: two tasks of one id are refused with both files", "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("b");
  folder.write("p.json", one_train);
  folder.write("b/p.json", one_test);
  folder.write("x_challenges.json", std::string("{\n\"p\": ") + one_test + "}");
  CHECK(folder.refusal({"p.json", "b"}) == "b/p.json:1:1: the task 'p' is in p.json too");
  CHECK(folder.refusal({"b", "p.json"}) == "p.json:1:1: the task 'p' is in b/p.json too");
  CHECK(folder.refusal({"p.json", "p.json"}) == "p.json:1:1: the task 'p' is in p.json too");
  CHECK(folder.refusal({"p.json", "x_challenges.json"}) ==
        "x_challenges.json:2:1: p: the task 'p' is in p.json too");
  folder.write("x_challenges.json", R"({"p": {}, "p": {}})");
  CHECK(folder.refusal({"x_challenges.json"}) ==
        "x_challenges.json:1:11: the key 'p' appears twice");
}

TEST_CASE("task loader: a path without tasks is refused", "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("none");
  folder.write("a.json", one_train);
  CHECK(folder.refusal({"a.json", "none"}) == "none: no task found");
  const auto absent = std::make_error_code(std::errc::no_such_file_or_directory).message();
  CHECK(folder.refusal({"b.json"}) == "b.json: cannot be read: " + absent);
  CHECK(folder.refusal({"absent/b.json"}) == "absent/b.json: cannot be read: " + absent);
}

TEST_CASE("task loader: a side above 30 is a warning", "[arc][task_loader]") {
  const task_folder folder;
  folder.write("a.json",
               R"({"test": [{"input": )" + zeros(1, 31) + ", \"output\": " + zeros(30, 30) + "}]}");
  folder.write("b_challenges.json", std::string(R"({"b": )") + one_test + "}");
  folder.write("b_solutions.json", R"({"b": [)" + zeros(40, 2) + "]}");
  const loaded_tasks loaded = folder.load({"b_challenges.json", "a.json"});
  REQUIRE(loaded.warnings.size() == 2);
  CHECK(loaded.warnings[0] ==
        "b_solutions.json:1:8: b[0]: a grid of 40 x 2, but sides above 30 are unusual");
  CHECK(loaded.warnings[1] ==
        "a.json:1:21: test[0].input: a grid of 1 x 31, but sides above 30 are unusual");
  REQUIRE(loaded.tasks.size() == 2);
  CHECK(loaded.tasks[0].samples[0].input.width == 31);
}

TEST_CASE("task loader: files of a folder are read in order of their names", "[arc][task_loader]") {
  const task_folder folder;
  folder.make_folder("all");
  const std::string wide = R"({"test": [{"input": )" + zeros(1, 31) + "}]}";
  for (const char name : std::string("gcaihbdfe")) {
    folder.write("all/" + std::string(1, name) + ".json", wide);
  }
  std::string order;
  for (const std::string& warning : folder.load({"all"}).warnings) order += warning.substr(4, 1);
  CHECK(order == "abcdefghi");
}

TEST_CASE("content hash: names, spaces, other keys and layouts change nothing",
          "[arc][task_loader]") {
  const task plain = task_of(R"({"train": [{"input": [[1, 2]], "output": [[3]]}],
                                 "test": [{"input": [[4]], "output": [[5]]}]})");
  const task other = task_of(R"({"name":"x","test":[{"output":[[5]],"input":[[4]],"id":1}],
                                 "train":[{"output":[[3]],"input":[[1,2]]}]})",
                             "another.json");
  CHECK(arc::content_hash(plain) == arc::content_hash(other));
  const task_folder folder;
  folder.write("x_challenges.json", R"({"p": {"train": [{"input": [[1, 2]], "output": [[3]]}],
                                              "test": [{"input": [[4]]}]}})");
  CHECK(arc::content_hash(folder.load({"x_challenges.json"}).tasks.at(0)) !=
        arc::content_hash(plain));
  folder.write("x_solutions.json", R"({"p": [[[5]]]})");
  CHECK(arc::content_hash(folder.load({"x_challenges.json"}).tasks.at(0)) ==
        arc::content_hash(plain));
}

TEST_CASE("content hash: tasks that may be judged differently differ", "[arc][task_loader]") {
  const std::vector<std::string> texts{
      R"({"test": [{"input": [[1, 2, 3, 4]], "output": [[5]]}]})",
      R"({"test": [{"input": [[1, 2, 3, 0]], "output": [[5]]}]})",
      R"({"test": [{"input": [[1, 2, 3, 4]], "output": [[0]]}]})",
      R"({"test": [{"input": [[1, 2], [3, 4]], "output": [[5]]}]})",
      R"({"test": [{"input": [[1], [2], [3], [4]], "output": [[5]]}]})",
      R"({"test": [{"input": [[1, 2, 3]], "output": [[4, 5]]}]})",
      R"({"train": [{"input": [[1, 2, 3, 4]], "output": [[5]]}]})",
      R"({"test": [{"input": [[1, 2, 3, 4]]}]})",
      R"({"test": [{"input": [[1, 2, 3, 4]]}, {"input": [[5]]}]})",
      R"({"test": [{"input": [[5]]}, {"input": [[1, 2, 3, 4]]}]})",
      R"({"test": [{"input": [[0]], "output": [[1, 0, 0, 0, 7]]}]})", // 1, 0, 0, 0 is also a size
      R"({"test": [{"input": [[0, 1, 0, 0, 0]], "output": [[7]]}]})",
      R"({"test": [{"input": [[0]]}]})",
      R"({"test": [{"input": [[0]], "output": [[0]]}]})",
      R"({"test": [{"input": [[0]]}, {"input": [[0]]}]})"};
  std::set<example::checksum128::value> hashes;
  for (const std::string& text : texts) hashes.insert(arc::content_hash(task_of(text)));
  CHECK(hashes.size() == texts.size());
}

TEST_CASE("task loader: all published tasks at hand are read", "[arc][task_loader]") {
#if defined(ORDERLY_ARC_DATA)
  const std::string folder = std::string(ORDERLY_ARC_DATA) + "/tasks";
#else
  const std::string folder;
#endif
  if (folder.empty() || !std::filesystem::exists(folder)) {
    WARN("skipped: no tasks (configure with -DORDERLY_ARC_DATA=FOLDER)");
    return;
  }
  std::string stems;
  std::set<std::string> sorted;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    sorted.insert(file.path().stem().string());
  }
  for (const std::string& stem : sorted) stems += stem + " ";
  const loaded_tasks loaded = arc::load_tasks({folder});
  CHECK(loaded.tasks.size() == 101);
  CHECK(ids_of(loaded) == stems);
  CHECK(loaded.warnings.empty());
  bool usual = true;
  std::set<example::checksum128::value> hashes;
  for (const task& each : loaded.tasks) {
    hashes.insert(arc::content_hash(each));
    std::size_t cells = 0;
    const auto check = [&](const arc::task_grid& grid) {
      usual = usual && grid.height >= 1 && grid.height <= 30 && grid.width >= 1 && grid.width <= 30;
      cells += grid.size();
    };
    for (const auto& sample : each.samples) {
      check(sample.input);
      REQUIRE(sample.output);
      check(*sample.output);
    }
    CHECK(cells == each.colours.size());
  }
  CHECK(usual);
  CHECK(hashes.size() == 101);
  const task& doubling = loaded.tasks.at(0); // 00576224: 2 x 2 becomes 6 x 6
  REQUIRE(doubling.samples.size() == 3);
  CHECK(input_of(doubling, 0) == "((8, 6), (6, 4))");
  CHECK(doubling.samples[2].part == sample_part::test);
  CHECK(doubling.samples[2].output->height == 6);
  CHECK(doubling.samples[2].output->width == 6);
}
