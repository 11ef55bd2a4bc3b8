// SPDX-License-Identifier: MIT
//
// The programs of files, pipes and standard input, one after the other: any number of them, in memory
// bounded by the largest, each as soon as it has arrived.
//
//   const arc::known_names known(arc::primitives);
//   arc::program_source source({"solvers.py", "more.jsonl", "-"}, known);
//   while (auto next = source.next()) judge(next->parsed, next->id, next->task);
//   source.hash();                                // of all that was read
//
// A file whose first byte that is no blank is '{' is JSON Lines, a program a line (program_record.hpp):
// it is given when its line has ended. Anything else is the text of programs (program_parser.hpp), read
// as if it were one: a program is given when the next header or the end has arrived. "-" is standard
// input, called "<stdin>" in messages.
//
// Limits: a line of JSON Lines, and the text from a header to the next, have at most largest_piece
// bytes. More than that is a mistake of this program, its only one, and the rest of it is skipped.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_SOURCE_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_SOURCE_HPP

#include "../support/checksum128.hpp"
#include "../support/input_file.hpp"
#include "known_names.hpp"
#include "program_builder.hpp"
#include "program_parser.hpp"
#include "program_record.hpp"
#include "source_text.hpp"
#include "text_cutter.hpp"

#include <algorithm>   // count, all_of
#include <array>       // sizes as bytes
#include <atomic>      // the stop flag
#include <cstddef>     // size_t
#include <cstdint>     // sizes
#include <memory>      // shared_ptr: names of files
#include <optional>    // the end of the input
#include <string>      // names
#include <string_view> // bytes
#include <utility>     // move
#include <vector>      // names, programs

namespace arc {

/// The programs of one stream of bytes.
class program_stream {
 public:
  /// The known names must outlive it.
  program_stream(text_cutter::read_function read, std::string name, const known_names& known,
                 std::size_t limit = largest_piece)
      : cutter_(std::move(read), limit),
        limit_(limit),
        file_(std::make_shared<const std::string>(std::move(name))),
        known_(known) {}

  /// Absent at the end. Exceptions: those of read.
  std::optional<source_program> next() {
    if (format_ == format::unknown) {
      format_ = cutter_.first_character() == '{' ? format::json_lines : format::text;
    }
    return format_ == format::json_lines ? next_record() : next_of_text();
  }
  /// Whether a program may be there without reading on.
  bool has_more() const { return given_ < read_.size() || cutter_.has_line(); }

 private:
  enum class format { unknown, json_lines, text };

  std::optional<source_program> next_record();
  std::optional<source_program> next_of_text();
  void read_long(const text_piece& piece, const std::string& what);
  void parse(std::string_view text, std::size_t first_line);

  text_cutter cutter_;
  std::size_t limit_;
  std::shared_ptr<const std::string> file_;
  const known_names& known_;
  format format_ = format::unknown;
  std::vector<parsed_program> read_; // of the last piece, one or two
  std::size_t given_ = 0;            // of them
};

inline std::optional<source_program> program_stream::next_record() {
  while (const auto piece = cutter_.next_line()) {
    const source_line line{piece->text, piece->first_line};
    if (!piece->is_whole) {
      read_.clear();
      read_long(*piece, "the line");
      return named_by_itself(std::move(read_[0]), file_);
    }
    if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    return read_record(line, file_, known_);
  }
  return std::nullopt;
}

inline std::optional<source_program> program_stream::next_of_text() {
  while (given_ == read_.size()) {
    const auto piece = cutter_.next_program();
    if (!piece) return std::nullopt;
    read_.clear();
    given_ = 0;
    if (piece->is_whole) {
      parse(piece->text, piece->first_line);
    } else {
      parse(piece->text.substr(0, piece->text.rfind('\n') + 1), piece->first_line);
      read_long(*piece, "the program with what is behind it");
    }
  }
  return named_by_itself(std::move(read_[given_++]), file_);
}

inline void program_stream::parse(std::string_view text, std::size_t first_line) {
  program_reader reader(text, *file_, known_, first_line);
  while (auto next = reader.next()) read_.push_back(std::move(*next));
}

/// Refuses the last program read, or one without a name, where the limit is exceeded. What else is
/// wrong with it would be said of a part.
inline void program_stream::read_long(const text_piece& piece, const std::string& what) {
  const std::size_t begin = piece.text.rfind('\n') + 1; // npos + 1 is 0
  const auto lines_before =
      static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), '\n'));
  const source_line line{piece.text.substr(begin), piece.first_line + lines_before};
  if (read_.empty()) {
    read_.emplace_back().code.source_line = static_cast<std::uint32_t>(piece.first_line);
  }
  parsed_program& last = read_.back();
  last.code.lines.clear();
  last.code.result = {};
  last.mistakes = {diagnostic_at(*file_, line, line.text.size() + 1,
                                 what + " has more than " + std::to_string(limit_) + " bytes")};
}

