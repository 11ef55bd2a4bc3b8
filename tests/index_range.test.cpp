// SPDX-License-Identifier: MIT
#include <orderly/index_range.hpp>

#include "support/catch.hpp"
#include "support/splitmix64.hpp"

#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using orderly::chunk_grid;
using orderly::index_range;
using grid = chunk_grid<index_range>;

constexpr std::uint64_t top = ~std::uint64_t{0};

static_assert(std::is_trivially_copyable_v<index_range>);
static_assert(std::is_standard_layout_v<index_range>);
static_assert(std::is_trivially_copyable_v<grid>);
static_assert(!std::is_convertible_v<std::uint64_t, index_range>);
static_assert(std::forward_iterator<index_range::iterator>);

// Everything is usable at compile time, also at the edges.
static_assert(index_range().empty() && index_range() == index_range(0));
static_assert(index_range(10).size() == 10 && index_range(3, 10).origin() == 3);
static_assert(index_range(top).chunks(1).size() == top);
static_assert(index_range(top).chunks(1)[top - 1] == index_range(top - 1, top, 0));
static_assert(index_range(top).chunks(top).size() == 1);
static_assert(index_range(top).chunks(top)[0] == index_range(top));
static_assert(index_range(top - 1, top).chunks(top)[0].size() == 1);
static_assert(index_range(0, top).chunks(top - 1)[1] == index_range(top - 1, top, 0));
static_assert(index_range(10).chunks(3)[3] == index_range(9, 10, 0));
static_assert(index_range(10).from(4).chunks(3)[0] == index_range(4, 6, 0));
static_assert(index_range(10).chunks(3).part(1, 2).range() == index_range(6, 10, 0));

// Checks the promises of a grid against their plain statement.
void check_grid(const index_range& range, std::uint64_t chunk_size) {
  const grid chunks = range.chunks(chunk_size);
  REQUIRE(chunks.chunk_size() == chunk_size);
  REQUIRE(chunks.range() == range);
  REQUIRE(chunks.empty() == range.empty());
  std::uint64_t next = range.first();
  for (std::uint64_t k = 0; k < chunks.size(); ++k) {
    const index_range chunk = chunks[k];
    REQUIRE(chunk.first() == next);
    REQUIRE_FALSE(chunk.empty());
    REQUIRE(chunk.size() <= chunk_size);
    REQUIRE(chunk.origin() == range.origin());
    // Only the ends of the range may lie off the grid.
    REQUIRE((k == 0 || (chunk.first() - range.origin()) % chunk_size == 0));
    REQUIRE((k + 1 == chunks.size() || (chunk.last() - range.origin()) % chunk_size == 0));
    next = chunk.last();
  }
  REQUIRE(next == range.last());
}

std::vector<index_range> list(const grid& chunks) {
  std::vector<index_range> result;
  for (const index_range chunk : chunks) result.push_back(chunk);
  return result;
}

std::string message_of(void (*function)()) {
  try {
    function();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no exception";
}

} // namespace

TEST_CASE("index_range: holds the indices from first up to, but without, last", "[index_range]") {
  const index_range range(3, 7);
  CHECK(range.first() == 3);
  CHECK(range.last() == 7);
  CHECK(range.origin() == 3);
  CHECK(range.size() == 4);
  CHECK_FALSE(range.empty());
  CHECK_FALSE(range.contains(2));
  CHECK(range.contains(3));
  CHECK(range.contains(6));
  CHECK_FALSE(range.contains(7));
  CHECK(index_range(5) == index_range(0, 5));
  CHECK(index_range(top).size() == top);
  CHECK(index_range(top).contains(top - 1));
  CHECK_FALSE(index_range(top).contains(top));
  CHECK_FALSE(index_range().contains(0));
}

TEST_CASE("index_range: iterates over its indices in increasing order", "[index_range]") {
  std::vector<std::uint64_t> seen;
  for (const std::uint64_t index : index_range(top - 3, top)) seen.push_back(index);
  CHECK(seen == std::vector<std::uint64_t>{top - 3, top - 2, top - 1});

  const index_range range(4, 8);
  CHECK(std::vector<std::uint64_t>(range.begin(), range.end()) ==
        std::vector<std::uint64_t>{4, 5, 6, 7});
  index_range::iterator it = range.begin();
  CHECK(*it++ == 4);
  CHECK(*++it == 6);
  const index_range empty(9, 9);
  CHECK(empty.begin() == empty.end());
}

