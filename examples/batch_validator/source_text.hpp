// SPDX-License-Identifier: MIT
//
// The text of programs as lines and words, and what is told of a mistake in it:
//
//   solvers.py:2:8: unknown identifier 'rot9' (did you mean rot90?)
//     x1 = rot9(I)
//          ^
//
// Lines and columns count from 1, columns in bytes. Lines end with "\n" or "\r\n"; a byte order mark
// before the first is no part of it. A comment goes from '#' to the end of its line. Words are runs
// of letters, digits and '_', the arrow "->", and else single bytes.
#ifndef ORDERLY_EXAMPLES_ARC_SOURCE_TEXT_HPP
#define ORDERLY_EXAMPLES_ARC_SOURCE_TEXT_HPP

#include "../support/arguments.hpp"
#include "../support/utf8.hpp"

#include <algorithm>   // min, replace_if
#include <cstddef>     // size_t
#include <string>      // messages
#include <string_view> // texts
#include <utility>     // move

namespace arc {

/// A line without its end.
struct source_line {
  std::string_view text;
  std::size_t number = 0;
};

/// A mistake, with what it needs to be shown: it outlives the text.
struct diagnostic {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0; ///< at most one beyond the line's end
  std::string message;
  std::string excerpt;   ///< the line, or the part of a long one that is around the column
  std::size_t caret = 0; ///< bytes of the excerpt that are before the column
};

/// A byte that is not printable is shown as '?': the text may come from anywhere, and a byte takes
/// one column. Tabs stay.
inline diagnostic diagnostic_at(std::string_view file, const source_line& line, std::size_t column,
                                std::string message) {
  constexpr std::size_t most_shown = 96;
  constexpr std::size_t shown_before = 64;
  constexpr std::string_view cut = "...";
  const std::size_t size = line.text.size();
  const std::size_t at = column - 1;
  const std::size_t begin =
      size <= most_shown ? 0 : (std::min)(at - (std::min)(at, shown_before), size - most_shown);
  std::string shown(line.text.substr(begin, most_shown));
  const bool whole_end = begin + shown.size() == size;
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c != '\t' && (c < ' ' || c > '~'); }, '?');
  std::size_t caret = at - begin;
  if (begin > 0) shown.insert(0, cut), caret += cut.size();
  if (!whole_end) shown += cut;
  return {std::string(file), line.number, column, std::move(message), std::move(shown), caret};
}

/// Three lines, the last one without an end: "file:line:column: message", the source, the caret.
inline std::string text_of(const diagnostic& mistake) {
  std::string indent = mistake.excerpt.substr(0, mistake.caret);
  std::replace_if(
      indent.begin(), indent.end(), [](char c) { return c != '\t'; }, ' ');
  return example::place_text(mistake.file, mistake.line, mistake.column) + mistake.message + "\n" +
         mistake.excerpt + "\n" + indent + "^";
}

/// The lines of a text, one after the other. The text must outlive it.
class line_reader {
 public:
  explicit line_reader(std::string_view text) : line_reader(example::without_mark(text), 1) {}
  /// Of a part of a text, whose first line has this number; a mark is a mistake in it.
  line_reader(std::string_view part, std::size_t first_line) : rest_(part) {
    line_.number = first_line - 1;
    advance();
  }

  bool at_end() const { return at_end_; }
  /// Precondition: not at_end.
  const source_line& line() const { return line_; }
  void advance() {
    at_end_ = rest_.empty();
    const std::size_t size = (std::min)(rest_.find('\n'), rest_.size());
    line_ = {rest_.substr(0, size), line_.number + 1};
    if (!line_.text.empty() && line_.text.back() == '\r') line_.text.remove_suffix(1);
    rest_.remove_prefix((std::min)(size + 1, rest_.size()));
  }

 private:
  std::string_view rest_; // behind the line
  source_line line_;
  bool at_end_ = false;
};

/// Equality of words, most of which have a few bytes: a call of memcmp would cost more.
inline bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The place of the first byte from there on that is no blank; the end if there is none.
constexpr std::size_t skip_blanks(std::string_view text, std::size_t from) {
  while (from < text.size() && is_blank(text[from])) ++from;
  return from;
}

/// The words of a line without its comment, the first one ahead.
class line_words {
 public:
  explicit line_words(const source_line& line)
      : line_(line), text_(line.text.substr(0, line.text.find('#'))) {
    while (!text_.empty() && is_blank(text_.back())) text_.remove_suffix(1);
    advance();
    indentation_ = text_.substr(0, begin_);
  }

  const source_line& line() const { return line_; }
  /// Bytes up to the end of the last word.
  std::size_t size() const { return text_.size(); }
  /// What is before the first word.
  std::string_view indentation() const { return indentation_; }

  /// The word ahead; empty at the end of the line.
  std::string_view word() const { return word_; }
  std::size_t column() const { return begin_ + 1; }
  bool at_end() const { return word_.empty(); }
  bool at_identifier() const { return !at_end() && is_word_part(word_[0]) && !is_digit(word_[0]); }

  bool accept(std::string_view word) {
    if (!same_word(word_, word)) return false;
    advance();
    return true;
  }

  void advance() {
    begin_ = skip_blanks(text_, begin_ + word_.size());
    word_ = text_.substr(begin_, length_ahead());
  }

  /// Letters, digits and '_' stand in one word together.
  static constexpr bool is_word_part(char c) {
    return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// The word ahead, for a message.
  std::string found() const {
    constexpr std::size_t most_quoted = 64;
    constexpr std::string_view digits = "0123456789abcdef";
    if (at_end()) return "the end of the line";
    if (word_.size() > most_quoted) return "'" + std::string(word_.substr(0, most_quoted)) + "...'";
    if (word_[0] >= ' ' && word_[0] <= '~') return "'" + std::string(word_) + "'";
    const auto byte = static_cast<unsigned char>(word_[0]);
    return std::string("byte 0x") + digits[byte >> 4U] + digits[byte & 15U];
  }

 private:
  static constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

  std::size_t length_ahead() const {
    std::size_t end = begin_;
    while (end < text_.size() && is_word_part(text_[end])) ++end;
    if (end > begin_) return end - begin_;
    return text_.substr(begin_, 2) == "->" ? 2 : 1;
  }

  source_line line_;
  std::string_view text_; // without the comment and the blanks before it
  std::string_view indentation_;
  std::string_view word_;
  std::size_t begin_ = 0; // of the word
};

} // namespace arc

#endif
