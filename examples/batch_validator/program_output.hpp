// SPDX-License-Identifier: MIT
//
// Writes programs, any number of them in little memory: as text, or as JSON Lines.
//
//   arc::program_output out("candidates.jsonl", arc::program_format::json_lines);
//   out.write("67a3c6ac-1", "67a3c6ac", program);
//   out.publish();
//
//   {"id": "67a3c6ac-1", "task": "67a3c6ac", "program": "def solve_67a3c6ac(I):\n    ..."}
//
// A program for any task has no member "task". Text has no ids, and a blank line behind each
// program.
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_OUTPUT_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_OUTPUT_HPP

#include "../support/command_table.hpp"
#include "../support/json_text.hpp"
#include "../support/output_file.hpp"
#include "program.hpp"
#include "program_text.hpp"

#include <cstddef>     // size_t
#include <cstdint>     // formats
#include <optional>    // the file, task ids
#include <string>      // the text
#include <string_view> // ids

namespace arc {

enum class program_format : std::uint8_t { text, json_lines };

class program_output {
 public:
  /// Absent: to standard output. Exceptions: example::open_error.
  program_output(const std::optional<std::string>& file, program_format format) : format_(format) {
    if (file) file_.emplace(*file);
  }

  /// Exceptions: example::write_error.
  void write(std::string_view id, std::optional<std::string_view> task, const program& code) {
    constexpr std::size_t enough = std::size_t{1} << 16U; // for one call of the system
    if (format_ == program_format::text) {
      append_text(waiting_, code, code.name);
      waiting_ += '\n';
    } else {
      append_json(id, task, code);
    }
    if (waiting_.size() >= enough) flush();
  }

  /// The file appears. Exceptions: example::write_error.
  void publish() {
    flush();
    if (file_) file_->publish();
  }

 private:
  void append_json(std::string_view id, std::optional<std::string_view> task, const program& code) {
    text_.clear();
    append_text(text_, code, code.name);
    auto json = example::json_text::on_one_line();
    json.begin_object().member("id", id);
    if (task) json.member("task", *task);
    json.member("program", text_).end_object();
    waiting_ += json.take();
  }

  void flush() {
    if (file_) {
      file_->write(waiting_);
    } else {
      example::print(waiting_);
    }
    waiting_.clear();
  }

  program_format format_;
  std::optional<example::output_file> file_;
  std::string waiting_; // not yet written
  std::string text_;    // of one program
};

} // namespace arc

#endif
