// SPDX-License-Identifier: MIT
//
// Fuzz target: the batch validator's stream of programs, JSON Lines above all.
//
// The programs are the same however the bytes arrive. Each line of JSON that is not blank gives one,
// good if it is short, has the members it should have and the text of one good program; a mistake
// stands in its line, or in that text. What is no JSON Lines gives what parse_programs gives of it.
#ifndef ORDERLY_TESTS_FUZZ_ARC_PROGRAM_LINES_HPP
#define ORDERLY_TESTS_FUZZ_ARC_PROGRAM_LINES_HPP

#include "fuzz/require.hpp"

#include "batch_validator/known_names.hpp"
#include "batch_validator/primitive_table.hpp"
#include "batch_validator/program_parser.hpp"
#include "batch_validator/program_source.hpp"
#include "batch_validator/source_text.hpp"
#include "support/json_reader.hpp"
#include "support/json_value.hpp"
#include "support/utf8.hpp"

#include <algorithm>   // min, count
#include <cstddef>     // size_t
#include <memory>      // names of files
#include <optional>    // members
#include <string>      // texts
#include <string_view> // inputs
#include <utility>     // move
#include <vector>      // programs

namespace fuzz {
namespace detail {

using source_programs = std::vector<arc::source_program>;
inline constexpr std::size_t line_limit = 256;

inline const arc::known_names& known_in_lines() {
  static const arc::known_names names(arc::primitives);
  return names;
}

/// Of a stream that gives at most so many bytes at once.
inline source_programs streamed_programs(std::string_view input, std::size_t most,
                                         std::size_t limit) {
  const auto read = [&](char* to, std::size_t size) {
    const std::size_t count = (std::min)({size, most, input.size()});
    input.copy(to, count);
    input.remove_prefix(count);
    return count;
  };
  arc::program_stream stream(read, "FILE", known_in_lines(), limit);
  source_programs all;
  while (auto next = stream.next()) all.push_back(std::move(*next));
  return all;
}

inline std::string everything(const arc::source_program& program) {
  const arc::program& code = program.parsed.code;
  std::string text = program.id + "\n" + program.task.value_or("\n") + "\n" + code.name + "\n" +
                     std::to_string(code.source_line);
  for (const arc::program_line& line : code.lines) {
    text += " " + std::to_string(line.source_line) + ":" + std::to_string(line.column);
    text += ":" + std::to_string(line.callee.index) + ":" + std::to_string(line.argument_count);
    for (const arc::operand& each : line.arguments) text += "," + std::to_string(each.index);
  }
  for (const auto& mistake : program.parsed.mistakes) text += "\n" + arc::text_of(mistake);
  return text;
}

inline void require_same(const source_programs& a, const source_programs& b,
                         const std::string& property) {
  require(a.size() == b.size(), property);
  for (std::size_t i = 0; i < a.size(); ++i)
    require(everything(a[i]) == everything(b[i]), property);
}

/// What a second reader makes of a line of JSON.
struct plain_record {
  std::optional<std::string> id;
  std::optional<std::string> task;
  std::optional<std::string> program;
};

/// Absent if it is not as it should be.
inline std::optional<plain_record> plain_record_of(std::string_view line) {
  using example::json_kind;
  example::json_value root;
  if (example::without_mark(line) != line) return std::nullopt; // inside a file
  if (error_of<example::json_error>([&] { root = example::read_json(line); })) return std::nullopt;
  if (root.kind() != json_kind::object) return std::nullopt;
  plain_record record;
  for (const auto& [key, where, value] : root.members()) {
    const bool text = value.kind() == json_kind::string;
    if (key == "id") {
      if (!text && value.kind() != json_kind::number) return std::nullopt;
      record.id = text ? value.string() : value.number_text();
    } else if (key == "task") {
      if (!text && value.kind() != json_kind::null) return std::nullopt;
      if (text) record.task = value.string();
    } else if (key == "program") {
      if (!text) return std::nullopt;
      record.program = value.string();
    }
  }
  return record.program ? std::optional(record) : std::nullopt;
}

/// The mistake's place is in the text, whose first line has this number.
inline void require_place(const arc::diagnostic& mistake, std::string_view text,
                          std::size_t first_line) {
  require(mistake.line >= first_line, "a mistake is not before its text");
  for (std::size_t line = first_line; line < mistake.line; ++line) {
    const std::size_t end = text.find('\n');
    require(end != text.npos, "a mistake is not behind its text");
    text.remove_prefix(end + 1);
  }
  const std::size_t size = (std::min)(text.find('\n'), text.size());
  require(mistake.column >= 1 && mistake.column <= size + 1, "a mistake is in its line");
}

/// Whether it is good.
inline bool check_record(const arc::source_program& program, std::string_view line,
                         std::size_t number) {
  const auto& mistakes = program.parsed.mistakes;
  const auto record = line.size() <= line_limit ? plain_record_of(line) : std::nullopt;
  if (!record) {
    require(mistakes.size() == 1 && mistakes[0].file == "FILE", "a line is refused as a whole");
    require_place(mistakes[0], line, number);
    require(mistakes[0].line == number, "a line is refused in its place");
    return false;
  }
  const auto programs = arc::parse_programs(*record->program, "", arc::primitives);
  const arc::program& code = program.parsed.code;
  require(program.parsed.is_good() == (programs.size() == 1 && programs[0].is_good()),
          "a line is good if its program is");
  require(programs.empty() || code.name == programs[0].code.name, "a program keeps its name");
  require(program.id == record->id.value_or(code.name), "an id is the line's or the program's");
  const std::string by_name(code.task().value_or(""));
  require(program.task.value_or("") == record->task.value_or(by_name),
          "a task is the line's or the name's");
  for (const arc::diagnostic& mistake : mistakes) {
    require(mistake.file == "FILE:" + std::to_string(number) + ": program",
            "a mistake of a program names the line");
    require_place(mistake, *record->program, 1);
  }
  return mistakes.empty();
}

/// Whether all are good.
inline bool check_records(std::string_view input) {
  const source_programs all = streamed_programs(input, input.size(), line_limit);
  require_same(streamed_programs(input, 1, line_limit), all, "lines are the same byte by byte");
  std::size_t found = 0;
  bool good = true;
  input = example::without_mark(input);
  for (std::size_t number = 1; !input.empty(); ++number) {
    const std::size_t size = (std::min)(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, size);
    input.remove_prefix((std::min)(size + 1, input.size()));
    const bool blank = line.find_first_not_of(" \t\r") == line.npos;
    if (blank && line.size() <= line_limit) continue;
    require(found < all.size(), "each line gives a program");
    good = check_record(all[found++], line, number) && good;
  }
  require(found == all.size(), "only lines give programs");
  return good;
}

} // namespace detail

/// Whether it is JSON Lines, and all its programs are good.
inline bool check_arc_program_lines(std::string_view input) {
  std::string_view rest = example::without_mark(input);
  while (!rest.empty() &&
         (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n' || rest.substr(0, 2) == "\r\n")) {
    rest.remove_prefix(1);
  }
  if (rest.substr(0, 1) == "{") return detail::check_records(input);
  const auto all = detail::streamed_programs(input, 7, arc::largest_piece);
  const auto file = std::make_shared<const std::string>("FILE");
  detail::source_programs expected;
  for (auto& each : arc::parse_programs(input, *file, arc::primitives)) {
    expected.push_back(arc::named_by_itself(std::move(each), file));
  }
  detail::require_same(all, expected, "text is read as if it were read at once");
  detail::require_same(detail::streamed_programs(input, 1, 40),
                       detail::streamed_programs(input, input.size() + 1, 40),
                       "text beyond the limit is the same byte by byte");
  return false;
}

} // namespace fuzz

#endif // ORDERLY_TESTS_FUZZ_ARC_PROGRAM_LINES_HPP
