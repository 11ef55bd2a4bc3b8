// SPDX-License-Identifier: MIT
//
// Writing a binary file with kind, version and checksum; binary_file.hpp tells its form, and reads it.
#ifndef ORDERLY_EXAMPLES_SUPPORT_BINARY_WRITER_HPP
#define ORDERLY_EXAMPLES_SUPPORT_BINARY_WRITER_HPP

#include "checksum128.hpp"
#include "output_file.hpp"

#include <algorithm>   // reverse
#include <array>       // bytes of a number
#include <bit>         // endian
#include <concepts>    // kinds of numbers
#include <cstddef>     // size_t
#include <cstdint>     // lengths
#include <cstring>     // memcpy
#include <span>        // arrays
#include <string>      // names
#include <string_view> // bytes
#include <utility>     // move

namespace example {

/// What a file is: the 8 characters it begins with, what people call it ("checkpoint of
/// poker_solver"), and the version of its form.
struct file_kind {
  constexpr file_kind(const char (&eight_characters)[9], std::string_view called,
                      std::uint32_t form)
      : mark(eight_characters, 8), name(called), version(form) {}

  std::string_view mark;
  std::string_view name;
  std::uint32_t version;
};

/// Numbers that can stand in a file.
template <class T>
concept file_number = (std::integral<T> && !std::same_as<T, bool>) || std::same_as<T, float> ||
                      std::same_as<T, double>;

namespace detail {

inline constexpr std::uint64_t file_head_size = 8 + 4;
inline constexpr std::uint64_t file_tail_size = 8 + 16;

/// Turns little-endian bytes into this machine's, or back.
template <class T>
void swap_on_big_endian(T& number) {
  if constexpr (std::endian::native == std::endian::big) {
    std::array<char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &number, sizeof(T));
    std::reverse(bytes.begin(), bytes.end());
    std::memcpy(&number, bytes.data(), sizeof(T));
  }
}

/// The bytes of numbers that lie one after another.
template <class T>
std::string_view bytes_of(std::span<const T> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

} // namespace detail

/// Writes FILE.partial until publish(). Exceptions: open_error and write_error of output_file.hpp.
class binary_writer {
 public:
  binary_writer(std::string path, const file_kind& kind) : file_(std::move(path)) {
    put(kind.mark);
    write(kind.version);
  }

  template <file_number T>
  void write(T number) {
    detail::swap_on_big_endian(number);
    put(detail::bytes_of(std::span<const T>(&number, 1)));
  }

  void text(std::string_view bytes) {
    write(std::uint64_t{bytes.size()});
    put(bytes);
  }

  template <file_number T>
  void array(std::span<const T> numbers) {
    write(std::uint64_t{numbers.size()});
    if constexpr (std::endian::native == std::endian::little) {
      put(detail::bytes_of(numbers));
    } else {
      for (const T number : numbers) write(number);
    }
  }

  /// Ends the file, waits until it is on the disk, and gives it its name. The result is its
  /// checksum, which stands for all that was written.
  checksum128::value publish() {
    write(size_ + detail::file_tail_size);
    const checksum128::value sum = sum_.result();
    for (const std::uint64_t half : sum) write(half);
    flush();
    file_.publish();
    return sum;
  }

 private:
  /// Small pieces are gathered, large ones go to the file as they are.
  void put(std::string_view bytes) {
    constexpr std::size_t much = 65536;
    sum_.add(bytes);
    size_ += bytes.size();
    if (waiting_.size() + bytes.size() > much) flush();
    if (bytes.size() > much) return file_.write(bytes);
    waiting_ += bytes;
  }

  void flush() {
    file_.write(waiting_);
    waiting_.clear();
  }

  output_file file_;
  checksum128 sum_;
  std::uint64_t size_ = 0;
  std::string waiting_;
};

} // namespace example

#endif
