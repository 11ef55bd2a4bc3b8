// SPDX-License-Identifier: MIT
//
// The programs that come with the example, judged on the public tasks that they solve. The tasks are
// not part of this repository: ORDERLY_ARC_DATA names a folder that has them in tasks/, and without it
// the test is skipped, with a message.
#include "support/catch.hpp"

#include "batch_validator/command_line.hpp"
#include "batch_validator/report.hpp"
#include "batch_validator/task_loader.hpp"
#include "batch_validator/validation.hpp"
#include "support/json_reader.hpp"

#include "orderly/worker_pool.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace {

#if defined(ORDERLY_ARC_DATA)
const std::string tasks_folder = std::string(ORDERLY_ARC_DATA) + "/tasks";
#else
const std::string tasks_folder;
#endif

std::vector<arc::program_file> programs_of_the_example() {
  const auto here = std::filesystem::path(__FILE__).parent_path();
  const auto file = here / "../../../examples/batch_validator/programs/public_tasks.py";
  return arc::read_program_files({file.string()});
}

} // namespace

TEST_CASE("public tasks: every program of the example is accepted", "[arc][public_tasks]") {
  if (tasks_folder.empty() || !std::filesystem::exists(tasks_folder)) {
    WARN("skipped: no tasks (configure with -DORDERLY_ARC_DATA=FOLDER)");
    return;
  }
  const arc::loaded_tasks loaded = arc::load_tasks({tasks_folder});
  orderly::worker_pool pool(2);
  std::vector<std::string> lines;
  const arc::report_summary summary =
      arc::validate(pool, {}, loaded.tasks, programs_of_the_example(),
                    [&](const std::string& line) { lines.push_back(line); });

  // One of them for each, between a line about the run and the summary.
  REQUIRE(lines.size() == summary.candidates() + 2);
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    INFO(lines[i]);
    CHECK(example::read_json(lines[i]).at("verdict").string() == "AC");
  }
  CHECK(summary.count_of(arc::verdict::accepted) == summary.candidates());
  CHECK(summary.candidates() >= 20);
}
