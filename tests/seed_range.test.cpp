// SPDX-License-Identifier: MIT
#include <orderly/seed_range.hpp>

#include "support/catch.hpp"
#include "support/splitmix64.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using orderly::index_range;
using orderly::parse_seed_range;
using orderly::seed;
using orderly::seed_range;
using orderly::stream_node;
using orderly::to_text;

constexpr std::uint64_t top = ~std::uint64_t{0};

static_assert(std::is_trivially_copyable_v<seed_range>);
static_assert(std::is_standard_layout_v<seed_range>);
static_assert(sizeof(seed_range) == 40);
static_assert(!std::is_default_constructible_v<seed_range>);
static_assert(!std::is_constructible_v<seed_range, std::uint64_t, std::uint64_t>);

constexpr seed_range whole(seed(42), 100);
static_assert(whole.chunks(8)[12].indices() == index_range(96, 100, 0));
static_assert(whole.chunks(8)[1].stream(9)() == stream_node(seed(42)).stream(9)());
static_assert(whole.chunks(8).part(1, 2).range().first() == 56);

constexpr const char* good_text =
    "orderly1:000000000000002a:0000000000000000:0000000000000003:000000000000000a:"
    "0000000000000001";

std::string error_of(const std::string& text) {
  try {
    static_cast<void>(parse_seed_range(text));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no exception";
}

bool names(const std::string& error, std::size_t column, const std::string& expected) {
  return error.find("column " + std::to_string(column) + ": expected " + expected) !=
         std::string::npos;
}

} // namespace

TEST_CASE("seed_range: is a node and a range of indices", "[seed_range]") {
  const seed_range range(seed(42), 5, 9);
  CHECK(range.node() == stream_node(seed(42)));
  CHECK(range.indices() == index_range(5, 9));
  CHECK(range.first() == 5);
  CHECK(range.last() == 9);
  CHECK(range.origin() == 5);
  CHECK(range.size() == 4);
  CHECK_FALSE(range.empty());
  CHECK(range.contains(8));
  CHECK_FALSE(range.contains(9));
  CHECK(std::vector<std::uint64_t>(range.begin(), range.end()) ==
        std::vector<std::uint64_t>{5, 6, 7, 8});
  CHECK(seed_range(seed(42), 3) == seed_range(stream_node(seed(42)), index_range(3)));
  CHECK_FALSE(range == seed_range(seed(43), 5, 9));
  CHECK_FALSE(range == seed_range(seed(42), 5, 8));
  CHECK_THROWS_AS(seed_range(seed(42), 9, 5), std::invalid_argument);
}

TEST_CASE("seed_range: opens the streams of its node by absolute index", "[seed_range]") {
  const stream_node node = stream_node(seed(42)).derive("table");
  const seed_range range(node, index_range(0, top));
  const seed_range tail = range.from(top - 2);
  for (const std::uint64_t index : tail) {
    CHECK(tail.stream(index)() == node.stream(index)());
    CHECK(tail.fast(index)() == node.fast(index)());
    CHECK(tail.fast(index, 3)() == node.fast(index, 3)());
  }
}

TEST_CASE("seed_range: any split of a range opens the same streams", "[seed_range][chunks]") {
  std::vector<std::uint64_t> expected;
  for (const std::uint64_t index : whole) expected.push_back(whole.stream(index)());
  for (std::uint64_t size = 1; size < 110; ++size) {
    for (std::uint64_t parts = 1; parts < 6; ++parts) {
      std::vector<std::uint64_t> drawn;
      for (std::uint64_t k = 0; k < parts; ++k) {
        for (const seed_range chunk : whole.chunks(size).part(k, parts)) {
          for (const std::uint64_t index : chunk) drawn.push_back(chunk.stream(index)());
        }
      }
      REQUIRE(drawn == expected);
    }
  }
}

TEST_CASE("seed_range: subranges keep node and origin", "[seed_range]") {
  CHECK(whole.subrange(5, 9).indices() == index_range(5, 9, 0));
  CHECK(whole.subrange(5, 9).node() == whole.node());
  CHECK(whole.from(90).indices() == index_range(90, 100, 0));
  CHECK_THROWS_AS(whole.from(101), std::invalid_argument);
  CHECK_THROWS_AS(whole.subrange(5, 101), std::invalid_argument);
  CHECK_THROWS_AS(whole.chunks(0), std::invalid_argument);
}

