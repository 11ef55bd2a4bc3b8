// SPDX-License-Identifier: MIT
//
// How much a worker claims at once: by what the claim before it took, and not behind a failure.
#include "orderly/detail/claim_size.hpp"
#include "orderly/detail/ordered_run.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

using namespace std::chrono_literals;
using orderly::index_range;
using orderly::detail::chunk_claims;
using orderly::detail::next_claim_size;

TEST_CASE("claims: the size doubles below 10 us, halves above 40 us and stays between",
          "[claims]") {
  CHECK(next_claim_size(8, 9us, 1000) == 16);
  CHECK(next_claim_size(8, 10us, 1000) == 8);
  CHECK(next_claim_size(8, 40us, 1000) == 8);
  CHECK(next_claim_size(8, 41us, 1000) == 4);
}

TEST_CASE("claims: the size is 1 to the most that is allowed", "[claims]") {
  CHECK(next_claim_size(8, 0us, 10) == 10);
  CHECK(next_claim_size(8, 20us, 3) == 3);
  CHECK(next_claim_size(1, 1s, 10) == 1);
  CHECK(next_claim_size(4, 0us, 0) == 1);
}

TEST_CASE("claims: all of a claim is computed, in order", "[claims]") {
  chunk_claims<orderly::detail::native_sync> claims(64, 2);
  CHECK(claims.size() == 1);
  std::vector<std::uint64_t> seen;
  claims.complete(index_range(5, 9), [&](std::uint64_t k) {
    seen.push_back(k);
    return true;
  });
  CHECK(seen == std::vector<std::uint64_t>{5, 6, 7, 8});
}

TEST_CASE("claims: what lies behind a failure is left out", "[claims]") {
  chunk_claims<orderly::detail::native_sync> claims(64, 2);
  std::vector<std::uint64_t> seen;
  claims.complete(index_range(5, 9), [&](std::uint64_t k) {
    seen.push_back(k);
    return k != 6;
  });
  CHECK(seen == std::vector<std::uint64_t>{5, 6});
}

TEST_CASE("claims: a window that holds few chunks for each worker is claimed one by one",
          "[claims]") {
  chunk_claims<orderly::detail::native_sync> claims(7, 2);
  for (std::uint64_t k = 0; k < 10; ++k)
    claims.complete(index_range(k, k + 1), [](std::uint64_t) { return true; });
  CHECK(claims.size() == 1);
}
