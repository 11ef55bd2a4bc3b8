// SPDX-License-Identifier: MIT
//
// A part of a verdict cache as bytes: a head of 24 bytes, and records (verdict_record.hpp).
//
//   const arc::segment_content found = arc::read_segment(bytes);
//   for (std::size_t i = 0; i < found.size(); ++i) look_at(found.record(i));
//   if (!found.damage.empty()) warn(found.damage);
//
// | bytes | what                                                        |
// |-------|-------------------------------------------------------------|
// | 8     | ARCVERDI                                                    |
// | 8     | format                                                      |
// | 8     | first half of the checksum128 of these                      |
// | any   | records                                                     |
//
// The head of another format is the same, so that it is known for what it is. A process that ends in
// the middle of a write leaves a part of a record: what stands before counts, and so it does before
// any other damage; behind it nothing is believed.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_SEGMENT_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_SEGMENT_HPP

#include "../support/little_endian.hpp"
#include "verdict_key.hpp"
#include "verdict_record.hpp"

#include <array>       // the head
#include <cstddef>     // size_t
#include <cstdint>     // formats
#include <string>      // what is wrong
#include <string_view> // bytes

namespace arc {

inline constexpr std::string_view segment_mark = "ARCVERDI";
inline constexpr std::size_t segment_head_size = 24;

enum class segment_state : std::uint8_t {
  good,         ///< as far as its records are
  other_format, ///< of another version of this program, undamaged for all that is known
  unknown       ///< not of a cache at all, or its head is damaged
};

struct segment_content {
  segment_state state = segment_state::unknown;
  std::string_view records{}; ///< undamaged ones
  std::string damage{};       ///< what is wrong, and where; empty if nothing is
  bool is_torn = false;       ///< the damage is that the last record is cut off

  std::size_t size() const { return records.size() / verdict_record_size; }
  const char* record(std::size_t i) const { return records.data() + i * verdict_record_size; }
};

inline std::string segment_head(std::uint64_t format = verdict_cache_format) {
  std::array<char, segment_head_size> bytes;
  char* to = bytes.data();
  for (const char c : segment_mark) example::put_little_endian(to, c);
  example::put_little_endian(to, format);
  example::put_little_endian(to, detail::record_checksum({bytes.data(), 16}));
  return {bytes.data(), bytes.size()};
}

namespace detail {

/// Reads the head; the records are left to be looked at.
inline segment_content read_head(std::string_view bytes) {
  segment_content found;
  if (bytes.substr(0, segment_mark.size()) != segment_mark.substr(0, bytes.size())) {
    found.damage = "this is not a segment of a verdict cache";
    return found;
  }
  if (bytes.size() < segment_head_size) {
    found.damage = "the head is cut off after " + std::to_string(bytes.size()) + " bytes";
    return found;
  }
  const char* from = bytes.data() + segment_mark.size();
  const auto format = example::get_little_endian<std::uint64_t>(from);
  if (bytes.substr(0, segment_head_size) != segment_head(format)) {
    found.damage = "the head is damaged";
    return found;
  }
  const bool ours = format == verdict_cache_format;
  found.state = ours ? segment_state::good : segment_state::other_format;
  return found;
}

} // namespace detail

/// The result views the bytes.
inline segment_content read_segment(std::string_view bytes) {
  segment_content found = detail::read_head(bytes);
  if (found.state != segment_state::good) return found;
  const std::string_view body = bytes.substr(segment_head_size);
  std::size_t at = 0;
  while (body.size() - at >= verdict_record_size && decoded(body.data() + at)) {
    at += verdict_record_size;
  }
  found.records = body.substr(0, at);
  if (at == body.size()) return found;
  found.is_torn = body.size() - at < verdict_record_size;
  found.damage = std::string(found.is_torn ? "the last record is cut off" : "damaged") +
                 " at byte " + std::to_string(segment_head_size + at) + ": " +
                 std::to_string(body.size() - at) + " bytes are not used";
  return found;
}

} // namespace arc

#endif
