// SPDX-License-Identifier: MIT
//
// No-limit hold'em from the outside: buckets, training, and evaluation by play.
//
// Building buckets takes seconds, so there is one test case, of steps that need the same file.
#include "support/catch.hpp"

#include "program.hpp"

#if POKER_PROGRAM_TESTS

#include "poker_solver/bucket_file.hpp"

#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace {

const std::string game = "--game nlhe --stack 20 --bets 1,allin --buckets buckets ";

/// A few bytes of the large file are others.
void damage(const temporary_folder& folder) {
  CHECK(poker_shell(folder, "cp buckets damaged && printf XYZ | dd of=damaged bs=1 seek=100000000 "
                            "conv=notrunc") == 0);
}

/// Writes whole buckets, of which one is different; gives their hash.
std::string write_other_buckets(const temporary_folder& folder) {
  example::binary_reader in(folder.file("buckets"), poker::bucket_file_kind);
  example::binary_writer out(folder.file("other"), poker::bucket_file_kind);
  for (int i = 0; i < 6; ++i) out.write(in.read<std::uint32_t>());
  auto flop = in.array<std::uint16_t>(UINT64_MAX);
  flop[0] = flop[0] == 0 ? 1 : 0;
  out.array(std::span<const std::uint16_t>(flop));
  const auto copy = [&]<class Bucket>(const std::vector<Bucket>& buckets) {
    out.array(std::span<const Bucket>(buckets));
  };
  copy(in.array<std::uint16_t>(UINT64_MAX));
  copy(in.array<std::uint8_t>(UINT64_MAX));
  in.finish();
  return example::to_hex(out.publish());
}

/// Whether a match has as many deals, and an interval around its mean.
bool sane(const example::json_value& match, std::uint64_t deals) {
  const double mean = match.at("mean").real();
  const double error = match.at("standard_error").real();
  return match.at("deals").uint64() == deals && error > 0 && std::abs(mean) < 20 &&
         std::abs(mean - match.at("low").real() - 1.96 * error) < 1e-3 * error &&
         std::abs(match.at("high").real() - mean - 1.96 * error) < 1e-3 * error;
}

void check_training(const temporary_folder& folder) {
  const std::string course = game + "--iterations 4096 --snapshot-interval 1024 ";
  REQUIRE(trained(folder, course + "--workers 1", "one"));
  const std::string alone = results_of(folder, "one");
  CHECK(alone.size() > 10'000);
  for (const char* workers : {"2", "3"}) {
    CHECK(trained(folder, course + "--workers " + workers, "more"));
    CHECK(results_of(folder, "more") == alone);
  }
  REQUIRE(trained(folder, game + "--iterations 1024", "part"));
  CHECK(content_of(folder, "part/strategy.bin") ==
        content_of(folder, "one/snapshot_000000001024.bin"));
  REQUIRE(trained(folder, "--buckets buckets --iterations 4096 --resume-from part/checkpoint.bin",
                  "part"));
  CHECK(results_of(folder, "part") == alone);
  CHECK(metrics_of(folder, "one").back().at("exploitability").kind() == example::json_kind::null);
}

void check_evaluation(const temporary_folder& folder) {
  // An early snapshot plays nearly all actions alike.
  REQUIRE(trained(folder, game + "--iterations 60000 --snapshot-interval 1024", "long"));
  const std::string words = "long/snapshot_000000001024.bin --buckets buckets --deals 20000 ";
  const std::string late = "--vs long/strategy.bin ";
  const auto match = evaluated(folder, words + late + "--workers 1");
  CHECK(match.find("exploitability") == nullptr);
  CHECK(match.find("responder") == nullptr);
  CHECK(sane(match.at("match"), 20000));
  CHECK(match.at("match").at("high").real() < 0);
  CHECK(evaluated(folder, words + late + "--workers 3") == match);
  const auto response = evaluated(folder, words + "--responder-iterations 5000");
  CHECK(response.find("match") == nullptr);
  CHECK(sane(response.at("responder"), 20000));
  CHECK(response.at("responder").at("low").real() > 0);
  const auto both = evaluated(folder, words + late + "--responder-iterations 5000");
  CHECK(both.at("match") == match.at("match"));
  CHECK(both.at("responder") == response.at("responder"));
}

void check_refusals(const temporary_folder& folder, const std::string& hash) {
  const auto refusal = [&](const std::string& words) {
    CHECK(poker_run(folder, words) == 2);
    const std::string said = content_of(folder, "err");
    return said.substr(said.find(": ") + 2);
  };
  write_file(folder.file("json"), "earlier");
  CHECK(refusal("eval one/strategy.bin --json json").rfind("--buckets: nlhe needs the file", 0) ==
        0);
  CHECK(content_of(folder, "json") == "earlier");
  damage(folder);
  for (const std::string words : {"train --quiet --game nlhe --iterations 5 --buckets ",
                                  "eval one/strategy.bin --quiet --buckets "}) {
    CHECK(refusal(words + "damaged") ==
          "damaged: the file is damaged: its checksum does not match\n");
    CHECK(refusal(words + "cut").rfind("cut: the file is truncated or damaged", 0) == 0);
    CHECK(refusal(words + "one/strategy.bin") ==
          "one/strategy.bin: this is not a bucket file of poker_solver\n");
    CHECK(refusal(words + "none") == "none: there is no such file\n");
  }
  const std::string other = write_other_buckets(folder);
  CHECK(other != hash);
  CHECK(refusal("eval one/strategy.bin --quiet --buckets other") ==
        "other: these are not the buckets it was trained with: their hash is " + other + ", not " +
            hash + "\n");
  CHECK(refusal("train --quiet --resume-from one/checkpoint.bin --iterations 5 --buckets other")
            .find("bucket-hash is '" + hash + "' there and '" + other + "' here") !=
        std::string::npos);
}

} // namespace

TEST_CASE("poker_solver: no-limit hold'em is trained and evaluated with a bucket file",
          "[poker][cli][contract]") {
  const temporary_folder folder;
  REQUIRE(poker_run(folder, "build-buckets --quiet --out buckets --flop-buckets 10 "
                            "--turn-buckets 10 --river-buckets 10 --workers 2") == 0);
  const std::string said = content_of(folder, "out");
  REQUIRE(said.size() == 12 + 32 + 1);
  CHECK(said.rfind("bucket hash ", 0) == 0);
  CHECK(names_in(folder) == std::set<std::string>{"buckets"});
  REQUIRE(poker_shell(folder, "head -c 1000000 buckets >cut") == 0);
  check_training(folder);
  check_evaluation(folder);
  const std::string preflop = "show one/strategy.bin";
  CHECK(poker_run(folder, preflop) == 0);
  CHECK(content_of(folder, "out").size() > 500);
  check_refusals(folder, said.substr(12, 32));
}

#endif
