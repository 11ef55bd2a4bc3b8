// SPDX-License-Identifier: MIT
//
// Binary files of numbers that are read whole and undamaged or not at all.
//
// A file has a kind, a version and a checksum, is the same on every machine, and appears under its
// name when it is complete (output_file.hpp).
//
//   constexpr example::file_kind kind{"POKERCHK", "checkpoint of poker_solver", 1};
//   example::binary_writer out("run.chk", kind);
//   out.write(iterations);                        // std::uint64_t, say
//   out.text("kuhn");
//   out.array(std::span<const float>(regrets));
//   out.publish();                                // to the disk, and under its name
//
//   example::binary_reader in("run.chk", kind);
//   iterations = in.read<std::uint64_t>();        // in the order of writing
//   const std::string game = in.text(100);
//   in.array_into(std::span<float>(regrets));     // straight to where they belong
//   in.finish();                                  // before this, trust nothing that was read
//
// | bytes    | what                                                            |
// |----------|-----------------------------------------------------------------|
// | 8        | the kind's mark                                                 |
// | 4        | version                                                         |
// | any      | what was written; before a text or an array its length, 8 bytes |
// | 8        | the size of the whole file                                      |
// | 16       | checksum128 of all bytes before                                 |
//
// All numbers are little-endian. The reader takes the checksum while it reads, so it holds nothing
// twice; a length that the file is too short for is refused before memory is asked for. The price is
// that the caller has read everything before finish() tells whether it is true.
#ifndef ORDERLY_EXAMPLES_SUPPORT_BINARY_FILE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_BINARY_FILE_HPP

#include "binary_writer.hpp"
#include "checksum128.hpp"
#include "output_file.hpp"

#include <algorithm>    // min
#include <array>        // the kind's mark, the tail
#include <bit>          // endian
#include <cerrno>       // the reason of a failure
#include <cstddef>      // size_t
#include <cstdint>      // lengths
#include <cstdio>       // reading
#include <filesystem>   // kinds of files
#include <memory>       // unique_ptr: closing
#include <span>         // arrays
#include <stdexcept>    // runtime_error
#include <string>       // names, texts
#include <string_view>  // bytes
#include <system_error> // error_code
#include <utility>      // move
#include <vector>       // arrays

namespace example {

/// A file is missing, damaged, of another kind or of another version; the text names the file and
/// says what is wrong.
class file_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads a file from its beginning to its end, once. What it gives may be used only after finish()
/// has returned. Exceptions: file_error.
class binary_reader {
 public:
  /// Checks kind, size and version.
  binary_reader(std::string path, const file_kind& kind) : path_(std::move(path)) {
    open();
    check_mark(kind);
    read_tail();
    const auto version = read<std::uint32_t>();
    if (version == kind.version) return;
    fail("version " + std::to_string(version) + " of a " + std::string(kind.name) +
         (version > kind.version ? ", newer than " : ", and not ") + std::to_string(kind.version) +
         ", which this program reads");
  }

  template <file_number T>
  T read() {
    T number{};
    if (left() < sizeof(T)) fail("a number is missing");
    take(reinterpret_cast<char*>(&number), sizeof(T));
    detail::swap_on_big_endian(number);
    return number;
  }

  /// A text of at most so many bytes.
  std::string text(std::uint64_t most) {
    std::string result(read_length(0, most, 1), '\0');
    take(result.data(), result.size());
    return result;
  }

  /// An array of at most so many numbers.
  template <file_number T>
  std::vector<T> array(std::uint64_t most) {
    std::vector<T> result(read_length(0, most, sizeof(T)));
    take_numbers(std::span<T>(result));
    return result;
  }

  /// An array of exactly as many numbers as there is room for.
  template <file_number T>
  void array_into(std::span<T> numbers) {
    read_length(numbers.size(), numbers.size(), sizeof(T));
    take_numbers(numbers);
  }

  /// Reads over the rest, only to see whether the file is as it was written.
  void check_rest() {
    skip_rest();
    check_sum();
  }

  /// Checks that nothing is left, and that the file is as it was written.
  void finish() {
    if (left() != 0) fail(std::to_string(left()) + " bytes more than expected");
    check_sum();
  }

  /// Refuses the file: as damaged if it is, otherwise for this reason.
  [[noreturn]] void fail(const std::string& what) { fail_at(at_, what); }

  /// The checksum that the file ends with; once finish() has returned, that of its bytes.
  const checksum128::value& checksum() const { return stored_; }
  const std::string& path() const { return path_; }

 private:
  static constexpr std::size_t block_size = 262144; // stays in a cache until the checksum has it

  [[noreturn]] void refuse(const std::string& what) const { throw file_error(path_ + ": " + what); }
  [[noreturn]] void refuse_unreadable() const {
    refuse("cannot be read: " + detail::reason(errno));
  }

