// SPDX-License-Identifier: MIT
//
// Fuzz target: the reader of segments of the ARC example's verdict cache.
//
// The input is read twice: as a whole segment, and, since a random one would fail at its checksums, as
// what stands in records with right ones behind a right head. A second reader says how many of the
// latter must be accepted. What is accepted, rewritten, reads back the same and undamaged, and a table
// of it finds of each key the first record.
#ifndef ORDERLY_TESTS_FUZZ_VERDICT_CACHE_HPP
#define ORDERLY_TESTS_FUZZ_VERDICT_CACHE_HPP

#include "fuzz/require.hpp"

#include "batch_validator/verdict_record.hpp"
#include "batch_validator/verdict_segment.hpp"
#include "batch_validator/verdict_table.hpp"
#include "support/checksum128.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // numbers
#include <map>         // the first of each key
#include <string>      // segments
#include <string_view> // inputs

namespace fuzz {
namespace detail {

inline constexpr std::size_t unsealed_record_size = 56;

inline std::string half_checksum(std::string_view bytes) {
  example::checksum128 sum;
  sum.add(bytes);
  std::string text;
  for (unsigned i = 0; i < 8; ++i) text += static_cast<char>(sum.result()[0] >> 8 * i & 255U);
  return text;
}

/// A segment whose checksums are right; what is too short for a record stays as it is.
inline std::string sealed_segment(std::string_view input) {
  std::string segment("ARCVERDI\1\0\0\0\0\0\0\0", 16);
  segment += half_checksum(segment);
  while (input.size() >= unsealed_record_size) {
    const std::string_view record = input.substr(0, unsealed_record_size);
    segment += std::string(record) + half_checksum(record);
    input.remove_prefix(unsealed_record_size);
  }
  return segment + std::string(input);
}

inline std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;)
    number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

/// Whether the table of verdict_record.hpp and judging.hpp allow these bytes in front of a checksum.
inline bool is_possible_record(std::string_view r) {
  const std::uint64_t verdict = number_at(r, 16, 1);
  const std::uint64_t error = number_at(r, 17, 1);
  const std::uint64_t primitive = number_at(r, 18, 1);
  const std::uint64_t there = number_at(r, 19, 1);
  const std::uint64_t differing = number_at(r, 28, 4);
  const std::uint64_t cells = number_at(r, 32, 4) * number_at(r, 36, 4);
  const bool ended = verdict >= 3 && verdict <= 6; // RE, FUEL, MEM, DEPTH
  if (verdict > 6 || there > 7) return false;
  if (((there & 1U) != 0) != (verdict != 0)) return false;
  if (((there & 2U) != 0) != ended) return false;
  if ((there & 4U) != 0 && (verdict != 1 || differing == 0 || differing > cells)) return false;
  if ((there & 1U) == 0 && number_at(r, 20, 4) != 0) return false;
  if ((there & 2U) == 0 && number_at(r, 24, 4) != 0) return false;
  if ((there & 4U) == 0 && differing != 0) return false;
  if (verdict == 1 ? cells == 0 : number_at(r, 32, 8) != 0) return false;
  if (verdict == 3 ? error > 6 : error != 255) return false;
  return primitive == 255 || (ended && primitive < 160);
}

inline std::size_t possible_records(std::string_view input) {
  std::size_t count = 0;
  while (input.size() >= unsealed_record_size &&
         is_possible_record(input.substr(0, unsealed_record_size))) {
    ++count;
    input.remove_prefix(unsealed_record_size);
  }
  return count;
}

inline void check_content(std::string_view bytes, const arc::segment_content& found) {
  const bool good = found.state == arc::segment_state::good;
  require(good || found.size() == 0, "only a good segment has records");
  if (!good) return;
  require(found.records.size() == 64 * found.size(), "records are whole");
  require(found.damage.empty() == (24 + found.records.size() == bytes.size()),
          "what is not used is told: " + found.damage);
  std::string rewritten = arc::segment_head();
  arc::verdict_table table(found.size());
  std::map<arc::verdict_key, std::string> first;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto record = arc::decoded(found.record(i));
    require(record.has_value(), "a record that was accepted can be read");
    const auto again = arc::encoded(record->key, record->content);
    rewritten.append(again.data(), again.size());
    table.insert(found.record(i));
    first.emplace(record->key, std::string(again.data(), again.size()));
  }
  require(rewritten == bytes.substr(0, rewritten.size()), "it is written again byte for byte");
  require(arc::read_segment(rewritten).damage.empty(), "what is rewritten is undamaged");
  require(arc::read_segment(rewritten).records == found.records, "and reads back the same");
  require(table.size() == first.size(), "the table has each key once");
  for (const auto& [key, record] : first) {
    const auto known = table.find(key);
    require(known && arc::is_storable(*known), "the table finds every key");
    const auto again = arc::encoded(key, *known);
    require(record == std::string_view(again.data(), again.size()), "the first record wins");
  }
}

} // namespace detail

/// Whether the input was accepted, as it is or as the inside of records.
inline bool check_verdict_cache(std::string_view input) {
  const auto whole = arc::read_segment(input);
  detail::check_content(input, whole);
  const std::string segment = detail::sealed_segment(input);
  const auto sealed = arc::read_segment(segment);
  detail::check_content(segment, sealed);
  require(sealed.state == arc::segment_state::good, "a right head is accepted");
  require(sealed.size() == detail::possible_records(input), "both readers agree");
  const bool good = whole.state == arc::segment_state::good && whole.damage.empty();
  return good || (sealed.size() != 0 && sealed.damage.empty());
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_VERDICT_CACHE_HPP
