// SPDX-License-Identifier: MIT
//
// A file that appears whole or not at all, and whose every failed write is noticed.
//
// A regular file FILE is written as FILE.partial and renamed by publish(), so that an old FILE
// stays as it was until the new one is complete; a symbolic link is followed first, and keeps
// pointing where it did. What is no regular file (/dev/full, /dev/stdout, a FIFO, a terminal) is
// written in place and never renamed or removed.
//
//   example::output_file rows("rows.csv");        // opens rows.csv.partial
//   rows.write("session,profit\n");
//   rows.publish();                               // rows.csv is there now
//
// What another run left as FILE.partial is emptied, or continued where that is asked for:
//
//   example::output_file rows("rows.csv", example::earlier_bytes::kept);
//   ...                                           // read rows.partial_path(): nobody else writes it
//   rows.cut(whole_rows);                         // the bytes of it that are to stay
//   rows.write("more\n");                         // behind them
//
// | ends by          | regular file                                  | any other                |
// |------------------|-----------------------------------------------|--------------------------|
// | publish()        | renamed to FILE                               | flushed and closed       |
// | keep()           | stays as FILE.partial                         | flushed and closed       |
// | a failed write   | stays as FILE.partial                         | closed                   |
// | destruction      | FILE.partial is removed, or stays if there    | closed                   |
// |                  | were bytes in it to be kept                   |                          |
//
// open_error: the file cannot be written at all, nothing has changed. write_error: a write, the
// closing or the renaming failed; both texts name the file and the reason.
#ifndef ORDERLY_EXAMPLES_SUPPORT_OUTPUT_FILE_HPP
#define ORDERLY_EXAMPLES_SUPPORT_OUTPUT_FILE_HPP

#include <cerrno>       // the reason of a failure
#include <cstdint>      // sizes of files
#include <cstdio>       // rename; FILE where there is no POSIX
#include <cstdlib>      // strtol
#include <filesystem>   // kinds of files, links
#include <stdexcept>    // runtime_error
#include <string>       // names
#include <string_view>  // bytes
#include <system_error> // text of errno
#include <utility>      // move, exchange

#if defined(__unix__) || defined(__APPLE__)
#define ORDERLY_EXAMPLES_POSIX_FILES 1
#include <fcntl.h>    // open
#include <sys/file.h> // flock
#include <sys/stat.h> // fstat, fchmod
#include <unistd.h>   // write, fsync, close
#endif

namespace example {

class open_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class write_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What becomes of the bytes that FILE.partial has already.
enum class earlier_bytes { dropped, kept };

namespace detail {

inline std::string reason(int error) { return std::generic_category().message(error); }

#ifdef ORDERLY_EXAMPLES_POSIX_FILES

/// The open file itself. All members give 0 or the errno of the failure.
class raw_file {
 public:
  /// Opens what exists, whatever it is; /dev/stdout and its like by their open descriptor, so that
  /// a file behind it is continued and not begun anew.
  int open_in_place(const std::string& path) {
    const int shared = descriptor_named(path);
    descriptor_ = shared >= 0 ? ::dup(shared) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    return descriptor_ < 0 ? errno : leave_standard_streams();
  }

  /// Creates the file, or takes it over if it is a regular file that nobody else is writing.
  /// O_NONBLOCK: a FIFO of this name is an error, not a wait.
  int open_partial(const std::string& path, earlier_bytes earlier) {
    descriptor_ =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (descriptor_ < 0) return errno;
    if (const int error = leave_standard_streams(); error != 0) return error;
    struct stat opened {};
    struct stat named {};
    if (::fstat(descriptor_, &opened) != 0) return errno;
    if (!S_ISREG(opened.st_mode)) return EEXIST;
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return EBUSY;
    // The other writer may have renamed the file between open and flock: then it is not ours.
    if (::stat(path.c_str(), &named) != 0 || named.st_ino != opened.st_ino) return EBUSY;
    if (earlier == earlier_bytes::dropped) return cut(path, 0);
    return ::lseek(descriptor_, 0, SEEK_END) >= 0 ? 0 : errno;
  }

  /// Gives up all but the first bytes.
  int cut(const std::string& /*path*/, std::uint64_t size) const {
    const auto end = static_cast<::off_t>(size);
    const bool done =
        ::ftruncate(descriptor_, end) == 0 && ::lseek(descriptor_, end, SEEK_SET) >= 0;
    return done ? 0 : errno;
  }

  /// Gives the file the permissions of another, if that exists.
  void copy_permissions(const std::string& from) const {
    struct stat status {};
    if (::stat(from.c_str(), &status) == 0) ::fchmod(descriptor_, status.st_mode & 07777);
  }

  int write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ::ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
      if (done < 0 && errno != EINTR) return errno;
      if (done > 0) bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return 0;
  }

  /// Some file systems report a full disk only now.
  int close() {
    const int synced = ::fsync(descriptor_) == 0 ? 0 : errno;
    const int closed = ::close(std::exchange(descriptor_, -1)) == 0 ? 0 : errno;
    const bool no_disk = synced == EINVAL || synced == ENOTSUP || synced == EROFS;
    if (synced != 0 && !no_disk) return synced;
    return closed == EINTR ? 0 : closed;
  }

  void abandon() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

  static bool writable(const std::string& path) { return ::access(path.c_str(), W_OK) == 0; }

 private:
  /// A program started with a closed standard stream gets that stream's number here, and what it
  /// then says to people would land in this file.
  int leave_standard_streams() {
    if (descriptor_ > STDERR_FILENO) return 0;
    const int moved = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int error = moved < 0 ? errno : 0;
    ::close(std::exchange(descriptor_, moved));
    return error;
  }

