// SPDX-License-Identifier: MIT
//
// Fuzz target: parse_seed_range.
//
// Accepted is exactly what the documented form describes, read here in another way than the parser
// does; it prints as it was, and describes a range whose chunks cover it. All else is an
// std::invalid_argument whose column is the first one at which the text cannot be continued.
#ifndef ORDERLY_TESTS_FUZZ_SEED_RANGE_TEXT_HPP
#define ORDERLY_TESTS_FUZZ_SEED_RANGE_TEXT_HPP

#include "fuzz/require.hpp"

#include "orderly/seed_range.hpp"

#include <charconv>     // from_chars: the column
#include <cstddef>      // size_t
#include <cstdint>      // fields
#include <limits>       // numeric_limits: the largest chunk size
#include <optional>     // refusals
#include <stdexcept>    // invalid_argument
#include <string>       // messages
#include <string_view>  // inputs
#include <system_error> // errc

namespace fuzz {
namespace detail {

inline constexpr std::size_t seed_range_text_size = 93;

// Field k of 0 ... 4 in a text of the right length.
inline std::string_view field(std::string_view text, std::size_t k) {
  return text.substr(9 + 17 * k, 16);
}

inline bool has_five_fields(std::string_view text) {
  if (text.size() != seed_range_text_size || text.substr(0, 8) != "orderly1") return false;
  for (std::size_t k = 0; k < 5; ++k) {
    if (text[8 + 17 * k] != ':') return false;
    if (field(text, k).find_first_not_of("0123456789abcdef") != std::string_view::npos)
      return false;
  }
  return true;
}

// Fields of equal length in lower case compare as text as they do as numbers.
inline bool ends_before_first(std::string_view text) { return field(text, 3) < field(text, 2); }
inline bool begins_before_origin(std::string_view text) { return field(text, 2) < field(text, 4); }

inline std::optional<std::string> refusal(std::string_view text) {
  return error_of<std::invalid_argument>(
      [&] { static_cast<void>(orderly::parse_seed_range(text)); });
}

// The column that a refusal names; 0 if it does not read as documented.
inline std::size_t column_of(std::string_view message) {
  constexpr std::string_view begin = "orderly: seed_range text, column ";
  constexpr std::string_view middle = ": expected ";
  if (message.substr(0, begin.size()) != begin) return 0;
  message.remove_prefix(begin.size());
  std::size_t column = 0;
  const auto [stop, error] =
      std::from_chars(message.data(), message.data() + message.size(), column);
  message.remove_prefix(static_cast<std::size_t>(stop - message.data()));
  const bool complete =
      message.substr(0, middle.size()) == middle && message.size() > middle.size();
  return error == std::errc() && complete ? column : 0;
}

// Up to the column the text is a beginning of some range's text, or a whole one; the column of a
// number that does not go with the others is where it begins.
inline void check_column(std::string_view text, const std::string& message) {
  const std::size_t column = column_of(message);
  require(column >= 1 && column <= text.size() + 1, "the refusal names a column: " + message);
  if (has_five_fields(text)) {
    require(column == (ends_before_first(text) ? 61U : 78U), "the column of the wrong number");
    return;
  }
  if (column == seed_range_text_size + 1) {
    require(has_five_fields(text.substr(0, seed_range_text_size)), "a whole text, and more");
    return;
  }
  const auto shorter = refusal(text.substr(0, column - 1));
  require(shorter && column_of(*shorter) == column, "the text is good up to its column");
}

inline void check_numbers(std::string_view text, const orderly::seed_range& range) {
  const auto& key = range.node().key();
  std::size_t k = 0;
  for (const std::uint64_t number : {key[0], key[1], range.first(), range.last(), range.origin()}) {
    std::uint64_t read = 0;
    const std::string_view digits = field(text, k++);
    std::from_chars(digits.data(), digits.data() + digits.size(), read, 16);
    require(read == number, "the range holds the numbers of its text");
  }
}

// The first, the last and a chunk between; O(1), for there may be 2^64 - 1 of them.
inline void check_chunks(const orderly::seed_range& range, std::uint64_t chunk_size) {
  const auto grid = range.chunks(chunk_size);
  require(grid.empty() == range.empty(), "there are chunks where there are indices");
  if (grid.empty()) return;
  require(grid[0].first() == range.first(), "the first chunk begins the range");
  require(grid[grid.size() - 1].last() == range.last(), "the last chunk ends the range");
  const std::uint64_t middle = grid.size() / 2;
  const orderly::seed_range chunk = grid[middle];
  require(chunk.size() >= 1 && chunk.size() <= chunk_size, "a chunk has 1 to chunk_size indices");
  if (middle > 0) {
    require(grid[middle - 1].last() == chunk.first(), "chunks adjoin");
    require((chunk.first() - range.origin()) % chunk_size == 0, "chunks begin on the grid");
  }
  std::uint64_t next = range.first();
  for (std::uint64_t k = 0; k < 3; ++k) {
    const orderly::seed_range part = grid.part(k, 3).range();
    require(part.first() == next, "parts adjoin");
    next = part.last();
  }
  require(next == range.last(), "the parts cover the range");
}

} // namespace detail

/// Whether the input was accepted.
inline bool check_seed_range_text(std::string_view text) {
  const auto message = detail::refusal(text);
  require(!message == (detail::has_five_fields(text) && !detail::ends_before_first(text) &&
                       !detail::begins_before_origin(text)),
          "exactly the documented form is accepted");
  if (message) {
    detail::check_column(text, *message);
    return false;
  }
  const orderly::seed_range range = orderly::parse_seed_range(text);
  require(orderly::to_text(range) == text, "an accepted text prints as it was");
  detail::check_numbers(text, range);
  for (const std::uint64_t size :
       {std::uint64_t{1}, range.node().key()[0] | 1U, (std::numeric_limits<std::uint64_t>::max)()})
    detail::check_chunks(range, size);
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_SEED_RANGE_TEXT_HPP
