// SPDX-License-Identifier: MIT
//
// The folder of a verdict cache: which of its files are segments, and reading them.
//
//   for (const std::string& path : arc::segment_paths(folder)) {
//     const arc::stored_segment segment(path);
//     segment.content();                        // what it holds
//     segment.is_written();                     // by a process that lives
//   }
//
// Who writes a segment holds a lock on it (output_file.hpp) from before its head is there until it has
// its name without .partial, and it is never written again. So a segment with a head that nobody has
// locked is as it will stay, and may be removed by whoever has what it says.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_FOLDER_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_FOLDER_HPP

#include "../support/output_file.hpp"
#include "verdict_segment.hpp"

#include <algorithm>    // sort
#include <cerrno>       // why a file cannot be read
#include <cstddef>      // size_t
#include <cstdint>      // file sizes
#include <cstdio>       // reading
#include <filesystem>   // folders
#include <memory>       // bytes, closing
#include <random>       // names
#include <string>       // names
#include <string_view>  // names
#include <system_error> // error_code
#include <utility>      // move
#include <vector>       // names

namespace arc {

inline constexpr std::string_view segment_prefix = "verdicts-";
inline constexpr std::string_view segment_suffix = ".segment";

/// verdicts-, 32 digits, .segment; while it is written, .partial.
inline bool is_segment_name(std::string_view name) {
  constexpr std::string_view partial = ".partial";
  constexpr std::size_t digits = 32;
  const auto ends_with = [&](std::string_view end) {
    return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
  };
  if (ends_with(partial)) name.remove_suffix(partial.size());
  if (name.substr(0, segment_prefix.size()) != segment_prefix || !ends_with(segment_suffix)) {
    return false;
  }
  name.remove_prefix(segment_prefix.size());
  name.remove_suffix(segment_suffix.size());
  return name.size() == digits && name.find_first_not_of("0123456789abcdef") == name.npos;
}

/// That nobody else thinks of.
inline std::string new_segment_name() {
  std::random_device device;
  const auto half = [&] { return std::uint64_t{device()} << 32U | device(); };
  const std::uint64_t first = half();
  return std::string(segment_prefix) + example::to_hex({first, half()}) +
         std::string(segment_suffix);
}

/// The segments in a folder, in the order of their names. A folder with files but no segment is not
/// taken for a cache; files whose names begin with a dot do not count. Exceptions:
/// example::open_error.
inline std::vector<std::string> segment_paths(const std::string& folder) {
  std::vector<std::string> paths;
  bool has_others = false;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code unknown;
    if (is_segment_name(name) && std::filesystem::is_regular_file(at->symlink_status(unknown))) {
      paths.push_back(at->path().string());
    } else if (name[0] != '.') {
      has_others = true;
    }
  }
  if (error) throw example::open_error(folder + ": cannot be read: " + error.message());
  if (paths.empty() && has_others) {
    throw example::open_error(folder + ": this is no verdict cache: it has files, but no segments");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// A segment that was read.
class stored_segment {
 public:
  explicit stored_segment(std::string path) : path_(std::move(path)) {
    const std::unique_ptr<std::FILE, closing> file(std::fopen(path_.c_str(), "rb"));
    if (file == nullptr) {
      is_gone_ = errno == ENOENT;
      content_.damage = "cannot be read: " + example::detail::reason(errno);
      return;
    }
    is_written_ = is_locked(file.get()); // asked first: what then is cut off, stays so
    read(file.get());
    if (is_written_ && content_.is_torn) content_.damage.clear(); // a write is under way
  }

  const std::string& path() const { return path_; }
  /// Removed or renamed since its name was seen.
  bool is_gone() const { return is_gone_; }
  /// By a process that lives.
  bool is_written() const { return is_written_; }
  std::size_t bytes() const { return size_; }
  const segment_content& content() const { return content_; }

 private:
  struct closing {
    void operator()(std::FILE* open) const { std::fclose(open); }
  };

  static bool is_locked([[maybe_unused]] std::FILE* file) {
#ifdef ORDERLY_EXAMPLES_POSIX_FILES
    return ::flock(::fileno(file), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
#else
    return false; // there an open file cannot be removed
#endif
  }

  void read(std::FILE* file) {
    const long size = std::fseek(file, 0, SEEK_END) == 0 ? std::ftell(file) : -1;
    if (size >= 0) {
      std::rewind(file);
      bytes_ = std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(size));
      size_ = std::fread(bytes_.get(), 1, static_cast<std::size_t>(size), file);
    }
    if (size < 0 || size_ < static_cast<std::size_t>(size)) {
      content_.damage = "cannot be read to its end";
      return;
    }
    content_ = read_segment({bytes_.get(), size_});
  }

  std::string path_;
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  segment_content content_{}; // of bytes_
  bool is_written_ = false;
  bool is_gone_ = false;
};

/// All of a folder, without those that are gone. Exceptions: those of segment_paths.
inline std::vector<stored_segment> read_segments(const std::string& folder) {
  std::vector<stored_segment> segments;
  for (const std::string& path : segment_paths(folder)) {
    stored_segment segment(path);
    if (!segment.is_gone()) segments.push_back(std::move(segment));
  }
  return segments;
}

} // namespace arc

#endif