  [[noreturn]] void fail_at(std::uint64_t at, const std::string& what) {
    check_rest();
    refuse(what + " (at byte " + std::to_string(at) + ")");
  }

  void skip_rest() {
    std::vector<char> rest(static_cast<std::size_t>((std::min<std::uint64_t>)(block_size, left())));
    while (left() != 0) take(rest.data(), (std::min<std::uint64_t>)(rest.size(), left()));
  }

  void check_sum() const {
    checksum128 sum = sum_;
    std::uint64_t size = size_;
    detail::swap_on_big_endian(size);
    sum.add(detail::bytes_of(std::span<const std::uint64_t>(&size, 1)));
    if (sum.result() != stored_) refuse("the file is damaged: its checksum does not match");
  }

  void open() {
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    if (status.type() == std::filesystem::file_type::not_found) refuse("there is no such file");
    if (error) refuse("cannot be read: " + error.message());
    // A FIFO would be waited for, and nothing but a file has a size.
    if (!std::filesystem::is_regular_file(status)) refuse("this is not a regular file");
    file_.reset(std::fopen(path_.c_str(), "rb"));
    if (file_ == nullptr || std::fseek(file_.get(), 0, SEEK_END) != 0) refuse_unreadable();
    const long size = std::ftell(file_.get());
    if (size < 0) refuse_unreadable();
    size_ = static_cast<std::uint64_t>(size);
  }

  void check_mark(const file_kind& kind) {
    std::array<char, 8> mark{};
    const auto count = static_cast<std::size_t>((std::min<std::uint64_t>)(size_, mark.size()));
    seek(0);
    take(mark.data(), count);
    if (std::string_view(mark.data(), count) != kind.mark.substr(0, count)) {
      refuse("this is not a " + std::string(kind.name));
    }
  }

  /// The end of the file tells whether it is whole; before that, none of its lengths is believed.
  void read_tail() {
    const std::uint64_t least = detail::file_head_size + detail::file_tail_size;
    std::array<std::uint64_t, 3> tail{};
    if (size_ >= least) {
      seek(size_ - detail::file_tail_size);
      get(reinterpret_cast<char*>(tail.data()), sizeof tail);
      seek(at_);
    }
    for (std::uint64_t& number : tail) detail::swap_on_big_endian(number);
    if (size_ < least || tail[0] != size_) {
      refuse("the file is truncated or damaged: its " + std::to_string(size_) +
             " bytes do not end as they should");
    }
    stored_ = {tail[1], tail[2]};
  }

  /// How many bytes there are before the tail.
  std::uint64_t left() const { return size_ - detail::file_tail_size - at_; }

  /// The length of what follows, for which there must be that many bytes for each.
  std::size_t read_length(std::uint64_t low, std::uint64_t high, std::size_t bytes_each) {
    const std::uint64_t begin = at_;
    const auto length = read<std::uint64_t>();
    const std::string found = "a length of " + std::to_string(length);
    if (length > left() / bytes_each) fail_at(begin, found + ", for which the file is too short");
    if (length < low || length > high) {
      fail_at(begin,
              found + " instead of " + (low == high ? "" : "at most ") + std::to_string(high));
    }
    return static_cast<std::size_t>(length);
  }

  template <class T>
  void take_numbers(std::span<T> numbers) {
    take(reinterpret_cast<char*>(numbers.data()), numbers.size_bytes());
    if constexpr (std::endian::native == std::endian::big) {
      for (T& number : numbers) detail::swap_on_big_endian(number);
    }
  }

  /// Reads bytes into the checksum too.
  void take(char* to, std::uint64_t size) {
    while (size != 0) {
      const auto some = static_cast<std::size_t>((std::min<std::uint64_t>)(size, block_size));
      get(to, some);
      sum_.add({to, some});
      at_ += some;
      to += some;
      size -= some;
    }
  }

  void get(char* to, std::size_t size) {
    if (std::fread(to, 1, size, file_.get()) == size) return;
    if (std::ferror(file_.get()) != 0) refuse_unreadable();
    refuse("the file became shorter while it was read");
  }

  void seek(std::uint64_t at) {
    if (std::fseek(file_.get(), static_cast<long>(at), SEEK_SET) != 0) refuse_unreadable();
  }

  struct closing {
    void operator()(std::FILE* open) const { std::fclose(open); }
  };

  std::string path_;
  std::unique_ptr<std::FILE, closing> file_;
  checksum128 sum_;             // of the bytes before at_
  checksum128::value stored_{}; // that of the tail
  std::uint64_t size_ = 0;      // of the whole file
  std::uint64_t at_ = 0;        // where the next byte is read
};

} // namespace example

#endif