TEST_CASE("index_range: an end below its beginning is refused, with the numbers",
          "[index_range][errors]") {
  CHECK_THROWS_AS(index_range(5, 4), std::invalid_argument);
  CHECK_THROWS_AS(index_range(top, 0), std::invalid_argument);
  CHECK_THROWS_AS(index_range(5, 6, 7), std::invalid_argument);
  CHECK_NOTHROW(index_range(5, 5, 5));
  const std::string text = message_of([] { static_cast<void>(index_range(25, 14, 3)); });
  CHECK(text.find("first 25") != std::string::npos);
  CHECK(text.find("last 14") != std::string::npos);
  CHECK(text.find("origin 3") != std::string::npos);
}

TEST_CASE("index_range: ranges on different grids differ", "[index_range]") {
  CHECK(index_range(5, 9) == index_range(5, 9, 5));
  CHECK_FALSE(index_range(5, 9) == index_range(5, 9, 4));
  CHECK_FALSE(index_range(5, 9) == index_range(5, 8));
  CHECK_FALSE(index_range(5, 9) == index_range(4, 9, 4));
}

TEST_CASE("index_range: subranges keep the origin", "[index_range]") {
  const index_range range(10, 20);
  CHECK(range.subrange(12, 15) == index_range(12, 15, 10));
  CHECK(range.subrange(10, 20) == range);
  CHECK(range.subrange(20, 20).empty());
  CHECK(range.from(13).from(17) == index_range(17, 20, 10));
  CHECK(range.from(20).empty());
  CHECK(index_range(top).from(top).empty());
}

TEST_CASE("index_range: subranges from outside are refused, with the numbers",
          "[index_range][errors]") {
  const index_range range(10, 20);
  CHECK_THROWS_AS(range.subrange(9, 15), std::invalid_argument);
  CHECK_THROWS_AS(range.subrange(12, 21), std::invalid_argument);
  CHECK_THROWS_AS(range.subrange(15, 14), std::invalid_argument);
  CHECK_THROWS_AS(range.from(9), std::invalid_argument);
  CHECK_THROWS_AS(range.from(21), std::invalid_argument);
  const std::string text =
      message_of([] { static_cast<void>(index_range(10, 20).subrange(12, 21)); });
  CHECK(text.find("[12, 21)") != std::string::npos);
  CHECK(text.find("[10, 20)") != std::string::npos);
}

TEST_CASE("index_range: chunks of size 0 and parts that do not exist are refused",
          "[index_range][errors]") {
  CHECK_THROWS_AS(index_range(10).chunks(0), std::invalid_argument);
  CHECK_THROWS_AS(index_range().chunks(0), std::invalid_argument);
  const grid chunks = index_range(10).chunks(3);
  CHECK_THROWS_AS(chunks.part(0, 0), std::invalid_argument);
  CHECK_THROWS_AS(chunks.part(2, 2), std::invalid_argument);
  CHECK_THROWS_AS(chunks.part(top, top), std::invalid_argument);
  const std::string text =
      message_of([] { static_cast<void>(index_range(10).chunks(3).part(12, 7)); });
  CHECK(text.find("12 of 7") != std::string::npos);
}

TEST_CASE("index_range: chunks cover every range once, on the grid of the origin",
          "[index_range][chunks]") {
  for (std::uint64_t n = 0; n < 40; ++n) {
    for (std::uint64_t size = 1; size < 45; ++size) {
      check_grid(index_range(n), size);
      check_grid(index_range(top - n, top), size);
      for (std::uint64_t cut = 0; cut <= n; ++cut) {
        check_grid(index_range(100, 100 + n).from(100 + cut), size);
      }
    }
  }
}

