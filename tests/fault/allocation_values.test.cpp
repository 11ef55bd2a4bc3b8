// SPDX-License-Identifier: MIT
//
// The values of the library when there is no memory: they stay as they were.
#include "fault/every_allocation.hpp"
#include "support/catch.hpp"

#include "orderly/accumulators.hpp"
#include "orderly/available_parallelism.hpp"
#include "orderly/index_range.hpp"
#include "orderly/seed_range.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

using orderly::histogram;
using test::attempt;
using test::for_every_allocation;
using test::keep;

namespace {

const orderly::seed_range whole(orderly::seed(42), 1000);

// Whether f() threw std::invalid_argument; std::bad_alloc passes.
template <class F>
bool is_invalid(F f) {
  try {
    static_cast<void>(f());
  } catch (const std::invalid_argument&) {
    return true;
  }
  return false;
}

// An argument that is refused is refused without memory too: by the one error or by the other.
template <class F>
void require_refusal(F f) {
  for_every_allocation([&](attempt& a) {
    bool invalid = false;
    const bool failed = a.fails([&] { invalid = is_invalid(f); });
    a.expect(invalid != failed, "a refusal");
  });
}

histogram some_histogram() {
  histogram counts(10, 5);
  for (const int value : {11, 14, 3, -8, 99, 3}) counts.add(value);
  return counts;
}

} // namespace

TEST_CASE("seed_range: the text form is written or not, and read without memory", "[memory]") {
  for_every_allocation([](attempt& a) {
    std::string text = "before";
    const bool failed = a.fails([&] { text = orderly::to_text(whole); });
    a.expect(failed ? text == "before" : orderly::parse_seed_range(text) == whole, "the text");
  });
  const std::string text = orderly::to_text(whole);
  const test::allocation_fault none_allowed(1, test::extent::all_from_then);
  const bool same = orderly::parse_seed_range(text) == whole;
  const std::uint64_t allocated = test::allocation_fault::counted();
  REQUIRE((same && allocated == 0));
}

TEST_CASE("seed_range and index_range: what is refused is refused without memory", "[memory]") {
  using orderly::index_range;
  require_refusal([] { return orderly::parse_seed_range("orderly1:0123456789abcdef:x"); });
  require_refusal([] { return index_range(2, 1); });
  require_refusal([] { return index_range(5).subrange(3, 6); });
  require_refusal([] { return index_range(5).chunks(0); });
  require_refusal([] { return index_range(5).chunks(2).part(3, 3); });
  require_refusal([] { return histogram(std::int64_t{1} << 62, std::size_t{1} << 63); });
}

TEST_CASE("histogram: a value that finds no memory is not added", "[memory]") {
  for_every_allocation([](attempt& a) {
    histogram counts = some_histogram();
    const histogram before = counts;
    const bool failed = a.fails([&] {
      for (int value = 200; value < 210; ++value) counts.add(value);
    });
    std::uint64_t added = 0;
    for (int value = 200; value < 210; ++value) added += counts.count(value);
    a.expect_equal(counts.total(), before.total() + added, "the total");
    a.expect_equal(counts.distinct(), before.distinct() + added, "the values");
    a.expect(failed || added == 10, "all are added");
  });
}

TEST_CASE("histogram: construction and copy without memory leave nothing", "[memory]") {
  for_every_allocation([](attempt& a) {
    bool made = false;
    const bool failed = a.fails([&] {
      const histogram empty(0, 100);
      keep(empty);
      made = empty.total() == 0;
    });
    a.expect(made != failed, "a histogram");
  });
  const histogram counts = some_histogram();
  for_every_allocation([&](attempt& a) {
    histogram other(0, 3);
    other.add(1);
    const histogram before = other;
    const bool failed = a.fails([&] {
      histogram copy = counts;
      keep(copy);
      other = std::move(copy);
    });
    a.expect(other == (failed ? before : counts), "the copy");
  });
}

TEST_CASE("histogram: a merge without memory adds whole values or none of each", "[memory]") {
  const histogram counts = some_histogram();
  for_every_allocation([&](attempt& a) {
    histogram sum(0, 2);
    const bool failed = a.fails([&] { sum += counts; });
    std::uint64_t total = 0;
    sum.for_each([&](std::int64_t value, std::uint64_t n) {
      a.expect_equal(n, counts.count(value), "a value half added");
      total += n;
    });
    a.expect_equal(sum.total(), total, "the total");
    a.expect(failed || sum == counts, "the merge");
  });
  for_every_allocation([&](attempt& a) {
    histogram doubled = counts;
    const bool failed = a.fails([&] { doubled += doubled; });
    a.expect_equal(doubled.total(), failed ? counts.total() : 2 * counts.total(), "the total");
  });
}

TEST_CASE("available_parallelism: without memory it still gives a number", "[memory]") {
  for_every_allocation([](attempt& a) {
    std::size_t workers = 0;
    const auto outcome = a.run([&] { workers = orderly::available_parallelism(); });
    a.expect(outcome != attempt::outcome::refused, "an exception");
    a.expect(workers >= 1, "a worker");
  });
}
