// SPDX-License-Identifier: MIT
//
// Writes one segment of a verdict cache: a file that only this object writes, and that appears with
// the first records.
//
//   arc::segment_writer out(folder);
//   out.add(record);                              // gathered; reaches the file every now and then
//   out.publish();
//
// A process that is killed leaves FILE.partial, which is read like any other segment.
#ifndef ORDERLY_EXAMPLES_ARC_SEGMENT_WRITER_HPP
#define ORDERLY_EXAMPLES_ARC_SEGMENT_WRITER_HPP

#include "../support/output_file.hpp"
#include "verdict_folder.hpp"
#include "verdict_segment.hpp"

#include <cstddef>     // size_t
#include <filesystem>  // paths
#include <optional>    // the file
#include <string>      // what waits
#include <string_view> // records
#include <utility>     // move

namespace arc {

/// Exceptions of all members: example::open_error, example::write_error; after one the object may only
/// be destroyed.
class segment_writer {
 public:
  explicit segment_writer(std::string folder) : folder_(std::move(folder)) {}

  /// Bytes as encoded() gives them.
  void add(std::string_view record) {
    waiting_ += record;
    if (waiting_.size() >= much) flush();
  }

  /// To the file: whole records only.
  void flush() {
    if (waiting_.empty()) return;
    if (!file_) {
      open();
      file_->write(segment_head() + waiting_);
    } else {
      file_->write(waiting_);
    }
    waiting_.clear();
  }

  /// Gives the file its name. Without records there is none.
  void publish() {
    flush();
    if (file_) file_->publish();
    file_.reset();
  }

 private:
  static constexpr std::size_t much = 65536;

  void open() {
    // Somebody who looks at the file before it is locked makes the lock fail: very rarely, and hardly
    // twice.
    for (int tries = 3;; --tries) {
      try {
        file_.emplace((std::filesystem::path(folder_) / new_segment_name()).string());
        return;
      } catch (const example::open_error&) {
        if (tries == 1) throw;
      }
    }
  }

  std::string folder_;
  std::optional<example::output_file> file_;
  std::string waiting_;
};

} // namespace arc

#endif
