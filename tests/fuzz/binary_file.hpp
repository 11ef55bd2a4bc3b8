// SPDX-License-Identifier: MIT
//
// Fuzz target: the examples' reader of binary files.
//
// The input is a line of what is to be read, a letter each, and the bytes of a file. They are read
// twice: as a whole file, and, since a random file would fail at its checksum, as what stands
// between the right head and the right tail. A second reader says what must come of the latter. A
// file that is accepted whole is that of its own inner bytes; a refusal is a file_error that begins
// with the file's name.
#ifndef ORDERLY_TESTS_FUZZ_BINARY_FILE_HPP
#define ORDERLY_TESTS_FUZZ_BINARY_FILE_HPP

#include "fuzz/require.hpp"

#include "examples/temporary_folder.hpp"
#include "support/binary_file.hpp"
#include "support/checksum128.hpp"

#include <algorithm>   // min
#include <array>       // arrays of a given size
#include <cstddef>     // size_t
#include <cstdint>     // numbers
#include <span>        // arrays
#include <string>      // what was read
#include <string_view> // inputs

namespace fuzz {
namespace detail {

inline constexpr example::file_kind binary_kind{"FUZZFILE", "fuzzed file", 258};
inline constexpr std::string_view binary_head("FUZZFILE\x02\x01\0\0", 12);

template <class T>
std::string digits(const T& number) {
  return std::to_string(number) + ";";
}

template <class Numbers>
std::string all_digits(const Numbers& numbers) {
  std::string text;
  for (const auto number : numbers) text += digits(number);
  return text;
}

/// What the letter's read gives, as text.
inline std::string read_letter(char letter, example::binary_reader& in) {
  std::array<std::uint32_t, 3> three{};
  switch (letter) {
  case 'b':
    return digits(in.read<std::uint8_t>());
  case 'w':
    return digits(in.read<std::int16_t>());
  case 'q':
    return digits(in.read<std::uint64_t>());
  case 't':
    return in.text(10) + ";";
  case 'A':
    return all_digits(in.array<std::uint16_t>(8));
  case 'I':
    in.array_into(std::span<std::uint32_t>(three));
    return all_digits(three);
  default:
    return "";
  }
}

/// The same by hand, from bytes in memory; it throws what is wrong as a string.
class binary_model {
 public:
  explicit binary_model(std::string_view body) : body_(body) {}

  std::string letter(char letter) {
    switch (letter) {
    case 'b':
      return digits(number(1));
    case 'w':
      return digits(static_cast<std::int16_t>(number(2)));
    case 'q':
      return digits(number(8));
    case 't':
      return std::string(bytes(length(0, 10, 1))) + ";";
    case 'A':
      return numbers(length(0, 8, 2), 2);
    case 'I':
      return numbers(length(3, 3, 4), 4);
    default:
      return "";
    }
  }

  void finish() {
    if (at_ < body_.size())
      fail(at_, std::to_string(body_.size() - at_) + " bytes more than expected");
  }

 private:
  [[noreturn]] static void fail(std::size_t at, const std::string& what) {
    throw what + " (at byte " + std::to_string(binary_head.size() + at) + ")";
  }

  std::string_view bytes(std::size_t count) {
    const std::string_view result = body_.substr(at_, count);
    at_ += count;
    return result;
  }

  std::uint64_t number(std::size_t size) {
    if (body_.size() - at_ < size) fail(at_, "a number is missing");
    std::uint64_t result = 0;
    unsigned shift = 0;
    for (const char byte : bytes(size)) {
      result |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
      shift += 8;
    }
    return result;
  }

  std::size_t length(std::size_t low, std::size_t high, std::size_t each) {
    const std::size_t begin = at_;
    const std::uint64_t found = number(8);
    const std::string text = "a length of " + std::to_string(found);
    if (found > (body_.size() - at_) / each)
      fail(begin, text + ", for which the file is too short");
    if (low == high && found != high) fail(begin, text + " instead of " + std::to_string(high));
    if (found > high) fail(begin, text + " instead of at most " + std::to_string(high));
    return static_cast<std::size_t>(found);
  }

  std::string numbers(std::size_t count, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += digits(number(size));
    return text;
  }

  std::string_view body_;
  std::size_t at_ = 0;
};

inline std::string expected_of(std::string_view letters, std::string_view body) {
  binary_model model(body);
  std::string seen;
  try {
    for (const char letter : letters) seen += model.letter(letter);
    model.finish();
  } catch (const std::string& what) {
    return what;
  }
  return "accepted: " + seen;
}

/// What comes of reading a file of these bytes: the values, or why it is refused.
inline std::string outcome_of(std::string_view letters, const std::string& file) {
  static const temporary_folder folder;
  static const std::string name = folder.file("fuzzed");
  write_file(name, file);
  std::string seen;
  const auto message = error_of<example::file_error>([&] {
    example::binary_reader in(name, binary_kind);
    for (const char letter : letters) seen += read_letter(letter, in);
    in.finish();
  });
  if (!message) return "accepted: " + seen;
  require(message->rfind(name + ": ", 0) == 0, "a refusal begins with the file");
  return message->substr(name.size() + 2);
}

inline std::string little_endian(std::uint64_t number) {
  std::string bytes;
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(number >> 8 * i & 255U);
  return bytes;
}

inline std::string sealed(std::string_view body) {
  std::string file = std::string(binary_head) + std::string(body);
  file += little_endian(file.size() + 24);
  example::checksum128 sum;
  sum.add(file);
  for (const std::uint64_t half : sum.result()) file += little_endian(half);
  return file;
}

inline bool is_accepted(const std::string& outcome) { return outcome.rfind("accepted: ", 0) == 0; }

} // namespace detail

/// Whether the input was accepted.
inline bool check_binary_file(std::string_view input) {
  const std::size_t end = (std::min)(input.find('\n'), input.size());
  const std::string_view letters = input.substr(0, end);
  const std::string file(input.substr((std::min)(end + 1, input.size())));
  const std::string outcome = detail::outcome_of(letters, detail::sealed(file));
  require(outcome == detail::expected_of(letters, file), "both readers agree: " + outcome);
  if (!detail::is_accepted(detail::outcome_of(letters, file))) return detail::is_accepted(outcome);
  const std::size_t ends = detail::binary_head.size() + 24;
  require(file.size() >= ends, "an accepted file has a head and a tail");
  const std::string body = file.substr(detail::binary_head.size(), file.size() - ends);
  require(detail::sealed(body) == file, "an accepted file is as it would be written");
  return true;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_BINARY_FILE_HPP
