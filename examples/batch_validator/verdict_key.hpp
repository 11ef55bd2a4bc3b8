// SPDX-License-Identifier: MIT
//
// What a verdict depends on, as a hash of 128 bits: equal keys, equal verdicts.
//
//   const arc::verdict_keys keys(settings);                  // once a run
//   const auto code = arc::program_hash(program);            // once a program
//   const auto grids = arc::content_hash(task);              // once a task
//   const arc::verdict_key key = keys(code, grids);          // for each candidate
//
// Of a program its calls count, those without use too, since they cost fuel and may fail; names and
// places in the source do not. Of a task its grids count, not its id. Of the settings those count
// that can change a verdict; a limit by the clock does not, since what it ends is never kept.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_KEY_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_KEY_HPP

#include "../support/checksum128.hpp"
#include "../support/little_endian.hpp"
#include "constants.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "report.hpp"

#include <array>       // bytes of a line
#include <cstdint>     // numbers
#include <string>      // names
#include <string_view> // bytes

namespace arc {

/// Of keys, and of the records that are stored under them: a change of either makes another number.
inline constexpr std::uint32_t verdict_cache_format = 1;

using verdict_key = example::checksum128::value;

namespace detail {

/// Three bytes.
inline void put_operand(char*& to, const operand& what) {
  example::put_little_endian(to, static_cast<std::uint8_t>(what.kind));
  example::put_little_endian(to, what.index);
}

inline void put_key(char*& to, const verdict_key& key) {
  for (const std::uint64_t half : key) example::put_little_endian(to, half);
}

} // namespace detail

/// Every line is 16 bytes, so the number of bytes tells that of the lines.
inline verdict_key program_hash(const program& code) {
  example::checksum128 sum;
  for (const program_line& line : code.lines) {
    std::array<char, 16> bytes{}; // without the arguments that the line has not
    char* to = bytes.data();
    example::put_little_endian(to, line.argument_count);
    detail::put_operand(to, line.callee);
    for (unsigned i = 0; i < line.argument_count; ++i) detail::put_operand(to, line.arguments[i]);
    sum.add({bytes.data(), bytes.size()});
  }
  std::array<char, 3> result;
  char* to = result.data();
  detail::put_operand(to, code.result);
  sum.add({result.data(), result.size()});
  return sum.result();
}

/// The keys of candidates that are judged with the same settings. Immutable.
class verdict_keys {
 public:
  explicit verdict_keys(const validation_settings& settings) {
    example::checksum128 sum;
    std::array<char, 30> bytes;
    char* to = bytes.data();
    example::put_little_endian(to, verdict_cache_format);
    example::put_little_endian(to, std::uint32_t{semantics_version});
    example::put_little_endian(to, settings.limits.fuel);
    example::put_little_endian(to, settings.limits.cells);
    example::put_little_endian(to, settings.limits.depth);
    example::put_little_endian(to, static_cast<std::uint8_t>(settings.dialect));
    example::put_little_endian(to, static_cast<std::uint8_t>(settings.judging));
    sum.add({bytes.data(), bytes.size()});
    // Operands and records have the numbers of these tables.
    for (const primitive& p : primitives) add_name(sum, p.name);
    for (const constant& c : constants) add_name(sum, c.name);
    for (const std::string_view name : verdict_names) add_name(sum, name);
    for (const std::string_view name : error_names) add_name(sum, name);
    settings_ = sum.result();
  }

  /// The hashes of a program and of a task's content.
  verdict_key operator()(const verdict_key& code, const verdict_key& grids) const {
    std::array<char, 48> bytes;
    char* to = bytes.data();
    for (const verdict_key* part : {&settings_, &code, &grids}) detail::put_key(to, *part);
    example::checksum128 sum;
    sum.add({bytes.data(), bytes.size()});
    return sum.result();
  }

 private:
  static void add_name(example::checksum128& sum, std::string_view name) {
    sum.add(name);
    sum.add("\n");
  }

  verdict_key settings_{}; // the hash of what all keys share
};

} // namespace arc

#endif
