// SPDX-License-Identifier: MIT
//
// A verdict on disk: 64 bytes with the key it stands under.
//
//   if (arc::is_storable(j)) file.write(arc::encoded(key, j));
//   const auto record = arc::decoded(bytes);        // absent if the bytes are damaged
//
// | bytes | what                                                              |
// |-------|-------------------------------------------------------------------|
// | 16    | key                                                               |
// | 4 x 1 | verdict, kind of error or 255, primitive or 255, which are there  |
// | 7 x 4 | sample, line, differing, height, width, train_right, test_right   |
// | 8     | fuel                                                              |
// | 8     | first half of the checksum128 of all bytes before                 |
//
// All numbers are little-endian. What a verdict has not is 0, so equal verdicts are equal bytes.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_RECORD_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_RECORD_HPP

#include "../support/checksum128.hpp"
#include "../support/little_endian.hpp"
#include "judging.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "run_error.hpp"
#include "task.hpp"
#include "verdict_key.hpp"

#include <array>       // bytes
#include <cstddef>     // size_t
#include <cstdint>     // numbers
#include <limits>      // what fits
#include <optional>    // damage
#include <string_view> // bytes

namespace arc {

struct verdict_record {
  verdict_key key{};
  judgement content{};
};

inline constexpr std::size_t verdict_record_size = 64;
using verdict_record_bytes = std::array<char, verdict_record_size>;

/// Whether the verdict is a fact about the candidate.
constexpr bool is_cacheable(verdict v) {
  switch (v) { // without a default: a new verdict is to be thought about
  case verdict::accepted:
  case verdict::wrong:
  case verdict::no_grid:
  case verdict::error:
  case verdict::fuel:
  case verdict::cells:
  case verdict::depth:
    return true;
  case verdict::timeout:
  case verdict::unreadable:
  case verdict::skipped:
    return false;
  }
  return false;
}

namespace detail {

inline constexpr std::uint8_t no_number = 255;
static_assert(primitives.size() <= no_number);

/// Whether an error of this kind is one of the program's and no limit.
constexpr bool is_program_error(error_kind kind) { return kind < error_kind::fuel; }

/// What a verdict says of the line that ended the run.
inline bool has_right_place(const judgement& j) {
  const bool ended = j.verdict == verdict::error || j.verdict == verdict::fuel ||
                     j.verdict == verdict::cells || j.verdict == verdict::depth;
  if (j.line.has_value() != ended) return false;
  if (j.primitive != machine::no_primitive && (!ended || j.primitive >= primitives.size())) {
    return false;
  }
  if (j.error && !is_program_error(*j.error)) return false;
  return j.error.has_value() == (j.verdict == verdict::error);
}

/// What a verdict says of a wrong grid.
inline bool has_right_grid(const judgement& j) {
  if (j.verdict != verdict::wrong) return j.height == 0 && j.width == 0 && !j.differing;
  const std::uint64_t size = std::uint64_t{j.height} * j.width;
  return size > 0 && (!j.differing || (*j.differing > 0 && *j.differing <= size));
}

constexpr bool fits_number(std::uint64_t number) {
  return number <= (std::numeric_limits<std::uint32_t>::max)();
}

inline std::uint64_t record_checksum(std::string_view bytes) {
  example::checksum128 sum;
  sum.add(bytes);
  return sum.result()[0];
}

/// Without the checksum.
inline judgement decoded_judgement(const char*& from) {
  const auto byte = [&] { return example::get_little_endian<std::uint8_t>(from); };
  const auto number = [&] { return example::get_little_endian<std::uint32_t>(from); };
  judgement j;
  j.verdict = static_cast<verdict>(byte());
  if (const auto error = byte(); error != no_number) j.error = static_cast<error_kind>(error);
  if (const auto primitive = byte(); primitive != no_number) j.primitive = primitive;
  const unsigned there = byte();
  const std::uint32_t sample = number();
  const std::uint32_t line = number();
  const std::uint32_t differing = number();
  if ((there & 1U) != 0) j.sample = sample;
  if ((there & 2U) != 0) j.line = line;
  if ((there & 4U) != 0) j.differing = differing;
  j.height = number();
  j.width = number();
  j.train_right = number();
  j.test_right = number();
  j.fuel = example::get_little_endian<std::uint64_t>(from);
  return j;
}

} // namespace detail

/// Whether a judge can have said so, and it may be kept: what is not, is never written, and what is
/// read is damaged.
inline bool is_storable(const judgement& j) {
  return is_cacheable(j.verdict) && j.sample.has_value() == (j.verdict != verdict::accepted) &&
         detail::has_right_place(j) && detail::has_right_grid(j) &&
         detail::fits_number(j.sample.value_or(0)) && detail::fits_number(j.line.value_or(0)) &&
         detail::fits_number(j.differing.value_or(0));
}

/// Whether the judgement can be of this candidate: its sample and line are there. A file can say
/// anything.
inline bool fits(const judgement& j, const program& code, const task& of) {
  const std::size_t samples = of.samples.size();
  return (!j.sample || *j.sample < samples) && (!j.line || *j.line < code.lines.size()) &&
         j.train_right <= samples && j.test_right <= samples - j.train_right;
}

/// Precondition: is_storable(j).
inline verdict_record_bytes encoded(const verdict_key& key, const judgement& j) {
  verdict_record_bytes bytes;
  char* to = bytes.data();
  const auto byte = [&](std::uint32_t n) {
    example::put_little_endian(to, static_cast<std::uint8_t>(n));
  };
  const auto number = [&](std::uint64_t n) {
    example::put_little_endian(to, static_cast<std::uint32_t>(n));
  };
  detail::put_key(to, key);
  byte(static_cast<std::uint32_t>(j.verdict));
  byte(j.error ? static_cast<std::uint32_t>(*j.error) : detail::no_number);
  byte(j.primitive != machine::no_primitive ? j.primitive : detail::no_number);
  byte((j.sample ? 1U : 0U) | (j.line ? 2U : 0U) | (j.differing ? 4U : 0U));
  number(j.sample.value_or(0));
  number(j.line.value_or(0));
  number(j.differing.value_or(0));
  number(j.height);
  number(j.width);
  number(j.train_right);
  number(j.test_right);
  example::put_little_endian(to, j.fuel);
  const std::size_t size = verdict_record_size - sizeof(std::uint64_t);
  example::put_little_endian(to, detail::record_checksum({bytes.data(), size}));
  return bytes;
}

/// Absent if these are not the bytes of a storable judgement. Precondition: as many as a record has.
inline std::optional<verdict_record> decoded(const char* bytes) {
  const char* from = bytes;
  verdict_record record;
  for (std::uint64_t& half : record.key) half = example::get_little_endian<std::uint64_t>(from);
  record.content = detail::decoded_judgement(from);
  if (!is_storable(record.content)) return std::nullopt;
  // The checksum, and that nothing stands where nothing may.
  const verdict_record_bytes again = encoded(record.key, record.content);
  if (std::string_view(again.data(), again.size()) != std::string_view(bytes, again.size())) {
    return std::nullopt;
  }
  return record;
}

} // namespace arc

#endif
