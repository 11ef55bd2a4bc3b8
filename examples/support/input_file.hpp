// SPDX-License-Identifier: MIT
//
// A file, a pipe or standard input, read from its beginning to its end, once. What has arrived in a
// pipe is given at once: a reader never waits for a buffer to become full.
//
//   example::require_readable("-");               // open_error: there is no standard input
//   example::input_file in("-");
//   while (const std::size_t count = in.read(bytes.data(), bytes.size())) take(bytes, count);
//
// "-" is standard input, called "<stdin>" in messages. A read that fails is a read_error and not the
// end of the file.
#ifndef ORDERLY_EXAMPLES_SUPPORT_INPUT_FILE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_INPUT_FILE_HPP

#include "output_file.hpp"

#include <atomic>       // the stop flag
#include <cerrno>       // the reason of a failure
#include <cstddef>      // size_t
#include <cstdio>       // FILE where there is no POSIX
#include <filesystem>   // kinds of files
#include <stdexcept>    // runtime_error
#include <string>       // names
#include <system_error> // error_code
#include <utility>      // move, exchange

#ifdef ORDERLY_EXAMPLES_POSIX_FILES
#include <fcntl.h>    // open
#include <poll.h>     // waiting with an eye on the stop flag
#include <sys/stat.h> // fstat
#include <unistd.h>   // read, access, close
#endif

namespace example {

/// The file could be opened, but not be read to its end; the text names it and the reason.
class read_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline bool is_standard_input(const std::string& name) { return name == "-"; }

/// The name in messages.
inline std::string shown_name(const std::string& name) {
  return is_standard_input(name) ? "<stdin>" : name;
}

/// A file that can be read again: no pipe, no device, not standard input.
inline bool is_rereadable(const std::string& name) {
  std::error_code ignored;
  return !is_standard_input(name) && std::filesystem::is_regular_file(name, ignored);
}

namespace detail {

#ifdef ORDERLY_EXAMPLES_POSIX_FILES

/// All members give 0 or more, or the negative errno of the failure.
class raw_input {
 public:
  int open(const std::string& name) {
    const bool standard = is_standard_input(name);
    descriptor_ = standard ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    owned_ = !standard;
    struct stat opened {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &opened) != 0) return -errno;
    waits_ = !S_ISREG(opened.st_mode);
    return S_ISDIR(opened.st_mode) ? -EISDIR : 0;
  }

  /// 0 at the end, or once the flag is set.
  ::ssize_t read(char* to, std::size_t size, const std::atomic<bool>* stop) const {
    for (;;) {
      if (waits_ && stop != nullptr && !wait(*stop)) return 0;
      const ::ssize_t count = ::read(descriptor_, to, size);
      if (count >= 0) return count;
      if (errno != EINTR && errno != EAGAIN) return -errno;
      if (errno == EAGAIN) wait_once(-1);
    }
  }

  /// Whether read would give something at once, be it the end.
  bool is_ready() const { return !waits_ || wait_once(0); }

  void close() {
    const int descriptor = std::exchange(descriptor_, -1);
    if (descriptor >= 0 && owned_) ::close(descriptor);
  }

  /// Without opening it: a pipe would notice.
  static int check(const std::string& name) {
    if (is_standard_input(name)) return raw_input().open(name);
    return ::access(name.c_str(), R_OK) == 0 ? 0 : -errno;
  }

 private:
  /// Whether there is something to read, be it the end. A signal's handler sets the flag, but need
  /// not run on this thread: it is looked at now and then.
  bool wait(const std::atomic<bool>& stop) const {
    constexpr int milliseconds = 100;
    do {
      if (stop.load()) return false;
    } while (!wait_once(milliseconds));
    return true;
  }

  bool wait_once(int milliseconds) const {
    ::pollfd one{descriptor_, POLLIN, 0};
    return ::poll(&one, 1, milliseconds) > 0;
  }

  int descriptor_ = -1;
  bool owned_ = false;
  bool waits_ = false; // no regular file
};

#else

class raw_input {
 public:
  int open(const std::string& name) {
    file_ = is_standard_input(name) ? stdin : std::fopen(name.c_str(), "rb");
    return file_ == nullptr ? -errno : 0;
  }
  long read(char* to, std::size_t size, const std::atomic<bool>*) const {
    const std::size_t count = std::fread(to, 1, size, file_);
    return count == 0 && std::ferror(file_) != 0 ? -errno : static_cast<long>(count);
  }
  static bool is_ready() { return true; }
  void close() {
    std::FILE* const file = std::exchange(file_, nullptr);
    if (file != nullptr && file != stdin) std::fclose(file);
  }
  static int check(const std::string& name) {
    raw_input tried;
    const int error = tried.open(name);
    tried.close();
    return error;
  }

 private:
  std::FILE* file_ = nullptr;
};

#endif

[[noreturn]] inline void refuse_input(const std::string& name, int error) {
  throw open_error(shown_name(name) +
                   (error == EISDIR ? ": is a folder" : ": cannot be read: " + reason(error)));
}

} // namespace detail

/// Whether the file is there and may be read; it is not opened. Exceptions: open_error.
inline void require_readable(const std::string& name) {
  std::error_code ignored;
  const bool folder = !is_standard_input(name) && std::filesystem::is_directory(name, ignored);
  const int error = folder ? -EISDIR : detail::raw_input::check(name);
  if (error < 0) detail::refuse_input(name, -error);
}

/// Not movable: it stands for one file from opening to the end.
class input_file {
 public:
  /// Blocking: a named pipe is waited for. Exceptions: open_error.
  explicit input_file(const std::string& name) : shown_name_(shown_name(name)) {
    const int error = file_.open(name);
    if (error >= 0) return;
    file_.close();
    detail::refuse_input(name, -error);
  }
  ~input_file() { file_.close(); }
  input_file(const input_file&) = delete;
  input_file& operator=(const input_file&) = delete;

  /// Some bytes, not more than there is room for; 0 at the end. Blocking: until there are any, or the
  /// flag is set; then it gives 0. Exceptions: read_error.
  std::size_t read(char* to, std::size_t size, const std::atomic<bool>* stop = nullptr) {
    const auto count = file_.read(to, size, stop);
    if (count >= 0) return static_cast<std::size_t>(count);
    throw read_error(shown_name_ + ": cannot be read: " + detail::reason(static_cast<int>(-count)));
  }

  /// Whether read gives something at once, be it the end. Where there is no POSIX it always says so.
  bool is_ready() const { return file_.is_ready(); }

 private:
  std::string shown_name_;
  detail::raw_input file_;
};

} // namespace example

#endif
