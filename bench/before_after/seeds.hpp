// SPDX-License-Identifier: MIT
//
// What a worker is sent so that it knows the seeds of its sessions, as text: a dictionary of them, or
// the range that they come from.
#ifndef ORDERLY_BENCH_BEFORE_AFTER_SEEDS_HPP
#define ORDERLY_BENCH_BEFORE_AFTER_SEEDS_HPP

#include "orderly/seed_range.hpp"

#include <charconv>     // numbers of the dictionary
#include <cstddef>      // size_t
#include <cstdint>      // sessions
#include <stdexcept>    // what was sent is not what arrives
#include <string>       // texts
#include <string_view>  // parsing
#include <system_error> // errc

namespace bench {

struct bytes_sent {
  std::size_t dictionary = 0;
  std::size_t range = 0;
};

/// SESSION:SEED, for each session.
inline std::string dictionary_text(const orderly::seed_range& sessions) {
  std::string text;
  for (const std::uint64_t session : sessions)
    text += std::to_string(session) + ':' + std::to_string(sessions.stream(session)()) + ',';
  return text;
}

/// Takes a number and the separator behind it from the beginning of the text.
inline std::uint64_t take_number(std::string_view& text, char separator) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop == end || *stop != separator)
    throw std::runtime_error("seeds: the dictionary cannot be read");
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
  return number;
}

/// Whether a worker finds the same seeds in both texts.
inline bool same_seeds(std::string_view dictionary, std::string_view range_text) {
  const orderly::seed_range range = orderly::parse_seed_range(range_text);
  for (const std::uint64_t session : range)
    if (take_number(dictionary, ':') != session ||
        take_number(dictionary, ',') != range.stream(session)())
      return false;
  return dictionary.empty();
}

/// For the worker with the first and largest part. The seed of a session is the first number of its
/// stream.
inline bytes_sent bytes_sent_to_each(std::uint64_t sessions, std::uint64_t workers) {
  const orderly::seed_range all(orderly::seed(42), sessions);
  const orderly::seed_range part = all.subrange(0, (sessions + workers - 1) / workers);
  const std::string dictionary = dictionary_text(part);
  const std::string range = orderly::to_text(part);
  if (!same_seeds(dictionary, range)) throw std::runtime_error("seeds: the two texts differ");
  return {dictionary.size(), range.size()};
}

} // namespace bench

#endif