TEST_CASE("seed_range: can be sent as its bytes", "[seed_range]") {
  const seed_range range = whole.subrange(10, 20);
  unsigned char bytes[sizeof(seed_range)];
  std::memcpy(bytes, &range, sizeof range);
  seed_range copy(seed(0), 0);
  std::memcpy(&copy, bytes, sizeof copy);
  CHECK(copy == range);
}

TEST_CASE("seed_range: the text form is frozen", "[seed_range][text][golden]") {
  const seed_range range(stream_node(seed(42)), index_range(3, 10, 1));
  CHECK(to_text(range) == good_text);
  CHECK(parse_seed_range(good_text) == range);
  CHECK(to_text(seed_range(seed(0x0123456789abcdefU, 0xfedcba9876543210U), top)) ==
        "orderly1:0123456789abcdef:fedcba9876543210:0000000000000000:ffffffffffffffff:"
        "0000000000000000");
}

TEST_CASE("seed_range: the text form round-trips", "[seed_range][text]") {
  test::splitmix64 next(5);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t origin = next() >> 2U;
    const std::uint64_t first = origin + (next() >> 2U);
    const std::uint64_t last = first + (next() >> 2U);
    const stream_node node{seed(next(), next())};
    const seed_range range(node, index_range(first, last, origin));
    const std::string text = to_text(range);
    REQUIRE(text.size() == 93);
    REQUIRE(parse_seed_range(text) == range);
  }
  const seed_range empty(seed(1), 0);
  CHECK(parse_seed_range(to_text(empty)) == empty);
  const seed_range last(seed(top, top), top, top);
  CHECK(parse_seed_range(to_text(last)) == last);
}

TEST_CASE("seed_range: every shortened text is refused where it ends",
          "[seed_range][text][errors]") {
  const std::string text = good_text;
  for (std::size_t length = 0; length < text.size(); ++length) {
    CHECK(names(error_of(text.substr(0, length)), length + 1, ""));
  }
}

TEST_CASE("seed_range: no other spelling of a text is accepted", "[seed_range][text][errors]") {
  const std::string text = good_text;
  const seed_range range = parse_seed_range(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int code = 0; code < 256; ++code) {
      std::string changed = text;
      changed[i] = static_cast<char>(code);
      if (changed == text) continue;
      try {
        // Another digit is another range, with a text of its own.
        const seed_range other = parse_seed_range(changed);
        REQUIRE_FALSE(other == range);
        REQUIRE(to_text(other) == changed);
      } catch (const std::invalid_argument& error) {
        REQUIRE(std::string(error.what()).find("column ") != std::string::npos);
      }
    }
    std::string longer = text;
    longer.insert(i, 1, '0');
    REQUIRE_THROWS_AS(parse_seed_range(longer), std::invalid_argument);
    std::string shorter = text;
    shorter.erase(i, 1);
    REQUIRE_THROWS_AS(parse_seed_range(shorter), std::invalid_argument);
  }
}

TEST_CASE("seed_range: an error names its column and what was expected",
          "[seed_range][text][errors]") {
  const std::string text = good_text;
  const auto changed = [&](std::size_t column, char character) {
    std::string result = text;
    result[column - 1] = character;
    return error_of(result);
  };
  CHECK(names(error_of(""), 1, "\"orderly1\" at the beginning"));
  CHECK(names(changed(1, 'O'), 1, "\"orderly1\" at the beginning"));
  CHECK(names(changed(8, '2'), 8, "\"orderly1\" at the beginning")); // another stream format
  CHECK(names(error_of(' ' + text), 1, "\"orderly1\" at the beginning"));
  CHECK(names(changed(9, ';'), 9, "':' and a field of 16 digits"));
  CHECK(names(changed(26, '0'), 26, "':' and a field of 16 digits"));
  CHECK(names(changed(25, 'A'), 25, "16 digits of 0-9 a-f in each field"));
  CHECK(names(changed(25, 'g'), 25, "16 digits of 0-9 a-f in each field"));
  CHECK(names(changed(44, '-'), 44, "16 digits of 0-9 a-f in each field"));
  CHECK(names(changed(44, '\0'), 44, "16 digits of 0-9 a-f in each field"));
  CHECK(names(changed(93, ':'), 93, "16 digits of 0-9 a-f in each field"));
  CHECK(names(error_of(text + ' '), 94, "the end of the text"));
  CHECK(names(error_of(text + '\n'), 94, "the end of the text"));
  CHECK(names(error_of(text + ":0000000000000000"), 94, "the end of the text"));
  CHECK(names(changed(76, '2'), 61, "an end not below the first index"));
  CHECK(names(changed(93, '4'), 78, "an origin not above the first index"));
}