TEST_CASE("index_range: the grid does not overflow at the largest indices",
          "[index_range][chunks]") {
  const std::uint64_t sizes[] = {1,
                                 2,
                                 3,
                                 (std::uint64_t{1} << 63U) - 1,
                                 std::uint64_t{1} << 63U,
                                 (std::uint64_t{1} << 63U) + 1,
                                 top - 1,
                                 top};
  for (const std::uint64_t size : sizes) {
    const grid all = index_range(top).chunks(size);
    CHECK(all.size() == (top - 1) / size + 1);
    CHECK(all[0].first() == 0);
    CHECK(all[0].size() == size);
    CHECK(all[all.size() - 1].last() == top);
    const grid tail = index_range(top).from(top - 2).chunks(size);
    CHECK(tail[0].first() == top - 2);
    CHECK(tail[tail.size() - 1].last() == top);
    const grid late = index_range(top - 5, top).chunks(size);
    CHECK(late[0].first() == top - 5);
    CHECK(late[late.size() - 1].last() == top);
    const grid part = all.part(1, 3);
    CHECK(part.range().last() >= part.range().first());
    CHECK(all.part(top - 1, top).range().last() == top);
  }
}

TEST_CASE("index_range: a resumed range has the chunks of the whole, the first cut short",
          "[index_range][chunks]") {
  const std::vector<index_range> whole = list(index_range(7, 57).chunks(8));
  for (std::uint64_t cut = 7; cut < 57; ++cut) {
    const std::vector<index_range> rest = list(index_range(7, 57).from(cut).chunks(8));
    const std::size_t skipped = whole.size() - rest.size();
    REQUIRE(rest.front() == whole[skipped].from(cut));
    for (std::size_t i = 1; i < rest.size(); ++i) REQUIRE(rest[i] == whole[skipped + i]);
  }
}

TEST_CASE("index_range: parts are whole chunks, cover everything once and differ by at most one",
          "[index_range][part]") {
  for (std::uint64_t n = 0; n < 200; ++n) {
    const grid all = index_range(1000, 1000 + 3 * n).from(1000 + (n > 0 ? 1 : 0)).chunks(3);
    REQUIRE(all.size() == n);
    for (std::uint64_t parts = 1; parts < 40; ++parts) {
      std::uint64_t position = 0;
      std::uint64_t next = all.range().first();
      bool correct = true;
      for (std::uint64_t k = 0; k < parts; ++k) {
        const grid part = all.part(k, parts);
        correct = correct && part.range().first() == next && part.range().origin() == 1000 &&
                  part.chunk_size() == 3 && part.size() == n / parts + (k < n % parts ? 1 : 0);
        for (std::uint64_t i = 0; correct && i < part.size(); ++i) {
          correct = part[i] == all[position + i];
        }
        position += part.size();
        next = part.range().last();
      }
      REQUIRE(correct);
      REQUIRE(position == n);
      REQUIRE(next == all.range().last());
    }
  }
}

TEST_CASE("index_range: parts of parts stay on the grid", "[index_range][part]") {
  const grid all = index_range(1000003).chunks(64);
  test::splitmix64 next(3);
  for (int i = 0; i < 200; ++i) {
    const std::uint64_t parts = 1 + next() % 20;
    const grid part = all.part(next() % parts, parts);
    const std::uint64_t inner = 1 + next() % 20;
    const grid piece = part.part(next() % inner, inner);
    for (const index_range chunk : piece) {
      REQUIRE(chunk == all[chunk.first() / 64]);
    }
  }
}

TEST_CASE("index_range: a grid of no chunks is empty and so are its parts", "[index_range][part]") {
  const grid none = index_range(5, 5).chunks(3);
  CHECK(none.empty());
  CHECK(none.begin() == none.end());
  CHECK(none.part(2, 4).empty());
  CHECK(none.part(2, 4).range() == index_range(5, 5));
  const grid two = index_range(6).chunks(3);
  CHECK(two.part(3, 5).empty());
  CHECK(two.part(0, 5).size() == 1);
  CHECK(two == index_range(6).chunks(3));
  CHECK_FALSE(two == index_range(6).chunks(4));
}

TEST_CASE("index_range: the chunks of a temporary grid can be iterated over", "[index_range]") {
  std::uint64_t sum = 0;
  for (const index_range chunk : index_range(10).chunks(4).part(0, 2)) {
    for (const std::uint64_t index : chunk) sum += index;
  }
  CHECK(sum == 28);
  const grid chunks = index_range(10).chunks(4);
  auto it = chunks.begin();
  CHECK((*it++).size() == 4);
  CHECK((*++it).size() == 2);
}
