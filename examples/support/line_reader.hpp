// SPDX-License-Identifier: MIT
//
// Reads a file line by line, byte for byte, in memory for one line.
//
//   example::line_reader lines("report.jsonl", std::size_t{1} << 20U);
//   for (std::string_view line = lines.next(); !line.empty(); line = lines.next()) {
//     ... // with its line break; without one only if the file ends before it
//   }
#ifndef ORDERLY_EXAMPLES_SUPPORT_LINE_READER_HPP
#define ORDERLY_EXAMPLES_SUPPORT_LINE_READER_HPP

#include "arguments.hpp"

#include <algorithm>    // min
#include <cerrno>       // the reason of a failure
#include <cstddef>      // sizes
#include <cstdio>       // reading
#include <cstring>      // memmove
#include <memory>       // unique_ptr: closing
#include <string>       // names, bytes
#include <string_view>  // lines
#include <system_error> // text of errno
#include <utility>      // move

namespace example {

class line_reader {
 public:
  /// A line longer than `longest`, its break not counted, is an error. Exceptions: usage_error.
  line_reader(std::string path, std::size_t longest)
      : path_(std::move(path)), longest_(longest), file_(std::fopen(path_.c_str(), "rb")) {
    if (!file_) fail();
  }

  /// The next line, until the next call; empty at the end. Exceptions: usage_error.
  std::string_view next() {
    ++number_;
    std::size_t searched = 0;
    for (;;) {
      const std::string_view held = std::string_view(bytes_).substr(begin_, end_ - begin_);
      const std::size_t size = (std::min)(held.find('\n', searched), held.size());
      if (size > longest_) {
        throw input_error(path_ + ":" + std::to_string(number_) + ": longer than " +
                          std::to_string(longest_) + " bytes");
      }
      if (size < held.size()) return take(size + 1);
      if (!fill()) return take(size);
      searched = size;
    }
  }

  const std::string& path() const { return path_; }
  /// Of the line that next() gave, from 1.
  std::size_t number() const { return number_; }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string_view take(std::size_t size) {
    begin_ += size;
    return std::string_view(bytes_).substr(begin_ - size, size);
  }

  /// Reads on behind what is held. False: there is no more.
  bool fill() {
    constexpr std::size_t step = std::size_t{16} << 10U;
    std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    if (bytes_.size() < end_ + step) bytes_.resize(2 * end_ + step);
    const std::size_t count = std::fread(bytes_.data() + end_, 1, step, file_.get());
    if (count == 0 && std::ferror(file_.get()) != 0) fail();
    end_ += count;
    return count != 0;
  }

  [[noreturn]] void fail() const {
    throw input_error(path_ + ": cannot be read: " + std::generic_category().message(errno));
  }

  std::string path_;
  std::size_t longest_;
  std::unique_ptr<std::FILE, closer> file_;
  std::string bytes_; // those from begin_ to end_ are read and not yet given
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t number_ = 0;
};

} // namespace example

#endif