namespace detail {

/// Of files, one after the other: behind the bytes of each its size, so that none of them can move to
/// the next unnoticed.
class files_hash {
 public:
  void add(std::string_view bytes) {
    sum_.add(bytes);
    size_ += bytes.size();
  }
  void end_file() {
    std::array<char, 8> bytes{};
    for (char& byte : bytes) byte = static_cast<char>(size_ & 0xFFU), size_ >>= 8U;
    sum_.add({bytes.data(), bytes.size()});
  }
  std::string hex() const { return example::to_hex(sum_.result()); }

 private:
  example::checksum128 sum_;
  std::uint64_t size_ = 0; // of the file
};

} // namespace detail

/// What program_source::hash will be at the end. Absent if one of them can be read only once. Blocking:
/// it reads all of them. Exceptions: example::open_error, example::read_error.
inline std::optional<std::string> hash_of_files(const std::vector<std::string>& names) {
  if (!std::all_of(names.begin(), names.end(), example::is_rereadable)) return std::nullopt;
  detail::files_hash hash;
  std::vector<char> bytes(65'536);
  for (const std::string& name : names) {
    example::input_file file(name);
    while (const std::size_t count = file.read(bytes.data(), bytes.size())) {
      hash.add({bytes.data(), count});
    }
    hash.end_file();
  }
  return hash.hex();
}

/// The programs of all the names.
class program_source {
 public:
  /// The known names must outlive it, and the stop flag if there is one. Exceptions:
  /// example::open_error if one of the names cannot be read, example::usage_error.
  explicit program_source(std::vector<std::string> names, const known_names& known,
                          const std::atomic<bool>* stop = nullptr)
      : names_(std::move(names)), known_(known), stop_(stop) {
    for (const std::string& name : names_) example::require_readable(name);
    if (std::count_if(names_.begin(), names_.end(), example::is_standard_input) > 1) {
      throw example::usage_error("'-', standard input, can be read only once");
    }
  }
  program_source(const program_source&) = delete;
  program_source& operator=(const program_source&) = delete;

  /// Absent at the end, and once the flag is set. Blocking: until a program has arrived. Exceptions:
  /// example::open_error, example::read_error: neither is the end.
  std::optional<source_program> next() {
    while (!is_stopped() && (stream_ || open())) {
      auto program = stream_->next();
      if (is_stopped()) break; // what has not arrived is no part of a program
      if (program) return program;
      close();
    }
    return std::nullopt;
  }

  /// Whether it is likely that next will not wait for a pipe.
  bool is_ready() const { return !file_ || stream_->has_more() || file_->is_ready(); }

  /// 32 hexadecimal digits: of all bytes read so far, at the end of all.
  std::string hash() const { return hash_.hex(); }

 private:
  bool is_stopped() const { return stop_ != nullptr && stop_->load(); }

  /// False behind the last one.
  bool open() {
    if (next_name_ == names_.size()) return false;
    const std::string& name = names_[next_name_++];
    file_.emplace(name);
    const auto read = [this](char* to, std::size_t size) {
      const std::size_t count = file_->read(to, size, stop_);
      hash_.add({to, count});
      return count;
    };
    stream_.emplace(read, example::shown_name(name), known_);
    return true;
  }

  void close() {
    hash_.end_file();
    stream_.reset();
    file_.reset();
  }

  std::vector<std::string> names_;
  const known_names& known_;
  const std::atomic<bool>* stop_;
  std::size_t next_name_ = 0;
  std::optional<example::input_file> file_;
  std::optional<program_stream> stream_; // reads from file_
  detail::files_hash hash_;
};

} // namespace arc

#endif
