// SPDX-License-Identifier: MIT
//
// A program as an input gives it, and how a line of JSON Lines is read as one:
//
//   {"id": "a-17", "task": "67a3c6ac", "program": "def f(I):\n  O = vmirror(I)\n  return O\n"}
//
// | key     | what                                                                             |
// |---------|----------------------------------------------------------------------------------|
// | id      | a string or a number; without it, the program's name                             |
// | task    | a string: the task it is bound to; without it or null, what the name binds it to |
// | program | the text of one program                                                          |
//
// Other keys mean nothing. Whatever is wrong with a line is a mistake of its program, and not the end
// of the input. One of the JSON has its place in the file; one of the program has its place in the
// program's text, whose first line is 1, and the line of the file stands in front:
//
//   more.jsonl:12:29: expected a string, not a number
//   more.jsonl:12: program:2:7: unknown identifier 'vmirrow' (did you mean vmirror?)
#ifndef ORDERLY_EXAMPLES_ARC_PROGRAM_RECORD_HPP
#define ORDERLY_EXAMPLES_ARC_PROGRAM_RECORD_HPP

#include "../support/json_reader.hpp"
#include "../support/json_value.hpp"
#include "../support/utf8.hpp"
#include "known_names.hpp"
#include "program_builder.hpp"
#include "program_parser.hpp"
#include "source_text.hpp"

#include <cstddef>     // numbers of lines
#include <cstdint>     // numbers of lines
#include <memory>      // shared_ptr: many programs of a file
#include <optional>    // programs for any task
#include <string>      // ids
#include <string_view> // texts
#include <utility>     // move

namespace arc {

struct source_program {
  parsed_program parsed;
  std::string id; ///< as the input names it, else the program's name; empty if it has none
  std::optional<std::string> task; ///< bound by the input, else by the program's name
  std::shared_ptr<const std::string> file;
};

/// What the program's text says of itself.
inline source_program named_by_itself(parsed_program&& parsed,
                                      const std::shared_ptr<const std::string>& file) {
  source_program result{std::move(parsed), {}, {}, file};
  result.id = result.parsed.code.name;
  if (const auto task = result.parsed.code.task()) result.task = *task;
  return result;
}

namespace detail {

/// Precondition: the text has the line, or is empty and it is the first.
inline source_line line_of(std::string_view text, std::size_t number) {
  line_reader lines(text);
  while (lines.line().number < number) lines.advance();
  return lines.line();
}

/// Of a text with one program and nothing else.
inline parsed_program parse_only_program(std::string_view text, std::string_view file,
                                         const known_names& known) {
  program_reader reader(text, file, known);
  auto only = reader.next();
  const auto refuse = [&](std::size_t line, const char* message) {
    only->mistakes.push_back(diagnostic_at(file, line_of(text, line), 1, message));
  };
  if (!only) {
    only.emplace();
    refuse(1, "the text has no program");
  } else if (const auto next = reader.next()) {
    refuse(next->code.source_line, "the text must have one program and nothing else");
    only->code.lines.clear();
    only->code.result = {};
  }
  return std::move(*only);
}

/// A byte order mark belongs to the beginning of a file. Exceptions: json_error.
inline example::json_value json_of(const source_line& line) {
  if (example::without_mark(line.text).size() < line.text.size()) {
    throw example::json_error({}, "a byte order mark inside the file");
  }
  return example::read_json(line.text);
}

/// Absent without the key. Exceptions: json_error.
inline std::optional<std::string> id_of(const example::json_value& record) {
  const example::json_value* const id = record.find("id");
  if (id == nullptr) return std::nullopt;
  if (id->kind() == example::json_kind::number) return id->number_text();
  return id->string();
}

/// Absent without the key, or if it is null. Exceptions: json_error.
inline std::optional<std::string> task_of(const example::json_value& record) {
  const example::json_value* const task = record.find("task");
  if (task == nullptr || task->kind() == example::json_kind::null) return std::nullopt;
  return task->string();
}

} // namespace detail

/// The line is not blank.
inline source_program read_record(const source_line& line,
                                  const std::shared_ptr<const std::string>& file,
                                  const known_names& known) {
  std::optional<std::string> id;
  try {
    const example::json_value record = detail::json_of(line);
    id = detail::id_of(record);
    auto task = detail::task_of(record);
    const std::string& text = record.at("program").string();
    const std::string place = *file + ":" + std::to_string(line.number) + ": program";
    source_program result = named_by_itself(detail::parse_only_program(text, place, known), file);
    if (id) result.id = std::move(*id);
    if (task) result.task = std::move(task);
    return result;
  } catch (const example::json_error& error) {
    source_program result;
    result.file = file;
    result.id = std::move(id).value_or("");
    result.parsed.code.source_line = static_cast<std::uint32_t>(line.number);
    const std::string_view text = error.what(); // "LINE:COLUMN: what"
    result.parsed.mistakes.push_back(diagnostic_at(*file, line, error.where().column,
                                                   std::string(text.substr(text.find(": ") + 2))));
    return result;
  }
}

} // namespace arc

#endif
