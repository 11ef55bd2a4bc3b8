// SPDX-License-Identifier: MIT
//
// Every input that was ever worth keeping, through the properties of its parser: the fuzzers' finds
// are tests.
#include "support/catch.hpp"

#include "fuzz/arc_program.hpp"
#include "fuzz/arguments.hpp"
#include "fuzz/config_file.hpp"
#include "fuzz/json_reader.hpp"
#include "fuzz/push_chart.hpp"
#include "fuzz/ride_rule.hpp"
#include "fuzz/seed_range_text.hpp"
#include "fuzz/statistics_text.hpp"
#include "fuzz/verdict_cache.hpp"

// Behind json_reader.hpp, whose quoted() is taken for std::quoted once <filesystem> is there.
#include "fuzz/arc_program_lines.hpp"
#include "fuzz/arc_task.hpp"
#include "fuzz/binary_file.hpp"
#include "fuzz/validator_report.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

struct target {
  std::string_view name;
  bool (*check)(std::string_view input); // whether it was accepted; throws fuzz::violation
};

constexpr target targets[] = {{"arc_program", fuzz::check_arc_program},
                              {"arc_program_lines", fuzz::check_arc_program_lines},
                              {"arc_task", fuzz::check_arc_task},
                              {"arguments", fuzz::check_arguments},
                              {"binary_file", fuzz::check_binary_file},
                              {"config_file", fuzz::check_config_file},
                              {"json_reader", fuzz::check_json_reader},
                              {"push_chart", fuzz::check_push_chart},
                              {"ride_rule", fuzz::check_ride_rule},
                              {"seed_range_text", fuzz::check_seed_range_text},
                              {"statistics_text", fuzz::check_statistics_text},
                              {"validator_report", fuzz::check_validator_report},
                              {"verdict_cache", fuzz::check_verdict_cache}};

const std::filesystem::path corpus = ORDERLY_FUZZ_CORPUS;

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

TEST_CASE("fuzz corpus: every input keeps the properties of its parser", "[fuzz]") {
  for (const auto& [name, check] : targets) {
    CAPTURE(name);
    REQUIRE(std::filesystem::is_directory(corpus / name));
    int accepted = 0;
    int refused = 0;
    for (const auto& file : std::filesystem::directory_iterator(corpus / name)) {
      CAPTURE(file.path().string());
      const std::string input = content_of(file.path());
      bool good = false;
      REQUIRE_NOTHROW(good = check(input));
      ++(good ? accepted : refused);
    }
    CHECK(accepted > 0); // or the corpus says nothing about half of the parser
    CHECK(refused > 0);
  }
}

TEST_CASE("fuzz corpus: every folder belongs to a target", "[fuzz]") {
  for (const auto& folder : std::filesystem::directory_iterator(corpus)) {
    if (!folder.is_directory()) continue;
    const std::string name = folder.path().filename().string();
    CAPTURE(name);
    CHECK(std::any_of(std::begin(targets), std::end(targets),
                      [&](const target& known) { return known.name == name; }));
  }
}
