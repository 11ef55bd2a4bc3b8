// SPDX-License-Identifier: MIT
//
// The programs that come with the example, judged by the built batch_validator (BATCH_VALIDATOR_PATH)
// on the public tasks that they solve. The tasks are not part of this repository: ORDERLY_ARC_DATA
// names a folder that has them in tasks/, and without it the test is skipped, with a message.
#include "support/catch.hpp"

#if defined(BATCH_VALIDATOR_PATH) && (defined(__unix__) || defined(__APPLE__))

#include "../program_in_folder.hpp"

#include "support/json_reader.hpp"

#include <cstddef>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace {

#if defined(ORDERLY_ARC_DATA)
const std::string tasks_folder = std::string(ORDERLY_ARC_DATA) + "/tasks";
#else
const std::string tasks_folder;
#endif

std::string programs_of_the_example() {
  const auto here = std::filesystem::absolute(__FILE__).parent_path();
  return (here / "../../../examples/batch_validator/programs/public_tasks.py").string();
}

} // namespace

TEST_CASE("public tasks: every program of the example is accepted", "[arc][public_tasks]") {
  if (tasks_folder.empty() || !std::filesystem::exists(tasks_folder)) {
    WARN("skipped: no tasks (configure with -DORDERLY_ARC_DATA=FOLDER)");
    return;
  }
  const temporary_folder folder;
  REQUIRE(run_in(folder, "'" BATCH_VALIDATOR_PATH "' validate --workers 2 --tasks '" +
                             std::filesystem::absolute(tasks_folder).string() + "' --programs '" +
                             programs_of_the_example() + "'") == 0);
  std::vector<std::string> lines;
  std::istringstream report(content_of(folder, "out"));
  for (std::string line; std::getline(report, line);) lines.push_back(line);

  // One of them for each, between a line about the run and the summary.
  REQUIRE(lines.size() >= 22);
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    INFO(lines[i]);
    CHECK(example::read_json(lines[i]).at("verdict").string() == "AC");
  }
  const auto summary = example::read_json(lines.back());
  CHECK(summary.at("candidates").uint64() == lines.size() - 2);
  CHECK(summary.at("AC").uint64() == lines.size() - 2);
}

#endif