  static int descriptor_named(const std::string& path) {
    if (path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
      if (path.compare(0, folder.size(), folder) != 0) continue;
      char* end = nullptr;
      const long number = std::strtol(path.c_str() + folder.size(), &end, 10);
      if (end != path.c_str() + folder.size() && *end == '\0') return static_cast<int>(number);
    }
    return -1;
  }

  int descriptor_ = -1;
};

#else

class raw_file {
 public:
  int open_in_place(const std::string& path) { return open_partial(path, earlier_bytes::dropped); }
  int open_partial(const std::string& path, earlier_bytes earlier) {
    file_ = std::fopen(path.c_str(), earlier == earlier_bytes::kept ? "ab" : "wb");
    return file_ == nullptr ? errno : 0;
  }
  int cut(const std::string& path, std::uint64_t size) const {
    std::error_code error; // writes go to the end, wherever that is
    std::filesystem::resize_file(path, size, error);
    return error.value();
  }
  void copy_permissions(const std::string&) const {}
  int write(std::string_view bytes) const {
    return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size() ? 0 : errno;
  }
  int close() { return std::fclose(std::exchange(file_, nullptr)) == 0 ? 0 : errno; }
  void abandon() {
    if (file_ != nullptr) std::fclose(std::exchange(file_, nullptr));
  }
  static bool writable(const std::string&) { return true; }

 private:
  std::FILE* file_ = nullptr;
};

#endif

} // namespace detail

/// Not movable: it stands for one file from opening to the end.
class output_file {
 public:
  explicit output_file(std::string path, earlier_bytes earlier = earlier_bytes::dropped)
      : path_(std::move(path)) {
    in_place_ = is_in_place();
    if (in_place_ && earlier == earlier_bytes::kept) {
      throw open_error(path_ + ": cannot be continued: no regular file");
    }
    if (!in_place_) path_ = behind_links();
    const int error = open(earlier);
    if (error == 0) return;
    file_.abandon();
    throw open_error(path_ + ": cannot be written: " + explain(error));
  }

  ~output_file() {
    file_.abandon();
    if (!in_place_ && !settled_) std::remove(partial_path().c_str());
  }

  output_file(const output_file&) = delete;
  output_file& operator=(const output_file&) = delete;

  void write(std::string_view bytes) { require(file_.write(bytes), "a write failed"); }

  /// Keeps the first bytes of FILE.partial alone; writing goes on behind them. Precondition: there
  /// are as many, and it is no file in place.
  void cut(std::uint64_t size) { require(file_.cut(partial_path(), size), "cutting failed"); }

  /// Makes the file appear under its name.
  void publish() {
    keep();
    if (in_place_) return;
    std::error_code error; // unlike std::rename this also replaces files on Windows
    std::filesystem::rename(partial_path(), path_, error);
    require(error.value(), "renaming " + partial_path() + " failed");
  }

  /// Ends writing and leaves what was written where it is.
  void keep() {
    require(file_.close(), "a write failed");
    settled_ = true;
  }

  /// Where the bytes are until publish().
  std::string partial_path() const { return in_place_ ? path_ : path_ + ".partial"; }
  const std::string& path() const { return path_; }
  bool in_place() const { return in_place_; }

 private:
  bool is_in_place() const {
    std::error_code ignored;
    const auto kind = std::filesystem::status(path_, ignored).type();
    if (kind != std::filesystem::file_type::regular &&
        kind != std::filesystem::file_type::not_found) {
      return true;
    }
    // /dev/stdout is a link to what standard output is, which may be a regular file: not ours.
    const std::string plain = std::filesystem::absolute(path_).lexically_normal().string();
    const bool special = plain.rfind("/dev/", 0) == 0 || plain.rfind("/proc/", 0) == 0;
    return special && std::filesystem::is_symlink(path_, ignored);
  }

  std::string behind_links() const {
    std::error_code error;
    if (!std::filesystem::is_symlink(path_, error)) return path_;
    const auto target = std::filesystem::canonical(path_, error);
    return error ? path_ : target.string();
  }

  int open(earlier_bytes earlier) {
    if (in_place_) return file_.open_in_place(path_);
    std::error_code ignored;
    const bool exists = std::filesystem::exists(path_, ignored);
    if (exists && !detail::raw_file::writable(path_)) return EACCES;
    const int error = file_.open_partial(partial_path(), earlier);
    // A file that could not be opened is not ours to remove, nor is what an earlier run has written.
    settled_ = error != 0 || std::filesystem::file_size(partial_path(), ignored) > 0;
    if (error == 0 && exists) file_.copy_permissions(path_);
    return error;
  }

  std::string explain(int error) const {
    if (in_place_ || error == EACCES) return detail::reason(error);
    if (error == EBUSY) return partial_path() + " is being written by another process";
    if (error == EEXIST || error == ELOOP || error == ENXIO) {
      return partial_path() + " exists and is not a regular file";
    }
    return detail::reason(error);
  }

  void require(int error, const std::string& what) {
    if (error == 0) return;
    settled_ = true; // the rows written so far may be worth hours: leave them
    const std::string left = in_place_ ? "" : " (what was written is in " + partial_path() + ")";
    throw write_error(path_ + ": " + what + ": " + detail::reason(error) + left);
  }

  std::string path_;      // links resolved, unless written in place
  bool in_place_ = false; // no regular file
  bool settled_ = false;  // the partial file stays
  detail::raw_file file_;
};

} // namespace example

#endif
